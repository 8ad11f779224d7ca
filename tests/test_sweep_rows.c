/* test_sweep_rows.c: rows are read back as they were written; a sweep's identity is of what its rows depend on; states are counted right. */
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/base/folder_path.h"
#include "../model/base/memory.h"
#include "../model/experiment/sweep_rows.h"
#include "../model/experiment/sweep_state.h"

static char place[64], design[96];

static void enter(const char *text)
{
    snprintf(place, sizeof place, "/tmp/pathways-rows-XXXXXX");
    CU_ASSERT_FATAL(mkdtemp(place) != NULL);
    snprintf(design, sizeof design, "%s/design.csv", place);
    FILE *file = fopen(design, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(text, file);
    fclose(file);
}

static void leave(void) { CU_ASSERT(pw_folder_path_remove(place)); }

static void open_sweep(pw_sweep_t *sweep, const int64_t *stages, int n_stages, int64_t seed)
{
    pw_findings_t findings = { 0 };
    static const char *const measures[] = { "repeat_notifications", "served" };
    pw_sweep_request_t request = { .design = design, .baseline = "bench/toy.cfg", .measures = measures, .n_measures = 2, .block = 2,
                                   .seed = seed, .stages = stages, .n_stages = n_stages };
    memset(sweep, 0, sizeof *sweep);
    CU_ASSERT_EQUAL_FATAL(pw_sweep_open(sweep, &request, &findings), PW_OK);
    pw_findings_free(&findings);
}

static const int64_t five[] = { 5 }, grown[] = { 5, 6, 9 };
static const char points[] = "incidents.per_year,police.notifies.percent\n1.1,100\n2.385,50\n";

static void test_row_is_read_back_as_it_was_written(void)
{
    enter(points);
    pw_sweep_t sweep;
    open_sweep(&sweep, five, 1, -1);
    pw_text_t header = { 0 }, rows = { 0 };
    pw_sweep_rows_header(&sweep, &header);
    PW_ASSERT_TEXT(pw_text_get(&header), "point,replication,scenario,incidents.per_year,police.notifies.percent,repeat_notifications,served");
    double value[] = { 0.1 + 0.2, NAN, -1e-300, INFINITY }, input[] = { 2.385, 50.0 }, back[2];
    pw_sweep_row_t row[] = { { .replication = 2, .scenario = 0, .measure = value }, { .replication = 3, .scenario = 0, .measure = value + 2 } };
    pw_sweep_worker_t worker = { .sweep = &sweep, .n_rows = 2, .row = row, .input = input };
    pw_unit_t unit = pw_sweep_unit(&sweep, 4);
    CU_ASSERT(unit.point == 1 && unit.first == 2 && unit.n == 2);
    pw_sweep_rows_text(&worker, &unit, &rows);
    PW_ASSERT_TEXT(pw_text_get(&rows), "1,2,baseline,2.385,50,0.30000000000000004,\n1,3,baseline,2.385,50,-1e-300,inf\n");
    const char *at = pw_text_get(&rows), *end = at + rows.n;
    int64_t point, replication;
    int scenario;
    CU_ASSERT(pw_sweep_rows_read(&sweep, &at, end, &point, &replication, &scenario, back));
    CU_ASSERT(point == 1 && replication == 2 && scenario == 0 && back[0] == value[0] && isnan(back[1]));
    CU_ASSERT(pw_sweep_rows_read(&sweep, &at, end, &point, &replication, &scenario, back));
    CU_ASSERT(replication == 3 && back[0] == -1e-300 && isinf(back[1]) && at == end);
    pw_text_free(&header);
    pw_text_free(&rows);
    pw_sweep_free(&sweep);
    leave();
}

static void test_rows_of_another_kind_are_not_read(void)
{
    static const char *const wrong[] = { "1,2,baseline,2.385,50,1\n", "1,2,baseline,2.385,50,1,2,3\n", "1,2,nobody,2.385,50,1,2\n",
                                         "1,2\n", "x,2,baseline,2.385,50,1,2\n",
                                         "1,2,baseline,2.385,50,1,two\n", "1,2,baseline,2.385,50,1,2", "\n" };
    enter(points);
    pw_sweep_t sweep;
    open_sweep(&sweep, five, 1, -1);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *at = wrong[i];
        double back[2];
        int64_t point, replication;
        int scenario;
        CU_ASSERT(!pw_sweep_rows_read(&sweep, &at, wrong[i] + strlen(wrong[i]), &point, &replication, &scenario, back));
    }
    pw_sweep_free(&sweep);
    leave();
}

/* 5, then 6, then 9 replications in blocks of 2: [0 2) [2 4) [4 5), [5 6), [6 8) [8 9): the first blocks are what they were. */
static void test_stages_leave_earlier_blocks_as_they_were(void)
{
    static const int64_t first[] = { 0, 2, 4, 5, 6, 8 }, n[] = { 2, 2, 1, 1, 2, 1 };
    enter(points);
    pw_sweep_t small, large;
    open_sweep(&small, five, 1, -1);
    open_sweep(&large, grown, 3, -1);
    CU_ASSERT_EQUAL(pw_sweep_blocks(&small), 3);
    CU_ASSERT_EQUAL_FATAL(pw_sweep_blocks(&large), 6);
    CU_ASSERT_EQUAL(large.replications, 9);
    for (int64_t k = 0; k < 12; k++) {
        pw_unit_t unit = pw_sweep_unit(&large, k);
        CU_ASSERT(unit.point == k / 6 && unit.first == first[k % 6] && unit.n == n[k % 6]);
        pw_unit_name_t a, b;
        CU_ASSERT_EQUAL(pw_sweep_unit_key(&large, k, &a), PW_OK);
        if (k % 6 < 3) {
            CU_ASSERT_EQUAL(pw_sweep_unit_key(&small, k / 6 * 3 + k % 6, &b), PW_OK);
            CU_ASSERT(pw_unit_name_same(&a, &b));
        }
    }
    pw_sweep_free(&small);
    pw_sweep_free(&large);
    leave();
}

static pw_unit_name_t identity_of(const char *text, const int64_t *stages, int n_stages, int64_t seed)
{
    pw_unit_name_t identity;
    pw_sweep_t sweep;
    enter(text);
    open_sweep(&sweep, stages, n_stages, seed);
    CU_ASSERT_EQUAL(pw_sweep_identity(&sweep, &identity), PW_OK);
    pw_sweep_free(&sweep);
    leave();
    return identity;
}

static void test_identity_is_of_what_rows_depend_on(void)
{
    pw_unit_name_t same = identity_of(points, five, 1, 1);
    /* other words for the same numbers */
    pw_unit_name_t again = identity_of("incidents.per_year,police.notifies.percent\n1.10,1e2\n2.385,50.0\n", five, 1, 1);
    CU_ASSERT(pw_unit_name_same(&same, &again));
    pw_unit_name_t other[] = { identity_of(points, five, 1, 2), identity_of(points, grown, 3, 1),
                               identity_of("incidents.per_year,police.notifies.percent\n1.1,100\n2.386,50\n", five, 1, 1),
                               identity_of("incidents.per_year,police.notifies.percent\n2.385,50\n1.1,100\n", five, 1, 1),
                               identity_of("police.notifies.percent,incidents.per_year\n100,1.1\n50,2.385\n", five, 1, 1) };
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        CU_ASSERT(!pw_unit_name_same(&same, &other[i]));
}

/* ---- state: units there, failed, missing, by hand ---- */

static void test_state_counts_points_and_names_shards(void)
{
    static const pw_units_t units = { .points = 10, .blocks = 2 };
    uint64_t there[20] = { 0 };
    pw_stock_entry_t failed[] = { { .unit = 6 }, { .unit = 7 }, { .unit = 19 } };
    char name[3][32] = { "s1of5-host-1.csv.gz", "s0of5-host-2.csv.gz", "s0of2-host-3.csv.gz" };
    char *names[] = { name[0], name[1], name[2], NULL };
    pw_stock_t stock = { .units = &units, .place = there, .failed = failed, .n_failed = 3, .part = names, .n_parts = 3 };
    for (int unit = 0; unit < 20; unit++)
        if (unit != 6 && unit != 7 && unit != 19 && unit != 3 && unit != 10 && unit != 14) {      /* 3, 10, 14 are missing: shards 3, 0, 4 of 5 */
            there[unit] = 1;
            stock.done++;
        }
    pw_sweep_state_t state;
    CU_ASSERT_EQUAL(pw_sweep_state(&state, &stock, 0), PW_OK);
    CU_ASSERT_EQUAL(state.shards, 5);
    CU_ASSERT_EQUAL(state.missing, 3);
    CU_ASSERT_EQUAL(state.whole, 5);
    CU_ASSERT_EQUAL(state.failed_units, 3);
    CU_ASSERT_EQUAL(state.failed_points, 2);
    CU_ASSERT_EQUAL(state.shards_done, 2);
    PW_ASSERT_TEXT(state.again, "0,3,4");
    pw_sweep_state_free(&state);
    CU_ASSERT_EQUAL(pw_sweep_state(&state, &stock, 16), PW_OK);
    PW_ASSERT_TEXT(state.again, "3,10,14");
    pw_sweep_state_free(&state);
    there[11] = there[12] = there[13] = 0;
    CU_ASSERT_EQUAL(pw_sweep_state(&state, &stock, 16), PW_OK);
    PW_ASSERT_TEXT(state.again, "3,10-14");
    pw_sweep_state_free(&state);
    pw_memory_fail_at(1);
    CU_ASSERT_EQUAL(pw_sweep_state(&state, &stock, 0), PW_ERROR_MEMORY);
    pw_memory_fail_at(0);
    pw_sweep_state_free(&state);
}

PW_TESTS(PW_TEST(test_row_is_read_back_as_it_was_written), PW_TEST(test_rows_of_another_kind_are_not_read),
         PW_TEST(test_stages_leave_earlier_blocks_as_they_were),
         PW_TEST(test_identity_is_of_what_rows_depend_on), PW_TEST(test_state_counts_points_and_names_shards))
