#include "local.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/text.h"
#include "area_size.h"

static const struct { const char *name, *meaning; } names[] = {
    { "notifications_per_year", "police notifications of domestic violence that reached social services in a year" },
    { "no_further_action_percent", "of screened notifications, those that ended in no further action" },
    { "letter_percent", "of screened notifications, those that ended in a letter alone" },
    { "initial_assessments_per_year", "initial assessments of these families in a year" },
    { "core_assessments_per_year", "core assessments of these families in a year" },
    { "renotified_12_months_percent", "of families notified in a year, those notified again within 12 months of their first notification in it" },
    { "initial_in_time_percent", "initial assessments finished within the limit" },
    { "core_in_time_percent", "core assessments finished within the limit" },
    { "open_cases", "cases of these families open at a time" },
    { "on_plan_percent", "of families notified in a year, those on a child protection plan 21 months later" },
    { "long_term_workers", "workers who carry these families' longer cases" },
    { "caseload_per_worker", "cases that each of them carries" },
};
enum { N_NAMES = sizeof names / sizeof names[0] };

/* ---- reading ---- */

/* "; did you mean X" for the nearest name, or "; allowed: A, B ..." with all of them. */
static void near_or_all(const char *given, const char *const *all, size_t n, pw_text_t *out)
{
    int nearest = pw_text_nearest(given, all, n);
    pw_text_append(out, nearest < 0 ? "; allowed: " : "; did you mean ");
    for (size_t i = 0; i < n; i++)
        if (nearest < 0 || (int)i == nearest)
            pw_text_printf(out, "%s%s", nearest < 0 && i > 0 ? ", " : "", all[i]);
}

static int name_of(const pw_node_t *node, const char *given, pw_findings_t *findings)
{
    const char *all[N_NAMES];
    pw_text_t hint = { 0 };
    for (int i = 0; i < N_NAMES; i++) {
        if (strcmp(names[i].name, given) == 0)
            return i;
        all[i] = names[i].name;
    }
    near_or_all(given, all, N_NAMES, &hint);
    pw_findings_add(findings, node->file, node->line, "numbers", "there is no number \"%s\"%s", given, pw_text_get(&hint));
    pw_text_free(&hint);
    return -1;
}

/* Settings that nobody would read: a misspelt one is no reason to go on without it. */
static void refuse_unknown(const pw_node_t *group, const char *path, const char *const *known, size_t n, pw_findings_t *findings)
{
    for (int i = 0; i < group->n; i++) {
        bool found = false;
        for (size_t k = 0; k < n; k++)
            found |= strcmp(group->child[i]->name, known[k]) == 0;
        if (found)
            continue;
        pw_text_t hint = { 0 };
        near_or_all(group->child[i]->name, known, n, &hint);
        pw_findings_add(findings, group->child[i]->file, group->child[i]->line, path, "there is no setting \"%s\" here%s", group->child[i]->name,
                        pw_text_get(&hint));
        pw_text_free(&hint);
    }
}

static bool is_percent(const char *name) { return strstr(name, "_percent") != NULL; }
/* What sizes the place is multiplied by: of none there is no place. */
static bool is_size(const char *name)
{
    return strcmp(name, "notifications_per_year") == 0 || strcmp(name, "long_term_workers") == 0 || strcmp(name, "caseload_per_worker") == 0;
}

/* The number of that key; nan with a finding (if it is there, or has to be) where it is none or outside low to high; above: `low` itself is outside. */
static double real_of(const pw_node_t *group, const char *key, const char *path, double low, bool above, double high, pw_findings_t *findings)
{
    const pw_node_t *node = pw_tree_child(group, key);
    bool is_number = node && (node->kind == PW_NODE_REAL || node->kind == PW_NODE_INTEGER);
    if (is_number && (above ? node->real > low : node->real >= low) && node->real <= high)
        return node->real;
    char given[PW_NUMBER_ROOM], most[PW_NUMBER_ROOM + 8] = "";
    if (isfinite(high))
        snprintf(most, sizeof most, " to %s", pw_number_shortest(high, given));
    pw_findings_add(findings, node ? node->file : group->file, node ? node->line : group->line, path, "%s %s%s; allowed: %s%s%s", key,
                    !node ? "is missing" : is_number ? "is " : "is not a number",
                    is_number ? pw_number_shortest(node->real, given) : "", above ? "above 0" : isfinite(high) ? "0" : "0 or more", most,
                    node && node->kind == PW_NODE_TEXT ? ", without quotes" : "");
    return NAN;
}

static void read_number(pw_local_t *self, const pw_node_t *group, pw_findings_t *findings)
{
    static const char *const known[] = { "name", "value", "sd" };
    const pw_node_t *name = group->kind == PW_NODE_GROUP ? pw_tree_child(group, "name") : NULL;
    char path[80];
    if (!name || name->kind != PW_NODE_TEXT) {
        pw_findings_add(findings, group->file, group->line, "numbers", "each number is { name = \"...\"; value = ...; }");
        return;
    }
    int at = name_of(group, name->text, findings);
    if (at < 0)
        return;
    snprintf(path, sizeof path, "numbers.%s", names[at].name);
    refuse_unknown(group, path, known, sizeof known / sizeof known[0], findings);
    double value = real_of(group, "value", path, 0.0, is_size(names[at].name), is_percent(names[at].name) ? 100.0 : INFINITY, findings);
    double sd = pw_tree_child(group, "sd") ? real_of(group, "sd", path, 0.0, true, INFINITY, findings) : NAN;
    if (value == 0.0 && !is_percent(names[at].name) && !pw_tree_child(group, "sd"))
        pw_findings_add(findings, group->file, group->line, path, "of a count of 0 there is no tenth: it needs an sd of its own");
    if (self->n < PW_MAX_LOCAL)
        self->number[self->n++] = (pw_local_number_t){ .name = names[at].name, .meaning = names[at].meaning, .file = group->file, .line = group->line,
                                                       .value = value, .sd = sd, .before = NAN, .spread = NAN, .implausibility = NAN, .after = NAN };
}

/* Two that say something together only: one alone would be left out in silence. */
static void check_pairs(const pw_local_t *self, pw_findings_t *findings)
{
    static const char *const pair[2] = { "long_term_workers", "caseload_per_worker" };
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < self->n; i++)
            if (strcmp(self->number[i].name, pair[k]) == 0) {
                bool other = false;
                for (int j = 0; j < self->n; j++)
                    other |= strcmp(self->number[j].name, pair[1 - k]) == 0;
                if (!other)
                    pw_findings_add(findings, self->number[i].file, self->number[i].line, "numbers",
                                    "%s says how many places there are only together with %s", pair[k], pair[1 - k]);
            }
}

pw_status_t pw_local_read(pw_local_t *self, const char *file, pw_findings_t *findings)
{
    static const char *const known[] = { "title", "numbers" };
    size_t before = findings->n;
    *self = (pw_local_t){ 0 };
    pw_status_t status = pw_tree_read(file, &self->tree, findings);
    if (status != PW_OK)
        return status;
    const pw_node_t *list = pw_tree_child(self->tree, "numbers"), *title = pw_tree_child(self->tree, "title");
    self->title = title && title->kind == PW_NODE_TEXT ? title->text : file;
    if (!list || list->kind != PW_NODE_LIST || list->n == 0)
        pw_findings_add(findings, file, 1, NULL, "there must be a list \"numbers\" of what the council counts");
    for (int i = 0; list && list->kind == PW_NODE_LIST && i < list->n; i++)
        read_number(self, list->child[i], findings);
    if (list)
        refuse_unknown(self->tree, NULL, known, sizeof known / sizeof known[0], findings);
    check_pairs(self, findings);
    return findings->n > before ? PW_ERROR_INPUT : PW_OK;
}

void pw_local_free(pw_local_t *self)
{
    if (self->tree)
        pw_tree_free(self->tree);
    *self = (pw_local_t){ 0 };
}

/* ---- the council's numbers and a set's ---- */

static double given(const pw_local_t *self, const char *name)
{
    for (int i = 0; i < self->n; i++)
        if (strcmp(self->number[i].name, name) == 0)
            return self->number[i].value;
    return NAN;
}

/* What a number is compared with: a percentage as it is; a count as so many for each notification. nan: it weighs nothing. */
typedef struct { const char *name, *top, *bottom; double times; } compared_t;
static const compared_t compared[] = {
    { "no_further_action_percent", "screened_to_no_further_action", NULL, 1.0 }, { "letter_percent", "screened_to_letter", NULL, 1.0 },
    { "initial_assessments_per_year", "initial_assessments_per_month", "notifications_per_month", 1.0 },
    { "core_assessments_per_year", "core_assessments_per_month", "notifications_per_month", 1.0 },
    { "renotified_12_months_percent", "renotified_12_months", NULL, 1.0 },
    { "initial_in_time_percent", "within_statutory_initial_assessment", NULL, 1.0 }, { "core_in_time_percent", "within_statutory_core_assessment", NULL, 1.0 },
    { "open_cases", "open_cases_at_end", "notifications_per_month", 1.0 / 12.0 }, { "on_plan_percent", "end_on_plan", NULL, 1.0 },
};

static const compared_t *compared_of(const char *name)
{
    for (size_t i = 0; i < sizeof compared / sizeof compared[0]; i++)
        if (strcmp(compared[i].name, name) == 0)
            return &compared[i];
    return NULL;
}

static double model_of(const compared_t *c, const pw_posterior_t *posterior, int64_t set)
{
    double top = pw_posterior_model(posterior, set, c->top);
    return c->bottom ? c->times * top / pw_posterior_model(posterior, set, c->bottom) : top;
}

/* What brings a comparison back to the council's unit. */
static double unit_of(const pw_local_t *self, const compared_t *c) { return c->bottom ? given(self, "notifications_per_year") : 1.0; }

/* The council's figure and its sd on the scale of the comparison. */
static double asked_of(const pw_local_t *self, const pw_local_number_t *number, const compared_t *c, double *sd)
{
    double by = unit_of(self, c);
    *sd = (!isnan(number->sd) ? number->sd : is_percent(number->name) ? 5.0 : 0.1 * number->value) / by;
    return number->value / by;
}

static double mean_of(const pw_posterior_t *posterior, const compared_t *c, const double *weight, double *spread)
{
    double sum = 0.0, mean = 0.0, square = 0.0;
    for (int64_t s = 0; s < posterior->n; s++) {
        double value = model_of(c, posterior, s);
        sum += weight[s], mean += weight[s] * value, square += weight[s] * value * value;
    }
    mean /= sum;
    *spread = sqrt(fmax(0.0, square / sum - mean * mean));
    return mean;
}

static double effective(const pw_posterior_t *posterior, const double *weight)
{
    double sum = 0.0, squares = 0.0;
    for (int64_t s = 0; s < posterior->n; s++)
        sum += weight[s], squares += weight[s] * weight[s];
    return squares > 0.0 ? sum * sum / squares : 0.0;
}

/* Judges every number against the posterior as it was, then weighs the sets by all. */
static void judge(pw_local_t *self, const pw_posterior_t *posterior, double *weight)
{
    double *sum = weight + posterior->n;
    self->inside = true;
    for (int64_t s = 0; s < posterior->n; s++)
        weight[s] = pw_posterior_weight(posterior, s), sum[s] = 0.0;
    self->effective_before = effective(posterior, weight);
    for (int i = 0; i < self->n; i++) {
        const compared_t *c = compared_of(self->number[i].name);
        double sd, asked, spread;
        if (!c)
            continue;
        asked = asked_of(self, &self->number[i], c, &sd);
        double mean = mean_of(posterior, c, weight, &spread);
        self->number[i].before = unit_of(self, c) * mean;
        self->number[i].spread = unit_of(self, c) * spread;
        self->number[i].implausibility = fabs(mean - asked) / sqrt(spread * spread + sd * sd);
        self->inside = self->inside && self->number[i].implausibility <= PW_LOCAL_MOST_IMPLAUSIBLE;
        for (int64_t s = 0; s < posterior->n; s++)
            sum[s] -= 0.5 * (model_of(c, posterior, s) - asked) * (model_of(c, posterior, s) - asked) / (sd * sd);
    }
    double most = -INFINITY;
    for (int64_t s = 0; s < posterior->n; s++)
        most = fmax(most, sum[s]);
    for (int64_t s = 0; s < posterior->n; s++)
        weight[s] *= exp(sum[s] - most);
    self->effective = effective(posterior, weight);
    self->inside = self->inside && self->effective >= PW_LOCAL_LEAST_SETS;
    for (int i = 0; i < self->n; i++) {
        const compared_t *c = compared_of(self->number[i].name);
        double spread;
        if (c)
            self->number[i].after = unit_of(self, c) * mean_of(posterior, c, weight, &spread);
    }
}

/* ---- volumes and places ---- */

static double *value_of(pw_posterior_t *posterior, int64_t set, const char *name)
{
    for (int k = 0; k < posterior->n_estimates; k++)
        if (strcmp(posterior->table.column[posterior->column[k]], name) == 0)
            return &posterior->value[(size_t)set * (size_t)posterior->n_estimates + (size_t)k];
    return NULL;
}

static void rescale(const pw_local_t *self, pw_posterior_t *posterior, int n_areas)
{
    double volume = given(self, "notifications_per_year"), places = given(self, "long_term_workers") * given(self, "caseload_per_worker");
    for (int64_t s = 0; s < posterior->n; s++) {
        double factor = volume / 12.0 / (pw_posterior_model(posterior, s, "notifications_per_month") / n_areas);
        if (!isnan(volume))
            posterior->size[s] *= factor;
        for (int k = 0; k < posterior->n_estimates && !isnan(volume); k++)
            if (pw_is_area_size(posterior->table.column[posterior->column[k]]))
                posterior->value[(size_t)s * (size_t)posterior->n_estimates + (size_t)k] *= factor;
        double *long_term = value_of(posterior, s, "long_term_places");
        if (long_term && !isnan(places))
            *long_term = places;
    }
}

static void check(const pw_local_t *self, const pw_posterior_t *posterior, pw_findings_t *findings)
{
    bool volume = !isnan(given(self, "notifications_per_year"));
    for (int i = 0; i < self->n; i++) {
        const compared_t *c = compared_of(self->number[i].name);
        if (c && c->bottom && !volume)
            pw_findings_add(findings, self->number[i].file, self->number[i].line, "numbers",
                            "%s is a count, and can be compared only beside notifications_per_year", self->number[i].name);
        if (c && isnan(model_of(c, posterior, 0)))
            pw_findings_add(findings, posterior->table.path, 1, NULL, "this posterior does not say model.%s of its sets, which %s needs", c->top, c->name);
    }
    if (volume && isnan(pw_posterior_model(posterior, 0, "notifications_per_month")))
        pw_findings_add(findings, posterior->table.path, 1, NULL, "this posterior does not say model.notifications_per_month of its sets");
}

pw_status_t pw_local_apply(pw_local_t *self, pw_posterior_t *posterior, int n_areas, pw_findings_t *findings)
{
    size_t before = findings->n;
    check(self, posterior, findings);
    if (findings->n > before)
        return PW_ERROR_INPUT;
    double *weight = pw_alloc(2 * (size_t)posterior->n, sizeof *weight);
    if (!weight)
        return PW_ERROR_MEMORY;
    judge(self, posterior, weight);
    pw_status_t status = PW_OK;
    if (self->inside) {
        rescale(self, posterior, n_areas);
        status = pw_posterior_reweight(posterior, weight);
    }
    pw_free(weight);
    return status;
}
