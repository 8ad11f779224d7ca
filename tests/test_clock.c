/* Ticks, and the season's clock. */
#include "../model/world/clock.h"

#include <math.h>

#include "harness.h"
#include "model_maker.h"

static const double months[12] = { 9.4, 7.7, 7.8, 7.9, 8.2, 8.5, 9.3, 9.2, 8.1, 7.8, 7.6, 8.5 };

static void test_ticks_are_the_nearest_and_never_negative(void)
{
    CU_ASSERT_EQUAL(pw_ticks_from_days(1.0), PW_TICKS_PER_DAY);
    CU_ASSERT_EQUAL(pw_ticks_from_days(2.385), (pw_ticks_t)llround(2.385 * PW_TICKS_PER_DAY));
    CU_ASSERT_EQUAL(pw_ticks_from_days(0.0), 0);
    CU_ASSERT_EQUAL(pw_ticks_from_days(-3.0), 0);
    CU_ASSERT_EQUAL(pw_ticks_from_days(1e30), PW_TICKS_NEVER);
    CU_ASSERT_EQUAL(pw_ticks_from_days(INFINITY), PW_TICKS_NEVER);
    CU_ASSERT_EQUAL((double)PW_TICKS_PER_MONTH, PW_DAYS_PER_MONTH * PW_TICKS_PER_DAY);
    CU_ASSERT_EQUAL(pw_days_from_ticks(PW_TICKS_PER_MONTH), PW_DAYS_PER_MONTH);
}

static void test_season_days_and_ticks_are_inverse(void)
{
    pw_season_t season;
    pw_season_init(&season, months, 72 * PW_TICKS_PER_MONTH);
    mk_luck_t luck = { 3 };
    int64_t worst = 0;
    for (int k = 0; k < 100000; k++) {
        pw_ticks_t t = (pw_ticks_t)(mk_uniform(&luck) * 150.0 * 12.0 * (double)PW_TICKS_PER_MONTH);
        int64_t d = pw_season_ticks(&season, pw_season_days(&season, t)) - t;
        d = d < 0 ? -d : d;
        worst = d > worst ? d : worst;
    }
    CU_ASSERT(worst <= 1);
}

static void test_season_runs_through_a_year_in_a_year_and_in_shares_of_the_table(void)
{
    pw_season_t season;
    pw_season_init(&season, months, 12 * PW_TICKS_PER_MONTH);
    PW_ASSERT_NEAR(pw_season_days(&season, 12 * PW_TICKS_PER_MONTH), 365.25, 1e-10);
    for (int m = 0; m < 12; m++) {
        double passed = pw_season_days(&season, (m + 13) * PW_TICKS_PER_MONTH) - pw_season_days(&season, (m + 12) * PW_TICKS_PER_MONTH);
        PW_ASSERT_NEAR(passed, 365.25 * months[m] / 100.0, 1e-9);
    }
}

/* Day 0 is 1 January: after a warm-up of 5 months, tick 0 is 1 August. */
static void test_month_of_tick_0_is_counted_back_from_january(void)
{
    pw_season_t season;
    pw_season_init(&season, months, 5 * PW_TICKS_PER_MONTH);
    PW_ASSERT_NEAR(pw_season_days(&season, PW_TICKS_PER_MONTH), 365.25 * months[7] / 100.0, 1e-10);
    double january = pw_season_days(&season, 6 * PW_TICKS_PER_MONTH) - pw_season_days(&season, 5 * PW_TICKS_PER_MONTH);
    PW_ASSERT_NEAR(january, 365.25 * months[0] / 100.0, 1e-10);
}

/* The table of cells is a short cut: the month is the last that begins at or before the day, months of no length passed over. */
static void test_month_of_a_day_is_the_last_that_has_begun(void)
{
    mk_luck_t luck = { 7 };
    int wrong = 0, uneven = 0;
    for (int round = 0; round < 300; round++) {
        double weight[12];
        for (int m = 0; m < 12; m++)
            weight[m] = round % 3 == 0 ? months[m] : mk_uniform(&luck) < 0.2 * (round % 3) ? 0.0 : mk_uniform(&luck);
        weight[round % 12] = 1.0;
        static pw_season_t season;
        pw_season_init(&season, weight, 12 * PW_TICKS_PER_MONTH);
        uneven += !season.is_even;
        for (int k = 0; k < 2000; k++) {
            double begins = season.month[1 + mk_below(&luck, PW_SEASON_MONTHS - 24)].begins;
            double day = k % 2 ? mk_uniform(&luck) * season.tabled_days : nextafter(begins, k % 4 ? INFINITY : -INFINITY);
            day = k % 8 == 4 ? begins : day > 0.0 ? day : 0.0;
            int m = 0;
            while (m < PW_SEASON_MONTHS && season.month[m + 1].begins <= day)
                m++;
            wrong += pw_season_month(&season, day) != m;
        }
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(uneven > 0);
}

/* Before and after the end of the table, and by both ways before it: one clock. */
static void test_clock_runs_on_after_the_tabled_years(void)
{
    static pw_season_t season;
    mk_luck_t luck = { 11 };
    pw_season_init(&season, months, 12 * PW_TICKS_PER_MONTH);
    int wrong = 0;
    for (int k = 0; k < 20000; k++) {
        pw_ticks_t t = (pw_ticks_t)(mk_uniform(&luck) * PW_SEASON_MONTHS * (double)PW_TICKS_PER_MONTH);
        double day = pw_season_days(&season, t);
        wrong += day != pw_season_days_beyond(&season, t) || pw_season_ticks(&season, day) != pw_season_ticks_beyond(&season, day);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    pw_ticks_t end = PW_SEASON_MONTHS * PW_TICKS_PER_MONTH;
    PW_ASSERT_NEAR(pw_season_days(&season, end + PW_TICKS_PER_DAY) - pw_season_days(&season, end - PW_TICKS_PER_DAY), season.speed[11] + season.speed[0], 1e-9);
    CU_ASSERT_EQUAL(pw_season_ticks(&season, season.tabled_days), pw_season_ticks_beyond(&season, season.tabled_days));
    CU_ASSERT(pw_season_ticks(&season, season.tabled_days * 0.9999999) < pw_season_ticks(&season, season.tabled_days * 1.0000001));
}

static void test_months_without_incidents_are_passed_over(void)
{
    double by_month[12] = { 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0 };
    pw_season_t season;
    pw_season_init(&season, by_month, 0);
    double february_ends = pw_season_days(&season, 2 * PW_TICKS_PER_MONTH);
    CU_ASSERT_EQUAL(pw_season_days(&season, 3 * PW_TICKS_PER_MONTH), february_ends);
    CU_ASSERT_EQUAL(pw_season_ticks(&season, february_ends), 4 * PW_TICKS_PER_MONTH);
    CU_ASSERT(pw_season_ticks(&season, february_ends * 0.999) < 2 * PW_TICKS_PER_MONTH);
    CU_ASSERT(pw_season_ticks(&season, february_ends + 1.0) > 4 * PW_TICKS_PER_MONTH);
}

static void test_beyond_three_hundred_years_is_never(void)
{
    static pw_season_t season;
    pw_season_init(&season, months, 0);
    const volatile double far[] = { 301.0 * 365.25, INFINITY, NAN };
    for (int k = 0; k < 3; k++)
        CU_ASSERT_EQUAL(pw_season_ticks(&season, far[k]), PW_TICKS_NEVER);
}

PW_TESTS(PW_TEST(test_ticks_are_the_nearest_and_never_negative), PW_TEST(test_season_days_and_ticks_are_inverse),
         PW_TEST(test_season_runs_through_a_year_in_a_year_and_in_shares_of_the_table), PW_TEST(test_month_of_tick_0_is_counted_back_from_january),
         PW_TEST(test_months_without_incidents_are_passed_over), PW_TEST(test_month_of_a_day_is_the_last_that_has_begun),
         PW_TEST(test_clock_runs_on_after_the_tabled_years),
         PW_TEST(test_beyond_three_hundred_years_is_never))
