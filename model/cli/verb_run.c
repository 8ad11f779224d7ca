/* verb_run.c: `pathways run`: the baseline and its scenarios, compared. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../base/moment.h"
#include "../base/number.h"
#include "../base/processors.h"
#include "../base/text.h"
#include "../report/answers_of_run.h"
#include "../report/briefing.h"
#include "../report/comparison.h"
#include "../report/net_benefit_rows.h"
#include "../report/output.h"
#include "../report/return_rates.h"
#include "../report/scorecard.h"
#include "../report/worth_rows.h"
#include "invocation.h"
#include "parameter_file.h"
#include "run_budget.h"
#include "scenario_files.h"
#include "verb.h"

typedef struct {
    const char *baseline, *out, *precision, *parameters;
    const char *outcome;
    double budget, threshold;
    int64_t draws, replications, seed, threads;
    pw_option_texts_t sets;
    int engine, return_rate;
    bool force, quiet, worlds, no_report, no_comparator;
} run_options_t;

static const char *const engines[] = { "ahead", "ordered", NULL };
static const char *const return_rates[] = { "low", "central", "high", "all", NULL };
enum { NO_RATE = -1, ALL_RATES = PW_RETURN_RATES };

#define AT(field) offsetof(run_options_t, field)
static const pw_option_t options[] = {
    { .name = "baseline", .argument = "FILE", .help = "the baseline (default: what the scenarios are based on, else params/baseline.cfg)",
      .kind = PW_OPTION_TEXT, .offset = AT(baseline) },
    { .name = "draws", .letter = 'd', .argument = "D", .help = "parameter sets; 0: every estimate at its value (default 250)",
      .kind = PW_OPTION_INTEGER, .offset = AT(draws), .low = 0, .high = 1000000 },
    { .name = "replications", .letter = 'r', .argument = "R", .help = "worlds for each parameter set (default 4)", .kind = PW_OPTION_INTEGER,
      .offset = AT(replications), .low = 1, .high = INT64_C(1) << PW_WORLD_BITS },
    { .name = "seed", .letter = 's', .argument = "N", .help = "another seed, other luck (default 1)", .kind = PW_OPTION_INTEGER, .offset = AT(seed),
      .low = 0, .high = INT64_MAX },
    { .name = "threads", .letter = 't', .argument = "T", .help = "threads (default: all cores); the results do not depend on them",
      .kind = PW_OPTION_INTEGER, .offset = AT(threads), .low = 1, .high = 1024 },
    { .name = "out", .letter = 'o', .argument = "DIR", .help = "the run's folder (default output/NAME of the first scenario)", .kind = PW_OPTION_TEXT,
      .offset = AT(out) },
    { .name = "force", .letter = 'f', .help = "replace an older run's folder", .kind = PW_OPTION_FLAG, .offset = AT(force) },
    { .name = "set", .argument = "PATH=VALUE", .help = "change a setting that the baseline has, in it and in every scenario; may be repeated",
      .kind = PW_OPTION_TEXTS, .offset = AT(sets) },
    { .name = "budget", .argument = "POUNDS", .help = "scale each scenario's own places to what so many pounds a year in each area buy", .kind = PW_OPTION_REAL,
      .offset = AT(budget), .low = 0, .high = 1000000000 },
    { .name = "threshold", .argument = "POUNDS", .help = "what one unit less of the outcome is worth to you: net benefit stands in the table, and "
      "answers are in pounds too", .kind = PW_OPTION_REAL, .offset = AT(threshold), .low = 0, .high = 1000000000 },
    { .name = "outcome", .argument = "MEASURE", .help = "of net benefit: the outcome (default " PW_NET_BENEFIT_OUTCOME ")", .kind = PW_OPTION_TEXT,
      .offset = AT(outcome) },
    { .name = "no-comparator", .help = "with --budget: without the same money in posts that assess, which stands beside the scenarios otherwise",
      .kind = PW_OPTION_FLAG, .offset = AT(no_comparator) },
    { .name = "parameters", .argument = "FILE", .help = PW_PARAMETERS_HELP,
      .kind = PW_OPTION_TEXT, .offset = AT(parameters) },
    { .name = "return-rate", .argument = "RATE",
      .help = "low, central, high: a baseline calibrated to 39, 50 or 65 % of families returning, at the same monthly volume; all: one "
              "after the other, compared",
      .kind = PW_OPTION_CHOICE, .offset = AT(return_rate), .choices = return_rates },
    { .name = "precision", .letter = 'p', .argument = "MEASURE=HALFWIDTH",
      .help = "stop once 1.96 Monte Carlo errors of every scenario's difference are no more than this, in the measure's unit (looked at every 25 draws; "
              "noise alone: the interval over draws stays as wide as the evidence leaves it); exit code 4 if they are not",
      .kind = PW_OPTION_TEXT, .offset = AT(precision) },
    { .name = "engine", .argument = "ENGINE", .help = "ahead (default) or ordered: the same results, for tests", .kind = PW_OPTION_CHOICE,
      .offset = AT(engine), .choices = engines },
    { .name = "worlds", .help = "write world.csv too: plain sums of each world (always with --draws 0)", .kind = PW_OPTION_FLAG, .offset = AT(worlds) },
    { .name = "no-report", .help = "no briefing, charts and workbook; `pathways report` makes them later", .kind = PW_OPTION_FLAG, .offset = AT(no_report) },
    { .name = "quiet", .letter = 'q', .help = "no progress and no tables", .kind = PW_OPTION_FLAG, .offset = AT(quiet) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

/* Everything that a run holds, freed in one place. */
typedef struct {
    run_options_t asked;
    char *precision_measure;
    double precision;
    pw_scenario_files_t files;
    pw_run_budget_t budget;
    pw_parameter_file_t parameters;
    char *out, *targets_file;
    pw_targets_t targets;
    pw_findings_t findings;
    pw_output_t output;
    pw_run_t run;
    pw_net_benefit_t net_benefit;
    pw_text_t why;                 /* what is wrong with a question */
    double *room;
    int variant;                   /* enum pw_return_rate, or NO_RATE */
    double effective;              /* parameter sets of that rate; nan: of none in particular */
    bool refused;                  /* they are too few */
    bool said;                     /* what went wrong has been said */
} work_t;

static pw_status_t complain(pw_status_t status, const char *format, const char *text)
{
    fputs("pathways run: ", stderr);
    fprintf(stderr, "%s%s\n", format, text ? text : "");
    return status;
}

/* ---- what was asked ---- */

static pw_status_t read_precision(work_t *self, int n_scenarios)
{
    const char *equals = self->asked.precision ? strchr(self->asked.precision, '=') : NULL;
    if (!self->asked.precision)
        return PW_OK;
    if (!equals || equals == self->asked.precision || !pw_number_read_real(equals + 1, &self->precision) || self->precision <= 0.0)
        return complain(PW_ERROR_USAGE, "--precision must be MEASURE=HALFWIDTH with a number above 0, not ", self->asked.precision);
    if (self->asked.replications < 2)
        return complain(PW_ERROR_USAGE, "--precision needs --replications of 2 or more: one world says nothing of its noise", NULL);
    if (n_scenarios < 1)
        return complain(PW_ERROR_USAGE, "--precision is about a difference from the baseline: name a scenario", NULL);
    self->precision_measure = pw_strndup(self->asked.precision, (size_t)(equals - self->asked.precision));
    return self->precision_measure ? PW_OK : PW_ERROR_MEMORY;
}

static pw_status_t check_threshold(const work_t *self, int n_scenarios)
{
    if (isnan(self->asked.threshold))
        return self->asked.outcome ? complain(PW_ERROR_USAGE, "an outcome needs --threshold POUNDS: what one unit less of it is worth to whoever decides", NULL)
               : PW_OK;
    return n_scenarios > 0 ? PW_OK : complain(PW_ERROR_USAGE, "--threshold is about what a policy averts and costs: name a scenario", NULL);
}

static pw_status_t unknown_measure(const work_t *self)
{
    const char *nearest = pw_catalogue_nearest(&self->run.catalogue, self->precision_measure);
    fprintf(stderr, "pathways run: there is no measure \"%s\"%s%s%s; docs/measures.md lists them all\n", self->precision_measure,
            nearest ? " (did you mean " : "", nearest ? nearest : "", nearest ? "?)" : "");
    return PW_ERROR_USAGE;
}

/* ---- files ---- */

static char *in_folder_of(const char *file, const char *name)
{
    const char *slash = strrchr(file, '/');
    pw_text_t text = { 0 };
    if (slash)
        pw_text_append_bytes(&text, file, (size_t)(slash - file) + 1);
    pw_text_append(&text, name);
    return pw_text_take(&text);
}

/* The study's figures stand beside the baseline; a baseline of somebody's own need have none. */
static pw_status_t load_targets(work_t *self)
{
    self->targets_file = in_folder_of(self->files.baseline_file, "targets.cfg");
    if (!self->targets_file)
        return PW_ERROR_MEMORY;
    if (access(self->targets_file, F_OK) != 0) {
        pw_free(self->targets_file);
        self->targets_file = NULL;
        return PW_OK;
    }
    return pw_targets_read(&self->targets, self->targets_file, &self->findings);
}

static pw_status_t apply_budget(work_t *self)
{
    if (self->asked.no_comparator && self->asked.budget < 0.0)
        return complain(PW_ERROR_USAGE, "--no-comparator goes with --budget POUNDS", NULL);
    self->budget = (pw_run_budget_t){ .pounds = self->asked.budget, .sets = self->asked.sets.text, .n_sets = self->asked.sets.n,
                                      .alone = self->asked.no_comparator };
    return self->budget.pounds >= 0.0 ? pw_run_budget_apply(&self->budget, &self->files, &self->findings) : PW_OK;
}

/* posterior_RATE.csv beside the baseline, calibrated to the rate; NULL: another posterior was asked for, or there is none. */
static char *variant_file(const work_t *self)
{
    char name[64];
    if (self->variant == NO_RATE || self->asked.parameters || self->asked.draws == 0)
        return NULL;
    snprintf(name, sizeof name, "posterior_%s.csv", pw_return_rate_name(self->variant));
    char *file = in_folder_of(self->files.baseline_file, name);
    if (file && access(file, F_OK) == 0)
        return file;
    pw_free(file);
    return NULL;
}

/* The posterior; of a rate of return the one calibrated to it, or else the sets of that rate. */
static pw_status_t load_parameters(work_t *self)
{
    char *own = variant_file(self);
    pw_status_t status = pw_parameter_file_load(&self->parameters, "pathways run", own ? own : self->asked.parameters, self->files.baseline_file,
                                                self->files.spec[0], (uint64_t)self->asked.seed, self->asked.draws, &self->findings);
    bool calibrated = own != NULL;
    pw_free(own);
    if (status != PW_OK || self->variant == NO_RATE)
        return status;
    if (!self->parameters.file)
        return complain(PW_ERROR_USAGE, "--return-rate needs draws from a posterior: posterior.csv beside the baseline, or --parameters FILE", NULL);
    status = (calibrated ? pw_return_rate_check : pw_return_rate_select)(&self->parameters.posterior, self->variant, &self->effective, &self->findings);
    self->refused = status == PW_ERROR_INPUT;
    if (status == PW_OK && !self->asked.quiet)
        printf("Return rate near %.0f %%: %.0f effective sets of %s%s.\n", pw_return_rate_percent(self->variant), self->effective, self->parameters.file,
               calibrated ? ", calibrated to it" : " that have it");
    return status;
}

static pw_status_t load_all(work_t *self, int n_files, char **files)
{
    pw_status_t status = pw_scenario_files_load(&self->files, "pathways run", self->asked.baseline, n_files, files, self->asked.sets.text,
                                                self->asked.sets.n, &self->findings);
    if (status == PW_ERROR_MEMORY || status == PW_ERROR_USAGE)
        return status;
    pw_status_t targets = self->files.baseline_file ? load_targets(self) : PW_OK;
    status = status != PW_OK ? status : targets == PW_ERROR_MEMORY ? targets : self->findings.n > 0 ? PW_ERROR_INPUT : PW_OK;
    if (status == PW_OK)
        status = apply_budget(self);
    if (status == PW_OK)
        status = load_parameters(self);
    if (status == PW_OK)
        pw_parameter_file_say_sizes(&self->parameters, "pathways run", (const pw_spec_t *const *)self->files.spec, self->files.n);
    return status;
}

/* Of all three rates each has a folder of its own: NAME-low, NAME-central, NAME-high. */
static char *folder_name(const work_t *self)
{
    pw_text_t text = { 0 };
    if (self->asked.out)
        pw_text_append(&text, self->asked.out);
    else
        pw_text_printf(&text, "output/%s", self->files.n > 1 ? self->files.spec[1]->name : "baseline");
    if (self->asked.return_rate == ALL_RATES) {
        while (text.n > 1 && text.bytes[text.n - 1] == '/')
            text.bytes[--text.n] = '\0';
        pw_text_printf(&text, "-%s", pw_return_rate_name(self->variant));
    }
    return pw_text_take(&text);
}

/* ---- the run ---- */

static pw_status_t prepare(work_t *self, pw_progress_t *progress)
{
    pw_run_request_t request = {
        .spec = (const pw_spec_t *const *)self->files.spec, .n_scenarios = self->files.n, .draws = self->asked.draws,
        .replications = self->asked.replications, .seed = (uint64_t)self->asked.seed, .threads = (int)self->asked.threads,
        .engine = self->asked.engine == 0 ? PW_ENGINE_AHEAD : PW_ENGINE_ORDERED, .precision_measure = self->precision_measure,
        .precision = self->precision, .stop = pw_interrupt_flag(), .progress = progress, .watch = pw_output_watch,
        .watch_context = &self->output, .values = pw_parameter_file_hook(&self->parameters)
    };
    pw_status_t status = pw_run_prepare(&self->run, &request, &self->findings);
    if (status == PW_ERROR_USAGE)
        return unknown_measure(self);
    return status == PW_OK && !isnan(self->asked.threshold)
               ? pw_net_benefit_init(&self->net_benefit, &self->run.catalogue, self->asked.outcome, self->asked.threshold, &self->why)
               : status;
}

static pw_status_t begin_folder(work_t *self)
{
    self->out = folder_name(self);
    if (!self->out)
        return PW_ERROR_MEMORY;
    pw_status_t status = pw_output_begin(&self->output, self->out, self->asked.force);
    if (status == PW_OK)
        status = pw_output_inputs(&self->output, (const pw_spec_t *const *)self->files.spec, self->files.n, self->targets_file, self->parameters.file);
    if (status == PW_OK && (self->asked.worlds || self->asked.draws == 0))
        status = pw_output_begin_worlds(&self->output, &self->run);
    return status;
}

static const pw_net_benefit_t *net_benefit(const work_t *self) { return isnan(self->asked.threshold) || self->files.n < 2 ? NULL : &self->net_benefit; }

/* What was printed and did not arrive (`| head -1`, a full disk) is said when the program ends: the folder is made whole nonetheless. */
static pw_status_t printed(pw_status_t status) { return status == PW_ERROR_WRITE ? PW_OK : status; }

static pw_status_t print_tables(work_t *self)
{
    pw_status_t status = pw_comparison_print(&self->run, self->effective, net_benefit(self), self->room, stdout);
    if (status == PW_OK && self->targets.n > 0) {
        putchar('\n');
        status = pw_scorecard_run_print(&self->targets, &self->run, self->room, stdout);
    }
    printf("\nAll numbers are in %s/ (manifest.json says how to do it again).\n", self->out);
    if (fflush(stdout) != 0 || ferror(stdout))
        fprintf(stderr, "pathways run: the tables could not be printed; all numbers are in %s/.\n", self->out);
    return printed(status);
}

static pw_status_t write_net_benefit(work_t *self, const pw_answer_made_t *made)
{
    pw_answer_rows_t rows = { 0 };
    pw_status_t status = pw_answer_rows_begin(&rows, pw_net_benefit_words.kind);
    if (status == PW_OK) {
        pw_net_benefit_write(&self->net_benefit, &self->run, self->room, &rows.csv);
        status = pw_answer_rows_end(&rows);
    }
    if (status == PW_OK)
        status = pw_answers_add(self->out, pw_net_benefit_words.kind, &rows, made, &self->why);
    pw_answer_rows_free(&rows);
    return status;
}

/* What the draws can answer goes into the folder that now stands; whatever comes of it, the run is done. */
static void answer(work_t *self, int argc, char **argv, const char *started)
{
    pw_answers_asked_t asked = { NULL, NAN, 5.0, PW_WORTH_AUDIT }, in_pounds = { self->asked.outcome, self->asked.threshold, 5.0, PW_WORTH_AUDIT };
    pw_answer_made_t made = { argc, argv, started, NULL, 0, NULL };
    pw_findings_t findings = { 0 };
    pw_text_t why = { 0 };
    if (self->asked.draws == 0 || self->run.ledger.n_draws < PW_ANSWERS_DRAWS || self->files.n < 2)
        return;
    pw_status_t status = pw_answers_of_run(self->out, &asked, &made, NULL, &findings, &why);
    if (status == PW_OK && net_benefit(self))
        status = pw_answers_of_run(self->out, &in_pounds, &made, NULL, &findings, &why);
    if (status == PW_OK && !self->asked.quiet)
        printf("What they rest on, what is worth knowing and what cannot be told: pathways answers %s\n", self->out);
    if (status != PW_OK)
        fprintf(stderr, "pathways run: the numbers are written; answers from them are not: %s\n",
                findings.n > 0 ? findings.finding[0].message : pw_text_get(&why)[0] ? pw_text_get(&why) : pw_status_sentence(status));
    pw_findings_free(&findings);
    pw_text_free(&why);
}

/* A quiet run says its warnings too. */
static void say_report(const char *folder, const pw_briefing_said_t *said, bool quiet)
{
    if (!quiet)
        printf("The briefing: %s/briefing.html\n%s%s", folder, pw_text_get(&said->warnings), pw_text_get(&said->notes));
    for (const char *line = pw_text_get(&said->warnings); quiet && *line; line += strcspn(line, "\n") + 1)
        fprintf(stderr, "pathways run: %.*s\n", (int)strcspn(line, "\n"), line);
}

/* Pages, charts and workbook, from the finished folder. What went wrong is said here: the numbers stand nonetheless. */
static pw_status_t make_report(const char *folder, bool quiet)
{
    pw_briefing_said_t said = { 0 };
    pw_findings_t findings = { 0 };
    pw_status_t status = pw_briefing_make(folder, &said, &findings);
    if (status == PW_OK)
        say_report(folder, &said, quiet);
    if (status != PW_OK)
        fprintf(stderr, "pathways run: the numbers are in %s/; their pages are not made (pathways report %s makes them)%s%s\n", folder, folder,
                status == PW_ERROR_STOPPED ? "." : ": ",
                status == PW_ERROR_STOPPED ? "" : findings.n > 0 ? findings.finding[0].message : pw_status_sentence(status));
    pw_findings_free(&findings);
    pw_text_free(&said.warnings);
    pw_text_free(&said.notes);
    return status;
}

static pw_status_t simulate(work_t *self, int argc, char **argv)
{
    char started[PW_MOMENT_ROOM];
    double from = pw_moment_seconds();
    pw_progress_t progress = { 0 };
    pw_moment_now(started);
    pw_status_t status = prepare(self, &progress);
    if (status == PW_OK)
        status = begin_folder(self);
    if (status != PW_OK)
        return status;
    int64_t draws = self->asked.draws > 0 ? self->asked.draws : 1;
    pw_progress_begin(&progress, stderr, "worlds", draws * self->asked.replications, self->asked.quiet);
    status = pw_run_go(&self->run, &self->findings);
    pw_progress_end(&progress);
    if (status < 0)
        return status;
    pw_manifest_t manifest = { .argc = argc, .argv = argv, .sets = self->asked.sets.text, .n_sets = self->asked.sets.n, .started = started,
                               .seconds = pw_moment_is_given() ? NAN : pw_moment_seconds() - from };
    self->room = pw_alloc(2 * (size_t)self->run.ledger.n_draws, sizeof self->room[0]);
    const pw_posterior_t *posterior = self->parameters.file ? &self->parameters.posterior : NULL;
    pw_status_t written = self->room ? pw_output_finish(&self->output, &self->run, &self->targets, posterior, &manifest) : PW_ERROR_MEMORY;
    if (written == PW_OK && !self->asked.quiet && self->asked.return_rate != ALL_RATES)
        written = print_tables(self);
    pw_answer_made_t made = { argc, argv, started, NULL, 0, NULL };
    if (written == PW_OK && net_benefit(self))
        written = write_net_benefit(self, &made);
    if (written == PW_OK && self->budget.pounds >= 0.0)
        written = pw_run_budget_finish(&self->budget, &self->files, &self->run.request, &self->parameters, self->out, argc, argv, started, self->asked.quiet,
                                       &self->findings);
    if (written == PW_OK) {
        answer(self, argc, argv, started);      /* before the pages: they show it */
        if (!self->asked.no_report && self->asked.return_rate != ALL_RATES)
            self->said = (written = make_report(self->out, self->asked.quiet)) != PW_OK;
    }
    return written != PW_OK ? written : status;
}

/* ---- the end ---- */

static void say(work_t *self, pw_status_t status)
{
    if (status == PW_PRECISION_NOT_REACHED && !pw_text_get(&self->why)[0])
        pw_text_printf(&self->why, "%s Asked for %g, reached %g.", pw_status_sentence(status), self->precision, self->run.half_width);
    const char *of_budget = pw_text_get(&self->budget.why);
    if (!self->said)
        pw_invocation_say("pathways run", &self->findings, &self->output.folder, of_budget[0] ? of_budget : pw_text_get(&self->why), status);
}

static void free_all(work_t *self)
{
    pw_output_free(&self->output);
    pw_run_free(&self->run);
    pw_targets_free(&self->targets);
    pw_findings_free(&self->findings);
    pw_parameter_file_free(&self->parameters);
    pw_scenario_files_free(&self->files);
    pw_run_budget_free(&self->budget);
    pw_text_free(&self->why);
    pw_free(self->precision_measure);
    pw_free(self->targets_file);
    pw_free(self->out);
    pw_free(self->room);
    pw_free(self);
}

/* What the runs of all rates leave for what is said of them together. */
typedef struct { pw_return_rates_t rates; char *folder[PW_RETURN_RATES]; bool refused; } all_rates_t;      /* refused: the last one, for too few sets */

static pw_status_t remember(const work_t *self, all_rates_t *all)
{
    pw_status_t status = pw_return_rates_add(&all->rates, self->variant, self->effective, &self->run, self->room);
    all->folder[self->variant] = pw_strdup(self->out);
    return all->folder[self->variant] ? status : PW_ERROR_MEMORY;
}

/* One run, of one rate of return or of none in particular. */
static pw_status_t run_once(const run_options_t *asked, int variant, all_rates_t *all, int argc, char **as_given, int n_files, char **files)
{
    work_t *self = pw_alloc(1, sizeof *self);
    if (!self) {
        fprintf(stderr, "pathways run: %s\n", pw_status_sentence(PW_ERROR_MEMORY));
        return PW_ERROR_MEMORY;
    }
    self->asked = *asked;
    self->variant = variant;
    self->effective = NAN;
    pw_status_t status = read_precision(self, n_files);
    if (status == PW_OK)
        status = check_threshold(self, n_files);
    if (status == PW_OK)
        status = load_all(self, n_files, files);
    if (status == PW_OK)
        status = simulate(self, argc, as_given);
    if (all)
        all->refused = self->refused;
    if (status >= 0 && all && remember(self, all) != PW_OK)
        status = PW_ERROR_MEMORY;
    say(self, status);
    free_all(self);
    return status;
}

/* The comparison of the three goes into each one's folder, and their pages show it. */
static pw_status_t add_to_folders(const all_rates_t *all, const run_options_t *asked, int argc, char **argv)
{
    char started[PW_MOMENT_ROOM];
    pw_answer_made_t made = { argc, argv, started, NULL, 0, NULL };
    pw_answer_rows_t rows = { 0 };
    pw_text_t why = { 0 };
    pw_moment_now(started);
    pw_status_t status = pw_answer_rows_begin(&rows, pw_return_rates_words.kind);
    if (status == PW_OK) {
        pw_return_rates_write(&all->rates, &rows.csv);
        status = pw_answer_rows_end(&rows);
    }
    for (int rate = 0; rate < PW_RETURN_RATES && status == PW_OK; rate++)
        if (all->folder[rate])
            status = pw_answers_add(all->folder[rate], pw_return_rates_words.kind, &rows, &made, &why);
    if (status == PW_OK && !asked->quiet)
        status = printed(pw_answers_print(pw_return_rates_words.kind->file, &rows, stdout));
    if (status < 0)
        fprintf(stderr, "pathways run: %s\n", pw_text_get(&why)[0] ? pw_text_get(&why) : pw_status_sentence(status));
    pw_answer_rows_free(&rows);
    pw_text_free(&why);
    return status;
}

static pw_status_t make_reports(const all_rates_t *all, const run_options_t *asked)
{
    pw_status_t status = PW_OK;
    for (int rate = 0; rate < PW_RETURN_RATES && status == PW_OK && !asked->no_report; rate++)
        if (all->folder[rate])
            status = make_report(all->folder[rate], asked->quiet);
    return status;
}

static pw_status_t run_all_rates(const run_options_t *asked, int argc, char **as_given, int n_files, char **files)
{
    all_rates_t all = { 0 };
    pw_status_t status = PW_OK, told = PW_OK;
    int ran = 0;
    for (int rate = 0; rate < PW_RETURN_RATES && status >= 0; rate++) {
        pw_status_t one = run_once(asked, rate, &all, argc, as_given, n_files, files);
        ran += one >= 0;
        if (!all.refused || (rate == PW_RETURN_RATES - 1 && ran == 0))
            status = one;      /* a rate of too few sets has been said to be refused, and the others are compared */
    }
    if (status >= 0 && !asked->quiet) {
        told = printed(pw_return_rates_print(&all.rates, stdout));
        putchar('\n');
    }
    if (status >= 0 && told == PW_OK && n_files > 0)
        told = add_to_folders(&all, asked, argc, as_given);
    if (status >= 0 && told == PW_OK)
        told = make_reports(&all, asked);
    for (int rate = 0; rate < PW_RETURN_RATES; rate++)
        pw_free(all.folder[rate]);
    pw_return_rates_free(&all.rates);
    return told != PW_OK ? told : status;
}

static int run(int argc, char **argv)
{
    int first = argc;
    pw_invocation_t given;
    run_options_t asked = { .budget = -1.0, .threshold = NAN, .draws = 250, .replications = 4, .seed = 1, .threads = pw_processors(), .return_rate = NO_RATE };
    if (pw_invocation_init(&given, NULL, argc, argv) != PW_OK) {
        pw_invocation_say("pathways run", NULL, NULL, "", PW_ERROR_MEMORY);
        return pw_status_exit_code(PW_ERROR_MEMORY);
    }
    pw_status_t status = pw_options_parse("pathways run", options, N_OPTIONS, &asked, argc, argv, &first);
    if (status == PW_OK && asked.return_rate == ALL_RATES)
        status = run_all_rates(&asked, given.argc, given.argv, argc - first, argv + first);
    else if (status == PW_OK)
        status = run_once(&asked, asked.return_rate, NULL, given.argc, given.argv, argc - first, argv + first);
    pw_invocation_free(&given);
    return pw_status_exit_code(status);
}

const pw_verb_t pw_verb_run = {
    .name = "run",
    .summary = "compare scenarios with the baseline, on the same families with the same luck",
    .usage = "run [SCENARIO.cfg...] [options]",
    .about = "Simulates the baseline and every scenario in the same worlds: D parameter sets drawn from the\n"
             "estimates' uncertainty, R worlds for each. Prints what would change and how sure that is, and the\n"
             "study beside the model; writes every number into the run's folder. Without a scenario: the\n"
             "baseline alone. The draws come from posterior.csv beside the baseline where there is one: sets that\n"
             "agree with the study (docs/calibration.md). Ctrl-C stops within a second and leaves nothing half-written.\n",
    .examples = "  pathways run scenarios/perpetrator_programme.cfg\n"
                "      250 draws of 4 worlds; results in output/perpetrator_programme/\n"
                "  pathways run scenarios/*.cfg --out output/all --draws 500 --force\n"
                "      all policies side by side\n"
                "  pathways run scenarios/joint_screening.cfg --draws 0 --replications 100\n"
                "      every estimate at its value: 100 worlds, and world.csv\n"
                "  pathways run scenarios/supervised_contact.cfg scenarios/more_assessment_workers.cfg --budget 92000\n"
                "      the same money: as many contact places, or posts, as it buys in each area\n"
                "  pathways run scenarios/joint_screening.cfg --set teams.assessment.places=9.0\n"
                "      with another number of places, in the baseline too\n"
                "  pathways run scenarios/joint_screening.cfg --draws 5000 --precision repeat_notifications=0.1\n"
                "      until noise moves the difference in repeat notifications by no more than 0.1 per 100 families\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
