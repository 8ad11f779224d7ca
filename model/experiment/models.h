/* models.h: the compiled models of a few draws at a time.
 *
 * What question it answers: what does each scenario look like in draw d, in each area?
 * Floor: experiment. Compiling is cheap beside a world but not free, and a model is large: the models of PW_DRAWS_AT_ONCE draws are kept,
 * and a draw that goes on in the next chunk of worlds is not compiled again. */
#ifndef PW_EXPERIMENT_MODELS_H
#define PW_EXPERIMENT_MODELS_H

#include <stdbool.h>
#include <stdint.h>

#include "../spec/spec.h"
#include "../spec/values.h"
#include "../world/model.h"

enum { PW_DRAWS_AT_ONCE = 8 };

/* Changes a parameter set before it is compiled: the drawn (or, without draws, central) values of a scenario's estimates arrive in `inout`.
 * Called by several threads: it may depend on its arguments and on what `context` holds unchanged, on nothing else. */
typedef struct {
    pw_status_t (*adjust)(void *context, const pw_spec_t *spec, int scenario, int64_t draw, pw_values_t *inout);     /* NULL: nothing is changed */
    void *context;
} pw_values_hook_t;

/* Two hooks, one after the other: where both put a value, that of `then` stays. The hook of a chain; `self` outlives it. */
typedef struct { pw_values_hook_t first, then; } pw_values_chain_t;
pw_values_hook_t pw_values_chain_hook(const pw_values_chain_t *self);

typedef struct {
    const pw_spec_t *const *spec;          /* baseline first */
    int n_scenarios, n_areas;
    uint64_t seed;
    bool central;                          /* every estimate at its value */
    pw_values_hook_t hook;
    int64_t draw[PW_DRAWS_AT_ONCE];        /* which draw a slot holds; -1: none */
    pw_model_t *model;                     /* [slot][area][scenario, then the reference] */
} pw_models_t;

pw_status_t pw_models_init(pw_models_t *self, const pw_spec_t *const *specs, int n_scenarios, uint64_t seed, bool central, pw_values_hook_t hook);
void pw_models_free(pw_models_t *self);

/* Empties the slot of `draw` unless it holds that very draw: true if it has to be compiled. */
bool pw_models_claim(pw_models_t *self, int64_t draw);
/* Compiles a draw for all areas and scenarios, and the reference. Different draws may be compiled by different threads. `findings` receives
 * what is wrong with this draw's values; returns an error if anything is. */
pw_status_t pw_models_compile(pw_models_t *self, int64_t draw, pw_findings_t *findings);
/* The parameter set of a scenario in a draw, as the models are compiled from it. Free `out` in every case. */
pw_status_t pw_models_values(const pw_models_t *self, int64_t draw, int scenario, pw_values_t *out);
/* A draw's model; scenario n_scenarios: the baseline without services. */
const pw_model_t *pw_models_get(const pw_models_t *self, int64_t draw, int area, int scenario);

#endif
