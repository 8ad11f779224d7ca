#include "sweep_summary.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"

static void write_header(pw_sweep_summary_t *self)
{
    static const char *const after[] = { "measure", "unit", "worlds", "mean", "mc_se", "p05", "p50", "p95",
                                         "difference", "difference_mc_se", "difference_low95", "difference_high95" };
    pw_csv_text(&self->csv, "point");
    pw_csv_text(&self->csv, "scenario");
    for (int k = 0; k < pw_sweep_n_inputs(self->sweep); k++)
        pw_csv_text(&self->csv, pw_sweep_input_name(self->sweep, k));
    for (size_t k = 0; k < sizeof after / sizeof after[0]; k++)
        pw_csv_text(&self->csv, after[k]);
    pw_csv_end(&self->csv);
}

pw_status_t pw_sweep_summary_begin(pw_sweep_summary_t *self, const pw_sweep_t *sweep, FILE *to, FILE *points)
{
    size_t n = (size_t)sweep->n_scenarios;
    *self = (pw_sweep_summary_t){ .sweep = sweep, .csv = { .to = to }, .points = { .to = points }, .point = -1 };
    self->n = pw_alloc(n, sizeof self->n[0]);
    self->value = pw_alloc(n * (size_t)sweep->n_measures * (size_t)sweep->replications, sizeof self->value[0]);
    self->room = pw_alloc((size_t)sweep->replications, sizeof self->room[0]);
    self->input = pw_alloc((size_t)sweep->design.n_columns, sizeof self->input[0]);
    if (!self->n || !self->value || !self->room || !self->input)
        return PW_ERROR_MEMORY;
    write_header(self);
    pw_sweep_points_begin(self);
    return PW_OK;
}

void pw_sweep_summary_free(pw_sweep_summary_t *self)
{
    pw_free(self->n);
    pw_free(self->value);
    pw_free(self->room);
    pw_free(self->input);
    *self = (pw_sweep_summary_t){ 0 };
}

/* ---- one line ---- */

/* Two passes: no digits are lost where values are large and close. */
static pw_sweep_moments_t moments(const double *x, int64_t n)
{
    pw_sweep_moments_t m = { .n = n, .mean = NAN, .se = NAN };
    double sum = 0.0, squares = 0.0;
    for (int64_t i = 0; i < n; i++)
        sum += x[i];
    if (n > 0)
        m.mean = sum / (double)n;
    for (int64_t i = 0; i < n; i++)
        squares += (x[i] - m.mean) * (x[i] - m.mean);
    if (n > 1)
        m.se = sqrt(squares / (double)(n - 1) / (double)n);
    return m;
}

static const double *values_of(const pw_sweep_summary_t *self, int k, int measure)
{
    const pw_sweep_t *sweep = self->sweep;
    return self->value + ((int64_t)k * sweep->n_measures + measure) * sweep->replications;
}

pw_sweep_moments_t pw_sweep_own(pw_sweep_summary_t *self, int k, int measure)
{
    const double *x = values_of(self, k, measure);
    int64_t n = 0;
    for (int64_t r = 0; r < self->n[k]; r++)
        if (!isnan(x[r]))
            self->room[n++] = x[r];
    return moments(self->room, n);
}

/* The rows of one point come replication by replication, so the r-th value of each scenario is of one world. */
pw_sweep_moments_t pw_sweep_paired(pw_sweep_summary_t *self, int k, int measure)
{
    const double *x = values_of(self, k, measure), *base = values_of(self, 0, measure);
    int64_t n = 0;
    for (int64_t r = 0; r < self->n[k]; r++)
        if (!isnan(x[r] - base[r]))
            self->room[n++] = x[r] - base[r];
    return moments(self->room, n);
}

static void write_own(pw_sweep_summary_t *self, int k, int measure)
{
    pw_sweep_moments_t m = pw_sweep_own(self, k, measure);
    pw_sort_numbers(self->room, m.n);
    pw_csv_integer(&self->csv, m.n);
    pw_csv_number(&self->csv, m.mean);
    pw_csv_number(&self->csv, m.se);
    pw_csv_number(&self->csv, pw_quantile_sorted(self->room, m.n, 0.05));
    pw_csv_number(&self->csv, pw_quantile_sorted(self->room, m.n, 0.5));
    pw_csv_number(&self->csv, pw_quantile_sorted(self->room, m.n, 0.95));
}

static void write_paired(pw_sweep_summary_t *self, int k, int measure)
{
    pw_sweep_moments_t m = { .mean = NAN, .se = NAN };
    if (k > 0)
        m = pw_sweep_paired(self, k, measure);
    double half = m.n > 1 ? pw_number_round12(gsl_cdf_tdist_Pinv(0.975, (double)(m.n - 1))) * m.se : NAN;
    pw_csv_number(&self->csv, m.mean);
    pw_csv_number(&self->csv, m.se);
    pw_csv_number(&self->csv, m.mean - half);
    pw_csv_number(&self->csv, m.mean + half);
}

static void write_line(pw_sweep_summary_t *self, int k, int measure)
{
    const pw_sweep_t *sweep = self->sweep;
    pw_csv_integer(&self->csv, self->point);
    pw_csv_text(&self->csv, pw_sweep_scenario_name(sweep, self->scenario[k]));
    for (int i = 0; i < pw_sweep_n_inputs(sweep); i++)
        pw_csv_number(&self->csv, self->input[pw_sweep_input_column(sweep, i)]);
    pw_csv_text(&self->csv, pw_sweep_measure_name(sweep, measure));
    pw_csv_text(&self->csv, pw_sweep_measure(sweep, measure)->definition->unit);
    write_own(self, k, measure);
    write_paired(self, k, measure);
    pw_csv_end(&self->csv);
}

static void write_point(pw_sweep_summary_t *self)
{
    if (self->point < 0)
        return;
    pw_design_point(&self->sweep->design, self->point, self->input);
    for (int k = 0; k < self->n_here; k++)
        for (int m = 0; m < self->sweep->n_measures; m++)
            write_line(self, k, m);
    pw_sweep_points_row(self);
}

/* ---- rows ---- */

static void begin_point(pw_sweep_summary_t *self, int64_t point)
{
    self->point = point;
    self->n_here = pw_sweep_scenarios_at(self->sweep, point, self->scenario);
    memset(self->n, 0, (size_t)self->sweep->n_scenarios * sizeof self->n[0]);
}

pw_status_t pw_sweep_summary_add(pw_sweep_summary_t *self, int64_t point, int64_t replication, int scenario, const double *measure)
{
    const pw_sweep_t *sweep = self->sweep;
    if (point < self->point || point >= sweep->design.n_points || replication < 0 || replication >= sweep->replications)
        return PW_ERROR_INPUT;
    if (point > self->point) {
        write_point(self);
        begin_point(self, point);
    }
    int k = 0;
    while (k < self->n_here && self->scenario[k] != scenario)
        k++;
    /* scenarios go in step: the k-th has as many rows as the one before it had, less this one's */
    if (k == self->n_here || self->n[k] == sweep->replications || (k > 0 && self->n[k] + 1 != self->n[0]))
        return PW_ERROR_INPUT;
    for (int m = 0; m < sweep->n_measures; m++)
        self->value[((int64_t)k * sweep->n_measures + m) * sweep->replications + self->n[k]] = measure[m];
    self->n[k]++;
    return PW_OK;
}

void pw_sweep_summary_end(pw_sweep_summary_t *self)
{
    write_point(self);
    pw_sweep_points_fill(self, self->sweep->design.n_points);
    self->point = -1;
}
