/* trace_lines.h: a life as lines to read: what belongs together is one line.
 *
 * What question it answers: which events are one happening to a reader, and where in a page do two lives part?
 * Floor: report. An incident takes in the chances that made it, a move the choice before it, what police do at one attendance is one line. Costs and
 * rates other than that of incidents have no line (the tables of trace_table.h have them). */
#ifndef PW_REPORT_TRACE_LINES_H
#define PW_REPORT_TRACE_LINES_H

#include "trace_words.h"

typedef struct {
    pw_ticks_t ticks;
    int64_t last;              /* position in the life of the event that it is about; those it takes in come before */
    char *what, *why;          /* sentences; owned; why may be empty */
} pw_trace_line_t;

typedef struct { int64_t n, room; pw_trace_line_t *line; bool failed; } pw_trace_lines_t;

/* Makes the lines of one life. PW_ERROR_MEMORY; free in every case. `self` arrives zeroed. */
pw_status_t pw_trace_lines_make(pw_trace_lines_t *self, const pw_trace_t *trace, int life);
void pw_trace_lines_free(pw_trace_lines_t *self);

/* The first line that is about event `at` or a later one; n: none. */
int64_t pw_trace_lines_find(const pw_trace_lines_t *self, int64_t at);

#endif
