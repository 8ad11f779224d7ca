/* switching.h: the switching value of one number of a scenario.
 *
 * What question it answers: how good, how much used, how large or how cheap would this policy have to be?
 * Floor: experiment. Puts together what moves (lever.h), what counts (goal.h), the worlds (evaluate.h) and the looking (breakeven.h). Every
 * look is a run of the baseline and the scenario with the same seed, so that only the one number differs between two looks.
 *
 * The chance that the truth is better is that of the estimate's own distribution, or, if the draws come from a posterior that has it, the share of its sets by
 * weight; every other estimate is drawn (or at its value, without draws): it is not the chance that the policy works in one particular world. */
#ifndef PW_EXPERIMENT_SWITCHING_H
#define PW_EXPERIMENT_SWITCHING_H

#include "goal.h"
#include "lever.h"
#include "posterior.h"

/* A number held at one value while another is moved; path NULL: none is. */
typedef struct { const pw_lever_t *lever; double value; } pw_switching_held_t;

typedef struct {
    const pw_spec_t *baseline, *scenario;
    const char *const *sets; int n_sets;       /* what the specs were read with; a setting that is moved comes after them */
    pw_goal_asked_t goal;
    pw_run_request_t request;                  /* draws, replications, seed, threads, engine, stop; the rest is filled in here */
    const pw_posterior_t *posterior;           /* NULL: the draws are from the priors. What is moved or held wins over it */
    pw_switching_held_t held;
    void (*looked)(void *context, int n_looks);        /* told after each look; may be NULL */
    void *looked_context;
} pw_switching_asked_t;

typedef struct {
    pw_breakeven_t found;
    const char *unit;                          /* of the gain */
    char measure[2 * PW_NAME_LENGTH], label[2 * PW_NAME_LENGTH];     /* that the goal is about; payback: "" */
    double chance;                             /* FOUND, of an estimate: that the truth is better; else nan */
    bool of_sets;                              /* `chance` is a share of the posterior's sets */
} pw_switching_t;

/* PW_ERROR_USAGE with a sentence in `why` where the question makes no sense; PW_ERROR_INPUT with findings; other errors as a run's. `lever` needs
 * a range. */
pw_status_t pw_switching_find(const pw_switching_asked_t *asked, const pw_lever_t *lever, pw_switching_t *out, pw_text_t *why, pw_findings_t *findings);

#endif
