#include "gap.h"

#include "../chance/distribution.h"

pw_gaps8_t *pw_gap_take_line(const pw_own_t *own, pw_family_t *f, uint32_t first)
{
    pw_family_t **owner = &own->gaps->owner[f->gap_line];
    if (*owner != f) {
        if (*owner)
            (*owner)->gaps_first = PW_NO_GAPS;
        *owner = f;
    }
    f->gaps_first = first;
    return pw_family_gaps(own, f);
}

void pw_gap_make(const pw_own_t *own, pw_family_t *f, uint32_t k)
{
    uint32_t first = k & ~UINT32_C(7);
    pw_stream_gaps8(own->stream, f->id, PW_PURPOSE_INCIDENT, first, 0, pw_gap_take_line(own, f, first));
}

/* The hazard of the gap up to the season's day `at`, at multiplier 1. */
static double passed(const pw_model_t *model, const pw_family_t *f, double at)
{
    double s = at - f->gap_origin;
    return s > 0.0 ? pw_power_at(&model->gap_hazard, s / model->gap_scale_days) : 0.0;
}

/* What the rate in force has spent up to the hazard `now` is taken off. */
static void spend(pw_family_t *f, double now)
{
    f->gap_left -= (double)f->rate[PW_RATE_INCIDENT] * (now - f->gap_passed);
    f->gap_passed = now;
    f->gap_left = f->gap_left > 0.0 ? f->gap_left : 0.0;
}

/* Sets the clock: what is left is spent at `rate`, from the hazard `now` on. */
static void go_on(const pw_model_t *model, pw_family_t *f, double now, float rate, pw_ticks_t t)
{
    f->rate[PW_RATE_INCIDENT] = rate;
    if (!(rate > 0.0f)) {
        f->clock[PW_CLOCK_INCIDENT] = PW_KEY_NEVER;
        return;
    }
    double h = now + f->gap_left / (double)rate;
    pw_gap_set_clock(model, f, f->gap_origin + model->gap_scale_days * pw_power_at(&model->gap_time, h), t);
}

void pw_gap_change(const pw_own_t *own, pw_family_t *f, float rate, pw_ticks_t t)
{
    double now = 0.0;
    if (f->clock[PW_CLOCK_INCIDENT] != PW_GAP_UNSET) {     /* else it begins at t: nothing is spent */
        now = passed(own->model, f, pw_gap_season(own->model, t));
        spend(f, now);
    }
    go_on(own->model, f, now, rate, t);
}

static bool same_law(const pw_model_t *a, const pw_model_t *b)
{
    bool same = a->gap_shape == b->gap_shape && a->gap_scale_days == b->gap_scale_days;
    for (int month = 0; month < 12; month++)
        same &= a->season[month] == b->season[month];
    return same;
}

void pw_gap_adopt(const pw_own_t *own, pw_family_t *f, const pw_model_t *before, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    if (same_law(model, before))
        return;
    spend(f, passed(before, f, pw_gap_season(before, t)));
    pw_ticks_t began = before->seasonal ? pw_season_ticks(&before->season_clock, f->gap_origin) : pw_ticks_from_days(f->gap_origin);
    f->gap_origin = pw_gap_season(model, began);
    f->gap_passed = passed(model, f, pw_gap_season(model, t));
    go_on(model, f, f->gap_passed, f->rate[PW_RATE_INCIDENT], t);
}
