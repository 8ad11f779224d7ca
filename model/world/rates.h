/* rates.h: how fast a family's own clocks run, and when they strike.
 *
 * What question it answers: given its present situation, when is the next incident, separation, report ...?
 * Floor: world; own events only.
 *
 * Every clock is a unit exponential that is spent at the rate in force. When the rate changes, the unspent
 * part is kept and re-inverted: under a lower rate the same event comes later (exact inversion; no time step, no thinning). The
 * clock of incidents has a shape of its own: gap.h. */
#ifndef PW_WORLD_RATES_H
#define PW_WORLD_RATES_H

#include "family.h"

/* Product of the ratios of the effects in force on `target`. Contact-only effects count if the incident at hand is at contact; those on the
 * incident rate are apart, because there is no incident yet. */
double pw_effects_product(const pw_model_t *model, const pw_family_t *f, int target);
/* The effects on the incident rate that act in the contact setting only. */
double pw_effects_at_contact(const pw_model_t *model, const pw_family_t *f, int target);
/* Which effects such a product is made of; `contact` tells the two apart. */
uint64_t pw_effects_acting(const pw_model_t *model, const pw_family_t *f, int target, bool contact);

/* Puts the effects of `mask` in force from tick t; what is in force already has its end renewed. */
void pw_effects_begin(const pw_own_t *own, pw_family_t *f, uint64_t mask, pw_ticks_t t);
static inline void pw_effects_start(const pw_own_t *own, pw_family_t *f, uint64_t mask, pw_ticks_t t)
{
    if (mask && !own->model->no_services)
        pw_effects_begin(own, f, mask, t);
}
/* Ends at t those of `mask` that last only while in their owner. */
void pw_effects_stop(const pw_own_t *own, pw_family_t *f, uint64_t mask, pw_ticks_t t);
/* Works off the lapse clock: timed effects, removal, `separated_recently`. */
void pw_effects_lapse(const pw_own_t *own, pw_family_t *f, pw_ticks_t t);
/* Sets the lapse clock to the earliest end. */
void pw_effects_set_clock(const pw_own_t *own, pw_family_t *f);

/* A new exponential for rate r, from uniform u: its clock starts anew at the next refresh. */
void pw_rate_restart(pw_family_t *f, int r, double u);
/* The same with the exponential, -log(u). */
void pw_rate_begin(pw_family_t *f, int r, double left);

/* Takes the rates again that the changes since the last time touch, and re-inverts their clocks at tick t. */
void pw_rates_update(const pw_own_t *own, pw_family_t *f, pw_ticks_t t);
static inline void pw_rates_refresh(const pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    const uint64_t *any = own->model->any_rate_mask;
    if (((f->bits[0] ^ f->rated[0]) & any[0]) | ((f->bits[1] ^ f->rated[1]) & any[1]) | (f->active ^ f->rated_active) | f->rates_stale)
        pw_rates_update(own, f, t);
}

#endif
