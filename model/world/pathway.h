/* pathway.h: where a family goes through the stages.
 *
 * What question it answers: a notification has come, work is done, something happened: what next?
 * Floor: world; own events only. A stage that touches a team is not entered or left here: the family asks for it (family.h,
 * pw_family_ask) and shared.c does it in time order, with the same steps leave, arrive, begin. */
#ifndef PW_WORLD_PATHWAY_H
#define PW_WORLD_PATHWAY_H

#include "family.h"

/* Chooses an exit of `choice` for these covariates with u: multinomial logit (McFadden 1974); the exit's index. `boost` (may be
 * NULL) multiplies each weight. */
int pw_choice_pick(const pw_choice_t *choice, const uint64_t bits[2], const double *numbers, double u);

/* Moves the family to stage `to`, for reason `why` (and interrupting event `event`), because of the own event of `kind` at t:
 * at once when nothing shared is touched, else asks. True if nothing changed but counts (a case that closes where it begins). */
bool pw_pathway_move(pw_own_t *own, pw_family_t *f, int to, int why, int event, pw_ticks_t t, int kind);

/* The steps of a move. leave: ends the present stage; why as above. arrive: the decision to go there; an end closes the case.
 * begin: work starts (or a delay); `workload` holds the teams' workloads by team (zeros from an own event); `residual`: the rest of a
 * length-biased stay in place of a whole one. */
void pw_pathway_leave(pw_own_t *own, pw_family_t *f, int why, pw_ticks_t t);
void pw_pathway_arrive(pw_own_t *own, pw_family_t *f, int to, int why, int event, pw_ticks_t t);
void pw_pathway_begin(pw_own_t *own, pw_family_t *f, const double *workload, bool residual, pw_ticks_t t, int kind);

/* The stage's work is done: the stage to go to. `workload` as above. */
int pw_pathway_decide(pw_own_t *own, pw_family_t *f, const double *workload, pw_ticks_t t);

/* Tells the present stage of an event (enum pw_interrupt_event) that it may act on. */
void pw_pathway_event(pw_own_t *own, pw_family_t *f, int event, pw_ticks_t t, int kind);

/* A separation, true or false, is reported to social services. */
void pw_pathway_report_separation(pw_own_t *own, pw_family_t *f, bool is_true, pw_ticks_t t, int kind);

/* Notification `number` of an incident (packed bits, form.h) arrives: true if nothing changed but counts. The earliest one on its way
 * arrives. */
bool pw_pathway_notification(pw_own_t *own, pw_family_t *f, uint8_t incident, uint16_t number, pw_ticks_t t);
void pw_pathway_arrival(pw_own_t *own, pw_family_t *f, pw_ticks_t t);
/* What pw_pathway_notification does, added up, for n notifications of plain incidents (no incident bits) in a run, `intake` of them in the
 * intake window: passed[k] cases took exit k of the instant first stage to a plain end; NULL: they stayed with the open case. */
void pw_pathway_passed(pw_own_t *own, pw_family_t *f, uint32_t n, const uint32_t *passed, uint32_t intake);
/* Another agency refers the family. */
void pw_pathway_referral(pw_own_t *own, pw_family_t *f, pw_ticks_t t);

#endif
