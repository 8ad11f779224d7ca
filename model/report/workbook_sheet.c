#include "workbook_sheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/text.h"

#define LINE_POINTS 15.0      /* height of a line of Calibri 11 */

static lxw_format *format(lxw_workbook *book, const char *number, bool bold, uint16_t size)
{
    lxw_format *one = workbook_add_format(book);
    if (!one)
        return NULL;
    format_set_font_name(one, "Calibri");
    format_set_font_size(one, size);
    format_set_align(one, LXW_ALIGN_VERTICAL_TOP);
    if (number)
        format_set_num_format(one, number);
    if (bold)
        format_set_bold(one);
    return one;
}

static lxw_format *heading(lxw_workbook *book, bool right)
{
    lxw_format *one = format(book, NULL, true, 11);
    if (!one)
        return NULL;
    format_set_bottom(one, LXW_BORDER_THIN);
    format_set_bg_color(one, 0xE8EEF4);
    format_set_text_wrap(one);
    format_set_align(one, LXW_ALIGN_VERTICAL_BOTTOM);
    if (right)
        format_set_align(one, LXW_ALIGN_RIGHT);
    return one;
}

/* Text beside numbers: set in a little, and in a colour. */
static lxw_format *coloured(lxw_workbook *book, lxw_color_t colour)
{
    lxw_format *one = format(book, NULL, false, 11);
    if (!one)
        return NULL;
    format_set_font_color(one, colour);
    format_set_indent(one, 1);
    return one;
}

static lxw_format *across(lxw_workbook *book)
{
    lxw_format *one = heading(book, false);
    if (!one)
        return NULL;
    format_set_align(one, LXW_ALIGN_CENTER);
    format_set_left(one, LXW_BORDER_THIN);
    return one;
}

void pw_book_init(pw_book_t *self, lxw_workbook *book)
{
    *self = (pw_book_t){ .book = book };
    self->look[PW_LOOK_TEXT] = format(book, NULL, false, 11);
    self->look[PW_LOOK_WRAPPED] = coloured(book, 0x000000);
    if (self->look[PW_LOOK_WRAPPED])
        format_set_text_wrap(self->look[PW_LOOK_WRAPPED]);
    self->look[PW_LOOK_HEADING] = heading(book, false);
    self->look[PW_LOOK_HEADING_RIGHT] = heading(book, true);
    self->look[PW_LOOK_HEADING_ACROSS] = across(book);
    self->look[PW_LOOK_TITLE] = format(book, NULL, true, 14);
    self->look[PW_LOOK_SMALL] = coloured(book, 0x555555);
    self->look[PW_LOOK_WHOLE] = format(book, "#,##0", false, 11);
    self->look[PW_LOOK_ONE_DECIMAL] = format(book, "#,##0.0", false, 11);
    self->look[PW_LOOK_TWO_DECIMALS] = format(book, "#,##0.00", false, 11);
    self->look[PW_LOOK_POUNDS] = format(book, "£#,##0;-£#,##0", false, 11);
    self->look[PW_LOOK_BETTER] = coloured(book, 0x005A8C);         /* dark blue, vermilion: told apart by colour-blind readers and in grey */
    self->look[PW_LOOK_WORSE] = coloured(book, 0xB23C00);
}

enum pw_look pw_look_for(const char *unit, double value)
{
    double size = fabs(value);
    if (strncmp(unit, "£", strlen("£")) == 0)
        return size < 10.0 ? PW_LOOK_TWO_DECIMALS : PW_LOOK_POUNDS;
    return size >= 1000.0 ? PW_LOOK_WHOLE : size >= 10.0 || value == 0.0 ? PW_LOOK_ONE_DECIMAL : PW_LOOK_TWO_DECIMALS;
}

static void put(pw_sheet_t *self, const char *text, enum pw_look look)
{
    if (*text && worksheet_write_string(self->sheet, (lxw_row_t)self->row, (lxw_col_t)self->column, text, self->book->look[look]) != LXW_NO_ERROR)
        self->failed = true;
}

static void widen(pw_sheet_t *self, int width)
{
    if (self->column < PW_SHEET_COLUMNS && width > self->width[self->column])
        self->width[self->column] = width;
    self->column++;
    if (self->column > self->columns)
        self->columns = self->column;
}

void pw_sheet_begin(pw_sheet_t *self, pw_book_t *book, const char *name, const char *title, const char *sentence, int widest)
{
    *self = (pw_sheet_t){ .book = book, .name = name, .widest = widest, .sheet = workbook_add_worksheet(book->book, name) };
    if (!self->sheet) {
        self->failed = true;
        return;
    }
    put(self, title, PW_LOOK_TITLE);
    self->row++;
    put(self, sentence, PW_LOOK_TEXT);
    self->row += 2;
    worksheet_set_landscape(self->sheet);
    worksheet_set_paper(self->sheet, 9);                           /* A4 */
    worksheet_fit_to_pages(self->sheet, 1, 0);
}

void pw_sheet_heading(pw_sheet_t *self, const char *text, bool right)
{
    self->header_row = self->row;
    int width = (int)pw_text_width(text);
    put(self, text, right ? PW_LOOK_HEADING_RIGHT : PW_LOOK_HEADING);
    if (width / 13 >= self->lines)
        self->lines = width / 13 + 1;
    widen(self, width < 14 ? width + 2 : 16);
}

void pw_sheet_heading_across(pw_sheet_t *self, const char *text, int columns)
{
    lxw_col_t first = (lxw_col_t)self->column, last = (lxw_col_t)(self->column + columns - 1);
    if (columns == 1)
        put(self, text, PW_LOOK_HEADING_ACROSS);
    else if (worksheet_merge_range(self->sheet, (lxw_row_t)self->row, first, (lxw_row_t)self->row, last, text, self->book->look[PW_LOOK_HEADING_ACROSS]) !=
             LXW_NO_ERROR)
        self->failed = true;
    if ((int)pw_text_width(text) / (12 * columns) >= self->lines)
        self->lines = (int)pw_text_width(text) / (12 * columns) + 1;
    self->column += columns;
}

void pw_sheet_end_headings(pw_sheet_t *self)
{
    pw_sheet_end_row(self);
    worksheet_freeze_panes(self->sheet, (lxw_row_t)self->row, 1);
    worksheet_repeat_rows(self->sheet, (lxw_row_t)self->header_row, (lxw_row_t)self->header_row);
}

void pw_sheet_headings(pw_sheet_t *self, const char *const *headings, int n_texts)
{
    for (int i = 0; headings[i]; i++)
        pw_sheet_heading(self, headings[i], i >= n_texts);
    pw_sheet_end_headings(self);
}

void pw_sheet_text(pw_sheet_t *self, const char *text, enum pw_look look)
{
    int width = (int)pw_text_width(text) + 3;
    put(self, text, look);
    if (look == PW_LOOK_WRAPPED && width / (self->widest - 2) >= self->lines)
        self->lines = width / (self->widest - 2) + 1;
    widen(self, width);
}

void pw_sheet_number(pw_sheet_t *self, double value, enum pw_look look)
{
    if (!isnan(value) &&
        worksheet_write_number(self->sheet, (lxw_row_t)self->row, (lxw_col_t)self->column, value, self->book->look[look]) != LXW_NO_ERROR)
        self->failed = true;
    widen(self, 11);
}

void pw_sheet_end_row(pw_sheet_t *self)
{
    if (self->lines > 1)
        worksheet_set_row(self->sheet, (lxw_row_t)self->row, LINE_POINTS * self->lines, NULL);
    self->row++;
    self->column = self->lines = 0;
}

void pw_sheet_end(pw_sheet_t *self)
{
    for (int c = 0; c < self->columns && c < PW_SHEET_COLUMNS; c++)
        worksheet_set_column(self->sheet, (lxw_col_t)c, (lxw_col_t)c, self->width[c] < self->widest ? self->width[c] : self->widest, NULL);
    if (self->header_row > 0 && self->row > self->header_row + 1)
        worksheet_autofilter(self->sheet, (lxw_row_t)self->header_row, 0, (lxw_row_t)(self->row - 1), (lxw_col_t)(self->columns - 1));
}

void pw_series_look(lxw_chart_series *series, int i, const char *name, bool bars)
{
    static const lxw_color_t colour[PW_SERIES_MOST] = { 0x000000, 0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00 };
    lxw_chart_line line = { .color = colour[i], .width = 1.75F };
    lxw_chart_fill fill = { .color = colour[i] };
    char text[128];
    snprintf(text, sizeof text, "%.120s", name);
    for (char *c = text; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    chart_series_set_name(series, text);
    if (bars)
        chart_series_set_fill(series, &fill);
    else
        chart_series_set_line(series, &line);
}
