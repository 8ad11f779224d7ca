#include "area_size.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "../base/number.h"

bool pw_is_area_size(const char *estimate)
{
    static const char *const name[] = { "families_per_month", "assessment_places", "long_term_places" };
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++)
        if (strcmp(name[i], estimate) == 0)
            return true;
    return false;
}

/* The value in the first area; nan: not given, without limit, or one that grows with the area. */
static double fixed(const pw_spec_t *spec, const pw_setting_t *setting)
{
    int estimate = setting->estimate[0];
    if (!setting->node || setting->unlimited)
        return NAN;
    if (estimate < 0)
        return setting->number[0];
    return pw_is_area_size(spec->evidence.estimate[estimate].name) ? NAN : spec->evidence.estimate[estimate].value;
}

static bool is_own(const pw_setting_t *setting, const pw_spec_t *baseline)
{
    return !baseline || strcmp(setting->node->file, baseline->file) != 0;
}

static int add(const pw_spec_t *spec, const pw_spec_t *baseline, const char *name, const pw_setting_t *setting, double factor, int n, pw_text_t *out)
{
    char now[PW_NUMBER_ROOM], then[PW_NUMBER_ROOM];
    double places = fixed(spec, setting);
    if (isnan(places) || places == 0.0 || !is_own(setting, baseline))
        return 0;
    pw_text_printf(out, "%s%s %s (%s)", n > 0 ? ", " : "", name, pw_number_significant(places, 3, now), pw_number_significant(factor * places, 2, then));
    return 1;
}

int pw_fixed_places(const pw_spec_t *spec, const pw_spec_t *baseline, double factor, pw_text_t *out)
{
    int n = 0;
    for (int i = 0; i < spec->teams.n; i++) {
        const pw_team_spec_t *team = &spec->teams.item[i];
        n += add(spec, baseline, team->is.name, &team->places, factor, n, out);
        n += add(spec, baseline, team->is.name, &team->more_places, factor, n, out);
    }
    for (int i = 0; i < spec->services.n; i++) {
        n += add(spec, baseline, spec->services.item[i].is.name, &spec->services.item[i].places, factor, n, out);
        n += add(spec, baseline, spec->services.item[i].is.name, &spec->services.item[i].more_places, factor, n, out);
    }
    return n;
}
