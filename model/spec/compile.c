#include "compile.h"

#include <string.h>

#include "../chance/stream.h"

static void compile_time(pw_compiler_t *self)
{
    const pw_spec_t *spec = self->spec;
    pw_model_t *model = self->model;
    pw_ticks_t intake = (pw_ticks_t)pw_compile_number(self, &spec->time.intake_months),
        follow_up = (pw_ticks_t)pw_compile_number(self, &spec->time.follow_up_months);
    model->day_0 = (pw_ticks_t)pw_compile_number(self, &spec->time.warm_up_months) * PW_TICKS_PER_MONTH;
    model->intake_end = model->day_0 + intake * PW_TICKS_PER_MONTH;
    model->follow_up_ticks = follow_up * PW_TICKS_PER_MONTH;
    model->run_end = model->intake_end + model->follow_up_ticks;
    model->months_12 = 12 * PW_TICKS_PER_MONTH;
    model->months = (int)(intake + follow_up);
    model->area = self->area;
    model->area_purpose = pw_purpose_named("area", spec->areas.item[self->area].is.name);
    model->discount_per_year = pw_compile_number(self, &spec->money.discount_percent) / 100.0;
    self->start = model->day_0 + (pw_ticks_t)(pw_compile_number(self, &spec->from_month) * (double)PW_TICKS_PER_MONTH + 0.5);
}

/* A scenario's lists must begin with the baseline's, name by name. */
static bool fits(pw_compiler_t *self)
{
    static const char *const lists[PW_THINGS] = { "areas", "attributes", "information", "teams", "stages", "services" };
    for (int t = 0; t < PW_THINGS; t++) {
        const pw_names_t *now = &self->spec->names[t], *before = &self->baseline->names[t];
        bool same = now->n >= before->n;
        for (int i = 0; same && i < before->n; i++)
            same = strcmp(now->name[i], before->name[i]) == 0;
        if (!same) {
            pw_findings_add(self->findings, self->spec->file, 0, lists[t],
                            "This file does not build on %s: its `%s` are others; allowed: scenarios whose base is that file.", self->baseline->file, lists[t]);
            return false;
        }
    }
    return true;
}

pw_status_t pw_compile(const pw_spec_t *spec, const pw_values_t *values, const pw_spec_t *baseline, const pw_model_t *baseline_model, int area,
                       pw_model_t *out, pw_findings_t *findings)
{
    pw_compiler_t self = { spec, baseline_model ? baseline : NULL, values, baseline_model, area, out, findings, 0, PW_OK };
    memset(out, 0, sizeof *out);
    if (self.baseline && !fits(&self))
        return PW_ERROR_INPUT;
    compile_time(&self);
    pw_compile_families(&self);
    pw_compile_pathway(&self);
    pw_compile_effects(&self);
    pw_model_finish(out);
    return self.status;
}

pw_status_t pw_compile_reference(const pw_model_t *baseline_model, pw_model_t *out)
{
    *out = *baseline_model;
    out->no_services = true;
    for (int e = 0; e < out->n_effects; e++)
        out->effect[e].ratio = 1.0;
    out->removal_effects = 0;
    memset(out->effects_on, 0, sizeof out->effects_on);
    return PW_OK;
}
