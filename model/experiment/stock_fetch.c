/* stock_fetch.c: see stock.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/memory.h"
#include "stock.h"
#include "stock_place.h"
#include "wide.h"

/* All windows together hold at most WINDOWS bytes, each one some records at least. */
enum { WINDOWS = 12 << 20, LARGEST_WINDOW = 256 << 10, SMALLEST_WINDOW = 4 << 10 };

struct pw_stock_window {
    unsigned char *bytes;
    int64_t offset;
    size_t n;
};

pw_status_t pw_stock_fetch_init(pw_stock_fetch_t *self, const pw_stock_t *stock)
{
    self->stock = stock;
    self->window = pw_alloc((size_t)stock->n_parts, sizeof self->window[0]);
    size_t share = stock->n_parts > 0 ? (size_t)(WINDOWS / stock->n_parts) : LARGEST_WINDOW;
    self->window_bytes = share > LARGEST_WINDOW ? LARGEST_WINDOW : share < SMALLEST_WINDOW ? SMALLEST_WINDOW : share;
    return self->window ? pw_member_reader_init(&self->reader) : PW_ERROR_MEMORY;
}

void pw_stock_fetch_free(pw_stock_fetch_t *self)
{
    for (int64_t i = 0; self->window && i < self->stock->n_parts; i++)
        pw_free(self->window[i].bytes);
    pw_free(self->window);
    pw_free(self->bytes);
    pw_member_reader_free(&self->reader);
    *self = (pw_stock_fetch_t){ 0 };
}

static pw_status_t part_path(const pw_stock_t *stock, int64_t part, pw_text_t *to)
{
    pw_text_printf(to, "%s/" PW_PARTS_FOLDER "/%s", stock->folder, stock->part[part]);
    return to->failed ? PW_ERROR_MEMORY : PW_OK;
}

/* Up to n bytes of a part from `offset` on; the file is not kept open: there may be thousands. */
static pw_status_t read_at(pw_stock_fetch_t *self, int64_t part, int64_t offset, unsigned char *bytes, size_t n, size_t *got)
{
    pw_text_t path = { 0 };
    pw_status_t status = part_path(self->stock, part, &path);
    int file = status == PW_OK ? open(pw_text_get(&path), O_RDONLY | O_CLOEXEC) : -1;
    ssize_t read_now = file >= 0 ? 1 : -1;
    for (*got = 0; *got < n && read_now > 0;) {
        read_now = pread(file, bytes + *got, n - *got, offset + (int64_t)*got);
        if (read_now < 0 && errno == EINTR)
            read_now = 1;
        else if (read_now > 0)
            *got += (size_t)read_now;
    }
    if (status == PW_OK && read_now < 0) {
        snprintf(self->message, sizeof self->message, "%s cannot be read: %s", pw_text_get(&path), strerror(errno));
        status = PW_ERROR_READ;
    }
    if (file >= 0)
        close(file);
    pw_text_free(&path);
    return status;
}

static pw_status_t damaged(pw_stock_fetch_t *self, int64_t part)
{
    snprintf(self->message, sizeof self->message, "%s/" PW_PARTS_FOLDER "/%s has changed while it was read", self->stock->folder, self->stock->part[part]);
    return PW_ERROR_INPUT;
}

/* Moves a part's window so that it begins at `offset`. */
static pw_status_t move_window(pw_stock_fetch_t *self, struct pw_stock_window *window, int64_t part, int64_t offset)
{
    if (!window->bytes && !(window->bytes = pw_alloc(self->window_bytes, 1)))
        return PW_ERROR_MEMORY;
    window->offset = offset;
    return read_at(self, part, offset, window->bytes, self->window_bytes, &window->n);
}

/* The whole record at a place; *bytes stays valid until the next one. */
static pw_status_t record_at(pw_stock_fetch_t *self, uint64_t place, pw_member_t *about, const unsigned char **bytes)
{
    int64_t part = pw_stock_part(place), offset = pw_stock_offset(place);
    struct pw_stock_window *window = &self->window[part];
    pw_status_t status = PW_OK;
    for (int attempt = 0; attempt < 2; attempt++) {
        bool inside = window->bytes && offset >= window->offset && offset + PW_MEMBER_HEAD_BYTES <= window->offset + (int64_t)window->n;
        *bytes = inside ? window->bytes + (offset - window->offset) : NULL;
        if (inside && !pw_member_head(*bytes, about))
            return damaged(self, part);
        if (inside && offset + (int64_t)about->length <= window->offset + (int64_t)window->n)
            return PW_OK;
        if (inside && about->length > self->window_bytes)
            break;
        if (attempt == 0 && (status = move_window(self, window, part, offset)) != PW_OK)
            return status;
        if (attempt == 1)
            return damaged(self, part);
    }
    if (about->length > self->room) {
        pw_free(self->bytes);
        self->bytes = pw_alloc(about->length, 1);
        self->room = self->bytes ? about->length : 0;
    }
    size_t got = 0;
    status = self->bytes ? read_at(self, part, offset, self->bytes, about->length, &got) : PW_ERROR_MEMORY;
    *bytes = self->bytes;
    return status == PW_OK && got < about->length ? damaged(self, part) : status;
}

/* Rows of another sweep's part, with this sweep's point and inputs. */
static pw_status_t rekey(pw_stock_fetch_t *self, int64_t unit, int inputs_there, pw_text_t *rows)
{
    const pw_units_t *units = self->stock->units;
    int64_t point = unit / units->blocks;
    pw_text_t inputs = { 0 }, fresh = { 0 };
    pw_status_t status = units->add_inputs(units->context, point, &inputs);
    if (status == PW_OK && !pw_wide_rekey(pw_text_get(rows), rows->n, inputs_there, point, pw_text_get(&inputs), &fresh))
        status = PW_ERROR_INPUT;
    if (status == PW_OK && (inputs.failed || fresh.failed))
        status = PW_ERROR_MEMORY;
    pw_text_free(&inputs);
    if (status != PW_OK) {
        pw_text_free(&fresh);
        return status;
    }
    pw_text_free(rows);
    *rows = fresh;
    return PW_OK;
}

static pw_status_t rows_at(pw_stock_fetch_t *self, int64_t unit, uint64_t place, pw_text_t *rows)
{
    pw_member_t about;
    const unsigned char *bytes;
    int inputs_there = self->stock->part_inputs[pw_stock_part(place)];
    pw_status_t status = record_at(self, place, &about, &bytes);
    if (status != PW_OK)
        return status;
    if (!pw_member_whole(bytes, &about))
        return damaged(self, pw_stock_part(place));
    status = pw_member_read(&self->reader, bytes, &about, rows);
    if (status == PW_OK && inputs_there >= 0)
        status = rekey(self, unit, inputs_there, rows);
    return status == PW_ERROR_INPUT ? damaged(self, pw_stock_part(place)) : status;
}

/* The first further record of a unit. */
static int64_t first_again(const pw_stock_t *stock, int64_t unit)
{
    int64_t low = 0, high = stock->n_again;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (stock->again[middle].unit < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static pw_status_t compare_again(pw_stock_fetch_t *self, int64_t unit, const pw_text_t *rows)
{
    const pw_stock_t *stock = self->stock;
    pw_text_t other = { 0 };
    pw_status_t status = PW_OK;
    for (int64_t i = first_again(stock, unit); status == PW_OK && i < stock->n_again && stock->again[i].unit == unit; i++) {
        pw_text_clear(&other);
        status = rows_at(self, unit, stock->again[i].place, &other);
        if (status == PW_OK && (other.n != rows->n || memcmp(pw_text_get(&other), pw_text_get(rows), rows->n) != 0)) {
            snprintf(self->message, sizeof self->message, "%s and %s in %s/" PW_PARTS_FOLDER " hold different rows of one and the same unit "
                     "(point %lld, block %lld)",
                     stock->part[pw_stock_part(stock->place[unit])], stock->part[pw_stock_part(stock->again[i].place)], stock->folder,
                     (long long)(unit / stock->units->blocks), (long long)(unit % stock->units->blocks));
            status = PW_ERROR_MISMATCH;
        }
    }
    pw_text_free(&other);
    return status;
}

pw_status_t pw_stock_fetch(pw_stock_fetch_t *self, int64_t unit, pw_text_t *rows, int64_t *part)
{
    pw_text_clear(rows);
    *part = pw_stock_part(self->stock->place[unit]);
    pw_status_t status = rows_at(self, unit, self->stock->place[unit], rows);
    if (status == PW_OK && self->stock->n_again > 0)
        status = compare_again(self, unit, rows);
    if (status == PW_ERROR_MEMORY)
        snprintf(self->message, sizeof self->message, "There is not enough memory to read %s", self->stock->folder);
    return status;
}
