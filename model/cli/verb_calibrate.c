/* verb_calibrate.c: `pathways calibrate`: parameter sets under which the simulated study looks like the study. */
#include <string.h>
#include <unistd.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../base/moment.h"
#include "../base/processors.h"
#include "../base/text.h"
#include "../experiment/calibrate_coverage.h"
#include "../experiment/calibrate_variant.h"
#include "../experiment/return_rate.h"
#include "../report/calibration.h"
#include "../report/coverage_rows.h"
#include "../report/local.h"
#include "invocation.h"
#include "parameter_file.h"
#include "verb.h"

typedef struct {
    const char *targets, *out, *local, *parameters, *from;
    int return_rate;
    int64_t coverage, particles, studies, pilot, worlds, seed, threads, moves, refresh;
    double tolerance, acceptance, keep;
    pw_option_texts_t sets;
    bool force, quiet;
} calibrate_options_t;

static const char *const return_rates[] = { "low", "central", "high", "all", NULL };
enum { NO_RATE = -1, ALL_RATES = PW_RETURN_RATES, NOT_ASKED = -1 };

#define AT(field) offsetof(calibrate_options_t, field)
static const pw_option_t options[] = {
    { .name = "local", .argument = "FILE",
      .help = "no sampling: weigh a posterior by a council's own numbers (params/example-council.cfg)", .kind = PW_OPTION_TEXT, .offset = AT(local) },
    { .name = "parameters", .argument = "FILE",
      .help = "with --local: the posterior (default: posterior.csv beside the baseline)", .kind = PW_OPTION_TEXT, .offset = AT(parameters) },
    { .name = "return-rate", .argument = "RATE",
      .help = "go on from a finished calibration to a baseline with a low, central or high rate of return (39, 50, 65 %), or all three",
      .kind = PW_OPTION_CHOICE, .offset = AT(return_rate), .choices = return_rates },
    { .name = "coverage", .argument = "K",
      .help = "check a finished calibration: do its intervals hold K known truths as often as they say? Adds coverage.csv to its folder",
      .kind = PW_OPTION_INTEGER, .offset = AT(coverage), .low = 20, .high = 100000 },
    { .name = "from", .argument = "DIR",
      .help = "with --return-rate and --coverage: the folder of that calibration (default output/calibration), which gives the other options too",
      .kind = PW_OPTION_TEXT, .offset = AT(from) },
    { .name = "targets", .argument = "FILE",
      .help = "what to calibrate to (default: targets.cfg beside the baseline)", .kind = PW_OPTION_TEXT, .offset = AT(targets) },
    { .name = "particles", .letter = 'n', .argument = "N",
      .help = "parameter sets that the sampler moves (default 2700; of a return rate half of its calibration's; "
              "of --coverage points of the table, 12000)", .kind = PW_OPTION_INTEGER,
      .offset = AT(particles), .low = 20, .high = 1000000 },
    { .name = "studies", .argument = "M",
      .help = "studies sampled from each simulated world (default 100)", .kind = PW_OPTION_INTEGER, .offset = AT(studies), .low = 1, .high = 1000 },
    { .name = "pilot", .argument = "N",
      .help = "sets of the prior that scale the distances (default 500)", .kind = PW_OPTION_INTEGER, .offset = AT(pilot), .low = 20, .high = 100000 },
    { .name = "tolerance", .argument = "E",
      .help = "end at this distance, in standard deviations of the study (default 0.5)", .kind = PW_OPTION_REAL, .offset = AT(tolerance),
      .low = 0, .high = 100 },
    { .name = "acceptance", .argument = "A",
      .help = "end where fewer moves than this share are accepted (default 0.03)", .kind = PW_OPTION_REAL, .offset = AT(acceptance),
      .low = 0, .high = 1 },
    { .name = "keep", .argument = "A",
      .help = "share of the sets that each new tolerance leaves effective (default 0.6)", .kind = PW_OPTION_REAL, .offset = AT(keep),
      .low = 0, .high = 1 },
    { .name = "moves", .argument = "R",
      .help = "most moves of each set in a generation (default 2)", .kind = PW_OPTION_INTEGER, .offset = AT(moves), .low = 1, .high = 100 },
    { .name = "refresh", .argument = "R",
      .help = "at the end, up to so many more moves at the last tolerance, until the sets differ (default 12; of a return rate half of its calibration's)",
      .kind = PW_OPTION_INTEGER,
      .offset = AT(refresh), .low = 0, .high = 1000 },
    { .name = "worlds", .letter = 'w', .argument = "W", .help = "worlds in which each set is judged at the end, half of them to drop sets by (default 12)",
      .kind = PW_OPTION_INTEGER, .offset = AT(worlds), .low = 2, .high = 120 },
    { .name = "seed", .letter = 's', .argument = "N",
      .help = "another seed, other luck (default 1)", .kind = PW_OPTION_INTEGER, .offset = AT(seed), .low = 0, .high = INT64_MAX },
    { .name = "threads", .letter = 't', .argument = "T", .help = "threads (default: all cores); the results do not depend on them", .kind = PW_OPTION_INTEGER,
      .offset = AT(threads), .low = 1, .high = 1024 },
    { .name = "set", .argument = "PATH=VALUE", .help = "change a setting of the baseline; may be repeated", .kind = PW_OPTION_TEXTS, .offset = AT(sets) },
    { .name = "out", .letter = 'o', .argument = "DIR",
      .help = "the folder of the results (default output/calibration, or output/local; of a return rate its calibration's "
              "with -low, -central or -high); DIR.state beside it until all is done",
      .kind = PW_OPTION_TEXT, .offset = AT(out) },
    { .name = "force", .letter = 'f', .help = "replace an older folder", .kind = PW_OPTION_FLAG, .offset = AT(force) },
    { .name = "quiet", .letter = 'q', .help = "no progress and no report", .kind = PW_OPTION_FLAG, .offset = AT(quiet) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

typedef struct {
    calibrate_options_t asked;
    char *targets_file, *state_file;
    pw_spec_t *spec;
    pw_targets_t targets;
    pw_findings_t findings;
    pw_run_t run;
    pw_calibration_t calibration;
    pw_folder_t folder;
    pw_local_t local;
    pw_parameter_file_t parameters;
    bool said;                     /* what went wrong has been said */
} work_t;

static char *beside(const char *file, const char *name)
{
    const char *slash = strrchr(file, '/');
    pw_text_t text = { 0 };
    if (slash)
        pw_text_append_bytes(&text, file, (size_t)(slash - file) + 1);
    pw_text_append(&text, name);
    return pw_text_take(&text);
}

/* DIR without its last slashes, and ".state". */
static char *state_of(const char *folder)
{
    pw_text_t text = { 0 };
    size_t n = strlen(folder);
    while (n > 1 && folder[n - 1] == '/')
        n--;
    pw_text_append_bytes(&text, folder, n);
    pw_text_append(&text, ".state");
    return pw_text_take(&text);
}

static pw_status_t load(work_t *self, const char *file)
{
    self->targets_file = self->asked.targets ? pw_strdup(self->asked.targets) : beside(file, "targets.cfg");
    self->state_file = state_of(self->asked.out ? self->asked.out : self->asked.from);
    if (!self->targets_file || !self->state_file)
        return PW_ERROR_MEMORY;
    pw_status_t status = pw_spec_load(file, self->asked.sets.text, self->asked.sets.n, &self->spec, &self->findings);
    pw_status_t read = pw_targets_read(&self->targets, self->targets_file, &self->findings);
    if (status == PW_ERROR_MEMORY || read == PW_ERROR_MEMORY)
        return PW_ERROR_MEMORY;
    return self->findings.n > 0 ? PW_ERROR_INPUT : status != PW_OK ? status : read;
}

static pw_calibrate_options_t wanted(const work_t *self)
{
    const calibrate_options_t *asked = &self->asked;
    return (pw_calibrate_options_t){
        .points = (int)asked->particles, .samples = (int)asked->studies, .pilot = (int)asked->pilot, .worlds = (int)(asked->worlds / 2 * 2),
            .keep = asked->keep,
        .tolerance = asked->tolerance, .acceptance = asked->acceptance, .most_moves = (int)asked->moves, .most_refreshing = (int)asked->refresh,
        .seed = (uint64_t)asked->seed,
        .threads = (int)asked->threads, .state_file = self->state_file, .stop = pw_interrupt_flag(), .say = asked->quiet ? NULL : stderr
    };
}

static pw_status_t prepare(work_t *self, const pw_calibrate_options_t *how)
{
    const pw_spec_t *const *specs = (const pw_spec_t *const *)&self->spec;
    const char *others[PW_MAX_WATCHED];
    pw_run_request_t request = { .spec = specs, .n_scenarios = 1, .replications = 1, .seed = how->seed, .threads = how->threads };
    pw_status_t status = pw_run_prepare(&self->run, &request, &self->findings);
    int n_others = status == PW_OK ? pw_watched_measures(&self->run.catalogue, others) : 0;
    return status == PW_OK ? pw_calibrate_init(&self->calibration, how, self->spec, &self->targets, &self->run, others, n_others, &self->findings) : status;
}

/* The state is first kept when the sampler begins. */
static void say_stopped(const char *state_file)
{
    if (access(state_file, F_OK) == 0)
        fprintf(stderr, "pathways calibrate: stopped; the same command goes on from %s.\n", state_file);
    else
        fprintf(stderr, "pathways calibrate: stopped before there was anything to keep; the same command begins anew.\n");
}

/* Which targets fight is said, quietly or not; no folder is made. */
static pw_status_t nothing_kept(const pw_calibration_report_t *report, const char *out, const char *state_file)
{
    pw_status_t status = pw_calibration_print(report, out, stdout);
    unlink(state_file);
    fprintf(stderr, "pathways calibrate: no parameter set keeps every fitted bound and sign together, so nothing was made.\n");
    return status == PW_OK ? PW_ERROR_USAGE : status;
}

static pw_status_t work(work_t *self, int argc, char **argv, const char *file)
{
    char started[PW_MOMENT_ROOM];
    pw_moment_now(started);
    pw_status_t status = load(self, file);
    pw_calibrate_options_t how = wanted(self);
    if (status == PW_OK)
        status = prepare(self, &how);
    if (status == PW_OK)
        status = pw_folder_begin(&self->folder, self->asked.out, self->asked.force);
    if (status == PW_OK)
        status = pw_calibrate_go(&self->calibration, &self->findings);
    if (status != PW_OK)
        return status;
    pw_calibration_report_t report = { .calibration = &self->calibration, .targets_file = self->targets_file, .argc = argc, .argv = argv, .started = started };
    if (!(pw_calibrate_effective_sets(&self->calibration) > 0.0))
        return nothing_kept(&report, self->asked.out, self->state_file);
    status = pw_calibration_write(&report, &self->folder);
    if (status == PW_OK) {
        unlink(self->state_file);
        if (!self->asked.quiet)
            status = pw_calibration_print(&report, self->asked.out, stdout);
    }
    return status;
}

/* ---- return rates: from a finished calibration's points ---- */

typedef struct {
    pw_targets_t targets;
    pw_calibration_t calibration;
    pw_folder_t folder;
    char *out, *state_file;
} variant_t;

static pw_status_t open_base(work_t *self, const char *file)
{
    pw_text_t state = { 0 };
    pw_text_printf(&state, "%s/%s", self->asked.from, PW_SAMPLER_STATE);
    pw_status_t status = load(self, file);
    pw_free(self->state_file);
    self->state_file = pw_text_take(&state);
    pw_calibrate_options_t how = wanted(self);
    how.say = NULL;
    if (status == PW_OK && !self->state_file)
        status = PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = pw_calibration_options(self->asked.from, &how, &self->findings);
    if (status == PW_OK)
        status = prepare(self, &how);
    return status == PW_OK ? pw_calibrate_open(&self->calibration, &self->findings) : status;
}

/* The folder of a rate: as asked for, with the rate's name behind it where all three are; otherwise that of the calibration and the rate's name. */
static char *variant_folder(const work_t *self, int rate)
{
    const calibrate_options_t *asked = &self->asked;
    pw_text_t text = { 0 };
    pw_text_append(&text, asked->out ? asked->out : asked->from);
    while (text.n > 1 && text.bytes[text.n - 1] == '/')
        text.bytes[--text.n] = '\0';
    if (!asked->out || asked->return_rate == ALL_RATES)
        pw_text_printf(&text, "-%s", pw_return_rate_name(rate));
    return pw_text_take(&text);
}

static pw_status_t begin_variant(work_t *self, variant_t *variant, int rate)
{
    const pw_calibration_t *base = &self->calibration;
    const calibrate_options_t *asked = &self->asked;
    const char *others[PW_MAX_WATCHED];
    pw_calibrate_options_t how = base->options;
    variant->out = variant_folder(self, rate);
    variant->state_file = variant->out ? state_of(variant->out) : NULL;
    if (!variant->state_file || pw_return_rate_targets(&self->targets, rate, &variant->targets) != PW_OK)
        return PW_ERROR_MEMORY;
    how.base = base;
    how.points = asked->particles != NOT_ASKED ? (int)asked->particles : (base->options.points + 1) / 2;
    how.worlds = asked->worlds != NOT_ASKED ? (int)(asked->worlds / 2 * 2) : base->options.worlds;
    how.most_refreshing = asked->refresh != NOT_ASKED ? (int)asked->refresh : (base->options.most_refreshing + 1) / 2;
    how.state_file = variant->state_file;
    how.say = asked->quiet ? NULL : stderr;
    pw_status_t status = pw_calibrate_init(&variant->calibration, &how, self->spec, &variant->targets, &self->run, others,
                                           pw_watched_measures(&self->run.catalogue, others), &self->findings);
    return status == PW_OK ? pw_folder_begin(&variant->folder, variant->out, asked->force) : status;
}

static pw_status_t finish_variant(const work_t *self, variant_t *variant, int rate, int argc, char **argv, const char *started)
{
    pw_calibration_report_t report = { .calibration = &variant->calibration,
                                       .targets_file = self->targets_file,
                                       .variant = pw_return_rate_name(rate),
                                       .argc = argc,
                                       .argv = argv,
                                       .started = started };
    if (!(pw_calibrate_effective_sets(&variant->calibration) > 0.0))
        return nothing_kept(&report, variant->out, variant->state_file);
    pw_status_t status = pw_calibration_write(&report, &variant->folder);
    if (status != PW_OK)
        return status;
    unlink(variant->state_file);
    if (pw_calibrate_effective_sets(&variant->calibration) < PW_RETURN_LEAST_SETS)
        fprintf(stderr, "pathways calibrate: only %.0f effective sets have a %s rate of return; pathways run --return-rate refuses fewer than %d.\n",
                pw_calibrate_effective_sets(&variant->calibration), pw_return_rate_name(rate), PW_RETURN_LEAST_SETS);
    return self->asked.quiet ? PW_OK : pw_calibration_print(&report, variant->out, stdout);
}

static pw_status_t make_variant(work_t *self, int rate, int argc, char **argv)
{
    char started[PW_MOMENT_ROOM];
    variant_t variant = { 0 };
    pw_moment_now(started);
    if (!self->asked.quiet)
        fprintf(stderr, "A %s rate of return: %.0f %% of families notified again within 21 months.\n", pw_return_rate_name(rate), pw_return_rate_percent(rate));
    pw_status_t status = begin_variant(self, &variant, rate);
    if (status == PW_OK)
        status = pw_calibrate_go(&variant.calibration, &self->findings);
    if (status == PW_OK)
        status = finish_variant(self, &variant, rate, argc, argv, started);
    if (variant.folder.status < 0)
        fprintf(stderr, "pathways calibrate: %s\n", pw_folder_message(&variant.folder));
    else if (status == PW_INCOMPLETE)
        say_stopped(variant.state_file);
    self->said = variant.folder.status < 0 || status == PW_INCOMPLETE;
    pw_folder_free(&variant.folder);
    pw_calibrate_free(&variant.calibration);
    pw_targets_free(&variant.targets);
    pw_free(variant.out);
    pw_free(variant.state_file);
    return status;
}

static pw_status_t work_rates(work_t *self, int argc, char **argv, const char *file)
{
    int first = self->asked.return_rate == ALL_RATES ? 0 : self->asked.return_rate;
    int end = self->asked.return_rate == ALL_RATES ? PW_RETURN_RATES : first + 1;
    pw_status_t status = open_base(self, file);
    for (int rate = first; rate < end && status == PW_OK; rate++)
        status = make_variant(self, rate, argc, argv);
    return status;
}

/* ---- coverage of known truths ---- */

static pw_status_t add_coverage(work_t *self, const pw_coverage_report_t *report)
{
    pw_status_t status = pw_folder_add(&self->folder, self->asked.from);
    FILE *file = status == PW_OK ? pw_folder_file(&self->folder, "coverage.csv") : NULL;
    if (file) {
        pw_coverage_csv(report, file);
        pw_folder_close(&self->folder, file);
    }
    if (status == PW_OK)
        status = pw_folder_commit(&self->folder);
    return status == PW_OK && !self->asked.quiet ? pw_coverage_print(report, stdout) : status;
}

static pw_status_t work_coverage(work_t *self, int argc, char **argv, const char *file)
{
    (void)argc, (void)argv;
    int rows = self->asked.particles != NOT_ASKED ? (int)self->asked.particles : 12000;
    pw_status_t status = open_base(self, file);
    pw_coverage_t *coverage = status == PW_OK ? pw_alloc((size_t)self->calibration.particles.focus, sizeof *coverage) : NULL;
    pw_coverage_report_t report = { .calibration = &self->calibration, .coverage = coverage, .truths = (int)self->asked.coverage, .rows = rows };
    if (status == PW_OK)
        status = coverage ? pw_calibrate_coverage(&self->calibration, report.truths, rows, self->asked.quiet ? NULL : stderr, coverage, &report.effective)
                          : PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = add_coverage(self, &report);
    pw_free(coverage);
    return status;
}

/* ---- a council's own numbers ---- */

static pw_status_t load_local(work_t *self, const char *file)
{
    pw_status_t status = pw_spec_load(file, self->asked.sets.text, self->asked.sets.n, &self->spec, &self->findings);
    if (status == PW_OK && self->findings.n > 0)
        status = PW_ERROR_INPUT;
    if (status == PW_OK)
        status = pw_local_read(&self->local, self->asked.local, &self->findings);
    if (status == PW_OK)
        status = pw_parameter_file_load(&self->parameters, "pathways calibrate", self->asked.parameters, file, self->spec, (uint64_t)self->asked.seed, 1,
                                        &self->findings);
    if (status == PW_OK && !self->parameters.file) {
        fprintf(stderr, "pathways calibrate: --local needs a posterior: posterior.csv beside the baseline, or --parameters FILE\n");
        status = PW_ERROR_USAGE;
    }
    return status;
}

static pw_status_t work_local(work_t *self, int argc, char **argv, const char *file)
{
    pw_status_t status = load_local(self, file);
    if (status == PW_OK)
        status = pw_folder_begin(&self->folder, self->asked.out, self->asked.force);
    if (status == PW_OK)
        status = pw_local_apply(&self->local, &self->parameters.posterior, pw_spec_areas(self->spec), &self->findings);
    if (status != PW_OK)
        return status;
    if (!self->asked.quiet)
        status = pw_local_print(&self->local, stdout);
    if (!self->local.inside) {
        fprintf(stderr, "pathways calibrate: %s is outside what the model can speak about: nothing was made\n", self->local.title);
        return PW_ERROR_USAGE;
    }
    const char *files[] = { self->asked.local, self->parameters.file };
    if (status == PW_OK)
        status = pw_local_write(&self->local, &self->parameters.posterior, &self->folder, files, 2, argc, argv);
    if (status == PW_OK && !self->asked.quiet)
        printf("Both areas of a run are then like this council: pathways run SCENARIO.cfg --parameters %s/posterior.csv\n", self->asked.out);
    return status;
}

static void say(work_t *self, pw_status_t status)
{
    if (status == PW_INCOMPLETE && !self->said)
        say_stopped(self->state_file);
    else if (!self->said)
        pw_invocation_say("pathways calibrate", &self->findings, &self->folder, "", status);
}

static void free_all(work_t *self)
{
    pw_folder_free(&self->folder);
    pw_local_free(&self->local);
    pw_parameter_file_free(&self->parameters);
    pw_calibrate_free(&self->calibration);
    pw_run_free(&self->run);
    pw_targets_free(&self->targets);
    if (self->spec)
        pw_spec_free(self->spec);
    pw_findings_free(&self->findings);
    pw_free(self->targets_file);
    pw_free(self->state_file);
    pw_free(self);
}

static void fill(int64_t *option, int64_t otherwise) { *option = *option == NOT_ASKED ? otherwise : *option; }

static pw_status_t complain(const char *sentence)
{
    fprintf(stderr, "pathways calibrate: %s\n", sentence);
    return PW_ERROR_USAGE;
}

static pw_status_t parse(work_t *self, int argc, char **argv, int *first)
{
    self->asked = (calibrate_options_t){ .particles = NOT_ASKED, .studies = 100, .pilot = 500, .worlds = NOT_ASKED, .seed = 1, .moves = 2,
                                         .refresh = NOT_ASKED, .threads = pw_processors(), .tolerance = 0.5, .acceptance = 0.03, .keep = 0.6,
                                         .return_rate = NO_RATE, .coverage = NOT_ASKED };
    calibrate_options_t *asked = &self->asked;
    pw_status_t status = pw_options_parse("pathways calibrate", options, N_OPTIONS, asked, argc, argv, first);
    if (status != PW_OK)
        return status;
    if (argc - *first > 1) {
        fprintf(stderr, "pathways calibrate: one baseline at a time, not %d files\n", argc - *first);
        return PW_ERROR_USAGE;
    }
    if (asked->keep < 0.1 || asked->keep > 0.99) {
        fprintf(stderr, "pathways calibrate: --keep must be from 0.1 to 0.99, not %g\n", asked->keep);
        return PW_ERROR_USAGE;
    }
    if (asked->local && asked->return_rate != NO_RATE)
        return complain("--local weighs a posterior and --return-rate makes one: ask for one of them");
    if (asked->coverage != NOT_ASKED && (asked->local || asked->return_rate != NO_RATE))
        return complain("--coverage checks a calibration and makes none: ask for it alone");
    if (asked->from && asked->return_rate == NO_RATE && asked->coverage == NOT_ASKED)
        return complain("--from is where --return-rate goes on from, and what --coverage checks");
    if (!asked->from)
        asked->from = "output/calibration";
    if (asked->return_rate != NO_RATE || asked->coverage != NOT_ASKED)
        return PW_OK;
    fill(&asked->particles, 2700);
    fill(&asked->worlds, 12);
    fill(&asked->refresh, 12);
    if (!asked->out)
        asked->out = asked->local ? "output/local" : "output/calibration";
    return PW_OK;
}

static int run(int argc, char **argv)
{
    int first = argc;
    pw_invocation_t given;
    work_t *self = pw_alloc(1, sizeof *self);
    pw_status_t status = pw_invocation_init(&given, NULL, argc, argv);
    if (!self)
        status = PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = parse(self, argc, argv, &first);
    if (status == PW_OK)
        status = (self->asked.local                    ? work_local
                  : self->asked.coverage != NOT_ASKED  ? work_coverage
                  : self->asked.return_rate != NO_RATE ? work_rates
                                                       : work)(self, given.argc, given.argv, argc > first ? argv[first] : "params/baseline.cfg");
    if (self) {
        say(self, status);
        free_all(self);
    } else {
        pw_invocation_say("pathways calibrate", NULL, NULL, "", status);
    }
    pw_invocation_free(&given);
    return pw_status_exit_code(status);
}

const pw_verb_t pw_verb_calibrate = {
    .name = "calibrate",
    .summary = "find parameter sets under which the simulated study looks like the study",
    .usage = "calibrate [BASELINE.cfg] [options]",
    .about = "Simulates the study's own design under many values of the estimates, samples so many families and\n"
             "incidents as the study had, and keeps the parameter sets that agree with the targets: approximate\n"
             "Bayesian computation by sequential Monte Carlo. Prints which targets are reproduced, what the study\n"
             "teaches of each estimate, and writes posterior.csv, which `run --parameters` draws from.\n"
             "With --return-rate, goes on from such a folder to baselines where 39, 50 or 65 % of families are notified\n"
             "again within 21 months: all that the study says still holds, and the monthly volume is the same.\n"
             "With --local, weighs an existing posterior by what a council counts, and says whether the place lies\n"
             "inside what the model can speak about. Ctrl-C stops a calibration; the same command goes on where it was (exit code 75). "
             "docs/calibration.md explains.\n",
    .examples = "  pathways calibrate --out output/calibration\n"
                "      2,700 parameter sets; some half an hour on two free cores\n"
                "  pathways calibrate --particles 200 --worlds 4 --tolerance 1.0 --out output/quick\n"
                "      a rough one\n"
                "  pathways calibrate --return-rate all --from output/calibration\n"
                "      then three more, of baselines with a low, a central and a high rate of return\n"
                "  pathways calibrate --coverage 300\n"
                "      whether its intervals hold known truths as often as they say\n"
                "  pathways calibrate --local params/example-council.cfg --out output/local\n"
                "      the sets of params/posterior.csv for a made-up council\n"
                "  pathways run scenarios/joint_screening.cfg --parameters output/calibration/posterior.csv\n"
                "      a run that draws from the result\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
