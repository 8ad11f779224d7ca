/* chart.h: the one style in which every chart is drawn.
 *
 * What question it answers: how do these numbers become a picture that says one thing, to everybody?
 * Floor: report. A chart is a CSV table (the numbers behind it) and a few of gnuplot's commands that plot it; the style is here, once:
 * the message as title, the unit beside the axis, labels beside what they name instead of a key, one palette (Okabe & Ito 2008, for all kinds of
 * colour vision, in an order whose greys differ), letters of 1/28 of the width, so that they can be read at a third of a page's width.
 *
 * gnuplot reads nobody's settings (-d), so one run makes the same bytes. Texts of users reach it only in single quotes and with all its markup
 * switched off (noenhanced), apostrophes as ’; in the SVG they are escaped, and every id is the chart's own, so that many charts can stand in one page. */
#ifndef PW_REPORT_CHART_H
#define PW_REPORT_CHART_H

#include "../base/error.h"
#include "../base/folder.h"
#include "../base/text.h"

enum { PW_CHART_WIDTH = 560, PW_CHART_LINE = 24 /* of the title and of names */, PW_CHART_LETTERS = 45 /* in a line of the title */, PW_MAX_CHARTS = 128,
       PW_CHART_COLOURS = 7 };

typedef struct {
    char name[80];                      /* of its files: letters, digits, _ and - */
    pw_text_t title, about;             /* the message; what the picture shows, for those who do not see it */
    pw_text_t csv, script;
    int height;                         /* px, of PW_CHART_WIDTH wide; so are the next four */
    int left, right, top, bottom;       /* margins: set before pw_chart_frame */
    bool started;                       /* the CSV's row has a cell */
    char *svg;                          /* for a page: without the XML declaration; NULL until drawn */
    char *png;
    size_t n_png;
} pw_chart_t;

typedef struct {
    int n;
    bool failed, drawn;
    pw_chart_t *chart[PW_MAX_CHARTS];
    pw_chart_t spare;                   /* what pw_charts_add returns without memory or room: it is never drawn */
    char why[512];                      /* drawn is false: a sentence for people */
} pw_charts_t;

/* A new chart. Never NULL; lack of memory shows in `failed`. */
pw_chart_t *pw_charts_add(pw_charts_t *self, const char *name, ...);

/* The CSV behind it. Quotes in texts become ', line ends become blanks. */
void pw_chart_text(pw_chart_t *self, const char *text);
void pw_chart_number(pw_chart_t *self, double value);      /* nan: missing */
void pw_chart_row(pw_chart_t *self);

/* A text as gnuplot's strings, one a line: lines of at most `letters`, at most `most` of them, the rest cut off with an ellipsis (behind a
 * word, but anywhere if there is only one line). `each` may be NULL.
 * Returns how many lines. */
int pw_chart_break(const char *text, int letters, int most, void (*each)(void *context, int line, const char *quoted), void *context);
/* Title, margins, borders: after title and margins are set, before anything is plotted. `top` grows by the lines of the title. */
void pw_chart_frame(pw_chart_t *self);
/* Where and how a label stands: px from the top left, of the middle of its first line; every line is a label of its own, for terminals differ in how far
 * they set lines apart. points 0: 20. colour NULL: nearly black. */
typedef struct { double x, y; const char *side; int letters, most, points; const char *colour; } pw_label_t;
void pw_chart_label(pw_chart_t *self, const char *text, pw_label_t label);
/* From the middle of one line to that of the next, px. */
int pw_label_line(int points);

/* An axis from low to high (a little room added, 0 inside if `zero`) in at most five steps, two numbers at least, and what its numbers are divided by, with
 * the word for it: "", "thousand", "million". */
typedef struct { double low, high, step, unit; const char *word; } pw_axis_t;
pw_axis_t pw_axis_make(double low, double high, bool zero);
/* "set xrange ... set xtics ..." for gnuplot; axis 'x' or 'y'. */
void pw_axis_write(pw_axis_t axis, char which, pw_text_t *script);

/* The k-th colour, "#0072B2", and dash. */
const char *pw_chart_colour(int k);

/* Draws all. PW_OK also when gnuplot is not there or fails: `drawn` is false then and `why` a sentence. PW_ERROR_STOPPED: somebody asked to stop. */
pw_status_t pw_charts_draw(pw_charts_t *self);
/* charts/NAME.csv, and .svg and .png if drawn, in place of all that an earlier report left there. PW_ERROR_STOPPED: somebody asked to stop. */
pw_status_t pw_charts_write(const pw_charts_t *self, pw_folder_t *folder);
void pw_charts_free(pw_charts_t *self);

/* Makes gnuplot's SVG a page's own (chart_svg.c): `name` before every id, title and description inside, role="img", points as plain shapes. Exported for its
 * test. */
void pw_chart_tidy_svg(const char *svg, const char *name, const char *title, const char *about, pw_text_t *out);

#endif
