/* test_table.c: cells stand under each other, whatever their alphabet. */
#include "harness.h"

#include "../model/base/memory.h"
#include "../model/base/table.h"

static void fill(pw_table_t *table)
{
    pw_table_cell(table, PW_LEFT, "measure");
    pw_table_cell(table, PW_RIGHT, "baseline");
    pw_table_cell(table, PW_LEFT, "unit");
    pw_table_end_row(table);
    pw_table_rule(table);
    pw_table_cell(table, PW_LEFT, "cost");
    pw_table_cell(table, PW_RIGHT, "\u00a3%d", 12);
    pw_table_cell(table, PW_LEFT, "a family");
    pw_table_end_row(table);
    pw_table_cell(table, PW_LEFT, "r\u00e9turn");
    pw_table_cell(table, PW_RIGHT, "%s", "");
    pw_table_end_row(table);
}

static void test_columns_are_aligned_and_no_line_ends_in_blanks(void)
{
    pw_table_t table = { 0 };
    pw_text_t text = { 0 };
    fill(&table);
    CU_ASSERT_EQUAL(pw_table_write(&table, &text), PW_OK);
    PW_ASSERT_TEXT(pw_text_get(&text), "measure  baseline  unit\n"
                                       "---------------------------\n"
                                       "cost          \u00a312  a family\n"
                                       "r\u00e9turn\n");
    pw_text_free(&text);
    pw_table_free(&table);
}

static void test_empty_table_prints_nothing(void)
{
    pw_table_t table = { 0 };
    pw_text_t text = { 0 };
    CU_ASSERT_EQUAL(pw_table_write(&table, &text), PW_OK);
    PW_ASSERT_TEXT(pw_text_get(&text), "");
    pw_table_free(&table);
}

static void test_memory_that_runs_out_anywhere_is_an_error(void)
{
    pw_status_t status = PW_ERROR_MEMORY;
    for (long at = 1; status != PW_OK; at++) {
        pw_table_t table = { 0 };
        pw_text_t text = { 0 };
        pw_memory_fail_at(at);
        fill(&table);
        status = pw_table_write(&table, &text);
        pw_memory_fail_at(0);
        CU_ASSERT(status == PW_ERROR_MEMORY || (status == PW_OK && at > 8));
        pw_text_free(&text);
        pw_table_free(&table);
    }
}

static void test_stream_that_takes_nothing_is_an_error(void)
{
    pw_table_t table = { 0 };
    fill(&table);
    FILE *full = fopen("/dev/full", "w");
    CU_ASSERT_FATAL(full != NULL);
    setvbuf(full, NULL, _IONBF, 0);
    CU_ASSERT_EQUAL(pw_table_print(&table, full), PW_ERROR_WRITE);
    fclose(full);
    pw_table_free(&table);
}

PW_TESTS(PW_TEST(test_columns_are_aligned_and_no_line_ends_in_blanks), PW_TEST(test_empty_table_prints_nothing),
         PW_TEST(test_memory_that_runs_out_anywhere_is_an_error), PW_TEST(test_stream_that_takes_nothing_is_an_error))
