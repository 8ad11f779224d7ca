/* One paired evaluation: the same numbers as the ledger's of the same run, kept unit by unit, and compared between any two scenarios. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/experiment/evaluate.h"
#include "harness.h"

static const char *const small[] = { "areas.north.families_per_month=4.0", "areas.south.families_per_month=3.0", "time.warm_up_months=12",
                                     "time.follow_up_months=13" };
static const char *const files[] = { "params/baseline.cfg", "scenarios/perpetrator_programme.cfg", "scenarios/supervised_contact.cfg" };

typedef struct {
    pw_spec_t *spec[3];
    pw_findings_t findings;
    pw_evaluation_t evaluation;
    int repeats, wait, budget, pounds, cash, letter;      /* lines */
} subject_t;

static int follow(subject_t *s, const char *name)
{
    int measure = pw_catalogue_find(&s->evaluation.run.catalogue, name);
    CU_ASSERT_FATAL(measure >= 0);
    return pw_evaluation_follow(&s->evaluation, measure, s->evaluation.run.roster.n_areas);
}

static subject_t *begin(int64_t draws, int64_t replications)
{
    subject_t *s = calloc(1, sizeof *s);
    for (int i = 0; i < 3; i++)
        CU_ASSERT_EQUAL_FATAL(pw_spec_load(files[i], small, 4, &s->spec[i], &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(s->findings.n, 0);
    pw_run_request_t request = { .spec = (const pw_spec_t *const *)s->spec, .n_scenarios = 3, .draws = draws, .replications = replications, .seed = 2385,
                                 .threads = 2 };
    CU_ASSERT_EQUAL_FATAL(pw_evaluation_prepare(&s->evaluation, &request, &s->findings), PW_OK);
    s->repeats = follow(s, "repeat_notifications");
    s->wait = follow(s, "wait_perpetrator_programme");
    s->budget = follow(s, "budget");
    s->letter = follow(s, "return_ratio_letter_to_no_further_action");
    s->pounds = pw_evaluation_follow_pounds(&s->evaluation, 2, false);
    s->cash = pw_evaluation_follow_pounds(&s->evaluation, 2, true);
    CU_ASSERT_EQUAL_FATAL(pw_evaluation_go(&s->evaluation, &s->findings), PW_OK);
    return s;
}

static void end(subject_t *s)
{
    pw_evaluation_free(&s->evaluation);
    for (int i = 0; i < 3; i++)
        pw_spec_free(s->spec[i]);
    pw_findings_free(&s->findings);
    free(s);
}

static pw_summary_t ledger(const subject_t *s, const char *name, int scenario, bool paired)
{
    double room[64];
    const pw_run_t *run = &s->evaluation.run;
    int64_t row = pw_ledger_row(&run->ledger, pw_catalogue_find(&run->catalogue, name), run->roster.n_areas, PW_SUBGROUP_all);
    return pw_ledger_summary(&run->ledger, scenario, row, paired, room);
}

static void expect_same(pw_mean_t mine, double mean, double se)
{
    CU_ASSERT(!isnan(mine.mean) && !isnan(se));
    PW_ASSERT_NEAR(mine.mean, mean, 1e-9 * fmax(1.0, fabs(mean)));
    PW_ASSERT_NEAR(mine.se, se, 1e-7 * fmax(1.0, se));
}

/* Without draws the linearised parts give the ledger's mean and its Monte Carlo error, for a ratio and for a ratio of ratios. */
static void test_worlds_give_the_ledgers_mean_and_error(void)
{
    static const char *const name[] = { "repeat_notifications", "budget", "return_ratio_letter_to_no_further_action" };
    subject_t *s = begin(0, 24);
    const int line[] = { s->repeats, s->budget, s->letter };
    CU_ASSERT_EQUAL(s->evaluation.n_units, 24);
    for (int k = 0; k < 3; k++)
        for (int scenario = 1; scenario < 3; scenario++) {
            pw_summary_t own = ledger(s, name[k], scenario, false), paired = ledger(s, name[k], scenario, true);
            expect_same(pw_evaluation_mean(&s->evaluation, scenario, -1, line[k]), own.mean, own.mc_se);
            expect_same(pw_evaluation_mean(&s->evaluation, scenario, 0, line[k]), paired.mean, paired.mc_se);
        }
    end(s);
}

/* With draws each draw is a unit, with the value that draws.csv has, and the error is that of a mean of draws. */
static void test_draws_are_the_units_of_a_run_with_draws(void)
{
    subject_t *s = begin(6, 2);
    const pw_run_t *run = &s->evaluation.run;
    int64_t row = pw_ledger_row(&run->ledger, pw_catalogue_find(&run->catalogue, "repeat_notifications"), run->roster.n_areas, PW_SUBGROUP_all);
    CU_ASSERT_EQUAL(s->evaluation.n_units, 6);
    for (int paired = 0; paired < 2; paired++) {
        double sum = 0.0, squares = 0.0;
        for (int64_t d = 0; d < 6; d++) {
            double value = pw_ledger_draw(&run->ledger, d, 1, row, paired);
            sum += value;
            squares += value * value;
        }
        expect_same(pw_evaluation_mean(&s->evaluation, 1, paired ? 0 : -1, s->repeats), sum / 6.0, sqrt((squares - sum * sum / 6.0) / 5.0 / 6.0));
    }
    end(s);
}

static void test_any_two_scenarios_and_any_sum_can_be_compared(void)
{
    subject_t *s = begin(0, 24);
    const pw_evaluation_t *e = &s->evaluation;
    double one = pw_evaluation_mean(e, 1, 0, s->repeats).mean, two = pw_evaluation_mean(e, 2, 0, s->repeats).mean;
    PW_ASSERT_NEAR(pw_evaluation_mean(e, 2, 1, s->repeats).mean, two - one, 1e-9);
    pw_mean_t self = pw_evaluation_mean(e, 1, 1, s->repeats);
    CU_ASSERT(self.mean == 0.0 && self.se == 0.0);
    const pw_part_t parts[] = { { s->repeats, -100.0 }, { s->budget, -1.0 } };
    PW_ASSERT_NEAR(pw_evaluation_weighed(e, 1, 0, parts, 2).mean, -100.0 * one - pw_evaluation_mean(e, 1, 0, s->budget).mean, 1e-6);
    end(s);
}

/* Year by year as costs.csv has them, all payers and kinds; cash is a part of it. */
static void test_pounds_of_years_are_those_of_the_budget(void)
{
    subject_t *s = begin(0, 6);
    const pw_run_t *run = &s->evaluation.run;
    double all = pw_evaluation_mean(&s->evaluation, 2, -1, s->pounds).mean, cash = pw_evaluation_mean(&s->evaluation, 2, -1, s->cash).mean, by_hand = 0.0;
    for (int payer = 0; payer < PW_PAYERS; payer++)
        for (int year = 0; year < 2; year++)
            for (int money = 0; money < PW_MONEYS; money++)
                for (int spending = 0; spending < PW_SPENDINGS; spending++)
                    by_hand += pw_ledger_total(&run->ledger, 2, pw_layout_year(&run->layout, run->roster.n_areas, payer, year, money, spending)) / 6.0;
    PW_ASSERT_NEAR(all, by_hand, 1e-6 * by_hand);
    CU_ASSERT(cash > 0.0 && cash < all);
    end(s);
}

PW_TESTS(PW_TEST(test_worlds_give_the_ledgers_mean_and_error), PW_TEST(test_draws_are_the_units_of_a_run_with_draws),
         PW_TEST(test_any_two_scenarios_and_any_sum_can_be_compared), PW_TEST(test_pounds_of_years_are_those_of_the_budget))
