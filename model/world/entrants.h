/* entrants.h: what families bring with them when they enter, worked out for eight of them at once.
 *
 * What question it answers: which attributes, which frailty, which unspent clocks has this newcomer?
 * Floor: world. Families enter in the order of their numbers, so the next seven will ask soon; eight of a kind take little longer than one. A cache
 * of pure functions: what is in it changes no result. */
#ifndef PW_WORLD_ENTRANTS_H
#define PW_WORLD_ENTRANTS_H

#include "../chance/stream.h"
#include "model.h"

typedef struct pw_entrants {
    const pw_model_t *model;           /* for which they were made; NULL: none */
    uint32_t first;                    /* families first .. first + 7 */
    double frailty[8], severity_factor[8];
    uint8_t children[8];
    pw_ticks_t age[8];                 /* of the youngest child */
    uint64_t bits[8];                  /* word 0: attributes and the youngest child's age */
    double left[PW_RATES][8];          /* unit exponentials of the clocks that run from entry on; the couple's is under PW_RATE_SEPARATES */
    pw_families8_t incident, police;   /* of the entry incident */
    pw_gaps8_t gaps[8];                /* the first eight of each family */
    float rate[8];                     /* multiplier of the hazard of incidents, for what is drawn here */
    double gap_days[8];                /* the first gap at that rate, in the season's days */
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

/* Whether one of two clocks that share a block runs. Clocks whose rate is 0 for everybody need no draw. */
static inline bool pw_clocks_run(const pw_model_t *model, int a, int b) { return (model->clocks_run & (1u << a | 1u << b)) != 0; }

/* The ages of the youngest child that have a bit each, youngest first. */
enum { PW_AGES = 4 };
static const struct { int bit, years; } pw_ages[PW_AGES] = {
    { PW_BIT_CHILD_UNDER_1, 1 }, { PW_BIT_CHILD_UNDER_5, 5 }, { PW_BIT_CHILD_UNDER_11, 11 }, { PW_BIT_CHILD_UNDER_16, 16 } };

/* The bits of a youngest child of this age; of one who is not born: all of them. */
static inline uint64_t pw_age_bits(pw_ticks_t age)
{
    uint64_t bits = 0;
    for (int k = 0; k < PW_AGES; k++)
        bits |= (uint64_t)(age < pw_ages[k].years * PW_TICKS_PER_YEAR) << pw_ages[k].bit;
    return bits;
}

#endif
