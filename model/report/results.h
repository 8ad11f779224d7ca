/* results.h: a run's numbers as CSV files.
 *
 * What question it answers: what does each file of numbers hold, row by row?
 * Floor: report. Each function writes one file to an open stream; failed writes are the stream's business. `room` holds as many
 * numbers as the run has draws. */
#ifndef PW_REPORT_RESULTS_H
#define PW_REPORT_RESULTS_H

#include <stdio.h>

#include "../experiment/run.h"

void pw_results_summary(const pw_run_t *run, double *room, FILE *to);
void pw_results_differences(const pw_run_t *run, double *room, FILE *to);
void pw_results_draws(const pw_run_t *run, FILE *to);
void pw_results_pathways(const pw_run_t *run, FILE *to);
void pw_results_monthly(const pw_run_t *run, FILE *to);
void pw_results_costs(const pw_run_t *run, FILE *to);
/* What each measure is called and means, and which stand in the printed table. */
void pw_results_measures(const pw_run_t *run, FILE *to);
void pw_results_survival(const pw_run_t *run, double *room, FILE *to);
void pw_results_one_year(const pw_run_t *run, FILE *to);
void pw_results_assumptions(const pw_run_t *run, FILE *to);
/* The header is what pw_results_parameter_columns calls `each` with, after `draw`. */
pw_status_t pw_results_parameters(const pw_run_t *run, FILE *to);
void pw_results_parameter_columns(const pw_run_t *run, void (*each)(void *context, const char *name, const pw_estimate_t *estimate), void *context);

/* Every two scenarios, in the headlines that have a better direction. */
void pw_results_pairs(const pw_run_t *run, double *room, FILE *to);

/* What the noise of a measure's difference has to do with that of its pounds. */
void pw_results_noise(const pw_run_t *run, FILE *to);

/* world.csv comes in pieces: the header, then each chunk of worlds. */
void pw_results_world_header(const pw_run_t *run, FILE *to);
/* Calls `each` with the name of every column of sums, in order. */
void pw_results_world_columns(const pw_run_t *run, void (*each)(void *context, const char *name), void *context);
void pw_results_world_rows(const pw_run_t *run, const pw_worlds_t *worlds, FILE *to);

#endif
