/* explain_pilot.h: a short run of a scenario beside its baseline.
 *
 * What question it answers: whom does the policy reach, where is it full, and does anything come out otherwise?
 * Floor: report. Some worlds with every estimate at its value, one after the other on one thread; sums over worlds. */
#ifndef PW_REPORT_EXPLAIN_PILOT_H
#define PW_REPORT_EXPLAIN_PILOT_H

#include "../spec/spec.h"
#include "../world/result.h"
#include "explain.h"

typedef struct {
    bool open;                             /* there were places in some month */
    int month;                             /* the first with places, from 0 */
    double length, places;                 /* means of that month; places 0: unlimited */
} pw_first_month_t;

enum { PW_PILOT_OWNERS = PW_MAX_SERVICES + PW_MAX_STAGES + 1 };      /* services, then stages, then police removals: who can own an effect */

typedef struct {
    int64_t worlds;
    int months;
    int64_t cohort;                                        /* families */
    int64_t started[PW_MAX_SERVICES];                      /* starts of a service, all areas */
    int64_t reached[PW_MAX_STAGES];                        /* cases that came to a stage */
    int64_t flow[PW_MAX_STAGES + 1][PW_MAX_STAGES + 1];    /* cases that went from one stage to another; row and column PW_MAX_STAGES: outside */
    int64_t interrupted[PW_MAX_STAGES][PW_INTERRUPT_EVENTS], wait_limited[PW_MAX_STAGES];    /* of these: after an event, at the wait's limit */
    /* cohort families for which, in the follow-up, an effect of an owner on a target was in force; ... one of another owner on it at the same moment */
    int64_t met[PW_EFFECT_TARGETS][PW_PILOT_OWNERS], met_both[PW_EFFECT_TARGETS][PW_PILOT_OWNERS][PW_PILOT_OWNERS];
    pw_first_month_t team[PW_MAX_AREAS][PW_MAX_TEAMS], service[PW_MAX_AREAS][PW_MAX_SERVICES];
    pw_first_month_t team_before[PW_MAX_AREAS][PW_MAX_TEAMS], service_before[PW_MAX_AREAS][PW_MAX_SERVICES];    /* under the baseline, in the same month */
    bool same;                                             /* every incident, notification, decision came out as under the baseline */
} pw_pilot_reach_t;

/* Runs `options->worlds` worlds. `out` is large; owned by the caller. Findings are the models' faults. */
pw_status_t pw_explain_pilot(const pw_spec_t *before, const pw_spec_t *now, const pw_explain_pilot_t *options, pw_pilot_reach_t *out, pw_findings_t *findings);

#endif
