/* The study's design: samples without replacement against their moments on paper, and what is read off a world. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/experiment/particles.h"
#include "harness.h"

/* Hypergeometric: n = 40, 13 marked, 10 taken: mean 3.25, variance 10 x (13/40)(27/40)(30/39). 20,000 samples; 5 standard errors each (a false alarm below
 * 1e-6). Catches sampling with replacement (variance 30 % larger) and a bias of a tenth. */
static void test_incidents_are_drawn_without_replacement(void)
{
    enum { N = 20000 };
    double mean = 0.0, square = 0.0, expected = 3.25, variance = 10.0 * (13.0 / 40.0) * (27.0 / 40.0) * (30.0 / 39.0);
    for (uint32_t i = 0; i < N; i++) {
        double k = (double)pw_study_hypergeometric(40, 13, 10, 7, 1, 2, i);
        mean += k / N;
        square += (k - expected) * (k - expected) / N;
    }
    PW_ASSERT_NEAR(mean, expected, 5.0 * sqrt(variance / N));
    PW_ASSERT_NEAR(square, variance, 5.0 * variance * sqrt(2.0 / N) * 1.1);
    CU_ASSERT_EQUAL(pw_study_hypergeometric(30, 30, 10, 7, 1, 2, 0), 10);
    CU_ASSERT_EQUAL(pw_study_hypergeometric(30, 0, 10, 7, 1, 2, 0), 0);
    CU_ASSERT_EQUAL(pw_study_hypergeometric(30, 11, 30, 7, 1, 2, 0), 11);
}

/* Each of 12 is among the first 5 with chance 5/12 and nobody twice: 20,000 samples, 5 standard errors for each of 12 (below 1e-5 x 12 / 2). */
static void test_families_are_chosen_with_equal_chances_and_once(void)
{
    enum { N = 20000 };
    int32_t order[12];
    int chosen[12] = { 0 };
    for (uint32_t i = 0; i < N; i++) {
        unsigned seen = 0;
        pw_study_choose(order, 12, 5, 3, 4, 0, i);
        for (int k = 0; k < 5; k++) {
            chosen[order[k]]++;
            seen |= 1u << order[k];
        }
        CU_ASSERT_FATAL(__builtin_popcount(seen) == 5);
    }
    for (int k = 0; k < 12; k++)
        PW_ASSERT_NEAR(chosen[k], N * 5.0 / 12.0, 5.3 * sqrt(N * 5.0 / 12.0 * 7.0 / 12.0));
}

/* ---- on the project's own model ---- */

typedef struct {
    pw_spec_t *spec;
    pw_run_t run;
    pw_targets_t targets;
    pw_study_t study;
    pw_findings_t findings;
} project_t;

static project_t *project_open(void)
{
    project_t *self = calloc(1, sizeof *self);
    static const char *const others[] = { "notifications_per_month" };
    CU_ASSERT_FATAL(self && pw_spec_load("params/baseline.cfg", NULL, 0, &self->spec, &self->findings) == PW_OK);
    const pw_spec_t *specs[1] = { self->spec };
    pw_run_request_t request = { .spec = specs, .n_scenarios = 1, .replications = 1, .threads = 1 };
    CU_ASSERT_EQUAL_FATAL(pw_run_prepare(&self->run, &request, &self->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_targets_read(&self->targets, "params/targets.cfg", &self->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_study_init(&self->study, &self->targets, &self->run.layout, &self->run.catalogue, others, 1, &self->findings), PW_OK);
    return self;
}

static void project_close(project_t *self)
{
    pw_study_free(&self->study);
    pw_targets_free(&self->targets);
    pw_run_free(&self->run);
    pw_spec_free(self->spec);
    pw_findings_free(&self->findings);
    free(self);
}

static int target_of(const project_t *self, const char *name)
{
    for (int t = 0; t < self->targets.n; t++)
        if (strcmp(self->targets.target[t].name, name) == 0)
            return t;
    return -1;
}

/* One set (every estimate near its middle), 6 worlds, 300 studies of each: the mean count is the cohort's share (both areas' shares averaged), within 5
 * standard errors of 1,800 studies, taken for 60 (those of a world are alike). Catches a sample from the wrong area, records that were overwritten, counts of
 * the wrong sum. */
static void test_studies_of_a_world_find_what_holds_of_its_cohort(void)
{
    enum { WORLDS = 6, SAMPLES = 300 };
    project_t *p = project_open();
    pw_particles_t particles = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_particles_init(&particles, p->spec, &p->run, &p->study, 11, 2, NULL), PW_OK);
    CU_ASSERT(particles.focus >= 5 && particles.focus < particles.dims);
    double *z = calloc((size_t)particles.dims, sizeof *z), *sums = calloc((size_t)p->study.n * PW_STUDY_SUMS, sizeof *sums);
    double *found = calloc((size_t)WORLDS * SAMPLES * (size_t)p->targets.n, sizeof *found);
    uint64_t number = 77;
    CU_ASSERT_EQUAL_FATAL(pw_particles_run(&particles, 1, z, &number, NULL, WORLDS, SAMPLES, sums, found), PW_OK);
    CU_ASSERT_EQUAL(p->study.families, 184);
    CU_ASSERT_EQUAL(p->study.incidents, 251);
    static const char *const names[] = { "newly_assessed", "not_known_before", "injury", "separated" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        int t = target_of(p, names[i]);
        double of = p->targets.target[t].of, mean = 0.0, share = pw_study_expected(&p->study, sums, t) / 100.0;
        for (int m = 0; m < WORLDS * SAMPLES; m++)
            mean += found[m * p->targets.n + t] / (WORLDS * SAMPLES);
        CU_ASSERT(share > 0.0 && share < 1.0);
        PW_ASSERT_NEAR(mean / of, share, 5.0 * sqrt(share * (1.0 - share) / of / 60.0));
    }
    CU_ASSERT(isnan(found[target_of(p, "removed")]));
    CU_ASSERT(found[target_of(p, "letter")] > 0.0);
    CU_ASSERT(pw_study_expected(&p->study, sums, p->targets.n) > 50.0);      /* notifications a month, both areas */
    free(z);
    free(sums);
    free(found);
    pw_particles_free(&particles);
    project_close(p);
}

/* Values of an estimate go up with its score, and its prior's median is at 0. */
static void test_scores_are_the_priors_quantiles(void)
{
    project_t *p = project_open();
    pw_particles_t particles = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_particles_init(&particles, p->spec, &p->run, &p->study, 11, 1, NULL), PW_OK);
    for (int k = 0; k < particles.dims; k++) {
        const pw_estimate_t *estimate = &p->spec->evidence.estimate[particles.estimate[k]];
        CU_ASSERT(estimate->calibrate == (k < particles.focus));
        PW_ASSERT_NEAR(pw_particles_value(&particles, k, -1.959963984540054), estimate->low, 0.05 * (estimate->high - estimate->low));
        PW_ASSERT_NEAR(pw_particles_value(&particles, k, 1.959963984540054), estimate->high, 0.05 * (estimate->high - estimate->low));
        CU_ASSERT(pw_particles_value(&particles, k, -9.0) <= pw_particles_value(&particles, k, 9.0));
    }
    pw_particles_free(&particles);
    project_close(p);
}

PW_TESTS(PW_TEST(test_incidents_are_drawn_without_replacement), PW_TEST(test_families_are_chosen_with_equal_chances_and_once),
         PW_TEST(test_studies_of_a_world_find_what_holds_of_its_cohort), PW_TEST(test_scores_are_the_priors_quantiles))
