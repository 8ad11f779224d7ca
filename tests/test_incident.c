/* Incidents and police: numbers, gaps, kinds, and what becomes known, against the distributions on paper. Alpha is 1e-6 for each random
 * assertion; the seeds are fixed, so a failure is a change. */
#include "../model/world/incident.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

#include "../model/world/form.h"
#include "harness.h"
#include "model_maker.h"

#define ALPHA 1e-6

/* Given gamma frailty of variance v, the number of incidents in T days is negative binomial with size 1 / v and mean T / scale (Greenwood & Yule
 * 1920). Chi-square over the counts 0 .. 30 and more. Catches a frailty whose variance is off by a twentieth, or a rate off by 2 %. */
static void test_counts_of_incidents_with_gamma_frailty_are_negative_binomial(void)
{
    enum { N = 40000, CELLS = 32 };
    static pw_model_t m;
    const double variance = 1.6, mean = 3.0, days = 12 * PW_DAYS_PER_MONTH;
    mk_base(&m);
    mk_closed(&m, N, 12);
    mk_gap(&m, 1.0, days / mean);
    mk_frailty(&m, variance);
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 1, 1, &m), 0);
    CU_ASSERT_EQUAL(run.result[0]->n_records, N);
    double seen[CELLS] = { 0 }, sum = 0.0, left = N;
    for (int64_t k = 0; k < N; k++) {
        int n = run.result[0]->record[k].harm[PW_HARM_ANY][PW_REACH_OCCURRED];
        seen[n < CELLS ? n : CELLS - 1]++;
    }
    for (int n = 0; n < CELLS; n++) {
        double p = n < CELLS - 1 ? gsl_ran_negative_binomial_pdf((unsigned)n, 1.0 / (1.0 + variance * mean), 1.0 / variance) : left / N;
        sum += (seen[n] - N * p) * (seen[n] - N * p) / (N * p);
        left -= N * p;
    }
    CU_ASSERT(mk_chi_square_p(sum, CELLS - 1) > ALPHA);
    mk_run_free(&run);
}

/* exp(-H(gap)) is uniform (probability integral transform); gaps 0 and 4 of 3,000 families, all long over before the end. Catches a shape or
 * scale off by 3 %. */
static void check_gaps(double shape)
{
    enum { N = 3000 };
    static pw_model_t m;
    const double scale = 20.0;
    mk_base(&m);
    mk_closed(&m, N, 36);
    mk_gap(&m, shape, scale);
    pw_model_finish(&m);
    mk_run_t run;
    mk_watch_t watch;
    mk_run_init(&run);
    mk_watch_init(&watch, N, true);
    mk_watch_on(&watch, &run.options);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 1, 1, &m), 0);
    static double u[2][N];
    static int seen[N];
    static pw_ticks_t last[N];
    size_t n[2] = { 0, 0 };
    for (int k = 0; k < N; k++)
        seen[k] = 0, last[k] = 0;
    for (size_t k = 0; k < watch.n_events; k++) {
        const pw_event_t *e = &watch.event[k];
        if (e->what != PW_CLOCK_INCIDENT)
            continue;
        int which = seen[e->family] == 0 ? 0 : seen[e->family] == 4 ? 1 : -1;
        if (which >= 0)
            u[which][n[which]++] = exp(-pow(pw_days_from_ticks(e->ticks - last[e->family]) / scale, shape));
        seen[e->family]++;
        last[e->family] = e->ticks;
    }
    CU_ASSERT_EQUAL(n[0], N);
    CU_ASSERT_EQUAL(n[1], N);
    CU_ASSERT(mk_uniform_p(u[0], n[0]) > ALPHA);
    CU_ASSERT(mk_uniform_p(u[1], n[1]) > ALPHA);
    mk_watch_free(&watch);
    mk_run_free(&run);
}
static void test_gaps_are_weibull(void)
{
    check_gaps(0.7);
    check_gaps(1.0);
    check_gaps(1.1);
}

/* With shape 1 and no frailty, monthly numbers are Poisson with the table's shares, and the year's total is as without a season. Chi-square over
 * 24 months with their known means. Catches a month shifted or a total off by 1 %. */
static void test_monthly_shares_follow_the_season_and_the_total_does_not_change(void)
{
    enum { N = 8000, MONTHS = 24 };
    static const double season[12] = { 9.4, 7.7, 7.8, 7.9, 8.2, 8.5, 9.3, 9.2, 8.1, 7.8, 7.6, 8.5 };
    static pw_model_t m;
    mk_base(&m);
    mk_time(&m, 5, 0, MONTHS);      /* a warm-up of 5 months: January is still the first month after it */
    m.closed_cohort = N;
    mk_gap(&m, 1.0, 60.0);
    for (int k = 0; k < 12; k++)
        m.season[k] = season[k];
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 3, 1, &m), 0);
    double sum = 0.0, total = 0.0;
    for (int k = 0; k < MONTHS; k++) {
        double mean = N * 365.25 / 60.0 * season[k % 12] / 100.0, d = (double)run.result[0]->month[k][PW_MONTH_incidents] - mean;
        sum += d * d / mean;
        total += (double)run.result[0]->month[k][PW_MONTH_incidents];
    }
    CU_ASSERT(mk_chi_square_p(sum, MONTHS) > ALPHA);
    double mean = N * 2.0 * 365.25 / 60.0;
    PW_ASSERT_NEAR(total, mean, MK_Z * sqrt(mean));
    mk_run_free(&run);
}

static void near_share(double n, double of, double p) { PW_ASSERT_NEAR(n / of, p, MK_Z * sqrt(p * (1.0 - p) / of) + 1e-12); }

/* Everybody is in a stage for ever whose effects act on contact incidents: rate r, severity x 3. With a share p at contact the hazard is
 * 1 - p + p r of what it was and the share at contact p r / (1 - p + p r). */
static void test_effects_at_contact_change_rate_and_share_and_severity_as_on_paper(void)
{
    enum { N = 6000 };
    static pw_model_t m;
    const double p = 0.4, r = 0.25, share = p * r / (1.0 - p + p * r);
    mk_base(&m);
    mk_closed(&m, N, 12);
    mk_gap(&m, 1.0, 20.0);
    mk_probability(&m.at_contact, p);
    mk_weight(&m.severity[0], 0.5);
    mk_weight(&m.severity[1], 0.3);
    mk_weight(&m.severity[2], 0.2);
    int stage = mk_stage(&m, "held", PW_COUNTS_AS_MONITORING, mk_fixed(1e5));
    mk_exit(&m, stage, mk_end(&m, "closed", PW_COUNTS_AS_CLOSED), 1.0);
    m.attribute[mk_attribute(&m, "open", 1.0)].open_stage = stage;
    for (int k = 0; k < 2; k++)
        m.effect[mk_effect(&m, k ? PW_ON_SEVERITY : PW_ON_INCIDENT_RATE, PW_DURING_ATTENDING, PW_OWNER_STAGE, stage, k ? 3.0 : r, 0.0)].only_contact = true;
    pw_model_finish(&m);
    m.stage[stage].duration = mk_fixed(1e5);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 3, 1, &m), 0);
    double n = 0.0, contact = 0.0, injury = 0.0, severe = 0.0;
    for (int64_t k = 0; k < N; k++) {
        const pw_record_t *record = &run.result[0]->record[k];
        n += record->harm[PW_HARM_ANY][PW_REACH_OCCURRED];
        contact += record->harm[PW_HARM_AT_CONTACT][PW_REACH_OCCURRED];
        injury += record->harm[PW_HARM_INJURY][PW_REACH_OCCURRED];
        severe += record->harm[PW_HARM_SEVERE_INJURY][PW_REACH_OCCURRED];
    }
    double mean = N * 365.25 / 20.0 * (1.0 - p + p * r);
    PW_ASSERT_NEAR(n, mean, MK_Z * sqrt(mean));
    near_share(contact, n, share);
    near_share(injury, n, share * 1.5 / 2.0 + (1.0 - share) * 0.5);
    near_share(severe, n, share * 0.6 / 2.0 + (1.0 - share) * 0.2);
    mk_run_free(&run);
}

/* What is reported and notified of each kind; a child is injured only if present. Catches a reach counted for another kind. */
static void test_each_kind_is_reported_and_notified_with_its_own_chances(void)
{
    enum { N = 6000 };
    static pw_model_t m;
    mk_base(&m);
    mk_closed(&m, N, 12);
    mk_gap(&m, 1.0, 25.0);
    mk_weight(&m.severity[0], 0.6);
    mk_weight(&m.severity[1], 0.4);
    mk_probability(&m.child_present, 0.45);
    mk_probability(&m.child_injured, 0.2);
    m.child_injured_only_if[0] = pw_bit_mask(PW_BIT_CHILD_PRESENT);
    mk_probability(&m.reported, 0.3);
    mk_by_bit(&m.reported, PW_BIT_INJURY, 4.0, 0.0);
    mk_probability(&m.notifies, 0.5);
    mk_by_bit(&m.notifies, PW_BIT_CHILD_PRESENT, 3.0, 0.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 3, 1, &m), 0);
    double h[PW_HARMS][PW_REACHES] = { { 0 } };
    for (int64_t k = 0; k < N; k++)
        for (int kind = 0; kind < PW_HARMS; kind++)
            for (int reach = 0; reach < PW_REACHES; reach++)
                h[kind][reach] += run.result[0]->record[k].harm[kind][reach];
    double injured = (12.0 / 7.0) / (1.0 + 12.0 / 7.0), plain = 0.3;      /* odds 3/7 x 4 = 12/7 */
    double all = h[PW_HARM_ANY][0];
    near_share(h[PW_HARM_INJURY][0], all, 0.4);
    near_share(h[PW_HARM_CHILD_PRESENT][0], all, 0.45);
    near_share(h[PW_HARM_CHILD_INJURED][0], h[PW_HARM_CHILD_PRESENT][0], 0.2);
    near_share(h[PW_HARM_INJURY][1], h[PW_HARM_INJURY][0], injured);
    near_share(h[PW_HARM_ANY][1], all, 0.4 * injured + 0.6 * plain);
    near_share(h[PW_HARM_CHILD_PRESENT][2], h[PW_HARM_CHILD_PRESENT][1], 0.75);
    near_share(h[PW_HARM_ANY][2] - h[PW_HARM_CHILD_PRESENT][2], h[PW_HARM_ANY][1] - h[PW_HARM_CHILD_PRESENT][1], 0.5);
    CU_ASSERT_EQUAL(h[PW_HARM_AT_CONTACT][0], 0.0);
    CU_ASSERT_EQUAL((double)mk_month_sum(run.result[0], 12, PW_MONTH_incidents), all);
    CU_ASSERT_EQUAL((double)mk_month_sum(run.result[0], 12, PW_MONTH_notifications), h[PW_HARM_ANY][2]);
    mk_run_free(&run);
}

/* Families enter with an incident of the notified kind: severity weights 0.7 : 0.3, reported 0.2 and 0.8, notified 0.5 and 0.9: of those notified,
 * 0.3 x 0.8 x 0.9 / (0.7 x 0.2 x 0.5 + 0.3 x 0.8 x 0.9) have an injury. No other incident ever happens here. */
static void test_entry_incident_has_the_distribution_of_notified_ones(void)
{
    static pw_model_t m, half;
    mk_base(&m);
    mk_time(&m, 1, 12, 1);
    m.entries_per_day = 60.0;
    mk_gap(&m, 1.0, 0.0);
    mk_weight(&m.severity[0], 0.7);
    mk_weight(&m.severity[1], 0.3);
    mk_probability(&m.reported, 0.2);
    mk_by_bit(&m.reported, PW_BIT_INJURY, 16.0, 0.0);
    mk_probability(&m.notifies, 0.5);
    mk_by_bit(&m.notifies, PW_BIT_INJURY, 9.0, 0.0);
    m.entry_reported = m.reported;
    m.entry_notifies = m.notifies;
    pw_model_finish(&m);
    half = m;                         /* a policy under which police notify half as many of those with an injury (0.45), and all others as before */
    mk_probability(&half.notifies, 0.5);
    mk_by_bit(&half.notifies, PW_BIT_INJURY, 0.45 / 0.55, 0.0);
    pw_model_finish(&half);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 3, 1, &m, &half), 0);
    const pw_result_t *a = run.result[0], *b = run.result[1];
    double share = 0.216 / (0.07 + 0.216);
    CU_ASSERT(a->intake_notified > 20000);
    near_share((double)a->intake_injury, (double)a->intake_notified, share);
    CU_ASSERT_EQUAL(mk_month_sum(a, 13, PW_MONTH_entries), mk_month_sum(a, 13, PW_MONTH_notifications));
    CU_ASSERT_EQUAL(a->intake_notified - a->intake_injury, b->intake_notified - b->intake_injury);
    near_share((double)b->intake_injury, (double)a->intake_injury, 0.5);
    mk_run_free(&run);
}

/* The police read the risk score at the entry incident too. Everybody's true log risk is log 1 = 0, so a policy that doubles the odds by the score
 * changes nothing; a family whose rate was not known yet would have a score of -28 and never be notified. */
static void test_risk_score_is_known_at_the_entry_incident(void)
{
    static pw_model_t m, scored;
    mk_base(&m);
    mk_time(&m, 1, 6, 1);
    m.entries_per_day = 2.0;
    mk_gap(&m, 1.0, 1e4);
    mk_certain_police(&m);
    mk_probability(&m.notifies, 0.5);
    mk_probability(&m.entry_notifies, 0.5);
    pw_model_finish(&m);
    scored = m;
    mk_by_number(&scored.notifies, PW_NUMBER_RISK_SCORE, 2.0, 0.0);
    pw_model_finish(&scored);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run_pair(&run, 3, 1, &m, &scored), 0);
    CU_ASSERT(run.result[0]->intake_notified > 200);
    CU_ASSERT_EQUAL(run.result[1]->intake_notified, run.result[0]->intake_notified);
    mk_run_free(&run);
}

static void count_reportable(void *context, const pw_told_t *told)
{
    int *count = context;
    count[0] += told->what == PW_TOLD_CHANCE;
    count[1] += told->what == PW_TOLD_CHANCE && told->index == PW_CHANCE_REPORTED && !(told->chance == 0.0);
}

/* If baseline practice notifies nobody, or nothing is ever reported, families enter with the plainest kind of incident and are not notified; who looks on is
 * told that nothing can be reported. */
static void test_entry_where_nobody_is_notified_is_lawful(void)
{
    static pw_model_t m;
    mk_base(&m);
    mk_time(&m, 1, 3, 1);
    m.entries_per_day = 2.0;
    mk_probability(&m.reported, 1.0);
    mk_gap(&m, 1.0, 0.0);
    int injury = mk_cost(&m, PW_PAYER_HEALTH, PW_COST_EACH, PW_COST_OF_INJURY, 0, 1.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 3, 1, &m), 0);
    CU_ASSERT(mk_month_sum(run.result[0], 4, PW_MONTH_entries) > 100);
    CU_ASSERT_EQUAL(run.result[0]->cost_count[injury][0], 0);
    CU_ASSERT_EQUAL(run.result[0]->n_records, 0);
    CU_ASSERT_EQUAL(mk_month_sum(run.result[0], 4, PW_MONTH_notifications), 0);
    int count[2] = { 0 };
    mk_probability(&m.reported, 0.0);
    mk_probability(&m.entry_reported, 0.0);
    pw_model_finish(&m);
    run.options.tell = count_reportable;
    run.options.tell_context = count;
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 3, 1, &m), 0);
    CU_ASSERT(count[0] > 100);
    CU_ASSERT_EQUAL(count[1], 0);
    mk_run_free(&run);
}

/* Delay 40 days, an incident every 5 or so: four are on their way at once, further ones travel with the last. */
static void test_notifications_arrive_after_their_delay_and_a_fifth_travels_with_the_last(void)
{
    enum { N = 30 };
    static pw_model_t m;
    mk_base(&m);
    mk_closed(&m, N, 12);
    mk_gap(&m, 1.0, 5.0);
    mk_certain_police(&m);
    m.notification_delay = mk_fixed(40.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_watch_t watch;
    mk_run_init(&run);
    mk_watch_init(&watch, N, true);
    mk_watch_on(&watch, &run.options);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 3, 1, &m), 0);
    static pw_ticks_t way[N][4];       /* by hand */
    static int on_way[N];
    int64_t arrived = 0, wrong = 0, merged = 0;
    for (size_t k = 0; k < watch.n_events; k++) {
        const pw_event_t *e = &watch.event[k];
        if (e->what == PW_CLOCK_INCIDENT) {
            if (on_way[e->family] == 4)
                merged++;
            else
                way[e->family][on_way[e->family]++] = e->ticks + 40 * PW_TICKS_PER_DAY;
        } else if (e->what == PW_CLOCK_NOTIFICATION) {
            wrong += on_way[e->family] == 0 || way[e->family][0] != e->ticks;
            for (int j = 1; j < on_way[e->family]; j++)
                way[e->family][j - 1] = way[e->family][j];
            on_way[e->family]--;
            arrived++;
        }
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(merged > 100);
    CU_ASSERT_EQUAL(arrived, mk_month_sum(run.result[0], 12, PW_MONTH_notifications));
    mk_watch_free(&watch);
    mk_run_free(&run);
}

/* The case ends in care at once: afterwards no child is present, and police notify no more. */
static void test_children_in_care_are_not_present_and_not_notified(void)
{
    enum { N = 200 };
    static pw_model_t m;
    mk_base(&m);
    mk_closed(&m, N, 12);
    mk_gap(&m, 1.0, 20.0);
    mk_certain_police(&m);
    mk_probability(&m.child_present, 1.0);
    int screening = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_fixed(1.0));
    mk_exit(&m, screening, mk_end(&m, "care", PW_COUNTS_AS_LOOKED_AFTER), 1.0);
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 3, 1, &m), 0);
    int64_t present = 0, any = 0, care = 0;
    for (int64_t k = 0; k < N; k++) {
        const pw_record_t *r = &run.result[0]->record[k];
        present += r->harm[PW_HARM_CHILD_PRESENT][PW_REACH_OCCURRED];
        any += r->harm[PW_HARM_ANY][PW_REACH_OCCURRED];
        care += r->living == PW_LIVING_LOOKED_AFTER;
        CU_ASSERT(r->count[PW_COUNT_looked_after] <= 1);
        CU_ASSERT_EQUAL(r->harm[PW_HARM_CHILD_PRESENT][PW_REACH_OCCURRED], r->harm[PW_HARM_ANY][PW_REACH_NOTIFIED]);
    }
    CU_ASSERT_EQUAL(care, N);
    CU_ASSERT(any > 10 * N && present < 2 * N);
    mk_run_free(&run);
}

/* Two frailties with correlated normal scores: the share of injuries among families in the upper half of rates is higher, and the mean factor is 1. */
static void test_severity_frailty_has_mean_one_and_its_correlation(void)
{
    static pw_model_t m;
    mk_base(&m);
    mk_time(&m, 1, 12, 1);
    m.entries_per_day = 80.0;
    mk_certain_police(&m);
    mk_gap(&m, 1.0, 1e7);
    mk_frailty(&m, 0.8);
    m.severity_sigma = 0.6;
    m.frailty_correlation = 0.3;
    pw_model_finish(&m);
    mk_run_t run;
    mk_run_init(&run);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 3, 1, &m), 0);
    /* risk = frailty x severity factor: the mean of the factor cannot be seen alone */
    mk_mean_t risk = { 0 };
    for (int64_t k = 0; k < run.result[0]->n_records; k++)
        mk_mean_add(&risk, run.result[0]->record[k].risk);
    CU_ASSERT(risk.n > 20000);
    /* E[frailty x factor]: by integration over the normal score of the frailty, E[factor | z] = exp(sigma rho z - sigma^2 rho^2 / 2) */
    double want = 0.0, weight = 0.0;
    for (double z = -8.0; z <= 8.0; z += 0.01) {
        double w = exp(-0.5 * z * z), u = 0.5 * erfc(-z / sqrt(2.0));
        if (u <= 0.0 || u >= 1.0)
            continue;
        want += w * pw_quantile_table_at(&m.frailty, u) * exp(0.6 * 0.3 * z - 0.5 * 0.18 * 0.18);
        weight += w;
    }
    PW_ASSERT_NEAR(risk.mean, want / weight, MK_Z * mk_mean_se(&risk));
    CU_ASSERT(want / weight > 1.1);
    mk_run_free(&run);
}

PW_TESTS(PW_TEST(test_counts_of_incidents_with_gamma_frailty_are_negative_binomial), PW_TEST(test_gaps_are_weibull),
         PW_TEST(test_monthly_shares_follow_the_season_and_the_total_does_not_change),
         PW_TEST(test_effects_at_contact_change_rate_and_share_and_severity_as_on_paper),
         PW_TEST(test_each_kind_is_reported_and_notified_with_its_own_chances), PW_TEST(test_entry_incident_has_the_distribution_of_notified_ones),
         PW_TEST(test_risk_score_is_known_at_the_entry_incident), PW_TEST(test_entry_where_nobody_is_notified_is_lawful),
         PW_TEST(test_notifications_arrive_after_their_delay_and_a_fifth_travels_with_the_last),
         PW_TEST(test_children_in_care_are_not_present_and_not_notified), PW_TEST(test_severity_frailty_has_mean_one_and_its_correlation))
