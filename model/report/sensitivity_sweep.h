/* sensitivity_sweep.h: which inputs move the measures of a sweep.
 *
 * What question it answers: what do the points of this design say of each input?
 * Floor: report. Reads the folder of a sweep that was merged (manifest.json, inputs/, merged.csv.gz).
 *
 * A point's output is the mean over its replications: of the baseline its value, of a scenario its difference from the baseline at the same point.
 * All points share the same worlds, so that noise of the simulation is largely the same at all points; what is left of it adds to total indices and to rests. */
#ifndef PW_REPORT_SENSITIVITY_SWEEP_H
#define PW_REPORT_SENSITIVITY_SWEEP_H

#include "../base/text.h"
#include "sensitivity_rows.h"

/* Writes rows for the n measures named (0: all that the sweep has). PW_ERROR_USAGE, PW_ERROR_READ, PW_INCOMPLETE and others with a sentence in `why` (no full stop) or with
 * findings: no merged table, an unknown measure, a point without a value, a sweep over scenarios. */
pw_status_t pw_sensitivity_sweep(const char *folder, const char *const *measures, int n, pw_csv_t *csv, pw_findings_t *findings, pw_text_t *why);

#endif
