/* chart_svg.c: gnuplot's SVG as a picture of a page: ids of its own, a title and a description, and points as plain shapes.
 *
 * gnuplot defines its points once and refers to them, with colours by inheritance ("currentColor" as a fill), which WeasyPrint 57 cannot draw. So each point
 * becomes the shape that it refers to, in its own colour, and definitions that nothing refers to any more go. What gnuplot would have a
 * browser show under the pointer, its own command, goes too. Nothing else is changed. */
#include <string.h>

#include "chart.h"
#include "html.h"

typedef struct { const char *at; size_t n; } piece_t;      /* bytes of gnuplot's text; n 0: none */

static const char *bounded(const char *from, const char *end, const char *text)
{
    const char *found = strstr(from, text);
    return found && found < end ? found : NULL;
}

/* The value of an attribute ("fill='red'") of the element that reaches from `element` to `end`. */
static piece_t attribute(const char *element, const char *end, const char *name)
{
    for (const char *p = element; (p = bounded(p, end, name)); p += strlen(name)) {
        const char *value = p + strlen(name), *quote = value + 2;
        if (p[-1] != ' ' || value[0] != '=' || (value[1] != '\'' && value[1] != '"'))
            continue;
        while (quote < end && *quote != value[1])
            quote++;
        return (piece_t){ value + 2, (size_t)(quote - value - 2) };
    }
    return (piece_t){ 0 };
}

/* The element whose id it is, among the definitions. */
static piece_t definition(piece_t defs, piece_t id)
{
    for (const char *p = defs.at; (p = bounded(p, defs.at + defs.n, "<")); p++) {
        const char *end = bounded(p, defs.at + defs.n, ">");
        piece_t own = end ? attribute(p, end, "id") : (piece_t){ 0 };
        if (own.n > 0 && own.n == id.n && memcmp(own.at, id.at, id.n) == 0)
            return (piece_t){ p, (size_t)(end + 1 - p) };
    }
    return (piece_t){ 0 };
}

static bool is_name(const char *at, size_t n, const char *name) { return n == strlen(name) && memcmp(at, name, n) == 0; }

/* The attributes of an element but those of a reference; `own`: what it has already, which stays. */
static void copy_attributes(piece_t element, piece_t own, piece_t colour, pw_text_t *out)
{
    static const char *const dropped[] = { "id", "xlink:href", "transform" };
    const char *end = element.at + element.n;
    for (const char *p = element.at + 1; p < end && *p != ' ' && *p != '>'; p++, element.at = p)
        ;
    for (const char *p = element.at; p < end && *p != '>';) {
        const char *equals = bounded(p, end, "=");
        if (!equals)
            return;
        for (; *p == ' '; p++)
            ;
        char name[32];
        size_t n = (size_t)(equals - p);
        bool drop = n >= sizeof name;
        snprintf(name, sizeof name, "%.*s", drop ? 0 : (int)n, p);
        for (size_t k = 0; k < sizeof dropped / sizeof dropped[0] && !drop; k++)
            drop = strcmp(name, dropped[k]) == 0;
        piece_t value = attribute(p - 1, end, name);
        if (!value.at)
            return;
        if (!drop && (!own.at || !attribute(own.at, own.at + own.n, name).at)) {
            bool current = is_name(value.at, value.n, "currentColor");
            pw_text_printf(out, " %s='%.*s'", name, (int)(current ? colour.n : value.n), current ? colour.at : value.at);
        }
        p = value.at + value.n + 1;
    }
}

/* Writes the shape that a reference means. False: there is none (the reference is copied then). */
static bool write_shape(piece_t defs, piece_t reference, piece_t colour, pw_text_t *out)
{
    enum { DEEPEST = 4 };
    piece_t chain[DEEPEST] = { reference };
    int n = 1;
    for (; n < DEEPEST; n++) {
        const char *end = chain[n - 1].at + chain[n - 1].n;
        piece_t target = attribute(chain[n - 1].at, end, "xlink:href");
        if (target.n < 2)
            return false;
        chain[n] = definition(defs, (piece_t){ target.at + 1, target.n - 1 });
        if (chain[n].n == 0)
            return false;
        if (strncmp(chain[n].at, "<use", 4) != 0)
            break;
    }
    if (n == DEEPEST)
        return false;
    size_t tag = strcspn(chain[n].at, " >");
    pw_text_append_bytes(out, chain[n].at, tag);
    pw_text_append(out, " transform='");
    for (int k = 0; k <= n; k++) {
        piece_t transform = attribute(chain[k].at, chain[k].at + chain[k].n, "transform");
        pw_text_printf(out, "%s%.*s", k > 0 && transform.n > 0 ? " " : "", (int)transform.n, transform.n > 0 ? transform.at : "");
    }
    pw_text_append(out, "'");
    copy_attributes(chain[n], (piece_t){ 0 }, colour, out);
    for (int k = n - 1; k > 0; k--)
        copy_attributes(chain[k], chain[n], colour, out);
    pw_text_append(out, "/>");
    return true;
}

/* Where a title of gnuplot's ("'waits.csv' skip 1 using ...") that begins here is over; `from`: none begins. */
static const char *past_title(const char *from, const char *end)
{
    const char *over = strncmp(from, "<title>", strlen("<title>")) == 0 ? bounded(from, end, "</title>") : NULL;
    return over ? over + strlen("</title>") : from;
}

/* Copies up to `end`, with `name` before what follows each of the marks, points as shapes, and no titles. */
static void copy_body(const char *from, const char *end, piece_t defs, const char *name, pw_text_t *out)
{
    static const char *const mark[] = { "id='", "id=\"", "href='#", "href=\"#", "url(#" };
    while (from < end) {
        size_t found = 0;
        const char *next = past_title(from, end);
        if (next != from) {
            from = next;
            continue;
        }
        if (defs.n > 0 && strncmp(from, "<use ", 5) == 0) {
            const char *close = strchr(from, '>');
            piece_t reference = { from, close ? (size_t)(close + 1 - from) : 0 };
            if (close && write_shape(defs, reference, attribute(from, close, "color"), out)) {
                from = close + 1;
                continue;
            }
        }
        for (size_t k = 0; k < sizeof mark / sizeof mark[0] && !found; k++)
            if (strncmp(from, mark[k], strlen(mark[k])) == 0)
                found = strlen(mark[k]);
        pw_text_append_bytes(out, from, found ? found : 1);
        if (found)
            pw_text_printf(out, "%s-", name);
        from += found ? found : 1;
    }
}

void pw_chart_tidy_svg(const char *svg, const char *name, const char *title, const char *about, pw_text_t *out)
{
    const char *start = strstr(svg, "<svg"), *open = start ? strchr(start, '>') : NULL, *body = open ? strstr(open, "</desc>") : NULL;
    if (!body)
        return;
    pw_text_append_bytes(out, start, (size_t)(open - start));
    pw_text_printf(out, " role=\"img\" aria-labelledby=\"%s-title %s-desc\">\n<title id=\"%s-title\">", name, name, name);
    pw_html_text(out, title);
    pw_text_printf(out, "</title>\n<desc id=\"%s-desc\">", name);
    pw_html_text(out, about);
    pw_text_append(out, "</desc>");
    body += strlen("</desc>");
    const char *defs = strstr(body, "<defs>"), *after = defs ? strstr(defs, "</defs>") : NULL;
    if (!after || strstr(after, "url(#")) {
        copy_body(body, body + strlen(body), (piece_t){ 0 }, name, out);
        return;
    }
    copy_body(body, defs, (piece_t){ 0 }, name, out);
    after += strlen("</defs>");
    copy_body(after, after + strlen(after), (piece_t){ defs, (size_t)(after - defs) }, name, out);
}
