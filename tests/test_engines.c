/* Do families that run ahead alone give the same bytes as every event in time order? On models with a bit of everything. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "model_maker.h"

enum { MODELS = 1200, FAMILIES = 4000 };

typedef struct { pw_model_t base, scenario, reference; } models_t;

/* Every third world has a scenario with other places, chances and effects; every fourth one the reference world. */
static int run_one(mk_run_t *run, models_t *m, uint64_t seed, mk_watch_t *watch, enum pw_engine engine)
{
    run->options = (pw_world_options_t){ .engine = engine };
    if (watch)
        mk_watch_on(watch, &run->options);
    const pw_model_t *both[2] = { &m->base, &m->scenario };
    return mk_run_all(run, 2009, seed, both, seed % 3 == 0 ? 2 : 1, seed % 4 == 0 ? &m->reference : NULL);
}

static void change(pw_model_t *m, uint64_t seed)
{
    mk_luck_t luck = { seed ^ 0x5ce7a410 };
    for (int k = 0; k < m->n_teams; k++)
        m->team[k].step[0].places = mk_below(&luck, 6);
    for (int v = 0; v < m->n_services; v++) {
        m->service[v].step[0].places = mk_below(&luck, 6);
        m->service[v].has_uptake = false;
    }
    for (int e = 0; e < m->n_effects; e++)
        m->effect[e].ratio *= 0.8;
    for (int s = 0; s < m->n_stages; s++)
        if (!m->stage[s].is_end && mk_below(&luck, 3) == 0)
            m->stage[s].wait_limit_to = -1;
    m->ages ^= seed % 7 == 0 ? 2 : 0;
    pw_model_finish(m);
}

static void make(models_t *m, uint64_t seed)
{
    mk_random(&m->base, seed, true);
    m->base.ages = seed % 5 == 0 ? PW_AGES_ALL : 0;
    m->scenario = m->reference = m->base;
    change(&m->scenario, seed);
    mk_reference(&m->reference);
}

static bool same_events(const mk_watch_t *a, const mk_watch_t *b)
{
    return memcmp(a->hash, b->hash, (size_t)MK_SCENARIOS * FAMILIES * sizeof *a->hash) == 0 && memcmp(a->count, b->count, sizeof a->count) == 0;
}

static void test_both_engines_give_the_same_bytes_and_the_same_event_sequences(void)
{
    models_t *m = malloc(sizeof *m);
    mk_run_t ahead, ordered;
    mk_run_init(&ahead);
    mk_run_init(&ordered);
    double events = 0.0, records = 0.0;
    int bad = 0, team = 0, service = 0, light = 0;
    int64_t told[PW_TOLD_WHATS] = { 0 };
    static const uint64_t rare[] = { 1301, 1824, 2562, 2984, 3114 };      /* found by longer runs: index paths and repeats in short cuts */
    for (uint64_t k = 1; k <= MODELS + sizeof rare / sizeof rare[0] && bad < 3; k++) {
        uint64_t seed = k <= MODELS ? k : rare[k - MODELS - 1];
        make(m, seed);
        mk_watch_t x, y;
        mk_watch_init(&x, FAMILIES, false);
        mk_watch_init(&y, FAMILIES, false);
        int status = run_one(&ahead, m, seed, &x, PW_ENGINE_AHEAD);
        status |= run_one(&ordered, m, seed, &y, PW_ENGINE_ORDERED);
        bool same = status == 0 && mk_same(ahead.result[0], ordered.result[0]) && (seed % 3 || mk_same(ahead.result[1], ordered.result[1])) &&
            same_events(&x, &y) &&
                    !x.disordered && !y.disordered;
        /* short cuts are taken where nobody looks: they must not show */
        status |= run_one(&ahead, m, seed, NULL, PW_ENGINE_AHEAD);
        same = same && status == 0 && mk_same(ahead.result[0], ordered.result[0]) && (seed % 3 || mk_same(ahead.result[1], ordered.result[1]));
        status |= run_one(&ordered, m, seed, NULL, PW_ENGINE_ORDERED);
        same = same && status == 0 && mk_same(ahead.result[0], ordered.result[0]) && (seed % 3 || mk_same(ahead.result[1], ordered.result[1]));
        if (!same) {
            printf("\n  random model %llu: status %d, events %s\n", (unsigned long long)seed, status, same_events(&x, &y) ? "same" : "differ");
            bad++;
        }
        events += (double)ahead.result[0]->events;
        records += (double)ahead.result[0]->n_records;
        bool waits = false, waits_service = false;
        for (int j = 0; j < m->base.n_teams; j++)
            waits |= mk_queue_sum(&ahead.result[0]->team[j], m->base.months).length_ticks > 0;
        for (int j = 0; j < m->base.n_services; j++)
            waits_service |= mk_queue_sum(&ahead.result[0]->service[j], m->base.months).length_ticks > 0;
        team += waits;
        service += waits_service;
        light += m->base.light_police;
        for (int what = 0; what < PW_TOLD_WHATS; what++)
            told[what] += x.told[what];
        mk_watch_free(&x);
        mk_watch_free(&y);
    }
    CU_ASSERT_EQUAL(bad, 0);
    CU_ASSERT(bad || (events > 1000.0 * MODELS && records > 20.0 * MODELS));      /* they are not empty worlds */
    CU_ASSERT(bad || (team > MODELS / 4 && service > MODELS / 4 && light > MODELS / 8));
    for (int what = 0; what < PW_TOLD_WHATS; what++)      /* every kind of event is told by both engines alike */
        CU_ASSERT(bad || told[what] > 0);
    mk_run_free(&ahead);
    mk_run_free(&ordered);
    free(m);
}

/* The pilot counts where predictors are used; that must not show either, and both engines count alike (weights are whole numbers). */
static void test_the_pilots_census_changes_nothing_and_is_the_same_for_both_engines(void)
{
    models_t *m = malloc(sizeof *m);
    pw_census_t *census = calloc(2, sizeof *census);
    mk_run_t plain, counted[2];
    mk_run_init(&plain);
    for (int k = 0; k < 2; k++) {
        mk_run_init(&counted[k]);
        counted[k].options.engine = k ? PW_ENGINE_ORDERED : PW_ENGINE_AHEAD;
        counted[k].options.census = &census[k];
    }
    for (uint64_t seed = 2000; seed < 2040; seed++) {
        make(m, seed);
        const pw_model_t *models[1] = { &m->base };
        CU_ASSERT_EQUAL_FATAL(mk_run_all(&plain, 2009, seed, models, 1, &m->reference), 0);
        for (int k = 0; k < 2; k++) {
            CU_ASSERT_EQUAL_FATAL(mk_run_all(&counted[k], 2009, seed, models, 1, &m->reference), 0);
            CU_ASSERT_TRUE(mk_same(plain.result[0], counted[k].result[0]));
        }
    }
    CU_ASSERT_EQUAL(memcmp(census[0].weight, census[1].weight, sizeof census[0].weight), 0);
    CU_ASSERT_EQUAL(memcmp(census[0].bit_sum, census[1].bit_sum, sizeof census[0].bit_sum), 0);
    CU_ASSERT_EQUAL(census[0].n_risk, census[1].n_risk);
    CU_ASSERT(census[0].n_risk > 1000);
    CU_ASSERT_EQUAL(memcmp(census[0].severe, census[1].severe, (size_t)census[0].n_risk), 0);
    CU_ASSERT(census[0].weight[PW_PLACE_ENTRY] > 0.0 && census[0].weight[PW_PLACE_TIME] > 0.0 && census[0].weight[PW_PLACE_STAGE_0] > 0.0);
    for (int k = 0; k < 2; k++) {
        pw_census_free(&census[k]);
        mk_run_free(&counted[k]);
    }
    mk_run_free(&plain);
    free(census);
    free(m);
}

PW_TESTS(PW_TEST(test_both_engines_give_the_same_bytes_and_the_same_event_sequences),
         PW_TEST(test_the_pilots_census_changes_nothing_and_is_the_same_for_both_engines))
