/* sobol.h: first-order and total indices from Saltelli's design.
 *
 * What question it answers: what share of an output's variance goes with each input alone (first order), and with it in any company (total)?
 * Floor: measure.
 *
 * A and B are n independent points each; AB_i is A with column i of B. With V the variance of the outputs of A and B together,
 *     S_i = mean of y_B (y_ABi - y_A) / V          (Saltelli et al. 2010, table 2, row b)
 *     T_i = mean of (y_A - y_ABi)^2 / 2 / V         (Jansen 1999; row f)
 * Outputs are centred first, which changes nothing on average and makes S_i steadier. Intervals: percentiles of a bootstrap over base points, keyed by a
 * seed. */
#ifndef PW_MEASURE_SOBOL_H
#define PW_MEASURE_SOBOL_H

#include <stdint.h>

#include "../base/error.h"

enum { PW_SOBOL_BOOTSTRAPS = 400, PW_SOBOL_FEWEST = 8 };

typedef struct { double value, error, low95, high95; } pw_sobol_share_t;
typedef struct { pw_sobol_share_t first, total; } pw_sobol_index_t;

/* a[n], b[n], ab[input][n]: outputs. PW_ERROR_NUMBER: fewer than PW_SOBOL_FEWEST base points, or a value that is no number. An output that never changes
 * has no shares: nan. */
pw_status_t pw_sobol_indices(const double *a, const double *b, const double *const *ab, int k, int n, uint64_t seed, pw_sobol_index_t *out);

#endif
