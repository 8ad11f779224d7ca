#include "pairs.h"

#include <string.h>

#include "../base/memory.h"

static const pw_measure_t *measure_of(const pw_pairs_t *self, int m) { return &self->catalogue->measure[self->measure[m]]; }

/* (1, 0) 0, (2, 0) 1, (2, 1) 2, (3, 0) 3, ... */
static int pair_of(int scenario, int other) { return scenario * (scenario - 1) / 2 + other; }

static bool is_ranked(const pw_measure_t *measure) { return measure->headline && measure->definition->direction != PW_NO_DIRECTION; }

pw_status_t pw_pairs_init(pw_pairs_t *self, const pw_layout_t *layout, const pw_catalogue_t *catalogue)
{
    *self = (pw_pairs_t){ .layout = layout, .catalogue = catalogue, .n_scenarios = layout->roster->n_scenarios };
    self->n_pairs = self->n_scenarios * (self->n_scenarios - 1) / 2;
    size_t each = 0, pairs = (size_t)self->n_pairs;
    self->measure = pw_alloc((size_t)catalogue->n, sizeof self->measure[0]);
    if (!self->measure)
        return PW_ERROR_MEMORY;
    for (int m = 0; m < catalogue->n; m++)
        if (is_ranked(&catalogue->measure[m])) {
            self->measure[self->n_measures++] = m;
            each += (size_t)pw_estimator_moments(catalogue->measure[m].definition->sums, true);
        }
    self->estimator = pw_alloc((size_t)self->n_measures * pairs, sizeof self->estimator[0]);
    self->moments = pw_alloc(each * pairs, sizeof self->moments[0]);
    if (!self->estimator || !self->moments)
        return PW_ERROR_MEMORY;
    double *moment = self->moments;
    for (int m = 0; m < self->n_measures; m++)
        for (int k = 0; k < self->n_pairs; k++) {
            const pw_definition_t *d = measure_of(self, m)->definition;
            pw_estimator_init(&self->estimator[m * self->n_pairs + k], d->sums, true, d->scale, moment);
            moment += pw_estimator_moments(d->sums, true);
        }
    return PW_OK;
}

static pw_status_t add_world(pw_pairs_t *self, double *const *vector, bool ends_draw, int m)
{
    const pw_measure_t *measure = measure_of(self, m);
    double x[PW_MAX_SCENARIOS][PW_MAX_SUMS];
    for (int k = 0; k < measure->definition->sums; k++) {
        size_t offset = pw_measure_offset(measure, self->layout, k, self->layout->roster->n_areas, PW_SUBGROUP_all);
        for (int s = 0; s < self->n_scenarios; s++)
            x[s][k] = vector[s][offset];
    }
    for (int s = 1; s < self->n_scenarios; s++)
        for (int other = 0; other < s; other++) {
            pw_estimator_t *estimator = &self->estimator[m * self->n_pairs + pair_of(s, other)];
            if (pw_estimator_add(estimator, x[s], x[other]) != PW_OK)
                return PW_ERROR_MEMORY;
            if (ends_draw)
                (void)pw_estimator_end_draw(estimator);
        }
    return PW_OK;
}

pw_status_t pw_pairs_add(pw_pairs_t *self, const pw_worlds_t *worlds)
{
    for (int w = 0; w < worlds->n; w++)
        for (int m = 0; m < self->n_measures; m++)
            if (add_world(self, &worlds->vector[w * self->n_scenarios], worlds->ends_draw[w], m) != PW_OK)
                return PW_ERROR_MEMORY;
    return PW_OK;
}

void pw_pairs_free(pw_pairs_t *self)
{
    for (int i = 0; self->estimator && i < self->n_measures * self->n_pairs; i++)
        pw_estimator_free(&self->estimator[i]);
    pw_free(self->measure);
    pw_free(self->estimator);
    pw_free(self->moments);
    memset(self, 0, sizeof *self);
}

pw_summary_t pw_pairs_summary(const pw_pairs_t *self, const pw_ledger_t *ledger, int m, int scenario, int other, double *room)
{
    int64_t row = pw_ledger_row(ledger, self->measure[m], self->layout->roster->n_areas, PW_SUBGROUP_all);
    for (int64_t d = 0; d < ledger->n_draws; d++)
        room[d] = pw_ledger_draw(ledger, d, scenario, row, false) - pw_ledger_draw(ledger, d, other, row, false);
    return pw_summarise(&self->estimator[m * self->n_pairs + pair_of(scenario, other)], room, ledger->n_draws, ledger->replications, ledger->fixed,
                        measure_of(self, m)->definition->direction, room);
}
