/* pilot.h: what the average family is like, where chances are taken.
 *
 * What question it answers: what is each covariate's average in the baseline, and how noisy must a risk score be to be as
 * inaccurate as its source says?
 * Floor: experiment. Runs the baseline at the estimates' values for some worlds and takes a census of every place where a
 * chance is taken; the averages change the chances, so it is done again from the new averages until they hardly move.
 *
 * The noise of a form's risk score is normal with the standard deviation at which the score's area under the ROC curve, for a severe
 * incident within 12 months of the index in the family's paired world without services, is the form's `risk_auc`
 * (area = mean over pairs of Phi((x1 - x0) / (sd sqrt 2)); Bamber 1975). */
#ifndef PW_EXPERIMENT_PILOT_H
#define PW_EXPERIMENT_PILOT_H

#include "../base/text.h"
#include "../spec/spec.h"

typedef struct {
    int worlds, rounds;            /* worlds a round; rounds */
    int threads;
    uint64_t seed;
    bool quiet;
} pw_pilot_options_t;

typedef struct {
    pw_centres_t centres;
    double risk_centre, risk_scale;              /* mean and standard deviation of the true log risk at the index */
    int n_forms;
    const char *form[PW_MAX_FORMS];              /* owned by the spec */
    double asked_auc[PW_MAX_FORMS], reached_auc[PW_MAX_FORMS], noise_sd[PW_MAX_FORMS];   /* asked 0: the form has no score */
    double best_auc;                             /* of the true risk itself */
    int n_points;                                /* areas from little above chance to best_auc, and the noise that gives each */
    double point_auc[PW_MAX_LISTED], point_sd[PW_MAX_LISTED];
    double largest_move;                         /* of any centre of a bit in the last round */
} pw_pilot_t;

/* Runs the pilot; `spec` (loaded for the pilot) keeps the new centres. PW_ERROR_STOPPED when interrupted. */
pw_status_t pw_pilot_run(pw_spec_t *spec, const pw_pilot_options_t *options, pw_pilot_t *out, pw_findings_t *findings);

/* The text of params/centres.cfg. */
void pw_pilot_write(const pw_spec_t *spec, const pw_pilot_t *self, pw_text_t *out);

/* Area under the ROC curve of risk + normal noise of standard deviation `sd` >= 0: severe (n1 values) against not severe (n0). Exact over pairs,
 * values binned when there are more than 2,000 on a side. */
double pw_auc_with_noise(const double *risk1, int64_t n1, const double *risk0, int64_t n0, double sd);

#endif
