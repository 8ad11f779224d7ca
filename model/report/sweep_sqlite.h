/* sweep_sqlite.h: a sweep as one file that answers questions.
 *
 * What question it answers: how does a sweep become a database?
 * Floor: report; the only code that knows SQLite. Written beside and renamed when whole; one process writes, nobody shares it meanwhile.
 *
 *     design      point, inputs; one row a point
 *     results     point, replication, scenario, measures; ordered by (point, scenario, replication), with an index by scenario
 *     columns     of both tables: type, unit, meaning
 *     manifest    name, value: what was swept with what; `json` is manifest.json as it is */
#ifndef PW_REPORT_SWEEP_SQLITE_H
#define PW_REPORT_SWEEP_SQLITE_H

#include <signal.h>

#include "../base/progress.h"
#include "sweep_folder.h"

typedef struct {
    const pw_sweep_folder_t *folder;
    const pw_sweep_t *sweep;
    const pw_stock_t *stock;
    const char *path;                          /* of the database */
    const volatile sig_atomic_t *stop;         /* may be NULL */
    pw_progress_t *progress;                   /* in units; may be NULL */
} pw_sweep_sqlite_t;

/* Writes what is there. PW_OK; PW_ERROR_WRITE, PW_ERROR_MISMATCH, PW_ERROR_READ, PW_ERROR_INPUT with a message; PW_ERROR_STOPPED; PW_ERROR_MEMORY. */
pw_status_t pw_sweep_sqlite_write(const pw_sweep_sqlite_t *self, char message[768]);

#endif
