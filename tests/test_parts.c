/* test_parts.c: what is in a part is whole or is not there, whoever was killed, whatever was cut off. */
#include "harness.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../model/base/digest.h"
#include "../model/base/folder_path.h"
#include "../model/base/memory.h"
#include "../model/experiment/stock.h"

static char place[64];

static void enter(void)
{
    snprintf(place, sizeof place, "/tmp/pathways-parts-XXXXXX");
    CU_ASSERT_FATAL(mkdtemp(place) != NULL);
}

static void leave(void) { CU_ASSERT(pw_folder_path_remove(place)); }

/* A unit's name here: letters, so that tests can read them. */
static pw_unit_name_t name_of(const char *text)
{
    pw_unit_name_t name = { 0 };
    memcpy(name.byte, text, strnlen(text, sizeof name.byte));
    return name;
}

/* ---- a toy sweep: point p has input 10 p + shift, block b measures p + b / 8; the name is of the input, not of the point's number ---- */

typedef struct {
    int shift;
} toy_t;

static pw_status_t toy_name(void *context, int64_t unit, pw_unit_name_t *out)
{
    const toy_t *toy = context;
    char text[32];
    snprintf(text, sizeof text, "in%ld.%ld", (long)(10 * (unit / 2) + toy->shift), (long)(unit % 2));
    *out = name_of(text);
    return PW_OK;
}

static pw_status_t toy_inputs(void *context, int64_t point, pw_text_t *to)
{
    pw_text_printf(to, ",%ld", (long)(10 * point + ((const toy_t *)context)->shift));
    return PW_OK;
}

static toy_t toy_plain = { 0 }, toy_shifted = { 10 };
static const char toy_header[] = "point,replication,scenario,places,incidents";

static pw_units_t toy_units(toy_t *toy, int64_t points, const char *sweep)
{
    return (pw_units_t){ .points = points, .blocks = 2, .sweep = name_of(sweep), .results_version = 3, .columns = 5, .inputs = 1, .name = toy_name,
                         .add_inputs = toy_inputs, .context = toy };
}

/* The rows of a unit as the serial run has them. */
static const char *toy_rows(const pw_units_t *units, int64_t unit)
{
    static char rows[128];
    long point = (long)(unit / 2), block = (long)(unit % 2), input = 10 * point + ((toy_t *)units->context)->shift;
    snprintf(rows, sizeof rows, "%ld,%ld,baseline,%ld,%ld\n%ld,%ld,\"more, please\",%ld,%ld\n", point, block, input, input + 3 * block, point, block, input,
             input - block);
    return rows;
}

static pw_status_t add_unit(pw_part_t *part, const pw_units_t *units, int64_t unit)
{
    pw_unit_name_t name;
    units->name(units->context, unit, &name);
    const char *rows = toy_rows(units, unit);
    return pw_part_add(part, &name, unit / 2, unit % 2, rows, strlen(rows), NULL);
}

static void begin_part(pw_part_t *part, const pw_units_t *units, const char *label)
{
    *part = (pw_part_t){ 0 };
    CU_ASSERT_EQUAL(pw_part_begin(part, place, label, "", &units->sweep, units->results_version, toy_header), PW_OK);
}

/* Writes units first, first + step ... into a part of their own; its path in `path`. */
static void write_part(const pw_units_t *units, const char *label, int64_t first, int64_t step, char path[192])
{
    pw_part_t part;
    begin_part(&part, units, label);
    for (int64_t unit = first; unit < 2 * units->points; unit += step)
        CU_ASSERT_EQUAL(add_unit(&part, units, unit), PW_OK);
    if (path)
        snprintf(path, 192, "%s", part.name ? part.name : "");
    CU_ASSERT_EQUAL(pw_part_end(&part), PW_OK);
}

static void check_all_there(const pw_units_t *units)
{
    pw_stock_t stock = { 0 };
    pw_stock_fetch_t fetch = { 0 };
    pw_text_t rows = { 0 };
    int64_t part;
    CU_ASSERT_EQUAL_FATAL(pw_stock_read(&stock, units, place, -1, 0), PW_OK);
    CU_ASSERT_EQUAL(pw_stock_missing(&stock), 0);
    CU_ASSERT_EQUAL(pw_stock_fetch_init(&fetch, &stock), PW_OK);
    for (int64_t unit = 0; unit < 2 * units->points; unit++) {
        CU_ASSERT_EQUAL(pw_stock_fetch(&fetch, unit, &rows, &part), PW_OK);
        PW_ASSERT_TEXT(pw_text_get(&rows), toy_rows(units, unit));
    }
    pw_text_free(&rows);
    pw_stock_fetch_free(&fetch);
    pw_stock_free(&stock);
}

/* ---- tests ---- */

static void test_part_is_a_gzip_file_of_header_and_rows(void)
{
    enter();
    pw_units_t units = toy_units(&toy_plain, 2, "sweep");
    char path[192], command[256], text[1024] = "";
    write_part(&units, "s0of1", 0, 1, path);
    CU_ASSERT_PTR_NOT_NULL(strstr(path, "/parts/s0of1-"));
    snprintf(command, sizeof command, "gzip -dc %s", path);
    FILE *from = popen(command, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(from);
    size_t n = fread(text, 1, sizeof text - 1, from);
    text[n] = '\0';
    CU_ASSERT_EQUAL(pclose(from), 0);
    PW_ASSERT_TEXT(text, "point,replication,scenario,places,incidents\n0,0,baseline,0,0\n0,0,\"more, please\",0,0\n0,1,baseline,0,3\n"
                   "0,1,\"more, please\",0,-1\n"
                         "1,0,baseline,10,10\n1,0,\"more, please\",10,10\n1,1,baseline,10,13\n1,1,\"more, please\",10,9\n");
    leave();
}

static void test_nothing_to_do_leaves_no_file(void)
{
    enter();
    pw_units_t units = toy_units(&toy_plain, 0, "sweep");
    write_part(&units, "s0of1", 0, 1, NULL);
    char **names;
    int64_t n;
    CU_ASSERT_EQUAL(pw_part_names(place, &names, &n), PW_OK);
    CU_ASSERT_EQUAL(n, 0);
    pw_part_names_free(names);
    leave();
}

static void test_two_processes_of_one_name_write_two_files(void)
{
    enter();
    pw_units_t units = toy_units(&toy_plain, 3, "sweep");
    char first[192], second[192];
    write_part(&units, "s0of2", 0, 2, first);
    write_part(&units, "s0of2", 1, 2, second);
    CU_ASSERT_STRING_NOT_EQUAL(first, second);
    check_all_there(&units);
    leave();
}

static void test_part_cut_anywhere_loses_its_last_record_alone(void)
{
    enter();
    pw_units_t units = toy_units(&toy_plain, 3, "sweep");
    char path[192];
    write_part(&units, "s0of1", 0, 1, path);
    struct stat about;
    stat(path, &about);
    int64_t before = 6;
    for (long size = (long)about.st_size; size >= 0; size--) {
        pw_stock_t stock = { 0 };
        CU_ASSERT_EQUAL(truncate(path, size), 0);
        CU_ASSERT_EQUAL(pw_stock_read(&stock, &units, place, -1, 0), PW_OK);
        CU_ASSERT(stock.done == before || stock.done == before - 1);
        CU_ASSERT_EQUAL(stock.damaged, stock.torn);
        before = stock.done;
        for (int64_t unit = 0; unit < 6; unit++)
            CU_ASSERT_EQUAL(pw_stock_has(&stock, unit), unit < stock.done);
        pw_stock_free(&stock);
    }
    CU_ASSERT_EQUAL(before, 0);
    leave();
}

static void flip(const char *path, long at)
{
    int file = open(path, O_RDWR);
    unsigned char byte = 0;
    CU_ASSERT_EQUAL(pread(file, &byte, 1, at), 1);
    byte ^= 0x20;
    CU_ASSERT_EQUAL(pwrite(file, &byte, 1, at), 1);
    close(file);
}

/* Any one bit that turns over costs the record that it is in, or all of a part whose head it is in; the others are found again behind it. */
static void test_one_turned_bit_costs_one_record(void)
{
    enter();
    pw_units_t units = toy_units(&toy_plain, 3, "sweep");
    char path[192];
    write_part(&units, "s0of1", 0, 1, path);
    struct stat about;
    stat(path, &about);
    int lost[7] = { 0 };
    for (long at = 0; at < (long)about.st_size; at++) {
        pw_stock_t stock = { 0 };
        flip(path, at);
        CU_ASSERT_EQUAL(pw_stock_read(&stock, &units, place, -1, 0), PW_OK);
        CU_ASSERT(stock.done == 5 || stock.done == 0);
        CU_ASSERT(stock.damaged > 0);
        lost[stock.done]++;
        pw_stock_free(&stock);
        flip(path, at);
    }
    CU_ASSERT(lost[5] > 5 * (int)PW_MEMBER_LEAST_BYTES && lost[0] > (int)PW_MEMBER_LEAST_BYTES);
    check_all_there(&units);
    leave();
}

static void test_failed_unit_keeps_its_reason_until_it_is_done(void)
{
    enter();
    pw_units_t units = toy_units(&toy_plain, 2, "sweep");
    pw_part_t part;
    pw_unit_name_t name;
    begin_part(&part, &units, "s0of1");
    for (int64_t unit = 1; unit < 4; unit++) {
        units.name(units.context, unit, &name);
        CU_ASSERT_EQUAL(pw_part_add(&part, &name, unit / 2, unit % 2, NULL, 0, "teams.duty.places is −1"), PW_OK);
    }
    CU_ASSERT_EQUAL(add_unit(&part, &units, 0), PW_OK);
    CU_ASSERT_EQUAL(add_unit(&part, &units, 2), PW_OK);
    CU_ASSERT_EQUAL(pw_part_end(&part), PW_OK);
    pw_stock_t stock = { 0 };
    CU_ASSERT_EQUAL(pw_stock_read(&stock, &units, place, -1, 0), PW_OK);
    CU_ASSERT_EQUAL(stock.done, 2);
    CU_ASSERT_EQUAL(pw_stock_missing(&stock), 2);
    CU_ASSERT_EQUAL_FATAL(stock.n_failed, 2);
    CU_ASSERT_EQUAL(stock.failed[0].unit, 1);
    CU_ASSERT_EQUAL(stock.failed[1].unit, 3);
    PW_ASSERT_TEXT(stock.failed[1].reason, "teams.duty.places is −1");
    pw_stock_free(&stock);
    leave();
}

static void test_long_reason_is_cut_between_letters(void)
{
    pw_member_maker_t maker = { 0 };
    pw_member_t about = { .kind = PW_MEMBER_FAILED }, read;
    pw_text_t bytes = { 0 }, reason = { 0 };
    pw_text_repeat(&reason, "£", PW_LONGEST_REASON);
    CU_ASSERT_EQUAL(pw_member_maker_init(&maker), PW_OK);
    CU_ASSERT_EQUAL(pw_member_make(&maker, &about, "", 0, pw_text_get(&reason), &bytes), PW_OK);
    CU_ASSERT_FATAL(pw_member_head((const unsigned char *)bytes.bytes, &read));
    const char *kept = pw_member_reason((const unsigned char *)bytes.bytes, &read);
    CU_ASSERT_EQUAL(strlen(kept), PW_LONGEST_REASON);
    CU_ASSERT(pw_text_is_utf8(kept, strlen(kept)));
    pw_text_free(&reason);
    pw_text_free(&bytes);
    pw_member_maker_free(&maker);
}

/* Another sweep, whose points have other numbers, made some of ours: found by name, and its rows get our point. */
static void test_what_another_sweep_did_is_reused_under_our_numbers(void)
{
    enter();
    pw_units_t ours = toy_units(&toy_plain, 5, "ours"), theirs = toy_units(&toy_shifted, 3, "theirs");
    write_part(&theirs, "s0of1", 0, 1, NULL);      /* their points 0, 1, 2 are our 1, 2, 3 */
    pw_stock_t stock = { 0 };
    CU_ASSERT_EQUAL(pw_stock_read(&stock, &ours, place, -1, 0), PW_OK);
    CU_ASSERT_EQUAL(stock.done, 6);
    CU_ASSERT_EQUAL(stock.strangers, 0);
    CU_ASSERT(!pw_stock_has(&stock, 0) && pw_stock_has(&stock, 2) && pw_stock_has(&stock, 7) && !pw_stock_has(&stock, 8));
    pw_stock_free(&stock);
    write_part(&ours, "s0of1", 0, 1, NULL);        /* ... and all of them once more: equal duplicates */
    check_all_there(&ours);
    pw_units_t fewer = toy_units(&toy_plain, 2, "fewer");
    CU_ASSERT_EQUAL(pw_stock_read(&stock, &fewer, place, -1, 0), PW_OK);
    CU_ASSERT_EQUAL(stock.done, 4);
    CU_ASSERT_EQUAL(stock.n_again, 2);
    CU_ASSERT_EQUAL(stock.strangers, 10);
    pw_stock_free(&stock);
    leave();
}

static void test_unequal_duplicates_are_a_mismatch_that_names_both_files(void)
{
    enter();
    pw_units_t units = toy_units(&toy_plain, 2, "sweep");
    write_part(&units, "s0of1", 0, 1, NULL);
    pw_part_t part;
    pw_unit_name_t name;
    begin_part(&part, &units, "s7of9");
    units.name(units.context, 3, &name);
    CU_ASSERT_EQUAL(pw_part_add(&part, &name, 1, 1, "1,1,baseline,10,14\n", 19, NULL), PW_OK);
    CU_ASSERT_EQUAL(pw_part_end(&part), PW_OK);
    pw_stock_t stock = { 0 };
    pw_stock_fetch_t fetch = { 0 };
    pw_text_t rows = { 0 };
    int64_t from;
    CU_ASSERT_EQUAL(pw_stock_read(&stock, &units, place, -1, 0), PW_OK);
    CU_ASSERT_EQUAL(pw_stock_fetch_init(&fetch, &stock), PW_OK);
    CU_ASSERT_EQUAL(pw_stock_fetch(&fetch, 2, &rows, &from), PW_OK);
    CU_ASSERT_EQUAL(pw_stock_fetch(&fetch, 3, &rows, &from), PW_ERROR_MISMATCH);
    CU_ASSERT(strstr(fetch.message, "s0of1-") && strstr(fetch.message, "s7of9-") && strstr(fetch.message, "point 1, block 1"));
    pw_text_free(&rows);
    pw_stock_fetch_free(&fetch);
    pw_stock_free(&stock);
    leave();
}

static void test_part_of_another_version_is_refused_by_name(void)
{
    enter();
    pw_units_t units = toy_units(&toy_plain, 2, "sweep"), next = units;
    write_part(&units, "s0of1", 0, 1, NULL);
    next.results_version = 4;
    pw_stock_t stock = { 0 };
    CU_ASSERT_EQUAL(pw_stock_read(&stock, &next, place, -1, 0), PW_ERROR_MISMATCH);
    CU_ASSERT(strstr(stock.message, "s0of1-") && strstr(stock.message, "version 3 of the results, this one has version 4"));
    pw_stock_free(&stock);
    leave();
}

static void test_shard_leaves_parts_of_its_sister_shards_unread(void)
{
    enter();
    pw_units_t units = toy_units(&toy_plain, 4, "sweep");
    write_part(&units, "s0of4", 0, 4, NULL);
    write_part(&units, "s1of4", 1, 4, NULL);
    write_part(&units, "s1of2", 3, 4, NULL);
    write_part(&units, "d", 2, 8, NULL);
    pw_stock_t stock = { 0 };
    CU_ASSERT_EQUAL(pw_stock_read(&stock, &units, place, 1, 4), PW_OK);
    CU_ASSERT_EQUAL(stock.n_parts, 4);
    CU_ASSERT_EQUAL(stock.parts_read, 3);
    CU_ASSERT(!pw_stock_has(&stock, 0) && pw_stock_has(&stock, 1) && pw_stock_has(&stock, 2) && pw_stock_has(&stock, 3));
    pw_stock_free(&stock);
    int64_t shard, shards;
    CU_ASSERT(pw_part_shard("s12of345-host-9.csv.gz", &shard, &shards) && shard == 12 && shards == 345);
    CU_ASSERT(!pw_part_shard("d-host-9.csv.gz", &shard, &shards) && !pw_part_shard("s1-x.csv.gz", &shard, &shards) && !pw_part_shard("sof-x", &shard, &shards));
    leave();
}

/* The 1st, 2nd, 3rd ... step fails as on a full disk: the part holds what was added before, whole, and a sentence names it. */
static void test_full_disk_leaves_whole_records(void)
{
    bool failed = true;
    pw_units_t units = toy_units(&toy_plain, 3, "sweep");
    int steps = 0;
    for (long at = 1; failed && at < 100; at++, steps++) {
        enter();
        pw_part_t part;
        begin_part(&part, &units, "s0of1");
        pw_part_fail_at(at);
        int64_t unit = 0;
        while (unit < 6 && add_unit(&part, &units, unit) == PW_OK)
            unit++;
        pw_part_fail_at(0);
        failed = unit < 6;
        if (failed) {
            CU_ASSERT_EQUAL(add_unit(&part, &units, unit), PW_ERROR_WRITE);      /* it stays so */
            CU_ASSERT(strstr(part.message, place) && strstr(part.message, "cannot be written: No space left on device"));
        }
        CU_ASSERT_EQUAL(pw_part_end(&part), failed ? PW_ERROR_WRITE : PW_OK);
        pw_stock_t stock = { 0 };
        CU_ASSERT_EQUAL(pw_stock_read(&stock, &units, place, -1, 0), PW_OK);
        CU_ASSERT_EQUAL(stock.done, unit);
        CU_ASSERT_EQUAL(stock.damaged, 0);
        CU_ASSERT_EQUAL(stock.n_parts, unit > 0);
        pw_stock_free(&stock);
        leave();
    }
    CU_ASSERT(!failed && steps > 12);      /* create; six times write and flush */
}

static void test_folder_that_cannot_be_written_is_said_before_any_work(void)
{
    enter();
    pw_unit_name_t sweep = name_of("sweep");
    pw_part_t part = { 0 };
    char file[128];
    snprintf(file, sizeof file, "%s/parts", place);
    fclose(fopen(file, "w"));      /* a file where the folder should be; root may write anywhere else */
    CU_ASSERT_EQUAL(pw_part_begin(&part, file, "s0of1", "", &sweep, 1, "a"), PW_ERROR_WRITE);
    CU_ASSERT_PTR_NOT_NULL(strstr(part.message, "cannot be written"));
    pw_part_end(&part);
    leave();
}

static void test_any_failing_allocation_is_a_status(void)
{
    pw_units_t ours = toy_units(&toy_plain, 3, "ours"), theirs = toy_units(&toy_shifted, 2, "theirs");
    enter();
    write_part(&theirs, "s0of1", 0, 1, NULL);
    write_part(&ours, "s0of1", 0, 1, NULL);
    pw_status_t status = PW_ERROR_MEMORY;
    long at = 1;
    for (; status == PW_ERROR_MEMORY && at < 300; at++) {
        pw_stock_t stock = { 0 };
        pw_stock_fetch_t fetch = { 0 };
        pw_text_t rows = { 0 };
        int64_t part;
        pw_memory_fail_at(at);
        status = pw_stock_read(&stock, &ours, place, -1, 0);
        if (status == PW_OK)
            status = pw_stock_fetch_init(&fetch, &stock);
        for (int64_t unit = 0; status == PW_OK && unit < 6; unit++)
            status = pw_stock_fetch(&fetch, unit, &rows, &part);
        pw_memory_fail_at(0);
        pw_text_free(&rows);
        pw_stock_fetch_free(&fetch);
        pw_stock_free(&stock);
    }
    CU_ASSERT(status == PW_OK && at > 15);
    leave();
}

/* A writer is killed at random, sixty times; what is missing is written by the next one. Then all is there, as a serial run has it. */
static void test_killed_writers_lose_at_most_what_was_in_hand(void)
{
    enter();
    pw_units_t units = toy_units(&toy_plain, 400, "sweep");
    unsigned seed = 20240607;
    int64_t before = 0;
    for (int round = 0; round < 60; round++) {
        fflush(NULL);
        pid_t child = fork();
        if (child == 0) {
            pw_stock_t stock = { 0 };
            pw_part_t part = { 0 };
            if (pw_stock_read(&stock, &units, place, -1, 0) != PW_OK || pw_part_begin(&part, place, "s0of1", "", &units.sweep, 3, toy_header) != PW_OK)
                _exit(1);
            for (int64_t unit = 0; unit < 800; unit++)
                if (!pw_stock_has(&stock, unit) && add_unit(&part, &units, unit) != PW_OK)
                    _exit(1);
            _exit(0);
        }
        seed = seed * 1103515245u + 12345u;
        usleep(500 + (seed >> 16) % 6000);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        pw_stock_t stock = { 0 };
        CU_ASSERT_EQUAL(pw_stock_read(&stock, &units, place, -1, 0), PW_OK);
        CU_ASSERT(stock.done >= before);
        CU_ASSERT_EQUAL(stock.n_again, 0);
        before = stock.done;
        pw_stock_free(&stock);
    }
    CU_ASSERT(before > 0);
    char path[192];
    pw_stock_t stock = { 0 };
    pw_part_t part;
    CU_ASSERT_EQUAL(pw_stock_read(&stock, &units, place, -1, 0), PW_OK);
    begin_part(&part, &units, "s0of1");
    for (int64_t unit = 0; unit < 800; unit++)
        if (!pw_stock_has(&stock, unit))
            CU_ASSERT_EQUAL(add_unit(&part, &units, unit), PW_OK);
    snprintf(path, sizeof path, "%s", part.name ? part.name : "");
    CU_ASSERT_EQUAL(pw_part_end(&part), PW_OK);
    pw_stock_free(&stock);
    check_all_there(&units);
    leave();
}

PW_TESTS(PW_TEST(test_part_is_a_gzip_file_of_header_and_rows), PW_TEST(test_nothing_to_do_leaves_no_file),
         PW_TEST(test_two_processes_of_one_name_write_two_files),
         PW_TEST(test_part_cut_anywhere_loses_its_last_record_alone), PW_TEST(test_one_turned_bit_costs_one_record),
         PW_TEST(test_failed_unit_keeps_its_reason_until_it_is_done), PW_TEST(test_long_reason_is_cut_between_letters),
         PW_TEST(test_what_another_sweep_did_is_reused_under_our_numbers), PW_TEST(test_unequal_duplicates_are_a_mismatch_that_names_both_files),
         PW_TEST(test_part_of_another_version_is_refused_by_name), PW_TEST(test_shard_leaves_parts_of_its_sister_shards_unread),
         PW_TEST(test_full_disk_leaves_whole_records), PW_TEST(test_folder_that_cannot_be_written_is_said_before_any_work),
         PW_TEST(test_any_failing_allocation_is_a_status), PW_TEST(test_killed_writers_lose_at_most_what_was_in_hand))
