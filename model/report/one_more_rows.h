/* one_more_rows.h: what one more place buys, as rows of answers/one_more.csv, and in words.
 *
 * Floor: report. */
#ifndef PW_REPORT_ONE_MORE_ROWS_H
#define PW_REPORT_ONE_MORE_ROWS_H

#include "../experiment/one_more.h"
#include "answers_text.h"

extern const pw_answer_words_t pw_one_more_words;

/* All rows of one scenario ("baseline": the baseline itself). `drawn_from` as the column of that name. */
void pw_one_more_write(const pw_one_more_t *self, const char *scenario, const char *drawn_from, pw_csv_t *csv);

#endif
