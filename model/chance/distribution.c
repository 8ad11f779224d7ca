#include "distribution.h"

#include "kernel.h"
#include "lanes.h"

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

/* The slopes at the two ends are central differences; at the ends of the table one-sided. Cubic Hermite on the unit interval. */
static inline double between_knots(const pw_quantile_table_t *self, double at)
{
    enum { LAST = PW_QUANTILE_KNOTS - 1 };
    int64_t knot = (int64_t)at;
    knot = knot < LAST - 1 ? knot : LAST - 1;
    int64_t before = knot > 0 ? knot - 1 : 0, after = knot + 2 < LAST ? knot + 2 : LAST;
    double t = at - (double)knot;
    double y0 = self->log_value[knot], y1 = self->log_value[knot + 1];
    double m0 = (y1 - self->log_value[before]) / (knot > 0 ? 2.0 : 1.0);
    double m1 = (self->log_value[after] - y0) / (knot + 2 <= LAST ? 2.0 : 1.0);
    double rise = y1 - y0;
    return y0 + t * (m0 + t * (3.0 * rise - 2.0 * m0 - m1 + t * (m0 + m1 - 2.0 * rise)));
}

/* Where u lies in the table, in knots. */
static inline double in_knots(double u)
{
    const double last = (double)(PW_QUANTILE_KNOTS - 1);
    double at = (pw_log(u) - pw_log(1.0 - u) + PW_QUANTILE_SPAN) * (last / (2.0 * PW_QUANTILE_SPAN));
    at = at < 0.0 ? 0.0 : at;
    return at > last ? last : at;
}

double pw_quantile_table_at(const pw_quantile_table_t *self, double u)
{
    return self->constant ? self->value : pw_exp(between_knots(self, in_knots(u)));
}

static inline void table_at8(const pw_quantile_table_t *self, const double u[8], double out[8])
{
    double at[8];
    if (self->constant) {
        for (int k = 0; k < 8; k++)
            out[k] = self->value;
        return;
    }
    for (int k = 0; k < 8; k++)
        at[k] = in_knots(u[k]);
    for (int k = 0; k < 8; k++)
        at[k] = between_knots(self, at[k]);
    for (int k = 0; k < 8; k++)
        out[k] = pw_exp(at[k]);
}

#if defined(__x86_64__)
PW_WIDE static void wide_table_at8(const pw_quantile_table_t *self, const double u[8], double out[8])
{
    table_at8(self, u, out);
}
#endif

void pw_quantile_table_at8(const pw_quantile_table_t *self, const double u[8], double out[8])
{
#if defined(__x86_64__)
    if (pw_has_wide_lanes()) {
        wide_table_at8(self, u, out);
        return;
    }
#endif
    table_at8(self, u, out);
}
