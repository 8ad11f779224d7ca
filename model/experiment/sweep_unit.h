/* sweep_unit.h: a unit of work: one design point, a block of replications.
 *
 * What question it answers: what do these worlds say at this point, and what is this piece of work called?
 * Floor: experiment. One worker for each thread; it has copies of the specs, so that setting up a point reads no file: values are put where the
 * columns' paths lead (spec/knob.h) and the models are compiled anew. A unit's rows depend on nothing but the sweep and the unit's number.
 *
 * Unit k is block k % blocks of point k / blocks. A unit's name is the SHA-256 (64 hexadecimal digits) of everything that its rows depend on:
 * the values in force in every scenario of the design, the inputs of the point that differ from those values, what the other estimates are drawn from, the
 * seed, the replications, the measures and the version of the results (base/version.h). Two units of one name have the same rows, whoever made them, in
 * whichever design. */
#ifndef PW_EXPERIMENT_SWEEP_UNIT_H
#define PW_EXPERIMENT_SWEEP_UNIT_H

#include "../base/digest.h"
#include "../spec/knob.h"
#include "sweep.h"

typedef struct { int64_t number, point, first, n; } pw_unit_t;      /* replications first .. first + n - 1 */

int64_t pw_sweep_blocks(const pw_sweep_t *self);                     /* units at each point */
int64_t pw_sweep_n_units(const pw_sweep_t *self);
pw_unit_t pw_sweep_unit(const pw_sweep_t *self, int64_t number);
void pw_sweep_unit_name(const pw_sweep_t *self, const pw_unit_t *unit, char out[PW_DIGEST_ROOM]);

/* One replication of one scenario. */
typedef struct {
    int64_t replication;
    int scenario;                    /* index in the sweep: pw_sweep_scenario_name */
    const double *measure;           /* sweep->n_measures numbers; nan: missing in this world */
} pw_sweep_row_t;

typedef struct {
    const pw_sweep_t *sweep;
    int n_rows;                      /* of the last unit: in (replication, scenario) order, the baseline first */
    pw_sweep_row_t *row;
    double *value;                   /* where the rows' measures are */
    double *input;                   /* the last unit's inputs: [column of the design] */
    pw_spec_t *spec[PW_MAX_SCENARIOS];
    pw_turn_t *turn; int n_turns;    /* where each column's value goes in each spec */
    pw_values_t values[PW_MAX_SCENARIOS], central[PW_MAX_SCENARIOS];
    pw_model_t *model;               /* [area][scenario, then the reference] */
    pw_world_t *world;
    pw_result_t *result;             /* [area][scenario] */
    pw_members_t members;            /* of the area that is being worked on */
    double *vector[PW_MAX_SCENARIOS];
    int n_here, scenario[PW_MAX_SCENARIOS];     /* the scenarios at the present point */
    int64_t point;                   /* whose models are compiled; -1: none */
    double set_up_seconds, compile_seconds, world_seconds;     /* spent so far, for sweep plan and the bench; setting a point up includes compiling it */
} pw_sweep_worker_t;

/* PW_OK or PW_ERROR_MEMORY. `self` arrives zeroed; free it in every case. The sweep must outlive it. */
pw_status_t pw_sweep_worker_init(pw_sweep_worker_t *self, const pw_sweep_t *sweep);
void pw_sweep_worker_free(pw_sweep_worker_t *self);

/* Simulates a unit. PW_OK with rows; PW_ERROR_INPUT with findings that say why this point makes no model (the next unit may be fine);
 * PW_ERROR_STOPPED; PW_ERROR_MEMORY. `stop` may be NULL. */
pw_status_t pw_sweep_unit_run(pw_sweep_worker_t *self, const pw_unit_t *unit, const volatile sig_atomic_t *stop, pw_findings_t *findings);

#endif
