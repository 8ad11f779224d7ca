/* distribution_fit.c: from an interval to a curve, and from a curve to its quantiles. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../chance/kernel.h"
#include "evidence.h"

/* Normal score of 97.5 %. */
static const double SCORE = 1.959963984540054;
static const double MET_WITHIN = 0.02;
/* Logarithms of parameters stay where GSL's functions are good. */
static const double LOG_LEAST = -7.0, LOG_MOST = 18.0;

enum { STEPS = 200,
       GOLDEN_STEPS = 80,
       BISECTIONS = 200 };

/* ---- distribution functions ---- */

/* The score z with Phi(z) = F(x), from the smaller tail. a, b: beta's two, or gamma's shape and scale. */
static double score(int distribution, double x, double a, double b)
{
    bool beta = distribution == PW_DISTRIBUTION_BETA;
    double below = beta ? gsl_cdf_beta_P(x, a, b) : gsl_cdf_gamma_P(x, a, b);
    double above = beta ? gsl_cdf_beta_Q(x, a, b) : gsl_cdf_gamma_Q(x, a, b);
    if (below < above)
        return pw_normal_quantile(below > 1e-300 ? below : 1e-300);
    return -pw_normal_quantile(above > 1e-300 ? above : 1e-300);
}

static double density(int distribution, double x, double a, double b)
{
    return distribution == PW_DISTRIBUTION_BETA ? gsl_ran_beta_pdf(x, a, b) : gsl_ran_gamma_pdf(x, a, b);
}

/* F(x) - u without loss in the upper tail. */
static double excess(int distribution, double x, double a, double b, double u)
{
    bool beta = distribution == PW_DISTRIBUTION_BETA;
    if (u <= 0.5)
        return (beta ? gsl_cdf_beta_P(x, a, b) : gsl_cdf_gamma_P(x, a, b)) - u;
    return (1.0 - u) - (beta ? gsl_cdf_beta_Q(x, a, b) : gsl_cdf_gamma_Q(x, a, b));
}

/* By halving in log x: slow and sure. */
static double bisect(int distribution, double a, double b, double u)
{
    double low = -700.0, high = distribution == PW_DISTRIBUTION_BETA ? 0.0 : 700.0;
    for (int i = 0; i < BISECTIONS && high - low > 1e-16 * fabs(low); i++) {
        double middle = 0.5 * (low + high);
        if (excess(distribution, exp(middle), a, b, u) < 0.0)
            low = middle;
        else
            high = middle;
    }
    return exp(0.5 * (low + high));
}

/* GSL's inverse, polished by Newton's steps: its own stopping rule leaves some 1e-8. */
static double invert(int distribution, double a, double b, double u)
{
    bool beta = distribution == PW_DISTRIBUTION_BETA;
    double top = beta ? 1.0 : INFINITY;
    double x = beta ? gsl_cdf_beta_Pinv(u, a, b) : gsl_cdf_gamma_Pinv(u, a, b);
    if (!(x > 0.0) || !(x < top))
        return bisect(distribution, a, b, u);
    for (int i = 0; i < 4; i++) {
        double slope = density(distribution, x, a, b), next = x - excess(distribution, x, a, b, u) / slope;
        if (!(slope > 0.0) || !(next > 0.5 * x) || !(next < 2.0 * x) || !(next < top))
            return bisect(distribution, a, b, u);
        if (fabs(next - x) < 1e-15 * x)
            return next;
        x = next;
    }
    return x;
}

double pw_distribution_quantile(int distribution, double a, double b, double u)
{
    switch (distribution) {
    case PW_DISTRIBUTION_LOGNORMAL:
        return pw_exp(a + b * pw_normal_quantile(u));
    case PW_DISTRIBUTION_UNIFORM:
        return a + (b - a) * u;
    default:
        return invert(distribution, a, b, u);
    }
}

double pw_distribution_score(int distribution, double a, double b, double x)
{
    const double far = -pw_normal_quantile(1e-300);
    double z = distribution == PW_DISTRIBUTION_LOGNORMAL ? (x > 0.0 ? (log(x) - a) / b : -far)
               : distribution != PW_DISTRIBUTION_UNIFORM ? score(distribution, x, a, b)
               : x <= a                                  ? -far
               : x >= b                                  ? far
                                                         : pw_normal_quantile((x - a) / (b - a));
    return z < -far ? -far : z > far ? far : z;
}

/* ---- fitting ---- */

typedef struct {
    int distribution;
    double low, high;
} interval_t;

static double misfit(const interval_t *self, const double p[2], double r[2])
{
    double a = exp(p[0]), b = exp(p[1]);
    r[0] = score(self->distribution, self->low, a, b) + SCORE;
    r[1] = score(self->distribution, self->high, a, b) - SCORE;
    return r[0] * r[0] + r[1] * r[1];
}

/* Mean and standard deviation if the interval were a normal's: near enough to start from. */
static void start(const interval_t *self, double p[2])
{
    double mean = 0.5 * (self->low + self->high), sd = (self->high - self->low) / (2.0 * SCORE);
    if (self->distribution == PW_DISTRIBUTION_BETA) {
        double n = mean * (1.0 - mean) / (sd * sd) - 1.0;
        n = n > 0.2 ? n : 0.2;
        p[0] = log(mean * n);
        p[1] = log((1.0 - mean) * n);
    } else {
        p[0] = 2.0 * log(mean / sd);
        p[1] = log(sd * sd / mean);
    }
}

static double clamp(double x) { return x < LOG_LEAST ? LOG_LEAST : x > LOG_MOST ? LOG_MOST
                                                                                : x; }

/* One step of Levenberg (1944) and Marquardt (1963): tries growing damping until the misfit falls. False: it does not. */
static bool step(const interval_t *self, double p[2], double r[2], double *best, double *damping)
{
    double jacobian[2][2], moved[2], there[2] = { 0 };
    for (int j = 0; j < 2; j++) {
        const double h = 1e-6;
        double up[2] = { p[0], p[1] }, down[2] = { p[0], p[1] }, ru[2], rd[2];
        up[j] += h;
        down[j] -= h;
        misfit(self, up, ru);
        misfit(self, down, rd);
        for (int i = 0; i < 2; i++)
            jacobian[i][j] = (ru[i] - rd[i]) / (2.0 * h);
    }
    double g0 = jacobian[0][0] * r[0] + jacobian[1][0] * r[1], g1 = jacobian[0][1] * r[0] + jacobian[1][1] * r[1];
    double m00 = jacobian[0][0] * jacobian[0][0] + jacobian[1][0] * jacobian[1][0];
    double m11 = jacobian[0][1] * jacobian[0][1] + jacobian[1][1] * jacobian[1][1];
    double m01 = jacobian[0][0] * jacobian[0][1] + jacobian[1][0] * jacobian[1][1];
    for (; *damping < 1e12; *damping *= 10.0) {
        double n00 = m00 * (1.0 + *damping), n11 = m11 * (1.0 + *damping), determinant = n00 * n11 - m01 * m01;
        moved[0] = clamp(p[0] - (n11 * g0 - m01 * g1) / determinant);
        moved[1] = clamp(p[1] - (n00 * g1 - m01 * g0) / determinant);
        double now = isfinite(moved[0]) && isfinite(moved[1]) ? misfit(self, moved, there) : INFINITY;
        if (!(now < *best))
            continue;
        p[0] = moved[0];
        p[1] = moved[1];
        r[0] = there[0];
        r[1] = there[1];
        *best = now;
        *damping *= 0.01;
        return true;
    }
    return false;
}

/* Two points and two parameters: the least sum of squares is 0 where a curve exists. */
static bool fit_two_points(const interval_t *self, double *a, double *b)
{
    double p[2], r[2], damping = 1e-3;
    start(self, p);
    double best = misfit(self, p, r);
    for (int i = 0; i < STEPS && best > 1e-26; i++) {
        damping = damping < 1e-9 ? 1e-9 : damping;
        if (!step(self, p, r, &best, &damping))
            break;
    }
    *a = exp(p[0]);
    *b = exp(p[1]);
    return best < 1e-16;
}

bool pw_distribution_fit(int distribution, double value, double low, double high, double *a, double *b, double *fitted_value)
{
    gsl_set_error_handler_off();
    *a = low;
    *b = high;
    *fitted_value = NAN;
    if (distribution == PW_DISTRIBUTION_UNIFORM) {
        *fitted_value = 0.5 * (low + high);
        return low < high;
    }
    if (!(low > 0.0) || !(low < high) || (distribution == PW_DISTRIBUTION_BETA && !(high < 1.0)))
        return false;
    if (distribution == PW_DISTRIBUTION_LOGNORMAL) {
        *a = 0.5 * (pw_log(low) + pw_log(high));
        *b = (pw_log(high) - pw_log(low)) / (2.0 * SCORE);
        *fitted_value = pw_exp(*a);
    } else {
        interval_t interval = { distribution, low, high };
        if (!fit_two_points(&interval, a, b))
            return false;
        *fitted_value = distribution == PW_DISTRIBUTION_BETA ? *a / (*a + *b) : *a * *b;
    }
    return fabs(*fitted_value - value) <= MET_WITHIN * fabs(value);
}

/* ---- what would go with a value ---- */

static void with_mean(int distribution, double mean, double size, double *a, double *b)
{
    bool beta = distribution == PW_DISTRIBUTION_BETA;
    *a = beta ? mean * size : size;
    *b = beta ? (1.0 - mean) * size : mean / size;
}

/* Misfit of the curve of that mean and size; a bound that is no bound counts for nothing. */
static double misfit_of_size(int distribution, double mean, double log_size, double low, double high)
{
    double a, b;
    with_mean(distribution, mean, exp(log_size), &a, &b);
    double below = low > 0.0 ? score(distribution, low, a, b) + SCORE : 0.0;
    double above = distribution != PW_DISTRIBUTION_BETA || high < 1.0 ? score(distribution, high, a, b) - SCORE : 0.0;
    return below * below + above * above;
}

/* Golden section (Kiefer 1953) after a coarse look, as there may be a second valley. */
static double best_size(int distribution, double mean, double low, double high)
{
    const double golden = 0.6180339887498949;
    double best = 0.0, least = INFINITY;
    for (double at = -3.0; at < 14.0; at += 0.25) {
        double now = misfit_of_size(distribution, mean, at, low, high);
        if (now < least) {
            least = now;
            best = at;
        }
    }
    double left = best - 0.25, right = best + 0.25;
    for (int i = 0; i < GOLDEN_STEPS; i++) {
        double one = right - golden * (right - left), two = left + golden * (right - left);
        if (misfit_of_size(distribution, mean, one, low, high) < misfit_of_size(distribution, mean, two, low, high))
            right = two;
        else
            left = one;
    }
    return exp(0.5 * (left + right));
}

static double three_digits(double x)
{
    char text[32];
    snprintf(text, sizeof text, "%.2e", x);
    return strtod(text, NULL);
}

bool pw_distribution_suggest(int distribution, double value, double low, double high, double *low_out, double *high_out)
{
    gsl_set_error_handler_off();
    bool beta = distribution == PW_DISTRIBUTION_BETA;
    if (distribution == PW_DISTRIBUTION_UNIFORM || !(value > 0.0) || (beta && !(value < 1.0)) || !(low < high))
        return false;
    if (distribution == PW_DISTRIBUTION_LOGNORMAL) {
        double wide = low > 0.0 ? sqrt(high / low) : high / value;
        *low_out = three_digits(value / wide);
        *high_out = three_digits(value * wide);
    } else {
        double a, b;
        with_mean(distribution, value, best_size(distribution, value, low, high), &a, &b);
        *low_out = three_digits(invert(distribution, a, b, 0.025));
        *high_out = three_digits(invert(distribution, a, b, 0.975));
    }
    double fitted;
    return *low_out < value && value < *high_out && pw_distribution_fit(distribution, value, *low_out, *high_out, &low, &high, &fitted);
}
