/* progress.h: how far are we, and how much longer?
 *
 * Floor: base. One line on a stream, only if that is a terminal: done and total, rate, time left; erased at the end. Called by one
 * thread; draws at most ten times a second, so it may be called for every piece of work. */
#ifndef PW_BASE_PROGRESS_H
#define PW_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct {
    FILE *to;                  /* NULL: silent */
    const char *unit;          /* "worlds"; not owned */
    int64_t total;
    double started, drawn;     /* seconds of the monotonic clock */
    bool shown;
} pw_progress_t;

/* Starts a line about `total` pieces, called `unit`. Silent if `quiet` or if `to` is no terminal. */
void pw_progress_begin(pw_progress_t *self, FILE *to, const char *unit, int64_t total, bool quiet);
void pw_progress_set(pw_progress_t *self, int64_t done);
/* Erases the line. */
void pw_progress_end(pw_progress_t *self);

/* The line's text for `done` pieces after `seconds`: "312 of 1,000 worlds, 85 a second, 8 s left". */
const char *pw_progress_line(const pw_progress_t *self, int64_t done, double seconds, char *out, size_t room);
/* A span of seconds for people: "8 s", "2 min 5 s", "1 h 12 min". */
const char *pw_progress_span(double seconds, char *out, size_t room);

#endif
