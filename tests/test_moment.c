/* When a command began. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../model/base/moment.h"
#include "harness.h"

static void test_a_given_moment_stands_for_the_clock(void)
{
    char moment[PW_MOMENT_ROOM];
    setenv("SOURCE_DATE_EPOCH", "951782400", 1);
    pw_moment_now(moment);
    PW_ASSERT_TEXT(moment, "2000-02-29T00:00:00Z");
    CU_ASSERT(pw_moment_is_given());
    unsetenv("SOURCE_DATE_EPOCH");
    pw_moment_now(moment);
    CU_ASSERT(strcmp(moment, "2024-01-01") > 0 && moment[19] == 'Z');
    CU_ASSERT_FALSE(pw_moment_is_given());
}

static void test_what_is_no_moment_is_not_one(void)
{
    static const char *const wrong[] = { "", "soon", "-1", "1.5", "253402300800", "99999999999999999999" };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        setenv("SOURCE_DATE_EPOCH", wrong[i], 1);
        CU_ASSERT_FALSE(pw_moment_is_given());
    }
    unsetenv("SOURCE_DATE_EPOCH");
}

static void test_the_clock_goes_on_by_what_passes(void)
{
    const struct timespec pause = { .tv_nsec = 20 * 1000000L };
    setenv("SOURCE_DATE_EPOCH", "951782400", 1);
    double from = pw_moment_seconds();
    nanosleep(&pause, NULL);
    double passed = pw_moment_seconds() - from;
    CU_ASSERT(passed >= 0.020 && passed < 20.0);      /* a crowded machine may sleep long */
    unsetenv("SOURCE_DATE_EPOCH");
}

PW_TESTS(PW_TEST(test_the_clock_goes_on_by_what_passes), PW_TEST(test_a_given_moment_stands_for_the_clock), PW_TEST(test_what_is_no_moment_is_not_one))
