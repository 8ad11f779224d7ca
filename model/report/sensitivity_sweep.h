/* sensitivity_sweep.h: which inputs move the measures of a sweep.
 *
 * What question it answers: what do the points of this design say of each input?
 * Floor: report. Reads the folder of a sweep that was merged (manifest.json, inputs/, merged.csv.gz).
 *
 * A point's output is the mean over its replications: of the baseline its value, of a scenario its difference from the baseline at the same point.
 * All points share the same worlds, so that noise of the simulation is largely the same at all points; what is left of it adds to total indices and to rests.
 *
 * Where the scenario is an input, every scenario is looked at for itself, over the points (of Morris's trajectories: the steps) that have it; the baseline,
 * which every point has, over all that differ in something else. Saltelli's design cannot be taken apart so: there the scenario is an input like any other
 * (Sobol' indices need no order among its values), and the rows of `scenario` are about each point's own one.
 *
 * Points that the merged table lacks are left out, of Saltelli's design with their base point, of Morris's with their trajectory; a note counts them. */
#ifndef PW_REPORT_SENSITIVITY_SWEEP_H
#define PW_REPORT_SENSITIVITY_SWEEP_H

#include "../base/text.h"
#include "sensitivity_rows.h"

/* What could not be said. Starts zeroed; the caller frees the text. */
typedef struct {
    pw_text_t notes;               /* a sentence a line: of measures without a value, scenarios with too few points, points that are not there */
    int outputs;                   /* of which rows were written: measures, each under so many scenarios */
    int silent;                    /* measures that were asked for and of which nothing can be said; with none asked for: 1 if nothing can be said of any */
} pw_sensitivity_said_t;

/* Writes rows for the n measures named (0: all that the sweep has). PW_ERROR_USAGE, PW_ERROR_READ and others with a sentence in `why` (no full stop) or
 * with findings: no merged table, an unknown measure. */
pw_status_t pw_sensitivity_sweep(const char *folder, const char *const *measures, int n, pw_csv_t *csv, pw_sensitivity_said_t *said, pw_findings_t *findings,
                                 pw_text_t *why);

#endif
