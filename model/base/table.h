/* table.h: a table of texts, aligned for a terminal.
 *
 * What question it answers: how do these cells stand in columns, whatever their alphabet?
 * Floor: base. Starts zeroed. Cells are copied; rows may differ in length; memory that runs out is remembered in `failed`.
 *
 *     pw_table_t table = { 0 };
 *     pw_table_cell(&table, PW_LEFT, "measure");   pw_table_cell(&table, PW_RIGHT, "baseline");   pw_table_end_row(&table);
 *     pw_table_rule(&table);
 *     pw_table_cell(&table, PW_LEFT, "repeat notifications");   pw_table_cell(&table, PW_RIGHT, "%s", number);   pw_table_end_row(&table);
 *     pw_status_t status = pw_table_print(&table, stdout);
 *     pw_table_free(&table); */
#ifndef PW_BASE_TABLE_H
#define PW_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "error.h"
#include "text.h"

enum pw_side { PW_LEFT, PW_RIGHT };

typedef struct {
    char *text;           /* NULL: end of row, or (rule) a line across */
    enum pw_side side;
    bool rule;
} pw_table_cell_t;

typedef struct {
    pw_table_cell_t *cell;
    size_t n, room;
    bool failed;
} pw_table_t;

void pw_table_cell(pw_table_t *self, enum pw_side side, const char *format, ...) __attribute__((format(printf, 3, 4)));
void pw_table_end_row(pw_table_t *self);
/* A line of dashes across the table. */
void pw_table_rule(pw_table_t *self);

/* Columns are two spaces apart; no line ends in spaces. PW_ERROR_MEMORY if memory ran out anywhere. */
pw_status_t pw_table_write(const pw_table_t *self, pw_text_t *to);
/* The same to a stream; PW_ERROR_WRITE if it does not take it. */
pw_status_t pw_table_print(const pw_table_t *self, FILE *to);
void pw_table_free(pw_table_t *self);

#endif
