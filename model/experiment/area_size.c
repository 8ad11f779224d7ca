#include "area_size.h"

#include <stddef.h>
#include <string.h>

bool pw_is_area_size(const char *estimate)
{
    static const char *const name[] = { "families_per_month", "assessment_places", "long_term_places" };
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++)
        if (strcmp(name[i], estimate) == 0)
            return true;
    return false;
}
