/* test_audit.c: what a small study resolves of an estimate, by conjugate priors and sampling variances on paper. */
#include "harness.h"

#include <math.h>

#include "../model/measure/audit.h"

static const pw_audit_families_t nobody = { 0.0, 0.0 };
enum { N = 4000 };
static double drawn[N];

/* Values at equal steps of probability have the distribution's mean and variance; here a two-point stand-in with the same two moments. */
static void two_points(double mean, double sd)
{
    for (int i = 0; i < N; i++)
        drawn[i] = mean + (i % 2 ? sd : -sd) * sqrt((double)(N - 1) / N);
}

/* A beta of 8 and 12 counts as 20 things seen: mean 0.4, variance 0.24 / 21. Of 200 more, 200 / 220 of the variance goes. */
static void test_a_count_resolves_a_percent_as_its_beta_says(void)
{
    two_points(40.0, 100.0 * sqrt(0.24 / 21.0));
    PW_ASSERT_NEAR(pw_audit_resolves(PW_AUDIT_files, drawn, N, 200.0, nobody), 200.0 / 220.0, 1e-9);
    PW_ASSERT_NEAR(pw_audit_resolves(PW_AUDIT_files, drawn, N, 20.0, nobody), 0.5, 1e-9);
}

/* A gamma rate of shape 4 and 10 family-years: mean 0.4, variance 0.04. */
static void test_families_followed_resolve_a_rate_as_its_gamma_says(void)
{
    two_points(0.4, 0.2);
    PW_ASSERT_NEAR(pw_audit_resolves(PW_AUDIT_family_years, drawn, N, 200.0, nobody), 200.0 / 210.0, 1e-9);
}

static void test_no_count_measures_a_price_or_what_is_known(void)
{
    two_points(0.8, 0.2);
    CU_ASSERT_EQUAL(pw_audit_study_of("ratio", "infant_ratio"), PW_AUDIT_none);
    CU_ASSERT_EQUAL(pw_audit_study_of("pounds", "programme_place_cost"), PW_AUDIT_none);
    CU_ASSERT_EQUAL(pw_audit_study_of("ratio", "programme_effect"), PW_AUDIT_two_groups);
    CU_ASSERT_EQUAL(pw_audit_study_of("days", "programme_days"), PW_AUDIT_cases);
    CU_ASSERT(isnan(pw_audit_resolves(PW_AUDIT_none, drawn, N, 200.0, nobody)));
    CU_ASSERT(isnan(pw_audit_resolves(PW_AUDIT_two_groups, drawn, N, 200.0, nobody)));      /* nothing happens to families: nothing is counted */
    two_points(0.8, 0.0);
    CU_ASSERT(isnan(pw_audit_resolves(PW_AUDIT_files, drawn, N, 200.0, nobody)));      /* nothing is unknown */
}

/* Normal logarithms of mean -0.2 and variance 0.09, as two points. 150 families a group with 0.5 notifications a year and v = 2: (2 + 2) / 150 in the group
 * without, (2 / exp(-0.2) + 2) / 150 in the other. */
static void test_two_groups_resolve_an_effect_as_negative_binomial_counts_do(void)
{
    for (int i = 0; i < N; i++)
        drawn[i] = exp(-0.2 + (i % 2 ? 0.3 : -0.3) * sqrt((double)(N - 1) / N));
    double sampling = 4.0 / 150.0 + (2.0 * exp(0.2) + 2.0) / 150.0;
    PW_ASSERT_NEAR(pw_audit_resolves(PW_AUDIT_two_groups, drawn, N, 150.0, (pw_audit_families_t){ 0.5, 2.0 }), 0.09 / (0.09 + sampling), 1e-9);
    PW_ASSERT_NEAR(pw_audit_resolves(PW_AUDIT_cases, drawn, N, 100.0, nobody), 0.9, 1e-9);      /* 0.09 / (0.09 + 1 / 100) */
}

PW_TESTS(PW_TEST(test_a_count_resolves_a_percent_as_its_beta_says), PW_TEST(test_families_followed_resolve_a_rate_as_its_gamma_says),
         PW_TEST(test_no_count_measures_a_price_or_what_is_known), PW_TEST(test_two_groups_resolve_an_effect_as_negative_binomial_counts_do))
