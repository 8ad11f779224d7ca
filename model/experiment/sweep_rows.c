/* sweep_rows.c: see sweep_rows.h. */
#include "sweep_rows.h"

#include <inttypes.h>
#include <math.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>

#include "../base/number.h"
#include "../base/version.h"

/* ---- writing ---- */

/* A cell with what goes before it; quoted as RFC 4180 says where it must be. */
static void add_text(pw_text_t *to, const char *before, const char *text)
{
    pw_text_append(to, before);
    if (!text[strcspn(text, ",\"\n\r")]) {
        pw_text_append(to, text);
        return;
    }
    pw_text_append(to, "\"");
    for (; *text; text++) {
        if (*text == '"')
            pw_text_append(to, "\"");
        pw_text_append_bytes(to, text, 1);
    }
    pw_text_append(to, "\"");
}

static void add_number(pw_text_t *to, double value)
{
    char number[PW_NUMBER_ROOM];
    pw_text_append(to, ",");
    pw_text_append(to, pw_number_shortest(value, number));
}

void pw_sweep_rows_header(const pw_sweep_t *sweep, pw_text_t *to)
{
    pw_text_append(to, "point,replication,scenario");
    for (int k = 0; k < pw_sweep_n_inputs(sweep); k++)
        add_text(to, ",", pw_sweep_input_name(sweep, k));
    for (int m = 0; m < sweep->n_measures; m++)
        add_text(to, ",", pw_sweep_measure_name(sweep, m));
}

static void add_inputs(const pw_sweep_t *sweep, const double *input, pw_text_t *to)
{
    for (int k = 0; k < pw_sweep_n_inputs(sweep); k++) {
        int column = pw_sweep_input_column(sweep, k);
        const pw_design_column_t *about = &sweep->design.column[column];
        if (about->is_text)
            add_text(to, ",", pw_column_text(about, input[column]));
        else
            add_number(to, input[column]);
    }
}

void pw_sweep_rows_inputs(const pw_sweep_t *sweep, int64_t point, pw_text_t *to)
{
    double input[PW_MAX_COLUMNS];
    pw_design_point(&sweep->design, point, input);
    add_inputs(sweep, input, to);
}

void pw_sweep_rows_text(const pw_sweep_worker_t *worker, const pw_unit_t *unit, pw_text_t *to)
{
    const pw_sweep_t *sweep = worker->sweep;
    for (int i = 0; i < worker->n_rows; i++) {
        const pw_sweep_row_t *row = &worker->row[i];
        pw_text_printf(to, "%" PRId64 ",%" PRId64, unit->point, row->replication);
        add_text(to, ",", pw_sweep_scenario_name(sweep, row->scenario));
        add_inputs(sweep, worker->input, to);
        for (int m = 0; m < sweep->n_measures; m++)
            add_number(to, row->measure[m]);
        pw_text_append(to, "\n");
    }
}

/* ---- reading ---- */

/* The end of a cell without quotes around it, or with. */
static const char *cell_end(const char *at, const char *end)
{
    bool quoted = false;
    for (; at < end && (quoted || (*at != ',' && *at != '\n')); at++)
        quoted ^= *at == '"';
    return at;
}

/* A whole number and the comma behind it. */
static bool read_whole(const char **at, const char *end, int64_t *out)
{
    char *after;
    *out = strtoll(*at, &after, 10);
    if (after == *at || after >= end || *after != ',')
        return false;
    *at = after + 1;
    return true;
}

static int find_scenario(const pw_sweep_t *sweep, const char *cell, size_t n)
{
    pw_text_t quoted = { 0 };
    int found = -1;
    for (int s = 0; s < sweep->n_scenarios && found < 0; s++) {
        const char *name = pw_sweep_scenario_name(sweep, s);
        if (strlen(name) == n && memcmp(name, cell, n) == 0)
            found = s;
        else if (*cell == '"') {
            pw_text_clear(&quoted);
            add_text(&quoted, "", name);
            if (quoted.n == n && memcmp(pw_text_get(&quoted), cell, n) == 0)
                found = s;
        }
    }
    pw_text_free(&quoted);
    return found;
}

/* The numbers of a row and the line's end; a cell without one is nan. */
static bool read_numbers(const char **at, const char *end, int n, double *out)
{
    for (int i = 0; i < n; i++) {
        if (*at >= end || **at != ',')
            return false;
        const char *cell = ++*at;
        char *after = NULL;
        out[i] = *cell == ',' || *cell == '\n' ? NAN : strtod(cell, &after);
        *at = after ? after : cell;
        if (after == cell)
            return false;
    }
    if (*at >= end || **at != '\n')
        return false;
    ++*at;
    return true;
}

bool pw_sweep_rows_read(const pw_sweep_t *sweep, const char **at, const char *end, int64_t *point, int64_t *replication, int *scenario, double *measure)
{
    if (!read_whole(at, end, point) || !read_whole(at, end, replication))
        return false;
    const char *after = cell_end(*at, end);
    *scenario = find_scenario(sweep, *at, (size_t)(after - *at));
    for (int k = pw_sweep_n_inputs(sweep); k > 0 && after < end && *after == ','; k--)
        after = cell_end(after + 1, end);
    *at = after;
    return *scenario >= 0 && read_numbers(at, end, sweep->n_measures, measure);
}

/* ---- units ---- */

static pw_unit_name_t from_hex(const char *digest)
{
    pw_unit_name_t name;
    for (size_t i = 0; i < PW_NAME_BYTES; i++) {
        char pair[3] = { digest[2 * i], digest[2 * i + 1], '\0' };
        name.byte[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
    return name;
}

pw_status_t pw_sweep_unit_key(const pw_sweep_t *sweep, int64_t unit, pw_unit_name_t *out)
{
    char digest[PW_DIGEST_ROOM];
    pw_unit_t about = pw_sweep_unit(sweep, unit);
    pw_sweep_unit_name(sweep, &about, digest);
    if (!digest[0])
        return PW_ERROR_MEMORY;
    *out = from_hex(digest);
    return PW_OK;
}

static pw_status_t name_of(void *context, int64_t unit, pw_unit_name_t *out) { return pw_sweep_unit_key(context, unit, out); }

static pw_status_t inputs_of(void *context, int64_t point, pw_text_t *to)
{
    pw_sweep_rows_inputs(context, point, to);
    return to->failed ? PW_ERROR_MEMORY : PW_OK;
}

void pw_sweep_units(const pw_sweep_t *sweep, const pw_unit_name_t *identity, pw_units_t *out)
{
    int inputs = pw_sweep_n_inputs(sweep);
    *out = (pw_units_t){ .points = sweep->design.n_points, .blocks = pw_sweep_blocks(sweep), .sweep = *identity, .results_version = PW_RESULTS_VERSION,
                         .columns = PW_SWEEP_KEYS + inputs + sweep->n_measures, .inputs = inputs, .name = name_of, .add_inputs = inputs_of,
                         .context = (void *)(uintptr_t)sweep };
}

/* ---- the whole sweep ---- */

/* What all units share, and how the points' replications are cut into blocks. */
static void add_common(const pw_sweep_t *sweep, pw_text_t *to)
{
    pw_text_printf(to, "results %d\nseed %" PRIu64 "\nestimates ", PW_RESULTS_VERSION, sweep->seed);
    pw_sweep_estimates(sweep, to);
    pw_text_printf(to, "\npoints %" PRId64 "\n", sweep->design.n_points);
    for (int64_t block = 0; block < pw_sweep_blocks(sweep); block++) {
        pw_unit_t unit = pw_sweep_unit(sweep, block);
        pw_text_printf(to, "block %" PRId64 " %" PRId64 "\n", unit.first, unit.n);
    }
    for (int s = 0; s < sweep->n_scenarios; s++)
        pw_text_printf(to, "scenario %s %s\n", pw_sweep_scenario_name(sweep, s), sweep->digest[s]);
    pw_sweep_rows_header(sweep, to);
    if (sweep->scenario_column >= 0)
        pw_text_printf(to, "\nscenario column %d", sweep->scenario_column);
    pw_text_append(to, "\n");
}

pw_status_t pw_sweep_identity(const pw_sweep_t *sweep, pw_unit_name_t *out)
{
    SHA2_CTX hash;
    uint8_t digest[SHA256_DIGEST_LENGTH];
    pw_text_t text = { 0 };
    bool failed = false;
    add_common(sweep, &text);
    SHA256Init(&hash);
    for (int64_t point = 0; point <= sweep->design.n_points && !failed; point++) {
        SHA256Update(&hash, (const uint8_t *)pw_text_get(&text), text.n);
        failed = text.failed;
        pw_text_clear(&text);
        double input[PW_MAX_COLUMNS];
        if (point == sweep->design.n_points)
            break;
        pw_design_point(&sweep->design, point, input);
        add_inputs(sweep, input, &text);
        if (sweep->scenario_column >= 0)
            pw_text_printf(&text, " %s", pw_column_text(&sweep->design.column[sweep->scenario_column], input[sweep->scenario_column]));
        pw_text_append(&text, "\n");
    }
    SHA256Final(digest, &hash);
    memcpy(out->byte, digest, PW_NAME_BYTES);
    pw_text_free(&text);
    return failed ? PW_ERROR_MEMORY : PW_OK;
}
