#include "one_more_rows.h"

#include <math.h>
#include <string.h>

#include "../experiment/breakeven.h"
#include "digits.h"
#include "wording.h"

#define FILE_NAME "answers/one_more.csv"

static const pw_column_t column[] = {
    { FILE_NAME, "scenario", "string", NULL, "name of the scenario to which a place is added; baseline" },
    { FILE_NAME, "kind", "string", NULL, "team or service" },
    { FILE_NAME, "queue", "string", NULL, "the team or service that has one place more, in every area" },
    { FILE_NAME, "area", "string", NULL, "name of the area; all: all areas together, each with a place more" },
    { FILE_NAME, "measure", "string", NULL, "name of the measure; docs/measures.md defines it; queue_length_NAME tells where the line moves" },
    { FILE_NAME, "unit", "string", NULL, "unit of the numbers in this row" },
    { FILE_NAME, "before", "number", "unit", "mean without the place" },
    { FILE_NAME, "change", "number", "unit", "with the place less without it, in the same worlds; missing: the measure has no value" },
    { FILE_NAME, "mc_se", "number", "unit", "Monte Carlo standard error of the change" },
    { FILE_NAME, "clear", "boolean", NULL, "true: the change is clear of the simulation's noise (99.9 %)" },
    { FILE_NAME, "place_price", "number", "pounds", "what the files ask for a place and year, at the estimates' values; empty: nothing, so that the budget "
      "leaves the place itself out" },
    { FILE_NAME, "draws", "integer", NULL, "draws of the estimates; 0: each at its value" },
    { FILE_NAME, "replications", "integer", NULL, "worlds of each draw" },
    { FILE_NAME, "drawn_from", "string", NULL, PW_DRAWN_FROM_MEANING },
};

static const pw_answer_kind_t kind = { FILE_NAME, "what one more place in each team and service buys", 5, column, (int)(sizeof column / sizeof column[0]) };

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out);
static void close_with(const pw_csv_table_t *table, pw_text_t *out);
const pw_answer_words_t pw_one_more_words = { &kind, say, close_with, "What would one more place change?", false };

/* ---- rows ---- */

typedef struct { const pw_one_more_t *all; const char *scenario, *drawn_from; pw_csv_t *csv; } writer_t;

static void put(const writer_t *self, int q, int area, const char *measure, int line)
{
    const pw_one_more_queue_t *queue = &self->all->queue[q];
    const pw_run_t *run = &self->all->evaluation->run;
    int at = pw_catalogue_find(&run->catalogue, measure);
    pw_mean_t before = pw_one_more_before(self->all, line), change = pw_one_more_change(self->all, q, line);
    if (line < 0)
        return;
    pw_csv_text(self->csv, self->scenario);
    pw_csv_text(self->csv, queue->is_service ? "service" : "team");
    pw_csv_text(self->csv, queue->name);
    pw_csv_text(self->csv, pw_roster_area(&run->roster, area));
    pw_csv_text(self->csv, measure);
    pw_csv_text(self->csv, run->catalogue.measure[at].definition->unit);
    pw_csv_number(self->csv, before.mean);
    pw_csv_number(self->csv, change.mean);
    pw_csv_number(self->csv, change.se);
    if (isnan(change.mean))
        pw_csv_text(self->csv, NULL);
    else
        pw_csv_bool(self->csv, pw_gain_is_clear(&change));
    pw_csv_number(self->csv, queue->place_price);
    pw_csv_integer(self->csv, run->request.draws);
    pw_csv_integer(self->csv, run->request.replications);
    pw_csv_text(self->csv, self->drawn_from);
    pw_csv_end(self->csv);
}

static void put_queue(const writer_t *self, int q)
{
    const pw_one_more_t *all = self->all;
    const pw_catalogue_t *catalogue = &all->evaluation->run.catalogue;
    for (int i = 0; i <= all->n_areas; i++) {
        int area = i == 0 ? all->n_areas : i - 1;      /* all areas first */
        put(self, q, area, all->queue[q].wait >= 0 ? catalogue->measure[all->queue[q].wait].name : "", all->wait_line[q][area]);
        for (int m = 0; m < PW_ONE_MORE_MEASURE_N; m++)
            put(self, q, area, pw_one_more_measure_name(m), all->line[m][area]);
    }
    for (int other = 0; other < all->n_queues; other++)
        put(self, q, all->n_areas, all->queue[other].length >= 0 ? catalogue->measure[all->queue[other].length].name : "", all->length_line[other]);
}

void pw_one_more_write(const pw_one_more_t *self, const char *scenario, const char *drawn_from, pw_csv_t *csv)
{
    writer_t writer = { self, scenario, drawn_from, csv };
    for (int q = 0; q < self->n_queues; q++)
        put_queue(&writer, q);
}

/* ---- words ---- */

static const char LENGTH[] = "queue_length_";

static bool same_queue(const pw_csv_table_t *table, int64_t a, int64_t b)
{
    return strcmp(pw_answer_cell(table, a, "scenario"), pw_answer_cell(table, b, "scenario")) == 0 &&
           strcmp(pw_answer_cell(table, a, "queue"), pw_answer_cell(table, b, "queue")) == 0 && strcmp(pw_answer_cell(table, b, "area"), "all") == 0;
}

static int64_t find_row(const pw_csv_table_t *table, int64_t row, const char *measure)
{
    for (int64_t r = 0; r < table->n_rows; r++)
        if (same_queue(table, row, r) && strcmp(pw_answer_cell(table, r, "measure"), measure) == 0)
            return r;
    return -1;
}

static enum pw_digits_of digits_of(const char *quantity) { return strcmp(quantity, "pounds") == 0 ? PW_OF_POUNDS : PW_OF_RESULT; }

/* "-0.31 (+-0.08)"; where noise hides it: "none clear of noise, 0.02 (+-0.08)"; between the two levels: "perhaps -0.09 (+-0.07)". */
static void say_change(const pw_csv_table_t *table, int64_t row, const char *quantity, pw_text_t *out)
{
    double change = pw_answer_number(table, row, "change"), margin = pw_answer_margin(table, row);
    if (change == 0.0 && !(margin > 0.0)) {
        pw_text_append(out, "no change at all");
        return;
    }
    bool clear = strcmp(pw_answer_cell(table, row, "clear"), "true") == 0, seen = clear || fabs(change) > margin;
    pw_text_append(out, clear ? "" : seen ? "perhaps " : "none clear of noise, ");
    pw_put_change(change, margin, digits_of(quantity), seen, out);
}

static void say_measure(const pw_csv_table_t *table, int64_t row, const char *measure, const char *before, const char *quantity, const char *after,
                        pw_text_t *out)
{
    int64_t at = find_row(table, row, measure);
    if (at < 0 || isnan(pw_answer_number(table, at, "change")))
        return;
    pw_text_append(out, before);
    say_change(table, at, quantity, out);
    pw_text_append(out, after);
}

static void say_line(const pw_csv_table_t *table, int64_t row, const char *before, const char *after, pw_text_t *out)
{
    pw_text_append(out, before);
    pw_word_name(pw_answer_cell(table, row, "measure") + sizeof LENGTH - 1, out);
    pw_text_append(out, after);
}

/* Which line is the longest, without and with the place, and which grows. */
static void say_bottleneck(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    int64_t longest = -1, then = -1, grows = -1;
    for (int64_t r = 0; r < table->n_rows; r++) {
        const char *measure = pw_answer_cell(table, r, "measure");
        double before = pw_answer_number(table, r, "before"), change = pw_answer_number(table, r, "change");
        if (!same_queue(table, row, r) || strncmp(measure, LENGTH, sizeof LENGTH - 1) != 0 || isnan(before) || isnan(change))
            continue;
        if (longest < 0 || before > pw_answer_number(table, longest, "before"))
            longest = r;
        if (then < 0 || before + change > pw_answer_number(table, then, "before") + pw_answer_number(table, then, "change"))
            then = r;
        bool clear = strcmp(pw_answer_cell(table, r, "clear"), "true") == 0;
        if (clear && change > 0.0 && (grows < 0 || change > pw_answer_number(table, grows, "change")))
            grows = r;
    }
    if (grows >= 0)
        say_line(table, grows, " The line for ", " grows.", out);
    if (then < 0 || !(pw_answer_number(table, then, "before") + pw_answer_number(table, then, "change") > 0.0))
        return;
    say_line(table, then, " The longest line is then that for ", then == longest ? ", as before." : ".", out);
}

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    const char *measure = pw_answer_cell(table, row, "measure"), *queue = pw_answer_cell(table, row, "queue");
    if (strncmp(measure, "wait_", 5) != 0 || strcmp(pw_answer_cell(table, row, "area"), "all") != 0)
        return;
    pw_word_name(pw_answer_cell(table, row, "scenario"), out);
    pw_text_append(out, ", with one more place in ");
    pw_word_name(queue, out);
    pw_text_append(out, " in each area: mean wait ");
    double before = pw_answer_number(table, row, "before");
    if (isnan(before)) {
        pw_text_append(out, "not known (nobody was started)");
    } else {
        pw_text_append(out, "of ");
        pw_put_number(before, PW_DIGITS_ALONE, PW_OF_RESULT, out);
        pw_text_append(out, " days: ");
        say_change(table, row, "", out);
    }
    say_measure(table, row, "repeat_notifications", "; repeat notifications per 100 families: ", "", "", out);
    say_measure(table, row, "incidents_with_child_present", "; incidents with a child present per 100 families: ", "", "", out);
    say_measure(table, row, "budget", "; budget of all areas a year: ", "pounds", "", out);
    if (isnan(pw_answer_number(table, row, "place_price")))
        pw_text_append(out, " (without the place itself: the files give it no price by the year)");
    pw_text_append(out, ".");
    say_bottleneck(table, row, out);
}

static void close_with(const pw_csv_table_t *table, pw_text_t *out)
{
    pw_text_append(out, PW_ANSWER_MARGIN_MEANING " " PW_ANSWER_MEAN_MEANING " \"None clear of noise\" is no proof that there is none.");
    pw_answer_say_drawn(table, out);
}
