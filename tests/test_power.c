/* Is x^k from the table right, for the powers that gaps need, wherever x lies? */
#include "../model/chance/power.h"

#include <math.h>

#include "harness.h"
#include "model_maker.h"

/* Largest relative error of x^k over 200,000 x from 10^low to 10^high, evenly in log x. */
static double worst_error(double k, double low, double high)
{
    static pw_power_t power;
    pw_power_init(&power, k);
    mk_luck_t luck = { 9 };
    double worst = 0.0;
    for (int i = 0; i < 200000; i++) {
        double x = pow(10.0, low + (high - low) * mk_uniform(&luck));
        long double exact = powl((long double)x, (long double)k);
        double error = (double)fabsl(((long double)pw_power_at(&power, x) - exact) / exact);
        worst = error > worst ? error : worst;
    }
    return worst;
}

/* One unit in the last place is at most 2.2e-16; 2^e to the power k adds as many of them as |e k ln 2|. */
static void test_powers_are_within_a_few_units_of_the_last_place(void)
{
    static const double k[] = { 0.5, 2.0 / 3.0, 0.85, 0.999999, 1.000001, 1.2, 1.5, 2.0, 4.0 };
    for (int i = 0; i < (int)(sizeof k / sizeof *k); i++) {
        CU_ASSERT(worst_error(k[i], -1.0, 1.0) < 8.0 * 2.2e-16 * (1.0 + k[i]));
        CU_ASSERT(worst_error(k[i], -9.0, 9.0) < 40.0 * 2.2e-16 * (1.0 + k[i]));
    }
}

static void test_powers_beyond_the_table_are_those_of_the_kernel(void)
{
    static pw_power_t power;
    static const double x[] = { 1e-60, 1e-39, 1e39, 1e60 };
    pw_power_init(&power, 0.85);
    for (int i = 0; i < 4; i++)
        CU_ASSERT_EQUAL(pw_power_at(&power, x[i]), pw_pow(x[i], 0.85));
    CU_ASSERT_EQUAL(pw_power_at(&power, 0.0), 0.0);
    pw_power_init(&power, 7.5);                        /* too steep for the series */
    CU_ASSERT_EQUAL(pw_power_at(&power, 1.3), pw_pow(1.3, 7.5));
}

static void test_power_of_one_is_the_number_itself(void)
{
    static pw_power_t power;
    pw_power_init(&power, 1.0);
    CU_ASSERT_EQUAL(pw_power_at(&power, 2.385), 2.385);
    CU_ASSERT_EQUAL(pw_power_at(&power, 0.0), 0.0);
}

/* A longer gap never spends less hazard: also across the seams of the table, where the parts meet. */
static void test_power_grows_with_its_argument_across_the_seams(void)
{
    static pw_power_t power;
    pw_power_init(&power, 0.85);
    int falls = 0;
    for (int part = 0; part < 3 * PW_POWER_PARTS; part++) {
        double seam = ldexp(1.0 + (part % PW_POWER_PARTS) / (double)PW_POWER_PARTS, part / PW_POWER_PARTS - 1);
        falls += pw_power_at(&power, seam * (1.0 + 1e-14)) < pw_power_at(&power, seam * (1.0 - 1e-14));
    }
    CU_ASSERT_EQUAL(falls, 0);
}

PW_TESTS(PW_TEST(test_powers_are_within_a_few_units_of_the_last_place), PW_TEST(test_powers_beyond_the_table_are_those_of_the_kernel),
         PW_TEST(test_power_of_one_is_the_number_itself), PW_TEST(test_power_grows_with_its_argument_across_the_seams))
