/* time_rows.c: what happens over time: by month, by year, and how families come back. */
#include <math.h>

#include "columns.h"
#include "results.h"

static const char *scenario_name(const pw_run_t *run, int scenario) { return run->roster.scenario[scenario]; }

static void start(pw_csv_t *csv, FILE *to, const char *file)
{
    *csv = (pw_csv_t){ .to = to };
    pw_columns_header(csv, file);
}

/* ---- monthly.csv ---- */

typedef struct { const char *queue, *measure, *unit; double mean, p05, p95; } row_t;

static void monthly_row(const pw_run_t *run, pw_csv_t *csv, int scenario, int area, int month, const row_t *row)
{
    pw_csv_text(csv, scenario_name(run, scenario));
    pw_csv_text(csv, pw_roster_area(&run->roster, area));
    pw_csv_integer(csv, month + 1);
    pw_csv_text(csv, row->queue);
    pw_csv_text(csv, row->measure);
    pw_csv_text(csv, row->unit);
    pw_csv_number(csv, row->mean);
    pw_csv_number(csv, row->p05);
    pw_csv_number(csv, row->p95);
    pw_csv_end(csv);
}

static void queue_rows(const pw_run_t *run, pw_csv_t *csv, int scenario, int area, int month, int queue)
{
    const pw_queue_measure_t *measure;
    int n_measures = pw_queue_measures(&measure), at = PW_MONTH_COUNT_N + queue * PW_QUEUE_MONTHLY_N;
    bool all = area == run->roster.n_areas;
    for (int k = 0; k < n_measures; k++) {
        const pw_queue_measure_t *m = &measure[k];
        double n = pw_ledger_total(&run->ledger, scenario, pw_layout_month(&run->layout, area, month, at + m->n));
        double d = m->d < 0 ? (double)run->ledger.worlds : pw_ledger_total(&run->ledger, scenario, pw_layout_month(&run->layout, area, month, at + m->d));
        row_t row = { .queue = pw_layout_queue(&run->layout, queue), .measure = m->name, .unit = m->unit, .mean = d > 0.0 ? m->scale * n / d : NAN,
                      .p05 = all ? pw_chronicle_queue(&run->chronicle, scenario, month, queue, k, 0.05) : NAN,
                      .p95 = all ? pw_chronicle_queue(&run->chronicle, scenario, month, queue, k, 0.95) : NAN };
        monthly_row(run, csv, scenario, area, month, &row);
    }
}

static void month_rows(const pw_run_t *run, pw_csv_t *csv, int scenario, int area, int month)
{
    bool all = area == run->roster.n_areas;
    for (int k = 0; k < PW_MONTH_COUNT_N; k++) {
        double n = pw_ledger_total(&run->ledger, scenario, pw_layout_month(&run->layout, area, month, k));
        row_t row = { .measure = pw_month_count_name(k), .unit = "a month", .mean = n / (double)run->ledger.worlds,
                      .p05 = all ? pw_chronicle_count(&run->chronicle, scenario, month, k, 0.05) : NAN,
                      .p95 = all ? pw_chronicle_count(&run->chronicle, scenario, month, k, 0.95) : NAN };
        monthly_row(run, csv, scenario, area, month, &row);
    }
    for (int q = 0; q < run->layout.n_queues; q++)
        queue_rows(run, csv, scenario, area, month, q);
}

void pw_results_monthly(const pw_run_t *run, FILE *to)
{
    pw_csv_t csv;
    start(&csv, to, "monthly.csv");
    pw_csv_end(&csv);
    for (int s = 0; s < run->roster.n_scenarios; s++)
        for (int area = 0; area <= run->roster.n_areas; area++)
            for (int month = 0; month < run->roster.months; month++)
                month_rows(run, &csv, s, area, month);
}

/* ---- costs.csv ---- */

/* A kind of money that nobody spends under any scenario has no rows. */
static bool is_spent(const pw_run_t *run, int payer, int money, int spending)
{
    for (int s = 0; s < run->roster.n_scenarios; s++)
        for (int year = 0; year < run->roster.years; year++)
            if (pw_ledger_total(&run->ledger, s, pw_layout_year(&run->layout, run->roster.n_areas, payer, year, money, spending)) != 0.0)
                return true;
    return false;
}

static void cost_rows(const pw_run_t *run, pw_csv_t *csv, int payer, int money, int spending)
{
    for (int year = 0; year < run->roster.years; year++)
        for (int s = 0; s < run->roster.n_scenarios; s++) {
            double pounds = pw_ledger_total(&run->ledger, s, pw_layout_year(&run->layout, run->roster.n_areas, payer, year, money, spending));
            pw_csv_text(csv, pw_payer_name(payer));
            pw_csv_integer(csv, year + 1);
            pw_csv_text(csv, scenario_name(run, s));
            pw_csv_text(csv, pw_money_name(money));
            pw_csv_text(csv, pw_spending_name(spending));
            pw_csv_number(csv, pounds / (double)run->ledger.worlds);
            pw_csv_end(csv);
        }
}

void pw_results_costs(const pw_run_t *run, FILE *to)
{
    pw_csv_t csv;
    start(&csv, to, "costs.csv");
    pw_csv_end(&csv);
    for (int payer = 0; payer < PW_PAYERS; payer++)
        for (int money = 0; money < PW_MONEYS; money++)
            for (int spending = 0; spending < PW_SPENDINGS; spending++)
                if (is_spent(run, payer, money, spending))
                    cost_rows(run, &csv, payer, money, spending);
}

/* ---- survival.csv ---- */

void pw_results_survival(const pw_run_t *run, double *room, FILE *to)
{
    pw_csv_t csv;
    start(&csv, to, "survival.csv");
    pw_csv_end(&csv);
    for (int s = 0; s < run->roster.n_scenarios; s++)
        for (int month = 0; month < run->roster.n_curve; month++) {
            pw_return_t r = pw_chronicle_return(&run->chronicle, s, month, room);
            pw_csv_text(&csv, scenario_name(run, s));
            pw_csv_integer(&csv, month + 1);
            pw_csv_number(&csv, r.mean);
            pw_csv_number(&csv, r.low95);
            pw_csv_number(&csv, r.high95);
            pw_csv_number(&csv, r.exposed);
            pw_csv_end(&csv);
        }
}

/* ---- one_year.csv ---- */

static double year_mean(const pw_run_t *run, int scenario, int area, int year, int count)
{
    int sum = count < PW_MONTH_COUNT_N ? count : PW_MONTH_COUNT_N + (count - PW_MONTH_COUNT_N) * PW_QUEUE_MONTHLY_N + PW_QUEUE_started;
    double n = 0.0;
    for (int month = 12 * year; month < 12 * (year + 1); month++)
        n += pw_ledger_total(&run->ledger, scenario, pw_layout_month(&run->layout, area, month, sum));
    return n / (double)run->ledger.worlds;
}

static void year_row(const pw_run_t *run, pw_csv_t *csv, int scenario, int area, int year, int count)
{
    static const double point[] = { 0.05, 0.5, 0.95 };
    int queue = count - PW_MONTH_COUNT_N;
    double mean = year_mean(run, scenario, area, year, count);
    pw_csv_text(csv, scenario_name(run, scenario));
    pw_csv_text(csv, pw_roster_area(&run->roster, area));
    pw_csv_integer(csv, year + 1);
    pw_csv_text(csv, queue >= 0 ? pw_layout_queue(&run->layout, queue) : NULL);
    pw_csv_text(csv, queue >= 0 ? "started" : pw_month_count_name(count));
    pw_csv_number(csv, mean);
    for (int i = 0; i < 3; i++)
        pw_csv_number(csv, pw_chronicle_year(&run->chronicle, scenario, area, year, count, false, point[i]));
    pw_csv_number(csv, scenario > 0 ? mean - year_mean(run, 0, area, year, count) : NAN);
    for (int i = 0; i < 3; i++)
        pw_csv_number(csv, scenario > 0 ? pw_chronicle_year(&run->chronicle, scenario, area, year, count, true, point[i]) : NAN);
    pw_csv_end(csv);
}

void pw_results_one_year(const pw_run_t *run, FILE *to)
{
    pw_csv_t csv;
    start(&csv, to, "one_year.csv");
    pw_csv_end(&csv);
    for (int s = 0; s < run->roster.n_scenarios; s++)
        for (int area = 0; area < run->roster.n_areas; area++)
            for (int year = 0; year < run->chronicle.years; year++)
                for (int k = 0; k < run->chronicle.counts; k++)
                    year_row(run, &csv, s, area, year, k);
}
