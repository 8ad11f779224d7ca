/* verb.c: see verb.h. */
#include "verb.h"

#include <string.h>

#include "../base/table.h"
#include "../base/text.h"

static const pw_verb_t *const verbs[] = {
    &pw_verb_run,
    &pw_verb_report,
    &pw_verb_answers,
    &pw_verb_sensitivity,
    &pw_verb_breakeven,
    &pw_verb_one_more,
    &pw_verb_switches,
    &pw_verb_check,
    &pw_verb_explain,
    &pw_verb_trace,
    &pw_verb_map,
    &pw_verb_params,
    &pw_verb_measures,
    &pw_verb_centres,
    &pw_verb_calibrate,
    &pw_verb_sweep,
    &pw_verb_help,
};
enum { N_VERBS = sizeof verbs / sizeof verbs[0] };

const pw_verb_t *const *pw_verbs(size_t *n)
{
    *n = N_VERBS;
    return verbs;
}

const pw_verb_t *pw_verb_find(const char *name)
{
    for (size_t i = 0; i < N_VERBS; i++)
        if (strcmp(verbs[i]->name, name) == 0) return verbs[i];
    return NULL;
}

/* "plan" of "sweep plan" */
static const char *last_word(const char *name)
{
    const char *blank = strrchr(name, ' ');
    return blank ? blank + 1 : name;
}

const pw_verb_t *pw_verb_part(const pw_verb_t *verb, const char *name)
{
    for (size_t i = 0; i < verb->n_parts; i++)
        if (strcmp(last_word(verb->parts[i]->name), name) == 0) return verb->parts[i];
    return NULL;
}

void pw_verb_part_unknown(const pw_verb_t *verb, const char *name)
{
    enum { MOST = 16 };
    const char *names[MOST];
    size_t n = verb->n_parts < MOST ? verb->n_parts : MOST;
    for (size_t i = 0; i < n; i++) names[i] = last_word(verb->parts[i]->name);
    int nearest = name ? pw_text_nearest(name, names, n) : -1;
    if (name) fprintf(stderr, "pathways %s: there is no \"%s %s\"", verb->name, verb->name, name);
    else fprintf(stderr, "pathways %s: %s what?", verb->name, verb->name);
    if (nearest >= 0) fprintf(stderr, "; did you mean %s?\n", verb->parts[nearest]->name);
    else {
        fprintf(stderr, "%s", name ? "; there is" : " There is");
        for (size_t i = 0; i < n; i++) fprintf(stderr, "%s %s", i ? "," : "", names[i]);
        fputs(name ? "\n" : ".\n", stderr);
    }
}

void pw_verb_unknown(const char *name)
{
    const char *names[N_VERBS];
    for (size_t i = 0; i < N_VERBS; i++) names[i] = verbs[i]->name;
    int nearest = pw_text_nearest(name, names, N_VERBS);
    fprintf(stderr, "pathways: there is no verb \"%s\"", name);
    if (nearest >= 0) fprintf(stderr, "; did you mean %s?\n", names[nearest]);
    else fprintf(stderr, "; \"pathways --help\" lists them all\n");
}

void pw_verb_print_all(FILE *to)
{
    fputs("usage: pathways VERB [options]\n\n"
          "What happens after the police notify children's social services of a domestic violence incident, and what\n"
          "would change under another policy: a simulation of families, the notification system and its services.\n\n", to);
    pw_table_t table = { 0 };
    for (size_t i = 0; i < N_VERBS; i++) {
        pw_table_cell(&table, PW_LEFT, "  %s", verbs[i]->name);
        pw_table_cell(&table, PW_LEFT, "%s", verbs[i]->summary);
        pw_table_end_row(&table);
    }
    pw_table_print(&table, to);
    pw_table_free(&table);
    fputs("\n\"pathways help VERB\" explains a verb, with examples; \"pathways --version\" says which program this is.\n", to);
}

void pw_verb_print(const pw_verb_t *verb, FILE *to)
{
    fprintf(to, "usage: pathways %s\n\n%s", verb->usage, verb->about);
    if (verb->n_options > 0) {
        fputs("\nOptions:\n", to);
        pw_options_print(verb->options, verb->n_options, to);
    }
    fprintf(to, "\nExamples:\n%s", verb->examples);
}
