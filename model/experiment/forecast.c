#include "forecast.h"

#include <math.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "../base/memory.h"
#include "../base/moment.h"
#include "../base/number.h"
#include "../base/text.h"

enum { RECORD_BYTES = 64 };      /* a record's key and checksum, beside its compressed rows */

/* Memory in use by this process; 0 if the system does not tell. */
static double resident_bytes(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return 0.0;
    if (fscanf(file, "%*s %ld", &pages) != 1)
        pages = 0;
    fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

/* ---- what a row takes on the disk ---- */

static void write_row(const pw_sweep_worker_t *worker, const pw_unit_t *unit, const pw_sweep_row_t *row, pw_text_t *text)
{
    char number[PW_NUMBER_ROOM];
    const pw_sweep_t *sweep = worker->sweep;
    pw_text_printf(text, "%lld,%lld,%s", (long long)unit->point, (long long)row->replication, pw_sweep_scenario_name(sweep, row->scenario));
    for (int k = 0; k < pw_sweep_n_inputs(sweep); k++)
        pw_text_printf(text, ",%s", pw_number_shortest(worker->input[pw_sweep_input_column(sweep, k)], number));
    for (int m = 0; m < sweep->n_measures; m++)
        pw_text_printf(text, ",%s", pw_number_shortest(row->measure[m], number));
    pw_text_append(text, "\n");
}

/* The unit's rows, compressed; 0 without memory. */
static double compressed_bytes(const pw_sweep_worker_t *worker, const pw_unit_t *unit)
{
    pw_text_t text = { 0 };
    for (int r = 0; r < worker->n_rows; r++)
        write_row(worker, unit, &worker->row[r], &text);
    uLongf n = compressBound((uLong)text.n);
    Bytef *packed = pw_alloc(n, 1);
    bool done = packed && !text.failed && compress2(packed, &n, (const Bytef *)pw_text_get(&text), (uLong)text.n, 6) == Z_OK;
    pw_free(packed);
    pw_text_free(&text);
    return done ? (double)n + RECORD_BYTES : 0.0;
}

/* ---- trying ---- */

typedef struct {
    double sum, squares, longest;        /* of seconds a world, over units */
    double rows, bytes, set_ups;
} tried_t;

/* At most so many worlds of a unit: enough to know how long one takes. */
static int64_t worlds_of(const pw_unit_t *unit) { return unit->n < 2 ? unit->n : 2; }

static pw_status_t try_unit(pw_sweep_worker_t *worker, int64_t number, const pw_forecast_options_t *options, tried_t *tried, pw_forecast_t *out,
                            pw_findings_t *findings)
{
    pw_unit_t unit = pw_sweep_unit(worker->sweep, number);
    unit.n = worlds_of(&unit);
    double before = worker->world_seconds;
    worker->point = -1;                  /* so that every try sets its point up */
    pw_status_t status = pw_sweep_unit_run(worker, &unit, options->stop, findings);
    out->failed_units += status == PW_ERROR_INPUT;
    out->tried_units++;
    if (status != PW_OK)
        return status == PW_ERROR_INPUT ? PW_OK : status;
    double seconds = (worker->world_seconds - before) / (double)unit.n, bytes = compressed_bytes(worker, &unit);
    out->tried_worlds += unit.n;
    tried->sum += seconds;
    tried->squares += seconds * seconds;
    tried->longest = fmax(tried->longest, seconds);
    tried->rows += worker->n_rows;
    tried->bytes += bytes;
    tried->set_ups += worker->sweep->drawn ? (double)unit.n : 1.0;
    return PW_OK;
}

static pw_status_t try_some(pw_sweep_worker_t *worker, const pw_forecast_options_t *options, tried_t *tried, pw_forecast_t *out, pw_findings_t *findings)
{
    int64_t n = out->units < options->units ? out->units : options->units;
    double end = pw_moment_seconds() + options->seconds;
    pw_status_t status = PW_OK;
    for (int64_t i = 0; i < n && status == PW_OK && (i < 2 || pw_moment_seconds() < end); i++) {
        /* the middle first, then spread by the golden section: wherever time runs out, all of the design was looked at */
        double at = 0.5 + (double)i * 0.6180339887498949;
        int64_t number = n == out->units ? i : (int64_t)((at - floor(at)) * (double)out->units);
        status = try_unit(worker, number, options, tried, out, findings);
    }
    return status;
}

/* ---- reckoning ---- */

static void reckon(const pw_sweep_t *sweep, const pw_forecast_options_t *options, const tried_t *tried, const pw_sweep_worker_t *worker, pw_forecast_t *out)
{
    double n = (double)(out->tried_units - out->failed_units), block = (double)sweep->block;
    double set_ups = (double)out->units * (sweep->drawn ? block : 1.0);
    out->world_seconds = tried->sum / n;
    out->world_sd = n > 1.0 ? sqrt(fmax(0.0, (tried->squares - tried->sum * tried->sum / n) / (n - 1.0))) : 0.0;
    out->longest_world_seconds = tried->longest;
    out->set_up_seconds = worker->set_up_seconds / tried->set_ups;
    double set_up_of_unit = out->set_up_seconds * (sweep->drawn ? block : 1.0);
    out->unit_seconds = out->world_seconds * block + set_up_of_unit;
    out->longest_unit_seconds = out->longest_world_seconds * block + set_up_of_unit;
    out->processor_seconds = (double)out->worlds * out->world_seconds + set_ups * out->set_up_seconds;
    out->bytes_per_row = tried->bytes / tried->rows;
    out->bytes_per_unit = out->bytes_per_row * tried->rows / (double)out->tried_worlds * block;
    out->disk_bytes = out->bytes_per_row * tried->rows / (double)out->tried_worlds * (double)out->worlds;
    double wanted = out->processor_seconds / options->threads / options->shard_seconds;
    out->shards = wanted < 1.0 ? 1 : wanted > (double)out->units ? out->units : (int64_t)ceil(wanted);
}

pw_status_t pw_forecast_make(const pw_sweep_t *sweep, const pw_forecast_options_t *options, pw_forecast_t *out, pw_findings_t *findings)
{
    pw_sweep_worker_t worker = { 0 };
    tried_t tried = { 0 };
    *out = (pw_forecast_t){ .points = sweep->design.n_points, .units = pw_sweep_n_units(sweep), .worlds = sweep->design.n_points * sweep->replications };
    out->bytes_shared = resident_bytes();
    pw_status_t status = pw_sweep_worker_init(&worker, sweep);
    if (status == PW_OK)
        status = try_some(&worker, options, &tried, out, findings);
    out->bytes_per_thread = fmax(resident_bytes() - out->bytes_shared, 0.0);
    if (status == PW_OK && out->tried_worlds == 0)
        status = PW_ERROR_INPUT;
    if (status == PW_OK)
        reckon(sweep, options, &tried, &worker, out);
    pw_sweep_worker_free(&worker);
    return status;
}
