/* Where families go through the stages: against Markov chains on paper, and single families' histories drawn by hand. */
#include "../model/world/pathway.h"

#include <math.h>
#include <stdlib.h>

#include "../model/world/offers.h"
#include "harness.h"
#include "model_maker.h"

static void near_share(double n, double of, double p) { PW_ASSERT_NEAR(n / of, p, MK_Z * sqrt(p * (1.0 - p) / of) + 1e-12); }

/* One incident at about day 3 opens the one case; no second one comes while it runs (gaps of shape 6 lie near 200 days, the first too). */
static void one_case(pw_model_t *m, int64_t families, int months)
{
    mk_base(m);
    mk_closed(m, families, months);
    mk_gap(m, 6.0, 200.0);
    mk_certain_police(m);
}

/* screening -> nothing 0.6, assessment 0.4; assessment -> closed 0.5, support 0.3, plan 0.2; support -> closed 0.7, plan 0.3; plan -> closed 0.5,
 * support 0.5. Expected visits per case of an absorbing chain: (I - Q)^-1 (Kemeny & Snell 1960): assessment 0.4; support s = 0.12 + 0.5 p, plan p =
 * 0.08 + 0.3 s: s = 0.16 / 0.85, p = 0.08 + 0.3 s. `teams`: the same with teams of unlimited places. Alpha 1e-6 per stage. */
static void check_visits(bool teams)
{
    enum { N = 20000 };
    static pw_model_t m;
    one_case(&m, N, 9);
    int screening = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_fixed(1.0)), assessment = mk_stage(&m, "assessment", PW_COUNTS_AS_INITIAL_ASSESSMENT,
                                                                                                            mk_exponential(2.0));
    int support = mk_stage(&m, "support", PW_COUNTS_AS_FAMILY_SUPPORT, mk_exponential(3.0)), plan = mk_stage(&m, "plan", PW_COUNTS_AS_CHILD_PROTECTION,
                                                                                                             mk_fixed(2.0));
    int nothing = mk_end(&m, "nothing", PW_COUNTS_AS_NO_FURTHER_ACTION), closed = mk_end(&m, "closed", PW_COUNTS_AS_CLOSED);
    mk_exit(&m, screening, nothing, 60.0);
    mk_exit(&m, screening, assessment, 40.0);
    mk_exit(&m, assessment, closed, 0.5);
    mk_exit(&m, assessment, support, 0.3);
    mk_exit(&m, assessment, plan, 0.2);
    mk_exit(&m, support, closed, 0.7);
    mk_exit(&m, support, plan, 0.3);
    mk_exit(&m, plan, closed, 5.0);
    mk_exit(&m, plan, support, 5.0);
    for (int k = 0; k < 2 && teams; k++) {
        int team = mk_team(&m, k ? "long" : "short", -1.0);
        mk_needs(&m, k ? support : screening, team, 1.0);
        mk_needs(&m, k ? plan : assessment, team, 0.5);
    }
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 7, 1, &m), 0);
    const pw_result_t *r = run.result[0];
    mk_mean_t visits[3] = { { 0 } };
    for (int64_t k = 0; k < N; k++) {
        const pw_record_t *record = &r->record[k];
        if (record->count[PW_COUNT_cases] != 1 || record->case_at_end)
            continue;
        mk_mean_add(&visits[0], record->count[PW_COUNT_initial_assessments]);
        mk_mean_add(&visits[1], record->count[PW_COUNT_family_support]);
        mk_mean_add(&visits[2], record->count[PW_COUNT_child_protection]);
    }
    CU_ASSERT(visits[0].n > 0.6 * N);
    double s = 0.16 / 0.85;
    PW_ASSERT_NEAR(visits[0].mean, 0.4, MK_Z * mk_mean_se(&visits[0]));
    PW_ASSERT_NEAR(visits[1].mean, s, MK_Z * mk_mean_se(&visits[1]));
    PW_ASSERT_NEAR(visits[2].mean, 0.08 + 0.3 * s, MK_Z * mk_mean_se(&visits[2]));
    int64_t out = 0;
    for (int to = 0; to <= m.n_stages; to++)
        out += r->flow[screening][to];
    CU_ASSERT(out > N / 2);
    near_share((double)r->flow[screening][assessment], (double)out, 0.4);
    CU_ASSERT(r->flow[m.n_stages][screening] >= out && r->flow[m.n_stages][screening] - out <= r->at_end_open_cases);
    mk_run_free(&run);
}
static void test_visits_are_those_of_the_absorbing_markov_chain(void)
{
    check_visits(false);
    check_visits(true);
}

/* ---- one family's history ---- */

static void run_watched(const pw_model_t *m, mk_run_t *run, mk_watch_t *watch)
{
    mk_run_init(run);
    mk_watch_init(watch, 4000, true);
    mk_watch_on(watch, &run->options);
    CU_ASSERT_EQUAL_FATAL(mk_run(run, 7, 1, m), 0);
}

/* An end of a notified incident: notification 4 days later, screening 2 days, assessment 10 days with a statutory 11 days from the decision. */
static void test_a_case_takes_the_days_of_its_stages(void)
{
    static pw_model_t m;
    one_case(&m, 1, 14);
    m.notification_delay = mk_fixed(4.0);
    int screening = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_fixed(2.0)), assessment = mk_stage(&m, "assessment", PW_COUNTS_AS_INITIAL_ASSESSMENT,
                                                                                                            mk_fixed(10.0));
    int closed = mk_end(&m, "closed", PW_COUNTS_AS_CLOSED);
    mk_exit(&m, screening, assessment, 1.0);
    mk_exit(&m, assessment, closed, 1.0);
    m.stage[assessment].statutory_ticks = pw_ticks_from_days(9.0);
    m.stage[screening].statutory_ticks = pw_ticks_from_days(2.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_watch_t watch;
    run_watched(&m, &run, &watch);
    pw_ticks_t incident = 0, day = PW_TICKS_PER_DAY;
    int stage = -1, seen = 0;
    for (size_t k = 0; k < watch.n_events && seen < 4; k++) {
        const pw_event_t *e = &watch.event[k];
        if (e->what == PW_CLOCK_INCIDENT)
            incident = e->ticks;
        if (e->what == PW_CLOCK_NOTIFICATION)
            CU_ASSERT_EQUAL(e->ticks, incident + 4 * day);
        if (e->what != PW_CLOCK_STAGE || (int)e->detail == stage || (e->detail == 0 && stage >= 0))
            continue;
        stage = (int)e->detail;
        CU_ASSERT_EQUAL(e->ticks, incident + (stage == screening ? 4 : stage == assessment ? 6 : 16) * day);
        seen += stage == closed ? 4 : 1;
    }
    CU_ASSERT(seen >= 4);
    CU_ASSERT_EQUAL(run.result[0]->work_ended[assessment], run.result[0]->flow[assessment][closed]);
    CU_ASSERT_EQUAL(run.result[0]->within_statutory[assessment], 0);
    CU_ASSERT_EQUAL(run.result[0]->within_statutory[screening], run.result[0]->work_ended[screening]);
    mk_watch_free(&watch);
    mk_run_free(&run);
}

/* Many incidents: those during screening join it; support is left for assessment at each notification (chance 1). */
static void test_notifications_join_an_open_case_and_may_send_it_back(void)
{
    enum { N = 300 };
    static pw_model_t m;
    mk_base(&m);
    mk_closed(&m, N, 12);
    mk_gap(&m, 1.0, 30.0);
    mk_certain_police(&m);
    int screening = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_fixed(10.0)), core = mk_stage(&m, "core", PW_COUNTS_AS_CORE_ASSESSMENT, mk_fixed(5.0));
    int support = mk_stage(&m, "support", PW_COUNTS_AS_FAMILY_SUPPORT, mk_fixed(1e5));
    mk_end(&m, "closed", PW_COUNTS_AS_CLOSED);
    mk_exit(&m, screening, core, 1.0);
    mk_exit(&m, core, support, 1.0);
    mk_exit(&m, support, 3, 1.0);
    mk_interrupt(&m, support, PW_EVENT_NOTIFICATION, core, 1.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 7, 1, &m), 0);
    const pw_result_t *r = run.result[0];
    int64_t cases = 0, notifications = 0, core_starts = 0;
    for (int64_t k = 0; k < N; k++) {
        const pw_record_t *record = &r->record[k];
        CU_ASSERT(record->count[PW_COUNT_cases] <= 1);
        cases += record->count[PW_COUNT_cases];
        notifications += record->count[PW_COUNT_notifications];
        core_starts += record->count[PW_COUNT_core_assessments];
    }
    CU_ASSERT_EQUAL(r->flow[m.n_stages][screening], cases);
    CU_ASSERT_EQUAL(r->flow[screening][core] + r->flow[support][core], core_starts);
    CU_ASSERT(r->flow[support][core] > N && notifications > core_starts);
    CU_ASSERT_EQUAL(r->at_end_open_cases, cases);
    mk_run_free(&run);
}

/* A separation reported closes the case; a later case is a stop-start; incidents between are counted. Rates so high that all of it happens. */
static void test_closing_at_separation_and_starting_again_is_a_stop_start(void)
{
    enum { N = 400 };
    static pw_model_t m;
    mk_base(&m);
    mk_closed(&m, N, 24);
    mk_gap(&m, 1.0, 60.0);
    mk_certain_police(&m);
    int assessment = mk_stage(&m, "assessment", PW_COUNTS_AS_INITIAL_ASSESSMENT, mk_fixed(1e5));
    m.stage[assessment].worked = true;
    int closed = mk_end(&m, "closed", PW_COUNTS_AS_CLOSED);
    mk_exit(&m, assessment, closed, 1.0);
    mk_interrupt(&m, assessment, PW_EVENT_SEPARATION_REPORTED, closed, 1.0);
    mk_per_day(&m.rate[PW_RATE_SEPARATES], 0.01);
    mk_per_day(&m.rate[PW_RATE_REUNITES], 0.01);
    mk_probability(&m.reports_at_separation, 1.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_watch_t watch;
    run_watched(&m, &run, &watch);
    static bool remembered[4000];
    static int64_t after[4000], closings[4000], cases[4000];
    for (int k = 0; k < N; k++)
        remembered[k] = false, after[k] = closings[k] = cases[k] = 0;
    for (size_t k = 0; k < watch.n_events; k++) {
        const pw_event_t *e = &watch.event[k];
        uint32_t f = e->family;
        if (e->what == PW_CLOCK_INCIDENT)
            after[f] += remembered[f];
        if (e->what == PW_CLOCK_STAGE && e->detail == assessment)
            remembered[f] = false, cases[f]++;
        if (e->what == PW_CLOCK_STAGE && e->detail == closed)
            remembered[f] = true, closings[f]++;
    }
    int64_t total = 0;
    for (int64_t k = 0; k < N; k++) {
        const pw_record_t *r = &run.result[0]->record[k];
        CU_ASSERT_EQUAL(r->count[PW_COUNT_incidents_after_separation_closing], after[k]);
        CU_ASSERT_EQUAL(r->count[PW_COUNT_closed_at_separation], closings[k]);
        CU_ASSERT_EQUAL(r->count[PW_COUNT_stop_starts], cases[k] > 1 ? cases[k] - 1 : 0);
        total += r->count[PW_COUNT_stop_starts];
    }
    CU_ASSERT(total > N);
    mk_watch_free(&watch);
    mk_run_free(&run);
}

/* ---- teams ---- */

/* Load 0.7 in a team of 0.7 places, one family after the other: what is taken is given back to the last bit, so nobody waits for ever. (A load kept
 * in single precision left 1e-8 of the place behind, and the second family never started.) */
static void test_loads_are_given_back_to_the_last_bit(void)
{
    enum { N = 400 };
    static pw_model_t m;
    mk_base(&m);
    mk_closed(&m, N, 24);
    mk_gap(&m, 1.0, 200.0);
    mk_certain_police(&m);
    int stage = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_fixed(0.1));
    mk_exit(&m, stage, mk_end(&m, "closed", PW_COUNTS_AS_CLOSED), 1.0);
    mk_needs(&m, stage, mk_team(&m, "duty", 0.7), 0.7);
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 7, 1, &m), 0);
    pw_queue_month_t q = mk_queue_sum(&run.result[0]->team[0], 24);
    CU_ASSERT(q.joined > N);
    CU_ASSERT(q.joined - q.started <= 3);
    PW_ASSERT_NEAR(q.load_ticks, 0.7 * 0.1 * PW_TICKS_PER_DAY * (double)q.started, 0.07 * 3.0 * PW_TICKS_PER_DAY);
    mk_run_free(&run);
}

/* Two places. M (load 1 of 2 places) starts; L (load 2) finds one place free, waits at most 5 days; m (load 1) comes behind L: it would fit, but does
 * not overtake. When L gives up, m starts at that very moment, though nobody left a place.
 *   M ##########    L     -----x    m        --######
 * Three families leave a first stage at random and go on to M or L at random: worlds are looked through for one with this order. */
static void test_a_head_that_gives_up_lets_the_next_one_start_at_once(void)
{
    static pw_model_t m;
    mk_base(&m);
    mk_closed(&m, 3, 3);
    int first = mk_stage(&m, "first", PW_COUNTS_AS_STEP, mk_exponential(1.0)), closed = mk_end(&m, "closed", PW_COUNTS_AS_CLOSED);
    int large = mk_stage(&m, "large", PW_COUNTS_AS_STEP, mk_fixed(1000.0)), middle = mk_stage(&m, "middle", PW_COUNTS_AS_STEP, mk_fixed(1000.0));
    int team = mk_team(&m, "team", 2.0);
    mk_needs(&m, large, team, 2.0);
    mk_needs(&m, middle, team, 1.0);
    m.stage[large].wait_limit_ticks = pw_ticks_from_days(5.0);
    m.stage[large].wait_limit_to = closed;
    mk_exit(&m, first, large, 1.0);
    mk_exit(&m, first, middle, 1.0);
    mk_exit(&m, large, closed, 1.0);
    mk_exit(&m, middle, closed, 1.0);
    m.attribute[mk_attribute(&m, "open", 1.0)].open_stage = first;
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    int found = 0;
    for (uint64_t world = 0; world < 200; world++) {
        mk_watch_t watch;
        mk_watch_init(&watch, 3, true);
        mk_watch_on(&watch, &run.options);
        CU_ASSERT_EQUAL_FATAL(mk_run(&run, 8, world, &m), 0);
        int order[3] = { 0 }, n = 0;
        pw_ticks_t at[3] = { 0 };
        for (size_t k = 0; k < watch.n_events && n < 3; k++)
            if (watch.event[k].what == PW_CLOCK_STAGE && watch.event[k].detail >= large) {
                order[n] = (int)watch.event[k].detail;
                at[n++] = watch.event[k].ticks;
            }
        mk_watch_free(&watch);
        if (n < 3 || order[0] != middle || order[1] != large || order[2] != middle || at[2] >= at[1] + 5 * PW_TICKS_PER_DAY)
            continue;
        pw_queue_month_t q = mk_queue_sum(&run.result[0]->team[team], 3);
        CU_ASSERT_EQUAL(q.joined, 3);
        CU_ASSERT_EQUAL(q.started, 2);
        CU_ASSERT_EQUAL(q.refused, 1);
        CU_ASSERT_EQUAL(q.wait_ticks, at[1] + 5 * PW_TICKS_PER_DAY - at[2]);
        CU_ASSERT_EQUAL(q.length_ticks, 5 * PW_TICKS_PER_DAY + q.wait_ticks);
        found++;
    }
    CU_ASSERT(found > 5);
    mk_run_free(&run);
}

/* A scenario that takes the limit of a wait away, or the team, or sends the stage to another one, meets families that wait by the old rules. */
static void test_families_that_wait_when_a_policy_starts_wait_by_its_rules(void)
{
    static pw_model_t m, s;
    mk_base(&m);
    mk_time(&m, 6, 1, 6);
    m.entries_per_day = 1.0;
    mk_certain_police(&m);
    int stage = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_fixed(5.0));
    int closed = mk_end(&m, "closed", PW_COUNTS_AS_CLOSED), late = mk_end(&m, "late", PW_COUNTS_AS_NO_FURTHER_ACTION);
    mk_exit(&m, stage, closed, 1.0);
    int team = mk_team(&m, "duty", 1.0), other = mk_team(&m, "other", 500.0);
    mk_needs(&m, stage, team, 1.0);
    m.stage[stage].wait_limit_ticks = pw_ticks_from_days(60.0);
    m.stage[stage].wait_limit_to = late;
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    s = m;                                      /* no limit: nobody goes to `late` any more */
    s.stage[stage].wait_limit_to = -1;
    pw_model_finish(&s);
    CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 9, 1, &m, &s), 0);
    CU_ASSERT(run.result[0]->flow[stage][late] > 10);
    CU_ASSERT_EQUAL(run.result[1]->flow[stage][late], 0);
    s = m;                                      /* limit of 0 days: whoever waits goes at once */
    s.stage[stage].wait_limit_ticks = 0;
    pw_model_finish(&s);
    CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 9, 1, &m, &s), 0);
    CU_ASSERT_EQUAL(run.result[1]->team[team].month[0].length_ticks, 0);
    CU_ASSERT_EQUAL(run.result[1]->at_end_waiting_team, 0);
    s = m;                                      /* another team, with places */
    s.stage[stage].team = other;
    pw_model_finish(&s);
    CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 9, 1, &m, &s), 0);
    CU_ASSERT_EQUAL(mk_queue_sum(&run.result[1]->team[team], 7).length_ticks, 0);
    CU_ASSERT_EQUAL(mk_queue_sum(&run.result[1]->team[other], 7).length_ticks, 0);
    CU_ASSERT(run.result[1]->team[other].month[0].started > run.result[0]->month[0][PW_MONTH_entries] + 20);
    CU_ASSERT_EQUAL(run.result[1]->flow[stage][late], 0);
    s = m;                                      /* no team at all */
    s.stage[stage].team = -1;
    pw_model_finish(&s);
    CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 9, 1, &m, &s), 0);
    CU_ASSERT_EQUAL(run.result[1]->at_end_waiting_team, 0);
    CU_ASSERT(run.result[1]->flow[stage][closed] > run.result[0]->flow[stage][closed] + 20);
    mk_run_free(&run);
}

/* Urgent families (an attribute) go first: among those who joined a line that never empties, they wait less than a tenth as long. The score of a
 * form and the workload may decide too: a priority that reads them is not the same for all. */
static void test_priority_may_read_attributes_and_the_score(void)
{
    static pw_model_t m, plain;
    mk_base(&m);
    mk_time(&m, 0, 12, 1);
    m.entries_per_day = 1.0;
    mk_certain_police(&m);
    mk_frailty(&m, 1.0);
    mk_gap(&m, 1.0, 1e7);
    int stage = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_fixed(1.2));
    mk_exit(&m, stage, mk_end(&m, "closed", PW_COUNTS_AS_CLOSED), 1.0);
    mk_needs(&m, stage, mk_team(&m, "duty", 1.0), 1.0);
    m.stage[stage].has_priority = true;
    mk_weight(&m.stage[stage].priority, 1.0);
    pw_model_finish(&m);
    plain = m;
    mk_by_number(&m.stage[stage].priority, PW_NUMBER_RISK_SCORE, 2.0, 0.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    mk_mean_t risk_waiting[2] = { { 0 } };
    for (int k = 0; k < 2; k++) {
        CU_ASSERT_EQUAL_FATAL(mk_run(&run, 9, 1, k ? &plain : &m), 0);
        for (int64_t i = 0; i < run.result[0]->n_records; i++)
            if (run.result[0]->record[i].waiting_at_end)
                mk_mean_add(&risk_waiting[k], log(run.result[0]->record[i].risk));
    }
    CU_ASSERT(risk_waiting[1].n > 30.0);
    CU_ASSERT(risk_waiting[0].mean < risk_waiting[1].mean - 1.0);      /* those left waiting are of low risk */
    mk_run_free(&run);
}

/* ---- offers ---- */

/* Offered to those alone whose notification tells of an injury: everybody offered had one, and all of those were. */
static void test_offer_at_notification_sees_the_incident_it_is_about(void)
{
    enum { N = 2000 };
    static pw_model_t m;
    mk_base(&m);
    mk_closed(&m, N, 3);
    mk_gap(&m, 8.0, 60.0);
    mk_certain_police(&m);
    mk_weight(&m.severity[1], 1.0);
    int v = mk_service(&m, "advocacy", -1.0, mk_fixed(10.0));
    m.service[v].need_one[0] = pw_bit_mask(PW_BIT_INJURY);
    m.service[v].again = true;
    mk_offer(&m, v, PW_OFFER_AT_NOTIFICATION, 1.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 9, 1, &m), 0);
    int64_t wrong = 0, started = 0;
    for (int64_t k = 0; k < N; k++) {
        const pw_record_t *r = &run.result[0]->record[k];
        bool has = r->harm[PW_HARM_INJURY][PW_REACH_NOTIFIED] > 0;
        wrong += has != ((r->cascade[v] & PW_CASCADE_STARTED) != 0);
        started += has;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(started > N / 4);
    mk_run_free(&run);
}

/* The same service offered twice at one moment (police attendance, and the stage that the incident leads to) is joined once. */
static void test_service_offered_twice_at_one_moment_is_joined_once(void)
{
    enum { N = 200 };
    static pw_model_t m;
    mk_base(&m);
    mk_closed(&m, N, 6);
    mk_gap(&m, 1.0, 30.0);
    mk_certain_police(&m);
    int stage = mk_stage(&m, "monitoring", PW_COUNTS_AS_MONITORING, mk_fixed(20.0)), closed = mk_end(&m, "closed", PW_COUNTS_AS_CLOSED);
    mk_exit(&m, stage, closed, 1.0);
    mk_interrupt(&m, stage, PW_EVENT_INCIDENT, stage, 1.0);
    int v = mk_service(&m, "advocacy", 30.0, mk_fixed(15.0));
    m.service[v].again = true;
    mk_offer(&m, v, PW_OFFER_AT_POLICE_ATTENDANCE, 1.0);
    mk_offer(&m, v, PW_OFFER_AT_NOTIFICATION, 1.0);
    mk_offer(&m, v, stage, 1.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 9, 1, &m), 0);
    pw_queue_month_t q = mk_queue_sum(&run.result[0]->service[v], 6);
    CU_ASSERT(q.started > N && q.length_ticks > 0);
    CU_ASSERT_EQUAL(q.joined, q.started + q.refused + q.gave_up + run.result[0]->at_end_waiting_service);
    /* each attendance takes 15 days of a place: those over, and parts of those running */
    double days = q.load_ticks / PW_TICKS_PER_DAY, over = (double)(q.started - run.result[0]->at_end_in_service) * 15.0;
    CU_ASSERT(days >= over && days <= over + 15.0 * (double)run.result[0]->at_end_in_service);
    mk_run_free(&run);
}

/* Who has taken up a service at this moment is not offered it again before the place is asked for. */
static void test_service_taken_up_is_not_offered_again_at_the_same_moment(void)
{
    static pw_model_t m;
    mk_base(&m);
    int v = mk_service(&m, "advocacy", -1.0, mk_fixed(10.0));
    mk_offer(&m, v, PW_OFFER_AT_NOTIFICATION, 1.0);
    pw_model_finish(&m);
    mk_alone_t a;
    mk_alone_init(&a, &m);
    for (int k = 0; k < 2; k++)
        pw_offers_make(&a.own, a.family, 1u << v, PW_OFFER_AT_NOTIFICATION, NULL, 0, PW_CLOCK_NOTIFICATION);
    CU_ASSERT_EQUAL(pw_family_services(a.family, &a.own.shape)[v].offers, 1);
    CU_ASSERT_EQUAL(a.family->pending, PW_PENDING_SERVICES);
    mk_alone_free(&a);
}

PW_TESTS(PW_TEST(test_visits_are_those_of_the_absorbing_markov_chain), PW_TEST(test_a_case_takes_the_days_of_its_stages),
         PW_TEST(test_notifications_join_an_open_case_and_may_send_it_back), PW_TEST(test_closing_at_separation_and_starting_again_is_a_stop_start),
         PW_TEST(test_loads_are_given_back_to_the_last_bit), PW_TEST(test_a_head_that_gives_up_lets_the_next_one_start_at_once),
         PW_TEST(test_families_that_wait_when_a_policy_starts_wait_by_its_rules), PW_TEST(test_priority_may_read_attributes_and_the_score),
         PW_TEST(test_offer_at_notification_sees_the_incident_it_is_about), PW_TEST(test_service_offered_twice_at_one_moment_is_joined_once),
         PW_TEST(test_service_taken_up_is_not_offered_again_at_the_same_moment))
