/* test_merge.c: one table in the order of the design, whoever made the parts; whole or not at all. */
#include "harness.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../model/base/folder_path.h"
#include "../model/base/memory.h"
#include "../model/experiment/gzip.h"
#include "../model/experiment/merge.h"
#include "../model/experiment/parts.h"

enum { POINTS = 23, BLOCKS = 3, UNITS = POINTS * BLOCKS };

static char place[64], path[96];

static void enter(void)
{
    snprintf(place, sizeof place, "/tmp/pathways-merge-XXXXXX");
    CU_ASSERT_FATAL(mkdtemp(place) != NULL);
    snprintf(path, sizeof path, "%s/merged.csv.gz", place);
}

static void leave(void) { CU_ASSERT(pw_folder_path_remove(place)); }

static pw_status_t name_of(void *context, int64_t unit, pw_unit_name_t *out)
{
    (void)context;
    memset(out, 0, sizeof *out);
    memcpy(out->byte, &unit, sizeof unit);
    return PW_OK;
}

static pw_status_t add_inputs(void *context, int64_t point, pw_text_t *to)
{
    (void)context;
    pw_text_printf(to, ",%g", (double)point / 8.0);
    return PW_OK;
}

static const char header[] = "point,replication,scenario,places,incidents";
static const pw_units_t units = { .points = POINTS, .blocks = BLOCKS, .results_version = 1, .columns = 5, .inputs = 1, .name = name_of,
                                  .add_inputs = add_inputs };

static void rows_of(int64_t unit, pw_text_t *to)
{
    for (int r = 0; r < 2; r++)
        pw_text_printf(to, "%ld,%ld,baseline,%g,%ld\n", (long)(unit / BLOCKS), (long)(2 * (unit % BLOCKS) + r), (double)(unit / BLOCKS) / 8.0,
                       (long)(1000 + unit * 7 % 31));
}

/* Adds the units of a shard, backwards: the order in which they come must not matter. */
static void write_shard(int64_t shard, int64_t shards)
{
    pw_part_t part = { 0 };
    pw_unit_name_t name;
    char label[64];
    snprintf(label, sizeof label, "s%ldof%ld", (long)shard, (long)shards);
    CU_ASSERT_EQUAL(pw_part_begin(&part, place, label, "", &units.sweep, 1, header), PW_OK);
    for (int64_t unit = UNITS - 1; unit >= 0; unit--) {
        pw_text_t rows = { 0 };
        if (unit % shards != shard)
            continue;
        rows_of(unit, &rows);
        name_of(NULL, unit, &name);
        CU_ASSERT_EQUAL(pw_part_add(&part, &name, unit / BLOCKS, unit % BLOCKS, pw_text_get(&rows), rows.n, NULL), PW_OK);
        pw_text_free(&rows);
    }
    CU_ASSERT_EQUAL(pw_part_end(&part), PW_OK);
}

static char said[768];

static pw_status_t merge(bool partial)
{
    pw_stock_t stock = { 0 };
    pw_merge_t ask = { .stock = &stock, .header = header, .path = path, .partial = partial };
    pw_status_t status = pw_stock_read(&stock, &units, place, -1, 0);
    if (status == PW_OK)
        status = pw_merge_run(&ask, said);
    pw_stock_free(&stock);
    return status;
}

static pw_status_t add_line(void *text, char *line, size_t n)
{
    pw_text_append_bytes(text, line, n);
    pw_text_append(text, "\n");
    return PW_OK;
}

/* Checks that the table holds the units for which `has` is true. */
static void check_table(bool (*has)(int64_t unit))
{
    pw_text_t expected = { 0 }, actual = { 0 };
    pw_text_printf(&expected, "%s\n", header);
    for (int64_t unit = 0; unit < UNITS; unit++)
        if (!has || has(unit))
            rows_of(unit, &expected);
    CU_ASSERT_EQUAL(pw_gzip_lines(path, add_line, &actual), PW_OK);
    PW_ASSERT_TEXT(pw_text_get(&actual), pw_text_get(&expected));
    pw_text_free(&expected);
    pw_text_free(&actual);
}

static size_t read_bytes(char *out, size_t room)
{
    FILE *file = fopen(path, "rb");
    size_t n = file ? fread(out, 1, room, file) : 0;
    if (file)
        fclose(file);
    return n;
}

static void test_merged_table_is_the_same_bytes_for_any_shards(void)
{
    static const int shards[] = { 1, 2, 7, 69, 100 };
    static char first[20000], again[20000];
    size_t n = 0;
    for (size_t i = 0; i < sizeof shards / sizeof shards[0]; i++) {
        enter();
        for (int s = 0; s < shards[i]; s++)
            write_shard(s, shards[i]);
        CU_ASSERT_EQUAL(merge(false), PW_OK);
        check_table(NULL);
        size_t here = read_bytes(again, sizeof again);
        if (i == 0)
            memcpy(first, again, n = here);
        CU_ASSERT(here == n && n > 100 && memcmp(first, again, n) == 0);
        leave();
    }
}

static bool in_first_shard(int64_t unit) { return unit % 3 == 0; }

static void test_incomplete_sweep_is_not_merged_unless_asked(void)
{
    enter();
    write_shard(0, 3);
    CU_ASSERT_EQUAL(merge(false), PW_INCOMPLETE);
    CU_ASSERT_EQUAL(access(path, F_OK), -1);
    CU_ASSERT_EQUAL(merge(true), PW_OK);
    check_table(in_first_shard);
    leave();
}

static void test_equal_duplicates_are_merged_once_and_unequal_ones_refused(void)
{
    enter();
    write_shard(0, 1);
    write_shard(1, 3);
    CU_ASSERT_EQUAL(merge(false), PW_OK);
    check_table(NULL);
    struct stat before, after;
    stat(path, &before);
    pw_part_t part = { 0 };
    pw_unit_name_t name;
    name_of(NULL, 40, &name);
    CU_ASSERT_EQUAL(pw_part_begin(&part, place, "d", "", &units.sweep, 1, header), PW_OK);
    CU_ASSERT_EQUAL(pw_part_add(&part, &name, 13, 1, "13,2,baseline,1.625,1\n", 22, NULL), PW_OK);
    CU_ASSERT_EQUAL(pw_part_end(&part), PW_OK);
    CU_ASSERT_EQUAL(merge(false), PW_ERROR_MISMATCH);
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "different rows of one and the same unit (point 13, block 1)"));
    stat(path, &after);
    CU_ASSERT_EQUAL(before.st_ino, after.st_ino);      /* the older table stands */
    leave();
}

static int count_files(void)
{
    int n = 0;
    DIR *folder = opendir(place);
    while (folder && readdir(folder))
        n++;
    if (folder)
        closedir(folder);
    return n - 2;
}

static void test_table_that_cannot_be_written_leaves_nothing(void)
{
    enter();
    write_shard(0, 1);
    mkdir(path, 0777);      /* a folder stands where the table should */
    CU_ASSERT_EQUAL(merge(false), PW_ERROR_WRITE);
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "merged.csv.gz cannot be written"));
    CU_ASSERT_EQUAL(count_files(), 2);
    leave();
}

static void test_without_memory_nothing_is_written(void)
{
    enter();
    write_shard(0, 1);
    pw_status_t status = PW_ERROR_MEMORY;
    long at = 1;
    for (; status == PW_ERROR_MEMORY && at < 100; at++) {
        pw_memory_fail_at(at);
        status = merge(false);
        pw_memory_fail_at(0);
        CU_ASSERT_EQUAL(count_files(), status == PW_OK ? 2 : 1);
    }
    CU_ASSERT(status == PW_OK && at > 8);
    leave();
}

/* Lines longer than any buffer, and many of them: the batches that a thread compresses end where they will. */
static void test_long_lines_are_read_as_they_were_written(void)
{
    enter();
    pw_text_t expected = { 0 }, actual = { 0 };
    pw_gzip_t *gzip;
    for (int i = 0; i < 12; i++) {
        pw_text_repeat(&expected, i % 2 ? "x1," : "yz", (size_t)(i * 40000));
        pw_text_append(&expected, "\n");
    }
    CU_ASSERT_EQUAL_FATAL(pw_gzip_begin(&gzip, path), PW_OK);
    for (size_t at = 0; at < expected.n; at += 99991)
        pw_gzip_add(gzip, expected.bytes + at, expected.n - at < 99991 ? expected.n - at : 99991);
    CU_ASSERT_EQUAL(pw_gzip_commit(gzip), PW_OK);
    CU_ASSERT_EQUAL(pw_gzip_lines(path, add_line, &actual), PW_OK);
    CU_ASSERT(actual.n == expected.n && memcmp(actual.bytes, expected.bytes, actual.n) == 0);
    CU_ASSERT_EQUAL(truncate(path, 3000), 0);
    pw_text_clear(&actual);
    CU_ASSERT_EQUAL(pw_gzip_lines(path, add_line, &actual), PW_ERROR_READ);
    CU_ASSERT_EQUAL(pw_gzip_lines("/nowhere.gz", add_line, &actual), PW_ERROR_READ);
    pw_text_free(&expected);
    pw_text_free(&actual);
    leave();
}

PW_TESTS(PW_TEST(test_merged_table_is_the_same_bytes_for_any_shards), PW_TEST(test_incomplete_sweep_is_not_merged_unless_asked),
         PW_TEST(test_equal_duplicates_are_merged_once_and_unequal_ones_refused), PW_TEST(test_table_that_cannot_be_written_leaves_nothing),
         PW_TEST(test_without_memory_nothing_is_written), PW_TEST(test_long_lines_are_read_as_they_were_written))
