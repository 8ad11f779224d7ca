/* joint.h: the noise that a measure and its cost share.
 *
 * What question it answers: in worlds where chance makes a scenario avert more, does it also cost more; how much of the noise of a net benefit cancels, or
 * adds up?
 * Floor: measure.
 *
 * A net benefit is a sum of two paired differences from the baseline. Its noise is not that of two numbers that have nothing to do with each other: fewer
 * incidents are fewer pounds. Kept is, for every measure that has a better direction and each of the two sums of pounds that can be set against one, the Monte
 * Carlo covariance of the two differences (all areas, all families): as in statistics.h, of linearised residuals
 *     C = sum_r e_r f_r / (R - 1)        (one world of a draw with R),   C / R (the draw's)
 * e of the measure's difference, f of the pounds'. With one replication there is none. */
#ifndef PW_MEASURE_JOINT_H
#define PW_MEASURE_JOINT_H

#include "ledger.h"

enum { PW_JOINT_COSTS = 2, PW_JOINT_COST_SUMS = 2 };
extern const char *const pw_joint_cost[PW_JOINT_COSTS];      /* "own_use", "budget" */

/* One draw's sums: of the measure, scenario then baseline, shifted by their first; and products of each with each of the pounds'. */
typedef struct {
    double first[2 * PW_MAX_SUMS], sum[2 * PW_MAX_SUMS];
    double cost_first[2 * PW_JOINT_COST_SUMS], cost_sum[2 * PW_JOINT_COST_SUMS];
    double product[2 * PW_MAX_SUMS][2 * PW_JOINT_COST_SUMS];
    double noise_sum;                  /* over draws: C / R */
    int64_t draws;
} pw_joint_moments_t;

typedef struct {
    const pw_layout_t *layout;
    const pw_catalogue_t *catalogue;
    int n_scenarios, n_measures;
    int *measure;                      /* in the catalogue */
    int cost[PW_JOINT_COSTS];          /* likewise; -1: the model has none */
    int64_t worlds;                    /* of the present draw */
    pw_joint_moments_t *moments;       /* [measure][cost][scenario], of scenario 0 not used */
} pw_joint_t;

/* layout and catalogue must outlive it. Starts zeroed; free it in every case. */
pw_status_t pw_joint_init(pw_joint_t *self, const pw_layout_t *layout, const pw_catalogue_t *catalogue);
/* In (draw, replication) order, by one thread. */
void pw_joint_add(pw_joint_t *self, const pw_worlds_t *worlds);
void pw_joint_free(pw_joint_t *self);

/* Covariance of the means over all worlds (of a measure with itself: mc_se squared); nan: one replication. *draws receives the draws that it is from. */
double pw_joint_covariance(const pw_joint_t *self, int m, int cost, int scenario, int64_t *draws);

#endif
