#include "gap.h"

#include "../chance/distribution.h"

void pw_gap_make_ahead(const pw_own_t *own, const pw_family_t *f, uint32_t k)
{
    pw_ahead_t *ahead = own->ahead;
    pw_stream_gaps8(own->stream, f->id, PW_PURPOSE_INCIDENT, k, 0, &ahead->gaps);
    ahead->first = k;
    ahead->made = true;
    pw_gap_take_days(own, f);
}

void pw_gap_take_days(const pw_own_t *own, const pw_family_t *f)
{
    pw_ahead_t *ahead = own->ahead;
    const pw_model_t *model = own->model;
    double rate = (double)f->rate[PW_RATE_INCIDENT];
    ahead->rate = rate > 0.0 ? f->rate[PW_RATE_INCIDENT] : -1.0f;
    if (rate > 0.0)
        pw_weibull8(ahead->gaps.exponential, rate, model->gap_shape == 1.0, model->gap_power, model->gap_scale_days, ahead->days);
}

/* The hazard of the gap up to the season's day `at`, at multiplier 1. */
static double passed(const pw_model_t *model, const pw_family_t *f, double at)
{
    double s = at - f->gap_origin;
    if (!(s > 0.0))
        return 0.0;
    double x = s / model->gap_scale_days;
    return model->gap_shape == 1.0 ? x : pw_pow(x, model->gap_shape);
}

void pw_gap_change(const pw_own_t *own, pw_family_t *f, float rate, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    double now = passed(model, f, pw_gap_season(model, t));
    f->gap_left -= (double)f->rate[PW_RATE_INCIDENT] * (now - f->gap_passed);
    f->gap_passed = now;
    f->gap_left = f->gap_left > 0.0 ? f->gap_left : 0.0;
    f->rate[PW_RATE_INCIDENT] = rate;
    if (!(rate > 0.0f)) {
        f->clock[PW_CLOCK_INCIDENT] = PW_KEY_NEVER;
        return;
    }
    double h = now + f->gap_left / (double)rate;
    pw_gap_set_clock(model, f, f->gap_origin + model->gap_scale_days * (model->gap_shape == 1.0 ? h : pw_pow(h, model->gap_power)), t);
}
