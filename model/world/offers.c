#include "offers.h"

#include "form.h"
#include "witness.h"

/* There is one: the service is in the mask of those that are offered there. */
static const pw_offer_t *offer_at(const pw_service_t *service, int at)
{
    return &service->offer[service->offer_at[at >= 0 ? at : PW_MAX_STAGES - 1 - at]];
}

static bool eligible(const pw_family_t *f, int v, const pw_service_t *service, const pw_attendance_t *a, const uint64_t now[2], pw_ticks_t t)
{
    if (t < service->offered_from || service->removed || (f->pending_services >> v & 1))
        return false;
    if (a->state == PW_ATTENDANCE_WAITING || a->state == PW_ATTENDANCE_ATTENDING || (a->state == PW_ATTENDANCE_ENDED && !service->again))
        return false;
    return (now[0] & service->need_one[0]) == service->need_one[0] && (now[1] & service->need_one[1]) == service->need_one[1] &&
           !(now[0] & service->need_zero[0]) && !(now[1] & service->need_zero[1]);
}

static bool needs_workload(const pw_service_t *service, const pw_offer_t *offer)
{
    return pw_predictor_reads_shared(&offer->chance) || (service->has_uptake && pw_predictor_reads_shared(&service->uptake));
}

static void note(const pw_own_t *own, const pw_family_t *f, int v, int what)
{
    if (f->window_open)
        own->records[f->record].cascade[v] |= (uint16_t)what;
}

static bool is_willing(const pw_own_t *own, const pw_family_t *f, const pw_service_t *service, const uint64_t now[2], const double *numbers, pw_ticks_t t)
{
    pw_block_t block = pw_stream_block(own->stream, f->id, service->purpose, 0, PW_OFFER_PART_WILLING);
    double u = pw_uniform32(block.word[0]), p = pw_predictor_value(&service->uptake, now, numbers);
    if (pw_is_told(own))
        pw_witness_chance(own, f, t, PW_CHANCE_TAKEN_UP, (int)(service - own->model->service), &service->uptake, now, numbers, -1, p, u, NULL);
    return u < p;
}

static void make_one(pw_own_t *own, pw_family_t *f, int v, const pw_offer_t *offer, const uint64_t now[2], const double *numbers, pw_ticks_t t, int kind)
{
    const pw_service_t *service = &own->model->service[v];
    pw_attendance_t *a = &pw_family_services(f, &own->shape)[v];
    pw_block_t block = pw_stream_block(own->stream, f->id, service->purpose, a->offers, PW_OFFER_PART_DECISIONS);
    a->offers++;
    if (own->options->census && own->counting)
        pw_census_add(own->options->census, PW_PLACE_SERVICE_0 + v, now, numbers, 1.0);
    note(own, f, v, PW_CASCADE_ELIGIBLE);
    double u = pw_uniform32(block.word[0]), p = pw_predictor_value(&offer->chance, now, numbers);
    if (pw_is_told(own)) {
        pw_witness_fact(own, f, t, PW_TOLD_ELIGIBLE, v, offer->at, true);
        pw_witness_chance(own, f, t, PW_CHANCE_OFFERED, v, &offer->chance, now, numbers, -1, p, u, (int[2]){ offer->at, 0 });
    }
    if (u >= p)
        return;
    note(own, f, v, PW_CASCADE_OFFERED);
    if (service->has_uptake && !is_willing(own, f, service, now, numbers, t))
        return;
    note(own, f, v, PW_CASCADE_TOOK_UP);
    f->pending_services |= (uint16_t)(1u << v);
    pw_family_ask(f, PW_PENDING_SERVICES, t, kind);
}

void pw_offers_make(pw_own_t *own, pw_family_t *f, uint32_t mask, int at, const double *workload, pw_ticks_t t, int kind)
{
    const pw_model_t *model = own->model;
    if (!mask || model->no_services)
        return;
    uint8_t incident = at == PW_OFFER_AT_POLICE_ATTENDANCE ? f->last_incident : f->case_bits;
    uint64_t now[2] = { f->bits[0] | pw_incident_unpack(incident), f->bits[1] };
    pw_attendance_t *a = pw_family_services(f, &own->shape);
    double numbers[PW_MAX_NUMBERS];
    if (mask & model->offers_numbers || pw_is_told(own) || own->options->census)
        pw_family_numbers(f, workload, numbers);
    for (uint32_t rest = mask & model->offers_shared; rest && !workload; rest &= rest - 1) {
        int v = __builtin_ctz(rest);
        if (eligible(f, v, &model->service[v], &a[v], now, t) && needs_workload(&model->service[v], offer_at(&model->service[v], at))) {
            pw_family_ask(f, at == PW_OFFER_AT_POLICE_ATTENDANCE ? PW_PENDING_OFFERS_ATTENDANCE : PW_PENDING_OFFERS_NOTIFICATION, t, kind);
            return;
        }
    }
    for (uint32_t rest = mask; rest; rest &= rest - 1) {
        int v = __builtin_ctz(rest);
        if (eligible(f, v, &model->service[v], &a[v], now, t))
            make_one(own, f, v, offer_at(&model->service[v], at), now, numbers, t, kind);
    }
}
