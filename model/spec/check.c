#include "check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/number.h"
#include "../world/result.h"
#include "centres.h"
#include "schema.h"

void pw_check_add(const pw_check_t *self, const pw_node_t *node, const char *format, ...)
{
    pw_reader_t reader = { .spec = self->spec, .findings = self->findings };
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    pw_finding_at(&reader, node, "%s", message);
}

double pw_check_value(const pw_check_t *self, const pw_setting_t *setting, int area) { return pw_setting_value(setting, &self->central, area); }

bool pw_check_knows(const pw_setting_t *setting)
{
    const pw_node_t *node = setting->node;
    bool known = !node || !node->refused;
    for (int i = 0; node && i < node->n; i++)
        known = known && !node->child[i]->refused;
    return known;
}

double pw_check_most(const pw_check_t *self, const pw_setting_t *setting)
{
    double most = pw_check_value(self, setting, 0);
    for (int a = 1; a < self->n_areas; a++)
        most = fmax(most, pw_check_value(self, setting, a));
    return most;
}

/* ---- sums ---- */

static double sum_of_shares(const pw_check_t *self, const pw_exits_t *exits, int area)
{
    double sum = 0.0;
    for (int i = 0; i < exits->n; i++)
        if (!exits->item[i].is.removed && !exits->item[i].weight.base.remainder)
            sum += pw_check_value(self, &exits->item[i].weight.base, area);
    return sum;
}

void pw_check_shares(const pw_check_t *self, const pw_exits_t *exits, const pw_node_t *owner)
{
    const pw_node_t *remainder = NULL;
    bool has_estimates = false;
    int live = 0;
    for (int i = 0; i < exits->n; i++) {
        const pw_exit_spec_t *exit = &exits->item[i];
        if (exit->is.removed)
            continue;
        live++;
        if (exit->weight.base.remainder && remainder)
            pw_check_add(self, exit->is.node, "This is a second \"remainder\"; allowed: one in a choice.");
        if (!pw_check_knows(&exit->weight.base))
            return;
        if (exit->weight.base.remainder)
            remainder = exit->is.node;
        for (int a = 0; a < self->n_areas; a++)
            has_estimates |= exit->weight.base.estimate[a] >= 0;
    }
    for (int a = 0; a < self->n_areas && live > 0; a++) {
        char number[PW_NUMBER_ROOM];
        double sum = sum_of_shares(self, exits, a);
        if (sum > 100.0 + 1e-9)
            pw_check_add(self, owner, "The percentages come to %s in %s; allowed: at most 100.", pw_number_significant(sum, 4, number),
                         pw_spec_area_name(self->spec, a));
        else if (!remainder && (has_estimates || fabs(sum - 100.0) > 1e-9))
            pw_check_add(self, owner, has_estimates ? "The percentages hold an estimate and come to %s in %s; allowed: one exit with percent = \"remainder\"."
                                                    : "The percentages come to %s in %s; allowed: 100 together, or one exit with percent = \"remainder\".",
                         pw_number_significant(sum, 4, number), pw_spec_area_name(self->spec, a));
        else
            continue;
        return;
    }
}

static void check_hundred(const pw_check_t *self, const pw_numbers_t *numbers)
{
    double sum = 0.0;
    char number[PW_NUMBER_ROOM];
    for (int i = 0; i < numbers->n; i++)
        sum += numbers->value[i];
    if (numbers->n > 0 && fabs(sum - 100.0) > 0.1)
        pw_check_add(self, numbers->node, "The percentages come to %s; allowed: 100 together (within 0.1).", pw_number_significant(sum, 4, number));
}

/* ---- areas, time, families ---- */

static void check_population(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    bool is_closed = spec->time.closed_cohort.number[0] > 0.0;
    if (spec->areas.n == 0 && pw_tree_child(spec->tree, "areas"))
        pw_check_add(self, pw_tree_child(spec->tree, "areas"), "There is no area; allowed: 1 to %d in `areas`.", PW_MAX_AREAS);
    for (int a = 0; a < spec->areas.n; a++)
        if (!spec->areas.item[a].families_per_month.node && !is_closed)
            pw_check_add(self, spec->areas.item[a].is.node, "`families_per_month` is missing: how many families enter in a month (or time.closed_cohort).");
    double months = spec->time.intake_months.number[0] + spec->time.follow_up_months.number[0];
    if (months > PW_MAX_MONTHS)
        pw_check_add(self, spec->time.follow_up_months.node, "Intake and follow-up come to %.0f months; allowed: at most %d (a fixed limit of the program).",
                     months, PW_MAX_MONTHS);
    if (spec->time.intake_months.number[0] < 1.0 && !is_closed && spec->time.intake_months.node)
        pw_check_add(self, spec->time.intake_months.node, "0 months of intake give an empty cohort; allowed: 1 or more (0 with time.closed_cohort).");
}

static void check_families(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    const pw_numbers_t *from = &spec->youngest_child.from_years, *percent = &spec->youngest_child.percent;
    if (from->n != (percent->n ? percent->n + 1 : 0))
        pw_check_add(self, percent->node ? percent->node : from->node,
                     "%d ages and %d percentages; allowed: one age more than percentages (the last band's end).", from->n, percent->n);
    if (percent->n > PW_MAX_AGE_BANDS)
        pw_check_add(self, percent->node, "%d bands of ages; allowed: at most %d (a fixed limit of the program).", percent->n, PW_MAX_AGE_BANDS);
    for (int i = 1; i < from->n; i++)
        if (!(from->value[i] > from->value[i - 1]))
            pw_check_add(self, from->node, "The ages do not rise; allowed: each greater than the one before.");
    if (spec->children.percent.n > PW_MAX_CHILDREN)
        pw_check_add(self, spec->children.percent.node, "%d numbers of children; allowed: at most %d (a fixed limit of the program).", spec->children.percent.n,
                     PW_MAX_CHILDREN);
    check_hundred(self, percent);
    check_hundred(self, &spec->children.percent);
}

static void check_attributes(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    bool has_separated = false;
    const pw_node_t *with_stage = NULL;
    for (int i = 0; i < spec->attributes.n; i++) {
        const pw_attribute_spec_t *attribute = &spec->attributes.item[i];
        if (attribute->is.removed)
            continue;
        bool is_separated = spec->names[PW_THING_ATTRIBUTE].name[i][0] == 's' && pw_spec_find(spec, PW_THING_ATTRIBUTE, "separated") == i;
        has_separated |= is_separated;
        if (is_separated && attribute->redrawn_at_separation)
            pw_check_add(self, attribute->is.node, "`separated` follows the couple; allowed: redrawn_at_separation for other attributes.");
        bool opens = attribute->open_stage >= 0 || attribute->open_choice.n > 0;
        if (opens && with_stage)
            pw_check_add(self, attribute->is.node, "A second attribute says with which case a family enters; allowed: one.");
        if (opens)
            with_stage = attribute->is.node;
        if (attribute->open_choice.n > 0)
            pw_check_shares(self, &attribute->open_choice, attribute->is.node);
        for (int k = 0; k <= attribute->open_choice.n; k++) {
            int stage = k ? attribute->open_choice.item[k - 1].to : attribute->open_stage;
            if (stage >= 0 && stage < spec->stages.n && spec->stages.item[stage].end)
                pw_check_add(self, attribute->is.node, "A family cannot enter with a case open in `%s`, which is an end; allowed: a stage that is not.",
                             spec->stages.item[stage].is.name);
        }
    }
    if (!has_separated && (spec->couple.separates.node || spec->couple.reunites.node))
        pw_check_add(self, spec->couple.node, "The couple separates or reunites, but there is no attribute `separated`: how many are separated at entry.");
}

static void check_incidents(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    const pw_numbers_t *season = &spec->incidents.percent_by_month;
    if (season->node && season->n != 12 && season->n > 0)
        pw_check_add(self, season->node, "%d numbers; allowed: 12, January to December.", season->n);
    else
        check_hundred(self, season);
    if (spec->incidents.severity.n > 0)
        pw_check_shares(self, &spec->incidents.severity, pw_tree_child(pw_tree_child(spec->tree, "incidents"), "severity"));
}

/* ---- lengths of time, by a walk over all of them ---- */

static void check_length(const pw_check_t *self, const pw_length_t *length)
{
    if (!length->median_days.node || !length->p95_days.node)
        return;
    for (int a = 0; a < self->n_areas; a++)
        if (!(pw_check_value(self, &length->p95_days, a) > pw_check_value(self, &length->median_days, a))) {
            pw_check_add(self, length->p95_days.node, "The 95th percentile is not greater than the median; allowed: p95_days above median_days.");
            return;
        }
}

static void check_lengths(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    check_length(self, &spec->police.delay);
    for (int i = 0; i < spec->stages.n; i++)
        check_length(self, &spec->stages.item[i].duration);
    for (int i = 0; i < spec->services.n; i++) {
        check_length(self, &spec->services.item[i].patience);
        check_length(self, &spec->services.item[i].duration);
    }
}

/* ---- centres ---- */

static void check_centre(void *context, const pw_chance_t *chance)
{
    const pw_check_t *self = context;
    for (int k = 0; k < chance->n_terms; k++) {
        double centre;
        char covariate[2 * PW_NAME_LENGTH], place[2 * PW_NAME_LENGTH];
        if (chance->place < 0 || pw_centre_get(self->spec, chance->place, chance->term[k].covariate, &centre))
            continue;
        pw_covariate_name(self->spec, chance->term[k].covariate, covariate, sizeof covariate);
        pw_place_name(self->spec, chance->place, place, sizeof place);
        pw_check_add(self, chance->term[k].node, "The average of `%s` at \"%s\" is not in `centres`; run `pathways centres` to make it.", covariate, place);
    }
}

static bool rises(const pw_numbers_t *numbers)
{
    for (int k = 1; k < numbers->n; k++)
        if (!(numbers->value[k] > numbers->value[k - 1]))
            return false;
    return true;
}

static void check_noise(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    const pw_numbers_t *auc = &spec->risk.auc, *sd = &spec->risk.noise_sd;
    if (auc->n && (auc->n < 2 || auc->n != sd->n || !rises(auc) || auc->value[0] <= 0.5))
        pw_check_add(self, auc->node, "`auc` has %d numbers and `noise_sd` has %d; allowed: as many, two or more, the areas above 0.5 and rising "
                     "(run `pathways centres`).", auc->n, sd->n);
    for (int f = 0; f < spec->information.n; f++) {
        const pw_form_spec_t *form = &spec->information.item[f];
        if (form->risk_auc.node && !form->is.removed && auc->n == 0)
            pw_check_add(self, form->risk_auc.node, "The noise of risk scores is not in `risk`; run `pathways centres` to make it.");
    }
}

void pw_spec_check(pw_spec_t *spec, bool for_pilot, pw_findings_t *findings)
{
    pw_check_t self = { .spec = spec, .findings = findings, .n_areas = spec->areas.n, .for_pilot = for_pilot };
    if (pw_values_central(&spec->evidence, spec->areas.n > 0 ? spec->areas.n : 1, &self.central) != PW_OK) {
        findings->out_of_memory = 1;
        pw_values_free(&self.central);
        return;
    }
    check_population(&self);
    if (spec->areas.n > 0) {
        check_families(&self);
        check_attributes(&self);
        check_incidents(&self);
        check_lengths(&self);
        pw_check_pathway(&self);
        pw_check_graph(&self);
        pw_check_effects(&self);
        pw_check_change(&self);
        if (!for_pilot) {
            pw_schema_each_chance(&pw_schema_root, spec, check_centre, &self);
            check_noise(&self);
            pw_check_counts(&self);
        }
    }
    pw_values_free(&self.central);
}
