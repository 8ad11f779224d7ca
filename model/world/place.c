#include "place.h"

#include <string.h>

#include "../base/memory.h"
#include "../chance/kernel.h"

static const double SLACK = 1e-9;      /* loads of a tenth add up inexactly */

void pw_place_reset(pw_place_t *self, const pw_step_t *step, int n_steps, bool limits, pw_ticks_t t)
{
    pw_waiting_t *line = self->line;
    uint32_t room = self->room;
    *self = (pw_place_t){ .line = line, .room = room, .last = t };
    pw_place_switch(self, step, n_steps, limits, t);
}

void pw_place_switch(pw_place_t *self, const pw_step_t *step, int n_steps, bool limits, pw_ticks_t t)
{
    self->step = step;
    self->n_steps = n_steps;
    self->limits = limits;
    self->at_step = 0;
    self->places = n_steps ? step[0].places : 0.0;
    pw_place_take_steps(self, t);
}

void pw_place_free(pw_place_t *self)
{
    pw_free(self->line);
    *self = (pw_place_t){ 0 };
}

pw_ticks_t pw_place_next_step(const pw_place_t *self)
{
    return self->at_step + 1 < self->n_steps ? self->step[self->at_step + 1].at : PW_TICKS_NEVER;
}

void pw_place_take_steps(pw_place_t *self, pw_ticks_t t)
{
    while (pw_place_next_step(self) <= t) {
        pw_place_advance(self, t);
        self->places = self->step[++self->at_step].places;
    }
}

double pw_place_workload(const pw_place_t *self)
{
    if (self->places < 0.0)
        return 0.0;
    if (self->places == 0.0)
        return 2.0;
    double w = (self->used + self->queued) / self->places;
    return w < 2.0 ? w : 2.0;
}

bool pw_place_fits(const pw_place_t *self, double load)
{
    return !self->limits || self->places < 0.0 || self->used + load <= self->places + SLACK;
}

void pw_place_take(pw_place_t *self, double load, pw_ticks_t t)
{
    pw_place_advance(self, t);
    self->used += load;
}

void pw_place_release(pw_place_t *self, double load, pw_ticks_t t)
{
    pw_place_advance(self, t);
    self->used -= load;
    if (self->used < SLACK)
        self->used = 0.0;
}

static int room_for_one(pw_place_t *self)
{
    if (self->head + self->n < self->room)
        return 0;
    if (self->head > self->room / 2) {
        memmove(self->line, self->line + self->head, self->n * sizeof *self->line);
        self->head = 0;
        return 0;
    }
    uint32_t room = self->room ? 2 * self->room : 64;
    pw_waiting_t *grown = pw_realloc(self->line, room, sizeof *grown);
    if (!grown)
        return -1;
    self->line = grown;
    self->room = room;
    return 0;
}

int pw_place_wait(pw_place_t *self, uint32_t slot, double load, double priority, pw_ticks_t t)
{
    if (room_for_one(self))
        return -1;
    pw_place_advance(self, t);
    pw_waiting_t *line = self->line + self->head;
    uint32_t at = self->n++;
    for (; at > 0 && line[at - 1].priority < priority; at--)
        line[at] = line[at - 1];
    line[at] = (pw_waiting_t){ priority, load, self->next_ticket++, slot, t };
    self->queued += load;
    return 0;
}

static void take_out(pw_place_t *self, uint32_t at)
{
    pw_waiting_t *line = self->line + self->head;
    self->queued -= line[at].load;
    if (--self->n == 0)
        self->queued = 0.0;
    if (at == 0)
        self->head = self->n ? self->head + 1 : 0;
    else
        memmove(line + at, line + at + 1, (self->n - at) * sizeof *line);
}

bool pw_place_next(pw_place_t *self, pw_ticks_t t, pw_waiting_t *out)
{
    if (!self->n || !pw_place_fits(self, self->line[self->head].load))
        return false;
    pw_place_advance(self, t);
    *out = self->line[self->head];
    take_out(self, 0);
    self->used += out->load;
    return true;
}

void pw_place_give_up(pw_place_t *self, uint32_t slot, pw_ticks_t t)
{
    for (uint32_t k = 0; k < self->n; k++)
        if (self->line[self->head + k].slot == slot) {
            pw_place_advance(self, t);
            take_out(self, k);
            return;
        }
}

static pw_queue_month_t *month_of(const pw_place_t *self, pw_ticks_t t)
{
    if (!self->stats || t < self->day_0)
        return NULL;
    int64_t m = (t - self->day_0) / PW_TICKS_PER_MONTH;
    return m < self->months ? &self->stats->month[m] : NULL;
}

void pw_place_count_joined(pw_place_t *self, pw_ticks_t t)
{
    pw_queue_month_t *m = month_of(self, t);
    if (m)
        m->joined++;
}

void pw_place_count_started(pw_place_t *self, pw_ticks_t wait, pw_ticks_t t)
{
    pw_queue_month_t *m = month_of(self, t);
    if (!m)
        return;
    m->started++;
    m->wait_ticks += wait;
    self->stats->wait_bin[pw_wait_bin(wait)]++;
}

void pw_place_count_refused(pw_place_t *self, pw_ticks_t t)
{
    pw_queue_month_t *m = month_of(self, t);
    if (m)
        m->refused++;
}

void pw_place_count_gave_up(pw_place_t *self, pw_ticks_t t)
{
    pw_queue_month_t *m = month_of(self, t);
    if (m)
        m->gave_up++;
}

void pw_place_advance(pw_place_t *self, pw_ticks_t t)
{
    if (self->stats) {
        pw_ticks_t from = self->last > self->day_0 ? self->last : self->day_0;
        while (from < t) {
            pw_queue_month_t *m = month_of(self, from);
            if (!m)
                break;
            pw_ticks_t next = self->day_0 + ((from - self->day_0) / PW_TICKS_PER_MONTH + 1) * PW_TICKS_PER_MONTH;
            next = next < t ? next : t;
            m->length_ticks += (int64_t)self->n * (next - from);
            m->load_ticks += self->used * (double)(next - from);
            m->places_ticks += self->places < 0.0 ? 0.0 : self->places * (double)(next - from);
            from = next;
        }
    }
    if (t > self->last)
        self->last = t;
}

/* Bin edges in ticks, 2^(k/6)/16 days: a sixth of a doubling each. */
double pw_wait_bin_days(int bin) { return bin <= 0 ? 0.0 : pw_exp(0.69314718055994531 / 6.0 * (bin - 1)) / 16.0; }

int pw_wait_bin(pw_ticks_t wait)
{
    if (wait <= 0)
        return 0;
    double days = pw_days_from_ticks(wait) * 16.0;
    int bin = days < 1.0 ? 1 : 1 + (int)(pw_log(days) * (6.0 / 0.69314718055994531));
    return bin < PW_WAIT_BINS ? bin : PW_WAIT_BINS - 1;
}
