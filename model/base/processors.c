/* processors.c: see processors.h. */
#include "processors.h"

#include <sched.h>
#include <unistd.h>

int pw_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
    long online = sysconf(_SC_NPROCESSORS_ONLN);      /* more than a set of fixed size holds */
    return online > 0 && online < 1024 ? (int)online : 1;
}
