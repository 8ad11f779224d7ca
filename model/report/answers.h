/* answers.h: answers beside a run's numbers.
 *
 * What question it answers: where does an answer go that was worked out after the run, or without one?
 * Floor: report. Into answers/NAME.csv of a finished run's folder, or of a new folder of its own; the folder's datapackage.json then describes the columns, and
 * its manifest.json lists under `answers` which command made the file, when, and its fingerprint.
 *
 * A file of answers grows: rows of an earlier command stay, unless the new rows answer the same question (agree in the first n_key columns). */
#ifndef PW_REPORT_ANSWERS_H
#define PW_REPORT_ANSWERS_H

#include "../base/csv_read.h"
#include "../base/text.h"
#include "../spec/spec.h"
#include "columns.h"

typedef struct {
    const char *file, *meaning;        /* "answers/breakeven.csv" */
    int n_key;                         /* the columns, from the first, that say which question a row answers */
    const pw_column_t *column; int n_columns;
} pw_answer_kind_t;

/* How the answer was made. */
typedef struct {
    int argc; char *const *argv;       /* the command line, "pathways" first */
    const char *started;               /* UTC, "2024-02-29T12:00:00Z" */
    const pw_spec_t *const *spec; int n_specs;     /* whose files go into inputs/ of a new folder */
    const char *parameter_file;        /* that the draws are from, likewise; NULL: none */
} pw_answer_made_t;

/* Rows on their way to a file: written to rows->csv.to, header first. Begin, write, end (also after a failure); then `bytes` are the text. */
typedef struct { pw_csv_t csv; char *bytes; size_t n; } pw_answer_rows_t;
pw_status_t pw_answer_rows_begin(pw_answer_rows_t *self, const pw_answer_kind_t *kind);
pw_status_t pw_answer_rows_end(pw_answer_rows_t *self);
void pw_answer_rows_free(pw_answer_rows_t *self);

/* Adds the rows to the folder `path`. An error with a sentence in `why`: the folder is there and not ours, cannot be written, or holds an older file
 * with other columns. Nothing is then changed. */
pw_status_t pw_answers_add(const char *path, const pw_answer_kind_t *kind, const pw_answer_rows_t *rows, const pw_answer_made_t *made, pw_text_t *why);

#endif
