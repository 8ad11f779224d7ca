/* Explain: nothing that differs goes unsaid, nothing else is said, and values are said as people say them. */
#include <string.h>

#include "../model/report/explain.h"
#include "../model/report/explain_pilot.h"
#include "../model/report/explain_words.h"
#include "../model/base/memory.h"
#include "../model/spec/difference.h"
#include "harness.h"

static pw_spec_t *load(const char *file, const char *set)
{
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    CU_ASSERT_EQUAL_FATAL(pw_spec_load(file, &set, set ? 1 : 0, &spec, &findings), PW_OK);
    pw_findings_print(&findings, stderr);
    CU_ASSERT_EQUAL(findings.n, 0);
    pw_findings_free(&findings);
    return spec;
}

static bool count(void *context, const pw_difference_t *difference)
{
    (void)difference;
    ++*(int *)context;
    return true;
}

static void test_model_does_not_differ_from_itself(void)
{
    pw_spec_t *a = load("params/baseline.cfg", NULL), *b = load("params/baseline.cfg", NULL);
    int n = 0;
    pw_difference_walk(a, b, count, &n);
    CU_ASSERT_EQUAL(n, 0);
    pw_spec_free(a);
    pw_spec_free(b);
}

/* One setting of every kind, each changed alone: one difference, one place. */
static void test_each_kind_of_setting_is_found_when_it_changes(void)
{
    static const char *const sets[] = {
        "teams.duty.places=2.5", "police.removed_days=14", "incidents.shape=0.9", "incidents.at_contact.percent=12.5", "incidents.reported.odds_ratio.injury=3",
        "police.delay.median_days=5", "stages.screening.duration.p95_days=9", "stages.screening.choice.letter.percent=30", "services.refuge.again=false",
        "services.refuge.attends=family", "services.refuge.requires.contact_dispute=0", "information.police_form.sees_percent.injury=90",
        "stages.screening.sees=assessment",
        "services.supervised_contact.requires.contact_dispute=0", "services.supervised_contact.offered.child_protection.percent=99",
        "services.early_help.effects.incident_rate+attending.ratio=0.7",
        "stages.core_assessment.on.victim_disengaged.percent=1", "incidents.percent_by_month.1=9.3", "youngest_child.from_years.2=2.0",
        "money.discount_percent=1",
        "police.costs.police.each_pounds=1", "attributes.nrpf.percent=9", "stages.initial_assessment.statutory_days=10", "couple.recently_days=100",
        "stages.core_assessment.on.victim_disengaged.to=closed",
    };
    pw_spec_t *base = load("params/baseline.cfg", NULL);
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        const char *set = sets[i];
        pw_findings_t findings = { 0 };      /* some of these are not lawful alone: it does not matter here */
        pw_spec_t *now = NULL;
        int n = 0;
        CU_ASSERT_EQUAL_FATAL(pw_spec_load("params/baseline.cfg", &set, 1, &now, &findings), PW_OK);
        pw_difference_walk(base, now, count, &n);
        if (strstr(set, "refuge.requires") == NULL) {      /* refuge has no `requires` that --set could change */
            CU_ASSERT_EQUAL(n, 1);
            if (n != 1)
                fprintf(stderr, "%s: %d differences\n", set, n);
        }
        pw_spec_free(now);
        pw_findings_free(&findings);
    }
    pw_spec_free(base);
}

static void said(void (*append)(const pw_spec_t *, pw_text_t *), const pw_spec_t *spec, const char *expected)
{
    pw_text_t text = { 0 };
    append(spec, &text);
    PW_ASSERT_TEXT(pw_text_get(&text), expected);
    pw_text_free(&text);
}

static void one_place(const pw_spec_t *spec, pw_text_t *out) { pw_phrase_setting(spec, &spec->teams.item[0].places, PW_UNIT_PLACES, NULL, out); }
static void seen(const pw_spec_t *spec, pw_text_t *out)
{
    pw_phrase_setting(spec, &spec->information.item[0].sees.item[2].percent, PW_UNIT_PERCENT, NULL, out);
}
static void refuge_stay(const pw_spec_t *spec, pw_text_t *out) { pw_phrase_length(spec, &spec->services.item[1].duration, "", "up to ", NULL, out); }
static void programme(const pw_spec_t *spec, pw_text_t *out) { pw_phrase_length(spec, &spec->services.item[5].duration, "", "up to ", NULL, out); }
static void money(const pw_spec_t *spec, pw_text_t *out) { (void)spec; pw_phrase_number(1234567.0, PW_UNIT_POUNDS, out); }
static void days(const pw_spec_t *spec, pw_text_t *out)
{
    (void)spec;
    pw_phrase_number(1.0, PW_UNIT_DAYS, out);
    pw_text_append(out, ", ");
    pw_phrase_number(1.5, PW_UNIT_DAYS, out);
}
static void conditions(const pw_spec_t *spec, pw_text_t *out)
{
    const pw_service_spec_t *service = &spec->services.item[pw_spec_find(spec, PW_THING_SERVICE, "supervised_contact")];
    pw_phrase_conditions(spec, service->need_one, service->need_zero, out);
}

static void test_values_are_said_as_people_say_them(void)
{
    pw_spec_t *spec = load("params/baseline.cfg", NULL);
    said(one_place, spec, "1 place in each area");
    said(seen, spec, "90 per 100 in north and 60 per 100 in south");
    said(refuge_stay, spec, "up to 90 days in half of the cases and up to 240 days in 95 of 100");
    said(programme, spec, "168 days");
    said(money, spec, "£1,234,567");
    said(days, spec, "1 day, 1.5 days");
    said(conditions, spec, "where \"contact dispute\" holds and \"supervised contact by order\" is not attended");
    pw_spec_free(spec);
}

static void test_lines_are_no_wider_than_a_hundred_columns(void)
{
    pw_spec_t *base = load("params/baseline.cfg", NULL), *now = load("scenarios/supervised_contact.cfg", NULL);
    pw_text_t text = { 0 };
    CU_ASSERT_EQUAL(pw_explain_write(base, now, &text), PW_OK);
    for (const char *line = pw_text_get(&text); *line; line += strcspn(line, "\n") + 1) {
        char copy[400];
        snprintf(copy, sizeof copy, "%.*s", (int)strcspn(line, "\n"), line);
        CU_ASSERT_TRUE(pw_text_width(copy) <= 100);
    }
    pw_text_free(&text);
    pw_spec_free(base);
    pw_spec_free(now);
}

static void test_pilot_counts_starts_and_sees_that_nothing_changed(void)
{
    pw_spec_t *base = load("params/baseline.cfg", NULL), *contact = load("scenarios/supervised_contact.cfg", NULL);
    pw_findings_t findings = { 0 };
    pw_explain_pilot_t how = { .worlds = 2, .seed = 7 };
    pw_pilot_reach_t *reach = pw_alloc(1, sizeof *reach);
    CU_ASSERT_EQUAL_FATAL(pw_explain_pilot(base, contact, &how, reach, &findings), PW_OK);
    int service = pw_spec_find(contact, PW_THING_SERVICE, "voluntary_contact");
    CU_ASSERT_TRUE(reach->started[service] > 0);
    CU_ASSERT_TRUE(reach->cohort > 100);
    CU_ASSERT_FALSE(reach->same);
    CU_ASSERT_TRUE(reach->met[PW_ON_INCIDENT_RATE][service] > 0 && reach->met[PW_ON_INCIDENT_RATE][service] <= reach->cohort);
    CU_ASSERT_EQUAL(reach->met_both[PW_ON_INCIDENT_RATE][service][service], reach->met[PW_ON_INCIDENT_RATE][service]);
    PW_ASSERT_NEAR(reach->service[0][service].places, 15.0, 1.0);      /* calendar months differ by some per cent */
    CU_ASSERT_EQUAL_FATAL(pw_explain_pilot(base, base, &how, reach, &findings), PW_OK);
    CU_ASSERT_TRUE(reach->same);
    pw_free(reach);
    pw_findings_free(&findings);
    pw_spec_free(base);
    pw_spec_free(contact);
}

PW_TESTS(PW_TEST(test_model_does_not_differ_from_itself), PW_TEST(test_each_kind_of_setting_is_found_when_it_changes),
         PW_TEST(test_values_are_said_as_people_say_them),
         PW_TEST(test_lines_are_no_wider_than_a_hundred_columns), PW_TEST(test_pilot_counts_starts_and_sees_that_nothing_changed))
