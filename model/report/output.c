#include "output.h"

#include <string.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../base/text.h"
#include "../spec/resolved.h"
#include "learnt_rows.h"
#include "results.h"
#include "scorecard.h"

pw_status_t pw_output_begin(pw_output_t *self, const char *path, bool force)
{
    return pw_folder_begin(&self->folder, path, force);
}

pw_status_t pw_output_inputs(pw_output_t *self, const pw_spec_t *const *specs, int n_specs, const char *targets_file, const char *parameter_file)
{
    pw_status_t status = PW_OK;
    for (int i = 0; i < n_specs && status == PW_OK; i++) {
        status = pw_inputs_add_tree(&self->inputs, specs[i]->tree);
        if (status == PW_OK && specs[i]->base_tree)
            status = pw_inputs_add_tree(&self->inputs, specs[i]->base_tree);
    }
    if (status == PW_OK && targets_file)
        status = pw_inputs_add(&self->inputs, targets_file);
    if (status == PW_OK && parameter_file)
        status = pw_inputs_add(&self->inputs, parameter_file);
    return status == PW_OK ? pw_inputs_copy(&self->inputs, &self->folder) : status;
}

/* Closes a file of results and takes its fingerprint. */
static pw_status_t close_file(pw_output_t *self, FILE *file, const char *name)
{
    pw_text_t path = { 0 };
    pw_status_t status = pw_folder_close(&self->folder, file);
    if (status != PW_OK)
        return status;
    pw_written_t *written = &self->written[self->n_written++];
    written->name = name;
    pw_text_printf(&path, "%s/%s", self->folder.hidden, name);
    status = path.failed ? PW_ERROR_MEMORY : pw_digest_file(pw_text_get(&path), written->sha256);
    pw_text_free(&path);
    return status;
}

pw_status_t pw_output_begin_worlds(pw_output_t *self, const pw_run_t *run)
{
    self->world = pw_folder_file(&self->folder, "world.csv");
    if (!self->world)
        return self->folder.status;
    pw_results_world_header(run, self->world);
    return PW_OK;
}

pw_status_t pw_output_watch(void *output, const pw_run_t *run, const pw_worlds_t *worlds)
{
    pw_output_t *self = output;
    if (self->world)
        pw_results_world_rows(run, worlds, self->world);
    return self->world && ferror(self->world) ? PW_ERROR_WRITE : PW_OK;
}

/* ---- the files, one row each ---- */

typedef struct { const pw_run_t *run; const pw_targets_t *targets; const pw_posterior_t *posterior; double *room; } content_t;
typedef struct { const char *name; pw_status_t (*write)(const content_t *content, FILE *to); } file_t;

static pw_status_t summary(const content_t *c, FILE *to) { pw_results_summary(c->run, c->room, to); return PW_OK; }
static pw_status_t differences(const content_t *c, FILE *to) { pw_results_differences(c->run, c->room, to); return PW_OK; }
static pw_status_t pairs(const content_t *c, FILE *to) { pw_results_pairs(c->run, c->room, to); return PW_OK; }
static pw_status_t draws(const content_t *c, FILE *to) { pw_results_draws(c->run, to); return PW_OK; }
static pw_status_t pathways(const content_t *c, FILE *to) { pw_results_pathways(c->run, to); return PW_OK; }
static pw_status_t monthly(const content_t *c, FILE *to) { pw_results_monthly(c->run, to); return PW_OK; }
static pw_status_t costs(const content_t *c, FILE *to) { pw_results_costs(c->run, to); return PW_OK; }
static pw_status_t survival(const content_t *c, FILE *to) { pw_results_survival(c->run, c->room, to); return PW_OK; }
static pw_status_t one_year(const content_t *c, FILE *to) { pw_results_one_year(c->run, to); return PW_OK; }
static pw_status_t targets(const content_t *c, FILE *to) { return pw_scorecard_run_csv(c->targets, c->run, c->room, to); }
static pw_status_t assumptions(const content_t *c, FILE *to) { pw_results_assumptions(c->run, to); return PW_OK; }

static pw_status_t noise(const content_t *c, FILE *to) { pw_results_noise(c->run, to); return PW_OK; }
static pw_status_t measures(const content_t *c, FILE *to) { pw_results_measures(c->run, to); return PW_OK; }
static pw_status_t learnt(const content_t *c, FILE *to) { return pw_learnt_posterior_csv(c->posterior, to); }
static pw_status_t parameters(const content_t *c, FILE *to) { return pw_results_parameters(c->run, to); }

static const file_t files[] = {
    { "summary.csv", summary }, { "differences.csv", differences }, { "pairs.csv", pairs }, { "draws.csv", draws },     { "pathways.csv", pathways },
    { "monthly.csv", monthly }, { "costs.csv", costs },             { "targets.csv", targets }, { "assumptions.csv", assumptions },
    { "parameters.csv", parameters }, { "measures.csv", measures }, { "survival.csv", survival }, { "one_year.csv", one_year },
    { "learnt.csv", learnt },         { "noise.csv", noise },
};

static bool is_wanted(const content_t *content, const file_t *file) { return file->write != learnt || content->posterior; }

static pw_status_t write_results(pw_output_t *self, const content_t *content)
{
    pw_status_t status = PW_OK;
    for (size_t i = 0; i < sizeof files / sizeof files[0] && status == PW_OK; i++) {
        if (!is_wanted(content, &files[i]))
            continue;
        FILE *file = pw_folder_file(&self->folder, files[i].name);
        if (!file)
            return self->folder.status;
        pw_status_t written = files[i].write(content, file);
        status = close_file(self, file, files[i].name);
        if (status == PW_OK)
            status = written;
        if (pw_interrupt_asked())
            status = PW_ERROR_STOPPED;
    }
    if (status == PW_OK && self->world) {
        FILE *world = self->world;
        self->world = NULL;
        status = close_file(self, world, "world.csv");
    }
    return status;
}

/* resolved.cfg of the baseline, and of each scenario beside it. */
static pw_status_t write_resolved(pw_output_t *self, const pw_run_t *run)
{
    pw_status_t status = PW_OK;
    for (int s = 0; s < run->roster.n_scenarios && status == PW_OK; s++) {
        pw_text_t text = { 0 }, name = { 0 };
        pw_text_printf(&name, s == 0 ? "resolved.cfg" : "resolved/%s.cfg", run->roster.scenario[s]);
        pw_resolved_write(run->request.spec[s], &text);
        status = text.failed || name.failed ? PW_ERROR_MEMORY
                                            : pw_folder_write(&self->folder, pw_text_get(&name), pw_text_get(&text), strlen(pw_text_get(&text)));
        pw_text_free(&text);
        pw_text_free(&name);
    }
    return status;
}

static pw_status_t write_datapackage(pw_output_t *self, const pw_run_t *run)
{
    FILE *file = pw_folder_file(&self->folder, "datapackage.json");
    pw_status_t status = file ? pw_datapackage_write(run, self->written, self->n_written, file) : self->folder.status;
    pw_status_t closed = file ? pw_folder_close(&self->folder, file) : PW_OK;
    return status != PW_OK ? status : closed;
}

static pw_status_t write_manifest(pw_output_t *self, const pw_run_t *run, pw_manifest_t *manifest)
{
    manifest->run = run;
    manifest->inputs = &self->inputs;
    manifest->written = self->written;
    manifest->n_written = self->n_written;
    FILE *file = pw_folder_file(&self->folder, PW_FOLDER_MARK);
    pw_status_t status = file ? pw_manifest_write(manifest, file) : self->folder.status;
    pw_status_t closed = file ? pw_folder_close(&self->folder, file) : PW_OK;
    return status != PW_OK ? status : closed;
}

pw_status_t pw_output_finish(pw_output_t *self, const pw_run_t *run, const pw_targets_t *study, const pw_posterior_t *posterior, pw_manifest_t *manifest)
{
    content_t content = { .run = run, .targets = study, .posterior = posterior, .room = pw_alloc((size_t)run->ledger.n_draws, sizeof(double)) };
    pw_status_t status = content.room ? write_results(self, &content) : PW_ERROR_MEMORY;
    pw_free(content.room);
    if (status == PW_OK)
        status = write_resolved(self, run);
    if (status == PW_OK)
        status = write_datapackage(self, run);
    if (status == PW_OK)
        status = write_manifest(self, run, manifest);
    return status == PW_OK ? pw_folder_commit(&self->folder) : status;
}

void pw_output_free(pw_output_t *self)
{
    pw_folder_free(&self->folder);
    pw_inputs_free(&self->inputs);
    *self = (pw_output_t){ 0 };
}
