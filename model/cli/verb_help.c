/* verb_help.c: pathways help [VERB]. */
#include <stddef.h>

#include "../base/error.h"
#include "manual.h"
#include "verb.h"

typedef struct { bool man; } help_options_t;
static const pw_option_t options[] = {
    { .name = "man", .help = "print the manual page instead: docs/pathways.1 is this text", .kind = PW_OPTION_FLAG, .offset = offsetof(help_options_t, man) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static int run(int argc, char **argv)
{
    int first;
    help_options_t asked = { 0 };
    if (pw_options_parse("pathways help", options, N_OPTIONS, &asked, argc, argv, &first) < 0) return pw_status_exit_code(PW_ERROR_USAGE);
    if (asked.man) {
        pw_manual_print(stdout);
        return 0;
    }
    if (first == argc) {
        pw_verb_print_all(stdout);
        return 0;
    }
    const pw_verb_t *verb = pw_verb_find(argv[first]), *part = NULL;
    if (!verb) {
        pw_verb_unknown(argv[first]);
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    if (argc - first > 1 && verb->n_parts > 0 && !(part = pw_verb_part(verb, argv[first + 1]))) {
        pw_verb_part_unknown(verb, argv[first + 1]);
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    if (argc - first > (part ? 2 : 1)) {
        fprintf(stderr, "pathways help: one verb at a time\n");
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    verb = part ? part : verb;
    pw_verb_print(verb, stdout);
    return 0;
}

const pw_verb_t pw_verb_help = {
    .name = "help",
    .summary = "explain a verb",
    .usage = "help [VERB] [--man]",
    .about = "Prints what a verb does, its options and examples; without a verb, the list of verbs.\n",
    .examples = "  pathways help run     what run does\n"
                "  pathways help sweep plan\n"
                "      one part of a verb that has several\n"
                "  pathways help --man > docs/pathways.1\n"
                "      after a change to a verb's help\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
