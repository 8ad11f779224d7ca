/* text.h: texts that grow, and names that are nearly right.
 *
 * What question it answers: how is this said, and which name was probably meant?
 * Floor: base. Texts are UTF-8. Numbers are in number.h, tables in table.h. */
#ifndef PW_BASE_TEXT_H
#define PW_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* A text that grows. Starts zeroed: `pw_text_t text = { 0 };`. Once memory has run out `failed` stays set and
 * additions do nothing, so that a caller checks once, at the end. */
typedef struct {
    char *bytes;      /* ends in NUL, or NULL while empty: read it with pw_text_get */
    size_t n, room;
    bool failed;
} pw_text_t;

void pw_text_append(pw_text_t *self, const char *text);
void pw_text_append_bytes(pw_text_t *self, const char *bytes, size_t n);
/* Makes sure that n more bytes and a NUL fit behind the text, for those who write there themselves. */
void pw_text_extend(pw_text_t *self, size_t n);
void pw_text_repeat(pw_text_t *self, const char *text, size_t times);
void pw_text_printf(pw_text_t *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
void pw_text_vprintf(pw_text_t *self, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
/* The text so far, "" while empty. Owned by self, valid until the next change. */
const char *pw_text_get(const pw_text_t *self);
/* Hands the bytes over (free with pw_free) and leaves self empty. NULL if memory ran out. */
char *pw_text_take(pw_text_t *self);
void pw_text_clear(pw_text_t *self);
void pw_text_free(pw_text_t *self);

/* The index of the name nearest to `given`, or -1 if none is near enough to be worth a "did you mean": at most one slip in
 * three characters, capitals and - _ not counted as slips. The first of equals. Slips are the insertions, deletions,
 * substitutions and swaps of neighbours of Damerau (1964), in Levenshtein's metric (optimal string alignment). */
int pw_text_nearest(const char *given, const char *const *names, size_t n_names);
/* The number of such slips between two texts of at most 63 characters; a larger number than any for longer ones. */
int pw_text_distance(const char *a, const char *b);

/* Columns that a UTF-8 text takes on a terminal: one a character, none for combining marks. */
size_t pw_text_width(const char *text);
/* Whether the n bytes are UTF-8 without NUL (RFC 3629: no overlong forms, no surrogates). */
bool pw_text_is_utf8(const char *bytes, size_t n);

#endif
