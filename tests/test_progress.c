/* test_progress.c: what the line says, and that it stays silent where nobody looks. */
#include "harness.h"

#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "../model/base/progress.h"

static void test_spans_are_said_in_two_units_at_most(void)
{
    char out[32];
    PW_ASSERT_TEXT(pw_progress_span(0.4, out, sizeof out), "0 s");
    PW_ASSERT_TEXT(pw_progress_span(59.4, out, sizeof out), "59 s");
    PW_ASSERT_TEXT(pw_progress_span(59.6, out, sizeof out), "1 min 0 s");
    PW_ASSERT_TEXT(pw_progress_span(3599, out, sizeof out), "59 min 59 s");
    PW_ASSERT_TEXT(pw_progress_span(4320, out, sizeof out), "1 h 12 min");
    PW_ASSERT_TEXT(pw_progress_span(-3, out, sizeof out), "0 s");
}

static void test_line_says_done_total_rate_and_time_left(void)
{
    char out[160];
    pw_progress_t progress = { .unit = "worlds", .total = 1000 };
    PW_ASSERT_TEXT(pw_progress_line(&progress, 250, 10, out, sizeof out), "250 of 1,000 worlds, 25 a second, 30 s left");
    PW_ASSERT_TEXT(pw_progress_line(&progress, 0, 10, out, sizeof out), "0 of 1,000 worlds");
    PW_ASSERT_TEXT(pw_progress_line(&progress, 1000, 40, out, sizeof out), "1,000 of 1,000 worlds, 25 a second, 0 s left");
}

static void test_nothing_is_drawn_where_nobody_looks(void)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = tmpfile();
    CU_ASSERT_FATAL(to != NULL);
    pw_progress_t progress;
    pw_progress_begin(&progress, to, "worlds", 10, false);
    for (int i = 0; i <= 10; i++) pw_progress_set(&progress, i);
    pw_progress_end(&progress);
    CU_ASSERT_EQUAL(ftell(to), 0);
    fclose(to);
    to = open_memstream(&text, &n);      /* a stream without a descriptor is no terminal either */
    pw_progress_begin(&progress, to, "worlds", 10, false);
    pw_progress_set(&progress, 5);
    pw_progress_end(&progress);
    fclose(to);
    CU_ASSERT_EQUAL(n, 0);
    free(text);
}

/* A terminal of our own: what is drawn there is read back from its other end. */
static void test_terminal_shows_one_line_that_is_erased_at_the_end(void)
{
    int master, terminal;
    struct termios raw = { 0 };
    if (openpty(&master, &terminal, NULL, &raw, NULL) != 0) {
        puts("  skipped: no pseudo terminal can be had here (is /dev/pts mounted?)");
        return;
    }
    FILE *to = fdopen(terminal, "w");
    CU_ASSERT_FATAL(to != NULL);
    pw_progress_t progress;
    pw_progress_begin(&progress, to, "worlds", 40, false);
    pw_progress_set(&progress, 10);
    pw_progress_set(&progress, 11);      /* too soon to draw again */
    pw_progress_end(&progress);
    pw_progress_t silent;
    pw_progress_begin(&silent, to, "worlds", 40, true);      /* quiet */
    CU_ASSERT_PTR_NULL(silent.to);
    fclose(to);
    char seen[256];
    size_t length = 0;
    for (ssize_t n; (n = read(master, seen + length, sizeof seen - 1 - length)) > 0;) length += (size_t)n;      /* in pieces, until the other end is closed */
    close(master);
    CU_ASSERT_FATAL(length > 8);
    seen[length] = '\0';
    CU_ASSERT_EQUAL(strncmp(seen, "\r\033[K10 of 40 worlds", 19), 0);
    CU_ASSERT_PTR_NULL(strstr(seen, "11 of 40"));
    CU_ASSERT_PTR_NULL(strchr(seen, '\n'));
    CU_ASSERT_EQUAL(strcmp(seen + strlen(seen) - 4, "\r\033[K"), 0);
}

PW_TESTS(PW_TEST(test_spans_are_said_in_two_units_at_most), PW_TEST(test_line_says_done_total_rate_and_time_left),
         PW_TEST(test_nothing_is_drawn_where_nobody_looks), PW_TEST(test_terminal_shows_one_line_that_is_erased_at_the_end))
