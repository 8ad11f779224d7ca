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
    self->cells_per_day = PW_SEASON_CELLS / self->before[12];
    self->is_even = true;
    int m = 0;
    for (int cell = 0; cell <= PW_SEASON_CELLS; cell++) {
        double begins = cell / self->cells_per_day;
        int last = m;
        while (m < 11 && self->before[m + 1] <= begins)
            m++;
        self->month_of_cell[cell] = (uint8_t)m;
        self->is_even &= m - last <= 1;
    }
    self->is_even &= m >= 10;                      /* the last cell has no next one */
}
