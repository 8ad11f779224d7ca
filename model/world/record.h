/* record.h: what is remembered of a cohort family, from its index until its follow-up ends.
 *
 * What question it answers: what happened to this family in the 21 months after its index?
 * Floor: world; own events only. A family's quantities add up in its own record, so that the order in which
 * families are worked off changes no sum. */
#ifndef PW_WORLD_RECORD_H
#define PW_WORLD_RECORD_H

#include "family.h"

/* Opens the family's record at its index. Sets own->failed without memory. */
void pw_record_open(pw_own_t *own, pw_family_t *f, pw_ticks_t t);
/* Closes it: the situation now is the situation at the end of the follow-up. */
void pw_record_close(pw_own_t *own, pw_family_t *f, pw_ticks_t t, int living);
/* The window clock: opens (scenarios) or closes. */
void pw_record_window(pw_own_t *own, pw_family_t *f, pw_ticks_t t);

static inline void pw_record_count(const pw_own_t *own, const pw_family_t *f, int what)
{
    if (f->window_open)
        own->records[f->record].count[what]++;
}

/* Money: each use at t, or days between two ticks, of the cost items in `mask`. A service's places count as used by who attends: a
 * place-year's part for the days attended goes to the family's own use (not to the area's, which pays for places, used or not). */
void pw_record_spend_each(const pw_own_t *own, const pw_family_t *f, uint64_t mask, pw_ticks_t t);
void pw_record_spend_days(const pw_own_t *own, const pw_family_t *f, uint64_t mask, pw_ticks_t from, pw_ticks_t to);
static inline void pw_record_cost_each(const pw_own_t *own, const pw_family_t *f, uint64_t mask, pw_ticks_t t)
{
    if (mask && own->counting)
        pw_record_spend_each(own, f, mask, t);
}
static inline void pw_record_cost_days(const pw_own_t *own, const pw_family_t *f, uint64_t mask, pw_ticks_t from, pw_ticks_t to)
{
    if (mask && own->counting)
        pw_record_spend_days(own, f, mask, from, to);
}

/* exp(-rate x years) with the yearly rate of discount as a fraction. */
double pw_discount(double per_year, double years);
/* Integral of pw_discount over [from, to] years. */
double pw_discounted_years(double per_year, double from, double to);

#endif
