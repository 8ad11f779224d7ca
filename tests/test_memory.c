/* test_memory.c: allocations can be counted and made to fail; sizes that overflow are refused. */
#include "harness.h"

#include <stdint.h>
#include <string.h>

#include "../model/base/memory.h"

static void test_allocations_arrive_zeroed(void)
{
    unsigned char *p = pw_alloc(37, 3), *q = pw_aligned(37, 3);
    CU_ASSERT_FATAL(p != NULL && q != NULL);
    for (int i = 0; i < 111; i++) CU_ASSERT(p[i] == 0 && q[i] == 0);
    pw_free(p);
    pw_free(q);
}

static void test_nothing_asked_for_is_not_null(void)
{
    void *p = pw_alloc(0, 8), *q = pw_aligned(0, 0), *r = pw_realloc(NULL, 0, 4);
    CU_ASSERT(p != NULL && q != NULL && r != NULL);
    pw_free(p);
    pw_free(q);
    pw_free(r);
    pw_free(NULL);
}

static void test_aligned_memory_starts_on_a_cache_line(void)
{
    for (size_t n = 1; n < 300; n += 7) {
        void *p = pw_aligned(n, 1);
        CU_ASSERT_EQUAL((uintptr_t)p % 64, 0);
        pw_free(p);
    }
}

static void test_what_is_held_is_counted_until_it_is_freed(void)
{
    long long before = pw_memory_held();
    char *p = pw_alloc(1000, 3);
    void *q = pw_aligned(100, 10);
    CU_ASSERT(pw_memory_held() - before >= 4000 && pw_memory_held() - before < 4200);
    p = pw_realloc(p, 50000, 1);
    CU_ASSERT(pw_memory_held() - before >= 51000 && pw_memory_held() - before < 56000);
    pw_free(p);
    pw_free(q);
    CU_ASSERT_EQUAL(pw_memory_held(), before);
}

static void test_sizes_that_overflow_are_refused(void)
{
    CU_ASSERT_PTR_NULL(pw_alloc(SIZE_MAX / 2, 3));
    CU_ASSERT_PTR_NULL(pw_realloc(NULL, SIZE_MAX, 2));
    CU_ASSERT_PTR_NULL(pw_aligned(SIZE_MAX, SIZE_MAX));
    CU_ASSERT_PTR_NULL(pw_aligned(PTRDIFF_MAX, 1));
}

static void test_grown_memory_keeps_what_was_in_it(void)
{
    char *p = pw_alloc(5, 1);
    CU_ASSERT_FATAL(p != NULL);
    memcpy(p, "2.385", 5);
    p = pw_realloc(p, 1000, 10);
    CU_ASSERT_FATAL(p != NULL);
    CU_ASSERT_EQUAL(memcmp(p, "2.385", 5), 0);
    pw_free(p);
}

static void test_copies_of_texts_end_where_asked(void)
{
    char *whole = pw_strdup("supervised contact"), *part = pw_strndup("supervised contact", 10), *longer = pw_strndup("abc", 10);
    PW_ASSERT_TEXT(whole, "supervised contact");
    PW_ASSERT_TEXT(part, "supervised");
    PW_ASSERT_TEXT(longer, "abc");
    pw_free(whole);
    pw_free(part);
    pw_free(longer);
}

static void test_nth_call_fails_and_all_after_it_until_switched_off(void)
{
    pw_memory_fail_at(3);
    void *first = pw_alloc(1, 1);
    char *second = pw_strdup("x");
    CU_ASSERT(first != NULL && second != NULL);
    CU_ASSERT_PTR_NULL(pw_aligned(1, 1));
    CU_ASSERT_PTR_NULL(pw_realloc(NULL, 1, 1));
    CU_ASSERT_EQUAL(pw_memory_fail_at(0), 4);
    void *after = pw_alloc(1, 1);
    CU_ASSERT(after != NULL);
    CU_ASSERT_EQUAL(pw_memory_fail_at(0), 1);
    pw_free(first);
    pw_free(second);
    pw_free(after);
}

static void test_failed_realloc_leaves_the_old_memory(void)
{
    char *p = pw_strdup("still here");
    pw_memory_fail_at(1);
    CU_ASSERT_PTR_NULL(pw_realloc(p, 100, 1));
    pw_memory_fail_at(0);
    PW_ASSERT_TEXT(p, "still here");
    pw_free(p);
}

PW_TESTS(PW_TEST(test_allocations_arrive_zeroed), PW_TEST(test_nothing_asked_for_is_not_null), PW_TEST(test_aligned_memory_starts_on_a_cache_line),
         PW_TEST(test_what_is_held_is_counted_until_it_is_freed), PW_TEST(test_sizes_that_overflow_are_refused),
         PW_TEST(test_grown_memory_keeps_what_was_in_it), PW_TEST(test_copies_of_texts_end_where_asked),
         PW_TEST(test_nth_call_fails_and_all_after_it_until_switched_off), PW_TEST(test_failed_realloc_leaves_the_old_memory))
