/* answering.h: what the verbs that answer questions have in common.
 *
 * What question it answers: how does an answer get from the command line to the terminal and into a folder?
 * Floor: cli.
 *
 * A verb keeps what it asks in a struct that begins with a pw_answering_t, and hands pw_answering_run its three functions. */
#ifndef PW_CLI_ANSWERING_H
#define PW_CLI_ANSWERING_H

#include "../report/answers.h"
#include "invocation.h"
#include "parameter_file.h"
#include "scenario_files.h"

typedef struct {
    const char *command;
    pw_invocation_t invocation;
    pw_scenario_files_t files;
    pw_parameter_file_t parameters;
    pw_findings_t findings;
    pw_text_t why;                         /* a sentence about what was asked, without a full stop */
    pw_answer_rows_t rows;
} pw_answering_t;

/* For verbs that read no scenarios: the command line as given; and the end: says what went wrong, frees all, gives the exit code. */
pw_status_t pw_answering_begin(pw_answering_t *self, const char *command, int argc, char **argv);
int pw_answering_end(pw_answering_t *self, pw_status_t status);
/* Refuses before any work a folder that could not be added to: there, but not ours. */
pw_status_t pw_answering_check_out(pw_answering_t *self, const char *out);
/* What pw_answering_run has to know of the options. */
typedef struct {
    const char *baseline, *parameters;     /* as asked; NULL: not */
    const char *const *sets; int n_sets;
    int64_t seed, draws;
    const char *out;                       /* NULL: nothing is written */
    bool quiet;
} pw_answering_inputs_t;

/* They stand in an options struct under the names of PW_ANSWERING_OPTIONS. */
#define PW_ANSWERING_INPUTS(asked) \
    ((pw_answering_inputs_t){ (asked)->baseline, (asked)->parameters, (asked)->sets.text, (asked)->sets.n, (asked)->seed, (asked)->draws, (asked)->out, \
                              (asked)->quiet })

typedef struct {
    const char *command;                   /* "pathways breakeven" */
    const pw_answer_kind_t *kind;
    pw_status_t (*parse)(pw_answering_t *work, int argc, char **argv, int *first);     /* `first`: the first operand */
    pw_answering_inputs_t (*inputs)(const pw_answering_t *work);
    pw_status_t (*ask)(pw_answering_t *work);                                            /* fills `rows`, from `files` and `parameters` */
} pw_answering_verb_t;

/* Reads the options, the scenarios (`files`) and what the draws are from (`parameters`), asks, prints, writes where --out says, says what went wrong, frees
 * `work`. Returns the exit code. `work` arrives zeroed. */
int pw_answering_run(pw_answering_t *work, const pw_answering_verb_t *verb, int argc, char **argv);

/* The options that each of these verbs has, last in its table; `type` is its struct of options, with fields of these names. */
#define PW_ANSWERING_OPTIONS(type, baseline_help, draws_help, out_help) \
    { .name = "baseline", .argument = "FILE", .help = baseline_help, .kind = PW_OPTION_TEXT, .offset = offsetof(type, baseline) }, \
    { .name = "draws", .letter = 'd', .argument = "D", .help = draws_help, .kind = PW_OPTION_INTEGER, .offset = offsetof(type, draws), .low = 0, \
      .high = 1000000 }, \
    { .name = "replications", .letter = 'r', .argument = "R", .help = "worlds for each draw (default 2)", .kind = PW_OPTION_INTEGER, \
      .offset = offsetof(type, replications), .low = 1, .high = INT64_C(1) << PW_WORLD_BITS }, \
    { .name = "seed", .letter = 's', .argument = "N", .help = "another seed, other luck (default 1)", .kind = PW_OPTION_INTEGER, \
      .offset = offsetof(type, seed), .low = 0, .high = INT64_MAX }, \
    { .name = "threads", .letter = 't', .argument = "T", .help = "threads (default: all cores); the results do not depend on them", \
      .kind = PW_OPTION_INTEGER, .offset = offsetof(type, threads), .low = 1, .high = 1024 }, \
    { .name = "parameters", .argument = "FILE", .help = PW_PARAMETERS_HELP, .kind = PW_OPTION_TEXT, .offset = offsetof(type, parameters) }, \
    { .name = "out", .letter = 'o', .argument = "DIR", .help = out_help, .kind = PW_OPTION_TEXT, .offset = offsetof(type, out) }, \
    { .name = "set", .argument = "PATH=VALUE", .help = "change a setting that the baseline has, in it and in every scenario; may be repeated", \
      .kind = PW_OPTION_TEXTS, .offset = offsetof(type, sets) }, \
    { .name = "quiet", .letter = 'q', .help = "print nothing", .kind = PW_OPTION_FLAG, .offset = offsetof(type, quiet) }
#define PW_ANSWERING_BASELINE "the baseline (default: what the scenarios are based on)"

/* Reads "LOW:HIGH" with LOW < HIGH; false otherwise. */
bool pw_answering_range(const char *text, double *low, double *high);

#endif
