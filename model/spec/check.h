/* check.h: is the model as a whole one that can be simulated?
 *
 * What question it answers: which settings, each lawful by itself, do not go together?
 * Floor: spec. The tables (schema.h) refuse what is wrong in one setting; here: sums of percentages, the pathway as a graph, who staffs
 * what, what lasts how long, which averages are missing. Every finding says where, what was given, what is allowed. */
#ifndef PW_SPEC_CHECK_H
#define PW_SPEC_CHECK_H

#include "spec.h"

/* All checks, at the central values of the estimates. `for_pilot`: missing centres are no finding. */
void pw_spec_check(pw_spec_t *spec, bool for_pilot, pw_findings_t *findings);

/* ---- its parts ---- */

/* What the checks carry along. */
typedef struct {
    pw_spec_t *spec;
    pw_findings_t *findings;
    pw_values_t central;
    int n_areas;
    bool for_pilot;
} pw_check_t;

void pw_check_add(const pw_check_t *self, const pw_node_t *node, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A setting's central value in an area. */
double pw_check_value(const pw_check_t *self, const pw_setting_t *setting, int area);
/* Whether its numbers could be read: nothing is concluded from one that has been refused. */
bool pw_check_knows(const pw_setting_t *setting);
/* The largest over all areas. */
double pw_check_most(const pw_check_t *self, const pw_setting_t *setting);
/* Shares of a choice: one remainder at most, 100 at most; `owner` is where the finding stands if the list is empty. */
void pw_check_shares(const pw_check_t *self, const pw_exits_t *exits, const pw_node_t *owner);

void pw_check_pathway(const pw_check_t *self);      /* stages, teams, services one by one: check_pathway.c */
void pw_check_graph(const pw_check_t *self);        /* the pathway as a graph: check_graph.c */
void pw_check_effects(const pw_check_t *self);      /* effects and costs: check_effects.c */
void pw_check_counts(const pw_check_t *self);       /* whether a family's record can count it: check_counts.c */
void pw_check_change(const pw_check_t *self);       /* a scenario against its base: check_change.c */

#endif
