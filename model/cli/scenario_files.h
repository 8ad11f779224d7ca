/* scenario_files.h: the scenario files of a command line, and the baseline that they stand on.
 *
 * What question it answers: which models does this command line mean?
 * Floor: cli. */
#ifndef PW_CLI_SCENARIO_FILES_H
#define PW_CLI_SCENARIO_FILES_H

#include "../measure/roster.h"
#include "../spec/spec.h"

typedef struct {
    int n;                                  /* the baseline is 0 */
    const char *file[PW_MAX_SCENARIOS];     /* point into the command line; the baseline's into baseline_file */
    char *baseline_file;
    pw_spec_t *spec[PW_MAX_SCENARIOS];
} pw_scenario_files_t;

/* Reads n_files scenarios with `sets`, and the baseline: the file of that name, or (NULL) the one at the bottom of the first scenario's chain of bases, or
 * params/baseline.cfg. What is wrong with the files becomes findings (PW_ERROR_INPUT). PW_ERROR_USAGE after a sentence on stderr, begun with `command`:
 * too many, or two that go by one name. `self` arrives zeroed; free it in every case. */
pw_status_t pw_scenario_files_load(pw_scenario_files_t *self, const char *command, const char *baseline, int n_files, char *const *files,
                                   const char *const *sets, int n_sets, pw_findings_t *findings);
/* The file at the bottom of a scenario's chain of bases: the one in which its `schema` stands. */
const char *pw_scenario_files_base(const pw_spec_t *spec);
void pw_scenario_files_free(pw_scenario_files_t *self);

#endif
