/* test_morris.c: elementary effects of functions that show on paper what they are. */
#include "harness.h"

#include <math.h>

#include "../model/measure/morris.h"

static pw_morris_t of(const double *effect, int n)
{
    pw_morris_t out;
    CU_ASSERT_EQUAL(pw_morris(effect, n, &out), PW_OK);
    return out;
}

/* y = 3 x: every effect is 3, whichever way the step goes. */
static void test_straight_line_has_one_effect(void)
{
    const double effect[] = { pw_morris_effect(0.0, 2.0, 2.0 / 3.0), pw_morris_effect(3.0, 1.0, -2.0 / 3.0), pw_morris_effect(1.0, 3.0, 2.0 / 3.0) };
    pw_morris_t m = of(effect, 3);
    PW_ASSERT_NEAR(m.mu, 3.0, 1e-12);
    PW_ASSERT_NEAR(m.mu_star, 3.0, 1e-12);
    PW_ASSERT_NEAR(m.sigma, 0.0, 1e-12);
    PW_ASSERT_NEAR(m.mu_star_error, 0.0, 1e-12);
}

/* Effects that cancel: mu does not see them, mu* does. */
static void test_mu_star_sees_effects_that_cancel(void)
{
    const double effect[] = { 2.0, -2.0, 2.0, -2.0 };
    pw_morris_t m = of(effect, 4);
    PW_ASSERT_NEAR(m.mu, 0.0, 0.0);
    PW_ASSERT_NEAR(m.mu_star, 2.0, 0.0);
    PW_ASSERT_NEAR(m.sigma, sqrt(16.0 / 3.0), 1e-12);
    PW_ASSERT_NEAR(m.mu_star_error, 0.0, 0.0);
}

static void test_error_of_mu_star_is_that_of_a_mean(void)
{
    const double effect[] = { 1.0, -3.0 };
    pw_morris_t m = of(effect, 2);
    PW_ASSERT_NEAR(m.mu_star, 2.0, 0.0);
    PW_ASSERT_NEAR(m.mu_star_error, 1.0, 1e-12);      /* sd of 1 and 3 is sqrt 2, over sqrt 2 */
}

static void test_one_trajectory_and_missing_values_are_refused(void)
{
    const double effect[] = { 1.0, NAN };
    pw_morris_t m;
    CU_ASSERT_EQUAL(pw_morris(effect, 1, &m), PW_ERROR_NUMBER);
    CU_ASSERT_EQUAL(pw_morris(effect, 2, &m), PW_ERROR_NUMBER);
}

PW_TESTS(PW_TEST(test_straight_line_has_one_effect), PW_TEST(test_mu_star_sees_effects_that_cancel), PW_TEST(test_error_of_mu_star_is_that_of_a_mean),
         PW_TEST(test_one_trajectory_and_missing_values_are_refused))
