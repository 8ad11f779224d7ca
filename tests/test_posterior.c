/* Posteriors in files: what is read and refused, how often each set is drawn, and what a scenario keeps of its own. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/chance/distribution.h"
#include "../model/experiment/learnt.h"
#include "harness.h"

static pw_status_t read_text(pw_posterior_t *self, const char *text, const pw_spec_t *baseline, uint64_t seed, pw_findings_t *findings)
{
    char name[] = "/tmp/pathways-posterior-XXXXXX";
    int descriptor = mkstemp(name);
    CU_ASSERT_FATAL(descriptor >= 0);
    FILE *file = fdopen(descriptor, "w");
    fputs(text, file);
    fclose(file);
    *self = (pw_posterior_t){ 0 };
    pw_status_t status = pw_posterior_read(self, name, baseline, seed, findings);
    unlink(name);
    return status;
}

#define HEAD "set,weight,results,evidence,incidents_per_year,open_share,model.renotified\n"

/* Weights 1, 0, 3, 4: of 256 draws 32, 0, 96, 128, each but for one or two at the edges (van der Corput's first 2^8 points lie one in each 256th). */
static void test_sets_are_drawn_by_their_weights_and_evenly(void)
{
    for (uint64_t seed = 1; seed < 6; seed++) {
        pw_findings_t findings = { 0 };
        pw_posterior_t posterior;
        int count[4] = { 0 };
        CU_ASSERT_EQUAL_FATAL(read_text(&posterior, HEAD "0,1,1,ab,2.5,70,41\n1,0,1,ab,9,9,9\n2,3,1,ab,1.5,60,52\n3,4,1,ab,3.5,80,63\n", NULL, seed, &findings),
                              PW_OK);
        CU_ASSERT_EQUAL_FATAL(posterior.n, 3);
        for (int64_t d = 0; d < 256; d++)
            count[pw_posterior_set(&posterior, d)]++;
        CU_ASSERT(abs(count[0] - 32) <= 1 && abs(count[1] - 96) <= 2 && abs(count[2] - 128) <= 1);
        PW_ASSERT_NEAR(pw_posterior_model(&posterior, 1, "renotified"), 52.0, 0.0);
        CU_ASSERT(isnan(pw_posterior_model(&posterior, 1, "nothing")));
        double weight[3] = { 0.0, 1.0, 0.0 };
        CU_ASSERT_EQUAL(pw_posterior_reweight(&posterior, weight), PW_OK);
        CU_ASSERT_EQUAL(posterior.n, 1);
        PW_ASSERT_NEAR(pw_posterior_model(&posterior, 0, "renotified"), 52.0, 0.0);
        PW_ASSERT_NEAR(posterior.value[0], 1.5, 0.0);
        weight[0] = 0.0;
        CU_ASSERT_EQUAL(pw_posterior_reweight(&posterior, weight), PW_ERROR_NUMBER);
        pw_posterior_free(&posterior);
        pw_findings_free(&findings);
    }
}

static void test_wrong_posteriors_are_refused(void)
{
    static const struct { const char *text, *words; } row[] = {
        { "set,results,evidence\n1,1,ab\n", "weight" },
        { HEAD "0,-1,1,ab,2.5,70,41\n", "from 0" },
        { HEAD "0,0,1,ab,2.5,70,41\n", "no set has a weight" },
        { HEAD "0,1,1,ab,two,70,41\n", "two" },
        { HEAD, "no set has a weight" },
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        pw_findings_t findings = { 0 };
        pw_posterior_t posterior;
        CU_ASSERT_EQUAL(read_text(&posterior, row[i].text, NULL, 1, &findings), PW_ERROR_INPUT);
        CU_ASSERT_FATAL(findings.n >= 1);
        CU_ASSERT(strstr(findings.finding[0].message, row[i].words) != NULL);
        pw_posterior_free(&posterior);
        pw_findings_free(&findings);
    }
}

/* The baseline takes its values from the set; what a scenario replaces, and what is fixed, stays as it was; pounds, which no study sees, too. */
static void test_only_estimates_that_are_the_baselines_own_come_from_the_set(void)
{
    pw_findings_t findings = { 0 };
    pw_posterior_t posterior;
    pw_spec_t *baseline = NULL, *other = NULL;
    const char *sets[] = { "evidence.incidents_per_year=2.9" };
    CU_ASSERT_FATAL(pw_spec_load("params/baseline.cfg", NULL, 0, &baseline, &findings) == PW_OK);
    CU_ASSERT_FATAL(pw_spec_load("params/baseline.cfg", sets, 1, &other, &findings) == PW_OK);
    CU_ASSERT_EQUAL_FATAL(read_text(&posterior, HEAD "0,1,1,ab,2.5,70,41\n", baseline, 1, &findings), PW_OK);
    pw_values_hook_t hook = pw_posterior_hook(&posterior);
    pw_values_t own = { 0 }, theirs = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_values_draw(&baseline->evidence, 2, 1, 5, &own), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_values_draw(&other->evidence, 2, 1, 5, &theirs), PW_OK);
    int rate = pw_evidence_find(&baseline->evidence, "incidents_per_year"), open = pw_evidence_find(&baseline->evidence, "open_share");
    int pounds = pw_evidence_find(&baseline->evidence, "letter_cost");
    double before = own.drawn[pounds];
    CU_ASSERT_EQUAL(hook.adjust(hook.context, baseline, 0, 5, &own), PW_OK);
    CU_ASSERT_EQUAL(hook.adjust(hook.context, other, 1, 5, &theirs), PW_OK);
    PW_ASSERT_NEAR(own.drawn[rate], 2.5, 0.0);
    PW_ASSERT_NEAR(pw_values_get(&own, open, 1), 70.0, 0.0);
    PW_ASSERT_NEAR(own.drawn[pounds], before, 0.0);
    PW_ASSERT_NEAR(theirs.drawn[rate], 2.9, 0.0);
    PW_ASSERT_NEAR(theirs.drawn[open], 70.0, 0.0);
    char one[PW_EVIDENCE_DIGITS + 1], two[PW_EVIDENCE_DIGITS + 1];
    pw_posterior_evidence(&baseline->evidence, one);
    pw_posterior_evidence(&other->evidence, two);
    CU_ASSERT(strlen(one) == PW_EVIDENCE_DIGITS && strcmp(one, two) != 0);
    pw_values_free(&own);
    pw_values_free(&theirs);
    pw_posterior_free(&posterior);
    pw_spec_free(baseline);
    pw_spec_free(other);
    pw_findings_free(&findings);
}

/* Sets at normal scores -1 (weight 1), 0 (weight 2) and 1 (weight 1) of the prior: mean 0, variance 1/2, of ten equally likely parts of the prior three filled:
 * 0.3. What is not an estimate of the baseline, and what it holds fixed, is not judged. Sets all at +2 were learnt, whatever their spread. */
static void test_what_was_learnt_is_read_off_the_sets(void)
{
    pw_findings_t findings = { 0 };
    pw_posterior_t posterior;
    pw_spec_t *baseline = NULL;
    pw_learnt_t learnt[3];
    int n = -1;
    const char *sets[] = { "evidence.open_share=70.0" };
    CU_ASSERT_FATAL(pw_spec_load("params/baseline.cfg", sets, 1, &baseline, &findings) == PW_OK);
    int at = pw_evidence_find(&baseline->evidence, "incidents_per_year"), other = pw_evidence_find(&baseline->evidence, "injury_share");
    const pw_estimate_t *e = &baseline->evidence.estimate[at];
    char text[800];
    double x[3], high = pw_estimate_quantile(&baseline->evidence.estimate[other], pw_normal_cdf(2.0));
    for (int i = 0; i < 3; i++)
        x[i] = pw_estimate_quantile(e, pw_normal_cdf(i - 1.0));
    snprintf(text, sizeof text,
             "set,weight,results,evidence,nonsense,open_share,incidents_per_year,injury_share\n0,1,1,ab,5,70,%.12g,%.12g\n1,2,1,ab,6,71,%.12g,%.12g\n2,1,1,ab,"
             "7,72,%.12g,%.12g\n",
             x[0], high, x[1], high, x[2], high);
    CU_ASSERT_EQUAL_FATAL(read_text(&posterior, text, baseline, 1, &findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(posterior.n_estimates, 4);
    CU_ASSERT_EQUAL_FATAL(pw_learnt_of_posterior(&posterior, learnt, &n), PW_OK);
    CU_ASSERT_EQUAL_FATAL(n, 2);
    CU_ASSERT(learnt[0].estimate == at && learnt[0].calibrated && learnt[1].estimate == other);
    PW_ASSERT_NEAR(learnt[0].mean, 0.0, 1e-6);
    PW_ASSERT_NEAR(learnt[0].variance, 0.5, 1e-6);
    PW_ASSERT_NEAR(learnt[0].overlap, 0.3, 1e-12);
    PW_ASSERT_NEAR(learnt[0].median, x[1], 1e-9);
    PW_ASSERT_NEAR(learnt[0].low95, x[0], 1e-9);
    PW_ASSERT_NEAR(learnt[0].prior_low95, e->low, 1e-4 * e->low);
    PW_ASSERT_NEAR(learnt[0].prior_high95, e->high, 1e-4 * e->high);
    CU_ASSERT_EQUAL(learnt[0].verdict, PW_LEARNT_YES);
    PW_ASSERT_NEAR(learnt[1].mean, 2.0, 1e-6);
    PW_ASSERT_NEAR(learnt[1].variance, 0.0, 1e-6);
    pw_posterior_free(&posterior);
    pw_spec_free(baseline);
    pw_findings_free(&findings);
}

PW_TESTS(PW_TEST(test_what_was_learnt_is_read_off_the_sets), PW_TEST(test_sets_are_drawn_by_their_weights_and_evenly),
         PW_TEST(test_wrong_posteriors_are_refused), PW_TEST(test_only_estimates_that_are_the_baselines_own_come_from_the_set))
