/* Families, couple, incidents, police, information. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/number.h"
#include "../chance/kernel.h"
#include "../chance/stream.h"
#include "compile.h"
#include "frailty.h"
#include "renewal.h"
#include "schema.h"

/* ---- who enters ---- */

static void compile_ages(pw_compiler_t *self)
{
    pw_model_t *model = self->model;
    const pw_numbers_t *from = &self->spec->youngest_child.from_years, *percent = &self->spec->youngest_child.percent,
        *children = &self->spec->children.percent;
    double sum = 0.0, all = 0.0;
    /* not given: one child, aged 1 */
    model->n_age_bands = percent->n > 0 ? percent->n : 1;
    model->age_from[0] = model->age_from[1] = model->age_chance[0] = 1.0;
    for (int i = 0; i < percent->n; i++)
        all += percent->value[i];
    for (int i = 0; i < percent->n; i++) {
        model->age_from[i] = from->value[i];
        model->age_from[i + 1] = from->value[i + 1];
        model->age_chance[i] = i + 1 == percent->n ? 1.0 : (sum += percent->value[i]) / all;
    }
    model->n_children = children->n > 0 ? children->n : 1;
    model->children_chance[0] = 1.0;
    sum = all = 0.0;
    for (int i = 0; i < children->n; i++)
        all += children->value[i];
    for (int i = 0; i < children->n; i++)
        model->children_chance[i] = i + 1 == children->n ? 1.0 : (sum += children->value[i]) / all;
    model->ages = self->spec->ages;
    model->adult_years = pw_compile_number(self, &self->spec->leaving.adult_at_years);
}

static void compile_attribute(pw_compiler_t *self, int i)
{
    const pw_attribute_spec_t *attribute = &self->spec->attributes.item[i];
    pw_attribute_t *out = &self->model->attribute[i];
    snprintf(out->name, sizeof out->name, "%s", attribute->is.name);
    out->purpose = pw_purpose_named("attribute", out->name);
    out->removed = attribute->is.removed;
    out->bit = (uint8_t)(strcmp(out->name, "separated") == 0 ? (int)PW_BIT_SEPARATED : PW_BIT_ATTRIBUTE_0 + i);
    out->given = attribute->given[0];
    out->given_not = attribute->given_not[0];
    pw_compile_chance(self, &attribute->chance, &out->chance);
    out->redrawn_at_separation = attribute->redrawn_at_separation;
    out->open_stage = attribute->open_stage;
    out->open_by_choice = attribute->open_choice.n > 0;
    pw_compile_choice(self, &attribute->open_choice, &out->open_choice);
    if (strcmp(out->name, "previous_contact") == 0 && !out->removed)
        self->model->previous_contact_bit = out->bit;
}

static void compile_population(pw_compiler_t *self)
{
    pw_model_t *model = self->model;
    const pw_spec_t *spec = self->spec;
    model->entries_per_day = pw_compile_number(self, &spec->areas.item[self->area].families_per_month) / PW_DAYS_PER_MONTH;
    model->growth_per_year = pw_compile_number(self, &spec->time.growth_percent_per_year) / 100.0;
    model->closed_cohort = (int64_t)pw_compile_number(self, &spec->time.closed_cohort);
    if (model->closed_cohort > 0)
        model->entries_per_day = 0.0;
    model->previous_contact_bit = -1;
    model->n_attributes = spec->attributes.n;
    for (int i = 0; i < spec->attributes.n; i++)
        compile_attribute(self, i);
    compile_ages(self);
}

/* ---- rates ---- */

static void compile_rates(pw_compiler_t *self)
{
    const pw_spec_t *spec = self->spec;
    pw_predictor_t *rate = self->model->rate;
    pw_chance_t multiplier = spec->incidents.rate;          /* the incident rate's own base lies in gap_scale_days */
    pw_setting_default(&multiplier.base, 1.0);
    multiplier.unit = PW_UNIT_WEIGHT;
    pw_compile_chance(self, &multiplier, &rate[PW_RATE_INCIDENT]);
    rate[PW_RATE_INCIDENT].kind = PW_RATE;
    pw_compile_chance(self, &spec->couple.separates, &rate[PW_RATE_SEPARATES]);
    pw_compile_chance(self, &spec->couple.reunites, &rate[PW_RATE_REUNITES]);
    pw_compile_chance(self, &spec->couple.reports_separation.false_reports, &rate[PW_RATE_FALSE_REPORT]);
    pw_compile_chance(self, &spec->engagement.victim_disengages, &rate[PW_RATE_VICTIM_DISENGAGES]);
    pw_compile_chance(self, &spec->engagement.partner_disengages, &rate[PW_RATE_PARTNER_DISENGAGES]);
    pw_compile_chance(self, &spec->other_referrals, &rate[PW_RATE_REFERRAL]);
    pw_compile_chance(self, &spec->leaving.moves_away, &rate[PW_RATE_MOVES]);
    pw_compile_chance(self, &spec->leaving.births, &rate[PW_RATE_BIRTH]);
}

/* ---- incidents ---- */

/* The table and the scale are dear: a scenario that leaves them alone takes the baseline's. */
static void compile_gaps(pw_compiler_t *self)
{
    pw_model_t *model = self->model;
    const pw_model_t *before = self->before;
    model->gap_shape = pw_compile_number(self, &self->spec->incidents.shape);
    model->incidents_per_year = pw_compile_number(self, &self->spec->incidents.rate.base);
    model->frailty_variance = pw_compile_number(self, &self->spec->incidents.frailty_variance);
    pw_status_t status = PW_OK;
    if (before && before->gap_shape == model->gap_shape && before->incidents_per_year == model->incidents_per_year)
        model->gap_scale_days = before->gap_scale_days;
    else if (model->incidents_per_year > 0.0)
        status = pw_renewal_scale_days(model->gap_shape, model->incidents_per_year, &model->gap_scale_days);
    else {
        model->gap_scale_days = 1.0;
        pw_predictor_init(&model->rate[PW_RATE_INCIDENT], PW_RATE, 0.0);
        pw_predictor_finish(&model->rate[PW_RATE_INCIDENT]);
    }
    self->status = status ? status : self->status;
    if (before && before->frailty_variance == model->frailty_variance)
        model->frailty = before->frailty;
    else if ((status = pw_frailty_table(model->frailty_variance, &model->frailty)))
        self->status = status;
}

static void compile_season(pw_compiler_t *self)
{
    const pw_numbers_t *percent = &self->spec->incidents.percent_by_month;
    double sum = 0.0;
    for (int m = 0; m < percent->n; m++)
        sum += percent->value[m];
    for (int m = 0; m < 12; m++)
        self->model->season[m] = percent->n == 12 ? 12.0 * percent->value[m] / sum : 1.0;
}

static void compile_incidents(pw_compiler_t *self)
{
    const pw_spec_t *spec = self->spec;
    pw_model_t *model = self->model;
    compile_gaps(self);
    compile_season(self);
    model->severity_sigma = pw_compile_number(self, &spec->incidents.severity_spread);
    model->frailty_correlation = pw_compile_number(self, &spec->incidents.frailty_correlation);
    for (int s = 0; s < 3; s++) {
        pw_predictor_init(&model->severity[s], PW_WEIGHT, spec->incidents.severity.n == 0 && s == 0 ? 1.0 : 0.0);
        pw_predictor_finish(&model->severity[s]);
    }
    pw_choice_t severity = { 0 };
    pw_compile_choice(self, &spec->incidents.severity, &severity);
    for (int k = 0; k < severity.n; k++)
        if (severity.exit[k].to >= 0)
            model->severity[severity.exit[k].to] = severity.exit[k].weight;
    pw_compile_chance(self, &spec->incidents.at_contact, &model->at_contact);
    pw_compile_chance(self, &spec->incidents.child_present, &model->child_present);
    pw_compile_chance(self, &spec->incidents.child_injured, &model->child_injured);
    pw_compile_chance(self, &spec->incidents.reported, &model->reported);
    memcpy(model->contact_only_if, spec->incidents.at_contact.only_if, sizeof model->contact_only_if);
    memcpy(model->child_injured_only_if, spec->incidents.child_injured.only_if, sizeof model->child_injured_only_if);
}

/* ---- police, couple, engagement ---- */

static void compile_police(pw_compiler_t *self)
{
    const pw_spec_t *spec = self->spec;
    pw_model_t *model = self->model;
    model->police_form = spec->police.sees;
    pw_compile_chance(self, &spec->police.removes_partner, &model->removes_partner);
    pw_compile_chance(self, &spec->police.speaks_to_child, &model->speaks_to_child);
    pw_compile_chance(self, &spec->police.notifies, &model->notifies);
    memcpy(model->speaks_only_if, spec->police.speaks_to_child.only_if, sizeof model->speaks_only_if);
    model->removed_ticks = pw_compile_days(self, &spec->police.removed_days);
    model->notification_delay = pw_compile_span(self, &spec->police.delay);
    model->entry_reported = self->before ? self->before->entry_reported : model->reported;
    model->entry_notifies = self->before ? self->before->entry_notifies : model->notifies;
}

static void compile_couple(pw_compiler_t *self)
{
    const pw_spec_t *spec = self->spec;
    pw_model_t *model = self->model;
    model->recently_ticks = pw_compile_days(self, &spec->couple.recently_days);
    pw_compile_chance(self, &spec->couple.reports_separation.when_it_happens, &model->reports_at_separation);
    pw_compile_chance(self, &spec->couple.reports_separation.at_stage_entry, &model->reports_at_stage);
    pw_compile_chance(self, &spec->engagement.victim_engages, &model->victim_engages);
    pw_compile_chance(self, &spec->engagement.partner_approached, &model->partner_approached);
    pw_compile_chance(self, &spec->engagement.partner_engages, &model->partner_engages);
}

/* ---- information ---- */

/* The noise at which a score has the area `auc`. Were risks normal, the variance of the noise would be linear in 1 / z^2, z the normal quantile of
 * the area: so it is taken between the pilot's points, and beyond the first one. No score does better than the true risk. */
static double noise_at(const pw_spec_t *spec, double auc)
{
    const double *area = spec->risk.auc.value, *sd = spec->risk.noise_sd.value;
    int n = spec->risk.auc.n;
    if (n < 2 || auc >= area[n - 1])
        return 0.0;                                /* also when the pilot has not been: the check says so */
    double z = pw_normal_quantile(auc > 0.501 ? auc : 0.501), x = 1.0 / (z * z);
    int k = 1;
    while (k < n - 1 && area[k] < auc)
        k++;
    double z0 = pw_normal_quantile(area[k - 1]), z1 = pw_normal_quantile(area[k]), x0 = 1.0 / (z0 * z0), x1 = 1.0 / (z1 * z1);
    double variance = sd[k] * sd[k] + (sd[k - 1] * sd[k - 1] - sd[k] * sd[k]) * (x - x1) / (x0 - x1);
    return variance > 0.0 ? sqrt(variance) : 0.0;
}

static double noise_of(const pw_compiler_t *self, const pw_form_spec_t *form)
{
    return form->risk_auc.node ? pw_number_round12(noise_at(self->spec, pw_compile_number(self, &form->risk_auc))) : -1.0;
}

static void compile_form(pw_compiler_t *self, int i)
{
    const pw_form_spec_t *form = &self->spec->information.item[i];
    pw_form_kind_t *out = &self->model->form[i];
    out->purpose = pw_purpose_named("form", form->is.name);
    for (int b = 0; b < PW_MAX_BITS; b++)
        out->sees[b] = 1.0f;
    for (int k = 0; k < form->sees.n; k++)
        out->sees[form->sees.item[k].bit] = (float)(pw_compile_number(self, &form->sees.item[k].percent) / 100.0);
    for (int k = 0; k < form->invents.n; k++)
        out->invents[form->invents.item[k].bit] = (float)(pw_compile_number(self, &form->invents.item[k].percent) / 100.0);
    for (int b = 0; b < PW_MAX_BITS; b++)
        if (out->sees[b] < 1.0f || out->invents[b] > 0.0f)
            out->doubtful[b >> 6] |= pw_bit_mask(b);
    out->risk_noise_sd = noise_of(self, form);
}

void pw_compile_families(pw_compiler_t *self)
{
    const pw_spec_t *spec = self->spec;
    pw_model_t *model = self->model;
    compile_population(self);
    compile_rates(self);
    compile_incidents(self);
    compile_police(self);
    compile_couple(self);
    model->n_forms = spec->information.n;
    for (int i = 0; i < spec->information.n; i++)
        compile_form(self, i);
    model->risk_centre = pw_compile_number(self, &spec->risk.centre);
    model->risk_scale = pw_compile_number(self, &spec->risk.scale);
    model->notifications_cap = pw_compile_number(self, &spec->previous_notifications_cap);
}
