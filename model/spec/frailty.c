#include "frailty.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>

#include "../base/number.h"

/* log(p) and log(1 - p) at logit l, without loss in either tail */
static double log_p(double l) { return l > 0.0 ? -log1p(exp(-l)) : l - log1p(exp(l)); }


/* Newton's method on y = log x: logit F(e^y) = l; d logit / dy = x f(x) / (p q). */
static bool refine(double shape, double l, double *y)
{
    for (int round = 0; round < 200; round++) {
        double x = exp(*y), p = gsl_cdf_gamma_P(x, shape, 1.0), q = gsl_cdf_gamma_Q(x, shape, 1.0);
        double slope = x * gsl_ran_gamma_pdf(x, shape, 1.0) / (p * q), step = (log(p) - log(q) - l) / slope;
        if (!isfinite(step))
            return false;
        step = step > 1.0 ? 1.0 : step < -1.0 ? -1.0 : step;
        *y -= step;
        if (fabs(step) <= 1e-13 * (1.0 + fabs(*y)))
            return true;
    }
    return false;
}

pw_status_t pw_frailty_table(double variance, pw_quantile_table_t *out)
{
    *out = (pw_quantile_table_t){ .constant = variance <= 0.0, .value = 1.0 };
    if (out->constant)
        return PW_OK;
    double shape = 1.0 / variance, log_scale = log(variance), log_gamma = gsl_sf_lngamma(shape + 1.0), y = 0.0;
    for (int k = 0; k < PW_QUANTILE_KNOTS; k++) {
        double l = PW_QUANTILE_SPAN * (2.0 * k / (PW_QUANTILE_KNOTS - 1) - 1.0);
        double by_power = (log_p(l) + log_gamma) / shape;        /* relative error of x: below x */
        if (by_power < -34.0)
            y = by_power;
        else {
            y = y > by_power && k > 0 ? y : by_power < 3.0 ? by_power : 3.0;      /* the knot before, or the power law, is near */
            if (!refine(shape, l, &y))
                return PW_ERROR_NUMBER;
        }
        out->log_value[k] = pw_number_round12(y + log_scale);
    }
    return PW_OK;
}
