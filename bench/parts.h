/* parts.h: what the parts of an incident cost, one by one.
 *
 * Each part is timed alone, in a loop over the functions that the engine itself calls, with the situations of families of the baseline
 * model, as often as an incident of the baseline needs it: which kind it was, whether it was reported, what the police did.
 *   draws       the gap, block 1, and block 2 and the notification's delay when the police attend
 *   calendar    one new key in the tree of shared moments
 *   predictors  the chances that an incident asks for
 *   tallies     the month, its counts and a family's record
 * Nothing overlaps here that overlaps in the engine, so the parts do not add up to an event's time. */
#ifndef PW_BENCH_PARTS_H
#define PW_BENCH_PARTS_H

#include "../model/world/model.h"

/* Prints `PART_ns_per_event VALUE ns` for each part. */
void pw_parts_print(const pw_model_t *baseline);

#endif
