#include "sketch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"

enum { OPEN_LOW = 0, FIRST_INNER = 1, OPEN_HIGH = PW_SKETCH_BINS + 1, BINS = PW_SKETCH_BINS + 2 };

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void pw_sort_numbers(double *value, int64_t n)
{
    qsort(value, (size_t)n, sizeof value[0], compare);
}

double pw_quantile_sorted(const double *sorted, int64_t n, double p)
{
    if (n <= 0)
        return NAN;
    double rank = p * (double)(n - 1);
    int64_t below = (int64_t)rank;
    if (below >= n - 1)
        return sorted[n - 1];
    double part = rank - (double)below;
    return part > 0.0 ? sorted[below] + part * (sorted[below + 1] - sorted[below]) : sorted[below];
}

static int bin_of(const pw_sketch_t *self, double x)
{
    if (x < self->low)
        return OPEN_LOW;
    if (self->width <= 0.0)
        return x == self->low ? FIRST_INNER : OPEN_HIGH;
    double k = floor((x - self->low) / self->width);
    return k >= PW_SKETCH_BINS ? OPEN_HIGH : FIRST_INNER + (int)k;
}

/* All numbers so far were equal; `x` is the first other one. It sets a scale: four times its distance on either side. */
static void spread_out(pw_sketch_t *self, double x)
{
    double reach = 4.0 * fabs(x - self->low), equal = self->low;
    uint32_t count = self->bin[FIRST_INNER];
    self->bin[FIRST_INNER] = 0;
    self->low = equal - reach;
    self->width = 2.0 * reach / PW_SKETCH_BINS;
    self->bin[bin_of(self, equal)] = count;
}

static pw_status_t change_to_bins(pw_sketch_t *self)
{
    uint32_t *bin = pw_alloc(BINS, sizeof bin[0]);
    if (!bin)
        return PW_ERROR_MEMORY;
    double range = self->max - self->min;
    self->bin = bin;
    self->low = self->min - 0.5 * range;
    self->width = 2.0 * range / PW_SKETCH_BINS;
    for (int i = 0; i < self->n; i++)
        if (self->value[i] != 0.0)
            bin[bin_of(self, self->value[i])]++;
    pw_free(self->value);
    self->value = NULL;
    self->room = 0;
    return PW_OK;
}

static pw_status_t make_room(pw_sketch_t *self)
{
    if (self->bin || self->n < self->room)
        return PW_OK;
    if (self->n == PW_SKETCH_EXACT)
        return change_to_bins(self);
    int room = self->room ? 2 * self->room : 8;
    double *value = pw_realloc(self->value, (size_t)room, sizeof value[0]);
    if (!value)
        return PW_ERROR_MEMORY;
    self->value = value;
    self->room = room;
    return PW_OK;
}

pw_status_t pw_sketch_add(pw_sketch_t *self, double x)
{
    if (!isfinite(x))
        return PW_OK;
    pw_status_t status = make_room(self);
    if (status != PW_OK)
        return status;
    if (self->n == 0 || x < self->min)
        self->min = x;
    if (self->n == 0 || x > self->max)
        self->max = x;
    self->negatives += x < 0.0;
    self->zeros += x == 0.0;
    if (!self->bin) {
        self->value[self->n++] = x;
        return PW_OK;
    }
    if (x == 0.0) {
        self->n++;
        return PW_OK;
    }
    if (self->width <= 0.0 && x != self->low)
        spread_out(self, x);
    self->bin[bin_of(self, x)]++;
    self->n++;
    return PW_OK;
}

static void bin_ends(const pw_sketch_t *self, int bin, double *from, double *to)
{
    *from = bin == OPEN_LOW ? self->min : self->low + (bin - FIRST_INNER) * self->width;
    *to = bin == OPEN_LOW ? self->low : bin == OPEN_HIGH ? self->max : *from + self->width;
    *from = fmax(*from, self->min);
    *to = fmin(*to, self->max);
}

/* The number of rank `rank` among those that are not 0 (rank 0 is the least): its bin, and its place among the bin's numbers. */
static double of_rank_but_zeros(const pw_sketch_t *self, int64_t rank, double *width)
{
    int64_t before = 0;
    int bin = 0;
    while (bin < BINS - 1 && before + self->bin[bin] <= rank)
        before += self->bin[bin++];
    double from, to;
    bin_ends(self, bin, &from, &to);
    *width = to - from;
    return from + (to - from) * (((double)(rank - before) + 0.5) / (double)self->bin[bin]);
}

/* Zeros stand between what is below and what is above 0, also where one bin holds both. */
static double of_rank(const pw_sketch_t *self, int64_t rank, double *width)
{
    *width = 0.0;
    if (rank >= self->negatives && rank < self->negatives + self->zeros)
        return 0.0;
    return rank < self->negatives ? fmin(of_rank_but_zeros(self, rank, width), 0.0) : fmax(of_rank_but_zeros(self, rank - self->zeros, width), 0.0);
}

static double binned_quantile(const pw_sketch_t *self, double p, double *error)
{
    double rank = p * (double)(self->n - 1), width, width_above;
    int64_t below = (int64_t)rank, above = below + 1 < self->n ? below + 1 : below;
    double x = of_rank(self, below, &width), y = of_rank(self, above, &width_above);
    *error = fmax(width, width_above);
    return x + (rank - (double)below) * (y - x);
}

double pw_sketch_quantile(const pw_sketch_t *self, double p)
{
    if (self->n == 0)
        return NAN;
    if (self->bin) {
        double error;
        return binned_quantile(self, p, &error);
    }
    double sorted[PW_SKETCH_EXACT];
    memcpy(sorted, self->value, (size_t)self->n * sizeof sorted[0]);
    pw_sort_numbers(sorted, self->n);
    return pw_quantile_sorted(sorted, self->n, p);
}

double pw_sketch_error(const pw_sketch_t *self, double p)
{
    double error = 0.0;
    if (self->n > 0 && self->bin)
        (void)binned_quantile(self, p, &error);
    return error;
}

void pw_sketch_free(pw_sketch_t *self)
{
    pw_free(self->value);
    pw_free(self->bin);
    memset(self, 0, sizeof *self);
}
