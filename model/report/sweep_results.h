/* sweep_results.h: what a merge makes of a sweep's parts.
 *
 * What question it answers: which tables can be handed on, and what do their columns mean?
 * Floor: report; with its datapackage it knows jansson. merged.csv.gz: every row, wide; summary.csv: every point, scenario and measure in a line; points.csv:
 * every point in a row; datapackage.json: every column's type, unit and meaning. Each file is written beside and renamed: the older one stands until then. */
#ifndef PW_REPORT_SWEEP_RESULTS_H
#define PW_REPORT_SWEEP_RESULTS_H

#include <signal.h>

#include "../experiment/merge.h"
#include "../experiment/sweep_rows.h"

#define PW_SWEEP_MERGED "merged.csv.gz"
#define PW_SWEEP_SUMMARY "summary.csv"
#define PW_SWEEP_POINTS "points.csv"
#define PW_SWEEP_DATAPACKAGE "datapackage.json"

typedef struct {
    const pw_sweep_t *sweep;
    const pw_stock_t *stock;
    const char *folder;
    bool partial;                             /* merge what is there: points that are not whole are left out of the summary */
    const volatile sig_atomic_t *stop;        /* may be NULL */
    pw_progress_t *progress;                  /* may be NULL */
} pw_sweep_results_t;

/* As pw_merge_run. */
pw_status_t pw_sweep_results_write(const pw_sweep_results_t *self, char message[768]);

#endif
