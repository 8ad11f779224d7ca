#include "answers_text.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "../base/number.h"
#include "breakeven_rows.h"
#include "budget_rows.h"
#include "digits.h"
#include "net_benefit_rows.h"
#include "one_more_rows.h"
#include "return_rates.h"
#include "shares_rows.h"
#include "switches_rows.h"
#include "tiers_rows.h"
#include "worth_rows.h"

enum { WIDTH = 90 };

static const pw_answer_words_t *const all[] = { &pw_tiers_words,    &pw_shares_words,   &pw_worth_words, &pw_breakeven_words,
                                                &pw_one_more_words, &pw_switches_words, &pw_budget_words, &pw_return_rates_words, &pw_net_benefit_words };
enum { N_ALL = sizeof all / sizeof all[0] };

int pw_answer_words(const pw_answer_words_t *const **out)
{
    *out = all;
    return N_ALL;
}

const pw_answer_words_t *pw_answer_words_find(const char *file)
{
    for (int i = 0; i < N_ALL; i++)
        if (strcmp(all[i]->kind->file, file) == 0)
            return all[i];
    return NULL;
}

/* ---- printing ---- */

/* Breaks a paragraph between words. */
static void print_wrapped(const char *text, FILE *to)
{
    size_t column = 0;
    while (*text) {
        size_t n = strcspn(text, " ");
        char word[256];
        snprintf(word, sizeof word, "%.*s", (int)n, text);
        size_t width = pw_text_width(word);
        if (column > 0 && column + 1 + width > WIDTH) {
            putc('\n', to);
            column = 0;
        }
        if (column > 0)
            putc(' ', to);
        fprintf(to, "%.*s", (int)n, text);
        column += width + (column > 0);
        text += n + (text[n] == ' ');
    }
    putc('\n', to);
}

static pw_status_t print_text(pw_text_t *text, bool *first, FILE *to)
{
    bool failed = text->failed;
    if (!failed && pw_text_get(text)[0]) {
        if (!*first)
            putc('\n', to);
        *first = false;
        print_wrapped(pw_text_get(text), to);
    }
    pw_text_free(text);
    return failed ? PW_ERROR_MEMORY : PW_OK;
}

pw_status_t pw_answers_print(const char *file, const pw_answer_rows_t *rows, FILE *to)
{
    const pw_answer_words_t *words = pw_answer_words_find(file);
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    bool first = true;
    pw_status_t status = pw_csv_parse(&table, file, rows->bytes, rows->n, &findings);
    for (int64_t r = 0; status == PW_OK && r <= table.n_rows; r++) {
        pw_text_t text = { 0 };
        if (r < table.n_rows)
            words->say(&table, r, &text);
        else if (words->close)
            words->close(&table, &text);
        pw_answer_capital(&text);
        status = print_text(&text, &first, to);
    }
    pw_csv_table_free(&table);
    pw_findings_free(&findings);
    return status;
}

/* ---- pieces ---- */

void pw_answer_capital(pw_text_t *sentence)
{
    if (sentence->n > 0 && sentence->bytes[0] >= 'a' && sentence->bytes[0] <= 'z')
        sentence->bytes[0] = (char)(sentence->bytes[0] - 'a' + 'A');
}

const char *pw_answer_joint(int i, int n) { return i == 0 ? "" : i == n - 1 ? " and " : ", "; }

const char *pw_answer_cell(const pw_csv_table_t *table, int64_t row, const char *column)
{
    int at = pw_csv_find(table, column);
    return at < 0 ? "" : pw_csv_cell(table, row, at);
}

double pw_answer_number(const pw_csv_table_t *table, int64_t row, const char *column)
{
    int at = pw_csv_find(table, column);
    return at < 0 ? NAN : pw_csv_value(table, row, at);
}

void pw_answer_say_drawn(const pw_csv_table_t *table, pw_text_t *out)
{
    static const struct { const char *from, *sentence; } said[] = {
        { "posterior", "parameter sets that agree with the study (a posterior; what it does not have is drawn from its own interval)" },
        { "prior", "each estimate's own interval, whether or not together they agree with the study" },
        { "values", "no draws: every estimate is at its value, so that none of the doubt about the numbers is in this" },
    };
    int n = 0;
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        for (int64_t r = 0; r < table->n_rows; r++)
            if (strcmp(pw_answer_cell(table, r, "drawn_from"), said[i].from) == 0) {
                bool held = strcmp(said[i].from, "values") == 0;
                pw_text_printf(out, "%s%s", held ? n ? "; some with " : " With " : n ? "; some from " : " Drawn from: ", said[i].sentence);
                n++;
                break;
            }
    pw_text_append(out, n ? "." : "");
}

double pw_answer_margin(const pw_csv_table_t *table, int64_t row)
{
    double draws = pw_answer_number(table, row, "draws"), units = draws > 0.0 ? draws : pw_answer_number(table, row, "replications");
    return units > 1.0 ? gsl_cdf_tdist_Pinv(0.975, units - 1.0) * pw_answer_number(table, row, "mc_se") : NAN;
}

void pw_answer_say_quantity(double value, const char *quantity, pw_text_t *out)
{
    enum pw_digits_of of = strcmp(quantity, "pounds") == 0 ? PW_OF_POUNDS : PW_OF_INPUT;
    if (value == floor(value) && fabs(value) < 1e9)
        pw_put_exact(value, of, out);
    else
        pw_put_number(value, PW_DIGITS_ALONE, of, out);
    pw_text_append(out, strcmp(quantity, "percent") == 0 ? " %" : "");
}
