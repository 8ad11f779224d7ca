#include "return_rates.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/table.h"
#include "digits.h"
#include "wording.h"

/* ---- what the runs found ---- */

static bool wanted(const pw_measure_t *measure) { return measure->headline && !measure->if_changed && measure->definition->direction != PW_NO_DIRECTION; }

static pw_return_row_t *row_of(pw_return_rates_t *self, const char *scenario, const pw_measure_t *measure)
{
    for (int i = 0; i < self->n; i++)
        if (strcmp(self->row[i].scenario, scenario) == 0 && strcmp(self->row[i].measure, measure->name) == 0)
            return &self->row[i];
    if (self->n == self->room) {
        int room = self->room ? 2 * self->room : 32;
        pw_return_row_t *grown = pw_realloc(self->row, (size_t)room, sizeof *grown);
        if (!grown)
            return NULL;
        self->row = grown;
        self->room = room;
    }
    pw_return_row_t *row = &self->row[self->n++];
    *row = (pw_return_row_t){ .direction = measure->definition->direction };
    snprintf(row->scenario, sizeof row->scenario, "%s", scenario);
    snprintf(row->measure, sizeof row->measure, "%s", measure->name);
    snprintf(row->label, sizeof row->label, "%s", measure->label);
    snprintf(row->unit, sizeof row->unit, "%s", measure->definition->unit);
    return row;
}

static double baseline_mean(const pw_run_t *run, const char *name, double *room)
{
    int measure = pw_catalogue_find(&run->catalogue, name);
    int64_t row = measure < 0 ? -1 : pw_ledger_row(&run->ledger, measure, run->roster.n_areas, PW_SUBGROUP_all);
    return row < 0 ? NAN : pw_ledger_summary(&run->ledger, 0, row, false, room).mean;
}

static pw_variant_t variant_of(const pw_run_t *run, int scenario, int64_t row, double *room)
{
    pw_summary_t difference = pw_ledger_summary(&run->ledger, scenario, row, true, room);
    pw_variant_t out = { .mean = difference.mean, .there = !isnan(difference.mean), .clear = pw_clear_of_zero(&difference) };
    out.bounded = pw_interval_shown(&difference, &out.low, &out.high);
    return out;
}

pw_status_t pw_return_rates_add(pw_return_rates_t *self, int rate, double effective, const pw_run_t *run, double *room)
{
    self->rate[rate] = baseline_mean(run, "renotified_21_months", room);
    self->volume[rate] = baseline_mean(run, "notifications_per_month", room);
    self->effective[rate] = effective;
    self->draws = run->ledger.n_draws;
    self->replications = run->ledger.replications;
    for (int s = 1; s < run->roster.n_scenarios; s++)
        for (int m = 0; m < run->catalogue.n; m++) {
            const pw_measure_t *measure = &run->catalogue.measure[m];
            int64_t at = wanted(measure) ? pw_ledger_row(&run->ledger, m, run->roster.n_areas, PW_SUBGROUP_all) : -1;
            if (at < 0)
                continue;
            pw_return_row_t *row = row_of(self, run->roster.scenario[s], measure);
            if (!row)
                return PW_ERROR_MEMORY;
            row->variant[rate] = variant_of(run, s, at, room);
        }
    return PW_OK;
}

void pw_return_rates_free(pw_return_rates_t *self)
{
    pw_free(self->row);
    *self = (pw_return_rates_t){ 0 };
}

/* ---- conclusions ---- */

/* Below 0, above 0, or not clear. */
static int sign_of(const pw_variant_t *variant) { return variant->clear ? (variant->mean > 0.0 ? 1 : -1) : 0; }

static const char *conclusion(const pw_return_row_t *row, int rate)
{
    int sign = sign_of(&row->variant[rate]);
    return !row->variant[rate].there ? NULL : sign == 0 ? "cannot tell" : sign * row->direction > 0 ? "better" : "worse";
}

/* Over the rates that have a value; of fewer than two there is nothing to compare. */
static const char *verdict(const pw_return_row_t *row)
{
    int n = 0, seen[3] = { 0 };
    for (int r = 0; r < PW_RETURN_RATES; r++)
        if (row->variant[r].there) {
            seen[1 + sign_of(&row->variant[r])]++;
            n++;
        }
    return n < 2 ? "no comparison" : seen[1] == n ? "unclear in all" : seen[0] == n || seen[2] == n ? "the same" : "depends";
}

/* ---- the terminal ---- */

static void print_cell(pw_table_t *table, const pw_variant_t *variant, const char *unit)
{
    pw_text_t text = { 0 };
    enum pw_digits_of of = pw_digits_of_unit(unit);
    if (variant->there && variant->bounded)
        pw_put_interval_cell(variant->mean, variant->low, variant->high, of, &text);
    else
        pw_put_number_cell(variant->there ? variant->mean : NAN, of, &text);
    pw_table_cell(table, PW_RIGHT, "%s%s", pw_text_get(&text), variant->clear ? " *" : "  ");
    pw_text_free(&text);
}

static void print_row(pw_table_t *table, const pw_return_row_t *row)
{
    pw_table_cell(table, PW_LEFT, "  %s", row->label);
    for (int r = 0; r < PW_RETURN_RATES; r++)
        print_cell(table, &row->variant[r], row->unit);
    pw_table_cell(table, PW_LEFT, "%s", verdict(row));
    pw_table_end_row(table);
}

static void print_numbers(pw_table_t *table, const char *label, const double number[PW_RETURN_RATES], int digits)
{
    char text[PW_NUMBER_ROOM];
    pw_table_cell(table, PW_LEFT, "%s", label);
    for (int r = 0; r < PW_RETURN_RATES; r++)
        pw_table_cell(table, PW_RIGHT, "%s  ",
                      number[r] == 0.0 ? "-" : digits > 0 ? pw_number_significant(number[r], digits, text) : pw_number_decimals(number[r], 0, text));
    pw_table_end_row(table);
}

pw_status_t pw_return_rates_print(const pw_return_rates_t *self, FILE *to)
{
    pw_table_t table = { 0 };
    pw_table_cell(&table, PW_LEFT, "Does it depend on the return rate?");
    for (int r = 0; r < PW_RETURN_RATES; r++)
        pw_table_cell(&table, PW_RIGHT, "%s  ", pw_return_rate_name(r));
    pw_table_end_row(&table);
    print_numbers(&table, "Effective sets behind each interval", self->effective, 0);
    pw_table_rule(&table);
    print_numbers(&table, "Baseline: notified again, %", self->rate, 3);
    print_numbers(&table, "Baseline: notifications a month", self->volume, 3);
    for (int i = 0; i < self->n; i++) {
        if (i == 0 || strcmp(self->row[i].scenario, self->row[i - 1].scenario) != 0) {
            pw_table_cell(&table, PW_LEFT, "%s less baseline", self->row[i].scenario);
            pw_table_end_row(&table);
        }
        print_row(&table, &self->row[i]);
    }
    pw_status_t status = pw_table_print(&table, to);
    pw_table_free(&table);
    fprintf(to, "Differences with their 95 %% intervals over %lld draws.\n* clear of 0, by its interval over draws and by its Monte Carlo error\n",
            (long long)self->draws);
    return status;
}

/* ---- rows ---- */

#define FILE_NAME "answers/return_rates.csv"

static const pw_column_t column[] = {
    { FILE_NAME, "scenario", "string", NULL, "name of the scenario" },
    { FILE_NAME, "measure", "string", NULL, "name of a headline measure that has a direction" },
    { FILE_NAME, "rate", "string", NULL, "the rate of return that the baseline was calibrated to: low, central, high" },
    { FILE_NAME, "percent", "number", "%", "that rate: families notified again within 21 months; the study gives no figure" },
    { FILE_NAME, "effective_sets", "number", "sets", "how many parameter sets of equal weight the draws of this rate rest on at most" },
    { FILE_NAME, "renotified_21_months", "number", "%", "what the baseline of this rate's run gave" },
    { FILE_NAME, "notifications_per_month", "number", "notifications", "of that baseline, all areas: brought alike for all three rates" },
    { FILE_NAME, "unit", "string", NULL, "unit of the change" },
    { FILE_NAME, "change", "number", "unit", "scenario minus baseline, in the same worlds, mean over draws" },
    { FILE_NAME, "low95", "number", "unit", "2.5 % point, as in differences.csv" },
    { FILE_NAME, "high95", "number", "unit", "97.5 % point, likewise" },
    { FILE_NAME, "conclusion", "string", NULL, "better, worse (clear of 0 by interval and noise); cannot tell" },
    { FILE_NAME, "verdict", "string", NULL, "over the rates that could be run: the same; unclear in all; depends; no comparison (fewer than two)" },
    { FILE_NAME, "draws", "integer", NULL, "draws of the estimates" },
    { FILE_NAME, "replications", "integer", NULL, "worlds of each draw" },
};

static const pw_answer_kind_t kind = { FILE_NAME, "whether each conclusion is the same under a low, a central and a high rate of return", 3, column,
                                       (int)(sizeof column / sizeof column[0]) };

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out);
static void close_with(const pw_csv_table_t *table, pw_text_t *out);
const pw_answer_words_t pw_return_rates_words = { &kind, say, close_with, "Does it depend on how often families come back?", false };

static void write_row(const pw_return_rates_t *self, const pw_return_row_t *row, int rate, pw_csv_t *csv)
{
    const pw_variant_t *variant = &row->variant[rate];
    pw_csv_text(csv, row->scenario);
    pw_csv_text(csv, row->measure);
    pw_csv_text(csv, pw_return_rate_name(rate));
    pw_csv_number(csv, pw_return_rate_percent(rate));
    pw_csv_number(csv, pw_number_round12(self->effective[rate]));
    pw_csv_number(csv, self->rate[rate]);
    pw_csv_number(csv, self->volume[rate]);
    pw_csv_text(csv, row->unit);
    pw_csv_number(csv, variant->there ? variant->mean : NAN);
    pw_csv_number(csv, variant->bounded ? variant->low : NAN);
    pw_csv_number(csv, variant->bounded ? variant->high : NAN);
    pw_csv_text(csv, conclusion(row, rate));
    pw_csv_text(csv, verdict(row));
    pw_csv_integer(csv, self->draws);
    pw_csv_integer(csv, self->replications);
    pw_csv_end(csv);
}

void pw_return_rates_write(const pw_return_rates_t *self, pw_csv_t *csv)
{
    for (int i = 0; i < self->n; i++)
        for (int r = 0; r < PW_RETURN_RATES; r++)
            if (self->effective[r] > 0.0)
                write_row(self, &self->row[i], r, csv);
}

/* ---- words ---- */

static bool is(const pw_csv_table_t *table, int64_t row, const char *name, const char *value) { return strcmp(pw_answer_cell(table, row, name), value) == 0; }

static bool is_of(const pw_csv_table_t *table, int64_t row, int64_t other, const char *name)
{
    return is(table, row, name, pw_answer_cell(table, other, name));
}

/* The first row of its scenario and measure: that of the lowest rate there is. */
static bool is_first(const pw_csv_table_t *table, int64_t row)
{
    for (int64_t r = 0; r < row; r++)
        if (is_of(table, r, row, "scenario") && is_of(table, r, row, "measure"))
            return false;
    return true;
}

/* The measures of this row's scenario that are `conclusion` under every rate. */
static void say_same(const pw_csv_table_t *table, int64_t row, const char *conclusion_, const char *before, pw_text_t *out)
{
    int n = 0;
    for (int64_t r = 0; r < table->n_rows; r++) {
        if (!is_of(table, r, row, "scenario") || !is_first(table, r) || is(table, r, "verdict", "depends") || !is(table, r, "conclusion", conclusion_))
            continue;
        pw_text_append(out, n++ ? ", " : before);
        pw_word_measure(pw_answer_cell(table, r, "measure"), out);
    }
    pw_text_append(out, n ? "." : "");
}

/* "wait assessment (better at a low rate, cannot tell at a central, cannot tell at a high)" */
static void say_depends(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    int n = 0;
    for (int64_t r = 0; r < table->n_rows; r++) {
        if (!is_of(table, r, row, "scenario") || !is_first(table, r) || !is(table, r, "verdict", "depends"))
            continue;
        pw_text_append(out, n++ ? "; " : " Depends on the rate: ");
        pw_word_measure(pw_answer_cell(table, r, "measure"), out);
        pw_text_append(out, " (");
        for (int64_t k = r, m = 0; k < table->n_rows; k++)
            if (is_of(table, k, r, "scenario") && is_of(table, k, r, "measure"))
                pw_text_printf(out, "%s%s at a %s", m++ ? ", " : "", pw_answer_cell(table, k, "conclusion"), pw_answer_cell(table, k, "rate"));
        pw_text_append(out, " one)");
    }
    pw_text_append(out, n ? "." : "");
}

/* ", at a low, a central and a high rate of return:"; a rate with too few parameter sets has no rows. */
static void say_rates(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    int n = 0, all = 0;
    for (int64_t r = row; r < table->n_rows; r++)
        all += is_of(table, r, row, "scenario") && is_of(table, r, row, "measure");
    for (int64_t r = row; r < table->n_rows; r++)
        if (is_of(table, r, row, "scenario") && is_of(table, r, row, "measure")) {
            pw_text_printf(out, "%s a %s", n == 0 ? ", at" : n + 1 == all ? " and" : ",", pw_answer_cell(table, r, "rate"));
            n++;
        }
    pw_text_append(out, " rate of return:");
}

/* One paragraph a scenario, at its first row. */
static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    for (int64_t r = 0; r < row; r++)
        if (is_of(table, r, row, "scenario"))
            return;
    pw_word_name(pw_answer_cell(table, row, "scenario"), out);
    say_rates(table, row, out);
    say_same(table, row, "better", " Better than the baseline at every rate: ", out);
    say_same(table, row, "worse", " Worse at every rate: ", out);
    say_depends(table, row, out);
    say_same(table, row, "cannot tell", " Cannot tell at any rate: ", out);
}

static void close_with(const pw_csv_table_t *table, pw_text_t *out)
{
    int n = 0;
    char percent[PW_NUMBER_ROOM], sets[PW_NUMBER_ROOM];
    for (int64_t r = 0; r < table->n_rows; r++) {
        if (!is_of(table, r, 0, "scenario") || !is_of(table, r, 0, "measure"))
            continue;
        pw_text_printf(out, "%s%s, %s %% of families notified again within 21 months (%s effective parameter sets)",
                       n++ ? "; " : "The study says \"a high rate\" and gives no figure. The rates are ", pw_answer_cell(table, r, "rate"),
                       pw_number_decimals(pw_answer_number(table, r, "percent"), 0, percent),
                       pw_number_decimals(pw_answer_number(table, r, "effective_sets"), 0, sets));
    }
    pw_text_append(out, n ? ". Notifications a month are brought alike for all. \"Depends\" may mean that one interval is only just clear of 0 and another "
                            "only just not: look at the intervals before the word." : "");
}
