/* Are log, exp, the normal quantile and the normal distribution function right, and the same everywhere? */
#include "../model/chance/kernel.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "harness.h"
#include "model_maker.h"

/* Whether a long double tells more than a double here. valgrind computes both with 53 bits. */
static bool has_long_doubles(void)
{
    volatile long double one = 1.0L;
    return one + 0x1p-60L != one;
}

/* Distance from the exact value in units of the last place of the double next to it. */
static double ulps(double got, long double exact)
{
    int exponent;
    (void)frexpl(exact, &exponent);
    exponent = exponent < DBL_MIN_EXP ? DBL_MIN_EXP : exponent;
    return (double)(fabsl((long double)got - exact) / ldexpl(1.0L, exponent - DBL_MANT_DIG));
}

static double worst_log(double low, double high, int n)
{
    double worst = 0.0;
    for (int i = 0; i <= n; i++) {
        double x = low + (high - low) * i / n, e = ulps(pw_log(x), logl((long double)x));
        worst = e > worst ? e : worst;
    }
    return worst;
}

static double worst_exp(double low, double high, int n)
{
    double worst = 0.0;
    for (int i = 0; i <= n; i++) {
        double x = low + (high - low) * i / n, e = ulps(pw_exp(x), expl((long double)x));
        worst = e > worst ? e : worst;
    }
    return worst;
}

static void test_log_is_within_one_ulp_of_the_exact_value(void)
{
    CU_ASSERT(worst_log(0.5, 2.0, 400000) <= 1.0);
    CU_ASSERT(worst_log(1.0 - 1e-6, 1.0 + 1e-6, 100000) <= 1.0);
    CU_ASSERT(worst_log(1e-3, 1e3, 200000) <= 1.0);
    CU_ASSERT_EQUAL(pw_log(1.0), 0.0);
    CU_ASSERT(ulps(pw_log(nextafter(1.0, 0.0)), logl((long double)nextafter(1.0, 0.0))) <= 1.0);
    CU_ASSERT(ulps(pw_log(nextafter(1.0, 2.0)), logl((long double)nextafter(1.0, 2.0))) <= 1.0);
}

static void test_log_is_within_one_ulp_at_every_exponent(void)
{
    double worst = 0.0;
    for (int e = -1022; e < 1024; e++)
        for (int i = 0; i < 64; i++) {
            double x = ldexp(1.0 + (i + 0.318) / 64.0, e), error = ulps(pw_log(x), logl((long double)x));
            worst = error > worst ? error : worst;
        }
    CU_ASSERT(worst <= 1.0);
    CU_ASSERT(ulps(pw_log(DBL_MIN), logl((long double)DBL_MIN)) <= 1.0);
    CU_ASSERT(ulps(pw_log(DBL_MAX), logl((long double)DBL_MAX)) <= 1.0);
    CU_ASSERT(ulps(pw_log(0x1p-53), logl(0x1p-53L)) <= 1.0); /* the smallest uniform */
}

static void test_exp_is_within_one_ulp_of_the_exact_value(void)
{
    CU_ASSERT(worst_exp(-1.0, 1.0, 400000) <= 1.0);
    CU_ASSERT(worst_exp(-1e-6, 1e-6, 50000) <= 1.0);
    CU_ASSERT(worst_exp(-700.0, 700.0, 400000) <= 1.0);
    CU_ASSERT_EQUAL(pw_exp(0.0), 1.0);
}

static void test_exp_beyond_its_range_gives_nothing_or_its_largest_value(void)
{
    CU_ASSERT_EQUAL(pw_exp(-700.001), 0.0);
    CU_ASSERT_EQUAL(pw_exp((double)-INFINITY), 0.0);
    CU_ASSERT_EQUAL(pw_exp(700.001), pw_exp(700.0));
    CU_ASSERT_EQUAL(pw_exp((double)INFINITY), pw_exp(700.0));
    CU_ASSERT(pw_exp(-700.0) > 0.0);
}

static void test_log_and_exp_never_fall_as_their_argument_grows(void)
{
    int falls = 0;
    for (int i = 0; i < 300000; i++) {
        double x = 0.3 + i * 1e-5, y = -3.0 + i * 2e-5;
        falls += pw_log(x + 1e-5) < pw_log(x);
        falls += pw_exp(y + 2e-5) < pw_exp(y);
    }
    /* neighbours, across the seams: at sqrt(1/2) and sqrt(2) for log, at half-multiples of ln 2 for exp */
    double seams_log[] = { 0.70710678118654752, 1.4142135623730951, 1.0 };
    for (int s = 0; s < 3; s++)
        for (double x = seams_log[s] * (1.0 - 1e-13), end = seams_log[s] * (1.0 + 1e-13); x < end; x = nextafter(x, 9.0))
            falls += pw_log(nextafter(x, 9.0)) < pw_log(x);
    for (int k = -9; k < 9; k++)
        for (double x = (k + 0.5) * 0.69314718055994531, end = x + 1e-13, at = x - 1e-13; at < end; at = nextafter(at, 99.0))
            falls += pw_exp(nextafter(at, 99.0)) < pw_exp(at);
    CU_ASSERT_EQUAL(falls, 0);
}

static void test_power_agrees_with_closed_forms(void)
{
    CU_ASSERT_EQUAL(pw_pow(0.0, 0.7), 0.0);
    CU_ASSERT_EQUAL(pw_pow(1.0, 12.5), 1.0);
    CU_ASSERT_EQUAL(pw_pow(2.385, 0.0), 1.0);
    PW_ASSERT_NEAR(pw_pow(2.385, 3.0), 2.385 * 2.385 * 2.385, 1e-14);
    PW_ASSERT_NEAR(pw_pow(7.29, 0.5), 2.7, 1e-15);
}

/* One Newton step in long double from the kernel's own answer: its length is the error. The centre counts from u - 1/2, so
 * that a small quantile is judged relative to itself. */
static double quantile_error(double u)
{
    const long double root_half = sqrtl(0.5L), density_at_0 = 0.398942280401432677939946L;
    long double z = (long double)pw_normal_quantile(u);
    long double miss = fabsl(z) < 1.0L ? 0.5L * erfl(z * root_half) - ((long double)u - 0.5L)
                     : z < 0.0L       ? 0.5L * erfcl(-z * root_half) - (long double)u
                                      : (1.0L - (long double)u) - 0.5L * erfcl(z * root_half);
    long double step = miss / (density_at_0 * expl(-0.5L * z * z));
    return z == 0.0L ? 0.0 : (double)fabsl(step / z);
}

static void test_eight_at_once_have_the_bits_of_single_ones(void)
{
    mk_luck_t luck = { 5 };
    int wrong = 0;
    for (int round = 0; round < 20000; round++) {
        double u[8], log[8], exp[8], z[8];
        for (int k = 0; k < 8; k++)
            u[k] = round % 2 ? mk_uniform(&luck) : mk_uniform(&luck) * 0x1p-40;      /* tails too */
        pw_log8(u, log);
        pw_exp8(log, exp);
        pw_normal_quantile8(u, z);
        for (int k = 0; k < 8; k++)
            wrong += log[k] != pw_log(u[k]) || exp[k] != pw_exp(log[k]) || z[k] != pw_normal_quantile(u[k]);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void test_normal_quantile_is_exact_to_1e_15(void)
{
    double worst = 0.0;
    for (int i = 1; i < 200000; i++) {
        double e = quantile_error(i / 200000.0);
        worst = e > worst ? e : worst;
    }
    for (double u = 0.4; u > 0x1p-53; u *= 0.97) {
        double low = quantile_error(u), high = quantile_error(1.0 - u);
        worst = low > worst ? low : worst;
        worst = high > worst ? high : worst;
    }
    for (double d = 0.3; d > 1e-12; d *= 0.9) {
        double e = quantile_error(0.5 + d);
        worst = e > worst ? e : worst;
    }
    PW_ASSERT_NEAR(worst, 0.0, 1e-15);
    CU_ASSERT_EQUAL(pw_normal_quantile(0.5), 0.0);
    PW_ASSERT_NEAR(pw_normal_quantile(0.95), 1.6448536269514722, 1e-15);
    PW_ASSERT_NEAR(pw_normal_quantile(0.025), -1.9599639845400545, 2e-15);
    CU_ASSERT_EQUAL(pw_normal_quantile(0.25), -pw_normal_quantile(0.75));
}

static void test_normal_quantile_never_falls_across_its_seams(void)
{
    /* |u - 1/2| = 0.425 and sqrt(-log u) = 5 */
    double seam[] = { 0.075, 0.925, 1.3887943864964021e-11 };
    int falls = 0;
    for (int s = 0; s < 3; s++)
        for (int i = -2000; i < 2000; i++) {
            double step = seam[s] * 1e-12;
            falls += pw_normal_quantile(seam[s] + (i + 1) * step) < pw_normal_quantile(seam[s] + i * step);
        }
    CU_ASSERT_EQUAL(falls, 0);
}

static void test_normal_distribution_function_is_exact_to_1e_14(void)
{
    double worst = 0.0, worst_tail = 0.0;
    for (double z = -9.0; z <= 9.0; z += 1.0 / 4096.0) {
        long double exact = 0.5L * erfcl(-(long double)z * sqrtl(0.5L));
        double error = (double)fabsl((long double)pw_normal_cdf(z) - exact);
        worst = error > worst ? error : worst;
        if (z < 0.0) {
            double relative = (double)(error / exact);
            worst_tail = relative > worst_tail ? relative : worst_tail;
        }
    }
    PW_ASSERT_NEAR(worst, 0.0, 1e-14);
    if (has_long_doubles())
        PW_ASSERT_NEAR(worst_tail, 0.0, 1e-14);
    else
        puts("\nskipped: the far tail of the normal distribution function, for long doubles are no longer than doubles here");
    CU_ASSERT_EQUAL(pw_normal_cdf(0.0), 0.5);
    CU_ASSERT_EQUAL(pw_normal_cdf(-40.0), 0.0);
    CU_ASSERT_EQUAL(pw_normal_cdf(40.0), 1.0);
    CU_ASSERT(pw_normal_cdf(-37.0) > 0.0);
}

static void test_distribution_function_undoes_the_quantile(void)
{
    for (int i = 1; i < 1000; i++)
        PW_ASSERT_NEAR(pw_normal_cdf(pw_normal_quantile(i / 1000.0)), i / 1000.0, 1e-14);
}

/* Sameness. Sums of the bits of a fixed set of values, taken once: they hold in every build (gcc and clang, -O0 to -O3, any
 * -march with -ffp-contract=off). A compiler that fuses or reorders, or a kernel that changes in its last bit, fails here. They
 * prove sameness only; the tests above prove truth. */
enum { LANES = 64, BLOCKS = 2000 };
static uint64_t mix(uint64_t sum, double x) { return (sum ^ pw_bits_of(x)) * UINT64_C(0x9E3779B97F4A7C15) + (sum >> 29); }

static void test_bits_are_the_same_in_every_build(void)
{
    uint64_t log_sum = 0, exp_sum = 0, quantile_sum = 0, cdf_sum = 0;
    for (int i = 1; i < LANES * BLOCKS; i++) {
        double u = ((double)i - 0.5) / (LANES * BLOCKS);
        log_sum = mix(log_sum, pw_log(u * u * 13.0));
        exp_sum = mix(exp_sum, pw_exp((u - 0.5) * 60.0));
        quantile_sum = mix(quantile_sum, pw_normal_quantile(u));
        cdf_sum = mix(cdf_sum, pw_normal_cdf((u - 0.5) * 16.0));
    }
    CU_ASSERT_EQUAL(log_sum, UINT64_C(0x6A5EFC0E2B84AD20));
    CU_ASSERT_EQUAL(exp_sum, UINT64_C(0xD59A9D4E07AF98CC));
    CU_ASSERT_EQUAL(quantile_sum, UINT64_C(0xCDF96A5340C233B5));
    CU_ASSERT_EQUAL(cdf_sum, UINT64_C(0x58CBF6697674BC31));
}

static void test_a_lane_of_a_loop_gives_the_bits_of_a_single_call(void)
{
    double x[LANES], logs[LANES], exps[LANES];
    int unequal = 0;
    for (int b = 0; b < BLOCKS; b++) {
        for (int k = 0; k < LANES; k++)
            x[k] = (b * LANES + k + 0.5) / (LANES * BLOCKS);
        for (int k = 0; k < LANES; k++) {
            logs[k] = pw_log(x[k]);
            exps[k] = pw_exp(x[k] * 40.0 - 20.0);
        }
        for (int k = 0; k < LANES; k++) {
            volatile double alone = x[k]; /* volatile: this call cannot join the loop's SIMD code */
            unequal += pw_bits_of(pw_log(alone)) != pw_bits_of(logs[k]);
            unequal += pw_bits_of(pw_exp(alone * 40.0 - 20.0)) != pw_bits_of(exps[k]);
        }
    }
    CU_ASSERT_EQUAL(unequal, 0);
}

PW_TESTS(PW_TEST(test_log_is_within_one_ulp_of_the_exact_value), PW_TEST(test_log_is_within_one_ulp_at_every_exponent),
         PW_TEST(test_exp_is_within_one_ulp_of_the_exact_value), PW_TEST(test_exp_beyond_its_range_gives_nothing_or_its_largest_value),
         PW_TEST(test_log_and_exp_never_fall_as_their_argument_grows), PW_TEST(test_power_agrees_with_closed_forms),
         PW_TEST(test_eight_at_once_have_the_bits_of_single_ones),
         PW_TEST(test_normal_quantile_is_exact_to_1e_15), PW_TEST(test_normal_quantile_never_falls_across_its_seams),
         PW_TEST(test_normal_distribution_function_is_exact_to_1e_14), PW_TEST(test_distribution_function_undoes_the_quantile),
         PW_TEST(test_bits_are_the_same_in_every_build), PW_TEST(test_a_lane_of_a_loop_gives_the_bits_of_a_single_call))
