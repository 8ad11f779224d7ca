/* sweep_merge.c: `pathways sweep merge`: all parts as one table. */
#include <inttypes.h>

#include "../base/interrupt.h"
#include "../report/sweep_results.h"
#include "sweep_place.h"
#include "verb.h"

typedef struct {
    const char *out;
    bool partial, quiet;
} merge_options_t;

#define AT(field) offsetof(merge_options_t, field)
static const pw_option_t options[] = {
    { .name = "out", .letter = 'o', .argument = "DIR", .help = "the sweep's folder (or name it without --out)", .kind = PW_OPTION_TEXT, .offset = AT(out) },
    { .name = "partial", .help = "merge what is there, though units are missing", .kind = PW_OPTION_FLAG, .offset = AT(partial) },
    { .name = "quiet", .letter = 'q', .help = "no progress and no summary", .kind = PW_OPTION_FLAG, .offset = AT(quiet) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static const char command[] = "pathways sweep merge";

static pw_status_t incomplete(const pw_sweep_place_t *place)
{
    int64_t missing = pw_stock_missing(&place->stock);
    bool failed = missing == place->stock.n_failed;      /* running again would fail again */
    fprintf(stderr, "%s: %" PRId64 " of %" PRId64 " units are missing%s; `pathways sweep status %s` says which (--partial merges what is there)\n", command,
            missing, place->units.points * place->units.blocks, failed ? ", all of them of points that failed" : "", place->folder.path);
    return failed ? PW_ERROR_INPUT : PW_INCOMPLETE;
}

static pw_status_t merge(pw_sweep_place_t *place, const void *options_asked)
{
    const merge_options_t *asked = options_asked;
    pw_progress_t progress = { 0 };
    char message[768] = "";
    if (!asked->partial && pw_stock_missing(&place->stock) > 0)
        return incomplete(place);
    pw_sweep_results_t ask = { .sweep = &place->sweep, .stock = &place->stock, .folder = place->folder.path, .partial = asked->partial,
                               .stop = pw_interrupt_flag(), .progress = &progress };
    pw_progress_begin(&progress, stderr, "units", place->units.points * place->units.blocks, asked->quiet);
    pw_status_t status = pw_sweep_results_write(&ask, message);
    pw_progress_end(&progress);
    if (status != PW_OK)
        return pw_sweep_place_say(command, status, NULL, message);
    if (!asked->quiet)
        printf("%" PRId64 " units of %" PRId64 " parts are in %s/" PW_SWEEP_MERGED ", each point in %s/" PW_SWEEP_SUMMARY "\n", place->stock.done,
               place->stock.n_parts, place->folder.path, place->folder.path);
    return PW_OK;
}

static int run(int argc, char **argv)
{
    merge_options_t asked = { 0 };
    const pw_sweep_part_t part = { .command = command, .options = options, .n_options = N_OPTIONS, .work = merge };
    return pw_sweep_place_run(&part, &asked, &asked.out, argc, argv);
}

const pw_verb_t pw_sweep_merge_verb = {
    .name = "sweep merge",
    .summary = "put a sweep's parts together: merged.csv.gz, summary.csv, points.csv",
    .usage = "sweep merge DIR [--partial]",
    .about = "Writes merged.csv.gz (a row for each world of each point under each scenario), summary.csv (a row for\n"
             "each measure at each point), points.csv (a row for each point, in the design's order) and\n"
             "datapackage.json (what the columns mean). The tables are the same bytes whatever shards, ranks and\n"
             "threads there were. Units that were computed twice must agree.\n"
             "Exit codes: 0 all is there and merged; 3 what is missing failed; 5 two records of one unit differ, or a\n"
             "part is of another version; 75 units are missing: run the sweep again.\n",
    .examples = "  pathways sweep merge output/places\n"
                "  sbatch --dependency=afterany:812 --wrap 'pathways sweep merge output/places'\n"
                "      when all tasks of job 812 have ended, however they ended\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
