/* trace.h: one family's life under the baseline and under a scenario, as a run lives it.
 *
 * What question it answers: what happened to this family, event by event, and why; and which family is worth a look?
 * Floor: experiment. Replays one world of a run (its draw and replication) for one area with somebody looking on (world/account.h); the world is
 * the same, byte for byte. What the events come to is counted again (replay.h) and held against what the run counts for the family: should they
 * differ, that is PW_ERROR_MISMATCH. One thread. */
#ifndef PW_EXPERIMENT_TRACE_H
#define PW_EXPERIMENT_TRACE_H

#include <signal.h>

#include "../world/world.h"
#include "models.h"
#include "replay.h"

/* By which rule a family is found. All look at the cohort of one replication, in one area or in all. */
enum pw_trace_pick {
    PW_PICK_NONE,
    PW_PICK_TYPICAL,      /* followed to the end; its incidents, notifications and times helped under the baseline lie, together, nearest the cohort's
                           * medians */
    PW_PICK_MOST_HELPED,  /* the largest fall in incidents during the follow-up from the baseline to the scenario */
    PW_PICK_MOST_HARMED,  /* the largest rise */
    PW_PICK_LONGEST_WAIT, /* the longest single wait for a team or service that ended during the follow-up, under the scenario */
    PW_PICKS              /* of equals the first: areas in the baseline's order, then the lowest number */
};

typedef struct {
    const pw_spec_t *const *spec;      /* the baseline; then the scenario, if there is one; not owned */
    int n_scenarios;                   /* 1 or 2 */
    uint64_t seed;
    int64_t draw;                      /* -1: every estimate at its value (`run --draws 0`) */
    int64_t replication;
    int area;                          /* -1: all, for a pick */
    int64_t family;                    /* -1: by pick */
    enum pw_trace_pick pick;
    enum pw_engine engine;
    const volatile sig_atomic_t *stop; /* may be NULL */
} pw_trace_request_t;

typedef struct { int64_t n, room; pw_told_t *event; } pw_life_t;      /* owned; in the order of time, from the entry on, the warm-up included */

typedef struct {
    pw_trace_request_t request;
    pw_models_t models;
    int area;
    uint32_t family, n_families;       /* the one; and how many there are in its area, entries to the end of the run included */
    bool exists;                       /* false: there is no such family, or the pick found none */
    bool in_cohort;
    double picked;                     /* what the pick found: incidents less or more, days waited; typical: distance from the medians */
    pw_life_t life[2];                 /* under the baseline; under the scenario */
    pw_record_t record[2];             /* what the run counts for it; if it is in the cohort */
} pw_trace_t;

/* Finds the family, lives its lives. PW_OK also when there is none (`exists`); PW_ERROR_INPUT with findings, PW_ERROR_MEMORY, PW_ERROR_STOPPED,
 * PW_ERROR_MISMATCH. `self` arrives zeroed; free it in every case. */
pw_status_t pw_trace_run(pw_trace_t *self, const pw_trace_request_t *request, pw_findings_t *findings);
void pw_trace_free(pw_trace_t *self);

/* The model of a life: 0 the baseline, 1 the scenario. */
const pw_model_t *pw_trace_model(const pw_trace_t *self, int life);

/* Where two lives part: the first event with consequences that is not the same in both, with its time, what it was and how it came out. Chances, choices
 * and offers are passed over until something follows from them, and so are costs. at[i]: that event's position in each life (its n: there is none). False:
 * they never part. */
bool pw_trace_parting(const pw_life_t *a, const pw_life_t *b, int64_t at[2]);

#endif
