/* calibrate_variant.h: from the points of a finished calibration to one more target.
 *
 * What question it answers: of what agrees with the study, what agrees with this as well, at the same volume of work?
 * Floor: experiment.
 *
 * A calibration whose options have a `base` is a variant of it. Its targets are the base's and, last, one more bound. Its sampler (pw_smc_continue) begins at
 * the base's points and worlds: all that the base fitted is held at the tolerance that the base reached, and the distance is that to the last target alone, in
 * quarters of its prior spread, with a tolerance that falls by itself to options.tolerance. So each point agrees with the study as before, moves and priors are
 * the same, and the sets are as many as are asked for, not the few of the base that happened to lie there.
 *   sizes     A higher rate of return means more notifications from as many families; what less or more work does is not the question. Each different set's
 *             areas are made so much larger or smaller (area_size.h) that its expected notifications in a month are the base's mean, by PW_VARIANT_WORLDS
 *             worlds of each.
 *   judging   At that size, as the base was judged: every fitted bound, sign and the last target must hold, or the set is dropped. */
#ifndef PW_EXPERIMENT_CALIBRATE_VARIANT_H
#define PW_EXPERIMENT_CALIBRATE_VARIANT_H

#include "calibrate.h"

enum { PW_VARIANT_WORLDS = 3 };

/* Reads the state of a finished calibration for going on from it; `self` is initialised with the options that it had. PW_ERROR_INPUT with findings: no such
 * file, of another calibration, or not finished. */
pw_status_t pw_calibrate_open(pw_calibration_t *self, pw_findings_t *findings);

/* Weighted mean over the sets of what is expected of a measure (all families, both halves); nan: it was not looked at. */
double pw_calibrate_mean(const pw_calibration_t *self, const char *measure);

/* ---- its parts ---- */
/* The spreads that the base's pilot found, where it looked at all quantities; false: there is no base, or a pilot is needed. */
bool pw_calibrate_variant_spreads(pw_calibration_t *self);
double pw_calibrate_variant_gap(const pw_calibration_t *self, int target, double before, double gap);      /* the distance with one target more */
pw_status_t pw_calibrate_variant_sizes(pw_calibration_t *self);

#endif
