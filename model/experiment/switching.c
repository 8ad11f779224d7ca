#include "switching.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"

enum { MOST_SETS = 160, SET_ROOM = PW_TREE_PATH + PW_NUMBER_ROOM };

typedef struct {
    const pw_switching_asked_t *asked;
    const pw_lever_t *lever;
    pw_switching_t *out;
    pw_text_t *why;
    pw_findings_t *findings;
} asker_t;

/* ---- the scenario with its numbers moved ---- */

typedef struct {
    double value[PW_MOST_HELD];
    pw_lever_holds_t holds;                    /* estimates */
    int n_sets;
    const char *set[MOST_SETS];                /* the caller's, then the settings */
    char text[PW_MOST_HELD][SET_ROOM];
    int n_moved;
} moved_t;

static void move(moved_t *self, const pw_lever_t *lever, double value)
{
    char number[PW_NUMBER_ROOM];
    int k = self->n_moved++;
    self->value[k] = value;
    if (lever->estimate) {
        self->holds.held[self->holds.n++] = (pw_lever_hold_t){ lever->estimate->name, &self->value[k] };
        return;
    }
    snprintf(self->text[k], SET_ROOM, "%s=%s", lever->path, pw_number_shortest(value, number));
    self->set[self->n_sets++] = self->text[k];
}

static bool moves_settings(const moved_t *self) { return self->n_moved > self->holds.n; }

/* ---- one look ---- */

static void remember_goal(asker_t *self, const pw_goal_t *goal)
{
    self->out->unit = goal->unit;
    snprintf(self->out->measure, sizeof self->out->measure, "%s", goal->measure ? goal->measure->name : "");
    snprintf(self->out->label, sizeof self->out->label, "%s", goal->measure ? goal->measure->label : "");
}

static pw_status_t evaluate(asker_t *self, const pw_spec_t *scenario, moved_t *moved, pw_mean_t *out)
{
    const pw_spec_t *specs[2] = { self->asked->baseline, scenario };
    pw_run_request_t request = self->asked->request;
    pw_goal_t goal;
    request.spec = specs;
    request.n_scenarios = 2;
    pw_values_chain_t chain = { self->asked->posterior ? pw_posterior_hook(self->asked->posterior) : (pw_values_hook_t){ 0 },
                                { pw_lever_adjust, &moved->holds } };
    request.values = pw_values_chain_hook(&chain);
    pw_evaluation_t *evaluation = pw_alloc(1, sizeof *evaluation);
    if (!evaluation)
        return PW_ERROR_MEMORY;
    pw_status_t status = pw_evaluation_prepare(evaluation, &request, self->findings);
    if (status == PW_OK)
        status = pw_goal_follow(&self->asked->goal, evaluation, &goal, self->why);
    if (status == PW_OK)
        status = pw_evaluation_go(evaluation, self->findings);
    if (status == PW_OK) {
        *out = pw_goal_gain(&goal, evaluation, 1, 0);
        remember_goal(self, &goal);
        if (isnan(out->mean)) {
            pw_text_printf(self->why, "%s has no value in these worlds; more of them, or a longer follow-up, may give it one", self->out->measure);
            status = PW_ERROR_USAGE;
        }
    }
    pw_evaluation_free(evaluation);
    pw_free(evaluation);
    return status;
}

static pw_status_t gain_at(void *context, double value, pw_mean_t *out)
{
    asker_t *self = context;
    const pw_switching_asked_t *asked = self->asked;
    moved_t moved = { .n_sets = asked->n_sets };
    for (int i = 0; i < asked->n_sets; i++) /* not memcpy: without any, `sets` may be NULL */
        moved.set[i] = asked->sets[i];
    move(&moved, self->lever, value);
    if (asked->held.lever)
        move(&moved, asked->held.lever, asked->held.value);
    pw_spec_t *scenario = NULL;
    pw_status_t status = PW_OK;
    if (moves_settings(&moved)) {
        status = pw_spec_load(asked->scenario->file, moved.set, moved.n_sets, &scenario, self->findings);
        if (status == PW_OK && self->findings->n > 0)
            status = PW_ERROR_INPUT;
    }
    if (status == PW_OK)
        status = evaluate(self, scenario ? scenario : asked->scenario, &moved, out);
    pw_spec_free(scenario);
    if (status == PW_OK && asked->looked)
        asked->looked(asked->looked_context, self->out->found.n_looks + 1);
    return status;
}

static void find_chance(const pw_posterior_t *posterior, const pw_lever_t *lever, pw_switching_t *out)
{
    const pw_breakeven_t *found = &out->found;
    if (!lever->estimate || found->verdict != PW_BREAKEVEN_FOUND)
        return;
    double below = posterior ? pw_posterior_share_below(posterior, lever->estimate, found->value) : NAN;
    out->of_sets = !isnan(below);
    if (!out->of_sets)
        below = pw_lever_chance_below(lever->estimate, found->value);
    out->chance = found->above ? pw_number_round12(1.0 - below) : below;
}

pw_status_t pw_switching_find(const pw_switching_asked_t *asked, const pw_lever_t *lever, pw_switching_t *out, pw_text_t *why, pw_findings_t *findings)
{
    asker_t self = { asked, lever, out, why, findings };
    *out = (pw_switching_t){ .chance = NAN };
    if (asked->n_sets > MOST_SETS - PW_MOST_HELD)
        return PW_ERROR_FULL;
    pw_status_t status = pw_breakeven_find(gain_at, &self, &lever->range, &out->found);
    if (status == PW_OK)
        find_chance(asked->posterior, lever, out);
    return status;
}
