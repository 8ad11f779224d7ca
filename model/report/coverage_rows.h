/* coverage_rows.h: coverage.csv of a calibration's folder, and the same on a terminal.
 *
 * What question it answers: of which estimates can the intervals be trusted?
 * Floor: report. */
#ifndef PW_REPORT_COVERAGE_ROWS_H
#define PW_REPORT_COVERAGE_ROWS_H

#include <stdio.h>

#include "../experiment/calibrate.h"
#include "../experiment/coverage.h"

typedef struct { const pw_calibration_t *calibration; const pw_coverage_t *coverage; int truths, rows; double effective; } pw_coverage_report_t;

void pw_coverage_csv(const pw_coverage_report_t *self, FILE *to);
pw_status_t pw_coverage_print(const pw_coverage_report_t *self, FILE *to);

#endif
