/* ground.h: what the draws of a finished run stand on.
 *
 * What question it answers: which estimates were drawn, with which values, of which grade; and how does a measure's difference go with them?
 * Floor: report. Reads parameters.csv, assumptions.csv, pairs.csv and noise.csv beside what account.h has read.
 *
 * An estimate that several scenarios bring with the same draws is one estimate here. Draws in which a measure has no value are left out of what is said of
 * it. */
#ifndef PW_REPORT_GROUND_H
#define PW_REPORT_GROUND_H

#include "../measure/given_data.h"
#include "../spec/evidence.h"
#include "account.h"

/* Estimates by what they rest on: their grades, but what was assumed and then fitted to the study (the run drew from sets that agree with it) is apart. */
enum { PW_GROUND_FITTED = PW_GRADES, PW_GROUND_GROUPS };
const char *pw_ground_group_name(int group);      /* "measured" ... "assumed", "fitted" */

/* All but `label` belong to the account. */
typedef struct {
    char *label;                         /* "contact_share"; "SCENARIO/x" only where scenarios differ in it */
    const char *kind, *note, *audit;
    int grade;                           /* enum pw_grade */
    bool calibrate;                      /* an assumption that is meant to be fitted to the study */
    double value;
} pw_ground_estimate_t;

typedef struct {
    const pw_account_t *account;
    pw_csv_table_t pairs, noise;         /* noise: without columns in the folder of an earlier program */
    int n, p;                            /* draws, estimates */
    int different;                       /* parameter sets among the draws */
    pw_ground_estimate_t *estimate;      /* [p] */
    int *group;                          /* [p]: its grade, or PW_GROUND_FITTED */
    bool *tied;                          /* [p]: drawn from the run's parameter sets, in which estimates go together; others are drawn for themselves */
    const double **column;               /* [p][n] */
    double *values;
    pw_given_t given;
    double seconds, intake_months, discount_percent;
} pw_ground_t;

/* `self` arrives zeroed; free it in every case; the account must outlive it. PW_ERROR_INPUT with findings: too few draws, files that do not fit each other. */
pw_status_t pw_ground_open(pw_ground_t *self, const pw_account_t *account, pw_findings_t *findings);
void pw_ground_free(pw_ground_t *self);

/* Draws of a posterior repeat its sets. Where fewer than half are different, curves are fitted to the same few points again and again, and what a few points do
 * by chance looks sure: true with a finding, and pw_ground_shares() tells nothing. */
bool pw_ground_too_alike(const pw_ground_t *self, pw_findings_t *findings);
/* How many different sets x[input][draw] holds: the median of the inputs' numbers of different values, of inputs that change (prices are drawn anew for each
 * draw, and a policy's own estimates too); n if none changes, -1 without memory. */
int pw_ground_different(const double *const *x, int p, int n);

/* A measure (NULL: 0 everywhere) of `scenario` less that of `other`, by draw. Returns false if some draw has no value. */
bool pw_ground_difference(const pw_ground_t *self, const char *measure, int scenario, int other, double *out);
/* The variance of such a difference that is noise of the simulation (a draw has few worlds); nan: one world a draw tells nothing of it. From
 * differences.csv, or pairs.csv for two policies, whose measures are the headlines; for other measures of two policies the sum of both. */
double pw_ground_noise(const pw_ground_t *self, const char *measure, int scenario, int other);

/* What that noise of a measure's difference from the baseline has to do with that of the pounds `cost` (own_use, budget): their covariance in a draw, from
 * noise.csv; 0 where the folder does not say. */
double pw_ground_shared_noise(const pw_ground_t *self, const char *measure, const char *cost, int scenario);

/* Shares of y's spread, as pw_given_shares; draws without a value (nan) are left out. n_used receives how many were used; below PW_GIVEN_FEWEST, or
 * draws too much alike: PW_ERROR_NUMBER. */
pw_status_t pw_ground_shares(const pw_ground_t *self, const double *y, double noise, pw_share_t *input, pw_share_t of_group[PW_GROUND_GROUPS], double *spread,
                             int *n_used);
/* The same without groups, of draws that all have a value. */
pw_status_t pw_ground_leading(const pw_ground_t *self, const double *y, double noise, pw_share_t *input);

/* The most telling estimates first: at most `most` of those that show beyond noise (taken in). Returns how many. */
int pw_ground_order(const pw_ground_t *self, const pw_share_t *input, int most, int *out);

/* The row of pairs.csv for a measure and two scenarios (in either order); -1: none. *sign is -1 if the row is `other` less `scenario`. */
int64_t pw_ground_pair(const pw_ground_t *self, const char *measure, int scenario, int other, int *sign);
double pw_ground_pair_number(const pw_ground_t *self, int64_t row, const char *column);

#endif
