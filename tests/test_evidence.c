/* The register: what is refused, the curves through an interval, and values drawn from them. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/chance/distribution.h"
#include "../model/spec/values.h"
#include "harness.h"

#define CASES "tests/cases/syntax/"

static pw_findings_t findings;
static pw_node_t *root;
static pw_evidence_t evidence;

static void read_file(const char *path, const char *const *sets, int n)
{
    CU_ASSERT_EQUAL_FATAL(pw_tree_read_layered(path, sets, n, &root, NULL, &findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_evidence_read(root, &evidence, &findings), PW_OK);
}

static void clear(void)
{
    pw_evidence_free(&evidence);
    pw_tree_free(root);
    pw_findings_free(&findings);
    root = NULL;
}

static const pw_estimate_t *estimate(const char *name)
{
    int i = pw_evidence_find(&evidence, name);
    CU_ASSERT_FATAL(i >= 0);
    return &evidence.estimate[i];
}

/* ---- reading ---- */

static void test_an_entry_of_every_shape_is_read(void)
{
    read_file(CASES "lawful_evidence.cfg", NULL, 0);
    pw_findings_print(&findings, stdout);
    CU_ASSERT_EQUAL(findings.n, 0);
    CU_ASSERT_EQUAL(evidence.n, 8);
    CU_ASSERT_EQUAL(evidence.price_year, 2016);
    CU_ASSERT_EQUAL(estimate("share")->distribution, PW_DISTRIBUTION_BETA);
    CU_ASSERT_EQUAL(estimate("effect")->distribution, PW_DISTRIBUTION_LOGNORMAL);
    CU_ASSERT_EQUAL(estimate("places")->distribution, PW_DISTRIBUTION_GAMMA);
    CU_ASSERT_EQUAL(estimate("shape")->distribution, PW_DISTRIBUTION_UNIFORM);
    CU_ASSERT_EQUAL(estimate("fixed")->distribution, PW_DISTRIBUTION_FIXED);
    CU_ASSERT_EQUAL(estimate("effect")->grade, PW_GRADE_DERIVED);
    PW_ASSERT_TEXT(estimate("effect")->source, "stanley2009");
    PW_ASSERT_TEXT(estimate("effect")->note, "per starter");
    PW_ASSERT_TEXT(estimate("effect")->audit, "files of starters");
    PW_ASSERT_TEXT(estimate("rate")->audit, "");
    PW_ASSERT_TEXT(estimate("rate")->source, "none");
    CU_ASSERT_TRUE(estimate("places")->calibrate);
    CU_ASSERT_FALSE(estimate("share")->calibrate);
    CU_ASSERT_EQUAL(estimate("cost")->price_year, 2010);
    PW_ASSERT_NEAR(estimate("cost")->factor, 100.0 / 91.0, 0.0);
    CU_ASSERT_EQUAL(estimate("cost")->line, 10);
    CU_ASSERT_EQUAL(estimate("share")->n_by_area, 2);
    PW_ASSERT_TEXT(estimate("share")->area[1], "south");
    CU_ASSERT_EQUAL(pw_evidence_find(&evidence, "nothing"), -1);
    CU_ASSERT_TRUE(pw_tree_child(root, "evidence")->child[0]->child[0]->used);
    PW_ASSERT_TEXT(pw_grade_name(PW_GRADE_PUBLISHED), "published");
    PW_ASSERT_TEXT(pw_quantity_name(PW_QUANTITY_PER_YEAR), "per_year");
    clear();
}

typedef struct {
    int line;
    const char *path, *words;
} wrong_t;

static const wrong_t wrong[] = {
    { 4, "sources.x.titel", "there is no such setting here (did you mean \"title\"?)" },
    { 4, "sources.x.year", "209 is not a year; allowed: 1900 to 2100" },
    { 4, "sources.bare", "the source has no title" },
    { 5, "deflators.2011.index", "-1 is no price index; allowed: above 0" },
    { 7, "evidence.a07.low", "an interval is given without its value" },
    { 8, "evidence.a08.value", "value is 3, outside its own interval; allowed: 0.5 to 2" },
    { 9, "evidence.a09.low", "low is 2, above high = 0.5" },
    { 10, "evidence.a10.value", "value is 120; allowed: 0 to 100 percent" },
    { 11, "evidence.a11.value", "value is 0; allowed: above 0" },
    { 12, "evidence.a12.low", "low is given without high" },
    { 13, "evidence.a13.vaule", "did you mean \"value\"?" },
    { 14, "evidence.a14", "grade is missing; allowed: measured, published, derived, assumed" },
    { 15, "evidence.a15.source", "the grade \"published\" needs a source" },
    { 16, "evidence.a16", "the grade \"measured\" needs a source" },
    { 17, "evidence.a17.source", "\"stanely2009\" is none of the sources" },
    { 17, "evidence.a17.source", "did you mean \"stanley2009\"?" },
    { 18, "evidence.a18.kind", "did you mean \"ratio\"?" },
    { 19, "evidence.a19", "low = 10 and high = 40 imply a mean of 23.24 (beta), not 30; with value 30 would go low = 12.1 and high = 51.9" },
    { 20, "evidence.a20", "imply a median of 1 (lognormal), not 1.5; with value 1.5 would go low = 0.75 and high = 3" },
    { 21, "evidence.a21", "pounds need their price_year" },
    { 22, "evidence.a22.price_year", "there is no deflator for 1999" },
    { 23, "evidence.a23.price_year", "only pounds have a price year; this is a ratio" },
    { 24, "evidence.a24.by_area.nroth", "none of the areas; allowed: north, south (did you mean \"north\"?)" },
    { 24, "evidence.a24.by_area.south", "south is 101; allowed: 0 to 100 percent" },
    { 25, "evidence.a25", "no beta curve has its 2.5 % and 97.5 % points at low = 0 and high = 15; with value 5 would go low = 0.376 and high = 15" },
    { 26, "evidence.a26.value", "a number is wanted here, without quotes" },
    { 26, "evidence.a26.grade", "\"guess\" is not known here" },
    { 27, "evidence.a27.distribution", "needs low and high" },
    { 28, "evidence.a28.distribution", "a gamma does not suit a percent; allowed: beta, uniform" },
    { 29, "evidence.remainder", "cannot be called \"remainder\"" },
    { 30, "evidence.24", "the estimate has no name" },
    { 31, "evidence.25", "a group in { } is wanted here" },
    { 32, "evidence.a32", "kind is missing" },
    { 33, "evidence.a33", "imply a mean of 14.86 (gamma), not 10" },
    { 34, "evidence.a34.low", "low and high are equal" },
    { 35, "evidence.a35", "value is missing" },
    { 36, "evidence.a36.calibrate", "true or false" },
};

static void test_everything_wrong_is_found_in_one_pass(void)
{
    read_file(CASES "wrong_evidence.cfg", NULL, 0);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        bool found = false;
        for (size_t j = 0; j < findings.n && !found; j++)
            found = findings.finding[j].line == wrong[i].line && strcmp(findings.finding[j].path, wrong[i].path) == 0 &&
                    strstr(findings.finding[j].message, wrong[i].words);
        if (!found)
            printf("\nnot said of line %d, %s: %s\n", wrong[i].line, wrong[i].path, wrong[i].words);
        CU_ASSERT_TRUE(found);
    }
    CU_ASSERT_EQUAL(findings.n, sizeof wrong / sizeof wrong[0] - 1); /* one finding is in the table twice */
    CU_ASSERT_TRUE(pw_evidence_find(&evidence, "a19") >= 0);
    CU_ASSERT_EQUAL(estimate("a19")->distribution, PW_DISTRIBUTION_FIXED);
    CU_ASSERT_EQUAL(estimate("fine")->distribution, PW_DISTRIBUTION_LOGNORMAL);
    for (int i = 0; i < evidence.n; i++)
        CU_ASSERT_TRUE(isfinite(evidence.estimate[i].value));
    clear();
}

static void test_the_projects_own_register_is_accepted(void)
{
    read_file("params/baseline.cfg", NULL, 0);
    pw_findings_print(&findings, stdout);
    CU_ASSERT_EQUAL(findings.n, 0);
    CU_ASSERT_TRUE(evidence.n > 50);
    clear();
}

static void test_set_fixes_an_estimate(void)
{
    static const char *const sets[] = { "evidence.cost=20" };
    read_file(CASES "lawful_evidence.cfg", sets, 1);
    CU_ASSERT_EQUAL(findings.n, 0);
    CU_ASSERT_EQUAL(estimate("cost")->distribution, PW_DISTRIBUTION_FIXED);
    PW_ASSERT_NEAR(pw_estimate_quantile(estimate("cost"), 0.9), 20.0, 0.0);
    PW_ASSERT_NEAR(estimate("cost")->factor, 100.0 / 91.0, 0.0);
    clear();
}

/* ---- curves ---- */

static void test_curves_with_closed_forms_are_found(void)
{
    /* Beta(1, 9): F(x) = 1 - (1 - x)^9. Gamma(1, 3): F(x) = 1 - exp(-x / 3). Both exact. */
    double a, b, fitted;
    CU_ASSERT_TRUE(pw_distribution_fit(PW_DISTRIBUTION_BETA, 0.1, 1.0 - pow(0.975, 1.0 / 9.0), 1.0 - pow(0.025, 1.0 / 9.0), &a, &b, &fitted));
    PW_ASSERT_NEAR(a, 1.0, 1e-8);
    PW_ASSERT_NEAR(b, 9.0, 1e-7);
    PW_ASSERT_NEAR(fitted, 0.1, 1e-9);
    PW_ASSERT_NEAR(pw_distribution_quantile(PW_DISTRIBUTION_BETA, 1.0, 9.0, 0.3), 1.0 - pow(0.7, 1.0 / 9.0), 1e-14);
    CU_ASSERT_TRUE(pw_distribution_fit(PW_DISTRIBUTION_GAMMA, 3.0, -3.0 * log(0.975), -3.0 * log(0.025), &a, &b, &fitted));
    PW_ASSERT_NEAR(a, 1.0, 1e-8);
    PW_ASSERT_NEAR(b, 3.0, 1e-7);
    PW_ASSERT_NEAR(pw_distribution_quantile(PW_DISTRIBUTION_GAMMA, 1.0, 3.0, 0.3), -3.0 * log(0.7), 1e-13);
    CU_ASSERT_TRUE(pw_distribution_fit(PW_DISTRIBUTION_LOGNORMAL, 1.0, 0.25, 4.0, &a, &b, &fitted));
    PW_ASSERT_NEAR(a, 0.0, 1e-15);
    PW_ASSERT_NEAR(b, log(4.0) / 1.959963984540054, 1e-15);
    PW_ASSERT_NEAR(pw_distribution_quantile(PW_DISTRIBUTION_LOGNORMAL, a, b, 0.975), 4.0, 1e-12);
}

static double quantile(int distribution, double a, double b, double u) { return pw_distribution_quantile(distribution, a, b, u); }

static void test_a_curve_is_found_again_from_its_interval(void)
{
    static const double sizes[] = { 0.4, 0.8, 1.7, 4.0, 23.85, 150.0, 4000.0 };
    double a, b, fitted;
    for (size_t i = 0; i < 7; i++) {
        for (size_t j = 0; j < 7; j++) {
            double one = sizes[i], two = sizes[j];
            double low = quantile(PW_DISTRIBUTION_BETA, one, two, 0.025), high = quantile(PW_DISTRIBUTION_BETA, one, two, 0.975);
            if (high > 1.0 - 1e-6)
                continue; /* too near to 1 for a double to tell */
            bool met = pw_distribution_fit(PW_DISTRIBUTION_BETA, one / (one + two), low, high, &a, &b, &fitted);
            if (!met || fabs(a / one - 1.0) > 1e-5 || fabs(b / two - 1.0) > 1e-5)
                printf("\nbeta %g %g -> %g %g (%g %g)\n", one, two, a, b, low, high);
            CU_ASSERT_TRUE(met);
            PW_ASSERT_NEAR(a / one, 1.0, 1e-5);
            PW_ASSERT_NEAR(b / two, 1.0, 1e-5);
        }
        double shape = sizes[i], low = quantile(PW_DISTRIBUTION_GAMMA, shape, 2.385, 0.025);
        CU_ASSERT_TRUE(pw_distribution_fit(PW_DISTRIBUTION_GAMMA, shape * 2.385, low, quantile(PW_DISTRIBUTION_GAMMA, shape, 2.385, 0.975), &a, &b, &fitted));
        PW_ASSERT_NEAR(a / shape, 1.0, 1e-6);
        PW_ASSERT_NEAR(b, 2.385, 1e-5);
    }
}

static void test_quantiles_are_where_the_distribution_function_says(void)
{
    static const double us[] = { 1e-12, 1e-6, 0.01, 0.3, 0.5, 0.7, 0.99, 1.0 - 1e-6 };
    static const double sizes[] = { 0.3, 1.5, 20.0, 900.0 };
    for (size_t k = 0; k < 8; k++)
        for (size_t i = 0; i < 4; i++)
            for (size_t j = 0; j < 4; j++) {
                double x = quantile(PW_DISTRIBUTION_BETA, sizes[i], sizes[j], us[k]);
                if (x < 1.0 - 1e-9) /* nearer to 1, doubles are too far apart to say more */
                    PW_ASSERT_NEAR(gsl_cdf_beta_P(x, sizes[i], sizes[j]) / us[k], 1.0, 1e-9);
                x = quantile(PW_DISTRIBUTION_GAMMA, sizes[i], sizes[j], us[k]);
                PW_ASSERT_NEAR(gsl_cdf_gamma_P(x, sizes[i], sizes[j]) / us[k], 1.0, 1e-9);
            }
}

static void test_a_value_is_met_within_two_percent_or_refused(void)
{
    double a, b, fitted;
    CU_ASSERT_TRUE(pw_distribution_fit(PW_DISTRIBUTION_LOGNORMAL, 1.019, 0.5, 2.0, &a, &b, &fitted));
    CU_ASSERT_FALSE(pw_distribution_fit(PW_DISTRIBUTION_LOGNORMAL, 1.021, 0.5, 2.0, &a, &b, &fitted));
    PW_ASSERT_NEAR(fitted, 1.0, 1e-15);
    CU_ASSERT_FALSE(pw_distribution_fit(PW_DISTRIBUTION_LOGNORMAL, 1.0, 0.0, 2.0, &a, &b, &fitted));
    CU_ASSERT_TRUE(isnan(fitted));
    CU_ASSERT_FALSE(pw_distribution_fit(PW_DISTRIBUTION_BETA, 0.95, 0.9, 1.0, &a, &b, &fitted));
    CU_ASSERT_FALSE(pw_distribution_fit(PW_DISTRIBUTION_GAMMA, 3.0, 5.0, 2.0, &a, &b, &fitted));
    CU_ASSERT_TRUE(pw_distribution_fit(PW_DISTRIBUTION_UNIFORM, 1.0, 0.7, 1.1, &a, &b, &fitted));
    PW_ASSERT_NEAR(pw_distribution_quantile(PW_DISTRIBUTION_UNIFORM, a, b, 0.25), 0.8, 1e-15);
}

static void test_what_is_suggested_is_accepted(void)
{
    static const int kinds[] = { PW_DISTRIBUTION_BETA, PW_DISTRIBUTION_GAMMA, PW_DISTRIBUTION_LOGNORMAL };
    static const double values[] = { 0.011, 0.05, 0.2, 0.5, 0.77, 0.96 };
    int n = 0;
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < 6; i++)
            for (double low = 0.0; low < values[i]; low += values[i] / 4.0) {
                double a, b, fitted, low_out, high_out, high = values[i] + (1.0 - values[i]) * 0.6;
                if (!pw_distribution_suggest(kinds[k], values[i], low, high, &low_out, &high_out))
                    continue;
                n++;
                CU_ASSERT_TRUE(pw_distribution_fit(kinds[k], values[i], low_out, high_out, &a, &b, &fitted));
            }
    CU_ASSERT_TRUE(n > 55); /* of 72 */
    double low, high;
    CU_ASSERT_FALSE(pw_distribution_suggest(PW_DISTRIBUTION_UNIFORM, 0.5, 0.1, 0.9, &low, &high));
}

/* ---- values ---- */

static void test_values_belong_to_seed_draw_and_name_alone(void)
{
    pw_values_t one, two, other;
    read_file(CASES "lawful_evidence.cfg", NULL, 0);
    CU_ASSERT_EQUAL_FATAL(pw_values_draw(&evidence, 2, 7, 3, &one), PW_OK);
    /* the same entries in another order and without some of them */
    pw_evidence_t fewer = { .n = 2, .price_year = evidence.price_year, .estimate = pw_alloc(2, sizeof *fewer.estimate) };
    fewer.estimate[0] = *estimate("rate");
    fewer.estimate[1] = *estimate("share");
    CU_ASSERT_EQUAL_FATAL(pw_values_draw(&fewer, 2, 7, 3, &two), PW_OK);
    int rate = pw_evidence_find(&evidence, "rate"), share = pw_evidence_find(&evidence, "share");
    CU_ASSERT_EQUAL(pw_values_get(&one, rate, 1), pw_values_get(&two, 0, 1));
    CU_ASSERT_EQUAL(pw_values_get(&one, share, 0), pw_values_get(&two, 1, 0));
    pw_free(fewer.estimate);
    pw_values_free(&two);
    static const uint64_t seeds[] = { 8, 7, 7 }, draws[] = { 3, 4, UINT64_C(3) + (UINT64_C(1) << 32) };
    for (int i = 0; i < 3; i++) {
        CU_ASSERT_EQUAL_FATAL(pw_values_draw(&evidence, 2, seeds[i], draws[i], &other), PW_OK);
        CU_ASSERT_NOT_EQUAL(pw_values_get(&one, share, 0), pw_values_get(&other, share, 0));
        pw_values_free(&other);
    }
    pw_values_free(&one);
    clear();
}

static void test_drawn_values_have_twelve_digits(void)
{
    read_file(CASES "lawful_evidence.cfg", NULL, 0);
    for (int i = 0; i < evidence.n; i++)
        for (double u = 0.0007; u < 1.0; u += 0.0371) {
            char text[40];
            double x = pw_estimate_quantile(&evidence.estimate[i], u);
            snprintf(text, sizeof text, "%.11e", x);
            CU_ASSERT_EQUAL(x, strtod(text, NULL));
        }
    clear();
}

/* Quantiles are rounded to 12 digits; far out a score is as steep as 1 / density, so 1e-6 there. A wrong tail, percent for share, or a swapped parameter is off
 * by far more. */
static void test_score_is_the_inverse_of_the_quantile(void)
{
    read_file(CASES "lawful_evidence.cfg", NULL, 0);
    int seen = 0;
    for (int i = 0; i < evidence.n; i++) {
        const pw_estimate_t *e = &evidence.estimate[i];
        if (e->distribution == PW_DISTRIBUTION_FIXED)
            continue;
        for (double z = -4.0; z <= 4.0; z += 0.5)
            PW_ASSERT_NEAR(pw_estimate_score(e, pw_estimate_quantile(e, pw_normal_cdf(z))), z, 1e-6);
        CU_ASSERT(isfinite(pw_estimate_score(e, -1.0)) && pw_estimate_score(e, -1.0) < -30.0);
        CU_ASSERT(isfinite(pw_estimate_score(e, 1e9)) && pw_estimate_score(e, 1e9) > 4.0);
        seen |= 1 << e->distribution;
    }
    CU_ASSERT(seen & 1 << PW_DISTRIBUTION_BETA && seen & 1 << PW_DISTRIBUTION_LOGNORMAL && seen & 1 << PW_DISTRIBUTION_GAMMA);
    PW_ASSERT_NEAR(pw_distribution_score(PW_DISTRIBUTION_UNIFORM, 2.0, 6.0, 3.0), pw_normal_quantile(0.25), 1e-15);
    clear();
}

static void test_central_values_are_the_values_in_the_runs_pounds(void)
{
    pw_values_t values;
    read_file(CASES "lawful_evidence.cfg", NULL, 0);
    CU_ASSERT_EQUAL_FATAL(pw_values_central(&evidence, 2, &values), PW_OK);
    PW_ASSERT_NEAR(pw_values_get(&values, pw_evidence_find(&evidence, "effect"), 0), 0.87, 0.0);
    PW_ASSERT_NEAR(pw_values_get(&values, pw_evidence_find(&evidence, "cost"), 1), 15.0 * 100.0 / 91.0, 1e-13);
    PW_ASSERT_NEAR(pw_values_get(&values, pw_evidence_find(&evidence, "share"), 0), 10.0, 0.0);
    PW_ASSERT_NEAR(pw_values_get(&values, pw_evidence_find(&evidence, "share"), 1), 30.0, 0.0);
    PW_ASSERT_NEAR(pw_values_get(&values, pw_evidence_find(&evidence, "fixed"), 0), 0.5, 0.0);
    PW_ASSERT_NEAR(pw_values_get(&values, pw_evidence_find(&evidence, "fixed"), 1), 0.25, 0.0);
    pw_values_free(&values);
    clear();
}

static void test_areas_move_together_with_their_own_level(void)
{
    read_file(CASES "lawful_evidence.cfg", NULL, 0);
    const pw_estimate_t *share = estimate("share"), *rate = estimate("rate");
    PW_ASSERT_NEAR(pw_estimate_in_area(share, 0, 20.0), 20.0, 0.0);
    /* odds 0.25 x (0.3 / 0.7) / (0.1 / 0.9) = 0.964286 -> 49.0909 % */
    PW_ASSERT_NEAR(pw_estimate_in_area(share, 1, 20.0), 100.0 * 27.0 / 55.0, 1e-12);
    CU_ASSERT_TRUE(pw_estimate_in_area(share, 1, 99.99) < 100.0);
    PW_ASSERT_NEAR(pw_estimate_in_area(rate, 0, 0.3), 0.15, 1e-15);
    PW_ASSERT_NEAR(pw_estimate_in_area(rate, 1, 0.3), 0.45, 1e-15);
    PW_ASSERT_NEAR(pw_estimate_in_area(rate, 5, 0.3), 0.3, 0.0);
    clear();
}

/* alpha = 1e-6 over the seven checks (each two-sided 7e-8: 5.4 standard errors). Would catch a wrong unit, a mean taken for a median, a uniform
 * that is not uniform, a stream shared by two names (their correlation would be 1). */
static void test_draws_have_the_moments_of_their_curves(void)
{
    enum { N = 4000 };
    const double z = 5.4;
    double sum[5] = { 0 }, below = 0.0, product = 0.0;
    read_file(CASES "lawful_evidence.cfg", NULL, 0);
    int share = pw_evidence_find(&evidence, "share"), places = pw_evidence_find(&evidence, "places"), effect = pw_evidence_find(&evidence, "effect"),
        shape = pw_evidence_find(&evidence, "shape");
    const pw_estimate_t *e = evidence.estimate;
    for (uint64_t draw = 0; draw < N; draw++) {
        pw_values_t values;
        CU_ASSERT_EQUAL_FATAL(pw_values_draw(&evidence, 2, 2385, draw, &values), PW_OK);
        double x = pw_values_get(&values, share, 0) / 100.0, l = (log(pw_values_get(&values, effect, 0)) - e[effect].a) / e[effect].b;
        double v = (pw_values_get(&values, shape, 0) - 0.9) / (0.4 / sqrt(12.0));
        sum[0] += x;
        sum[1] += pw_values_get(&values, places, 0);
        sum[2] += l;
        sum[3] += l * l;
        sum[4] += v;
        below += x < 0.013;
        product += l * v;
        pw_values_free(&values);
    }
    double n = N, a = e[share].a, b = e[share].b;
    PW_ASSERT_NEAR(sum[0] / n, a / (a + b), z * sqrt(a * b / ((a + b) * (a + b) * (a + b + 1.0)) / n));
    PW_ASSERT_NEAR(below / n, 0.025, z * sqrt(0.025 * 0.975 / n));
    PW_ASSERT_NEAR(sum[1] / n, e[places].a * e[places].b, z * sqrt(e[places].a / n) * e[places].b);
    PW_ASSERT_NEAR(sum[2] / n, 0.0, z / sqrt(n));
    PW_ASSERT_NEAR(sum[3] / n, 1.0, z * sqrt(2.0 / n));
    PW_ASSERT_NEAR(sum[4] / n, 0.0, z / sqrt(n));
    PW_ASSERT_NEAR(product / n, 0.0, z / sqrt(n));
    clear();
}

/* ---- when things go wrong ---- */

static void test_every_failing_allocation_is_survived(void)
{
    static const char *const files[] = { CASES "lawful_evidence.cfg", CASES "wrong_evidence.cfg" };
    for (int f = 0; f < 2; f++) {
        CU_ASSERT_EQUAL_FATAL(pw_tree_read_layered(files[f], NULL, 0, &root, NULL, &findings), PW_OK);
        int tries = 0;
        for (long n = 1; tries < 3000; n++, tries++) {
            pw_findings_t own = { 0 };
            pw_values_t values = { 0 };
            pw_memory_fail_at(n);
            pw_status_t status = pw_evidence_read(root, &evidence, &own);
            pw_status_t drawn = status == PW_OK ? pw_values_draw(&evidence, 2, 1, 1, &values) : status;
            pw_memory_fail_at(0);
            bool whole = drawn == PW_OK && !own.out_of_memory;
            CU_ASSERT_TRUE(status == PW_OK || status == PW_ERROR_MEMORY);
            pw_values_free(&values);
            pw_evidence_free(&evidence);
            pw_findings_free(&own);
            if (whole)
                break;
        }
        CU_ASSERT_TRUE(tries > 20 && tries < 3000);
        clear();
    }
}

/* Numbers of a lawful register replaced by odd ones: nothing may crash, hang or come out as nan. */
static void test_odd_numbers_are_drawn_or_refused(void)
{
    static const double odd[] = { 0.0, 1e-300, 1e-12, 0.5, 1.0, 99.999999, 100.0, 1e6, 1e300, -1.0 };
    int refused = 0, drawn = 0;
    for (int i = 0; i < 1000; i++) {
        CU_ASSERT_EQUAL_FATAL(pw_tree_read(CASES "lawful_evidence.cfg", &root, &findings), PW_OK);
        pw_node_t *list = NULL;
        for (int k = 0; k < root->n; k++)
            if (strcmp(root->child[k]->name, "evidence") == 0)
                list = root->child[k];
        CU_ASSERT_PTR_NOT_NULL_FATAL(list);
        pw_node_t *entry = list->child[i % 4]; /* share, effect, places, cost */
        for (int k = 0, digits = i / 4; k < entry->n; k++)
            if (entry->child[k]->kind == PW_NODE_REAL) {
                entry->child[k]->real = digits % 11 == 10 ? entry->child[k]->real : odd[digits % 11];
                digits = digits / 11 + 3 * k;
            }
        CU_ASSERT_EQUAL(pw_evidence_read(root, &evidence, &findings), PW_OK);
        pw_values_t values;
        CU_ASSERT_EQUAL_FATAL(pw_values_draw(&evidence, 2, 1, (uint64_t)i, &values), PW_OK);
        for (int k = 0; k < 2 * evidence.n && findings.n == 0; k++)
            CU_ASSERT_TRUE(isfinite(values.value[k]) && values.value[k] >= 0.0);
        refused += findings.n > 0;
        drawn += findings.n == 0;
        pw_values_free(&values);
        clear();
    }
    CU_ASSERT_TRUE(refused > 100 && drawn > 0);
}

PW_TESTS(PW_TEST(test_an_entry_of_every_shape_is_read), PW_TEST(test_everything_wrong_is_found_in_one_pass),
         PW_TEST(test_the_projects_own_register_is_accepted), PW_TEST(test_set_fixes_an_estimate), PW_TEST(test_curves_with_closed_forms_are_found),
         PW_TEST(test_a_curve_is_found_again_from_its_interval), PW_TEST(test_quantiles_are_where_the_distribution_function_says),
         PW_TEST(test_a_value_is_met_within_two_percent_or_refused), PW_TEST(test_what_is_suggested_is_accepted),
         PW_TEST(test_values_belong_to_seed_draw_and_name_alone), PW_TEST(test_score_is_the_inverse_of_the_quantile),
         PW_TEST(test_drawn_values_have_twelve_digits), PW_TEST(test_central_values_are_the_values_in_the_runs_pounds),
         PW_TEST(test_areas_move_together_with_their_own_level), PW_TEST(test_draws_have_the_moments_of_their_curves),
         PW_TEST(test_every_failing_allocation_is_survived), PW_TEST(test_odd_numbers_are_drawn_or_refused))
