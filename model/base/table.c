/* table.c: see table.h. */
#include "table.h"

#include "memory.h"

enum { GAP = 2 };

static void add(pw_table_t *self, pw_table_cell_t cell)
{
    if (self->n == self->room) {
        size_t room = self->room ? 2 * self->room : 64;
        pw_table_cell_t *grown = self->failed ? NULL : pw_realloc(self->cell, room, sizeof *grown);
        if (!grown) {
            pw_free(cell.text);
            self->failed = true;
            return;
        }
        self->cell = grown;
        self->room = room;
    }
    self->cell[self->n++] = cell;
}

void pw_table_cell(pw_table_t *self, enum pw_side side, const char *format, ...)
{
    va_list arguments;
    pw_text_t text = { 0 };
    va_start(arguments, format);
    pw_text_vprintf(&text, format, arguments);
    va_end(arguments);
    char *taken = pw_text_take(&text);
    if (taken) add(self, (pw_table_cell_t){ .text = taken, .side = side });
    else self->failed = true;
}

void pw_table_end_row(pw_table_t *self) { add(self, (pw_table_cell_t){ 0 }); }

void pw_table_rule(pw_table_t *self) { add(self, (pw_table_cell_t){ .rule = true }); }

static size_t count_columns(const pw_table_t *self)
{
    size_t most = 0, column = 0;
    for (size_t i = 0; i < self->n; i++) {
        column = self->cell[i].text ? column + 1 : 0;
        if (column > most) most = column;
    }
    return most;
}

static size_t measure(const pw_table_t *self, size_t *width, size_t n_columns)
{
    size_t column = 0, total = 0;
    for (size_t i = 0; i < self->n; i++) {
        const char *text = self->cell[i].text;
        size_t w = text ? pw_text_width(text) : 0;
        if (text && w > width[column]) width[column] = w;
        column = text ? column + 1 : 0;
    }
    for (size_t i = 0; i < n_columns; i++) total += width[i] + (i > 0 ? GAP : 0);
    return total;
}

pw_status_t pw_table_write(const pw_table_t *self, pw_text_t *to)
{
    if (self->failed) return PW_ERROR_MEMORY;
    size_t n_columns = count_columns(self);
    size_t *width = pw_alloc(n_columns, sizeof *width);
    if (!width) return PW_ERROR_MEMORY;
    size_t total = measure(self, width, n_columns), column = 0, owed = 0;   /* owed: blanks before the next text, none at a line's end */
    for (size_t i = 0; i < self->n; i++) {
        const pw_table_cell_t *cell = &self->cell[i];
        if (!cell->text) {
            if (cell->rule) pw_text_repeat(to, "-", total);
            pw_text_append(to, "\n");
            column = owed = 0;
            continue;
        }
        size_t blanks = width[column] - pw_text_width(cell->text);
        size_t before = owed + (column > 0 ? GAP : 0) + (cell->side == PW_RIGHT ? blanks : 0);
        owed = cell->side == PW_RIGHT ? 0 : blanks;
        if (cell->text[0]) {
            pw_text_repeat(to, " ", before);
            pw_text_append(to, cell->text);
        } else {
            owed += before;
        }
        column++;
    }
    pw_free(width);
    return to->failed ? PW_ERROR_MEMORY : PW_OK;
}

pw_status_t pw_table_print(const pw_table_t *self, FILE *to)
{
    pw_text_t text = { 0 };
    pw_status_t status = pw_table_write(self, &text);
    if (status == PW_OK && fputs(pw_text_get(&text), to) == EOF) status = PW_ERROR_WRITE;
    pw_text_free(&text);
    return status;
}

void pw_table_free(pw_table_t *self)
{
    for (size_t i = 0; i < self->n; i++) pw_free(self->cell[i].text);
    pw_free(self->cell);
    *self = (pw_table_t){ 0 };
}
