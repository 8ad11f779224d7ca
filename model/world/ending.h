/* ending.h: what of a family is still running when the run ends.
 *
 * What question it answers: which money is spent, which follow-up is open, who is still waiting, when the clock stops?
 * Floor: world; own events only. */
#ifndef PW_WORLD_ENDING_H
#define PW_WORLD_ENDING_H

#include "family.h"

/* Settles it at the end of the run, once: money up to then, the open follow-up, and where it is (`at_end_...` of the result). */
void pw_ending_settle(pw_own_t *own, pw_family_t *f);

#endif
