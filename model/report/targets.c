#include "targets.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/table.h"
#include "columns.h"

/* ---- reading ---- */

typedef struct { const char *key; bool required, number; size_t at; } setting_t;

static const setting_t keys[] = {
    { "name", true, false, offsetof(pw_target_t, name) },        { "title", true, false, offsetof(pw_target_t, title) },
    { "measure", true, false, offsetof(pw_target_t, measure) },  { "subgroup", false, false, offsetof(pw_target_t, subgroup) },
    { "divided_by", false, false, offsetof(pw_target_t, divided_by) }, { "study", true, false, offsetof(pw_target_t, study) },
    { "kind", true, false, offsetof(pw_target_t, kind) },        { "source", true, false, offsetof(pw_target_t, source) },
    { "low", false, true, offsetof(pw_target_t, low) },          { "high", false, true, offsetof(pw_target_t, high) },
};
enum { N_KEYS = sizeof keys / sizeof keys[0] };

static const setting_t *key_of(const char *name)
{
    for (int i = 0; i < N_KEYS; i++)
        if (strcmp(keys[i].key, name) == 0)
            return &keys[i];
    return NULL;
}

static void unknown_key(const pw_node_t *node, pw_findings_t *findings)
{
    const char *names[N_KEYS];
    for (int i = 0; i < N_KEYS; i++)
        names[i] = keys[i].key;
    int nearest = pw_text_nearest(node->name, names, N_KEYS);
    pw_findings_add(findings, node->file, node->line, "targets", "there is no setting \"%s\" here%s%s", node->name,
                    nearest < 0 ? "" : "; did you mean ", nearest < 0 ? "" : names[nearest]);
}

static void read_key(const pw_node_t *node, pw_target_t *out, pw_findings_t *findings)
{
    const setting_t *key = key_of(node->name);
    if (!key) {
        unknown_key(node, findings);
        return;
    }
    bool is_number = node->kind == PW_NODE_REAL || node->kind == PW_NODE_INTEGER;
    if (key->number ? !is_number : node->kind != PW_NODE_TEXT) {
        pw_findings_add(findings, node->file, node->line, "targets", "%s must be %s", key->key, key->number ? "a number" : "a text");
        return;
    }
    char *field = (char *)out + key->at;
    if (key->number)
        memcpy(field, &node->real, sizeof node->real);
    else
        memcpy(field, &node->text, sizeof node->text);
}

static void check_words(const pw_node_t *node, const pw_target_t *target, pw_findings_t *findings)
{
    static const char *const kinds[] = { "fitted", "built in", "checked", "external", "free" };
    bool kind = !target->kind, subgroup = !target->subgroup;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        kind = kind || strcmp(target->kind, kinds[i]) == 0;
    for (int g = 0; g < PW_SUBGROUP_N; g++)
        subgroup = subgroup || strcmp(target->subgroup, pw_subgroup_name(g)) == 0;
    if (!kind)
        pw_findings_add(findings, node->file, node->line, "targets", "kind is \"%s\"; allowed: fitted, built in, checked, external, free", target->kind);
    if (!subgroup)
        pw_findings_add(findings, node->file, node->line, "targets", "there is no subgroup \"%s\"", target->subgroup);
}

static void read_target(const pw_node_t *node, pw_target_t *out, pw_findings_t *findings)
{
    *out = (pw_target_t){ .low = NAN, .high = NAN };
    for (int i = 0; i < node->n; i++)
        read_key(node->child[i], out, findings);
    for (int i = 0; i < N_KEYS; i++)
        if (keys[i].required && !pw_tree_child(node, keys[i].key))
            pw_findings_add(findings, node->file, node->line, "targets", "a target has no %s", keys[i].key);
    check_words(node, out, findings);
}

pw_status_t pw_targets_read(pw_targets_t *self, const char *file, pw_findings_t *findings)
{
    size_t before = findings->n;
    pw_status_t status = pw_tree_read(file, &self->tree, findings);
    if (status != PW_OK)
        return status;
    const pw_node_t *list = pw_tree_child(self->tree, "targets");
    if (!list || list->kind != PW_NODE_LIST) {
        pw_findings_add(findings, file, 1, "targets", "there must be a list \"targets\"");
        return PW_ERROR_INPUT;
    }
    self->target = pw_alloc((size_t)list->n, sizeof self->target[0]);
    if (!self->target)
        return PW_ERROR_MEMORY;
    for (int i = 0; i < list->n; i++) {
        if (list->child[i]->kind == PW_NODE_GROUP)
            read_target(list->child[i], &self->target[self->n++], findings);
        else
            pw_findings_add(findings, list->child[i]->file, list->child[i]->line, "targets", "a target must be a group { ... }");
    }
    return findings->n == before ? PW_OK : PW_ERROR_INPUT;
}

void pw_targets_free(pw_targets_t *self)
{
    if (self->tree)
        pw_tree_free(self->tree);
    pw_free(self->target);
    *self = (pw_targets_t){ 0 };
}

/* ---- beside the model ---- */

static int subgroup_of(const pw_target_t *self)
{
    for (int g = 0; self->subgroup && g < PW_SUBGROUP_N; g++)
        if (strcmp(self->subgroup, pw_subgroup_name(g)) == 0)
            return g;
    return PW_SUBGROUP_all;
}

static double mean_of(const pw_run_t *run, const char *name, int subgroup, double *room)
{
    int measure = pw_catalogue_find(&run->catalogue, name);
    int64_t row = measure < 0 ? -1 : pw_ledger_row(&run->ledger, measure, run->roster.n_areas, subgroup);
    return row < 0 ? NAN : pw_ledger_summary(&run->ledger, 0, row, false, room).mean;
}

double pw_target_value(const pw_target_t *self, const pw_run_t *run, double *room)
{
    double value = mean_of(run, self->measure, subgroup_of(self), room);
    if (!self->divided_by)
        return value;
    double by = mean_of(run, self->divided_by, PW_SUBGROUP_all, room);
    return by > 0.0 ? value / by : NAN;
}

const char *pw_target_unit(const pw_target_t *self, const pw_run_t *run)
{
    int measure = pw_catalogue_find(&run->catalogue, self->measure);
    return self->divided_by ? "ratio" : measure < 0 ? "" : run->catalogue.measure[measure].definition->unit;
}

enum pw_inside pw_target_inside(const pw_target_t *self, double value)
{
    if (isnan(value) || (isnan(self->low) && isnan(self->high)))
        return PW_INSIDE_UNKNOWN;
    return (isnan(self->low) || value >= self->low) && (isnan(self->high) || value <= self->high) ? PW_INSIDE_YES : PW_INSIDE_NO;
}

static const char *inside_word(enum pw_inside inside)
{
    return inside == PW_INSIDE_YES ? "yes" : inside == PW_INSIDE_NO ? "no" : NULL;
}

void pw_targets_csv(const pw_targets_t *self, const pw_run_t *run, double *room, FILE *to)
{
    pw_csv_t csv = { .to = to };
    pw_columns_header(&csv, "targets.csv");
    pw_csv_end(&csv);
    for (int i = 0; i < self->n; i++) {
        const pw_target_t *target = &self->target[i];
        double value = pw_target_value(target, run, room);
        pw_csv_text(&csv, target->name);
        pw_csv_text(&csv, target->measure);
        pw_csv_text(&csv, target->study);
        pw_csv_number(&csv, target->low);
        pw_csv_number(&csv, target->high);
        pw_csv_number(&csv, value);
        pw_csv_text(&csv, pw_target_unit(target, run));
        pw_csv_text(&csv, target->kind);
        pw_csv_text(&csv, inside_word(pw_target_inside(target, value)));
        pw_csv_text(&csv, target->source);
        pw_csv_end(&csv);
    }
}

pw_status_t pw_targets_print(const pw_targets_t *self, const pw_run_t *run, double *room, FILE *to)
{
    pw_table_t table = { 0 };
    static const char *const head[] = { "The study beside the model", "study", "model", "kind", "agrees" };
    for (int i = 0; i < 5; i++)
        pw_table_cell(&table, i == 2 ? PW_RIGHT : PW_LEFT, "%s", head[i]);
    pw_table_end_row(&table);
    pw_table_rule(&table);
    for (int i = 0; i < self->n; i++) {
        char number[PW_NUMBER_ROOM];
        const pw_target_t *target = &self->target[i];
        double value = pw_target_value(target, run, room);
        const char *unit = pw_target_unit(target, run), *inside = inside_word(pw_target_inside(target, value));
        pw_table_cell(&table, PW_LEFT, "%s", target->title);
        pw_table_cell(&table, PW_LEFT, "%s", target->study);
        pw_table_cell(&table, PW_RIGHT, "%s%s", pw_number_significant(value, 3, number), unit[0] == '%' && !isnan(value) ? " %" : "");
        pw_table_cell(&table, PW_LEFT, "%s", target->kind);
        pw_table_cell(&table, PW_LEFT, "%s", inside ? inside : "");
        pw_table_end_row(&table);
    }
    pw_status_t status = pw_table_print(&table, to);
    pw_table_free(&table);
    return status;
}
