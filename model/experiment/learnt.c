#include "learnt.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/memory.h"
#include "../chance/distribution.h"

static const double SCORE_95 = 1.959963984540054;

const char *pw_learnt_name(int verdict, bool calibrated)
{
    return verdict == PW_LEARNT_YES ? "learnt" : verdict == PW_LEARNT_A_LITTLE ? "a little" : calibrated ? "not identified" : "hardly moved";
}

/* n sets of one estimate: its scores, values and weights, which sum to 1. */
typedef struct { int64_t n; const double *score, *value, *weight; } sets_t;

static double overlap(const sets_t *sets)
{
    double tenth[10] = { 0 }, sum = 0.0;
    for (int64_t s = 0; s < sets->n; s++) {
        int k = (int)(10.0 * pw_normal_cdf(sets->score[s]));
        tenth[k < 0 ? 0 : k > 9 ? 9 : k] += sets->weight[s];
    }
    for (int k = 0; k < 10; k++)
        sum += fmin(0.1, tenth[k]);
    return sum;
}

static int verdict(double mean, double variance)
{
    if (variance <= 0.7 || fabs(mean) >= 1.0)
        return PW_LEARNT_YES;
    return variance <= 0.85 || fabs(mean) >= 0.4 ? PW_LEARNT_A_LITTLE : PW_LEARNT_HARDLY;
}

static void learnt(const sets_t *sets, pw_learnt_t *out)
{
    out->overlap = overlap(sets);
    for (int64_t s = 0; s < sets->n; s++)
        out->mean += sets->weight[s] * sets->score[s];
    for (int64_t s = 0; s < sets->n; s++)
        out->variance += sets->weight[s] * (sets->score[s] - out->mean) * (sets->score[s] - out->mean);
    out->verdict = verdict(out->mean, out->variance);
    out->median = pw_score_quantile(sets->value, sets->weight, sets->n, 0.5);
    out->low95 = pw_score_quantile(sets->value, sets->weight, sets->n, 0.025);
    out->high95 = pw_score_quantile(sets->value, sets->weight, sets->n, 0.975);
}

pw_status_t pw_learnt_of(const pw_calibration_t *self, pw_learnt_t *out)
{
    size_t n = (size_t)self->n_sets;
    double *value = pw_alloc(n, sizeof *value), *scores = pw_alloc(n, sizeof *scores);
    pw_status_t status = value && scores ? PW_OK : PW_ERROR_MEMORY;
    for (int k = 0; status == PW_OK && k < self->particles.dims; k++) {
        out[k] = (pw_learnt_t){ .estimate = self->particles.estimate[k], .calibrated = k < self->particles.focus };
        for (int s = 0; s < self->n_sets; s++) {
            scores[s] = pw_calibrate_score(self, s, k);
            value[s] = pw_calibrate_value(self, s, k);
        }
        learnt(&(sets_t){ self->n_sets, scores, value, self->weight }, &out[k]);
        out[k].prior_median = pw_particles_value(&self->particles, k, 0.0);
        out[k].prior_low95 = pw_particles_value(&self->particles, k, -SCORE_95);
        out[k].prior_high95 = pw_particles_value(&self->particles, k, SCORE_95);
    }
    pw_free(value);
    pw_free(scores);
    return status;
}

static double prior_at(const pw_estimate_t *estimate, double z)
{
    char text[40];
    snprintf(text, sizeof text, "%.6g", pw_estimate_quantile(estimate, pw_normal_cdf(z)));
    return strtod(text, NULL);
}

pw_status_t pw_learnt_of_posterior(const pw_posterior_t *self, pw_learnt_t *out, int *n_out)
{
    size_t n = (size_t)self->n;
    const pw_evidence_t *evidence = &self->baseline->evidence;
    double *value = pw_alloc(n, sizeof *value), *scores = pw_alloc(n, sizeof *scores), *weight = pw_alloc(n, sizeof *weight);
    pw_status_t status = value && scores && weight ? PW_OK : PW_ERROR_MEMORY;
    *n_out = 0;
    for (size_t s = 0; status == PW_OK && s < n; s++)
        weight[s] = pw_posterior_weight(self, (int64_t)s);
    for (int k = 0; status == PW_OK && k < self->n_estimates; k++) {
        int at = pw_evidence_find(evidence, self->table.column[self->column[k]]);
        const pw_estimate_t *estimate = at < 0 ? NULL : &evidence->estimate[at];
        if (!estimate || estimate->distribution == PW_DISTRIBUTION_FIXED)
            continue;
        pw_learnt_t *one = &out[(*n_out)++];
        *one = (pw_learnt_t){ .estimate = at, .calibrated = estimate->calibrate };
        for (size_t s = 0; s < n; s++) {
            value[s] = self->value[s * (size_t)self->n_estimates + (size_t)k];
            scores[s] = pw_estimate_score(estimate, value[s]);
        }
        learnt(&(sets_t){ self->n, scores, value, weight }, one);
        one->prior_median = prior_at(estimate, 0.0);
        one->prior_low95 = prior_at(estimate, -SCORE_95);
        one->prior_high95 = prior_at(estimate, SCORE_95);
    }
    pw_free(value);
    pw_free(scores);
    pw_free(weight);
    return status;
}

/* ---- correlations ---- */

typedef struct { double w, x, y, xx, yy, xy; } moments_t;

static void add(moments_t *m, double w, double x, double y)
{
    m->w += w, m->x += w * x, m->y += w * y;
    m->xx += w * x * x, m->yy += w * y * y, m->xy += w * x * y;
}

static double correlation(const moments_t *m)
{
    double x = m->x / m->w, y = m->y / m->w, xx = m->xx / m->w - x * x, yy = m->yy / m->w - y * y;
    return xx > 1e-12 && yy > 1e-12 ? (m->xy / m->w - x * y) / sqrt(xx * yy) : NAN;
}

double pw_learnt_correlation(const pw_calibration_t *self, int a, int b)
{
    moments_t m = { 0 };
    for (int s = 0; s < self->n_sets; s++)
        add(&m, self->weight[s], pw_calibrate_score(self, s, a), pw_calibrate_score(self, s, b));
    return correlation(&m);
}

double pw_learnt_gap(const pw_calibration_t *self, int set, int t)
{
    const pw_target_t *target = &self->targets->target[t];
    double value = pw_calibrate_expected(self, set, t, 0);
    double gap = value < target->low ? target->low - value : value > target->high ? value - target->high : 0.0;
    return isnan(value) ? 0.0 : gap / self->spread[t];
}

int pw_learnt_opponent(const pw_calibration_t *self, int target, double *lowest)
{
    int found = -1;
    *lowest = -0.1;
    for (int t = 0; t < self->targets->n; t++) {
        moments_t m = { 0 };
        if (t == target || self->targets->target[t].use != PW_TARGET_FITTED)
            continue;
        for (int s = 0; s < self->n_sets; s++)
            add(&m, self->copies[s], pw_learnt_gap(self, s, target), pw_learnt_gap(self, s, t));
        double r = correlation(&m);
        if (r < *lowest) {
            *lowest = r;
            found = t;
        }
    }
    return found;
}
