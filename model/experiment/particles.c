#include "particles.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../chance/distribution.h"
#include "../spec/compile.h"
#include "area_size.h"

/* ---- making ---- */

static bool matters(const pw_estimate_t *estimate)
{
    return estimate->quantity != PW_QUANTITY_POUNDS && estimate->distribution != PW_DISTRIBUTION_FIXED;
}

static void choose_coordinates(pw_particles_t *self)
{
    const pw_evidence_t *evidence = &self->spec->evidence;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < evidence->n; i++)
            if (matters(&evidence->estimate[i]) && evidence->estimate[i].calibrate == (round == 0))
                self->estimate[self->dims++] = i;
        if (round == 0)
            self->focus = self->dims;
    }
}

static pw_status_t start_worker(pw_particle_worker_t *worker, const pw_particles_t *self)
{
    size_t areas = (size_t)self->n_areas;
    worker->world = pw_world_new();
    worker->result = pw_alloc(areas, sizeof worker->result[0]);
    worker->model = pw_alloc(areas, sizeof worker->model[0]);
    worker->vector = pw_alloc(self->run->layout.size, sizeof worker->vector[0]);
    return worker->world && worker->result && worker->model && worker->vector ? PW_OK : PW_ERROR_MEMORY;
}

pw_status_t pw_particles_init(pw_particles_t *self, const pw_spec_t *spec, const pw_run_t *run, const pw_study_t *study, uint64_t seed, int threads,
                              const volatile sig_atomic_t *stop)
{
    *self = (pw_particles_t){ .spec = spec, .run = run, .study = study, .seed = seed, .threads = threads, .n_areas = run->roster.n_areas, .stop = stop };
    self->estimate = pw_alloc((size_t)spec->evidence.n, sizeof self->estimate[0]);
    self->worker = pw_alloc((size_t)threads, sizeof self->worker[0]);
    if (!self->estimate || !self->worker)
        return PW_ERROR_MEMORY;
    choose_coordinates(self);
    for (int t = 0; t < threads; t++)
        if (start_worker(&self->worker[t], self) != PW_OK)
            return PW_ERROR_MEMORY;
    return PW_OK;
}

void pw_particles_free(pw_particles_t *self)
{
    for (int t = 0; self->worker && t < self->threads; t++) {
        if (self->worker[t].world)
            pw_world_free(self->worker[t].world);
        pw_free(self->worker[t].result);
        pw_free(self->worker[t].model);
        pw_free(self->worker[t].vector);
        pw_members_free(&self->worker[t].members);
        pw_study_room_free(&self->worker[t].room);
    }
    pw_free(self->worker);
    pw_free(self->estimate);
    *self = (pw_particles_t){ 0 };
}

/* ---- one point ---- */

double pw_particles_value(const pw_particles_t *self, int coordinate, double z)
{
    char text[40];
    double u = fmin(1.0 - 0x1p-53, fmax(0x1p-53, pw_normal_cdf(z)));
    snprintf(text, sizeof text, "%.6g", pw_estimate_quantile(&self->spec->evidence.estimate[self->estimate[coordinate]], u));
    return strtod(text, NULL);
}

double pw_particles_value_at_size(const pw_particles_t *self, int coordinate, double z, double factor)
{
    char text[40];
    double value = pw_particles_value(self, coordinate, z);
    if (factor == 1.0 || !pw_is_area_size(self->spec->evidence.estimate[self->estimate[coordinate]].name))
        return value;
    snprintf(text, sizeof text, "%.6g", factor * value);
    return strtod(text, NULL);
}

static pw_status_t compile(const pw_particles_t *self, pw_particle_worker_t *worker, const double *z, double factor)
{
    pw_values_t values = { 0 };
    pw_findings_t unread = { 0 };
    pw_status_t status = pw_values_central(&self->spec->evidence, self->n_areas, &values);
    for (int k = 0; k < self->dims && status == PW_OK; k++)
        pw_values_put(&values, &self->spec->evidence, self->estimate[k], pw_particles_value_at_size(self, k, z[k], factor));
    for (int a = 0; a < self->n_areas && status == PW_OK; a++)
        status = pw_compile(self->spec, &values, NULL, NULL, a, &worker->model[a], &unread);
    pw_findings_free(&unread);
    pw_values_free(&values);
    return status;
}

static pw_status_t one_world(const pw_particles_t *self, pw_particle_worker_t *worker, uint64_t number, int samples, double *sums, double *found)
{
    const pw_layout_t *layout = &self->run->layout;
    pw_world_options_t options = { .engine = PW_ENGINE_AHEAD, .stop = self->stop };
    const pw_result_t *results[PW_MAX_AREAS];
    pw_tally_begin(layout, worker->vector);
    for (int a = 0; a < self->n_areas; a++) {
        const pw_model_t *model[1] = { &worker->model[a] };
        pw_result_t *result[1] = { &worker->result[a] };
        int status = pw_world_run(worker->world, self->seed, number, model, 1, NULL, &options, result);
        if (status != 0)
            return status == PW_ERROR_STOPPED ? PW_ERROR_STOPPED : PW_ERROR_MEMORY;
        if (pw_members_set(&worker->members, layout->roster, result[0]) != PW_OK)
            return PW_ERROR_MEMORY;
        pw_tally_area(layout, 0, a, model[0], result[0], &worker->members, worker->vector);
        results[a] = result[0];
        if (samples > 0) {                 /* the world's records go with its next run */
            pw_status_t kept = pw_study_keep(self->study, &worker->room, a, result[0]);
            if (kept != PW_OK)
                return kept;
        }
    }
    pw_tally_end(layout, 0, results, worker->vector);
    pw_study_add(self->study, worker->vector, sums);
    if (samples > 0)
        pw_study_sample(self->study, &worker->room, worker->vector, self->seed, number, samples, found);
    return PW_OK;
}

static pw_status_t one_point(const pw_particles_t *self, pw_particle_worker_t *worker, const double *z, uint64_t number, double factor, int worlds, int samples,
                             double *sums, double *found)
{
    size_t n_targets = (size_t)self->study->targets->n, n_sums = (size_t)self->study->n * PW_STUDY_SUMS;
    memset(sums, 0, n_sums * sizeof *sums);
    for (size_t k = 0; found && k < (size_t)worlds * (size_t)samples * n_targets; k++)
        found[k] = NAN;
    pw_status_t status = compile(self, worker, z, factor);
    for (int w = 0; w < worlds && status == PW_OK; w++)
        status = one_world(self, worker, number | (uint64_t)w << 56, samples, sums, samples > 0 ? found + (size_t)w * (size_t)samples * n_targets : NULL);
    return status == PW_ERROR_INPUT || status == PW_ERROR_NUMBER ? PW_OK : status;
}

pw_status_t pw_particles_run(pw_particles_t *self, int n, const double *z, const uint64_t *number, const double *factor, int worlds, int samples, double *sums,
                             double *found)
{
    size_t d = (size_t)self->dims, n_sums = (size_t)self->study->n * PW_STUDY_SUMS, n_found = (size_t)worlds * (size_t)samples *
        (size_t)self->study->targets->n;
    pw_status_t status = PW_OK;
#pragma omp parallel for schedule(dynamic, 1) num_threads(self->threads)
    for (int i = 0; i < n; i++) {
        if (self->stop && *self->stop)
            continue;
        pw_status_t mine = one_point(self, &self->worker[omp_get_thread_num()], z + (size_t)i * d, number[i], factor ? factor[i] : 1.0, worlds, samples,
                                     sums + (size_t)i * n_sums, found ? found + (size_t)i * n_found : NULL);
        if (mine != PW_OK) {
#pragma omp critical(pw_particles_status)
            status = mine < status ? mine : status;
        }
    }
    return self->stop && *self->stop ? PW_ERROR_STOPPED : status;
}
