#include "predictor.h"

#include <math.h> /* INFINITY only */
#include <string.h>

#include "kernel.h"

static double log_of_base(int kind, double base)
{
    if (base <= 0.0)
        return -INFINITY;
    if (kind != PW_PROBABILITY)
        return pw_log(base);
    return base >= 1.0 ? INFINITY : pw_log(base) - pw_log(1.0 - base);
}

static double value_of_sum(int kind, double sum)
{
    double e = pw_exp(sum); /* -inf gives 0; +inf gives e^700, which is its own successor, so the odds give exactly 1 */
    return kind == PW_PROBABILITY ? e / (1.0 + e) : e;
}

void pw_predictor_init(pw_predictor_t *self, int kind, double base)
{
    memset(self, 0, sizeof *self);
    self->kind = (uint8_t)kind;
    self->base = log_of_base(kind, base);
    self->table[0] = base; /* kept as it is: a predictor without terms gives it back to the last bit */
}

bool pw_predictor_add_bit(pw_predictor_t *self, int bit, double ratio, double centre)
{
    if (ratio == 1.0)
        return true;
    if (self->n_bits >= PW_MAX_TERMS)
        return false;
    double log_ratio = pw_log(ratio);
    self->bit[self->n_bits] = (uint8_t)bit;
    self->bit_log_ratio[self->n_bits++] = log_ratio;
    self->mask[bit >> 6] |= pw_bit_mask(bit);
    self->base -= log_ratio * centre;
    return true;
}

bool pw_predictor_add_number(pw_predictor_t *self, int number, double ratio, double centre)
{
    if (ratio == 1.0)
        return true;
    if (self->n_numbers >= PW_MAX_TERMS)
        return false;
    double log_ratio = pw_log(ratio);
    self->number[self->n_numbers] = (uint8_t)number;
    self->number_log_ratio[self->n_numbers++] = log_ratio;
    self->number_mask |= UINT32_C(1) << number;
    self->base -= log_ratio * centre;
    return true;
}

static double sum_of_bits(const pw_predictor_t *self, const uint64_t bits[2])
{
    double sum = self->base;
    for (unsigned j = 0; j < self->n_bits; j++)
        sum += pw_bit_get(bits, self->bit[j]) ? self->bit_log_ratio[j] : 0.0;
    return sum;
}

void pw_predictor_finish(pw_predictor_t *self)
{
    self->constant = self->n_bits == 0 && self->n_numbers == 0;
    bool fits = self->n_bits <= PW_TABLE_BITS;
    self->tabled = fits && self->n_numbers == 0;
    self->begun = fits && !self->tabled;
    if (self->constant || !fits)
        return;
    for (unsigned at = 0; at < 1U << self->n_bits; at++) {
        uint64_t bits[2] = { 0, 0 };
        for (unsigned j = 0; j < self->n_bits; j++)
            if (at >> j & 1U)
                bits[self->bit[j] >> 6] |= pw_bit_mask(self->bit[j]);
        self->table[at] = self->tabled ? value_of_sum(self->kind, sum_of_bits(self, bits)) : sum_of_bits(self, bits);
    }
}

bool pw_predictor_reads_shared(const pw_predictor_t *self)
{
    return pw_teams_among(self->number_mask) != 0;
}

double pw_predictor_sum(const pw_predictor_t *self, const uint64_t bits[2], const double *numbers)
{
    if (self->constant)
        return self->table[0];
    double sum = self->begun ? self->table[pw_predictor_place(self, bits)] : sum_of_bits(self, bits);
    for (unsigned j = 0; j < self->n_numbers; j++)
        sum += self->number_log_ratio[j] * numbers[self->number[j]];
    return value_of_sum(self->kind, sum);
}
