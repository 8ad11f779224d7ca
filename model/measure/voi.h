/* voi.h: what would it be worth to know?
 *
 * What question it answers: by how much would a choice between options gain, on average, if an estimate, a group of estimates or everything were known before
 * choosing; how often would the choice be wrong without?
 * Floor: measure. Uses given_data.h.
 *
 * Each draw gives every option's benefit, in pounds or in units of a measure, larger is better. With the evidence of today the option of largest mean is
 * chosen.
 *     EVPI  = E max_d b_d(all inputs) - max_d E b_d          (Raiffa & Schlaifer 1961)
 *     EVPPI = E max_d E(b_d | inputs known) - max_d E b_d
 * E(b_d | inputs known) is by regression on the inputs that are learnt (Strong, Oakley & Brennan 2014; expectation.h), so that what they tell of others is
 * in it: no independence is assumed. It is pulled towards its mean so that its variance is the unbiased one: else the noise that curves fit would pass for
 * knowledge. An input that shows in no regression is worth 0; its error then says how much could have been overlooked. Draws are pulled in the same way for the
 * EVPI: noise of the simulation is nothing that could be known. No part is worth more than the whole.
 *
 * A sample resolves a share `ratio` of what is unknown of an input: before it is drawn, the mean it will lead to is as uncertain as sqrt(ratio) times the
 * input's normal score (the Gaussian approximation of Jalal & Alarid-Escudero 2018), and the curve is averaged over the rest.
 *
 * Standard errors: from each draw's influence, the benefit of the option that is chosen in it less that of today's; where no draw would change the choice, what
 * normal benefits of the same mean and spread would gain. */
#ifndef PW_MEASURE_VOI_H
#define PW_MEASURE_VOI_H

#include "given_data.h"

enum { PW_VOI_OPTIONS = 32 };

typedef struct {
    int n_options;                        /* 2 .. PW_VOI_OPTIONS */
    const double *const *benefit;         /* [option][draw] */
    const double *noise;                  /* [option]: variance of option less option 0 that is simulation noise, not ignorance; [0] is not read */
} pw_voi_choice_t;

/* What is learnt: in[input] for all inputs that are; `ratio` 1: known for certain. Below 1 for one input only. */
typedef struct { const bool *in; double ratio; } pw_inquiry_t;

/* value: expected gain; wrong: chance that the option chosen then is not the best one; with standard errors. */
typedef struct { double value, value_error, wrong, wrong_error; } pw_worth_t;

typedef struct {
    const pw_given_t *given;
    int n_options, best;                  /* best: chosen today; ties go to the earlier option */
    double mean[PW_VOI_OPTIONS];          /* benefit less that of option 0 */
    double noise[PW_VOI_OPTIONS];
    double *difference[PW_VOI_OPTIONS];   /* [draw] */
    double *truth[PW_VOI_OPTIONS];        /* [draw]: the same without the noise of the worlds */
    pw_given_fit_t fit[PW_VOI_OPTIONS];
} pw_voi_t;

/* Starts zeroed; free it in every case. The given data must outlive it. */
pw_status_t pw_voi_init(pw_voi_t *self, const pw_given_t *given, const pw_voi_choice_t *choice);
void pw_voi_free(pw_voi_t *self);

/* Everything known (value: EVPI); `wrong` is the chance of choosing wrongly today. */
pw_worth_t pw_voi_everything(const pw_voi_t *self);
/* What is learnt is known; never more than everything is worth. *shows (may be NULL): whether it shows in the benefit of some option. */
pw_status_t pw_voi_learnt(const pw_voi_t *self, const pw_inquiry_t *learnt, pw_worth_t *out, bool *shows);

/* The unit normal loss integral: E max(0, N(mean, sd)) - max(0, mean). */
double pw_normal_loss(double mean, double sd);

#endif
