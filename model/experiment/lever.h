/* lever.h: one number of a scenario that can be moved.
 *
 * What question it answers: which number is meant by this path or word, between which ends may it lie, and what is the model with it at another value?
 * Floor: experiment.
 *
 * There are two kinds. An *estimate* says what the world is like: it is moved in the baseline and the scenario alike, wherever a setting names it, while
 * all others keep their draws. A *setting* is a choice or a bare number: it is moved in the scenario alone. Named by a path as --set takes it
 * (services.voluntary_contact.places; evidence.contact_effect or contact_effect is an estimate), or by a word for what the scenario itself adds or changes:
 *
 *   effect   the ratio of what its stages and services do (with several effects on incidents, or several others: the path has to be given)
 *   uptake   how many take up what its services offer
 *   places   the places of its one service, or its one team; whole numbers; not of posts, which bring places to others (budget.h scales both)
 *   cost     the price of a place for a year, else the price each time, of its services, stages or teams
 *
 * Beside spec/knob.h: a knob is the number itself, in one spec, and may be turned; a lever is what a question means, with the ends between which its answer is
 * looked for. A path leads where its knob is. */
#ifndef PW_EXPERIMENT_LEVER_H
#define PW_EXPERIMENT_LEVER_H

#include "../base/text.h"
#include "../spec/spec.h"
#include "../spec/values.h"
#include "breakeven.h"

typedef struct {
    char path[PW_TREE_PATH];           /* "evidence.contact_effect", "services.voluntary_contact.places" */
    const pw_estimate_t *estimate;     /* NULL: a setting; owned by the scenario's spec */
    double stated;                     /* what the files say; nan: one value for all areas is not said */
    bool has_range;
    pw_breakeven_range_t range;        /* an estimate: its 2.5 % and 97.5 % points; places: 1 to four times what the files say, 8 at least */
} pw_lever_t;

/* Finds what `over` means for a scenario. PW_ERROR_USAGE with a sentence in `why`: no estimate or setting of that name, or several. */
pw_status_t pw_lever_find(const pw_spec_t *baseline, const pw_spec_t *scenario, const char *over, pw_lever_t *out, pw_text_t *why);

/* For an estimate: the hook of a run in which it has the value at *value (which must outlive the run); `hold` belongs to the caller. */
typedef struct { const char *name; const double *value; } pw_lever_hold_t;
enum { PW_MOST_HELD = 2 };
typedef struct { int n; pw_lever_hold_t held[PW_MOST_HELD]; } pw_lever_holds_t;
pw_status_t pw_lever_adjust(void *holds, const pw_spec_t *spec, int scenario, int64_t draw, pw_values_t *inout);

/* The chance that an estimate's true value is below x, by its own distribution; 0 or 1 if it is fixed. */
double pw_lever_chance_below(const pw_estimate_t *estimate, double x);

#endif
