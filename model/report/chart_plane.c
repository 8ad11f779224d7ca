/* chart_plane.c: what it costs against what it averts, draw by draw. */
#include <math.h>
#include <string.h>

#include "charts.h"

enum { FEW = 4, MOST_POINTS = 200, MOST = 31, NAME_LINES = 2 };

static double mean_of(const double *x, int64_t n)
{
    double sum = 0.0;
    int64_t known = 0;
    for (int64_t i = 0; i < n; i++)
        if (!isnan(x[i])) {
            sum += x[i];
            known++;
        }
    return known > 0 ? sum / (double)known : NAN;
}

/* Every k-th draw, so that a picture does not grow with the run. */
static int64_t stride_of(const pw_cloud_t *cloud) { return cloud->n / MOST_POINTS + 1; }

static void find_range(const pw_cloud_t *cloud, int n, bool points, double x[2], double y[2])
{
    x[0] = x[1] = y[0] = y[1] = 0.0;
    for (int i = 0; i < n; i++) {
        double mean[2] = { mean_of(cloud[i].x, cloud[i].n), mean_of(cloud[i].y, cloud[i].n) };
        for (int64_t k = -1; k < (points ? cloud[i].n : 0); k += k < 0 ? 1 : stride_of(&cloud[i])) {
            double at[2] = { k < 0 ? mean[0] : cloud[i].x[k], k < 0 ? mean[1] : cloud[i].y[k] };
            x[0] = fmin(x[0], at[0]);
            x[1] = fmax(x[1], at[0]);
            y[0] = fmin(y[0], at[1]);
            y[1] = fmax(y[1], at[1]);
        }
    }
}

static void write_csv(pw_chart_t *chart, const pw_cloud_t *cloud, int n, bool points)
{
    pw_text_append(&chart->csv, "series,label,is_mean,x,y\n");
    for (int i = 0; i < n; i++)
        for (int64_t k = -1; k < (points ? cloud[i].n : 0); k += k < 0 ? 1 : stride_of(&cloud[i])) {
            pw_chart_number(chart, i + 1);
            pw_chart_text(chart, cloud[i].label);
            pw_chart_number(chart, k < 0);
            pw_chart_number(chart, k < 0 ? mean_of(cloud[i].x, cloud[i].n) : cloud[i].x[k]);
            pw_chart_number(chart, k < 0 ? mean_of(cloud[i].y, cloud[i].n) : cloud[i].y[k]);
            pw_chart_row(chart);
        }
}

/* Names under the picture, each with its mark; of many, numbers in the picture and names in the table beside it. */
static void write_names(pw_chart_t *chart, const pw_cloud_t *cloud, int n, int from)
{
    static const char *const mark[FEW] = { "●", "▲", "■", "◆" };
    for (int i = 0; i < n && n <= FEW; i++) {
        pw_text_t text = { 0 };
        pw_text_printf(&text, "%s %s", mark[i], cloud[i].label);
        int lines = pw_chart_break(pw_text_get(&text), PW_CHART_LETTERS, NAME_LINES, NULL, NULL);
        pw_chart_label(chart, pw_text_get(&text), (pw_label_t){ 12, from, "left", PW_CHART_LETTERS, NAME_LINES, 0, pw_chart_colour(i + 1) });
        from += lines * PW_CHART_LINE;
        pw_text_free(&text);
    }
}

static int height_of_names(const pw_cloud_t *cloud, int n)
{
    int lines = 0;
    for (int i = 0; i < n; i++) {
        pw_text_t name = { 0 };
        pw_text_printf(&name, "● %s", cloud[i].label);
        lines += pw_chart_break(pw_text_get(&name), PW_CHART_LETTERS, NAME_LINES, NULL, NULL);
        pw_text_free(&name);
    }
    return lines * PW_CHART_LINE + 6;
}

static void write_plot(pw_chart_t *chart, double x_unit, double y_unit, int n, bool points)
{
    static const int kind[FEW] = { 7, 9, 5, 13 };
    pw_text_printf(&chart->script, "u=%.9g; v=%.9g\nplot ", x_unit, y_unit);
    for (int i = 0; i < n && points; i++)
        pw_text_printf(&chart->script, "'%s.csv' skip 1 using ($1==%d&&$3==0?$4/u:NaN):($5/v) with points pointtype %d pointsize 0.35*p linecolor rgb '%s', ",
                       chart->name, i + 1, kind[i % FEW], pw_chart_colour(i + 1));
    for (int i = 0; i < n && points; i++)
        pw_text_printf(&chart->script, "%s'%s.csv' skip 1 using ($1==%d&&$3==1?$4/u:NaN):($5/v) with points pointtype %d pointsize 2*p "
                       "linecolor rgb '#ffffff', "
                                       "'' skip 1 using ($1==%d&&$3==1?$4/u:NaN):($5/v) with points pointtype %d pointsize 1.6*p linecolor rgb '%s'",
                       i > 0 ? ", " : "", chart->name, i + 1, kind[i % FEW], i + 1, kind[i % FEW], pw_chart_colour(i + 1));
    if (!points)
        pw_text_printf(&chart->script, "'%s.csv' skip 1 using ($4/u):($5/v):1 with labels textcolor rgb '#0072B2'", chart->name);
}

void pw_chart_plane(pw_charts_t *charts, pw_caption_t caption, const char *x_label, const char *y_label, const pw_cloud_t *cloud, int n)
{
    double x[2], y[2];
    pw_text_t label = { 0 };
    pw_chart_t *chart = pw_charts_add(charts, "%s", caption.name);
    pw_text_append(&chart->title, caption.title);
    pw_text_append(&chart->about, caption.about);
    n = n < MOST ? n : MOST;
    bool points = n <= FEW;
    find_range(cloud, n, points, x, y);
    pw_axis_t across = pw_axis_make(x[0], x[1], true), up = pw_axis_make(y[0], y[1], true);
    chart->top += PW_CHART_LINE + 6;
    chart->bottom = 84 + (points ? height_of_names(cloud, n) : 0);
    chart->height = chart->top + 300 + chart->bottom;
    pw_chart_frame(chart);
    pw_text_printf(&label, "%s%s%s", up.word, up.word[0] ? " " : "", y_label);
    pw_chart_label(chart, pw_text_get(&label), (pw_label_t){ 8, chart->top - PW_CHART_LINE / 2.0 - 10, "left", PW_CHART_LETTERS, 1, 0, NULL });
    pw_text_clear(&label);
    pw_text_printf(&label, "%s%s%s", across.word, across.word[0] ? " " : "", x_label);
    pw_chart_label(chart, pw_text_get(&label), (pw_label_t){ PW_CHART_WIDTH - 8, chart->height - chart->bottom + 62, "right", PW_CHART_LETTERS, 1, 0, NULL });
    pw_text_free(&label);
    write_names(chart, cloud, n, chart->height - chart->bottom + 92);
    pw_axis_write(across, 'x', &chart->script);
    pw_axis_write(up, 'y', &chart->script);
    pw_text_append(&chart->script, "set arrow from 0, graph 0 to 0, graph 1 nohead back linecolor rgb '#595959' dashtype 3\n"
                                   "set arrow from graph 0, first 0 to graph 1, first 0 nohead back linecolor rgb '#595959' dashtype 3\n");
    write_csv(chart, cloud, n, points);
    write_plot(chart, across.unit, up.unit, n, points);
}
