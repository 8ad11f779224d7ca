/* test_csv_read.c: what was written to a CSV file is read back, and what is no CSV file is refused by line. */
#include "harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/base/csv.h"
#include "../model/base/csv_read.h"
#include "../model/base/memory.h"

static pw_status_t parse(pw_csv_table_t *table, const char *text, pw_findings_t *findings)
{
    return pw_csv_parse(table, "some.csv", text, strlen(text), findings);
}

static void test_cells_are_found_by_row_and_heading(void)
{
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    CU_ASSERT_EQUAL(parse(&table, "\xEF\xBB\xBF" "draw,name,value\r\n0,north,2.385\r\n7,,\r\n", &findings), PW_OK);
    CU_ASSERT_EQUAL(table.n_rows, 2);
    CU_ASSERT_EQUAL_FATAL(table.n_columns, 3);
    PW_ASSERT_TEXT(pw_csv_cell(&table, 0, pw_csv_find(&table, "name")), "north");
    PW_ASSERT_TEXT(pw_csv_cell(&table, 1, 1), "");
    PW_ASSERT_NEAR(pw_csv_value(&table, 0, 2), 2.385, 0.0);
    CU_ASSERT_TRUE(isnan(pw_csv_value(&table, 1, 2)));
    CU_ASSERT_EQUAL(table.line[1], 3);
    CU_ASSERT_EQUAL(pw_csv_find(&table, "valu"), -1);
    pw_csv_table_free(&table);
}

static void test_quoted_cells_keep_commas_quotes_and_line_ends(void)
{
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    CU_ASSERT_EQUAL(parse(&table, "a,b\n\"one, \"\"two\"\"\nthree\",x\n4,\"5\"", &findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(table.n_rows, 2);
    PW_ASSERT_TEXT(pw_csv_cell(&table, 0, 0), "one, \"two\"\nthree");
    PW_ASSERT_TEXT(pw_csv_cell(&table, 0, 1), "x");
    PW_ASSERT_TEXT(pw_csv_cell(&table, 1, 1), "5");
    CU_ASSERT_EQUAL(table.line[1], 4);
    pw_csv_table_free(&table);
}

static void test_what_the_writer_writes_is_read_back(void)
{
    static const char *const texts[] = { "plain", "a,b", "say \"no\"", "two\nlines", "", "\"", ",", "\xC2\xA3 5" };
    static const double numbers[] = { 0.1, -1e-300, 2.385, 123456789012.0, NAN };
    char path[] = "/tmp/pathways-csv-XXXXXX";
    int handle = mkstemp(path);
    FILE *file = handle >= 0 ? fdopen(handle, "w") : NULL;
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    pw_csv_t csv = { .to = file };
    pw_csv_text(&csv, "text");
    pw_csv_text(&csv, "number");
    pw_csv_end(&csv);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        pw_csv_text(&csv, texts[i]);
        pw_csv_number(&csv, numbers[i % 5]);
        pw_csv_end(&csv);
    }
    fclose(file);
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    CU_ASSERT_EQUAL(pw_csv_read(&table, path, &findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(table.n_rows, 8);
    for (int i = 0; i < 8; i++) {
        double value = pw_csv_value(&table, i, 1);
        PW_ASSERT_TEXT(pw_csv_cell(&table, i, 0), texts[i]);
        CU_ASSERT_TRUE(value == numbers[i % 5] || (isnan(value) && isnan(numbers[i % 5])));
    }
    pw_csv_table_free(&table);
    unlink(path);
}

static void test_every_wrong_file_is_refused_with_its_line(void)
{
    static const struct { const char *text; int line; const char *words; } wrong[] = {
        { "", 0, "the file is empty; a header and rows were expected" },
        { "a,b\n1,2\n3\n", 3, "this row has 1 cells; the header has 2" },
        { "a,b\n1,2,3\n", 2, "this row has 3 cells; the header has 2" },
        { "a,b\n1,\"2\n3,4\n", 2, "a quotation mark is not closed, or text follows it" },
        { "a,b\n\"1\"x,2\n", 2, "a quotation mark is not closed, or text follows it" },
        { "a,a\n1,2\n", 1, "the heading \"a\" stands twice" },
        { "a,,c\n1,2,3\n", 1, "column 2 has no heading" },
        { "a,b\n\xFF\xFE,2\n", 0, "this is no text in UTF-8" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        pw_csv_table_t table = { 0 };
        pw_findings_t findings = { 0 };
        CU_ASSERT_EQUAL(parse(&table, wrong[i].text, &findings), PW_ERROR_INPUT);
        CU_ASSERT_EQUAL_FATAL(findings.n, 1);
        PW_ASSERT_TEXT(findings.finding[0].message, wrong[i].words);
        CU_ASSERT_EQUAL(findings.finding[0].line, wrong[i].line);
        pw_findings_free(&findings);
        pw_csv_table_free(&table);
    }
}

static void test_a_cell_that_should_be_a_number_is_named(void)
{
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    double value;
    parse(&table, "draw,effect\n0,half\n1,\n2,0.5\n", &findings);
    CU_ASSERT_FALSE(pw_csv_number_at(&table, 0, 1, true, &value, &findings));
    CU_ASSERT_FALSE(pw_csv_number_at(&table, 1, 1, false, &value, &findings));
    CU_ASSERT_TRUE(pw_csv_number_at(&table, 1, 1, true, &value, &findings) && isnan(value));
    CU_ASSERT_TRUE(pw_csv_number_at(&table, 2, 1, false, &value, &findings) && value == 0.5);
    CU_ASSERT_EQUAL(pw_csv_require(&table, "efect", &findings), -1);
    CU_ASSERT_EQUAL_FATAL(findings.n, 3);
    PW_ASSERT_TEXT(findings.finding[0].message, "\"half\" is not a number");
    PW_ASSERT_TEXT(findings.finding[0].path, "effect");
    CU_ASSERT_EQUAL(findings.finding[0].line, 2);
    PW_ASSERT_TEXT(findings.finding[1].message, "a number is missing");
    PW_ASSERT_TEXT(findings.finding[2].message, "there is no column \"efect\"; the nearest is \"effect\"");
    pw_findings_free(&findings);
    pw_csv_table_free(&table);
}

static void test_a_file_that_is_not_there_is_said(void)
{
    pw_csv_table_t table = { 0 };
    pw_findings_t findings = { 0 };
    CU_ASSERT_EQUAL(pw_csv_read(&table, "/tmp/there/is/no/such.csv", &findings), PW_ERROR_READ);
    CU_ASSERT_EQUAL(pw_csv_read(&table, "/tmp", &findings), PW_ERROR_READ);
    CU_ASSERT_EQUAL(findings.n, 2);
    pw_findings_free(&findings);
    pw_csv_table_free(&table);
}

static void test_without_memory_nothing_is_lost_but_the_table(void)
{
    bool done = false;
    for (long n = 1; n < 100 && !done; n++) {
        pw_csv_table_t table = { 0 };
        pw_findings_t findings = { 0 };
        pw_memory_fail_at(n);
        pw_status_t status = parse(&table, "a,b\n1,2\n3,4\n", &findings);
        pw_memory_fail_at(0);
        done = status == PW_OK;
        CU_ASSERT_TRUE(done || status == PW_ERROR_MEMORY);
        pw_csv_table_free(&table);
        pw_findings_free(&findings);
    }
    CU_ASSERT_TRUE(done);
}

PW_TESTS(PW_TEST(test_cells_are_found_by_row_and_heading), PW_TEST(test_quoted_cells_keep_commas_quotes_and_line_ends),
         PW_TEST(test_what_the_writer_writes_is_read_back), PW_TEST(test_every_wrong_file_is_refused_with_its_line),
         PW_TEST(test_a_cell_that_should_be_a_number_is_named), PW_TEST(test_a_file_that_is_not_there_is_said),
         PW_TEST(test_without_memory_nothing_is_lost_but_the_table))
