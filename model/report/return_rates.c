#include "return_rates.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/table.h"

static bool wanted(const pw_measure_t *measure) { return measure->headline && !measure->if_changed && measure->definition->direction != PW_NO_DIRECTION; }

static pw_return_row_t *row_of(pw_return_rates_t *self, const char *scenario, const char *label)
{
    for (int i = 0; i < self->n; i++)
        if (strcmp(self->row[i].scenario, scenario) == 0 && strcmp(self->row[i].label, label) == 0)
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
    *row = (pw_return_row_t){ 0 };
    snprintf(row->scenario, sizeof row->scenario, "%s", scenario);
    snprintf(row->label, sizeof row->label, "%s", label);
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
    (void)pw_interval_shown(&difference, &out.low, &out.high);
    return out;
}

pw_status_t pw_return_rates_add(pw_return_rates_t *self, int rate, const pw_run_t *run, double *room)
{
    self->rate[rate] = baseline_mean(run, "renotified_21_months", room);
    self->volume[rate] = baseline_mean(run, "notifications_per_month", room);
    for (int s = 1; s < run->roster.n_scenarios; s++)
        for (int m = 0; m < run->catalogue.n; m++) {
            const pw_measure_t *measure = &run->catalogue.measure[m];
            int64_t at = wanted(measure) ? pw_ledger_row(&run->ledger, m, run->roster.n_areas, PW_SUBGROUP_all) : -1;
            if (at < 0)
                continue;
            pw_return_row_t *row = row_of(self, run->roster.scenario[s], measure->label);
            if (!row)
                return PW_ERROR_MEMORY;
            row->variant[rate] = variant_of(run, s, at, room);
        }
    return PW_OK;
}

/* Below 0, above 0, or not clear. */
static int direction(const pw_variant_t *variant) { return variant->clear ? (variant->mean > 0.0 ? 1 : -1) : 0; }

static const char *verdict(const pw_return_row_t *row)
{
    int first = direction(&row->variant[0]);
    bool same = true;
    for (int r = 1; r < PW_RETURN_RATES; r++)
        same = same && direction(&row->variant[r]) == first;
    return !same ? "depends" : first == 0 ? "unclear in all" : "the same";
}

static void print_row(pw_table_t *table, const pw_return_row_t *row)
{
    char number[PW_NUMBER_ROOM];
    pw_table_cell(table, PW_LEFT, "  %s", row->label);
    for (int r = 0; r < PW_RETURN_RATES; r++) {
        const pw_variant_t *variant = &row->variant[r];
        pw_table_cell(table, PW_RIGHT, "%s%s%s", variant->mean > 0.0 ? "+" : "", variant->there ? pw_number_significant(variant->mean, 2, number) : "-",
                      variant->clear ? " *" : "  ");
    }
    pw_table_cell(table, PW_LEFT, "%s", verdict(row));
    pw_table_end_row(table);
}

pw_status_t pw_return_rates_print(const pw_return_rates_t *self, FILE *to)
{
    pw_table_t table = { 0 };
    char number[PW_NUMBER_ROOM];
    pw_table_cell(&table, PW_LEFT, "Does it depend on the return rate?");
    for (int r = 0; r < PW_RETURN_RATES; r++)
        pw_table_cell(&table, PW_RIGHT, "%s", pw_return_rate_name(r));
    pw_table_end_row(&table);
    pw_table_rule(&table);
    pw_table_cell(&table, PW_LEFT, "Baseline: notified again in 21 months, %%");
    for (int r = 0; r < PW_RETURN_RATES; r++)
        pw_table_cell(&table, PW_RIGHT, "%s  ", pw_number_significant(self->rate[r], 3, number));
    pw_table_end_row(&table);
    pw_table_cell(&table, PW_LEFT, "Baseline: notifications a month");
    for (int r = 0; r < PW_RETURN_RATES; r++)
        pw_table_cell(&table, PW_RIGHT, "%s  ", pw_number_significant(self->volume[r], 3, number));
    pw_table_end_row(&table);
    for (int i = 0; i < self->n; i++) {
        if (i == 0 || strcmp(self->row[i].scenario, self->row[i - 1].scenario) != 0) {
            pw_table_cell(&table, PW_LEFT, "%s less baseline", self->row[i].scenario);
            pw_table_end_row(&table);
        }
        print_row(&table, &self->row[i]);
    }
    pw_status_t status = pw_table_print(&table, to);
    pw_table_free(&table);
    fputs("* clear of 0, by its interval over draws and by its Monte Carlo error\n", to);
    return status;
}

void pw_return_rates_free(pw_return_rates_t *self)
{
    pw_free(self->row);
    *self = (pw_return_rates_t){ 0 };
}
