#include "statistics.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

static int variables(const pw_estimator_t *self) { return self->paired ? 2 * self->sums : self->sums; }

int pw_estimator_moments(int sums, bool paired)
{
    int k = paired ? 2 * sums : sums;
    return 2 * k + k * (k + 1) / 2;
}

void pw_estimator_init(pw_estimator_t *self, int sums, bool paired, double scale, double *moment)
{
    memset(self, 0, sizeof *self);
    self->sums = sums;
    self->paired = paired;
    self->scale = scale;
    self->moment = moment;
}

double pw_ratio(const double *x, int sums, double scale)
{
    if (x[1] == 0.0)
        return NAN;
    if (sums == 2)
        return scale * x[0] / x[1];
    return x[2] == 0.0 || x[3] == 0.0 ? NAN : scale * (x[0] / x[1]) / (x[2] / x[3]);
}

void pw_ratio_slope(const double *x, int sums, double scale, double *out)
{
    double q = pw_ratio(x, sums, scale);
    if (sums == 2) {
        out[0] = scale / x[1];
        out[1] = -q / x[1];
        return;
    }
    double per_n = scale * x[3] / (x[1] * x[2]);
    out[0] = per_n;
    out[1] = -q / x[1];
    out[2] = -q / x[2];
    out[3] = q / x[3];
}

/* moment: first[k], sum of shifted[k], products of shifted [k (k + 1) / 2]. Shifting by the draw's first world keeps the
 * products small: their differences are then not lost to rounding. */
pw_status_t pw_estimator_add(pw_estimator_t *self, const double *x, const double *base)
{
    int k = variables(self), s = self->sums;
    double *first = self->moment, *sum = first + k, *product = sum + k, shifted[2 * PW_MAX_SUMS];
    if (self->worlds == 0) {
        memset(self->moment, 0, (size_t)pw_estimator_moments(s, self->paired) * sizeof(double));
        for (int i = 0; i < k; i++)
            first[i] = i < s ? x[i] : base[i - s];
    }
    for (int i = 0; i < k; i++) {
        shifted[i] = (i < s ? x[i] : base[i - s]) - first[i];
        sum[i] += shifted[i];
        for (int j = 0; j <= i; j++)
            *product++ += shifted[i] * shifted[j];
    }
    self->worlds++;
    double q = pw_ratio(x, s, self->scale);
    return pw_sketch_add(&self->single, self->paired ? q - pw_ratio(base, s, self->scale) : q);
}

/* Sum over worlds of (a . (x_i - mean))(b . (x_j - mean)), i from `at_a`, j from `at_b`. */
static double bilinear(const pw_estimator_t *self, const double *a, int at_a, const double *b, int at_b)
{
    int k = variables(self), s = self->sums;
    const double *sum = self->moment + k, *product = sum + k;
    double total = 0.0;
    for (int i = 0; i < s; i++)
        for (int j = 0; j < s; j++) {
            int row = at_a + i, column = at_b + j, low = row < column ? row : column, high = row < column ? column : row;
            double centred = product[high * (high + 1) / 2 + low] - sum[row] * sum[column] / (double)self->worlds;
            total += a[i] * b[j] * centred;
        }
    return total;
}

static void means(const pw_estimator_t *self, int at, double *out)
{
    const double *first = self->moment, *sum = first + variables(self);
    for (int i = 0; i < self->sums; i++)
        out[i] = first[at + i] + sum[at + i] / (double)self->worlds;
}

/* W. A scenario equal to the baseline has equal parts here, bit for bit, and so exactly 0. */
static double within_variance(const pw_estimator_t *self, const double *x, const double *base)
{
    double a[PW_MAX_SUMS], b[PW_MAX_SUMS];
    pw_ratio_slope(x, self->sums, self->scale, a);
    double squares = bilinear(self, a, 0, a, 0);
    if (self->paired) {
        pw_ratio_slope(base, self->sums, self->scale, b);
        squares = squares + bilinear(self, b, self->sums, b, self->sums) - 2.0 * bilinear(self, a, 0, b, self->sums);
    }
    return squares > 0.0 ? squares / (double)(self->worlds - 1) : 0.0;
}

double pw_estimator_end_draw(pw_estimator_t *self)
{
    if (self->worlds == 0)
        return NAN;
    double x[PW_MAX_SUMS] = { 0 }, base[PW_MAX_SUMS] = { 0 };
    means(self, 0, x);
    double q = pw_ratio(x, self->sums, self->scale);
    if (self->paired) {
        means(self, self->sums, base);
        q -= pw_ratio(base, self->sums, self->scale);
    }
    if (!isnan(q) && self->worlds > 1) {
        double within = within_variance(self, x, base);
        self->within_sum += within;
        self->noise_sum += within / (double)self->worlds;
        self->within_n++;
    }
    self->worlds = 0;
    return q;
}

void pw_estimator_free(pw_estimator_t *self)
{
    pw_sketch_free(&self->single);
}

/* One parameter set: the mean's own Monte Carlo interval. */
static void interval_of_noise(pw_summary_t *out, int64_t replications)
{
    if (isnan(out->mc_se))
        return;
    double t = gsl_cdf_tdist_Pinv(0.975, (double)(replications - 1));
    out->low95 = out->mean - t * out->mc_se;
    out->high95 = out->mean + t * out->mc_se;
    out->spread = PW_SPREAD_MONTE_CARLO;
}

/* `value` holds the n draws that have a value; it is shrunk and sorted in place. */
static void interval_over_draws(pw_summary_t *out, double *value, int64_t n, double noise)
{
    double squares = 0.0;
    for (int64_t d = 0; d < n; d++)
        squares += (value[d] - out->mean) * (value[d] - out->mean);
    double total = squares / (double)(n - 1), shrink = 1.0;
    out->spread = PW_SPREAD_DRAWS_AND_NOISE;
    if (!isnan(noise)) {
        out->between = total - noise;
        bool exact = total == 0.0 && noise == 0.0;      /* the same in every world: there is no noise to be lost in */
        out->spread = exact || out->between > 0.0 ? PW_SPREAD_DRAWS : PW_SPREAD_NOISE;
        if (out->spread == PW_SPREAD_NOISE)
            return;
        shrink = exact ? 1.0 : sqrt(out->between / total);
    }
    for (int64_t d = 0; d < n; d++)      /* a draw in which nothing happened (or differed) in any world has no noise to take out */
        value[d] = value[d] == 0.0 ? 0.0 : out->mean + (value[d] - out->mean) * shrink;
    pw_sort_numbers(value, n);
    out->low95 = pw_quantile_sorted(value, n, 0.025);
    out->high95 = pw_quantile_sorted(value, n, 0.975);
}

pw_summary_t pw_summarise(const pw_estimator_t *self, const double *draw, int64_t n_draws, int64_t replications, bool fixed,
                          int direction, double *room)
{
    pw_summary_t out = { .replications = replications, .mean = NAN, .mc_se = NAN, .low95 = NAN, .high95 = NAN, .within = NAN,
                         .between = NAN, .better = NAN };
    out.p05 = pw_sketch_quantile(&self->single, 0.05);
    out.p50 = pw_sketch_quantile(&self->single, 0.50);
    out.p95 = pw_sketch_quantile(&self->single, 0.95);
    double sum = 0.0;
    int64_t halves = 0;      /* a draw without a difference is half better */
    for (int64_t d = 0; d < n_draws; d++) {
        if (isnan(draw[d]))
            continue;
        room[out.draws++] = draw[d];
        sum += draw[d];
        halves += draw[d] * direction > 0.0 ? 2 : draw[d] == 0.0;
    }
    if (out.draws == 0)
        return out;
    out.mean = sum / (double)out.draws;
    if (self->paired && direction != 0)
        out.better = 0.5 * (double)halves / (double)out.draws;
    double noise = NAN;      /* W / R of one draw */
    if (self->within_n > 0) {
        out.within = self->within_sum / (double)self->within_n;
        noise = self->noise_sum / (double)self->within_n;
        out.mc_se = sqrt(noise / (double)out.draws);
    }
    if (fixed || n_draws == 1)
        interval_of_noise(&out, replications);
    else if (out.draws > 1)
        interval_over_draws(&out, room, out.draws, noise);
    if (fixed)
        out.draws = 0;
    return out;
}

bool pw_interval_shown(const pw_summary_t *self, double *low, double *high)
{
    *low = self->low95;
    *high = self->high95;
    if (self->spread == PW_SPREAD_NOISE) {
        *low = self->mean - 1.96 * self->mc_se;
        *high = self->mean + 1.96 * self->mc_se;
    }
    return !isnan(*low) && !isnan(*high);
}

bool pw_clear_of_zero(const pw_summary_t *self)
{
    double low, high;
    if (!pw_interval_shown(self, &low, &high))
        return false;
    bool by_noise = isnan(self->mc_se) || fabs(self->mean) > 1.96 * self->mc_se;
    return (low > 0.0 || high < 0.0) && by_noise;
}
