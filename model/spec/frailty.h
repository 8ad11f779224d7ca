/* frailty.h: the table of a gamma frailty's quantiles.
 *
 * What question it answers: how frail is the family at quantile u, when frailties have mean 1 and this variance?
 * Floor: spec. Uses GSL's incomplete gamma function; the world only interpolates (chance/distribution.h). */
#ifndef PW_SPEC_FRAILTY_H
#define PW_SPEC_FRAILTY_H

#include "../base/error.h"
#include "../chance/distribution.h"

/* Quantiles of gamma(shape 1 / variance, scale variance) at the table's knots, as logs rounded to 12 digits; variance 0: always 1.
 * Very low quantiles by the power law F(x) = (x / scale)^shape / Gamma(shape + 1) of the density near 0.
 * PW_ERROR_NUMBER if a quantile is not met. */
pw_status_t pw_frailty_table(double variance, pw_quantile_table_t *out);

#endif
