/* world.h: one simulated history of one area, under the baseline and every scenario.
 *
 * What question it answers: what happens in this area, in this world, for these models?
 * Floor: world. No files, no threads, no global state: a function of (seed, world number, models). */
#ifndef PW_WORLD_WORLD_H
#define PW_WORLD_WORLD_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "account.h"
#include "census.h"
#include "model.h"
#include "result.h"

/* Which engine works the events off: both give the same bytes.
 * AHEAD: a family that waits for nothing runs on alone to its next shared moment. ORDERED: every event in time order. */
enum pw_engine { PW_ENGINE_AHEAD, PW_ENGINE_ORDERED };

/* What an observer is told: every event of every family, in the order in which this engine works it off (within a family: time
 * order). `what` is enum pw_event_kind (family.h); `detail` depends on it. */
typedef struct {
    int scenario;                /* index in models; -1 in the warm-up, -2 in the reference world */
    uint32_t family;
    pw_ticks_t ticks;
    int what;
    int64_t detail;
} pw_event_t;

typedef struct {
    enum pw_engine engine;
    void (*observe)(void *context, const pw_event_t *event);   /* NULL: nobody looks */
    void *observe_context;
    void (*tell)(void *context, const pw_told_t *told);        /* NULL: nobody is told; what happens and why, in the same order (account.h) */
    void *tell_context;
    pw_census_t *census;                /* NULL, or sums over the baseline's model for the pilot */
    const volatile sig_atomic_t *stop;  /* NULL, or a flag that ends the replication early */
    /* NULL, or takes each result as soon as it is known, models in order. Its records last until it returns: those of all models share one place, so
     * that memory does not grow with their number. Other than 0: the run ends with that. */
    int (*take)(void *context, int model, const pw_result_t *result);
    void *take_context;
} pw_world_options_t;

typedef struct pw_world pw_world_t;

/* A world that can be run again and again; its memory is kept between runs. NULL without memory. */
pw_world_t *pw_world_new(void);
void pw_world_free(pw_world_t *self);

/* Simulates world number `world` of `seed`: warm-up under models[0] (the baseline), fork at day 0, then each model.
 * `reference` (may be NULL) is the baseline without services: run from the same fork for severe_without_services.
 * results[i] belongs to models[i], and arrives zeroed the first time; their records stay valid until the next run of this world (with
 * options->take: until it returns). Returns 0, or -1 out of memory, -7 stopped (as pw_status_t), or what options->take said. */
int pw_world_run(pw_world_t *self, uint64_t seed, uint64_t world, const pw_model_t *const *models, int n_models,
                 const pw_model_t *reference, const pw_world_options_t *options, pw_result_t *const *results);

/* Events worked off in the last run, warm-up, all scenarios and the reference together: clocks of families and shared moments. */
int64_t pw_world_events(const pw_world_t *self);

/* Bytes that the last run needed for each family that was in it: all that grows with families (slots, the fork's copies, entries,
 * records of every model, calendar, lines); what a world needs besides is fixed. 0 before the first run. */
int64_t pw_world_bytes_per_family(const pw_world_t *self);

#endif
