/* Do a family's clocks strike when the unspent exponential says? Computed by hand from the same numbers, and effects one by one. */
#include "../model/world/rates.h"

#include <math.h>
#include <stdlib.h>

#include "../model/world/gap.h"
#include "harness.h"
#include "model_maker.h"

enum { FAMILIES = 40 };

static double exponential_of(const pw_model_t *m, uint32_t family, uint32_t purpose, uint32_t k)
{
    pw_stream_t stream = pw_stream_init(4, 2, m->area_purpose);
    pw_block_t b = pw_stream_block(stream, family, purpose, k, 0);
    return purpose == PW_PURPOSE_INCIDENT ? pw_exponential(pw_uniform52(b.word[0], b.word[1])) : -pw_log(pw_uniform52(b.word[0], b.word[1]));
}

static void run_watched(const pw_model_t *m, mk_watch_t *watch)
{
    mk_run_t run;
    mk_run_init(&run);
    mk_watch_init(watch, FAMILIES, true);
    mk_watch_on(watch, &run.options);
    CU_ASSERT_EQUAL_FATAL(mk_run(&run, 4, 2, m), 0);
    mk_run_free(&run);
}

/* After each incident the partner is removed: the hazard is r times what it was for L days, then as before. By hand, in days of the season's
 * clock since the incident: H(s) = r (s/c)^k up to L, then r (L/c)^k + (s/c)^k - (L/c)^k; the next incident is where H = E. */
static void check_effect_on_gaps(double shape, double ratio, bool seasonal)
{
    static pw_model_t m;
    const double scale = 30.0, lasts = 17.0;
    mk_base(&m);
    mk_closed(&m, FAMILIES, 24);
    mk_gap(&m, shape, scale);
    mk_probability(&m.reported, 1.0);
    mk_probability(&m.removes_partner, 1.0);
    m.removed_ticks = pw_ticks_from_days(lasts);
    mk_effect(&m, PW_ON_INCIDENT_RATE, PW_DURING_ALWAYS, PW_OWNER_POLICE_REMOVAL, 0, ratio, lasts);
    for (int k = 0; k < 12 && seasonal; k++)
        m.season[k] = 0.4 + 0.1 * k;
    pw_model_finish(&m);
    mk_watch_t watch;
    run_watched(&m, &watch);
    pw_ticks_t last[FAMILIES] = { 0 };
    uint32_t n[FAMILIES] = { 0 };
    int64_t checked = 0, wrong = 0;
    double r = (double)(float)ratio;
    for (size_t k = 0; k < watch.n_events; k++) {
        const pw_event_t *e = &watch.event[k];
        if (e->what != PW_CLOCK_INCIDENT)
            continue;
        uint32_t f = e->family;
        double from = pw_season_days(&m.season_clock, last[f]);
        double on = pw_season_days(&m.season_clock, last[f] + m.removed_ticks) - from;
        double want = exponential_of(&m, f, PW_PURPOSE_INCIDENT, n[f]), inside = n[f] ? r * pow(on / scale, shape) : 0.0;
        double h = !n[f] ? want : want <= inside ? want / r : want - inside + pow(on / scale, shape);
        pw_ticks_t at = pw_season_ticks(&m.season_clock, from + scale * pow(h, 1.0 / shape));
        wrong += llabs(at - e->ticks) > 4;      /* ticks are rounded twice: at the change and at the strike */
        checked++;
        last[f] = e->ticks;
        n[f]++;
    }
    CU_ASSERT(checked > 20 * FAMILIES / 2);
    CU_ASSERT_EQUAL(wrong, 0);
    mk_watch_free(&watch);
}

static void test_a_lower_hazard_makes_the_same_incident_come_later_exactly(void)
{
    check_effect_on_gaps(1.0, 0.3, false);
    check_effect_on_gaps(0.7, 0.3, false);
    check_effect_on_gaps(1.1, 2.5, false);
}
static void test_hazard_change_keeps_the_unspent_part_on_the_seasons_clock(void)
{
    check_effect_on_gaps(1.0, 0.3, true);
    check_effect_on_gaps(0.7, 2.5, true);
}

/* The chance of separating is 3 times as high while the partner is removed: what the clock has spent by the separation is E. */
static void test_couples_clock_is_spent_at_the_rate_in_force(void)
{
    static pw_model_t m;
    const double rate = 0.004, removed = 12.0;
    mk_base(&m);
    mk_closed(&m, FAMILIES, 24);
    mk_gap(&m, 1.0, 40.0);
    mk_probability(&m.reported, 1.0);
    mk_probability(&m.removes_partner, 1.0);
    m.removed_ticks = pw_ticks_from_days(removed);
    mk_per_day(&m.rate[PW_RATE_SEPARATES], rate);
    mk_by_bit(&m.rate[PW_RATE_SEPARATES], PW_BIT_PARTNER_REMOVED, 3.0, 0.0);
    pw_model_finish(&m);
    mk_watch_t watch;
    run_watched(&m, &watch);
    double spent[FAMILIES] = { 0 };
    pw_ticks_t seen[FAMILIES] = { 0 }, until[FAMILIES] = { 0 };
    bool done[FAMILIES] = { false };
    int checked = 0;
    for (size_t k = 0; k < watch.n_events; k++) {
        const pw_event_t *e = &watch.event[k];
        uint32_t f = e->family;
        if (done[f] || (e->what != PW_CLOCK_INCIDENT && e->what != PW_CLOCK_COUPLE))
            continue;
        pw_ticks_t high = until[f] < e->ticks ? until[f] : e->ticks;
        high = high > seen[f] ? high : seen[f];
        spent[f] += rate * (3.0 * pw_days_from_ticks(high - seen[f]) + pw_days_from_ticks(e->ticks - high));
        seen[f] = e->ticks;
        until[f] = e->what == PW_CLOCK_INCIDENT ? e->ticks + m.removed_ticks : until[f];
        if (e->what == PW_CLOCK_COUPLE) {
            PW_ASSERT_NEAR(spent[f] / exponential_of(&m, f, PW_PURPOSE_SEPARATION, 0), 1.0, 2e-6);
            done[f] = true;
            checked++;
        }
    }
    CU_ASSERT(checked > FAMILIES / 2);
    mk_watch_free(&watch);
}

/* A rate that names the number of children follows each birth at once. */
static void test_rate_that_reads_children_follows_a_birth(void)
{
    static pw_model_t m;
    const double scale = 50.0;
    mk_base(&m);
    mk_closed(&m, FAMILIES, 36);
    mk_gap(&m, 1.0, scale);
    mk_by_number(&m.rate[PW_RATE_INCIDENT], PW_NUMBER_CHILDREN, 2.0, 1.0);
    mk_per_day(&m.rate[PW_RATE_BIRTH], 1.0 / 400.0);
    pw_model_finish(&m);
    mk_watch_t watch;
    run_watched(&m, &watch);
    double spent[FAMILIES] = { 0 }, children[FAMILIES] = { 0 };
    pw_ticks_t seen[FAMILIES] = { 0 };
    uint32_t n[FAMILIES] = { 0 };
    int checked = 0, wrong = 0, births = 0;
    for (size_t k = 0; k < watch.n_events; k++) {
        const pw_event_t *e = &watch.event[k];
        uint32_t f = e->family;
        spent[f] += pw_days_from_ticks(e->ticks - seen[f]) / scale * pow(2.0, fmin(children[f], PW_MAX_CHILDREN - 1));
        seen[f] = e->ticks;
        births += e->what == PW_CLOCK_BIRTH;
        children[f] += e->what == PW_CLOCK_BIRTH;
        if (e->what != PW_CLOCK_INCIDENT)
            continue;
        wrong += fabs(spent[f] - exponential_of(&m, f, PW_PURPOSE_INCIDENT, n[f]++)) > 1e-5;
        spent[f] = 0.0;
        checked++;
    }
    CU_ASSERT(births > FAMILIES && checked > 10 * FAMILIES);
    CU_ASSERT_EQUAL(wrong, 0);
    mk_watch_free(&watch);
}

/* ---- effects one by one ---- */

static pw_model_t model_of_effects(void)
{
    pw_model_t m;
    mk_base(&m);
    int stage = mk_stage(&m, "support", PW_COUNTS_AS_FAMILY_SUPPORT, mk_fixed(10.0));
    mk_exit(&m, stage, mk_end(&m, "closed", PW_COUNTS_AS_CLOSED), 1.0);
    mk_service(&m, "programme", 1.0, mk_fixed(10.0));
    mk_probability(&m.at_contact, 0.4);
    mk_effect(&m, PW_ON_INCIDENT_RATE, PW_DURING_ATTENDING, PW_OWNER_STAGE, 0, 0.5, 0.0);             /* 0 */
    mk_effect(&m, PW_ON_INCIDENT_RATE, PW_DURING_ALWAYS, PW_OWNER_SERVICE, 0, 0.8, 30.0);             /* 1 */
    mk_effect(&m, PW_ON_INCIDENT_RATE, PW_DURING_ATTENDING, PW_OWNER_SERVICE, 0, 0.25, 0.0);          /* 2: contact only */
    mk_effect(&m, PW_ON_SEVERITY, PW_DURING_ATTENDING, PW_OWNER_SERVICE, 0, 3.0, 0.0);                /* 3: contact only */
    mk_effect(&m, PW_ON_REPORTING, PW_DURING_ATTENDING, PW_OWNER_SERVICE, 0, 1.5, 0.0);               /* 4: only if separated */
    m.effect[2].only_contact = m.effect[3].only_contact = true;
    m.effect[4].conditional = true;
    m.effect[4].only_if[0] = pw_bit_mask(PW_BIT_SEPARATED);
    pw_model_finish(&m);
    return m;
}

static void test_different_owners_multiply_and_the_same_one_only_renews_its_end(void)
{
    static pw_model_t m;
    m = model_of_effects();
    mk_alone_t a;
    mk_alone_init(&a, &m);
    pw_family_t *f = a.family;
    const pw_ticks_t day = PW_TICKS_PER_DAY;
    pw_effects_start(&a.own, f, 1 | 2, 100 * day);
    CU_ASSERT_EQUAL(pw_effects_product(&m, f, PW_ON_INCIDENT_RATE), 0.5 * 0.8);
    CU_ASSERT_EQUAL(f->clock[PW_CLOCK_LAPSE], pw_key(130 * day, PW_CLOCK_LAPSE));
    pw_effects_start(&a.own, f, 2, 120 * day);
    CU_ASSERT_EQUAL(pw_effects_product(&m, f, PW_ON_INCIDENT_RATE), 0.5 * 0.8);
    CU_ASSERT_EQUAL(f->clock[PW_CLOCK_LAPSE], pw_key(150 * day, PW_CLOCK_LAPSE));
    pw_effects_stop(&a.own, f, 1 | 2, 0);                   /* the one with a clock of its own goes on */
    CU_ASSERT_EQUAL(pw_effects_product(&m, f, PW_ON_INCIDENT_RATE), 0.8);
    pw_effects_lapse(&a.own, f, 149 * day);
    CU_ASSERT_EQUAL(pw_effects_product(&m, f, PW_ON_INCIDENT_RATE), 0.8);
    pw_effects_lapse(&a.own, f, 150 * day);
    CU_ASSERT_EQUAL(pw_effects_product(&m, f, PW_ON_INCIDENT_RATE), 1.0);
    CU_ASSERT_EQUAL(f->clock[PW_CLOCK_LAPSE], PW_KEY_NEVER);
    mk_alone_free(&a);
}

static void test_effects_in_the_contact_setting_act_on_incidents_there_alone(void)
{
    static pw_model_t m;
    m = model_of_effects();
    mk_alone_t a;
    mk_alone_init(&a, &m);
    pw_family_t *f = a.family;
    pw_effects_start(&a.own, f, 4 | 8 | 16, 0);
    CU_ASSERT_EQUAL(pw_effects_product(&m, f, PW_ON_INCIDENT_RATE), 1.0);
    CU_ASSERT_EQUAL(pw_effects_at_contact(&m, f, PW_ON_INCIDENT_RATE), 0.25);
    CU_ASSERT_EQUAL(pw_effects_product(&m, f, PW_ON_SEVERITY), 1.0);
    pw_family_put(f, PW_BIT_AT_CONTACT, true);
    CU_ASSERT_EQUAL(pw_effects_product(&m, f, PW_ON_SEVERITY), 3.0);
    CU_ASSERT_EQUAL(pw_effects_product(&m, f, PW_ON_REPORTING), 1.0);
    pw_family_put(f, PW_BIT_SEPARATED, true);
    CU_ASSERT_EQUAL(pw_effects_product(&m, f, PW_ON_REPORTING), 1.5);
    pw_family_put(f, PW_BIT_AT_CONTACT, false);
    f->rates_stale = 1u << PW_RATE_INCIDENT;
    pw_rates_refresh(&a.own, f, 0);
    PW_ASSERT_NEAR((double)f->rate[PW_RATE_INCIDENT], 1.0 - 0.4 + 0.4 * 0.25, 1e-7);
    mk_alone_free(&a);
}

/* A clock that stands still has its unspent exponential for a key: later than all events whatever it is, and what the clock goes on with. The rate is 1 a day
 * or none; u makes the exponential 1e-16, 0.7, 36; on the way half of it is spent. What was all spent when the clock stopped strikes at once. */
static void test_clock_that_stands_still_keeps_what_is_unspent_and_never_strikes(void)
{
    static const double u[3] = { 1.0 - 0x1p-53, 0.5, 0x1p-52 };
    static pw_model_t m;
    mk_base(&m);
    mk_per_day(&m.rate[PW_RATE_FALSE_REPORT], 1.0);
    pw_model_finish(&m);
    mk_alone_t a;
    mk_alone_init(&a, &m);
    pw_family_t *f = a.family;
    f->clock[PW_CLOCK_INCIDENT] = f->clock[PW_CLOCK_AGE] = PW_KEY_NEVER;
    for (int k = 0; k < 3; k++) {
        const double left = -pw_log(u[k]);
        const pw_ticks_t t = 1000, whole = pw_ticks_from_days(left), half = whole / 2;
        pw_family_put(f, PW_BIT_OPEN_CASE, false);
        pw_rate_restart(f, PW_RATE_FALSE_REPORT, u[k]);
        pw_rates_refresh(&a.own, f, t);
        CU_ASSERT(!pw_family_runs(f, PW_CLOCK_FALSE_REPORT) && pw_family_next(f) == PW_KEY_NEVER);
        pw_family_put(f, PW_BIT_OPEN_CASE, true);
        pw_rates_refresh(&a.own, f, t);
        CU_ASSERT_EQUAL(pw_family_next(f), pw_key(t + whole, PW_CLOCK_FALSE_REPORT));
        pw_family_put(f, PW_BIT_OPEN_CASE, false);
        pw_rates_refresh(&a.own, f, t + half);
        CU_ASSERT(!pw_family_runs(f, PW_CLOCK_FALSE_REPORT) && pw_family_next(f) == PW_KEY_NEVER);
        pw_family_put(f, PW_BIT_OPEN_CASE, true);
        pw_rates_refresh(&a.own, f, 9 * t);
        CU_ASSERT_EQUAL(pw_family_next(f), pw_key(9 * t + (whole - half), PW_CLOCK_FALSE_REPORT));
        pw_family_put(f, PW_BIT_OPEN_CASE, false);
        pw_rates_refresh(&a.own, f, 9 * t + (whole - half));
        CU_ASSERT_EQUAL(pw_family_next(f), PW_KEY_NEVER);
        pw_family_put(f, PW_BIT_OPEN_CASE, true);
        pw_rates_refresh(&a.own, f, 99 * t + whole);
        CU_ASSERT_EQUAL(pw_family_next(f), pw_key(99 * t + whole, PW_CLOCK_FALSE_REPORT));
    }
    mk_alone_free(&a);
}

static double weibull_hazard(const pw_model_t *m, pw_ticks_t from, pw_ticks_t to)
{
    return pow((pw_season_days(&m->season_clock, to) - pw_season_days(&m->season_clock, from)) / m->gap_scale_days, m->gap_shape);
}

/* Of a gap of 1.5 that began on day 10, at the multiplier 2: by day 60 the old law has spent 2 (50 / 100)^1.3; the new one, of another shape, scale and
 * season, spends the rest from its own hazard at 50 days on. Under the same law nothing changes. */
static void test_gap_goes_on_by_another_law_with_what_is_spent_spent(void)
{
    static pw_model_t old, new;
    mk_base(&old);
    mk_gap(&old, 1.3, 100.0);
    pw_model_finish(&old);
    mk_base(&new);
    mk_gap(&new, 0.7, 40.0);
    for (int k = 0; k < 12; k++)
        new.season[k] = 1.0 + k;
    pw_model_finish(&new);
    mk_alone_t a;
    mk_alone_init(&a, &new);
    pw_family_t *f = a.family;
    const pw_ticks_t began = 10 * PW_TICKS_PER_DAY, t = 60 * PW_TICKS_PER_DAY;
    f->rate[PW_RATE_INCIDENT] = 2.0f;
    f->gap_left = 1.5;
    f->gap_origin = pw_days_from_ticks(began);
    f->gap_passed = 0.0;
    f->clock[PW_CLOCK_INCIDENT] = PW_KEY_NEVER;
    pw_gap_adopt(&a.own, f, &new, t);
    CU_ASSERT(f->clock[PW_CLOCK_INCIDENT] == PW_KEY_NEVER && f->gap_left == 1.5);
    pw_gap_adopt(&a.own, f, &old, t);
    double left = 1.5 - 2.0 * pow(0.5, 1.3);
    pw_ticks_t next = pw_key_ticks(f->clock[PW_CLOCK_INCIDENT]);
    CU_ASSERT(next > t && next < PW_TICKS_NEVER);
    PW_ASSERT_NEAR(f->gap_left, left, 1e-12);
    PW_ASSERT_NEAR(2.0 * (weibull_hazard(&new, began, next) - weibull_hazard(&new, began, t)), left, 1e-6);
    mk_alone_free(&a);
}

static void test_rates_are_on_only_in_their_situation(void)
{
    static pw_model_t m;
    mk_base(&m);
    for (int r = 1; r < PW_RATES; r++)
        mk_per_day(&m.rate[r], 0.01);
    pw_model_finish(&m);
    mk_alone_t a;
    mk_alone_init(&a, &m);
    pw_family_t *f = a.family;
    for (int r = 1; r < PW_RATES; r++)
        pw_rate_restart(f, r, 0.5);
    pw_rates_refresh(&a.own, f, 0);
    static const bool together[PW_RATES] = { [PW_RATE_SEPARATES] = true, [PW_RATE_REFERRAL] = true, [PW_RATE_MOVES] = true, [PW_RATE_BIRTH] = true };
    for (int r = 1; r < PW_RATES; r++)
        CU_ASSERT_EQUAL(f->rate[r] > 0.0f, together[r]);
    pw_family_put(f, PW_BIT_OPEN_CASE, true);
    pw_rates_refresh(&a.own, f, 0);
    CU_ASSERT(f->rate[PW_RATE_FALSE_REPORT] > 0.0f);
    pw_family_put(f, PW_BIT_REPORTED_SEPARATED, true);
    pw_rates_refresh(&a.own, f, 0);
    CU_ASSERT(!pw_family_runs(f, PW_CLOCK_FALSE_REPORT));
    pw_family_put(f, PW_BIT_REPORTED_SEPARATED, false);
    pw_family_put(f, PW_BIT_SEPARATED, true);
    pw_rates_refresh(&a.own, f, 0);
    CU_ASSERT(f->rate[PW_RATE_FALSE_REPORT] == 0.0f && f->rate[PW_RATE_SEPARATES] == 0.0f && f->rate[PW_RATE_REUNITES] > 0.0f);
    mk_alone_free(&a);
}

PW_TESTS(PW_TEST(test_a_lower_hazard_makes_the_same_incident_come_later_exactly), PW_TEST(test_hazard_change_keeps_the_unspent_part_on_the_seasons_clock),
         PW_TEST(test_couples_clock_is_spent_at_the_rate_in_force), PW_TEST(test_rate_that_reads_children_follows_a_birth),
         PW_TEST(test_different_owners_multiply_and_the_same_one_only_renews_its_end),
         PW_TEST(test_effects_in_the_contact_setting_act_on_incidents_there_alone),
         PW_TEST(test_clock_that_stands_still_keeps_what_is_unspent_and_never_strikes),
         PW_TEST(test_gap_goes_on_by_another_law_with_what_is_spent_spent), PW_TEST(test_rates_are_on_only_in_their_situation))
