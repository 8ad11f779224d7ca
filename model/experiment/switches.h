/* switches.h: the same comparison under other structures.
 *
 * What question it answers: which conclusions hang on how the model is built, where nobody knows how it ought to be built?
 * Floor: experiment. Each alternative is a run of its own, with the same seed, of the same baseline and scenarios, changed in one respect:
 *
 *   as_files                 as the files say: teams that are full make families wait; a separation raises the rate of incidents at first
 *   slow_down                no team makes anybody wait: all work of a team takes 2^(workload - its average) times as long, and the average is the share of
 *                            places in use under as_files. Twice as long for one more team's worth of load is an assumption
 *   separation_only_lowers   no rise after a separation ("separation_early" is 1)
 *   gap_shape_low, _high     "gap_shape" at the lower and the upper end of its interval
 *   return_low, _high        39 and 65 % of the cohort are notified again within 21 months, where the files give about half: the study says "a high rate" and
 *   no
 *                            figure. With draws from a posterior they are from sets of that rate, those of `run --return-rate` (return_rate.h). Without,
 *                            "incidents_per_year" is multiplied by what brings the baseline there (found by breakeven.h, every estimate at its
 *                            value, the baseline alone), "families_per_month" by what keeps the notifications in a month the same
 *   displacement_20, _40     20 and 40 % of the incidents averted fall on other households. This is done to the outcome, not in the world: what a scenario
 *                            averts in the harm and the repeat notifications of the cohort is multiplied by 0.8 and 0.6, what it adds is left. Only a partner
 *                            who has left could do harm elsewhere, so it is the harshest reading; what others then cost is not counted
 *
 * An alternative whose estimate the model does not have is left out. */
#ifndef PW_EXPERIMENT_SWITCHES_H
#define PW_EXPERIMENT_SWITCHES_H

#include "../base/text.h"
#include "goal.h"

#define PW_SWITCHES(X)                                                                                                        \
    X(as_files, "full teams make families wait, a separation raises the rate at first")                                         \
    X(slow_down, "nobody waits for a team: its work slows down under load")                                                   \
    X(separation_only_lowers, "a separation never raises the rate of incidents")                                              \
    X(gap_shape_low, "incidents come in clusters: the shape of their gaps at the lower end of its interval")                   \
    X(gap_shape_high, "incidents come evenly: the shape of their gaps at the upper end of its interval")                       \
    X(return_low, "39 % of families are notified again within 21 months, from as many notifications a month")                 \
    X(return_high, "65 % of families are notified again within 21 months, from as many notifications a month")                \
    X(displacement_20, "20 % of the incidents averted fall on other households")                                              \
    X(displacement_40, "40 % of the incidents averted fall on other households")
enum pw_switch {
#define X(name, meaning) PW_SWITCH_##name,
    PW_SWITCHES(X)
#undef X
    PW_SWITCH_N
};
const char *pw_switch_name(int which);
const char *pw_switch_meaning(int which);

enum pw_conclusion { PW_CONCLUSION_CANNOT_TELL, PW_CONCLUSION_BETTER, PW_CONCLUSION_WORSE, PW_CONCLUSION_SAME };
const char *pw_conclusion_name(int conclusion);

typedef struct { double baseline; pw_mean_t change; int conclusion; } pw_switch_cell_t;      /* baseline: its mean under this structure; net_benefit: nan */

typedef struct {
    const pw_spec_t *const *spec; int n_specs;     /* baseline first; each is read anew for each alternative */
    const char *const *sets; int n_sets;
    pw_goal_asked_t goal;                          /* net_benefit beside the headlines; threshold nan: without */
    pw_run_request_t request;                      /* draws, replications, seed, threads, engine, stop, values: what a structure puts wins over these */
    pw_values_hook_t returning[2];                 /* draws with a low and a high rate of return; zeroed: the rate is brought about as above */
    void (*done)(void *context, int which);        /* told after each alternative; may be NULL */
    void *done_context;
} pw_switches_asked_t;

typedef struct {
    int n_scenarios, n_measures;                   /* scenarios without the baseline; measures: the headlines that have a direction, then net_benefit */
    char (*measure)[2 * PW_NAME_LENGTH];
    const char **unit;
    int *direction;
    bool *displaced;                               /* what is averted in it may fall on others */
    bool has[PW_SWITCH_N];                         /* false: the model has nothing to switch */
    pw_switch_cell_t *cell;                        /* [switch][scenario][measure] */
} pw_switches_t;

/* Errors as a run's; PW_ERROR_USAGE with a sentence. `self` arrives zeroed; free it in every case. */
pw_status_t pw_switches_go(pw_switches_t *self, const pw_switches_asked_t *asked, pw_text_t *why, pw_findings_t *findings);
void pw_switches_free(pw_switches_t *self);

const pw_switch_cell_t *pw_switches_cell(const pw_switches_t *self, int which, int scenario, int measure);
/* Clear as the files say, and the same under every alternative that there is. */
bool pw_switches_survives(const pw_switches_t *self, int scenario, int measure);

#endif
