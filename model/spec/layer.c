/* layer.c: what a scenario changes, laid over its base. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/memory.h"
#include "source.h"
#include "tree.h"

enum { MAX_BASES = 16 };

typedef struct {
    pw_node_t *root;
    pw_findings_t *findings;
    pw_status_t status;
} layer_t;

static void free_child(pw_node_t *parent, int i)
{
    pw_tree_free(parent->child[i]);
    memmove(parent->child + i, parent->child + i + 1, (size_t)(parent->n - i - 1) * sizeof(pw_node_t *));
    parent->n--;
}

static void drop(pw_node_t *group, const char *name)
{
    for (int i = group->n - 1; i >= 0; i--)
        if (group->child[i]->name && strcmp(group->child[i]->name, name) == 0)
            free_child(group, i);
}

/* ---- laying over ---- */

static void append(layer_t *self, pw_node_t *under, const pw_node_t *over)
{
    if (!pw_tree_add(under, pw_tree_graft(self->root, over)))
        self->status = PW_ERROR_MEMORY;
}

static void replace(layer_t *self, pw_node_t **under, const pw_node_t *over)
{
    pw_node_t *copy = pw_tree_graft(self->root, over);
    if (!copy) {
        self->status = PW_ERROR_MEMORY;
        return;
    }
    pw_tree_free(*under);
    *under = copy;
}

/* Every element has a key: only then can they be found. */
static bool is_keyed(const pw_node_t *list)
{
    char key[PW_TREE_PATH];
    for (int i = 0; i < list->n; i++)
        if (!pw_tree_key(list->child[i], key, sizeof key))
            return false;
    return true;
}

/* Whether `over` changes elements of `under` one by one. Values and lists without keys (a schedule) replace; so does ( ). */
static bool merges(const pw_node_t *under, const pw_node_t *over)
{
    if (under->kind != PW_NODE_LIST || over->kind != PW_NODE_LIST || over->n == 0 || !is_keyed(under))
        return false;
    bool groups = true;
    for (int i = 0; i < over->n; i++)
        groups = groups && over->child[i]->kind == PW_NODE_GROUP;
    return under->n > 0 ? groups : is_keyed(over);
}

static int find_key(const pw_node_t *list, const char *key)
{
    char other[PW_TREE_PATH];
    for (int i = 0; i < list->n; i++)
        if (pw_tree_key(list->child[i], other, sizeof other) && strcmp(other, key) == 0)
            return i;
    return -1;
}

static bool asks_removal(const pw_node_t *element)
{
    const pw_node_t *remove = pw_tree_child(element, "remove");
    return remove && remove->kind == PW_NODE_BOOL && remove->boolean;
}

/* `remove = true` stands with the key alone; other settings beside it would be lost in silence. */
static void check_removal(layer_t *self, const pw_node_t *list, const pw_node_t *element, const char *key)
{
    static const char *const beside[] = { "remove", "name", "event", "at", "payer", "on", "during", "to", "year" };
    char path[2 * PW_TREE_PATH];
    pw_tree_path(self->root, list, path, PW_TREE_PATH);
    size_t n = strlen(path);
    snprintf(path + n, sizeof path - n, ".%s", key);
    for (int i = 0; i < element->n; i++) {
        bool known = false;
        for (size_t j = 0; j < sizeof beside / sizeof beside[0]; j++)
            known = known || strcmp(element->child[i]->name, beside[j]) == 0;
        if (!known)
            pw_findings_add(self->findings, element->child[i]->file, element->child[i]->line, path,
                            "\"%s\" stands beside remove = true, which takes the whole element out; keep one of the two", element->child[i]->name);
    }
}

static void layer_group(layer_t *self, pw_node_t *under, const pw_node_t *over);

static void layer_element(layer_t *self, pw_node_t *list, const pw_node_t *over, bool whole)
{
    char key[PW_TREE_PATH], path[PW_TREE_PATH];
    if (!pw_tree_key(over, key, sizeof key)) {
        pw_tree_path(self->root, list, path, sizeof path);
        pw_findings_add(self->findings, over->file, over->line, path,
                        "this element does not say which one it is: it has no name (or event, at, payer, on, to)");
        return;
    }
    int at = find_key(list, key);
    if (at < 0 || (list->child[at]->removed && asks_removal(over))) {
        append(self, list, over); /* a removal of what is not there is found by check_removals */
        return;
    }
    pw_node_t *under = list->child[at];
    if (asks_removal(over)) {
        check_removal(self, list, over, key);
        under->removed = true;
        if (!pw_tree_place(self->root, under, over->file, over->line))
            self->status = PW_ERROR_MEMORY;
    } else if (whole || under->removed) {
        replace(self, &list->child[at], over);
    } else {
        layer_group(self, under, over);
    }
}

static void layer_group(layer_t *self, pw_node_t *under, const pw_node_t *over)
{
    for (int i = 0; i < over->n && self->status == PW_OK; i++) {
        const pw_node_t *from = over->child[i];
        pw_node_t **to = NULL;
        for (int j = 0; j < under->n && !to; j++)
            if (strcmp(under->child[j]->name, from->name) == 0)
                to = &under->child[j];
        if (!to) {
            append(self, under, from);
        } else if ((*to)->kind == PW_NODE_GROUP && from->kind == PW_NODE_GROUP) {
            layer_group(self, *to, from);
        } else if (merges(*to, from)) {
            bool atoms = under == self->root && strcmp(from->name, "evidence") == 0;
            for (int j = 0; j < from->n && self->status == PW_OK; j++)
                layer_element(self, *to, from->child[j], atoms);
        } else {
            replace(self, to, from);
        }
    }
}

static void refuse_removal(layer_t *self, const pw_node_t *list, int i, const pw_node_t *remove, const char *path)
{
    char label[PW_TREE_PATH], near[PW_TREE_PATH];
    pw_tree_label(list, i, label, sizeof label);
    bool found = pw_tree_nearest(list, list->child[i], label, near, sizeof near);
    pw_findings_add(self->findings, remove->file, remove->line, path, "remove = true, but there is no such element to take out%s%s%s",
                    found ? " (did you mean \"" : "", found ? near : "", found ? "\"?)" : "");
}

/* What is left of `remove` met nothing that it could take out. */
static void check_removals(layer_t *self, pw_node_t *node)
{
    char path[PW_TREE_PATH];
    for (int i = 0; i < node->n; i++) {
        pw_node_t *child = node->child[i];
        const pw_node_t *remove = node->kind == PW_NODE_LIST ? pw_tree_child(child, "remove") : NULL;
        if (remove) {
            pw_tree_path(self->root, child, path, sizeof path);
            if (remove->kind != PW_NODE_BOOL)
                pw_findings_add(self->findings, remove->file, remove->line, path, "remove is true or false, nothing else");
            else if (remove->boolean)
                refuse_removal(self, node, i, remove, path);
            child->removed = child->removed || asks_removal(child);
            child->refused = true;
            drop(child, "remove");
        }
        check_removals(self, child);
    }
}

pw_status_t pw_tree_layer(pw_node_t *under, const pw_node_t *over, pw_findings_t *findings)
{
    layer_t self = { .root = under, .findings = findings };
    layer_group(&self, under, over);
    if (self.status == PW_OK)
        check_removals(&self, under);
    return self.status;
}

/* ---- a scenario and its bases ---- */

typedef struct {
    int n; /* trees read: [0] the scenario, [n - 1] the bottom */
    pw_node_t *tree[MAX_BASES];
    struct {
        dev_t device;
        ino_t inode;
    } file[MAX_BASES];
    pw_status_t status;
} chain_t;

static bool is_circle(const chain_t *self, const struct stat *about)
{
    for (int i = 0; i < self->n; i++)
        if (self->file[i].device == about->st_dev && self->file[i].inode == about->st_ino)
            return true;
    return false;
}

/* Reads `file` on to the chain; `base` is the setting that names it, NULL for the scenario itself. */
static void read_one(chain_t *self, const char *file, const pw_node_t *base, pw_findings_t *findings)
{
    struct stat about = { 0 };
    const char *why = NULL;
    bool found = stat(file, &about) == 0;
    if (base && !found)
        why = "there is no such file";
    else if (base && is_circle(self, &about))
        why = "the file is its own base, straight or by way of others";
    else if (self->n == MAX_BASES)
        why = "more than 16 files stand on one another";
    if (why) {
        pw_findings_add(findings, base ? base->file : file, base ? base->line : 0, "base", "\"%s\": %s", file, why);
        self->status = PW_ERROR_INPUT;
        return;
    }
    self->status = pw_tree_read(file, &self->tree[self->n], findings);
    if (self->status == PW_OK) {
        self->file[self->n].device = about.st_dev;
        self->file[self->n++].inode = about.st_ino;
    }
}

static void read_chain(chain_t *self, const char *file, pw_findings_t *findings)
{
    read_one(self, file, NULL, findings);
    while (self->status == PW_OK) {
        const pw_node_t *base = pw_tree_child(self->tree[self->n - 1], "base");
        if (!base)
            return;
        if (base->kind != PW_NODE_TEXT) {
            pw_findings_add(findings, base->file, base->line, "base", "base is the name of a file in quotes: base = \"../params/baseline.cfg\";");
            self->status = PW_ERROR_INPUT;
            return;
        }
        char *path = pw_source_beside(base->file, base->text);
        if (path)
            read_one(self, path, base, findings);
        else
            self->status = PW_ERROR_MEMORY;
        pw_free(path);
    }
}

static pw_status_t lay_all(chain_t *chain, pw_node_t *out, pw_node_t **baseline, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    for (int i = chain->n - 1; i >= 0 && status == PW_OK; i--) {
        drop(chain->tree[i], "base");
        status = pw_tree_layer(out, chain->tree[i], findings);
        if (status == PW_OK && baseline && i == chain->n - 1 && !(*baseline = pw_tree_copy(out)))
            status = PW_ERROR_MEMORY;
    }
    return status;
}

pw_status_t pw_tree_read_layered(const char *file, const char *const *sets, int n_sets, pw_node_t **out, pw_node_t **baseline,
                                 pw_findings_t *findings)
{
    chain_t chain = { 0 };
    *out = NULL;
    if (baseline)
        *baseline = NULL;
    read_chain(&chain, file, findings);
    pw_status_t status = chain.status;
    if (status == PW_OK && !(*out = pw_tree_new(NULL, PW_NODE_GROUP, NULL, file, 0)))
        status = PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = lay_all(&chain, *out, baseline, findings);
    for (int i = 0; i < n_sets && status == PW_OK; i++)
        status = pw_tree_set(*out, sets[i], findings);
    for (int i = 0; i < chain.n; i++)
        pw_tree_free(chain.tree[i]);
    if (status != PW_OK) {
        pw_tree_free(*out);
        *out = NULL;
        if (baseline) {
            pw_tree_free(*baseline);
            *baseline = NULL;
        }
    }
    return status;
}
