/* explain_slip.c: numbers that are lawful and look like slips of the pen: 0.3 for 30 per cent, 95 for a ratio of 0.95, an estimate without its interval. */
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "explain_warn.h"
#include "explain_words.h"

/* A ratio that multiplies by ten or divides by ten is rarely meant. */
static const double far_above = 10.0, far_below = 0.1;

static bool is_fraction(double percent) { return percent > 0.0 && percent < 1.0; }
static bool is_far(double ratio) { return ratio >= far_above || (ratio > 0.0 && ratio <= far_below); }

static void say_fraction(pw_warnings_t *self, const char *what, double percent, const pw_node_t *node)
{
    char given[PW_NUMBER_ROOM];
    pw_text_t text = { 0 };
    pw_text_printf(&text, "%s is %s per 100, fewer than one in a hundred. 30 of 100 is written 30.0: if %.3g of 100 are meant, write %.3g.", what,
                   pw_number_shortest(percent, given), 100.0 * percent, 100.0 * percent);
    pw_warn(self, &text, node);
}

static void say_far(pw_warnings_t *self, const char *what, double ratio, const pw_node_t *node)
{
    char given[PW_NUMBER_ROOM];
    pw_text_t text = { 0 };
    pw_number_shortest(ratio, given);
    if (ratio >= far_above)
        pw_text_printf(&text, "%s is a ratio of %s: what it acts on becomes %s times as much.", what, given, given);
    else
        pw_text_printf(&text, "%s is a ratio of %s: of what it acts on at most a tenth is left.", what, given);
    pw_text_append(&text, " A ratio of 1 changes nothing; if 5 per cent less is meant, write 0.95.");
    pw_warn(self, &text, node);
}

/* ---- settings ---- */

static bool any(const pw_spec_t *spec, const pw_setting_t *setting, bool (*test)(double), double *out)
{
    for (int a = 0; setting && setting->node && !setting->remainder && !setting->unlimited && a < pw_spec_areas(spec); a++)
        if (setting->estimate[a] < 0 && test(setting->number[a])) {
            *out = setting->number[a];
            return true;
        }
    return false;
}

/* Estimates speak for themselves below; what the baseline had so already is no slip of this file. */
static void check_setting(pw_warnings_t *self, const char *path, int unit, const pw_setting_t *before, const pw_setting_t *now)
{
    bool is_percent = unit == PW_UNIT_PERCENT || unit == PW_UNIT_SHARE;
    bool (*test)(double) = is_percent ? is_fraction : is_far;
    double value, old;
    char what[PW_TREE_PATH + 40];
    if (!(is_percent || unit == PW_UNIT_RATIO) || (before && pw_setting_same(self->before, before, self->now, now)) || !any(self->now, now, test, &value) ||
        (before && any(self->before, before, test, &old)))
        return;
    snprintf(what, sizeof what, "The setting %s", path);
    (is_percent ? say_fraction : say_far)(self, what, value, now->node);
}

static void check_chance(pw_warnings_t *self, const char *path, const pw_chance_t *before, const pw_chance_t *now)
{
    check_setting(self, path, now->unit, before ? &before->base : NULL, &now->base);
    for (int i = 0; i < now->n_terms; i++) {
        const pw_term_t *old = before ? pw_chance_term(before, now->term[i].covariate) : NULL;
        check_setting(self, path, PW_UNIT_RATIO, old ? &old->ratio : NULL, &now->term[i].ratio);
    }
}

static bool visit(void *context, const pw_difference_t *at)
{
    pw_warnings_t *self = context;
    if (at->is_element)
        return at->kind == PW_DIFFERENCE_ADDED;      /* go on to what the new element says */
    const void *to = (const char *)at->to + at->field->at, *from = at->from ? (const char *)at->from + at->field->at : NULL;
    if (at->field->kind == PW_FIELD_SETTING)
        check_setting(self, at->path, at->field->unit, from, to);
    else if (at->field->kind == PW_FIELD_CHANCE || at->field->kind == PW_FIELD_CHANCE_HERE)
        check_chance(self, at->path, from, to);
    else if (at->field->kind == PW_FIELD_SEES)
        for (int i = 0; i < ((const pw_seens_t *)to)->n; i++)
            check_setting(self, at->path, PW_UNIT_PERCENT, NULL, &((const pw_seens_t *)to)->item[i].percent);
    return false;
}

/* ---- estimates ---- */

static bool says_distribution(const pw_spec_t *spec, const char *name)
{
    const pw_node_t *list = pw_tree_child(spec->tree, "evidence");
    for (int i = 0; list && i < list->n; i++) {
        const pw_node_t *its = pw_tree_child(list->child[i], "name");
        if (its && its->kind == PW_NODE_TEXT && strcmp(its->text, name) == 0)
            return pw_tree_child(list->child[i], "distribution") != NULL;
    }
    return false;
}

/* Whether any setting outside the evidence names it. */
static bool is_named(const pw_node_t *node, const char *name)
{
    if (node->kind == PW_NODE_TEXT && strcmp(node->text, name) == 0)
        return true;
    for (int i = 0; i < node->n && !node->removed; i++)
        if (!(node->child[i]->name && strcmp(node->child[i]->name, "evidence") == 0) && is_named(node->child[i], name))
            return true;
    return false;
}

/* An interval that reaches 1 in 100 shows that its author counts in hundreds. */
static void check_estimate(pw_warnings_t *self, const pw_estimate_t *estimate)
{
    pw_node_t where = { .file = (char *)estimate->file, .line = estimate->line };
    bool is_fixed = estimate->distribution == PW_DISTRIBUTION_FIXED;
    char what[80];
    snprintf(what, sizeof what, "The estimate %.50s", estimate->name);
    if (estimate->quantity == PW_QUANTITY_PERCENT && is_fraction(estimate->value) && (is_fixed || estimate->high < 1.0))
        say_fraction(self, what, estimate->value, &where);
    if (estimate->quantity == PW_QUANTITY_RATIO && is_far(estimate->value))
        say_far(self, what, estimate->value, &where);
    if (strcmp(estimate->file, self->now->file) == 0 && !is_named(self->now->tree, estimate->name)) {      /* what a package lays over is no slip */
        pw_text_t text = { 0 };
        pw_text_printf(&text, "%s is named by no setting: it changes nothing. Its name, in quotes, stands where its number would.", what);
        pw_warn(self, &text, &where);
    }
    if (is_fixed && !says_distribution(self->now, estimate->name)) {
        pw_text_t text = { 0 };
        pw_text_printf(&text, "%s has no interval: runs hold it fixed, as if it were known for certain. Give it low and high; if it is certain, say so with "
                       "distribution = \"fixed\".", what);
        pw_warn(self, &text, &where);
    }
}

void pw_warn_of_slips(pw_warnings_t *self)
{
    pw_difference_walk(self->before, self->now, visit, self);
    pw_warn_of_places(self);
    pw_warn_of_entries(self);
    for (int e = 0; e < self->now->evidence.n; e++) {
        const pw_estimate_t *estimate = &self->now->evidence.estimate[e];
        int at = pw_evidence_find(&self->before->evidence, estimate->name);
        if (at < 0 || strcmp(self->before->evidence.estimate[at].file, estimate->file) != 0)
            check_estimate(self, estimate);
    }
}

pw_status_t pw_explain_slips(const pw_spec_t *before, const pw_spec_t *now, pw_text_t *out)
{
    pw_warnings_t *self = pw_alloc(1, sizeof *self);
    if (!self)
        return PW_ERROR_MEMORY;
    self->before = before;
    self->now = now;
    self->out = out;
    pw_warn_of_slips(self);
    pw_status_t status = out->failed ? PW_ERROR_MEMORY : self->status;
    pw_free(self);
    return status;
}
