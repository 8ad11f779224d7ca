/* The expected number of incidents in a time, when gaps are Weibull. */
#include <math.h>

#include "../model/spec/renewal.h"
#include "harness.h"

/* M(t) by the series of Smith & Leadbetter (1963, Technometrics 5(3): 393-396), in extended precision:
 *   M(t) = sum (-1)^(n-1) A_n t^(n k) / Gamma(1 + n k),  A_n = g_n - sum_{j<n} g_j A_{n-j},  g_n = Gamma(1 + n k) / n!
 * Its terms alternate and grow before they fall, so it is good for short times only. */
static double series(double shape, double t)
{
    enum { TERMS = 300 };
    long double g[TERMS + 1], a[TERMS + 1];
    long double sum = 0.0L, k = shape;
    for (int n = 1; n <= TERMS; n++) {
        g[n] = expl(lgammal(1.0L + n * k) - lgammal(n + 1.0L));
        a[n] = g[n];
        for (int j = 1; j < n; j++)
            a[n] -= g[j] * a[n - j];
        long double term = a[n] * expl(n * k * logl((long double)t) - lgammal(1.0L + n * k));
        sum += n % 2 ? term : -term;
    }
    return (double)sum;
}

static void test_count_meets_the_series_of_smith_and_leadbetter(void)
{
    static const double shapes[] = { 0.5, 0.7, 0.85, 0.95, 1.1, 1.3, 1.5 }, times[] = { 0.3, 1.0, 3.0, 6.0 };
    for (int i = 0; i < 7; i++)
        for (int j = 0; j < 4; j++) {
            double count, expected = series(shapes[i], times[j]);
            CU_ASSERT_EQUAL(pw_renewal_count(shapes[i], times[j], &count), PW_OK);
            PW_ASSERT_NEAR(count, expected, 2e-6 * expected);
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
