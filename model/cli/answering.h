/* answering.h: what the verbs that answer questions have in common.
 *
 * What question it answers: how does an answer get from the command line to the terminal and into a folder?
 * Floor: cli.
 *
 *     pw_answering_t work = { 0 };
 *     pw_answering_begin(&work, "pathways breakeven", argc, argv)      before the options are sorted: keeps the command line as given
 *     pw_answering_load(&work, ...)                                    the scenarios, and what the draws are from
 *     pw_answer_rows_begin(&work.rows, kind), rows, pw_answer_rows_end
 *     status = pw_answering_finish(&work, kind, out, quiet)            prints, and writes if `out` is not NULL
 *     return pw_answering_end(&work, status)                           says what went wrong, frees all, gives the exit code */
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

pw_status_t pw_answering_begin(pw_answering_t *self, const char *command, int argc, char **argv);
/* Refuses before any work a folder that could not be added to: there, but not ours. */
pw_status_t pw_answering_check_out(pw_answering_t *self, const char *out);
/* Reads the scenarios, and what the draws are from (parameter_file.h); both can then be read in `files` and `parameters`. */
typedef struct {
    const char *baseline, *parameters;     /* as asked; NULL: not */
    const char *const *sets; int n_sets;
    int64_t seed, draws;
} pw_answering_inputs_t;
pw_status_t pw_answering_load(pw_answering_t *self, const pw_answering_inputs_t *asked, int n_files, char **files);
pw_status_t pw_answering_finish(pw_answering_t *self, const pw_answer_kind_t *kind, const char *out, bool quiet);
int pw_answering_end(pw_answering_t *self, pw_status_t status);

/* Reads "LOW:HIGH" with LOW < HIGH; false otherwise. */
bool pw_answering_range(const char *text, double *low, double *high);

#endif
