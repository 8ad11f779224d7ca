/* Whole worlds: nothing is lost, pairs stay pairs, odd worlds are lawful, and a world may be used again. (Formulas: test_world_formulas.c.) */
#include "../model/world/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/error.h"
#include "../model/base/memory.h"
#include "harness.h"
#include "model_maker.h"

enum { FAMILIES = 20000 };

/* ---- nothing is lost ---- */

static int check_queue(const pw_queue_t *queue, int months, int64_t *waiting)
{
    pw_queue_month_t q = mk_queue_sum(queue, months);
    int64_t left = q.joined - q.started - q.refused - q.gave_up, bins = 0;
    for (int k = 0; k < PW_WAIT_BINS; k++)
        bins += queue->wait_bin[k];
    *waiting += left;
    return left < 0 || bins != q.started || q.length_ticks < q.wait_ticks;
}

static int check_flows(const pw_result_t *r, const pw_model_t *m)
{
    int64_t open = 0, started = 0;
    int wrong = 0;
    for (int s = 0; s < m->n_stages; s++) {
        int64_t in = 0, out = 0;
        for (int k = 0; k <= m->n_stages; k++) {
            in += r->flow[k][s];
            out += r->flow[s][k];
        }
        wrong += m->stage[s].is_end ? out != 0 : in < out;
        open += m->stage[s].is_end ? 0 : in - out;
        started += m->stage[s].is_end ? 0 : r->flow[m->n_stages][s];
    }
    return wrong + (open != r->at_end_open_cases) + (started < open);
}

static int check_record(const pw_record_t *r, const pw_model_t *m)
{
    int wrong = 0;
    for (int kind = 0; kind < PW_HARMS; kind++) {
        const uint16_t *h = r->harm[kind];
        wrong += !(h[PW_REACH_OCCURRED] >= h[PW_REACH_REPORTED] && h[PW_REACH_REPORTED] >= h[PW_REACH_NOTIFIED]);
        wrong += h[PW_REACH_OCCURRED] > r->harm[PW_HARM_ANY][PW_REACH_OCCURRED];
    }
    wrong += r->living >= PW_LIVINGS || r->followed_ticks < 0 || r->followed_ticks > m->follow_up_ticks;
    wrong += r->complete != (r->followed_ticks == m->follow_up_ticks);
    wrong += r->complete && (r->living == PW_LIVING_MOVED_AWAY || r->living == PW_LIVING_GROWN_UP);
    wrong += r->count[PW_COUNT_repeats] >= 1 ? r->first_repeat > r->followed_ticks : r->first_repeat != PW_TICKS_NEVER;
    int indices = r->count[PW_COUNT_notifications] - r->count[PW_COUNT_repeats];
    wrong += indices < 0 || indices > 1 || (indices == 1 && !r->index_seen);
    wrong += r->count[PW_COUNT_false_reports] > r->count[PW_COUNT_separations_reported] ||
        r->count[PW_COUNT_attended] != r->harm[PW_HARM_ANY][PW_REACH_REPORTED];
    double payers = 0.0, moneys = 0.0;
    for (int k = 0; k < PW_PAYERS; k++)
        payers += r->cost[k];
    for (int k = 0; k < PW_MONEYS; k++)
        moneys += r->money[k];
    wrong += !(fabs(payers - moneys) <= 1e-9 * (1.0 + payers)) || !(isfinite(r->risk) && r->risk >= 0.0);
    for (int v = 0; v < m->n_services; v++) {
        unsigned c = r->cascade[v];
        wrong += ((c & PW_CASCADE_STARTED) && !(c & PW_CASCADE_TOOK_UP)) || ((c & PW_CASCADE_TOOK_UP) && !(c & PW_CASCADE_OFFERED));
        wrong += (c & (PW_CASCADE_COMPLETED | PW_CASCADE_DROPPED_OUT | PW_CASCADE_STILL_ATTENDING)) && !(c & PW_CASCADE_STARTED);
    }
    return wrong;
}

static void test_families_flows_queues_and_notifications_are_conserved(void)
{
    pw_model_t *m = malloc(sizeof *m);
    mk_run_t run;
    mk_run_init(&run);
    int64_t moved = 0, grown = 0, care = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        mk_random(m, seed, true);
        if (!m->closed_cohort) {
            int follow_up_is_long = m->follow_up_ticks > 3 * PW_TICKS_PER_MONTH;
            mk_time(m, 0, 2, 3);       /* from nothing at day 0, so that all that is there has come in */
            m->follow_up_ticks *= follow_up_is_long ? 3 : 1;
            pw_model_finish(m);
        }
        mk_watch_t watch;
        mk_watch_init(&watch, FAMILIES, false);
        mk_watch_on(&watch, &run.options);
        CU_ASSERT_EQUAL_FATAL(mk_run(&run, 11, seed, m), 0);
        const pw_result_t *r = run.result[0];
        int64_t waiting = 0, waiting_service = 0;
        int wrong = check_flows(r, m);
        for (int k = 0; k < m->n_teams; k++)
            wrong += check_queue(&r->team[k], m->months, &waiting);
        for (int k = 0; k < m->n_services; k++)
            wrong += check_queue(&r->service[k], m->months, &waiting_service);
        wrong += waiting != r->at_end_waiting_team || waiting_service < r->at_end_waiting_service;
        for (int64_t k = 0; k < r->n_records; k++) {
            wrong += check_record(&r->record[k], m) + (k > 0 && r->record[k].family <= r->record[k - 1].family);
            moved += r->record[k].living == PW_LIVING_MOVED_AWAY;
            grown += r->record[k].living == PW_LIVING_GROWN_UP;
            care += r->record[k].living == PW_LIVING_LOOKED_AFTER;
        }
        wrong += mk_month_sum(r, m->months, PW_MONTH_notifications) != watch.count[2][PW_CLOCK_NOTIFICATION];
        wrong += mk_month_sum(r, m->months, PW_MONTH_referrals) != watch.count[2][PW_CLOCK_REFERRAL];
        wrong += mk_month_sum(r, m->months, PW_MONTH_incidents) != watch.count[2][PW_CLOCK_INCIDENT] + (m->closed_cohort ? 0 : watch.count[2][PW_CLOCK_ENTRY]);
        wrong += mk_month_sum(r, m->months, PW_MONTH_entries) != watch.count[2][PW_CLOCK_ENTRY];
        wrong += m->closed_cohort && r->n_records != m->closed_cohort;
        if (wrong)
            printf("\n  random model %llu: %d wrong\n", (unsigned long long)seed, wrong);
        CU_ASSERT_EQUAL(wrong, 0);
        mk_watch_free(&watch);
    }
    CU_ASSERT(moved > 10 && grown > 10 && care > 10);
    mk_run_free(&run);
    free(m);
}

/* ---- pairs ---- */

static void test_a_scenario_equal_to_the_baseline_gives_the_same_bytes(void)
{
    pw_model_t *m = malloc(2 * sizeof *m);
    mk_run_t run;
    mk_run_init(&run);
    int at_once = 0;
    for (uint64_t seed = 1; seed <= 600; seed++) {
        mk_random(&m[0], seed, true);
        m[1] = m[0];
        CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 13, seed, &m[0], &m[1]), 0);
        run.result[1]->events = run.result[0]->events;     /* a scenario opens each follow-up by an event of its own */
        bool same = mk_same(run.result[0], run.result[1]);
        if (!same)
            printf("  random model %llu\n", (unsigned long long)seed);
        CU_ASSERT_TRUE(same);
        at_once += !m->closed_cohort && run.result[0]->n_records > 10 && m->notification_delay.kind == PW_SPAN_NONE;
    }
    CU_ASSERT(at_once > 20);       /* the index comes at the tick of its incident there */
    mk_run_free(&run);
    free(m);
}

/* Places that a schedule brings on day 0 itself are taken on that day, under the baseline as under a scenario. */
static void test_places_of_day_0_are_taken_on_day_0(void)
{
    static pw_model_t m, same;
    mk_base(&m);
    mk_time(&m, 3, 1, 3);
    m.entries_per_day = 1.0;
    mk_certain_police(&m);
    int stage = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_fixed(400.0));
    mk_exit(&m, stage, mk_end(&m, "closed", PW_COUNTS_AS_CLOSED), 1.0);
    mk_needs(&m, stage, mk_team(&m, "duty", 1.0), 1.0);
    mk_step(&m, false, 0, pw_days_from_ticks(m.day_0), 1000.0);
    pw_model_finish(&m);
    same = m;
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 13, 1, &m, &same), 0);
    for (int k = 0; k < 2; k++) {
        CU_ASSERT_EQUAL(run.result[k]->team[0].month[0].length_ticks, 0);
        CU_ASSERT(run.result[k]->team[0].month[0].wait_ticks > 1000 * PW_TICKS_PER_DAY);
    }
    mk_run_free(&run);
}

/* A scenario lets families move and other agencies refer them, which nobody did under the baseline: the clocks of those who are there at day 0 begin
 * then, and strike as often as their rates say (two-sided, false alarms 1e-6 each), not all at once. */
static void test_rates_that_a_scenario_begins_begin_on_day_0(void)
{
    static pw_model_t m, policy;
    mk_base(&m);
    mk_time(&m, 24, 1, 3);
    m.entries_per_day = 2.0;
    pw_model_finish(&m);
    policy = m;
    mk_per_day(&policy.rate[PW_RATE_REFERRAL], 0.002);
    mk_per_day(&policy.rate[PW_RATE_MOVES], 0.0005);
    pw_model_finish(&policy);
    mk_run_t run;
    mk_run_init(&run);
    double families = 0.0, referrals = 0.0, left = 0.0;
    for (uint64_t world = 0; world < 20; world++) {
        CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 13, world, &m, &policy), 0);
        CU_ASSERT_EQUAL(run.result[0]->month[0][PW_MONTH_referrals] + run.result[0]->month[0][PW_MONTH_left], 0);
        referrals += (double)run.result[1]->month[0][PW_MONTH_referrals];
        left += (double)run.result[1]->month[0][PW_MONTH_left];
        families += 24.5 * PW_DAYS_PER_MONTH * m.entries_per_day;      /* there on average in the first month */
    }
    double refers = families * 0.002 * PW_DAYS_PER_MONTH, leaves = families * 0.0005 * PW_DAYS_PER_MONTH;
    CU_ASSERT(fabs(referrals - refers) < MK_Z * sqrt(refers) + 0.02 * refers);     /* the number there is Poisson, and some leave */
    CU_ASSERT(fabs(left - leaves) < MK_Z * sqrt(leaves) + 0.02 * leaves);
    mk_run_free(&run);
}

/* Under a policy nearly half of the families move away each month, many before the index that the baseline found: they and their children are in the cohort
 * all the same, so that what is counted per 100 children is of the same children. Nothing is born here. */
static void test_a_family_that_leaves_before_its_index_is_in_the_cohort_with_its_children(void)
{
    static pw_model_t m, policy;
    mk_base(&m);
    mk_time(&m, 24, 12, 3);
    m.entries_per_day = 1.0;
    mk_certain_police(&m);
    m.n_children = 2;
    m.children_chance[0] = m.children_chance[1] = 0.5;
    pw_model_finish(&m);
    policy = m;
    mk_per_day(&policy.rate[PW_RATE_MOVES], 0.02);
    pw_model_finish(&policy);
    mk_run_t run;
    mk_run_init(&run);
    int64_t left_before = 0, differ = 0;
    for (uint64_t world = 0; world < 3; world++) {
        CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 13, world, &m, &policy), 0);
        CU_ASSERT_EQUAL_FATAL(run.result[0]->n_records, run.result[1]->n_records);
        for (int64_t k = 0; k < run.result[0]->n_records; k++) {
            left_before += run.result[1]->record[k].followed_ticks == 0;
            differ += run.result[1]->record[k].children != run.result[0]->record[k].children;
        }
    }
    CU_ASSERT(left_before > 50);
    CU_ASSERT_EQUAL(differ, 0);
    mk_run_free(&run);
}

/* A scenario of twice as many incidents, all in the first half of the year: the gaps that are running at day 0 go on by its law, so its first month has
 * four times the incidents of the baseline's (exponential gaps: Poisson; two-sided, false alarms 1e-6 each). */
static void test_gaps_that_run_at_day_0_go_on_by_the_law_of_the_scenario(void)
{
    static pw_model_t m, policy;
    mk_base(&m);
    mk_time(&m, 24, 1, 3);
    m.entries_per_day = 2.0;
    mk_gap(&m, 1.0, 100.0);
    pw_model_finish(&m);
    policy = m;
    mk_gap(&policy, 1.0, 50.0);
    for (int k = 6; k < 12; k++)
        policy.season[k] = 0.0;
    pw_model_finish(&policy);
    mk_run_t run;
    mk_run_init(&run);
    double families = 0.0, incidents[2] = { 0.0, 0.0 };
    for (uint64_t world = 0; world < 20; world++) {
        CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 13, world, &m, &policy), 0);
        for (int k = 0; k < 2; k++)       /* but the incidents with which families enter */
            incidents[k] += (double)(run.result[k]->month[0][PW_MONTH_incidents] - run.result[k]->month[0][PW_MONTH_entries]);
        families += 24.5 * PW_DAYS_PER_MONTH * m.entries_per_day;
    }
    double expected = families * PW_DAYS_PER_MONTH / 100.0;
    CU_ASSERT(fabs(incidents[0] - expected) < MK_Z * sqrt(expected) + 0.02 * expected);        /* the number there is Poisson */
    CU_ASSERT(fabs(incidents[1] - 4.0 * expected) < MK_Z * sqrt(4.0 * expected) + 0.02 * 4.0 * expected);
    mk_run_free(&run);
}

/* Unlimited places, no workload: a scenario that changes one service alone leaves every family that never attends it as it was, event for event.
 * The third model changes duration, offers, uptake, effects of service 0; the second is the baseline again (it has the same window events). */
static void test_families_that_a_changed_service_never_serves_live_the_same_lives(void)
{
    pw_model_t *m = malloc(3 * sizeof *m);
    mk_run_t run;
    mk_run_init(&run);
    int64_t untouched = 0, touched = 0, changed = 0, wrong = 0;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        mk_random(&m[0], seed, false);
        if (m[0].n_services < 2)
            continue;
        m[1] = m[2] = m[0];
        pw_service_t *s = &m[2].service[0];
        s->duration = mk_exponential(100.0);
        for (int k = 0; k < s->n_offers; k++)
            mk_probability(&s->offer[k].chance, 0.5);
        s->has_uptake = s->has_completes = false;
        for (int e = 0; e < m[2].n_effects; e++)
            if (m[2].effect[e].owner_kind == PW_OWNER_SERVICE && m[2].effect[e].owner == 0)
                m[2].effect[e].ratio *= 0.5;
        pw_model_finish(&m[2]);
        mk_watch_t watch;
        mk_watch_init(&watch, 4000, true);
        mk_watch_on(&watch, &run.options);
        const pw_model_t *models[3] = { &m[0], &m[1], &m[2] };
        CU_ASSERT_EQUAL_FATAL(mk_run_all(&run, 14, seed, models, 3, NULL), 0);
        static bool attends[4000];
        memset(attends, 0, sizeof attends);
        for (size_t k = 0; k < watch.n_events; k++) {
            const pw_event_t *e = &watch.event[k];
            /* a start: told with the service's index; the moment that ends an attendance is told with 1 */
            if (e->what == PW_CLOCK_SERVICE && e->detail == 0)
                attends[e->family] = true;
        }
        for (uint32_t f = 0; f < 4000; f++) {
            uint64_t a = mk_watch_hash(&watch, 1, f), b = mk_watch_hash(&watch, 2, f);
            if (!a && !b)
                continue;
            touched += attends[f];
            changed += attends[f] && a != b;
            untouched += !attends[f];
            wrong += !attends[f] && a != b;
        }
        mk_watch_free(&watch);
    }
    CU_ASSERT(untouched > 1000 && touched > 1000 && changed > 500);
    CU_ASSERT_EQUAL(wrong, 0);
    mk_run_free(&run);
    free(m);
}

/* ---- odd worlds ---- */

static void test_worlds_without_families_or_with_one_are_lawful(void)
{
    static pw_model_t m;
    mk_run_t run;
    mk_run_init(&run);
    mk_one_visit(&m, 0.0, 3.0, mk_fixed(1.0), 6);
    pw_model_finish(&m);
    CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 21, 1, &m, &m), 0);
    CU_ASSERT_EQUAL(run.result[0]->n_records, 0);
    CU_ASSERT_EQUAL(run.result[0]->events, 0);
    CU_ASSERT_EQUAL(run.result[0]->team[0].month[3].places_ticks, 3.0 * PW_TICKS_PER_MONTH);
    mk_closed(&m, 1, 6);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 21, 1, &m), 0);
    CU_ASSERT_EQUAL(run.result[0]->n_records, 1);
    CU_ASSERT_EQUAL(run.result[0]->record[0].complete, 1);
    mk_run_free(&run);
}

static void test_no_places_let_everybody_wait_and_unlimited_ones_nobody(void)
{
    static pw_model_t m;
    mk_run_t run;
    mk_run_init(&run);
    mk_one_visit(&m, 1.0, 0.0, mk_fixed(1.0), 6);
    int v = mk_service(&m, "none", 0.0, mk_fixed(5.0));
    mk_offer(&m, v, PW_OFFER_AT_NOTIFICATION, 1.0);
    pw_model_finish(&m);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 21, 1, &m), 0);
    pw_queue_month_t q = mk_queue_sum(&run.result[0]->team[0], m.months), s = mk_queue_sum(&run.result[0]->service[v], m.months);
    CU_ASSERT(q.joined > 100 && q.started == 0 && run.result[0]->at_end_waiting_team > q.joined);
    CU_ASSERT(s.joined > 100 && s.refused == s.joined);
    m.team[0].step[0].places = m.service[v].step[0].places = -1.0;
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 21, 1, &m), 0);
    q = mk_queue_sum(&run.result[0]->team[0], m.months);
    s = mk_queue_sum(&run.result[0]->service[v], m.months);
    CU_ASSERT(q.started == q.joined && q.length_ticks == 0 && s.started == s.joined && q.places_ticks == 0.0);
    mk_run_free(&run);
}

/* Chances of 0 and 1, a follow-up longer than the run, months without incidents, and a first stage that leads nowhere but to ends. */
static void test_extreme_chances_and_times_are_lawful(void)
{
    static pw_model_t m;
    mk_run_t run;
    mk_run_init(&run);
    mk_base(&m);
    mk_time(&m, 0, 6, 3);
    m.follow_up_ticks = 100 * PW_TICKS_PER_MONTH;
    m.entries_per_day = 1.0;
    mk_gap(&m, 1.0, 20.0);
    mk_certain_police(&m);
    for (int k = 0; k < 12; k++)
        m.season[k] = k != 3;
    int stage = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_none());
    mk_exit(&m, stage, mk_end(&m, "nothing", PW_COUNTS_AS_NO_FURTHER_ACTION), 1.0);
    mk_exit(&m, stage, mk_end(&m, "letter", PW_COUNTS_AS_LETTER), 0.0);
    pw_model_finish(&m);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 21, 1, &m), 0);
    const pw_result_t *r = run.result[0];
    int64_t complete = 0, letters = 0, screened = 0, notified = 0;
    for (int64_t k = 0; k < r->n_records; k++) {
        complete += r->record[k].complete;
        letters += r->record[k].count[PW_COUNT_letters];
        screened += r->record[k].count[PW_COUNT_no_further_action];
        notified += r->record[k].count[PW_COUNT_notifications];
        CU_ASSERT_EQUAL(r->record[k].followed_ticks, m.run_end - r->record[k].index_ticks);
    }
    CU_ASSERT(r->n_records > 100 && complete == 0 && letters == 0 && screened == notified && notified > 5 * r->n_records);
    CU_ASSERT_EQUAL(r->month[3][PW_MONTH_incidents], r->month[3][PW_MONTH_entries]);    /* April: those who enter bring theirs */
    CU_ASSERT(r->month[2][PW_MONTH_incidents] > r->month[2][PW_MONTH_entries]);
    mk_run_free(&run);
}

/* ---- one world for many runs ---- */

static void test_a_world_used_again_gives_the_same_bytes_as_a_fresh_one(void)
{
    pw_model_t *m = malloc(2 * sizeof *m);
    mk_run_t used, fresh;
    mk_run_init(&used);
    for (uint64_t seed = 300; seed < 360; seed++) {
        mk_random(&m[0], seed, true);
        m[1] = m[0];
        int n = 1 + (int)(seed % 2);
        const pw_model_t *models[2] = { &m[0], &m[1] };
        mk_run_init(&fresh);
        used.options.engine = seed % 3 ? PW_ENGINE_AHEAD : PW_ENGINE_ORDERED;
        CU_ASSERT_EQUAL_FATAL(mk_run_all(&used, 22, seed, models, n, NULL), 0);
        CU_ASSERT_EQUAL_FATAL(mk_run_all(&fresh, 22, seed, models, n, NULL), 0);
        for (int k = 0; k < n; k++)
            CU_ASSERT_EQUAL(mk_digest(used.result[k]), mk_digest(fresh.result[k]));
        mk_run_free(&fresh);
    }
    mk_run_free(&used);
    free(m);
}

static void test_the_stop_flag_ends_a_run_and_leaves_the_world_usable(void)
{
    pw_model_t *m = malloc(sizeof *m);
    mk_random(m, 5, true);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 23, 1, m), 0);
    uint64_t digest = mk_digest(run.result[0]);
    volatile sig_atomic_t stop = 1;
    run.options.stop = &stop;
    CU_ASSERT_EQUAL(mk_run(&run, 23, 1, m), PW_ERROR_STOPPED);
    stop = 0;
    CU_ASSERT_EQUAL(mk_run(&run, 23, 1, m), 0);
    CU_ASSERT_EQUAL(mk_digest(run.result[0]), digest);
    stop = 1;                      /* nor does a world without anything shared run on */
    mk_base(m);
    mk_closed(m, 10, 6);
    mk_gap(m, 1.0, 10.0);
    pw_model_finish(m);
    CU_ASSERT_EQUAL(mk_run(&run, 23, 1, m), PW_ERROR_STOPPED);
    mk_run_free(&run);
    free(m);
}

/* The 1st, 2nd, 3rd ... allocation fails until none does: an error each time (the address sanitizer looks for leaks), and the next run is right. */
static void test_without_memory_a_run_says_so_and_the_next_one_is_right(void)
{
    pw_model_t *m = malloc(2 * sizeof *m), *reference = &m[1];
    for (uint64_t seed = 40; seed < 46; seed++) {
        mk_random(&m[0], seed, true);
        if (m->closed_cohort == 0)
            m->entries_per_day *= 8.0;
        m[1] = m[0];
        mk_reference(reference);
        const pw_model_t *models[2] = { &m[0], &m[0] };
        mk_run_t run;
        mk_run_init(&run);
        CU_ASSERT_EQUAL_FATAL(mk_run_all(&run, 24, seed, models, 2, reference), 0);
        uint64_t digest = mk_digest(run.result[1]);
        for (int reuse = 0; reuse < 2; reuse++) {
            int status = PW_ERROR_MEMORY;
            long n = 1;
            for (; n < 200 && status; n++) {
                if (!reuse) {
                    pw_world_free(run.world);
                    run.world = pw_world_new();
                }
                pw_memory_fail_at(n);
                status = mk_run_all(&run, 24, seed, models, 2, reference);
                pw_memory_fail_at(0);
                CU_ASSERT(status == 0 || status == PW_ERROR_MEMORY);
                CU_ASSERT_EQUAL_FATAL(mk_run_all(&run, 24, seed, models, 2, reference), 0);
                CU_ASSERT_EQUAL(mk_digest(run.result[1]), digest);
            }
            CU_ASSERT_EQUAL(status, 0);
            CU_ASSERT(reuse || n > 8);
        }
        mk_run_free(&run);
    }
    pw_memory_fail_at(1);
    CU_ASSERT_PTR_NULL(pw_world_new());
    pw_memory_fail_at(0);
    free(m);
}

/* ---- results that are taken as they come ---- */

typedef struct { uint64_t digest[3]; int n, refuses; } takings_t;

static int take(void *context, int k, const pw_result_t *result)
{
    takings_t *self = context;
    if (k == self->refuses)
        return PW_ERROR_MISMATCH;
    self->digest[k] = mk_digest(result);
    self->n++;
    return 0;
}

/* They share one place for their records, and are what they were when each had its own; who takes them can end the run. */
static void test_results_taken_as_they_come_are_those_that_are_kept(void)
{
    pw_model_t *m = malloc(3 * sizeof *m), *reference = &m[2];
    int64_t records = 0;
    for (uint64_t seed = 60; seed < 68; seed++) {
        mk_random(&m[0], seed, true);
        m[1] = m[2] = m[0];
        mk_gap(&m[1], m[0].gap_shape, 2.0 * m[0].gap_scale_days);
        pw_model_finish(&m[1]);
        mk_reference(reference);
        const pw_model_t *models[3] = { &m[0], &m[1], &m[0] };
        mk_run_t kept, taken;
        mk_run_init(&kept);
        mk_run_init(&taken);
        takings_t takings = { .refuses = -1 };
        taken.options.take = take;
        taken.options.take_context = &takings;
        CU_ASSERT_EQUAL_FATAL(mk_run_all(&kept, 25, seed, models, 3, reference), 0);
        CU_ASSERT_EQUAL_FATAL(mk_run_all(&taken, 25, seed, models, 3, reference), 0);
        CU_ASSERT_EQUAL(takings.n, 3);
        for (int k = 0; k < 3; k++)
            CU_ASSERT_EQUAL(takings.digest[k], mk_digest(kept.result[k]));
        records += kept.result[0]->n_records;
        takings = (takings_t){ .refuses = 1 };
        CU_ASSERT_EQUAL(mk_run_all(&taken, 25, seed, models, 3, reference), PW_ERROR_MISMATCH);
        CU_ASSERT_EQUAL(takings.n, 1);
        mk_run_free(&kept);
        mk_run_free(&taken);
    }
    CU_ASSERT(records > 100);
    free(m);
}

PW_TESTS(PW_TEST(test_families_flows_queues_and_notifications_are_conserved),
         PW_TEST(test_a_scenario_equal_to_the_baseline_gives_the_same_bytes),
         PW_TEST(test_places_of_day_0_are_taken_on_day_0),
         PW_TEST(test_rates_that_a_scenario_begins_begin_on_day_0),
         PW_TEST(test_a_family_that_leaves_before_its_index_is_in_the_cohort_with_its_children),
         PW_TEST(test_gaps_that_run_at_day_0_go_on_by_the_law_of_the_scenario),
         PW_TEST(test_families_that_a_changed_service_never_serves_live_the_same_lives),
         PW_TEST(test_worlds_without_families_or_with_one_are_lawful),
         PW_TEST(test_no_places_let_everybody_wait_and_unlimited_ones_nobody),
         PW_TEST(test_extreme_chances_and_times_are_lawful),
         PW_TEST(test_a_world_used_again_gives_the_same_bytes_as_a_fresh_one),
         PW_TEST(test_the_stop_flag_ends_a_run_and_leaves_the_world_usable),
         PW_TEST(test_without_memory_a_run_says_so_and_the_next_one_is_right),
         PW_TEST(test_results_taken_as_they_come_are_those_that_are_kept))
