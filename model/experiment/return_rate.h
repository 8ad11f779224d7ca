/* return_rate.h: baselines with a low, a central and a high rate of return.
 *
 * What question it answers: the study says "a high rate" and no figure: what if it was 39, 50 or 65 % of the cohort in 21 months?
 * Floor: experiment.
 *
 * A variant is calibrated (calibrate_variant.h): the main calibration goes on from its own points to one more target, the share notified again within
 * PW_RETURN_BAND points of the variant's; its sets are brought to the main one's notifications a month. The shipped ones are params/posterior_low.csv and so
 * on.
 *
 * Of a posterior that has no variants of its own its sets are weighted instead by how near their expected rate is to the variant's (a quadratic kernel, 0 from
 * PW_RETURN_WIDTH points off), and each set's areas are made so much larger or smaller (area_size.h) that its expected notifications a month are those
 * of the central variant. That takes no simulation, but only as many sets as happen to lie there. */
#ifndef PW_EXPERIMENT_RETURN_RATE_H
#define PW_EXPERIMENT_RETURN_RATE_H

#include "posterior.h"
#include "targets.h"

enum pw_return_rate { PW_RETURN_LOW, PW_RETURN_CENTRAL, PW_RETURN_HIGH, PW_RETURN_RATES };
#define PW_RETURN_WIDTH 5.0
#define PW_RETURN_BAND 2.5
enum { PW_RETURN_LEAST_SETS = 30 };

const char *pw_return_rate_name(int rate);       /* "low" */
double pw_return_rate_percent(int rate);         /* 39, 50, 65 */

/* The targets, and last the variant's: `out` shares all texts with `targets`, which outlives it; free it with pw_targets_free. PW_ERROR_MEMORY. */
pw_status_t pw_return_rate_targets(const pw_targets_t *targets, int rate, pw_targets_t *out);

/* Refuses (PW_ERROR_INPUT with a finding) fewer than PW_RETURN_LEAST_SETS effective sets; a calibrated variant's file is asked so. */
pw_status_t pw_return_rate_check(pw_posterior_t *self, int rate, double *effective, pw_findings_t *findings);

/* Weights and factors, in place. *effective receives the effective number of sets. Findings (PW_ERROR_INPUT): the posterior has no such columns, or
 * fewer than PW_RETURN_LEAST_SETS effective sets of that rate. */
pw_status_t pw_return_rate_select(pw_posterior_t *self, int rate, double *effective, pw_findings_t *findings);

#endif
