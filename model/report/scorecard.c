#include "scorecard.h"

#include <math.h>
#include <string.h>

#include "../base/csv.h"
#include "../base/memory.h"
#include "../base/table.h"
#include "columns.h"
#include "digits.h"

static const char *inside_word(enum pw_inside inside)
{
    return inside == PW_INSIDE_YES ? "yes" : inside == PW_INSIDE_NO ? "no" : NULL;
}

void pw_scorecard_csv(const pw_score_t *score, int n, FILE *to)
{
    pw_csv_t csv = { .to = to };
    pw_columns_header(&csv, "targets.csv");
    pw_csv_end(&csv);
    for (int i = 0; i < n; i++) {
        const pw_target_t *target = score[i].target;
        pw_csv_text(&csv, target->name);
        pw_csv_text(&csv, target->measure);
        pw_csv_text(&csv, target->study);
        pw_csv_number(&csv, target->low);
        pw_csv_number(&csv, target->high);
        pw_csv_number(&csv, score[i].model);
        pw_csv_text(&csv, score[i].unit);
        pw_csv_text(&csv, target->kind_word);
        pw_csv_text(&csv, inside_word(score[i].inside));
        pw_csv_text(&csv, target->source);
        pw_csv_text(&csv, target->use_word);
        pw_csv_number(&csv, score[i].median);
        pw_csv_number(&csv, score[i].low95);
        pw_csv_number(&csv, score[i].high95);
        pw_csv_number(&csv, score[i].p);
        pw_csv_number(&csv, score[i].holds);
        pw_csv_text(&csv, inside_word(score[i].reproduced));
        pw_csv_text(&csv, target->title);
        pw_csv_end(&csv);
    }
}

/* ---- the table ---- */

enum { WIDTH = 78 };
static const char *const headings[PW_TARGET_USES] = { "fitted", "held out", "built in", "other populations", "no figure in the source" };

/* Words, broken at WIDTH columns, after a label of `indent` columns. */
static void print_words(const char *label, int indent, const char *words, FILE *to)
{
    int at = fprintf(to, "%-*s", indent, label);
    at = at > indent ? indent : at;
    for (const char *word = words; *word;) {
        size_t n = strcspn(word, " ");
        if (at > indent && at + 1 + (int)n > WIDTH)
            at = fprintf(to, "\n%*s", indent, "") - 1;
        else if (at > indent)
            at += fprintf(to, " ");
        at += fprintf(to, "%.*s", (int)n, word);
        word += n + (word[n] == ' ');
    }
    fputc('\n', to);
}

static void head(pw_table_t *table)
{
    static const char *const words[] = { "The study beside the model", "study", "model", "95 %", "p", "agrees" };
    for (int i = 0; i < 6; i++)
        pw_table_cell(table, i >= 2 && i <= 4 ? PW_RIGHT : PW_LEFT, "%s", words[i]);
    pw_table_end_row(table);
    pw_table_rule(table);
}

/* p of a count; of the rest the share of parameter sets that agree. */
static void surprise(pw_table_t *table, const pw_score_t *score)
{
    pw_text_t text = { 0 };
    if (!isnan(score->p))
        pw_put_number_cell(score->p, PW_OF_RESULT, &text);
    else if (!isnan(score->holds))
        pw_put_share(score->holds, &text);
    pw_table_cell(table, PW_RIGHT, "%s", pw_text_get(&text));
    pw_text_free(&text);
}

/* "67-81" */
static void say_range(double low, double high, pw_text_t *out)
{
    pw_digits_t digits = pw_digits_interval(low, high, PW_OF_RESULT);
    pw_put_cell(low, digits, out);
    pw_text_append(out, "-");
    pw_put_cell(high, digits, out);
}

static void row(pw_table_t *table, const pw_score_t *score)
{
    pw_text_t text = { 0 };
    const pw_target_t *target = score->target;
    const char *percent = score->unit[0] == '%' && !isnan(score->model) ? " %" : "", *agrees = inside_word(score->reproduced);
    pw_table_cell(table, PW_LEFT, "%s", target->title);
    pw_table_cell(table, PW_LEFT, "%s", target->study);
    pw_put_number_cell(score->model, PW_OF_RESULT, &text);
    pw_table_cell(table, PW_RIGHT, "%s%s", pw_text_get(&text), percent);
    pw_text_clear(&text);
    if (score->low95 < score->high95)
        say_range(score->low95, score->high95, &text);
    pw_table_cell(table, PW_RIGHT, "%s", pw_text_get(&text));
    pw_text_free(&text);
    surprise(table, score);
    pw_table_cell(table, PW_LEFT, "%s", agrees ? agrees : "");
    pw_table_end_row(table);
}

static bool rows_of_use(pw_table_t *table, const pw_score_t *score, int n, int use)
{
    bool any = false;
    for (int i = 0; i < n; i++)
        if (score[i].target->use == use) {
            if (!any) {
                pw_table_cell(table, PW_LEFT, "%s:", headings[use]);
                pw_table_end_row(table);
            }
            row(table, &score[i]);
            any = true;
        }
    return any;
}

pw_status_t pw_scorecard_print(const pw_score_t *score, int n, const char *spread, FILE *to)
{
    static const int order[PW_TARGET_USES] = { PW_TARGET_FITTED, PW_TARGET_CHECKED, PW_TARGET_BUILT_IN, PW_TARGET_FREE, PW_TARGET_EXTERNAL };
    pw_table_t table = { 0 };
    pw_text_t words = { 0 };
    bool external = false;
    head(&table);
    for (int i = 0; i < PW_TARGET_USES; i++)
        external = rows_of_use(&table, score, n, order[i]) && order[i] == PW_TARGET_EXTERNAL;
    pw_status_t status = pw_table_print(&table, to);
    pw_table_free(&table);
    pw_text_printf(&words, "of counts: what a study of the same size would find; of the others: over %s", spread);
    fputc('\n', to);
    print_words("95 %", 6, pw_text_get(&words), to);
    print_words("p", 6, "of counts: the chance of one at least as far out, both sides; else the share of parameter sets that agree", to);
    pw_text_free(&words);
    if (external)
        fputs("\nOther populations differ:\n", to);
    for (int i = 0; i < n && external; i++)
        if (score[i].target->use == PW_TARGET_EXTERNAL) {
            fprintf(to, "  %s:\n", score[i].target->title);
            print_words("    ", 4, score[i].target->why, to);
        }
    return status == PW_OK && ferror(to) ? PW_ERROR_WRITE : status;
}

/* ---- a run ---- */

static pw_score_t *scores_of(const pw_targets_t *targets, const pw_run_t *run, double *room)
{
    pw_score_t *score = pw_alloc((size_t)targets->n, sizeof *score);
    if (score && pw_score_of_run(targets, run, room, score) == PW_OK)
        return score;
    pw_free(score);
    return NULL;
}

pw_status_t pw_scorecard_run_csv(const pw_targets_t *targets, const pw_run_t *run, double *room, FILE *to)
{
    pw_score_t *score = scores_of(targets, run, room);
    if (!score)
        return PW_ERROR_MEMORY;
    pw_scorecard_csv(score, targets->n, to);
    pw_free(score);
    return PW_OK;
}

pw_status_t pw_scorecard_run_print(const pw_targets_t *targets, const pw_run_t *run, double *room, FILE *to)
{
    char spread[80];
    pw_score_t *score = scores_of(targets, run, room);
    if (!score)
        return PW_ERROR_MEMORY;
    snprintf(spread, sizeof spread, run->ledger.fixed ? "one parameter set" : "%lld draws, with the noise of their worlds",
             (long long)run->ledger.n_draws);
    pw_status_t status = pw_scorecard_print(score, targets->n, spread, to);
    pw_free(score);
    return status;
}
