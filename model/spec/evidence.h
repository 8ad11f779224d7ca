/* evidence.h: the register of estimates: a number with its uncertainty, source and grade, by name.
 *
 * What question it answers: how sure is anyone of this number, and who says so?
 * Floor: spec. Uses GSL for quantiles. */
#ifndef PW_SPEC_EVIDENCE_H
#define PW_SPEC_EVIDENCE_H

#include <stdbool.h>

#include "../base/error.h"
#include "tree.h"

/* kind of quantity -> family of distribution: percent beta; ratio, per_year, days, pounds, weight lognormal; count, places gamma. */
enum pw_quantity { PW_QUANTITY_PERCENT,
                   PW_QUANTITY_RATIO,
                   PW_QUANTITY_PER_YEAR,
                   PW_QUANTITY_DAYS,
                   PW_QUANTITY_POUNDS,
                   PW_QUANTITY_WEIGHT,
                   PW_QUANTITY_COUNT,
                   PW_QUANTITY_PLACES,
                   PW_QUANTITIES };
enum pw_grade { PW_GRADE_MEASURED,
                PW_GRADE_PUBLISHED,
                PW_GRADE_DERIVED,
                PW_GRADE_ASSUMED,
                PW_GRADES };
enum pw_distribution { PW_DISTRIBUTION_FIXED,
                       PW_DISTRIBUTION_BETA,
                       PW_DISTRIBUTION_LOGNORMAL,
                       PW_DISTRIBUTION_GAMMA,
                       PW_DISTRIBUTION_UNIFORM };

typedef struct {
    char *name, *source, *note;
    char *audit; /* what could be counted to measure it: "case files ..., read for whether ..."; "": nothing is suggested */
    int quantity, grade, distribution;
    double value, low, high; /* in the file's unit; low and high are the 2.5 % and 97.5 % points */
    double a, b;             /* beta: alpha, beta; lognormal: mean and sd of logs; gamma: shape, scale; uniform: ends */
    double factor;           /* pounds: brings price_year to the run's price year; else 1 */
    int price_year;          /* pounds only, else 0 */
    bool calibrate;
    bool is_wrong;           /* its kind could not be read (a finding): it fits nothing, and nobody need say so again */
    int n_by_area;
    char **area;
    double *area_value; /* 0, or one for each element of `areas`, in its order; where by_area says nothing, `value` */
    const char *file;
    int line; /* origin; owned by the tree */
} pw_estimate_t;

typedef struct {
    int n;
    pw_estimate_t *estimate;
    int price_year;
} pw_evidence_t;

/* Reads `sources`, `evidence`, `deflators` and money.price_year from a layered tree, marks the first three used, fits every distribution.
 * What is wrong becomes findings, all in one pass; an estimate with something wrong stays in the register, fixed, so that settings
 * which name it are not reported as well. Returns an error only without memory. `removed` estimates are left out. */
pw_status_t pw_evidence_read(pw_node_t *root, pw_evidence_t *out, pw_findings_t *findings);
int pw_evidence_find(const pw_evidence_t *self, const char *name); /* -1: none */
void pw_evidence_free(pw_evidence_t *self);
const char *pw_grade_name(int grade);
const char *pw_quantity_name(int quantity);

/* Quantile of an estimate's distribution at u in (0, 1), in the file's unit, before `factor`; rounded to 12 digits. */
double pw_estimate_quantile(const pw_estimate_t *self, double u);

/* The normal score of a value of an estimate that is not fixed, Phi^-1(F(value)): 0 at its median, -1.96 at its 2.5 % point; finite, however far out the value
 * is. */
double pw_estimate_score(const pw_estimate_t *self, double value);

/* An area's value (index in `areas`) when the estimate itself is `drawn`: the area's own value moved as far as the draw is from `value`, by
 * the ratio of the odds for percent, else by the ratio. Without by_area, `drawn` itself. Before `factor`. */
double pw_estimate_in_area(const pw_estimate_t *self, int area, double drawn);

/* ---- distribution_fit.c ---- */

/* The curve whose 2.5 % and 97.5 % points are low and high, by least squares on the two (in normal scores), and whether its mean (beta,
 * gamma) or median (lognormal) meets value within 2 %. Beta: all three as shares in (0, 1); lognormal, gamma: low > 0. Uniform: low and
 * high are its ends and value is not held against them.
 * False: it is not met; *fitted_value then holds what low and high imply (nan: there is no such curve). */
bool pw_distribution_fit(int distribution, double value, double low, double high, double *a, double *b, double *fitted_value);

/* The nearest 2.5 % and 97.5 % points that go with `value`: the spread of low and high kept as well as value allows, 3 digits. False: none
 * was found. low = 0 (beta, gamma) or high = 1 (beta) is taken for "not known". */
bool pw_distribution_suggest(int distribution, double value, double low, double high, double *low_out, double *high_out);

/* Quantile at u in (0, 1) of the curve with parameters a, b (beta: a share). */
double pw_distribution_quantile(int distribution, double a, double b, double u);

/* The normal score z of x, Phi(z) = F(x), from the smaller tail (beta: x a share); beyond either end about 37 on that side. */
double pw_distribution_score(int distribution, double a, double b, double x);

#endif
