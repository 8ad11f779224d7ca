/* switches_rows.h: what survives other structures of the model, as rows of answers/switches.csv, and in words.
 *
 * Floor: report. */
#ifndef PW_REPORT_SWITCHES_ROWS_H
#define PW_REPORT_SWITCHES_ROWS_H

#include "../experiment/switches.h"
#include "answers_text.h"

extern const pw_answer_words_t pw_switches_words;

/* All rows; scenario[s]: the name of the s-th scenario, the baseline not counted. */
void pw_switches_write(const pw_switches_t *self, const char *const *scenario, int64_t draws, int64_t replications, const char *drawn_from, pw_csv_t *csv);

#endif
