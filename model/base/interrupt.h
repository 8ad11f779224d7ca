/* interrupt.h: Ctrl-C asks for an orderly end.
 *
 * What question it answers: has somebody asked us to stop?
 * Floor: base. SIGINT, SIGTERM and SIGHUP set a flag that loops read; a second SIGINT ends the process at once with 130. SIGPIPE is ignored, so
 * that a closed pipe is a failed write like any other. The flag is one of the few file-scope variables: signals know no arguments. */
#ifndef PW_BASE_INTERRUPT_H
#define PW_BASE_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

/* Installs the handlers; once, by the command line. */
void pw_interrupt_install(void);
/* The flag, for loops that must not call anything: 0, or not 0 once somebody asked. */
const volatile sig_atomic_t *pw_interrupt_flag(void);
bool pw_interrupt_asked(void);
/* Tests: sets the flag back. */
void pw_interrupt_reset(void);

#endif
