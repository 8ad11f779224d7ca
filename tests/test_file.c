/* test_file.c: a file is replaced whole, or stays as it was. */
#include "harness.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../model/base/file.h"
#include "../model/base/folder_path.h"
#include "../model/base/memory.h"

static char place[64], path[96];

static void enter(void)
{
    snprintf(place, sizeof place, "/tmp/pathways-file-XXXXXX");
    CU_ASSERT_FATAL(mkdtemp(place) != NULL);
    snprintf(path, sizeof path, "%s/centres.cfg", place);
}

/* Removes the place; how many files were in it. */
static int leave(void)
{
    int n = -2;      /* . and .. */
    DIR *folder = opendir(place);
    while (folder && readdir(folder)) n++;
    if (folder) closedir(folder);
    CU_ASSERT(pw_folder_path_remove(place));
    return n;
}

static const char *content(void)
{
    static char bytes[64];
    FILE *file = fopen(path, "rb");
    size_t n = file ? fread(bytes, 1, sizeof bytes - 1, file) : 0;
    if (file) fclose(file);
    bytes[n] = '\0';
    return bytes;
}

static void test_file_is_made_and_replaced(void)
{
    enter();
    CU_ASSERT_EQUAL(pw_file_replace(path, "centres = ();\n", 14), PW_OK);
    PW_ASSERT_TEXT(content(), "centres = ();\n");
    CU_ASSERT_EQUAL(pw_file_replace(path, "new", 3), PW_OK);
    PW_ASSERT_TEXT(content(), "new");
    CU_ASSERT_EQUAL(pw_file_replace(path, "", 0), PW_OK);
    PW_ASSERT_TEXT(content(), "");
    CU_ASSERT_EQUAL(leave(), 1);
}

static void test_file_is_read_whole_or_not(void)
{
    pw_text_t text = { 0 };
    enter();
    CU_ASSERT_EQUAL(pw_file_read(path, &text), PW_ERROR_READ);
    CU_ASSERT_EQUAL(errno, ENOENT);
    CU_ASSERT_EQUAL(pw_file_read(place, &text), PW_ERROR_READ);
    CU_ASSERT_EQUAL(errno, EISDIR);
    CU_ASSERT_EQUAL(text.n, 0);
    CU_ASSERT_EQUAL(pw_file_replace(path, "a\0b", 3), PW_OK);
    CU_ASSERT_EQUAL(pw_file_read(path, &text), PW_OK);
    CU_ASSERT_EQUAL(pw_file_read(path, &text), PW_OK);      /* appended */
    CU_ASSERT_EQUAL_FATAL(text.n, 6);
    CU_ASSERT_EQUAL(memcmp(text.bytes, "a\0ba\0b", 6), 0);
    pw_memory_fail_at(1);
    pw_text_free(&text);
    CU_ASSERT_EQUAL(pw_file_read(path, &text), PW_ERROR_MEMORY);
    pw_memory_fail_at(0);
    pw_text_free(&text);
    CU_ASSERT_EQUAL(leave(), 1);
}

/* Opening a pipe that nobody writes to would wait for ever. */
static void test_pipe_is_refused_and_not_waited_for(void)
{
    pw_text_t text = { 0 };
    enter();
    CU_ASSERT_EQUAL_FATAL(mkfifo(path, 0600), 0);
    CU_ASSERT_EQUAL(pw_file_read(path, &text), PW_ERROR_READ);
    CU_ASSERT_EQUAL(errno, ESPIPE);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_file_why(ESPIPE), "a pipe"));
    CU_ASSERT_PTR_NULL(pw_file_open("/dev/zero"));
    CU_ASSERT_EQUAL(errno, ESPIPE);
    PW_ASSERT_TEXT(pw_file_why(ENOENT), strerror(ENOENT));
    CU_ASSERT_EQUAL(text.n, 0);
    CU_ASSERT_EQUAL(leave(), 1);
}

static void test_place_that_is_not_there_is_an_error_with_a_reason(void)
{
    CU_ASSERT_EQUAL(pw_file_replace("/nowhere/at/all", "x", 1), PW_ERROR_WRITE);
    CU_ASSERT_EQUAL(errno, ENOENT);
}

/* A limit on the length of files stands for a full disk: the first bytes arrive, the others do not. */
static void test_old_file_stands_when_the_new_one_does_not_fit(void)
{
    enter();
    static char many[5000];
    CU_ASSERT_EQUAL(pw_file_replace(path, "old", 3), PW_OK);
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 1000;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    pw_status_t status = pw_file_replace(path, many, sizeof many);
    int why = errno;
    setrlimit(RLIMIT_FSIZE, &before);
    CU_ASSERT_EQUAL(status, PW_ERROR_WRITE);
    CU_ASSERT_EQUAL(why, EFBIG);
    PW_ASSERT_TEXT(content(), "old");
    CU_ASSERT_EQUAL(leave(), 1);
}

static void test_old_file_stands_without_memory(void)
{
    enter();
    CU_ASSERT_EQUAL(pw_file_replace(path, "old", 3), PW_OK);
    pw_memory_fail_at(1);
    CU_ASSERT_EQUAL(pw_file_replace(path, "new", 3), PW_ERROR_MEMORY);
    pw_memory_fail_at(0);
    PW_ASSERT_TEXT(content(), "old");
    CU_ASSERT_EQUAL(leave(), 1);
}

/* Writes `n` bytes bit by bit. */
static pw_status_t write_bits(size_t n)
{
    pw_file_t file = { 0 };
    pw_status_t status = pw_file_begin(&file, path);
    if (status != PW_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        putc('x', file.stream);
    return pw_file_commit(&file);
}

static void test_file_written_bit_by_bit_takes_its_place_at_the_end(void)
{
    enter();
    CU_ASSERT_EQUAL(pw_file_replace(path, "old", 3), PW_OK);
    pw_file_t file = { 0 };
    CU_ASSERT_EQUAL(pw_file_begin(&file, path), PW_OK);
    fputs("new", file.stream);
    PW_ASSERT_TEXT(content(), "old");
    CU_ASSERT_EQUAL(pw_file_commit(&file), PW_OK);
    PW_ASSERT_TEXT(content(), "new");
    CU_ASSERT_EQUAL(pw_file_begin(&file, path), PW_OK);
    fputs("never", file.stream);
    pw_file_discard(&file);
    pw_file_discard(&file);
    CU_ASSERT_EQUAL(pw_file_commit(&file), PW_ERROR_WRITE);
    PW_ASSERT_TEXT(content(), "new");
    CU_ASSERT_EQUAL(leave(), 1);
}

static void test_file_written_bit_by_bit_that_does_not_fit_leaves_the_old_one(void)
{
    enter();
    CU_ASSERT_EQUAL(pw_file_replace(path, "old", 3), PW_OK);
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 1000;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    pw_status_t at_the_end = write_bits(2000), before_that = write_bits(200000);
    setrlimit(RLIMIT_FSIZE, &before);
    CU_ASSERT_EQUAL(at_the_end, PW_ERROR_WRITE);
    CU_ASSERT_EQUAL(before_that, PW_ERROR_WRITE);
    PW_ASSERT_TEXT(content(), "old");
    pw_memory_fail_at(1);
    CU_ASSERT_EQUAL(write_bits(1), PW_ERROR_MEMORY);
    pw_memory_fail_at(0);
    CU_ASSERT_EQUAL(leave(), 1);
}

static void nearest(const char *name, const char *hint)
{
    char given[256], out[400], wanted[400] = "";
    snprintf(given, sizeof given, "%s/%s", place, name);
    if (hint)
        snprintf(wanted, sizeof wanted, " (did you mean \"%s/%s\"?)", place, hint);
    PW_ASSERT_TEXT(pw_file_nearest(given, out, sizeof out), wanted);
}

static void test_name_of_a_file_that_is_not_there_is_told_the_nearest(void)
{
    static const char *const names[] = { "no_letters.cfg", "no_letter.cfg", "risk_tool.cfg", "Baseline.csv", ".no_leters.cfg" };
    enter();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char name[256];
        snprintf(name, sizeof name, "%s/%s", place, names[i]);
        CU_ASSERT_EQUAL(pw_file_replace(name, "a", 1), PW_OK);
    }
    nearest("no_leters.cfg", "no_letters.cfg");     /* one slip; the other is two away */
    nearest("no_letterz.cfg", "no_letter.cfg");     /* both are one slip away: the first by name */
    nearest("risktool.cfg", "risk_tool.cfg");
    nearest("risk_tool", "risk_tool.cfg");
    nearest("baseline.csv", "Baseline.csv");
    nearest("joint.cfg", NULL);                     /* the same ending is nothing in common */
    nearest("nowhere/risk_tool.cfg", NULL);
    char folder[256];
    snprintf(folder, sizeof folder, "%s/sweeps", place);
    CU_ASSERT_EQUAL_FATAL(mkdir(folder, 0777), 0);
    nearest("sweep", NULL);                         /* a folder is no file */
    CU_ASSERT_EQUAL(rmdir(folder), 0);
    pw_memory_fail_at(1);
    nearest("risktool.cfg", NULL);
    pw_memory_fail_at(0);
    CU_ASSERT_EQUAL(leave(), 5);
}

PW_TESTS(PW_TEST(test_name_of_a_file_that_is_not_there_is_told_the_nearest),
         PW_TEST(test_file_written_bit_by_bit_takes_its_place_at_the_end), PW_TEST(test_file_written_bit_by_bit_that_does_not_fit_leaves_the_old_one),
         PW_TEST(test_file_is_made_and_replaced), PW_TEST(test_file_is_read_whole_or_not), PW_TEST(test_pipe_is_refused_and_not_waited_for),
         PW_TEST(test_place_that_is_not_there_is_an_error_with_a_reason), PW_TEST(test_old_file_stands_when_the_new_one_does_not_fit),
         PW_TEST(test_old_file_stands_without_memory))
