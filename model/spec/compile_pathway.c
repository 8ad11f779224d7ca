/* Stages, teams and services. */
#include <stdio.h>
#include <string.h>

#include "../chance/kernel.h"
#include "../chance/stream.h"
#include "centres.h"
#include "compile.h"

static void refuse(pw_compiler_t *self, const pw_node_t *node, const char *message)
{
    char path[PW_TREE_PATH];
    bool known = node && pw_tree_path(self->spec->tree, node, path, sizeof path);
    pw_findings_add(self->findings, node ? node->file : self->spec->file, node ? node->line : 0, known ? path : NULL, "%s", message);
    self->status = PW_ERROR_INPUT;
}

/* ---- places over time ---- */

typedef struct { int n; pw_step_t step[PW_MAX_STEPS]; bool full; } steps_t;

/* Places from tick `at` on; what stands for the same tick or later is replaced. */
static void put(steps_t *steps, pw_ticks_t at, double places)
{
    while (steps->n > 0 && steps->step[steps->n - 1].at >= at)
        steps->n--;
    if (steps->n > 0 && steps->step[steps->n - 1].places == places)
        return;
    if (steps->n == PW_MAX_STEPS)
        steps->full = true;
    else
        steps->step[steps->n++] = (pw_step_t){ at, places };
}

static double places_of(const pw_compiler_t *self, const pw_setting_t *places, double more)
{
    return places->unlimited ? -1.0 : pw_compile_number(self, places) + more;
}

static pw_ticks_t month_ticks(const pw_compiler_t *self, double month)
{
    double ticks = (double)self->model->day_0 + month * (double)PW_TICKS_PER_MONTH;
    return ticks <= 0.0 ? 0 : (pw_ticks_t)(ticks + 0.5);
}

static steps_t own_steps(const pw_compiler_t *self, const pw_setting_t *places, const pw_setting_t *more_places, const pw_schedule_t *schedule)
{
    steps_t steps = { 0 };
    double more = pw_compile_number(self, more_places);
    put(&steps, 0, places_of(self, places, more));
    for (int i = 0; i < schedule->n; i++)
        if (!schedule->item[i].is.removed)
            put(&steps, month_ticks(self, schedule->item[i].from_month.number[0]), places_of(self, &schedule->item[i].places, more));
    return steps;
}

static bool same(const steps_t *a, int n, const pw_step_t *b)
{
    if (a->n != n)
        return false;
    for (int i = 0; i < n; i++)
        if (a->step[i].at != b[i].at || a->step[i].places != b[i].places)
            return false;
    return true;
}

/* What was before until the policy starts, then its own. */
static steps_t join(const steps_t *own, int n, const pw_step_t *before, pw_ticks_t start)
{
    steps_t steps = { 0 };
    double places = own->step[0].places;
    for (int i = 0; i < n; i++)
        if (before[i].at < start)
            put(&steps, before[i].at, before[i].places);
    for (int i = 0; i < own->n; i++)
        if (own->step[i].at <= start)
            places = own->step[i].places;
    put(&steps, start, places);
    for (int i = 0; i < own->n; i++)
        if (own->step[i].at > start)
            put(&steps, own->step[i].at, own->step[i].places);
    steps.full |= own->full;
    return steps;
}

static void keep_steps(pw_compiler_t *self, const steps_t *steps, const pw_node_t *node, int *n, pw_step_t *out)
{
    if (steps->full)
        refuse(self, node, "Its places change more often than the program can hold; allowed: fewer steps in `schedule`.");
    *n = steps->n;
    memcpy(out, steps->step, (size_t)steps->n * sizeof *out);
}

/* ---- teams ---- */

static void compile_team(pw_compiler_t *self, int i)
{
    const pw_team_spec_t *team = &self->spec->teams.item[i];
    pw_team_t *out = &self->model->team[i];
    snprintf(out->name, sizeof out->name, "%s", team->is.name);
    out->removed = team->is.removed;
    out->limits = team->limits;
    steps_t steps = own_steps(self, &team->places, &team->more_places, &team->schedule);
    if (self->before && i < self->before->n_teams && !same(&steps, self->before->team[i].n_steps, self->before->team[i].step))
        steps = join(&steps, self->before->team[i].n_steps, self->before->team[i].step, self->start);
    keep_steps(self, &steps, team->is.node, &out->n_steps, out->step);
}

/* ---- stages ---- */

static void compile_interrupts(pw_compiler_t *self, const pw_stage_spec_t *stage, pw_stage_t *out)
{
    for (int k = 0; k < stage->on.n; k++) {
        const pw_interrupt_spec_t *on = &stage->on.item[k];
        if (on->is.removed)
            continue;
        pw_interrupt_t *interrupt = &out->interrupt[out->n_interrupts++];
        interrupt->event = (uint8_t)on->event;
        interrupt->to = on->to;
        pw_compile_chance(self, &on->chance, &interrupt->chance);
    }
}

static void compile_slowness(pw_compiler_t *self, const pw_stage_spec_t *stage, int i, pw_stage_t *out)
{
    if (!stage->duration_ratio.node || stage->team < 0)
        return;
    out->slow_log_ratio = pw_log(pw_compile_number(self, &stage->duration_ratio.workload));
    pw_centre_get(self->spec, PW_PLACE_STAGE_0 + i, PW_MAX_BITS + PW_NUMBER_WORKLOAD_0 + stage->team, &out->slow_centre);
}

static void compile_stage(pw_compiler_t *self, int i)
{
    const pw_stage_spec_t *stage = &self->spec->stages.item[i];
    pw_stage_t *out = &self->model->stage[i];
    snprintf(out->name, sizeof out->name, "%s", stage->is.name);
    out->purpose = pw_purpose_named("stage", out->name);
    out->counts_as = (uint8_t)stage->counts_as;
    out->removed = stage->is.removed;
    out->is_end = stage->end;
    out->worked = stage->worked;
    out->team = stage->team;
    out->load = stage->team >= 0 ? pw_compile_number(self, &stage->load) : 0.0;
    out->has_priority = stage->priority.node != NULL;
    pw_compile_chance(self, &stage->priority, &out->priority);
    out->wait_limit_to = -1;
    if (stage->wait_limit.node) {
        out->wait_limit_ticks = pw_compile_days(self, &stage->wait_limit.days);
        out->wait_limit_to = stage->wait_limit.to;
    }
    out->sees = stage->sees;
    out->duration = pw_compile_span(self, &stage->duration);
    compile_slowness(self, stage, i, out);
    out->statutory_ticks = stage->statutory_days.node ? pw_compile_days(self, &stage->statutory_days) : 0;
    pw_compile_choice(self, &stage->choice, &out->choice);
    compile_interrupts(self, stage, out);
}

static void find_ends(pw_compiler_t *self)
{
    const pw_spec_t *spec = self->spec;
    pw_model_t *model = self->model;
    model->first_stage = model->referral_stage = -1;
    for (int i = 0; i < spec->stages.n; i++) {
        const pw_stage_spec_t *stage = &spec->stages.item[i];
        if (stage->is.removed)
            continue;
        if (stage->first)
            model->first_stage = i;
        if (stage->first_referral)
            model->referral_stage = i;
    }
}

/* ---- services ---- */

static void compile_places(pw_compiler_t *self, const pw_service_spec_t *service, int i, bool is_new, pw_service_t *out)
{
    steps_t steps = own_steps(self, &service->places, &service->more_places, &service->schedule);
    const pw_service_t *before = is_new ? NULL : &self->before->service[i];
    pw_ticks_t from = service->from_month.node ? month_ticks(self, service->from_month.number[0]) : 0;
    if (is_new && self->before && self->start > from)
        from = self->start;
    out->offered_from = from;
    if (before && !same(&steps, before->n_steps, before->step))
        steps = join(&steps, before->n_steps, before->step, self->start);
    else if (is_new && from > 0) {                 /* no places, and no cost of places, before there is anything to offer */
        const pw_step_t none = { 0, 0.0 };
        steps = join(&steps, 1, &none, from);
    }
    keep_steps(self, &steps, service->is.node, &out->n_steps, out->step);
}

static void compile_offers(pw_compiler_t *self, const pw_service_spec_t *service, pw_service_t *out)
{
    for (int k = 0; k < service->offered.n && !service->is.removed; k++) {
        const pw_offer_spec_t *offer = &service->offered.item[k];
        bool is_ghost = offer->at >= 0 && self->spec->stages.item[offer->at].is.removed;
        if (offer->is.removed || is_ghost)
            continue;
        out->offer[out->n_offers].at = offer->at;
        pw_compile_chance(self, &offer->chance, &out->offer[out->n_offers++].chance);
    }
}

static void compile_service(pw_compiler_t *self, int i)
{
    const pw_service_spec_t *service = &self->spec->services.item[i];
    pw_service_t *out = &self->model->service[i];
    bool is_new = !self->before || i >= self->before->n_services;
    snprintf(out->name, sizeof out->name, "%s", service->is.name);
    out->purpose = pw_purpose_named("service", out->name);
    out->removed = service->is.removed;
    out->attends = (uint8_t)service->attends;
    compile_places(self, service, i, is_new, out);
    memcpy(out->need_one, service->need_one, sizeof out->need_one);
    memcpy(out->need_zero, service->need_zero, sizeof out->need_zero);
    compile_offers(self, service, out);
    out->has_uptake = service->uptake.node != NULL;
    pw_compile_chance(self, &service->uptake, &out->uptake);
    out->again = service->again;
    out->patience = pw_compile_span(self, &service->patience);
    out->duration = pw_compile_span(self, &service->duration);
    out->has_completes = service->completes.node != NULL;
    pw_compile_chance(self, &service->completes, &out->completes);
}

void pw_compile_pathway(pw_compiler_t *self)
{
    const pw_spec_t *spec = self->spec;
    pw_model_t *model = self->model;
    model->n_teams = spec->teams.n;
    for (int i = 0; i < spec->teams.n; i++)
        compile_team(self, i);
    model->n_stages = spec->stages.n;
    for (int i = 0; i < spec->stages.n; i++)
        compile_stage(self, i);
    find_ends(self);
    model->n_services = spec->services.n;
    for (int i = 0; i < spec->services.n; i++)
        compile_service(self, i);
}
