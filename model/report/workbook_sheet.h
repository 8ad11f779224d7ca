/* workbook_sheet.h: one sheet of the workbook, filled from left to right and from top to bottom.
 *
 * What question it answers: how do a heading, a text and a number look in the workbook?
 * Floor: report. Used by the workbook*.c files alone. Formats are made once; a sheet remembers the widest text of each column. */
#ifndef PW_REPORT_WORKBOOK_SHEET_H
#define PW_REPORT_WORKBOOK_SHEET_H

#include <stdbool.h>
#include <xlsxwriter.h>

#include "../base/csv_read.h"

enum { PW_SHEET_COLUMNS = 160, PW_SERIES_MOST = 6 /* more lines or bars than this cannot be told apart */ };

/* One look each. Numbers are shown with as many digits as their size bears out; the cell holds all of them. */
enum pw_look { PW_LOOK_TEXT, PW_LOOK_WRAPPED, PW_LOOK_HEADING, PW_LOOK_HEADING_RIGHT, PW_LOOK_HEADING_ACROSS, PW_LOOK_TITLE, PW_LOOK_SMALL, PW_LOOK_WHOLE,
               PW_LOOK_ONE_DECIMAL, PW_LOOK_TWO_DECIMALS, PW_LOOK_POUNDS, PW_LOOK_BETTER, PW_LOOK_WORSE, PW_LOOKS };

typedef struct {
    lxw_workbook *book;
    lxw_format *look[PW_LOOKS];
} pw_book_t;

typedef struct {
    pw_book_t *book;
    lxw_worksheet *sheet;
    const char *name;
    int row, column, header_row;          /* header_row: where the table's headings stand */
    int columns;                          /* the most cells of a row */
    int width[PW_SHEET_COLUMNS];
    int widest, lines;                    /* the widest column there may be, in characters; lines of the present row */
    bool failed;
} pw_sheet_t;

void pw_book_init(pw_book_t *self, lxw_workbook *book);

/* A new sheet with its title, a sentence below it, and an empty row; no column is wider than `widest` characters, longer texts are wrapped. */
void pw_sheet_begin(pw_sheet_t *self, pw_book_t *book, const char *name, const char *title, const char *sentence, int widest);
/* The headings of its table: NULL ends them. Frozen, with filters once the sheet ends. The first `n_texts` columns hold texts. */
void pw_sheet_headings(pw_sheet_t *self, const char *const *headings, int n_texts);
void pw_sheet_heading(pw_sheet_t *self, const char *text, bool right);
/* A heading above `columns` headings; the row of these comes next. */
void pw_sheet_heading_across(pw_sheet_t *self, const char *text, int columns);
void pw_sheet_end_headings(pw_sheet_t *self);

void pw_sheet_text(pw_sheet_t *self, const char *text, enum pw_look look);       /* "": an empty cell */
void pw_sheet_number(pw_sheet_t *self, double value, enum pw_look look);         /* nan: an empty cell */
void pw_sheet_end_row(pw_sheet_t *self);
/* Sets widths and filters. */
void pw_sheet_end(pw_sheet_t *self);

/* The look that shows a number of this unit and size: pounds; days and percentages with one decimal; small ones with two. */
enum pw_look pw_look_for(const char *unit, double value);

/* The name (_ as blanks) and colour of the i-th series of a chart: the baseline black, then Okabe & Ito's palette (2008), as in the other charts. */
void pw_series_look(lxw_chart_series *series, int i, const char *name, bool bars);

/* ---- workbook_queues.c ---- */

/* The sheet of monthly.csv: waits, lines and places in use; `scenario`: the names of the n scenarios, in order. */
pw_status_t pw_workbook_queues(const char *const *scenario, int n, const pw_csv_table_t *monthly, pw_book_t *book, pw_findings_t *findings);

#endif
