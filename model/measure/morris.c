#include "morris.h"

#include <math.h>

double pw_morris_effect(double before, double after, double step) { return (after - before) / step; }

pw_status_t pw_morris(const double *effect, int n, pw_morris_t *out)
{
    double squares = 0.0, sizes = 0.0;
    *out = (pw_morris_t){ 0 };
    if (n < 2)
        return PW_ERROR_NUMBER;
    for (int i = 0; i < n; i++) {
        if (!isfinite(effect[i]))
            return PW_ERROR_NUMBER;
        out->mu += effect[i] / n;
        out->mu_star += fabs(effect[i]) / n;
    }
    for (int i = 0; i < n; i++) {
        squares += (effect[i] - out->mu) * (effect[i] - out->mu);
        sizes += (fabs(effect[i]) - out->mu_star) * (fabs(effect[i]) - out->mu_star);
    }
    out->sigma = sqrt(squares / (n - 1));
    out->mu_star_error = sqrt(sizes / (n - 1) / n);
    return PW_OK;
}
