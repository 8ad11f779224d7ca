/* return_rates.h: does a conclusion hold whatever the rate of return was?
 *
 * What question it answers: is the difference that a policy makes the same under a low, a central and a high rate of return?
 * Floor: report. A table for the terminal, rows of answers/return_rates.csv, and sentences. */
#ifndef PW_REPORT_RETURN_RATES_H
#define PW_REPORT_RETURN_RATES_H

#include <stdio.h>

#include "../experiment/return_rate.h"
#include "../experiment/run.h"
#include "answers_text.h"

typedef struct { double mean, low, high; bool there, bounded, clear; } pw_variant_t;
typedef struct {
    char scenario[PW_SCENARIO_LENGTH], measure[2 * PW_NAME_LENGTH], label[2 * PW_NAME_LENGTH], unit[64];
    int direction;                                           /* which is better: enum of catalogue.h */
    pw_variant_t variant[PW_RETURN_RATES];
} pw_return_row_t;
typedef struct {
    int n, room;
    pw_return_row_t *row;
    double rate[PW_RETURN_RATES], volume[PW_RETURN_RATES];   /* of the baseline: % notified again, notifications a month */
    double effective[PW_RETURN_RATES];                       /* number of parameter sets of equal weight that the draws are worth at most */
    int64_t draws, replications;
} pw_return_rates_t;

extern const pw_answer_words_t pw_return_rates_words;

/* Remembers a finished run of one variant: headline measures with a better direction, all areas. `room` as in results.h. `self` starts zeroed. */
pw_status_t pw_return_rates_add(pw_return_rates_t *self, int rate, double effective, const pw_run_t *run, double *room);
/* After all, of which some may have been refused (too few sets): the table, and the rows of answers/return_rates.csv. */
pw_status_t pw_return_rates_print(const pw_return_rates_t *self, FILE *to);
void pw_return_rates_write(const pw_return_rates_t *self, pw_csv_t *csv);
void pw_return_rates_free(pw_return_rates_t *self);

#endif
