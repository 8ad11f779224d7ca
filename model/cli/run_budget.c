#include "run_budget.h"

#include "../report/answers.h"
#include "../report/budget_rows.h"

pw_status_t pw_run_budget_apply(pw_run_budget_t *self, pw_scenario_files_t *files, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    if (files->n < 2) {
        pw_text_append(&self->why, "--budget is about policies: name a scenario");
        return PW_ERROR_USAGE;
    }
    for (self->n = 1; self->n < files->n && status == PW_OK;) {
        int s = self->n;
        pw_budget_t budget;
        pw_spec_t *scaled = NULL;
        status = pw_budget_plan(files->spec[0], files->spec[s], self->pounds, &budget, &self->why, findings);
        if (status == PW_OK)
            status = pw_budget_load(&budget, files->spec[s], self->sets, self->n_sets, &scaled, findings);
        if (status != PW_OK) {
            pw_spec_free(scaled);
            return status;
        }
        self->original[s] = files->spec[s];
        files->spec[s] = scaled;
        self->n++;
    }
    return status;
}

/* No more draws and replications than a frontier needs. */
static void make_small(pw_run_request_t *request)
{
    int64_t most = request->draws > 0 ? 2 : PW_FRONTIER_REPLICATIONS;
    if (request->draws > PW_FRONTIER_DRAWS)
        request->draws = PW_FRONTIER_DRAWS;
    if (request->replications > most)
        request->replications = most;
    request->precision_measure = NULL;
    request->progress = NULL;
    request->watch = NULL;
}

pw_status_t pw_run_budget_finish(pw_run_budget_t *self, const pw_scenario_files_t *files, const pw_run_request_t *request, const pw_parameter_file_t *parameters, const char *out, int argc, char *const *argv,
                                 const char *started, bool quiet, pw_findings_t *findings)
{
    const pw_spec_t *specs[PW_MAX_SCENARIOS] = { files->spec[0] };
    for (int s = 1; s < self->n; s++)
        specs[s] = self->original[s];
    pw_frontier_asked_t asked = { .spec = specs, .n_specs = self->n, .sets = self->sets, .n_sets = self->n_sets, .pounds = self->pounds, .request = *request };
    pw_answer_made_t made = { argc, argv, started, specs, self->n, parameters->file };
    pw_frontier_t frontier = { 0 };
    pw_answer_rows_t rows = { 0 };
    make_small(&asked.request);
    pw_status_t status = pw_frontier_go(&frontier, &asked, &self->why, findings);
    if (status == PW_OK)
        status = pw_answer_rows_begin(&rows, pw_budget_words.kind);
    if (status == PW_OK) {
        pw_budget_write(&frontier, &asked, pw_parameter_file_drawn_from(parameters, request->draws), &rows.csv);
        status = pw_answer_rows_end(&rows);
    }
    if (status == PW_OK)
        status = pw_answers_add(out, pw_budget_words.kind, &rows, &made, &self->why);
    if (status == PW_OK && !quiet) {
        putchar('\n');
        status = pw_answers_print(pw_budget_words.kind->file, &rows, stdout);
    }
    pw_answer_rows_free(&rows);
    pw_frontier_free(&frontier);
    return status;
}

void pw_run_budget_free(pw_run_budget_t *self)
{
    for (int s = 1; s < self->n; s++)
        pw_spec_free(self->original[s]);
    pw_text_free(&self->why);
    *self = (pw_run_budget_t){ 0 };
}
