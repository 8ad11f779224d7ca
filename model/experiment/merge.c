/* merge.c: see merge.h. */
#include "merge.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gzip.h"

static pw_status_t merge_units(const pw_merge_t *self, pw_stock_fetch_t *fetch, pw_gzip_t *out)
{
    const pw_units_t *units = self->stock->units;
    pw_text_t rows = { 0 };
    pw_status_t status = PW_OK;
    for (int64_t unit = 0; unit < units->points * units->blocks && status == PW_OK; unit++) {
        int64_t part;
        if (!pw_stock_has(self->stock, unit))
            continue;
        if (self->stop && *self->stop)
            status = PW_ERROR_STOPPED;
        if (status == PW_OK)
            status = pw_stock_fetch(fetch, unit, &rows, &part);
        if (status != PW_OK)
            break;
        pw_gzip_add(out, pw_text_get(&rows), rows.n);
        if (self->watch)
            status = self->watch(self->context, unit, pw_text_get(&rows), rows.n);
        if (self->progress && unit % 256 == 0)
            pw_progress_set(self->progress, unit);
    }
    pw_text_free(&rows);
    return status;
}

static pw_status_t unwritable(const pw_merge_t *self, char message[768])
{
    snprintf(message, 768, "%.500s cannot be written: %s", self->path, strerror(errno));
    return PW_ERROR_WRITE;
}

pw_status_t pw_merge_run(const pw_merge_t *self, char message[768])
{
    pw_stock_fetch_t fetch = { 0 };
    pw_gzip_t *out = NULL;
    message[0] = '\0';
    if (!self->partial && pw_stock_missing(self->stock) > 0)
        return PW_INCOMPLETE;
    pw_status_t status = pw_stock_fetch_init(&fetch, self->stock);
    if (status == PW_OK && (status = pw_gzip_begin(&out, self->path)) == PW_ERROR_WRITE)
        unwritable(self, message);
    if (status == PW_OK) {
        pw_gzip_add(out, self->header, strlen(self->header));
        pw_gzip_add(out, "\n", 1);
        status = merge_units(self, &fetch, out);
        if (fetch.message[0])
            snprintf(message, 768, "%s", fetch.message);
        if (status != PW_OK)
            pw_gzip_discard(out);
        else if ((status = pw_gzip_commit(out)) == PW_ERROR_WRITE)
            unwritable(self, message);
    }
    pw_stock_fetch_free(&fetch);
    return status;
}
