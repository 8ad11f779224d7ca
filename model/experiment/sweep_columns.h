/* sweep_columns.h: from the inputs that a file names to the columns of a design.
 *
 * What question it answers: where does each input's path lead, and over which values does it go?
 * Floor: experiment; for sweep.c alone. Reads the sweep's file and specs, fills its design, `now`, `reach`, `by_path` and `scenario_column`. */
#ifndef PW_EXPERIMENT_SWEEP_COLUMNS_H
#define PW_EXPERIMENT_SWEEP_COLUMNS_H

#include "sweep.h"

/* An input "evidence.*" stands for every estimate of the baseline and the scenarios that is uncertain and that no other input names, in the order
 * of the register. PW_OK or PW_ERROR_MEMORY. */
pw_status_t pw_sweep_expand(pw_sweep_t *self);

/* Of a file whose ranges or words are wrong: only whether its paths lead somewhere, each to another number. PW_OK (also with findings) or PW_ERROR_MEMORY. */
pw_status_t pw_sweep_check_paths(pw_sweep_t *self, pw_findings_t *findings);

/* What is wrong becomes findings. PW_OK (also with findings) or PW_ERROR_MEMORY. */
pw_status_t pw_sweep_make_design(pw_sweep_t *self, const pw_sweep_request_t *request, pw_findings_t *findings);

#endif
