/* job_script.h: a sweep's shards as a script for somebody else's scheduler.
 *
 * What question it answers: what does one hand to Slurm, Grid Engine, GNU parallel, Snakemake or MPI, so that every shard is done once, however often
 * machines fail?
 * Floor: report. Writes text; submits nothing, starts nothing.
 *
 * All engines are asked for the same: start `sweep run ... --shard i/n`, start it again while it ends with 75 (stopped, more to do), and merge after the
 * last one. What each form heeds (tried on Slurm 22.05, Grid Engine 8.1.9, GNU parallel 20221122, Snakemake 7.21, OpenMPI 4.1):
 *   slurm     the shards' number is written into the script, because --array=3,7 does not say it; a task requeues itself by array id and task id, as
 *             $SLURM_JOB_ID of the last task means the whole array; the warning before the time limit reaches the program under srun only without "B:"
 *   sge       tasks count from 1; ending with 99 asks for the task to be started again
 *   parallel  --resume-failed starts again what failed, --joblog says what is done
 *   snakemake braces of the command are doubled
 *   mpi       ranks are ended together (--kill-on-bad-exit), since survivors would wait for ever */
#ifndef PW_REPORT_JOB_SCRIPT_H
#define PW_REPORT_JOB_SCRIPT_H

#include "../base/text.h"

enum pw_engine_of_jobs { PW_JOBS_SLURM, PW_JOBS_SGE, PW_JOBS_PARALLEL, PW_JOBS_SNAKEMAKE, PW_JOBS_MPI, PW_JOBS_ENGINES };
extern const char *const pw_job_engines[PW_JOBS_ENGINES + 1];     /* their names, ended by NULL */

enum { PW_MOST_ARRAY_TASKS = 1000 };     /* Slurm's MaxArraySize is 1001 unless a site says otherwise */

typedef struct {
    int engine;
    const char *program;                 /* path of the binary */
    const char *const *words; int n_words;     /* of `sweep run`: the design and its options, unquoted */
    const char *name, *out;              /* of the job; the sweep's folder */
    long long shards;
    int threads;                         /* of each shard */
    double shard_seconds, megabytes;     /* foretold for each */
} pw_job_t;

/* Appends the script. Memory that runs out shows in out->failed. */
void pw_job_script(const pw_job_t *self, pw_text_t *out);
/* Appends a word so that a POSIX shell reads it as it is. */
void pw_shell_word(const char *word, pw_text_t *out);

#endif
