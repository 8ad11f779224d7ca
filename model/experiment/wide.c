/* wide.c: see wide.h. */
#include "wide.h"

#include <inttypes.h>
#include <string.h>

/* The end of the field that begins at `at`: its comma, the line's end, or `end`. */
static const char *field_end(const char *at, const char *end)
{
    bool quoted = false;
    for (; at < end && (quoted || (*at != ',' && *at != '\n')); at++)
        quoted ^= *at == '"';
    return at;
}

int pw_wide_fields(const char *text, size_t n)
{
    const char *end = text + n;
    int fields = 1;
    for (const char *at = field_end(text, end); at < end && *at == ','; at = field_end(at + 1, end))
        fields++;
    return fields;
}

/* Skips n fields, each behind a comma; NULL: the line has fewer. */
static const char *skip(const char *at, const char *end, int n)
{
    for (; n > 0; n--) {
        if (at >= end || *at != ',')
            return NULL;
        at = field_end(at + 1, end);
    }
    return at;
}

bool pw_wide_rekey(const char *rows, size_t n, int inputs_there, int64_t point, const char *inputs, pw_text_t *to)
{
    const char *end = rows + n;
    for (const char *at = rows; at < end;) {
        const char *keys = field_end(at, end);
        const char *first = skip(keys, end, 2), *measures = first ? skip(first, end, inputs_there) : NULL;
        if (!measures)
            return false;
        const char *line_end = measures;
        while (line_end < end && *line_end == ',')
            line_end = field_end(line_end + 1, end);
        if (line_end >= end || *line_end != '\n')
            return false;
        pw_text_printf(to, "%" PRId64, point);
        pw_text_append_bytes(to, keys, (size_t)(first - keys));
        pw_text_append(to, inputs);
        pw_text_append_bytes(to, measures, (size_t)(line_end + 1 - measures));
        at = line_end + 1;
    }
    return true;
}
