/* combine.c: two scenarios that are combined: which values does each set, and where do they differ? */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "../base/number.h"
#include "tree.h"

typedef struct {
    const pw_node_t *root;      /* of the second: paths are told by it */
    const pw_node_t *own;
    pw_findings_t *findings;
} comparison_t;

/* One setting, as four files have it: the base, the first, the second, the one that combines them (NULL: it does not set it). */
typedef struct { const pw_node_t *base, *first, *second, *own; } four_t;

static bool is_same_part(const pw_node_t *a, int i, const pw_node_t *b, int j)
{
    char one[PW_TREE_PATH], other[PW_TREE_PATH];
    if (a->child[i]->name || b->child[j]->name)
        return a->child[i]->name && b->child[j]->name && strcmp(a->child[i]->name, b->child[j]->name) == 0;
    pw_tree_label(a, i, one, sizeof one);
    pw_tree_label(b, j, other, sizeof other);
    return strcmp(one, other) == 0;
}

/* What `other` calls as `self` calls its i-th part; NULL: nothing. Mostly it stands in the same place. */
static const pw_node_t *counterpart(const pw_node_t *self, int i, const pw_node_t *other)
{
    if (other && i < other->n && is_same_part(self, i, other, i))
        return other->child[i];
    for (int j = 0; other && j < other->n; j++)
        if (is_same_part(self, i, other, j))
            return other->child[j];
    return NULL;
}

/* ---- who set it ---- */

static bool is_set(const pw_node_t *now, const pw_node_t *base)
{
    return !base || now->line != base->line || now->removed != base->removed || strcmp(now->file, base->file) != 0;
}

/* The first setting in `now` that does not come from the base; NULL: there is none. */
static const pw_node_t *first_set(const pw_node_t *now, const pw_node_t *base)
{
    if (is_set(now, base))
        return now;
    for (int i = 0; i < now->n; i++) {
        const pw_node_t *found = first_set(now->child[i], counterpart(now, i, base));
        if (found)
            return found;
    }
    return NULL;
}

/* ---- is it the same ---- */

static bool is_number(const pw_node_t *node) { return node->kind == PW_NODE_INTEGER || node->kind == PW_NODE_REAL; }

static bool is_equal(const pw_node_t *a, const pw_node_t *b)
{
    if (is_number(a) && is_number(b))
        return a->real == b->real;
    if (a->kind != b->kind || a->n != b->n || a->removed != b->removed)
        return false;
    if (a->kind == PW_NODE_TEXT)
        return strcmp(a->text, b->text) == 0;
    if (a->kind == PW_NODE_BOOL)
        return a->boolean == b->boolean;
    for (int i = 0; i < a->n; i++) {
        const pw_node_t *other = counterpart(a, i, b);
        if (!other || !is_equal(a->child[i], other))
            return false;
    }
    return true;
}

static bool is_keyed(const pw_node_t *list)
{
    char key[PW_TREE_PATH];
    for (int i = 0; i < list->n; i++)
        if (!pw_tree_key(list->child[i], key, sizeof key))
            return false;
    return list->n > 0;
}

/* Whether the two are taken together part by part; else one stands for the whole. */
static bool merges(const four_t *it)
{
    const pw_node_t *a = it->first, *b = it->second;
    if (a->kind != b->kind)
        return false;
    if (a->kind == PW_NODE_GROUP)
        return true;
    bool whole = it->base && (is_set(a, it->base) || is_set(b, it->base));      /* a list that was replaced */
    return a->kind == PW_NODE_LIST && !whole && is_keyed(a) && is_keyed(b);
}

/* The first that was set to something else; where all was set to what it was before, `otherwise`. */
static const pw_node_t *first_change(const pw_node_t *now, const pw_node_t *base, const pw_node_t *otherwise)
{
    if (!base || (now->n == 0 && !is_equal(now, base)))
        return now;
    for (int i = 0; i < now->n; i++) {
        const pw_node_t *found = first_change(now->child[i], counterpart(now, i, base), NULL);
        if (found)
            return found;
    }
    return otherwise;
}

/* ---- what to say ---- */

static void show(const pw_node_t *node, char *out, size_t room)
{
    char number[PW_NUMBER_ROOM];
    if (node->removed)
        snprintf(out, room, "taken out");
    else if (node->kind == PW_NODE_TEXT)
        snprintf(out, room, "\"%.60s%s\"", node->text, strlen(node->text) > 60 ? "..." : "");
    else if (node->kind == PW_NODE_BOOL)
        snprintf(out, room, "%s", node->boolean ? "true" : "false");
    else if (is_number(node))
        snprintf(out, room, "%s", node->text ? node->text : pw_number_shortest(node->real, number));
    else
        snprintf(out, room, "%s", node->kind == PW_NODE_GROUP ? "a group { }" : "a list ( )");
}

/* Goes down to the first part in which the two differ; where one lacks it, both stay. */
static void go_to_difference(const pw_node_t **first, const pw_node_t **second)
{
    const pw_node_t *a = *first, *b = *second;
    assert(a && b);
    for (int i = 0; a->kind == b->kind && i < a->n; i++) {
        const pw_node_t *other = counterpart(a, i, b);
        if (other && !is_equal(a->child[i], other)) {
            *first = a->child[i];
            *second = other;
            go_to_difference(first, second);
            return;
        }
    }
}

/* A value, and the line that set it or a part of it. */
typedef struct { const pw_node_t *value, *place; } there_t;

static there_t placed(const pw_node_t *value, const pw_node_t *base, const pw_node_t *first) { return (there_t){ value, is_set(value, base) ? value : first }; }

static void say(const comparison_t *self, there_t first, there_t second, const char *way_out)
{
    char path[PW_TREE_PATH], here[96], there[96];
    assert(first.place && second.place && self->own);
    show(second.value, here, sizeof here);
    show(first.value, there, sizeof there);
    pw_tree_path(self->root, second.value, path, sizeof path);
    pw_findings_add(self->findings, second.place->file, second.place->line, path, "%s here, but %s in %s:%d, and both files are combined by %s; %s", here,
                    strcmp(here, there) == 0 ? "another" : there, first.place->file, first.place->line, self->own->file, way_out);
}

/* ---- the walk ---- */

static void compare(const comparison_t *self, four_t it, bool is_atom)
{
    const pw_node_t *first = first_set(it.first, it.base), *second = first_set(it.second, it.base);
    if (!first || !second || (it.own && pw_tree_child(it.own, "remove")))
        return;
    if (it.first->removed || it.second->removed) {
        const pw_node_t *a = it.first->removed ? it.first : first_change(it.first, it.base, first);
        const pw_node_t *b = it.second->removed ? it.second : first_change(it.second, it.base, second);
        if (!it.first->removed || !it.second->removed)
            say(self, (there_t){ a, a }, (there_t){ b, b }, "leave one of them out");
        return;
    }
    if (is_atom || !merges(&it)) {
        if (!it.own && !is_equal(it.first, it.second)) {
            go_to_difference(&it.first, &it.second);
            say(self, placed(it.first, it.base, first), placed(it.second, it.base, second), "leave one of them out, or set it there: that decides");
        }
        return;
    }
    for (int i = 0; i < it.first->n; i++) {
        four_t part = { counterpart(it.first, i, it.base), it.first->child[i], counterpart(it.first, i, it.second), counterpart(it.first, i, it.own) };
        if (part.second)
            compare(self, part, it.second == pw_tree_child(self->root, "evidence"));
    }
}

/* A scenario without from_month starts at month 0: one that starts later does not go with it. */
static void compare_starts(const comparison_t *self, const pw_node_t *first, const pw_node_t *second)
{
    const pw_node_t *a = pw_tree_child(first, "from_month"), *b = pw_tree_child(second, "from_month");
    const pw_node_t *given = a ? a : b;
    if (!given || (a && b) || given->real == 0.0 || pw_tree_child(self->own, "from_month"))
        return;
    char month[PW_NUMBER_ROOM];
    pw_findings_add(self->findings, given->file, given->line, "from_month",
                    "%s here, but another file that %s combines starts at month 0; set from_month there: that decides for all of them",
                    pw_number_shortest(given->real, month), self->own->file);
}

void pw_tree_conflicts(const pw_node_t *base, const pw_node_t *first, const pw_node_t *second, const pw_node_t *own, pw_findings_t *findings)
{
    comparison_t self = { second, own, findings };
    compare(&self, (four_t){ base, first, second, own }, false);
    compare_starts(&self, first, second);
}
