/* wide.h: a wide row's keys and inputs, apart from what was measured.
 *
 * What question it answers: how does this row read in another sweep, where its point has another number and its inputs other columns?
 * Floor: experiment. Rows are lines of CSV (RFC 4180: a field may be quoted; none holds a line end): point, replication, scenario, inputs, measures. */
#ifndef PW_EXPERIMENT_WIDE_H
#define PW_EXPERIMENT_WIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/text.h"

/* Fields of the first line of a text. */
int pw_wide_fields(const char *text, size_t n);

/* Appends the rows with another point, and with `inputs` (",2.385,north"; "" for none) in place of their own `inputs_there` inputs. False: a line has too few
 * fields. Memory that runs out is remembered in `to`. */
bool pw_wide_rekey(const char *rows, size_t n, int inputs_there, int64_t point, const char *inputs, pw_text_t *to);

#endif
