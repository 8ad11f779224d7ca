/* instant.h: cases that end where they begin: the first stage takes no time, touches nothing and decides on nothing (model.h, `instant`), and
 * sends most of them to an end that does nothing either (`plain_end`).
 *
 * Floor: world; own events only. Only the choice is here: pathway.c has what it means. */
#ifndef PW_WORLD_INSTANT_H
#define PW_WORLD_INSTANT_H

#include "family.h"

enum { PW_VISIT_PART_WORK = 0 };   /* of the stream of one visit of a stage: duration, choice, residual */

/* Which of n weights holds the share u of their sum. */
static inline int pw_weight_pick(const double *weight, int n, double u)
{
    double sum = 0.0;
    for (int k = 0; k < n; k++)
        sum += weight[k];
    double at = u * sum;
    int last = 0;
    for (int k = 0; k < n; k++) {
        if (weight[k] <= 0.0)
            continue;
        if (at < weight[k])
            return k;
        at -= weight[k];
        last = k;
    }
    return last;
}

/* What followed an index notification whose screening sent the family to a stage that counts as this. */
static inline enum pw_index_path pw_index_path_of(int counts_as)
{
    switch (counts_as) {
    case PW_COUNTS_AS_NO_FURTHER_ACTION: return PW_INDEX_NO_FURTHER_ACTION;
    case PW_COUNTS_AS_LETTER: return PW_INDEX_LETTER;
    case PW_COUNTS_AS_SIGNPOSTED: return PW_INDEX_SIGNPOSTED;
    case PW_COUNTS_AS_INITIAL_ASSESSMENT:
    case PW_COUNTS_AS_CORE_ASSESSMENT: return PW_INDEX_ASSESSED;
    default: return PW_INDEX_OTHER;
    }
}

/* The word of the choice of an instant stage's visit: one block for a family that comes once, eight visits ahead when it comes again. */
static inline uint32_t pw_instant_word(const pw_own_t *own, const pw_family_t *f, const pw_stage_t *stage, uint32_t visit)
{
    pw_ahead_t *ahead = own->ahead;
    if (ahead->visitor != f->id || ahead->visit_purpose != stage->purpose) {
        ahead->visitor = f->id;
        ahead->visit_purpose = stage->purpose;
        ahead->visits_made = false;
        return pw_stream_block(own->stream, f->id, stage->purpose, visit, PW_VISIT_PART_WORK).word[1];
    }
    if (!ahead->visits_made || visit - ahead->visit_first >= 8) {
        ahead->visits_made = true;
        ahead->visit_first = visit;
        pw_stream_words8(own->stream, f->id, stage->purpose, visit, PW_VISIT_PART_WORK, 1, ahead->visit_word);
    }
    return ahead->visit_word[visit - ahead->visit_first];
}

/* The words of visits from `visit` on, `n` of them (1 to 8). Where fewer are left, all eight are made from `visit` on: so they keep step with the gaps. */
static inline const uint32_t *pw_instant_words(const pw_own_t *own, const pw_family_t *f, const pw_stage_t *stage, uint32_t visit, uint32_t n)
{
    pw_ahead_t *ahead = own->ahead;
    bool there = ahead->visits_made && ahead->visitor == f->id && ahead->visit_purpose == stage->purpose;
    uint32_t at = visit - ahead->visit_first;
    if (!there || at > 8 - n) {
        at = 0;
        ahead->visitor = f->id;
        ahead->visit_purpose = stage->purpose;
        ahead->visits_made = true;
        ahead->visit_first = visit;
        pw_stream_words8(own->stream, f->id, stage->purpose, visit, PW_VISIT_PART_WORK, 1, ahead->visit_word);
    }
    return &ahead->visit_word[at];
}

/* The exit of a plain choice that a word takes. */
static inline int pw_choice_exit(const pw_choice_t *choice, uint32_t word)
{
    int k = 0;
    while (word >= choice->plain_below[k])
        k++;
    return k;
}

/* The exit that visit number `visit` of an instant stage takes. */
static inline int pw_instant_exit(const pw_own_t *own, const pw_family_t *f, const pw_stage_t *stage, uint32_t visit)
{
    const pw_choice_t *choice = &stage->choice;
    return choice->n == 1 ? 0 : pw_choice_exit(choice, pw_instant_word(own, f, stage, visit));
}

#endif
