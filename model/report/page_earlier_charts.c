/* page_earlier_charts.c: for page 1: pictures of answers, where a picture says more than the lines: what a sum buys, the break-even line of two numbers, and
 * which grades of evidence a difference rests on. */
#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "answers_text.h"
#include "briefing.h"
#include "digits.h"
#include "sentence.h"
#include "wording.h"

enum { MOST_POINTS = 16, MOST_LINES = 4, MOST_CHARTS = 4 };

typedef struct { int n; const char *label; double x[MOST_POINTS], y[MOST_POINTS], low[MOST_POINTS], high[MOST_POINTS]; } series_t;

static const char *cell(const pw_csv_table_t *table, int64_t row, const char *column) { return pw_answer_cell(table, row, column); }
static double number(const pw_csv_table_t *table, int64_t row, const char *column) { return pw_answer_number(table, row, column); }
static bool same(const pw_csv_table_t *table, int64_t a, int64_t b, const char *column) { return strcmp(cell(table, a, column), cell(table, b, column)) == 0; }

static void add_point(series_t *self, double x, double y, double reach_low, double reach_high)
{
    if (self->n == MOST_POINTS || isnan(x) || isnan(y))
        return;
    self->x[self->n] = x;
    self->y[self->n] = y;
    self->low[self->n] = reach_low;
    self->high[self->n++] = reach_high;
}

static void draw(pw_briefing_t *b, pw_caption_t caption, pw_line_axes_t axes, const series_t *series, int n)
{
    pw_line_t line[MOST_LINES];
    for (int i = 0; i < n; i++)
        line[i] = (pw_line_t){ series[i].label, series[i].n, series[i].x, series[i].y, series[i].low, series[i].high };
    pw_chart_lines(&b->charts, caption, axes, line, n);
    pw_briefing_figure(b);
}

/* ---- what a sum buys ---- */

/* The policies with places of their own, each a line of what its places cost and change. Returns how many lines; *clear: whether the file calls any point
 * better or worse; *left: policies for which there was no line left. */
static int read_frontier(const pw_csv_table_t *table, const char *measure, series_t *series, bool *clear, int *left)
{
    int n = 0;
    const char *last = "";
    *clear = false;
    *left = 0;
    for (int64_t r = 0; r < table->n_rows; r++) {
        int at = 0;
        if (strcmp(cell(table, r, "measure"), measure) != 0 || !cell(table, r, "places")[0])
            continue;
        *clear |= strcmp(cell(table, r, "conclusion"), "better") == 0 || strcmp(cell(table, r, "conclusion"), "worse") == 0;
        while (at < n && strcmp(series[at].label, cell(table, r, "scenario")) != 0)
            at++;
        if (at == MOST_LINES) {
            *left += strcmp(last, cell(table, r, "scenario")) != 0;
            last = cell(table, r, "scenario");
            continue;
        }
        if (at == n)
            series[n++] = (series_t){ .label = cell(table, r, "scenario") };
        double change = number(table, r, "change"), margin = pw_answer_margin(table, r);
        add_point(&series[at], number(table, r, "planned"), change, change - margin, change + margin);
    }
    return n;
}

static void say_frontier(const series_t *series, int n, const char *unit, pw_text_t *out)
{
    for (int i = 0; i < n; i++) {
        pw_text_printf(out, "%s%s:", i ? "; " : "Change from the baseline by what the places cost in a year, each area. ", series[i].label);
        for (int k = 0; k < series[i].n; k++) {
            pw_text_append(out, k ? ", " : " ");
            pw_say_number(series[i].y[k], unit, out);
            pw_text_append(out, " for ");
            pw_say_number(series[i].x[k], "£", out);
        }
    }
    pw_text_append(out, ".");
}

/* The line that ends best, if it is clear there of 0; -1: none. */
static int best_of(const series_t *series, int n, int direction)
{
    int best = -1;
    for (int i = 0; i < n; i++) {
        int last = series[i].n - 1;
        if (last < 0 || !(direction < 0 ? series[i].high[last] < 0.0 : series[i].low[last] > 0.0))
            continue;
        if (best < 0 || direction * series[i].y[last] > direction * series[best].y[series[best].n - 1])
            best = i;
    }
    return best;
}

static int higher_of(const series_t *series, int n)
{
    int higher = 0;
    for (int i = 0; i < n; i++)
        higher += series[i].n > 0 && series[i].low[series[i].n - 1] > 0.0;
    return higher;
}

/* Returns how many policies had no line. A measure that no sum changes clearly is not drawn, but for the headline. */
static int draw_frontier(pw_briefing_t *b, const pw_csv_table_t *table, int64_t row, series_t *series)
{
    const char *measure = cell(table, row, "measure"), *unit = cell(table, row, "unit");
    bool clear;
    int left, n = read_frontier(table, measure, series, &clear, &left), best = best_of(series, n, pw_account_direction(b->run, measure));
    char name[96];
    pw_text_t title = { 0 }, about = { 0 }, axis = { 0 };
    if (n > 0 && (clear || strcmp(measure, PW_HEADLINE) == 0)) {
        pw_word_measure(measure, &title);
        pw_answer_capital(&title);
        if (pw_digits_of_unit(unit) == PW_OF_POUNDS)
            pw_text_printf(&title, ": clearly higher with %d of %d", higher_of(series, n), n);
        else if (best >= 0)
            pw_text_printf(&title, ": on average the same money does most with %s", series[best].label);
        else
            pw_text_append(&title, clear ? ": money makes nothing clearly better" : ": no sum changes them clearly");
        say_frontier(series, n, unit, &about);
        pw_text_printf(&axis, "%s, change", unit);
        snprintf(name, sizeof name, "budget_%s_by_money", measure);
        draw(b, pw_caption(name, &title, &about), (pw_line_axes_t){ "£ a year in each area", pw_text_get(&axis), true, NAN, true }, series, n);
    }
    pw_text_free(&title);
    pw_text_free(&about);
    pw_text_free(&axis);
    return left;
}

/* Every measure of the file, the headline first. */
static void frontier(pw_briefing_t *b, const pw_csv_table_t *table, series_t *series)
{
    int left = 0;
    pw_text_append(&b->html, "<div class=\"third\">\n");
    for (int round = 0; round < 2; round++)
        for (int64_t r = 0; r < table->n_rows; r++) {
            bool met = (strcmp(cell(table, r, "measure"), PW_HEADLINE) == 0) != (round == 0);
            for (int64_t k = 0; k < r && !met; k++)
                met = same(table, k, r, "measure");
            if (!met)
                left = draw_frontier(b, table, r, series);
        }
    pw_text_append(&b->html, "</div>\n");
    pw_html_element(&b->html, "p class=\"note\"", "Lines go from a quarter of the sum to all of it; bands are 95 %% intervals of the simulation's noise. "
                                                  "Measures that no sum changes clear of noise are not drawn%s: answers/budget.csv has them.",
                    left > 0 ? ", nor policies after the fourth" : "");
}

/* ---- the break-even line ---- */

static bool same_line(const pw_csv_table_t *table, int64_t a, int64_t b)
{
    static const char *const key[] = { "scenario", "of", "outcome", "threshold", "by_year", "over", "against" };
    for (size_t k = 0; k < sizeof key / sizeof key[0]; k++)
        if (!same(table, a, b, key[k]))
            return false;
    return true;
}

static void draw_breakeven(pw_briefing_t *b, const pw_csv_table_t *table, int64_t first, series_t *series)
{
    const char *better = cell(table, first, "better");
    pw_text_t title = { 0 }, about = { 0 }, x = { 0 }, y = { 0 };
    char name[96];
    *series = (series_t){ .label = "breaks even" };
    for (int64_t r = first; r < table->n_rows; r++)
        if (same_line(table, first, r) && strcmp(cell(table, r, "verdict"), "found") == 0)
            add_point(series, number(table, r, "against_value"), number(table, r, "value"), fmax(number(table, r, "low999"), number(table, r, "range_low")),
                      fmin(number(table, r, "high999"), number(table, r, "range_high")));
    if (series->n > 1) {
        pw_word_path(cell(table, first, "against"), &x);
        pw_word_path(cell(table, first, "over"), &y);
        pw_text_printf(&title, "%s does better than the baseline %s the line", cell(table, first, "scenario"), strcmp(better, "above") == 0 ? "above"
                       : "below");
        pw_text_printf(&about, "The switching value of %s by %s, with its 99.9 %% Monte Carlo band.", pw_text_get(&y), pw_text_get(&x));
        snprintf(name, sizeof name, "breakeven_line_%lld", (long long)first + 1);
        draw(b, pw_caption(name, &title, &about), (pw_line_axes_t){ pw_text_get(&x), pw_text_get(&y), false, NAN, true },
             series, 1);
    }
    pw_text_free(&title);
    pw_text_free(&about);
    pw_text_free(&x);
    pw_text_free(&y);
}

static void breakeven_lines(pw_briefing_t *b, const pw_csv_table_t *table, series_t *series)
{
    for (int64_t r = 0, drawn = 0; r < table->n_rows && drawn < MOST_CHARTS; r++) {
        bool met = strcmp(cell(table, r, "verdict"), "found") != 0 || !cell(table, r, "against")[0];
        for (int64_t k = 0; k < r && !met; k++)
            met = strcmp(cell(table, k, "verdict"), "found") == 0 && same_line(table, k, r);
        if (met)
            continue;
        draw_breakeven(b, table, r, series);
        drawn++;
    }
}

/* ---- grades ---- */

enum { GRADES = 5 };
static const char *const grade[GRADES] = { "assumed", "fitted", "derived", "published", "measured" };
static const char *const grade_words[GRADES] = { "assumed", "assumed, then fitted", "derived", "published", "measured" };

/* A row's share by grade, %, of what stands in the table for the policy and the headline; false: the draws tell nothing. */
static bool read_grades(const pw_csv_table_t *table, const char *scenario, pw_bar_row_t *out)
{
    bool some = false;
    for (int64_t r = 0; r < table->n_rows; r++)
        for (int g = 0; g < GRADES; g++)
            if (strcmp(cell(table, r, "what"), "grade") == 0 && strcmp(cell(table, r, "name"), grade[g]) == 0 &&
                strcmp(cell(table, r, "scenario"), scenario) == 0 && strcmp(cell(table, r, "measure"), PW_HEADLINE) == 0) {
                out->part[g] = 100.0 * fmin(fmax(number(table, r, "share"), 0.0), 1.0);
                some = true;
            }
    return some;
}

static void grades(pw_briefing_t *b, const pw_csv_table_t *table)
{
    pw_bar_row_t row[PW_MAX_SCENARIOS];
    pw_text_t title = { 0 }, about = { 0 };
    int n = 0, mostly = 0;
    pw_text_append(&about, "Of the spread over draws of each difference in incidents with a child present, % from numbers of each grade.");
    for (int i = 0; i < b->n_policies; i++) {
        row[n] = (pw_bar_row_t){ .label = pw_briefing_label(b, b->policy[i]) };
        if (!read_grades(table, pw_briefing_title(b, b->policy[i]), &row[n]))
            continue;
        pw_text_printf(&about, "%s %s:", n ? ";" : "", row[n].label);
        for (int g = 0; g < GRADES; g++)
            pw_text_printf(&about, "%s %s %.0f", g ? "," : "", grade[g], row[n].part[g]);
        mostly += row[n].part[0] + row[n].part[1] > 50.0;
        n++;
    }
    if (n == 1)
        pw_text_printf(&title, "The difference %s mostly on numbers that were assumed", mostly == 1 ? "rests" : "does not rest");
    else if (mostly == 0)
        pw_text_printf(&title, "Of %d differences, none rests mostly on numbers that were assumed", n);
    else
        pw_text_printf(&title, "Of %d differences, %d %s mostly on numbers that were assumed", n, mostly, mostly == 1 ? "rests" : "rest");
    if (n > 0) {
        pw_chart_bars(&b->charts, (pw_caption_t){ "evidence_grades", pw_text_get(&title), pw_text_get(&about), b->n_policies > PW_MANY, true },
                      "% of the spread (shares may overlap)", grade_words, GRADES, row, n);
        pw_briefing_figure(b);
    }
    pw_text_free(&title);
    pw_text_free(&about);
}

void pw_earlier_charts(pw_briefing_t *b, const char *file, const pw_csv_table_t *table)
{
    series_t *series = pw_alloc(MOST_LINES, sizeof series[0]);
    if (!series) {
        b->status = PW_ERROR_MEMORY;
        return;
    }
    if (strcmp(file, "answers/budget.csv") == 0)
        frontier(b, table, series);
    else if (strcmp(file, "answers/breakeven.csv") == 0)
        breakeven_lines(b, table, series);
    else if (strcmp(file, "answers/evidence_shares.csv") == 0)
        grades(b, table);
    pw_free(series);
}
