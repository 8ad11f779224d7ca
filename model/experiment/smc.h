/* smc.h: adaptive sequential Monte Carlo for approximate Bayesian computation.
 *
 * What question it answers: under which parameter points do simulated data look like the data, and how widely do those points lie?
 * Floor: experiment. Knows points, distances and tolerances; no model, no file, no thread.
 *
 * The sampler is that of Del Moral, Doucet & Jasra (2012, Statistics and Computing 22:1009-1020). N points of equal weight are moved through tolerances
 * e_0 > e_1 > ...; the target at tolerance e is  prior(z) x share of the point's M simulated data sets within e  (an unbiased estimate of the chance
 * to come so near; the M of one point may share a world, which leaves it unbiased).
 *   tolerance    the smallest at which the effective sample size (sum w)^2 / sum w^2 of the weights w = n(e) / n(e_before) is still keep x N
 *   resampling   systematic (Carpenter, Clifford & Fearnhead 1999), at every generation
 *   moves        Metropolis-Hastings with the simulated share as in pseudo-marginal chains (Andrieu & Roberts 2009). The first `focus` coordinates
 *                take a normal random walk with step^2 x weighted covariance; the others, which the data say little of, the autoregression
 *                z' = sqrt(1 - b^2) z + b xi that leaves their prior as it is (Neal 1998). step begins at 2.38 / sqrt(focus)
 *                (Roberts & Rosenthal 2001), b at 0.4; both are adapted between generations towards an acceptance of 0.2. A proposal that
 *                could not be accepted at any distance is not simulated.
 *   repeats      after a generation's first move as many more as it takes for 60 % of the points to have moved (Drovandi & Pettitt 2011, with their
 *                c = 0.4), at most `most_moves`
 *   end          tolerance_end reached, or the acceptance of a first move below acceptance_end
 * Coordinates are standard normal under the prior: the caller maps them to its parameters by the prior's quantiles.
 *
 * Every random number is a function of (seed, generation, point, move), and points are simulated in blocks by the caller, in whatever order and
 * with however many threads: the result is the same bytes. */
#ifndef PW_EXPERIMENT_SMC_H
#define PW_EXPERIMENT_SMC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/error.h"

typedef struct {
    int points, samples;                   /* N, M */
    int dims, focus;                       /* coordinates; the first `focus` of them are fitted */
    double keep;                           /* 0.5 to 0.99 */
    double tolerance_end, acceptance_end;
    int most_moves;
    uint64_t seed;
} pw_smc_options_t;

/* Simulates n points: z[n][dims], each in its own world `number[n]`; distance[n][samples] receives the distances (infinite: no data). An error ends
 * the generation, which is then as if it had not begun. */
typedef struct {
    pw_status_t (*simulate)(void *context, int n, const double *z, const uint64_t *number, double *distance);
    void *context;
} pw_smc_model_t;

typedef struct {
    pw_smc_options_t options;
    int generation, moves;                 /* generations done; moves of the last one */
    double tolerance;                      /* infinite before the first */
    double ess, acceptance;                /* of the last generation: before its resampling; of its first move */
    double step, stride;                   /* of the random walk; of the autoregression (b) */
    int64_t simulated;                     /* points simulated so far */
    double *z, *distance;                  /* [point][dims]; [point][samples], ascending */
    uint64_t *id;                          /* [point]: copies of one point share it */
    double *spare_z, *spare_distance;      /* proposals and their distances */
    uint64_t *spare_id;
    double *weight;
    int *index;
} pw_smc_t;

/* Draws the points of the prior and simulates them. `self` arrives zeroed; free it in every case. */
pw_status_t pw_smc_begin(pw_smc_t *self, const pw_smc_options_t *options, const pw_smc_model_t *model);
/* Goes on from another sampler's points towards something narrower. All of them are simulated again in the same worlds, and `model` gives infinite distances to
 * data that `from` would not have kept, so that what is left of each point's data weighs it as before. Then options->points of them are drawn at the first
 * tolerance that leaves options->keep of so many effective; steps move them. PW_ERROR_NUMBER: a point keeps none of its data, so these are not its worlds.
 * `self` as for begin. */
pw_status_t pw_smc_continue(pw_smc_t *self, const pw_smc_options_t *options, const pw_smc_t *from, const pw_smc_model_t *model);
/* Memory alone, for a state that is read from a file. */
pw_status_t pw_smc_make(pw_smc_t *self, const pw_smc_options_t *options);
/* One generation. On an error nothing has changed but the scratch. */
pw_status_t pw_smc_step(pw_smc_t *self, const pw_smc_model_t *model);
/* One more move of all points at the present tolerance, as a generation of its own. */
pw_status_t pw_smc_move(pw_smc_t *self, const pw_smc_model_t *model);
bool pw_smc_ended(const pw_smc_t *self);
void pw_smc_free(pw_smc_t *self);

/* Effective number of different points: (sum n)^2 / sum n^2 over the numbers of copies. */
double pw_smc_distinct(const pw_smc_t *self);
/* The next tolerance (before any generation: the first). */
double pw_smc_next_tolerance(const pw_smc_t *self);
/* How many of a point's ascending distances are at most e. */
int pw_smc_within(const double *distance, int samples, double e);

/* Lower Cholesky factor of a covariance of n x n in place; a pivot below 1e-12 of its diagonal becomes that (a coordinate that has lost its spread). */
void pw_smc_cholesky(double *matrix, int n);

#endif
