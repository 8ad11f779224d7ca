#include "witness.h"

#include "gap.h"
#include "incident.h"
#include "rates.h"

enum { MOST = 3 };      /* weights of injury */

void pw_witness_tell(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, pw_told_t *told)
{
    told->scenario = own->scenario;
    told->family = f->id;
    told->ticks = t;
    own->options->tell(own->options->tell_context, told);
}

void pw_witness_fact(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int what, int index, int other, bool yes)
{
    pw_told_t told = { .what = what, .index = index, .other = other, .yes = yes, .n = f->children };
    pw_witness_tell(own, f, t, &told);
}

static double years_of(const pw_family_t *f, pw_ticks_t t) { return pw_days_from_ticks(t - f->born) / PW_DAYS_PER_YEAR; }

void pw_witness_entered(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t)
{
    pw_told_t told = { .what = PW_TOLD_ENTERED, .bits = { f->bits[0], f->bits[1] }, .n = f->children, .from = years_of(f, t), .to = f->frailty,
                       .yes = f->stage >= 0 || (f->pending & PW_PENDING_MOVE) };
    pw_witness_tell(own, f, t, &told);
}

/* ---- chances ---- */

static void read_numbers(pw_told_t *told, const double *numbers)
{
    if (numbers)
        memcpy(told->number, numbers, sizeof told->number);
}

void pw_witness_chance(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int of, int other, const pw_predictor_t *predictor, const uint64_t bits[2],
                       const double *numbers, int target, double chance, double drawn, const int more[2])
{
    pw_told_t told = { .what = PW_TOLD_CHANCE, .index = of, .other = other, .predictor = predictor, .bits = { bits[0], bits[1] }, .effects = 1.0,
                       .chance = chance, .drawn = drawn, .yes = drawn < chance, .n = more ? more[0] : 0, .why = more ? more[1] : 0 };
    read_numbers(&told, numbers);
    if (target >= 0) {
        bool contact = of == PW_CHANCE_CONTACT;
        told.effects = contact ? pw_effects_at_contact(own->model, f, target) : pw_effects_product(own->model, f, target);
        told.acting = pw_effects_acting(own->model, f, target, contact);
    }
    pw_witness_tell(own, f, t, &told);
}

/* The incident's family with none, or only the earlier ones, of its incident's bits. */
static pw_family_t *with_bits(const pw_family_t *f, uint64_t keep, pw_family_t *room)
{
    *room = *f;
    room->bits[0] = (f->bits[0] & ~PW_INCIDENT_BITS) | (f->bits[0] & keep);
    return room;
}

static void tell_injury(const pw_own_t *own, const pw_family_t *f, const pw_family_t *as, pw_ticks_t t)
{
    pw_told_t told = { .what = PW_TOLD_CHANCE, .index = PW_CHANCE_INJURY, .predictor = &own->model->severity[2], .bits = { as->bits[0], as->bits[1] },
                       .effects = pw_effects_product(own->model, as, PW_ON_SEVERITY), .acting = pw_effects_acting(own->model, as, PW_ON_SEVERITY, false),
                       .drawn = pw_uniform32(f->luck[0]), .from = f->severity_factor };
    double all = 0.0;
    pw_incident_weights(own, as, told.weight);
    for (int k = 0; k < MOST; k++)
        all += told.weight[k];
    told.chance = all > 0.0 ? 1.0 - told.weight[0] / all : 0.0;
    told.other = pw_family_has(f, PW_BIT_SEVERE_INJURY) ? 2 : pw_family_has(f, PW_BIT_INJURY);
    told.yes = told.other > 0;
    pw_witness_tell(own, f, t, &told);
}

static void tell_incident(const pw_own_t *own, const pw_family_t *f, bool reported, bool is_entry, pw_ticks_t t)
{
    pw_told_t told = { .what = PW_TOLD_INCIDENT, .index = is_entry ? 0 : (int)f->incidents + 1, .bits = { f->bits[0], f->bits[1] }, .yes = reported,
                       .from = (double)f->rate[PW_RATE_INCIDENT], .why = is_entry };
    pw_witness_tell(own, f, t, &told);
}

/* What police do about the incident: they will, when this has been told. */
static void tell_police(const pw_own_t *own, const pw_family_t *f, uint16_t number, uint32_t removed_word, pw_block_t block, double base, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    pw_family_t room = *f;
    double p = pw_predictor_value(&model->removes_partner, f->bits, NULL);
    pw_witness_chance(own, f, t, PW_CHANCE_REMOVED, 0, &model->removes_partner, f->bits, NULL, -1, p, pw_uniform32(removed_word), NULL);
    if ((f->bits[0] & model->speaks_only_if[0]) == model->speaks_only_if[0] && (f->bits[1] & model->speaks_only_if[1]) == model->speaks_only_if[1]) {
        p = pw_predictor_value(&model->speaks_to_child, f->bits, NULL);
        pw_witness_chance(own, f, t, PW_CHANCE_SPOKEN_TO, 0, &model->speaks_to_child, f->bits, NULL, -1, p, pw_uniform32(block.word[0]), NULL);
        pw_family_put(&room, PW_BIT_CHILD_SPOKEN_TO, pw_uniform32(block.word[0]) < p);
    }
    if (f->looked_after || model->no_services)
        return;
    pw_form_t form;
    p = pw_incident_notify_chance(own, &room, number, &form);
    bool whole = base >= 1.0, sent = pw_uniform32(block.word[1]) * base < p;
    pw_witness_chance(own, &room, t, PW_CHANCE_NOTIFIED, number, whole ? &model->notifies : NULL, room.bits, form.number, -1, whole || p < base ? p / base
                      : 1.0, pw_uniform32(block.word[1]), NULL);
    if (!sent)
        return;
    pw_told_t told = { .what = PW_TOLD_SENT, .index = number, .until = t, .bits = { room.bits[0], room.bits[1] } };
    if (model->notification_delay.kind != PW_SPAN_NONE) {
        pw_block_t way = pw_stream_block(own->stream, f->id, PW_PURPOSE_NOTIFICATION, number, 0);
        told.until += pw_ticks_from_days(pw_span_days(&model->notification_delay, pw_uniform32(way.word[0])));
    }
    pw_witness_tell(own, f, t, &told);
}

void pw_witness_incident(const pw_own_t *own, const pw_family_t *f, bool reported, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    const uint64_t contact = pw_bit_mask(PW_BIT_AT_CONTACT), injury = contact | pw_bit_mask(PW_BIT_INJURY) | pw_bit_mask(PW_BIT_SEVERE_INJURY);
    const uint64_t present = injury | pw_bit_mask(PW_BIT_CHILD_PRESENT), all = present | pw_bit_mask(PW_BIT_CHILD_INJURED);
    pw_family_t room;
    pw_incident_chances_t p;
    pw_block_t block = { { 0 } };
    if (!model->incidents_certain)
        block = pw_stream_block(own->stream, f->id, PW_PURPOSE_INCIDENT, f->incidents, 1);
    if (model->contact_possible) {
        with_bits(f, 0, &room);
        pw_incident_chances(own, &room, &p);
        pw_witness_chance(own, &room, t, PW_CHANCE_CONTACT, 0, &model->at_contact, room.bits, NULL, PW_ON_INCIDENT_RATE, p.contact, pw_uniform32(f->luck[1]),
                          NULL);
    }
    if (!model->never_injured)
        tell_injury(own, f, with_bits(f, contact, &room), t);
    if (!model->never_present) {
        pw_incident_chances(own, with_bits(f, injury, &room), &p);
        pw_witness_chance(own, &room, t, PW_CHANCE_CHILD_PRESENT, 0, &model->child_present, room.bits, NULL, PW_ON_CHILD_PRESENCE, p.present,
                          pw_uniform32(block.word[0]), NULL);
        pw_incident_chances(own, with_bits(f, present, &room), &p);
        if (pw_family_has(f, PW_BIT_CHILD_PRESENT))
            pw_witness_chance(own, &room, t, PW_CHANCE_CHILD_INJURED, 0, &model->child_injured, room.bits, NULL, -1, p.injured, pw_uniform32(block.word[1]),
                              NULL);
    }
    pw_incident_chances(own, with_bits(f, all, &room), &p);
    pw_witness_chance(own, &room, t, PW_CHANCE_REPORTED, 0, &model->reported, room.bits, NULL, PW_ON_REPORTING, p.reported, pw_uniform32(block.word[2]), NULL);
    tell_incident(own, f, reported, false, t);
    pw_block_t police = { { 0 } };
    if (!model->police_certain)
        police = pw_stream_block(own->stream, f->id, PW_PURPOSE_INCIDENT, f->incidents, 2);
    if (reported)
        tell_police(own, f, (uint16_t)(f->incidents + 1u), block.word[3], police, 1.0, t);
}

/* Under the baseline it was reported for certain: it is of those that were. Another policy may make that less likely. */
void pw_witness_entry_incident(const pw_own_t *own, const pw_family_t *f, double chance, double drawn, uint32_t removed_word, pw_block_t police, double base,
                               pw_ticks_t t)
{
    pw_witness_chance(own, f, t, PW_CHANCE_REPORTED, 0, NULL, f->bits, NULL, -1, chance < 1.0 ? chance : 1.0, drawn, NULL);
    tell_incident(own, f, drawn < chance, true, t);
    if (drawn < chance)
        tell_police(own, f, 0, removed_word, police, base, t);
}

void pw_witness_arrived(const pw_own_t *own, const pw_family_t *f, uint8_t incident, uint16_t number, bool is_index, pw_ticks_t t)
{
    pw_told_t told = { .what = PW_TOLD_ARRIVED, .index = number, .other = is_index, .why = incident, .n = f->notifications_arrived,
                       .bits = { pw_incident_unpack(incident) | (f->bits[0] & ~PW_INCIDENT_BITS), f->bits[1] }, .yes = f->stage >= 0 };
    pw_witness_tell(own, f, t, &told);
}

void pw_witness_window(const pw_own_t *own, const pw_family_t *f, bool opens, pw_ticks_t t)
{
    const pw_record_t *r = &own->records[f->record];
    pw_told_t told = { .what = PW_TOLD_WINDOW, .yes = opens, .bits = { f->bits[0], f->bits[1] }, .n = f->children };
    if (opens) {
        told.from = pw_risk(f);
        told.other = r->first_ever << 3;
    } else {
        told.index = r->living;
        told.other = r->plan_at_end | r->case_at_end << 1 | r->waiting_at_end << 2;
    }
    pw_witness_tell(own, f, t, &told);
}

/* ---- the pathway ---- */

void pw_witness_choice(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, const pw_form_t *form, const uint64_t truth[2], const uint64_t asked[2],
                       double drawn, int to)
{
    const pw_stage_t *stage = &own->model->stage[f->stage];
    const pw_choice_t *choice = &stage->choice;
    pw_told_t told = { .what = PW_TOLD_CHOICE, .index = f->stage, .other = to, .choice = choice, .bits = { form->bits[0], form->bits[1] },
                       .truth = { truth[0], truth[1] },
                       .asked = { asked[0], asked[1] }, .form = stage->sees, .form_number = f->form, .drawn = drawn, .effects = 1.0, .yes = f->by_referral };
    read_numbers(&told, form->number);
    for (int k = 0; k < choice->n; k++)
        told.weight[k] = choice->plain ? choice->plain_weight[k] : pw_predictor_value(&choice->exit[k].weight, form->bits, form->number);
    pw_witness_tell(own, f, t, &told);
}

void pw_witness_moved(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int from, int to, int why, int event)
{
    pw_told_t told = { .what = PW_TOLD_MOVED, .index = from, .other = to, .why = why, .n = event, .yes = f->by_referral, .since = f->decided,
                       .bits = { f->bits[0], f->bits[1] } };
    pw_witness_tell(own, f, t, &told);
}

void pw_witness_begun(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, double times, pw_ticks_t until)
{
    pw_told_t told = { .what = PW_TOLD_BEGUN, .index = f->stage, .since = f->decided, .until = until, .from = times };
    pw_witness_tell(own, f, t, &told);
}

/* ---- lines ---- */

void pw_witness_joined(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, const pw_place_t *place, int is_service, int index, double load,
                       double priority, bool waits)
{
    pw_told_t told = { .what = PW_TOLD_JOINED, .index = index, .other = is_service, .yes = waits, .places = place->places, .used = place->used,
                       .queued = place->queued, .load = load, .priority = priority, .before = pw_place_before(place, priority) };
    pw_witness_tell(own, f, t, &told);
}

void pw_witness_line(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int what, int is_service, int index, pw_ticks_t since)
{
    pw_told_t told = { .what = what, .index = index, .other = is_service, .since = since };
    pw_witness_tell(own, f, t, &told);
}

void pw_witness_service(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int what, int index, int why, pw_ticks_t since, pw_ticks_t until, bool yes)
{
    pw_told_t told = { .what = what, .index = index, .why = why, .since = since, .until = until, .yes = yes };
    pw_witness_tell(own, f, t, &told);
}

/* ---- effects, rates, money ---- */

void pw_witness_effects(const pw_own_t *own, pw_family_t *f, pw_ticks_t t, uint64_t mask, bool on)
{
    const pw_ticks40_t *until = pw_family_timed(f, &own->shape);
    for (; mask; mask &= mask - 1) {
        int e = __builtin_ctzll(mask), slot = own->model->effect[e].timed_slot;
        pw_told_t told = { .what = PW_TOLD_EFFECT, .index = e, .yes = on, .until = on && slot >= 0 ? pw_from40(until[slot]) : PW_TICKS_NEVER };
        pw_witness_tell(own, f, t, &told);
    }
}

void pw_witness_rate(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int rate, float from, float to)
{
    pw_told_t told = { .what = PW_TOLD_RATE, .index = rate, .from = (double)from, .to = (double)to, .predictor = &own->model->rate[rate],
                       .bits = { f->bits[0], f->bits[1] }, .effects = 1.0 };
    int on = rate == PW_RATE_INCIDENT ? PW_ON_INCIDENT_RATE : rate == PW_RATE_SEPARATES ? PW_ON_SEPARATION : -1;
    if (on >= 0) {
        told.effects = pw_effects_product(own->model, f, on);
        told.acting = pw_effects_acting(own->model, f, on, false) | pw_effects_acting(own->model, f, on, true);
    }
    pw_family_numbers(f, NULL, told.number);
    pw_witness_tell(own, f, t, &told);
}

void pw_witness_cost(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int cost, double pounds, pw_ticks_t since, pw_ticks_t until, bool budget)
{
    pw_told_t told = { .what = PW_TOLD_COST, .index = cost, .from = pounds, .since = since, .until = until, .yes = budget };
    pw_witness_tell(own, f, t, &told);
}
