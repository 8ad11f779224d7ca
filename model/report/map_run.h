/* map_run.h: the shares of a finished run, for the map.
 *
 * What question it answers: how many cases went from which stage to which in this run, all its draws and worlds together?
 * Floor: report. From the run's folder alone (account.h): pathways.csv, every file held against its fingerprint first. The run counts cases from stage to
 * stage and not what moved them: where two ways lead from one stage to another, only both together are known. */
#ifndef PW_REPORT_MAP_RUN_H
#define PW_REPORT_MAP_RUN_H

#include "../base/error.h"
#include "../spec/spec.h"

typedef struct {
    int64_t worlds, draws;                                 /* draws 0: every estimate at its value */
    char seed[32];
    double flow[PW_MAX_STAGES + 1][PW_MAX_STAGES + 1];     /* cases per 100 families, all areas; row and column PW_MAX_STAGES: outside */
} pw_map_run_t;

/* Reads what the run in `folder` found for `spec`: its baseline, or (is_scenario) its scenario of that name. Findings and PW_ERROR_INPUT or PW_ERROR_READ: no
 * run, no such scenario in it, or stages that the spec does not have. `out` arrives zeroed and owns nothing. */
pw_status_t pw_map_run_read(const char *folder, const pw_spec_t *spec, bool is_scenario, pw_map_run_t *out, pw_findings_t *findings);

#endif
