/* moment.h: when a command began, for the folder that it writes, and how long it takes.
 *
 * What question it answers: which date and time stand in this manifest; how many seconds have passed?
 * Floor: base. No result may depend on either. UTC. SOURCE_DATE_EPOCH, seconds since 1970 in the environment, stands for the clock where it is set: so
 * archives that hold a finished run are the same bytes whenever they are made (reproducible-builds.org); what took how long is then not said either. */
#ifndef PW_BASE_MOMENT_H
#define PW_BASE_MOMENT_H

#include <stdbool.h>

enum { PW_MOMENT_ROOM = 32 };

/* "2024-02-29T12:00:00Z". */
void pw_moment_now(char out[PW_MOMENT_ROOM]);
/* SOURCE_DATE_EPOCH is set, and a whole number that is a date of four digits' years. */
bool pw_moment_is_given(void);

/* Seconds on a clock that only goes on, whatever is done to the computer's date; for differences alone. */
double pw_moment_seconds(void);

#endif
