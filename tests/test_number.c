/* test_number.c: what is written reads back to the same double; what people read has no noise in it. */
#include "harness.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/number.h"

static void test_shortest_form_is_what_a_person_would_write(void)
{
    char out[PW_NUMBER_ROOM];
    PW_ASSERT_TEXT(pw_number_shortest(0.1, out), "0.1");
    PW_ASSERT_TEXT(pw_number_shortest(2.385, out), "2.385");
    PW_ASSERT_TEXT(pw_number_shortest(-30.4375, out), "-30.4375");
    PW_ASSERT_TEXT(pw_number_shortest(1e22, out), "1e+22");
    PW_ASSERT_TEXT(pw_number_shortest(1000000, out), "1000000");
    PW_ASSERT_TEXT(pw_number_shortest(0.1 + 0.2, out), "0.30000000000000004");
    PW_ASSERT_TEXT(pw_number_shortest(1.0 / 3.0, out), "0.3333333333333333");
    PW_ASSERT_TEXT(pw_number_shortest(5e-324, out), "5e-324");
}

static void test_shortest_form_of_what_is_no_number(void)
{
    char out[PW_NUMBER_ROOM];
    PW_ASSERT_TEXT(pw_number_shortest((double)NAN, out), "");
    PW_ASSERT_TEXT(pw_number_shortest((double)INFINITY, out), "inf");
    PW_ASSERT_TEXT(pw_number_shortest(-(double)INFINITY, out), "-inf");
    PW_ASSERT_TEXT(pw_number_shortest(-0.0, out), "0");
}

/* Digits of a number's text, zeros at the ends not counted. */
static int significant_digits(const char *text)
{
    int n = 0, zeros = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9') continue;
        if (*text == '0') zeros += n > 0;
        else n += zeros + 1, zeros = 0;
    }
    return n;
}

/* 20,000 bit patterns by a fixed multiplicative walk: each reads back exactly, and with one digit less it would not. */
static void test_shortest_form_reads_back_and_no_shorter_one_does(void)
{
    uint64_t bits = UINT64_C(0x9E3779B97F4A7C15);
    int different = 0, too_long = 0;
    for (int i = 0; i < 20000; i++) {
        bits = bits * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        char out[PW_NUMBER_ROOM], shorter[400];
        pw_number_shortest(value, out);
        snprintf(shorter, sizeof shorter, "%.*g", significant_digits(out) - 1, value);
        different += strtod(out, NULL) != value;
        too_long += significant_digits(out) > 1 && strtod(shorter, NULL) == value;
    }
    CU_ASSERT_EQUAL(different, 0);
    CU_ASSERT_EQUAL(too_long, 0);
    char out[PW_NUMBER_ROOM];
    CU_ASSERT_EQUAL(strtod(pw_number_shortest(DBL_MAX, out), NULL), DBL_MAX);
    CU_ASSERT_EQUAL(strtod(pw_number_shortest(DBL_MIN, out), NULL), DBL_MIN);
}

static void test_whole_numbers_keep_all_their_digits(void)
{
    char out[PW_NUMBER_ROOM];
    PW_ASSERT_TEXT(pw_number_whole(0, out), "0");
    PW_ASSERT_TEXT(pw_number_whole(-1000, out), "-1,000");
    PW_ASSERT_TEXT(pw_number_whole(INT64_MAX, out), "9,223,372,036,854,775,807");
    PW_ASSERT_TEXT(pw_number_whole(INT64_MIN, out), "-9,223,372,036,854,775,808");
}

static void test_decimals_set_thousands_apart(void)
{
    char out[PW_NUMBER_ROOM];
    PW_ASSERT_TEXT(pw_number_decimals(1234567.891, 2, out), "1,234,567.89");
    PW_ASSERT_TEXT(pw_number_decimals(-123456, 0, out), "-123,456");
    PW_ASSERT_TEXT(pw_number_decimals(-1000, 1, out), "-1,000.0");
    PW_ASSERT_TEXT(pw_number_decimals(999, 0, out), "999");
    PW_ASSERT_TEXT(pw_number_decimals(-0.004, 2, out), "0.00");
    PW_ASSERT_TEXT(pw_number_decimals((double)NAN, 2, out), "-");
    PW_ASSERT_TEXT(pw_number_decimals(999999999999999.875, 9, out), "999,999,999,999,999.875000000");
    PW_ASSERT_TEXT(pw_number_decimals(-1e15, 2, out), "-1e+15");
}

static void test_significant_digits_never_use_an_exponent(void)
{
    char out[PW_NUMBER_ROOM];
    PW_ASSERT_TEXT(pw_number_significant(1234567, 3, out), "1,234,567");
    PW_ASSERT_TEXT(pw_number_significant(0.012345, 3, out), "0.0123");
    PW_ASSERT_TEXT(pw_number_significant(2, 3, out), "2.00");
    PW_ASSERT_TEXT(pw_number_significant(0.9996, 3, out), "1.00");
    PW_ASSERT_TEXT(pw_number_significant(-99.96, 3, out), "-100");
    PW_ASSERT_TEXT(pw_number_significant(0, 3, out), "0");
    PW_ASSERT_TEXT(pw_number_significant(-1e-12, 3, out), "0");
    PW_ASSERT_TEXT(pw_number_significant((double)INFINITY, 3, out), "inf");
}

static void test_rounding_to_12_digits_drops_the_last_bits_alone(void)
{
    CU_ASSERT_EQUAL(pw_number_round12(0.1 + 0.2), 0.3);
    CU_ASSERT_EQUAL(pw_number_round12(2.385), 2.385);
    CU_ASSERT_EQUAL(pw_number_round12(123456789012.4), 123456789012.0);
    CU_ASSERT_EQUAL(pw_number_round12(-1e-300), -1e-300);
    CU_ASSERT(isnan(pw_number_round12((double)NAN)));
}

static void test_only_whole_plain_numbers_are_read(void)
{
    double real = 7;
    int64_t integer = 7;
    CU_ASSERT(pw_number_read_real("2.385", &real));
    CU_ASSERT_EQUAL(real, 2.385);
    CU_ASSERT(pw_number_read_real("-1e-3", &real));
    CU_ASSERT_EQUAL(real, -1e-3);
    CU_ASSERT(pw_number_read_integer("-9223372036854775808", &integer));
    CU_ASSERT_EQUAL(integer, INT64_MIN);
    real = 7;
    integer = 7;
    static const char *const wrong[] = { "", " 1", "1 ", "12x", "1e400", "nan", "inf", "0x10", ".", "1e", "--5", "1,5", "-" };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CU_ASSERT(!pw_number_read_real(wrong[i], &real));
        CU_ASSERT(!pw_number_read_integer(wrong[i], &integer));
    }
    CU_ASSERT(!pw_number_read_integer("1.5", &integer));
    CU_ASSERT(!pw_number_read_integer("1e3", &integer));
    CU_ASSERT(!pw_number_read_integer("9223372036854775808", &integer));
    CU_ASSERT_EQUAL(real, 7);
    CU_ASSERT_EQUAL(integer, 7);
}

PW_TESTS(PW_TEST(test_shortest_form_is_what_a_person_would_write), PW_TEST(test_shortest_form_of_what_is_no_number),
         PW_TEST(test_shortest_form_reads_back_and_no_shorter_one_does), PW_TEST(test_decimals_set_thousands_apart),
         PW_TEST(test_whole_numbers_keep_all_their_digits),
         PW_TEST(test_significant_digits_never_use_an_exponent), PW_TEST(test_rounding_to_12_digits_drops_the_last_bits_alone),
         PW_TEST(test_only_whole_plain_numbers_are_read))
