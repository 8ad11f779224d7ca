#include "calibrate_coverage.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/progress.h"
#include "../chance/distribution.h"
#include "../chance/stream.h"

enum { BLOCK = 32 };
static const double FROM_PRIOR = 0.15, WIDER = 2.0;

typedef struct {
    pw_calibration_t *calibration;
    int n_counts, *target;                 /* which targets are counted and fitted */
    pw_coverage_cell_t *cell;
    double *mean, *factor;                 /* of the fitted coordinates: mean; Cholesky factor of the wider covariance */
    double *truth, *data;
    pw_coverage_table_t table;
    pw_progress_t progress;
} work_t;

/* ---- where rows are drawn ---- */

static bool is_counted(const pw_target_t *target) { return target->use == PW_TARGET_FITTED && pw_target_is_counted(target); }

static void find_moments(work_t *self)
{
    const pw_smc_t *smc = &self->calibration->smc;
    int f = smc->options.focus, d = smc->options.dims, n = smc->options.points;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < f; k++)
            self->mean[k] += smc->z[(size_t)i * (size_t)d + (size_t)k] / n;
    for (int i = 0; i < n; i++) {
        const double *z = smc->z + (size_t)i * (size_t)d;
        for (int a = 0; a < f; a++)
            for (int b = 0; b <= a; b++)
                self->factor[a * f + b] += WIDER / n * (z[a] - self->mean[a]) * (z[b] - self->mean[b]);
    }
    pw_smc_cholesky(self->factor, f);
}

/* Prior over the density that z was drawn from, of the fitted coordinates. */
static double weight_of(const work_t *self, const double *z)
{
    int f = self->calibration->smc.options.focus;
    double y[64], prior = 0.0, wide = 0.0;
    for (int a = 0; a < f; a++) {
        double sum = z[a] - self->mean[a];
        for (int b = 0; b < a; b++)
            sum -= self->factor[a * f + b] * y[b];
        y[a] = sum / self->factor[a * f + a];
        wide -= 0.5 * y[a] * y[a] + log(self->factor[a * f + a]);
        prior -= 0.5 * z[a] * z[a];
    }
    return 1.0 / (FROM_PRIOR + (1.0 - FROM_PRIOR) * exp(wide - prior));
}

static double uniform(pw_stream_t stream, int row, int coordinate)
{
    pw_block_t block = pw_stream_block(stream, (uint32_t)row, 0, 0, (uint32_t)coordinate);
    return pw_uniform52(block.word[0], block.word[1]);
}

static void draw_row(const work_t *self, int row, double *z)
{
    const pw_smc_options_t *o = &self->calibration->smc.options;
    pw_stream_t stream = pw_stream_init(o->seed, 0, pw_purpose_named("calibrate", "coverage"));
    double xi[64];
    bool wide = uniform(stream, row, o->dims) >= FROM_PRIOR;
    for (int k = 0; k < o->dims; k++)
        z[k] = pw_normal_quantile(uniform(stream, row, k));
    memcpy(xi, z, (size_t)o->focus * sizeof *z);
    for (int a = 0; a < o->focus && wide; a++) {
        z[a] = self->mean[a];
        for (int b = 0; b <= a; b++)
            z[a] += self->factor[a * o->focus + b] * xi[b];
    }
}

/* ---- worlds ---- */

static double other_gap(const work_t *self, const double *sums)
{
    const pw_calibration_t *c = self->calibration;
    double most = 0.0;
    for (int t = 0; t < c->targets->n; t++)
        if (!pw_target_is_counted(&c->targets->target[t]))
            most = fmax(most, pw_calibrate_gap(&c->targets->target[t], NAN, pw_study_expected(&c->study, sums, t), c->spread[t]));
    return most;
}

/* Worlds of n points, and of each world's studies the counts: counts[n][samples][n_counts], other[n]. */
static pw_status_t simulate(work_t *self, int n, const double *z, const uint64_t *number, double *counts, double *other)
{
    pw_calibration_t *c = self->calibration;
    size_t n_sums = (size_t)c->study.n * PW_STUDY_SUMS, samples = (size_t)c->options.samples, n_targets = (size_t)c->targets->n;
    double *sums = pw_alloc((size_t)n * n_sums, sizeof *sums), *found = pw_alloc((size_t)n * samples * n_targets, sizeof *found);
    pw_status_t status = sums && found ? pw_particles_run(&c->particles, n, z, number, NULL, 1, (int)samples, sums, found) : PW_ERROR_MEMORY;
    for (int i = 0; i < n && status == PW_OK; i++) {
        other[i] = other_gap(self, sums + (size_t)i * n_sums);
        for (size_t m = 0; m < samples; m++)
            for (int k = 0; k < self->n_counts; k++)
                counts[((size_t)i * samples + m) * (size_t)self->n_counts + (size_t)k] = found[((size_t)i * samples + m) * n_targets + (size_t)self->target[k]];
    }
    pw_free(sums);
    pw_free(found);
    return status;
}

static pw_status_t make_rows(work_t *self)
{
    pw_coverage_table_t *table = &self->table;
    const pw_smc_options_t *o = &self->calibration->smc.options;
    size_t per_row = (size_t)table->samples * (size_t)table->counts;
    double *z = pw_alloc(BLOCK * (size_t)o->dims, sizeof *z);
    uint64_t number[BLOCK];
    pw_status_t status = z ? PW_OK : PW_ERROR_MEMORY;
    for (int from = 0; from < table->n && status == PW_OK; from += BLOCK) {
        int n = table->n - from < BLOCK ? table->n - from : BLOCK;
        for (int i = 0; i < n; i++) {
            double *at = z + (size_t)i * (size_t)o->dims;
            draw_row(self, from + i, at);
            memcpy(table->z + (size_t)(from + i) * (size_t)o->focus, at, (size_t)o->focus * sizeof *at);
            table->weight[from + i] = weight_of(self, at);
            number[i] = UINT64_C(1) << 63 | UINT64_C(0xFFFB) << 40 | (uint64_t)(from + i);      /* no generation has that number */
        }
        status = simulate(self, n, z, number, table->found + (size_t)from * per_row, table->other + from);
        pw_progress_set(&self->progress, from + n);
    }
    pw_free(z);
    return status;
}

/* The first study of the point's own world that the sampler kept: -1: none. */
static int first_kept(const work_t *self, const double *counts, double other)
{
    const pw_calibration_t *c = self->calibration;
    for (int m = 0; m < c->options.samples && other <= c->smc.tolerance; m++) {
        double most = 0.0;
        for (int k = 0; k < self->n_counts; k++)
            most = fmax(most, pw_calibrate_gap(&c->targets->target[self->target[k]], counts[m * self->n_counts + k], NAN, 1.0));
        if (most <= c->smc.tolerance)
            return m;
    }
    return -1;
}

static pw_status_t make_truths(work_t *self, int truths)
{
    const pw_smc_t *smc = &self->calibration->smc;
    size_t d = (size_t)smc->options.dims, f = (size_t)smc->options.focus, counts = (size_t)self->n_counts;
    double *found = pw_alloc((size_t)smc->options.samples * counts, sizeof *found), other;
    pw_status_t status = found ? PW_OK : PW_ERROR_MEMORY;
    for (int t = 0; t < truths && status == PW_OK; t++) {
        size_t point = (size_t)((int64_t)t * smc->options.points / truths);
        status = simulate(self, 1, smc->z + point * d, smc->id + point, found, &other);
        int m = status == PW_OK ? first_kept(self, found, other) : 0;
        if (m < 0)
            status = PW_ERROR_NUMBER;
        if (status != PW_OK)
            break;
        memcpy(self->truth + (size_t)t * f, smc->z + point * d, f * sizeof *self->truth);
        memcpy(self->data + (size_t)t * counts, found + (size_t)m * counts, counts * sizeof *self->data);
        pw_progress_set(&self->progress, self->table.n + t + 1);
    }
    pw_free(found);
    return status;
}

static pw_status_t make(work_t *self, int truths, int rows)
{
    const pw_calibration_t *c = self->calibration;
    size_t f = (size_t)c->particles.focus, targets = (size_t)c->targets->n;
    self->target = pw_alloc(targets, sizeof *self->target);
    self->cell = pw_alloc(targets, sizeof *self->cell);
    self->mean = pw_alloc(f, sizeof *self->mean);
    self->factor = pw_alloc(f * f, sizeof *self->factor);
    self->truth = pw_alloc((size_t)truths * f, sizeof *self->truth);
    self->data = pw_alloc((size_t)truths * targets, sizeof *self->data);
    if (!self->target || !self->cell || !self->mean || !self->factor || !self->truth || !self->data)
        return PW_ERROR_MEMORY;
    for (int t = 0; t < c->targets->n; t++)
        if (is_counted(&c->targets->target[t])) {
            const pw_target_t *target = &c->targets->target[t];
            self->cell[self->n_counts] = (pw_coverage_cell_t){ target->least, target->most, target->of };
            self->target[self->n_counts++] = t;
        }
    return pw_coverage_make(&self->table, rows, c->options.samples, c->particles.focus, self->n_counts, self->cell);
}

pw_status_t pw_calibrate_coverage(pw_calibration_t *calibration, int truths, int rows, FILE *say, pw_coverage_t *out, double *effective)
{
    work_t self = { .calibration = calibration };
    pw_status_t status = make(&self, truths, rows);
    pw_progress_begin(&self.progress, say, "worlds of known truths and of the table", rows + truths, !say);
    if (status == PW_OK) {
        find_moments(&self);
        status = make_rows(&self);
    }
    if (status == PW_OK)
        status = make_truths(&self, truths);
    pw_progress_end(&self.progress);
    if (status == PW_OK)
        status = pw_coverage_of(&self.table, self.truth, self.data, truths, calibration->smc.tolerance, out, effective);
    pw_coverage_free(&self.table);
    pw_free(self.target);
    pw_free(self.cell);
    pw_free(self.mean);
    pw_free(self.factor);
    pw_free(self.truth);
    pw_free(self.data);
    return status;
}
