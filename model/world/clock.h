/* clock.h: time inside a world, and the season's clock.
 *
 * What question it answers: which tick is this day, and how far has the season's clock run by then?
 * Floor: world. Time is an integer count of ticks of 2^-20 day since the start of the warm-up, so that sums
 * and comparisons are exact. A month is 30.4375 days, a year 365.25. */
#ifndef PW_WORLD_CLOCK_H
#define PW_WORLD_CLOCK_H

#include <stdint.h>

typedef int64_t pw_ticks_t;

#define PW_TICKS_PER_DAY 1048576
#define PW_DAYS_PER_MONTH 30.4375
#define PW_DAYS_PER_YEAR 365.25
#define PW_TICKS_PER_MONTH INT64_C(31916032)       /* 30.4375 x 2^20, exact */
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
typedef struct { double speed[12], before[13]; } pw_season_t;

/* `by_month` holds weights from January (any positive scale); day_0 is 1 January. */
void pw_season_init(pw_season_t *self, const double by_month[12], pw_ticks_t day_0);

/* Days that the season's clock has run between the start of the warm-up and `ticks`. */
double pw_season_days(const pw_season_t *self, pw_ticks_t ticks);

/* The tick at which it has run `days` (the inverse); PW_TICKS_NEVER beyond 300 years. */
pw_ticks_t pw_season_ticks(const pw_season_t *self, double days);

#endif
