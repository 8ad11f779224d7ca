/* census.h: averages of the covariates where predictors use them, for the pilot (`pathways centres`).
 *
 * What question it answers: what is each covariate's average at each place where a chance is taken?
 * Floor: world. Sums only; the pilot takes the averages upstairs. */
#ifndef PW_WORLD_CENSUS_H
#define PW_WORLD_CENSUS_H

#include "model.h"

/* Places: at entry; over time (for rates, weighted by days from day 0 on); at incidents; at attended incidents (police); at each stage's
 * entry, its decision and its interruptions; at each service's offers; at engagement. */
enum { PW_PLACE_ENTRY, PW_PLACE_TIME, PW_PLACE_INCIDENT, PW_PLACE_POLICE, PW_PLACE_ENGAGEMENT, PW_PLACE_STAGE_0,
       PW_PLACE_SERVICE_0 = PW_PLACE_STAGE_0 + PW_MAX_STAGES, PW_PLACES = PW_PLACE_SERVICE_0 + PW_MAX_SERVICES };

typedef struct {
    double weight[PW_PLACES];
    double bit_sum[PW_PLACES][PW_MAX_BITS];
    double number_sum[PW_PLACES][PW_MAX_NUMBERS];
    /* for the risk score: one entry per cohort family, from the baseline and the reference world */
    double *log_risk; uint8_t *severe; int64_t n_risk, room_risk;
} pw_census_t;

/* Adds one situation with a weight (1, or days for PW_PLACE_TIME). `numbers` may be NULL. */
void pw_census_add(pw_census_t *self, int place, const uint64_t bits[2], const double *numbers, double weight);
/* Adds one cohort family: its true log risk at the index, and whether the reference world had a severe incident in the next 12
 * months. -1 without memory. */
int pw_census_risk(pw_census_t *self, double log_risk, bool severe);
void pw_census_free(pw_census_t *self);

#endif
