#include "budget_rows.h"

#include <math.h>
#include <string.h>

#include "../base/number.h"
#include "../experiment/breakeven.h"
#include "digits.h"
#include "wording.h"

#define FILE_NAME "answers/budget.csv"

static const pw_column_t column[] = {
    { FILE_NAME, "scenario", "string", NULL, "name of the scenario" },
    { FILE_NAME, "budget", "number", "pounds a year in each area", "what the scenario's own places may cost: a quarter, half, three quarters and all of "
                                                                   "what was asked" },
    { FILE_NAME, "measure", "string", NULL, "name of a headline measure that has a direction; docs/measures.md defines it" },
    { FILE_NAME, "places", "string", NULL, "what was bought, beside the baseline's: places of each service or team; empty: the scenario has none of its "
                                           "own and is as its file says" },
    { FILE_NAME, "places_in_file", "string", NULL, "the same as the scenario's file has it" },
    { FILE_NAME, "prices", "string", NULL, "what each of these places costs in a year of full use, every estimate at its value, set-up left out" },
    { FILE_NAME, "planned", "number", "pounds a year in each area", "what the places that were bought cost by these prices" },
    { FILE_NAME, "whole", "boolean", NULL, "true: this is all of the sum that was asked" },
    { FILE_NAME, "unit", "string", NULL, "unit of the change" },
    { FILE_NAME, "change", "number", "unit", "scenario minus baseline, in the same worlds" },
    { FILE_NAME, "mc_se", "number", "unit", "its Monte Carlo standard error; with draws it holds what is left of their spread" },
    { FILE_NAME, "conclusion", "string", NULL, "better, worse (clear of noise, 99.9 %); no difference (exactly 0); cannot tell" },
    { FILE_NAME, "draws", "integer", NULL, "draws of the estimates; 0: each at its value" },
    { FILE_NAME, "replications", "integer", NULL, "worlds of each draw" },
    { FILE_NAME, "drawn_from", "string", NULL, PW_DRAWN_FROM_MEANING },
};

static const pw_answer_kind_t kind = { FILE_NAME, "what each policy does with the same money, and with parts of it", 3, column,
                                       (int)(sizeof column / sizeof column[0]) };

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out);
static void close_with(const pw_csv_table_t *table, pw_text_t *out);
const pw_answer_words_t pw_budget_words = { &kind, say, close_with, "What does each policy do with the same money?", false };

/* ---- rows ---- */

enum part { BOUGHT, IN_FILE, PRICE };

/* "15 services.voluntary_contact; 3 services.refuge", "£6122 services.voluntary_contact" */
static void put_places(const pw_budget_t *budget, int part, pw_csv_t *csv)
{
    pw_text_t text = { 0 };
    char number[PW_NUMBER_ROOM];
    for (int i = 0; i < budget->n; i++) {
        const pw_bought_t *b = &budget->bought[i];
        double value = part == BOUGHT ? (double)b->places : part == IN_FILE ? b->in_file - b->baseline : b->price;
        pw_text_printf(&text, "%s%s%s %.*s", i ? "; " : "", part == PRICE ? "£" : "",
                       pw_number_shortest(part == PRICE ? floor(value + 0.5) : pw_number_round12(value), number),
                       (int)(strlen(b->path) - strlen(".places")), b->path);
    }
    pw_csv_text(csv, budget->n > 0 ? pw_text_get(&text) : NULL);
    pw_text_free(&text);
}

static const char *conclusion(const pw_mean_t *change, int direction)
{
    if (change->mean == 0.0 && change->se == 0.0)
        return "no difference";
    if (!pw_gain_is_clear(change))
        return "cannot tell";
    return change->mean * direction > 0.0 ? "better" : "worse";
}

static void put_point(const pw_frontier_t *self, const pw_frontier_asked_t *asked, const char *drawn_from, int p, int m, pw_csv_t *csv)
{
    const pw_frontier_point_t *point = &self->point[p];
    const pw_measure_t *measure = &self->evaluation->run.catalogue.measure[self->measure[m]];
    pw_mean_t change = pw_frontier_change(self, p, m);
    pw_csv_text(csv, asked->spec[point->scenario]->name);
    pw_csv_number(csv, point->pounds);
    pw_csv_text(csv, measure->name);
    put_places(&point->budget, BOUGHT, csv);
    put_places(&point->budget, IN_FILE, csv);
    put_places(&point->budget, PRICE, csv);
    pw_csv_number(csv, point->budget.n > 0 ? point->budget.planned : NAN);
    pw_csv_bool(csv, p + 1 == self->n_points || self->point[p + 1].scenario != point->scenario);
    pw_csv_text(csv, measure->definition->unit);
    pw_csv_number(csv, change.mean);
    pw_csv_number(csv, change.se);
    pw_csv_text(csv, isnan(change.mean) ? NULL : conclusion(&change, measure->definition->direction));
    pw_csv_integer(csv, asked->request.draws);
    pw_csv_integer(csv, asked->request.replications);
    pw_csv_text(csv, drawn_from);
    pw_csv_end(csv);
}

void pw_budget_write(const pw_frontier_t *self, const pw_frontier_asked_t *asked, const char *drawn_from, pw_csv_t *csv)
{
    for (int p = 0; p < self->n_points; p++)
        for (int m = 0; m < self->n_measures; m++)
            put_point(self, asked, drawn_from, p, m, csv);
}

/* ---- words ---- */

static bool same(const pw_csv_table_t *table, int64_t a, int64_t b, const char *name)
{
    return strcmp(pw_answer_cell(table, a, name), pw_answer_cell(table, b, name)) == 0;
}

static bool is_whole(const pw_csv_table_t *table, int64_t row) { return strcmp(pw_answer_cell(table, row, "whole"), "true") == 0; }

static void list(const pw_csv_table_t *table, int64_t row, const char *conclusion_, const char *before, pw_text_t *out)
{
    int n = 0;
    for (int64_t r = 0; r < table->n_rows; r++) {
        if (!same(table, row, r, "scenario") || !is_whole(table, r) || strcmp(pw_answer_cell(table, r, "conclusion"), conclusion_) != 0)
            continue;
        pw_text_append(out, n++ ? ", " : before);
        pw_word_measure(pw_answer_cell(table, r, "measure"), out);
    }
    pw_text_append(out, n ? "." : "");
}

/* The i-th of "15 services.contact; 3 services.refuge", its number read; NULL: there are no more. *end: behind it. */
static const char *item(const char *list_, int i, double *number, const char **end)
{
    for (; i > 0 && list_; i--) {
        list_ = strstr(list_, "; ");
        list_ = list_ ? list_ + 2 : NULL;
    }
    if (!list_ || !*list_)
        return NULL;
    const char *digits = strncmp(list_, "£", strlen("£")) == 0 ? list_ + strlen("£") : list_, *blank = strchr(digits, ' ');
    char text[PW_NUMBER_ROOM];
    snprintf(text, sizeof text, "%.*s", blank ? (int)(blank - digits) : 0, digits);
    *number = NAN;
    (void)pw_number_read_real(text, number);
    *end = strchrnul(list_, ';');
    return blank ? blank + 1 : list_;
}

/* "15 places in voluntary contact at £6,122 each (its file: 12) and ..." */
static void say_places(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    double places, file = NAN, price = NAN;
    const char *end, *other, *path;
    for (int i = 0; (path = item(pw_answer_cell(table, row, "places"), i, &places, &end)); i++) {
        char number[PW_NUMBER_ROOM], name[128];
        const char *dot = memchr(path, '.', (size_t)(end - path));
        path = dot ? dot + 1 : path;
        snprintf(name, sizeof name, "%.*s", (int)(end - path), path);
        (void)item(pw_answer_cell(table, row, "places_in_file"), i, &file, &other);
        (void)item(pw_answer_cell(table, row, "prices"), i, &price, &other);
        pw_text_printf(out, "%s%s %s in ", i ? "; " : "", pw_number_decimals(places, 0, number), places == 1.0 ? "place" : "places");
        pw_word_name(name, out);
        pw_text_append(out, " at ");
        pw_answer_say_quantity(price, "pounds", out);
        pw_text_append(out, " each (its file: ");
        pw_answer_say_quantity(file, "places", out);
        pw_text_append(out, ")");
    }
}

/* Does any part of the sum change the measure, clear of noise? */
static bool is_seen(const pw_csv_table_t *table, int64_t row, const char *measure)
{
    bool has = false;
    for (int64_t r = 0; r < table->n_rows; r++) {
        const char *conclusion_ = pw_answer_cell(table, r, "conclusion");
        if (!same(table, row, r, "scenario") || strcmp(pw_answer_cell(table, r, "measure"), measure) != 0 || !pw_answer_cell(table, r, "places")[0])
            continue;
        has = true;
        if (strcmp(conclusion_, "better") == 0 || strcmp(conclusion_, "worse") == 0)
            return true;
    }
    return !has;
}

/* The frontier of one measure: its change for each part of the sum. */
static void say_parts(const pw_csv_table_t *table, int64_t row, const char *measure, pw_text_t *out)
{
    int n = 0;
    if (!is_seen(table, row, measure)) {
        pw_text_append(out, " No part of the sum changes ");
        pw_word_measure(measure, out);
        pw_text_append(out, " beyond the noise of the simulation.");
        return;
    }
    for (int64_t r = 0; r < table->n_rows; r++) {
        if (!same(table, row, r, "scenario") || strcmp(pw_answer_cell(table, r, "measure"), measure) != 0 || !pw_answer_cell(table, r, "places")[0])
            continue;
        pw_text_append(out, n++ ? ", " : " Change in ");
        if (n == 1) {
            pw_word_measure(measure, out);
            pw_text_printf(out, " %s: ", pw_answer_cell(table, r, "unit"));
        }
        pw_put_change(pw_answer_number(table, r, "change"), pw_answer_margin(table, r), PW_OF_RESULT, true, out);
        pw_text_append(out, " for ");
        pw_answer_say_quantity(floor(pw_answer_number(table, r, "planned") + 0.5), "pounds", out);
    }
    pw_text_append(out, n ? "." : "");
}

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    if (!is_whole(table, row))
        return;
    for (int64_t r = 0; r < row; r++)
        if (same(table, r, row, "scenario") && is_whole(table, r))
            return;
    pw_word_name(pw_answer_cell(table, row, "scenario"), out);
    pw_text_append(out, ": ");
    if (pw_answer_cell(table, row, "places")[0]) {
        pw_answer_say_quantity(pw_number_round12(pw_answer_number(table, row, "budget")), "pounds", out);
        pw_text_append(out, " a year in each area buys ");
        say_places(table, row, out);
        pw_text_append(out, ", together ");
        pw_answer_say_quantity(floor(pw_answer_number(table, row, "planned") + 0.5), "pounds", out);
        pw_text_append(out, ".");
    } else {
        pw_text_append(out, "it has no places of its own that a sum could scale, and is compared as its file says.");
    }
    list(table, row, "better", " Better on average than the baseline: ", out);
    list(table, row, "worse", " Worse: ", out);
    say_parts(table, row, "incidents_with_child_present", out);
}

static void close_with(const pw_csv_table_t *table, pw_text_t *out)
{
    pw_text_append(out, "A sum buys places at what they cost in a year of full use, every estimate at its value; what was really spent is in the table, as "
                        "budget. " PW_ANSWER_MARGIN_MEANING " " PW_ANSWER_MEAN_MEANING " Of the measures in answers/budget.csv those not named are not "
                        "clear of that noise; no others were asked for.");
    pw_answer_say_drawn(table, out);
}
