/* answers_text.h: a row of answers as a sentence.
 *
 * What question it answers: what does this answer say, in plain English?
 * Floor: report. The terminal and the briefing both say it with these words; they read the rows of answers/NAME.csv and nothing else. */
#ifndef PW_REPORT_ANSWERS_TEXT_H
#define PW_REPORT_ANSWERS_TEXT_H

#include "../base/csv_read.h"
#include "../base/text.h"
#include "answers.h"

/* A file of answers, with what its rows say. */
typedef struct {
    const pw_answer_kind_t *kind;
    void (*say)(const pw_csv_table_t *table, int64_t row, pw_text_t *out);     /* one sentence or a few, without a line end; nothing: the row says nothing by
                                                                                * itself */
    void (*close)(const pw_csv_table_t *table, pw_text_t *out);                /* what all rows together say, and what they do not mean; may be NULL */
    const char *question;              /* that the file answers: a heading */
    bool by_itself;                    /* a run writes it without being asked */
} pw_answer_words_t;

/* All files of answers that there are words for. */
int pw_answer_words(const pw_answer_words_t *const **out);
/* NULL: there are none for this file ("answers/breakeven.csv"). */
const pw_answer_words_t *pw_answer_words_find(const char *file);

/* Prints every row's sentences, broken into lines of at most 90 columns, an empty line after each, and the closing ones. `file` says which they are. */
pw_status_t pw_answers_print(const char *file, const pw_answer_rows_t *rows, FILE *to);

/* ---- pieces that several answers use ---- */

/* A small letter at the beginning becomes a capital: sentences and lists begin with one. */
void pw_answer_capital(pw_text_t *sentence);
/* The word before the i-th of n that are listed: "", ", " or " and ". */
const char *pw_answer_joint(int i, int n);

/* A cell by its heading; "" if there is no such column. */
const char *pw_answer_cell(const pw_csv_table_t *table, int64_t row, const char *column);
double pw_answer_number(const pw_csv_table_t *table, int64_t row, const char *column);
/* The column `drawn_from`, which every answer from simulations of its own has. */
#define PW_DRAWN_FROM_MEANING "where the draws come from: posterior, sets that agree with the study; prior, each estimate's own interval; values, no draws"
/* A closing sentence of what it holds. */
void pw_answer_say_drawn(const pw_csv_table_t *table, pw_text_t *out);
/* Half of the 95 % interval of the simulation's noise in the row's paired change: Student's t of its draws (or, without, worlds) times `mc_se`; nan: one
 * draw or world tells nothing of it. */
double pw_answer_margin(const pw_csv_table_t *table, int64_t row);
/* How sure a change behind ± is, as a closing sentence. */
#define PW_ANSWER_MARGIN_MEANING                                                                                                                     \
    "± is a 95 % interval of the simulation's noise, wide where there are few draws or worlds. Clear, better and worse are said only where a 99.9 % " \
    "interval leaves the sign, because many changes are looked at at once."
/* ... and what it does not hold. */
#define PW_ANSWER_MEAN_MEANING                                                                                                                       \
    "That is noise and not what is unknown: for that the table of a run has intervals, and what is better on average here can be marked \"cannot "    \
    "tell\" there."
/* A number that goes in, as people say it: whole ones as they are, others with three digits: "£6,120" for pounds, "12.3 %" for percent, "7" for places, else
 * "0.932". */
void pw_answer_say_quantity(double value, const char *quantity, pw_text_t *out);

#endif
