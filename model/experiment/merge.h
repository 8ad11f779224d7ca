/* merge.h: all parts of a sweep as one table.
 *
 * What question it answers: what do all units say, in the order of the design?
 * Floor: experiment. The table does not depend on how many shards, ranks and threads there were, nor on the order in which they came: rows stand in (point,
 * replication, scenario) order, and each unit's rows are the same whoever computed them; where it was computed twice, both must agree. Memory does not grow
 * with the rows: the stock's 8 bytes a unit and a window into each part. */
#ifndef PW_EXPERIMENT_MERGE_H
#define PW_EXPERIMENT_MERGE_H

#include <signal.h>

#include "../base/progress.h"
#include "stock.h"

typedef struct {
    const pw_stock_t *stock;
    const char *header;                          /* of the rows, without a line end */
    const char *path;                            /* of the table: merged.csv.gz */
    bool partial;                                /* leave out what is missing, instead of PW_INCOMPLETE */
    const volatile sig_atomic_t *stop;           /* may be NULL */
    pw_progress_t *progress;                     /* in units; may be NULL */
    /* Told of each unit's rows, in order; may be NULL. */
    pw_status_t (*watch)(void *context, int64_t unit, const char *rows, size_t n);
    void *context;
} pw_merge_t;

/* PW_OK; PW_INCOMPLETE: units are missing, nothing was written; PW_ERROR_MISMATCH: two records of one unit differ; PW_ERROR_STOPPED, PW_ERROR_WRITE,
 * PW_ERROR_READ, PW_ERROR_INPUT (a part changed meanwhile), PW_ERROR_MEMORY. `message` (768 bytes) gets a sentence for those but memory, stopped and
 * incomplete. */
pw_status_t pw_merge_run(const pw_merge_t *self, char message[768]);

#endif
