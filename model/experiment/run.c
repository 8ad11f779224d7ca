#include "run.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "batch.h"

uint64_t pw_run_world_number(int64_t draw, int64_t replication)
{
    return ((uint64_t)draw << PW_WORLD_BITS) + (uint64_t)replication;
}

/* Draws 0 (fixed values) is worked off as one draw, number 0. */
static int64_t draws_of(const pw_run_request_t *request) { return request->draws > 0 ? request->draws : 1; }

static pw_status_t fill_roster(pw_run_t *self, pw_findings_t *findings)
{
    const pw_run_request_t *request = &self->request;
    const pw_model_t *model[PW_MAX_SCENARIOS * PW_MAX_AREAS];
    const char *scenario[PW_MAX_SCENARIOS], *area[PW_MAX_AREAS];
    pw_models_t central = { 0 };
    pw_status_t status = pw_models_init(&central, request->spec, request->n_scenarios, request->seed, true, (pw_values_hook_t){ 0 });
    int n_areas = central.n_areas;
    if (status == PW_OK && pw_models_claim(&central, 0))
        status = pw_models_compile(&central, 0, findings);
    for (int s = 0; status == PW_OK && s < request->n_scenarios; s++) {
        scenario[s] = s == 0 ? "baseline" : request->spec[s]->name;
        for (int a = 0; a < n_areas; a++) {
            model[s * n_areas + a] = pw_models_get(&central, 0, a, s);
            area[a] = pw_spec_area_name(request->spec[0], a);
        }
    }
    if (status == PW_OK)
        status = pw_roster_fill(model, request->n_scenarios, n_areas, scenario, area, &self->roster);
    pw_models_free(&central);
    return status;
}

pw_status_t pw_run_prepare(pw_run_t *self, const pw_run_request_t *request, pw_findings_t *findings)
{
    memset(self, 0, sizeof *self);
    self->request = *request;
    self->precision_measure = -1;
    self->half_width = NAN;
    if (request->n_scenarios > PW_MAX_SCENARIOS)
        return PW_ERROR_FULL;
    pw_status_t status = fill_roster(self, findings);
    if (status != PW_OK)
        return status;
    pw_layout_init(&self->layout, &self->roster);
    status = pw_catalogue_fill(&self->layout, &self->catalogue);
    if (status != PW_OK)
        return status;
    if (request->precision_measure) {
        self->precision_measure = pw_catalogue_find(&self->catalogue, request->precision_measure);
        if (self->precision_measure < 0)
            return PW_ERROR_USAGE;
    }
    status = pw_models_init(&self->models, request->spec, request->n_scenarios, request->seed, request->draws == 0, request->values);
    if (status != PW_OK)
        return status;
    status = pw_chronicle_init(&self->chronicle, &self->layout, draws_of(request));
    if (status == PW_OK)
        status = pw_pairs_init(&self->pairs, &self->layout, &self->catalogue);
    if (status == PW_OK)
        status = pw_joint_init(&self->joint, &self->layout, &self->catalogue);
    if (status != PW_OK)
        return status;
    return pw_ledger_init(&self->ledger, &self->layout, &self->catalogue, request->replications, request->draws == 0);
}

/* The next chunk from world `from` on: whole in (draw, replication) order, not across a look at the precision. */
static void choose_worlds(pw_batch_t *batch, const pw_run_t *run, int64_t from)
{
    int64_t replications = run->request.replications, total = draws_of(&run->request) * replications, first = from / replications;
    int64_t last = first + PW_DRAWS_AT_ONCE;
    if (run->precision_measure >= 0 && last > (first / PW_BATCH_DRAWS + 1) * PW_BATCH_DRAWS)
        last = (first / PW_BATCH_DRAWS + 1) * PW_BATCH_DRAWS;
    batch->worlds.n = 0;
    for (int64_t w = from; w < total && w / replications < last && batch->worlds.n < PW_CHUNK_WORLDS; w++) {
        int k = batch->worlds.n++;
        batch->worlds.draw[k] = w / replications;
        batch->worlds.replication[k] = w % replications;
        batch->worlds.ends_draw[k] = w % replications == replications - 1;
    }
}

/* 1.96 x Monte Carlo error of the paired difference, the largest of all scenarios'. */
static double half_width(const pw_run_t *self, double *room)
{
    int64_t row = pw_ledger_row(&self->ledger, self->precision_measure, self->roster.n_areas, PW_SUBGROUP_all);
    double widest = 0.0;
    for (int s = 1; s < self->request.n_scenarios; s++) {
        pw_summary_t difference = pw_ledger_summary(&self->ledger, s, row, true, room);
        double width = 1.96 * difference.mc_se;
        if (isnan(width) || width > widest)
            widest = width;
        if (isnan(widest))
            break;
    }
    return widest;
}

static bool precise_enough(pw_run_t *self, double *room)
{
    self->half_width = half_width(self, room);
    self->precision_reached = self->half_width <= self->request.precision;
    return self->precision_reached;
}

static pw_status_t go(pw_run_t *self, pw_batch_t *batch, double *room, pw_findings_t *findings)
{
    int64_t total = draws_of(&self->request) * self->request.replications;
    for (int64_t from = 0; from < total; from += batch->worlds.n) {
        choose_worlds(batch, self, from);
        pw_status_t status = pw_batch_work(batch, self, from, findings);
        if (status == PW_OK)
            status = pw_chronicle_add(&self->chronicle, &batch->worlds);
        if (status == PW_OK)
            status = pw_pairs_add(&self->pairs, &batch->worlds);
        if (status == PW_OK)
            pw_joint_add(&self->joint, &batch->worlds);
        if (status == PW_OK && self->request.watch)
            status = self->request.watch(self->request.watch_context, self, &batch->worlds);
        if (status != PW_OK)
            return status;
        if (self->precision_measure < 0 || self->ledger.worlds % (PW_BATCH_DRAWS * self->request.replications) != 0)
            continue;
        if (precise_enough(self, room))
            return PW_OK;
    }
    return self->precision_measure < 0 || precise_enough(self, room) ? PW_OK : PW_PRECISION_NOT_REACHED;
}

pw_status_t pw_run_go(pw_run_t *self, pw_findings_t *findings)
{
    pw_batch_t batch = { 0 };
    double *room = pw_alloc((size_t)draws_of(&self->request), sizeof room[0]);
    pw_status_t status = room ? pw_ledger_room(&self->ledger, draws_of(&self->request)) : PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = pw_batch_init(&batch, self);
    if (status == PW_OK)
        status = go(self, &batch, room, findings);
    if (batch.run)
        pw_batch_free(&batch);
    pw_free(room);
    return status;
}

void pw_run_free(pw_run_t *self)
{
    pw_ledger_free(&self->ledger);
    pw_chronicle_free(&self->chronicle);
    pw_pairs_free(&self->pairs);
    pw_joint_free(&self->joint);
    pw_catalogue_free(&self->catalogue);
    pw_models_free(&self->models);
    memset(self, 0, sizeof *self);
}
