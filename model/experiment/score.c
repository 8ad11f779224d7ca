#include "score.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "../base/memory.h"
#include "../base/number.h"

/* ---- weighted quantiles ---- */

typedef struct { double value; int64_t at; } ranked_t;

static int by_value(const void *a, const void *b)
{
    const ranked_t *x = a, *y = b;
    return x->value < y->value ? -1 : x->value > y->value ? 1 : x->at < y->at ? -1 : x->at > y->at;
}

static double weight_at(const double *weight, int64_t i) { return weight ? weight[i] : 1.0; }

/* Sorts what is not missing; returns how many, and the sum of their weights. NULL without memory. */
static ranked_t *rank(const double *value, const double *weight, int64_t n, int64_t *kept, double *sum)
{
    ranked_t *ranked = pw_alloc((size_t)n, sizeof *ranked);
    *kept = 0;
    *sum = 0.0;
    for (int64_t i = 0; ranked && i < n; i++)
        if (!isnan(value[i]) && weight_at(weight, i) > 0.0) {
            ranked[(*kept)++] = (ranked_t){ value[i], i };
            *sum += weight_at(weight, i);
        }
    if (ranked)
        qsort(ranked, (size_t)*kept, sizeof *ranked, by_value);
    return ranked;
}

static double quantile(const ranked_t *ranked, const double *weight, int64_t n, double sum, double p)
{
    double below = 0.0;
    for (int64_t i = 0; i < n; i++) {
        below += weight_at(weight, ranked[i].at);
        if (below >= p * sum)
            return ranked[i].value;
    }
    return n > 0 ? ranked[n - 1].value : NAN;
}

double pw_score_quantile(const double *value, const double *weight, int64_t n, double p)
{
    int64_t kept;
    double sum;
    ranked_t *ranked = rank(value, weight, n, &kept, &sum);
    double out = ranked ? quantile(ranked, weight, kept, sum, p) : NAN;
    pw_free(ranked);
    return out;
}

/* ---- counts: a mixture of binomials ---- */

typedef struct { const double *value, *weight; int64_t n; double sum; unsigned of; } mixture_t;

/* P(K <= k), over the sets; GSL's numbers rounded as all of its. */
static double mixture_cdf(const mixture_t *self, double k)
{
    double sum = 0.0;
    if (k < 0.0)
        return 0.0;
    for (int64_t i = 0; i < self->n; i++)
        if (!isnan(self->value[i]) && weight_at(self->weight, i) > 0.0) {
            double share = fmin(1.0, fmax(0.0, self->value[i] / 100.0));
            sum += weight_at(self->weight, i) * gsl_cdf_binomial_P((unsigned)k, share, self->of);
        }
    return pw_number_round12(sum / self->sum);
}

static double mixture_quantile(const mixture_t *self, double p)
{
    double low = -1.0, high = self->of;
    while (high - low > 1.0) {
        double middle = floor(0.5 * (low + high));
        *(mixture_cdf(self, middle) >= p ? &high : &low) = middle;
    }
    return high;
}

static void score_count(const mixture_t *mixture, pw_score_t *out)
{
    double to_percent = 100.0 / mixture->of;
    double below = mixture_cdf(mixture, out->target->most), above = 1.0 - mixture_cdf(mixture, out->target->least - 1.0);
    out->median = to_percent * mixture_quantile(mixture, 0.5);
    out->low95 = to_percent * mixture_quantile(mixture, 0.025);
    out->high95 = to_percent * mixture_quantile(mixture, 0.975);
    out->p = fmin(1.0, 2.0 * fmin(below, above));
    out->reproduced = out->p >= 0.05 ? PW_INSIDE_YES : PW_INSIDE_NO;
}

/* ---- one target ---- */

pw_status_t pw_score_of_values(const pw_target_t *target, const char *unit, const double *value, const double *weight, int64_t n, pw_score_t *out)
{
    int64_t kept;
    double sum, agreed = 0.0;
    *out = (pw_score_t){ .target = target, .unit = unit, .model = NAN, .median = NAN, .low95 = NAN, .high95 = NAN, .p = NAN, .holds = NAN };
    ranked_t *ranked = rank(value, weight, n, &kept, &sum);
    if (!ranked)
        return PW_ERROR_MEMORY;
    if (kept > 0) {
        out->model = 0.0;
        for (int64_t i = 0; i < kept; i++) {
            double w = weight_at(weight, ranked[i].at);
            out->model += w * ranked[i].value / sum;
            agreed += pw_target_inside(target, ranked[i].value) == PW_INSIDE_YES ? w : 0.0;
        }
        out->inside = out->reproduced = pw_target_inside(target, out->model);
        out->holds = out->inside == PW_INSIDE_UNKNOWN ? NAN : agreed / sum;
        out->median = quantile(ranked, weight, kept, sum, 0.5);
        out->low95 = quantile(ranked, weight, kept, sum, 0.025);
        out->high95 = quantile(ranked, weight, kept, sum, 0.975);
        if (pw_target_is_counted(target))
            score_count(&(mixture_t){ value, weight, n, sum, (unsigned)target->of }, out);
    }
    pw_free(ranked);
    return PW_OK;
}

/* ---- a run ---- */

static int64_t row_of(const pw_run_t *run, const char *name, int subgroup)
{
    int measure = pw_catalogue_find(&run->catalogue, name);
    return measure < 0 ? -1 : pw_ledger_row(&run->ledger, measure, run->roster.n_areas, subgroup);
}

static double mean_of(const pw_run_t *run, int64_t row, double *room)
{
    return row < 0 ? NAN : pw_ledger_summary(&run->ledger, 0, row, false, room).mean;
}

static double quotient(double value, double by) { return by > 0.0 ? value / by : NAN; }

static pw_status_t score_target(const pw_target_t *target, const pw_run_t *run, double *room, double *value, pw_score_t *out)
{
    int64_t row = row_of(run, target->measure, pw_target_subgroup(target));
    int64_t by = target->divided_by ? row_of(run, target->divided_by, PW_SUBGROUP_all) : -1;
    int measure = pw_catalogue_find(&run->catalogue, target->measure);
    const char *unit = target->divided_by ? "ratio" : measure < 0 ? "" : run->catalogue.measure[measure].definition->unit;
    for (int64_t d = 0; d < run->ledger.n_draws; d++) {
        value[d] = row < 0 ? NAN : pw_ledger_draw(&run->ledger, d, 0, row, false);
        if (target->divided_by)
            value[d] = by < 0 ? NAN : quotient(value[d], pw_ledger_draw(&run->ledger, d, 0, by, false));
    }
    pw_status_t status = pw_score_of_values(target, unit, value, NULL, run->ledger.n_draws, out);
    out->model = target->divided_by ? quotient(mean_of(run, row, room), mean_of(run, by, room)) : mean_of(run, row, room);
    out->inside = pw_target_inside(target, out->model);
    if (!pw_target_is_counted(target))
        out->reproduced = out->inside;
    return status;
}

pw_status_t pw_score_of_run(const pw_targets_t *targets, const pw_run_t *run, double *room, pw_score_t *out)
{
    double *value = pw_alloc((size_t)run->ledger.n_draws, sizeof *value);
    pw_status_t status = value ? PW_OK : PW_ERROR_MEMORY;
    for (int i = 0; i < targets->n && status == PW_OK; i++)
        status = score_target(&targets->target[i], run, room, value, &out[i]);
    pw_free(value);
    return status;
}
