/* Charts: texts, axes, the SVG that becomes part of a page, and that gnuplot draws what is asked and nothing that users wrote. */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/base/interrupt.h"
#include "../model/base/memory.h"
#include "../model/report/charts.h"
#include "harness.h"

static void collect(void *context, int line, const char *quoted) { pw_text_printf(context, "%s%s", line > 0 ? "|" : "", quoted); }

static void expect_lines(const char *text, int letters, int most, int lines, const char *expected)
{
    pw_text_t out = { 0 };
    CU_ASSERT_EQUAL(pw_chart_break(text, letters, most, collect, &out), lines);
    CU_ASSERT_EQUAL(pw_chart_break(text, letters, most, NULL, NULL), lines);
    PW_ASSERT_TEXT(pw_text_get(&out), expected);
    pw_text_free(&out);
}

static void test_labels_break_between_words_and_cannot_leave_their_quotes(void)
{
    expect_lines("plain", 10, 3, 1, "'plain'");
    expect_lines("two words", 4, 3, 3, "'two'|'word'|'s'");
    expect_lines("it's '; system 'id", 40, 1, 1, "'it’s ’; system ’id'");
    expect_lines("`id` \"x\"\n\\", 40, 1, 1, "'`id` \"x\" \\'");
    expect_lines("of 75.3 % all", 8, 3, 3, "'of'|'75.3 %'|'all'");      /* the sign stays with its number */
    expect_lines("one two three four", 9, 2, 2, "'one two'|'three'.'…'");
    expect_lines("4 Voluntary perpetrator programme", 18, 1, 1, "'4 Voluntary perpe'.'…'");
    expect_lines("", 9, 2, 1, "''");
    expect_lines("żółw żółw", 4, 2, 2, "'żółw'|'żółw'");
}

static void test_axes_have_few_round_steps_and_hold_what_they_must(void)
{
    static const double range[][2] = { { 0.0, 1.0 }, { -6.8, 3.3 }, { -0.004, 0.0001 }, { 0.0, 0.0 }, { 116021.0, 332999.0 }, { -3e8, 4e9 }, { 99.0, 100.0 },
                                       { -0.44, 0.41 }, { -0.9, 0.9 }, { -9.1, 9.9 } };
    for (size_t i = 0; i < sizeof range / sizeof range[0]; i++) {
        pw_axis_t axis = pw_axis_make(range[i][0], range[i][1], true);
        double steps = (axis.high - axis.low) / axis.step, digit = axis.step / pow(10.0, floor(log10(axis.step) + 1e-9));
        CU_ASSERT(axis.low * axis.unit <= range[i][0] && axis.high * axis.unit >= range[i][1]);
        CU_ASSERT(axis.low <= 0.0 && axis.high >= 0.0);
        CU_ASSERT(steps >= 1.0 && steps <= 5.0);
        CU_ASSERT(floor(axis.high / axis.step) - ceil(axis.low / axis.step) >= 1.0);      /* one number is no scale */
        CU_ASSERT(fabs(digit - 1.0) < 1e-6 || fabs(digit - 2.0) < 1e-6 || fabs(digit - 5.0) < 1e-6);
    }
    PW_ASSERT_TEXT(pw_axis_make(0.0, 333000.0, true).word, "thousand");
    PW_ASSERT_TEXT(pw_axis_make(0.0, 2e6, true).word, "million");
    CU_ASSERT(isfinite(pw_axis_make(NAN, INFINITY, false).step));
}

static void test_the_axis_numbers_have_commas_between_thousands(void)
{
    pw_text_t script = { 0 };
    pw_axis_write(pw_axis_make(0.0, 4000.0, true), 'y', &script);      /* below ten thousand there is no word for it */
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&script), "set ytics ('0' 0, '2,000' 2000, '4,000' 4000)"));
    pw_text_clear(&script);
    pw_axis_write(pw_axis_make(0.0, 0.4, true), 'x', &script);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&script), "'0.2' 0.2"));
    pw_text_free(&script);
}

static void test_rows_with_numbers_in_front_take_one_line_each(void)
{
    static const char title[] = "12 A policy whose title goes over more than a single line";
    pw_forest_row_t row[8];
    pw_charts_t *charts = pw_alloc(1, sizeof *charts);
    for (int i = 0; i < 8; i++)
        row[i] = (pw_forest_row_t){ title, { .mean = -1.0, .mc_se = 0.1, .low95 = -2.0, .high95 = -0.5, .draws = 9, .spread = PW_SPREAD_DRAWS } };
    pw_chart_forest(charts, (pw_caption_t){ "long", "x", "x", false, false }, "x", row, 8, NULL);
    pw_chart_forest(charts, (pw_caption_t){ "short", "x", "x", true, false }, "x", row, 8, NULL);
    CU_ASSERT(charts->chart[1]->height < charts->chart[0]->height / 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&charts->chart[1]->script), "12 A policy"));
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&charts->chart[1]->csv), title));
    pw_charts_free(charts);
    pw_free(charts);
}

static void test_what_is_0_everywhere_has_no_negative_half(void)
{
    static const double x[] = { 1.0, 2.0 }, zero[] = { 0.0, 0.0 };
    pw_charts_t *charts = pw_alloc(1, sizeof *charts);
    pw_line_t line = { "nothing", 2, x, zero, zero, zero };
    pw_chart_lines(charts, (pw_caption_t){ "waits", "x", "x", false, false }, (pw_line_axes_t){ "months", "days", true, NAN, false }, &line, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&charts->chart[0]->script), "set yrange [0:1"));
    pw_charts_free(charts);
    pw_free(charts);
}

static void test_an_svg_becomes_the_pages_own(void)
{
    static const char raw[] = "<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 1 1\">\n<title>x</title>\n<desc>Produced by GNUPLOT</desc>\n"
        "<g id=\"canvas\"><path id='gpPt1'/>"
                              "<use xlink:href='#gpPt1'/><title>'waits.csv' skip 1 using ($2==1?$3:NaN)</title><g filter='url(#box)'/></g></svg>";
    pw_text_t out = { 0 };
    pw_chart_tidy_svg(raw, "forest", "A < B", "\"about\"", &out);
    PW_ASSERT_TEXT(pw_text_get(&out), "<svg viewBox=\"0 0 1 1\" role=\"img\" aria-labelledby=\"forest-title forest-desc\">\n"
                   "<title id=\"forest-title\">A &lt; B</title>\n"
                                      "<desc id=\"forest-desc\">&quot;about&quot;</desc>\n<g id=\"forest-canvas\"><path id='forest-gpPt1'/><use "
                                      "xlink:href='#forest-gpPt1'/>"
                                      "<g filter='url(#forest-box)'/></g></svg>");
    pw_text_free(&out);
    pw_chart_tidy_svg("no picture", "forest", "", "", &out);
    PW_ASSERT_TEXT(pw_text_get(&out), "");
    pw_text_free(&out);
}

/* gnuplot's filled circle is a reference to a circle, turned and coloured by inheritance; a square on its corner is turned besides. A picture with a filter
 * keeps its definitions. */
static void test_points_become_shapes_in_their_own_colour(void)
{
    static const char raw[] = "<svg w=\"1\"><title>t</title><desc>d</desc><defs><circle id='gpPt5' stroke-width='0.133' stroke='currentColor' cx='0' r='1'/>"
                              "<use xlink:href='#gpPt5' id='gpPt6' fill='currentColor' stroke='none'/><rect id='gpPt3' stroke='currentColor' width='2'/>"
                              "<use xlink:href='#gpPt3' id='gpPt11' stroke='currentColor' transform='rotate(45)'/></defs><g>"
                              "<use xlink:href='#gpPt6' transform='translate(1,2)' color='red'/><use xlink:href='#gpPt11' transform='scale(3)' color='blue'/>"
                              "<use xlink:href='#gone' transform='scale(3)' color='blue'/></g></svg>";
    pw_text_t out = { 0 };
    pw_chart_tidy_svg(raw, "plane", "t", "d", &out);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&out), "</desc><g><circle transform='translate(1,2)' stroke-width='0.133' stroke='red' cx='0' r='1' fill='red'/>"
                                                     "<rect transform='scale(3) rotate(45)' stroke='blue' width='2'/>"
                                                     "<use xlink:href='#plane-gone' transform='scale(3)' color='blue'/></g></svg>"));
    CU_ASSERT_PTR_NULL(strstr(pw_text_get(&out), "<defs>"));
    pw_text_free(&out);
    pw_chart_tidy_svg("<svg><title>t</title><desc>d</desc><defs><circle id='a'/></defs><g filter='url(#b)'><use xlink:href='#a'/></g></svg>", "p", "t", "d",
                      &out);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&out), "<defs><circle id='p-a'/></defs><g filter='url(#p-b)'><use xlink:href='#p-a'/></g>"));
    pw_text_free(&out);
}

static pw_summary_t interval(double mean, double low, double high)
{
    return (pw_summary_t){ .mean = mean, .mc_se = 0.01, .low95 = low, .high95 = high, .draws = 100, .replications = 4, .spread = PW_SPREAD_DRAWS };
}

static void test_one_enormous_interval_does_not_flatten_the_others(void)
{
    const pw_forest_row_t row[] = { { "a", interval(1, -1, 2) }, { "b", interval(1, -2, 3) }, { "c", interval(0, -1e9, 1e12) } };
    double range[2];
    pw_forest_range(row, 3, range);
    PW_ASSERT_NEAR(range[0], -24.0, 1e-12);      /* eight times the middle reach, 3 */
    PW_ASSERT_NEAR(range[1], 24.0, 1e-12);
    pw_forest_range(row, 2, range);
    PW_ASSERT_NEAR(range[0], -2.0, 1e-12);
    PW_ASSERT_NEAR(range[1], 3.0, 1e-12);
    const pw_forest_row_t far[] = { { "a", interval(1, -1, 2) }, { "b", interval(1, -2, 3) }, { "c", interval(-50, -1e9, -10) } };
    pw_forest_range(far, 3, range);      /* a point that is clear of 0 stays in the picture */
    PW_ASSERT_NEAR(range[0], -50.0, 1e-12);
    const pw_forest_row_t unclear[] = { { "a", interval(1, -1, 2) }, { "b", interval(1, -2, 3) }, { "c", interval(-50, -1e9, 10) } };
    pw_forest_range(unclear, 3, range);      /* and so does one that is not */
    PW_ASSERT_NEAR(range[0], -50.0, 1e-12);
    pw_forest_range(row, 0, range);
    PW_ASSERT_NEAR(range[1] - range[0], 0.0, 0.0);
}

static void draw_all(pw_charts_t *charts)
{
    static const char hostile[] = "'; system('id >/tmp/owned'); print '`id` $(id) {/Symbol a} <script>&\"";
    const pw_caption_t caption = { "forest", hostile, hostile, false, false };
    const pw_forest_row_t rows[] = { { hostile, interval(-3, -5, -1) }, { "second", interval(1, -2, 3) } };
    const pw_span_row_t spans[] = { { hostile, -1.0, 2.0 } };
    const double x[] = { 0, 1, 2 }, y[] = { 5, NAN, 7 };
    const pw_line_t lines[] = { { hostile, 3, x, y, y, y }, { "flat", 3, x, x, NULL, NULL } };
    const char *part[] = { hostile, "b" };
    const pw_bar_row_t bars[] = { { hostile, { 1.0, 2.0 } }, { "none", { NAN, 0.0 } } };
    const pw_flow_t flow[] = { { "outside", "screening", 100.0 }, { "screening", hostile, 60.0 }, { "screening", "work", 40.0 }, { "work", "screening", 5.0 },
                               { "work", "closed", 35.0 } };
    const pw_cloud_t cloud[] = { { hostile, 3, x, y } };
    pw_chart_forest(charts, caption, hostile, rows, 2, NULL);
    pw_chart_spans(charts, (pw_caption_t){ "spans", hostile, hostile, false, false }, hostile, spans, 1, 0.0);
    pw_chart_lines(charts, (pw_caption_t){ "lines", hostile, hostile, false, false }, (pw_line_axes_t){ hostile, hostile, true, NAN, true }, lines, 2);
    pw_chart_bars(charts, (pw_caption_t){ "bars", hostile, hostile, false, false }, hostile, part, 2, bars, 2);
    pw_chart_flow(charts, (pw_caption_t){ "flow", hostile, hostile, false, false }, hostile, "outside", flow, 5);
    pw_chart_plane(charts, (pw_caption_t){ "plane", hostile, hostile, false, false }, hostile, hostile, cloud, 1);
}

static void test_every_family_draws_hostile_texts_as_texts_and_the_same_bytes_twice(void)
{
    pw_charts_t once = { 0 }, twice = { 0 };
    remove("/tmp/owned");
    draw_all(&once);
    draw_all(&twice);
    CU_ASSERT_EQUAL(pw_charts_draw(&once), PW_OK);
    CU_ASSERT_EQUAL(pw_charts_draw(&twice), PW_OK);
    PW_ASSERT_TEXT(once.why, "");
    CU_ASSERT_FATAL(once.drawn && twice.drawn);
    CU_ASSERT_EQUAL(once.n, 6);
    for (int i = 0; i < once.n; i++) {
        const pw_chart_t *a = once.chart[i], *b = twice.chart[i];
        CU_ASSERT(strstr(a->svg, "<script") == NULL && strstr(a->svg, "uid=") == NULL);
        CU_ASSERT(strstr(a->svg, "&lt;script") != NULL);
        PW_ASSERT_TEXT(a->svg, b->svg);
        CU_ASSERT(a->n_png > 1000 && a->n_png == b->n_png && memcmp(a->png, b->png, a->n_png) == 0);
    }
    FILE *owned = fopen("/tmp/owned", "r");
    CU_ASSERT(owned == NULL);
    if (owned)
        fclose(owned);
    pw_charts_free(&once);
    pw_charts_free(&twice);
}

/* As if Ctrl-C had come between gnuplot's end and the last chart's file. */
static void test_who_is_asked_to_stop_writes_no_further_chart(void)
{
    pw_charts_t charts = { 0 };
    pw_folder_t folder = { 0 };
    char path[64], chart[128];
    snprintf(path, sizeof path, "/tmp/pathways-charts-%ld", (long)getpid());
    draw_all(&charts);
    CU_ASSERT_EQUAL_FATAL(pw_folder_begin(&folder, path, false), PW_OK);
    pw_interrupt_install();
    CU_ASSERT_EQUAL(raise(SIGTERM), 0);
    CU_ASSERT_EQUAL(pw_charts_write(&charts, &folder), PW_ERROR_STOPPED);
    snprintf(chart, sizeof chart, "%s/charts/forest.csv", folder.hidden);
    CU_ASSERT_NOT_EQUAL(access(chart, F_OK), 0);
    pw_interrupt_reset();
    CU_ASSERT_EQUAL(pw_charts_write(&charts, &folder), PW_OK);
    CU_ASSERT_EQUAL(access(chart, F_OK), 0);
    pw_folder_free(&folder);
    pw_charts_free(&charts);
}

static void test_names_of_files_hold_no_path(void)
{
    pw_charts_t charts = { 0 };
    PW_ASSERT_TEXT(pw_charts_add(&charts, "flow_%s", "../../etc/x y")->name, "flow_______etc_x_y");
    pw_charts_free(&charts);
}

static void test_csv_cells_hold_no_quote_and_no_line_end(void)
{
    pw_charts_t charts = { 0 };
    pw_chart_t *chart = pw_charts_add(&charts, "x");
    pw_chart_text(chart, "a \"b\"\n,c");
    pw_chart_number(chart, 0.1);
    pw_chart_number(chart, NAN);
    pw_chart_row(chart);
    PW_ASSERT_TEXT(pw_text_get(&chart->csv), "\"a 'b' ,c\",0.1,\n");
    pw_charts_free(&charts);
}

PW_TESTS(PW_TEST(test_points_become_shapes_in_their_own_colour), PW_TEST(test_labels_break_between_words_and_cannot_leave_their_quotes),
         PW_TEST(test_axes_have_few_round_steps_and_hold_what_they_must),
         PW_TEST(test_the_axis_numbers_have_commas_between_thousands), PW_TEST(test_rows_with_numbers_in_front_take_one_line_each),
         PW_TEST(test_what_is_0_everywhere_has_no_negative_half),
         PW_TEST(test_an_svg_becomes_the_pages_own), PW_TEST(test_one_enormous_interval_does_not_flatten_the_others),
         PW_TEST(test_every_family_draws_hostile_texts_as_texts_and_the_same_bytes_twice), PW_TEST(test_names_of_files_hold_no_path),
         PW_TEST(test_who_is_asked_to_stop_writes_no_further_chart),
         PW_TEST(test_csv_cells_hold_no_quote_and_no_line_end))
