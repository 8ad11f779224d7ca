/* random_model.c: mk_random of model_maker.h: a lawful model with a bit of everything. */
#include "model_maker.h"

#include <stdio.h>

static double between(mk_luck_t *luck, double low, double high) { return low + (high - low) * mk_uniform(luck); }
static bool chance(mk_luck_t *luck, double p) { return mk_uniform(luck) < p; }

/* Sometimes 0, sometimes 1, mostly between. */
static double share(mk_luck_t *luck)
{
    double u = mk_uniform(luck);
    return u < 0.08 ? 0.0 : u > 0.92 ? 1.0 : between(luck, 0.05, 0.95);
}

/* Ties come of whole days, the rest is continuous. `may_be_none`: the stage leads onwards only. */
static pw_span_t span(mk_luck_t *luck, bool may_be_none)
{
    switch (mk_below(luck, may_be_none ? 5 : 4)) {
    case 0: return mk_fixed(1.0 + mk_below(luck, 20));
    case 1: return mk_fixed(0.5);
    case 2: return mk_exponential(between(luck, 1.0, 30.0));
    case 3: {
        double median = between(luck, 1.0, 20.0);
        return pw_span_from_median_p95(median, median * between(luck, 1.5, 4.0));
    }
    default: return chance(luck, 0.5) ? mk_none() : mk_fixed(0.0);
    }
}

static int any_state_bit(mk_luck_t *luck, const pw_model_t *m)
{
    static const int bit[] = { PW_BIT_SEPARATED, PW_BIT_SEPARATED_RECENTLY, PW_BIT_CHILD_UNDER_1, PW_BIT_OPEN_CASE, PW_BIT_VICTIM_ENGAGED,
                               PW_BIT_PARTNER_ENGAGED,
        PW_BIT_PARTNER_REMOVED, PW_BIT_REPORTED_SEPARATED };
    int what = mk_below(luck, 5);
    if (what == 0 && m->n_services)
        return (chance(luck, 0.5) ? PW_BIT_IN_SERVICE_0 : PW_BIT_COMPLETED_0) + mk_below(luck, m->n_services);
    if (what == 1 && m->n_stages)
        return PW_BIT_IN_STAGE_0 + mk_below(luck, m->n_stages);
    if (what == 2 && m->n_attributes)
        return mk_below(luck, m->n_attributes);
    return bit[mk_below(luck, 8)];
}

static void by_state(mk_luck_t *luck, const pw_model_t *m, pw_predictor_t *p, int at_most)
{
    for (int k = mk_below(luck, at_most + 1); k > 0; k--)
        mk_by_bit(p, any_state_bit(luck, m), between(luck, 0.4, 2.5), 0.3);
}
static void by_incident(mk_luck_t *luck, pw_predictor_t *p)
{
    if (chance(luck, 0.6))
        mk_by_bit(p, PW_BIT_INJURY + mk_below(luck, 5), between(luck, 0.4, 2.5), 0.3);
}
static void by_count(mk_luck_t *luck, pw_predictor_t *p)
{
    if (chance(luck, 0.4))
        mk_by_number(p, chance(luck, 0.5) ? PW_NUMBER_PREVIOUS_NOTIFICATIONS : PW_NUMBER_CHILDREN, between(luck, 0.8, 1.3), 1.0);
}
static void by_workload(mk_luck_t *luck, const pw_model_t *m, pw_predictor_t *p)
{
    if (m->n_teams && chance(luck, 0.4))
        mk_by_number(p, PW_NUMBER_WORKLOAD_0 + mk_below(luck, m->n_teams), between(luck, 0.3, 1.5), 0.8);
}

static void population(mk_luck_t *luck, pw_model_t *m)
{
    if (chance(luck, 0.3)) {
        mk_closed(m, 20 + mk_below(luck, 100), 5);
    } else {
        mk_time(m, mk_below(luck, 4), 2, 3);
        m->entries_per_day = between(luck, 0.3, 1.5);
        m->growth_per_year = chance(luck, 0.5) ? between(luck, -0.3, 0.5) : 0.0;
        if (chance(luck, 0.15))
            m->follow_up_ticks *= 3;      /* longer than the run */
    }
    static const char *const name[] = { "previous_contact", "separated", "contact_dispute", "a", "b" };
    int n = mk_below(luck, 6);
    for (int k = 0; k < n; k++) {
        int a = mk_attribute(m, name[k], share(luck));
        if (a > 0 && chance(luck, 0.4))
            mk_by_bit(&m->attribute[a].chance, a - 1, between(luck, 0.4, 2.5), 0.3);
        if (k == 2) {
            m->attribute[a].given = pw_bit_mask(PW_BIT_SEPARATED);
            m->attribute[a].redrawn_at_separation = chance(luck, 0.7);
        }
    }
    m->n_age_bands = 3;
    const double from[4] = { 0.0, 1.0, 17.5, 18.0 }, cumulative[3] = { 0.4, 0.7, 1.0 };
    for (int k = 0; k < 4; k++)
        m->age_from[k] = from[k];
    for (int k = 0; k < 3; k++)
        m->age_chance[k] = cumulative[k];
    m->adult_years = 18.0;
    m->n_children = 3;
    for (int k = 0; k < 3; k++)
        m->children_chance[k] = (k + 1) / 3.0;
    for (int k = 0; k < 12; k++)
        m->season[k] = chance(luck, 0.5) ? 1.0 : between(luck, 0.5, 1.5);
}

static void rates(mk_luck_t *luck, pw_model_t *m)
{
    static const double top[PW_RATES] = { 0.0, 0.02, 0.02, 0.05, 0.05, 0.05, 0.02, 0.004, 0.004 };
    for (int r = 1; r < PW_RATES; r++) {
        mk_per_day(&m->rate[r], chance(luck, 0.15) ? 0.0 : between(luck, 0.1, 1.0) * top[r]);
        by_state(luck, m, &m->rate[r], 2);
        by_count(luck, &m->rate[r]);
    }
    mk_gap(m, chance(luck, 0.4) ? 1.0 : between(luck, 0.7, 1.2), between(luck, 8.0, 60.0));
    mk_frailty(m, chance(luck, 0.5) ? 0.0 : between(luck, 0.3, 2.0));
    by_state(luck, m, &m->rate[PW_RATE_INCIDENT], 3);
    by_count(luck, &m->rate[PW_RATE_INCIDENT]);
    m->severity_sigma = chance(luck, 0.5) ? 0.0 : 0.6;
    m->frailty_correlation = 0.3;
}

static void police(mk_luck_t *luck, pw_model_t *m)
{
    for (int k = 0; k < 3; k++) {
        mk_weight(&m->severity[k], k == 0 ? 0.6 : between(luck, 0.0, 0.3));
        by_state(luck, m, &m->severity[k], 1);
    }
    pw_predictor_t *p[] = { &m->at_contact, &m->child_present, &m->child_injured, &m->reported, &m->removes_partner, &m->speaks_to_child, &m->notifies };
    for (int k = 0; k < 7; k++) {
        mk_probability(p[k], k == 3 || k == 6 ? between(luck, 0.5, 1.0) : share(luck));
        by_state(luck, m, p[k], 1);
        if (k >= 3)
            by_incident(luck, p[k]);
    }
    if (m->n_forms && chance(luck, 0.3)) {
        mk_by_number(&m->notifies, PW_NUMBER_RISK_SCORE, 1.3, 0.0);
        m->police_form = 0;
    }
    m->contact_only_if[0] = chance(luck, 0.5) ? pw_bit_mask(PW_BIT_SEPARATED) : 0;
    m->child_injured_only_if[0] = pw_bit_mask(PW_BIT_CHILD_PRESENT);
    m->speaks_only_if[0] = chance(luck, 0.5) ? pw_bit_mask(PW_BIT_CHILD_PRESENT) : 0;
    m->entry_reported = m->reported;
    m->entry_notifies = m->notifies;
    m->removed_ticks = pw_ticks_from_days(14.0);
    if (chance(luck, 0.7))
        m->notification_delay = span(luck, true);
    pw_predictor_t *talk[] = { &m->reports_at_separation, &m->reports_at_stage, &m->victim_engages, &m->partner_approached, &m->partner_engages };
    for (int k = 0; k < 5; k++) {
        mk_probability(talk[k], share(luck));
        by_state(luck, m, talk[k], 1);
        by_count(luck, talk[k]);
    }
    by_workload(luck, m, &m->partner_approached);
}

static void forms(mk_luck_t *luck, pw_model_t *m)
{
    m->n_forms = 2;
    for (int k = 0; k < 2; k++) {
        pw_form_kind_t *form = &m->form[k];
        form->purpose = pw_purpose_named("form", k ? "assessment" : "police_form");
        form->risk_noise_sd = chance(luck, 0.3) ? -1.0 : between(luck, 0.0, 2.0);
        for (int bit = 0; bit < PW_MAX_BITS; bit++) {
            form->sees[bit] = 1.0f;
            if (bit != PW_BIT_OPEN_CASE && chance(luck, 0.2)) {
                form->doubtful[bit >> 6] |= pw_bit_mask(bit);
                form->sees[bit] = (float)between(luck, 0.2, 1.0);
                form->invents[bit] = chance(luck, 0.3) ? 0.1f : 0.0f;
            }
        }
    }
}

static void schedule(mk_luck_t *luck, pw_model_t *m, bool service, int which)
{
    double day = chance(luck, 0.2) ? pw_days_from_ticks(m->day_0) : 5.0;
    for (int k = mk_below(luck, 4); k > 0; k--, day += 1.0 + mk_below(luck, 40))
        mk_step(m, service, which, day, chance(luck, 0.1) ? -1.0 : mk_below(luck, 5));
}

static void exits(mk_luck_t *luck, pw_model_t *m, int s, int first_end)
{
    pw_stage_t *stage = &m->stage[s];
    bool onwards = stage->duration.kind == PW_SPAN_NONE || (stage->duration.kind == PW_SPAN_FIXED && stage->duration.a == 0.0);
    int n = 1 + mk_below(luck, 4);
    mk_exit(m, s, first_end + mk_below(luck, m->n_stages - first_end), between(luck, 0.2, 1.0));
    for (int k = 1; k < n; k++) {
        int to = onwards ? s + 1 + mk_below(luck, m->n_stages - s - 1) : mk_below(luck, m->n_stages);
        pw_predictor_t *weight = mk_exit(m, s, to, between(luck, 0.0, 1.0));
        by_state(luck, m, weight, 2);
        by_incident(luck, weight);
        by_count(luck, weight);
        if (chance(luck, 0.3))
            mk_by_number(weight, PW_NUMBER_RISK_SCORE, 1.4, 0.0);
        by_workload(luck, m, weight);
    }
}

static void pathway(mk_luck_t *luck, pw_model_t *m, bool shared)
{
    int n_stages = 1 + mk_below(luck, 6), n_teams = shared ? mk_below(luck, 7) * 3 / 6 : 0;
    char name[32];
    for (int k = 0; k < n_teams; k++) {
        snprintf(name, sizeof name, "team %d", k);
        mk_team(m, name, chance(luck, 0.1) ? -1.0 : mk_below(luck, 4));
        m->team[k].limits = chance(luck, 0.9);
        schedule(luck, m, false, k);
    }
    for (int k = 0; k < n_stages; k++) {
        snprintf(name, sizeof name, "stage %d", k);
        mk_stage(m, name, k == 0 ? PW_COUNTS_AS_SCREENING : PW_COUNTS_AS_INITIAL_ASSESSMENT + mk_below(luck, 5), span(luck, true));
    }
    mk_end(m, "closed", PW_COUNTS_AS_CLOSED);
    mk_end(m, "letter", PW_COUNTS_AS_LETTER);
    mk_end(m, "nothing", PW_COUNTS_AS_NO_FURTHER_ACTION);
    if (chance(luck, 0.5))
        mk_end(m, "looked after", PW_COUNTS_AS_LOOKED_AFTER);
    m->referral_stage = chance(luck, 0.5) ? mk_below(luck, n_stages) : -1;
    for (int s = 0; s < n_stages; s++) {
        pw_stage_t *stage = &m->stage[s];
        static const double load[] = { 1.0, 0.1, 0.7, 2.0 };
        if (n_teams && chance(luck, 0.7))
            mk_needs(m, s, mk_below(luck, n_teams), load[mk_below(luck, 4)]);
        stage->worked = chance(luck, 0.6);
        stage->sees = mk_below(luck, 3) - 1;
        stage->statutory_ticks = chance(luck, 0.5) ? pw_ticks_from_days(8.0) : 0;
        if (stage->team >= 0 && chance(luck, 0.4)) {
            stage->has_priority = true;
            mk_weight(&stage->priority, 1.0);
            by_state(luck, m, &stage->priority, 2);
            by_incident(luck, &stage->priority);
            by_count(luck, &stage->priority);
        }
        if (stage->team >= 0 && chance(luck, 0.4)) {
            stage->wait_limit_ticks = chance(luck, 0.4) ? 0 : pw_ticks_from_days(1.0 + mk_below(luck, 10));
            stage->wait_limit_to = s + 1 + mk_below(luck, m->n_stages - s - 1);
        }
        if (stage->team >= 0 && chance(luck, 0.3)) {
            stage->slow_log_ratio = 0.5;
            stage->slow_centre = 0.8;
        }
        exits(luck, m, s, n_stages);
        for (int k = mk_below(luck, 5); k > 0; k--) {
            pw_predictor_t *p = mk_interrupt(m, s, mk_below(luck, PW_INTERRUPT_EVENTS), mk_below(luck, m->n_stages), share(luck));
            by_state(luck, m, p, 1);
            by_incident(luck, p);
            by_count(luck, p);
        }
    }
    if (m->n_attributes > 0 && chance(luck, 0.5))
        m->attribute[0].open_stage = mk_below(luck, n_stages);
    if (m->n_attributes > 3 && chance(luck, 0.3)) {
        m->attribute[3].open_by_choice = true;
        m->attribute[3].open_choice.n = n_stages;
        for (int k = 0; k < n_stages; k++) {
            m->attribute[3].open_choice.exit[k].to = k;
            mk_weight(&m->attribute[3].open_choice.exit[k].weight, 1.0);
        }
    }
}

static void services(mk_luck_t *luck, pw_model_t *m, bool shared)
{
    char name[32];
    for (int v = mk_below(luck, 5); v > 0; v--) {
        snprintf(name, sizeof name, "service %d", v);
        int k = mk_service(m, name, !shared || chance(luck, 0.2) ? -1.0 : mk_below(luck, 4), span(luck, true));
        pw_service_t *service = &m->service[k];
        if (shared)
            schedule(luck, m, true, k);
        service->attends = (uint8_t)mk_below(luck, 4);
        service->again = chance(luck, 0.6);
        service->offered_from = chance(luck, 0.3) ? m->day_0 + pw_ticks_from_days(10.0) : 0;
        if (chance(luck, 0.3))
            service->need_one[0] |= pw_bit_mask(PW_BIT_SEPARATED);
        if (chance(luck, 0.3))
            service->need_zero[0] |= pw_bit_mask(PW_BIT_SEVERE_INJURY);
        service->patience = chance(luck, 0.3) ? mk_none() : span(luck, false);
    }
}

static void offers(mk_luck_t *luck, pw_model_t *m, bool shared)
{
    for (int v = 0; v < m->n_services; v++) {
        pw_service_t *service = &m->service[v];
        for (int at = -2; at < m->n_stages; at++)
            if (chance(luck, 0.35) && service->n_offers < PW_MAX_OFFERS) {
                pw_predictor_t *p = mk_offer(m, v, at, share(luck));
                by_state(luck, m, p, 2);
                by_incident(luck, p);
                by_count(luck, p);
                if (shared)
                    by_workload(luck, m, p);
            }
        service->has_uptake = chance(luck, 0.7);
        mk_probability(&service->uptake, share(luck));
        by_state(luck, m, &service->uptake, 1);
        if (shared)
            by_workload(luck, m, &service->uptake);
        service->has_completes = chance(luck, 0.7);
        mk_probability(&service->completes, share(luck));
        by_count(luck, &service->completes);
    }
}

static void effects(mk_luck_t *luck, pw_model_t *m)
{
    for (int k = 0; k < 14 && m->n_timed < PW_MAX_TIMED; k++) {
        int kind = mk_below(luck, 3), on = mk_below(luck, PW_EFFECT_TARGETS), during = mk_below(luck, 4);
        int owner = kind == PW_OWNER_STAGE ? mk_below(luck, m->n_stages) : m->n_services ? mk_below(luck, m->n_services) : 0;
        if (kind == PW_OWNER_SERVICE && !m->n_services)
            continue;
        bool timed = kind == PW_OWNER_POLICE_REMOVAL || (kind == PW_OWNER_STAGE && m->stage[owner].is_end) || during == PW_DURING_AFTER_COMPLETION ||
                     during == PW_DURING_AFTER_DROPOUT || chance(luck, 0.3);
        if (kind == PW_OWNER_POLICE_REMOVAL || (kind == PW_OWNER_STAGE && m->stage[owner].is_end))
            during = PW_DURING_ALWAYS;
        int e = mk_effect(m, on, during, kind, owner, between(luck, 0.3, 2.0), timed ? 1.0 + mk_below(luck, 60) : 0.0);
        bool setting = on == PW_ON_INCIDENT_RATE || on == PW_ON_SEVERITY || on == PW_ON_REPORTING || on == PW_ON_CHILD_PRESENCE;
        m->effect[e].only_contact = setting && chance(luck, 0.3);
        if (chance(luck, 0.3)) {
            int bit = any_state_bit(luck, m);
            m->effect[e].conditional = true;
            m->effect[e].only_if[bit >> 6] = pw_bit_mask(bit);
        }
    }
}

static void money(mk_luck_t *luck, pw_model_t *m)
{
    m->discount_per_year = chance(luck, 0.5) ? 0.035 : 0.0;
    for (int s = 0; s < m->n_stages; s++)
        mk_cost(m, mk_below(luck, PW_PAYERS), m->stage[s].is_end && m->stage[s].counts_as != PW_COUNTS_AS_LOOKED_AFTER ? PW_COST_EACH : mk_below(luck, 2),
                PW_COST_OF_STAGE, s, between(luck, 1.0, 100.0));
    for (int v = 0; v < m->n_services; v++)
        mk_cost(m, mk_below(luck, PW_PAYERS), mk_below(luck, 4), PW_COST_OF_SERVICE, v, between(luck, 1.0, 100.0));
    for (int k = 0; k < m->n_teams; k++)
        mk_cost(m, mk_below(luck, PW_PAYERS), PW_COST_PLACE_YEAR, PW_COST_OF_TEAM, k, 1000.0);
    if (chance(luck, 0.5))
        return;
    mk_cost(m, PW_PAYER_POLICE, PW_COST_EACH, PW_COST_OF_POLICE_ATTENDANCE, 0, 31.7);
    mk_cost(m, PW_PAYER_HEALTH, PW_COST_EACH, PW_COST_OF_INJURY, 0, 13.9);
    mk_cost(m, PW_PAYER_WIDER_SOCIETY, PW_COST_EACH, PW_COST_OF_INCIDENT, 0, 7.3);
}

/* The world takes short cuts where incidents and screening do little (model.h, `light_police`, `instant`): police that do nothing but notify,
 * at once, and a first stage that only sorts. Sometimes all of it, sometimes all but one thing. */
static void lighten(mk_luck_t *luck, pw_model_t *m)
{
    int but = mk_below(luck, 14);
    if (but != 0)
        mk_probability(&m->removes_partner, 0.0);
    if (but != 1)
        mk_probability(&m->speaks_to_child, 0.0);
    if (but != 2)
        m->notification_delay = mk_none();
    m->attendance_costs = but == 3 ? m->attendance_costs : 0;
    if (chance(luck, 0.5))
        m->incident_costs = m->injury_costs = 0;
    for (int v = 0; v < m->n_services && but != 4; v++)
        for (int k = 0; k < m->service[v].n_offers; k++)
            if (m->service[v].offer[k].at < 0)
                m->service[v].offer[k].at = m->n_stages - 1;
    for (int v = 0; v < m->n_services; v++)      /* one offer at each place */
        for (int k = 0; k < m->service[v].n_offers; k++)
            for (int j = k + 1; j < m->service[v].n_offers; j++)
                if (m->service[v].offer[j].at == m->service[v].offer[k].at)
                    m->service[v].offer[j--] = m->service[v].offer[--m->service[v].n_offers];
    for (int r = 0; r < PW_RATES && but != 5; r++)
        if (m->rate[r].number_mask)
            mk_per_day(&m->rate[r], m->rate[r].kind == PW_RATE && r == PW_RATE_INCIDENT ? 1.0 : 0.004);
    if (m->notifies.n_numbers)
        mk_probability(&m->notifies, 0.7);
    if (chance(luck, 0.5))
        mk_probability(&m->child_present, 0.0);
    for (int k = 1; k < 3 && chance(luck, 0.6); k++)
        mk_weight(&m->severity[k], 0.0);
    m->entry_reported = m->reported;
    m->entry_notifies = m->notifies;
    pw_stage_t *first = &m->stage[m->first_stage];
    if (but == 6)
        return;
    first->team = -1;
    first->worked = first->has_priority = false;
    first->slow_log_ratio = 0.0;
    first->wait_limit_to = -1;
    first->duration = mk_none();
    first->n_interrupts = 0;
    first->statutory_ticks = 0;
    first->effects = first->effects_after = first->effects_dropout = first->costs = 0;
    first->choice.n = 0;
    for (int to = m->n_stages - 1; to > 0 && first->choice.n < 4; to -= 1 + mk_below(luck, 2))
        mk_exit(m, m->first_stage, to, between(luck, 0.2, 1.0));
    for (int v = 0; v < m->n_services; v++)
        for (int k = 0; k < m->service[v].n_offers; k++)
            if (m->service[v].offer[k].at == m->first_stage)
                m->service[v].offer[k--] = m->service[v].offer[--m->service[v].n_offers];
    for (int s = 1; s < m->n_stages; s++) {
        pw_stage_t *stage = &m->stage[s];
        if (stage->is_end && chance(luck, 0.6))
            stage->effects = stage->costs = 0;
        for (int k = 0; k < stage->n_interrupts; k++)      /* often nothing that incidents or notifications could interrupt */
            if (stage->interrupt[k].event <= PW_EVENT_NOTIFICATION && chance(luck, 0.7))
                stage->interrupt[k--] = stage->interrupt[--stage->n_interrupts];
    }
}

void mk_random(pw_model_t *m, uint64_t seed, bool shared)
{
    mk_luck_t luck = { seed };
    mk_base(m);
    population(&luck, m);
    forms(&luck, m);
    pathway(&luck, m, shared);
    services(&luck, m, shared);
    rates(&luck, m);
    police(&luck, m);
    offers(&luck, m, shared);
    effects(&luck, m);
    money(&luck, m);
    if (chance(&luck, 0.4))
        lighten(&luck, m);
    pw_model_finish(m);
}
