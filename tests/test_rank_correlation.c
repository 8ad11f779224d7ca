/* test_rank_correlation.c: partial rank correlations against what is known on paper. */
#include "harness.h"

#include <gsl/gsl_errno.h>
#include <math.h>

#include "../model/base/memory.h"
#include "../model/chance/kernel.h"
#include "../model/chance/stream.h"
#include "../model/measure/rank_correlation.h"

enum { N = 2000, P = 4 };
static double x[P][N], y[N];
static const double *column[P] = { x[0], x[1], x[2], x[3] };
static pw_prcc_t out[P];

static double normal(int draw, int input)
{
    pw_block_t block = pw_stream_block(pw_stream_init(5, 1, 0x80000006u), (uint32_t)draw, (uint32_t)input, 0, 0);
    return pw_normal_quantile(pw_uniform52(block.word[0], block.word[1]));
}

/* y = 2 x0 - x1 + e, through exp(): partial correlations 2 / sqrt 5, -1 / sqrt 2, 0. Ranks of normals lose a little of a correlation (Pearson 1907:
 * 6 / pi asin(r / 2) of a plain one), so 0.03 is allowed; the standard error is 0.01 to 0.022 (alpha about 1e-2 alone: with 0.03 + 5 errors 1e-6). */
static void fill(void)
{
    gsl_set_error_handler_off();      /* as the program does */
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < P; j++)
            x[j][i] = normal(i, j);
        y[i] = exp(2.0 * x[0][i] - x[1][i] + normal(i, P));
    }
}

static void test_partial_rank_correlations_of_a_rising_function(void)
{
    fill();
    CU_ASSERT_EQUAL(pw_prcc(column, P, y, N, out), PW_OK);
    PW_ASSERT_NEAR(out[0].value, 2.0 / sqrt(5.0), 0.03 + 5.0 * 0.005);
    PW_ASSERT_NEAR(out[1].value, -1.0 / sqrt(2.0), 0.03 + 5.0 * 0.012);
    PW_ASSERT_NEAR(out[2].value, 0.0, 5.0 * 0.0224);
    CU_ASSERT(out[0].low95 > 0.8 && out[0].high95 < 0.95 && out[1].high95 < 0.0);
    PW_ASSERT_NEAR(0.5 * (atanh(out[2].low95) + atanh(out[2].high95)), atanh(out[2].value), 1e-9);
}

/* Nothing is left of the output once that input is held: the coefficients of all others would be of nothing. */
static void test_output_that_one_input_ranks_alone_is_refused(void)
{
    fill();
    for (int i = 0; i < N; i++)
        y[i] = pow(x[2][i], 3.0);
    CU_ASSERT_EQUAL(pw_prcc(column, P, y, N, out), PW_ERROR_NUMBER);
}

static void test_input_that_never_changes_has_none(void)
{
    fill();
    for (int i = 0; i < N; i++)
        x[1][i] = 3.0;
    CU_ASSERT_EQUAL(pw_prcc(column, P, y, N, out), PW_OK);
    CU_ASSERT(isnan(out[1].value) && out[0].value > 0.5);
}

static void test_inputs_alike_few_draws_and_flat_outputs_are_refused(void)
{
    fill();
    CU_ASSERT_EQUAL(pw_prcc(column, P, y, P + 3, out), PW_ERROR_NUMBER);
    for (int i = 0; i < N; i++)
        x[1][i] = exp(x[0][i]);
    CU_ASSERT_EQUAL(pw_prcc(column, P, y, N, out), PW_ERROR_NUMBER);
    fill();
    for (int i = 0; i < N; i++)
        y[i] = 1.0;
    CU_ASSERT_EQUAL(pw_prcc(column, P, y, N, out), PW_ERROR_NUMBER);
    for (long at = 1; at <= 4; at++) {
        pw_memory_fail_at(at);
        CU_ASSERT_EQUAL(pw_prcc(column, P, y, N, out), PW_ERROR_MEMORY);
        pw_memory_fail_at(0);
    }
}

PW_TESTS(PW_TEST(test_partial_rank_correlations_of_a_rising_function), PW_TEST(test_output_that_one_input_ranks_alone_is_refused),
         PW_TEST(test_input_that_never_changes_has_none), PW_TEST(test_inputs_alike_few_draws_and_flat_outputs_are_refused))
