/* batch.h: a chunk of worlds, worked off by several threads.
 *
 * What question it answers: what did these worlds leave behind, in their order?
 * Floor: experiment. The only code that knows OpenMP. Each thread owns one world and its results; each world's sums go to a
 * place of their own. */
#ifndef PW_EXPERIMENT_BATCH_H
#define PW_EXPERIMENT_BATCH_H

#include "run.h"

typedef struct {
    pw_world_t *world;
    pw_result_t *result;                   /* [area][scenario] */
    pw_members_t members;                  /* of the area that is being worked on */
} pw_worker_t;

typedef struct {
    const pw_run_t *run;
    int n_workers;
    pw_worker_t *worker;
    pw_worlds_t worlds;                    /* room for PW_CHUNK_WORLDS */
} pw_batch_t;

pw_status_t pw_batch_init(pw_batch_t *self, const pw_run_t *run);
void pw_batch_free(pw_batch_t *self);

/* Compiles what the worlds need, simulates them, adds them to the ledger. worlds.n, draw, replication and ends_draw are set. */
pw_status_t pw_batch_work(pw_batch_t *self, pw_run_t *run, int64_t done, pw_findings_t *findings);

#endif
