#include "couple.h"

#include "pathway.h"
#include "rates.h"
#include "record.h"
#include "witness.h"

enum { PART_ENGAGEMENT = 1 };      /* of a visit's stream: victim, approach, partner, report */

/* A chance that reads nothing shared. */
static double own_chance(const pw_family_t *f, const pw_predictor_t *predictor)
{
    double numbers[PW_MAX_NUMBERS];
    pw_family_numbers(f, NULL, numbers);
    return pw_predictor_value(predictor, f->bits, numbers);
}

void pw_attribute_draw(const pw_own_t *own, pw_family_t *f, int a, uint32_t k)
{
    const pw_attribute_t *attribute = &own->model->attribute[a];
    bool may = (f->bits[0] & attribute->given) == attribute->given && !(f->bits[0] & attribute->given_not);
    pw_block_t block = pw_stream_block(own->stream, f->id, attribute->purpose, k, 0);
    pw_family_put(f, attribute->bit, may && pw_uniform32(block.word[0]) < own_chance(f, &attribute->chance));
}

/* Whether u falls below a chance that reads nothing shared. */
static bool is_drawn(const pw_own_t *own, const pw_family_t *f, int of, const pw_predictor_t *predictor, double u, pw_ticks_t t)
{
    double p = own_chance(f, predictor);
    if (pw_is_told(own)) {
        double numbers[PW_MAX_NUMBERS];
        pw_family_numbers(f, NULL, numbers);
        pw_witness_chance(own, f, t, of, f->stage, predictor, f->bits, numbers, -1, p, u, NULL);
    }
    return u < p;
}

static void separate(pw_own_t *own, pw_family_t *f, uint32_t report, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    pw_family_put(f, PW_BIT_SEPARATED, true);
    pw_family_put(f, PW_BIT_SEPARATED_RECENTLY, true);
    f->recent_until = pw_to40(t + model->recently_ticks);
    pw_effects_set_clock(own, f);
    for (int a = 0; a < model->n_attributes; a++)
        if (model->attribute[a].redrawn_at_separation)
            pw_attribute_draw(own, f, a, f->couple_changes);
    if (pw_is_told(own))
        pw_witness_fact(own, f, t, PW_TOLD_COUPLE, 0, 0, true);
    if (pw_family_has(f, PW_BIT_OPEN_CASE) && !pw_family_has(f, PW_BIT_REPORTED_SEPARATED) &&
        is_drawn(own, f, PW_CHANCE_SAYS_WHEN_IT_HAPPENS, &model->reports_at_separation, pw_uniform32(report), t))
        pw_pathway_report_separation(own, f, true, t, PW_CLOCK_COUPLE);
}

static void reunite(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    pw_family_put(f, PW_BIT_SEPARATED, false);
    pw_family_put(f, PW_BIT_SEPARATED_RECENTLY, false);
    pw_family_put(f, PW_BIT_REPORTED_SEPARATED, false);
    f->recent_until = pw_to40(PW_TICKS_NEVER);
    pw_effects_set_clock(own, f);
    for (int a = 0; a < own->model->n_attributes; a++)    /* what only separated couples have ends */
        if (own->model->attribute[a].redrawn_at_separation && (own->model->attribute[a].given & pw_bit_mask(PW_BIT_SEPARATED)))
            pw_family_put(f, own->model->attribute[a].bit, false);
    if (pw_is_told(own))
        pw_witness_fact(own, f, t, PW_TOLD_COUPLE, 0, 0, false);
    pw_pathway_event(own, f, PW_EVENT_REUNITED, t, PW_CLOCK_COUPLE);
}

void pw_couple_change(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    f->couple_changes++;
    pw_block_t block = pw_stream_block(own->stream, f->id, PW_PURPOSE_SEPARATION, f->couple_changes, 0);
    bool separated = pw_family_has(f, PW_BIT_SEPARATED);
    f->rate[PW_RATE_SEPARATES] = f->rate[PW_RATE_REUNITES] = 0.0f;
    pw_rate_restart(f, separated ? PW_RATE_SEPARATES : PW_RATE_REUNITES, pw_uniform52(block.word[0], block.word[1]));
    if (separated)
        reunite(own, f, t);
    else
        separate(own, f, block.word[2], t);
}

void pw_couple_false_report(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    f->false_reports++;
    pw_block_t block = pw_stream_block(own->stream, f->id, PW_PURPOSE_FALSE_REPORT, f->false_reports, 0);
    pw_rate_restart(f, PW_RATE_FALSE_REPORT, pw_uniform52(block.word[0], block.word[1]));
    pw_pathway_report_separation(own, f, false, t, PW_CLOCK_FALSE_REPORT);
}

static void set_engaged(pw_family_t *f, bool partner, bool on)
{
    if (partner)
        f->partner_case = on;
    else
        f->victim_case = on;
}

static void engage(pw_own_t *own, pw_family_t *f, bool partner)
{
    int r = partner ? PW_RATE_PARTNER_DISENGAGES : PW_RATE_VICTIM_DISENGAGES;
    uint32_t purpose = partner ? PW_PURPOSE_PARTNER_DISENGAGES : PW_PURPOSE_VICTIM_DISENGAGES;
    set_engaged(f, partner, true);
    pw_family_put(f, partner ? PW_BIT_PARTNER_ENGAGED : PW_BIT_VICTIM_ENGAGED, true);
    pw_block_t block = pw_stream_block(own->stream, f->id, purpose, ++f->disengagements[partner], 0);
    pw_rate_restart(f, r, pw_uniform52(block.word[0], block.word[1]));
}

typedef struct { int of, target; const pw_predictor_t *predictor; } asked_t;

/* Whether u falls below the chance of an engagement or an approach. */
static bool falls(const pw_own_t *own, const pw_family_t *f, asked_t asked, const double *workload, double u, pw_ticks_t t)
{
    double numbers[PW_MAX_NUMBERS];
    pw_family_numbers(f, workload, numbers);
    double p = pw_predictor_value(asked.predictor, f->bits, numbers);
    if (f->active & own->model->effects_on[asked.target])
        p = pw_scale_odds(p, pw_effects_product(own->model, f, asked.target));
    if (pw_is_told(own))
        pw_witness_chance(own, f, t, asked.of, f->stage, asked.predictor, f->bits, numbers, asked.target, p, u, NULL);
    return u < p;
}

static void told_engaged(const pw_own_t *own, const pw_family_t *f, int who, bool by_service, pw_ticks_t t)
{
    if (pw_is_told(own))
        pw_witness_fact(own, f, t, PW_TOLD_ENGAGED, who, by_service, true);
}

void pw_engagement_start(pw_own_t *own, pw_family_t *f, uint32_t purpose, uint32_t visit, const double *workload, pw_ticks_t t)
{
    const pw_model_t *model = own->model;
    const asked_t victim = { PW_CHANCE_VICTIM_ENGAGES, PW_ON_VICTIM_ENGAGEMENT, &model->victim_engages };
    const asked_t approach = { PW_CHANCE_PARTNER_APPROACHED, PW_ON_PARTNER_APPROACH, &model->partner_approached };
    const asked_t partner = { PW_CHANCE_PARTNER_ENGAGES, PW_ON_PARTNER_ENGAGEMENT, &model->partner_engages };
    pw_block_t block = pw_stream_block(own->stream, f->id, purpose, visit, PART_ENGAGEMENT);
    if (!pw_family_has(f, PW_BIT_VICTIM_ENGAGED) && falls(own, f, victim, workload, pw_uniform32(block.word[0]), t)) {
        engage(own, f, false);
        pw_record_count(own, f, PW_COUNT_victim_engaged);
        told_engaged(own, f, 0, false, t);
    }
    if (own->options->census && own->counting) {      /* as the partner's chances see the family: the victim's answer is known */
        double numbers[PW_MAX_NUMBERS];
        pw_family_numbers(f, workload, numbers);
        pw_census_add(own->options->census, PW_PLACE_ENGAGEMENT, f->bits, numbers, 1.0);
    }
    if (pw_family_has(f, PW_BIT_PARTNER_ENGAGED) || !falls(own, f, approach, workload, pw_uniform32(block.word[1]), t))
        return;
    pw_record_count(own, f, PW_COUNT_partner_approached);
    told_engaged(own, f, 2, false, t);
    if (falls(own, f, partner, workload, pw_uniform32(block.word[2]), t)) {
        engage(own, f, true);
        pw_record_count(own, f, PW_COUNT_partner_engaged);
        told_engaged(own, f, 1, false, t);
    }
}

bool pw_engagement_reports(const pw_own_t *own, const pw_family_t *f, uint32_t purpose, uint32_t visit, pw_ticks_t t)
{
    pw_block_t block = pw_stream_block(own->stream, f->id, purpose, visit, PART_ENGAGEMENT);
    return is_drawn(own, f, PW_CHANCE_SAYS_AT_STAGE, &own->model->reports_at_stage, pw_uniform32(block.word[3]), t);
}

/* Whether the victim (the partner) attends some service. */
static bool attends(const pw_own_t *own, pw_family_t *f, bool partner)
{
    const pw_attendance_t *a = pw_family_services(f, &own->shape);
    int who = partner ? PW_ATTENDS_PARTNER : PW_ATTENDS_VICTIM;
    for (int v = 0; v < own->model->n_services; v++)
        if (a[v].state == PW_ATTENDANCE_ATTENDING && own->model->service[v].attends == who)
            return true;
    return false;
}

/* `why`: 0 engagement ended by itself, 1 the case closed, 2 a service ended. */
static void settle(pw_own_t *own, pw_family_t *f, bool partner, int why, pw_ticks_t t)
{
    bool by_case = partner ? f->partner_case : f->victim_case;
    int bit = partner ? PW_BIT_PARTNER_ENGAGED : PW_BIT_VICTIM_ENGAGED;
    bool before = pw_family_has(f, bit);
    pw_family_put(f, bit, by_case || attends(own, f, partner));
    if (pw_is_told(own) && before && !pw_family_has(f, bit))
        pw_witness_fact(own, f, t, PW_TOLD_DISENGAGED, partner, why, false);
}

void pw_engagement_ends(pw_own_t *own, pw_family_t *f, bool partner, pw_ticks_t t)
{
    bool by_case = partner ? f->partner_case : f->victim_case;
    int kind = partner ? PW_CLOCK_PARTNER_DISENGAGES : PW_CLOCK_VICTIM_DISENGAGES;
    set_engaged(f, partner, false);
    settle(own, f, partner, 0, t);
    pw_block_t block = pw_stream_block(own->stream, f->id, partner ? PW_PURPOSE_PARTNER_DISENGAGES : PW_PURPOSE_VICTIM_DISENGAGES,
                                       ++f->disengagements[partner], 0);
    pw_rate_restart(f, partner ? PW_RATE_PARTNER_DISENGAGES : PW_RATE_VICTIM_DISENGAGES, pw_uniform52(block.word[0], block.word[1]));
    if (by_case && !pw_family_has(f, partner ? PW_BIT_PARTNER_ENGAGED : PW_BIT_VICTIM_ENGAGED))
        pw_pathway_event(own, f, partner ? PW_EVENT_PARTNER_DISENGAGED : PW_EVENT_VICTIM_DISENGAGED, t, kind);
}

void pw_engagement_lapse(pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    f->victim_case = f->partner_case = false;
    f->rates_stale |= 1u << PW_RATE_VICTIM_DISENGAGES | 1u << PW_RATE_PARTNER_DISENGAGES;
    settle(own, f, false, 1, t);
    settle(own, f, true, 1, t);
}

void pw_engagement_service(pw_own_t *own, pw_family_t *f, int service, bool dropped, pw_ticks_t t, int kind)
{
    int who = own->model->service[service].attends;
    if (who != PW_ATTENDS_PARTNER && who != PW_ATTENDS_VICTIM)
        return;
    bool partner = who == PW_ATTENDS_PARTNER;
    int bit = partner ? PW_BIT_PARTNER_ENGAGED : PW_BIT_VICTIM_ENGAGED;
    bool before = pw_family_has(f, bit);
    settle(own, f, partner, 2, t);
    if (!before && pw_family_has(f, bit)) {
        pw_record_count(own, f, partner ? PW_COUNT_partner_engaged : PW_COUNT_victim_engaged);
        told_engaged(own, f, partner, true, t);
    }
    if (dropped && !pw_family_has(f, bit))
        pw_pathway_event(own, f, partner ? PW_EVENT_PARTNER_DISENGAGED : PW_EVENT_VICTIM_DISENGAGED, t, kind);
}
