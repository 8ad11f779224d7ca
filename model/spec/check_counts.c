/* Checks: can a family's record count what happens in its follow-up? */
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#include "../base/number.h"
#include "../world/result.h"
#include "centres.h"
#include "check.h"
#include "schema.h"

/* More families than one in a million must not come to more events than a record can count. Who has a rate m times the average, m = frailty x ratios
 * x effects, comes to at most  per_year x years x m^(1/shape)  (Weibull gaps: m times the hazard is m^(1/shape) times as fast; for shape < 1 the expected
 * count grows ever more slowly, Brown 1980; for shape > 1 it stays below the long run's, of which a year's count lacks at most 1: `lacks`). How large m
 * may be follows from its moments: P(m > z) <= E[m^s] / z^s for every s > 0 (Chernoff), where a gamma frailty and independent covariates have E in closed
 * form. */
enum { MOST = UINT16_MAX };               /* world/result.h: a record's counts have 16 bits */
static const double few = 1e-6;

typedef struct { const pw_check_t *check; double years, number_most[PW_MAX_NUMBERS]; } counts_t;

typedef struct { double shape, variance, effects; } rate_t;

/* log E[ratio^(s (x - centre))] for a covariate that is 1 in a share `centre` of families; one that no average is known of, or a number: at its worst. */
static double log_moment_of_term(const counts_t *self, const pw_chance_t *chance, const pw_term_t *term, int area, double s)
{
    double step = s * log(pw_check_value(self->check, &term->ratio, area)), centre;
    bool known = pw_centre_get(self->check->spec, chance->place, term->covariate, &centre), is_bit = term->covariate < PW_MAX_BITS;
    double most = is_bit ? 1.0 : self->number_most[term->covariate - PW_MAX_BITS];
    if (is_bit && known && centre > 0.0 && centre < 1.0)
        return log1p(centre * expm1(step)) - step * centre;
    return fmax(-step * centre, step * (most - centre));
}

static double log_moment(const counts_t *self, const pw_chance_t *chance, const rate_t *rate, int area, double s)
{
    double sum = s * log(rate->effects);
    if (rate->variance > 0.0)
        sum += gsl_sf_lngamma(1.0 / rate->variance + s) - gsl_sf_lngamma(1.0 / rate->variance) + s * log(rate->variance);
    for (int k = 0; k < chance->n_terms; k++)
        sum += log_moment_of_term(self, chance, &chance->term[k], area, s);
    return sum;
}

/* The m that at most one family in a million is beyond. */
static double log_beyond(const counts_t *self, const pw_chance_t *chance, const rate_t *rate, int area)
{
    double least = INFINITY;
    for (double s = 0.01; s < 100.0; s *= 1.05)
        least = fmin(least, (log_moment(self, chance, rate, area, s) - log(few)) / s);
    return least;
}

/* All effects at once that raise it. */
static double effects_on(const counts_t *self, const pw_effects_t *effects, int on, int area)
{
    double product = 1.0;
    for (int i = 0; i < effects->n; i++)
        if (!effects->item[i].is.removed && effects->item[i].on == on && pw_check_knows(&effects->item[i].ratio))
            product *= fmax(1.0, pw_check_value(self->check, &effects->item[i].ratio, area));
    return product;
}

static double all_effects(const counts_t *self, int on, int area)
{
    const pw_spec_t *spec = self->check->spec;
    double product = effects_on(self, &spec->police.effects, on, area);
    for (int i = 0; i < spec->stages.n; i++)
        product *= spec->stages.item[i].is.removed ? 1.0 : effects_on(self, &spec->stages.item[i].effects, on, area);
    for (int i = 0; i < spec->services.n; i++)
        product *= spec->services.item[i].is.removed ? 1.0 : effects_on(self, &spec->services.item[i].effects, on, area);
    return product;
}

static rate_t rate_of(const counts_t *self, const pw_chance_t *chance, int area)
{
    const pw_spec_t *spec = self->check->spec;
    bool is_incident = chance == &spec->incidents.rate;
    rate_t rate = { .shape = 1.0, .effects = 1.0 };
    if (is_incident) {
        rate.shape = pw_check_value(self->check, &spec->incidents.shape, area);
        rate.variance = pw_check_value(self->check, &spec->incidents.frailty_variance, area);
    }
    if (is_incident || chance == &spec->couple.separates)
        rate.effects = all_effects(self, is_incident ? PW_ON_INCIDENT_RATE : PW_ON_SEPARATION, area);
    return rate;
}

static bool knows_all(const pw_chance_t *chance)
{
    bool known = chance->base.node && pw_check_knows(&chance->base);
    for (int k = 0; k < chance->n_terms; k++)
        known = known && pw_check_knows(&chance->term[k].ratio);
    return known;
}

static void check_rate(void *context, const pw_chance_t *chance)
{
    const counts_t *self = context;
    if (chance->unit != PW_UNIT_PER_YEAR || !knows_all(chance))
        return;
    for (int a = 0; a < self->check->n_areas; a++) {
        rate_t rate = rate_of(self, chance, a);
        double lacks = rate.shape > 1.0 ? 1.0 : 0.0, most = MOST / self->years / exp(log_beyond(self, chance, &rate, a) / rate.shape) - lacks;
        if (pw_check_value(self->check, &chance->base, a) <= most)
            continue;
        char number[PW_NUMBER_ROOM];
        pw_check_add(self->check, chance->base.node, "More than one family in a million might have over 65,535 of these in its follow-up of %.0f months, more "
                     "than its record can count; allowed in %s: at most %s a year, with the ratios, effects, shape and frailty that go with it.",
                     12.0 * self->years, pw_spec_area_name(self->check->spec, a), pw_number_significant(fmax(0.995 * most, 0.0), 3, number));
        return;
    }
}

void pw_check_counts(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    counts_t counts = { .check = self, .years = spec->time.follow_up_months.number[0] / 12.0 };
    counts.number_most[PW_NUMBER_PREVIOUS_NOTIFICATIONS] = spec->previous_notifications_cap.number[0];
    counts.number_most[PW_NUMBER_CHILDREN] = PW_MAX_CHILDREN;
    if (counts.years > 0.0 && pw_check_knows(&spec->time.follow_up_months) && pw_check_knows(&spec->incidents.shape) &&
        pw_check_knows(&spec->incidents.frailty_variance) && pw_check_knows(&spec->previous_notifications_cap))
        pw_schema_each_chance(&pw_schema_root, spec, check_rate, &counts);
}
