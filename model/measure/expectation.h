/* expectation.h: what is to be expected of an output once some of its inputs are known.
 *
 * What question it answers: E[y | x_S] at every draw, for a set S of inputs that are learnt, whatever the inputs have to do with each other; how much does
 * it vary?
 * Floor: measure. Uses given_data.h.
 *
 * y is a sum of curves of all inputs and a rest (given_data.h). Curves of inputs that are independent of all others by their making count as they are if all
 * their inputs are learnt, and as 0 if not. What is left, the curves of the tied inputs and the rest, is regressed on the tied inputs that are learnt and on
 * nothing else (Strong, Oakley & Brennan 2014): so what they tell of others that are not learnt is in it, and no independence is assumed. One input alone is
 * taken in if the criterion falls; of several, those that the sum holds already stay in, and others follow as long as it falls.
 *
 * What a tied input has to do with another only together with an independent one counts if both are learnt. */
#ifndef PW_MEASURE_EXPECTATION_H
#define PW_MEASURE_EXPECTATION_H

#include "given_data.h"

typedef struct {
    const pw_given_t *given;
    const pw_given_fit_t *fit;
    int columns;                           /* that it takes; 0: nothing shows, it is the mean */
    double raw, variance;                  /* of `value` over the draws; the same without what curves make of noise (below 0: less than noise makes) */
    double pull;                           /* times this, `value` has that variance; 0 to 1 */
    double second_order;                   /* variance of `variance` that noise alone makes */
    double *value;                         /* [n]: the expectation less the mean, not pulled */
    double *y;                             /* [n]: the output less its mean */
    double *influence;                     /* [n]: of each draw on `variance`, whose mean it has */
    pw_given_fit_t tied;                   /* of the tied part */
    double coefficient[PW_SPLINE_CURVES]; int curves;      /* of one input learnt: its curves make `value` */
} pw_expectation_t;

/* `fit` is of all inputs, and outlives it. in[p]: what is learnt. Starts zeroed; free it in every case. */
pw_status_t pw_expectation_init(pw_expectation_t *self, const pw_given_t *given, const pw_given_fit_t *fit, const bool *in);
void pw_expectation_free(pw_expectation_t *self);

/* Does a learnt input show in it? */
bool pw_expectation_shows(const pw_expectation_t *self, int input);
/* Of a learnt input that does not: the unbiased variance of its first two curves in what is left (below 0: less than noise makes), and the square of its
 * standard error (of a chi-square that need not be central). */
double pw_expectation_unseen(const pw_expectation_t *self, int input, double *error_squared);

#endif
