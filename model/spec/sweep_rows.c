/* sweep_rows.c: points that come one by one, from a .csv or a matrix of another program. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/csv_read.h"
#include "../base/file.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "sweep_file.h"

enum { SHOWN = 40 };

static pw_status_t make_room(pw_sweep_file_t *self, int64_t n_rows)
{
    self->n_rows = n_rows;
    self->row_line = pw_alloc((size_t)n_rows, sizeof self->row_line[0]);
    for (int j = 0; j < self->n_inputs; j++) {
        pw_sweep_input_t *input = &self->input[j];
        double *room = pw_alloc((size_t)n_rows, sizeof room[0]);
        *(self->unit ? &input->coordinate : &input->number) = room;
        input->n_values = self->unit ? input->n_values : n_rows;
        if (!room)
            return PW_ERROR_MEMORY;
    }
    return self->row_line ? PW_OK : PW_ERROR_MEMORY;
}

/* ---- a .csv with a header ---- */

/* The place of a name among those of the column so far; -1 without memory. */
static int name_of(pw_sweep_texts_t *names, const char *text)
{
    for (int i = 0; i < names->n; i++)
        if (strcmp(names->text[i], text) == 0)
            return i;
    char **grown = pw_realloc(names->text, (size_t)names->n + 1, sizeof names->text[0]);
    if (!grown)
        return -1;
    names->text = grown;
    if (!(names->text[names->n] = pw_strdup(text)))
        return -1;
    return names->n++;
}

static pw_status_t take_names(const pw_csv_table_t *table, int column, pw_sweep_input_t *input, pw_findings_t *findings)
{
    input->is_text = true;
    for (int64_t i = 0; i < table->n_rows; i++) {
        const char *cell = pw_csv_cell(table, i, column);
        if (!cell[0])
            pw_findings_add(findings, table->path, table->line[i], input->path, "this cell is empty; allowed: the name of a scenario");
        int at = name_of(&input->names, cell);
        if (at < 0)
            return PW_ERROR_MEMORY;
        input->number[i] = at;
    }
    return PW_OK;
}

static pw_status_t take_column(const pw_csv_table_t *table, int column, pw_sweep_input_t *input, pw_findings_t *findings)
{
    if (strcmp(input->path, "scenario") == 0)
        return take_names(table, column, input, findings);
    for (int64_t i = 0; i < table->n_rows; i++)
        (void)pw_csv_number_at(table, i, column, false, &input->number[i], findings);
    return PW_OK;
}

static pw_status_t take_table(pw_sweep_file_t *self, const pw_csv_table_t *table, pw_findings_t *findings)
{
    if (table->n_rows == 0)
        pw_findings_add(findings, self->file, 1, NULL, "there is a header and no point below it; allowed: one row for each point");
    if (!(self->input = pw_alloc((size_t)table->n_columns, sizeof self->input[0])))
        return PW_ERROR_MEMORY;
    for (int j = 0; j < table->n_columns; j++) {
        self->input[j] = (pw_sweep_input_t){ .file = self->file, .line = 1, .low = NAN, .high = NAN, .scale = -1, .path = pw_strdup(table->column[j]) };
        self->n_inputs++;
        if (!self->input[j].path)
            return PW_ERROR_MEMORY;
    }
    pw_status_t status = make_room(self, table->n_rows);
    for (int64_t i = 0; i < table->n_rows && status == PW_OK; i++)
        self->row_line[i] = table->line[i];
    for (int j = 0; j < table->n_columns && status == PW_OK; j++)
        status = take_column(table, j, &self->input[j], findings);
    return status;
}

pw_status_t pw_sweep_rows_csv(pw_sweep_file_t *self, pw_findings_t *findings)
{
    pw_csv_table_t table = { 0 };
    self->kind = PW_SWEEP_LIST;
    pw_status_t status = pw_csv_read(&table, self->file, findings);
    if (status == PW_OK)
        status = take_table(self, &table, findings);
    pw_csv_table_free(&table);
    return status;
}

/* ---- a matrix without a header ---- */

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
static bool is_comment(const char *line) { return line[0] == '#' || line[0] == '%'; }

static const char *skip_blanks(const char *at)
{
    while (is_blank(*at))
        at++;
    return at;
}

typedef struct {
    const pw_sweep_file_t *file;
    pw_findings_t *findings;
    int line;
} row_t;

#define SAY(self, ...) pw_findings_add((self)->findings, (self)->file->matrix, (self)->line, NULL, __VA_ARGS__)

/* The next cell of a row, up to a comma or a blank; `comma`: there was one before it. False at the row's end. */
static bool next_cell(const char **at, bool *comma, char out[SHOWN])
{
    const char *begin = skip_blanks(*at);
    size_t n = strcspn(begin, ", \t\r");
    if (!*begin && !*comma)
        return false;
    snprintf(out, SHOWN, "%.*s", (int)(n < SHOWN ? n : SHOWN - 1), begin);
    *at = skip_blanks(begin + n);
    *comma = **at == ',';
    *at += *comma;
    return true;
}

/* Reads a row's numbers into `out` (as many as there are inputs). */
static bool read_row(const row_t *self, const char *line, double *out)
{
    char cell[SHOWN];
    int n = 0, wanted = self->file->n_inputs;
    bool comma = false;
    for (const char *at = line; next_cell(&at, &comma, cell); n++) {
        if (n < wanted && !cell[0]) {
            SAY(self, "number %d of the row (%s) is missing; allowed: a number for every input", n + 1, self->file->input[n].path);
            return false;
        }
        if (n < wanted && !pw_number_read_real(cell, &out[n])) {
            SAY(self, "\"%s\" (%s) is not a number that can be read; allowed: numbers, separated by blanks or commas, without a header", cell,
                self->file->input[n].path);
            return false;
        }
        if (n < wanted && self->file->unit && !(out[n] >= 0.0 && out[n] <= 1.0)) {
            SAY(self, "%s (%s) is out of range; allowed with unit = true: 0 to 1", cell, self->file->input[n].path);
            return false;
        }
    }
    if (n != wanted)
        SAY(self, "the row has %d number%s; allowed: %d, one for each input, in their order", n, n == 1 ? "" : "s", wanted);
    return n == wanted;
}

static int64_t count_rows(FILE *from)
{
    char *line = NULL;
    size_t room = 0;
    int64_t n = 0;
    while (getline(&line, &room, from) >= 0)
        n += !is_comment(line) && line[strspn(line, " \t\r\n")] != '\0';
    free(line);
    rewind(from);
    return n;
}

static pw_status_t read_rows(pw_sweep_file_t *self, FILE *from, pw_findings_t *findings)
{
    row_t row = { .file = self, .findings = findings };
    double *number = pw_alloc((size_t)self->n_inputs, sizeof number[0]);
    char *line = NULL;
    size_t room = 0;
    int64_t i = 0;
    while (number && getline(&line, &room, from) >= 0 && i < self->n_rows) {
        row.line++;
        line[strcspn(line, "\n")] = '\0';
        if (is_comment(line) || !*skip_blanks(line))
            continue;
        bool is_whole = read_row(&row, line, number);
        for (int j = 0; is_whole && j < self->n_inputs; j++)
            (self->unit ? self->input[j].coordinate : self->input[j].number)[i] = number[j];
        self->row_line[i++] = row.line;
    }
    free(line);
    pw_free(number);
    if (ferror(from))
        pw_findings_add(findings, self->matrix, row.line, NULL, "the file cannot be read to its end");
    return !number ? PW_ERROR_MEMORY : ferror(from) ? PW_ERROR_READ : PW_OK;
}

/* A matrix holds the values: an input of it has none of its own, and a range only where the matrix holds coordinates. */
static void check_inputs(const pw_sweep_file_t *self, pw_findings_t *findings)
{
    for (int j = 0; j < self->n_inputs; j++) {
        const pw_sweep_input_t *input = &self->input[j];
        if (input->n_values > 0 && !self->unit)
            pw_findings_add(findings, input->file, input->line, input->path, "values are given here and in the matrix; allowed: one of them");
        else if (!isnan(input->low) && !self->unit)
            pw_findings_add(findings, input->file, input->line, input->path,
                            "a range is given, but the matrix holds values; allowed: none, or unit = true in the design if the matrix "
                            "holds numbers from 0 to 1");
    }
}

pw_status_t pw_sweep_rows_matrix(pw_sweep_file_t *self, pw_findings_t *findings)
{
    FILE *from = pw_file_open(self->matrix);
    if (!from) {
        pw_findings_add(findings, self->file, self->kind_line, "matrix", "\"%s\" cannot be read: %s", self->matrix,
                        pw_file_why(errno));
        return PW_ERROR_READ;
    }
    size_t before = findings->n;
    check_inputs(self, findings);
    int64_t n_rows = count_rows(from);
    if (n_rows == 0)
        pw_findings_add(findings, self->matrix, 1, NULL, "there is no row of numbers here; allowed: one for each point");
    pw_status_t status = findings->n > before ? PW_OK : make_room(self, n_rows);
    if (status == PW_OK && findings->n == before)
        status = read_rows(self, from, findings);
    fclose(from);
    return status;
}
