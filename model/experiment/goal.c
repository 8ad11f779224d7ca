#include "goal.h"

#include <math.h>
#include <string.h>

typedef struct {
    const pw_goal_asked_t *asked;
    pw_evaluation_t *evaluation;
    pw_goal_t *out;
    pw_text_t *why;
} finder_t;

static const char COHORT[] = "per 100 families", AREA[] = "a month";

/* Adds a measure of all areas to the gain. */
static pw_status_t add_part(finder_t *self, int measure, double weight)
{
    int line = pw_evaluation_follow(self->evaluation, measure, self->evaluation->run.roster.n_areas);
    self->out->part[self->out->n_parts++] = (pw_part_t){ line, weight };
    return line < 0 ? PW_ERROR_FULL : PW_OK;
}

/* -1 with a sentence: there is none, or neither more nor less of it is better. */
static int find_measure(finder_t *self, const char *name)
{
    const pw_catalogue_t *catalogue = &self->evaluation->run.catalogue;
    int at = pw_catalogue_find(catalogue, name);
    if (at < 0) {
        const char *nearest = pw_catalogue_nearest(catalogue, name);
        pw_text_printf(self->why, "there is no measure \"%s\"%s%s; docs/measures.md lists them all", name, nearest ? "; did you mean " : "", nearest ? nearest : "");
        return -1;
    }
    if (catalogue->measure[at].definition->direction == PW_NO_DIRECTION) {
        pw_text_printf(self->why, "of \"%s\" neither more nor less is better, so nothing can be better at it; docs/measures.md says of each measure which way is better", name);
        return -1;
    }
    return at;
}

static pw_status_t follow_measure(finder_t *self)
{
    int at = find_measure(self, self->asked->of);
    if (at < 0)
        return PW_ERROR_USAGE;
    self->out->measure = &self->evaluation->run.catalogue.measure[at];
    self->out->unit = self->out->measure->definition->unit;
    return add_part(self, at, (double)self->out->measure->definition->direction);
}

static pw_status_t follow_net_benefit(finder_t *self)
{
    const pw_catalogue_t *catalogue = &self->evaluation->run.catalogue;
    if (isnan(self->asked->threshold)) {
        pw_text_printf(self->why, "net benefit needs --threshold POUNDS: what one unit fewer of the outcome is worth to whoever decides; no piece of evidence says it");
        return PW_ERROR_USAGE;
    }
    int at = find_measure(self, self->asked->outcome ? self->asked->outcome : PW_GOAL_OUTCOME);
    if (at < 0)
        return PW_ERROR_USAGE;
    self->out->measure = &catalogue->measure[at];
    bool area = strcmp(self->out->measure->definition->unit, AREA) == 0;
    if (!area && strcmp(self->out->measure->definition->unit, COHORT) != 0) {
        pw_text_printf(self->why, "the outcome of a net benefit is counted \"%s\" or \"%s\"; \"%s\" is in \"%s\"", COHORT, AREA, self->out->measure->name,
                       self->out->measure->definition->unit);
        return PW_ERROR_USAGE;
    }
    self->out->unit = area ? "£ a year" : "£ per 100 families";
    pw_status_t status = add_part(self, at, self->out->measure->definition->direction * self->asked->threshold * (area ? 12.0 : 1.0));
    return status == PW_OK ? add_part(self, pw_catalogue_find(catalogue, area ? "budget" : "own_use"), area ? -1.0 : -100.0) : status;
}

static pw_status_t follow_payback(finder_t *self, bool cashable)
{
    int whole_years = self->evaluation->run.roster.months / 12;
    if (self->asked->by_year < 1) {
        pw_text_printf(self->why, "payback needs --by-year N: by the end of which year the money has to be back");
        return PW_ERROR_USAGE;
    }
    if (self->asked->by_year > whole_years) {
        pw_text_printf(self->why, "the run ends after %d months, so it says nothing of the end of year %lld; allowed: 1 to %d, or more with a longer --set time.follow_up_months",
                       self->evaluation->run.roster.months, (long long)self->asked->by_year, whole_years);
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
