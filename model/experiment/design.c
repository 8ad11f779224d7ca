#include "design.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../chance/stream.h"

/* ---- columns ---- */

static void column_free(pw_design_column_t *self)
{
    for (int i = 0; self->text && i < self->n_values; i++)
        pw_free(self->text[i]);
    pw_free(self->text);
    pw_free(self->number);
    pw_free(self->path);
}

void pw_columns_free(pw_design_column_t *column, int n_columns)
{
    for (int j = 0; column && j < n_columns; j++)
        column_free(&column[j]);
    pw_free(column);
}

const char *pw_column_text(const pw_design_column_t *self, double value) { return self->text[(int)value]; }

static double quantile(const pw_design_column_t *self, double u)
{
    double value = pw_estimate_quantile(self->estimate, u);
    return self->factor != 0.0 ? self->factor * value : value;
}

static double in_range(const pw_design_column_t *self, double u)
{
    if (self->scale == PW_SCALE_LOG)
        return self->low * pow(self->high / self->low, u);
    if (self->whole)
        return fmin(floor(self->low + u * (self->high - self->low + 1.0)), self->high);
    return self->low + u * (self->high - self->low);
}

double pw_column_value(const pw_design_column_t *self, double u, bool to_ends)
{
    if (self->scale == PW_SCALE_VALUES) {
        int at = (int)fmin(floor(u * self->n_values), self->n_values - 1);
        return self->is_text ? at : self->number[at];
    }
    double value = self->scale == PW_SCALE_DISTRIBUTION ? quantile(self, to_ends ? 0.025 + 0.95 * u : u) : in_range(self, u);
    return self->whole ? round(value) : pw_number_round12(value);
}

/* ---- points ---- */

/* How many values a grid takes of a column. */
static int steps_of(const pw_design_column_t *column) { return column->scale == PW_SCALE_VALUES ? column->n_values : column->steps; }

static void grid_point(const pw_design_t *self, int64_t i, double *out)
{
    for (int j = self->n_columns - 1; j >= 0; j--) {
        const pw_design_column_t *column = &self->column[j];
        int n = steps_of(column), at = (int)(i % n);
        i /= n;
        out[j] = column->scale == PW_SCALE_VALUES ? (at + 0.5) / n : n > 1 ? (double)at / (n - 1) : 0.5;
    }
}

bool pw_design_unit_point(const pw_design_t *self, int64_t i, double *out)
{
    switch (self->kind) {
    case PW_DESIGN_GRID: grid_point(self, i, out); return true;
    case PW_DESIGN_LATIN: pw_design_latin_point(self, self->n_columns, i, out); return true;
    case PW_DESIGN_SOBOL: pw_design_sobol_point(self, self->n_columns, i, out); return true;
    case PW_DESIGN_MORRIS: pw_design_morris_point(self, i, out); return true;
    case PW_DESIGN_SALTELLI: pw_design_saltelli_point(self, i, out); return true;
    default: return false;
    }
}

void pw_design_point(const pw_design_t *self, int64_t i, double *out)
{
    if (!pw_design_unit_point(self, i, out)) {
        memcpy(out, self->cell + i * self->n_columns, (size_t)self->n_columns * sizeof out[0]);
        return;
    }
    bool to_ends = self->kind == PW_DESIGN_GRID || self->kind == PW_DESIGN_MORRIS;
    for (int j = 0; j < self->n_columns; j++)
        out[j] = pw_column_value(&self->column[j], out[j], to_ends);
}

/* ---- making ---- */

#define REFUSE(...) (pw_findings_add(findings, ask->file, ask->line, NULL, __VA_ARGS__), PW_ERROR_INPUT)
#define MUCH(number) pw_number_significant((double)(number), 3, text)

static pw_status_t count_grid(pw_design_t *self, const pw_design_ask_t *ask, pw_findings_t *findings)
{
    char text[PW_NUMBER_ROOM];
    double n = 1.0;
    for (int j = 0; j < self->n_columns; j++)
        n *= steps_of(&self->column[j]);
    if (n > (double)PW_MAX_POINTS)
        return REFUSE("the grid has %s points; allowed: at most 1,000,000,000 (a Latin hypercube or Sobol' sequence covers as many inputs with far fewer)",
                      MUCH(n));
    self->n_points = (int64_t)n;
    return PW_OK;
}

/* Points that each row of the design's own count stands for. */
static int64_t rows_of(const pw_design_t *self)
{
    return self->kind == PW_DESIGN_MORRIS ? self->n_columns + 1 : self->kind == PW_DESIGN_SALTELLI ? self->n_columns + 2 : 1;
}

static pw_status_t count_points(pw_design_t *self, const pw_design_ask_t *ask, pw_findings_t *findings)
{
    char text[PW_NUMBER_ROOM];
    if (self->kind == PW_DESIGN_GRID)
        return count_grid(self, ask, findings);
    int64_t most = PW_MAX_POINTS / rows_of(self);
    if (ask->points < 1 || ask->points > most)
        return REFUSE("a design of kind %s has %s %s; allowed: 1 to %lld", pw_design_kind_name(self->kind), MUCH(ask->points),
                      self->kind == PW_DESIGN_MORRIS ? "trajectories" : self->kind == PW_DESIGN_SALTELLI ? "base points" : "points", (long long)most);
    self->base = ask->points;
    self->n_points = ask->points * rows_of(self);
    return PW_OK;
}

/* PW_MAX_POINTS is below the 2^30 points that the direction numbers reach. */
static pw_status_t check_sobol(const pw_design_t *self, int n_columns, const pw_design_ask_t *ask, pw_findings_t *findings)
{
    bool saltelli = self->kind == PW_DESIGN_SALTELLI;
    if (n_columns > PW_SOBOL_COLUMNS)
        return REFUSE("Sobol's sequence has %d columns here (%s); allowed: at most %d, where the GSL's direction numbers end; %s", n_columns,
                      saltelli ? "two for each input" : "one for each input", PW_SOBOL_COLUMNS,
                      saltelli ? "sample = \"latin\" takes a Latin hypercube instead" : "kind = \"latin\" is a Latin hypercube, which takes any number");
    return PW_OK;
}

static pw_status_t check_latin(const pw_design_t *self, int n_columns, const pw_design_ask_t *ask, pw_findings_t *findings)
{
    if (ask->maximin && self->kind == PW_DESIGN_LATIN && ask->points > PW_MAXIMIN_POINTS)
        return REFUSE("maximin has %lld points; allowed: at most %d (it compares all pairs); larger ones do without", (long long)ask->points,
                      PW_MAXIMIN_POINTS);
    if (ask->points > INT64_C(200000000) / n_columns)
        return REFUSE("a Latin hypercube of %lld points and %d columns does not fit into memory; allowed: at most 200,000,000 cells "
                      "(Sobol's sequence needs none)", (long long)ask->points, n_columns);
    return PW_OK;
}

static pw_status_t make(pw_design_t *self, const pw_design_ask_t *ask, pw_findings_t *findings)
{
    bool saltelli = self->kind == PW_DESIGN_SALTELLI;
    int n_columns = saltelli ? 2 * self->n_columns : self->n_columns;
    pw_status_t status = PW_OK;
    if (self->kind == PW_DESIGN_MORRIS && (self->levels < 4 || self->levels % 2 != 0 || self->levels > 1000))
        return REFUSE("Morris trajectories have %d levels; allowed: an even number from 4 to 1,000", self->levels);
    if (self->kind == PW_DESIGN_SOBOL || (saltelli && self->sample == PW_SAMPLE_SOBOL)) {
        status = check_sobol(self, n_columns, ask, findings);
        return status == PW_OK ? pw_design_sobol_init(self, n_columns) : status;
    }
    if (self->kind == PW_DESIGN_LATIN || (saltelli && self->sample == PW_SAMPLE_LATIN)) {
        status = check_latin(self, n_columns, ask, findings);
        return status == PW_OK ? pw_design_latin_init(self, n_columns) : status;
    }
    return status;
}

pw_status_t pw_design_init(pw_design_t *self, pw_design_column_t *column, int n_columns, const pw_design_ask_t *ask, pw_findings_t *findings)
{
    *self = (pw_design_t){ .kind = ask->kind, .n_columns = n_columns, .column = column, .seed = ask->seed, .cell = ask->cell, .levels = ask->levels,
                           .sample = ask->sample, .maximin = ask->maximin };
    if (n_columns < 1 || n_columns > PW_MAX_COLUMNS)
        return REFUSE("the design has %d inputs; allowed: 1 to %d", n_columns, PW_MAX_COLUMNS);
    pw_status_t status = count_points(self, ask, findings);
    return status == PW_OK ? make(self, ask, findings) : status;
}

void pw_design_free(pw_design_t *self)
{
    pw_columns_free(self->column, self->n_columns);
    pw_free(self->cell);
    pw_free(self->slice);
    pw_free(self->direction);
    *self = (pw_design_t){ 0 };
}

/* ---- names ---- */

const char *pw_design_kind_name(int kind)
{
    static const char *const names[PW_DESIGN_KINDS] = { "grid", "list", "latin", "sobol", "morris", "saltelli" };
    return names[kind];
}

const char *pw_design_sample_name(int sample)
{
    static const char *const names[] = { "sobol", "latin", "random" };
    return names[sample];
}
