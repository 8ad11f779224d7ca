/* sobol.h: first-order and total indices from Saltelli's design.
 *
 * What question it answers: what share of an output's variance goes with each input alone (first order), and with it in any company (total)?
 * Floor: measure.
 *
 * A and B are n independent points each; AB_i is A with column i of B. With V the variance of the outputs of A and B together,
 *     S_i = mean of y_B (y_ABi - y_A) / V          (Saltelli et al. 2010, table 2, row b)
 *     T_i = mean of (y_A - y_ABi)^2 / 2 / V         (Jansen 1999; row f)
 * Outputs are centred first, which changes nothing on average and makes S_i steadier.
 *
 * An output that a simulation makes has noise: V and T_i then hold it, and S_i is too small. Two outputs of each point, y and z, that share nothing but the
 * inputs (means of different worlds) have no noise in their products on average:
 *     V   = covariance of y and z over A and B together
 *     S_i = mean of (y_B (z_ABi - z_A) + z_B (y_ABi - y_A)) / 2 / V
 *     T_i = mean of (y_A - y_ABi) (z_A - z_ABi) / 2 / V
 * They are the ones above where y and z are the same. A T_i near 0 can come out below it. Intervals: percentiles of a bootstrap over base points, keyed by a
 * seed. */
#ifndef PW_MEASURE_SOBOL_H
#define PW_MEASURE_SOBOL_H

#include <stdint.h>

#include "../base/error.h"

enum { PW_SOBOL_BOOTSTRAPS = 400, PW_SOBOL_FEWEST = 8 };

typedef struct { double value, error, low95, high95; } pw_sobol_share_t;
typedef struct { pw_sobol_share_t first, total; } pw_sobol_index_t;

/* Outputs: a[n], b[n], ab[input][n]. */
typedef struct { const double *a, *b; const double *const *ab; } pw_sobol_outputs_t;

/* By the products of y and z, which may be the same. PW_ERROR_NUMBER as below; V not above 0: no shares (nan). */
pw_status_t pw_sobol_indices_apart(const pw_sobol_outputs_t *y, const pw_sobol_outputs_t *z, int k, int n, uint64_t seed, pw_sobol_index_t *out);
/* a[n], b[n], ab[input][n]: outputs. PW_ERROR_NUMBER: fewer than PW_SOBOL_FEWEST base points, or a value that is no number. An output that never changes
 * has no shares: nan. */
pw_status_t pw_sobol_indices(const double *a, const double *b, const double *const *ab, int k, int n, uint64_t seed, pw_sobol_index_t *out);

#endif
