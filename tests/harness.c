/* harness.c: see harness.h. */
#include "harness.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pw_test_text(const char *actual, const char *expected, unsigned line, const char *file)
{
    bool same = actual != NULL && expected != NULL && strcmp(actual, expected) == 0;
    if (!same) {
        printf("\n  %s:%u: \"%s\"\n  but expected: \"%s\"\n", file, line, actual ? actual : "(null)", expected ? expected : "(null)");
    }
    CU_assertImplementation(same, line, "texts are equal", file, "", CU_FALSE);
}

void pw_test_near(double actual, double expected, double allowed, unsigned line, const char *file)
{
    bool near = fabs(actual - expected) <= allowed;
    if (!near) printf("\n  %s:%u: %.17g, but expected %.17g within %g\n", file, line, actual, expected, allowed);
    CU_assertImplementation(near, line, "numbers are near", file, "", CU_FALSE);
}

static bool asked_for(const char *name, int argc, char **argv)
{
    if (argc < 2) return true;
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0) return true;
    return false;
}

/* Whether PW_SKIP, names with blanks between, has this one; says so, in a line that tests/run-all.sh shows. */
static bool is_skipped(const char *name)
{
    const char *list = getenv("PW_SKIP"), *at = list;
    size_t n = strlen(name);
    while (list && (at = strstr(at, name))) {
        if ((at == list || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' ')) {
            printf("skipped: %s (PW_SKIP)\n", name);
            return true;
        }
        at += n;
    }
    return false;
}

static int unknown_names(const pw_test_t *tests, size_t n_tests, int argc, char **argv)
{
    int unknown = 0;
    for (int i = 1; i < argc; i++) {
        bool found = false;
        for (size_t k = 0; k < n_tests; k++) found = found || strcmp(argv[i], tests[k].name) == 0;
        if (found) continue;
        fprintf(stderr, "%s: no such test; --list names them all\n", argv[i]);
        unknown++;
    }
    return unknown;
}

/* The module's name: tests/test_team.c -> test_team. */
static void suite_name(const char *file, char *out, size_t room)
{
    const char *slash = strrchr(file, '/');
    snprintf(out, room, "%s", slash ? slash + 1 : file);
    char *dot = strrchr(out, '.');
    if (dot) *dot = '\0';
}

static int run_registered(const char *file, const pw_test_t *tests, size_t n_tests, int argc, char **argv)
{
    char name[128];
    suite_name(file, name, sizeof name);
    CU_pSuite suite = CU_add_suite(name, NULL, NULL);
    if (!suite) return EXIT_FAILURE;
    for (size_t k = 0; k < n_tests; k++)
        if (asked_for(tests[k].name, argc, argv) && !is_skipped(tests[k].name) && !CU_add_test(suite, tests[k].name, tests[k].run)) return EXIT_FAILURE;
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    unsigned run = CU_get_number_of_tests_run(), failed = CU_get_number_of_tests_failed();
    printf("%u passed, %u failed\n", run - failed, failed);
    bool wrote = fflush(stdout) == 0;
    return run > 0 && failed == 0 && wrote ? EXIT_SUCCESS : EXIT_FAILURE;
}

int pw_tests_run(const char *file, const pw_test_t *tests, size_t n_tests, int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        for (size_t k = 0; k < n_tests; k++) puts(tests[k].name);
        return EXIT_SUCCESS;
    }
    if (unknown_names(tests, n_tests, argc, argv) > 0) return 2;
    if (CU_initialize_registry() != CUE_SUCCESS) {
        fprintf(stderr, "%s: %s\n", file, CU_get_error_msg());
        return EXIT_FAILURE;
    }
    int code = run_registered(file, tests, n_tests, argc, argv);
    CU_cleanup_registry();
    return code;
}
