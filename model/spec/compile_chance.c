/* Numbers, lengths of time and chances, in the world's units. */
#include "centres.h"
#include "compile.h"

double pw_compile_number(const pw_compiler_t *self, const pw_setting_t *setting) { return pw_setting_value(setting, self->values, self->area); }

pw_ticks_t pw_compile_days(const pw_compiler_t *self, const pw_setting_t *setting) { return pw_ticks_from_days(pw_compile_number(self, setting)); }

pw_span_t pw_compile_span(const pw_compiler_t *self, const pw_length_t *length)
{
    if (length->median_days.node) {
        double median = pw_compile_number(self, &length->median_days), p95 = pw_compile_number(self, &length->p95_days);
        return pw_span_from_median_p95(median, p95 > 1.0001 * median ? p95 : 1.0001 * median);
    }
    if (length->mean_days.node)
        return (pw_span_t){ PW_SPAN_EXPONENTIAL, pw_compile_number(self, &length->mean_days), 0.0 };
    if (length->days.node)
        return (pw_span_t){ PW_SPAN_FIXED, pw_compile_number(self, &length->days), 0.0 };
    return (pw_span_t){ PW_SPAN_NONE, 0.0, 0.0 };
}

/* The covariate's average in the baseline; a missing one is a finding of the check, and 0 for the pilot. */
static double centre_of(const pw_compiler_t *self, const pw_chance_t *chance, const pw_term_t *term)
{
    double centre = 0.0;
    if (chance->place >= 0)
        pw_centre_get(self->spec, chance->place, term->covariate, &centre);
    return centre;
}

static void finish(const pw_compiler_t *self, const pw_chance_t *chance, int kind, double base, pw_predictor_t *out)
{
    pw_predictor_init(out, kind, base);
    for (int k = 0; k < chance->n_terms; k++) {
        const pw_term_t *term = &chance->term[k];
        double ratio = pw_compile_number(self, &term->ratio), centre = centre_of(self, chance, term);
        if (term->covariate < PW_MAX_BITS)
            pw_predictor_add_bit(out, term->covariate, ratio, centre);
        else
            pw_predictor_add_number(out, term->covariate - PW_MAX_BITS, ratio, centre);
    }
    pw_predictor_finish(out);
}

void pw_compile_chance(const pw_compiler_t *self, const pw_chance_t *chance, pw_predictor_t *out)
{
    double base = pw_compile_number(self, &chance->base);
    switch (chance->unit) {
    case PW_UNIT_PER_YEAR: finish(self, chance, PW_RATE, base / PW_DAYS_PER_YEAR, out); break;
    case PW_UNIT_WEIGHT:
    case PW_UNIT_SHARE: finish(self, chance, PW_WEIGHT, base, out); break;
    default: finish(self, chance, PW_PROBABILITY, base / 100.0, out); break;
    }
}

void pw_compile_choice(const pw_compiler_t *self, const pw_exits_t *exits, pw_choice_t *out)
{
    double rest = 100.0;
    for (int k = 0; k < exits->n; k++)
        if (!exits->item[k].is.removed && !exits->item[k].weight.base.remainder)
            rest -= pw_compile_number(self, &exits->item[k].weight.base);
    for (int k = 0; k < exits->n; k++) {
        const pw_exit_spec_t *exit = &exits->item[k];
        if (exit->is.removed)
            continue;
        double share = exit->weight.base.remainder ? (rest > 0.0 ? rest : 0.0) : pw_compile_number(self, &exit->weight.base);
        out->exit[out->n].to = exit->to;
        finish(self, &exit->weight, PW_WEIGHT, share / 100.0, &out->exit[out->n].weight);
        out->n++;
    }
}
