/* gap.h: how long until a family's next incident?
 *
 * Floor: world; own events only. Incidents follow a Weibull gap time with shared frailty (Duchateau & Janssen 2008), in the season's
 * days:  H(s) = m (s / scale)^shape,  m = frailty x ratios x effects. A gap is a unit exponential that is spent along H; when m changes,
 * the unspent part is kept and re-inverted, so that under a lower hazard the same incident comes later. */
#ifndef PW_WORLD_GAP_H
#define PW_WORLD_GAP_H

#include "../chance/distribution.h"
#include "family.h"

/* The family's line for eight gaps from occurrence `first` on, to be written; whoever had the line has none then. */
pw_gaps8_t *pw_gap_take_line(const pw_own_t *own, pw_family_t *f, uint32_t first);
/* Makes the eight gaps of the family among which occurrence k is. */
void pw_gap_make(const pw_own_t *own, pw_family_t *f, uint32_t k);
/* The multiplier m changes to `rate` at t: what the old one has spent is taken off, the rest is spent at the new one. */
void pw_gap_change(const pw_own_t *own, pw_family_t *f, float rate, pw_ticks_t t);

/* The law of gaps changes at t from that of the model `before` to that of own->model (shape, scale, season): what has been spent by the old one is
 * spent, the rest is spent by the new one, in which the gap is as old as it was. */
void pw_gap_adopt(const pw_own_t *own, pw_family_t *f, const pw_model_t *before, pw_ticks_t t);

static inline double pw_gap_season(const pw_model_t *model, pw_ticks_t t)
{
    return model->seasonal ? pw_season_days(&model->season_clock, t) : pw_days_from_ticks(t);
}

/* Sets the incident clock to the season's day `at`, not before t. */
static inline void pw_gap_set_clock(const pw_model_t *model, pw_family_t *f, double at, pw_ticks_t t)
{
    pw_ticks_t next = model->seasonal ? pw_season_ticks(&model->season_clock, at) : pw_ticks_from_days(at);
    pw_family_set(f, PW_CLOCK_INCIDENT, next > t ? next : t);
}

/* The season's days that a whole gap of unit exponential e takes at a rate > 0. */
static inline double pw_gap_days(const pw_model_t *model, double e, float rate)
{
    return pw_weibull(e, (double)rate, &model->gap_time, model->gap_scale_days);
}

/* The eight gaps among which the family's present one is. */
static inline const pw_gaps8_t *pw_gap_made(const pw_own_t *own, pw_family_t *f, uint32_t k)
{
    if (k - f->gaps_first >= 8)
        pw_gap_make(own, f, k);
    return pw_family_gaps(own, f);
}

/* A gap that begins or is about to: its unit exponential, the two words of luck that share its block, when it begins, and when it ends if the rate
 * stays as it is. */
typedef struct {
    double exponential, origin;
    uint32_t luck[2];
    pw_ticks_t ends;                   /* the next incident */
} pw_gap_t;

/* Gap number k of the family, from t on; not yet when it ends. */
static inline pw_gap_t pw_gap_at(const pw_own_t *own, pw_family_t *f, uint32_t k, pw_ticks_t t)
{
    const pw_gaps8_t *gaps = pw_gap_made(own, f, k);
    return (pw_gap_t){ gaps->exponential[k & 7], pw_gap_season(own->model, t), { gaps->word2[k & 7], gaps->word3[k & 7] }, PW_TICKS_NEVER };
}

/* It is the family's present one. No clock is set. */
static inline void pw_gap_put(pw_family_t *f, const pw_gap_t *gap)
{
    f->gap_left = gap->exponential;
    f->luck[0] = gap->luck[0];
    f->luck[1] = gap->luck[1];
    f->gap_origin = gap->origin;
    f->gap_passed = 0.0;
}

/* The family's present gap, whose number its `incidents` is, begins at t. No clock is set. */
static inline void pw_gap_begin(const pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    pw_gap_t gap = pw_gap_at(own, f, f->incidents, t);
    pw_gap_put(f, &gap);
}

/* The key of the incident that ends a gap of exponential e from tick t on, where seasons do not differ; `rate` > 0. The sum is taken in ticks:
 * one incident after the other need not wait for conversions. */
static inline uint64_t pw_gap_plain_key(const pw_model_t *model, double e, float rate, pw_ticks_t t)
{
    pw_ticks_t next = t + pw_ticks_from_days(pw_gap_days(model, e, rate));
    return next >= PW_TICKS_NEVER ? PW_KEY_NEVER : pw_key(next, PW_CLOCK_INCIDENT);
}

/* The gap that follows the family's present one, which ends at t; the rate is > 0. */
static inline pw_gap_t pw_gap_after(const pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    pw_gap_t gap = pw_gap_at(own, f, f->incidents + 1, t);
    double days = pw_gap_days(model, gap.exponential, f->rate[PW_RATE_INCIDENT]);
    gap.ends = model->seasonal ? pw_season_ticks(&model->season_clock, gap.origin + days) : t + pw_ticks_from_days(days);
    gap.ends = gap.ends > t ? gap.ends : t;
    return gap;
}

/* It begins. No clock is set. */
static inline void pw_gap_take(pw_family_t *f, const pw_gap_t *gap)
{
    f->incidents++;
    pw_gap_put(f, gap);
}

/* The clock of a gap that has just begun: what happens at that tick may change the rate, and then the refresh sets it; if not, the gap ends when it was
 * said to. */
#define PW_GAP_UNSET UINT64_MAX
static inline void pw_gap_settle(pw_family_t *f, const pw_gap_t *gap)
{
    if (f->clock[PW_CLOCK_INCIDENT] == PW_GAP_UNSET)
        pw_family_set(f, PW_CLOCK_INCIDENT, gap->ends);
}

#endif
