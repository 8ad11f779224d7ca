#include "voi.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "expectation.h"

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

/* Draws without the noise of their worlds. */
static void take_out_noise(pw_voi_t *self, int d)
{
    const pw_given_fit_t *fit = &self->fit[d];
    double noise = self->noise[d], keep = fit->total > noise ? sqrt((fit->total - noise) / fit->total) : 0.0;
    for (int i = 0; i < self->given->n; i++)
        self->truth[d][i] = fit->mean + keep * (self->difference[d][i] - fit->mean);
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
        self->truth[d] = pw_alloc((size_t)given->n, sizeof(double));
        if (!difference || !self->truth[d])
            return PW_ERROR_MEMORY;
        for (int i = 0; i < given->n; i++)
            difference[i] = choice->benefit[d][i] - choice->benefit[0][i];
        self->noise[d] = choice->noise[d];
        pw_status_t status = pw_given_fit(given, difference, &self->fit[d]);
        if (status != PW_OK)
            return status;
        self->mean[d] = self->fit[d].mean;
        take_out_noise(self, d);
    }
    self->best = best_of(self->mean, self->n_options);
    return PW_OK;
}

void pw_voi_free(pw_voi_t *self)
{
    for (int d = 1; d < self->n_options; d++) {
        pw_free(self->difference[d]);
        pw_free(self->truth[d]);
        pw_given_fit_free(&self->fit[d]);
    }
    memset(self, 0, sizeof *self);
}

/* ---- choosing with what is known ---- */

/* Mean and variance, from 0. */
typedef struct { double sum, squares; } moments_t;
static void note(moments_t *self, double value)
{
    self->sum += value;
    self->squares += value * value;
}
static double error_of(const moments_t *self, const pw_given_t *given)
{
    double n = (double)given->n, variance = (self->squares - self->sum * self->sum / n) / (n - 1.0);
    return variance > 0.0 ? sqrt(variance / given->effective) : 0.0;
}

/* A share k / n, with one more of each kind so that none seen is not taken for certain. */
static double share_error(double share, double n)
{
    double p = (share * n + 1.0) / (n + 2.0);
    return sqrt(p * (1.0 - p) / n);
}

/* Choosing in each draw by expected[option][draw] (NULL: as today), what is gained over always choosing as today, and how often another was best. */
static pw_worth_t choose(const pw_voi_t *self, double *const *expected, bool *changes)
{
    int n = self->given->n, wrong = 0;
    moments_t gain = { 0 }, influence = { 0 };
    *changes = false;
    for (int i = 0; i < n; i++) {
        double value[PW_VOI_OPTIONS] = { 0 }, truth[PW_VOI_OPTIONS] = { 0 };
        for (int d = 1; d < self->n_options; d++) {
            value[d] = expected ? expected[d][i] : self->mean[d];
            truth[d] = self->truth[d][i];
        }
        int chosen = expected ? best_of(value, self->n_options) : self->best, best = best_of(truth, self->n_options);
        note(&gain, value[chosen] - (self->best == 0 ? 0.0 : self->mean[self->best]));
        note(&influence, (chosen == 0 ? 0.0 : self->difference[chosen][i]) - (self->best == 0 ? 0.0 : self->difference[self->best][i]));
        *changes = *changes || chosen != self->best;
        wrong += truth[best] > truth[chosen];
    }
    double value = *changes ? gain.sum / (double)n : 0.0, share = (double)wrong / (double)n;
    return (pw_worth_t){ value > 0.0 ? value : 0.0, error_of(&influence, self->given), share, share_error(share, self->given->effective) };
}

/* What a normal benefit of this spread would gain against today's choice. */
static double gain_of_spread(const pw_voi_t *self, int d, double variance)
{
    double today = self->best == d ? 0.0 : self->mean[self->best];
    return pw_normal_loss(self->mean[d] - today, sqrt(variance > 0.0 ? variance : 0.0));
}

static double larger(double a, double b) { return a > b ? a : b; }

/* The noise of the worlds is itself known only from as many draws: what that makes of the gain. */
static double error_of_noise(const pw_voi_t *self)
{
    double most = 0.0;
    for (int d = 1; d < self->n_options; d++) {
        double spread = self->fit[d].total - self->noise[d], s = spread > 0.0 ? sqrt(spread) : 0.0, today = self->best == d ? 0.0 : self->mean[self->best];
        if (s > 0.0)
            most = larger(most, gsl_ran_ugaussian_pdf((self->mean[d] - today) / s) * self->noise[d] / (s * sqrt(self->given->effective)));
    }
    return most;
}

pw_worth_t pw_voi_everything(const pw_voi_t *self)
{
    double *expected[PW_VOI_OPTIONS] = { 0 };
    bool changes;
    for (int d = 1; d < self->n_options; d++)
        expected[d] = self->truth[d];
    pw_worth_t worth = choose(self, expected, &changes), now = choose(self, NULL, &(bool){ false });
    for (int d = 1; d < self->n_options && !changes; d++)
        worth.value_error = larger(worth.value_error, gain_of_spread(self, d, self->fit[d].total - self->noise[d]));
    worth.value_error = hypot(worth.value_error, error_of_noise(self));
    worth.wrong = now.wrong;
    worth.wrong_error = now.wrong_error;
    return worth;
}

/* ---- what a sample leaves open ---- */

/* An expectation of one input, averaged over what a sample leaves open of it; out[n] with the mean 0. */
static void blur(const pw_expectation_t *e, const pw_spline_t *input, double ratio, double *out)
{
    enum { STEPS = 15 };      /* equal shares of the normal distribution, each at its middle */
    double mean = 0.0;
    for (int i = 0; i < input->n; i++) {
        out[i] = 0.0;
        for (int s = 0; s < STEPS; s++) {
            double at[PW_SPLINE_CURVES], step = gsl_cdf_ugaussian_Pinv(((double)s + 0.5) / STEPS);
            pw_spline_at(input, sqrt(ratio) * input->score[i] + sqrt(1.0 - ratio) * step, at);
            for (int k = 0; k < e->curves; k++)
                out[i] += e->coefficient[k] * at[k] / STEPS;
        }
        mean += out[i] / (double)input->n;
    }
    for (int i = 0; i < input->n; i++)
        out[i] -= mean;
}

static int only_input(const bool *in, int p)
{
    int i = 0;
    while (i < p && !in[i])
        i++;
    return i;
}

/* ---- something known ---- */

typedef struct {
    const pw_voi_t *voi;
    const pw_inquiry_t *learnt;
    double *expected[PW_VOI_OPTIONS];
    double variance[PW_VOI_OPTIONS];      /* of what is expected; where nothing shows: what could have been overlooked */
    bool shows;
} learning_t;

/* Where no curve was taken in: the largest part that one input's first curves may have, a standard error above what they show. */
static double overlooked(const pw_expectation_t *e, const bool *in)
{
    double most = 0.0;
    for (int i = 0; i < e->given->p; i++) {
        double error, variance = in[i] ? pw_expectation_unseen(e, i, &error) : 0.0;
        if (in[i])
            most = larger(most, larger(variance, 0.0) + sqrt(error));
    }
    return most;
}

static pw_status_t expect(learning_t *self, int d)
{
    const pw_voi_t *voi = self->voi;
    const pw_given_t *given = voi->given;
    pw_expectation_t e;
    pw_status_t status = pw_expectation_init(&e, given, &voi->fit[d], self->learnt->in);
    self->expected[d] = pw_alloc((size_t)given->n, sizeof(double));
    if (status == PW_OK && !self->expected[d])
        status = PW_ERROR_MEMORY;
    if (status == PW_OK && e.columns > 0 && self->learnt->ratio < 1.0)
        blur(&e, &given->input[only_input(self->learnt->in, given->p)], self->learnt->ratio, e.value);
    for (int i = 0; status == PW_OK && i < given->n; i++)
        self->expected[d][i] = voi->mean[d] + e.pull * e.value[i];
    if (status == PW_OK) {
        self->variance[d] = e.columns > 0 ? larger(e.variance, 0.0) * self->learnt->ratio : overlooked(&e, self->learnt->in);
        self->shows = self->shows || e.columns > 0;
    }
    pw_expectation_free(&e);
    return status;
}

pw_status_t pw_voi_learnt(const pw_voi_t *self, const pw_inquiry_t *learnt, pw_worth_t *out, bool *shows)
{
    learning_t learning = { .voi = self, .learnt = learnt };
    pw_status_t status = pw_interrupt_asked() ? PW_ERROR_STOPPED : PW_OK;
    bool changes = false;
    for (int d = 1; d < self->n_options && status == PW_OK; d++)
        status = expect(&learning, d);
    if (status == PW_OK) {
        *out = choose(self, learning.expected, &changes);
        double most = pw_voi_everything(self).value;
        out->value = out->value > most ? most : out->value;
        for (int d = 1; d < self->n_options && !changes; d++)
            out->value_error = larger(out->value_error, gain_of_spread(self, d, learning.variance[d]));
    }
    if (shows)
        *shows = learning.shows;
    for (int d = 1; d < self->n_options; d++)
        pw_free(learning.expected[d]);
    return status;
}
