/* Return rates and councils: which sets are taken, how they are scaled, and what is outside. On posteriors of a few hundred sets made by rule. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/experiment/area_size.h"
#include "../model/experiment/local.h"
#include "../model/experiment/return_rate.h"
#include "harness.h"

static char *temporary(const char *text)
{
    static char name[64];
    snprintf(name, sizeof name, "/tmp/pathways-return-XXXXXX");
    int descriptor = mkstemp(name);
    CU_ASSERT_FATAL(descriptor >= 0);
    FILE *file = fdopen(descriptor, "w");
    fputs(text, file);
    fclose(file);
    return name;
}

/* Sets s = 0 .. 400: 30 to 70 % return, twice as many notifications a month as that (60 to 140, both areas), equal weights; 15 families a month, 8 and 50
 * places; no further action 40 to 80 %. */
static void make_posterior(pw_posterior_t *self)
{
    pw_findings_t findings = { 0 };
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    fputs("set,weight,results,evidence,families_per_month,assessment_places,long_term_places,incidents_per_year,"
          "model.renotified_21_months,model.notifications_per_month,model.screened_to_no_further_action\n", to);
    for (int s = 0; s <= 400; s++)
        fprintf(to, "%d,1,1,ab,15,8,50,2.5,%g,%g,%g\n", s, 30.0 + 0.1 * s, 60.0 + 0.2 * s, 40.0 + 0.1 * s);
    fclose(to);
    char *name = temporary(text);
    *self = (pw_posterior_t){ 0 };
    CU_ASSERT_EQUAL_FATAL(pw_posterior_read(self, name, NULL, 1, &findings), PW_OK);
    unlink(name);
    free(text);
}

/* The quadratic kernel is symmetric, so the mean rate is the variant's; volumes were 78, 100 and 130 there, and the factor brings each set to 100. */
static void test_variant_has_its_rate_and_the_central_volume(void)
{
    for (int rate = 0; rate < PW_RETURN_RATES; rate++) {
        pw_findings_t findings = { 0 };
        pw_posterior_t posterior;
        double effective, mean = 0.0;
        make_posterior(&posterior);
        CU_ASSERT_EQUAL_FATAL(pw_return_rate_select(&posterior, rate, &effective, &findings), PW_OK);
        CU_ASSERT(effective > 60.0 && effective < 100.0);
        for (int64_t s = 0; s < posterior.n; s++) {
            double volume = pw_posterior_model(&posterior, s, "notifications_per_month"), *value = posterior.value + s * posterior.n_estimates;
            mean += pw_posterior_weight(&posterior, s) * pw_posterior_model(&posterior, s, "renotified_21_months");
            PW_ASSERT_NEAR(value[0] / 15.0 * volume, 100.0, 1e-6);
            PW_ASSERT_NEAR(value[1] / 8.0, value[0] / 15.0, 1e-9);
            PW_ASSERT_NEAR(value[2] / 50.0, value[0] / 15.0, 1e-9);
            PW_ASSERT_NEAR(value[3], 2.5, 0.0);
        }
        PW_ASSERT_NEAR(mean, pw_return_rate_percent(rate), 1e-6);
        pw_posterior_free(&posterior);
    }
}

static void test_rate_without_sets_is_refused(void)
{
    pw_findings_t findings = { 0 };
    pw_posterior_t posterior;
    double effective, *weight;
    make_posterior(&posterior);
    weight = calloc((size_t)posterior.n, sizeof *weight);
    for (int64_t s = 100; s < 300; s++)
        weight[s] = 1.0;                     /* 40 to 60 % */
    CU_ASSERT_EQUAL(pw_posterior_reweight(&posterior, weight), PW_OK);
    CU_ASSERT_EQUAL(pw_return_rate_select(&posterior, PW_RETURN_HIGH, &effective, &findings), PW_ERROR_INPUT);
    CU_ASSERT(findings.n == 1 && strstr(findings.finding[0].message, "65 %") != NULL);
    free(weight);
    pw_posterior_free(&posterior);
    pw_findings_free(&findings);
}

/* ---- councils ---- */

static pw_status_t read_council(pw_local_t *self, const char *numbers, pw_findings_t *findings)
{
    char text[800];
    snprintf(text, sizeof text, "title = \"X\"; numbers = ( %s );", numbers);
    char *name = temporary(text);
    *self = (pw_local_t){ 0 };
    pw_status_t status = pw_local_read(self, name, findings);
    unlink(name);
    return status;
}

/* No further action 65 % with sd 1: a normal weight cut off by nothing, so the mean afterwards is 65 and about sd x sqrt(4 pi) / 0.1 = 35 sets are effective.
 * 480 notifications a year are 40 a month; a set of the middle had (60 + 0.2 x 250) / 2 = 55 in one area. Places from workers: 5 x 16. */
static void test_council_weighs_and_scales_the_sets(void)
{
    pw_findings_t findings = { 0 };
    pw_posterior_t posterior;
    pw_local_t local;
    make_posterior(&posterior);
    CU_ASSERT_EQUAL_FATAL(read_council(&local, "{ name = \"no_further_action_percent\"; value = 65.0; sd = 1.0; }, { name = "
                                       "\"notifications_per_year\"; value = 480; }, "
                                               "{ name = \"long_term_workers\"; value = 5; }, { name = \"caseload_per_worker\"; value = 16.0; }", &findings),
                                               PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_local_apply(&local, &posterior, 2, &findings), PW_OK);
    CU_ASSERT(local.inside);
    PW_ASSERT_NEAR(local.number[0].before, 60.0, 1e-9);
    PW_ASSERT_NEAR(local.number[0].implausibility, 5.0 / sqrt((401.0 * 401.0 - 1.0) / 12.0 * 0.01 + 1.0), 1e-9);
    PW_ASSERT_NEAR(local.number[0].after, 65.0, 0.01);
    PW_ASSERT_NEAR(local.effective, sqrt(4.0 * M_PI) / 0.1, 0.5);
    for (int64_t s = 0; s < posterior.n; s++) {
        const double *value = posterior.value + s * posterior.n_estimates;
        PW_ASSERT_NEAR(value[0], 15.0 * 40.0 / (0.5 * pw_posterior_model(&posterior, s, "notifications_per_month")), 1e-9);
        PW_ASSERT_NEAR(value[2], 80.0, 1e-9);
        PW_ASSERT_NEAR(posterior.size[s], value[0] / 15.0, 1e-12);
    }
    CU_ASSERT(pw_posterior_size(&posterior) > 0.5 && pw_posterior_size(&posterior) < 1.0);
    pw_local_free(&local);
    pw_posterior_free(&posterior);
}

static void test_council_outside_is_refused_and_nothing_changes(void)
{
    pw_findings_t findings = { 0 };
    pw_posterior_t posterior;
    pw_local_t local;
    make_posterior(&posterior);
    CU_ASSERT_EQUAL_FATAL(read_council(&local, "{ name = \"no_further_action_percent\"; value = 99.0; sd = 1.0; }", &findings), PW_OK);
    CU_ASSERT_EQUAL(pw_local_apply(&local, &posterior, 2, &findings), PW_OK);
    CU_ASSERT(!local.inside);
    CU_ASSERT(local.number[0].implausibility > PW_LOCAL_MOST_IMPLAUSIBLE);
    CU_ASSERT_EQUAL(posterior.n, 401);
    pw_local_free(&local);
    pw_posterior_free(&posterior);
}

static void test_wrong_councils_are_refused_in_words(void)
{
    static const struct { const char *numbers, *words; } row[] = {
        { "{ name = \"notification_per_year\"; value = 480; }", "did you mean notifications_per_year" },
        { "{ name = \"letter_percent\"; value = 130.0; }", "value is 130; allowed: 0 to 100" },
        { "{ name = \"letter_percent\"; value = \"30\"; }", "value is not a number; allowed: 0 to 100, without quotes" },
        { "{ name = \"letter_percent\"; value = -3.0; }", "value is -3; allowed: 0 to 100" },
        { "{ name = \"letter_percent\"; }", "value is missing; allowed: 0 to 100" },
        { "{ name = \"letter_percent\"; value = 30.0; std = 4.0; }", "there is no setting \"std\" here; did you mean sd" },
        { "{ name = \"letter_percent\"; value = 30.0; counted_by = 1; }", "there is no setting \"counted_by\" here; allowed: name, value, sd" },
        { "{ name = \"posted\"; value = 30.0; }", "there is no number \"posted\"; allowed: notifications_per_year, no_further_action_percent," },
        { "{ name = \"notifications_per_year\"; value = 0; }", "value is 0; allowed: above 0" },
        { "{ name = \"open_cases\"; value = 0; }", "of a count of 0 there is no tenth: it needs an sd of its own" },
        { "{ name = \"long_term_workers\"; value = 5.5; }", "long_term_workers says how many places there are only together with caseload_per_worker" },
        { "{ name = \"caseload_per_worker\"; value = 17.0; }", "caseload_per_worker says how many places there are only together with long_term_workers" },
        { "{ name = \"letter_percent\"; value = 30.0; }, { name = \"letter_percent\"; value = 31.0; }", "two elements of this list" },
        { "{ name = \"letter_percent\"; value = 30.0; sd = 0.0; }", "sd is 0; allowed: above 0" },
        { "{ value = 30.0; }", "each number is" },
        { "", "numbers" },
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        pw_findings_t findings = { 0 };
        pw_local_t local;
        CU_ASSERT_EQUAL(read_council(&local, row[i].numbers, &findings), PW_ERROR_INPUT);
        CU_ASSERT_FATAL(findings.n >= 1);
        CU_ASSERT(strstr(findings.finding[0].message, row[i].words) != NULL);
        CU_ASSERT(findings.finding[0].file && findings.finding[0].line == 1);
        pw_local_free(&local);
        pw_findings_free(&findings);
    }
    pw_findings_t findings = { 0 };
    pw_posterior_t posterior;
    pw_local_t local;
    make_posterior(&posterior);
    CU_ASSERT_EQUAL_FATAL(read_council(&local, "{ name = \"letter_percent\"; value = 30.0; }, { name = \"open_cases\"; value = 60; }", &findings), PW_OK);
    CU_ASSERT_EQUAL(pw_local_apply(&local, &posterior, 2, &findings), PW_ERROR_INPUT);
    CU_ASSERT(findings.n == 3);              /* two columns that are not there; a count without notifications, with its line */
    int in_the_file = 0;
    for (size_t i = 0; i < findings.n; i++)
        in_the_file += strstr(findings.finding[i].message, "open_cases is a count") && findings.finding[i].file && findings.finding[i].line == 1;
    CU_ASSERT_EQUAL(in_the_file, 1);
    pw_local_free(&local);
    pw_posterior_free(&posterior);
    pw_findings_free(&findings);
}

/* Of the baseline: all but what grows with the area. Of a scenario: what it sets itself, a number by area, an estimate of its own; nothing of what it leaves
 * as it is. */
static void test_places_that_do_not_grow_with_the_area_are_named(void)
{
    static const struct { const char *file, *words; int n; } row[] = {
        { NULL, "duty 1.00 (2.0), specialist_advocacy 12.0 (24), refuge 3.00 (6.0), supervised_contact 2.00 (4.0), "
                "supervised_contact_by_order 3.00 (6.0), children_therapy 4.00 (8.0), "
                "perpetrator_programme 1.00 (2.0), early_help 6.00 (12)", 8 },
        { "scenarios/supervised_contact.cfg", "voluntary_contact 15.0 (30)", 1 },
        { "scenarios/more_assessment_workers.cfg", "assessment 3.50 (7.0), assessment_posts 2.00 (4.0)", 2 },
        { "scenarios/no_closing_at_separation.cfg", "", 0 },
    };
    pw_findings_t findings = { 0 };
    pw_spec_t *baseline = NULL;
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("params/baseline.cfg", NULL, 0, &baseline, &findings), PW_OK);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        pw_spec_t *scenario = NULL;
        pw_text_t words = { 0 };
        if (row[i].file)
            CU_ASSERT_EQUAL_FATAL(pw_spec_load(row[i].file, NULL, 0, &scenario, &findings), PW_OK);
        CU_ASSERT_EQUAL(pw_fixed_places(scenario ? scenario : baseline, scenario ? baseline : NULL, 2.0, &words), row[i].n);
        PW_ASSERT_TEXT(pw_text_get(&words), row[i].words);
        pw_text_free(&words);
        if (scenario)
            pw_spec_free(scenario);
    }
    pw_spec_free(baseline);
    pw_findings_free(&findings);
}

PW_TESTS(PW_TEST(test_variant_has_its_rate_and_the_central_volume), PW_TEST(test_rate_without_sets_is_refused),
         PW_TEST(test_council_weighs_and_scales_the_sets),
         PW_TEST(test_council_outside_is_refused_and_nothing_changes), PW_TEST(test_wrong_councils_are_refused_in_words),
         PW_TEST(test_places_that_do_not_grow_with_the_area_are_named))
