/* Scores: predictive counts against binomials on paper, weighted quantiles, what holds. */
#include <math.h>

#include "../model/experiment/score.h"
#include "harness.h"

static pw_target_t count(double least, double most, double of)
{
    return (pw_target_t){ .name = "a", .kind = PW_TARGET_COUNT, .low = 100.0 * (least - 0.5) / of, .high = 100.0 * (most + 0.5) / of, .of = of, .least = least,
                          .most = most };
}

/* One set of share 1/2, of 4: P(K <= 1) = 5/16, P(K >= 1) = 15/16, so p = 5/8; quantiles 0, 2, 4 of 4. */
static void test_count_of_one_set_is_predicted_by_its_binomial(void)
{
    pw_target_t target = count(1, 1, 4);
    double value[] = { 50.0 };
    pw_score_t score;
    CU_ASSERT_EQUAL(pw_score_of_values(&target, "%", value, NULL, 1, &score), PW_OK);
    PW_ASSERT_NEAR(score.p, 0.625, 1e-12);
    PW_ASSERT_NEAR(score.median, 50.0, 1e-12);
    PW_ASSERT_NEAR(score.low95, 0.0, 1e-12);
    PW_ASSERT_NEAR(score.high95, 100.0, 1e-12);
    CU_ASSERT_EQUAL(score.reproduced, PW_INSIDE_YES);
}

/* Sets that are sure (0 % with weight 3, 100 % with weight 1): K is 0 or 4, P(K >= 3) = 1/4, P(K <= 4) = 1. */
static void test_weights_mix_the_sets(void)
{
    pw_target_t target = count(3, 4, 4);
    double value[] = { 0.0, NAN, 100.0, 17.0 }, weight[] = { 3.0, 5.0, 1.0, 0.0 };
    pw_score_t score;
    CU_ASSERT_EQUAL(pw_score_of_values(&target, "%", value, weight, 4, &score), PW_OK);
    PW_ASSERT_NEAR(score.model, 25.0, 1e-12);
    PW_ASSERT_NEAR(score.p, 0.5, 1e-12);
    PW_ASSERT_NEAR(score.holds, 0.25, 1e-12);
    PW_ASSERT_NEAR(score.median, 0.0, 1e-12);
    PW_ASSERT_NEAR(score.high95, 100.0, 1e-12);
}

static void test_figure_far_out_is_not_reproduced(void)
{
    pw_target_t target = count(40, 41, 184);
    double value[] = { 5.0, 6.0, 7.0 };
    pw_score_t score;
    CU_ASSERT_EQUAL(pw_score_of_values(&target, "%", value, NULL, 3, &score), PW_OK);
    CU_ASSERT(score.p < 1e-6);
    CU_ASSERT_EQUAL(score.reproduced, PW_INSIDE_NO);
}

static void test_bound_counts_the_weight_of_the_sets_that_agree(void)
{
    pw_target_t target = { .name = "b", .kind = PW_TARGET_BOUND, .low = 50.0, .high = NAN };
    double value[] = { 49.0, 50.0, 61.0, NAN }, weight[] = { 1.0, 2.0, 1.0, 9.0 };
    pw_score_t score;
    CU_ASSERT_EQUAL(pw_score_of_values(&target, "%", value, weight, 4, &score), PW_OK);
    PW_ASSERT_NEAR(score.holds, 0.75, 1e-12);
    CU_ASSERT(isnan(score.p));
    PW_ASSERT_NEAR(score.median, 50.0, 1e-12);
    CU_ASSERT_EQUAL(score.inside, PW_INSIDE_YES);
}

static void test_without_values_everything_is_missing(void)
{
    pw_target_t target = count(1, 2, 4);
    double value[] = { NAN, NAN };
    pw_score_t score;
    CU_ASSERT_EQUAL(pw_score_of_values(&target, "%", value, NULL, 2, &score), PW_OK);
    CU_ASSERT(isnan(score.model) && isnan(score.p) && isnan(score.median));
    CU_ASSERT_EQUAL(score.reproduced, PW_INSIDE_UNKNOWN);
}

static void test_weighted_quantile_is_the_first_value_that_reaches_the_share(void)
{
    double value[] = { 3.0, 1.0, 2.0, NAN }, weight[] = { 0.2, 0.5, 0.3, 1.0 };
    PW_ASSERT_NEAR(pw_score_quantile(value, weight, 4, 0.5), 1.0, 0.0);
    PW_ASSERT_NEAR(pw_score_quantile(value, weight, 4, 0.51), 2.0, 0.0);
    PW_ASSERT_NEAR(pw_score_quantile(value, weight, 4, 0.81), 3.0, 0.0);
    PW_ASSERT_NEAR(pw_score_quantile(value, NULL, 4, 0.5), 2.0, 0.0);
    CU_ASSERT(isnan(pw_score_quantile(value + 3, NULL, 1, 0.5)));
}

PW_TESTS(PW_TEST(test_count_of_one_set_is_predicted_by_its_binomial), PW_TEST(test_weights_mix_the_sets), PW_TEST(test_figure_far_out_is_not_reproduced),
         PW_TEST(test_bound_counts_the_weight_of_the_sets_that_agree), PW_TEST(test_without_values_everything_is_missing),
         PW_TEST(test_weighted_quantile_is_the_first_value_that_reaches_the_share))
