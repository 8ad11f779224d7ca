/* replay.h: what was told of a family's life, counted again.
 *
 * What question it answers: do the events that a trace shows come to what the tables count?
 * Floor: experiment. Made from the events of account.h alone, by rules of its own: a family's record as world/record.h keeps it, and its part of
 * the area's counts. What does not follow from families' events stays 0: the time integrals of lines, places in use and places there (and the
 * place-years and budgets made of them), and the number of clock events that the engine worked off. */
#ifndef PW_EXPERIMENT_REPLAY_H
#define PW_EXPERIMENT_REPLAY_H

#include "../world/account.h"
#include "../world/result.h"

/* One family under one scenario. Zeroed, then pw_replay_begin. */
typedef struct {
    pw_record_t record;                  /* meaningful once `opened` */
    bool opened, window;                 /* its follow-up has begun; is open */
    int stage;                           /* -1: no case */
    bool at_work, case_worked, case_assessed, assessed_before, closed_by_separation, looked_after, index_screening;
    uint8_t service[PW_MAX_SERVICES];    /* enum pw_attendance_state of family.h, as far as events say: 0, waiting, attending, ended */
} pw_replay_t;

void pw_replay_begin(pw_replay_t *self);

/* Adds one event of this family under `model`, in the order in which it was told. `area` (may be NULL) receives what the area counts from it;
 * events of the warm-up count for nobody, but have to be added. */
void pw_replay_add(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told, pw_result_t *area);

/* Whether two records hold the same, to the last digit. */
bool pw_replay_same(const pw_record_t *a, const pw_record_t *b);

/* An incident of the reference world: sets severe_without_services of a record whose index is known. */
void pw_replay_reference(pw_record_t *record, const pw_model_t *model, const pw_told_t *told);

#endif
