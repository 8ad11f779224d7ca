#include "switches_rows.h"

#include <math.h>
#include <string.h>

#include "../base/number.h"
#include "wording.h"

#define FILE_NAME "answers/switches.csv"

static const pw_column_t column[] = {
    { FILE_NAME, "scenario", "string", NULL, "name of the scenario" },
    { FILE_NAME, "measure", "string", NULL, "name of a headline measure that has a direction, or net_benefit" },
    { FILE_NAME, "switch", "string", NULL, "the structure of the model; as_files: the one that the files say" },
    { FILE_NAME, "meaning", "string", NULL, "what is otherwise under it" },
    { FILE_NAME, "unit", "string", NULL, "unit of the change" },
    { FILE_NAME, "baseline", "number", "unit", "mean of the baseline under this structure; net_benefit: empty" },
    { FILE_NAME, "change", "number", "unit", "scenario minus baseline, both under this structure, in the same worlds" },
    { FILE_NAME, "mc_se", "number", "unit", "its Monte Carlo standard error; with draws it holds what is left of their spread" },
    { FILE_NAME, "conclusion", "string", NULL, "better, worse (clear of noise, 99.9 %); no difference (exactly 0); cannot tell" },
    { FILE_NAME, "survives", "boolean", NULL, "true: the conclusion as the files say is clear, and the same under every structure" },
    { FILE_NAME, "draws", "integer", NULL, "draws of the estimates; 0: each at its value" },
    { FILE_NAME, "replications", "integer", NULL, "worlds of each draw" },
    { FILE_NAME, "drawn_from", "string", NULL, PW_DRAWN_FROM_MEANING },
};

static const pw_answer_kind_t kind = { FILE_NAME, "the comparison under other structures of the model, and which conclusions survive them all", 3, column,
                                       (int)(sizeof column / sizeof column[0]) };

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out);
static void close_with(const pw_csv_table_t *table, pw_text_t *out);
const pw_answer_words_t pw_switches_words = { &kind, say, close_with, "What if the model were built otherwise?", false };

void pw_switches_write(const pw_switches_t *self, const char *const *scenario, int64_t draws, int64_t replications, const char *drawn_from, pw_csv_t *csv)
{
    for (int s = 0; s < self->n_scenarios; s++)
        for (int m = 0; m < self->n_measures; m++)
            for (int which = 0; which < PW_SWITCH_N; which++) {
                const pw_switch_cell_t *cell = pw_switches_cell(self, which, s, m);
                if (!self->has[which])
                    continue;
                pw_csv_text(csv, scenario[s]);
                pw_csv_text(csv, self->measure[m]);
                pw_csv_text(csv, pw_switch_name(which));
                pw_csv_text(csv, pw_switch_meaning(which));
                pw_csv_text(csv, self->unit[m]);
                pw_csv_number(csv, cell->baseline);
                pw_csv_number(csv, cell->change.mean);
                pw_csv_number(csv, cell->change.se);
                pw_csv_text(csv, pw_conclusion_name(cell->conclusion));
                pw_csv_bool(csv, pw_switches_survives(self, s, m));
                pw_csv_integer(csv, draws);
                pw_csv_integer(csv, replications);
                pw_csv_text(csv, drawn_from);
                pw_csv_end(csv);
            }
}

/* ---- words ---- */

static bool is(const pw_csv_table_t *table, int64_t row, const char *name, const char *value) { return strcmp(pw_answer_cell(table, row, name), value) == 0; }

/* Lists the measures of a scenario whose conclusion as the files say is `conclusion` and which survive, or do not. */
static int list_measures(const pw_csv_table_t *table, int64_t first, const char *conclusion, bool survives, pw_text_t *out)
{
    int n = 0;
    for (int64_t r = 0; r < table->n_rows; r++) {
        if (!is(table, r, "scenario", pw_answer_cell(table, first, "scenario")) || !is(table, r, "switch", "as_files") ||
            !is(table, r, "conclusion", conclusion) || is(table, r, "survives", "true") != survives)
            continue;
        pw_text_append(out, n++ ? ", " : "");
        pw_word_measure(pw_answer_cell(table, r, "measure"), out);
    }
    return n;
}

static void say_list(const pw_csv_table_t *table, int64_t row, const char *conclusion, bool survives, const char *before, pw_text_t *out)
{
    pw_text_t list = { 0 };
    if (list_measures(table, row, conclusion, survives, &list) > 0)
        pw_text_printf(out, "%s%s %s.", out->n > 0 ? " " : "", before, pw_text_get(&list));
    out->failed |= list.failed;
    pw_text_free(&list);
}

static void say_under(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    pw_text_printf(out, ", %s with ", pw_answer_cell(table, row, "conclusion"));
    pw_word_name(pw_answer_cell(table, row, "switch"), out);
}

/* "repeat notifications (better as the files say, cannot tell under slow_down)" for each gain or loss that does not survive. */
static void say_fallen(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    int n = 0;
    for (int64_t r = 0; r < table->n_rows; r++) {
        const char *here = pw_answer_cell(table, r, "conclusion");
        if (!is(table, r, "scenario", pw_answer_cell(table, row, "scenario")) || !is(table, r, "switch", "as_files") || is(table, r, "survives", "true") ||
            (strcmp(here, "better") != 0 && strcmp(here, "worse") != 0))
            continue;
        pw_text_append(out, n++ ? "; " : " Hanging on the structure: ");
        pw_word_measure(pw_answer_cell(table, r, "measure"), out);
        pw_text_printf(out, " (%s as the files say", here);
        for (int64_t k = 0; k < table->n_rows; k++)
            if (is(table, k, "scenario", pw_answer_cell(table, r, "scenario")) && is(table, k, "measure", pw_answer_cell(table, r, "measure")) &&
                !is(table, k, "conclusion", here))
                say_under(table, k, out);
        pw_text_append(out, ")");
    }
    pw_text_append(out, n ? "." : "");
}

/* One paragraph a scenario, at its first row. */
static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    for (int64_t r = 0; r < row; r++)
        if (is(table, r, "scenario", pw_answer_cell(table, row, "scenario")))
            return;
    pw_text_t survivors = { 0 };
    say_list(table, row, "better", true, "Better on average than the baseline under every structure:", &survivors);
    say_list(table, row, "worse", true, "Worse on average under every structure:", &survivors);
    say_list(table, row, "no difference", true, "Exactly the same under every structure:", &survivors);
    pw_word_name(pw_answer_cell(table, row, "scenario"), out);
    pw_text_printf(out, ", the model built otherwise: %s", survivors.n > 0 ? pw_text_get(&survivors) : "No conclusion survives every structure.");
    out->failed |= survivors.failed;
    pw_text_free(&survivors);
    say_fallen(table, row, out);
    say_list(table, row, "cannot tell", false, "Cannot tell even as the files say:", out);
    say_list(table, row, "no difference", false, "No difference in these few worlds as the files say, but not under every structure:", out);
}

static void close_with(const pw_csv_table_t *table, pw_text_t *out)
{
    int n = 0;
    pw_text_append(out, "Structures:");
    for (int64_t r = 0; r < table->n_rows; r++) {
        if (!is(table, r, "scenario", pw_answer_cell(table, 0, "scenario")) || !is(table, r, "measure", pw_answer_cell(table, 0, "measure")))
            continue;
        pw_text_append(out, n++ ? "; " : " ");
        pw_word_name(pw_answer_cell(table, r, "switch"), out);
        pw_text_printf(out, " (%s)", pw_answer_cell(table, r, "meaning"));
    }
    pw_text_append(out, ". Better and worse are said only where a 99.9 % interval of the simulation's noise leaves the sign, because many changes are looked "
                        "at at once. " PW_ANSWER_MEAN_MEANING " What survives these may still fall under one that nobody has thought of.");
    pw_answer_say_drawn(table, out);
}
