#include "coverage.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "../base/memory.h"
#include "../base/number.h"

enum { TENTHS = 10, ENOUGH = 50 };

pw_status_t pw_coverage_make(pw_coverage_table_t *self, int n, int samples, int dims, int counts, const pw_coverage_cell_t *cell)
{
    *self = (pw_coverage_table_t){ .n = n, .samples = samples, .dims = dims, .counts = counts, .cell = cell };
    self->z = pw_alloc((size_t)n * (size_t)dims, sizeof *self->z);
    self->weight = pw_alloc((size_t)n, sizeof *self->weight);
    self->found = pw_alloc((size_t)n * (size_t)samples * (size_t)counts, sizeof *self->found);
    self->other = pw_alloc((size_t)n, sizeof *self->other);
    return self->z && self->weight && self->found && self->other ? PW_OK : PW_ERROR_MEMORY;
}

void pw_coverage_free(pw_coverage_table_t *self)
{
    pw_free(self->z);
    pw_free(self->weight);
    pw_free(self->found);
    pw_free(self->other);
    *self = (pw_coverage_table_t){ 0 };
}

const char *pw_coverage_name(int verdict)
{
    static const char *const name[] = { "as it should be", "too narrow", "too wide" };
    return name[verdict];
}

/* ---- one truth ---- */

double pw_coverage_gap(const pw_coverage_cell_t *cell, double found, double truth)
{
    double width = cell->most - cell->least + 1.0, low = cell->least + width * floor((truth - cell->least) / width), high = low + width - 1.0;
    double share = fmin(cell->of - 0.5, fmax(0.5, 0.5 * (low + high))) / cell->of;
    double gap = found < low ? low - found : found > high ? found - high : 0.0;
    return isnan(found) ? INFINITY : gap / sqrt(cell->of * share * (1.0 - share));
}

/* How many of a row's studies are within the tolerance of the data. */
static int within(const pw_coverage_table_t *self, int row, const double *data, double tolerance)
{
    int n = 0;
    const double *found = self->found + (size_t)row * (size_t)self->samples * (size_t)self->counts;
    for (int m = 0; m < self->samples && self->other[row] <= tolerance; m++, found += self->counts) {
        bool near = true;
        for (int c = 0; c < self->counts && near; c++)
            near = pw_coverage_gap(&self->cell[c], found[c], data[c]) <= tolerance;
        n += near;
    }
    return n;
}

/* Weights of all rows given the data; returns their effective number. */
static double weigh(const pw_coverage_table_t *self, const double *data, double tolerance, double *weight)
{
    double sum = 0.0, squares = 0.0;
    for (int j = 0; j < self->n; j++) {
        weight[j] = self->weight[j] > 0.0 ? self->weight[j] * within(self, j, data, tolerance) : 0.0;
        sum += weight[j];
        squares += weight[j] * weight[j];
    }
    return squares > 0.0 ? sum * sum / squares : 0.0;
}

/* The truth's place in its posterior, from 0 to 1: its rank among so many effective rows, in the middle of its step, so that places are even however few the
 * rows are: among 40 right ones, one truth in 41 lies below all. */
static double place(const pw_coverage_table_t *self, const double *weight, double rows, int coordinate, double truth)
{
    double sum = 0.0, below = 0.0;
    for (int j = 0; j < self->n; j++) {
        sum += weight[j];
        below += self->z[(size_t)j * (size_t)self->dims + (size_t)coordinate] < truth ? weight[j] : 0.0;
    }
    return (rows * below / sum + 0.5) / (rows + 1.0);
}

/* ---- all ---- */

static double two_sided(int k, int n, double share, bool *low)
{
    double below = gsl_cdf_binomial_P((unsigned)k, share, (unsigned)n), above = k > 0 ? gsl_cdf_binomial_Q((unsigned)(k - 1), share, (unsigned)n) : 1.0;
    *low = below < above;
    return pw_number_round12(fmin(1.0, 2.0 * fmin(below, above)));
}

static void judge(pw_coverage_t *out, const int tenth[TENTHS])
{
    bool low90 = false, low95 = false;
    double chi2 = 0.0, expected = (double)out->truths / TENTHS;
    out->p90 = out->truths > 0 ? two_sided(out->in90, out->truths, 0.9, &low90) : NAN;
    out->p95 = out->truths > 0 ? two_sided(out->in95, out->truths, 0.95, &low95) : NAN;
    for (int k = 0; k < TENTHS && out->truths > 0; k++)
        chi2 += (tenth[k] - expected) * (tenth[k] - expected) / expected;
    out->uniform = out->truths < ENOUGH ? NAN : pw_number_round12(gsl_cdf_chisq_Q(chi2, TENTHS - 1));
    bool narrow = (out->p90 < 0.01 && low90) || (out->p95 < 0.01 && low95), wide = (out->p90 < 0.01 && !low90) || (out->p95 < 0.01 && !low95);
    out->verdict = narrow ? PW_COVERAGE_NARROW : wide ? PW_COVERAGE_WIDE : PW_COVERAGE_NOMINAL;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

pw_status_t pw_coverage_of(const pw_coverage_table_t *self, const double *truth, const double *data, int n, double tolerance, pw_coverage_t *out,
                           double *effective)
{
    double *weight = pw_alloc((size_t)self->n, sizeof *weight), *rows = pw_alloc((size_t)n, sizeof *rows);
    int(*tenth)[TENTHS] = pw_alloc((size_t)self->dims, sizeof *tenth);
    pw_status_t status = weight && rows && tenth ? PW_OK : PW_ERROR_MEMORY;
    for (int k = 0; k < self->dims && status == PW_OK; k++)
        out[k] = (pw_coverage_t){ 0 };
    for (int t = 0; t < n && status == PW_OK; t++) {
        rows[t] = weigh(self, data + (size_t)t * (size_t)self->counts, tolerance, weight);
        for (int k = 0; k < self->dims && rows[t] >= PW_COVERAGE_LEAST_ROWS; k++) {
            double u = place(self, weight, rows[t], k, truth[(size_t)t * (size_t)self->dims + (size_t)k]);
            int at = (int)(TENTHS * u);
            out[k].truths++;
            out[k].in90 += u >= 0.05 && u <= 0.95;
            out[k].in95 += u >= 0.025 && u <= 0.975;
            tenth[k][at > TENTHS - 1 ? TENTHS - 1 : at]++;
        }
    }
    for (int k = 0; k < self->dims && status == PW_OK; k++)
        judge(&out[k], tenth[k]);
    if (status == PW_OK) {
        qsort(rows, (size_t)n, sizeof *rows, ascending);
        *effective = n > 0 ? rows[n / 2] : 0.0;
    }
    pw_free(weight);
    pw_free(rows);
    pw_free(tenth);
    return status;
}
