#include "tally.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "../base/memory.h"

/* ---- what one family adds ---- */

static double path(const pw_record_t *r, int index_path) { return r->index_path == index_path; }
static double living(const pw_record_t *r, int where) { return r->living == where; }
static double returned(const pw_record_t *r) { return r->first_repeat < PW_TICKS_NEVER; }
static double repeats(const pw_record_t *r) { return r->count[PW_COUNT_repeats]; }
static double served_at_index(const pw_record_t *r)
{
    return r->index_path == PW_INDEX_ASSESSED || r->index_path == PW_INDEX_OPEN_CASE;
}
static double served(const pw_record_t *r) { return r->help > 0 || r->index_path == PW_INDEX_OPEN_CASE; }
static double both_engaged(const pw_record_t *r)
{
    return r->count[PW_COUNT_victim_engaged] > 0 && r->count[PW_COUNT_partner_engaged] > 0;
}
static double any_service(const pw_record_t *r, int state)
{
    unsigned any = 0;
    for (int i = 0; i < PW_MAX_SERVICES; i++)
        any |= r->cascade[i];
    return (any & (unsigned)state) != 0;
}
static double own_use(const pw_record_t *r)
{
    double pounds = 0.0;
    for (int i = 0; i < PW_PAYERS; i++)
        pounds += r->cost[i];
    return pounds;
}

/* The part of month i (from 0) after the index in which the family could be notified again for the first time: 1, a half if it left meanwhile
 * (the actuarial convention; Cutler & Ederer 1958), 0 once it has been notified again or has left. */
static double exposed(const pw_record_t *r, int i)
{
    pw_ticks_t from = i * PW_TICKS_PER_MONTH, to = from + PW_TICKS_PER_MONTH;
    if (i > 0 && (r->first_repeat <= from || r->followed_ticks <= from))
        return 0.0;
    return r->first_repeat > to && r->followed_ticks < to ? 0.5 : 1.0;
}

void pw_tally_family(const pw_layout_t *layout, int scenario, const pw_record_t *r, double *out)
{
#define X(name, value) out[PW_FAMILY_##name] = (double)(value);
    PW_FAMILY_SUMS(X)
#undef X
    const pw_roster_t *roster = layout->roster;
    for (int i = 0; i < roster->n_curve; i++)
        out[layout->base[PW_BLOCK_CURVE] + i] = r->first_repeat > (i + 1) * PW_TICKS_PER_MONTH;
    for (int i = 0; i < roster->n_curve; i++)
        out[layout->base[PW_BLOCK_EXPOSED] + i] = exposed(r, i);
    for (int i = 0; i < roster->n_horizons; i++)
        out[layout->base[PW_BLOCK_HORIZON] + i] = r->first_repeat <= roster->horizon[i] * PW_TICKS_PER_MONTH;
    double *harm = out + layout->base[PW_BLOCK_HARM];
    for (int i = 0; i < PW_HARMS; i++)
        for (int j = 0; j < PW_REACHES; j++)
            *harm++ = r->harm[i][j];
    double *step = out + layout->base[PW_BLOCK_SERVICE];
    for (int i = 0; i < roster->services.n; i++) {
        int at = roster->services.at[scenario][i];
        unsigned cascade = at >= 0 ? r->cascade[at] : 0;
#define X(name, bit) *step++ = (cascade & (bit)) != 0;
        PW_CASCADE_STEPS(X)
#undef X
    }
    for (int i = 0; i < PW_PAYERS; i++)
        out[layout->base[PW_BLOCK_OWN_PAYER] + i] = r->cost[i];
    for (int i = 0; i < PW_MONEYS; i++)
        out[layout->base[PW_BLOCK_OWN_MONEY] + i] = r->money[i];
}

/* Subgroups of a family, as bits, from its record under the baseline. */
static uint32_t membership(const pw_roster_t *roster, const pw_record_t *r)
{
    int bit[] = { roster->contact_dispute_bit, roster->nrpf_bit };
    uint32_t in = UINT32_C(1) << PW_SUBGROUP_all;
    in |= (uint32_t)pw_bit_get(r->bits_at_index, PW_BIT_CHILD_UNDER_1) << PW_SUBGROUP_infant_at_index;
    in |= (uint32_t)pw_bit_get(r->bits_at_index, PW_BIT_SEPARATED) << PW_SUBGROUP_separated_at_index;
    if (bit[0] >= 0)
        in |= (uint32_t)pw_bit_get(r->bits_at_index, bit[0]) << PW_SUBGROUP_contact_dispute;
    if (bit[1] >= 0)
        in |= (uint32_t)pw_bit_get(r->bits_at_index, bit[1]) << PW_SUBGROUP_nrpf;
    in |= (uint32_t)(r->severe_at_index != 0) << PW_SUBGROUP_severe_at_index;
    in |= (uint32_t)(r->repeat_at_index != 0) << PW_SUBGROUP_repeat_at_index;
    in |= UINT32_C(1) << (r->first_ever ? PW_SUBGROUP_first_ever_known : PW_SUBGROUP_known_before);
    switch (r->index_path) {
    case PW_INDEX_NO_FURTHER_ACTION: return in | UINT32_C(1) << PW_SUBGROUP_index_no_further_action;
    case PW_INDEX_LETTER: return in | UINT32_C(1) << PW_SUBGROUP_index_letter;
    case PW_INDEX_ASSESSED: return in | UINT32_C(1) << PW_SUBGROUP_index_assessed;
    case PW_INDEX_OPEN_CASE: return in | UINT32_C(1) << PW_SUBGROUP_index_open_case;
    default: return in;
    }
}

pw_status_t pw_members_set(pw_members_t *self, const pw_roster_t *roster, const pw_result_t *baseline)
{
    if (baseline->n_records > self->room) {
        int64_t room = baseline->n_records + baseline->n_records / 32 + 16;
        uint32_t *grown = pw_realloc(self->in, (size_t)room, sizeof *grown);
        if (!grown)
            return PW_ERROR_MEMORY;
        self->in = grown;
        self->room = room;
    }
    self->n = baseline->n_records;
    for (int64_t i = 0; i < self->n; i++)
        self->in[i] = membership(roster, &baseline->record[i]);
    return PW_OK;
}

void pw_members_free(pw_members_t *self)
{
    pw_free(self->in);
    *self = (pw_members_t){ 0 };
}

/* The largest family part there can be: enough room on the stack for one family's sums. */
enum {
    MOST_FAMILY_SUMS = PW_FAMILY_SUM_N + 2 * PW_MAX_CURVE + PW_MAX_HORIZONS + PW_HARMS * PW_REACHES + PW_MAX_ROLL * PW_STEP_N +
                       PW_PAYERS + PW_MONEYS
};

static void tally_families(const pw_layout_t *layout, int scenario, int area, const pw_result_t *result, const pw_members_t *members,
                           double *vector)
{
    double one[MOST_FAMILY_SUMS];
    int size = layout->family_size;
    assert(result->n_records == members->n);
    for (int64_t i = 0; i < result->n_records; i++) {
        pw_tally_family(layout, scenario, &result->record[i], one);
        for (uint32_t in = members->in[i]; in; in &= in - 1) {
            double *cell = vector + pw_layout_at(layout, PW_BLOCK_FAMILY, 0, 0, area, __builtin_ctz(in));
            for (int k = 0; k < size; k++)
                cell[k] += one[k];
        }
    }
}

/* ---- queues ---- */

void pw_wait_bin_ends(double ends[PW_WAIT_BINS + 1])
{
    static const double sixth_root_of_two = 1.122462048309373;     /* 2^(1/6) */
    double step = 1.0;
    ends[0] = 0.0;
    ends[1] = 1.0 / 16.0;
    for (int k = 1; k < PW_WAIT_BINS; k++) {
        double octave = (double)(INT64_C(1) << (k / 6));
        step = k % 6 == 0 ? 1.0 : step * sixth_root_of_two;
        ends[k + 1] = octave * step / 16.0;
    }
}

double pw_wait_quantile(const int64_t bin[PW_WAIT_BINS], double p)
{
    double ends[PW_WAIT_BINS + 1], n = 0.0, before = 0.0;
    for (int k = 0; k < PW_WAIT_BINS; k++)
        n += (double)bin[k];
    if (n == 0.0)
        return NAN;
    pw_wait_bin_ends(ends);
    double rank = p * n;
    if (rank <= (double)bin[0])
        return 0.0;
    for (int k = 0; k < PW_WAIT_BINS; before += (double)bin[k], k++)
        if (bin[k] > 0 && before + (double)bin[k] >= rank) {
            double from = k == 1 ? 0.0 : ends[k];      /* a wait of less than a sixteenth of a day is in bin 1 too */
            return from + (ends[k + 1] - from) * (rank - before) / (double)bin[k];
        }
    return ends[PW_WAIT_BINS];
}

static const pw_queue_t *queue_of(const pw_layout_t *layout, int scenario, const pw_result_t *result, int queue)
{
    const pw_roster_t *roster = layout->roster;
    int n_teams = roster->teams.n;
    int at = queue < n_teams ? roster->teams.at[scenario][queue] : roster->services.at[scenario][queue - n_teams];
    return at < 0 ? NULL : queue < n_teams ? &result->team[at] : &result->service[at];
}

static void tally_queue_month(const pw_queue_month_t *m, double *out)
{
    out[PW_QUEUE_joined] = (double)m->joined;
    out[PW_QUEUE_started] = (double)m->started;
    out[PW_QUEUE_refused] = (double)m->refused;
    out[PW_QUEUE_gave_up] = (double)m->gave_up;
    out[PW_QUEUE_wait_days] = pw_days_from_ticks(m->wait_ticks);
    out[PW_QUEUE_length_days] = pw_days_from_ticks(m->length_ticks);
    out[PW_QUEUE_load_days] = m->load_ticks / PW_TICKS_PER_DAY;
    out[PW_QUEUE_places_days] = m->places_ticks / PW_TICKS_PER_DAY;
    out[PW_QUEUE_days] = PW_DAYS_PER_MONTH;
}

static void tally_p90(const int64_t bin[PW_WAIT_BINS], double *out)
{
    double p90 = pw_wait_quantile(bin, 0.9);
    out[PW_QUEUE_p90_worlds] = !isnan(p90);
    out[PW_QUEUE_p90_days] = isnan(p90) ? 0.0 : p90;
}

static void tally_queues(const pw_layout_t *layout, int scenario, int area, const pw_result_t *result, double *vector)
{
    for (int q = 0; q < layout->n_queues; q++) {
        const pw_queue_t *queue = queue_of(layout, scenario, result, q);
        if (!queue)
            continue;
        double *total = vector + pw_layout_at(layout, PW_BLOCK_QUEUE, q, 0, area, 0);
        for (int month = 0; month < layout->roster->months; month++) {
            double *out = vector + pw_layout_month(layout, area, month, PW_MONTH_COUNT_N + q * PW_QUEUE_MONTHLY_N);
            tally_queue_month(&queue->month[month], out);
            for (int k = 0; k < PW_QUEUE_MONTHLY_N; k++)
                total[k] += out[k];
        }
        tally_p90(queue->wait_bin, total);
    }
}

/* ---- money ---- */

static double pounds_of(const pw_model_t *model, const pw_result_t *result, int item, int year)
{
    const pw_cost_t *cost = &model->cost[item];
    double ticks_per_year = PW_DAYS_PER_YEAR * PW_TICKS_PER_DAY;
    switch (cost->when) {
    case PW_COST_EACH: return cost->pounds * (double)result->cost_count[item][year];
    case PW_COST_DAY: return cost->pounds * pw_days_from_ticks(result->cost_ticks[item][year]);
    case PW_COST_PLACE_YEAR: return cost->pounds * (result->cost_place_ticks[item][year] / ticks_per_year);
    default: return 0.0;
    }
}

/* Set-up is paid once, in the year in which the service is first offered. */
static int set_up_year(const pw_model_t *model, const pw_cost_t *cost)
{
    if (cost->owner_kind != PW_COST_OF_SERVICE)
        return 0;
    int64_t year = (model->service[cost->owner].offered_from - model->day_0) / (12 * PW_TICKS_PER_MONTH);
    return year < 0 ? 0 : year < PW_MAX_YEARS ? (int)year : PW_MAX_YEARS - 1;
}

static void tally_money(const pw_layout_t *layout, int area, const pw_model_t *model, const pw_result_t *result, double *vector)
{
    for (int item = 0; item < model->n_costs; item++) {
        const pw_cost_t *cost = &model->cost[item];
        double total = 0.0;
        for (int year = 0; year < PW_MAX_YEARS; year++) {
            double pounds = pounds_of(model, result, item, year);
            if (cost->when == PW_COST_SET_UP && year == set_up_year(model, cost))
                pounds = cost->pounds;
            vector[pw_layout_year(layout, area, cost->payer, year, cost->money,
                                  cost->when == PW_COST_SET_UP ? PW_SPENDING_SET_UP : PW_SPENDING_RUNNING)] += pounds;
            total += pounds;
        }
        vector[pw_layout_at(layout, PW_BLOCK_BUDGET_PAYER, cost->payer, 0, area, 0)] += total;
        vector[pw_layout_at(layout, PW_BLOCK_BUDGET_MONEY, cost->money, 0, area, 0)] += total;
        vector[pw_layout_at(layout, PW_BLOCK_AREA, 0, PW_AREA_budget, area, 0)] += total;
    }
}

/* ---- the area ---- */

static void tally_stages(const pw_layout_t *layout, int scenario, int area, const pw_result_t *result, double *vector)
{
    const pw_roll_t *stages = &layout->roster->stages;
    int outside = 0;
    for (int i = 0; i < stages->n; i++)
        outside += stages->at[scenario][i] >= 0;
    for (int i = 0; i <= stages->n; i++) {
        int from = i < stages->n ? stages->at[scenario][i] : outside;
        if (from < 0)
            continue;
        for (int j = 0; j <= stages->n; j++) {
            int to = j < stages->n ? stages->at[scenario][j] : outside;
            if (to >= 0)
                vector[pw_layout_flow(layout, area, i, j)] = (double)result->flow[from][to];
        }
        if (i < stages->n) {
            vector[pw_layout_at(layout, PW_BLOCK_STAGE, i, PW_STAGE_work_ended, area, 0)] = (double)result->work_ended[from];
            vector[pw_layout_at(layout, PW_BLOCK_STAGE, i, PW_STAGE_within_statutory, area, 0)] = (double)result->within_statutory[from];
        }
    }
}

/* Repeats of the 8.5 % of families that have most; the family on the edge counts by its part. */
static void tally_concentration(const pw_result_t *result, double *out)
{
    enum { MOST = 256 };
    int64_t families[MOST] = { 0 };
    double left = 0.085 * (double)result->n_records;
    for (int64_t i = 0; i < result->n_records; i++) {
        int n = result->record[i].count[PW_COUNT_repeats];
        families[n < MOST ? n : MOST - 1]++;
        out[PW_AREA_cohort_repeats] += n;
    }
    for (int n = MOST - 1; n > 0 && left > 0.0; n--) {
        double taken = (double)families[n] < left ? (double)families[n] : left;
        out[PW_AREA_top_repeats] += taken * n;
        left -= taken;
    }
}

static void tally_counts(const pw_layout_t *layout, int area, const pw_result_t *result, double *vector)
{
    double *out = vector + pw_layout_at(layout, PW_BLOCK_AREA, 0, 0, area, 0);
    static const int of_count[PW_MONTH_COUNT_N] = {
#define X(name, text) PW_AREA_##name,
        PW_MONTH_COUNTS(X)
#undef X
    };
    for (int month = 0; month < layout->roster->months; month++)
        for (int k = 0; k < PW_MONTH_COUNT_N; k++) {
            vector[pw_layout_month(layout, area, month, k)] = (double)result->month[month][k];
            out[of_count[k]] += (double)result->month[month][k];
        }
    out[PW_AREA_worlds] = 1.0;
    out[PW_AREA_months] = layout->roster->months;
    out[PW_AREA_years] = layout->roster->months / 12.0;
    out[PW_AREA_cohort] = (double)result->n_records;
    out[PW_AREA_intake_notified] = (double)result->intake_notified;
    out[PW_AREA_intake_injury] = (double)result->intake_injury;
    out[PW_AREA_intake_separated] = (double)result->intake_separated;
    out[PW_AREA_intake_removed] = (double)result->intake_removed;
    out[PW_AREA_intake_newly_assessed] = (double)result->intake_newly_assessed;
    out[PW_AREA_at_end_waiting_team] = (double)result->at_end_waiting_team;
    out[PW_AREA_at_end_waiting_service] = (double)result->at_end_waiting_service;
    out[PW_AREA_at_end_in_service] = (double)result->at_end_in_service;
    out[PW_AREA_at_end_open_cases] = (double)result->at_end_open_cases;
    out[PW_AREA_events] = (double)result->events;
    tally_concentration(result, out);
}

/* One part of the vector: its last area becomes the sum of the others. */
static void add_areas(double *part, int n_areas, size_t size)
{
    double *all = part + (size_t)n_areas * size;
    for (int a = 0; a < n_areas; a++)
        for (size_t k = 0; k < size; k++)
            all[k] += part[(size_t)a * size + k];
}

/* What does not add up over areas: time, worlds, and the 90 % point, taken anew from all areas' waits. */
static void mend_all_areas(const pw_layout_t *layout, int scenario, const pw_result_t *const *results, double *vector)
{
    int all = layout->roster->n_areas;
    double *out = vector + pw_layout_at(layout, PW_BLOCK_AREA, 0, 0, all, 0);
    out[PW_AREA_worlds] = 1.0;
    out[PW_AREA_months] = layout->roster->months;
    out[PW_AREA_years] = layout->roster->months / 12.0;
    for (int q = 0; q < layout->n_queues; q++) {
        int64_t bin[PW_WAIT_BINS] = { 0 };
        double *total = vector + pw_layout_at(layout, PW_BLOCK_QUEUE, q, 0, all, 0);
        if (!queue_of(layout, scenario, results[0], q))
            continue;
        for (int a = 0; a < all; a++)
            for (int k = 0; k < PW_WAIT_BINS; k++)
                bin[k] += queue_of(layout, scenario, results[a], q)->wait_bin[k];
        tally_p90(bin, total);
        total[PW_QUEUE_days] = layout->roster->months * PW_DAYS_PER_MONTH;
        for (int month = 0; month < layout->roster->months; month++)
            vector[pw_layout_month(layout, all, month, PW_MONTH_COUNT_N + q * PW_QUEUE_MONTHLY_N + PW_QUEUE_days)] = PW_DAYS_PER_MONTH;
    }
}

void pw_tally_begin(const pw_layout_t *layout, double *vector)
{
    memset(vector, 0, layout->size * sizeof vector[0]);
}

void pw_tally_area(const pw_layout_t *layout, int scenario, int area, const pw_model_t *model, const pw_result_t *result,
                   const pw_members_t *members, double *vector)
{
    tally_families(layout, scenario, area, result, members, vector);
    tally_counts(layout, area, result, vector);
    tally_queues(layout, scenario, area, result, vector);
    tally_stages(layout, scenario, area, result, vector);
    tally_money(layout, area, model, result, vector);
}

int pw_tally_take(void *taker, int k, const pw_result_t *result)
{
    const pw_taker_t *self = taker;
    if (k == 0 && pw_members_set(self->members, self->layout->roster, result) != PW_OK)
        return PW_ERROR_MEMORY;
    pw_tally_area(self->layout, self->scenario[k], self->area, self->model[k], result, self->members, self->vector[k]);
    return 0;
}

void pw_tally_end(const pw_layout_t *layout, int scenario, const pw_result_t *const *results, double *vector)
{
    int n_areas = layout->roster->n_areas;
    size_t stages = (size_t)layout->roster->stages.n + 1;
    add_areas(vector, n_areas, PW_SUBGROUP_N * (size_t)layout->family_size);
    add_areas(vector + layout->at_area, n_areas, (size_t)layout->area_size);
    add_areas(vector + layout->at_month, n_areas, (size_t)layout->roster->months * (size_t)layout->month_size);
    add_areas(vector + layout->at_flow, n_areas, stages * stages);
    add_areas(vector + layout->at_year, n_areas, (size_t)PW_PAYERS * PW_MAX_YEARS * PW_MONEYS * PW_SPENDINGS);
    mend_all_areas(layout, scenario, results, vector);
}
