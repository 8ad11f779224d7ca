/* renewal.h: how many incidents are expected in a time, when gaps are Weibull?
 *
 * What question it answers: which scale makes `per_year` the expected number in the first year, whatever the shape?
 * Floor: spec. Gaps have cumulative hazard H(s) = (s / scale)^shape; the clock starts at an incident (an ordinary renewal process).
 * Its expected count M solves the renewal equation M(t) = F(t) + integral of F(t - s) dM(s) (Cox 1962), here by the RS method
 * (Xie 1989, "On the solution of renewal-type integral equations", Communications in Statistics B 18(1): 281-293): Riemann-Stieltjes sums
 * with F taken at the middle of each step, and Richardson's extrapolation from two step lengths. For shape 1, M(t) = t / scale, exactly. */
#ifndef PW_SPEC_RENEWAL_H
#define PW_SPEC_RENEWAL_H

#include "../base/error.h"

/* Expected number of renewals in (0, t] with scale 1; shape 0.5 to 1.5; relative error below 1e-6 up to t = 12 (tested). */
pw_status_t pw_renewal_count(double shape, double t, double *out);

/* The scale in days for which `per_year` > 0 renewals are expected in 365.25 days. Rounded to 12 digits.
 * PW_ERROR_MEMORY, or PW_ERROR_NUMBER if the solution is not met. */
pw_status_t pw_renewal_scale_days(double shape, double per_year, double *out);

#endif
