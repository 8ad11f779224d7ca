#include "manual.h"

#include "../base/version.h"
#include "verb.h"

/* Text between requests: a backslash and a hyphen mean something to troff, as do a dot and a quote that begin a line. */
static void put(FILE *to, const char *text)
{
    bool line_begins = true;
    for (; *text; text++) {
        if (line_begins && (*text == '.' || *text == '\''))
            fputs("\\&", to);
        line_begins = *text == '\n';
        if (*text == '\\')
            fputs("\\e", to);
        else if (*text == '-')
            fputs("\\-", to);
        else
            fputc(*text, to);
    }
}

static void put_option(FILE *to, const pw_option_t *option)
{
    fputs(".TP\n.B ", to);
    if (option->letter)
        fprintf(to, "\\-%c, ", option->letter);
    fputs("\\-\\-", to);
    put(to, option->name);
    if (option->argument) {
        fputs(" \\fI", to);
        put(to, option->argument);
        fputs("\\fR", to);
    }
    fputc('\n', to);
    put(to, option->help);
    fputs(".\n", to);
}

static void put_verb(FILE *to, const pw_verb_t *verb)
{
    fputs(".SS pathways ", to);
    put(to, verb->usage);
    fputc('\n', to);
    put(to, verb->about);
    for (size_t i = 0; i < verb->n_options; i++)
        put_option(to, &verb->options[i]);
    fputs(".PP\nExamples:\n.nf\n", to);
    put(to, verb->examples);
    fputs(".fi\n", to);
}

static const char *const exits[][2] = {
    { "0", "done" },
    { "1", "the run failed: no memory, a full disk" },
    { "2", "the command line is not as it should be, or the output folder exists already" },
    { "3", "an input file has something wrong in it" },
    { "4", "done, but the precision asked for was not reached" },
    { "5", "what is there does not fit: another sweep's folder, a part of another version, two records that differ" },
    { "75", "not all is done yet; run it again to go on" },
    { "130", "interrupted; nothing was written" },
};

void pw_manual_print(FILE *to)
{
    fputs(".\\\" Made by `pathways help --man`; do not edit.\n", to);
    fprintf(to, ".TH PATHWAYS 1 \"\" \"pathways %s\" \"User commands\"\n", PW_VERSION);
    fputs(".SH NAME\npathways \\- simulate families, police notifications and children's social services, and compare policies\n"
          ".SH SYNOPSIS\n.B pathways\n.I verb\n[options]\n"
          ".SH DESCRIPTION\nWhat happens after the police notify children's social services of a domestic violence incident, and what would\n"
          "change under another policy: the same families with the same luck under the baseline and under each scenario.\n.SH VERBS\n", to);
    size_t n;
    const pw_verb_t *const *verbs = pw_verbs(&n);
    for (size_t i = 0; i < n; i++) {
        put_verb(to, verbs[i]);
        for (size_t k = 0; k < verbs[i]->n_parts; k++)
            put_verb(to, verbs[i]->parts[k]);
    }
    fputs(".SH EXIT STATUS\n", to);
    for (size_t i = 0; i < sizeof exits / sizeof exits[0]; i++)
        fprintf(to, ".TP\n.B %s\n%s.\n", exits[i][0], exits[i][1]);
    fputs(".SH FILES\n.TP\n.I params/baseline.cfg\nthe baseline; with evidence.cfg, sources.cfg, centres.cfg and targets.cfg beside it.\n"
          ".TP\n.I scenarios/\none file a policy: only what it changes.\n", to);
}
