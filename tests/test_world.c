/* Whole worlds: nothing is lost, pairs stay pairs, formulas hold through it all, and odd worlds are lawful. Alpha 1e-6 for each random assertion;
 * seeds are fixed. */
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

static void near_share(double n, double of, double p) { PW_ASSERT_NEAR(n / of, p, MK_Z * sqrt(p * (1.0 - p) / of) + 1e-12); }

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
    wrong += r->count[PW_COUNT_notifications] >= 2 ? r->second_notification > r->followed_ticks : r->second_notification != PW_TICKS_NEVER;
    wrong += r->count[PW_COUNT_false_reports] > r->count[PW_COUNT_separations_reported] || r->count[PW_COUNT_attended] != r->harm[PW_HARM_ANY][PW_REACH_REPORTED];
    double payers = 0.0, moneys = 0.0;
    for (int k = 0; k < PW_PAYERS; k++)
        payers += r->cost[k];
    for (int k = 0; k < PW_MONEYS; k++)
        moneys += r->money[k];
    wrong += !(fabs(payers - moneys) <= 1e-9 * (1.0 + payers)) || !isfinite(r->log_risk);
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

/* Little's law, exactly: the integral of the line is the sum of the waits, those of families still waiting included. Nobody leaves this line but to
 * be served; the service's line is served at last when its places become unlimited. */
static void test_integral_of_the_line_is_the_sum_of_waits(void)
{
    static pw_model_t m;
    enum { N = 300 };
    mk_base(&m);
    mk_closed(&m, N, 24);
    mk_gap(&m, 0.8, 90.0);
    mk_frailty(&m, 1.5);
    mk_certain_police(&m);
    m.notification_delay = pw_span_from_median_p95(4.0, 20.0);
    int screening = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_exponential(1.0)), assessment = mk_stage(&m, "assessment", PW_COUNTS_AS_INITIAL_ASSESSMENT, mk_exponential(8.0));
    int support = mk_stage(&m, "support", PW_COUNTS_AS_FAMILY_SUPPORT, mk_exponential(60.0));
    int closed = mk_end(&m, "closed", PW_COUNTS_AS_CLOSED), duty = mk_team(&m, "duty", 2.0), workers = mk_team(&m, "workers", 12.0);
    mk_needs(&m, screening, duty, 1.0);
    mk_needs(&m, assessment, workers, 1.0);
    mk_needs(&m, support, workers, 1.5);
    m.stage[assessment].has_priority = true;
    mk_weight(&m.stage[assessment].priority, 1.0);
    mk_by_bit(&m.stage[assessment].priority, PW_BIT_CHILD_UNDER_1, 2.0, 0.0);
    m.stage[support].worked = true;
    mk_exit(&m, screening, closed, 0.5);
    mk_exit(&m, screening, assessment, 0.5);
    mk_exit(&m, assessment, closed, 0.5);
    mk_exit(&m, assessment, support, 0.5);
    mk_exit(&m, support, closed, 1.0);
    mk_step(&m, false, workers, 200.0, 9.0);
    mk_step(&m, false, workers, 400.0, 14.0);
    int v = mk_service(&m, "programme", 3.0, mk_exponential(40.0));
    m.service[v].again = true;
    mk_offer(&m, v, assessment, 0.9);
    mk_step(&m, true, v, 700.0, -1.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_watch_t watch;
    mk_run_init(&run);
    mk_watch_init(&watch, N, true);
    mk_watch_on(&watch, &run.options);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 12, 1, &m), 0);
    const pw_result_t *r = run.result[0];
    static pw_ticks_t arrived[N];
    static int stage[N];
    for (size_t k = 0; k < watch.n_events; k++) {
        const pw_event_t *e = &watch.event[k];
        bool end_of_work = k + 1 < watch.n_events && e->what == PW_CLOCK_STAGE && watch.event[k + 1].what == PW_CLOCK_STAGE &&
                           watch.event[k + 1].family == e->family && watch.event[k + 1].ticks == e->ticks;
        if (e->what != PW_CLOCK_STAGE || end_of_work)      /* the moment itself, told before where it leads */
            continue;
        arrived[e->family] = e->ticks;
        stage[e->family] = (int)e->detail;
    }
    int64_t still[2] = { 0, 0 }, n_still = 0;
    for (int64_t k = 0; k < N; k++) {
        if (!r->record[k].waiting_at_end)
            continue;
        still[stage[k] == screening ? 0 : 1] += m.run_end - arrived[k];
        n_still++;
    }
    for (int k = 0; k < 2; k++) {
        pw_queue_month_t q = mk_queue_sum(&r->team[k], 24);
        CU_ASSERT(q.length_ticks > 100 * PW_TICKS_PER_DAY);
        CU_ASSERT_EQUAL(q.length_ticks, q.wait_ticks + still[k]);
    }
    CU_ASSERT(n_still > 0);
    pw_queue_month_t q = mk_queue_sum(&r->service[v], 24);
    CU_ASSERT(q.length_ticks > 100 * PW_TICKS_PER_DAY);
    CU_ASSERT_EQUAL(q.length_ticks, q.wait_ticks);
    mk_watch_free(&watch);
    mk_run_free(&run);
}

/* ---- pairs ---- */

static void test_a_scenario_equal_to_the_baseline_gives_the_same_bytes(void)
{
    pw_model_t *m = malloc(2 * sizeof *m);
    mk_run_t run;
    mk_run_init(&run);
    int at_once = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
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

/* ---- queues through the world ---- */

/* Each family has one notification, on entry, and one visit to a team of c places: M/M/c. */
static void one_visit(pw_model_t *m, double entries_per_day, double places, pw_span_t duration, int months)
{
    mk_base(m);
    mk_time(m, 2, 1, months);
    m->entries_per_day = entries_per_day;
    mk_gap(m, 1.0, 0.0);
    mk_certain_police(m);
    int stage = mk_stage(m, "screening", PW_COUNTS_AS_SCREENING, duration);
    int closed = mk_end(m, "closed", PW_COUNTS_AS_CLOSED);
    mk_exit(m, stage, closed, 1.0);
    mk_needs(m, stage, mk_team(m, "duty", places), 1.0);
    m->stage[stage].wait_limit_to = -1;
}

static double erlang_b(int c, double a)
{
    double b = 1.0;
    for (int k = 1; k <= c; k++)
        b = a * b / (k + a * b);
    return b;
}

/* 60 worlds of 8 years, 4 families a day, 3 places, mean 0.6 days (a = 2.4). Refused with a wait limit of 0: Erlang B. Mean wait without: Erlang C's.
 * Worlds are independent, so their means have a standard error of their own; alpha 1e-6. Catches a place too many or too few. */
static void test_refused_are_erlang_b_and_waits_erlang_c(void)
{
    enum { MONTHS = 96, WORLDS = 60 };
    static pw_model_t m;
    mk_run_t run;
    mk_run_init(&run);
    double b = erlang_b(3, 2.4), c = 3.0 * b / (3.0 - 2.4 * (1.0 - b));
    for (int limit = 0; limit < 2; limit++) {
        one_visit(&m, 4.0, 3.0, mk_exponential(0.6), MONTHS);
        if (limit)
            m.stage[0].wait_limit_to = 1;
        pw_model_finish(&m);
        mk_mean_t refused = { 0 }, wait = { 0 };
        for (uint64_t world = 0; world < WORLDS; world++) {
            CU_ASSERT_EQUAL_FATAL(mk_run(&run, 15, world, &m), 0);
            pw_queue_month_t q = mk_queue_sum(&run.result[0]->team[0], m.months);
            mk_mean_add(&refused, (double)q.refused / (double)q.joined);
            mk_mean_add(&wait, pw_days_from_ticks(q.wait_ticks) / (double)q.started);
        }
        if (limit) {
            PW_ASSERT_NEAR(refused.mean, b, MK_Z * mk_mean_se(&refused));
            CU_ASSERT_EQUAL(wait.mean, 0.0);
        } else {
            PW_ASSERT_NEAR(wait.mean, c / (3.0 / 0.6 - 4.0), MK_Z * mk_mean_se(&wait));
            CU_ASSERT(mk_mean_se(&wait) < 0.02 * wait.mean);
        }
    }
    mk_run_free(&run);
}

/* First come first served, equal loads, no limit, the same arrivals and the same lengths of work: with one place more everybody starts no later, so
 * the line is no longer at any time. */
static void test_one_more_place_never_lengthens_the_line(void)
{
    static pw_model_t m, more;
    mk_run_t run;
    mk_run_init(&run);
    int wrong = 0, shorter = 0;
    for (int places = 1; places <= 5; places++)
        for (uint64_t world = 0; world < 6; world++) {
            one_visit(&m, 1.0, places, pw_span_from_median_p95(0.6 * places, 3.0 * places), 24);
            pw_model_finish(&m);
            more = m;
            more.team[0].step[0].places = places + 1;
            CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 16, world, &m, &more), 0);
            for (int k = 0; k < m.months; k++) {
                int64_t before = run.result[0]->team[0].month[k].length_ticks, after = run.result[1]->team[0].month[k].length_ticks;
                wrong += after > before;
                shorter += after < before;
            }
        }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(shorter > 300);
    mk_run_free(&run);
}

/* ---- entries, stays, money, the reference world ---- */

/* Entries run at e exp(g (t - day 0)): Poisson months with these means, before and after day 0. */
static void test_entries_grow_as_the_file_says(void)
{
    static pw_model_t m;
    const double growth = 0.4, per_day = 20.0;
    mk_base(&m);
    mk_time(&m, 12, 24, 12);
    m.entries_per_day = per_day;
    m.growth_per_year = growth;
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 17, 1, &m), 0);
    double g = log(1.0 + growth) / PW_DAYS_PER_YEAR, sum = 0.0;
    for (int k = 0; k < 36; k++) {
        double mean = per_day * (exp(g * (k + 1) * PW_DAYS_PER_MONTH) - exp(g * k * PW_DAYS_PER_MONTH)) / g, d = (double)run.result[0]->month[k][PW_MONTH_entries] - mean;
        sum += d * d / mean;
    }
    CU_ASSERT(mk_chi_square_p(sum, 36) > 1e-6);
    mk_run_free(&run);
}

/* A stay found running at entry: P(left <= x) = E[min(X, x)] / E[X] (Cox 1962), here for a lognormal stay; with and without a team. */
static void test_open_cases_stay_for_the_rest_of_a_length_biased_stay(void)
{
    enum { N = 4000 };
    for (int team = 0; team < 2; team++) {
        static pw_model_t m;
        mk_base(&m);
        mk_closed(&m, N, 100);
        int stage = mk_stage(&m, "support", PW_COUNTS_AS_FAMILY_SUPPORT, pw_span_from_median_p95(50.0, 160.0)), closed = mk_end(&m, "closed", PW_COUNTS_AS_CLOSED);
        mk_exit(&m, stage, closed, 1.0);
        if (team)
            mk_needs(&m, stage, mk_team(&m, "long", 10.0), 1.0);      /* forced in: they were being served before */
        m.attribute[mk_attribute(&m, "open", 1.0)].open_stage = stage;
        pw_model_finish(&m);
        mk_run_t run;
        mk_watch_t watch;
        mk_run_init(&run);
        mk_watch_init(&watch, N, true);
        mk_watch_on(&watch, &run.options);
        CU_ASSERT_EQUAL_FATAL(mk_run(&run, 18, 1, &m), 0);
        static double u[N];
        size_t n = 0;
        double mu = m.stage[stage].duration.a, sigma = m.stage[stage].duration.b, mean = exp(mu + 0.5 * sigma * sigma);
        for (size_t k = 0; k + 1 < watch.n_events; k++)
            if (watch.event[k].what == PW_CLOCK_STAGE && watch.event[k].ticks > 0 && watch.event[k + 1].what == PW_CLOCK_STAGE && watch.event[k + 1].detail == closed) {
                double x = pw_days_from_ticks(watch.event[k].ticks), z = (log(x) - mu) / sigma;
                u[n++] = 0.5 * erfc(-(z - sigma) / sqrt(2.0)) + x * 0.5 * erfc(z / sqrt(2.0)) / mean;
            }
        CU_ASSERT_EQUAL(n, N);
        CU_ASSERT(mk_uniform_p(u, n) > 1e-6);
        CU_ASSERT_EQUAL(mk_queue_sum(&run.result[0]->team[0], 100).length_ticks, 0);
        mk_watch_free(&watch);
        mk_run_free(&run);
    }
}

/* A day of support costs p: over T years p x 365.25 x (1 - exp(-d T)) / d, d = log 1.035. Each attendance costs c exp(-d t). The area's own sums are
 * not discounted and split at years. */
static void test_discounting_is_that_of_the_closed_form(void)
{
    enum { N = 50 };
    static pw_model_t m;
    mk_base(&m);
    mk_closed(&m, N, 30);
    mk_gap(&m, 1.0, 60.0);
    mk_probability(&m.reported, 1.0);
    m.discount_per_year = 0.035;
    int stage = mk_stage(&m, "support", PW_COUNTS_AS_FAMILY_SUPPORT, mk_fixed(1e5));
    mk_exit(&m, stage, mk_end(&m, "closed", PW_COUNTS_AS_CLOSED), 1.0);
    m.attribute[mk_attribute(&m, "open", 1.0)].open_stage = stage;
    int team = mk_team(&m, "long", 40.0);
    mk_needs(&m, stage, team, 1.0);
    int day = mk_cost(&m, PW_PAYER_SOCIAL_CARE, PW_COST_DAY, PW_COST_OF_STAGE, stage, 23.85);
    int each = mk_cost(&m, PW_PAYER_POLICE, PW_COST_EACH, PW_COST_OF_POLICE_ATTENDANCE, 0, 477.0);
    int place = mk_cost(&m, PW_PAYER_SOCIAL_CARE, PW_COST_PLACE_YEAR, PW_COST_OF_TEAM, team, 1.0);
    int set_up = mk_cost(&m, PW_PAYER_SOCIAL_CARE, PW_COST_SET_UP, PW_COST_OF_TEAM, team, 1.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_watch_t watch;
    mk_run_init(&run);
    mk_watch_init(&watch, N, true);
    mk_watch_on(&watch, &run.options);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 19, 1, &m), 0);
    const pw_result_t *r = run.result[0];
    double d = log(1.035), years = 30.0 / 12.0, paid[N] = { 0 };
    for (size_t k = 0; k < watch.n_events; k++)
        if (watch.event[k].what == PW_CLOCK_INCIDENT)
            paid[watch.event[k].family] += 477.0 * exp(-d * pw_days_from_ticks(watch.event[k].ticks) / 365.25);
    for (int k = 0; k < N; k++) {
        PW_ASSERT_NEAR(r->record[k].cost[PW_PAYER_SOCIAL_CARE], 23.85 * 365.25 * (1.0 - exp(-d * years)) / d, 1e-7);
        PW_ASSERT_NEAR(r->record[k].cost[PW_PAYER_POLICE], paid[k], 1e-8 * (1.0 + paid[k]));
    }
    for (int y = 0; y < 3; y++) {
        pw_ticks_t length = (y < 2 ? 12 : 6) * PW_TICKS_PER_MONTH;
        CU_ASSERT_EQUAL(r->cost_ticks[day][y], N * length);
        CU_ASSERT_EQUAL(r->cost_place_ticks[place][y], 40.0 * (double)length);
    }
    int64_t times = r->cost_count[each][0] + r->cost_count[each][1] + r->cost_count[each][2];
    CU_ASSERT_EQUAL(times, mk_month_sum(r, 30, PW_MONTH_reported));
    CU_ASSERT_EQUAL(r->cost_count[set_up][0], 1);
    mk_watch_free(&watch);
    mk_run_free(&run);
}

/* The reference world: severe incidents of an unhindered Poisson process, P = 1 - exp(-q t). In the baseline everybody is served and safe; other
 * agencies' referrals do not reach the reference world. */
static void test_reference_world_is_without_services_notifications_and_referrals(void)
{
    enum { N = 20000 };
    static pw_model_t m, reference;
    mk_base(&m);
    mk_closed(&m, N, 24);
    mk_gap(&m, 1.0, 200.0);
    mk_certain_police(&m);
    mk_weight(&m.severity[0], 0.8);
    mk_weight(&m.severity[2], 0.2);
    int stage = mk_stage(&m, "support", PW_COUNTS_AS_FAMILY_SUPPORT, mk_fixed(1e5));
    mk_exit(&m, stage, mk_end(&m, "closed", PW_COUNTS_AS_CLOSED), 1.0);
    m.attribute[mk_attribute(&m, "open", 1.0)].open_stage = stage;
    mk_needs(&m, stage, mk_team(&m, "team", -1.0), 1.0);
    mk_effect(&m, PW_ON_INCIDENT_RATE, PW_DURING_ATTENDING, PW_OWNER_STAGE, stage, 0.001, 0.0);
    mk_per_day(&m.rate[PW_RATE_REFERRAL], 0.1);
    m.referral_stage = stage;
    pw_model_finish(&m);
    reference = m;
    mk_reference(&reference);
    mk_run_t run;
    mk_run_init(&run);
    const pw_model_t *models[1] = { &m };
    CU_ASSERT_EQUAL_FATAL(mk_run_all(&run, 20, 1, models, 1, &reference), 0);
    double severe = 0.0, seen = 0.0;
    for (int64_t k = 0; k < N; k++) {
        severe += run.result[0]->record[k].severe_without_services;
        seen += run.result[0]->record[k].harm[PW_HARM_SEVERE_INJURY][0];
    }
    near_share(severe, N, 1.0 - exp(-0.2 * 365.25 / 200.0));
    CU_ASSERT(seen < 0.01 * severe);
    mk_run_free(&run);
}

/* ---- odd worlds ---- */

static void test_worlds_without_families_or_with_one_are_lawful(void)
{
    static pw_model_t m;
    mk_run_t run;
    mk_run_init(&run);
    one_visit(&m, 0.0, 3.0, mk_fixed(1.0), 6);
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
    one_visit(&m, 1.0, 0.0, mk_fixed(1.0), 6);
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

PW_TESTS(PW_TEST(test_families_flows_queues_and_notifications_are_conserved), PW_TEST(test_integral_of_the_line_is_the_sum_of_waits),
         PW_TEST(test_a_scenario_equal_to_the_baseline_gives_the_same_bytes), PW_TEST(test_places_of_day_0_are_taken_on_day_0),
         PW_TEST(test_families_that_a_changed_service_never_serves_live_the_same_lives), PW_TEST(test_refused_are_erlang_b_and_waits_erlang_c),
         PW_TEST(test_one_more_place_never_lengthens_the_line), PW_TEST(test_entries_grow_as_the_file_says),
         PW_TEST(test_open_cases_stay_for_the_rest_of_a_length_biased_stay), PW_TEST(test_discounting_is_that_of_the_closed_form),
         PW_TEST(test_reference_world_is_without_services_notifications_and_referrals), PW_TEST(test_worlds_without_families_or_with_one_are_lawful),
         PW_TEST(test_no_places_let_everybody_wait_and_unlimited_ones_nobody), PW_TEST(test_extreme_chances_and_times_are_lawful),
         PW_TEST(test_a_world_used_again_gives_the_same_bytes_as_a_fresh_one), PW_TEST(test_the_stop_flag_ends_a_run_and_leaves_the_world_usable),
         PW_TEST(test_without_memory_a_run_says_so_and_the_next_one_is_right))
