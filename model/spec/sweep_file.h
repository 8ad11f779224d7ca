/* sweep_file.h: the file of a sweep's design, as plain structs.
 *
 * What question it answers: which inputs, over which values, in which kind of design, for which scenarios?
 * Floor: spec. Reads a .cfg (docs/sweeps.md says what may stand in it), a .csv with a header of paths, or the matrix that a .cfg names: numbers
 * separated by blanks or commas, without a header, one point a row. Says nothing of whether a path leads anywhere: experiment/sweep.c does. */
#ifndef PW_SPEC_SWEEP_FILE_H
#define PW_SPEC_SWEEP_FILE_H

#include "tree.h"

enum pw_sweep_kind { PW_SWEEP_GRID, PW_SWEEP_LIST, PW_SWEEP_LATIN, PW_SWEEP_SOBOL, PW_SWEEP_MORRIS, PW_SWEEP_SALTELLI };    /* as enum pw_design_kind */

/* One input as its file says it. */
typedef struct {
    char *path;
    const char *file; int line;            /* where it stands */
    double low, high;                      /* nan: not given */
    bool log, whole;
    int steps;                             /* 0: not given */
    int n_values; double *number; char **text;     /* text[i] is NULL for a number; both NULL: no values given */
    int *value_line;                       /* line of each value */
} pw_sweep_input_t;

typedef struct {
    char *file;                            /* as it was named */
    char **source; int n_sources;          /* every file that was read: the design's, its matrix */
    char *title, *question;                /* NULL: none */
    char *baseline;                        /* path as seen from here; NULL: not given */
    int n_scenarios; char **scenario; int *scenario_line;
    int n_sets; char **set;
    int n_measures; char **measure; int *measure_line;
    int kind, kind_line;
    int64_t points, replications, block, seed;     /* 0, seed -1: not given */
    int levels, sample;                    /* sample: enum pw_design_sample; -1: not given */
    bool maximin, drawn;
    int n_inputs; pw_sweep_input_t *input;
    bool by_rows;                          /* the points came one by one: every input has as many values, in their order */
    pw_node_t *tree;                       /* owns the names of files */
} pw_sweep_file_t;

/* Returns PW_OK with everything that could be read (the caller asks findings->n), PW_ERROR_INPUT with findings if nothing could, or
 * PW_ERROR_MEMORY. `self` arrives zeroed; free it in every case. */
pw_status_t pw_sweep_file_read(pw_sweep_file_t *self, const char *file, pw_findings_t *findings);
void pw_sweep_file_free(pw_sweep_file_t *self);

#endif
