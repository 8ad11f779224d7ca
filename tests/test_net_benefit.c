/* test_net_benefit.c: pounds for what is averted, less what it costs, held against single worlds summed up by hand. */
#include "harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/experiment/run.h"
#include "../model/measure/net_benefit.h"
#include "../model/report/net_benefit_rows.h"

enum { DRAWS = 4, REPLICATIONS = 3 };
static const char *const small[] = { "areas.north.families_per_month=4.0", "areas.south.families_per_month=3.0", "time.warm_up_months=12",
                                     "time.follow_up_months=9" };
static pw_spec_t *spec[2];
static pw_run_t *run;
static double net[DRAWS * REPLICATIONS];      /* of single worlds */
enum { THRESHOLD = 5000 };

static double of_world(const pw_run_t *self, const char *name, const double *vector)
{
    const pw_measure_t *m = &self->catalogue.measure[pw_catalogue_find(&self->catalogue, name)];
    double x[PW_MAX_SUMS];
    for (int k = 0; k < m->definition->sums; k++)
        x[k] = vector[pw_measure_offset(m, &self->layout, k, self->roster.n_areas, PW_SUBGROUP_all)];
    return pw_ratio(x, m->definition->sums, m->definition->scale);
}

static double difference(const pw_run_t *self, const char *name, double *const *vector)
{
    return of_world(self, name, vector[1]) - of_world(self, name, vector[0]);
}

static pw_status_t watch(void *context, const pw_run_t *self, const pw_worlds_t *worlds)
{
    (void)context;
    for (int w = 0; w < worlds->n; w++)
        net[worlds->draw[w] * REPLICATIONS + worlds->replication[w]] =
            -12.0 * THRESHOLD * difference(self, "incidents_per_month", &worlds->vector[2 * w]) - difference(self, "budget", &worlds->vector[2 * w]);
    return PW_OK;
}

static void start(int64_t draws)
{
    pw_findings_t findings = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("params/baseline.cfg", small, 4, &spec[0], &findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("scenarios/perpetrator_programme.cfg", small, 4, &spec[1], &findings), PW_OK);
    pw_run_request_t request = { .spec = (const pw_spec_t *const *)spec, .n_scenarios = 2, .draws = draws, .replications = REPLICATIONS, .seed = 1,
                                 .threads = 2, .watch = watch };
    run = calloc(1, sizeof *run);
    CU_ASSERT_EQUAL_FATAL(pw_run_prepare(run, &request, &findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_run_go(run, &findings), PW_OK);
    pw_findings_free(&findings);
}

static void end(void)
{
    pw_run_free(run);
    free(run);
    pw_spec_free(spec[0]);
    pw_spec_free(spec[1]);
}

/* Mean and noise of a linear sum of the worlds: both are plain. */
static void check(int draws, const pw_summary_t *is)
{
    double mean = 0.0, noise = 0.0;
    for (int d = 0; d < draws; d++) {
        double sum = 0.0, squares = 0.0;
        for (int r = 0; r < REPLICATIONS; r++) {
            sum += net[d * REPLICATIONS + r] / REPLICATIONS;
            squares += net[d * REPLICATIONS + r] * net[d * REPLICATIONS + r];
        }
        mean += sum / draws;
        noise += (squares - REPLICATIONS * sum * sum) / (REPLICATIONS - 1) / REPLICATIONS / draws / draws;
    }
    PW_ASSERT_NEAR(is->mean / mean, 1.0, 1e-9);
    PW_ASSERT_NEAR(is->mc_se / sqrt(noise), 1.0, 1e-6);
}

static void test_net_benefit_and_its_noise_are_those_of_the_worlds(void)
{
    double room[2 * DRAWS];
    pw_net_benefit_t self;
    pw_text_t why = { 0 };
    for (int draws = 0; draws <= DRAWS; draws += DRAWS) {
        start(draws);
        CU_ASSERT_EQUAL_FATAL(pw_net_benefit_init(&self, &run->catalogue, NULL, THRESHOLD, &why), PW_OK);
        pw_summary_t summary = pw_net_benefit_summary(&self, &run->ledger, &run->joint, 1, room);
        check(draws ? draws : 1, &summary);
        CU_ASSERT_STRING_EQUAL(self.unit, "£ a year");
        end();
    }
}

static void test_what_makes_no_net_benefit_is_said(void)
{
    pw_net_benefit_t self;
    pw_text_t why = { 0 };
    start(0);
    CU_ASSERT_EQUAL(pw_net_benefit_init(&self, &run->catalogue, NULL, NAN, &why), PW_ERROR_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&why), "needs --threshold"));
    pw_text_clear(&why);
    CU_ASSERT_EQUAL(pw_net_benefit_init(&self, &run->catalogue, "incident_per_month", 1.0, &why), PW_ERROR_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&why), "did you mean incidents_per_month"));
    pw_text_clear(&why);
    CU_ASSERT_EQUAL(pw_net_benefit_init(&self, &run->catalogue, "served", 1.0, &why), PW_ERROR_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&why), "neither more nor less is better"));
    pw_text_clear(&why);
    CU_ASSERT_EQUAL(pw_net_benefit_init(&self, &run->catalogue, "wait_assessment", 1.0, &why), PW_ERROR_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&why), "is in \"days\""));
    pw_text_free(&why);
    end();
}

static const char *said(const char *row)
{
    static char text[1024];
    static const char header[] = "scenario,outcome,threshold,unit,mean,mc_se,low95,high95,better,clear,draws,replications\n";
    char bytes[1024];
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    pw_text_t out = { 0 };
    snprintf(bytes, sizeof bytes, "%s%s\n", header, row);
    CU_ASSERT_EQUAL_FATAL(pw_csv_parse(&table, "answers/net_benefit.csv", bytes, strlen(bytes), &findings), PW_OK);
    pw_net_benefit_words.say(&table, 0, &out);
    snprintf(text, sizeof text, "%s", pw_text_get(&out));
    pw_text_free(&out);
    pw_csv_table_free(&table);
    return text;
}

static void test_words_say_whether_it_is_worth_it(void)
{
    PW_ASSERT_TEXT(said("early_help,incidents_per_month,5000,£ a year,120000,3000,40000,210000,0.98,true,250,4"),
                   "early help, at £5,000 for each incident averted in the area: worth its cost, by £120,000 a year (95 % interval of the "
                   "net benefit £40,000 to "
                   "£210,000); above 0 in 98 % of draws.");
    PW_ASSERT_TEXT(said("early_help,incidents_per_month,5000,£ a year,-12000,3000,,,0.4,false,0,4"),
                   "early help, at £5,000 for each incident averted in the area: cannot tell whether it is worth its cost; its net "
                   "benefit is -£12,000 a year.");
}

PW_TESTS(PW_TEST(test_net_benefit_and_its_noise_are_those_of_the_worlds), PW_TEST(test_what_makes_no_net_benefit_is_said),
         PW_TEST(test_words_say_whether_it_is_worth_it))
