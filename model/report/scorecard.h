/* scorecard.h: the study beside the model, as a table and as a file.
 *
 * What question it answers: which targets does the model reproduce, which of them was it fitted to, and what does the rest say?
 * Floor: report. */
#ifndef PW_REPORT_SCORECARD_H
#define PW_REPORT_SCORECARD_H

#include <stdio.h>

#include "../experiment/score.h"

/* The rows of targets.csv, with its header. */
void pw_scorecard_csv(const pw_score_t *score, int n, FILE *to);
/* The table; `spread` says what its intervals are over: "250 parameter sets". External figures come last, with the reasons why they may differ. */
pw_status_t pw_scorecard_print(const pw_score_t *score, int n, const char *spread, FILE *to);

/* The same of a run's baseline. `room` as in results.h. PW_ERROR_MEMORY, PW_ERROR_WRITE. */
pw_status_t pw_scorecard_run_csv(const pw_targets_t *targets, const pw_run_t *run, double *room, FILE *to);
pw_status_t pw_scorecard_run_print(const pw_targets_t *targets, const pw_run_t *run, double *room, FILE *to);

#endif
