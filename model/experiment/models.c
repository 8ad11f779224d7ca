#include "models.h"

#include <string.h>

#include "../base/memory.h"
#include "../spec/compile.h"
#include "../spec/values.h"

static pw_status_t adjust_twice(void *chain, const pw_spec_t *spec, int scenario, int64_t draw, pw_values_t *inout)
{
    const pw_values_chain_t *self = chain;
    pw_status_t status = self->first.adjust ? self->first.adjust(self->first.context, spec, scenario, draw, inout) : PW_OK;
    return status == PW_OK && self->then.adjust ? self->then.adjust(self->then.context, spec, scenario, draw, inout) : status;
}

pw_values_hook_t pw_values_chain_hook(const pw_values_chain_t *self) { return (pw_values_hook_t){ adjust_twice, (void *)(uintptr_t)self }; }

pw_status_t pw_models_init(pw_models_t *self, const pw_spec_t *const *specs, int n_scenarios, uint64_t seed, bool central,
                            pw_values_hook_t hook)
{
    *self = (pw_models_t){ .spec = specs, .n_scenarios = n_scenarios, .n_areas = pw_spec_areas(specs[0]), .seed = seed, .central = central, .hook = hook };
    for (int slot = 0; slot < PW_DRAWS_AT_ONCE; slot++)
        self->draw[slot] = -1;
    int n_slots = central ? 1 : PW_DRAWS_AT_ONCE;
    self->model = pw_alloc((size_t)(n_slots * self->n_areas * (n_scenarios + 1)), sizeof self->model[0]);
    return self->model ? PW_OK : PW_ERROR_MEMORY;
}

void pw_models_free(pw_models_t *self)
{
    pw_free(self->model);
    *self = (pw_models_t){ 0 };
}

static int slot_of(const pw_models_t *self, int64_t draw) { return self->central ? 0 : (int)(draw % PW_DRAWS_AT_ONCE); }

static pw_model_t *model_at(const pw_models_t *self, int64_t draw, int area, int scenario)
{
    return self->model + (slot_of(self, draw) * self->n_areas + area) * (self->n_scenarios + 1) + scenario;
}

const pw_model_t *pw_models_get(const pw_models_t *self, int64_t draw, int area, int scenario)
{
    return model_at(self, draw, area, scenario);
}

bool pw_models_claim(pw_models_t *self, int64_t draw)
{
    int slot = slot_of(self, draw);
    bool held = self->draw[slot] == draw;
    self->draw[slot] = draw;
    return !held;
}

pw_status_t pw_models_values(const pw_models_t *self, int64_t draw, int scenario, pw_values_t *out)
{
    const pw_spec_t *spec = self->spec[scenario];
    pw_status_t status = self->central ? pw_values_central(&spec->evidence, self->n_areas, out)
                                       : pw_values_draw(&spec->evidence, self->n_areas, self->seed, (uint64_t)draw, out);
    return status == PW_OK && self->hook.adjust ? self->hook.adjust(self->hook.context, spec, scenario, draw, out) : status;
}

static pw_status_t compile_scenario(pw_models_t *self, int64_t draw, int scenario, pw_findings_t *findings)
{
    const pw_spec_t *spec = self->spec[scenario];
    pw_values_t values = { 0 };
    pw_status_t status = pw_models_values(self, draw, scenario, &values);
    for (int a = 0; a < self->n_areas && status == PW_OK; a++) {
        const pw_model_t *before = scenario > 0 ? model_at(self, draw, a, 0) : NULL;
        status = pw_compile(spec, &values, scenario > 0 ? self->spec[0] : NULL, before, a, model_at(self, draw, a, scenario), findings);
    }
    pw_values_free(&values);
    return status;
}

pw_status_t pw_models_compile(pw_models_t *self, int64_t draw, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    for (int s = 0; s < self->n_scenarios && status == PW_OK; s++)
        status = compile_scenario(self, draw, s, findings);
    for (int a = 0; a < self->n_areas && status == PW_OK; a++)
        status = pw_compile_reference(model_at(self, draw, a, 0), model_at(self, draw, a, self->n_scenarios));
    return status;
}
