/* Is the winner of the tree the earliest key, always? Against a plain search. */
#include "../model/world/calendar.h"

#include "../model/base/memory.h"
#include "../model/world/family.h"
#include "harness.h"
#include "model_maker.h"

static void test_winner_is_the_smallest_key_after_every_change(void)
{
    static const uint32_t sizes[] = { 1, 2, 3, 7, 64, 1000 };
    pw_calendar_t calendar = { 0 };
    static uint64_t key[1000];
    mk_luck_t luck = { 7 };
    int wrong = 0;
    for (int s = 5; s >= 0; s--) {        /* large first: what is left of it must not show */
        uint32_t n = sizes[s];
        CU_ASSERT_EQUAL_FATAL(pw_calendar_reset(&calendar, n), 0);
        CU_ASSERT_EQUAL(pw_calendar_key(&calendar), PW_CALENDAR_NEVER);
        for (uint32_t k = 0; k < n; k++)
            key[k] = PW_CALENDAR_NEVER;
        for (int step = 0; step < 4000; step++) {
            uint32_t slot = (uint32_t)mk_below(&luck, (int)n);
            key[slot] = mk_below(&luck, 4) == 0 ? PW_CALENDAR_NEVER : pw_key(mk_below(&luck, 50), mk_below(&luck, PW_CLOCKS));
            pw_calendar_set(&calendar, slot, key[slot]);
            uint32_t best = 0;
            for (uint32_t k = 1; k < n; k++)
                best = key[k] < key[best] ? k : best;
            wrong += pw_calendar_key(&calendar) != key[best];
            wrong += key[best] != PW_CALENDAR_NEVER && pw_calendar_name(&calendar) != best;    /* ties: the lower slot */
        }
    }
    CU_ASSERT_EQUAL(wrong, 0);
    pw_calendar_free(&calendar);
}

static void test_latest_lawful_key_keeps_its_time_and_kind_and_slot(void)
{
    pw_calendar_t calendar = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_calendar_reset(&calendar, 5), 0);
    uint64_t key = pw_key(PW_TICKS_NEVER - 1, PW_CLOCKS - 1);
    pw_calendar_set(&calendar, 4, key);
    CU_ASSERT_EQUAL(pw_calendar_key(&calendar), key);
    CU_ASSERT_EQUAL(pw_calendar_name(&calendar), 4);
    pw_calendar_free(&calendar);
}

static void test_calendar_without_memory_says_so_and_can_be_freed(void)
{
    pw_calendar_t calendar = { 0 };
    pw_memory_fail_at(1);
    CU_ASSERT_EQUAL(pw_calendar_reset(&calendar, 10), -1);
    pw_memory_fail_at(0);
    CU_ASSERT_EQUAL(pw_calendar_reset(&calendar, 10), 0);
    pw_calendar_free(&calendar);
    pw_calendar_free(&calendar);
}

PW_TESTS(PW_TEST(test_winner_is_the_smallest_key_after_every_change), PW_TEST(test_latest_lawful_key_keeps_its_time_and_kind_and_slot),
         PW_TEST(test_calendar_without_memory_says_so_and_can_be_freed))
