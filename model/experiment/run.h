/* run.h: the baseline and its scenarios, in many worlds, on the same families with the same luck.
 *
 * What question it answers: what would change, and how sure are we?
 * Floor: experiment; with batch.c the only code that knows OpenMP.
 *
 * World number = draw x 2^20 + replication: growing either number adds worlds and changes none. Every world is simulated under all
 * scenarios by one thread, area by area; its sums land by index and are added in (draw, replication) order, so the results are the
 * same bytes for any number of threads. Worlds are worked off in chunks (at most PW_CHUNK_WORLDS, at most PW_DRAWS_AT_ONCE draws), which bounds
 * the memory and leaves no trace in the results. */
#ifndef PW_EXPERIMENT_RUN_H
#define PW_EXPERIMENT_RUN_H

#include <signal.h>

#include "../base/progress.h"
#include "../measure/chronicle.h"
#include "../measure/joint.h"
#include "../measure/pairs.h"
#include "../world/world.h"
#include "models.h"

enum { PW_CHUNK_WORLDS = 32, PW_BATCH_DRAWS = 25 /* between two looks at the precision */, PW_WORLD_BITS = 20 };

struct pw_run;
typedef struct {
    const pw_spec_t *const *spec;          /* baseline first; not owned */
    int n_scenarios;
    int64_t draws, replications;           /* draws 0: every estimate at its value */
    uint64_t seed;
    int threads;                           /* >= 1 */
    enum pw_engine engine;
    const char *precision_measure;         /* NULL: none asked */
    double precision;                      /* stop when 1.96 x Monte Carlo error of every scenario's paired difference is at most this */
    pw_values_hook_t values;               /* zeroed: the draws are those of the estimates' own distributions */
    const volatile sig_atomic_t *stop;     /* may be NULL */
    pw_progress_t *progress;               /* may be NULL; begun by the caller */
    /* Told of each chunk of worlds, in order, by one thread; may be NULL. */
    pw_status_t (*watch)(void *context, const struct pw_run *run, const pw_worlds_t *worlds);
    void *watch_context;
} pw_run_request_t;

typedef struct pw_run {
    pw_run_request_t request;
    pw_roster_t roster;
    pw_layout_t layout;
    pw_catalogue_t catalogue;
    pw_ledger_t ledger;
    pw_chronicle_t chronicle;
    pw_pairs_t pairs;
    pw_joint_t joint;
    pw_models_t models;
    int precision_measure;                 /* -1: none */
    bool precision_reached;
    double half_width;                     /* the largest of the scenarios', at the end; nan without a precision */
} pw_run_t;

/* Compiles every scenario at its central values and makes the catalogue. Findings are the files' faults; PW_ERROR_USAGE: no such
 * measure for the precision (the caller asks pw_catalogue_nearest). `self` arrives zeroed; free it in every case. */
pw_status_t pw_run_prepare(pw_run_t *self, const pw_run_request_t *request, pw_findings_t *findings);

/* Works off the worlds. PW_PRECISION_NOT_REACHED (positive), PW_ERROR_STOPPED, PW_ERROR_MEMORY, PW_ERROR_INPUT with findings: a draw whose values
 * make no model. */
pw_status_t pw_run_go(pw_run_t *self, pw_findings_t *findings);

void pw_run_free(pw_run_t *self);

uint64_t pw_run_world_number(int64_t draw, int64_t replication);

#endif
