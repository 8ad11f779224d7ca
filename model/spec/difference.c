#include "difference.h"

#include <string.h>

#include "schema_walk.h"

typedef PW_LIST(char) any_list_t;

typedef struct {
    pw_difference_t at;
    bool (*visit)(void *, const pw_difference_t *);
    void *context;
    char path[PW_TREE_PATH];
} walk_t;

static const void *in(const void *base, size_t offset) { return base ? (const char *)base + offset : NULL; }

/* ---- the same? ---- */

static bool same_number(const pw_spec_t *before, const pw_setting_t *a, const pw_spec_t *now, const pw_setting_t *b, int area)
{
    if ((a->estimate[area] < 0) != (b->estimate[area] < 0))
        return false;
    if (a->estimate[area] < 0)
        return a->number[area] == b->number[area];
    return strcmp(before->evidence.estimate[a->estimate[area]].name, now->evidence.estimate[b->estimate[area]].name) == 0;
}

bool pw_setting_same(const pw_spec_t *before, const pw_setting_t *a, const pw_spec_t *now, const pw_setting_t *b)
{
    if (a->remainder != b->remainder || a->unlimited != b->unlimited)
        return false;
    for (int area = 0; area < pw_spec_areas(now) && !a->remainder && !a->unlimited; area++)
        if (!same_number(before, a, now, b, area))
            return false;
    return true;
}

const pw_term_t *pw_chance_term(const pw_chance_t *chance, int covariate)
{
    for (int i = 0; i < chance->n_terms; i++)
        if (chance->term[i].covariate == covariate)
            return &chance->term[i];
    return NULL;
}

static bool same_chance(const pw_spec_t *before, const pw_chance_t *a, const pw_spec_t *now, const pw_chance_t *b)
{
    if (!pw_setting_same(before, &a->base, now, &b->base) || a->n_terms != b->n_terms || memcmp(a->only_if, b->only_if, sizeof a->only_if) != 0)
        return false;
    for (int i = 0; i < a->n_terms; i++) {
        const pw_term_t *other = pw_chance_term(b, a->term[i].covariate);
        if (!other || !pw_setting_same(before, &a->term[i].ratio, now, &other->ratio))
            return false;
    }
    return true;
}

static bool same_length(const pw_spec_t *before, const pw_length_t *a, const pw_spec_t *now, const pw_length_t *b)
{
    return !a->node == !b->node && pw_setting_same(before, &a->days, now, &b->days) && pw_setting_same(before, &a->median_days, now, &b->median_days) &&
           pw_setting_same(before, &a->p95_days, now, &b->p95_days) && pw_setting_same(before, &a->mean_days, now, &b->mean_days);
}

static bool same_seens(const pw_spec_t *before, const pw_seens_t *a, const pw_spec_t *now, const pw_seens_t *b)
{
    bool same = a->n == b->n;
    for (int i = 0; same && i < a->n; i++)
        same = a->item[i].bit == b->item[i].bit && pw_setting_same(before, &a->item[i].percent, now, &b->item[i].percent);
    return same;
}

static bool same_text(const char *a, const char *b) { return a && b ? strcmp(a, b) == 0 : !a && !b; }

static bool same_struct(const walk_t *self, const pw_schema_t *schema, const void *from, const void *to);

static bool same_list(const walk_t *self, const pw_schema_t *schema, const any_list_t *a, const any_list_t *b)
{
    bool same = a->n == b->n;
    for (int i = 0; same && i < a->n; i++) {
        const void *x = a->item + (size_t)i * schema->size, *y = b->item + (size_t)i * schema->size;
        same = ((const pw_item_t *)x)->removed == ((const pw_item_t *)y)->removed && same_struct(self, schema, x, y);
    }
    return same;
}

static bool same_field(const walk_t *self, const pw_field_t *field, const void *from, const void *to)
{
    const pw_spec_t *before = self->at.before, *now = self->at.now;
    const void *a = in(from, field->at), *b = in(to, field->at);
    switch (field->kind) {
    case PW_FIELD_SETTING:
    case PW_FIELD_FIXED:
    case PW_FIELD_PLACES: return pw_setting_same(before, a, now, b);
    case PW_FIELD_TEXT: return same_text(*(const char *const *)a, *(const char *const *)b);
    case PW_FIELD_FLAG: return *(const bool *)a == *(const bool *)b;
    case PW_FIELD_WORD:
    case PW_FIELD_NAME:
    case PW_FIELD_OFFER_POINT: return *(const int *)a == *(const int *)b;
    case PW_FIELD_CHANCE:
    case PW_FIELD_CHANCE_HERE: return same_chance(before, a, now, b);
    case PW_FIELD_LENGTH: return same_length(before, a, now, b);
    case PW_FIELD_BITS: return memcmp(a, b, 2 * sizeof(uint64_t)) == 0;
    case PW_FIELD_REQUIRES: return memcmp(a, b, 2 * sizeof(uint64_t)) == 0 && memcmp(in(from, field->also), in(to, field->also), 2 * sizeof(uint64_t)) == 0;
    case PW_FIELD_SEES: return same_seens(before, a, now, b);
    case PW_FIELD_NUMBERS: {
        const pw_numbers_t *x = a, *y = b;
        return x->n == y->n && memcmp(x->value, y->value, (size_t)x->n * sizeof x->value[0]) == 0;
    }
    case PW_FIELD_STAGE_OR_CHOICE:
        return *(const int *)a == *(const int *)b && same_list(self, field->schema, in(from, field->also), in(to, field->also));
    case PW_FIELD_LIST: return same_list(self, field->schema, a, b);
    case PW_FIELD_GROUP: return same_struct(self, field->schema, from, to);
    default: return true;
    }
}

static bool same_struct(const walk_t *self, const pw_schema_t *schema, const void *from, const void *to)
{
    for (int i = 0; i < schema->n_fields; i++)
        if (!same_field(self, &schema->field[i], from, to))
            return false;
    return true;
}

/* ---- walking ---- */

static void compare(walk_t *self, const pw_schema_t *schema, const void *from, const void *to, const pw_node_t *node);

static bool tell(walk_t *self, int kind, const pw_field_t *field, bool is_element, const void *from, const void *to, const pw_node_t *node)
{
    self->at.kind = kind;
    self->at.field = field;
    self->at.is_element = is_element;
    self->at.from = from;
    self->at.to = to;
    self->at.node = node;
    if (!node || !pw_tree_path(self->at.now->tree, node, self->path, sizeof self->path))
        snprintf(self->path, sizeof self->path, "%s", field->key);
    self->at.path = self->path;
    return self->visit(self->context, &self->at);
}

static void compare_element(walk_t *self, const pw_field_t *field, int i, const pw_item_t *from, const pw_item_t *to)
{
    if (self->at.n_owners == PW_DIFFERENCE_DEPTH)
        return;
    int mine = self->at.n_owners++;
    self->at.owner[mine].list = field;
    self->at.owner[mine].index = i;
    self->at.owner[mine].item = to;
    if (!from || from->removed) {
        if (!to->removed && tell(self, PW_DIFFERENCE_ADDED, field, true, NULL, to, to->node))
            compare(self, field->schema, NULL, to, to->node);
    } else if (to->removed) {
        tell(self, PW_DIFFERENCE_REMOVED, field, true, from, to, to->node);
    } else {
        compare(self, field->schema, from, to, to->node);
    }
    self->at.n_owners = mine;
}

/* Lists whose elements have keys are compared one by one; others, and a list that was emptied, as a whole. */
static void compare_list(walk_t *self, const pw_field_t *field, const void *from, const void *to, const pw_node_t *node)
{
    const any_list_t *a = in(from, field->at), *b = in(to, field->at);
    if (!pw_schema_key(field->schema) || (a && b->n < a->n)) {
        if (a ? !same_list(self, field->schema, a, b) : b->n > 0)
            tell(self, a ? PW_DIFFERENCE_CHANGED : PW_DIFFERENCE_ADDED, field, false, from, to, node);
        return;
    }
    for (int i = 0; i < b->n; i++)
        compare_element(self, field, i, a && i < a->n ? (const void *)(a->item + (size_t)i * field->schema->size) : NULL,
                        (const void *)(b->item + (size_t)i * field->schema->size));
}

static const pw_node_t *node_of(const pw_node_t *group, const pw_field_t *field)
{
    const pw_node_t *node = group ? pw_tree_child(group, field->key) : NULL;
    return !node && group && field->short_form ? pw_tree_child(group, field->short_form) : node;
}

static void compare(walk_t *self, const pw_schema_t *schema, const void *from, const void *to, const pw_node_t *group)
{
    for (int i = 0; i < schema->n_fields; i++) {
        const pw_field_t *field = &schema->field[i];
        const pw_node_t *node = node_of(group, field);
        if (field->kind == PW_FIELD_ELSEWHERE || (!from && !node))
            continue;
        if (field->kind == PW_FIELD_GROUP)
            compare(self, field->schema, from, to, node);
        else if (field->kind == PW_FIELD_LIST)
            compare_list(self, field, from, to, node ? node : group);
        else if (!from || !same_field(self, field, from, to))
            tell(self, from ? PW_DIFFERENCE_CHANGED : PW_DIFFERENCE_ADDED, field, false, from, to, node ? node : group);
    }
}

void pw_difference_walk(const pw_spec_t *before, const pw_spec_t *now, bool (*visit)(void *context, const pw_difference_t *difference), void *context)
{
    walk_t self = { .at = { .before = before, .now = now }, .visit = visit, .context = context };
    compare(&self, &pw_schema_root, before, now, now->tree);
}
