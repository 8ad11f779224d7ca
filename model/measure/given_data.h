/* given_data.h: which inputs move this output, from draws that were made for something else.
 *
 * What question it answers: of the spread of an output over a run's draws, how much would go if an input, or a group of inputs, were known; and how sure is
 * that?
 * Floor: measure. Uses GSL for linear algebra.
 *
 * The share of a set S of inputs is Var(E[y | x_S]) / Var(y) (first-order index: Sobol' 1993), estimated from given data (Plischke, Borgonovo & Smith 2013) by
 * regression (Strong, Oakley & Brennan 2014): expectation.h says how E[y | x_S] is found. Of inputs that are independent such shares add up to at most 1,
 * and what is missing is what inputs do only together. Inputs that are tied to each other (sets of a posterior) tell of each other: each one's share then
 * holds what it tells of the others, the shares overlap, and their sum may be above 1.
 *
 * Curves (spline.h) are taken in one after another, each input with 1, 2, 4 or 8, as long as the extended Bayesian information criterion (Chen & Chen 2008)
 *     n log(rest's squares) + curves x log n + 2 inputs x log p
 * falls; products of two inputs' straight lines next to them (an effect matters more where more take it up), for the price of choosing among those; all are
 * fitted together by least squares. Curves that fit noise make squares of their own: what they add on average is taken off (the idea of adjusted R^2), so
 * that an unrelated input gives 0 on average, sometimes less. An input that was not taken in gets the unbiased share of its first two curves.
 *
 * `noise` is the variance in y that has nothing to do with the inputs (worlds of one draw differ): it is taken off the spread that the shares are of.
 *
 * Standard errors come from the influence that each draw has on the share (Williamson et al. 2021: 2 r g + g^2, g the expectation and r what is left of y);
 * where a product joins a learnt input to one that is not, also from what the draws' chance in the other does to the learnt one's curve;
 * that of a share near 0 also from the chance that curves make of noise, which is of second order. They hold for whatever rule selects the curves, as long
 * as what it passes over is small; tests/test_given_data.c counts how often a share is within 3 of them, small shares at the edge of selection among them.
 *
 * Draws of a posterior repeat its sets: n draws of which set k is taken m_k times tell as much of tied inputs as n^2 / sum m_k^2 draws (`effective`). */
#ifndef PW_MEASURE_GIVEN_DATA_H
#define PW_MEASURE_GIVEN_DATA_H

#include <stdbool.h>
#include <stdint.h>

#include "spline.h"

enum { PW_GIVEN_TERMS = 24, PW_GIVEN_COLUMNS = 64, PW_GIVEN_FEWEST = 30 };

/* The inputs, once for all outputs. */
typedef struct {
    int n, p;                                   /* draws, inputs */
    double effective;                           /* draws that they are worth */
    bool *tied;                                 /* [p]: may go together with other tied inputs; one that is not is independent of all others by its making */
    pw_spline_t *input;                         /* [p] */
} pw_given_t;

/* x[input][draw]: finite. n >= PW_GIVEN_FEWEST (PW_ERROR_NUMBER: fewer draws, or a value that is no number). tied[p] NULL: nothing is known of how they were
 * made, so all may go together. Starts zeroed; free it in every case. */
pw_status_t pw_given_init(pw_given_t *self, const double *const *x, int p, int n, const bool *tied);
void pw_given_free(pw_given_t *self);

/* One output as a sum of curves. */
typedef struct {
    int n_terms, n_columns;
    struct { int input, other, curves, at; } term[PW_GIVEN_TERMS];      /* other: -1, or the second input of a product; at: its first column */
    double mean, total, rest;                   /* of y; sum of squares about it / (n - 1); unbiased variance of what is left */
    double coefficient[PW_GIVEN_COLUMNS];
    double *residual;                           /* [n] */
} pw_given_fit_t;

/* y[n] finite. `fit` starts zeroed; free it in every case. */
pw_status_t pw_given_fit(const pw_given_t *self, const double *y, pw_given_fit_t *fit);
/* The same of the inputs among in[p] alone. `fit` may hold terms (input, other, curves; n_terms) to begin with: they stay in. */
pw_status_t pw_given_fit_within(const pw_given_t *self, const double *y, const bool *in, pw_given_fit_t *fit);
void pw_given_fit_free(pw_given_fit_t *self);

/* Whether the term's inputs are all among in[input]. */
bool pw_given_term_within(const pw_given_fit_t *fit, int term, const bool *in);
/* A term's fitted curve at each draw, mean 0; adds `times` x it to out[n]. */
void pw_given_term_add(const pw_given_t *self, const pw_given_fit_t *fit, int term, double times, double *out);
/* The term of an input alone; -1: it was not taken in. */
int pw_given_term_of(const pw_given_fit_t *fit, int input);

/* A share of the spread; error: standard error. Both nan where there is no spread beyond noise. taken_in: it shows beyond chance. */
typedef struct { double share, error; bool taken_in; } pw_share_t;

/* group[input] in 0 .. n_groups - 1 (NULL with n_groups 0). input[p] and of_group[n_groups] receive the shares. A group's is that of knowing all its inputs.
 * `spread` (may be NULL) receives the variance that the shares are of: Var(y) - noise; nan or <= 0: nothing to share out. */
pw_status_t pw_given_shares(const pw_given_t *self, const double *y, double noise, const int *group, int n_groups, pw_share_t *input,
                            pw_share_t *of_group, double *spread);

#endif
