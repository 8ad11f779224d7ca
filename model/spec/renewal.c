#include "renewal.h"

#include <math.h>
#include <stdbool.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../chance/kernel.h"
#include "../world/clock.h"

static double weibull(double shape, double t) { return t > 0.0 ? 1.0 - pw_exp(-pw_pow(t, shape)) : 0.0; }

/* Steps of the RS method, an even number: its error falls with the step's length. */
static int steps_for(double t)
{
    double n = 128.0 + 32.0 * t;
    return 2 * (n > 4096.0 ? 4096 : (int)n);
}

/* M(n h) by the RS method. `work` has room for 2 n + 1: middle[m] = F((m + 1/2) h), then M at 0, h ... n h. */
static double solve(double shape, double h, int n, double *work)
{
    double *middle = work, *m = work + n;
    for (int i = 0; i < n; i++)
        middle[i] = weibull(shape, (i + 0.5) * h);
    m[0] = 0.0;
    for (int i = 1; i <= n; i++) {
        double sum = weibull(shape, i * h) - middle[0] * m[i - 1];
        for (int j = 1; j < i; j++)
            sum += middle[i - j] * (m[j] - m[j - 1]);
        m[i] = sum / (1.0 - middle[0]);
    }
    return m[n];
}

pw_status_t pw_renewal_count(double shape, double t, double *out)
{
    *out = t;
    if (shape == 1.0 || t <= 0.0)
        return PW_OK;
    int n = steps_for(t);
    double *work = pw_alloc(2 * (size_t)n + 1, sizeof *work);
    if (!work)
        return PW_ERROR_MEMORY;
    int half = n / 2;
    double coarse = solve(shape, t / half, half, work), fine = solve(shape, t / n, n, work);
    pw_free(work);
    /* Richardson's extrapolation: the error goes with h^(1 + shape), at most h^2 */
    double gain = pw_pow(2.0, shape < 1.0 ? 1.0 + shape : 2.0);
    *out = fine + (fine - coarse) / (gain - 1.0);
    return PW_OK;
}

/* Solves M(t) = per_year by the secant method, safeguarded by a bracket that every value narrows. */
pw_status_t pw_renewal_scale_days(double shape, double per_year, double *out)
{
    *out = pw_number_round12(PW_DAYS_PER_YEAR / per_year);
    if (shape == 1.0)
        return PW_OK;
    double low = 0.0, high = INFINITY, t = per_year < 1.0 ? pw_pow(per_year, 1.0 / shape) : per_year, slope = 0.0, before_t = 0.0, before = 0.0;
    for (int round = 0; round < 100; round++) {
        double count;
        pw_status_t status = pw_renewal_count(shape, t, &count);
        if (status)
            return status;
        if (fabs(count - per_year) <= 1e-10 * per_year) {
            *out = pw_number_round12(PW_DAYS_PER_YEAR / t);
            return PW_OK;
        }
        if (count < per_year)
            low = t;
        else
            high = t;
        slope = (count - before) / (t - before_t);
        before_t = t;
        before = count;
        double next = slope > 0.0 ? t + (per_year - count) / slope : 0.0;
        bool inside = next > low && next < high;
        t = inside ? next : high < INFINITY ? 0.5 * (low + high) : 2.0 * t;
        if (high < INFINITY && high - low <= 1e-13 * high) {          /* the number of steps jumps here: as near as the method can tell */
            *out = pw_number_round12(PW_DAYS_PER_YEAR / t);
            return PW_OK;
        }
    }
    return PW_ERROR_NUMBER;
}
