/* trace_table.h: one family's life as a table, for other programs: every event with its numbers.
 *
 * What question it answers: what exactly happened, when, from which chance and which draw?
 * Floor: report. CSV: one row an event. JSON: the same with chances, forms and lines as objects. Both hold all events, costs and chances that came
 * to nothing included; with `beside` those of both lives, `both` being what is the same world (the warm-up). */
#ifndef PW_REPORT_TRACE_TABLE_H
#define PW_REPORT_TRACE_TABLE_H

#include <stdio.h>

#include "trace_words.h"

pw_status_t pw_trace_csv(const pw_trace_t *trace, bool beside, FILE *to);
pw_status_t pw_trace_json(const pw_trace_t *trace, bool beside, FILE *to);

#endif
