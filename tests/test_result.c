/* Is a result empty after it is cleared, and are places paid for by the year, used or not? */
#include "../model/world/result.h"

#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "model_maker.h"

static void test_what_a_run_has_written_is_cleared(void)
{
    pw_result_t *r = calloc(1, sizeof *r), *empty = calloc(1, sizeof *empty);
    r->n_records = 3;
    r->month[PW_MAX_MONTHS - 1][0] = 1;
    pw_queue_t *queue[] = { &r->team[0], &r->team[PW_MAX_TEAMS - 1], &r->service[PW_MAX_SERVICES - 1] };
    for (int k = 0; k < 3; k++) {
        queue[k]->months = 5 + k;
        queue[k]->month[4 + k].load_ticks = 2.0;
        queue[k]->wait_bin[PW_WAIT_BINS - 1] = 4;
    }
    r->flow[0][1] = r->events = 9;
    pw_result_clear(r);
    CU_ASSERT_EQUAL(memcmp(r, empty, sizeof *r), 0);
    free(r);
    free(empty);
}

/* 14 months: 12 in the first year, 2 in the second. A team of places used by half, and a service without limit, of which the use is paid for. */
static void test_places_are_paid_for_by_the_year_used_or_not(void)
{
    pw_model_t *m = malloc(sizeof *m);
    pw_result_t *r = calloc(1, sizeof *r);
    mk_base(m);
    mk_time(m, 0, 2, 12);
    mk_cost(m, PW_PAYER_SOCIAL_CARE, PW_COST_PLACE_YEAR, PW_COST_OF_TEAM, 1, 1.0);
    mk_cost(m, PW_PAYER_SOCIAL_CARE, PW_COST_PLACE_YEAR, PW_COST_OF_SERVICE, 0, 1.0);
    mk_cost(m, PW_PAYER_SOCIAL_CARE, PW_COST_SET_UP, PW_COST_OF_SERVICE, 0, 1.0);
    for (int k = 0; k < 14; k++) {
        r->team[1].month[k].places_ticks = 10.0;
        r->team[1].month[k].load_ticks = 5.0;
        r->service[0].month[k].load_ticks = 3.0;
    }
    pw_result_add_place_years(r, m);
    const double years[3][3] = { { 120.0, 20.0, 0.0 }, { 36.0, 6.0, 0.0 }, { 0.0, 0.0, 0.0 } };
    for (int k = 0; k < 3; k++)
        for (int year = 0; year < 3; year++)
            CU_ASSERT_EQUAL(r->cost_place_ticks[k][year], years[k][year]);
    CU_ASSERT_EQUAL(r->cost_count[2][0], 1);
    CU_ASSERT_EQUAL(r->cost_count[0][0], 0);
    free(m);
    free(r);
}

PW_TESTS(PW_TEST(test_what_a_run_has_written_is_cleared), PW_TEST(test_places_are_paid_for_by_the_year_used_or_not))
