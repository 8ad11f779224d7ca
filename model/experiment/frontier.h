/* frontier.h: what each policy does with a quarter, a half, three quarters and all of one sum.
 *
 * What question it answers: where does more of the same stop buying anything?
 * Floor: experiment. All of it is one paired evaluation: the baseline, and each scenario with as many of its places as each part of the sum buys. */
#ifndef PW_EXPERIMENT_FRONTIER_H
#define PW_EXPERIMENT_FRONTIER_H

#include "budget.h"
#include "evaluate.h"

typedef struct {
    const pw_spec_t *const *spec; int n_specs;     /* baseline first; scenarios as their files say */
    const char *const *sets; int n_sets;
    double pounds;                                 /* a year in each area */
    pw_run_request_t request;                      /* draws, replications, seed, threads, engine, stop */
} pw_frontier_asked_t;

typedef struct {
    int scenario;                                  /* its place among the specs asked */
    double pounds;                                 /* that it may cost */
    pw_budget_t budget;
    pw_spec_t *spec;
} pw_frontier_point_t;

typedef struct {
    pw_evaluation_t *evaluation;                   /* scenario 0 the baseline, k + 1 the point k */
    int n_points;
    pw_frontier_point_t *point;
    int n_measures, *measure, *line;               /* headlines that have a direction: of the catalogue, of the evaluation */
} pw_frontier_t;

/* Simulates. A part of the sum that buys nothing more than the part before is left out; with more scenarios than there is room for in one run, the
 * quarters are. Errors as pw_budget_plan and a run's. `self` arrives zeroed; free it in every case. */
pw_status_t pw_frontier_go(pw_frontier_t *self, const pw_frontier_asked_t *asked, pw_text_t *why, pw_findings_t *findings);
void pw_frontier_free(pw_frontier_t *self);

/* A measure's difference from the baseline at a point. */
pw_mean_t pw_frontier_change(const pw_frontier_t *self, int point, int measure);

#endif
