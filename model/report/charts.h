/* charts.h: the families of charts.
 *
 * What question it answers: how does a comparison, a course over time, a whole made of parts, a cloud of draws, or a flow look?
 * Floor: report. One file each: chart_forest.c, chart_lines.c, chart_bars.c, chart_flow.c, chart_plane.c. Each function adds one chart, with the
 * message as title and `about` for those who do not see it; texts and numbers are copied. */
#ifndef PW_REPORT_CHARTS_H
#define PW_REPORT_CHARTS_H

#include "../measure/statistics.h"
#include "chart.h"

/* compact: the rows' labels have a number in front (pw_briefing_label): one line of each is enough. shares: numbers beside bars are whole per cents. */
typedef struct { const char *name, *title, *about; bool compact, shares; } pw_caption_t;
/* Neither compact nor shares. */
pw_caption_t pw_caption(const char *name, const pw_text_t *title, const pw_text_t *about);

/* ---- forest: one row each, a point and its interval; clear of 0 filled, else hollow ---- */
typedef struct { const char *label; pw_summary_t s; } pw_forest_row_t;
/* `axis_label`: the unit, and which side is better. `shared` (may be NULL): low and high of the axis, so that several charts can be compared. An
 * interval many times longer than most is cut at the picture's edge, with an arrow; the CSV has it whole. */
void pw_chart_forest(pw_charts_t *charts, pw_caption_t caption, const char *axis_label, const pw_forest_row_t *row, int n, const double *shared);
/* Low and high that hold all intervals but those many times longer than most, and the point of every row. */
void pw_forest_range(const pw_forest_row_t *row, int n, double range[2]);

/* Two points a row, joined: where `from` and `to` are named in the axis label. */
typedef struct { const char *label; double from, to; } pw_span_row_t;
void pw_chart_spans(pw_charts_t *charts, pw_caption_t caption, const char *axis_label, const pw_span_row_t *row, int n, double middle);

/* ---- lines: a course over time, with a band around the first ---- */
typedef struct { const char *label; int n; const double *x, *y, *low, *high; } pw_line_t;      /* low, high NULL: no band; nan: missing */
/* y_most nan: as the numbers need; points: marked on the lines */
typedef struct { const char *x_label, *y_label; bool from_zero; double y_most; bool points; } pw_line_axes_t;
void pw_chart_lines(pw_charts_t *charts, pw_caption_t caption, pw_line_axes_t axes, const pw_line_t *line, int n);

/* ---- bars: wholes of parts, row by row; with one part, plain bars ---- */
enum { PW_MAX_PARTS = 8 };
typedef struct { const char *label; double part[PW_MAX_PARTS]; } pw_bar_row_t;
void pw_chart_bars(pw_charts_t *charts, pw_caption_t caption, const char *axis_label, const char *const *part, int n_parts, const pw_bar_row_t *row, int n);

/* ---- flow: how many of 100 families' notifications went where ---- */
typedef struct { const char *from, *to; double width; } pw_flow_t;
/* `first` is where all begins; what goes back to an earlier place is named under the picture, not drawn. `of` is what the widths count. */
void pw_chart_flow(pw_charts_t *charts, pw_caption_t caption, const char *of, const char *first, const pw_flow_t *flow, int n);

/* ---- plane: pounds against effect, a point a draw ---- */
typedef struct { const char *label; int64_t n; const double *x, *y; } pw_cloud_t;
void pw_chart_plane(pw_charts_t *charts, pw_caption_t caption, const char *x_label, const char *y_label, const pw_cloud_t *cloud, int n);

#endif
