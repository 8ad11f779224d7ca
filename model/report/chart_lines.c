/* chart_lines.c: a course over time, with the name at the end of each line. */
#include <math.h>

#include "charts.h"

enum { RIGHT = 214, SAMPLE = 38 /* of a line, before its name */, LETTERS = 13, LABEL_LINES = 5, LINE = 23, MOST = 8, INSIDE = 280 };

static void find_range(const pw_line_t *line, int n, double x[2], double y[2])
{
    x[0] = y[0] = INFINITY;
    x[1] = y[1] = -INFINITY;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < line[i].n; k++) {
            const double value[3] = { line[i].y[k], line[i].low ? line[i].low[k] : NAN, line[i].high ? line[i].high[k] : NAN };
            x[0] = fmin(x[0], line[i].x[k]);
            x[1] = fmax(x[1], line[i].x[k]);
            for (int v = 0; v < 3; v++) {
                y[0] = fmin(y[0], value[v]);      /* fmin and fmax pass nan over */
                y[1] = fmax(y[1], value[v]);
            }
        }
}

static void write_csv(pw_chart_t *chart, const pw_line_t *line, int n)
{
    pw_text_append(&chart->csv, "series,label,x,y,low,high\n");
    for (int i = 0; i < n; i++)
        for (int k = 0; k < line[i].n; k++) {
            pw_chart_number(chart, i + 1);
            pw_chart_text(chart, line[i].label);
            pw_chart_number(chart, line[i].x[k]);
            pw_chart_number(chart, line[i].y[k]);
            pw_chart_number(chart, line[i].low ? line[i].low[k] : NAN);
            pw_chart_number(chart, line[i].high ? line[i].high[k] : NAN);
            pw_chart_row(chart);
        }
}

/* Lines differ in colour, in dash and, the first, in thickness. */
static const int dash[] = { 1, 2, 3, 4 }, mark[] = { 7, 9, 5, 13 };
static int thickness_of(int line) { return line == 0 ? 3 : 2; }

static double last_value(const pw_line_t *line)
{
    for (int k = line->n - 1; k >= 0; k--)
        if (!isnan(line->y[k]))
            return line->y[k];
    return NAN;
}

static int height_of_ends(const pw_line_t *line, int n)
{
    int height = 0;
    for (int i = 0; i < n; i++)
        height += LINE * pw_chart_break(line[i].label, LETTERS, LABEL_LINES, NULL, NULL) + 4;
    return height;
}

/* A piece of the line, and its name. */
static void write_end(pw_chart_t *chart, const pw_line_t *line, int number, double y)
{
    double x = PW_CHART_WIDTH - RIGHT + 8, at = 1.0 - y / chart->height;
    pw_text_printf(&chart->script, "set arrow from screen %.4f, screen %.4f to screen %.4f, screen %.4f nohead front linewidth %d dashtype "
                   "%d linecolor rgb '%s'\n", x / PW_CHART_WIDTH, at,
                   (x + SAMPLE) / PW_CHART_WIDTH, at, thickness_of(number), dash[number % 4], pw_chart_colour(number));
    pw_chart_label(chart, line->label, (pw_label_t){ x + SAMPLE + 8, y, "left", LETTERS, LABEL_LINES, 0, NULL });
}

/* Labels beside the lines' ends, pushed apart where they would overlap: from the top down, then back up from the bottom. */
static void write_ends(pw_chart_t *chart, pw_axis_t axis, const pw_line_t *line, int n)
{
    int order[MOST] = { 0 }, lines[MOST] = { 0 };
    double y[MOST] = { 0 }, inside = chart->height - chart->top - chart->bottom;
    for (int i = 0; i < n; i++) {
        double end = last_value(&line[i]) / axis.unit;
        order[i] = i;
        lines[i] = pw_chart_break(line[i].label, LETTERS, LABEL_LINES, NULL, NULL);
        y[i] = chart->top + (isnan(end) ? 0.5 : (axis.high - end) / (axis.high - axis.low)) * inside;
    }
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0 && y[order[k]] < y[order[k - 1]]; k--) {
            int swap = order[k];
            order[k] = order[k - 1];
            order[k - 1] = swap;
        }
    if (n > 0)      /* the highest stays below the title */
        y[order[0]] = fmax(y[order[0]], chart->top + LINE * (lines[order[0]] - 1) / 2.0);
    for (int i = 1; i < n; i++) {
        int above = order[i - 1], here = order[i];
        y[here] = fmax(y[here], y[above] + LINE * (lines[above] + lines[here]) / 2.0 + 4.0);
    }
    for (int i = n - 1; i >= 0; i--) {
        int here = order[i];
        double most = i == n - 1 ? chart->height - chart->bottom - LINE * (lines[here] - 1) / 2.0
                                 : y[order[i + 1]] - LINE * (lines[here] + lines[order[i + 1]]) / 2.0 - 4.0;
        y[here] = fmin(y[here], most);
        write_end(chart, &line[here], here, y[here] - LINE * (lines[here] - 1) / 2.0);
    }
}

static void write_plot(pw_chart_t *chart, pw_axis_t axis, pw_axis_t across, const pw_line_t *line, int n, bool points)
{
    pw_text_printf(&chart->script, "u=%.9g; w=%.9g\nplot ", axis.unit, across.unit);
    for (int i = 0; i < n; i++)
        if (line[i].low)
            pw_text_printf(&chart->script, "'%s.csv' skip 1 using ($1==%d?$3/w:NaN):($5/u):($6/u) with filledcurves fillcolor rgb '%s' fillstyle "
                           "transparent solid 0.16 noborder, ", chart->name, i + 1, i == 0 ? "#000000" : pw_chart_colour(i));
    for (int i = 0; i < n && points; i++)
        pw_text_printf(&chart->script, "'%s.csv' skip 1 using ($1==%d?$3/w:NaN):($4/u) with points pointtype %d pointsize p linecolor rgb '%s', ", chart->name,
                       i + 1, mark[i % 4], pw_chart_colour(i));
    for (int i = 0; i < n; i++)
        pw_text_printf(&chart->script, "%s'%s.csv' skip 1 using ($1==%d?$3/w:NaN):($4/u) with lines linewidth %d dashtype %d linecolor rgb '%s'",
                       i > 0 ? ", " : "", chart->name, i + 1, thickness_of(i), dash[i % 4], pw_chart_colour(i));
}

void pw_chart_lines(pw_charts_t *charts, pw_caption_t caption, pw_line_axes_t axes, const pw_line_t *line, int n)
{
    double x[2], y[2];
    pw_text_t label = { 0 };
    pw_chart_t *chart = pw_charts_add(charts, "%s", caption.name);
    pw_text_append(&chart->title, caption.title);
    pw_text_append(&chart->about, caption.about);
    n = n < MOST ? n : MOST;
    find_range(line, n, x, y);
    x[0] = axes.points && axes.from_zero ? fmin(x[0], 0.0) : x[0];
    if (!isnan(axes.y_most))
        y[1] = axes.y_most;
    else if (axes.from_zero && y[0] == 0.0 && y[1] == 0.0)
        y[1] = 1.0;      /* what is 0 everywhere has no half below 0: nobody waits minus one day */
    pw_axis_t axis = pw_axis_make(y[0], y[1], axes.from_zero);
    chart->right = RIGHT;
    chart->top += PW_CHART_LINE + 6;
    int ends = height_of_ends(line, n);
    chart->height = chart->top + (ends > INSIDE ? ends : INSIDE) + chart->bottom;
    pw_chart_frame(chart);
    pw_text_printf(&label, "%s%s%s", axis.word, axis.word[0] ? " " : "", axes.y_label);
    pw_chart_label(chart, pw_text_get(&label), (pw_label_t){ 8, chart->top - PW_CHART_LINE / 2.0 - 10, "left", PW_CHART_LETTERS, 1, 0, NULL });
    pw_axis_t across = pw_axis_make(x[0], x[1], axes.from_zero);
    pw_text_clear(&label);
    pw_text_printf(&label, "%s%s%s", across.word, across.word[0] ? " " : "", axes.x_label);
    pw_chart_label(chart, pw_text_get(&label), (pw_label_t){ chart->left, chart->height - 18, "left", PW_CHART_LETTERS, 1, 0, NULL });
    pw_axis_write(axis, 'y', &chart->script);
    pw_text_append(&chart->script, "set grid ytics linecolor rgb '#d9d9d9' linewidth 1\n");
    pw_axis_write(across, 'x', &chart->script);
    if (isfinite(x[0]) && x[1] > x[0])
        pw_text_printf(&chart->script, "set xrange [%.9g:%.9g]\n", x[0] / across.unit, x[1] / across.unit);
    write_csv(chart, line, n);
    write_ends(chart, axis, line, n);
    write_plot(chart, axis, across, line, n, axes.points);
    pw_text_free(&label);
}
