/* parameter_file.h: the posterior that a command line draws its parameter sets from.
 *
 * What question it answers: do this run's draws come from the priors, or from sets that agree with the study, and which?
 * Floor: cli. */
#ifndef PW_CLI_PARAMETER_FILE_H
#define PW_CLI_PARAMETER_FILE_H

#include "../experiment/posterior.h"

#define PW_PARAMETERS_HELP "draw the parameter sets from this posterior (default: posterior.csv beside the baseline, if there); prior: from none"

typedef struct {
    char *file;                    /* NULL: the priors */
    pw_posterior_t posterior;
} pw_parameter_file_t;

/* `asked`: a file; "prior" for none; NULL for posterior.csv beside the baseline, if it is there. Without draws (`draws` 0: every estimate at its value) none is
 * used, and asking for one is PW_ERROR_USAGE after a sentence on stderr, begun with `command`. What is wrong with the file becomes findings
 * (PW_ERROR_INPUT). A posterior of another results version, or from other priors than the baseline has, is warned of on stderr. `baseline` outlives it.
 * `self` arrives zeroed; free it in every case. */
pw_status_t pw_parameter_file_load(pw_parameter_file_t *self, const char *command, const char *asked, const char *baseline_file, const pw_spec_t *baseline,
                                   uint64_t seed, int64_t draws, pw_findings_t *findings);
/* Of a posterior for areas of another size (calibrate --local): one sentence on stderr for the baseline and for each scenario with places that are not of that
 * size. Nothing where the areas are as the files have them, to 5 %. spec[0] is the baseline. */
void pw_parameter_file_say_sizes(const pw_parameter_file_t *self, const char *command, const pw_spec_t *const *spec, int n_specs);
/* The hook for a run's request: none without a file. */
pw_values_hook_t pw_parameter_file_hook(const pw_parameter_file_t *self);
/* "posterior", "prior", or "values" without draws: what answers say of it. */
const char *pw_parameter_file_drawn_from(const pw_parameter_file_t *self, int64_t draws);
void pw_parameter_file_free(pw_parameter_file_t *self);

#endif
