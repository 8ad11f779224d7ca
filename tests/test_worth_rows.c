/* test_worth_rows.c: what a count resolves of an estimate, by conjugate priors, and the words of a value of information. */
#include "harness.h"

#include <math.h>
#include <string.h>

#include "../model/report/worth_rows.h"

enum { N = 4000 };
static double drawn[N];

/* Values at equal steps of probability have the distribution's mean and variance; here a two-point stand-in with the same two moments. */
static void two_points(double mean, double sd)
{
    for (int i = 0; i < N; i++)
        drawn[i] = mean + (i % 2 ? sd : -sd) * sqrt((double)(N - 1) / N);
}

/* A beta of 8 and 12 counts as 20 things seen: mean 0.4, variance 0.24 / 21. Of 200 more, 200 / 220 of the variance goes. */
static void test_a_count_resolves_a_percent_as_its_beta_says(void)
{
    two_points(40.0, 100.0 * sqrt(0.24 / 21.0));
    PW_ASSERT_NEAR(pw_worth_sample_ratio("percent", drawn, N, 200.0), 200.0 / 220.0, 1e-9);
    PW_ASSERT_NEAR(pw_worth_sample_ratio("percent", drawn, N, 20.0), 0.5, 1e-9);
}

/* A gamma rate of shape 4 and 10 family-years: mean 0.4, variance 0.04. */
static void test_families_followed_resolve_a_rate_as_its_gamma_says(void)
{
    two_points(0.4, 0.2);
    PW_ASSERT_NEAR(pw_worth_sample_ratio("per_year", drawn, N, 200.0), 200.0 / 210.0, 1e-9);
}

static void test_no_count_measures_an_effect_or_a_price(void)
{
    two_points(0.8, 0.2);
    CU_ASSERT(isnan(pw_worth_sample_ratio("ratio", drawn, N, 200.0)));
    CU_ASSERT(isnan(pw_worth_sample_ratio("pounds", drawn, N, 200.0)));
    two_points(0.8, 0.0);
    CU_ASSERT(isnan(pw_worth_sample_ratio("percent", drawn, N, 200.0)));      /* nothing is unknown */
}

/* ---- words ---- */

static const char *said(const char *rows)
{
    static char text[4096];
    static const char header[] =
        "of,threshold,years,choice,what,name,grade,chosen,value,error,unit,share_of_all,wrong,wrong_error,scaled,scaled_unit,audit\n";
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

static void test_an_audit_that_is_worth_something_is_named(void)
{
    PW_ASSERT_TEXT(said("incidents_per_month,5000,5,supervised_contact,everything,,,baseline,4000,300,£ a year,1,0.31,0.02,18700,£,\n"
                        "incidents_per_month,5000,5,supervised_contact,estimate,contact_share,assumed,baseline,2500,200,£ a year,0.6,0.2,0.02,11700,£,police files\n"
                        "incidents_per_month,5000,5,supervised_contact,sample,contact_share,assumed,baseline,2100,200,£ a year,0.5,0.22,0.02,9800,£,\"police files, read for contact\"\n"),
                   "supervised contact or not, by incidents per month at £5,000 each: on average the baseline does best; the chance that this is the wrong choice is 31 %. To know everything "
                   "first would on average gain £4,000 a year (£19,000 in all areas of the run over 5 years). Most worth knowing: contact share (assumed), £2,500 a year (£12,000 in all "
                   "areas of the run over 5 years). An audit of 200 police files, read for contact, would gain £2,100 a year (£9,800 in all areas of the run over 5 years) and leave a "
                   "chance of 22 % to choose wrongly.");
}

static void test_an_effect_needs_a_comparison_and_no_audit(void)
{
    PW_ASSERT_TEXT(said("harm,,5,a,everything,,,a,0.4,0.1,per 100 families,1,0.2,0.02,21,times,\n"
                        "harm,,5,a,estimate,effect,assumed,a,0.38,0.1,per 100 families,0.9,0.05,0.02,20,times,\n"),
                   "a or not, by harm: on average a does best; the chance that this is the wrong choice is 20 %. To know everything first would on average gain 0.40 per 100 families (21 in "
                   "all areas of the run over 5 years). Most worth knowing: effect (assumed), 0.38 per 100 families (20 in all areas of the run over 5 years); no count of files measures "
                   "it: it takes families with and without compared, or accounts. No audit that the register suggests would, with 200 counted, clearly gain anything.");
}

static void test_a_choice_that_is_settled_says_so(void)
{
    PW_ASSERT_TEXT(said("harm,,5,a,everything,,,a,0,0.01,days,,0,0,,,\n"),
                   "a or not, by harm: on average a does best; the chance that this is the wrong choice is 0 %. What is in the register settles it: nothing that it leaves open would "
                   "change the choice.");
}

PW_TESTS(PW_TEST(test_a_count_resolves_a_percent_as_its_beta_says), PW_TEST(test_families_followed_resolve_a_rate_as_its_gamma_says),
         PW_TEST(test_no_count_measures_an_effect_or_a_price), PW_TEST(test_an_audit_that_is_worth_something_is_named),
         PW_TEST(test_an_effect_needs_a_comparison_and_no_audit), PW_TEST(test_a_choice_that_is_settled_says_so))
