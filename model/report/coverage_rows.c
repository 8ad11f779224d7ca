#include "coverage_rows.h"

#include <math.h>

#include "../base/csv.h"
#include "../base/number.h"
#include "../base/table.h"
#include "digits.h"

static const char *name_of(const pw_calibration_t *c, int k) { return c->spec->evidence.estimate[c->particles.estimate[k]].name; }

static double share(int part, int of) { return of > 0 ? pw_number_round12((double)part / of) : NAN; }

void pw_coverage_csv(const pw_coverage_report_t *self, FILE *to)
{
    static const char *const head[] = { "estimate", "truths",  "in90",    "in95",      "share90", "share95",       "p90",
                                        "p95",      "uniform", "verdict", "tolerance", "rows",    "effective_rows" };
    pw_csv_t csv = { .to = to };
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        pw_csv_text(&csv, head[i]);
    pw_csv_end(&csv);
    for (int k = 0; k < self->calibration->particles.focus; k++) {
        const pw_coverage_t *one = &self->coverage[k];
        double numbers[] = { share(one->in90, one->truths), share(one->in95, one->truths), one->p90, one->p95, one->uniform };
        pw_csv_text(&csv, name_of(self->calibration, k));
        pw_csv_integer(&csv, one->truths);
        pw_csv_integer(&csv, one->in90);
        pw_csv_integer(&csv, one->in95);
        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
            pw_csv_number(&csv, numbers[i]);
        pw_csv_text(&csv, pw_coverage_name(one->verdict));
        pw_csv_number(&csv, self->calibration->smc.tolerance);
        pw_csv_integer(&csv, self->rows);
        pw_csv_number(&csv, pw_number_round12(self->effective));
        pw_csv_end(&csv);
    }
}

pw_status_t pw_coverage_print(const pw_coverage_report_t *self, FILE *to)
{
    static const char *const head[] = { "Do intervals hold the truth?", "90 %", "95 %", "p", "p", "even", "" };
    pw_table_t table = { 0 };
    for (int i = 0; i < 7; i++)
        pw_table_cell(&table, i > 0 && i < 6 ? PW_RIGHT : PW_LEFT, "%s", head[i]);
    pw_table_end_row(&table);
    pw_table_rule(&table);
    for (int k = 0; k < self->calibration->particles.focus; k++) {
        const pw_coverage_t *one = &self->coverage[k];
        double number[] = { share(one->in90, one->truths), share(one->in95, one->truths), one->p90, one->p95, one->uniform };
        pw_table_cell(&table, PW_LEFT, "%s", name_of(self->calibration, k));
        for (int i = 0; i < 5; i++) {
            pw_text_t text = { 0 };
            if (i < 2)
                pw_put_share(number[i], &text);
            else
                pw_put_number_cell(number[i], PW_OF_RESULT, &text);
            pw_table_cell(&table, PW_RIGHT, "%s", pw_text_get(&text));
            pw_text_free(&text);
        }
        pw_table_cell(&table, PW_LEFT, "%s", pw_coverage_name(one->verdict));
        pw_table_end_row(&table);
    }
    pw_status_t status = pw_table_print(&table, to);
    pw_table_free(&table);
    fprintf(to,
            "90 %%, 95 %%: share of %d known truths (of %d) that their intervals hold, at tolerance %g\np: the chance of a share so far from that, if the "
            "intervals are right; even: that their places in "
            "them are even\nEach truth's posterior rests on %.0f effective points in the median, of %d; those with fewer than %d are left out.\n",
            self->coverage[0].truths, self->truths, self->calibration->smc.tolerance, self->effective, self->rows, PW_COVERAGE_LEAST_ROWS);
    return status;
}
