#include "given_data.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "expectation.h"

/* ---- the inputs ---- */

/* Draws in the order of their tied inputs, so that those that are alike stand together. */
typedef struct { const pw_given_t *given; const double *const *x; } order_t;

static int compare(const order_t *self, int a, int b)
{
    for (int j = 0; j < self->given->p; j++)
        if (self->given->tied[j] && self->x[j][a] != self->x[j][b])
            return self->x[j][a] < self->x[j][b] ? -1 : 1;
    return 0;
}

static int by_tied_inputs(const void *a, const void *b, void *context)
{
    int order = compare(context, *(const int *)a, *(const int *)b);
    return order != 0 ? order : *(const int *)a - *(const int *)b;
}

static bool any_tied_changes(const pw_given_t *self)
{
    for (int j = 0; j < self->p; j++)
        if (self->tied[j] && self->input[j].size > 0)
            return true;
    return false;
}

static pw_status_t count_effective(pw_given_t *self, const double *const *x)
{
    order_t context = { self, x };
    double squares = 0.0;
    self->effective = (double)self->n;
    if (!any_tied_changes(self))
        return PW_OK;
    int *order = pw_alloc((size_t)self->n, sizeof order[0]);
    if (!order)
        return PW_ERROR_MEMORY;
    for (int i = 0; i < self->n; i++)
        order[i] = i;
    qsort_r(order, (size_t)self->n, sizeof order[0], by_tied_inputs, &context);
    for (int from = 0, to; from < self->n; from = to) {
        for (to = from + 1; to < self->n && compare(&context, order[from], order[to]) == 0;)
            to++;
        squares += (double)(to - from) * (double)(to - from);
    }
    self->effective *= (double)self->n / squares;
    pw_free(order);
    return PW_OK;
}

pw_status_t pw_given_init(pw_given_t *self, const double *const *x, int p, int n, const bool *tied)
{
    memset(self, 0, sizeof *self);
    if (n < PW_GIVEN_FEWEST)
        return PW_ERROR_NUMBER;
    self->n = n;
    self->input = pw_alloc((size_t)p, sizeof self->input[0]);
    self->tied = pw_alloc((size_t)p, sizeof self->tied[0]);
    if (!self->input || !self->tied)
        return PW_ERROR_MEMORY;
    for (self->p = 0; self->p < p;) {
        for (int i = 0; i < n; i++)
            if (!isfinite(x[self->p][i]))
                return PW_ERROR_NUMBER;
        self->tied[self->p] = !tied || tied[self->p];
        pw_status_t status = pw_spline_init(&self->input[self->p], x[self->p], n);
        self->p++;
        if (status != PW_OK)
            return status;
    }
    return count_effective(self, x);
}

void pw_given_free(pw_given_t *self)
{
    for (int i = 0; i < self->p; i++)
        pw_spline_free(&self->input[i]);
    pw_free(self->input);
    pw_free(self->tied);
    memset(self, 0, sizeof *self);
}

static const double *curve(const pw_given_t *self, int input, int k) { return self->input[input].curve + (size_t)k * (size_t)self->n; }

/* What column k of a term is in draw i. */
static double column_at(const pw_given_t *self, const pw_given_fit_t *fit, int term, int k, int i)
{
    double value = curve(self, fit->term[term].input, k)[i];
    return fit->term[term].other < 0 ? value : value * curve(self, fit->term[term].other, 0)[i];
}

static double dot(const double *a, const double *b, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* ---- least squares of some columns ---- */

/* Room for the columns (row by row, each centred), their products, and a right side. */
static size_t workspace_size(const pw_given_t *self)
{
    return (size_t)self->n * PW_GIVEN_COLUMNS + (size_t)PW_GIVEN_COLUMNS * (PW_GIVEN_COLUMNS + 1);
}

typedef struct { double *row, *product, *side; } room_t;

static room_t room_of(const pw_given_t *self, double *workspace)
{
    double *product = workspace + (size_t)self->n * PW_GIVEN_COLUMNS, *side = product + (size_t)PW_GIVEN_COLUMNS * PW_GIVEN_COLUMNS;
    return (room_t){ workspace, product, side };
}

static void gather(const pw_given_t *self, const pw_given_fit_t *fit, const room_t *room)
{
    int m = fit->n_columns;
    for (int t = 0; t < fit->n_terms; t++)
        for (int k = 0; k < fit->term[t].curves; k++) {
            double mean = 0.0;
            int at = fit->term[t].at + k;
            for (int i = 0; i < self->n; i++) {
                double value = column_at(self, fit, t, k, i);
                room->row[(size_t)i * (size_t)m + (size_t)at] = value;
                mean += value / (double)self->n;
            }
            for (int i = 0; i < self->n; i++)
                room->row[(size_t)i * (size_t)m + (size_t)at] -= mean;
        }
}

static void multiply(const pw_given_t *self, const pw_given_fit_t *fit, const double *y, const room_t *room)
{
    int m = fit->n_columns;
    memset(room->product, 0, (size_t)(m * m) * sizeof(double));
    memset(room->side, 0, (size_t)m * sizeof(double));
    for (int i = 0; i < self->n; i++) {
        const double *row = room->row + (size_t)i * (size_t)m;
        double value = y[i] - fit->mean;
        for (int a = 0; a < m; a++) {
            room->side[a] += row[a] * value;
            for (int b = 0; b <= a; b++)
                room->product[a * m + b] += row[a] * row[b];
        }
    }
    for (int a = 0; a < m; a++) {
        room->product[a * m + a] += 1e-9 * (double)self->n;      /* curves that the rows cannot tell apart: any split of theirs will do */
        for (int b = 0; b < a; b++)
            room->product[b * m + a] = room->product[a * m + b];
    }
}

/* Sets mean, total, rest, coefficients and residuals. */
static pw_status_t least_squares(const pw_given_t *self, pw_given_fit_t *fit, const double *y, double *workspace)
{
    int n = self->n, m = fit->n_columns;
    room_t room = room_of(self, workspace);
    double left = 0.0, squares = 0.0;
    fit->mean = 0.0;
    for (int i = 0; i < n; i++)
        fit->mean += (y[i] - y[0]) / (double)n;      /* so that what never changes has exactly its value as its mean */
    fit->mean += y[0];
    for (int i = 0; i < n; i++)
        squares += (y[i] - fit->mean) * (y[i] - fit->mean);
    if (m > 0) {
        gather(self, fit, &room);
        multiply(self, fit, y, &room);
        gsl_matrix_view product = gsl_matrix_view_array(room.product, (size_t)m, (size_t)m);
        gsl_vector_view side = gsl_vector_view_array(room.side, (size_t)m), out = gsl_vector_view_array(fit->coefficient, (size_t)m);
        if (gsl_linalg_cholesky_decomp1(&product.matrix) != 0 || gsl_linalg_cholesky_solve(&product.matrix, &side.vector, &out.vector) != 0)
            return PW_ERROR_NUMBER;
    }
    for (int i = 0; i < n; i++) {
        fit->residual[i] = y[i] - fit->mean - (m > 0 ? dot(room.row + (size_t)i * (size_t)m, fit->coefficient, m) : 0.0);
        left += fit->residual[i] * fit->residual[i];
    }
    fit->total = squares / (double)(n - 1);
    fit->rest = left / (double)(n - 1 - m);
    return PW_OK;
}

/* ---- which inputs are taken in ---- */

typedef struct { int input, other, curves; double gain; } candidate_t;

/* By how much the criterion falls when `squares` of the rest go with `more` columns. */
static double gain_of(const pw_given_t *self, const pw_given_fit_t *fit, double left, double squares, int more, double price)
{
    double n = self->effective, rest = left - squares, floor = 1e-14 * fit->total * (double)self->n;
    return n * log(left / (rest > floor ? rest : floor)) - (double)more * log(n) - price;
}

static int room_for_columns(const pw_given_t *self) { return PW_GIVEN_COLUMNS < self->effective / 5.0 ? PW_GIVEN_COLUMNS : (int)(self->effective / 5.0); }

/* Another input alone, or more curves for one that is in already. */
static void look_at_one(const pw_given_t *self, const pw_given_fit_t *fit, int input, double left, candidate_t *best)
{
    int term = pw_given_term_of(fit, input), have = term < 0 ? 0 : fit->term[term].curves;
    double n = (double)self->n, squares = 0.0, price = term < 0 ? 2.0 * log((double)self->p) : 0.0;
    if (self->input[input].size == 0 || (term < 0 && fit->n_terms == PW_GIVEN_TERMS))
        return;
    for (int k = 0, size = 0; k < self->input[input].size; k++) {
        double c = k < have ? 0.0 : dot(curve(self, input, k), fit->residual, self->n) / n;
        squares += n * c * c;
        if (k + 1 != pw_spline_size(size))
            continue;
        size++;
        if (k + 1 <= have || fit->n_columns + k + 1 - have > room_for_columns(self))
            continue;
        double gain = gain_of(self, fit, left, squares, k + 1 - have, price);
        if (gain > best->gain)
            *best = (candidate_t){ input, -1, k + 1, gain };
    }
}

static bool has_product(const pw_given_fit_t *fit, int a, int b)
{
    for (int t = 0; t < fit->n_terms; t++)
        if (fit->term[t].other >= 0 && ((fit->term[t].input == a && fit->term[t].other == b) || (fit->term[t].input == b && fit->term[t].other == a)))
            return true;
    return false;
}

/* More than chance makes of independent inputs: 5 standard errors of a correlation. */
static bool correlated(const pw_given_t *self, int a, int b)
{
    return fabs(dot(curve(self, a, 0), curve(self, b, 0), self->n)) > 5.0 * (double)self->n / sqrt(self->effective);
}

/* The product of an input that is in with another. */
static void look_at_product(const pw_given_t *self, const pw_given_fit_t *fit, int a, int b, int n_in, double left, candidate_t *best)
{
    const double *x = curve(self, a, 0), *z = curve(self, b, 0), *r = fit->residual;
    double n = (double)self->n, sum = 0.0, squares = 0.0, with_rest = 0.0;
    if (a == b || self->input[b].size == 0 || has_product(fit, a, b) || correlated(self, a, b))
        return;
    for (int i = 0; i < self->n; i++) {
        double product = x[i] * z[i];
        sum += product;
        squares += product * product;
        with_rest += product * r[i];
    }
    squares -= sum * sum / n;      /* the rest has mean 0 */
    double gain = squares > 1e-9 * n ? gain_of(self, fit, left, with_rest * with_rest / squares, 1, 2.0 * log((double)n_in * (double)self->p)) : 0.0;
    if (gain > best->gain)
        *best = (candidate_t){ a, b, 1, gain };
}

static candidate_t look(const pw_given_t *self, const pw_given_fit_t *fit, const bool *in)
{
    candidate_t best = { -1, -1, 0, 0.0 };
    double left = dot(fit->residual, fit->residual, self->n);
    int n_in = 0;
    for (int i = 0; i < self->p; i++)
        if (!in || in[i])
            look_at_one(self, fit, i, left, &best);
    for (int t = 0; t < fit->n_terms; t++)
        n_in += fit->term[t].other < 0;
    for (int t = 0; t < fit->n_terms && fit->n_terms < PW_GIVEN_TERMS && fit->n_columns < room_for_columns(self); t++)
        for (int b = 0; b < self->p && fit->term[t].other < 0; b++)
            if (!in || in[b])
                look_at_product(self, fit, fit->term[t].input, b, n_in, left, &best);
    return best;
}

static void place(pw_given_fit_t *fit)
{
    fit->n_columns = 0;
    for (int t = 0; t < fit->n_terms; t++) {
        fit->term[t].at = fit->n_columns;
        fit->n_columns += fit->term[t].curves;
    }
}

static void take_in(pw_given_fit_t *fit, candidate_t what)
{
    int term = what.other < 0 ? pw_given_term_of(fit, what.input) : -1;
    if (term < 0) {
        term = fit->n_terms++;
        fit->term[term].input = what.input;
        fit->term[term].other = what.other;
    }
    fit->term[term].curves = what.curves;
    place(fit);
}

pw_status_t pw_given_fit_within(const pw_given_t *self, const double *y, const bool *in, pw_given_fit_t *fit)
{
    fit->residual = pw_alloc((size_t)self->n, sizeof(double));
    double *workspace = pw_alloc(workspace_size(self), sizeof(double));
    place(fit);
    pw_status_t status = fit->residual && workspace ? least_squares(self, fit, y, workspace) : PW_ERROR_MEMORY;
    while (status == PW_OK && fit->rest > 1e-12 * fit->total) {
        candidate_t best = look(self, fit, in);
        if (best.input < 0)
            break;
        take_in(fit, best);
        status = least_squares(self, fit, y, workspace);
    }
    pw_free(workspace);
    return status;
}

pw_status_t pw_given_fit(const pw_given_t *self, const double *y, pw_given_fit_t *fit)
{
    memset(fit, 0, sizeof *fit);
    return pw_given_fit_within(self, y, NULL, fit);
}

void pw_given_fit_free(pw_given_fit_t *self)
{
    pw_free(self->residual);
    memset(self, 0, sizeof *self);
}

int pw_given_term_of(const pw_given_fit_t *fit, int input)
{
    for (int t = 0; t < fit->n_terms; t++)
        if (fit->term[t].input == input && fit->term[t].other < 0)
            return t;
    return -1;
}

bool pw_given_term_within(const pw_given_fit_t *fit, int term, const bool *in)
{
    return in[fit->term[term].input] && (fit->term[term].other < 0 || in[fit->term[term].other]);
}

void pw_given_term_add(const pw_given_t *self, const pw_given_fit_t *fit, int term, double times, double *out)
{
    for (int k = 0; k < fit->term[term].curves; k++) {
        double c = times * fit->coefficient[fit->term[term].at + k], mean = 0.0;
        for (int i = 0; i < self->n; i++)
            mean += column_at(self, fit, term, k, i) / (double)self->n;
        for (int i = 0; i < self->n; i++)
            out[i] += c * (column_at(self, fit, term, k, i) - mean);
    }
}

/* ---- shares and their errors ---- */

typedef struct {
    const pw_given_t *given;
    const pw_given_fit_t *fit;
    double spread, noise;
    pw_expectation_t expectation;
    bool *in;                        /* [p] */
} sharing_t;

/* Of the share that an expectation makes: each draw's influence, then what is of second order. */
static double error_squared(const sharing_t *self, double share)
{
    const pw_expectation_t *e = &self->expectation;
    double n = (double)self->given->n, squares = 0.0, second = e->second_order + 2.0 * share * share * self->noise * self->noise / self->given->effective;
    for (int i = 0; i < self->given->n; i++) {
        double y = e->y[i], influence = e->influence[i] - e->variance - share * (y * y - self->fit->total);
        squares += influence * influence / n;
    }
    return (squares / self->given->effective + second) / (self->spread * self->spread);
}

/* Of the inputs that are now in `in`. With `all` the small parts of those that do not show are added. */
static pw_status_t share_of(sharing_t *self, bool all, pw_share_t *out)
{
    const pw_given_t *given = self->given;
    pw_status_t status = pw_expectation_init(&self->expectation, given, self->fit, self->in);
    if (status != PW_OK)
        return status;
    *out = (pw_share_t){ self->expectation.variance / self->spread, 0.0, self->expectation.columns > 0 };
    double squares = out->taken_in ? error_squared(self, out->share) : 0.0;
    for (int i = 0; i < given->p && (all || !out->taken_in); i++) {
        double error, variance;
        if (!self->in[i] || pw_expectation_shows(&self->expectation, i))
            continue;
        variance = pw_expectation_unseen(&self->expectation, i, &error);
        out->share += variance / self->spread;
        squares += error / (self->spread * self->spread);
    }
    out->error = sqrt(squares);
    return PW_OK;
}

static pw_status_t share_out(sharing_t *self, const int *group, int n_groups, pw_share_t *input, pw_share_t *of_group)
{
    int p = self->given->p;
    pw_status_t status = PW_OK;
    for (int i = 0; i < p && status == PW_OK; i++) {
        self->in[i] = true;
        status = pw_interrupt_asked() ? PW_ERROR_STOPPED : share_of(self, false, &input[i]);
        self->in[i] = false;
        pw_expectation_free(&self->expectation);
    }
    for (int g = 0; g < n_groups && status == PW_OK; g++) {
        for (int i = 0; i < p; i++)
            self->in[i] = group[i] == g;
        status = share_of(self, true, &of_group[g]);
        pw_expectation_free(&self->expectation);
    }
    return status;
}

pw_status_t pw_given_shares(const pw_given_t *self, const double *y, double noise, const int *group, int n_groups, pw_share_t *input,
                            pw_share_t *of_group, double *spread)
{
    pw_given_fit_t fit;
    pw_status_t status = pw_given_fit(self, y, &fit);
    sharing_t sharing = { .given = self, .fit = &fit, .spread = status == PW_OK ? fit.total - noise : NAN, .noise = noise };
    sharing.in = pw_alloc((size_t)self->p, sizeof sharing.in[0]);
    if (status == PW_OK && !sharing.in)
        status = PW_ERROR_MEMORY;
    if (spread)
        *spread = sharing.spread;
    for (int i = 0; i < self->p; i++)
        input[i] = (pw_share_t){ NAN, NAN, false };
    for (int g = 0; g < n_groups; g++)
        of_group[g] = (pw_share_t){ NAN, NAN, false };
    if (status == PW_OK && sharing.spread > 0.0)
        status = share_out(&sharing, group, n_groups, input, of_group);
    pw_free(sharing.in);
    pw_given_fit_free(&fit);
    return status;
}
