/* Calibration: distances on paper; the same result for any number of threads and after an interruption; what it refuses. */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "../model/experiment/learnt.h"
#include "harness.h"

static void test_counts_are_as_far_as_their_sampling_error_says(void)
{
    pw_target_t count = { .kind = PW_TARGET_COUNT, .use = PW_TARGET_FITTED, .least = 9, .most = 10, .of = 184, .low = NAN, .high = NAN };
    double sd = sqrt(184.0 * (9.5 / 184.0) * (1.0 - 9.5 / 184.0));      /* 3.0016 */
    PW_ASSERT_NEAR(pw_calibrate_gap(&count, 9.0, NAN, 1.0), 0.0, 0.0);
    PW_ASSERT_NEAR(pw_calibrate_gap(&count, 10.0, 55.0, 1.0), 0.0, 0.0);
    PW_ASSERT_NEAR(pw_calibrate_gap(&count, 13.0, NAN, 1.0), 3.0 / sd, 1e-12);
    PW_ASSERT_NEAR(pw_calibrate_gap(&count, 4.0, NAN, 1.0), 5.0 / sd, 1e-12);
    CU_ASSERT(isinf(pw_calibrate_gap(&count, NAN, 5.0, 1.0)));
    count.use = PW_TARGET_CHECKED;
    PW_ASSERT_NEAR(pw_calibrate_gap(&count, 100.0, NAN, 1.0), 0.0, 0.0);
}

static void test_bounds_are_held_a_quarter_of_the_spread_tight(void)
{
    pw_target_t bound = { .kind = PW_TARGET_BOUND, .use = PW_TARGET_FITTED, .low = 50.0, .high = NAN };
    PW_ASSERT_NEAR(pw_calibrate_gap(&bound, NAN, 51.0, 8.0), 0.0, 0.0);
    PW_ASSERT_NEAR(pw_calibrate_gap(&bound, NAN, 47.0, 8.0), 1.5, 1e-12);
    bound.high = 60.0;
    PW_ASSERT_NEAR(pw_calibrate_gap(&bound, NAN, 61.0, 8.0), 0.5, 1e-12);
    CU_ASSERT(isinf(pw_calibrate_gap(&bound, NAN, NAN, 8.0)));
    bound.kind = PW_TARGET_EQUALITY;
    PW_ASSERT_NEAR(pw_calibrate_gap(&bound, 99.0, 99.0, 8.0), 0.0, 0.0);
}

/* ---- a small calibration on the project's own files, warmed up for less time ---- */

typedef struct {
    pw_spec_t *spec;
    pw_run_t run;
    pw_targets_t targets;
    pw_findings_t findings;
} project_t;

static project_t *project_open(void)
{
    project_t *self = calloc(1, sizeof *self);
    const char *sets[] = { "time.warm_up_months=60" };
    CU_ASSERT_FATAL(self && pw_spec_load("params/baseline.cfg", sets, 1, &self->spec, &self->findings) == PW_OK);
    const pw_spec_t *specs[1] = { self->spec };
    pw_run_request_t request = { .spec = specs, .n_scenarios = 1, .replications = 1, .threads = 1 };
    CU_ASSERT_EQUAL_FATAL(pw_run_prepare(&self->run, &request, &self->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_targets_read(&self->targets, "params/targets.cfg", &self->findings), PW_OK);
    return self;
}

static void project_close(project_t *self)
{
    pw_targets_free(&self->targets);
    pw_run_free(&self->run);
    pw_spec_free(self->spec);
    pw_findings_free(&self->findings);
    free(self);
}

static pw_calibrate_options_t small(int threads, const char *state)
{
    return (pw_calibrate_options_t){ .points = 20, .samples = 20, .pilot = 20, .worlds = 2, .keep = 0.5, .tolerance = 8.0, .acceptance = 0.0, .most_moves = 1, .most_refreshing = 3, .seed = 3,
                                     .threads = threads, .state_file = state };
}

static void expect_same(const pw_calibration_t *a, const pw_calibration_t *b)
{
    CU_ASSERT_EQUAL_FATAL(a->n_sets, b->n_sets);
    CU_ASSERT_EQUAL(a->worlds, b->worlds);
    CU_ASSERT_EQUAL(memcmp(a->smc.z, b->smc.z, (size_t)20 * (size_t)a->particles.dims * sizeof(double)), 0);
    CU_ASSERT_EQUAL(memcmp(a->first, b->first, (size_t)a->n_sets * (size_t)a->study.n * PW_STUDY_SUMS * sizeof(double)), 0);
    CU_ASSERT_EQUAL(memcmp(a->weight, b->weight, (size_t)a->n_sets * sizeof(double)), 0);
}

static volatile sig_atomic_t rung;
static void ring(int signal) { rung = signal; }

/* Rings once, after so many milliseconds. */
static void set_alarm(long milliseconds)
{
    struct itimerval timer = { .it_value = { milliseconds / 1000, milliseconds % 1000 * 1000 } };
    rung = 0;
    signal(SIGALRM, ring);
    CU_ASSERT_EQUAL(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

/* One thread and no interruption; two threads and as many interruptions as come: after 100 milliseconds, then 200, ... Each time all memory is given back and the
 * state comes from its file. */
static void test_stopped_calibration_goes_on_to_the_same_result(void)
{
    project_t *p = project_open();
    char state[] = "/tmp/pathways-calibration-XXXXXX";
    int descriptor = mkstemp(state), stops = 0;
    CU_ASSERT_FATAL(descriptor >= 0);
    close(descriptor);
    unlink(state);
    pw_calibration_t whole = { 0 }, rest = { 0 };
    pw_calibrate_options_t options = small(1, NULL);
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_init(&whole, &options, p->spec, &p->targets, &p->run, NULL, 0, &p->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_go(&whole, &p->findings), PW_OK);
    CU_ASSERT(whole.n_sets > 0 && whole.judged == whole.n_sets);
    options = small(2, state);
    options.stop = &rung;
    pw_status_t status = PW_INCOMPLETE;
    for (long wait = 100; status == PW_INCOMPLETE && wait < 1000000; wait *= 2) {
        pw_calibrate_free(&rest);
        set_alarm(wait);
        CU_ASSERT_EQUAL_FATAL(pw_calibrate_init(&rest, &options, p->spec, &p->targets, &p->run, NULL, 0, &p->findings), PW_OK);
        status = pw_calibrate_go(&rest, &p->findings);
        stops += status == PW_INCOMPLETE;
    }
    set_alarm(0);    /* the last one may not have rung: it is taken back, or it would end the program */
    signal(SIGALRM, SIG_DFL);
    CU_ASSERT_EQUAL_FATAL(status, PW_OK);
    CU_ASSERT(stops >= 1);
    expect_same(&whole, &rest);
    pw_calibrate_free(&whole);
    pw_calibrate_free(&rest);
    unlink(state);
    project_close(p);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    CU_ASSERT_FATAL(file != NULL);
    fputs(text, file);
    fclose(file);
}

static void test_foreign_and_broken_states_are_refused(void)
{
    project_t *p = project_open();
    char state[] = "/tmp/pathways-calibration-XXXXXX";
    int descriptor = mkstemp(state);
    CU_ASSERT_FATAL(descriptor >= 0);
    close(descriptor);
    pw_calibration_t one = { 0 }, other = { 0 };
    pw_calibrate_options_t options = small(1, state);
    options.points = 4;
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_init(&one, &options, p->spec, &p->targets, &p->run, NULL, 0, &p->findings), PW_OK);
    pw_smc_options_t points = { .points = 4, .samples = 20, .dims = one.particles.dims, .focus = one.particles.focus };
    CU_ASSERT_EQUAL_FATAL(pw_smc_make(&one.smc, &points), PW_OK);
    CU_ASSERT_EQUAL(pw_calibrate_save(&one), PW_OK);
    options.seed = 4;
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_init(&other, &options, p->spec, &p->targets, &p->run, NULL, 0, &p->findings), PW_OK);
    CU_ASSERT_EQUAL(pw_calibrate_go(&other, &p->findings), PW_ERROR_INPUT);
    CU_ASSERT(p->findings.n == 1 && strstr(p->findings.finding[0].message, "another calibration") != NULL);
    write_file(state, "pathways calibration, half done: 1\nnot much else");
    CU_ASSERT_EQUAL(pw_calibrate_go(&other, &p->findings), PW_ERROR_INPUT);
    CU_ASSERT(p->findings.n == 2 && strstr(p->findings.finding[1].message, "no whole state") != NULL);
    pw_calibrate_free(&one);
    pw_calibrate_free(&other);
    unlink(state);
    project_close(p);
}

/* A bound that no set of the prior comes near is refused before the sampler begins, with what the prior gives. */
static void test_target_beyond_the_prior_is_refused(void)
{
    project_t *p = project_open();
    pw_calibration_t self = { 0 };
    for (int t = 0; t < p->targets.n; t++)
        if (strcmp(p->targets.target[t].name, "removed") == 0)
            p->targets.target[t].low = 99.9;
    pw_calibrate_options_t options = small(1, NULL);
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_init(&self, &options, p->spec, &p->targets, &p->run, NULL, 0, &p->findings), PW_OK);
    CU_ASSERT_EQUAL(pw_calibrate_go(&self, &p->findings), PW_ERROR_INPUT);
    CU_ASSERT_EQUAL_FATAL(p->findings.n, 1);
    CU_ASSERT(strstr(p->findings.finding[0].message, "removed: the prior excludes it") != NULL);
    CU_ASSERT_EQUAL(self.smc.generation, 0);
    pw_calibrate_free(&self);
    project_close(p);
}

static void test_nothing_to_fit_is_said_before_any_work(void)
{
    project_t *p = project_open();
    pw_calibration_t self = { 0 };
    for (int t = 0; t < p->targets.n; t++)
        p->targets.target[t].use = PW_TARGET_CHECKED;
    for (int k = 0; k < p->spec->evidence.n; k++)
        p->spec->evidence.estimate[k].calibrate = false;
    pw_calibrate_options_t options = small(1, NULL);
    CU_ASSERT_EQUAL(pw_calibrate_init(&self, &options, p->spec, &p->targets, &p->run, NULL, 0, &p->findings), PW_ERROR_INPUT);
    CU_ASSERT_EQUAL(p->findings.n, 2);
    pw_calibrate_free(&self);
    project_close(p);
}

/* ---- what was learnt, on sets made by hand ---- */

/* Four sets of three coordinates (scores); the third is the first's mirror image; first and second: covariance 0.28 of deviations 0.7 and 0.894. */
static void test_correlations_and_effective_sets_are_weighted(void)
{
    static const double z[4][3] = { { -1.9, -1.2, 1.9 }, { -0.5, -0.4, 0.5 }, { -1.9, 0.4, 1.9 }, { -0.5, 1.2, 0.5 } };
    double weight[4] = { 0.25, 0.25, 0.25, 0.25 };
    int point[4] = { 0, 1, 2, 3 }, copies[4] = { 1, 1, 1, 1 };
    pw_calibration_t self = { .n_sets = 4, .weight = weight, .point = point, .copies = copies };
    self.particles.dims = 3;
    self.smc.z = (double *)(uintptr_t)&z[0][0];
    PW_ASSERT_NEAR(pw_learnt_correlation(&self, 0, 2), -1.0, 1e-12);
    PW_ASSERT_NEAR(pw_learnt_correlation(&self, 0, 1), 0.447213595, 1e-6);
    PW_ASSERT_TEXT(pw_learnt_name(PW_LEARNT_HARDLY, true), "not identified");
    PW_ASSERT_TEXT(pw_learnt_name(PW_LEARNT_HARDLY, false), "hardly moved");
    PW_ASSERT_NEAR(pw_calibrate_effective_sets(&self), 4.0, 1e-12);
    weight[0] = weight[1] = 0.5;
    weight[2] = weight[3] = 0.0;
    PW_ASSERT_NEAR(pw_calibrate_effective_sets(&self), 2.0, 1e-12);
}

PW_TESTS(PW_TEST(test_counts_are_as_far_as_their_sampling_error_says), PW_TEST(test_bounds_are_held_a_quarter_of_the_spread_tight),
         PW_TEST(test_stopped_calibration_goes_on_to_the_same_result), PW_TEST(test_foreign_and_broken_states_are_refused),
         PW_TEST(test_target_beyond_the_prior_is_refused), PW_TEST(test_nothing_to_fit_is_said_before_any_work),
         PW_TEST(test_correlations_and_effective_sets_are_weighted))
