/* calibration.h: what a calibration leaves: the posterior, the scorecard, what was learnt.
 *
 * What question it answers: where do the parameter sets go, and what does a person need to know of them?
 * Floor: report.
 *
 *   posterior.csv      one row a set: set, weight, results (version), evidence (fingerprint of the priors), the estimates, then model.NAME: what the model
 *                      expects under it, of each target and of the measures below
 *   targets.csv        the scorecard       learnt.csv   prior against posterior       correlations.csv   pairs of estimates
 *   densities.csv      prior and posterior weight in steps of half a prior standard deviation, and densities.svg, their picture
 *   manifest.json      what, from what, with what; inputs/ */
#ifndef PW_REPORT_CALIBRATION_H
#define PW_REPORT_CALIBRATION_H

#include "../base/folder.h"
#include "../experiment/learnt.h"
#include "../experiment/posterior.h"

enum { PW_MAX_WATCHED = 32 };

/* Measures that the posterior carries beside the targets (return rates, and what councils count), those that this model has. */
int pw_watched_measures(const pw_catalogue_t *catalogue, const char *out[PW_MAX_WATCHED]);

typedef struct {
    const pw_calibration_t *calibration;
    const char *targets_file;
    int argc; char *const *argv;
    const char *started;
} pw_calibration_report_t;

/* All files, and the folder in its place. */
pw_status_t pw_calibration_write(const pw_calibration_report_t *self, pw_folder_t *folder);
/* The scorecard, what was learnt, which targets fight. `out`: the folder's name. */
pw_status_t pw_calibration_print(const pw_calibration_report_t *self, const char *out, FILE *to);

#endif
