/* manifest.h: what was run, from what, with what, and how to do it again; and what the columns mean.
 *
 * What question it answers: can somebody else get these numbers, and read them?
 * Floor: report; with datapackage.c the only code that knows jansson. */
#ifndef PW_REPORT_MANIFEST_H
#define PW_REPORT_MANIFEST_H

#include <stdio.h>

#include "../experiment/run.h"
#include "../base/text.h"
#include "columns.h"
#include "command_line.h"
#include "inputs.h"

typedef struct { const char *name; char sha256[PW_DIGEST_ROOM]; } pw_written_t;      /* a file of results */

typedef struct {
    const pw_run_t *run;
    const pw_inputs_t *inputs;
    const pw_written_t *written; int n_written;
    int argc; char *const *argv;           /* the command line, "pathways" first */
    const char *const *sets; int n_sets;
    const char *started;                   /* UTC, "2024-02-29T12:00:00Z" */
    double seconds;                        /* nan: not said */
} pw_manifest_t;

/* manifest.json: the only file that differs between two runs of one command. `results_sha256` is the fingerprint of all CSV files'. */
pw_status_t pw_manifest_write(const pw_manifest_t *self, FILE *to);

/* datapackage.json (Frictionless Data, tabular data package): every column of every CSV file with type, unit and meaning. */
pw_status_t pw_datapackage_write(const pw_run_t *run, const pw_written_t *written, int n_written, FILE *to);

/* An answer that is added to a folder later, or to one that holds nothing else. */
typedef struct { const char *file, *sha256; int argc; char *const *argv; const char *started; } pw_manifest_answer_t;
/* A manifest's text with the answer listed under `answers`; a former entry for the same file stays, as the file may hold rows of both. `old` NULL: a new
 * manifest, with the answer's command and `inputs`. PW_ERROR_INPUT: `old` is no manifest. */
pw_status_t pw_manifest_add(const char *old, const pw_manifest_answer_t *answer, const pw_inputs_t *inputs, pw_text_t *out);
/* A data package's text with one file more, in the place of a former description of it. `old` NULL: a new one. PW_ERROR_INPUT: `old` is none. */
pw_status_t pw_datapackage_add(const char *old, const char *file, const char *meaning, const pw_column_t *column, int n_columns, const char *sha256,
                               pw_text_t *out);

#endif
