/* sweep_plan.c: `pathways sweep plan`: what a sweep would take, and a job script for it. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "../base/progress.h"
#include "../experiment/forecast.h"
#include "../report/job_script.h"
#include "sweep_options.h"
#include "verb.h"

typedef struct {
    pw_sweep_asked_t asked;
    int engine;                    /* 0: none, else 1 + enum pw_engine_of_jobs */
    const char *out;
    int64_t shards, threads, try_seconds;
    double hours;
} plan_options_t;

#define AT(field) offsetof(plan_options_t, field)
static const char *const engines[] = { "none", "slurm", "sge", "parallel", "snakemake", "mpi", NULL };
static const pw_option_t options[] = {
    PW_SWEEP_OPTIONS(plan_options_t),
    { .name = "engine", .argument = "ENGINE", .help = "print a job script too: slurm, sge, parallel, snakemake or mpi; nothing is submitted",
      .kind = PW_OPTION_CHOICE,
      .offset = AT(engine), .choices = engines },
    { .name = "out", .argument = "FOLDER", .help = "where the sweep is to go (default: output/NAME of the design's file)", .kind = PW_OPTION_TEXT,
      .offset = AT(out) },
    { .name = "shards", .argument = "N", .help = "cut it into so many (default: as many as take --hours each)", .kind = PW_OPTION_INTEGER,
      .offset = AT(shards), .low = 1, .high = 1000000 },
    { .name = "threads", .argument = "T", .help = "threads of each shard (default: 1)", .kind = PW_OPTION_INTEGER, .offset = AT(threads), .low = 1,
      .high = 1024 },
    { .name = "hours", .argument = "H", .help = "how long a shard should take (default: 1)", .kind = PW_OPTION_REAL, .offset = AT(hours), .low = 0,
      .high = 1000 },
    { .name = "try-seconds", .argument = "S", .help = "how long to try for the forecast (default: 10)", .kind = PW_OPTION_INTEGER, .offset = AT(try_seconds),
      .low = 1, .high = 3600 },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

typedef struct {
    plan_options_t asked;
    pw_sweep_t sweep;
    pw_findings_t findings;
    pw_forecast_t forecast;
    pw_text_t out, name;
} work_t;

/* ---- names ---- */

/* "sweeps/contact_places.cfg" -> "contact_places" */
static void put_stem(const char *file, pw_text_t *out)
{
    const char *slash = strrchr(file, '/'), *begin = slash ? slash + 1 : file, *dot = strrchr(begin, '.');
    pw_text_append_bytes(out, begin, dot && dot > begin ? (size_t)(dot - begin) : strlen(begin));
}

/* ---- what is said ---- */

static void say_kind(const work_t *self, const char *begin)
{
    const pw_design_t *design = &self->sweep.design;
    char number[PW_NUMBER_ROOM];
    printf("%s%s: ", begin, self->sweep.file.file);
    switch (design->kind) {
    case PW_DESIGN_GRID: printf("a full grid"); break;
    case PW_DESIGN_LIST: printf("points given one by one"); break;
    case PW_DESIGN_LATIN: printf("a Latin hypercube%s", design->maximin ? ", maximin" : ""); break;
    case PW_DESIGN_SOBOL: printf("a scrambled Sobol' sequence"); break;
    case PW_DESIGN_MORRIS: printf("%s Morris trajectories", pw_number_decimals((double)design->base, 0, number)); break;
    default: printf("Saltelli's design, %s base points (%s)", pw_number_decimals((double)design->base, 0, number),
                    pw_design_sample_name(design->sample)); break;
    }
    printf(" over %d input%s\n", design->n_columns, design->n_columns == 1 ? "" : "s");
}

static void say_size(const work_t *self, const char *begin)
{
    const pw_forecast_t *f = &self->forecast;
    char points[PW_NUMBER_ROOM], worlds[PW_NUMBER_ROOM], units[PW_NUMBER_ROOM];
    int scenario[PW_MAX_SCENARIOS];
    printf("%s%s points x %lld worlds = %s worlds, each under %d scenario%s; %s units of work\n", begin, pw_number_decimals((double)f->points, 0, points),
           (long long)self->sweep.replications, pw_number_decimals((double)f->worlds, 0, worlds), pw_sweep_scenarios_at(&self->sweep, 0, scenario),
           pw_sweep_scenarios_at(&self->sweep, 0, scenario) == 1 ? "" : "s", pw_number_decimals((double)f->units, 0, units));
    printf("%sinputs:", begin);
    for (int j = 0; j < self->sweep.design.n_columns && j < 6; j++)
        printf("%s %s", j ? "," : "", self->sweep.design.column[j].path);
    printf(self->sweep.design.n_columns > 6 ? " and %d more\n" : "\n", self->sweep.design.n_columns - 6);
    printf("%smeasures: %d\n", begin, self->sweep.n_measures);
    if (self->sweep.drawn)
        printf("%sestimates that are no input: drawn from %s\n", begin, self->sweep.parameter_file
               ? self->sweep.parameter_file : "their own distributions (no posterior)");
}

static void say_forecast(const work_t *self, const char *begin)
{
    const pw_forecast_t *f = &self->forecast;
    char all[64], shard[64], unit[64], number[PW_NUMBER_ROOM], other[PW_NUMBER_ROOM];
    double threads = (double)self->asked.threads;
    printf("%stried %lld worlds in %lld tries of points: %s ms a world (from point to point the standard deviation is %s ms), %s ms to set a point up\n", begin,
           (long long)f->tried_worlds, (long long)(f->tried_units - f->failed_units), pw_number_significant(1e3 * f->world_seconds, 3, number),
           pw_number_significant(1e3 * f->world_sd, 2, other), pw_number_significant(1e3 * f->set_up_seconds, 2, unit));
    if (f->failed_units > 0)
        printf("%s%lld of %lld points tried make no model; the others go on without them (see below)\n", begin, (long long)f->failed_units,
               (long long)f->tried_units);
    printf("%stime: %s on one processor\n", begin, pw_progress_span(f->processor_seconds, all, sizeof all));
    printf("%sshards: %lld, about %s each with %d thread%s; the longest unit tried: %s s\n", begin, (long long)f->shards,
           pw_progress_span(f->processor_seconds / threads / (double)f->shards, shard, sizeof shard), (int)threads, threads > 1 ? "s" : "",
           pw_number_significant(f->longest_unit_seconds, 2, unit));
    printf("%smemory: about %s MB each\n", begin, pw_number_significant((f->bytes_shared + threads * f->bytes_per_thread) / 1e6, 2, number));
    printf("%sdisk: about %s MB in parts, as much again merged\n", begin, pw_number_significant(f->disk_bytes / 1e6, 2, number));
}

static void say_warnings(const work_t *self, const char *begin)
{
    const pw_forecast_t *f = &self->forecast;
    if (f->tried_units - f->failed_units < 4 && f->tried_units < f->units)
        printf("%snote: fewer than four points were tried; --try-seconds 60 foretells better\n", begin);
    if (f->unit_seconds < 0.05 && f->units > 10000)
        printf("%snote: units are short; --block %lld would make them longer and the records fewer\n", begin, (long long)self->sweep.replications);
    if (f->longest_unit_seconds > 1800.0)
        printf("%snote: a unit may take %.0f minutes, and a kill loses the unit in hand; a smaller --block makes units shorter\n", begin,
               f->longest_unit_seconds / 60.0);
    if (self->asked.engine > 0 && f->shards > PW_MOST_ARRAY_TASKS && (self->asked.engine == 1 || self->asked.engine == 2))
        printf("%snote: %lld tasks are more than most sites let into one array (1,000); --shards 1000, or --hours longer\n", begin, (long long)f->shards);
}

/* ---- the script ---- */

static void add_words(const pw_option_texts_t *texts, const char *option, const char **words, int *n)
{
    for (int i = 0; i < texts->n; i++) {
        words[(*n)++] = option;
        words[(*n)++] = texts->text[i];
    }
}

static void add_number(int64_t value, bool given, const char *option, char room[32], const char **words, int *n)
{
    if (!given)
        return;
    snprintf(room, 32, "%lld", (long long)value);
    words[(*n)++] = option;
    words[(*n)++] = room;
}

static void print_script(const work_t *self)
{
    enum { MOST = 6 * PW_MAX_OPTION_TEXTS + 32 };
    const pw_sweep_asked_t *asked = &self->asked.asked;
    const char *words[MOST];
    char number[4][32];
    int n = 0;
    words[n++] = self->sweep.file.file;
    add_words(&asked->scenarios, "--scenario", words, &n);
    add_words(&asked->sets, "--set", words, &n);
    add_words(&asked->measures, "--measure", words, &n);
    if (asked->baseline) {
        words[n++] = "--baseline";
        words[n++] = asked->baseline;
    }
    if (asked->parameters) {
        words[n++] = "--parameters";
        words[n++] = asked->parameters;
    }
    add_number(asked->replications, asked->replications > 0, "--replications", number[0], words, &n);
    add_number(asked->block, asked->block > 0, "--block", number[1], words, &n);
    add_number(asked->points, asked->points > 0, "--points", number[2], words, &n);
    add_number(asked->seed, asked->seed >= 0, "--seed", number[3], words, &n);
    const pw_forecast_t *f = &self->forecast;
    double threads = (double)self->asked.threads;
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    pw_job_t job = { .engine = self->asked.engine - 1, .program = length > 0 ? program : "pathways", .words = words, .n_words = n,
                     .name = pw_text_get(&self->name),
                     .out = pw_text_get(&self->out), .shards = f->shards, .threads = (int)self->asked.threads,
                     .shard_seconds = fmax(f->processor_seconds / threads / (double)f->shards, f->longest_unit_seconds),
                     .megabytes = (f->bytes_shared + threads * f->bytes_per_thread) / 1e6 };
    pw_text_t script = { 0 };
    pw_job_script(&job, &script);
    fputs(pw_text_get(&script), stdout);
    pw_text_free(&script);
}

static void print_all(work_t *self)
{
    bool script = self->asked.engine > 0, python = self->asked.engine == 1 + PW_JOBS_SNAKEMAKE;
    const char *begin = script ? "# " : "";
    if (script && !python)
        puts("#!/bin/sh");
    say_kind(self, begin);
    say_size(self, begin);
    say_forecast(self, begin);
    say_warnings(self, begin);
    if (script)
        print_script(self);
    else
        printf("\nOn this machine:  pathways sweep run %s --out %s\n", self->sweep.file.file, pw_text_get(&self->out));
}

/* ---- the verb ---- */

static pw_status_t complain(const char *sentence)
{
    fprintf(stderr, "pathways sweep plan: %s\n", sentence);
    return PW_ERROR_USAGE;
}

static pw_status_t plan(work_t *self, const char *design)
{
    pw_sweep_request_t request = pw_sweep_request(&self->asked.asked, design);
    put_stem(design, &self->name);
    if (self->asked.out)
        pw_text_append(&self->out, self->asked.out);
    else
        pw_text_printf(&self->out, "output/%s", pw_text_get(&self->name));
    pw_status_t status = pw_sweep_open(&self->sweep, &request, &self->findings);
    if (status != PW_OK)
        return status;
    pw_forecast_options_t how = { .units = 64, .seconds = (double)self->asked.try_seconds, .shard_seconds = 3600.0 * self->asked.hours,
                                  .threads = (int)self->asked.threads,
                                  .stop = pw_interrupt_flag() };
    status = pw_forecast_make(&self->sweep, &how, &self->forecast, &self->findings);
    if (status != PW_OK)
        return status;
    if (self->asked.shards > 0)
        self->forecast.shards = self->asked.shards < self->forecast.units ? self->asked.shards : self->forecast.units;
    if (self->out.failed || self->name.failed)
        return PW_ERROR_MEMORY;
    if (pw_text_get(&self->sweep.doubt)[0])
        fprintf(stderr, "pathways sweep plan: %s\n", pw_text_get(&self->sweep.doubt));
    print_all(self);
    return PW_OK;
}

static int run(int argc, char **argv)
{
    work_t *self = pw_alloc(1, sizeof *self);
    int first = argc;
    if (!self) {
        fprintf(stderr, "pathways sweep plan: %s\n", pw_status_sentence(PW_ERROR_MEMORY));
        return pw_status_exit_code(PW_ERROR_MEMORY);
    }
    self->asked = (plan_options_t){ .asked = PW_SWEEP_ASKED_NOTHING, .threads = 1, .hours = 1.0, .try_seconds = 10 };
    pw_status_t status = pw_options_parse("pathways sweep plan", options, N_OPTIONS, &self->asked, argc, argv, &first);
    if (status == PW_OK && argc - first != 1)
        status = complain(argc == first ? "which design? For example: pathways sweep plan sweeps/contact_places.cfg" : "one design at a time");
    else if (status == PW_OK && !(self->asked.hours > 0.0))
        status = complain("--hours must be above 0");
    else if (status == PW_OK)
        status = plan(self, argv[first]);
    if (self->findings.n > 0)
        pw_findings_print(&self->findings, stderr);
    else if (status != PW_OK && status != PW_ERROR_USAGE)
        fprintf(stderr, "pathways sweep plan: %s\n", pw_status_sentence(status));
    pw_sweep_free(&self->sweep);
    pw_findings_free(&self->findings);
    pw_text_free(&self->out);
    pw_text_free(&self->name);
    pw_free(self);
    return pw_status_exit_code(status);
}

const pw_verb_t pw_sweep_plan_verb = {
    .name = "sweep plan",
    .summary = "what a sweep would take, and a job script for it",
    .usage = "sweep plan DESIGN.cfg|DESIGN.csv [options]",
    .about = "Counts the points, tries a few of them, and foretells time, memory and disk. Proposes shards and, with\n"
             "--engine, prints a script that runs and merges them (the forecast stands in its comments). Submits\n"
             "nothing and writes no file.\n",
    .examples = "  pathways sweep plan sweeps/contact_places.cfg\n"
                "      how long it would take here\n"
                "  pathways sweep plan sweeps/which_estimates.cfg --engine slurm --hours 2 --out output/which > job.sh\n"
                "      a script for a job array whose tasks take about two hours each\n"
                "  pathways sweep plan points.csv --scenario scenarios/joint_screening.cfg --replications 20\n"
                "      points of one's own, one a row\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
