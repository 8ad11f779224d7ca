#include "manifest.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "../base/version.h"

static json_t *number_or_null(double value) { return isfinite(value) ? json_real(value) : json_null(); }

static json_t *program(void)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", "pathways", "version", PW_VERSION, "commit", pw_version_commit(), "compiler",
                     pw_version_compiler(), "generator", "Philox4x32-10");
}

static json_t *precision(const pw_run_t *run)
{
    if (run->precision_measure < 0)
        return json_null();
    return json_pack("{s:s, s:f, s:o, s:b}", "measure", run->request.precision_measure, "asked", run->request.precision, "reached_half_width",
                     number_or_null(run->half_width), "reached", run->precision_reached);
}

/* What a reader needs who scales the results up: how long is a cohort gathered, in which year's prices? */
static json_t *model(const pw_run_t *run)
{
    const pw_spec_t *spec = run->request.spec[0];
    json_t *areas = json_array();
    for (int a = 0; a < run->roster.n_areas; a++)
        json_array_append_new(areas, json_string(run->roster.area[a]));
    return json_pack("{s:o, s:f, s:f, s:i, s:f}", "areas", areas, "intake_months", spec->time.intake_months.number[0], "follow_up_months",
                     spec->time.follow_up_months.number[0], "price_year", spec->evidence.price_year, "discount_percent",
                     spec->money.discount_percent.number[0]);
}

static json_t *settings(const pw_manifest_t *self)
{
    const pw_run_request_t *request = &self->run->request;
    json_t *sets = json_array();
    for (int i = 0; i < self->n_sets; i++)
        json_array_append_new(sets, json_string(self->sets[i]));
    /* The seed is a text: JSON readers keep only 53 bits of a number. */
    char seed[32];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)request->seed);
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:i, s:s, s:o, s:o}", "seed", seed, "draws_asked", (json_int_t)request->draws, "draws_done",
                     (json_int_t)(self->run->ledger.fixed ? 0 : self->run->ledger.n_draws), "replications", (json_int_t)request->replications,
                     "worlds", (json_int_t)self->run->ledger.worlds, "threads", request->threads, "engine",
                     request->engine == PW_ENGINE_AHEAD ? "ahead" : "ordered", "set", sets, "precision", precision(self->run));
}

static json_t *scenarios(const pw_run_t *run)
{
    json_t *list = json_array();
    for (int s = 0; s < run->roster.n_scenarios; s++) {
        const pw_spec_t *spec = run->request.spec[s];
        json_t *one = json_pack("{s:s, s:s, s:s}", "name", run->roster.scenario[s], "file", spec->file, "title", spec->title ? spec->title : "");
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *inputs(const pw_inputs_t *self)
{
    json_t *list = json_array();
    for (int i = 0; i < self->n; i++) {
        const pw_input_t *input = &self->input[i];
        json_array_append_new(list, json_pack("{s:s, s:s+, s:s}", "file", input->path, "copy", "inputs/", input->copy, "sha256", input->sha256));
    }
    return list;
}

static json_t *results(const pw_written_t *written, int n)
{
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(list, json_pack("{s:s, s:s}", "file", written[i].name, "sha256", written[i].sha256));
    return list;
}

/* One fingerprint of all CSV files: of the text "sha256  name\n" of each, as sha256sum prints it. */
static pw_status_t results_digest(const pw_written_t *written, int n, char out[PW_DIGEST_ROOM])
{
    pw_text_t text = { 0 };
    for (int i = 0; i < n; i++)
        if (strstr(written[i].name, ".csv"))
            pw_text_printf(&text, "%s  %s\n", written[i].sha256, written[i].name);
    bool failed = text.failed;
    pw_digest_bytes(pw_text_get(&text), strlen(pw_text_get(&text)), out);
    pw_text_free(&text);
    return failed ? PW_ERROR_MEMORY : PW_OK;
}

/* Writes and frees `root`; NULL: jansson had no memory. */
static pw_status_t dump(json_t *root, FILE *to)
{
    if (!root)
        return PW_ERROR_MEMORY;
    int failed = json_dumpf(root, to, JSON_INDENT(2) | JSON_REAL_PRECISION(17)) != 0 || putc('\n', to) == EOF;
    json_decref(root);
    return failed ? PW_ERROR_WRITE : PW_OK;
}

pw_status_t pw_manifest_write(const pw_manifest_t *self, FILE *to)
{
    char digest[PW_DIGEST_ROOM];
    char *command = pw_command_line(self->argc, self->argv);
    pw_status_t status = command ? results_digest(self->written, self->n_written, digest) : PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = dump(json_pack("{s:i, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s}", "schema", 1, "program", program(), "command", command,
                                "started", self->started, "seconds", isnan(self->seconds) ? json_null() : json_real(self->seconds), "settings",
                                settings(self), "model", model(self->run), "scenarios", scenarios(self->run),
                                "inputs", inputs(self->inputs), "results", results(self->written, self->n_written), "results_sha256", digest),
                      to);
    pw_free(command);
    return status;
}


static pw_status_t dump_text(json_t *root, size_t flags, pw_text_t *out)
{
    char *text = root ? json_dumps(root, flags) : NULL;
    if (text) {
        pw_text_append(out, text);
        pw_text_append(out, "\n");
    }
    free(text);
    json_decref(root);
    return text && !out->failed ? PW_OK : PW_ERROR_MEMORY;
}

static json_t *answer_entry(const pw_manifest_answer_t *answer, const char *command)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:o}", "file", answer->file, "sha256", answer->sha256, "command", command, "started", answer->started, "program",
                     program());
}

/* The fingerprint is of the file as it stands: earlier entries for it say how rows were made, and lose theirs. */
static void outdate(json_t *answers, const char *file)
{
    size_t i;
    json_t *entry;
    json_array_foreach(answers, i, entry)
        if (json_is_string(json_object_get(entry, "file")) && strcmp(json_string_value(json_object_get(entry, "file")), file) == 0)
            json_object_set_new(entry, "sha256", json_null());
}

pw_status_t pw_manifest_add(const char *old, const pw_manifest_answer_t *answer, const pw_inputs_t *read, pw_text_t *out)
{
    char *command = pw_command_line(answer->argc, answer->argv);
    if (!command)
        return PW_ERROR_MEMORY;
    json_t *root = old ? json_loads(old, 0, NULL)
                       : json_pack("{s:i, s:o, s:s, s:s, s:o}", "schema", 1, "program", program(), "command", command, "started", answer->started, "inputs",
                                   inputs(read));
    bool lawful = !old || json_is_object(root);
    json_t *answers = lawful ? json_object_get(root, "answers") : NULL;
    if (lawful && !json_is_array(answers)) {
        answers = json_array();
        json_object_set_new(root, "answers", answers);
    }
    outdate(answers, answer->file);
    int failed = json_array_append_new(answers, answer_entry(answer, command));
    pw_free(command);
    if (lawful && failed == 0)
        return dump_text(root, JSON_INDENT(2) | JSON_REAL_PRECISION(17), out);
    json_decref(root);
    return lawful ? PW_ERROR_MEMORY : PW_ERROR_INPUT;
}
