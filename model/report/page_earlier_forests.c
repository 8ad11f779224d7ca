/* page_earlier_forests.c: for page 1: changes with their intervals, one below the other: what one more place changes, team by team and service by service; and
 * what a policy changes where the model is built otherwise. */
#include <math.h>
#include <string.h>

#include "answers_text.h"
#include "briefing.h"
#include "digits.h"
#include "sentence.h"
#include "wording.h"

enum { MOST_ROWS = 32 };

typedef struct { int n; pw_forest_row_t row[MOST_ROWS]; pw_text_t label[MOST_ROWS]; } forest_t;

static const char *cell(const pw_csv_table_t *table, int64_t row, const char *column) { return pw_answer_cell(table, row, column); }
static double number(const pw_csv_table_t *table, int64_t row, const char *column) { return pw_answer_number(table, row, column); }
static bool is(const pw_csv_table_t *table, int64_t row, const char *column, const char *text) { return strcmp(cell(table, row, column), text) == 0; }

/* A row's change with the 95 % interval of its noise. It is filled only where the file calls it clear (99.9 %): else its noise is set so large that nothing
 * would be. */
static pw_summary_t change_of(const pw_csv_table_t *table, int64_t row, bool clear)
{
    double change = number(table, row, "change"), margin = pw_answer_margin(table, row);
    return (pw_summary_t){ .mean = change, .low95 = change - margin, .high95 = change + margin, .mc_se = clear ? NAN : INFINITY,
                           .spread = PW_SPREAD_MONTE_CARLO };
}

static void add_row(forest_t *self, pw_summary_t change)
{
    self->row[self->n] = (pw_forest_row_t){ pw_text_get(&self->label[self->n]), change };
    self->n++;
}

static void free_forest(forest_t *self)
{
    for (int i = 0; i < MOST_ROWS; i++)
        pw_text_free(&self->label[i]);
    *self = (forest_t){ 0 };
}

/* Low and high of all: nothing is cut off, for what is looked for is the largest change among many small ones. */
static void widen(const forest_t *self, double range[2])
{
    for (int i = 0; i < self->n; i++) {
        range[0] = fmin(range[0], self->row[i].s.low95);
        range[1] = fmax(range[1], self->row[i].s.high95);
    }
}

/* "Change from ...: A: -0.4 (±0.2); B: ..." */
static void say_rows(const forest_t *self, const char *before, enum pw_digits_of of, pw_text_t *out)
{
    pw_text_append(out, before);
    for (int i = 0; i < self->n; i++) {
        pw_text_printf(out, "%s%s ", i > 0 ? "; " : " ", self->row[i].label);
        pw_put_change(self->row[i].s.mean, self->row[i].s.high95 - self->row[i].s.mean, of, true, out);
    }
    pw_text_append(out, ".");
}

/* ---- one more place ---- */

/* `measure` NULL: each one's own wait. A scenario's title stands beside the team only if there are several. */
static void read_places(const pw_csv_table_t *table, const char *measure, forest_t *out)
{
    bool several = false;
    for (int64_t r = 1; r < table->n_rows; r++)
        several |= !is(table, r, "scenario", cell(table, 0, "scenario"));
    for (int64_t r = 0; r < table->n_rows && out->n < MOST_ROWS; r++) {
        const char *of = cell(table, r, "measure");
        bool wanted = measure ? strcmp(of, measure) == 0 : strncmp(of, "wait_", 5) == 0;
        if (!wanted || !is(table, r, "area", "all") || isnan(number(table, r, "change")) || isnan(pw_answer_margin(table, r)))
            continue;
        pw_text_t *label = &out->label[out->n];
        pw_word_name(cell(table, r, "queue"), label);
        if (several) {
            pw_text_append(label, ", ");
            pw_word_name(cell(table, r, "scenario"), label);
        }
        add_row(out, change_of(table, r, is(table, r, "clear", "true")));
    }
}

typedef struct { const char *measure, *subject, *most, *axis; enum pw_digits_of of; } place_chart_t;

/* The title names the place that lowers it most; of pounds, that raises it least is no message, so only how many do. */
static void draw_places(pw_briefing_t *b, const pw_csv_table_t *table, const place_chart_t *chart)
{
    forest_t forest = { 0 };
    int best = -1, dearer = 0;
    double range[2] = { 0.0, 0.0 };
    char name[96];
    pw_text_t title = { 0 }, about = { 0 };
    read_places(table, chart->measure, &forest);
    for (int i = 0; i < forest.n; i++) {
        bool clear = pw_clear_of_zero(&forest.row[i].s);
        dearer += clear && forest.row[i].s.mean > 0.0;
        if (clear && forest.row[i].s.mean < 0.0 && (best < 0 || forest.row[i].s.mean < forest.row[best].s.mean))
            best = i;
    }
    if (chart->of == PW_OF_POUNDS)
        pw_text_printf(&title, "%s: clearly higher with a place more in %d of %d", chart->subject, dearer, forest.n);
    else if (best >= 0)
        pw_text_printf(&title, "%s: a place more in %s %s", chart->subject, forest.row[best].label, chart->most);
    else
        pw_text_printf(&title, "%s: no place clearly lowers them", chart->subject);
    say_rows(&forest, "Change with one more place in each area, with the 95 % interval of the simulation's noise:", chart->of, &about);
    snprintf(name, sizeof name, "one_more_%s", chart->measure ? chart->measure : "wait");
    if (forest.n > 0) {
        widen(&forest, range);
        pw_chart_forest(&b->charts, pw_caption(name, &title, &about), chart->axis, forest.row, forest.n, range);
        pw_briefing_figure(b);
    }
    pw_text_free(&title);
    pw_text_free(&about);
    free_forest(&forest);
}

static void one_more(pw_briefing_t *b, const pw_csv_table_t *table)
{
    static const place_chart_t chart[] = {
        { PW_HEADLINE, "Incidents with a child present", "averts most on average", "per 100 families, left of 0 is better", PW_OF_RESULT },
        { "repeat_notifications", "Repeat notifications", "averts most on average", "per 100 families", PW_OF_RESULT },
        { NULL, "Waits", "shortens its own most", "days, left of 0 is better", PW_OF_RESULT },
        { "budget", "All areas' budget", "", "£ a year, left of 0 is cheaper", PW_OF_POUNDS },
    };
    for (size_t i = 0; i < sizeof chart / sizeof chart[0]; i++)
        draw_places(b, table, &chart[i]);
}

/* ---- the model built otherwise ---- */

/* What a policy (by its title) does to the headline under every structure. Returns how many conclusions are another than as the files say. */
static int read_structures(const pw_csv_table_t *table, const char *scenario, forest_t *out, const char **conclusion)
{
    int others = 0;
    *conclusion = "";
    for (int64_t r = 0; r < table->n_rows && out->n < MOST_ROWS; r++) {
        if (!is(table, r, "scenario", scenario) || !is(table, r, "measure", PW_HEADLINE) || isnan(pw_answer_margin(table, r)))
            continue;
        const char *here = cell(table, r, "conclusion");
        if (is(table, r, "switch", "as_files"))
            *conclusion = here;
        pw_word_name(cell(table, r, "switch"), &out->label[out->n]);
        add_row(out, change_of(table, r, strcmp(here, "better") == 0 || strcmp(here, "worse") == 0));
    }
    for (int64_t r = 0; r < table->n_rows; r++)
        others += is(table, r, "scenario", scenario) && is(table, r, "measure", PW_HEADLINE) && !is(table, r, "conclusion", *conclusion);
    return others;
}

static void draw_structures(pw_briefing_t *b, const pw_csv_table_t *table, int s, const double *shared)
{
    forest_t forest = { 0 };
    const char *conclusion;
    char name[96];
    pw_text_t title = { 0 }, about = { 0 };
    int others = read_structures(table, pw_briefing_title(b, s), &forest, &conclusion);
    bool told = strcmp(conclusion, "cannot tell") != 0;
    pw_text_printf(&title, "%s: %s%s", pw_briefing_title(b, s), told ? "on average " : "", conclusion);
    if (others > 0)
        pw_text_printf(&title, "; otherwise under %d of %d other structures", others, forest.n - 1);
    else
        pw_text_append(&title, told ? " under all structures" : " under any structure");
    say_rows(&forest, "Change from the baseline under each structure of the model, with the 95 % interval of the simulation's noise:", PW_OF_RESULT, &about);
    snprintf(name, sizeof name, "switches_%s", b->run->manifest.scenario[s].name);
    pw_chart_forest(&b->charts, pw_caption(name, &title, &about), "incidents with a child present per 100", forest.row, forest.n, shared);
    pw_briefing_figure(b);
    pw_text_free(&title);
    pw_text_free(&about);
    free_forest(&forest);
}

/* The first three policies that the file has, on one axis. */
static void structures(pw_briefing_t *b, const pw_csv_table_t *table)
{
    int drawn[PW_SIDE_BY_SIDE], n = 0, left = 0;
    double shared[2] = { 0.0, 0.0 };
    for (int i = 0; i < b->n_policies; i++) {
        forest_t forest = { 0 };
        const char *conclusion;
        (void)read_structures(table, pw_briefing_title(b, b->policy[i]), &forest, &conclusion);
        left += forest.n > 0 && n == PW_SIDE_BY_SIDE;
        if (forest.n > 0 && n < PW_SIDE_BY_SIDE) {
            widen(&forest, shared);
            drawn[n++] = b->policy[i];
        }
        free_forest(&forest);
    }
    for (int i = 0; i < n; i++)
        draw_structures(b, table, drawn[i], shared);
    if (left > 0)
        pw_html_element(&b->html, "p class=\"note\"", "Drawn are the first three policies; answers/switches.csv has %d more.", left);
}

void pw_earlier_forests(pw_briefing_t *b, const char *file, const pw_csv_table_t *table)
{
    if (strcmp(file, "answers/one_more.csv") == 0)
        one_more(b, table);
    else if (strcmp(file, "answers/switches.csv") == 0)
        structures(b, table);
}
