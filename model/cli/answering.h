/* answering.h: what the verbs that answer questions have in common.
 *
 * What question it answers: how does an answer get from the command line to the terminal and into a folder?
 * Floor: cli.
 *
 * A verb keeps what it asks in a struct that begins with a pw_answering_t, and hands pw_answering_run its three functions. */
#ifndef PW_CLI_ANSWERING_H
#define PW_CLI_ANSWERING_H

#include "../report/answers.h"
#include "parameter_file.h"
#include "scenario_files.h"

typedef struct {
    const char *command;
    int argc; char **argv;                 /* as given, "pathways" first */
    char started[32];                      /* UTC */
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

/* Reads "LOW:HIGH" with LOW < HIGH; false otherwise. */
bool pw_answering_range(const char *text, double *low, double *high);

#endif
