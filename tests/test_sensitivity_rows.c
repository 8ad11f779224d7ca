/* test_sensitivity_rows.c: what points say of their inputs, as rows, and as a table that people read. */
#include "harness.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../model/chance/kernel.h"
#include "../model/chance/stream.h"
#include "../model/report/sensitivity_rows.h"

enum { N = 400, P = 3 };
static double x[P][N], y[N];
static const double *column[P] = { x[0], x[1], x[2] };
static pw_sensitivity_row_t rows[P];

static double normal(int draw, int input)
{
    pw_block_t block = pw_stream_block(pw_stream_init(13, 1, 0x80000007u), (uint32_t)draw, (uint32_t)input, 0, 0);
    return pw_normal_quantile(pw_uniform52(block.word[0], block.word[1]));
}

/* y = 10 - 2 x0 + x1: shares 0.8 and 0.2; in the fifths of x0 the mean is 10 +- 2 x 1.39981 (the mean of a normal beyond its 80 % point), with a standard
 * error of about 0.13: 0.7 is 5 of them. */
static void points(void)
{
    pw_given_t given;
    gsl_set_error_handler_off();
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < P; j++)
            x[j][i] = j == 2 ? 1.0 : normal(i, j);
        y[i] = 10.0 - 2.0 * x[0][i] + x[1][i] + 0.1 * normal(i, P);
    }
    CU_ASSERT_EQUAL_FATAL(pw_given_init(&given, column, P, N, NULL), PW_OK);
    for (int j = 0; j < P; j++)
        pw_sensitivity_clear(&rows[j]);
    CU_ASSERT_EQUAL(pw_sensitivity_of_points(&given, column, y, 0.0, rows), PW_OK);
    pw_given_free(&given);
}

static void test_points_of_a_line_say_what_it_is(void)
{
    points();
    PW_ASSERT_NEAR(rows[0].number[PW_SENSITIVITY_share], 0.8, 5.0 * rows[0].number[PW_SENSITIVITY_share_error]);
    PW_ASSERT_NEAR(rows[1].number[PW_SENSITIVITY_share], 0.2, 5.0 * rows[1].number[PW_SENSITIVITY_share_error]);
    PW_ASSERT_NEAR(rows[0].number[PW_SENSITIVITY_in_lowest], 10.0 + 2.0 * 1.39981, 0.7);
    PW_ASSERT_NEAR(rows[0].number[PW_SENSITIVITY_in_highest], 10.0 - 2.0 * 1.39981, 0.7);
    CU_ASSERT(rows[0].number[PW_SENSITIVITY_prcc] < -0.97 && rows[1].number[PW_SENSITIVITY_prcc] > 0.9);
    CU_ASSERT(isnan(rows[0].number[PW_SENSITIVITY_total]) && isnan(rows[0].number[PW_SENSITIVITY_mu_star]));
}

static void test_an_input_that_never_changes_has_no_numbers(void)
{
    points();
    for (int k = 0; k < PW_SENSITIVITY_N; k++)
        CU_ASSERT(isnan(rows[2].number[k]));
}

static void test_the_table_has_the_leading_inputs_first_and_no_more_than_asked(void)
{
    pw_answer_rows_t out = { 0 };
    char *text = NULL;
    size_t n = 0;
    points();
    CU_ASSERT_EQUAL_FATAL(pw_answer_rows_begin(&out, &pw_sensitivity_kind), PW_OK);
    static const char *const name[P] = { "second_in_the_file", "first_in_the_file", "fixed" };
    for (int j = 0; j < P; j++) {
        pw_sensitivity_row_t row = rows[j == 0 ? 1 : j == 1 ? 0 : 2];      /* the weaker one stands first */
        row.measure = "harm";
        row.scenario = "early_help";
        row.method = "given data";
        row.input = name[j == 0 ? 1 : j == 1 ? 0 : 2];
        row.grade = "assumed";
        pw_sensitivity_put(&row, &out.csv);
    }
    CU_ASSERT_EQUAL(pw_answer_rows_end(&out), PW_OK);
    FILE *to = open_memstream(&text, &n);
    CU_ASSERT_EQUAL(pw_sensitivity_print(&out, 1, to), PW_OK);
    fclose(to);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "Harm, early help less the baseline (given data)"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "Second in the file  assumed  0.8"));      /* the stronger one leads */
    CU_ASSERT_PTR_NULL(strstr(text, "First in the file"));
    CU_ASSERT_PTR_NULL(strcasestr(text, "fixed"));
    free(text);
    pw_answer_rows_free(&out);
}

/* One row of a method, printed. The caller frees it. */
static char *printed(const char *method, int number, double value, double effects, double noise)
{
    pw_answer_rows_t out = { 0 };
    pw_sensitivity_row_t row = { "harm", "early_help", method, "evidence.tried", "", { 0 } };
    char *text = NULL;
    size_t n = 0;
    pw_sensitivity_clear(&row);
    row.number[number] = value;
    row.number[PW_SENSITIVITY_mu_star_error] = 1.0;
    row.number[PW_SENSITIVITY_effects] = effects;
    row.number[PW_SENSITIVITY_noise] = noise;
    CU_ASSERT_EQUAL_FATAL(pw_answer_rows_begin(&out, &pw_sensitivity_kind), PW_OK);
    pw_sensitivity_put(&row, &out.csv);
    CU_ASSERT_EQUAL(pw_answer_rows_end(&out), PW_OK);
    FILE *to = open_memstream(&text, &n);
    CU_ASSERT_EQUAL(pw_sensitivity_print(&out, 1, to), PW_OK);
    fclose(to);
    pw_answer_rows_free(&out);
    return text;
}

/* Half a 95 % interval of a mean of n effects whose standard error is 1 is Student's t with n - 1 degrees of freedom: 12.7062 of 2, 2.26216 of 10; the
 * normal's 1.96 for both would make two trajectories look six times as sure as they are. */
static void test_few_elementary_effects_are_less_sure(void)
{
    static const struct { double effects; const char *shows; } known[] = { { 2.0, "100 ±13" }, { 10.0, "100.0 ±2.3" }, { 1000.0, "100.0 ±2.0" } };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        char *text = printed("morris", PW_SENSITIVITY_mu_star, 100.0, known[i].effects, NAN);
        CU_ASSERT_PTR_NOT_NULL(strstr(text, known[i].shows));
        CU_ASSERT_PTR_NULL(strstr(text, "noise"));
        free(text);
    }
}

/* Noise of the points is told from a tenth on, and what it does to the numbers of each method. */
static void test_noise_between_points_is_told(void)
{
    static const struct { const char *method; int number; double noise; const char *says; } known[] = {
        { "saltelli", PW_SENSITIVITY_total, 0.57, "57 % of the spread between these points is noise of the simulation and no input's; it is taken off" },
        { "morris", PW_SENSITIVITY_mu_star, 1.2, "100 % of the spread between these points is noise of the simulation and no input's. mu* and sigma hold it" },
        { "given data", PW_SENSITIVITY_share, 0.1, "10 % of the spread between these points is noise of the simulation and no input's; it is taken off" },
        { "given data", PW_SENSITIVITY_share, 0.09, NULL }, { "saltelli", PW_SENSITIVITY_total, (double)NAN, NULL },
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        char *text = printed(known[i].method, known[i].number, 0.5, NAN, known[i].noise);
        CU_ASSERT((strstr(text, known[i].says ? known[i].says : "spread between") != NULL) == (known[i].says != NULL));
        free(text);
    }
}

PW_TESTS(PW_TEST(test_points_of_a_line_say_what_it_is), PW_TEST(test_an_input_that_never_changes_has_no_numbers),
         PW_TEST(test_the_table_has_the_leading_inputs_first_and_no_more_than_asked),
         PW_TEST(test_few_elementary_effects_are_less_sure), PW_TEST(test_noise_between_points_is_told))
