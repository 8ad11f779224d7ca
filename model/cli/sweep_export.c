/* sweep_export.c: `pathways sweep export`: a sweep for other programs. */
#include <inttypes.h>
#include <unistd.h>

#include "../base/interrupt.h"
#include "../report/sweep_sqlite.h"
#include "sweep_place.h"
#include "verb.h"

typedef struct {
    const char *out, *sqlite;
    bool force, partial, quiet;
} export_options_t;

#define AT(field) offsetof(export_options_t, field)
static const pw_option_t options[] = {
    { .name = "out", .letter = 'o', .argument = "DIR", .help = "the sweep's folder (or name it without --out)", .kind = PW_OPTION_TEXT, .offset = AT(out) },
    { .name = "sqlite", .argument = "FILE", .help = "write a SQLite database", .kind = PW_OPTION_TEXT, .offset = AT(sqlite) },
    { .name = "force", .letter = 'f', .help = "replace an older file", .kind = PW_OPTION_FLAG, .offset = AT(force) },
    { .name = "partial", .help = "export what is there, though units are missing", .kind = PW_OPTION_FLAG, .offset = AT(partial) },
    { .name = "quiet", .letter = 'q', .help = "no progress and no summary", .kind = PW_OPTION_FLAG, .offset = AT(quiet) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static const char command[] = "pathways sweep export";

static pw_status_t export(pw_sweep_place_t *place, const void *options_asked)
{
    const export_options_t *asked = options_asked;
    pw_progress_t progress = { 0 };
    char message[768] = "";
    int64_t units = place->units.points * place->units.blocks, missing = pw_stock_missing(&place->stock);
    if (missing > 0 && !asked->partial) {
        fprintf(stderr, "%s: %" PRId64 " of %" PRId64 " units are missing; `pathways sweep status %s` says which (--partial exports what is there)\n", command,
                missing, units, place->folder.path);
        return PW_INCOMPLETE;
    }
    pw_sweep_sqlite_t ask = { .folder = &place->folder, .sweep = &place->sweep, .stock = &place->stock, .path = asked->sqlite, .stop = pw_interrupt_flag(),
                              .progress = &progress };
    pw_progress_begin(&progress, stderr, "units", units, asked->quiet);
    pw_status_t status = pw_sweep_sqlite_write(&ask, message);
    pw_progress_end(&progress);
    if (status != PW_OK)
        return pw_sweep_place_say(command, status, NULL, message);
    if (!asked->quiet)
        printf("%" PRId64 " units are in %s: tables design, results, columns and manifest\n", place->stock.done, asked->sqlite);
    return PW_OK;
}

static pw_status_t check(const void *options_asked)
{
    const export_options_t *asked = options_asked;
    if (asked->sqlite && (asked->force || access(asked->sqlite, F_OK) != 0))
        return PW_OK;
    if (asked->sqlite)
        fprintf(stderr, "%s: %s exists already; choose another name, or replace it with --force\n", command, asked->sqlite);
    else
        fprintf(stderr, "%s: into what? Say --sqlite FILE\n", command);
    return PW_ERROR_USAGE;
}

static int run(int argc, char **argv)
{
    export_options_t asked = { 0 };
    const pw_sweep_part_t part = { .command = command, .options = options, .n_options = N_OPTIONS, .check = check, .work = export };
    return pw_sweep_place_run(&part, &asked, &asked.out, argc, argv);
}

const pw_verb_t pw_sweep_export_verb = {
    .name = "sweep export",
    .summary = "a sweep as one SQLite file",
    .usage = "sweep export DIR --sqlite FILE [--partial] [--force]",
    .about = "Writes a sweep's design, results and manifest as tables of one SQLite file, with an index, and a table\n"
             "that says what the columns mean. The parts need not have been merged.\n",
    .examples = "  pathways sweep export output/places --sqlite places.sqlite\n"
                "  sqlite3 places.sqlite 'SELECT scenario, avg(served) FROM results GROUP BY scenario'\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
