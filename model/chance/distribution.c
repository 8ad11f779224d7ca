#include "distribution.h"

#include "kernel.h"

static const double NORMAL_P95 = 1.6448536269514722; /* standard normal quantile of 0.95 */

pw_span_t pw_span_from_median_p95(double median_days, double p95_days)
{
    return (pw_span_t){ PW_SPAN_LOGNORMAL, pw_log(median_days), pw_log(p95_days / median_days) / NORMAL_P95 };
}

double pw_span_days(const pw_span_t *self, double u)
{
    switch (self->kind) {
    case PW_SPAN_FIXED: return self->a;
    case PW_SPAN_LOGNORMAL: return pw_exp(self->a + self->b * pw_normal_quantile(u));
    case PW_SPAN_EXPONENTIAL: return self->a * pw_exponential(u);
    default: return 0.0;
    }
}

double pw_span_residual_days(const pw_span_t *self, double u, double v)
{
    switch (self->kind) {
    case PW_SPAN_FIXED: return v * self->a;
    case PW_SPAN_LOGNORMAL: /* the length-biased stay is lognormal (mu + sigma^2, sigma); what is left is uniform on it */
        return v * pw_exp(self->a + self->b * self->b + self->b * pw_normal_quantile(u));
    case PW_SPAN_EXPONENTIAL: return self->a * pw_exponential(u); /* it has no memory */
    default: return 0.0;
    }
}

double pw_span_mean_days(const pw_span_t *self)
{
    switch (self->kind) {
    case PW_SPAN_FIXED:
    case PW_SPAN_EXPONENTIAL: return self->a;
    case PW_SPAN_LOGNORMAL: return pw_exp(self->a + 0.5 * self->b * self->b);
    default: return 0.0;
    }
}

static double slope_at(const pw_quantile_table_t *self, int knot)
{
    int before = knot > 0 ? knot - 1 : 0, after = knot < PW_QUANTILE_KNOTS - 1 ? knot + 1 : PW_QUANTILE_KNOTS - 1;
    return (self->log_value[after] - self->log_value[before]) / (double)(after - before);
}

double pw_quantile_table_at(const pw_quantile_table_t *self, double u)
{
    if (self->constant)
        return self->value;
    const double last = (double)(PW_QUANTILE_KNOTS - 1);
    double logit = pw_log(u) - pw_log(1.0 - u);
    double at = (logit + PW_QUANTILE_SPAN) * (last / (2.0 * PW_QUANTILE_SPAN));
    at = at < 0.0 ? 0.0 : at > last ? last : at;
    int knot = (int)at;
    knot = knot < PW_QUANTILE_KNOTS - 2 ? knot : PW_QUANTILE_KNOTS - 2;
    double t = at - (double)knot;
    double y0 = self->log_value[knot], y1 = self->log_value[knot + 1];
    double m0 = slope_at(self, knot), m1 = slope_at(self, knot + 1);
    /* cubic Hermite on the unit interval */
    double rise = y1 - y0;
    return pw_exp(y0 + t * (m0 + t * (3.0 * rise - 2.0 * m0 - m1 + t * (m0 + m1 - 2.0 * rise))));
}
