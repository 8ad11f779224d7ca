/* explain_entry.c: what a family brings along when it enters. The warm-up runs under the baseline, so a scenario that says it otherwise says it of
 * newcomers only: those there at day 0 keep what they have. */
#include <string.h>

#include "explain_warn.h"
#include "explain_words.h"

/* In the shipped baseline 44 of 100 of the cohort enter after day 0 (20 worlds at the estimates' values). */
static const char others_keep[] = "Families that are there at day 0, about half of the cohort in the shipped baseline, keep what they entered with. ";

static void say_new(pw_warnings_t *self, int attribute)
{
    pw_text_t text = { 0 };
    pw_warn_begin(self->now, PW_THING_ATTRIBUTE, attribute, &text);
    pw_text_printf(&text, " is new: only families that enter after day 0 can have it. %sPut the attribute into a baseline of your own, or bring its share into "
                   "the percentages of offers.", others_keep);
    pw_warn(self, &text, self->now->attributes.item[attribute].is.node);
}

/* What is said otherwise, in the order in which it is found. */
typedef struct {
    pw_warnings_t *warnings;
    pw_text_t list;
    pw_node_t first;                       /* where the first is said */
} changed_t;

static void add(changed_t *self, const char *what, const char *name, const char *file, int line)
{
    if (self->list.n == 0)
        self->first = (pw_node_t){ .file = (char *)file, .line = line };
    pw_text_printf(&self->list, "%s%s%s", self->list.n > 0 ? ", " : "", what, name);
}

static void say_changed(changed_t *self)
{
    pw_text_t text = { 0 };
    pw_text_printf(&text, "What a family brings along when it enters is said otherwise here: %s. Under this policy only families that enter after day 0 "
                   "have it so. %sTo ask about other families, change it in a baseline of your own, or with --set, which holds in the baseline too.",
                   pw_text_get(&self->list), others_keep);
    pw_warn(self->warnings, &text, &self->first);
}

/* ---- settings ---- */

static bool is_frailty(const char *path)
{
    static const char *const paths[] = { "incidents.frailty_variance", "incidents.severity_spread", "incidents.frailty_correlation" };
    bool is = false;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        is |= strcmp(path, paths[i]) == 0;
    return is;
}

static bool is_age_or_number(const char *path) { return strncmp(path, "youngest_child.", 15) == 0 || strncmp(path, "children.", 9) == 0; }

static bool visit(void *context, const pw_difference_t *at)
{
    changed_t *self = context;
    bool of_attribute = strncmp(at->path, "attributes.", 11) == 0 && at->n_owners > 0;
    const pw_attribute_spec_t *attribute = of_attribute ? &at->now->attributes.item[at->owner[0].index] : NULL;
    if (attribute && attribute->redrawn_at_separation)
        return false;
    if (attribute && at->is_element && at->n_owners == 1 && at->kind == PW_DIFFERENCE_ADDED) {
        say_new(self->warnings, at->owner[0].index);
        return false;
    }
    if (attribute || is_frailty(at->path) || is_age_or_number(at->path))
        add(self, "", at->path, at->node ? at->node->file : NULL, at->node ? at->node->line : 0);
    return false;
}

/* ---- estimates that the scenario replaces ---- */

static bool reads(const pw_spec_t *spec, const pw_setting_t *setting, int estimate)
{
    bool does = false;
    for (int a = 0; setting->node && a < pw_spec_areas(spec); a++)
        does |= setting->estimate[a] == estimate;
    return does;
}

static bool chance_reads(const pw_spec_t *spec, const pw_chance_t *chance, int estimate)
{
    bool does = reads(spec, &chance->base, estimate);
    for (int i = 0; i < chance->n_terms; i++)
        does |= reads(spec, &chance->term[i].ratio, estimate);
    return does;
}

static bool entry_reads(const pw_spec_t *spec, int estimate)
{
    bool does = reads(spec, &spec->incidents.frailty_variance, estimate) || reads(spec, &spec->incidents.severity_spread, estimate) ||
                reads(spec, &spec->incidents.frailty_correlation, estimate);
    for (int i = 0; i < spec->attributes.n; i++) {
        const pw_attribute_spec_t *attribute = &spec->attributes.item[i];
        does |= !attribute->is.removed && !attribute->redrawn_at_separation && chance_reads(spec, &attribute->chance, estimate);
    }
    return does;
}

static void look_for_estimates(changed_t *self)
{
    const pw_evidence_t *now = &self->warnings->now->evidence, *before = &self->warnings->before->evidence;
    for (int e = 0; e < now->n; e++) {
        const pw_estimate_t *estimate = &now->estimate[e];
        int at = pw_evidence_find(before, estimate->name);
        if (at >= 0 && strcmp(before->estimate[at].file, estimate->file) != 0 && entry_reads(self->warnings->now, e))
            add(self, "the estimate ", estimate->name, estimate->file, estimate->line);
    }
}

void pw_warn_of_entries(pw_warnings_t *self)
{
    changed_t changed = { .warnings = self };
    pw_difference_walk(self->before, self->now, visit, &changed);
    look_for_estimates(&changed);
    if (changed.list.n > 0)
        say_changed(&changed);
    if (changed.list.failed)
        self->status = PW_ERROR_MEMORY;
    pw_text_free(&changed.list);
}
