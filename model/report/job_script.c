#include "job_script.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const pw_job_engines[PW_JOBS_ENGINES + 1] = { "slurm", "sge", "parallel", "snakemake", "mpi", NULL };

enum { WARNING = 120 /* seconds before the time limit at which Slurm warns */, RESTARTS = 20 };

void pw_shell_word(const char *word, pw_text_t *out)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./@%";
    if (word[0] && strspn(word, plain) == strlen(word)) {
        pw_text_append(out, word);
        return;
    }
    pw_text_append(out, "'");
    for (const char *c = word; *c; c++)
        if (*c == '\'')
            pw_text_append(out, "'\\''");
        else
            pw_text_append_bytes(out, c, 1);
    pw_text_append(out, "'");
}

/* ---- what all engines start ---- */

/* PROGRAM sweep run DESIGN ... --out OUT --threads T */
static void put_run(const pw_job_t *self, pw_text_t *out)
{
    pw_shell_word(self->program, out);
    pw_text_append(out, " sweep run");
    for (int i = 0; i < self->n_words; i++) {
        pw_text_append(out, " ");
        pw_shell_word(self->words[i], out);
    }
    pw_text_append(out, " --out ");
    pw_shell_word(self->out, out);
}

static void put_merge(const pw_job_t *self, pw_text_t *out)
{
    pw_shell_word(self->program, out);
    pw_text_append(out, " sweep merge ");
    pw_shell_word(self->out, out);
}

/* Half as long again as foretold and five minutes, in whole minutes: a shard that needs longer stops by itself and is started again. */
static long minutes(const pw_job_t *self) { return (long)ceil(self->shard_seconds * 1.5 / 60.0) + 5; }

static void put_time(const pw_job_t *self, pw_text_t *out) { pw_text_printf(out, "%ld:%02ld:00", minutes(self) / 60, minutes(self) % 60); }

static long megabytes(const pw_job_t *self) { return (long)ceil(self->megabytes * 1.5 / 50.0) * 50; }

/* ---- one after the other ---- */

static void put_slurm_head(const pw_job_t *self, pw_text_t *out)
{
    pw_text_append(out, "#SBATCH --job-name=");
    pw_shell_word(self->name, out);
    pw_text_printf(out, "\n#SBATCH --cpus-per-task=%d\n#SBATCH --mem%s=%ldM\n#SBATCH --time=", self->threads, self->engine == PW_JOBS_MPI ? "-per-cpu" : "",
                   self->engine == PW_JOBS_MPI ? megabytes(self) / self->threads + 1 : megabytes(self));
    put_time(self, out);
    pw_text_printf(out, "\n#SBATCH --requeue\n#SBATCH --open-mode=append\n#SBATCH --signal=USR1@%d\n", WARNING);
}

static void put_again(const char *what, pw_text_t *out)
{
    pw_text_printf(out, "rc=$?\nif [ $rc = 75 ] && [ \"${SLURM_RESTART_COUNT:-0}\" -lt %d ]; then exec scontrol requeue \"%s\"; fi\nexit $rc\n", RESTARTS,
                   what);
}

static void slurm(const pw_job_t *self, pw_text_t *out)
{
    pw_text_printf(out, "#SBATCH --array=0-%lld\n#SBATCH --ntasks=1\n", self->shards - 1);
    put_slurm_head(self, out);
    pw_text_append(out, "#\n# Submit, and merge when all tasks have ended (the merge says what is missing, if anything):\n"
                        "#   id=$(sbatch --parsable job.sh)\n#   sbatch --dependency=afterany:$id --wrap ");
    pw_text_t merge = { 0 };
    put_merge(self, &merge);
    pw_shell_word(pw_text_get(&merge), out);
    pw_text_free(&merge);
    pw_text_append(out, "\n\nsrun --ntasks=1 --cpus-per-task=\"$SLURM_CPUS_PER_TASK\" ");
    put_run(self, out);
    pw_text_printf(out, " --threads %d --shard \"$SLURM_ARRAY_TASK_ID/%lld\"\n", self->threads, self->shards);
    put_again("${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}", out);
}

static void mpi(const pw_job_t *self, pw_text_t *out)
{
    pw_text_printf(out, "#SBATCH --ntasks=%lld\n", self->shards);
    put_slurm_head(self, out);
    pw_text_append(out, "#\n# Needs a program built with `make MPI=1`. Ranks take units as they get through them. Without Slurm:\n"
                   "#   mpirun --bind-to none -n ");
    pw_text_printf(out, "%lld ", self->shards);
    put_run(self, out);
    pw_text_printf(out, " --threads %d --mpi\n\nsrun --mpi=pmix --kill-on-bad-exit=1 --cpus-per-task=\"$SLURM_CPUS_PER_TASK\" ", self->threads);
    put_run(self, out);
    pw_text_printf(out, " --threads %d --mpi\n", self->threads);
    pw_text_printf(out, "rc=$?\nif [ $rc = 75 ] && [ \"${SLURM_RESTART_COUNT:-0}\" -lt %d ]; then exec scontrol requeue \"$SLURM_JOB_ID\"; fi\n"
                   "[ $rc = 0 ] && exec ", RESTARTS);
    put_merge(self, out);
    pw_text_append(out, "\nexit $rc\n");
}

static void sge(const pw_job_t *self, pw_text_t *out)
{
    pw_text_printf(out, "#$ -S /bin/sh\n#$ -cwd\n#$ -r y\n#$ -t 1-%lld\n#$ -N ", self->shards);
    pw_shell_word(self->name, out);
    pw_text_append(out, "\n#$ -l h_rt=");
    put_time(self, out);
    pw_text_append(out, "\n");
    if (self->threads > 1)
        pw_text_printf(out, "#$ -pe smp %d\n", self->threads);
    pw_text_append(out, "#\n# Submit, and merge when all tasks have ended:\n#   id=$(qsub -terse job.sh | cut -d. -f1)\n#   echo ");
    pw_text_t merge = { 0 };
    put_merge(self, &merge);
    pw_shell_word(pw_text_get(&merge), out);
    pw_text_free(&merge);
    pw_text_append(out, " | qsub -cwd -hold_jid $id\n\n");
    put_run(self, out);
    pw_text_printf(out, " --threads %d --shard \"$((SGE_TASK_ID - 1))/%lld\" --max-time %ld\n", self->threads, self->shards, (minutes(self) - 2) * 60);
    pw_text_append(out, "rc=$?\n[ $rc = 75 ] && exit 99     # start this task again\nexit $rc\n");
}

static void parallel(const pw_job_t *self, pw_text_t *out)
{
    pw_text_append(out, "# --sshlogin host1,host2 beside --jobs takes other machines too, if they see the same folders.\n\nmkdir -p \"$(dirname ");
    pw_shell_word(self->out, out);
    pw_text_append(out, ")\"\nseq 0 ");
    pw_text_printf(out, "%lld | parallel --jobs \"${JOBS:-1}\" --retries 3 --joblog ", self->shards - 1);
    pw_text_t log = { 0 }, command = { 0 };
    pw_text_printf(&log, "%s.joblog", self->out);
    pw_shell_word(pw_text_get(&log), out);
    put_run(self, &command);
    pw_text_append(out, " --resume-failed ");
    pw_shell_word(pw_text_get(&command), out);
    pw_text_printf(out, "' --threads %d --shard {}/%lld'\nrc=$?\n[ $rc = 0 ] || exit $rc\nexec ", self->threads, self->shards);
    put_merge(self, out);
    pw_text_append(out, "\n");
    pw_text_free(&log);
    pw_text_free(&command);
}

/* A Python text in which Snakemake finds no braces of its own. */
static void put_python(const char *text, pw_text_t *out)
{
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            pw_text_append(out, "\\");
        pw_text_append_bytes(out, c, 1);
        if (*c == '{' || *c == '}')
            pw_text_append_bytes(out, c, 1);
    }
}

static void snakemake(const pw_job_t *self, pw_text_t *out)
{
    pw_text_t run = { 0 }, merge = { 0 };
    put_run(self, &run);
    put_merge(self, &merge);
    pw_text_printf(out, "# Save as Snakefile; then: snakemake --keep-going --cores 8\n# or: snakemake --keep-going --jobs 100 --cluster \"sbatch --parsable "
                   "--cpus-per-task={threads} --time=%ld --mem=%ldM\"\n\n", minutes(self), megabytes(self));
    pw_text_printf(out, "SHARDS = %lld\nOUT = \"", self->shards);
    put_python(self->out, out);
    pw_text_append(out, "\"\n\nrule merge:\n    input: expand(OUT + \".done/{i}\", i=range(SHARDS))\n    output: OUT + \"/merged.csv.gz\"\n    shell: \"");
    put_python(pw_text_get(&merge), out);
    pw_text_printf(out, "\"\n\nrule shard:\n    output: touch(OUT + \".done/{i}\")\n    threads: %d\n    retries: 3\n    shell: \"", self->threads);
    put_python(pw_text_get(&run), out);
    pw_text_append(out, " --threads {threads} --shard {wildcards.i}/\" + str(SHARDS)\n");
    pw_text_free(&run);
    pw_text_free(&merge);
}

void pw_job_script(const pw_job_t *self, pw_text_t *out)
{
    static void (*const scripts[PW_JOBS_ENGINES])(const pw_job_t *, pw_text_t *) = { slurm, sge, parallel, snakemake, mpi };
    scripts[self->engine](self, out);
}
