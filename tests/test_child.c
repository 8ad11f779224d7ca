/* Other programs, run to their end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../model/base/child.h"
#include "../model/base/interrupt.h"
#include "../model/base/memory.h"
#include "harness.h"

static void test_a_child_says_what_it_did_and_where(void)
{
    static const char *const argv[] = { "sh", "-c", "pwd; echo $LC_ALL $SOURCE_DATE_EPOCH; cat; echo bad >&2", NULL };
    pw_text_t said = { 0 };
    CU_ASSERT_EQUAL(pw_child_run(argv, "/usr", &said), PW_CHILD_DONE);
    PW_ASSERT_TEXT(pw_text_get(&said), "/usr\nC.UTF-8 0\nbad\n");      /* cat found nothing to read */
    pw_text_free(&said);
}

static void test_words_are_no_shell_commands(void)
{
    static const char *const argv[] = { "echo", "$(id) `id` ; id", NULL };
    pw_text_t said = { 0 };
    CU_ASSERT_EQUAL(pw_child_run(argv, NULL, &said), PW_CHILD_DONE);
    PW_ASSERT_TEXT(pw_text_get(&said), "$(id) `id` ; id\n");
    pw_text_free(&said);
}

static void test_a_missing_program_and_a_failing_one_are_told_apart(void)
{
    static const char *const missing[] = { "no-such-program-2385", NULL }, *const fails[] = { "sh", "-c", "exit 3", NULL };
    CU_ASSERT_EQUAL(pw_child_run(missing, NULL, NULL), PW_CHILD_MISSING);
    CU_ASSERT_EQUAL(pw_child_run(fails, NULL, NULL), PW_CHILD_FAILED);
}

static void test_a_program_that_is_there_and_lacks_something_has_failed(void)
{
    static const char *const lacks[] = { "sh", "-c", "echo a library is missing >&2; exit 127", NULL }, *const silent[] = { "sh", "-c", "exit 127", NULL };
    pw_text_t said = { 0 };
    CU_ASSERT_EQUAL(pw_child_run(lacks, NULL, &said), PW_CHILD_FAILED);
    PW_ASSERT_TEXT(pw_text_get(&said), "a library is missing\n");
    CU_ASSERT_EQUAL(pw_child_run(silent, NULL, NULL), PW_CHILD_MISSING);      /* as posix_spawn may say it */
    pw_text_free(&said);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The child itself asks its parent to stop: in the middle of its work, as somebody with a keyboard would. */
static void test_who_asks_us_to_stop_stops_the_child(void)
{
    static const char *const obeys[] = { "sh", "-c", "kill -TERM $PPID; exec sleep 60", NULL };
    static const char *const does_not[] = { "sh", "-c", "trap '' TERM; kill -TERM $PPID; while :; do :; done", NULL };
    static const char *const *const child[] = { obeys, does_not };
    pw_interrupt_install();
    for (int i = 0; i < 2; i++) {
        double from = now();
        CU_ASSERT_EQUAL(pw_child_run(child[i], NULL, NULL), PW_CHILD_STOPPED);
        CU_ASSERT(now() - from < 20.0);      /* half a second, on a machine that is not crowded */
        CU_ASSERT(pw_interrupt_asked());
        CU_ASSERT_EQUAL(pw_child_run(obeys, NULL, NULL), PW_CHILD_STOPPED);      /* and none is begun */
        pw_interrupt_reset();
    }
}

static void test_a_folder_of_ones_own_goes_with_its_files(void)
{
    char *folder = pw_child_folder(), path[128];
    CU_ASSERT_FATAL(folder != NULL);
    snprintf(path, sizeof path, "%s/file", folder);
    FILE *file = fopen(path, "w");
    CU_ASSERT_FATAL(file != NULL);
    fclose(file);
    pw_child_folder_remove(folder);
    CU_ASSERT_NOT_EQUAL(access(folder, F_OK), 0);
    pw_free(folder);
}

PW_TESTS(PW_TEST(test_a_child_says_what_it_did_and_where), PW_TEST(test_words_are_no_shell_commands),
         PW_TEST(test_a_missing_program_and_a_failing_one_are_told_apart),
         PW_TEST(test_a_program_that_is_there_and_lacks_something_has_failed),
         PW_TEST(test_who_asks_us_to_stop_stops_the_child), PW_TEST(test_a_folder_of_ones_own_goes_with_its_files))
