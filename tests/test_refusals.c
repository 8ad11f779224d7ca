/* Wrong files: each is refused with the file, line and path of its fault, and in words that say what is allowed.
 * The cases are in tests/cases/refusals/: scenarios on lawful.cfg with one fault each, and files that cannot be read at all. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/spec/spec.h"
#include "harness.h"

#define CASES "tests/cases/refusals/"

typedef struct {
    const char *wrong;          /* the file that is checked */
    const char *file; int line; /* where the fault is said to be */
    const char *path;           /* NULL: there is none (the file could not be read) */
    const char *words;          /* part of the sentence; "": any */
} refusal_t;

static const refusal_t refusals[] = {
    { "misspelt_setting.cfg", "misspelt_setting.cfg", 3, "incidents.frailty_varience", "Did you mean `frailty_variance`?" },
    { "misspelt_top.cfg", "misspelt_top.cfg", 3, "polise", "Did you mean `police`?" },
    { "misspelt_estimate.cfg", "misspelt_estimate.cfg", 3, "incidents.per_year", "There is no estimate called `rat`" },
    { "unit_does_not_fit.cfg", "unit_does_not_fit.cfg", 3, "incidents.reported.percent",
      "The unit does not fit: `rate` is an estimate of kind \"per_year\"; allowed here: percent" },
    { "percent_over_100.cfg", "percent_over_100.cfg", 3, "police.notifies.percent", "120.0 is out of range; allowed: 0 to 100 (percent)" },
    { "probability_of_1_2.cfg", "probability_of_1_2.cfg", 3, "information.police_form.risk_auc", "1.2 is out of range; allowed: 0.5 to 0.99" },
    { "negative_days.cfg", "negative_days.cfg", 3, "police.delay.median_days", "out of range" },
    { "whole_months.cfg", "whole_months.cfg", 3, "time.intake_months", "12.5 is not a whole number" },
    { "too_many_months.cfg", "too_many_months.cfg", 3, "time.follow_up_months", "Intake and follow-up come to 127 months; allowed: at most 120" },
    { "more_than_a_record_counts.cfg", "more_than_a_record_counts.cfg", 3, "incidents.per_year",
      "over 65,535 of these in its follow-up of 21 months, more than its record can count; allowed in north: at most 52.7 a year" },
    { "false_reports_beyond_count.cfg", "false_reports_beyond_count.cfg", 4, "couple.reports_separation.false_reports.per_year",
      "allowed in north: at most 323 a year" },
    { "integer_wraps.cfg", "integer_wraps.cfg", 3, NULL, "3000000000" },
    { "infinite_number.cfg", "infinite_number.cfg", 3, NULL, "1e400" },
    { "interval_without_value.cfg", "interval_without_value.cfg", 3, NULL, "value" },
    { "unknown_source.cfg", "unknown_source.cfg", 3, NULL, "studdy" },
    { "value_outside_interval.cfg", "value_outside_interval.cfg", 3, NULL, "" },
    { "unreachable_stage.cfg", "unreachable_stage.cfg", 3, "stages.monitoring", "cannot be reached" },
    { "stage_without_end.cfg", "lawful.cfg", 40, "stages.initial_assessment", "cannot end" },
    { "circle_without_time.cfg", "circle_without_time.cfg", 4, "stages.sorting", "A circle of zero duration" },
    { "shares_over_100.cfg", "lawful.cfg", 38, "stages.screening.choice", "The percentages come to 110.0 in north; allowed: at most 100" },
    { "two_remainders.cfg", "lawful.cfg", 38, "stages.screening.choice.initial_assessment", "second \"remainder\"" },
    { "shares_below_100.cfg", "lawful.cfg", 41, "stages.initial_assessment.choice", "The percentages come to 90.00 in north" },
    { "unknown_stage.cfg", "unknown_stage.cfg", 3, "stages.screening.choice.leter.to", "There is no stage called `leter`. Did you mean `letter`?" },
    { "unknown_team.cfg", "unknown_team.cfg", 3, "stages.screening.team", "There is no team called `dutty`. Did you mean `duty`?" },
    { "unknown_form.cfg", "unknown_form.cfg", 3, "stages.screening.sees", "There is no form called `police_forms`. Did you mean `police_form`?" },
    { "unknown_payer.cfg", "unknown_payer.cfg", 3, "police.costs.polise.payer", "allowed: social_care, police, specialist_services, health, wider_society. "
      "Did you mean `police`?" },
    { "unknown_covariate.cfg", "unknown_covariate.cfg", 3, "incidents.reported.odds_ratio.injry",
      "There is no covariate called `injry`. Did you mean `injury`?" },
    { "workload_in_a_rate.cfg", "workload_in_a_rate.cfg", 3, "couple.separates.hazard_ratio.workload_duty", "workload is shared by families" },
    { "incident_in_a_rate.cfg", "incident_in_a_rate.cfg", 3, "incidents.hazard_ratio.severe_injury", "it belongs to the incident at hand" },
    { "attribute_before_it_is_drawn.cfg", "attribute_before_it_is_drawn.cfg", 3, "attributes.previous_contact.odds_ratio.contact_dispute", "not known yet" },
    { "ratio_of_zero.cfg", "ratio_of_zero.cfg", 3, "incidents.reported.odds_ratio.injury", "allowed: 0.001 to 1000 (ratio)" },
    { "wrong_ratio_word.cfg", "wrong_ratio_word.cfg", 3, "incidents.reported.hazard_ratio", "With `percent` goes `odds_ratio`" },
    { "no_centre.cfg", "no_centre.cfg", 3, "incidents.child_present.odds_ratio.separated", "run `pathways centres`" },
    { "changes_what_is_not_there.cfg", "changes_what_is_not_there.cfg", 3, "services.advocasy",
      "The base has no service called `advocasy` to change, and `duration` is missing to make a new one. Did you mean `advocacy`?" },
    { "removes_what_is_not_there.cfg", "removes_what_is_not_there.cfg", 3, NULL, "no such element" },
    { "names_what_it_removes.cfg", "lawful.cfg", 38, "stages.screening.choice.letter.to", "The stage `letter` is taken out by this scenario" },
    { "nobody_staffs.cfg", "lawful.cfg", 37, "stages.screening", "No area staffs the team `duty`" },
    { "no_first_stage.cfg", "lawful.cfg", 36, "stages", "No stage is first" },
    { "two_first_stages.cfg", "lawful.cfg", 40, "stages.initial_assessment", "A second stage is first" },
    { "no_closed.cfg", "lawful.cfg", 36, "stages", "No end counts as closed" },
    { "end_with_a_team.cfg", "end_with_a_team.cfg", 3, "stages.closed.team", "An end has no `team`" },
    { "effect_without_end.cfg", "effect_without_end.cfg", 3, "services.advocacy.effects.reporting+after_completion", "`lasts_days` is missing" },
    { "effect_of_a_letter_that_stays.cfg", "effect_of_a_letter_that_stays.cfg", 3, "stages.letter.effects.reporting+attending", "nobody stays there" },
    { "separated_is_missing.cfg", "lawful.cfg", 22, "couple", "there is no attribute `separated`" },
    { "condition_is_no_bit.cfg", "condition_is_no_bit.cfg", 3, NULL, "previous_notifications" },
    { "area_is_missing.cfg", "area_is_missing.cfg", 3, "police.notifies.percent", "The area `south` is missing" },
    { "area_is_misspelt.cfg", "area_is_misspelt.cfg", 3, "police.notifies.percent.soth", "There is no area called `soth`. Did you mean `south`?" },
    { "adds_an_area.cfg", "adds_an_area.cfg", 3, "areas.east", "A scenario cannot add an area" },
    { "median_above_p95.cfg", "lawful.cfg", 32, "police.delay.p95_days", "p95_days above median_days" },
    { "days_said_twice.cfg", "days_said_twice.cfg", 3, "services.advocacy.duration.mean_days",
      "given by the wrong words; allowed: days alone, median_days with p95_days, or mean_days alone. The base says it by days, which stay: change these." },
    { "season_of_eleven.cfg", "season_of_eleven.cfg", 3, "incidents.percent_by_month", "11 numbers; allowed: 12" },
    { "season_of_thirteen.cfg", "season_of_thirteen.cfg", 3, "incidents.percent_by_month", "13 numbers; allowed: at most 12" },
    { "text_in_a_list_of_numbers.cfg", "text_in_a_list_of_numbers.cfg", 3, "incidents.percent_by_month.12",
      "is not a number but the text \"9.0\"; allowed: a number" },
    { "number_in_quotes.cfg", "number_in_quotes.cfg", 3, "police.notifies.percent",
      "\"10 %\" is a text; allowed: a number without quotes and signs, as in percent = 12.0" },
    { "thousands_in_quotes.cfg", "thousands_in_quotes.cfg", 3, "services.advocacy.costs.specialist_services.day_pounds",
      "\"20,000\" is a text; allowed: a number" },
    { "empty_for_a_number.cfg", "empty_for_a_number.cfg", 3, "teams.duty.places", "\"\" is a text; allowed: a number" },
    { "takes_all_out.cfg", "takes_all_out.cfg", 3, "services", "takes one out with remove = true" },
    { "names_for_groups.cfg", "names_for_groups.cfg", 3, "services", "this is no list of groups" },
    { "base_is_a_folder.cfg", "base_is_a_folder.cfg", 2, "base", "this is a folder, not a file" },
    { "season_not_100.cfg", "season_not_100.cfg", 3, "incidents.percent_by_month", "The percentages come to 110.0; allowed: 100 together" },
    { "schedule_goes_back.cfg", "schedule_goes_back.cfg", 3, "teams.duty.schedule.2", "The months do not rise" },
    { "cost_of_unlimited_places.cfg", "lawful.cfg", 47, "services.advocacy.costs.specialist_services.place_year_pounds", "The places are unlimited" },
    { "cost_of_unlimited_places.cfg", "lawful.cfg", 47, "services.advocacy.costs.specialist_services.place_year_pounds",
      "cost_of_unlimited_places.cfg:3 that makes them unlimited." },
    { "cost_nobody_has.cfg", "cost_nobody_has.cfg", 3, "police.costs.police.day_pounds", "A police attendance has no `day_pounds`" },
    { "referrals_without_a_stage.cfg", "referrals_without_a_stage.cfg", 3, "other_referrals", "no stage is first for referrals" },
    { "score_not_on_the_form.cfg", "lawful.cfg", 38, "stages.screening.choice.initial_assessment",
      "`risk_score` is not on the form `police_form` that is seen here" },
    { "from_month_and_a_stage.cfg", "from_month_and_a_stage.cfg", 4, "stages.letter.effects.incident_rate+always.ratio",
      "from_month = 6 cannot hold this change back" },
    { "text_for_a_number.cfg", "text_for_a_number.cfg", 3, "time.intake_months", "`intake_months` is not a number" },
    { "number_for_a_flag.cfg", "number_for_a_flag.cfg", 3, "teams.duty.limits", "allowed: true or false" },
    { "schema_of_tomorrow.cfg", "schema_of_tomorrow.cfg", 1, "schema", "2 is out of range; allowed: 1" },
    { "name_with_blanks.cfg", "name_with_blanks.cfg", 3, "teams.night duty.name", "is not a name; allowed: small letters" },
    { "attribute_called_injury.cfg", "attribute_called_injury.cfg", 3, "attributes.injury.name", "is a covariate of its own" },
    { "two_said_once.cfg", "two_said_once.cfg", 3, "services.advocacy.completes_percent", "say the same" },
    { "too_many_teams.cfg", "lawful.cfg", 35, "teams", "`teams` has 9 elements; allowed: at most 8" },
    { "places_beyond_numbers.cfg", "places_beyond_numbers.cfg", 3, "teams.duty.places", "1e400 is too large for a number" },
    { "share_over_100.cfg", "share_over_100.cfg", 3, "stages.initial_assessment.choice.closed.percent", "120.0 is out of range" },
    { "probability_for_percent.cfg", "probability_for_percent.cfg", 3, "police.notifies.probability",
      "There is no setting `probability` of a chance. Allowed: percent, odds_ratio." },
    { "length_in_months.cfg", "length_in_months.cfg", 3, "services.advocacy.duration.months", "Allowed: days, median_days, p95_days, mean_days." },
    { "far_from_any_setting.cfg", "far_from_any_setting.cfg", 3, "services.advocacy.delete",
      "There is no setting `delete` of one service. Allowed: name, title, attends, places," },
    { "far_from_any_area.cfg", "far_from_any_area.cfg", 3, "police.notifies.percent.midlands", "There is no area called `midlands`. Allowed: north, south." },
    { "far_from_any_word.cfg", "far_from_any_word.cfg", 3, "evidence.rate.certainty", "there is no such setting here; allowed: name, kind, value, low, high," },
    { "removes_an_estimate.cfg", "lawful.cfg", 39, "stages.letter.effects.incident_rate+always.ratio",
      "The estimate `effect` is taken out by this scenario (tests/cases/refusals/removes_an_estimate.cfg:3), but `ratio` still names it." },
    { "removes_a_team.cfg", "lawful.cfg", 40, "stages.initial_assessment.team", "by this scenario (tests/cases/refusals/removes_a_team.cfg:3), but `team`" },
    { "removes_an_attribute.cfg", "lawful.cfg", 28, "incidents.at_contact.only_if.1",
      "What `contact_dispute` stands for is taken out by this scenario (tests/cases/refusals/removes_an_attribute.cfg:3)." },
    { "kind_of_no_kind.cfg", "kind_of_no_kind.cfg", 3, "evidence.share.kind", "\"percentage\" is not known here" },
    { "unlimited_misspelt.cfg", "unlimited_misspelt.cfg", 3, "services.advocacy.places",
      "allowed: a number, \"unlimited\", or the name of an estimate in the evidence. Did you mean `unlimited`?" },
    { "thousands_with_comma.cfg", "thousands_with_comma.cfg", 3, NULL, "thousands are not parted (20000.0), and decimals take a point (1.5)" },
    { "thousands_with_blank.cfg", "thousands_with_blank.cfg", 3, NULL, "its thousands are not parted: 20000.0" },
    { "single_quotes.cfg", "single_quotes.cfg", 3, NULL, "texts stand in double quotes" },
    { "rich_text.cfg", "rich_text.cfg", 1, NULL, "the file is a document with formats (RTF); save it as plain text" },
    { "empty.cfg", "empty.cfg", 0, NULL, "the file is empty" },
    { "binary.cfg", "binary.cfg", 2, NULL, "is no part of a text" },
    { "unclosed.cfg", "unclosed.cfg", 3, NULL, "never closed" },
    { "base_is_itself.cfg", "base_is_itself.cfg", 2, "base", "is its own base" },
    { "base_is_missing.cfg", "base_is_missing.cfg", 2, "base", "there is no such file" },
    { "nothing_but_a_title.cfg", "nothing_but_a_title.cfg", 0, "", "`incidents` is missing" },
    { "nothing_but_a_title.cfg", "nothing_but_a_title.cfg", 0, "", "`time` is missing" },
};
enum { N_REFUSALS = sizeof refusals / sizeof refusals[0] };

static const char *in_cases(const char *file) { return file && strncmp(file, CASES, strlen(CASES)) == 0 ? file + strlen(CASES) : ""; }

static bool has(const pw_findings_t *findings, const refusal_t *wanted)
{
    for (size_t i = 0; i < findings->n; i++) {
        const pw_finding_t *it = &findings->finding[i];
        bool path = !wanted->path || strcmp(it->path ? it->path : "", wanted->path) == 0;
        if (strcmp(in_cases(it->file), wanted->file) == 0 && it->line == wanted->line && path && strstr(it->message, wanted->words))
            return true;
    }
    return false;
}

static pw_status_t load(const char *name, pw_findings_t *findings)
{
    char file[256];
    pw_spec_t *spec = NULL;
    snprintf(file, sizeof file, CASES "%.200s", name);
    pw_status_t status = pw_spec_load(file, NULL, 0, &spec, findings);
    pw_spec_free(spec);
    return status;
}

static void test_every_wrong_file_is_refused_where_its_fault_is(void)
{
    for (int i = 0; i < N_REFUSALS; i++) {
        pw_findings_t findings = { 0 };
        pw_status_t status = load(refusals[i].wrong, &findings);
        CU_ASSERT_TRUE(status == PW_OK || status == PW_ERROR_INPUT);
        bool found = has(&findings, &refusals[i]);
        CU_ASSERT_TRUE(found);
        if (!found) {
            fprintf(stderr, "%s: expected %s:%d: %s: ...%s...; found:\n", refusals[i].wrong, refusals[i].file, refusals[i].line,
                    refusals[i].path ? refusals[i].path : "", refusals[i].words);
            pw_findings_print(&findings, stderr);
        }
        pw_findings_free(&findings);
    }
}

/* What follows from one slip is not said as well. */
static void test_one_slip_is_one_finding(void)
{
    static const char *const wrong[] = { "season_of_thirteen.cfg", "number_in_quotes.cfg", "thousands_in_quotes.cfg", "takes_all_out.cfg",
                                         "names_for_groups.cfg",   "base_is_a_folder.cfg",
                                         "places_beyond_numbers.cfg", "share_over_100.cfg", "kind_of_no_kind.cfg", "removes_a_team.cfg",
                                         "area_is_misspelt.cfg" };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        pw_findings_t findings = { 0 };
        load(wrong[i], &findings);
        CU_ASSERT_EQUAL(findings.n, 1);
        if (findings.n != 1)
            pw_findings_print(&findings, stderr);
        pw_findings_free(&findings);
    }
}

static void test_bad_input_has_exit_code_3(void) { CU_ASSERT_EQUAL(pw_status_exit_code(PW_ERROR_INPUT), 3); }

/* A case that nobody expects anything of would prove nothing. */
static void test_every_wrong_file_is_in_the_table(void)
{
    DIR *folder = opendir(CASES);
    CU_ASSERT_PTR_NOT_NULL_FATAL(folder);
    int files = 0;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".cfg") != 0 || strcmp(entry->d_name, "lawful.cfg") == 0)
            continue;
        bool listed = false;
        files++;
        for (int i = 0; i < N_REFUSALS; i++)
            listed |= strcmp(refusals[i].wrong, entry->d_name) == 0;
        CU_ASSERT_TRUE(listed);
        if (!listed)
            fprintf(stderr, "%s is in no row of the table\n", entry->d_name);
    }
    closedir(folder);
    CU_ASSERT_TRUE(files >= 40);
}

static void test_file_without_fault_has_no_findings(void)
{
    pw_findings_t findings = { 0 };
    CU_ASSERT_EQUAL(load("lawful.cfg", &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 0);
    pw_findings_print(&findings, stderr);
    pw_findings_free(&findings);
}

/* Each time: no spec, and no leak (which shows under the address sanitizer and valgrind). */
static void test_every_failing_allocation_of_reading_a_file_is_survived(void)
{
    pw_spec_t *spec = NULL;
    pw_status_t status = PW_ERROR_MEMORY;
    long at = 0;
    while (status == PW_ERROR_MEMORY && at < 100000) {
        pw_findings_t findings = { 0 };
        pw_memory_fail_at(++at);
        status = pw_spec_load(CASES "lawful.cfg", NULL, 0, &spec, &findings);
        if (status == PW_ERROR_MEMORY)
            CU_ASSERT_PTR_NULL(spec);
        pw_findings_free(&findings);
    }
    pw_memory_fail_at(0);
    CU_ASSERT_EQUAL(status, PW_OK);
    CU_ASSERT(at > 200);
    pw_spec_free(spec);
}

static void test_all_faults_of_a_file_are_said_in_one_pass(void)
{
    static const char *const sets[] = { "incidents.shape=7.0", "police.notifies.percent=130", "time.follow_up_months=119" };
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    CU_ASSERT_EQUAL(pw_spec_load(CASES "misspelt_setting.cfg", sets, 3, &spec, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 4);
    CU_ASSERT_TRUE(has(&findings, &(refusal_t){ "", "misspelt_setting.cfg", 3, "incidents.frailty_varience", "" }));
    pw_spec_free(spec);
    pw_findings_free(&findings);
}

static void test_whole_number_is_accepted_for_a_real_one(void)
{
    static const char *const sets[] = { "services.advocacy.places=10", "incidents.shape=1", "police.notifies.percent=80" };
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    CU_ASSERT_EQUAL_FATAL(pw_spec_load(CASES "lawful.cfg", sets, 3, &spec, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 0);
    PW_ASSERT_NEAR(spec->services.item[0].places.number[1], 10.0, 0.0);
    PW_ASSERT_NEAR(spec->police.notifies.base.number[0], 80.0, 0.0);
    pw_spec_free(spec);
    pw_findings_free(&findings);
}

PW_TESTS(PW_TEST(test_every_wrong_file_is_refused_where_its_fault_is), PW_TEST(test_one_slip_is_one_finding), PW_TEST(test_bad_input_has_exit_code_3),
         PW_TEST(test_every_wrong_file_is_in_the_table),
         PW_TEST(test_file_without_fault_has_no_findings), PW_TEST(test_every_failing_allocation_of_reading_a_file_is_survived),
         PW_TEST(test_all_faults_of_a_file_are_said_in_one_pass),
         PW_TEST(test_whole_number_is_accepted_for_a_real_one))
