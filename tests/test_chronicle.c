/* What an area lives through, and when families come back: on vectors made by hand, and against the exponential law. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/measure/chronicle.h"
#include "harness.h"
#include "model_maker.h"

enum { FAMILIES = 40000 };

/* One area, a baseline and a policy, a team; intake 12 months, follow-up 21. */
typedef struct {
    pw_model_t model[2];
    pw_roster_t roster;
    pw_layout_t layout;
    pw_chronicle_t chronicle;
    double *vector[2];
    int64_t draw[1], replication[1];
    bool ends_draw[1];
} scene_t;

static scene_t *open_scene(int64_t n_draws)
{
    static const char *const scenarios[] = { "baseline", "policy" }, *const areas[] = { "north" };
    scene_t *s = calloc(1, sizeof *s);
    const pw_model_t *models[2] = { &s->model[0], &s->model[1] };
    for (int i = 0; i < 2; i++) {
        mk_base(&s->model[i]);
        mk_time(&s->model[i], 12, 12, 21);
        mk_team(&s->model[i], "assessment", 2.0);
    }
    CU_ASSERT_EQUAL(pw_roster_fill(models, 2, 1, scenarios, areas, &s->roster), PW_OK);
    pw_layout_init(&s->layout, &s->roster);
    CU_ASSERT_EQUAL(pw_chronicle_init(&s->chronicle, &s->layout, n_draws), PW_OK);
    for (int i = 0; i < 2; i++)
        s->vector[i] = calloc(s->layout.size, sizeof(double));
    return s;
}

static void close_scene(scene_t *s)
{
    pw_chronicle_free(&s->chronicle);
    free(s->vector[0]);
    free(s->vector[1]);
    free(s);
}

static void add_world(scene_t *s, int64_t draw, bool ends_draw)
{
    s->draw[0] = draw;
    s->ends_draw[0] = ends_draw;
    pw_worlds_t worlds = { .n = 1, .vector = s->vector, .draw = s->draw, .replication = s->replication, .ends_draw = s->ends_draw };
    CU_ASSERT_EQUAL(pw_chronicle_add(&s->chronicle, &worlds), PW_OK);
}

enum { NORTH, ALL };

static double *curve(scene_t *s, int scenario, int block, int month)
{
    return &s->vector[scenario][pw_layout_at(&s->layout, block, month, 0, ALL, PW_SUBGROUP_all)];
}

/* 10 families; 2 return in the first month, 1 leaves in it; of 7 left 1 returns in the second:
 *     S(1) = 1 - 2 / 9.5,   S(2) = S(1) (1 - 1 / 7) */
static void test_return_is_a_life_table_that_counts_those_who_leave_half(void)
{
    scene_t *s = open_scene(1);
    double room[1];
    s->vector[0][pw_layout_at(&s->layout, PW_BLOCK_FAMILY, 0, PW_FAMILY_families, ALL, PW_SUBGROUP_all)] = 10.0;
    for (int i = 0; i < s->roster.n_curve; i++) {
        *curve(s, 0, PW_BLOCK_CURVE, i) = i == 0 ? 8.0 : 7.0;
        *curve(s, 0, PW_BLOCK_EXPOSED, i) = i == 0 ? 9.5 : 7.0;
    }
    add_world(s, 0, true);
    PW_ASSERT_NEAR(pw_chronicle_return(&s->chronicle, 0, 0, room).mean, 1.0 - 2.0 / 9.5, 1e-15);
    PW_ASSERT_NEAR(pw_chronicle_return(&s->chronicle, 0, 1, room).mean, (1.0 - 2.0 / 9.5) * 6.0 / 7.0, 1e-15);
    PW_ASSERT_NEAR(pw_chronicle_return(&s->chronicle, 0, 20, room).mean, (1.0 - 2.0 / 9.5) * 6.0 / 7.0, 1e-15);
    PW_ASSERT_NEAR(pw_chronicle_return(&s->chronicle, 0, 1, room).exposed, 7.0, 1e-15);
    CU_ASSERT(isnan(pw_chronicle_return(&s->chronicle, 0, 1, room).low95));      /* one draw has no band */
    CU_ASSERT(isnan(pw_chronicle_return(&s->chronicle, 1, 0, room).mean));       /* nobody there */
    close_scene(s);
}

/* Families return at 0.05 a month and leave at 0.03 a month: leaving must not change the curve, which is exp(-0.05 m). With 40,000 families the
 * standard error is at most 0.0032; 4.9 of them are a false alarm of 1e-6, and the months' width adds less than 1e-4. Counting
 * those who left as never notified again (the plain share) would give 0.44 instead of 0.35 at 21 months. */
static void test_leaving_does_not_bend_the_curve_of_return(void)
{
    scene_t *s = open_scene(1);
    pw_result_t *result = calloc(1, sizeof *result), *results[1] = { result };
    double room[1];
    result->record = calloc(FAMILIES, sizeof result->record[0]);
    result->n_records = FAMILIES;
    uint64_t state = 88172645463325252u;
    for (int i = 0; i < FAMILIES; i++) {
        double u[2];
        for (int k = 0; k < 2; k++) {      /* xorshift64 (Marsaglia 2003) */
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            u[k] = ((double)(state >> 11) + 0.5) / 9007199254740992.0;
        }
        double returns = -log(u[0]) / 0.05, leaves = fmin(21.0, -log(u[1]) / 0.03);
        pw_record_t *r = &result->record[i];
        r->family = (uint32_t)i;
        r->followed_ticks = (pw_ticks_t)(leaves * (double)PW_TICKS_PER_MONTH);
        r->first_repeat = returns < leaves ? (pw_ticks_t)(returns * (double)PW_TICKS_PER_MONTH) : PW_TICKS_NEVER;
    }
    pw_members_t members = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_members_set(&members, s->layout.roster, result), PW_OK);
    for (int k = 0; k < 2; k++) {
        pw_tally_begin(&s->layout, s->vector[k]);
        pw_tally_area(&s->layout, k, 0, &s->model[k], result, &members, s->vector[k]);
        pw_tally_end(&s->layout, k, (const pw_result_t *const *)results, s->vector[k]);
    }
    pw_members_free(&members);
    add_world(s, 0, true);
    for (int m = 1; m <= 21; m++)
        PW_ASSERT_NEAR(pw_chronicle_return(&s->chronicle, 0, m - 1, room).mean, exp(-0.05 * m), 4.9 * 0.0032);
    free(result->record);
    free(result);
    close_scene(s);
}

static void test_years_are_of_one_area_and_differences_of_the_same_world(void)
{
    scene_t *s = open_scene(21);
    for (int w = 0; w < 21; w++) {
        for (int month = 0; month < s->roster.months; month++) {
            s->vector[0][pw_layout_month(&s->layout, NORTH, month, PW_MONTH_incidents)] = month < 12 ? 10.0 + w : 1000.0;
            s->vector[1][pw_layout_month(&s->layout, NORTH, month, PW_MONTH_incidents)] = month < 12 ? 9.0 + w : 1000.0;
        }
        add_world(s, w, true);
    }
    CU_ASSERT_EQUAL(s->chronicle.years, 2);      /* 33 months: the third year is not whole */
    PW_ASSERT_NEAR(pw_chronicle_year(&s->chronicle, 0, NORTH, 0, PW_MONTH_incidents, false, 0.05), 12.0 * 11.0, 1e-12);
    PW_ASSERT_NEAR(pw_chronicle_year(&s->chronicle, 0, NORTH, 0, PW_MONTH_incidents, false, 0.5), 12.0 * 20.0, 1e-12);
    PW_ASSERT_NEAR(pw_chronicle_year(&s->chronicle, 1, NORTH, 0, PW_MONTH_incidents, true, 0.05), -12.0, 1e-12);
    PW_ASSERT_NEAR(pw_chronicle_year(&s->chronicle, 1, NORTH, 0, PW_MONTH_incidents, true, 0.95), -12.0, 1e-12);
    PW_ASSERT_NEAR(pw_chronicle_year(&s->chronicle, 1, NORTH, 1, PW_MONTH_incidents, true, 0.5), 0.0, 0.0);
    close_scene(s);
}

static void test_bands_are_of_single_worlds_and_only_where_promised(void)
{
    const pw_queue_measure_t *measure;
    int n = pw_queue_measures(&measure), wait = -1, joined = -1;
    scene_t *s = open_scene(21);
    for (int i = 0; i < n; i++) {
        wait = strcmp(measure[i].name, "wait_mean") == 0 ? i : wait;
        joined = strcmp(measure[i].name, "joined") == 0 ? i : joined;
    }
    for (int w = 0; w < 21; w++) {
        double *sum = &s->vector[0][pw_layout_month(&s->layout, ALL, 3, PW_MONTH_COUNT_N)];
        sum[PW_QUEUE_started] = w == 20 ? 0.0 : 2.0;      /* nobody started in the last world: no wait there */
        sum[PW_QUEUE_wait_days] = 2.0 * w;
        add_world(s, w, true);
    }
    PW_ASSERT_NEAR(pw_chronicle_queue(&s->chronicle, 0, 3, 0, wait, 0.5), 9.5, 1e-12);
    CU_ASSERT(isnan(pw_chronicle_queue(&s->chronicle, 0, 3, 0, joined, 0.5)));
    CU_ASSERT(isnan(pw_chronicle_queue(&s->chronicle, 0, 4, 0, wait, 0.5)));
    close_scene(s);
}

PW_TESTS(PW_TEST(test_return_is_a_life_table_that_counts_those_who_leave_half), PW_TEST(test_leaving_does_not_bend_the_curve_of_return),
         PW_TEST(test_years_are_of_one_area_and_differences_of_the_same_world), PW_TEST(test_bands_are_of_single_worlds_and_only_where_promised))
