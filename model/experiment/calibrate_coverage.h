/* calibrate_coverage.h: coverage of known truths on the real problem, at the tolerance used.
 *
 * What question it answers: do the intervals that this calibration gives for what it was to learn hold the truth as often as they say?
 * Floor: experiment. coverage.h has the method; this makes its truths and its reference table.
 *
 *   truths  points of the finished sampler, each with the first study of its own world that was within the tolerance: point and data are then a draw from
 *           prior and model, given data near the study's
 *   rows    fitted coordinates from 0.85 N(mean, 2 x covariance of the sampler's points) + 0.15 prior, the others from their priors; a world of its own each,
 *           weighted by prior over that density
 * Judging (bounds and signs in the mean of several worlds) is not in it: what is checked is the sampler's target at its tolerance. */
#ifndef PW_EXPERIMENT_CALIBRATE_COVERAGE_H
#define PW_EXPERIMENT_CALIBRATE_COVERAGE_H

#include "calibrate.h"
#include "coverage.h"

/* `self` is open (calibrate_variant.h); out[particles.focus]. `say` as in its options. PW_ERROR_STOPPED, PW_ERROR_MEMORY; PW_ERROR_NUMBER: a point's
 * world does not come out again. */
pw_status_t pw_calibrate_coverage(pw_calibration_t *self, int truths, int rows, FILE *say, pw_coverage_t *out, double *effective);

#endif
