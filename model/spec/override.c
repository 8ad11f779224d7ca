/* override.c: --set path=value, the last word on one setting. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/text.h"
#include "tree.h"

static const char ORIGIN[] = "--set";
enum { SHOWN = 160 };

typedef struct {
    pw_node_t *root;
    pw_findings_t *findings;
    char path[PW_TREE_PATH]; /* as given */
    const char *value;
    pw_status_t status;
} setter_t;

#define REFUSE(self, ...) pw_findings_add((self)->findings, ORIGIN, 0, (self)->path, __VA_ARGS__)

static bool is_area(const setter_t *self, const char *name)
{
    const pw_node_t *areas = pw_tree_child(self->root, "areas");
    char key[PW_TREE_PATH];
    for (int i = 0; areas && i < areas->n; i++)
        if (pw_tree_key(areas->child[i], key, sizeof key) && strcmp(key, name) == 0)
            return true;
    return false;
}

static bool is_scalar(const pw_node_t *node) { return node->kind != PW_NODE_GROUP && node->kind != PW_NODE_LIST; }

/* A group that only gives each area its own value. */
static bool is_by_area(const setter_t *self, const pw_node_t *node)
{
    if (node->kind != PW_NODE_GROUP || node->n == 0)
        return false;
    for (int i = 0; i < node->n; i++)
        if (!is_scalar(node->child[i]) || !is_area(self, node->child[i]->name))
            return false;
    return true;
}

/* Some of what `node` holds: "a, b, c ...". */
static void list_children(const pw_node_t *node, char *out, size_t room)
{
    char label[PW_TREE_PATH];
    size_t at = 0;
    out[0] = '\0';
    for (int i = 0; i < node->n; i++) {
        pw_tree_label(node, i, label, sizeof label);
        int n = snprintf(out + at, room - at, "%s%s", i ? ", " : "", label);
        if (n < 0 || (size_t)n + 5 > room - at) {
            snprintf(out + at, room - at, " ...");
            return;
        }
        at += (size_t)n;
    }
}

int pw_tree_step(const pw_node_t *parent, const char *step)
{
    char label[PW_TREE_PATH];
    int near = -1, n_near = 0;
    size_t length = strlen(step);
    for (int i = 0; i < parent->n; i++) {
        pw_tree_label(parent, i, label, sizeof label);
        if (strcmp(label, step) == 0)
            return i;
        if (!parent->child[i]->name && strncmp(label, step, length) == 0 && label[length] == '+') {
            near = i;
            n_near++;
        }
    }
    return n_near == 1 ? near : -1;
}

void pw_tree_no_step(const pw_node_t *parent, const char *so_far, const char *step, char *out, size_t room)
{
    char held[SHOWN], near[PW_TREE_PATH];
    const char *dot = so_far[0] ? "." : "", *place = so_far[0] ? so_far : "the files";
    if (is_scalar(parent)) {
        snprintf(out, room, "this leads to nothing: %s is a single value", place);
        return;
    }
    if (pw_tree_nearest(parent, NULL, step, near, sizeof near)) {
        snprintf(out, room, "this leads to nothing; did you mean %s%s%s?", so_far, dot, near);
        return;
    }
    list_children(parent, held, sizeof held);
    snprintf(out, room, "this leads to nothing: there is no \"%s\" in %s, which %s %s", step, place, so_far[0] ? "holds" : "hold", held);
}

static void refuse_step(setter_t *self, const pw_node_t *parent, const char *so_far, const char *step)
{
    char why[3 * PW_TREE_PATH];
    pw_tree_no_step(parent, so_far, step, why, sizeof why);
    REFUSE(self, "%s", why);
}

/* ---- values ---- */

static void empty(pw_node_t *node)
{
    for (int i = 0; i < node->n; i++)
        pw_tree_free(node->child[i]);
    node->n = 0;
    pw_free(node->text);
    node->text = NULL;
    node->refused = false;
}

static bool looks_like_number(const char *text)
{
    text += *text == '+' || *text == '-';
    return *text && strspn(text, "0123456789.") > 0 && strspn(text, "0123456789.eE+-") == strlen(text);
}

/* Makes `node` the scalar that the value says. */
static void put_value(setter_t *self, pw_node_t *node)
{
    const char *value = self->value;
    size_t n = strlen(value);
    empty(node);
    if (looks_like_number(value)) {
        if (!pw_number_read_real(value, &node->real)) {
            REFUSE(self, "%s is not a number that can be read; allowed: -1.7e308 to 1.7e308", value);
            node->refused = true;
        }
        bool whole = strspn(value, "+-0123456789") == n && fabs(node->real) <= 2147483647.0;
        node->kind = whole ? PW_NODE_INTEGER : PW_NODE_REAL;
        node->integer = whole ? (int64_t)node->real : 0;
        node->text = pw_strdup(value);
    } else if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0) {
        node->kind = PW_NODE_BOOL;
        node->boolean = value[0] == 't';
        node->text = pw_strdup(value);
    } else {
        bool quoted = n >= 2 && value[0] == '"' && value[n - 1] == '"';
        node->kind = PW_NODE_TEXT;
        node->text = quoted ? pw_strndup(value + 1, n - 2) : pw_strdup(value);
    }
    if (!node->text || !pw_tree_place(self->root, node, ORIGIN, 0))
        self->status = PW_ERROR_MEMORY;
    if (node->kind == PW_NODE_BOOL) {
        pw_free(node->text);
        node->text = NULL;
    }
}

/* One value for all areas becomes one for each, so that one of them can differ. */
static void spread_over_areas(setter_t *self, pw_node_t *node)
{
    pw_node_t *group = pw_tree_new(self->root, PW_NODE_GROUP, NULL, node->file, node->line);
    const pw_node_t *areas = pw_tree_child(self->root, "areas");
    bool whole = group != NULL;
    for (int i = 0; whole && i < areas->n; i++) {
        char key[PW_TREE_PATH];
        if (!pw_tree_key(areas->child[i], key, sizeof key))
            continue;
        pw_node_t *one = pw_tree_graft(self->root, node);
        if (one) {
            pw_free(one->name);
            one->name = pw_strdup(key);
        }
        whole = one && pw_tree_add(group, one) && one->name;
    }
    if (!whole) {
        pw_tree_free(group);
        self->status = PW_ERROR_MEMORY;
        return;
    }
    empty(node);
    pw_free(node->child);
    node->kind = PW_NODE_GROUP;
    node->n = group->n;
    node->room = group->room;
    node->child = group->child;
    group->n = 0;
    group->child = NULL;
    pw_tree_free(group);
}

/* ---- an estimate, replaced whole ---- */

static void add_text(setter_t *self, pw_node_t *group, const char *name, const char *text)
{
    pw_node_t *node = pw_tree_new(self->root, PW_NODE_TEXT, name, ORIGIN, 0);
    if (node && !(node->text = pw_strdup(text))) {
        pw_tree_free(node);
        node = NULL;
    }
    if (!pw_tree_add(group, node))
        self->status = PW_ERROR_MEMORY;
}

static void add_copy(setter_t *self, pw_node_t *group, const pw_node_t *of)
{
    if (of && !pw_tree_add(group, pw_tree_graft(self->root, of)))
        self->status = PW_ERROR_MEMORY;
}

static void set_estimate(setter_t *self, pw_node_t **place)
{
    pw_node_t *fixed = pw_tree_new(self->root, PW_NODE_GROUP, NULL, ORIGIN, 0);
    pw_node_t *value = fixed ? pw_tree_new(self->root, PW_NODE_REAL, "value", ORIGIN, 0) : NULL;
    if (!value || !pw_tree_add(fixed, value)) {
        pw_tree_free(fixed);
        self->status = PW_ERROR_MEMORY;
        return;
    }
    put_value(self, value);
    if (value->kind != PW_NODE_REAL && value->kind != PW_NODE_INTEGER) {
        REFUSE(self, "%s is not a number; an estimate is set to a number", self->value);
        pw_tree_free(fixed);
        return;
    }
    add_copy(self, fixed, pw_tree_child(*place, "name"));
    add_copy(self, fixed, pw_tree_child(*place, "kind"));
    add_copy(self, fixed, pw_tree_child(*place, "price_year"));
    add_text(self, fixed, "grade", "assumed");
    add_text(self, fixed, "source", "none");
    add_text(self, fixed, "note", "fixed by --set");
    if (self->status != PW_OK) {
        pw_tree_free(fixed);
        return;
    }
    pw_tree_free(*place);
    *place = fixed;
}

/* ---- the way there ---- */

/* Sets the node at *place, which the whole path led to. */
static void set_node(setter_t *self, pw_node_t **place, bool is_estimate)
{
    char held[SHOWN];
    if (is_estimate)
        set_estimate(self, place);
    else if (is_scalar(*place) || is_by_area(self, *place))
        put_value(self, *place);
    else {
        list_children(*place, held, sizeof held);
        REFUSE(self, "this leads to a whole %s, not to a value; it holds %s", (*place)->kind == PW_NODE_LIST ? "list" : "group",
               held[0] ? held : "nothing");
    }
}

static void walk(setter_t *self)
{
    char so_far[PW_TREE_PATH] = "", rest[PW_TREE_PATH];
    pw_node_t *root = self->root, **place = &root;
    int depth = 0;
    bool evidence = false;
    snprintf(rest, sizeof rest, "%s", self->path);
    for (char *step = rest, *next; step; step = next, depth++) {
        next = strchr(step, '.');
        if (next)
            *next++ = '\0';
        pw_node_t *parent = *place;
        int i = pw_tree_step(parent, step);
        if (evidence && depth == 2) {
            REFUSE(self, "an estimate is one piece of evidence and is set whole: %s=0.9", so_far);
            return;
        }
        if (i < 0 && !next && depth > 0 && is_scalar(parent) && is_area(self, step)) {
            spread_over_areas(self, parent);
            i = self->status == PW_OK ? pw_tree_step(parent, step) : -1;
        }
        if (i < 0) {
            if (self->status == PW_OK)
                refuse_step(self, parent, so_far, step);
            return;
        }
        if (parent->child[i]->removed) {
            REFUSE(self, "this leads to something that is taken out");
            return;
        }
        evidence = evidence || (depth == 0 && strcmp(step, "evidence") == 0);
        snprintf(so_far, sizeof so_far, "%.*s", (int)(step - rest) + (int)strlen(step), self->path);
        place = &parent->child[i];
    }
    set_node(self, place, evidence && depth == 2);
}

pw_status_t pw_tree_set(pw_node_t *root, const char *path_and_value, pw_findings_t *findings)
{
    setter_t self = { .root = root, .findings = findings };
    const char *equals = strchr(path_and_value, '=');
    if (!equals || equals == path_and_value || !equals[1] || (size_t)(equals - path_and_value) >= sizeof self.path ||
        !pw_text_is_utf8(path_and_value, strlen(path_and_value))) {
        pw_findings_add(findings, ORIGIN, 0, NULL, "\"%.60s\" is not path=value, as in time.intake_months=6", path_and_value);
        return PW_OK;
    }
    snprintf(self.path, sizeof self.path, "%.*s", (int)(equals - path_and_value), path_and_value);
    self.value = equals + 1;
    walk(&self);
    return self.status;
}
