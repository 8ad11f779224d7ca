/* chronicle.h: what an area lives through, month by month and year by year, and when families come back.
 *
 * What question it answers: how far apart may single worlds lie in one month, or in one year of one area; and which share of families has
 * not been notified again so many months after the index?
 * Floor: measure. Reads the tallies' vectors (tally.h) beside the ledger; needs no more than the vectors of the present worlds.
 *
 * Return is a life table by month (Cutler & Ederer 1958: the Kaplan-Meier estimate on months, families that left within a month
 * counted half in it): of those exposed in month i a share d_i / e_i is notified again for the first time,
 *     S(m) = product over i <= m of (1 - d_i / e_i),
 * d and e summed over a draw's worlds. Its band holds the middle 95 % of the draws, with the simulation's noise still in it. */
#ifndef PW_MEASURE_CHRONICLE_H
#define PW_MEASURE_CHRONICLE_H

#include "ledger.h"

/* A number of a queue in a month: scale * n / d, sums of pw_queue_sum; d -1: worlds. */
typedef struct { const char *name, *unit; int n, d; double scale; bool banded; } pw_queue_measure_t;
int pw_queue_measures(const pw_queue_measure_t **out);

typedef struct {
    const pw_layout_t *layout;
    int series, counts, years;         /* numbers of a month; numbers of a year: the month counts, then how many each queue started; whole years */
    pw_sketch_t *month;                /* [scenario][month][series], all areas */
    pw_sketch_t *year;                 /* [scenario][area][year][count][own, difference from the baseline in the same world] */
    double *present;                   /* [scenario][first returns, then exposed][month]: sums of the present draw */
    int64_t n_draws, room_draws;
    double *not_returned;              /* [draw][scenario][month]; nan: nobody was exposed */
    double *exposed;                   /* [scenario][month]: sum over all worlds */
    int64_t worlds;
} pw_chronicle_t;

typedef struct { double mean, low95, high95, exposed; } pw_return_t;      /* shares from 0 to 1; exposed: families a world */

/* layout must outlive the chronicle. `self` arrives zeroed; free it in every case. */
pw_status_t pw_chronicle_init(pw_chronicle_t *self, const pw_layout_t *layout, int64_t n_draws);
/* The worlds in (draw, replication) order, each once. */
pw_status_t pw_chronicle_add(pw_chronicle_t *self, const pw_worlds_t *worlds);
void pw_chronicle_free(pw_chronicle_t *self);

/* The p point of single worlds: of month count k, or of a banded measure of a queue; nan: there is none. */
double pw_chronicle_count(const pw_chronicle_t *self, int scenario, int month, int k, double p);
double pw_chronicle_queue(const pw_chronicle_t *self, int scenario, int month, int queue, int measure, double p);
/* Of a year's number (0 .. counts - 1) in one area, or of its difference from the baseline. */
double pw_chronicle_year(const pw_chronicle_t *self, int scenario, int area, int year, int count, bool difference, double p);
/* All areas, all families; month from 0. `room` holds as many numbers as there are draws. */
pw_return_t pw_chronicle_return(const pw_chronicle_t *self, int scenario, int month, double *room);

#endif
