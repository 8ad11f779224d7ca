/* columns.h: the columns of every CSV file of a run, once.
 *
 * What question it answers: which columns does this file have, of which type and unit, and what do they mean?
 * Floor: report. Headers and datapackage.json are both made from here. draws.csv and world.csv go on with one column a measure or sum. */
#ifndef PW_REPORT_COLUMNS_H
#define PW_REPORT_COLUMNS_H

#include "../base/csv.h"

typedef struct { const char *file, *name, *type, *unit, *meaning; } pw_column_t;      /* type and unit as in a table schema; unit NULL: none */
typedef struct { const char *file, *meaning; } pw_results_file_t;

int pw_columns(const pw_column_t **out);
int pw_results_files(const pw_results_file_t **out);

/* The header of `file`, without its line end (dynamic columns may follow). */
void pw_columns_header(pw_csv_t *csv, const char *file);

#endif
