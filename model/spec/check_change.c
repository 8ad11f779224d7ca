/* Checks: a scenario against its base. */
#include <string.h>

#include "check.h"

/* ---- areas are the base's ---- */

static void check_areas(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    for (int a = 0; a < spec->areas.n; a++)
        if (spec->areas.item[a].is.removed)
            pw_check_add(self, spec->areas.item[a].is.node, "An area cannot be taken out; allowed: the base's areas, all of them.");
        else if (a >= spec->first_new[PW_THING_AREA])
            pw_check_add(self, spec->areas.item[a].is.node, "A scenario cannot add an area; allowed: the base's areas.");
}

/* ---- from_month holds back places and new services, nothing else ---- */

static bool same_value(const pw_node_t *a, const pw_node_t *b)
{
    if (a->kind != b->kind && (a->kind == PW_NODE_TEXT || b->kind == PW_NODE_TEXT || a->kind == PW_NODE_GROUP || b->kind == PW_NODE_GROUP ||
                               a->kind == PW_NODE_LIST || b->kind == PW_NODE_LIST || a->kind == PW_NODE_BOOL || b->kind == PW_NODE_BOOL))
        return false;
    switch (a->kind) {
    case PW_NODE_TEXT: return strcmp(a->text, b->text) == 0;
    case PW_NODE_BOOL: return a->boolean == b->boolean;
    default: return a->real == b->real;
    }
}

static bool is_holder(const char *name)
{
    return name && (strcmp(name, "places") == 0 || strcmp(name, "more_places") == 0 || strcmp(name, "schedule") == 0 || strcmp(name, "costs") == 0);
}

/* What a scenario says about itself, and what only estimates and the pilot's numbers hold, starts whenever it is used. */
static bool is_about(const char *name)
{
    static const char *const about[] = { "schema", "name", "title", "rationale", "source", "from_month", "sources", "centres", "risk" };
    for (size_t i = 0; i < sizeof about / sizeof about[0]; i++)
        if (name && strcmp(name, about[i]) == 0)
            return true;
    return false;
}

static bool is_top(const pw_node_t *node, int depth, const char *name) { return depth == 0 && node->name && strcmp(node->name, name) == 0; }

/* The first difference of `now` from `before` that cannot wait; NULL: none. `depth` counts from the root. */
static const pw_node_t *difference(const pw_node_t *before, const pw_node_t *now, int depth, bool in_capacity, bool new_allowed)
{
    if (now->removed != before->removed)
        return now;
    if (now->kind != PW_NODE_GROUP && now->kind != PW_NODE_LIST)
        return same_value(before, now) ? NULL : now;
    if (before->kind != now->kind || now->n < before->n)      /* a list that was emptied */
        return now;
    for (int i = 0; i < now->n; i++) {
        const pw_node_t *child = now->child[i];
        const pw_node_t *old = child->name ? pw_tree_child(before, child->name) : i < before->n ? before->child[i] : NULL;
        if ((depth == 0 && is_about(child->name)) || (in_capacity && depth == 2 && is_holder(child->name)))
            continue;
        if (!old && new_allowed && depth == 1)
            continue;
        const pw_node_t *found =
            old ? difference(old, child, depth + 1, in_capacity || is_top(child, depth, "services") || is_top(child, depth, "teams"),
                             new_allowed || is_top(child, depth, "services") || is_top(child, depth, "evidence"))
                : child;
        if (found)
            return found;
    }
    return NULL;
}

static void check_from_month(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    if (!spec->from_month.node || spec->from_month.number[0] <= 0.0 || !spec->base_tree)
        return;
    const pw_node_t *found = difference(spec->base_tree, spec->tree, 0, false, false);
    if (found)
        pw_check_add(self, found, "from_month = %g cannot hold this change back; allowed with it: places, schedules and costs of teams and services, and new "
                     "services (everything else changes at month 0).", spec->from_month.number[0]);
}

void pw_check_change(const pw_check_t *self)
{
    check_areas(self);
    check_from_month(self);
}
