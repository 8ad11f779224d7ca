/* launcher.c: see launcher.h. */
#include "launcher.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../base/number.h"

static const char *look_up(const char *const *environment, const char *name)
{
    size_t n = strlen(name);
    for (; *environment; environment++)
        if (strncmp(*environment, name, n) == 0 && (*environment)[n] == '=')
            return *environment + n + 1;
    return NULL;
}

static bool number_of(const char *const *environment, const char *name, int64_t *out)
{
    const char *text = look_up(environment, name);
    return text && pw_number_read_integer(text, out);
}

static pw_status_t refuse(pw_launcher_t *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
static pw_status_t refuse(pw_launcher_t *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(self->message, sizeof self->message, format, arguments);
    va_end(arguments);
    return PW_ERROR_USAGE;
}

static void note(pw_launcher_t *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void note(pw_launcher_t *self, const char *format, ...)
{
    size_t n = strlen(self->found);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(self->found + n, sizeof self->found - n, format, arguments);
    va_end(arguments);
}

/* ---- ranks ---- */

typedef struct {
    const char *rank, *size, *here;        /* variables: my number, how many, how many on this host */
} ranks_t;

static const ranks_t launchers[] = {
    { "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_SIZE" },
    { "PMI_RANK", "PMI_SIZE", "MPI_LOCALNRANKS" },
    { "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", NULL },
};

/* The launcher that says more than one rank; NULL: none does. */
static const ranks_t *read_ranks(pw_launcher_t *self, const char *const *environment)
{
    for (size_t i = 0; i < sizeof launchers / sizeof launchers[0]; i++) {
        const ranks_t *l = &launchers[i];
        int64_t rank, size, here;
        if (!number_of(environment, l->rank, &rank) || !number_of(environment, l->size, &size) || size < 2 || size > PW_MAX_SHARDS || rank < 0 || rank >= size)
            continue;
        self->rank = rank;
        self->ranks = size;
        if (l->here && number_of(environment, l->here, &here) && here >= 1 && here <= size)
            self->ranks_here = here;
        return l;
    }
    return NULL;
}

/* ---- arrays ---- */

typedef struct {
    const char *system, *id, *first, *last, *step, *count;
} array_t;

static const array_t slurm = { "Slurm", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_STEP",
                               "SLURM_ARRAY_TASK_COUNT" };
static const array_t sge = { "Grid Engine", "SGE_TASK_ID", "SGE_TASK_FIRST", "SGE_TASK_LAST", "SGE_TASK_STEPSIZE", NULL };

/* Whether a variable is there and says something: Grid Engine writes "undefined" where it means nothing, LSF 0. */
static bool says(const char *const *environment, const char *name)
{
    const char *text = look_up(environment, name);
    return text && *text && strcmp(text, "undefined") != 0 && strcmp(text, "0") != 0;
}

static pw_status_t read_array(pw_launcher_t *self, const char *const *environment, const array_t *array)
{
    int64_t id, first, last, step = 1, count;
    if (!number_of(environment, array->id, &id) || !number_of(environment, array->first, &first) || !number_of(environment, array->last, &last))
        return refuse(self, "%s is \"%s\", but %s and %s do not say which tasks there are; say --shard i/n", array->id, look_up(environment, array->id),
                      array->first, array->last);
    if (look_up(environment, array->step) && !number_of(environment, array->step, &step))
        return refuse(self, "%s is \"%s\", which is no number; say --shard i/n", array->step, look_up(environment, array->step));
    if (step < 1 || first < 0 || id < first || id > last || (id - first) % step != 0 || (last - first) / step >= PW_MAX_SHARDS)
        return refuse(self, "task %" PRId64 " is not one of %" PRId64 " to %" PRId64 " in steps of %" PRId64 " (%s); say --shard i/n", id, first, last, step,
                      array->id);
    self->tasks = (last - first) / step + 1;
    self->task = (id - first) / step;
    if (array->count && number_of(environment, array->count, &count) && count != self->tasks)
        return refuse(self,
                      "this array holds %" PRId64 " of the tasks %" PRId64 " to %" PRId64
                      ", as when failed ones are submitted again; which shard is meant cannot be told from that: say --shard $%s/n, with the n "
                      "of the first submission", count, first, last, array->id);
    note(self, "%s %" PRId64 " of %" PRId64 " to %" PRId64, array->id, id, first, last);
    if (step > 1)
        note(self, " in steps of %" PRId64, step);
    return PW_OK;
}

static pw_status_t find_array(pw_launcher_t *self, const char *const *environment)
{
    static const char *const unsized[] = { "PBS_ARRAY_INDEX", "PBS_ARRAYID", "LSB_JOBINDEX" };
    const char *slurm_id = look_up(environment, slurm.id);
    if (slurm_id && *slurm_id)
        return read_array(self, environment, &slurm);
    if (says(environment, sge.id))
        return read_array(self, environment, &sge);
    for (size_t i = 0; i < sizeof unsized / sizeof unsized[0]; i++)
        if (says(environment, unsized[i]))
            return refuse(self, "%s is \"%s\", but nothing says how many tasks there are; say --shard i/n, with i from 0", unsized[i],
                          look_up(environment, unsized[i]));
    return PW_OK;
}

/* ---- the name of the job, for the names of files ---- */

static void add_to_name(pw_launcher_t *self, const char *before, const char *text)
{
    size_t n = strlen(self->job);
    if (!text || !*text)
        return;
    n += (size_t)snprintf(self->job + n, sizeof self->job - n, "%s", before);
    for (; *text && n + 1 < sizeof self->job; text++)
        self->job[n++] = isalnum((unsigned char)*text) || *text == '_' || *text == '-' ? *text : '.';
    self->job[n < sizeof self->job ? n : sizeof self->job - 1] = '\0';
}

static void name_job(pw_launcher_t *self, const char *const *environment, const ranks_t *launcher)
{
    const char *array = look_up(environment, "SLURM_ARRAY_JOB_ID");
    if (look_up(environment, "SLURM_JOB_ID")) {
        add_to_name(self, "", array ? array : look_up(environment, "SLURM_JOB_ID"));
        if (array)
            add_to_name(self, "_", look_up(environment, slurm.id));
        add_to_name(self, ".", look_up(environment, "SLURM_STEP_ID"));
    } else if (look_up(environment, "JOB_ID")) {
        add_to_name(self, "", look_up(environment, "JOB_ID"));
        if (says(environment, sge.id))
            add_to_name(self, "_", look_up(environment, sge.id));
    }
    if (launcher)
        add_to_name(self, self->job[0] ? "." : "rank", look_up(environment, launcher->rank));
    add_to_name(self, self->job[0] ? ".r" : "r", look_up(environment, "SLURM_RESTART_COUNT"));
}

/* ---- all of it ---- */

/* "3/64"; no blanks, no signs. */
static bool read_shard(const char *text, int64_t *shard, int64_t *shards)
{
    char first[24];
    const char *slash = strchr(text, '/');
    if (!slash || slash == text || (size_t)(slash - text) >= sizeof first || !isdigit((unsigned char)text[0]) || !isdigit((unsigned char)slash[1]))
        return false;
    memcpy(first, text, (size_t)(slash - text));
    first[slash - text] = '\0';
    return pw_number_read_integer(first, shard) && pw_number_read_integer(slash + 1, shards);
}

static pw_status_t take_explicit(pw_launcher_t *self, const char *asked)
{
    if (!read_shard(asked, &self->shard, &self->shards))
        return refuse(self, "--shard must be i/n with i from 0 to n - 1, or auto, not \"%s\"", asked);
    if (self->shards < 1 || self->shards > PW_MAX_SHARDS || self->shard >= self->shards)
        return refuse(self, "there is no shard %s: of n shards, 1 to %d, the first is 0 and the last n - 1", asked, PW_MAX_SHARDS);
    note(self, "--shard");
    return PW_OK;
}

static pw_status_t take_auto(pw_launcher_t *self, const char *const *environment, const ranks_t *launcher, bool mpi)
{
    pw_status_t status = find_array(self, environment);
    if (status != PW_OK)
        return status;
    int64_t ranks = mpi ? 1 : self->ranks, rank = mpi ? 0 : self->rank;
    if (self->tasks * ranks > PW_MAX_SHARDS)
        return refuse(self, "%" PRId64 " tasks of %" PRId64 " ranks are more than the %d shards that a sweep may have", self->tasks, ranks, PW_MAX_SHARDS);
    self->shard = self->task * ranks + rank;
    self->shards = self->tasks * ranks;
    if (launcher && !mpi)
        note(self, "%s%s %" PRId64 " of %" PRId64, self->found[0] ? " and " : "", launcher->rank, self->rank, self->ranks);
    if (!self->found[0])
        note(self, mpi ? "--mpi" : "no launcher and no job array");
    return PW_OK;
}

pw_status_t pw_launcher_read(pw_launcher_t *self, const char *const *environment, const char *asked, int64_t mpi_ranks)
{
    *self = (pw_launcher_t){ .shards = 1, .tasks = 1, .ranks = 1, .ranks_here = 1 };
    const ranks_t *launcher = read_ranks(self, environment);
    bool mpi = mpi_ranks > 0;
    name_job(self, environment, launcher);
    if (mpi && mpi_ranks == 1 && self->ranks > 1)
        return refuse(self, "the launcher started %" PRId64 " ranks (%s), but MPI sees one; the program and the launcher are of two kinds of MPI (or srun "
                      "needs --mpi=pmix or --mpi=pmi2)", self->ranks, launcher->size);
    pw_status_t status = PW_OK;
    if (asked && strcmp(asked, "auto") != 0)
        status = take_explicit(self, asked);
    else if (asked)
        status = take_auto(self, environment, launcher, mpi);
    else if (self->ranks > 1 && !mpi)
        return refuse(self, "the launcher started %" PRId64 " of this program (%s), and each would do the whole sweep; say --shard auto", self->ranks,
                      launcher->size);
    else
        note(self, mpi ? "--mpi" : "no --shard");
    if (status != PW_OK)
        return status;
    char from[PW_LAUNCHER_TEXT];
    memcpy(from, self->found, sizeof from);
    if (self->shards > 1 || (asked && strcmp(asked, "auto") != 0) || mpi || self->tasks > 1)
        snprintf(self->found, sizeof self->found, "shard %" PRId64 " of %" PRId64 ", from %.400s", self->shard, self->shards, from);
    else
        snprintf(self->found, sizeof self->found, "the whole sweep (%.400s)", from);
    return PW_OK;
}

int pw_launcher_threads(pw_launcher_t *self, const char *const *environment, int64_t asked, int processors, int online)
{
    static const char *const said[] = { "OMP_NUM_THREADS", "SLURM_CPUS_PER_TASK", "NSLOTS" };
    int64_t threads = asked, on_node;
    self->message[0] = '\0';
    for (size_t i = 0; threads < 1 && i < sizeof said / sizeof said[0]; i++)
        if (!number_of(environment, said[i], &threads))
            threads = 0;
    if (threads < 1) {
        threads = processors;
        if (number_of(environment, "SLURM_CPUS_ON_NODE", &on_node) && on_node >= 1 && on_node < threads)
            threads = on_node;
        if (processors >= online)
            threads /= self->ranks_here;
    }
    threads = threads < 1 ? 1 : threads > 1024 ? 1024 : threads;
    if (threads > processors)
        snprintf(self->message, sizeof self->message, "%" PRId64 " threads share %d processor%s%s", threads, processors, processors == 1 ? "" : "s",
                 self->ranks > 1 ? "; with mpirun, --bind-to none (or --map-by slot:PE=n) gives each rank more" : "");
    return (int)threads;
}
