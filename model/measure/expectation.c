#include "expectation.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"

static bool all_tied(const pw_given_t *given, const pw_given_fit_t *fit, int term) { return pw_given_term_within(fit, term, given->tied); }

/* Room, and the output less its mean as the sum that it is. */
static pw_status_t begin(pw_expectation_t *self)
{
    size_t n = (size_t)self->given->n;
    self->value = pw_alloc(n, sizeof(double));
    self->y = pw_alloc(n, sizeof(double));
    self->influence = pw_alloc(n, sizeof(double));
    if (!self->value || !self->y || !self->influence)
        return PW_ERROR_MEMORY;
    memcpy(self->y, self->fit->residual, n * sizeof(double));
    for (int t = 0; t < self->fit->n_terms; t++)
        pw_given_term_add(self->given, self->fit, t, 1.0, self->y);
    return PW_OK;
}

/* Curves that count as they are. */
static int add_independent(pw_expectation_t *self, const bool *in)
{
    int columns = 0;
    for (int t = 0; t < self->fit->n_terms; t++) {
        if (all_tied(self->given, self->fit, t) || !pw_given_term_within(self->fit, t, in))
            continue;
        pw_given_term_add(self->given, self->fit, t, 1.0, self->value);
        columns += self->fit->term[t].curves;
    }
    for (int i = 0; i < self->given->n; i++)
        self->influence[i] = 2.0 * self->value[i] * self->fit->residual[i];
    return columns;
}

/* What the tied inputs and the rest make of the output, in out[n]. */
static void leave_tied(const pw_expectation_t *self, double *out)
{
    memcpy(out, self->y, (size_t)self->given->n * sizeof(double));
    for (int t = 0; t < self->fit->n_terms; t++)
        if (!all_tied(self->given, self->fit, t))
            pw_given_term_add(self->given, self->fit, t, -1.0, out);
}

static void begin_with_terms(pw_expectation_t *self, const bool *in)
{
    for (int t = 0; t < self->fit->n_terms; t++)
        if (pw_given_term_within(self->fit, t, in))
            self->tied.term[self->tied.n_terms++] = self->fit->term[t];
}

static pw_status_t add_tied(pw_expectation_t *self, const bool *in)
{
    const pw_given_t *given = self->given;
    double *left = pw_alloc((size_t)given->n, sizeof(double));
    bool *learnt = pw_alloc((size_t)given->p, sizeof(bool));
    int n_learnt = 0;
    pw_status_t status = left && learnt ? PW_OK : PW_ERROR_MEMORY;
    for (int i = 0; i < given->p && status == PW_OK; i++) {
        learnt[i] = in[i] && given->tied[i] && given->input[i].size > 0;
        n_learnt += learnt[i];
    }
    if (status == PW_OK && n_learnt > 0) {
        leave_tied(self, left);
        if (n_learnt > 1)
            begin_with_terms(self, learnt);
        status = pw_given_fit_within(given, left, learnt, &self->tied);
        for (int i = 0; i < given->n && status == PW_OK; i++) {
            double expected = left[i] - self->tied.mean - self->tied.residual[i];
            self->value[i] += expected;
            self->influence[i] += 2.0 * expected * self->tied.residual[i];
        }
    }
    pw_free(left);
    pw_free(learnt);
    return status;
}

/* Of a product of a learnt input and one that is not, what is expected holds the mean over the other: 0 on average, and chance in these draws, which makes the
 * learnt one's curve steeper or flatter in all of them. A draw's influence by that: 2 E[expectation x product | the other as in this draw]. */
static void add_chance_of_others(pw_expectation_t *self, const bool *in)
{
    const pw_given_t *given = self->given;
    for (int t = 0; t < self->fit->n_terms; t++) {
        int a = self->fit->term[t].input, b = self->fit->term[t].other;
        if (b < 0 || in[a] == in[b] || all_tied(given, self->fit, t))      /* of tied inputs it is in the residual */
            continue;
        const double *known = given->input[in[a] ? a : b].curve, *other = given->input[in[a] ? b : a].curve;
        double together = 0.0, times = self->fit->coefficient[self->fit->term[t].at];
        for (int i = 0; i < given->n; i++)
            together += self->value[i] * known[i] / (double)given->n;
        for (int i = 0; i < given->n; i++)
            self->influence[i] += 2.0 * times * together * other[i];
    }
}

static void measure(pw_expectation_t *self, int independent)
{
    const pw_given_t *given = self->given;
    double each = self->fit->rest / given->effective, of_tied = self->tied.rest / given->effective;
    for (int i = 0; i < given->n; i++)
        self->raw += self->value[i] * self->value[i] / (double)given->n;
    self->columns = independent + self->tied.n_columns;
    self->variance = self->raw - (double)independent * each - (double)self->tied.n_columns * of_tied;
    self->pull = self->variance > 0.0 ? sqrt(self->variance / self->raw) : 0.0;
    self->second_order = 2.0 * (double)independent * each * each + 2.0 * (double)self->tied.n_columns * of_tied * of_tied;
    for (int i = 0; i < given->n; i++)
        self->influence[i] = self->pull * self->influence[i] + self->pull * self->pull * self->value[i] * self->value[i];
}

/* The curves of one input learnt, of whichever sum it is in. */
static void keep_curves(pw_expectation_t *self, const bool *in)
{
    int input = -1, n = 0;
    for (int i = 0; i < self->given->p; i++)
        if (in[i]) {
            input = i;
            n++;
        }
    const pw_given_fit_t *from = n == 1 && self->given->tied[input] ? &self->tied : self->fit;
    int term = n == 1 ? pw_given_term_of(from, input) : -1;
    if (term < 0)
        return;
    self->curves = from->term[term].curves;
    memcpy(self->coefficient, from->coefficient + from->term[term].at, (size_t)self->curves * sizeof(double));
}

pw_status_t pw_expectation_init(pw_expectation_t *self, const pw_given_t *given, const pw_given_fit_t *fit, const bool *in)
{
    memset(self, 0, sizeof *self);
    self->given = given;
    self->fit = fit;
    pw_status_t status = begin(self);
    int independent = status == PW_OK ? add_independent(self, in) : 0;
    if (status == PW_OK)
        status = add_tied(self, in);
    if (status != PW_OK)
        return status;
    add_chance_of_others(self, in);
    measure(self, independent);
    keep_curves(self, in);
    return PW_OK;
}

void pw_expectation_free(pw_expectation_t *self)
{
    pw_free(self->value);
    pw_free(self->y);
    pw_free(self->influence);
    pw_given_fit_free(&self->tied);
    memset(self, 0, sizeof *self);
}

bool pw_expectation_shows(const pw_expectation_t *self, int input)
{
    return pw_given_term_of(self->given->tied[input] ? &self->tied : self->fit, input) >= 0;
}

double pw_expectation_unseen(const pw_expectation_t *self, int input, double *error_squared)
{
    enum { CURVES = 2 };
    const pw_given_t *given = self->given;
    const double *rest = given->tied[input] && self->tied.residual ? self->tied.residual : self->fit->residual;
    double n = (double)given->n, sum = 0.0, each = 0.0;
    *error_squared = 0.0;
    if (given->input[input].size == 0)
        return 0.0;
    for (int i = 0; i < given->n; i++)
        each += rest[i] * rest[i] / n / given->effective;
    for (int k = 0; k < CURVES; k++) {
        const double *curve = given->input[input].curve + (size_t)k * (size_t)given->n;
        double c = 0.0;
        for (int i = 0; i < given->n; i++)
            c += curve[i] * rest[i] / n;
        sum += c * c - each;
    }
    double beyond = sum > each ? sum - each : 0.0;      /* so much more than chance makes on average */
    *error_squared = 4.0 * beyond * each + 2.0 * CURVES * each * each;
    return sum;
}
