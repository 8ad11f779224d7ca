#include "manifest_read.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/digest.h"
#include "../base/folder.h"
#include "../base/interrupt.h"
#include "../base/text.h"
#include "../base/version.h"

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static int64_t number_of(const json_t *object, const char *key) { return json_integer_value(json_object_get(object, key)); }

/* How many elements of a list are taken. */
static int count_of(const json_t *list, int most)
{
    size_t n = json_array_size(list);
    return n < (size_t)most ? (int)n : most;
}

static int take_listed(const json_t *list, pw_listed_t *out)
{
    int n = count_of(list, PW_MAX_MANIFEST);
    for (int i = 0; i < n; i++) {
        const json_t *one = json_array_get(list, (size_t)i);
        out[i] = (pw_listed_t){ text_of(one, "file"), text_of(one, "sha256") };
    }
    return n;
}

/* Only the last answer of each file has a fingerprint: the ones before it are history. */
static void take_answers(pw_manifest_read_t *self, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list) && self->n_answers < PW_MAX_MANIFEST; i++) {
        const json_t *entry = json_array_get(list, i);
        const char *file = json_string_value(json_object_get(entry, "file")), *sha256 = json_string_value(json_object_get(entry, "sha256"));
        if (file && sha256)
            self->answer[self->n_answers++] = (pw_listed_t){ file, sha256 };
    }
}

static void take_all(pw_manifest_read_t *self)
{
    const json_t *root = self->root, *program = json_object_get(root, "program"), *settings = json_object_get(root, "settings");
    const json_t *scenarios = json_object_get(root, "scenarios"), *sets = json_object_get(settings, "set");
    self->version = text_of(program, "version");
    self->commit = text_of(program, "commit");
    self->compiler = text_of(program, "compiler");
    self->generator = text_of(program, "generator");
    self->command = text_of(root, "command");
    self->started = text_of(root, "started");
    self->results_sha256 = text_of(root, "results_sha256");
    self->seed = text_of(settings, "seed");
    self->draws = number_of(settings, "draws_done");
    self->replications = number_of(settings, "replications");
    self->worlds = number_of(settings, "worlds");
    self->n_scenarios = count_of(scenarios, PW_MAX_SCENARIOS);
    for (int i = 0; i < self->n_scenarios; i++) {
        const json_t *one = json_array_get(scenarios, (size_t)i);
        self->scenario[i] = (pw_listed_scenario_t){ text_of(one, "name"), text_of(one, "title"), text_of(one, "file") };
        if (!self->scenario[i].title[0])
            self->scenario[i].title = self->scenario[i].name;
    }
    self->n_inputs = take_listed(json_object_get(root, "inputs"), self->input);
    self->n_results = take_listed(json_object_get(root, "results"), self->result);
    take_answers(self, json_object_get(root, "answers"));
    self->n_sets = count_of(sets, PW_MAX_MANIFEST);
    for (int i = 0; i < self->n_sets; i++) {
        const char *set = json_string_value(json_array_get(sets, (size_t)i));
        self->set[i] = set ? set : "";
    }
}

/* Whether it is a run's manifest, and one that this program can read. */
static pw_status_t judge(const pw_manifest_read_t *self, const char *path, pw_findings_t *findings)
{
    int64_t schema = number_of(self->root, "schema");
    if (!json_is_object((const json_t *)self->root) || self->n_scenarios < 1 || self->n_results < 1) {
        pw_findings_add(findings, path, 0, NULL, "this is not the manifest of a run: it lists no scenarios or no results");
        return PW_ERROR_INPUT;
    }
    if (schema != PW_MANIFEST_SCHEMA) {
        pw_findings_add(findings, path, 0, NULL,
                        "the folder was written in another form (schema %lld, by pathways %s); pathways %s reads schema %d: use that version, or run again: %s",
                        (long long)schema, self->version[0] ? self->version : "of unknown version", PW_VERSION, PW_MANIFEST_SCHEMA, self->command);
        return PW_ERROR_INPUT;
    }
    return PW_OK;
}

static pw_status_t no_manifest(const char *folder, pw_findings_t *findings)
{
    struct stat about;
    if (stat(folder, &about) != 0)
        pw_findings_add(findings, folder, 0, NULL, "the folder cannot be read: %s", strerror(errno));
    else if (!S_ISDIR(about.st_mode))
        pw_findings_add(findings, folder, 0, NULL, "this is a file; name a run's folder, such as output/first-run");
    else
        pw_findings_add(findings, folder, 0, NULL, "there is no " PW_FOLDER_MARK " in it: it is not a run's folder, or was copied only in part");
    return PW_ERROR_READ;
}

pw_status_t pw_manifest_read(pw_manifest_read_t *self, const char *folder, pw_findings_t *findings)
{
    json_error_t error;
    pw_text_t path = { 0 };
    pw_status_t status = PW_OK;
    pw_text_printf(&path, "%s/" PW_FOLDER_MARK, folder);
    if (path.failed) {
        status = PW_ERROR_MEMORY;
    } else if (access(pw_text_get(&path), R_OK) != 0) {
        status = no_manifest(folder, findings);
    } else if (!(self->root = json_load_file(pw_text_get(&path), 0, &error))) {
        pw_findings_add(findings, pw_text_get(&path), error.line, NULL, "the manifest is not whole, or was changed by hand: %s", error.text);
        status = PW_ERROR_INPUT;
    } else {
        take_all(self);
        status = judge(self, pw_text_get(&path), findings);
    }
    pw_text_free(&path);
    return status;
}

static pw_status_t verify(const pw_listed_t *listed, int n, const char *folder, const char *changed, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    for (int i = 0; i < n; i++) {
        if (pw_interrupt_asked())
            return PW_ERROR_STOPPED;
        char sha256[PW_DIGEST_ROOM];
        pw_text_t path = { 0 };
        pw_text_printf(&path, "%s/%s", folder, listed[i].file);
        if (path.failed) {
            status = PW_ERROR_MEMORY;
        } else if (pw_digest_file(pw_text_get(&path), sha256) != PW_OK) {
            pw_findings_add(findings, pw_text_get(&path), 0, NULL, "the manifest lists this file, and it is not there: the folder was copied only in part");
            status = PW_ERROR_READ;
        } else if (strcmp(sha256, listed[i].sha256) != 0) {
            pw_findings_add(findings, pw_text_get(&path), 0, NULL, "%s", changed);
            status = status == PW_OK ? PW_ERROR_INPUT : status;
        }
        pw_text_free(&path);
    }
    return status;
}

pw_status_t pw_manifest_verify(const pw_manifest_read_t *self, const char *folder, pw_findings_t *findings)
{
    return verify(self->result, self->n_results, folder,
                  "the file is not as the run wrote it (its SHA-256 is not the manifest's): it was changed, or copied only in part; copy the folder again, or "
                  "run again", findings);
}

pw_status_t pw_manifest_verify_answers(const pw_manifest_read_t *self, const char *folder, pw_findings_t *findings)
{
    return verify(self->answer, self->n_answers, folder,
                  "the file is not as it was written (its SHA-256 is not the manifest's): it was changed, or copied only in part; copy the folder again, or "
                  "delete the file and ask again", findings);
}

void pw_manifest_read_free(pw_manifest_read_t *self)
{
    json_decref(self->root);
    *self = (pw_manifest_read_t){ 0 };
}
