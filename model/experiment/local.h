/* local.h: a council's own numbers, and what the posterior says of such a place.
 *
 * What question it answers: do the numbers that this council returns each year lie inside what the model can speak about, and which of the posterior's
 * sets look like it?
 * Floor: experiment. Simulates nothing: each set carries what the model expects under it (columns model.*).
 *
 * FILE is `title = "..."; numbers = ( { name = "..."; value = ...; sd = ...; }, ... );` with names of the table in local.c (pathways calibrate --help lists
 * them). The sets are of two areas alike; a council is one.
 *   weights        each number but the volume multiplies a set's weight by exp(-((model - value) / sd)^2 / 2). Without `sd`: 5 points of a percentage, a tenth
 *   of the
 *                  value of the rest.
 *   volume         families_per_month, and with it the teams' places, are multiplied by what makes the set's notifications those of the council; the set
 *                  remembers by how much (its size), so that a run can say which places of services and scenarios were not
 *   places         long_term_places from `long_term_workers` x `caseload_per_worker`; one alone is refused
 *   implausibility |mean - value| / sqrt(variance over the sets + sd^2), before weighting (Vernon, Goldstein & Bower 2010)
 * A number of implausibility above 3, or fewer than 30 effective sets: the place is outside what the model can speak about, and nothing is made. */
#ifndef PW_EXPERIMENT_LOCAL_H
#define PW_EXPERIMENT_LOCAL_H

#include "../spec/tree.h"
#include "posterior.h"

enum { PW_MAX_LOCAL = 16, PW_LOCAL_LEAST_SETS = 30 };
#define PW_LOCAL_MOST_IMPLAUSIBLE 3.0

typedef struct {
    const char *name, *meaning;            /* of the table */
    const char *file; int line;            /* where it stands; the tree's */
    double value, sd;                      /* as the council gives it */
    double before, spread, implausibility; /* mean and standard deviation over the posterior; nan: it weighs nothing */
    double after;                          /* mean over the new weights */
} pw_local_number_t;

typedef struct {
    pw_node_t *tree;
    const char *title;
    int n;
    pw_local_number_t number[PW_MAX_LOCAL];
    double effective_before, effective;
    bool inside;                           /* the model can speak about this place */
} pw_local_t;

/* Findings: what cannot be read, names and settings that are unknown (with the nearest, or all), a number given twice, values outside their range, one of two
 * that say something together only. `self` arrives zeroed; free it in every case. */
pw_status_t pw_local_read(pw_local_t *self, const char *file, pw_findings_t *findings);
void pw_local_free(pw_local_t *self);

/* Judges the place; if it is inside, weights and rescales the posterior in place. `n_areas`: of the posterior's worlds. PW_ERROR_INPUT with findings: the
 * posterior does not carry what a number needs. */
pw_status_t pw_local_apply(pw_local_t *self, pw_posterior_t *posterior, int n_areas, pw_findings_t *findings);

#endif
