/* sweep_status.c: `pathways sweep status`: how far a sweep is, and what to do next. */
#include <inttypes.h>

#include "../base/number.h"
#include "../experiment/launcher.h"
#include "../experiment/sweep_state.h"
#include "sweep_place.h"
#include "verb.h"

typedef struct {
    const char *out;
    int64_t shards, list;
} status_options_t;

#define AT(field) offsetof(status_options_t, field)
static const pw_option_t options[] = {
    { .name = "out", .letter = 'o', .argument = "DIR", .help = "the sweep's folder (or name it without --out)", .kind = PW_OPTION_TEXT, .offset = AT(out) },
    { .name = "shards", .argument = "N", .help = "which of N shards lack units (default: the N that most parts were made with)", .kind = PW_OPTION_INTEGER,
      .offset = AT(shards), .low = 1, .high = PW_MAX_SHARDS },
    { .name = "list", .argument = "N", .help = "list at most N points that failed (default 10)", .kind = PW_OPTION_INTEGER, .offset = AT(list), .low = 0,
      .high = INT64_MAX },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static const char command[] = "pathways sweep status";

static const char *whole(int64_t n, char out[PW_NUMBER_ROOM]) { return pw_number_decimals((double)n, 0, out); }

static void print_counts(const pw_sweep_place_t *place, const pw_sweep_state_t *state)
{
    char a[PW_NUMBER_ROOM], b[PW_NUMBER_ROOM], c[PW_NUMBER_ROOM];
    const pw_stock_t *stock = &place->stock;
    printf("%s\n", place->folder.path);
    printf("  done     %s of %s units; %s", whole(state->done, a), whole(state->units, b), whole(state->whole, c));
    printf(" of %s points are whole\n", whole(state->points, a));
    if (state->missing > 0)
        printf("  missing  %s units\n", whole(state->missing, a));
    if (state->failed_units > 0)
        printf("  failed   %s units of %s points\n", whole(state->failed_units, a), whole(state->failed_points, b));
    printf("  parts    %s, %s MB\n", whole(stock->n_parts, a), pw_number_significant((double)stock->bytes / 1e6, 3, b));
    if (stock->damaged > 0)
        printf("  damaged  %s record%s, %s of them at the end of a part (killed while writing, or being written just now); they count as missing\n",
               whole(stock->damaged, a), stock->damaged == 1 ? "" : "s", whole(stock->torn, b));
    if (stock->n_again > 0)
        printf("  twice    %s records of units that are there already; the merge checks that they agree\n", whole(stock->n_again, a));
    if (stock->strangers > 0)
        printf("  strange  %s records of units that this sweep does not have\n", whole(stock->strangers, a));
}

static void print_failed(const pw_sweep_place_t *place, int64_t most)
{
    int64_t last = -1, listed = 0;
    for (int64_t i = 0; i < place->stock.n_failed && listed < most; i++) {
        const pw_stock_entry_t *failed = &place->stock.failed[i];
        int64_t point = failed->unit / place->units.blocks;
        if (point == last)
            continue;
        printf("\npoint %" PRId64 " failed: %s\n    pathways sweep run --out %s --point %" PRId64 "\n", point, failed->reason, place->folder.path, point);
        last = point;
        listed++;
    }
}

static void print_next(const pw_sweep_place_t *place, const pw_sweep_state_t *state)
{
    const char *path = place->folder.path;
    if (state->missing == 0)
        printf("\nto put the parts together:\n    pathways sweep merge %s%s\n", path, state->failed_units > 0 ? " --partial" : "");
    else if (state->shards > 1)
        printf("\nshards done: %" PRId64 " of %" PRId64 "; to send off the others again, with the script that started them (I/%" PRId64 " as before):\n"
               "    sbatch --array=%s job.sh\n", state->shards_done, state->shards, state->shards, state->again);
    else
        printf("\nto go on:\n    pathways sweep run --out %s\n", path);
}

static pw_status_t report(pw_sweep_place_t *place, const void *options_asked)
{
    const status_options_t *asked = options_asked;
    pw_sweep_state_t state;
    pw_status_t status = pw_sweep_state(&state, &place->stock, asked->shards);
    if (status == PW_OK) {
        print_counts(place, &state);
        print_failed(place, asked->list);
        print_next(place, &state);
        status = state.missing > 0 ? PW_INCOMPLETE : state.failed_units > 0 ? PW_ERROR_INPUT : PW_OK;
    } else {
        pw_sweep_place_say(command, status, NULL, NULL);
    }
    pw_sweep_state_free(&state);
    return status;
}

static int run(int argc, char **argv)
{
    status_options_t asked = { .list = 10 };
    const pw_sweep_part_t part = { .command = command, .options = options, .n_options = N_OPTIONS, .work = report };
    return pw_sweep_place_run(&part, &asked, &asked.out, argc, argv);
}

const pw_verb_t pw_sweep_status_verb = {
    .name = "sweep status",
    .summary = "how far a sweep is: done, missing, failed, and what to do next",
    .usage = "sweep status DIR [options]",
    .about = "Reads the parts as they are, also while they grow, and says which units are done and which are missing,\n"
             "which points failed, why, and the command that tries each again, and which tasks of a job array are to\n"
             "be submitted again.\n"
             "Exit codes: 0 all is there; 3 all but points that failed; 5 a part is of another version; 75 units are\n"
             "missing.\n",
    .examples = "  pathways sweep status output/places\n"
                "  pathways sweep status output/places --shards 64\n"
                "      which of 64 shards lack units\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
