/* answers_of_run.h: every answer that a finished run's draws hold.
 *
 * What question it answers: what do this run's differences rest on, what would it be worth to know, and which policies does it tell apart?
 * Floor: report. Reads a run's folder and adds answers/evidence_shares.csv, value_of_information.csv and tiers.csv to it: of all headlines;
 * the worth of knowing is of one measure. */
#ifndef PW_REPORT_ANSWERS_OF_RUN_H
#define PW_REPORT_ANSWERS_OF_RUN_H

#include "answers.h"

enum { PW_ANSWERS_DRAWS = 100 };             /* from so many draws on, a run answers by itself */
#define PW_ANSWERS_MEASURE "incidents_with_child_present"      /* where nobody says which, and there is no threshold */
#define PW_ANSWERS_OUTCOME "incidents_per_month"               /* ... and there is one */

typedef struct {
    const char *of;                          /* a measure's name; NULL: as above */
    double threshold;                        /* pounds for one unit; nan: none */
    double years, audit;                     /* audit: what a study counts (worth_rows.h) */
} pw_answers_asked_t;

/* Prints to `to` (NULL: nothing) what the files say of the measure asked for. What is wrong with the folder becomes findings; what is wrong with what was asked
 * a sentence in `why`, without a full stop. Nothing is changed in the folder then. */
pw_status_t pw_answers_of_run(const char *folder, const pw_answers_asked_t *asked, const pw_answer_made_t *made, FILE *to, pw_findings_t *findings,
                              pw_text_t *why);

#endif
