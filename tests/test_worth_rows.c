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
static const char begins[] = "supervised contact or not, by incidents per month at £5,000 each: on average the baseline does best; the chance that this is "
    "the wrong choice is 31 %. To know "
                             "everything first would on average gain £4,000 a year (£19,000 in all areas of the run over 5 years). Most worth knowing: "
                             "contact share (assumed), £2,500 a year "
                             "(£12,000 in all areas of the run over 5 years). ";

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
            "An audit of 200 police files, read for contact, would gain £2,100 a year (£9,800 in all areas of the run over 5 years), and leave a chance of "
            "22 % to choose wrongly: no study of that "
            "size settles the choice by itself.");
    audited("assumed,baseline,2100,1500,£ a year,0.5,0.03,0.02,9800,£,,1000,two groups\n",
            "A comparison of two groups of 1,000 families, with and without, followed for a year, of contact share would gain £2,100 a year (£9,800 in all "
            "areas of the run over 5 years), give or "
            "take £2,900 a year (perhaps nothing), and leave a chance of 3 % to choose wrongly: it would settle the choice.");
}

static void test_study_that_tells_nothing_is_not_recommended(void)
{
    audited("assumed,baseline,,,£ a year,,,,,,,200,none\n", "No study of 200 that fits these estimates would clearly gain anything by itself.");
}

static void test_worth_that_is_not_clear_says_how_unclear(void)
{
    PW_ASSERT_TEXT(said("harm,,5,a,everything,,,a,0.4,0.1,per 100 families,1,0.2,0.02,21,times,,,\n"
                        "harm,,5,a,estimate,effect,assumed,a,0.18,0.1,per 100 families,0.9,0.05,0.02,20,times,,,\n"),
                   "a or not, by harm: on average a does best; the chance that this is the wrong choice is 20 %. To know everything first would on average "
                   "gain 0.40 per 100 families (21 in "
                   "all areas of the run over 5 years). No single estimate is clearly worth knowing by itself; the first would be effect (assumed), 0.18 per "
                   "100 families (20 in all areas of "
                   "the run over 5 years), give or take 0.20 per 100 families.");
}

static void test_a_choice_that_is_settled_says_so(void)
{
    PW_ASSERT_TEXT(said("harm,,5,a,everything,,,a,0,0.01,days,,0,0,,,,,\n"),
                   "a or not, by harm: on average a does best; the chance that this is the wrong choice is 0 %. What is in the register settles it: nothing "
                   "that it leaves open would "
                   "change the choice.");
}

PW_TESTS(PW_TEST(test_study_that_is_worth_something_is_named), PW_TEST(test_study_that_tells_nothing_is_not_recommended),
         PW_TEST(test_worth_that_is_not_clear_says_how_unclear), PW_TEST(test_a_choice_that_is_settled_says_so))
