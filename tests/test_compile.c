/* From files to the world's flat arrays: every field, in the world's units; scenarios in the baseline's order. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/chance/kernel.h"
#include "../model/chance/stream.h"
#include "../model/spec/compile.h"
#include "harness.h"

#define CASES "tests/cases/compile/"

typedef struct { pw_spec_t *spec; pw_values_t values; pw_model_t *model; } made_t;

static void load(const char *file, const char *const *sets, int n_sets, made_t *out)
{
    pw_findings_t findings = { 0 };
    *out = (made_t){ .model = pw_alloc(1, sizeof *out->model) };
    CU_ASSERT_EQUAL_FATAL(pw_spec_load(file, sets, n_sets, &out->spec, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 0);
    pw_findings_print(&findings, stderr);
    pw_findings_free(&findings);
    CU_ASSERT_EQUAL_FATAL(pw_values_central(&out->spec->evidence, pw_spec_areas(out->spec), &out->values), PW_OK);
}

static pw_status_t compile(const made_t *it, const made_t *baseline, int area)
{
    pw_findings_t findings = { 0 };
    pw_status_t status = pw_compile(it->spec, &it->values, baseline ? baseline->spec : NULL, baseline ? baseline->model : NULL, area, it->model, &findings);
    if (status == PW_OK)
        pw_findings_print(&findings, stderr);
    pw_findings_free(&findings);
    return status;
}

static void done(made_t *it)
{
    pw_spec_free(it->spec);
    pw_values_free(&it->values);
    pw_free(it->model);
}

static void make(const char *file, const made_t *baseline, int area, made_t *out)
{
    load(file, NULL, 0, out);
    CU_ASSERT_EQUAL_FATAL(compile(out, baseline, area), PW_OK);
}

/* ---- units ---- */

static void test_times_are_ticks_from_the_start_of_the_warm_up(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 0, &base);
    const pw_model_t *m = base.model;
    CU_ASSERT_EQUAL(m->day_0, 24 * PW_TICKS_PER_MONTH);
    CU_ASSERT_EQUAL(m->intake_end, 36 * PW_TICKS_PER_MONTH);
    CU_ASSERT_EQUAL(m->run_end, 57 * PW_TICKS_PER_MONTH);
    CU_ASSERT_EQUAL(m->months, 33);
    CU_ASSERT_EQUAL(m->removed_ticks, 28 * (pw_ticks_t)PW_TICKS_PER_DAY);
    CU_ASSERT_EQUAL(m->recently_ticks, 182 * (pw_ticks_t)PW_TICKS_PER_DAY);
    PW_ASSERT_NEAR(m->entries_per_day, 20.0 / 30.4375, 1e-15);
    PW_ASSERT_NEAR(m->growth_per_year, 0.02, 1e-15);
    PW_ASSERT_NEAR(m->discount_per_year, 0.035, 1e-15);
    PW_ASSERT_NEAR(m->notifications_cap, 4.0, 0.0);
    done(&base);
}

static void test_each_area_has_its_own_numbers(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 1, &base);
    PW_ASSERT_NEAR(base.model->entries_per_day, 30.0 / 30.4375, 1e-15);
    PW_ASSERT_NEAR(base.model->form[0].sees[PW_BIT_CHILD_PRESENT], 0.6, 1e-7);
    PW_ASSERT_NEAR(base.model->notifies.table[0], 0.7, 1e-15);
    CU_ASSERT_EQUAL(base.model->area, 1);
    CU_ASSERT_EQUAL(base.model->area_purpose, pw_purpose_named("area", "south"));
    done(&base);
}

static void test_rates_are_per_day_and_chances_below_1(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 0, &base);
    const pw_model_t *m = base.model;
    PW_ASSERT_NEAR(m->rate[PW_RATE_SEPARATES].table[0], 0.2 / 365.25, 1e-15);
    PW_ASSERT_NEAR(m->rate[PW_RATE_MOVES].table[0], 0.1 / 365.25, 1e-15);
    PW_ASSERT_NEAR(m->rate[PW_RATE_REFERRAL].table[0], 0.05 / 365.25, 1e-15);
    PW_ASSERT_NEAR(m->reported.table[0], 0.3, 1e-15);
    PW_ASSERT_NEAR(m->speaks_to_child.table[0], 0.1, 1e-15);
    CU_ASSERT_EQUAL(m->speaks_only_if[0], pw_bit_mask(PW_BIT_CHILD_PRESENT));
    CU_ASSERT_EQUAL(m->child_injured_only_if[0], pw_bit_mask(PW_BIT_CHILD_PRESENT));
    CU_ASSERT_EQUAL(m->contact_only_if[0], pw_bit_mask(2));
    CU_ASSERT_TRUE(m->contact_possible);
    done(&base);
}

/* odds(p) x 3^(x - 0.25): with the covariate off and on, and on average over a quarter of families, near the percentage itself */
static void test_ratios_count_from_the_centre(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 0, &base);
    uint64_t off[2] = { 0, 0 }, on[2] = { pw_bit_mask(PW_BIT_SEPARATED), 0 };
    double odds = 0.5 / 0.5 * pow(3.0, -0.25);
    PW_ASSERT_NEAR(pw_predictor_value(&base.model->child_present, off, NULL), odds / (1.0 + odds), 1e-14);
    PW_ASSERT_NEAR(pw_predictor_value(&base.model->child_present, on, NULL), 3.0 * odds / (1.0 + 3.0 * odds), 1e-14);
    done(&base);
}

static void test_attributes_land_on_their_bits(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 0, &base);
    const pw_model_t *m = base.model;
    CU_ASSERT_EQUAL(m->n_attributes, 4);
    CU_ASSERT_EQUAL(m->attribute[0].bit, 0);
    CU_ASSERT_EQUAL(m->previous_contact_bit, 0);
    CU_ASSERT_EQUAL(m->attribute[1].bit, PW_BIT_SEPARATED);
    CU_ASSERT_EQUAL(m->attribute[2].given, pw_bit_mask(PW_BIT_SEPARATED));
    CU_ASSERT_TRUE(m->attribute[2].redrawn_at_separation);
    CU_ASSERT_EQUAL(m->attribute[3].given, pw_bit_mask(0));
    CU_ASSERT_TRUE(m->attribute[3].open_by_choice);
    CU_ASSERT_EQUAL(m->attribute[3].open_choice.n, 2);
    CU_ASSERT_EQUAL(m->attribute[3].open_stage, -1);
    done(&base);
}

static void test_families_ages_season_and_severity_are_normalised(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 0, &base);
    const pw_model_t *m = base.model;
    double mean = 0.0;
    for (int k = 0; k < 12; k++)
        mean += m->season[k] / 12.0;
    PW_ASSERT_NEAR(mean, 1.0, 1e-14);
    PW_ASSERT_NEAR(m->season[0] / m->season[1], 9.4 / 7.7, 1e-14);
    CU_ASSERT_TRUE(m->seasonal);
    CU_ASSERT_EQUAL(m->n_age_bands, 3);
    PW_ASSERT_NEAR(m->age_chance[1], 0.6, 1e-14);
    PW_ASSERT_NEAR(m->age_chance[2], 1.0, 0.0);
    PW_ASSERT_NEAR(m->age_from[3], 16.0, 0.0);
    CU_ASSERT_EQUAL(m->n_children, 2);
    PW_ASSERT_NEAR(m->children_chance[0], 0.4, 1e-14);
    PW_ASSERT_NEAR(m->severity[0].table[0] / m->severity[2].table[0], 15.0, 1e-12);
    PW_ASSERT_NEAR(m->frailty_correlation, 0.3, 0.0);
    CU_ASSERT_EQUAL(m->frailty.constant, 0);
    PW_ASSERT_NEAR(m->gap_shape, 0.9, 0.0);
    CU_ASSERT_TRUE(m->gap_scale_days > 100.0 && m->gap_scale_days < 200.0);
    done(&base);
}

/* ---- the pathway ---- */

static void test_stage_holds_what_its_file_says(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 0, &base);
    const pw_model_t *m = base.model;
    const pw_stage_t *screening = &m->stage[0], *assessment = &m->stage[2];
    CU_ASSERT_EQUAL(m->first_stage, 0);
    CU_ASSERT_EQUAL(m->referral_stage, 5);
    CU_ASSERT_EQUAL(screening->sees, 0);
    PW_ASSERT_NEAR(screening->load, 0.1, 0.0);
    CU_ASSERT_EQUAL(screening->counts_as, PW_COUNTS_AS_SCREENING);
    CU_ASSERT_EQUAL(screening->choice.n, 2);
    PW_ASSERT_NEAR(screening->choice.exit[0].weight.table[0], 0.9, 1e-15);      /* the remainder */
    CU_ASSERT_TRUE(screening->choice.shared);
    CU_ASSERT_TRUE(assessment->has_priority);
    CU_ASSERT_EQUAL(assessment->wait_limit_ticks, 30 * (pw_ticks_t)PW_TICKS_PER_DAY);
    CU_ASSERT_EQUAL(assessment->wait_limit_to, 3);
    CU_ASSERT_EQUAL(screening->wait_limit_to, -1);
    CU_ASSERT_EQUAL(assessment->statutory_ticks, pw_ticks_from_days(9.8));
    PW_ASSERT_NEAR(assessment->slow_log_ratio, pw_log(1.3), 0.0);
    PW_ASSERT_NEAR(assessment->slow_centre, 0.8, 0.0);
    CU_ASSERT_EQUAL(assessment->n_interrupts, 2);
    CU_ASSERT_EQUAL(assessment->interrupt_events, 1u << PW_EVENT_SEPARATION_REPORTED | 1u << PW_EVENT_NOTIFICATION);
    CU_ASSERT_EQUAL(assessment->duration.kind, PW_SPAN_LOGNORMAL);
    CU_ASSERT_EQUAL(m->stage[4].duration.kind, PW_SPAN_EXPONENTIAL);
    CU_ASSERT_EQUAL(m->stage[5].duration.kind, PW_SPAN_FIXED);
    CU_ASSERT_TRUE(m->stage[4].worked && !m->stage[5].worked);
    CU_ASSERT_EQUAL(m->team[2].limits, false);
    done(&base);
}

static void test_wait_limit_of_no_days_refuses_at_once(void)
{
    static const char *const sets[] = { "stages.assessment.wait_limit.days=0" };
    made_t base;
    load(CASES "base.cfg", sets, 1, &base);
    CU_ASSERT_EQUAL(compile(&base, NULL, 0), PW_OK);
    CU_ASSERT_EQUAL(base.model->stage[2].wait_limit_ticks, 0);
    CU_ASSERT_EQUAL(base.model->stage[2].wait_limit_to, 3);
    done(&base);
}

static void test_schedule_becomes_steps_from_the_start_of_the_warm_up(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 0, &base);
    const pw_team_t *team = &base.model->team[1];
    CU_ASSERT_EQUAL(team->n_steps, 3);
    CU_ASSERT_EQUAL(team->step[0].at, 0);
    PW_ASSERT_NEAR(team->step[0].places, 6.0, 0.0);
    CU_ASSERT_EQUAL(team->step[1].at, 18 * PW_TICKS_PER_MONTH);
    PW_ASSERT_NEAR(team->step[1].places, 4.0, 0.0);
    CU_ASSERT_EQUAL(team->step[2].at, 30 * PW_TICKS_PER_MONTH);
    PW_ASSERT_NEAR(team->step[2].places, -1.0, 0.0);                /* unlimited */
    done(&base);
}

static void test_service_holds_what_its_file_says(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 0, &base);
    const pw_model_t *m = base.model;
    const pw_service_t *advocacy = &m->service[0];
    CU_ASSERT_EQUAL(advocacy->attends, PW_ATTENDS_VICTIM);
    CU_ASSERT_EQUAL(advocacy->need_one[0], pw_bit_mask(0));
    CU_ASSERT_EQUAL(advocacy->need_zero[0], pw_bit_mask(2));
    CU_ASSERT_EQUAL(advocacy->n_offers, 2);
    CU_ASSERT_EQUAL(m->offers_at_attendance, 1u);
    CU_ASSERT_EQUAL(m->stage[2].offers, 1u);
    PW_ASSERT_NEAR(advocacy->completes.table[0], 0.7, 1e-15);
    CU_ASSERT_TRUE(advocacy->has_uptake && advocacy->has_completes && advocacy->again);
    CU_ASSERT_EQUAL(advocacy->patience.kind, PW_SPAN_NONE);
    CU_ASSERT_EQUAL(__builtin_popcountll(advocacy->effects), 1);
    CU_ASSERT_EQUAL(__builtin_popcountll(advocacy->effects_after), 1);
    CU_ASSERT_EQUAL(__builtin_popcountll(advocacy->costs), 2);
    done(&base);
}

static void test_effects_and_costs_belong_to_their_owners(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 0, &base);
    const pw_model_t *m = base.model;
    CU_ASSERT_EQUAL(m->n_effects, 4);
    CU_ASSERT_EQUAL(m->removal_effects, 1u);
    CU_ASSERT_EQUAL(m->stage[1].effects, 2u);
    CU_ASSERT_EQUAL(m->n_timed, 3);
    CU_ASSERT_EQUAL(m->effect[2].timed_slot, -1);                    /* while attending */
    CU_ASSERT_TRUE(m->effect[2].only_contact);
    CU_ASSERT_TRUE(m->effect[2].conditional);
    CU_ASSERT_EQUAL(m->effect[2].only_if[0], pw_bit_mask(2));
    CU_ASSERT_EQUAL(m->effect[1].lasts_ticks, 365 * (pw_ticks_t)PW_TICKS_PER_DAY);
    CU_ASSERT_EQUAL(m->n_costs, 4);
    CU_ASSERT_EQUAL(m->cost[0].owner_kind, PW_COST_OF_POLICE_ATTENDANCE);
    CU_ASSERT_EQUAL(m->cost[0].money, PW_MONEY_CAPACITY);
    CU_ASSERT_EQUAL(m->cost[1].owner_kind, PW_COST_OF_STAGE);
    CU_ASSERT_EQUAL(m->cost[3].when, PW_COST_PLACE_YEAR);
    PW_ASSERT_NEAR(m->cost[3].pounds, 4000.0, 0.0);
    done(&base);
}

static void test_score_has_the_noise_of_its_drawn_area(void)
{
    static const char *const at_a_point[] = { "information.police_form.risk_auc=0.6" }, *const beyond[] = { "information.police_form.risk_auc=0.95" };
    made_t base;
    load(CASES "base.cfg", at_a_point, 1, &base);
    CU_ASSERT_EQUAL(compile(&base, NULL, 0), PW_OK);
    PW_ASSERT_NEAR(base.model->form[0].risk_noise_sd, 2.5, 1e-11);
    done(&base);
    load(CASES "base.cfg", beyond, 1, &base);
    CU_ASSERT_EQUAL(compile(&base, NULL, 0), PW_OK);
    CU_ASSERT_EQUAL(base.model->form[0].risk_noise_sd, 0.0);
    done(&base);
}

static void test_form_doubts_what_it_may_miss_or_invent(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 0, &base);
    const pw_form_kind_t *form = &base.model->form[0];
    CU_ASSERT_EQUAL(form->doubtful[0], pw_bit_mask(PW_BIT_INJURY) | pw_bit_mask(PW_BIT_CHILD_PRESENT) | pw_bit_mask(PW_BIT_SEPARATED));
    PW_ASSERT_NEAR(form->sees[PW_BIT_INJURY], 0.9, 1e-7);
    PW_ASSERT_NEAR(form->invents[PW_BIT_SEPARATED], 0.05, 1e-7);
    PW_ASSERT_NEAR(form->sees[PW_BIT_SEVERE_INJURY], 1.0, 0.0);
    /* the variance of the noise is linear in 1 / z^2 of the area: through (0.6, 2.5^2) and (0.9, 0), at 0.55 */
    double z[3] = { pw_normal_quantile(0.55), pw_normal_quantile(0.6), pw_normal_quantile(0.9) }, x[3];
    for (int k = 0; k < 3; k++)
        x[k] = 1.0 / (z[k] * z[k]);
    PW_ASSERT_NEAR(form->risk_noise_sd, 2.5 * sqrt((x[0] - x[2]) / (x[1] - x[2])), 1e-10);
    PW_ASSERT_NEAR(base.model->risk_scale, 1.2, 0.0);
    done(&base);
}

/* ---- scenarios ---- */

/* Fields one by one: what lies between them (padding) says nothing. */
static bool same_predictor(const pw_predictor_t *a, const pw_predictor_t *b)
{
    return a->kind == b->kind && a->base == b->base && a->n_bits == b->n_bits && a->n_numbers == b->n_numbers && a->mask[0] == b->mask[0] &&
           a->mask[1] == b->mask[1] && a->number_mask == b->number_mask && memcmp(a->table, b->table, sizeof a->table) == 0 &&
           memcmp(a->bit_log_ratio, b->bit_log_ratio, sizeof a->bit_log_ratio) == 0 &&
           memcmp(a->number_log_ratio, b->number_log_ratio, sizeof a->number_log_ratio) == 0;
}
static bool same_span(const pw_span_t *a, const pw_span_t *b) { return a->kind == b->kind && a->a == b->a && a->b == b->b; }
static bool same_steps(int n, const pw_step_t *a, const pw_step_t *b)
{
    for (int i = 0; i < n; i++)
        if (a[i].at != b[i].at || a[i].places != b[i].places)
            return false;
    return true;
}
static bool same_effect(const pw_effect_t *a, const pw_effect_t *b)
{
    return a->on == b->on && a->during == b->during && a->owner_kind == b->owner_kind && a->owner == b->owner && a->timed_slot == b->timed_slot &&
           a->lasts_ticks == b->lasts_ticks && a->ratio == b->ratio && a->only_contact == b->only_contact && a->only_if[0] == b->only_if[0];
}

static void test_scenario_without_changes_is_the_baseline(void)
{
    made_t base, same;
    make(CASES "base.cfg", NULL, 0, &base);
    make(CASES "same.cfg", &base, 0, &same);
    const pw_model_t *a = base.model, *b = same.model;
    CU_ASSERT_TRUE(a->day_0 == b->day_0 && a->run_end == b->run_end && a->entries_per_day == b->entries_per_day);
    CU_ASSERT_TRUE(a->gap_scale_days == b->gap_scale_days && a->frailty_variance == b->frailty_variance);
    CU_ASSERT_EQUAL(memcmp(a->frailty.log_value, b->frailty.log_value, sizeof a->frailty.log_value), 0);
    CU_ASSERT_EQUAL(memcmp(a->season, b->season, sizeof a->season), 0);
    for (int r = 0; r < PW_RATES; r++)
        CU_ASSERT_TRUE(same_predictor(&a->rate[r], &b->rate[r]));
    CU_ASSERT_TRUE(same_predictor(&a->reported, &b->reported) && same_predictor(&a->notifies, &b->notifies));
    CU_ASSERT_TRUE(same_predictor(&a->entry_reported, &b->entry_reported) && same_predictor(&a->entry_notifies, &b->entry_notifies));
    CU_ASSERT_TRUE(a->n_stages == b->n_stages && a->n_teams == b->n_teams && a->n_services == b->n_services);
    for (int i = 0; i < a->n_stages; i++) {
        const pw_stage_t *p = &a->stage[i], *q = &b->stage[i];
        CU_ASSERT_TRUE(p->effects == q->effects && p->costs == q->costs && p->offers == q->offers && p->team == q->team && p->removed == q->removed);
        CU_ASSERT_TRUE(same_span(&p->duration, &q->duration) && p->choice.n == q->choice.n && p->n_interrupts == q->n_interrupts);
        for (int k = 0; k < p->choice.n; k++)
            CU_ASSERT_TRUE(p->choice.exit[k].to == q->choice.exit[k].to && same_predictor(&p->choice.exit[k].weight, &q->choice.exit[k].weight));
    }
    for (int i = 0; i < a->n_teams; i++)
        CU_ASSERT_TRUE(a->team[i].n_steps == b->team[i].n_steps && same_steps(a->team[i].n_steps, a->team[i].step, b->team[i].step));
    for (int i = 0; i < a->n_services; i++) {
        const pw_service_t *p = &a->service[i], *q = &b->service[i];
        CU_ASSERT_TRUE(p->n_steps == q->n_steps && same_steps(p->n_steps, p->step, q->step) && p->offered_from == q->offered_from);
        CU_ASSERT_TRUE(p->effects == q->effects && p->effects_after == q->effects_after && p->costs == q->costs && p->n_offers == q->n_offers);
    }
    CU_ASSERT_TRUE(a->n_effects == b->n_effects && a->n_timed == b->n_timed && a->n_costs == b->n_costs);
    for (int e = 0; e < a->n_effects; e++)
        CU_ASSERT_TRUE(same_effect(&a->effect[e], &b->effect[e]));
    for (int c = 0; c < a->n_costs; c++)
        CU_ASSERT_TRUE(a->cost[c].pounds == b->cost[c].pounds && a->cost[c].owner == b->cost[c].owner && a->cost[c].when == b->cost[c].when);
    done(&same);
    done(&base);
}

static void test_scenario_keeps_the_baselines_order_and_its_ghosts(void)
{
    made_t base, policy;
    make(CASES "base.cfg", NULL, 0, &base);
    make(CASES "policy.cfg", &base, 0, &policy);
    const pw_model_t *b = base.model, *m = policy.model;
    for (int i = 0; i < b->n_stages; i++)
        PW_ASSERT_TEXT(m->stage[i].name, b->stage[i].name);
    CU_ASSERT_TRUE(m->stage[4].removed && !b->stage[4].removed);
    CU_ASSERT_EQUAL(m->stage[4].choice.n, b->stage[4].choice.n);       /* a family in it can finish */
    CU_ASSERT_EQUAL(m->n_stages, b->n_stages + 1);
    /* effects: one taken out (a ghost at ratio 1), one added in the middle of the files but last in the model */
    CU_ASSERT_EQUAL(m->n_effects, b->n_effects + 1);
    for (int e = 0; e < b->n_effects; e++) {
        CU_ASSERT_EQUAL(m->effect[e].owner_kind, b->effect[e].owner_kind);
        CU_ASSERT_EQUAL(m->effect[e].timed_slot, b->effect[e].timed_slot);
    }
    PW_ASSERT_NEAR(m->effect[1].ratio, 1.0, 0.0);
    PW_ASSERT_NEAR(b->effect[1].ratio, 0.9, 0.0);
    CU_ASSERT_EQUAL(m->effect[4].owner_kind, PW_OWNER_STAGE);
    CU_ASSERT_EQUAL(m->effect[4].timed_slot, b->n_timed);
    /* costs: the removed one keeps its index without pounds */
    PW_ASSERT_NEAR(m->cost[1].pounds, 0.0, 0.0);
    /* a removed service takes nobody on */
    CU_ASSERT_TRUE(m->service[0].removed);
    CU_ASSERT_EQUAL(m->service[0].n_offers, 0);
    CU_ASSERT_EQUAL(m->offers_at_attendance, 0u);
    /* who enters does not depend on the policy */
    PW_ASSERT_NEAR(m->notifies.table[0], 0.2, 1e-15);
    PW_ASSERT_NEAR(m->entry_notifies.table[0], 0.8, 1e-15);
    done(&policy);
    done(&base);
}

static void test_policy_starts_at_its_month(void)
{
    made_t base, later;
    make(CASES "base.cfg", NULL, 0, &base);
    make(CASES "later.cfg", &base, 0, &later);
    const pw_team_t *duty = &later.model->team[0];
    pw_ticks_t start = base.model->day_0 + 6 * PW_TICKS_PER_MONTH;
    CU_ASSERT_EQUAL(duty->n_steps, 2);
    PW_ASSERT_NEAR(duty->step[0].places, 5.0, 0.0);
    CU_ASSERT_EQUAL(duty->step[1].at, start);
    PW_ASSERT_NEAR(duty->step[1].places, 9.0, 0.0);
    const pw_service_t *contact = &later.model->service[1];
    CU_ASSERT_EQUAL(contact->offered_from, start);
    CU_ASSERT_EQUAL(contact->n_steps, 2);
    PW_ASSERT_NEAR(contact->step[0].places, 0.0, 0.0);                 /* and no cost of places */
    PW_ASSERT_NEAR(contact->step[1].places, 12.0, 0.0);
    CU_ASSERT_TRUE(same_steps(base.model->team[1].n_steps, later.model->team[1].step, base.model->team[1].step));
    done(&later);
    done(&base);
}

static void test_scenario_on_another_file_does_not_fit(void)
{
    made_t base, other;
    make(CASES "base.cfg", NULL, 0, &base);
    load("tests/cases/refusals/lawful.cfg", NULL, 0, &other);
    CU_ASSERT_EQUAL(compile(&other, &base, 0), PW_ERROR_INPUT);
    done(&other);
    done(&base);
}

static void test_reference_world_has_no_services_and_no_effect(void)
{
    made_t base;
    make(CASES "base.cfg", NULL, 0, &base);
    pw_model_t *reference = pw_alloc(1, sizeof *reference);
    CU_ASSERT_EQUAL(pw_compile_reference(base.model, reference), PW_OK);
    CU_ASSERT_TRUE(reference->no_services);
    for (int on = 0; on < PW_EFFECT_TARGETS; on++)
        CU_ASSERT_EQUAL(reference->effects_on[on], 0u);
    PW_ASSERT_NEAR(reference->gap_scale_days, base.model->gap_scale_days, 0.0);
    pw_free(reference);
    done(&base);
}

/* ---- draws ---- */

/* 50 (5 to 95) and 30 (20 to 41) % together: beyond 100 in about one draw in eight. In 200 draws none or all of them would be chances
 * below 1e-6. */
static void test_shares_drawn_beyond_100_leave_no_remainder(void)
{
    made_t base;
    load(CASES "wide.cfg", NULL, 0, &base);
    int beyond = 0;
    for (uint64_t draw = 0; draw < 200; draw++) {
        pw_values_free(&base.values);
        CU_ASSERT_EQUAL_FATAL(pw_values_draw(&base.spec->evidence, 2, 7, draw, &base.values), PW_OK);
        CU_ASSERT_EQUAL(compile(&base, NULL, 0), PW_OK);
        const pw_exit_t *exit = base.model->stage[0].choice.exit;
        double others = pw_values_get(&base.values, pw_evidence_find(&base.spec->evidence, "wide"), 0) / 100.0 + exit[2].weight.table[0];
        PW_ASSERT_NEAR(exit[0].weight.table[0], others < 1.0 ? 1.0 - others : 0.0, 1e-12);
        beyond += others > 1.0;
    }
    CU_ASSERT_TRUE(beyond > 0 && beyond < 200);
    done(&base);
}

/* ---- faults ---- */

static void test_every_failing_allocation_is_survived(void)
{
    for (long n = 1; n < 5000; n++) {
        pw_findings_t findings = { 0 };
        pw_spec_t *spec = NULL;
        pw_values_t values = { 0 };
        pw_model_t *model = pw_alloc(1, sizeof *model);
        pw_memory_fail_at(n);
        pw_status_t status = pw_spec_load(CASES "policy.cfg", NULL, 0, &spec, &findings);
        if (status == PW_OK)
            status = pw_values_central(&spec->evidence, 2, &values);
        if (status == PW_OK)
            status = pw_compile(spec, &values, NULL, NULL, 0, model, &findings);
        long calls = pw_memory_fail_at(0);
        CU_ASSERT_TRUE(status == PW_OK || status == PW_ERROR_MEMORY);
        pw_values_free(&values);
        pw_spec_free(spec);
        pw_findings_free(&findings);
        pw_free(model);
        if (status == PW_OK && calls < n)
            return;
        n += n > 200 ? 17 : 0;      /* the tree's many nodes fail alike */
    }
    CU_FAIL("loading never came to its end");
}

PW_TESTS(PW_TEST(test_times_are_ticks_from_the_start_of_the_warm_up), PW_TEST(test_each_area_has_its_own_numbers),
         PW_TEST(test_rates_are_per_day_and_chances_below_1), PW_TEST(test_ratios_count_from_the_centre), PW_TEST(test_attributes_land_on_their_bits),
         PW_TEST(test_families_ages_season_and_severity_are_normalised), PW_TEST(test_stage_holds_what_its_file_says),
         PW_TEST(test_wait_limit_of_no_days_refuses_at_once), PW_TEST(test_schedule_becomes_steps_from_the_start_of_the_warm_up),
         PW_TEST(test_service_holds_what_its_file_says), PW_TEST(test_effects_and_costs_belong_to_their_owners),
         PW_TEST(test_form_doubts_what_it_may_miss_or_invent), PW_TEST(test_score_has_the_noise_of_its_drawn_area),
         PW_TEST(test_scenario_without_changes_is_the_baseline),
         PW_TEST(test_scenario_keeps_the_baselines_order_and_its_ghosts), PW_TEST(test_policy_starts_at_its_month),
         PW_TEST(test_scenario_on_another_file_does_not_fit), PW_TEST(test_reference_world_has_no_services_and_no_effect),
         PW_TEST(test_shares_drawn_beyond_100_leave_no_remainder), PW_TEST(test_every_failing_allocation_is_survived))
