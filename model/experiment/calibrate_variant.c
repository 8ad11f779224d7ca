#include "calibrate_variant.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "../base/memory.h"
#include "../base/progress.h"

enum { BLOCK = 32 };
static const char VOLUME[] = "notifications_per_month";

/* ---- the base ---- */

pw_status_t pw_calibrate_open(pw_calibration_t *self, pw_findings_t *findings)
{
    const char *file = self->options.state_file;
    if (access(file, F_OK) != 0) {
        pw_findings_add(findings, file, 0, NULL,
                        "there is no such file: only a calibration whose points were kept can be gone on from (pathways calibrate makes it)");
        return PW_ERROR_INPUT;
    }
    pw_status_t status = pw_calibrate_load(self, findings);
    if (status == PW_OK && (self->phase != PW_CALIBRATE_JUDGING || self->judged < self->n_sets || self->n_sets == 0)) {
        pw_findings_add(findings, file, 0, NULL, "this calibration is not finished");
        status = PW_ERROR_INPUT;
    }
    return status == PW_OK ? pw_calibrate_judge(self) : status;      /* nothing is left to simulate: the weights */
}

static int quantity_of(const pw_calibration_t *self, const char *measure)
{
    for (int q = self->targets->n; q < self->study.n; q++)
        if (strcmp(self->study.quantity[q].measure->name, measure) == 0)
            return q;
    return -1;
}

double pw_calibrate_mean(const pw_calibration_t *self, const char *measure)
{
    double sum = 0.0;
    int q = quantity_of(self, measure);
    for (int s = 0; s < self->n_sets && q >= 0; s++)
        sum += self->weight[s] > 0.0 ? self->weight[s] * pw_calibrate_expected(self, s, q, 2) : 0.0;
    return q < 0 ? NAN : sum;
}

static bool same_quantity(const pw_quantity_t *a, const pw_quantity_t *b)
{
    return strcmp(a->measure->name, b->measure->name) == 0 && a->by == b->by && a->subgroup == b->subgroup;
}

/* A quantity among the base's targets; -1: none is of it. */
static int find_in_base(const pw_calibration_t *self, int target)
{
    const pw_calibration_t *base = self->options.base;
    for (int t = 0; t < base->targets->n; t++)
        if (same_quantity(&self->study.quantity[target], &base->study.quantity[t]))
            return t;
    return -1;
}

bool pw_calibrate_variant_spreads(pw_calibration_t *self)
{
    const pw_calibration_t *base = self->options.base;
    if (!base)
        return false;
    for (int t = 0; t < self->targets->n; t++) {
        int from = find_in_base(self, t);
        if (from < 0)
            return false;
        self->spread[t] = base->spread[from];
        self->pilot_low[t] = base->pilot_low[from], self->pilot_high[t] = base->pilot_high[from];
    }
    return true;
}

/* ---- the distance ---- */

double pw_calibrate_variant_gap(const pw_calibration_t *self, int target, double before, double gap)
{
    if (target < self->targets->n - 1)
        return gap > self->options.base->smc.tolerance ? INFINITY : before;
    return isinf(before) ? before : gap;
}

/* ---- sizes ---- */

/* Factors of the sets from .. from + n - 1; a set whose worlds give no notifications stays as it is. */
static pw_status_t size_block(pw_calibration_t *self, double volume, int q, int from, int n)
{
    size_t d = (size_t)self->particles.dims, n_sums = (size_t)self->study.n * PW_STUDY_SUMS;
    double *z = pw_alloc((size_t)n * d, sizeof *z), *sums = pw_alloc((size_t)n * n_sums, sizeof *sums);
    uint64_t number[BLOCK];
    pw_status_t status = z && sums ? PW_OK : PW_ERROR_MEMORY;
    for (int i = 0; i < n && status == PW_OK; i++) {
        memcpy(z + (size_t)i * d, self->smc.z + (size_t)self->point[from + i] * d, d * sizeof *z);
        number[i] = UINT64_C(1) << 63 | UINT64_C(0xFFFD) << 40 | (uint64_t)(from + i);      /* no generation has that number */
    }
    if (status == PW_OK)
        status = pw_particles_run(&self->particles, n, z, number, NULL, PW_VARIANT_WORLDS, 0, sums, NULL);
    for (int i = 0; i < n && status == PW_OK; i++) {
        double now = pw_study_expected(&self->study, sums + (size_t)i * n_sums, q);
        self->factor[from + i] = now > 0.0 ? volume / now : 1.0;
    }
    self->worlds += status == PW_OK ? (int64_t)n * PW_VARIANT_WORLDS : 0;
    pw_free(z);
    pw_free(sums);
    return status;
}

pw_status_t pw_calibrate_variant_sizes(pw_calibration_t *self)
{
    pw_progress_t progress = { 0 };
    pw_status_t status = PW_OK;
    double volume = pw_calibrate_mean(self->options.base, VOLUME);
    int q = quantity_of(self, VOLUME);
    pw_progress_begin(&progress, self->options.say, "sets brought to the same volume", self->n_sets, !self->options.say);
    for (int from = 0; from < self->n_sets && status == PW_OK; from += BLOCK) {
        int n = self->n_sets - from < BLOCK ? self->n_sets - from : BLOCK;
        if (q < 0 || !(volume > 0.0)) {
            for (int i = 0; i < n; i++)
                self->factor[from + i] = 1.0;
            continue;
        }
        status = size_block(self, volume, q, from, n);
        pw_progress_set(&progress, from + n);
    }
    pw_progress_end(&progress);
    return status;
}
