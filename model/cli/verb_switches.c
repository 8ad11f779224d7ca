/* verb_switches.c: `pathways switches`: which conclusions hang on how the model is built? */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../base/processors.h"
#include "../base/progress.h"
#include "../experiment/return_rate.h"
#include "../report/switches_rows.h"
#include "answering.h"
#include "verb.h"

typedef struct {
    const char *baseline, *parameters, *out, *outcome;
    double threshold;
    int64_t draws, replications, seed, threads;
    pw_option_texts_t sets;
    bool quiet;
} switches_options_t;

#define AT(field) offsetof(switches_options_t, field)
static const pw_option_t options[] = {
    { .name = "threshold", .argument = "POUNDS", .help = "look at net benefit too: what one unit less of the outcome is worth to you", .kind = PW_OPTION_REAL,
      .offset = AT(threshold), .low = 0, .high = 1000000000 },
    { .name = "outcome", .argument = "MEASURE", .help = "of net benefit: the outcome (default " PW_GOAL_OUTCOME ")", .kind = PW_OPTION_TEXT,
      .offset = AT(outcome) },
    PW_ANSWERING_OPTIONS(switches_options_t, PW_ANSWERING_BASELINE, "draws of the estimates; 0: each at its value (default 40)",
                         "write answers/switches.csv into this run's folder, or into a new folder"),
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

typedef struct {
    pw_answering_t common;
    switches_options_t asked;
    pw_progress_t progress;
    pw_parameter_file_t returning[2];      /* sets of a low and of a high rate of return */
} work_t;

static pw_status_t refuse(work_t *self, const char *sentence)
{
    pw_text_append(&self->common.why, sentence);
    return PW_ERROR_USAGE;
}

static pw_status_t parse(pw_answering_t *common, int argc, char **argv, int *first)
{
    work_t *self = (work_t *)common;
    switches_options_t *asked = &self->asked;
    *asked = (switches_options_t){ .threshold = NAN, .draws = 40, .replications = 2, .seed = 1, .threads = pw_processors() };
    pw_status_t status = pw_options_parse("pathways switches", options, N_OPTIONS, asked, argc, argv, first);
    if (status != PW_OK)
        return status;
    if (*first == argc)
        return refuse(self, "name a scenario: a conclusion is about a policy against the baseline");
    if (asked->outcome && isnan(asked->threshold))
        return refuse(self, "an outcome needs --threshold POUNDS: what one unit less of it is worth to whoever decides");
    if ((asked->draws > 0 ? asked->draws : asked->replications) < 2)
        return refuse(self, "one draw (or, with --draws 0, one replication) says nothing of the noise: take 2 or more");
    return asked->out ? pw_answering_check_out(&self->common, asked->out) : PW_OK;
}

/* ---- sets of another rate of return, as `run --return-rate` has them ---- */

static const int rate_of[2] = { PW_RETURN_LOW, PW_RETURN_HIGH };

/* posterior_RATE.csv beside the baseline, calibrated to the rate; NULL: another posterior was asked for, or there is none. */
static char *variant_file(const work_t *self, int rate)
{
    const char *baseline = self->common.files.baseline_file, *slash = strrchr(baseline, '/');
    pw_text_t text = { 0 };
    if (slash)
        pw_text_append_bytes(&text, baseline, (size_t)(slash - baseline) + 1);
    pw_text_printf(&text, "posterior_%s.csv", pw_return_rate_name(rate));
    char *file = pw_text_take(&text);
    if (file && !self->asked.parameters && access(file, F_OK) == 0)
        return file;
    pw_free(file);
    return NULL;
}

/* Of too few sets nothing can be drawn: the rate is then brought about by the rate of incidents. */
static pw_status_t load_rate(work_t *self, int k)
{
    const switches_options_t *o = &self->asked;
    pw_parameter_file_t *sets = &self->returning[k];
    pw_findings_t findings = { 0 };
    double effective;
    char *own = variant_file(self, rate_of[k]);
    pw_status_t status = pw_parameter_file_load(sets, "pathways switches", own ? own : o->parameters, self->common.files.baseline_file,
                                                self->common.files.spec[0], (uint64_t)o->seed, o->draws, &self->common.findings);
    if (status == PW_OK && !own && pw_return_rate_select(&sets->posterior, rate_of[k], &effective, &findings) != PW_OK)
        pw_parameter_file_free(sets);
    pw_findings_free(&findings);
    pw_free(own);
    return status;
}

static void done(void *context, int which)
{
    work_t *self = context;
    pw_progress_set(&self->progress, which + 1);
}

static pw_status_t ask(pw_answering_t *common)
{
    work_t *self = (work_t *)common;
    const switches_options_t *o = &self->asked;
    const pw_scenario_files_t *files = &self->common.files;
    pw_switches_t answer = { 0 };
    const char *name[PW_MAX_SCENARIOS];
    pw_switches_asked_t question = {
        .spec = (const pw_spec_t *const *)files->spec, .n_specs = files->n, .sets = o->sets.text, .n_sets = o->sets.n,
        .goal = { .of = PW_GOAL_NET_BENEFIT, .outcome = o->outcome, .threshold = o->threshold },
        .request = { .draws = o->draws, .replications = o->replications, .seed = (uint64_t)o->seed, .threads = (int)o->threads, .engine = PW_ENGINE_AHEAD,
                     .stop = pw_interrupt_flag(), .values = pw_parameter_file_hook(&self->common.parameters) },
        .done = done, .done_context = self
    };
    pw_status_t status = PW_OK;
    for (int k = 0; k < 2 && self->common.parameters.file && status == PW_OK; k++) {
        status = load_rate(self, k);
        question.returning[k] = pw_parameter_file_hook(&self->returning[k]);
    }
    if (status != PW_OK)
        return status;
    pw_progress_begin(&self->progress, stderr, "structures", PW_SWITCH_N, o->quiet);
    status = pw_switches_go(&answer, &question, &self->common.why, &self->common.findings);
    pw_progress_end(&self->progress);
    for (int s = 1; s < files->n; s++)
        name[s - 1] = files->spec[s]->name;
    if (status == PW_OK)
        status = pw_answer_rows_begin(&self->common.rows, pw_switches_words.kind);
    if (status == PW_OK) {
        pw_switches_write(&answer, name, o->draws, o->replications, pw_parameter_file_drawn_from(&self->common.parameters, o->draws), &self->common.rows.csv);
        status = pw_answer_rows_end(&self->common.rows);
    }
    pw_switches_free(&answer);
    for (int k = 0; k < 2; k++)
        pw_parameter_file_free(&self->returning[k]);
    return status;
}

static pw_answering_inputs_t inputs(const pw_answering_t *common) { return PW_ANSWERING_INPUTS(&((const work_t *)common)->asked); }

static int run(int argc, char **argv)
{
    work_t self = { 0 };
    const pw_answering_verb_t verb = { .command = "pathways switches", .kind = pw_switches_words.kind, .parse = parse, .inputs = inputs, .ask = ask };
    return pw_answering_run(&self.common, &verb, argc, argv);
}

const pw_verb_t pw_verb_switches = {
    .name = "switches",
    .summary = "which conclusions hang on how the model is built",
    .usage = "switches SCENARIO.cfg... [options]",
    .about = "Makes the same comparison under other structures of the model, side by side and small: full teams make\n"
             "families wait, or their work slows down; a separation raises the rate of incidents at first, or never;\n"
             "incidents come in clusters or evenly; fewer or more families come back; none, 20 or 40 % of the\n"
             "incidents averted fall on other households. Says which conclusions survive all of them.\n",
    .examples = "  pathways switches scenarios/perpetrator_programme.cfg scenarios/joint_screening.cfg\n"
                "      two policies, every headline\n"
                "  pathways switches scenarios/perpetrator_programme.cfg --threshold 5000 --out output/first-run\n"
                "      with the net benefit, if an incident averted is worth 5,000 pounds; into that run's folder\n",
    .options = options, .n_options = N_OPTIONS, .run = run
};
