/* place.h: places of a team or a service, and the line that waits for them.
 *
 * What question it answers: is there room, and who is next?
 * Floor: world. Knows loads, priorities and slot numbers; no idea what a family or a service is. Held against Erlang's formulas in
 * tests/test_place.c.
 *
 * Order: the higher priority first, then first come first served; nobody overtakes a head that does not fit. Fewer places
 * never evict: the excess drains. Integrals change at shared moments only. */
#ifndef PW_WORLD_PLACE_H
#define PW_WORLD_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model.h"
#include "result.h"

/* Who waits: since when, who stands there knows. A line has a number for each; loads and priorities stand beside it once somebody's are not those of
 * most, 1 and 0. */
typedef struct { double priority, load; } pw_weight_t;

typedef struct {
    const pw_step_t *step; int n_steps, at_step;
    bool limits;
    double places;              /* < 0: unlimited */
    double used, queued;        /* load at work; load waiting */
    uint32_t *line; pw_weight_t *weight; uint32_t head, n, room;      /* line: slots; weight NULL: all are 0 and 1 */
    pw_queue_t *stats;          /* NULL: nobody counts */
    pw_ticks_t day_0, last;     /* integrals are up to date until `last` */
    int months;
} pw_place_t;

/* Empties it and sets the schedule in force at tick t. The line's memory is kept. */
void pw_place_reset(pw_place_t *self, const pw_step_t *step, int n_steps, bool limits, pw_ticks_t t);
/* Takes on another schedule at t (a scenario forks); who is there stays. */
void pw_place_switch(pw_place_t *self, const pw_step_t *step, int n_steps, bool limits, pw_ticks_t t);
/* Makes `self`, which may have been in use, the same as `from`; slots go through `map` (NULL: unchanged). -1 without memory. */
int pw_place_copy(pw_place_t *self, const pw_place_t *from, const uint32_t *map);
void pw_place_free(pw_place_t *self);
size_t pw_place_memory(const pw_place_t *self);

pw_ticks_t pw_place_next_step(const pw_place_t *self);          /* PW_TICKS_NEVER: none */
void pw_place_take_steps(pw_place_t *self, pw_ticks_t t);       /* takes the steps due by t */

/* (load + queued load) / places, capped at 2; 0 if unlimited, 2 if there are no places and it is wanted at all. */
double pw_place_workload(const pw_place_t *self);

bool pw_place_fits(const pw_place_t *self, double load);
void pw_place_take(pw_place_t *self, double load, pw_ticks_t t);
void pw_place_release(pw_place_t *self, double load, pw_ticks_t t);

/* Joins the line; -1 without memory. */
int pw_place_wait(pw_place_t *self, uint32_t slot, double load, double priority, pw_ticks_t t);
/* The head, if it fits: removed from the line and given its place; `load` is what it takes. False: nobody can start. */
bool pw_place_next(pw_place_t *self, pw_ticks_t t, uint32_t *slot, double *load);
/* Leaves the line without a place. */
void pw_place_give_up(pw_place_t *self, uint32_t slot, pw_ticks_t t);
/* How many stand before somebody who joined now with this priority: all of a higher or the same one. */
uint32_t pw_place_before(const pw_place_t *self, double priority);

/* Counting: everybody who asks has joined; a start notes its wait. */
void pw_place_count_joined(pw_place_t *self, pw_ticks_t t);
void pw_place_count_started(pw_place_t *self, pw_ticks_t wait, pw_ticks_t t);
void pw_place_count_refused(pw_place_t *self, pw_ticks_t t);
void pw_place_count_gave_up(pw_place_t *self, pw_ticks_t t);
/* Brings the integrals up to t. */
void pw_place_advance(pw_place_t *self, pw_ticks_t t);

/* The bin of a wait, and a bin's lower end in days (result.h, wait_bin). */
int pw_wait_bin(pw_ticks_t wait);
double pw_wait_bin_days(int bin);

#endif
