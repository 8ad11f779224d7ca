/* design.h: which combinations of inputs a sweep looks at.
 *
 * What question it answers: what are the inputs of point i?
 * Floor: experiment. Knows columns of numbers and names, not what they mean.
 *
 * A point is computed from its number, without the points before it: a shard of a sweep needs no list of all of them. What a kind needs besides is
 * made once by pw_design_init (permutations of a Latin hypercube, direction numbers of Sobol's sequence) and is read only from then on, so any
 * number of threads may ask for points.
 *
 * Every kind but a list makes a point of the unit cube, and each column maps its coordinate u to a value (pw_column_value):
 *   LINEAR        low + u (high - low)
 *   LOG           low (high / low)^u
 *   DISTRIBUTION  the quantile u of an estimate's own distribution; grids and Morris trajectories, which go to the ends of the cube, take the
 *                 quantile 0.025 + 0.95 u, from the register's low to its high
 *   VALUES        the floor(u n)-th of n given values
 * `whole` columns give whole numbers: floor(low + u (high - low + 1)), all equally likely.
 *
 * Kinds, and where they are from:
 *   GRID      every combination of the columns' values (or `steps` values from low to high); the last column changes fastest
 *   LIST      points given one by one, in their order: values in pairs, a CSV file, a matrix of another program
 *   LATIN     Latin hypercube (McKay, Beckman & Conover 1979): in every column each of n equal slices holds one point. Maximin: rows are
 *             exchanged in a column where that makes phi_20 of the distances smaller (Morris & Mitchell 1995), n at most PW_MAXIMIN_POINTS
 *   SOBOL     Sobol's sequence with Owen's nested uniform scrambling (Owen 1995): the first 2^m points are a scrambled (t, m, s)-net. Direction
 *             numbers are those of the GSL (Bratley & Fox 1988), which end at PW_SOBOL_COLUMNS columns and 2^30 points
 *   MORRIS    trajectories of k + 1 points (Morris 1991), each step moving one coordinate by levels / (2 (levels - 1)), up or down
 *   SALTELLI  for each of N base points the k + 2 rows A, AB_1 .. AB_k, B (Saltelli et al. 2010; AB_j is A with column j of B). Rows of one base
 *             point stand together, as SALib writes them, so that more base points come after those that are there. A and B are the two halves
 *             of a scrambled Sobol' point of 2 k columns, or of a Latin hypercube, or random */
#ifndef PW_EXPERIMENT_DESIGN_H
#define PW_EXPERIMENT_DESIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "../spec/evidence.h"

enum pw_design_kind { PW_DESIGN_GRID, PW_DESIGN_LIST, PW_DESIGN_LATIN, PW_DESIGN_SOBOL, PW_DESIGN_MORRIS, PW_DESIGN_SALTELLI, PW_DESIGN_KINDS };
enum pw_design_sample { PW_SAMPLE_SOBOL, PW_SAMPLE_LATIN, PW_SAMPLE_RANDOM };
enum pw_scale { PW_SCALE_LINEAR, PW_SCALE_LOG, PW_SCALE_DISTRIBUTION, PW_SCALE_VALUES };
enum { PW_MAX_COLUMNS = 512, PW_SOBOL_COLUMNS = 40, PW_MAXIMIN_POINTS = 2000 };
#define PW_MAX_POINTS INT64_C(1000000000)

/* One input. */
typedef struct {
    char *path;                      /* as --set takes it; "scenario"; owned */
    bool is_text;                    /* the value is the index of a name in `text` */
    bool whole;
    int scale;                       /* enum pw_scale */
    double low, high;                /* LINEAR, LOG */
    const pw_estimate_t *estimate;   /* DISTRIBUTION; not owned */
    double factor;                   /* DISTRIBUTION: times this (pounds brought to another price year); 0 is 1 */
    int steps;                       /* of a grid over a range; else 0 */
    int n_values;                    /* VALUES: as many of `number` or, if is_text, of `text`; a LIST's text column: its names */
    double *number;
    char **text;                     /* both owned */
} pw_design_column_t;

/* What is asked for, beside the columns. */
typedef struct {
    int kind;                        /* enum pw_design_kind */
    uint64_t seed;
    int64_t points;                  /* LATIN, SOBOL: how many; SALTELLI: N; MORRIS: trajectories; LIST: rows */
    int levels;                      /* MORRIS: even, 4 or more */
    int sample;                      /* SALTELLI: enum pw_design_sample */
    bool maximin;                    /* LATIN */
    double *cell;                    /* LIST: [row][column]; adopted */
    const char *file; int line;      /* where findings point to */
} pw_design_ask_t;

typedef struct {
    int kind, n_columns;
    pw_design_column_t *column;             /* owned */
    int64_t n_points;
    uint64_t seed;
    int64_t base;                    /* SALTELLI: N; MORRIS: trajectories */
    int levels, sample;
    bool maximin;
    double *cell;                    /* LIST */
    uint32_t *slice;                 /* LATIN: [column][point] */
    uint32_t *direction;             /* SOBOL: [column][30] */
    int64_t n_slices;
} pw_design_t;

/* Makes the design; adopts `column` (an array of n_columns) and ask->cell in every case. What cannot be (no column, too many columns for
 * Sobol's sequence, too many points, ...) becomes a finding, and PW_ERROR_INPUT is returned; PW_ERROR_MEMORY. */
pw_status_t pw_design_init(pw_design_t *self, pw_design_column_t *column, int n_columns, const pw_design_ask_t *ask, pw_findings_t *findings);
void pw_design_free(pw_design_t *self);
/* Frees an array of columns that no design has adopted. */
void pw_columns_free(pw_design_column_t *column, int n_columns);

/* The inputs of point i (0 to n_points - 1), one for each column. Thread-safe, allocates nothing. */
void pw_design_point(const pw_design_t *self, int64_t i, double *out);
/* The same before columns map it: the point of the unit cube. A list has none: false. */
bool pw_design_unit_point(const pw_design_t *self, int64_t i, double *out);
/* The value at coordinate u in [0, 1]; `to_ends`: u may be 0 or 1 (grids, Morris). */
double pw_column_value(const pw_design_column_t *self, double u, bool to_ends);
/* The name that a text column's value stands for. */
const char *pw_column_text(const pw_design_column_t *self, double value);

const char *pw_design_kind_name(int kind);         /* "grid", "list", "latin", "sobol", "morris", "saltelli" */
const char *pw_design_sample_name(int sample);     /* "sobol", "latin", "random" */

/* Where point i of a SALTELLI design belongs: base point 0 .. N - 1; block 0: A, 1 .. k: AB_block, k + 1: B. */
void pw_design_saltelli(const pw_design_t *self, int64_t i, int64_t *base, int *block);
/* Where point i of a MORRIS design belongs: its trajectory, its step 0 .. k, and the column that moved to get there (-1 at step 0). */
void pw_design_morris(const pw_design_t *self, int64_t i, int64_t *trajectory, int *step, int *moved);

/* ---- parts, one file each ---- */
pw_status_t pw_design_latin_init(pw_design_t *self, int n_columns);                    /* design_latin.c: fills `slice` for n_slices points */
void pw_design_latin_point(const pw_design_t *self, int n_columns, int64_t i, double *out);
pw_status_t pw_design_sobol_init(pw_design_t *self, int n_columns);                    /* design_sobol.c */
void pw_design_sobol_point(const pw_design_t *self, int n_columns, int64_t i, double *out);
void pw_design_morris_point(const pw_design_t *self, int64_t i, double *out);          /* design_morris.c */
void pw_design_saltelli_point(const pw_design_t *self, int64_t i, double *out);        /* design_saltelli.c */

#endif
