/* verb.h: what the program can be asked to do.
 *
 * What question it answers: which verbs are there, and what does each one say of itself?
 * Floor: cli. Each verb is one file, verb_NAME.c, that defines one constant of this type; main.c lists them. */
#ifndef PW_CLI_VERB_H
#define PW_CLI_VERB_H

#include <stddef.h>
#include <stdio.h>

#include "options.h"

typedef struct pw_verb {
    const char *name;              /* "run"; of a part: "sweep plan" */
    const char *summary;           /* one line for the list of verbs, lower case, no full stop */
    const char *usage;             /* what follows "pathways ": "run SCENARIO.cfg... [options]" */
    const char *about;             /* a paragraph or two, before the options; lines of at most 90 characters, ends in a newline */
    const char *examples;          /* lines "  pathways run ...\n", after the options, with what each one does */
    const pw_option_t *options;
    size_t n_options;
    int (*run)(int argc, char **argv);   /* argv[0] is the verb's (the part's) last word; returns the exit code */
    const struct pw_verb *const *parts;  /* of a verb of several ("sweep plan", "sweep run"); its own `run` refuses what is none of them */
    size_t n_parts;
} pw_verb_t;

/* The verbs in the order of the help; *n receives how many. */
const pw_verb_t *const *pw_verbs(size_t *n);
/* NULL: none of that name. */
const pw_verb_t *pw_verb_find(const char *name);
/* The part of `verb` that goes by `name` ("plan"); NULL: none, or a verb without parts. */
const pw_verb_t *pw_verb_part(const pw_verb_t *verb, const char *name);
/* Prints "did you mean" for an unknown part on stderr; `name` NULL: none was given. */
void pw_verb_part_unknown(const pw_verb_t *verb, const char *name);
/* Prints "did you mean" for an unknown verb on stderr. */
void pw_verb_unknown(const char *name);

/* The program's help, and one verb's. */
void pw_verb_print_all(FILE *to);
void pw_verb_print(const pw_verb_t *verb, FILE *to);

/* Verbs, one file each. */
extern const pw_verb_t pw_verb_run;
extern const pw_verb_t pw_verb_breakeven;
extern const pw_verb_t pw_verb_report;
extern const pw_verb_t pw_verb_one_more;
extern const pw_verb_t pw_verb_switches;
extern const pw_verb_t pw_verb_answers;
extern const pw_verb_t pw_verb_sensitivity;
extern const pw_verb_t pw_verb_check;
extern const pw_verb_t pw_verb_explain;
extern const pw_verb_t pw_verb_trace;
extern const pw_verb_t pw_verb_map;
extern const pw_verb_t pw_verb_params;
extern const pw_verb_t pw_verb_measures;
extern const pw_verb_t pw_verb_centres;
extern const pw_verb_t pw_verb_sweep;
extern const pw_verb_t pw_verb_calibrate;
extern const pw_verb_t pw_verb_help;

/* Parts of sweep, one file each: sweep_NAME.c. */
extern const pw_verb_t pw_sweep_plan_verb;
extern const pw_verb_t pw_sweep_run_verb;
extern const pw_verb_t pw_sweep_status_verb;
extern const pw_verb_t pw_sweep_merge_verb;
extern const pw_verb_t pw_sweep_extend_verb;
extern const pw_verb_t pw_sweep_export_verb;

#endif
