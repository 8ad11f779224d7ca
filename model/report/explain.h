/* explain.h: what a scenario changes, in sentences.
 *
 * What question it answers: what does this file do to the baseline, on whose word, and what should its author look at again?
 * Floor: report. Made from the differences of two specs (spec/difference.h): one sentence a change, with the file and line that say it. */
#ifndef PW_REPORT_EXPLAIN_H
#define PW_REPORT_EXPLAIN_H

#include "../base/text.h"
#include "../spec/spec.h"

enum pw_explain_section {
    PW_EXPLAIN_SERVICES, PW_EXPLAIN_STAGES, PW_EXPLAIN_TEAMS, PW_EXPLAIN_INFORMATION, PW_EXPLAIN_POLICE, PW_EXPLAIN_FAMILIES, PW_EXPLAIN_EVIDENCE,
        PW_EXPLAIN_COSTS,
    PW_EXPLAIN_SECTIONS
};

/* The page while it is made. */
typedef struct {
    const pw_spec_t *before, *now;
    pw_text_t section[PW_EXPLAIN_SECTIONS];
    char heading[PW_EXPLAIN_SECTIONS][PW_TREE_PATH];     /* the last owner named there */
    int changes;                                         /* sentences about settings */
    bool *used;                                          /* estimates of `now` that its changes name */
    pw_status_t status;
} pw_explain_t;

/* Appends the page about `now` (a scenario) to `out`: what it is, then its changes by section. `before` is its baseline;
 * if that is the same file, the page says so and no more (and pw_explain_warn nothing). */
pw_status_t pw_explain_write(const pw_spec_t *before, const pw_spec_t *now, pw_text_t *out);

/* The file at the bottom of a scenario's chain of bases: the one in which its `schema` stands. Owned by `spec`. */
const char *pw_explain_base(const pw_spec_t *spec);

/* The short run behind some warnings: `worlds` worlds (0: none) with every estimate at its value. */
typedef struct { int64_t worlds; uint64_t seed; } pw_explain_pilot_t;

/* Appends the warnings about `now`, one sentence each, and how those that were measured were measured. */
pw_status_t pw_explain_warn(const pw_spec_t *before, const pw_spec_t *now, const pw_explain_pilot_t *pilot, pw_text_t *out, pw_findings_t *findings);

/* Appends only the warnings that need no run and are about single numbers (pw_warn_of_slips); nothing if there are none. */
pw_status_t pw_explain_slips(const pw_spec_t *before, const pw_spec_t *now, pw_text_t *out);

/* ---- parts (explain_sentence.c, explain_pathway.c, explain_evidence.c) ---- */

/* Adds a sentence to a section, wrapped, with where it is said at its end; `heading` (may be "") names whose it is. */
void pw_explain_add(pw_explain_t *self, int section, const char *heading, const pw_text_t *sentence, const pw_node_t *node);
/* The sentences about new, replaced and used estimates, and about their sources. */
void pw_explain_evidence(pw_explain_t *self);

/* Appends `text` in lines of at most 100 columns, each after `indent` blanks; the first line begins after `first` blanks. */
void pw_explain_wrap(const char *text, int first, int indent, pw_text_t *out);

#endif
