/* Do uniforms become the right lengths of time and frailties? Moments by integration over the uniform, against paper. */
#include "../model/chance/distribution.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "harness.h"

/* Integral over u in (0, 1) of f(u)^power, by the trapezoid rule in y = logit(u): smooth integrands that die out at both ends
 * converge exponentially. No random sampling, so no false alarm. */
typedef double (*of_uniform_t)(const void *what, double u);
static double moment(of_uniform_t f, const void *what, double power)
{
    const double step = 1.0 / 64.0;
    double sum = 0.0;
    for (double y = -36.0; y <= 36.0; y += step) {
        double u = y < 0.0 ? exp(y) / (1.0 + exp(y)) : 1.0 - exp(-y) / (1.0 + exp(-y));
        if (u < 1.0)
            sum += pow(f(what, u), power) * (exp(-fabs(y)) / ((1.0 + exp(-fabs(y))) * (1.0 + exp(-fabs(y))))) * step;
    }
    return sum;
}

static double span_at(const void *what, double u) { return pw_span_days(what, u); }
static double biased_at(const void *what, double u) { return pw_span_residual_days(what, u, 1.0); } /* the whole of the stay at hand */
static double table_at(const void *what, double u) { return pw_quantile_table_at(what, u); }

static void test_a_span_from_median_and_p95_has_them(void)
{
    pw_span_t s = pw_span_from_median_p95(15.0, 49.0);
    CU_ASSERT_EQUAL(s.kind, PW_SPAN_LOGNORMAL);
    PW_ASSERT_NEAR(pw_span_days(&s, 0.5), 15.0, 1e-13);
    PW_ASSERT_NEAR(pw_span_days(&s, 0.95), 49.0, 1e-12);
    PW_ASSERT_NEAR(s.b, log(49.0 / 15.0) / 1.6448536269514722, 1e-15);
}

static void test_moments_of_a_lognormal_span_are_those_on_paper(void)
{
    pw_span_t s = pw_span_from_median_p95(253.0, 841.0);
    double mean = 253.0 * exp(0.5 * s.b * s.b), second = 253.0 * 253.0 * exp(2.0 * s.b * s.b);
    PW_ASSERT_NEAR(pw_span_mean_days(&s) / mean, 1.0, 1e-14);
    PW_ASSERT_NEAR(moment(span_at, &s, 1.0) / mean, 1.0, 1e-10);
    PW_ASSERT_NEAR(moment(span_at, &s, 2.0) / second, 1.0, 1e-9);
}

static void test_moments_of_an_exponential_span_are_those_on_paper(void)
{
    pw_span_t s = { PW_SPAN_EXPONENTIAL, 17.25, 0.0 };
    CU_ASSERT_EQUAL(pw_span_mean_days(&s), 17.25);
    PW_ASSERT_NEAR(moment(span_at, &s, 1.0), 17.25, 1e-9);
    PW_ASSERT_NEAR(moment(span_at, &s, 2.0), 2.0 * 17.25 * 17.25, 1e-7);
    PW_ASSERT_NEAR(pw_span_days(&s, 1.0 - 1.0 / 8.0), 17.25 * log(8.0), 1e-12);
}

static void test_fixed_and_absent_spans_do_not_depend_on_luck(void)
{
    pw_span_t fixed = { PW_SPAN_FIXED, 9.8, 0.0 }, none = { PW_SPAN_NONE, 3.0, 1.0 };
    CU_ASSERT_EQUAL(pw_span_days(&fixed, 0.001), 9.8);
    CU_ASSERT_EQUAL(pw_span_days(&fixed, 0.999), 9.8);
    CU_ASSERT_EQUAL(pw_span_mean_days(&fixed), 9.8);
    CU_ASSERT_EQUAL(pw_span_days(&none, 0.7), 0.0);
    CU_ASSERT_EQUAL(pw_span_residual_days(&none, 0.7, 0.2), 0.0);
    CU_ASSERT_EQUAL(pw_span_mean_days(&none), 0.0);
}

/* Renewal theory: the stay found running at a random moment has mean E[X^2] / E[X]; half of it is left on average. */
static void test_mean_residual_is_half_the_length_biased_stay(void)
{
    pw_span_t lognormal = pw_span_from_median_p95(150.0, 420.0), fixed = { PW_SPAN_FIXED, 49.0, 0.0 },
              exponential = { PW_SPAN_EXPONENTIAL, 31.5, 0.0 };
    double biased = moment(span_at, &lognormal, 2.0) / moment(span_at, &lognormal, 1.0);
    PW_ASSERT_NEAR(moment(biased_at, &lognormal, 1.0) / biased, 1.0, 1e-9);
    CU_ASSERT_EQUAL(pw_span_residual_days(&lognormal, 0.3, 0.5), 0.5 * pw_span_residual_days(&lognormal, 0.3, 1.0));
    CU_ASSERT_EQUAL(pw_span_residual_days(&fixed, 0.9, 0.25), 12.25);
    PW_ASSERT_NEAR(moment(biased_at, &exponential, 1.0), 31.5, 1e-9); /* no memory: what is left is like new */
}

/* The whole distribution: P(residual <= x) = 1/m integral of (1 - F) up to x = E[min(X, x)] / m; on the other side the mean over u of
 * min(1, x / stay(u)), because a uniform share of the stay is left. */
static void test_residual_of_a_lognormal_stay_has_the_renewal_distribution(void)
{
    pw_span_t s = pw_span_from_median_p95(150.0, 420.0);
    double mean = pw_span_mean_days(&s);
    for (double x = 10.0; x < 1500.0; x *= 1.7) {
        double paper = (mean * gsl_cdf_ugaussian_P((log(x) - s.a - s.b * s.b) / s.b) + x * gsl_cdf_ugaussian_Q((log(x) - s.a) / s.b)) / mean;
        double sum = 0.0;
        enum { N = 20000 };
        for (int i = 0; i < N; i++)
            sum += fmin(1.0, x / pw_span_residual_days(&s, (i + 0.5) / N, 1.0)) / N;
        PW_ASSERT_NEAR(sum, paper, 1e-5); /* midpoint sum of 20,000 */
    }
}

static void test_every_span_grows_with_its_uniform(void)
{
    pw_span_t span[] = { pw_span_from_median_p95(5.5, 18.0), { PW_SPAN_EXPONENTIAL, 3.0, 0.0 } };
    for (int s = 0; s < 2; s++) {
        int falls = 0;
        for (int i = 1; i < 9999; i++)
            falls += pw_span_days(&span[s], (i + 1) / 10001.0) <= pw_span_days(&span[s], i / 10001.0);
        CU_ASSERT_EQUAL(falls, 0);
        CU_ASSERT(pw_span_days(&span[s], 0x1p-53) > 0.0);
        CU_ASSERT(isfinite(pw_span_days(&span[s], 1.0 - 0x1p-53)));
    }
}

static void test_unit_exponential_reaches_both_ends(void)
{
    CU_ASSERT_EQUAL(pw_exponential(0.5), -pw_log(0.5));
    PW_ASSERT_NEAR(pw_exponential(0x1p-53) / 0x1p-53, 1.0, 1e-9);
    PW_ASSERT_NEAR(pw_exponential(1.0 - 0x1p-53), 53.0 * log(2.0), 1e-12);
}

/* ---- quantile tables ---- */
static double knot_logit(int i) { return -PW_QUANTILE_SPAN + 2.0 * PW_QUANTILE_SPAN * i / (PW_QUANTILE_KNOTS - 1); }

static pw_quantile_table_t gamma_table(double variance)
{
    pw_quantile_table_t t = { 0 };
    for (int i = 0; i < PW_QUANTILE_KNOTS; i++) {
        double y = knot_logit(i), low = 1.0 / (1.0 + exp(-y)), high = 1.0 / (1.0 + exp(y));
        t.log_value[i] = log(y < 0.0 ? gsl_cdf_gamma_Pinv(low, 1.0 / variance, variance) : gsl_cdf_gamma_Qinv(high, 1.0 / variance, variance));
    }
    return t;
}

static void test_a_gamma_table_has_the_mean_and_variance_on_paper(void)
{
    double variance[] = { 0.5, 2.0, 1.0 / 0.37 };
    for (int i = 0; i < 3; i++) {
        pw_quantile_table_t t = gamma_table(variance[i]);
        double mean = moment(table_at, &t, 1.0), second = moment(table_at, &t, 2.0);
        PW_ASSERT_NEAR(mean, 1.0, 2e-5);
        PW_ASSERT_NEAR(second - mean * mean, variance[i], variance[i] * 1e-4);
    }
}

static void test_a_table_undoes_the_distribution_function_between_its_knots(void)
{
    pw_quantile_table_t t = gamma_table(2.0);
    for (double y = -20.0; y < 20.0; y += 0.0617) {
        double u = 1.0 / (1.0 + exp(-y)), x = pw_quantile_table_at(&t, u);
        double p = gsl_cdf_gamma_P(x, 0.5, 2.0), q = gsl_cdf_gamma_Q(x, 0.5, 2.0);
        PW_ASSERT_NEAR(p < 0.5 ? p / u : q * (1.0 + exp(y)), 1.0, 3e-4);
    }
}

static void test_a_table_gives_its_knots_and_straight_lines_exactly(void)
{
    pw_quantile_table_t t = { 0 };
    for (int i = 0; i < PW_QUANTILE_KNOTS; i++)
        t.log_value[i] = 0.25 * knot_logit(i); /* value = odds^(1/4): a log-logistic distribution */
    for (double u = 0.0007; u < 1.0; u += 0.0123)
        PW_ASSERT_NEAR(pw_quantile_table_at(&t, u) / pow(u / (1.0 - u), 0.25), 1.0, 1e-13);
    PW_ASSERT_NEAR(pw_quantile_table_at(&t, 0.5), 1.0, 1e-15);
    PW_ASSERT_NEAR(pw_quantile_table_at(&t, 2.4e-16) / pow(2.4e-16, 0.25), 1.0, 1e-13); /* between the first two knots */
}

static void test_a_table_holds_its_end_values_beyond_its_span(void)
{
    pw_quantile_table_t t = gamma_table(2.0);
    CU_ASSERT_EQUAL(pw_quantile_table_at(&t, 0x1p-53), pw_exp(t.log_value[0]));
    PW_ASSERT_NEAR(pw_quantile_table_at(&t, 1.0 - 0x1p-53) / exp(t.log_value[PW_QUANTILE_KNOTS - 1]), 1.0, 1e-12);
}

static void test_a_table_grows_with_its_uniform(void)
{
    pw_quantile_table_t t = gamma_table(2.0);
    int falls = 0;
    for (int i = 1; i < 99999; i++)
        falls += pw_quantile_table_at(&t, (i + 1) / 100001.0) <= pw_quantile_table_at(&t, i / 100001.0);
    CU_ASSERT_EQUAL(falls, 0);
}

static void test_a_constant_table_gives_its_value(void)
{
    pw_quantile_table_t t = { .constant = 1, .value = 2.385 };
    CU_ASSERT_EQUAL(pw_quantile_table_at(&t, 0.001), 2.385);
    CU_ASSERT_EQUAL(pw_quantile_table_at(&t, 0.999), 2.385);
}

PW_TESTS(PW_TEST(test_a_span_from_median_and_p95_has_them), PW_TEST(test_moments_of_a_lognormal_span_are_those_on_paper),
         PW_TEST(test_moments_of_an_exponential_span_are_those_on_paper), PW_TEST(test_fixed_and_absent_spans_do_not_depend_on_luck),
         PW_TEST(test_mean_residual_is_half_the_length_biased_stay), PW_TEST(test_residual_of_a_lognormal_stay_has_the_renewal_distribution),
         PW_TEST(test_every_span_grows_with_its_uniform), PW_TEST(test_unit_exponential_reaches_both_ends),
         PW_TEST(test_a_gamma_table_has_the_mean_and_variance_on_paper), PW_TEST(test_a_table_undoes_the_distribution_function_between_its_knots),
         PW_TEST(test_a_table_gives_its_knots_and_straight_lines_exactly), PW_TEST(test_a_table_holds_its_end_values_beyond_its_span),
         PW_TEST(test_a_table_grows_with_its_uniform), PW_TEST(test_a_constant_table_gives_its_value))
