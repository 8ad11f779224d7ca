/* sweep_file.h: the file of a sweep's design, as plain structs.
 *
 * What question it answers: which inputs, over which values, in which kind of design, for which scenarios?
 * Floor: spec. Reads a .cfg (docs/sweeps.md says what may stand in it), a .csv with a header of paths, or the matrix that a .cfg names: numbers
 * separated by blanks or commas, without a header, one point a row. Says nothing of whether a path leads anywhere: experiment/sweep.c does. */
#ifndef PW_SPEC_SWEEP_FILE_H
#define PW_SPEC_SWEEP_FILE_H

#include "tree.h"

/* Words of the file, in the order of design.h's enums. */
enum { PW_SWEEP_GRID, PW_SWEEP_LIST, PW_SWEEP_LATIN, PW_SWEEP_SOBOL, PW_SWEEP_MORRIS, PW_SWEEP_SALTELLI, PW_SWEEP_KINDS };
enum { PW_SWEEP_BY_SOBOL, PW_SWEEP_BY_LATIN, PW_SWEEP_BY_CHANCE };

typedef struct { int n; char **text; int line; } pw_sweep_texts_t;

/* One input as its file says it. */
typedef struct {
    char *path;
    const char *file; int line;            /* where it stands */
    double low, high;                      /* nan: not given */
    int scale;                             /* -1: not given; 0 linear, 1 log */
    bool whole;
    int64_t steps;                         /* 0: not given */
    bool is_text;                          /* its values are names: number[i] is the place of a name in `names` */
    int64_t n_values; double *number;      /* 0, NULL: none given */
    pw_sweep_texts_t names;
    double *coordinate;                    /* with `unit`: of each row; else NULL */
} pw_sweep_input_t;

typedef struct {
    char *file;                            /* as it was named */
    char *title, *question;                /* NULL: none */
    char *baseline;                        /* path as seen from here; NULL: not given */
    pw_sweep_texts_t scenarios;            /* paths as seen from here */
    pw_sweep_texts_t sets, measures;
    int64_t replications, block, seed;     /* 0 and, of the seed, -1: not given */
    int estimates;                         /* 0 central, 1 drawn */
    char *parameters; int parameters_line; /* what they are drawn from: "prior", or a file as seen from here; NULL: not given */
    int kind, sample, kind_line;           /* -1: not given */
    int64_t points, levels;                /* 0: not given; points: trajectories, base points too */
    bool maximin;
    char *matrix;                          /* path as seen from here; NULL: none */
    bool unit;                             /* the matrix holds coordinates from 0 to 1, which the inputs' ranges map */
    int n_inputs; pw_sweep_input_t *input;
    int64_t n_rows;                        /* points one by one: every input has as many values, in their order; else 0 */
    int *row_line;                         /* of each, in `matrix` or the .csv; NULL: see the input's line */
    pw_node_t *tree;                       /* owns the names of files; NULL for a .csv */
} pw_sweep_file_t;

/* Returns PW_OK with everything that could be read (the caller asks findings->n), PW_ERROR_READ or PW_ERROR_INPUT with findings if nothing
 * could, or PW_ERROR_MEMORY. `self` arrives zeroed; free it in every case. */
pw_status_t pw_sweep_file_read(pw_sweep_file_t *self, const char *file, pw_findings_t *findings);
void pw_sweep_file_free(pw_sweep_file_t *self);

/* ---- sweep_rows.c: points one by one ---- */

/* A .csv with a header of paths: every column an input. */
pw_status_t pw_sweep_rows_csv(pw_sweep_file_t *self, pw_findings_t *findings);
/* self->matrix: a column for each of the inputs, in their order. Rows of `#` or `%` are passed over. */
pw_status_t pw_sweep_rows_matrix(pw_sweep_file_t *self, pw_findings_t *findings);

#endif
