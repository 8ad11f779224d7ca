/* test_shares_rows.c: the sentence about what a difference rests on. */
#include "harness.h"

#include <math.h>

#include <string.h>

#include "../model/report/ground.h"
#include "../model/report/shares_rows.h"

static const char *said(const char *rows, int row)
{
    static char text[2048];
    static const char header[] = "measure,scenario,what,name,grade,share,error,spread,noise,draws\n";
    char bytes[2048];
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    pw_text_t out = { 0 };
    snprintf(bytes, sizeof bytes, "%s%s", header, rows);
    CU_ASSERT_EQUAL_FATAL(pw_csv_parse(&table, "answers/evidence_shares.csv", bytes, strlen(bytes), &findings), PW_OK);
    pw_shares_words.say(&table, row, &out);
    snprintf(text, sizeof text, "%s", pw_text_get(&out));
    pw_text_free(&out);
    pw_csv_table_free(&table);
    return text;
}

static const char rows[] = "harm,early_help,grade,measured,,0,0,1,0.1,250\nharm,early_help,grade,published,,0,0,1,0.1,250\n"
    "harm,early_help,grade,derived,,0.213,0.02,1,0.1,250\n"
                           "harm,early_help,grade,assumed,,0.62,0.025,1,0.1,250\nharm,early_help,estimate,early_help_effect,assumed,0.41,0.02,1,0.1,250\n"
                           "harm,early_help,estimate,x_share,derived,0.2,0.02,1,0.1,250\nharm,early_help,together,,,0.167,0.03,1,0.1,250\n"
                           "other,early_help,grade,assumed,,-0.01,0.02,1,0.1,250\n";

static void test_the_sentence_says_grades_estimates_and_what_is_left(void)
{
    PW_ASSERT_TEXT(said(rows, 3), "early help, harm: 62 % (give or take 5) of the spread in this number comes from numbers that were only assumed, 21 % "
                   "from numbers derived from "
                                  "published ones or from words. What moves it most: effect of early help on incidents (assumed, 41 %), share of x "
                                  "(derived, 20 %). 17 % shows "
                                  "only where numbers of several grades meet, or in no curve "
                                  "that so many draws can show.");
}

static void test_it_is_said_once(void)
{
    for (int r = 0; r < 7; r++)
        if (r != 3)
            PW_ASSERT_TEXT(said(rows, r), "");
}

static void test_shares_below_nothing_are_nothing(void)
{
    PW_ASSERT_TEXT(said(rows, 7), "early help, other: 0 % (give or take 4) of the spread in this number comes from numbers that were only assumed.");
}

/* 43 points either way is no answer, and is not put as one. */
static void test_a_share_that_is_hardly_known_is_not_told(void)
{
    PW_ASSERT_TEXT(said("harm,a,grade,derived,,0.2,0.2,1,0.1,250\nharm,a,grade,assumed,,0.27,0.22,1,0.1,250\n", 1),
                   "a, harm: how much of the spread in this number comes from numbers that were only assumed, this run cannot tell "
                   "(27 %, give or take 43).");
}

static void test_noise_alone_rests_on_nothing_that_can_be_told(void)
{
    PW_ASSERT_TEXT(said("harm,a,none,,,,,,,250\n", 0),
                   "a, harm: the draws do not differ by more than the noise of the simulation, so this run cannot tell what the difference rests on.");
}

static const char *closed(const char *rows_)
{
    static char text[2048];
    char bytes[1024];
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    pw_text_t out = { 0 };
    snprintf(bytes, sizeof bytes, "measure,scenario,what,name,grade,share,error,spread,noise,draws\n%s", rows_);
    CU_ASSERT_EQUAL_FATAL(pw_csv_parse(&table, "answers/evidence_shares.csv", bytes, strlen(bytes), &findings), PW_OK);
    pw_shares_words.close(&table, &out);
    snprintf(text, sizeof text, "%s", pw_text_get(&out));
    pw_text_free(&out);
    pw_csv_table_free(&table);
    return text;
}

static void test_few_draws_and_one_world_are_said_to_tell_less(void)
{
    const char *few = "With 99 draws, fewer than 100, a number that has nothing to do with it can stand among those named by chance.";
    const char *one = "With one world for each draw the noise of the simulation is in the spread";
    CU_ASSERT(strstr(closed("harm,a,grade,assumed,,0.6,0.02,1,0.1,99\n"), few) != NULL);
    CU_ASSERT(strstr(closed("harm,a,grade,assumed,,0.6,0.02,1,0.1,100\n"), "fewer than") == NULL);
    CU_ASSERT(strstr(closed("harm,a,grade,assumed,,0.6,0.02,1,,100\n"), one) != NULL);
    CU_ASSERT(strstr(closed("harm,a,none,,,,,,,100\nharm,b,grade,assumed,,0.6,0.02,1,0.1,100\n"), one) == NULL);
}

/* Twenty sets, each drawn three times, with prices drawn anew each time and an input held fixed. Catches shares told of the same few points again and again:
 * with 30 sets among 250 draws, inputs without any effect were given over half of the spread. */
static void test_draws_of_few_sets_tell_nothing(void)
{
    enum { N = 60, P = 5 };
    static double x[P][N], y[N];
    const double *column[P];
    pw_findings_t findings = { 0 };
    pw_account_t account = { .folder = "run" };
    pw_share_t input[P], of_group[PW_GROUND_GROUPS];
    double spread;
    int used;
    for (int j = 0; j < P; j++) {
        column[j] = x[j];
        for (int i = 0; i < N; i++)
            x[j][i] = j < 3 ? (i % 20) * (j + 1.0) : j == 3 ? i : 7.0;
    }
    CU_ASSERT_EQUAL(pw_ground_different(column, P, N), 20);
    CU_ASSERT_EQUAL(pw_ground_different(column + 3, 2, N), N);
    CU_ASSERT_EQUAL(pw_ground_different(column + 4, 1, N), N);
    pw_ground_t ground = { .account = &account, .n = N, .p = P, .different = 20 };
    CU_ASSERT_EQUAL(pw_ground_shares(&ground, y, 0.0, input, of_group, &spread, &used), PW_ERROR_NUMBER);
    CU_ASSERT_TRUE(pw_ground_too_alike(&ground, &findings));
    CU_ASSERT_EQUAL(findings.n, 1);
    ground.different = 30;
    CU_ASSERT_FALSE(pw_ground_too_alike(&ground, &findings));
    pw_findings_free(&findings);
}

/* Sentences and the page's table ask the same: half a 95 % interval of 25 points is none. */
static void test_share_with_a_wide_interval_is_not_known(void)
{
    CU_ASSERT(pw_share_is_known(0.0));
    CU_ASSERT(pw_share_is_known(0.127));
    CU_ASSERT(!pw_share_is_known(0.128));
    CU_ASSERT(!pw_share_is_known(NAN));
}

PW_TESTS(PW_TEST(test_share_with_a_wide_interval_is_not_known),
         PW_TEST(test_draws_of_few_sets_tell_nothing), PW_TEST(test_the_sentence_says_grades_estimates_and_what_is_left), PW_TEST(test_it_is_said_once),
         PW_TEST(test_a_share_that_is_hardly_known_is_not_told),
         PW_TEST(test_shares_below_nothing_are_nothing), PW_TEST(test_noise_alone_rests_on_nothing_that_can_be_told),
         PW_TEST(test_few_draws_and_one_world_are_said_to_tell_less))
