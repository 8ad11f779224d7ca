/* The couple's two states, what is reported of them, and who is engaged. */
#include "../model/world/couple.h"

#include <math.h>
#include <stdlib.h>

#include "harness.h"
#include "model_maker.h"

static void near_share(double n, double of, double p) { PW_ASSERT_NEAR(n / of, p, MK_Z * sqrt(p * (1.0 - p) / of) + 1e-12); }

/* Together -> separated at rate a, back at rate b, from a start of which 30 % are separated: P(separated at t) = s + (0.3 - s) exp(-(a + b) t),
 * s = a / (a + b). At the end of 6, 12 and 30 months; alpha 1e-6. Catches rates exchanged or a clock that is not drawn anew. */
static void test_share_separated_follows_the_two_state_chain(void)
{
    enum { N = 20000 };
    static const int months[3] = { 6, 12, 30 };
    const double a = 0.0021, b = 0.0034, s = a / (a + b);
    mk_run_t run;
    mk_run_init(&run);
    for (int k = 0; k < 3; k++) {
        static pw_model_t m;
        mk_base(&m);
        mk_closed(&m, N, months[k]);
        mk_attribute(&m, "separated", 0.3);
        mk_per_day(&m.rate[PW_RATE_SEPARATES], a);
        mk_per_day(&m.rate[PW_RATE_REUNITES], b);
        pw_model_finish(&m);
        CU_ASSERT_EQUAL_FATAL(mk_run(&run, 5, (uint64_t)k, &m), 0);
        double apart = 0.0;
        for (int64_t i = 0; i < N; i++)
            apart += run.result[0]->record[i].living == PW_LIVING_ONE_PARENT;
        near_share(apart, N, s + (0.3 - s) * exp(-(a + b) * months[k] * PW_DAYS_PER_MONTH));
    }
    mk_run_free(&run);
}

/* A case that is worked on for ever. */
static pw_model_t held(int64_t families, int months)
{
    pw_model_t m;
    mk_base(&m);
    mk_closed(&m, families, months);
    int stage = mk_stage(&m, "support", PW_COUNTS_AS_FAMILY_SUPPORT, mk_fixed(1e5));
    m.stage[stage].worked = true;
    mk_exit(&m, stage, mk_end(&m, "closed", PW_COUNTS_AS_CLOSED), 1.0);
    m.attribute[mk_attribute(&m, "open", 1.0)].open_stage = stage;
    return m;
}

static int64_t sum(const pw_result_t *r, int what)
{
    int64_t n = 0;
    for (int64_t k = 0; k < r->n_records; k++)
        n += r->record[k].count[what];
    return n;
}

/* True reports: 60 % of separations in a case, and none when no case is open. False ones: at a rate while together, until one is made. */
static void test_separations_are_reported_while_staff_work_with_the_family(void)
{
    enum { N = 20000 };
    static pw_model_t m;
    const double days = 6 * PW_DAYS_PER_MONTH;
    mk_run_t run;
    mk_run_init(&run);
    m = held(N, 6);
    mk_per_day(&m.rate[PW_RATE_SEPARATES], 0.003);
    mk_probability(&m.reports_at_separation, 0.6);
    pw_model_finish(&m);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 6, 1, &m), 0);
    near_share((double)sum(run.result[0], PW_COUNT_separations_reported), N, 0.6 * (1.0 - exp(-0.003 * days)));
    CU_ASSERT_EQUAL(sum(run.result[0], PW_COUNT_false_reports), 0);
    mk_probability(&m.attribute[0].chance, 0.0);      /* no case */
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 6, 1, &m), 0);
    CU_ASSERT_EQUAL(sum(run.result[0], PW_COUNT_separations_reported), 0);
    m = held(N, 6);
    mk_per_day(&m.rate[PW_RATE_FALSE_REPORT], 0.002);
    pw_model_finish(&m);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 6, 1, &m), 0);
    near_share((double)sum(run.result[0], PW_COUNT_false_reports), N, 1.0 - exp(-0.002 * days));
    mk_run_free(&run);
}

/* Chances of a report may read how many children there are and how often the family was notified. */
static void test_chance_of_a_report_may_read_counts(void)
{
    enum { N = 5000 };
    static pw_model_t m;
    mk_run_t run;
    mk_run_init(&run);
    m = held(N, 3);
    m.n_children = 2;
    m.children_chance[0] = 0.5;
    m.children_chance[1] = 1.0;
    mk_attribute(&m, "separated", 1.0);
    mk_probability(&m.reports_at_stage, 0.4);
    mk_by_number(&m.reports_at_stage, PW_NUMBER_CHILDREN, 3.0, 1.0);
    mk_probability(&m.reports_at_separation, 0.4);
    mk_by_number(&m.reports_at_separation, PW_NUMBER_PREVIOUS_NOTIFICATIONS, 3.0, 1.0);
    m.attribute[0].open_stage = -1;      /* a notification opens the case instead */
    mk_gap(&m, 1.0, 3.0);
    mk_certain_police(&m);
    pw_model_finish(&m);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 6, 1, &m), 0);
    near_share((double)sum(run.result[0], PW_COUNT_separations_reported), N, 0.5 * 0.4 + 0.5 * (2.0 / (1.0 + 2.0)));    /* odds 2/3 x 3 */
    mk_run_free(&run);
}

/* Engagement with the case: drawn on the start of work, ended at a rate; the interruption `victim_disengaged` closes the case. By then closed:
 * 0.7 x (1 - exp(-rate t)). Partner: approached 0.5, engages 0.4. */
static void test_engagement_is_drawn_at_the_start_and_ends_at_its_rate(void)
{
    enum { N = 20000 };
    static pw_model_t m;
    const double days = 9 * PW_DAYS_PER_MONTH;
    m = held(N, 9);
    mk_probability(&m.victim_engages, 0.7);
    mk_probability(&m.partner_approached, 0.5);
    mk_probability(&m.partner_engages, 0.4);
    mk_per_day(&m.rate[PW_RATE_VICTIM_DISENGAGES], 0.004);
    mk_interrupt(&m, 0, PW_EVENT_VICTIM_DISENGAGED, 1, 1.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 6, 1, &m), 0);
    int64_t closed = 0;
    for (int64_t k = 0; k < N; k++)
        closed += !run.result[0]->record[k].case_at_end;
    near_share((double)closed, N, 0.7 * (1.0 - exp(-0.004 * days)));
    mk_run_free(&run);
}

/* Who attends a service counts as engaged, and ends that by dropping out alone: the clock of disengagement is the case's. */
static void test_attending_a_service_engages_without_starting_the_clock(void)
{
    enum { N = 50 };
    static pw_model_t m;
    mk_base(&m);
    mk_closed(&m, N, 6);
    mk_gap(&m, 1.0, 40.0);
    mk_probability(&m.reported, 1.0);
    int v = mk_service(&m, "programme", -1.0, mk_fixed(60.0));
    m.service[v].attends = PW_ATTENDS_PARTNER;
    m.service[v].again = true;
    mk_offer(&m, v, PW_OFFER_AT_POLICE_ATTENDANCE, 1.0);
    mk_per_day(&m.rate[PW_RATE_PARTNER_DISENGAGES], 0.05);
    mk_per_day(&m.rate[PW_RATE_SEPARATES], 1e-9);
    mk_by_bit(&m.rate[PW_RATE_SEPARATES], PW_BIT_PARTNER_ENGAGED, 5e8, 0.0);      /* shows who is engaged */
    mk_per_day(&m.rate[PW_RATE_REUNITES], 0.5);
    pw_model_finish(&m);
    mk_run_t run;
    mk_watch_t watch;
    mk_run_init(&run);
    mk_watch_init(&watch, N, false);
    mk_watch_on(&watch, &run.options);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 6, 1, &m), 0);
    CU_ASSERT_EQUAL(watch.count[2][PW_CLOCK_PARTNER_DISENGAGES], 0);
    CU_ASSERT(watch.count[2][PW_CLOCK_COUPLE] > 20 * N);
    mk_watch_free(&watch);
    mk_run_free(&run);
}

/* A case of 10 days engages the victim, who goes on attending a service after it: the case's clock of disengagement stops with the case. */
static void test_clock_of_disengagement_stops_with_the_case(void)
{
    enum { N = 300 };
    static pw_model_t m;
    m = held(N, 12);
    m.stage[0].duration = mk_exponential(10.0);
    mk_probability(&m.victim_engages, 1.0);
    mk_per_day(&m.rate[PW_RATE_VICTIM_DISENGAGES], 0.02);
    int v = mk_service(&m, "advocacy", -1.0, mk_fixed(1000.0));
    m.service[v].attends = PW_ATTENDS_VICTIM;
    mk_offer(&m, v, 0, 1.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_watch_t watch;
    mk_run_init(&run);
    mk_watch_init(&watch, N, true);
    mk_watch_on(&watch, &run.options);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 6, 1, &m), 0);
    static bool closed[N];
    int64_t wrong = 0, before = 0;
    for (size_t k = 0; k < watch.n_events; k++) {
        const pw_event_t *e = &watch.event[k];
        closed[e->family] |= e->what == PW_CLOCK_STAGE && e->detail == 1 && e->ticks > 0 && k > 0 && watch.event[k - 1].what == PW_CLOCK_STAGE;
        wrong += closed[e->family] && e->what == PW_CLOCK_VICTIM_DISENGAGES;
        before += e->what == PW_CLOCK_VICTIM_DISENGAGES;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(before > 20);
    mk_watch_free(&watch);
    mk_run_free(&run);
}

/* An attribute that only separated couples have is drawn at each separation and ends at the reunion. */
static void test_attribute_redrawn_at_separation_ends_at_the_reunion(void)
{
    enum { N = 20000 };
    static pw_model_t m;
    const double a = 0.004, b = 0.004;
    mk_base(&m);
    mk_closed(&m, N, 24);
    mk_attribute(&m, "separated", 0.5);
    int dispute = mk_attribute(&m, "contact_dispute", 0.35);
    m.attribute[dispute].given = pw_bit_mask(PW_BIT_SEPARATED);
    m.attribute[dispute].redrawn_at_separation = true;
    mk_per_day(&m.rate[PW_RATE_SEPARATES], a);
    mk_per_day(&m.rate[PW_RATE_REUNITES], b);
    mk_gap(&m, 1.0, 50.0);
    mk_probability(&m.at_contact, 1.0);
    m.contact_only_if[0] = pw_bit_mask(dispute);
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 6, 1, &m), 0);
    mk_mean_t difference = { 0 };      /* per family: incidents at contact less 0.5 x 0.35 of all; families are independent */
    for (int64_t k = 0; k < N; k++) {
        const pw_record_t *r = &run.result[0]->record[k];
        mk_mean_add(&difference, r->harm[PW_HARM_AT_CONTACT][0] - 0.175 * r->harm[PW_HARM_ANY][0]);
    }
    PW_ASSERT_NEAR(difference.mean, 0.0, MK_Z * mk_mean_se(&difference));
    CU_ASSERT(mk_mean_se(&difference) < 0.05);
    mk_run_free(&run);
}

PW_TESTS(PW_TEST(test_share_separated_follows_the_two_state_chain), PW_TEST(test_separations_are_reported_while_staff_work_with_the_family),
         PW_TEST(test_chance_of_a_report_may_read_counts), PW_TEST(test_engagement_is_drawn_at_the_start_and_ends_at_its_rate),
         PW_TEST(test_attending_a_service_engages_without_starting_the_clock), PW_TEST(test_clock_of_disengagement_stops_with_the_case),
         PW_TEST(test_attribute_redrawn_at_separation_ends_at_the_reunion))
