#include "explain.h"

#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "explain_sentence.h"

enum { WIDTH = 100 };

/* ---- lines ---- */

void pw_explain_wrap(const char *text, int first, int indent, pw_text_t *out)
{
    pw_text_repeat(out, " ", (size_t)first);
    size_t column = (size_t)first;
    bool begun = false;
    for (const char *word = text; *word;) {
        size_t n = strcspn(word, " \n");
        char piece[PW_TREE_PATH];
        snprintf(piece, sizeof piece, "%.*s", (int)n, word);
        size_t width = pw_text_width(piece);
        if (begun && column + 1 + width > WIDTH) {
            pw_text_append(out, "\n");
            pw_text_repeat(out, " ", (size_t)indent);
            column = (size_t)indent;
        } else if (begun) {
            pw_text_append(out, " ");
            column++;
        }
        pw_text_append_bytes(out, word, n);
        column += width;
        begun = true;
        word += n + strspn(word + n, " \n");
    }
    pw_text_append(out, "\n");
}

/* Where it is said: of values in a group that begins in a file below, the one that the file itself changes (an area's number of places). */
static const pw_node_t *said_at(const pw_node_t *node, const char *file)
{
    bool below = node && node->kind == PW_NODE_GROUP && node->file && strcmp(node->file, file) != 0;
    for (int i = 0; below && i < node->n; i++)
        if (node->child[i]->n == 0 && node->child[i]->file && strcmp(node->child[i]->file, file) == 0)
            return node->child[i];
    return node;
}

void pw_explain_add(pw_explain_t *self, int section, const char *heading, const pw_text_t *sentence, const pw_node_t *node)
{
    pw_text_t *out = &self->section[section], whole = { 0 };
    int indent = heading[0] ? 4 : 2;
    node = said_at(node, self->now->file);
    if (heading[0] && strcmp(heading, self->heading[section]) != 0)
        pw_text_printf(out, "  %s:\n", heading);
    snprintf(self->heading[section], sizeof self->heading[section], "%s", heading);
    pw_text_append(&whole, pw_text_get(sentence));
    if (node && node->line > 0)
        pw_text_printf(&whole, " [%s:%d]", node->file, node->line);
    else if (node && node->file)
        pw_text_printf(&whole, " [%s]", node->file);
    pw_explain_wrap(pw_text_get(&whole), indent, indent + 2, out);
    if (whole.failed || sentence->failed)
        self->status = PW_ERROR_MEMORY;
    pw_text_free(&whole);
}

/* ---- the page ---- */

/* What a scenario does not say of itself it has from a file that it stands on: that is not about it. */
static const char *own(const pw_spec_t *now, const char *key, const char *text)
{
    const pw_node_t *node = pw_tree_child(now->tree, key);
    return node && node->file && strcmp(node->file, now->file) != 0 ? NULL : text;
}

static bool is_itself(const pw_spec_t *before, const pw_spec_t *now) { return strcmp(before->file, now->file) == 0; }

static void begin(const pw_spec_t *before, const pw_spec_t *now, pw_text_t *out)
{
    pw_text_t line = { 0 };
    bool has_base = !is_itself(before, now);
    const char *title = own(now, "title", now->title), *rationale = own(now, "rationale", now->rationale), *source = own(now, "source", now->source);
    pw_text_printf(&line, "%s (%s)", title ? title : now->name, now->file);
    pw_explain_wrap(pw_text_get(&line), 0, 0, out);
    pw_text_clear(&line);
    if (rationale) {
        pw_text_append(out, "\n");
        pw_explain_wrap(rationale, 0, 0, out);
    }
    if (source) {
        pw_text_printf(&line, "Asked for by: %s", source);
        pw_explain_wrap(pw_text_get(&line), 0, 0, out);
        pw_text_clear(&line);
    }
    if (has_base)
        pw_text_printf(&line, "Compared with the baseline, %s:", before->file);
    else
        pw_text_printf(&line, "This file has no base: it is a baseline itself, and there is nothing to compare it with.");
    pw_text_append(out, "\n");
    pw_explain_wrap(pw_text_get(&line), 0, 0, out);
    pw_text_free(&line);
}

static void when(const pw_spec_t *now, pw_text_t *out)
{
    pw_text_t line = { 0 };
    if (!now->from_month.node || now->from_month.number[0] <= 0.0)
        return;
    pw_text_printf(&line, "New services and changes of places start %g month%s after day 0; everything else holds from day 0. [%s:%d]",
                   now->from_month.number[0], now->from_month.number[0] == 1.0 ? "" : "s", now->from_month.node->file, now->from_month.node->line);
    pw_text_append(out, "\n");
    pw_explain_wrap(pw_text_get(&line), 0, 0, out);
    pw_text_free(&line);
}

static void finish(pw_explain_t *self, pw_text_t *out)
{
    static const char *const titles[PW_EXPLAIN_SECTIONS] = { "Services", "Stages", "Teams", "Information", "Police", "Families", "Evidence", "Costs" };
    for (int s = 0; s < PW_EXPLAIN_SECTIONS; s++) {
        if (self->section[s].n > 0)
            pw_text_printf(out, "\n%s\n%s", titles[s], pw_text_get(&self->section[s]));
        if (self->section[s].failed)
            self->status = PW_ERROR_MEMORY;
        pw_text_free(&self->section[s]);
    }
    if (self->changes == 0)
        pw_text_append(out, "\nNothing differs.\n");
    if (out->failed)
        self->status = PW_ERROR_MEMORY;
}

const char *pw_explain_base(const pw_spec_t *spec)
{
    const pw_node_t *schema = spec->base_tree ? pw_tree_child(spec->base_tree, "schema") : NULL;
    return schema && schema->file ? schema->file : spec->file;
}

pw_status_t pw_explain_write(const pw_spec_t *before, const pw_spec_t *now, pw_text_t *out)
{
    pw_explain_t *self = pw_alloc(1, sizeof *self);
    if (!self)
        return PW_ERROR_MEMORY;
    self->before = before;
    self->now = now;
    self->used = pw_alloc((size_t)now->evidence.n, sizeof *self->used);
    if (self->used) {
        begin(before, now, out);
        if (!is_itself(before, now)) {
            when(now, out);
            pw_difference_walk(before, now, pw_explain_visit, self);
            pw_explain_evidence(self);
            finish(self, out);
        }
    } else {
        self->status = PW_ERROR_MEMORY;
    }
    pw_status_t status = self->status;
    pw_free(self->used);
    pw_free(self);
    return status;
}
