/* test_pairs.c: every two scenarios of a small run, held against the ledger, which knows some of the pairs by itself. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/experiment/run.h"
#include "harness.h"

enum { SCENARIOS = 4, DRAWS = 4 };
static const char *const files[SCENARIOS] = { "params/baseline.cfg", "scenarios/perpetrator_programme.cfg", "scenarios/no_letters.cfg",
                                              "scenarios/no_letters.cfg" };
static const char *const small[] = { "areas.north.families_per_month=4.0", "areas.south.families_per_month=3.0", "time.warm_up_months=12",
                                     "time.follow_up_months=9" };

static pw_spec_t *spec[SCENARIOS];
static pw_run_t *run;

static void start(void)
{
    pw_findings_t findings = { 0 };
    for (int i = 0; i < SCENARIOS; i++)
        CU_ASSERT_EQUAL_FATAL(pw_spec_load(files[i], small, 4, &spec[i], &findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(findings.n, 0);
    pw_run_request_t request = { .spec = (const pw_spec_t *const *)spec, .n_scenarios = SCENARIOS, .draws = DRAWS, .replications = 3, .seed = 1, .threads = 2 };
    run = calloc(1, sizeof *run);
    CU_ASSERT_EQUAL_FATAL(pw_run_prepare(run, &request, &findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_run_go(run, &findings), PW_OK);
    pw_findings_free(&findings);
}

static void end(void)
{
    pw_run_free(run);
    free(run);
    for (int i = 0; i < SCENARIOS; i++)
        pw_spec_free(spec[i]);
}

static void test_pairs_with_the_baseline_are_the_ledgers(void)
{
    double room[DRAWS];
    start();
    CU_ASSERT(run->pairs.n_measures >= 5);
    for (int m = 0; m < run->pairs.n_measures; m++)
        for (int s = 1; s < SCENARIOS; s++) {
            int64_t row = pw_ledger_row(&run->ledger, run->pairs.measure[m], run->roster.n_areas, PW_SUBGROUP_all);
            pw_summary_t a = pw_pairs_summary(&run->pairs, &run->ledger, m, s, 0, room), b = pw_ledger_summary(&run->ledger, s, row, true, room);
            CU_ASSERT_EQUAL(memcmp(&a, &b, offsetof(pw_summary_t, spread)), 0);
            CU_ASSERT_EQUAL(a.spread, b.spread);
        }
    end();
}

static void test_two_policies_that_are_the_same_differ_by_exactly_nothing(void)
{
    double room[DRAWS];
    start();
    for (int m = 0; m < run->pairs.n_measures; m++) {
        pw_summary_t s = pw_pairs_summary(&run->pairs, &run->ledger, m, 3, 2, room);
        if (isnan(s.mean))
            continue;
        PW_ASSERT_NEAR(s.mean, 0.0, 0.0);
        PW_ASSERT_NEAR(s.mc_se, 0.0, 0.0);
        PW_ASSERT_NEAR(s.low95, 0.0, 0.0);
        PW_ASSERT_NEAR(s.better, 0.5, 0.0);
        CU_ASSERT(!pw_clear_of_zero(&s));
    }
    end();
}

/* The mean of a pair is the difference of the two means; its noise is its own, for both share their luck. */
static void test_pair_of_two_policies_has_noise_of_its_own(void)
{
    double room[DRAWS];
    int smaller = 0;
    start();
    for (int m = 0; m < run->pairs.n_measures; m++) {
        pw_summary_t pair = pw_pairs_summary(&run->pairs, &run->ledger, m, 2, 1, room), one = pw_pairs_summary(&run->pairs, &run->ledger, m, 1, 0, room),
                     two = pw_pairs_summary(&run->pairs, &run->ledger, m, 2, 0, room);
        if (isnan(pair.mean))
            continue;
        PW_ASSERT_NEAR(pair.mean, two.mean - one.mean, 1e-9 * (1.0 + fabs(two.mean) + fabs(one.mean)));
        CU_ASSERT(pair.mc_se <= one.mc_se + two.mc_se + 1e-12);
        smaller += pair.mc_se > 0.0;
    }
    CU_ASSERT(smaller > 0);
    end();
}

PW_TESTS(PW_TEST(test_pairs_with_the_baseline_are_the_ledgers), PW_TEST(test_two_policies_that_are_the_same_differ_by_exactly_nothing),
         PW_TEST(test_pair_of_two_policies_has_noise_of_its_own))
