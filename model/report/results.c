#include "results.h"

#include <math.h>
#include <string.h>

#include "columns.h"

static const char *scenario_name(const pw_run_t *run, int scenario) { return run->roster.scenario[scenario]; }

static void start(pw_csv_t *csv, FILE *to, const char *file)
{
    *csv = (pw_csv_t){ .to = to };
    pw_columns_header(csv, file);
}

/* ---- summary.csv, differences.csv ---- */

static void spreads(pw_csv_t *csv, const pw_summary_t *s, bool additive)
{
    const double number[] = { s->mean, s->mc_se, s->low95, s->high95, s->p05, s->p50, s->p95 };
    for (size_t i = 0; i < sizeof number / sizeof number[0]; i++)
        pw_csv_number(csv, number[i]);
    pw_csv_integer(csv, s->draws);
    pw_csv_integer(csv, s->replications);
    pw_csv_bool(csv, additive);
}

static void rows(const pw_run_t *run, int scenario, bool paired, double *room, pw_csv_t *csv)
{
    const pw_ledger_t *ledger = &run->ledger;
    for (int64_t r = 0; r < ledger->n_rows; r++) {
        const pw_row_t *row = &ledger->row[r];
        const pw_measure_t *measure = &run->catalogue.measure[row->measure];
        pw_summary_t s = pw_ledger_summary(ledger, scenario, r, paired, room);
        pw_csv_text(csv, scenario_name(run, scenario));
        pw_csv_text(csv, pw_roster_area(&run->roster, row->area));
        pw_csv_text(csv, pw_subgroup_name(row->subgroup));
        pw_csv_text(csv, measure->name);
        pw_csv_text(csv, measure->definition->unit);
        spreads(csv, &s, measure->definition->additive);
        if (paired)
            pw_csv_number(csv, s.better);
        pw_csv_end(csv);
    }
}

void pw_results_summary(const pw_run_t *run, double *room, FILE *to)
{
    pw_csv_t csv;
    start(&csv, to, "summary.csv");
    pw_csv_end(&csv);
    for (int s = 0; s < run->roster.n_scenarios; s++)
        rows(run, s, false, room, &csv);
}

static void prices(const pw_run_t *run, int scenario, double *room, pw_csv_t *csv)
{
    const pw_price_t *price;
    int n = pw_prices(&price);
    for (int i = 0; i < n; i++) {
        double value = NAN;
        pw_summary_t s = { .draws = run->ledger.fixed ? 0 : run->ledger.n_draws, .replications = run->ledger.replications,
                           .mc_se = NAN, .low95 = NAN, .high95 = NAN, .p05 = NAN, .p50 = NAN, .p95 = NAN };
        s.mean = pw_ledger_price(&run->ledger, scenario, &price[i], room, &value) ? value : NAN;
        pw_csv_text(csv, scenario_name(run, scenario));
        pw_csv_text(csv, "all");
        pw_csv_text(csv, "all");
        pw_csv_text(csv, price[i].name);
        pw_csv_text(csv, price[i].unit);
        spreads(csv, &s, false);
        pw_csv_number(csv, NAN);
        pw_csv_end(csv);
    }
}

void pw_results_differences(const pw_run_t *run, double *room, FILE *to)
{
    pw_csv_t csv;
    start(&csv, to, "differences.csv");
    pw_csv_end(&csv);
    for (int s = 1; s < run->roster.n_scenarios; s++) {
        rows(run, s, true, room, &csv);
        prices(run, s, room, &csv);
    }
}

/* ---- pairs.csv ---- */

static void pair(const pw_run_t *run, int m, int scenario, int other, double *room, pw_csv_t *csv)
{
    const pw_measure_t *measure = &run->catalogue.measure[run->pairs.measure[m]];
    pw_summary_t s = pw_pairs_summary(&run->pairs, &run->ledger, m, scenario, other, room);
    pw_csv_text(csv, measure->name);
    pw_csv_text(csv, measure->definition->unit);
    pw_csv_text(csv, scenario_name(run, scenario));
    pw_csv_text(csv, scenario_name(run, other));
    spreads(csv, &s, measure->definition->additive);
    pw_csv_number(csv, s.better);
    pw_csv_bool(csv, pw_clear_of_zero(&s));
    pw_csv_end(csv);
}

void pw_results_pairs(const pw_run_t *run, double *room, FILE *to)
{
    pw_csv_t csv;
    start(&csv, to, "pairs.csv");
    pw_csv_end(&csv);
    for (int m = 0; m < run->pairs.n_measures; m++)
        for (int s = 1; s < run->roster.n_scenarios; s++)
            for (int other = 0; other < s; other++)
                pair(run, m, s, other, room, &csv);
}

/* ---- noise.csv ---- */

void pw_results_noise(const pw_run_t *run, FILE *to)
{
    pw_csv_t csv;
    start(&csv, to, "noise.csv");
    pw_csv_end(&csv);
    for (int s = 1; s < run->roster.n_scenarios; s++)
        for (int m = 0; m < run->joint.n_measures; m++)
            for (int cost = 0; cost < PW_JOINT_COSTS; cost++) {
                int64_t draws;
                double covariance = pw_joint_covariance(&run->joint, m, cost, s, &draws);
                if (isnan(covariance))
                    continue;
                pw_csv_text(&csv, scenario_name(run, s));
                pw_csv_text(&csv, run->catalogue.measure[run->joint.measure[m]].name);
                pw_csv_text(&csv, pw_joint_cost[cost]);
                pw_csv_number(&csv, covariance);
                pw_csv_integer(&csv, draws);
                pw_csv_end(&csv);
            }
}

/* ---- draws.csv ---- */

void pw_results_draws(const pw_run_t *run, FILE *to)
{
    const pw_ledger_t *ledger = &run->ledger;
    int all = run->roster.n_areas;
    pw_csv_t csv;
    start(&csv, to, "draws.csv");
    for (int m = 0; m < run->catalogue.n; m++)
        pw_csv_text(&csv, run->catalogue.measure[m].name);
    pw_csv_end(&csv);
    int64_t first = pw_ledger_row(ledger, 0, all, PW_SUBGROUP_all);    /* a whole area's rows stand in the catalogue's order */
    for (int64_t d = 0; d < ledger->n_draws; d++)
        for (int s = 0; s < run->roster.n_scenarios; s++) {
            pw_csv_integer(&csv, d);
            pw_csv_text(&csv, scenario_name(run, s));
            for (int m = 0; m < run->catalogue.n; m++)
                pw_csv_number(&csv, pw_ledger_draw(ledger, d, s, first + m, false));
            pw_csv_end(&csv);
        }
}

/* ---- measures.csv ---- */

static void measure_row(pw_csv_t *csv, const char *name, const char *label, const char *theme, const char *unit, const char *direction, bool headline,
                        const char *definition)
{
    pw_csv_text(csv, name);
    pw_csv_text(csv, label + strspn(label, " "));
    pw_csv_text(csv, theme);
    pw_csv_text(csv, unit);
    pw_csv_text(csv, direction);
    pw_csv_bool(csv, headline);
    pw_csv_text(csv, definition);
    pw_csv_end(csv);
}

void pw_results_measures(const pw_run_t *run, FILE *to)
{
    const pw_price_t *price;
    int n = pw_prices(&price);
    pw_csv_t csv;
    start(&csv, to, "measures.csv");
    pw_csv_end(&csv);
    for (int m = 0; m < run->catalogue.n; m++) {
        const pw_measure_t *measure = &run->catalogue.measure[m];
        const pw_definition_t *d = measure->definition;
        measure_row(&csv, measure->name, measure->label, d->theme, d->unit, pw_direction_name(d->direction), measure->headline, d->definition);
    }
    for (int i = 0; i < n; i++)
        measure_row(&csv, price[i].name, price[i].label, "price", price[i].unit, pw_direction_name(PW_LOWER_IS_BETTER), true, price[i].definition);
}

/* ---- pathways.csv ---- */

static const char *stage_name(const pw_run_t *run, int stage)
{
    return stage < run->roster.stages.n ? run->roster.stages.name[stage] : "outside";
}

static double entered(const pw_run_t *run, int scenario, int area)
{
    double n = 0.0;
    for (int month = 0; month < run->roster.months; month++)
        n += pw_ledger_total(&run->ledger, scenario, pw_layout_month(&run->layout, area, month, PW_MONTH_entries));
    return n;
}

void pw_results_pathways(const pw_run_t *run, FILE *to)
{
    pw_csv_t csv;
    int n = run->roster.stages.n;
    start(&csv, to, "pathways.csv");
    pw_csv_end(&csv);
    for (int s = 0; s < run->roster.n_scenarios; s++)
        for (int area = 0; area <= run->roster.n_areas; area++) {
            double families = entered(run, s, area);
            for (int i = 0; i <= n; i++)
                for (int j = 0; j <= n; j++) {
                    double moves = pw_ledger_total(&run->ledger, s, pw_layout_flow(&run->layout, area, i, j));
                    if (moves == 0.0)
                        continue;
                    pw_csv_text(&csv, scenario_name(run, s));
                    pw_csv_text(&csv, pw_roster_area(&run->roster, area));
                    pw_csv_text(&csv, stage_name(run, i));
                    pw_csv_text(&csv, stage_name(run, j));
                    pw_csv_number(&csv, families > 0.0 ? 100.0 * moves / families : NAN);
                    pw_csv_end(&csv);
                }
        }
}
