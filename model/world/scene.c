#include "scene.h"

#include "../base/error.h"
#include "attendance.h"
#include "couple.h"
#include "ending.h"
#include "entry.h"
#include "form.h"
#include "incident.h"
#include "offers.h"
#include "pathway.h"
#include "rates.h"
#include "record.h"
#include "witness.h"

void pw_own_event(pw_own_t *own, pw_family_t *f, int kind, pw_ticks_t t)
{
    pw_observe(own, f, t, kind, 0);
    pw_own_at(own, t);
    own->events++;
    switch (kind) {
    case PW_CLOCK_WINDOW: pw_record_window(own, f, t); break;
    case PW_CLOCK_AGE: pw_entry_age(own, f, t); break;
    case PW_CLOCK_MOVE: pw_entry_leaves(own, f, t, PW_CLOCK_MOVE); break;
    case PW_CLOCK_BIRTH: pw_entry_birth(own, f, t); break;
    case PW_CLOCK_LAPSE: pw_effects_lapse(own, f, t); break;
    case PW_CLOCK_COUPLE: pw_couple_change(own, f, t); break;
    case PW_CLOCK_FALSE_REPORT: pw_couple_false_report(own, f, t); break;
    case PW_CLOCK_VICTIM_DISENGAGES: pw_engagement_ends(own, f, false, t); break;
    case PW_CLOCK_PARTNER_DISENGAGES: pw_engagement_ends(own, f, true, t); break;
    case PW_CLOCK_INCIDENT: pw_incident_happens(own, f, t); break;
    case PW_CLOCK_NOTIFICATION: pw_pathway_arrival(own, f, t); break;
    case PW_CLOCK_REFERRAL: pw_pathway_referral(own, f, t); break;
    case PW_CLOCK_ENTRY: pw_entry_happens(own, f, t); break;
    case PW_CLOCK_STAGE: {      /* of a stage that touches nothing shared */
        static const double no_workload[PW_MAX_TEAMS];
        pw_pathway_move(own, f, pw_pathway_decide(own, f, no_workload, t), PW_MOVE_DONE, 0, t, kind);
        break;
    }
    default: break;
    }
    pw_rates_refresh(own, f, t);
}

static bool is_shared(const pw_scene_t *self, const pw_family_t *f, int kind)
{
    switch (kind) {
    case PW_CLOCK_STAGE: return f->team_held >= 0 || self->own.model->stage[f->stage].shared;
    case PW_CLOCK_WAIT_LIMIT:
    case PW_CLOCK_SERVICE: return true;
    default: return false;
    }
}

void pw_scene_settle(pw_scene_t *self, uint32_t slot)
{
    pw_family_t *f = pw_scene_family(self, slot);
    int64_t *month = self->own.month; /* of the shared moment at hand, which goes on after this */
    uint64_t rest = pw_family_rest(f), end = pw_key(self->until, 0), key;
    for (;;) {
        uint64_t incident = f->clock[PW_CLOCK_INCIDENT];
        key = f->pending ? f->pending_key : incident < rest ? incident : rest;
        int kind = pw_key_kind(key);
        if (f->pending || key >= end || self->ordered || pw_family_waits(f) || is_shared(self, f, kind))
            break;
        if (kind != PW_CLOCK_INCIDENT)
            pw_own_event(&self->own, f, kind, pw_key_ticks(key));
        else if (pw_incident_run(&self->own, f, rest < end ? rest : end))
            continue;                              /* nothing but incidents has happened */
        rest = pw_family_rest(f);
    }
    self->own.month = month;
    bool may_open = self->own.finding_index && f->record < 0;      /* its follow-up: that sets a clock, which must be known in time */
    if (!self->ordered && !f->pending && pw_family_waits(f) && !may_open && pw_incident_is_deaf(self->own.model, f))
        key = rest;
    bool beyond = pw_key_ticks(key) >= self->until;
    pw_calendar_put(&self->calendar, slot, beyond ? PW_CALENDAR_NEVER : key, f->id);
    bool done = beyond && self->lets_go && !f->gone && !pw_family_waits(f);       /* nobody else can change it */
    if (done)
        pw_ending_settle(&self->own, f);
    if (done || f->gone)
        pw_crowd_remove(&self->crowd, slot);
}

bool pw_scene_catch_up(pw_scene_t *self, pw_family_t *f)
{
    uint64_t now = self->now + (f->id < self->busy);      /* ties go by number */
    if (f->clock[PW_CLOCK_INCIDENT] >= now)
        return false;
    int64_t *month = self->own.month;
    while (f->clock[PW_CLOCK_INCIDENT] < now)
        pw_incident_run(&self->own, f, now);
    self->own.month = month;
    return true;
}

/* The workloads of the teams in the mask, which somebody reads; zeros for the others. */
static const double *workloads(const pw_scene_t *self, uint32_t teams, double workload[PW_MAX_TEAMS])
{
    static const double unread[PW_MAX_TEAMS];
    if (pw_is_told(&self->own) || self->own.options->census)
        teams = (1u << self->own.model->n_teams) - 1u;
    if (!teams)
        return unread;
    for (int k = 0; k < PW_MAX_TEAMS; k++)
        workload[k] = teams >> k & 1u ? pw_place_workload(&self->team[k]) : 0.0;
    return workload;
}

/* ---- teams ---- */

static void begin(pw_scene_t *self, pw_family_t *f, bool residual, pw_ticks_t t, int kind)
{
    int stage = f->stage;
    double room[PW_MAX_TEAMS];
    const double *workload = workloads(self, self->own.model->stage[stage].teams_at_begin, room);
    pw_pathway_begin(&self->own, f, workload, residual, t, kind);
    if (f->stage == stage && self->own.model->stage[stage].offers)
        pw_offers_make(&self->own, f, self->own.model->stage[stage].offers, stage, workload, t, kind);
    pw_rates_refresh(&self->own, f, t);
}

static void serve_team(pw_scene_t *self, int team, pw_ticks_t t)
{
    uint32_t slot;
    double load;
    while (pw_place_next(&self->team[team], t, &slot, &load)) {
        pw_family_t *f = pw_scene_family(self, slot);
        pw_scene_catch_up(self, f);
        pw_place_count_started(&self->team[team], t - f->begun, t);
        pw_tell_line(&self->own, f, t, PW_TOLD_PLACED, 0, team, f->begun);
        f->team_held = (int8_t)team;
        f->load_held += load;
        begin(self, f, false, t, PW_CLOCK_WAIT_LIMIT);
        if (f->id != self->busy)
            pw_scene_settle(self, slot);
    }
}

static void wait_for_team(pw_scene_t *self, pw_family_t *f, uint32_t slot, const pw_stage_t *stage, double need, pw_ticks_t t)
{
    double priority = 0.0;
    if (stage->has_priority) {
        uint64_t now[2] = { f->bits[0] | pw_incident_unpack(f->case_bits), f->bits[1] };
        pw_form_t form;
        pw_form_fill(&self->own, f, stage->sees, f->form, now, stage->priority.mask, (stage->priority.number_mask >> PW_NUMBER_RISK_SCORE & 1) != 0, &form);
        workloads(self, pw_teams_among(stage->priority.number_mask), form.number + PW_NUMBER_WORKLOAD_0);
        priority = pw_predictor_value(&stage->priority, form.bits, form.number);
    }
    f->at = PW_AT_WAITING;
    f->team_waits = (int8_t)stage->team;
    f->begun = t;
    pw_tell_joined(&self->own, f, t, &self->team[stage->team], 0, stage->team, need, priority, true);
    if (pw_place_wait(&self->team[stage->team], slot, need, priority, t))
        self->own.failed = true;
    if (stage->wait_limit_to >= 0)
        pw_family_set(f, PW_CLOCK_WAIT_LIMIT, t + stage->wait_limit_ticks);
}

/* Enters the team of the family's new stage, or its line. */
static void enter_team(pw_scene_t *self, pw_family_t *f, uint32_t slot, int why, pw_ticks_t t, int kind)
{
    const pw_stage_t *stage = &self->own.model->stage[f->stage];
    pw_place_t *team = &self->team[stage->team];
    double held = f->team_held == stage->team ? f->load_held : 0.0;
    double need = stage->load - held;
    if (held > 0.0 && need <= 0.0) {
        if (need < 0.0)
            pw_place_release(team, -need, t);
        f->load_held = stage->load;
        begin(self, f, false, t, kind);
        return;
    }
    bool forced = why == PW_MOVE_AT_ENTRY;         /* it was being served before it entered: it joins no line, and has its place also when all are taken */
    if (!forced)
        pw_place_count_joined(team, t);
    if (forced || (team->n == 0 && pw_place_fits(team, need))) {
        if (!forced) {
            pw_tell_joined(&self->own, f, t, team, 0, stage->team, need, 0.0, false);
            pw_tell_line(&self->own, f, t, PW_TOLD_PLACED, 0, stage->team, t);
        }
        pw_place_take(team, need, t);
        if (!forced)
            pw_place_count_started(team, 0, t);
        f->team_held = (int8_t)stage->team;
        f->load_held = stage->load;
        begin(self, f, forced, t, kind);
        return;
    }
    if (stage->wait_limit_to >= 0 && stage->wait_limit_ticks == 0) {
        pw_place_count_refused(team, t);
        pw_tell_joined(&self->own, f, t, team, 0, stage->team, need, 0.0, false);
        pw_tell_line(&self->own, f, t, PW_TOLD_REFUSED, 0, stage->team, t);
        pw_record_count(&self->own, f, PW_COUNT_waits_ended_by_limit);
        pw_pathway_move(&self->own, f, stage->wait_limit_to, PW_MOVE_LIMIT, 0, t, kind);
        return;
    }
    wait_for_team(self, f, slot, stage, need, t);
}

/* The limit of a wait that began with the decision; the rules of another scenario may hold from t on. */
static void set_wait_limit(pw_family_t *f, const pw_stage_t *stage, pw_ticks_t t)
{
    pw_ticks_t end = f->decided + stage->wait_limit_ticks;
    pw_family_set(f, PW_CLOCK_WAIT_LIMIT, stage->wait_limit_to < 0 ? PW_TICKS_NEVER : end > t ? end : t);
}

void pw_scene_adopt(pw_scene_t *self, uint32_t slot, pw_ticks_t t)
{
    pw_family_t *f = pw_scene_family(self, slot);
    if (f->gone || f->at != PW_AT_WAITING)
        return;
    const pw_stage_t *stage = &self->own.model->stage[f->stage];
    if (stage->team == f->team_waits) {
        set_wait_limit(f, stage, t);
        return;
    }
    pw_place_give_up(&self->team[f->team_waits], slot, t);
    f->at = PW_AT_NOTHING;
    f->clock[PW_CLOCK_WAIT_LIMIT] = PW_KEY_NEVER;
    if (f->team_held >= 0 && f->team_held != stage->team) {
        pw_place_release(&self->team[f->team_held], f->load_held, t);
        f->team_held = -1;
        f->load_held = 0.0;
    }
    if (stage->team >= 0)
        enter_team(self, f, slot, PW_MOVE_STARTED, t, PW_CLOCK_WAIT_LIMIT);
    else
        begin(self, f, false, t, PW_CLOCK_WAIT_LIMIT);
}

/* Leaves the present stage and goes to `to`; the place it gives up serves the line afterwards. */
static void move(pw_scene_t *self, pw_family_t *f, uint32_t slot, int to, int why, int event, pw_ticks_t t, int kind)
{
    const pw_model_t *model = self->own.model;
    int old_team = -1, left_line = -1;
    if (f->at == PW_AT_WAITING) {
        left_line = f->team_waits;
        pw_place_t *team = &self->team[left_line];
        pw_place_give_up(team, slot, t);
        (why == PW_MOVE_LIMIT ? pw_place_count_refused : pw_place_count_gave_up)(team, t);
        pw_tell_line(&self->own, f, t, why == PW_MOVE_LIMIT ? PW_TOLD_REFUSED : PW_TOLD_GAVE_UP, 0, left_line, f->decided);
    }
    if (f->stage >= 0)
        pw_pathway_leave(&self->own, f, why, t);
    pw_pathway_arrive(&self->own, f, to, why, event, t);
    int new_team = f->stage >= 0 ? model->stage[f->stage].team : -1;
    if (f->team_held >= 0 && f->team_held != new_team) {
        old_team = f->team_held;
        pw_place_release(&self->team[old_team], f->load_held, t);
        f->team_held = -1;
        f->load_held = 0.0;
    }
    if (f->stage >= 0 && new_team < 0)
        begin(self, f, why == PW_MOVE_AT_ENTRY, t, kind);
    else if (f->stage >= 0)
        enter_team(self, f, slot, why, t, kind);
    else if (model->stage[to].offers) {           /* an end that offers a service: a letter with an offer */
        double room[PW_MAX_TEAMS];
        pw_offers_make(&self->own, f, model->stage[to].offers, to, workloads(self, model->teams_of_offers, room), t, kind);
    }
    pw_rates_refresh(&self->own, f, t);
    if (old_team >= 0)
        serve_team(self, old_team, t);
    else if (new_team >= 0)
        serve_team(self, new_team, t);            /* a smaller load may make room */
    if (left_line >= 0)
        serve_team(self, left_line, t);           /* the head that left may have been too large for what is free */
}

static void stage_ends(pw_scene_t *self, pw_family_t *f, uint32_t slot, pw_ticks_t t)
{
    double room[PW_MAX_TEAMS];
    int to = pw_pathway_decide(&self->own, f, workloads(self, pw_teams_among(self->own.model->stage[f->stage].choice.number_mask), room), t);
    move(self, f, slot, to, PW_MOVE_DONE, 0, t, PW_CLOCK_STAGE);
}

static void wait_limit(pw_scene_t *self, pw_family_t *f, uint32_t slot, pw_ticks_t t)
{
    pw_record_count(&self->own, f, PW_COUNT_waits_ended_by_limit);
    move(self, f, slot, self->own.model->stage[f->stage].wait_limit_to, PW_MOVE_LIMIT, 0, t, PW_CLOCK_WAIT_LIMIT);
}

/* ---- leaving ---- */

static void leave_everything(pw_scene_t *self, pw_family_t *f, uint32_t slot, pw_ticks_t t)
{
    pw_own_t *own = &self->own;
    int team = f->team_held, waits = f->at == PW_AT_WAITING ? f->team_waits : -1;
    pw_attendance_t *a = pw_family_services(f, &own->shape);
    pw_record_close(own, f, t, f->looked_after ? PW_LIVING_LOOKED_AFTER : f->grown_up ? PW_LIVING_GROWN_UP : PW_LIVING_MOVED_AWAY);
    for (int v = 0; v < (int)own->shape.n_services; v++)
        if (a[v].state == PW_ATTENDANCE_WAITING || a[v].state == PW_ATTENDANCE_ATTENDING)
            pw_attendance_leave(self, f, slot, v, false, false, t);
    if (waits >= 0) {
        pw_place_give_up(&self->team[waits], slot, t);
        pw_place_count_gave_up(&self->team[waits], t);
        pw_tell_line(own, f, t, PW_TOLD_GAVE_UP, 0, waits, f->decided);
    }
    if (team >= 0)
        pw_place_release(&self->team[team], f->load_held, t);
    f->team_held = -1;
    pw_entry_gone(own, f, t);
    if (team >= 0)
        serve_team(self, team, t);
    if (waits >= 0)
        serve_team(self, waits, t);
}

/* ---- the calendar's winner ---- */

static void do_pending(pw_scene_t *self, pw_family_t *f, uint32_t slot, pw_ticks_t t, int kind)
{
    uint8_t what = f->pending;
    uint16_t services = f->pending_services;
    int to = f->pending_stage, why = f->pending_move, event = f->pending_event;
    f->pending = 0;
    f->pending_services = 0;
    if (what & PW_PENDING_LEAVE) {
        leave_everything(self, f, slot, t);
        return;
    }
    for (; services; services &= (uint16_t)(services - 1))     /* first: the new stage may offer the same services */
        pw_attendance_ask(self, f, slot, __builtin_ctz(services), t);
    if (what & PW_PENDING_MOVE)
        move(self, f, slot, to, why, event, t, kind);
    double room[PW_MAX_TEAMS];
    bool offers = what & (PW_PENDING_OFFERS_ATTENDANCE | PW_PENDING_OFFERS_NOTIFICATION);
    const double *workload = workloads(self, offers ? self->own.model->teams_of_offers : 0, room);
    if (what & PW_PENDING_OFFERS_ATTENDANCE)
        pw_offers_make(&self->own, f, self->own.model->offers_at_attendance, PW_OFFER_AT_POLICE_ATTENDANCE, workload, t, kind);
    if (what & PW_PENDING_OFFERS_NOTIFICATION)
        pw_offers_make(&self->own, f, self->own.model->offers_at_notification, PW_OFFER_AT_NOTIFICATION, workload, t, kind);
    pw_rates_refresh(&self->own, f, t);
}

void pw_scene_step(pw_scene_t *self, uint32_t slot)
{
    pw_family_t *f = pw_scene_family(self, slot);
    uint64_t key = pw_calendar_key(&self->calendar);
    pw_ticks_t t = pw_key_ticks(key);
    int kind = pw_key_kind(key);
    self->busy = f->id;
    self->now = key;
    if (pw_scene_catch_up(self, f) && pw_family_next(f) != key) {       /* an incident at this tick has opened the follow-up already */
        self->busy = PW_NOBODY;
        pw_scene_settle(self, slot);
        return;
    }
    pw_own_at(&self->own, t);
    if (f->pending) {
        self->own.events++;
        do_pending(self, f, slot, t, kind);
    } else if (is_shared(self, f, kind)) {
        self->own.events++;
        pw_observe(&self->own, f, t, kind, 1);
        if (kind == PW_CLOCK_STAGE)
            stage_ends(self, f, slot, t);
        else if (kind == PW_CLOCK_WAIT_LIMIT)
            wait_limit(self, f, slot, t);
        else
            pw_attendance_due(self, f, slot, t);
    } else {
        pw_own_event(&self->own, f, kind, t);
    }
    self->busy = PW_NOBODY;
    pw_scene_settle(self, slot);
}

void pw_scene_serve_all(pw_scene_t *self, pw_ticks_t t)
{
    self->now = pw_key(t, 0);
    pw_own_at(&self->own, t);
    for (int k = 0; k < self->own.model->n_teams; k++)
        serve_team(self, k, t);
    for (int k = 0; k < self->own.model->n_services; k++)
        pw_attendance_serve(self, k, t);
}

static pw_ticks_t next_step(const pw_scene_t *self)
{
    pw_ticks_t first = PW_TICKS_NEVER;
    for (int k = 0; k < self->own.model->n_teams; k++)
        first = pw_place_next_step(&self->team[k]) < first ? pw_place_next_step(&self->team[k]) : first;
    for (int k = 0; k < self->own.model->n_services; k++)
        first = pw_place_next_step(&self->service[k]) < first ? pw_place_next_step(&self->service[k]) : first;
    return first;
}

static void take_steps(pw_scene_t *self, pw_ticks_t t)
{
    pw_own_at(&self->own, t);
    for (int k = 0; k < self->own.model->n_teams; k++)
        pw_place_take_steps(&self->team[k], t);
    for (int k = 0; k < self->own.model->n_services; k++)
        pw_place_take_steps(&self->service[k], t);
    pw_scene_serve_all(self, t);
}

/* ---- entries ---- */

void pw_scene_expect(pw_scene_t *self, pw_family_t *f, int64_t record)
{
    f->record = (int32_t)record;
    if (self->own.model->closed_cohort <= 0)
        pw_family_set(f, PW_CLOCK_WINDOW, self->own.records[record].index_ticks);
}

/* -1 without memory. */
static int enter_next(pw_scene_t *self)
{
    pw_own_t *own = &self->own;
    if (pw_calendar_need(&self->calendar, self->crowd.n_slots + 1))
        return -1;
    uint32_t id = self->next_entry++, slot = pw_crowd_add(&self->crowd, id);
    pw_ticks_t t = pw_scene_entry(self, id);
    if (slot == PW_NO_SLOT)
        return -1;
    pw_family_t *f = pw_scene_family(self, slot);
    pw_family_init_like(&own->shape, f, self->blank, id, slot, t);
    if (self->expects) {
        while (self->next_expected < own->n_records && own->records[self->next_expected].family < id)
            self->next_expected++;
        if (self->next_expected < own->n_records && own->records[self->next_expected].family == id)
            pw_scene_expect(self, f, self->next_expected);
    }
    pw_observe(own, f, t, PW_CLOCK_ENTRY, 0);
    pw_own_at(own, t);
    own->events++;
    pw_entry_happens(own, f, t);
    pw_rates_refresh(own, f, t);
    pw_scene_settle(self, slot);
    return 0;
}

/* Whether somebody enters before the calendar's winner, and when; ties go by number. */
static bool entry_is_next(const pw_scene_t *self, uint64_t winner, pw_ticks_t *t)
{
    if (self->next_entry == self->n_entries)
        return false;
    uint64_t key = pw_key(pw_scene_entry(self, self->next_entry), PW_CLOCK_ENTRY);
    if (key > winner || (key == winner && self->next_entry > pw_calendar_name(&self->calendar)))
        return false;
    *t = pw_key_ticks(key);
    return true;
}

int pw_scene_run(pw_scene_t *self, pw_ticks_t until)
{
    const volatile sig_atomic_t *stop = self->own.options->stop;
    pw_ticks_t step = next_step(self);
    if (stop && *stop)
        return PW_ERROR_STOPPED;
    self->until = until;
    for (uint32_t slot = 0; slot < self->crowd.n_slots; slot++)
        if (!pw_scene_family(self, slot)->gone)
            pw_scene_settle(self, slot);
    for (uint32_t count = 0;; count++) {
        uint64_t key = pw_calendar_key(&self->calendar);
        pw_ticks_t t = key == PW_CALENDAR_NEVER ? PW_TICKS_NEVER : pw_key_ticks(key);
        bool enters = entry_is_next(self, key, &t);
        if (step < until && step <= t) {
            take_steps(self, step);
            step = next_step(self);
            continue;
        }
        if (t >= until)
            break;
        if (enters && enter_next(self))
            return PW_ERROR_MEMORY;
        if (!enters)
            pw_scene_step(self, pw_crowd_slot(&self->crowd, pw_calendar_name(&self->calendar)));
        if ((count & 1023) == 0 && ((stop && *stop) || self->own.failed))
            return self->own.failed ? PW_ERROR_MEMORY : PW_ERROR_STOPPED;
    }
    self->now = pw_key(until, 0);
    for (uint32_t slot = 0; slot < self->crowd.n_slots && self->own.model->light_police; slot++)
        if (!pw_scene_family(self, slot)->gone)
            pw_scene_catch_up(self, pw_scene_family(self, slot));
    return self->own.failed ? PW_ERROR_MEMORY : 0;
}
