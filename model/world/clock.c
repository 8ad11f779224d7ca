#include "clock.h"

static void table_months(pw_season_t *self)
{
    for (int k = 0; k <= PW_SEASON_MONTHS; k++) {
        int years = k / 12;
        double year = years * self->before[12], in_year = self->before[k % 12];
        self->month[k] = (pw_season_month_t){ year + in_year, year, in_year, self->speed[k % 12], self->days_per_day[k % 12] };
    }
    self->is_even = true;
    int k = 0;
    for (int cell = 0; cell <= PW_SEASON_CELLS; cell++) {      /* to the end of the last one */
        int last = k;
        while (k < PW_SEASON_MONTHS && self->month[k + 1].begins <= (double)(cell * PW_SEASON_CELL_DAYS))
            k++;
        self->month_of_cell[cell] = (uint16_t)k;
        self->is_even &= k - last <= 1;
    }
    double months = self->month[PW_SEASON_MONTHS].begins, cells = PW_SEASON_CELLS * PW_SEASON_CELL_DAYS;
    self->tabled_days = months < cells ? months : cells;
}

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
    table_months(self);
}

double pw_season_days_beyond(const pw_season_t *self, pw_ticks_t ticks)
{
    uint64_t month = (uint64_t)ticks / PW_TICKS_PER_MONTH, year = month / 12, m = month - 12 * year;
    return (double)(int64_t)year * self->before[12] + self->before[m] + pw_days_from_ticks(ticks - (pw_ticks_t)month * PW_TICKS_PER_MONTH) * self->speed[m];
}

pw_ticks_t pw_season_ticks_beyond(const pw_season_t *self, double days)
{
    if (!(days < 300.0 * PW_DAYS_PER_YEAR))
        return PW_TICKS_NEVER;
    int64_t year = (int64_t)(days * self->year_part);
    double rest = days - (double)year * self->before[12];
    int m = 0;
    while (m < 11 && self->before[m + 1] <= rest)
        m++;
    return (year * 12 + m) * PW_TICKS_PER_MONTH + pw_ticks_from_days((rest - self->before[m]) * self->days_per_day[m]);
}
