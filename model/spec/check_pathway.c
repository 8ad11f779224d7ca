/* Checks: each stage, team and service by itself. */
#include <math.h>
#include <string.h>

#include "check.h"

static bool reads(const pw_chance_t *chance, int covariate)
{
    for (int k = 0; k < chance->n_terms; k++)
        if (chance->term[k].covariate == covariate)
            return true;
    return false;
}

/* ---- stages ---- */

static void check_end(const pw_check_t *self, const pw_stage_spec_t *stage)
{
    const pw_node_t *node = stage->is.node;
    static const char *const none[] = { "team", "load", "priority", "wait_limit", "duration", "delay", "duration_ratio", "statutory_days", "on", "choice",
                                        "sees" };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        if (pw_tree_child(node, none[i]))
            pw_check_add(self, pw_tree_child(node, none[i]), "An end has no `%s`: nobody stays there.", none[i]);
    if (stage->worked)
        pw_check_add(self, pw_tree_child(node, "worked"), "An end is not worked: nobody stays there.");
    if (stage->first || stage->first_referral)
        pw_check_add(self, node, "An end cannot be the first stage.");
}

static double most_places(const pw_check_t *self, const pw_team_spec_t *team, int area)
{
    double most = team->places.unlimited ? INFINITY : pw_check_value(self, &team->places, area);
    for (int i = 0; i < team->schedule.n; i++)
        most = fmax(most, team->schedule.item[i].places.unlimited ? INFINITY : pw_check_value(self, &team->schedule.item[i].places, area));
    return most + pw_check_value(self, &team->more_places, area);
}

static bool knows_places(const pw_team_spec_t *team)
{
    bool known = pw_check_knows(&team->places) && pw_check_knows(&team->more_places);
    for (int i = 0; i < team->schedule.n; i++)
        known = known && pw_check_knows(&team->schedule.item[i].places);
    return known;
}

/* A case that needs more than its team ever has waits for ever, and all behind it. */
static void check_staff(const pw_check_t *self, const pw_stage_spec_t *stage)
{
    const pw_team_spec_t *team = &self->spec->teams.item[stage->team];
    if (stage->wait_limit.node || !team->limits || !knows_places(team))
        return;
    bool any = false;
    for (int a = 0; a < self->n_areas; a++)
        any |= most_places(self, team, a) >= pw_check_value(self, &stage->load, a);
    if (!any)
        pw_check_add(self, stage->is.node, "No area staffs the team `%s`: one case takes %g places and it never has as many; allowed: more places, less "
                     "load, or a wait_limit.", team->is.name, pw_check_value(self, &stage->load, 0));
}

static void check_team_of(const pw_check_t *self, const pw_stage_spec_t *stage)
{
    const pw_node_t *node = stage->is.node;
    static const char *const needs[] = { "load", "priority", "wait_limit", "duration_ratio" };
    if (stage->team >= 0 && stage->team < self->spec->teams.n) {
        check_staff(self, stage);
        return;
    }
    for (size_t i = 0; i < sizeof needs / sizeof needs[0] && !pw_tree_child(node, "team"); i++)
        if (pw_tree_child(node, needs[i]))
            pw_check_add(self, pw_tree_child(node, needs[i]), "`%s` belongs to a team, and this stage has none.", needs[i]);
}

static void check_score(const pw_check_t *self, int sees, const pw_chance_t *chance)
{
    if (!reads(chance, PW_MAX_BITS + PW_NUMBER_RISK_SCORE) || sees < 0)
        return;
    const pw_form_spec_t *form = &self->spec->information.item[sees];
    if (!form->risk_auc.node)
        pw_check_add(self, chance->node, "`risk_score` is not on the form `%s` that is seen here; allowed: a form with risk_auc.", form->is.name);
}

static void check_stage(const pw_check_t *self, const pw_stage_spec_t *stage)
{
    int live = 0;
    check_team_of(self, stage);
    for (int i = 0; i < stage->choice.n; i++) {
        live += !stage->choice.item[i].is.removed;
        check_score(self, stage->sees, &stage->choice.item[i].weight);
    }
    if (stage->end) {
        check_end(self, stage);
        return;
    }
    if (live == 0)
        pw_check_add(self, stage->is.node, "The stage cannot end: it has no `choice`; allowed: where families go after it, or end = true.");
    const pw_node_t *choice = pw_tree_child(stage->is.node, "choice");
    pw_check_shares(self, &stage->choice, choice ? choice : stage->is.node);
}

static void check_firsts(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    int first = 0, referral = 0, closed = 0, live = 0;
    for (int i = 0; i < spec->stages.n; i++) {
        const pw_stage_spec_t *stage = &spec->stages.item[i];
        if (stage->is.removed)
            continue;
        live++;
        if ((first += stage->first) > 1 && stage->first)
            pw_check_add(self, stage->is.node, "A second stage is first; allowed: one with first = true.");
        if ((referral += stage->first_referral) > 1 && stage->first_referral)
            pw_check_add(self, stage->is.node, "A second stage is first for referrals; allowed: one with first_referral = true.");
        bool is_closed = stage->end && stage->counts_as == PW_COUNTS_AS_CLOSED;
        if ((closed += is_closed) > 1 && is_closed)
            pw_check_add(self, stage->is.node, "A second end counts as closed; allowed: one.");
    }
    const pw_node_t *list = pw_tree_child(spec->tree, "stages");
    if (live > 0 && first == 0)
        pw_check_add(self, list, "No stage is first; allowed: one with first = true, where notifications start.");
    if (live > 0 && closed == 0)
        pw_check_add(self, list, "No end counts as closed; allowed: one stage with end = true; counts_as = \"closed\".");
    if (spec->other_referrals.node && referral == 0)
        pw_check_add(self, spec->other_referrals.node, "Other agencies refer families, but no stage is first for referrals; allowed: one with "
                     "first_referral = true.");
}

/* ---- teams and services ---- */

static void check_schedule(const pw_check_t *self, const pw_schedule_t *schedule)
{
    for (int i = 1; i < schedule->n; i++)
        if (!(schedule->item[i].from_month.number[0] > schedule->item[i - 1].from_month.number[0]))
            pw_check_add(self, schedule->item[i].is.node, "The months do not rise; allowed: each step later than the one before.");
}

static void check_service(const pw_check_t *self, const pw_service_spec_t *service)
{
    check_schedule(self, &service->schedule);
    for (int w = 0; w < 2; w++)
        if (service->need_one[w] & service->need_zero[w])
            pw_check_add(self, service->is.node, "A covariate must be both 1 and 0: nobody is eligible.");
}

void pw_check_pathway(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    for (int i = 0; i < spec->stages.n; i++)
        if (!spec->stages.item[i].is.removed)
            check_stage(self, &spec->stages.item[i]);
    check_firsts(self);
    check_score(self, spec->police.sees, &spec->police.notifies);
    for (int i = 0; i < spec->teams.n; i++)
        check_schedule(self, &spec->teams.item[i].schedule);
    for (int i = 0; i < spec->services.n; i++)
        if (!spec->services.item[i].is.removed)
            check_service(self, &spec->services.item[i]);
}
