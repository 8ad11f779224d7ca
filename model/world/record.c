#include "record.h"

#include "../base/memory.h"
#include "../chance/kernel.h"
#include "form.h"
#include "witness.h"

double pw_discount(double per_year, double years) { return per_year == 0.0 ? 1.0 : pw_exp(-pw_log(1.0 + per_year) * years); }

double pw_discounted_years(double per_year, double from, double to)
{
    if (per_year == 0.0)
        return to - from;
    double force = pw_log(1.0 + per_year);
    return (pw_exp(-force * from) - pw_exp(-force * to)) / force;
}

static bool room_for_one(pw_own_t *own)
{
    if (own->n_records < own->room_records)
        return true;
    int64_t more = own->room_records ? own->room_records + own->room_records / 4 : 256, all = own->model->closed_cohort;
    int64_t room = all > own->room_records ? all : more;       /* all of a closed cohort have one */
    pw_record_t *grown = own->records ? pw_realloc(own->records, (size_t)room, sizeof *grown) : pw_aligned((size_t)room, sizeof *grown);
    if (!grown) {
        own->failed = true;
        return false;
    }
    own->records = grown;
    own->room_records = room;
    return true;
}

void pw_record_open(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    bool is_known = f->record >= 0;       /* the baseline has found it: its index is known, and may have come already */
    if (!is_known) {
        if (!room_for_one(own))
            return;
        f->record = (int32_t)own->n_records++;
    }
    pw_record_t *r = &own->records[f->record];
    uint16_t number = is_known ? r->index_number : 0;
    uint8_t seen = is_known ? r->index_seen : 0, path = is_known ? r->index_path : 0;
    uint8_t severe = is_known ? r->severe_at_index : 0, repeat = is_known ? r->repeat_at_index : 0;
    uint8_t first_ever = is_known ? r->first_ever
                                  : f->notifications_arrived == 0 && !(model->previous_contact_bit >= 0 && pw_family_has(f, model->previous_contact_bit));
    pw_clear(r, sizeof *r);
    r->index_number = number;
    r->index_seen = seen;
    r->index_path = path;
    r->first_ever = first_ever;
    r->severe_at_index = severe;
    r->repeat_at_index = repeat;
    if (model->closed_cohort > 0)
        r->index_seen = 1;                /* followed from day 0, not from a notification */
    r->family = f->id;
    r->index_ticks = t;
    r->bits_at_index[0] = f->bits[0];
    r->bits_at_index[1] = f->bits[1];
    r->first_repeat = PW_TICKS_NEVER;
    r->children = f->children;
    f->window_open = true;
    pw_ticks_t end = t + model->follow_up_ticks;
    pw_family_set(f, PW_CLOCK_WINDOW, end < model->run_end ? end : PW_TICKS_NEVER);
    const pw_attendance_t *a = pw_family_services(f, &own->shape);
    for (uint32_t v = 0; v < own->shape.n_services; v++)
        if (a[v].state == PW_ATTENDANCE_ATTENDING || a[v].state == PW_ATTENDANCE_WAITING)
            r->cascade[v] |= PW_CASCADE_ELIGIBLE | PW_CASCADE_OFFERED | PW_CASCADE_TOOK_UP |
                             (a[v].state == PW_ATTENDANCE_ATTENDING ? PW_CASCADE_STARTED : PW_CASCADE_WAITED);
    r->risk = pw_risk(f);
    if (pw_is_told(own))
        pw_witness_window(own, f, true, t);
}

void pw_record_close(pw_own_t *own, pw_family_t *f, pw_ticks_t t, int living)
{
    if (!f->window_open)
        return;
    pw_record_t *r = &own->records[f->record];
    r->followed_ticks = t - r->index_ticks;
    r->complete = r->followed_ticks >= own->model->follow_up_ticks;
    r->living = (uint8_t)living;
    if (f->stage >= 0) {
        r->case_at_end = 1;
        r->plan_at_end = own->model->stage[f->stage].counts_as == PW_COUNTS_AS_CHILD_PROTECTION;
        r->waiting_at_end = f->at == PW_AT_WAITING;
    }
    const pw_attendance_t *a = pw_family_services(f, &own->shape);
    for (uint32_t v = 0; v < own->shape.n_services; v++) {
        if (a[v].state == PW_ATTENDANCE_WAITING)
            r->cascade[v] |= PW_CASCADE_STILL_WAITING;
        if (a[v].state == PW_ATTENDANCE_ATTENDING)
            r->cascade[v] |= PW_CASCADE_STILL_ATTENDING;
    }
    f->window_open = false;
    if (pw_is_told(own))
        pw_witness_window(own, f, false, t);
}

static int living_now(const pw_family_t *f)
{
    return f->looked_after ? PW_LIVING_LOOKED_AFTER : pw_family_has(f, PW_BIT_SEPARATED) ? PW_LIVING_ONE_PARENT : PW_LIVING_BOTH_PARENTS;
}

void pw_record_window(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    f->clock[PW_CLOCK_WINDOW] = PW_KEY_NEVER;
    if (f->window_open)
        pw_record_close(own, f, t, living_now(f));
    else
        pw_record_open(own, f, t);
}

static int year_of(const pw_model_t *model, pw_ticks_t t)
{
    int64_t y = (t - model->day_0) / (12 * PW_TICKS_PER_MONTH);
    return y < 0 ? -1 : y < PW_MAX_YEARS ? (int)y : PW_MAX_YEARS - 1;
}

static double years_between(pw_ticks_t from, pw_ticks_t to) { return pw_days_from_ticks(to - from) / PW_DAYS_PER_YEAR; }

void pw_record_spend_each(const pw_own_t *own, const pw_family_t *f, uint64_t mask, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    int year = year_of(model, t);
    pw_record_t *r = pw_family_record(own, f);
    for (; mask; mask &= mask - 1) {
        int k = __builtin_ctzll(mask);
        const pw_cost_t *cost = &model->cost[k];
        if (cost->when != PW_COST_EACH)
            continue;
        if (year >= 0)
            own->result->cost_count[k][year]++;
        double pounds = r ? cost->pounds * pw_discount(model->discount_per_year, years_between(r->index_ticks, t)) : 0.0;
        if (r) {
            r->cost[cost->payer] += pounds;
            r->money[cost->money] += pounds;
        }
        if (pw_is_told(own))
            pw_witness_cost(own, f, t, k, pounds, t, t, true);
    }
}

/* The part of a cost by the day that lies in the family's follow-up, discounted to its index. */
static double own_pounds(const pw_own_t *own, const pw_family_t *f, const pw_cost_t *cost, bool by_place, pw_ticks_t from, pw_ticks_t to)
{
    const pw_model_t *model = own->model;
    const pw_record_t *r = &own->records[f->record];
    pw_ticks_t begin = from > r->index_ticks ? from : r->index_ticks, end = r->index_ticks + model->follow_up_ticks;
    end = to < end ? to : end;
    if (begin >= end)
        return 0.0;
    double days = PW_DAYS_PER_YEAR * pw_discounted_years(model->discount_per_year, years_between(r->index_ticks, begin), years_between(r->index_ticks, end));
    return by_place ? cost->pounds / PW_DAYS_PER_YEAR * days : cost->pounds * days;
}

void pw_record_spend_days(const pw_own_t *own, const pw_family_t *f, uint64_t mask, pw_ticks_t from, pw_ticks_t to)
{
    const pw_model_t *model = own->model;
    from = from > model->day_0 ? from : model->day_0;
    for (; mask && from < to; mask &= mask - 1) {
        int k = __builtin_ctzll(mask);
        const pw_cost_t *cost = &model->cost[k];
        bool by_place = cost->when == PW_COST_PLACE_YEAR && cost->owner_kind == PW_COST_OF_SERVICE;
        if (cost->when != PW_COST_DAY && !by_place)
            continue;
        for (pw_ticks_t at = from; at < to && !by_place;) {      /* the area pays for places, used or not: place.c counts those */
            int year = year_of(model, at);
            pw_ticks_t next = year == PW_MAX_YEARS - 1 ? to : model->day_0 + (year + 1) * 12 * PW_TICKS_PER_MONTH;
            next = next < to ? next : to;
            own->result->cost_ticks[k][year] += next - at;
            at = next;
        }
        double pounds = f->record < 0 ? 0.0 : own_pounds(own, f, cost, by_place, from, to);
        if (pounds != 0.0) {
            pw_record_t *r = &own->records[f->record];
            r->cost[cost->payer] += pounds;
            r->money[cost->money] += pounds;
        }
        if (pw_is_told(own))
            pw_witness_cost(own, f, to, k, pounds, from, to, !by_place);
    }
}
