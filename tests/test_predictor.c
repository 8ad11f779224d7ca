/* Do predictors give the chances, rates and weights that their formulas say, tabled or summed? */
#include "../model/chance/predictor.h"

#include <math.h>

#include "harness.h"

static double value_at(const pw_predictor_t *p, uint64_t word0, uint64_t word1, const double *numbers)
{
    uint64_t bits[2] = { word0, word1 };
    return pw_predictor_value(p, bits, numbers);
}

static double odds(double p) { return p / (1.0 - p); }

static void test_a_predictor_without_terms_gives_its_base_back_to_the_last_bit(void)
{
    int kinds[] = { PW_PROBABILITY, PW_RATE, PW_WEIGHT };
    for (int k = 0; k < 3; k++) {
        pw_predictor_t p;
        pw_predictor_init(&p, kinds[k], 0.3);
        pw_predictor_finish(&p);
        CU_ASSERT(p.constant);
        CU_ASSERT_EQUAL(value_at(&p, UINT64_MAX, UINT64_MAX, NULL), 0.3);
        CU_ASSERT_EQUAL(pw_predictor_sum(&p, (uint64_t[]){ 0, 0 }, NULL), 0.3);
    }
}

static void test_a_probability_multiplies_its_odds(void)
{
    pw_predictor_t p;
    double numbers[PW_MAX_NUMBERS] = { 0.0 };
    pw_predictor_init(&p, PW_PROBABILITY, 0.23);
    CU_ASSERT(pw_predictor_add_bit(&p, PW_BIT_SEPARATED, 1.5, 0.4));
    CU_ASSERT(pw_predictor_add_bit(&p, PW_BIT_IN_STAGE_0 + 3, 0.7, 0.1));
    CU_ASSERT(pw_predictor_add_number(&p, PW_NUMBER_PREVIOUS_NOTIFICATIONS, 1.2, 1.75));
    pw_predictor_finish(&p);
    CU_ASSERT_FALSE(p.tabled);
    numbers[PW_NUMBER_PREVIOUS_NOTIFICATIONS] = 3.0;
    double paper = odds(0.23) * pow(1.5, 1.0 - 0.4) * pow(0.7, 0.0 - 0.1) * pow(1.2, 3.0 - 1.75);
    PW_ASSERT_NEAR(odds(value_at(&p, pw_bit_mask(PW_BIT_SEPARATED), 0, numbers)), paper, 1e-14);
    paper *= 0.7;
    PW_ASSERT_NEAR(odds(value_at(&p, pw_bit_mask(PW_BIT_SEPARATED), UINT64_C(1) << 3, numbers)), paper, 1e-14);
}

static void test_rates_and_weights_multiply_their_base(void)
{
    int kinds[] = { PW_RATE, PW_WEIGHT };
    for (int k = 0; k < 2; k++) {
        pw_predictor_t p;
        pw_predictor_init(&p, kinds[k], 2.385 / 365.25);
        pw_predictor_add_bit(&p, 2, 1.4, 0.25);
        pw_predictor_finish(&p);
        PW_ASSERT_NEAR(value_at(&p, 4, 0, NULL) / (2.385 / 365.25 * pow(1.4, 0.75)), 1.0, 1e-14);
        PW_ASSERT_NEAR(value_at(&p, 0, 0, NULL) / (2.385 / 365.25 * pow(1.4, -0.25)), 1.0, 1e-14);
    }
}

static void test_a_base_of_0_or_1_stays_whatever_the_covariates(void)
{
    double ratio[] = { 1e-6, 0.5, 2.0, 1e6 };
    double numbers[PW_MAX_NUMBERS] = { 5.0, 5.0, 5.0, 2.0 };
    for (int r = 0; r < 4; r++)
        for (int base = 0; base < 2; base++)
            for (int with_number = 0; with_number < 2; with_number++) {
                pw_predictor_t p;
                pw_predictor_init(&p, PW_PROBABILITY, base);
                pw_predictor_add_bit(&p, 7, ratio[r], 0.3);
                if (with_number)
                    pw_predictor_add_number(&p, PW_NUMBER_WORKLOAD_0, ratio[r], 0.9);
                pw_predictor_finish(&p);
                CU_ASSERT_EQUAL(value_at(&p, 128, 0, numbers), (double)base);
                CU_ASSERT_EQUAL(value_at(&p, 0, 0, numbers), (double)base);
            }
    pw_predictor_t rate;
    pw_predictor_init(&rate, PW_RATE, 0.0);
    pw_predictor_add_bit(&rate, 7, 1e6, 0.0);
    pw_predictor_finish(&rate);
    CU_ASSERT_EQUAL(value_at(&rate, 128, 0, NULL), 0.0);
}

/* Terms in scattered bits of both words, with n bits; every combination; the table against the sum, bit for bit. */
static void test_tables_hold_exactly_what_the_sums_give(void)
{
    const int bit[PW_TABLE_BITS] = { 61, 3, 70, 127, 40 };
    for (int kind = PW_PROBABILITY; kind <= PW_WEIGHT; kind++)
        for (int n = 1; n <= PW_TABLE_BITS; n++) {
            pw_predictor_t p;
            pw_predictor_init(&p, kind, 0.137);
            for (int j = 0; j < n; j++)
                pw_predictor_add_bit(&p, bit[j], 0.31 + 0.73 * j, 0.11 * j);
            pw_predictor_finish(&p);
            CU_ASSERT(p.tabled);
            int unequal = 0;
            for (unsigned at = 0; at < 1U << n; at++) {
                uint64_t bits[2] = { UINT64_C(1) << 17, UINT64_C(1) << 9 }; /* bits that it does not read change nothing */
                for (int j = 0; j < n; j++)
                    pw_bit_put(bits, bit[j], (int)(at >> j & 1U));
                unequal += pw_predictor_value(&p, bits, NULL) != pw_predictor_sum(&p, bits, NULL);
            }
            CU_ASSERT_EQUAL(unequal, 0);
        }
}

static void test_more_bits_than_the_table_holds_are_summed(void)
{
    pw_predictor_t p;
    pw_predictor_init(&p, PW_WEIGHT, 3.7);
    double paper = 3.7;
    for (int j = 0; j <= PW_TABLE_BITS; j++) {
        pw_predictor_add_bit(&p, 10 + j, 1.1 + 0.2 * j, 0.0);
        paper *= 1.1 + 0.2 * j;
    }
    pw_predictor_finish(&p);
    CU_ASSERT_FALSE(p.tabled);
    PW_ASSERT_NEAR(value_at(&p, UINT64_MAX, 0, NULL), paper, 1e-13);
    PW_ASSERT_NEAR(value_at(&p, 0, 0, NULL), 3.7, 1e-14);
}

/* "Every percentage reads as the average": with centres at the averages over a population, the mean of the log odds (the log
 * rate, the log weight) over that population is the log odds of the base. */
static void test_with_centres_at_the_averages_the_mean_log_odds_is_the_base(void)
{
    enum { FAMILIES = 1000 };
    double numbers[FAMILIES] = { 0.0 }, bit_mean[3] = { 0.0 }, number_mean = 0.0;
    uint64_t word[FAMILIES];
    for (int f = 0; f < FAMILIES; f++) {
        unsigned h = (unsigned)f * 2654435761U; /* any population will do; bits and numbers are related in this one */
        word[f] = h >> 13 & 7U;
        numbers[f] = (double)(h >> 20 & 7U) / 3.0 + (double)(word[f] & 1);
        for (int j = 0; j < 3; j++)
            bit_mean[j] += (double)(word[f] >> j & 1) / FAMILIES;
        number_mean += numbers[f] / FAMILIES;
    }
    for (int kind = PW_PROBABILITY; kind <= PW_WEIGHT; kind++) {
        pw_predictor_t p;
        pw_predictor_init(&p, kind, 0.05);
        for (int j = 0; j < 3; j++)
            pw_predictor_add_bit(&p, j, 0.4 + j, bit_mean[j]);
        pw_predictor_add_number(&p, PW_NUMBER_RISK_SCORE, 1.9, number_mean);
        pw_predictor_finish(&p);
        double sum = 0.0;
        for (int f = 0; f < FAMILIES; f++) {
            double number[PW_MAX_NUMBERS] = { 0.0 };
            number[PW_NUMBER_RISK_SCORE] = numbers[f];
            double v = value_at(&p, word[f], 0, number);
            sum += log(kind == PW_PROBABILITY ? odds(v) : v) / FAMILIES;
        }
        PW_ASSERT_NEAR(sum, log(kind == PW_PROBABILITY ? odds(0.05) : 0.05), 1e-12);
    }
}

static void test_a_ratio_of_1_is_not_stored(void)
{
    pw_predictor_t p;
    pw_predictor_init(&p, PW_PROBABILITY, 0.62);
    CU_ASSERT(pw_predictor_add_bit(&p, 5, 1.0, 0.5));
    CU_ASSERT(pw_predictor_add_number(&p, PW_NUMBER_WORKLOAD_0 + 1, 1.0, 0.5));
    pw_predictor_finish(&p);
    CU_ASSERT(p.constant);
    CU_ASSERT_FALSE(pw_predictor_reads_shared(&p));
    CU_ASSERT_EQUAL(p.mask[0], 0);
    CU_ASSERT_EQUAL(value_at(&p, 32, 0, NULL), 0.62);
}

static void test_a_full_predictor_refuses_another_term(void)
{
    pw_predictor_t p;
    pw_predictor_init(&p, PW_WEIGHT, 1.0);
    for (int j = 0; j < PW_MAX_TERMS; j++) {
        CU_ASSERT(pw_predictor_add_bit(&p, j, 2.0, 0.0));
        CU_ASSERT(pw_predictor_add_number(&p, j % PW_MAX_NUMBERS, 2.0, 0.0));
    }
    CU_ASSERT_FALSE(pw_predictor_add_bit(&p, 99, 2.0, 0.0));
    CU_ASSERT_FALSE(pw_predictor_add_number(&p, 0, 2.0, 0.0));
    CU_ASSERT_EQUAL(p.mask[1], 0); /* a refused term leaves no trace */
}

static void test_masks_say_what_is_read(void)
{
    pw_predictor_t p;
    pw_predictor_init(&p, PW_RATE, 0.01);
    pw_predictor_add_bit(&p, PW_BIT_OPEN_CASE, 1.3, 0.2);
    pw_predictor_add_bit(&p, PW_BIT_COMPLETED_0 + 2, 1.3, 0.2);
    pw_predictor_add_number(&p, PW_NUMBER_CHILDREN, 1.1, 1.9);
    CU_ASSERT_EQUAL(p.mask[0], pw_bit_mask(PW_BIT_OPEN_CASE));
    CU_ASSERT_EQUAL(p.mask[1], pw_bit_mask(PW_BIT_COMPLETED_0 + 2));
    CU_ASSERT_FALSE(pw_predictor_reads_shared(&p));
    pw_predictor_add_number(&p, PW_NUMBER_WORKLOAD_0 + PW_MAX_TEAMS - 1, 0.6, 1.0);
    CU_ASSERT(pw_predictor_reads_shared(&p));
}

static void test_scaled_odds_are_the_odds_times_the_ratio(void)
{
    PW_ASSERT_NEAR(odds(pw_scale_odds(0.3, 2.5)), odds(0.3) * 2.5, 1e-15);
    CU_ASSERT_EQUAL(pw_scale_odds(0.0, 2.5), 0.0);
    CU_ASSERT_EQUAL(pw_scale_odds(1.0, 2.5), 1.0);
    CU_ASSERT_EQUAL(pw_scale_odds(0.25, 1.0), 0.25);
}

PW_TESTS(PW_TEST(test_a_predictor_without_terms_gives_its_base_back_to_the_last_bit), PW_TEST(test_a_probability_multiplies_its_odds),
         PW_TEST(test_rates_and_weights_multiply_their_base), PW_TEST(test_a_base_of_0_or_1_stays_whatever_the_covariates),
         PW_TEST(test_tables_hold_exactly_what_the_sums_give), PW_TEST(test_more_bits_than_the_table_holds_are_summed),
         PW_TEST(test_with_centres_at_the_averages_the_mean_log_odds_is_the_base), PW_TEST(test_a_ratio_of_1_is_not_stored),
         PW_TEST(test_a_full_predictor_refuses_another_term), PW_TEST(test_masks_say_what_is_read),
         PW_TEST(test_scaled_odds_are_the_odds_times_the_ratio))
