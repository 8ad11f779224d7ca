#include "sensitivity_sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../experiment/gzip.h"
#include "../measure/morris.h"
#include "../measure/sobol.h"
#include "sweep_folder.h"

typedef struct {
    const char *folder;
    pw_text_t *why, *notes;      /* notes: a sentence a line */
    pw_csv_t *csv;
    pw_sweep_folder_t made;
    pw_sweep_t sweep;
    double *sum, *odd;           /* [point][scenario][measure]; of worlds with an odd number alone */
    int64_t *worlds;             /* [point][scenario] */
    int64_t line;
    bool *there;                 /* [point]: the table has it; and, of Saltelli's and Morris's designs, all points that belong with it */
    int *own;                    /* [point]: the scenario that an input names; 0 where no input does */
    /* what is looked at */
    int view;                    /* a scenario; or each point's own */
    int n_inputs, *input;        /* the design's columns */
    int64_t n, *pick;            /* its points, rising */
    double *y;                   /* [point]: the output at hand */
} work_t;

/* The view of each point's own scenario, in Saltelli's design over scenarios. */
static int own_view(const work_t *self) { return self->sweep.n_scenarios; }
static bool is_over_scenarios(const work_t *self) { return self->sweep.scenario_column >= 0; }
static const char *view_name(const work_t *self) { return self->view == own_view(self) ? "scenario" : pw_sweep_scenario_name(&self->sweep, self->view); }

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
    for (int m = 0; m < self->sweep.n_measures; m++) {
        self->sum[row * (size_t)self->sweep.n_measures + (size_t)m] += measure[m];
        self->odd[row * (size_t)self->sweep.n_measures + (size_t)m] += replication % 2 == 1 ? measure[m] : 0.0;
    }
    return PW_OK;
}

static pw_status_t read_merged(work_t *self)
{
    size_t points = (size_t)self->sweep.design.n_points, rows = points * (size_t)self->sweep.n_scenarios;
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/merged.csv.gz", self->folder);
    self->sum = pw_alloc(rows * (size_t)self->sweep.n_measures, sizeof(double));
    self->odd = pw_alloc(rows * (size_t)self->sweep.n_measures, sizeof(double));
    self->worlds = pw_alloc(rows, sizeof self->worlds[0]);
    self->y = pw_alloc(points, sizeof self->y[0]);
    self->there = pw_alloc(points, sizeof self->there[0]);
    self->own = pw_alloc(points, sizeof self->own[0]);
    self->pick = pw_alloc(points, sizeof self->pick[0]);
    self->input = pw_alloc((size_t)self->sweep.design.n_columns, sizeof self->input[0]);
    bool room = !path.failed && self->sum && self->odd && self->worlds && self->y && self->there && self->own && self->pick && self->input;
    pw_status_t status = room ? pw_gzip_lines(pw_text_get(&path), take_line, self) : PW_ERROR_MEMORY;
    if (status == PW_ERROR_READ)
        pw_text_printf(self->why, "%s cannot be read; make it with: pathways sweep merge %s", pw_text_get(&path), self->folder);
    pw_text_free(&path);
    return status;
}

/* ---- which points are there ---- */

/* How many points from the first on belong together: a base point of Saltelli's design, a trajectory of Morris's. */
static int64_t bundle(const pw_design_t *design)
{
    return design->kind == PW_DESIGN_SALTELLI ? design->n_columns + 2 : design->kind == PW_DESIGN_MORRIS ? design->n_columns + 1 : 1;
}

/* Fills `own` and `there`; a note says what the table lacks. */
static void look(work_t *self)
{
    int64_t n = self->sweep.design.n_points, size = bundle(&self->sweep.design), points = 0, rows = 0;
    for (int64_t i = 0; i < n; i++) {
        int scenario[PW_MAX_SCENARIOS], n_here = pw_sweep_scenarios_at(&self->sweep, i, scenario);
        self->own[i] = is_over_scenarios(self) ? scenario[n_here - 1] : 0;
        self->there[i] = true;
        for (int k = 0; k < n_here; k++)
            self->there[i] = self->there[i] && self->worlds[at(self, i, scenario[k])] > 0;
        points += self->there[i];
        rows += n_here * self->sweep.replications;
    }
    for (int64_t first = 0; first < n; first += size) {
        bool whole = true;
        for (int64_t i = first; i < first + size; i++)
            whole = whole && self->there[i];
        for (int64_t i = first; i < first + size; i++)
            self->there[i] = whole;
    }
    if (self->line - 1 < rows)
        pw_text_printf(self->notes, "%s/merged.csv.gz has %lld of the sweep's %lld points and %lld of its %lld rows, and what is said rests on those; for all: "
                       "pathways sweep run --out %s, then pathways sweep merge %s\n", self->folder, (long long)points, (long long)n,
                           (long long)self->line - 1, (long long)rows,
                       self->folder, self->folder);
}

/* ---- a view: whose output, over which inputs, at which points ---- */

static int compare_rows(const void *a, const void *b, void *context)
{
    const double *x = a, *y = b;
    for (int j = 0; j <= *(const int *)context; j++)
        if (x[j] != y[j])
            return x[j] < y[j] ? -1 : 1;
    return 0;
}

static bool same_inputs(const double *x, const double *y, int k)
{
    for (int j = 0; j < k; j++)
        if (x[j] != y[j])
            return false;
    return true;
}

static int compare_points(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Of points that differ in nothing but the scenario the baseline knows one: counted twice, few points would look like many. */
static pw_status_t pick_once(work_t *self)
{
    int k = self->n_inputs;
    size_t width = (size_t)k + 1;
    double *row = pw_alloc((size_t)self->n * width, sizeof row[0]), point[PW_MAX_COLUMNS];
    if (!row)
        return PW_ERROR_MEMORY;
    for (int64_t i = 0; i < self->n; i++) {
        pw_design_point(&self->sweep.design, self->pick[i], point);
        for (int j = 0; j < k; j++)
            row[(size_t)i * width + (size_t)j] = point[self->input[j]];
        row[(size_t)i * width + (size_t)k] = (double)self->pick[i];
    }
    qsort_r(row, (size_t)self->n, width * sizeof row[0], compare_rows, &k);
    int64_t n = 0;
    for (int64_t i = 0; i < self->n; i++)
        if (i == 0 || !same_inputs(&row[(size_t)(i - 1) * width], &row[(size_t)i * width], k))
            self->pick[n++] = (int64_t)row[(size_t)i * width + (size_t)k];
    self->n = n;
    qsort(self->pick, (size_t)n, sizeof self->pick[0], compare_points);
    pw_free(row);
    return PW_OK;
}

static pw_status_t take_view(work_t *self, int view)
{
    const pw_design_t *design = &self->sweep.design;
    bool own = view == own_view(self), baseline = view == 0, given = design->kind != PW_DESIGN_SALTELLI && design->kind != PW_DESIGN_MORRIS;
    self->view = view;
    self->n = self->n_inputs = 0;
    for (int j = 0; j < design->n_columns; j++)
        if (j != self->sweep.scenario_column || design->kind == PW_DESIGN_SALTELLI)
            self->input[self->n_inputs++] = j;
    for (int64_t i = 0; i < design->n_points; i++)
        if (self->there[i] && (!is_over_scenarios(self) || baseline || own || self->own[i] == view))
            self->pick[self->n++] = i;
    return is_over_scenarios(self) && baseline && given && self->n > 0 ? pick_once(self) : PW_OK;
}

/* The scenario that a point of the view is looked at under. */
static int scenario_at(const work_t *self, int64_t point) { return self->view == own_view(self) ? self->own[point] : self->view; }

/* Worlds with an odd number: half of them, or one fewer than the others. */
static int64_t odd_worlds(const work_t *self) { return self->sweep.replications / 2; }

/* Mean of the worlds with an odd number less that of the others, one point under one scenario; nan: not all worlds are there. */
static double halves_apart(const work_t *self, size_t row, int measure)
{
    size_t cell = row * (size_t)self->sweep.n_measures + (size_t)measure;
    int64_t odd = odd_worlds(self), even = self->sweep.replications - odd;
    if (odd == 0 || self->worlds[row] != self->sweep.replications)
        return NAN;
    return self->odd[cell] / (double)odd - (self->sum[cell] - self->odd[cell]) / (double)even;
}

/* The same of the output at hand at a point of the view. */
static double apart_at(const work_t *self, int64_t point, int measure)
{
    double apart = halves_apart(self, at(self, point, scenario_at(self, point)), measure);
    return self->view > 0 ? apart - halves_apart(self, at(self, point, 0), measure) : apart;
}

/* Mean and sum of squares about it, one number after the other (Welford 1962). */
typedef struct { int64_t n; double mean, squares; } spread_t;

static void add_to_spread(spread_t *self, double x)
{
    double step = x - self->mean;
    self->mean += step / (double)++self->n;
    self->squares += step * (x - self->mean);
}

/* nan: of fewer than two. */
static double variance_of(const spread_t *self) { return self->n > 1 ? self->squares / (double)(self->n - 1) : NAN; }

/* Variance of the output at hand that is the worlds' luck and no input's. What a world does at all points alike moves no point against another and is not in
 * it: the two halves of the worlds stand apart by the same everywhere, but for the luck that each point has for itself. nan: cannot be told. */
static double noise_of_points(const work_t *self, int measure)
{
    spread_t apart = { 0 };
    double worlds = (double)self->sweep.replications, odd = (double)odd_worlds(self);
    for (int64_t p = 0; p < self->n; p++)
        add_to_spread(&apart, apart_at(self, self->pick[p], measure));
    return variance_of(&apart) * odd * (worlds - odd) / (worlds * worlds);
}

static double variance_of_points(const work_t *self)
{
    spread_t outputs = { 0 };
    for (int64_t p = 0; p < self->n; p++)
        add_to_spread(&outputs, self->y[self->pick[p]]);
    return variance_of(&outputs);
}

/* The output at every point of the view. Returns how many have none. */
static int64_t fill_output(work_t *self, int measure)
{
    size_t n = (size_t)self->sweep.n_measures;
    int64_t missing = 0;
    for (int64_t p = 0; p < self->n; p++) {
        int64_t i = self->pick[p];
        size_t row = at(self, i, scenario_at(self, i)), base = at(self, i, 0);
        self->y[i] = self->sum[row * n + (size_t)measure] / (double)self->worlds[row];
        if (self->view > 0)
            self->y[i] -= self->sum[base * n + (size_t)measure] / (double)self->worlds[base];
        missing += !isfinite(self->y[i]);
    }
    return missing;
}

/* ---- one output ---- */

/* The register's grade of an estimate that is an input; NULL: the input is a setting. */
static const char *grade_of_input(const work_t *self, const char *path)
{
    static const char evidence[] = "evidence.";
    const char *name = strchr(path, '/') ? strchr(path, '/') + 1 : path;      /* SCENARIO/evidence.NAME */
    for (int s = 0; s < self->sweep.n_scenarios && strncmp(name, evidence, sizeof evidence - 1) == 0; s++) {
        const pw_evidence_t *known = &self->sweep.spec[s]->evidence;
        int at = pw_evidence_find(known, name + sizeof evidence - 1);
        if (at >= 0)
            return pw_grade_name(known->estimate[at].grade);
    }
    return NULL;
}

static void begin_rows(const work_t *self, int measure, const char *method, pw_sensitivity_row_t *rows)
{
    for (int j = 0; j < self->n_inputs; j++) {
        const char *path = self->sweep.design.column[self->input[j]].path;
        rows[j] = (pw_sensitivity_row_t){ pw_sweep_measure_name(&self->sweep, measure), view_name(self), method, path, grade_of_input(self, path), { 0 } };
        pw_sensitivity_clear(&rows[j]);
    }
}

/* PW_ERROR_NUMBER with a sentence: that is too few. */
static pw_status_t too_few(const work_t *self, int64_t n, const char *what, int allowed)
{
    pw_text_printf(self->why, "%s%s%lld %s too few; allowed: %d and more", is_over_scenarios(self) ? view_name(self) : "", is_over_scenarios(self)
                   ? ": " : "", (long long)n, what,
                   allowed);
    return PW_ERROR_NUMBER;
}

/* The output of each half of the worlds (both of all, where there are no halves) as columns of Saltelli's blocks, room[half][block][base point]. The points of
 * a base point stand together, A first, B last. */
static void fill_blocks(const work_t *self, int measure, bool halves, size_t size, double *room)
{
    size_t n = (size_t)self->n / size;
    double worlds = (double)self->sweep.replications, odd = (double)odd_worlds(self);
    for (size_t p = 0; p < n * size; p++) {
        double *cell = room + p % size * n + p / size, y = self->y[self->pick[p]], apart = halves ? apart_at(self, self->pick[p], measure) : 0.0;
        cell[0] = y - apart * odd / worlds;
        cell[size * n] = y + apart * (worlds - odd) / worlds;
    }
}

static pw_status_t by_saltelli(const work_t *self, int measure, bool halves, pw_sensitivity_row_t *rows)
{
    enum { SEED = 1999 };
    int k = self->n_inputs;
    size_t size = (size_t)k + 2, n = (size_t)self->n / size;
    double *room = pw_alloc(2 * size * (n + 1), sizeof room[0]);
    const double **block = pw_alloc(2 * size, sizeof block[0]);
    pw_sobol_index_t *index = pw_alloc((size_t)k, sizeof index[0]);
    pw_status_t status = room && block && index ? PW_OK : PW_ERROR_MEMORY;
    if (status == PW_OK) {
        for (size_t b = 0; b < 2 * size; b++)
            block[b] = room + b * n;
        fill_blocks(self, measure, halves, size, room);
        pw_sobol_outputs_t even = { block[0], block[k + 1], block + 1 }, odd = { block[size], block[size + (size_t)k + 1], block + size + 1 };
        status = pw_sobol_indices_apart(&even, &odd, k, (int)n, SEED, index);
    }
    for (int j = 0; j < k && status == PW_OK; j++) {
        const double number[] = { index[j].first.value, index[j].first.low95, index[j].first.high95, index[j].total.value, index[j].total.low95,
                                  index[j].total.high95 };
        memcpy(&rows[j].number[PW_SENSITIVITY_first], number, sizeof number);
    }
    pw_free(room);
    pw_free(block);
    pw_free(index);
    return status == PW_ERROR_NUMBER ? too_few(self, (int64_t)n, "base points are", PW_SOBOL_FEWEST) : status;
}

/* The place of a column among the view's inputs; -1: it is none of them. */
static int place_of(const work_t *self, int column)
{
    for (int j = 0; j < self->n_inputs; j++)
        if (self->input[j] == column)
            return j;
    return -1;
}

/* Over scenarios: steps within the view's scenario; those of the baseline are all, for every point has it. */
static void gather_effects(const work_t *self, double *effect, int64_t *n)
{
    const pw_design_t *design = &self->sweep.design;
    double before[PW_MAX_COLUMNS], after[PW_MAX_COLUMNS];
    for (int64_t i = 1; i < design->n_points; i++) {
        int64_t trajectory;
        int step, moved;
        pw_design_morris(design, i, &trajectory, &step, &moved);
        int j = moved < 0 || !self->there[i] ? -1 : place_of(self, moved);
        bool within = !is_over_scenarios(self) || self->view == 0 || (self->own[i - 1] == self->view && self->own[i] == self->view);
        if (j < 0 || !within)
            continue;
        (void)pw_design_unit_point(design, i - 1, before);
        (void)pw_design_unit_point(design, i, after);
        effect[j * design->base + n[j]++] = pw_morris_effect(self->y[i - 1], self->y[i], after[moved] - before[moved]);
    }
}

static pw_status_t by_morris(const work_t *self, pw_sensitivity_row_t *rows)
{
    size_t k = (size_t)self->n_inputs, r = (size_t)self->sweep.design.base;
    double *effect = pw_alloc(k * r, sizeof effect[0]);
    int64_t *n = pw_alloc(k, sizeof n[0]), most = 0;
    pw_status_t status = effect && n ? PW_OK : PW_ERROR_MEMORY;
    if (status == PW_OK)
        gather_effects(self, effect, n);
    for (size_t j = 0; j < k && status == PW_OK; j++) {
        pw_morris_t m;
        most = n[j] > most ? n[j] : most;
        if (n[j] < 2)
            continue;      /* one step tells nothing of how effects differ */
        status = pw_morris(effect + j * r, (int)n[j], &m);
        const double number[] = { m.mu, m.mu_star, m.mu_star_error, m.sigma };
        memcpy(&rows[j].number[PW_SENSITIVITY_mu], number, sizeof number);
        rows[j].number[PW_SENSITIVITY_effects] = (double)n[j];
    }
    pw_free(effect);
    pw_free(n);
    return status == PW_OK && most < 2 ? too_few(self, most, most == 1 ? "trajectory is" : "trajectories are", 2) : status;
}

static pw_status_t by_given_data(const work_t *self, double noise, pw_sensitivity_row_t *rows)
{
    const pw_design_t *design = &self->sweep.design;
    size_t k = (size_t)self->n_inputs, n = (size_t)self->n;
    double *x = pw_alloc(k * n + n + 1, sizeof x[0]), *y = x ? x + k * n : NULL, point[PW_MAX_COLUMNS];
    const double **column = pw_alloc(k + 1, sizeof column[0]);
    bool *tied = pw_alloc(k + 1, sizeof tied[0]);      /* a design's columns: none; of points from elsewhere (a list) nobody knows */
    pw_given_t given = { 0 };
    pw_status_t status = x && column && tied ? PW_OK : PW_ERROR_MEMORY;
    for (size_t p = 0; status == PW_OK && p < n; p++) {
        pw_design_point(design, self->pick[p], point);
        y[p] = self->y[self->pick[p]];
        for (size_t j = 0; j < k; j++)
            x[j * n + p] = point[self->input[j]];
    }
    for (size_t j = 0; status == PW_OK && j < k; j++)
        column[j] = x + j * n;
    if (status == PW_OK)
        status = pw_given_init(&given, column, (int)k, (int)n, design->kind == PW_DESIGN_LIST ? NULL : tied);
    if (status == PW_OK)
        status = pw_sensitivity_of_points(&given, column, y, isnan(noise) ? 0.0 : noise, rows);
    pw_given_free(&given);
    pw_free(x);
    pw_free(column);
    pw_free(tied);
    return status == PW_ERROR_NUMBER ? too_few(self, self->n, self->n == 1 ? "point is" : "points are", PW_GIVEN_FEWEST) : status;
}

/* PW_ERROR_NUMBER: nothing can be said; of a measure without a value *missing says at how many points, else there is a sentence in `why`. */
static pw_status_t write_one(work_t *self, int measure, pw_sensitivity_row_t *rows, int64_t *missing)
{
    int kind = self->sweep.design.kind;
    *missing = fill_output(self, measure);
    if (*missing > 0)
        return PW_ERROR_NUMBER;
    double noise = noise_of_points(self, measure), variance = variance_of_points(self);
    begin_rows(self, measure, kind == PW_DESIGN_SALTELLI ? "saltelli" : kind == PW_DESIGN_MORRIS ? "morris" : "given data", rows);
    pw_status_t status = kind == PW_DESIGN_SALTELLI ? by_saltelli(self, measure, isfinite(noise), rows) : kind == PW_DESIGN_MORRIS ? by_morris(self, rows)
                         : by_given_data(self, noise, rows);
    for (int j = 0; j < self->n_inputs && status == PW_OK; j++) {
        rows[j].number[PW_SENSITIVITY_noise] = variance > 0.0 ? noise / variance : NAN;
        pw_sensitivity_put(&rows[j], self->csv);
    }
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

/* Whether this view has anything of its own to say. */
static bool is_asked(const work_t *self, int view)
{
    if (!is_over_scenarios(self))
        return view < own_view(self);
    if (self->sweep.design.kind == PW_DESIGN_SALTELLI)
        return view == 0 || view == own_view(self);
    for (int64_t i = 0; i < self->sweep.design.n_points; i++)
        if (view == 0 || self->own[i] == view)
            return view < own_view(self);
    return false;
}

/* A sentence of its own line, unless it was said before. */
static void note(work_t *self, const pw_text_t *sentence)
{
    if (!strstr(pw_text_get(self->notes), pw_text_get(sentence)))
        pw_text_printf(self->notes, "%s\n", pw_text_get(sentence));
}

/* Of one measure: *said counts the views of which something could be said. */
static pw_status_t write_measure(work_t *self, int measure, pw_sensitivity_row_t *rows, int *said)
{
    pw_text_t without = { 0 };
    int64_t worst = 0, of = 0, missing;
    pw_status_t status = PW_OK;
    *said = 0;
    for (int view = 0; view <= own_view(self) && status == PW_OK; view++) {
        if (!is_asked(self, view))
            continue;
        missing = 0;
        pw_text_clear(self->why);
        status = take_view(self, view);
        if (status == PW_OK)
            status = write_one(self, measure, rows, &missing);
        *said += status == PW_OK;
        if (status != PW_ERROR_NUMBER)
            continue;
        status = PW_OK;
        if (missing == 0) {
            note(self, self->why);
            continue;
        }
        pw_text_printf(&without, "%s%s", without.n > 0 ? ", " : "", view_name(self));
        of = missing > worst ? self->n : of;
        worst = missing > worst ? missing : worst;
    }
    if (worst > 0)
        pw_text_printf(self->notes, "%s is left out (%s): it has no value at %lld of %lld points, where there is nothing to take a mean or a share of\n",
                       pw_sweep_measure_name(&self->sweep, measure), pw_text_get(&without), (long long)worst, (long long)of);
    if (status == PW_OK)
        pw_text_clear(self->why);
    if (without.failed || self->notes->failed)
        status = PW_ERROR_MEMORY;
    pw_text_free(&without);
    return status;
}

static pw_status_t write_all(work_t *self, const char *const *measures, int n, pw_sensitivity_said_t *out)
{
    pw_sensitivity_row_t *rows = pw_alloc((size_t)self->sweep.design.n_columns, sizeof rows[0]);
    pw_status_t status = rows ? PW_OK : PW_ERROR_MEMORY;
    int said;
    for (int k = 0; status == PW_OK && k < (n > 0 ? n : self->sweep.n_measures); k++) {
        int measure = n > 0 ? find_measure(self, measures[k]) : k;
        status = measure < 0 ? PW_ERROR_USAGE : write_measure(self, measure, rows, &said);
        if (status != PW_OK)
            break;
        out->outputs += said;
        out->silent += n > 0 && said == 0;
    }
    out->silent += status == PW_OK && out->outputs == 0 && n == 0;
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
    return self->sweep.n_measures <= 512 ? PW_OK : PW_ERROR_FULL;
}

pw_status_t pw_sensitivity_sweep(const char *folder, const char *const *measures, int n, pw_csv_t *csv, pw_sensitivity_said_t *said, pw_findings_t *findings,
                                 pw_text_t *why)
{
    work_t self = { .folder = folder, .csv = csv, .why = why, .notes = &said->notes };
    pw_status_t status = open_sweep(&self, findings);
    if (status == PW_OK)
        status = read_merged(&self);
    if (status == PW_OK) {
        look(&self);
        status = write_all(&self, measures, n, said);
    }
    pw_free(self.sum);
    pw_free(self.odd);
    pw_free(self.worlds);
    pw_free(self.y);
    pw_free(self.there);
    pw_free(self.own);
    pw_free(self.pick);
    pw_free(self.input);
    pw_sweep_free(&self.sweep);
    pw_sweep_folder_free(&self.made);
    return status;
}
