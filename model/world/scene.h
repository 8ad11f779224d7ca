/* scene.h: the shared moments: where intents meet capacity and clock.
 *
 * What question it answers: a family asks to join, leave, be offered: does it get a place, who is next?
 * Floor: world; the only code that sees families and places together. */
#ifndef PW_WORLD_SCENE_H
#define PW_WORLD_SCENE_H

#include "calendar.h"
#include "family.h"
#include "place.h"

#define PW_NO_SLOT UINT32_MAX

typedef struct {
    pw_own_t own;
    char *slots;                   /* families in family order, own.shape.bytes apart */
    uint32_t n_slots;
    pw_calendar_t calendar;
    pw_place_t team[PW_MAX_TEAMS], service[PW_MAX_SERVICES];
    uint32_t busy;                 /* the family being worked on: it is settled when that is done */
    pw_ticks_t until;              /* events at or after it wait */
    uint64_t now;                  /* key of the shared moment at hand */
    bool ordered;
} pw_scene_t;

static inline pw_family_t *pw_scene_family(const pw_scene_t *self, uint32_t slot)
{
    return (pw_family_t *)(void *)(self->slots + (size_t)slot * self->own.shape.bytes);
}

/* Lets the family run on alone to its next shared moment (or `until`), and puts that into the calendar. */
void pw_scene_settle(pw_scene_t *self, uint32_t slot);
/* Works off the winner of the calendar. */
void pw_scene_step(pw_scene_t *self, uint32_t slot);
/* Runs until `until` (exclusive): schedules and shared moments in time order. Returns 0, PW_ERROR_STOPPED or PW_ERROR_MEMORY. */
int pw_scene_run(pw_scene_t *self, pw_ticks_t until);
/* A scenario begins at t: a family that waits does so by its rules (another team, none, another limit of the wait). */
void pw_scene_adopt(pw_scene_t *self, uint32_t slot, pw_ticks_t t);
/* Serves every line at t (places may have changed). */
void pw_scene_serve_all(pw_scene_t *self, pw_ticks_t t);

/* An own event of `kind` at t, with the rates taken again after it. */
void pw_own_event(pw_own_t *own, pw_family_t *f, int kind, pw_ticks_t t);

#endif
