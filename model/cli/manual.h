/* manual.h: the manual page, from the same table of verbs as the help.
 *
 * Floor: cli. docs/pathways.1 is this text; a test holds the file to it. */
#ifndef PW_CLI_MANUAL_H
#define PW_CLI_MANUAL_H

#include <stdio.h>

/* Prints the page in man(7)'s language. */
void pw_manual_print(FILE *to);

#endif
