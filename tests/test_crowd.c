/* Are slots used again when a family has gone, and does a world need no more than 1 KiB for each family? */
#include "../model/world/crowd.h"

#include <stdio.h>
#include <stdlib.h>

#include "../model/base/memory.h"
#include "../model/world/entry.h"
#include "../model/world/gap.h"
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
    pw_family_init(&shape, pw_crowd_at(crowd, slot), id, slot, 0);
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

/* Two families whose slots share a line of gaps made ahead, in turns: each has the gaps that it has alone. */
static void test_families_that_share_a_line_of_gaps_have_their_own(void)
{
    mk_base(&model);
    pw_model_finish(&model);
    mk_alone_t alone;
    mk_alone_init(&alone, &model);
    pw_own_t *own = &alone.own;
    pw_family_t *pair[2] = { malloc(own->shape.bytes), malloc(own->shape.bytes) };
    for (uint32_t k = 0; k < 2; k++) {
        pw_family_init(&own->shape, pair[k], 70 + k, 3 + k * PW_GAP_LINES, 0);
        CU_ASSERT_EQUAL(pair[k]->gap_line, 3);
    }
    mk_luck_t luck = { 9 };
    int wrong = 0;
    for (int k = 0; k < 400; k++) {
        pw_family_t *f = pair[mk_below(&luck, 2)];
        pw_gaps8_t gaps;
        pw_stream_gaps8(own->stream, f->id, PW_PURPOSE_INCIDENT, f->incidents & ~UINT32_C(7), 0, &gaps);
        pw_gap_begin(own, f, 0);
        uint32_t i = f->incidents++ & 7;
        wrong += f->gap_left != gaps.exponential[i] || f->luck[0] != gaps.word2[i] || f->luck[1] != gaps.word3[i];
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(pair[0]->incidents > 100 && pair[1]->incidents > 100);
    free(pair[0]);
    free(pair[1]);
    mk_alone_free(&alone);
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

/* The same services for a cohort that is there from day 0 to the end, all of it followed. */
static void make_closed_model(pw_model_t *m, int cohort)
{
    make_full_model(m, cohort / 400.0);
    m->entries_per_day = 0.0;
    m->closed_cohort = cohort;
    m->adult_years = 250.0;
    mk_per_day(&m->rate[PW_RATE_MOVES], 0.0);
    mk_time(m, 0, 0, 21);
    pw_model_finish(m);
}

/* ... one place each, offered to everybody, and nobody gives up. */
static void make_wait_for_all(pw_model_t *m)
{
    mk_gap(m, 1.0, 30.0);
    mk_frailty(m, 0.0);
    m->team[0].step[0].places = 1.0;
    for (int v = 0; v < PW_MAX_SERVICES; v++) {
        m->service[v].step[0].places = 1.0;
        m->service[v].patience.kind = PW_SPAN_NONE;
        mk_probability(&m->service[v].offer[0].chance, 1.0);
    }
    pw_model_finish(m);
}

/* Bytes that a world holds after a run under the baseline and n - 1 policies, whose results are taken as they come. */
static int count_records(void *context, int k, const pw_result_t *result)
{
    ((int64_t *)context)[k] = result->n_records;
    return 0;
}

static void look(void *context, const pw_event_t *event)
{
    (void)context;
    (void)event;
}

/* While somebody looks on, nobody is let go before the end. */
static long long held_by_world(const pw_model_t *m, int n, bool is_looked_at)
{
    static pw_result_t result[4];
    pw_result_t *results[4] = { &result[0], &result[1], &result[2], &result[3] };
    const pw_model_t *models[4] = { m, m, m, m };
    int64_t records[4] = { 0 };
    pw_world_options_t options = { .engine = PW_ENGINE_AHEAD, .take = count_records, .take_context = records, .observe = is_looked_at ? look : NULL };
    long long before = pw_memory_held();
    pw_world_t *world = pw_world_new();
    CU_ASSERT_EQUAL_FATAL(pw_world_run(world, 3, 1, models, n, m, &options, results), 0);
    long long held = pw_memory_held() - before;
    pw_world_free(world);
    CU_ASSERT_EQUAL(pw_memory_held(), before);
    CU_ASSERT(records[0] > 500 && records[n - 1] == records[0]);
    return held;
}

/* A fixed part plus at most 1 KiB a family with 16 services: the slope between areas of one and two families a day; fork, calendar, lines, and
 * the records of a model included. */
static void test_family_takes_at_most_1_kib_with_16_services(void)
{
    static pw_model_t m;
    long long held[2];
    for (int k = 0; k < 2; k++) {
        make_full_model(&m, 1.0 + k);
        held[k] = held_by_world(&m, 2, false);
    }
    double bytes = (double)(held[1] - held[0]) / ((double)m.run_end / PW_TICKS_PER_DAY);
    printf("\n    %.0f bytes a family with %d services\n", bytes, PW_MAX_SERVICES);
    CU_ASSERT(bytes <= 1024.0);
}

static double bytes_in_closed_cohort(bool in_all_lines, bool is_looked_at)
{
    static pw_model_t m;
    long long held[2];
    for (int k = 0; k < 2; k++) {
        make_closed_model(&m, 4096 << k);
        if (in_all_lines)
            make_wait_for_all(&m);
        held[k] = held_by_world(&m, 2, is_looked_at);
    }
    return (double)(held[1] - held[0]) / 4096.0;
}

/* The same of a closed cohort, all of whom have records, let go when nothing is to come or (while somebody looks on) all there to the end. */
static void test_family_of_a_closed_cohort_takes_at_most_1_kib_as_well(void)
{
    double let_go = bytes_in_closed_cohort(false, false), kept = bytes_in_closed_cohort(false, true);
    printf("\n    %.0f bytes a family of a closed cohort with %d services, %.0f if all are kept to the end\n", let_go, PW_MAX_SERVICES, kept);
    CU_ASSERT(let_go < kept - 100.0);
    CU_ASSERT(kept <= 1024.0);
}

/* The worst of a closed cohort: every family stands in all 16 services' lines and the team's at once, and nobody gives up. A sixteenth more. */
static void test_family_in_all_lines_at_once_takes_at_most_a_sixteenth_more(void)
{
    double bytes = bytes_in_closed_cohort(true, false);
    printf("\n    %.0f bytes a family in %d lines at once\n", bytes, PW_MAX_SERVICES + 1);
    CU_ASSERT(bytes <= 1088.0);
}

/* Who has nothing more to come before the end is let go at once, and the slot is the next one's: of a cohort without incidents there are records and
 * lists, no slots. */
static void test_slots_of_those_who_are_done_are_used_again(void)
{
    static pw_model_t m;
    long long held[2];
    for (int k = 0; k < 2; k++) {
        make_closed_model(&m, 4096 << k);
        mk_per_day(&m.rate[PW_RATE_INCIDENT], 0.0);
        pw_model_finish(&m);
        held[k] = held_by_world(&m, 1, false);
    }
    double bytes = (double)(held[1] - held[0]) / 4096.0;
    CU_ASSERT(bytes > (double)sizeof(pw_record_t) && bytes < (double)(sizeof(pw_record_t) + sizeof(pw_family_t) / 2));
}

/* Results that are taken as they come leave nothing behind: one policy or three, the world is as large, but for a line in a list and what malloc rounds
 * up; less than a tenth of a byte a family. */
static void test_further_policies_take_no_memory(void)
{
    static pw_model_t m;
    make_full_model(&m, 2.0);
    (void)held_by_world(&m, 4, false);            /* malloc's own thresholds settle */
    long long one = held_by_world(&m, 2, false), three = held_by_world(&m, 4, false);
    CU_ASSERT(three - one < 1024);
}

PW_TESTS(PW_TEST(test_slots_are_as_many_as_families_at_once), PW_TEST(test_family_that_has_gone_goes_once),
         PW_TEST(test_crowd_without_memory_says_so_and_can_be_freed), PW_TEST(test_families_that_share_a_line_of_gaps_have_their_own),
         PW_TEST(test_family_takes_at_most_1_kib_with_16_services),
         PW_TEST(test_family_of_a_closed_cohort_takes_at_most_1_kib_as_well),
         PW_TEST(test_family_in_all_lines_at_once_takes_at_most_a_sixteenth_more), PW_TEST(test_slots_of_those_who_are_done_are_used_again),
         PW_TEST(test_further_policies_take_no_memory))
