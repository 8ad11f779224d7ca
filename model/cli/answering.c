#include "answering.h"

#include <string.h>
#include <unistd.h>

#include "../base/folder.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "../report/answers_text.h"

pw_status_t pw_answering_begin(pw_answering_t *self, const char *command, int argc, char **argv)
{
    *self = (pw_answering_t){ .command = command };
    return pw_invocation_init(&self->invocation, NULL, argc, argv);
}

pw_status_t pw_answering_check_out(pw_answering_t *self, const char *out)
{
    pw_text_t mark = { 0 };
    pw_text_printf(&mark, "%s/%s", out, PW_FOLDER_MARK);
    bool there = access(out, F_OK) == 0, ours = access(pw_text_get(&mark), R_OK) == 0, failed = mark.failed;
    pw_text_free(&mark);
    if (failed)
        return PW_ERROR_MEMORY;
    if (there && !ours)
        pw_text_printf(&self->why, "%s is there and is not a folder that this program wrote (it holds no %s); name a run's folder, or a new one", out,
                       PW_FOLDER_MARK);
    return there && !ours ? PW_ERROR_EXISTS : PW_OK;
}

static pw_status_t load(pw_answering_t *self, const pw_answering_inputs_t *asked, int n_files, char **files)
{
    pw_status_t status = pw_scenario_files_load(&self->files, self->command, asked->baseline, n_files, files, asked->sets, asked->n_sets, &self->findings);
    if (status == PW_OK)
        status = pw_parameter_file_load(&self->parameters, self->command, asked->parameters, self->files.baseline_file, self->files.spec[0],
                                        (uint64_t)asked->seed, asked->draws, &self->findings);
    if (status == PW_OK)
        pw_parameter_file_say_sizes(&self->parameters, self->command, (const pw_spec_t *const *)self->files.spec, self->files.n);
    return status;
}

static pw_status_t finish(pw_answering_t *self, const pw_answer_kind_t *kind, const char *out, bool quiet)
{
    pw_status_t status = quiet ? PW_OK : pw_answers_print(kind->file, &self->rows, stdout);
    pw_answer_made_t made = { self->invocation.argc, self->invocation.argv, self->invocation.started,
                              (const pw_spec_t *const *)self->files.spec, self->files.n, self->parameters.file };
    if (status == PW_OK && out)
        status = pw_answers_add(out, kind, &self->rows, &made, &self->why);
    if (status == PW_OK && out && !quiet)
        printf("\nThese numbers are in %s/%s.\n", out, kind->file);
    return status;
}

int pw_answering_end(pw_answering_t *self, pw_status_t status)
{
    pw_invocation_say(self->command, &self->findings, NULL, pw_text_get(&self->why), status);
    pw_answer_rows_free(&self->rows);
    pw_parameter_file_free(&self->parameters);
    pw_scenario_files_free(&self->files);
    pw_findings_free(&self->findings);
    pw_text_free(&self->why);
    pw_invocation_free(&self->invocation);
    return pw_status_exit_code(status);
}

bool pw_answering_range(const char *text, double *low, double *high)
{
    const char *colon = strchr(text, ':');
    char first[PW_NUMBER_ROOM];
    if (!colon || (size_t)(colon - text) >= sizeof first)
        return false;
    snprintf(first, sizeof first, "%.*s", (int)(colon - text), text);
    return pw_number_read_real(first, low) && pw_number_read_real(colon + 1, high) && *low < *high;
}

int pw_answering_run(pw_answering_t *work, const pw_answering_verb_t *verb, int argc, char **argv)
{
    int first = argc;
    pw_answering_inputs_t asked = { 0 };
    pw_status_t status = pw_answering_begin(work, verb->command, argc, argv);
    if (status == PW_OK)
        status = verb->parse(work, argc, argv, &first);
    if (status == PW_OK) {
        asked = verb->inputs(work);
        status = load(work, &asked, argc - first, argv + first);
    }
    if (status == PW_OK)
        status = verb->ask(work);
    if (status == PW_OK)
        status = finish(work, verb->kind, asked.out, asked.quiet);
    return pw_answering_end(work, status);
}
