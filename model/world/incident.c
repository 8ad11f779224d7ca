#include "incident.h"

#include "form.h"
#include "gap.h"
#include "instant.h"
#include "offers.h"
#include "pathway.h"
#include "rates.h"
#include "record.h"
#include "witness.h"

static double odds_scaled(const pw_own_t *own, const pw_family_t *f, double p, int target)
{
    if (f->active & own->model->effects_on[target])
        p = pw_scale_odds(p, pw_effects_product(own->model, f, target));
    return p;
}

static inline const pw_situation_t *situation_of(const pw_own_t *own, const pw_family_t *f) { return pw_situation_of(own->situations, own->model, f->bits); }

static inline double contact_chance(const pw_own_t *own, const pw_family_t *f, const pw_situation_t *in)
{
    double p = in->contact;
    if (p > 0.0 && f->active & own->model->effects_on[PW_ON_INCIDENT_RATE]) {
        double r = pw_effects_at_contact(own->model, f, PW_ON_INCIDENT_RATE);
        p = p * r / (1.0 - p + p * r);
    }
    return p;
}

/* Of injury and severe injury, in the setting that the family's bits say: the family's own factor and the effects in force. */
static inline double severity_factor(const pw_own_t *own, const pw_family_t *f)
{
    bool effects = (f->active & own->model->effects_on[PW_ON_SEVERITY]) != 0;
    return effects ? f->severity_factor * pw_effects_product(own->model, f, PW_ON_SEVERITY) : f->severity_factor;
}

static inline double present_chance(const pw_own_t *own, const pw_family_t *f, double p)
{
    return f->looked_after ? 0.0 : odds_scaled(own, f, p, PW_ON_CHILD_PRESENCE);
}

/* The incident bits of a severity; of a child that was there, or injured. */
static inline uint64_t severity_bits(int severity) { return (uint64_t)((severity >= 1) | (severity == 2) << 1) << PW_BIT_INJURY; }
static inline uint64_t child_bits(bool present, bool injured) { return (uint64_t)present << PW_BIT_CHILD_PRESENT | (uint64_t)injured << PW_BIT_CHILD_INJURED; }

/* Of a chance that reads numbers: what the police see when they decide to notify. */
static double notify_by_form(const pw_own_t *own, const pw_family_t *f, const pw_predictor_t *notifies, uint32_t number)
{
    static const uint64_t nothing[2] = { 0, 0 };   /* the police were there: only the score is uncertain */
    pw_form_t form;
    pw_form_fill(own, f, own->model->police_form, number, f->bits, nothing, (notifies->number_mask >> PW_NUMBER_RISK_SCORE & 1) != 0, &form);
    return pw_predictor_value(notifies, f->bits, form.number);
}

static void count_kinds(pw_record_t *r, uint64_t bits, int reach)
{
    static const int bit[PW_HARMS] = { [PW_HARM_INJURY] = PW_BIT_INJURY, [PW_HARM_SEVERE_INJURY] = PW_BIT_SEVERE_INJURY,
                                       [PW_HARM_CHILD_PRESENT] = PW_BIT_CHILD_PRESENT,
                                       [PW_HARM_CHILD_INJURED] = PW_BIT_CHILD_INJURED, [PW_HARM_AT_CONTACT] = PW_BIT_AT_CONTACT };
    for (int harm = PW_HARM_ANY + 1; harm < PW_HARMS; harm++)
        r->harm[harm][reach] = (uint16_t)(r->harm[harm][reach] + (bits >> bit[harm] & 1));
}

static inline void count_harm(const pw_own_t *own, const pw_family_t *f, int reach)
{
    pw_record_t *r = pw_family_record(own, f);
    if (!r)
        return;
    r->harm[PW_HARM_ANY][reach]++;
    if (f->bits[0] & PW_INCIDENT_BITS)
        count_kinds(r, f->bits[0], reach);
}

/* An incident's number, which is its notification's too: 0 is the one that the family entered with. */
static inline uint16_t number_of(const pw_family_t *f) { return (uint16_t)(f->incidents + 1u); }

/* A notification, and how long it is on its way. */
typedef struct { bool sent; uint8_t incident; uint16_t number; pw_ticks_t arrives; } notification_t;

static notification_t make_notification(const pw_own_t *own, const pw_family_t *f, bool removed, uint16_t number, pw_ticks_t t)
{
    notification_t it = { true, (uint8_t)(pw_incident_pack(f->bits[0]) | (removed ? PW_PACKED_REMOVED : 0)), number, t };
    count_harm(own, f, PW_REACH_NOTIFIED);
    if (own->model->notification_delay.kind != PW_SPAN_NONE) {
        pw_block_t block = pw_stream_block(own->stream, f->id, PW_PURPOSE_NOTIFICATION, it.number, 0);
        it.arrives += pw_ticks_from_days(pw_span_days(&own->model->notification_delay, pw_uniform32(block.word[0])));
    }
    return it;
}

static void send(pw_family_t *f, notification_t it)
{
    int slot = 0, last = 0;
    while (slot < PW_TRANSIT && f->transit[slot] != PW_TRANSIT_NONE) {
        last = f->transit[slot] > f->transit[last] ? slot : last;
        slot++;
    }
    if (slot == PW_TRANSIT) {                     /* all ways are taken: it travels with the last one */
        f->transit[last] |= it.incident;
        return;
    }
    f->transit[slot] = (uint64_t)it.arrives << 24 | (uint64_t)it.number << 8 | it.incident;
    if (pw_key(it.arrives, PW_CLOCK_NOTIFICATION) < f->clock[PW_CLOCK_NOTIFICATION])
        pw_family_set(f, PW_CLOCK_NOTIFICATION, it.arrives);
}

/* A notification without delay arrives when the incident is over, unless something shared comes first; true if only counts changed. */
static bool arrive(pw_own_t *own, pw_family_t *f, notification_t it, pw_ticks_t t)
{
    if (it.arrives > t || f->pending || f->clock[PW_CLOCK_NOTIFICATION] <= pw_key(t, PW_CLOCK_NOTIFICATION)) {
        send(f, it);
        if (f->pending || f->clock[PW_CLOCK_NOTIFICATION] != pw_key(t, PW_CLOCK_NOTIFICATION))
            return false;
        pw_observe(own, f, t, PW_CLOCK_NOTIFICATION, 0);
        pw_pathway_arrival(own, f, t);
        return false;
    }
    pw_observe(own, f, t, PW_CLOCK_NOTIFICATION, 0);
    return pw_pathway_notification(own, f, it.incident, it.number, t);
}

/* The police attend incident `number`. Uniforms: u_removed, and of block 2 spoken to and notified; `base` < 1 is the chance given which the
 * entry incident was notified by baseline practice: its uniform lies below it. */
static inline notification_t attend(pw_own_t *own, pw_family_t *f, uint16_t number, uint32_t removed_word, pw_block_t block, double base, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    const pw_incident_police_t *police = &situation_of(own, f)->police[pw_incident_kind(f->bits[0])];
    notification_t notification = { 0 };
    pw_count_month(own, PW_MONTH_reported);
    count_harm(own, f, PW_REACH_REPORTED);
    pw_record_count(own, f, PW_COUNT_attended);
    if (model->attendance_costs)
        pw_record_cost_each(own, f, model->attendance_costs, t);
    if (own->options->census && own->counting)
        pw_census_add(own->options->census, PW_PLACE_POLICE, f->bits, NULL, 1.0);
    bool removed = pw_uniform32(removed_word) < police->removes, speaks = pw_uniform32(block.word[0]) < police->speaks;
    if (speaks) {
        pw_family_put(f, PW_BIT_CHILD_SPOKEN_TO, true);
        pw_record_count(own, f, PW_COUNT_child_spoken_to);
    }
    if (!f->looked_after && !model->no_services &&
        pw_uniform32(block.word[1]) * base < (model->notifies.n_numbers ? notify_by_form(own, f, &model->notifies, number) : police->notifies[speaks]))
        notification = make_notification(own, f, removed, number, t);
    if (removed) {
        pw_record_count(own, f, PW_COUNT_partner_removed);
        pw_family_put(f, PW_BIT_PARTNER_REMOVED, true);
        f->removed_until = pw_to40(t + model->removed_ticks);
        pw_effects_set_clock(own, f);
        pw_effects_start(own, f, model->removal_effects, t);
    }
    f->last_incident = pw_incident_pack(f->bits[0]);
    if (model->offers_at_attendance)
        pw_offers_make(own, f, model->offers_at_attendance, PW_OFFER_AT_POLICE_ATTENDANCE, NULL, t, PW_CLOCK_INCIDENT);
    return notification;
}

static void count_incident(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    pw_count_month(own, PW_MONTH_incidents);
    count_harm(own, f, PW_REACH_OCCURRED);
    if (f->closed_by_separation)
        pw_record_count(own, f, PW_COUNT_incidents_after_separation_closing);
    if (model->incident_costs)
        pw_record_cost_each(own, f, model->incident_costs, t);
    if (model->injury_costs && pw_family_has(f, PW_BIT_INJURY))
        pw_record_cost_each(own, f, model->injury_costs, t);
    pw_record_t *r = pw_family_record(own, f);
    if (r && model->no_services && pw_family_has(f, PW_BIT_SEVERE_INJURY) && t > r->index_ticks && t <= r->index_ticks + model->months_12)
        r->severe_without_services = 1;
}

/* How severe, where, was a child there: the family's incident bits. */
static inline pw_block_t draw_kind(const pw_own_t *own, pw_family_t *f, const pw_situation_t *in)
{
    const pw_model_t *model = own->model;
    uint64_t between = f->bits[0] & ~PW_INCIDENT_BITS;
    int contact = pw_uniform32(f->luck[1]) < contact_chance(own, f, in), severity = 0;
    f->bits[0] = between |= (uint64_t)contact << PW_BIT_AT_CONTACT;
    if (!model->never_injured) {
        const double *weight = in->weight[contact];
        double factor = severity_factor(own, f), injury = weight[1] * factor;
        double u = pw_uniform32(f->luck[0]) * (weight[0] + injury + weight[2] * factor);
        severity = (u >= weight[0]) + (u >= weight[0] && u >= weight[0] + injury);
        f->bits[0] = between |= severity_bits(severity);
    }
    if (own->options->census && own->counting)
        pw_census_add(own->options->census, PW_PLACE_INCIDENT, f->bits, NULL, 1.0);
    pw_block_t block = { { 0 } };
    if (!model->incidents_certain)
        block = pw_stream_block(own->stream, f->id, PW_PURPOSE_INCIDENT, f->incidents, 1);
    if (!model->never_present) {
        bool present = pw_uniform32(block.word[0]) < present_chance(own, f, in->present[contact][severity]);
        bool injured = present && pw_uniform32(block.word[1]) < in->injured[contact][severity];
        f->bits[0] = between | child_bits(present, injured);
    }
    return block;
}

static inline bool draw_reported(const pw_own_t *own, const pw_family_t *f, const pw_situation_t *in, uint32_t word)
{
    return pw_uniform32(word) < odds_scaled(own, f, in->police[pw_incident_kind(f->bits[0])].reported, PW_ON_REPORTING);
}

static inline pw_block_t draw_police(const pw_own_t *own, const pw_family_t *f)
{
    return own->model->police_certain ? (pw_block_t){ { 0 } } : pw_stream_block(own->stream, f->id, PW_PURPOSE_INCIDENT, f->incidents, 2);
}

/* What follows from an incident of the kind that is drawn. True if nothing changed but counts and the gap: the family runs on as before. */
static bool follows(pw_own_t *own, pw_family_t *f, const pw_gap_t *gap, pw_block_t block, bool reported, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    bool as_before = true;
    notification_t notification = { 0 };
    if (pw_is_told(own))
        pw_witness_incident(own, f, reported, t);
    count_incident(own, f, t);
    if (reported) {
        notification = attend(own, f, number_of(f), block.word[3], draw_police(own, f), 1.0, t);
        as_before = pw_from40(f->removed_until) == PW_TICKS_NEVER && !model->offers_at_attendance;
    }
    pw_gap_take(f, gap);
    f->clock[PW_CLOCK_INCIDENT] = PW_GAP_UNSET;
    if (f->stage >= 0 && model->stage[f->stage].interrupt_events >> PW_EVENT_INCIDENT & 1) {
        pw_pathway_event(own, f, PW_EVENT_INCIDENT, t, PW_CLOCK_INCIDENT);
        as_before = false;
    }
    f->bits[0] &= ~PW_INCIDENT_BITS;
    if (notification.sent)
        as_before &= arrive(own, f, notification, t);
    return as_before;
}

void pw_incident_happens(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    const pw_situation_t *in = situation_of(own, f);
    const pw_gap_t gap = pw_gap_after(own, f, t);
    pw_block_t block = draw_kind(own, f, in);
    follows(own, f, &gap, block, draw_reported(own, f, in, block.word[2]), t);
    pw_rates_refresh(own, f, t);
    pw_gap_settle(f, &gap);
}

/* ---- a run of incidents ----
 *
 * Most incidents are light: latent, or (in a model with light police) attended with no more to it than a case that ends where it begins. They
 * change counts only; what does not go by month is added up here and written when the run ends. */
typedef struct {
    pw_record_t *record;                   /* NULL: not followed */
    const pw_stage_t *screens;             /* the instant stage of light police; NULL: a notification is not passed there */
    bool logs;                             /* a notification stays with the case that is open, and interrupts nothing */
    bool plain;                            /* every incident is as plain as can be: nothing is drawn but its consequences */
    bool counts_only;                      /* false: incidents cost money, or somebody looks on */
    uint32_t before;                       /* repeats in its record when the run began */
    uint32_t incidents, attended, notified, intake, passed[PW_MAX_EXITS];
    uint32_t visit;                        /* of the stage that screens: the next one */
    uint32_t *light;                       /* of the kind that they are: counts by month */
    pw_ticks_t last;                       /* of the latest light incident */
} run_t;

static inline void begin_run(run_t *run, const pw_own_t *own, pw_family_t *f)
{
    const pw_model_t *model = own->model;
    run->record = pw_family_record(own, f);
    run->screens = NULL;
    run->logs = false;
    run->before = run->incidents = run->attended = run->notified = run->intake = run->visit = 0;
    bool interrupts = f->stage >= 0 && (model->stage[f->stage].interrupt_events >> PW_EVENT_INCIDENT & 1);      /* latent ones too */
    run->counts_only = own->counts_only && !interrupts;
    run->plain = model->plain_incidents && run->counts_only;
    /* a notification that may be the index is looked at by itself */
    bool known = f->record >= 0 ? own->records[f->record].index_seen : !own->finding_index;
    if (!model->light_police || !known || f->looked_after || f->clock[PW_CLOCK_NOTIFICATION] != PW_KEY_NEVER)
        return;
    run->before = run->record ? run->record->count[PW_COUNT_repeats] : 0;
    run->logs = f->stage >= 0 && pw_incident_is_deaf(model, f);
    if (f->stage < 0) {
        run->screens = &model->stage[model->first_stage];
        for (int k = 0; k < run->screens->choice.n; k++)
            run->passed[k] = 0;
        run->visit = pw_family_visits(f, &own->shape)[model->first_stage];
    }
}

static void add(uint16_t *to, uint32_t n) { *to = (uint16_t)(*to + n); }

static inline void end_run(run_t *run, pw_own_t *own, pw_family_t *f)
{
    own->events += run->incidents;
    pw_record_t *r = run->record;
    if (r) {
        add(&r->harm[PW_HARM_ANY][PW_REACH_OCCURRED], run->incidents);
        add(&r->harm[PW_HARM_ANY][PW_REACH_REPORTED], run->attended);
        add(&r->harm[PW_HARM_ANY][PW_REACH_NOTIFIED], run->notified);
        add(&r->count[PW_COUNT_attended], run->attended);
        if (f->closed_by_separation)
            add(&r->count[PW_COUNT_incidents_after_separation_closing], run->incidents);
    }
    if (run->attended)
        f->last_incident = 0;
    if (run->notified)
        pw_pathway_passed(own, f, run->notified, run->screens ? run->passed : NULL, run->intake);
}

/* A light notification: true if it stays with the open case, or its case ends where it begins; then it is counted. */
static inline bool notify_lightly(run_t *run, const pw_own_t *own, const pw_family_t *f, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    if (run->screens) {
        int exit = pw_instant_exit(own, f, run->screens, run->visit);
        if (!(run->screens->choice.plain_ends >> exit & 1))
            return false;
        run->visit++;
        run->passed[exit]++;
        own->month[PW_MONTH_screened] += run->screens->counts_as == PW_COUNTS_AS_SCREENING;
    }
    if (run->notified++ == 0 && run->record && run->before == 0)
        run->record->first_repeat = t - run->record->index_ticks;
    run->intake += own->counting && t >= model->day_0 && t < model->intake_end;
    pw_count_month(own, PW_MONTH_notifications);
    return true;
}

/* An attended incident of the plainest kind: true if it is light, and counted. */
static inline bool attend_lightly(run_t *run, const pw_own_t *own, const pw_family_t *f, pw_ticks_t t)
{
    if ((!run->screens && !run->logs) || f->bits[0] & PW_INCIDENT_BITS)
        return false;
    bool notified = run->plain || pw_uniform32(draw_police(own, f).word[1]) < situation_of(own, f)->police[0].notifies[0];
    if (notified && !notify_lightly(run, own, f, t))
        return false;
    run->attended++;
    pw_count_month(own, PW_MONTH_reported);
    return true;
}

/* The first light incidents of eight at most: how many; `*key` becomes the next one's. Gap j follows the j-th, whose case takes the exit that word j
 * says (NULL: the first). One pass is one incident, with few branches that depend on chance. */
static uint32_t run_eight(run_t *run, const pw_own_t *own, const double *gap, const uint32_t *word, uint32_t n, float rate, uint64_t *key, uint64_t until)
{
    const pw_model_t *model = own->model;
    const pw_choice_t *choice = run->screens ? &run->screens->choice : NULL;
    const uint64_t months = own->counting ? (uint64_t)model->months : 0, intake = own->counting ? (uint64_t)(model->intake_end - model->day_0) : 0;
    uint32_t *count = run->light, j = 0, in_intake = 0;
    uint64_t at = *key;
    for (; j < n && at < until; j++) {
        if (choice) {
            int exit = word ? pw_choice_exit(choice, word[j]) : 0;
            if (!(choice->plain_ends >> exit & 1))
                break;
            run->passed[exit]++;
        }
        pw_ticks_t t = pw_key_ticks(at);
        uint64_t since = (uint64_t)(t - model->day_0), month = since / PW_TICKS_PER_MONTH;      /* before day 0: huge */
        count[month < months ? month : PW_MAX_MONTHS]++;
        in_intake += since < intake;
        at = pw_gap_plain_key(model, gap[j], rate, t);
        run->last = t;
    }
    run->intake += in_intake;
    *key = at;
    return j;
}

/* Incidents that are all as plain as can be, where seasons do not differ: nothing but the time of the next one is drawn, and the family is written to
 * at the end. Stops before the first that is not light: false. */
static __attribute__((noinline)) bool run_plainly(run_t *run, pw_own_t *own, pw_family_t *f, uint64_t until)
{
    const float rate = f->rate[PW_RATE_INCIDENT];
    const pw_ticks_t first_tick = pw_key_ticks(f->clock[PW_CLOCK_INCIDENT]);
    run->light = own->light[run->screens && run->screens->counts_as == PW_COUNTS_AS_SCREENING];
    uint32_t k = f->incidents, first = k, many;
    uint64_t key = f->clock[PW_CLOCK_INCIDENT];
    for (bool all_light = true; all_light && key < until; k += many) {
        uint32_t n = 8 - ((k + 1) & 7);              /* gaps up to the end of the eight */
        const double *gap = &pw_gap_made(own, f, k + 1)->exponential[(k + 1) & 7];
        const uint32_t *word = run->screens && run->screens->choice.n > 1 ? pw_instant_words(own, f, run->screens, run->visit, n) : NULL;
        many = run_eight(run, own, gap, word, n, rate, &key, until);
        all_light = many == n || key >= until;
        run->visit += many;
    }
    if (k == first)
        return key >= until;
    if (run->notified == 0 && run->record && run->before == 0)
        run->record->first_repeat = first_tick - run->record->index_ticks;
    run->notified += k - first;
    run->incidents += k - first;
    run->attended += k - first;
    f->incidents = k;
    pw_gap_begin(own, f, run->last);
    f->clock[PW_CLOCK_INCIDENT] = key;
    return key >= until;
}

/* Otherwise the compiler puts it off to where it is used: behind a branch that nobody can foretell, and the two long chains of operations, the next gap
 * and what the incident at hand is, run one after the other instead of side by side. */
#define WORK_OUT_HERE(x) __asm__ volatile("" : "+r"(x))

bool pw_incident_run(pw_own_t *own, pw_family_t *f, uint64_t until)
{
    run_t run;
    begin_run(&run, own, f);
    bool may_be_light = true;                      /* the next one: nobody has looked at it */
    if (run.plain && !own->model->seasonal && (run.screens || run.logs))
        may_be_light = run_plainly(&run, own, f, until);
    for (uint64_t key = f->clock[PW_CLOCK_INCIDENT]; key < until; key = f->clock[PW_CLOCK_INCIDENT]) {
        pw_ticks_t t = pw_key_ticks(key);
        pw_observe(own, f, t, PW_CLOCK_INCIDENT, 0);
        pw_own_at(own, t);
        pw_block_t block = { { 0 } };
        bool reported = true;
        pw_gap_t gap = pw_gap_after(own, f, t);
        WORK_OUT_HERE(gap.ends);
        if (!run.plain) {
            const pw_situation_t *in = situation_of(own, f);
            block = draw_kind(own, f, in);
            reported = draw_reported(own, f, in, block.word[2]);
        }
        if (run.counts_only && (!reported || (may_be_light && attend_lightly(&run, own, f, t)))) {
            run.incidents++;
            pw_count_month(own, PW_MONTH_incidents);
            if (run.record && f->bits[0] & PW_INCIDENT_BITS)
                count_kinds(run.record, f->bits[0], PW_REACH_OCCURRED);
            pw_gap_take(f, &gap);
            pw_family_set(f, PW_CLOCK_INCIDENT, gap.ends);
            continue;
        }
        may_be_light = true;
        end_run(&run, own, f);
        own->events++;
        bool as_before = follows(own, f, &gap, block, reported, t);
        if (!as_before)
            pw_rates_refresh(own, f, t);
        pw_gap_settle(f, &gap);
        if (!as_before)
            return false;
        begin_run(&run, own, f);
    }
    f->bits[0] &= ~PW_INCIDENT_BITS;
    end_run(&run, own, f);
    return true;
}

/* The kinds of incident that baseline practice may notify: the incident bits, the chance of a notification given the attendance, and the
 * weights added up. */
enum { KINDS = 2 * PW_SEVERITIES * 3 };
typedef struct { int n; uint64_t bits[KINDS]; double notified[KINDS], sum[KINDS], all; } kinds_t;

/* The kind that `bits` say, of chance p. */
static inline void add_kind(const pw_own_t *own, pw_family_t *f, const pw_situation_t *in, uint64_t bits, double p, kinds_t *kinds)
{
    if (p <= 0.0)
        return;
    int n = kinds->n++;
    const pw_incident_police_t *police = &in->police[pw_incident_kind(bits)];
    kinds->bits[n] = bits;
    kinds->notified[n] = police->entry_notifies;
    if (own->model->entry_notifies.n_numbers) {
        f->bits[0] = (f->bits[0] & ~PW_INCIDENT_BITS) | bits;
        kinds->notified[n] = notify_by_form(own, f, &own->model->entry_notifies, 0);
    }
    kinds->all += p * police->entry_reported * kinds->notified[n];
    kinds->sum[n] = kinds->all;
}

/* The kinds of one setting: severity, then no child there, a child there, a child injured. */
static void walk_setting(const pw_own_t *own, pw_family_t *f, const pw_situation_t *in, int contact, double p_setting, kinds_t *kinds)
{
    const uint64_t setting = (uint64_t)contact << PW_BIT_AT_CONTACT;
    f->bits[0] = (f->bits[0] & ~PW_INCIDENT_BITS) | setting;         /* for effects */
    double factor = severity_factor(own, f);
    double weight[PW_SEVERITIES] = { in->weight[contact][0], in->weight[contact][1] * factor, in->weight[contact][2] * factor };
    double all = weight[0] + weight[1] + weight[2];
    for (int severity = 0; severity < PW_SEVERITIES; severity++) {
        double p = p_setting * (all > 0.0 ? weight[severity] / all : severity == 0);
        if (p <= 0.0)
            continue;
        uint64_t kind = setting | severity_bits(severity);
        f->bits[0] = (f->bits[0] & ~PW_INCIDENT_BITS) | kind;
        double present = present_chance(own, f, in->present[contact][severity]);
        add_kind(own, f, in, kind, p * (1.0 - present), kinds);
        double injured = present > 0.0 ? in->injured[contact][severity] : 0.0;
        add_kind(own, f, in, kind | child_bits(true, false), p * (present * (1.0 - injured)), kinds);
        add_kind(own, f, in, kind | child_bits(true, true), p * (present * injured), kinds);
    }
}

/* Draws the entry incident's kind with u; returns the chance given which it was notified. */
static double draw_entry_kind(const pw_own_t *own, pw_family_t *f, const pw_situation_t *in, double u)
{
    kinds_t kinds;
    kinds.n = 0;
    kinds.all = 0.0;
    f->bits[0] &= ~PW_INCIDENT_BITS;
    double p_contact = contact_chance(own, f, in);
    walk_setting(own, f, in, 0, 1.0 - p_contact, &kinds);
    if (p_contact > 0.0)
        walk_setting(own, f, in, 1, p_contact, &kinds);
    f->bits[0] &= ~PW_INCIDENT_BITS;
    double sum = kinds.all;
    if (!(sum > 0.0))
        return 1.0;                               /* baseline practice notifies nobody: the plainest kind */
    int k = 0;
    while (k < kinds.n - 1 && kinds.sum[k] <= sum * u)
        k++;
    f->bits[0] |= kinds.bits[k];
    return kinds.notified[k];
}

void pw_incident_entry(pw_own_t *own, pw_family_t *f, pw_block_t block, pw_block_t police, pw_ticks_t t)
{
    const pw_situation_t *in = situation_of(own, f);
    double notified = draw_entry_kind(own, f, in, pw_uniform52(block.word[0], block.word[1]));
    const pw_incident_police_t *police_of = &in->police[pw_incident_kind(f->bits[0])];
    double base = police_of->entry_reported, reported = odds_scaled(own, f, police_of->reported, PW_ON_REPORTING);
    if (pw_is_told(own))
        pw_witness_entry_incident(own, f, base > 0.0 ? reported / base : (double)(reported > 0.0), pw_uniform32(block.word[2]), block.word[3], police,
                                  notified, t);
    count_incident(own, f, t);
    if (pw_uniform32(block.word[2]) * base < reported) {
        notification_t it = attend(own, f, 0, block.word[3], police, notified, t);
        if (it.sent)
            send(f, it);
    }
    f->bits[0] &= ~PW_INCIDENT_BITS;
}

/* ---- for those who look on ---- */

static int severity_of(const pw_family_t *f) { return pw_family_has(f, PW_BIT_INJURY) + pw_family_has(f, PW_BIT_SEVERE_INJURY); }

void pw_incident_chances(const pw_own_t *own, const pw_family_t *f, pw_incident_chances_t *out)
{
    const pw_situation_t *in = situation_of(own, f);
    int contact = pw_family_has(f, PW_BIT_AT_CONTACT), severity = severity_of(f);
    *out = (pw_incident_chances_t){ contact_chance(own, f, in), present_chance(own, f, in->present[contact][severity]),
                                    pw_family_has(f, PW_BIT_CHILD_PRESENT) ? in->injured[contact][severity] : 0.0,
                                    odds_scaled(own, f, in->police[pw_incident_kind(f->bits[0])].reported, PW_ON_REPORTING) };
}

void pw_incident_weights(const pw_own_t *own, const pw_family_t *f, double weight[3])
{
    const double *base = situation_of(own, f)->weight[pw_family_has(f, PW_BIT_AT_CONTACT)];
    double factor = severity_factor(own, f);
    for (int k = 0; k < PW_SEVERITIES; k++)
        weight[k] = k ? base[k] * factor : base[k];
}

double pw_incident_notify_chance(const pw_own_t *own, const pw_family_t *f, uint16_t number, pw_form_t *form)
{
    const pw_predictor_t *notifies = &own->model->notifies;
    static const uint64_t nothing[2] = { 0, 0 };
    pw_form_fill(own, f, own->model->police_form, number, f->bits, nothing, (notifies->number_mask >> PW_NUMBER_RISK_SCORE & 1) != 0, form);
    return pw_predictor_value(notifies, f->bits, form->number);
}
