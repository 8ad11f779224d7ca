/* What follows from the rest of a model: masks that say which change of a family touches which chance. */
#include "model.h"

#include "instant.h"

#include <math.h>

static void mask_add(uint64_t to[2], const uint64_t from[2])
{
    to[0] |= from[0];
    to[1] |= from[1];
}

static void mask_bit(uint64_t to[2], int bit) { to[bit >> 6] |= pw_bit_mask(bit); }

static void finish_effects(pw_model_t *self)
{
    for (int on = 0; on < PW_EFFECT_TARGETS; on++)
        self->effects_on[on] = 0;
    for (int e = 0; e < self->n_effects; e++)
        self->effects_on[self->effect[e].on] |= UINT64_C(1) << e;
    for (int k = 0; k < PW_MAX_TIMED; k++)
        self->effects_of_slot[k] = 0;
    for (int e = 0; e < self->n_effects; e++)
        if (self->effect[e].timed_slot >= 0)
            self->effects_of_slot[self->effect[e].timed_slot] |= UINT64_C(1) << e;
}

/* How many 32-bit words, 0 and up, take exit k of a plain choice or one before it: by halving, for the exit only grows with the word. */
static uint64_t words_up_to(const pw_choice_t *choice, int k)
{
    uint64_t low = 0, high = UINT64_C(1) << 32;
    while (low < high) {
        uint64_t word = (low + high) / 2;
        if (pw_weight_pick(choice->plain_weight, choice->n, pw_uniform32((uint32_t)word)) <= k)
            low = word + 1;
        else
            high = word;
    }
    return low;
}

static void finish_choice(pw_choice_t *choice)
{
    choice->mask[0] = choice->mask[1] = 0;
    choice->number_mask = 0;
    choice->shared = false;
    for (int k = 0; k < choice->n; k++) {
        mask_add(choice->mask, choice->exit[k].weight.mask);
        choice->number_mask |= choice->exit[k].weight.number_mask;
        choice->shared |= pw_predictor_reads_shared(&choice->exit[k].weight);
    }
    choice->plain = !choice->mask[0] && !choice->mask[1] && !choice->number_mask;
    static const uint64_t none[2];
    for (int k = 0; k < choice->n; k++)
        choice->plain_weight[k] = choice->plain ? pw_predictor_value(&choice->exit[k].weight, none, NULL) : 0.0;
    for (int k = 0; k < choice->n && choice->plain; k++)
        choice->plain_below[k] = words_up_to(choice, k);
}

static uint32_t teams_at_begin(const pw_model_t *self, const pw_stage_t *stage)
{
    uint32_t teams = stage->offers ? self->teams_of_offers : 0;
    if (stage->slow_log_ratio != 0.0 && stage->team >= 0)
        teams |= 1u << stage->team;
    if (stage->worked)
        teams |= pw_teams_among(self->partner_approached.number_mask | self->victim_engages.number_mask | self->partner_engages.number_mask);
    return teams;
}

static void finish_stages(pw_model_t *self)
{
    for (int s = 0; s < self->n_stages; s++) {
        pw_stage_t *stage = &self->stage[s];
        finish_choice(&stage->choice);
        stage->interrupt_events = 0;
        for (int k = 0; k < stage->n_interrupts; k++)
            stage->interrupt_events |= 1u << stage->interrupt[k].event;
        stage->offers = 0;
        for (int v = 0; v < self->n_services; v++)
            for (int k = 0; k < self->service[v].n_offers; k++)
                if (self->service[v].offer[k].at == s && !self->service[v].removed)
                    stage->offers |= 1u << v;
        stage->teams_at_begin = teams_at_begin(self, stage);
        stage->shared = stage->team >= 0 || stage->choice.shared || stage->offers != 0 || stage->slow_log_ratio != 0.0 || stage->teams_at_begin;
    }
    for (int s = 0; s < self->n_stages; s++) {
        pw_stage_t *stage = &self->stage[s];
        bool idle = !stage->effects && !stage->effects_after && !stage->effects_dropout && !stage->costs && !stage->offers;
        stage->instant = idle && !stage->is_end && !stage->shared && !stage->worked && stage->duration.kind == PW_SPAN_NONE && stage->choice.plain &&
                         !stage->n_interrupts && !stage->statutory_ticks;
        stage->plain_end = idle && stage->is_end && stage->counts_as != PW_COUNTS_AS_LOOKED_AFTER && stage->counts_as != PW_COUNTS_AS_LETTER &&
                           stage->counts_as != PW_COUNTS_AS_INITIAL_ASSESSMENT && stage->counts_as != PW_COUNTS_AS_CORE_ASSESSMENT;
    }
    for (int s = 0; s < self->n_stages; s++) {
        pw_choice_t *choice = &self->stage[s].choice;
        choice->plain_ends = 0;
        for (int k = 0; k < choice->n; k++)
            choice->plain_ends |= (uint32_t)self->stage[choice->exit[k].to].plain_end << k;
    }
    for (int a = 0; a < self->n_attributes; a++)
        finish_choice(&self->attribute[a].open_choice);
}

static void finish_offers(pw_model_t *self)
{
    self->offers_at_attendance = self->offers_at_notification = self->offers_shared = self->offers_numbers = self->teams_of_offers = 0;
    for (int v = 0; v < self->n_services; v++) {
        pw_service_t *service = &self->service[v];
        uint32_t numbers = service->has_uptake ? service->uptake.number_mask : 0;
        for (int k = service->n_offers - 1; k >= 0; k--) {      /* the first of two at the same place */
            int at = service->offer[k].at;
            numbers |= service->offer[k].chance.number_mask;
            service->offer_at[at >= 0 ? at : PW_MAX_STAGES - 1 - at] = (uint8_t)k;
        }
        self->offers_shared |= (uint32_t)(pw_teams_among(numbers) != 0) << v;
        self->teams_of_offers |= pw_teams_among(numbers);
        self->offers_numbers |= (uint32_t)(numbers != 0) << v;
    }
    for (int v = 0; v < self->n_services; v++)
        for (int k = 0; k < self->service[v].n_offers && !self->service[v].removed; k++) {
            if (self->service[v].offer[k].at == PW_OFFER_AT_POLICE_ATTENDANCE)
                self->offers_at_attendance |= 1u << v;
            if (self->service[v].offer[k].at == PW_OFFER_AT_NOTIFICATION)
                self->offers_at_notification |= 1u << v;
        }
}

static void finish_rates(pw_model_t *self)
{
    static const int switches[PW_RATES][3] = { /* bits that switch a rate on and off */
        [PW_RATE_INCIDENT] = { -1, -1, -1 },
        [PW_RATE_SEPARATES] = { PW_BIT_SEPARATED, -1, -1 },
        [PW_RATE_REUNITES] = { PW_BIT_SEPARATED, -1, -1 },
        [PW_RATE_FALSE_REPORT] = { PW_BIT_SEPARATED, PW_BIT_OPEN_CASE, PW_BIT_REPORTED_SEPARATED },
        [PW_RATE_VICTIM_DISENGAGES] = { PW_BIT_VICTIM_ENGAGED, -1, -1 },
        [PW_RATE_PARTNER_DISENGAGES] = { PW_BIT_PARTNER_ENGAGED, -1, -1 },
        [PW_RATE_REFERRAL] = { -1, -1, -1 },
        [PW_RATE_MOVES] = { -1, -1, -1 },
        [PW_RATE_BIRTH] = { -1, -1, -1 },
    };
    self->any_rate_mask[0] = self->any_rate_mask[1] = 0;
    self->rates_by_notifications = self->clocks_run = 0;
    for (int r = 0; r < PW_RATES; r++) {
        uint64_t *mask = self->rate_mask[r];
        mask[0] = self->rate[r].mask[0];
        mask[1] = self->rate[r].mask[1];
        for (int k = 0; k < 3; k++)
            if (switches[r][k] >= 0)
                mask_bit(mask, switches[r][k]);
        int on = r == PW_RATE_INCIDENT ? PW_ON_INCIDENT_RATE : r == PW_RATE_SEPARATES ? PW_ON_SEPARATION : -1;
        for (int e = 0; on >= 0 && e < self->n_effects; e++)
            if (self->effect[e].on == on)
                mask_add(mask, self->effect[e].only_if);
        if (r == PW_RATE_INCIDENT) {
            mask_add(mask, self->contact_only_if);
            mask_add(mask, self->at_contact.mask);
        }
        mask[0] &= ~PW_INCIDENT_BITS;      /* they say nothing between incidents */
        mask_add(self->any_rate_mask, mask);
        self->clocks_run |= (uint32_t)!(self->rate[r].constant && self->rate[r].table[0] == 0.0) << r;
        if (self->rate[r].number_mask & 1u << PW_NUMBER_PREVIOUS_NOTIFICATIONS)
            self->rates_by_notifications |= 1u << r;
    }
    for (int bit = 0; bit < PW_MAX_BITS; bit++) {
        self->rates_of_bit[bit] = 0;
        for (int r = 0; r < PW_RATES; r++)
            self->rates_of_bit[bit] |= (uint16_t)(pw_bit_get(self->rate_mask[r], bit) << r);
    }
}

static void finish_incidents(pw_model_t *self)
{
    const pw_predictor_t *read[] = { &self->severity[0], &self->severity[1], &self->severity[2], &self->at_contact, &self->child_present, &self->child_injured,
                                     &self->reported, &self->removes_partner, &self->speaks_to_child, &self->notifies, &self->entry_reported,
                                     &self->entry_notifies };
    self->incident_mask[0] = self->incident_mask[1] = 0;
    for (size_t k = 0; k < sizeof read / sizeof read[0]; k++)
        mask_add(self->incident_mask, read[k]->mask);
    mask_add(self->incident_mask, self->contact_only_if);
    mask_add(self->incident_mask, self->child_injured_only_if);
    mask_add(self->incident_mask, self->speaks_only_if);
    self->incident_mask[0] &= ~PW_INCIDENT_BITS;
}

static bool is_certain(const pw_predictor_t *p) { return p->constant && (p->table[0] == 0.0 || p->table[0] == 1.0); }

static bool is_never(const pw_predictor_t *p) { return p->constant && p->table[0] == 0.0; }

static bool is_always(const pw_predictor_t *p) { return p->constant && p->table[0] == 1.0; }

static bool is_light(const pw_model_t *self)
{
    return is_never(&self->removes_partner) && is_never(&self->speaks_to_child) && !self->notifies.n_numbers && self->notification_delay.kind == PW_SPAN_NONE &&
           !self->attendance_costs && !self->offers_at_attendance && !self->offers_at_notification && !self->rates_by_notifications && !self->no_services &&
           self->first_stage >= 0 && self->stage[self->first_stage].instant;
}

/* A form's score has standard deviation 1, whatever its noise, so that a ratio per step means the same for every form. */
static void finish_forms(pw_model_t *self)
{
    for (int k = 0; k < self->n_forms; k++) {
        double noise = self->form[k].risk_noise_sd;
        self->form[k].score_sd = noise > 0.0 ? sqrt(self->risk_scale * self->risk_scale + noise * noise) : self->risk_scale;
    }
}

void pw_model_finish(pw_model_t *self)
{
    finish_forms(self);
    finish_effects(self);
    finish_offers(self);
    finish_stages(self);
    finish_rates(self);
    finish_incidents(self);
    self->adult_ticks = pw_ticks_from_days(self->adult_years * PW_DAYS_PER_YEAR);
    pw_season_init(&self->season_clock, self->season, self->day_0);
    pw_power_init(&self->gap_hazard, self->gap_shape);
    pw_power_init(&self->gap_time, self->gap_shape > 0.0 ? 1.0 / self->gap_shape : 1.0);
    self->seasonal = false;
    for (int m = 1; m < 12; m++)
        self->seasonal |= self->season[m] != self->season[0];
    self->never_injured = self->severity[1].constant && self->severity[1].table[0] == 0.0 && self->severity[2].constant && self->severity[2].table[0] == 0.0;
    self->never_present = is_never(&self->child_present);
    self->police_certain = is_certain(&self->speaks_to_child) && is_certain(&self->notifies);
    self->light_police = is_light(self);
    self->plain_incidents = self->never_injured && self->never_present && is_never(&self->at_contact) && is_always(&self->reported) &&
                            !self->effects_on[PW_ON_REPORTING] && is_always(&self->notifies);
    self->incidents_certain = is_certain(&self->child_present) && is_certain(&self->child_injured) && is_certain(&self->reported) &&
                              is_certain(&self->removes_partner) && !self->effects_on[PW_ON_REPORTING] && !self->effects_on[PW_ON_CHILD_PRESENCE];
    self->contact_possible = !(self->at_contact.constant && self->at_contact.table[0] == 0.0);
}
