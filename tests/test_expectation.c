/* test_expectation.c: what is to be expected of an output once some inputs are known, against normal models on paper. */
#include "harness.h"

#include <math.h>

#include "../model/base/memory.h"
#include "../model/chance/kernel.h"
#include "../model/chance/stream.h"
#include "../model/measure/expectation.h"

enum { N = 800, P = 4 };
static double x[P][N], y[N];
static const double *column[P];

static double normal(uint64_t set, int draw, int input)
{
    pw_block_t block = pw_stream_block(pw_stream_init(13, set, 0x80000004u), (uint32_t)draw, (uint32_t)input, 0, 0);
    return pw_normal_quantile(pw_uniform52(block.word[0], block.word[1]));
}

/* x0 and x1 go together (0.7), x2 and x3 are for themselves; y = x0 + x1 + x2 + x0 x2 / 2 + noise. */
static void fill(uint64_t set, double noise)
{
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < P; j++)
            x[j][i] = normal(set, i, j);
        x[1][i] = 0.7 * x[0][i] + sqrt(0.51) * x[1][i];
        y[i] = 5.0 + x[0][i] + x[1][i] + x[2][i] + 0.5 * x[0][i] * x[2][i] + noise * normal(set, i, P);
    }
    for (int j = 0; j < P; j++)
        column[j] = x[j];
}

static pw_given_t given;
static pw_given_fit_t fit;
static pw_expectation_t known;

static void expect(const bool *tied, const bool *in)
{
    CU_ASSERT_EQUAL_FATAL(pw_given_init(&given, column, P, N, tied), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_given_fit(&given, y, &fit), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_expectation_init(&known, &given, &fit, in), PW_OK);
}

static void end(void)
{
    pw_expectation_free(&known);
    pw_given_fit_free(&fit);
    pw_given_free(&given);
}

/* Correlation of the expectation with what it should be, and its variance within 15 %: curves of ranks are not quite the values, draws are 800. */
static void is(double (*truth)(int draw))
{
    double t = 0.0, tt = 0.0, tv = 0.0, vv = 0.0;
    for (int i = 0; i < N; i++)
        t += truth(i) / N;
    for (int i = 0; i < N; i++) {
        tt += (truth(i) - t) * (truth(i) - t) / N;
        tv += (truth(i) - t) * known.value[i] / N;
        vv += known.value[i] * known.value[i] / N;
    }
    CU_ASSERT(tv / sqrt(tt * vv) > 0.98);
    PW_ASSERT_NEAR(known.variance / tt, 1.0, 0.15);
}

static const bool two_tied[P] = { true, true }, untied[P] = { false }, only_0[P] = { true }, only_2[P] = { [2] = true }, only_3[P] = { [3] = true },
    first_and_third[P] = { true, [2] = true };

static double of_0(int i) { return 1.7 * x[0][i]; }
static double alone(int i) { return x[0][i]; }
static double of_2(int i) { return x[2][i]; }
static double of_0_and_2(int i) { return 1.7 * x[0][i] + x[2][i] + 0.5 * x[0][i] * x[2][i]; }

static void test_tied_input_tells_of_the_one_it_goes_with(void)
{
    fill(1, 0.5);
    expect(two_tied, only_0);
    is(of_0);
    CU_ASSERT(pw_expectation_shows(&known, 0) && known.curves > 0);
    end();
    expect(NULL, only_0);
    is(of_0);
    end();
}

/* Said to be independent, they would be taken at their own curves: this is what the flag is for. */
static void test_untied_input_counts_by_its_own_curve(void)
{
    fill(1, 0.5);
    expect(untied, only_0);
    is(alone);
    end();
    expect(two_tied, only_2);
    is(of_2);
    end();
}

static void test_products_count_if_both_inputs_are_known(void)
{
    fill(2, 0.5);
    expect(two_tied, first_and_third);
    is(of_0_and_2);
    end();
    expect(NULL, first_and_third);
    is(of_0_and_2);
    end();
}

static void test_unrelated_input_leaves_the_mean(void)
{
    fill(3, 1.0);
    expect(NULL, only_3);
    double squares, variance = pw_expectation_unseen(&known, 3, &squares);
    CU_ASSERT_EQUAL(known.columns, 0);
    CU_ASSERT_FALSE(pw_expectation_shows(&known, 3));
    PW_ASSERT_NEAR(known.raw, 0.0, 0.0);
    PW_ASSERT_NEAR(variance, 0.0, 3.0 * sqrt(squares));
    CU_ASSERT(squares > 0.0);
    end();
}

/* Each draw twice: 800 of them tell as much as 400; an untied input's values do not count. */
static void test_draws_that_repeat_a_set_count_once(void)
{
    fill(4, 0.5);
    for (int i = 1; i < N; i += 2)
        for (int j = 0; j < 2; j++)
            x[j][i] = x[j][i - 1];
    expect(two_tied, only_0);
    PW_ASSERT_NEAR(given.effective, N / 2.0, 1e-9);
    end();
    expect(untied, only_0);
    PW_ASSERT_NEAR(given.effective, N, 0.0);
    end();
}

static void test_memory_that_runs_out_is_an_error(void)
{
    pw_status_t status = PW_ERROR_MEMORY;
    long at = 1;
    fill(5, 0.5);
    pw_given_init(&given, column, P, N, NULL);
    pw_given_fit(&given, y, &fit);
    for (; status != PW_OK && at < 50; at++) {
        pw_memory_fail_at(at);
        status = pw_expectation_init(&known, &given, &fit, first_and_third);
        pw_memory_fail_at(0);
        pw_expectation_free(&known);
        CU_ASSERT(status == PW_OK || status == PW_ERROR_MEMORY);
    }
    CU_ASSERT(status == PW_OK && at > 5);
    pw_given_fit_free(&fit);
    pw_given_free(&given);
}

PW_TESTS(PW_TEST(test_tied_input_tells_of_the_one_it_goes_with), PW_TEST(test_untied_input_counts_by_its_own_curve),
         PW_TEST(test_products_count_if_both_inputs_are_known),
         PW_TEST(test_unrelated_input_leaves_the_mean), PW_TEST(test_draws_that_repeat_a_set_count_once), PW_TEST(test_memory_that_runs_out_is_an_error))
