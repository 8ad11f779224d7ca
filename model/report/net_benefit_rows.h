/* net_benefit_rows.h: a run's net benefit at a threshold, as rows of answers/net_benefit.csv, and in words.
 *
 * Floor: report. By measure/net_benefit.h; `run --threshold` writes them, and its table has the same numbers. */
#ifndef PW_REPORT_NET_BENEFIT_ROWS_H
#define PW_REPORT_NET_BENEFIT_ROWS_H

#include "../experiment/run.h"
#include "../measure/net_benefit.h"
#include "answers_text.h"

extern const pw_answer_words_t pw_net_benefit_words;

/* `room` holds twice as many numbers as there are draws. */
void pw_net_benefit_write(const pw_net_benefit_t *self, const pw_run_t *run, double *room, pw_csv_t *csv);

#endif
