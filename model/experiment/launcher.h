/* launcher.h: which part of a sweep is this process to do?
 *
 * What question it answers: how many of us were started, and which one am I?
 * Floor: experiment. Pure: looks at a table of environment variables and at what the command line said, nowhere else; starts nothing.
 *
 * Two things may have multiplied a process. A *job array* starts the same script many times (Slurm: SLURM_ARRAY_TASK_ID, MIN, MAX, STEP, COUNT; Grid
 * Engine: SGE_TASK_ID, FIRST, LAST, STEPSIZE, with "undefined" outside arrays). A *launcher* starts many ranks of one task (OpenMPI's mpirun:
 * OMPI_COMM_WORLD_RANK, SIZE; MPICH's hydra and srun --mpi=pmi2: PMI_RANK, SIZE; srun: SLURM_PROCID, SLURM_STEP_NUM_TASKS). Rank r of R in array task a of A
 * does shard a R + r of A R. mpirun's words go before srun's: on several hosts mpirun starts its daemons by srun, and what srun says is then of the daemons.
 *
 * Traps that are refused rather than guessed at: --array=3,7 says COUNT 2, MIN 3, MAX 7, and does not say which task is the first;
 * PBS, LSF and HTCondor do not say how many tasks there are. SLURM_NTASKS is not looked at: in a batch script it counts tasks that nobody has started. */
#ifndef PW_EXPERIMENT_LAUNCHER_H
#define PW_EXPERIMENT_LAUNCHER_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/error.h"

enum { PW_MAX_SHARDS = 10000000, PW_LAUNCHER_TEXT = 512, PW_LAUNCHER_NAME = 96 };

typedef struct {
    int64_t shard, shards;               /* 0 <= shard < shards */
    int64_t task, tasks;                 /* of the job array; 0 of 1 without one */
    int64_t rank, ranks;                 /* of the launcher; 0 of 1 without one */
    int64_t ranks_here;                  /* ranks on this host, as far as the launcher says; 1 if it does not */
    char job[PW_LAUNCHER_NAME];          /* "812_3.0.1.r2": job, step, rank, restart, of letters, digits and ._- only; "" outside batch systems */
    char found[PW_LAUNCHER_TEXT];        /* "shard 3 of 64, from SLURM_ARRAY_TASK_ID 3 of 0 to 63" */
    char message[PW_LAUNCHER_TEXT];      /* what is wrong, as a sentence; "" if nothing */
} pw_launcher_t;

/* Fills `self`. `environment`: "NAME=value" texts, ended by NULL. `asked`: what --shard said: "i/n" (0 <= i < n; it always wins), "auto", or NULL. Without
 * --shard the whole sweep is done, and PW_ERROR_USAGE is returned if a launcher started several ranks: each would do the whole. `mpi_ranks`: how many ranks MPI
 * sees, 0 without MPI; with it the ranks share one shard (of the array or of "i/n") between them, and 1 where the launcher says more is PW_ERROR_USAGE. */
pw_status_t pw_launcher_read(pw_launcher_t *self, const char *const *environment, const char *asked, int64_t mpi_ranks);

/* How many threads: `asked` if above 0, else OMP_NUM_THREADS, SLURM_CPUS_PER_TASK, NSLOTS, else the processors this process may use (`processors`), at most
 * SLURM_CPUS_ON_NODE, shared between the ranks of this host unless the launcher has bound each to its own (`processors` below `online`). At least 1, at most
 * 1024. self->message warns if there are more threads than processors; it is "" otherwise. */
int pw_launcher_threads(pw_launcher_t *self, const char *const *environment, int64_t asked, int processors, int online);

#endif
