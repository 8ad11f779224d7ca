/* The quantile table of the gamma frailty. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <math.h>

#include "../model/spec/frailty.h"
#include "harness.h"

static double logit_of(int knot) { return PW_QUANTILE_SPAN * (2.0 * knot / (PW_QUANTILE_KNOTS - 1) - 1.0); }

static void test_knots_are_quantiles_from_both_tails(void)
{
    static const double variances[] = { 0.1, 0.37, 1.0, 2.0, 5.0 };      /* shapes 10 to 0.2 */
    gsl_set_error_handler_off();
    for (int v = 0; v < 5; v++) {
        pw_quantile_table_t table;
        CU_ASSERT_EQUAL_FATAL(pw_frailty_table(variances[v], &table), PW_OK);
        for (int k = 0; k < PW_QUANTILE_KNOTS; k += 3) {
            double l = logit_of(k), x = exp(table.log_value[k]);
            double p = l < 0.0 ? gsl_cdf_gamma_P(x, 1.0 / variances[v], variances[v]) : gsl_cdf_gamma_Q(x, 1.0 / variances[v], variances[v]);
            PW_ASSERT_NEAR(p * (1.0 + exp(fabs(l))), 1.0, 1e-9);
        }
    }
}

static void test_variance_1_is_the_exponential(void)
{
    pw_quantile_table_t table;
    CU_ASSERT_EQUAL_FATAL(pw_frailty_table(1.0, &table), PW_OK);
    for (int k = 0; k < PW_QUANTILE_KNOTS; k++)
        PW_ASSERT_NEAR(table.log_value[k], log(log1p(exp(logit_of(k)))), 1e-10);      /* -log(1 - u) = log(1 + e^l) */
}

/* Means over a dense grid of uniforms: what interpolation between knots costs. */
static void test_interpolated_frailties_have_mean_1_and_the_variance_asked_for(void)
{
    static const double variances[] = { 0.2, 0.8, 2.0, 5.0 };
    enum { N = 100000 };
    for (int v = 0; v < 4; v++) {
        pw_quantile_table_t table;
        double mean = 0.0, square = 0.0;
        CU_ASSERT_EQUAL_FATAL(pw_frailty_table(variances[v], &table), PW_OK);
        for (int i = 0; i < N; i++) {
            double x = pw_quantile_table_at(&table, (i + 0.5) / N);
            mean += x / N;
            square += x * x / N;
        }
        PW_ASSERT_NEAR(mean, 1.0, 2e-5);
        PW_ASSERT_NEAR(square - mean * mean, variances[v], 1e-3 * variances[v]);
    }
}

static void test_variance_0_is_always_1(void)
{
    pw_quantile_table_t table;
    CU_ASSERT_EQUAL_FATAL(pw_frailty_table(0.0, &table), PW_OK);
    PW_ASSERT_NEAR(pw_quantile_table_at(&table, 0.01), 1.0, 0.0);
    PW_ASSERT_NEAR(pw_quantile_table_at(&table, 0.999), 1.0, 0.0);
}

PW_TESTS(PW_TEST(test_knots_are_quantiles_from_both_tails), PW_TEST(test_variance_1_is_the_exponential),
         PW_TEST(test_interpolated_frailties_have_mean_1_and_the_variance_asked_for), PW_TEST(test_variance_0_is_always_1))
