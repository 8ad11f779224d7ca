/* workbook_queues.c: the workbook's sheet of queues by month, with two charts of the queue in which families wait longest. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/csv_read.h"
#include "../base/memory.h"
#include "workbook_sheet.h"

enum { QUEUES = 64, SHOWN = 3, MONTHS = 1200 };

static const char *const shown[SHOWN] = { "wait_mean", "length", "occupancy" };
static const char *const title[SHOWN] = { "wait, days", "waiting, families", "places in use, %" };

typedef struct {
    const char *const *scenario;
    int n_scenarios;
    const pw_csv_table_t *table;
    int column[6];                        /* scenario, area, month, queue, measure, mean */
    int n_queues, n_months;
    const char *queue[QUEUES];
    double *value;                        /* [scenario][month][queue][shown] */
} queues_t;

enum { SCENARIO, AREA, MONTH, QUEUE, MEASURE, MEAN };

static int find(const char *const *names, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static const char *cell(const queues_t *self, int64_t row, int column) { return pw_csv_cell(self->table, row, self->column[column]); }

static double *place(const queues_t *self, int s, int month, int queue, int k)
{
    return &self->value[(((size_t)s * (size_t)self->n_months + (size_t)month) * (size_t)self->n_queues + (size_t)queue) * SHOWN + (size_t)k];
}

static bool find_columns(queues_t *self, pw_findings_t *findings)
{
    static const char *const name[] = { "scenario", "area", "month", "queue", "measure", "mean" };
    bool all = true;
    for (int i = 0; i < 6; i++)
        all &= (self->column[i] = pw_csv_require(self->table, name[i], findings)) >= 0;
    return all;
}

static bool of_queue(const queues_t *self, int64_t row) { return strcmp(cell(self, row, AREA), "all") == 0 && *cell(self, row, QUEUE) != '\0'; }

static pw_status_t size_up(queues_t *self, pw_findings_t *findings)
{
    for (int64_t r = 0; r < self->table->n_rows; r++) {
        int month = atoi(cell(self, r, MONTH));
        if (month < 1 || month > MONTHS) {
            pw_findings_add(findings, self->table->path, self->table->line[r], "month", "\"%.20s\" is no month; allowed: 1 to %d", cell(self, r, MONTH),
                            MONTHS);
            return PW_ERROR_INPUT;
        }
        self->n_months = month > self->n_months ? month : self->n_months;
        if (of_queue(self, r) && self->n_queues < QUEUES && find(self->queue, self->n_queues, cell(self, r, QUEUE)) < 0)
            self->queue[self->n_queues++] = cell(self, r, QUEUE);
    }
    size_t n = (size_t)self->n_scenarios * (size_t)self->n_months * (size_t)self->n_queues * SHOWN;
    self->value = pw_alloc(n + 1, sizeof self->value[0]);
    for (size_t i = 0; self->value && i < n; i++)
        self->value[i] = NAN;
    return self->value ? PW_OK : PW_ERROR_MEMORY;
}

static pw_status_t collect(queues_t *self, pw_findings_t *findings)
{
    for (int64_t r = 0; r < self->table->n_rows; r++) {
        int s = find(self->scenario, self->n_scenarios, cell(self, r, SCENARIO)), q = of_queue(self, r)
            ? find(self->queue, self->n_queues, cell(self, r, QUEUE)) : -1;
        int k = find(shown, SHOWN, cell(self, r, MEASURE));
        double value;
        if (s < 0 || q < 0 || k < 0)
            continue;
        if (!pw_csv_number_at(self->table, r, self->column[MEAN], true, &value, findings))
            return PW_ERROR_INPUT;
        *place(self, s, atoi(cell(self, r, MONTH)) - 1, q, k) = value;
    }
    return PW_OK;
}

/* The queue in which a family of the baseline waits longest, over all months. */
static int longest(const queues_t *self)
{
    int best = -1;
    double most = 0.0;
    for (int q = 0; q < self->n_queues; q++) {
        double sum = 0.0;
        for (int m = 0; m < self->n_months; m++) {
            double wait = *place(self, 0, m, q, 0);
            sum += isnan(wait) ? 0.0 : wait;
        }
        if (sum > most) {
            most = sum;
            best = q;
        }
    }
    return best;
}

static void add_chart(const queues_t *self, const pw_sheet_t *sheet, int queue, int k, int at_row)
{
    char name[256];
    lxw_chart *chart = workbook_add_chart(sheet->book->book, LXW_CHART_LINE);
    int first = sheet->header_row + 1;
    lxw_col_t column = (lxw_col_t)(2 + queue * SHOWN + k);
    if (!chart)
        return;
    for (int s = 0; s < self->n_scenarios && s < PW_SERIES_MOST; s++) {
        lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
        lxw_row_t from = (lxw_row_t)(first + s * self->n_months), to = from + (lxw_row_t)self->n_months - 1;
        chart_series_set_categories(series, sheet->name, from, 1, to, 1);
        chart_series_set_values(series, sheet->name, from, column, to, column);
        pw_series_look(series, s, self->scenario[s], false);
    }
    snprintf(name, sizeof name, "%.100s: %s, by month", self->queue[queue], title[k]);
    for (char *c = name; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    chart_title_set_name(chart, name);
    chart_axis_set_name(chart->x_axis, "month after the start of the policies");
    chart_axis_set_interval_unit(chart->x_axis, 3);
    chart_axis_set_name(chart->y_axis, title[k]);
    lxw_chart_options options = { .x_scale = 1.5, .y_scale = 1.1, .description = "Line chart by month, one line a scenario; the numbers are in "
                                  "the table of this sheet" };
    worksheet_insert_chart_opt(sheet->sheet, (lxw_row_t)at_row, (lxw_col_t)(sheet->columns + 1), chart, &options);
}

static void fill(const queues_t *self, pw_sheet_t *sheet)
{
    pw_sheet_heading(sheet, "Scenario", false);
    pw_sheet_heading(sheet, "Month", true);
    for (int q = 0; q < self->n_queues; q++)
        for (int k = 0; k < SHOWN; k++) {
            char text[256];
            snprintf(text, sizeof text, "%.100s: %s", self->queue[q], title[k]);
            for (char *c = text; *c; c++)
                *c = *c == '_' ? ' ' : *c;
            pw_sheet_heading(sheet, text, true);
        }
    pw_sheet_end_headings(sheet);
    for (int s = 0; s < self->n_scenarios; s++)
        for (int m = 0; m < self->n_months; m++) {
            pw_sheet_text(sheet, self->scenario[s], PW_LOOK_TEXT);
            pw_sheet_number(sheet, m + 1, PW_LOOK_WHOLE);
            for (int q = 0; q < self->n_queues; q++)
                for (int k = 0; k < SHOWN; k++)
                    pw_sheet_number(sheet, *place(self, s, m, q, k), PW_LOOK_ONE_DECIMAL);
            pw_sheet_end_row(sheet);
        }
}

pw_status_t pw_workbook_queues(const char *const *scenario, int n, const pw_csv_table_t *monthly, pw_book_t *book, pw_findings_t *findings)
{
    queues_t self = { .scenario = scenario, .n_scenarios = n, .table = monthly };
    pw_sheet_t sheet = { 0 };
    pw_status_t status = find_columns(&self, findings) ? size_up(&self, findings) : PW_ERROR_INPUT;
    if (status == PW_OK)
        status = collect(&self, findings);
    if (status == PW_OK) {
        pw_sheet_begin(&sheet, book, "Queues", "Teams and services by month",
                       "All areas, mean over worlds, from the start of the policies. Waits are those of the families that started in the month. An "
                       "empty cell: nobody started.", 26);
        fill(&self, &sheet);
        int queue = longest(&self);
        if (queue >= 0) {
            add_chart(&self, &sheet, queue, 0, sheet.header_row);
            add_chart(&self, &sheet, queue, 2, sheet.header_row + 18);
        }
        pw_sheet_end(&sheet);
        status = sheet.failed ? PW_ERROR_WRITE : PW_OK;
    }
    pw_free(self.value);
    return status;
}
