/* model_maker.c: see model_maker.h. */
#include "model_maker.h"

#include "../model/world/entry.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- chances ---- */

static void make(pw_predictor_t *p, int kind, double base)
{
    pw_predictor_init(p, kind, base);
    pw_predictor_finish(p);
}
void mk_probability(pw_predictor_t *p, double base) { make(p, PW_PROBABILITY, base); }
void mk_per_day(pw_predictor_t *p, double per_day) { make(p, PW_RATE, per_day); }
void mk_weight(pw_predictor_t *p, double weight) { make(p, PW_WEIGHT, weight); }
void mk_by_bit(pw_predictor_t *p, int bit, double ratio, double centre)
{
    pw_predictor_add_bit(p, bit, ratio, centre);
    pw_predictor_finish(p);
}
void mk_by_number(pw_predictor_t *p, int number, double ratio, double centre)
{
    pw_predictor_add_number(p, number, ratio, centre);
    pw_predictor_finish(p);
}

/* ---- models ---- */

void mk_base(pw_model_t *m)
{
    memset(m, 0, sizeof *m);
    m->months_12 = 12 * PW_TICKS_PER_MONTH;
    m->area_purpose = pw_purpose_named("area", "test");
    m->recently_ticks = pw_ticks_from_days(182.0);
    m->previous_contact_bit = m->police_form = -1;
    m->n_age_bands = m->n_children = 1;
    m->age_from[1] = 1.0;
    m->age_chance[0] = m->children_chance[0] = 1.0;
    m->adult_years = 250.0;
    for (int r = 0; r < PW_RATES; r++)
        mk_per_day(&m->rate[r], 0.0);
    mk_gap(m, 1.0, 100.0);
    mk_frailty(m, 0.0);
    for (int k = 0; k < 12; k++)
        m->season[k] = 1.0;
    for (int k = 0; k < 3; k++)
        mk_weight(&m->severity[k], k == 0);
    pw_predictor_t *off[] = { &m->at_contact, &m->child_present, &m->child_injured, &m->reported, &m->removes_partner, &m->speaks_to_child, &m->notifies,
        &m->entry_reported, &m->entry_notifies, &m->reports_at_separation, &m->reports_at_stage, &m->victim_engages, &m->partner_approached,
        &m->partner_engages };
    for (size_t k = 0; k < sizeof off / sizeof off[0]; k++)
        mk_probability(off[k], 0.0);
    m->notifications_cap = 5.0;
    m->risk_scale = 1.0;
    m->first_stage = m->referral_stage = -1;
    mk_time(m, 0, 12, 21);
}

void mk_time(pw_model_t *m, int warm_up, int intake, int follow_up)
{
    m->day_0 = warm_up * PW_TICKS_PER_MONTH;
    m->intake_end = m->day_0 + intake * PW_TICKS_PER_MONTH;
    m->follow_up_ticks = follow_up * PW_TICKS_PER_MONTH;
    m->run_end = m->intake_end + m->follow_up_ticks;
    m->months = intake + follow_up;
}

void mk_gap(pw_model_t *m, double shape, double scale_days)
{
    mk_per_day(&m->rate[PW_RATE_INCIDENT], scale_days > 0.0 ? 1.0 : 0.0);
    m->gap_shape = shape;
    m->gap_scale_days = scale_days > 0.0 ? scale_days : 1.0;
}

void mk_frailty(pw_model_t *m, double variance)
{
    m->frailty_variance = variance;
    m->frailty.constant = variance <= 0.0;
    m->frailty.value = 1.0;
    for (int k = 0; k < PW_QUANTILE_KNOTS && variance > 0.0; k++) {
        double l = -PW_QUANTILE_SPAN + 2.0 * PW_QUANTILE_SPAN * k / (PW_QUANTILE_KNOTS - 1);
        double x = l < 0.0 ? gsl_cdf_gamma_Pinv(1.0 / (1.0 + exp(-l)), 1.0 / variance, variance) : gsl_cdf_gamma_Qinv(1.0 / (1.0 + exp(l)), 1.0 / variance,
                                                                                                                      variance);
        m->frailty.log_value[k] = log(x > 1e-300 ? x : 1e-300);
    }
}

void mk_certain_police(pw_model_t *m)
{
    mk_probability(&m->reported, 1.0);
    mk_probability(&m->notifies, 1.0);
    mk_probability(&m->entry_reported, 1.0);
    mk_probability(&m->entry_notifies, 1.0);
}

static void name_it(char to[PW_NAME_LENGTH], const char *name) { snprintf(to, PW_NAME_LENGTH, "%s", name); }

int mk_attribute(pw_model_t *m, const char *name, double chance)
{
    int a = m->n_attributes++;
    pw_attribute_t *attribute = &m->attribute[a];
    *attribute = (pw_attribute_t){ .purpose = pw_purpose_named("attribute", name), .open_stage = -1 };
    name_it(attribute->name, name);
    attribute->bit = (uint8_t)(strcmp(name, "separated") == 0 ? PW_BIT_SEPARATED : a);
    if (strcmp(name, "previous_contact") == 0)
        m->previous_contact_bit = a;
    mk_probability(&attribute->chance, chance);
    return a;
}

int mk_stage(pw_model_t *m, const char *name, int counts_as, pw_span_t duration)
{
    int s = m->n_stages++;
    pw_stage_t *stage = &m->stage[s];
    *stage = (pw_stage_t){ .purpose = pw_purpose_named("stage", name), .counts_as = (uint8_t)counts_as, .team = -1, .sees = -1, .wait_limit_to = -1,
                           .duration = duration };
    name_it(stage->name, name);
    if (m->first_stage < 0)
        m->first_stage = s;
    return s;
}

int mk_end(pw_model_t *m, const char *name, int counts_as)
{
    int s = mk_stage(m, name, counts_as, mk_none());
    m->stage[s].is_end = true;
    if (m->first_stage == s)
        m->first_stage = -1;
    return s;
}

pw_predictor_t *mk_exit(pw_model_t *m, int stage, int to, double weight)
{
    pw_choice_t *choice = &m->stage[stage].choice;
    pw_exit_t *exit = &choice->exit[choice->n++];
    exit->to = to;
    mk_weight(&exit->weight, weight);
    return &exit->weight;
}

pw_predictor_t *mk_interrupt(pw_model_t *m, int stage, int event, int to, double chance)
{
    pw_interrupt_t *on = &m->stage[stage].interrupt[m->stage[stage].n_interrupts++];
    on->event = (uint8_t)event;
    on->to = to;
    mk_probability(&on->chance, chance);
    return &on->chance;
}

int mk_team(pw_model_t *m, const char *name, double places)
{
    int k = m->n_teams++;
    m->team[k] = (pw_team_t){ .limits = true, .n_steps = 1, .step = { { 0, places } } };
    name_it(m->team[k].name, name);
    return k;
}

void mk_needs(pw_model_t *m, int stage, int team, double load)
{
    m->stage[stage].team = team;
    m->stage[stage].load = load;
}

int mk_service(pw_model_t *m, const char *name, double places, pw_span_t duration)
{
    int v = m->n_services++;
    m->service[v] = (pw_service_t){ .purpose = pw_purpose_named("service", name), .n_steps = 1, .step = { { 0, places } }, .duration = duration };
    name_it(m->service[v].name, name);
    return v;
}

pw_predictor_t *mk_offer(pw_model_t *m, int service, int at, double chance)
{
    pw_offer_t *offer = &m->service[service].offer[m->service[service].n_offers++];
    offer->at = at;
    mk_probability(&offer->chance, chance);
    return &offer->chance;
}

int mk_effect(pw_model_t *m, int on, int during, int owner_kind, int owner, double ratio, double lasts_days)
{
    int e = m->n_effects++;
    pw_effect_t *effect = &m->effect[e];
    *effect = (pw_effect_t){ .on = (uint8_t)on, .during = (uint8_t)during, .owner_kind = (uint8_t)owner_kind, .owner = (uint8_t)owner, .ratio = ratio,
                             .timed_slot = -1 };
    if (lasts_days > 0.0) {
        effect->timed_slot = (int8_t)m->n_timed++;
        effect->lasts_ticks = pw_ticks_from_days(lasts_days);
    }
    uint64_t mask = UINT64_C(1) << e;
    if (owner_kind == PW_OWNER_POLICE_REMOVAL) {
        m->removal_effects |= mask;
        return e;
    }
    pw_stage_t *stage = &m->stage[owner];
    pw_service_t *service = &m->service[owner];
    bool of_stage = owner_kind == PW_OWNER_STAGE;
    if (during == PW_DURING_AFTER_COMPLETION)
        *(of_stage ? &stage->effects_after : &service->effects_after) |= mask;
    else if (during == PW_DURING_AFTER_DROPOUT)
        *(of_stage ? &stage->effects_dropout : &service->effects_dropout) |= mask;
    else
        *(of_stage ? &stage->effects : &service->effects) |= mask;
    return e;
}

int mk_cost(pw_model_t *m, int payer, int when, int owner_kind, int owner, double pounds)
{
    int k = m->n_costs++;
    m->cost[k] = (pw_cost_t){ .payer = (uint8_t)payer, .money = PW_MONEY_CASHABLE, .when = (uint8_t)when, .owner_kind = (uint8_t)owner_kind,
                              .owner = (uint8_t)owner, .pounds = pounds };
    uint64_t mask = UINT64_C(1) << k;
    switch (owner_kind) {
    case PW_COST_OF_STAGE: m->stage[owner].costs |= mask; break;
    case PW_COST_OF_SERVICE: m->service[owner].costs |= mask; break;
    case PW_COST_OF_TEAM: m->team[owner].costs |= mask; break;
    case PW_COST_OF_POLICE_ATTENDANCE: m->attendance_costs |= mask; break;
    case PW_COST_OF_INCIDENT: m->incident_costs |= mask; break;
    default: m->injury_costs |= mask; break;
    }
    return k;
}

void mk_step(pw_model_t *m, bool service, int which, double at_days, double places)
{
    pw_step_t step = { pw_ticks_from_days(at_days), places };
    if (service)
        m->service[which].step[m->service[which].n_steps++] = step;
    else
        m->team[which].step[m->team[which].n_steps++] = step;
}

void mk_closed(pw_model_t *m, int64_t families, int months)
{
    m->closed_cohort = families;
    mk_time(m, 0, 0, months);
}

/* Each family has one notification, on entry, and one visit to a team of c places: M/M/c. */
void mk_one_visit(pw_model_t *m, double entries_per_day, double places, pw_span_t duration, int months)
{
    mk_base(m);
    mk_time(m, 2, 1, months);
    m->entries_per_day = entries_per_day;
    mk_gap(m, 1.0, 0.0);
    mk_certain_police(m);
    int stage = mk_stage(m, "screening", PW_COUNTS_AS_SCREENING, duration);
    int closed = mk_end(m, "closed", PW_COUNTS_AS_CLOSED);
    mk_exit(m, stage, closed, 1.0);
    mk_needs(m, stage, mk_team(m, "duty", places), 1.0);
    m->stage[stage].wait_limit_to = -1;
}

void mk_reference(pw_model_t *m)
{
    m->no_services = true;
    pw_model_finish(m);
}

/* ---- luck ---- */

uint64_t mk_next(mk_luck_t *self)
{
    uint64_t z = self->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}
double mk_uniform(mk_luck_t *self) { return ((double)(mk_next(self) >> 12) + 0.5) * 0x1p-52; }
int mk_below(mk_luck_t *self, int n) { return (int)(mk_uniform(self) * n); }

/* ---- running ---- */

void mk_run_init(mk_run_t *self)
{
    *self = (mk_run_t){ 0 };
    self->world = pw_world_new();
    for (int k = 0; k < 4; k++)
        self->result[k] = calloc(1, sizeof(pw_result_t));
    if (!self->world || !self->result[3])
        abort();
}

void mk_run_free(mk_run_t *self)
{
    pw_world_free(self->world);
    for (int k = 0; k < 4; k++)
        free(self->result[k]);
    *self = (mk_run_t){ 0 };
}

int mk_run_all(mk_run_t *self, uint64_t seed, uint64_t world, const pw_model_t *const *models, int n, const pw_model_t *reference)
{
    return pw_world_run(self->world, seed, world, models, n, reference, &self->options, self->result);
}
int mk_run(mk_run_t *self, uint64_t seed, uint64_t world, const pw_model_t *m) { return mk_run_all(self, seed, world, &m, 1, NULL); }
int mk_run_pair(mk_run_t *self, uint64_t seed, uint64_t world, const pw_model_t *baseline, const pw_model_t *scenario)
{
    const pw_model_t *both[2] = { baseline, scenario };
    return mk_run_all(self, seed, world, both, 2, NULL);
}

void mk_alone_init(mk_alone_t *self, const pw_model_t *m)
{
    *self = (mk_alone_t){ .ahead = { .visitor = UINT32_MAX } };
    self->result = calloc(1, sizeof *self->result);
    self->own.model = m;
    self->own.options = &self->options;
    self->own.ahead = &self->ahead;
    self->own.situations = &self->situations;
    self->own.result = self->result;
    self->own.stream = pw_stream_init(1, 1, m->area_purpose);
    pw_own_at(&self->own, 0);
    pw_shape_init(&self->own.shape, &m, 1);
    self->family = calloc(1, self->own.shape.bytes);
    self->own.gaps = calloc(1, sizeof *self->own.gaps);
    if (!self->result || !self->family || !self->own.gaps)
        abort();
    pw_family_init(&self->own.shape, self->family, 5, 0, 0);
    self->family->clock[PW_CLOCK_ENTRY] = PW_KEY_NEVER;
    self->family->frailty = self->family->severity_factor = 1.0;
}

void mk_alone_free(mk_alone_t *self)
{
    free(self->result);
    free(self->family);
    free(self->own.gaps);
    *self = (mk_alone_t){ 0 };
}

/* ---- sameness: field by field, so that padding does not count ---- */

#define FIELDS(X)                                                                                                                       \
    X(family) X(index_ticks) X(bits_at_index) X(first_repeat) X(followed_ticks) X(count) X(harm) X(cascade) X(children) X(index_path) \
    X(living) X(first_ever) X(plan_at_end) X(case_at_end) X(waiting_at_end) X(complete) X(severe_without_services) X(severe_at_index) \
    X(repeat_at_index) X(help) X(risk) X(cost) X(money)
#define WHOLE(X)                                                                                                                     \
    X(month) X(team) X(service) X(flow) X(work_ended) X(within_statutory) X(intake_notified) X(intake_injury) X(intake_separated)    \
    X(intake_removed) X(intake_newly_assessed) X(cost_count) X(cost_ticks) X(cost_place_ticks) X(at_end_waiting_team)                \
    X(at_end_waiting_service) X(at_end_in_service) X(at_end_open_cases) X(events)

static uint64_t fnv(uint64_t hash, const void *at, size_t n)
{
    const unsigned char *byte = at;
    for (size_t k = 0; k < n; k++)
        hash = (hash ^ byte[k]) * UINT64_C(1099511628211);
    return hash;
}

uint64_t mk_digest(const pw_result_t *r)
{
    uint64_t hash = fnv(UINT64_C(14695981039346656037), &r->n_records, sizeof r->n_records);
#define X(field) hash = fnv(hash, &r->field, sizeof r->field);
    WHOLE(X)
#undef X
    for (int64_t k = 0; k < r->n_records; k++) {
        const pw_record_t *record = &r->record[k];
#define X(field) hash = fnv(hash, &record->field, sizeof record->field);
        FIELDS(X)
#undef X
    }
    return hash;
}

static bool differs(const char *field, int64_t record)
{
    if (record < 0)
        printf("\n  results differ in %s\n", field);
    else
        printf("\n  records %lld differ in %s\n", (long long)record, field);
    return false;
}

bool mk_same(const pw_result_t *a, const pw_result_t *b)
{
    if (a->n_records != b->n_records)
        return differs("n_records", -1);
    for (int64_t k = 0; k < a->n_records; k++) {
        const pw_record_t *x = &a->record[k], *y = &b->record[k];
#define X(field)                                           \
    if (memcmp(&x->field, &y->field, sizeof x->field) != 0) \
        return differs(#field, k);
        FIELDS(X)
#undef X
    }
#define X(field)                                           \
    if (memcmp(&a->field, &b->field, sizeof a->field) != 0) \
        return differs(#field, -1);
    WHOLE(X)
#undef X
    return true;
}

/* ---- watching ---- */

void mk_watch_init(mk_watch_t *self, uint32_t n_families, bool keep)
{
    size_t n = (size_t)MK_SCENARIOS * n_families + 1;
    *self = (mk_watch_t){ .n_families = n_families, .keep = keep };
    self->hash = calloc(n, sizeof *self->hash);
    self->last = calloc(n, sizeof *self->last);
    if (!self->hash || !self->last)
        abort();
}

void mk_watch_free(mk_watch_t *self)
{
    free(self->hash);
    free(self->last);
    free(self->event);
    *self = (mk_watch_t){ 0 };
}

static void watch(void *context, const pw_event_t *event)
{
    mk_watch_t *self = context;
    if (event->family >= self->n_families || event->scenario < -2 || event->scenario + 2 >= MK_SCENARIOS)
        abort();
    size_t at = (size_t)(event->scenario + 2) * self->n_families + event->family;
    uint64_t hash = fnv(self->hash[at] ^ UINT64_C(14695981039346656037), &event->ticks, sizeof event->ticks);
    hash = fnv(hash, &event->what, sizeof event->what);
    self->hash[at] = fnv(hash, &event->detail, sizeof event->detail);
    self->disordered |= event->ticks < self->last[at];
    self->last[at] = event->ticks;
    self->count[event->scenario + 2][event->what]++;
    if (!self->keep)
        return;
    if (self->n_events == self->room) {
        self->room = self->room ? 2 * self->room : 1024;
        self->event = realloc(self->event, self->room * sizeof *self->event);
        if (!self->event)
            abort();
    }
    self->event[self->n_events++] = *event;
}

static uint64_t stir(uint64_t hash, const void *words, size_t bytes)
{
    for (size_t k = 0; k < bytes / 8; k++) {
        uint64_t word;
        memcpy(&word, (const char *)words + 8 * k, 8);
        hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    return hash;
}

/* What is told goes into the same hash: chances, draws, forms, lines, money. Fields are hashed by value, so that padding and pointers do not show. */
static void listen(void *context, const pw_told_t *told)
{
    mk_watch_t *self = context;
    size_t at = (size_t)(told->scenario + 2) * self->n_families + told->family;
    uint64_t hash = self->hash[at] ^ UINT64_C(14695981039346656037);
    const int64_t whole[] = { told->ticks, told->what, told->index, told->other, told->why, told->yes, told->n, told->since, told->until, told->form,
                              told->form_number, told->before };
    const double real[] = { told->from, told->to, told->effects, told->chance, told->drawn, told->places, told->used, told->queued, told->load,
                            told->priority };
    hash = stir(stir(hash, whole, sizeof whole), real, sizeof real);
    hash = stir(stir(hash, told->bits, sizeof told->bits), told->number, sizeof told->number);
    hash = stir(stir(hash, told->truth, sizeof told->truth), told->weight, sizeof told->weight);
    self->hash[at] = stir(hash, &told->acting, sizeof told->acting);
    self->disordered |= told->ticks < self->last[at];
    self->told[told->what]++;
}

void mk_watch_on(mk_watch_t *self, pw_world_options_t *options)
{
    options->tell = self->keep ? NULL : listen;
    options->tell_context = self;
    options->observe = watch;
    options->observe_context = self;
}

pw_queue_month_t mk_queue_sum(const pw_queue_t *queue, int months)
{
    pw_queue_month_t sum = { 0 };
    for (int k = 0; k < months; k++) {
        const pw_queue_month_t *m = &queue->month[k];
        sum.joined += m->joined;
        sum.started += m->started;
        sum.refused += m->refused;
        sum.gave_up += m->gave_up;
        sum.wait_ticks += m->wait_ticks;
        sum.length_ticks += m->length_ticks;
        sum.load_ticks += m->load_ticks;
        sum.places_ticks += m->places_ticks;
    }
    return sum;
}

int64_t mk_month_sum(const pw_result_t *r, int months, int what)
{
    int64_t sum = 0;
    for (int k = 0; k < months; k++)
        sum += r->month[k][what];
    return sum;
}

/* ---- statistics ---- */

void mk_mean_add(mk_mean_t *self, double x)
{
    double d = x - self->mean;
    self->n += 1.0;
    self->mean += d / self->n;
    self->m2 += d * (x - self->mean);
}
double mk_mean_se(const mk_mean_t *self) { return sqrt(self->m2 / (self->n - 1.0) / self->n); }
double mk_chi_square_p(double statistic, double degrees) { return gsl_cdf_chisq_Q(statistic, degrees); }

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double mk_uniform_p(double *u, size_t n)
{
    qsort(u, n, sizeof *u, by_value);
    double d = 0.0, size = (double)n;
    for (size_t k = 0; k < n; k++) {
        d = fmax(d, ((double)k + 1.0) / size - u[k]);
        d = fmax(d, u[k] - (double)k / size);
    }
    double x = d * (sqrt(size) + 0.12 + 0.11 / sqrt(size)), p = 0.0;    /* Stephens 1970 */
    for (int k = 1; k <= 50; k++)
        p += (k % 2 ? 2.0 : -2.0) * exp(-2.0 * k * k * x * x);
    return x < 0.3 ? 1.0 : p;
}
