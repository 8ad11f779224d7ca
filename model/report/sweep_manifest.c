/* sweep_manifest.c: see sweep_manifest.h. */
#include "sweep_manifest.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../base/folder_path.h"
#include "../base/memory.h"
#include "../base/moment.h"
#include "../base/number.h"
#include "../base/version.h"
#include "command_line.h"

/* ---- writing ---- */

/* Where the copy of a file stands, relative to the folder of inputs; NULL: it was not copied. */
static const char *copy_of(const pw_inputs_t *inputs, const char *path)
{
    char *resolved = realpath(path, NULL);
    const char *copy = NULL;
    for (int i = 0; resolved && i < inputs->n; i++)
        if (strcmp(inputs->input[i].real, resolved) == 0)
            copy = inputs->input[i].copy;
    free(resolved);      /* libc's own allocation */
    return copy;
}

static json_t *texts(const char *const *text, int n)
{
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(list, json_string(text[i]));
    return list;
}

static json_t *copies(const pw_inputs_t *inputs, const char *const *path, int n)
{
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(list, json_string(copy_of(inputs, path[i])));
    return list;
}

/* What the estimates are drawn from: the copy of the posterior, "prior", or nothing where they are at their values. */
static const char *parameters_of(const pw_sweep_t *sweep, const pw_inputs_t *inputs)
{
    return !sweep->drawn ? NULL : sweep->parameter_file ? copy_of(inputs, sweep->parameter_file) : "prior";
}

static json_t *request_of(const pw_sweep_t *sweep, const pw_sweep_request_t *request, const pw_inputs_t *inputs)
{
    json_t *stages = json_array();
    for (int i = 0; i < sweep->n_stages; i++)
        json_array_append_new(stages, json_integer(sweep->stage[i]));
    /* The seed is a text: JSON readers keep only 53 bits of a number. */
    char seed[32];
    snprintf(seed, sizeof seed, "%" PRIu64, sweep->seed);
    return json_pack("{s:s?, s:s?, s:o, s:o, s:o, s:I, s:o, s:I, s:s, s:s?}", "design", copy_of(inputs, request->design),
                     "baseline", copy_of(inputs, sweep->scenario_file[0]), "scenarios", copies(inputs, request->scenarios, request->n_scenarios),
                     "set", texts(request->sets, request->n_sets), "measures", texts(request->measures, request->n_measures),
                     "points", (json_int_t)request->points, "replications", stages, "block", (json_int_t)sweep->block, "seed", seed,
                     "parameters", parameters_of(sweep, inputs));
}

static json_t *inputs_of(const pw_inputs_t *inputs)
{
    json_t *list = json_array();
    for (int i = 0; i < inputs->n; i++)
        json_array_append_new(list, json_pack("{s:s, s:s}", "path", inputs->input[i].copy, "sha256", inputs->input[i].sha256));
    return list;
}

static json_t *scenarios_of(const pw_sweep_t *sweep)
{
    json_t *list = json_array();
    for (int s = 0; s < sweep->n_scenarios; s++)
        json_array_append_new(list, json_string(pw_sweep_scenario_name(sweep, s)));
    return list;
}

static json_t *columns_of(const pw_sweep_t *sweep)
{
    json_t *inputs = json_array(), *measures = json_array();
    for (int k = 0; k < pw_sweep_n_inputs(sweep); k++)
        json_array_append_new(inputs, json_string(pw_sweep_input_name(sweep, k)));
    for (int m = 0; m < sweep->n_measures; m++)
        json_array_append_new(measures, json_string(pw_sweep_measure_name(sweep, m)));
    return json_pack("{s:o, s:o}", "inputs", inputs, "measures", measures);
}

pw_status_t pw_sweep_manifest_write(const pw_sweep_t *sweep, const pw_sweep_request_t *request, const pw_inputs_t *inputs, const char *inputs_name,
                                    int argc, char *const *argv, FILE *to)
{
    char started[PW_MOMENT_ROOM], identity[2 * PW_NAME_BYTES + 1];
    pw_unit_name_t name;
    pw_moment_now(started);
    char *command = pw_command_line(argc, argv);
    if (!command || pw_sweep_identity(sweep, &name) != PW_OK) {
        pw_free(command);
        return PW_ERROR_MEMORY;
    }
    json_t *program = json_pack("{s:s, s:s, s:s, s:s, s:i}", "name", "pathways", "version", PW_VERSION, "commit", pw_version_commit(),
                                "compiler", pw_version_compiler(), "results_version", PW_RESULTS_VERSION);
    const char *drawn_from = !sweep->drawn ? NULL : sweep->parameter_file ? "posterior" : "prior";
    json_t *root = json_pack("{s:s, s:s?, s:s?, s:s, s:s, s:s, s:o, s:s, s:I, s:I, s:s, s:s?, s:o, s:o, s:o, s:s, s:o}", "kind", "sweep",
                             "title", sweep->file.title, "question", sweep->file.question, "sweep", pw_unit_name_text(&name, identity),
                             "command", command, "started", started, "program", program, "design", pw_design_kind_name(sweep->design.kind),
                             "points", (json_int_t)sweep->design.n_points, "units", (json_int_t)pw_sweep_n_units(sweep),
                             "estimates", sweep->drawn ? "drawn" : "central", "drawn_from", drawn_from, "scenarios", scenarios_of(sweep),
                             "columns", columns_of(sweep), "request", request_of(sweep, request, inputs), "folder_of_inputs", inputs_name,
                             "inputs", inputs_of(inputs));
    pw_status_t status = root ? PW_OK : PW_ERROR_MEMORY;
    if (root)
        json_dumpf(root, to, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    putc('\n', to);
    json_decref(root);
    pw_free(command);
    return status;
}

/* ---- reading ---- */

static const char *keep_text(pw_sweep_folder_t *self, char *text)
{
    if (!text || self->n_texts == (int)(sizeof self->text / sizeof self->text[0])) {
        pw_free(text);
        return NULL;
    }
    return self->text[self->n_texts++] = text;
}

/* A file in the folder of inputs. */
static const char *input_path(pw_sweep_folder_t *self, const json_t *name)
{
    pw_text_t text = { 0 };
    if (!json_is_string(name))
        return NULL;
    pw_text_printf(&text, "%s/%s/%s", self->path, self->inputs, json_string_value(name));
    return keep_text(self, pw_text_take(&text));
}

/* Reads a list of texts (or of files) behind those that are there; false if it is none. */
static bool read_list(pw_sweep_folder_t *self, const json_t *list, bool files, const char *const **out, int *n)
{
    size_t i;
    json_t *one;
    *out = self->list + self->n_list;
    *n = 0;
    if (!json_is_array(list) || json_array_size(list) > sizeof self->list / sizeof self->list[0] - (size_t)self->n_list)
        return false;
    json_array_foreach(list, i, one) {
        const char *text = files ? input_path(self, one) : json_is_string(one) ? keep_text(self, pw_strdup(json_string_value(one))) : NULL;
        if (!text)
            return false;
        self->list[self->n_list++] = text;
        ++*n;
    }
    return true;
}

static bool read_stages(pw_sweep_folder_t *self, const json_t *list)
{
    int n = json_is_array(list) ? (int)json_array_size(list) : 0;
    if (n < 1 || n > PW_MAX_SWEEP_STAGES)
        return false;
    for (int i = 0; i < n; i++) {
        self->stage[i] = json_integer_value(json_array_get(list, (size_t)i));
        if (self->stage[i] <= (i > 0 ? self->stage[i - 1] : 0))
            return false;
    }
    self->request.stages = self->stage;
    self->request.n_stages = n;
    return true;
}

static bool read_request(pw_sweep_folder_t *self, const json_t *from)
{
    pw_sweep_request_t *request = &self->request;
    request->design = input_path(self, json_object_get(from, "design"));
    request->baseline = input_path(self, json_object_get(from, "baseline"));
    const json_t *parameters = json_object_get(from, "parameters");
    bool prior = json_is_string(parameters) && strcmp(json_string_value(parameters), "prior") == 0;
    request->parameters = prior ? "prior" : input_path(self, parameters);
    request->points = json_integer_value(json_object_get(from, "points"));
    request->block = json_integer_value(json_object_get(from, "block"));
    const char *seed = json_string_value(json_object_get(from, "seed"));
    return request->design && request->baseline && request->block > 0 && seed && pw_number_read_integer(seed, &request->seed) && request->seed >= 0 &&
           read_list(self, json_object_get(from, "scenarios"), true, &request->scenarios, &request->n_scenarios) &&
           read_list(self, json_object_get(from, "set"), false, &request->sets, &request->n_sets) &&
           read_list(self, json_object_get(from, "measures"), false, &request->measures, &request->n_measures) &&
           read_stages(self, json_object_get(from, "replications"));
}

static bool read_identity(pw_sweep_folder_t *self, const json_t *root)
{
    const char *text = json_string_value(json_object_get(root, "sweep"));
    if (!text || strlen(text) != 2 * PW_NAME_BYTES || text[strspn(text, "0123456789abcdef")])
        return false;
    for (size_t i = 0; i < PW_NAME_BYTES; i++) {
        char pair[3] = { text[2 * i], text[2 * i + 1], '\0' };
        self->identity.byte[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
    return true;
}

static bool read_root(pw_sweep_folder_t *self, const json_t *root)
{
    const char *kind = json_string_value(json_object_get(root, "kind")), *inputs = json_string_value(json_object_get(root, "folder_of_inputs"));
    const char *command = json_string_value(json_object_get(root, "command")), *started = json_string_value(json_object_get(root, "started"));
    if (!kind || strcmp(kind, "sweep") != 0 || !inputs || !command || !started || !read_identity(self, root))
        return false;
    self->inputs = pw_strdup(inputs);
    self->command = pw_strdup(command);
    self->started = pw_strdup(started);
    self->points = json_integer_value(json_object_get(root, "points"));
    self->units = json_integer_value(json_object_get(root, "units"));
    self->results_version = (int)json_integer_value(json_object_get(json_object_get(root, "program"), "results_version"));
    return self->inputs && self->command && self->started && read_request(self, json_object_get(root, "request"));
}

pw_status_t pw_sweep_manifest_read(pw_sweep_folder_t *self)
{
    json_error_t error;
    char *path = pw_folder_path_join(self->path, PW_FOLDER_MARK);
    if (!path)
        return PW_ERROR_MEMORY;
    json_t *root = json_load_file(path, 0, &error);
    bool good = root && read_root(self, root);
    if (!root)
        snprintf(self->message, sizeof self->message, "%s:%d: %s", path, error.line, error.text);
    else if (!good)
        snprintf(self->message, sizeof self->message, "%s is not the manifest of a sweep; a run's folder cannot hold one", path);
    json_decref(root);
    pw_free(path);
    return good ? PW_OK : PW_ERROR_INPUT;
}
