/* particles.h: worlds for parameter points: what the baseline gives under each.
 *
 * What question it answers: if the estimates had these values, what would hold of the cohort, and what would a study find?
 * Floor: experiment; knows OpenMP (as batch.c does: worlds of many parameter sets, each on one thread, results by index).
 *
 * A point has one coordinate for each estimate that can matter to a study: all but pounds and fixed ones; those to be calibrated first. A coordinate is a
 * standard normal score: the estimate is its prior's quantile there (rounded to 6 significant digits, so that a file holds the very value that was
 * simulated). The rest stays at the estimates' values. */
#ifndef PW_EXPERIMENT_PARTICLES_H
#define PW_EXPERIMENT_PARTICLES_H

#include "../spec/values.h"
#include "../world/world.h"
#include "run.h"
#include "study.h"

typedef struct {
    pw_world_t *world;
    pw_result_t *result;                   /* [area] */
    pw_model_t *model;                     /* [area] */
    double *vector;
    pw_study_room_t room;
    pw_members_t members;
} pw_particle_worker_t;

typedef struct {
    const pw_spec_t *spec;
    const pw_run_t *run;                   /* prepared: roster, layout */
    const pw_study_t *study;
    uint64_t seed;
    int threads, n_areas;
    const volatile sig_atomic_t *stop;     /* may be NULL */
    int dims, focus;
    int *estimate;                         /* [dims]: in the spec's evidence */
    pw_particle_worker_t *worker;
} pw_particles_t;

/* `run` is prepared for `spec` alone; spec, run and study outlive it. `self` arrives zeroed; free it in every case. */
pw_status_t pw_particles_init(pw_particles_t *self, const pw_spec_t *spec, const pw_run_t *run, const pw_study_t *study, uint64_t seed, int threads,
                              const volatile sig_atomic_t *stop);
void pw_particles_free(pw_particles_t *self);

/* An estimate at a normal score, as a file writes it. */
double pw_particles_value(const pw_particles_t *self, int coordinate, double z);
/* The same where an area is `factor` times as large (area_size.h); 1: as it is. */
double pw_particles_value_at_size(const pw_particles_t *self, int coordinate, double z, double factor);

/* What n points give, `worlds` worlds each (their numbers: number[i], with w in bits 56 to 62, so at most 128):
 *   sums[i][study->n][PW_STUDY_SUMS]         tallies over the point's worlds, set (not added to)
 *   found[i][worlds * samples][targets]      `samples` studies of each world; may be NULL with samples 0
 * factor[i] (NULL: all 1) is the size of the point's areas. A point whose values make no model has sums of 0 and finds nothing (nan). PW_ERROR_STOPPED,
 * PW_ERROR_MEMORY. */
pw_status_t pw_particles_run(pw_particles_t *self, int n, const double *z, const uint64_t *number, const double *factor, int worlds, int samples,
                             double *sums, double *found);

#endif
