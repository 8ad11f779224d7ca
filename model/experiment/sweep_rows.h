/* sweep_rows.h: a unit's rows as lines of a wide table, and back; and a sweep's units as the stock knows them.
 *
 * What question it answers: how is what a worker found written down, so that every program can read it?
 * Floor: experiment. Columns: point, replication, scenario, the inputs, the measures; numbers in the shortest form that reads back the same, empty where
 * missing. */
#ifndef PW_EXPERIMENT_SWEEP_ROWS_H
#define PW_EXPERIMENT_SWEEP_ROWS_H

#include "stock.h"
#include "sweep_unit.h"

/* The header line, without its end. */
void pw_sweep_rows_header(const pw_sweep_t *sweep, pw_text_t *to);
/* ",2.385,north": the inputs of a point. Memory that runs out is remembered in `to`. */
void pw_sweep_rows_inputs(const pw_sweep_t *sweep, int64_t point, pw_text_t *to);
/* The rows of the unit that the worker did last, as whole lines. */
void pw_sweep_rows_text(const pw_sweep_worker_t *worker, const pw_unit_t *unit, pw_text_t *to);

/* One line read back: the key and sweep->n_measures numbers, nan where missing. *at is moved behind the line. False: it is not a row of this sweep. */
bool pw_sweep_rows_read(const pw_sweep_t *sweep, const char **at, const char *end, int64_t *point, int64_t *replication, int *scenario, double *measure);

/* The units of a sweep, with their names, for pw_stock_read; `sweep` must outlive it. */
void pw_sweep_units(const pw_sweep_t *sweep, const pw_unit_name_t *identity, pw_units_t *out);
/* The first 128 bits of a unit's name. PW_ERROR_MEMORY. */
pw_status_t pw_sweep_unit_key(const pw_sweep_t *sweep, int64_t unit, pw_unit_name_t *out);

/* What makes this sweep this very one: everything that its rows and their order depend on, every point's inputs too. PW_ERROR_MEMORY. */
pw_status_t pw_sweep_identity(const pw_sweep_t *sweep, pw_unit_name_t *out);

#endif
