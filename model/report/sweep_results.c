/* sweep_results.c: see sweep_results.h. */
#include "sweep_results.h"

#include <errno.h>
#include <string.h>

#include "../base/digest.h"
#include "../base/file.h"
#include "../base/folder_path.h"
#include "../base/memory.h"
#include "../experiment/sweep_summary.h"
#include "sweep_datapackage.h"

typedef struct {
    const pw_sweep_results_t *ask;
    pw_sweep_summary_t summary;
    double *measure;
} watching_t;

/* The summary wants whole points: where a point lacks a unit, its other rows are left out. */
static bool point_is_whole(const pw_stock_t *stock, int64_t point)
{
    for (int64_t block = 0; block < stock->units->blocks; block++)
        if (!pw_stock_has(stock, point * stock->units->blocks + block))
            return false;
    return true;
}

static pw_status_t watch(void *context, int64_t unit, const char *rows, size_t n)
{
    watching_t *self = context;
    const pw_sweep_t *sweep = self->ask->sweep;
    pw_status_t status = PW_OK;
    if (self->ask->partial && !point_is_whole(self->ask->stock, unit / self->ask->stock->units->blocks))
        return PW_OK;
    for (const char *at = rows; at < rows + n && status == PW_OK;) {
        int64_t point, replication;
        int scenario;
        if (!pw_sweep_rows_read(sweep, &at, rows + n, &point, &replication, &scenario, self->measure))
            return PW_ERROR_INPUT;
        status = pw_sweep_summary_add(&self->summary, point, replication, scenario, self->measure);
    }
    return status;
}

static pw_status_t unwritable(const char *path, char message[768])
{
    snprintf(message, 768, "%.500s cannot be written: %s", path, strerror(errno));
    return PW_ERROR_WRITE;
}

/* The tables that a merge leaves, by what they are. */
enum { MERGED, SUMMARY, POINTS, TABLES };

static pw_status_t begin(pw_file_t *file, const char *path, char message[768])
{
    pw_status_t status = pw_file_begin(file, path);
    return status == PW_ERROR_WRITE ? unwritable(path, message) : status;
}

static pw_status_t commit(pw_file_t *file, const char *path, char message[768])
{
    pw_status_t status = pw_file_commit(file);
    return status == PW_ERROR_WRITE ? unwritable(path, message) : status;
}

/* Merges, with the summaries on the way; all files are in place after it, or none. */
static pw_status_t merge(const pw_sweep_results_t *self, char *const path[TABLES], char message[768])
{
    watching_t watching = { .ask = self, .measure = pw_alloc((size_t)self->sweep->n_measures, sizeof(double)) };
    pw_file_t summary = { 0 }, points = { 0 };
    pw_text_t header = { 0 };
    pw_sweep_rows_header(self->sweep, &header);
    pw_status_t status = watching.measure && !header.failed ? begin(&summary, path[SUMMARY], message) : PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = begin(&points, path[POINTS], message);
    if (status == PW_OK)
        status = pw_sweep_summary_begin(&watching.summary, self->sweep, summary.stream, points.stream);
    pw_merge_t ask = { .stock = self->stock, .header = pw_text_get(&header), .path = path[MERGED], .partial = self->partial, .stop = self->stop,
                       .progress = self->progress, .watch = watch, .context = &watching };
    if (status == PW_OK)
        status = pw_merge_run(&ask, message);
    if (status == PW_OK) {
        pw_sweep_summary_end(&watching.summary);
        status = commit(&summary, path[SUMMARY], message);
    }
    if (status == PW_OK)
        status = commit(&points, path[POINTS], message);
    pw_file_discard(&summary);
    pw_file_discard(&points);
    pw_sweep_summary_free(&watching.summary);
    pw_text_free(&header);
    pw_free(watching.measure);
    return status;
}

static pw_status_t describe(const pw_sweep_results_t *self, char *const path[TABLES], const char *package, char message[768])
{
    char sha256[TABLES][PW_DIGEST_ROOM];
    const char *const hash[TABLES] = { sha256[MERGED], sha256[SUMMARY], sha256[POINTS] };
    pw_file_t file = { 0 };
    pw_status_t status = PW_OK;
    for (int t = 0; t < TABLES && status == PW_OK; t++)
        status = pw_digest_file(path[t], sha256[t]);
    if (status == PW_OK)
        status = begin(&file, package, message);
    if (status == PW_OK)
        status = pw_sweep_datapackage_write(self->sweep, hash, self->partial && pw_stock_missing(self->stock) > 0, file.stream);
    if (status == PW_OK)
        status = commit(&file, package, message);
    pw_file_discard(&file);
    return status;
}

pw_status_t pw_sweep_results_write(const pw_sweep_results_t *self, char message[768])
{
    static const char *const names[TABLES] = { PW_SWEEP_MERGED, PW_SWEEP_SUMMARY, PW_SWEEP_POINTS };
    char *path[TABLES] = { NULL }, *package = pw_folder_path_join(self->folder, PW_SWEEP_DATAPACKAGE);
    pw_status_t status = package ? PW_OK : PW_ERROR_MEMORY;
    message[0] = '\0';
    for (int t = 0; t < TABLES && status == PW_OK; t++)
        status = (path[t] = pw_folder_path_join(self->folder, names[t])) ? PW_OK : PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = merge(self, path, message);
    if (status == PW_OK)
        status = describe(self, path, package, message);
    for (int t = 0; t < TABLES; t++)
        pw_free(path[t]);
    pw_free(package);
    return status;
}
