#include "csv.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "number.h"

static void separate(pw_csv_t *self)
{
    if (self->started)
        putc(',', self->to);
    self->started = true;
}

void pw_csv_text(pw_csv_t *self, const char *text)
{
    separate(self);
    if (!text)
        return;
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, self->to);
        return;
    }
    putc('"', self->to);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', self->to);
        putc(*text, self->to);
    }
    putc('"', self->to);
}

void pw_csv_number(pw_csv_t *self, double value)
{
    char text[PW_NUMBER_ROOM];
    separate(self);
    if (isfinite(value))
        fputs(pw_number_shortest(value, text), self->to);
}

void pw_csv_integer(pw_csv_t *self, int64_t value)
{
    separate(self);
    fprintf(self->to, "%" PRId64, value);
}

void pw_csv_bool(pw_csv_t *self, bool value)
{
    separate(self);
    fputs(value ? "true" : "false", self->to);
}

void pw_csv_end(pw_csv_t *self)
{
    putc('\n', self->to);
    self->started = false;
}
