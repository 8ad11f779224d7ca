#include "spec.h"

#include <string.h>

#include "../base/memory.h"
#include "centres.h"
#include "check.h"
#include "schema.h"
#include "source.h"

/* "scenarios/joint_screening.cfg" -> "joint_screening" */
static char *stem(const char *file)
{
    const char *slash = strrchr(file, '/'), *begin = slash ? slash + 1 : file;
    size_t n = strlen(begin);
    return pw_strndup(begin, n > 4 && strcmp(begin + n - 4, ".cfg") == 0 ? n - 4 : n);
}

/* What no table and no other reader has read. */
static void refuse_unread(pw_reader_t *reader, const pw_node_t *node)
{
    for (int i = 0; i < node->n; i++) {
        if (!node->child[i]->used)
            pw_finding_at(reader, node->child[i], "Nothing reads `%s` here.", node->child[i]->name ? node->child[i]->name : "this");
        else
            refuse_unread(reader, node->child[i]);
    }
}

static pw_status_t fill(pw_spec_t *self, bool for_pilot, pw_findings_t *findings)
{
    pw_reader_t reader = { .spec = self, .findings = findings, .thing = -1, .index = -1 };
    pw_names_gather(&reader);
    pw_status_t status = pw_evidence_read(self->tree, &self->evidence, findings);
    if (status == PW_ERROR_MEMORY)
        return status;
    pw_schema_defaults(&pw_schema_root, self);
    pw_schema_read(&reader, self->tree, &pw_schema_root, self);
    pw_centres_read(&reader);
    refuse_unread(&reader, self->tree);
    if (reader.status)
        return reader.status;
    self->name = self->given_name ? pw_strdup(self->given_name) : stem(self->file);
    if (!self->name)
        return PW_ERROR_MEMORY;
    pw_spec_check(self, for_pilot, findings);
    return findings->out_of_memory ? PW_ERROR_MEMORY : PW_OK;
}

/* Refuses the last base of the chain that begins with `file`, where it is named. PW_OK: the file names none. */
static pw_status_t refuse_base(const char *file, pw_findings_t *findings)
{
    pw_node_t *tree = NULL;
    pw_status_t status = pw_tree_read(file, &tree, findings);
    const pw_node_t *base = status == PW_OK ? pw_tree_child(tree, "base") : NULL;
    char *path = base ? pw_source_beside(base->file, base->text) : NULL;
    pw_node_t *next = NULL;
    if (base && !path)
        status = PW_ERROR_MEMORY;
    if (path)
        status = pw_tree_read(path, &next, findings);
    if (next && pw_tree_child(next, "base"))
        status = refuse_base(path, findings);
    else if (next)
        pw_findings_add(findings, base->file, base->line, "base", "\"%s\": it is no baseline, for it has no areas; write base = \"../params/baseline.cfg\"; or "
                        "name another scenario", path);
    bool refused = next != NULL;
    pw_tree_free(next);
    pw_tree_free(tree);
    pw_free(path);
    return status == PW_OK && refused ? PW_ERROR_INPUT : status;
}

static pw_status_t load(const char *file, const char *const *sets, int n_sets, bool for_pilot, pw_spec_t **out, pw_findings_t *findings)
{
    pw_node_t *tree = NULL, *base = NULL;
    *out = NULL;
    pw_status_t status = pw_tree_read_layered(file, sets, n_sets, &tree, &base, findings);
    if (status == PW_OK && !pw_tree_child(tree, "areas"))
        status = refuse_base(file, findings);
    pw_spec_t *self = status ? NULL : pw_alloc(1, sizeof *self);
    if (!self) {
        pw_tree_free(tree);
        pw_tree_free(base);
        return status ? status : PW_ERROR_MEMORY;
    }
    self->tree = tree;
    self->base_tree = base;
    self->file = pw_strdup(file);
    status = self->file ? fill(self, for_pilot, findings) : PW_ERROR_MEMORY;
    if (status) {
        pw_spec_free(self);
        return status;
    }
    *out = self;
    return PW_OK;
}

pw_status_t pw_spec_load(const char *file, const char *const *sets, int n_sets, pw_spec_t **out, pw_findings_t *findings)
{
    return load(file, sets, n_sets, false, out, findings);
}

pw_status_t pw_spec_load_for_pilot(const char *file, const char *const *sets, int n_sets, pw_spec_t **out, pw_findings_t *findings)
{
    return load(file, sets, n_sets, true, out, findings);
}

pw_status_t pw_spec_copy(const pw_spec_t *self, pw_spec_t **out)
{
    pw_findings_t none = { 0 };
    pw_spec_t *copy = pw_alloc(1, sizeof *copy);
    *out = copy;
    if (!copy)
        return PW_ERROR_MEMORY;
    copy->tree = pw_tree_copy(self->tree);
    copy->base_tree = self->base_tree ? pw_tree_copy(self->base_tree) : NULL;
    copy->file = pw_strdup(self->file);
    pw_status_t status = copy->tree && copy->file && (copy->base_tree || !self->base_tree) ? fill(copy, false, &none) : PW_ERROR_MEMORY;
    pw_findings_free(&none);
    if (status != PW_OK) {
        pw_spec_free(copy);
        *out = NULL;
    }
    return status;
}

void pw_spec_free(pw_spec_t *self)
{
    if (!self)
        return;
    pw_schema_free(&pw_schema_root, self);
    pw_evidence_free(&self->evidence);
    pw_tree_free(self->tree);
    pw_tree_free(self->base_tree);
    pw_free(self->name);
    pw_free(self->file);
    pw_free(self);
}

int pw_spec_areas(const pw_spec_t *self) { return self->areas.n; }

const char *pw_spec_area_name(const pw_spec_t *self, int area) { return self->areas.item[area].is.name; }

double pw_setting_value(const pw_setting_t *self, const pw_values_t *values, int area)
{
    double value = self->estimate[area] < 0 ? self->number[area] : pw_values_get(values, self->estimate[area], area);
    return value < self->low ? self->low : value > self->high ? self->high : value;
}
