#include "values.h"

#include "../base/memory.h"
#include "../chance/stream.h"

static pw_status_t init(const pw_evidence_t *evidence, int n_areas, pw_values_t *out)
{
    *out = (pw_values_t){ .n = evidence->n, .n_areas = n_areas };
    out->drawn = pw_alloc((size_t)evidence->n, sizeof *out->drawn);
    out->value = pw_alloc((size_t)evidence->n * (size_t)n_areas, sizeof *out->value);
    return out->drawn && out->value ? PW_OK : PW_ERROR_MEMORY;
}

void pw_values_put(pw_values_t *self, const pw_evidence_t *evidence, int i, double drawn)
{
    const pw_estimate_t *estimate = &evidence->estimate[i];
    self->drawn[i] = drawn;
    for (int area = 0; area < self->n_areas; area++)
        self->value[i * self->n_areas + area] = pw_estimate_in_area(estimate, area, drawn) * estimate->factor;
}

pw_status_t pw_values_central(const pw_evidence_t *evidence, int n_areas, pw_values_t *out)
{
    pw_status_t status = init(evidence, n_areas, out);
    for (int i = 0; i < evidence->n && status == PW_OK; i++)
        pw_values_put(out, evidence, i, evidence->estimate[i].value);
    return status;
}

/* The uniform of one estimate in one draw: 62 bits of the name's hashes, so that two names do not meet. */
static double uniform_of(pw_stream_t stream, uint64_t draw, const char *name)
{
    uint32_t one = pw_purpose_named("estimate", name), two = pw_purpose_named("evidence", name);
    pw_block_t block = pw_stream_block(stream, (uint32_t)draw, one, (uint32_t)(draw >> 32), two);
    return pw_uniform52(block.word[0], block.word[1]);
}

pw_status_t pw_values_draw(const pw_evidence_t *evidence, int n_areas, uint64_t seed, uint64_t draw, pw_values_t *out)
{
    pw_stream_t stream = pw_stream_init(seed, 0, pw_purpose_named("values", "evidence"));
    pw_status_t status = init(evidence, n_areas, out);
    for (int i = 0; i < evidence->n && status == PW_OK; i++)
        pw_values_put(out, evidence, i, pw_estimate_quantile(&evidence->estimate[i], uniform_of(stream, draw, evidence->estimate[i].name)));
    return status;
}

double pw_values_get(const pw_values_t *self, int estimate, int area) { return self->value[estimate * self->n_areas + area]; }

void pw_values_free(pw_values_t *self)
{
    pw_free(self->drawn);
    pw_free(self->value);
    *self = (pw_values_t){ 0 };
}
