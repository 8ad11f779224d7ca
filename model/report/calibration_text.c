#include "calibration_text.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/progress.h"
#include "../base/table.h"
#include "calibration.h"
#include "digits.h"
#include "scorecard.h"

static const char *name_of(const pw_calibration_t *self, int k) { return self->spec->evidence.estimate[self->particles.estimate[k]].name; }

static void learnt_row(pw_table_t *table, const pw_calibration_t *self, const pw_learnt_t *one)
{
    const pw_estimate_t *estimate = &self->spec->evidence.estimate[one->estimate];
    enum pw_digits_of of = estimate->quantity == PW_QUANTITY_POUNDS ? PW_OF_POUNDS : PW_OF_INPUT;
    pw_text_t prior = { 0 }, posterior = { 0 }, variance = { 0 };
    pw_put_interval_cell(one->prior_median, one->prior_low95, one->prior_high95, of, &prior);
    pw_put_interval_cell(one->median, one->low95, one->high95, of, &posterior);
    pw_put_number_cell(one->variance, PW_OF_RESULT, &variance);
    pw_table_cell(table, PW_LEFT, "%s", estimate->name);
    pw_table_cell(table, PW_RIGHT, "%s", pw_text_get(&prior));
    pw_table_cell(table, PW_RIGHT, "%s", pw_text_get(&posterior));
    pw_table_cell(table, PW_RIGHT, "%s", pw_text_get(&variance));
    pw_text_free(&prior);
    pw_text_free(&posterior);
    pw_text_free(&variance);
    pw_table_cell(table, PW_LEFT, "%s", pw_learnt_name(one->verdict, one->calibrated));
    pw_table_end_row(table);
}

static void list(const pw_calibration_t *self, const pw_learnt_t *learnt, int verdict, bool calibrated, const char *label, FILE *to)
{
    int n = 0, at = 0;
    for (int k = 0; k < self->particles.dims; k++) {
        if (learnt[k].verdict != verdict || learnt[k].calibrated != calibrated)
            continue;
        if (n++ == 0)
            at = fprintf(to, "%s:", label);
        if (at + 2 + (int)strlen(name_of(self, k)) > 78)
            at = fprintf(to, "\n   ") - 1;
        at += fprintf(to, " %s%s", name_of(self, k), "");
    }
    if (n > 0)
        fputc('\n', to);
}

static void print_pairs(const pw_calibration_t *self, FILE *to)
{
    int n = 0;
    for (int a = 0; a < self->particles.dims; a++)
        for (int b = 0; b < a && b < self->particles.focus; b++) {
            double r = pw_learnt_correlation(self, a, b);
            if (!(fabs(r) >= 0.3))
                continue;
            if (n++ == 0)
                fputs("\nKnown only together (correlation 0.3 or more):\n", to);
            fprintf(to, "  %s and %s (%+.2f)\n", name_of(self, b), name_of(self, a), r);
        }
}

pw_status_t pw_calibration_print_learnt(const pw_calibration_t *self, FILE *to)
{
    static const char *const head[] = { "What the study taught", "prior", "posterior", "variance", "verdict" };
    pw_table_t table = { 0 };
    pw_learnt_t *learnt = pw_alloc((size_t)self->particles.dims, sizeof *learnt);
    pw_status_t status = learnt ? pw_learnt_of(self, learnt) : PW_ERROR_MEMORY;
    for (int i = 0; i < 5; i++)
        pw_table_cell(&table, i >= 1 && i <= 3 ? PW_RIGHT : PW_LEFT, "%s", head[i]);
    pw_table_end_row(&table);
    pw_table_rule(&table);
    for (int k = 0; k < self->particles.focus && status == PW_OK; k++)
        learnt_row(&table, self, &learnt[k]);
    if (status == PW_OK)
        status = pw_table_print(&table, to);
    if (status == PW_OK) {
        fputs("variance: of the posterior as a share of the prior's, both on the scale of normal scores\n\n", to);
        list(self, learnt, PW_LEARNT_YES, true, "Learnt from the study", to);
        list(self, learnt, PW_LEARNT_A_LITTLE, true, "Learnt a little", to);
        list(self, learnt, PW_LEARNT_HARDLY, true, "Not identified by these targets", to);
        list(self, learnt, PW_LEARNT_YES, false, "Not to be fitted, yet moved by the targets", to);
        list(self, learnt, PW_LEARNT_A_LITTLE, false, "Not to be fitted, moved a little", to);
        list(self, learnt, PW_LEARNT_HARDLY, false, "Hardly moved", to);
        print_pairs(self, to);
    }
    pw_table_free(&table);
    pw_free(learnt);
    return status;
}

void pw_calibration_print_fights(const pw_calibration_t *self, const pw_score_t *score, FILE *to)
{
    for (int t = 0; t < self->targets->n; t++) {
        const pw_target_t *target = &self->targets->target[t];
        double r;
        if (target->use != PW_TARGET_FITTED || score[t].reproduced != PW_INSIDE_NO)
            continue;
        int other = pw_learnt_opponent(self, t, &r);
        fprintf(to, "\n\"%s\" (%s) is not reproduced", target->title, target->name);
        if (other >= 0)
            fprintf(to, ": sets that come nearer to it are farther from \"%s\" (%s), correlation %.2f.\n", self->targets->target[other].title,
                    self->targets->target[other].name, r);
        else
            fputs("; no other target alone stands in its way.\n", to);
    }
}

static void print_end(const pw_calibration_t *self, FILE *to)
{
    char span[32], number[PW_NUMBER_ROOM];
    const pw_smc_t *smc = &self->smc;
    double seconds = pw_calibrate_seconds(self);
    int kept = 0;
    for (int s = 0; s < self->n_sets; s++)
        kept += self->weight[s] > 0.0;
    pw_text_t tolerance = { 0 }, speed = { 0 };
    pw_put_number(smc->tolerance, PW_DIGITS_ALONE, PW_OF_INPUT, &tolerance);
    pw_put_number((double)self->worlds / fmax(seconds, 1e-9), PW_DIGITS_ROUGH, PW_OF_RESULT, &speed);
    fprintf(to, "%d generations to a tolerance of %s standard deviations of the study (asked: %g); %s.\n", smc->generation, pw_text_get(&tolerance),
            self->options.tolerance, smc->tolerance <= self->options.tolerance ? "reached" : "ended by its acceptance");
    fprintf(to, "%d different sets judged in %d worlds each; %d keep every fitted bound and sign;\n", self->n_sets, self->options.worlds, kept);
    if (kept == 0)
        fputs("No set keeps them all, so there is no posterior; the scores below are of all judged sets.\n", to);
    fprintf(to, "%.0f effective sets. %s worlds in %s, %s a second.\n\n", pw_calibrate_effective_sets(self),
            pw_number_decimals((double)self->worlds, 0, number), pw_progress_span(seconds, span, sizeof span), pw_text_get(&speed));
    pw_text_free(&tolerance);
    pw_text_free(&speed);
}

pw_status_t pw_calibration_print(const pw_calibration_report_t *report, const char *out, FILE *to)
{
    const pw_calibration_t *self = report->calibration;
    pw_score_t *score = pw_alloc((size_t)self->targets->n, sizeof *score);
    pw_status_t status = score ? pw_calibrate_scores(self, score) : PW_ERROR_MEMORY;
    if (status == PW_OK) {
        print_end(self, to);
        status = pw_scorecard_print(score, self->targets->n, "parameter sets (equality: over such studies)", to);
        pw_calibration_print_fights(self, score, to);
        fputc('\n', to);
    }
    if (!(pw_calibrate_effective_sets(self) > 0.0)) {
        pw_free(score);
        return status;
    }
    if (status == PW_OK)
        status = pw_calibration_print_learnt(self, to);
    if (status == PW_OK)
        fprintf(to, "\nThe posterior is %s/posterior.csv: pathways run --parameters %s/posterior.csv\n", out, out);
    pw_free(score);
    return status;
}
