#include "net_benefit.h"

#include <math.h>
#include <string.h>

static const char COHORT[] = "per 100 families", AREA[] = "a month";
enum { OWN_USE, BUDGET };      /* as in pw_joint_cost */

int pw_directed_measure(const pw_catalogue_t *catalogue, const char *name, pw_text_t *why)
{
    int at = pw_catalogue_find(catalogue, name);
    if (at < 0) {
        const char *nearest = pw_catalogue_nearest(catalogue, name);
        pw_text_printf(why, "there is no measure \"%s\"%s%s%s; docs/measures.md lists them all", name, nearest ? " (did you mean " : "", nearest ? nearest : "",
                       nearest ? "?)" : "");
        return -1;
    }
    if (catalogue->measure[at].definition->direction == PW_NO_DIRECTION) {
        pw_text_printf(why, "of \"%s\" neither more nor less is better, so nothing can be better at it; docs/measures.md says of each measure which way "
                            "is better", name);
        return -1;
    }
    return at;
}

pw_status_t pw_net_benefit_init(pw_net_benefit_t *self, const pw_catalogue_t *catalogue, const char *outcome, double threshold, pw_text_t *why)
{
    if (isnan(threshold)) {
        pw_text_printf(why, "net benefit needs --threshold POUNDS: what one unit fewer of the outcome is worth to whoever decides; no piece of "
                            "evidence says it");
        return PW_ERROR_USAGE;
    }
    int at = pw_directed_measure(catalogue, outcome ? outcome : PW_NET_BENEFIT_OUTCOME, why);
    if (at < 0)
        return PW_ERROR_USAGE;
    const pw_measure_t *measure = &catalogue->measure[at];
    bool area = strcmp(measure->definition->unit, AREA) == 0;
    if (!area && strcmp(measure->definition->unit, COHORT) != 0) {
        pw_text_printf(why, "the outcome of a net benefit is counted \"%s\" or \"%s\"; \"%s\" is in \"%s\"", COHORT, AREA, measure->name,
                       measure->definition->unit);
        return PW_ERROR_USAGE;
    }
    *self = (pw_net_benefit_t){ .threshold = threshold, .outcome = at, .cost = area ? BUDGET : OWN_USE, .unit = area ? "£ a year" : "£ per 100 families" };
    self->pounds = pw_catalogue_find(catalogue, pw_joint_cost[self->cost]);
    self->outcome_weight = measure->definition->direction * threshold * (area ? 12.0 : 1.0);
    self->pounds_weight = area ? -1.0 : -100.0;
    return PW_OK;
}

static int64_t row_of(const pw_ledger_t *ledger, int measure) { return pw_ledger_row(ledger, measure, ledger->layout->roster->n_areas, PW_SUBGROUP_all); }

static double shared(const pw_net_benefit_t *self, const pw_joint_t *joint, int scenario)
{
    int64_t draws;
    for (int m = 0; m < joint->n_measures; m++)
        if (joint->measure[m] == self->outcome)
            return pw_joint_covariance(joint, m, self->cost, scenario, &draws);
    return NAN;
}

/* The variance of the mean over all worlds that is noise; nan: one replication. */
static double noise_of(const pw_net_benefit_t *self, const pw_ledger_t *ledger, const pw_joint_t *joint, int scenario, double *room)
{
    double a = self->outcome_weight, b = self->pounds_weight;
    double outcome = pw_ledger_summary(ledger, scenario, row_of(ledger, self->outcome), true, room).mc_se;
    double pounds = pw_ledger_summary(ledger, scenario, row_of(ledger, self->pounds), true, room).mc_se;
    double sum = a * a * outcome * outcome + b * b * pounds * pounds + 2.0 * a * b * shared(self, joint, scenario);
    return sum < 0.0 ? 0.0 : sum;      /* two that cancel, but for rounding */
}

pw_summary_t pw_net_benefit_summary(const pw_net_benefit_t *self, const pw_ledger_t *ledger, const pw_joint_t *joint, int scenario, double *room)
{
    double *value = room + ledger->n_draws, noise = noise_of(self, ledger, joint, scenario, room);
    for (int64_t d = 0; d < ledger->n_draws; d++)
        value[d] = self->outcome_weight * pw_ledger_draw(ledger, d, scenario, row_of(ledger, self->outcome), true) +
                   self->pounds_weight * pw_ledger_draw(ledger, d, scenario, row_of(ledger, self->pounds), true);
    /* A draw's noise is that of the mean over all draws times their number. */
    pw_estimator_t estimator = { .paired = true, .within_n = isnan(noise) ? 0 : 1, .noise_sum = noise * (double)ledger->n_draws, .within_sum = NAN };
    return pw_summarise(&estimator, value, ledger->n_draws, ledger->replications, ledger->fixed, PW_HIGHER_IS_BETTER, room);
}
