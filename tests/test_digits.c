/* The one rule of digits. */
#include <math.h>
#include <string.h>

#include "../model/report/digits.h"
#include "harness.h"

static void expect(pw_text_t *made, const char *text)
{
    PW_ASSERT_TEXT(pw_text_get(made), text);
    pw_text_free(made);
}

static void expect_interval(double mean, double low, double high, enum pw_digits_of of, const char *text)
{
    pw_text_t out = { 0 };
    pw_put_interval_cell(mean, low, high, of, &out);
    expect(&out, text);
}

static void expect_cell(double value, enum pw_digits_of of, const char *text)
{
    pw_text_t out = { 0 };
    pw_put_number_cell(value, of, &out);
    expect(&out, text);
}

static void expect_words(double value, int significant, enum pw_digits_of of, const char *text)
{
    pw_text_t out = { 0 };
    pw_put_number(value, significant, of, &out);
    expect(&out, text);
}

static void expect_change(double change, double margin, enum pw_digits_of of, bool plus, const char *text)
{
    pw_text_t out = { 0 };
    pw_put_change(change, margin, of, plus, &out);
    expect(&out, text);
}

static void test_intervals_show_the_digits_that_they_bear_out(void)
{
    expect_interval(-12.34, -20.12, -4.21, PW_OF_RESULT, "-12 (-20, -4)");
    expect_interval(-1.234, -4.56, 0.78, PW_OF_RESULT, "-1.2 (-4.6, 0.8)");
    expect_interval(-0.1234, -0.456, 0.078, PW_OF_RESULT, "-0.12 (-0.46, 0.08)");
    expect_interval(-0.003, -0.012, 0.006, PW_OF_RESULT, "0.00 (-0.01, 0.01)");
    expect_interval(-2865.0, -4792.0, -1013.0, PW_OF_POUNDS, "-2.9k (-4.8k, -1.0k)");
    expect_interval(213456.0, 154321.0, 305111.0, PW_OF_POUNDS, "213k (154k, 305k)");
    expect_interval(400.0, -116021.0, 332999.0, PW_OF_POUNDS, "0 (-116k, 333k)");
    expect_interval(1.23e6, 1.1e6, 1.4e6, PW_OF_RESULT, "1.2m (1.1m, 1.4m)");
    expect_interval(-1.234, -4.56, 0.78, PW_OF_POUNDS, "-1 (-5, 1)");      /* no pence */
}

static void test_what_is_too_near_to_0_to_show_is_no_row_of_noughts(void)
{
    expect_interval(0.00012, -0.00004, 0.0003, PW_OF_RESULT, "<0.01");
    expect_interval(0.12, -0.04, 0.3, PW_OF_POUNDS, "<1");
    expect_cell(0.00062, PW_OF_RESULT, "<0.01");
    expect_cell(-0.00062, PW_OF_RESULT, ">-0.01");
    expect_cell(0.0, PW_OF_RESULT, "0");
    expect_words(0.00062, PW_DIGITS_ALONE, PW_OF_RESULT, "less than 0.01");
    expect_words(-0.00062, PW_DIGITS_ALONE, PW_OF_RESULT, "less than 0.01 below 0");
    expect_words(0.31, PW_DIGITS_ALONE, PW_OF_POUNDS, "less than £1");
    expect_words(0.0, PW_DIGITS_ALONE, PW_OF_POUNDS, "£0");
}

static void test_numbers_by_themselves_have_three_digits(void)
{
    expect_cell(154.2, PW_OF_RESULT, "154");
    expect_cell(48.23, PW_OF_RESULT, "48.2");
    expect_cell(0.9934, PW_OF_RESULT, "0.99");
    expect_cell(2093.4, PW_OF_RESULT, "2,093");
    expect_cell(12345.0, PW_OF_RESULT, "12.3k");
    expect_cell(2998765.0, PW_OF_POUNDS, "3.00m");
    expect_cell(41.23, PW_OF_POUNDS, "41");
    expect_cell(NAN, PW_OF_RESULT, "-");
}

static void test_sentences_write_numbers_out_with_the_same_digits(void)
{
    expect_words(41.23, PW_DIGITS_ALONE, PW_OF_RESULT, "41.2");
    expect_words(-41.23, PW_DIGITS_ALONE, PW_OF_POUNDS, "-£41");
    expect_words(2093.4, PW_DIGITS_ALONE, PW_OF_POUNDS, "£2,093");
    expect_words(206345.0, PW_DIGITS_ALONE, PW_OF_POUNDS, "£206,000");
    expect_words(206345.0, PW_DIGITS_ROUGH, PW_OF_POUNDS, "£210,000");
    expect_words(48123.0, PW_DIGITS_ROUGH, PW_OF_POUNDS, "£48,000");
    expect_words(12345.0, PW_DIGITS_ALONE, PW_OF_RESULT, "12,300");
    expect_words(2714000.0, PW_DIGITS_ALONE, PW_OF_POUNDS, "£2.71 million");
    expect_words(NAN, PW_DIGITS_ALONE, PW_OF_POUNDS, "-");
    expect_words(0.00349, PW_DIGITS_ALONE, PW_OF_INPUT, "0.00349");      /* what goes in may be small by its unit */
    expect_words(0.67, PW_DIGITS_ALONE, PW_OF_INPUT, "0.670");
}

static void test_changes_have_the_digits_of_their_margin(void)
{
    expect_change(-0.3123, 0.0812, PW_OF_RESULT, true, "-0.31 (±0.08)");
    expect_change(0.3123, 0.0812, PW_OF_RESULT, true, "+0.31 (±0.08)");
    expect_change(0.3123, 0.0812, PW_OF_RESULT, false, "0.31 (±0.08)");
    expect_change(-4211.0, 312.0, PW_OF_POUNDS, true, "-£4,211 (±£312)");
    expect_change(-48123.0, 2345.0, PW_OF_POUNDS, true, "-£48,100 (±£2,300)");
    expect_change(1090.0, 0.0, PW_OF_POUNDS, true, "+£1,090 (±£0)");
    expect_change(0.00021, 0.00008, PW_OF_RESULT, true, "less than 0.01 either way");
    expect_change(0.0042, 0.0041, PW_OF_RESULT, true, "less than 0.01 either way");      /* not "0.00 (±0.00)" */
    expect_change(0.00021, 0.08, PW_OF_RESULT, true, "0.00 (±0.08)");
}

static void test_shares_are_whole_per_cents_and_never_quite_all_or_nothing(void)
{
    static const struct { double share; const char *text; } expected[] = {
        { 0.0, "0 %" }, { 0.004, "less than 1 %" }, { 0.0051, "1 %" }, { 0.416, "42 %" }, { 0.994, "99 %" }, { 0.9951, "more than 99 %" }, { 1.0, "100 %" },
        { -0.02, "0 %" }, { 1.02, "100 %" }, { NAN, "-" },
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        pw_text_t out = { 0 };
        pw_put_share(expected[i].share, &out);
        expect(&out, expected[i].text);
    }
}

static void test_what_was_counted_or_chosen_is_written_as_it_is(void)
{
    pw_text_t out = { 0 };
    pw_put_exact(12345.0, PW_OF_POUNDS, &out);
    pw_text_append(&out, " ");
    pw_put_exact(-1234567.0, PW_OF_RESULT, &out);
    pw_text_append(&out, " ");
    pw_put_exact(0.35, PW_OF_INPUT, &out);
    expect(&out, "£12,345 -1,234,567 0.35");
}

PW_TESTS(PW_TEST(test_intervals_show_the_digits_that_they_bear_out), PW_TEST(test_what_is_too_near_to_0_to_show_is_no_row_of_noughts),
         PW_TEST(test_numbers_by_themselves_have_three_digits), PW_TEST(test_sentences_write_numbers_out_with_the_same_digits),
         PW_TEST(test_changes_have_the_digits_of_their_margin), PW_TEST(test_shares_are_whole_per_cents_and_never_quite_all_or_nothing),
         PW_TEST(test_what_was_counted_or_chosen_is_written_as_it_is))
