/* sweep_maker.h: designs written into a folder of their own, and opened: for the tests of sweeps. */
#ifndef PW_TESTS_SWEEP_MAKER_H
#define PW_TESTS_SWEEP_MAKER_H

#include "../model/experiment/sweep_unit.h"

/* Small areas and short times: what is tested here does not hang on size. */
#define SMALL \
    "set = ( \"areas.north.families_per_month=4.0\", \"areas.south.families_per_month=3.0\", \"time.warm_up_months=12\", \"time.follow_up_months=9\", " \
              "\"teams.assessment.places=1.0\", \"services.specialist_advocacy.places=1.0\" );\n"

typedef struct { char folder[64]; } place_t;

place_t begin_place(void);
/* Writes a file into it; the path holds until the next one is written. */
const char *put(const place_t *place, const char *name, const char *text);
/* Removes a.cfg, a.csv, points.txt and the folder. */
void end_place(const place_t *place);

/* Opens a design with the baseline and supervised_contact; `set` (may be NULL) is one --set. */
pw_status_t open_file(pw_sweep_t *sweep, const char *file, pw_findings_t *findings, const char *set);
/* Opens a design of this text, which has to be without fault. */
void open_text(pw_sweep_t *sweep, const char *text, const char *set);

#endif
