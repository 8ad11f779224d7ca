/* test_processors.c: a process that may use one processor is told so. */
#include "harness.h"

#include <sched.h>

#include "../model/base/processors.h"

static void test_process_is_told_what_it_may_use(void)
{
    cpu_set_t before, one;
    CU_ASSERT_FATAL(sched_getaffinity(0, sizeof before, &before) == 0);
    CU_ASSERT_EQUAL(pw_processors(), CPU_COUNT(&before));
    size_t first = 0;
    while (!CPU_ISSET(first, &before)) first++;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    CU_ASSERT_EQUAL(sched_setaffinity(0, sizeof one, &one), 0);
    CU_ASSERT_EQUAL(pw_processors(), 1);
    sched_setaffinity(0, sizeof before, &before);
}

PW_TESTS(PW_TEST(test_process_is_told_what_it_may_use))
