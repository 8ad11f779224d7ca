/* Formulas that hold through a whole world: Little, Erlang, renewal theory, growth, discounting, the reference world. Alpha 1e-6 for each random
 * assertion; seeds are fixed. */
#include "../model/world/world.h"

#include <math.h>
#include <stdlib.h>

#include "harness.h"
#include "model_maker.h"

static void near_share(double n, double of, double p) { PW_ASSERT_NEAR(n / of, p, MK_Z * sqrt(p * (1.0 - p) / of) + 1e-12); }

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
    int screening = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_exponential(1.0)),
        assessment = mk_stage(&m, "assessment", PW_COUNTS_AS_INITIAL_ASSESSMENT, mk_exponential(8.0));
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

/* ---- queues through the world ---- */

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
        mk_one_visit(&m, 4.0, 3.0, mk_exponential(0.6), MONTHS);
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
            mk_one_visit(&m, 1.0, places, pw_span_from_median_p95(0.6 * places, 3.0 * places), 24);
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
        double mean = per_day * (exp(g * (k + 1) * PW_DAYS_PER_MONTH) - exp(g * k * PW_DAYS_PER_MONTH)) / g,
            d = (double)run.result[0]->month[k][PW_MONTH_entries] - mean;
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
        int stage = mk_stage(&m, "support", PW_COUNTS_AS_FAMILY_SUPPORT, pw_span_from_median_p95(50.0, 160.0)),
            closed = mk_end(&m, "closed", PW_COUNTS_AS_CLOSED);
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
            if (watch.event[k].what == PW_CLOCK_STAGE && watch.event[k].ticks > 0 && watch.event[k + 1].what == PW_CLOCK_STAGE &&
                watch.event[k + 1].detail == closed) {
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

PW_TESTS(PW_TEST(test_integral_of_the_line_is_the_sum_of_waits),
         PW_TEST(test_refused_are_erlang_b_and_waits_erlang_c),
         PW_TEST(test_one_more_place_never_lengthens_the_line),
         PW_TEST(test_entries_grow_as_the_file_says),
         PW_TEST(test_open_cases_stay_for_the_rest_of_a_length_biased_stay),
         PW_TEST(test_discounting_is_that_of_the_closed_form),
         PW_TEST(test_reference_world_is_without_services_notifications_and_referrals))
