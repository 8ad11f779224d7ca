/* calibrate_judge.c: every different set in worlds of its own: which keep the bounds and signs, and what they predict. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/progress.h"
#include "area_size.h"
#include "calibrate.h"

enum { BLOCK = 32 };
/* A bound or sign must be kept by so much of the prior's spread (of a band with two ends by no more than a tenth of it): a set on the very edge is as
 * likely beyond it. */
static const double MARGIN = 0.03;

typedef struct { uint64_t id; int point; } named_t;

static int by_id(const void *a, const void *b)
{
    const named_t *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id ? 1 : x->point - y->point;
}

/* The different points and how many copies there are of each, in the order of their first points. */
static pw_status_t find_sets(pw_calibration_t *self)
{
    int n = self->options.points;
    named_t *named = pw_alloc((size_t)n, sizeof *named);
    int *copies = pw_alloc((size_t)n, sizeof *copies);
    if (named && copies) {
        for (int i = 0; i < n; i++)
            named[i] = (named_t){ self->smc.id[i], i };
        qsort(named, (size_t)n, sizeof *named, by_id);
        for (int i = 0, first = 0; i < n; i++) {
            if (named[i].id != named[first].id)
                first = i;
            copies[named[first].point]++;
        }
        self->n_sets = 0;
        for (int i = 0; i < n; i++)
            if (copies[i] > 0) {
                self->point[self->n_sets] = i;
                self->copies[self->n_sets++] = copies[i];
            }
    }
    pw_status_t status = named && copies ? PW_OK : PW_ERROR_MEMORY;
    pw_free(named);
    pw_free(copies);
    return status;
}

pw_status_t pw_calibrate_judge_make(pw_calibration_t *self)
{
    size_t n = (size_t)self->options.points, n_sums = n * (size_t)self->study.n * PW_STUDY_SUMS;
    self->point = pw_alloc(n, sizeof *self->point);
    self->copies = pw_alloc(n, sizeof *self->copies);
    self->first = pw_alloc(n_sums, sizeof *self->first);
    self->second = pw_alloc(n_sums, sizeof *self->second);
    self->found = pw_alloc(n * (size_t)self->options.worlds * (size_t)self->targets->n, sizeof *self->found);
    self->weight = pw_alloc(n, sizeof *self->weight);
    if (self->options.base && !(self->factor = pw_alloc(n, sizeof *self->factor)))
        return PW_ERROR_MEMORY;
    if (!self->point || !self->copies || !self->first || !self->second || !self->found || !self->weight)
        return PW_ERROR_MEMORY;
    return self->smc.id ? find_sets(self) : PW_OK;
}

/* ---- what a set must keep ---- */

static bool keeps(const pw_calibration_t *self, int set)
{
    for (int t = 0; t < self->targets->n; t++) {
        const pw_target_t *target = &self->targets->target[t];
        if (target->use != PW_TARGET_FITTED || (target->kind != PW_TARGET_BOUND && target->kind != PW_TARGET_SIGN))
            continue;
        double value = pw_calibrate_expected(self, set, t, 0), margin = MARGIN * self->spread[t];
        if (isnan(target->low) == false && isnan(target->high) == false)
            margin = fmin(margin, 0.1 * (target->high - target->low));
        if (isnan(value) || value < target->low + margin || value > target->high - margin)
            return false;
    }
    return true;
}

/* Half `half` of the worlds of the sets set[0 .. n - 1]. */
static pw_status_t judge_half(pw_calibration_t *self, const int *set, int n, int half)
{
    int worlds = self->options.worlds / 2;
    size_t d = (size_t)self->particles.dims, n_sums = (size_t)self->study.n * PW_STUDY_SUMS, n_found = (size_t)worlds * (size_t)self->targets->n;
    double *z = pw_alloc((size_t)n * d, sizeof *z), *sums = pw_alloc((size_t)n * n_sums, sizeof *sums), *found = pw_alloc((size_t)n * n_found, sizeof *found);
    double *factor = pw_alloc((size_t)n, sizeof *factor);
    uint64_t *number = pw_alloc((size_t)n, sizeof *number);
    pw_status_t status = z && sums && found && factor && number ? PW_OK : PW_ERROR_MEMORY;
    for (int i = 0; i < n && status == PW_OK; i++) {
        factor[i] = self->factor ? self->factor[set[i]] : 1.0;
        memcpy(z + (size_t)i * d, self->smc.z + (size_t)self->point[set[i]] * d, d * sizeof *z);
        number[i] = UINT64_C(1) << 63 | UINT64_C(0xFFFE) << 40 | (uint64_t)half << 39 | (uint64_t)set[i];      /* no generation has that number */
    }
    if (status == PW_OK && n > 0)
        status = pw_particles_run(&self->particles, n, z, number, factor, worlds, 1, sums, found);
    for (int i = 0; i < n && status == PW_OK; i++) {
        memcpy((half == 0 ? self->first : self->second) + (size_t)set[i] * n_sums, sums + (size_t)i * n_sums, n_sums * sizeof *sums);
        memcpy(self->found + ((size_t)set[i] * 2 + (size_t)half) * n_found, found + (size_t)i * n_found, n_found * sizeof *found);
    }
    self->worlds += status == PW_OK ? (int64_t)n * worlds : 0;
    pw_free(z);
    pw_free(sums);
    pw_free(found);
    pw_free(factor);
    pw_free(number);
    return status;
}

/* All in the first half of the worlds; in the second those that keep every bound and sign there. */
static pw_status_t judge_block(pw_calibration_t *self, int from, int n)
{
    int set[BLOCK], kept = 0;
    for (int i = 0; i < n; i++)
        set[i] = from + i;
    pw_status_t status = judge_half(self, set, n, 0);
    for (int i = 0; i < n && status == PW_OK; i++)
        if (keeps(self, from + i))
            set[kept++] = from + i;
    return status == PW_OK ? judge_half(self, set, kept, 1) : status;
}

static void weigh(pw_calibration_t *self)
{
    double sum = 0.0;
    for (int s = 0; s < self->n_sets; s++)
        sum += self->weight[s] = keeps(self, s) ? self->copies[s] : 0.0;
    for (int s = 0; s < self->n_sets && sum > 0.0; s++)
        self->weight[s] /= sum;
}

pw_status_t pw_calibrate_judge(pw_calibration_t *self)
{
    pw_progress_t progress = { 0 };
    pw_status_t status = PW_OK;
    int64_t each = self->options.worlds;
    pw_progress_begin(&progress, self->options.say, "worlds to judge the sets", self->n_sets * each, !self->options.say);
    while (self->judged < self->n_sets && status == PW_OK) {
        int n = self->n_sets - self->judged < BLOCK ? self->n_sets - self->judged : BLOCK;
        status = judge_block(self, self->judged, n);
        if (status != PW_OK)
            break;
        self->judged += n;
        pw_progress_set(&progress, self->judged * each);
        if (self->judged % (8 * BLOCK) == 0 || self->judged == self->n_sets)
            status = pw_calibrate_save(self);
    }
    pw_progress_end(&progress);
    if (status == PW_OK)
        weigh(self);
    return status;
}

/* ---- reading the result ---- */

double pw_calibrate_value(const pw_calibration_t *self, int set, int coordinate)
{
    double z = self->smc.z[(size_t)self->point[set] * (size_t)self->particles.dims + (size_t)coordinate];
    return pw_particles_value_at_size(&self->particles, coordinate, z, self->factor ? self->factor[set] : 1.0);
}

double pw_calibrate_score(const pw_calibration_t *self, int set, int coordinate)
{
    const pw_estimate_t *estimate = self->factor ? &self->spec->evidence.estimate[self->particles.estimate[coordinate]] : NULL;
    if (estimate && pw_is_area_size(estimate->name))
        return pw_estimate_score(estimate, pw_calibrate_value(self, set, coordinate));
    return self->smc.z[(size_t)self->point[set] * (size_t)self->particles.dims + (size_t)coordinate];
}

double pw_calibrate_expected(const pw_calibration_t *self, int set, int quantity, int half)
{
    size_t n_sums = (size_t)self->study.n * PW_STUDY_SUMS, at = (size_t)quantity * PW_STUDY_SUMS;
    const double *first = self->first + (size_t)set * n_sums, *second = self->second + (size_t)set * n_sums;
    if (half < 2)
        return pw_study_expected(&self->study, half == 0 ? first : second, quantity);
    double both[PW_STUDY_SUMS];
    for (int k = 0; k < PW_STUDY_SUMS; k++)
        both[k] = first[at + (size_t)k] + second[at + (size_t)k];
    return pw_study_value(&self->study, both, quantity);
}

double pw_calibrate_effective_sets(const pw_calibration_t *self)
{
    double squares = 0.0;
    for (int s = 0; s < self->n_sets; s++)
        squares += self->weight[s] * self->weight[s];
    return squares > 0.0 ? 1.0 / squares : 0.0;
}

/* Studies of the worlds that chose nothing. */
static void predict(const pw_calibration_t *self, int t, double *value, double *weight, pw_score_t *out)
{
    const pw_target_t *target = &self->targets->target[t];
    size_t half = (size_t)self->options.worlds / 2, n = 0, n_targets = (size_t)self->targets->n;
    double below = 0.0, above = 0.0, inside = 0.0, sum = 0.0, scale = pw_target_is_counted(target) ? 100.0 / target->of : 1.0;
    for (int s = 0; s < self->n_sets; s++)
        for (size_t w = 0; w < half; w++, n++) {
            double found = self->found[((size_t)s * 2 * half + half + w) * n_targets + (size_t)t];
            value[n] = scale * found;
            weight[n] = self->weight[s];
            sum += isnan(found) ? 0.0 : weight[n];
            below += found <= target->most ? weight[n] : 0.0;
            above += found >= target->least ? weight[n] : 0.0;
            inside += pw_target_inside(target, found) == PW_INSIDE_YES ? weight[n] : 0.0;
        }
    out->median = pw_score_quantile(value, weight, (int64_t)n, 0.5);
    out->low95 = pw_score_quantile(value, weight, (int64_t)n, 0.025);
    out->high95 = pw_score_quantile(value, weight, (int64_t)n, 0.975);
    if (pw_target_is_counted(target)) {
        out->p = fmin(1.0, 2.0 * fmin(below, above) / sum);
        out->reproduced = out->p >= 0.05 ? PW_INSIDE_YES : PW_INSIDE_NO;
    } else {
        out->holds = inside / sum;
        out->reproduced = out->holds >= 0.05 ? PW_INSIDE_YES : PW_INSIDE_NO;       /* the event that was seen would be no surprise */
    }
}

/* No set keeps all bounds and signs: the first half of the worlds, which all sets have, says of each target whether the sets meet it. */
static pw_status_t score_without_sets(const pw_calibration_t *self, double *value, double *weight, pw_score_t *out)
{
    pw_status_t status = PW_OK;
    for (int s = 0; s < self->n_sets; s++)
        weight[s] = self->copies[s];
    for (int t = 0; t < self->targets->n && status == PW_OK; t++) {
        const pw_target_t *target = &self->targets->target[t];
        for (int s = 0; s < self->n_sets; s++)
            value[s] = pw_calibrate_expected(self, s, t, 0);
        status =
            pw_score_of_values(target, target->divided_by ? "ratio" : self->study.quantity[t].measure->definition->unit, value, weight, self->n_sets, &out[t]);
        if (status == PW_OK && !pw_target_is_counted(target) && out[t].holds >= 0.0)
            out[t].reproduced = out[t].holds >= 0.95 ? PW_INSIDE_YES : PW_INSIDE_NO;
    }
    return status;
}

pw_status_t pw_calibrate_scores(const pw_calibration_t *self, pw_score_t *out)
{
    size_t n = (size_t)self->n_sets * (size_t)(self->options.worlds / 2 + 1);
    double *value = pw_alloc(n, sizeof *value), *weight = pw_alloc(n, sizeof *weight);
    pw_status_t status = value && weight ? PW_OK : PW_ERROR_MEMORY;
    if (status == PW_OK && !(pw_calibrate_effective_sets(self) > 0.0)) {
        status = score_without_sets(self, value, weight, out);
        pw_free(value);
        pw_free(weight);
        return status;
    }
    for (int t = 0; t < self->targets->n && status == PW_OK; t++) {
        const pw_target_t *target = &self->targets->target[t];
        bool sampled = pw_target_is_counted(target) || target->kind == PW_TARGET_EQUALITY;
        const char *unit = target->divided_by ? "ratio" : self->study.quantity[t].measure->definition->unit;
        for (int s = 0; s < self->n_sets; s++)
            value[s] = pw_calibrate_expected(self, s, t, sampled ? 1 : 2);
        status = pw_score_of_values(target, unit, value, self->weight, self->n_sets, &out[t]);
        if (status == PW_OK && sampled)
            predict(self, t, value, weight, &out[t]);
        else if (out[t].holds >= 0.0)
            out[t].reproduced = out[t].holds >= 0.95 ? PW_INSIDE_YES : PW_INSIDE_NO;
    }
    pw_free(value);
    pw_free(weight);
    return status;
}
