/* forecast.h: what a sweep will take, foretold from a small part of it.
 *
 * What question it answers: how long, how much memory, how much disk, and into how many shards should it be cut?
 * Floor: experiment. Simulates a few worlds at points spread evenly over the design, on one thread, and reckons from there; says how far the pilot's units were
 * from each other, because a design whose points differ much is foretold badly. */
#ifndef PW_EXPERIMENT_FORECAST_H
#define PW_EXPERIMENT_FORECAST_H

#include "sweep_unit.h"

typedef struct {
    int64_t units;                       /* how many units to try at most */
    double seconds;                      /* stop trying after so many; at least two units (or all) are tried */
    double shard_seconds;                /* how long a shard should take */
    int threads;                         /* of each shard */
    const volatile sig_atomic_t *stop;   /* may be NULL */
} pw_forecast_options_t;

typedef struct {
    int64_t points, units, worlds;       /* worlds: points x replications, each under every scenario of its point */
    int64_t tried_units, tried_worlds;
    int64_t failed_units;                /* of these: points that make no model */
    double world_seconds, world_sd;      /* processor seconds of one world with all its scenarios: mean, and standard deviation over units */
    double longest_world_seconds;
    double set_up_seconds;               /* of one point: specs checked, models compiled */
    double unit_seconds, longest_unit_seconds;
    double processor_seconds;            /* the whole sweep */
    double bytes_shared, bytes_per_thread;         /* of memory: once a process, and for each thread */
    double bytes_per_row, bytes_per_unit;          /* on the disk, compressed */
    double disk_bytes;                   /* parts; the merged table takes about as much again */
    int64_t shards;                      /* so that each takes about shard_seconds; at least 1, at most units */
} pw_forecast_t;

/* Tries and reckons. PW_OK; PW_ERROR_INPUT: not one of the points tried makes a model (findings say why); PW_ERROR_STOPPED; PW_ERROR_MEMORY. Findings of single
 * points that failed are kept too. */
pw_status_t pw_forecast_make(const pw_sweep_t *sweep, const pw_forecast_options_t *options, pw_forecast_t *out, pw_findings_t *findings);

#endif
