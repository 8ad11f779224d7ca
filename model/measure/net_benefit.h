/* net_benefit.h: pounds for what is averted, less what it costs.
 *
 * What question it answers: at a price that somebody puts on one unit of an outcome, is a scenario worth what it costs more?
 * Floor: measure.
 *
 * Net benefit = threshold x (units fewer, or more, of the outcome) - (pounds more). The threshold is a choice of whoever decides and no piece of evidence.
 * An outcome of the whole area, counted by the month, is set against the area's budget (both a year, undiscounted, places unused included); one of the
 * cohort, per 100 families, against what the cohort itself used (discounted; unused places are not in it). */
#ifndef PW_MEASURE_NET_BENEFIT_H
#define PW_MEASURE_NET_BENEFIT_H

#include "../base/text.h"
#include "joint.h"

#define PW_NET_BENEFIT_OUTCOME "incidents_per_month"      /* where nobody says which */

typedef struct {
    double threshold;
    int outcome, pounds;               /* in the catalogue */
    int cost;                          /* of joint.h: which sum of pounds */
    double outcome_weight, pounds_weight;      /* net benefit = the sum of both differences so weighed */
    const char *unit;                  /* "£ a year", "£ per 100 families" */
} pw_net_benefit_t;

/* PW_ERROR_USAGE with a sentence in `why` (without a full stop): no threshold (nan), no such measure, one without a direction, one that no price can be put on.
 * `outcome` NULL: PW_NET_BENEFIT_OUTCOME. */
pw_status_t pw_net_benefit_init(pw_net_benefit_t *self, const pw_catalogue_t *catalogue, const char *outcome, double threshold, pw_text_t *why);
/* The measure of that name, for which a direction is better; -1 with a sentence in `why`. */
int pw_directed_measure(const pw_catalogue_t *catalogue, const char *name, pw_text_t *why);

/* Of a scenario less the baseline, as pw_ledger_summary; its noise is that of both differences together. `room` holds twice as many numbers as there are
 * draws. */
pw_summary_t pw_net_benefit_summary(const pw_net_benefit_t *self, const pw_ledger_t *ledger, const pw_joint_t *joint, int scenario, double *room);

#endif
