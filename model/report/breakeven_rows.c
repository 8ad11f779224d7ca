#include "breakeven_rows.h"

#include <math.h>
#include <string.h>

#include "digits.h"
#include "wording.h"

#define FILE_NAME "answers/breakeven.csv"

static const pw_column_t column[] = {
    { FILE_NAME, "scenario", "string", NULL, "name of the scenario" },
    { FILE_NAME, "of", "string", NULL, "what it has to do better than the baseline: a measure, net_benefit, payback or cash_payback" },
    { FILE_NAME, "outcome", "string", NULL, "of net_benefit: the measure that the threshold is a price of" },
    { FILE_NAME, "threshold", "number", "pounds", "of net_benefit: what one unit fewer of the outcome is worth to whoever decides" },
    { FILE_NAME, "by_year", "integer", "years", "of payback: the money has to be back by the end of this year" },
    { FILE_NAME, "over", "string", NULL, "what is moved: evidence.NAME (in the baseline too) or a setting's path (in the scenario alone)" },
    { FILE_NAME, "against", "string", NULL, "what is held at another value meanwhile; empty: nothing" },
    { FILE_NAME, "against_value", "number", "by kind", "that value" },
    { FILE_NAME, "against_quantity", "string", NULL, "kind of the number that is held" },
    { FILE_NAME, "quantity", "string", NULL, "kind of the number that is moved" },
    { FILE_NAME, "verdict", "string", NULL,
      "found; every value; no value; no difference: the gain is 0 at every value; turns back: both ends of the range alike, the middle not; cannot tell: "
      "within the simulation's noise everywhere" },
    { FILE_NAME, "better", "string", NULL, "above, below: on which side of the value the scenario does better; in the middle, outside: where it turns back" },
    { FILE_NAME, "value", "number", "by kind", "the switching value; of whole numbers the last one that does" },
    { FILE_NAME, "low999", "number", "by kind", "lower end of its 99.9 % Monte Carlo interval; of whole numbers the least whose gain is not clear of noise" },
    { FILE_NAME, "high999", "number", "by kind", "upper end, likewise" },
    { FILE_NAME, "settled", "boolean", NULL, "true: found: known to two digits, or to a tenth of its own Monte Carlo error; every value, no value, turns back: "
      "clear of noise (99.9 %) at both ends and in the middle" },
    { FILE_NAME, "range_low", "number", "by kind", "least value that was looked at; of an estimate its 2.5 % point, unless another range was asked for" },
    { FILE_NAME, "range_high", "number", "by kind", "greatest value that was looked at; likewise" },
    { FILE_NAME, "gain_at_low", "number", "gain_unit", "the gain at the least value, above 0 is better" },
    { FILE_NAME, "gain_at_high", "number", "gain_unit", "the gain at the greatest value" },
    { FILE_NAME, "noise_at_ends", "number", "gain_unit", "the larger Monte Carlo standard error of the two" },
    { FILE_NAME, "gain_unit", "string", NULL, "unit of the gain" },
    { FILE_NAME, "stated", "number", "by kind", "what the files say of the number that is moved" },
    { FILE_NAME, "grade", "string", NULL, "of an estimate: measured, published, derived, assumed" },
    { FILE_NAME, "chance_better", "number", "share", "of an estimate: the chance, by its own distribution, that the truth is on the better side" },
    { FILE_NAME, "chance_from", "string", NULL, "what that chance is of: prior, the estimate's own distribution; posterior, the share by weight of the sets "
      "that agree with the study" },
    { FILE_NAME, "looks", "integer", NULL, "values at which the scenario and the baseline were simulated" },
    { FILE_NAME, "draws", "integer", NULL, "draws of all other estimates at each value; 0: each at its value" },
    { FILE_NAME, "replications", "integer", NULL, "worlds of each draw" },
    { FILE_NAME, "drawn_from", "string", NULL, PW_DRAWN_FROM_MEANING },
};

static const pw_answer_kind_t kind = { FILE_NAME, "switching values: how good, how much used, how large or how cheap a policy would have to be", 8, column,
                                       (int)(sizeof column / sizeof column[0]) };

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out);
static void close_with(const pw_csv_table_t *table, pw_text_t *out);
const pw_answer_words_t pw_breakeven_words = { &kind, say, close_with, "How good would a policy have to be?", false };

/* ---- rows ---- */

static const char *quantity_of(const pw_lever_t *lever)
{
    return lever->estimate ? pw_quantity_name(lever->estimate->quantity) : lever->range.whole ? "places" : "setting";
}

static const char *side_of(const pw_breakeven_t *found)
{
    if (found->verdict == PW_BREAKEVEN_FOUND)
        return found->above ? "above" : "below";
    return found->verdict == PW_BREAKEVEN_TURNS ? found->above ? "in the middle" : "outside" : NULL;
}

static void put_goal(const pw_breakeven_row_t *row, pw_csv_t *csv)
{
    bool net = strcmp(row->goal->of, PW_GOAL_NET_BENEFIT) == 0;
    pw_csv_text(csv, row->scenario);
    pw_csv_text(csv, row->goal->of);
    pw_csv_text(csv, net ? row->answer->measure : NULL);
    pw_csv_number(csv, net ? row->goal->threshold : NAN);
    if (row->goal->by_year > 0)
        pw_csv_integer(csv, row->goal->by_year);
    else
        pw_csv_text(csv, NULL);
    pw_csv_text(csv, row->lever->path);
    pw_csv_text(csv, row->held.lever ? row->held.lever->path : NULL);
    pw_csv_number(csv, row->held.lever ? row->held.value : NAN);
    pw_csv_text(csv, row->held.lever ? quantity_of(row->held.lever) : NULL);
}

static void put_found(const pw_breakeven_row_t *row, pw_csv_t *csv)
{
    const pw_breakeven_t *found = &row->answer->found;
    bool is_found = found->verdict == PW_BREAKEVEN_FOUND;
    pw_csv_text(csv, quantity_of(row->lever));
    pw_csv_text(csv, pw_breakeven_verdict_name(found->verdict));
    pw_csv_text(csv, side_of(found));
    pw_csv_number(csv, is_found ? found->value : NAN);
    pw_csv_number(csv, is_found ? found->low : NAN);
    pw_csv_number(csv, is_found ? found->high : NAN);
    if (is_found || found->verdict == PW_BREAKEVEN_EVERY || found->verdict == PW_BREAKEVEN_NO_VALUE || found->verdict == PW_BREAKEVEN_TURNS)
        pw_csv_bool(csv, is_found ? found->settled : !found->faint);
    else
        pw_csv_text(csv, NULL);
    pw_csv_number(csv, row->lever->range.low);
    pw_csv_number(csv, row->lever->range.high);
    pw_csv_number(csv, found->look[0].gain.mean);
    pw_csv_number(csv, found->look[1].gain.mean);
    pw_csv_number(csv, fmax(found->look[0].gain.se, found->look[1].gain.se));
    pw_csv_text(csv, row->answer->unit);
}

void pw_breakeven_write(const pw_breakeven_row_t *row, pw_csv_t *csv)
{
    put_goal(row, csv);
    put_found(row, csv);
    pw_csv_number(csv, row->lever->stated);
    pw_csv_text(csv, row->lever->estimate ? pw_grade_name(row->lever->estimate->grade) : NULL);
    pw_csv_number(csv, row->answer->chance);
    pw_csv_text(csv, isnan(row->answer->chance) ? NULL : row->answer->of_sets ? "posterior" : "prior");
    pw_csv_integer(csv, row->answer->found.n_looks);
    pw_csv_integer(csv, row->draws);
    pw_csv_integer(csv, row->replications);
    pw_csv_text(csv, row->drawn_from);
    pw_csv_end(csv);
}

/* ---- words ---- */

typedef struct { const pw_csv_table_t *table; int64_t row; pw_text_t *out; } saying_t;

static const char *cell(const saying_t *self, const char *name) { return pw_answer_cell(self->table, self->row, name); }
static double number(const saying_t *self, const char *name) { return pw_answer_number(self->table, self->row, name); }
static void quantity(const saying_t *self, double value) { pw_answer_say_quantity(value, cell(self, "quantity"), self->out); }

/* "£2,883"; of an effect, a ratio, what it comes to: "0.670, 33 % less". */
static void say_value(const char *path, double value, const char *of, pw_text_t *out)
{
    static const char effect[] = "_effect";
    size_t n = strlen(path), m = strlen(effect);
    pw_answer_say_quantity(value, of, out);
    if (strcmp(of, "ratio") == 0 && n > m && strcmp(path + n - m, effect) == 0)
        pw_text_printf(out, fabs(value - 1.0) < 0.0005 ? ", no effect" : fabs(value - 1.0) < 0.005 ? ", next to no effect" : ", %.0f %% %s",
                       100.0 * fabs(value - 1.0), value < 1.0 ? "less" : "more");
}

/* "better than the baseline in repeat_notifications"; the caller says who is. */
static void say_goal(const saying_t *self)
{
    const char *of = cell(self, "of");
    bool cash = strcmp(of, PW_GOAL_CASH_PAYBACK) == 0;
    if (strcmp(of, PW_GOAL_NET_BENEFIT) == 0) {
        pw_text_append(self->out, "worth its cost (");
        pw_answer_say_quantity(number(self, "threshold"), "pounds", self->out);
        pw_text_append(self->out, " for each ");
        pw_word_one(cell(self, "outcome"), self->out);
        pw_text_append(self->out, ")");
    } else if (cash || strcmp(of, PW_GOAL_PAYBACK) == 0) {
        pw_text_printf(self->out, "paid back%s by the end of year %s", cash ? " in cash" : "", cell(self, "by_year"));
    } else {
        pw_text_append(self->out, "better than the baseline in ");
        pw_word_measure(of, self->out);
    }
}

static void say_evidence(const saying_t *self)
{
    double chance = number(self, "chance_better");
    if (!isnan(number(self, "stated"))) {
        pw_text_append(self->out, cell(self, "grade")[0] ? " The register says " : " The files say ");
        say_value(cell(self, "over"), number(self, "stated"), cell(self, "quantity"), self->out);
        if (cell(self, "grade")[0])
            pw_text_printf(self->out, " (%s)", cell(self, "grade"));
    }
    if (isnan(chance))
        pw_text_append(self->out, isnan(number(self, "stated")) ? "" : ".");
    else {
        pw_text_printf(self->out, "; %s the chance that it is on the better side is ",
                       strcmp(cell(self, "chance_from"), "posterior") == 0 ? "among the sets that agree with the study" : "by its own distribution");
        pw_put_share(chance, self->out);
        pw_text_append(self->out, ".");
    }
}

static void say_noise(const saying_t *self)
{
    double low = number(self, "low999"), high = number(self, "high999");
    bool whole = strcmp(cell(self, "quantity"), "places") == 0 && number(self, "value") == floor(number(self, "value"));
    if (isnan(low) || isnan(high) || (whole && low == high))
        return;
    double least = number(self, "range_low"), most = number(self, "range_high");
    pw_text_append(self->out, whole ? " (with the simulation's noise, at 99.9 %, not to be told from even: " : " (99.9 % interval of the simulation's noise: ");
    pw_text_append(self->out, low < least ? "below " : "");
    quantity(self, fmax(low, least));
    pw_text_append(self->out, high > most ? " to above " : " to ");
    quantity(self, fmin(high, most));
    pw_text_append(self->out, ")");
}

static void say_found(const saying_t *self)
{
    bool above = strcmp(cell(self, "better"), "above") == 0, whole = strcmp(cell(self, "quantity"), "places") == 0;
    pw_text_append(self->out, " if the ");
    pw_word_path(cell(self, "over"), self->out);
    pw_text_printf(self->out, " is %s ", whole ? above ? "at least" : "at most" : above ? "above" : "below");
    say_value(cell(self, "over"), number(self, "value"), cell(self, "quantity"), self->out);
    say_noise(self);
    pw_text_append(self->out, ".");
    if (strcmp(cell(self, "settled"), "true") != 0)
        pw_text_append(self->out, " (After twelve looks it is not known to two digits yet.)");
    say_evidence(self);
}

static void say_range(const saying_t *self)
{
    pw_text_append(self->out, " of the ");
    pw_word_path(cell(self, "over"), self->out);
    pw_text_append(self->out, " from ");
    quantity(self, number(self, "range_low"));
    pw_text_append(self->out, " to ");
    quantity(self, number(self, "range_high"));
    pw_text_append(self->out, cell(self, "grade")[0] ? ", the range that the register leaves." : ".");
}

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    saying_t self = { table, row, out };
    const char *verdict = cell(&self, "verdict");
    bool paid = strstr(cell(&self, "of"), PW_GOAL_PAYBACK) != NULL, faint = strcmp(cell(&self, "settled"), "false") == 0;
    if (cell(&self, "against")[0]) {
        pw_text_append(out, "With the ");
        pw_word_path(cell(&self, "against"), out);
        pw_text_append(out, " at ");
        say_value(cell(&self, "against"), number(&self, "against_value"), cell(&self, "against_quantity"), out);
        pw_text_append(out, ": ");
    }
    if (strcmp(verdict, "no difference") == 0) {
        pw_word_name(cell(&self, "scenario"), out);
        pw_text_append(out, ": nothing hangs on the ");
        pw_word_path(cell(&self, "over"), out);
        pw_text_append(out, "; the difference from the baseline is exactly 0 at every value looked at.");
        return;
    }
    if (strcmp(verdict, "cannot tell") == 0) {
        pw_word_name(cell(&self, "scenario"), out);
        pw_text_append(out, ": cannot tell at which value it would be ");
        say_goal(&self);
        pw_text_append(out, "; the difference is within the simulation's noise at every value");
        say_range(&self);
        pw_text_append(out, " More draws or replications may tell.");
        return;
    }
    pw_word_name(cell(&self, "scenario"), out);
    pw_text_append(out, paid ? " has " : " is ");
    say_goal(&self);
    if (strcmp(verdict, "found") == 0) {
        say_found(&self);
    } else if (strcmp(verdict, "turns back") == 0) {
        pw_text_printf(out, " %s", strcmp(cell(&self, "better"), "in the middle") == 0 ? "in the middle but at neither end"
                       : "at both ends but not in the middle");
        say_range(&self);
        pw_text_append(out, faint ? " At an end it is within the simulation's noise, so there may be one switching value or two: ask for each with a narrower "
                       "--range, and more draws or replications."
                                  : " There are two switching values: ask for each with a narrower --range.");
    } else {
        pw_text_printf(out, " at %s", verdict);
        say_range(&self);
        if (faint)
            pw_text_append(out, " Somewhere in it the difference is within the simulation's noise: more draws or replications may show a value after all.");
    }
}

static void close_with(const pw_csv_table_t *table, pw_text_t *out)
{
    pw_text_append(out, "A switching value is no forecast: it says how good something would have to be, not how good it is. Each look is on the same "
                   "families with the same "
                        "luck.");
    pw_answer_say_drawn(table, out);
}
