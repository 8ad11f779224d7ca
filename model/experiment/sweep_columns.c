#include "sweep_columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/text.h"

enum { WHY = 1200 };

typedef struct {
    pw_sweep_t *sweep;
    pw_findings_t *findings;
    const pw_sweep_input_t *input;       /* at hand */
    pw_design_column_t *column;
    pw_knob_t knob[PW_MAX_SCENARIOS];    /* of the input at hand, where `reach` has the scenario's bit */
    uint32_t reach;
    pw_turn_t *turn; int n_turns;        /* of all inputs so far */
} maker_t;

#define SAY(self, ...) pw_findings_add((self)->findings, (self)->input->file, (self)->input->line, (self)->input->path, __VA_ARGS__)

/* ---- where a path leads ---- */

bool pw_sweep_knob(const pw_sweep_t *self, const char *path, int scenario, pw_spec_t *spec, pw_knob_t *out, char *why, size_t room)
{
    const char *slash = strchr(path, '/'), *name = pw_sweep_scenario_name(self, scenario);
    if (!slash)
        return pw_knob_find(spec, path, out, why, room);
    if (strlen(name) == (size_t)(slash - path) && strncmp(name, path, strlen(name)) == 0)
        return pw_knob_find(spec, slash + 1, out, why, room);
    snprintf(why, room, "there is no scenario \"%.*s\" in this sweep", (int)(slash - path), path);
    return false;
}

/* In the scenario that a path's prefix names, where it says most of why it leads nowhere. */
static bool is_told_by(const pw_sweep_t *self, const char *path, int scenario)
{
    const char *slash = strchr(path, '/'), *name = pw_sweep_scenario_name(self, scenario);
    return !slash || (strlen(name) == (size_t)(slash - path) && strncmp(name, path, strlen(name)) == 0);
}

/* Numbers that are settled before the first point: how long worlds are followed and in whose prices pounds are is the same for the whole sweep. */
static bool is_settled(const char *path)
{
    static const char *const settled[] = { "time.intake_months", "time.follow_up_months", "money.price_year" };
    const char *slash = strchr(path, '/'), *name = slash ? slash + 1 : path;
    for (size_t i = 0; i < sizeof settled / sizeof settled[0]; i++)
        if (strcmp(name, settled[i]) == 0)
            return true;
    return false;
}

static bool find_knobs(maker_t *self)
{
    const pw_sweep_t *sweep = self->sweep;
    char why[WHY] = "", last[WHY] = "";
    self->reach = 0;
    if (is_settled(self->input->path)) {
        SAY(self, "this decides what is measured and is the same at all points; allowed: set = ( \"%s=..\" ) in the design, or --set", self->input->path);
        return false;
    }
    for (int s = 0; s < sweep->n_scenarios; s++)
        if (pw_sweep_knob(sweep, self->input->path, s, sweep->spec[s], &self->knob[s], why, sizeof why))
            self->reach |= UINT32_C(1) << s;
        else if (!last[0] || is_told_by(sweep, self->input->path, s))
            memcpy(last, why, sizeof last);
    if (!self->reach)
        SAY(self, "%s", last);
    return self->reach != 0;
}

/* Two inputs that turn one knob would undo each other. */
static bool same_knob(const pw_knob_t *a, const pw_knob_t *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == PW_KNOB_ESTIMATE)
        return a->estimate == b->estimate;
    if (a->kind == PW_KNOB_LISTED)
        return a->numbers == b->numbers && a->place == b->place;
    return a->setting == b->setting && (a->area == b->area || a->area == PW_MAX_AREAS || b->area == PW_MAX_AREAS);
}

static bool is_new(maker_t *self, int column)
{
    for (int s = 0; s < self->sweep->n_scenarios; s++) {
        if (!(self->reach >> s & 1u))
            continue;
        for (int t = 0; t < self->n_turns; t++)
            if (self->turn[t].scenario == s && same_knob(&self->turn[t].knob, &self->knob[s])) {
                SAY(self, "this is the same number as \"%s\"; allowed: one of them", self->column[self->turn[t].column].path);
                return false;
            }
        self->turn[self->n_turns++] = (pw_turn_t){ .column = column, .scenario = s, .knob = self->knob[s] };
    }
    return true;
}

/* ---- its values ---- */

static bool is_whole(double x) { return floor(x) == x; }

/* Whether every knob may be turned to a value; else says so, with the line of the row that has it. */
static bool is_allowed(maker_t *self, double value, int line)
{
    char given[PW_NUMBER_ROOM], low[PW_NUMBER_ROOM], high[PW_NUMBER_ROOM];
    const pw_sweep_file_t *file = &self->sweep->file;
    const char *where = line > 0 && file->matrix ? file->matrix : self->input->file;
    for (int s = 0; s < self->sweep->n_scenarios; s++) {
        const pw_knob_t *knob = &self->knob[s];
        if (!(self->reach >> s & 1u) || (value >= knob->low && value <= knob->high && (!knob->whole || is_whole(value))))
            continue;
        pw_findings_add(self->findings, where, line > 0 ? line : self->input->line, self->input->path, "%s is out of range; allowed: %s%s to %s%s%s%s",
                        pw_number_shortest(value, given), knob->whole ? "whole numbers from " : "", pw_number_shortest(knob->low, low),
                        pw_number_shortest(knob->high, high), knob->unit[0] ? " (" : "", knob->unit, knob->unit[0] ? ")" : "");
        return false;
    }
    return true;
}

static int row_line(const pw_sweep_file_t *file, int64_t i) { return file->row_line && i < file->n_rows ? file->row_line[i] : 0; }

static pw_status_t take_values(maker_t *self)
{
    const pw_sweep_input_t *input = self->input;
    pw_design_column_t *column = self->column + (input - self->sweep->file.input);
    column->scale = PW_SCALE_VALUES;
    if (input->is_text) {
        SAY(self, "the values are names; allowed: numbers (names are for the input \"scenario\")");
        return PW_OK;
    }
    bool in_rows = self->sweep->file.n_rows > 0 && !input->coordinate;
    for (int64_t i = 0; i < input->n_values; i++)
        if (!is_allowed(self, input->number[i], in_rows ? row_line(&self->sweep->file, i) : 0))
            return PW_OK;
    if (in_rows)
        return PW_OK;      /* they go into the design's cells */
    column->n_values = (int)input->n_values;
    column->number = pw_alloc((size_t)input->n_values, sizeof column->number[0]);
    if (!column->number)
        return PW_ERROR_MEMORY;
    memcpy(column->number, input->number, (size_t)input->n_values * sizeof column->number[0]);
    return PW_OK;
}

static void take_range(maker_t *self, pw_design_column_t *column)
{
    const pw_sweep_input_t *input = self->input;
    column->scale = input->scale == 1 ? PW_SCALE_LOG : PW_SCALE_LINEAR;
    column->low = input->low;
    column->high = input->high;
    if (column->whole && (!is_whole(input->low) || !is_whole(input->high)))
        SAY(self, "the ends of the range are not whole numbers; allowed: whole numbers, as this input takes no others");
    else if (is_allowed(self, input->low, 0))
        (void)is_allowed(self, input->high, 0);
}

/* The first scenario that has the input says how uncertain it is. */
static void take_distribution(maker_t *self, pw_design_column_t *column)
{
    int s = 0;
    while (!(self->reach >> s & 1u))
        s++;
    const pw_knob_t *knob = &self->knob[s];
    const pw_estimate_t *estimate = knob->estimate >= 0 ? &self->sweep->spec[s]->evidence.estimate[knob->estimate] : NULL;
    char now[PW_NUMBER_ROOM];
    if (!estimate || estimate->distribution == PW_DISTRIBUTION_FIXED) {
        SAY(self, "this is a plain number (%s) and nobody says how uncertain it is; allowed: low and high, or values", pw_number_shortest(knob->now, now));
        return;
    }
    column->scale = PW_SCALE_DISTRIBUTION;
    column->estimate = estimate;
    column->factor = knob->kind == PW_KNOB_ESTIMATE ? 1.0 : estimate->factor;
}

static void check_steps(maker_t *self, pw_design_column_t *column)
{
    const pw_sweep_input_t *input = self->input;
    bool grid = self->sweep->file.kind == PW_SWEEP_GRID;
    column->steps = (int)input->steps;
    if (grid && input->n_values == 0 && input->steps == 0)
        SAY(self, "a grid has to know which values; allowed: values = ( ), or steps = 5 for five from the low end to the high end");
    else if (input->steps > 0 && (!grid || input->n_values > 0))
        SAY(self, "steps are for a range in a grid; allowed: none %s", grid ? "with values" : "in a design of another kind");
    else if (column->whole && column->scale == PW_SCALE_LINEAR && column->steps > (int)(column->high - column->low) + 1)
        SAY(self, "there are more steps than whole numbers in the range; allowed: at most %.0f", column->high - column->low + 1.0);
}

/* ---- the scenario as an input ---- */

static bool is_scenario(const pw_sweep_t *self, const char *name)
{
    for (int s = 0; s < self->n_scenarios; s++)
        if (strcmp(pw_sweep_scenario_name(self, s), name) == 0)
            return true;
    return false;
}

static void check_scenarios(maker_t *self)
{
    const pw_sweep_t *sweep = self->sweep;
    const char *known[PW_MAX_SCENARIOS];
    for (int s = 0; s < sweep->n_scenarios; s++)
        known[s] = pw_sweep_scenario_name(sweep, s);
    if (!self->input->is_text || self->input->n_values == 0)
        SAY(self, "the input \"scenario\" needs names; for example values = ( \"baseline\", \"joint_screening\" )");
    for (int k = 0; k < self->input->names.n; k++) {
        const char *name = self->input->names.text[k];
        int nearest = pw_text_nearest(name, known, (size_t)sweep->n_scenarios);
        if (!is_scenario(sweep, name) && name[0])
            SAY(self, "there is no scenario called \"%s\", and no file scenarios/%s.cfg%s%s", name, name, nearest < 0 ? "" : "; did you mean ", nearest < 0 ? ""
                : known[nearest]);
    }
}

static pw_status_t take_scenarios(maker_t *self, pw_design_column_t *column)
{
    const pw_sweep_texts_t *names = &self->input->names;
    check_scenarios(self);
    column->is_text = true;
    column->scale = PW_SCALE_VALUES;
    if (!(column->text = pw_alloc((size_t)names->n + 1, sizeof column->text[0])))
        return PW_ERROR_MEMORY;
    for (int k = 0; k < names->n; k++) {
        if (!(column->text[column->n_values] = pw_strdup(names->text[k])))
            return PW_ERROR_MEMORY;
        column->n_values++;
    }
    return PW_OK;
}

/* ---- one column after the other ---- */

static double present(const maker_t *self)
{
    double now = NAN;
    bool first = true;
    for (int s = 0; s < self->sweep->n_scenarios; s++) {
        if (!(self->reach >> s & 1u))
            continue;
        bool plain = self->knob[s].kind != PW_KNOB_ESTIMATE || !self->sweep->drawn;
        double here = plain ? self->knob[s].now : NAN;
        now = first || here == now ? here : NAN;
        first = false;
    }
    return now;
}

static pw_status_t make_column(maker_t *self, int j)
{
    pw_sweep_t *sweep = self->sweep;
    const pw_sweep_input_t *input = self->input = &sweep->file.input[j];
    pw_design_column_t *column = &self->column[j];
    sweep->now[j] = NAN;
    if (!input->path)
        return PW_OK;      /* already a finding */
    if (!(column->path = pw_strdup(input->path)))
        return PW_ERROR_MEMORY;
    if (strcmp(input->path, "scenario") == 0) {
        sweep->scenario_column = j;
        return take_scenarios(self, column);
    }
    if (!find_knobs(self) || !is_new(self, j))
        return PW_OK;
    sweep->reach[j] = self->reach;
    sweep->now[j] = present(self);
    column->whole = input->whole;
    for (int s = 0; s < sweep->n_scenarios; s++)
        column->whole = column->whole || ((self->reach >> s & 1u) && self->knob[s].whole);
    pw_status_t status = PW_OK;
    if (input->n_values > 0)
        status = take_values(self);
    else if (!isnan(input->low))
        take_range(self, column);
    else
        take_distribution(self, column);
    check_steps(self, column);
    return status;
}

/* ---- points one by one ---- */

static bool fill_cell(maker_t *self, int64_t i, int j, double *out)
{
    const pw_sweep_input_t *input = &self->sweep->file.input[j];
    const pw_design_column_t *column = &self->column[j];
    if (!input->coordinate) {
        *out = input->number[i];
        return true;
    }
    double u = input->coordinate[i];
    if (column->scale == PW_SCALE_DISTRIBUTION && !(u > 0.0 && u < 1.0)) {
        pw_findings_add(self->findings, self->sweep->file.matrix, row_line(&self->sweep->file, i), input->path,
                        "0 and 1 are no quantiles of a distribution without ends; allowed: numbers between, or an input with low and high");
        return false;
    }
    *out = pw_column_value(column, u, false);
    return true;
}

static pw_status_t fill_cells(maker_t *self, double **out)
{
    const pw_sweep_file_t *file = &self->sweep->file;
    double *cell = pw_alloc((size_t)file->n_rows * (size_t)file->n_inputs, sizeof cell[0]);
    *out = cell;
    if (!cell)
        return PW_ERROR_MEMORY;
    for (int64_t i = 0; i < file->n_rows; i++)
        for (int j = 0; j < file->n_inputs; j++)
            if (!fill_cell(self, i, j, &cell[i * file->n_inputs + j]))
                return PW_OK;
    return PW_OK;
}

/* ---- all estimates at once ---- */

static bool is_named(const pw_sweep_input_t *input, int n, const char *path)
{
    for (int j = 0; j < n; j++)
        if (input[j].path && strcmp(input[j].path, path) == 0)
            return true;
    return false;
}

/* Appends an input for each uncertain estimate of a spec that has none yet, like `like`. */
static pw_status_t add_estimates(pw_sweep_file_t *file, int room, const pw_evidence_t *evidence, const pw_sweep_input_t *like)
{
    for (int e = 0; e < evidence->n && file->n_inputs < room; e++) {
        pw_text_t path = { 0 };
        pw_text_printf(&path, "evidence.%s", evidence->estimate[e].name);
        bool take = evidence->estimate[e].distribution != PW_DISTRIBUTION_FIXED && !is_named(file->input, file->n_inputs, pw_text_get(&path));
        char *name = pw_text_take(&path);
        if (!name)
            return PW_ERROR_MEMORY;
        if (!take) {
            pw_free(name);
            continue;
        }
        file->input[file->n_inputs] = *like;
        file->input[file->n_inputs++].path = name;
    }
    return PW_OK;
}

pw_status_t pw_sweep_expand(pw_sweep_t *self)
{
    pw_sweep_file_t *file = &self->file;
    int star = 0, room = file->n_inputs;
    while (star < file->n_inputs && !(file->input[star].path && strcmp(file->input[star].path, "evidence.*") == 0))
        star++;
    if (star == file->n_inputs || file->n_rows > 0)
        return PW_OK;
    for (int s = 0; s < self->n_scenarios; s++)
        room += self->spec[s]->evidence.n;
    pw_sweep_input_t *grown = pw_realloc(file->input, (size_t)room, sizeof grown[0]);
    if (!grown)
        return PW_ERROR_MEMORY;
    file->input = grown;
    pw_sweep_input_t like = grown[star];
    like.path = NULL;
    if (like.n_values > 0 || !isnan(like.low))
        return PW_OK;      /* nothing that all estimates could share; the path is refused as it stands */
    pw_free(grown[star].path);
    memmove(grown + star, grown + star + 1, (size_t)(--file->n_inputs - star) * sizeof grown[0]);
    pw_status_t status = PW_OK;
    for (int s = 0; s < self->n_scenarios && status == PW_OK; s++)
        status = add_estimates(file, room, &self->spec[s]->evidence, &like);
    return status;
}

/* ---- the design ---- */

typedef struct { const char *path; int column; } named_t;

static int compare(const void *a, const void *b) { return strcmp(((const named_t *)a)->path, ((const named_t *)b)->path); }

static void sort_columns(pw_sweep_t *self)
{
    named_t named[PW_MAX_COLUMNS];
    int n = self->design.n_columns;
    for (int j = 0; j < n; j++)
        named[j] = (named_t){ self->design.column[j].path, j };
    qsort(named, (size_t)n, sizeof named[0], compare);
    for (int j = 0; j < n; j++)
        self->by_path[j] = named[j].column;
}

static pw_status_t finish(maker_t *self, const pw_sweep_request_t *request, size_t before)
{
    pw_sweep_t *sweep = self->sweep;
    const pw_sweep_file_t *file = &sweep->file;
    pw_design_ask_t ask = { .kind = file->kind, .seed = sweep->seed, .points = request->points > 0 ? request->points : file->points, .levels = file->levels
                            ? (int)file->levels : 4, .sample = file->sample, .maximin = file->maximin, .file = file->file, .line = file->kind_line };
    bool listed = file->kind == PW_SWEEP_LIST, grid = file->kind == PW_SWEEP_GRID;
    if (request->points > 0 && (listed || grid))
        pw_findings_add(self->findings, file->file, file->kind_line, NULL, "a number of points was asked for, but this design's inputs say how many there are");
    if (ask.sample < 0)
        ask.sample = 2 * file->n_inputs <= PW_SOBOL_COLUMNS ? PW_SAMPLE_SOBOL : PW_SAMPLE_LATIN;
    pw_status_t status = PW_OK;
    if (listed) {
        ask.points = file->n_rows;
        status = fill_cells(self, &ask.cell);
    }
    if (status != PW_OK || self->findings->n > before) {
        pw_free(ask.cell);
        return status;
    }
    status = pw_design_init(&sweep->design, self->column, file->n_inputs, &ask, self->findings);
    self->column = NULL;
    if (status == PW_OK)
        sort_columns(sweep);
    return status == PW_ERROR_INPUT ? PW_OK : status;
}

pw_status_t pw_sweep_check_paths(pw_sweep_t *self, pw_findings_t *findings)
{
    int n = self->file.n_inputs;
    maker_t maker = { .sweep = self, .findings = findings };
    maker.column = pw_alloc((size_t)n + 1, sizeof maker.column[0]);
    maker.turn = pw_alloc(((size_t)n + 1) * (size_t)self->n_scenarios, sizeof maker.turn[0]);
    pw_status_t status = maker.column && maker.turn ? PW_OK : PW_ERROR_MEMORY;
    for (int j = 0; j < n && status == PW_OK; j++) {
        maker.input = &self->file.input[j];
        if (!maker.input->path || strcmp(maker.input->path, "scenario") == 0 || is_named(self->file.input, j, maker.input->path))
            continue;
        if (!(maker.column[j].path = pw_strdup(maker.input->path)))
            status = PW_ERROR_MEMORY;
        else if (find_knobs(&maker))
            (void)is_new(&maker, j);
    }
    pw_columns_free(maker.column, n);
    pw_free(maker.turn);
    return status;
}

pw_status_t pw_sweep_make_design(pw_sweep_t *self, const pw_sweep_request_t *request, pw_findings_t *findings)
{
    int n = self->file.n_inputs;
    size_t before = findings->n, room = n > 0 ? (size_t)n : 1;
    maker_t maker = { .sweep = self, .findings = findings };
    maker.column = pw_alloc(room, sizeof maker.column[0]);
    maker.turn = pw_alloc(room * (size_t)self->n_scenarios, sizeof maker.turn[0]);
    self->now = pw_alloc(room, sizeof self->now[0]);
    self->reach = pw_alloc(room, sizeof self->reach[0]);
    self->by_path = pw_alloc(room, sizeof self->by_path[0]);
    pw_status_t status = maker.column && maker.turn && self->now && self->reach && self->by_path ? PW_OK : PW_ERROR_MEMORY;
    for (int j = 0; j < n && status == PW_OK; j++)
        status = make_column(&maker, j);
    if (status == PW_OK)
        status = finish(&maker, request, before);
    pw_columns_free(maker.column, n);
    pw_free(maker.turn);
    return status;
}
