/* scene.h: the shared moments: where intents meet capacity and clock.
 *
 * What question it answers: a family asks to join, leave, be offered: does it get a place, who is next?
 * Floor: world; the only code that sees families and places together. */
#ifndef PW_WORLD_SCENE_H
#define PW_WORLD_SCENE_H

#include "calendar.h"
#include "crowd.h"
#include "family.h"
#include "place.h"

#define PW_NOBODY UINT32_MAX

typedef struct {
    pw_own_t own;
    pw_crowd_t crowd;              /* who is there */
    const pw_family_t *blank;      /* a family that nothing has happened to: newcomers are copies */
    const pw_ticks_t *entry;       /* by family: when it enters, or did; in that order; NULL: all at entry_of_all */
    pw_ticks_t entry_of_all;
    uint32_t n_entries, next_entry;
    bool expects;                  /* records wait for the families that the baseline found; in family order */
    int64_t next_expected;
    pw_calendar_t calendar;
    pw_place_t team[PW_MAX_TEAMS], service[PW_MAX_SERVICES];
    uint32_t busy;                 /* number of the family being worked on (PW_NOBODY): it is settled when that is done */
    pw_ticks_t until;              /* events at or after it wait */
    uint64_t now;                  /* key of the shared moment at hand */
    bool ordered;
    bool lets_go;                  /* the run ends at `until`: who has nothing to come before is done, and its slot free */
} pw_scene_t;

static inline pw_family_t *pw_scene_family(const pw_scene_t *self, uint32_t slot)
{
    return pw_crowd_at(&self->crowd, slot);
}

static inline pw_ticks_t pw_scene_entry(const pw_scene_t *self, uint32_t id) { return self->entry ? self->entry[id] : self->entry_of_all; }

/* Lets the family run on alone to its next shared moment (or `until`), and puts that into the calendar. */
void pw_scene_settle(pw_scene_t *self, uint32_t slot);
/* A waiting family that is deaf to its incidents has not worked them off; before anybody touches it, those up to now are: true if there were any. */
bool pw_scene_catch_up(pw_scene_t *self, pw_family_t *f);
/* Works off the winner of the calendar, which is in `slot`. */
void pw_scene_step(pw_scene_t *self, uint32_t slot);
/* Runs until `until` (exclusive): entries, schedules and shared moments in time order. Returns 0, PW_ERROR_STOPPED or PW_ERROR_MEMORY. */
int pw_scene_run(pw_scene_t *self, pw_ticks_t until);
/* Gives the family the record that waits for it, and sets the clock that opens it. */
void pw_scene_expect(pw_scene_t *self, pw_family_t *f, int64_t record);
/* A scenario begins at t: a family that waits does so by its rules (another team, none, another limit of the wait). */
void pw_scene_adopt(pw_scene_t *self, uint32_t slot, pw_ticks_t t);
/* Serves every line at t (places may have changed). */
void pw_scene_serve_all(pw_scene_t *self, pw_ticks_t t);

/* An own event of `kind` at t, with the rates taken again after it. */
void pw_own_event(pw_own_t *own, pw_family_t *f, int kind, pw_ticks_t t);

#endif
