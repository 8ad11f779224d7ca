/* evaluate.h: one paired evaluation: some scenarios in the same worlds, and the chosen numbers of each, kept draw by draw.
 *
 * What question it answers: how much more or less of this is there under one scenario than under another, and how far could the simulation's
 * own luck have moved that?
 * Floor: experiment. A run (run.h) that keeps, beside the ledger, one number for each unit, scenario and line. The unit is a draw; without draws
 * (every estimate at its value) it is a world. Any two scenarios of the run can be compared, not only with the baseline, and any weighed sum of lines.
 *
 * A line's number in a draw is the ratio of its sums over the draw's worlds, as in a run's draws.csv. A world's is its linearised part of the ratio of
 * sums over all worlds: q + (dq/dx)(x - mean x) (Cochran 1977, chapter 6), so that the mean of the parts is q itself. Either way the standard error of
 * a mean of n units is their standard deviation divided by the root of n: with draws it holds what is left of the estimates' spread as well as the
 * worlds' luck, because both would come out otherwise with another seed. */
#ifndef PW_EXPERIMENT_EVALUATE_H
#define PW_EXPERIMENT_EVALUATE_H

#include "run.h"

enum { PW_MAX_LINES = 4096 };

typedef struct {
    int sums;                              /* as a measure's: 2 or 4 */
    double scale;
    size_t offset[PW_MAX_SUMS];            /* of its sums in a tally's vector */
    int pounds_years;                      /* > 0: no measure, but the pounds of all payers in the first so many years, per world */
    bool cashable;                         /* of these, cash alone: staff time that is free for other work is left out */
} pw_line_t;

/* A mean of paired differences and its Monte Carlo standard error; mean nan: no unit has a value; se nan: fewer than two have. */
typedef struct { double mean, se; int64_t units; } pw_mean_t;

/* A weighed sum of lines. */
typedef struct { int line; double weight; } pw_part_t;

typedef struct {
    pw_run_t run;
    int n_lines;
    pw_line_t line[PW_MAX_LINES];
    int64_t n_units;
    double *sum;                           /* [unit][scenario][line][PW_MAX_SUMS] while the run goes on */
    double *value;                         /* [scenario][line][unit]; nan: missing */
} pw_evaluation_t;

/* Prepares the run (as pw_run_prepare; the request's watch is taken): the catalogue can be read afterwards. `self` arrives zeroed; free it in every case. */
pw_status_t pw_evaluation_prepare(pw_evaluation_t *self, const pw_run_request_t *request, pw_findings_t *findings);

/* Keeps a measure of the catalogue, in an area (n_areas: all), of all families. Returns the line's number; -1: there is no room for more. */
int pw_evaluation_follow(pw_evaluation_t *self, int measure, int area);
/* Keeps the pounds that all payers spend in the first `years` years, all areas, undiscounted; or of these the cashable ones. */
int pw_evaluation_follow_pounds(pw_evaluation_t *self, int years, bool cashable);

/* Simulates. Returns as pw_run_go. */
pw_status_t pw_evaluation_go(pw_evaluation_t *self, pw_findings_t *findings);

/* A scenario's own mean, or (against >= 0) its paired difference from another scenario of the run. */
pw_mean_t pw_evaluation_mean(const pw_evaluation_t *self, int scenario, int against, int line);
/* The same of a weighed sum of lines. */
pw_mean_t pw_evaluation_weighed(const pw_evaluation_t *self, int scenario, int against, const pw_part_t *part, int n_parts);

void pw_evaluation_free(pw_evaluation_t *self);

#endif
