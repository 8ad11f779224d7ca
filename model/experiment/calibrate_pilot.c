/* calibrate_pilot.c: sets of the prior: how far the targets' quantities spread, and whether the prior can reach them at all. */
#include <math.h>
#include <stdlib.h>

#include "../base/memory.h"
#include "../chance/distribution.h"
#include "../chance/stream.h"
#include "calibrate.h"

static double median(double *value, int n)
{
    return pw_score_quantile(value, NULL, n, 0.5);
}

/* 1.4826 x median absolute deviation: the standard deviation of a normal one. */
static void spread_of(pw_calibration_t *self, int t, double *value, int n)
{
    double middle = median(value, n), low = INFINITY, high = -INFINITY;
    for (int i = 0; i < n; i++)
        if (!isnan(value[i])) {
            low = fmin(low, value[i]);
            high = fmax(high, value[i]);
            value[i] = fabs(value[i] - middle);
        }
    self->pilot_low[t] = low;
    self->pilot_high[t] = high;
    self->spread[t] = fmax(1.4826 * median(value, n), 1e-9);
}

/* Could a study of some set of the prior have come within one standard deviation of the figure? */
static bool reached(const pw_calibration_t *self, int t, const double *found, const double *expected, int n)
{
    const pw_target_t *target = &self->targets->target[t];
    size_t samples = (size_t)self->options.samples, n_targets = (size_t)self->targets->n;
    for (int i = 0; i < n; i++)
        for (size_t m = 0; m < samples; m++)
            if (pw_calibrate_gap(target, found[((size_t)i * samples + m) * n_targets + (size_t)t], expected[i], self->spread[t]) <= 1.0)
                return true;
    return false;
}

static void refuse(const pw_calibration_t *self, int t, pw_findings_t *findings)
{
    const pw_target_t *target = &self->targets->target[t];
    pw_findings_add(findings, target->node->file, target->node->line, "targets",
                    "%s: the prior excludes it; over %d sets of the prior the model gives %.4g to %.4g, and the target is from %.4g to %.4g", target->name,
                    self->options.pilot, self->pilot_low[t], self->pilot_high[t], target->low, target->high);
}

static pw_status_t simulate(pw_calibration_t *self, double *z, uint64_t *number, double *sums, double *found)
{
    pw_stream_t stream = pw_stream_init(self->options.seed, 0, pw_purpose_named("calibrate", "pilot"));
    int d = self->particles.dims;
    for (int i = 0; i < self->options.pilot; i++) {
        number[i] = UINT64_C(3) << 62 | (uint64_t)i;
        for (int k = 0; k < d; k++) {
            pw_block_t block = pw_stream_block(stream, (uint32_t)i, 0, 0, (uint32_t)k);
            z[(size_t)i * (size_t)d + (size_t)k] = pw_normal_quantile(pw_uniform52(block.word[0], block.word[1]));
        }
    }
    return pw_particles_run(&self->particles, self->options.pilot, z, number, NULL, 1, self->options.samples, sums, found);
}

pw_status_t pw_calibrate_pilot(pw_calibration_t *self, pw_findings_t *findings)
{
    size_t n = (size_t)self->options.pilot, n_sums = (size_t)self->study.n * PW_STUDY_SUMS, before = findings->n;
    double *z = pw_alloc(n * (size_t)self->particles.dims, sizeof *z), *sums = pw_alloc(n * n_sums, sizeof *sums),
        *expected = pw_alloc(2 * n, sizeof *expected);
    double *found = pw_alloc(n * (size_t)self->options.samples * (size_t)self->targets->n, sizeof *found);
    uint64_t *number = pw_alloc(n, sizeof *number);
    pw_status_t status = z && sums && expected && found && number ? simulate(self, z, number, sums, found) : PW_ERROR_MEMORY;
    for (int t = 0; t < self->targets->n && status == PW_OK; t++) {
        for (size_t i = 0; i < n; i++)
            expected[i] = expected[n + i] = pw_study_expected(&self->study, sums + i * n_sums, t);
        spread_of(self, t, expected + n, (int)n);
        if (!reached(self, t, found, expected, (int)n))
            refuse(self, t, findings);
    }
    self->worlds += status == PW_OK ? (int64_t)n : 0;
    pw_free(z);
    pw_free(sums);
    pw_free(expected);
    pw_free(found);
    pw_free(number);
    return status == PW_OK && findings->n > before ? PW_ERROR_INPUT : status;
}
