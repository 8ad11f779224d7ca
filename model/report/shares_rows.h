/* shares_rows.h: what a run's differences rest on, as rows of answers/evidence_shares.csv, and in words.
 *
 * What question it answers: of the spread in this number over the draws, how much comes from estimates that are measured, published, derived or assumed, and
 * from which?
 * Floor: report. */
#ifndef PW_REPORT_SHARES_ROWS_H
#define PW_REPORT_SHARES_ROWS_H

#include "answers_text.h"
#include "ground.h"

extern const pw_answer_words_t pw_shares_words;

/* Whether a share with this standard error is known at all: a 95 % interval of half of all there is says nothing. */
static inline bool pw_share_is_known(double error) { return 1.96 * error < 0.25; }

enum { PW_SHARES_LISTED = 10, PW_SHARES_SURE_DRAWS = 100 };      /* below so many draws, what is listed may be there by chance, and the words say so */

/* Every policy's difference from the baseline in `measure` (NULL: in every headline). */
pw_status_t pw_shares_write(const pw_ground_t *ground, const char *measure, pw_csv_t *csv);

/* The headlines of the run's measures.csv, prices not among them, in order; `directed`: those alone for which a direction is better. Returns how many; at most
 * `most`. */
int pw_shares_headlines(const pw_account_t *account, bool directed, int most, const char **out);

#endif
