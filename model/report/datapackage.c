/* datapackage.c: what every column means, for programs and people (Frictionless Data, tabular data package). */
#include <jansson.h>
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
    json_array_append_new(context, field(name, "number", pw_quantity_name(estimate->quantity), estimate->note && *estimate->note ? estimate->note : "an estimate"));
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

static json_t *schema(const pw_run_t *run, const char *file)
{
    const pw_column_t *column;
    int n = pw_columns(&column);
    json_t *fields = json_array(), *missing = json_array();
    for (int i = 0; i < n; i++)
        if (strcmp(column[i].file, file) == 0)
            json_array_append_new(fields, field(column[i].name, column[i].type, column[i].unit, column[i].meaning));
    model_fields(run, file, fields);
    json_array_append_new(missing, json_string(""));
    return json_pack("{s:o, s:o}", "fields", fields, "missingValues", missing);
}

static json_t *resource(const pw_run_t *run, const pw_results_file_t *file, const char *sha256)
{
    char name[64], hash[PW_DIGEST_ROOM + 8];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(file->file, "."), file->file);
    snprintf(hash, sizeof hash, "sha256:%s", sha256);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "name", name, "path", file->file, "profile", "tabular-data-resource", "description",
                     file->meaning, "format", "csv", "encoding", "utf-8", "hash", hash, "schema", schema(run, file->file));
}

pw_status_t pw_datapackage_write(const pw_run_t *run, const pw_written_t *written, int n_written, FILE *to)
{
    const pw_results_file_t *file;
    int n = pw_results_files(&file);
    json_t *resources = json_array();
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n_written; k++)
            if (strcmp(file[i].file, written[k].name) == 0)
                json_array_append_new(resources, resource(run, &file[i], written[k].sha256));
    json_t *root = json_pack("{s:s, s:s, s:s, s:o}", "profile", "tabular-data-package", "name", "pathways-run", "title",
                             "Police notifications of domestic violence and children's social services: a simulated comparison of policies", "resources",
                             resources);
    if (!root)
        return PW_ERROR_MEMORY;
    int failed = json_dumpf(root, to, JSON_INDENT(2)) != 0 || putc('\n', to) == EOF;
    json_decref(root);
    return failed ? PW_ERROR_WRITE : PW_OK;
}
