#include "goal.h"

#include <string.h>

typedef struct {
    const pw_goal_asked_t *asked;
    pw_evaluation_t *evaluation;
    pw_goal_t *out;
    pw_text_t *why;
} finder_t;

/* Adds a measure of all areas to the gain. */
static pw_status_t add_part(finder_t *self, int measure, double weight)
{
    int line = pw_evaluation_follow(self->evaluation, measure, self->evaluation->run.roster.n_areas);
    self->out->part[self->out->n_parts++] = (pw_part_t){ line, weight };
    return line < 0 ? PW_ERROR_FULL : PW_OK;
}

static pw_status_t follow_measure(finder_t *self)
{
    int at = pw_directed_measure(&self->evaluation->run.catalogue, self->asked->of, self->why);
    if (at < 0)
        return PW_ERROR_USAGE;
    self->out->measure = &self->evaluation->run.catalogue.measure[at];
    self->out->unit = self->out->measure->definition->unit;
    return add_part(self, at, (double)self->out->measure->definition->direction);
}

static pw_status_t follow_net_benefit(finder_t *self)
{
    const pw_catalogue_t *catalogue = &self->evaluation->run.catalogue;
    pw_net_benefit_t net;
    pw_status_t status = pw_net_benefit_init(&net, catalogue, self->asked->outcome, self->asked->threshold, self->why);
    if (status != PW_OK)
        return status;
    self->out->measure = &catalogue->measure[net.outcome];
    self->out->unit = net.unit;
    status = add_part(self, net.outcome, net.outcome_weight);
    return status == PW_OK ? add_part(self, net.pounds, net.pounds_weight) : status;
}

static pw_status_t follow_payback(finder_t *self, bool cashable)
{
    int whole_years = self->evaluation->run.roster.months / 12;
    if (self->asked->by_year < 1) {
        pw_text_printf(self->why, "payback needs --by-year N: by the end of which year the money has to be back");
        return PW_ERROR_USAGE;
    }
    if (self->asked->by_year > whole_years) {
        pw_text_printf(self->why, "the run ends after %d months, so it says nothing of the end of year %lld; allowed: 1 to %d, or more with a longer "
                       "--set time.follow_up_months", self->evaluation->run.roster.months, (long long)self->asked->by_year, whole_years);
        return PW_ERROR_USAGE;
    }
    self->out->unit = "£";
    int line = pw_evaluation_follow_pounds(self->evaluation, (int)self->asked->by_year, cashable);
    self->out->part[self->out->n_parts++] = (pw_part_t){ line, -1.0 };
    return line < 0 ? PW_ERROR_FULL : PW_OK;
}

pw_status_t pw_goal_follow(const pw_goal_asked_t *asked, pw_evaluation_t *evaluation, pw_goal_t *out, pw_text_t *why)
{
    finder_t self = { asked, evaluation, out, why };
    *out = (pw_goal_t){ .asked = *asked };
    if (strcmp(asked->of, PW_GOAL_NET_BENEFIT) == 0)
        return follow_net_benefit(&self);
    bool cash = strcmp(asked->of, PW_GOAL_CASH_PAYBACK) == 0;
    return cash || strcmp(asked->of, PW_GOAL_PAYBACK) == 0 ? follow_payback(&self, cash) : follow_measure(&self);
}

pw_mean_t pw_goal_gain(const pw_goal_t *self, const pw_evaluation_t *evaluation, int scenario, int against)
{
    return pw_evaluation_weighed(evaluation, scenario, against, self->part, self->n_parts);
}
