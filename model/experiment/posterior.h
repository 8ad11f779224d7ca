/* posterior.h: weighted parameter sets in a file, and draws from them.
 *
 * What question it answers: which values do the estimates have in draw d, if they are to agree with the study?
 * Floor: experiment.
 *
 * Draw d takes the set at u_d of the weighted distribution function, in the file's order, with u_d = fraction(R + radical inverse of d in base 2), R
 * uniform from the seed: van der Corput's sequence under a Cranley-Patterson rotation (1976). Each u_d is uniform; the first D of them lie evenly, as
 * those of systematic resampling do, for every D; and more draws change none of the earlier ones.
 *
 * An estimate is taken from the set if its column is in the file, it is not fixed, and (in a scenario) it is the baseline's own: what a scenario
 * replaces or adds is drawn as without a posterior, and so is what the file does not have (pounds). */
#ifndef PW_EXPERIMENT_POSTERIOR_H
#define PW_EXPERIMENT_POSTERIOR_H

#include "../base/csv_read.h"
#include "../base/text.h"
#include "../spec/spec.h"
#include "models.h"

enum { PW_EVIDENCE_DIGITS = 16 };

typedef struct {
    pw_csv_table_t table;
    int64_t n;                             /* sets with a weight */
    int n_estimates;
    int *column;                           /* [estimate]: in the table */
    double *value;                         /* [set][estimate] */
    double *up_to;                         /* [set]: weights summed up to and with this one; the last is 1 */
    int64_t *row;                          /* [set]: in the table */
    double *size;                          /* [set]: how many times the areas of the files its areas are (column `size`); 1 where it is not said */
    int results_version;
    char evidence[PW_EVIDENCE_DIGITS + 1];
    /* of a reader's own */
    const pw_spec_t *baseline;
    uint64_t seed;
} pw_posterior_t;

/* Findings: not a posterior, a weight or value that is no number, weights that are all 0. Columns model.* are not read here. `self` arrives zeroed; free
 * it in every case. The baseline, which outlives it, and the seed are for the draws. */
pw_status_t pw_posterior_read(pw_posterior_t *self, const char *file, const pw_spec_t *baseline, uint64_t seed, pw_findings_t *findings);
void pw_posterior_free(pw_posterior_t *self);

/* posterior.csv beside the baseline; *out NULL: there is none. PW_ERROR_MEMORY. The caller frees *out. */
pw_status_t pw_posterior_beside(const char *baseline_file, char **out);
/* A sentence if its sets were made with another version of the results, or from other priors than the baseline has; else nothing. */
void pw_posterior_doubt(const pw_posterior_t *self, const char *file, const pw_spec_t *baseline, pw_text_t *out);

/* Index of the set that a draw takes. */
int64_t pw_posterior_set(const pw_posterior_t *self, int64_t draw);
/* The hook for runs: adjust with the posterior as context. */
pw_values_hook_t pw_posterior_hook(const pw_posterior_t *self);
/* A column model.NAME of a set; nan: not there. */
double pw_posterior_model(const pw_posterior_t *self, int64_t set, const char *name);
/* The share of the sets, by weight, in which an estimate is below x. `estimate` is a scenario's or the baseline's own. nan: the sets do not say, because they
 * do not have it, it is fixed, or the scenario replaces the baseline's: then the chance is that of its own distribution. */
double pw_posterior_share_below(const pw_posterior_t *self, const pw_estimate_t *estimate, double x);
double pw_posterior_weight(const pw_posterior_t *self, int64_t set);      /* of all 1 */
/* Mean size of the sets' areas; 1: as the files have them. */
double pw_posterior_size(const pw_posterior_t *self);
/* Gives the sets other weights (>= 0, not all 0), in place. */
pw_status_t pw_posterior_reweight(pw_posterior_t *self, const double *weight);

/* Fingerprint of the priors of all estimates that a study could teach of. */
void pw_posterior_evidence(const pw_evidence_t *evidence, char out[PW_EVIDENCE_DIGITS + 1]);

#endif
