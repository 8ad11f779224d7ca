/* offers.h: is this family offered a service, and does it take it up?
 *
 * What question it answers: who is eligible, offered, willing? Places and waiting are the service's (queue.h, shared.c).
 * Floor: world; own events only. */
#ifndef PW_WORLD_OFFERS_H
#define PW_WORLD_OFFERS_H

#include "family.h"

/* Makes the offers of the services in `mask` at offer point `at` (a stage, or enum pw_offer_point). Services taken up are asked for
 * (PW_PENDING_SERVICES). When some chance reads a workload and `workload` is NULL, the whole round waits for the shared moment
 * (PW_PENDING_OFFERS_*). The k-th offer of a service has numbers of its own: part 0 of (service, k): offered, -, patience, completes;
 * part 1: duration. Whether a family is willing is its own: one number for all offers of a service (part 2 of (service, 0)), so that
 * repeating an offer does not wear down a refusal, and `uptake` is the share of families that would take it up. */
void pw_offers_make(pw_own_t *own, pw_family_t *f, uint32_t mask, int at, const double *workload, pw_ticks_t t, int kind);

enum { PW_OFFER_PART_DECISIONS = 0, PW_OFFER_PART_DURATION = 1, PW_OFFER_PART_WILLING = 2 };

#endif
