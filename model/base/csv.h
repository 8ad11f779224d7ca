/* csv.h: rows of a table as other programs read them.
 *
 * What question it answers: how is this value written in a CSV file?
 * Floor: base. csv_read.h reads them. UTF-8, comma, a header, `.` as decimal point, the shortest form that reads back to the same double, empty when missing,
 * words not codes. Texts with a comma, a quote or a line end are quoted (RFC 4180, with line ends of one character). */
#ifndef PW_BASE_CSV_H
#define PW_BASE_CSV_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct { FILE *to; bool started; } pw_csv_t;     /* started: the row has a cell */

void pw_csv_text(pw_csv_t *self, const char *text);      /* NULL: missing */
void pw_csv_number(pw_csv_t *self, double value);        /* nan: missing */
void pw_csv_integer(pw_csv_t *self, int64_t value);
void pw_csv_bool(pw_csv_t *self, bool value);            /* true, false */
void pw_csv_end(pw_csv_t *self);

#endif
