/* test_interrupt.c: the first signal asks, the second ends; a closed pipe is a failed write. */
#include "harness.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../model/base/interrupt.h"

/* The exit code of a child that installs the handlers and does `what`; -1 if a signal ended it. */
static int exit_code_of(void (*what)(void))
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        pw_interrupt_install();
        what();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void signalled_once(void)
{
    if (pw_interrupt_asked()) _exit(1);
    raise(SIGINT);
    if (!pw_interrupt_asked() || !*pw_interrupt_flag()) _exit(2);
    pw_interrupt_reset();
    raise(SIGTERM);
    _exit(pw_interrupt_asked() ? 0 : 3);
}

static void warned(void)
{
    pw_interrupt_install_warnings();
    raise(SIGUSR1);
    if (!pw_interrupt_asked()) _exit(1);
    pw_interrupt_reset();
    raise(SIGXCPU);
    raise(SIGXCPU);      /* a warning may come again and again */
    _exit(pw_interrupt_asked() ? 0 : 2);
}

static void warned_without_having_asked_for_it(void)
{
    raise(SIGUSR1);
    _exit(0);      /* never reached */
}

static void signalled_twice(void)
{
    raise(SIGINT);
    raise(SIGINT);
    _exit(1);      /* never reached */
}

static void writes_to_closed_pipe(void)
{
    int ends[2];
    if (pipe(ends) != 0) _exit(1);
    close(ends[0]);
    _exit(write(ends[1], "x", 1) == -1 && errno == EPIPE ? 0 : 2);
}

static void test_first_signal_sets_the_flag(void) { CU_ASSERT_EQUAL(exit_code_of(signalled_once), 0); }
static void test_second_interrupt_ends_at_once(void) { CU_ASSERT_EQUAL(exit_code_of(signalled_twice), 130); }
static void test_warnings_of_a_batch_system_ask_where_they_are_wanted(void)
{
    CU_ASSERT_EQUAL(exit_code_of(warned), 0);
    CU_ASSERT_EQUAL(exit_code_of(warned_without_having_asked_for_it), -1);
}
static void test_closed_pipe_is_a_failed_write(void) { CU_ASSERT_EQUAL(exit_code_of(writes_to_closed_pipe), 0); }

PW_TESTS(PW_TEST(test_first_signal_sets_the_flag), PW_TEST(test_second_interrupt_ends_at_once),
         PW_TEST(test_warnings_of_a_batch_system_ask_where_they_are_wanted), PW_TEST(test_closed_pipe_is_a_failed_write))
