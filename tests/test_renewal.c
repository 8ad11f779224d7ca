/* The expected number of incidents in a time, when gaps are Weibull. */
#include <math.h>

#include "../model/spec/renewal.h"
#include "harness.h"

/* M(t) at 0.3, 1, 3, 6, 12 by the series of Smith & Leadbetter (1963, Technometrics 5(3): 393-396), summed with 120 digits, because its
 * terms alternate and grow before they fall:
 *   M(t) = sum (-1)^(n-1) A_n t^(n k) / Gamma(1 + n k),  A_n = g_n - sum_{j<n} g_j A_{n-j},  g_n = Gamma(1 + n k) / n! */
static const struct { double shape, count[5]; } series[] = {
    { 0.5, { 0.63713121609, 1.30798426421, 2.70140636159, 4.4698760376, 7.71118808383 } },
    { 0.7, { 0.460581022994, 1.15897400122, 2.86691940949, 5.28616108134, 10.045650159 } },
    { 0.85, { 0.369190276702, 1.07129216149, 2.94693510162, 5.71179545414, 11.2278047952 } },
    { 0.95, { 0.321080552613, 1.02217069434, 2.98487613054, 5.91718266516, 11.7800156827 } },
    { 1.1, { 0.262732636543, 0.959842046456, 3.02358997256, 6.13242764959, 12.3506071642 } },
    { 1.3, { 0.203500147415, 0.893483914845, 3.04906247274, 6.29735261603, 12.7938350614 } },
    { 1.5, { 0.159021051192, 0.84157813665, 3.05371394472, 6.37689225365, 13.0232852523 } },
};

static void test_count_meets_the_series_of_smith_and_leadbetter(void)
{
    static const double times[5] = { 0.3, 1.0, 3.0, 6.0, 12.0 };
    for (int i = 0; i < 7; i++)
        for (int j = 0; j < 5; j++) {
            double count;
            CU_ASSERT_EQUAL(pw_renewal_count(series[i].shape, times[j], &count), PW_OK);
            PW_ASSERT_NEAR(count, series[i].count[j], 1e-6 * series[i].count[j]);
        }
}

/* For small t: M = F + F * F + ... and F(t) = t^k - t^(2k)/2 + ..., so M(t) = t^k + (Gamma(1 + k)^2 / Gamma(1 + 2k) - 1/2) t^(2k) + O(t^(3k)). */
static void test_count_of_a_short_time_follows_its_expansion(void)
{
    static const double shapes[] = { 0.6, 0.9, 1.4 };
    for (int i = 0; i < 3; i++) {
        double k = shapes[i], t = pow(1e-3, 1.0 / k), count, x = pow(t, k);
        double second = pow(tgamma(1.0 + k), 2.0) / tgamma(1.0 + 2.0 * k) - 0.5;
        CU_ASSERT_EQUAL(pw_renewal_count(k, t, &count), PW_OK);
        PW_ASSERT_NEAR(count, x + second * x * x, 10.0 * x * x * x);
    }
}

/* M(t) - t / mu tends to (c^2 - 1) / 2, c the gaps' coefficient of variation (Cox 1962). */
static void test_count_of_a_long_time_tends_to_its_asymptote(void)
{
    double shape = 1.3, count, mean = tgamma(1.0 + 1.0 / shape), square = tgamma(1.0 + 2.0 / shape);
    CU_ASSERT_EQUAL(pw_renewal_count(shape, 40.0, &count), PW_OK);
    PW_ASSERT_NEAR(count, 40.0 / mean + 0.5 * (square / (mean * mean) - 2.0), 1e-4);
}

static void test_shape_1_is_exact(void)
{
    double count, scale;
    CU_ASSERT_EQUAL(pw_renewal_count(1.0, 2.385, &count), PW_OK);
    PW_ASSERT_NEAR(count, 2.385, 0.0);
    CU_ASSERT_EQUAL(pw_renewal_scale_days(1.0, 4.0, &scale), PW_OK);
    PW_ASSERT_NEAR(scale, 91.3125, 0.0);
}

static void test_scale_gives_the_number_asked_for_in_the_first_year(void)
{
    static const double shapes[] = { 0.5, 0.7, 0.95, 1.05, 1.5 }, per_year[] = { 0.05, 0.6, 2.385, 7.0, 40.0 };
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++) {
            double scale = 0.0, count = 0.0;
            CU_ASSERT_EQUAL(pw_renewal_scale_days(shapes[i], per_year[j], &scale), PW_OK);
            CU_ASSERT_EQUAL(pw_renewal_count(shapes[i], 365.25 / scale, &count), PW_OK);
            PW_ASSERT_NEAR(count, per_year[j], 1e-8 * per_year[j]);
        }
}

PW_TESTS(PW_TEST(test_count_meets_the_series_of_smith_and_leadbetter), PW_TEST(test_count_of_a_short_time_follows_its_expansion),
         PW_TEST(test_count_of_a_long_time_tends_to_its_asymptote), PW_TEST(test_shape_1_is_exact),
         PW_TEST(test_scale_gives_the_number_asked_for_in_the_first_year))
