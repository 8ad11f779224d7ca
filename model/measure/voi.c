#include "voi.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../chance/stream.h"

double pw_normal_loss(double mean, double sd)
{
    double u = fabs(mean) / sd;
    return sd > 0.0 ? sd * (gsl_ran_ugaussian_pdf(u) - u * gsl_cdf_ugaussian_Q(u)) : 0.0;
}

/* ---- the choice ---- */

static int best_of(const double *value, int n)
{
    int best = 0;
    for (int d = 1; d < n; d++)
        if (value[d] > value[best])
            best = d;
    return best;
}

pw_status_t pw_voi_init(pw_voi_t *self, const pw_given_t *given, const pw_voi_choice_t *choice)
{
    memset(self, 0, sizeof *self);
    if (choice->n_options < 2 || choice->n_options > PW_VOI_OPTIONS)
        return PW_ERROR_FULL;
    self->given = given;
    for (self->n_options = 1; self->n_options < choice->n_options;) {
        int d = self->n_options++;
        double *difference = self->difference[d] = pw_alloc((size_t)given->n, sizeof(double));
        if (!difference)
            return PW_ERROR_MEMORY;
        for (int i = 0; i < given->n; i++)
            difference[i] = choice->benefit[d][i] - choice->benefit[0][i];
        self->noise[d] = choice->noise[d];
        pw_status_t status = pw_given_fit(given, difference, &self->fit[d]);
        if (status != PW_OK)
            return status;
        self->mean[d] = self->fit[d].mean;
    }
    self->best = best_of(self->mean, self->n_options);
    return PW_OK;
}

void pw_voi_free(pw_voi_t *self)
{
    for (int d = 1; d < self->n_options; d++) {
        pw_free(self->difference[d]);
        pw_given_fit_free(&self->fit[d]);
    }
    memset(self, 0, sizeof *self);
}

/* ---- one data set: the run's own, or one of the bootstrap ---- */

/* Of one option: each term's curve at each row (pulled), and what each row would show without noise. */
typedef struct { double mean; double *part, *truth; } side_t;      /* part[term][n] */

typedef struct {
    const pw_voi_t *voi;
    int n;
    int *rows;
    side_t side[PW_VOI_OPTIONS];
    double *again[PW_VOI_OPTIONS];                 /* [n]: the bootstrap's differences */
    double *fitted[PW_VOI_OPTIONS];
    double *workspace;
    double **blurred;                              /* [learnt]: curves after a sample, [curve][n]; NULL: known for certain */
} set_t;

/* What column k of a term is in draw i: itself, or its average over what a sample leaves open. */
static double column_at(const set_t *self, const pw_given_fit_t *fit, int term, int k, const double *blurred, int i)
{
    const pw_spline_t *input = self->voi->given->input;
    double value = (blurred ? blurred : input[fit->term[term].input].curve)[(size_t)k * (size_t)self->n + (size_t)i];
    return fit->term[term].other < 0 ? value : value * input[fit->term[term].other].curve[i];
}

static void add_part(const set_t *self, const pw_given_fit_t *fit, int term, double times, const double *blurred, double *out)
{
    for (int k = 0; k < fit->term[term].curves; k++) {
        double c = times * fit->coefficient[fit->term[term].at + k], mean = 0.0;
        for (int i = 0; i < self->n; i++)
            mean += column_at(self, fit, term, k, blurred, self->rows[i]);
        mean /= (double)self->n;
        for (int i = 0; i < self->n; i++)
            out[i] += c * (column_at(self, fit, term, k, blurred, self->rows[i]) - mean);
    }
}

/* Draws without the noise of their worlds. */
static void take_out_noise(set_t *self, int d, const pw_given_fit_t *fit, const double *difference)
{
    double noise = self->voi->noise[d], keep = fit->total > noise ? sqrt((fit->total - noise) / fit->total) : 0.0;
    for (int i = 0; i < self->n; i++)
        self->side[d].truth[i] = fit->mean + keep * (difference[i] - fit->mean);
    self->side[d].mean = fit->mean;
}

/* Adds an option's expectation at each row, given what is learnt, to out[n]. Of a product of two inputs of which one stays unknown nothing is left on
 * average: the other's straight line has mean 0. */
static void add_expected(const set_t *self, int d, const pw_given_fit_t *fit, const pw_learnt_t *learnt, const double *blurred, double *out)
{
    for (int t = 0; t < fit->n_terms; t++)
        if (pw_given_term_within(fit, t, learnt->in))
            add_part(self, fit, t, pw_given_term_shrink(self->voi->given, fit, t), blurred, out);
    for (int i = 0; i < self->n; i++)
        out[i] += self->side[d].mean;
}

/* Choosing in each row by expected[option][row], what is gained over always choosing `today`, and how often another was best. */
static pw_worth_t choose(const set_t *self, double *const *expected, int today_best)
{
    int n_options = self->voi->n_options, wrong = 0;
    double gain = 0.0;
    for (int i = 0; i < self->n; i++) {
        double value[PW_VOI_OPTIONS] = { 0 }, truth[PW_VOI_OPTIONS] = { 0 };
        for (int d = 1; d < n_options; d++) {
            value[d] = expected ? expected[d][i] : self->side[d].mean;
            truth[d] = self->side[d].truth[i];
        }
        int chosen = expected ? best_of(value, n_options) : today_best, best = best_of(truth, n_options);
        gain += (value[chosen] - (today_best == 0 ? 0.0 : self->side[today_best].mean)) / (double)self->n;
        wrong += truth[best] > truth[chosen];
    }
    return (pw_worth_t){ .value = gain > 0.0 ? gain : 0.0, .wrong = (double)wrong / (double)self->n };
}

static pw_worth_t everything(const set_t *self, int today)
{
    double *expected[PW_VOI_OPTIONS];
    for (int d = 1; d < self->voi->n_options; d++)
        expected[d] = self->side[d].truth;
    pw_worth_t worth = choose(self, expected, today);
    worth.wrong = choose(self, NULL, today).wrong;
    return worth;
}

static pw_worth_t something(const set_t *self, const pw_given_fit_t *fit, const pw_learnt_t *learnt, const double *blurred, int today, double most)
{
    double *expected[PW_VOI_OPTIONS];
    for (int d = 1; d < self->voi->n_options; d++) {
        expected[d] = self->side[d].part;
        memset(expected[d], 0, (size_t)self->n * sizeof(double));
        add_expected(self, d, &fit[d], learnt, blurred, expected[d]);
    }
    pw_worth_t worth = choose(self, expected, today);
    if (worth.value > most)
        worth.value = most;
    return worth;
}

static int today(const set_t *self)
{
    double mean[PW_VOI_OPTIONS] = { 0 };
    for (int d = 1; d < self->voi->n_options; d++)
        mean[d] = self->side[d].mean;
    return best_of(mean, self->voi->n_options);
}

static void evaluate(const set_t *self, const pw_given_fit_t *fit, const pw_learnt_t *learnt, int n, pw_worth_t *perfect, pw_worth_t *out)
{
    int now = today(self);
    *perfect = everything(self, now);
    for (int k = 0; k < n; k++)
        out[k] = something(self, fit, &learnt[k], self->blurred[k], now, perfect->value);
}

/* ---- what a sample leaves open ---- */

static pw_status_t blur(const pw_given_t *given, const pw_learnt_t *learnt, double **out)
{
    enum { STEPS = 15 };      /* equal shares of the normal distribution, each at its middle */
    int input = 0;
    while (input < given->p && !learnt->in[input])
        input++;
    if (learnt->ratio >= 1.0 || input == given->p || given->input[input].size == 0)
        return PW_OK;
    *out = pw_alloc((size_t)given->n * PW_SPLINE_CURVES, sizeof(double));
    if (!*out)
        return PW_ERROR_MEMORY;
    for (int i = 0; i < given->n; i++)
        for (int s = 0; s < STEPS; s++) {
            double at[PW_SPLINE_CURVES], step = gsl_cdf_ugaussian_Pinv(((double)s + 0.5) / STEPS);
            pw_spline_at(&given->input[input], sqrt(learnt->ratio) * given->input[input].score[i] + sqrt(1.0 - learnt->ratio) * step, at);
            for (int k = 0; k < PW_SPLINE_CURVES; k++)
                (*out)[(size_t)k * (size_t)given->n + (size_t)i] += at[k] / STEPS;
        }
    return PW_OK;
}

/* ---- errors ---- */

typedef struct { double value, value_squares, wrong, wrong_squares; } moments_t;

static void note(moments_t *self, const pw_worth_t *worth)
{
    self->value += worth->value;
    self->value_squares += worth->value * worth->value;
    self->wrong += worth->wrong;
    self->wrong_squares += worth->wrong * worth->wrong;
}

static double deviation(double sum, double squares)
{
    double about = squares - sum * sum / PW_GIVEN_BOOTSTRAPS;
    return about > 0.0 ? sqrt(about / (PW_GIVEN_BOOTSTRAPS - 1)) : 0.0;
}

static pw_status_t round_of(set_t *self, const pw_learnt_t *learnt, int n, uint64_t seed, int round, pw_given_fit_t *again, pw_worth_t *perfect, pw_worth_t *out)
{
    const pw_voi_t *voi = self->voi;
    pw_stream_t stream = pw_stream_init(seed, (uint64_t)round, 0x80000002u);
    for (int i = 0; i < self->n; i++) {
        pw_block_t block = pw_stream_block(stream, (uint32_t)i, 0, 0, 0);
        size_t other = (size_t)(((uint64_t)block.word[1] * (uint64_t)self->n) >> 32);
        self->rows[i] = (int)(((uint64_t)block.word[0] * (uint64_t)self->n) >> 32);
        for (int d = 1; d < voi->n_options; d++) {
            double inflate = sqrt((double)(self->n - 1) / (double)(self->n - 1 - voi->fit[d].n_columns));
            self->again[d][i] = self->fitted[d][self->rows[i]] + inflate * voi->fit[d].residual[other];
        }
    }
    for (int d = 1; d < voi->n_options; d++) {
        pw_status_t status = pw_given_refit(voi->given, &voi->fit[d], self->rows, self->again[d], self->workspace, &again[d]);
        if (status != PW_OK)
            return status;
        take_out_noise(self, d, &again[d], self->again[d]);
    }
    evaluate(self, again, learnt, n, perfect, out);
    return PW_OK;
}

/* An input that no regression took in: what a part of the rest no larger than chance makes could be worth. */
static double overlooked(const pw_voi_t *self)
{
    double most = 0.0;
    for (int d = 1; d < self->n_options; d++) {
        double other = self->best == d ? 0.0 : self->mean[self->best], could = pw_normal_loss(self->mean[d] - other, sqrt(2.0 * self->fit[d].rest / (double)self->given->n));
        most = could > most ? could : most;
    }
    return most;
}

static bool is_seen(const pw_voi_t *self, const pw_learnt_t *learnt)
{
    for (int d = 1; d < self->n_options; d++)
        for (int t = 0; t < self->fit[d].n_terms; t++)
            if (pw_given_term_within(&self->fit[d], t, learnt->in))
                return true;
    return false;
}

static pw_status_t errors(set_t *self, const pw_learnt_t *learnt, int n, uint64_t seed, pw_worth_t *perfect, pw_worth_t *out)
{
    moments_t *moments = pw_alloc((size_t)n + 1, sizeof moments[0]);
    pw_worth_t *worth = pw_alloc((size_t)n + 1, sizeof worth[0]);
    pw_given_fit_t *again = pw_alloc(PW_VOI_OPTIONS, sizeof again[0]);
    pw_status_t status = moments && worth && again ? PW_OK : PW_ERROR_MEMORY;
    for (int b = 0; b < PW_GIVEN_BOOTSTRAPS && status == PW_OK; b++) {
        status = round_of(self, learnt, n, seed, b, again, &worth[n], worth);
        for (int k = 0; k <= n && status == PW_OK; k++)
            note(&moments[k], &worth[k]);
    }
    for (int k = 0; k <= n && status == PW_OK; k++) {
        pw_worth_t *to = k == n ? perfect : &out[k];
        to->value_error = deviation(moments[k].value, moments[k].value_squares);
        to->wrong_error = deviation(moments[k].wrong, moments[k].wrong_squares);
        if (k < n && !is_seen(self->voi, &learnt[k]))
            to->value_error = overlooked(self->voi);
    }
    pw_free(moments);
    pw_free(worth);
    pw_free(again);
    return status;
}

static void free_set(set_t *self, int n)
{
    for (int d = 1; d < self->voi->n_options; d++) {
        pw_free(self->side[d].part);
        pw_free(self->side[d].truth);
        pw_free(self->again[d]);
        pw_free(self->fitted[d]);
    }
    for (int k = 0; self->blurred && k < n; k++)
        pw_free(self->blurred[k]);
    pw_free(self->blurred);
    pw_free(self->rows);
    pw_free(self->workspace);
}

static pw_status_t fill_set(set_t *self, const pw_learnt_t *learnt, int n)
{
    const pw_voi_t *voi = self->voi;
    self->rows = pw_alloc((size_t)self->n, sizeof self->rows[0]);
    self->workspace = pw_alloc(pw_given_workspace(voi->given), sizeof(double));
    self->blurred = pw_alloc((size_t)n, sizeof self->blurred[0]);
    if (!self->rows || !self->workspace || !self->blurred)
        return PW_ERROR_MEMORY;
    for (int i = 0; i < self->n; i++)
        self->rows[i] = i;
    for (int d = 1; d < voi->n_options; d++) {
        double **room[] = { &self->side[d].part, &self->side[d].truth, &self->again[d], &self->fitted[d] };
        for (size_t k = 0; k < sizeof room / sizeof room[0]; k++)
            if (!(*room[k] = pw_alloc((size_t)self->n, sizeof(double))))
                return PW_ERROR_MEMORY;
        for (int t = 0; t < voi->fit[d].n_terms; t++)
            pw_given_term_add(voi->given, &voi->fit[d], t, pw_given_term_shrink(voi->given, &voi->fit[d], t), self->fitted[d]);
        for (int i = 0; i < self->n; i++)
            self->fitted[d][i] += voi->mean[d];
        take_out_noise(self, d, &voi->fit[d], voi->difference[d]);
    }
    for (int k = 0; k < n; k++)
        if (blur(voi->given, &learnt[k], &self->blurred[k]) != PW_OK)
            return PW_ERROR_MEMORY;
    return PW_OK;
}

pw_status_t pw_voi_worth(const pw_voi_t *self, const pw_learnt_t *learnt, int n, uint64_t seed, pw_worth_t *perfect, pw_worth_t *out)
{
    set_t set = { .voi = self, .n = self->given->n };
    pw_status_t status = fill_set(&set, learnt, n);
    if (status == PW_OK) {
        evaluate(&set, self->fit, learnt, n, perfect, out);
        status = errors(&set, learnt, n, seed, perfect, out);
    }
    free_set(&set, n);
    return status;
}
