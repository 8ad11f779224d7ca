/* test_sobol.c: first-order and total indices against Ishigami's function and Sobol's g, whose indices are known on paper.
 *
 * Each estimate within 5 of its bootstrap errors of the truth (alpha about 6e-7): it would catch a wrong estimator, mixed-up matrices, or errors several times
 * too small. */
#include "harness.h"

#include <math.h>

#include "../model/base/memory.h"
#include "../model/chance/stream.h"
#include "../model/measure/sobol.h"

enum { N = 1000, K = 5 };
static double a[N], b[N], ab_room[K][N];
static const double *ab[K];
static pw_sobol_index_t out[K];

static double uniform(int draw, int column)
{
    pw_block_t block = pw_stream_block(pw_stream_init(3, 1, 0x80000005u), (uint32_t)draw, (uint32_t)column, 0, 0);
    return pw_uniform52(block.word[0], block.word[1]);
}

static double ishigami(const double *u)
{
    const double pi = 3.14159265358979;
    double x[3];
    for (int j = 0; j < 3; j++)
        x[j] = pi * (2.0 * u[j] - 1.0);
    return sin(x[0]) + 7.0 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4.0) * sin(x[0]);
}

static const double weight[K] = { 0.0, 1.0, 4.5, 9.0, 99.0 };
static double g(const double *u)
{
    double product = 1.0;
    for (int j = 0; j < K; j++)
        product *= (fabs(4.0 * u[j] - 2.0) + weight[j]) / (1.0 + weight[j]);
    return product;
}

static double constant(const double *u) { (void)u; return 4.2; }

static pw_status_t run(double (*f)(const double *), int k)
{
    for (int i = 0; i < N; i++) {
        double u[K], v[K];
        for (int j = 0; j < k; j++) {
            u[j] = uniform(i, j);
            v[j] = uniform(i, K + j);
        }
        a[i] = f(u);
        b[i] = f(v);
        for (int j = 0; j < k; j++) {
            double kept = u[j];
            u[j] = v[j];
            ab_room[j][i] = f(u);
            u[j] = kept;
            ab[j] = ab_room[j];
        }
    }
    return pw_sobol_indices(a, b, ab, k, N, 1, out);
}

static void near(pw_sobol_share_t is, double truth)
{
    PW_ASSERT_NEAR(is.value, truth, 5.0 * is.error);
    CU_ASSERT(is.error < 0.12 && is.low95 < is.value + 1e-9 && is.value < is.high95 + 1e-9);
}

/* Variances on paper: V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2 with a = 7, b = 0.1. */
static void test_indices_of_ishigami(void)
{
    CU_ASSERT_EQUAL(run(ishigami, 3), PW_OK);
    near(out[0].first, 0.31391);
    near(out[1].first, 0.44241);
    near(out[2].first, 0.0);
    near(out[0].total, 0.55759);
    near(out[1].total, 0.44241);
    near(out[2].total, 0.24368);
}

/* V_j = 1 / (3 (1 + a_j)^2); V = product of (1 + V_j) less 1; S_j = V_j / V; T_j = V_j x product of the others' (1 + V_i) / V. */
static void test_indices_of_sobols_g(void)
{
    double all = 1.0, part[K];
    CU_ASSERT_EQUAL(run(g, K), PW_OK);
    for (int j = 0; j < K; j++) {
        part[j] = 1.0 / (3.0 * (1.0 + weight[j]) * (1.0 + weight[j]));
        all *= 1.0 + part[j];
    }
    for (int j = 0; j < K; j++) {
        near(out[j].first, part[j] / (all - 1.0));
        near(out[j].total, part[j] * all / (1.0 + part[j]) / (all - 1.0));
    }
}

static void test_output_that_never_changes_has_no_indices(void)
{
    CU_ASSERT_EQUAL(run(constant, 3), PW_OK);
    CU_ASSERT(isnan(out[0].first.value) && isnan(out[2].total.value) && isnan(out[1].first.error));
}

/* The four blocks and one more of an input that does nothing, with noise of variance 16 in each of two outputs, against 13.84 of the function: the mean of both
 * has 8 of it, and a total index of 8 / 21.8 = 0.37 for the input that does nothing. Products of the two have none. */
static void test_noise_that_two_outputs_do_not_share_is_in_no_index(void)
{
    static double noisy[3][K + 2][N];
    const double *block[3][K];
    pw_sobol_outputs_t y[3];
    enum { INPUTS = 4 };
    run(ishigami, INPUTS);
    for (int i = 0; i < N; i++)
        for (int c = 0; c < INPUTS + 2; c++) {
            double truth = c == INPUTS ? a[i] : c == INPUTS + 1 ? b[i] : ab_room[c][i];
            for (int half = 0; half < 2; half++)      /* uniform from -sqrt(48) to sqrt(48): variance 16 */
                noisy[half][c][i] = truth + sqrt(48.0) * (2.0 * uniform(i, 100 + 10 * c + half) - 1.0);
            noisy[2][c][i] = 0.5 * (noisy[0][c][i] + noisy[1][c][i]);
        }
    for (int half = 0; half < 3; half++) {
        for (int j = 0; j < INPUTS; j++)
            block[half][j] = noisy[half][j];
        y[half] = (pw_sobol_outputs_t){ noisy[half][INPUTS], noisy[half][INPUTS + 1], block[half] };
    }
    static const double known_first[] = { 0.31391, 0.44241, 0.0, 0.0 }, known_total[] = { 0.55759, 0.44241, 0.24368, 0.0 };
    CU_ASSERT_EQUAL(pw_sobol_indices_apart(&y[0], &y[1], INPUTS, N, 1, out), PW_OK);
    for (int j = 0; j < INPUTS; j++) {
        near(out[j].first, known_first[j]);
        near(out[j].total, known_total[j]);
    }
    CU_ASSERT_EQUAL(pw_sobol_indices(y[2].a, y[2].b, y[2].ab, INPUTS, N, 1, out), PW_OK);
    PW_ASSERT_NEAR(out[3].total.value, 8.0 / 21.84, 5.0 * out[3].total.error);
    CU_ASSERT(out[3].total.low95 > 0.25);
}

static void test_missing_values_and_few_points_are_refused(void)
{
    run(ishigami, 3);
    CU_ASSERT_EQUAL(pw_sobol_indices(a, b, ab, 3, PW_SOBOL_FEWEST - 1, 1, out), PW_ERROR_NUMBER);
    ab_room[1][5] = NAN;
    CU_ASSERT_EQUAL(pw_sobol_indices(a, b, ab, 3, N, 1, out), PW_ERROR_NUMBER);
    ab_room[1][5] = 0.0;
    for (long at = 1; at <= 2; at++) {
        pw_memory_fail_at(at);
        CU_ASSERT_EQUAL(pw_sobol_indices(a, b, ab, 3, N, 1, out), PW_ERROR_MEMORY);
        pw_memory_fail_at(0);
    }
}

PW_TESTS(PW_TEST(test_indices_of_ishigami), PW_TEST(test_indices_of_sobols_g), PW_TEST(test_output_that_never_changes_has_no_indices),
         PW_TEST(test_noise_that_two_outputs_do_not_share_is_in_no_index),
         PW_TEST(test_missing_values_and_few_points_are_refused))
