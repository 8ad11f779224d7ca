/* Are slots used again when a family has gone, and does a world need no more than 1 KiB for each family? */
#include "../model/world/crowd.h"

#include <stdio.h>

#include "../model/base/memory.h"
#include "../model/world/entry.h"
#include "harness.h"
#include "model_maker.h"

static pw_model_t model;
static pw_shape_t shape;

static void open_crowd(pw_crowd_t *crowd, uint32_t n)
{
    mk_base(&model);
    mk_service(&model, "one", 1.0, mk_fixed(1.0));
    pw_model_finish(&model);
    pw_shape_init(&shape, &(const pw_model_t *){ &model }, 1);
    CU_ASSERT_EQUAL_FATAL(pw_crowd_reset(crowd, &shape, n), 0);
}

static uint32_t enter(pw_crowd_t *crowd, uint32_t id)
{
    uint32_t slot = pw_crowd_add(crowd, id);
    CU_ASSERT_NOT_EQUAL_FATAL(slot, PW_NO_SLOT);
    pw_family_init(&shape, pw_crowd_at(crowd, slot), id, 0);
    return slot;
}

/* 40 of 5,000 families are there at once; who goes is drawn. */
static void test_slots_are_as_many_as_families_at_once(void)
{
    pw_crowd_t crowd = { 0 };
    open_crowd(&crowd, 5000);
    static uint32_t here[40];
    mk_luck_t luck = { 4 };
    int wrong = 0;
    for (uint32_t id = 0; id < 5000; id++) {
        int k = id < 40 ? (int)id : mk_below(&luck, 40);
        if (id >= 40) {
            pw_crowd_remove(&crowd, pw_crowd_slot(&crowd, here[k]));
            wrong += pw_crowd_slot(&crowd, here[k]) != PW_NO_SLOT;
        }
        here[k] = id;
        enter(&crowd, id);
        int last = id < 40 ? (int)id : 39;
        for (int j = 0; j <= last; j++)
            wrong += pw_crowd_at(&crowd, pw_crowd_slot(&crowd, here[j]))->id != here[j];
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_EQUAL(crowd.n_slots, 40);
    pw_crowd_free(&crowd);
}

static void test_family_that_has_gone_goes_once(void)
{
    pw_crowd_t crowd = { 0 };
    open_crowd(&crowd, 10);
    uint32_t first = enter(&crowd, 0);
    enter(&crowd, 1);
    pw_crowd_remove(&crowd, first);
    pw_crowd_remove(&crowd, first);
    uint32_t a = enter(&crowd, 2), b = enter(&crowd, 3);
    CU_ASSERT_EQUAL(a, first);
    CU_ASSERT_NOT_EQUAL(a, b);
    CU_ASSERT_NOT_EQUAL(b, pw_crowd_slot(&crowd, 1));
    pw_crowd_free(&crowd);
}

static void test_crowd_without_memory_says_so_and_can_be_freed(void)
{
    for (long n = 1; n <= 3; n++) {
        pw_crowd_t crowd = { 0 };
        open_crowd(&crowd, 0);
        pw_memory_fail_at(n);
        bool failed = pw_crowd_reset(&crowd, &shape, 10) || pw_crowd_add(&crowd, 0) == PW_NO_SLOT;
        pw_memory_fail_at(0);
        CU_ASSERT(failed);
        CU_ASSERT_EQUAL(pw_crowd_reset(&crowd, &shape, 10), 0);
        CU_ASSERT_NOT_EQUAL(pw_crowd_add(&crowd, 0), PW_NO_SLOT);
        pw_crowd_free(&crowd);
    }
}

/* A population as in the baseline, with 16 services, as many effects with a clock as there may be, and families that queue. */
static void make_full_model(pw_model_t *m, double entries_per_day)
{
    mk_base(m);
    mk_time(m, 144, 12, 21);
    mk_gap(m, 0.85, 150.0);
    mk_frailty(m, 2.0);
    mk_certain_police(m);
    m->entries_per_day = entries_per_day;
    m->n_age_bands = 1;
    m->age_from[0] = 0.0;
    m->age_from[1] = 16.0;
    m->age_chance[0] = 1.0;
    m->adult_years = 18.0;
    mk_per_day(&m->rate[PW_RATE_MOVES], 0.15 / 365.25);
    int team = mk_team(m, "duty", 12.0 * entries_per_day), screening = mk_stage(m, "screening", PW_COUNTS_AS_SCREENING, mk_fixed(2.0));
    int closed = mk_end(m, "closed", PW_COUNTS_AS_CLOSED);
    mk_exit(m, screening, closed, 1.0);
    mk_needs(m, screening, team, 0.3);
    m->first_stage = screening;
    for (int v = 0; v < PW_MAX_SERVICES; v++) {
        char name[24];
        snprintf(name, sizeof name, "service_%d", v);
        int service = mk_service(m, name, 5.0 * entries_per_day, mk_fixed(90.0));
        m->service[service].again = true;
        m->service[service].patience = mk_fixed(60.0);
        mk_offer(m, service, PW_OFFER_AT_NOTIFICATION, 0.2);
        mk_effect(m, PW_ON_INCIDENT_RATE, PW_DURING_AFTER_COMPLETION, PW_OWNER_SERVICE, service, 0.9, 365.0);
    }
    pw_model_finish(m);
}

/* Bytes that a world holds after a run under the baseline and one policy, and how many families were in it. */
static long long held_by_world(double entries_per_day, double *families)
{
    static pw_model_t m[2];
    make_full_model(&m[0], entries_per_day);
    make_full_model(&m[1], entries_per_day);
    static pw_result_t result[2];
    const pw_model_t *both[2] = { &m[0], &m[1] };
    pw_world_options_t options = { .engine = PW_ENGINE_AHEAD };
    long long before = pw_memory_held();
    pw_world_t *world = pw_world_new();
    CU_ASSERT_EQUAL_FATAL(pw_world_run(world, 3, 1, both, 2, NULL, &options, (pw_result_t *[2]){ &result[0], &result[1] }), 0);
    long long held = pw_memory_held() - before;
    *families = entries_per_day * (double)m[0].run_end / PW_TICKS_PER_DAY;
    pw_world_free(world);
    CU_ASSERT_EQUAL(pw_memory_held(), before);
    return held;
}

/* A fixed part plus at most 1 KiB a family with 16 services: the slope between areas of one and two families a day; fork, calendar, lines, and
 * the records of two models included. */
static void test_family_takes_at_most_1_kib_with_16_services(void)
{
    double few, many;
    long long small = held_by_world(1.0, &few), large = held_by_world(2.0, &many);
    double bytes = (double)(large - small) / (many - few);
    printf("\n    %.0f bytes a family with %d services, two models\n", bytes, PW_MAX_SERVICES);
    CU_ASSERT(bytes <= 1024.0);
}

PW_TESTS(PW_TEST(test_slots_are_as_many_as_families_at_once), PW_TEST(test_family_that_has_gone_goes_once),
         PW_TEST(test_crowd_without_memory_says_so_and_can_be_freed), PW_TEST(test_family_takes_at_most_1_kib_with_16_services))
