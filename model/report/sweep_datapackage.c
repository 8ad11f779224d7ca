/* sweep_datapackage.c: see sweep_datapackage.h. */
#include "sweep_datapackage.h"

#include <jansson.h>
#include <string.h>

#include "../experiment/sweep_summary.h"
#include "sweep_results.h"

static const pw_sweep_field_t keys[PW_SWEEP_KEYS] = {
    { "point", "integer", NULL, "number of the design's point, from 0" },
    { "replication", "integer", NULL, "number of the world, from 0; one number is one and the same world at all points and under all scenarios" },
    { "scenario", "string", NULL, "baseline, or a scenario's name" },
};

int pw_sweep_n_fields(const pw_sweep_t *sweep) { return PW_SWEEP_KEYS + pw_sweep_n_inputs(sweep) + sweep->n_measures; }

pw_sweep_field_t pw_sweep_field(const pw_sweep_t *sweep, int column)
{
    if (column < PW_SWEEP_KEYS)
        return keys[column];
    int input = column - PW_SWEEP_KEYS, measure = input - pw_sweep_n_inputs(sweep);
    if (measure < 0) {
        const pw_design_column_t *about = &sweep->design.column[pw_sweep_input_column(sweep, input)];
        return (pw_sweep_field_t){ about->path, about->is_text ? "string" : "number", NULL,
                                   "an input: the setting or estimate of that path, in the unit of the files" };
    }
    const pw_measure_t *about = pw_sweep_measure(sweep, measure);
    return (pw_sweep_field_t){ about->name, "number", about->definition->unit, about->definition->definition };
}

static json_t *field(pw_sweep_field_t about)
{
    json_t *one = json_pack("{s:s, s:s, s:s}", "name", about.name, "type", about.type, "description", about.meaning);
    if (one && about.unit)
        json_object_set_new(one, "unit", json_string(about.unit));
    return one;
}

static json_t *merged_fields(const pw_sweep_t *sweep)
{
    json_t *fields = json_array();
    for (int i = 0; i < pw_sweep_n_fields(sweep); i++)
        json_array_append_new(fields, field(pw_sweep_field(sweep, i)));
    return fields;
}

static json_t *summary_fields(const pw_sweep_t *sweep)
{
    const pw_sweep_field_t after[] = {
        { "measure", "string", NULL, "name of the measure, as in " PW_SWEEP_MERGED },
        { "unit", "string", NULL, "unit of the measure" },
        { "worlds", "integer", NULL, "worlds in which the measure has a value" },
        { "mean", "number", NULL, "mean over worlds" },
        { "mc_se", "number", NULL, sweep->drawn ? "standard error of that mean: how far it would move with other worlds and other draws of the "
          "estimates (each world has its own)" : "standard error of that mean: how far it would move if the simulation were repeated" },
        { "p05", "number", NULL, "5 % point of single worlds" },
        { "p50", "number", NULL, "median of single worlds" },
        { "p95", "number", NULL, "95 % point of single worlds" },
        { "difference", "number", NULL, "mean difference from the baseline at the same point, in the same worlds" },
        { "difference_mc_se", "number", NULL, "standard error of that difference" },
        { "difference_low95", "number", NULL, sweep->drawn ? "lower end of the mean difference's 95 % interval: noise and unknown estimates together, of the "
          "mean of so many draws; it narrows with more worlds and is not how far the difference itself may lie"
          : "lower end of the difference's 95 % interval: of the simulation's noise, not of what is unknown" },
        { "difference_high95", "number", NULL, "upper end" },
    };
    json_t *fields = json_array();
    json_array_append_new(fields, field(keys[0]));
    json_array_append_new(fields, field(keys[2]));
    for (int i = 0; i < pw_sweep_n_inputs(sweep); i++)
        json_array_append_new(fields, field(pw_sweep_field(sweep, PW_SWEEP_KEYS + i)));
    for (size_t i = 0; i < sizeof after / sizeof after[0]; i++)
        json_array_append_new(fields, field(after[i]));
    return fields;
}

static json_t *points_fields(const pw_sweep_t *sweep)
{
    char name[600];
    int measure;
    json_t *fields = json_array();
    for (int c = 0; pw_sweep_points_column(sweep, c, name, sizeof name, &measure); c++) {
        bool is_text = strcmp(name, "scenario") == 0;
        pw_sweep_field_t about = { name, c == 0 ? "integer" : is_text ? "string" : "number", NULL,
                                   c == 0 ? keys[0].meaning : is_text ? "the scenario of the point"
                                   : "an input: the setting or estimate of that path, in the unit of the files" };
        if (measure >= 0) {
            about.unit = pw_sweep_measure(sweep, measure)->definition->unit;
            about.meaning = strstr(name, "-baseline/") ? "mean difference from the baseline at the same point, in the same worlds" : "mean over worlds";
        }
        json_array_append_new(fields, field(about));
    }
    return fields;
}

static json_t *resource(const char *name, const char *path, const char *meaning, const char *sha256, json_t *fields)
{
    char hash[PW_DIGEST_ROOM + 8];
    snprintf(hash, sizeof hash, "sha256:%s", sha256);
    json_t *schema = json_pack("{s:o, s:[s]}", "fields", fields, "missingValues", "");
    json_t *one = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "name", name, "path", path, "profile", "tabular-data-resource", "description", meaning,
                            "format", "csv",
                            "encoding", "utf-8", "hash", hash, "schema", schema);
    if (one && strcmp(path, PW_SWEEP_MERGED) == 0)
        json_object_set_new(one, "compression", json_string("gz"));
    return one;
}

pw_status_t pw_sweep_datapackage_write(const pw_sweep_t *sweep, const char *const sha256[3], bool partial, FILE *to)
{
    json_t *merged = resource("merged", PW_SWEEP_MERGED, "every world of every point under every scenario, one row each", sha256[0], merged_fields(sweep));
    json_t *summary = resource("summary", PW_SWEEP_SUMMARY, "every measure at every point under every scenario, one row each", sha256[1],
                               summary_fields(sweep));
    json_t *points = resource("points", PW_SWEEP_POINTS, "every point of the design in its order, one row each: the means of every measure", sha256[2],
                              points_fields(sweep));
    json_t *root = json_pack("{s:s, s:s, s:s, s:b, s:[o, o, o]}", "profile", "tabular-data-package", "name", "pathways-sweep", "title",
                             sweep->file.title ? sweep->file.title : "a sweep of pathways", "partial", partial, "resources", merged, summary, points);
    if (!root)
        return PW_ERROR_MEMORY;
    json_dumpf(root, to, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    putc('\n', to);
    json_decref(root);
    return PW_OK;
}
