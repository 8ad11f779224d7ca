#include "run_budget.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/memory.h"

#include "../report/answers.h"
#include "../report/budget_rows.h"

/* ---- the comparator ---- */

/* "FOLDER OF file" + `rest`, if there is such a file. */
static char *beside(const char *file, const char *rest)
{
    const char *slash = strrchr(file, '/');
    pw_text_t text = { 0 };
    if (slash)
        pw_text_append_bytes(&text, file, (size_t)(slash - file) + 1);
    pw_text_append(&text, rest);
    char *path = pw_text_take(&text);
    if (path && access(path, R_OK) == 0)
        return path;
    pw_free(path);
    return NULL;
}

static bool same_file(const char *a, const char *b)
{
    char *one = realpath(a, NULL), *two = realpath(b, NULL);      /* malloc's */
    bool same = one && two && strcmp(one, two) == 0;
    free(one);
    free(two);
    return same;
}

static bool is_named(const pw_scenario_files_t *files)
{
    for (int s = 1; s < files->n; s++)
        if (strcmp(files->spec[s]->name, PW_COMPARATOR) == 0)
            return true;
    return false;
}

/* The comparator as its file says; NULL: without (`no_comparator` says why). */
static pw_spec_t *read_comparator(pw_run_budget_t *self, const pw_scenario_files_t *files)
{
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    self->comparator = beside(files->file[1], PW_COMPARATOR ".cfg");
    if (!self->comparator)
        self->comparator = beside(files->baseline_file, "../scenarios/" PW_COMPARATOR ".cfg");
    if (!self->comparator)
        pw_text_append(&self->no_comparator, "its file, scenarios/" PW_COMPARATOR ".cfg, is not there");
    else if (pw_spec_load(self->comparator, self->sets, self->n_sets, &spec, &findings) != PW_OK || findings.n > 0)
        pw_text_printf(&self->no_comparator, "%s makes no model with these settings", self->comparator);
    else if (!same_file(pw_scenario_files_base(spec), files->baseline_file))
        pw_text_printf(&self->no_comparator, "%s stands on another baseline", self->comparator);
    if (pw_text_get(&self->no_comparator)[0]) {
        pw_spec_free(spec);
        spec = NULL;
    }
    pw_findings_free(&findings);
    return spec;
}

/* Puts it behind the scenarios that were named, if the sum buys a post. */
static pw_status_t add_comparator(pw_run_budget_t *self, pw_scenario_files_t *files)
{
    pw_findings_t findings = { 0 };
    pw_budget_t budget;
    if (self->alone || is_named(files))
        return PW_OK;
    if (files->n == PW_MAX_SCENARIOS) {
        pw_text_append(&self->no_comparator, "there is no room for one scenario more");
        return PW_OK;
    }
    pw_spec_t *spec = read_comparator(self, files);
    pw_status_t status = spec ? pw_budget_plan(files->spec[0], spec, self->pounds, &budget, &self->no_comparator, &findings) : PW_OK;
    if (spec && status == PW_OK) {
        files->file[files->n] = self->comparator;
        files->spec[files->n++] = spec;
    } else {
        pw_spec_free(spec);
        pw_free(self->comparator);
        self->comparator = NULL;
    }
    pw_findings_free(&findings);
    return status == PW_ERROR_MEMORY ? status : PW_OK;
}

/* ---- the scenarios with the same money ---- */

pw_status_t pw_run_budget_apply(pw_run_budget_t *self, pw_scenario_files_t *files, pw_findings_t *findings)
{
    if (files->n < 2) {
        pw_text_append(&self->why, "--budget is about policies: name a scenario");
        return PW_ERROR_USAGE;
    }
    pw_status_t status = add_comparator(self, files);
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

pw_status_t pw_run_budget_finish(pw_run_budget_t *self, const pw_scenario_files_t *files, const pw_run_request_t *request,
                                 const pw_parameter_file_t *parameters, const char *out, int argc, char *const *argv,
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
        if (pw_text_get(&self->no_comparator)[0])
            printf("Without the comparator (the same money in posts that assess): %s.\n\n", pw_text_get(&self->no_comparator));
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
    pw_text_free(&self->no_comparator);
    pw_free(self->comparator);
    *self = (pw_run_budget_t){ 0 };
}
