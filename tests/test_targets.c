/* Targets: what their file may say, and what it may not; targets against the model and against the evidence. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/experiment/run.h"
#include "../model/experiment/targets.h"
#include "harness.h"

static pw_status_t read_targets(const char *text, pw_targets_t *out, pw_findings_t *findings)
{
    char name[] = "/tmp/pathways-targets-XXXXXX";
    int descriptor = mkstemp(name);
    CU_ASSERT_FATAL(descriptor >= 0);
    FILE *file = fdopen(descriptor, "w");
    fputs(text, file);
    fclose(file);
    *out = (pw_targets_t){ 0 };
    pw_status_t status = pw_targets_read(out, name, findings);
    unlink(name);
    return status;
}

#define REST "title = \"Words\"; measure = \"repeat_notifications\"; study = \"few\"; source = \"s\"; "
#define SHARE "title = \"Words\"; measure = \"newly_assessed_at_index\"; study = \"few\"; source = \"stanley2011\"; "

static void test_target_agrees_within_its_ends_and_an_open_end_never_fails(void)
{
    pw_findings_t findings = { 0 };
    pw_targets_t targets;
    CU_ASSERT_EQUAL(read_targets("targets = ( { name = \"a\"; kind = \"bound\"; use = \"fitted\"; low = 2; high = 3.5; " REST " }, { name = \"b\"; kind = "
                                 "\"sign\"; use = \"checked\"; low = 50.0; " REST
                                 " }, { name = \"c\"; kind = \"figure\"; use = \"free\"; " REST " } );", &targets, &findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(targets.n, 3);
    CU_ASSERT_EQUAL(pw_target_inside(&targets.target[0], 3.5), PW_INSIDE_YES);
    CU_ASSERT_EQUAL(pw_target_inside(&targets.target[0], 3.6), PW_INSIDE_NO);
    CU_ASSERT_EQUAL(pw_target_inside(&targets.target[0], 1.9), PW_INSIDE_NO);
    CU_ASSERT_EQUAL(pw_target_inside(&targets.target[0], NAN), PW_INSIDE_UNKNOWN);
    CU_ASSERT_EQUAL(pw_target_inside(&targets.target[1], 1e9), PW_INSIDE_YES);
    CU_ASSERT_EQUAL(pw_target_inside(&targets.target[1], 49.0), PW_INSIDE_NO);
    CU_ASSERT_EQUAL(pw_target_inside(&targets.target[2], 49.0), PW_INSIDE_UNKNOWN);
    pw_targets_free(&targets);
    pw_findings_free(&findings);
}

static void test_count_agrees_with_the_shares_that_round_to_it(void)
{
    pw_findings_t findings = { 0 };
    pw_targets_t targets;
    CU_ASSERT_EQUAL(read_targets("targets = ( { name = \"a\"; kind = \"interval\"; use = \"fitted\"; least = 75; most = 83; of = 251; " REST " } );", &targets,
                                 &findings), PW_OK);
    PW_ASSERT_NEAR(targets.target[0].low, 100.0 * 74.5 / 251.0, 1e-12);
    PW_ASSERT_NEAR(targets.target[0].high, 100.0 * 83.5 / 251.0, 1e-12);
    CU_ASSERT(pw_target_is_counted(&targets.target[0]));
    pw_targets_free(&targets);
    pw_findings_free(&findings);
}

static void test_wrong_targets_are_found_all_at_once(void)
{
    pw_findings_t findings = { 0 };
    pw_targets_t targets;
    CU_ASSERT_EQUAL(read_targets("targets = (\n{ name = \"a\"; kind = \"bond\"; use = \"fitted\"; low = 1.0; " REST " },\n"
                                 "{ name = \"b\"; kind = \"bound\"; use = \"fitted\"; lwo = 2.0; " REST " },\n"
                                 "{ name = \"c\"; kind = \"bound\"; use = \"checked\"; low = \"2\"; subgroup = \"infants\"; " REST " },\n"
                                 "{ name = \"d\"; kind = \"figure\"; use = \"free\"; } );", &targets, &findings), PW_ERROR_INPUT);
    CU_ASSERT_EQUAL(findings.n, 8);      /* kind; lwo; low; subgroup; title, measure, study and source of d */
    CU_ASSERT_EQUAL(findings.finding[0].line, 2);
    CU_ASSERT(strstr(findings.finding[0].message, "did you mean bound") != NULL);
    CU_ASSERT(strstr(findings.finding[1].message, "did you mean low") != NULL);
    pw_targets_free(&targets);
    pw_findings_free(&findings);
}

/* Each row: what a target says of itself, and words of the one finding that refuses it. */
static void test_contradictions_are_refused_in_words(void)
{
    static const struct { const char *says, *refused; } row[] = {
        { "kind = \"count\"; use = \"fitted\"; least = 10; most = 9; of = 184; " SHARE, "contradict each other" },
        { "kind = \"count\"; use = \"fitted\"; least = 9; most = 200; of = 184; " SHARE, "contradict each other" },
        { "kind = \"count\"; use = \"fitted\"; least = 9.5; most = 10; of = 184; " SHARE, "whole numbers" },
        { "kind = \"count\"; use = \"fitted\"; " SHARE, "whole numbers" },
        { "kind = \"count\"; use = \"fitted\"; least = 9; most = 10; of = 184; low = 20.0; " SHARE, "contradict each other" },
        { "kind = \"bound\"; use = \"fitted\"; low = 60.0; high = 50.0; " SHARE, "contradict each other" },
        { "kind = \"bound\"; use = \"fitted\"; " SHARE, "low, high or both" },
        { "kind = \"bound\"; use = \"fitted\"; low = 3.0; of = 184; " SHARE, "belong to counts" },
        { "kind = \"sign\"; use = \"fitted\"; low = 1.0; high = 2.0; " SHARE, "either low or high" },
        { "kind = \"equality\"; use = \"checked\"; low = 0.7; " SHARE, "needs low and high" },
        { "kind = \"figure\"; use = \"fitted\"; " SHARE, "cannot be fitted" },
        { "kind = \"figure\"; use = \"external\"; " SHARE, "needs a why" },
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        pw_findings_t findings = { 0 };
        pw_targets_t targets;
        char text[600];
        snprintf(text, sizeof text, "targets = ( { name = \"a\"; %s } );", row[i].says);
        CU_ASSERT_EQUAL(read_targets(text, &targets, &findings), PW_ERROR_INPUT);
        CU_ASSERT_EQUAL_FATAL(findings.n, 1);
        CU_ASSERT(strstr(findings.finding[0].message, row[i].refused) != NULL);
        pw_targets_free(&targets);
        pw_findings_free(&findings);
    }
}

static void test_two_fitted_bands_of_one_quantity_must_meet(void)
{
    pw_findings_t findings = { 0 };
    pw_targets_t targets;
    CU_ASSERT_EQUAL(read_targets("targets = ( { name = \"a\"; kind = \"bound\"; use = \"fitted\"; low = 50.0; " SHARE " },\n"
                                 "{ name = \"b\"; kind = \"bound\"; use = \"fitted\"; high = 40.0; " SHARE " },\n"
                                 "{ name = \"c\"; kind = \"bound\"; use = \"checked\"; high = 30.0; " SHARE " } );", &targets, &findings), PW_ERROR_INPUT);
    CU_ASSERT_EQUAL_FATAL(findings.n, 1);
    CU_ASSERT_EQUAL(findings.finding[0].line, 2);
    pw_targets_free(&targets);
    pw_findings_free(&findings);
}

/* The project's own files, and what is wrong with others against them. */
static void with_project(void (*test)(pw_spec_t *spec, const pw_run_t *run))
{
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    pw_run_t *run = calloc(1, sizeof *run);
    CU_ASSERT_FATAL(run != NULL && pw_spec_load("params/baseline.cfg", NULL, 0, &spec, &findings) == PW_OK);
    const pw_spec_t *specs[1] = { spec };
    pw_run_request_t request = { .spec = specs, .n_scenarios = 1, .replications = 1, .threads = 1 };
    CU_ASSERT_EQUAL_FATAL(pw_run_prepare(run, &request, &findings), PW_OK);
    test(spec, run);
    pw_run_free(run);
    free(run);
    pw_spec_free(spec);
    pw_findings_free(&findings);
}

static void own_targets(pw_spec_t *spec, const pw_run_t *run)
{
    pw_findings_t findings = { 0 };
    pw_targets_t targets = { 0 };
    CU_ASSERT_EQUAL(pw_targets_read(&targets, "params/targets.cfg", &findings), PW_OK);
    CU_ASSERT(targets.n >= 12);
    pw_targets_check_measures(&targets, &run->catalogue, &findings);
    pw_targets_check_evidence(&targets, &spec->evidence, &findings);
    CU_ASSERT_EQUAL(findings.n, 0);
    pw_targets_free(&targets);
    pw_findings_free(&findings);
}
static void test_the_projects_own_targets_fit_its_model_and_its_evidence(void) { with_project(own_targets); }

static void wrong_measures(pw_spec_t *spec, const pw_run_t *run)
{
    pw_findings_t findings = { 0 };
    pw_targets_t targets;
    (void)spec;
    CU_ASSERT_EQUAL(read_targets("targets = (\n{ name = \"a\"; title = \"A\"; measure = \"newly_asessed_at_index\"; study = \"few\"; kind = \"bound\"; use = "
                                 "\"fitted\"; low = 1.0; source = \"s\"; },\n"
                                 "{ name = \"b\"; kind = \"count\"; use = \"fitted\"; least = 1; most = 2; of = 184; " REST " },\n"
                                 "{ name = \"c\"; kind = \"equality\"; use = \"checked\"; low = 0.7; high = 1.4; " SHARE " } );", &targets, &findings), PW_OK);
    pw_targets_check_measures(&targets, &run->catalogue, &findings);
    CU_ASSERT_EQUAL_FATAL(findings.n, 3);
    CU_ASSERT_EQUAL(findings.finding[0].line, 2);
    CU_ASSERT(strstr(findings.finding[0].message, "did you mean newly_assessed_at_index") != NULL);
    CU_ASSERT(strstr(findings.finding[1].message, "can be counted") != NULL);
    CU_ASSERT(strstr(findings.finding[2].message, "ratio of two shares") != NULL);
    pw_targets_free(&targets);
    pw_findings_free(&findings);
}
static void test_target_that_names_no_measure_is_refused_with_the_nearest(void) { with_project(wrong_measures); }

static void figure_used_twice(pw_spec_t *spec, const pw_run_t *run)
{
    pw_findings_t findings = { 0 };
    pw_targets_t targets = { 0 };
    (void)run;
    CU_ASSERT_EQUAL(pw_targets_read(&targets, "params/targets.cfg", &findings), PW_OK);
    pw_estimate_t *estimate = &spec->evidence.estimate[pw_evidence_find(&spec->evidence, "new_assessment")];
    estimate->grade = PW_GRADE_MEASURED;       /* the study's 5 % as an estimate, and it is calibrated too */
    estimate->value = 5.0;
    free(estimate->source);
    estimate->source = strdup("stanley2009");
    pw_targets_check_evidence(&targets, &spec->evidence, &findings);
    CU_ASSERT_EQUAL_FATAL(findings.n, 2);
    CU_ASSERT(strstr(findings.finding[0].message, "must be assumed") != NULL);
    CU_ASSERT(strstr(findings.finding[1].message, "both a prior and a target") != NULL);
    pw_targets_free(&targets);
    pw_findings_free(&findings);
}
static void test_figure_of_the_study_may_not_be_prior_and_target(void) { with_project(figure_used_twice); }

/* One estimate of one file, made by hand, against the project's targets. The wrong ones are figures that some fitted target of theirs has, in some unit; the
 * right ones are of the same study and something else, or the same number from somebody else. */
static void test_figure_is_found_in_any_unit_and_nothing_else_is(void)
{
    static const struct { double value, low, high; int quantity, grade; const char *source; int found; } row[] = {
        { 5.0, 2.0, 9.0, PW_QUANTITY_PERCENT, PW_GRADE_MEASURED, "stanley2009", 1 },          /* newly assessed: 9 or 10 of 184 */
        { 0.05, 0.02, 0.09, PW_QUANTITY_RATIO, PW_GRADE_DERIVED, "stanley2011", 1 },           /* as a share */
        { 95.0, 91.0, 98.0, PW_QUANTITY_PERCENT, PW_GRADE_MEASURED, "stanley2011", 1 },        /* the others: not assessed */
        { 9.0, 4.0, 16.0, PW_QUANTITY_COUNT, PW_GRADE_MEASURED, "stanley2011", 1 },            /* the count */
        { 5.0, 2.0, 9.0, PW_QUANTITY_PERCENT, PW_GRADE_ASSUMED, "stanley2011", 1 },            /* called assumed, and the study's all the same */
        { 60.0, 53.0, 67.0, PW_QUANTITY_PERCENT, PW_GRADE_DERIVED, "stanley2011jiv", 1 },      /* had contact before: 100 - 40 */
        { 10.0, 33.0, 47.0, PW_QUANTITY_PERCENT, PW_GRADE_DERIVED, "stanley2011jiv", 1 },      /* the band of no previous contact as an interval */
        { 71.0, 60.0, 80.0, PW_QUANTITY_PERCENT, PW_GRADE_PUBLISHED, "familylaw2008", 1 },     /* a bound, whose figure is in its words */
        { 0.71, 0.6, 0.8, PW_QUANTITY_WEIGHT, PW_GRADE_PUBLISHED, "familylaw2008", 1 },
        { 10.0, 1.77, 24.1, PW_QUANTITY_PERCENT, PW_GRADE_DERIVED, "stanley2009", 0 },         /* another figure of the study */
        { 50.0, 26.6, 73.4, PW_QUANTITY_PERCENT, PW_GRADE_DERIVED, "stanley2009", 0 },         /* words ("the majority") are no figure */
        { 71.0, 60.0, 80.0, PW_QUANTITY_PERCENT, PW_GRADE_PUBLISHED, "stanley2009", 0 },       /* 71 % is not that study's */
        { 5.0, 2.0, 9.0, PW_QUANTITY_PERCENT, PW_GRADE_PUBLISHED, "forrester2007", 0 },
        { 5.0, 2.0, 9.0, PW_QUANTITY_DAYS, PW_GRADE_MEASURED, "stanley2011", 0 },
        { 5.0, 2.0, 9.0, PW_QUANTITY_PERCENT, PW_GRADE_ASSUMED, "none", 0 },
        { 0.87, 0.6, 1.2, PW_QUANTITY_RATIO, PW_GRADE_MEASURED, "stanley2011", 0 },
        { 2007.0, 2000.0, 2010.0, PW_QUANTITY_COUNT, PW_GRADE_PUBLISHED, "familylaw2008", 0 }, /* a year in the words */
    };
    pw_findings_t findings = { 0 };
    pw_targets_t targets = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_targets_read(&targets, "params/targets.cfg", &findings), PW_OK);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char name[] = "subject", source[40];
        snprintf(source, sizeof source, "%s", row[i].source);
        pw_estimate_t estimate = { .name = name,
                                   .source = source,
                                   .quantity = row[i].quantity,
                                   .grade = row[i].grade,
                                   .value = row[i].value,
                                   .low = row[i].low,
                                   .high = row[i].high,
                                   .file = "here",
                                   .line = 1 };
        pw_evidence_t evidence = { .n = 1, .estimate = &estimate };
        pw_findings_t found = { 0 };
        pw_targets_check_evidence(&targets, &evidence, &found);
        CU_ASSERT_EQUAL((int)found.n, row[i].found);
        if ((int)found.n != row[i].found)
            fprintf(stderr, "row %zu: %s\n", i, found.n ? found.finding[0].message : "nothing was found");
        pw_findings_free(&found);
    }
    char name[] = "subject", source[] = "stanley2011";
    double by_area[2] = { 20.0, 5.0 };
    pw_estimate_t estimate = {
        .name = name, .source = source, .quantity = PW_QUANTITY_PERCENT, .value = 20.0, .low = 10.0, .high = 31.0, .n_by_area = 2, .area_value = by_area
    };
    pw_evidence_t evidence = { .n = 1, .estimate = &estimate };
    pw_targets_check_evidence(&targets, &evidence, &findings);
    CU_ASSERT(findings.n == 1 && strstr(findings.finding[0].message, "newly_assessed") != NULL);
    pw_targets_free(&targets);
    pw_findings_free(&findings);
}

PW_TESTS(PW_TEST(test_target_agrees_within_its_ends_and_an_open_end_never_fails), PW_TEST(test_count_agrees_with_the_shares_that_round_to_it),
         PW_TEST(test_wrong_targets_are_found_all_at_once), PW_TEST(test_contradictions_are_refused_in_words),
         PW_TEST(test_two_fitted_bands_of_one_quantity_must_meet), PW_TEST(test_the_projects_own_targets_fit_its_model_and_its_evidence),
         PW_TEST(test_target_that_names_no_measure_is_refused_with_the_nearest), PW_TEST(test_figure_of_the_study_may_not_be_prior_and_target),
         PW_TEST(test_figure_is_found_in_any_unit_and_nothing_else_is))
