/* sweep_summary.h: each point of a sweep in one line a measure (summary.csv), and all of a point in one row (points.csv).
 *
 * What question it answers: what does this point say, how sure is that, and how far is it from the baseline at the same point?
 * Floor: experiment. Rows come in (point, replication, scenario) order, the baseline first; only one point's rows are kept.
 *
 * mean is the mean over worlds of the world's own value, mc_se its standard error; p05, p50, p95 are points of single worlds (type 7 of Hyndman &
 * Fan 1996). difference is the paired difference from the baseline in the same worlds, with its standard error and its 95 % interval (Student's t).
 * A world in which the measure has no value (nobody waited, say) is left out; a difference needs both. A `run` instead divides sums over all
 * worlds: the two agree but for measures whose denominators vary much from world to world.
 *
 * points.csv has a row for every point of the design, in its order, also where nothing is known of it (empty cells): what another program that made the
 * points reads back. Its columns: point, scenario (if that is an input), the inputs; then the means, `SCENARIO/MEASURE`, and the mean paired differences,
 * `SCENARIO-baseline/MEASURE`. Where the scenario is an input: `baseline/MEASURE`, `scenario/MEASURE`, `scenario-baseline/MEASURE`. */
#ifndef PW_EXPERIMENT_SWEEP_SUMMARY_H
#define PW_EXPERIMENT_SWEEP_SUMMARY_H

#include <stdio.h>

#include "../base/csv.h"
#include "sweep_unit.h"

typedef struct {
    const pw_sweep_t *sweep;
    pw_csv_t csv, points;            /* points.to is NULL if nobody wants them */
    int64_t next_row;                /* of points: the first point without one */
    int64_t point;                   /* -1: none yet */
    int n_here, scenario[PW_MAX_SCENARIOS];    /* at this point */
    int64_t *n;                      /* [scenario]: rows so far */
    double *value;                   /* [scenario][measure][replication] */
    double *room;
    double *input;
} pw_sweep_summary_t;

/* Writes the headers to `to` and `points` (may be NULL), whose writing errors the caller looks at. `self` arrives zeroed. PW_OK or PW_ERROR_MEMORY. */
pw_status_t pw_sweep_summary_begin(pw_sweep_summary_t *self, const pw_sweep_t *sweep, FILE *to, FILE *points);
/* One row; `measure` holds sweep->n_measures numbers. PW_ERROR_INPUT: not in order, or not of this sweep. */
pw_status_t pw_sweep_summary_add(pw_sweep_summary_t *self, int64_t point, int64_t replication, int scenario, const double *measure);
/* Writes what is left. */
void pw_sweep_summary_end(pw_sweep_summary_t *self);
void pw_sweep_summary_free(pw_sweep_summary_t *self);

/* What a column of points.csv is about, from 0: its name into `name`; *measure -1: point, scenario or an input. False: there is no such column. */
bool pw_sweep_points_column(const pw_sweep_t *sweep, int column, char *name, size_t room, int *measure);

/* ---- parts ---- */

typedef struct { int64_t n; double mean, se; } pw_sweep_moments_t;

/* Of a scenario of the present point (its place among those here) and a measure: of its values, which are left in self->room; of its paired differences. */
pw_sweep_moments_t pw_sweep_own(pw_sweep_summary_t *self, int k, int measure);
pw_sweep_moments_t pw_sweep_paired(pw_sweep_summary_t *self, int k, int measure);
/* sweep_points.c: the header; a row for each point up to `point`, the present point's with its means. */
void pw_sweep_points_begin(pw_sweep_summary_t *self);
void pw_sweep_points_row(pw_sweep_summary_t *self);
void pw_sweep_points_fill(pw_sweep_summary_t *self, int64_t end);

#endif
