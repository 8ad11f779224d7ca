/* given_data.h: which inputs move this output, from draws that were made for something else.
 *
 * What question it answers: of the spread of an output over a run's draws, how much goes with each input alone, and how sure is that?
 * Floor: measure. Uses GSL for linear algebra.
 *
 * The first-order index of input i is S_i = Var(E[y | x_i]) / Var(y) (Sobol' 1993), estimated from given data (Plischke, Borgonovo & Smith 2013) by
 * regression (Strong, Oakley & Brennan 2014): y is a sum of smooth curves (spline.h), one for each input that shows, of products of two inputs' straight
 * lines (an effect matters more where more take it up), and a rest. A group's share is what its inputs do alone and with each other.
 *
 * Inputs are taken in one after another, each with 1, 2, 4 or 8 curves, as long as the extended Bayesian information criterion (Chen & Chen 2008)
 *     n log(rest's squares) + curves x log n + 2 inputs x log p
 * falls; products next to them, of an input that is in with any other, for the price of choosing among those; all are fitted together by least squares. Curves that fit noise make squares of their own: what they add on average is taken off
 * (the idea of adjusted R^2), so that an unrelated input gives 0 on average, sometimes less. An input that was not taken in gets the unbiased share of
 * its first two curves in the rest.
 *
 * `noise` is the variance in y that has nothing to do with the inputs (worlds of one draw differ): it is taken off the spread that the shares are of.
 *
 * Standard errors: bootstrap from the fitted model (rows of inputs with replacement, residuals with replacement and apart from them: so an unrelated
 * input is unrelated in the bootstrap too), keyed by a seed, so the same data give the same bytes. */
#ifndef PW_MEASURE_GIVEN_DATA_H
#define PW_MEASURE_GIVEN_DATA_H

#include <stdbool.h>
#include <stdint.h>

#include "spline.h"

enum { PW_GIVEN_TERMS = 24, PW_GIVEN_COLUMNS = 64, PW_GIVEN_BOOTSTRAPS = 200, PW_GIVEN_FEWEST = 30 };

/* The inputs, once for all outputs. */
typedef struct {
    int n, p;                                   /* draws, inputs */
    pw_spline_t *input;                         /* [p] */
} pw_given_t;

/* x[input][draw]: finite. n >= PW_GIVEN_FEWEST (PW_ERROR_NUMBER: fewer draws, or a value that is no number). Starts zeroed; free it in every case. */
pw_status_t pw_given_init(pw_given_t *self, const double *const *x, int p, int n);
void pw_given_free(pw_given_t *self);

/* One output as a sum of curves. */
typedef struct {
    int n_terms, n_columns;
    struct { int input, other, curves, at; } term[PW_GIVEN_TERMS];      /* other: -1, or the second input of a product; at: its first column */
    double mean, total, rest;                   /* of y; sum of squares about it / (n - 1); unbiased variance of what is left */
    double coefficient[PW_GIVEN_COLUMNS];
    double *residual;                           /* [n] */
    bool dependent;                             /* the inputs taken in go together by more than chance (after calibration): shares are then covariances
                                                 * (Li et al. 2010), which add up */
} pw_given_fit_t;

/* y[n] finite. `fit` starts zeroed; free it in every case. */
pw_status_t pw_given_fit(const pw_given_t *self, const double *y, pw_given_fit_t *fit);
void pw_given_fit_free(pw_given_fit_t *self);

/* Whether the term's inputs are all among in[input]: what is known of them is then all there is to know of it. */
bool pw_given_term_within(const pw_given_fit_t *fit, int term, const bool *in);
/* Unbiased variance of a term's sum of curves (below 0 if it is less than noise makes). */
double pw_given_term_variance(const pw_given_t *self, const pw_given_fit_t *fit, int term);
/* How much a term's fitted curve is pulled towards its mean so that its variance is the unbiased one; 0 to 1. */
double pw_given_term_shrink(const pw_given_t *self, const pw_given_fit_t *fit, int term);
/* A term's fitted curve at each draw, mean 0, not pulled; adds `times` x it to out[n]. */
void pw_given_term_add(const pw_given_t *self, const pw_given_fit_t *fit, int term, double times, double *out);
/* The term of an input alone; -1: it was not taken in. */
int pw_given_term_of(const pw_given_fit_t *fit, int input);

/* Refits the same terms to other data: rows[n] says which draw stands in each row, y[n] its value. `workspace` of pw_given_workspace() numbers; the residuals
 * are not kept. */
size_t pw_given_workspace(const pw_given_t *self);
pw_status_t pw_given_refit(const pw_given_t *self, const pw_given_fit_t *from, const int *rows, const double *y, double *workspace, pw_given_fit_t *out);

/* A share of the spread; error: standard error. Both nan where there is no spread beyond noise. */
typedef struct { double share, error; bool taken_in; } pw_share_t;

/* A group's share is that of its inputs' curves and products added up, so of inputs that never show together it is near, not equal to, the sum of theirs.
 * group[input] in 0 .. n_groups - 1 (NULL with n_groups 0). input[p] and of_group[n_groups] receive the shares. `spread` (may be NULL) receives the
 * variance that the shares are of: Var(y) - noise; nan or <= 0: nothing to share out. */
pw_status_t pw_given_shares(const pw_given_t *self, const double *y, double noise, const int *group, int n_groups, uint64_t seed, pw_share_t *input,
                            pw_share_t *of_group, double *spread);


#endif
