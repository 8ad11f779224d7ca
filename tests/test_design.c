/* test_design.c: each kind of design has the property that defines it. */
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/experiment/design.h"

enum { MOST = 4096 };

/* `n` columns from 0 to 1. */
static pw_design_column_t *unit_columns(int n)
{
    pw_design_column_t *column = pw_alloc((size_t)n, sizeof column[0]);
    for (int j = 0; j < n; j++) {
        char name[16];
        snprintf(name, sizeof name, "x%d", j);
        column[j] = (pw_design_column_t){ .path = pw_strdup(name), .scale = PW_SCALE_LINEAR, .low = 0.0, .high = 1.0 };
    }
    return column;
}

static pw_design_t make(int kind, int n_columns, int64_t points, uint64_t seed)
{
    pw_design_t design = { 0 };
    pw_findings_t findings = { 0 };
    pw_design_ask_t ask = { .kind = kind, .points = points, .seed = seed, .levels = 4, .sample = PW_SAMPLE_SOBOL, .file = "a.cfg", .line = 3 };
    CU_ASSERT_EQUAL(pw_design_init(&design, unit_columns(n_columns), n_columns, &ask, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 0);
    pw_findings_free(&findings);
    return design;
}

/* ---- grid ---- */

static void test_grid_takes_every_combination_and_the_last_column_changes_fastest(void)
{
    pw_design_column_t *column = unit_columns(2);
    double values[] = { 5.0, 10.0, 20.0 };
    column[0].scale = PW_SCALE_VALUES;
    column[0].n_values = 3;
    column[0].number = pw_alloc(3, sizeof values[0]);
    memcpy(column[0].number, values, sizeof values);
    column[1].low = 2.0;
    column[1].high = 4.0;
    column[1].steps = 5;
    pw_design_t design = { 0 };
    pw_findings_t findings = { 0 };
    pw_design_ask_t ask = { .kind = PW_DESIGN_GRID };
    CU_ASSERT_EQUAL(pw_design_init(&design, column, 2, &ask, &findings), PW_OK);
    CU_ASSERT_EQUAL(design.n_points, 15);
    for (int i = 0; i < 15; i++) {
        double point[2];
        pw_design_point(&design, i, point);
        CU_ASSERT_EQUAL(point[0], values[i / 5]);
        PW_ASSERT_NEAR(point[1], 2.0 + 0.5 * (i % 5), 1e-12);
    }
    pw_design_free(&design);
}

/* ---- Latin hypercube ---- */

static double nearest_pair(const pw_design_t *design)
{
    double least = INFINITY;
    double *point = malloc((size_t)(design->n_points * design->n_columns) * sizeof point[0]);
    for (int64_t i = 0; i < design->n_points; i++)
        pw_design_point(design, i, point + i * design->n_columns);
    for (int64_t a = 0; a < design->n_points; a++)
        for (int64_t b = 0; b < a; b++) {
            double sum = 0.0;
            for (int j = 0; j < design->n_columns; j++) {
                double d = point[a * design->n_columns + j] - point[b * design->n_columns + j];
                sum += d * d;
            }
            least = fmin(least, sum);
        }
    free(point);
    return sqrt(least);
}

static void check_slices(const pw_design_t *design)
{
    for (int j = 0; j < design->n_columns; j++) {
        int held[MOST] = { 0 };
        for (int64_t i = 0; i < design->n_points; i++) {
            double point[64];
            pw_design_point(design, i, point);
            held[(int)(point[j] * (double)design->n_points)]++;
        }
        for (int64_t s = 0; s < design->n_points; s++)
            CU_ASSERT_EQUAL(held[s], 1);
    }
}

static void test_latin_hypercube_has_one_point_in_every_slice_of_every_column(void)
{
    int sizes[] = { 1, 2, 7, 100, 333 };
    for (int k = 0; k < 5; k++) {
        pw_design_t design = make(PW_DESIGN_LATIN, 6, sizes[k], 11);
        check_slices(&design);
        pw_design_free(&design);
    }
}

static void test_latin_columns_are_not_permuted_alike(void)
{
    pw_design_t design = make(PW_DESIGN_LATIN, 2, 1000, 5);
    double sum = 0.0;
    for (int64_t i = 0; i < 1000; i++) {
        double point[2];
        pw_design_point(&design, i, point);
        sum += (point[0] - 0.5) * (point[1] - 0.5);
    }
    /* the correlation of two random permutations of n has standard deviation 1 / sqrt(n - 1); 4.9 of them: alpha 1e-6 */
    PW_ASSERT_NEAR(sum / 1000.0 * 12.0, 0.0, 4.9 / sqrt(999.0));
    pw_design_free(&design);
}

static void test_maximin_keeps_the_slices_and_moves_the_nearest_points_apart(void)
{
    double plain = 0.0, spread = 0.0;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        pw_design_t random = make(PW_DESIGN_LATIN, 3, 40, seed), better = { 0 };
        pw_findings_t findings = { 0 };
        pw_design_ask_t ask = { .kind = PW_DESIGN_LATIN, .points = 40, .seed = seed, .maximin = true };
        CU_ASSERT_EQUAL(pw_design_init(&better, unit_columns(3), 3, &ask, &findings), PW_OK);
        check_slices(&better);
        plain += nearest_pair(&random);
        spread += nearest_pair(&better);
        pw_design_free(&random);
        pw_design_free(&better);
    }
    CU_ASSERT(spread > 1.5 * plain);
}

/* ---- Sobol's sequence ---- */

/* Whether each box of 2^a1 x 2^a2 x ... equal boxes of the cube holds as many of the first 2^m points as every other. */
static bool is_balanced(const pw_design_t *design, int m, const int *cut, int n_cuts)
{
    int total = 0, held[MOST] = { 0 };
    for (int j = 0; j < n_cuts; j++)
        total += cut[j];
    for (int64_t i = 0; i < INT64_C(1) << m; i++) {
        double point[PW_SOBOL_COLUMNS];
        int box = 0;
        pw_design_point(design, i, point);
        for (int j = 0; j < n_cuts; j++)
            box = box << cut[j] | (int)(point[j] * (1 << cut[j]));
        held[box]++;
    }
    for (int b = 0; b < 1 << total; b++)
        if (held[b] != 1 << (m - total))
            return false;
    return true;
}

static void test_every_column_of_scrambled_sobol_points_is_stratified(void)
{
    pw_design_t design = make(PW_DESIGN_SOBOL, PW_SOBOL_COLUMNS, 256, 3);
    for (int m = 0; m <= 8; m++)
        for (int j = 0; j < PW_SOBOL_COLUMNS; j++) {
            int cut[PW_SOBOL_COLUMNS] = { 0 };
            cut[j] = m;
            CU_ASSERT(is_balanced(&design, m, cut, j + 1));
        }
    pw_design_free(&design);
}

/* Sobol's first three columns are a (0, m, 2)-net and a (1, m, 3)-net in base 2: t is the sum of (degree - 1) of their polynomials, of degrees 0,
 * 1, 2 (Sobol' 1967, Niederreiter 1992). Owen's scrambling keeps t. */
static void test_first_points_of_scrambled_sobol_are_a_net(void)
{
    for (uint64_t seed = 0; seed < 4; seed++) {
        pw_design_t design = make(PW_DESIGN_SOBOL, 3, 1024, seed);
        for (int m = 1; m <= 10; m++) {
            for (int a = 0; a <= m; a++)
                CU_ASSERT(is_balanced(&design, m, (int[]){ a, m - a }, 2));
            for (int a = 0; a <= m - 1; a++)
                for (int b = 0; a + b <= m - 1; b++)
                    CU_ASSERT(is_balanced(&design, m, (int[]){ a, b, m - 1 - a - b }, 3));
        }
        pw_design_free(&design);
    }
}

static void test_scrambled_points_are_uniform_over_seeds(void)
{
    enum { SEEDS = 2000 };
    double sum[2] = { 0.0 }, product = 0.0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        pw_design_t design = make(PW_DESIGN_SOBOL, 2, 4, seed);
        double point[2];
        pw_design_point(&design, 3, point);
        sum[0] += point[0];
        sum[1] += point[1];
        product += (point[0] - 0.5) * (point[1] - 0.5);
        pw_design_free(&design);
    }
    /* alpha 1e-6: 4.9 standard errors; catches coins that columns share, and a tree whose upper coins are not fair */
    PW_ASSERT_NEAR(sum[0] / SEEDS, 0.5, 4.9 / sqrt(12.0 * SEEDS));
    PW_ASSERT_NEAR(sum[1] / SEEDS, 0.5, 4.9 / sqrt(12.0 * SEEDS));
    PW_ASSERT_NEAR(product / SEEDS, 0.0, 4.9 / (12.0 * sqrt(SEEDS)));
}

/* Scrambled nets integrate smooth functions with an error that falls faster than 1 / n (Owen 1997). */
static void test_scrambled_sobol_integrates_better_than_chance(void)
{
    pw_design_t design = make(PW_DESIGN_SOBOL, 5, 1024, 7);
    double sum = 0.0;
    for (int64_t i = 0; i < 1024; i++) {
        double point[5], product = 1.0;
        pw_design_point(&design, i, point);
        for (int j = 0; j < 5; j++)
            product *= 1.0 + 0.5 * (point[j] - 0.5);
        sum += product;
    }
    /* variance of the product is (1 + 1/48)^5 - 1 = 0.1086: chance has a standard error of 0.0103 */
    PW_ASSERT_NEAR(sum / 1024.0, 1.0, 0.0103 / 10.0);
    pw_design_free(&design);
}

/* ---- Morris ---- */

static void test_morris_steps_move_one_input_by_delta(void)
{
    enum { K = 9 };
    pw_design_t design = make(PW_DESIGN_MORRIS, K, 50, 2);
    int ups = 0, at_level[4] = { 0 };
    CU_ASSERT_EQUAL(design.n_points, 50 * (K + 1));
    for (int64_t t = 0; t < 50; t++) {
        bool has_moved[K] = { false };
        double before[K], point[K];
        pw_design_point(&design, t * (K + 1), before);
        for (int s = 1; s <= K; s++) {
            int64_t trajectory;
            int step, moved, n = 0;
            pw_design_point(&design, t * (K + 1) + s, point);
            pw_design_morris(&design, t * (K + 1) + s, &trajectory, &step, &moved);
            CU_ASSERT(trajectory == t && step == s && moved >= 0 && !has_moved[moved]);
            has_moved[moved] = true;
            for (int j = 0; j < K; j++) {
                n += point[j] != before[j];
                at_level[(int)round(3.0 * point[j])]++;
                PW_ASSERT_NEAR(3.0 * point[j], round(3.0 * point[j]), 1e-9);
            }
            CU_ASSERT_EQUAL(n, 1);
            PW_ASSERT_NEAR(fabs(point[moved] - before[moved]), 2.0 / 3.0, 1e-9);
            ups += point[moved] > before[moved];
            memcpy(before, point, sizeof before);
        }
    }
    PW_ASSERT_NEAR(ups / 450.0, 0.5, 4.9 * 0.5 / sqrt(450.0));      /* alpha 1e-6 */
    for (int l = 0; l < 4; l++)
        CU_ASSERT(at_level[l] > 450 * K / 8);
    pw_design_free(&design);
}

/* ---- Saltelli ---- */

static void test_saltelli_blocks_take_one_column_of_b(void)
{
    enum { K = 4 };
    for (int sample = PW_SAMPLE_SOBOL; sample <= PW_SAMPLE_RANDOM; sample++) {
        pw_design_t design = { 0 };
        pw_findings_t findings = { 0 };
        pw_design_ask_t ask = { .kind = PW_DESIGN_SALTELLI, .points = 16, .seed = 9, .sample = sample };
        CU_ASSERT_EQUAL(pw_design_init(&design, unit_columns(K), K, &ask, &findings), PW_OK);
        CU_ASSERT_EQUAL(design.n_points, 16 * (K + 2));
        for (int64_t n = 0; n < 16; n++) {
            double a[K], b[K], between[K];
            pw_design_point(&design, n * (K + 2), a);
            pw_design_point(&design, n * (K + 2) + K + 1, b);
            for (int j = 1; j <= K; j++) {
                int64_t base;
                int block;
                pw_design_saltelli(&design, n * (K + 2) + j, &base, &block);
                CU_ASSERT(base == n && block == j);
                pw_design_point(&design, n * (K + 2) + j, between);
                for (int c = 0; c < K; c++) {
                    CU_ASSERT_EQUAL(between[c], c == j - 1 ? b[c] : a[c]);
                    CU_ASSERT_NOT_EQUAL(a[c], b[c]);
                }
            }
        }
        pw_design_free(&design);
    }
}

/* ---- all of them ---- */

static void test_a_point_does_not_depend_on_the_points_asked_before(void)
{
    for (int kind = PW_DESIGN_LATIN; kind < PW_DESIGN_KINDS; kind++) {
        pw_design_t one = make(kind, 5, 12, 21), other = make(kind, 5, 12, 21), reseeded = make(kind, 5, 12, 22);
        bool differs = false;
        for (int64_t i = one.n_points - 1; i >= 0; i--) {
            double a[5], b[5], c[5];
            pw_design_point(&one, i, a);
            pw_design_point(&other, (i * 7) % one.n_points, c);
            pw_design_point(&other, i, b);
            pw_design_point(&reseeded, i, c);
            CU_ASSERT_EQUAL(memcmp(a, b, sizeof a), 0);
            differs = differs || memcmp(a, c, sizeof a) != 0;
        }
        CU_ASSERT(differs);
        pw_design_free(&one);
        pw_design_free(&other);
        pw_design_free(&reseeded);
    }
}

static void test_more_points_leave_those_before_as_they_were(void)
{
    int kinds[] = { PW_DESIGN_SOBOL, PW_DESIGN_MORRIS, PW_DESIGN_SALTELLI };
    for (int k = 0; k < 3; k++) {
        pw_design_t few = make(kinds[k], 3, 10, 4), many = make(kinds[k], 3, 300, 4);
        for (int64_t i = 0; i < few.n_points; i++) {
            double a[3], b[3];
            pw_design_point(&few, i, a);
            pw_design_point(&many, i, b);
            CU_ASSERT_EQUAL(memcmp(a, b, sizeof a), 0);
        }
        pw_design_free(&few);
        pw_design_free(&many);
    }
}

/* ---- columns ---- */

static void test_columns_map_the_unit_interval(void)
{
    pw_design_column_t linear = { .scale = PW_SCALE_LINEAR, .low = 2.0, .high = 10.0 }, logs = { .scale = PW_SCALE_LOG, .low = 0.5, .high = 8.0 };
    pw_design_column_t whole = { .scale = PW_SCALE_LINEAR, .low = 3.0, .high = 6.0, .whole = true };
    PW_ASSERT_NEAR(pw_column_value(&linear, 0.25, false), 4.0, 0.0);
    PW_ASSERT_NEAR(pw_column_value(&logs, 0.5, false), 2.0, 1e-11);
    int held[7] = { 0 };
    for (int i = 0; i < 400; i++)
        held[(int)pw_column_value(&whole, (i + 0.5) / 400.0, false)]++;
    for (int v = 3; v <= 6; v++)
        CU_ASSERT_EQUAL(held[v], 100);
    CU_ASSERT_EQUAL(pw_column_value(&whole, 1.0, true), 6.0);
}

static void test_a_distribution_is_followed_and_its_ends_are_the_registers(void)
{
    pw_estimate_t estimate = { .quantity = PW_QUANTITY_RATIO, .distribution = PW_DISTRIBUTION_LOGNORMAL, .a = log(0.87), .b = 0.13 };
    pw_design_column_t column = { .scale = PW_SCALE_DISTRIBUTION, .estimate = &estimate };
    PW_ASSERT_NEAR(pw_column_value(&column, 0.5, false), 0.87, 1e-9);
    PW_ASSERT_NEAR(pw_column_value(&column, 0.0, true), 0.87 * exp(-1.959963984540054 * 0.13), 1e-9);
    PW_ASSERT_NEAR(pw_column_value(&column, 1.0, true), 0.87 * exp(1.959963984540054 * 0.13), 1e-9);
    column.factor = 2.0;
    PW_ASSERT_NEAR(pw_column_value(&column, 0.5, false), 1.74, 1e-9);
}

/* ---- refusals ---- */

static void refuse(int n_columns, const pw_design_ask_t *asked, const char *words)
{
    pw_design_t design = { 0 };
    pw_findings_t findings = { 0 };
    pw_design_ask_t ask = *asked;
    ask.file = "a.cfg";
    ask.line = 3;
    pw_design_column_t *column = unit_columns(n_columns);
    for (int j = 0; j < n_columns; j++)
        column[j].steps = 200;
    CU_ASSERT_EQUAL(pw_design_init(&design, column, n_columns, &ask, &findings), PW_ERROR_INPUT);
    CU_ASSERT_EQUAL_FATAL(findings.n, 1);
    CU_ASSERT_EQUAL(findings.finding[0].line, 3);
    CU_ASSERT_PTR_NOT_NULL(strstr(findings.finding[0].message, words));
    if (!strstr(findings.finding[0].message, words))
        printf("%s\n", findings.finding[0].message);
    pw_design_free(&design);
    pw_findings_free(&findings);
}

static void test_what_cannot_be_is_refused(void)
{
    refuse(41, &(pw_design_ask_t){ .kind = PW_DESIGN_SOBOL, .points = 8 }, "at most 40, where the GSL's direction numbers end; kind = \"latin\"");
    refuse(21, &(pw_design_ask_t){ .kind = PW_DESIGN_SALTELLI, .points = 8, .sample = PW_SAMPLE_SOBOL }, "sample = \"latin\"");
    refuse(3, &(pw_design_ask_t){ .kind = PW_DESIGN_SOBOL, .points = (INT64_C(1) << 30) + 1 }, "allowed: 1 to 1000000000");
    refuse(3, &(pw_design_ask_t){ .kind = PW_DESIGN_MORRIS, .points = 8, .levels = 5 }, "an even number from 4");
    refuse(3, &(pw_design_ask_t){ .kind = PW_DESIGN_LATIN, .points = 2001, .maximin = true }, "at most 2000");
    refuse(300, &(pw_design_ask_t){ .kind = PW_DESIGN_LATIN, .points = 1000000 }, "does not fit into memory");
    refuse(4, &(pw_design_ask_t){ .kind = PW_DESIGN_GRID }, "the grid has 1,600,000,000 points");
    refuse(513, &(pw_design_ask_t){ .kind = PW_DESIGN_GRID }, "513 inputs; allowed: 1 to 512");
    refuse(2, &(pw_design_ask_t){ .kind = PW_DESIGN_LATIN, .points = 0 }, "0");
}

static void test_without_memory_nothing_is_lost(void)
{
    for (int kind = PW_DESIGN_LATIN; kind <= PW_DESIGN_SOBOL; kind++)
        for (long n = 1;; n++) {
            pw_design_t design = { 0 };
            pw_findings_t findings = { 0 };
            pw_design_ask_t ask = { .kind = kind, .points = 10, .maximin = true };
            pw_design_column_t *column = unit_columns(3);
            pw_memory_fail_at(n);
            pw_status_t status = pw_design_init(&design, column, 3, &ask, &findings);
            pw_memory_fail_at(0);
            pw_design_free(&design);
            CU_ASSERT(status == PW_OK || status == PW_ERROR_MEMORY);
            CU_ASSERT(n > 1 || status == PW_ERROR_MEMORY);
            if (status == PW_OK)
                break;
        }
}

PW_TESTS(PW_TEST(test_grid_takes_every_combination_and_the_last_column_changes_fastest),
         PW_TEST(test_latin_hypercube_has_one_point_in_every_slice_of_every_column), PW_TEST(test_latin_columns_are_not_permuted_alike),
         PW_TEST(test_maximin_keeps_the_slices_and_moves_the_nearest_points_apart), PW_TEST(test_every_column_of_scrambled_sobol_points_is_stratified),
         PW_TEST(test_first_points_of_scrambled_sobol_are_a_net), PW_TEST(test_scrambled_points_are_uniform_over_seeds),
         PW_TEST(test_scrambled_sobol_integrates_better_than_chance), PW_TEST(test_morris_steps_move_one_input_by_delta),
         PW_TEST(test_saltelli_blocks_take_one_column_of_b), PW_TEST(test_a_point_does_not_depend_on_the_points_asked_before),
         PW_TEST(test_more_points_leave_those_before_as_they_were), PW_TEST(test_columns_map_the_unit_interval),
         PW_TEST(test_a_distribution_is_followed_and_its_ends_are_the_registers), PW_TEST(test_what_cannot_be_is_refused),
         PW_TEST(test_without_memory_nothing_is_lost))
