/* roster.h: who and what takes part in a run: scenarios, areas, services, teams, stages, subgroups.
 *
 * What question it answers: under which index does scenario s know the service (team, stage) that the tables call by this name?
 * Floor: measure. Scenarios share the baseline's indices and add their own after them, so two scenarios may use one index for different
 * things: tables go by name. */
#ifndef PW_MEASURE_ROSTER_H
#define PW_MEASURE_ROSTER_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/error.h"
#include "../world/model.h"

enum { PW_MAX_SCENARIOS = 32, PW_MAX_ROLL = 64, PW_SCENARIO_LENGTH = 64, PW_MAX_HORIZONS = 3, PW_MAX_CURVE = 60 };

/* Groups of cohort families, by what held of them at the index under the baseline, so that every scenario is compared on the same families. */
#define PW_SUBGROUPS(X)                                                                                                    \
    X(all, "all cohort families")                                                                                          \
    X(infant_at_index, "youngest child under one year at the index")                                                       \
    X(separated_at_index, "couple separated at the index")                                                                 \
    X(contact_dispute, "dispute about child contact at the index")                                                         \
    X(nrpf, "no recourse to public funds")                                                                                 \
    X(severe_at_index, "severe injury at the incident of the index notification")                                          \
    X(repeat_at_index, "notified before the index, since it entered")                                                      \
    X(first_ever_known, "not known to social services before the index")                                                   \
    X(known_before, "known to social services before the index")                                                           \
    X(index_no_further_action, "the index notification led to no further action under the baseline")                       \
    X(index_letter, "the index notification led to a letter under the baseline")                                           \
    X(index_assessed, "the index notification led to an assessment under the baseline")                                    \
    X(index_open_case, "a case was open at the index under the baseline")
enum pw_subgroup {
#define X(name, text) PW_SUBGROUP_##name,
    PW_SUBGROUPS(X)
#undef X
    PW_SUBGROUP_N
};
const char *pw_subgroup_name(int subgroup);
const char *pw_subgroup_meaning(int subgroup);

/* One kind of named thing: the union of all scenarios' names, baseline's order first. */
typedef struct {
    int n;
    char name[PW_MAX_ROLL][PW_NAME_LENGTH];
    int8_t at[PW_MAX_SCENARIOS][PW_MAX_ROLL];     /* index in that scenario's models; -1: it has none */
} pw_roll_t;

typedef struct {
    int n_scenarios;                               /* the baseline is 0 */
    char scenario[PW_MAX_SCENARIOS][PW_SCENARIO_LENGTH];
    int n_areas;                                   /* "all" is area n_areas */
    char area[PW_MAX_AREAS][PW_NAME_LENGTH];
    pw_roll_t services, teams, stages;
    bool statutory[PW_MAX_ROLL];                  /* stages with a statutory limit somewhere */
    bool statutory_team[PW_MAX_ROLL];             /* teams that work in such a stage */
    int n_curve;                                   /* whole months of follow-up */
    int n_horizons, horizon[PW_MAX_HORIZONS];      /* months: 6, 12 and the follow-up, those that fit */
    int months, years;                             /* reported after day 0 */
    int contact_dispute_bit, nrpf_bit;             /* -1: the model has no such attribute */
    bool subgroup[PW_SUBGROUP_N];                  /* false: cannot be told in this model */
} pw_roster_t;

/* Fills `out` from models[scenario * n_areas + area]; the baseline is scenario 0. PW_ERROR_FULL: more names than there is room for. */
pw_status_t pw_roster_fill(const pw_model_t *const *models, int n_scenarios, int n_areas, const char *const *scenario_names,
                           const char *const *area_names, pw_roster_t *out);
const char *pw_roster_area(const pw_roster_t *self, int area);     /* "all" for n_areas */

#endif
