/* distribution.h: values from uniforms, by inverse distribution function, one uniform each.
 *
 * What question it answers: given a uniform and a shape, how long, how many, how frail?
 * Inversion keeps paired scenarios in step: the same uniform under a longer distribution gives a
 * longer value. Moments are known on paper and tested.
 * Floor: chance (kernel only). */
#ifndef PW_CHANCE_DISTRIBUTION_H
#define PW_CHANCE_DISTRIBUTION_H

#include <stdbool.h>
#include <stdint.h>

#include "power.h"

/* A length of time in days. */
enum pw_span_kind { PW_SPAN_NONE = 0, PW_SPAN_FIXED, PW_SPAN_LOGNORMAL, PW_SPAN_EXPONENTIAL };
typedef struct {
    int kind;
    double a;      /* FIXED: days; LOGNORMAL: mean of log days; EXPONENTIAL: mean days */
    double b;      /* LOGNORMAL: standard deviation of log days */
} pw_span_t;

/* Lognormal from its median and 95th percentile (days, 0 < median < p95). */
pw_span_t pw_span_from_median_p95(double median_days, double p95_days);

/* Days for u in (0, 1); NONE gives 0. One uniform. */
double pw_span_days(const pw_span_t *self, double u);

/* Days of the residual of a length-biased stay: what is left, at a random moment, of a stay that is
 * running then (Cox 1962, renewal theory): a uniform share `v` of a length-biased stay `u`. A fixed stay needs
 * v alone, an exponential one (no memory: the residual is exponential again) u alone. */
double pw_span_residual_days(const pw_span_t *self, double u, double v);

double pw_span_mean_days(const pw_span_t *self);

/* Unit exponential: -log(1 - u), u in (0, 1); grows with u. 1 - u is exact for the uniforms of stream.h. */
static inline double pw_exponential(double u) { return -pw_log(1.0 - u); }

/* A Weibull time from a unit exponential e: scale x (e / rate)^power with power = 1 / shape. */
static inline double pw_weibull(double e, double rate, const pw_power_t *power, double scale) { return scale * pw_power_at(power, e / rate); }

/* Quantile table of a positive distribution, made once per draw of estimates (with GSL, upstairs) and
 * rounded to 12 digits there; here only interpolated, so that the world needs no special functions.
 * Knots are equidistant in logit(u) from -PW_QUANTILE_SPAN to +PW_QUANTILE_SPAN and hold log(value);
 * between knots log(value) is a cubic (Hermite, slopes from central differences). */
enum { PW_QUANTILE_KNOTS = 257 };
#define PW_QUANTILE_SPAN 36.0
typedef struct {
    int constant;                             /* 1: the value is always `value` (variance 0) */
    double value;
    double log_value[PW_QUANTILE_KNOTS];
} pw_quantile_table_t;

double pw_quantile_table_at(const pw_quantile_table_t *self, double u);
/* Eight of them, the same bits, in SIMD lanes where the processor has them. */
void pw_quantile_table_at8(const pw_quantile_table_t *self, const double u[8], double out[8]);

#endif
