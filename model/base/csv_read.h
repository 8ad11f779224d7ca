/* csv_read.h: a CSV file as a table of texts.
 *
 * What question it answers: what stands in this row, under this heading?
 * Floor: base. csv.h writes them.
 *
 * Reads RFC 4180: a header, commas, quotes doubled inside quotes; line ends of one character or two, a byte order mark is passed over, empty lines
 * at the end too. Refused, each as a finding with file and line: an empty file, bytes that are not UTF-8 text, a quote that never ends, a
 * row with more or fewer cells than the header, a heading that is empty or stands twice. The whole file is held in memory once. */
#ifndef PW_BASE_CSV_READ_H
#define PW_BASE_CSV_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"

typedef struct {
    char *path;               /* for messages */
    char *bytes;              /* the cells point into it */
    int n_columns;
    char **column;            /* headings */
    int64_t n_rows, room;     /* rows below the header */
    char **cell;              /* [row][column] */
    int *line;                /* [row]: the line of the file on which it begins */
} pw_csv_table_t;

/* Reads `path`. `self` arrives zeroed; free it in every case. PW_ERROR_READ (there is a finding: no such file, a folder, not readable),
 * PW_ERROR_INPUT (findings say what is wrong with it), PW_ERROR_MEMORY. */
pw_status_t pw_csv_read(pw_csv_table_t *self, const char *path, pw_findings_t *findings);
/* The same from n bytes in memory, which are copied; `path` is what messages call them. */
pw_status_t pw_csv_parse(pw_csv_table_t *self, const char *path, const char *bytes, size_t n, pw_findings_t *findings);
void pw_csv_table_free(pw_csv_table_t *self);

/* The number of a column; -1: there is none. */
int pw_csv_find(const pw_csv_table_t *self, const char *name);
/* The same; without it a finding names the nearest heading. */
int pw_csv_require(const pw_csv_table_t *self, const char *name, pw_findings_t *findings);

/* Lets a cell stand for another text, which stays the caller's and outlives the table. */
void pw_csv_stand_for(pw_csv_table_t *self, int64_t row, int column, const char *text);

const char *pw_csv_cell(const pw_csv_table_t *self, int64_t row, int column);         /* "" where it is empty */
/* nan: the cell is empty, or holds no number. */
double pw_csv_value(const pw_csv_table_t *self, int64_t row, int column);
/* False, with a finding (file, line, heading, what was given): the cell holds no number; an empty cell is one only if `may_be_missing` (nan). */
bool pw_csv_number_at(const pw_csv_table_t *self, int64_t row, int column, bool may_be_missing, double *out, pw_findings_t *findings);

#endif
