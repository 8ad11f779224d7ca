/* explain_warn.h: the parts of the warnings.
 *
 * What question it answers: which changes are lawful and yet probably not what their author wants?
 * Floor: report; for explain_warn.c (who is reached, what is full, what costs nothing), explain_doubt.c (effects and evidence), explain_slip.c
 * (numbers that look like slips of the pen), explain_places.c (places that are drawn, and what they cost or do not) and explain_entry.c (what families bring
 * along). */
#ifndef PW_REPORT_EXPLAIN_WARN_H
#define PW_REPORT_EXPLAIN_WARN_H

#include "../spec/difference.h"
#include "explain_pilot.h"

typedef struct {
    const pw_spec_t *before, *now;
    const pw_pilot_reach_t *reach;         /* NULL: there was no short run */
    pw_text_t *out;
    int n;                                 /* warnings so far */
    bool service[PW_MAX_SERVICES], stage[PW_MAX_STAGES], team[PW_MAX_TEAMS], form[PW_MAX_FORMS];     /* new, or changed in what it does */
    pw_status_t status;
} pw_warnings_t;

/* Adds a warning (freed) with where its cause stands. */
void pw_warn(pw_warnings_t *self, pw_text_t *sentence, const pw_node_t *node);
/* A service's title, or `the stage "core assessment"`. */
void pw_warn_name(const pw_spec_t *spec, int thing, int index, pw_text_t *text);
/* The same, as a sentence begins. */
void pw_warn_begin(const pw_spec_t *spec, int thing, int index, pw_text_t *text);

/* Two owners that act on the same chance of the same families. With a short run: only where, of the families for which one's effect was in force, at
 * least 1 in 100 had the other's in force at the same moment. Two services that shut each other out (`requires` both ways) are left out. */
void pw_warn_of_twice(pw_warnings_t *self);
/* Values outside the 95 % interval of the baseline's estimate that stood in their place. */
void pw_warn_of_evidence(pw_warnings_t *self);
/* Percentages below 1 and ratios far from 1 that the scenario gives, and estimates of its own without an interval or that nothing names.
 * Small percentages that the baseline had
 * already, and those of an estimate whose interval reaches 1, are left alone. */
void pw_warn_of_slips(pw_warnings_t *self);
/* Numbers of places where the baseline's are drawn and may be more, prices of places that the baseline's places have to pay too, places added to a team that
 * nobody pays for, and a set-up that is paid in an area without places. Part of the slips. */
void pw_warn_of_places(pw_warnings_t *self);
/* What families bring along when they enter (attributes, children, frailties), said otherwise: true of newcomers only. Part of the slips. */
void pw_warn_of_entries(pw_warnings_t *self);

#endif
