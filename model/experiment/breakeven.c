#include "breakeven.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>
#include <string.h>

/* Two digits: half a unit of the second is at least half a percent of the number. */
static const double DIGITS = 0.0025, LEAST_OF_RANGE = 0.0005, OF_NOISE = 0.1;

const char *pw_breakeven_verdict_name(int verdict)
{
    static const char *const name[] = {
#define X(name, text) text,
        PW_BREAKEVEN_VERDICTS(X)
#undef X
    };
    return verdict >= 0 && verdict < PW_BREAKEVEN_VERDICT_N ? name[verdict] : "unknown";
}

/* How many standard errors either side make 99.9 %. */
static double reach(const pw_mean_t *gain) { return gain->units > 1 ? gsl_cdf_tdist_Pinv(0.9995, (double)(gain->units - 1)) : NAN; }

bool pw_gain_is_clear(const pw_mean_t *gain) { return gain->mean != 0.0 && fabs(gain->mean) > reach(gain) * gain->se; }

/* ---- looking ---- */

typedef struct {
    pw_gain_at_t gain_at;
    void *context;
    const pw_breakeven_range_t *range;
    pw_breakeven_t *out;
    pw_status_t status;
} search_t;

static double to_scale(const search_t *self, double value) { return self->range->logarithmic ? log(value) : value; }
static double from_scale(const search_t *self, double x) { return self->range->logarithmic ? exp(x) : x; }

static const pw_look_t *known(const search_t *self, double value)
{
    for (int i = 0; i < self->out->n_looks; i++)
        if (self->out->look[i].value == value)
            return &self->out->look[i];
    return NULL;
}

/* NULL: it failed, or every look is spent; `status` says which. */
static const pw_look_t *look(search_t *self, double value)
{
    const pw_look_t *before = known(self, value);
    if (before || self->out->n_looks == PW_MOST_LOOKS || self->status != PW_OK)
        return before;
    pw_look_t *now = &self->out->look[self->out->n_looks];
    now->value = value;
    self->status = self->gain_at(self->context, value, &now->gain);
    if (self->status == PW_OK && isnan(now->gain.mean))
        self->status = PW_ERROR_NUMBER;
    if (self->status != PW_OK)
        return NULL;
    self->out->n_looks++;
    return now;
}

/* ---- when both ends are alike ---- */

static double middle_of(const search_t *self)
{
    double low = to_scale(self, self->range->low), high = to_scale(self, self->range->high), middle = from_scale(self, 0.5 * (low + high));
    return self->range->whole ? floor(middle) : middle;
}

static void judge_alike(search_t *self, const pw_look_t *low, const pw_look_t *high)
{
    pw_breakeven_t *out = self->out;
    const pw_look_t *middle = look(self, middle_of(self));
    if (!middle)
        return;
    bool gains = low->gain.mean > 0.0;
    bool nothing = low->gain.mean == 0.0 && high->gain.mean == 0.0 && middle->gain.mean == 0.0;
    bool clear[3] = { pw_gain_is_clear(&low->gain), pw_gain_is_clear(&middle->gain), pw_gain_is_clear(&high->gain) };
    if (nothing)
        out->verdict = PW_BREAKEVEN_NO_DIFFERENCE;
    else if (!clear[0] && !clear[1] && !clear[2])
        out->verdict = PW_BREAKEVEN_CANNOT_TELL;
    else if ((middle->gain.mean > 0.0) != gains && clear[1]) {
        out->verdict = PW_BREAKEVEN_TURNS;
        out->above = middle->gain.mean > 0.0;
    } else {
        out->verdict = gains ? PW_BREAKEVEN_EVERY : PW_BREAKEVEN_NO_VALUE;
    }
    out->faint = !clear[0] || !clear[1] || !clear[2];
}

/* ---- the root's own error ---- */

/* The nearest looked-up value at least `away` from `x` on one side (+1, -1); the farthest there is, if none is that far; NULL: none on that side. */
static const pw_look_t *beside(const search_t *self, double x, int side, double away)
{
    const pw_look_t *best = NULL;
    double best_at = 0.0;
    for (int i = 0; i < self->out->n_looks; i++) {
        double at = side * (to_scale(self, self->out->look[i].value) - x);
        if (at < 0.0 || (at == 0.0 && side < 0))
            continue;
        bool better = !best || (best_at < away ? at > best_at : at >= away && at < best_at);
        if (better) {
            best = &self->out->look[i];
            best_at = at;
        }
    }
    return best;
}

static double slope_around(const search_t *self, double x, double away)
{
    const pw_look_t *left = beside(self, x, -1, away), *right = beside(self, x, 1, away);
    if (!left || !right || left == right)
        return NAN;
    return (right->gain.mean - left->gain.mean) / (to_scale(self, right->value) - to_scale(self, left->value));
}

/* How far from `x` the root may lie: by the flatter of the two chords to the nearest looks, as a curve may bend there. */
static double rest(const search_t *self, double x, const pw_look_t *at)
{
    double flattest = INFINITY;
    for (int side = -1; side <= 1; side += 2) {
        const pw_look_t *next = NULL;
        for (int i = 0; i < self->out->n_looks; i++) {
            const pw_look_t *one = &self->out->look[i];
            double away = side * (to_scale(self, one->value) - x);
            if (away > 0.0 && (!next || away < side * (to_scale(self, next->value) - x)))
                next = one;
        }
        if (next)
            flattest = fmin(flattest, fabs((next->gain.mean - at->gain.mean) / (to_scale(self, next->value) - x)));
    }
    return fabs(at->gain.mean) / flattest;
}

/* Takes `x` for the root (its gain was looked up) and works out how well it is known; returns whether that is good enough. */
static bool take_root(search_t *self, double x, const pw_look_t *at)
{
    pw_breakeven_t *out = self->out;
    double whole_range = to_scale(self, self->range->high) - to_scale(self, self->range->low);
    double slope = slope_around(self, x, whole_range), se = at->gain.se / fabs(slope), t = reach(&at->gain);
    for (int i = 0; i < 2 && isfinite(se); i++) {      /* the chord's length hangs on the error, the error on the chord */
        slope = slope_around(self, x, fmax(se, DIGITS));
        se = at->gain.se / fabs(slope);
    }
    out->value = at->value;
    out->se = se;
    out->low = isfinite(t * se) ? from_scale(self, x - t * se) : NAN;
    out->high = isfinite(t * se) ? from_scale(self, x + t * se) : NAN;
    double good = self->range->logarithmic ? DIGITS : fmax(DIGITS * fabs(x), LEAST_OF_RANGE * whole_range);
    out->settled = at->gain.mean == 0.0 || rest(self, x, at) <= fmax(good, isfinite(se) ? OF_NOISE * se : 0.0);
    return out->settled;
}

/* ---- Brent ---- */

static double gain_on_scale(double x, void *context)
{
    search_t *self = context;
    double low = to_scale(self, self->range->low), high = to_scale(self, self->range->high);
    double value = x <= low ? self->range->low : x >= high ? self->range->high : from_scale(self, x);     /* exp(log(x)) need not be x */
    const pw_look_t *at = look(self, value);
    return at ? at->gain.mean : 0.0;      /* it failed: the looking ends at once, and what the solver makes of it is not read */
}

static const pw_look_t *best_look(const search_t *self)
{
    const pw_look_t *best = &self->out->look[0];
    for (int i = 1; i < self->out->n_looks; i++)
        if (fabs(self->out->look[i].gain.mean) < fabs(best->gain.mean))
            best = &self->out->look[i];
    return best;
}

static pw_status_t find_real(search_t *self)
{
    gsl_function function = { gain_on_scale, self };
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (!solver)
        return PW_ERROR_MEMORY;
    int problem = gsl_root_fsolver_set(solver, &function, to_scale(self, self->range->low), to_scale(self, self->range->high));
    const pw_look_t *best = best_look(self);
    bool enough = take_root(self, to_scale(self, best->value), best);
    while (problem == GSL_SUCCESS && self->status == PW_OK && !enough && self->out->n_looks < PW_MOST_LOOKS) {
        int before = self->out->n_looks;
        problem = gsl_root_fsolver_iterate(solver);
        best = best_look(self);
        enough = take_root(self, to_scale(self, best->value), best) || self->out->n_looks == before;
    }
    gsl_root_fsolver_free(solver);
    return self->status;
}

/* ---- whole numbers ---- */

/* Between two whole numbers: where the chord crosses 0, but never so near an end that little is gained. */
static double between(const pw_look_t *a, const pw_look_t *b, bool halve)
{
    double share = halve ? 0.5 : a->gain.mean / (a->gain.mean - b->gain.mean);
    double at = floor(a->value + share * (b->value - a->value) + 0.5);
    return fmin(fmax(at, a->value + 1.0), b->value - 1.0);
}

/* The whole numbers looked at whose gain is not clear of noise, and the root. */
static void note_unclear(pw_breakeven_t *out)
{
    out->low = out->high = out->value;
    for (int i = 0; i < out->n_looks; i++)
        if (!pw_gain_is_clear(&out->look[i].gain)) {
            out->low = fmin(out->low, out->look[i].value);
            out->high = fmax(out->high, out->look[i].value);
        }
}

static pw_status_t find_whole(search_t *self, const pw_look_t *low, const pw_look_t *high)
{
    pw_breakeven_t *out = self->out;
    for (bool halve = false; high->value - low->value > 1.0 && out->n_looks < PW_MOST_LOOKS; halve = !halve) {
        const pw_look_t *now = look(self, between(low, high, halve));
        if (!now)
            return self->status;
        if ((now->gain.mean > 0.0) == (low->gain.mean > 0.0))
            low = now;
        else
            high = now;
    }
    out->value = out->above ? high->value : low->value;
    out->settled = high->value - low->value <= 1.0;
    note_unclear(out);
    return self->status;
}

pw_status_t pw_breakeven_find(pw_gain_at_t gain_at, void *context, const pw_breakeven_range_t *range, pw_breakeven_t *out)
{
    search_t self = { gain_at, context, range, out, PW_OK };
    *out = (pw_breakeven_t){ .value = NAN, .se = NAN, .low = NAN, .high = NAN };
    const pw_look_t *low = look(&self, range->low), *high = low ? look(&self, range->high) : NULL;
    if (!low || !high)
        return self.status;
    if ((low->gain.mean > 0.0) == (high->gain.mean > 0.0)) {
        judge_alike(&self, low, high);
        return self.status;
    }
    if (!pw_gain_is_clear(&low->gain) && !pw_gain_is_clear(&high->gain)) {
        out->verdict = PW_BREAKEVEN_CANNOT_TELL;
        return PW_OK;
    }
    out->verdict = PW_BREAKEVEN_FOUND;
    out->above = high->gain.mean > 0.0;
    return range->whole ? find_whole(&self, low, high) : find_real(&self);
}
