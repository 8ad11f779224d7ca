/* Effects and costs: in the baseline's order first, with what a scenario takes out kept as a ghost. */
#include <string.h>

#include "../base/memory.h"
#include "compile.h"

/* ---- what a spec holds, as one list ---- */

typedef struct { uint8_t owner_kind, owner; const pw_effect_spec_t *effect; } effect_at_t;
typedef struct { uint8_t owner_kind, owner; int when; const pw_cost_spec_t *cost; } cost_at_t;

enum { MOST_EFFECTS = 4 * PW_MAX_EFFECTS, MOST_COSTS = 4 * PW_MAX_COSTS };
typedef struct { int n; effect_at_t item[MOST_EFFECTS]; } effect_list_t;
typedef struct { int n; cost_at_t item[MOST_COSTS]; } cost_list_t;

static void list_effects(const pw_effects_t *effects, int owner_kind, int owner, effect_list_t *out)
{
    for (int i = 0; i < effects->n && out->n < MOST_EFFECTS; i++)
        out->item[out->n++] = (effect_at_t){ (uint8_t)owner_kind, (uint8_t)owner, &effects->item[i] };
}

static void all_effects(const pw_spec_t *spec, effect_list_t *out)
{
    list_effects(&spec->police.effects, PW_OWNER_POLICE_REMOVAL, 0, out);
    for (int i = 0; i < spec->stages.n; i++)
        list_effects(&spec->stages.item[i].effects, PW_OWNER_STAGE, i, out);
    for (int i = 0; i < spec->services.n; i++)
        list_effects(&spec->services.item[i].effects, PW_OWNER_SERVICE, i, out);
}

static void list_costs(const pw_costs_t *costs, int owner_kind, int owner, cost_list_t *out)
{
    for (int i = 0; i < costs->n; i++)
        for (int when = 0; when < 4 && out->n < MOST_COSTS; when++)
            if (costs->item[i].pounds[when].node)
                out->item[out->n++] = (cost_at_t){ (uint8_t)owner_kind, (uint8_t)owner, when, &costs->item[i] };
}

static void all_costs(const pw_spec_t *spec, cost_list_t *out)
{
    list_costs(&spec->police.costs, PW_COST_OF_POLICE_ATTENDANCE, 0, out);
    list_costs(&spec->incidents.costs, PW_COST_OF_INCIDENT, 0, out);
    list_costs(&spec->incidents.injury_costs, PW_COST_OF_INJURY, 0, out);
    for (int i = 0; i < spec->teams.n; i++)
        list_costs(&spec->teams.item[i].costs, PW_COST_OF_TEAM, i, out);
    for (int i = 0; i < spec->stages.n; i++)
        list_costs(&spec->stages.item[i].costs, PW_COST_OF_STAGE, i, out);
    for (int i = 0; i < spec->services.n; i++)
        list_costs(&spec->services.item[i].costs, PW_COST_OF_SERVICE, i, out);
}

static void outgrown(pw_compiler_t *self, const pw_node_t *node, const char *what, int limit)
{
    char path[PW_TREE_PATH];
    bool known = node && pw_tree_path(self->spec->tree, node, path, sizeof path);
    pw_findings_add(self->findings, node ? node->file : self->spec->file, node ? node->line : 0, known ? path : NULL,
                    "There are more than %d %s in all, the baseline's included (a fixed limit of the program).", limit, what);
    self->status = PW_ERROR_INPUT;
}

/* ---- effects ---- */

static bool same_effect(const effect_at_t *a, const effect_at_t *b)
{
    return a->owner_kind == b->owner_kind && a->owner == b->owner && a->effect->on == b->effect->on && a->effect->during == b->effect->during &&
           a->effect->only_setting == b->effect->only_setting;
}

static const effect_at_t *find_effect(const effect_list_t *list, const effect_at_t *wanted)
{
    for (int i = 0; i < list->n; i++)
        if (same_effect(&list->item[i], wanted))
            return &list->item[i];
    return NULL;
}

static void put_in_masks(pw_model_t *model, const effect_at_t *at, int index)
{
    uint64_t bit = UINT64_C(1) << index;
    if (at->owner_kind == PW_OWNER_POLICE_REMOVAL) {
        model->removal_effects |= bit;
        return;
    }
    bool is_stage = at->owner_kind == PW_OWNER_STAGE;
    pw_stage_t *stage = &model->stage[at->owner];
    pw_service_t *service = &model->service[at->owner];
    if (at->effect->during == PW_DURING_AFTER_COMPLETION)
        *(is_stage ? &stage->effects_after : &service->effects_after) |= bit;
    else if (at->effect->during == PW_DURING_AFTER_DROPOUT)
        *(is_stage ? &stage->effects_dropout : &service->effects_dropout) |= bit;
    else
        *(is_stage ? &stage->effects : &service->effects) |= bit;
}

/* A slot for an effect that ends by a clock: the baseline's keep theirs. */
static void give_slot(pw_compiler_t *self, int index, const pw_node_t *node)
{
    pw_model_t *model = self->model;
    int slot = self->before && index < self->before->n_effects ? self->before->effect[index].timed_slot : -1;
    if (slot < 0 && model->n_timed == PW_MAX_TIMED)
        outgrown(self, node, "effects with lasts_days", PW_MAX_TIMED);
    else
        model->effect[index].timed_slot = (int8_t)(slot >= 0 ? slot : model->n_timed++);
}

/* One effect at the next index; `at` NULL: the ghost of `before`. */
static void add_effect(pw_compiler_t *self, const effect_at_t *before, const effect_at_t *at)
{
    pw_model_t *model = self->model;
    const effect_at_t *shown = at ? at : before;
    if (model->n_effects == PW_MAX_EFFECTS) {
        outgrown(self, shown->effect->is.node, "effects", PW_MAX_EFFECTS);
        return;
    }
    int index = model->n_effects++;
    pw_effect_t *out = &model->effect[index];
    bool is_ghost = !at || at->effect->is.removed;
    const pw_effect_spec_t *effect = shown->effect;
    *out = (pw_effect_t){ .on = (uint8_t)effect->on, .during = (uint8_t)effect->during, .owner_kind = shown->owner_kind, .owner = shown->owner,
                          .only_contact = effect->only_setting == 1, .timed_slot = -1 };
    out->ratio = is_ghost ? 1.0 : pw_compile_number(self, &effect->ratio);
    memcpy(out->only_if, effect->only_if, sizeof out->only_if);
    out->conditional = (out->only_if[0] | out->only_if[1]) != 0;
    if (!at && self->before)
        out->lasts_ticks = self->before->effect[index].lasts_ticks;
    else if (effect->lasts_days.node)
        out->lasts_ticks = pw_compile_days(self, &effect->lasts_days);
    if (out->lasts_ticks > 0)
        give_slot(self, index, effect->is.node);
    put_in_masks(model, shown, index);
}

static void compile_effects(pw_compiler_t *self, effect_list_t *before, effect_list_t *now)
{
    all_effects(self->spec, now);
    if (self->baseline)
        all_effects(self->baseline, before);
    self->model->n_timed = self->before ? self->before->n_timed : 0;
    for (int i = 0; i < before->n; i++)
        add_effect(self, &before->item[i], find_effect(now, &before->item[i]));
    for (int i = 0; i < now->n; i++)
        if (!find_effect(before, &now->item[i]))
            add_effect(self, NULL, &now->item[i]);
}

/* ---- costs ---- */

static const cost_at_t *find_cost(const cost_list_t *list, const cost_at_t *wanted)
{
    for (int i = 0; i < list->n; i++) {
        const cost_at_t *at = &list->item[i];
        if (at->owner_kind == wanted->owner_kind && at->owner == wanted->owner && at->when == wanted->when && at->cost->payer == wanted->cost->payer &&
            strcmp(at->cost->is.name, wanted->cost->is.name) == 0)
            return at;
    }
    return NULL;
}

static uint64_t *mask_of(pw_model_t *model, const cost_at_t *at)
{
    switch (at->owner_kind) {
    case PW_COST_OF_STAGE: return &model->stage[at->owner].costs;
    case PW_COST_OF_SERVICE: return &model->service[at->owner].costs;
    case PW_COST_OF_TEAM: return &model->team[at->owner].costs;
    case PW_COST_OF_POLICE_ATTENDANCE: return &model->attendance_costs;
    case PW_COST_OF_INCIDENT: return &model->incident_costs;
    default: return &model->injury_costs;
    }
}

static void add_cost(pw_compiler_t *self, const cost_at_t *before, const cost_at_t *at)
{
    pw_model_t *model = self->model;
    const cost_at_t *shown = at ? at : before;
    if (model->n_costs == PW_MAX_COSTS) {
        outgrown(self, shown->cost->is.node, "costs", PW_MAX_COSTS);
        return;
    }
    int index = model->n_costs++;
    bool is_ghost = !at || at->cost->is.removed;
    model->cost[index] = (pw_cost_t){ .payer = (uint8_t)shown->cost->payer, .money = (uint8_t)shown->cost->counts_as, .when = (uint8_t)shown->when,
                                      .owner_kind = shown->owner_kind, .owner = shown->owner,
                                      .pounds = is_ghost ? 0.0 : pw_compile_number(self, &shown->cost->pounds[shown->when]) };
    *mask_of(model, shown) |= UINT64_C(1) << index;
}

static void compile_costs(pw_compiler_t *self, cost_list_t *before, cost_list_t *now)
{
    all_costs(self->spec, now);
    if (self->baseline)
        all_costs(self->baseline, before);
    for (int i = 0; i < before->n; i++)
        add_cost(self, &before->item[i], find_cost(now, &before->item[i]));
    for (int i = 0; i < now->n; i++)
        if (!find_cost(before, &now->item[i]))
            add_cost(self, NULL, &now->item[i]);
}

void pw_compile_effects(pw_compiler_t *self)
{
    effect_list_t *effects = pw_alloc(2, sizeof *effects);
    cost_list_t *costs = pw_alloc(2, sizeof *costs);
    if (effects && costs) {
        compile_effects(self, &effects[0], &effects[1]);
        compile_costs(self, &costs[0], &costs[1]);
    } else
        self->status = PW_ERROR_MEMORY;
    pw_free(costs);
    pw_free(effects);
}
