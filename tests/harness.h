/* harness.h: how a test program is put together.
 *
 * What question it answers: which tests does this program hold, and which of them passed?
 * One program per module. Each test is a function whose name is a sentence; the last line of the file lists them:
 *
 *     static void test_family_waits_when_team_is_full(void) { CU_ASSERT_EQUAL(pw_team_length(&team), 1); }
 *     PW_TESTS(PW_TEST(test_family_waits_when_team_is_full), PW_TEST(test_head_that_does_not_fit_is_not_overtaken))
 *
 * The program runs all its tests; with names as arguments, those alone; with --list, it names them. It prints CUnit's own summary and,
 * as its very last line, `N passed, N failed` (tests, not assertions). It exits 0 only if at least one test ran and none failed.
 *
 * Tests named in the environment variable PW_SKIP are left out and said to be: `make memcheck` leaves out those that do one thing thousands of times.
 *
 * CUnit is not thread-safe: assert after a parallel region, never inside. */
#ifndef PW_TESTS_HARNESS_H
#define PW_TESTS_HARNESS_H

#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>

typedef struct {
    const char *name;
    void (*run)(void);
} pw_test_t;

/* Runs tests as described above; returns the program's exit code. */
int pw_tests_run(const char *file, const pw_test_t *tests, size_t n_tests, int argc, char **argv);

/* Asserts that two texts are equal and shows both if they are not. */
#define PW_ASSERT_TEXT(actual, expected) pw_test_text((actual), (expected), __LINE__, __FILE__)
void pw_test_text(const char *actual, const char *expected, unsigned line, const char *file);

/* Asserts |actual - expected| <= allowed (nan fails) and shows the numbers if not. */
#define PW_ASSERT_NEAR(actual, expected, allowed) pw_test_near((actual), (expected), (allowed), __LINE__, __FILE__)
void pw_test_near(double actual, double expected, double allowed, unsigned line, const char *file);

#define PW_TEST(function) { #function, function }
#define PW_TESTS(...)                                                                                       \
    int main(int argc, char **argv)                                                                         \
    {                                                                                                       \
        static const pw_test_t tests[] = { __VA_ARGS__ };                                                   \
        return pw_tests_run(__FILE__, tests, sizeof tests / sizeof tests[0], argc, argv);                   \
    }

#endif
