/* gap.h: how long until a family's next incident?
 *
 * Floor: world; own events only. Incidents follow a Weibull gap time with shared frailty (Duchateau & Janssen 2008), in the season's
 * days:  H(s) = m (s / scale)^shape,  m = frailty x ratios x effects. A gap is a unit exponential that is spent along H; when m changes,
 * the unspent part is kept and re-inverted, so that under a lower hazard the same incident comes later. */
#ifndef PW_WORLD_GAP_H
#define PW_WORLD_GAP_H

#include "../chance/distribution.h"
#include "family.h"

/* Makes eight gaps of the family ahead, from occurrence k on, and their days at its rate in force. */
void pw_gap_make_ahead(const pw_own_t *own, const pw_family_t *f, uint32_t k);
/* The rate has changed: their days at the one in force. */
void pw_gap_take_days(const pw_own_t *own, const pw_family_t *f);
/* The multiplier m changes to `rate` at t: what the old one has spent is taken off, the rest is spent at the new one. */
void pw_gap_change(const pw_own_t *own, pw_family_t *f, float rate, pw_ticks_t t);

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

/* The gap's unit exponential and the two words of luck that share its block; returns its days at the rate in force (> 0, else anything). The
 * first gap asked of a family is made alone; when it asks for the next one straight away it is running on, and eight are made at once. */
static inline double pw_gap_draw(const pw_own_t *own, pw_family_t *f)
{
    pw_ahead_t *ahead = own->ahead;
    uint32_t k = f->incidents;
    bool same = ahead->family == f->id, follows = same && k == ahead->last + 1;
    bool there = same && ahead->made && k - ahead->first < 8;
    ahead->last = k;
    if (!there && !follows) {
        ahead->family = f->id;
        ahead->made = false;
        pw_block_t block = pw_stream_block(own->stream, f->id, PW_PURPOSE_INCIDENT, k, 0);
        f->gap_left = pw_exponential(pw_uniform52(block.word[0], block.word[1]));
        f->luck[0] = block.word[2];
        f->luck[1] = block.word[3];
        return pw_gap_days(own->model, f->gap_left, f->rate[PW_RATE_INCIDENT]);
    }
    if (!there)
        pw_gap_make_ahead(own, f, k);
    else if (ahead->rate != f->rate[PW_RATE_INCIDENT])
        pw_gap_take_days(own, f);
    k -= ahead->first;
    f->gap_left = ahead->gaps.exponential[k];
    f->luck[0] = ahead->gaps.word2[k];
    f->luck[1] = ahead->gaps.word3[k];
    return ahead->days[k];
}

/* The family enters at t: its first gap, of eight that are made. */
static inline void pw_gap_first(const pw_own_t *own, pw_family_t *f, const pw_gaps8_t *gaps, pw_ticks_t t)
{
    pw_ahead_t *ahead = own->ahead;
    ahead->family = f->id;
    ahead->first = ahead->last = 0;
    ahead->made = true;
    ahead->rate = -1.0f;
    ahead->gaps = *gaps;
    f->gap_left = gaps->exponential[0];
    f->luck[0] = gaps->word2[0];
    f->luck[1] = gaps->word3[0];
    f->gap_origin = pw_gap_season(own->model, t);
    f->gap_passed = 0.0;
    f->clock[PW_CLOCK_INCIDENT] = PW_KEY_NEVER;              /* until its rate is taken */
}

/* A new gap from tick t on, from the block of the family's present `incidents` number, under the rate in force; if what happens at t changes
 * that, the refresh after it sets the clock anew. */
static inline void pw_gap_restart(const pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    double days = pw_gap_draw(own, f);
    f->gap_origin = pw_gap_season(model, t);
    f->gap_passed = 0.0;
    if (!(f->rate[PW_RATE_INCIDENT] > 0.0f))
        f->clock[PW_CLOCK_INCIDENT] = PW_KEY_NEVER;
    else if (model->seasonal)
        pw_gap_set_clock(model, f, f->gap_origin + days, t);
    else      /* the sum is taken in ticks: one incident after the other need not wait for conversions */
        pw_family_set(f, PW_CLOCK_INCIDENT, t + pw_ticks_from_days(days));
}

#endif
