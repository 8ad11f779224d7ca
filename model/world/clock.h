/* clock.h: time inside a world, and the season's clock.
 *
 * What question it answers: which tick is this day, and how far has the season's clock run by then?
 * Floor: world. Time is an integer count of ticks of 2^-20 day since the start of the warm-up, so that sums
 * and comparisons are exact. A month is 30.4375 days, a year 365.25. */
#ifndef PW_WORLD_CLOCK_H
#define PW_WORLD_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

typedef int64_t pw_ticks_t;

#define PW_TICKS_PER_DAY 1048576
#define PW_DAYS_PER_MONTH 30.4375
#define PW_DAYS_PER_YEAR 365.25
#define PW_TICKS_PER_MONTH INT64_C(31916032)       /* 30.4375 x 2^20, exact */
#define PW_TICKS_PER_YEAR (12 * PW_TICKS_PER_MONTH)    /* 365.25 x 2^20, exact */
#define PW_TICKS_NEVER (INT64_C(1) << 37)          /* later than any event: 359 years */

/* Nearest tick at or after 0; days beyond 300 years give PW_TICKS_NEVER. */
static inline pw_ticks_t pw_ticks_from_days(double days)
{
    double t = days * (double)PW_TICKS_PER_DAY + 0.5;
    return t >= (double)PW_TICKS_NEVER ? PW_TICKS_NEVER : t <= 0.0 ? 0 : (pw_ticks_t)t;
}
static inline double pw_days_from_ticks(pw_ticks_t ticks) { return (double)ticks * (1.0 / PW_TICKS_PER_DAY); }

/* The season's clock: the speed of time for incidents, by calendar month, mean 1 over the year. The twelve months begin
 * with the month of tick 0. */
enum { PW_SEASON_CELLS = 64 };
typedef struct {
    double speed[12], before[13];
    double days_per_day[12], year_part;            /* derived: 1 / speed (0 where it stands still), 1 / before[12] */
    double cells_per_day;                          /* derived: the clock's year in equal cells, and the month in which each begins */
    uint8_t month_of_cell[PW_SEASON_CELLS + 1];
    bool is_even;                                  /* derived: no cell holds the ends of two months */
} pw_season_t;

/* `by_month` holds weights from January (any positive scale); day_0 is 1 January. */
void pw_season_init(pw_season_t *self, const double by_month[12], pw_ticks_t day_0);

/* Days that the season's clock has run between the start of the warm-up and `ticks` >= 0. */
static inline double pw_season_days(const pw_season_t *self, pw_ticks_t ticks)
{
    uint64_t month = (uint64_t)ticks / PW_TICKS_PER_MONTH, year = month / 12, m = month - 12 * year;
    return (double)(int64_t)year * self->before[12] + self->before[m] + pw_days_from_ticks(ticks - (pw_ticks_t)month * PW_TICKS_PER_MONTH) * self->speed[m];
}

/* The month in which the clock's year has run `rest` days: the last that begins at or before it. No branch depends on chance. */
static inline int pw_season_month(const pw_season_t *self, double rest)
{
    int cell = (int)(rest * self->cells_per_day);
    cell = cell > 0 ? cell < PW_SEASON_CELLS ? cell : PW_SEASON_CELLS : 0;
    int m = self->month_of_cell[cell];
    m += self->before[m + 1] <= rest;
    m -= (m > 0) & (self->before[m] > rest);       /* the cell's number is rounded */
    m = m < 11 ? m : 11;
    if (__builtin_expect(self->is_even, 1))
        return m;
    while (m < 11 && self->before[m + 1] <= rest)
        m++;
    while (m > 0 && self->before[m] > rest)
        m--;
    return m;
}

/* The tick at which it has run `days` >= 0 (the inverse); PW_TICKS_NEVER beyond 300 years. */
static inline pw_ticks_t pw_season_ticks(const pw_season_t *self, double days)
{
    if (!(days < 300.0 * PW_DAYS_PER_YEAR))
        return PW_TICKS_NEVER;
    int64_t year = (int64_t)(days * self->year_part);
    double rest = days - (double)year * self->before[12];
    int m = pw_season_month(self, rest);
    /* a month in which the clock stands still is passed over at its end */
    return (year * 12 + m) * PW_TICKS_PER_MONTH + pw_ticks_from_days((rest - self->before[m]) * self->days_per_day[m]);
}

#endif
