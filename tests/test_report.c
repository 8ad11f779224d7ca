/* What people and programs read: cells of CSV files, the command to do it again. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/base/memory.h"
#include "../model/report/columns.h"
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

static void test_command_is_quoted_for_a_shell(void)
{
    char program[] = "pathways", verb[] = "run", file[] = "my scenario's.cfg", set[] = "a.b=1.0";
    char *argv[] = { program, verb, file, set };
    char *line = pw_command_line(4, argv);
    PW_ASSERT_TEXT(line, "pathways run 'my scenario'\\''s.cfg' a.b=1.0");
    pw_free(line);
}

/* Catches "--draws 20 ... --draws 250" in a hint: which of the two counts is for nobody to guess. */
static void test_option_of_a_command_is_replaced_and_not_repeated(void)
{
    static const char *const known[][2] = {
        { "pathways run a.cfg --draws 20 --out b", "pathways run a.cfg --out b --draws 250" },
        { "pathways run a.cfg --draws=20 -d 3 -d7 --draws", "pathways run a.cfg --draws 250" },
        { "pathways run 'a --draws 20.cfg' --drawstring 2 -drawn", "pathways run 'a --draws 20.cfg' --drawstring 2 --draws 250" },
        { "pathways run 'my scenario'\\''s.cfg' a.b=1.0", "pathways run 'my scenario'\\''s.cfg' a.b=1.0 --draws 250" },
        { "", "--draws 250" },
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        pw_text_t out = { 0 };
        pw_command_line_with(known[i][0], "draws", 'd', "250", &out);
        PW_ASSERT_TEXT(pw_text_get(&out), known[i][1]);
        pw_text_free(&out);
    }
}

PW_TESTS(PW_TEST(test_option_of_a_command_is_replaced_and_not_repeated), PW_TEST(test_csv_cells_are_quoted_only_where_they_must_be),
         PW_TEST(test_every_column_belongs_to_a_file_and_is_there_once),
         PW_TEST(test_command_is_quoted_for_a_shell))
