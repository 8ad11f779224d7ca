#include "rates.h"

#include "../chance/kernel.h"
#include "gap.h"
#include "witness.h"

static bool holds(const pw_effect_t *e, const pw_family_t *f)
{
    return !e->conditional || ((f->bits[0] & e->only_if[0]) == e->only_if[0] && (f->bits[1] & e->only_if[1]) == e->only_if[1]);
}

static bool acts(const pw_effect_t *e, const pw_family_t *f, int target, bool contact)
{
    bool in_setting = target == PW_ON_INCIDENT_RATE ? e->only_contact == contact : !e->only_contact || pw_family_has(f, PW_BIT_AT_CONTACT);
    return in_setting && holds(e, f);
}

static double product(const pw_model_t *model, const pw_family_t *f, int target, bool contact)
{
    double p = 1.0;
    for (uint64_t mask = f->active & model->effects_on[target]; mask; mask &= mask - 1) {
        const pw_effect_t *e = &model->effect[__builtin_ctzll(mask)];
        if (acts(e, f, target, contact))
            p *= e->ratio;
    }
    return p;
}

uint64_t pw_effects_acting(const pw_model_t *model, const pw_family_t *f, int target, bool contact)
{
    uint64_t acting = 0;
    for (uint64_t mask = f->active & model->effects_on[target]; mask; mask &= mask - 1)
        if (acts(&model->effect[__builtin_ctzll(mask)], f, target, contact))
            acting |= mask & -mask;
    return acting;
}

double pw_effects_product(const pw_model_t *model, const pw_family_t *f, int target) { return product(model, f, target, false); }
double pw_effects_at_contact(const pw_model_t *model, const pw_family_t *f, int target) { return product(model, f, target, true); }

void pw_effects_set_clock(const pw_own_t *own, pw_family_t *f)
{
    const pw_ticks40_t *until = pw_family_timed(f, &own->shape);
    pw_ticks_t recent = pw_from40(f->recent_until), removed = pw_from40(f->removed_until), first = recent < removed ? recent : removed;
    for (uint32_t k = 0; k < own->shape.n_timed; k++)
        first = pw_from40(until[k]) < first ? pw_from40(until[k]) : first;
    pw_family_set(f, PW_CLOCK_LAPSE, first);
}

void pw_effects_begin(const pw_own_t *own, pw_family_t *f, uint64_t mask, pw_ticks_t t)
{
    uint64_t new = mask & ~f->active;
    f->active |= mask;
    pw_ticks40_t *until = pw_family_timed(f, &own->shape);
    bool timed = false;
    for (uint64_t rest = mask; rest; rest &= rest - 1) {
        const pw_effect_t *e = &own->model->effect[__builtin_ctzll(rest)];
        if (e->timed_slot >= 0) {
            until[e->timed_slot] = pw_to40(t + e->lasts_ticks);
            timed = true;
        }
    }
    if (timed)
        pw_effects_set_clock(own, f);
    if (pw_is_told(own))
        pw_witness_effects(own, f, t, new, true);
}

void pw_effects_stop(const pw_own_t *own, pw_family_t *f, uint64_t mask, pw_ticks_t t)
{
    uint64_t before = f->active;
    for (uint64_t rest = mask & f->active; rest; rest &= rest - 1) {
        int k = __builtin_ctzll(rest);
        const pw_effect_t *e = &own->model->effect[k];
        if (e->timed_slot < 0 || e->during == PW_DURING_ATTENDING)
            f->active &= ~(UINT64_C(1) << k);
    }
    if (pw_is_told(own))
        pw_witness_effects(own, f, t, before & ~f->active, false);
}

void pw_effects_lapse(const pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    uint64_t before = f->active;
    pw_ticks40_t *until = pw_family_timed(f, &own->shape);
    for (uint32_t k = 0; k < own->shape.n_timed; k++)
        if (pw_from40(until[k]) <= t) {
            until[k] = pw_to40(PW_TICKS_NEVER);
            f->active &= ~own->model->effects_of_slot[k];
        }
    if (pw_is_told(own))
        pw_witness_effects(own, f, t, before & ~f->active, false);
    if (pw_from40(f->recent_until) <= t) {
        f->recent_until = pw_to40(PW_TICKS_NEVER);
        pw_family_put(f, PW_BIT_SEPARATED_RECENTLY, false);
    }
    if (pw_from40(f->removed_until) <= t) {
        f->removed_until = pw_to40(PW_TICKS_NEVER);
        pw_family_put(f, PW_BIT_PARTNER_REMOVED, false);
    }
    pw_effects_set_clock(own, f);
}

static int clock_of(int r)
{
    static const int clock[PW_RATES] = {
        [PW_RATE_INCIDENT] = PW_CLOCK_INCIDENT,
        [PW_RATE_SEPARATES] = PW_CLOCK_COUPLE,
        [PW_RATE_REUNITES] = PW_CLOCK_COUPLE,
        [PW_RATE_FALSE_REPORT] = PW_CLOCK_FALSE_REPORT,
        [PW_RATE_VICTIM_DISENGAGES] = PW_CLOCK_VICTIM_DISENGAGES,
        [PW_RATE_PARTNER_DISENGAGES] = PW_CLOCK_PARTNER_DISENGAGES,
        [PW_RATE_REFERRAL] = PW_CLOCK_REFERRAL,
        [PW_RATE_MOVES] = PW_CLOCK_MOVE,
        [PW_RATE_BIRTH] = PW_CLOCK_BIRTH,
    };
    return clock[r];
}

/* The key of a clock that stands still with this exponential unspent: its bits. What is smaller than PW_KEY_NEVER's (1e-311) takes no tick at any rate, nor do
 * those. */
static uint64_t standing(double left)
{
    _Static_assert(PW_KEY_NEVER < UINT64_C(1) << 52, "a key has the bits of a double below all normal ones");
    return left > pw_double_of(PW_KEY_NEVER) ? pw_bits_of(left) : PW_KEY_NEVER;
}

void pw_rate_restart(pw_family_t *f, int r, double u) { pw_rate_begin(f, r, -pw_log(u)); }

void pw_rate_begin(pw_family_t *f, int r, double left)
{
    f->rate[r] = 0.0f;
    f->clock[clock_of(r)] = standing(left);
    f->rates_stale |= (uint16_t)(1u << r);
}

/* A clock that would strike later than any event stands still as well: the rate is so low that nothing is spent. */
static void set_clock(pw_family_t *f, int r, float rate, pw_ticks_t t)
{
    int kind = clock_of(r);
    double left = pw_double_of(f->clock[kind]);
    if (pw_family_runs(f, kind))
        left = pw_days_from_ticks(pw_key_ticks(f->clock[kind]) - t) * (double)f->rate[r];
    f->rate[r] = rate;
    pw_ticks_t next = rate > 0.0f ? t + pw_ticks_from_days(left / (double)rate) : PW_TICKS_NEVER;
    f->clock[kind] = next < PW_TICKS_NEVER ? pw_key(next, kind) : standing(left);
}

#define BIT(name) (UINT64_C(1) << PW_BIT_##name)

static bool is_on(const pw_family_t *f, int r)
{
    /* of word 0: bits that must be 1, bits that must be 0 */
    static const struct { uint64_t one, zero; } needs[PW_RATES] = { [PW_RATE_SEPARATES] = { 0, BIT(SEPARATED) },
                                                                    [PW_RATE_REUNITES] = { BIT(SEPARATED), 0 },
                                                                    [PW_RATE_FALSE_REPORT] = { BIT(OPEN_CASE), BIT(SEPARATED) | BIT(REPORTED_SEPARATED) } };
    uint64_t bits = f->bits[0];
    bool engaged = (r != PW_RATE_VICTIM_DISENGAGES || f->victim_case) && (r != PW_RATE_PARTNER_DISENGAGES || f->partner_case);
    return (bits & needs[r].one) == needs[r].one && !(bits & needs[r].zero) && engaged;     /* who attends a service ends that by dropping out */
}

static double multiplier(const pw_own_t *own, const pw_family_t *f, double base)
{
    const pw_model_t *model = own->model;
    double m = base * f->frailty;
    if (!(f->active & model->effects_on[PW_ON_INCIDENT_RATE]))
        return m;
    m *= pw_effects_product(model, f, PW_ON_INCIDENT_RATE);
    double at_contact = pw_effects_at_contact(model, f, PW_ON_INCIDENT_RATE);
    if (at_contact != 1.0 && model->contact_possible && (f->bits[0] & model->contact_only_if[0]) == model->contact_only_if[0] &&
        (f->bits[1] & model->contact_only_if[1]) == model->contact_only_if[1]) {
        double share = pw_predictor_value(&model->at_contact, f->bits, NULL);
        m *= 1.0 - share + share * at_contact;
    }
    return m;
}

static double value_now(const pw_own_t *own, const pw_family_t *f, int r)
{
    if (!is_on(f, r))
        return 0.0;
    if (r == PW_RATE_INCIDENT && !own->model->rate[r].n_numbers)
        return multiplier(own, f, pw_predictor_value(&own->model->rate[r], f->bits, NULL));
    double numbers[PW_MAX_NUMBERS];
    if (own->model->rate[r].n_numbers)
        pw_family_numbers(f, NULL, numbers);
    double value = pw_predictor_value(&own->model->rate[r], f->bits, numbers);
    if (r == PW_RATE_INCIDENT)
        return multiplier(own, f, value);
    if (r == PW_RATE_SEPARATES)
        value *= pw_effects_product(own->model, f, PW_ON_SEPARATION);
    return value;
}

/* The rates that the changes since the last time touch, as a mask. */
static uint32_t touched_rates(const pw_model_t *model, const pw_family_t *f)
{
    uint64_t changed[2] = { f->bits[0] ^ f->rated[0], f->bits[1] ^ f->rated[1] };
    uint64_t effects = f->active ^ f->rated_active;
    uint32_t touched = f->rates_stale;
    for (int w = 0; w < 2; w++)
        for (uint64_t rest = changed[w] & model->any_rate_mask[w]; rest; rest &= rest - 1)
            touched |= model->rates_of_bit[64 * w + __builtin_ctzll(rest)];
    touched |= (uint32_t)((effects & model->effects_on[PW_ON_INCIDENT_RATE]) != 0) << PW_RATE_INCIDENT;
    touched |= (uint32_t)((effects & model->effects_on[PW_ON_SEPARATION]) != 0) << PW_RATE_SEPARATES;
    return touched;
}

void pw_rates_update(const pw_own_t *own, pw_family_t *f, pw_ticks_t t)
{
    for (uint32_t touched = touched_rates(own->model, f); touched; touched &= touched - 1) {
        int r = __builtin_ctz(touched);
        float value = (float)value_now(own, f, r);
        if (value == f->rate[r])
            continue;
        if (pw_is_told(own))
            pw_witness_rate(own, f, t, r, f->rate[r], value);
        if (r == PW_RATE_INCIDENT)
            pw_gap_change(own, f, value, t);
        else
            set_clock(f, r, value, t);
    }
    f->rated[0] = f->bits[0];
    f->rated[1] = f->bits[1];
    f->rated_active = f->active;
    f->rates_stale = 0;
}
