/* Do the two hand-written loops simulate the toy that they claim to? (Linked with bench/floor.c and bench/heap_loop.c.)
 *
 * Random tests: alpha = 1e-6 each (|z| <= 4.9), over replications, so that what is related inside a replication does no harm.
 * Seeds are fixed: nothing here fails by chance from one run to the next. */
#include "../bench/floor.h"

#include <math.h>

#include "harness.h"

#define Z_LIMIT 4.9
typedef pw_floor_t (*loop_t)(const pw_floor_setting_t *setting, uint64_t seed, int replications);
static const loop_t LOOPS[] = { pw_floor_tree_of, pw_floor_heap_of };
enum { N_LOOPS = 2, REPLICATIONS = 400 };

/* Mean and standard error of something over replications. */
typedef struct { double n, sum, squares; } sample_t;
static void sample_add(sample_t *self, double x)
{
    self->n += 1.0;
    self->sum += x;
    self->squares += x * x;
}
static double sample_mean(const sample_t *self) { return self->sum / self->n; }
static double sample_variance(const sample_t *self)
{
    return (self->squares - self->sum * self->sum / self->n) / (self->n - 1.0);
}
static double sample_error(const sample_t *self) { return sqrt(sample_variance(self) / self->n); }

/* 1,000 families, frailty of mean 1 and variance 2, m = 4 a year x 1.75 years = 7 expected: the count of a family is negative
 * binomial with mean 7 and variance 7 + 2 x 49 = 105. The mean would catch a wrong rate or unit; the variance (within a third)
 * a frailty that is missing (7), shared (98,000) or wrongly shaped. */
static void test_incidents_are_negative_binomial(void)
{
    pw_floor_setting_t toy = pw_floor_toy();
    for (int i = 0; i < N_LOOPS; i++) {
        sample_t incidents = { 0 };
        for (uint64_t seed = 0; seed < REPLICATIONS; seed++)
            sample_add(&incidents, (double)LOOPS[i](&toy, seed, 1).incidents / PW_FLOOR_FAMILIES);
        PW_ASSERT_NEAR(sample_mean(&incidents), 7.0, Z_LIMIT * sqrt(105.0 / PW_FLOOR_FAMILIES / REPLICATIONS));
        PW_ASSERT_NEAR(sample_variance(&incidents) * PW_FLOOR_FAMILIES / 105.0, 1.0, Z_LIMIT * sqrt(2.0 / REPLICATIONS) * 1.02);
    }
}

static void test_one_incident_in_twenty_goes_to_the_team(void)
{
    pw_floor_setting_t toy = pw_floor_toy();
    for (int i = 0; i < N_LOOPS; i++) {
        pw_floor_t sum = LOOPS[i](&toy, 11, REPLICATIONS);
        double n = (double)sum.incidents;
        PW_ASSERT_NEAR((double)sum.joined / n, 0.05, Z_LIMIT * sqrt(0.05 * 0.95 / n));
        CU_ASSERT_EQUAL(sum.events, sum.incidents + sum.completed);
        CU_ASSERT(sum.started <= sum.joined && sum.completed <= sum.started);
        CU_ASSERT(sum.started - sum.completed <= 5 * REPLICATIONS); /* no more than five at work when a replication ends */
    }
}

/* One place, Poisson arrivals (a sum of many families'), any distribution of work: a share rho of arrivals waits, and the mean wait
 * is lambda E[S^2] / (2 (1 - rho)) (Pollaczek-Khinchine). The families' total rate differs between replications with variance
 * 2 / 1000, and busier replications have more arrivals: E[L g(L)] = g + 0.002 (g' + g'' / 2) at L = 1. It starts empty: the
 * first weeks of 20 years wait less, under 0.1 % of the whole. Would catch: a queue that is not first come first served in its
 * counts, work that starts late, a place lost or used twice, durations with another mean or variance. */
static void test_one_place_waits_as_pollaczek_and_khinchine_say(void)
{
    const double rho = 0.4, years = 20.0, arrivals_per_day = PW_FLOOR_FAMILIES * 0.05 / 365.25, spread = 2.0 / PW_FLOOR_FAMILIES;
    pw_floor_setting_t one = { 1.0, 0.05, 1, pw_span_from_median_p95(15.0, 49.0), years * 365.25 };
    one.work.a = log(rho / arrivals_per_day) - 0.5 * one.work.b * one.work.b;
    double second = pow(rho / arrivals_per_day, 2.0) * exp(one.work.b * one.work.b), free = 1.0 - rho;
    double c = arrivals_per_day * second / 2.0;
    double share = rho * (1.0 + spread), wait = c / free + spread * (c / (free * free) + c * rho / (free * free * free));
    for (int i = 0; i < N_LOOPS; i++) {
        sample_t waited = { 0 }, days = { 0 };
        for (uint64_t seed = 0; seed < REPLICATIONS / 2; seed++) {
            pw_floor_t sum = LOOPS[i](&one, seed, 1);
            sample_add(&waited, (double)sum.waited - share * (double)sum.joined);
            sample_add(&days, sum.wait_days - wait * (double)sum.started);
        }
        PW_ASSERT_NEAR(sample_mean(&waited), 0.0, Z_LIMIT * sample_error(&waited));
        PW_ASSERT_NEAR(sample_mean(&days), 0.0, Z_LIMIT * sample_error(&days));
    }
}

/* The toy itself, five places for twice their work: no formula for a queue that grows; the loops share no generator, calendar
 * or queue, and must agree. */
static void assert_same_mean(const sample_t *a, const sample_t *b)
{
    PW_ASSERT_NEAR(sample_mean(a) - sample_mean(b), 0.0, Z_LIMIT * hypot(sample_error(a), sample_error(b)));
}

static void test_the_two_loops_agree_with_each_other(void)
{
    pw_floor_setting_t toy = pw_floor_toy();
    sample_t completed[N_LOOPS] = { 0 }, waited[N_LOOPS] = { 0 }, days[N_LOOPS] = { 0 };
    for (int i = 0; i < N_LOOPS; i++)
        for (uint64_t seed = 1000; seed < 1000 + REPLICATIONS; seed++) {
            pw_floor_t sum = LOOPS[i](&toy, seed, 1);
            sample_add(&completed[i], (double)sum.completed);
            sample_add(&waited[i], (double)sum.waited / (double)sum.joined);
            sample_add(&days[i], sum.wait_days / (double)sum.started);
        }
    assert_same_mean(&completed[0], &completed[1]);
    assert_same_mean(&waited[0], &waited[1]);
    assert_same_mean(&days[0], &days[1]);
}

static void test_a_seed_gives_the_same_history_again(void)
{
    for (int i = 0; i < N_LOOPS; i++) {
        pw_floor_setting_t toy = pw_floor_toy();
        pw_floor_t first = LOOPS[i](&toy, 2009, 3), again = LOOPS[i](&toy, 2009, 3), other = LOOPS[i](&toy, 2010, 3);
        CU_ASSERT_EQUAL(first.checksum, again.checksum);
        CU_ASSERT_EQUAL(first.events, again.events);
        CU_ASSERT_NOT_EQUAL(first.checksum, other.checksum);
    }
    CU_ASSERT_EQUAL(pw_floor_tree(7, 2).checksum, pw_floor_tree_of(&(pw_floor_setting_t){ 4.0, 0.05, 5, pw_floor_toy().work, 639.1875 }, 7, 2).checksum);
    CU_ASSERT_EQUAL(pw_floor_heap(7, 2).checksum, pw_floor_heap_of(&(pw_floor_setting_t){ 4.0, 0.05, 5, pw_floor_toy().work, 639.1875 }, 7, 2).checksum);
}

PW_TESTS(PW_TEST(test_incidents_are_negative_binomial), PW_TEST(test_one_incident_in_twenty_goes_to_the_team),
         PW_TEST(test_one_place_waits_as_pollaczek_and_khinchine_say), PW_TEST(test_the_two_loops_agree_with_each_other),
         PW_TEST(test_a_seed_gives_the_same_history_again))
