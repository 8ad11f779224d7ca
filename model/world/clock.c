#include "clock.h"

#include <math.h>

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
    }
}

double pw_season_days(const pw_season_t *self, pw_ticks_t ticks)
{
    int64_t month = ticks / PW_TICKS_PER_MONTH;
    int64_t year = month / 12;
    int m = (int)(month - 12 * year);
    return (double)year * self->before[12] + self->before[m] + pw_days_from_ticks(ticks - month * PW_TICKS_PER_MONTH) * self->speed[m];
}

pw_ticks_t pw_season_ticks(const pw_season_t *self, double days)
{
    if (!(days < 300.0 * PW_DAYS_PER_YEAR))
        return PW_TICKS_NEVER;
    double year = floor(days / self->before[12]);
    double rest = days - year * self->before[12];
    int m = 0;
    while (m < 11 && self->before[m + 1] <= rest)
        m++;
    /* a month in which the clock stands still is passed over at its end */
    double into = self->speed[m] > 0.0 ? (rest - self->before[m]) / self->speed[m] : 0.0;
    return ((int64_t)year * 12 + m) * PW_TICKS_PER_MONTH + pw_ticks_from_days(into);
}
