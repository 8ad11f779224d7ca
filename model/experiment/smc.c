#include "smc.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../chance/distribution.h"
#include "../chance/stream.h"

enum { PURPOSE_PRIOR = 1, PURPOSE_WALK, PURPOSE_ACCEPT, PURPOSE_RESAMPLE, PURPOSE_CONTINUE, MOST_FOCUS = 64 };
static const double WANTED = 0.2, MOVED = 0.6;       /* acceptance aimed at; share of points that a generation moves */

/* ---- memory ---- */

pw_status_t pw_smc_make(pw_smc_t *self, const pw_smc_options_t *options)
{
    size_t n = (size_t)options->points, d = (size_t)options->dims, m = (size_t)options->samples;
    *self = (pw_smc_t){ .options = *options, .tolerance = INFINITY, .stride = 0.4 };
    if (options->focus > MOST_FOCUS)
        return PW_ERROR_FULL;
    self->step = options->focus > 0 ? 2.38 / sqrt(options->focus) : 1.0;
    self->z = pw_alloc(n * d, sizeof *self->z);
    self->distance = pw_alloc(n * m, sizeof *self->distance);
    self->id = pw_alloc(n, sizeof *self->id);
    self->spare_z = pw_alloc(n * d, sizeof *self->spare_z);
    self->spare_distance = pw_alloc(n * m, sizeof *self->spare_distance);
    self->spare_id = pw_alloc(n, sizeof *self->spare_id);
    self->weight = pw_alloc(n, sizeof *self->weight);
    self->index = pw_alloc(n, sizeof *self->index);
    return self->z && self->distance && self->id && self->spare_z && self->spare_distance && self->spare_id && self->weight && self->index ? PW_OK
           : PW_ERROR_MEMORY;
}

void pw_smc_free(pw_smc_t *self)
{
    pw_free(self->z);
    pw_free(self->distance);
    pw_free(self->id);
    pw_free(self->spare_z);
    pw_free(self->spare_distance);
    pw_free(self->spare_id);
    pw_free(self->weight);
    pw_free(self->index);
    *self = (pw_smc_t){ 0 };
}

/* ---- random numbers ---- */

static pw_stream_t stream_of(const pw_smc_t *self, int generation)
{
    return pw_stream_init(self->options.seed, (uint64_t)generation, pw_purpose_named("calibrate", "smc"));
}

static double uniform(pw_stream_t stream, int point, uint32_t purpose, int move, int coordinate)
{
    pw_block_t block = pw_stream_block(stream, (uint32_t)point, purpose, (uint32_t)move, (uint32_t)coordinate);
    return pw_uniform52(block.word[0], block.word[1]);
}

static double normal(pw_stream_t stream, int point, uint32_t purpose, int move, int coordinate)
{
    return pw_normal_quantile(uniform(stream, point, purpose, move, coordinate));
}

/* Never a world of a run: those have small numbers. */
static uint64_t world_number(int generation, int move, int point)
{
    return UINT64_C(1) << 63 | (uint64_t)generation << 40 | (uint64_t)move << 32 | (uint64_t)point;
}

/* ---- distances ---- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int pw_smc_within(const double *distance, int samples, double e)
{
    int low = 0, high = samples;
    while (low < high) {
        int middle = (low + high) / 2;
        if (distance[middle] <= e)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const double *distances(const pw_smc_t *self, int i) { return self->distance + (size_t)i * (size_t)self->options.samples; }

static pw_status_t simulate(pw_smc_t *self, const pw_smc_model_t *model, int n, const double *z, const uint64_t *number, double *distance)
{
    size_t m = (size_t)self->options.samples;
    pw_status_t status = n > 0 ? model->simulate(model->context, n, z, number, distance) : PW_OK;
    for (int i = 0; i < n && status == PW_OK; i++)
        qsort(distance + (size_t)i * m, m, sizeof *distance, ascending);
    return status;
}

pw_status_t pw_smc_begin(pw_smc_t *self, const pw_smc_options_t *options, const pw_smc_model_t *model)
{
    pw_status_t status = pw_smc_make(self, options);
    if (status != PW_OK)
        return status;
    pw_stream_t stream = stream_of(self, 0);
    for (int i = 0; i < options->points; i++) {
        for (int k = 0; k < options->dims; k++)
            self->z[(size_t)i * (size_t)options->dims + (size_t)k] = normal(stream, i, PURPOSE_PRIOR, 0, k);
        self->id[i] = world_number(0, 0, i);
    }
    status = simulate(self, model, options->points, self->z, self->id, self->distance);
    self->simulated = options->points;
    return status;
}

/* ---- tolerance and weights ---- */

/* Weights at tolerance e; returns their effective number. */
static double weigh(const pw_smc_t *self, double e, double *weight)
{
    double sum = 0.0, squares = 0.0;
    int m = self->options.samples;
    for (int i = 0; i < self->options.points; i++) {
        int before = isinf(self->tolerance) ? m : pw_smc_within(distances(self, i), m, self->tolerance);
        double w = before > 0 ? (double)pw_smc_within(distances(self, i), m, e) / before : 0.0;
        sum += w;
        squares += w * w;
        if (weight)
            weight[i] = w;
    }
    return squares > 0.0 ? sum * sum / squares : 0.0;
}

/* The largest distance below e. */
static double below(const pw_smc_t *self, double e)
{
    double best = 0.0;
    for (int i = 0; i < self->options.points; i++) {
        int n = isinf(e) ? self->options.samples : pw_smc_within(distances(self, i), self->options.samples, nextafter(e, 0.0));
        while (n > 0 && isinf(distances(self, i)[n - 1]))
            n--;
        if (n > 0)
            best = fmax(best, distances(self, i)[n - 1]);
    }
    return best;
}

double pw_smc_next_tolerance(const pw_smc_t *self)
{
    double end = self->options.tolerance_end, high = below(self, self->tolerance), low = end, wanted = self->options.keep * self->options.points;
    if (high <= end || weigh(self, end, NULL) >= wanted)
        return end;
    if (weigh(self, high, NULL) < wanted)
        return high;                       /* one step of discrete distances takes more than asked: take it */
    for (int k = 0; k < 50 && high - low > 1e-9 * high; k++) {
        double middle = 0.5 * (low + high);
        *(weigh(self, middle, NULL) >= wanted ? &high : &low) = middle;
    }
    return high;
}

/* ---- resampling ---- */

/* n points of `from` by its weights, systematic. */
static void draw(const pw_smc_t *from, double u, int n, double *z, double *distance, uint64_t *id)
{
    size_t d = (size_t)from->options.dims, m = (size_t)from->options.samples;
    double sum = 0.0, up_to = from->weight[0];
    for (int i = 0; i < from->options.points; i++)
        sum += from->weight[i];
    for (int i = 0, at = 0; i < n; i++) {
        while (up_to < (i + u) / n * sum && at < from->options.points - 1)
            up_to += from->weight[++at];
        memcpy(z + (size_t)i * d, from->z + (size_t)at * d, d * sizeof *z);
        memcpy(distance + (size_t)i * m, from->distance + (size_t)at * m, m * sizeof *distance);
        id[i] = from->id[at];
    }
}

static void resample(pw_smc_t *self, pw_stream_t stream)
{
    draw(self, uniform(stream, 0, PURPOSE_RESAMPLE, 0, 0), self->options.points, self->spare_z, self->spare_distance, self->spare_id);
}

static void swap(pw_smc_t *self)
{
    double *z = self->z, *distance = self->distance;
    uint64_t *id = self->id;
    self->z = self->spare_z;
    self->distance = self->spare_distance;
    self->id = self->spare_id;
    self->spare_z = z;
    self->spare_distance = distance;
    self->spare_id = id;
}

/* ---- another sampler's points ---- */

/* All points of `from` in their own worlds, with the distances that `model` gives now. */
static pw_status_t take_over(pw_smc_t *self, const pw_smc_options_t *options, const pw_smc_t *from, const pw_smc_model_t *model)
{
    size_t n = (size_t)options->points;
    pw_status_t status = pw_smc_make(self, options);
    if (status != PW_OK)
        return status;
    memcpy(self->z, from->z, n * (size_t)options->dims * sizeof *self->z);
    memcpy(self->id, from->id, n * sizeof *self->id);
    status = simulate(self, model, options->points, self->z, self->id, self->distance);
    self->tolerance = DBL_MAX;
    for (int i = 0; i < options->points && status == PW_OK; i++)
        if (pw_smc_within(distances(self, i), options->samples, DBL_MAX) == 0)
            status = PW_ERROR_NUMBER;
    return status;
}

pw_status_t pw_smc_continue(pw_smc_t *self, const pw_smc_options_t *options, const pw_smc_t *from, const pw_smc_model_t *model)
{
    pw_smc_options_t wide = *options;
    pw_smc_t all = { 0 };
    wide.points = from->options.points;
    wide.keep = fmin(1.0, options->keep * options->points / wide.points);
    pw_status_t status = pw_smc_make(self, options);
    if (status == PW_OK)
        status = take_over(&all, &wide, from, model);
    if (status == PW_OK) {
        double e = pw_smc_next_tolerance(&all), u = uniform(stream_of(self, from->generation), 0, PURPOSE_CONTINUE, 0, 0);
        self->ess = weigh(&all, e, all.weight);
        draw(&all, u, options->points, self->z, self->distance, self->id);
        self->tolerance = e;
        self->generation = from->generation, self->acceptance = from->acceptance;
        self->step = from->step, self->stride = from->stride;
        self->simulated = wide.points;
    }
    pw_smc_free(&all);
    return status;
}

/* ---- the random walk ---- */

static void covariance(const pw_smc_t *self, double *out)
{
    int n = self->options.points, f = self->options.focus;
    double mean[MOST_FOCUS] = { 0 }, sum = 0.0;
    for (int i = 0; i < n; i++) {
        sum += self->weight[i];
        for (int k = 0; k < f; k++)
            mean[k] += self->weight[i] * self->z[(size_t)i * (size_t)self->options.dims + (size_t)k];
    }
    memset(out, 0, (size_t)(f * f) * sizeof *out);
    for (int i = 0; i < n; i++) {
        const double *z = self->z + (size_t)i * (size_t)self->options.dims;
        for (int a = 0; a < f; a++)
            for (int b = 0; b <= a; b++)
                out[a * f + b] += self->weight[i] / sum * (z[a] - mean[a] / sum) * (z[b] - mean[b] / sum);
    }
}

void pw_smc_cholesky(double *matrix, int n)
{
    for (int a = 0; a < n; a++)
        for (int b = 0; b <= a; b++) {
            double diagonal = matrix[a * n + a], sum = matrix[a * n + b];
            for (int k = 0; k < b; k++)
                sum -= matrix[a * n + k] * matrix[b * n + k];
            if (a == b)
                matrix[a * n + a] = sqrt(fmax(sum, fmax(1e-12 * diagonal, 1e-300)));
            else
                matrix[a * n + b] = sum / matrix[b * n + b];
        }
}

static void propose(const pw_smc_t *self, pw_stream_t stream, int i, int move, const double *factor, const double *z, double *out)
{
    int f = self->options.focus;
    double xi[MOST_FOCUS];
    for (int k = 0; k < f; k++)
        xi[k] = normal(stream, i, PURPOSE_WALK, move, k);
    for (int a = 0; a < f; a++) {
        out[a] = z[a];
        for (int b = 0; b <= a; b++)
            out[a] += self->step * factor[a * f + b] * xi[b];
    }
    for (int k = f; k < self->options.dims; k++)
        out[k] = sqrt(1.0 - self->stride * self->stride) * z[k] + self->stride * normal(stream, i, PURPOSE_WALK, move, k);
}

/* log prior(a) - log prior(b) of the fitted coordinates, all that the autoregression does not take care of itself */
static double prior_ratio(const pw_smc_t *self, const double *a, const double *b)
{
    double sum = 0.0;
    for (int k = 0; k < self->options.focus; k++)
        sum += b[k] * b[k] - a[k] * a[k];
    return 0.5 * sum;
}

typedef struct { double *z, *distance, *threshold; uint64_t *number; int *point; } proposals_t;

static pw_status_t proposals_make(proposals_t *self, const pw_smc_options_t *options)
{
    size_t n = (size_t)options->points;
    self->z = pw_alloc(n * (size_t)options->dims, sizeof *self->z);
    self->distance = pw_alloc(n * (size_t)options->samples, sizeof *self->distance);
    self->threshold = pw_alloc(n, sizeof *self->threshold);
    self->number = pw_alloc(n, sizeof *self->number);
    self->point = pw_alloc(n, sizeof *self->point);
    return self->z && self->distance && self->threshold && self->number && self->point ? PW_OK : PW_ERROR_MEMORY;
}

static void proposals_free(proposals_t *self)
{
    pw_free(self->z);
    pw_free(self->distance);
    pw_free(self->threshold);
    pw_free(self->number);
    pw_free(self->point);
}

/* One move of the points in `z` (with `distance` and `id`): accepted if n(proposal) > threshold. *accepted: how many. */
static pw_status_t move_all(pw_smc_t *self, const pw_smc_model_t *model, const double *factor, double e, int move, double *z, double *distance, uint64_t *id,
                            proposals_t *room, int *accepted)
{
    const pw_smc_options_t *options = &self->options;
    size_t d = (size_t)options->dims, m = (size_t)options->samples;
    pw_stream_t stream = stream_of(self, self->generation + 1);
    int n = 0;
    for (int i = 0; i < options->points; i++) {
        double *to = room->z + (size_t)n * d;
        propose(self, stream, i, move, factor, z + (size_t)i * d, to);
        double u = uniform(stream, i, PURPOSE_ACCEPT, move, 0);
        double least = u * pw_smc_within(distance + (size_t)i * m, options->samples, e) * exp(-prior_ratio(self, to, z + (size_t)i * d));
        if (least >= options->samples)
            continue;
        room->threshold[n] = least;
        room->number[n] = world_number(self->generation + 1, move, i);
        room->point[n++] = i;
    }
    pw_status_t status = simulate(self, model, n, room->z, room->number, room->distance);
    *accepted = 0;
    for (int k = 0; k < n && status == PW_OK; k++) {
        size_t i = (size_t)room->point[k];
        if (pw_smc_within(room->distance + (size_t)k * m, options->samples, e) <= room->threshold[k])
            continue;
        memcpy(z + i * d, room->z + (size_t)k * d, d * sizeof *z);
        memcpy(distance + i * m, room->distance + (size_t)k * m, m * sizeof *distance);
        id[i] = room->number[k];
        ++*accepted;
    }
    self->simulated += n;
    return status;
}

static int moves_for(double acceptance, int most)
{
    double n = acceptance > 0.0 && acceptance < MOVED ? ceil(log(1.0 - MOVED) / log1p(-acceptance)) : acceptance >= MOVED ? 1.0 : most;
    return n > most ? most : n < 1.0 ? 1 : (int)n;
}

static void adapt(pw_smc_t *self)
{
    double by = exp(fmin(0.5, fmax(-0.5, 1.5 * (self->acceptance - WANTED))));
    self->step = fmin(2.0, fmax(0.1, self->step * by));
    self->stride = fmin(1.0, fmax(0.1, self->stride * by));
}

/* Moves the resampled points in the spare arrays, and takes them over. */
static pw_status_t generation(pw_smc_t *self, const pw_smc_model_t *model, double e, double ess, int most_moves)
{
    double factor[MOST_FOCUS * MOST_FOCUS], first = 0.0;
    proposals_t room = { 0 };
    pw_status_t status = proposals_make(&room, &self->options);
    int moves = 1, accepted;
    covariance(self, factor);
    pw_smc_cholesky(factor, self->options.focus);
    resample(self, stream_of(self, self->generation + 1));
    for (int move = 0; move < moves && status == PW_OK; move++) {
        status = move_all(self, model, factor, e, move, self->spare_z, self->spare_distance, self->spare_id, &room, &accepted);
        if (move == 0 && status == PW_OK) {
            first = (double)accepted / self->options.points;
            moves = moves_for(first, most_moves);
        }
    }
    proposals_free(&room);
    if (status != PW_OK)
        return status;
    swap(self);
    self->generation++;
    self->moves = moves;
    self->tolerance = e;
    self->ess = ess;
    self->acceptance = pw_number_round12(first);
    adapt(self);
    return PW_OK;
}

pw_status_t pw_smc_step(pw_smc_t *self, const pw_smc_model_t *model)
{
    double e = pw_smc_next_tolerance(self), ess = weigh(self, e, self->weight);
    return ess > 0.0 ? generation(self, model, e, ess, self->options.most_moves) : PW_ERROR_NUMBER;
}

pw_status_t pw_smc_move(pw_smc_t *self, const pw_smc_model_t *model)
{
    double ess = weigh(self, self->tolerance, self->weight);
    return ess > 0.0 ? generation(self, model, self->tolerance, ess, 1) : PW_ERROR_NUMBER;
}

bool pw_smc_ended(const pw_smc_t *self)
{
    return self->generation > 0 && (self->tolerance <= self->options.tolerance_end || self->acceptance < self->options.acceptance_end);
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

double pw_smc_distinct(const pw_smc_t *self)
{
    double squares = 0.0;
    int n = self->options.points;
    memcpy(self->spare_id, self->id, (size_t)n * sizeof *self->id);
    qsort(self->spare_id, (size_t)n, sizeof *self->spare_id, by_id);
    for (int i = 0, copies = 1; i < n; i++, copies++)
        if (i == n - 1 || self->spare_id[i + 1] != self->spare_id[i]) {
            squares += (double)copies * copies;
            copies = 0;
        }
    return squares > 0.0 ? (double)n * n / squares : 0.0;
}
