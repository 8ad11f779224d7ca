/* Means, errors, intervals: against numbers worked out by hand or by another formula. */
#include <math.h>
#include <string.h>

#include "../model/measure/statistics.h"
#include "harness.h"

typedef struct { pw_estimator_t e; double moment[64]; } subject_t;

static void start(subject_t *s, int sums, bool paired, double scale)
{
    memset(s, 0, sizeof *s);
    pw_estimator_init(&s->e, sums, paired, scale, s->moment);
}

static void add(subject_t *s, double n, double d)
{
    double x[2] = { n, d };
    CU_ASSERT_EQUAL(pw_estimator_add(&s->e, x, NULL), PW_OK);
}

static void add_pair(subject_t *s, double n, double d, double n0, double d0)
{
    double x[2] = { n, d }, y[2] = { n0, d0 };
    CU_ASSERT_EQUAL(pw_estimator_add(&s->e, x, y), PW_OK);
}

static void test_ratio_is_a_ratio_of_sums_not_a_mean_of_ratios(void)
{
    subject_t s;
    start(&s, 2, false, 100.0);
    add(&s, 1.0, 10.0);
    add(&s, 30.0, 40.0);
    PW_ASSERT_NEAR(pw_estimator_end_draw(&s.e), 62.0, 1e-12);     /* 100 x 31 / 50; the mean of ratios would be 42.5 */
    pw_estimator_free(&s.e);
}

/* n = 3, 5, 4 over d = 10, 12, 8: q = 12 / 30 = 0.4; e = n - 0.4 d = -1, 0.2, 0.8; sum e^2 = 1.68; mean d = 10;
 * W = 1.68 / 2 / 100 = 0.0084. */
static void test_within_draw_variance_is_that_of_the_linearised_residuals(void)
{
    subject_t s;
    double room[1];
    start(&s, 2, false, 1.0);
    add(&s, 3.0, 10.0);
    add(&s, 5.0, 12.0);
    add(&s, 4.0, 8.0);
    double q = pw_estimator_end_draw(&s.e);
    pw_summary_t out = pw_summarise(&s.e, &q, 1, 3, true, -1, room);
    PW_ASSERT_NEAR(q, 0.4, 1e-15);
    PW_ASSERT_NEAR(out.within, 0.0084, 1e-15);
    PW_ASSERT_NEAR(out.mc_se, sqrt(0.0028), 1e-15);
    CU_ASSERT_EQUAL(out.spread, PW_SPREAD_MONTE_CARLO);
    CU_ASSERT_EQUAL(out.draws, 0);                                  /* fixed values are no draw */
    PW_ASSERT_NEAR(out.high95 - out.mean, 4.302652729911275 * sqrt(0.0028), 1e-9);    /* Student's t, 2 degrees of freedom */
    pw_estimator_free(&s.e);
}

/* Adding a large constant to money in every world must not drown the spread in rounding. */
static void test_variance_survives_large_numbers(void)
{
    subject_t s;
    double room[1];
    start(&s, 2, false, 1.0);
    for (int i = 0; i < 5; i++)
        add(&s, 3e12 + i, 1.0);
    double q = pw_estimator_end_draw(&s.e);
    pw_summary_t out = pw_summarise(&s.e, &q, 1, 5, true, 0, room);
    PW_ASSERT_NEAR(out.within, 2.5, 1e-9);
    pw_estimator_free(&s.e);
}

/* One-way components by hand. Draw means 1, 2, 6 (each from R = 2 worlds, mean -+ 0.5): W = 0.5 in each draw, W / R = 0.25.
 * s^2 = ((-2)^2 + (-1)^2 + 3^2) / 2 = 7; B = 7 - 0.25 = 6.75; shrink = sqrt(6.75 / 7). */
static void test_between_draw_variance_is_what_noise_does_not_explain(void)
{
    const double mean[3] = { 1.0, 2.0, 6.0 };
    double q[3], room[3];
    subject_t s;
    start(&s, 2, false, 1.0);
    for (int d = 0; d < 3; d++) {
        add(&s, mean[d] - 0.5, 1.0);
        add(&s, mean[d] + 0.5, 1.0);
        q[d] = pw_estimator_end_draw(&s.e);
    }
    pw_summary_t out = pw_summarise(&s.e, q, 3, 2, false, 0, room);
    double shrink = sqrt(6.75 / 7.0);
    PW_ASSERT_NEAR(out.mean, 3.0, 1e-15);
    PW_ASSERT_NEAR(out.within, 0.5, 1e-15);
    PW_ASSERT_NEAR(out.between, 6.75, 1e-14);
    PW_ASSERT_NEAR(out.mc_se, sqrt(0.5 / 6.0), 1e-15);
    PW_ASSERT_NEAR(out.low95, 3.0 + shrink * (-2.0 + 0.05), 1e-13);    /* type 7: rank 0.05 between 1 and 2 */
    PW_ASSERT_NEAR(out.high95, 3.0 + shrink * (3.0 - 0.05 * 4.0), 1e-13);
    CU_ASSERT_EQUAL(out.spread, PW_SPREAD_DRAWS);
    PW_ASSERT_NEAR(out.p50, 2.0, 1e-15);                                /* worlds 0.5 1.5 1.5 2.5 5.5 6.5 */
    pw_estimator_free(&s.e);
}

/* Six draws of eight differ in nothing: they have no noise and stay 0, so that the interval cannot leave 0 for the mean's side. */
static void test_draws_without_any_difference_stay_at_0(void)
{
    double q[8], room[8];
    subject_t s;
    start(&s, 2, true, 1.0);
    for (int d = 0; d < 8; d++) {
        double x = d < 2 ? 4.0 + d : 0.0;
        const double one[2] = { x + 1.0, 1.0 }, other[2] = { x + 0.2 * (d < 2), 1.0 }, base[2] = { 0.0, 1.0 };
        CU_ASSERT_EQUAL(pw_estimator_add(&s.e, d < 2 ? one : base, base), PW_OK);
        CU_ASSERT_EQUAL(pw_estimator_add(&s.e, d < 2 ? other : base, base), PW_OK);
        q[d] = pw_estimator_end_draw(&s.e);
    }
    pw_summary_t out = pw_summarise(&s.e, q, 8, 2, false, 1, room);
    CU_ASSERT_EQUAL(out.spread, PW_SPREAD_DRAWS);
    CU_ASSERT(out.mean > 1.0 && out.low95 == 0.0 && out.high95 > out.mean);
    CU_ASSERT(!pw_clear_of_zero(&out));
    PW_ASSERT_NEAR(out.better, (2.0 + 0.5 * 6.0) / 8.0, 1e-15);      /* a draw without a difference is half better */
    pw_estimator_free(&s.e);
}

static void test_draws_no_wider_than_noise_have_no_interval(void)
{
    double q[2], room[2], low, high;
    subject_t s;
    start(&s, 2, false, 1.0);
    for (int d = 0; d < 2; d++) {
        add(&s, 1.0 + 0.1 * d, 1.0);
        add(&s, 3.0 + 0.1 * d, 1.0);
        q[d] = pw_estimator_end_draw(&s.e);
    }
    pw_summary_t out = pw_summarise(&s.e, q, 2, 2, false, 0, room);
    CU_ASSERT(out.between < 0.0);
    CU_ASSERT_EQUAL(out.spread, PW_SPREAD_NOISE);
    CU_ASSERT(isnan(out.low95) && isnan(out.high95));
    CU_ASSERT(pw_interval_shown(&out, &low, &high));
    PW_ASSERT_NEAR(high - low, 2.0 * 1.96 * out.mc_se, 1e-15);
    CU_ASSERT(pw_clear_of_zero(&out));
    pw_estimator_free(&s.e);
}

static void test_one_replication_leaves_the_noise_in_and_says_so(void)
{
    double q[3], room[3];
    subject_t s;
    start(&s, 2, false, 1.0);
    for (int d = 0; d < 3; d++) {
        add(&s, d, 1.0);
        q[d] = pw_estimator_end_draw(&s.e);
    }
    pw_summary_t out = pw_summarise(&s.e, q, 3, 1, false, 0, room);
    CU_ASSERT_EQUAL(out.spread, PW_SPREAD_DRAWS_AND_NOISE);
    CU_ASSERT(isnan(out.mc_se));
    PW_ASSERT_NEAR(out.low95, 0.05, 1e-15);
    pw_estimator_free(&s.e);
}

/* Scenario 8/10, 6/10; baseline 10/10, 7/10. q1 = 0.7, q0 = 0.85, difference -0.15. Residuals of the difference: (8 - 7)/10 - (10 - 8.5)/10
 * = -0.05 and +0.05: W = 0.005. Unpaired it would be 0.02 + 0.045. */
static void test_paired_difference_cancels_what_both_share(void)
{
    double room[1];
    subject_t s;
    start(&s, 2, true, 1.0);
    add_pair(&s, 8.0, 10.0, 10.0, 10.0);
    add_pair(&s, 6.0, 10.0, 7.0, 10.0);
    double q = pw_estimator_end_draw(&s.e);
    pw_summary_t out = pw_summarise(&s.e, &q, 1, 2, false, -1, room);
    PW_ASSERT_NEAR(q, -0.15, 1e-15);
    PW_ASSERT_NEAR(out.within, 0.005, 1e-15);
    PW_ASSERT_NEAR(out.better, 1.0, 0.0);
    CU_ASSERT_EQUAL(out.spread, PW_SPREAD_MONTE_CARLO);
    pw_estimator_free(&s.e);
}

static void test_equal_scenarios_differ_by_exactly_nothing(void)
{
    double q[3], room[3], low, high;
    subject_t s;
    start(&s, 2, true, 100.0);
    for (int d = 0; d < 3; d++) {
        for (int r = 0; r < 4; r++) {
            double n = 0.1 * (d + 1) * (r + 3), dd = 7.0 + 0.3 * r * d;
            add_pair(&s, n, dd, n, dd);
        }
        q[d] = pw_estimator_end_draw(&s.e);
    }
    pw_summary_t out = pw_summarise(&s.e, q, 3, 4, false, -1, room);
    CU_ASSERT(out.mean == 0.0 && out.mc_se == 0.0 && out.within == 0.0);
    CU_ASSERT(out.p05 == 0.0 && out.p50 == 0.0 && out.p95 == 0.0 && out.better == 0.5);
    CU_ASSERT(pw_interval_shown(&out, &low, &high) && low == 0.0 && high == 0.0);
    CU_ASSERT(!pw_clear_of_zero(&out));
    pw_estimator_free(&s.e);
}

/* The ratio of two ratios against the delta method written out: q = (a/b)/(c/d), relative residual ea/a - eb/b - ec/c + ed/d. */
static void test_ratio_of_ratios_has_the_variance_of_the_delta_method(void)
{
    const double x[4][4] = { { 3, 10, 5, 20 }, { 4, 9, 7, 22 }, { 2, 11, 6, 19 }, { 5, 12, 4, 21 } };
    double mean[4] = { 0 }, squares = 0.0, room[1];
    subject_t s;
    start(&s, 4, false, 1.0);
    for (int r = 0; r < 4; r++) {
        CU_ASSERT_EQUAL(pw_estimator_add(&s.e, x[r], NULL), PW_OK);
        for (int k = 0; k < 4; k++)
            mean[k] += x[r][k] / 4.0;
    }
    double expected = (mean[0] / mean[1]) / (mean[2] / mean[3]);
    for (int r = 0; r < 4; r++) {
        double e = (x[r][0] - mean[0]) / mean[0] - (x[r][1] - mean[1]) / mean[1] - (x[r][2] - mean[2]) / mean[2] + (x[r][3] - mean[3]) / mean[3];
        squares += expected * e * expected * e;
    }
    double q = pw_estimator_end_draw(&s.e);
    pw_summary_t out = pw_summarise(&s.e, &q, 1, 4, true, 0, room);
    PW_ASSERT_NEAR(q, expected, 1e-15);
    PW_ASSERT_NEAR(out.within, squares / 3.0, 1e-13);
    pw_estimator_free(&s.e);
}

static void test_nothing_over_nothing_is_missing_and_not_counted(void)
{
    double q[2], room[2];
    subject_t s;
    start(&s, 2, false, 1.0);
    add(&s, 0.0, 0.0);
    add(&s, 0.0, 0.0);
    q[0] = pw_estimator_end_draw(&s.e);
    add(&s, 1.0, 2.0);
    add(&s, 0.0, 0.0);
    q[1] = pw_estimator_end_draw(&s.e);
    pw_summary_t out = pw_summarise(&s.e, q, 2, 2, false, -1, room);
    CU_ASSERT(isnan(q[0]));
    PW_ASSERT_NEAR(q[1], 0.5, 0.0);
    CU_ASSERT_EQUAL(out.draws, 1);
    PW_ASSERT_NEAR(out.mean, 0.5, 0.0);
    CU_ASSERT_EQUAL(s.e.single.n, 1);
    pw_estimator_free(&s.e);
}

/* ---- the sketch ---- */

static uint64_t next(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 11;
}

static void test_sketch_is_exact_up_to_its_room(void)
{
    pw_sketch_t s = { 0 };
    for (int i = PW_SKETCH_EXACT; i-- > 0;)
        CU_ASSERT_EQUAL(pw_sketch_add(&s, i), PW_OK);
    PW_ASSERT_NEAR(pw_sketch_quantile(&s, 0.05), 0.05 * 127, 1e-12);
    PW_ASSERT_NEAR(pw_sketch_quantile(&s, 0.5), 63.5, 1e-12);
    PW_ASSERT_NEAR(pw_sketch_error(&s, 0.5), 0.0, 0.0);
    pw_sketch_free(&s);
}

/* Skewed numbers, ten thousand of them: every quantile lies within the stated error of the exact one, and that error is
 * small where the numbers are: within a five-hundredth of the range that the first 128 spanned. */
static void test_sketch_keeps_its_error_bound(void)
{
    enum { N = 10000 };
    static double x[N];
    pw_sketch_t s = { 0 };
    uint64_t state = 20240229;
    double low = INFINITY, high = -INFINITY;
    for (int i = 0; i < N; i++) {
        double u = ((double)next(&state) + 0.5) * 0x1p-53;
        x[i] = u * u * u * 17.0 - 3.0;
        if (i < PW_SKETCH_EXACT) {
            low = fmin(low, x[i]);
            high = fmax(high, x[i]);
        }
        CU_ASSERT_EQUAL(pw_sketch_add(&s, x[i]), PW_OK);
    }
    pw_sort_numbers(x, N);
    for (double p = 0.01; p < 0.995; p += 0.01) {
        double error = pw_sketch_error(&s, p);
        CU_ASSERT(error <= (high - low) / 500.0);
        PW_ASSERT_NEAR(pw_sketch_quantile(&s, p), pw_quantile_sorted(x, N, p), error);
    }
    CU_ASSERT_EQUAL(s.n, N);
    pw_sketch_free(&s);
}

/* Most worlds are exactly 0: so are their quantiles, also beyond what is kept as it is. */
static void test_sketch_keeps_zeros_exact(void)
{
    pw_sketch_t s = { 0 };
    for (int i = 0; i < 1000; i++)
        CU_ASSERT_EQUAL(pw_sketch_add(&s, i % 50 == 0 ? -2.385 : i % 50 == 1 ? 1.5 + i / 1000.0 : 0.0), PW_OK);
    CU_ASSERT_EQUAL(pw_sketch_quantile(&s, 0.05), 0.0);
    CU_ASSERT_EQUAL(pw_sketch_quantile(&s, 0.5), 0.0);
    CU_ASSERT_EQUAL(pw_sketch_quantile(&s, 0.95), 0.0);
    PW_ASSERT_NEAR(pw_sketch_quantile(&s, 0.01), -2.385, pw_sketch_error(&s, 0.01));
    PW_ASSERT_NEAR(pw_sketch_quantile(&s, 1.0), 2.451, pw_sketch_error(&s, 1.0));
    pw_sketch_free(&s);
}

static void test_sketch_of_equal_numbers_is_that_number_and_learns_the_first_other(void)
{
    pw_sketch_t s = { 0 };
    for (int i = 0; i < 500; i++)
        CU_ASSERT_EQUAL(pw_sketch_add(&s, 2.385), PW_OK);
    PW_ASSERT_NEAR(pw_sketch_quantile(&s, 0.95), 2.385, 0.0);
    for (int i = 0; i < 500; i++)
        CU_ASSERT_EQUAL(pw_sketch_add(&s, 3.5), PW_OK);
    PW_ASSERT_NEAR(pw_sketch_quantile(&s, 0.95), 3.5, pw_sketch_error(&s, 0.95));
    PW_ASSERT_NEAR(pw_sketch_quantile(&s, 0.05), 2.385, pw_sketch_error(&s, 0.05));
    CU_ASSERT(pw_sketch_error(&s, 0.95) < 0.02);
    pw_sketch_free(&s);
}

static void test_sketch_leaves_out_what_is_missing(void)
{
    pw_sketch_t s = { 0 };
    CU_ASSERT_EQUAL(pw_sketch_add(&s, NAN), PW_OK);
    CU_ASSERT(isnan(pw_sketch_quantile(&s, 0.5)));
    CU_ASSERT_EQUAL(pw_sketch_add(&s, 1.0), PW_OK);
    CU_ASSERT_EQUAL(pw_sketch_add(&s, INFINITY), PW_OK);
    CU_ASSERT_EQUAL(s.n, 1);
    pw_sketch_free(&s);
}

PW_TESTS(PW_TEST(test_ratio_is_a_ratio_of_sums_not_a_mean_of_ratios),
         PW_TEST(test_within_draw_variance_is_that_of_the_linearised_residuals), PW_TEST(test_variance_survives_large_numbers),
         PW_TEST(test_between_draw_variance_is_what_noise_does_not_explain), PW_TEST(test_draws_without_any_difference_stay_at_0),
         PW_TEST(test_draws_no_wider_than_noise_have_no_interval),
         PW_TEST(test_one_replication_leaves_the_noise_in_and_says_so), PW_TEST(test_paired_difference_cancels_what_both_share),
         PW_TEST(test_equal_scenarios_differ_by_exactly_nothing), PW_TEST(test_ratio_of_ratios_has_the_variance_of_the_delta_method),
         PW_TEST(test_nothing_over_nothing_is_missing_and_not_counted), PW_TEST(test_sketch_is_exact_up_to_its_room),
         PW_TEST(test_sketch_keeps_its_error_bound), PW_TEST(test_sketch_keeps_zeros_exact),
         PW_TEST(test_sketch_of_equal_numbers_is_that_number_and_learns_the_first_other), PW_TEST(test_sketch_leaves_out_what_is_missing))
