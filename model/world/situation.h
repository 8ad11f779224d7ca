/* situation.h: the chances of an incident, for families that are alike in what they depend on.
 *
 * What question it answers: how severe is an incident in such a situation, where, with whom, and what do the police do?
 * Floor: world. The chances of incidents depend on few of a family's bits, and most families share them; a chance is worked out once and
 * looked up from then on. What is a family's own (its severity factor, effects in force) is put on top by incident.c. A cache of pure
 * functions: what is in it changes no result. */
#ifndef PW_WORLD_SITUATION_H
#define PW_WORLD_SITUATION_H

#include "model.h"

enum { PW_SEVERITIES = 3, PW_INCIDENT_KINDS = 32, PW_SITUATIONS = 32 };

/* An incident's kind is its five bits, injury first (covariate.h). */
static inline unsigned pw_incident_kind(uint64_t word0) { return (unsigned)(word0 >> PW_BIT_INJURY & (PW_INCIDENT_KINDS - 1)); }

typedef struct {
    double reported, removes, speaks, notifies[2];           /* notifies: police have spoken to no child, to one */
    double entry_reported, entry_notifies;                   /* by baseline practice */
} pw_incident_police_t;

typedef struct {
    bool made;
    uint64_t bits[2];                                        /* the family's, as far as anything here reads them */
    double contact;                                          /* 0 where there can be none */
    double weight[2][PW_SEVERITIES];                         /* by setting (1: contact): before the family's own factor */
    double present[2][PW_SEVERITIES], injured[2][PW_SEVERITIES];      /* a child there; injured, if there */
    pw_incident_police_t police[PW_INCIDENT_KINDS];          /* by kind; chances that read numbers are not here */
} pw_situation_t;

typedef struct pw_situations { pw_situation_t of[PW_SITUATIONS]; } pw_situations_t;

/* Forgets everything: another model holds from now on. */
void pw_situations_clear(pw_situations_t *self);
/* Works a situation out. */
void pw_situation_make(pw_situation_t *self, const pw_model_t *model, uint64_t word0, uint64_t word1);

/* That of a family with these bits; good until the next call. */
static inline const pw_situation_t *pw_situation_of(pw_situations_t *self, const pw_model_t *model, const uint64_t bits[2])
{
    uint64_t word0 = bits[0] & model->incident_mask[0], word1 = bits[1] & model->incident_mask[1];
    uint64_t mixed = (word0 ^ word1 << 7) * UINT64_C(0x9E3779B97F4A7C15);
    pw_situation_t *it = &self->of[mixed >> 59];
    if (!it->made || it->bits[0] != word0 || it->bits[1] != word1)
        pw_situation_make(it, model, word0, word1);
    return it;
}

#endif
