#include "net_benefit_rows.h"

#include <math.h>
#include <string.h>

#include "digits.h"
#include "wording.h"

#define FILE_NAME "answers/net_benefit.csv"

static const pw_column_t column[] = {
    { FILE_NAME, "scenario", "string", NULL, "name of the scenario, less the baseline" },
    { FILE_NAME, "outcome", "string", NULL, "the measure that a price is put on; measures.csv says what it means" },
    { FILE_NAME, "threshold", "number", "pounds", "what one unit of it is worth to whoever decides" },
    { FILE_NAME, "unit", "string", NULL, "unit of the numbers in this row" },
    { FILE_NAME, "mean", "number", "unit", "the threshold times the units averted (or gained), less what the scenario costs more; above 0 is worth it" },
    { FILE_NAME, "mc_se", "number", "unit", "its Monte Carlo standard error; missing with one replication" },
    { FILE_NAME, "low95", "number", "unit", "lower end of its 95 % interval: over draws, or (one parameter set) of the simulation's noise" },
    { FILE_NAME, "high95", "number", "unit", "upper end" },
    { FILE_NAME, "better", "number", "share", "share of draws in which it is above 0" },
    { FILE_NAME, "clear", "boolean", NULL, "true: the interval does not hold 0, and the mean is larger than the noise of the simulation" },
    { FILE_NAME, "draws", "integer", NULL, "draws in which it has a value; 0: every estimate at its value" },
    { FILE_NAME, "replications", "integer", NULL, "worlds of each draw" },
};
static const pw_answer_kind_t kind = { FILE_NAME, "whether each policy is worth what it costs more, at a price for what it averts", 3, column,
                                       (int)(sizeof column / sizeof column[0]) };

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out);
static void close_with(const pw_csv_table_t *table, pw_text_t *out);
const pw_answer_words_t pw_net_benefit_words = { &kind, say, close_with, "Is it worth what it costs, at that price?", false };

void pw_net_benefit_write(const pw_net_benefit_t *self, const pw_run_t *run, double *room, pw_csv_t *csv)
{
    for (int s = 1; s < run->roster.n_scenarios; s++) {
        pw_summary_t of = pw_net_benefit_summary(self, &run->ledger, &run->joint, s, room);
        const double number[] = { of.mean, of.mc_se, of.low95, of.high95, of.better };
        pw_csv_text(csv, run->roster.scenario[s]);
        pw_csv_text(csv, run->catalogue.measure[self->outcome].name);
        pw_csv_number(csv, self->threshold);
        pw_csv_text(csv, self->unit);
        for (size_t i = 0; i < sizeof number / sizeof number[0]; i++)
            pw_csv_number(csv, number[i]);
        pw_csv_bool(csv, pw_clear_of_zero(&of));
        pw_csv_integer(csv, of.draws);
        pw_csv_integer(csv, of.replications);
        pw_csv_end(csv);
    }
}

/* ---- words ---- */

/* "£48,000 (a net benefit from £12,000 to £91,000)"; without an interval the number alone. */
static void say_pounds(double mean, double low, double high, bool clear, const char *unit, pw_text_t *out)
{
    pw_digits_t digits = isnan(low) ? pw_digits_alone(mean, PW_DIGITS_ALONE, PW_OF_POUNDS) : pw_digits_interval(low, high, PW_OF_POUNDS);
    pw_put_words(clear ? fabs(mean) : mean, digits, out);
    pw_text_append(out, unit + strlen("£"));
    if (isnan(low))
        return;
    pw_text_append(out, clear ? " (95 % interval of the net benefit " : " (95 % interval ");
    pw_put_words(low, digits, out);
    pw_text_append(out, " to ");
    pw_put_words(high, digits, out);
    pw_text_append(out, ")");
}

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    const char *unit = pw_answer_cell(table, row, "unit");
    double mean = pw_answer_number(table, row, "mean"), better = pw_answer_number(table, row, "better"), low = pw_answer_number(table, row, "low95");
    bool clear = strcmp(pw_answer_cell(table, row, "clear"), "true") == 0, drawn = pw_answer_number(table, row, "draws") > 0.0;
    pw_word_name(pw_answer_cell(table, row, "scenario"), out);
    pw_text_append(out, ", at ");
    pw_answer_say_quantity(pw_answer_number(table, row, "threshold"), "pounds", out);
    pw_text_append(out, " for each ");
    pw_word_one(pw_answer_cell(table, row, "outcome"), out);
    if (isnan(mean)) {
        pw_text_append(out, ": no value.");
        return;
    }
    pw_text_printf(out, ": %s ", !clear ? "cannot tell whether it is worth its cost; its net benefit is" : mean > 0.0 ? "worth its cost, by"
                                 : "not worth its cost, by");
    say_pounds(mean, low, pw_answer_number(table, row, "high95"), clear, unit, out);
    if (drawn && !isnan(better)) {
        pw_text_append(out, "; above 0 in ");
        pw_put_share(better, out);
        pw_text_append(out, " of draws");
    }
    pw_text_append(out, ".");
}

static void close_with(const pw_csv_table_t *table, pw_text_t *out)
{
    if (table->n_rows > 0)
        pw_text_append(out, "The price of one is a choice of whoever decides; no piece of evidence says it.");
}
