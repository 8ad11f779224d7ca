/* calibration.h: what a calibration leaves: the posterior, the scorecard, what was learnt.
 *
 * What question it answers: where do the parameter sets go, and what does a person need to know of them?
 * Floor: report.
 *
 *   posterior.csv      one row a set: set, weight, results (version), evidence (fingerprint of the priors), the estimates, then model.NAME: what the model
 *                      expects under it, of each target and of the measures below
 *   targets.csv        the scorecard       learnt.csv   prior against posterior       correlations.csv   pairs of estimates
 *   densities.csv      prior and posterior weight in steps of half a prior standard deviation, and densities.svg, their picture
 *   sampler.state      the sampler's points and the sets as judged, in this machine's bytes: what variants and the check of coverage go on from
 *   manifest.json      what, from what, with what; inputs/
 * A variant's posterior.csv carries the rate of return and the monthly notifications of its sets alone, and there is no sampler.state. */
#ifndef PW_REPORT_CALIBRATION_H
#define PW_REPORT_CALIBRATION_H

#include "../base/folder.h"
#include "../experiment/learnt.h"
#include "../experiment/posterior.h"

enum { PW_MAX_WATCHED = 32 };
#define PW_SAMPLER_STATE "sampler.state"

/* Measures that the posterior carries beside the targets (return rates, and what councils count), those that this model has. */
int pw_watched_measures(const pw_catalogue_t *catalogue, const char *out[PW_MAX_WATCHED]);

typedef struct {
    const pw_calibration_t *calibration;
    const char *targets_file;
    const char *variant;           /* name of the return rate that it is calibrated to; NULL: the main one */
    int argc; char *const *argv;
    const char *started;
} pw_calibration_report_t;

/* The options that a folder's calibration had, from its manifest, for going on from it; state file, threads, stop and say are left as they are. PW_ERROR_INPUT
 * with a finding: there is no such folder, or it is no calibration's. */
pw_status_t pw_calibration_options(const char *folder, pw_calibrate_options_t *out, pw_findings_t *findings);

/* All files, and the folder in its place. */
pw_status_t pw_calibration_write(const pw_calibration_report_t *self, pw_folder_t *folder);
/* The scorecard, which targets fight, and what was learnt, if any set is left. `out`: the folder's name. */
pw_status_t pw_calibration_print(const pw_calibration_report_t *self, const char *out, FILE *to);

#endif
