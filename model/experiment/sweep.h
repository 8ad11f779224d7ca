/* sweep.h: a sweep: the baseline and its scenarios at every point of a design, in the same worlds.
 *
 * What question it answers: what is there to be simulated, and what will a row of results hold?
 * Floor: experiment. Read once, constant from then on, shared by all threads. No OpenMP here: whoever runs a sweep makes one worker
 * (sweep_unit.h) for each thread.
 *
 *     pw_sweep_t sweep = { 0 };
 *     pw_status_t status = pw_sweep_open(&sweep, &request, &findings);
 *     for (k = 0; k < pw_sweep_n_units(&sweep); k++) ...                 sweep_unit.h
 *     pw_sweep_free(&sweep);
 *
 * All design points share the same worlds: replication r is world r of the seed at every point, as it is world r of a run with --draws 0.
 * Estimates that no column sets are at their values, or, with estimates = "drawn", replication r has draw r of them at every point: as a run's draw r, from
 * a posterior (posterior.csv beside the baseline, or the file that `parameters` names), or, with parameters = "prior" or where there is no posterior, from
 * their own distributions.
 *
 * A row of results: keys (point, replication, scenario), inputs (the columns but `scenario`), measures (of all areas, all families). */
#ifndef PW_EXPERIMENT_SWEEP_H
#define PW_EXPERIMENT_SWEEP_H

#include "../base/digest.h"
#include "../measure/catalogue.h"
#include "../spec/knob.h"
#include "../spec/sweep_file.h"
#include "../world/world.h"
#include "design.h"
#include "posterior.h"
#include "run.h"

enum { PW_SWEEP_KEYS = 3 /* point, replication, scenario */, PW_MAX_SWEEP_SETS = 256, PW_MAX_SWEEP_STAGES = 64 };

/* What is asked on the command line beside the design's file; 0 and NULL: as the file says, else the default. */
typedef struct {
    const char *design;                    /* a .cfg, or a .csv with a header of paths */
    const char *baseline;                  /* NULL: what the scenarios stand on, else params/baseline.cfg */
    const char *const *scenarios; int n_scenarios;     /* files; they come after the design's own */
    const char *const *sets; int n_sets;   /* path=value, after the design's own; in the baseline and in every scenario */
    const char *const *measures; int n_measures;       /* names; instead of the design's own */
    int64_t replications, block;           /* worlds at each point; worlds in a unit of work */
    int64_t seed;                          /* -1: as the file says, else 1 */
    int64_t points;                        /* instead of the design's own points, trajectories or base points */
    const char *parameters;                /* a posterior's file, or "prior"; instead of the design's own */
    /* Of a sweep that was extended: how many replications it had at first, and after each extension; instead of `replications`. Each stage is cut into
     * blocks of its own, so that the units that are there stay what they are. */
    const int64_t *stages; int n_stages;
} pw_sweep_request_t;

/* Where one column's value goes. */
typedef struct { int column, scenario; pw_knob_t knob; } pw_turn_t;

typedef struct pw_sweep {
    pw_sweep_file_t file;
    pw_design_t design;
    int n_scenarios;                       /* the baseline is 0 */
    pw_spec_t *spec[PW_MAX_SCENARIOS];     /* owned; never changed: workers have copies */
    char *scenario_file[PW_MAX_SCENARIOS];
    const char *sets[PW_MAX_SWEEP_SETS]; int n_sets;  /* not owned */
    pw_run_t run;                          /* roster, layout, catalogue; its models and ledger are empty */
    int n_measures; int *measure;          /* indices in run.catalogue */
    int scenario_column;                   /* of the design; -1: every point has all scenarios */
    uint64_t seed;
    int64_t replications, block;
    int64_t stage[PW_MAX_SWEEP_STAGES]; int n_stages;        /* replications after each stage, rising; the last is `replications` */
    bool drawn;                            /* estimates = "drawn" */
    char *parameter_file;                  /* the posterior that they are drawn from; NULL: from none */
    pw_posterior_t posterior;
    char parameters[PW_DIGEST_ROOM];       /* the fingerprint of the file; "" without */
    pw_text_t doubt;                       /* a sentence if the posterior may not fit (pw_posterior_doubt); else "" */
    char digest[PW_MAX_SCENARIOS][PW_DIGEST_ROOM];     /* of every value in force in a scenario */
    double *now;                           /* [column]: what the files say; nan: not one plain number, or drawn */
    uint32_t *reach;                       /* [column]: mask of the scenarios that have it */
    int *by_path;                          /* columns in the order of their paths */
} pw_sweep_t;

/* Reads the design, the baseline and the scenarios, resolves every column's path and range, makes the design. All that is wrong becomes
 * findings with file and line, in one pass. Returns PW_OK, PW_ERROR_INPUT with findings, PW_ERROR_MEMORY. `self` arrives zeroed; free it in
 * every case. Texts of `request` must outlive it. */
pw_status_t pw_sweep_open(pw_sweep_t *self, const pw_sweep_request_t *request, pw_findings_t *findings);
void pw_sweep_free(pw_sweep_t *self);

/* What a row's inputs are called: columns of the design but `scenario`. */
int pw_sweep_n_inputs(const pw_sweep_t *self);
const char *pw_sweep_input_name(const pw_sweep_t *self, int input);
int pw_sweep_input_column(const pw_sweep_t *self, int input);
const char *pw_sweep_measure_name(const pw_sweep_t *self, int measure);
const pw_measure_t *pw_sweep_measure(const pw_sweep_t *self, int measure);
const char *pw_sweep_scenario_name(const pw_sweep_t *self, int scenario);    /* "baseline" for 0 */

/* Where the estimates that no column sets are from, as units' names say it: "central", "drawn" (from their own distributions), "drawn", a blank and the
 * SHA-256 of the posterior. */
void pw_sweep_estimates(const pw_sweep_t *self, pw_text_t *out);

/* The knobs of one column's path in one of the sweep's specs, or in a copy of it: as many as the path leads to (0 or 1). A path may begin with
 * "SCENARIO/": then it holds in that scenario alone. `why`: as pw_knob_find, where the path leads nowhere. */
bool pw_sweep_knob(const pw_sweep_t *self, const char *path, int scenario, pw_spec_t *spec, pw_knob_t *out, char *why, size_t room);

/* The scenarios at a point: the baseline first. Returns how many. */
int pw_sweep_scenarios_at(const pw_sweep_t *self, int64_t point, int scenario[PW_MAX_SCENARIOS]);

#endif
