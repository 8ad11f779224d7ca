/* test_farm.c: every unit once, by whatever thread; a stop is obeyed soon; a shard is every n-th unit. */
#include "harness.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../model/experiment/farm.h"

enum { UNITS = 500 };

typedef struct {
    atomic_int times[UNITS], workers, ended;
    int sleep_microseconds;
    int64_t fails_at;                /* -1: none */
    bool no_memory;
    volatile sig_atomic_t asked;
    int64_t asks_at;                 /* the unit in which somebody asks to stop */
} yard_t;

static void *begin(void *context)
{
    yard_t *yard = context;
    atomic_fetch_add(&yard->workers, 1);
    return yard->no_memory ? NULL : yard;
}

static void end(void *context, void *worker)
{
    (void)worker;
    atomic_fetch_add(&((yard_t *)context)->ended, 1);
}

/* Stands for a signal's handler, which ThreadSanitizer does not watch either. */
__attribute__((no_sanitize("thread"), noinline)) static void ask_to_stop(yard_t *yard) { yard->asked = 1; }

static pw_status_t work(void *context, void *worker, int64_t unit, const volatile sig_atomic_t *stop)
{
    yard_t *yard = worker;
    (void)context;
    if (unit == yard->fails_at)
        return PW_ERROR_WRITE;
    if (unit == yard->asks_at)
        ask_to_stop(yard);
    for (int slept = 0; slept < yard->sleep_microseconds; slept += 500) {
        if (*stop)
            return PW_ERROR_STOPPED;
        usleep(500);
    }
    atomic_fetch_add(&yard->times[unit], 1);
    return PW_OK;
}

static yard_t yard;
static pw_shard_source_t shard;

static bool odd_ones_are_there(void *context, int64_t unit)
{
    (void)context;
    return unit % 2 == 1;
}

static pw_farm_t make(int threads)
{
    memset(&yard, 0, sizeof yard);
    yard.fails_at = yard.asks_at = -1;
    shard = (pw_shard_source_t){ .units = UNITS, .blocks = 1, .shards = 1 };
    pw_farm_t farm = { .threads = threads, .context = &yard, .asked = &yard.asked, .begin = begin, .end = end, .work = work };
    pw_shard_source_init(&shard, &farm.source);
    return farm;
}

static int count(int times)
{
    int n = 0;
    for (int i = 0; i < UNITS; i++)
        n += yard.times[i] == times;
    return n;
}

static void test_every_unit_is_done_once_by_any_number_of_threads(void)
{
    for (int threads = 1; threads <= 8; threads *= 2) {
        pw_farm_t farm = make(threads);
        pw_farm_result_t result;
        CU_ASSERT_EQUAL(pw_farm_run(&farm, &result), PW_OK);
        CU_ASSERT_EQUAL(result.done, UNITS);
        CU_ASSERT_EQUAL(count(1), UNITS);
        CU_ASSERT_EQUAL(yard.workers, threads);
        CU_ASSERT_EQUAL(yard.ended, threads);
        CU_ASSERT(!result.stopped);
    }
}

static void test_shards_part_the_units_between_them(void)
{
    int64_t sum = 0;
    pw_farm_t farm = make(2);
    for (int i = 0; i < 7; i++) {
        pw_farm_result_t result;
        shard = (pw_shard_source_t){ .units = UNITS, .blocks = 1, .shard = i, .shards = 7, .skip = odd_ones_are_there };
        pw_shard_source_init(&shard, &farm.source);
        int64_t expected = pw_shard_source_count(&shard);
        CU_ASSERT_EQUAL(pw_farm_run(&farm, &result), PW_OK);
        CU_ASSERT_EQUAL(result.done, expected);
        sum += result.done;
    }
    CU_ASSERT_EQUAL(sum, UNITS / 2);
    CU_ASSERT_EQUAL(count(1), UNITS / 2);
    CU_ASSERT_EQUAL(count(0), UNITS / 2);
}

static void test_points_are_counted_whole(void)
{
    pw_farm_t farm = make(1);
    pw_farm_result_t result;
    shard = (pw_shard_source_t){ .units = UNITS, .blocks = 4, .shards = 1, .most_points = 3 };
    pw_shard_source_init(&shard, &farm.source);
    CU_ASSERT_EQUAL(pw_farm_run(&farm, &result), PW_OK);
    CU_ASSERT_EQUAL(result.done, 12);
    CU_ASSERT(shard.held_back);
    shard = (pw_shard_source_t){ .units = 12, .blocks = 4, .shards = 1, .most_points = 3 };
    pw_shard_source_init(&shard, &farm.source);
    CU_ASSERT_EQUAL(pw_farm_run(&farm, &result), PW_OK);
    CU_ASSERT_EQUAL(result.done, 12);
    CU_ASSERT(!shard.held_back);
}

static void test_who_is_asked_to_stop_stops_within_a_unit(void)
{
    pw_farm_t farm = make(2);
    pw_farm_result_t result;
    yard.sleep_microseconds = 2000;
    yard.asks_at = 10;
    CU_ASSERT_EQUAL(pw_farm_run(&farm, &result), PW_OK);
    CU_ASSERT(result.stopped && !result.out_of_time);
    CU_ASSERT(result.done >= 8 && result.done < UNITS / 2);
    CU_ASSERT_EQUAL(count(1), result.done);
    CU_ASSERT_EQUAL(yard.ended, 2);
}

static void test_time_that_is_up_stops_a_long_unit(void)
{
    pw_farm_t farm = make(2);
    pw_farm_result_t result;
    yard.sleep_microseconds = 30000000;      /* half a minute each */
    farm.max_seconds = 0.1;
    CU_ASSERT_EQUAL(pw_farm_run(&farm, &result), PW_OK);
    CU_ASSERT(result.stopped && result.out_of_time);
    CU_ASSERT_EQUAL(result.done, 0);
    CU_ASSERT(result.seconds < 5.0);
}

static void test_first_error_ends_all(void)
{
    pw_farm_t farm = make(4);
    pw_farm_result_t result;
    yard.sleep_microseconds = 500;
    yard.fails_at = 20;
    CU_ASSERT_EQUAL(pw_farm_run(&farm, &result), PW_ERROR_WRITE);
    CU_ASSERT(result.done < UNITS && !result.stopped);
    farm = make(3);
    yard.no_memory = true;
    CU_ASSERT_EQUAL(pw_farm_run(&farm, &result), PW_ERROR_MEMORY);
    CU_ASSERT_EQUAL(result.done, 0);
}

/* A source that says "later" every other time, is served, and is told of the end. */
typedef struct {
    int64_t at;
    bool said_later, finished, stopped;
    int served;
} far_t;

static pw_unit_answer_t far_next(void *context, int64_t *unit)
{
    far_t *self = context;
    self->said_later = !self->said_later;
    if (self->said_later)
        return PW_UNIT_LATER;
    if (self->at == 30)
        return PW_UNIT_NONE;
    *unit = self->at++;
    return PW_UNIT_GIVEN;
}

static void far_serve(void *context) { ((far_t *)context)->served++; }

static void far_finish(void *context, bool stopped)
{
    far_t *self = context;
    self->finished = true;
    self->stopped = stopped;
}

static void test_source_that_is_far_away_is_asked_again(void)
{
    far_t distant = { 0 };
    pw_farm_t farm = make(2);
    pw_farm_result_t result;
    farm.source = (pw_unit_source_t){ .self = &distant, .next = far_next, .serve = far_serve, .finish = far_finish };
    CU_ASSERT_EQUAL(pw_farm_run(&farm, &result), PW_OK);
    CU_ASSERT_EQUAL(result.done, 30);
    CU_ASSERT(distant.finished && !distant.stopped && distant.served > 0);
}

PW_TESTS(PW_TEST(test_every_unit_is_done_once_by_any_number_of_threads), PW_TEST(test_shards_part_the_units_between_them),
         PW_TEST(test_points_are_counted_whole),
         PW_TEST(test_who_is_asked_to_stop_stops_within_a_unit), PW_TEST(test_time_that_is_up_stops_a_long_unit), PW_TEST(test_first_error_ends_all),
         PW_TEST(test_source_that_is_far_away_is_asked_again))
