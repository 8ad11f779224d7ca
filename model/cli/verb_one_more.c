/* verb_one_more.c: `pathways one-more`: what one more place in each team and service buys. */
#include "../base/interrupt.h"
#include "../base/processors.h"
#include "../base/progress.h"
#include "../report/one_more_rows.h"
#include "answering.h"
#include "verb.h"

typedef struct {
    const char *baseline, *parameters, *out;
    int64_t draws, replications, seed, threads;
    pw_option_texts_t sets;
    bool quiet;
} one_more_options_t;

static const pw_option_t options[] = {
    PW_ANSWERING_OPTIONS(one_more_options_t,
                         "the baseline (default: what the scenarios are based on, else params/baseline.cfg)",
                         "draws of the estimates; 0: each at its value (default 100)",
                         "write answers/one_more.csv into this run's folder, or into a new folder"),
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

typedef struct { pw_answering_t common; one_more_options_t asked; } work_t;

static pw_status_t parse(pw_answering_t *common, int argc, char **argv, int *first)
{
    work_t *self = (work_t *)common;
    one_more_options_t *asked = &self->asked;
    *asked = (one_more_options_t){ .draws = 100, .replications = 2, .seed = 1, .threads = pw_processors() };
    pw_status_t status = pw_options_parse("pathways one-more", options, N_OPTIONS, asked, argc, argv, first);
    if (status != PW_OK)
        return status;
    if ((asked->draws > 0 ? asked->draws : asked->replications) < 2) {
        pw_text_append(&self->common.why, "one draw (or, with --draws 0, one replication) says nothing of the noise: take 2 or more");
        return PW_ERROR_USAGE;
    }
    return asked->out ? pw_answering_check_out(&self->common, asked->out) : PW_OK;
}

/* Scenario 0 is the baseline itself. */
static pw_status_t ask(work_t *self, int scenario)
{
    const one_more_options_t *o = &self->asked;
    const pw_scenario_files_t *files = &self->common.files;
    pw_one_more_t answer = { 0 };
    pw_progress_t progress = { 0 };
    pw_one_more_asked_t question = {
        .baseline = files->spec[0], .scenario = scenario > 0 ? files->spec[scenario] : NULL, .sets = o->sets.text, .n_sets = o->sets.n,
        .request = { .draws = o->draws, .replications = o->replications, .seed = (uint64_t)o->seed, .threads = (int)o->threads, .engine = PW_ENGINE_AHEAD,
                     .stop = pw_interrupt_flag(), .progress = &progress, .values = pw_parameter_file_hook(&self->common.parameters) }
    };
    pw_progress_begin(&progress, stderr, "worlds", (o->draws > 0 ? o->draws : 1) * o->replications, o->quiet);
    pw_status_t status = pw_one_more_go(&answer, &question, &self->common.why, &self->common.findings);
    pw_progress_end(&progress);
    if (status == PW_OK)
        pw_one_more_write(&answer, scenario > 0 ? files->spec[scenario]->name : "baseline", pw_parameter_file_drawn_from(&self->common.parameters, o->draws),
                          &self->common.rows.csv);
    pw_one_more_free(&answer);
    return status;
}

static pw_status_t ask_all(pw_answering_t *common)
{
    work_t *self = (work_t *)common;
    int n = self->common.files.n;
    pw_status_t status = pw_answer_rows_begin(&self->common.rows, pw_one_more_words.kind);
    for (int s = n > 1 ? 1 : 0; s < n && status == PW_OK; s++)
        status = ask(self, s);
    return status == PW_OK ? pw_answer_rows_end(&self->common.rows) : status;
}

static pw_answering_inputs_t inputs(const pw_answering_t *common) { return PW_ANSWERING_INPUTS(&((const work_t *)common)->asked); }

static int run(int argc, char **argv)
{
    work_t self = { 0 };
    const pw_answering_verb_t verb = { .command = "pathways one-more", .kind = pw_one_more_words.kind, .parse = parse, .inputs = inputs, .ask = ask_all };
    return pw_answering_run(&self.common, &verb, argc, argv);
}

const pw_verb_t pw_verb_one_more = {
    .name = "one-more",
    .summary = "what one more place in each team and service buys, and where the line moves",
    .usage = "one-more [SCENARIO.cfg...] [options]",
    .about = "Adds one place in every area to each team and each service in turn, in the same worlds: how much\n"
             "shorter the wait is, how many fewer come back, how many fewer incidents children are present at, what\n"
             "it costs, and which line is the longest then. Without a scenario: the baseline. Where the files have\n"
             "no price for a place (social workers' teams of the baseline), the pounds leave the place itself out.\n",
    .examples = "  pathways one-more\n"
                "      every team and service of the baseline\n"
                "  pathways one-more scenarios/supervised_contact.cfg --draws 0 --replications 200\n"
                "      of a scenario, every estimate at its value\n",
    .options = options, .n_options = N_OPTIONS, .run = run
};
