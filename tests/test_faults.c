/* test_faults.c: a whole run in which the 1st, 2nd, 3rd ... allocation fails, and the 1st, 2nd, 3rd ... step of writing.
 * Each time: exit code 1, a message, and nothing where the results would have been. A leak shows under `make faults`, which runs this with
 * the address sanitizer and ten times as many faults (PW_FAULTS=many). PW_FAULTS=few: some of each, for `make memcheck`. */
#include "harness.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/base/folder.h"
#include "../model/base/folder_path.h"
#include "../model/base/memory.h"
#include "../model/cli/verb.h"

enum { ENDS = 25 };

static char place[64], target[96], said[2048];

/* Sends a standard stream to a file of its own; what was there before comes back with restore(). */
static int divert(FILE *stream, FILE *to)
{
    fflush(stream);
    int kept = dup(fileno(stream));
    dup2(fileno(to), fileno(stream));
    return kept;
}

static void restore(FILE *stream, int kept)
{
    fflush(stream);
    dup2(kept, fileno(stream));
    close(kept);
    clearerr(stream);
}

/* A verb's exit code. What it says on stderr lands in `said`. */
static int call(const pw_verb_t *verb, int n, char **words)
{
    FILE *out = tmpfile(), *errors = tmpfile();
    int kept_out = divert(stdout, out), kept_errors = divert(stderr, errors);
    int code = verb->run(n, words);
    restore(stdout, kept_out);
    restore(stderr, kept_errors);
    rewind(errors);
    said[fread(said, 1, sizeof said - 1, errors)] = '\0';
    fclose(out);
    fclose(errors);
    return code;
}

/* A small run into the target. */
static int run_once(void)
{
    char *words[] = { "run", "scenarios/supervised_contact.cfg", "--draws", "2", "--replications", "1", "--threads", "1", "--seed", "2385",
                      "--set", "time.warm_up_months=60", "--set", "time.follow_up_months=6", "--no-report", "--out", target, "--quiet", NULL };
    return call(&pw_verb_run, (int)(sizeof words / sizeof words[0]) - 1, words);
}

static void enter(void)
{
    snprintf(place, sizeof place, "/tmp/pathways-faults-XXXXXX");
    CU_ASSERT_FATAL(mkdtemp(place) != NULL);
    snprintf(target, sizeof target, "%s/run", place);
}

static int leave(void)
{
    int left = -2;      /* . and .. */
    DIR *folder = opendir(place);
    while (folder && readdir(folder)) left++;
    if (folder) closedir(folder);
    pw_folder_path_remove(place);
    return left;
}

/* How many there are in a run without faults. */
static long count(long (*fail_at)(long))
{
    enter();
    fail_at(0);
    int code = run_once();
    long n = fail_at(0);
    if (code != 0) printf("\n  exit %d: %s\n", code, said);
    CU_ASSERT_EQUAL_FATAL(code, 0);
    CU_ASSERT_EQUAL(leave(), 1);
    return n;
}

static bool is_wished(const char *many)
{
    const char *wish = getenv("PW_FAULTS");
    return wish && strcmp(wish, many) == 0;
}

/* A run allocates tens of thousands of times, mostly one setting after another: the ends are tried one by one, between them every so many. */
static bool is_tried(long at, long n)
{
    long ends = is_wished("many") ? 10 * ENDS : is_wished("few") ? 2 : ENDS;
    return at <= ends || at > n - ends || at % (n / ends + 1) == 0;
}

static void fail_each(long (*fail_at)(long), const char *what)
{
    long n = count(fail_at);
    CU_ASSERT(n > 10);
    for (long at = 1; at <= n; at++) {
        if (!is_tried(at, n)) continue;
        enter();
        fail_at(at);
        int code = run_once();
        fail_at(0);
        bool clean = leave() == 0;
        if (code != 1 || !clean || said[0] == '\0') printf("\n  %s %ld of %ld: exit %d, %s, said: %s\n", what, at, n, code,
                                                           clean ? "clean" : "something is left", said);
        CU_ASSERT_EQUAL(code, 1);
        CU_ASSERT(clean);
        CU_ASSERT(said[0] != '\0');
    }
}

/* Every single allocation of a run of a small model, where many are asked for; else every so many of them. */
static int run_small(void)
{
    char *words[] = { "run", "tests/cases/faults/policy.cfg", "--set", "time.closed_cohort=20", "--draws", "1", "--replications", "1",
                      "--threads", "1", "--seed", "5", "--no-report", "--out", target, "--quiet", NULL };
    return call(&pw_verb_run, (int)(sizeof words / sizeof words[0]) - 1, words);
}

static void test_every_failing_allocation_ends_the_run_of_a_small_model_cleanly(void)
{
    enter();
    pw_memory_fail_at(0);
    CU_ASSERT_EQUAL_FATAL(run_small(), 0);
    long n = pw_memory_fail_at(0), step = is_wished("many") ? 1 : is_wished("few") ? n / 5 + 1 : n / 40 + 1;
    CU_ASSERT_EQUAL(leave(), 1);
    enter();
    int wrong = 0;
    for (long at = 1; at <= n; at += step) {
        pw_memory_fail_at(at);
        int code = run_small();
        pw_memory_fail_at(0);
        if (code != 1 || said[0] == '\0') printf("\n  allocation %ld of %ld: exit %d, said: %s\n", at, n, code, said);
        wrong += code != 1 || said[0] == '\0';
    }
    CU_ASSERT_EQUAL(wrong, 0);
    printf("\n    %ld allocations, every %ld. of them failed once\n", n, step);
    CU_ASSERT_EQUAL(leave(), 0);                   /* nothing is left of any */
}

static void test_any_failing_allocation_ends_the_run_cleanly(void) { fail_each(pw_memory_fail_at, "allocation"); }
static void test_any_failing_write_ends_the_run_cleanly(void) { fail_each(pw_folder_fail_at, "write"); }

/* ---- the report of a finished run: each time the folder stands as it was ---- */

static int report_once(void)
{
    char *words[] = { "report", target, NULL };
    return call(&pw_verb_report, 2, words);
}

static bool has_briefing(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/briefing.html", target);
    return access(path, F_OK) == 0;
}

static void fail_each_report(long (*fail_at)(long), const char *what)
{
    char *path = strdup(getenv("PATH"));
    setenv("PATH", "/nonexistent", 1);      /* no gnuplot, no WeasyPrint: only what is ours */
    enter();
    CU_ASSERT_EQUAL_FATAL(run_once(), 0);
    fail_at(0);
    CU_ASSERT_EQUAL_FATAL(report_once(), 0);
    long n = fail_at(0);
    CU_ASSERT(n > 10 && has_briefing());
    leave();
    enter();
    CU_ASSERT_EQUAL_FATAL(run_once(), 0);
    for (long at = 1; at <= n; at++) {
        if (!is_tried(at, n)) continue;
        fail_at(at);
        int code = report_once();
        fail_at(0);
        /* Once the folder has changed places the report is there: what clears the old one away may fail, and does not matter. */
        bool late = at == n && code == 0 && has_briefing();
        if (!late && (code != 1 || has_briefing() || said[0] == '\0')) printf("\n  %s %ld of %ld: exit %d, said: %s\n", what, at, n, code, said);
        CU_ASSERT(late || code == 1);
        CU_ASSERT(late || !has_briefing());
        CU_ASSERT(late || said[0] != '\0');
    }
    CU_ASSERT_EQUAL(leave(), 1);
    setenv("PATH", path, 1);
    free(path);
}

static void test_any_failing_allocation_leaves_a_run_without_report_as_it_was(void) { fail_each_report(pw_memory_fail_at, "allocation"); }
static void test_any_failing_write_leaves_a_run_without_report_as_it_was(void) { fail_each_report(pw_folder_fail_at, "write"); }

PW_TESTS(PW_TEST(test_every_failing_allocation_ends_the_run_of_a_small_model_cleanly),
         PW_TEST(test_any_failing_allocation_leaves_a_run_without_report_as_it_was),
         PW_TEST(test_any_failing_write_leaves_a_run_without_report_as_it_was), PW_TEST(test_any_failing_allocation_ends_the_run_cleanly),
         PW_TEST(test_any_failing_write_ends_the_run_cleanly))
