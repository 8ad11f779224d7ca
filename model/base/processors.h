/* processors.h: how many threads make sense here?
 * Floor: base. */
#ifndef PW_BASE_PROCESSORS_H
#define PW_BASE_PROCESSORS_H

/* Processors that this process may use (its affinity: a container or a batch system may leave it fewer than the machine has); at least 1. */
int pw_processors(void);

#endif
