#include "resolved.h"

#include <stdio.h>

#include "../base/number.h"

static void write_text(const char *text, pw_text_t *out)
{
    pw_text_append(out, "\"");
    for (const char *c = text; *c; c++)
        if (*c == '\n')
            pw_text_append(out, "\\n");
        else {
            if (*c == '"' || *c == '\\')
                pw_text_append(out, "\\");
            pw_text_append_bytes(out, c, 1);
        }
    pw_text_append(out, "\"");
}

static void write_value(const pw_node_t *node, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    switch (node->kind) {
    case PW_NODE_TEXT: write_text(node->text, out); break;
    case PW_NODE_BOOL: pw_text_append(out, node->boolean ? "true" : "false"); break;
    default: pw_text_append(out, pw_number_shortest(node->real, number)); break;
    }
}

static void write_origin(const pw_node_t *node, bool origins, pw_text_t *out)
{
    if (!origins)
        pw_text_append(out, "\n");
    else if (node->line > 0)
        pw_text_printf(out, "  # %s:%d\n", node->file, node->line);
    else
        pw_text_printf(out, "  # %s\n", node->file);
}

/* One step of a path: a setting's name, an element's key, or its place from 1. */
static size_t add_step(const pw_node_t *parent, int i, char *path, size_t n)
{
    char key[PW_TREE_PATH];
    const pw_node_t *child = parent->child[i];
    if (child->name)
        snprintf(key, sizeof key, "%s", child->name);
    else if (!pw_tree_key(child, key, sizeof key))
        snprintf(key, sizeof key, "%d", i + 1);
    int written = snprintf(path + n, PW_TREE_PATH - n, "%s%s", n ? "." : "", key);
    size_t end = n + (size_t)(written > 0 ? written : 0);
    return end < PW_TREE_PATH ? end : PW_TREE_PATH - 1;
}

static void write_all(const pw_node_t *node, char *path, size_t n, bool origins, pw_text_t *out)
{
    if (node->removed) {
        pw_text_printf(out, "# %s is taken out", path);
        write_origin(node, origins, out);
        return;
    }
    if (node->kind != PW_NODE_GROUP && node->kind != PW_NODE_LIST) {
        pw_text_printf(out, "%s = ", path);
        write_value(node, out);
        write_origin(node, origins, out);
        return;
    }
    for (int i = 0; i < node->n; i++) {
        size_t end = add_step(node, i, path, n);
        write_all(node->child[i], path, end, origins, out);
        path[n] = '\0';
    }
}

void pw_resolved_write(const pw_spec_t *spec, pw_text_t *out)
{
    char path[PW_TREE_PATH] = "";
    pw_text_printf(out, "# Every value in force in \"%s\", as path = value  # file:line that set it.\n", spec->name);
    write_all(spec->tree, path, 0, true, out);
}

void pw_resolved_values(const pw_spec_t *spec, pw_text_t *out)
{
    char path[PW_TREE_PATH] = "";
    write_all(spec->tree, path, 0, false, out);
}
