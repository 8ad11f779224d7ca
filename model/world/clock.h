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
 * with the month of tick 0. The first 32 years are tabled month by month, so that a date is two look-ups away. */
enum { PW_SEASON_MONTHS = 32 * 12, PW_SEASON_CELL_DAYS = 16, PW_SEASON_CELLS = PW_SEASON_MONTHS * 31 / PW_SEASON_CELL_DAYS };
typedef struct {
    double begins;                                 /* days that the clock has run when the month begins */
    double year, in_year;                          /* its two parts: whole years, and within the year */
    double speed, days_per_day;                    /* days_per_day: 1 / speed (0 where it stands still) */
} pw_season_month_t;

typedef struct {
    double speed[12], before[13];
    double days_per_day[12], year_part;            /* derived: 1 / speed (0 where it stands still), 1 / before[12] */
    pw_season_month_t month[PW_SEASON_MONTHS + 1]; /* derived */
    uint16_t month_of_cell[PW_SEASON_CELLS + 1];     /* derived: the last month that begins at or before the cell of 16 days does */
    double tabled_days;                            /* derived: the cells end here, or the months */
    bool is_even;                                  /* derived: no cell holds the beginnings of two months */
} pw_season_t;

/* `by_month` holds weights from January (any positive scale); day_0 is 1 January. */
void pw_season_init(pw_season_t *self, const double by_month[12], pw_ticks_t day_0);

/* The same as the two below, after the tabled years. */
__attribute__((cold, noinline)) double pw_season_days_beyond(const pw_season_t *self, pw_ticks_t ticks);
__attribute__((cold, noinline)) pw_ticks_t pw_season_ticks_beyond(const pw_season_t *self, double days);

/* Days that the season's clock has run between the start of the warm-up and `ticks` >= 0. */
static inline double pw_season_days(const pw_season_t *self, pw_ticks_t ticks)
{
    uint64_t k = (uint64_t)ticks / PW_TICKS_PER_MONTH;
    if (__builtin_expect(k >= PW_SEASON_MONTHS, false))
        return pw_season_days_beyond(self, ticks);
    const pw_season_month_t *month = &self->month[k];
    return month->begins + pw_days_from_ticks(ticks - (pw_ticks_t)k * PW_TICKS_PER_MONTH) * month->speed;
}

/* The month in which the clock has run `days` < tabled_days: the last that begins at or before it. */
static inline int pw_season_month(const pw_season_t *self, double days)
{
    int k = self->month_of_cell[(int)(days * (1.0 / PW_SEASON_CELL_DAYS))];
    k += self->month[k + 1].begins <= days;
    while (!self->is_even && k < PW_SEASON_MONTHS && self->month[k + 1].begins <= days)
        k++;
    return k;
}

/* The tick at which it has run `days` >= 0 (the inverse); PW_TICKS_NEVER beyond 300 years. */
static inline pw_ticks_t pw_season_ticks(const pw_season_t *self, double days)
{
    if (__builtin_expect(!(days < self->tabled_days), false))
        return pw_season_ticks_beyond(self, days);
    int k = pw_season_month(self, days);
    const pw_season_month_t *month = &self->month[k];
    /* a month in which the clock stands still is passed over at its end */
    return k * PW_TICKS_PER_MONTH + pw_ticks_from_days(((days - month->year) - month->in_year) * month->days_per_day);
}

#endif
