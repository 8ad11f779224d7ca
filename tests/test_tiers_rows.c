/* test_tiers_rows.c: tiers of a relation known by eye, and the words of each verdict. */
#include "harness.h"

#include <string.h>

#include "../model/report/tiers_rows.h"

enum { N = 5 };
static bool beats[N * N];
static int tier[N];

static void clear(void) { memset(beats, 0, sizeof beats); }
static void beat(int a, int b) { beats[a * N + b] = true; }

static void tiers_are(const int *expected)
{
    pw_tiers_rank(beats, N, tier);
    for (int i = 0; i < N; i++)
        CU_ASSERT_EQUAL(tier[i], expected[i]);
}

static void test_policies_that_nothing_beats_share_the_first_tier(void)
{
    clear();
    tiers_are((const int[]){ 1, 1, 1, 1, 1 });
}

static void test_a_chain_has_a_tier_for_each(void)
{
    clear();
    for (int a = 0; a < N; a++)
        for (int b = a + 1; b < N; b++)
            beat(b, a);
    tiers_are((const int[]){ 5, 4, 3, 2, 1 });
}

/* 3 beats 0, 0 beats 1, but 3 and 1 cannot be told apart: 1 is still below what is below the first. */
static void test_a_gap_in_the_relation_does_not_lift_anybody(void)
{
    clear();
    beat(3, 0);
    beat(0, 1);
    tiers_are((const int[]){ 2, 3, 1, 1, 1 });
}

/* Whatever the others are: every relation in which 1 and 4 are beaten by the same puts them into one tier. All 2^12 relations of three others on both. */
static void test_policies_beaten_by_the_same_share_a_tier_always(void)
{
    static const int other[3] = { 0, 2, 3 };
    for (int code = 0; code < 1 << 12; code++) {
        clear();
        for (int k = 0; k < 3; k++) {
            int wins = code >> (2 * k) & 3;      /* the other beats both; both beat it; neither */
            if (wins == 1)
                beat(other[k], 1), beat(other[k], 4);
            if (wins == 2)
                beat(1, other[k]), beat(4, other[k]);
        }
        if (code >> 6 & 1)
            beat(0, 2);
        if (code >> 7 & 1)
            beat(2, 3);
        if (code >> 8 & 1)
            beat(0, 3);
        pw_tiers_rank(beats, N, tier);
        CU_ASSERT_EQUAL(tier[1], tier[4]);
    }
}

static void test_a_circle_ends_in_one_tier(void)
{
    clear();
    beat(0, 1);
    beat(1, 2);
    beat(2, 0);
    tiers_are((const int[]){ 2, 2, 2, 1, 1 });
}

/* ---- words ---- */

static const char *said(const char *rows, int row)
{
    static char text[2048];
    static const char header[] =
        "measure,what,scenario,other,tier,verdict,mean,mc_se,low95,high95,better,times_worlds,replications,minutes,estimates,switches\n";
    char bytes[2048];
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    pw_text_t out = { 0 };
    snprintf(bytes, sizeof bytes, "%s%s", header, rows);
    CU_ASSERT_EQUAL_FATAL(pw_csv_parse(&table, "answers/tiers.csv", bytes, strlen(bytes), &findings), PW_OK);
    pw_tiers_words.say(&table, row, &out);
    snprintf(text, sizeof text, "%s", pw_text_get(&out));
    pw_text_free(&out);
    pw_csv_table_free(&table);
    return text;
}

static void test_tiers_are_said_once_and_together(void)
{
    static const char rows[] = "harm,tier,no_letters,,1,,-2,0.1,-3,-1,0.99,,,,,\nharm,tier,baseline,,2,,0,0,,,,,,,,\n"
        "harm,tier,early_help,,2,,0.1,0.1,-1,1,0.5,,,,,\n";
    PW_ASSERT_TEXT(said(rows, 0), "harm: tier 1: no letters; tier 2: the baseline, early help. Within a tier this run cannot tell which is better; a later "
                   "tier is clearly worse than something in the one "
                   "before it, not always than all.");
    PW_ASSERT_TEXT(said(rows, 1), "");
    static const char one[] = "harm,tier,no_letters,,1,,-2,0.1,-3,-1,0.9,,,,,\nharm,tier,baseline,,1,,0,0,,,,,,,,\n";
    PW_ASSERT_TEXT(said(one, 0), "harm: this run cannot tell apart no letters and the baseline.");
    PW_ASSERT_TEXT(said(one, 1), "");
}

/* More than five names are no sentence: they are counted. */
static void test_many_that_are_alike_are_counted(void)
{
    char rows[512] = "";
    for (char name = 'a'; name <= 'f'; name++)
        snprintf(rows + strlen(rows), sizeof rows - strlen(rows), "incidents_with_child_present,tier,%c,,1,,-2,0.1,-3,-1,0.9,,,,,\n", name);
    PW_ASSERT_TEXT(said(rows, 0), "incidents with a child present: this run can tell none of the 5 policies from the baseline or from each other.");
}

static void test_every_verdict_has_its_reason(void)
{
    PW_ASSERT_TEXT(said("harm,pair,a,b,,better,-2,0.1,-3,-1,0.99,,,,,\n", 0), "");
    PW_ASSERT_TEXT(said("harm,pair,a,b,,same,0,0,0,0,0.5,,,,,\n", 0), "a against b, harm: the same in every world.");
    PW_ASSERT_TEXT(said("harm,pair,a,b,,worlds,-1,1,,,0.6,3.84,16,4.2,,\n", 0),
                   "a against b, harm: their difference is no larger than the noise of the simulation; about 3.8 times as many worlds (--replications 16, some "
                   "4.2 minutes) would tell, if "
                   "it is what it looks like.");
    PW_ASSERT_TEXT(said("harm,pair,a,b,,worlds,-0.001,1,,,0.6,,,,,\n", 0),
                   "a against b, harm: in this run they differ by less than the noise of the simulation, and not even a thousand times as many worlds would "
                   "tell them apart: take them as "
                   "alike.");
    PW_ASSERT_TEXT(said("harm,pair,a,b,,evidence,-1,0.1,-3,1,0.8,,,,\"contact_effect (assumed, 54 %)\",\n", 0),
                   "a against b, harm: cannot tell for want of evidence, and more worlds would not help: better in 80 % of draws. It hangs most on effect "
                   "of supervised contact on incidents at contact (assumed, 54 %).");
    PW_ASSERT_TEXT(said("harm,pair,a,b,,better,-2,0.1,-3,-1,0.99,,,,,\"slow_down (worse)\"\n", 0),
                   "a against b, harm: better. It hangs on how the model is built, too: otherwise with slow-down under load (worse).");
    PW_ASSERT_TEXT(said("harm,pair,a,b,,better,-2,0.1,-3,-1,0.99,,,,,none\n", 0), "");
    PW_ASSERT_TEXT(said("harm,pair,a,baseline,,evidence,-1,0.1,-3,1,0.8,,,,\"contact_effect (assumed, 54 %)\",not looked at: pathways "
                        "switches a.cfg --out FOLDER\n", 0),
                   "a against the baseline, harm: cannot tell for want of evidence, and more worlds would not help: better in 80 % of draws. It hangs most on "
                   "effect of supervised contact on incidents at contact (assumed, 54 %).");
    PW_ASSERT_TEXT(said("harm,pair,a,b,,one world,-1,,-3,1,0.8,,,,,\n", 0),
                   "a against b, harm: cannot tell, nor why: with one world for each draw, noise and want of evidence look alike; run again with "
                   "--replications 2 or more.");
}

/* Mean and noise alike, 1: an interval of -20 to 22 holds 0 however the mean is moved by 1.96; one of -1 to 3 need not. Catches a promise that more worlds
 * would tell where it is evidence that is wanting. */
static void test_noise_is_blamed_only_where_less_of_it_could_tell(void)
{
    const pw_tiers_pair_t wide = { 1.0, 1.0, -20.0, 22.0, 0.5, false, true }, narrow = { 1.0, 1.0, -1.0, 3.0, 0.6, false, true },
        lost = { 1.0, 1.0, NAN, NAN, 0.6, false, true },
                          sure = { 3.0, 1.0, -1.0, 7.0, 0.8, false, true };
    PW_ASSERT_TEXT(pw_tiers_verdict(&wide, 1), "evidence");
    PW_ASSERT_TEXT(pw_tiers_verdict(&narrow, 1), "worlds");
    PW_ASSERT_TEXT(pw_tiers_verdict(&lost, 1), "worlds");
    PW_ASSERT_TEXT(pw_tiers_verdict(&sure, 1), "evidence");
}

/* Said once for all, with one command for all; not again where somebody has looked. */
static void test_what_nobody_has_looked_at_is_said_once(void)
{
    static const char header[] = "measure,what,scenario,other,verdict,switches\n", begins[] = "Two are told apart where the 95 % interval of their difference "
                                                                                            "over the draws leaves out 0. All of this is of the model as the "
                                                                                            "files build it.";
    static const struct { const char *rows, *ends; } of[] = {
        { "harm,pair,a,baseline,evidence,not looked at: pathways switches s/a.cfg --out FOLDER\n"
          "harm,pair,b,baseline,worse,not looked at: pathways switches s/b.cfg --out FOLDER\nharm,pair,a,b,same,\n"
          "cost,pair,a,baseline,evidence,not looked at: pathways switches s/a.cfg --out FOLDER\n",
          " Nobody has looked yet whether it hangs on how the model is built: pathways switches s/a.cfg s/b.cfg --out FOLDER." },
        { "harm,pair,a,baseline,evidence,none\nharm,pair,a,b,same,\n", "" },
    };
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        char bytes[1024], expected[1024];
        pw_csv_table_t table = { 0 };
        pw_findings_t findings = { 0 };
        pw_text_t out = { 0 };
        snprintf(bytes, sizeof bytes, "%s%s", header, of[i].rows);
        snprintf(expected, sizeof expected, "%s%s", begins, of[i].ends);
        CU_ASSERT_EQUAL_FATAL(pw_csv_parse(&table, "answers/tiers.csv", bytes, strlen(bytes), &findings), PW_OK);
        pw_tiers_words.close(&table, &out);
        PW_ASSERT_TEXT(pw_text_get(&out), expected);
        pw_text_free(&out);
        pw_csv_table_free(&table);
    }
}

PW_TESTS(PW_TEST(test_what_nobody_has_looked_at_is_said_once), PW_TEST(test_noise_is_blamed_only_where_less_of_it_could_tell),
         PW_TEST(test_policies_that_nothing_beats_share_the_first_tier), PW_TEST(test_a_chain_has_a_tier_for_each),
         PW_TEST(test_a_gap_in_the_relation_does_not_lift_anybody), PW_TEST(test_policies_beaten_by_the_same_share_a_tier_always),
         PW_TEST(test_a_circle_ends_in_one_tier), PW_TEST(test_tiers_are_said_once_and_together), PW_TEST(test_every_verdict_has_its_reason),
         PW_TEST(test_many_that_are_alike_are_counted))
