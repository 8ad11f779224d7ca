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

void pw_interrupt_install(void)
{
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
    sigemptyset(&action.sa_mask);
    const int asking[] = { SIGINT, SIGTERM, SIGHUP };
    for (size_t i = 0; i < sizeof asking / sizeof asking[0]; i++) {
        struct sigaction before;
        /* What the parent chose to ignore (nohup, a background job) stays ignored. */
        if (sigaction(asking[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(asking[i], &action, NULL);
    }
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, NULL);
}

const volatile sig_atomic_t *pw_interrupt_flag(void) { return &asked; }
bool pw_interrupt_asked(void) { return asked != 0; }
void pw_interrupt_reset(void) { asked = 0; }
