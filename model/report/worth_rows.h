/* worth_rows.h: what it would be worth to know, as rows of answers/value_of_information.csv, and in words.
 *
 * What question it answers: which policy does today's evidence say, how often is that the wrong choice, what would it be worth to know an estimate, a grade of
 * estimates or everything first, and which audit would settle it?
 * Floor: report. By measure/voi.h, from a finished run's draws.
 *
 * Without a threshold a choice is judged by one measure, and worth is in its unit. With one, by pounds: the threshold (what one unit is worth to whoever
 * decides) times the units averted or gained, less what the option costs more: of a measure counted by the month, in the area's budget (both a
 * year, unused places included); of one per 100 families, or in % of families, in what the cohort itself used (per 100 families). */
#ifndef PW_REPORT_WORTH_ROWS_H
#define PW_REPORT_WORTH_ROWS_H

#include "answers_text.h"
#include "ground.h"

extern const pw_answer_words_t pw_worth_words;

enum { PW_WORTH_AUDIT = 200, PW_WORTH_AUDITED = 10 };      /* what a study counts where nobody says; estimates that one is weighed for */

typedef struct {
    const char *of;                     /* a measure's name */
    double threshold;                   /* pounds for one unit; nan: none */
    double years;                       /* that the decision stands for; > 0 */
    double audit;                       /* what a study counts: files, family-years, families in either group, cases (measure/audit.h) */
} pw_worth_asked_t;

/* PW_ERROR_USAGE with a sentence in `why` (without a full stop): no such measure, one without a direction, one whose unit no price can be put on, one
 * without a value in some draw. */
pw_status_t pw_worth_check(const pw_ground_t *ground, const pw_worth_asked_t *asked, pw_text_t *why);

/* One choice for each policy (it or the baseline) and, if there are several, one between all. After pw_worth_check. */
pw_status_t pw_worth_write(const pw_ground_t *ground, const pw_worth_asked_t *asked, pw_csv_t *csv);

#endif
