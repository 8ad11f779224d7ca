#include "learnt.h"

#include <math.h>

#include "../base/memory.h"
#include "../chance/distribution.h"

const char *pw_learnt_name(int verdict, bool calibrated)
{
    return verdict == PW_LEARNT_YES ? "learnt" : verdict == PW_LEARNT_A_LITTLE ? "a little" : calibrated ? "not identified" : "hardly moved";
}

static double score(const pw_calibration_t *self, int set, int coordinate)
{
    return self->smc.z[(size_t)self->point[set] * (size_t)self->particles.dims + (size_t)coordinate];
}

static double overlap(const pw_calibration_t *self, int coordinate)
{
    double tenth[10] = { 0 }, sum = 0.0;
    for (int s = 0; s < self->n_sets; s++) {
        int k = (int)(10.0 * pw_normal_cdf(score(self, s, coordinate)));
        tenth[k < 0 ? 0 : k > 9 ? 9 : k] += self->weight[s];
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

static void learnt(const pw_calibration_t *self, int k, double *value, pw_learnt_t *out)
{
    *out = (pw_learnt_t){ .coordinate = k, .calibrated = k < self->particles.focus, .overlap = overlap(self, k) };
    for (int s = 0; s < self->n_sets; s++) {
        out->mean += self->weight[s] * score(self, s, k);
        value[s] = pw_calibrate_value(self, s, k);
    }
    for (int s = 0; s < self->n_sets; s++)
        out->variance += self->weight[s] * (score(self, s, k) - out->mean) * (score(self, s, k) - out->mean);
    out->verdict = verdict(out->mean, out->variance);
    out->median = pw_score_quantile(value, self->weight, self->n_sets, 0.5);
    out->low95 = pw_score_quantile(value, self->weight, self->n_sets, 0.025);
    out->high95 = pw_score_quantile(value, self->weight, self->n_sets, 0.975);
    out->prior_median = pw_particles_value(&self->particles, k, 0.0);
    out->prior_low95 = pw_particles_value(&self->particles, k, -1.959963984540054);
    out->prior_high95 = pw_particles_value(&self->particles, k, 1.959963984540054);
}

pw_status_t pw_learnt_of(const pw_calibration_t *self, pw_learnt_t *out)
{
    double *value = pw_alloc((size_t)self->n_sets, sizeof *value);
    for (int k = 0; value && k < self->particles.dims; k++)
        learnt(self, k, value, &out[k]);
    pw_free(value);
    return value ? PW_OK : PW_ERROR_MEMORY;
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
        add(&m, self->weight[s], score(self, s, a), score(self, s, b));
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
