#include "sensitivity_rows.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/table.h"
#include "../measure/rank_correlation.h"
#include "answers_text.h"
#include "digits.h"
#include "wording.h"

#define FILE_NAME "answers/sensitivity.csv"

static const pw_column_t column[] = {
    { FILE_NAME, "measure", "string", NULL, "name of the measure" },
    { FILE_NAME, "scenario", "string", NULL, "the scenario, whose difference from the baseline it is about; baseline: its value" },
    { FILE_NAME, "method", "string", NULL, "given data, saltelli, morris" },
    { FILE_NAME, "input", "string", NULL, "estimate or setting" },
    { FILE_NAME, "grade", "string", NULL, "of an estimate: measured, published, derived, assumed; fitted: assumed, then fitted to the study" },
#define X(name, unit, meaning) { FILE_NAME, #name, "number", unit, meaning },
    PW_SENSITIVITY_NUMBERS(X)
#undef X
};
const pw_answer_kind_t pw_sensitivity_kind = { FILE_NAME, "which inputs move a measure, by given data, Saltelli's or Morris's design", 4, column,
                                               (int)(sizeof column / sizeof column[0]) };

void pw_sensitivity_clear(pw_sensitivity_row_t *row)
{
    for (int k = 0; k < PW_SENSITIVITY_N; k++)
        row->number[k] = NAN;
}

void pw_sensitivity_put(const pw_sensitivity_row_t *row, pw_csv_t *csv)
{
    pw_csv_text(csv, row->measure);
    pw_csv_text(csv, row->scenario);
    pw_csv_text(csv, row->method);
    pw_csv_text(csv, row->input);
    pw_csv_text(csv, row->grade);
    for (int k = 0; k < PW_SENSITIVITY_N; k++)
        pw_csv_number(csv, row->number[k]);
    pw_csv_end(csv);
}

/* ---- from points ---- */

/* Means of y where the input's score is in its lowest and highest fifth: beyond the normal quantiles of 0.2 and 0.8. */
static void tornado(const pw_spline_t *input, const double *y, int n, pw_sensitivity_row_t *row)
{
    static const double fifth = 0.8416212336;
    double low = 0.0, high = 0.0;
    int n_low = 0, n_high = 0;
    for (int i = 0; i < n; i++) {
        bool in_low = input->score[i] < -fifth, in_high = input->score[i] > fifth;
        low += in_low ? y[i] : 0.0;
        high += in_high ? y[i] : 0.0;
        n_low += in_low;
        n_high += in_high;
    }
    row->number[PW_SENSITIVITY_in_lowest] = n_low > 0 ? low / n_low : NAN;
    row->number[PW_SENSITIVITY_in_highest] = n_high > 0 ? high / n_high : NAN;
}

pw_status_t pw_sensitivity_of_points(const pw_given_t *given, const double *const *x, const double *y, double noise, pw_sensitivity_row_t *rows)
{
    int p = given->p, n = given->n;
    for (int i = 0; i < n; i++)
        if (isnan(y[i]))
            return PW_OK;
    pw_share_t *share = pw_alloc((size_t)p, sizeof share[0]);
    pw_prcc_t *prcc = pw_alloc((size_t)p, sizeof prcc[0]);
    pw_status_t status = share && prcc ? pw_given_shares(given, y, noise, NULL, 0, share, NULL, NULL) : PW_ERROR_MEMORY;
    pw_status_t ranks = status == PW_OK ? pw_prcc(x, p, y, n, prcc) : status;
    for (int j = 0; j < p && status == PW_OK; j++) {
        if (given->input[j].size == 0)
            continue;
        rows[j].number[PW_SENSITIVITY_share] = share[j].share;
        rows[j].number[PW_SENSITIVITY_share_error] = share[j].error;
        tornado(&given->input[j], y, n, &rows[j]);
        if (ranks != PW_OK)
            continue;
        rows[j].number[PW_SENSITIVITY_prcc] = prcc[j].value;
        rows[j].number[PW_SENSITIVITY_prcc_low95] = prcc[j].low95;
        rows[j].number[PW_SENSITIVITY_prcc_high95] = prcc[j].high95;
    }
    pw_free(share);
    pw_free(prcc);
    return status != PW_OK ? status : ranks == PW_ERROR_MEMORY ? ranks : PW_OK;
}

/* ---- a run ---- */

static void own_values(const pw_ground_t *ground, const char *measure, double *y)
{
    const pw_csv_table_t *draws = &ground->account->table[PW_READ_draws];
    int c = pw_csv_find(draws, measure), n_scenarios = ground->account->manifest.n_scenarios;
    for (int i = 0; i < ground->n; i++)
        y[i] = pw_csv_value(draws, (int64_t)i * n_scenarios, c);
}

pw_status_t pw_sensitivity_run(const pw_ground_t *ground, const char *measure, pw_csv_t *csv)
{
    int n_scenarios = ground->account->manifest.n_scenarios;
    double *y = pw_alloc((size_t)ground->n, sizeof y[0]);
    pw_sensitivity_row_t *rows = pw_alloc((size_t)ground->p, sizeof rows[0]);
    pw_status_t status = y && rows ? PW_OK : PW_ERROR_MEMORY;
    for (int s = n_scenarios > 1; s < n_scenarios && status == PW_OK; s++) {
        double noise = s > 0 ? pw_ground_noise(ground, measure, s, 0) : NAN;
        if (s > 0)
            (void)pw_ground_difference(ground, measure, s, 0, y);
        else
            own_values(ground, measure, y);
        for (int j = 0; j < ground->p; j++) {
            rows[j] = (pw_sensitivity_row_t){ measure, ground->account->manifest.scenario[s].name, "given data", ground->estimate[j].label,
                                              pw_ground_group_name(ground->group[j]), { 0 } };
            pw_sensitivity_clear(&rows[j]);
        }
        status = pw_sensitivity_of_points(&ground->given, ground->column, y, isnan(noise) ? 0.0 : noise, rows);
        for (int j = 0; j < ground->p && status == PW_OK; j++)
            pw_sensitivity_put(&rows[j], csv);
    }
    pw_free(y);
    pw_free(rows);
    return status;
}

/* ---- printing ---- */

typedef struct { const char *heading; int number, low, high, error; } shown_t;      /* low, high, error: -1 if not shown beside it */
#define N(name) PW_SENSITIVITY_##name
static const shown_t given_data[] = { { "share", N(share), -1, -1, N(share_error) }, { "PRCC", N(prcc), N(prcc_low95), N(prcc_high95), -1 },
                                      { "lowest fifth", N(in_lowest), -1, -1, -1 }, { "highest fifth", N(in_highest), -1, -1, -1 }, { NULL, 0, 0, 0, 0 } };
static const shown_t saltelli[] = { { "total", N(total), N(total_low95), N(total_high95), -1 }, { "first order", N(first), N(first_low95), N(first_high95),
                                                                                                  -1 }, { NULL, 0, 0, 0, 0 } };
static const shown_t morris[] = { { "mu*", N(mu_star), -1, -1, N(mu_star_error) }, { "mu", N(mu), -1, -1, -1 }, { "sigma", N(sigma), -1, -1, -1 },
                                  { NULL, 0, 0, 0, 0 } };
#undef N

static const shown_t *shown_of(const char *method) { return strcmp(method, "saltelli") == 0 ? saltelli : strcmp(method, "morris") == 0 ? morris : given_data; }

typedef struct { const pw_csv_table_t *table; int first; } reading_t;      /* first: the column of the first number */

static double number_at(const reading_t *self, int64_t row, int k) { return k < 0 ? NAN : pw_csv_value(self->table, row, self->first + k); }

/* "0.42 ±0.09" */
static void put_give_or_take(double value, double margin, pw_text_t *out)
{
    pw_digits_t digits = pw_digits_interval(0.0, margin, PW_OF_RESULT);
    if (!pw_digits_show(margin, digits)) {
        pw_put_number_cell(value, PW_OF_RESULT, out);
        pw_text_append(out, " ±<0.01");
        return;
    }
    pw_put_cell(value, digits, out);
    pw_text_append(out, " ±");
    pw_put_cell(margin, digits, out);
}

/* Half a 95 % interval; of a mean of few elementary effects by Student's t. */
static double half_width(const reading_t *self, int64_t row, double error)
{
    double effects = number_at(self, row, PW_SENSITIVITY_effects);
    return error * (effects > 1.0 ? gsl_cdf_tdist_Pinv(0.975, effects - 1.0) : 1.96);
}

static void put_number(const reading_t *self, int64_t row, const shown_t *shown, pw_table_t *table)
{
    double value = number_at(self, row, shown->number), low = number_at(self, row, shown->low), high = number_at(self, row, shown->high),
        error = number_at(self, row, shown->error);
    pw_text_t text = { 0 };
    if (!isnan(value) && !isnan(low))
        pw_put_interval_cell(value, low, high, PW_OF_RESULT, &text);
    else if (!isnan(value) && error > 0.0)
        put_give_or_take(value, half_width(self, row, error), &text);
    else
        pw_put_number_cell(value, PW_OF_RESULT, &text);
    pw_table_cell(table, PW_RIGHT, "%s", pw_text_get(&text));
    pw_text_free(&text);
}

static void put_input(const reading_t *self, int64_t row, pw_table_t *table)
{
    pw_text_t words = { 0 };
    pw_word_input(pw_csv_cell(self->table, row, 3), &words);
    pw_answer_capital(&words);
    pw_table_cell(table, PW_LEFT, "%s", pw_text_get(&words));
    pw_text_free(&words);
}

static bool same_question(const pw_csv_table_t *table, int64_t a, int64_t b)
{
    for (int c = 0; c < 3; c++)
        if (strcmp(pw_csv_cell(table, a, c), pw_csv_cell(table, b, c)) != 0)
            return false;
    return true;
}

/* What a sweep's numbers hold beside its inputs, where it is a tenth or more of the points' spread. */
static void print_noise(const reading_t *self, int64_t row, FILE *out)
{
    double noise = number_at(self, row, PW_SENSITIVITY_noise);
    const char *method = pw_csv_cell(self->table, row, 2);
    if (!(noise >= 0.1))
        return;
    fprintf(out, "\n%.0f %% of the spread between these points is noise of the simulation and no input's", fmin(100.0 * noise, 100.0));
    if (strcmp(method, "morris") == 0)
        fputs(". mu* and sigma hold it:\nan input that hardly matters may show. More replications help.\n", out);
    else
        fputs("; it is taken off.\n", out);
}

/* Rows from..to of one question: the `most` whose first number is largest. */
static pw_status_t print_question(const reading_t *self, int64_t from, int64_t to, int most, FILE *out)
{
    const shown_t *shown = shown_of(pw_csv_cell(self->table, from, 2));
    bool *done = pw_alloc((size_t)(to - from), sizeof done[0]);
    pw_table_t table = { 0 };
    if (!done)
        return PW_ERROR_MEMORY;
    pw_table_cell(&table, PW_LEFT, "input");
    pw_table_cell(&table, PW_LEFT, "grade");
    for (const shown_t *s = shown; s->heading; s++)
        pw_table_cell(&table, PW_RIGHT, "%s", s->heading);
    pw_table_end_row(&table);
    pw_table_rule(&table);
    for (int k = 0; k < most; k++) {
        int64_t best = -1;
        for (int64_t r = from; r < to; r++)
            if (!done[r - from] && !isnan(number_at(self, r, shown->number)) && (best < 0 || number_at(self, r, shown->number) > number_at(self, best,
                                                                                                                                           shown->number)))
                best = r;
        if (best < 0)
            break;
        done[best - from] = true;
        put_input(self, best, &table);
        pw_table_cell(&table, PW_LEFT, "%s", pw_csv_cell(self->table, best, 4));
        for (const shown_t *s = shown; s->heading; s++)
            put_number(self, best, s, &table);
        pw_table_end_row(&table);
    }
    bool own = strcmp(pw_csv_cell(self->table, from, 1), "baseline") == 0, any = false;
    for (int64_t r = from; r < to; r++)
        any = any || done[r - from];
    pw_text_t title = { 0 };
    pw_word_measure(pw_csv_cell(self->table, from, 0), &title);
    pw_text_append(&title, ", ");
    pw_word_name(pw_csv_cell(self->table, from, 1), &title);
    pw_answer_capital(&title);
    fprintf(out, "%s%s (%s)\n\n", pw_text_get(&title), own ? "" : " less the baseline", pw_csv_cell(self->table, from, 2));
    pw_text_free(&title);
    pw_status_t status = any ? pw_table_print(&table, out) : PW_OK;
    if (!any)
        fputs("No input shows: it is the same everywhere, or has no value somewhere.\n", out);
    print_noise(self, from, out);
    pw_table_free(&table);
    pw_free(done);
    return status;
}

pw_status_t pw_sensitivity_print(const pw_answer_rows_t *rows, int most, FILE *to)
{
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    pw_status_t status = pw_csv_parse(&table, FILE_NAME, rows->bytes, rows->n, &findings);
    reading_t self = { &table, 5 };
    for (int64_t from = 0, end; status == PW_OK && from < table.n_rows; from = end) {
        for (end = from + 1; end < table.n_rows && same_question(&table, from, end);)
            end++;
        if (from > 0)
            putc('\n', to);
        status = print_question(&self, from, end, most, to);
    }
    if (status == PW_OK && table.n_rows > 0)
        fputs("\n± and brackets: 95 % intervals.\n", to);
    pw_csv_table_free(&table);
    pw_findings_free(&findings);
    return status;
}
