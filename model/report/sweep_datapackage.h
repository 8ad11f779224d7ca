/* sweep_datapackage.h: what the columns of a sweep's tables mean (Frictionless Data, tabular data package).
 *
 * What question it answers: which type, unit and meaning has this column?
 * Floor: report; knows jansson. */
#ifndef PW_REPORT_SWEEP_DATAPACKAGE_H
#define PW_REPORT_SWEEP_DATAPACKAGE_H

#include <stdio.h>

#include "../experiment/sweep.h"

typedef struct {
    const char *name, *type, *unit, *meaning;      /* unit: NULL if it has none */
} pw_sweep_field_t;

/* Columns of a wide row: keys, inputs, measures, from 0 on. */
int pw_sweep_n_fields(const pw_sweep_t *sweep);
pw_sweep_field_t pw_sweep_field(const pw_sweep_t *sweep, int column);

/* Writes datapackage.json; `sha256` of the merged table, the summary and the points. `partial`: the tables hold part of the sweep. PW_OK, PW_ERROR_MEMORY;
 * failed writes show in `to`. */
pw_status_t pw_sweep_datapackage_write(const pw_sweep_t *sweep, const char *const sha256[3], bool partial, FILE *to);

#endif
