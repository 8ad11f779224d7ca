/* entry.h: families enter, grow older, leave.
 *
 * What question it answers: who is this family, and when does it stop being one that police would notify?
 * Floor: world; own events only. */
#ifndef PW_WORLD_ENTRY_H
#define PW_WORLD_ENTRY_H

#include "family.h"

/* Tick at which family number `family` enters, given the tick of the one before it (Poisson arrivals, the yearly growth by
 * change of clock). In an area whose families come one by one: those of a closed cohort all enter at day 0. */
pw_ticks_t pw_entry_ticks(const pw_model_t *model, pw_stream_t stream, uint32_t family, double *clock_days);

/* Family `id`, in `slot`: nothing runs, it enters at `t`. */
void pw_family_init(const pw_shape_t *shape, pw_family_t *f, uint32_t id, uint32_t slot, pw_ticks_t t);
/* The same, copied from another one that nothing has happened to. */
void pw_family_init_like(const pw_shape_t *shape, pw_family_t *f, const pw_family_t *blank, uint32_t id, uint32_t slot, pw_ticks_t t);

/* The family enters: attributes, children, frailties, clocks, the entry incident; an open case asks for its stage. */
void pw_entry_happens(pw_own_t *own, pw_family_t *f, pw_ticks_t t);

/* Clocks that begin with a scenario, for a family that entered under the model `before`, by which they did not run. */
void pw_entry_adopt(const pw_own_t *own, pw_family_t *f, const pw_model_t *before);

void pw_entry_age(pw_own_t *own, pw_family_t *f, pw_ticks_t t);      /* the youngest child has a birthday that is kept, or grows up */
/* Puts the youngest child's age as it is at t, and the clock of its next birthday. */
void pw_entry_set_age(const pw_own_t *own, pw_family_t *f, pw_ticks_t t);
void pw_entry_birth(pw_own_t *own, pw_family_t *f, pw_ticks_t t);
/* Moves away or grows up: leaves at once, or asks when it holds something shared. */
void pw_entry_leaves(pw_own_t *own, pw_family_t *f, pw_ticks_t t, int kind);
/* The last step of leaving: no clock runs, its record is closed. */
void pw_entry_gone(pw_own_t *own, pw_family_t *f, pw_ticks_t t);

#endif
