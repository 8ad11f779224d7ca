/* What people and programs read: cells of CSV files, numbers of the printed table, the command to do it again. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/base/memory.h"
#include "../model/report/columns.h"
#include "../model/report/comparison.h"
#include "../model/report/manifest.h"
#include "harness.h"

static void test_csv_cells_are_quoted_only_where_they_must_be(void)
{
    char *made = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&made, &length);
    pw_csv_t csv = { .to = to };
    pw_csv_text(&csv, "plain words");
    pw_csv_text(&csv, "one, \"two\"");
    pw_csv_text(&csv, NULL);
    pw_csv_number(&csv, 0.1);
    pw_csv_number(&csv, NAN);
    pw_csv_integer(&csv, -3);
    pw_csv_bool(&csv, true);
    pw_csv_end(&csv);
    pw_csv_text(&csv, "next");
    pw_csv_end(&csv);
    fclose(to);
    PW_ASSERT_TEXT(made, "plain words,\"one, \"\"two\"\"\",,0.1,,-3,true\nnext\n");
    free(made);
}

static void test_every_column_belongs_to_a_file_and_is_there_once(void)
{
    const pw_column_t *column;
    const pw_results_file_t *file;
    int n = pw_columns(&column), n_files = pw_results_files(&file);
    for (int i = 0; i < n; i++) {
        int files = 0, twice = 0;
        for (int k = 0; k < n_files; k++)
            files += strcmp(file[k].file, column[i].file) == 0;
        for (int j = 0; j < i; j++)
            twice += strcmp(column[i].file, column[j].file) == 0 && strcmp(column[i].name, column[j].name) == 0;
        CU_ASSERT_EQUAL(files, 1);
        CU_ASSERT_EQUAL(twice, 0);
        CU_ASSERT(strlen(column[i].meaning) > 3);
    }
}

static void expect_interval(double mean, double low, double high, const char *text)
{
    char out[64];
    pw_comparison_interval(mean, low, high, out, sizeof out);
    PW_ASSERT_TEXT(out, text);
}

static void expect_number(double value, const char *text)
{
    char out[64];
    pw_comparison_number(value, out, sizeof out);
    PW_ASSERT_TEXT(out, text);
}

static void test_intervals_show_the_digits_that_they_bear_out(void)
{
    expect_interval(-12.34, -20.12, -4.21, "-12 (-20, -4)");
    expect_interval(-1.234, -4.56, 0.78, "-1.2 (-4.6, 0.8)");
    expect_interval(-0.1234, -0.456, 0.078, "-0.12 (-0.46, 0.08)");
    expect_interval(0.00012, -0.00004, 0.0003, "0.00 (0.00, 0.00)");
    expect_interval(-2865.0, -4792.0, -1013.0, "-2.9k (-4.8k, -1.0k)");
    expect_interval(213456.0, 154321.0, 305111.0, "213k (154k, 305k)");
    expect_interval(1.23e6, 1.1e6, 1.4e6, "1.2m (1.1m, 1.4m)");
}

static void test_single_numbers_have_three_digits(void)
{
    expect_number(154.2, "154");
    expect_number(48.23, "48.2");
    expect_number(0.9934, "0.99");
    expect_number(0.0, "0.00");
    expect_number(2093.4, "2,093");
    expect_number(12345.0, "12.3k");
    expect_number(2998765.0, "3.00m");
    expect_number(NAN, "-");
}

static void test_command_is_quoted_for_a_shell(void)
{
    char program[] = "pathways", verb[] = "run", file[] = "my scenario's.cfg", set[] = "a.b=1.0";
    char *argv[] = { program, verb, file, set };
    char *line = pw_command_line(4, argv);
    PW_ASSERT_TEXT(line, "pathways run 'my scenario'\\''s.cfg' a.b=1.0");
    pw_free(line);
}

PW_TESTS(PW_TEST(test_csv_cells_are_quoted_only_where_they_must_be), PW_TEST(test_every_column_belongs_to_a_file_and_is_there_once),
         PW_TEST(test_intervals_show_the_digits_that_they_bear_out), PW_TEST(test_single_numbers_have_three_digits),
         PW_TEST(test_command_is_quoted_for_a_shell))
