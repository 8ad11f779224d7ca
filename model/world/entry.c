#include "entry.h"

#include "../chance/kernel.h"
#include "couple.h"
#include "gap.h"
#include "incident.h"
#include "pathway.h"
#include "rates.h"
#include "record.h"
#include "witness.h"

pw_ticks_t pw_entry_ticks(const pw_model_t *model, pw_stream_t stream, uint32_t family, double *clock_days)
{
    pw_block_t block = pw_stream_block(stream, family, PW_PURPOSE_ENTRY, 0, PW_ENTRY_PART_ARRIVAL);
    *clock_days += -pw_log(pw_uniform52(block.word[0], block.word[1])) / model->entries_per_day;
    double days = *clock_days;
    if (model->growth_per_year != 0.0) {
        /* entries run at entries_per_day x exp(g (t - day 0)): invert the integral from tick 0 */
        double g = pw_log(1.0 + model->growth_per_year) / PW_DAYS_PER_YEAR, d0 = pw_days_from_ticks(model->day_0);
        double inside = 1.0 + g * *clock_days * pw_exp(g * d0);
        days = inside > 0.0 ? pw_log(inside) / g : 1e9;
    }
    return pw_ticks_from_days(days);
}

void pw_shape_init(pw_shape_t *self, const pw_model_t *const *models, int n_models)
{
    *self = (pw_shape_t){ 0 };
    for (int i = 0; i < n_models; i++) {
        self->n_services = (uint32_t)models[i]->n_services > self->n_services ? (uint32_t)models[i]->n_services : self->n_services;
        self->n_timed = (uint32_t)models[i]->n_timed > self->n_timed ? (uint32_t)models[i]->n_timed : self->n_timed;
        self->n_stages = (uint32_t)models[i]->n_stages > self->n_stages ? (uint32_t)models[i]->n_stages : self->n_stages;
    }
    self->services_at = (uint32_t)sizeof(pw_family_t);
    self->visits_at = self->services_at + self->n_services * (uint32_t)sizeof(pw_attendance_t);
    self->timed_at = self->visits_at + self->n_stages * (uint32_t)sizeof(uint16_t);
    const uint32_t line = 64;          /* of the processor's cache: what is copied in whole lines can be read at once */
    self->bytes = (self->timed_at + self->n_timed * (uint32_t)sizeof(pw_ticks40_t) + line - 1) / line * line;
}

static void name(pw_family_t *f, uint32_t id, uint32_t slot, pw_ticks_t t)
{
    f->id = id;
    f->gap_line = slot % PW_GAP_LINES;
    pw_family_set(f, PW_CLOCK_ENTRY, t);
}

void pw_family_init(const pw_shape_t *shape, pw_family_t *f, uint32_t id, uint32_t slot, pw_ticks_t t)
{
    memset(f, 0, shape->bytes);
    for (int k = 0; k < PW_CLOCKS; k++)
        f->clock[k] = PW_KEY_NEVER;
    for (int k = 0; k < PW_TRANSIT; k++)
        f->transit[k] = PW_TRANSIT_NONE;
    f->recent_until = f->removed_until = pw_to40(PW_TICKS_NEVER);
    f->stage = f->team_held = f->care_stage = -1;
    f->record = -1;
    f->gaps_first = PW_NO_GAPS;
    pw_ticks40_t *until = pw_family_timed(f, shape);
    for (uint32_t k = 0; k < shape->n_timed; k++)
        until[k] = pw_to40(PW_TICKS_NEVER);
    name(f, id, slot, t);
}

void pw_family_init_like(const pw_shape_t *shape, pw_family_t *f, const pw_family_t *blank, uint32_t id, uint32_t slot, pw_ticks_t t)
{
    memcpy(f, blank, shape->bytes);
    name(f, id, slot, t);
}

/* The birthdays that are events: the first always is; the others where the model reads them. A mask of pw_ages. */
static unsigned kept(const pw_model_t *model) { return (unsigned)model->ages << 1 | 1u; }

void pw_entry_set_age(const pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    pw_ticks_t age = t - f->born, next = own->model->adult_ticks;
    for (int k = PW_AGES - 1; k >= 0; k--) {
        pw_ticks_t limit = pw_ages[k].years * PW_TICKS_PER_YEAR;
        next = (age < limit) & (kept(own->model) >> k & 1u) ? limit : next;
    }
    f->bits[0] = (f->bits[0] & ~pw_age_bits(-1)) | pw_age_bits(age);
    pw_family_set(f, PW_CLOCK_AGE, f->born + next > t ? f->born + next : t + 1);
}

/* Opens the case with which the family enters: which stage, and then at a shared moment its residual stay. */
static void open_at_entry(pw_own_t *own, pw_family_t *f, const pw_attribute_t *attribute, pw_ticks_t t)
{
    int to = attribute->open_stage;
    if (attribute->open_by_choice) {
        pw_block_t block = pw_stream_block(own->stream, f->id, attribute->purpose, 0, 1);
        to = attribute->open_choice.exit[pw_choice_pick(&attribute->open_choice, f->bits, NULL, pw_uniform32(block.word[0]))].to;
    }
    if (to >= 0)
        pw_pathway_move(own, f, to, PW_MOVE_AT_ENTRY, 0, t, PW_CLOCK_ENTRY);
}

/* Whether clocks a and b, which share a block, begin: one of them runs, and under `before` (NULL: before nothing) neither did. */
static bool begin(const pw_model_t *model, const pw_model_t *before, int a, int b)
{
    return pw_clocks_run(model, a, b) && !(before && pw_clocks_run(before, a, b));
}

/* Those that begin, with what is drawn for the k-th of the eight newcomers. */
static void start_clocks(const pw_own_t *own, pw_family_t *f, uint32_t k, const pw_model_t *before)
{
    const pw_model_t *model = own->model;
    const pw_entrants_t *drawn = own->entrants;
    if (begin(model, before, PW_RATE_SEPARATES, PW_RATE_REUNITES))
        pw_rate_begin(f, pw_family_has(f, PW_BIT_SEPARATED) ? PW_RATE_REUNITES : PW_RATE_SEPARATES, drawn->left[PW_RATE_SEPARATES][k]);
    if (begin(model, before, PW_RATE_MOVES, PW_RATE_BIRTH)) {
        pw_rate_begin(f, PW_RATE_MOVES, drawn->left[PW_RATE_MOVES][k]);
        pw_rate_begin(f, PW_RATE_BIRTH, drawn->left[PW_RATE_BIRTH][k]);
    }
    if (begin(model, before, PW_RATE_REFERRAL, PW_RATE_FALSE_REPORT)) {
        pw_rate_begin(f, PW_RATE_REFERRAL, drawn->left[PW_RATE_REFERRAL][k]);
        pw_rate_begin(f, PW_RATE_FALSE_REPORT, drawn->left[PW_RATE_FALSE_REPORT][k]);
    }
}

void pw_entry_adopt(const pw_own_t *own, pw_family_t *f, const pw_model_t *before)
{
    if (own->model->clocks_run & ~before->clocks_run)
        start_clocks(own, f, pw_entrants_find(own->entrants, own->model, own->stream, f->id), before);
}

/* The attribute with which it enters with an open case: the last such; -1: none. */
static int opening_attribute(const pw_model_t *model, const pw_family_t *f)
{
    int opens = -1;
    for (int a = 0; a < model->n_attributes; a++) {
        const pw_attribute_t *attribute = &model->attribute[a];
        if ((attribute->open_stage >= 0 || attribute->open_by_choice) && pw_family_has(f, attribute->bit))
            opens = a;
    }
    return opens;
}

/* The first gap begins, and all rates are taken: now, for the police may read a risk score off them. That of incidents has been worked out with those
 * of seven others, and holds if the family is as it was drawn. */
static void start_gap(const pw_own_t *own, pw_family_t *f, uint32_t k, pw_ticks_t t)
{
    const pw_entrants_t *drawn = own->entrants;
    bool as_drawn = f->bits[0] == drawn->bits[k] && !f->bits[1] && !f->active && !pw_is_told(own);
    *pw_gap_take_line(own, f, 0) = drawn->gaps[k];
    pw_gap_begin(own, f, t);
    f->clock[PW_CLOCK_INCIDENT] = PW_GAP_UNSET;
    if (as_drawn) {
        f->rated[0] = f->bits[0];
        f->rate[PW_RATE_INCIDENT] = drawn->rate[k];
        f->rates_stale &= (uint16_t)~(1u << PW_RATE_INCIDENT);
        if (drawn->rate[k] > 0.0f)
            pw_gap_set_clock(own->model, f, f->gap_origin + drawn->gap_days[k], t);
    }
    pw_rates_refresh(own, f, t);
    pw_gap_settle(f, &(pw_gap_t){ .ends = PW_TICKS_NEVER });      /* its rate is 0, and was */
}

void pw_entry_happens(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    f->clock[PW_CLOCK_ENTRY] = PW_KEY_NEVER;
    pw_count_month(own, PW_MONTH_entries);
    uint32_t k = pw_entrants_find(own->entrants, model, own->stream, f->id);
    const pw_entrants_t *drawn = own->entrants;
    f->bits[0] = drawn->bits[k];
    f->children = drawn->children[k];
    f->born = t - drawn->age[k];
    f->frailty = drawn->frailty[k];
    f->severity_factor = drawn->severity_factor[k];
    pw_entry_set_age(own, f, t);
    int opens = opening_attribute(model, f);
    if (own->options->census && own->counting)
        pw_census_add(own->options->census, PW_PLACE_ENTRY, f->bits, NULL, 1.0);
    start_clocks(own, f, k, NULL);
    if (pw_is_told(own))
        pw_witness_entered(own, f, t);
    f->rates_stale |= 1u << PW_RATE_INCIDENT;
    if (opens >= 0 && !model->no_services)
        open_at_entry(own, f, &model->attribute[opens], t);
    start_gap(own, f, k, t);
    if (model->closed_cohort > 0)         /* watched from day 0, whatever brought it here */
        pw_record_open(own, f, t);
    else
        pw_incident_entry(own, f, pw_families8_block(&own->entrants->incident, k), pw_families8_block(&own->entrants->police, k), t);
}

void pw_entry_age(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    int k = 0;
    while (k < PW_AGES && !((kept(own->model) >> k & 1u) && pw_family_has(f, pw_ages[k].bit)))
        k++;
    if (k < PW_AGES) {
        pw_entry_set_age(own, f, t);
        if (pw_is_told(own))
            pw_witness_fact(own, f, t, PW_TOLD_BIRTHDAY, pw_ages[k].years, 0, true);
    } else
        pw_entry_leaves(own, f, t, PW_CLOCK_AGE);
}

void pw_entry_birth(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    f->births++;
    pw_block_t block = pw_stream_block(own->stream, f->id, PW_PURPOSE_BIRTH, f->births, 0);
    pw_rate_restart(f, PW_RATE_BIRTH, pw_uniform52(block.word[0], block.word[1]));
    f->children = (uint8_t)(f->children + (f->children < PW_MAX_CHILDREN));
    f->born = t;
    for (int r = 0; r < PW_RATES; r++)
        f->rates_stale |= (uint16_t)((own->model->rate[r].number_mask >> PW_NUMBER_CHILDREN & 1u) << r);
    pw_entry_set_age(own, f, t);
    if (pw_is_told(own))
        pw_witness_fact(own, f, t, PW_TOLD_BIRTH, f->births, 0, true);
}

void pw_entry_leaves(pw_own_t *own, pw_family_t *f, pw_ticks_t t, int kind)
{
    bool attends = f->services_waiting > 0;
    const pw_attendance_t *a = pw_family_services(f, &own->shape);
    for (uint32_t v = 0; v < own->shape.n_services; v++)
        attends |= a[v].state == PW_ATTENDANCE_ATTENDING;
    f->clock[kind] = PW_KEY_NEVER;
    f->grown_up = kind == PW_CLOCK_AGE;
    if (attends || f->team_held >= 0 || f->at == PW_AT_WAITING) {
        pw_family_ask(f, PW_PENDING_LEAVE, t, kind);
        return;
    }
    pw_entry_gone(own, f, t);
}

void pw_entry_gone(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    pw_count_month(own, PW_MONTH_left);
    if (f->looked_after)
        pw_record_cost_days(own, f, own->model->stage[f->care_stage].costs, pw_from40(f->care_since), t);
    int living = f->looked_after ? PW_LIVING_LOOKED_AFTER : f->grown_up ? PW_LIVING_GROWN_UP : PW_LIVING_MOVED_AWAY;
    pw_record_close(own, f, t, living);
    if (pw_is_told(own))
        pw_witness_fact(own, f, t, PW_TOLD_LEFT, 0, 0, f->grown_up);
    if (f->stage >= 0) {
        if (pw_is_told(own))
            pw_witness_moved(own, f, t, f->stage, -1, PW_MOVE_LIMIT, 0);
        if (own->counting)
            own->result->flow[f->stage][own->model->n_stages]++;
        pw_pathway_leave(own, f, PW_MOVE_LIMIT, t);
    }
    f->stage = -1;
    for (int k = 0; k < PW_CLOCKS; k++)
        f->clock[k] = PW_KEY_NEVER;
    f->rates_stale = 0;
    f->rated[0] = f->bits[0];
    f->rated[1] = f->bits[1];
    f->rated_active = f->active;
    f->pending = 0;
    f->gone = true;
}
