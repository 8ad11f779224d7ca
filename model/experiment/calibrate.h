/* calibrate.h: parameter sets under which the simulated study looks like the study.
 *
 * What question it answers: which values of the estimates agree with the targets, which targets do they reproduce, and what did the study teach?
 * Floor: experiment. Puts the study's design (study.h), worlds (particles.h) and the sampler (smc.h) together.
 *
 * Distance between a simulated study and the targets, the greatest of (all in standard deviations, so that one tolerance serves all):
 *   a count k of n      0 from least to most, beyond it the gap / sqrt(n s (1 - s)), s = (least + most) / 2n: the study's own sampling error
 *   a bound, a sign     0 where the world's whole cohort agrees, else the gap / a quarter of the spread of the value under the prior (1.4826 x median
 *                       absolute deviation, over the pilot's sets): no sampling error of the study excuses it, but one world says it only roughly
 * Only fitted targets count. Equalities are judged afterwards, never fitted: their kind says that nothing was seen.
 *
 * In the order of a life:
 *   pilot        sets of the prior: the spreads, and whether the prior excludes a target (no set comes near: refused)
 *   sampler      smc.h, until the tolerance asked for, or until hardly a move is accepted
 *   refreshing   moves at the last tolerance until the points are different again, or so many as were asked for
 *   judging      every different set in worlds of its own. In the first half of them its expected values must keep every fitted bound and sign: the set is
 *                dropped if one is broken, or kept too narrowly (calibrate_judge.c). What was not fitted is scored by the other half, so that
 *                it is not judged by the luck that chose the set; fitted bounds and signs by both.
 *
 * The state after each generation and each block of judged sets can be written to a file and read again: an interrupted calibration goes on with
 * the same result. */
#ifndef PW_EXPERIMENT_CALIBRATE_H
#define PW_EXPERIMENT_CALIBRATE_H

#include <stdio.h>

#include "../base/digest.h"
#include "../base/text.h"
#include "../base/version.h"    /* PW_RESULTS_VERSION: a posterior of another number is of another model */
#include "particles.h"
#include "score.h"
#include "smc.h"

typedef struct pw_calibration pw_calibration_t;

typedef struct {
    int points, samples, pilot;            /* of the sampler; studies sampled from each world; sets of the pilot */
    int worlds;                            /* for judging: an even number, half of them to condition on */
    double keep, tolerance, acceptance;
    int most_moves, most_refreshing;       /* moves of a generation; generations of one move at the end */
    uint64_t seed;
    int threads;
    const char *state_file;                /* NULL: none is written */
    const volatile sig_atomic_t *stop;     /* may be NULL */
    FILE *say;                             /* a line a generation; NULL: silent */
    const pw_calibration_t *base;          /* NULL; or a finished calibration, of whose points a variant is made (calibrate_variant.h) */
} pw_calibrate_options_t;

enum pw_calibrate_phase { PW_CALIBRATE_PILOT, PW_CALIBRATE_SAMPLER, PW_CALIBRATE_REFRESHING, PW_CALIBRATE_JUDGING, PW_CALIBRATE_DONE };

struct pw_calibration {
    pw_calibrate_options_t options;
    const pw_spec_t *spec;
    const pw_targets_t *targets;
    const pw_run_t *run;
    pw_study_t study;
    pw_particles_t particles;
    char digest[PW_DIGEST_ROOM];           /* of the estimates, targets and options: a state of others is not read */
    int phase;
    double *spread;                        /* [target]: what its gaps are divided by */
    double *pilot_low, *pilot_high;        /* [target]: range of its expected values under the prior */
    pw_smc_t smc;
    int refreshed;
    /* judging */
    int n_sets, judged;
    int *point, *copies;                   /* [set]: its point in smc, and how many copies of it there are */
    double *factor;                        /* [set]: size of its areas (area_size.h); NULL: as they are */
    double *first, *second;                /* [set][study.n][PW_STUDY_SUMS]: sums of the two halves of its worlds; the second of kept sets alone */
    double *found;                         /* [set][worlds][target]: one study of each world */
    double *weight;                        /* [set]: copies, 0 where a bound or sign is broken; sums to 1 */
    int64_t worlds;                        /* simulated so far */
    double seconds, started;               /* spent before this process; clock when it began */
};

/* Refuses what cannot be calibrated (findings): targets that this model has no measure for, figures used twice, no estimate to calibrate, no target to
 * fit. `run` is prepared for `spec` alone; all outlive it. `self` arrives zeroed; free it in every case. `others`: measures wanted beside the targets. */
pw_status_t pw_calibrate_init(pw_calibration_t *self, const pw_calibrate_options_t *options, const pw_spec_t *spec, const pw_targets_t *targets,
                              const pw_run_t *run, const char *const *others, int n_others, pw_findings_t *findings);
void pw_calibrate_free(pw_calibration_t *self);

/* Goes on from where the state file leaves it, or begins; to the end. PW_INCOMPLETE: stopped, and the state is in its file. PW_ERROR_INPUT
 * with findings: the prior excludes a target; the state is of another calibration. */
pw_status_t pw_calibrate_go(pw_calibration_t *self, pw_findings_t *findings);

/* ---- reading the result ---- */

/* An estimate's value in a set (coordinates of particles.h), and its normal score under the prior. */
double pw_calibrate_value(const pw_calibration_t *self, int set, int coordinate);
double pw_calibrate_score(const pw_calibration_t *self, int set, int coordinate);
/* An expected value in a set: half 0 (conditioned on), 1 (left out), 2 (both). */
double pw_calibrate_expected(const pw_calibration_t *self, int set, int quantity, int half);
double pw_calibrate_effective_sets(const pw_calibration_t *self);
/* Scores from the half that was left out (bounds, signs, others: by all worlds of the set) and from the studies sampled in it (counts, equalities). Where no
 * set keeps every bound and sign (no weight is above 0) they are of all judged sets, by the first half: so that it can be said which targets fight. */
pw_status_t pw_calibrate_scores(const pw_calibration_t *self, pw_score_t *out);
double pw_calibrate_seconds(const pw_calibration_t *self);

/* ---- its parts ---- */
double pw_calibrate_gap(const pw_target_t *target, double found, double expected, double spread);      /* one target's part of the distance */
pw_status_t pw_calibrate_pilot(pw_calibration_t *self, pw_findings_t *findings);       /* calibrate_pilot.c */
pw_status_t pw_calibrate_judge(pw_calibration_t *self);                                 /* calibrate_judge.c */
pw_status_t pw_calibrate_judge_make(pw_calibration_t *self);
pw_status_t pw_calibrate_state(const pw_calibration_t *self, pw_text_t *out);           /* calibrate_state.c: what a state file holds */
pw_status_t pw_calibrate_save(const pw_calibration_t *self);
/* PW_OK also where there is no file. */
pw_status_t pw_calibrate_load(pw_calibration_t *self, pw_findings_t *findings);

#endif
