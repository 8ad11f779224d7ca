/* breakeven_rows.h: switching values as rows of answers/breakeven.csv, and in words.
 *
 * Floor: report. */
#ifndef PW_REPORT_BREAKEVEN_ROWS_H
#define PW_REPORT_BREAKEVEN_ROWS_H

#include "../experiment/switching.h"
#include "answers_text.h"

extern const pw_answer_words_t pw_breakeven_words;

/* One question and its answer. */
typedef struct {
    const char *scenario;
    const pw_goal_asked_t *goal;
    const pw_lever_t *lever;
    pw_switching_held_t held;
    const pw_switching_t *answer;
    int64_t draws, replications;
    const char *drawn_from;
} pw_breakeven_row_t;

void pw_breakeven_write(const pw_breakeven_row_t *row, pw_csv_t *csv);

#endif
