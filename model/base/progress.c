/* progress.c: see progress.h. */
#include "progress.h"

#include <math.h>
#include <unistd.h>

#include "moment.h"
#include "number.h"

void pw_progress_begin(pw_progress_t *self, FILE *to, const char *unit, int64_t total, bool quiet)
{
    bool silent = quiet || !to || isatty(fileno(to)) != 1;
    *self = (pw_progress_t){ .to = silent ? NULL : to, .unit = unit, .total = total, .started = pw_moment_seconds() };
}

const char *pw_progress_span(double seconds, char *out, size_t room)
{
    long s = seconds < 0 || !isfinite(seconds) ? 0 : seconds > 1e9 ? 1000000000 : lround(seconds);
    if (s < 60) snprintf(out, room, "%ld s", s);
    else if (s < 3600) snprintf(out, room, "%ld min %ld s", s / 60, s % 60);
    else snprintf(out, room, "%ld h %ld min", s / 3600, s % 3600 / 60);
    return out;
}

const char *pw_progress_line(const pw_progress_t *self, int64_t done, double seconds, char *out, size_t room)
{
    char of[PW_NUMBER_ROOM], all[PW_NUMBER_ROOM], rate[PW_NUMBER_ROOM], left[32];
    pw_number_decimals((double)done, 0, of);
    pw_number_decimals((double)self->total, 0, all);
    int n = snprintf(out, room, "%s of %s %s", of, all, self->unit);
    if (done <= 0 || seconds <= 0 || n < 0 || (size_t)n >= room) return out;
    double per_second = (double)done / seconds;
    pw_number_significant(per_second, 2, rate);
    pw_progress_span((double)(self->total - done) / per_second, left, sizeof left);
    snprintf(out + n, room - (size_t)n, ", %s a second, %s left", rate, left);
    return out;
}

void pw_progress_set(pw_progress_t *self, int64_t done)
{
    if (!self->to) return;
    double now = pw_moment_seconds();
    if (self->shown && now - self->drawn < 0.1) return;
    char line[160];
    fprintf(self->to, "\r\033[K%s", pw_progress_line(self, done, now - self->started, line, sizeof line));
    fflush(self->to);
    self->drawn = now;
    self->shown = true;
}

void pw_progress_end(pw_progress_t *self)
{
    if (!self->to || !self->shown) return;
    fprintf(self->to, "\r\033[K");
    fflush(self->to);
    self->shown = false;
}
