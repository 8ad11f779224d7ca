/* statistics.h: from worlds to a mean, its Monte Carlo error, an interval over draws and the spread of worlds.
 *
 * What question it answers: how large is this quantity (or this difference from the baseline), and which part of its spread is noise
 * of the simulation, which part ignorance of the parameters, which part the luck of a single world?
 * Floor: measure. Numbers come in world by world, in (draw, replication) order, and are not kept: memory grows neither
 * with replications nor (beyond one number a draw, kept by the caller) with draws.
 *
 * Every quantity is a ratio of sums over worlds, q = scale * sum n / sum d (the ratio estimator; Cochran 1977, Sampling Techniques,
 * chapter 6), or a ratio of two such ratios. Within a draw of R worlds its variance is that of the linearised residuals
 *     e_r = sum_k (dq/dx_k) (x_kr - mean x_k),   W = sum e_r^2 / (R - 1)        (one world),   W / R (the draw's q)
 * with the derivatives taken at the means; for a paired difference e_r is scenario minus baseline in the same world, so that what both
 * share cancels. Between draws, one-way variance components (O'Hagan, Stevenson & Madan 2007):
 *     B = s^2(q_d) - mean W / R
 * and draw means are shrunk about their mean by sqrt(B / (B + W/R)) before their 2.5 % and 97.5 % points are taken.
 * If B <= 0 the draws do not differ by more than the noise of the simulation. */
#ifndef PW_MEASURE_STATISTICS_H
#define PW_MEASURE_STATISTICS_H

#include <stdbool.h>
#include <stdint.h>

#include "sketch.h"

enum { PW_MAX_SUMS = 4 };      /* of one scenario's quantity: n, d, and for a ratio of ratios n2, d2 */

/* What the interval low95 to high95 is about. */
enum pw_spread {
    PW_SPREAD_NONE,            /* no value, or one world only */
    PW_SPREAD_MONTE_CARLO,     /* one parameter set: Monte Carlo error of the mean (Student's t) */
    PW_SPREAD_DRAWS,           /* 95 % uncertainty interval over draws, replication noise taken out */
    PW_SPREAD_DRAWS_AND_NOISE, /* one replication a draw: the noise cannot be told apart and is still in it */
    PW_SPREAD_NOISE            /* B <= 0: not distinguishable from simulation noise; no interval */
};

typedef struct {
    int64_t draws, replications;       /* draws with a value */
    double mean, mc_se;                /* mc_se: Monte Carlo standard error of the mean over all worlds */
    double low95, high95;              /* nan: none */
    double p05, p50, p95;              /* of single worlds */
    double within, between;            /* W and B */
    double better;                     /* share of draws in which the scenario is better; nan: no direction, or not paired */
    int spread;
} pw_summary_t;

/* One quantity of one scenario, or one paired difference. */
typedef struct {
    int sums;                          /* 2 or 4 */
    bool paired;
    double scale;
    int64_t worlds;                    /* of the present draw */
    double *moment;                    /* first values, sums and products of the present draw; owned by the caller: pw_estimator_moments() numbers */
    double within_sum;                 /* over draws: W */
    double noise_sum;                  /* over draws: W / R */
    int64_t within_n;
    pw_sketch_t single;                /* single worlds */
} pw_estimator_t;

/* How many numbers `moment` must have room for. */
int pw_estimator_moments(int sums, bool paired);

/* sums: 2 (scale * x0 / x1) or 4 (scale * (x0 / x1) / (x2 / x3)). */
void pw_estimator_init(pw_estimator_t *self, int sums, bool paired, double scale, double *moment);

/* Adds one world: x[sums] of the scenario, base[sums] of the baseline in the same world (NULL unless paired). */
pw_status_t pw_estimator_add(pw_estimator_t *self, const double *x, const double *base);

/* Ends a draw: returns its q (nan: a denominator is 0) and takes its W. */
double pw_estimator_end_draw(pw_estimator_t *self);

void pw_estimator_free(pw_estimator_t *self);

/* The value of sums x[]: nan if a denominator is 0. */
double pw_ratio(const double *x, int sums, double scale);
/* Its derivative by each of the sums, at x; no denominator is 0. */
void pw_ratio_slope(const double *x, int sums, double scale, double *out);

/* What n_draws values q_d (nan: missing) and the estimator's W and single worlds say. `direction`: -1 lower is better, 1 higher,
 * 0 none. `fixed`: every estimate was held at its value (there is nothing to be uncertain about). `room` holds n_draws numbers. */
pw_summary_t pw_summarise(const pw_estimator_t *self, const double *draw, int64_t n_draws, int64_t replications, bool fixed,
                          int direction, double *room);

/* Does the difference lie clear of 0, by its interval over draws and by its Monte Carlo error? */
bool pw_clear_of_zero(const pw_summary_t *self);
/* The interval to show: low95 to high95, or, where the draws do not differ by more than noise, mean -+ 1.96 mc_se. */
bool pw_interval_shown(const pw_summary_t *self, double *low, double *high);

#endif
