/* Whole runs: small ones of the baseline and its scenarios as they stand in the files. */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/experiment/run.h"
#include "harness.h"

enum { MOST_WORLDS = 64 };

/* Small areas, and a warm-up just long enough to have some cases: what is tested here does not hang on size. */
static const char *const small[] = { "areas.north.families_per_month=4.0", "areas.south.families_per_month=3.0", "time.warm_up_months=12",
                                     "time.follow_up_months=9" };

typedef struct {
    pw_spec_t *spec[3];
    int n_specs;
    pw_findings_t findings;
    pw_run_request_t request;
    pw_run_t run;
    int64_t watched;
    double kept[MOST_WORLDS];            /* a sum of each world's scenario 1, in order */
} subject_t;

static pw_status_t keep(void *context, const pw_run_t *run, const pw_worlds_t *worlds)
{
    subject_t *s = context;
    int n = run->request.n_scenarios;
    size_t at = pw_layout_at(&run->layout, PW_BLOCK_AREA, 0, PW_AREA_incidents, run->roster.n_areas, 0);
    for (int w = 0; w < worlds->n && s->watched < MOST_WORLDS; w++)
        s->kept[s->watched++] = worlds->vector[w * n + n - 1][at];
    return PW_OK;
}

static subject_t *open_run(const char *const *files, int n_files, int64_t draws, int64_t replications)
{
    subject_t *s = calloc(1, sizeof *s);
    s->n_specs = n_files;
    for (int i = 0; i < n_files; i++)
        CU_ASSERT_EQUAL_FATAL(pw_spec_load(files[i], small, 4, &s->spec[i], &s->findings), PW_OK);
    pw_findings_print(&s->findings, stdout);
    CU_ASSERT_EQUAL_FATAL(s->findings.n, 0);
    s->request = (pw_run_request_t){ .spec = (const pw_spec_t *const *)s->spec, .n_scenarios = n_files, .draws = draws, .replications = replications,
                                     .seed = 2385, .threads = 1, .watch = keep, .watch_context = s };
    return s;
}

static pw_status_t work(subject_t *s)
{
    pw_status_t status = pw_run_prepare(&s->run, &s->request, &s->findings);
    return status == PW_OK ? pw_run_go(&s->run, &s->findings) : status;
}

static void close_run(subject_t *s)
{
    pw_run_free(&s->run);
    for (int i = 0; i < s->n_specs; i++)
        pw_spec_free(s->spec[i]);
    pw_findings_free(&s->findings);
    free(s);
}

static const char *const programme[] = { "params/baseline.cfg", "scenarios/perpetrator_programme.cfg" };
static const char *const twice[] = { "params/baseline.cfg", "params/baseline.cfg" };

/* Every number that the files are made of. */
static int64_t differences(const pw_run_t *a, const pw_run_t *b)
{
    double room[MOST_WORLDS];
    int64_t n = 0;
    for (int s = 0; s < a->roster.n_scenarios; s++)
        for (int64_t r = 0; r < a->ledger.n_rows; r++)
            for (int paired = 0; paired <= (s > 0); paired++) {
                pw_summary_t x = pw_ledger_summary(&a->ledger, s, r, paired == 1, room), y = pw_ledger_summary(&b->ledger, s, r, paired == 1, room);
                n += memcmp(&x, &y, offsetof(pw_summary_t, spread)) != 0 || x.spread != y.spread;
            }
    return n + (memcmp(a->ledger.total, b->ledger.total, a->ledger.total_size * (size_t)a->roster.n_scenarios * sizeof(double)) != 0);
}

static void test_results_do_not_depend_on_threads(void)
{
    subject_t *one = open_run(programme, 2, 5, 2);
    CU_ASSERT_EQUAL(work(one), PW_OK);
    static const int threads[] = { 2, 7 };
    for (int i = 0; i < 2; i++) {
        subject_t *many = open_run(programme, 2, 5, 2);
        many->request.threads = threads[i];
        CU_ASSERT_EQUAL(work(many), PW_OK);
        CU_ASSERT_EQUAL(differences(&one->run, &many->run), 0);
        close_run(many);
    }
    close_run(one);
}

/* Takes from every draw but the first the values that stand in `context`'s draw. */
static pw_status_t take_first_draw(void *context, const pw_spec_t *spec, int scenario, int64_t draw, pw_values_t *inout)
{
    const subject_t *s = context;
    pw_values_t first = { 0 };
    (void)scenario;
    pw_status_t status = draw == 0 ? PW_OK : pw_values_draw(&spec->evidence, 2, s->request.seed, 0, &first);
    for (int i = 0; status == PW_OK && draw > 0 && i < inout->n; i++)
        pw_values_put(inout, &spec->evidence, i, first.drawn[i]);
    pw_values_free(&first);
    return status;
}

static void test_a_hook_decides_the_parameter_sets(void)
{
    subject_t *plain = open_run(programme, 2, 3, 1), *hooked = open_run(programme, 2, 3, 1);
    pw_values_t first = { 0 }, third = { 0 }, drawn = { 0 };
    hooked->request.values = (pw_values_hook_t){ .adjust = take_first_draw, .context = hooked };
    CU_ASSERT_EQUAL(work(plain), PW_OK);
    CU_ASSERT_EQUAL(work(hooked), PW_OK);
    CU_ASSERT_EQUAL(plain->kept[0], hooked->kept[0]);
    CU_ASSERT_NOT_EQUAL(plain->kept[2], hooked->kept[2]);
    CU_ASSERT_EQUAL_FATAL(pw_models_values(&hooked->run.models, 0, 1, &first), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_models_values(&hooked->run.models, 2, 1, &third), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_models_values(&plain->run.models, 2, 1, &drawn), PW_OK);
    CU_ASSERT_EQUAL(memcmp(first.drawn, third.drawn, (size_t)first.n * sizeof first.drawn[0]), 0);
    CU_ASSERT_EQUAL(memcmp(first.value, third.value, (size_t)(first.n * first.n_areas) * sizeof first.value[0]), 0);
    CU_ASSERT_NOT_EQUAL(memcmp(first.drawn, drawn.drawn, (size_t)first.n * sizeof first.drawn[0]), 0);
    pw_values_free(&first);
    pw_values_free(&third);
    pw_values_free(&drawn);
    close_run(plain);
    close_run(hooked);
}

static void test_scenario_equal_to_the_baseline_differs_by_exactly_nothing(void)
{
    subject_t *s = open_run(twice, 2, 3, 2);
    double room[3];
    int64_t something = 0, values = 0;
    CU_ASSERT_EQUAL(work(s), PW_OK);
    for (int64_t r = 0; r < s->run.ledger.n_rows; r++) {
        pw_summary_t d = pw_ledger_summary(&s->run.ledger, 1, r, true, room);
        if (d.draws == 0)
            continue;
        values++;
        something += d.mean != 0.0 || d.mc_se != 0.0 || d.p05 != 0.0 || d.p50 != 0.0 || d.p95 != 0.0 || pw_clear_of_zero(&d);
    }
    CU_ASSERT(values > 1000);
    CU_ASSERT_EQUAL(something, 0);
    close_run(s);
}

/* World number = draw x 2^20 + replication: more replications add worlds and leave the others as they were. */
static void test_more_replications_leave_earlier_worlds_as_they_were(void)
{
    subject_t *two = open_run(programme, 2, 2, 2), *three = open_run(programme, 2, 2, 3);
    CU_ASSERT_EQUAL(work(two), PW_OK);
    CU_ASSERT_EQUAL(work(three), PW_OK);
    CU_ASSERT_EQUAL(two->watched, 4);
    CU_ASSERT_EQUAL(three->watched, 6);
    CU_ASSERT(two->kept[0] > 0.0 && two->kept[0] != two->kept[1]);
    for (int d = 0; d < 2; d++)
        for (int r = 0; r < 2; r++)
            CU_ASSERT_EQUAL(two->kept[2 * d + r], three->kept[3 * d + r]);
    close_run(two);
    close_run(three);
}

/* A chunk ends after 32 worlds, in the middle of a draw here: the same as if it did not. Fixed values give one parameter set. */
static void test_fixed_values_give_a_monte_carlo_interval_only(void)
{
    subject_t *s = open_run(programme, 2, 0, 40);
    double room[1];
    CU_ASSERT_EQUAL(work(s), PW_OK);
    CU_ASSERT_EQUAL(s->watched, 40);
    int64_t row = pw_ledger_row(&s->run.ledger, pw_catalogue_find(&s->run.catalogue, "repeat_notifications"), s->run.roster.n_areas, PW_SUBGROUP_all);
    pw_summary_t d = pw_ledger_summary(&s->run.ledger, 0, row, false, room);
    CU_ASSERT_EQUAL(d.spread, PW_SPREAD_MONTE_CARLO);
    CU_ASSERT_EQUAL(d.draws, 0);
    CU_ASSERT_EQUAL(d.replications, 40);
    CU_ASSERT(d.mc_se > 0.0 && d.low95 < d.mean && d.mean < d.high95);
    close_run(s);
}

static void test_precision_stops_after_a_whole_batch_of_draws(void)
{
    subject_t *s = open_run(programme, 2, 60, 2);
    s->request.precision_measure = "repeat_notifications";
    s->request.precision = 1e6;
    s->request.threads = 2;
    CU_ASSERT_EQUAL(work(s), PW_OK);
    CU_ASSERT_EQUAL(s->run.ledger.n_draws, PW_BATCH_DRAWS);
    CU_ASSERT(s->run.precision_reached && s->run.half_width > 0.0);
    close_run(s);
}

static void test_precision_not_reached_is_a_lawful_ending(void)
{
    subject_t *s = open_run(programme, 2, 12, 2);
    s->request.precision_measure = "repeat_notifications";
    s->request.precision = 1e-9;
    CU_ASSERT_EQUAL(work(s), PW_PRECISION_NOT_REACHED);
    CU_ASSERT_EQUAL(s->run.ledger.n_draws, 12);
    CU_ASSERT(!s->run.precision_reached);
    close_run(s);
    s = open_run(programme, 2, 3, 2);
    s->request.precision_measure = "repeat_notification";
    CU_ASSERT_EQUAL(work(s), PW_ERROR_USAGE);
    PW_ASSERT_TEXT(pw_catalogue_nearest(&s->run.catalogue, "repeat_notification"), "repeat_notifications");
    close_run(s);
}

static void test_run_stops_when_asked(void)
{
    static volatile sig_atomic_t asked = 1;
    subject_t *s = open_run(programme, 2, 50, 4);
    s->request.stop = &asked;
    CU_ASSERT_EQUAL(work(s), PW_ERROR_STOPPED);
    CU_ASSERT_EQUAL(s->watched, 0);
    close_run(s);
}

/* The same draw of the estimates in every scenario: with the same luck, a small programme leaves most of the noise out of the difference.
 * Against unpaired worlds the variance of one world's difference is at least 5 times smaller (it is some hundred times in the full baseline). */
static void test_pairing_takes_most_of_the_noise_out(void)
{
    subject_t *s = open_run(programme, 2, 0, 40);
    double room[1];
    CU_ASSERT_EQUAL(work(s), PW_OK);
    int64_t row = pw_ledger_row(&s->run.ledger, pw_catalogue_find(&s->run.catalogue, "repeat_notifications"), s->run.roster.n_areas, PW_SUBGROUP_all);
    double own = pw_ledger_summary(&s->run.ledger, 0, row, false, room).within + pw_ledger_summary(&s->run.ledger, 1, row, false, room).within;
    double paired = pw_ledger_summary(&s->run.ledger, 1, row, true, room).within;
    printf("  variance of the difference in repeat notifications, unpaired / paired: %.1f\n", own / paired);
    CU_ASSERT(own > 5.0 * paired);
    close_run(s);
}

/* What a run still holds when its worlds are done, of so many worlds. */
static long long held_by_run(int64_t replications)
{
    long long before = pw_memory_held();
    subject_t *s = open_run(programme, 2, 0, replications);
    CU_ASSERT_EQUAL(work(s), PW_OK);
    long long held = pw_memory_held() - before;
    close_run(s);
    CU_ASSERT_EQUAL(pw_memory_held(), before);
    return held;
}

/* Sums and sketches alone are kept of a world. A sketch holds numbers until there are PW_SKETCH_EXACT, of rare things a while longer; four times as many
 * worlds may not take a tenth more. One double kept of each world and row would take twice as much. */
static void test_memory_of_a_run_does_not_grow_with_replications(void)
{
    long long some = held_by_run(2 * PW_SKETCH_EXACT), many = held_by_run(8 * PW_SKETCH_EXACT);
    printf("  held after %d and %d worlds: %lld and %lld KiB\n", 2 * PW_SKETCH_EXACT, 8 * PW_SKETCH_EXACT, some / 1024, many / 1024);
    CU_ASSERT(10 * many <= 11 * some);
}

static void test_run_without_memory_says_so_and_leaks_nothing(void)
{
    static const long at[] = { 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 1000, 3000 };
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        subject_t *s = open_run(programme, 2, 1, 1);
        pw_memory_fail_at(at[i]);
        pw_status_t status = work(s);
        pw_memory_fail_at(0);
        CU_ASSERT_EQUAL(status, PW_ERROR_MEMORY);
        close_run(s);
    }
}

PW_TESTS(PW_TEST(test_results_do_not_depend_on_threads), PW_TEST(test_a_hook_decides_the_parameter_sets),
         PW_TEST(test_scenario_equal_to_the_baseline_differs_by_exactly_nothing),
         PW_TEST(test_more_replications_leave_earlier_worlds_as_they_were), PW_TEST(test_fixed_values_give_a_monte_carlo_interval_only),
         PW_TEST(test_precision_stops_after_a_whole_batch_of_draws), PW_TEST(test_precision_not_reached_is_a_lawful_ending),
         PW_TEST(test_run_stops_when_asked), PW_TEST(test_pairing_takes_most_of_the_noise_out),
         PW_TEST(test_memory_of_a_run_does_not_grow_with_replications),
         PW_TEST(test_run_without_memory_says_so_and_leaks_nothing))
