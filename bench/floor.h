/* floor.h: how fast could the toy be at all? Two hand-written loops to hold the engine against.
 *
 * The toy: 1,000 families with gamma frailty (mean 1, variance 2), exponential repeat incidents, each one a notification; 5 % of them
 * need a team of 5 with lognormal durations, first come first served; 21 months, nothing else. Both loops simulate it in time
 * order and know nothing of predictors, stages, services or files.
 *   tree  a winner tree over the families, keyed Philox made eight incidents ahead: the floor
 *   heap  a binary heap of pending events and one shared xoshiro256++ generator: what one would write first
 * Both draw a gamma of shape 1/2 and scale 2 as the square of a standard normal (the chi-square distribution with one degree of
 * freedom), inside the timed loop, anew for every replication. */
#ifndef PW_BENCH_FLOOR_H
#define PW_BENCH_FLOOR_H

#include <stdint.h>

#include "../model/chance/distribution.h"

enum { PW_FLOOR_FAMILIES = 1000, PW_FLOOR_MAX_PLACES = 24 };

/* Numbers of the toy that a test may change. */
typedef struct {
    double incidents_per_year;   /* of a family of average frailty */
    double team_share;           /* of notifications */
    int places;                  /* 1 .. PW_FLOOR_MAX_PLACES */
    pw_span_t work;
    double days;
} pw_floor_setting_t;

typedef struct {
    uint64_t events;             /* incidents + completions of the team */
    uint64_t checksum;           /* over every family's count of incidents in every replication, and the completions */
    double seconds;
    uint64_t incidents, joined, waited, completed;   /* joined: notifications for the team; waited: those that found it full */
    double wait_days;            /* of those whose work started */
    uint64_t started;
} pw_floor_t;

/* The toy as above: 4 incidents a year, work of median 15 and 95th percentile 49 days. */
pw_floor_setting_t pw_floor_toy(void);

/* Replications 0 .. replications - 1 of `seed`, timed. They need no memory but their own stack. */
pw_floor_t pw_floor_tree(uint64_t seed, int replications);
pw_floor_t pw_floor_heap(uint64_t seed, int replications);
pw_floor_t pw_floor_tree_of(const pw_floor_setting_t *setting, uint64_t seed, int replications);
pw_floor_t pw_floor_heap_of(const pw_floor_setting_t *setting, uint64_t seed, int replications);

#endif
