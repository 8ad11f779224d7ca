#include "trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "run.h"

/* Longest waits by family. */
typedef struct { bool window; pw_ticks_t wait; } waits_t;

typedef struct {
    pw_trace_t *trace;
    uint32_t n_families;               /* told of so far */
    bool failed;
    waits_t *waits; uint32_t room;     /* NULL: nobody asked */
} listener_t;

static int last(const pw_trace_t *self) { return self->request.n_scenarios - 1; }
static int64_t draw_of(const pw_trace_t *self) { return self->request.draw < 0 ? 0 : self->request.draw; }
const pw_model_t *pw_trace_model(const pw_trace_t *self, int life) { return pw_models_get(&self->models, draw_of(self), self->area, life); }

/* ---- collecting ---- */

static bool keep(pw_life_t *life, const pw_told_t *told)
{
    if (life->n == life->room) {
        int64_t room = life->room ? 2 * life->room : 256;
        pw_told_t *grown = pw_realloc(life->event, (size_t)room, sizeof *grown);
        if (!grown)
            return false;
        life->event = grown;
        life->room = room;
    }
    life->event[life->n++] = *told;
    return true;
}

static void collect(void *context, const pw_told_t *told)
{
    listener_t *self = context;
    pw_trace_t *trace = self->trace;
    self->n_families = told->family >= self->n_families ? told->family + 1 : self->n_families;
    if (told->family != trace->family)
        return;
    for (int s = 0; s < trace->request.n_scenarios; s++)
        if (told->scenario == -1 || told->scenario == s)
            self->failed |= !keep(&trace->life[s], told);
}

static void note_wait(void *context, const pw_told_t *told)
{
    listener_t *self = context;
    if (told->scenario != last(self->trace))
        return;
    if (told->family >= self->room) {
        uint32_t room = 2 * told->family + 1024;
        waits_t *grown = pw_realloc(self->waits, room, sizeof *grown);
        self->failed |= !grown;
        if (!grown)
            return;
        memset(grown + self->room, 0, (room - self->room) * sizeof *grown);
        self->waits = grown;
        self->room = room;
    }
    waits_t *mine = &self->waits[told->family];
    if (told->what == PW_TOLD_WINDOW)
        mine->window = told->yes;
    bool ends = told->what == PW_TOLD_PLACED || told->what == PW_TOLD_REFUSED || told->what == PW_TOLD_GAVE_UP;
    if (ends && mine->window && told->ticks - told->since > mine->wait)
        mine->wait = told->ticks - told->since;
}

/* ---- worlds ---- */

typedef struct { pw_world_t *world; pw_result_t *result; } room_t;

static pw_status_t live(const pw_trace_t *self, int area, room_t *room, pw_world_options_t *options)
{
    const pw_trace_request_t *request = &self->request;
    const pw_model_t *model[2];
    pw_result_t *result[2];
    for (int s = 0; s < request->n_scenarios; s++) {
        model[s] = pw_models_get(&self->models, draw_of(self), area, s);
        result[s] = &room->result[s];
    }
    options->engine = request->engine;
    options->stop = request->stop;
    int status = pw_world_run(room->world, request->seed, pw_run_world_number(draw_of(self), request->replication), model, request->n_scenarios, NULL, options,
                              result);
    return status == 0 ? PW_OK : status == PW_ERROR_STOPPED ? PW_ERROR_STOPPED : PW_ERROR_MEMORY;
}

/* ---- picking ---- */

typedef struct { double incidents, notifications, help; bool complete; } typical_t;
typedef struct { int area; uint32_t family; double score; typical_t typical; } candidate_t;
typedef struct { candidate_t *item; int64_t n, room; } candidates_t;

static bool add(candidates_t *list, candidate_t one)
{
    if (list->n == list->room) {
        int64_t room = list->room ? 2 * list->room : 1024;
        candidate_t *grown = pw_realloc(list->item, (size_t)room, sizeof *grown);
        if (!grown)
            return false;
        list->item = grown;
        list->room = room;
    }
    list->item[list->n++] = one;
    return true;
}

static double incidents_of(const pw_record_t *r) { return r->harm[PW_HARM_ANY][PW_REACH_OCCURRED]; }

/* Every cohort family of an area, with what the rule looks at. */
static pw_status_t list_area(const pw_trace_t *self, int area, const room_t *room, const listener_t *waits, candidates_t *out)
{
    const pw_result_t *before = &room->result[0], *now = &room->result[last(self)];
    for (int64_t k = 0; k < before->n_records; k++) {
        const pw_record_t *r = &before->record[k];
        double change = incidents_of(&now->record[k]) - incidents_of(r);
        candidate_t one = { .area = area, .family = r->family, .typical = { incidents_of(r), r->count[PW_COUNT_notifications], r->help, r->complete } };
        if (self->request.pick == PW_PICK_LONGEST_WAIT)
            one.score = r->family < waits->room ? pw_days_from_ticks(waits->waits[r->family].wait) : 0.0;
        else
            one.score = self->request.pick == PW_PICK_MOST_HELPED ? -change : change;
        if (!add(out, one))
            return PW_ERROR_MEMORY;
    }
    return PW_OK;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *value, int64_t n)
{
    qsort(value, (size_t)n, sizeof *value, by_value);
    return n % 2 ? value[n / 2] : 0.5 * (value[n / 2 - 1] + value[n / 2]);
}

/* Scores are minus the distance from the medians, so that the largest is the nearest; who was not followed to the end is out. */
static pw_status_t score_typical(candidates_t *list)
{
    double *value = pw_alloc((size_t)list->n + 1, sizeof *value), middle[3] = { 0.0 };
    if (!value)
        return PW_ERROR_MEMORY;
    for (int what = 0; what < 3 && list->n > 0; what++) {
        for (int64_t k = 0; k < list->n; k++) {
            const typical_t *t = &list->item[k].typical;
            value[k] = what == 0 ? t->incidents : what == 1 ? t->notifications : t->help;
        }
        middle[what] = median(value, list->n);
    }
    for (int64_t k = 0; k < list->n; k++) {
        const typical_t *t = &list->item[k].typical;
        double distance = fabs(t->incidents - middle[0]) + fabs(t->notifications - middle[1]) + fabs(t->help - middle[2]);
        list->item[k].score = t->complete ? -distance : -INFINITY;
    }
    pw_free(value);
    return PW_OK;
}

static void choose(pw_trace_t *self, const candidates_t *list)
{
    const candidate_t *best = NULL;
    bool typical = self->request.pick == PW_PICK_TYPICAL;
    for (int64_t k = 0; k < list->n; k++)
        if ((!best || list->item[k].score > best->score) && (typical ? list->item[k].typical.complete : list->item[k].score > 0.0))
            best = &list->item[k];
    self->exists = best != NULL;
    if (!best)
        return;
    self->area = best->area;
    self->family = best->family;
    self->picked = typical ? -best->score : best->score;
}

static pw_status_t pick(pw_trace_t *self, room_t *room)
{
    candidates_t list = { 0 };
    pw_status_t status = PW_OK;
    for (int a = 0; a < self->models.n_areas && status == PW_OK; a++) {
        listener_t listener = { .trace = self };
        pw_world_options_t options = { 0 };
        if (self->request.area >= 0 && a != self->request.area)
            continue;
        if (self->request.pick == PW_PICK_LONGEST_WAIT) {
            options.tell = note_wait;
            options.tell_context = &listener;
        }
        status = live(self, a, room, &options);
        if (status == PW_OK)
            status = listener.failed ? PW_ERROR_MEMORY : list_area(self, a, room, &listener, &list);
        pw_free(listener.waits);
    }
    if (status == PW_OK && self->request.pick == PW_PICK_TYPICAL)
        status = score_typical(&list);
    if (status == PW_OK)
        choose(self, &list);
    pw_free(list.item);
    return status;
}

/* ---- the life ---- */

static const pw_record_t *find_record(const pw_result_t *result, uint32_t family)
{
    for (int64_t k = 0; k < result->n_records; k++)
        if (result->record[k].family == family)
            return &result->record[k];
    return NULL;
}

/* Counts the life's events again: they have to come to what the world counted. */
static pw_status_t check_life(const pw_trace_t *self, int s)
{
    pw_replay_t replay;
    pw_replay_begin(&replay);
    for (int64_t k = 0; k < self->life[s].n; k++) {
        const pw_told_t *told = &self->life[s].event[k];
        pw_replay_add(&replay, pw_trace_model(self, told->scenario < 0 ? 0 : s), told, NULL);
    }
    replay.record.index_number = self->record[s].index_number;      /* the baseline's, also where the index never arrives */
    if (!replay.opened)                /* it left before its index under this scenario: nothing was counted */
        return self->record[s].followed_ticks == 0 ? PW_OK : PW_ERROR_MISMATCH;
    return pw_replay_same(&replay.record, &self->record[s]) ? PW_OK : PW_ERROR_MISMATCH;
}

static pw_status_t look(pw_trace_t *self, room_t *room)
{
    listener_t listener = { .trace = self };
    pw_world_options_t options = { .tell = collect, .tell_context = &listener };
    pw_status_t status = live(self, self->area, room, &options);
    if (status == PW_OK && listener.failed)
        status = PW_ERROR_MEMORY;
    self->n_families = listener.n_families;
    self->exists = self->life[0].n > 0;
    const pw_record_t *record = status == PW_OK ? find_record(&room->result[0], self->family) : NULL;
    self->in_cohort = record != NULL;
    for (int s = 0; s < self->request.n_scenarios && self->in_cohort && status == PW_OK; s++) {
        self->record[s] = *find_record(&room->result[s], self->family);
        status = check_life(self, s);
    }
    return status;
}

pw_status_t pw_trace_run(pw_trace_t *self, const pw_trace_request_t *request, pw_findings_t *findings)
{
    self->request = *request;
    pw_status_t status = pw_models_init(&self->models, request->spec, request->n_scenarios, request->seed, request->draw < 0, (pw_values_hook_t){ 0 });
    room_t room = { pw_world_new(), pw_alloc(2, sizeof(pw_result_t)) };
    if (status == PW_OK && (!room.world || !room.result))
        status = PW_ERROR_MEMORY;
    if (status == PW_OK && pw_models_claim(&self->models, draw_of(self)))
        status = pw_models_compile(&self->models, draw_of(self), findings);
    self->exists = request->family >= 0;
    self->area = request->area;
    self->family = request->family >= 0 ? (uint32_t)request->family : 0;
    if (status == PW_OK && request->family < 0)
        status = pick(self, &room);
    if (status == PW_OK && self->exists)
        status = look(self, &room);
    pw_world_free(room.world);
    pw_free(room.result);
    return status;
}

void pw_trace_free(pw_trace_t *self)
{
    for (int s = 0; s < 2; s++)
        pw_free(self->life[s].event);
    pw_models_free(&self->models);
    memset(self, 0, sizeof *self);
}

/* ---- parting ---- */

static bool same(const pw_told_t *a, const pw_told_t *b)
{
    return a->ticks == b->ticks && a->what == b->what && a->index == b->index && a->other == b->other && a->why == b->why && a->yes == b->yes && a->n == b->n &&
           a->until == b->until && (a->what != PW_TOLD_INCIDENT || !((a->bits[0] ^ b->bits[0]) & PW_INCIDENT_BITS)) &&
           (a->what != PW_TOLD_RATE || a->to == b->to);
}

static int64_t next_with_consequences(const pw_life_t *life, int64_t k)
{
    while (k < life->n) {
        int what = life->event[k].what;
        if (what != PW_TOLD_CHANCE && what != PW_TOLD_CHOICE && what != PW_TOLD_ELIGIBLE && what != PW_TOLD_COST)
            break;
        k++;
    }
    return k;
}

bool pw_trace_parting(const pw_life_t *a, const pw_life_t *b, int64_t at[2])
{
    at[0] = at[1] = 0;
    for (;;) {
        at[0] = next_with_consequences(a, at[0]);
        at[1] = next_with_consequences(b, at[1]);
        if (at[0] >= a->n || at[1] >= b->n || !same(&a->event[at[0]], &b->event[at[1]]))
            return at[0] < a->n || at[1] < b->n;
        at[0]++;
        at[1]++;
    }
}
