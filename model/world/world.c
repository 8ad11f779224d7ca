#include "world.h"

#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/memory.h"
#include "../chance/kernel.h"
#include "ending.h"
#include "entry.h"
#include "family.h"
#include "gap.h"
#include "pathway.h"
#include "rates.h"
#include "record.h"
#include "scene.h"
#include "witness.h"

enum { MAX_PLACES = PW_MAX_TEAMS + PW_MAX_SERVICES };

/* A block of memory that only grows. */
typedef struct { char *at; size_t bytes; } pool_t;

/* A family of the cohort: what the baseline says of it that holds under every model. */
typedef struct { pw_ticks_t index_ticks; uint32_t family; uint16_t index_number; uint8_t first_ever : 1, severe_without_services : 1, children; } member_t;

struct pw_world {
    pw_scene_t scene;
    pw_ahead_t ahead;
    pw_entrants_t entrants;
    pw_situations_t situations;
    pool_t fork, entries, map, blank;
    pool_t members;
    int64_t n_members;
    uint32_t n_entered, n_alive;           /* before day 0; of these in the fork: not gone by then */
    pw_place_t place_fork[MAX_PLACES];     /* teams, then services, as at day 0 */
    int n_pools;
    pool_t *records;                       /* one for each model; the first is everybody's when results are taken as they come */
};

static int pool_need(pool_t *self, size_t bytes)
{
    if (bytes <= self->bytes && self->at)
        return 0;
    pw_free(self->at);
    self->at = pw_aligned(bytes + bytes / 32 + 64, 1);
    self->bytes = self->at ? bytes + bytes / 32 + 64 : 0;
    return self->at ? 0 : -1;
}

pw_world_t *pw_world_new(void)
{
    pw_world_t *self = pw_alloc(1, sizeof *self);
    if (self && !(self->scene.own.gaps = pw_aligned(1, sizeof *self->scene.own.gaps))) {
        pw_world_free(self);
        return NULL;
    }
    return self;
}

void pw_world_free(pw_world_t *self)
{
    if (!self)
        return;
    pw_calendar_free(&self->scene.calendar);
    for (int k = 0; k < PW_MAX_TEAMS; k++)
        pw_place_free(&self->scene.team[k]);
    for (int k = 0; k < PW_MAX_SERVICES; k++)
        pw_place_free(&self->scene.service[k]);
    for (int k = 0; k < MAX_PLACES; k++)
        pw_place_free(&self->place_fork[k]);
    for (int k = 0; k < self->n_pools; k++)
        pw_free(self->records[k].at);
    pw_free(self->records);
    pw_crowd_free(&self->scene.crowd);
    pw_free(self->scene.own.gaps);
    pw_free(self->fork.at);
    pw_free(self->entries.at);
    pw_free(self->map.at);
    pw_free(self->blank.at);
    pw_free(self->members.at);
    pw_free(self);
}

/* ---- who enters, and when ---- */

static int list_entries(pw_world_t *self, const pw_model_t *model)
{
    double clock_days = 0.0;
    uint32_t n = 0;
    if (model->closed_cohort >= 1 << PW_CALENDAR_NAME_BITS)
        return PW_ERROR_FULL;
    if (model->closed_cohort > 0) {
        self->scene.entry = NULL;
        self->scene.entry_of_all = model->day_0;
        self->scene.n_entries = (uint32_t)model->closed_cohort;
        return 0;
    }
    for (; model->entries_per_day > 0.0; n++) {
        pw_ticks_t t = pw_entry_ticks(model, self->scene.own.stream, n, &clock_days);
        if (t >= model->run_end)
            break;
        if (n + 1 >= 1u << PW_CALENDAR_NAME_BITS)
            return PW_ERROR_FULL;
        if ((n + 1) * sizeof t > self->entries.bytes) {
            size_t bytes = 2 * self->entries.bytes + 4096;
            char *grown = pw_realloc(self->entries.at, bytes, 1);
            if (!grown)
                return PW_ERROR_MEMORY;
            self->entries = (pool_t){ grown, bytes };
        }
        ((pw_ticks_t *)(void *)self->entries.at)[n] = t;
    }
    self->scene.entry = (const pw_ticks_t *)(const void *)self->entries.at;
    self->scene.n_entries = n;
    return 0;
}

/* ---- places ---- */

static const pw_place_t *place_at(const pw_scene_t *scene, int k) { return k < PW_MAX_TEAMS ? &scene->team[k] : &scene->service[k - PW_MAX_TEAMS]; }
static pw_place_t *place_of(pw_scene_t *scene, int k) { return k < PW_MAX_TEAMS ? &scene->team[k] : &scene->service[k - PW_MAX_TEAMS]; }

/* The schedule of place k under the model; a place that the model has not is without places. */
static const pw_step_t *steps_of(const pw_model_t *model, int k, int *n, bool *limits)
{
    *n = 0;
    *limits = true;
    if (k < PW_MAX_TEAMS) {
        if (k >= model->n_teams)
            return NULL;
        *n = model->team[k].n_steps;
        *limits = model->team[k].limits;
        return model->team[k].step;
    }
    if (k - PW_MAX_TEAMS >= model->n_services)
        return NULL;
    *n = model->service[k - PW_MAX_TEAMS].n_steps;
    return model->service[k - PW_MAX_TEAMS].step;
}

static void reset_places(pw_scene_t *scene, const pw_model_t *model)
{
    for (int k = 0; k < MAX_PLACES; k++) {
        int n;
        bool limits;
        const pw_step_t *step = steps_of(model, k, &n, &limits);
        pw_place_reset(place_of(scene, k), step, n, limits, 0);
    }
}

/* ---- warm-up and fork ---- */

static void init_own(pw_world_t *self, const pw_model_t *model, const pw_world_options_t *options, int scenario)
{
    pw_own_t *own = &self->scene.own;
    if (own->model != model)
        pw_situations_clear(&self->situations);
    own->model = model;
    own->options = options;
    own->is_told = options->tell != NULL;
    own->is_looked_at = own->is_told || options->observe != NULL;
    own->counts_only = !own->is_looked_at && !options->census && !model->incident_costs && !model->injury_costs && !model->no_services;
    own->scenario = scenario;
    own->counting = false;
    own->finding_index = false;
    own->result = NULL;
    own->records = NULL;
    own->n_records = own->room_records = 0;
    own->failed = false;
    own->month = own->unseen;
    memset(own->light, 0, sizeof own->light);
    self->scene.busy = PW_NOBODY;
    self->scene.expects = false;
    self->scene.lets_go = false;
    self->scene.ordered = options->engine == PW_ENGINE_ORDERED;
}

static int make_blank(pw_world_t *self)
{
    const pw_shape_t *shape = &self->scene.own.shape;
    if (pool_need(&self->blank, shape->bytes))
        return PW_ERROR_MEMORY;
    pw_family_t *blank = (pw_family_t *)(void *)self->blank.at;
    pw_family_init(shape, blank, 0, 0, 0);
    self->scene.blank = blank;
    return 0;
}

/* An empty scene, of as many families as enter. */
static int clear_scene(pw_world_t *self)
{
    pw_scene_t *scene = &self->scene;
    uint32_t room = scene->calendar.room;          /* as much as was needed before */
    scene->next_entry = 0;
    if (scene->crowd.bytes != scene->own.shape.bytes)      /* the slots move */
        memset(scene->own.gaps->owner, 0, sizeof scene->own.gaps->owner);
    return pw_crowd_reset(&scene->crowd, &scene->own.shape, scene->n_entries) || pw_calendar_reset(&scene->calendar, room ? room : 256) ? PW_ERROR_MEMORY : 0;
}

static int warm_up(pw_world_t *self, const pw_model_t *baseline, const pw_world_options_t *options)
{
    init_own(self, baseline, options, -1);
    int status = make_blank(self);
    if (!status)
        status = clear_scene(self);
    if (status)
        return status;
    reset_places(&self->scene, baseline);
    return pw_scene_run(&self->scene, baseline->day_0);
}

/* Keeps the families that are there at day 0, close together in family order, and the lines that they stand in. */
static int take_fork(pw_world_t *self)
{
    pw_scene_t *scene = &self->scene;
    const pw_crowd_t *crowd = &scene->crowd;
    size_t bytes = scene->own.shape.bytes;
    if (pool_need(&self->map, crowd->n_slots * sizeof(uint32_t)))
        return PW_ERROR_MEMORY;
    uint32_t *map = (uint32_t *)(void *)self->map.at;
    self->n_entered = scene->next_entry;
    self->n_alive = 0;
    for (uint32_t id = 0; id < self->n_entered; id++)
        if (pw_crowd_slot(crowd, id) != PW_NO_SLOT)
            map[pw_crowd_slot(crowd, id)] = self->n_alive++;
    if (pool_need(&self->fork, self->n_alive * bytes))
        return PW_ERROR_MEMORY;
    for (uint32_t slot = 0; slot < crowd->n_slots; slot++)
        if (!pw_scene_family(scene, slot)->gone)
            memcpy(self->fork.at + map[slot] * bytes, pw_scene_family(scene, slot), bytes);
    for (int k = 0; k < MAX_PLACES; k++)
        if (pw_place_copy(&self->place_fork[k], place_of(scene, k), map))
            return PW_ERROR_MEMORY;
    return 0;
}

/* The families that were there at day 0, in slots 0, 1 ... */
static int load_families(pw_world_t *self)
{
    pw_scene_t *scene = &self->scene;
    size_t bytes = scene->own.shape.bytes;
    int status = clear_scene(self);
    if (status || pw_calendar_need(&scene->calendar, self->n_alive))
        return PW_ERROR_MEMORY;
    scene->next_entry = self->n_entered;
    for (uint32_t k = 0; k < self->n_alive; k++) {
        const pw_family_t *from = (const pw_family_t *)(const void *)(self->fork.at + k * bytes);
        uint32_t slot = pw_crowd_add(&scene->crowd, from->id);
        if (slot == PW_NO_SLOT)
            return PW_ERROR_MEMORY;
        memcpy(pw_scene_family(scene, slot), from, bytes);
        pw_scene_family(scene, slot)->gaps_first = PW_NO_GAPS;
        pw_scene_family(scene, slot)->gap_line = slot % PW_GAP_LINES;
    }
    return 0;
}

/* Sets the scene as it was at day 0, under `model`. */
static int load_fork(pw_world_t *self, const pw_model_t *model, const pw_model_t *baseline, pw_result_t *result)
{
    pw_scene_t *scene = &self->scene;
    int status = load_families(self);
    if (status)
        return status;
    for (int k = 0; k < MAX_PLACES; k++) {
        pw_place_t *place = place_of(scene, k);
        if (pw_place_copy(place, &self->place_fork[k], NULL))
            return PW_ERROR_MEMORY;
        int n;
        bool limits;
        const pw_step_t *step = steps_of(model, k, &n, &limits);
        pw_place_switch(place, step, n, limits, baseline->day_0);
        place->last = baseline->day_0;
        place->day_0 = baseline->day_0;
        place->months = model->months;
        place->stats = !result || !step ? NULL : k < PW_MAX_TEAMS ? &result->team[k] : &result->service[k - PW_MAX_TEAMS];
        if (place->stats)
            place->stats->months = model->months;
    }
    if (model == baseline)
        return 0;
    for (uint32_t slot = 0; slot < self->n_alive; slot++) {   /* other ratios, other effects: take every rate again */
        pw_family_t *f = pw_scene_family(scene, slot);
        f->rates_stale = (1u << PW_RATES) - 1u;
        pw_entry_adopt(&scene->own, f, baseline);
        pw_gap_adopt(&scene->own, f, baseline, baseline->day_0);
        if (model->ages != baseline->ages)      /* birthdays that the baseline does not keep */
            pw_entry_set_age(&scene->own, f, baseline->day_0);
        pw_rates_refresh(&scene->own, f, baseline->day_0);
    }
    return 0;
}

/* ---- one scenario ---- */

/* What is still running when the run ends is settled: of those who are still there, and of places. */
static void finish(pw_world_t *self)
{
    pw_scene_t *scene = &self->scene;
    pw_own_add_light(&scene->own);
    for (uint32_t slot = 0; slot < scene->crowd.n_slots; slot++)
        if (!pw_scene_family(scene, slot)->gone)
            pw_ending_settle(&scene->own, pw_scene_family(scene, slot));
    for (int k = 0; k < MAX_PLACES; k++)
        pw_place_advance(place_of(scene, k), scene->own.model->run_end);
}

/* The last stretch: who has nothing to come before its end is let go at once, and its slot is the next one's. Who looks on sees all end together. */
static int run_to_the_end(pw_world_t *self)
{
    self->scene.lets_go = !self->scene.own.is_looked_at;
    return pw_scene_run(&self->scene, self->scene.own.model->run_end);
}

static int by_family(const void *a, const void *b)
{
    uint32_t x = ((const pw_record_t *)a)->family, y = ((const pw_record_t *)b)->family;
    return (x > y) - (x < y);
}

static void sort_records(pw_record_t *record, int64_t n)
{
    int64_t k = 1;
    while (k < n && record[k - 1].family < record[k].family)
        k++;
    if (k < n)
        qsort(record, (size_t)n, sizeof *record, by_family);
}

static member_t *members(const pw_world_t *self) { return (member_t *)(void *)self->members.at; }

static int keep_members(pw_world_t *self, const pw_result_t *baseline)
{
    self->n_members = baseline->n_records;
    if (pool_need(&self->members, (size_t)baseline->n_records * sizeof(member_t)))
        return PW_ERROR_MEMORY;
    for (int64_t k = 0; k < baseline->n_records; k++) {
        const pw_record_t *r = &baseline->record[k];
        members(self)[k] = (member_t){ r->index_ticks, r->family, r->index_number, r->first_ever, 0, r->children };
    }
    return 0;
}

/* The record of a member before its index has come; it stays so where the family leaves before under a policy. */
static pw_record_t expected(const member_t *member)
{
    return (pw_record_t){ .family = member->family, .index_ticks = member->index_ticks, .index_number = member->index_number,
                          .first_ever = member->first_ever, .children = member->children, .first_repeat = PW_TICKS_NEVER, .living = PW_LIVING_MOVED_AWAY };
}

/* Gives every cohort family an empty record and, later, its index from the baseline; those not yet there find it when they enter. */
static void expect_cohort(pw_world_t *self)
{
    pw_scene_t *scene = &self->scene;
    for (int64_t k = 0; k < self->n_members; k++) {
        scene->own.records[k] = expected(&members(self)[k]);
        uint32_t slot = pw_crowd_slot(&scene->crowd, members(self)[k].family);
        if (slot != PW_NO_SLOT)
            pw_scene_expect(scene, pw_scene_family(scene, slot), k);
    }
    scene->expects = true;
    scene->next_expected = 0;
}

static int run_baseline(pw_world_t *self, const pw_model_t *model, const pw_world_options_t *options, pw_result_t *result)
{
    pw_own_t *own = &self->scene.own;
    init_own(self, model, options, 0);
    own->result = result;
    int64_t events = own->events;
    int status = load_fork(self, model, model, result);
    if (status)
        return status;
    own->counting = own->finding_index = true;
    pw_scene_serve_all(&self->scene, model->day_0);    /* a schedule may bring places on that very day */
    own->records = (pw_record_t *)(void *)self->records[0].at;
    own->room_records = (int64_t)(self->records[0].bytes / sizeof(pw_record_t));
    if (options->census) {     /* the pilot looks at every family at the end of each month */
        for (int m = 1; m < model->months && !status; m++) {
            status = pw_scene_run(&self->scene, model->day_0 + m * PW_TICKS_PER_MONTH);
            for (uint32_t slot = 0; slot < self->scene.crowd.n_slots; slot++) {
                const pw_family_t *f = pw_scene_family(&self->scene, slot);
                double numbers[PW_MAX_NUMBERS];
                pw_family_numbers(f, NULL, numbers);
                if (!f->gone)
                    pw_census_add(options->census, PW_PLACE_TIME, f->bits, numbers, 1.0);
            }
        }
    }
    if (!status)
        status = run_to_the_end(self);
    self->records[0] = (pool_t){ (char *)own->records, (size_t)own->room_records * sizeof(pw_record_t) };
    if (status)
        return status;
    result->events = own->events - events;
    finish(self);
    if (own->n_records > 1)      /* qsort must not be given NULL */
        sort_records(own->records, own->n_records);
    result->record = own->records;
    result->n_records = own->n_records;
    pw_result_add_place_years(result, model);
    return 0;
}

static int run_scenario(pw_world_t *self, int i, const pw_model_t *model, const pw_model_t *baseline, const pw_world_options_t *options,
                        pw_result_t *result)
{
    pool_t *pool = &self->records[options->take ? 0 : i];
    pw_own_t *own = &self->scene.own;
    init_own(self, model, options, i);
    own->result = result;
    int64_t events = own->events;
    int status = load_fork(self, model, baseline, result);
    if (status || pool_need(pool, (size_t)self->n_members * sizeof(pw_record_t)))
        return status ? status : PW_ERROR_MEMORY;
    own->counting = true;
    own->records = (pw_record_t *)(void *)pool->at;
    own->n_records = own->room_records = self->n_members;
    expect_cohort(self);
    for (uint32_t slot = 0; slot < self->n_alive; slot++)
        pw_scene_adopt(&self->scene, slot, baseline->day_0);
    pw_scene_serve_all(&self->scene, baseline->day_0);
    status = run_to_the_end(self);
    if (status)
        return status;
    result->events = own->events - events;
    finish(self);
    result->record = own->records;
    result->n_records = own->n_records;
    pw_result_add_place_years(result, model);
    return 0;
}

/* ---- the reference world ---- */

/* The family's life without police notifications, stages and services: from day 0 on it is alone. */
static void strip(const pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    f->stage = f->team_held = -1;
    f->at = PW_AT_NOTHING;
    f->services_waiting = 0;
    f->active = 0;
    f->victim_case = f->partner_case = false;
    memset(pw_family_services(f, &own->shape), 0, own->shape.n_services * sizeof(pw_attendance_t));
    for (int k = 0; k < PW_TRANSIT; k++)
        f->transit[k] = PW_TRANSIT_NONE;
    f->bits[1] = 0;
    pw_family_put(f, PW_BIT_OPEN_CASE, false);
    pw_family_put(f, PW_BIT_VICTIM_ENGAGED, false);
    pw_family_put(f, PW_BIT_PARTNER_ENGAGED, false);
    pw_family_put(f, PW_BIT_REPORTED_SEPARATED, false);
    static const int stopped[] = { PW_CLOCK_NOTIFICATION, PW_CLOCK_STAGE, PW_CLOCK_WAIT_LIMIT, PW_CLOCK_SERVICE };
    for (int k = 0; k < 4; k++)
        f->clock[stopped[k]] = PW_KEY_NEVER;
    f->rates_stale = (1u << PW_RATES) - 1u;
    pw_rates_refresh(own, f, t);
}

/* Runs the member on alone until `until`, into the only record there is; one that enters after day 0 is there as long as that takes. */
static int live_alone(pw_world_t *self, const member_t *member, pw_ticks_t until)
{
    pw_scene_t *scene = &self->scene;
    pw_own_t *own = &scene->own;
    uint32_t id = member->family, slot = pw_crowd_slot(&scene->crowd, id);
    bool enters = slot == PW_NO_SLOT;
    if (enters && (slot = pw_crowd_add(&scene->crowd, id)) == PW_NO_SLOT)
        return PW_ERROR_MEMORY;
    pw_family_t *f = pw_scene_family(scene, slot);
    if (enters)
        pw_family_init(&own->shape, f, id, slot, pw_scene_entry(scene, id));
    own->records[0] = expected(member);
    pw_scene_expect(scene, f, 0);
    if (!enters)
        strip(own, f, own->model->day_0);
    for (uint64_t key = pw_family_next(f); !f->pending && pw_key_ticks(key) < until; key = pw_family_next(f))
        pw_own_event(own, f, pw_key_kind(key), pw_key_ticks(key));
    if (enters)
        pw_crowd_remove(&scene->crowd, slot);
    return 0;
}

static int run_reference(pw_world_t *self, const pw_model_t *model, const pw_model_t *baseline, const pw_world_options_t *options, pw_result_t *scratch)
{
    pw_own_t *own = &self->scene.own;
    pw_record_t record = { 0 };
    init_own(self, model, options, -2);
    own->result = scratch;
    int status = load_fork(self, model, baseline, NULL);
    own->records = &record;
    own->n_records = own->room_records = 1;
    for (int64_t k = 0; k < self->n_members && !status; k++) {
        member_t *member = &members(self)[k];
        status = live_alone(self, member, member->index_ticks + model->months_12 + 1);
        member->severe_without_services = record.severe_without_services;
    }
    return status;
}

/* The result is whole: what the reference world says is added, and it is handed on. */
static int hand_on(const pw_world_t *self, int i, const pw_model_t *reference, const pw_world_options_t *options, pw_result_t *result)
{
    for (int64_t k = 0; reference && k < result->n_records; k++) {
        pw_record_t *r = &result->record[k];
        r->severe_without_services = members(self)[k].severe_without_services;
        if (i == 0 && options->census && pw_census_risk(options->census, r->risk > 0.0 ? pw_log(r->risk) : 0.0, r->severe_without_services))
            return PW_ERROR_MEMORY;
    }
    return options->take ? options->take(options->take_context, i, result) : 0;
}

int pw_world_run(pw_world_t *self, uint64_t seed, uint64_t world, const pw_model_t *const *models, int n_models,
                 const pw_model_t *reference, const pw_world_options_t *options, pw_result_t *const *results)
{
    if (self->n_pools < n_models) {
        pool_t *grown = pw_realloc(self->records, (size_t)n_models, sizeof *grown);
        if (!grown)
            return PW_ERROR_MEMORY;
        memset(grown + self->n_pools, 0, (size_t)(n_models - self->n_pools) * sizeof *grown);
        self->records = grown;
        self->n_pools = n_models;
    }
    pw_scene_t *scene = &self->scene;
    scene->own.stream = pw_stream_init(seed, world, models[0]->area_purpose);
    scene->own.ahead = &self->ahead;
    scene->own.entrants = &self->entrants;
    scene->own.situations = &self->situations;
    scene->own.model = NULL;
    self->entrants.model = NULL;
    self->ahead = (pw_ahead_t){ .visitor = UINT32_MAX };
    scene->own.events = 0;
    pw_shape_init(&scene->own.shape, models, n_models);
    for (int i = 0; i < n_models; i++)
        pw_result_clear(results[i]);
    int status = list_entries(self, models[0]);
    if (!status)
        status = warm_up(self, models[0], options);
    if (!status)
        status = take_fork(self);
    if (!status)
        status = run_baseline(self, models[0], options, results[0]);
    if (!status && (n_models > 1 || reference))
        status = keep_members(self, results[0]);
    if (!status && reference)
        status = run_reference(self, reference, models[0], options, results[0]);
    if (!status)
        status = hand_on(self, 0, reference, options, results[0]);
    for (int i = 1; i < n_models && !status; i++) {
        status = run_scenario(self, i, models[i], models[0], options, results[i]);
        if (!status)
            status = hand_on(self, i, reference, options, results[i]);
    }
    return status;
}

int64_t pw_world_events(const pw_world_t *self) { return self->scene.own.events; }

int64_t pw_world_bytes_per_family(const pw_world_t *self)
{
    size_t bytes = pw_crowd_memory(&self->scene.crowd) + self->fork.bytes + self->entries.bytes + self->map.bytes + self->members.bytes +
                   2 * (size_t)self->scene.calendar.room * sizeof(uint64_t);
    for (int k = 0; k < self->n_pools; k++)
        bytes += self->records[k].bytes;
    for (int k = 0; k < MAX_PLACES; k++)
        bytes += pw_place_memory(&self->place_fork[k]) + pw_place_memory(place_at(&self->scene, k));
    return self->scene.n_entries ? (int64_t)(bytes / self->scene.n_entries) : 0;
}
