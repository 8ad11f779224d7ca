#include "gap.h"

void pw_gap_make_ahead(const pw_own_t *own, const pw_family_t *f, uint32_t k)
{
    pw_ahead_t *ahead = own->ahead;
    const pw_model_t *model = own->model;
    const double *e = ahead->gaps.exponential;
    double rate = (double)f->rate[PW_RATE_INCIDENT];
    pw_stream_gaps8(own->stream, f->id, PW_PURPOSE_INCIDENT, k, 0, &ahead->gaps);
    ahead->first = k;
    ahead->made = true;
    ahead->rate = rate > 0.0 ? f->rate[PW_RATE_INCIDENT] : -1.0f;
    if (!(rate > 0.0))
        return;
    /* as pw_gap_days, eight lanes at once: the same bits */
    if (model->gap_shape == 1.0) {
        for (int i = 0; i < 8; i++)
            ahead->days[i] = model->gap_scale_days * (e[i] / rate);
        return;
    }
    double log_rate = pw_log(rate);
    for (int i = 0; i < 8; i++)
        ahead->days[i] = model->gap_scale_days * pw_exp((pw_log(e[i]) - log_rate) * model->gap_power);
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
    double before = passed(model, f, f->gap_seen);
    f->gap_seen = pw_gap_season(model, t);
    double now = passed(model, f, f->gap_seen);
    f->gap_left -= (double)f->rate[PW_RATE_INCIDENT] * (now - before);
    f->gap_left = f->gap_left > 0.0 ? f->gap_left : 0.0;
    f->rate[PW_RATE_INCIDENT] = rate;
    if (!(rate > 0.0f)) {
        f->clock[PW_CLOCK_INCIDENT] = PW_KEY_NEVER;
        return;
    }
    double h = now + f->gap_left / (double)rate;
    pw_gap_set_clock(model, f, f->gap_origin + model->gap_scale_days * (model->gap_shape == 1.0 ? h : pw_pow(h, model->gap_power)), t);
}
