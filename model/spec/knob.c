#include "knob.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "schema.h"
#include "schema_walk.h"

typedef PW_LIST(char) any_list_t;

/* ---- which struct holds the value of this node ---- */

typedef struct {
    const pw_node_t *node, *parent;
    pw_knob_t *out;
    bool found;
} search_t;

static void look_at(search_t *self, pw_setting_t *setting, int unit)
{
    if (self->found || !setting->node || (setting->node != self->node && setting->node != self->parent))
        return;
    self->found = true;
    self->out->kind = PW_KNOB_SETTING;
    self->out->setting = setting;
    self->out->low = setting->low;
    self->out->high = setting->high;
    self->out->whole = unit == PW_UNIT_COUNT;
    self->out->unit = pw_unit_name(unit);
}

static void look_at_chance(search_t *self, pw_chance_t *chance)
{
    look_at(self, &chance->base, chance->unit);
    for (int i = 0; i < chance->n_terms; i++)
        look_at(self, &chance->term[i].ratio, PW_UNIT_RATIO);
}

static void look_at_length(search_t *self, pw_length_t *length)
{
    look_at(self, &length->days, PW_UNIT_DAYS);
    look_at(self, &length->median_days, PW_UNIT_DAYS);
    look_at(self, &length->p95_days, PW_UNIT_DAYS);
    look_at(self, &length->mean_days, PW_UNIT_DAYS);
}

static void look_at_numbers(search_t *self, pw_numbers_t *numbers, const pw_field_t *field)
{
    for (int i = 0; numbers->node && i < numbers->n; i++) {
        if (numbers->node->child[i] != self->node)
            continue;
        *self->out = (pw_knob_t){ .kind = PW_KNOB_LISTED, .numbers = numbers, .place = i, .estimate = -1, .low = field->low, .high = field->high,
                                  .whole = field->unit == PW_UNIT_COUNT, .now = numbers->value[i], .unit = pw_unit_name(field->unit) };
        self->found = true;
    }
}

static void look_in(search_t *self, const pw_schema_t *schema, void *from);

static void look_in_list(search_t *self, const pw_schema_t *schema, any_list_t *list)
{
    for (int i = 0; i < list->n && !self->found; i++)
        look_in(self, schema, list->item + (size_t)i * schema->size);
}

static void look_in_field(search_t *self, const pw_field_t *field, void *from)
{
    void *at = (char *)from + field->at;
    switch (field->kind) {
    case PW_FIELD_SETTING:
    case PW_FIELD_FIXED:
    case PW_FIELD_PLACES: look_at(self, at, field->unit); break;
    case PW_FIELD_CHANCE:
    case PW_FIELD_CHANCE_HERE: look_at_chance(self, at); break;
    case PW_FIELD_LENGTH: look_at_length(self, at); break;
    case PW_FIELD_SEES: {
        pw_seens_t *seens = at;
        for (int i = 0; i < seens->n; i++)
            look_at(self, &seens->item[i].percent, PW_UNIT_PERCENT);
        break;
    }
    case PW_FIELD_NUMBERS: look_at_numbers(self, at, field); break;
    case PW_FIELD_LIST: look_in_list(self, field->schema, at); break;
    case PW_FIELD_STAGE_OR_CHOICE: look_in_list(self, field->schema, (void *)((char *)from + field->also)); break;
    case PW_FIELD_GROUP: look_in(self, field->schema, from); break;
    default: break;
    }
}

static void look_in(search_t *self, const pw_schema_t *schema, void *from)
{
    for (int i = 0; i < schema->n_fields && !self->found; i++)
        look_in_field(self, &schema->field[i], from);
}

/* ---- the way there ---- */

static bool is_scalar(const pw_node_t *node) { return node->kind != PW_NODE_GROUP && node->kind != PW_NODE_LIST; }

/* Walks down `path`. *area: the area that the last step names, where all areas share one value; else -1. */
static bool walk(const pw_spec_t *spec, const char *path, const pw_node_t **parent, const pw_node_t **node, int *area, char *why, size_t room)
{
    char rest[PW_TREE_PATH], so_far[PW_TREE_PATH] = "";
    if (strlen(path) >= sizeof rest) {
        snprintf(why, room, "this path is too long");
        return false;
    }
    snprintf(rest, sizeof rest, "%s", path);
    *parent = NULL;
    *node = spec->tree;
    *area = -1;
    for (char *step = rest, *next; step; step = next) {
        next = strchr(step, '.');
        if (next)
            *next++ = '\0';
        int i = pw_tree_step(*node, step), named = pw_spec_find(spec, PW_THING_AREA, step);
        if (i < 0 && !next && *node != spec->tree && is_scalar(*node) && named >= 0) {
            *area = named;
            return true;
        }
        if (i < 0) {
            pw_tree_no_step(*node, so_far, step, why, room);
            return false;
        }
        *parent = *node;
        *node = (*node)->child[i];
        if ((*node)->removed) {
            snprintf(why, room, "this leads to something that is taken out");
            return false;
        }
        snprintf(so_far, sizeof so_far, "%.*s", (int)(step - rest) + (int)strlen(step), path);
    }
    return true;
}

/* ---- finding ---- */

static bool find_estimate(const pw_spec_t *spec, const char *name, pw_knob_t *out)
{
    int e = pw_evidence_find(&spec->evidence, name);
    if (e < 0)
        return false;
    const pw_estimate_t *estimate = &spec->evidence.estimate[e];
    *out = (pw_knob_t){ .kind = PW_KNOB_ESTIMATE, .estimate = e, .area = PW_MAX_AREAS, .low = 0.0, .now = estimate->value,
                        .high = estimate->quantity == PW_QUANTITY_PERCENT ? 100.0 : 1e12, .unit = pw_quantity_name(estimate->quantity) };
    return true;
}

/* What the files say of a setting, for all areas or one. */
static void take_present(const pw_spec_t *spec, pw_knob_t *out)
{
    const pw_setting_t *setting = out->setting;
    int first = out->area < PW_MAX_AREAS ? out->area : 0, last = out->area < PW_MAX_AREAS ? out->area : pw_spec_areas(spec) - 1;
    out->estimate = setting->estimate[first];
    out->now = out->estimate < 0 ? setting->number[first] : NAN;
    for (int a = first + 1; a <= last; a++) {
        if (setting->estimate[a] != setting->estimate[first] || (out->estimate < 0 && setting->number[a] != setting->number[first]))
            out->now = NAN;
        if (setting->estimate[a] != setting->estimate[first])
            out->estimate = -1;
    }
}

static bool find_setting(pw_spec_t *spec, const pw_node_t *parent, const pw_node_t *node, int area, pw_knob_t *out, char *why, size_t room)
{
    search_t search = { .node = node, .parent = parent, .out = out };
    look_in(&search, &pw_schema_root, spec);
    if (!search.found) {
        snprintf(why, room, is_scalar(node) ? "this is no number of the model" : "this leads to a whole %s, not to a number", node->kind == PW_NODE_LIST
                 ? "list" : "group");
        return false;
    }
    if (out->kind == PW_KNOB_LISTED)
        return true;
    bool one_of_group = out->setting->node != node;
    out->area = area >= 0 ? area : one_of_group && node->name ? pw_spec_find(spec, PW_THING_AREA, node->name) : PW_MAX_AREAS;
    if (out->area < 0 || out->setting->remainder) {
        snprintf(why, room, out->area < 0 ? "this is no number of the model" : "this is the remainder of its choice; vary another share instead");
        return false;
    }
    if (out->setting->unlimited && out->area < PW_MAX_AREAS) {
        snprintf(why, room, "the places are unlimited in all areas; vary them in all areas together");
        return false;
    }
    take_present(spec, out);
    return true;
}

bool pw_knob_find(pw_spec_t *spec, const char *path, pw_knob_t *out, char *why, size_t room)
{
    const pw_node_t *parent, *node;
    int area;
    *out = (pw_knob_t){ .estimate = -1, .unit = "" };
    if (!walk(spec, path, &parent, &node, &area, why, room))
        return false;
    if (strncmp(path, "evidence.", 9) != 0)
        return find_setting(spec, parent, node, area, out, why, room);
    if (find_estimate(spec, path + 9, out))
        return true;
    snprintf(why, room, "an estimate is one piece of evidence and is varied whole: evidence.NAME");
    return false;
}

/* ---- turning ---- */

static void turn_estimate(const pw_evidence_t *evidence, int e, pw_values_t *values, double value)
{
    const pw_estimate_t *estimate = &evidence->estimate[e];
    for (int a = 0; a < values->n_areas; a++)
        values->value[e * values->n_areas + a] = pw_estimate_in_area(estimate, a, value) * estimate->factor;
}

void pw_knob_turn(const pw_knob_t *self, const pw_spec_t *spec, pw_values_t *values, double value)
{
    if (self->kind == PW_KNOB_ESTIMATE) {
        turn_estimate(&spec->evidence, self->estimate, values, value);
        return;
    }
    if (self->kind == PW_KNOB_LISTED) {
        self->numbers->value[self->place] = value;
        return;
    }
    for (int a = 0; a < PW_MAX_AREAS; a++)
        if (self->area == PW_MAX_AREAS || self->area == a) {
            self->setting->number[a] = value;
            self->setting->estimate[a] = -1;
        }
    if (self->area == PW_MAX_AREAS)
        self->setting->unlimited = false;
}
