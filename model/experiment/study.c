#include "study.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../chance/stream.h"

/* ---- what is read off tallies ---- */

static const pw_measure_t *find(const pw_catalogue_t *catalogue, const char *name, pw_findings_t *findings)
{
    int at = pw_catalogue_find(catalogue, name);
    if (at < 0)
        pw_findings_add(findings, NULL, 0, NULL, "this model has no measure \"%s\"", name);
    return at < 0 ? NULL : &catalogue->measure[at];
}

static bool of_families(const pw_measure_t *measure) { return measure->by_subgroup; }

/* One size for all targets that count families, and one for those that count incidents. */
static void set_size(pw_study_t *self, const pw_target_t *target, const pw_measure_t *measure, pw_findings_t *findings)
{
    int *size = of_families(measure) ? &self->families : &self->incidents;
    if (*size != 0 && *size != (int)target->of)
        pw_findings_add(findings, target->node->file, target->node->line, "targets",
                        "%s is of %g and another target is of %d: a study has one number of families and one of incidents", target->name, target->of, *size);
    *size = (int)target->of;
}

/* The family sums that samples need for this target get columns. */
static pw_status_t set_columns(pw_study_t *self, int t)
{
    const pw_measure_t *measure = self->quantity[t].measure;
    int sums = pw_target_is_counted(&self->targets->target[t]) ? 1 : measure->definition->sums;
    if (self->n_columns + sums > PW_STUDY_COLUMNS)
        return PW_ERROR_FULL;
    self->first_column[t] = self->n_columns;
    for (int k = 0; k < sums; k++)
        self->column[self->n_columns++] = (int)pw_measure_offset(measure, self->layout, k, 0, PW_SUBGROUP_all);
    return PW_OK;
}

static pw_status_t set_targets(pw_study_t *self, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    for (int t = 0; t < self->targets->n && status == PW_OK; t++) {
        const pw_target_t *target = &self->targets->target[t];
        const pw_measure_t *measure = self->quantity[t].measure;
        self->first_column[t] = -1;
        if (measure && pw_target_is_counted(target))
            set_size(self, target, measure, findings);
        if (measure && of_families(measure) && (pw_target_is_counted(target) || target->kind == PW_TARGET_EQUALITY))
            status = set_columns(self, t);
    }
    if (self->families % self->layout->roster->n_areas != 0)
        pw_findings_add(findings, NULL, 0, "targets", "%d families cannot be shared out equally between %d areas", self->families,
                        self->layout->roster->n_areas);
    return status;
}

pw_status_t pw_study_init(pw_study_t *self, const pw_targets_t *targets, const pw_layout_t *layout, const pw_catalogue_t *catalogue,
                          const char *const *others, int n_others, pw_findings_t *findings)
{
    size_t before = findings->n;
    *self = (pw_study_t){ .layout = layout, .targets = targets, .n = targets->n + n_others };
    self->quantity = pw_alloc((size_t)self->n, sizeof self->quantity[0]);
    self->first_column = pw_alloc((size_t)targets->n, sizeof self->first_column[0]);
    if (!self->quantity || !self->first_column)
        return PW_ERROR_MEMORY;
    for (int i = 0; i < self->n; i++) {
        pw_quantity_t *quantity = &self->quantity[i];
        const pw_target_t *target = i < targets->n ? &targets->target[i] : NULL;
        quantity->measure = find(catalogue, target ? target->measure : others[i - targets->n], findings);
        quantity->subgroup = target ? pw_target_subgroup(target) : PW_SUBGROUP_all;
        if (target && target->divided_by)
            quantity->by = find(catalogue, target->divided_by, findings);
    }
    pw_status_t status = set_targets(self, findings);
    return status == PW_OK && findings->n > before ? PW_ERROR_INPUT : status;
}

void pw_study_free(pw_study_t *self)
{
    pw_free(self->quantity);
    pw_free(self->first_column);
    *self = (pw_study_t){ 0 };
}

void pw_study_room_free(pw_study_room_t *self)
{
    for (int a = 0; a < PW_MAX_AREAS; a++)
        pw_free(self->row[a]);
    pw_free(self->family);
    pw_free(self->order);
    *self = (pw_study_room_t){ 0 };
}

/* ---- the whole cohort ---- */

void pw_study_add(const pw_study_t *self, const double *vector, double *sums)
{
    int all = self->layout->roster->n_areas;
    for (int i = 0; i < self->n; i++, sums += PW_STUDY_SUMS) {
        const pw_quantity_t *quantity = &self->quantity[i];
        for (int k = 0; k < quantity->measure->definition->sums; k++)
            sums[k] += vector[pw_measure_offset(quantity->measure, self->layout, k, all, quantity->subgroup)];
        for (int k = 0; quantity->by && k < quantity->by->definition->sums; k++)
            sums[PW_MAX_SUMS + k] += vector[pw_measure_offset(quantity->by, self->layout, k, all, PW_SUBGROUP_all)];
    }
}

double pw_study_expected(const pw_study_t *self, const double *sums, int quantity)
{
    return pw_study_value(self, sums + (size_t)quantity * PW_STUDY_SUMS, quantity);
}

double pw_study_value(const pw_study_t *self, const double *x, int quantity)
{
    const pw_quantity_t *q = &self->quantity[quantity];
    double value = pw_ratio(x, q->measure->definition->sums, q->measure->definition->scale);
    if (!q->by)
        return value;
    double by = pw_ratio(x + PW_MAX_SUMS, q->by->definition->sums, q->by->definition->scale);
    return by > 0.0 ? value / by : NAN;
}

/* ---- one sample ---- */

void pw_study_choose(int32_t *order, int32_t n, int32_t k, uint64_t seed, uint64_t world, uint32_t purpose, uint32_t sample)
{
    pw_stream_t stream = pw_stream_init(seed, world, pw_purpose_named("study", "families"));
    pw_block_t block = { { 0 } };
    for (int32_t i = 0; i < n; i++)
        order[i] = i;
    for (int32_t i = 0; i < k; i++) {
        if (i % 4 == 0)
            block = pw_stream_block(stream, (uint32_t)(i / 4), purpose, sample, 0);
        int32_t j = i + (int32_t)(pw_uniform32(block.word[i % 4]) * (double)(n - i)), held = order[i];
        order[i] = order[j];
        order[j] = held;
    }
}

int64_t pw_study_hypergeometric(int64_t n, int64_t marked, int64_t k, uint64_t seed, uint64_t world, uint32_t purpose, uint32_t sample)
{
    pw_stream_t stream = pw_stream_init(seed, world, pw_purpose_named("study", "incidents"));
    pw_block_t block = { { 0 } };
    int64_t found = 0;
    for (int64_t i = 0; i < k; i++) {
        if (i % 4 == 0)
            block = pw_stream_block(stream, (uint32_t)(i / 4), purpose, sample, 0);
        found += pw_uniform32(block.word[i % 4]) * (double)(n - i) < (double)(marked - found);
    }
    return found;
}

static pw_status_t make_room(const pw_study_t *self, pw_study_room_t *room, int area, int64_t n)
{
    if (!room->family)
        room->family = pw_alloc((size_t)self->layout->family_size, sizeof room->family[0]);
    if (n > room->room[area]) {
        pw_free(room->row[area]);
        room->room[area] = 2 * n;
        room->row[area] = pw_alloc((size_t)room->room[area] * PW_STUDY_COLUMNS, sizeof(double));
    }
    if (n > room->order_room) {
        pw_free(room->order);
        room->order_room = 2 * n;
        room->order = pw_alloc((size_t)room->order_room, sizeof room->order[0]);
    }
    return room->family && (n == 0 || (room->row[area] && room->order)) ? PW_OK : PW_ERROR_MEMORY;
}

pw_status_t pw_study_keep(const pw_study_t *self, pw_study_room_t *room, int area, const pw_result_t *result)
{
    if (make_room(self, room, area, result->n_records) != PW_OK) {
        room->room[area] = room->order_room = 0;
        return PW_ERROR_MEMORY;
    }
    double *row = room->row[area];
    room->n[area] = (int32_t)result->n_records;
    for (int64_t i = 0; i < result->n_records; i++, row += self->n_columns) {
        pw_tally_family(self->layout, 0, &result->record[i], room->family);
        for (int k = 0; k < self->n_columns; k++)
            row[k] = room->family[self->column[k]];
    }
    return PW_OK;
}

/* Sums over the sampled families; false: an area has too few. */
static bool sample_families(const pw_study_t *self, pw_study_room_t *room, uint64_t seed, uint64_t world, uint32_t sample, double *sums)
{
    int n_areas = self->layout->roster->n_areas;
    int32_t share = (int32_t)(self->families / n_areas);
    memset(sums, 0, (size_t)self->n_columns * sizeof *sums);
    for (int a = 0; a < n_areas; a++) {
        if (room->n[a] < share)
            return false;
        pw_study_choose(room->order, room->n[a], share, seed, world, (uint32_t)a, sample);
        for (int32_t i = 0; i < share; i++)
            for (int k = 0; k < self->n_columns; k++)
                sums[k] += room->row[a][(size_t)room->order[i] * (size_t)self->n_columns + (size_t)k];
    }
    return true;
}

static double count_incidents(const pw_study_t *self, int t, const double *vector, uint64_t seed, uint64_t world, uint32_t sample)
{
    int all = self->layout->roster->n_areas;
    const pw_measure_t *measure = self->quantity[t].measure;
    int64_t marked = (int64_t)vector[pw_measure_offset(measure, self->layout, 0, all, PW_SUBGROUP_all)];
    int64_t n = (int64_t)vector[pw_measure_offset(measure, self->layout, 1, all, PW_SUBGROUP_all)];
    return n < self->incidents ? NAN : (double)pw_study_hypergeometric(n, marked, self->incidents, seed, world, (uint32_t)t, sample);
}

static void sample_once(const pw_study_t *self, pw_study_room_t *room, const double *vector, uint64_t seed, uint64_t world, uint32_t sample, double *out)
{
    double sums[PW_STUDY_COLUMNS];
    bool enough = sample_families(self, room, seed, world, sample, sums);
    for (int t = 0; t < self->targets->n; t++) {
        const pw_definition_t *definition = self->quantity[t].measure->definition;
        bool counted = pw_target_is_counted(&self->targets->target[t]);
        int first = self->first_column[t];
        out[t] = NAN;
        if (first < 0 && counted)
            out[t] = count_incidents(self, t, vector, seed, world, sample);
        else if (first >= 0 && enough)
            out[t] = counted ? sums[first] : pw_ratio(sums + first, definition->sums, definition->scale);
    }
}

void pw_study_sample(const pw_study_t *self, pw_study_room_t *room, const double *vector, uint64_t seed, uint64_t world, int n_samples, double *out)
{
    for (int m = 0; m < n_samples; m++)
        sample_once(self, room, vector, seed, world, (uint32_t)m, out + (size_t)m * (size_t)self->targets->n);
}
