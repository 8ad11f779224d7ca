#include "answers_of_run.h"

#include <math.h>
#include <string.h>

#include "shares_rows.h"
#include "tiers_rows.h"
#include "worth_rows.h"

enum { N_KINDS = 3, PAIRS_SAID = 6 };

typedef struct {
    const char *folder;
    pw_worth_asked_t asked;
    const pw_answer_made_t *made;
    FILE *to;
    pw_text_t *why;
    pw_account_t account;
    pw_ground_t ground;
} work_t;

typedef pw_status_t write_t(const work_t *self, const char *measure, pw_csv_t *csv);

static pw_status_t shares(const work_t *self, const char *measure, pw_csv_t *csv) { return pw_shares_write(&self->ground, measure, csv); }
static pw_status_t tiers(const work_t *self, const char *measure, pw_csv_t *csv) { return pw_tiers_write(&self->ground, measure, csv); }
static pw_status_t worth(const work_t *self, const char *measure, pw_csv_t *csv)
{
    (void)measure;
    return pw_worth_write(&self->ground, &self->asked, csv);
}

static const struct { const pw_answer_words_t *words; write_t *write; } answer[N_KINDS] = { { &pw_tiers_words, tiers }, { &pw_shares_words, shares },
                                                                                            { &pw_worth_words, worth } };

static pw_status_t make(const work_t *self, int k, const char *measure, pw_answer_rows_t *rows)
{
    pw_status_t status = pw_answer_rows_begin(rows, answer[k].words->kind);
    if (status == PW_OK)
        status = answer[k].write(self, measure, &rows->csv);
    return status == PW_OK ? pw_answer_rows_end(rows) : status;
}

/* A page, not a book: of many policies only the pairs with the baseline are said; the others are in the file. */
static bool is_said(const pw_csv_table_t *table, int64_t row)
{
    return table->n_rows <= PAIRS_SAID + 4 || strcmp(pw_answer_cell(table, row, "what"), "pair") != 0 ||
           strcmp(pw_answer_cell(table, row, "other"), "baseline") == 0;
}

static pw_status_t keep_said(const pw_answer_rows_t *rows, const pw_answer_kind_t *kind, pw_answer_rows_t *out)
{
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    pw_status_t status = pw_csv_parse(&table, kind->file, rows->bytes, rows->n, &findings);
    if (status == PW_OK)
        status = pw_answer_rows_begin(out, kind);
    for (int64_t r = 0; status == PW_OK && r < table.n_rows; r++) {
        if (!is_said(&table, r))
            continue;
        for (int c = 0; c < table.n_columns; c++)
            pw_csv_text(&out->csv, pw_csv_cell(&table, r, c)[0] ? pw_csv_cell(&table, r, c) : NULL);
        pw_csv_end(&out->csv);
    }
    if (status == PW_OK)
        status = pw_answer_rows_end(out);
    pw_csv_table_free(&table);
    pw_findings_free(&findings);
    return status;
}

static pw_status_t print_one(const work_t *self, int k)
{
    static const char *const heading[N_KINDS] = { "Which can be told apart", "What the differences rest on", "What it would be worth to know" };
    pw_answer_rows_t rows = { 0 }, said = { 0 };
    pw_status_t status = make(self, k, self->asked.of, &rows);
    if (status == PW_OK)
        status = keep_said(&rows, answer[k].words->kind, &said);
    if (status == PW_OK) {
        fprintf(self->to, "%s%s\n\n", k > 0 ? "\n" : "", heading[k]);
        status = pw_answers_print(answer[k].words->kind->file, &said, self->to);
    }
    pw_answer_rows_free(&rows);
    pw_answer_rows_free(&said);
    return status;
}

static pw_status_t work(work_t *self)
{
    pw_answer_rows_t rows[N_KINDS] = { 0 };
    pw_status_t status = PW_OK;
    for (int k = 0; k < N_KINDS && status == PW_OK; k++)
        status = make(self, k, NULL, &rows[k]);
    for (int k = 0; k < N_KINDS && status == PW_OK; k++)
        status = pw_answers_add(self->folder, answer[k].words->kind, &rows[k], self->made, self->why);
    for (int k = 0; k < N_KINDS && status == PW_OK && self->to; k++)
        status = print_one(self, k);
    for (int k = 0; k < N_KINDS; k++)
        pw_answer_rows_free(&rows[k]);
    return status;
}

pw_status_t pw_answers_of_run(const char *folder, const pw_answers_asked_t *asked, const pw_answer_made_t *made, FILE *to, pw_findings_t *findings,
                              pw_text_t *why)
{
    work_t self = { .folder = folder, .made = made, .to = to, .why = why,
                    .asked = { .of = asked->of ? asked->of : isnan(asked->threshold) ? PW_ANSWERS_MEASURE : PW_ANSWERS_OUTCOME, .threshold = asked->threshold,
                               .years = asked->years, .audit = asked->audit } };
    pw_status_t status = pw_account_open(&self.account, folder, findings);
    if (status == PW_OK)
        status = pw_ground_open(&self.ground, &self.account, findings);
    if (status == PW_OK && pw_ground_too_alike(&self.ground, findings))
        status = PW_ERROR_INPUT;
    if (status == PW_OK)
        status = pw_worth_check(&self.ground, &self.asked, why);
    if (status == PW_OK)
        status = work(&self);
    pw_ground_free(&self.ground);
    pw_account_free(&self.account);
    return status;
}
