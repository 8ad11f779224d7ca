/* verb_sensitivity.c: `pathways sensitivity`: which inputs matter. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/file.h"
#include "../base/memory.h"
#include "../report/answers_of_run.h"
#include "../report/sensitivity_sweep.h"
#include "../report/shares_rows.h"
#include "answering.h"
#include "verb.h"

typedef struct {
    pw_option_texts_t of;
    int64_t most;
    bool quiet;
} sensitivity_options_t;

#define AT(field) offsetof(sensitivity_options_t, field)
static const pw_option_t options[] = {
    { .name = "of", .argument = "MEASURE", .help = "the measure (default: of a sweep all, of a run " PW_ANSWERS_MEASURE "); may be repeated",
      .kind = PW_OPTION_TEXTS, .offset = AT(of) },
    { .name = "most", .letter = 'm', .argument = "N", .help = "inputs printed of each (default 10)", .kind = PW_OPTION_INTEGER, .offset = AT(most), .low = 1,
      .high = 1000 },
    { .name = "quiet", .letter = 'q', .help = "print nothing", .kind = PW_OPTION_FLAG, .offset = AT(quiet) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

/* "output/sweep/merged.csv.gz" stands for its folder. */
static char *folder_of(const char *path)
{
    static const char name[] = "merged.csv.gz";
    size_t n = strlen(path), m = sizeof name - 1;
    pw_text_t text = { 0 };
    if (n >= m && strcmp(path + n - m, name) == 0 && (n == m || path[n - m - 1] == '/'))
        pw_text_append_bytes(&text, n == m ? "." : path, n == m ? 1 : n - m - 1);
    else
        pw_text_append_bytes(&text, path, n > 1 && path[n - 1] == '/' ? n - 1 : n);
    return pw_text_take(&text);
}

/* A run's folder lists scenarios and draws; a sweep's has parts. */
static bool is_sweep(const char *folder)
{
    struct stat about;
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/parts", folder);
    bool found = !path.failed && stat(pw_text_get(&path), &about) == 0;
    pw_text_free(&path);
    return found;
}

static pw_status_t of_run(pw_answering_t *common, const char *folder, const sensitivity_options_t *asked)
{
    pw_account_t account = { 0 };
    pw_ground_t ground = { 0 };
    const char *standard[] = { PW_ANSWERS_MEASURE };
    const char *const *of = asked->of.n > 0 ? asked->of.text : standard;
    pw_status_t status = pw_account_open(&account, folder, &common->findings);
    if (status == PW_OK)
        status = pw_ground_open(&ground, &account, &common->findings);
    if (status == PW_OK && pw_ground_too_alike(&ground, &common->findings))
        status = PW_ERROR_INPUT;
    for (int k = 0; status == PW_OK && k < (asked->of.n > 0 ? asked->of.n : 1); k++) {
        const pw_csv_table_t *draws = &account.table[PW_READ_draws];
        if (pw_csv_find(draws, of[k]) >= 2) {
            status = pw_sensitivity_run(&ground, of[k], &common->rows.csv);
            continue;
        }
        int nearest = pw_text_nearest(of[k], (const char *const *)draws->column + 2, (size_t)draws->n_columns - 2);
        pw_text_printf(&common->why, "the run has no measure \"%s\"%s%s", of[k], nearest < 0 ? "" : "; did you mean ", nearest < 0
                       ? "" : draws->column[nearest + 2]);
        status = PW_ERROR_USAGE;
    }
    pw_ground_free(&ground);
    pw_account_free(&account);
    return status;
}

static pw_status_t print(const pw_answering_t *common, const sensitivity_options_t *asked, const char *folder, const char *file)
{
    pw_status_t status = pw_sensitivity_print(&common->rows, (int)asked->most, stdout);
    if (status == PW_OK)
        printf("\nAll inputs are in %s/%s, by the names that --over and --set take.\n", folder, file);
    return status;
}

/* Beside the sweep's other files: its folder never changes places, for others may be writing parts into it. */
static pw_status_t write_into_sweep(pw_answering_t *common, const char *folder)
{
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/sensitivity.csv", folder);
    pw_status_t status = path.failed ? PW_ERROR_MEMORY : pw_file_replace(pw_text_get(&path), common->rows.bytes, common->rows.n);
    if (status == PW_ERROR_WRITE)
        pw_text_printf(&common->why, "%s cannot be written", pw_text_get(&path));
    pw_text_free(&path);
    return status;
}

/* What could not be said, a sentence a line; if that leaves a question that was asked without an answer, the last word is the first sentence. */
static pw_status_t say_notes(pw_answering_t *common, const pw_sensitivity_said_t *said)
{
    const char *text = pw_text_get(&said->notes);
    for (size_t n; *text; text += n + 1) {
        n = strcspn(text, "\n");
        if (said->silent > 0 && common->why.n == 0)
            pw_text_append_bytes(&common->why, text, n);
        else
            fprintf(stderr, "%s: note: %.*s\n", common->command, (int)n, text);
    }
    return said->silent > 0 ? PW_ERROR_USAGE : PW_OK;
}

static pw_status_t of_sweep(pw_answering_t *common, const char *folder, const sensitivity_options_t *asked)
{
    pw_sensitivity_said_t said = { 0 };
    pw_status_t status = pw_sensitivity_sweep(folder, asked->of.text, asked->of.n, &common->rows.csv, &said, &common->findings, &common->why);
    if (status == PW_OK)
        status = pw_answer_rows_end(&common->rows);
    if (status == PW_OK && said.outputs > 0)
        status = write_into_sweep(common, folder);
    if (status == PW_OK && said.outputs > 0 && !asked->quiet)
        status = print(common, asked, folder, "sensitivity.csv");
    if (status == PW_OK)
        status = say_notes(common, &said);
    pw_text_free(&said.notes);
    return status;
}

static pw_status_t of_run_written(pw_answering_t *common, const char *folder, const sensitivity_options_t *asked)
{
    pw_answer_made_t made = { common->invocation.argc, common->invocation.argv, common->invocation.started, NULL, 0, NULL };
    pw_status_t status = of_run(common, folder, asked);
    if (status == PW_OK)
        status = pw_answer_rows_end(&common->rows);
    if (status == PW_OK)
        status = pw_answers_add(folder, &pw_sensitivity_kind, &common->rows, &made, &common->why);
    return status == PW_OK && !asked->quiet ? print(common, asked, folder, pw_sensitivity_kind.file) : status;
}

static pw_status_t work(pw_answering_t *common, const sensitivity_options_t *asked, const char *folder)
{
    pw_status_t status = pw_answer_rows_begin(&common->rows, &pw_sensitivity_kind);
    if (status != PW_OK)
        return status;
    return is_sweep(folder) ? of_sweep(common, folder, asked) : of_run_written(common, folder, asked);
}

static int run(int argc, char **argv)
{
    pw_answering_t common;
    sensitivity_options_t asked = { .most = 10 };
    int first = argc;
    pw_status_t status = pw_answering_begin(&common, "pathways sensitivity", argc, argv);
    if (status == PW_OK)
        status = pw_options_parse(common.command, options, N_OPTIONS, &asked, argc, argv, &first);
    if (status == PW_OK && argc - first != 1) {
        pw_text_append(&common.why, first == argc ? "of which run or sweep? For example: pathways sensitivity output/first-run"
                                                  : "one folder at a time, please");
        status = PW_ERROR_USAGE;
    }
    char *folder = status == PW_OK ? folder_of(argv[first]) : NULL;
    if (status == PW_OK)
        status = folder ? work(&common, &asked, folder) : PW_ERROR_MEMORY;
    pw_free(folder);
    return pw_answering_end(&common, status);
}

const pw_verb_t pw_verb_sensitivity = {
    .name = "sensitivity",
    .summary = "which estimates and settings matter: of a run's draws, or of a sweep",
    .usage = "sensitivity DIR|FILE [--of MEASURE]... [options]",
    .about = "DIR is the folder of a finished run, or of a merged sweep (FILE: its merged.csv.gz). From a run's\n"
             "draws, or a sweep without a special design: first-order shares from given data with standard errors,\n"
             "partial rank correlations (PRCC), and the two ends of a tornado. From Saltelli's design: first-order\n"
             "and total Sobol' indices with bootstrap intervals. From Morris's: mu* and sigma. Of a scenario it is\n"
             "its difference from the baseline that is looked at. Where a sweep has the scenario as an input, each\n"
             "scenario is looked at for itself (in Saltelli's design it is an input like any other). Prints the\n"
             "leading inputs and writes all of them into the folder: answers/sensitivity.csv of a run,\n"
             "sensitivity.csv of a sweep. A measure that has no value at some point of a sweep is left out with a\n"
             "sentence; exit code 2 if it was asked for, or if no measure is left.\n",
    .examples = "  pathways sensitivity output/first-run --of repeat_notifications\n"
                "      what moves each policy's difference in repeat notifications\n"
                "  pathways sensitivity output/which_estimates\n"
                "      of a sweep, every measure that it has\n",
    .options = options, .n_options = N_OPTIONS, .run = run
};
