#include "chronicle.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"

enum { MONTHS_A_YEAR = 12, OWN_AND_DIFFERENCE = 2 };

static const pw_queue_measure_t queue_measure[] = {
    { "joined", "families", PW_QUEUE_joined, -1, 1.0, false },
    { "started", "families", PW_QUEUE_started, -1, 1.0, false },
    { "refused", "families", PW_QUEUE_refused, -1, 1.0, false },
    { "gave_up", "families", PW_QUEUE_gave_up, -1, 1.0, false },
    { "wait_mean", "days", PW_QUEUE_wait_days, PW_QUEUE_started, 1.0, true },
    { "length", "families", PW_QUEUE_length_days, PW_QUEUE_days, 1.0, true },
    { "occupancy", "% of places", PW_QUEUE_load_days, PW_QUEUE_places_days, 100.0, true },
};
enum { MEASURES = sizeof queue_measure / sizeof queue_measure[0] };

int pw_queue_measures(const pw_queue_measure_t **out)
{
    *out = queue_measure;
    return MEASURES;
}

/* The place of a measure among the banded ones; -1: it is not banded. */
static int band_of(int measure)
{
    int at = 0;
    for (int i = 0; i < measure; i++)
        at += queue_measure[i].banded;
    return queue_measure[measure].banded ? at : -1;
}

static int bands(void)
{
    int n = 0;
    for (int i = 0; i < MEASURES; i++)
        n += queue_measure[i].banded;
    return n;
}

pw_status_t pw_chronicle_init(pw_chronicle_t *self, const pw_layout_t *layout, int64_t n_draws)
{
    const pw_roster_t *roster = layout->roster;
    size_t scenarios = (size_t)roster->n_scenarios, curve = (size_t)roster->n_curve;
    memset(self, 0, sizeof *self);
    self->layout = layout;
    self->series = PW_MONTH_COUNT_N + layout->n_queues * bands();
    self->counts = PW_MONTH_COUNT_N + layout->n_queues;
    self->years = roster->months / MONTHS_A_YEAR;
    self->room_draws = n_draws;
    self->month = pw_alloc(scenarios * (size_t)roster->months * (size_t)self->series, sizeof self->month[0]);
    self->year = pw_alloc(scenarios * (size_t)roster->n_areas * (size_t)self->years * (size_t)self->counts * OWN_AND_DIFFERENCE, sizeof self->year[0]);
    self->present = pw_alloc(scenarios * 2 * curve, sizeof self->present[0]);
    self->exposed = pw_alloc(scenarios * curve, sizeof self->exposed[0]);
    self->not_returned = pw_alloc((size_t)n_draws * scenarios * curve, sizeof self->not_returned[0]);
    return self->month && self->year && self->present && self->exposed && self->not_returned ? PW_OK : PW_ERROR_MEMORY;
}

static pw_sketch_t *month_at(const pw_chronicle_t *self, int scenario, int month, int series)
{
    return &self->month[((size_t)scenario * (size_t)self->layout->roster->months + (size_t)month) * (size_t)self->series + (size_t)series];
}

static pw_sketch_t *year_at(const pw_chronicle_t *self, int scenario, int area, int year, int count, bool difference)
{
    size_t at = ((size_t)scenario * (size_t)self->layout->roster->n_areas + (size_t)area) * (size_t)self->years + (size_t)year;
    return &self->year[(at * (size_t)self->counts + (size_t)count) * OWN_AND_DIFFERENCE + (size_t)difference];
}

/* ---- months ---- */

static double value_of(const pw_layout_t *layout, const double *vector, int month, int queue, const pw_queue_measure_t *m)
{
    const double *sum = vector + pw_layout_month(layout, layout->roster->n_areas, month, PW_MONTH_COUNT_N + queue * PW_QUEUE_MONTHLY_N);
    double d = m->d < 0 ? 1.0 : sum[m->d];
    return d > 0.0 ? m->scale * sum[m->n] / d : NAN;
}

static pw_status_t add_months(pw_chronicle_t *self, int scenario, const double *vector)
{
    const pw_layout_t *layout = self->layout;
    pw_status_t status = PW_OK;
    for (int month = 0; month < layout->roster->months; month++) {
        pw_sketch_t *to = month_at(self, scenario, month, 0);
        const double *count = vector + pw_layout_month(layout, layout->roster->n_areas, month, 0);
        for (int k = 0; k < PW_MONTH_COUNT_N && status == PW_OK; k++)
            status = pw_sketch_add(to++, count[k]);
        for (int q = 0; q < layout->n_queues; q++)
            for (int k = 0; k < MEASURES && status == PW_OK; k++)
                if (queue_measure[k].banded)
                    status = pw_sketch_add(to++, value_of(layout, vector, month, q, &queue_measure[k]));
    }
    return status;
}

/* ---- years ---- */

static double year_sum(const pw_layout_t *layout, const double *vector, int area, int year, int count)
{
    int sum = count < PW_MONTH_COUNT_N ? count : PW_MONTH_COUNT_N + (count - PW_MONTH_COUNT_N) * PW_QUEUE_MONTHLY_N + PW_QUEUE_started;
    double n = 0.0;
    for (int month = year * MONTHS_A_YEAR; month < (year + 1) * MONTHS_A_YEAR; month++)
        n += vector[pw_layout_month(layout, area, month, sum)];
    return n;
}

static pw_status_t add_years(pw_chronicle_t *self, int scenario, const double *vector, const double *baseline)
{
    pw_status_t status = PW_OK;
    for (int area = 0; area < self->layout->roster->n_areas; area++)
        for (int year = 0; year < self->years; year++)
            for (int k = 0; k < self->counts && status == PW_OK; k++) {
                double n = year_sum(self->layout, vector, area, year, k);
                status = pw_sketch_add(year_at(self, scenario, area, year, k, false), n);
                if (status == PW_OK)
                    status = pw_sketch_add(year_at(self, scenario, area, year, k, true), n - year_sum(self->layout, baseline, area, year, k));
            }
    return status;
}

/* ---- return ---- */

static void add_return(pw_chronicle_t *self, int scenario, const double *vector)
{
    const pw_layout_t *layout = self->layout;
    int n = layout->roster->n_curve, all = layout->roster->n_areas;
    double *first = self->present + (size_t)scenario * 2 * (size_t)n, *exposed = first + n;
    double before = vector[pw_layout_at(layout, PW_BLOCK_FAMILY, 0, PW_FAMILY_families, all, PW_SUBGROUP_all)];
    for (int i = 0; i < n; i++) {
        double after = vector[pw_layout_at(layout, PW_BLOCK_CURVE, i, 0, all, PW_SUBGROUP_all)];
        double e = vector[pw_layout_at(layout, PW_BLOCK_EXPOSED, i, 0, all, PW_SUBGROUP_all)];
        first[i] += before - after;
        exposed[i] += e;
        self->exposed[scenario * n + i] += e;
        before = after;
    }
}

static void end_draw(pw_chronicle_t *self, int64_t draw)
{
    int n = self->layout->roster->n_curve, scenarios = self->layout->roster->n_scenarios;
    for (int s = 0; s < scenarios; s++) {
        double *first = self->present + (size_t)s * 2 * (size_t)n, *exposed = first + n, share = 1.0;
        for (int i = 0; i < n; i++) {
            share *= exposed[i] > 0.0 ? 1.0 - first[i] / exposed[i] : NAN;
            self->not_returned[(draw * scenarios + s) * n + i] = share;
        }
        memset(first, 0, 2 * (size_t)n * sizeof first[0]);
    }
    self->n_draws = draw + 1;
}

pw_status_t pw_chronicle_add(pw_chronicle_t *self, const pw_worlds_t *worlds)
{
    int scenarios = self->layout->roster->n_scenarios;
    for (int w = 0; w < worlds->n; w++) {
        double *const *vector = &worlds->vector[w * scenarios];
        for (int s = 0; s < scenarios; s++) {
            pw_status_t status = add_months(self, s, vector[s]);
            if (status == PW_OK)
                status = add_years(self, s, vector[s], vector[0]);
            if (status != PW_OK)
                return status;
            add_return(self, s, vector[s]);
        }
        self->worlds++;
        if (worlds->ends_draw[w])
            end_draw(self, worlds->draw[w]);
    }
    return PW_OK;
}

void pw_chronicle_free(pw_chronicle_t *self)
{
    if (self->layout) {
        const pw_roster_t *roster = self->layout->roster;
        size_t months = (size_t)roster->n_scenarios * (size_t)roster->months * (size_t)self->series;
        size_t years = (size_t)roster->n_scenarios * (size_t)roster->n_areas * (size_t)self->years * (size_t)self->counts * OWN_AND_DIFFERENCE;
        for (size_t i = 0; self->month && i < months; i++)
            pw_sketch_free(&self->month[i]);
        for (size_t i = 0; self->year && i < years; i++)
            pw_sketch_free(&self->year[i]);
    }
    pw_free(self->month);
    pw_free(self->year);
    pw_free(self->present);
    pw_free(self->exposed);
    pw_free(self->not_returned);
    memset(self, 0, sizeof *self);
}

/* ---- what it says ---- */

double pw_chronicle_count(const pw_chronicle_t *self, int scenario, int month, int k, double p)
{
    return pw_sketch_quantile(month_at(self, scenario, month, k), p);
}

double pw_chronicle_queue(const pw_chronicle_t *self, int scenario, int month, int queue, int measure, double p)
{
    int band = band_of(measure);
    return band < 0 ? NAN : pw_sketch_quantile(month_at(self, scenario, month, PW_MONTH_COUNT_N + queue * bands() + band), p);
}

double pw_chronicle_year(const pw_chronicle_t *self, int scenario, int area, int year, int count, bool difference, double p)
{
    return pw_sketch_quantile(year_at(self, scenario, area, year, count, difference), p);
}

pw_return_t pw_chronicle_return(const pw_chronicle_t *self, int scenario, int month, double *room)
{
    int n = self->layout->roster->n_curve, scenarios = self->layout->roster->n_scenarios;
    int64_t found = 0;
    double sum = 0.0;
    for (int64_t d = 0; d < self->n_draws; d++) {
        double share = self->not_returned[(d * scenarios + scenario) * n + month];
        if (isnan(share))
            continue;
        sum += share;
        room[found++] = share;
    }
    pw_return_t out = { .mean = found > 0 ? sum / (double)found : NAN, .low95 = NAN, .high95 = NAN,
                        .exposed = self->worlds > 0 ? self->exposed[scenario * n + month] / (double)self->worlds : NAN };
    if (found > 1) {
        pw_sort_numbers(room, found);
        out.low95 = pw_quantile_sorted(room, found, 0.025);
        out.high95 = pw_quantile_sorted(room, found, 0.975);
    }
    return out;
}
