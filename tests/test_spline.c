/* test_spline.c: curves of one input: centred, uncorrelated, nested, the same wherever they are asked. */
#include "harness.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "../model/base/memory.h"
#include "../model/measure/spline.h"

enum { N = 101 };

static void skewed(double *x)
{
    for (int i = 0; i < N; i++)
        x[(i * 37) % N] = exp(2.0 * gsl_cdf_ugaussian_Pinv((i + 0.5) / N));
}

static void test_ranks_share_their_mean_where_values_are_equal(void)
{
    const double x[] = { 3.0, 1.0, 3.0, 2.0, 3.0 };
    double rank[5];
    int order[5];
    pw_ranks(x, 5, order, rank);
    PW_ASSERT_NEAR(rank[1], 1.0, 0.0);
    PW_ASSERT_NEAR(rank[3], 2.0, 0.0);
    PW_ASSERT_NEAR(rank[0], 4.0, 0.0);
    PW_ASSERT_NEAR(rank[4], 4.0, 0.0);
}

static void test_scores_do_not_hang_on_the_scale_of_the_input(void)
{
    double x[N], y[N], a[N], b[N];
    int order[N];
    skewed(x);
    for (int i = 0; i < N; i++)
        y[i] = log(x[i]);
    pw_normal_scores(x, N, order, a);
    pw_normal_scores(y, N, order, b);
    for (int i = 0; i < N; i++)
        PW_ASSERT_NEAR(a[i], b[i], 0.0);
}

static void test_curves_are_centred_and_uncorrelated(void)
{
    double x[N];
    pw_spline_t spline;
    skewed(x);
    CU_ASSERT_EQUAL(pw_spline_init(&spline, x, N), PW_OK);
    CU_ASSERT_EQUAL(spline.size, PW_SPLINE_CURVES);
    for (int k = 0; k < PW_SPLINE_CURVES; k++)
        for (int j = 0; j <= k; j++) {
            double mean = 0.0, product = 0.0;
            for (int i = 0; i < N; i++) {
                mean += spline.curve[k * N + i] / N;
                product += spline.curve[k * N + i] * spline.curve[j * N + i] / N;
            }
            PW_ASSERT_NEAR(mean, 0.0, 1e-9);
            PW_ASSERT_NEAR(product, j == k, 1e-9);
        }
    pw_spline_free(&spline);
}

static void test_curves_at_a_score_are_those_of_the_draw(void)
{
    double x[N], at[PW_SPLINE_CURVES];
    pw_spline_t spline;
    skewed(x);
    pw_spline_init(&spline, x, N);
    for (int i = 0; i < N; i += 20) {
        pw_spline_at(&spline, spline.score[i], at);
        for (int k = 0; k < PW_SPLINE_CURVES; k++)
            PW_ASSERT_NEAR(at[k], spline.curve[k * N + i], 1e-9);
    }
    pw_spline_free(&spline);
}

/* Beyond the outer knots nothing bends: three points a step apart lie on a line. */
static void test_curves_are_straight_beyond_the_outer_knots(void)
{
    double x[N], a[PW_SPLINE_CURVES], b[PW_SPLINE_CURVES], c[PW_SPLINE_CURVES];
    pw_spline_t spline;
    skewed(x);
    pw_spline_init(&spline, x, N);
    pw_spline_at(&spline, 2.5, a);
    pw_spline_at(&spline, 3.0, b);
    pw_spline_at(&spline, 3.5, c);
    for (int k = 0; k < PW_SPLINE_CURVES; k++)
        PW_ASSERT_NEAR(a[k] + c[k] - 2.0 * b[k], 0.0, 1e-7);
    pw_spline_free(&spline);
}

static void test_input_that_never_changes_has_no_curves(void)
{
    double x[N];
    pw_spline_t spline;
    for (int i = 0; i < N; i++)
        x[i] = 2.385;
    CU_ASSERT_EQUAL(pw_spline_init(&spline, x, N), PW_OK);
    CU_ASSERT_EQUAL(spline.size, 0);
    pw_spline_free(&spline);
}

/* A yes-or-no input: one curve tells all, the others are 0 everywhere and not noise blown up. */
static void test_input_of_two_values_has_one_curve_that_is_not_zero(void)
{
    double x[N];
    pw_spline_t spline;
    for (int i = 0; i < N; i++)
        x[i] = i % 3 == 0;
    pw_spline_init(&spline, x, N);
    for (int k = 1; k < PW_SPLINE_CURVES; k++)
        for (int i = 0; i < N; i++)
            PW_ASSERT_NEAR(spline.curve[k * N + i], 0.0, 0.0);
    pw_spline_free(&spline);
}

static void test_memory_that_runs_out_is_an_error(void)
{
    double x[N];
    skewed(x);
    for (long at = 1; at <= 3; at++) {
        pw_spline_t spline;
        pw_memory_fail_at(at);
        CU_ASSERT_EQUAL(pw_spline_init(&spline, x, N), PW_ERROR_MEMORY);
        pw_memory_fail_at(0);
        pw_spline_free(&spline);
    }
}

PW_TESTS(PW_TEST(test_ranks_share_their_mean_where_values_are_equal), PW_TEST(test_scores_do_not_hang_on_the_scale_of_the_input),
         PW_TEST(test_curves_are_centred_and_uncorrelated), PW_TEST(test_curves_at_a_score_are_those_of_the_draw),
         PW_TEST(test_curves_are_straight_beyond_the_outer_knots), PW_TEST(test_input_that_never_changes_has_no_curves),
         PW_TEST(test_input_of_two_values_has_one_curve_that_is_not_zero), PW_TEST(test_memory_that_runs_out_is_an_error))
