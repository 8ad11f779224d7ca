/* test_worth_rows.c: the words of a value of information. */
#include "harness.h"

#include <math.h>
#include <string.h>

#include "../model/report/worth_rows.h"

/* ---- words ---- */

static const char *said(const char *rows)
{
    static char text[4096];
    static const char header[] =
        "of,threshold,years,choice,what,name,grade,chosen,value,error,unit,share_of_all,wrong,wrong_error,scaled,scaled_unit,audit,size,study\n";
    char bytes[4096];
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    pw_text_t out = { 0 };
    snprintf(bytes, sizeof bytes, "%s%s", header, rows);
    CU_ASSERT_EQUAL_FATAL(pw_csv_parse(&table, "answers/value_of_information.csv", bytes, strlen(bytes), &findings), PW_OK);
    pw_worth_words.say(&table, 0, &out);
    snprintf(text, sizeof text, "%s", pw_text_get(&out));
    pw_text_free(&out);
    pw_csv_table_free(&table);
    return text;
}

static const char everything[] = "incidents_per_month,5000,5,supervised_contact,everything,,,baseline,4000,300,£ a year,1,0.31,0.02,18700,£,,,\n"
                                 "incidents_per_month,5000,5,supervised_contact,estimate,contact_share,assumed,baseline,2500,200,£ a "
                                 "year,0.6,0.2,0.02,11700,£,police files,,\n";
static const char begins[] = "supervised contact or not, at £5,000 for each incident averted in the area: on average the baseline does best; "
    "the chance that this is "
    "the wrong choice is 31 %. To know "
                             "everything first would on average gain £4,000 a year, give or take £590 (£19,000 over 5 years). Most worth knowing: "
                             "share of incidents at contact where contact is in dispute (assumed), £2,500 a year, give or take £390 "
                             "(£12,000 over 5 years). ";

static void audited(const char *sample, const char *ending)
{
    char rows[2048], text[2048];
    snprintf(rows, sizeof rows, "%sincidents_per_month,5000,5,supervised_contact,sample,contact_share,%s", everything, sample);
    snprintf(text, sizeof text, "%s%s", begins, ending);
    PW_ASSERT_TEXT(said(rows), text);
}

static void test_study_that_is_worth_something_is_named(void)
{
    audited("assumed,baseline,2100,200,£ a year,0.5,0.22,0.02,9800,£,\"police files, read for contact\",200,files\n",
            "An audit of 200 police files, read for contact, would gain £2,100 a year, give or take £390 (£9,800 over 5 years), "
            "and leave a chance of "
            "22 % to choose wrongly: no study of that "
            "size settles the choice by itself.");
    audited("assumed,baseline,2100,1000,£ a year,0.5,0.03,0.02,9800,£,,1000,two groups\n",
            "A comparison of 1,000 families with and 1,000 without, followed for a year, to learn the share of incidents at contact where "
            "contact is in dispute, "
            "would gain £2,100 a year, give or take £2,000 (£9,800 over 5 years), and leave a chance of 3 % to "
            "choose wrongly: it would "
            "settle the choice.");
}

static void test_study_that_tells_nothing_is_not_recommended(void)
{
    audited("assumed,baseline,,,£ a year,,,,,,,200,none\n", "No study of 200 that fits these estimates would clearly gain anything by itself.");
    /* 1.9 standard errors: were the rule for studies any milder than that for estimates, "perhaps nothing" would stand beside "would settle the choice" */
    audited("assumed,baseline,1900,1000,£ a year,0.5,0.03,0.02,9800,£,,200,two groups\n",
            "No study of 200 that fits these estimates would clearly gain anything by itself.");
}

static void test_worth_that_is_not_clear_says_how_unclear(void)
{
    PW_ASSERT_TEXT(said("harm,,5,a,everything,,,a,0.4,0.1,per 100 families,1,0.2,0.02,21,times,,,\n"
                        "harm,,5,a,estimate,effect,assumed,a,0.18,0.1,per 100 families,0.9,0.05,0.02,20,times,,,\n"),
                   "a or not, by harm: on average a does best; the chance that this is the wrong choice is 20 %. To know everything first would on average "
                   "gain 0.40 per 100 families, give or take 0.20 (21 in "
                   "all areas of the run over 5 years). No single estimate is clearly worth knowing by itself; the first would be effect (assumed), 0.18 per "
                   "100 families, give or take 0.20, which this run cannot tell from nothing (20 in all areas of the run over 5 years).");
}

/* One that is sure goes before one that looks worth more and may be worth nothing. */
static void test_what_is_sure_is_named_first(void)
{
    const char *text = said("harm,,5,a,everything,,,a,0.4,0.1,per 100 families,1,0.2,0.02,21,times,,,\n"
                            "harm,,5,a,estimate,faint,assumed,a,0.3,0.2,per 100 families,0.9,0.05,0.02,20,times,,,\n"
                            "harm,,5,a,estimate,sure,assumed,a,0.2,0.05,per 100 families,0.9,0.05,0.02,20,times,,,\n");
    CU_ASSERT(strstr(text, "Most worth knowing: sure (assumed), 0.20 per 100 families, give or take 0.10 (") != NULL);
    CU_ASSERT(strstr(text, "faint") == NULL);
}

static const char *closed(int replications)
{
    static char text[4096];
    char bytes[256];
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    pw_text_t out = { 0 };
    snprintf(bytes, sizeof bytes, "of,what,replications\nharm,everything,%d\n", replications);
    CU_ASSERT_EQUAL_FATAL(pw_csv_parse(&table, "answers/value_of_information.csv", bytes, strlen(bytes), &findings), PW_OK);
    pw_worth_words.close(&table, &out);
    snprintf(text, sizeof text, "%s", pw_text_get(&out));
    pw_text_free(&out);
    pw_csv_table_free(&table);
    return text;
}

/* Of one world a draw nobody knows how much is noise, so worth holds it as if it could be known. */
static void test_one_world_a_draw_is_said_to_count_as_ignorance(void)
{
    CU_ASSERT(strstr(closed(1), "With one world for each draw the noise of the simulation cannot be told from ignorance and counts as such") != NULL);
    CU_ASSERT(strstr(closed(2), "With one world") == NULL);
    CU_ASSERT(strstr(closed(2), "\"Give or take\" is half a 95 % interval") != NULL);
}

static void test_a_choice_that_is_settled_says_so(void)
{
    PW_ASSERT_TEXT(said("harm,,5,a,everything,,,a,0,0.01,days,,0,0,,,,,\n"),
                   "a or not, by harm: on average a does best; the chance that this is the wrong choice is less than 1 %. What is in the "
                   "register all but settles it: to know more first would gain next to nothing.");
}

PW_TESTS(PW_TEST(test_study_that_is_worth_something_is_named), PW_TEST(test_study_that_tells_nothing_is_not_recommended),
         PW_TEST(test_worth_that_is_not_clear_says_how_unclear), PW_TEST(test_a_choice_that_is_settled_says_so),
         PW_TEST(test_what_is_sure_is_named_first), PW_TEST(test_one_world_a_draw_is_said_to_count_as_ignorance))
