/* options.c: see options.h. */
#include "options.h"

#include <assert.h>
#include <getopt.h>
#include <string.h>

#include "../base/number.h"
#include "../base/table.h"
#include "../base/text.h"

enum { LONG_VALUE = 256 };      /* what getopt_long returns for the option of index 0: beyond any letter */

/* What getopt_long wants to know. */
typedef struct {
    struct option longs[PW_MAX_OPTIONS + 1];
    char shorts[2 * PW_MAX_OPTIONS + 2];
} getopt_tables_t;

static void make_tables(const pw_option_t *options, size_t n, getopt_tables_t *tables)
{
    char *at = tables->shorts;
    *at++ = ':';                /* a missing value is told apart from an unknown option */
    for (size_t i = 0; i < n; i++) {
        int takes = options[i].kind == PW_OPTION_FLAG ? no_argument : required_argument;
        tables->longs[i] = (struct option){ .name = options[i].name, .has_arg = takes, .val = LONG_VALUE + (int)i };
        if (!options[i].letter) continue;
        *at++ = options[i].letter;
        if (takes == required_argument) *at++ = ':';
    }
    *at = '\0';
    tables->longs[n] = (struct option){ 0 };
}

/* The option that getopt's value stands for, or NULL. */
static const pw_option_t *find(const pw_option_t *options, size_t n, int value)
{
    if (value >= LONG_VALUE && (size_t)(value - LONG_VALUE) < n) return &options[value - LONG_VALUE];
    for (size_t i = 0; i < n && value > 0; i++)
        if (options[i].letter == value) return &options[i];
    return NULL;
}

static pw_status_t refuse_range(const char *command, const pw_option_t *option, const char *given, const char *what)
{
    char low[PW_NUMBER_ROOM], high[PW_NUMBER_ROOM];
    fprintf(stderr, "%s: --%s is \"%s\"; allowed: %s from %s to %s\n", command, option->name, given, what, pw_number_whole(option->low, low),
            pw_number_whole(option->high, high));
    return PW_ERROR_USAGE;
}

static pw_status_t put_integer(const char *command, const pw_option_t *option, int64_t *target, const char *given)
{
    int64_t value;
    if (!pw_number_read_integer(given, &value) || value < option->low || value > option->high) return refuse_range(command, option, given, "a whole number");
    *target = value;
    return PW_OK;
}

static pw_status_t put_real(const char *command, const pw_option_t *option, double *target, const char *given)
{
    double value;
    if (!pw_number_read_real(given, &value) || value < (double)option->low || value > (double)option->high) return refuse_range(command, option, given,
            "a number");
    *target = value;
    return PW_OK;
}

static pw_status_t put_text(const char *command, const pw_option_t *option, const char **target, const char *given)
{
    if (given[0] == '\0') {
        fprintf(stderr, "%s: --%s is empty; it needs %s\n", command, option->name, option->argument);
        return PW_ERROR_USAGE;
    }
    *target = given;
    return PW_OK;
}

static pw_status_t put_texts(const char *command, const pw_option_t *option, pw_option_texts_t *target, const char *given)
{
    if (target->n == PW_MAX_OPTION_TEXTS) {
        fprintf(stderr, "%s: --%s is given more than %d times\n", command, option->name, PW_MAX_OPTION_TEXTS);
        return PW_ERROR_USAGE;
    }
    return put_text(command, option, &target->text[target->n], given) < 0 ? PW_ERROR_USAGE : (target->n++, PW_OK);
}

static pw_status_t put_choice(const char *command, const pw_option_t *option, int *target, const char *given)
{
    pw_text_t names = { 0 };
    for (int i = 0; option->choices[i]; i++) {
        if (strcmp(option->choices[i], given) == 0) {
            *target = i;
            pw_text_free(&names);
            return PW_OK;
        }
        pw_text_printf(&names, "%s%s", i > 0 ? ", " : "", option->choices[i]);
    }
    fprintf(stderr, "%s: --%s is \"%s\"; allowed: %s\n", command, option->name, given, pw_text_get(&names));
    pw_text_free(&names);
    return PW_ERROR_USAGE;
}

static pw_status_t put(const char *command, const pw_option_t *option, void *into, const char *given)
{
    void *target = (char *)into + option->offset;
    switch (option->kind) {
    case PW_OPTION_FLAG: *(bool *)target = true; return PW_OK;
    case PW_OPTION_INTEGER: return put_integer(command, option, target, given);
    case PW_OPTION_REAL: return put_real(command, option, target, given);
    case PW_OPTION_TEXT: return put_text(command, option, target, given);
    case PW_OPTION_TEXTS: return put_texts(command, option, target, given);
    case PW_OPTION_CHOICE: return put_choice(command, option, target, given);
    }
    return PW_ERROR_USAGE;
}

static pw_status_t refuse_unknown(const char *command, const pw_option_t *options, size_t n, const char *given)
{
    const char *names[PW_MAX_OPTIONS];
    char name[64];
    size_t length = strcspn(given, "=");
    snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), given);
    size_t begins = 0;
    for (size_t i = 0; i < n; i++) {
        names[i] = options[i].name;
        begins += strncmp(options[i].name, name, strlen(name)) == 0;
    }
    int nearest = pw_text_nearest(name, names, n);
    if (begins > 1) fprintf(stderr, "%s: --%s is short for more than one option; write it out\n", command, name);
    else if (nearest >= 0) fprintf(stderr, "%s: there is no option --%s; did you mean --%s?\n", command, name, names[nearest]);
    else fprintf(stderr, "%s: there is no option --%s; \"%s --help\" lists them all\n", command, name, command);
    return PW_ERROR_USAGE;
}

/* getopt_long said '?' (unknown, ambiguous, or a value for a flag) about the argument `given`. */
static pw_status_t refuse(const char *command, const pw_option_t *options, size_t n, const char *given)
{
    if (optopt >= LONG_VALUE) {
        fprintf(stderr, "%s: --%s takes no value\n", command, options[optopt - LONG_VALUE].name);
        return PW_ERROR_USAGE;
    }
    if (optopt == 0) return refuse_unknown(command, options, n, given + strspn(given, "-"));
    fprintf(stderr, "%s: there is no option -%c; \"%s --help\" lists them all\n", command, optopt, command);
    return PW_ERROR_USAGE;
}

pw_status_t pw_options_parse(const char *command, const pw_option_t *options, size_t n_options, void *into, int argc, char **argv, int *first)
{
    assert(n_options <= PW_MAX_OPTIONS);
    getopt_tables_t tables;
    make_tables(options, n_options, &tables);
    opterr = 0;
    optind = 0;                 /* glibc: begin anew */
    for (;;) {
        optopt = 0;
        int value = getopt_long(argc, argv, tables.shorts, tables.longs, NULL);
        if (value == -1) break;
        if (value == '?') return refuse(command, options, n_options, argv[optind - 1]);
        const pw_option_t *option = find(options, n_options, value == ':' ? optopt : value);
        if (value == ':') {
            fprintf(stderr, "%s: --%s needs a value: %s\n", command, option->name, option->argument);
            return PW_ERROR_USAGE;
        }
        if (put(command, option, into, optarg) < 0) return PW_ERROR_USAGE;
    }
    *first = optind;
    return PW_OK;
}

void pw_options_print(const pw_option_t *options, size_t n_options, FILE *to)
{
    pw_table_t table = { 0 };
    for (size_t i = 0; i < n_options; i++) {
        const pw_option_t *option = &options[i];
        if (option->letter) pw_table_cell(&table, PW_LEFT, "  -%c,", option->letter);
        else pw_table_cell(&table, PW_LEFT, "     ");
        pw_table_cell(&table, PW_LEFT, option->argument ? "--%s %s" : "--%s", option->name, option->argument);
        pw_table_cell(&table, PW_LEFT, "%s", option->help);
        pw_table_end_row(&table);
    }
    pw_table_print(&table, to);
    pw_table_free(&table);
}
