#include "csv_read.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "file.h"
#include "memory.h"
#include "number.h"
#include "text.h"

/* ---- the bytes ---- */

static pw_status_t read_bytes(const char *path, pw_text_t *out, pw_findings_t *findings)
{
    pw_status_t status = pw_file_read(path, out);
    if (status != PW_ERROR_READ)
        return status;
    char near[700];
    const char *why = pw_file_why(errno);
    pw_findings_add(findings, path, 0, NULL, "cannot be read: %s%s", why, errno == ENOENT ? pw_file_nearest(path, near, sizeof near) : "");
    return status;
}

/* ---- the cells ---- */

typedef struct {
    pw_csv_table_t *table;
    pw_findings_t *findings;
    char *at, *end;            /* what is still to be read */
    int line;
} reader_t;

/* Takes one cell, unquoting it in place. *last: it ends its row. NULL: a quote that never ends, or text after a closing one. */
static char *take_cell(reader_t *self, bool *last)
{
    char *from = self->at, *to = from, *cell = from;
    bool quoted = from < self->end && *from == '"';
    if (quoted) {
        from++;
        for (;; from++) {
            if (from == self->end)
                return NULL;
            if (*from == '"' && !(from + 1 < self->end && from[1] == '"'))
                break;
            from += *from == '"';
            self->line += *from == '\n';
            *to++ = *from;
        }
        from++;
    } else {
        while (from < self->end && *from != ',' && *from != '\n')
            from++;
        to = from > cell && from[-1] == '\r' && (from == self->end || *from == '\n') ? from - 1 : from;
    }
    if (quoted && from < self->end && *from == '\r')
        from++;
    if (from < self->end && *from != ',' && *from != '\n')
        return NULL;
    *last = from == self->end || *from == '\n';
    self->line += *last;
    self->at = from < self->end ? from + 1 : from;
    *to = '\0';                /* the comma, the line end or the closing quote; the bytes end in one NUL more */
    return cell;
}

static pw_status_t bad_quote(const reader_t *self, int line)
{
    pw_findings_add(self->findings, self->table->path, line, NULL, "a quotation mark is not closed, or text follows it");
    return PW_ERROR_INPUT;
}

static pw_status_t read_header(reader_t *self)
{
    pw_csv_table_t *table = self->table;
    int room = 1;
    for (const char *c = self->at; c < self->end && *c != '\n'; c++)
        room += *c == ',';
    table->column = pw_alloc((size_t)room, sizeof table->column[0]);
    if (!table->column)
        return PW_ERROR_MEMORY;
    for (bool last = false; !last;) {
        char *name = take_cell(self, &last);
        if (!name || table->n_columns == room)
            return bad_quote(self, 1);
        if (!*name || pw_csv_find(table, name) >= 0) {
            if (*name)
                pw_findings_add(self->findings, table->path, 1, NULL, "the heading \"%s\" stands twice", name);
            else
                pw_findings_add(self->findings, table->path, 1, NULL, "column %d has no heading", table->n_columns + 1);
            return PW_ERROR_INPUT;
        }
        table->column[table->n_columns++] = name;
    }
    return PW_OK;
}

static pw_status_t grow(pw_csv_table_t *self)
{
    if (self->n_rows < self->room)
        return PW_OK;
    int64_t room = self->room ? 2 * self->room : 64;
    char **cell = pw_realloc(self->cell, (size_t)room * (size_t)self->n_columns, sizeof cell[0]);
    if (cell)
        self->cell = cell;
    int *line = pw_realloc(self->line, (size_t)room, sizeof line[0]);
    if (line)
        self->line = line;
    if (!cell || !line)
        return PW_ERROR_MEMORY;
    self->room = room;
    return PW_OK;
}

static pw_status_t read_row(reader_t *self)
{
    pw_csv_table_t *table = self->table;
    int first = self->line, n = 0;
    pw_status_t status = grow(table);
    char **cell = status == PW_OK ? table->cell + table->n_rows * table->n_columns : NULL;
    for (bool last = false; status == PW_OK && !last; n++) {
        char *one = take_cell(self, &last);
        if (!one)
            return bad_quote(self, first);
        if (n < table->n_columns)
            cell[n] = one;
    }
    if (status == PW_OK && n != table->n_columns) {
        pw_findings_add(self->findings, table->path, first, NULL, "this row has %d cells; the header has %d", n, table->n_columns);
        status = PW_ERROR_INPUT;
    }
    if (status == PW_OK)
        table->line[table->n_rows++] = first;
    return status;
}

static pw_status_t read_table(reader_t *self)
{
    if (self->end - self->at >= 3 && memcmp(self->at, "\xEF\xBB\xBF", 3) == 0)
        self->at += 3;
    if (self->at == self->end) {
        pw_findings_add(self->findings, self->table->path, 0, NULL, "the file is empty; a header and rows were expected");
        return PW_ERROR_INPUT;
    }
    if (!pw_text_is_utf8(self->at, (size_t)(self->end - self->at))) {
        pw_findings_add(self->findings, self->table->path, 0, NULL, "this is no text in UTF-8");
        return PW_ERROR_INPUT;
    }
    while (self->end > self->at + 1 && self->end[-1] == '\n' && (self->end[-2] == '\n' || self->end[-2] == '\r'))
        self->end--;
    pw_status_t status = read_header(self);
    while (status == PW_OK && self->at < self->end)
        status = read_row(self);
    return status;
}

pw_status_t pw_csv_parse(pw_csv_table_t *self, const char *path, const char *bytes, size_t n, pw_findings_t *findings)
{
    self->path = pw_strdup(path);
    self->bytes = pw_alloc(n + 1, 1);
    if (!self->path || !self->bytes)
        return PW_ERROR_MEMORY;
    memcpy(self->bytes, bytes, n);
    reader_t reader = { .table = self, .findings = findings, .at = self->bytes, .end = self->bytes + n, .line = 1 };
    return read_table(&reader);
}

pw_status_t pw_csv_read(pw_csv_table_t *self, const char *path, pw_findings_t *findings)
{
    pw_text_t text = { 0 };
    pw_status_t status = read_bytes(path, &text, findings);
    if (status == PW_OK)
        status = pw_csv_parse(self, path, pw_text_get(&text), text.n, findings);
    pw_text_free(&text);
    return status;
}

void pw_csv_table_free(pw_csv_table_t *self)
{
    pw_free(self->path);
    pw_free(self->bytes);
    pw_free(self->column);
    pw_free(self->cell);
    pw_free(self->line);
    *self = (pw_csv_table_t){ 0 };
}

/* ---- looking up ---- */

int pw_csv_find(const pw_csv_table_t *self, const char *name)
{
    for (int i = 0; i < self->n_columns; i++)
        if (strcmp(self->column[i], name) == 0)
            return i;
    return -1;
}

int pw_csv_require(const pw_csv_table_t *self, const char *name, pw_findings_t *findings)
{
    int found = pw_csv_find(self, name);
    if (found >= 0)
        return found;
    int near = pw_text_nearest(name, (const char *const *)self->column, (size_t)self->n_columns);
    pw_findings_add(findings, self->path, 1, NULL, "there is no column \"%s\"%s%s%s", name, near >= 0 ? "; the nearest is \"" : "",
                    near >= 0 ? self->column[near] : "", near >= 0 ? "\"" : "");
    return -1;
}

void pw_csv_stand_for(pw_csv_table_t *self, int64_t row, int column, const char *text) { self->cell[row * self->n_columns + column] = (char *)(uintptr_t)text; }

const char *pw_csv_cell(const pw_csv_table_t *self, int64_t row, int column) { return self->cell[row * self->n_columns + column]; }

double pw_csv_value(const pw_csv_table_t *self, int64_t row, int column)
{
    double value;
    return pw_number_read_real(pw_csv_cell(self, row, column), &value) ? value : NAN;
}

bool pw_csv_number_at(const pw_csv_table_t *self, int64_t row, int column, bool may_be_missing, double *out, pw_findings_t *findings)
{
    const char *cell = pw_csv_cell(self, row, column);
    *out = NAN;
    if (!*cell && may_be_missing)
        return true;
    if (pw_number_read_real(cell, out))
        return true;
    if (*cell)
        pw_findings_add(findings, self->path, self->line[row], self->column[column], "\"%.40s\" is not a number", cell);
    else
        pw_findings_add(findings, self->path, self->line[row], self->column[column], "a number is missing");
    return false;
}
