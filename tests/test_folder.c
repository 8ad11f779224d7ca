/* test_folder.c: a folder comes into being whole, or not at all; what stood there before stands until then. */
#include "harness.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../model/base/folder.h"
#include "../model/base/folder_path.h"
#include "../model/base/memory.h"

/* A place of its own for each test: PLACE/..., removed again. */
static char place[64], target[96];

static void enter(void)
{
    snprintf(place, sizeof place, "/tmp/pathways-folder-XXXXXX");
    CU_ASSERT_FATAL(mkdtemp(place) != NULL);
    snprintf(target, sizeof target, "%s/run", place);
}

static void leave(void) { CU_ASSERT(pw_folder_path_remove(place)); }

static int count_entries(const char *path)
{
    int n = 0;
    DIR *folder = opendir(path);
    if (!folder) return -1;
    while (readdir(folder)) n++;
    closedir(folder);
    return n - 2;
}

static bool exists(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

/* The first bytes of PLACE/name; "" if it cannot be read. */
static const char *content(const char *name)
{
    static char bytes[256];
    char path[192];
    snprintf(path, sizeof path, "%s/%s", place, name);
    FILE *file = fopen(path, "rb");
    size_t n = file ? fread(bytes, 1, sizeof bytes - 1, file) : 0;
    if (file) fclose(file);
    bytes[n] = '\0';
    return bytes;
}

/* Writes a small run at the target: a manifest and a file in a folder. */
static pw_status_t write_run(const char *word, bool force, char message[768])
{
    pw_folder_t folder = { 0 };
    pw_folder_begin(&folder, target, force);
    pw_folder_write(&folder, "manifest.json", word, strlen(word));
    FILE *file = pw_folder_file(&folder, "inputs/a.cfg");
    if (file) fprintf(file, "word = \"%s\";\n", word);
    pw_folder_close(&folder, file);
    pw_status_t status = pw_folder_commit(&folder);
    snprintf(message, 768, "%s", pw_folder_message(&folder));
    pw_folder_free(&folder);
    return status;
}

static char said[768];

static void test_committed_folder_stands_whole_and_alone(void)
{
    enter();
    CU_ASSERT_EQUAL(write_run("first", false, said), PW_OK);
    PW_ASSERT_TEXT(said, "");
    PW_ASSERT_TEXT(content("run/manifest.json"), "first");
    PW_ASSERT_TEXT(content("run/inputs/a.cfg"), "word = \"first\";\n");
    CU_ASSERT_EQUAL(count_entries(place), 1);
    leave();
}

static void test_nothing_stands_before_the_commit(void)
{
    enter();
    pw_folder_t folder = { 0 };
    CU_ASSERT_EQUAL(pw_folder_begin(&folder, target, false), PW_OK);
    CU_ASSERT_EQUAL(pw_folder_write(&folder, "manifest.json", "x", 1), PW_OK);
    CU_ASSERT(!exists(target));
    pw_folder_free(&folder);
    CU_ASSERT_EQUAL(count_entries(place), 0);
    leave();
}

static void test_existing_folder_is_refused_before_any_work(void)
{
    enter();
    write_run("first", false, said);
    pw_folder_t folder = { 0 };
    CU_ASSERT_EQUAL(pw_folder_begin(&folder, target, false), PW_ERROR_EXISTS);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_folder_message(&folder), "--force"));
    CU_ASSERT_PTR_NULL(pw_folder_file(&folder, "manifest.json"));
    CU_ASSERT_EQUAL(pw_folder_commit(&folder), PW_ERROR_EXISTS);
    pw_folder_free(&folder);
    PW_ASSERT_TEXT(content("run/manifest.json"), "first");
    CU_ASSERT_EQUAL(count_entries(place), 1);
    leave();
}

static void test_force_replaces_the_old_folder_when_the_new_one_is_whole(void)
{
    enter();
    write_run("first", false, said);
    char extra[128];
    snprintf(extra, sizeof extra, "%s/old.csv", target);
    fclose(fopen(extra, "w"));
    CU_ASSERT_EQUAL(write_run("second", true, said), PW_OK);
    PW_ASSERT_TEXT(content("run/manifest.json"), "second");
    CU_ASSERT(!exists(extra));
    CU_ASSERT_EQUAL(count_entries(place), 1);
    leave();
}

static void test_force_spares_what_is_not_ours(void)
{
    enter();
    char letter[128];
    mkdir(target, 0777);
    snprintf(letter, sizeof letter, "%s/letter.txt", target);
    fclose(fopen(letter, "w"));
    CU_ASSERT_EQUAL(write_run("first", true, said), PW_ERROR_EXISTS);
    CU_ASSERT(exists(letter));
    unlink(letter);
    CU_ASSERT_EQUAL(write_run("first", true, said), PW_OK);      /* an empty folder is nobody's work */
    CU_ASSERT(pw_folder_path_remove(target));
    fclose(fopen(target, "w"));                                  /* a file */
    CU_ASSERT_EQUAL(write_run("first", true, said), PW_ERROR_EXISTS);
    unlink(target);
    CU_ASSERT_EQUAL(symlink("/tmp", target), 0);                 /* a link */
    CU_ASSERT_EQUAL(write_run("first", true, said), PW_ERROR_EXISTS);
    CU_ASSERT_EQUAL(count_entries(place), 1);
    leave();
}

static void test_names_that_are_no_place_are_wrong_usage(void)
{
    const char *const wrong[] = { "", "/", ".", "..", "a/..", "a/./", "///" };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        pw_folder_t folder = { 0 };
        CU_ASSERT_EQUAL(pw_folder_begin(&folder, wrong[i], true), PW_ERROR_USAGE);
        pw_folder_free(&folder);
    }
}

static void test_parents_are_made_and_taken_back_by_a_discard(void)
{
    enter();
    snprintf(target, sizeof target, "%s/a/b//c/run//", place);
    pw_folder_t folder = { 0 };
    CU_ASSERT_EQUAL(pw_folder_begin(&folder, target, false), PW_OK);
    pw_folder_discard(&folder);
    pw_folder_free(&folder);
    CU_ASSERT_EQUAL(count_entries(place), 0);
    CU_ASSERT_EQUAL(write_run("deep", false, said), PW_OK);
    PW_ASSERT_TEXT(content("a/b/c/run/manifest.json"), "deep");
    leave();
}

static void test_copied_file_has_the_same_bytes(void)
{
    enter();
    write_run("first", false, said);
    char from[160], second[128];
    snprintf(from, sizeof from, "%s/inputs/a.cfg", target);
    snprintf(second, sizeof second, "%s/second", place);
    pw_folder_t folder = { 0 };
    CU_ASSERT_EQUAL(pw_folder_begin(&folder, second, false), PW_OK);
    CU_ASSERT_EQUAL(pw_folder_copy(&folder, "inputs/b.cfg", from), PW_OK);
    CU_ASSERT_EQUAL(pw_folder_commit(&folder), PW_OK);
    pw_folder_free(&folder);
    PW_ASSERT_TEXT(content("second/inputs/b.cfg"), "word = \"first\";\n");
    CU_ASSERT_EQUAL(pw_folder_begin(&folder, second, true), PW_ERROR_EXISTS);      /* no manifest: not ours */
    pw_folder_free(&folder);
    leave();
}

static void test_missing_source_of_a_copy_fails_the_commit(void)
{
    enter();
    pw_folder_t folder = { 0 };
    pw_folder_begin(&folder, target, false);
    CU_ASSERT_EQUAL(pw_folder_copy(&folder, "inputs/b.cfg", "/nowhere/b.cfg"), PW_ERROR_READ);
    CU_ASSERT_EQUAL(pw_folder_commit(&folder), PW_ERROR_READ);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_folder_message(&folder), "/nowhere/b.cfg"));
    pw_folder_free(&folder);
    CU_ASSERT_EQUAL(count_entries(place), 0);
    leave();
}

/* The 1st, 2nd, 3rd ... step on the disk fails, until all is written: nothing is left each time, and an older run still stands. */
static void fail_each_step(bool replace)
{
    pw_status_t status = PW_ERROR_WRITE;
    long at = 1;
    for (; status != PW_OK && at < 100; at++) {
        enter();
        if (replace) CU_ASSERT_EQUAL(write_run("first", false, said), PW_OK);
        pw_folder_fail_at(at);
        status = write_run("second", replace, said);
        pw_folder_fail_at(0);
        CU_ASSERT_EQUAL(count_entries(place), replace || status == PW_OK);
        PW_ASSERT_TEXT(content("run/manifest.json"), status == PW_OK ? "second" : replace ? "first" : "");
        if (status != PW_OK) {
            CU_ASSERT_EQUAL(status, PW_ERROR_WRITE);
            CU_ASSERT_PTR_NOT_NULL(strstr(said, "cannot be written: No space left on device"));
            CU_ASSERT_PTR_NOT_NULL(strstr(said, target));
        }
        leave();
    }
    CU_ASSERT(status == PW_OK && at > 9);      /* parents, folder, twice open, write, flush; flush, rename */
}

static void test_any_failing_step_leaves_nothing(void) { fail_each_step(false); }
static void test_any_failing_step_leaves_the_older_run(void) { fail_each_step(true); }

static void test_any_failing_allocation_leaves_nothing(void)
{
    pw_status_t status = PW_ERROR_MEMORY;
    for (long at = 1; status != PW_OK && at < 200; at++) {
        enter();
        pw_memory_fail_at(at);
        status = write_run("first", false, said);
        pw_memory_fail_at(0);
        CU_ASSERT(status == PW_OK || status == PW_ERROR_MEMORY);
        CU_ASSERT_EQUAL(count_entries(place), status == PW_OK);
        leave();
    }
    CU_ASSERT_EQUAL(status, PW_OK);
}

static void test_killed_process_leaves_a_hidden_folder_that_the_next_run_removes(void)
{
    enter();
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        pw_folder_t folder = { 0 };
        pw_folder_begin(&folder, target, false);
        pw_folder_write(&folder, "inputs/half.cfg", "half", 4);
        _exit(9);
    }
    waitpid(child, NULL, 0);
    CU_ASSERT(!exists(target));
    PW_ASSERT_TEXT(content(".run.partial/inputs/half.cfg"), "half");
    CU_ASSERT_EQUAL(write_run("next", false, said), PW_OK);
    PW_ASSERT_TEXT(content("run/manifest.json"), "next");
    CU_ASSERT(!exists(".run.partial"));
    CU_ASSERT_EQUAL(count_entries(place), 1);
    leave();
}

static void test_two_runs_to_one_place_do_not_mix(void)
{
    enter();
    pw_folder_t one = { 0 }, two = { 0 };
    CU_ASSERT_EQUAL(pw_folder_begin(&one, target, false), PW_OK);
    CU_ASSERT_EQUAL(pw_folder_begin(&two, target, false), PW_ERROR_WRITE);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_folder_message(&two), "another run"));
    pw_folder_free(&two);
    CU_ASSERT_EQUAL(pw_folder_write(&one, "manifest.json", "one", 3), PW_OK);
    CU_ASSERT_EQUAL(pw_folder_commit(&one), PW_OK);
    pw_folder_free(&one);
    PW_ASSERT_TEXT(content("run/manifest.json"), "one");
    leave();
}

static void test_folder_that_appears_meanwhile_is_not_overwritten(void)
{
    enter();
    pw_folder_t folder = { 0 };
    CU_ASSERT_EQUAL(pw_folder_begin(&folder, target, false), PW_OK);
    mkdir(target, 0777);
    CU_ASSERT_EQUAL(pw_folder_commit(&folder), PW_ERROR_EXISTS);
    pw_folder_free(&folder);
    CU_ASSERT_EQUAL(count_entries(place), 1);
    CU_ASSERT_EQUAL(count_entries(target), 0);
    leave();
}

static void test_open_files_are_closed_by_a_discard_and_by_a_commit(void)
{
    enter();
    pw_folder_t folder = { 0 };
    pw_folder_begin(&folder, target, false);
    fprintf(pw_folder_file(&folder, "a.csv"), "a");
    pw_folder_discard(&folder);
    CU_ASSERT_EQUAL(folder.status, PW_ERROR_STOPPED);
    pw_folder_free(&folder);
    CU_ASSERT_EQUAL(count_entries(place), 0);
    pw_folder_begin(&folder, target, false);
    fprintf(pw_folder_file(&folder, "a.csv"), "a");
    CU_ASSERT_EQUAL(pw_folder_commit(&folder), PW_OK);
    pw_folder_free(&folder);
    PW_ASSERT_TEXT(content("run/a.csv"), "a");
    leave();
}

static void test_replacing_without_exchange_keeps_one_of_the_two(void)
{
    enter();
    write_run("old", false, said);
    char fresh[128], manifest[160];
    snprintf(fresh, sizeof fresh, "%s/.run.partial", place);
    snprintf(manifest, sizeof manifest, "%s/manifest.json", fresh);
    CU_ASSERT(!pw_folder_path_replace(fresh, target, true));      /* there is no new one: the old one comes back */
    PW_ASSERT_TEXT(content("run/manifest.json"), "old");
    mkdir(fresh, 0777);
    FILE *file = fopen(manifest, "w");
    fputs("new", file);
    fclose(file);
    CU_ASSERT(!pw_folder_path_replace(fresh, target, false));
    PW_ASSERT_TEXT(content("run/manifest.json"), "old");
    CU_ASSERT(pw_folder_path_replace(fresh, target, true));
    PW_ASSERT_TEXT(content("run/manifest.json"), "new");
    CU_ASSERT_EQUAL(count_entries(place), 1);
    leave();
}

/* ---- adding to a finished folder ---- */

static pw_status_t add_answer(const char *word, char message[768])
{
    pw_folder_t folder = { 0 };
    pw_folder_add(&folder, target);
    pw_folder_write(&folder, "answers/tiers.csv", word, strlen(word));
    pw_folder_write(&folder, "manifest.json", "with answers", 12);
    pw_status_t status = pw_folder_commit(&folder);
    snprintf(message, 768, "%s", pw_folder_message(&folder));
    pw_folder_free(&folder);
    return status;
}

static void test_added_files_stand_beside_the_old_ones(void)
{
    enter();
    write_run("first", false, said);
    CU_ASSERT_EQUAL(add_answer("one tier", said), PW_OK);
    PW_ASSERT_TEXT(said, "");
    PW_ASSERT_TEXT(content("run/answers/tiers.csv"), "one tier");
    PW_ASSERT_TEXT(content("run/manifest.json"), "with answers");
    PW_ASSERT_TEXT(content("run/inputs/a.cfg"), "word = \"first\";\n");
    CU_ASSERT_EQUAL(add_answer("two tiers", said), PW_OK);
    PW_ASSERT_TEXT(content("run/answers/tiers.csv"), "two tiers");
    CU_ASSERT_EQUAL(count_entries(place), 1);
    leave();
}

/* Somebody who has the old file open, or linked, must not see it change under him. */
static void test_replaced_file_is_another_file(void)
{
    enter();
    write_run("first", false, said);
    char from[160], kept[160];
    snprintf(from, sizeof from, "%s/manifest.json", target);
    snprintf(kept, sizeof kept, "%s/kept", place);
    CU_ASSERT_EQUAL(link(from, kept), 0);
    CU_ASSERT_EQUAL(add_answer("x", said), PW_OK);
    PW_ASSERT_TEXT(content("kept"), "first");
    leave();
}

static void test_nothing_is_added_before_the_commit(void)
{
    enter();
    write_run("first", false, said);
    pw_folder_t folder = { 0 };
    CU_ASSERT_EQUAL(pw_folder_add(&folder, target), PW_OK);
    CU_ASSERT_EQUAL(pw_folder_write(&folder, "manifest.json", "x", 1), PW_OK);
    PW_ASSERT_TEXT(content("run/manifest.json"), "first");
    pw_folder_free(&folder);
    PW_ASSERT_TEXT(content("run/manifest.json"), "first");
    CU_ASSERT_EQUAL(count_entries(place), 1);
    leave();
}

static void test_adding_needs_a_folder_of_ours(void)
{
    enter();
    pw_folder_t folder = { 0 };
    CU_ASSERT_EQUAL(pw_folder_add(&folder, target), PW_ERROR_READ);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_folder_message(&folder), "No such file"));
    pw_folder_free(&folder);
    mkdir(target, 0777);
    CU_ASSERT_EQUAL(pw_folder_add(&folder, target), PW_ERROR_READ);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_folder_message(&folder), "holds no manifest.json"));
    pw_folder_free(&folder);
    rmdir(target);
    fclose(fopen(target, "w"));
    CU_ASSERT_EQUAL(pw_folder_add(&folder, target), PW_ERROR_READ);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_folder_message(&folder), "not a folder"));
    pw_folder_free(&folder);
    CU_ASSERT_EQUAL(pw_folder_add(&folder, "."), PW_ERROR_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_folder_message(&folder), "from outside"));
    pw_folder_free(&folder);
    CU_ASSERT_EQUAL(count_entries(place), 1);
    leave();
}

static void test_adding_through_a_link_keeps_the_link(void)
{
    enter();
    char whole[96], inner[160];
    write_run("first", false, said);
    snprintf(whole, sizeof whole, "%s", target);
    snprintf(inner, sizeof inner, "%s/latest", target);
    CU_ASSERT_EQUAL(symlink("inputs", inner), 0);      /* a link inside comes along */
    snprintf(target, sizeof target, "%s/latest", place);
    CU_ASSERT_EQUAL(symlink("run", target), 0);
    CU_ASSERT_EQUAL(add_answer("x", said), PW_OK);
    PW_ASSERT_TEXT(content("run/answers/tiers.csv"), "x");
    PW_ASSERT_TEXT(content("latest/latest/a.cfg"), "word = \"first\";\n");
    CU_ASSERT_EQUAL(count_entries(place), 2);
    leave();
}

static void test_any_failing_step_of_adding_leaves_the_folder_as_it_was(void)
{
    pw_status_t status = PW_ERROR_WRITE;
    long at = 1;
    for (; status != PW_OK && at < 100; at++) {
        enter();
        CU_ASSERT_EQUAL(write_run("first", false, said), PW_OK);
        pw_folder_fail_at(at);
        status = add_answer("x", said);
        pw_folder_fail_at(0);
        CU_ASSERT_EQUAL(count_entries(place), 1);
        PW_ASSERT_TEXT(content("run/manifest.json"), status == PW_OK ? "with answers" : "first");
        PW_ASSERT_TEXT(content("run/answers/tiers.csv"), status == PW_OK ? "x" : "");
        leave();
    }
    CU_ASSERT(status == PW_OK && at > 9);
    status = PW_ERROR_MEMORY;
    for (at = 1; status != PW_OK && at < 200; at++) {
        enter();
        write_run("first", false, said);
        pw_memory_fail_at(at);
        status = add_answer("x", said);
        pw_memory_fail_at(0);
        PW_ASSERT_TEXT(content("run/manifest.json"), status == PW_OK ? "with answers" : "first");
        CU_ASSERT_EQUAL(count_entries(place), 1);
        leave();
    }
    CU_ASSERT(status == PW_OK && at > 5);
}

static void test_files_are_copied_where_links_cannot_be(void)
{
    enter();
    char second[128], from[160];
    write_run("first", false, said);
    snprintf(second, sizeof second, "%s/second", place);
    snprintf(from, sizeof from, "%s/manifest.json", target);
    mkdir(second, 0777);
    CU_ASSERT(pw_folder_path_link_all(target, second, false));
    FILE *file = fopen(from, "w");
    fputs("changed", file);
    fclose(file);
    PW_ASSERT_TEXT(content("second/manifest.json"), "first");
    PW_ASSERT_TEXT(content("second/inputs/a.cfg"), "word = \"first\";\n");
    CU_ASSERT(!pw_folder_path_link_all(target, second, false));      /* it is not empty any more */
    leave();
}

static void test_adding_and_running_to_one_place_do_not_mix(void)
{
    enter();
    write_run("first", false, said);
    pw_folder_t one = { 0 }, two = { 0 };
    CU_ASSERT_EQUAL(pw_folder_add(&one, target), PW_OK);
    CU_ASSERT_EQUAL(pw_folder_begin(&two, target, true), PW_ERROR_WRITE);
    pw_folder_free(&two);
    CU_ASSERT_EQUAL(pw_folder_add(&two, target), PW_ERROR_WRITE);
    pw_folder_free(&two);
    CU_ASSERT_EQUAL(pw_folder_commit(&one), PW_OK);
    pw_folder_free(&one);
    PW_ASSERT_TEXT(content("run/manifest.json"), "first");
    leave();
}

PW_TESTS(PW_TEST(test_committed_folder_stands_whole_and_alone), PW_TEST(test_nothing_stands_before_the_commit),
         PW_TEST(test_existing_folder_is_refused_before_any_work), PW_TEST(test_force_replaces_the_old_folder_when_the_new_one_is_whole),
         PW_TEST(test_force_spares_what_is_not_ours), PW_TEST(test_names_that_are_no_place_are_wrong_usage),
         PW_TEST(test_parents_are_made_and_taken_back_by_a_discard), PW_TEST(test_copied_file_has_the_same_bytes),
         PW_TEST(test_missing_source_of_a_copy_fails_the_commit), PW_TEST(test_any_failing_step_leaves_nothing),
         PW_TEST(test_any_failing_step_leaves_the_older_run), PW_TEST(test_any_failing_allocation_leaves_nothing),
         PW_TEST(test_killed_process_leaves_a_hidden_folder_that_the_next_run_removes), PW_TEST(test_two_runs_to_one_place_do_not_mix),
         PW_TEST(test_folder_that_appears_meanwhile_is_not_overwritten), PW_TEST(test_open_files_are_closed_by_a_discard_and_by_a_commit),
         PW_TEST(test_replacing_without_exchange_keeps_one_of_the_two),
         PW_TEST(test_added_files_stand_beside_the_old_ones),
         PW_TEST(test_replaced_file_is_another_file),
         PW_TEST(test_nothing_is_added_before_the_commit),
         PW_TEST(test_adding_needs_a_folder_of_ours),
         PW_TEST(test_adding_through_a_link_keeps_the_link),
         PW_TEST(test_any_failing_step_of_adding_leaves_the_folder_as_it_was),
         PW_TEST(test_adding_and_running_to_one_place_do_not_mix),
         PW_TEST(test_files_are_copied_where_links_cannot_be))
