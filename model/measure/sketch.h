/* sketch.h: quantiles of a stream of numbers in a fixed amount of memory.
 *
 * What question it answers: where do the 5 %, 50 % and 95 % points of these numbers lie, however many there are?
 * Floor: measure. Knows nothing of what the numbers mean.
 *
 * Up to PW_SKETCH_EXACT numbers are kept as they are and quantiles are exact (type 7 of Hyndman & Fan 1996). From the next
 * one on they are counted in PW_SKETCH_BINS bins of equal width; the range is that of the first PW_SKETCH_EXACT numbers, widened
 * by half of itself on either side. Numbers outside are counted in two open bins, whose far ends are the least and the largest number seen.
 * Within a bin, numbers are taken to lie evenly: an order statistic is wrong by less than its bin is wide. Zeros (worlds in which nothing
 * happened, or nothing differed) are counted apart and stay exactly 0. */
#ifndef PW_MEASURE_SKETCH_H
#define PW_MEASURE_SKETCH_H

#include <stdint.h>

#include "../base/error.h"

enum { PW_SKETCH_EXACT = 128, PW_SKETCH_BINS = 1024 };

typedef struct {
    int64_t n;
    int64_t negatives, zeros;
    double min, max;
    double low, width;      /* of the inner bins; width 0: all numbers so far are equal to `low` */
    double *value;          /* while n <= PW_SKETCH_EXACT */
    int room;
    uint32_t *bin;          /* afterwards: PW_SKETCH_BINS + 2; the first and the last are the open ones */
} pw_sketch_t;

/* Adds x; a number that is not finite is missing and is not counted. PW_ERROR_MEMORY leaves the sketch as it was. */
pw_status_t pw_sketch_add(pw_sketch_t *self, double x);

/* The point below which a share p (0 to 1) of the numbers lies; nan without numbers. */
double pw_sketch_quantile(const pw_sketch_t *self, double p);

/* The most by which pw_sketch_quantile(p) can be wrong: 0 while exact, the bin's width afterwards. */
double pw_sketch_error(const pw_sketch_t *self, double p);

void pw_sketch_free(pw_sketch_t *self);

/* Type 7 quantile of n sorted numbers; nan for n == 0. */
double pw_quantile_sorted(const double *sorted, int64_t n, double p);
/* Sorts numbers upwards (none of them nan). */
void pw_sort_numbers(double *value, int64_t n);

#endif
