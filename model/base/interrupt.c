/* interrupt.c: see interrupt.h. */
#include "interrupt.h"

#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t asked;

static void on_signal(int number)
{
    if (asked && number == SIGINT) _exit(130);      /* asked twice: at once */
    asked = 1;
}

static void let_ask(const int *signals, size_t n)
{
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < n; i++) {
        struct sigaction before;
        /* What the parent chose to ignore (nohup, a background job) stays ignored. */
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(signals[i], &action, NULL);
    }
}

void pw_interrupt_install_warnings(void)
{
    static const int warning[] = { SIGUSR1, SIGXCPU };
    let_ask(warning, sizeof warning / sizeof warning[0]);
}

void pw_interrupt_install(void)
{
    static const int asking[] = { SIGINT, SIGTERM, SIGHUP };
    let_ask(asking, sizeof asking / sizeof asking[0]);
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
}

const volatile sig_atomic_t *pw_interrupt_flag(void) { return &asked; }
bool pw_interrupt_asked(void) { return asked != 0; }
void pw_interrupt_reset(void) { asked = 0; }
