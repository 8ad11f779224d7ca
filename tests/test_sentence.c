/* Numbers in sentences. */
#include <math.h>
#include <string.h>

#include "../model/report/sentence.h"
#include "harness.h"

/* A difference of 100 draws of 4 worlds. */
static pw_summary_t difference(double mean, double mc_se, double low, double high)
{
    return (pw_summary_t){ .mean = mean, .mc_se = mc_se, .low95 = low, .high95 = high, .draws = 100, .replications = 4, .p05 = NAN, .p50 = NAN, .p95 = NAN,
                           .better = NAN, .spread = isnan(low) ? PW_SPREAD_NOISE : PW_SPREAD_DRAWS };
}

static void expect_difference(pw_summary_t d, const char *unit, const char *text)
{
    pw_text_t out = { 0 };
    pw_say_difference(&d, unit, &out);
    PW_ASSERT_TEXT(pw_text_get(&out), text);
    pw_text_free(&out);
}

static void test_differences_are_said_with_their_interval(void)
{
    expect_difference(difference(-1.234, 0.1, -6.81, 3.33), "per 100 families", "-1.2 (95 % interval -6.8 to 3.3)");
    expect_difference(difference(206345.0, 1000.0, 116021.0, 332999.0), "£ a year", "£206,000 (95 % interval £116,000 to £333,000)");
    expect_difference(difference(-43.2, 1.0, -91.0, -8.0), "£ per family", "-£43 (95 % interval -£91 to -£8)");
    expect_difference(difference(0.012, 0.05, NAN, NAN), "per 100 families", "0.01 (95 % Monte Carlo interval -0.09 to 0.11)");
    expect_difference(difference(-0.001, 0.001, -0.003, 0.002), "days", "less than 0.01 either way");
    expect_difference(difference(0.0, 0.0, 0.0, 0.0), "days", "0");
    expect_difference(difference(NAN, NAN, NAN, NAN), "days", "no value");
}

static void test_changes_have_a_direction_in_words_and_no_sign(void)
{
    pw_summary_t fall = difference(-3.12, 0.1, -5.04, -1.21), rise = difference(3.12, 0.1, 1.21, 5.04);
    pw_text_t out = { 0 };
    pw_say_change(&fall, "", "fewer", "more", &out);
    pw_text_append(&out, "; ");
    pw_say_change(&rise, "", "fewer", "more", &out);
    PW_ASSERT_TEXT(pw_text_get(&out), "3.1 fewer (95 % interval 1.2 to 5.0); 3.1 more (95 % interval 1.2 to 5.0)");
    pw_text_clear(&out);
    const pw_summary_t noise = difference(3.12, 0.1, NAN, NAN);      /* the draws differ by no more than noise: the interval is of noise, and says so */
    pw_say_change(&noise, "", "", "", &out);
    PW_ASSERT_TEXT(pw_text_get(&out), "3.1 (95 % Monte Carlo interval 2.9 to 3.3)");
    pw_text_clear(&out);
    pw_say_number(0.0, "£", &out);
    PW_ASSERT_TEXT(pw_text_get(&out), "£0");
    pw_text_free(&out);
}

static void test_cells_carry_the_marks_of_the_printed_table(void)
{
    pw_summary_t unclear = difference(-1.2, 0.1, -6.8, 3.3), clear = difference(-3.1, 0.1, -5.0, -1.2), noise = difference(0.01, 0.05, NAN, NAN);
    pw_text_t out = { 0 };
    pw_say_cell(&unclear, "days", &out);
    pw_text_append(&out, "; ");
    pw_say_cell(&clear, "days", &out);
    pw_text_append(&out, "; ");
    pw_say_cell(&noise, "days", &out);
    pw_text_append(&out, "; ");
    const pw_summary_t tiny = difference(0.0001, 0.0002, NAN, NAN);      /* not "0.00 (0.00, 0.00) ? ~" */
    pw_say_cell(&tiny, "days", &out);
    PW_ASSERT_TEXT(pw_text_get(&out), "-1.2 (-6.8,\u00a03.3)\u00a0?; -3.1 (-5.0,\u00a0-1.2); 0.01 (-0.09,\u00a00.11)\u00a0?\u00a0~; <0.01");
    pw_text_free(&out);
}

static void test_each_likelihood_word_begins_at_its_probability(void)
{
    static const struct { double p; const char *word; } expected[] = {
        { 1.0, "virtually certain" }, { 0.99, "virtually certain" }, { 0.9899, "extremely likely" }, { 0.95, "extremely likely" }, { 0.9499, "very likely" },
        { 0.90, "very likely" }, { 0.8999, "likely" }, { 0.66, "likely" }, { 0.6599, "about as likely as not" }, { 0.33, "about as likely as not" },
        { 0.3299, "unlikely" }, { 0.10, "unlikely" }, { 0.0999, "very unlikely" }, { 0.0499, "extremely unlikely" }, { 0.0099, "exceptionally unlikely" },
        { 0.0, "exceptionally unlikely" },
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        PW_ASSERT_TEXT(pw_likelihood(expected[i].p), expected[i].word);
    PW_ASSERT_TEXT(pw_likelihood(NAN), "");
}

static void test_single_numbers_and_words(void)
{
    pw_text_t out = { 0 };
    pw_say_number(2714000.0, "£ a year", &out);
    pw_text_append(&out, " ");
    pw_say_number(-41.23, "£ per family", &out);
    pw_text_append(&out, " ");
    pw_say_number(NAN, "£", &out);
    pw_text_append(&out, " ");
    pw_say_number_cell(2714000.0, "£ a year", &out);
    PW_ASSERT_TEXT(pw_text_get(&out), "£2.71 million -£41 - 2.71m");
    CU_ASSERT_EQUAL(pw_count_words(pw_text_get(&out)), 5);
    CU_ASSERT_EQUAL(pw_count_words("  "), 0);
    pw_text_free(&out);
}

PW_TESTS(PW_TEST(test_differences_are_said_with_their_interval), PW_TEST(test_changes_have_a_direction_in_words_and_no_sign),
         PW_TEST(test_cells_carry_the_marks_of_the_printed_table), PW_TEST(test_each_likelihood_word_begins_at_its_probability),
         PW_TEST(test_single_numbers_and_words))
