/* Switching values: the looking alone, on curves that are known, and whole questions to a world in which the answer can be worked out on paper. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/base/memory.h"
#include "../model/experiment/switching.h"
#include "harness.h"
#include "model_maker.h"

/* ---- the looking ---- */

/* A gain that is a curve of the value plus one piece of luck, the same at every value, as on common random numbers. */
typedef struct {
    double (*curve)(double x);
    double luck, se;
    int64_t units;
    int looks, fails_at;
} curve_t;

static pw_status_t gain_of(void *context, double value, pw_mean_t *out)
{
    curve_t *self = context;
    if (++self->looks == self->fails_at)
        return PW_ERROR_STOPPED;
    *out = (pw_mean_t){ self->curve(value) + self->luck, self->se, self->units };
    return PW_OK;
}

static pw_breakeven_t find(curve_t *curve, pw_breakeven_range_t range)
{
    pw_breakeven_t out;
    CU_ASSERT_EQUAL(pw_breakeven_find(gain_of, curve, &range, &out), PW_OK);
    CU_ASSERT_EQUAL(out.n_looks, curve->looks);
    CU_ASSERT(out.n_looks <= PW_MOST_LOOKS);
    return out;
}

static double line(double x) { return 3.0 * (0.7 - x); }
static double steep(double x) { return exp(-6.0 * x) - exp(-6.0 * 0.55); }
static double kinked(double x) { return x < 0.9 ? 0.9 - x : 0.02 * (0.9 - x); }
static double hill(double x) { return 0.04 - (x - 0.5) * (x - 0.5); }
static double always(double x) { return 1.0 + x; }
static double never(double x) { return -1.0 - x; }
static double nothing(double x) { return 0.0 * x; }
static double money(double x) { return 1000.0 - 0.2 * x; }
static double places(double x) { return x - 6.5; }
static double fewer_places(double x) { return 41.0 - x; }

static void test_root_of_a_known_curve_is_found_to_two_digits(void)
{
    static const struct { double (*curve)(double x); double root; pw_breakeven_range_t range; bool above; } known[] = {
        { line, 0.7, { 0.4, 1.5, false, false }, false }, { line, 0.7, { 0.1, 10.0, true, false }, false }, { steep, 0.55, { 0.01, 1.0, false, false }, false },
        { steep, 0.55, { 0.01, 1.0, true, false }, false }, { kinked, 0.9, { 0.2, 1.5, true, false }, false },
        { money, 5000.0, { 100.0, 100000.0, true, false }, false },
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        curve_t curve = { known[i].curve, 0.0, 0.0, 50, 0, 0 };
        pw_breakeven_t out = find(&curve, known[i].range);
        CU_ASSERT_EQUAL(out.verdict, PW_BREAKEVEN_FOUND);
        CU_ASSERT(out.settled);
        CU_ASSERT_EQUAL(out.above, known[i].above);
        PW_ASSERT_NEAR(out.value / known[i].root, 1.0, 0.005);
    }
}

/* The error of a root is that of the gain over the slope. On the logarithmic scale d(gain)/d(log x) = -3 x = -2.1 at 0.7, and the chord of a bent
 * curve is up to a tenth flatter. */
static void test_error_of_the_root_is_that_of_the_gain_over_the_slope(void)
{
    curve_t plain = { line, 0.0, 0.03, 1000, 0, 0 }, ratios = { line, 0.0, 0.021, 1000, 0, 0 };
    pw_breakeven_t out = find(&plain, (pw_breakeven_range_t){ 0.4, 1.5, false, false });
    PW_ASSERT_NEAR(out.se, 0.01, 1e-9);
    PW_ASSERT_NEAR(out.high - out.low, 2.0 * 3.3003 * 0.01, 1e-4);      /* the 99.95 % point of Student's t with 999 degrees of freedom is 3.3003 */
    out = find(&ratios, (pw_breakeven_range_t){ 0.4, 1.5, true, false });
    PW_ASSERT_NEAR(out.se, 0.0105, 0.0008);
    PW_ASSERT_NEAR(sqrt(out.low * out.high), out.value, 1e-9);
}

/* 2,000 seeds of a gain whose luck is normal with the stated error; 20 units. The interval is a 99.9 % one: at most 10 of 2,000 may miss (a Poisson
 * count of mean 2 exceeds 10 with a chance of 1e-5); a 99 % interval would miss 20. */
static void test_interval_holds_the_true_value_in_all_but_a_few_seeds(void)
{
    mk_luck_t luck = { 2385 };
    int missed = 0;
    for (int seed = 0; seed < 2000; seed++) {
        double mean = 0.0, squares = 0.0, x[20];
        for (int i = 0; i < 20; i++) {
            x[i] = 0.5 * sqrt(-2.0 * log(mk_uniform(&luck))) * cos(6.283185307179586 * mk_uniform(&luck));
            mean += x[i] / 20.0;
        }
        for (int i = 0; i < 20; i++)
            squares += (x[i] - mean) * (x[i] - mean);
        curve_t curve = { line, mean, sqrt(squares / 19.0 / 20.0), 20, 0, 0 };
        pw_breakeven_t out = find(&curve, (pw_breakeven_range_t){ 0.2, 2.0, seed % 2 == 0, false });
        missed += out.verdict != PW_BREAKEVEN_FOUND || out.low > 0.7 || out.high < 0.7;
    }
    CU_ASSERT(missed <= 10);
}

static void test_looking_is_over_where_there_is_nothing_to_find(void)
{
    static const struct { double (*curve)(double x); int verdict; } known[] = {
        { always, PW_BREAKEVEN_EVERY }, { never, PW_BREAKEVEN_NO_VALUE }, { nothing, PW_BREAKEVEN_NO_DIFFERENCE }, { hill, PW_BREAKEVEN_TURNS },
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        curve_t curve = { known[i].curve, 0.0, 0.0, 50, 0, 0 };
        pw_breakeven_t out = find(&curve, (pw_breakeven_range_t){ 0.0, 1.0, false, false });
        CU_ASSERT_EQUAL(out.verdict, known[i].verdict);
        CU_ASSERT_EQUAL(out.n_looks, 3);
        CU_ASSERT(isnan(out.value));
    }
    curve_t noisy = { line, 0.0, 5.0, 50, 0, 0 };
    pw_breakeven_t out = find(&noisy, (pw_breakeven_range_t){ 0.4, 1.5, false, false });
    CU_ASSERT_EQUAL(out.verdict, PW_BREAKEVEN_CANNOT_TELL);
    CU_ASSERT_EQUAL(out.n_looks, 2);
}

static double brink(double x) { return -0.02 - x; }                                   /* the sign at 0 is not clear */
static double dip(double x) { return fabs(x - 0.5) + 0.01; }                          /* ... nor in the middle */
/* -0.035 at 0, not clear; 0.09 in the middle; -0.235 at 1 */
static double low_hill(double x) { return 0.2 - 0.9 * (x - 0.5) * (x - 0.5) - 0.01 - 0.2 * x; }

/* Error 0.02, 50 units: clear from 0.07 on. Where both ends are alike and a sign is not clear, the answer says so: it may be another. A middle that is clear
 * and not like the ends is never passed over, though one of them be unclear. */
static void test_ends_that_are_alike_by_chance_are_said_to_be_faint(void)
{
    static const struct { double (*curve)(double x); int verdict; bool faint; } known[] = {
        { always, PW_BREAKEVEN_EVERY, false }, { never, PW_BREAKEVEN_NO_VALUE, false },
        { brink, PW_BREAKEVEN_NO_VALUE, true }, { dip, PW_BREAKEVEN_EVERY, true },
        { low_hill, PW_BREAKEVEN_TURNS, true },
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        curve_t curve = { known[i].curve, 0.0, 0.02, 50, 0, 0 };
        pw_breakeven_t out = find(&curve, (pw_breakeven_range_t){ 0.0, 1.0, false, false });
        CU_ASSERT_EQUAL(out.verdict, known[i].verdict);
        CU_ASSERT_EQUAL(out.faint, known[i].faint);
    }
    curve_t sure = { hill, 0.0, 0.001, 50, 0, 0 };
    pw_breakeven_t out = find(&sure, (pw_breakeven_range_t){ 0.0, 1.0, false, false });
    CU_ASSERT_EQUAL(out.verdict, PW_BREAKEVEN_TURNS);
    CU_ASSERT(!out.faint);
}

static void test_whole_numbers_stay_whole(void)
{
    curve_t more = { places, 0.0, 0.0, 50, 0, 0 }, fewer = { fewer_places, 0.0, 0.0, 50, 0, 0 }, unclear = { places, 0.0, 0.5, 50, 0, 0 };
    pw_breakeven_t out = find(&more, (pw_breakeven_range_t){ 1.0, 60.0, false, true });
    CU_ASSERT_EQUAL(out.verdict, PW_BREAKEVEN_FOUND);
    CU_ASSERT(out.above && out.settled);
    CU_ASSERT_EQUAL(out.value, 7.0);
    CU_ASSERT_EQUAL(out.low, 7.0);
    out = find(&fewer, (pw_breakeven_range_t){ 1.0, 1000.0, false, true });
    CU_ASSERT(!out.above && out.settled);
    CU_ASSERT_EQUAL(out.value, 40.0);      /* 41 is even: it gains nothing */
    out = find(&unclear, (pw_breakeven_range_t){ 1.0, 60.0, false, true });
    CU_ASSERT(out.low <= 6.0 && out.high >= 7.0);
    for (int i = 0; i < out.n_looks; i++)
        CU_ASSERT_EQUAL(out.look[i].value, floor(out.look[i].value));
}

static void test_a_look_that_fails_ends_the_looking(void)
{
    for (int n = 1; n <= 4; n++) {
        curve_t curve = { steep, 0.0, 0.0, 50, 0, n };
        pw_breakeven_range_t range = { 0.01, 1.0, false, false };
        pw_breakeven_t out;
        CU_ASSERT_EQUAL(pw_breakeven_find(gain_of, &curve, &range, &out), PW_ERROR_STOPPED);
        CU_ASSERT_EQUAL(curve.looks, n);
    }
}

/* ---- whole questions ---- */

typedef struct {
    pw_spec_t *baseline, *scenario;
    pw_findings_t findings;
    pw_text_t why;
    pw_switching_asked_t asked;
    pw_lever_t lever;
    pw_switching_t answer;
} subject_t;

static subject_t *begin(const char *scenario, const char *of, const char *over)
{
    subject_t *s = calloc(1, sizeof *s);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("tests/cases/answers/base.cfg", NULL, 0, &s->baseline, &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load(scenario, NULL, 0, &s->scenario, &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(s->findings.n, 0);
    s->asked = (pw_switching_asked_t){ .baseline = s->baseline, .scenario = s->scenario, .goal = { .of = of, .threshold = 100.0 },
                                       .request = { .draws = 0, .replications = 20, .seed = 1, .threads = 1 } };
    CU_ASSERT_EQUAL_FATAL(pw_lever_find(s->baseline, s->scenario, over, &s->lever, &s->why), PW_OK);
    return s;
}

static pw_status_t ask(subject_t *s) { return pw_switching_find(&s->asked, &s->lever, &s->answer, &s->why, &s->findings); }

static void end(subject_t *s)
{
    pw_spec_free(s->baseline);
    pw_spec_free(s->scenario);
    pw_findings_free(&s->findings);
    pw_text_free(&s->why);
    free(s);
}

static const char visits[] = "tests/cases/answers/visits.cfg", idle[] = "tests/cases/answers/idle.cfg";

/* A family has incidents at L = 4 a year for T = 2 years. With visits from the first one on (p = 1 - exp(-L T) have one), the L T - p that would follow
 * are fewer by (1 - r)(L T - p). At 100 pounds each and 180 pounds a family visited that is even at r = 1 - 180 p / (100 (L T - p)).
 * 100 seeds; the interval is a 99.9 % one, so that two misses or more have a chance of 0.005. It would catch a root or an error that is off by half. */
static void test_planted_effect_is_found_within_its_interval_in_99_of_100_seeds(void)
{
    double p = 1.0 - exp(-8.0), truth = 1.0 - 180.0 * p / (100.0 * (8.0 - p)), worst = 0.0;
    int held = 0, most_looks = 0;
    subject_t *s = begin(visits, PW_GOAL_NET_BENEFIT, "effect");
    for (uint64_t seed = 1; seed <= 100; seed++) {
        s->asked.request.seed = seed;
        CU_ASSERT_EQUAL_FATAL(ask(s), PW_OK);
        const pw_breakeven_t *found = &s->answer.found;
        CU_ASSERT_EQUAL(found->verdict, PW_BREAKEVEN_FOUND);
        CU_ASSERT(!found->above);
        held += found->low <= truth && truth <= found->high;
        worst = fmax(worst, fabs(found->value / truth - 1.0));
        most_looks = found->n_looks > most_looks ? found->n_looks : most_looks;
    }
    printf("  planted at %.4f: within its interval in %d of 100 seeds, at most %.1f %% off, at most %d looks\n", truth, held, 100.0 * worst, most_looks);
    CU_ASSERT(held >= 99);
    CU_ASSERT(most_looks <= PW_MOST_LOOKS);
    end(s);
}

/* The same even point, asked the other way round: at visit_effect = 0.8 visits are even at a price of 100 (1 - 0.8)(8 - p) / p pounds; the gain is
 * linear in the price, so that three looks do. */
static void test_planted_price_is_found_and_the_chance_is_the_estimates_own(void)
{
    double p = 1.0 - exp(-8.0), truth = 20.0 * (8.0 - p) / p;
    subject_t *s = begin(visits, PW_GOAL_NET_BENEFIT, "cost");
    s->asked.request.replications = 60;
    CU_ASSERT_EQUAL(ask(s), PW_OK);
    CU_ASSERT_EQUAL(s->answer.found.verdict, PW_BREAKEVEN_FOUND);
    CU_ASSERT(s->answer.found.low <= truth && truth <= s->answer.found.high);
    CU_ASSERT(s->answer.found.n_looks <= 8);
    /* Lognormal: median 180, sd of logs log(2) / 1.96. */
    double z = log(s->answer.found.value / 180.0) / (log(2.0) / 1.959963984540054), below = 0.5 * erfc(-z / sqrt(2.0));
    PW_ASSERT_NEAR(s->answer.chance, below, 1e-6);
    end(s);
}

static void test_draws_of_the_others_keep_the_answer_the_same_for_any_threads(void)
{
    double value[2];
    for (int i = 0; i < 2; i++) {
        subject_t *s = begin(visits, PW_GOAL_NET_BENEFIT, "visit_effect");
        s->asked.request.draws = 20;
        s->asked.request.replications = 1;
        s->asked.request.threads = i == 0 ? 1 : 5;
        CU_ASSERT_EQUAL(ask(s), PW_OK);
        CU_ASSERT_EQUAL(s->answer.found.verdict, PW_BREAKEVEN_FOUND);
        value[i] = s->answer.found.value;
        CU_ASSERT(s->answer.found.se > 0.0);
        end(s);
    }
    CU_ASSERT_EQUAL(value[0], value[1]);
}

/* A posterior of the toy's baseline; `sets` are its rows. */
static void read_posterior(subject_t *s, pw_posterior_t *out, const char *sets)
{
    char name[] = "/tmp/pathways-posterior-XXXXXX";
    int descriptor = mkstemp(name);
    CU_ASSERT_FATAL(descriptor >= 0);
    FILE *file = fdopen(descriptor, "w");
    fprintf(file, "set,weight,results,evidence,visit_effect\n%s", sets);
    fclose(file);
    CU_ASSERT_EQUAL_FATAL(pw_posterior_read(out, name, s->baseline, 1, &s->findings), PW_OK);
    unlink(name);
    s->asked.posterior = out;
    s->asked.request.draws = 20;
    s->asked.request.replications = 2;
}

/* Every set has visit_effect at 0.6, where the register's middle is 0.8: visits are even at twice the price of there. The price itself is in no set, so
 * that its chance is of its own distribution. */
static void test_other_numbers_come_from_the_posterior(void)
{
    double p = 1.0 - exp(-8.0), truth = 40.0 * (8.0 - p) / p;
    pw_posterior_t posterior = { 0 };
    subject_t *s = begin(visits, PW_GOAL_NET_BENEFIT, "cost");
    read_posterior(s, &posterior, "0,1,1,ab,0.6\n1,2,1,ab,0.6\n");
    CU_ASSERT_EQUAL(ask(s), PW_OK);
    CU_ASSERT_EQUAL(s->answer.found.verdict, PW_BREAKEVEN_FOUND);
    CU_ASSERT(s->answer.found.low <= truth && truth <= s->answer.found.high);
    CU_ASSERT(s->answer.found.low > 0.8 * truth);
    CU_ASSERT(!s->answer.of_sets);
    PW_ASSERT_NEAR(s->answer.chance, pw_lever_chance_below(s->lever.estimate, s->answer.found.value), 1e-12);
    pw_posterior_free(&posterior);
    end(s);
}

/* What is moved wins over the set's value: else the gain would be the same at every value. A quarter of the weight is below the root at 0.74. */
static void test_moved_estimate_wins_over_the_posterior_and_its_chance_is_of_the_sets(void)
{
    double p = 1.0 - exp(-8.0), truth = 1.0 - 180.0 * p / (100.0 * (8.0 - p));
    pw_posterior_t posterior = { 0 };
    subject_t *s = begin(visits, PW_GOAL_NET_BENEFIT, "effect");
    read_posterior(s, &posterior, "0,1,1,ab,0.55\n1,1.5,1,ab,0.98\n2,1.5,1,ab,1.2\n");
    CU_ASSERT_EQUAL(ask(s), PW_OK);
    CU_ASSERT_EQUAL(s->answer.found.verdict, PW_BREAKEVEN_FOUND);
    CU_ASSERT(s->answer.found.low <= truth && truth <= s->answer.found.high);
    CU_ASSERT(s->answer.of_sets);
    PW_ASSERT_NEAR(s->answer.chance, 0.25, 1e-12);
    s->asked.posterior = NULL;
    CU_ASSERT_EQUAL(ask(s), PW_OK);
    CU_ASSERT(!s->answer.of_sets);
    pw_posterior_free(&posterior);
    end(s);
}

static void test_policy_that_changes_nothing_has_no_switching_value(void)
{
    static const char *const of[] = { PW_GOAL_NET_BENEFIT, "incidents_per_month", "own_use" };
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        subject_t *s = begin(idle, of[i], "effect");
        CU_ASSERT_EQUAL(ask(s), PW_OK);
        CU_ASSERT_EQUAL(s->answer.found.verdict, PW_BREAKEVEN_NO_DIFFERENCE);
        end(s);
    }
}

/* Visits cost 180 pounds a family, and an incident averted brings no money back. */
static void test_what_brings_no_money_is_never_paid_back(void)
{
    subject_t *s = begin(visits, PW_GOAL_PAYBACK, "effect");
    s->asked.goal.by_year = 2;
    CU_ASSERT_EQUAL(ask(s), PW_OK);
    CU_ASSERT_EQUAL(s->answer.found.verdict, PW_BREAKEVEN_NO_VALUE);
    PW_ASSERT_NEAR(s->answer.found.look[0].gain.mean, -180.0 * 40.0, 180.0);      /* 40 families, all but 40 exp(-8) = 0.01 visited */
    s->asked.goal.of = "incidents_per_month";
    s->lever.range.high = 0.99;
    CU_ASSERT_EQUAL(ask(s), PW_OK);
    CU_ASSERT_EQUAL(s->answer.found.verdict, PW_BREAKEVEN_EVERY);
    end(s);
}

static void test_places_are_moved_in_the_scenario_alone(void)
{
    subject_t *s = begin(visits, "incidents_per_month", "places");
    PW_ASSERT_TEXT(s->lever.path, "services.visits.places");
    CU_ASSERT(s->lever.range.whole);
    CU_ASSERT_EQUAL(s->lever.range.high, 4000.0);
    s->lever.range = (pw_breakeven_range_t){ 0.0, 4.0, false, true };
    CU_ASSERT_EQUAL(ask(s), PW_OK);
    CU_ASSERT_EQUAL(s->answer.found.verdict, PW_BREAKEVEN_FOUND);
    CU_ASSERT_EQUAL(s->answer.found.value, 1.0);
    CU_ASSERT(isnan(s->answer.chance));
    end(s);
}

static void test_a_second_number_moves_the_first(void)
{
    pw_lever_t cost;
    double cheap, dear;
    subject_t *s = begin(visits, PW_GOAL_NET_BENEFIT, "effect");
    CU_ASSERT_EQUAL(pw_lever_find(s->baseline, s->scenario, "visit_cost", &cost, &s->why), PW_OK);
    s->asked.held = (pw_switching_held_t){ &cost, 90.0 };
    CU_ASSERT_EQUAL(ask(s), PW_OK);
    cheap = s->answer.found.value;
    s->asked.held.value = 270.0;
    CU_ASSERT_EQUAL(ask(s), PW_OK);
    dear = s->answer.found.value;
    /* 1 - r is in proportion to the cost. */
    PW_ASSERT_NEAR((1.0 - dear) / (1.0 - cheap), 3.0, 0.2);
    end(s);
}

/* ---- what is refused ---- */

static void expect_why(subject_t *s, pw_status_t status, const char *words)
{
    CU_ASSERT_EQUAL(status, PW_ERROR_USAGE);
    CU_ASSERT(strstr(pw_text_get(&s->why), words) != NULL);
    if (!strstr(pw_text_get(&s->why), words))
        printf("  said: %s\n", pw_text_get(&s->why));
    pw_text_clear(&s->why);
}

static void test_goals_that_make_no_sense_are_refused_with_a_sentence(void)
{
    subject_t *s = begin(visits, "incidents_per_mouth", "effect");
    expect_why(s, ask(s), "did you mean incidents_per_month");
    s->asked.goal.of = "notifications_per_month";
    expect_why(s, ask(s), "neither more nor less is better");
    s->asked.goal.of = PW_GOAL_NET_BENEFIT;
    s->asked.goal.threshold = NAN;
    expect_why(s, ask(s), "--threshold POUNDS");
    s->asked.goal.threshold = 100.0;
    s->asked.goal.outcome = "end_looked_after";
    expect_why(s, ask(s), "\"per 100 families\" or \"a month\"");
    s->asked.goal.of = PW_GOAL_PAYBACK;
    expect_why(s, ask(s), "--by-year N");
    s->asked.goal.by_year = 3;
    expect_why(s, ask(s), "the run ends after 24 months");
    end(s);
}

static void test_numbers_that_are_not_there_are_refused_with_a_sentence(void)
{
    pw_lever_t lever;
    subject_t *s = begin(visits, "incidents_per_month", "effect");
    expect_why(s, pw_lever_find(s->baseline, s->scenario, "visit_efect", &lever, &s->why),
               "no estimate and no setting is called \"visit_efect\"; did you mean visit_effect?");
    expect_why(s, pw_lever_find(s->baseline, s->scenario, "evidence.visit_efect", &lever, &s->why), "did you mean visit_effect?");
    expect_why(s, pw_lever_find(s->baseline, s->scenario, "uptak", &lever, &s->why), "did you mean uptake?");
    expect_why(s, pw_lever_find(s->baseline, s->scenario, "nothing_like_it", &lever, &s->why), "no estimate and no setting is called \"nothing_like_it\"");
    expect_why(s, pw_lever_find(s->baseline, s->scenario, "services.visits.plces", &lever, &s->why), "did you mean services.visits.places");
    expect_why(s, pw_lever_find(s->baseline, s->baseline, "effect", &lever, &s->why), "brings or changes nothing that has an effect with a ratio");
    CU_ASSERT_EQUAL(pw_lever_find(s->baseline, s->scenario, "uptake", &lever, &s->why), PW_OK);
    CU_ASSERT(!lever.has_range);      /* visit_uptake is fixed at 100 % */
    CU_ASSERT_EQUAL(pw_lever_find(s->baseline, s->scenario, "services.visits.offered.police_attendance.percent", &lever, &s->why), PW_OK);
    CU_ASSERT(!lever.has_range && !lever.estimate);
    CU_ASSERT_EQUAL(lever.stated, 100.0);
    end(s);
}

/* The words mean what a scenario brings; where that is several things, or posts that only cost, the program asks. */
static void test_words_find_what_the_policies_bring(void)
{
    static const struct { const char *scenario, *word, *path, *why; } known[] = {
        { "supervised_contact", "effect", "evidence.contact_effect", NULL },
        { "supervised_contact", "uptake", "evidence.voluntary_contact_uptake", NULL },
        { "supervised_contact", "places", "services.voluntary_contact.places", NULL },
        { "supervised_contact", "cost", "evidence.contact_place_cost", NULL },
        { "perpetrator_programme", "effect", "evidence.programme_effect", NULL },
        { "perpetrator_programme", "cost", "evidence.programme_place_cost", NULL },
        { "package_early_intervention", "effect", NULL, "evidence.contact_effect" },
        { "more_assessment_workers", "places", NULL, "posts that bring places to other teams" },
        { "fuller_forms", "uptake", NULL, "brings or changes nothing that has an uptake of a service" },
    };
    pw_spec_t *baseline = NULL;
    pw_findings_t findings = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("params/baseline.cfg", NULL, 0, &baseline, &findings), PW_OK);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        char file[80];
        pw_spec_t *scenario = NULL;
        pw_lever_t lever;
        pw_text_t why = { 0 };
        snprintf(file, sizeof file, "scenarios/%s.cfg", known[i].scenario);
        CU_ASSERT_EQUAL_FATAL(pw_spec_load(file, NULL, 0, &scenario, &findings), PW_OK);
        pw_status_t status = pw_lever_find(baseline, scenario, known[i].word, &lever, &why);
        CU_ASSERT_EQUAL(status, known[i].path ? PW_OK : PW_ERROR_USAGE);
        if (known[i].path)
            PW_ASSERT_TEXT(lever.path, known[i].path);
        else
            CU_ASSERT(strstr(pw_text_get(&why), known[i].why) != NULL);
        pw_text_free(&why);
        pw_spec_free(scenario);
    }
    pw_spec_free(baseline);
    pw_findings_free(&findings);
}

static void test_value_that_a_setting_does_not_take_is_a_finding(void)
{
    subject_t *s = begin(visits, "incidents_per_month", "services.visits.offered.police_attendance.percent");
    s->lever.range = (pw_breakeven_range_t){ 0.0, 130.0, false, false };
    CU_ASSERT_EQUAL(ask(s), PW_ERROR_INPUT);
    CU_ASSERT(s->findings.n > 0 && strstr(s->findings.finding[0].message, "100") != NULL);
    end(s);
}

static void test_question_without_memory_says_so(void)
{
    static const long at[] = { 1, 2, 4, 8, 16, 40, 100, 180 };
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        subject_t *s = begin(visits, "incidents_per_month", "effect");
        pw_memory_fail_at(at[i]);
        pw_status_t status = ask(s);
        pw_memory_fail_at(0);
        CU_ASSERT_EQUAL(status, PW_ERROR_MEMORY);
        end(s);
    }
}

PW_TESTS(PW_TEST(test_root_of_a_known_curve_is_found_to_two_digits), PW_TEST(test_error_of_the_root_is_that_of_the_gain_over_the_slope),
         PW_TEST(test_interval_holds_the_true_value_in_all_but_a_few_seeds), PW_TEST(test_looking_is_over_where_there_is_nothing_to_find),
         PW_TEST(test_ends_that_are_alike_by_chance_are_said_to_be_faint), PW_TEST(test_whole_numbers_stay_whole),
         PW_TEST(test_a_look_that_fails_ends_the_looking),
         PW_TEST(test_planted_effect_is_found_within_its_interval_in_99_of_100_seeds), PW_TEST(test_planted_price_is_found_and_the_chance_is_the_estimates_own),
         PW_TEST(test_draws_of_the_others_keep_the_answer_the_same_for_any_threads), PW_TEST(test_other_numbers_come_from_the_posterior),
         PW_TEST(test_moved_estimate_wins_over_the_posterior_and_its_chance_is_of_the_sets), PW_TEST(test_policy_that_changes_nothing_has_no_switching_value),
         PW_TEST(test_what_brings_no_money_is_never_paid_back), PW_TEST(test_places_are_moved_in_the_scenario_alone),
         PW_TEST(test_a_second_number_moves_the_first), PW_TEST(test_goals_that_make_no_sense_are_refused_with_a_sentence),
         PW_TEST(test_numbers_that_are_not_there_are_refused_with_a_sentence), PW_TEST(test_words_find_what_the_policies_bring),
         PW_TEST(test_value_that_a_setting_does_not_take_is_a_finding),
         PW_TEST(test_question_without_memory_says_so))
