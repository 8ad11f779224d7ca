/* chart_bars.c: wholes of parts, and plain bars. */
#include <math.h>

#include "charts.h"
#include "digits.h"

enum { LETTERS = 16, LETTERS_COMPACT = 14 /* cut anywhere, so every one is taken */, LEFT = 206, LINE = 23, GAP = 16, LABEL_LINES = 4,
       BAR = 30, BAR_COMPACT = 22, GAP_COMPACT = 5, MOST_ROWS = 64, END = 70, A_NUMBER = 12 };

/* From dark to light and back, so that neighbours differ in grey too. */
static const char *const part_colour[PW_MAX_PARTS] = { "#0072B2", "#E69F00", "#56B4E9", "#D55E00", "#F0E442", "#009E73", "#CC79A7", "#999999" };
static const bool is_dark[PW_MAX_PARTS] = { true, false, false, true, false, true, false, false };

/* How bars lie: their thickness, what is between them, lines of a label and letters in one; whether numbers are whole per cents, and their size. */
typedef struct { int bar, gap, most, letters; bool shares; int points; } lie_t;

static double sum_of(const pw_bar_row_t *row, int n_parts)
{
    double sum = 0.0;
    for (int p = 0; p < n_parts; p++)
        sum += isnan(row->part[p]) ? 0.0 : row->part[p];
    return sum;
}

/* A square of its colour, its letter (for where colours do not show) and its name for each part; two side by side. Returns the height. */
static int write_parts(pw_chart_t *chart, const char *const *part, int n_parts, int from)
{
    for (int p = 0; p < n_parts; p++) {
        int x = 12 + (p % 2) * (PW_CHART_WIDTH / 2), y = from + p / 2 * PW_CHART_LINE + PW_CHART_LINE / 2;
        pw_text_printf(&chart->script, "set object rectangle from screen %.4f, screen %.4f to screen %.4f, screen %.4f fillcolor rgb '%s' fillstyle solid "
                       "border linecolor rgb '#595959'\n",
                       (double)x / PW_CHART_WIDTH, 1.0 - (y - 7.0) / chart->height, (x + 16.0) / PW_CHART_WIDTH, 1.0 - (y + 7.0) / chart->height,
                       part_colour[p]);
        pw_text_t name = { 0 };
        pw_text_printf(&name, "%c %s", 'A' + p, part[p]);
        pw_chart_label(chart, pw_text_get(&name), (pw_label_t){ x + 24, y, "left", 22, 1, 0, NULL });
        pw_text_free(&name);
    }
    return (n_parts + 1) / 2 * PW_CHART_LINE;
}

/* One bar's parts, from 0 on, with their numbers where there is room; a single part has its number at its end. */
static void write_bar(pw_chart_t *chart, pw_axis_t axis, const pw_bar_row_t *row, int n_parts, lie_t lie, double at)
{
    double from = 0.0, px = (PW_CHART_WIDTH - chart->left - chart->right) / (axis.high - axis.low);
    for (int p = 0; p < n_parts; p++) {
        double value = row->part[p] / axis.unit;
        char text[40] = "";
        pw_text_t number = { 0 };
        pw_chart_text(chart, row->label);
        pw_chart_number(chart, p + 1);
        pw_chart_number(chart, row->part[p]);
        pw_chart_number(chart, from * axis.unit);
        pw_chart_number(chart, at);
        pw_chart_row(chart);
        if (isnan(value))
            continue;
        if (lie.shares)
            pw_text_printf(&number, "%.0f", value);
        else
            pw_put_number_cell(value, PW_OF_RESULT, &number);
        if (n_parts > 1)
            snprintf(text, sizeof text, "%c %s", 'A' + p, pw_text_get(&number));
        double width = value * px, room = (double)pw_text_width(text) * A_NUMBER;
        if (n_parts == 1)
            pw_text_printf(&chart->script, "set label '%s' at first %.9g, first %g offset character 0.5, 0 left front font sprintf(',%%g',%d*f) "
                           "textcolor rgb '#262626'\n", pw_text_get(&number), fmax(value, 0.0), at, lie.points);
        else if (width > room)
            pw_text_printf(&chart->script, "set label '%s' at first %.9g, first %g center front font sprintf(',%%g',%d*f) textcolor rgb '%s'\n", text,
                           from + value / 2.0, at, lie.points, is_dark[p] ? "#ffffff" : "#000000");
        from += value;
        pw_text_free(&number);
    }
}

static int tall_of(lie_t lie, int lines) { return lines * LINE > lie.bar ? lines * LINE : lie.bar; }

static void write_rows(pw_chart_t *chart, pw_axis_t axis, const pw_bar_row_t *row, int n, int n_parts, lie_t lie, const int *lines, int height)
{
    int y = lie.gap;
    for (int i = 0; i < n; i++) {
        int tall = tall_of(lie, lines[i]), middle = y + tall / 2, first = chart->top + middle - (lines[i] - 1) * LINE / 2;
        pw_chart_label(chart, row[i].label, (pw_label_t){ chart->left - 10, first, "right", lie.letters, lie.most, 0, NULL });
        write_bar(chart, axis, &row[i], n_parts, lie, height - middle);
        y += tall + lie.gap;
    }
}

static void write_plot(pw_chart_t *chart, pw_axis_t axis, int n_parts, int bar)
{
    pw_text_printf(&chart->script, "u=%.9g\nset style fill solid 1.0 border linecolor rgb '#ffffff'\nplot ", axis.unit);
    for (int p = 0; p < n_parts; p++)
        pw_text_printf(&chart->script, "%s'%s.csv' skip 1 using ($2==%d?($4+$3/2)/u:NaN):5:($3/2/u):(%d) with boxxyerror linecolor rgb '%s'", p > 0 ? ", " : "",
                       chart->name, p + 1, bar / 2, part_colour[p]);
}

void pw_chart_bars(pw_charts_t *charts, pw_caption_t caption, const char *axis_label, const char *const *part, int n_parts, const pw_bar_row_t *row, int n)
{
    lie_t lie = caption.compact ? (lie_t){ BAR_COMPACT, GAP_COMPACT, 1, LETTERS_COMPACT, caption.shares, 17 }
                                : (lie_t){ BAR, GAP, LABEL_LINES, LETTERS, caption.shares, 20 };
    int lines[MOST_ROWS], height = lie.gap;
    double low = 0.0, high = 0.0;
    pw_text_t text = { 0 };
    pw_chart_t *chart = pw_charts_add(charts, "%s", caption.name);
    pw_text_append(&chart->title, caption.title);
    pw_text_append(&chart->about, caption.about);
    n = n < MOST_ROWS ? n : MOST_ROWS;
    n_parts = n_parts < PW_MAX_PARTS ? n_parts : PW_MAX_PARTS;
    for (int i = 0; i < n; i++) {
        lines[i] = pw_chart_break(row[i].label, lie.letters, lie.most, NULL, NULL);
        height += tall_of(lie, lines[i]) + lie.gap;
        low = fmin(low, sum_of(&row[i], n_parts));
        high = fmax(high, sum_of(&row[i], n_parts));
    }
    int legend = n_parts > 1 ? (n_parts + 1) / 2 * PW_CHART_LINE + 6 : 0;
    chart->left = LEFT;
    chart->right = n_parts == 1 ? END : chart->right;
    chart->top += legend;
    chart->height = chart->top + height + chart->bottom;
    pw_axis_t axis = pw_axis_make(low, high, true);
    pw_chart_frame(chart);
    if (n_parts > 1)
        write_parts(chart, part, n_parts, chart->top - legend);
    pw_text_printf(&chart->script, "set yrange [0:%d]\nunset ytics\nset border 1\n", height);
    pw_axis_write(axis, 'x', &chart->script);
    pw_text_printf(&text, "%s%s%s", axis.word, axis.word[0] ? " " : "", axis_label);
    pw_chart_label(chart, pw_text_get(&text), (pw_label_t){ PW_CHART_WIDTH - 8, chart->height - 18, "right", PW_CHART_LETTERS, 1, 0, NULL });
    pw_text_free(&text);
    pw_text_append(&chart->csv, "label,part,value,from,position\n");
    write_rows(chart, axis, row, n, n_parts, lie, lines, height);
    write_plot(chart, axis, n_parts, lie.bar);
}
