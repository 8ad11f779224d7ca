/* Do families that run ahead alone give the same bytes as every event in time order? On models with a bit of everything. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "model_maker.h"

enum { MODELS = 240, FAMILIES = 20000 };

typedef struct { pw_model_t base, scenario, reference; } models_t;

/* Every third world has a scenario with other places, chances and effects; every fourth one the reference world. */
static int run_one(mk_run_t *run, models_t *m, uint64_t seed, mk_watch_t *watch, int engine)
{
    run->options.engine = engine;
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
    pw_model_finish(m);
}

static void make(models_t *m, uint64_t seed)
{
    mk_random(&m->base, seed, true);
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
    double events = 0.0, waits = 0.0, waits_service = 0.0, records = 0.0;
    int bad = 0;
    for (uint64_t seed = 1; seed <= MODELS && bad < 3; seed++) {
        make(m, seed);
        mk_watch_t x, y;
        mk_watch_init(&x, FAMILIES, false);
        mk_watch_init(&y, FAMILIES, false);
        int status = run_one(&ahead, m, seed, &x, PW_ENGINE_AHEAD);
        status |= run_one(&ordered, m, seed, &y, PW_ENGINE_ORDERED);
        bool same = status == 0 && mk_same(ahead.result[0], ordered.result[0]) && (seed % 3 || mk_same(ahead.result[1], ordered.result[1])) && same_events(&x, &y) &&
                    !x.disordered && !y.disordered;
        if (!same) {
            printf("\n  random model %llu: status %d, events %s\n", (unsigned long long)seed, status, same_events(&x, &y) ? "same" : "differ");
            bad++;
        }
        events += (double)ahead.result[0]->events;
        records += (double)ahead.result[0]->n_records;
        for (int k = 0; k < m->base.n_teams; k++)
            waits += (double)mk_queue_sum(&ahead.result[0]->team[k], m->base.months).length_ticks;
        for (int k = 0; k < m->base.n_services; k++)
            waits_service += (double)mk_queue_sum(&ahead.result[0]->service[k], m->base.months).length_ticks;
        mk_watch_free(&x);
        mk_watch_free(&y);
    }
    CU_ASSERT_EQUAL(bad, 0);
    CU_ASSERT(events > 1000.0 * MODELS && records > 10.0 * MODELS && waits > 0.0 && waits_service > 0.0);   /* they are not empty worlds */
    mk_run_free(&ahead);
    mk_run_free(&ordered);
    free(m);
}

/* The program may take short cuts where nobody looks: they must not show. */
static void test_nobody_looking_changes_nothing(void)
{
    models_t *m = malloc(sizeof *m);
    mk_run_t seen, unseen;
    mk_run_init(&seen);
    mk_run_init(&unseen);
    for (uint64_t seed = 1000; seed < 1000 + MODELS / 3; seed++) {
        make(m, seed);
        mk_watch_t watch;
        mk_watch_init(&watch, FAMILIES, false);
        CU_ASSERT_EQUAL_FATAL(run_one(&seen, m, seed, &watch, PW_ENGINE_ORDERED), 0);
        mk_watch_on(&watch, &unseen.options);
        unseen.options.observe = NULL;
        const pw_model_t *both[2] = { &m->base, &m->scenario };
        CU_ASSERT_EQUAL_FATAL(mk_run_all(&unseen, 2009, seed, both, seed % 3 == 0 ? 2 : 1, seed % 4 == 0 ? &m->reference : NULL), 0);
        CU_ASSERT_TRUE(mk_same(seen.result[0], unseen.result[0]));
        mk_watch_free(&watch);
    }
    mk_run_free(&seen);
    mk_run_free(&unseen);
    free(m);
}

PW_TESTS(PW_TEST(test_both_engines_give_the_same_bytes_and_the_same_event_sequences), PW_TEST(test_nobody_looking_changes_nothing))
