#include "sweep.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/text.h"
#include "../spec/resolved.h"
#include "../spec/source.h"
#include "sweep_columns.h"

/* ---- the files ---- */

/* The file at the bottom of a scenario's chain of bases: the one in which its `schema` stands. */
static const char *base_of(const pw_spec_t *spec)
{
    const pw_node_t *schema = spec->base_tree ? pw_tree_child(spec->base_tree, "schema") : NULL;
    return schema && schema->file ? schema->file : spec->file;
}

static pw_status_t load(pw_sweep_t *self, int at, const char *file, pw_findings_t *findings)
{
    self->scenario_file[at] = pw_strdup(file);
    return self->scenario_file[at] ? pw_spec_load(file, self->sets, self->n_sets, &self->spec[at], findings) : PW_ERROR_MEMORY;
}

static pw_status_t gather_sets(pw_sweep_t *self, const pw_sweep_request_t *request, pw_findings_t *findings)
{
    int n = self->file.sets.n + request->n_sets;
    if (n > PW_MAX_SWEEP_SETS) {
        pw_findings_add(findings, self->file.file, self->file.sets.line, "set", "there are %d settings to set; allowed: at most %d", n, PW_MAX_SWEEP_SETS);
        return PW_ERROR_INPUT;
    }
    for (int i = 0; i < n; i++)
        self->sets[self->n_sets++] = i < self->file.sets.n ? self->file.sets.text[i] : request->sets[i - self->file.sets.n];
    return PW_OK;
}

static pw_status_t add_scenario(pw_sweep_t *self, const char *file, int line, pw_findings_t *findings)
{
    if (self->n_scenarios == PW_MAX_SCENARIOS) {
        pw_findings_add(findings, self->file.file, line, "scenarios", "there are too many scenarios for one sweep; allowed: at most %d", PW_MAX_SCENARIOS - 1);
        return PW_ERROR_INPUT;
    }
    int at = self->n_scenarios++;
    pw_status_t status = load(self, at, file, findings);
    if (status != PW_OK)
        return status;
    for (int i = 0; i < at; i++)
        if (strcmp(self->spec[at]->name, i > 0 ? self->spec[i]->name : "baseline") == 0)
            pw_findings_add(findings, self->file.file, line, "scenarios", i > 0 ? "two scenarios have one name: %s" : "a scenario may not be called %s",
                            self->spec[at]->name);
    return PW_OK;
}

/* A scenario that the column `scenario` names and no list holds: its file stands in scenarios/, beside the baseline's folder. */
static pw_status_t add_named(pw_sweep_t *self, const pw_sweep_input_t *input, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    for (int k = 0; k < input->names.n && status == PW_OK; k++) {
        const char *name = input->names.text[k];
        bool known = strcmp(name, "baseline") == 0;
        for (int s = 1; s < self->n_scenarios; s++)
            known = known || strcmp(self->spec[s]->name, name) == 0;
        pw_text_t relative = { 0 };
        pw_text_printf(&relative, "../scenarios/%s.cfg", name);
        char *file = known || relative.failed || !name[0] ? NULL : pw_source_beside(self->scenario_file[0], pw_text_get(&relative));
        pw_text_free(&relative);
        if (file && access(file, R_OK) == 0)
            status = add_scenario(self, file, input->line, findings);
        pw_free(file);
    }
    return status;
}

static pw_status_t load_all(pw_sweep_t *self, const pw_sweep_request_t *request, pw_findings_t *findings)
{
    const pw_sweep_file_t *file = &self->file;
    pw_status_t status = gather_sets(self, request, findings);
    self->n_scenarios = 1;
    for (int i = 0; i < file->scenarios.n && status == PW_OK; i++)
        status = add_scenario(self, file->scenarios.text[i], file->scenarios.line, findings);
    for (int i = 0; i < request->n_scenarios && status == PW_OK; i++)
        status = add_scenario(self, request->scenarios[i], 0, findings);
    const char *baseline = request->baseline ? request->baseline : file->baseline ? file->baseline
                           : self->n_scenarios > 1 && self->spec[1] ? base_of(self->spec[1]) : "params/baseline.cfg";
    if (status == PW_OK)
        status = load(self, 0, baseline, findings);
    for (int j = 0; j < file->n_inputs && status == PW_OK; j++)
        if (file->input[j].path && strcmp(file->input[j].path, "scenario") == 0)
            status = add_named(self, &file->input[j], findings);
    return status;
}

/* ---- what the estimates are drawn from ---- */

static pw_status_t read_posterior(pw_sweep_t *self, pw_findings_t *findings)
{
    pw_status_t status = pw_posterior_read(&self->posterior, self->parameter_file, self->spec[0], self->seed, findings);
    if (status == PW_OK)
        status = pw_digest_file(self->parameter_file, self->parameters);
    if (status == PW_OK)
        pw_posterior_doubt(&self->posterior, self->parameter_file, self->spec[0], &self->doubt);
    return status == PW_ERROR_READ ? PW_ERROR_INPUT : status;
}

static pw_status_t take_parameters(pw_sweep_t *self, const pw_sweep_request_t *request, pw_findings_t *findings)
{
    const char *asked = request->parameters ? request->parameters : self->file.parameters;
    if (asked && !self->drawn) {
        pw_findings_add(findings, self->file.file, request->parameters ? 0 : self->file.parameters_line, "parameters",
                        "every estimate of this design is at its value; allowed with estimates = \"drawn\"");
        return PW_ERROR_INPUT;
    }
    if (!self->drawn || (asked && strcmp(asked, "prior") == 0))
        return PW_OK;
    pw_status_t status = asked ? PW_OK : pw_posterior_beside(self->scenario_file[0], &self->parameter_file);
    if (asked && !(self->parameter_file = pw_strdup(asked)))
        status = PW_ERROR_MEMORY;
    return status == PW_OK && self->parameter_file ? read_posterior(self, findings) : status;
}

void pw_sweep_estimates(const pw_sweep_t *self, pw_text_t *out)
{
    pw_text_printf(out, "%s%s%s", self->drawn ? "drawn" : "central", self->parameter_file ? " " : "", self->parameters);
}

/* ---- measures ---- */

static pw_status_t choose_measures(pw_sweep_t *self, const pw_sweep_request_t *request, pw_findings_t *findings)
{
    const pw_catalogue_t *catalogue = &self->run.catalogue;
    bool own = request->n_measures == 0;
    int n = own ? self->file.measures.n : request->n_measures;
    const char *const *names = own ? (const char *const *)self->file.measures.text : request->measures;
    bool all = n == 1 && strcmp(names[0], "all") == 0;
    self->measure = pw_alloc((size_t)(n > catalogue->n ? n : catalogue->n), sizeof self->measure[0]);
    if (!self->measure)
        return PW_ERROR_MEMORY;
    for (int m = 0; m < catalogue->n && (n == 0 || all); m++)
        if (all || catalogue->measure[m].headline)
            self->measure[self->n_measures++] = m;
    for (int i = 0; i < n && !all; i++) {
        int found = pw_catalogue_find(catalogue, names[i]);
        const char *nearest = found < 0 ? pw_catalogue_nearest(catalogue, names[i]) : NULL;
        bool twice = false;
        for (int k = 0; k < self->n_measures; k++)
            twice = twice || self->measure[k] == found;
        if (found < 0 || twice)
            pw_findings_add(findings, own ? self->file.file : NULL, own ? self->file.measures.line : 0, "measures", "%s \"%s\"%s%s%s",
                            twice ? "there are two measures called" : "there is no measure", names[i], nearest ? "; did you mean " : "", nearest ? nearest : "",
                            found < 0 ? "; docs/measures.md lists them all" : "");
        else
            self->measure[self->n_measures++] = found;
    }
    return PW_OK;
}

static pw_status_t make_catalogue(pw_sweep_t *self, pw_findings_t *findings)
{
    pw_run_request_t request = { .spec = (const pw_spec_t *const *)self->spec, .n_scenarios = self->n_scenarios, .replications = 1, .seed = self->seed,
                                 .threads = 1 };
    pw_status_t status = pw_run_prepare(&self->run, &request, findings);
    pw_ledger_free(&self->run.ledger);
    pw_models_free(&self->run.models);
    return status;
}

/* ---- the numbers ---- */

static int64_t first_given(int64_t asked, int64_t file, int64_t otherwise) { return asked > 0 ? asked : file > 0 ? file : otherwise; }

static void take_numbers(pw_sweep_t *self, const pw_sweep_request_t *request)
{
    self->seed = (uint64_t)(request->seed >= 0 ? request->seed : self->file.seed >= 0 ? self->file.seed : 1);
    self->replications = first_given(request->replications, self->file.replications, 4);
    self->block = first_given(request->block, self->file.block, self->replications < 8 ? self->replications : 8);
    self->drawn = self->file.estimates == 1;
    for (int i = 0; i < request->n_stages && i < PW_MAX_SWEEP_STAGES; i++)
        self->stage[self->n_stages++] = self->replications = request->stages[i];
    if (self->n_stages == 0)
        self->stage[self->n_stages++] = self->replications;
}

static pw_status_t take_digests(pw_sweep_t *self)
{
    for (int s = 0; s < self->n_scenarios; s++) {
        pw_text_t text = { 0 };
        pw_text_printf(&text, "scenario %s\n", pw_sweep_scenario_name(self, s));
        pw_resolved_values(self->spec[s], &text);
        bool whole = !text.failed;
        pw_digest_bytes(pw_text_get(&text), text.n, self->digest[s]);
        pw_text_free(&text);
        if (!whole)
            return PW_ERROR_MEMORY;
    }
    return PW_OK;
}

pw_status_t pw_sweep_open(pw_sweep_t *self, const pw_sweep_request_t *request, pw_findings_t *findings)
{
    memset(self, 0, sizeof *self);
    self->scenario_column = -1;
    size_t before = findings->n;
    pw_status_t status = pw_sweep_file_read(&self->file, request->design, findings);
    if (status != PW_OK)
        return status == PW_ERROR_READ ? PW_ERROR_INPUT : status;
    size_t in_file = findings->n;      /* what is wrong with a range does not hide what is wrong with a path or a measure */
    take_numbers(self, request);
    status = load_all(self, request, findings);
    if (status == PW_OK && findings->n == in_file)
        status = take_parameters(self, request, findings);
    if (status == PW_OK && findings->n == in_file)
        status = make_catalogue(self, findings);
    if (status == PW_OK && findings->n == in_file)
        status = choose_measures(self, request, findings);
    if (status == PW_OK && self->run.catalogue.n > 0)
        status = pw_sweep_expand(self);
    if (status == PW_OK && self->run.catalogue.n > 0)
        status = in_file > before ? pw_sweep_check_paths(self, findings) : pw_sweep_make_design(self, request, findings);
    if (status == PW_OK && findings->n == before)
        status = take_digests(self);
    if (findings->out_of_memory)
        return PW_ERROR_MEMORY;
    return status == PW_OK && findings->n > before ? PW_ERROR_INPUT : status;
}

void pw_sweep_free(pw_sweep_t *self)
{
    pw_run_free(&self->run);
    pw_design_free(&self->design);
    for (int s = 0; s < PW_MAX_SCENARIOS; s++) {
        pw_spec_free(self->spec[s]);
        pw_free(self->scenario_file[s]);
    }
    pw_free(self->measure);
    pw_free(self->now);
    pw_free(self->reach);
    pw_free(self->by_path);
    pw_posterior_free(&self->posterior);
    pw_free(self->parameter_file);
    pw_text_free(&self->doubt);
    pw_sweep_file_free(&self->file);
    memset(self, 0, sizeof *self);
}

/* ---- what a row holds ---- */

int pw_sweep_n_inputs(const pw_sweep_t *self) { return self->design.n_columns - (self->scenario_column >= 0); }

int pw_sweep_input_column(const pw_sweep_t *self, int input) { return input + (self->scenario_column >= 0 && input >= self->scenario_column); }

const char *pw_sweep_input_name(const pw_sweep_t *self, int input) { return self->design.column[pw_sweep_input_column(self, input)].path; }

const pw_measure_t *pw_sweep_measure(const pw_sweep_t *self, int measure) { return &self->run.catalogue.measure[self->measure[measure]]; }

const char *pw_sweep_measure_name(const pw_sweep_t *self, int measure) { return pw_sweep_measure(self, measure)->name; }

const char *pw_sweep_scenario_name(const pw_sweep_t *self, int scenario) { return scenario == 0 ? "baseline" : self->spec[scenario]->name; }

int pw_sweep_scenarios_at(const pw_sweep_t *self, int64_t point, int scenario[PW_MAX_SCENARIOS])
{
    double input[PW_MAX_COLUMNS];
    int n = 1;
    scenario[0] = 0;
    if (self->scenario_column < 0) {
        for (; n < self->n_scenarios; n++)
            scenario[n] = n;
        return n;
    }
    pw_design_point(&self->design, point, input);
    const char *name = pw_column_text(&self->design.column[self->scenario_column], input[self->scenario_column]);
    for (int s = 1; s < self->n_scenarios; s++)
        if (strcmp(self->spec[s]->name, name) == 0)
            scenario[n++] = s;
    return n;
}
