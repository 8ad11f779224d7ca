/* area_size.h: the estimates that make an area larger or smaller and leave its rates as they are.
 *
 * What question it answers: what has to be multiplied if an area is to have so many times the notifications?
 * Floor: experiment. In an open population notifications are proportional to the families that enter, and the teams' places grow with them, so that waits
 * and thresholds stay as they were. Places of services that the baseline gives as bare numbers are no estimates: no set of parameters holds them. */
#ifndef PW_EXPERIMENT_AREA_SIZE_H
#define PW_EXPERIMENT_AREA_SIZE_H

#include <stdbool.h>

#include "../base/text.h"
#include "../spec/spec.h"

/* families_per_month, assessment_places, long_term_places */
bool pw_is_area_size(const char *estimate);

/* The places that do not grow with the area: of teams and services, bare numbers and estimates of another name; of a scenario those that it sets itself.
 * Appends them in words, "refuge 3 (3.9)", with what they would be in an area `factor` times as large, and returns how many there are. `baseline` is NULL for
 * the baseline itself. */
int pw_fixed_places(const pw_spec_t *spec, const pw_spec_t *baseline, double factor, pw_text_t *out);

#endif
