#include "entrants.h"

#include <math.h>

#include "../chance/kernel.h"

/* Uniforms of 52 bits from words `j` and j + 1 of eight blocks. */
static void uniforms52(const pw_families8_t *block, int j, double u[8])
{
    for (int k = 0; k < 8; k++)
        u[k] = pw_uniform52(block->word[j][k], block->word[j + 1][k]);
}

static void make_frailties(pw_entrants_t *self, const pw_model_t *model, pw_stream_t stream)
{
    pw_families8_t block;
    double u[8], v[8], z[8], own[8];
    pw_stream_families8(stream, self->first, PW_PURPOSE_ENTRY, 0, PW_ENTRY_PART_FRAILTY, &block);
    uniforms52(&block, 0, u);
    pw_quantile_table_at8(&model->frailty, u, self->frailty);
    for (int k = 0; k < 8; k++)
        self->severity_factor[k] = 1.0;
    if (!(model->severity_sigma > 0.0))
        return;
    for (int k = 0; k < 8; k++)
        v[k] = pw_uniform32(block.word[2][k]);
    const double rho = model->frailty_correlation, rest = sqrt(1.0 - rho * rho), sigma = model->severity_sigma;
    pw_normal_quantile8(u, z);
    pw_normal_quantile8(v, own);
    for (int k = 0; k < 8; k++)
        z[k] = sigma * (rho * z[k] + rest * own[k]) - 0.5 * sigma * sigma;
    pw_exp8(z, self->severity_factor);
}

static void make_children(pw_entrants_t *self, const pw_model_t *model, pw_stream_t stream)
{
    pw_families8_t block;
    pw_stream_families8(stream, self->first, PW_PURPOSE_ENTRY, 0, PW_ENTRY_PART_CHILDREN, &block);
    for (int k = 0; k < 8; k++) {
        double u = pw_uniform32(block.word[0][k]), v = pw_uniform32(block.word[1][k]);
        int children = 1, band = 0;           /* the chances are cumulative: as many as u is not below */
        for (int n = 0; n < model->n_children - 1; n++)
            children += u >= model->children_chance[n];
        for (int n = 0; n < model->n_age_bands - 1; n++)
            band += v >= model->age_chance[n];
        double from = model->age_from[band], to = model->age_from[band + 1];
        double years = from + (to - from) * pw_uniform32(block.word[2][k]);
        self->children[k] = (uint8_t)children;
        self->age[k] = pw_ticks_from_days(years * PW_DAYS_PER_YEAR);
        self->bits[k] = pw_age_bits(self->age[k]);
    }
}

/* A chance or a rate, for the bits that are set so far. */
static inline void chances(const pw_entrants_t *self, const pw_predictor_t *chance, double p[8])
{
    double numbers[PW_MAX_NUMBERS] = { 0.0 };
    for (int k = 0; k < 8; k++)
        p[k] = chance->table[0];
    for (int k = 0; k < 8 && !chance->constant; k++) {
        numbers[PW_NUMBER_CHILDREN] = self->children[k];
        p[k] = pw_predictor_value(chance, (const uint64_t[2]){ self->bits[k], 0 }, numbers);
    }
}

static void make_attribute(pw_entrants_t *self, const pw_attribute_t *attribute, pw_stream_t stream)
{
    pw_families8_t block;
    double p[8];
    pw_stream_families8(stream, self->first, attribute->purpose, 0, 0, &block);
    chances(self, &attribute->chance, p);
    const uint64_t given = attribute->given, asked = given | attribute->given_not, bit = pw_bit_mask(attribute->bit);
    for (int k = 0; k < 8; k++) {
        uint64_t bits = self->bits[k], on = pw_uniform32(block.word[0][k]) < p[k] ? bit : 0;
        self->bits[k] = (bits & ~bit) | ((bits & asked) == given ? on : 0);
    }
}

/* The unit exponentials of one clock, or of two that share a block. */
static void make_clocks(pw_entrants_t *self, pw_stream_t stream, uint32_t purpose, uint32_t part, int first, int second)
{
    pw_families8_t block;
    double u[8];
    const int rate[2] = { first, second };
    pw_stream_families8(stream, self->first, purpose, 0, part, &block);
    for (int j = 0; j < 2 && rate[j] >= 0; j++) {
        double *left = self->left[rate[j]];
        uniforms52(&block, 2 * j, u);
        pw_log8(u, left);
        for (int k = 0; k < 8; k++)
            left[k] = -left[k];
    }
}

/* Apart from where they are read, on purpose: gcc 12, when it makes lanes of both (-march=native), leaves out the rounding to a float in between. */
static __attribute__((noinline)) void make_rates(pw_entrants_t *self, const pw_model_t *model)
{
    double base[8];
    chances(self, &model->rate[PW_RATE_INCIDENT], base);
    for (int k = 0; k < 8; k++)
        self->rate[k] = (float)(base[k] * self->frailty[k]);
}

/* The first gaps: eight powers one beside the other take as long as two, one after the other. Where the rate is 0 there is none. */
static void make_first_gaps(pw_entrants_t *self, const pw_model_t *model)
{
    make_rates(self, model);
    for (int k = 0; k < 8; k++)
        self->gap_days[k] = pw_weibull(self->gaps[k].exponential[0], (double)self->rate[k], &model->gap_time, model->gap_scale_days);
}

void pw_entrants_make(pw_entrants_t *self, const pw_model_t *model, pw_stream_t stream, uint32_t family)
{
    self->model = model;
    self->first = family & ~UINT32_C(7);
    make_frailties(self, model, stream);
    make_children(self, model, stream);
    for (int a = 0; a < model->n_attributes; a++)
        make_attribute(self, &model->attribute[a], stream);
    if (pw_clocks_run(model, PW_RATE_SEPARATES, PW_RATE_REUNITES))
        make_clocks(self, stream, PW_PURPOSE_SEPARATION, 0, PW_RATE_SEPARATES, -1);
    if (pw_clocks_run(model, PW_RATE_MOVES, PW_RATE_BIRTH))
        make_clocks(self, stream, PW_PURPOSE_ENTRY, PW_ENTRY_PART_CLOCKS, PW_RATE_MOVES, PW_RATE_BIRTH);
    if (pw_clocks_run(model, PW_RATE_REFERRAL, PW_RATE_FALSE_REPORT))
        make_clocks(self, stream, PW_PURPOSE_ENTRY, PW_ENTRY_PART_CLOCKS_2, PW_RATE_REFERRAL, PW_RATE_FALSE_REPORT);
    pw_stream_gaps8_of8(stream, self->first, PW_PURPOSE_INCIDENT, 0, 0, self->gaps);
    make_first_gaps(self, model);
    if (model->closed_cohort <= 0) {
        pw_stream_families8(stream, self->first, PW_PURPOSE_ENTRY_INCIDENT, 0, 0, &self->incident);
        pw_stream_families8(stream, self->first, PW_PURPOSE_ENTRY_INCIDENT, 0, 1, &self->police);
    }
}
