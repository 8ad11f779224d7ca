/* bench.c: how fast is the engine, beside the fastest loop one could write by hand?
 *
 * Prints one `name value unit` a line. The machine may be shared and drifts by half, so nothing is compared across time: floor, heap loop, toy
 * and baseline take turns, a turn is short, and a ratio is the median over the turns of the ratio within a turn. Times are the thread's own
 * processor time, except for two threads over one, which is wall time.
 *
 * Events. Toy, floor and heap: incidents and completions of the team. Baseline: what the engine works off, a clock of a family or a shared
 * moment, warm-up included (pw_world_events). A notification's arrival and its joining of a team's line are two, worked off one after the
 * other; a start from a line, and what an event brings about at once, are none. */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../model/spec/compile.h"
#include "../model/world/world.h"
#include "floor.h"
#include "parts.h"

enum { TURNS = 31, FLOOR_REPLICATIONS = 20, TOY_REPLICATIONS = 20, THREAD_TURNS = 7, THREAD_WORLDS = 16 };

static double processor_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double wall_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof *values, by_value);
    return values[n / 2];
}

/* ---- the models ---- */

/* The first area of a file, with every estimate at its value; ends the program where the file is wrong. */
static pw_model_t *load(const char *file)
{
    pw_spec_t *spec = NULL;
    pw_findings_t findings = { 0 };
    pw_values_t values = { 0 };
    pw_model_t *model = calloc(1, sizeof *model);
    if (!model || pw_spec_load(file, NULL, 0, &spec, &findings) || pw_values_central(&spec->evidence, pw_spec_areas(spec), &values) ||
        pw_compile(spec, &values, NULL, NULL, 0, model, &findings)) {
        fprintf(stderr, "bench: %s cannot be used\n", file);
        pw_findings_print(&findings, stderr);
        exit(1);
    }
    pw_values_free(&values);
    pw_spec_free(spec);
    pw_findings_free(&findings);
    return model;
}

/* ---- one runner of worlds for each thread ---- */

typedef struct { pw_world_t *world; pw_result_t *result; } runner_t;

static runner_t new_runner(void)
{
    runner_t it = { pw_world_new(), calloc(1, sizeof(pw_result_t)) };
    if (!it.world || !it.result)
        exit(1);
    return it;
}

static void free_runner(runner_t *self)
{
    pw_world_free(self->world);
    free(self->result);
}

static void run(runner_t *self, const pw_model_t *model, enum pw_engine engine, uint64_t world)
{
    pw_world_options_t options = { .engine = engine };
    if (pw_world_run(self->world, 1, world, &model, 1, NULL, &options, &self->result))
        exit(1);
}

static double toy_events(const pw_model_t *model, const pw_result_t *result)
{
    int64_t events = 0;
    for (int month = 0; month < model->months; month++)
        events += result->month[month][PW_MONTH_incidents];
    for (int stage = 0; stage < model->n_stages; stage++)
        for (int to = 0; to < model->n_stages && model->stage[stage].team >= 0; to++)
            events += result->flow[stage][to];
    return (double)events;
}

/* ---- turns: events a second of each contender ---- */

enum contender { FLOOR, HEAP, TOY, ORDERED_TOY, BASELINE, CONTENDERS };

static double of_loop(bool tree)
{
    double start = processor_seconds();
    pw_floor_t sum = tree ? pw_floor_tree(1, FLOOR_REPLICATIONS) : pw_floor_heap(1, FLOOR_REPLICATIONS);
    return (double)sum.events / (processor_seconds() - start);
}

static double of_toy(runner_t *runner, const pw_model_t *model, enum pw_engine engine)
{
    double start = processor_seconds(), events = 0.0;
    for (uint64_t world = 0; world < TOY_REPLICATIONS; world++) {
        run(runner, model, engine, world);
        events += toy_events(model, runner->result);
    }
    return events / (processor_seconds() - start);
}

static double of_baseline(runner_t *runner, const pw_model_t *model, uint64_t world)
{
    double start = processor_seconds();
    run(runner, model, PW_ENGINE_AHEAD, world);
    return (double)pw_world_events(runner->world) / (processor_seconds() - start);
}

static void take_turns(const pw_model_t *toy, const pw_model_t *baseline)
{
    static double rate[CONTENDERS][TURNS], ratio[CONTENDERS][TURNS], over_heap[TURNS];
    static const char *const name[CONTENDERS] = { "floor", "heap", "toy", "ordered_toy", "baseline" };
    runner_t runner = new_runner();
    for (int turn = -1; turn < TURNS; turn++) {        /* the first is for the caches */
        int k = turn < 0 ? 0 : turn;
        rate[FLOOR][k] = of_loop(true);
        rate[HEAP][k] = of_loop(false);
        rate[TOY][k] = of_toy(&runner, toy, PW_ENGINE_AHEAD);
        rate[ORDERED_TOY][k] = of_toy(&runner, toy, PW_ENGINE_ORDERED);
        rate[BASELINE][k] = of_baseline(&runner, baseline, (uint64_t)k);
        for (int c = 0; c < CONTENDERS; c++)
            ratio[c][k] = rate[c][k] / rate[FLOOR][k];
        over_heap[k] = rate[FLOOR][k] / rate[HEAP][k];
    }
    for (int c = 0; c < CONTENDERS; c++)
        printf("%s_events_per_second_per_core %.0f 1/s\n", name[c], median(rate[c], TURNS));
    printf("floor_over_heap %.3f ratio\n", median(over_heap, TURNS));
    for (int c = TOY; c < CONTENDERS; c++)
        printf("%s_over_floor %.3f ratio\n", name[c], median(ratio[c], TURNS));
    free_runner(&runner);
}

/* ---- two threads over one ---- */

static double worlds_per_second(runner_t runner[2], int threads, const pw_model_t *model)
{
    double start = wall_seconds();
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (int world = 0; world < THREAD_WORLDS; world++)
        run(&runner[omp_get_thread_num()], model, PW_ENGINE_AHEAD, (uint64_t)world);
    return THREAD_WORLDS / (wall_seconds() - start);
}

static void compare_threads(const pw_model_t *model)
{
    double ratio[THREAD_TURNS];
    runner_t runner[2] = { new_runner(), new_runner() };
    worlds_per_second(runner, 2, model);
    for (int turn = 0; turn < THREAD_TURNS; turn++) {
        double one = worlds_per_second(runner, 1, model);
        ratio[turn] = worlds_per_second(runner, 2, model) / one;
    }
    printf("threads_2_over_1 %.3f ratio\n", median(ratio, THREAD_TURNS));
    free_runner(&runner[0]);
    free_runner(&runner[1]);
}

int main(int argc, char **argv)
{
    pw_model_t *toy = load(argc > 1 ? argv[1] : "bench/toy.cfg");
    pw_model_t *baseline = load(argc > 2 ? argv[2] : "params/baseline.cfg");
    take_turns(toy, baseline);
    compare_threads(baseline);
    runner_t runner = new_runner();
    run(&runner, baseline, PW_ENGINE_AHEAD, 0);
    printf("bytes_per_family %lld bytes\n", (long long)pw_world_bytes_per_family(runner.world));
    free_runner(&runner);
    pw_parts_print(baseline);
    free(toy);
    free(baseline);
    return 0;
}
