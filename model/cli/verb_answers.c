/* verb_answers.c: `pathways answers`: what a finished run's draws can answer. */
#include <math.h>
#include <string.h>

#include "../report/answers_of_run.h"
#include "../report/worth_rows.h"
#include "answering.h"
#include "verb.h"

typedef struct {
    const char *of;
    double threshold, years;
    int64_t audit;
    bool quiet;
} answers_options_t;

#define AT(field) offsetof(answers_options_t, field)
static const pw_option_t options[] = {
    { .name = "of", .argument = "MEASURE",
      .help = "the measure that a choice is judged by (default " PW_ANSWERS_MEASURE "; with --threshold " PW_ANSWERS_OUTCOME ")",
      .kind = PW_OPTION_TEXT, .offset = AT(of) },
    { .name = "threshold", .argument = "POUNDS", .help = "what one unit less (or more) of the measure is worth to you: judge by pounds", .kind = PW_OPTION_REAL,
      .offset = AT(threshold), .low = 0, .high = 1000000000 },
    { .name = "years", .argument = "Y", .help = "how long the decision stands (default 5)", .kind = PW_OPTION_REAL, .offset = AT(years), .low = 1,
      .high = 100 },
    { .name = "audit", .argument = "N", .help = "what a study counts: files, family-years, families in each of two groups, cases (default 200)",
      .kind = PW_OPTION_INTEGER, .offset = AT(audit), .low = 1, .high = 1000000 },
    { .name = "quiet", .letter = 'q', .help = "print nothing", .kind = PW_OPTION_FLAG, .offset = AT(quiet) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static int run(int argc, char **argv)
{
    pw_answering_t common;
    answers_options_t asked = { .threshold = NAN, .years = 5.0, .audit = PW_WORTH_AUDIT };
    int first = argc;
    pw_status_t status = pw_answering_begin(&common, "pathways answers", argc, argv);
    if (status == PW_OK)
        status = pw_options_parse(common.command, options, N_OPTIONS, &asked, argc, argv, &first);
    if (status == PW_OK && argc - first != 1) {
        pw_text_append(&common.why, first == argc ? "which run? For example: pathways answers output/first-run" : "one run's folder at a time, please");
        status = PW_ERROR_USAGE;
    }
    if (status == PW_OK) {
        pw_answers_asked_t question = { asked.of, asked.threshold, asked.years, (double)asked.audit };
        pw_answer_made_t made = { common.invocation.argc, common.invocation.argv, common.invocation.started, NULL, 0, NULL };
        status = pw_answers_of_run(argv[first], &question, &made, asked.quiet ? NULL : stdout, &common.findings, &common.why);
    }
    if (status == PW_OK && !asked.quiet)
        printf("\nAll of it, for every headline, is in %s/answers/.\n", argv[first]);
    return pw_answering_end(&common, status);
}

const pw_verb_t pw_verb_answers = {
    .name = "answers",
    .summary = "what a run's draws can answer: what it rests on, what is worth knowing, what it cannot tell",
    .usage = "answers DIR [--of MEASURE] [--threshold POUNDS] [options]",
    .about = "From the draws of a finished run, without simulating anything: which policies can be told apart and\n"
             "why others cannot; which grades of evidence and which estimates the differences rest on; how often\n"
             "today's choice is the wrong one, what it would be worth to know more first, and which audit would\n"
             "tell it. Writes answers/tiers.csv, evidence_shares.csv and value_of_information.csv into the run's\n"
             "folder and prints what they say of one measure. A run of 100 draws or more does this by itself,\n"
             "without a threshold.\n",
    .examples = "  pathways answers output/first-run\n"
                "      what incidents with a child present rest on, and which policies differ in them\n"
                "  pathways answers output/first-run --of repeat_notifications\n"
                "      the same of repeat notifications\n"
                "  pathways answers output/first-run --threshold 5000\n"
                "      in pounds, if an incident averted is worth 5,000 to you\n"
                "  pathways answers output/first-run --threshold 5000 --audit 1000\n"
                "      which study of that size would settle the choice\n",
    .options = options, .n_options = N_OPTIONS, .run = run
};
