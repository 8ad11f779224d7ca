#include "moment.h"

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "number.h"

static const int64_t YEAR_10000 = 253402300800;

static bool given(time_t *out)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds;
    if (!text || !pw_number_read_integer(text, &seconds) || seconds < 0 || seconds >= YEAR_10000)
        return false;
    *out = (time_t)seconds;
    return true;
}

void pw_moment_now(char out[PW_MOMENT_ROOM])
{
    time_t clock;
    struct tm utc;
    if (!given(&clock))
        clock = time(NULL);
    strftime(out, PW_MOMENT_ROOM, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&clock, &utc));
}

bool pw_moment_is_given(void)
{
    time_t unused;
    return given(&unused);
}

double pw_moment_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}
