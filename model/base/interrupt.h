/* interrupt.h: Ctrl-C asks for an orderly end.
 *
 * What question it answers: has somebody asked us to stop?
 * Floor: base. SIGINT, SIGTERM and SIGHUP set a flag that loops read; a second SIGINT ends the process at once with 130. SIGPIPE and SIGXFSZ are ignored, so
 * that a closed pipe, and a file that may not grow, are failed writes like any other. The flag is one of the few file-scope variables: signals know no
 * arguments. */
#ifndef PW_BASE_INTERRUPT_H
#define PW_BASE_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

/* Installs the handlers; once, by the command line. */
void pw_interrupt_install(void);
/* Lets the warnings of a batch system ask too: SIGUSR1 (sent ahead of the time limit) and SIGXCPU. Only verbs that can go on later do this; others are ended by
 * these signals. */
void pw_interrupt_install_warnings(void);
/* The flag, for loops that must not call anything: 0, or not 0 once somebody asked. */
const volatile sig_atomic_t *pw_interrupt_flag(void);
bool pw_interrupt_asked(void);
/* Tests: sets the flag back. */
void pw_interrupt_reset(void);

#endif
