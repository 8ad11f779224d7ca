#include "frontier.h"

#include <string.h>

#include "../base/memory.h"

enum { PARTS = 4 };

static bool buys_more(const pw_frontier_t *self, int scenario, const pw_budget_t *now)
{
    const pw_frontier_point_t *last = self->n_points > 0 ? &self->point[self->n_points - 1] : NULL;
    if (!last || last->scenario != scenario)
        return true;
    for (int i = 0; i < now->n; i++)
        if (now->bought[i].places > last->budget.bought[i].places)
            return true;
    return false;
}

static pw_status_t add_point(pw_frontier_t *self, const pw_frontier_asked_t *asked, int scenario, double pounds, bool is_all, pw_text_t *why,
                             pw_findings_t *findings)
{
    pw_budget_t budget;
    pw_text_t unread = { 0 };
    pw_status_t status = pw_budget_plan(asked->spec[0], asked->spec[scenario], pounds, &budget, is_all ? why : &unread, findings);
    pw_text_free(&unread);
    if (status == PW_ERROR_USAGE && !is_all)
        return PW_OK;                      /* a part of the sum buys nothing: there is no such point */
    if (status != PW_OK || !buys_more(self, scenario, &budget))
        return status;
    pw_frontier_point_t *point = &self->point[self->n_points++];
    *point = (pw_frontier_point_t){ .scenario = scenario, .pounds = pounds, .budget = budget };
    return pw_budget_load(&budget, asked->spec[scenario], asked->sets, asked->n_sets, &point->spec, findings);
}

static pw_status_t add_points(pw_frontier_t *self, const pw_frontier_asked_t *asked, pw_text_t *why, pw_findings_t *findings)
{
    int n = asked->n_specs - 1, step = n * PARTS < PW_MAX_SCENARIOS ? 1 : n * 2 < PW_MAX_SCENARIOS ? 2 : PARTS;
    pw_status_t status = PW_OK;
    self->point = pw_alloc((size_t)(n * PARTS) + 1, sizeof self->point[0]);
    if (!self->point)
        return PW_ERROR_MEMORY;
    for (int s = 1; s <= n && status == PW_OK; s++)
        for (int part = step; part <= PARTS && status == PW_OK; part += step)
            status = add_point(self, asked, s, asked->pounds * part / PARTS, part == PARTS, why, findings);
    return status;
}

static pw_status_t follow(pw_frontier_t *self)
{
    const pw_catalogue_t *catalogue = &self->evaluation->run.catalogue;
    self->measure = pw_alloc((size_t)catalogue->n, sizeof self->measure[0]);
    self->line = pw_alloc((size_t)catalogue->n, sizeof self->line[0]);
    if (!self->measure || !self->line)
        return PW_ERROR_MEMORY;
    for (int m = 0; m < catalogue->n; m++) {
        const pw_measure_t *measure = &catalogue->measure[m];
        if (!measure->headline || measure->if_changed || measure->definition->direction == PW_NO_DIRECTION)
            continue;
        self->measure[self->n_measures] = m;
        self->line[self->n_measures++] = pw_evaluation_follow(self->evaluation, m, self->evaluation->run.roster.n_areas);
    }
    return PW_OK;
}

pw_status_t pw_frontier_go(pw_frontier_t *self, const pw_frontier_asked_t *asked, pw_text_t *why, pw_findings_t *findings)
{
    const pw_spec_t *specs[PW_MAX_SCENARIOS] = { asked->spec[0] };
    pw_run_request_t request = asked->request;
    pw_status_t status = add_points(self, asked, why, findings);
    self->evaluation = status == PW_OK ? pw_alloc(1, sizeof *self->evaluation) : NULL;
    if (!self->evaluation)
        return status != PW_OK ? status : PW_ERROR_MEMORY;
    for (int p = 0; p < self->n_points; p++)
        specs[p + 1] = self->point[p].spec;
    request.spec = specs;
    request.n_scenarios = self->n_points + 1;
    status = pw_evaluation_prepare(self->evaluation, &request, findings);
    if (status == PW_OK)
        status = follow(self);
    if (status == PW_OK)
        status = pw_evaluation_go(self->evaluation, findings);
    self->evaluation->run.request.spec = NULL;      /* `specs` ends here */
    return status;
}

void pw_frontier_free(pw_frontier_t *self)
{
    if (self->evaluation)
        pw_evaluation_free(self->evaluation);
    pw_free(self->evaluation);
    for (int p = 0; p < self->n_points; p++)
        pw_spec_free(self->point[p].spec);
    pw_free(self->point);
    pw_free(self->measure);
    pw_free(self->line);
    *self = (pw_frontier_t){ 0 };
}

pw_mean_t pw_frontier_change(const pw_frontier_t *self, int point, int measure)
{
    return pw_evaluation_mean(self->evaluation, point + 1, 0, self->line[measure]);
}
