#include "scorecard.h"

#include <math.h>
#include <string.h>

#include "../base/csv.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "../base/table.h"
#include "columns.h"

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
        pw_csv_end(&csv);
    }
}

/* ---- the table ---- */

static void head(pw_table_t *table)
{
    static const char *const words[] = { "The study beside the model", "study", "model", "95 % interval", "use", "p", "holds in", "agrees" };
    for (int i = 0; i < 8; i++)
        pw_table_cell(table, i == 2 || i == 3 || i == 5 || i == 6 ? PW_RIGHT : PW_LEFT, "%s", words[i]);
    pw_table_end_row(table);
    pw_table_rule(table);
}

static void row(pw_table_t *table, const pw_score_t *score)
{
    char number[PW_NUMBER_ROOM], low[PW_NUMBER_ROOM], high[PW_NUMBER_ROOM], p[PW_NUMBER_ROOM];
    const pw_target_t *target = score->target;
    const char *percent = score->unit[0] == '%' && !isnan(score->model) ? " %" : "";
    const char *agrees = inside_word(score->inside), *reproduced = inside_word(score->reproduced);
    pw_table_cell(table, PW_LEFT, "%s", target->title);
    pw_table_cell(table, PW_LEFT, "%s", target->study);
    pw_table_cell(table, PW_RIGHT, "%s%s", pw_number_significant(score->model, 3, number), percent);
    if (score->low95 < score->high95)
        pw_table_cell(table, PW_RIGHT, "%s to %s", pw_number_significant(score->low95, 3, low), pw_number_significant(score->high95, 3, high));
    else
        pw_table_cell(table, PW_RIGHT, "%s", "");
    pw_table_cell(table, PW_LEFT, "%s", target->use_word);
    pw_table_cell(table, PW_RIGHT, "%s", isnan(score->p) ? "" : pw_number_decimals(score->p, 2, p));
    if (isnan(score->holds) || pw_target_is_counted(target))
        pw_table_cell(table, PW_RIGHT, "%s", "");
    else
        pw_table_cell(table, PW_RIGHT, "%.0f %%", 100.0 * score->holds);
    pw_table_cell(table, PW_LEFT, "%s", pw_target_is_counted(target) ? (reproduced ? reproduced : "") : agrees ? agrees : "");
    pw_table_end_row(table);
}

static bool last(const pw_score_t *score) { return score->target->use == PW_TARGET_EXTERNAL; }

static void print_reasons(const pw_score_t *score, int n, FILE *to)
{
    for (int i = 0; i < n; i++)
        if (last(&score[i]))
            fprintf(to, "  %s: %s.\n", score[i].target->title, score[i].target->why);
}

pw_status_t pw_scorecard_print(const pw_score_t *score, int n, const char *spread, FILE *to)
{
    pw_table_t table = { 0 };
    bool external = false;
    head(&table);
    for (int i = 0; i < n; i++)
        if (!last(&score[i]))
            row(&table, &score[i]);
    for (int i = 0; i < n; i++)
        if (last(&score[i])) {
            row(&table, &score[i]);
            external = true;
        }
    pw_status_t status = pw_table_print(&table, to);
    pw_table_free(&table);
    fprintf(to, "\n95 %% interval  of counts: what a study of the same size would find; of the others: over %s\n", spread);
    fprintf(to, "p              the chance of a count at least as far out as the study's, both sides; below 0.05 it would be surprising\n");
    fprintf(to, "holds in       share of parameter sets of which the expected value agrees\n");
    if (external) {
        fprintf(to, "external       other populations or units, for comparison only:\n");
        print_reasons(score, n, to);
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
    snprintf(spread, sizeof spread, run->ledger.fixed ? "one parameter set: none" : "%lld parameter sets, the noise of their worlds in it",
             (long long)run->ledger.n_draws);
    pw_status_t status = pw_scorecard_print(score, targets->n, spread, to);
    pw_free(score);
    return status;
}
