/* targets.h: what the model's baseline is held against.
 *
 * What question it answers: what did the study (or another source) find, of how many, and which values of the model agree with it?
 * Floor: experiment. Reads params/targets.cfg, whose head explains its grammar; all that is wrong in it becomes findings, in one pass.
 *
 * Kinds, and how a target of each is judged:
 *   count     `least` to `most` of `of` families or incidents (the binomial count behind a percentage): by simulated studies of that size
 *   interval  the same, where the source gives words that only bound the count ("just under a third"): an interval-censored binomial
 *   bound     `low`, `high` or both: by a parameter set's expected value, not by one study's luck
 *   sign      `low` or `high`, one of them: a direction; by the expected value
 *   equality  `low` to `high`: a difference that was not seen; the event that a study of this size shows a ratio between them
 *   figure    nothing to judge: shown beside the model
 * Uses: fitted (calibration accepts by it), checked (held out), built in (an assumption points that way already), external (another population
 * or unit: `why` says how it may differ), free (no figure is known).
 * `low` and `high` are in the measure's unit; of a count they are the percentages that agree with it, and where they are not given the shares
 * that round to the counts: (least - 0.5) / of to (most + 0.5) / of. */
#ifndef PW_EXPERIMENT_TARGETS_H
#define PW_EXPERIMENT_TARGETS_H

#include "../measure/catalogue.h"
#include "../spec/evidence.h"
#include "../spec/tree.h"

enum pw_target_kind { PW_TARGET_COUNT, PW_TARGET_INTERVAL, PW_TARGET_BOUND, PW_TARGET_SIGN, PW_TARGET_EQUALITY, PW_TARGET_FIGURE, PW_TARGET_KINDS };
enum pw_target_use { PW_TARGET_FITTED, PW_TARGET_CHECKED, PW_TARGET_BUILT_IN, PW_TARGET_EXTERNAL, PW_TARGET_FREE, PW_TARGET_USES };

typedef struct {
    const char *name, *title, *measure, *subgroup, *divided_by, *study, *source, *why;    /* owned by the tree; NULL: not given */
    const char *kind_word, *use_word;
    int kind, use;                         /* enum pw_target_kind, enum pw_target_use */
    double low, high;                      /* nan: open */
    double of, least, most;                /* counts and intervals; nan otherwise */
    const pw_node_t *node;
} pw_target_t;

typedef struct {
    pw_node_t *tree;
    int n;
    pw_target_t *target;
} pw_targets_t;

/* `self` arrives zeroed; free it in every case. PW_ERROR_INPUT with findings: what cannot be read, unknown words, counts that are not whole or not
 * in order, bands that are empty, two fitted targets of one quantity whose bands do not meet. */
pw_status_t pw_targets_read(pw_targets_t *self, const char *file, pw_findings_t *findings);
void pw_targets_free(pw_targets_t *self);

/* What calibration needs besides: every target names a measure of this model, and those that are counted are shares of cohort families or of notified
 * incidents. Findings for all that do not. */
void pw_targets_check_measures(const pw_targets_t *self, const pw_catalogue_t *catalogue, pw_findings_t *findings);

/* No figure of the study is used twice. An estimate to be calibrated must be assumed, and no estimate with a fitted target's own study for its source, whatever
 * its grade, may hold that target's figure: as a percentage inside the band of a count; as the share itself in any unit, or that of the others (9 of 184:
 * 4.9 %, 0.049, 95.1 %), or a percentage that the words of the target give; as the count; or as an interval that is the band. Values of single areas count.
 * Sources of one study begin with the same letters (stanley2009, stanley2011jiv). */
void pw_targets_check_evidence(const pw_targets_t *self, const pw_evidence_t *evidence, pw_findings_t *findings);

enum pw_inside { PW_INSIDE_UNKNOWN, PW_INSIDE_YES, PW_INSIDE_NO };
enum pw_inside pw_target_inside(const pw_target_t *self, double value);
bool pw_target_is_counted(const pw_target_t *self);      /* count or interval */
int pw_target_subgroup(const pw_target_t *self);         /* enum pw_subgroup */

#endif
