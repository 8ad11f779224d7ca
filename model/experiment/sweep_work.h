/* sweep_work.h: one process's share of a sweep, done and written down.
 *
 * What question it answers: what was there, what did this process add, and what is left?
 * Floor: experiment. Puts together the stock (what is there), a source of units (which are this process's), the farm (threads) and a part (where results
 * go). */
#ifndef PW_EXPERIMENT_SWEEP_WORK_H
#define PW_EXPERIMENT_SWEEP_WORK_H

#include <signal.h>

#include "../base/progress.h"
#include "farm.h"
#include "sweep_rows.h"

enum { PW_FEW_PARTS = 100 };

typedef struct {
    const pw_sweep_t *sweep;
    pw_unit_name_t identity;
    const char *folder;
    int64_t shard, shards;                 /* 0 of 1: all */
    int64_t point;                         /* -1: all; else this one alone, whatever its shard */
    const char *job;                       /* for the part's name; "" */
    int threads;
    double max_seconds;                    /* 0: none */
    int64_t max_points;                    /* 0: none */
    bool mpi;                              /* MPI is begun: rank 0 hands out the shard's units, the others ask it */
    int64_t rank;                          /* of MPI */
    const volatile sig_atomic_t *asked;    /* may be NULL */
    FILE *progress;                        /* a line there if it is a terminal; may be NULL */
} pw_sweep_work_t;

typedef struct {
    int64_t units, there;                  /* of the share: in all; done before. Of a rank other than 0: 0 */
    int64_t done, failed;                  /* by this process */
    int64_t parts_read, damaged;           /* records found damaged or torn */
    int64_t first_failed;                  /* point; -1: none */
    char reason[PW_LONGEST_REASON + 1];
    bool stopped, out_of_time, held_back;  /* asked to stop; max_seconds; max_points */
    double seconds, computing, writing, looking;     /* wall: in all; seconds of threads in worlds and in writing; reading what was there */
    char part[256];                        /* the file's path; "" if nothing was written */
    char message[768];                     /* what went wrong, as a sentence */
} pw_sweep_worked_t;

/* PW_OK: the share is done. PW_INCOMPLETE: stopped, or held back by max_points: run again. PW_ERROR_INPUT: some units make no model (see `reason`); all others
 * are done. PW_ERROR_MISMATCH: a part of another version; PW_ERROR_WRITE, PW_ERROR_READ, PW_ERROR_MEMORY, with a message: what was done before is safe. */
pw_status_t pw_sweep_work(const pw_sweep_work_t *self, pw_sweep_worked_t *out);

#endif
