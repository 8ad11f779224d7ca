/* entrants.h: what families draw on entering, made for eight of them at once.
 *
 * What question it answers: which frailty, which blocks has this newcomer?
 * Floor: world. Families enter in the order of their numbers, so the next seven will ask soon. A cache of pure functions: what is in it
 * changes no result. */
#ifndef PW_WORLD_ENTRANTS_H
#define PW_WORLD_ENTRANTS_H

#include "../chance/stream.h"
#include "model.h"

typedef struct pw_entrants {
    const pw_model_t *model;           /* for which they were made; NULL: none */
    uint32_t first;                    /* families first .. first + 7 */
    double frailty_uniform[8], frailty[8];
    pw_families8_t frailties, children, clocks, clocks_2, separation, incident, police;
    pw_families8_t attribute[PW_MAX_ATTRIBUTES];
    pw_gaps8_t gaps[8];                /* the first eight of each family */
} pw_entrants_t;

/* Parts of the ENTRY stream. */
enum { PW_ENTRY_PART_FRAILTY, PW_ENTRY_PART_CHILDREN, PW_ENTRY_PART_CLOCKS, PW_ENTRY_PART_ARRIVAL, PW_ENTRY_PART_CLOCKS_2 };

/* Makes those of the eight among which `family` is. */
void pw_entrants_make(pw_entrants_t *self, const pw_model_t *model, pw_stream_t stream, uint32_t family);

/* The place of `family` among the eight. */
static inline uint32_t pw_entrants_find(pw_entrants_t *self, const pw_model_t *model, pw_stream_t stream, uint32_t family)
{
    if (self->model != model || family - self->first >= 8)
        pw_entrants_make(self, model, stream, family);
    return family - self->first;
}

/* A clock whose rate is 0 for everybody needs no draw. */
static inline bool pw_clock_runs(const pw_model_t *model, int r) { return model->clocks_run >> r & 1; }

#endif
