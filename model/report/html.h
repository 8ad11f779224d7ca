/* html.h: text as HTML, and tables that everybody can read.
 *
 * What question it answers: how does this text stand in a page, whatever is in it?
 * Floor: report. Everything that is not a tag of ours goes through pw_html_text: < > & " ' become entities, control characters become blanks. */
#ifndef PW_REPORT_HTML_H
#define PW_REPORT_HTML_H

#include "../base/text.h"

/* Appends `text`, escaped: for the inside of an element or of an attribute in quotes. SVG takes the same. */
void pw_html_text(pw_text_t *out, const char *text);
/* Appends <tag>...</tag> and a line end; `tag` may have attributes ("p class=\"note\""). What the format makes is escaped. */
void pw_html_element(pw_text_t *out, const char *tag, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A table: begin, then cells and ends of rows (the first row is the header: its cells are <th scope="col">, and the first cell of each later
 * row is <th scope="row">), then end. */
typedef struct { pw_text_t *to; int row, column; } pw_html_table_t;
pw_html_table_t pw_html_table_begin(pw_text_t *to, const char *caption);
/* Numbers stand to the right. */
void pw_html_cell(pw_html_table_t *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
void pw_html_number(pw_html_table_t *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
void pw_html_row(pw_html_table_t *self);
void pw_html_table_end(pw_html_table_t *self);

#endif
