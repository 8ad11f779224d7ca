/* run_budget.h: `run --budget POUNDS`.
 *
 * What question it answers: what is each scenario of this run with as many places as the same money buys?
 * Floor: cli; for verb_run.c. Before the run every scenario is read anew with its places scaled (experiment/budget.h); after it the frontier
 * (experiment/frontier.h) is simulated, small, printed, and added to the run's folder.
 *
 * Whoever pays for a policy could pay for more of what there is: beside the scenarios that were named stands the comparator, the same sum in posts that assess,
 * unless it is named already or was not wanted. Its file (PW_COMPARATOR) is looked for beside the first scenario, then in the folder `scenarios` beside that of
 * the baseline. If there is none, or it stands on another baseline, or the sum buys no post, the run goes without it and a sentence says why. */
#ifndef PW_CLI_RUN_BUDGET_H
#define PW_CLI_RUN_BUDGET_H

#include "../base/text.h"
#include "../experiment/run.h"
#include "parameter_file.h"
#include "scenario_files.h"

/* Of the frontier: no more of each than this. */
#define PW_COMPARATOR "more_assessment_workers"
enum { PW_FRONTIER_DRAWS = 40, PW_FRONTIER_REPLICATIONS = 50 /* without draws; with draws 2 */ };

typedef struct {
    double pounds;                                  /* a year in each area; below 0: no budget was asked */
    const char *const *sets; int n_sets;
    bool alone;                                     /* no comparator is wanted */
    pw_spec_t *original[PW_MAX_SCENARIOS];          /* the scenarios as their files say; the baseline's place is not used */
    int n;
    pw_text_t why;                                  /* what is wrong with the question */
    char *comparator;                               /* its file; NULL: there is none in this run that was not named */
    pw_text_t no_comparator;                        /* ... and why not */
} pw_run_budget_t;

/* Takes the scenarios out of `files` and puts scaled ones in. PW_ERROR_USAGE with a sentence in `why`. */
pw_status_t pw_run_budget_apply(pw_run_budget_t *self, pw_scenario_files_t *files, pw_findings_t *findings);
/* After the run's folder `out` is there. `request` is the run's, with its draws from `parameters`; argv the command line, "pathways" first. */
pw_status_t pw_run_budget_finish(pw_run_budget_t *self, const pw_scenario_files_t *files, const pw_run_request_t *request,
                                 const pw_parameter_file_t *parameters, const char *out, int argc, char *const *argv,
                                 const char *started, bool quiet, pw_findings_t *findings);
void pw_run_budget_free(pw_run_budget_t *self);

#endif
