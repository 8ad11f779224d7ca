#include "evidence.h"

#include <string.h>

#include "../base/memory.h"
#include "register.h"
#include "schema.h"

/* ---- sources and deflators ---- */

/* The list of that name if it is one; its elements that are no groups are refused. */
static pw_node_t *list_of_groups(pw_register_t *self, const char *name)
{
    for (int i = 0; i < self->root->n; i++) {
        pw_node_t *list = self->root->child[i];
        if (strcmp(list->name, name) != 0)
            continue;
        pw_tree_mark_used(list);
        if (list->kind != PW_NODE_LIST) {
            pw_register_refuse(self, list, "a list is wanted here: %s = ( { ... }, { ... } );", name);
            return NULL;
        }
        for (int j = 0; j < list->n; j++)
            if (list->child[j]->kind != PW_NODE_GROUP)
                pw_register_refuse(self, list->child[j], "a group in { } is wanted here");
        return list;
    }
    return NULL;
}

static void check_sources(pw_register_t *self)
{
    int year;
    for (int i = 0; self->sources && i < self->sources->n; i++) {
        const pw_node_t *source = self->sources->child[i];
        if (source->kind != PW_NODE_GROUP || source->removed)
            continue;
        pw_register_check_schema(self, source, &pw_schema_sources);
        const char *name = pw_register_read_text(self, source, "name");
        if (!name)
            pw_register_refuse(self, source, "the source has no name");
        else if (strcmp(name, "none") == 0)
            pw_register_refuse(self, source, "a source cannot be called \"none\"");
        if (!pw_register_read_text(self, source, "title") && !pw_tree_child(source, "title"))
            pw_register_refuse(self, source, "the source has no title");
        pw_register_read_text(self, source, "authors");
        pw_register_read_text(self, source, "address");
        pw_register_read_text(self, source, "note");
        pw_register_read_year(self, source, "year", &year);
    }
}

static void check_deflators(pw_register_t *self)
{
    int year;
    double index;
    for (int i = 0; self->deflators && i < self->deflators->n; i++) {
        const pw_node_t *entry = self->deflators->child[i];
        if (entry->kind != PW_NODE_GROUP || entry->removed)
            continue;
        pw_register_check_schema(self, entry, &pw_schema_deflators);
        if (!pw_register_read_year(self, entry, "year", &year) && !pw_tree_child(entry, "year"))
            pw_register_refuse(self, entry, "the deflator has no year");
        if (pw_register_read_number(self, entry, "index", &index) && !(index > 0.0))
            pw_register_refuse(self, pw_tree_child(entry, "index"), "%.10g is no price index; allowed: above 0", index);
        else if (!pw_tree_child(entry, "index"))
            pw_register_refuse(self, entry, "the deflator has no index");
    }
}

/* The schema asks for the price year; here it is only used. */
static void read_run_year(pw_register_t *self)
{
    const pw_node_t *money = pw_tree_child(self->root, "money");
    const pw_node_t *year = money ? pw_tree_child(money, "price_year") : NULL;
    if (!year || !pw_register_is_number(year) || !(year->real >= 1900.0 && year->real <= 2100.0))
        return;
    self->run_year = year;
    self->out->price_year = (int)year->real;
    self->run_index = pw_register_index(self->deflators, self->out->price_year);
}

pw_status_t pw_evidence_read(pw_node_t *root, pw_evidence_t *out, pw_findings_t *findings)
{
    pw_register_t self = { .root = root, .findings = findings, .out = out };
    *out = (pw_evidence_t){ 0 };
    self.areas = pw_tree_child(root, "areas");
    self.sources = list_of_groups(&self, "sources");
    self.deflators = list_of_groups(&self, "deflators");
    pw_node_t *list = list_of_groups(&self, "evidence");
    check_sources(&self);
    check_deflators(&self);
    read_run_year(&self);
    if (!list)
        return self.status;
    if (!(out->estimate = pw_alloc((size_t)list->n, sizeof *out->estimate)))
        return PW_ERROR_MEMORY;
    for (int i = 0; i < list->n && self.status == PW_OK; i++) {
        if (list->child[i]->kind != PW_NODE_GROUP || list->child[i]->removed)
            continue;
        pw_register_read_estimate(&self, list->child[i], &out->estimate[out->n++]);
    }
    if (self.status != PW_OK)
        pw_evidence_free(out);
    return self.status;
}

int pw_evidence_find(const pw_evidence_t *self, const char *name)
{
    for (int i = 0; i < self->n; i++)
        if (strcmp(self->estimate[i].name, name) == 0)
            return i;
    return -1;
}

void pw_evidence_free(pw_evidence_t *self)
{
    for (int i = 0; i < self->n; i++) {
        pw_estimate_t *e = &self->estimate[i];
        for (int j = 0; j < e->n_by_area && e->area; j++)
            pw_free(e->area[j]);
        pw_free(e->area);
        pw_free(e->area_value);
        pw_free(e->name);
        pw_free(e->source);
        pw_free(e->note);
        pw_free(e->audit);
    }
    pw_free(self->estimate);
    *self = (pw_evidence_t){ 0 };
}
