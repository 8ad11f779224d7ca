/* options.h: a verb's options as a table.
 *
 * What question it answers: what did the command line ask for, and is it lawful?
 * Floor: cli. Over getopt_long: GNU style, options and operands in any order, --name=value or --name value, abbreviations
 * that are not ambiguous, -- ends the options. What is wrong becomes one sentence on stderr and exit code 2.
 *
 *     typedef struct { int64_t draws; const char *out; bool force; pw_option_texts_t sets; } run_options_t;
 *     static const pw_option_t options[] = {
 *         { .name = "draws", .argument = "D", .help = "parameter sets; 0: fixed values", .kind = PW_OPTION_INTEGER,
 *           .offset = offsetof(run_options_t, draws), .low = 0, .high = 1000000 },
 *         { .name = "force", .letter = 'f', .help = "replace an older run's folder", .kind = PW_OPTION_FLAG, .offset = offsetof(run_options_t, force) },
 *     };
 *     run_options_t asked = { .draws = 250 };                        defaults stand where no option speaks
 *     int first;                                                     argv[first] ... argv[argc - 1] are the operands (argv is reordered)
 *     if (pw_options_parse("pathways run", options, n_options, &asked, argc, argv, &first) < 0) return pw_status_exit_code(PW_ERROR_USAGE);
 */
#ifndef PW_CLI_OPTIONS_H
#define PW_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "../base/error.h"

enum pw_option_kind {
    PW_OPTION_FLAG,       /* bool */
    PW_OPTION_INTEGER,    /* int64_t, low..high */
    PW_OPTION_REAL,       /* double, low..high (as reals), finite */
    PW_OPTION_TEXT,       /* const char *, not empty */
    PW_OPTION_TEXTS,      /* pw_option_texts_t, repeatable */
    PW_OPTION_CHOICE      /* int: index into choices */
};

enum { PW_MAX_OPTIONS = 32, PW_MAX_OPTION_TEXTS = 128 };

typedef struct {
    int n;
    const char *text[PW_MAX_OPTION_TEXTS];    /* point into argv */
} pw_option_texts_t;

typedef struct {
    const char *name;          /* long name without dashes */
    char letter;               /* short name, or 0 */
    const char *argument;      /* what the help calls the value: "N"; NULL for flags */
    const char *help;          /* one line, lower case, no full stop */
    enum pw_option_kind kind;
    size_t offset;             /* of the target in the verb's struct */
    int64_t low, high;         /* INTEGER, REAL: allowed range, both ends in */
    const char *const *choices;/* CHOICE: names, ended by NULL */
} pw_option_t;

/* Reads argv[1] ... into the struct `into`, by the table of options. Returns PW_OK, or PW_ERROR_USAGE after a sentence on stderr. *first is the index
 * of the first operand. `command` is what the sentence starts with: "pathways run". */
pw_status_t pw_options_parse(const char *command, const pw_option_t *options, size_t n_options, void *into, int argc, char **argv, int *first);

/* One aligned line an option, for the help. */
void pw_options_print(const pw_option_t *options, size_t n_options, FILE *to);

#endif
