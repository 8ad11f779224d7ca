#include "entrants.h"

static void make_clocks(pw_entrants_t *self, const pw_model_t *model, pw_stream_t stream)
{
    if (pw_clock_runs(model, PW_RATE_SEPARATES) || pw_clock_runs(model, PW_RATE_REUNITES))
        pw_stream_families8(stream, self->first, PW_PURPOSE_SEPARATION, 0, 0, &self->separation);
    if (pw_clock_runs(model, PW_RATE_MOVES) || pw_clock_runs(model, PW_RATE_BIRTH))
        pw_stream_families8(stream, self->first, PW_PURPOSE_ENTRY, 0, PW_ENTRY_PART_CLOCKS, &self->clocks);
    if (pw_clock_runs(model, PW_RATE_REFERRAL) || pw_clock_runs(model, PW_RATE_FALSE_REPORT))
        pw_stream_families8(stream, self->first, PW_PURPOSE_ENTRY, 0, PW_ENTRY_PART_CLOCKS_2, &self->clocks_2);
}

void pw_entrants_make(pw_entrants_t *self, const pw_model_t *model, pw_stream_t stream, uint32_t family)
{
    self->model = model;
    self->first = family & ~UINT32_C(7);
    pw_stream_families8(stream, self->first, PW_PURPOSE_ENTRY, 0, PW_ENTRY_PART_FRAILTY, &self->frailties);
    for (int k = 0; k < 8; k++)
        self->frailty_uniform[k] = pw_uniform52(self->frailties.word[0][k], self->frailties.word[1][k]);
    pw_quantile_table_at8(&model->frailty, self->frailty_uniform, self->frailty);
    pw_stream_families8(stream, self->first, PW_PURPOSE_ENTRY, 0, PW_ENTRY_PART_CHILDREN, &self->children);
    make_clocks(self, model, stream);
    for (int a = 0; a < model->n_attributes; a++)
        pw_stream_families8(stream, self->first, model->attribute[a].purpose, 0, 0, &self->attribute[a]);
    pw_stream_gaps8_of8(stream, self->first, PW_PURPOSE_INCIDENT, 0, 0, self->gaps);
    if (model->closed_cohort <= 0) {
        pw_stream_families8(stream, self->first, PW_PURPOSE_ENTRY_INCIDENT, 0, 0, &self->incident);
        pw_stream_families8(stream, self->first, PW_PURPOSE_ENTRY_INCIDENT, 0, 1, &self->police);
    }
}
