/* verb_params.c: `pathways params`: the data dictionary, and a scenario file to start from. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/file.h"
#include "../base/memory.h"
#include "../report/dictionary.h"
#include "../report/starter.h"
#include "verb.h"

typedef struct {
    int format;
    const char *name, *out, *base;
} params_options_t;

static const char *const formats[] = { "text", "csv", "markdown", NULL };

#define AT(field) offsetof(params_options_t, field)
static const pw_option_t options[] = {
    { .name = "format", .argument = "FORMAT", .help = "text (default), csv or markdown", .kind = PW_OPTION_CHOICE, .offset = AT(format), .choices = formats },
    { .name = "new", .letter = 'n', .argument = "NAME", .help = "write a commented scenario file to start from instead", .kind = PW_OPTION_TEXT,
      .offset = AT(name) },
    { .name = "out", .letter = 'o', .argument = "FILE", .help = "where the new file goes (default scenarios/NAME.cfg); never over one that is there",
      .kind = PW_OPTION_TEXT, .offset = AT(out) },
    { .name = "base", .argument = "FILE", .help = "what the new scenario changes (default params/baseline.cfg)", .kind = PW_OPTION_TEXT, .offset = AT(base) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static pw_status_t complain(pw_status_t status, const char *before, const char *text, const char *after)
{
    fprintf(stderr, "pathways params: %s%s%s\n", before, text, after);
    return status;
}

/* ---- a new scenario ---- */

/* "/a/b/scenarios" and "/a/b/params/baseline.cfg" -> "../params/baseline.cfg" */
static void relative(const char *folder, const char *file, pw_text_t *out)
{
    size_t common = 0;
    for (size_t i = 0;; i++) {
        bool ends = folder[i] == '\0', at_step = ends || folder[i] == '/';
        if (at_step && file[i] == '/')
            common = i + 1;
        if (ends || folder[i] != file[i])
            break;
    }
    size_t length = strlen(folder);
    if (common <= length && strcmp(folder, "/") != 0) {
        pw_text_append(out, "../");
        for (const char *c = folder + common; *c; c++)
            if (*c == '/')
                pw_text_append(out, "../");
    }
    pw_text_append(out, file + common);
}

/* The base as the new file has to say it; a base that cannot be found is left as given, for `check` to speak of. */
static pw_status_t base_for(const char *out, const char *base, pw_text_t *text)
{
    const char *slash = strrchr(out, '/');
    char *folder = slash ? pw_strndup(out, slash == out ? 1 : (size_t)(slash - out)) : pw_strdup(".");
    char *real_folder = folder ? realpath(folder, NULL) : NULL, *real_base = realpath(base, NULL);
    pw_status_t status = PW_OK;
    if (!folder)
        status = PW_ERROR_MEMORY;
    else if (!real_folder)
        status = complain(PW_ERROR_USAGE, "there is no folder ", folder, " to write the new file in");
    else if (!real_base)
        status = complain(PW_ERROR_USAGE, "there is no file ", base, " to build on; name another with --base");
    else
        relative(real_folder, real_base, text);
    pw_free(folder);
    free(real_folder);
    free(real_base);
    return status;
}

static pw_status_t check_name(const char *name)
{
    char suggestion[PW_STARTER_NAME + 1];
    if (pw_starter_name(name, suggestion))
        return PW_OK;
    fprintf(stderr, "pathways params: \"%s\" cannot name a scenario; allowed: small letters, digits and _, a letter first, at most %d of them", name,
            PW_STARTER_NAME);
    if (suggestion[0])
        fprintf(stderr, "; for example %s", suggestion);
    fputs("\n", stderr);
    return PW_ERROR_USAGE;
}

static pw_status_t write_new(const params_options_t *asked)
{
    pw_text_t out = { 0 }, base = { 0 }, text = { 0 };
    pw_status_t status = check_name(asked->name);
    if (asked->out)
        pw_text_append(&out, asked->out);
    else
        pw_text_printf(&out, "scenarios/%s.cfg", asked->name);
    if (status == PW_OK && access(pw_text_get(&out), F_OK) == 0)
        status = complain(PW_ERROR_EXISTS, "", pw_text_get(&out), " is there already and stays as it is; name another with --out");
    if (status == PW_OK)
        status = base_for(pw_text_get(&out), asked->base, &base);
    if (status == PW_OK) {
        pw_starter_write(asked->name, pw_text_get(&base), &text);
        status = out.failed || base.failed || text.failed ? PW_ERROR_MEMORY : pw_file_replace(pw_text_get(&out), pw_text_get(&text), text.n);
        if (status == PW_ERROR_WRITE)
            fprintf(stderr, "pathways params: %s could not be written: %s\n", pw_text_get(&out), strerror(errno));
        else if (status == PW_ERROR_MEMORY)
            fprintf(stderr, "pathways params: %s\n", pw_status_sentence(status));
    }
    if (status == PW_OK)
        printf("%s is written. Next:\n  edit it\n  pathways check %s\n  pathways explain %s\n  pathways run %s\n", pw_text_get(&out), pw_text_get(&out),
               pw_text_get(&out), pw_text_get(&out));
    pw_text_free(&out);
    pw_text_free(&base);
    pw_text_free(&text);
    return status;
}

/* ---- the dictionary ---- */

static pw_status_t write_dictionary(const params_options_t *asked, int n_words, char **words)
{
    int found;
    if (asked->out || strcmp(asked->base, "params/baseline.cfg") != 0)
        return complain(PW_ERROR_USAGE, "--out and --base go with --new NAME; ", "the dictionary itself is printed", "");
    pw_status_t status = pw_dictionary_write(asked->format, (const char *const *)words, n_words, &found, stdout);
    if (status == PW_OK && found == 0)
        return complain(PW_ERROR_USAGE, "no setting's path contains \"", words[0], "\"; \"pathways params\" lists them all");
    return status;
}

static int run(int argc, char **argv)
{
    params_options_t asked = { .base = "params/baseline.cfg" };
    int first;
    if (pw_options_parse("pathways params", options, N_OPTIONS, &asked, argc, argv, &first) < 0)
        return pw_status_exit_code(PW_ERROR_USAGE);
    if (asked.name && first < argc)
        return pw_status_exit_code(complain(PW_ERROR_USAGE, "--new takes one name, without blanks; what is \"", argv[first], "\"?"));
    return pw_status_exit_code(asked.name ? write_new(&asked) : write_dictionary(&asked, argc - first, argv + first));
}

const pw_verb_t pw_verb_params = {
    .name = "params",
    .summary = "every setting that a file may have; a scenario file to start from",
    .usage = "params [WORD...] [options]",
    .about = "Prints the data dictionary: path, type, unit, range, default and meaning of every setting, made from the\n"
             "tables that read the files. With words: only settings whose path contains one of them. With --new:\n"
             "writes a commented scenario file that passes `check` as it is.\n",
    .examples = "  pathways params services\n      what a service may have\n"
                "  pathways params --format csv > settings.csv\n      everything, for a spreadsheet\n"
                "  pathways params --new school_worker\n      writes scenarios/school_worker.cfg to start from\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
