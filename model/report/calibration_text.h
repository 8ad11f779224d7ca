/* calibration_text.h: a calibration in words and tables for a terminal.
 *
 * What question it answers: did it work, what did the study teach, and which targets cannot be met together?
 * Floor: report; for calibration.c. */
#ifndef PW_REPORT_CALIBRATION_TEXT_H
#define PW_REPORT_CALIBRATION_TEXT_H

#include <stdio.h>

#include "../experiment/learnt.h"

/* Prior against posterior of each calibrated estimate, and the plain list of all. */
pw_status_t pw_calibration_print_learnt(const pw_calibration_t *self, FILE *to);
/* One sentence for each fitted target that is not reproduced. */
void pw_calibration_print_fights(const pw_calibration_t *self, const pw_score_t *score, FILE *to);

#endif
