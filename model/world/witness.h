/* witness.h: tells an observer what happens to a family.
 *
 * What question it answers: how is what was just worked off said as an event of account.h?
 * Floor: world. Every call stands behind pw_is_told, which is false in a run that nobody looks at; what a chance was is worked out again
 * here, so that the working code carries nothing for the observer's sake. Draws are pure functions: to look at them again changes nothing. */
#ifndef PW_WORLD_WITNESS_H
#define PW_WORLD_WITNESS_H

#include "family.h"
#include "form.h"
#include "place.h"

#define PW_COLD __attribute__((cold, noinline))

/* Fills in who and when, and tells. */
PW_COLD void pw_witness_tell(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, pw_told_t *told);
/* An event that is its indices and no more. */
PW_COLD void pw_witness_fact(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int what, int index, int other, bool yes);

PW_COLD void pw_witness_entered(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t);
/* The incident whose bits the family has, before anything follows from it: the chances that made it, the incident, and what police will do. */
PW_COLD void pw_witness_incident(const pw_own_t *own, const pw_family_t *f, bool reported, pw_ticks_t t);
/* The one with which it enters: reported with `chance`; `removed_word`, `police` and `base` as in attend (incident.c). */
PW_COLD void pw_witness_entry_incident(const pw_own_t *own, const pw_family_t *f, double chance, double drawn, uint32_t removed_word, pw_block_t police,
                                       double base, pw_ticks_t t);
PW_COLD void pw_witness_arrived(const pw_own_t *own, const pw_family_t *f, uint8_t incident, uint16_t number, bool is_index, pw_ticks_t t);
PW_COLD void pw_witness_window(const pw_own_t *own, const pw_family_t *f, bool opens, pw_ticks_t t);

/* A chance: `of` is enum pw_chance_of; `target` >= 0: effects on it scale its odds. `more` (may be NULL): n, why. */
PW_COLD void pw_witness_chance(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int of, int other, const pw_predictor_t *predictor,
                               const uint64_t bits[2], const double *numbers, int target, double chance, double drawn, const int more[2]);
PW_COLD void pw_witness_choice(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, const pw_form_t *form, const uint64_t truth[2], const uint64_t asked[2],
                               double drawn, int to);
PW_COLD void pw_witness_moved(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int from, int to, int why, int event);
PW_COLD void pw_witness_begun(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, double times, pw_ticks_t until);

/* Asks for a place: told before it has it or stands in the line. */
PW_COLD void pw_witness_joined(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, const pw_place_t *place, int is_service, int index, double load,
                               double priority, bool waits);
/* PLACED, REFUSED or GAVE_UP. */
PW_COLD void pw_witness_line(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int what, int is_service, int index, pw_ticks_t since);
PW_COLD void pw_witness_service(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int what, int index, int why, pw_ticks_t since, pw_ticks_t until,
                                bool yes);

/* The same three, with the question whether anybody is told. */
static inline void pw_tell_joined(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, const pw_place_t *place, int is_service, int index, double load,
                                  double priority, bool waits)
{
    if (pw_is_told(own))
        pw_witness_joined(own, f, t, place, is_service, index, load, priority, waits);
}
static inline void pw_tell_line(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int what, int is_service, int index, pw_ticks_t since)
{
    if (pw_is_told(own))
        pw_witness_line(own, f, t, what, is_service, index, since);
}
static inline void pw_tell_service(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int what, int index, int why, pw_ticks_t since, pw_ticks_t until,
                                   bool yes)
{
    if (pw_is_told(own))
        pw_witness_service(own, f, t, what, index, why, since, until, yes);
}

/* Effects of `mask` that were not (or were) in force are switched on (or off). */
PW_COLD void pw_witness_effects(const pw_own_t *own, pw_family_t *f, pw_ticks_t t, uint64_t mask, bool on);
PW_COLD void pw_witness_rate(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int rate, float from, float to);
PW_COLD void pw_witness_cost(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int cost, double pounds, pw_ticks_t since, pw_ticks_t until, bool budget);

#endif
