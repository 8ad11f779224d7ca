#include "targets.h"

#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/text.h"

typedef struct { const char *key; bool required, number; size_t at; } setting_t;

static const setting_t keys[] = {
    { "name", true, false, offsetof(pw_target_t, name) },        { "title", true, false, offsetof(pw_target_t, title) },
    { "measure", true, false, offsetof(pw_target_t, measure) },  { "subgroup", false, false, offsetof(pw_target_t, subgroup) },
    { "divided_by", false, false, offsetof(pw_target_t, divided_by) }, { "study", true, false, offsetof(pw_target_t, study) },
    { "kind", true, false, offsetof(pw_target_t, kind_word) },   { "use", true, false, offsetof(pw_target_t, use_word) },
    { "source", true, false, offsetof(pw_target_t, source) },    { "why", false, false, offsetof(pw_target_t, why) },
    { "low", false, true, offsetof(pw_target_t, low) },          { "high", false, true, offsetof(pw_target_t, high) },
    { "of", false, true, offsetof(pw_target_t, of) },            { "least", false, true, offsetof(pw_target_t, least) },
    { "most", false, true, offsetof(pw_target_t, most) },
};
enum { N_KEYS = sizeof keys / sizeof keys[0] };

static const char *const kinds[PW_TARGET_KINDS] = { "count", "interval", "bound", "sign", "equality", "figure" };
static const char *const uses[PW_TARGET_USES] = { "fitted", "checked", "built in", "external", "free" };

/* ---- reading ---- */

static void refuse(const pw_node_t *node, pw_findings_t *findings, const char *name, const char *says)
{
    pw_findings_add(findings, node->file, node->line, "targets", "%s: %s", name ? name : "a target", says);
}

static const setting_t *key_of(const char *name)
{
    for (int i = 0; i < N_KEYS; i++)
        if (strcmp(keys[i].key, name) == 0)
            return &keys[i];
    return NULL;
}

static void unknown_key(const pw_node_t *node, pw_findings_t *findings)
{
    const char *names[N_KEYS];
    for (int i = 0; i < N_KEYS; i++)
        names[i] = keys[i].key;
    int nearest = pw_text_nearest(node->name, names, N_KEYS);
    pw_findings_add(findings, node->file, node->line, "targets", "there is no setting \"%s\" here%s%s", node->name,
                    nearest < 0 ? "" : "; did you mean ", nearest < 0 ? "" : names[nearest]);
}

static void read_key(const pw_node_t *node, pw_target_t *out, pw_findings_t *findings)
{
    const setting_t *key = key_of(node->name);
    if (!key) {
        unknown_key(node, findings);
        return;
    }
    bool is_number = node->kind == PW_NODE_REAL || node->kind == PW_NODE_INTEGER;
    if (key->number ? !is_number : node->kind != PW_NODE_TEXT) {
        pw_findings_add(findings, node->file, node->line, "targets", "%s must be %s", key->key, key->number ? "a number" : "a text");
        return;
    }
    char *field = (char *)out + key->at;
    if (key->number)
        memcpy(field, &node->real, sizeof node->real);
    else
        memcpy(field, &node->text, sizeof node->text);
}

/* Index of `word`; -1: none of them, with a finding. */
static int read_word(const pw_node_t *node, const char *key, const char *word, const char *const *words, int n, pw_findings_t *findings)
{
    pw_text_t all = { 0 };
    for (int i = 0; i < n; i++) {
        if (strcmp(word, words[i]) == 0) {
            pw_text_free(&all);
            return i;
        }
        pw_text_printf(&all, "%s%s", i ? ", " : "", words[i]);
    }
    int nearest = pw_text_nearest(word, words, (size_t)n);
    pw_findings_add(findings, node->file, node->line, "targets", "%s is \"%s\"; allowed: %s%s%s", key, word, pw_text_get(&all),
                    nearest < 0 ? "" : "; did you mean ", nearest < 0 ? "" : words[nearest]);
    pw_text_free(&all);
    return -1;
}

static void check_subgroup(const pw_node_t *node, const pw_target_t *target, pw_findings_t *findings)
{
    bool known = !target->subgroup;
    for (int g = 0; !known && g < PW_SUBGROUP_N; g++)
        known = strcmp(target->subgroup, pw_subgroup_name(g)) == 0;
    if (!known)
        pw_findings_add(findings, node->file, node->line, "targets", "there is no subgroup \"%s\"", target->subgroup);
}

/* ---- what each kind must hold ---- */

static bool whole(double x) { return x >= 0.0 && x == floor(x); }

static void check_count(pw_target_t *target, pw_findings_t *findings)
{
    const pw_node_t *node = target->node;
    if (!whole(target->of) || !whole(target->least) || !whole(target->most) || target->of < 1.0) {
        refuse(node, findings, target->name, "a counted target needs of, least and most, whole numbers: so many of how many");
        return;
    }
    if (target->least > target->most || target->most > target->of) {
        pw_findings_add(findings, node->file, node->line, "targets", "%s: least %g, most %g and of %g contradict each other: they must not fall", target->name,
                        target->least, target->most, target->of);
        return;
    }
    if (isnan(target->low))
        target->low = 100.0 * fmax(0.0, target->least - 0.5) / target->of;
    if (isnan(target->high))
        target->high = 100.0 * fmin(target->of, target->most + 0.5) / target->of;
    if (100.0 * target->most / target->of < target->low || 100.0 * target->least / target->of > target->high)
        refuse(node, findings, target->name, "the counts and the band of low and high contradict each other");
}

static void check_band(const pw_target_t *target, pw_findings_t *findings)
{
    bool low = !isnan(target->low), high = !isnan(target->high);
    if (!isnan(target->of) || !isnan(target->least) || !isnan(target->most))
        refuse(target->node, findings, target->name, "of, least and most belong to counts and intervals");
    if (target->kind == PW_TARGET_BOUND && !low && !high)
        refuse(target->node, findings, target->name, "a bound needs low, high or both");
    if (target->kind == PW_TARGET_SIGN && low == high)
        refuse(target->node, findings, target->name, "a sign needs either low or high");
    if (target->kind == PW_TARGET_EQUALITY && !(low && high))
        refuse(target->node, findings, target->name, "an equality needs low and high: between them a study of this size sees no difference");
}

static void check_kind(pw_target_t *target, pw_findings_t *findings)
{
    size_t before = findings->n;
    if (pw_target_is_counted(target))
        check_count(target, findings);
    else
        check_band(target, findings);
    if (findings->n == before && target->low > target->high)
        pw_findings_add(findings, target->node->file, target->node->line, "targets", "%s: low %g and high %g contradict each other", target->name, target->low,
                        target->high);
    if (target->kind == PW_TARGET_FIGURE && target->use == PW_TARGET_FITTED)
        refuse(target->node, findings, target->name, "a figure without a band cannot be fitted");
    if (target->use == PW_TARGET_EXTERNAL && !target->why)
        refuse(target->node, findings, target->name, "an external target needs a why: how its population or unit differs");
}

static void read_target(const pw_node_t *node, pw_target_t *out, pw_findings_t *findings)
{
    size_t before = findings->n;
    *out = (pw_target_t){ .low = NAN, .high = NAN, .of = NAN, .least = NAN, .most = NAN, .kind = -1, .use = -1, .node = node };
    for (int i = 0; i < node->n; i++)
        read_key(node->child[i], out, findings);
    for (int i = 0; i < N_KEYS; i++)
        if (keys[i].required && !pw_tree_child(node, keys[i].key))
            pw_findings_add(findings, node->file, node->line, "targets", "a target has no %s", keys[i].key);
    if (out->kind_word)
        out->kind = read_word(node, "kind", out->kind_word, kinds, PW_TARGET_KINDS, findings);
    if (out->use_word)
        out->use = read_word(node, "use", out->use_word, uses, PW_TARGET_USES, findings);
    check_subgroup(node, out, findings);
    if (findings->n == before)
        check_kind(out, findings);
}

/* ---- targets against each other ---- */

static bool same_text(const char *a, const char *b) { return a && b ? strcmp(a, b) == 0 : a == b; }

static bool same_quantity(const pw_target_t *a, const pw_target_t *b)
{
    return same_text(a->measure, b->measure) && same_text(a->subgroup, b->subgroup) && same_text(a->divided_by, b->divided_by);
}

static void check_pairs(const pw_targets_t *self, pw_findings_t *findings)
{
    for (int i = 0; i < self->n; i++)
        for (int j = 0; j < i; j++) {
            const pw_target_t *a = &self->target[j], *b = &self->target[i];
            if (same_text(a->name, b->name))
                refuse(b->node, findings, b->name, "there are two targets of this name");
            if (a->use == PW_TARGET_FITTED && b->use == PW_TARGET_FITTED && same_quantity(a, b) && (a->low > b->high || b->low > a->high))
                pw_findings_add(findings, b->node->file, b->node->line, "targets",
                                "%s and %s are fitted to the same quantity, and their bands contradict each other", a->name, b->name);
        }
}

pw_status_t pw_targets_read(pw_targets_t *self, const char *file, pw_findings_t *findings)
{
    size_t before = findings->n;
    pw_status_t status = pw_tree_read(file, &self->tree, findings);
    if (status != PW_OK)
        return status;
    const pw_node_t *list = pw_tree_child(self->tree, "targets");
    if (!list || list->kind != PW_NODE_LIST) {
        pw_findings_add(findings, file, 1, "targets", "there must be a list \"targets\"");
        return PW_ERROR_INPUT;
    }
    self->target = pw_alloc((size_t)list->n, sizeof self->target[0]);
    if (!self->target)
        return PW_ERROR_MEMORY;
    for (int i = 0; i < list->n; i++) {
        if (list->child[i]->kind == PW_NODE_GROUP)
            read_target(list->child[i], &self->target[self->n++], findings);
        else
            pw_findings_add(findings, list->child[i]->file, list->child[i]->line, "targets", "a target must be a group { ... }");
    }
    check_pairs(self, findings);
    return findings->n == before ? PW_OK : PW_ERROR_INPUT;
}

void pw_targets_free(pw_targets_t *self)
{
    if (self->tree)
        pw_tree_free(self->tree);
    pw_free(self->target);
    *self = (pw_targets_t){ 0 };
}

/* ---- targets against the model ---- */

static const pw_measure_t *find_measure(const pw_target_t *target, const char *name, const pw_catalogue_t *catalogue, pw_findings_t *findings)
{
    int found = name ? pw_catalogue_find(catalogue, name) : -1;
    if (found >= 0)
        return &catalogue->measure[found];
    const char *nearest = name ? pw_catalogue_nearest(catalogue, name) : NULL;
    if (name)
        pw_findings_add(findings, target->node->file, target->node->line, "targets", "%s names the measure \"%s\", which this model does not have%s%s",
                        target->name, name, nearest ? "; did you mean " : "", nearest ? nearest : "");
    return NULL;
}

static bool is_share(const pw_definition_t *definition)
{
    const pw_sum_t *by = &definition->sum[1];
    return definition->sums == 2 && definition->unit[0] == '%' &&
           ((by->block == PW_BLOCK_FAMILY && by->sum == PW_FAMILY_families) || (by->block == PW_BLOCK_AREA && by->sum == PW_AREA_intake_notified));
}

void pw_targets_check_measures(const pw_targets_t *self, const pw_catalogue_t *catalogue, pw_findings_t *findings)
{
    for (int i = 0; i < self->n; i++) {
        const pw_target_t *target = &self->target[i];
        const pw_measure_t *measure = find_measure(target, target->measure, catalogue, findings);
        const pw_measure_t *by = find_measure(target, target->divided_by, catalogue, findings);
        if (measure && target->subgroup && !measure->by_subgroup)
            refuse(target->node, findings, target->name, "its measure is of the whole area and has no subgroups");
        if (measure && pw_target_is_counted(target) && (!is_share(measure->definition) || by || target->subgroup))
            refuse(target->node, findings, target->name, "only a share of all cohort families or of all notified incidents can be counted in a study");
        if (measure && target->kind == PW_TARGET_EQUALITY && (measure->definition->sums != 4 || !measure->by_subgroup || by))
            refuse(target->node, findings, target->name, "an equality is a ratio of two shares of cohort families");
    }
}

/* ---- targets against the evidence ---- */

static bool same_study(const char *a, const char *b)
{
    size_t n = 0;
    while (a[n] && !isdigit((unsigned char)a[n]))
        n++;
    return n > 0 && strncmp(a, b, n) == 0 && !isalpha((unsigned char)b[n]);
}

/* Whether a share in percent is the very share that was counted, as exactly as sources print it, or a percentage that the words of the target give. */
static bool is_same_share(const pw_target_t *target, double percent)
{
    if (pw_target_is_counted(target) && percent >= 100.0 * target->least / target->of - 0.05 && percent <= 100.0 * target->most / target->of + 0.05)
        return true;
    for (const char *p = target->study; *p; p++) {
        char *end;
        if (!isdigit((unsigned char)*p) || (p > target->study && (isalnum((unsigned char)p[-1]) || p[-1] == '.')))
            continue;
        double number = strtod(p, &end);
        if (strncmp(end, " %", 2) == 0 || *end == '%')
            if (fabs(number - percent) < 0.05)
                return true;
    }
    return false;
}

/* Whether a value holds the target's figure: in percent anywhere in the band of a count, otherwise the share itself, of one side or of the other, or the
 * count. */
static bool is_figure(const pw_target_t *target, const pw_estimate_t *estimate, double value)
{
    bool counted = pw_target_is_counted(target);
    if (estimate->quantity == PW_QUANTITY_PERCENT)
        return (counted && pw_target_inside(target, value) == PW_INSIDE_YES) || is_same_share(target, value) || is_same_share(target, 100.0 - value);
    if (counted && estimate->quantity == PW_QUANTITY_COUNT && value >= target->least && value <= target->most)
        return true;
    return estimate->quantity != PW_QUANTITY_POUNDS && value > 0.0 && value < 1.0 &&
           (is_same_share(target, 100.0 * value) || is_same_share(target, 100.0 - 100.0 * value));
}

/* Whether its interval is the target's band, to 1 % of its width at either end. */
static bool is_band(const pw_target_t *target, const pw_estimate_t *estimate)
{
    double by = pw_target_is_counted(target) && estimate->quantity != PW_QUANTITY_PERCENT ? 100.0 : 1.0, near = 0.01 * (target->high - target->low);
    return near > 0.0 && fabs(by * estimate->low - target->low) <= near && fabs(by * estimate->high - target->high) <= near;
}

/* The value of the estimate (any area's) that holds the figure; nan: none does. */
static double figure_in(const pw_target_t *target, const pw_estimate_t *estimate)
{
    if (is_figure(target, estimate, estimate->value) || is_band(target, estimate))
        return estimate->value;
    for (int a = 0; a < estimate->n_by_area; a++)
        if (is_figure(target, estimate, estimate->area_value[a]))
            return estimate->area_value[a];
    return NAN;
}

static void check_estimate(const pw_targets_t *self, const pw_estimate_t *estimate, pw_findings_t *findings)
{
    if (estimate->calibrate && estimate->grade != PW_GRADE_ASSUMED)
        pw_findings_add(findings, estimate->file, estimate->line, estimate->name,
                        "calibrate = true with grade \"%s\"; what targets are fitted by must be assumed, so that no figure is used twice",
                        pw_grade_name(estimate->grade));
    for (int i = 0; i < self->n; i++) {
        const pw_target_t *target = &self->target[i];
        if (target->use != PW_TARGET_FITTED || !same_study(target->source, estimate->source))
            continue;
        double value = figure_in(target, estimate);
        if (!isnan(value))
            pw_findings_add(findings, estimate->file, estimate->line, estimate->name,
                            "%g (%s) of %s is the figure that the target %s is fitted to: a figure of the study may not be both a prior and a target", value,
                            pw_quantity_name(estimate->quantity), estimate->source, target->name);
    }
}

void pw_targets_check_evidence(const pw_targets_t *self, const pw_evidence_t *evidence, pw_findings_t *findings)
{
    for (int i = 0; i < evidence->n; i++)
        check_estimate(self, &evidence->estimate[i], findings);
}

/* ---- one target ---- */

bool pw_target_is_counted(const pw_target_t *self) { return self->kind == PW_TARGET_COUNT || self->kind == PW_TARGET_INTERVAL; }

int pw_target_subgroup(const pw_target_t *self)
{
    for (int g = 0; self->subgroup && g < PW_SUBGROUP_N; g++)
        if (strcmp(self->subgroup, pw_subgroup_name(g)) == 0)
            return g;
    return PW_SUBGROUP_all;
}

enum pw_inside pw_target_inside(const pw_target_t *self, double value)
{
    if (isnan(value) || (isnan(self->low) && isnan(self->high)))
        return PW_INSIDE_UNKNOWN;
    return (isnan(self->low) || value >= self->low) && (isnan(self->high) || value <= self->high) ? PW_INSIDE_YES : PW_INSIDE_NO;
}
