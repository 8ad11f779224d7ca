#include "clock.h"

void pw_season_init(pw_season_t *self, const double by_month[12], pw_ticks_t day_0)
{
    double sum = 0.0;
    for (int m = 0; m < 12; m++)
        sum += by_month[m];
    /* the month of tick 0, counted back from 1 January at day 0; a warm-up of part months starts inside one */
    int back = (int)((day_0 + PW_TICKS_PER_MONTH - 1) / PW_TICKS_PER_MONTH % 12);
    int first = (12 - back) % 12;
    self->before[0] = 0.0;
    for (int m = 0; m < 12; m++) {
        self->speed[m] = by_month[(first + m) % 12] * 12.0 / sum;
        self->before[m + 1] = self->before[m] + self->speed[m] * PW_DAYS_PER_MONTH;
        self->days_per_day[m] = self->speed[m] > 0.0 ? 1.0 / self->speed[m] : 0.0;
    }
    self->year_part = 1.0 / self->before[12];
}
