/* budget_rows.h: the same money for every policy, as rows of answers/budget.csv, and in words.
 *
 * Floor: report. */
#ifndef PW_REPORT_BUDGET_ROWS_H
#define PW_REPORT_BUDGET_ROWS_H

#include "../experiment/frontier.h"
#include "answers_text.h"

extern const pw_answer_words_t pw_budget_words;

/* All rows of a frontier; names are those of the specs that it was asked of. */
void pw_budget_write(const pw_frontier_t *self, const pw_frontier_asked_t *asked, const char *drawn_from, pw_csv_t *csv);

#endif
