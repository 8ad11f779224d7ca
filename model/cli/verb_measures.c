/* verb_measures.c: `pathways measures`: docs/measures.md, from the catalogue. */
#include "../measure/catalogue.h"
#include "verb.h"

static int run(int argc, char **argv)
{
    int first;
    struct { int unused; } nothing = { 0 };
    if (pw_options_parse("pathways measures", NULL, 0, &nothing, argc, argv, &first) < 0)
        return pw_status_exit_code(PW_ERROR_USAGE);
    return pw_status_exit_code(pw_catalogue_document(stdout));
}

const pw_verb_t pw_verb_measures = {
    .name = "measures",
    .summary = "what every measure means: name, unit, direction, definition",
    .usage = "measures",
    .about = "Prints the catalogue of measures as Markdown: docs/measures.md is this text.\n",
    .examples = "  pathways measures > docs/measures.md\n      after a change to the catalogue\n",
    .options = NULL,
    .n_options = 0,
    .run = run,
};
