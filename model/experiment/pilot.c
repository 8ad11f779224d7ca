#include "pilot.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../base/progress.h"
#include "../spec/centres.h"
#include "../spec/compile.h"
#include "../spec/values.h"
#include "../world/world.h"

/* ---- area under the curve ---- */

enum { EXACT = 2000, BINS = 600 };

static double normal_cdf(double z) { return 0.5 * erfc(-z * M_SQRT1_2); }

static double pairs(const double *x1, const double *w1, int64_t n1, const double *x0, const double *w0, int64_t n0, double sd)
{
    double sum = 0.0, all = 0.0;
    for (int64_t i = 0; i < n1; i++)
        for (int64_t j = 0; j < n0; j++) {
            double w = (w1 ? w1[i] : 1.0) * (w0 ? w0[j] : 1.0), gap = x1[i] - x0[j];
            double p = sd > 0.0 ? normal_cdf(gap / (sd * M_SQRT2)) : gap > 0.0 ? 1.0 : gap < 0.0 ? 0.0 : 0.5;
            sum += w * p;
            all += w;
        }
    return all > 0.0 ? sum / all : 0.5;
}

/* Bins of equal width: mean and count of each. */
static int64_t bin(const double *x, int64_t n, double low, double width, double *mean, double *count)
{
    memset(mean, 0, BINS * sizeof *mean);
    memset(count, 0, BINS * sizeof *count);
    for (int64_t i = 0; i < n; i++) {
        int k = width > 0.0 ? (int)((x[i] - low) / width) : 0;
        k = k < 0 ? 0 : k >= BINS ? BINS - 1 : k;
        mean[k] += x[i];
        count[k] += 1.0;
    }
    int64_t used = 0;
    for (int k = 0; k < BINS; k++)
        if (count[k] > 0.0) {
            mean[used] = mean[k] / count[k];
            count[used++] = count[k];
        }
    return used;
}

double pw_auc_with_noise(const double *risk1, int64_t n1, const double *risk0, int64_t n0, double sd)
{
    if (n1 <= EXACT && n0 <= EXACT)
        return pairs(risk1, NULL, n1, risk0, NULL, n0, sd);
    double low = INFINITY, high = -INFINITY;
    for (int64_t i = 0; i < n1 + n0; i++) {
        double x = i < n1 ? risk1[i] : risk0[i - n1];
        low = fmin(low, x);
        high = fmax(high, x);
    }
    double mean1[BINS], count1[BINS], mean0[BINS], count0[BINS];
    int64_t used1 = bin(risk1, n1, low, (high - low) / BINS, mean1, count1);
    int64_t used0 = bin(risk0, n0, low, (high - low) / BINS, mean0, count0);
    return pairs(mean1, count1, used1, mean0, count0, used0, sd);
}

/* The noise at which the area is `asked`: it falls as the noise grows, so halving finds it. */
static double noise_for(const double *x1, int64_t n1, const double *x0, int64_t n0, double asked, double *reached)
{
    double low = 0.0, high = 1024.0;
    *reached = pw_auc_with_noise(x1, n1, x0, n0, 0.0);
    if (*reached <= asked)
        return 0.0;
    for (int k = 0; k < 40; k++) {
        double middle = 0.5 * (low + high);
        *reached = pw_auc_with_noise(x1, n1, x0, n0, middle);
        *(*reached > asked ? &low : &high) = middle;
    }
    return 0.5 * (low + high);
}

/* ---- the worlds ---- */

typedef struct { pw_model_t *model, *reference; int n_areas; } compiled_t;

static pw_status_t compile_all(const pw_spec_t *spec, compiled_t *out, pw_findings_t *findings)
{
    out->n_areas = pw_spec_areas(spec);
    out->model = pw_alloc((size_t)out->n_areas, sizeof *out->model);
    out->reference = pw_alloc((size_t)out->n_areas, sizeof *out->reference);
    if (!out->model || !out->reference)
        return PW_ERROR_MEMORY;
    pw_values_t values = { 0 };
    pw_status_t status = pw_values_central(&spec->evidence, out->n_areas, &values);
    for (int area = 0; area < out->n_areas && status == PW_OK; area++) {
        status = pw_compile(spec, &values, NULL, NULL, area, &out->model[area], findings);
        out->model[area].ages = PW_AGES_ALL;       /* averages of all that a scenario may read */
        if (status == PW_OK)
            status = pw_compile_reference(&out->model[area], &out->reference[area]);
    }
    pw_values_free(&values);
    return status;
}

static void compiled_free(compiled_t *self)
{
    pw_free(self->model);
    pw_free(self->reference);
    *self = (compiled_t){ 0 };
}

static pw_status_t one_world(pw_world_t *world, pw_result_t *result, const compiled_t *compiled, uint64_t seed, uint64_t number, pw_census_t *census)
{
    pw_world_options_t options = { .engine = PW_ENGINE_AHEAD, .census = census, .stop = pw_interrupt_flag() };
    for (int area = 0; area < compiled->n_areas; area++) {
        const pw_model_t *models[1] = { &compiled->model[area] };
        int status = pw_world_run(world, seed, number, models, 1, &compiled->reference[area], &options, &result);
        if (status)
            return (pw_status_t)status;
    }
    return PW_OK;
}

/* Adds census `from` to `to`; sums are taken in the order of the worlds, so the result does not depend on threads. */
static pw_status_t census_merge(pw_census_t *to, const pw_census_t *from)
{
    for (int p = 0; p < PW_PLACES; p++) {
        to->weight[p] += from->weight[p];
        for (int k = 0; k < PW_MAX_BITS; k++)
            to->bit_sum[p][k] += from->bit_sum[p][k];
        for (int k = 0; k < PW_MAX_NUMBERS; k++)
            to->number_sum[p][k] += from->number_sum[p][k];
    }
    for (int64_t k = 0; k < from->n_risk; k++)
        if (pw_census_risk(to, from->log_risk[k], from->severe[k]))
            return PW_ERROR_MEMORY;
    return PW_OK;
}

/* One round: all worlds under the present centres. */
static pw_status_t take_census(const compiled_t *compiled, const pw_pilot_options_t *options, pw_progress_t *progress, int done, pw_census_t *out)
{
    pw_census_t *each = pw_alloc((size_t)options->worlds, sizeof *each);
    if (!each)
        return PW_ERROR_MEMORY;
    pw_status_t status = PW_OK;
    int finished = done;
#pragma omp parallel num_threads(options->threads)
    {
        pw_world_t *world = pw_world_new();
        pw_result_t *result = pw_alloc(1, sizeof *result);
#pragma omp for schedule(dynamic, 1)
        for (int w = 0; w < options->worlds; w++) {
            pw_status_t mine = !world || !result ? PW_ERROR_MEMORY : one_world(world, result, compiled, options->seed, (uint64_t)w, &each[w]);
#pragma omp critical(pilot)
            {
                if (mine != PW_OK && status == PW_OK)
                    status = mine;
                finished++;
                if (omp_get_thread_num() == 0)
                    pw_progress_set(progress, finished);
            }
        }
        pw_world_free(world);
        pw_free(result);
    }
    for (int w = 0; w < options->worlds; w++) {
        if (status == PW_OK)
            status = census_merge(out, &each[w]);
        pw_census_free(&each[w]);
    }
    pw_free(each);
    return status;
}

/* ---- the risk score ---- */

static double form_auc(const pw_spec_t *spec, int form)
{
    const pw_setting_t *auc = &spec->information.item[form].risk_auc;
    if (!auc->node)
        return 0.0;
    int estimate = auc->estimate[0];
    return estimate >= 0 ? spec->evidence.estimate[estimate].value : auc->number[0];
}

static pw_status_t fit_risk(const pw_spec_t *spec, const pw_census_t *census, pw_pilot_t *out)
{
    int64_t n = census->n_risk, n1 = 0, n0 = 0;
    double *x1 = pw_alloc((size_t)n, sizeof *x1), *x0 = pw_alloc((size_t)n, sizeof *x0), sum = 0.0, squares = 0.0;
    if (!x1 || !x0) {
        pw_free(x1);
        pw_free(x0);
        return PW_ERROR_MEMORY;
    }
    for (int64_t k = 0; k < n; k++) {
        *(census->severe[k] ? &x1[n1++] : &x0[n0++]) = census->log_risk[k];
        sum += census->log_risk[k];
    }
    out->risk_centre = n ? sum / (double)n : 0.0;
    for (int64_t k = 0; k < n; k++)
        squares += (census->log_risk[k] - out->risk_centre) * (census->log_risk[k] - out->risk_centre);
    out->risk_scale = n > 1 && squares > 0.0 ? sqrt(squares / (double)(n - 1)) : 1.0;
    out->best_auc = pw_auc_with_noise(x1, n1, x0, n0, 0.0);
    out->n_points = PW_MAX_LISTED;
    for (int k = 0; k < out->n_points; k++) {
        double best = out->best_auc > 0.52 ? out->best_auc : 0.52, reached;
        out->point_auc[k] = k == out->n_points - 1 ? best : 0.51 + (best - 0.51) * k / (out->n_points - 1);
        out->point_sd[k] = k == out->n_points - 1 ? 0.0 : noise_for(x1, n1, x0, n0, out->point_auc[k], &reached);
    }
    out->n_forms = spec->information.n;
    for (int form = 0; form < out->n_forms; form++) {
        out->form[form] = spec->information.item[form].is.name;
        out->asked_auc[form] = form_auc(spec, form);
        out->noise_sd[form] = -1.0;
        if (out->asked_auc[form] > 0.0)
            out->noise_sd[form] = noise_for(x1, n1, x0, n0, out->asked_auc[form], &out->reached_auc[form]);
    }
    pw_free(x1);
    pw_free(x0);
    return PW_OK;
}

static double largest_move(const pw_centres_t *a, const pw_centres_t *b)
{
    double most = 0.0;
    for (int p = 0; p < PW_PLACES; p++)
        for (int k = 0; k < PW_MAX_BITS; k++)
            most = fmax(most, fabs(a->bit[p][k] - b->bit[p][k]));
    return most;
}

pw_status_t pw_pilot_run(pw_spec_t *spec, const pw_pilot_options_t *options, pw_pilot_t *out, pw_findings_t *findings)
{
    pw_progress_t progress;
    pw_status_t status = PW_OK;
    *out = (pw_pilot_t){ 0 };
    pw_progress_begin(&progress, stderr, "worlds", (int64_t)options->worlds * options->rounds, options->quiet);
    for (int round = 0; round < options->rounds && status == PW_OK; round++) {
        compiled_t compiled = { 0 };
        pw_census_t *census = pw_alloc(1, sizeof *census);
        status = census ? compile_all(spec, &compiled, findings) : PW_ERROR_MEMORY;
        if (status == PW_OK)
            status = take_census(&compiled, options, &progress, round * options->worlds, census);
        if (status == PW_OK) {
            pw_centres_from_census(spec, census, &out->centres);
            out->largest_move = largest_move(&out->centres, &spec->centres);
            spec->centres = out->centres;
            status = fit_risk(spec, census, out);
        }
        compiled_free(&compiled);
        if (census)
            pw_census_free(census);
        pw_free(census);
    }
    pw_progress_end(&progress);
    return status;
}

void pw_pilot_write(const pw_spec_t *spec, const pw_pilot_t *self, pw_text_t *out)
{
    pw_centres_write(spec, &self->centres, self->risk_centre, self->risk_scale, self->point_auc, self->point_sd, self->n_points, out);
}
