/* test_version.c: the program can say which one it is. */
#include "harness.h"

#include <stdbool.h>
#include <string.h>

#include "../model/base/version.h"

static void test_commit_is_a_hash_or_unknown(void)
{
    const char *commit = pw_version_commit();
    bool hash = strspn(commit, "0123456789abcdef") >= 7;
    CU_ASSERT(hash || strcmp(commit, "unknown") == 0);
}

static void test_compiler_has_a_name_and_a_number(void)
{
    CU_ASSERT(strncmp(pw_version_compiler(), "gcc ", 4) == 0 || strncmp(pw_version_compiler(), "clang ", 6) == 0);
    CU_ASSERT_PTR_NOT_NULL(strpbrk(pw_version_compiler(), "123456789"));
}

PW_TESTS(PW_TEST(test_commit_is_a_hash_or_unknown), PW_TEST(test_compiler_has_a_name_and_a_number))
