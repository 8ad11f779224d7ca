#include "html.h"

#include <string.h>

void pw_html_text(pw_text_t *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        switch (*p) {
        case '<': pw_text_append(out, "&lt;"); break;
        case '>': pw_text_append(out, "&gt;"); break;
        case '&': pw_text_append(out, "&amp;"); break;
        case '"': pw_text_append(out, "&quot;"); break;
        case '\'': pw_text_append(out, "&#39;"); break;
        default: pw_text_append_bytes(out, (unsigned char)*p < 0x20 || *p == 0x7f ? " " : p, 1); break;
        }
    }
}

static void escaped(pw_text_t *out, const char *format, va_list arguments)
{
    pw_text_t text = { 0 };
    pw_text_vprintf(&text, format, arguments);
    pw_html_text(out, pw_text_get(&text));
    out->failed = out->failed || text.failed;
    pw_text_free(&text);
}

void pw_html_element(pw_text_t *out, const char *tag, const char *format, ...)
{
    va_list arguments;
    pw_text_printf(out, "<%s>", tag);
    va_start(arguments, format);
    escaped(out, format, arguments);
    va_end(arguments);
    pw_text_printf(out, "</%.*s>\n", (int)strcspn(tag, " "), tag);
}

pw_html_table_t pw_html_table_begin(pw_text_t *to, const char *caption)
{
    pw_text_append(to, "<table>\n");
    if (caption)
        pw_html_element(to, "caption", "%s", caption);
    return (pw_html_table_t){ .to = to };
}

static void cell(pw_html_table_t *self, bool number, const char *format, va_list arguments)
{
    bool heading = self->row == 0 || self->column == 0;
    if (self->column == 0)
        pw_text_append(self->to, self->row == 0 ? "<thead>\n<tr>" : self->row == 1 ? "<tbody>\n<tr>" : "<tr>");
    pw_text_printf(self->to, "<%s%s%s>", heading ? "th" : "td", !heading ? "" : self->row == 0 ? " scope=\"col\"" : " scope=\"row\"",
                   number ? " class=\"n\"" : "");
    escaped(self->to, format, arguments);
    pw_text_printf(self->to, "</%s>", heading ? "th" : "td");
    self->column++;
}

void pw_html_cell(pw_html_table_t *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cell(self, false, format, arguments);
    va_end(arguments);
}

void pw_html_number(pw_html_table_t *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cell(self, true, format, arguments);
    va_end(arguments);
}

void pw_html_row(pw_html_table_t *self)
{
    pw_text_append(self->to, self->row == 0 ? "</tr>\n</thead>\n" : "</tr>\n");
    self->row++;
    self->column = 0;
}

void pw_html_table_end(pw_html_table_t *self)
{
    pw_text_append(self->to, self->row > 1 ? "</tbody>\n</table>\n" : "</table>\n");
}
