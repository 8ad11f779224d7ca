#include "tree.h"

#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/text.h"

/* The root's own copy of a file's name; few files, so a linear search. */
static char *intern(pw_node_t *root, const char *file)
{
    for (int i = 0; i < root->n_files; i++)
        if (strcmp(root->files[i], file) == 0)
            return root->files[i];
    char **files = pw_realloc(root->files, (size_t)root->n_files + 1, sizeof *files);
    if (!files)
        return NULL;
    root->files = files;
    if (!(files[root->n_files] = pw_strdup(file)))
        return NULL;
    return files[root->n_files++];
}

pw_node_t *pw_tree_new(pw_node_t *root, int kind, const char *name, const char *file, int line)
{
    pw_node_t *self = pw_alloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->kind = kind;
    self->line = line;
    if ((name && !(self->name = pw_strdup(name))) || (file && !(self->file = intern(root ? root : self, file)))) {
        pw_tree_free(self);
        return NULL;
    }
    return self;
}

bool pw_tree_place(pw_node_t *root, pw_node_t *node, const char *file, int line)
{
    char *interned = intern(root, file);
    if (!interned)
        return false;
    node->file = interned;
    node->line = line;
    return true;
}

bool pw_tree_add(pw_node_t *parent, pw_node_t *child)
{
    if (!child)
        return false;
    if (parent->n == parent->room) {
        int room = parent->room ? 2 * parent->room : 4;
        pw_node_t **grown = pw_realloc(parent->child, (size_t)room, sizeof(pw_node_t *));
        if (!grown) {
            pw_tree_free(child);
            return false;
        }
        parent->child = grown;
        parent->room = room;
    }
    parent->child[parent->n++] = child;
    return true;
}

pw_node_t *pw_tree_graft(pw_node_t *root, const pw_node_t *self)
{
    pw_node_t *copy = pw_tree_new(root, self->kind, self->name, self->file, self->line);
    if (!copy)
        return NULL;
    copy->integer = self->integer;
    copy->real = self->real;
    copy->boolean = self->boolean;
    copy->removed = self->removed;
    copy->refused = self->refused;
    bool whole = !self->text || (copy->text = pw_strdup(self->text));
    for (int i = 0; i < self->n && whole; i++)
        whole = pw_tree_add(copy, pw_tree_graft(root ? root : copy, self->child[i]));
    if (!whole) {
        pw_tree_free(copy);
        return NULL;
    }
    return copy;
}

pw_node_t *pw_tree_copy(const pw_node_t *self) { return pw_tree_graft(NULL, self); }

void pw_tree_free(pw_node_t *self)
{
    if (!self)
        return;
    for (int i = 0; i < self->n; i++)
        pw_tree_free(self->child[i]);
    for (int i = 0; i < self->n_files; i++)
        pw_free(self->files[i]);
    pw_free(self->files);
    pw_free(self->child);
    pw_free(self->name);
    pw_free(self->text);
    pw_free(self);
}

const pw_node_t *pw_tree_child(const pw_node_t *group, const char *name)
{
    for (int i = 0; group && i < group->n; i++)
        if (group->child[i]->name && strcmp(group->child[i]->name, name) == 0)
            return group->child[i];
    return NULL;
}

void pw_tree_mark_used(pw_node_t *self)
{
    self->used = true;
    for (int i = 0; i < self->n; i++)
        pw_tree_mark_used(self->child[i]);
}

static const char *text_of(const pw_node_t *group, const char *name)
{
    const pw_node_t *child = pw_tree_child(group, name);
    return child && child->kind == PW_NODE_TEXT ? child->text : NULL;
}

bool pw_tree_key(const pw_node_t *element, char *out, size_t room)
{
    /* `event` before `to`: several interruptions of a stage may lead to one place. */
    static const char *const keys[] = { "name", "event", "at", "payer", "on", "to" };
    if (element->kind != PW_NODE_GROUP)
        return false;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const char *text = text_of(element, keys[i]);
        if (!text)
            continue;
        const char *during = strcmp(keys[i], "on") == 0 ? text_of(element, "during") : NULL;
        int n = snprintf(out, room, "%s%s%s", text, during ? "+" : "", during ? during : "");
        return n > 0 && (size_t)n < room;
    }
    const pw_node_t *year = pw_tree_child(element, "year");
    return year && year->kind == PW_NODE_INTEGER && snprintf(out, room, "%lld", (long long)year->integer) < (int)room;
}

void pw_tree_label(const pw_node_t *parent, int i, char *out, size_t room)
{
    const pw_node_t *child = parent->child[i];
    if (child->name)
        snprintf(out, room, "%s", child->name);
    else if (!pw_tree_key(child, out, room))
        snprintf(out, room, "%d", i + 1);
}

bool pw_tree_nearest(const pw_node_t *parent, const pw_node_t *self, const char *given, char *out, size_t room)
{
    int least = 0;
    bool found = false;
    for (int i = 0; i < parent->n; i++) {
        char label[PW_TREE_PATH];
        const char *name = label;
        pw_tree_label(parent, i, label, sizeof label);
        int slips = pw_text_distance(given, label);
        if (parent->child[i] == self || parent->child[i]->removed || pw_text_nearest(given, &name, 1) < 0 || (found && slips >= least))
            continue;
        snprintf(out, room, "%s", label);
        least = slips;
        found = true;
    }
    return found;
}

/* Appends the step from `parent` to its i-th child at out[at]; returns the new length, 0 if it does not fit. */
static size_t append_step(const pw_node_t *parent, int i, char *out, size_t at, size_t room)
{
    char label[PW_TREE_PATH];
    pw_tree_label(parent, i, label, sizeof label);
    int n = snprintf(out + at, room - at, "%s%s", at ? "." : "", label);
    return n > 0 && (size_t)n < room - at ? at + (size_t)n : 0;
}

static bool find(const pw_node_t *from, const pw_node_t *node, char *out, size_t at, size_t room)
{
    if (from == node) {
        out[at] = '\0';
        return true;
    }
    for (int i = 0; i < from->n; i++) {
        size_t end = append_step(from, i, out, at, room);
        if (end && find(from->child[i], node, out, end, room))
            return true;
    }
    return false;
}

bool pw_tree_path(const pw_node_t *root, const pw_node_t *node, char *out, size_t room)
{
    if (room == 0)
        return false;
    out[0] = '\0';
    if (find(root, node, out, 0, room))
        return true;
    out[0] = '\0';
    return false;
}
