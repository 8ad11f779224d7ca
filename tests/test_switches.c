/* The same comparison under other structures of the model. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/experiment/switches.h"
#include "harness.h"

typedef struct {
    pw_spec_t *spec[3];
    pw_findings_t findings;
    pw_text_t why;
    pw_switches_asked_t asked;
    pw_switches_t answer;
} subject_t;

static subject_t *begin(const char *const *files, int n, const char *const *sets, int n_sets)
{
    subject_t *s = calloc(1, sizeof *s);
    for (int i = 0; i < n; i++)
        CU_ASSERT_EQUAL_FATAL(pw_spec_load(files[i], sets, n_sets, &s->spec[i], &s->findings), PW_OK);
    pw_findings_print(&s->findings, stdout);
    CU_ASSERT_EQUAL_FATAL(s->findings.n, 0);
    s->asked = (pw_switches_asked_t){ .spec = (const pw_spec_t *const *)s->spec, .n_specs = n, .sets = sets, .n_sets = n_sets,
                                      .goal = { .of = PW_GOAL_NET_BENEFIT, .threshold = NAN },
                                      .request = { .draws = 0, .replications = 20, .seed = 2385, .threads = 1 } };
    return s;
}

static pw_status_t go(subject_t *s) { return pw_switches_go(&s->answer, &s->asked, &s->why, &s->findings); }

static void end(subject_t *s)
{
    pw_switches_free(&s->answer);
    for (int i = 0; i < 3; i++)
        pw_spec_free(s->spec[i]);
    pw_findings_free(&s->findings);
    pw_text_free(&s->why);
    free(s);
}

static int measure(const pw_switches_t *a, const char *name)
{
    for (int m = 0; m < a->n_measures; m++)
        if (strcmp(a->measure[m], name) == 0)
            return m;
    return -1;
}

static const char *const toy[] = { "tests/cases/answers/base.cfg", "tests/cases/answers/visits.cfg", "tests/cases/answers/idle.cfg" };

static void test_displacement_takes_its_share_of_what_is_averted_and_nothing_else(void)
{
    subject_t *s = begin(toy, 2, NULL, 0);
    s->asked.goal.threshold = 100.0;
    CU_ASSERT_EQUAL_FATAL(go(s), PW_OK);
    const pw_switches_t *a = &s->answer;
    int repeats = measure(a, "repeat_notifications"), budget = measure(a, "budget"), net = measure(a, PW_GOAL_NET_BENEFIT);
    CU_ASSERT_FATAL(repeats >= 0 && budget >= 0 && net == a->n_measures - 1);
    const pw_switch_cell_t *here = pw_switches_cell(a, PW_SWITCH_as_files, 0, repeats);
    CU_ASSERT_EQUAL(here->conclusion, PW_CONCLUSION_BETTER);
    PW_ASSERT_NEAR(pw_switches_cell(a, PW_SWITCH_displacement_20, 0, repeats)->change.mean, 0.8 * here->change.mean, 1e-12);
    PW_ASSERT_NEAR(pw_switches_cell(a, PW_SWITCH_displacement_40, 0, repeats)->change.mean, 0.6 * here->change.mean, 1e-12);
    double pounds = pw_switches_cell(a, PW_SWITCH_as_files, 0, budget)->change.mean;
    CU_ASSERT_EQUAL(pw_switches_cell(a, PW_SWITCH_displacement_40, 0, budget)->change.mean, pounds);
    /* Net benefit = what is averted, at 100 pounds, less the budget's rise: of the first part alone a share is lost. */
    double averted = pw_switches_cell(a, PW_SWITCH_as_files, 0, net)->change.mean + pounds;
    PW_ASSERT_NEAR(pw_switches_cell(a, PW_SWITCH_displacement_40, 0, net)->change.mean, 0.6 * averted - pounds, 1e-9);
    CU_ASSERT(!a->has[PW_SWITCH_gap_shape_low] && !a->has[PW_SWITCH_separation_only_lowers]);      /* the toy has no such estimates */
    CU_ASSERT(a->has[PW_SWITCH_slow_down] && pw_switches_survives(a, 0, repeats));
    end(s);
}

static void test_policy_that_changes_nothing_is_the_same_under_every_structure(void)
{
    static const char *const files[] = { "tests/cases/answers/base.cfg", "tests/cases/answers/idle.cfg" };
    subject_t *s = begin(files, 2, NULL, 0);
    CU_ASSERT_EQUAL_FATAL(go(s), PW_OK);
    int values = 0;
    for (int m = 0; m < s->answer.n_measures; m++)
        for (int which = 0; which < PW_SWITCH_N; which++) {
            const pw_switch_cell_t *cell = pw_switches_cell(&s->answer, which, 0, m);
            if (!s->answer.has[which] || isnan(cell->change.mean))
                continue;
            values++;
            CU_ASSERT_EQUAL(cell->conclusion, PW_CONCLUSION_SAME);
        }
    CU_ASSERT(values > 10);
    CU_ASSERT(pw_switches_survives(&s->answer, 0, measure(&s->answer, "own_use")));
    end(s);
}

static const char *const real[] = { "params/baseline.cfg", "scenarios/more_assessment_workers.cfg" };
static const char *const small[] = { "time.warm_up_months=36", "time.intake_months=6",
                                     "time.follow_up_months=21", "teams.assessment.places=4.0" };

/* With few places families wait as the files say; where work slows down instead nobody does, so posts shorten no wait. Every structure is a run of its own and
 * differs from the others. */
static void test_where_work_slows_down_nobody_waits(void)
{
    subject_t *s = begin(real, 2, small, 4);
    s->asked.request.replications = 14;
    s->asked.request.threads = 2;
    CU_ASSERT_EQUAL_FATAL(go(s), PW_OK);
    const pw_switches_t *a = &s->answer;
    int wait = measure(a, "wait_assessment"), in_time = measure(a, "within_statutory_core_assessment"), own_use = measure(a, "own_use");
    CU_ASSERT_FATAL(wait >= 0 && in_time >= 0 && own_use >= 0);
    CU_ASSERT_EQUAL(pw_switches_cell(a, PW_SWITCH_as_files, 0, wait)->conclusion, PW_CONCLUSION_BETTER);
    CU_ASSERT_EQUAL(pw_switches_cell(a, PW_SWITCH_slow_down, 0, wait)->conclusion, PW_CONCLUSION_SAME);
    CU_ASSERT(!pw_switches_survives(a, 0, wait));
    CU_ASSERT(pw_switches_cell(a, PW_SWITCH_slow_down, 0, in_time)->change.mean > 0.0);      /* less load, less slow */
    /* 14 worlds of some 600 families against 12 others: the share's standard error is about 0.7 of 100. */
    int returned = measure(a, "renotified_21_months");
    PW_ASSERT_NEAR(pw_switches_cell(a, PW_SWITCH_return_low, 0, returned)->baseline, 39.0, 3.0);
    PW_ASSERT_NEAR(pw_switches_cell(a, PW_SWITCH_return_high, 0, returned)->baseline, 65.0, 3.0);
    for (int which = 1; which <= PW_SWITCH_return_high; which++) {
        CU_ASSERT(a->has[which]);
        for (int other = 0; other < which; other++)
            CU_ASSERT(pw_switches_cell(a, which, 0, own_use)->change.mean != pw_switches_cell(a, other, 0, own_use)->change.mean);
    }
    end(s);
}

/* Draws of another rate of return are taken as they are given: nothing is looked for. */
static pw_status_t fewer_incidents(void *context, const pw_spec_t *spec, int scenario, int64_t draw, pw_values_t *inout)
{
    int at = pw_evidence_find(&spec->evidence, "incidents_per_year");
    (void)scenario;
    (void)draw;
    pw_values_put(inout, &spec->evidence, at, inout->drawn[at] * *(const double *)context);
    return PW_OK;
}

static void test_draws_of_another_rate_of_return_are_used(void)
{
    double half = 0.5, twice = 2.0;
    subject_t *s = begin(real, 2, small, 4);
    s->asked.request.replications = 2;
    s->asked.returning[0] = (pw_values_hook_t){ fewer_incidents, &half };
    s->asked.returning[1] = (pw_values_hook_t){ fewer_incidents, &twice };
    CU_ASSERT_EQUAL_FATAL(go(s), PW_OK);
    const pw_switches_t *a = &s->answer;
    int returned = measure(a, "renotified_21_months");
    double here = pw_switches_cell(a, PW_SWITCH_as_files, 0, returned)->baseline;
    CU_ASSERT(a->has[PW_SWITCH_return_low] && a->has[PW_SWITCH_return_high]);
    CU_ASSERT(pw_switches_cell(a, PW_SWITCH_return_low, 0, returned)->baseline < here - 5.0);
    CU_ASSERT(pw_switches_cell(a, PW_SWITCH_return_high, 0, returned)->baseline > here + 5.0);
    end(s);
}

static void test_outcome_that_makes_no_sense_is_refused(void)
{
    subject_t *s = begin(toy, 2, NULL, 0);
    s->asked.goal.threshold = 100.0;
    s->asked.goal.outcome = "cohort_families";
    CU_ASSERT_EQUAL(go(s), PW_ERROR_USAGE);
    CU_ASSERT(strstr(pw_text_get(&s->why), "neither more nor less is better") != NULL);
    end(s);
}

static void test_switching_over_without_memory_says_so(void)
{
    static const long at[] = { 1, 2, 5, 20, 100, 300, 500 };
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        subject_t *s = begin(toy, 3, NULL, 0);
        s->asked.request.replications = 2;
        pw_memory_fail_at(at[i]);
        pw_status_t status = go(s);
        pw_memory_fail_at(0);
        CU_ASSERT_EQUAL(status, PW_ERROR_MEMORY);
        end(s);
    }
}

PW_TESTS(PW_TEST(test_displacement_takes_its_share_of_what_is_averted_and_nothing_else),
         PW_TEST(test_policy_that_changes_nothing_is_the_same_under_every_structure),
         PW_TEST(test_where_work_slows_down_nobody_waits), PW_TEST(test_draws_of_another_rate_of_return_are_used),
         PW_TEST(test_outcome_that_makes_no_sense_is_refused), PW_TEST(test_switching_over_without_memory_says_so))
