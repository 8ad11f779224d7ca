/* text.c: see text.h. */
#include "text.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"

/* Room for n more bytes and the NUL. */
static bool make_room(pw_text_t *self, size_t n)
{
    if (self->failed) return false;
    size_t wanted;
    if (__builtin_add_overflow(self->n, n, &wanted) || wanted > SIZE_MAX / 2 - 1) {
        self->failed = true;
        return false;
    }
    if (wanted + 1 <= self->room) return true;
    size_t room = self->room ? self->room : 64;
    while (room < wanted + 1) room *= 2;
    char *grown = pw_realloc(self->bytes, room, 1);
    if (!grown) {
        self->failed = true;
        return false;
    }
    self->bytes = grown;
    self->room = room;
    return true;
}

void pw_text_append_bytes(pw_text_t *self, const char *bytes, size_t n)
{
    if (!make_room(self, n)) return;
    if (n > 0) memcpy(self->bytes + self->n, bytes, n);
    self->n += n;
    self->bytes[self->n] = '\0';
}

void pw_text_extend(pw_text_t *self, size_t n) { (void)make_room(self, n); }

void pw_text_append(pw_text_t *self, const char *text) { pw_text_append_bytes(self, text, strlen(text)); }

void pw_text_repeat(pw_text_t *self, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++) pw_text_append(self, text);
}

void pw_text_vprintf(pw_text_t *self, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, format, arguments);
    if (n < 0) self->failed = true;
    else if (make_room(self, (size_t)n)) {
        vsnprintf(self->bytes + self->n, (size_t)n + 1, format, again);
        self->n += (size_t)n;
    }
    va_end(again);
}

void pw_text_printf(pw_text_t *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    pw_text_vprintf(self, format, arguments);
    va_end(arguments);
}

const char *pw_text_get(const pw_text_t *self) { return self->bytes ? self->bytes : ""; }

char *pw_text_take(pw_text_t *self)
{
    pw_text_append_bytes(self, "", 0);      /* an empty text is a text */
    char *bytes = self->failed ? NULL : self->bytes;
    if (!bytes) pw_free(self->bytes);
    *self = (pw_text_t){ .failed = !bytes };
    return bytes;
}

void pw_text_clear(pw_text_t *self)
{
    self->n = 0;
    self->failed = false;
    if (self->bytes) self->bytes[0] = '\0';
}

void pw_text_free(pw_text_t *self)
{
    pw_free(self->bytes);
    *self = (pw_text_t){ 0 };
}

/* ---------------------------------------------------------------- names that are nearly right */

enum { LONGEST_NAME = 63 };

/* Capitals and the kind of dash are not what anyone means by a different name. */
static char fold(char c) { return c == '-' ? '_' : (char)tolower((unsigned char)c); }

static int least(int a, int b) { return a < b ? a : b; }

int pw_text_distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    if (n > LONGEST_NAME || m > LONGEST_NAME) return LONGEST_NAME + 1;
    int row[3][LONGEST_NAME + 1];
    int *before = row[0], *last = row[1], *now = row[2];
    for (size_t j = 0; j <= m; j++) last[j] = (int)j;
    memcpy(before, last, sizeof row[0]);
    for (size_t i = 1; i <= n; i++) {
        now[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int other = fold(a[i - 1]) != fold(b[j - 1]);
            now[j] = least(last[j - 1] + other, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) && fold(a[i - 2]) == fold(b[j - 1])) now[j] = least(now[j], before[j - 2] + 1);
        }
        int *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[m];
}

int pw_text_nearest(const char *given, const char *const *names, size_t n_names)
{
    int best = -1, best_distance = LONGEST_NAME + 1;
    for (size_t i = 0; i < n_names; i++) {
        size_t longer = strlen(given) > strlen(names[i]) ? strlen(given) : strlen(names[i]);
        int distance = pw_text_distance(given, names[i]);
        if (distance >= best_distance || distance > ((int)longer + 2) / 3) continue;
        if (distance == (int)longer) continue;       /* nothing in common */
        best = (int)i;
        best_distance = distance;
    }
    return best;
}

/* ---------------------------------------------------------------- characters */

size_t pw_text_width(const char *text)
{
    size_t width = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        bool continues = (*c & 0xC0) == 0x80;
        bool combines = (*c == 0xCC && c[1] >= 0x80) || (*c == 0xCD && c[1] >= 0x80 && c[1] <= 0xAF);   /* U+0300 to U+036F */
        width += !continues && !combines;
    }
    return width;
}

/* Length of the UTF-8 character at c, of which n bytes are there; 0 if it is none. */
static size_t character_length(const unsigned char *c, size_t n)
{
    if (c[0] == 0) return 0;
    if (c[0] < 0x80) return 1;
    size_t length = c[0] >= 0xC2 && c[0] <= 0xDF ? 2 : (c[0] & 0xF0) == 0xE0 ? 3 : c[0] >= 0xF0 && c[0] <= 0xF4 ? 4 : 0;
    if (length == 0 || length > n) return 0;
    for (size_t i = 1; i < length; i++)
        if ((c[i] & 0xC0) != 0x80) return 0;
    bool overlong = (c[0] == 0xE0 && c[1] < 0xA0) || (c[0] == 0xF0 && c[1] < 0x90);
    bool beyond = (c[0] == 0xED && c[1] > 0x9F) || (c[0] == 0xF4 && c[1] > 0x8F);      /* surrogates; above U+10FFFF */
    return overlong || beyond ? 0 : length;
}

bool pw_text_is_utf8(const char *bytes, size_t n)
{
    const unsigned char *c = (const unsigned char *)bytes;
    for (size_t i = 0; i < n;) {
        size_t length = character_length(c + i, n - i);
        if (length == 0) return false;
        i += length;
    }
    return true;
}
