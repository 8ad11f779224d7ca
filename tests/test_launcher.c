/* test_launcher.c: what each launcher and job array says, and which shard that makes. One row, one environment. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "../model/experiment/launcher.h"

typedef struct {
    const char *what;
    const char *environment[14];
    const char *asked;
    int64_t mpi;
    pw_status_t status;
    int64_t shard, shards;
    const char *says;          /* in what it found, or in what is wrong */
} row_t;

#define SLURM_ARRAY(id, count, min, max, step) \
    "SLURM_JOB_ID=812", "SLURM_ARRAY_JOB_ID=800", "SLURM_ARRAY_TASK_ID=" id, "SLURM_ARRAY_TASK_COUNT=" count, \
    "SLURM_ARRAY_TASK_MIN=" min, "SLURM_ARRAY_TASK_MAX=" max, \
        "SLURM_ARRAY_TASK_STEP=" step

static const row_t rows[] = {
    { "a laptop", { "HOME=/root", "PATH=/bin" }, NULL, 0, PW_OK, 0, 1, "no --shard" },
    { "a laptop, auto", { "HOME=/root" }, "auto", 0, PW_OK, 0, 1, "the whole sweep" },
    { "by hand", { "HOME=/root" }, "3/64", 0, PW_OK, 3, 64, "shard 3 of 64, from --shard" },
    { "one shard of one", { "A=" }, "0/1", 0, PW_OK, 0, 1, "shard 0 of 1" },
    { "the largest", { "A=" }, "9999999/10000000", 0, PW_OK, 9999999, 10000000, "" },

    { "--array=0-7", { SLURM_ARRAY("3", "8", "0", "7", "1") }, "auto", 0, PW_OK, 3, 8, "SLURM_ARRAY_TASK_ID 3 of 0 to 7" },
    { "--array=0-7%2: two at a time, eight in all", { SLURM_ARRAY("7", "8", "0", "7", "1") }, "auto", 0, PW_OK, 7, 8, "shard 7 of 8" },
    { "--array=1-8", { SLURM_ARRAY("8", "8", "1", "8", "1") }, "auto", 0, PW_OK, 7, 8, "" },
    { "--array=0-15:5, of which Slurm says MAX=15", { SLURM_ARRAY("10", "4", "0", "15", "5") }, "auto", 0, PW_OK, 2, 4, "in steps of 5" },
    { "--array=3: one task alone does all that is missing", { SLURM_ARRAY("3", "1", "3", "3", "1") }, "auto", 0, PW_OK, 0, 1,
      "the whole sweep (SLURM_ARRAY_TASK_ID 3 of 3 to 3)" },
    { "--array=3,7: not two shards, nor five", { SLURM_ARRAY("7", "2", "3", "7", "1") }, "auto", 0, PW_ERROR_USAGE, 0, 0, "--shard $SLURM_ARRAY_TASK_ID/n" },
    { "--array=3,7 with the n of the first submission", { SLURM_ARRAY("7", "2", "3", "7", "1") }, "7/64", 0, PW_OK, 7, 64, "" },
    { "an array that does not say how long it is", { "SLURM_ARRAY_TASK_ID=3" }, "auto", 0, PW_ERROR_USAGE, 0, 0, "do not say which tasks" },
    { "an array's task outside the array", { SLURM_ARRAY("9", "8", "0", "7", "1") }, "auto", 0, PW_ERROR_USAGE, 0, 0, "not one of 0 to 7" },
    { "a task between two steps", { SLURM_ARRAY("4", "4", "0", "15", "5") }, "auto", 0, PW_ERROR_USAGE, 0, 0, "steps of 5" },
    { "a step of nothing", { SLURM_ARRAY("4", "4", "0", "15", "0") }, "auto", 0, PW_ERROR_USAGE, 0, 0, "steps of 0" },
    { "a task that is no number", { SLURM_ARRAY("x", "4", "0", "3", "1") }, "auto", 0, PW_ERROR_USAGE, 0, 0, "\"x\"" },
    { "numbers that would overflow", { SLURM_ARRAY("0", "1", "-9223372036854775807", "9223372036854775807", "1") }, "auto", 0, PW_ERROR_USAGE, 0, 0,
      "--shard i/n" },

    { "an array without --shard is somebody's own loop", { SLURM_ARRAY("3", "8", "0", "7", "1") }, NULL, 0, PW_OK, 0, 1, "no --shard" },
    { "srun -n 4", { "SLURM_JOB_ID=9", "SLURM_STEP_ID=0", "SLURM_PROCID=2", "SLURM_STEP_NUM_TASKS=4", "SLURM_NTASKS=4" }, "auto", 0, PW_OK, 2, 4,
      "SLURM_PROCID 2 of 4" },
    { "a batch script: NTASKS are not started yet", { "SLURM_JOB_ID=9", "SLURM_PROCID=0", "SLURM_NTASKS=4", "SLURM_NPROCS=4" }, "auto", 0, PW_OK, 0, 1,
      "whole sweep" },
    { "srun -n 4 in an array of 8", { SLURM_ARRAY("3", "8", "0", "7", "1"), "SLURM_PROCID=2", "SLURM_STEP_NUM_TASKS=4" }, "auto", 0, PW_OK, 14, 32,
      "ID 3 of 0 to 7 and SLURM_PROCID 2 of 4" },
    { "srun -n 1 in an array", { SLURM_ARRAY("3", "8", "0", "7", "1"), "SLURM_PROCID=0", "SLURM_STEP_NUM_TASKS=1" }, "auto", 0, PW_OK, 3, 8, "" },
    { "srun -n 4 without --shard: four whole sweeps", { "SLURM_PROCID=2", "SLURM_STEP_NUM_TASKS=4" }, NULL, 0, PW_ERROR_USAGE, 0, 0,
      "each would do the whole sweep" },
    { "srun -n 4 with a shard by hand", { "SLURM_PROCID=2", "SLURM_STEP_NUM_TASKS=4" }, "2/4", 0, PW_OK, 2, 4, "" },
    { "mpirun -n 2", { "OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=2", "OMPI_COMM_WORLD_LOCAL_SIZE=2" }, "auto", 0, PW_OK, 1, 2,
      "OMPI_COMM_WORLD_RANK 1 of 2" },
    { "mpirun in sbatch on four hosts: its daemons are srun's", { "SLURM_PROCID=1", "SLURM_STEP_NUM_TASKS=3", "OMPI_COMM_WORLD_RANK=5",
                                                                  "OMPI_COMM_WORLD_SIZE=8" }, "auto", 0, PW_OK, 5, 8, "" },
    { "mpirun without --shard", { "OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=2" }, NULL, 0, PW_ERROR_USAGE, 0, 0, "OMPI_COMM_WORLD_SIZE" },
    { "mpirun -n 1", { "OMPI_COMM_WORLD_RANK=0", "OMPI_COMM_WORLD_SIZE=1" }, NULL, 0, PW_OK, 0, 1, "" },
    { "hydra -n 3", { "PMI_RANK=2", "PMI_SIZE=3", "MPI_LOCALNRANKS=3" }, "auto", 0, PW_OK, 2, 3, "PMI_RANK 2 of 3" },
    { "srun --mpi=pmi2 -n 3", { "PMI_RANK=2", "PMI_SIZE=3", "SLURM_PROCID=2", "SLURM_STEP_NUM_TASKS=3" }, "auto", 0, PW_OK, 2, 3, "" },
    { "a rank outside its launcher is no rank", { "PMI_RANK=3", "PMI_SIZE=3" }, "auto", 0, PW_OK, 0, 1, "" },
    { "more ranks than shards may be", { SLURM_ARRAY("0", "10000", "0", "9999", "1"), "PMI_RANK=0", "PMI_SIZE=5000" }, "auto", 0, PW_ERROR_USAGE, 0, 0,
      "10000 tasks of 5000 ranks" },

    { "qsub -t 1-8", { "JOB_ID=44", "SGE_TASK_ID=8", "SGE_TASK_FIRST=1", "SGE_TASK_LAST=8", "SGE_TASK_STEPSIZE=1" }, "auto", 0, PW_OK, 7, 8,
      "SGE_TASK_ID 8 of 1 to 8" },
    { "qsub -t 1-9:4", { "SGE_TASK_ID=5", "SGE_TASK_FIRST=1", "SGE_TASK_LAST=9", "SGE_TASK_STEPSIZE=4" }, "auto", 0, PW_OK, 1, 3, "" },
    { "qsub without -t", { "JOB_ID=44", "SGE_TASK_ID=undefined", "SGE_TASK_FIRST=undefined", "SGE_TASK_LAST=undefined" }, "auto", 0, PW_OK, 0, 1,
      "whole sweep" },
    { "PBS does not say how many", { "PBS_ARRAY_INDEX=3" }, "auto", 0, PW_ERROR_USAGE, 0, 0, "PBS_ARRAY_INDEX" },
    { "LSF outside arrays", { "LSB_JOBINDEX=0" }, "auto", 0, PW_OK, 0, 1, "" },
    { "LSF in one", { "LSB_JOBINDEX=2" }, "auto", 0, PW_ERROR_USAGE, 0, 0, "how many tasks" },

    { "MPI sees what mpirun started", { "OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=2" }, "auto", 2, PW_OK, 0, 1, "--mpi" },
    { "MPI in an array: the ranks share the task's shard", { SLURM_ARRAY("3", "8", "0", "7", "1"), "SLURM_PROCID=2", "SLURM_STEP_NUM_TASKS=4" }, "auto", 4,
      PW_OK, 3, 8, "" },
    { "MPI needs no --shard", { "SLURM_PROCID=2", "SLURM_STEP_NUM_TASKS=4" }, NULL, 4, PW_OK, 0, 1, "" },
    { "MPICH under srun --mpi=pmix: each rank is alone", { "SLURM_PROCID=2", "SLURM_STEP_NUM_TASKS=4" }, NULL, 1, PW_ERROR_USAGE, 0, 0, "MPI sees one" },
    { "MPI alone on a laptop", { "A=" }, NULL, 1, PW_OK, 0, 1, "" },

    { "no number", { "A=" }, "x", 0, PW_ERROR_USAGE, 0, 0, "not \"x\"" },
    { "n shards end at n - 1", { "A=" }, "64/64", 0, PW_ERROR_USAGE, 0, 0, "no shard 64/64" },
    { "none of none", { "A=" }, "0/0", 0, PW_ERROR_USAGE, 0, 0, "no shard" },
    { "below nought", { "A=" }, "-1/4", 0, PW_ERROR_USAGE, 0, 0, "i/n" },
    { "half of it", { "A=" }, "1/", 0, PW_ERROR_USAGE, 0, 0, "i/n" },
    { "three of it", { "A=" }, "1/2/3", 0, PW_ERROR_USAGE, 0, 0, "i/n" },
    { "with blanks", { "A=" }, "1 / 2", 0, PW_ERROR_USAGE, 0, 0, "i/n" },
    { "too many digits", { "A=" }, "1/99999999999999999999", 0, PW_ERROR_USAGE, 0, 0, "i/n" },
    { "nothing", { "A=" }, "", 0, PW_ERROR_USAGE, 0, 0, "i/n" },
};

static void test_every_environment_of_the_table_gives_its_shard(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const row_t *row = &rows[i];
        pw_launcher_t launcher;
        pw_status_t status = pw_launcher_read(&launcher, row->environment, row->asked, row->mpi);
        const char *said = status == PW_OK ? launcher.found : launcher.message;
        bool right = status == row->status && strstr(said, row->says) && (status != PW_OK || (launcher.shard == row->shard && launcher.shards == row->shards));
        if (!right)
            printf("\n  %s: %s, shard %ld of %ld: %s\n", row->what, pw_status_name(status), (long)launcher.shard, (long)launcher.shards, said);
        CU_ASSERT(right);
    }
}

/* All tasks of an array times all ranks of a launcher: each shard once. */
static void test_tasks_times_ranks_cover_every_shard_once(void)
{
    int seen[12] = { 0 };
    for (int task = 0; task < 4; task++)
        for (int rank = 0; rank < 3; rank++) {
            char id[32], procid[32];
            snprintf(id, sizeof id, "SLURM_ARRAY_TASK_ID=%d", 10 + 5 * task);
            snprintf(procid, sizeof procid, "SLURM_PROCID=%d", rank);
            const char *const environment[] = { id, procid, "SLURM_STEP_NUM_TASKS=3", "SLURM_ARRAY_TASK_MIN=10", "SLURM_ARRAY_TASK_MAX=25",
                                                "SLURM_ARRAY_TASK_STEP=5",
                                                "SLURM_ARRAY_TASK_COUNT=4", NULL };
            pw_launcher_t launcher;
            CU_ASSERT_EQUAL(pw_launcher_read(&launcher, environment, "auto", 0), PW_OK);
            CU_ASSERT_EQUAL_FATAL(launcher.shards, 12);
            seen[launcher.shard]++;
        }
    for (int i = 0; i < 12; i++)
        CU_ASSERT_EQUAL(seen[i], 1);
}

static const char *job_of(const char *const *environment)
{
    static pw_launcher_t launcher;
    CU_ASSERT_EQUAL(pw_launcher_read(&launcher, environment, "0/1", 0), PW_OK);
    return launcher.job;
}

static void test_name_of_the_job_tells_tasks_steps_ranks_and_restarts_apart(void)
{
    PW_ASSERT_TEXT(job_of((const char *const[]){ "A=", NULL }), "");
    PW_ASSERT_TEXT(job_of((const char *const[]){ SLURM_ARRAY("3", "8", "0", "7", "1"), "SLURM_STEP_ID=0", "SLURM_RESTART_COUNT=2", NULL }), "800_3.0.r2");
    PW_ASSERT_TEXT(job_of((const char *const[]){ "SLURM_JOB_ID=9", "SLURM_STEP_ID=1", "SLURM_PROCID=2", "SLURM_STEP_NUM_TASKS=4", NULL }), "9.1.2");
    PW_ASSERT_TEXT(job_of((const char *const[]){ "OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=2", NULL }), "rank1");
    PW_ASSERT_TEXT(job_of((const char *const[]){ "JOB_ID=44", "SGE_TASK_ID=8", NULL }), "44_8");
    PW_ASSERT_TEXT(job_of((const char *const[]){ "JOB_ID=../4 4", NULL }), "...4.4");      /* nothing that a path could mean */
}

static int threads_of(const char *const *environment, int64_t asked, int processors, int online, bool *warned)
{
    pw_launcher_t launcher;
    CU_ASSERT_EQUAL(pw_launcher_read(&launcher, environment, "0/1", 0), PW_OK);
    int threads = pw_launcher_threads(&launcher, environment, asked, processors, online);
    *warned = launcher.message[0] != '\0';
    return threads;
}

static void test_threads_are_what_was_said_or_what_there_is(void)
{
    bool warned;
    static const char *const nothing[] = { NULL };
    static const char *const all[] = { "OMP_NUM_THREADS=6", "SLURM_CPUS_PER_TASK=5", "NSLOTS=4", NULL };
    static const char *const slurm[] = { "SLURM_CPUS_PER_TASK=5", "NSLOTS=4", NULL };
    static const char *const engine[] = { "NSLOTS=4", NULL };
    static const char *const node[] = { "SLURM_CPUS_ON_NODE=3", NULL };
    static const char *const list[] = { "OMP_NUM_THREADS=4,2", NULL };      /* nested levels: no plain number */
    static const char *const ranks[] = { "OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=8", "OMPI_COMM_WORLD_LOCAL_SIZE=4", NULL };
    CU_ASSERT_EQUAL(threads_of(nothing, 0, 8, 8, &warned), 8);
    CU_ASSERT_EQUAL(threads_of(all, 7, 8, 8, &warned), 7);
    CU_ASSERT_EQUAL(threads_of(all, 0, 8, 8, &warned), 6);
    CU_ASSERT_EQUAL(threads_of(slurm, 0, 8, 8, &warned), 5);
    CU_ASSERT_EQUAL(threads_of(engine, 0, 8, 8, &warned), 4);
    CU_ASSERT_EQUAL(threads_of(node, 0, 8, 8, &warned), 3);
    CU_ASSERT_EQUAL(threads_of(list, 0, 8, 8, &warned), 8);
    CU_ASSERT_EQUAL(threads_of(ranks, 0, 8, 8, &warned), 2);                 /* --bind-to none: four ranks share eight */
    CU_ASSERT_EQUAL(threads_of(ranks, 0, 2, 8, &warned), 2);                 /* bound: each has its own two */
    CU_ASSERT_EQUAL(threads_of(ranks, 0, 1, 1, &warned), 1);
    CU_ASSERT(!warned);
    CU_ASSERT_EQUAL(threads_of(ranks, 4, 1, 8, &warned), 4);                 /* mpirun's default: one core a rank */
    CU_ASSERT(warned);
}

PW_TESTS(PW_TEST(test_every_environment_of_the_table_gives_its_shard), PW_TEST(test_tasks_times_ranks_cover_every_shard_once),
         PW_TEST(test_name_of_the_job_tells_tasks_steps_ranks_and_restarts_apart), PW_TEST(test_threads_are_what_was_said_or_what_there_is))
