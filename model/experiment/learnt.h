/* learnt.h: what did the study teach?
 *
 * What question it answers: how far did each estimate move from its prior, which estimates are known only together, and which targets pull against
 * each other?
 * Floor: experiment. All on the scale of normal scores, where every prior is standard normal: a mean of -1 is a prior standard deviation lower. */
#ifndef PW_EXPERIMENT_LEARNT_H
#define PW_EXPERIMENT_LEARNT_H

#include "calibrate.h"
#include "posterior.h"

/* By the posterior's mean m and variance v of scores:
 *   learnt         v <= 0.7, or |m| >= 1
 *   a little       not learnt, but v <= 0.85 or |m| >= 0.4
 *   hardly moved   the rest. Of an estimate that was to be calibrated: not identified by these targets. */
enum pw_learnt_verdict { PW_LEARNT_YES, PW_LEARNT_A_LITTLE, PW_LEARNT_HARDLY, PW_LEARNT_VERDICTS };
const char *pw_learnt_name(int verdict, bool calibrated);

typedef struct {
    int estimate, verdict;                 /* index in the evidence */
    bool calibrated;
    double mean, variance;                 /* of normal scores; the prior's are 0 and 1 */
    double overlap;                        /* with the prior: sum over its ten tenths of min(0.1, posterior weight) */
    double median, low95, high95;          /* of the estimate's values */
    double prior_median, prior_low95, prior_high95;
} pw_learnt_t;

/* out[particles.dims]. PW_ERROR_MEMORY. */
pw_status_t pw_learnt_of(const pw_calibration_t *self, pw_learnt_t *out);
/* The same of sets from a file, with the weights that they have now, against the priors of the baseline that they were read for: out[n_estimates], of which
 * *n are filled; estimates that the baseline does not have, or holds fixed, are left out. PW_ERROR_MEMORY. */
pw_status_t pw_learnt_of_posterior(const pw_posterior_t *self, pw_learnt_t *out, int *n);

/* Weighted correlation of two estimates' scores over the posterior; nan: one of them does not vary. */
double pw_learnt_correlation(const pw_calibration_t *self, int a, int b);

/* How far a set's expected value (first half of its worlds) is outside a fitted target's band, in prior spreads; 0 inside. */
double pw_learnt_gap(const pw_calibration_t *self, int set, int target);

/* The fitted target that is farther out where `target` is nearer: that of the lowest correlation of gaps over all judged sets, kept or dropped, if it
 * is below -0.1; -1: none pulls against it. */
int pw_learnt_opponent(const pw_calibration_t *self, int target, double *correlation);

#endif
