/* test_joint.c: the noise that a measure and its pounds share, held against the ledger's own and against worlds summed up by hand. */
#include "harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/experiment/run.h"

enum { SCENARIOS = 3, DRAWS = 3, REPLICATIONS = 4, WORLDS = DRAWS * REPLICATIONS };
static const char *const files[SCENARIOS] = { "params/baseline.cfg", "scenarios/perpetrator_programme.cfg", "scenarios/no_letters.cfg" };
static const char *const small[] = { "areas.north.families_per_month=4.0", "areas.south.families_per_month=3.0", "time.warm_up_months=12",
                                     "time.follow_up_months=9" };

static pw_spec_t *spec[SCENARIOS];
static pw_run_t *run;
static double incidents[WORLDS][SCENARIOS], pounds[WORLDS][SCENARIOS];      /* per month, per year, of single worlds */

static double of_world(const pw_run_t *self, const char *name, const double *vector)
{
    const pw_measure_t *m = &self->catalogue.measure[pw_catalogue_find(&self->catalogue, name)];
    double x[PW_MAX_SUMS];
    for (int k = 0; k < m->definition->sums; k++)
        x[k] = vector[pw_measure_offset(m, &self->layout, k, self->roster.n_areas, PW_SUBGROUP_all)];
    return pw_ratio(x, m->definition->sums, m->definition->scale);
}

static pw_status_t watch(void *context, const pw_run_t *self, const pw_worlds_t *worlds)
{
    int64_t replications = *(const int64_t *)context;
    for (int w = 0; w < worlds->n; w++)
        for (int s = 0; s < SCENARIOS; s++) {
            int64_t at = worlds->draw[w] * replications + worlds->replication[w];
            incidents[at][s] = of_world(self, "incidents_per_month", worlds->vector[w * SCENARIOS + s]);
            pounds[at][s] = of_world(self, "budget", worlds->vector[w * SCENARIOS + s]);
        }
    return PW_OK;
}

static void start(int64_t replications)
{
    pw_findings_t findings = { 0 };
    for (int i = 0; i < SCENARIOS; i++)
        CU_ASSERT_EQUAL_FATAL(pw_spec_load(files[i], small, 4, &spec[i], &findings), PW_OK);
    pw_run_request_t request = { .spec = (const pw_spec_t *const *)spec, .n_scenarios = SCENARIOS, .draws = DRAWS, .replications = replications, .seed = 1,
                                 .threads = 2, .watch = watch, .watch_context = &replications };
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

static int find(const char *name)
{
    for (int m = 0; m < run->joint.n_measures; m++)
        if (strcmp(run->catalogue.measure[run->joint.measure[m]].name, name) == 0)
            return m;
    return -1;
}

static void test_noise_shared_with_itself_is_the_noise(void)
{
    double room[DRAWS];
    int64_t draws;
    start(REPLICATIONS);
    for (int cost = 0; cost < PW_JOINT_COSTS; cost++)
        for (int s = 1; s < SCENARIOS; s++) {
            int m = find(pw_joint_cost[cost]);
            int64_t row = pw_ledger_row(&run->ledger, run->joint.measure[m], run->roster.n_areas, PW_SUBGROUP_all);
            double mc_se = pw_ledger_summary(&run->ledger, s, row, true, room).mc_se;
            CU_ASSERT(mc_se > 0.0);
            PW_ASSERT_NEAR(pw_joint_covariance(&run->joint, m, cost, s, &draws) / (mc_se * mc_se), 1.0, 1e-9);
            CU_ASSERT_EQUAL(draws, DRAWS);
        }
    end();
}

/* Months and years are the same in every world: the difference is linear in its sums, and its covariance over a draw's worlds the plain one. */
static void test_covariance_is_that_of_the_worlds(void)
{
    int64_t draws;
    start(REPLICATIONS);
    for (int s = 1; s < SCENARIOS; s++) {
        double sum = 0.0;
        for (int d = 0; d < DRAWS; d++) {
            double x = 0.0, y = 0.0, xy = 0.0;
            for (int r = 0; r < REPLICATIONS; r++) {
                int w = d * REPLICATIONS + r;
                double dx = incidents[w][s] - incidents[w][0], dy = pounds[w][s] - pounds[w][0];
                x += dx;
                y += dy;
                xy += dx * dy;
            }
            sum += (xy - x * y / REPLICATIONS) / (REPLICATIONS - 1) / REPLICATIONS;
        }
        double truth = sum / DRAWS / DRAWS, is = pw_joint_covariance(&run->joint, find("incidents_per_month"), 1, s, &draws);
        CU_ASSERT(fabs(truth) > 0.0);
        PW_ASSERT_NEAR(is / truth, 1.0, 1e-6);
    }
    end();
}

static void test_one_replication_tells_nothing(void)
{
    int64_t draws = 1;
    start(1);
    CU_ASSERT(isnan(pw_joint_covariance(&run->joint, 0, 0, 1, &draws)));
    CU_ASSERT_EQUAL(draws, 0);
    end();
}

PW_TESTS(PW_TEST(test_noise_shared_with_itself_is_the_noise), PW_TEST(test_covariance_is_that_of_the_worlds), PW_TEST(test_one_replication_tells_nothing))
