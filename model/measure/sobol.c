#include "sobol.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "../base/memory.h"
#include "../chance/stream.h"
#include "sketch.h"

typedef struct { const pw_sobol_outputs_t *half[2]; int k, n; } outputs_t;

static double mean_of(const pw_sobol_outputs_t *y, const int *pick, int n)
{
    double mean = 0.0;
    for (int i = 0; i < n; i++)
        mean += (y->a[pick[i]] - y->a[0] + y->b[pick[i]] - y->a[0]) / (2.0 * (double)n);
    return mean + y->a[0];
}

/* The estimates over the base points pick[n]. Variance 0: nan. */
static void estimate(const outputs_t *both, const int *pick, double *first, double *total)
{
    const pw_sobol_outputs_t *y = both->half[0], *z = both->half[1];
    double n = (double)both->n, y_mean = mean_of(y, pick, both->n), z_mean = mean_of(z, pick, both->n), variance = 0.0;
    for (int i = 0; i < both->n; i++) {
        int p = pick[i];
        variance += ((y->a[p] - y_mean) * (z->a[p] - z_mean) + (y->b[p] - y_mean) * (z->b[p] - z_mean)) / (2.0 * n - 1.0);
    }
    for (int j = 0; j < both->k; j++) {
        double s = 0.0, t = 0.0;
        for (int i = 0; i < both->n; i++) {
            int p = pick[i];
            double y_step = y->ab[j][p] - y->a[p], z_step = z->ab[j][p] - z->a[p];
            s += 0.5 * ((y->b[p] - y_mean) * z_step + (z->b[p] - z_mean) * y_step) / n;
            t += 0.5 * y_step * z_step / n;
        }
        first[j] = variance > 0.0 ? s / variance : NAN;
        total[j] = variance > 0.0 ? t / variance : NAN;
    }
}

static void spread(double *round, double value, pw_sobol_share_t *out)
{
    double sum = 0.0, squares = 0.0;
    *out = (pw_sobol_share_t){ value, NAN, NAN, NAN };
    for (int b = 0; b < PW_SOBOL_BOOTSTRAPS; b++) {
        if (!isfinite(round[b]))
            return;      /* base points that chance picked alike have no variance */
        sum += round[b] / PW_SOBOL_BOOTSTRAPS;
    }
    for (int b = 0; b < PW_SOBOL_BOOTSTRAPS; b++)
        squares += (round[b] - sum) * (round[b] - sum) / (PW_SOBOL_BOOTSTRAPS - 1);
    pw_sort_numbers(round, PW_SOBOL_BOOTSTRAPS);
    out->error = sqrt(squares);
    out->low95 = pw_quantile_sorted(round, PW_SOBOL_BOOTSTRAPS, 0.025);
    out->high95 = pw_quantile_sorted(round, PW_SOBOL_BOOTSTRAPS, 0.975);
}

static void work(const outputs_t *y, uint64_t seed, int *pick, double *room, pw_sobol_index_t *out)
{
    double *first = room, *total = first + y->k, *rounds = total + y->k;      /* rounds[input][first or total][round] */
    for (int b = 0; b < PW_SOBOL_BOOTSTRAPS; b++) {
        pw_stream_t stream = pw_stream_init(seed, (uint64_t)b, 0x80000004u);
        for (int i = 0; i < y->n; i++)
            pick[i] = (int)(((uint64_t)pw_stream_block(stream, (uint32_t)i, 0, 0, 0).word[0] * (uint64_t)y->n) >> 32);
        estimate(y, pick, first, total);
        for (int j = 0; j < y->k; j++) {
            rounds[(2 * j) * PW_SOBOL_BOOTSTRAPS + b] = first[j];
            rounds[(2 * j + 1) * PW_SOBOL_BOOTSTRAPS + b] = total[j];
        }
    }
    for (int i = 0; i < y->n; i++)
        pick[i] = i;
    estimate(y, pick, first, total);
    for (int j = 0; j < y->k; j++) {
        spread(rounds + (2 * j) * PW_SOBOL_BOOTSTRAPS, first[j], &out[j].first);
        spread(rounds + (2 * j + 1) * PW_SOBOL_BOOTSTRAPS, total[j], &out[j].total);
    }
}

static int all_finite(const double *y, int n)
{
    for (int i = 0; i < n; i++)
        if (!isfinite(y[i]))
            return 0;
    return 1;
}

static bool usable(const pw_sobol_outputs_t *y, int k, int n)
{
    bool all = all_finite(y->a, n) && all_finite(y->b, n);
    for (int j = 0; j < k; j++)
        all = all && all_finite(y->ab[j], n);
    return all;
}

pw_status_t pw_sobol_indices_apart(const pw_sobol_outputs_t *y, const pw_sobol_outputs_t *z, int k, int n, uint64_t seed, pw_sobol_index_t *out)
{
    outputs_t both = { { y, z }, k, n };
    if (n < PW_SOBOL_FEWEST || !usable(y, k, n) || !usable(z, k, n))
        return PW_ERROR_NUMBER;
    int *pick = pw_alloc((size_t)n, sizeof pick[0]);
    double *room = pw_alloc((size_t)k * (2 + 2 * PW_SOBOL_BOOTSTRAPS), sizeof room[0]);
    if (pick && room)
        work(&both, seed, pick, room, out);
    pw_status_t status = pick && room ? PW_OK : PW_ERROR_MEMORY;
    pw_free(pick);
    pw_free(room);
    return status;
}

pw_status_t pw_sobol_indices(const double *a, const double *b, const double *const *ab, int k, int n, uint64_t seed, pw_sobol_index_t *out)
{
    pw_sobol_outputs_t y = { a, b, ab };
    return pw_sobol_indices_apart(&y, &y, k, n, seed, out);
}
