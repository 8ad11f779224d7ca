#include "rank_correlation.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>

#include "../base/memory.h"
#include "spline.h"

/* Ranks less their mean, squares adding up to 1. False: they never change. */
static bool standard_ranks(const double *x, int n, int *order, double *out)
{
    double squares = 0.0;
    pw_ranks(x, n, order, out);
    for (int i = 0; i < n; i++) {
        out[i] -= 0.5 * (double)(n + 1);
        squares += out[i] * out[i];
    }
    for (int i = 0; i < n && squares > 0.0; i++)
        out[i] /= sqrt(squares);
    return squares > 0.0;
}

static void fisher(double r, int freedom, pw_prcc_t *out)
{
    double z = atanh(r), error = 1.0 / sqrt((double)freedom);
    *out = (pw_prcc_t){ r, tanh(z - 1.959964 * error), tanh(z + 1.959964 * error) };
}

/* rank[m][n]: inputs that change, then the output; correlation has room for m x m numbers. */
static pw_status_t partial(const double *rank, int m, int n, double *correlation, const int *input, pw_prcc_t *out)
{
    for (int a = 0; a < m; a++)
        for (int b = 0; b < m; b++) {
            double sum = 0.0;
            for (int i = 0; i < n; i++)
                sum += rank[(size_t)a * (size_t)n + (size_t)i] * rank[(size_t)b * (size_t)n + (size_t)i];
            correlation[a * m + b] = sum;
        }
    gsl_matrix_view matrix = gsl_matrix_view_array(correlation, (size_t)m, (size_t)m);
    if (gsl_linalg_cholesky_decomp1(&matrix.matrix) != 0)
        return PW_ERROR_NUMBER;
    for (int a = 0; a < m; a++)      /* nearly alike: the factor's diagonal is what is left of each variable after those before it */
        if (!(correlation[a * m + a] > 1e-6))
            return PW_ERROR_NUMBER;
    if (gsl_linalg_cholesky_invert(&matrix.matrix) != 0)
        return PW_ERROR_NUMBER;
    int y = m - 1;
    for (int a = 0; a < y; a++)
        fisher(-correlation[a * m + y] / sqrt(correlation[a * m + a] * correlation[y * m + y]), n - m - 1, &out[input[a]]);
    return PW_OK;
}

pw_status_t pw_prcc(const double *const *x, int p, const double *y, int n, pw_prcc_t *out)
{
    if (n <= p + 3)
        return PW_ERROR_NUMBER;
    double *rank = pw_alloc((size_t)n * (size_t)(p + 1), sizeof rank[0]), *correlation = pw_alloc((size_t)(p + 1) * (size_t)(p + 1), sizeof(double));
    int *order = pw_alloc((size_t)n, sizeof order[0]), *input = pw_alloc((size_t)p + 1, sizeof input[0]), m = 0;
    pw_status_t status = rank && correlation && order && input ? PW_OK : PW_ERROR_MEMORY;
    for (int j = 0; j < p && status == PW_OK; j++) {
        out[j] = (pw_prcc_t){ NAN, NAN, NAN };
        if (standard_ranks(x[j], n, order, rank + (size_t)m * (size_t)n))
            input[m++] = j;
    }
    if (status == PW_OK && !standard_ranks(y, n, order, rank + (size_t)m * (size_t)n))
        status = PW_ERROR_NUMBER;
    if (status == PW_OK)
        status = partial(rank, m + 1, n, correlation, input, out);
    pw_free(rank);
    pw_free(correlation);
    pw_free(order);
    pw_free(input);
    return status;
}
