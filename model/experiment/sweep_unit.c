#include "sweep_unit.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/text.h"
#include "../base/version.h"
#include "../spec/check.h"
#include "../spec/compile.h"

/* ---- units ---- */

static int64_t stage_first(const pw_sweep_t *self, int stage) { return stage > 0 ? self->stage[stage - 1] : 0; }

static int64_t stage_blocks(const pw_sweep_t *self, int stage)
{
    return (self->stage[stage] - stage_first(self, stage) + self->block - 1) / self->block;
}

int64_t pw_sweep_blocks(const pw_sweep_t *self)
{
    int64_t n = 0;
    for (int stage = 0; stage < self->n_stages; stage++)
        n += stage_blocks(self, stage);
    return n;
}

int64_t pw_sweep_n_units(const pw_sweep_t *self) { return self->design.n_points * pw_sweep_blocks(self); }

pw_unit_t pw_sweep_unit(const pw_sweep_t *self, int64_t number)
{
    int64_t blocks = pw_sweep_blocks(self);
    assert(blocks > 0);      /* a sweep that was opened has a stage of one replication or more */
    int64_t block = number % blocks;
    int stage = 0;
    for (; block >= stage_blocks(self, stage); stage++)
        block -= stage_blocks(self, stage);
    int64_t first = stage_first(self, stage) + block * self->block, left = self->stage[stage] - first;
    return (pw_unit_t){ .number = number, .point = number / blocks, .first = first, .n = left < self->block ? left : self->block };
}

/* ---- the name ---- */

/* An input that says what the files say anyway leaves no trace: the unit is the same as one of a design without that input. */
static void name_input(const pw_sweep_t *self, int column, double value, uint32_t here, pw_text_t *text)
{
    char number[PW_NUMBER_ROOM];
    if (column != self->scenario_column && (self->reach[column] & here) && !(value == self->now[column]))
        pw_text_printf(text, "%s = %s\n", self->design.column[column].path, pw_number_shortest(value, number));
}

void pw_sweep_unit_name(const pw_sweep_t *self, const pw_unit_t *unit, char out[PW_DIGEST_ROOM])
{
    double input[PW_MAX_COLUMNS];
    int scenario[PW_MAX_SCENARIOS], n = pw_sweep_scenarios_at(self, unit->point, scenario);
    uint32_t here = 0;
    pw_text_t text = { 0 };
    pw_text_printf(&text, "results %d\nseed %llu\nreplications %lld %lld\nestimates ", PW_RESULTS_VERSION, (unsigned long long)self->seed,
                   (long long)unit->first,
                   (long long)unit->n);
    pw_sweep_estimates(self, &text);
    pw_text_append(&text, "\n");
    for (int k = 0; k < n; k++) {
        pw_text_printf(&text, "scenario %s\n", self->digest[scenario[k]]);
        here |= UINT32_C(1) << scenario[k];
    }
    for (int m = 0; m < self->n_measures; m++)
        pw_text_printf(&text, "measure %s\n", pw_sweep_measure_name(self, m));
    pw_design_point(&self->design, unit->point, input);
    for (int j = 0; j < self->design.n_columns; j++)
        name_input(self, self->by_path[j], input[self->by_path[j]], here, &text);
    pw_digest_bytes(pw_text_get(&text), text.n, out);
    if (text.failed)
        out[0] = '\0';
    pw_text_free(&text);
}

/* ---- the worker's life ---- */

static pw_status_t copy_specs(pw_sweep_worker_t *self)
{
    const pw_sweep_t *sweep = self->sweep;
    pw_status_t status = PW_OK;
    for (int s = 0; s < sweep->n_scenarios && status == PW_OK; s++) {
        status = pw_spec_copy(sweep->spec[s], &self->spec[s]);
        if (status == PW_OK)
            status = pw_values_central(&self->spec[s]->evidence, sweep->run.roster.n_areas, &self->central[s]);
        if (status == PW_OK)
            status = pw_values_central(&self->spec[s]->evidence, sweep->run.roster.n_areas, &self->values[s]);
    }
    return status;
}

static pw_status_t find_turns(pw_sweep_worker_t *self)
{
    const pw_sweep_t *sweep = self->sweep;
    char why[PW_TREE_PATH];
    self->turn = pw_alloc((size_t)(sweep->design.n_columns * sweep->n_scenarios), sizeof self->turn[0]);
    if (!self->turn)
        return PW_ERROR_MEMORY;
    for (int j = 0; j < sweep->design.n_columns; j++)
        for (int s = 0; s < sweep->n_scenarios && j != sweep->scenario_column; s++) {
            pw_turn_t *turn = &self->turn[self->n_turns];
            turn->column = j;
            turn->scenario = s;
            if (pw_sweep_knob(sweep, sweep->design.column[j].path, s, self->spec[s], &turn->knob, why, sizeof why))
                self->n_turns++;
        }
    return PW_OK;
}

pw_status_t pw_sweep_worker_init(pw_sweep_worker_t *self, const pw_sweep_t *sweep)
{
    memset(self, 0, sizeof *self);
    self->sweep = sweep;
    self->point = -1;
    size_t n = (size_t)sweep->n_scenarios, n_areas = (size_t)sweep->run.roster.n_areas, n_rows = (size_t)sweep->block * n;
    self->row = pw_alloc(n_rows, sizeof self->row[0]);
    self->value = pw_alloc(n_rows * (size_t)sweep->n_measures, sizeof self->value[0]);
    self->input = pw_alloc((size_t)sweep->design.n_columns, sizeof self->input[0]);
    self->model = pw_alloc(n_areas * (n + 1), sizeof self->model[0]);
    self->result = pw_alloc(n_areas * n, sizeof self->result[0]);
    self->world = pw_world_new();
    bool whole = self->row && self->value && self->input && self->model && self->result && self->world;
    for (size_t s = 0; s < n && whole; s++)
        whole = (self->vector[s] = pw_alloc(sweep->run.layout.size, sizeof(double))) != NULL;
    pw_status_t status = whole ? copy_specs(self) : PW_ERROR_MEMORY;
    return status == PW_OK ? find_turns(self) : status;
}

void pw_sweep_worker_free(pw_sweep_worker_t *self)
{
    for (int s = 0; s < PW_MAX_SCENARIOS; s++) {
        pw_spec_free(self->spec[s]);
        pw_values_free(&self->values[s]);
        pw_values_free(&self->central[s]);
        pw_free(self->vector[s]);
    }
    pw_world_free(self->world);
    pw_members_free(&self->members);
    pw_free(self->result);
    pw_free(self->model);
    pw_free(self->input);
    pw_free(self->value);
    pw_free(self->row);
    pw_free(self->turn);
    memset(self, 0, sizeof *self);
}

/* ---- a point ---- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static pw_model_t *model_at(const pw_sweep_worker_t *self, int area, int k) { return self->model + area * (self->sweep->n_scenarios + 1) + k; }

static bool is_here(const pw_sweep_worker_t *self, int scenario)
{
    for (int k = 0; k < self->n_here; k++)
        if (self->scenario[k] == scenario)
            return true;
    return false;
}

/* As pw_models_compile does it for a run: the prior's values, then the posterior's in their place. */
static pw_status_t draw(pw_sweep_worker_t *self, int scenario, int64_t number, pw_values_t *values)
{
    const pw_sweep_t *sweep = self->sweep;
    pw_values_hook_t hook = sweep->parameter_file ? pw_posterior_hook(&sweep->posterior) : (pw_values_hook_t){ 0 };
    pw_values_free(values);
    pw_status_t status = pw_values_draw(&self->spec[scenario]->evidence, sweep->run.roster.n_areas, sweep->seed, (uint64_t)number, values);
    return status == PW_OK && hook.adjust ? hook.adjust(hook.context, self->spec[scenario], scenario, number, values) : status;
}

/* Every column puts its value at every point, so nothing of the point before is left. */
static pw_status_t turn_all(pw_sweep_worker_t *self, int64_t number)
{
    const pw_sweep_t *sweep = self->sweep;
    for (int k = 0; k < self->n_here; k++) {
        int s = self->scenario[k];
        pw_values_t *values = &self->values[s];
        if (sweep->drawn) {
            pw_status_t status = draw(self, s, number, values);
            if (status != PW_OK)
                return status;
        } else {
            memcpy(values->value, self->central[s].value, (size_t)values->n * (size_t)values->n_areas * sizeof values->value[0]);
        }
    }
    for (int t = 0; t < self->n_turns; t++) {
        const pw_turn_t *turn = &self->turn[t];
        if (is_here(self, turn->scenario))
            pw_knob_turn(&turn->knob, self->spec[turn->scenario], &self->values[turn->scenario], self->input[turn->column]);
    }
    return PW_OK;
}

static pw_status_t compile(pw_sweep_worker_t *self, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    for (int a = 0; a < self->sweep->run.roster.n_areas && status == PW_OK; a++) {
        const pw_model_t *baseline = model_at(self, a, 0);
        for (int k = 0; k < self->n_here && status == PW_OK; k++) {
            int s = self->scenario[k];
            status = pw_compile(self->spec[s], &self->values[s], k > 0 ? self->spec[0] : NULL, k > 0 ? baseline : NULL, a, model_at(self, a, k), findings);
        }
        if (status == PW_OK)
            status = pw_compile_reference(baseline, model_at(self, a, self->n_here));
    }
    if (status == PW_ERROR_NUMBER) {
        pw_findings_add(findings, self->sweep->file.file, 0, "incidents",
                        "no scale of the gaps between incidents gives per_year under this shape and frailty_variance");
        status = PW_ERROR_INPUT;
    }
    return status;
}

/* Makes the models of a point, for one draw of the estimates that no column sets. */
static pw_status_t set_up(pw_sweep_worker_t *self, int64_t draw, pw_findings_t *findings)
{
    size_t before = findings->n;
    pw_status_t status = turn_all(self, draw);
    for (int k = 0; k < self->n_here && status == PW_OK; k++)
        pw_spec_check(self->spec[self->scenario[k]], false, findings);
    if (findings->out_of_memory)
        return PW_ERROR_MEMORY;
    if (status == PW_OK && findings->n > before)
        status = PW_ERROR_INPUT;
    double from = now();
    if (status == PW_OK)
        status = compile(self, findings);
    self->compile_seconds += now() - from;
    return status;
}

static pw_status_t go_to_point(pw_sweep_worker_t *self, int64_t point, int64_t draw, pw_findings_t *findings)
{
    if (self->point == point && !self->sweep->drawn)
        return PW_OK;
    self->point = -1;
    pw_design_point(&self->sweep->design, point, self->input);
    self->n_here = pw_sweep_scenarios_at(self->sweep, point, self->scenario);
    pw_status_t status = set_up(self, draw, findings);
    if (status == PW_OK)
        self->point = point;
    return status;
}

/* ---- a world ---- */

static pw_status_t simulate(pw_sweep_worker_t *self, int64_t replication, const volatile sig_atomic_t *stop)
{
    const pw_sweep_t *sweep = self->sweep;
    const pw_layout_t *layout = &sweep->run.layout;
    int n = self->n_here, n_areas = sweep->run.roster.n_areas;
    const pw_model_t *model[PW_MAX_SCENARIOS];
    pw_taker_t taker = { .layout = layout, .scenario = self->scenario, .model = model, .vector = self->vector, .members = &self->members };
    pw_world_options_t options = { .engine = PW_ENGINE_AHEAD, .stop = stop, .take = pw_tally_take, .take_context = &taker };
    for (int k = 0; k < n; k++)
        pw_tally_begin(layout, self->vector[k]);
    for (int a = 0; a < n_areas; a++) {
        pw_result_t *result[PW_MAX_SCENARIOS];
        taker.area = a;
        for (int k = 0; k < n; k++) {
            model[k] = model_at(self, a, k);
            result[k] = &self->result[a * n + k];
        }
        int status = pw_world_run(self->world, sweep->seed, pw_run_world_number(0, replication), model, n, model_at(self, a, n), &options, result);
        if (status != 0)
            return status == PW_ERROR_STOPPED ? PW_ERROR_STOPPED : PW_ERROR_MEMORY;
    }
    for (int k = 0; k < n; k++) {
        const pw_result_t *result[PW_MAX_AREAS];
        for (int a = 0; a < n_areas; a++)
            result[a] = &self->result[a * n + k];
        pw_tally_end(layout, self->scenario[k], result, self->vector[k]);
    }
    return PW_OK;
}

/* A measure of all areas, all families. */
static double value_of(const pw_sweep_t *sweep, const pw_measure_t *measure, const double *vector)
{
    double x[PW_MAX_SUMS];
    int sums = measure->definition->sums;
    for (int k = 0; k < sums; k++)
        x[k] = vector[pw_measure_offset(measure, &sweep->run.layout, k, sweep->run.roster.n_areas, PW_SUBGROUP_all)];
    return pw_ratio(x, sums, measure->definition->scale);
}

static void add_rows(pw_sweep_worker_t *self, int64_t replication)
{
    const pw_sweep_t *sweep = self->sweep;
    for (int k = 0; k < self->n_here; k++) {
        double *value = self->value + self->n_rows * sweep->n_measures;
        for (int m = 0; m < sweep->n_measures; m++)
            value[m] = value_of(sweep, pw_sweep_measure(sweep, m), self->vector[k]);
        self->row[self->n_rows++] = (pw_sweep_row_t){ .replication = replication, .scenario = self->scenario[k], .measure = value };
    }
}

pw_status_t pw_sweep_unit_run(pw_sweep_worker_t *self, const pw_unit_t *unit, const volatile sig_atomic_t *stop, pw_findings_t *findings)
{
    self->n_rows = 0;
    for (int64_t r = unit->first; r < unit->first + unit->n; r++) {
        double from = now();
        pw_status_t status = stop && *stop ? PW_ERROR_STOPPED : go_to_point(self, unit->point, r, findings);
        double between = now();
        if (status == PW_OK)
            status = simulate(self, r, stop);
        if (status != PW_OK)
            return status;
        self->set_up_seconds += between - from;
        self->world_seconds += now() - between;
        add_rows(self, r);
    }
    return PW_OK;
}
