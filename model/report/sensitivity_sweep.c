#include "sensitivity_sweep.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../experiment/gzip.h"
#include "../measure/morris.h"
#include "../measure/sobol.h"
#include "sweep_folder.h"

typedef struct {
    const char *folder;
    pw_text_t *why;
    pw_csv_t *csv;
    pw_sweep_folder_t made;
    pw_sweep_t sweep;
    double *sum;                 /* [point][scenario][measure] */
    int64_t *worlds;             /* [point][scenario] */
    int64_t line;
    double *y;                   /* [point]: the output at hand */
    bool failed_row;
} work_t;

/* ---- the merged table ---- */

static size_t at(const work_t *self, int64_t point, int scenario) { return (size_t)point * (size_t)self->sweep.n_scenarios + (size_t)scenario; }

static pw_status_t take_line(void *context, char *text, size_t n)
{
    work_t *self = context;
    double measure[512];
    int64_t point, replication;
    int scenario;
    const char *from = text;
    if (self->line++ == 0)      /* the header */
        return PW_OK;
    text[n] = '\n';      /* where its NUL stands: a row ends in a line end */
    if (!pw_sweep_rows_read(&self->sweep, &from, text + n + 1, &point, &replication, &scenario, measure) || point < 0 || point >= self->sweep.design.n_points) {
        pw_text_printf(self->why, "%s/merged.csv.gz, line %lld, is not a row of this sweep; merge it again", self->folder, (long long)self->line);
        return PW_ERROR_INPUT;
    }
    size_t row = at(self, point, scenario);
    self->worlds[row]++;
    for (int m = 0; m < self->sweep.n_measures; m++)
        self->sum[row * (size_t)self->sweep.n_measures + (size_t)m] += measure[m];
    return PW_OK;
}

static pw_status_t read_merged(work_t *self)
{
    size_t rows = (size_t)self->sweep.design.n_points * (size_t)self->sweep.n_scenarios;
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/merged.csv.gz", self->folder);
    self->sum = pw_alloc(rows * (size_t)self->sweep.n_measures, sizeof(double));
    self->worlds = pw_alloc(rows, sizeof self->worlds[0]);
    self->y = pw_alloc((size_t)self->sweep.design.n_points, sizeof(double));
    pw_status_t status = path.failed || !self->sum || !self->worlds || !self->y ? PW_ERROR_MEMORY : pw_gzip_lines(pw_text_get(&path), take_line, self);
    if (status == PW_ERROR_READ)
        pw_text_printf(self->why, "%s cannot be read; make it with: pathways sweep merge %s", pw_text_get(&path), self->folder);
    pw_text_free(&path);
    return status;
}

/* The output of every point. False: some point has none. */
static bool fill_output(work_t *self, int scenario, int measure)
{
    for (int64_t i = 0; i < self->sweep.design.n_points; i++) {
        size_t row = at(self, i, scenario), base = at(self, i, 0), n = (size_t)self->sweep.n_measures;
        self->y[i] = self->sum[row * n + (size_t)measure] / (double)self->worlds[row];
        if (scenario > 0)
            self->y[i] -= self->sum[base * n + (size_t)measure] / (double)self->worlds[base];
        if (!isfinite(self->y[i]))
            return false;
    }
    return true;
}

/* ---- one output ---- */

static void begin_rows(const work_t *self, int scenario, int measure, const char *method, pw_sensitivity_row_t *rows)
{
    for (int j = 0; j < self->sweep.design.n_columns; j++) {
        rows[j] = (pw_sensitivity_row_t){ pw_sweep_measure_name(&self->sweep, measure), pw_sweep_scenario_name(&self->sweep, scenario), method, self->sweep.design.column[j].path, NULL, { 0 } };
        pw_sensitivity_clear(&rows[j]);
    }
}

static pw_status_t by_saltelli(const work_t *self, pw_sensitivity_row_t *rows)
{
    enum { SEED = 1999 };
    const pw_design_t *design = &self->sweep.design;
    int k = design->n_columns, n = (int)design->base;
    double *room = pw_alloc((size_t)(k + 2) * (size_t)n, sizeof room[0]);
    const double **block = pw_alloc((size_t)k + 2, sizeof block[0]);
    pw_sobol_index_t *index = pw_alloc((size_t)k, sizeof index[0]);
    pw_status_t status = room && block && index ? PW_OK : PW_ERROR_MEMORY;
    for (int b = 0; status == PW_OK && b < k + 2; b++)
        block[b] = room + (size_t)b * (size_t)n;
    for (int64_t i = 0; status == PW_OK && i < design->n_points; i++) {
        int64_t base;
        int b;
        pw_design_saltelli(design, i, &base, &b);
        room[(size_t)b * (size_t)n + (size_t)base] = self->y[i];
    }
    if (status == PW_OK)
        status = pw_sobol_indices(block[0], block[k + 1], block + 1, k, n, SEED, index);
    for (int j = 0; j < k && status == PW_OK; j++) {
        const double number[] = { index[j].first.value, index[j].first.low95, index[j].first.high95, index[j].total.value, index[j].total.low95, index[j].total.high95 };
        memcpy(&rows[j].number[PW_SENSITIVITY_first], number, sizeof number);
    }
    pw_free(room);
    pw_free(block);
    pw_free(index);
    if (status == PW_ERROR_NUMBER)
        pw_text_printf(self->why, "%d base points are too few for indices; allowed: %d and more", n, PW_SOBOL_FEWEST);
    return status == PW_ERROR_NUMBER ? PW_ERROR_USAGE : status;
}

static pw_status_t by_morris(const work_t *self, pw_sensitivity_row_t *rows)
{
    const pw_design_t *design = &self->sweep.design;
    int k = design->n_columns, r = (int)design->base;
    double *effect = pw_alloc((size_t)k * (size_t)r, sizeof effect[0]), *now = pw_alloc(2 * (size_t)k, sizeof now[0]);
    pw_status_t status = effect && now ? PW_OK : PW_ERROR_MEMORY;
    for (int64_t i = 1; status == PW_OK && i < design->n_points; i++) {
        int64_t trajectory;
        int step, moved;
        pw_design_morris(design, i, &trajectory, &step, &moved);
        if (moved < 0)
            continue;
        (void)pw_design_unit_point(design, i - 1, now);
        (void)pw_design_unit_point(design, i, now + k);
        effect[(size_t)moved * (size_t)r + (size_t)trajectory] = pw_morris_effect(self->y[i - 1], self->y[i], now[k + moved] - now[moved]);
    }
    for (int j = 0; j < k && status == PW_OK; j++) {
        pw_morris_t m;
        status = pw_morris(effect + (size_t)j * (size_t)r, r, &m);
        const double number[] = { m.mu, m.mu_star, m.mu_star_error, m.sigma };
        memcpy(&rows[j].number[PW_SENSITIVITY_mu], number, sizeof number);
    }
    pw_free(effect);
    pw_free(now);
    if (status == PW_ERROR_NUMBER)
        pw_text_append(self->why, "one trajectory tells nothing of how effects differ; at least two are needed");
    return status == PW_ERROR_NUMBER ? PW_ERROR_USAGE : status;
}

static pw_status_t by_given_data(const work_t *self, pw_sensitivity_row_t *rows)
{
    const pw_design_t *design = &self->sweep.design;
    size_t k = (size_t)design->n_columns, n = (size_t)design->n_points;
    double *x = pw_alloc(k * n, sizeof x[0]), *point = pw_alloc(k, sizeof point[0]);
    const double **column = pw_alloc(k, sizeof column[0]);
    bool *tied = pw_alloc(k, sizeof tied[0]);      /* a design's columns: none */
    pw_given_t given = { 0 };
    pw_status_t status = x && point && column && tied ? PW_OK : PW_ERROR_MEMORY;
    for (size_t i = 0; status == PW_OK && i < n; i++) {
        pw_design_point(design, (int64_t)i, point);
        for (size_t j = 0; j < k; j++)
            x[j * n + i] = point[j];
    }
    for (size_t j = 0; status == PW_OK && j < k; j++)
        column[j] = x + j * n;
    if (status == PW_OK)
        status = pw_given_init(&given, column, (int)k, (int)n, tied);
    if (status == PW_OK)
        status = pw_sensitivity_of_points(&given, column, self->y, 0.0, rows);
    pw_given_free(&given);
    pw_free(x);
    pw_free(point);
    pw_free(column);
    pw_free(tied);
    if (status == PW_ERROR_NUMBER)
        pw_text_printf(self->why, "%zu points are too few; allowed: %d and more", n, PW_GIVEN_FEWEST);
    return status == PW_ERROR_NUMBER ? PW_ERROR_USAGE : status;
}

static pw_status_t write_one(work_t *self, int scenario, int measure, pw_sensitivity_row_t *rows)
{
    int kind = self->sweep.design.kind;
    const char *name = pw_sweep_measure_name(&self->sweep, measure);
    if (!fill_output(self, scenario, measure)) {
        pw_text_printf(self->why, "%s has no value at some point (the sweep is not complete, or there is nothing to take a share of); ask for other measures with --of", name);
        return PW_ERROR_USAGE;
    }
    begin_rows(self, scenario, measure, kind == PW_DESIGN_SALTELLI ? "saltelli" : kind == PW_DESIGN_MORRIS ? "morris" : "given data", rows);
    pw_status_t status = kind == PW_DESIGN_SALTELLI ? by_saltelli(self, rows) : kind == PW_DESIGN_MORRIS ? by_morris(self, rows) : by_given_data(self, rows);
    for (int j = 0; j < self->sweep.design.n_columns && status == PW_OK; j++)
        pw_sensitivity_put(&rows[j], self->csv);
    return status;
}

/* ---- all ---- */

static int find_measure(const work_t *self, const char *name)
{
    for (int m = 0; m < self->sweep.n_measures; m++)
        if (strcmp(pw_sweep_measure_name(&self->sweep, m), name) == 0)
            return m;
    pw_text_printf(self->why, "the sweep has no measure \"%s\"; it has", name);
    for (int m = 0; m < self->sweep.n_measures && m < 12; m++)
        pw_text_printf(self->why, "%s %s", m > 0 ? "," : "", pw_sweep_measure_name(&self->sweep, m));
    return -1;
}

static pw_status_t write_all(work_t *self, const char *const *measures, int n)
{
    pw_sensitivity_row_t *rows = pw_alloc((size_t)self->sweep.design.n_columns, sizeof rows[0]);
    pw_status_t status = rows ? PW_OK : PW_ERROR_MEMORY;
    for (int k = 0; status == PW_OK && k < (n > 0 ? n : self->sweep.n_measures); k++) {
        int measure = n > 0 ? find_measure(self, measures[k]) : k;
        if (measure < 0)
            status = PW_ERROR_USAGE;
        for (int s = 0; s < self->sweep.n_scenarios && status == PW_OK; s++)
            status = write_one(self, s, measure, rows);
    }
    pw_free(rows);
    return status;
}

static pw_status_t open_sweep(work_t *self, pw_findings_t *findings)
{
    pw_status_t status = pw_sweep_folder_read(&self->made, self->folder);
    if (status == PW_OK)
        status = pw_sweep_folder_open(&self->made, &self->sweep, findings);
    if (status != PW_OK) {
        pw_text_append(self->why, self->made.message);
        return status;
    }
    if (self->sweep.scenario_column >= 0) {
        pw_text_append(self->why, "this sweep has the scenario as an input, which has no low and no high; sweep each scenario over the other inputs");
        return PW_ERROR_USAGE;
    }
    return self->sweep.n_measures <= 512 ? PW_OK : PW_ERROR_FULL;
}

pw_status_t pw_sensitivity_sweep(const char *folder, const char *const *measures, int n, pw_csv_t *csv, pw_findings_t *findings, pw_text_t *why)
{
    work_t self = { .folder = folder, .csv = csv, .why = why };
    pw_status_t status = open_sweep(&self, findings);
    if (status == PW_OK)
        status = read_merged(&self);
    if (status == PW_OK)
        status = write_all(&self, measures, n);
    pw_free(self.sum);
    pw_free(self.worlds);
    pw_free(self.y);
    pw_sweep_free(&self.sweep);
    pw_sweep_folder_free(&self.made);
    return status;
}
