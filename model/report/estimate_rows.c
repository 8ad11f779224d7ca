/* estimate_rows.c: assumptions.csv and parameters.csv: what the estimates are, and what each draw took them to be. */
#include <math.h>
#include <string.h>

#include "columns.h"
#include "results.h"

static const char *scenario_name(const pw_run_t *run, int scenario) { return run->roster.scenario[scenario]; }

/* ---- assumptions.csv ---- */

static void assumption(pw_csv_t *csv, const char *scenario, const pw_estimate_t *e, const char *area, double value, bool spread)
{
    char origin[512];
    snprintf(origin, sizeof origin, "%s:%d", e->file ? e->file : "", e->line);
    pw_csv_text(csv, scenario);
    pw_csv_text(csv, e->name);
    pw_csv_text(csv, area);
    pw_csv_text(csv, pw_quantity_name(e->quantity));
    pw_csv_number(csv, value);
    pw_csv_number(csv, spread ? e->low : NAN);
    pw_csv_number(csv, spread ? e->high : NAN);
    pw_csv_text(csv, pw_grade_name(e->grade));
    pw_csv_text(csv, e->source);
    if (e->price_year > 0)
        pw_csv_integer(csv, e->price_year);
    else
        pw_csv_text(csv, NULL);
    pw_csv_text(csv, e->note);
    pw_csv_text(csv, e->audit[0] ? e->audit : NULL);
    pw_csv_text(csv, origin);
    pw_csv_text(csv, e->calibrate ? "true" : "false");
    pw_csv_end(csv);
}

static bool same_estimate(const pw_estimate_t *a, const pw_estimate_t *b)
{
    return a->line == b->line && a->file && b->file && strcmp(a->file, b->file) == 0 && a->value == b->value;
}

/* The estimate of a scenario is the baseline's own. */
static bool is_baselines(const pw_run_t *run, int scenario, const pw_estimate_t *estimate)
{
    const pw_evidence_t *baseline = &run->request.spec[0]->evidence;
    int known = scenario > 0 ? pw_evidence_find(baseline, estimate->name) : -1;
    return known >= 0 && same_estimate(estimate, &baseline->estimate[known]);
}

void pw_results_assumptions(const pw_run_t *run, FILE *to)
{
    pw_csv_t csv;
    csv = (pw_csv_t){ .to = to };
    pw_columns_header(&csv, "assumptions.csv");
    pw_csv_end(&csv);
    for (int s = 0; s < run->roster.n_scenarios; s++) {
        const pw_evidence_t *evidence = &run->request.spec[s]->evidence;
        for (int i = 0; i < evidence->n; i++) {
            const pw_estimate_t *e = &evidence->estimate[i];
            if (is_baselines(run, s, e))
                continue;
            if (e->n_by_area == 0)
                assumption(&csv, scenario_name(run, s), e, "all", e->value, e->distribution != PW_DISTRIBUTION_FIXED);
            for (int a = 0; a < e->n_by_area; a++)
                assumption(&csv, scenario_name(run, s), e, e->area[a], e->area_value[a], e->distribution != PW_DISTRIBUTION_FIXED);
        }
    }
}

/* ---- parameters.csv ---- */

void pw_results_parameter_columns(const pw_run_t *run, void (*each)(void *context, const char *name, const pw_estimate_t *estimate), void *context)
{
    for (int s = 0; s < run->roster.n_scenarios; s++) {
        const pw_evidence_t *evidence = &run->request.spec[s]->evidence;
        for (int i = 0; i < evidence->n; i++) {
            char name[256];
            if (is_baselines(run, s, &evidence->estimate[i]))
                continue;
            snprintf(name, sizeof name, "%s%s%s", s > 0 ? scenario_name(run, s) : "", s > 0 ? "/" : "", evidence->estimate[i].name);
            each(context, name, &evidence->estimate[i]);
        }
    }
}

static void write_name(void *csv, const char *name, const pw_estimate_t *estimate)
{
    (void)estimate;
    pw_csv_text(csv, name);
}

static pw_status_t write_values(const pw_run_t *run, int64_t draw, int scenario, pw_csv_t *csv)
{
    const pw_evidence_t *evidence = &run->request.spec[scenario]->evidence;
    pw_values_t values = { 0 };
    pw_status_t status = pw_models_values(&run->models, draw, scenario, &values);
    for (int i = 0; status == PW_OK && i < evidence->n; i++)
        if (!is_baselines(run, scenario, &evidence->estimate[i]))
            pw_csv_number(csv, values.drawn[i]);
    pw_values_free(&values);
    return status;
}

pw_status_t pw_results_parameters(const pw_run_t *run, FILE *to)
{
    pw_csv_t csv = { .to = to };
    pw_status_t status = PW_OK;
    pw_columns_header(&csv, "parameters.csv");
    pw_results_parameter_columns(run, write_name, &csv);
    pw_csv_end(&csv);
    for (int64_t d = 0; d < run->ledger.n_draws && status == PW_OK; d++) {
        pw_csv_integer(&csv, d);
        for (int s = 0; s < run->roster.n_scenarios && status == PW_OK; s++)
            status = write_values(run, d, s, &csv);
        pw_csv_end(&csv);
    }
    return status;
}
