/* return_rate.h: baselines with a low, a central and a high rate of return.
 *
 * What question it answers: the study says "a high rate" and no figure: what if it was 39, 50 or 65 % of the cohort in 21 months?
 * Floor: experiment.
 *
 * A variant is the posterior given that rate: its sets are weighted by how near their expected rate is to the variant's (a quadratic kernel, 0 from
 * PW_RETURN_WIDTH points off), so each still agrees with the targets. Fewer returns mean fewer notifications; the question is not what less work
 * does, so each set's entries and places (families_per_month, assessment_places, long_term_places) are multiplied by one factor at which its expected
 * notifications a month are those of the central variant: in an open population notifications are proportional to entries, and places to families keep
 * their ratio. */
#ifndef PW_EXPERIMENT_RETURN_RATE_H
#define PW_EXPERIMENT_RETURN_RATE_H

#include "posterior.h"

enum pw_return_rate { PW_RETURN_LOW, PW_RETURN_CENTRAL, PW_RETURN_HIGH, PW_RETURN_RATES };
#define PW_RETURN_WIDTH 5.0
enum { PW_RETURN_LEAST_SETS = 30 };

const char *pw_return_rate_name(int rate);       /* "low" */
double pw_return_rate_percent(int rate);         /* 39, 50, 65 */

/* Weights and factors, in place. *effective receives the effective number of sets. Findings (PW_ERROR_INPUT): the posterior has no such columns, or
 * fewer than PW_RETURN_LEAST_SETS effective sets of that rate. */
pw_status_t pw_return_rate_select(pw_posterior_t *self, int rate, double *effective, pw_findings_t *findings);

#endif
