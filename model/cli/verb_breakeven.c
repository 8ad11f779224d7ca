/* verb_breakeven.c: `pathways breakeven`: how good, how much used, how large or how cheap would it have to be? */
#include <math.h>
#include <string.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "../base/processors.h"
#include "../base/progress.h"
#include "../report/breakeven_rows.h"
#include "answering.h"
#include "verb.h"

typedef struct {
    const char *of, *over, *against, *range, *against_range, *outcome, *baseline, *parameters, *out;
    double threshold;
    int64_t by_year, points, draws, replications, seed, threads;
    pw_option_texts_t sets;
    bool quiet;
} breakeven_options_t;

#define AT(field) offsetof(breakeven_options_t, field)
static const pw_option_t options[] = {
    { .name = "of", .argument = "WHAT", .help = "what has to be better: a measure (docs/measures.md), net_benefit, payback or cash_payback",
      .kind = PW_OPTION_TEXT, .offset = AT(of) },
    { .name = "over", .argument = "PATH", .help = "what is moved: an estimate, a setting's path, or effect (default), uptake, places, cost",
      .kind = PW_OPTION_TEXT, .offset = AT(over) },
    { .name = "range", .argument = "LOW:HIGH", .help = "where to look (default: an estimate's own 95 % interval; places: 1 to four times the scenario's)",
      .kind = PW_OPTION_TEXT, .offset = AT(range) },
    { .name = "against", .argument = "PATH", .help = "a second number: the break-even line of the two", .kind = PW_OPTION_TEXT, .offset = AT(against) },
    { .name = "against-range", .argument = "LOW:HIGH", .help = "from where to where the second one goes (default: as for --range)", .kind = PW_OPTION_TEXT,
      .offset = AT(against_range) },
    { .name = "points", .argument = "N", .help = "values of the second one (default 5)", .kind = PW_OPTION_INTEGER, .offset = AT(points), .low = 2,
      .high = 100 },
    { .name = "threshold", .argument = "POUNDS", .help = "net_benefit: what one unit less of the outcome is worth to you", .kind = PW_OPTION_REAL,
      .offset = AT(threshold), .low = 0, .high = 1000000000 },
    { .name = "outcome", .argument = "MEASURE", .help = "net_benefit: the outcome (default " PW_GOAL_OUTCOME ")", .kind = PW_OPTION_TEXT,
      .offset = AT(outcome) },
    { .name = "by-year", .argument = "N", .help = "payback: the money has to be back by the end of year N", .kind = PW_OPTION_INTEGER, .offset = AT(by_year),
      .low = 1, .high = 10 },
    PW_ANSWERING_OPTIONS(breakeven_options_t, PW_ANSWERING_BASELINE, "draws of all other estimates; 0: each at its value (default 100)",
                         "write answers/breakeven.csv into this run's folder, or into a new folder"),
};
enum { N_OPTIONS = sizeof options / sizeof options[0], POINTS = 5 };

typedef struct {
    pw_answering_t common;
    breakeven_options_t asked;
    pw_progress_t progress;
    int64_t looks;
} work_t;

static pw_status_t refuse(work_t *self, const char *sentence)
{
    pw_text_append(&self->common.why, sentence);
    return PW_ERROR_USAGE;
}

static pw_status_t parse(pw_answering_t *common, int argc, char **argv, int *first)
{
    work_t *self = (work_t *)common;
    breakeven_options_t *asked = &self->asked;
    *asked = (breakeven_options_t){ .over = "effect", .threshold = NAN, .draws = 100, .replications = 2, .seed = 1, .threads = pw_processors() };
    pw_status_t status = pw_options_parse("pathways breakeven", options, N_OPTIONS, asked, argc, argv, first);
    if (status != PW_OK)
        return status;
    if (*first == argc)
        return refuse(self, "name a scenario: a switching value is of a policy against the baseline");
    if (!asked->of)
        return refuse(self, "--of says what has to be better: a measure such as repeat_notifications, net_benefit, payback or cash_payback");
    if (strcmp(asked->of, PW_GOAL_NET_BENEFIT) != 0 && (!isnan(asked->threshold) || asked->outcome))
        return refuse(self, "--threshold and --outcome go with --of net_benefit");
    if (strcmp(asked->of, PW_GOAL_PAYBACK) != 0 && strcmp(asked->of, PW_GOAL_CASH_PAYBACK) != 0 && asked->by_year > 0)
        return refuse(self, "--by-year goes with --of payback or cash_payback");
    if (!asked->against && (asked->against_range || asked->points > 0))
        return refuse(self, "--points and --against-range go with --against: which second number?");
    asked->points = asked->points > 0 ? asked->points : POINTS;
    if ((asked->draws > 0 ? asked->draws : asked->replications) < 2)
        return refuse(self, "one draw (or, with --draws 0, one replication) says nothing of the noise: take 2 or more");
    return asked->out ? pw_answering_check_out(&self->common, asked->out) : PW_OK;
}

/* ---- the numbers that move ---- */

static pw_status_t find_lever(work_t *self, int scenario, const char *over, const char *range, pw_lever_t *out)
{
    pw_text_t *why = &self->common.why;
    pw_status_t status = pw_lever_find(self->common.files.spec[0], self->common.files.spec[scenario], over, out, why);
    if (status != PW_OK)
        return status;
    if (range && !pw_answering_range(range, &out->range.low, &out->range.high)) {
        pw_text_printf(why, "a range is LOW:HIGH with two numbers, the lower one first, not %s", range);
        return PW_ERROR_USAGE;
    }
    if (range)
        out->range.logarithmic = out->range.logarithmic && out->range.low > 0.0;
    if (!range && !out->has_range) {
        pw_text_printf(why, "nothing says between which ends %s may lie: give --range LOW:HIGH", out->path);
        return PW_ERROR_USAGE;
    }
    if (out->range.whole && (out->range.low != floor(out->range.low) || out->range.high != floor(out->range.high))) {
        pw_text_printf(why, "places are whole: the range %s is not", range);
        return PW_ERROR_USAGE;
    }
    return PW_OK;
}

/* The k-th of n values from end to end of a range. */
static double point(const pw_breakeven_range_t *range, int64_t k, int64_t n)
{
    double share = (double)k / (double)(n - 1);
    double x = range->logarithmic ? range->low * pow(range->high / range->low, share) : range->low + share * (range->high - range->low);
    return k == n - 1 ? range->high : range->whole ? floor(x + 0.5) : pw_number_round12(x);
}

/* ---- asking ---- */

static void looked(void *context, int n_looks)
{
    work_t *self = context;
    (void)n_looks;
    pw_progress_set(&self->progress, ++self->looks);
}

static pw_status_t ask(work_t *self, int scenario, const pw_lever_t *lever, pw_switching_held_t held)
{
    const breakeven_options_t *o = &self->asked;
    const pw_scenario_files_t *files = &self->common.files;
    pw_switching_t answer;
    pw_switching_asked_t question = {
        .baseline = files->spec[0], .scenario = files->spec[scenario], .sets = o->sets.text, .n_sets = o->sets.n,
        .goal = { .of = o->of, .outcome = o->outcome, .threshold = o->threshold, .by_year = o->by_year },
        .request = { .draws = o->draws, .replications = o->replications, .seed = (uint64_t)o->seed, .threads = (int)o->threads, .engine = PW_ENGINE_AHEAD,
                     .stop = pw_interrupt_flag() },
        .posterior = self->common.parameters.file ? &self->common.parameters.posterior : NULL, .held = held, .looked = looked, .looked_context = self
    };
    pw_status_t status = pw_switching_find(&question, lever, &answer, &self->common.why, &self->common.findings);
    if (status != PW_OK)
        return status;
    pw_breakeven_row_t row = { files->spec[scenario]->name, &question.goal, lever, held, &answer, o->draws, o->replications,
                               pw_parameter_file_drawn_from(&self->common.parameters, o->draws) };
    pw_breakeven_write(&row, &self->common.rows.csv);
    return PW_OK;
}

static pw_status_t ask_line(work_t *self, int scenario, const pw_lever_t *lever)
{
    pw_lever_t against;
    pw_status_t status = find_lever(self, scenario, self->asked.against, self->asked.against_range, &against);
    if (status == PW_OK && strcmp(against.path, lever->path) == 0)
        return refuse(self, "--over and --against name the same number");
    double last = NAN;
    for (int64_t k = 0; k < self->asked.points && status == PW_OK; k++) {
        double value = point(&against.range, k, self->asked.points);
        if (value != last)
            status = ask(self, scenario, lever, (pw_switching_held_t){ &against, value });
        last = value;
    }
    return status;
}

static pw_status_t ask_all(pw_answering_t *common)
{
    work_t *self = (work_t *)common;
    int n = self->common.files.n;
    pw_lever_t *lever = pw_alloc((size_t)n, sizeof lever[0]);
    pw_status_t status = lever ? PW_OK : PW_ERROR_MEMORY;
    for (int s = 1; s < n && status == PW_OK; s++)      /* what makes no question is said before any work */
        status = find_lever(self, s, self->asked.over, self->asked.range, &lever[s]);
    if (status == PW_OK)
        status = pw_answer_rows_begin(&self->common.rows, pw_breakeven_words.kind);
    pw_progress_begin(&self->progress, stderr, "looks at most", (int64_t)PW_MOST_LOOKS * (n - 1) * (self->asked.against ? self->asked.points : 1),
                      self->asked.quiet);
    for (int s = 1; s < n && status == PW_OK; s++)
        status = self->asked.against ? ask_line(self, s, &lever[s]) : ask(self, s, &lever[s], (pw_switching_held_t){ 0 });
    pw_progress_end(&self->progress);
    pw_free(lever);
    return status == PW_OK ? pw_answer_rows_end(&self->common.rows) : status;
}

static pw_answering_inputs_t inputs(const pw_answering_t *common) { return PW_ANSWERING_INPUTS(&((const work_t *)common)->asked); }

static int run(int argc, char **argv)
{
    work_t self = { 0 };
    const pw_answering_verb_t verb = { .command = "pathways breakeven", .kind = pw_breakeven_words.kind, .parse = parse, .inputs = inputs, .ask = ask_all };
    return pw_answering_run(&self.common, &verb, argc, argv);
}

const pw_verb_t pw_verb_breakeven = {
    .name = "breakeven",
    .summary = "how good, how much used, how large or how cheap a policy would have to be",
    .usage = "breakeven SCENARIO.cfg... --of WHAT [--over PATH|effect|uptake|places|cost] [options]",
    .about = "The switching value: the value of one number at which a scenario becomes better than the baseline, all\n"
             "others drawn as `run` draws them. Where nobody has measured what a policy does, this is the question\n"
             "that can be answered. \"No value within the evidence's range does\" and \"every value does\" are answers\n"
             "too. At most 12 values are simulated for one answer, each on the same families with the same luck. An\n"
             "estimate is moved in the baseline and the scenario alike, a setting in the scenario alone.\n",
    .examples = "  pathways breakeven scenarios/supervised_contact.cfg --of repeat_notifications\n"
                "      how well supervised contact has to work for fewer to come back\n"
                "  pathways breakeven scenarios/supervised_contact.cfg --of net_benefit --threshold 5000\n"
                "      ... to be worth its cost, if an incident averted is worth 5,000 pounds\n"
                "  pathways breakeven scenarios/perpetrator_programme.cfg --of net_benefit --threshold 5000 --over cost\n"
                "      the highest price of a place at which it is\n"
                "  pathways breakeven scenarios/perpetrator_programme.cfg --of repeat_notifications --over uptake --against effect\n"
                "      the line of the two: how many have to take it up if it works so well\n"
                "  pathways breakeven scenarios/early_help.cfg --of payback --by-year 2 --over places --out output/first-run\n"
                "      how many places pay for themselves; the answer goes into that run's folder\n",
    .options = options, .n_options = N_OPTIONS, .run = run
};
