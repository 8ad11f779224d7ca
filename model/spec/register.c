#include "register.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/text.h"
#include "schema.h"

void pw_register_refuse(pw_register_t *self, const pw_node_t *node, const char *format, ...)
{
    char path[PW_TREE_PATH], message[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    pw_tree_path(self->root, node, path, sizeof path);
    pw_findings_add(self->findings, node->file, node->line, path, "%s", message);
}

const char *pw_register_did_you_mean(const char *given, const char *const *names, size_t n, char out[PW_HINT])
{
    int nearest = pw_text_nearest(given, names, n);
    out[0] = '\0';
    if (nearest >= 0)
        snprintf(out, PW_HINT, " (did you mean \"%.50s\"?)", names[nearest]);
    return out;
}

void pw_register_check_schema(pw_register_t *self, const pw_node_t *group, const pw_schema_t *schema)
{
    enum { MOST = 32 };
    char hint[PW_HINT], all[400];
    const char *known[MOST];
    size_t n_known = 0;
    for (int i = 0; i < schema->n_fields && n_known < MOST; i++)
        known[n_known++] = schema->field[i].key;
    for (int i = 0; i < group->n; i++) {
        const char *name = group->child[i]->name;
        bool found = false;
        for (size_t j = 0; j < n_known; j++)
            found = found || strcmp(name, known[j]) == 0;
        if (found)
            continue;
        pw_register_did_you_mean(name, known, n_known, hint);
        pw_register_join(known, n_known, all, sizeof all);
        pw_register_refuse(self, group->child[i], "there is no such setting here%s%s", hint[0] ? hint : "; allowed: ", hint[0] ? "" : all);
    }
}

bool pw_register_is_number(const pw_node_t *node) { return node->kind == PW_NODE_INTEGER || node->kind == PW_NODE_REAL; }

bool pw_register_read_number(pw_register_t *self, const pw_node_t *group, const char *name, double *out)
{
    const pw_node_t *node = pw_tree_child(group, name);
    if (!node)
        return false;
    if (!pw_register_is_number(node)) {
        pw_register_refuse(self, node, "a number is wanted here%s", node->kind == PW_NODE_TEXT ? ", without quotes" : "");
        return false;
    }
    *out = node->real;
    return !node->refused;
}

bool pw_register_read_year(pw_register_t *self, const pw_node_t *group, const char *name, int *out)
{
    double year;
    if (!pw_register_read_number(self, group, name, &year))
        return false;
    if (year != floor(year) || year < 1900.0 || year > 2100.0) {
        pw_register_refuse(self, pw_tree_child(group, name), "%.10g is not a year; allowed: 1900 to 2100", year);
        return false;
    }
    *out = (int)year;
    return true;
}

const char *pw_register_read_text(pw_register_t *self, const pw_node_t *group, const char *name)
{
    const pw_node_t *node = pw_tree_child(group, name);
    if (node && node->kind != PW_NODE_TEXT)
        pw_register_refuse(self, node, "a text in quotes is wanted here");
    return node && node->kind == PW_NODE_TEXT ? node->text : NULL;
}

void pw_register_join(const char *const *names, size_t n, char *out, size_t room)
{
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < n && at < room; i++) {
        int m = snprintf(out + at, room - at, "%s%s", i ? ", " : "", names[i]);
        at += m > 0 ? (size_t)m : 0;
    }
}

const char *pw_register_name(const pw_node_t *element)
{
    const pw_node_t *own = pw_tree_child(element, "name");
    return own && own->kind == PW_NODE_TEXT ? own->text : "";
}

double pw_register_index(const pw_node_t *deflators, int year)
{
    for (int i = 0; deflators && i < deflators->n; i++) {
        const pw_node_t *entry = deflators->child[i], *own = pw_tree_child(entry, "year"), *index = pw_tree_child(entry, "index");
        if (!entry->removed && own && index && pw_register_is_number(own) && pw_register_is_number(index) && own->real == (double)year)
            return index->real;
    }
    return 0.0;
}
