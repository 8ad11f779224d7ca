/* spline.h: smooth curves of one input, ready to be added up.
 *
 * What question it answers: which few curves can tell how an output goes with this input, whatever its distribution?
 * Floor: measure. Uses GSL for the normal quantile.
 *
 * An input enters by its normal scores (Blom 1958: the normal quantile of (rank - 3/8) / (n + 1/4), ties share their mean rank), so that skewed inputs and
 * outliers do no harm. The curves span the natural cubic splines (straight beyond the outer knots, at the 2 % and 98 % points; Hastie, Tibshirani &
 * Friedman 2009, section 5.2.1) with knots at halves, quarters and eighths of the input's distribution: the first curve is the
 * straight line, the first 2, 4 and 8 are ever finer splines, each holding the one before. On the n values they are centred, uncorrelated and of variance 1. */
#ifndef PW_MEASURE_SPLINE_H
#define PW_MEASURE_SPLINE_H

#include "../base/error.h"

enum { PW_SPLINE_CURVES = 8, PW_SPLINE_SIZES = 4 };

typedef struct {
    int n, size;                                     /* values; curves: 0 if the input never changes, else PW_SPLINE_CURVES */
    double *score;                                   /* [n] */
    double *curve;                                   /* [PW_SPLINE_CURVES][n] */
    double shift[PW_SPLINE_CURVES], mix[PW_SPLINE_CURVES][PW_SPLINE_CURVES];      /* from raw curves to these */
} pw_spline_t;

/* The sizes that nest: 1, 2, 4, 8. */
int pw_spline_size(int k);

/* x[n] finite, n >= 2. Starts zeroed; free it in every case. */
pw_status_t pw_spline_init(pw_spline_t *self, const double *x, int n);
void pw_spline_free(pw_spline_t *self);

/* All curves at any normal score. */
void pw_spline_at(const pw_spline_t *self, double score, double out[PW_SPLINE_CURVES]);

/* Normal scores of x[n]; all 0 if x never changes. `order` has room for n. */
void pw_normal_scores(const double *x, int n, int *order, double *out);
/* Ranks from 1, ties share their mean. */
void pw_ranks(const double *x, int n, int *order, double *out);

#endif
