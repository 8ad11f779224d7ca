/* map.h: the pathway as a picture.
 *
 * What question it answers: which ways lead from a police notification to what ends, and how many took each?
 * Floor: report. Text in Graphviz's language (`dot`), made from the model's own tables and, for the shares, a short run (explain_pilot.h) or a finished one
 * (map_run.h). The same specs and run give the same bytes.
 *
 * A stage is a box, an end a rounded one; inside stand the team and the services offered there. A solid edge is a decision when the work
 * ends, a dashed one an event (or the longest wait) that ends it early. A share is of the cases that left the stage for another; families that
 * moved away from it are in no share, nor are cases still there at the end. At the start it is of the cases that opened. */
#ifndef PW_REPORT_MAP_H
#define PW_REPORT_MAP_H

#include "../base/text.h"
#include "../spec/spec.h"
#include "explain_pilot.h"
#include "map_run.h"

/* Appends the picture of `now`; what it adds to `before` and takes out of it is marked (the same spec twice: nothing is). `reach` is the short
 * run of both with `seed`, or `run` a finished one; both NULL: no shares. PW_ERROR_MEMORY is the only failure. */
pw_status_t pw_map_write(const pw_spec_t *before, const pw_spec_t *now, const pw_pilot_reach_t *reach, const pw_map_run_t *run, uint64_t seed, pw_text_t *out);

/* Appends `text` as it has to stand in a label between < and >: quotes, <, >, & and \ as entities, control characters as blanks. */
void pw_map_escape(const char *text, pw_text_t *out);

#endif
