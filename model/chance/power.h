/* power.h: x^k for one k and many x.
 *
 * What question it answers: how much hazard has a gap of this length spent, and how long a gap does this much hazard make?
 * pw_pow takes a logarithm and an exponential, one after the other; where k stays the same, a table made once does it in a fraction of the
 * time, with the same bits on every machine.
 * Floor: chance (kernel only).
 *
 * x = 2^e c (1 + r), c the middle of one of 64 parts of [1, 2), |r| <= 1/128: x^k = (2^e)^k c^k (1 + r)^k. The first two are tabled, the third
 * is its binomial series up to r^7, whose next term is below 1e-18 for k up to 4. Error: a few units in the last place, as of pw_pow. */
#ifndef PW_CHANCE_POWER_H
#define PW_CHANCE_POWER_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel.h"

enum { PW_POWER_PARTS = 64, PW_POWER_EXPONENTS = 256, PW_POWER_TERMS = 7, PW_POWER_MAX_TABLED = 4 };

typedef struct {
    double exponent;                               /* k > 0 */
    bool plain;                                    /* k is 1: the value is x itself */
    bool tabled;                                   /* k is at most PW_POWER_MAX_TABLED */
    double term[PW_POWER_TERMS];                   /* of the binomial series, from r on */
    double of_exponent[PW_POWER_EXPONENTS];        /* (2^e)^k for e = -128 .. 127 */
    struct { double power, inverse; } part[PW_POWER_PARTS];      /* c^k and 1 / c */
} pw_power_t;

void pw_power_init(pw_power_t *self, double exponent);

/* The same as pw_power_at, for what its table does not hold. */
__attribute__((cold, noinline)) double pw_power_beyond(const pw_power_t *self, double x);

/* x^k for finite x >= 0. */
static inline double pw_power_at(const pw_power_t *self, double x)
{
    if (self->plain)
        return x;
    uint64_t bits = pw_bits_of(x), e = (bits >> 52) - (1023 - PW_POWER_EXPONENTS / 2);
    if (!self->tabled || e >= PW_POWER_EXPONENTS)
        return pw_power_beyond(self, x);
    uint64_t part = bits >> 46 & (PW_POWER_PARTS - 1);
    double m = pw_double_of((bits & UINT64_C(0x000FFFFFFFFFFFFF)) | UINT64_C(0x3FF0000000000000));
    double c = pw_double_of((bits & UINT64_C(0x000FC00000000000)) | UINT64_C(0x3FF0200000000000));
    double r = (m - c) * self->part[part].inverse, z = r * r;
    const double *b = self->term;
    double series = r * ((b[0] + b[1] * r) + z * ((b[2] + b[3] * r) + z * ((b[4] + b[5] * r) + z * b[6])));
    double base = self->of_exponent[e] * self->part[part].power;
    return base + base * series;
}

#endif
