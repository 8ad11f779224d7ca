#include "place.h"

#include <string.h>

#include "../base/memory.h"
#include "../chance/kernel.h"

static const double SLACK = 1e-9;      /* loads of a tenth add up inexactly */

void pw_place_reset(pw_place_t *self, const pw_step_t *step, int n_steps, bool limits, pw_ticks_t t)
{
    *self = (pw_place_t){ .line = self->line, .weight = self->weight, .room = self->room, .last = t };
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
    pw_free(self->weight);
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

/* ---- the line ---- */

static const pw_weight_t PLAIN = { 0.0, 1.0 };
static pw_weight_t weight_at(const pw_place_t *self, uint32_t at) { return self->weight ? self->weight[at] : PLAIN; }

static void shift(pw_place_t *self, uint32_t to, uint32_t from, uint32_t n)
{
    memmove(self->line + to, self->line + from, n * sizeof *self->line);
    if (self->weight)
        memmove(self->weight + to, self->weight + from, n * sizeof *self->weight);
}

/* Room for this many, with or without weights; -1 without memory. */
static int set_room(pw_place_t *self, uint32_t room, bool weighted)
{
    uint32_t *line = pw_realloc(self->line, room, sizeof *line);
    if (!line)
        return -1;
    self->line = line;
    if (weighted) {
        pw_weight_t *weight = pw_realloc(self->weight, room, sizeof *weight);
        if (!weight)
            return -1;
        for (uint32_t k = 0; k < self->head + self->n && !self->weight; k++)
            weight[k] = PLAIN;
        self->weight = weight;
    }
    self->room = room;
    return 0;
}

/* A line moves up when those who have gone from its head have left an eighth of it free, else grows by an eighth: families are many, and all wait. */
static int room_for_one(pw_place_t *self, bool weighted)
{
    if (self->head + self->n == self->room && self->head > self->n / 8) {
        shift(self, 0, self->head, self->n);
        self->head = 0;
    }
    bool full = self->head + self->n == self->room, weights = weighted && !self->weight;
    return full || weights ? set_room(self, full ? self->room + self->room / 8 + 32 : self->room, weighted || self->weight) : 0;
}

int pw_place_wait(pw_place_t *self, uint32_t slot, double load, double priority, pw_ticks_t t)
{
    if (room_for_one(self, load != PLAIN.load || priority != PLAIN.priority))
        return -1;
    pw_place_advance(self, t);
    uint32_t end = self->head + self->n++, at = end;
    while (at > self->head && weight_at(self, at - 1).priority < priority)
        at--;
    if (at < end)
        shift(self, at + 1, at, end - at);
    self->line[at] = slot;
    if (self->weight)
        self->weight[at] = (pw_weight_t){ priority, load };
    self->queued += load;
    return 0;
}

static void take_out(pw_place_t *self, uint32_t at)
{
    self->queued -= weight_at(self, at).load;
    if (--self->n == 0)
        self->queued = 0.0;
    if (at == self->head)
        self->head = self->n ? self->head + 1 : 0;
    else
        shift(self, at, at + 1, self->head + self->n - at);
}

bool pw_place_next(pw_place_t *self, pw_ticks_t t, uint32_t *slot, double *load)
{
    if (!self->n || !pw_place_fits(self, weight_at(self, self->head).load))
        return false;
    pw_place_advance(self, t);
    *slot = self->line[self->head];
    *load = weight_at(self, self->head).load;
    take_out(self, self->head);
    self->used += *load;
    return true;
}

void pw_place_give_up(pw_place_t *self, uint32_t slot, pw_ticks_t t)
{
    for (uint32_t k = self->head; k < self->head + self->n; k++)
        if (self->line[k] == slot) {
            pw_place_advance(self, t);
            take_out(self, k);
            return;
        }
}

uint32_t pw_place_before(const pw_place_t *self, double priority)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < self->n; k++)
        n += weight_at(self, self->head + k).priority >= priority;
    return n;
}

int pw_place_copy(pw_place_t *self, const pw_place_t *from, const uint32_t *map)
{
    self->head = self->n = 0;
    bool is_small = self->room < from->n, weights = from->weight && !self->weight;
    if (from->n && (is_small || weights) && set_room(self, is_small ? from->n + from->n / 8 : self->room, from->weight || self->weight))
        return -1;
    pw_place_t to = *from;
    to.line = self->line;
    to.weight = self->weight;
    to.room = self->room;
    to.head = 0;
    *self = to;
    for (uint32_t k = 0; k < from->n; k++) {
        uint32_t slot = from->line[from->head + k];
        self->line[k] = map ? map[slot] : slot;
        if (self->weight)
            self->weight[k] = weight_at(from, from->head + k);
    }
    return 0;
}

size_t pw_place_memory(const pw_place_t *self) { return self->room * (sizeof *self->line + (self->weight ? sizeof *self->weight : 0)); }

/* ---- counting ---- */

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

/* Sixteenths of a day are 2^e m: six bins for each e, the sixth that m in [1, 2) lies in. A wait below a sixteenth is as long as one. */
int pw_wait_bin(pw_ticks_t wait)
{
    static const double edge[5] = { 1.1224620483093730, 1.2599210498948732, 1.4142135623730951, 1.5874010519681994, 1.7817974362806785 };   /* 2^(j/6) */
    if (wait <= 0)
        return 0;
    double sixteenths = pw_days_from_ticks(wait) * 16.0;
    uint64_t bits = pw_bits_of(sixteenths < 1.0 ? 1.0 : sixteenths);
    double m = pw_double_of((bits & UINT64_C(0x000FFFFFFFFFFFFF)) | UINT64_C(0x3FF0000000000000));
    int bin = 1 + 6 * (int)((bits >> 52) - 1023);
    for (int j = 0; j < 5; j++)
        bin += m >= edge[j];
    return bin < PW_WAIT_BINS ? bin : PW_WAIT_BINS - 1;
}
