/* The walk: reads a tree by the tables. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "schema.h"

void pw_finding_at(pw_reader_t *reader, const pw_node_t *node, const char *format, ...)
{
    if (node && node->refused)
        return;
    char message[1024], path[PW_TREE_PATH];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    bool known = node && pw_tree_path(reader->spec->tree, node, path, sizeof path);
    pw_findings_add(reader->findings, node ? node->file : reader->spec->file, node ? node->line : 0, known ? path : NULL, "%s", message);
    /* one finding a value: what follows from a wrong one need not be said */
    if (node && node->kind != PW_NODE_GROUP && node->kind != PW_NODE_LIST)
        ((pw_node_t *)node)->refused = true;
}

const char *pw_did_you_mean(const char *given, const char *const *names, int n, char *out, size_t room)
{
    enum { SHORTEST_PART = 4 };      /* "advocacy" for "specialist_advocacy" */
    int nearest = n > 0 ? pw_text_nearest(given, names, (size_t)n) : -1;
    for (int i = 0; nearest < 0 && i < n && strlen(given) >= SHORTEST_PART; i++)
        nearest = strstr(names[i], given) ? i : -1;
    out[0] = '\0';
    if (nearest >= 0)
        snprintf(out, room, " Did you mean `%s`?", names[nearest]);
    return out;
}

const char *pw_near_or_all(const char *given, const char *const *names, int n, const char *others, char *out, size_t room)
{
    if (pw_did_you_mean(given, names, n, out, room)[0] || (n == 0 && !others[0]))
        return out;
    size_t used = (size_t)snprintf(out, room, " Allowed: %s", others);
    for (int i = 0; i < n && used < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s%s", used > strlen(" Allowed: ") ? ", " : "", names[i]);
    if (used < room)
        snprintf(out + used, room - used, ".");
    return out;
}

static void *at(void *base, size_t offset) { return (char *)base + offset; }

/* ---- defaults ---- */

static void default_of(const pw_field_t *field, void *into)
{
    double otherwise = isnan(field->otherwise) ? 0.0 : field->otherwise;
    switch (field->kind) {
    case PW_FIELD_SETTING:
    case PW_FIELD_FIXED:
    case PW_FIELD_PLACES: pw_setting_default(at(into, field->at), otherwise); break;
    case PW_FIELD_FLAG: *(bool *)at(into, field->at) = otherwise != 0.0; break;
    case PW_FIELD_WORD:
    case PW_FIELD_NAME:
    case PW_FIELD_OFFER_POINT:
    case PW_FIELD_STAGE_OR_CHOICE: *(int *)at(into, field->at) = (int)otherwise; break;
    case PW_FIELD_CHANCE:
    case PW_FIELD_CHANCE_HERE: {
        pw_chance_t *chance = at(into, field->at);
        chance->unit = field->unit;
        chance->place = field->place < PW_PLACE_OF_STAGE ? field->place : -1;
        pw_setting_default(&chance->base, otherwise);
        break;
    }
    case PW_FIELD_LENGTH: {
        pw_length_t *length = at(into, field->at);
        pw_setting_default(&length->days, 0.0);
        pw_setting_default(&length->median_days, 0.0);
        pw_setting_default(&length->p95_days, 0.0);
        pw_setting_default(&length->mean_days, 0.0);
        break;
    }
    case PW_FIELD_GROUP: pw_schema_defaults(field->schema, into); break;
    default: break;
    }
}

void pw_schema_defaults(const pw_schema_t *schema, void *into)
{
    for (int i = 0; i < schema->n_fields; i++)
        default_of(&schema->field[i], into);
}

/* ---- freeing ---- */

typedef PW_LIST(char) any_list_t;

static void free_list(const pw_schema_t *schema, any_list_t *list)
{
    for (int i = 0; i < list->n; i++)
        pw_schema_free(schema, list->item + (size_t)i * schema->size);
    pw_free(list->item);
    list->item = NULL;
    list->n = 0;
}

void pw_schema_free(const pw_schema_t *schema, void *from)
{
    for (int i = 0; i < schema->n_fields; i++) {
        const pw_field_t *field = &schema->field[i];
        if (field->kind == PW_FIELD_LIST)
            free_list(field->schema, at(from, field->at));
        else if (field->kind == PW_FIELD_STAGE_OR_CHOICE)
            free_list(field->schema, at(from, field->also));
        else if (field->kind == PW_FIELD_SEES) {
            pw_seens_t *seens = at(from, field->at);
            pw_free(seens->item);
            *seens = (pw_seens_t){ 0 };
        } else if (field->kind == PW_FIELD_GROUP)
            pw_schema_free(field->schema, from);
    }
}

/* ---- visiting ---- */

static void visit_list(const pw_schema_t *schema, const any_list_t *list, void (*visit)(void *, const pw_chance_t *), void *context)
{
    for (int i = 0; i < list->n; i++) {
        const pw_item_t *is = (const void *)(list->item + (size_t)i * schema->size);
        if (!is->removed)
            pw_schema_each_chance(schema, is, visit, context);
    }
}

void pw_schema_each_chance(const pw_schema_t *schema, const void *from, void (*visit)(void *, const pw_chance_t *), void *context)
{
    for (int i = 0; i < schema->n_fields; i++) {
        const pw_field_t *field = &schema->field[i];
        const char *there = (const char *)from + field->at;
        if (field->kind == PW_FIELD_CHANCE || field->kind == PW_FIELD_CHANCE_HERE)
            visit(context, (const void *)there);
        else if (field->kind == PW_FIELD_LIST)
            visit_list(field->schema, (const void *)there, visit, context);
        else if (field->kind == PW_FIELD_STAGE_OR_CHOICE)
            visit_list(field->schema, (const void *)((const char *)from + field->also), visit, context);
        else if (field->kind == PW_FIELD_GROUP)
            pw_schema_each_chance(field->schema, from, visit, context);
    }
}

/* ---- reading ---- */

static const char *kind_name(const pw_node_t *node)
{
    switch (node->kind) {
    case PW_NODE_GROUP: return "a group { }";
    case PW_NODE_LIST: return "a list ( )";
    case PW_NODE_BOOL: return "true or false";
    case PW_NODE_TEXT: return "a text";
    default: return "a number";
    }
}

static bool expect(pw_reader_t *reader, const pw_node_t *node, int kind, const char *allowed)
{
    if (node->kind == kind)
        return true;
    pw_finding_at(reader, node, "`%s` is %s; allowed: %s.", node->name ? node->name : "this", kind_name(node), allowed);
    return false;
}

static int thing_of_list(const char *key)
{
    static const char *const lists[PW_THINGS] = { "areas", "attributes", "information", "teams", "stages", "services" };
    for (int t = 0; t < PW_THINGS; t++)
        if (strcmp(lists[t], key) == 0)
            return t;
    return -1;
}

static void read_list(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, size_t offset, void *into)
{
    const pw_schema_t *schema = field->schema;
    any_list_t *list = at(into, offset);
    node->used = true;
    if (!expect(reader, node, PW_NODE_LIST, "a list of groups ( { }, { } )")) {
        pw_tree_mark_used(node);      /* what stands inside need not be said as well */
        return;
    }
    int n = node->n;
    if (n > schema->max) {
        pw_finding_at(reader, node, "`%s` has %d elements; allowed: at most %d (a fixed limit of the program).", node->name, n, schema->max);
        for (n = schema->max; n < node->n; n++)
            pw_tree_mark_used(node->child[n]);
        n = schema->max;
    }
    if (!(list->item = pw_alloc(n > 0 ? (size_t)n : 1, schema->size))) {
        reader->status = PW_ERROR_MEMORY;
        return;
    }
    list->n = n;
    int thing = node->name && reader->thing < 0 ? thing_of_list(node->name) : -1;
    for (int i = 0; i < n; i++) {
        pw_reader_t inside = *reader;
        void *item = list->item + (size_t)i * schema->size;
        pw_item_t *is = item;
        pw_schema_defaults(schema, item);
        if (thing >= 0) {
            inside.thing = thing;
            inside.index = i;
        }
        inside.removed |= node->child[i]->removed;
        is->node = node->child[i];
        is->removed = node->child[i]->removed;
        node->child[i]->used = true;
        if (expect(&inside, node->child[i], PW_NODE_GROUP, "a group { }"))
            pw_schema_read(&inside, node->child[i], schema, item);
        is->name = is->name ? is->name : "";        /* missing: already a finding */
        reader->status = inside.status;
    }
}

static void read_stage_or_choice(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, void *into)
{
    if (node->kind == PW_NODE_LIST)
        read_list(reader, node, field, field->also, into);
    else
        *(int *)at(into, field->at) = pw_read_name(reader, node, PW_THING_STAGE);
}

static void read_text(pw_reader_t *reader, const pw_node_t *node, const char **out)
{
    if (!expect(reader, node, PW_NODE_TEXT, "a text in quotes"))
        return;
    if (node->text[0] == '\0')
        pw_finding_at(reader, node, "`%s` is empty; allowed: a text.", node->name);
    *out = node->text;
}

static void read_field(pw_reader_t *reader, pw_node_t *group, pw_node_t *node, const pw_field_t *field, void *into)
{
    void *to = at(into, field->at);
    node->used = true;
    switch (field->kind) {
    case PW_FIELD_SETTING:
    case PW_FIELD_FIXED:
    case PW_FIELD_PLACES: pw_read_setting(reader, node, field, to); break;
    case PW_FIELD_TEXT: read_text(reader, node, to); break;
    case PW_FIELD_FLAG:
        if (expect(reader, node, PW_NODE_BOOL, "true or false"))
            *(bool *)to = node->boolean;
        break;
    case PW_FIELD_WORD: *(int *)to = pw_read_word(reader, node, field->words); break;
    case PW_FIELD_NAME: *(int *)to = pw_read_name(reader, node, field->unit); break;
    case PW_FIELD_OFFER_POINT: *(int *)to = pw_read_offer_point(reader, node); break;
    case PW_FIELD_CHANCE: pw_read_chance(reader, node, field, to); break;
    case PW_FIELD_CHANCE_HERE: pw_read_chance(reader, group, field, to); break;
    case PW_FIELD_LENGTH: pw_read_length(reader, node, field, to); break;
    case PW_FIELD_BITS: pw_read_bits(reader, node, field->allows, to); break;
    case PW_FIELD_REQUIRES: pw_read_requires(reader, node, to, at(into, field->also)); break;
    case PW_FIELD_SEES: pw_read_sees(reader, node, field, to); break;
    case PW_FIELD_NUMBERS: pw_read_numbers(reader, node, field, to); break;
    case PW_FIELD_GROUP:
        if (field->also)
            *(const pw_node_t **)at(into, field->also) = node;
        if (expect(reader, node, PW_NODE_GROUP, "a group { }"))
            pw_schema_read(reader, node, field->schema, into);
        break;
    case PW_FIELD_LIST: read_list(reader, node, field, field->at, into); break;
    case PW_FIELD_STAGE_OR_CHOICE: read_stage_or_choice(reader, node, field, into); break;
    default: break;
    }
}

static pw_node_t *child_of(const pw_node_t *group, const char *key)
{
    for (int i = 0; key && i < group->n; i++)
        if (group->child[i]->name && strcmp(group->child[i]->name, key) == 0)
            return group->child[i];
    return NULL;
}

static bool is_wanting(const pw_node_t *group, const pw_field_t *field)
{
    return (field->required || isnan(field->otherwise)) && !child_of(group, field->key) && !child_of(group, field->short_form);
}

static bool is_first_wanting(const pw_node_t *group, const pw_schema_t *schema, const pw_field_t *field)
{
    const pw_field_t *first = schema->field;
    while (first != field && !is_wanting(group, first))
        first++;
    return first == field;
}

/* "`places` and `duration`"; returns how many are missing. */
static int list_wanting(const pw_node_t *group, const pw_schema_t *schema, char *out, size_t room)
{
    int left = 0, n = 0;
    for (int i = 0; i < schema->n_fields; i++)
        left += is_wanting(group, &schema->field[i]);
    for (int i = 0; i < schema->n_fields; i++)
        if (is_wanting(group, &schema->field[i])) {
            size_t used = strlen(out);
            snprintf(out + used, room - used, "%s`%s`", n == 0 ? "" : n == left - 1 ? " and " : ", ", schema->field[i].key);
            n++;
        }
    return n;
}

/* A new element of a scenario that lacks what it needs was probably meant to change one that is there. */
static void missing(pw_reader_t *reader, pw_node_t *group, const pw_schema_t *schema, const pw_field_t *field)
{
    const pw_spec_t *spec = reader->spec;
    bool is_thing = reader->thing >= 0 && strcmp(schema->one, pw_thing_names[reader->thing]) == 0 && spec->base_tree &&
        reader->index >= spec->first_new[reader->thing];
    const pw_node_t *name = pw_tree_child(group, "name");
    if (!is_thing || !name || name->kind != PW_NODE_TEXT) {
        bool no_base = group == spec->tree && strcmp(field->key, "areas") == 0;      /* nothing to lay the file over */
        pw_finding_at(reader, group, "`%s` is missing: %s.%s", field->key, field->meaning,
                      no_base ? " A scenario needs a line base = \"../params/baseline.cfg\"; that says what it changes." : "");
        return;
    }
    char hint[128], wanting[200] = "";
    int n = list_wanting(group, schema, wanting, sizeof wanting);
    if (!is_first_wanting(group, schema, field))
        return;      /* one finding names them all */
    pw_text_t there = { 0 };
    if (!pw_did_you_mean(name->text, spec->names[reader->thing].name, spec->first_new[reader->thing], hint, sizeof hint)[0])
        for (int i = 0; i < spec->first_new[reader->thing]; i++)
            pw_text_printf(&there, "%s%s", i ? ", " : " It has: ", spec->names[reader->thing].name[i]);
    pw_finding_at(reader, group, "The base has no %s called `%s` to change, and %s %s missing to make a new one.%s%s%s", schema->one, name->text, wanting,
                  n == 1 ? "is" : "are", hint, pw_text_get(&there), there.n ? "." : "");
    pw_text_free(&there);
}

static void read_known(pw_reader_t *reader, pw_node_t *group, const pw_schema_t *schema, void *into)
{
    for (int i = 0; i < schema->n_fields; i++) {
        const pw_field_t *field = &schema->field[i];
        pw_node_t *node = child_of(group, field->key), *other = child_of(group, field->short_form);
        if (node && other) {
            pw_finding_at(reader, other, "`%s` and `%s` say the same; allowed: one of them.", field->short_form, field->key);
            pw_tree_mark_used(other);
        }
        node = node ? node : other;
        if (node)
            read_field(reader, group, node, field, into);
        else if (field->required || isnan(field->otherwise))
            missing(reader, group, schema, field);
    }
}

static bool is_known(const pw_schema_t *schema, const char *key)
{
    for (int i = 0; i < schema->n_fields; i++) {
        const pw_field_t *field = &schema->field[i];
        if (strcmp(field->key, key) == 0 || (field->short_form && strcmp(field->short_form, key) == 0) ||
            (field->kind == PW_FIELD_CHANCE_HERE && pw_chance_has_word(field, key)))
            return true;
    }
    return false;
}

static void refuse_unknown(pw_reader_t *reader, pw_node_t *group, const pw_schema_t *schema)
{
    enum { MOST = 64 };
    const char *names[MOST];
    int n = 0;
    for (int i = 0; i < schema->n_fields && n < MOST - 2; i++) {
        names[n++] = schema->field[i].key;
        if (schema->field[i].kind == PW_FIELD_CHANCE_HERE)
            names[n++] = pw_chance_ratio_word(schema->field[i].unit);
    }
    for (int i = 0; i < group->n; i++) {
        pw_node_t *child = group->child[i];
        if (!child->name || is_known(schema, child->name))
            continue;
        char hint[700];
        pw_near_or_all(child->name, names, n, "", hint, sizeof hint);
        pw_finding_at(reader, child, schema->size ? "There is no setting `%s` of one %s.%s" : "There is no setting `%s` in %s.%s", child->name, schema->one,
                      hint);
        pw_tree_mark_used(child);
    }
}

void pw_schema_read(pw_reader_t *reader, pw_node_t *group, const pw_schema_t *schema, void *into)
{
    group->used = true;
    read_known(reader, group, schema, into);
    refuse_unknown(reader, group, schema);
}
