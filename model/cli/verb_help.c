/* verb_help.c: pathways help [VERB]. */
#include "../base/error.h"
#include "verb.h"

static int run(int argc, char **argv)
{
    int first;
    char none;
    if (pw_options_parse("pathways help", NULL, 0, &none, argc, argv, &first) < 0) return pw_status_exit_code(PW_ERROR_USAGE);
    if (first == argc) {
        pw_verb_print_all(stdout);
        return 0;
    }
    if (argc - first > 1) {
        fprintf(stderr, "pathways help: one verb at a time\n");
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    const pw_verb_t *verb = pw_verb_find(argv[first]);
    if (!verb) {
        pw_verb_unknown(argv[first]);
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    pw_verb_print(verb, stdout);
    return 0;
}

const pw_verb_t pw_verb_help = {
    .name = "help",
    .summary = "explain a verb",
    .usage = "help [VERB]",
    .about = "Prints what a verb does, its options and examples; without a verb, the list of verbs.\n",
    .examples = "  pathways help run     what run does\n",
    .run = run,
};
