#include "workbook.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "reading.h"
#include "workbook_sheet.h"

typedef struct {
    const pw_account_t *run;
    pw_findings_t *findings;
    pw_book_t book;
} work_t;

static const pw_csv_table_t *table_of(const work_t *self, int file) { return &self->run->table[file]; }

static int n_scenarios(const work_t *self) { return self->run->manifest.n_scenarios; }

static const char *name_of(const work_t *self, int scenario) { return self->run->manifest.scenario[scenario].name; }
static const char *title_of(const work_t *self, int scenario) { return self->run->manifest.scenario[scenario].title; }

static const char *text_at(const pw_csv_table_t *table, int64_t row, const char *column)
{
    int at = pw_csv_find(table, column);
    return at >= 0 ? pw_csv_cell(table, row, at) : "";
}

static bool is(const pw_csv_table_t *table, int64_t row, const char *column, const char *value) { return strcmp(text_at(table, row, column), value) == 0; }

/* ---- Start here ---- */

static void fact(pw_sheet_t *sheet, const char *name, const char *value)
{
    pw_sheet_text(sheet, name, PW_LOOK_TEXT);
    pw_sheet_text(sheet, value, PW_LOOK_WRAPPED);
    pw_sheet_end_row(sheet);
}

static void fact_number(pw_sheet_t *sheet, const char *name, int64_t number)
{
    char text[64];
    snprintf(text, sizeof text, "%lld", (long long)number);
    fact(sheet, name, text);
}

static void start_sheet(work_t *self)
{
    static const char *const about[][2] = {
        { "Headline", "the main measures: the baseline, and what each scenario changes, with its 95 % interval" },
        { "Differences", "every measure of every scenario, less the baseline, in the same simulated families" },
        { "Costs", "the area's budget by payer and year" },
        { "Costs in detail", "the same by kind of money (cashable, capacity, social value), set-up apart" },
        { "Queues", "waits, lines and places in use by month" },
        { "Targets", "the study beside the model" },
        { "Assumptions", "every estimate: value, interval, grade, source" },
        { "How to read it", "\"cannot tell\": the interval holds no difference at all, or the change is no larger than the noise of the simulation." },
        { "", "~: the draws differ by no more than the noise of the simulation, and the interval is that of the noise (Monte Carlo)." },
        { "", "Effects of policies are inputs, most of them assumed: these numbers say what would follow from them, not that they hold." },
        { "", "Incidents include those never reported. Only the product of how often they happen and are reported is known: compare differences, not levels." },
    };
    const pw_manifest_read_t *m = &self->run->manifest;
    pw_sheet_t sheet;
    pw_sheet_begin(&sheet, &self->book, "Start here", "Police notifications and children's social services: a comparison of policies",
                   "Made from a run of pathways; every number is in the CSV files beside this workbook too.", 100);
    for (size_t i = 0; i < sizeof about / sizeof about[0]; i++)
        fact(&sheet, about[i][0], about[i][1]);
    if (m->draws == 0)
        fact(&sheet, "", "This run holds every estimate at its value: all intervals are of the simulation's noise alone, and hold nothing of what is unknown.");
    pw_sheet_end_row(&sheet);
    for (int s = 0; s < n_scenarios(self); s++)
        fact(&sheet, name_of(self, s), title_of(self, s));
    pw_sheet_end_row(&sheet);
    fact_number(&sheet, "Draws of the estimates", m->draws);
    fact_number(&sheet, "Worlds for each draw", m->replications);
    fact(&sheet, "Seed", m->seed);
    fact(&sheet, "Run on", m->started);
    fact(&sheet, "Version", m->version);
    fact(&sheet, "Commit", m->commit);
    fact(&sheet, "Command", m->command);
    pw_sheet_end(&sheet);
}

/* ---- Headline ---- */

static bool says_something(const work_t *self, const char *measure)
{
    bool something = n_scenarios(self) == 1;
    for (int s = 1; s < n_scenarios(self); s++)
        something |= !isnan(pw_account_value(self->run, s, measure, true).mean);
    return something;
}

static void difference_cells(pw_sheet_t *sheet, const pw_summary_t *d, const char *unit, int direction)
{
    double low, high;
    bool shown = pw_interval_shown(d, &low, &high);
    enum pw_reading reading = pw_reading(d);
    bool judged = direction != 0 && reading >= PW_READING_LOWER, better = (reading == PW_READING_LOWER) == (direction < 0);
    pw_sheet_number(sheet, d->mean, pw_look_for(unit, d->mean));
    pw_sheet_number(sheet, shown ? low : NAN, pw_look_for(unit, low));
    pw_sheet_number(sheet, shown ? high : NAN, pw_look_for(unit, high));
    pw_text_t reads = { 0 };
    pw_text_printf(&reads, "%s%s", pw_reading_words(reading, direction), shown && d->spread == PW_SPREAD_NOISE ? " ~" : "");
    bool price = isnan(d->mc_se) && !shown;                       /* a ratio of means: no interval is computed, so nothing is read into it */
    pw_sheet_text(sheet, price ? "" : pw_text_get(&reads), !judged ? PW_LOOK_WRAPPED : better ? PW_LOOK_BETTER : PW_LOOK_WORSE);
    pw_text_free(&reads);
}

static void headline_headings(const work_t *self, pw_sheet_t *sheet)
{
    static const char *const of[] = { "difference", "95 % from", "95 % to" };
    pw_sheet_text(sheet, "", PW_LOOK_TEXT);
    pw_sheet_text(sheet, "", PW_LOOK_TEXT);
    pw_sheet_text(sheet, "", PW_LOOK_TEXT);
    for (int s = 1; s < n_scenarios(self); s++)
        pw_sheet_heading_across(sheet, title_of(self, s), 4);
    pw_sheet_end_row(sheet);
    pw_sheet_heading(sheet, "Measure", false);
    pw_sheet_heading(sheet, "Unit", false);
    pw_sheet_heading(sheet, "Baseline", true);
    for (int s = 1; s < n_scenarios(self); s++) {
        for (int i = 0; i < 3; i++)
            pw_sheet_heading(sheet, of[i], true);
        pw_sheet_heading(sheet, "reads", false);
    }
    pw_sheet_end_headings(sheet);
}

static void headline_row(const work_t *self, pw_sheet_t *sheet, int64_t row)
{
    const pw_csv_table_t *measures = table_of(self, PW_READ_measures);
    const char *measure = text_at(measures, row, "measure"), *unit = text_at(measures, row, "unit");
    if (!is(measures, row, "headline", "true") || !says_something(self, measure))
        return;
    double baseline = pw_account_value(self->run, 0, measure, false).mean;
    pw_sheet_text(sheet, text_at(measures, row, "label"), PW_LOOK_TEXT);
    pw_sheet_text(sheet, unit, PW_LOOK_SMALL);
    pw_sheet_number(sheet, baseline, pw_look_for(unit, baseline));
    for (int s = 1; s < n_scenarios(self); s++) {
        pw_summary_t difference = pw_account_value(self->run, s, measure, true);
        difference_cells(sheet, &difference, unit, pw_reading_direction(text_at(measures, row, "direction")));
    }
    pw_sheet_end_row(sheet);
}

static pw_status_t headline_sheet(work_t *self)
{
    pw_sheet_t sheet;
    pw_sheet_begin(&sheet, &self->book, "Headline", "What would change",
                   "Scenario less baseline, the same families with the same luck; per 100 cohort families unless the unit says otherwise.", 44);
    headline_headings(self, &sheet);
    for (int64_t m = 0; m < table_of(self, PW_READ_measures)->n_rows; m++)
        headline_row(self, &sheet, m);
    pw_sheet_end(&sheet);
    return sheet.failed ? PW_ERROR_WRITE : PW_OK;
}

/* ---- Differences ---- */

static pw_status_t differences_sheet(work_t *self)
{
    static const char *const headings[] = { "Scenario", "Measure", "Name", "Unit", "Difference", "95 % from", "95 % to", "Reads", "Monte Carlo error",
                                            "Share of draws in which it is better", "One world: 5 %", "One world: 50 %", "One world: 95 %", NULL };
    const pw_csv_table_t *table = table_of(self, PW_READ_differences);
    pw_summary_t d;
    pw_sheet_t sheet;
    pw_sheet_begin(&sheet, &self->book, "Differences", "Every measure, scenario less baseline",
                   "All areas and families. docs/measures.md defines each name; areas and subgroups are in differences.csv.", 44);
    pw_sheet_headings(&sheet, headings, 4);
    for (int64_t r = 0; r < table->n_rows; r++) {
        if (!is(table, r, "area", "all") || !is(table, r, "subgroup", "all"))
            continue;
        if (!pw_reading_row(table, &self->run->spreads[1], r, &d, self->findings))
            return PW_ERROR_INPUT;
        const char *unit = text_at(table, r, "unit"), *name = text_at(table, r, "measure");
        pw_sheet_text(&sheet, text_at(table, r, "scenario"), PW_LOOK_TEXT);
        pw_sheet_text(&sheet, pw_account_label(self->run, name), PW_LOOK_TEXT);
        pw_sheet_text(&sheet, name, PW_LOOK_SMALL);
        pw_sheet_text(&sheet, unit, PW_LOOK_SMALL);
        difference_cells(&sheet, &d, unit, pw_account_direction(self->run, name));
        int better = self->run->manifest.draws > 0 ? pw_csv_find(table, "better") : -1;      /* without draws there is no share of them */
        pw_sheet_number(&sheet, d.mc_se, pw_look_for(unit, d.mc_se));
        pw_sheet_number(&sheet, better >= 0 ? pw_csv_value(table, r, better) : NAN, PW_LOOK_TWO_DECIMALS);
        pw_sheet_number(&sheet, d.p05, pw_look_for(unit, d.p05));
        pw_sheet_number(&sheet, d.p50, pw_look_for(unit, d.p50));
        pw_sheet_number(&sheet, d.p95, pw_look_for(unit, d.p95));
        pw_sheet_end_row(&sheet);
    }
    pw_sheet_end(&sheet);
    return sheet.failed ? PW_ERROR_WRITE : PW_OK;
}

/* ---- Costs ---- */

static bool same_cost(const pw_csv_table_t *table, int64_t a, int64_t b)
{
    return is(table, a, "payer", text_at(table, b, "payer")) && is(table, a, "year", text_at(table, b, "year"));
}

/* One row a payer and year, over all kinds of money, set-up and running; costs.csv holds them apart. */
static bool cost_row(work_t *self, pw_sheet_t *sheet, int64_t first, int cost, double *sum)
{
    const pw_csv_table_t *table = table_of(self, PW_READ_costs);
    int n = n_scenarios(self);
    char label[128];
    for (int s = 0; s < n; s++)
        sum[s] = 0.0;
    for (int64_t r = first; r < table->n_rows; r++) {
        double pounds;
        if (!same_cost(table, r, first))
            continue;
        if (!pw_csv_number_at(table, r, cost, true, &pounds, self->findings))
            return false;
        for (int s = 0; s < n; s++)
            sum[s] += is(table, r, "scenario", name_of(self, s)) && !isnan(pounds) ? pounds : 0.0;
    }
    snprintf(label, sizeof label, "%.100s, year %.8s", text_at(table, first, "payer"), text_at(table, first, "year"));
    for (char *c = label; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    pw_sheet_text(sheet, label, PW_LOOK_TEXT);
    for (int s = 0; s < n; s++)
        pw_sheet_number(sheet, sum[s], PW_LOOK_POUNDS);
    pw_sheet_end_row(sheet);
    return true;
}

static bool cost_rows(work_t *self, pw_sheet_t *sheet, int cost, double *sum)
{
    for (int64_t r = 0; r < table_of(self, PW_READ_costs)->n_rows; r++) {
        bool met = false;
        for (int64_t before = 0; before < r && !met; before++)
            met = same_cost(table_of(self, PW_READ_costs), before, r);
        if (!met && !cost_row(self, sheet, r, cost, sum))
            return false;
    }
    return true;
}

static void cost_chart(const work_t *self, pw_sheet_t *sheet)
{
    int n = n_scenarios(self), last = sheet->row - 1;
    lxw_chart *chart = last > sheet->header_row ? workbook_add_chart(self->book.book, LXW_CHART_BAR) : NULL;
    lxw_chart_options place = { .x_scale = 1.6, .y_scale = 0.1 * (double)(last - sheet->header_row) + 1.0,
                                .description = "Bar chart of the budget by payer and year; the numbers are in the table of this sheet" };
    if (!chart)
        return;
    for (int s = 0; s < n && s < PW_SERIES_MOST; s++) {
        lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
        lxw_row_t from = (lxw_row_t)sheet->header_row + 1;
        chart_series_set_categories(series, sheet->name, from, 0, (lxw_row_t)last, 0);
        chart_series_set_values(series, sheet->name, from, (lxw_col_t)(s + 1), (lxw_row_t)last, (lxw_col_t)(s + 1));
        pw_series_look(series, s, name_of(self, s), true);
    }
    chart_title_set_name(chart, "Budget by payer and year, £");
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_set_num_format(chart->x_axis, "£#,##0");
    worksheet_insert_chart_opt(sheet->sheet, (lxw_row_t)sheet->header_row, (lxw_col_t)(n + 2), chart, &place);
}

static pw_status_t costs_sheet(work_t *self)
{
    int cost = pw_csv_require(table_of(self, PW_READ_costs), "cost", self->findings);
    double *sum = pw_alloc((size_t)n_scenarios(self), sizeof sum[0]);
    pw_sheet_t sheet;
    if (cost < 0 || !sum) {
        pw_free(sum);
        return cost < 0 ? PW_ERROR_INPUT : PW_ERROR_MEMORY;
    }
    pw_sheet_begin(&sheet, &self->book, "Costs", "The area's budget by payer and year",
                   "Pounds of the run's price year, all areas, undiscounted, mean over worlds, set-up included; the last year is shorter: it ends "
                   "with the last follow-up.", 34);
    pw_sheet_heading(&sheet, "Payer and year", false);
    for (int s = 0; s < n_scenarios(self); s++)
        pw_sheet_heading(&sheet, title_of(self, s), true);
    pw_sheet_end_headings(&sheet);
    bool good = cost_rows(self, &sheet, cost, sum);
    if (good)
        cost_chart(self, &sheet);
    pw_sheet_end(&sheet);
    pw_free(sum);
    return !good ? PW_ERROR_INPUT : sheet.failed ? PW_ERROR_WRITE : PW_OK;
}

/* ---- Targets, assumptions: as they stand in their files ---- */

static void copy_table(work_t *self, const pw_csv_table_t *table, const char *name, const char *title, const char *sentence)
{
    pw_sheet_t sheet;
    pw_sheet_begin(&sheet, &self->book, name, title, sentence, 54);
    for (int c = 0; c < table->n_columns; c++)
        pw_sheet_heading(&sheet, table->column[c], table->n_rows > 0 && !isnan(pw_csv_value(table, 0, c)));
    pw_sheet_end_headings(&sheet);
    for (int64_t r = 0; r < table->n_rows; r++) {
        for (int c = 0; c < table->n_columns; c++) {
            double value = pw_csv_value(table, r, c);
            bool year = strstr(table->column[c], "year") != NULL;
            if (isnan(value))
                pw_sheet_text(&sheet, pw_csv_cell(table, r, c), PW_LOOK_WRAPPED);
            else
                pw_sheet_number(&sheet, value, year ? PW_LOOK_TEXT : pw_look_for(strcmp(table->column[c], "cost") == 0 ? "£" : text_at(table, r, "unit"),
                                                                                 value));
        }
        pw_sheet_end_row(&sheet);
    }
    pw_sheet_end(&sheet);
}

/* ---- the workbook ---- */

static void set_properties(work_t *self)
{
    struct tm when = { 0 };
    const char *started = self->run->manifest.started;
    lxw_doc_properties properties = { .title = "A comparison of policies", .author = "pathways",
                                      .subject = "Police notifications and children's social services" };
    if (strptime(started, "%Y-%m-%dT%H:%M:%SZ", &when))
        properties.created = timegm(&when);
    workbook_set_properties(self->book.book, &properties);
}

static pw_status_t queues_sheet(work_t *self)
{
    const char **name = pw_alloc((size_t)n_scenarios(self), sizeof name[0]);
    if (!name)
        return PW_ERROR_MEMORY;
    for (int s = 0; s < n_scenarios(self); s++)
        name[s] = name_of(self, s);
    pw_status_t status = pw_workbook_queues(name, n_scenarios(self), table_of(self, PW_READ_monthly), &self->book, self->findings);
    pw_free(name);
    return status;
}

static pw_status_t fill(work_t *self)
{
    start_sheet(self);
    pw_status_t status = headline_sheet(self);
    if (status == PW_OK)
        status = differences_sheet(self);
    if (status == PW_OK)
        status = costs_sheet(self);
    if (status == PW_OK)
        status = queues_sheet(self);
    if (status != PW_OK)
        return status;
    copy_table(self, table_of(self, PW_READ_costs), "Costs in detail", "The area's budget by payer, year, kind of money and spending",
               "cashable: money that is not spent; capacity: staff time released, which is not cash; social value: what nobody's budget "
               "holds. Pounds, as in Costs.");
    copy_table(self, table_of(self, PW_READ_targets), "Targets", "The study beside the model",
               "fitted: the model was set so; built in: an assumption points that way already; checked: not used to set it; external: another population.");
    copy_table(self, table_of(self, PW_READ_assumptions), "Assumptions", "Every estimate the run rests on",
               "grade: measured (by the study), published, derived, assumed. low and high are the 2.5 % and 97.5 % points.");
    return PW_OK;
}

static pw_status_t write(work_t *self, const char *path)
{
    lxw_workbook *book = workbook_new(path);
    if (!book)
        return PW_ERROR_MEMORY;
    pw_book_init(&self->book, book);
    set_properties(self);
    pw_status_t status = fill(self);
    lxw_error error = workbook_close(book);
    if (status == PW_OK && error != LXW_NO_ERROR)
        status = error == LXW_ERROR_MEMORY_MALLOC_FAILED ? PW_ERROR_MEMORY : PW_ERROR_WRITE;
    if (status != PW_OK)
        remove(path);
    return status;
}

pw_status_t pw_workbook_write(const pw_account_t *run, const char *path, pw_findings_t *findings)
{
    work_t self = { .run = run, .findings = findings };
    size_t before = findings->n;
    pw_status_t status = write(&self, path);
    if (status == PW_OK && findings->n > before) {
        remove(path);
        status = PW_ERROR_INPUT;
    }
    return status;
}
