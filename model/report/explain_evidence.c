/* explain_evidence.c: the estimates behind a scenario, and who says so. */
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "explain.h"
#include "explain_words.h"

static bool same_estimate(const pw_estimate_t *a, const pw_estimate_t *b)
{
    bool same = a->quantity == b->quantity && a->grade == b->grade && a->distribution == b->distribution && a->value == b->value && a->low == b->low &&
        a->high == b->high &&
                a->price_year == b->price_year && strcmp(a->source, b->source) == 0 && a->n_by_area == b->n_by_area;
    for (int i = 0; same && i < a->n_by_area; i++)
        same = a->area_value[i] == b->area_value[i];
    return same;
}

/* A kind without a word of its own after the number. */
static const char *kind_of(const pw_estimate_t *estimate)
{
    return estimate->quantity == PW_QUANTITY_RATIO ? "a ratio of " : estimate->quantity == PW_QUANTITY_WEIGHT ? "a weight of " : "";
}

static void append_interval(const pw_estimate_t *estimate, pw_text_t *text)
{
    int unit = pw_phrase_unit(estimate->quantity);
    pw_text_printf(text, "%s is %s", estimate->name, kind_of(estimate));
    pw_phrase_number(estimate->value, unit, text);
    if (estimate->price_year > 0)
        pw_text_printf(text, " in prices of %d", estimate->price_year);
    if (estimate->distribution == PW_DISTRIBUTION_FIXED) {
        pw_text_append(text, ", held fixed");
    } else {
        pw_text_append(text, ", and lies between ");
        pw_phrase_number(estimate->low, unit == PW_UNIT_POUNDS ? unit : PW_UNIT_NUMBER, text);
        pw_text_append(text, " and ");
        pw_phrase_number(estimate->high, unit == PW_UNIT_POUNDS ? unit : PW_UNIT_NUMBER, text);
        pw_text_append(text, " with a chance of 95 in 100");
    }
    pw_text_printf(text, "; %s, ", pw_grade_name(estimate->grade));
    if (strcmp(estimate->source, "none") == 0)
        pw_text_append(text, "no source");
    else
        pw_text_printf(text, "source %s", estimate->source);
}

static void add(pw_explain_t *self, const char *heading, const pw_text_t *text, const char *file, int line)
{
    pw_node_t where = { .file = (char *)file, .line = line };
    pw_explain_add(self, PW_EXPLAIN_EVIDENCE, heading, text, &where);
}

static void say_estimate(pw_explain_t *self, const char *heading, const pw_estimate_t *estimate, const pw_estimate_t *before)
{
    pw_text_t text = { 0 };
    append_interval(estimate, &text);
    if (estimate->note[0])
        pw_text_printf(&text, ": %s", estimate->note);
    bool ended = !before && text.n > 0 && strchr(".?!", pw_text_get(&text)[text.n - 1]);      /* a note may be a question */
    if (before) {
        pw_text_append(&text, ". It was ");
        pw_phrase_estimate(before, before->n_by_area, pw_phrase_unit(before->quantity), &text);
    }
    pw_text_append(&text, ended ? "" : ".");
    add(self, heading, &text, estimate->file, estimate->line);
    pw_text_free(&text);
}

static const pw_estimate_t *find(const pw_evidence_t *evidence, const char *name)
{
    int at = pw_evidence_find(evidence, name);
    return at < 0 ? NULL : &evidence->estimate[at];
}

/* ---- sources ---- */

static void say_source(pw_explain_t *self, const pw_node_t *source)
{
    const pw_node_t *title = pw_tree_child(source, "title"), *authors = pw_tree_child(source, "authors"), *year = pw_tree_child(source, "year");
    pw_text_t text = { 0 };
    pw_text_printf(&text, "%s: ", pw_tree_child(source, "name")->text);
    if (authors && authors->kind == PW_NODE_TEXT)
        pw_text_printf(&text, "%s%s", authors->text, year ? " " : ", ");
    if (year && year->kind == PW_NODE_INTEGER)
        pw_text_printf(&text, "(%lld), ", (long long)year->integer);
    pw_text_printf(&text, "%s.", title && title->kind == PW_NODE_TEXT ? title->text : "");
    add(self, "Sources", &text, source->file, source->line);
    pw_text_free(&text);
}

static void say_sources(pw_explain_t *self, const bool *told)
{
    const pw_node_t *sources = pw_tree_child(self->now->tree, "sources");
    for (int s = 0; sources && s < sources->n; s++) {
        const pw_node_t *name = pw_tree_child(sources->child[s], "name");
        bool is_used = false;
        for (int e = 0; name && e < self->now->evidence.n; e++)
            is_used |= told[e] && strcmp(self->now->evidence.estimate[e].source, name->text) == 0;
        if (is_used && !sources->child[s]->removed)
            say_source(self, sources->child[s]);
    }
}

void pw_explain_evidence(pw_explain_t *self)
{
    static const char *const headings[] = { "New estimates", "Replaced estimates", "Estimates taken over from the baseline" };
    const pw_evidence_t *now = &self->now->evidence, *before = &self->before->evidence;
    bool *told = pw_alloc((size_t)now->n, sizeof *told);
    if (!told) {
        self->status = PW_ERROR_MEMORY;
        return;
    }
    for (int kind = 0; kind < 3; kind++)
        for (int e = 0; e < now->n; e++) {
            const pw_estimate_t *estimate = &now->estimate[e], *old = find(before, estimate->name);
            int is = !old ? 0 : same_estimate(old, estimate) ? 2 : 1;
            if (is != kind || (kind == 2 && !self->used[e]))
                continue;
            say_estimate(self, headings[kind], estimate, kind == 1 ? old : NULL);
            self->changes += kind < 2;
            told[e] = true;
        }
    for (int e = 0; e < before->n; e++)
        if (!find(now, before->estimate[e].name)) {
            pw_text_t text = { 0 };
            pw_text_printf(&text, "%s is taken out.", before->estimate[e].name);
            add(self, "Estimates taken out", &text, before->estimate[e].file, before->estimate[e].line);
            self->changes++;
            pw_text_free(&text);
        }
    say_sources(self, told);
    pw_free(told);
}
