/* rank_correlation.h: does an output rise or fall with an input, all other inputs held?
 *
 * What question it answers: the partial rank correlation coefficient (PRCC) of each input.
 * Floor: measure. Uses GSL for linear algebra.
 *
 * Inputs and output are replaced by their ranks; the coefficient is the correlation of what is left of input and output when all other inputs are
 * regressed out (Marino, Hogue, Ray & Kirschner 2008), read off the inverse of the correlation matrix. Between -1 and 1; it tells how surely, not how much,
 * and misses what goes up and down. Interval: Fisher's transformation with n - p - 2 degrees of freedom. */
#ifndef PW_MEASURE_RANK_CORRELATION_H
#define PW_MEASURE_RANK_CORRELATION_H

#include "../base/error.h"

typedef struct { double value, low95, high95; } pw_prcc_t;

/* x[input][n], y[n]. An input that never changes has none: nan. PW_ERROR_NUMBER: no more than p + 3 draws, an output that never changes, or
 * inputs that rank the draws alike, or as the output does. GSL's error handler must be off. */
pw_status_t pw_prcc(const double *const *x, int p, const double *y, int n, pw_prcc_t *out);

#endif
