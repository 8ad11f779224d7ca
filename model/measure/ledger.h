/* ledger.h: the books of a run: every measure of every scenario, area and subgroup, and every paired difference.
 *
 * What question it answers: what do all worlds of a run say, once they have been added in (draw, replication) order?
 * Floor: measure. Its size depends on the model, the scenarios and the draws (one number a draw and row), not on replications.
 *
 * The order in which worlds are added decides the last bits of every sum: it is always (draw, replication). Rows do not touch each
 * other, so the rows may be shared out among threads in parts: the bytes are the same for any number of parts. */
#ifndef PW_MEASURE_LEDGER_H
#define PW_MEASURE_LEDGER_H

#include "catalogue.h"

typedef struct { int measure, area, subgroup; } pw_row_t;      /* area n_areas: all */

typedef struct {
    const pw_layout_t *layout;
    const pw_catalogue_t *catalogue;
    int n_scenarios;
    int64_t n_rows;
    pw_row_t *row;
    pw_estimator_t *own, *paired;      /* [scenario][row]; paired of scenario 0 is not used */
    double *moments;
    int64_t n_draws, room_draws;
    double *draw_value;                /* [draw][scenario][row]; nan: missing */
    int64_t worlds, replications;
    bool fixed;                        /* every estimate at its value: one parameter set, which is no draw */
    double *total;                     /* [scenario][monthly sums, flows, yearly pounds], over all worlds */
    size_t total_size;
} pw_ledger_t;

/* Some worlds, next to each other in (draw, replication) order. */
typedef struct {
    int n;
    double **vector;                   /* [world][scenario]: what pw_tally wrote */
    int64_t *draw, *replication;       /* of each world */
    bool *ends_draw;                   /* the world is its draw's last replication */
} pw_worlds_t;

/* layout and catalogue must outlive the ledger. */
pw_status_t pw_ledger_init(pw_ledger_t *self, const pw_layout_t *layout, const pw_catalogue_t *catalogue, int64_t replications, bool fixed);
/* Room for draws 0 .. n_draws - 1; before pw_ledger_add reaches them. */
pw_status_t pw_ledger_room(pw_ledger_t *self, int64_t n_draws);
/* Adds the worlds to part `part` of `n_parts` of the rows. Every part has to be called once; then pw_ledger_added. */
pw_status_t pw_ledger_add(pw_ledger_t *self, const pw_worlds_t *worlds, int part, int n_parts);
void pw_ledger_added(pw_ledger_t *self, const pw_worlds_t *worlds);
void pw_ledger_free(pw_ledger_t *self);

/* -1: no such row. */
int64_t pw_ledger_row(const pw_ledger_t *self, int measure, int area, int subgroup);
/* A scenario's own value, or its paired difference from the baseline (scenario > 0). `room` holds n_draws numbers. */
pw_summary_t pw_ledger_summary(const pw_ledger_t *self, int scenario, int64_t row, bool paired, double *room);
/* One draw's value, paired or not. */
double pw_ledger_draw(const pw_ledger_t *self, int64_t draw, int scenario, int64_t row, bool paired);
/* A price of a scenario, all areas, all families: false, where the units' difference is not clear of 0 or is no gain. */
bool pw_ledger_price(const pw_ledger_t *self, int scenario, const pw_price_t *price, double *room, double *out);
/* Sum over worlds of one element of a tally's vector, from at_month on. */
double pw_ledger_total(const pw_ledger_t *self, int scenario, size_t offset);

#endif
