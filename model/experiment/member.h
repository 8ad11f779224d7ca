/* member.h: one record of a part, as a gzip member that says what it is and whether it is whole.
 *
 * What question it answers: whose rows are these bytes, and did all of them arrive?
 * Floor: experiment. Knows bytes; neither files nor sweeps. Compression by zlib (raw deflate, RFC 1951), framing by gzip (RFC 1952), whose members may stand
 * one behind the other in a file: any gzip reader sees the rows of all of them as one text, however far the part has grown.
 *
 * What gzip leaves to its writers stands in the extra field (subfield "PW", numbers little-endian):
 *
 *     offset 10  u16  52               length of the extra field
 *            12  "PW" u16 48           our subfield and its length
 *            16  u8   1 u8 kind u16 0  version of this layout; head, done or failed
 *            20  u32  length           of the whole member, so that a reader can step from one to the next
 *            24  16 bytes name         of the unit, or of the sweep in a head
 *            40  i64  point  i64 block where the writer's design had the unit: a hint, the name decides
 *            56  u32  results version  of the program that computed the rows
 *            60  u32  CRC-32           of all other bytes of the member
 *            64  the reason, ended by NUL (failed only: gzip's comment), then the compressed rows, CRC-32 and length of the rows
 *
 * So a member can be held to be whole without decompressing it. */
#ifndef PW_EXPERIMENT_MEMBER_H
#define PW_EXPERIMENT_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/text.h"
#include "../base/error.h"

enum { PW_MEMBER_HEAD_BYTES = 64, PW_MEMBER_LEAST_BYTES = PW_MEMBER_HEAD_BYTES + 10, PW_NAME_BYTES = 16, PW_LONGEST_REASON = 1000 };
#define PW_MEMBER_MOST_BYTES (UINT32_C(1) << 30)

enum pw_member_kind {
    PW_MEMBER_HEAD = 1,       /* the header line of the rows; first in a part */
    PW_MEMBER_DONE,           /* a unit's rows */
    PW_MEMBER_FAILED          /* a unit that cannot be done, and the reason; no rows */
};

/* The first 128 bits of a SHA-256. */
typedef struct {
    unsigned char byte[PW_NAME_BYTES];
} pw_unit_name_t;

typedef struct {
    enum pw_member_kind kind;
    uint32_t length;           /* of the member */
    uint32_t results_version;
    int64_t point, block;
    pw_unit_name_t name;
} pw_member_t;

/* Makes members; one writer, one of these. Arrives zeroed. */
typedef struct {
    void *deflate;             /* z_stream */
} pw_member_maker_t;

/* PW_ERROR_MEMORY. */
pw_status_t pw_member_maker_init(pw_member_maker_t *self);
void pw_member_maker_free(pw_member_maker_t *self);

/* Appends a member to `to`. `about` says kind, name, point, block and version; its length is filled in. `reason`: of a failed unit, cut at PW_LONGEST_REASON
 * bytes; else NULL. The same rows give the same bytes (with one version of zlib). PW_ERROR_MEMORY; PW_ERROR_FULL: more than PW_MEMBER_MOST_BYTES. */
pw_status_t pw_member_make(pw_member_maker_t *self, pw_member_t *about, const char *rows, size_t n, const char *reason, pw_text_t *to);

/* Reads the fixed head of what may be a member from its first PW_MEMBER_HEAD_BYTES bytes. False: it is none. Says nothing of what follows. */
bool pw_member_head(const unsigned char *bytes, pw_member_t *out);
/* Whether all `length` bytes of a member are as they were written. */
bool pw_member_whole(const unsigned char *bytes, const pw_member_t *about);
/* The reason of a failed unit; "" in others. Points into bytes. */
const char *pw_member_reason(const unsigned char *bytes, const pw_member_t *about);
/* Decompresses members; one reader, one of these. Arrives zeroed. */
typedef struct {
    void *inflate;             /* z_stream */
} pw_member_reader_t;

/* PW_ERROR_MEMORY. */
pw_status_t pw_member_reader_init(pw_member_reader_t *self);
void pw_member_reader_free(pw_member_reader_t *self);
/* Appends the rows of a whole member to `to`. PW_ERROR_MEMORY; PW_ERROR_INPUT: they do not decompress to what they should. */
pw_status_t pw_member_read(pw_member_reader_t *self, const unsigned char *bytes, const pw_member_t *about, pw_text_t *to);

bool pw_unit_name_same(const pw_unit_name_t *a, const pw_unit_name_t *b);
/* 32 hexadecimal digits and a NUL. Returns out. */
const char *pw_unit_name_text(const pw_unit_name_t *name, char out[2 * PW_NAME_BYTES + 1]);

#endif
