#include "explain_pilot.h"

#include <string.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../experiment/models.h"
#include "../world/world.h"

static const double month_ticks = PW_DAYS_PER_MONTH * PW_TICKS_PER_DAY;      /* calendar months differ by some per cent; lengths and places alike */

/* ---- one world's results into the sums ---- */

/* ---- effects in force together ---- */

/* One family: which effects are in force, which have been in its follow-up, and beside which others. */
typedef struct { bool window; uint64_t active, met, beside[PW_MAX_EFFECTS]; } together_t;

typedef struct { together_t *family; uint32_t room; bool failed; } listener_t;

static void note(together_t *self)
{
    for (uint64_t rest = self->window ? self->active : 0; rest; rest &= rest - 1)
        self->beside[__builtin_ctzll(rest)] |= self->active;
    self->met |= self->window ? self->active : 0;
}

static bool make_room(listener_t *self, uint32_t family)
{
    if (family < self->room)
        return true;
    uint32_t room = 2 * family + 1024;
    together_t *grown = pw_realloc(self->family, room, sizeof *grown);
    self->failed |= !grown;
    if (!grown)
        return false;
    memset(grown + self->room, 0, (room - self->room) * sizeof *grown);
    self->family = grown;
    self->room = room;
    return true;
}

static void listen(void *context, const pw_told_t *told)
{
    listener_t *self = context;
    bool counts = told->scenario == -1 || told->scenario == 1;      /* the warm-up is the scenario's past too */
    if (!counts || (told->what != PW_TOLD_EFFECT && told->what != PW_TOLD_WINDOW) || !make_room(self, told->family))
        return;
    together_t *mine = &self->family[told->family];
    uint64_t bit = UINT64_C(1) << (told->index & 63);
    if (told->what == PW_TOLD_WINDOW)
        mine->window = told->yes;
    else
        mine->active = told->yes ? mine->active | bit : mine->active & ~bit;
    note(mine);
}

static int owner_of(const pw_effect_t *effect)
{
    switch (effect->owner_kind) {
    case PW_OWNER_SERVICE: return effect->owner;
    case PW_OWNER_STAGE: return PW_MAX_SERVICES + effect->owner;
    default: return PW_PILOT_OWNERS - 1;
    }
}

static void add_family(const pw_model_t *model, const together_t *family, pw_pilot_reach_t *out)
{
    uint8_t both[PW_EFFECT_TARGETS][PW_PILOT_OWNERS][PW_PILOT_OWNERS] = { { { 0 } } };
    for (uint64_t rest = family->met; rest; rest &= rest - 1) {
        const pw_effect_t *one = &model->effect[__builtin_ctzll(rest)];
        for (uint64_t others = family->beside[__builtin_ctzll(rest)] & model->effects_on[one->on]; others; others &= others - 1)
            both[one->on][owner_of(one)][owner_of(&model->effect[__builtin_ctzll(others)])] = 1;
    }
    for (int on = 0; on < PW_EFFECT_TARGETS; on++)
        for (int i = 0; i < PW_PILOT_OWNERS; i++) {
            out->met[on][i] += both[on][i][i];
            for (int j = 0; j < PW_PILOT_OWNERS; j++)
                out->met_both[on][i][j] += both[on][i][j];
        }
}

/* ---- queues ---- */

static void add_month(const pw_queue_t *queue, int month, pw_first_month_t *out)
{
    out->open = true;
    out->month = month;
    out->length += (double)queue->month[month].length_ticks / month_ticks;
    out->places += queue->month[month].places_ticks / month_ticks;
}

/* The first month in which there are places: of a policy that starts later, its own. A part of a month does not count. */
static int first_month(const pw_queue_t *queue, int months)
{
    for (int m = 0; m < months; m++)
        if (queue->month[m].places_ticks > 0.5 * month_ticks)
            return m;
    return -1;
}

static void add_queue(const pw_queue_t *now, const pw_queue_t *before, int months, pw_first_month_t *out, pw_first_month_t *out_before)
{
    int month = first_month(now, months);
    if (month < 0)
        return;
    add_month(now, month, out);
    if (before)
        add_month(before, month, out_before);
}

static bool same_process(const pw_result_t *a, const pw_result_t *b, int n_stages_a, int n_stages_b)
{
    if (memcmp(a->month, b->month, sizeof a->month) != 0)
        return false;
    int n = n_stages_a < n_stages_b ? n_stages_a : n_stages_b;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (a->flow[i][j] != b->flow[i][j])
                return false;
    for (int j = n; j < n_stages_a; j++)
        for (int i = 0; i <= n_stages_a; i++)
            if (a->flow[i][j])
                return false;
    return true;
}

static void add_moves(const pw_result_t *now, int n_stages, pw_pilot_reach_t *out)
{
    for (int from = 0; from <= n_stages; from++)
        for (int to = 0; to <= n_stages; to++)
            out->flow[from < n_stages ? from : PW_MAX_STAGES][to < n_stages ? to : PW_MAX_STAGES] += now->flow[from][to];
    for (int from = 0; from < n_stages; from++) {
        out->wait_limited[from] += now->wait_limited[from];
        for (int e = 0; e < PW_INTERRUPT_EVENTS; e++)
            out->interrupted[from][e] += now->interrupted[from][e];
    }
}

static void add_world(const pw_model_t *const model[2], const pw_result_t *before, const pw_result_t *now, int area, const listener_t *together,
                      pw_pilot_reach_t *out)
{
    int n_stages = model[1]->n_stages;
    out->months = model[1]->months;
    out->cohort += now->n_records;
    for (uint32_t f = 0; f < together->room; f++)
        if (together->family[f].met)
            add_family(model[1], &together->family[f], out);
    for (int s = 0; s < model[1]->n_services; s++) {
        for (int m = 0; m < out->months; m++)
            out->started[s] += now->service[s].month[m].started;
        add_queue(&now->service[s], s < model[0]->n_services ? &before->service[s] : NULL, out->months, &out->service[area][s], &out->service_before[area][s]);
    }
    for (int t = 0; t < model[1]->n_teams; t++)
        if (model[1]->team[t].limits)
            add_queue(&now->team[t], t < model[0]->n_teams ? &before->team[t] : NULL, out->months, &out->team[area][t], &out->team_before[area][t]);
    add_moves(now, n_stages, out);
    for (int to = 0; to < n_stages; to++)
        for (int from = 0; from <= n_stages; from++)
            out->reached[to] += now->flow[from][to];
    out->same = out->same && same_process(now, before, n_stages, model[0]->n_stages);
}

/* ---- the run ---- */

static pw_status_t run_worlds(const pw_models_t *models, const pw_explain_pilot_t *options, pw_pilot_reach_t *out)
{
    pw_world_t *world = pw_world_new();
    pw_result_t *result = pw_alloc(2, sizeof *result);
    pw_world_options_t how = { .engine = PW_ENGINE_AHEAD, .stop = pw_interrupt_flag(), .tell = listen };
    pw_status_t status = world && result ? PW_OK : PW_ERROR_MEMORY;
    pw_result_t *results[2] = { result, result ? result + 1 : NULL };
    for (int64_t w = 0; w < options->worlds && status == PW_OK; w++)
        for (int area = 0; area < models->n_areas && status == PW_OK; area++) {
            const pw_model_t *model[2] = { pw_models_get(models, 0, area, 0), pw_models_get(models, 0, area, 1) };
            listener_t together = { 0 };
            how.tell_context = &together;
            int ended = pw_world_run(world, options->seed, (uint64_t)w, model, 2, NULL, &how, results);
            status = ended == 0 ? PW_OK : ended == PW_ERROR_STOPPED ? PW_ERROR_STOPPED : PW_ERROR_MEMORY;
            if (status == PW_OK && together.failed)
                status = PW_ERROR_MEMORY;
            if (status == PW_OK)
                add_world(model, results[0], results[1], area, &together, out);
            pw_free(together.family);
        }
    pw_world_free(world);
    pw_free(result);
    return status;
}

static void divide(pw_first_month_t *month, int n, double worlds)
{
    for (int i = 0; i < n; i++) {
        month[i].length /= worlds;
        month[i].places /= worlds;
    }
}

pw_status_t pw_explain_pilot(const pw_spec_t *before, const pw_spec_t *now, const pw_explain_pilot_t *options, pw_pilot_reach_t *out, pw_findings_t *findings)
{
    const pw_spec_t *const specs[2] = { before, now };
    pw_models_t models = { 0 };
    *out = (pw_pilot_reach_t){ .worlds = options->worlds, .same = true };
    pw_status_t status = pw_models_init(&models, specs, 2, options->seed, true, (pw_values_hook_t){ 0 });
    if (status == PW_OK && pw_models_claim(&models, 0))
        status = pw_models_compile(&models, 0, findings);
    if (status == PW_OK)
        status = run_worlds(&models, options, out);
    pw_models_free(&models);
    for (int a = 0; a < PW_MAX_AREAS; a++) {
        divide(out->team[a], PW_MAX_TEAMS, (double)options->worlds);
        divide(out->team_before[a], PW_MAX_TEAMS, (double)options->worlds);
        divide(out->service[a], PW_MAX_SERVICES, (double)options->worlds);
        divide(out->service_before[a], PW_MAX_SERVICES, (double)options->worlds);
    }
    return status;
}
