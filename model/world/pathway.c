#include "pathway.h"

#include "../chance/kernel.h"
#include "couple.h"
#include "form.h"
#include "instant.h"
#include "offers.h"
#include "rates.h"
#include "record.h"
#include "witness.h"

/* Parts of the stream of one visit of a stage. */
enum { PART_WORK = PW_VISIT_PART_WORK, PART_EVENTS = 8 };

int pw_choice_pick(const pw_choice_t *choice, const uint64_t bits[2], const double *numbers, double u)
{
    if (choice->plain)
        return pw_weight_pick(choice->plain_weight, choice->n, u);
    double weight[PW_MAX_EXITS];
    for (int k = 0; k < choice->n; k++)
        weight[k] = pw_predictor_value(&choice->exit[k].weight, bits, numbers);
    return pw_weight_pick(weight, choice->n, u);
}

static void note_index_path(const pw_own_t *own, pw_family_t *f, int to)
{
    if (!f->index_screening)
        return;
    f->index_screening = false;
    own->records[f->record].index_path = (uint8_t)pw_index_path_of(own->model->stage[to].counts_as);
}

/* A screening decision has sent the family to stage `to`. */
static void note_screening(const pw_own_t *own, pw_family_t *f, int to)
{
    const pw_model_t *model = own->model;
    int outcome = model->stage[to].counts_as;
    pw_record_count(own, f, PW_COUNT_screened);
    pw_count_month(own, PW_MONTH_screened);
    if (outcome == PW_COUNTS_AS_NO_FURTHER_ACTION)
        pw_record_count(own, f, PW_COUNT_no_further_action);
    else if (outcome == PW_COUNTS_AS_SIGNPOSTED)
        pw_record_count(own, f, PW_COUNT_signposted);
    note_index_path(own, f, to);
    bool assessed = outcome == PW_COUNTS_AS_INITIAL_ASSESSMENT || outcome == PW_COUNTS_AS_CORE_ASSESSMENT;
    if (own->counting && assessed && !f->by_referral && f->decided >= model->day_0 && f->decided < model->intake_end)
        own->result->intake_newly_assessed++;
}

/* A new case that starts in an instant stage: the stage is passed in one step; the stage where it then goes. What the long way would do is
 * done here: visits, flows, the screening's record. */
static int pass_instant(pw_own_t *own, pw_family_t *f, int at, pw_ticks_t t)
{
    const pw_stage_t *stage = &own->model->stage[at];
    pw_record_count(own, f, PW_COUNT_cases);
    f->stage = (int8_t)at;
    f->decided = t;
    uint32_t visit = pw_family_visits(f, &own->shape)[at]++;
    if (own->counting)
        own->result->flow[own->model->n_stages][at]++;
    int to = stage->choice.exit[pw_instant_exit(own, f, stage, visit)].to;
    if (!own->model->stage[to].plain_end) {
        pw_family_put(f, PW_BIT_IN_STAGE_0 + at, true);    /* until it leaves, which may be at a shared moment */
        return to;
    }
    if (own->counting)
        own->result->flow[at][to]++;
    if (stage->counts_as == PW_COUNTS_AS_SCREENING)
        note_screening(own, f, to);
    f->stage = -1;
    f->case_bits = 0;
    return -1;
}

bool pw_pathway_move(pw_own_t *own, pw_family_t *f, int to, int why, int event, pw_ticks_t t, int kind)
{
    if (own->model->stage[to].instant && f->stage < 0 && !f->case_bits && !f->pending && !own->is_looked_at && !own->options->census) {
        to = pass_instant(own, f, to, t);
        if (to < 0)
            return true;
        why = PW_MOVE_DONE;
    }
    bool touches = f->team_held >= 0 || f->at == PW_AT_WAITING || own->model->stage[to].shared;
    if (touches) {
        if (f->pending & (PW_PENDING_MOVE | PW_PENDING_LEAVE))
            return false;                         /* it goes elsewhere at this very moment: the first word holds */
        f->pending_stage = (int8_t)to;
        f->pending_move = (uint8_t)why;
        f->pending_event = (uint8_t)event;
        pw_family_ask(f, PW_PENDING_MOVE, t, kind);
        return false;
    }
    if (f->stage >= 0)
        pw_pathway_leave(own, f, why, t);
    pw_pathway_arrive(own, f, to, why, event, t);
    if (f->stage < 0)
        return false;
    static const double no_workload[PW_MAX_TEAMS];
    pw_pathway_begin(own, f, no_workload, why == PW_MOVE_AT_ENTRY, t, kind);
    if (pw_key_ticks(f->clock[PW_CLOCK_STAGE]) == t && !f->pending && !own->model->stage[f->stage].shared)
        pw_pathway_move(own, f, pw_pathway_decide(own, f, no_workload, t), PW_MOVE_DONE, 0, t, kind);    /* no time: at once */
    return false;
}

void pw_pathway_leave(pw_own_t *own, pw_family_t *f, int why, pw_ticks_t t)
{
    const pw_stage_t *stage = &own->model->stage[f->stage];
    if (f->at == PW_AT_WORK) {
        pw_effects_stop(own, f, stage->effects, t);
        if (why == PW_MOVE_DONE)
            pw_effects_start(own, f, stage->effects_after, t);
        else if (why == PW_MOVE_INTERRUPTED)
            pw_effects_start(own, f, stage->effects_dropout, t);
        pw_record_cost_days(own, f, stage->costs, f->begun, t);
        if (why == PW_MOVE_DONE && stage->statutory_ticks && own->counting) {
            own->result->work_ended[f->stage]++;
            own->result->within_statutory[f->stage] += t - f->decided <= stage->statutory_ticks;
        }
    }
    pw_family_put(f, PW_BIT_IN_STAGE_0 + f->stage, false);
    f->clock[PW_CLOCK_STAGE] = f->clock[PW_CLOCK_WAIT_LIMIT] = PW_KEY_NEVER;
    f->at = PW_AT_NOTHING;
}

static void close_case(pw_own_t *own, pw_family_t *f, int why, int event, pw_ticks_t t)
{
    if (f->case_worked) {
        pw_record_count(own, f, PW_COUNT_closed);
        if (why == PW_MOVE_INTERRUPTED && event == PW_EVENT_SEPARATION_REPORTED) {
            pw_record_count(own, f, PW_COUNT_closed_at_separation);
            f->closed_by_separation = true;
        }
    }
    f->index_screening = false;
    f->assessed_before |= f->case_assessed;
    f->case_assessed = f->case_worked = false;
    f->stage = -1;
    f->case_bits = 0;
    pw_family_put(f, PW_BIT_OPEN_CASE, false);
    pw_family_put(f, PW_BIT_REPORTED_SEPARATED, false);
    if (f->bits[0] & (pw_bit_mask(PW_BIT_VICTIM_ENGAGED) | pw_bit_mask(PW_BIT_PARTNER_ENGAGED)))
        pw_engagement_lapse(own, f, t);
}

static void enter_end(pw_own_t *own, pw_family_t *f, int to, int why, int event, pw_ticks_t t)
{
    const pw_stage_t *stage = &own->model->stage[to];
    pw_effects_start(own, f, stage->effects, t);
    pw_record_cost_each(own, f, stage->costs, t);
    if (stage->counts_as == PW_COUNTS_AS_LETTER)
        pw_record_count(own, f, PW_COUNT_letters);
    if (stage->counts_as == PW_COUNTS_AS_LOOKED_AFTER && !f->looked_after) {
        pw_record_count(own, f, PW_COUNT_looked_after);
        f->looked_after = true;
        f->care_stage = (int8_t)to;
        f->care_since = pw_to40(t);
    }
    close_case(own, f, why, event, t);
}

static void count_move(const pw_own_t *own, int from, int to, int why, int event)
{
    own->result->flow[from < 0 ? own->model->n_stages : from][to]++;
    if (from >= 0 && why == PW_MOVE_INTERRUPTED)
        own->result->interrupted[from][event]++;
    else if (from >= 0 && why == PW_MOVE_LIMIT)
        own->result->wait_limited[from]++;
}

void pw_pathway_arrive(pw_own_t *own, pw_family_t *f, int to, int why, int event, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    int from = f->stage;
    if (own->counting)
        count_move(own, from, to, why, event);
    if (from >= 0 && model->stage[from].counts_as == PW_COUNTS_AS_SCREENING && why == PW_MOVE_DONE)
        note_screening(own, f, to);
    pw_observe(own, f, t, PW_CLOCK_STAGE, to);
    if (pw_is_told(own))
        pw_witness_moved(own, f, t, from, to, why, event);
    if (model->stage[to].is_end) {
        enter_end(own, f, to, why, event, t);
        return;
    }
    if (from < 0)
        pw_record_count(own, f, PW_COUNT_cases);
    f->stage = (int8_t)to;
    f->decided = t;
    memset(f->interrupts, 0, sizeof f->interrupts);
    pw_family_visits(f, &own->shape)[to]++;
    pw_family_put(f, PW_BIT_IN_STAGE_0 + to, true);
}

static void note_begin(pw_own_t *own, pw_family_t *f, const pw_stage_t *stage)
{
    bool assessment = false;
    switch (stage->counts_as) {
    case PW_COUNTS_AS_INITIAL_ASSESSMENT:
        pw_record_count(own, f, PW_COUNT_initial_assessments);
        pw_count_month(own, PW_MONTH_initial_assessments);
        assessment = true;
        break;
    case PW_COUNTS_AS_CORE_ASSESSMENT:
        pw_record_count(own, f, PW_COUNT_core_assessments);
        pw_count_month(own, PW_MONTH_core_assessments);
        assessment = true;
        break;
    case PW_COUNTS_AS_FAMILY_SUPPORT: pw_record_count(own, f, PW_COUNT_family_support); break;
    case PW_COUNTS_AS_CHILD_PROTECTION: pw_record_count(own, f, PW_COUNT_child_protection); break;
    case PW_COUNTS_AS_MONITORING: pw_record_count(own, f, PW_COUNT_monitoring); break;
    default: break;
    }
    if (assessment && !f->case_assessed) {
        if (f->assessed_before)
            pw_record_count(own, f, PW_COUNT_stop_starts);
        f->case_assessed = true;
    }
    if (stage->worked) {
        f->case_worked = true;
        f->closed_by_separation = false;
        pw_family_put(f, PW_BIT_OPEN_CASE, true);
        pw_record_t *r = pw_family_record(own, f);
        if (r)
            r->help++;
    }
}

void pw_pathway_begin(pw_own_t *own, pw_family_t *f, const double *workload, bool residual, pw_ticks_t t, int kind)
{
    const pw_stage_t *stage = &own->model->stage[f->stage];
    uint32_t visit = pw_family_visits(f, &own->shape)[f->stage] - 1u;
    f->at = PW_AT_WORK;
    f->begun = t;
    f->clock[PW_CLOCK_WAIT_LIMIT] = PW_KEY_NEVER;
    double days = 0.0, times = 1.0;
    pw_block_t block = { { 0 } };
    if (stage->duration.kind != PW_SPAN_NONE || stage->choice.n > 1)
        block = pw_stream_block(own->stream, f->id, stage->purpose, visit, PART_WORK);
    f->choice_word = block.word[1];
    if (stage->duration.kind != PW_SPAN_NONE) {
        double u = pw_uniform32(block.word[0]);
        days = residual ? pw_span_residual_days(&stage->duration, u, pw_uniform32(block.word[2])) : pw_span_days(&stage->duration, u);
        if (stage->slow_log_ratio != 0.0 && stage->team >= 0)
            days *= times = pw_exp(stage->slow_log_ratio * (workload[stage->team] - stage->slow_centre));
    }
    pw_family_set(f, PW_CLOCK_STAGE, t + pw_ticks_from_days(days));
    if (pw_is_told(own))
        pw_witness_begun(own, f, t, times, t + pw_ticks_from_days(days));
    note_begin(own, f, stage);
    pw_effects_start(own, f, stage->effects, t);
    pw_record_cost_each(own, f, stage->costs, t);
    if (stage->worked) {
        pw_engagement_start(own, f, stage->purpose, visit, workload, t);
        bool new_to_staff = !residual;            /* a family that enters with an open case has been asked before */
        if (new_to_staff && pw_family_has(f, PW_BIT_SEPARATED) && !pw_family_has(f, PW_BIT_REPORTED_SEPARATED) &&
            pw_engagement_reports(own, f, stage->purpose, visit, t))
            pw_pathway_report_separation(own, f, true, t, kind);
    }
}

int pw_pathway_decide(pw_own_t *own, pw_family_t *f, const double *workload, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    const pw_stage_t *stage = &model->stage[f->stage];
    const pw_choice_t *choice = &stage->choice;
    bool child_screened = stage->counts_as == PW_COUNTS_AS_SCREENING && (f->case_bits & PW_PACKED_CHILD_PRESENT);
    if (choice->plain && !child_screened && !own->options->census && !pw_is_told(own))     /* the same for all: no form is read */
        return choice->exit[choice->n == 1 ? 0 : pw_choice_pick(choice, f->bits, NULL, pw_uniform32(f->choice_word))].to;
    uint64_t now[2] = { f->bits[0] | pw_incident_unpack(f->case_bits), f->bits[1] };
    uint64_t need[2] = { choice->mask[0], choice->mask[1] };
    if (child_screened)
        pw_bit_put(need, PW_BIT_CHILD_PRESENT, 1);
    if (own->options->census)
        need[0] = need[1] = UINT64_MAX;
    pw_form_t form;
    pw_form_fill(own, f, stage->sees, f->form, now, need, (choice->number_mask >> PW_NUMBER_RISK_SCORE & 1) != 0, &form);
    for (int team = 0; team < model->n_teams; team++)
        form.number[PW_NUMBER_WORKLOAD_0 + team] = workload[team];
    if (own->options->census && own->counting)
        pw_census_add(own->options->census, PW_PLACE_STAGE_0 + f->stage, form.bits, form.number, 1.0);
    if (child_screened) {
        pw_record_count(own, f, PW_COUNT_child_screened);
        if (pw_bit_get(form.bits, PW_BIT_CHILD_PRESENT))
            pw_record_count(own, f, PW_COUNT_child_seen);
    }
    double u = choice->n == 1 ? 0.5 : pw_uniform32(f->choice_word);
    int to = choice->exit[choice->n == 1 ? 0 : pw_choice_pick(choice, form.bits, form.number, u)].to;
    if (pw_is_told(own))
        pw_witness_choice(own, f, t, &form, now, need, u, to);
    return to;
}

void pw_pathway_event(pw_own_t *own, pw_family_t *f, int event, pw_ticks_t t, int kind)
{
    if (f->stage < 0)
        return;
    const pw_stage_t *stage = &own->model->stage[f->stage];
    if (!(stage->interrupt_events >> event & 1))
        return;
    uint32_t visit = pw_family_visits(f, &own->shape)[f->stage] - 1u;
    for (int k = 0; k < stage->n_interrupts; k++) {
        const pw_interrupt_t *on = &stage->interrupt[k];
        if (on->event != event)
            continue;
        uint32_t part = PART_EVENTS + (uint32_t)event + PW_INTERRUPT_EVENTS * (uint32_t)f->interrupts[event];
        f->interrupts[event] = (uint8_t)(f->interrupts[event] + (f->interrupts[event] < 255));
        pw_block_t block = pw_stream_block(own->stream, f->id, stage->purpose, visit, part);
        double numbers[PW_MAX_NUMBERS];
        pw_family_numbers(f, NULL, numbers);
        uint64_t now[2] = { f->bits[0] | pw_incident_unpack(f->case_bits), f->bits[1] };
        double u = pw_uniform32(block.word[0]), p = pw_predictor_value(&on->chance, now, numbers);
        if (pw_is_told(own))
            pw_witness_chance(own, f, t, PW_CHANCE_INTERRUPTED, f->stage, &on->chance, now, numbers, -1, p, u, (int[2]){ event, k });
        if (u < p) {
            pw_pathway_move(own, f, on->to, PW_MOVE_INTERRUPTED, event, t, kind);
            return;
        }
    }
}

void pw_pathway_report_separation(pw_own_t *own, pw_family_t *f, bool is_true, pw_ticks_t t, int kind)
{
    pw_record_count(own, f, PW_COUNT_separations_reported);
    if (!is_true)
        pw_record_count(own, f, PW_COUNT_false_reports);
    pw_family_put(f, PW_BIT_REPORTED_SEPARATED, true);
    pw_observe(own, f, t, PW_CLOCK_FALSE_REPORT, is_true);
    if (pw_is_told(own))
        pw_witness_fact(own, f, t, PW_TOLD_SAID_SEPARATED, 0, 0, is_true);
    pw_pathway_event(own, f, PW_EVENT_SEPARATION_REPORTED, t, kind);
}

static int earliest(const pw_family_t *f)
{
    int first = 0;
    for (int k = 1; k < PW_TRANSIT; k++)
        if (f->transit[k] < f->transit[first])
            first = k;
    return first;
}

/* The index notification arrives, under whatever scenario: what follows it is noted from here on. */
static void note_index(const pw_own_t *own, pw_family_t *f, pw_record_t *r, uint8_t incident)
{
    r->index_seen = 1;
    r->severe_at_index = (incident & PW_PACKED_SEVERE) != 0;
    r->repeat_at_index = f->notifications_arrived > 0;
    if (f->stage >= 0 && own->model->stage[f->stage].counts_as != PW_COUNTS_AS_SCREENING)
        r->index_path = PW_INDEX_OPEN_CASE;
    else
        f->index_screening = true;
}

/* True if a window clock was set. */
static bool note_notification(pw_own_t *own, pw_family_t *f, uint8_t incident, uint16_t number, pw_ticks_t t)
{
    bool was_open = f->window_open;
    const pw_model_t *model = own->model;
    pw_count_month(own, PW_MONTH_notifications);
    if (f->clock[PW_CLOCK_WINDOW] == pw_key(t, PW_CLOCK_WINDOW) && !f->window_open)
        pw_record_window(own, f, t);      /* the index, come without delay */
    bool intake = own->counting && t >= model->day_0 && t < model->intake_end;
    if (intake) {
        own->result->intake_notified++;
        own->result->intake_injury += (incident & (PW_PACKED_INJURY | PW_PACKED_CHILD_INJURED)) != 0;
        own->result->intake_removed += (incident & PW_PACKED_REMOVED) != 0;
        own->result->intake_separated += pw_family_has(f, PW_BIT_SEPARATED);
    }
    if (intake && own->finding_index && f->record < 0) {
        pw_record_open(own, f, t);
        if (f->record >= 0)
            own->records[f->record].index_number = number;
    }
    pw_record_t *r = f->record >= 0 ? &own->records[f->record] : NULL;
    bool is_index = r && !r->index_seen && number == r->index_number;
    if (pw_is_told(own))
        pw_witness_arrived(own, f, incident, number, is_index, t);
    if (is_index)
        note_index(own, f, r, incident);
    if (r && f->window_open) {
        r->count[PW_COUNT_notifications]++;
        if (!is_index && r->count[PW_COUNT_repeats]++ == 0)
            r->first_repeat = t - r->index_ticks;
    }
    return f->window_open != was_open;
}

void pw_pathway_arrival(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    int k = earliest(f);
    uint8_t incident = (uint8_t)(f->transit[k] & 0xFF);
    uint16_t number = (uint16_t)(f->transit[k] >> 8 & 0xFFFF);
    f->transit[k] = PW_TRANSIT_NONE;
    k = earliest(f);
    pw_family_set(f, PW_CLOCK_NOTIFICATION, f->transit[k] == PW_TRANSIT_NONE ? PW_TICKS_NEVER : (pw_ticks_t)(f->transit[k] >> 24));
    pw_pathway_notification(own, f, incident, number, t);
}

bool pw_pathway_notification(pw_own_t *own, pw_family_t *f, uint8_t incident, uint16_t number, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    bool as_before = !note_notification(own, f, incident, number, t) && !model->rates_by_notifications && !model->offers_at_notification;
    f->notifications_arrived++;
    double previous = f->notifications_arrived - 1.0;
    f->previous_notifications = (float)(previous < model->notifications_cap ? previous : model->notifications_cap);
    f->rates_stale |= (uint16_t)model->rates_by_notifications;
    f->case_bits = f->stage >= 0 ? f->case_bits | incident : incident;
    if (model->offers_at_notification)
        pw_offers_make(own, f, model->offers_at_notification, PW_OFFER_AT_NOTIFICATION, NULL, t, PW_CLOCK_NOTIFICATION);
    if (f->stage >= 0) {
        as_before &= !(model->stage[f->stage].interrupt_events >> PW_EVENT_NOTIFICATION & 1);
        pw_pathway_event(own, f, PW_EVENT_NOTIFICATION, t, PW_CLOCK_NOTIFICATION);
        return as_before;
    }
    if (model->first_stage >= 0 && !f->looked_after) {
        f->form = number;
        f->by_referral = false;
        as_before &= pw_pathway_move(own, f, model->first_stage, PW_MOVE_STARTED, 0, t, PW_CLOCK_NOTIFICATION);
    }
    return as_before;
}

static void add(uint16_t *to, uint32_t n) { *to = (uint16_t)(*to + n); }

/* Cases that passed the instant first stage: passed[k] took exit k. */
static void add_passed(pw_own_t *own, pw_family_t *f, pw_record_t *r, uint32_t n, const uint32_t *passed)
{
    const pw_model_t *model = own->model;
    const pw_stage_t *stage = &model->stage[model->first_stage];
    bool screens = stage->counts_as == PW_COUNTS_AS_SCREENING;
    for (int k = 0; k < stage->choice.n; k++) {
        if (!passed[k])
            continue;
        int to = stage->choice.exit[k].to, outcome = model->stage[to].counts_as;
        if (own->counting)
            own->result->flow[model->first_stage][to] += passed[k];
        if (screens && r && outcome == PW_COUNTS_AS_NO_FURTHER_ACTION)
            add(&r->count[PW_COUNT_no_further_action], passed[k]);
        if (screens && r && outcome == PW_COUNTS_AS_SIGNPOSTED)
            add(&r->count[PW_COUNT_signposted], passed[k]);
    }
    if (r) {
        add(&r->count[PW_COUNT_cases], n);
        add(&r->count[PW_COUNT_screened], screens ? n : 0);
    }
    if (own->counting)
        own->result->flow[model->n_stages][model->first_stage] += n;
    add(&pw_family_visits(f, &own->shape)[model->first_stage], n);
    f->by_referral = false;
}

void pw_pathway_passed(pw_own_t *own, pw_family_t *f, uint32_t n, const uint32_t *passed, uint32_t intake)
{
    add(&f->notifications_arrived, n);
    double previous = f->notifications_arrived - 1.0, cap = own->model->notifications_cap;
    f->previous_notifications = (float)(previous < cap ? previous : cap);
    pw_record_t *r = pw_family_record(own, f);
    if (r) {
        add(&r->count[PW_COUNT_notifications], n);
        add(&r->count[PW_COUNT_repeats], n);
    }
    if (own->counting) {
        own->result->intake_notified += intake;
        own->result->intake_separated += pw_family_has(f, PW_BIT_SEPARATED) ? intake : 0;
    }
    if (passed)
        add_passed(own, f, r, n, passed);
}

void pw_pathway_referral(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    pw_count_month(own, PW_MONTH_referrals);
    f->referrals++;
    pw_block_t block = pw_stream_block(own->stream, f->id, PW_PURPOSE_REFERRAL, f->referrals, 0);
    pw_rate_restart(f, PW_RATE_REFERRAL, pw_uniform52(block.word[0], block.word[1]));
    if (pw_is_told(own))
        pw_witness_fact(own, f, t, PW_TOLD_REFERRED, f->referrals, 0, f->stage < 0);
    if (f->stage >= 0 || model->referral_stage < 0 || model->no_services || f->looked_after || (f->pending & PW_PENDING_MOVE))
        return;
    f->case_bits = 0;
    f->form = (uint16_t)(0x8000u | f->referrals);
    f->by_referral = true;
    pw_pathway_move(own, f, model->referral_stage, PW_MOVE_STARTED, 0, t, PW_CLOCK_REFERRAL);
}
