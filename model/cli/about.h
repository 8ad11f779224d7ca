/* about.h: which program is this, and what is it made of?
 * Floor: cli. */
#ifndef PW_CLI_ABOUT_H
#define PW_CLI_ABOUT_H

#include <stdio.h>

/* Version, commit, compiler, generator and libraries, one a line. */
void pw_about_print(FILE *to);

#endif
