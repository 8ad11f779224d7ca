/* sweep_run.c: `pathways sweep run`: one process's share of a sweep. */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "../base/processors.h"
#include "../experiment/launcher.h"
#include "../experiment/sweep_work.h"
#include "invocation.h"
#include "sweep_options.h"
#include "sweep_place.h"
#include "verb.h"

typedef struct {
    pw_sweep_asked_t asked;
    const char *out, *shard;
    int64_t threads, max_points, point;
    double max_time;
    bool mpi, quiet;
} run_options_t;

#define AT(field) offsetof(run_options_t, field)
static const pw_option_t options[] = {
    PW_SWEEP_OPTIONS(run_options_t),
    { .name = "out", .letter = 'o', .argument = "DIR", .help = "the sweep's folder, of all its processes (default output/NAME of the design's file)",
      .kind = PW_OPTION_TEXT,
      .offset = AT(out) },
    { .name = "shard", .argument = "I/N", .help = "do every N-th unit, from the I-th (0 is the first); auto: ask the job array or the launcher",
      .kind = PW_OPTION_TEXT,
      .offset = AT(shard) },
    { .name = "max-time", .argument = "S", .help = "stop by itself after S seconds; exit code 75", .kind = PW_OPTION_REAL, .offset = AT(max_time), .low = 0,
      .high = 100000000 },
    { .name = "max-points", .argument = "N", .help = "do at most N points now; exit code 75 if there are more", .kind = PW_OPTION_INTEGER,
      .offset = AT(max_points), .low = 1,
      .high = INT64_MAX },
    { .name = "point", .argument = "P", .help = "do this point alone, whatever its shard", .kind = PW_OPTION_INTEGER, .offset = AT(point), .low = 0,
      .high = INT64_MAX },
    { .name = "threads", .letter = 't', .argument = "T", .help = "threads (default: OMP_NUM_THREADS, SLURM_CPUS_PER_TASK, NSLOTS, else all cores)",
      .kind = PW_OPTION_INTEGER,
      .offset = AT(threads), .low = 1, .high = 1024 },
    { .name = "mpi", .help = "share the units between ranks of MPI (a program built with make MPI=1)", .kind = PW_OPTION_FLAG, .offset = AT(mpi) },
    { .name = "quiet", .letter = 'q', .help = "no progress and no summary", .kind = PW_OPTION_FLAG, .offset = AT(quiet) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static const char command[] = "pathways sweep run";

typedef struct {
    run_options_t asked;
    const char *design;                /* NULL: go on with the folder's own */
    char *out;
    int64_t rank, ranks;               /* of MPI; 0 ranks without */
    int threads;
    pw_launcher_t launcher;
    pw_sweep_place_t place;
    pw_sweep_request_t request;
    pw_sweep_worked_t worked;
} work_t;

/* ---- what was asked ---- */

static pw_status_t complain(const char *text)
{
    fprintf(stderr, "%s: %s\n", command, text);
    return PW_ERROR_USAGE;
}

/* output/NAME, where NAME is the design's file without folder and ending. */
static char *folder_of(const char *design)
{
    const char *slash = strrchr(design, '/'), *name = slash ? slash + 1 : design, *dot = strrchr(name, '.');
    pw_text_t text = { 0 };
    pw_text_append(&text, "output/");
    pw_text_append_bytes(&text, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
    return pw_text_take(&text);
}

static pw_status_t parse(work_t *self, int argc, char **argv)
{
    int first;
    self->asked = (run_options_t){ .asked = PW_SWEEP_ASKED_NOTHING, .point = -1 };
    pw_status_t status = pw_options_parse(command, options, N_OPTIONS, &self->asked, argc, argv, &first);
    if (status != PW_OK)
        return status;
    if (argc - first > 1)
        return complain("one design at a time");
    self->design = argc > first ? argv[first] : NULL;
    if (!self->design && !self->asked.out)
        return complain("which design? Name its file, or say with --out which sweep is to go on");
    if (self->asked.point >= 0 && (self->asked.shard || self->asked.mpi || self->asked.max_points > 0))
        return complain("--point is one point, whatever its shard: it does not go with --shard, --mpi or --max-points");
    self->out = self->asked.out ? pw_strdup(self->asked.out) : folder_of(self->design);
    return self->out ? PW_OK : PW_ERROR_MEMORY;
}

static pw_status_t find_place_among_others(work_t *self)
{
    char message[256] = "";
    pw_status_t status = self->asked.mpi ? pw_mpi_begin(&self->rank, &self->ranks, message, sizeof message) : PW_OK;
    if (status == PW_ERROR_USAGE)
        return complain(message);
    if (status == PW_OK)
        status = pw_launcher_read(&self->launcher, (const char *const *)environ, self->asked.point >= 0 ? "0/1" : self->asked.shard, self->ranks);
    if (status == PW_ERROR_USAGE)
        return complain(self->launcher.message);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    self->threads = pw_launcher_threads(&self->launcher, (const char *const *)environ, self->asked.threads, pw_processors(), online > 0 ? (int)online : 1);
    if (self->launcher.message[0] && !self->asked.quiet)
        fprintf(stderr, "%s: note: %s\n", command, self->launcher.message);
    return status;
}

/* ---- the sweep and its folder ---- */

static pw_status_t open_design(work_t *self, int argc, char **argv)
{
    pw_sweep_place_t *place = &self->place;
    self->request = pw_sweep_request(&self->asked.asked, self->design);
    pw_status_t status = pw_sweep_folder_look(&place->folder, self->out);      /* a place that cannot be is said before any work */
    if (status == PW_OK || status == PW_ERROR_READ)
        status = pw_sweep_open(&place->sweep, &self->request, &place->findings);
    if (status == PW_OK)
        status = pw_sweep_folder_make(&place->folder, self->out, &place->sweep, &self->request, argc, argv);
    return status == PW_OK ? status : pw_sweep_place_say(command, status, &place->findings, place->folder.message);
}

static pw_status_t open_sweep(work_t *self, int argc, char **argv)
{
    const pw_sweep_asked_t *asked = &self->asked.asked;
    bool more = asked->baseline || asked->parameters || asked->scenarios.n + asked->sets.n + asked->measures.n > 0 ||
        asked->replications + asked->block + asked->points > 0 || asked->seed >= 0;
    if (!self->design && more)
        return complain("without a design the sweep in the folder goes on as it is; what it holds cannot be changed by options (see `pathways sweep extend`)");
    pw_status_t status = self->design ? open_design(self, argc, argv) : pw_sweep_place_open(&self->place, command, self->out);
    if (status == PW_OK && self->asked.point >= self->place.sweep.design.n_points) {
        fprintf(stderr, "%s: there is no point %" PRId64 "; the last of this design is %" PRId64 "\n", command, self->asked.point,
                self->place.sweep.design.n_points - 1);
        return PW_ERROR_USAGE;
    }
    return status;
}

/* ---- what is said ---- */

static void say_begin(const work_t *self)
{
    const char *doubt = pw_text_get(&self->place.sweep.doubt);
    if (doubt[0])
        fprintf(stderr, "%s: %s\n", command, doubt);
    if (self->asked.quiet)
        return;
    printf("%s in %s, %d thread%s\n", self->launcher.found, self->out, self->threads, self->threads > 1 ? "s" : "");
    fflush(stdout);
}

static void say_failed(const work_t *self)
{
    const pw_sweep_worked_t *w = &self->worked;
    fprintf(stderr, "%s: %" PRId64 " unit%s could not be done; the first is of point %" PRId64 ": %s\n", command, w->failed, w->failed == 1 ? "" : "s",
            w->first_failed, w->reason);
    fprintf(stderr, "%s: to try that point again: pathways sweep run --out %s --point %" PRId64 "\n", command, self->out, w->first_failed);
}

static void say_end(const work_t *self, pw_status_t status)
{
    const pw_sweep_worked_t *w = &self->worked;
    char span[32];
    if (w->message[0] || status == PW_ERROR_MEMORY)
        pw_sweep_place_say(command, status, NULL, w->message);
    if (w->failed > 0)
        say_failed(self);
    if (status == PW_INCOMPLETE)
        fprintf(stderr, "%s: %s; what is done is safe, run the same command again to go on\n", command,
                w->out_of_time ? "stopped, for --max-time is over" : w->stopped ? "stopped" : "stopped at --max-points");
    if (self->asked.quiet || (status < 0 && w->units == 0))      /* it did not come to counting them */
        return;
    if (!self->asked.mpi || self->rank == 0)
        printf("%" PRId64 " units: %" PRId64 " were there, ", w->units, w->there);
    printf("%" PRId64 " done here in %s%s%s\n", w->done, pw_progress_span(w->seconds, span, sizeof span), w->part[0] ? ", in " : "", w->part);
    bool is_all = self->launcher.shards <= 1 && self->asked.point < 0 && self->rank == 0;
    if (status == PW_OK && is_all && w->there + w->done == w->units)
        printf("pathways sweep merge %s makes the tables\n", self->out);
    if (w->damaged > 0)
        printf("%" PRId64 " record%s in parts cut short or damaged, left aside\n", w->damaged, w->damaged == 1 ? " was" : "s were");
}

/* ---- the run ---- */

static pw_status_t do_share(work_t *self)
{
    pw_sweep_place_t *place = &self->place;
    pw_sweep_work_t ask = { .sweep = &place->sweep, .identity = place->folder.identity, .folder = self->out, .shard = self->launcher.shard,
                            .shards = self->launcher.shards,
                            .point = self->asked.point, .job = self->launcher.job, .threads = self->threads, .max_seconds = self->asked.max_time,
                            .max_points = self->asked.max_points, .mpi = self->asked.mpi, .rank = self->rank, .asked = pw_interrupt_flag(),
                            .progress = self->asked.quiet ? NULL : stderr };
    say_begin(self);
    pw_status_t status = pw_sweep_work(&ask, &self->worked);
    say_end(self, status);
    return status;
}

static int run(int argc, char **argv)
{
    pw_invocation_t invocation;
    work_t *self = pw_alloc(1, sizeof *self);
    pw_status_t status = pw_invocation_init(&invocation, "sweep", argc, argv);
    if (!self)
        status = PW_ERROR_MEMORY;
    pw_interrupt_install_warnings();
    if (status == PW_OK)
        status = parse(self, argc, argv);
    if (status == PW_OK)
        status = find_place_among_others(self);
    if (status == PW_OK)
        status = open_sweep(self, invocation.argc, invocation.argv);
    if (status == PW_OK)
        status = do_share(self);
    else if (status == PW_ERROR_MEMORY)
        pw_sweep_place_say(command, status, NULL, NULL);
    pw_mpi_end();
    if (self) {
        pw_sweep_place_free(&self->place);
        pw_free(self->out);
    }
    pw_free(self);
    pw_invocation_free(&invocation);
    return pw_status_exit_code(status);
}

const pw_verb_t pw_sweep_run_verb = {
    .name = "sweep run",
    .summary = "do a sweep, or a shard of it; go on where it was left",
    .usage = "sweep run [DESIGN.cfg|DESIGN.csv] [--out DIR] [--shard I/N|auto] [options]",
    .about = "Simulates what is not there yet of a sweep, and writes it into the sweep's folder: any number of\n"
             "processes may do so at once, on any number of machines that see the folder. Each unit of work that is\n"
             "done is on the disk at once; whatever is killed, whenever, loses the unit in hand. Run the same command\n"
             "again to go on. USR1, TERM, INT and XCPU stop it within a second, with exit code 75. Without a design,\n"
             "the sweep in --out goes on. The results do not depend on shards, ranks, threads or order.\n"
             "Exit codes: 0 the share is done; 3 some points make no model (the rest is done); 5 the folder holds\n"
             "another sweep; 75 stopped, run again.\n",
    .examples = "  pathways sweep run sweeps/contact_places.cfg --out output/places\n"
                "      all of it, here\n"
                "  pathways sweep run sweeps/contact_places.cfg --out output/places --shard 3/64\n"
                "      one of 64 shards\n"
                "  srun -n 16 pathways sweep run --out output/places --shard auto\n"
                "      sixteen ranks go on with it\n"
                "  pathways sweep run --out output/places --point 17\n"
                "      one point again\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
