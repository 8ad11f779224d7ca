#include "evaluate.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"

static double *sums_of(const pw_evaluation_t *self, int64_t unit, int scenario, int line)
{
    return self->sum + (((size_t)unit * (size_t)self->run.request.n_scenarios + (size_t)scenario) * (size_t)self->n_lines + (size_t)line) * PW_MAX_SUMS;
}

static double *values_of(const pw_evaluation_t *self, int scenario, int line)
{
    return self->value + ((size_t)scenario * (size_t)self->n_lines + (size_t)line) * (size_t)self->n_units;
}

/* ---- what is kept ---- */

int pw_evaluation_follow(pw_evaluation_t *self, int measure, int area)
{
    const pw_measure_t *m = &self->run.catalogue.measure[measure];
    if (self->n_lines == PW_MAX_LINES)
        return -1;
    pw_line_t *line = &self->line[self->n_lines];
    *line = (pw_line_t){ .sums = m->definition->sums, .scale = m->definition->scale };
    for (int k = 0; k < line->sums; k++)
        line->offset[k] = pw_measure_offset(m, &self->run.layout, k, area, PW_SUBGROUP_all);
    return self->n_lines++;
}

int pw_evaluation_follow_pounds(pw_evaluation_t *self, int years, bool cashable)
{
    if (self->n_lines == PW_MAX_LINES)
        return -1;
    self->line[self->n_lines] = (pw_line_t){ .sums = 2, .scale = 1.0, .pounds_years = years, .cashable = cashable };
    return self->n_lines++;
}

static double pounds_of(const pw_evaluation_t *self, const pw_line_t *line, const double *vector)
{
    int all = self->run.roster.n_areas;
    double pounds = 0.0;
    for (int payer = 0; payer < PW_PAYERS; payer++)
        for (int year = 0; year < line->pounds_years; year++)
            for (int money = 0; money < PW_MONEYS; money++)
                for (int spending = 0; spending < PW_SPENDINGS && (!line->cashable || money == PW_MONEY_CASHABLE); spending++)
                    pounds += vector[pw_layout_year(&self->run.layout, all, payer, year, money, spending)];
    return pounds;
}

static void add_line(const pw_evaluation_t *self, const pw_line_t *line, const double *vector, double *sum)
{
    if (line->pounds_years > 0) {
        sum[0] += pounds_of(self, line, vector);
        sum[1] += 1.0;
        return;
    }
    for (int k = 0; k < line->sums; k++)
        sum[k] += vector[line->offset[k]];
}

static pw_status_t watch(void *context, const pw_run_t *run, const pw_worlds_t *worlds)
{
    pw_evaluation_t *self = context;
    int n = run->request.n_scenarios;
    for (int w = 0; w < worlds->n; w++) {
        int64_t unit = run->request.draws > 0 ? worlds->draw[w] : worlds->replication[w];
        for (int s = 0; s < n; s++)
            for (int l = 0; l < self->n_lines; l++)
                add_line(self, &self->line[l], worlds->vector[w * n + s], sums_of(self, unit, s, l));
    }
    return PW_OK;
}

/* ---- a life ---- */

pw_status_t pw_evaluation_prepare(pw_evaluation_t *self, const pw_run_request_t *request, pw_findings_t *findings)
{
    pw_run_request_t mine = *request;
    mine.watch = watch;
    mine.watch_context = self;
    self->n_units = request->draws > 0 ? request->draws : request->replications;
    return pw_run_prepare(&self->run, &mine, findings);
}

/* Each world's part of the ratio of all sums; with a denominator of 0 there is no ratio. */
static void fill_parts(const pw_evaluation_t *self, int scenario, int l)
{
    const pw_line_t *line = &self->line[l];
    double mean[PW_MAX_SUMS] = { 0 }, slope[PW_MAX_SUMS] = { 0 }, *value = values_of(self, scenario, l);
    for (int64_t u = 0; u < self->n_units; u++)
        for (int k = 0; k < line->sums; k++)
            mean[k] += sums_of(self, u, scenario, l)[k] / (double)self->n_units;
    double q = pw_ratio(mean, line->sums, line->scale);
    if (!isnan(q))
        pw_ratio_slope(mean, line->sums, line->scale, slope);
    for (int64_t u = 0; u < self->n_units; u++) {
        value[u] = q;
        for (int k = 0; k < line->sums && !isnan(q); k++)
            value[u] += slope[k] * (sums_of(self, u, scenario, l)[k] - mean[k]);
    }
}

static void fill_draws(const pw_evaluation_t *self, int scenario, int l)
{
    for (int64_t u = 0; u < self->n_units; u++)
        values_of(self, scenario, l)[u] = pw_ratio(sums_of(self, u, scenario, l), self->line[l].sums, self->line[l].scale);
}

pw_status_t pw_evaluation_go(pw_evaluation_t *self, pw_findings_t *findings)
{
    size_t each = (size_t)self->run.request.n_scenarios * (size_t)self->n_lines;
    self->sum = pw_alloc((size_t)self->n_units * each, PW_MAX_SUMS * sizeof self->sum[0]);
    self->value = pw_alloc((size_t)self->n_units * each, sizeof self->value[0]);
    if (!self->sum || !self->value)
        return PW_ERROR_MEMORY;
    pw_status_t status = pw_run_go(&self->run, findings);
    for (int s = 0; status >= 0 && s < self->run.request.n_scenarios; s++)
        for (int l = 0; l < self->n_lines; l++) {
            if (self->run.request.draws > 0)
                fill_draws(self, s, l);
            else
                fill_parts(self, s, l);
        }
    return status;
}

void pw_evaluation_free(pw_evaluation_t *self)
{
    pw_free(self->sum);
    pw_free(self->value);
    pw_run_free(&self->run);
    self->sum = self->value = NULL;
    self->n_lines = 0;
    self->n_units = 0;
}

/* ---- what came of it ---- */

/* The weighed sum in one unit; nan: a line has no value there. */
static double weighed(const pw_evaluation_t *self, int scenario, int against, const pw_part_t *part, int n_parts, int64_t unit)
{
    double sum = 0.0;
    for (int i = 0; i < n_parts; i++) {
        double value = values_of(self, scenario, part[i].line)[unit];
        sum += part[i].weight * (against < 0 ? value : value - values_of(self, against, part[i].line)[unit]);
    }
    return sum;
}

pw_mean_t pw_evaluation_weighed(const pw_evaluation_t *self, int scenario, int against, const pw_part_t *part, int n_parts)
{
    pw_mean_t out = { NAN, NAN, 0 };
    double sum = 0.0, squares = 0.0;
    for (int64_t u = 0; u < self->n_units; u++) {
        double x = weighed(self, scenario, against, part, n_parts, u);
        if (isnan(x))
            continue;
        sum += x;
        out.units++;
    }
    if (out.units == 0)
        return out;
    out.mean = sum / (double)out.units;
    for (int64_t u = 0; u < self->n_units; u++) {
        double x = weighed(self, scenario, against, part, n_parts, u);
        squares += isnan(x) ? 0.0 : (x - out.mean) * (x - out.mean);
    }
    if (out.units > 1)
        out.se = sqrt(squares / (double)(out.units - 1) / (double)out.units);
    return out;
}

pw_mean_t pw_evaluation_mean(const pw_evaluation_t *self, int scenario, int against, int line)
{
    pw_part_t part = { line, 1.0 };
    return pw_evaluation_weighed(self, scenario, against, &part, 1);
}
