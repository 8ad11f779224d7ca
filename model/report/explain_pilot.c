#include "explain_pilot.h"

#include <string.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../experiment/models.h"
#include "../world/world.h"

static const double month_ticks = PW_DAYS_PER_MONTH * PW_TICKS_PER_DAY;      /* calendar months differ by some per cent; lengths and places alike */

/* ---- one world's results into the sums ---- */

/* Which of a family's counts says that it met a stage of this kind; -1: none does. */
static int count_of(int counts_as)
{
    static const struct { int counts_as, count; } counts[] = {
        { PW_COUNTS_AS_SCREENING, PW_COUNT_screened }, { PW_COUNTS_AS_NO_FURTHER_ACTION, PW_COUNT_no_further_action }, { PW_COUNTS_AS_LETTER, PW_COUNT_letters },
        { PW_COUNTS_AS_SIGNPOSTED, PW_COUNT_signposted }, { PW_COUNTS_AS_INITIAL_ASSESSMENT, PW_COUNT_initial_assessments },
        { PW_COUNTS_AS_CORE_ASSESSMENT, PW_COUNT_core_assessments }, { PW_COUNTS_AS_FAMILY_SUPPORT, PW_COUNT_family_support },
        { PW_COUNTS_AS_CHILD_PROTECTION, PW_COUNT_child_protection }, { PW_COUNTS_AS_MONITORING, PW_COUNT_monitoring },
        { PW_COUNTS_AS_LOOKED_AFTER, PW_COUNT_looked_after }, { PW_COUNTS_AS_CLOSED, PW_COUNT_closed }
    };
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        if (counts[i].counts_as == counts_as)
            return counts[i].count;
    return -1;
}

static void add_family(const pw_model_t *model, const pw_record_t *record, pw_pilot_reach_t *out)
{
    bool met[PW_PILOT_OWNERS] = { false };
    for (int s = 0; s < model->n_services; s++)
        met[s] = (record->cascade[s] & PW_CASCADE_STARTED) != 0;
    for (int s = 0; s < model->n_stages; s++) {
        int count = count_of(model->stage[s].counts_as);
        met[PW_MAX_SERVICES + s] = count >= 0 && record->count[count] > 0;
    }
    met[PW_PILOT_OWNERS - 1] = record->count[PW_COUNT_partner_removed] > 0;
    out->cohort++;
    for (int i = 0; i < PW_PILOT_OWNERS; i++) {
        out->met[i] += met[i];
        for (int j = 0; met[i] && j < PW_PILOT_OWNERS; j++)
            out->met_both[i][j] += met[j];
    }
}

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

static void add_world(const pw_model_t *const model[2], const pw_result_t *before, const pw_result_t *now, int area, pw_pilot_reach_t *out)
{
    int n_stages = model[1]->n_stages;
    out->months = model[1]->months;
    for (int64_t r = 0; r < now->n_records; r++)
        add_family(model[1], &now->record[r], out);
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
    pw_world_options_t how = { .engine = PW_ENGINE_AHEAD, .stop = pw_interrupt_flag() };
    pw_status_t status = world && result ? PW_OK : PW_ERROR_MEMORY;
    pw_result_t *results[2] = { result, result ? result + 1 : NULL };
    for (int64_t w = 0; w < options->worlds && status == PW_OK; w++)
        for (int area = 0; area < models->n_areas && status == PW_OK; area++) {
            const pw_model_t *model[2] = { pw_models_get(models, 0, area, 0), pw_models_get(models, 0, area, 1) };
            int ended = pw_world_run(world, options->seed, (uint64_t)w, model, 2, NULL, &how, results);
            status = ended == 0 ? PW_OK : ended == PW_ERROR_STOPPED ? PW_ERROR_STOPPED : PW_ERROR_MEMORY;
            if (status == PW_OK)
                add_world(model, results[0], results[1], area, out);
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
