#include "census.h"

#include "../base/memory.h"

void pw_census_add(pw_census_t *self, int place, const uint64_t bits[2], const double *numbers, double weight)
{
    self->weight[place] += weight;
    for (int w = 0; w < 2; w++)
        for (uint64_t rest = bits[w]; rest; rest &= rest - 1)
            self->bit_sum[place][64 * w + __builtin_ctzll(rest)] += weight;
    for (int k = 0; numbers && k < PW_MAX_NUMBERS; k++)
        self->number_sum[place][k] += weight * numbers[k];
}

int pw_census_risk(pw_census_t *self, double log_risk, bool is_severe)
{
    if (self->n_risk == self->room_risk) {
        int64_t room = self->room_risk ? 2 * self->room_risk : 1024;
        double *risk = pw_realloc(self->log_risk, (size_t)room, sizeof *risk);
        if (risk)
            self->log_risk = risk;
        uint8_t *severe = pw_realloc(self->severe, (size_t)room, sizeof *severe);
        if (severe)
            self->severe = severe;
        if (!risk || !severe)
            return -1;
        self->room_risk = room;
    }
    self->log_risk[self->n_risk] = log_risk;
    self->severe[self->n_risk++] = is_severe;
    return 0;
}

void pw_census_free(pw_census_t *self)
{
    pw_free(self->log_risk);
    pw_free(self->severe);
    *self = (pw_census_t){ 0 };
}
