#include "incident.h"

#include "form.h"
#include "gap.h"
#include "offers.h"
#include "pathway.h"
#include "rates.h"
#include "record.h"

enum { SEVERITIES = 3 };

static bool all_of(const pw_family_t *f, const uint64_t need[2]) { return (f->bits[0] & need[0]) == need[0] && (f->bits[1] & need[1]) == need[1]; }

static double odds_scaled(const pw_own_t *own, const pw_family_t *f, double p, int target)
{
    if (f->active & own->model->effects_on[target])
        p = pw_scale_odds(p, pw_effects_product(own->model, f, target));
    return p;
}

static double contact_chance(const pw_own_t *own, const pw_family_t *f)
{
    const pw_model_t *model = own->model;
    if (!model->contact_possible || !all_of(f, model->contact_only_if))
        return 0.0;
    double p = pw_predictor_value(&model->at_contact, f->bits, NULL);
    if (f->active & model->effects_on[PW_ON_INCIDENT_RATE]) {
        double r = pw_effects_at_contact(model, f, PW_ON_INCIDENT_RATE);
        p = p * r / (1.0 - p + p * r);
    }
    return p;
}

static void severity_weights(const pw_own_t *own, const pw_family_t *f, double weight[SEVERITIES])
{
    double factor = f->severity_factor;
    if (f->active & own->model->effects_on[PW_ON_SEVERITY])
        factor *= pw_effects_product(own->model, f, PW_ON_SEVERITY);
    for (int k = 0; k < SEVERITIES; k++)
        weight[k] = pw_predictor_value(&own->model->severity[k], f->bits, NULL) * (k ? factor : 1.0);
}

static void put_severity(pw_family_t *f, int severity)
{
    pw_family_put(f, PW_BIT_INJURY, severity >= 1);
    pw_family_put(f, PW_BIT_SEVERE_INJURY, severity == 2);
}

static double present_chance(const pw_own_t *own, const pw_family_t *f)
{
    if (f->looked_after)
        return 0.0;
    return odds_scaled(own, f, pw_predictor_value(&own->model->child_present, f->bits, NULL), PW_ON_CHILD_PRESENCE);
}

static double injured_chance(const pw_own_t *own, const pw_family_t *f)
{
    const pw_model_t *model = own->model;
    return pw_family_has(f, PW_BIT_CHILD_PRESENT) && all_of(f, model->child_injured_only_if) ? pw_predictor_value(&model->child_injured, f->bits, NULL) : 0.0;
}

/* What the police see when they decide to notify. */
static double notify_chance(const pw_own_t *own, const pw_family_t *f, const pw_predictor_t *notifies, uint32_t number)
{
    if (!notifies->n_numbers)
        return pw_predictor_value(notifies, f->bits, NULL);
    static const uint64_t nothing[2] = { 0, 0 };   /* the police were there: only the score is uncertain */
    pw_form_t form;
    pw_form_fill(own, f, own->model->police_form, number, f->bits, nothing, (notifies->number_mask >> PW_NUMBER_RISK_SCORE & 1) != 0, &form);
    return pw_predictor_value(notifies, f->bits, form.number);
}

static void count_harm(const pw_own_t *own, const pw_family_t *f, int reach)
{
    pw_record_t *r = pw_family_record(own, f);
    if (!r)
        return;
    r->harm[PW_HARM_ANY][reach]++;
    if (!(f->bits[0] & PW_INCIDENT_BITS))
        return;
    r->harm[PW_HARM_INJURY][reach] = (uint16_t)(r->harm[PW_HARM_INJURY][reach] + pw_bit_get(f->bits, PW_BIT_INJURY));
    r->harm[PW_HARM_SEVERE_INJURY][reach] = (uint16_t)(r->harm[PW_HARM_SEVERE_INJURY][reach] + pw_bit_get(f->bits, PW_BIT_SEVERE_INJURY));
    r->harm[PW_HARM_CHILD_PRESENT][reach] = (uint16_t)(r->harm[PW_HARM_CHILD_PRESENT][reach] + pw_bit_get(f->bits, PW_BIT_CHILD_PRESENT));
    r->harm[PW_HARM_CHILD_INJURED][reach] = (uint16_t)(r->harm[PW_HARM_CHILD_INJURED][reach] + pw_bit_get(f->bits, PW_BIT_CHILD_INJURED));
    r->harm[PW_HARM_AT_CONTACT][reach] = (uint16_t)(r->harm[PW_HARM_AT_CONTACT][reach] + pw_bit_get(f->bits, PW_BIT_AT_CONTACT));
}

static void send_notification(pw_own_t *own, pw_family_t *f, bool removed, pw_ticks_t t)
{
    uint8_t incident = (uint8_t)(pw_incident_pack(f->bits[0]) | (removed ? PW_PACKED_REMOVED : 0));
    uint16_t number = f->notifications_sent++;
    count_harm(own, f, PW_REACH_NOTIFIED);
    pw_ticks_t arrives = t;
    if (own->model->notification_delay.kind != PW_SPAN_NONE) {
        pw_block_t block = pw_stream_block(own->stream, f->id, PW_PURPOSE_NOTIFICATION, number, 0);
        arrives += pw_ticks_from_days(pw_span_days(&own->model->notification_delay, pw_uniform32(block.word[0])));
    }
    int slot = 0, last = 0;
    while (slot < PW_TRANSIT && f->transit[slot] != PW_TRANSIT_NONE) {
        last = f->transit[slot] > f->transit[last] ? slot : last;
        slot++;
    }
    if (slot == PW_TRANSIT) {                     /* all ways are taken: it travels with the last one */
        f->transit[last] |= incident;
        return;
    }
    f->transit[slot] = (uint64_t)arrives << 24 | (uint64_t)number << 8 | incident;
    if (pw_key(arrives, PW_CLOCK_NOTIFICATION) < f->clock[PW_CLOCK_NOTIFICATION])
        pw_family_set(f, PW_CLOCK_NOTIFICATION, arrives);
}

/* The police attend. Uniforms: u_removed, and of block 2 spoken to and notified; `base` < 1 is the chance given which the entry
 * incident was notified by baseline practice: its uniform lies below it. */
static void attend(pw_own_t *own, pw_family_t *f, uint32_t removed_word, pw_block_t block, double base, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    pw_count_month(own, PW_MONTH_reported);
    count_harm(own, f, PW_REACH_REPORTED);
    pw_record_count(own, f, PW_COUNT_attended);
    if (model->attendance_costs)
        pw_record_cost_each(own, f, model->attendance_costs, t);
    if (own->options->census && own->counting)
        pw_census_add(own->options->census, PW_PLACE_POLICE, f->bits, NULL, 1.0);
    bool removed = pw_uniform32(removed_word) < pw_predictor_value(&model->removes_partner, f->bits, NULL);
    if (all_of(f, model->speaks_only_if) && pw_uniform32(block.word[0]) < pw_predictor_value(&model->speaks_to_child, f->bits, NULL)) {
        pw_family_put(f, PW_BIT_CHILD_SPOKEN_TO, true);
        pw_record_count(own, f, PW_COUNT_child_spoken_to);
    }
    if (!f->looked_after && !model->no_services &&
        pw_uniform32(block.word[1]) * base < notify_chance(own, f, &model->notifies, f->notifications_sent))
        send_notification(own, f, removed, t);
    if (removed) {
        pw_record_count(own, f, PW_COUNT_partner_removed);
        pw_family_put(f, PW_BIT_PARTNER_REMOVED, true);
        f->removed_until = t + model->removed_ticks;
        pw_effects_set_clock(own, f);
        pw_effects_start(own, f, model->removal_effects, t);
    }
    f->last_incident = pw_incident_pack(f->bits[0]);
    if (model->offers_at_attendance)
        pw_offers_make(own, f, model->offers_at_attendance, PW_OFFER_AT_POLICE_ATTENDANCE, NULL, t, PW_CLOCK_INCIDENT);
}

static void count_incident(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    pw_count_month(own, PW_MONTH_incidents);
    count_harm(own, f, PW_REACH_OCCURRED);
    if (f->closed_by_separation)
        pw_record_count(own, f, PW_COUNT_incidents_after_separation_closing);
    if (model->incident_costs)
        pw_record_cost_each(own, f, model->incident_costs, t);
    if (model->injury_costs && pw_family_has(f, PW_BIT_INJURY))
        pw_record_cost_each(own, f, model->injury_costs, t);
    pw_record_t *r = pw_family_record(own, f);
    if (r && model->no_services && pw_family_has(f, PW_BIT_SEVERE_INJURY) && t > r->index_ticks && t <= r->index_ticks + model->months_12)
        r->severe_without_services = 1;
}

void pw_incident_happens(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    f->bits[0] &= ~PW_INCIDENT_BITS;
    if (model->contact_possible)
        pw_family_put(f, PW_BIT_AT_CONTACT, pw_uniform32(f->luck[1]) < contact_chance(own, f));
    if (!model->never_injured) {
        double weight[SEVERITIES];
        severity_weights(own, f, weight);
        double u = pw_uniform32(f->luck[0]) * (weight[0] + weight[1] + weight[2]);
        put_severity(f, u < weight[0] ? 0 : u < weight[0] + weight[1] ? 1 : 2);
    }
    if (own->options->census && own->counting)
        pw_census_add(own->options->census, PW_PLACE_INCIDENT, f->bits, NULL, 1.0);
    pw_block_t block = { { 0 } };
    if (!model->incidents_certain)
        block = pw_stream_block(own->stream, f->id, PW_PURPOSE_INCIDENT, f->incidents, 1);
    pw_family_put(f, PW_BIT_CHILD_PRESENT, pw_uniform32(block.word[0]) < present_chance(own, f));
    pw_family_put(f, PW_BIT_CHILD_INJURED, pw_uniform32(block.word[1]) < injured_chance(own, f));
    count_incident(own, f, t);
    double reported = odds_scaled(own, f, pw_predictor_value(&model->reported, f->bits, NULL), PW_ON_REPORTING);
    if (pw_uniform32(block.word[2]) < reported) {
        pw_block_t police = { { 0 } };
        if (!model->police_certain)
            police = pw_stream_block(own->stream, f->id, PW_PURPOSE_INCIDENT, f->incidents, 2);
        attend(own, f, block.word[3], police, 1.0, t);
    }
    f->incidents++;
    pw_gap_restart(own, f, t);
    pw_pathway_event(own, f, PW_EVENT_INCIDENT, t, PW_CLOCK_INCIDENT);
    f->bits[0] &= ~PW_INCIDENT_BITS;
    if (f->clock[PW_CLOCK_NOTIFICATION] == pw_key(t, PW_CLOCK_NOTIFICATION) && !f->pending) {
        pw_observe(own, f, t, PW_CLOCK_NOTIFICATION, 0);
        pw_pathway_arrival(own, f, t);            /* no delay: at once */
    }
}

/* Walks the 24 kinds of incident with their weights among notified ones; stops at cumulative weight `target` (none: the sum). Leaves the
 * family's incident bits at the kind where it stopped. */
static double walk_kinds(const pw_own_t *own, pw_family_t *f, double target, double *notified)
{
    const pw_model_t *model = own->model;
    double sum = 0.0;
    for (int contact = 0; contact < 2; contact++) {
        f->bits[0] &= ~PW_INCIDENT_BITS;
        double p_contact = contact_chance(own, f);
        pw_family_put(f, PW_BIT_AT_CONTACT, contact);
        double weight[SEVERITIES];
        severity_weights(own, f, weight);
        double all = weight[0] + weight[1] + weight[2];
        for (int k = 0; k < 4 * SEVERITIES; k++) {
            put_severity(f, k / 4);
            pw_family_put(f, PW_BIT_CHILD_PRESENT, false);
            pw_family_put(f, PW_BIT_CHILD_INJURED, false);
            double p = (contact ? p_contact : 1.0 - p_contact) * (all > 0.0 ? weight[k / 4] / all : k / 4 == 0);
            double present = present_chance(own, f);
            pw_family_put(f, PW_BIT_CHILD_PRESENT, k & 1);
            double injured = injured_chance(own, f);
            pw_family_put(f, PW_BIT_CHILD_INJURED, k & 2);
            p *= (k & 1 ? present : 1.0 - present) * (k & 2 ? injured : 1.0 - injured);
            if (p <= 0.0)
                continue;
            *notified = notify_chance(own, f, &model->entry_notifies, f->notifications_sent);
            sum += p * pw_predictor_value(&model->entry_reported, f->bits, NULL) * *notified;
            if (target >= 0.0 && sum > target)
                return sum;
        }
    }
    return sum;
}

void pw_incident_entry(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    pw_block_t block = pw_stream_block(own->stream, f->id, PW_PURPOSE_ENTRY_INCIDENT, 0, 0);
    double notified = 1.0, sum = walk_kinds(own, f, -1.0, &notified);
    if (sum > 0.0)
        walk_kinds(own, f, sum * pw_uniform52(block.word[0], block.word[1]), &notified);
    else
        f->bits[0] &= ~PW_INCIDENT_BITS;          /* baseline practice notifies nobody: the plainest kind */
    double base = pw_predictor_value(&model->entry_reported, f->bits, NULL);
    double reported = odds_scaled(own, f, pw_predictor_value(&model->reported, f->bits, NULL), PW_ON_REPORTING);
    count_incident(own, f, t);
    if (pw_uniform32(block.word[2]) * base < reported)
        attend(own, f, block.word[3], pw_stream_block(own->stream, f->id, PW_PURPOSE_ENTRY_INCIDENT, 0, 1), notified, t);
    pw_gap_restart(own, f, t);
    f->bits[0] &= ~PW_INCIDENT_BITS;
}
