/* stock.c: see stock.h. Fetching records is in stock_fetch.c. */
#include "stock.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/folder_path.h"
#include "../base/memory.h"
#include "stock_place.h"
#include "wide.h"

/* A record of another sweep, until its unit is found by name. */
typedef struct {
    pw_unit_name_t name;
    uint64_t place;
    char *reason;
} stranger_t;

typedef struct {
    pw_stock_t *stock;
    int64_t part;
    bool ours, headed;         /* the part's head names this sweep; there was one */
    pw_member_reader_t reader;
    stranger_t *stranger;
    int64_t n, room;
} reading_t;

static bool make_room(void **list, int64_t n, int64_t *room, size_t size)
{
    if (n < *room)
        return true;
    int64_t wanted = *room ? 2 * *room : 16;
    void *grown = pw_realloc(*list, (size_t)wanted, size);
    if (!grown)
        return false;
    *list = grown;
    *room = wanted;
    return true;
}

static int64_t n_units(const pw_stock_t *self) { return self->units->points * self->units->blocks; }

/* ---- one record ---- */

static pw_status_t keep(pw_stock_t *self, int64_t unit, uint64_t place)
{
    if (self->place[unit] == 0) {
        self->place[unit] = place;
        self->done++;
        return PW_OK;
    }
    if (!make_room((void **)&self->again, self->n_again, &self->again_room, sizeof self->again[0]))
        return PW_ERROR_MEMORY;
    self->again[self->n_again++] = (pw_stock_entry_t){ .unit = unit, .place = place };
    return PW_OK;
}

static pw_status_t keep_failed(pw_stock_t *self, int64_t unit, uint64_t place, const char *reason)
{
    if (!make_room((void **)&self->failed, self->n_failed, &self->failed_room, sizeof self->failed[0]))
        return PW_ERROR_MEMORY;
    pw_stock_entry_t *entry = &self->failed[self->n_failed];
    *entry = (pw_stock_entry_t){ .unit = unit, .place = place, .reason = pw_strdup(reason) };
    if (!entry->reason)
        return PW_ERROR_MEMORY;
    self->n_failed++;
    return PW_OK;
}

static pw_status_t keep_stranger(reading_t *reading, const pw_member_t *about, uint64_t place, const char *reason)
{
    if (!make_room((void **)&reading->stranger, reading->n, &reading->room, sizeof reading->stranger[0]))
        return PW_ERROR_MEMORY;
    stranger_t *stranger = &reading->stranger[reading->n];
    *stranger = (stranger_t){ .name = about->name, .place = place };
    if (about->kind == PW_MEMBER_FAILED && !(stranger->reason = pw_strdup(reason)))
        return PW_ERROR_MEMORY;
    reading->n++;
    return PW_OK;
}

static pw_status_t refuse_version(pw_stock_t *self, int64_t part, uint32_t version)
{
    snprintf(self->message, sizeof self->message,
             "%s/" PW_PARTS_FOLDER "/%s was written by a program with version %" PRIu32 " of the results, this one has version %" PRIu32
             "; the two do not mix: use that program, or another folder",
             self->folder, self->part[part], version, self->units->results_version);
    return PW_ERROR_MISMATCH;
}

/* Says whose part it is; of another sweep's, how many inputs its rows have. */
static pw_status_t read_head(reading_t *reading, const pw_member_t *about, const unsigned char *bytes)
{
    const pw_units_t *units = reading->stock->units;
    reading->ours = pw_unit_name_same(&about->name, &units->sweep);
    reading->headed = true;
    if (reading->ours)
        return PW_OK;
    pw_text_t header = { 0 };
    pw_status_t status = reading->reader.inflate ? PW_OK : pw_member_reader_init(&reading->reader);
    if (status == PW_OK)
        status = pw_member_read(&reading->reader, bytes, about, &header);
    int fields = pw_wide_fields(pw_text_get(&header), header.n), others = units->columns - units->inputs;
    reading->stock->part_inputs[reading->part] = fields > others ? fields - others : 0;
    pw_text_free(&header);
    return status;
}

static pw_status_t visit(void *context, const pw_member_t *about, int64_t offset, const unsigned char *bytes)
{
    reading_t *reading = context;
    pw_stock_t *self = reading->stock;
    const pw_units_t *units = self->units;
    if (about->results_version != units->results_version)
        return refuse_version(self, reading->part, about->results_version);
    if (about->kind == PW_MEMBER_HEAD)
        return read_head(reading, about, bytes);
    if (!reading->headed) {      /* nobody knows what its columns are */
        self->damaged++;
        return PW_OK;
    }
    uint64_t place = pw_stock_place(reading->part, offset);
    bool here = reading->ours && about->point >= 0 && about->point < units->points && about->block >= 0 && about->block < units->blocks;
    if (!here)
        return keep_stranger(reading, about, place, pw_member_reason(bytes, about));
    int64_t unit = about->point * units->blocks + about->block;
    return about->kind == PW_MEMBER_DONE ? keep(self, unit, place) : keep_failed(self, unit, place, pw_member_reason(bytes, about));
}

/* ---- strangers ---- */

static int compare_strangers(const void *a, const void *b)
{
    const stranger_t *x = a, *y = b;
    int by_name = memcmp(x->name.byte, y->name.byte, PW_NAME_BYTES);
    return by_name != 0 ? by_name : (x->place > y->place) - (x->place < y->place);
}

/* The first of those that are not below `name`. */
static int64_t lower_bound(const reading_t *reading, const pw_unit_name_t *name)
{
    int64_t low = 0, high = reading->n;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (memcmp(reading->stranger[middle].name.byte, name->byte, PW_NAME_BYTES) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static pw_status_t adopt(reading_t *reading, int64_t unit, const pw_unit_name_t *name, int64_t *adopted)
{
    pw_stock_t *self = reading->stock;
    pw_status_t status = PW_OK;
    for (int64_t i = lower_bound(reading, name); status == PW_OK && i < reading->n && pw_unit_name_same(&reading->stranger[i].name, name); i++, ++*adopted) {
        const stranger_t *stranger = &reading->stranger[i];
        status = stranger->reason ? keep_failed(self, unit, stranger->place, stranger->reason) : keep(self, unit, stranger->place);
    }
    return status;
}

static pw_status_t adopt_all(reading_t *reading)
{
    pw_stock_t *self = reading->stock;
    int64_t adopted = 0;
    if (reading->n == 0)
        return PW_OK;
    qsort(reading->stranger, (size_t)reading->n, sizeof reading->stranger[0], compare_strangers);
    for (int64_t unit = 0; unit < n_units(self) && adopted < reading->n; unit++) {
        pw_unit_name_t name;
        pw_status_t status = self->units->name(self->units->context, unit, &name);
        if (status == PW_OK)
            status = adopt(reading, unit, &name, &adopted);
        if (status != PW_OK)
            return status;
    }
    self->strangers = reading->n - adopted;
    return PW_OK;
}

/* ---- all of it ---- */

static int compare_entries(const void *a, const void *b)
{
    const pw_stock_entry_t *x = a, *y = b;
    return x->unit != y->unit ? (x->unit > y->unit) - (x->unit < y->unit) : (x->place > y->place) - (x->place < y->place);
}

/* By unit; of failures, one a unit that is not done. */
static void tidy(pw_stock_t *self)
{
    int64_t kept = 0;
    if (self->n_again > 1)
        qsort(self->again, (size_t)self->n_again, sizeof self->again[0], compare_entries);
    if (self->n_failed > 1)
        qsort(self->failed, (size_t)self->n_failed, sizeof self->failed[0], compare_entries);
    for (int64_t i = 0; i < self->n_failed; i++) {
        pw_stock_entry_t entry = self->failed[i];
        if (self->place[entry.unit] != 0 || (kept > 0 && self->failed[kept - 1].unit == entry.unit))
            pw_free(entry.reason);
        else
            self->failed[kept++] = entry;
    }
    self->n_failed = kept;
}

static pw_status_t read_part(reading_t *reading)
{
    pw_stock_t *self = reading->stock;
    pw_text_t path = { 0 };
    pw_part_scan_t scan;
    pw_text_printf(&path, "%s/" PW_PARTS_FOLDER "/%s", self->folder, self->part[reading->part]);
    if (path.failed)
        return PW_ERROR_MEMORY;
    reading->ours = reading->headed = false;
    self->part_inputs[reading->part] = -1;
    pw_status_t status = pw_part_scan(pw_text_get(&path), visit, reading, &scan);
    if (status == PW_ERROR_READ)
        snprintf(self->message, sizeof self->message, "%s cannot be read: %s", pw_text_get(&path), strerror(errno));
    pw_text_free(&path);
    self->parts_read++;
    self->records += scan.records;
    self->damaged += scan.damaged;
    self->lost_bytes += scan.lost_bytes;
    self->torn += scan.torn;
    self->bytes += scan.bytes;
    return status;
}

static bool of_another_shard(const char *name, int64_t only, int64_t shards)
{
    int64_t shard, of;
    return only >= 0 && pw_part_shard(name, &shard, &of) && of == shards && shard != only;
}

static pw_status_t read_parts(reading_t *reading, int64_t only, int64_t shards)
{
    pw_stock_t *self = reading->stock;
    for (reading->part = 0; reading->part < self->n_parts; reading->part++) {
        if (of_another_shard(self->part[reading->part], only, shards))
            continue;
        pw_status_t status = read_part(reading);
        if (status != PW_OK)
            return status;
    }
    return adopt_all(reading);
}

pw_status_t pw_stock_read(pw_stock_t *self, const pw_units_t *units, const char *folder, int64_t only_shard, int64_t shards)
{
    reading_t reading = { .stock = self };
    self->units = units;
    self->folder = pw_strdup(folder);
    self->place = pw_alloc((size_t)n_units(self), sizeof self->place[0]);
    pw_status_t status = self->folder && self->place ? pw_part_names(folder, &self->part, &self->n_parts) : PW_ERROR_MEMORY;
    if (status == PW_ERROR_READ)
        snprintf(self->message, sizeof self->message, "%s/" PW_PARTS_FOLDER " cannot be read: %s", folder, strerror(errno));
    if (status == PW_OK && self->n_parts > PW_STOCK_PARTS) {
        snprintf(self->message, sizeof self->message, "%s/" PW_PARTS_FOLDER " holds %" PRId64 " parts; at most %d can be read", folder, self->n_parts,
                 PW_STOCK_PARTS);
        status = PW_ERROR_FULL;
    }
    if (status == PW_OK && !(self->part_inputs = pw_alloc((size_t)self->n_parts, sizeof self->part_inputs[0])))
        status = PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = read_parts(&reading, only_shard, shards);
    if (status == PW_OK)
        tidy(self);
    for (int64_t i = 0; i < reading.n; i++)
        pw_free(reading.stranger[i].reason);
    pw_free(reading.stranger);
    pw_member_reader_free(&reading.reader);
    if (status == PW_ERROR_MEMORY)
        snprintf(self->message, sizeof self->message, "There is not enough memory to read %s", folder);
    return status;
}

void pw_stock_free(pw_stock_t *self)
{
    for (int64_t i = 0; i < self->n_failed; i++)
        pw_free(self->failed[i].reason);
    pw_free(self->failed);
    pw_free(self->again);
    pw_free(self->place);
    pw_free(self->part_inputs);
    pw_free(self->folder);
    pw_part_names_free(self->part);
    *self = (pw_stock_t){ 0 };
}

bool pw_stock_has(const pw_stock_t *self, int64_t unit) { return self->place[unit] != 0; }
int64_t pw_stock_missing(const pw_stock_t *self) { return n_units(self) - self->done; }
