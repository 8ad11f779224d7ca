/* morris.h: screening by elementary effects.
 *
 * What question it answers: which inputs move an output at all, evenly (sigma small beside mu*) or depending on the others (sigma large)?
 * Floor: measure.
 *
 * An elementary effect is the output's change when one input moves by a step of its range, divided by the step (Morris 1991). Over the trajectories:
 * mu their mean, mu* the mean of their sizes (Campolongo, Cariboni & Saltelli 2007), sigma their standard deviation. The error of mu* is
 * that of a mean: standard deviation of the sizes over the root of their number. */
#ifndef PW_MEASURE_MORRIS_H
#define PW_MEASURE_MORRIS_H

#include "../base/error.h"

typedef struct { double mu, mu_star, mu_star_error, sigma; } pw_morris_t;

/* The effect of a step (of either sign, in shares of the range) that took the output from `before` to `after`. */
double pw_morris_effect(double before, double after, double step);
/* effect[n] of one input, one for each trajectory, n >= 2; PW_ERROR_NUMBER: fewer, or a value that is no number. */
pw_status_t pw_morris(const double *effect, int n, pw_morris_t *out);

#endif
