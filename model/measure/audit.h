/* audit.h: how much a small study would tell of an estimate.
 *
 * What question it answers: which simple study fits this kind of number, and which share of what is unknown of it would so many cases resolve?
 * Floor: measure.
 *
 *   files          a percentage: so many of the things it is a share of are read. Beta prior of the draws' mean and variance, counting as n0 things: n / (n +
 *   n0)
 *   family-years   a rate: so many families are followed for a year. Gamma prior, counting as n0 family-years: n / (n + n0)
 *   two groups     an effect (a ratio of rates): so many families with and as many without are followed for a year, and their notifications counted. The
 *   logarithm
 *                  of the ratio has the sampling variance (1 / r + v) / n of either group, r the expected number of a family in a year and v how unlike
 *                  families
 *                  are (negative binomial counts); the draws' logarithms the variance V: V / (V + sampling variance). That the groups differ in nothing else is
 *                  taken
 *                  for granted: without lots drawn they will
 *   cases          a duration: so many are timed. Durations as unlike as exponential ones: V / (V + 1 / n), V of the draws' logarithms
 *   none           no simple study measures it: a price, a number of places, a ratio of something else */
#ifndef PW_MEASURE_AUDIT_H
#define PW_MEASURE_AUDIT_H

#include <stdbool.h>

#define PW_AUDIT_STUDIES(X) X(none) X(files) X(family_years) X(two_groups) X(cases)
enum pw_audit_study {
#define X(name) PW_AUDIT_##name,
    PW_AUDIT_STUDIES(X)
#undef X
    PW_AUDIT_STUDY_N
};
const char *pw_audit_study_name(int study);      /* "files", "two groups"; "none" */

/* The study that fits an estimate of this kind (percent, per_year, ratio, days ...) and name: ratios are effects if their names end in _effect. */
int pw_audit_study_of(const char *kind, const char *name);

/* What is known of families beforehand; two groups only. */
typedef struct { double events, unlike; } pw_audit_families_t;      /* r and v */

/* The share that a study of `size` (each group's) resolves of what the draws leave open; nan: no study, nothing unknown, or no events. */
double pw_audit_resolves(int study, const double *drawn, int n_drawn, double size, pw_audit_families_t families);

#endif
