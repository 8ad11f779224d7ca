/* datapackage.c: what every column means, for programs and people (Frictionless Data, tabular data package). */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "manifest.h"
#include "results.h"

static json_t *field(const char *name, const char *type, const char *unit, const char *meaning)
{
    json_t *one = json_pack("{s:s, s:s, s:s}", "name", name, "type", type, "description", meaning);
    if (one && unit)
        json_object_set_new(one, "unit", json_string(unit));
    return one;
}

static void add_sum(void *context, const char *name)
{
    json_array_append_new(context, field(name, "number", NULL, "sum over this world's families, or over its time from day 0 to the end of the run"));
}

static void add_estimate(void *context, const char *name, const pw_estimate_t *estimate)
{
    json_array_append_new(context, field(name, "number", pw_quantity_name(estimate->quantity), estimate->note && *estimate->note ? estimate->note
                                         : "an estimate"));
}

/* The columns of draws.csv, parameters.csv and world.csv that depend on the model. */
static void model_fields(const pw_run_t *run, const char *file, json_t *fields)
{
    if (strcmp(file, "draws.csv") == 0)
        for (int m = 0; m < run->catalogue.n; m++) {
            const pw_measure_t *measure = &run->catalogue.measure[m];
            json_array_append_new(fields, field(measure->name, "number", measure->definition->unit, measure->definition->definition));
        }
    if (strcmp(file, "parameters.csv") == 0)
        pw_results_parameter_columns(run, add_estimate, fields);
    if (strcmp(file, "world.csv") == 0)
        pw_results_world_columns(run, add_sum, fields);
}

static json_t *file_fields(const pw_column_t *column, int n, const char *file)
{
    json_t *fields = json_array();
    for (int i = 0; i < n; i++)
        if (strcmp(column[i].file, file) == 0)
            json_array_append_new(fields, field(column[i].name, column[i].type, column[i].unit, column[i].meaning));
    return fields;
}

static json_t *schema(json_t *fields)
{
    json_t *missing = json_array();
    json_array_append_new(missing, json_string(""));
    return json_pack("{s:o, s:o}", "fields", fields, "missingValues", missing);
}

/* A resource goes by the file's name without its folders and its end. */
static json_t *resource(const char *file, const char *meaning, const char *sha256, json_t *fields)
{
    const char *slash = strrchr(file, '/'), *begin = slash ? slash + 1 : file;
    char name[64], hash[PW_DIGEST_ROOM + 8];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(begin, "."), begin);
    snprintf(hash, sizeof hash, "sha256:%s", sha256);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "name", name, "path", file, "profile", "tabular-data-resource", "description", meaning,
                     "format", "csv", "encoding", "utf-8", "hash", hash, "schema", schema(fields));
}

static json_t *of_run(const pw_run_t *run, const pw_results_file_t *file, const char *sha256)
{
    const pw_column_t *column;
    int n = pw_columns(&column);
    json_t *fields = file_fields(column, n, file->file);
    model_fields(run, file->file, fields);
    return resource(file->file, file->meaning, sha256, fields);
}

static json_t *package(json_t *resources)
{
    return json_pack("{s:s, s:s, s:s, s:o}", "profile", "tabular-data-package", "name", "pathways-run", "title",
                     "Police notifications of domestic violence and children's social services: a simulated comparison of policies", "resources", resources);
}

pw_status_t pw_datapackage_write(const pw_run_t *run, const pw_written_t *written, int n_written, FILE *to)
{
    const pw_results_file_t *file;
    int n = pw_results_files(&file);
    json_t *resources = json_array();
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n_written; k++)
            if (strcmp(file[i].file, written[k].name) == 0)
                json_array_append_new(resources, of_run(run, &file[i], written[k].sha256));
    json_t *root = package(resources);
    if (!root)
        return PW_ERROR_MEMORY;
    int failed = json_dumpf(root, to, JSON_INDENT(2)) != 0 || putc('\n', to) == EOF;
    json_decref(root);
    return failed ? PW_ERROR_WRITE : PW_OK;
}

pw_status_t pw_datapackage_add(const char *old, const char *file, const char *meaning, const pw_column_t *column, int n_columns, const char *sha256,
                               pw_text_t *out)
{
    json_t *root = old ? json_loads(old, 0, NULL) : package(json_array()), *resources = json_object_get(root, "resources");
    if (!json_is_array(resources)) {
        json_decref(root);
        return old ? PW_ERROR_INPUT : PW_ERROR_MEMORY;
    }
    for (size_t i = json_array_size(resources); i-- > 0;) {
        const char *path = json_string_value(json_object_get(json_array_get(resources, i), "path"));
        if (path && strcmp(path, file) == 0)
            json_array_remove(resources, i);
    }
    int failed = json_array_append_new(resources, resource(file, meaning, sha256, file_fields(column, n_columns, file)));
    char *text = failed ? NULL : json_dumps(root, JSON_INDENT(2));
    if (text) {
        pw_text_append(out, text);
        pw_text_append(out, "\n");
    }
    free(text);
    json_decref(root);
    return text && !out->failed ? PW_OK : PW_ERROR_MEMORY;
}
