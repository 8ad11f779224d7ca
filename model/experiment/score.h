/* score.h: does the simulated study look like the study?
 *
 * What question it answers: for each target, what does the model predict, how widely, and would the study's figure surprise it?
 * Floor: experiment.
 *
 * Posterior predictive (Gelman, Meng & Stern 1996): the figure that a study of the same size would find under the parameter sets at hand.
 *   counts, intervals   the mixture over parameter sets of Binomial(of, share of the set); p is two-sided: 2 min(P(K <= most), P(K >= least)), at most
 *                       1. That one family's incidents are alike is not in it.
 *   all others          the sets' expected values; `holds` is the weight of the sets that agree with the target. */
#ifndef PW_EXPERIMENT_SCORE_H
#define PW_EXPERIMENT_SCORE_H

#include "run.h"
#include "targets.h"

typedef struct {
    const pw_target_t *target;
    const char *unit;
    double model;                          /* mean over the parameter sets, in the measure's unit; nan: missing */
    double median, low95, high95;          /* predictive */
    double p;                              /* counted targets alone; else nan */
    double holds;                          /* weight of sets whose expected value agrees; nan: nothing to agree with */
    enum pw_inside inside;                 /* the mean agrees */
    enum pw_inside reproduced;             /* counted: p is at least 0.05; others: the mean agrees */
} pw_score_t;

/* From one expected value (nan: missing) and weight (NULL: equal) for each of n parameter sets; both are left as they are. PW_ERROR_MEMORY. */
pw_status_t pw_score_of_values(const pw_target_t *target, const char *unit, const double *value, const double *weight, int64_t n, pw_score_t *out);

/* The scores of all targets for the baseline of a run, all areas; out[targets->n]. What the model has no measure for is missing. */
pw_status_t pw_score_of_run(const pw_targets_t *targets, const pw_run_t *run, double *room, pw_score_t *out);

/* Weighted quantile: the smallest value up to which at least share p of the weight lies (inverse of the weighted distribution function; weight
 * NULL: equal). nan values are passed over; nan if there is none, or no memory. */
double pw_score_quantile(const double *value, const double *weight, int64_t n, double p);

#endif
