/* chart_forest.c: points with their intervals, one below the other. */
#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "charts.h"

enum { LETTERS = 18, LONG = 36 /* a label longer than this takes more of the width */, LETTERS_LONG = 25, LEFT_LONG = 306,
       LETTERS_COMPACT = 16 /* cut anywhere, so every one is taken */, LEFT = 226, LINE = 23, GAP = 14, GAP_COMPACT = 4, LABEL_LINES = 4, MANY_TIMES = 8 };

static void interval_of(const pw_summary_t *s, double *low, double *high)
{
    if (!pw_interval_shown(s, low, high))
        *low = *high = s->mean;
}

void pw_forest_range(const pw_forest_row_t *row, int n, double range[2])
{
    double *size = pw_alloc((size_t)(n > 0 ? n : 1), sizeof size[0]), most = INFINITY;
    int known = 0;
    range[0] = range[1] = 0.0;
    for (int i = 0; size && i < n; i++) {
        double low, high;
        interval_of(&row[i].s, &low, &high);
        double reach = fmax(fabs(low), fabs(high));
        if (reach > 0.0)
            size[known++] = reach;
    }
    if (known > 1) {
        pw_sort_numbers(size, known);
        most = MANY_TIMES * pw_quantile_sorted(size, known, 0.5);
    }
    pw_free(size);
    for (int i = 0; i < n; i++) {
        double low, high;
        interval_of(&row[i].s, &low, &high);
        if (low < range[0])
            range[0] = fmax(low, -most);
        if (high > range[1])
            range[1] = fmin(high, most);
        range[0] = fmin(range[0], row[i].s.mean);      /* a point stands where it is, never at the edge (nan: fmin passes it over) */
        range[1] = fmax(range[1], row[i].s.mean);
    }
}

/* The rows' labels at the left, and where each row lies: px from the bottom of the picture's inside. Returns its height. */
static int place_rows(pw_chart_t *chart, const char *(*label)(const void *rows, int i), const void *rows, int n, bool compact, double *at)
{
    bool is_long = false;
    for (int i = 0; i < n && i < 64 && !compact; i++)
        is_long |= pw_text_width(label(rows, i)) > LONG;
    int gap = compact ? GAP_COMPACT : GAP, letters = compact ? LETTERS_COMPACT : is_long ? LETTERS_LONG : LETTERS;
    int most = compact ? 1 : LABEL_LINES, height = gap, lines[64], y;
    for (int i = 0; i < n && i < 64; i++) {
        lines[i] = pw_chart_break(label(rows, i), letters, most, NULL, NULL);
        height += lines[i] * LINE + gap;
    }
    chart->left = is_long ? LEFT_LONG : LEFT;
    chart->height = chart->top + height + chart->bottom;
    pw_chart_frame(chart);
    y = gap;
    for (int i = 0; i < n && i < 64; i++) {
        int middle = y + lines[i] * LINE / 2;
        at[i] = height - middle;
        int first = chart->top + middle - (lines[i] - 1) * LINE / 2;
        pw_chart_label(chart, label(rows, i), (pw_label_t){ chart->left - 10, first, "right", letters, most, 0, NULL });
        y += lines[i] * LINE + gap;
    }
    pw_text_printf(&chart->script, "set yrange [0:%d]\nunset ytics\nset border 1\n", height);
    return height;
}

static const char *forest_label(const void *rows, int i) { return ((const pw_forest_row_t *)rows)[i].label; }
static const char *span_label(const void *rows, int i) { return ((const pw_span_row_t *)rows)[i].label; }

/* The axis: its numbers, a line at `middle`, and what it says under it. */
static void write_axis(pw_chart_t *chart, pw_axis_t axis, const char *label, double middle)
{
    pw_text_t text = { 0 };
    pw_axis_write(axis, 'x', &chart->script);
    pw_text_printf(&chart->script, "set arrow from %.9g, graph 0 to %.9g, graph 1 nohead back linecolor rgb '#595959' dashtype 3\n", middle / axis.unit,
                   middle / axis.unit);
    pw_text_printf(&text, "%s%s%s", axis.word, axis.word[0] ? " " : "", label);
    pw_chart_label(chart, pw_text_get(&text), (pw_label_t){ PW_CHART_WIDTH - 8, chart->height - 18, "right", PW_CHART_LETTERS, 1, 0, NULL });
    pw_text_free(&text);
}

/* Arrow heads where an interval goes on beyond the picture. */
static void write_cuts(pw_chart_t *chart, pw_axis_t axis, const pw_forest_row_t *row, int n, const double *at)
{
    double step = 0.03 * (axis.high - axis.low);
    for (int i = 0; i < n; i++) {
        double low, high;
        interval_of(&row[i].s, &low, &high);
        if (low / axis.unit < axis.low)
            pw_text_printf(&chart->script, "set arrow from %.9g,%g to %.9g,%g head filled size screen 0.02,25 linewidth 2 linecolor rgb '#595959'\n",
                           axis.low + step, at[i], axis.low, at[i]);
        if (high / axis.unit > axis.high)
            pw_text_printf(&chart->script, "set arrow from %.9g,%g to %.9g,%g head filled size screen 0.02,25 linewidth 2 linecolor rgb '#595959'\n",
                           axis.high - step, at[i], axis.high, at[i]);
    }
}

static void forest_csv(pw_chart_t *chart, const pw_forest_row_t *row, int n, const double *at)
{
    pw_text_append(&chart->csv, "label,mean,low,high,clear,position\n");
    for (int i = 0; i < n; i++) {
        double low, high;
        interval_of(&row[i].s, &low, &high);
        pw_chart_text(chart, row[i].label);
        pw_chart_number(chart, row[i].s.mean);
        pw_chart_number(chart, low);
        pw_chart_number(chart, high);
        pw_chart_number(chart, pw_clear_of_zero(&row[i].s));
        pw_chart_number(chart, at[i]);
        pw_chart_row(chart);
    }
}

void pw_chart_forest(pw_charts_t *charts, pw_caption_t caption, const char *axis_label, const pw_forest_row_t *row, int n, const double *shared)
{
    double range[2], at[64];
    pw_chart_t *chart = pw_charts_add(charts, "%s", caption.name);
    pw_text_append(&chart->title, caption.title);
    pw_text_append(&chart->about, caption.about);
    n = n < 64 ? n : 64;
    pw_forest_range(row, n, range);
    pw_axis_t axis = pw_axis_make(shared ? shared[0] : range[0], shared ? shared[1] : range[1], true);
    place_rows(chart, forest_label, row, n, caption.compact, at);
    write_axis(chart, axis, axis_label, 0.0);
    write_cuts(chart, axis, row, n, at);
    forest_csv(chart, row, n, at);
    pw_text_printf(&chart->script,
                   "u=%.9g; l=%.9g; h=%.9g; in(x)=x/u<l?l:x/u>h?h:x/u\n"
                   "plot '%s.csv' skip 1 using (in($3)):6:(in($4)-in($3)):(0) with vectors nohead linewidth 2 linecolor rgb '#767676', "
                   "'' skip 1 using ($5==1?in($3):NaN):6:(in($4)-in($3)):(0) with vectors nohead linewidth 4 linecolor rgb '#0072B2', "
                   "'' skip 1 using (in($2)):($5==0?$6:NaN) with points pointtype 7 pointsize 1.1*p linecolor rgb '#ffffff', "
                   "'' skip 1 using (in($2)):($5==0?$6:NaN) with points pointtype 6 pointsize 1.1*p linewidth 2 linecolor rgb '#595959', "
                   "'' skip 1 using (in($2)):($5==1?$6:NaN) with points pointtype 7 pointsize 1.3*p linecolor rgb '#0072B2'",
                   axis.unit, axis.low, axis.high, chart->name);
}

void pw_chart_spans(pw_charts_t *charts, pw_caption_t caption, const char *axis_label, const pw_span_row_t *row, int n, double middle)
{
    double low = middle, high = middle, at[64];
    pw_chart_t *chart = pw_charts_add(charts, "%s", caption.name);
    pw_text_append(&chart->title, caption.title);
    pw_text_append(&chart->about, caption.about);
    n = n < 64 ? n : 64;
    for (int i = 0; i < n; i++) {
        low = fmin(low, fmin(row[i].from, row[i].to));
        high = fmax(high, fmax(row[i].from, row[i].to));
    }
    pw_axis_t axis = pw_axis_make(low, high, false);
    place_rows(chart, span_label, row, n, caption.compact, at);
    write_axis(chart, axis, axis_label, middle);
    pw_text_append(&chart->csv, "label,lowest_fifth,highest_fifth,position\n");
    for (int i = 0; i < n; i++) {
        pw_chart_text(chart, row[i].label);
        pw_chart_number(chart, row[i].from);
        pw_chart_number(chart, row[i].to);
        pw_chart_number(chart, at[i]);
        pw_chart_row(chart);
    }
    pw_text_printf(&chart->script,
                   "u=%.9g\nplot '%s.csv' skip 1 using ($2/u):4:(($3-$2)/u):(0) with vectors nohead linewidth 7 linecolor rgb '#56B4E9', "
                   "'' skip 1 using ($2/u):4 with points pointtype 7 pointsize 1.2*p linecolor rgb '#ffffff', "
                   "'' skip 1 using ($2/u):4 with points pointtype 6 pointsize 1.2*p linewidth 2 linecolor rgb '#000000', "
                   "'' skip 1 using ($3/u):4 with points pointtype 7 pointsize 1.2*p linecolor rgb '#000000'",
                   axis.unit, chart->name);
}
