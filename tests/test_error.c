/* test_error.c: every status has a name, a sentence and an exit code; findings are listed in order, once. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#include "../model/base/error.h"
#include "../model/base/memory.h"

static void test_every_status_has_a_name_a_sentence_and_an_exit_code(void)
{
#define X(name, value, exit_code, sentence)                    \
    PW_ASSERT_TEXT(pw_status_name(PW_##name), #name);          \
    PW_ASSERT_TEXT(pw_status_sentence(PW_##name), sentence);   \
    CU_ASSERT_EQUAL(pw_status_exit_code(PW_##name), exit_code);
    PW_STATUS_LIST(X)
#undef X
}

static void test_errors_are_negative_and_lawful_endings_are_not(void)
{
#define X(name, value, exit_code, sentence) CU_ASSERT_EQUAL((value) < 0, strncmp(#name, "ERROR_", 6) == 0);
    PW_STATUS_LIST(X)
#undef X
}

static void test_unknown_status_is_a_failure_with_a_sentence(void)
{
    CU_ASSERT_EQUAL(pw_status_exit_code((pw_status_t)-99), 1);
    PW_ASSERT_TEXT(pw_status_name((pw_status_t)-99), "UNKNOWN");
    CU_ASSERT(strlen(pw_status_sentence((pw_status_t)-99)) > 10);
}

/* What pw_findings_print writes, in a buffer that the caller frees. */
static char *printed(pw_findings_t *findings)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    pw_findings_print(findings, to);
    fclose(to);
    return text;
}

static void test_findings_are_ordered_by_file_and_line_and_duplicates_said_once(void)
{
    pw_findings_t findings = { 0 };
    pw_findings_add(&findings, "b.cfg", 3, "teams.duty.places", "places is %g; allowed: 0 to %d places", 1.2e9, 100000);
    pw_findings_add(&findings, "a.cfg", 20, "title", "a title is empty");
    pw_findings_add(&findings, "a.cfg", 9, NULL, "a word is missing");
    pw_findings_add(&findings, "b.cfg", 3, "teams.duty.places", "places is %g; allowed: 0 to %d places", 1.2e9, 100000);
    pw_findings_add(&findings, "empty.cfg", 0, NULL, "the file is empty");
    pw_findings_add(&findings, NULL, 0, "--set", "there is no such setting");
    CU_ASSERT_EQUAL(findings.n, 6);
    char *text = printed(&findings);
    PW_ASSERT_TEXT(text, "--set: there is no such setting\n"
                         "a.cfg:9: a word is missing\n"
                         "a.cfg:20: title: a title is empty\n"
                         "b.cfg:3: teams.duty.places: places is 1.2e+09; allowed: 0 to 100000 places\n"
                         "empty.cfg: the file is empty\n");
    free(text);
    pw_findings_free(&findings);
    CU_ASSERT_EQUAL(findings.n, 0);
}

static void test_many_findings_are_all_kept(void)
{
    pw_findings_t findings = { 0 };
    for (int i = 0; i < 1000; i++) pw_findings_add(&findings, "a.cfg", i + 1, "path", "number %d", i);
    CU_ASSERT_EQUAL(findings.n, 1000);
    CU_ASSERT_EQUAL(findings.out_of_memory, 0);
    PW_ASSERT_TEXT(findings.finding[999].message, "number 999");
    pw_findings_free(&findings);
}

static void test_findings_without_memory_say_that_the_list_is_not_whole(void)
{
    for (long at = 1;; at++) {
        pw_findings_t findings = { 0 };
        pw_memory_fail_at(at);
        pw_findings_add(&findings, "a.cfg", 7, "title", "a title is empty");
        pw_memory_fail_at(0);
        if (!findings.out_of_memory) {
            CU_ASSERT(at > 4);      /* message, file, path, list: each was made to fail */
            pw_findings_free(&findings);
            break;
        }
        CU_ASSERT_EQUAL(findings.n, 0);
        char *text = printed(&findings);
        PW_ASSERT_TEXT(text, "There was not enough memory to list everything that is wrong.\n");
        free(text);
        pw_findings_free(&findings);
    }
}

PW_TESTS(PW_TEST(test_every_status_has_a_name_a_sentence_and_an_exit_code), PW_TEST(test_errors_are_negative_and_lawful_endings_are_not),
         PW_TEST(test_unknown_status_is_a_failure_with_a_sentence), PW_TEST(test_findings_are_ordered_by_file_and_line_and_duplicates_said_once),
         PW_TEST(test_many_findings_are_all_kept), PW_TEST(test_findings_without_memory_say_that_the_list_is_not_whole))
