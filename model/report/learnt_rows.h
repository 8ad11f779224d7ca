/* learnt_rows.h: learnt.csv, of a calibration and of a run that draws from a posterior.
 *
 * What question it answers: what is known of each estimate before and after the study?
 * Floor: report. One row an estimate, those to be calibrated among them marked; columns in columns.h. */
#ifndef PW_REPORT_LEARNT_ROWS_H
#define PW_REPORT_LEARNT_ROWS_H

#include <stdio.h>

#include "../experiment/learnt.h"

void pw_learnt_csv(const pw_learnt_t *learnt, int n, const pw_evidence_t *evidence, FILE *to);
/* Of the sets as they are weighted now. PW_ERROR_MEMORY. */
pw_status_t pw_learnt_posterior_csv(const pw_posterior_t *posterior, FILE *to);

#endif
