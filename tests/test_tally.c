/* From a world's results to plain sums: on results made by hand, where every sum can be counted on fingers. */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../model/measure/ledger.h"
#include "harness.h"
#include "model_maker.h"

enum { FAMILIES = 5 };

/* Two areas, two scenarios. The scenario has a service that the baseline has not; both have "advocacy". */
typedef struct {
    pw_model_t model[2][2];               /* [scenario][area] */
    pw_result_t result[2][2];
    pw_record_t record[2][2][FAMILIES];
    pw_roster_t roster;
    pw_layout_t layout;
    pw_catalogue_t catalogue;
    double *vector[2];
} scene_t;

static void fill_model(pw_model_t *m, bool scenario)
{
    mk_base(m);
    mk_time(m, 12, 12, 21);
    mk_attribute(m, "nrpf", 0.5);
    int team = mk_team(m, "assessment", 2.0);
    int stage = mk_stage(m, "initial_assessment", PW_COUNTS_AS_INITIAL_ASSESSMENT, mk_fixed(5.0));
    mk_needs(m, stage, team, 1.0);
    m->stage[stage].statutory_ticks = pw_ticks_from_days(9.8);
    mk_end(m, "closed", PW_COUNTS_AS_CLOSED);
    if (scenario)
        mk_service(m, "programme", 3.0, mk_fixed(90.0));
    int advocacy = mk_service(m, "advocacy", 1.0, mk_fixed(30.0));      /* index 0 in the baseline, 1 in the scenario */
    mk_cost(m, PW_PAYER_SOCIAL_CARE, PW_COST_EACH, PW_COST_OF_STAGE, stage, 400.0);
    mk_cost(m, PW_PAYER_SPECIALIST_SERVICES, PW_COST_PLACE_YEAR, PW_COST_OF_SERVICE, advocacy, 5000.0);
    if (scenario)
        mk_cost(m, PW_PAYER_SPECIALIST_SERVICES, PW_COST_SET_UP, PW_COST_OF_SERVICE, 0, 30000.0);
}

static scene_t *open_scene(void)
{
    static const char *const scenarios[] = { "baseline", "programme" }, *const areas[] = { "north", "south" };
    scene_t *s = calloc(1, sizeof *s);
    for (int i = 0; i < 4; i++) {
        fill_model(&s->model[i / 2][i % 2], i / 2 == 1);
        s->result[i / 2][i % 2].record = s->record[i / 2][i % 2];
        s->result[i / 2][i % 2].n_records = i % 2 == 0 ? FAMILIES : 0;      /* nobody in the south */
    }
    for (int i = 0; i < 2 * FAMILIES; i++) {
        pw_record_t *r = &s->record[i / FAMILIES][0][i % FAMILIES];
        *r = (pw_record_t){ .family = (uint32_t)(i % FAMILIES), .first_repeat = PW_TICKS_NEVER, .children = 2, .complete = 1 };
        r->count[PW_COUNT_notifications] = 1;
    }
    const pw_model_t *models[4] = { &s->model[0][0], &s->model[0][1], &s->model[1][0], &s->model[1][1] };
    CU_ASSERT_EQUAL(pw_roster_fill(models, 2, 2, scenarios, areas, &s->roster), PW_OK);
    pw_layout_init(&s->layout, &s->roster);
    CU_ASSERT_EQUAL(pw_catalogue_fill(&s->layout, &s->catalogue), PW_OK);
    for (int i = 0; i < 2; i++)
        s->vector[i] = calloc(s->layout.size, sizeof(double));
    return s;
}

static void tally(scene_t *s)
{
    pw_members_t members[2] = { { 0 } };
    for (int a = 0; a < 2; a++)
        CU_ASSERT_EQUAL_FATAL(pw_members_set(&members[a], &s->roster, &s->result[0][a]), PW_OK);
    for (int i = 0; i < 2; i++) {
        const pw_result_t *results[2] = { &s->result[i][0], &s->result[i][1] };
        pw_tally_begin(&s->layout, s->vector[i]);
        for (int a = 0; a < 2; a++)
            pw_tally_area(&s->layout, i, a, &s->model[i][a], &s->result[i][a], &members[a], s->vector[i]);
        pw_tally_end(&s->layout, i, results, s->vector[i]);
    }
    for (int a = 0; a < 2; a++)
        pw_members_free(&members[a]);
}

static void close_scene(scene_t *s)
{
    pw_catalogue_free(&s->catalogue);
    free(s->vector[0]);
    free(s->vector[1]);
    free(s);
}

/* A measure's value in this one world. */
static double value(const scene_t *s, int scenario, const char *name, int area, int subgroup)
{
    double x[PW_MAX_SUMS];
    int at = pw_catalogue_find(&s->catalogue, name);
    CU_ASSERT_FATAL(at >= 0);
    const pw_measure_t *m = &s->catalogue.measure[at];
    for (int k = 0; k < m->definition->sums; k++)
        x[k] = s->vector[scenario][pw_measure_offset(m, &s->layout, k, area, subgroup)];
    return pw_ratio(x, m->definition->sums, m->definition->scale);
}

enum { NORTH, SOUTH, ALL_AREAS };

static void test_repeats_are_all_notifications_but_the_index(void)
{
    scene_t *s = open_scene();
    s->record[0][0][1].count[PW_COUNT_notifications] = 4;
    s->record[0][0][1].count[PW_COUNT_repeats] = 3;
    s->record[0][0][2].count[PW_COUNT_notifications] = 0;      /* a policy kept even the index back: no repeat */
    tally(s);
    PW_ASSERT_NEAR(value(s, 0, "repeat_notifications", NORTH, PW_SUBGROUP_all), 60.0, 1e-12);
    close_scene(s);
}

static void test_return_is_counted_up_to_and_with_the_last_moment(void)
{
    scene_t *s = open_scene();
    s->record[0][0][0].first_repeat = 6 * PW_TICKS_PER_MONTH;
    s->record[0][0][1].first_repeat = 6 * PW_TICKS_PER_MONTH + 1;
    tally(s);
    PW_ASSERT_NEAR(value(s, 0, "renotified_6_months", NORTH, PW_SUBGROUP_all), 20.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "not_renotified_6", NORTH, PW_SUBGROUP_all), 80.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "not_renotified_7", NORTH, PW_SUBGROUP_all), 60.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "renotified_21_months", NORTH, PW_SUBGROUP_all), 40.0, 1e-12);
    close_scene(s);
}

static void test_subgroups_are_the_baselines_in_every_scenario(void)
{
    scene_t *s = open_scene();
    s->record[0][0][3].index_path = PW_INDEX_LETTER;
    s->record[1][0][3].index_path = PW_INDEX_ASSESSED;         /* the same family, under the policy */
    s->record[1][0][3].count[PW_COUNT_notifications] = 3;
    s->record[1][0][3].count[PW_COUNT_repeats] = 2;
    s->record[0][0][3].bits_at_index[0] = pw_bit_mask(PW_BIT_CHILD_UNDER_1);
    tally(s);
    PW_ASSERT_NEAR(value(s, 1, "repeat_notifications", NORTH, PW_SUBGROUP_index_letter), 200.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 1, "newly_assessed_at_index", NORTH, PW_SUBGROUP_infant_at_index), 100.0, 1e-12);
    CU_ASSERT(isnan(value(s, 1, "repeat_notifications", NORTH, PW_SUBGROUP_index_assessed)));
    PW_ASSERT_NEAR(value(s, 1, "newly_assessed_at_index", NORTH, PW_SUBGROUP_all), 20.0, 1e-12);
    close_scene(s);
}

static void test_no_family_is_lost_at_the_end(void)
{
    scene_t *s = open_scene();
    for (int i = 0; i < FAMILIES; i++)
        s->record[0][0][i].living = (uint8_t)i;
    s->record[0][0][PW_LIVING_MOVED_AWAY].complete = s->record[0][0][PW_LIVING_GROWN_UP].complete = 0;
    s->record[0][0][0].cascade[0] = PW_CASCADE_STILL_ATTENDING;
    s->record[0][0][1].cascade[0] = PW_CASCADE_STILL_WAITING;
    tally(s);
    double sum = 0.0;
    static const char *const state[] = { "end_both_parents", "end_one_parent", "end_looked_after", "end_moved_away", "end_grown_up" };
    for (int i = 0; i < 5; i++)
        sum += value(s, 0, state[i], ALL_AREAS, PW_SUBGROUP_all);
    PW_ASSERT_NEAR(sum, 100.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "follow_up_incomplete", NORTH, PW_SUBGROUP_all), 40.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "end_in_service", NORTH, PW_SUBGROUP_all), 20.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "end_waiting_service", NORTH, PW_SUBGROUP_all), 20.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "children_looked_after", NORTH, PW_SUBGROUP_all), 20.0, 1e-12);
    close_scene(s);
}

static void test_things_are_found_by_name_not_by_index(void)
{
    scene_t *s = open_scene();
    s->record[0][0][0].cascade[0] = PW_CASCADE_STARTED;         /* advocacy */
    s->record[1][0][0].cascade[0] = PW_CASCADE_STARTED;         /* the programme */
    s->record[1][0][1].cascade[1] = PW_CASCADE_STARTED | PW_CASCADE_COMPLETED;
    tally(s);
    PW_ASSERT_NEAR(value(s, 0, "started_advocacy", NORTH, PW_SUBGROUP_all), 20.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "started_programme", NORTH, PW_SUBGROUP_all), 0.0, 0.0);
    PW_ASSERT_NEAR(value(s, 1, "started_programme", NORTH, PW_SUBGROUP_all), 20.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 1, "completed_advocacy", NORTH, PW_SUBGROUP_all), 20.0, 1e-12);
    CU_ASSERT(isnan(value(s, 0, "wait_programme", NORTH, PW_SUBGROUP_all)));
    close_scene(s);
}

static void test_targeting_is_judged_by_the_world_without_services(void)
{
    scene_t *s = open_scene();
    pw_record_t *r = s->record[0][0];
    r[0].severe_without_services = r[1].severe_without_services = 1;
    r[0].index_path = PW_INDEX_ASSESSED;
    r[2].index_path = PW_INDEX_OPEN_CASE;
    tally(s);
    PW_ASSERT_NEAR(value(s, 0, "sensitivity", NORTH, PW_SUBGROUP_all), 50.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "specificity", NORTH, PW_SUBGROUP_all), 100.0 * 2.0 / 3.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "number_needed_to_assess", NORTH, PW_SUBGROUP_all), 1.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "open_of_served_at_index", NORTH, PW_SUBGROUP_all), 50.0, 1e-12);
    close_scene(s);
}

static void test_help_from_nobody_asks_for_two_later_incidents(void)
{
    scene_t *s = open_scene();
    pw_record_t *r = s->record[0][0];
    r[0].harm[PW_HARM_ANY][PW_REACH_OCCURRED] = 2;
    r[1].harm[PW_HARM_ANY][PW_REACH_OCCURRED] = 5;
    r[1].help = 1;
    r[2].harm[PW_HARM_ANY][PW_REACH_OCCURRED] = 1;
    tally(s);
    PW_ASSERT_NEAR(value(s, 0, "no_help_although_incidents", NORTH, PW_SUBGROUP_all), 50.0, 1e-12);
    close_scene(s);
}

/* Assessments: 3 in the first year of the north, 1 in the second of the south, 400 pounds each; half a place-year of advocacy; set-up once
 * in each area that the scenario runs in. The run has 33 months: 2.75 years. */
static void test_budget_holds_uses_places_and_set_up(void)
{
    scene_t *s = open_scene();
    for (int i = 0; i < 2; i++) {
        s->result[i][0].cost_count[0][0] = 3;
        s->result[i][1].cost_count[0][1] = 1;
        s->result[i][0].cost_place_ticks[1][0] = 0.5 * PW_DAYS_PER_YEAR * PW_TICKS_PER_DAY;
    }
    tally(s);
    CU_ASSERT_EQUAL(s->roster.months, 33);
    PW_ASSERT_NEAR(value(s, 0, "budget_social_care", ALL_AREAS, PW_SUBGROUP_all), 1600.0 / 2.75, 1e-9);
    PW_ASSERT_NEAR(value(s, 0, "budget_specialist_services", NORTH, PW_SUBGROUP_all), 2500.0 / 2.75, 1e-9);
    PW_ASSERT_NEAR(value(s, 1, "budget_specialist_services", ALL_AREAS, PW_SUBGROUP_all), 62500.0 / 2.75, 1e-9);
    PW_ASSERT_NEAR(value(s, 1, "budget", ALL_AREAS, PW_SUBGROUP_all), 64100.0 / 2.75, 1e-9);
    PW_ASSERT_NEAR(s->vector[1][pw_layout_year(&s->layout, ALL_AREAS, PW_PAYER_SOCIAL_CARE, 1, PW_MONEY_CASHABLE, PW_SPENDING_RUNNING)], 400.0, 1e-12);
    PW_ASSERT_NEAR(s->vector[1][pw_layout_year(&s->layout, ALL_AREAS, PW_PAYER_SPECIALIST_SERVICES, 0, PW_MONEY_CASHABLE, PW_SPENDING_RUNNING)], 2500.0, 1e-9);
    PW_ASSERT_NEAR(s->vector[1][pw_layout_year(&s->layout, ALL_AREAS, PW_PAYER_SPECIALIST_SERVICES, 0, PW_MONEY_CASHABLE, PW_SPENDING_SET_UP)], 60000.0, 1e-9);
    close_scene(s);
}

static void test_all_areas_add_up_but_time_passes_once(void)
{
    scene_t *s = open_scene();
    for (int a = 0; a < 2; a++) {
        s->result[0][a].month[0][PW_MONTH_notifications] = 30 + a;
        s->result[0][a].team[0].month[2] = (pw_queue_month_t){ .joined = 4, .started = 2 + a, .wait_ticks = pw_ticks_from_days(6.0 + a),
                                                               .length_ticks = pw_ticks_from_days(304.375), .load_ticks = 1e6, .places_ticks = 4e6 };
    }
    s->result[0][0].work_ended[0] = 8;
    s->result[0][0].within_statutory[0] = 6;
    tally(s);
    PW_ASSERT_NEAR(value(s, 0, "notifications_per_month", ALL_AREAS, PW_SUBGROUP_all), 61.0 / 33.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "wait_assessment", ALL_AREAS, PW_SUBGROUP_all), 13.0 / 5.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "queue_length_assessment", NORTH, PW_SUBGROUP_all), 10.0 / 33.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "queue_length_assessment", ALL_AREAS, PW_SUBGROUP_all), 20.0 / 33.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "occupancy_assessment", ALL_AREAS, PW_SUBGROUP_all), 25.0, 1e-12);
    PW_ASSERT_NEAR(value(s, 0, "within_statutory_initial_assessment", ALL_AREAS, PW_SUBGROUP_all), 75.0, 1e-12);
    close_scene(s);
}

/* 80 without a wait, 20 evenly in the bin from 4 to 4.49 days (bin 37: 2^(36/6) / 16 = 4): the 90 % point is its middle. */
static void test_ninety_percent_point_comes_from_the_bins(void)
{
    int64_t bin[PW_WAIT_BINS] = { 0 };
    double ends[PW_WAIT_BINS + 1];
    CU_ASSERT(isnan(pw_wait_quantile(bin, 0.9)));
    bin[0] = 80;
    bin[37] = 20;
    pw_wait_bin_ends(ends);
    PW_ASSERT_NEAR(ends[37], 4.0, 1e-12);
    PW_ASSERT_NEAR(ends[38], 4.0 * pow(2.0, 1.0 / 6.0), 1e-12);
    PW_ASSERT_NEAR(pw_wait_quantile(bin, 0.9), (ends[37] + ends[38]) / 2.0, 1e-12);
    PW_ASSERT_NEAR(pw_wait_quantile(bin, 0.5), 0.0, 0.0);
}

/* ---- the ledger ---- */

static void add_worlds(const scene_t *s, pw_ledger_t *ledger, int n_parts)
{
    double *vector[8];
    int64_t draw[4] = { 0, 0, 1, 1 }, replication[4] = { 0, 1, 0, 1 };
    bool ends[4] = { false, true, false, true };
    for (int w = 0; w < 4; w++)
        for (int i = 0; i < 2; i++) {
            vector[w * 2 + i] = malloc(s->layout.size * sizeof(double));
            memcpy(vector[w * 2 + i], s->vector[i], s->layout.size * sizeof(double));
            vector[w * 2 + i][pw_layout_at(&s->layout, PW_BLOCK_FAMILY, 0, PW_FAMILY_repeats, ALL_AREAS, 0)] += w * (i + 1);
        }
    pw_worlds_t worlds = { .n = 4, .vector = vector, .draw = draw, .replication = replication, .ends_draw = ends };
    CU_ASSERT_EQUAL(pw_ledger_room(ledger, 2), PW_OK);
    for (int part = 0; part < n_parts; part++)
        CU_ASSERT_EQUAL(pw_ledger_add(ledger, &worlds, part, n_parts), PW_OK);
    pw_ledger_added(ledger, &worlds);
    for (int i = 0; i < 8; i++)
        free(vector[i]);
}

static void test_ledger_gives_the_same_for_any_number_of_parts(void)
{
    scene_t *s = open_scene();
    double room[2];
    tally(s);
    pw_ledger_t one, seven;
    CU_ASSERT_EQUAL(pw_ledger_init(&one, &s->layout, &s->catalogue, 2, false), PW_OK);
    CU_ASSERT_EQUAL(pw_ledger_init(&seven, &s->layout, &s->catalogue, 2, false), PW_OK);
    add_worlds(s, &one, 1);
    add_worlds(s, &seven, 7);
    int64_t different = 0;
    for (int i = 0; i < 2; i++)
        for (int64_t r = 0; r < one.n_rows; r++) {
            pw_summary_t a = pw_ledger_summary(&one, i, r, i == 1, room), b = pw_ledger_summary(&seven, i, r, i == 1, room);
            different += memcmp(&a, &b, offsetof(pw_summary_t, spread)) != 0 || a.spread != b.spread;
        }
    CU_ASSERT_EQUAL(different, 0);
    CU_ASSERT_EQUAL(memcmp(one.total, seven.total, one.total_size * 2 * sizeof(double)), 0);
    pw_ledger_free(&one);
    pw_ledger_free(&seven);
    close_scene(s);
}

/* Repeats of 5 families: baseline 0, 1 | 2, 3; scenario 0, 2 | 4, 6. Per 100 families the draws' means differ by 10 and 50. */
static void test_ledger_pairs_each_world_with_its_baseline(void)
{
    scene_t *s = open_scene();
    double room[2];
    pw_ledger_t ledger;
    tally(s);
    CU_ASSERT_EQUAL(pw_ledger_init(&ledger, &s->layout, &s->catalogue, 2, false), PW_OK);
    add_worlds(s, &ledger, 2);
    int64_t row = pw_ledger_row(&ledger, pw_catalogue_find(&s->catalogue, "repeat_notifications"), ALL_AREAS, PW_SUBGROUP_all);
    pw_summary_t d = pw_ledger_summary(&ledger, 1, row, true, room);
    PW_ASSERT_NEAR(pw_ledger_draw(&ledger, 0, 1, row, true), 10.0, 1e-12);
    PW_ASSERT_NEAR(pw_ledger_draw(&ledger, 1, 1, row, true), 50.0, 1e-12);
    PW_ASSERT_NEAR(d.mean, 30.0, 1e-12);
    PW_ASSERT_NEAR(d.within, 200.0, 1e-10);                    /* residuals -10, 10 in each draw */
    PW_ASSERT_NEAR(d.between, 800.0 - 100.0, 1e-9);
    PW_ASSERT_NEAR(d.better, 0.0, 0.0);
    pw_ledger_free(&ledger);
    close_scene(s);
}

PW_TESTS(PW_TEST(test_repeats_are_all_notifications_but_the_index), PW_TEST(test_return_is_counted_up_to_and_with_the_last_moment),
         PW_TEST(test_subgroups_are_the_baselines_in_every_scenario), PW_TEST(test_no_family_is_lost_at_the_end),
         PW_TEST(test_things_are_found_by_name_not_by_index), PW_TEST(test_targeting_is_judged_by_the_world_without_services),
         PW_TEST(test_help_from_nobody_asks_for_two_later_incidents), PW_TEST(test_budget_holds_uses_places_and_set_up),
         PW_TEST(test_all_areas_add_up_but_time_passes_once), PW_TEST(test_ninety_percent_point_comes_from_the_bins),
         PW_TEST(test_ledger_gives_the_same_for_any_number_of_parts), PW_TEST(test_ledger_pairs_each_world_with_its_baseline))
