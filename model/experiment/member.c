/* member.c: see member.h. */
#include "member.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "../base/memory.h"

enum {
    LAYOUT = 1, AT_FLAGS = 3, AT_EXTRA = 10, AT_VERSION = 16, AT_KIND = 17, AT_LENGTH = 20, AT_NAME = 24, AT_POINT = 40, AT_BLOCK = 48, AT_RESULTS = 56,
        AT_CHECK = 60,
    HAS_EXTRA = 4, HAS_COMMENT = 16, TAIL = 8, COMPRESSION = 4
};

static const unsigned char gzip_start[AT_EXTRA] = { 0x1f, 0x8b, 8, HAS_EXTRA, 0, 0, 0, 0, 0, 255 };
static const unsigned char extra_start[6] = { 52, 0, 'P', 'W', 48, 0 };

/* ---- numbers, low byte first ---- */

static void put(unsigned char *at, uint64_t value, int n)
{
    for (int i = 0; i < n; i++)
        at[i] = (unsigned char)(value >> (8 * i));
}

static uint64_t get(const unsigned char *at, int n)
{
    uint64_t value = 0;
    for (int i = 0; i < n; i++)
        value |= (uint64_t)at[i] << (8 * i);
    return value;
}

static uint32_t crc_of(uint32_t crc, const unsigned char *bytes, size_t n) { return (uint32_t)crc32_z(crc, bytes, n); }

/* All bytes of a member but its own check. */
static uint32_t check_of(const unsigned char *bytes, size_t n)
{
    uint32_t crc = crc_of(0, bytes, AT_CHECK);
    return crc_of(crc, bytes + PW_MEMBER_HEAD_BYTES, n - PW_MEMBER_HEAD_BYTES);
}

/* zlib's memory comes from where ours does, so that tests can make it fail. */
static void *take(void *context, unsigned n, unsigned size)
{
    (void)context;
    return pw_alloc(n, size);
}

static void give_back(void *context, void *memory)
{
    (void)context;
    pw_free(memory);
}

/* ---- making ---- */

pw_status_t pw_member_maker_init(pw_member_maker_t *self)
{
    z_stream *stream = pw_alloc(1, sizeof *stream);
    if (!stream)
        return PW_ERROR_MEMORY;
    stream->zalloc = take;
    stream->zfree = give_back;
    if (deflateInit2(stream, COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        pw_free(stream);
        return PW_ERROR_MEMORY;
    }
    self->deflate = stream;
    return PW_OK;
}

void pw_member_maker_free(pw_member_maker_t *self)
{
    if (self->deflate)
        deflateEnd(self->deflate);
    pw_free(self->deflate);
    self->deflate = NULL;
}

static void make_head(unsigned char *head, const pw_member_t *about, bool commented)
{
    memcpy(head, gzip_start, sizeof gzip_start);
    head[AT_FLAGS] = commented ? HAS_EXTRA | HAS_COMMENT : HAS_EXTRA;
    memcpy(head + AT_EXTRA, extra_start, sizeof extra_start);
    put(head + AT_VERSION, LAYOUT, 1);
    put(head + AT_KIND, about->kind, 1);
    put(head + AT_KIND + 1, 0, 2);
    memcpy(head + AT_NAME, about->name.byte, PW_NAME_BYTES);
    put(head + AT_POINT, (uint64_t)about->point, 8);
    put(head + AT_BLOCK, (uint64_t)about->block, 8);
    put(head + AT_RESULTS, about->results_version, 4);
}

/* Compresses into room that deflateBound says is enough: one call does it. */
static pw_status_t compress_rows(z_stream *stream, const char *rows, size_t n, pw_text_t *to)
{
    size_t room = deflateBound(stream, n), at = to->n;
    char *spare = pw_alloc(room, 1);
    if (!spare)
        return PW_ERROR_MEMORY;
    deflateReset(stream);
    stream->next_in = (unsigned char *)(uintptr_t)rows;
    stream->avail_in = (uInt)n;
    stream->next_out = (unsigned char *)spare;
    stream->avail_out = (uInt)room;
    bool whole = deflate(stream, Z_FINISH) == Z_STREAM_END;
    pw_text_append_bytes(to, spare, room - stream->avail_out);
    pw_free(spare);
    return whole && !to->failed && to->n > at ? PW_OK : PW_ERROR_MEMORY;
}

static size_t reason_length(const char *reason)
{
    size_t n = strnlen(reason, PW_LONGEST_REASON);
    while (n > 0 && n == PW_LONGEST_REASON && ((unsigned char)reason[n] & 0xc0) == 0x80)      /* not inside a letter */
        n--;
    return n;
}

pw_status_t pw_member_make(pw_member_maker_t *self, pw_member_t *about, const char *rows, size_t n, const char *reason, pw_text_t *to)
{
    unsigned char head[PW_MEMBER_HEAD_BYTES] = { 0 }, tail[TAIL];
    size_t start = to->n;
    if (n > PW_MEMBER_MOST_BYTES / 2)
        return PW_ERROR_FULL;
    make_head(head, about, reason != NULL);
    pw_text_append_bytes(to, (const char *)head, sizeof head);
    if (reason) {
        pw_text_append_bytes(to, reason, reason_length(reason));
        pw_text_append_bytes(to, "", 1);
    }
    pw_status_t status = compress_rows(self->deflate, rows, n, to);
    put(tail, crc_of(0, (const unsigned char *)rows, n), 4);
    put(tail + 4, n, 4);
    pw_text_append_bytes(to, (const char *)tail, sizeof tail);
    if (status != PW_OK || to->failed)
        return PW_ERROR_MEMORY;
    unsigned char *member = (unsigned char *)to->bytes + start;
    about->length = (uint32_t)(to->n - start);
    put(member + AT_LENGTH, about->length, 4);
    put(member + AT_CHECK, check_of(member, about->length), 4);
    return PW_OK;
}

/* ---- reading ---- */

bool pw_member_head(const unsigned char *bytes, pw_member_t *out)
{
    unsigned char start[sizeof gzip_start];
    memcpy(start, bytes, sizeof start);
    start[AT_FLAGS] = (unsigned char)(start[AT_FLAGS] & ~HAS_COMMENT);
    if (memcmp(start, gzip_start, sizeof start) != 0 || memcmp(bytes + AT_EXTRA, extra_start, sizeof extra_start) != 0 || bytes[AT_VERSION] != LAYOUT)
        return false;
    *out = (pw_member_t){ .kind = (enum pw_member_kind)bytes[AT_KIND], .length = (uint32_t)get(bytes + AT_LENGTH, 4),
                          .point = (int64_t)get(bytes + AT_POINT, 8),
                          .block = (int64_t)get(bytes + AT_BLOCK, 8), .results_version = (uint32_t)get(bytes + AT_RESULTS, 4) };
    memcpy(out->name.byte, bytes + AT_NAME, PW_NAME_BYTES);
    bool commented = (bytes[AT_FLAGS] & HAS_COMMENT) != 0;
    return out->kind >= PW_MEMBER_HEAD && out->kind <= PW_MEMBER_FAILED && commented == (out->kind == PW_MEMBER_FAILED) &&
           out->length >= PW_MEMBER_LEAST_BYTES && out->length <= PW_MEMBER_MOST_BYTES;
}

bool pw_member_whole(const unsigned char *bytes, const pw_member_t *about)
{
    return check_of(bytes, about->length) == (uint32_t)get(bytes + AT_CHECK, 4);
}

/* Where the compressed rows begin; beyond the end if a comment does not end. */
static size_t body_at(const unsigned char *bytes, const pw_member_t *about)
{
    size_t at = PW_MEMBER_HEAD_BYTES;
    if (about->kind == PW_MEMBER_FAILED) {
        const unsigned char *end = memchr(bytes + at, '\0', about->length - at);
        at = end ? (size_t)(end - bytes) + 1 : about->length;
    }
    return at;
}

const char *pw_member_reason(const unsigned char *bytes, const pw_member_t *about)
{
    return about->kind == PW_MEMBER_FAILED && body_at(bytes, about) < about->length ? (const char *)bytes + PW_MEMBER_HEAD_BYTES : "";
}

pw_status_t pw_member_reader_init(pw_member_reader_t *self)
{
    z_stream *stream = pw_alloc(1, sizeof *stream);
    if (!stream)
        return PW_ERROR_MEMORY;
    stream->zalloc = take;
    stream->zfree = give_back;
    if (inflateInit2(stream, -MAX_WBITS) != Z_OK) {
        pw_free(stream);
        return PW_ERROR_MEMORY;
    }
    self->inflate = stream;
    return PW_OK;
}

void pw_member_reader_free(pw_member_reader_t *self)
{
    if (self->inflate)
        inflateEnd(self->inflate);
    pw_free(self->inflate);
    self->inflate = NULL;
}

pw_status_t pw_member_read(pw_member_reader_t *self, const unsigned char *bytes, const pw_member_t *about, pw_text_t *to)
{
    z_stream *stream = self->inflate;
    size_t from = body_at(bytes, about), start = to->n;
    if (from + TAIL > about->length)
        return PW_ERROR_INPUT;
    const unsigned char *tail = bytes + about->length - TAIL;
    size_t n = (size_t)get(tail + 4, 4);
    if (n > PW_MEMBER_MOST_BYTES / 2)
        return PW_ERROR_INPUT;
    pw_text_extend(to, n + 1);
    if (to->failed)
        return PW_ERROR_MEMORY;
    inflateReset(stream);
    stream->next_in = (unsigned char *)(uintptr_t)(bytes + from);
    stream->avail_in = (uInt)(about->length - TAIL - from);
    stream->next_out = (unsigned char *)to->bytes + start;
    stream->avail_out = (uInt)n + 1;      /* one too many, so that an end is always seen */
    int end = inflate(stream, Z_FINISH);
    if (end != Z_STREAM_END || stream->total_out != n || stream->avail_in != 0 || crc_of(0, (unsigned char *)to->bytes + start, n) != (uint32_t)get(tail, 4)) {
        to->n = start;
        to->bytes[start] = '\0';
        return end == Z_MEM_ERROR ? PW_ERROR_MEMORY : PW_ERROR_INPUT;
    }
    to->n = start + n;
    to->bytes[to->n] = '\0';
    return PW_OK;
}

bool pw_unit_name_same(const pw_unit_name_t *a, const pw_unit_name_t *b) { return memcmp(a->byte, b->byte, PW_NAME_BYTES) == 0; }

const char *pw_unit_name_text(const pw_unit_name_t *name, char out[2 * PW_NAME_BYTES + 1])
{
    static const char digit[] = "0123456789abcdef";
    for (size_t i = 0; i < PW_NAME_BYTES; i++) {
        out[2 * i] = digit[name->byte[i] >> 4];
        out[2 * i + 1] = digit[name->byte[i] & 15];
    }
    out[2 * PW_NAME_BYTES] = '\0';
    return out;
}
