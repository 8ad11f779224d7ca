/* The sampler: posteriors known on paper, ranks of known truths, the same bytes however the work is cut.
 *
 * Reduced problem, data discrete and matched exactly (tolerance 0), so that approximate Bayesian computation is exact: k of 20 successes with chance
 * Phi(z) and j of 10 with chance Phi(w). z and w are standard normal, so both chances are uniform before and Beta(1 + k, 21 - k), Beta(1 + j, 11 - j) after.
 * z is a fitted coordinate (random walk), w one of the others (autoregression): both kernels are tested. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/chance/distribution.h"
#include "../model/chance/stream.h"
#include "../model/experiment/smc.h"
#include "harness.h"

typedef struct { int k, j, samples, calls; bool fails; uint64_t seed; } toy_t;

static int binomial(pw_stream_t stream, int n, double p, uint32_t sample, uint32_t purpose)
{
    int found = 0;
    pw_block_t block = { { 0 } };
    for (int i = 0; i < n; i++) {
        if (i % 4 == 0)
            block = pw_stream_block(stream, (uint32_t)i, purpose, sample, 0);
        found += pw_uniform32(block.word[i % 4]) < p;
    }
    return found;
}

static pw_status_t simulate(void *context, int n, const double *z, const uint64_t *number, double *distance)
{
    toy_t *toy = context;
    toy->calls++;
    if (toy->fails)
        return PW_ERROR_STOPPED;
    for (int i = 0; i < n; i++)
        for (int m = 0; m < toy->samples; m++) {
            pw_stream_t stream = pw_stream_init(toy->seed, number[i], 17);
            int k = binomial(stream, 20, pw_normal_cdf(z[2 * i]), (uint32_t)m, 1), j = binomial(stream, 10, pw_normal_cdf(z[2 * i + 1]), (uint32_t)m, 2);
            distance[i * toy->samples + m] = fmax(abs(k - toy->k) / 2.2, abs(j - toy->j) / 1.6);
        }
    return PW_OK;
}

static pw_smc_options_t options(int points, int samples, uint64_t seed)
{
    return (pw_smc_options_t){ .points = points, .samples = samples, .dims = 2, .focus = 1, .keep = 0.7, .tolerance_end = 0.0, .acceptance_end = 0.0,
                               .most_moves = 6, .seed = seed };
}

static pw_status_t go(pw_smc_t *smc, const pw_smc_options_t *asked, toy_t *toy, int more)
{
    pw_smc_model_t model = { simulate, toy };
    pw_status_t status = pw_smc_begin(smc, asked, &model);
    while (status == PW_OK && !pw_smc_ended(smc))
        status = pw_smc_step(smc, &model);
    for (int i = 0; i < more && status == PW_OK; i++)
        status = pw_smc_move(smc, &model);
    return status;
}

/* Means within 5 standard errors, taken for a fifth of the effective number of points (a point's copies and cousins are alike): a false alarm is
 * below 1e-6. Variances within 20 %. Catches a wrong acceptance, a prior counted twice or not at all, weights of the wrong tolerance. */
static void test_known_posterior_is_recovered_by_both_kernels(void)
{
    toy_t toy = { .k = 15, .j = 2, .samples = 30, .seed = 5 };
    pw_smc_options_t asked = options(3000, 30, 2385);
    pw_smc_t smc = { 0 };
    CU_ASSERT_EQUAL_FATAL(go(&smc, &asked, &toy, 8), PW_OK);
    CU_ASSERT_EQUAL(smc.tolerance, 0.0);
    static const double a[2] = { 16.0, 3.0 }, b[2] = { 6.0, 9.0 };
    for (int c = 0; c < 2; c++) {
        double mean = 0.0, square = 0.0, expected = a[c] / (a[c] + b[c]), variance = expected * (1.0 - expected) / (a[c] + b[c] + 1.0);
        for (int i = 0; i < 3000; i++) {
            double p = pw_normal_cdf(smc.z[2 * i + c]);
            mean += p / 3000;
            square += p * p / 3000;
        }
        PW_ASSERT_NEAR(mean, expected, 5.0 * sqrt(variance / (pw_smc_distinct(&smc) / 5.0)));
        PW_ASSERT_NEAR((square - mean * mean) / variance, 1.0, 0.2);
    }
    CU_ASSERT(pw_smc_distinct(&smc) > 1000.0);
    pw_smc_free(&smc);
}

/* First k alone is fitted, then j as well, from the points of the first: the same Beta(16, 6) and Beta(3, 9), with the bounds of the test above. Catches data
 * weighed twice or not at all at the passage, and points of the first that are taken unweighted. Other worlds than the first one's are found out. */
typedef struct { toy_t *toy; bool both; uint64_t shift; } stage_t;
static pw_status_t simulate_stage(void *context, int n, const double *z, const uint64_t *number, double *distance)
{
    const stage_t *stage = context;
    for (int i = 0; i < n; i++)
        for (int m = 0; m < stage->toy->samples; m++) {
            pw_stream_t stream = pw_stream_init(stage->toy->seed, number[i] + stage->shift, 17);
            int k = binomial(stream, 20, pw_normal_cdf(z[2 * i]), (uint32_t)m, 1), j = binomial(stream, 10, pw_normal_cdf(z[2 * i + 1]), (uint32_t)m, 2);
            distance[i * stage->toy->samples + m] = !stage->both ? abs(k - stage->toy->k) / 2.2 : k != stage->toy->k ? INFINITY : abs(j - stage->toy->j) / 1.6;
        }
    return PW_OK;
}

static void test_going_on_to_one_more_datum_gives_the_posterior_of_both(void)
{
    toy_t toy = { .k = 15, .j = 2, .samples = 30, .seed = 8 };
    stage_t one = { &toy, false, 0 }, both = { &toy, true, 0 }, other = { &toy, true, 1 };
    pw_smc_options_t asked = options(4000, 30, 77), fewer = options(2000, 30, 77);
    pw_smc_model_t first = { simulate_stage, &one }, second = { simulate_stage, &both }, wrong = { simulate_stage, &other };
    pw_smc_t base = { 0 }, smc = { 0 }, none = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_smc_begin(&base, &asked, &first), PW_OK);
    while (!pw_smc_ended(&base))
        CU_ASSERT_EQUAL_FATAL(pw_smc_step(&base, &first), PW_OK);
    CU_ASSERT_EQUAL(pw_smc_continue(&none, &fewer, &base, &wrong), PW_ERROR_NUMBER);
    CU_ASSERT_EQUAL_FATAL(pw_smc_continue(&smc, &fewer, &base, &second), PW_OK);
    CU_ASSERT(smc.generation == base.generation && smc.ess >= 0.7 * 2000 - 1e-9);
    while (!pw_smc_ended(&smc))
        CU_ASSERT_EQUAL_FATAL(pw_smc_step(&smc, &second), PW_OK);
    for (int i = 0; i < 8; i++)
        CU_ASSERT_EQUAL_FATAL(pw_smc_move(&smc, &second), PW_OK);
    CU_ASSERT_EQUAL(smc.tolerance, 0.0);
    static const double a[2] = { 16.0, 3.0 }, b[2] = { 6.0, 9.0 };
    for (int c = 0; c < 2; c++) {
        double mean = 0.0, square = 0.0, expected = a[c] / (a[c] + b[c]), variance = expected * (1.0 - expected) / (a[c] + b[c] + 1.0);
        for (int i = 0; i < 2000; i++) {
            double p = pw_normal_cdf(smc.z[2 * i + c]);
            mean += p / 2000;
            square += p * p / 2000;
        }
        PW_ASSERT_NEAR(mean, expected, 5.0 * sqrt(variance / (pw_smc_distinct(&smc) / 5.0)));
        PW_ASSERT_NEAR((square - mean * mean) / variance, 1.0, 0.2);
    }
    pw_smc_free(&none);
    pw_smc_free(&base);
    pw_smc_free(&smc);
}

/* Simulation-based calibration (Talts et al. 2018): truths from the prior, data from the truths, the truth's rank among 9 points of the posterior that lie
 * far apart in it. 300 data sets, 10 ranks, both coordinates: chi-square of 9 degrees of freedom, alpha 1e-6. Catches posteriors that are too narrow, too wide
 * or shifted, by either kernel. */
static void test_truths_rank_uniformly_in_their_posteriors(void)
{
    enum { DATA = 300, RANKS = 10, POINTS = 126 };
    int count[2][RANKS] = { { 0 } };
    for (int r = 0; r < DATA; r++) {
        pw_stream_t stream = pw_stream_init(99, (uint64_t)r, 3);
        double truth[2];
        for (int c = 0; c < 2; c++) {
            pw_block_t block = pw_stream_block(stream, 0, 50, (uint32_t)c, 0);
            truth[c] = pw_normal_quantile(pw_uniform52(block.word[0], block.word[1]));
        }
        toy_t toy = { .samples = 12, .seed = (uint64_t)r };
        toy.k = binomial(stream, 20, pw_normal_cdf(truth[0]), 0, 60);
        toy.j = binomial(stream, 10, pw_normal_cdf(truth[1]), 0, 61);
        pw_smc_options_t asked = options(POINTS, 12, (uint64_t)r + 1000);
        pw_smc_t smc = { 0 };
        CU_ASSERT_EQUAL_FATAL(go(&smc, &asked, &toy, 6), PW_OK);
        for (int c = 0; c < 2; c++) {
            int rank = 0;
            for (int i = 0; i < RANKS - 1; i++)
                rank += smc.z[2 * (i * POINTS / (RANKS - 1)) + c] < truth[c];
            count[c][rank]++;
        }
        pw_smc_free(&smc);
    }
    for (int c = 0; c < 2; c++) {
        double chi2 = 0.0, expected = (double)DATA / RANKS;
        for (int k = 0; k < RANKS; k++)
            chi2 += (count[c][k] - expected) * (count[c][k] - expected) / expected;
        CU_ASSERT(gsl_cdf_chisq_Q(chi2, RANKS - 1) > 1e-6);
    }
}

static void test_tolerance_falls_and_keeps_the_share_asked_for(void)
{
    toy_t toy = { .k = 15, .j = 2, .samples = 10, .seed = 5 };
    pw_smc_options_t asked = options(500, 10, 7);
    pw_smc_model_t model = { simulate, &toy };
    pw_smc_t smc = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_smc_begin(&smc, &asked, &model), PW_OK);
    for (double before = INFINITY; !pw_smc_ended(&smc); before = smc.tolerance) {
        CU_ASSERT_EQUAL_FATAL(pw_smc_step(&smc, &model), PW_OK);
        CU_ASSERT(smc.tolerance < before);
        CU_ASSERT(smc.ess > 0.0 && smc.ess <= 500.0 + 1e-9);
    }
    for (int i = 0; i < 500; i++)
        CU_ASSERT_FATAL(pw_smc_within(smc.distance + 10 * i, 10, smc.tolerance) > 0);
    pw_smc_free(&smc);
}

static void test_interrupted_generation_leaves_no_trace(void)
{
    toy_t toy = { .k = 15, .j = 2, .samples = 10, .seed = 5 };
    pw_smc_options_t asked = options(200, 10, 7);
    pw_smc_model_t model = { simulate, &toy };
    pw_smc_t one = { 0 }, two = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_smc_begin(&one, &asked, &model), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_smc_begin(&two, &asked, &model), PW_OK);
    toy.fails = true;
    CU_ASSERT_EQUAL(pw_smc_step(&two, &model), PW_ERROR_STOPPED);
    toy.fails = false;
    CU_ASSERT_EQUAL(two.generation, 0);
    while (!pw_smc_ended(&one) && pw_smc_step(&one, &model) == PW_OK)
        CU_ASSERT_EQUAL_FATAL(pw_smc_step(&two, &model), PW_OK);
    CU_ASSERT_EQUAL(memcmp(one.z, two.z, 400 * sizeof(double)), 0);
    CU_ASSERT_EQUAL(memcmp(one.id, two.id, 200 * sizeof(uint64_t)), 0);
    pw_smc_free(&one);
    pw_smc_free(&two);
}

static void test_copies_count_less_than_different_points(void)
{
    pw_smc_options_t asked = options(4, 1, 1);
    pw_smc_t smc = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_smc_make(&smc, &asked), PW_OK);
    for (int i = 0; i < 4; i++)
        smc.id[i] = (uint64_t[]){ 9, 4, 9, 9 }[i];
    PW_ASSERT_NEAR(pw_smc_distinct(&smc), 16.0 / 10.0, 1e-12);
    pw_smc_free(&smc);
}

static void test_factor_times_itself_is_the_covariance(void)
{
    double matrix[9] = { 4.0, 0.0, 0.0, 2.0, 5.0, 0.0, -1.0, 0.5, 3.0 }, factor[9];
    memcpy(factor, matrix, sizeof factor);
    pw_smc_cholesky(factor, 3);
    for (int a = 0; a < 3; a++)
        for (int b = 0; b <= a; b++) {
            double sum = 0.0;
            for (int k = 0; k <= b; k++)
                sum += factor[a * 3 + k] * factor[b * 3 + k];
            PW_ASSERT_NEAR(sum, matrix[a * 3 + b], 1e-12);
        }
}

static void test_distances_within_a_tolerance_are_counted(void)
{
    double distance[] = { 0.0, 0.0, 1.5, 2.0, INFINITY };
    CU_ASSERT_EQUAL(pw_smc_within(distance, 5, 0.0), 2);
    CU_ASSERT_EQUAL(pw_smc_within(distance, 5, 1.5), 3);
    CU_ASSERT_EQUAL(pw_smc_within(distance, 5, 1e300), 4);
    CU_ASSERT_EQUAL(pw_smc_within(distance, 5, -1.0), 0);
}

PW_TESTS(PW_TEST(test_known_posterior_is_recovered_by_both_kernels), PW_TEST(test_going_on_to_one_more_datum_gives_the_posterior_of_both),
         PW_TEST(test_truths_rank_uniformly_in_their_posteriors), PW_TEST(test_tolerance_falls_and_keeps_the_share_asked_for),
         PW_TEST(test_interrupted_generation_leaves_no_trace), PW_TEST(test_copies_count_less_than_different_points),
         PW_TEST(test_factor_times_itself_is_the_covariance), PW_TEST(test_distances_within_a_tolerance_are_counted))
