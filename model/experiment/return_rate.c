#include "return_rate.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "area_size.h"

static const char RATE[] = "renotified_21_months", VOLUME[] = "notifications_per_month";

const char *pw_return_rate_name(int rate)
{
    static const char *const name[PW_RETURN_RATES] = { "low", "central", "high" };
    return name[rate];
}

double pw_return_rate_percent(int rate)
{
    static const double percent[PW_RETURN_RATES] = { 39.0, 50.0, 65.0 };
    return percent[rate];
}

pw_status_t pw_return_rate_targets(const pw_targets_t *targets, int rate, pw_targets_t *out)
{
    static const char *const study[PW_RETURN_RATES] = { "assumed: low", "assumed: central", "assumed: high" };
    double percent = pw_return_rate_percent(rate);
    *out = (pw_targets_t){ .n = targets->n + 1, .target = pw_alloc((size_t)targets->n + 1, sizeof *out->target) };
    if (!out->target)
        return PW_ERROR_MEMORY;
    memcpy(out->target, targets->target, (size_t)targets->n * sizeof *out->target);
    out->target[targets->n] = (pw_target_t){ .name = "return_rate", .title = "Notified again: variant", .measure = RATE, .study = study[rate], .source = "none",
                                             .kind_word = "bound", .use_word = "fitted", .kind = PW_TARGET_BOUND, .use = PW_TARGET_FITTED,
                                             .low = percent - PW_RETURN_BAND, .high = percent + PW_RETURN_BAND, .of = NAN, .least = NAN, .most = NAN,
                                             .node = targets->n > 0 ? targets->target[0].node : NULL };
    return PW_OK;
}

static double kernel(double value, double centre)
{
    double x = (value - centre) / PW_RETURN_WIDTH;
    return fabs(x) < 1.0 ? 1.0 - x * x : 0.0;
}

/* weight[set]; returns the effective number. */
static double weigh(const pw_posterior_t *self, int rate, double *weight)
{
    double sum = 0.0, squares = 0.0;
    for (int64_t s = 0; s < self->n; s++) {
        double value = pw_posterior_model(self, s, RATE);
        weight[s] = isnan(value) ? 0.0 : pw_posterior_weight(self, s) * kernel(value, pw_return_rate_percent(rate));
        sum += weight[s];
        squares += weight[s] * weight[s];
    }
    return squares > 0.0 ? sum * sum / squares : 0.0;
}

static double mean_volume(const pw_posterior_t *self, const double *weight)
{
    double sum = 0.0, all = 0.0;
    for (int64_t s = 0; s < self->n; s++) {
        sum += weight[s] * pw_posterior_model(self, s, VOLUME);
        all += weight[s];
    }
    return sum / all;
}

static void rescale(pw_posterior_t *self, int64_t set, double factor)
{
    for (int k = 0; k < self->n_estimates; k++)
        if (pw_is_area_size(self->table.column[self->column[k]]))
            self->value[(size_t)set * (size_t)self->n_estimates + (size_t)k] *= factor;
}

static pw_status_t refuse(const pw_posterior_t *self, int rate, double effective, pw_findings_t *findings)
{
    pw_findings_add(findings, self->table.path, 0, NULL, "only %.0f effective sets have a return rate near %.0f %% (at least %d are needed)", effective,
                    pw_return_rate_percent(rate), PW_RETURN_LEAST_SETS);
    return PW_ERROR_INPUT;
}

static pw_status_t enough(const pw_posterior_t *self, int rate, double effective, pw_findings_t *findings)
{
    return effective < PW_RETURN_LEAST_SETS ? refuse(self, rate, effective, findings) : PW_OK;
}

pw_status_t pw_return_rate_check(pw_posterior_t *self, int rate, double *effective, pw_findings_t *findings)
{
    double squares = 0.0;
    for (int64_t s = 0; s < self->n; s++)
        squares += pw_posterior_weight(self, s) * pw_posterior_weight(self, s);
    *effective = squares > 0.0 ? 1.0 / squares : 0.0;
    return enough(self, rate, *effective, findings);
}

pw_status_t pw_return_rate_select(pw_posterior_t *self, int rate, double *effective, pw_findings_t *findings)
{
    *effective = 0.0;
    if (pw_csv_find(&self->table, "model.renotified_21_months") < 0 || pw_csv_find(&self->table, "model.notifications_per_month") < 0) {
        pw_findings_add(findings, self->table.path, 1, NULL, "this posterior does not say model.renotified_21_months and model.notifications_per_month of its "
                        "sets, which return rates need");
        return PW_ERROR_INPUT;
    }
    double *weight = pw_alloc((size_t)self->n, sizeof *weight);
    if (!weight)
        return PW_ERROR_MEMORY;
    double central = weigh(self, PW_RETURN_CENTRAL, weight) > 0.0 ? mean_volume(self, weight) : NAN;
    *effective = weigh(self, rate, weight);
    pw_status_t status = isnan(central) ? refuse(self, rate, *effective, findings) : enough(self, rate, *effective, findings);
    for (int64_t s = 0; s < self->n && status == PW_OK; s++)
        if (weight[s] > 0.0)
            rescale(self, s, central / pw_posterior_model(self, s, VOLUME));
    if (status == PW_OK)
        status = pw_posterior_reweight(self, weight);
    pw_free(weight);
    return status;
}
