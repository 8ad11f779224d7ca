#include "ledger.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"

static int64_t list_rows(pw_ledger_t *self)
{
    const pw_roster_t *roster = self->layout->roster;
    int64_t n = 0;
    for (int area = 0; area <= roster->n_areas; area++)
        for (int g = 0; g < PW_SUBGROUP_N; g++)
            for (int m = 0; roster->subgroup[g] && m < self->catalogue->n; m++) {
                if (g != PW_SUBGROUP_all && !self->catalogue->measure[m].by_subgroup)
                    continue;
                if (self->row)
                    self->row[n] = (pw_row_t){ m, area, g };
                n++;
            }
    return n;
}

static const pw_definition_t *definition_of(const pw_ledger_t *self, int64_t row)
{
    return self->catalogue->measure[self->row[row].measure].definition;
}

static pw_status_t start_estimators(pw_ledger_t *self)
{
    size_t rows = (size_t)self->n_rows, scenarios = (size_t)self->n_scenarios, each = 0;
    for (int64_t r = 0; r < self->n_rows; r++) {
        int sums = definition_of(self, r)->sums;
        each += (size_t)(pw_estimator_moments(sums, false) + pw_estimator_moments(sums, true));
    }
    self->own = pw_alloc(rows * scenarios, sizeof self->own[0]);
    self->paired = pw_alloc(rows * scenarios, sizeof self->paired[0]);
    self->moments = pw_alloc(each * scenarios, sizeof self->moments[0]);
    if (!self->own || !self->paired || !self->moments)
        return PW_ERROR_MEMORY;
    double *moment = self->moments;
    for (int s = 0; s < self->n_scenarios; s++)
        for (int64_t r = 0; r < self->n_rows; r++) {
            const pw_definition_t *d = definition_of(self, r);
            pw_estimator_init(&self->own[s * self->n_rows + r], d->sums, false, d->scale, moment);
            moment += pw_estimator_moments(d->sums, false);
            pw_estimator_init(&self->paired[s * self->n_rows + r], d->sums, true, d->scale, moment);
            moment += pw_estimator_moments(d->sums, true);
        }
    return PW_OK;
}

pw_status_t pw_ledger_init(pw_ledger_t *self, const pw_layout_t *layout, const pw_catalogue_t *catalogue, int64_t replications, bool fixed)
{
    memset(self, 0, sizeof *self);
    self->layout = layout;
    self->catalogue = catalogue;
    self->n_scenarios = layout->roster->n_scenarios;
    self->replications = replications;
    self->fixed = fixed;
    self->n_rows = list_rows(self);
    self->row = pw_alloc((size_t)self->n_rows, sizeof self->row[0]);
    self->total_size = layout->size - layout->at_month;
    self->total = pw_alloc(self->total_size * (size_t)self->n_scenarios, sizeof self->total[0]);
    if (!self->row || !self->total)
        return PW_ERROR_MEMORY;
    list_rows(self);
    return start_estimators(self);
}

pw_status_t pw_ledger_room(pw_ledger_t *self, int64_t n_draws)
{
    if (n_draws <= self->room_draws)
        return PW_OK;
    size_t row = (size_t)(self->n_rows * self->n_scenarios);
    if (row > 0 && (size_t)n_draws > SIZE_MAX / row)
        return PW_ERROR_MEMORY;
    double *grown = pw_realloc(self->draw_value, (size_t)n_draws * row, sizeof grown[0]);
    if (!grown)
        return PW_ERROR_MEMORY;
    self->draw_value = grown;
    self->room_draws = n_draws;
    return PW_OK;
}

static pw_status_t add_row(pw_ledger_t *self, const pw_worlds_t *worlds, int scenario, int64_t r)
{
    const pw_row_t *row = &self->row[r];
    const pw_measure_t *measure = &self->catalogue->measure[row->measure];
    pw_estimator_t *own = &self->own[scenario * self->n_rows + r], *paired = &self->paired[scenario * self->n_rows + r];
    int sums = measure->definition->sums;
    size_t offset[PW_MAX_SUMS];
    for (int k = 0; k < sums; k++)
        offset[k] = pw_measure_offset(measure, self->layout, k, row->area, row->subgroup);
    for (int w = 0; w < worlds->n; w++) {
        const double *mine = worlds->vector[w * self->n_scenarios + scenario], *base = worlds->vector[w * self->n_scenarios];
        double x[PW_MAX_SUMS], y[PW_MAX_SUMS];
        for (int k = 0; k < sums; k++) {
            x[k] = mine[offset[k]];
            y[k] = base[offset[k]];
        }
        if (pw_estimator_add(own, x, NULL) != PW_OK || (scenario > 0 && pw_estimator_add(paired, x, y) != PW_OK))
            return PW_ERROR_MEMORY;
        if (!worlds->ends_draw[w])
            continue;
        self->draw_value[(worlds->draw[w] * self->n_scenarios + scenario) * self->n_rows + r] = pw_estimator_end_draw(own);
        if (scenario > 0)
            (void)pw_estimator_end_draw(paired);
    }
    return PW_OK;
}

static void add_totals(pw_ledger_t *self, const pw_worlds_t *worlds, size_t from, size_t to)
{
    for (int s = 0; s < self->n_scenarios; s++) {
        double *total = self->total + (size_t)s * self->total_size;
        for (int w = 0; w < worlds->n; w++) {
            const double *vector = worlds->vector[w * self->n_scenarios + s] + self->layout->at_month;
            for (size_t k = from; k < to; k++)
                total[k] += vector[k];
        }
    }
}

pw_status_t pw_ledger_add(pw_ledger_t *self, const pw_worlds_t *worlds, int part, int n_parts)
{
    int64_t from = self->n_rows * part / n_parts, to = self->n_rows * (part + 1) / n_parts;
    for (int s = 0; s < self->n_scenarios; s++)
        for (int64_t r = from; r < to; r++) {
            pw_status_t status = add_row(self, worlds, s, r);
            if (status != PW_OK)
                return status;
        }
    add_totals(self, worlds, self->total_size * (size_t)part / (size_t)n_parts, self->total_size * (size_t)(part + 1) / (size_t)n_parts);
    return PW_OK;
}

void pw_ledger_added(pw_ledger_t *self, const pw_worlds_t *worlds)
{
    self->worlds += worlds->n;
    for (int w = 0; w < worlds->n; w++)
        if (worlds->ends_draw[w])
            self->n_draws = worlds->draw[w] + 1;
}

void pw_ledger_free(pw_ledger_t *self)
{
    for (int64_t i = 0; i < self->n_rows * self->n_scenarios; i++) {
        if (self->own)
            pw_estimator_free(&self->own[i]);
        if (self->paired)
            pw_estimator_free(&self->paired[i]);
    }
    pw_free(self->row);
    pw_free(self->own);
    pw_free(self->paired);
    pw_free(self->moments);
    pw_free(self->draw_value);
    pw_free(self->total);
    memset(self, 0, sizeof *self);
}

int64_t pw_ledger_row(const pw_ledger_t *self, int measure, int area, int subgroup)
{
    for (int64_t r = 0; r < self->n_rows; r++)
        if (self->row[r].measure == measure && self->row[r].area == area && self->row[r].subgroup == subgroup)
            return r;
    return -1;
}

double pw_ledger_draw(const pw_ledger_t *self, int64_t draw, int scenario, int64_t row, bool paired)
{
    const double *of_draw = self->draw_value + draw * self->n_scenarios * self->n_rows;
    double own = of_draw[scenario * self->n_rows + row];
    return paired ? own - of_draw[row] : own;
}

pw_summary_t pw_ledger_summary(const pw_ledger_t *self, int scenario, int64_t row, bool paired, double *room)
{
    /* pw_summarise reads each draw before it writes it: one room serves both. */
    const pw_estimator_t *estimator = &(paired ? self->paired : self->own)[scenario * self->n_rows + row];
    for (int64_t d = 0; d < self->n_draws; d++)
        room[d] = pw_ledger_draw(self, d, scenario, row, paired);
    return pw_summarise(estimator, room, self->n_draws, self->replications, self->fixed, definition_of(self, row)->direction, room);
}

bool pw_ledger_price(const pw_ledger_t *self, int scenario, const pw_price_t *price, double *room, double *out)
{
    int pounds = pw_catalogue_find(self->catalogue, price->pounds), units = pw_catalogue_find(self->catalogue, price->units);
    int all = self->layout->roster->n_areas;
    pw_summary_t u = pw_ledger_summary(self, scenario, pw_ledger_row(self, units, all, PW_SUBGROUP_all), true, room);
    pw_summary_t p = pw_ledger_summary(self, scenario, pw_ledger_row(self, pounds, all, PW_SUBGROUP_all), true, room);
    if (!pw_clear_of_zero(&u) || u.mean >= 0.0 || isnan(p.mean))
        return false;
    *out = price->scale * p.mean / -u.mean;
    return true;
}

double pw_ledger_total(const pw_ledger_t *self, int scenario, size_t offset)
{
    return self->total[(size_t)scenario * self->total_size + offset - self->layout->at_month];
}
