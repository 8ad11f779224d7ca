#include "spline.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"

int pw_spline_size(int k) { return 1 << k; }

/* ---- ranks ---- */

static int by_value(const void *a, const void *b, void *values)
{
    const double *x = values;
    int i = *(const int *)a, j = *(const int *)b;
    if (x[i] != x[j])
        return x[i] < x[j] ? -1 : 1;
    return i - j;
}

void pw_ranks(const double *x, int n, int *order, double *out)
{
    for (int i = 0; i < n; i++)
        order[i] = i;
    qsort_r(order, (size_t)n, sizeof order[0], by_value, (void *)(uintptr_t)x);
    for (int from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && x[order[to]] == x[order[from]];)
            to++;
        for (int k = from; k < to; k++)
            out[order[k]] = 0.5 * (double)(from + to + 1);
    }
}

void pw_normal_scores(const double *x, int n, int *order, double *out)
{
    pw_ranks(x, n, order, out);
    for (int i = 0; i < n; i++)
        out[i] = gsl_cdf_ugaussian_Pinv((out[i] - 0.375) / ((double)n + 0.25));
}

/* ---- curves before they are made uncorrelated ---- */

static double cube_above(double x, double knot)
{
    double d = x - knot;
    return d > 0.0 ? d * d * d : 0.0;
}

/* A natural cubic spline with a knot of its own between two outer ones: (d_outer - d_inner) of Hastie, Tibshirani & Friedman. */
static double bend(double x, double low, double inner, double high)
{
    double last = cube_above(x, high);
    return (cube_above(x, low) - last) / (high - low) - (cube_above(x, inner) - last) / (high - inner);
}

static void raw(double score, double out[PW_SPLINE_CURVES])
{
    /* Normal quantiles of 0.02, 0.98; then of 1/2; 1/4, 3/4; 1/8, 3/8, 5/8, 7/8: to 10 digits, for they are no data. */
    static const double outer = 2.053748911, inner[PW_SPLINE_CURVES - 1] = { 0.0, -0.6744897502, 0.6744897502, -1.150349380, -0.3186393640, 0.3186393640,
                                                                             1.150349380 };
    out[0] = score;
    for (int k = 1; k < PW_SPLINE_CURVES; k++)
        out[k] = bend(score, -outer, inner[k - 1], outer);
}

/* ---- made uncorrelated, in order, so that the first few span what they spanned ---- */

static double dot(const double *a, const double *b, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void subtract(double *from, const double *what, double times, int n)
{
    for (int i = 0; i < n; i++)
        from[i] -= times * what[i];
}

/* Gram-Schmidt, twice over: once is not enough for curves that are nearly alike. A curve that the few values of an input cannot tell apart from the earlier
 * ones becomes 0 everywhere. */
static void straighten(pw_spline_t *self, int k)
{
    double *curve = self->curve + (size_t)k * (size_t)self->n, *mix = self->mix[k], n = (double)self->n;
    double before = sqrt(dot(curve, curve, self->n) / n);
    mix[k] = 1.0;
    for (int round = 0; round < 2; round++)
        for (int j = 0; j < k; j++) {
            const double *other = self->curve + (size_t)j * (size_t)self->n;
            double share = dot(curve, other, self->n) / n;
            subtract(curve, other, share, self->n);
            for (int i = 0; i <= j; i++)
                mix[i] -= share * self->mix[j][i];
        }
    double length = sqrt(dot(curve, curve, self->n) / n), times = length > 1e-7 * before && before > 0.0 ? 1.0 / length : 0.0;
    for (int i = 0; i < self->n; i++)
        curve[i] *= times;
    for (int i = 0; i <= k; i++)
        mix[i] *= times;
}

pw_status_t pw_spline_init(pw_spline_t *self, const double *x, int n)
{
    memset(self, 0, sizeof *self);
    self->n = n;
    self->score = pw_alloc((size_t)n, sizeof(double));
    self->curve = pw_alloc((size_t)n * PW_SPLINE_CURVES, sizeof(double));
    int *order = pw_alloc((size_t)n, sizeof order[0]);
    bool changes = false;
    if (self->score && self->curve && order) {
        pw_normal_scores(x, n, order, self->score);
        for (int i = 1; i < n; i++)
            changes = changes || x[i] != x[0];
    }
    pw_free(order);
    if (!self->score || !self->curve || !order)
        return PW_ERROR_MEMORY;
    if (!changes)
        return PW_OK;
    self->size = PW_SPLINE_CURVES;
    for (int i = 0; i < n; i++) {
        double value[PW_SPLINE_CURVES];
        raw(self->score[i], value);
        for (int k = 0; k < PW_SPLINE_CURVES; k++)
            self->curve[(size_t)k * (size_t)n + (size_t)i] = value[k];
    }
    for (int k = 0; k < PW_SPLINE_CURVES; k++) {
        double *curve = self->curve + (size_t)k * (size_t)n, mean = 0.0;
        for (int i = 0; i < n; i++)
            mean += curve[i] / (double)n;
        for (int i = 0; i < n; i++)
            curve[i] -= mean;
        self->shift[k] = mean;
    }
    for (int k = 0; k < PW_SPLINE_CURVES; k++)
        straighten(self, k);
    return PW_OK;
}

void pw_spline_free(pw_spline_t *self)
{
    pw_free(self->score);
    pw_free(self->curve);
    memset(self, 0, sizeof *self);
}

void pw_spline_at(const pw_spline_t *self, double score, double out[PW_SPLINE_CURVES])
{
    double value[PW_SPLINE_CURVES];
    raw(score, value);
    for (int k = 0; k < PW_SPLINE_CURVES; k++) {
        out[k] = 0.0;
        for (int j = 0; j <= k; j++)
            out[k] += self->mix[k][j] * (value[j] - self->shift[j]);
    }
}
