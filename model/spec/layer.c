/* layer.c: what a scenario changes, laid over its base. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/file.h"
#include "../base/memory.h"
#include "source.h"
#include "tree.h"

enum { MAX_BASES = 16 };

typedef struct {
    pw_node_t *root;
    pw_findings_t *findings;
    bool is_second; /* of several files that are combined: another may have taken the same thing out */
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
    if (at >= 0 && self->is_second && list->child[at]->removed && asks_removal(over))
        return;
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

/* The things that others name (services, teams, stages ...): without all of them, next to nothing else in the base would still be right. */
static bool holds_things(const layer_t *self, const pw_node_t *parent, const pw_node_t *list)
{
    return parent == self->root && list->kind == PW_NODE_LIST && list->n > 0 && is_keyed(list) && pw_tree_child(list->child[0], "name");
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
        } else if (holds_things(self, under, *to)) {
            pw_findings_add(self->findings, from->file, from->line, from->name,
                            "this is no list of groups, ( { name = ..; }, { name = ..; } ); each group changes or adds one, or takes one "
                            "out with remove = true");
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

static pw_status_t lay(pw_node_t *under, const pw_node_t *over, bool is_second, pw_findings_t *findings)
{
    layer_t self = { .root = under, .findings = findings, .is_second = is_second };
    layer_group(&self, under, over);
    if (self.status == PW_OK)
        check_removals(&self, under);
    return self.status;
}

pw_status_t pw_tree_layer(pw_node_t *under, const pw_node_t *over, pw_findings_t *findings) { return lay(under, over, false, findings); }

/* ---- a scenario, its bases, and what each combines ---- */

/* A file that was read, with the files that it combines. */
typedef struct part {
    pw_node_t *tree;
    dev_t device;
    ino_t inode;
    const struct part *parent; /* the file that combines it; NULL: none does */
    int n;
    struct part *part;
} part_t;

typedef struct {
    int n; /* files read: [0] the scenario, [n - 1] the bottom */
    part_t file[MAX_BASES];
    pw_status_t status;
} chain_t;

static void free_part(part_t *self)
{
    for (int i = 0; i < self->n; i++)
        free_part(&self->part[i]);
    pw_free(self->part);
    pw_tree_free(self->tree);
}

static void refuse(chain_t *self, const pw_node_t *node, const char *path, const char *file, const char *why, pw_findings_t *findings)
{
    pw_findings_add(findings, node ? node->file : file, node ? node->line : 0, path, "\"%s\": %s", file, why);
    self->status = PW_ERROR_INPUT;
}

static bool is_same(const part_t *part, const struct stat *about) { return part->device == about->st_dev && part->inode == about->st_ino; }

static bool is_circle(const chain_t *self, const struct stat *about)
{
    for (int i = 0; i < self->n; i++)
        if (is_same(&self->file[i], about))
            return true;
    return false;
}

/* ---- reading what a file combines ---- */

/* The file that `tree` stands on; false: it names none, or none that is there. */
static bool stat_base(chain_t *self, const pw_node_t *tree, struct stat *about)
{
    const pw_node_t *base = pw_tree_child(tree, "base");
    if (!base || base->kind != PW_NODE_TEXT)
        return false;
    char *path = pw_source_beside(base->file, base->text);
    bool found = path && stat(path, about) == 0;
    if (!path)
        self->status = PW_ERROR_MEMORY;
    pw_free(path);
    return found;
}

static const char *why_not_combined(chain_t *self, const part_t *owner, const struct stat *about)
{
    int above = 0;
    for (const part_t *part = owner; part; part = part->parent, above++)
        if (is_same(part, about))
            return "the file combines itself, straight or by way of others";
    if (above == MAX_BASES)
        return "more than 16 files combine one another";
    return is_circle(self, about) ? "the file is a base of the one that combines it" : NULL;
}

static void read_combined(chain_t *self, part_t *owner, pw_findings_t *findings);

/* Reads `file`, which `owner` names at `node`, into the next of its parts. */
static void read_part(chain_t *self, part_t *owner, const char *file, const pw_node_t *node, pw_findings_t *findings)
{
    static const char *const own[] = { "name", "title", "rationale", "source" };
    struct stat about = { 0 }, base = { 0 }, other = { 0 };
    char near[700], none[800];
    bool found = stat(file, &about) == 0;
    snprintf(none, sizeof none, "there is no such file%s", found ? "" : pw_file_nearest(file, near, sizeof near));
    const char *why = !found ? none : why_not_combined(self, owner, &about);
    if (why) {
        refuse(self, node, "combine", file, why, findings);
        return;
    }
    part_t *part = &owner->part[owner->n];
    *part = (part_t){ .device = about.st_dev, .inode = about.st_ino, .parent = owner };
    self->status = pw_tree_read(file, &part->tree, findings);
    if (self->status != PW_OK)
        return;
    owner->n++;
    bool known = stat_base(self, part->tree, &base) && stat_base(self, owner->tree, &other);
    if (self->status == PW_OK && (!known || base.st_dev != other.st_dev || base.st_ino != other.st_ino)) {
        const pw_node_t *at = pw_tree_child(part->tree, "base");
        refuse(self, at ? at : node, at ? "base" : "combine", file, "files that are combined stand on one base, which the file that combines them names too",
               findings);
        return;
    }
    if (self->status == PW_OK)
        read_combined(self, part, findings);
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        drop(part->tree, own[i]); /* each file says of itself what it is: the one that combines them has its own words */
}

static void read_combined(chain_t *self, part_t *owner, pw_findings_t *findings)
{
    const pw_node_t *list = pw_tree_child(owner->tree, "combine");
    if (!list)
        return;
    bool texts = list->kind == PW_NODE_LIST && list->n > 0;
    for (int i = 0; texts && i < list->n; i++)
        texts = list->child[i]->kind == PW_NODE_TEXT;
    if (!texts || !pw_tree_child(owner->tree, "base")) {
        pw_findings_add(findings, list->file, list->line, "combine", "%s",
                        texts ? "what is combined is laid over a base, and this file names none: base = \"../params/baseline.cfg\";"
                              : "combine is a list of files in quotes: combine = ( \"one.cfg\", \"two.cfg\" );");
        self->status = PW_ERROR_INPUT;
        return;
    }
    if (!(owner->part = pw_alloc((size_t)list->n, sizeof *owner->part)))
        self->status = PW_ERROR_MEMORY;
    for (int i = 0; i < list->n && self->status == PW_OK; i++) {
        char *path = pw_source_beside(list->child[i]->file, list->child[i]->text);
        if (path)
            read_part(self, owner, path, list->child[i], findings);
        else
            self->status = PW_ERROR_MEMORY;
        pw_free(path);
    }
    drop(owner->tree, "combine");
}

/* ---- reading ---- */

/* Reads `file` on to the chain; `base` is the setting that names it, NULL for the scenario itself. */
static void read_one(chain_t *self, const char *file, const pw_node_t *base, pw_findings_t *findings)
{
    struct stat about = { 0 };
    const char *why = NULL;
    char near[700], none[800];
    bool found = stat(file, &about) == 0;
    snprintf(none, sizeof none, "there is no such file%s; a base is seen from the folder of the file that names it",
             base && !found ? pw_file_nearest(file, near, sizeof near) : "");
    if (base && !found)
        why = strchr(file, '\\') ? "there is no such file; the names of folders are parted by /, as in \"../params/baseline.cfg\""
                                 : none;
    else if (base && S_ISDIR(about.st_mode))
        why = "this is a folder, not a file";
    else if (base && is_circle(self, &about))
        why = "the file is its own base, straight or by way of others";
    else if (self->n == MAX_BASES)
        why = "more than 16 files stand on one another";
    if (why) {
        refuse(self, base, "base", file, why, findings);
        return;
    }
    part_t *part = &self->file[self->n];
    *part = (part_t){ .device = about.st_dev, .inode = about.st_ino };
    self->status = pw_tree_read(file, &part->tree, findings);
    self->n += self->status == PW_OK;
    const pw_node_t *design = self->status == PW_OK ? pw_tree_child(part->tree, "design") : NULL;
    if (design && pw_tree_child(part->tree, "inputs")) {
        pw_findings_add(findings, design->file, design->line, "design",
                        "This is a sweep, not a scenario: pathways sweep plan says what it takes, pathways sweep run runs it.");
        self->status = PW_ERROR_INPUT;
    }
}

static void read_chain(chain_t *self, const char *file, pw_findings_t *findings)
{
    read_one(self, file, NULL, findings);
    while (self->status == PW_OK) {
        const pw_node_t *base = pw_tree_child(self->file[self->n - 1].tree, "base");
        if (!base)
            break;
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
    for (int i = 0; i < self->n && self->status == PW_OK; i++)
        read_combined(self, &self->file[i], findings);
}

/* ---- laying ---- */

static pw_status_t lay_part(part_t *part, pw_node_t *out, bool is_second, pw_findings_t *findings);

/* Lays what `part` combines over `out`, one after the other. Each is laid over the base by itself as well: there it is seen what is wrong in
 * it, and what it sets that another sets differently. */
static pw_status_t lay_combined(part_t *part, pw_node_t *out, bool is_second, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    pw_findings_t said = { 0 };
    pw_node_t *base = pw_tree_copy(out), **alone = pw_alloc((size_t)part->n, sizeof(pw_node_t *));
    if (!base || !alone)
        status = PW_ERROR_MEMORY;
    for (int i = 0; i < part->n && status == PW_OK; i++)
        status = (alone[i] = pw_tree_copy(base)) ? lay_part(&part->part[i], alone[i], is_second, findings) : PW_ERROR_MEMORY;
    for (int i = 0; i < part->n && status == PW_OK; i++)
        for (int j = 0; j < i; j++)
            pw_tree_conflicts(base, alone[j], alone[i], part->tree, findings);
    for (int i = 0; i < part->n && status == PW_OK; i++)
        status = lay_part(&part->part[i], out, true, &said); /* what is wrong has been said above */
    if (status == PW_OK && said.out_of_memory)
        findings->out_of_memory = 1;
    for (int i = 0; alone && i < part->n; i++)
        pw_tree_free(alone[i]);
    pw_free(alone);
    pw_tree_free(base);
    pw_findings_free(&said);
    return status;
}

static pw_status_t lay_part(part_t *part, pw_node_t *out, bool is_second, pw_findings_t *findings)
{
    drop(part->tree, "base");
    pw_status_t status = part->n > 0 ? lay_combined(part, out, is_second, findings) : PW_OK;
    return status == PW_OK ? lay(out, part->tree, is_second, findings) : status;
}

static pw_status_t lay_all(chain_t *chain, pw_node_t *out, pw_node_t **baseline, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    for (int i = chain->n - 1; i >= 0 && status == PW_OK; i--) {
        status = lay_part(&chain->file[i], out, false, findings);
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
        free_part(&chain.file[i]);
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
