#include "one_more.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"

const char *pw_one_more_measure_name(int measure)
{
    static const char *const name[] = {
#define X(name) #name,
        PW_ONE_MORE_MEASURES(X)
#undef X
    };
    return name[measure];
}

/* ---- the models with a place more ---- */

static double price_of(const pw_costs_t *costs, const pw_values_t *values)
{
    double price = 0.0;
    for (int i = 0; i < costs->n; i++)
        if (!costs->item[i].is.removed)
            price += pw_setting_value(&costs->item[i].pounds[PW_COST_PLACE_YEAR], values, 0);
    return price > 0.0 ? price : NAN;
}

/* One place more in every area: of the number that is no estimate; else of what is drawn for more_places. */
static bool add_place(pw_setting_t *places, pw_setting_t *more_places, int n_areas, int *plus)
{
    pw_setting_t *to = more_places->estimate[0] < 0 ? more_places : places;
    if (places->unlimited)
        return false;
    *plus = to->estimate[0] >= 0 ? more_places->estimate[0] : -1;
    for (int a = 0; a < n_areas && *plus < 0; a++)
        to->number[a] += 1.0;
    return true;
}

static pw_status_t add_to_drawn(void *context, const pw_spec_t *spec, int scenario, int64_t draw, pw_values_t *inout)
{
    const pw_one_more_t *self = context;
    int q = scenario - self->first;
    (void)spec;
    (void)draw;
    if (q < 0 || q >= self->n_queues || self->queue[q].plus < 0)
        return PW_OK;
    for (int a = 0; a < inout->n_areas; a++)
        inout->value[self->queue[q].plus * inout->n_areas + a] += 1.0;
    return PW_OK;
}

/* Posts that only bring places to others are asked for by no stage. */
static bool is_asked_for(const pw_spec_t *spec, int team)
{
    for (int i = 0; i < spec->stages.n; i++)
        if (!spec->stages.item[i].is.removed && spec->stages.item[i].team == team)
            return true;
    return false;
}

static pw_status_t add_queue(pw_one_more_t *self, const pw_one_more_asked_t *asked, const pw_item_t *item, bool is_service, int i, const pw_costs_t *costs,
                             const pw_values_t *values, pw_findings_t *findings)
{
    const pw_spec_t *subject = asked->scenario ? asked->scenario : asked->baseline;
    pw_one_more_queue_t *queue = &self->queue[self->n_queues];
    if (item->removed)
        return PW_OK;
    if (self->n_queues == PW_MOST_QUEUES)
        return PW_ERROR_FULL;
    *queue = (pw_one_more_queue_t){ .is_service = is_service, .place_price = price_of(costs, values), .plus = -1, .wait = -1, .length = -1 };
    snprintf(queue->name, sizeof queue->name, "%s", item->name);
    pw_status_t status = pw_spec_load(subject->file, asked->sets, asked->n_sets, &queue->spec, findings);
    if (status != PW_OK || findings->n > 0)
        return status != PW_OK ? status : PW_ERROR_INPUT;
    pw_team_spec_t *teams = queue->spec->teams.item;
    pw_service_spec_t *services = queue->spec->services.item;
    bool added = is_service ? add_place(&services[i].places, &services[i].more_places, self->n_areas, &queue->plus)
                            : is_asked_for(queue->spec, i) && add_place(&teams[i].places, &teams[i].more_places, self->n_areas, &queue->plus);
    if (added) {
        self->n_queues++;
        return PW_OK;
    }
    pw_spec_free(queue->spec);
    queue->spec = NULL;
    self->n_skipped++;
    return PW_OK;
}

static pw_status_t add_queues(pw_one_more_t *self, const pw_one_more_asked_t *asked, pw_findings_t *findings)
{
    const pw_spec_t *subject = asked->scenario ? asked->scenario : asked->baseline;
    pw_values_t values = { 0 };
    pw_status_t status = pw_values_central(&subject->evidence, self->n_areas, &values);
    for (int i = 0; i < subject->teams.n && status == PW_OK; i++)
        status = add_queue(self, asked, &subject->teams.item[i].is, false, i, &subject->teams.item[i].costs, &values, findings);
    for (int i = 0; i < subject->services.n && status == PW_OK; i++)
        status = add_queue(self, asked, &subject->services.item[i].is, true, i, &subject->services.item[i].costs, &values, findings);
    pw_values_free(&values);
    return status;
}

/* ---- lines ---- */

static int follow(pw_one_more_t *self, int measure, int area) { return measure < 0 ? -1 : pw_evaluation_follow(self->evaluation, measure, area); }

static void follow_all(pw_one_more_t *self)
{
    const pw_catalogue_t *catalogue = &self->evaluation->run.catalogue;
    char name[2 * PW_NAME_LENGTH];
    for (int m = 0; m < PW_ONE_MORE_MEASURE_N; m++)
        for (int a = 0; a <= self->n_areas; a++)
            self->line[m][a] = follow(self, pw_catalogue_find(catalogue, pw_one_more_measure_name(m)), a);
    for (int q = 0; q < self->n_queues; q++) {
        snprintf(name, sizeof name, "wait_%s", self->queue[q].name);
        self->queue[q].wait = pw_catalogue_find(catalogue, name);
        snprintf(name, sizeof name, "queue_length_%s", self->queue[q].name);
        self->queue[q].length = pw_catalogue_find(catalogue, name);
        for (int a = 0; a <= self->n_areas; a++)
            self->wait_line[q][a] = follow(self, self->queue[q].wait, a);
        self->length_line[q] = follow(self, self->queue[q].length, self->n_areas);
    }
}

pw_status_t pw_one_more_go(pw_one_more_t *self, const pw_one_more_asked_t *asked, pw_text_t *why, pw_findings_t *findings)
{
    const pw_spec_t *specs[PW_MAX_SCENARIOS] = { asked->baseline, asked->scenario };
    pw_run_request_t request = asked->request;
    self->n_areas = pw_spec_areas(asked->baseline);
    self->before = asked->scenario ? 1 : 0;
    self->first = self->before + 1;
    pw_status_t status = add_queues(self, asked, findings);
    if (status == PW_OK && self->n_queues == 0) {
        pw_text_append(why, "no team and no service has a number of places, so there is none to add one to");
        return PW_ERROR_USAGE;
    }
    self->evaluation = status == PW_OK ? pw_alloc(1, sizeof *self->evaluation) : NULL;
    if (!self->evaluation)
        return status != PW_OK ? status : PW_ERROR_MEMORY;
    for (int q = 0; q < self->n_queues; q++)
        specs[self->first + q] = self->queue[q].spec;
    request.spec = specs;
    request.n_scenarios = self->first + self->n_queues;
    pw_values_chain_t chain = { asked->request.values, { add_to_drawn, self } };
    request.values = pw_values_chain_hook(&chain);
    status = pw_evaluation_prepare(self->evaluation, &request, findings);
    if (status != PW_OK)
        return status;
    follow_all(self);
    status = pw_evaluation_go(self->evaluation, findings);
    self->evaluation->run.request.spec = NULL;      /* `specs` and `chain` end here */
    self->evaluation->run.request.values = (pw_values_hook_t){ 0 };
    return status;
}

void pw_one_more_free(pw_one_more_t *self)
{
    if (self->evaluation)
        pw_evaluation_free(self->evaluation);
    pw_free(self->evaluation);
    for (int q = 0; q < PW_MOST_QUEUES; q++)
        pw_spec_free(self->queue[q].spec);
    *self = (pw_one_more_t){ 0 };
}

pw_mean_t pw_one_more_before(const pw_one_more_t *self, int line)
{
    return line < 0 ? (pw_mean_t){ NAN, NAN, 0 } : pw_evaluation_mean(self->evaluation, self->before, -1, line);
}

pw_mean_t pw_one_more_change(const pw_one_more_t *self, int queue, int line)
{
    return line < 0 ? (pw_mean_t){ NAN, NAN, 0 } : pw_evaluation_mean(self->evaluation, self->first + queue, self->before, line);
}
