/* What the checks let pass, beside what they refuse (tests/test_refusals.c). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/base/memory.h"
#include "../model/base/text.h"
#include "../model/spec/compile.h"
#include "harness.h"

/* Loads a scenario on `base` whose body is `body`; findings are the caller's. */
static pw_spec_t *load_on(const char *base, const char *body, pw_findings_t *findings)
{
    char file[] = "/tmp/pathways-check-XXXXXX.cfg", *path = realpath(base, NULL);
    int to = mkstemps(file, 4);
    pw_spec_t *spec = NULL;
    pw_text_t text = { 0 };
    pw_text_printf(&text, "schema = 1;\nbase = \"%s\";\n%s\n", path, body);
    free(path);
    CU_ASSERT_TRUE_FATAL(to >= 0 && !text.failed);
    CU_ASSERT_EQUAL(write(to, text.bytes, text.n), (ssize_t)text.n);
    close(to);
    CU_ASSERT_EQUAL(pw_spec_load(file, NULL, 0, &spec, findings), PW_OK);
    unlink(file);
    pw_text_free(&text);
    return spec;
}

static void passes(const char *body)
{
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = load_on("tests/cases/refusals/lawful.cfg", body, &findings);
    CU_ASSERT_EQUAL(findings.n, 0);
    pw_findings_print(&findings, stderr);
    pw_findings_free(&findings);
    pw_spec_free(spec);
}

static void refused(const char *body, const char *path, const char *words)
{
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = load_on("tests/cases/refusals/lawful.cfg", body, &findings);
    bool found = false;
    for (size_t i = 0; i < findings.n; i++)
        found |= strcmp(findings.finding[i].path ? findings.finding[i].path : "", path) == 0 && strstr(findings.finding[i].message, words);
    CU_ASSERT_TRUE(found);
    if (!found) {
        fprintf(stderr, "expected %s: %s; found:\n", path, words);
        pw_findings_print(&findings, stderr);
    }
    pw_findings_free(&findings);
    pw_spec_free(spec);
}

static void test_circle_in_which_time_passes_is_lawful(void)
{
    passes("stages = ( { name = \"initial_assessment\"; choice = ( { to = \"closed\"; percent = 50.0; }, { to = \"again\"; percent = 50.0; } ); },\n"
           "  { name = \"again\"; choice = ( { to = \"initial_assessment\"; percent = 100.0; } ); } );");
}

static void test_team_without_places_is_lawful_where_nobody_has_to_wait(void)
{
    passes("teams = ( { name = \"duty\"; places = 0.0; } );\nstages = ( { name = \"screening\"; wait_limit: { days = 0.0; to = \"closed\"; }; } );");
    passes("teams = ( { name = \"duty\"; places = 0.0; limits = false; } );");
    passes("teams = ( { name = \"duty\"; places = 0.0; schedule = ( { from_month = 3; places = 2.0; } ); } );");
    passes("teams = ( { name = \"duty\"; places: { north = 0.0; south = 3.0; }; } );");
}

static void test_case_that_no_team_can_hold_is_refused(void)
{
    refused("stages = ( { name = \"screening\"; load = 5.5; } );", "stages.screening", "No area staffs the team `duty`");
}

static void test_exit_switched_off_leads_nowhere_but_is_no_fault(void)
{
    passes("stages = ( { name = \"screening\"; choice = ( { to = \"initial_assessment\"; percent = 0.0; } ); } );");
    refused("stages = ( { name = \"initial_assessment\"; choice = ( { to = \"closed\"; percent = 0.0; }, { to = \"initial_assessment\"; percent = "
            "\"remainder\"; } ); } );",
            "stages.initial_assessment", "cannot end");
}

static void test_workload_is_lawful_where_shared_things_are_decided(void)
{
    passes("centres = ( { at = \"stages.screening\"; workload_assessment = 0.5; }, { at = \"services.advocacy\"; workload_duty = 0.2; }, { at = "
           "\"engagement\"; workload_duty = 0.2; } );\n"
           "stages = ( { name = \"screening\"; choice = ( { to = \"initial_assessment\"; ratio: { workload_assessment = 0.6; }; } ); } );\n"
           "services = ( { name = \"advocacy\"; offered = ( { at = \"initial_assessment\"; odds_ratio: { workload_duty = 0.9; }; } ); uptake: { percent = "
           "50.0; odds_ratio: { workload_duty = 0.9; }; }; } );\n"
           "engagement: { partner_approached: { percent = 10.0; odds_ratio: { workload_duty = 0.9; }; }; };");
    refused("engagement: { victim_engages: { percent = 10.0; odds_ratio: { workload_duty = 0.9; }; }; };", "engagement.victim_engages.odds_ratio.workload_duty",
            "shared by families");
    refused("stages = ( { name = \"initial_assessment\"; on = ( { event = \"notification\"; to = \"closed\"; percent = 5.0; odds_ratio: { "
            "workload_duty = 0.9; }; } ); } );",
            "stages.initial_assessment.on.notification.odds_ratio.workload_duty", "shared by families");
    refused("stages = ( { name = \"initial_assessment\"; priority: { weight = 1.0; ratio: { workload_duty = 2.0; }; }; } );",
            "stages.initial_assessment.priority.ratio.workload_duty", "shared by families");
}

static void test_score_needs_a_form_and_its_noise(void)
{
    static const char with_score[] = "information = ( { name = \"police_form\"; risk_auc = 0.6; } );\n"
        "centres = ( { at = \"stages.screening\"; risk_score = 0.0; } );\n"
                                     "stages = ( { name = \"screening\"; choice = ( { to = \"initial_assessment\"; ratio: { risk_score = 2.0; }; } ); } );\n";
    char whole[1024];
    snprintf(whole, sizeof whole, "%srisk: { centre = 0.0; scale = 1.0; auc = ( 0.55, 0.8 ); noise_sd = ( 2.0, 0.0 ); };", with_score);
    passes(whole);
    refused(with_score, "information.police_form.risk_auc", "run `pathways centres`");
    refused("incidents: { hazard_ratio: { risk_score = 2.0; }; };", "incidents.hazard_ratio.risk_score", "a score is read from a form");
}

static void test_new_service_and_places_may_wait_for_a_month(void)
{
    passes("from_month = 6;\nteams = ( { name = \"duty\"; places = 9.0; } );\n"
           "evidence = ( { name = \"uptake\"; kind = \"percent\"; value = 30.0; low = 20.0; high = 41.0; grade = \"assumed\"; source = \"none\"; } );\n"
           "services = ( { name = \"refuge\"; places = 2.0; duration: { days = 60.0; }; offered = ( { at = \"initial_assessment\"; percent "
           "= \"uptake\"; } ); } );");
    refused("from_month = 6;\nservices = ( { name = \"advocacy\"; offered = ( { at = \"initial_assessment\"; percent = 70.0; } ); } );",
            "services.advocacy.offered.initial_assessment.percent", "cannot hold this change back");
    refused("from_month = 6;\nservices = ( { name = \"advocacy\"; remove = true; } );", "services.advocacy", "cannot hold this change back");
}

static void test_effect_in_the_contact_setting_is_on_incidents(void)
{
    refused("services = ( { name = \"advocacy\"; effects = ( { on = \"reporting\"; ratio = 1.5; during = \"attending\"; only_setting = \"contact\"; } ); } );",
            "services.advocacy.effects.reporting+attending", "allowed: on = \"incident_rate\"");
}

static void test_closed_cohort_needs_no_entries(void)
{
    passes("time: { closed_cohort = 100; intake_months = 0; };\nareas = ( { name = \"north\"; families_per_month = 0; } );");
}

/* 17 effects that end by a clock: more than a family has room for. */
static void test_more_than_a_fixed_limit_is_refused_by_name(void)
{
    static const char *const on[] = { "incident_rate", "severity", "reporting", "separation", "victim_engagement", "partner_engagement", "partner_approach",
                                      "child_presence" };
    pw_text_t body = { 0 };
    pw_text_append(&body, "services = ( { name = \"advocacy\"; effects = ( ");
    for (int i = 0; i < 16; i++)
        pw_text_printf(&body, "%s{ on = \"%s\"; ratio = 1.1; during = \"%s\"; lasts_days = 9.0; }", i ? ", " : "", on[i % 8], i < 8 ? "after_completion"
                       : "after_dropout");
    pw_text_append(&body, " ); } );");
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = load_on("tests/cases/refusals/lawful.cfg", pw_text_get(&body), &findings);
    CU_ASSERT_EQUAL(findings.n, 0);
    pw_values_t values = { 0 };
    pw_model_t *model = pw_alloc(1, sizeof *model);
    CU_ASSERT_EQUAL_FATAL(pw_values_central(&spec->evidence, 2, &values), PW_OK);
    CU_ASSERT_EQUAL(pw_compile(spec, &values, NULL, NULL, 0, model, &findings), PW_ERROR_INPUT);
    CU_ASSERT_EQUAL_FATAL(findings.n, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(findings.finding[0].message, "more than 16 effects with lasts_days"));
    pw_free(model);
    pw_values_free(&values);
    pw_spec_free(spec);
    pw_findings_free(&findings);
    pw_text_free(&body);
}

/* Nine years, shape 0.5, frailties exponential (variance 1): the frailest family in a million has -log(1e-6) = 13.8 times the rate of the average one and, as
 * m times the hazard is m^2 times as fast, 13.8^2 = 191 times as many incidents. It fills the 65,535 of a record at 65535 / 9 / 191 = 38.2 a year: whatever
 * is refused, that is. The check's bound lies below (it is one of moments, not the quantile itself), but not below 15. */
static void test_rate_that_a_record_could_not_count_is_refused(void)
{
    static const char *const nine_years = "time: { intake_months = 12; follow_up_months = 108; };\n"
                                          "incidents: { frailty_variance = 1.0; shape = 0.5; per_year = ";
    static const struct { double per_year; const char *more; bool lawful; } cases[] = {
        { 38.3, "", false },
        { 15.0, "", true },
        { 15.0, "services = ( { name = \"advocacy\"; effects = ( { on = \"incident_rate\"; ratio = 2.0; during = \"attending\"; } ); } );", false },
        { 15.0, "police: { effects = ( { on = \"severity\"; ratio = 9.0; during = \"always\"; lasts_days = 9.0; } ); };", true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pw_text_t body = { 0 };
        pw_text_printf(&body, "%s%.1f; };\n%s", nine_years, cases[i].per_year, cases[i].more);
        if (cases[i].lawful)
            passes(pw_text_get(&body));
        else
            refused(pw_text_get(&body), "incidents.per_year", "over 65,535 of these in its follow-up of 108 months");
        pw_text_free(&body);
    }
    /* shape 1, no frailty: a hundred a year are 900, with a ratio of 50 for a few 45,000, with one of 100 too many */
    static const char *const few = "time: { intake_months = 12; follow_up_months = 108; };\nattributes = ( { name = \"few\"; percent = 1.0; } );\n"
                                   "incidents: { frailty_variance = 0.0; shape = 1.0; per_year = 100.0; hazard_ratio: { few = %s; }; };";
    pw_text_t body = { 0 };
    pw_text_printf(&body, few, "50.0");
    passes(pw_text_get(&body));
    pw_text_free(&body);
    pw_text_printf(&body, few, "100.0");
    refused(pw_text_get(&body), "incidents.per_year", "more than its record can count");
    pw_text_free(&body);
}

PW_TESTS(PW_TEST(test_circle_in_which_time_passes_is_lawful), PW_TEST(test_team_without_places_is_lawful_where_nobody_has_to_wait),
         PW_TEST(test_case_that_no_team_can_hold_is_refused), PW_TEST(test_exit_switched_off_leads_nowhere_but_is_no_fault),
         PW_TEST(test_workload_is_lawful_where_shared_things_are_decided), PW_TEST(test_score_needs_a_form_and_its_noise),
         PW_TEST(test_new_service_and_places_may_wait_for_a_month), PW_TEST(test_effect_in_the_contact_setting_is_on_incidents),
         PW_TEST(test_closed_cohort_needs_no_entries), PW_TEST(test_rate_that_a_record_could_not_count_is_refused),
         PW_TEST(test_more_than_a_fixed_limit_is_refused_by_name))
