#include "attendance.h"

#include "../chance/kernel.h"
#include "couple.h"
#include "offers.h"
#include "rates.h"
#include "record.h"
#include "witness.h"

#define TICKS_38 ((UINT64_C(1) << 38) - 1)

static void cascade(const pw_scene_t *self, const pw_family_t *f, int v, int what)
{
    if (f->window_open)
        self->own.records[f->record].cascade[v] |= (uint16_t)what;
}

static void set_service_clock(const pw_scene_t *self, pw_family_t *f)
{
    const pw_attendance_t *a = pw_family_services(f, &self->own.shape);
    pw_ticks_t first = PW_TICKS_NEVER;
    for (uint32_t v = 0; v < self->own.shape.n_services; v++)
        if ((a[v].state == PW_ATTENDANCE_WAITING || a[v].state == PW_ATTENDANCE_ATTENDING) && (pw_ticks_t)a[v].clock < first)
            first = (pw_ticks_t)a[v].clock;
    pw_family_set(f, PW_CLOCK_SERVICE, first);
}

/* Ticks until the attendance ends, and whether it is completed then. Dropping out is a constant hazard over the planned length, such that
 * the chance of no dropout is `completes`: with w uniform, completed if w < completes, else after log(w) / log(completes) of it. */
static pw_ticks_t attendance(const pw_own_t *own, pw_family_t *f, int v, bool *completed, pw_ticks_t t)
{
    const pw_service_t *service = &own->model->service[v];
    const pw_attendance_t *a = &pw_family_services(f, &own->shape)[v];
    uint32_t k = (uint32_t)a->offers - 1u;
    pw_block_t length = pw_stream_block(own->stream, f->id, service->purpose, k, PW_OFFER_PART_DURATION);
    double days = pw_span_days(&service->duration, pw_uniform32(length.word[0]));
    *completed = true;
    if (service->has_completes) {
        pw_block_t block = pw_stream_block(own->stream, f->id, service->purpose, k, PW_OFFER_PART_DECISIONS);
        double numbers[PW_MAX_NUMBERS];
        pw_family_numbers(f, NULL, numbers);
        double w = pw_uniform32(block.word[3]), p = pw_predictor_value(&service->completes, f->bits, numbers);
        *completed = w < p;
        if (pw_is_told(own))
            pw_witness_chance(own, f, t, PW_CHANCE_COMPLETED, v, &service->completes, f->bits, numbers, -1, p, w, NULL);
        if (!*completed)
            days *= p > 0.0 ? pw_log(w) / pw_log(p) : 0.0;
    }
    return pw_ticks_from_days(days);
}

static void attend_service(pw_scene_t *self, pw_family_t *f, int v, pw_ticks_t t)
{
    pw_own_t *own = &self->own;
    const pw_service_t *service = &own->model->service[v];
    pw_attendance_t *a = &pw_family_services(f, &own->shape)[v];
    bool completed;
    pw_ticks_t lasts = attendance(own, f, v, &completed, t);
    a->state = PW_ATTENDANCE_ATTENDING;
    a->since = (uint64_t)t & TICKS_38;
    a->completes = completed;
    pw_ticks_t end = t + lasts;
    a->clock = (uint64_t)(end < PW_TICKS_NEVER ? end : PW_TICKS_NEVER) & TICKS_38;
    pw_tell_service(own, f, t, PW_TOLD_ATTENDS, v, 0, t, end, completed);
    pw_family_put(f, PW_BIT_IN_SERVICE_0 + v, true);
    pw_effects_start(own, f, service->effects, t);
    pw_record_cost_each(own, f, service->costs, t);
    cascade(self, f, v, PW_CASCADE_STARTED);
    pw_record_t *r = pw_family_record(own, f);
    if (r)
        r->help++;
    pw_engagement_service(own, f, v, false, t, PW_CLOCK_SERVICE);
    set_service_clock(self, f);
    pw_observe(own, f, t, PW_CLOCK_SERVICE, v);
}

void pw_attendance_serve(pw_scene_t *self, int v, pw_ticks_t t)
{
    uint32_t slot;
    double load;
    while (pw_place_next(&self->service[v], t, &slot, &load)) {
        pw_family_t *f = pw_scene_family(self, slot);
        pw_ticks_t since = (pw_ticks_t)pw_family_services(f, &self->own.shape)[v].since;
        pw_scene_catch_up(self, f);
        f->services_waiting--;
        pw_place_count_started(&self->service[v], t - since, t);
        pw_tell_line(&self->own, f, t, PW_TOLD_PLACED, 1, v, since);
        attend_service(self, f, v, t);
        pw_rates_refresh(&self->own, f, t);
        if (f->id != self->busy)
            pw_scene_settle(self, slot);
    }
}

void pw_attendance_ask(pw_scene_t *self, pw_family_t *f, uint32_t slot, int v, pw_ticks_t t)
{
    pw_place_t *place = &self->service[v];
    const pw_service_t *service = &self->own.model->service[v];
    pw_attendance_t *a = &pw_family_services(f, &self->own.shape)[v];
    bool fits = place->n == 0 && pw_place_fits(place, 1.0), none = place->places == 0.0 && pw_place_next_step(place) == PW_TICKS_NEVER;
    pw_tell_joined(&self->own, f, t, place, 1, v, 1.0, 0.0, !fits && !none);
    pw_place_count_joined(place, t);
    if (fits) {
        pw_place_take(place, 1.0, t);
        pw_place_count_started(place, 0, t);
        pw_tell_line(&self->own, f, t, PW_TOLD_PLACED, 1, v, t);
        attend_service(self, f, v, t);
        return;
    }
    if (none) {
        pw_place_count_refused(place, t);          /* there is none and there will be none */
        pw_tell_line(&self->own, f, t, PW_TOLD_REFUSED, 1, v, t);
        return;
    }
    a->state = PW_ATTENDANCE_WAITING;
    a->since = (uint64_t)t & TICKS_38;
    pw_ticks_t end = PW_TICKS_NEVER;
    if (service->patience.kind != PW_SPAN_NONE) {
        pw_block_t block = pw_stream_block(self->own.stream, f->id, service->purpose, (uint32_t)a->offers - 1u, PW_OFFER_PART_DECISIONS);
        end = t + pw_ticks_from_days(pw_span_days(&service->patience, pw_uniform32(block.word[2])));
    }
    a->clock = (uint64_t)(end < PW_TICKS_NEVER ? end : PW_TICKS_NEVER) & TICKS_38;
    f->services_waiting++;
    cascade(self, f, v, PW_CASCADE_WAITED);
    if (pw_place_wait(place, slot, 1.0, 0.0, t))
        self->own.failed = true;
    set_service_clock(self, f);
}

void pw_attendance_leave(pw_scene_t *self, pw_family_t *f, uint32_t slot, int v, bool completed, bool dropped, pw_ticks_t t)
{
    pw_own_t *own = &self->own;
    const pw_service_t *service = &own->model->service[v];
    pw_attendance_t *a = &pw_family_services(f, &own->shape)[v];
    if (a->state == PW_ATTENDANCE_WAITING) {
        pw_place_give_up(&self->service[v], slot, t);
        pw_place_count_gave_up(&self->service[v], t);
        pw_tell_line(own, f, t, PW_TOLD_GAVE_UP, 1, v, (pw_ticks_t)a->since);
        cascade(self, f, v, PW_CASCADE_GAVE_UP);
        f->services_waiting--;
        a->state = PW_ATTENDANCE_NONE;
        pw_attendance_serve(self, v, t);                 /* the head may have been too large for what is free */
        return;
    }
    a->state = PW_ATTENDANCE_ENDED;
    pw_tell_service(own, f, t, PW_TOLD_SERVICE_ENDED, v, completed ? PW_SERVICE_COMPLETED : dropped ? PW_SERVICE_DROPPED_OUT : PW_SERVICE_FAMILY_LEFT,
                           (pw_ticks_t)a->since, t, completed);
    pw_family_put(f, PW_BIT_IN_SERVICE_0 + v, false);
    pw_effects_stop(own, f, service->effects, t);
    pw_record_cost_days(own, f, service->costs, (pw_ticks_t)a->since, t);
    if (completed) {
        pw_family_put(f, PW_BIT_COMPLETED_0 + v, true);
        pw_effects_start(own, f, service->effects_after, t);
        cascade(self, f, v, PW_CASCADE_COMPLETED);
    } else if (dropped) {
        pw_effects_start(own, f, service->effects_dropout, t);
        cascade(self, f, v, PW_CASCADE_DROPPED_OUT);
    }
    pw_engagement_service(own, f, v, dropped, t, PW_CLOCK_SERVICE);
    pw_place_release(&self->service[v], 1.0, t);
    pw_attendance_serve(self, v, t);
}

void pw_attendance_due(pw_scene_t *self, pw_family_t *f, uint32_t slot, pw_ticks_t t)
{
    pw_attendance_t *a = pw_family_services(f, &self->own.shape);
    for (int v = 0; v < (int)self->own.shape.n_services; v++)
        if ((a[v].state == PW_ATTENDANCE_WAITING || a[v].state == PW_ATTENDANCE_ATTENDING) && (pw_ticks_t)a[v].clock <= t)
            pw_attendance_leave(self, f, slot, v, a[v].completes && a[v].state == PW_ATTENDANCE_ATTENDING, !a[v].completes, t);
    set_service_clock(self, f);
    pw_rates_refresh(&self->own, f, t);
}
