/* couple.h: together or separated, engaged with workers or not.
 *
 * What question it answers: what changes between the victim and the partner, and between them and those who help?
 * Floor: world; own events only. */
#ifndef PW_WORLD_COUPLE_H
#define PW_WORLD_COUPLE_H

#include "family.h"

/* The couple's clock strikes: it separates (attributes that are redrawn at separation are redrawn; reported with a chance
 * while staff work with the family) or reunites. */
void pw_couple_change(pw_own_t *own, pw_family_t *f, pw_ticks_t t);
void pw_couple_false_report(pw_own_t *own, pw_family_t *f, pw_ticks_t t);
/* Draws attribute `a` for the present bits, with occurrence `k` of its stream, and puts its bit. */
void pw_attribute_draw(const pw_own_t *own, pw_family_t *f, int a, uint32_t k);

/* Staff start to work with the family: the victim engages or not; the partner is approached or not, then engages or not. Two
 * uniforms for the partner, one for the victim, of the visit's stream (`purpose`, `visit`). */
void pw_engagement_start(pw_own_t *own, pw_family_t *f, uint32_t purpose, uint32_t visit, const double *workload, pw_ticks_t t);
/* Whether a separated couple says so when staff start to work with them. */
bool pw_engagement_reports(const pw_own_t *own, const pw_family_t *f, uint32_t purpose, uint32_t visit, pw_ticks_t t);
/* The disengagement clock of the victim (or the partner) strikes. */
void pw_engagement_ends(pw_own_t *own, pw_family_t *f, bool partner, pw_ticks_t t);
/* The case closes: engagement with it lapses. */
void pw_engagement_lapse(pw_own_t *own, pw_family_t *f, pw_ticks_t t);
/* Attendance of a service has begun or ended: who attends counts as engaged; dropping out is an event. */
void pw_engagement_service(pw_own_t *own, pw_family_t *f, int service, bool dropped, pw_ticks_t t, int kind);

#endif
