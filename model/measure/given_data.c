#include "given_data.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../chance/stream.h"

/* ---- the inputs ---- */

pw_status_t pw_given_init(pw_given_t *self, const double *const *x, int p, int n)
{
    memset(self, 0, sizeof *self);
    if (n < PW_GIVEN_FEWEST)
        return PW_ERROR_NUMBER;
    self->n = n;
    self->input = pw_alloc((size_t)p, sizeof self->input[0]);
    if (!self->input)
        return PW_ERROR_MEMORY;
    for (self->p = 0; self->p < p;) {
        for (int i = 0; i < n; i++)
            if (!isfinite(x[self->p][i]))
                return PW_ERROR_NUMBER;
        pw_status_t status = pw_spline_init(&self->input[self->p], x[self->p], n);
        self->p++;
        if (status != PW_OK)
            return status;
    }
    return PW_OK;
}

void pw_given_free(pw_given_t *self)
{
    for (int i = 0; i < self->p; i++)
        pw_spline_free(&self->input[i]);
    pw_free(self->input);
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
size_t pw_given_workspace(const pw_given_t *self)
{
    return (size_t)self->n * PW_GIVEN_COLUMNS + (size_t)PW_GIVEN_COLUMNS * (PW_GIVEN_COLUMNS + 1);
}

typedef struct { double *row, *product, *side; } room_t;

static room_t room_of(const pw_given_t *self, double *workspace)
{
    double *product = workspace + (size_t)self->n * PW_GIVEN_COLUMNS, *side = product + (size_t)PW_GIVEN_COLUMNS * PW_GIVEN_COLUMNS;
    return (room_t){ workspace, product, side };
}

static void gather(const pw_given_t *self, const pw_given_fit_t *fit, const int *rows, const room_t *room)
{
    int m = fit->n_columns;
    for (int t = 0; t < fit->n_terms; t++)
        for (int k = 0; k < fit->term[t].curves; k++) {
            double mean = 0.0;
            int at = fit->term[t].at + k;
            for (int i = 0; i < self->n; i++) {
                double value = column_at(self, fit, t, k, rows ? rows[i] : i);
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

/* Sets mean, total, rest and coefficients; residuals too if `residual` is given. */
static pw_status_t least_squares(const pw_given_t *self, pw_given_fit_t *fit, const int *rows, const double *y, double *workspace, double *residual)
{
    int n = self->n, m = fit->n_columns;
    room_t room = room_of(self, workspace);
    double explained = 0.0, squares = 0.0;
    fit->mean = 0.0;
    for (int i = 0; i < n; i++)
        fit->mean += (y[i] - y[0]) / (double)n;      /* so that what never changes has exactly its value as its mean */
    fit->mean += y[0];
    for (int i = 0; i < n; i++)
        squares += (y[i] - fit->mean) * (y[i] - fit->mean);
    if (m > 0) {
        gather(self, fit, rows, &room);
        multiply(self, fit, y, &room);
        gsl_matrix_view product = gsl_matrix_view_array(room.product, (size_t)m, (size_t)m);
        gsl_vector_view side = gsl_vector_view_array(room.side, (size_t)m), out = gsl_vector_view_array(fit->coefficient, (size_t)m);
        if (gsl_linalg_cholesky_decomp1(&product.matrix) != 0 || gsl_linalg_cholesky_solve(&product.matrix, &side.vector, &out.vector) != 0)
            return PW_ERROR_NUMBER;
        explained = dot(fit->coefficient, room.side, m);
    }
    double left = squares - explained;
    if (residual) {
        left = 0.0;
        for (int i = 0; i < n; i++) {
            residual[i] = y[i] - fit->mean - (m > 0 ? dot(room.row + (size_t)i * (size_t)m, fit->coefficient, m) : 0.0);
            left += residual[i] * residual[i];
        }
    }
    fit->total = squares / (double)(n - 1);
    fit->rest = left > 0.0 ? left / (double)(n - 1 - m) : 0.0;
    return PW_OK;
}

pw_status_t pw_given_refit(const pw_given_t *self, const pw_given_fit_t *from, const int *rows, const double *y, double *workspace, pw_given_fit_t *out)
{
    *out = *from;
    out->residual = NULL;
    return least_squares(self, out, rows, y, workspace, NULL);
}

/* ---- which inputs are taken in ---- */

typedef struct { int input, other, curves; double gain; } candidate_t;

/* By how much the criterion falls when `squares` of the rest go with `more` columns. */
static double gain_of(const pw_given_t *self, const pw_given_fit_t *fit, double left, double squares, int more, double price)
{
    double n = (double)self->n, rest = left - squares, floor = 1e-14 * fit->total * n;
    return n * log(left / (rest > floor ? rest : floor)) - (double)more * log(n) - price;
}

static int room_for_columns(const pw_given_t *self) { return PW_GIVEN_COLUMNS < self->n / 5 ? PW_GIVEN_COLUMNS : self->n / 5; }

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
    return fabs(dot(curve(self, a, 0), curve(self, b, 0), self->n)) > 5.0 * sqrt((double)self->n);
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

static candidate_t look(const pw_given_t *self, const pw_given_fit_t *fit)
{
    candidate_t best = { -1, -1, 0, 0.0 };
    double left = dot(fit->residual, fit->residual, self->n);
    int n_in = 0;
    for (int i = 0; i < self->p; i++)
        look_at_one(self, fit, i, left, &best);
    for (int t = 0; t < fit->n_terms; t++)
        n_in += fit->term[t].other < 0;
    for (int t = 0; t < fit->n_terms && fit->n_terms < PW_GIVEN_TERMS && fit->n_columns < room_for_columns(self); t++)
        for (int b = 0; b < self->p && fit->term[t].other < 0; b++)
            look_at_product(self, fit, fit->term[t].input, b, n_in, left, &best);
    return best;
}

static void take_in(pw_given_fit_t *fit, candidate_t what)
{
    int term = what.other < 0 ? pw_given_term_of(fit, what.input) : -1, at = 0;
    if (term < 0) {
        term = fit->n_terms++;
        fit->term[term].input = what.input;
        fit->term[term].other = what.other;
    }
    fit->term[term].curves = what.curves;
    for (int t = 0; t < fit->n_terms; t++) {
        fit->term[t].at = at;
        at += fit->term[t].curves;
    }
    fit->n_columns = at;
}

static bool go_together(const pw_given_t *self, const pw_given_fit_t *fit)
{
    for (int t = 0; t < fit->n_terms; t++)
        for (int u = 0; u < t; u++)
            if (fit->term[t].other < 0 && fit->term[u].other < 0 && correlated(self, fit->term[t].input, fit->term[u].input))
                return true;
    return false;
}

pw_status_t pw_given_fit(const pw_given_t *self, const double *y, pw_given_fit_t *fit)
{
    memset(fit, 0, sizeof *fit);
    fit->residual = pw_alloc((size_t)self->n, sizeof(double));
    double *workspace = pw_alloc(pw_given_workspace(self), sizeof(double));
    pw_status_t status = fit->residual && workspace ? least_squares(self, fit, NULL, y, workspace, fit->residual) : PW_ERROR_MEMORY;
    while (status == PW_OK && fit->rest > 1e-12 * fit->total) {
        candidate_t best = look(self, fit);
        if (best.input < 0)
            break;
        take_in(fit, best);
        status = least_squares(self, fit, NULL, y, workspace, fit->residual);
    }
    pw_free(workspace);
    if (status == PW_OK)
        fit->dependent = go_together(self, fit);
    return status;
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

/* Covariance of two columns over the draws. */
static double between(const pw_given_t *self, const pw_given_fit_t *fit, int t, int k, int u, int l)
{
    double a = 0.0, b = 0.0, ab = 0.0, n = (double)self->n;
    for (int i = 0; i < self->n; i++) {
        double x = column_at(self, fit, t, k, i), y = column_at(self, fit, u, l, i);
        a += x / n;
        b += y / n;
        ab += x * y / n;
    }
    return ab - a * b;
}

/* Variance of a term's fitted curve: its curves have mean 0, variance 1, and are uncorrelated; a product is one column. */
static double raw_variance(const pw_given_t *self, const pw_given_fit_t *fit, int term)
{
    const double *c = fit->coefficient + fit->term[term].at;
    return dot(c, c, fit->term[term].curves) * (fit->term[term].other < 0 ? 1.0 : between(self, fit, term, 0, term, 0));
}

/* The term's covariance with the whole fit. */
static double covariance(const pw_given_t *self, const pw_given_fit_t *fit, int term)
{
    double sum = raw_variance(self, fit, term);
    for (int u = 0; u < fit->n_terms; u++)
        for (int k = 0; k < fit->term[term].curves && u != term; k++)
            for (int l = 0; l < fit->term[u].curves; l++)
                sum += fit->coefficient[fit->term[term].at + k] * fit->coefficient[fit->term[u].at + l] * between(self, fit, term, k, u, l);
    return sum;
}

double pw_given_term_variance(const pw_given_t *self, const pw_given_fit_t *fit, int term)
{
    double raw = fit->dependent ? covariance(self, fit, term) : raw_variance(self, fit, term);
    return raw - (double)fit->term[term].curves * fit->rest / (double)self->n;
}

double pw_given_term_shrink(const pw_given_t *self, const pw_given_fit_t *fit, int term)
{
    double raw = raw_variance(self, fit, term), noise = (double)fit->term[term].curves * fit->rest / (double)self->n;
    return raw > noise ? sqrt((raw - noise) / raw) : 0.0;
}

/* ---- shares and their errors ---- */

enum { UNSEEN_CURVES = 2 };      /* of an input that was not taken in */

static double unseen(const pw_given_t *self, const pw_given_fit_t *fit, int input)
{
    double n = (double)self->n, sum = 0.0, left = dot(fit->residual, fit->residual, self->n) / n;
    if (self->input[input].size == 0)
        return 0.0;
    for (int k = 0; k < UNSEEN_CURVES; k++) {
        double c = dot(curve(self, input, k), fit->residual, self->n) / n;
        sum += c * c - left / n;
    }
    return sum;
}

/* The group that a term belongs to; -1: its two inputs are of two groups. */
static int group_of(const pw_given_fit_t *fit, int term, const int *group)
{
    int first = group[fit->term[term].input];
    return fit->term[term].other < 0 || group[fit->term[term].other] == first ? first : -1;
}

static int columns_of_group(const pw_given_fit_t *fit, const int *group, int which)
{
    int columns = 0;
    for (int t = 0; t < fit->n_terms; t++)
        columns += group_of(fit, t, group) == which ? fit->term[t].curves : 0;
    return columns;
}

/* Unbiased variance of what a group's terms make together; of inputs that go together, its covariance with the whole fit. `room` holds 2 n numbers. */
static double group_variance(const pw_given_t *self, const pw_given_fit_t *fit, const int *group, int which, double *room)
{
    double *part = room, *whole = room + self->n, raw = 0.0;
    memset(room, 0, 2 * (size_t)self->n * sizeof(double));
    for (int t = 0; t < fit->n_terms; t++) {
        pw_given_term_add(self, fit, t, 1.0, whole);
        if (group_of(fit, t, group) == which)
            pw_given_term_add(self, fit, t, 1.0, part);
    }
    raw = dot(part, fit->dependent ? whole : part, self->n);
    return (raw - (double)columns_of_group(fit, group, which) * fit->rest) / (double)self->n;
}

/* What the fitted model would give with other draws: rows and residuals picked apart. */
typedef struct {
    const pw_given_t *given;
    const pw_given_fit_t *fit;
    double noise;
    const int *group;
    int n_groups;
    double *fitted;                  /* [n] */
    int *rows;
    double *y, *workspace;
    double (*sum)[2];                /* [terms, then groups]: of shares over rounds, and of squares */
} bootstrap_t;

static pw_status_t round_of(bootstrap_t *self, uint64_t seed, int round)
{
    int n = self->given->n;
    const pw_given_fit_t *fit = self->fit;
    pw_given_fit_t again;
    double inflate = sqrt((double)(n - 1) / (double)(n - 1 - fit->n_columns));
    pw_stream_t stream = pw_stream_init(seed, (uint64_t)round, 0x80000000u);
    for (int i = 0; i < n; i++) {
        pw_block_t block = pw_stream_block(stream, (uint32_t)i, 0, 0, 0);
        self->rows[i] = (int)(((uint64_t)block.word[0] * (uint64_t)n) >> 32);
        self->y[i] = self->fitted[self->rows[i]] + inflate * fit->residual[((uint64_t)block.word[1] * (uint64_t)n) >> 32];
    }
    pw_status_t status = pw_given_refit(self->given, fit, self->rows, self->y, self->workspace, &again);
    if (status != PW_OK)
        return status;
    double spread = again.total - self->noise;
    if (spread < 0.05 * again.total)
        spread = 0.05 * again.total;      /* a round in which the noise is nearly all: its shares would have no bound */
    const double *row = room_of(self->given, self->workspace).row;
    double squares[2 * PW_GIVEN_TERMS] = { 0 };      /* over the picked rows: of each term's curve, then of each group's sum */
    for (int i = 0; i < n; i++, row += fit->n_columns) {
        double of_group[PW_GIVEN_TERMS] = { 0 };
        for (int t = 0; t < fit->n_terms; t++) {
            double part = dot(row + fit->term[t].at, again.coefficient + fit->term[t].at, fit->term[t].curves);
            int group = self->n_groups > 0 ? group_of(fit, t, self->group) : -1;
            squares[t] += part * part;
            if (group >= 0)
                of_group[group] += part;
        }
        for (int g = 0; g < self->n_groups; g++)
            squares[fit->n_terms + g] += of_group[g] * of_group[g];
    }
    for (int k = 0; k < fit->n_terms + self->n_groups; k++) {
        int columns = k < fit->n_terms ? fit->term[k].curves : columns_of_group(fit, self->group, k - fit->n_terms);
        double share = (squares[k] - (double)columns * again.rest) / (double)n / spread;
        self->sum[k][0] += share;
        self->sum[k][1] += share * share;
    }
    return PW_OK;
}

static double deviation(const double sum[2], int n)
{
    double squares = sum[1] - sum[0] * sum[0] / (double)n;
    return squares > 0.0 ? sqrt(squares / (double)(n - 1)) : 0.0;
}

static pw_status_t rounds(bootstrap_t *self, uint64_t seed)
{
    int n = self->given->n;
    self->fitted = pw_alloc((size_t)n, sizeof(double));
    self->rows = pw_alloc((size_t)n, sizeof self->rows[0]);
    self->y = pw_alloc((size_t)n, sizeof(double));
    self->workspace = pw_alloc(pw_given_workspace(self->given), sizeof(double));
    self->sum = pw_alloc((size_t)(PW_GIVEN_TERMS + self->n_groups), sizeof self->sum[0]);
    pw_status_t status = self->fitted && self->rows && self->y && self->workspace && self->sum ? PW_OK : PW_ERROR_MEMORY;
    for (int t = 0; status == PW_OK && t < self->fit->n_terms; t++)
        pw_given_term_add(self->given, self->fit, t, pw_given_term_shrink(self->given, self->fit, t), self->fitted);
    for (int b = 0; status == PW_OK && b < PW_GIVEN_BOOTSTRAPS; b++)
        status = round_of(self, seed, b);
    pw_free(self->fitted);
    pw_free(self->rows);
    pw_free(self->y);
    pw_free(self->workspace);
    return status;
}

static void share_out(const pw_given_t *self, const pw_given_fit_t *fit, double spread, const bootstrap_t *boot, double *room, pw_share_t *input,
                      pw_share_t *of_group)
{
    double left = dot(fit->residual, fit->residual, self->n) / (double)self->n;
    double unseen_error = sqrt(2.0 * UNSEEN_CURVES) * left / (double)self->n / spread;      /* of chi-square with 2 degrees of freedom */
    for (int g = 0; g < boot->n_groups; g++)
        of_group[g] = (pw_share_t){ group_variance(self, fit, boot->group, g, room) / spread, deviation(boot->sum[fit->n_terms + g], PW_GIVEN_BOOTSTRAPS), true };
    for (int i = 0; i < self->p; i++) {
        int term = pw_given_term_of(fit, i);
        input[i].taken_in = term >= 0;
        input[i].share = (term >= 0 ? pw_given_term_variance(self, fit, term) : unseen(self, fit, i)) / spread;
        input[i].error = term >= 0 ? deviation(boot->sum[term], PW_GIVEN_BOOTSTRAPS) : self->input[i].size > 0 ? unseen_error : 0.0;
        if (boot->n_groups == 0 || term >= 0)
            continue;
        pw_share_t *group = &of_group[boot->group[i]];
        group->share += input[i].share;
        group->error = hypot(group->error, input[i].error);
    }
}

pw_status_t pw_given_shares(const pw_given_t *self, const double *y, double noise, const int *group, int n_groups, uint64_t seed, pw_share_t *input,
                            pw_share_t *of_group, double *spread_out)
{
    pw_given_fit_t fit;
    if (n_groups > PW_GIVEN_TERMS)
        return PW_ERROR_FULL;
    pw_status_t status = pw_given_fit(self, y, &fit);
    double spread = status == PW_OK ? fit.total - noise : NAN;
    bootstrap_t boot = { .given = self, .fit = &fit, .noise = noise, .group = group, .n_groups = n_groups };
    if (spread_out)
        *spread_out = spread;
    double *room = pw_alloc(2 * (size_t)self->n, sizeof(double));
    if (status == PW_OK && !room)
        status = PW_ERROR_MEMORY;
    if (status == PW_OK && spread > 0.0)
        status = rounds(&boot, seed);
    if (status == PW_OK && spread > 0.0) {
        share_out(self, &fit, spread, &boot, room, input, of_group);
    } else {
        for (int i = 0; i < self->p; i++)
            input[i] = (pw_share_t){ NAN, NAN, false };
        for (int g = 0; g < n_groups; g++)
            of_group[g] = (pw_share_t){ NAN, NAN, false };
    }
    pw_free(room);
    pw_free(boot.sum);
    pw_given_fit_free(&fit);
    return status;
}
