/* Calibration: distances on paper; the same result for any number of threads and after an interruption; what it refuses. */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "../model/experiment/calibrate_variant.h"
#include "../model/experiment/learnt.h"
#include "../model/experiment/return_rate.h"
#include "../model/report/calibration_text.h"
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
    return (pw_calibrate_options_t){ .points = 20, .samples = 20, .pilot = 20, .worlds = 2, .keep = 0.5, .tolerance = 8.0, .acceptance = 0.0, .most_moves = 1,
                                     .most_refreshing = 3, .seed = 3, .threads = threads, .state_file = state };
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
__attribute__((no_sanitize("thread"), noinline)) static void ring(int signal) { rung = signal; }    /* as the program's own handler: a flag, no lock */

/* Rings once, after so many milliseconds. */
static void set_alarm(long milliseconds)
{
    struct itimerval timer = { .it_value = { milliseconds / 1000, milliseconds % 1000 * 1000 } };
    rung = 0;
    signal(SIGALRM, ring);
    CU_ASSERT_EQUAL(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

/* One thread and no interruption; two threads and as many interruptions as come: after 100 milliseconds, then 200, ... Each time all memory is given back and
 * the state comes from its file. */
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

/* ---- targets that cannot be met together, on sets made by hand ---- */

static int target_of(const pw_targets_t *targets, const char *name)
{
    for (int t = 0; t < targets->n; t++)
        if (strcmp(targets->target[t].name, name) == 0)
            return t;
    return -1;
}

/* Fitted: `one` from `least`, and `other` from `most`, if it is named; all others are checked only. */
static void fit_two(pw_targets_t *targets, const char *one, double least, const char *other, double most)
{
    for (int t = 0; t < targets->n; t++)
        if (targets->target[t].use == PW_TARGET_FITTED)
            targets->target[t].use = PW_TARGET_CHECKED;
    const char *name[2] = { one, other };
    for (int i = 0; i < 2; i++) {
        pw_target_t *target = name[i] ? &targets->target[target_of(targets, name[i])] : NULL;
        if (target)
            target->kind = PW_TARGET_BOUND, target->use = PW_TARGET_FITTED, target->low = i ? most : least, target->high = NAN;
    }
}

/* 41 sets, of which 30, 31, ... 70 % are notified again within 21 months, and the rest not: what the worlds would have given is put in their place. The scores,
 * and what is printed of fights. */
static void score_by_hand(project_t *p, pw_score_t *score, char **said)
{
    enum { SETS = 41 };
    pw_calibration_t self = { 0 };
    pw_calibrate_options_t options = small(1, NULL);
    options.points = SETS;
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_init(&self, &options, p->spec, &p->targets, &p->run, NULL, 0, &p->findings), PW_OK);
    pw_smc_options_t points = { .points = SETS, .samples = 20, .dims = self.particles.dims, .focus = self.particles.focus };
    CU_ASSERT_EQUAL_FATAL(pw_smc_make(&self.smc, &points), PW_OK);
    for (int i = 0; i < SETS; i++)
        self.smc.id[i] = (uint64_t)i;
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_judge_make(&self), PW_OK);
    for (int t = 0; t < p->targets.n; t++)
        self.spread[t] = 10.0;
    int again = target_of(&p->targets, "renotified"), not_again = target_of(&p->targets, "no_repeat_call");
    for (int s = 0; s < SETS; s++)
        for (int half = 0; half < 2; half++) {
            double *sums = (half ? self.second : self.first) + (size_t)s * (size_t)self.study.n * PW_STUDY_SUMS;
            sums[again * PW_STUDY_SUMS] = 30.0 + s;
            sums[not_again * PW_STUDY_SUMS] = 70.0 - s;
            sums[again * PW_STUDY_SUMS + 1] = sums[not_again * PW_STUDY_SUMS + 1] = 100.0;
        }
    PW_ASSERT_NEAR(pw_calibrate_expected(&self, 3, again, 0), 33.0, 1e-9);
    PW_ASSERT_NEAR(pw_calibrate_expected(&self, 3, not_again, 2), 67.0, 1e-9);
    self.judged = self.n_sets;
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_judge(&self), PW_OK);      /* weights alone: all is judged */
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_scores(&self, score), PW_OK);
    size_t size;
    FILE *to = open_memstream(said, &size);
    pw_calibration_print_fights(&self, score, to);
    fclose(to);
    pw_calibrate_free(&self);
}

/* "At least 60 % notified again" is met by sets of 60 to 70 %; "at least 55 % not notified again" by those of 30 to 45 %; both by none. Alone each is
 * reproduced and nothing is said; together neither is, and each names the other. */
static void test_targets_that_cannot_be_met_together_are_named(void)
{
    project_t *p = project_open();
    pw_score_t *score = calloc((size_t)p->targets.n, sizeof *score);
    int again = target_of(&p->targets, "renotified"), not_again = target_of(&p->targets, "no_repeat_call");
    char *said = NULL;
    fit_two(&p->targets, "renotified", 60.0, NULL, 0.0);
    score_by_hand(p, score, &said);
    CU_ASSERT_EQUAL(score[again].reproduced, PW_INSIDE_YES);
    PW_ASSERT_NEAR(score[again].holds, 1.0, 1e-12);
    PW_ASSERT_TEXT(said, "");
    free(said);
    fit_two(&p->targets, "no_repeat_call", 55.0, NULL, 0.0);
    score_by_hand(p, score, &said);
    CU_ASSERT_EQUAL(score[not_again].reproduced, PW_INSIDE_YES);
    PW_ASSERT_TEXT(said, "");
    free(said);
    fit_two(&p->targets, "renotified", 60.0, "no_repeat_call", 55.0);
    score_by_hand(p, score, &said);
    CU_ASSERT_EQUAL(score[again].reproduced, PW_INSIDE_NO);
    CU_ASSERT_EQUAL(score[not_again].reproduced, PW_INSIDE_NO);
    PW_ASSERT_NEAR(score[again].holds, 11.0 / 41.0, 1e-12);
    PW_ASSERT_NEAR(score[not_again].holds, 16.0 / 41.0, 1e-12);
    CU_ASSERT(strstr(said, "(renotified) is not reproduced: sets that come nearer to it are farther from") != NULL);
    CU_ASSERT(strstr(said, "(no_repeat_call), correlation -") != NULL);
    CU_ASSERT(strstr(said, "(no_repeat_call) is not reproduced: sets that come nearer to it are farther from") != NULL);
    CU_ASSERT(strstr(said, "(renotified), correlation -") != NULL);
    free(said);
    free(score);
    project_close(p);
}

/* ---- variants ---- */

static const char *const watched[] = { "renotified_21_months", "notifications_per_month" };

/* A finished small calibration in a state file of its own. */
static void finish_base(project_t *p, const char *state, pw_calibration_t *out)
{
    pw_calibrate_options_t options = small(2, state);
    options.points = 30;
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_init(out, &options, p->spec, &p->targets, &p->run, watched, 2, &p->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_go(out, &p->findings), PW_OK);
}

/* The base comes out of its file as it went in, weights too. A variant of it: every point's world has the rate (the band, and the tolerance's share of a prior
 * spread beyond) and still agrees with what the base was held to; every set is of the base's volume, up to the noise of the few worlds that sized it. One that
 * is stopped goes on to the same. */
static void test_variant_goes_on_from_a_finished_calibration(void)
{
    project_t *p = project_open();
    char state[] = "/tmp/pathways-calibration-XXXXXX";
    int descriptor = mkstemp(state);
    CU_ASSERT_FATAL(descriptor >= 0);
    close(descriptor);
    unlink(state);
    pw_calibration_t made = { 0 }, base = { 0 }, variant[2];
    memset(variant, 0, sizeof variant);
    finish_base(p, state, &made);
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_init(&base, &made.options, p->spec, &p->targets, &p->run, watched, 2, &p->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_open(&base, &p->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(base.n_sets, made.n_sets);
    CU_ASSERT_EQUAL(memcmp(base.weight, made.weight, (size_t)made.n_sets * sizeof(double)), 0);
    CU_ASSERT_EQUAL(base.worlds, made.worlds);
    unlink(state);
    pw_targets_t targets = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_return_rate_targets(&p->targets, PW_RETURN_CENTRAL, &targets), PW_OK);
    CU_ASSERT_EQUAL_FATAL(targets.n, p->targets.n + 1);
    pw_calibrate_options_t options = base.options;
    options.base = &base, options.points = 20, options.tolerance = 1.0;
    for (int v = 0; v < 2; v++) {
        options.threads = 1 + v;
        options.state_file = v ? state : NULL;
        options.stop = v ? &rung : NULL;
        pw_status_t status = PW_INCOMPLETE;
        for (long wait = 400; status == PW_INCOMPLETE && wait < 1000000; wait *= 2) {
            pw_calibrate_free(&variant[v]);
            set_alarm(v ? wait : 0);
            CU_ASSERT_EQUAL_FATAL(pw_calibrate_init(&variant[v], &options, p->spec, &targets, &p->run, watched, 2, &p->findings), PW_OK);
            status = pw_calibrate_go(&variant[v], &p->findings);
        }
        set_alarm(0);
        CU_ASSERT_EQUAL_FATAL(status, PW_OK);
    }
    signal(SIGALRM, SIG_DFL);
    expect_same(&variant[0], &variant[1]);
    const pw_calibration_t *one = &variant[0];
    CU_ASSERT(strcmp(one->digest, base.digest) != 0 && one->smc.generation > base.smc.generation);
    for (int i = 0; i < 20; i++)
        CU_ASSERT(pw_smc_within(one->smc.distance + (size_t)i * 20, 20, one->smc.tolerance) > 0);
    double volume = pw_calibrate_mean(&base, "notifications_per_month");
    int kept = 0, at = targets.n + 1;
    for (int s = 0; s < one->n_sets; s++) {
        double rate = pw_calibrate_expected(one, s, targets.n - 1, 0);
        CU_ASSERT(one->factor[s] > 0.2 && one->factor[s] < 5.0);
        CU_ASSERT(one->weight[s] == 0.0 || (rate >= 47.5 && rate <= 52.5));
        if (one->weight[s] == 0.0)
            continue;
        kept++;
        PW_ASSERT_NEAR(pw_calibrate_expected(one, s, at, 2) / volume, 1.0, 0.25);
    }
    CU_ASSERT(kept > 0 || pw_calibrate_effective_sets(one) == 0.0);
    for (int k = 0; k < one->particles.dims; k++)
        if (strcmp(p->spec->evidence.estimate[one->particles.estimate[k]].name, "families_per_month") == 0) {
            double plain = pw_particles_value(&one->particles, k, one->smc.z[(size_t)one->point[0] * (size_t)one->particles.dims + (size_t)k]);
            PW_ASSERT_NEAR(pw_calibrate_value(one, 0, k) / plain, one->factor[0], 1e-5);
            PW_ASSERT_NEAR(pw_particles_value(&one->particles, k, pw_calibrate_score(one, 0, k)) / pw_calibrate_value(one, 0, k), 1.0, 1e-5);
        }
    for (int v = 0; v < 2; v++)
        pw_calibrate_free(&variant[v]);
    pw_targets_free(&targets);
    pw_calibrate_free(&made);
    pw_calibrate_free(&base);
    unlink(state);
    project_close(p);
}

/* No file; a state that has not come to its end. */
static void test_only_a_finished_calibration_is_gone_on_from(void)
{
    project_t *p = project_open();
    char state[] = "/tmp/pathways-calibration-XXXXXX";
    int descriptor = mkstemp(state);
    CU_ASSERT_FATAL(descriptor >= 0);
    close(descriptor);
    pw_calibration_t one = { 0 };
    pw_calibrate_options_t options = small(1, state);
    options.points = 4;
    CU_ASSERT_EQUAL_FATAL(pw_calibrate_init(&one, &options, p->spec, &p->targets, &p->run, NULL, 0, &p->findings), PW_OK);
    unlink(state);
    CU_ASSERT_EQUAL(pw_calibrate_open(&one, &p->findings), PW_ERROR_INPUT);
    CU_ASSERT(p->findings.n == 1 && strstr(p->findings.finding[0].message, "no such file") != NULL);
    pw_smc_options_t points = { .points = 4, .samples = 20, .dims = one.particles.dims, .focus = one.particles.focus };
    CU_ASSERT_EQUAL_FATAL(pw_smc_make(&one.smc, &points), PW_OK);
    CU_ASSERT_EQUAL(pw_calibrate_save(&one), PW_OK);
    pw_smc_free(&one.smc);
    CU_ASSERT_EQUAL(pw_calibrate_open(&one, &p->findings), PW_ERROR_INPUT);
    CU_ASSERT(p->findings.n == 2 && strstr(p->findings.finding[1].message, "not finished") != NULL);
    pw_calibrate_free(&one);
    unlink(state);
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
         PW_TEST(test_correlations_and_effective_sets_are_weighted), PW_TEST(test_targets_that_cannot_be_met_together_are_named),
         PW_TEST(test_variant_goes_on_from_a_finished_calibration), PW_TEST(test_only_a_finished_calibration_is_gone_on_from))
