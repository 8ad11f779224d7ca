/* Coverage, where it is known: a normal score z of a chance, k of 20 successes, data matched exactly, so that posteriors are exact. */
#include <math.h>
#include <stdlib.h>

#include "../model/chance/distribution.h"
#include "../model/chance/stream.h"
#include "../model/experiment/coverage.h"
#include "harness.h"

enum { ROWS = 4000, FEW_ROWS = 480, SAMPLES = 4, TRUTHS = 400 };

static double uniform(uint64_t seed, int i, int purpose, int part)
{
    pw_block_t block = pw_stream_block(pw_stream_init(seed, 0, 23), (uint32_t)i, (uint32_t)purpose, (uint32_t)part, 0);
    return pw_uniform52(block.word[0], block.word[1]);
}

static int binomial(uint64_t seed, int i, int purpose, double p)
{
    int found = 0;
    for (int k = 0; k < 20; k++)
        found += uniform(seed, i, purpose, k) < p;
    return found;
}

/* Rows are drawn from N(0.3, 1.4^2) instead of the prior N(0, 1), and weighted for it. `as_of`: each study's count is the rounded mean of so many studies, as
 * if it were that much surer; 1: as it is. Truths are from the prior, their data from them. */
static void cover(int rows, int as_of, double tolerance, pw_coverage_t *out, double *effective)
{
    static const pw_coverage_cell_t cell = { 5, 5, 20 };
    pw_coverage_table_t table = { 0 };
    double *truth = malloc(TRUTHS * sizeof *truth), *data = malloc(TRUTHS * sizeof *data);
    CU_ASSERT_EQUAL_FATAL(pw_coverage_make(&table, rows, SAMPLES, 1, 1, &cell), PW_OK);
    for (int j = 0; j < rows; j++) {
        double x = pw_normal_quantile(uniform(1, j, 0, 0)), z = 0.3 + 1.4 * x;
        table.z[j] = z;
        table.weight[j] = exp(0.5 * x * x - 0.5 * z * z);
        for (int m = 0; m < SAMPLES; m++) {
            double sum = 0.0;
            for (int a = 0; a < as_of; a++)
                sum += binomial(1, j, 1 + m * 10 + a, pw_normal_cdf(z));
            table.found[j * SAMPLES + m] = floor(sum / as_of + 0.5);
        }
    }
    for (int t = 0; t < TRUTHS; t++) {
        truth[t] = pw_normal_quantile(uniform(2, t, 0, 0));
        data[t] = binomial(2, t, 1, pw_normal_cdf(truth[t]));
    }
    CU_ASSERT_EQUAL_FATAL(pw_coverage_of(&table, truth, data, TRUTHS, tolerance, out, effective), PW_OK);
    pw_coverage_free(&table);
    free(truth);
    free(data);
}

/* 400 truths: 90 % is 360 +- 6, 95 % is 380 +- 4.4; five standard deviations and the noise of tables. alpha 1e-6 of the p values and of uniformity. */
static void test_exact_posteriors_cover_as_they_say(void)
{
    pw_coverage_t out;
    double effective;
    cover(ROWS, 1, 0.0, &out, &effective);
    CU_ASSERT_EQUAL(out.truths, TRUTHS);
    CU_ASSERT(effective > 100.0);
    CU_ASSERT(abs(out.in90 - 360) < 32 && abs(out.in95 - 380) < 24);
    CU_ASSERT(out.p90 > 1e-6 && out.p95 > 1e-6 && out.uniform > 1e-6);
    CU_ASSERT_EQUAL(out.verdict, PW_COVERAGE_NOMINAL);
}

/* From 480 weighted rows, posteriors have about 50 effective ones: places are ranks among so many, or 8 % instead of 5 % would lie outside. */
static void test_few_rows_do_not_make_intervals_look_narrow(void)
{
    pw_coverage_t out;
    double effective;
    cover(FEW_ROWS, 1, 0.0, &out, &effective);
    CU_ASSERT(effective > 35.0 && effective < 80.0 && out.truths > 100);
    CU_ASSERT_EQUAL(out.verdict, PW_COVERAGE_NOMINAL);
    CU_ASSERT(out.in95 > 0.93 * out.truths);
}

/* Data taken for nine times as many as they are: intervals a third as wide, 95 % ones hold about half of the truths. A tolerance of two standard deviations:
 * too wide. */
static void test_posteriors_of_the_wrong_width_are_caught(void)
{
    pw_coverage_t out;
    double effective;
    cover(ROWS, 9, 0.0, &out, &effective);
    CU_ASSERT_EQUAL(out.verdict, PW_COVERAGE_NARROW);
    CU_ASSERT(out.in95 < 300 && out.uniform < 1e-6);
    cover(ROWS, 1, 2.0, &out, &effective);
    CU_ASSERT_EQUAL(out.verdict, PW_COVERAGE_WIDE);
    PW_ASSERT_TEXT(pw_coverage_name(out.verdict), "too wide");
}

/* 75 to 83 of 251 is a cell of 9; 84 lies in the next one. Gaps are from the cell's ends, in deviations at its middle. */
static void test_data_are_known_as_the_cell_that_holds_them(void)
{
    pw_coverage_cell_t cell = { 75, 83, 251 };
    double sd = sqrt(251.0 * (88.0 / 251.0) * (1.0 - 88.0 / 251.0));
    PW_ASSERT_NEAR(pw_coverage_gap(&cell, 75.0, 83.0), 0.0, 0.0);
    PW_ASSERT_NEAR(pw_coverage_gap(&cell, 83.0, 84.0), 1.0 / sd, 1e-12);
    PW_ASSERT_NEAR(pw_coverage_gap(&cell, 93.0, 92.0), 1.0 / sd, 1e-12);
    PW_ASSERT_NEAR(pw_coverage_gap(&cell, 74.0, 75.0), 1.0 / sqrt(251.0 * (79.0 / 251.0) * (1.0 - 79.0 / 251.0)), 1e-12);
    CU_ASSERT(isinf(pw_coverage_gap(&cell, NAN, 75.0)));
}

PW_TESTS(PW_TEST(test_exact_posteriors_cover_as_they_say), PW_TEST(test_few_rows_do_not_make_intervals_look_narrow),
         PW_TEST(test_posteriors_of_the_wrong_width_are_caught), PW_TEST(test_data_are_known_as_the_cell_that_holds_them))
