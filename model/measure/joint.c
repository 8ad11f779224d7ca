#include "joint.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "../base/memory.h"

const char *const pw_joint_cost[PW_JOINT_COSTS] = { "own_use", "budget" };

static const pw_measure_t *measure_of(const pw_joint_t *self, int m) { return &self->catalogue->measure[self->measure[m]]; }
static const pw_measure_t *cost_of(const pw_joint_t *self, int cost) { return &self->catalogue->measure[self->cost[cost]]; }

static pw_joint_moments_t *moments_of(const pw_joint_t *self, int m, int cost, int scenario)
{
    return &self->moments[((size_t)m * PW_JOINT_COSTS + (size_t)cost) * (size_t)self->n_scenarios + (size_t)scenario];
}

pw_status_t pw_joint_init(pw_joint_t *self, const pw_layout_t *layout, const pw_catalogue_t *catalogue)
{
    *self = (pw_joint_t){ .layout = layout, .catalogue = catalogue, .n_scenarios = layout->roster->n_scenarios };
    self->measure = pw_alloc((size_t)catalogue->n, sizeof self->measure[0]);
    if (!self->measure)
        return PW_ERROR_MEMORY;
    for (int m = 0; m < catalogue->n && self->n_scenarios > 1; m++)
        if (catalogue->measure[m].definition->direction != PW_NO_DIRECTION)
            self->measure[self->n_measures++] = m;
    for (int k = 0; k < PW_JOINT_COSTS; k++)
        self->cost[k] = pw_catalogue_find(catalogue, pw_joint_cost[k]);
    self->moments = pw_alloc((size_t)self->n_measures * PW_JOINT_COSTS * (size_t)self->n_scenarios, sizeof self->moments[0]);
    return self->moments ? PW_OK : PW_ERROR_MEMORY;
}

void pw_joint_free(pw_joint_t *self)
{
    pw_free(self->measure);
    pw_free(self->moments);
    memset(self, 0, sizeof *self);
}

static void read_sums(const pw_joint_t *self, const pw_measure_t *measure, const double *vector, double *out)
{
    for (int k = 0; k < measure->definition->sums; k++)
        out[k] = vector[pw_measure_offset(measure, self->layout, k, self->layout->roster->n_areas, PW_SUBGROUP_all)];
}

/* x[n] and f[4]: the scenario's, then the baseline's. */
static void add(pw_joint_moments_t *self, bool begins, const double *x, int n, const double *f)
{
    enum { COSTS = 2 * PW_JOINT_COST_SUMS };
    if (begins) {
        memset(self->sum, 0, sizeof self->sum);
        memset(self->cost_sum, 0, sizeof self->cost_sum);
        memset(self->product, 0, sizeof self->product);
        memcpy(self->first, x, (size_t)n * sizeof x[0]);
        memcpy(self->cost_first, f, COSTS * sizeof f[0]);
    }
    for (int j = 0; j < COSTS; j++)
        self->cost_sum[j] += f[j] - self->cost_first[j];
    for (int i = 0; i < n; i++) {
        double shifted = x[i] - self->first[i];
        self->sum[i] += shifted;
        for (int j = 0; j < COSTS; j++)
            self->product[i][j] += shifted * (f[j] - self->cost_first[j]);
    }
}

/* The derivative of a paired difference by each of its sums, at their means; false: it has no value. */
static bool slope(const pw_definition_t *d, const double *first, const double *sum, double worlds, double *out)
{
    double x[2 * PW_MAX_SUMS];
    for (int i = 0; i < 2 * d->sums; i++)
        x[i] = first[i] + sum[i] / worlds;
    if (isnan(pw_ratio(x, d->sums, d->scale)) || isnan(pw_ratio(x + d->sums, d->sums, d->scale)))
        return false;
    pw_ratio_slope(x, d->sums, d->scale, out);
    pw_ratio_slope(x + d->sums, d->sums, d->scale, out + d->sums);
    for (int i = 0; i < d->sums; i++)
        out[d->sums + i] = -out[d->sums + i];
    return true;
}

static void end_draw(pw_joint_moments_t *self, const pw_definition_t *d, const pw_definition_t *cost, double worlds)
{
    double a[2 * PW_MAX_SUMS], b[2 * PW_MAX_SUMS], total = 0.0;
    if (!slope(d, self->first, self->sum, worlds, a) || !slope(cost, self->cost_first, self->cost_sum, worlds, b))
        return;
    for (int i = 0; i < 2 * d->sums; i++)
        for (int j = 0; j < 2 * cost->sums; j++)
            total += a[i] * b[j] * (self->product[i][j] - self->sum[i] * self->cost_sum[j] / worlds);
    self->noise_sum += total / (worlds - 1.0) / worlds;
    self->draws++;
}

static void add_world(pw_joint_t *self, double *const *vector, int m, int cost, bool ends_draw)
{
    const pw_measure_t *measure = measure_of(self, m), *pounds = cost_of(self, cost);
    int sums = measure->definition->sums;
    double x[2 * PW_MAX_SUMS], f[2 * PW_JOINT_COST_SUMS];
    assert(pounds->definition->sums == PW_JOINT_COST_SUMS);
    read_sums(self, measure, vector[0], x + sums);
    read_sums(self, pounds, vector[0], f + PW_JOINT_COST_SUMS);
    for (int s = 1; s < self->n_scenarios; s++) {
        pw_joint_moments_t *moments = moments_of(self, m, cost, s);
        read_sums(self, measure, vector[s], x);
        read_sums(self, pounds, vector[s], f);
        add(moments, self->worlds == 1, x, 2 * sums, f);
        if (ends_draw && self->worlds > 1)
            end_draw(moments, measure->definition, pounds->definition, (double)self->worlds);
    }
}

void pw_joint_add(pw_joint_t *self, const pw_worlds_t *worlds)
{
    for (int w = 0; w < worlds->n; w++) {
        self->worlds++;
        for (int m = 0; m < self->n_measures; m++)
            for (int cost = 0; cost < PW_JOINT_COSTS; cost++)
                if (self->cost[cost] >= 0)
                    add_world(self, &worlds->vector[w * self->n_scenarios], m, cost, worlds->ends_draw[w]);
        if (worlds->ends_draw[w])
            self->worlds = 0;
    }
}

double pw_joint_covariance(const pw_joint_t *self, int m, int cost, int scenario, int64_t *draws)
{
    const pw_joint_moments_t *moments = moments_of(self, m, cost, scenario);
    *draws = moments->draws;
    return moments->draws > 0 ? moments->noise_sum / (double)moments->draws / (double)moments->draws : NAN;
}
