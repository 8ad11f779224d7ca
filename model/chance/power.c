#include "power.h"

#include <string.h>

void pw_power_init(pw_power_t *self, double exponent)
{
    memset(self, 0, sizeof *self);
    self->exponent = exponent;
    self->plain = exponent == 1.0;
    self->tabled = !self->plain && exponent > 0.0 && exponent <= PW_POWER_MAX_TABLED;
    if (!self->tabled)
        return;
    double term = 1.0;
    for (int n = 0; n < PW_POWER_TERMS; n++)
        self->term[n] = term *= (exponent - n) / (n + 1.0);
    for (int k = 0; k < PW_POWER_EXPONENTS; k++)
        self->of_exponent[k] = pw_pow(pw_double_of((uint64_t)(k + 1023 - PW_POWER_EXPONENTS / 2) << 52), exponent);
    for (int k = 0; k < PW_POWER_PARTS; k++) {
        double c = 1.0 + (k + 0.5) / PW_POWER_PARTS;
        self->part[k].power = pw_pow(c, exponent);
        self->part[k].inverse = 1.0 / c;
    }
}

double pw_power_beyond(const pw_power_t *self, double x) { return pw_pow(x, self->exponent); }
