/* The same money: how many places a sum buys, and the frontier of parts of it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/experiment/frontier.h"
#include "harness.h"

typedef struct {
    pw_spec_t *spec[2], *scaled;
    pw_findings_t findings;
    pw_text_t why;
    pw_budget_t budget;
} subject_t;

static subject_t *begin(const char *scenario)
{
    subject_t *s = calloc(1, sizeof *s);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("tests/cases/answers/base.cfg", NULL, 0, &s->spec[0], &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load(scenario, NULL, 0, &s->spec[1], &s->findings), PW_OK);
    pw_findings_print(&s->findings, stdout);
    CU_ASSERT_EQUAL_FATAL(s->findings.n, 0);
    return s;
}

static pw_status_t plan(subject_t *s, double pounds) { return pw_budget_plan(s->spec[0], s->spec[1], pounds, &s->budget, &s->why, &s->findings); }

static void end(subject_t *s)
{
    pw_spec_free(s->spec[0]);
    pw_spec_free(s->spec[1]);
    pw_spec_free(s->scaled);
    pw_findings_free(&s->findings);
    pw_text_free(&s->why);
    free(s);
}

static const char priced[] = "tests/cases/answers/priced.cfg", visits[] = "tests/cases/answers/visits.cfg";

/* A place a year: 1,000 + 365.25 x 2 + 365.25 / 73.05 x 100 = 2,230.50 pounds; the file's 25 places and 4 posts cost 55,762.50 + 160,000 = 215,762.50. */
static void test_price_of_a_place_is_that_of_a_year_of_full_use(void)
{
    subject_t *s = begin(priced);
    CU_ASSERT_EQUAL(plan(s, 215763.0), PW_OK);
    CU_ASSERT_EQUAL(s->budget.n, 2);
    PW_ASSERT_TEXT(s->budget.bought[0].path, "services.visits.places");
    PW_ASSERT_NEAR(s->budget.bought[0].price, 2230.5, 1e-6);
    CU_ASSERT_EQUAL(s->budget.bought[0].places, 25);
    PW_ASSERT_TEXT(s->budget.bought[1].path, "teams.posts.places");
    PW_ASSERT_NEAR(s->budget.bought[1].price, 40000.0, 1e-9);
    CU_ASSERT_EQUAL(s->budget.bought[1].places, 4);
    PW_ASSERT_NEAR(s->budget.planned, 215762.5, 1e-6);
    end(s);
}

static void test_places_and_posts_are_whole_and_never_above_the_sum(void)
{
    subject_t *s = begin(priced);
    int64_t before = 0;
    for (double pounds = 3000.0; pounds < 900000.0; pounds *= 1.13) {
        CU_ASSERT_EQUAL(plan(s, pounds), PW_OK);
        CU_ASSERT(s->budget.planned <= pounds);
        PW_ASSERT_NEAR(s->budget.planned, 2230.5 * (double)s->budget.bought[0].places + 40000.0 * (double)s->budget.bought[1].places, 1e-6);
        CU_ASSERT(s->budget.bought[0].places >= before);
        before = s->budget.bought[0].places;
    }
    CU_ASSERT(before > 60);
    end(s);
}

/* Half of the file's posts bring half of the places that they bring; the office keeps its own. */
static void test_posts_bring_places_in_proportion(void)
{
    subject_t *s = begin(priced);
    CU_ASSERT_EQUAL(plan(s, 108000.0), PW_OK);
    CU_ASSERT_EQUAL(s->budget.bought[1].places, 2);
    CU_ASSERT_EQUAL(pw_budget_load(&s->budget, s->spec[1], NULL, 0, &s->scaled, &s->findings), PW_OK);
    int office = pw_spec_find(s->scaled, PW_THING_TEAM, "office"), posts = pw_spec_find(s->scaled, PW_THING_TEAM, "posts");
    PW_ASSERT_NEAR(s->scaled->teams.item[office].places.number[0], 2.0, 0.0);
    PW_ASSERT_NEAR(s->scaled->teams.item[office].more_places.number[0], 3.0, 1e-12);
    PW_ASSERT_NEAR(s->scaled->teams.item[posts].places.number[0], 2.0, 0.0);
    PW_ASSERT_NEAR(s->scaled->services.item[0].places.number[0], 12.0, 0.0);
    end(s);
}

static void test_sum_below_one_place_is_refused_with_its_price(void)
{
    subject_t *s = begin(priced);
    CU_ASSERT_EQUAL(plan(s, 2000.0), PW_ERROR_USAGE);
    CU_ASSERT(strstr(pw_text_get(&s->why), "buys no place for priced: one of services.visits.places costs £2,230 a year") != NULL ||
              strstr(pw_text_get(&s->why), "costs £2,231 a year") != NULL);
    end(s);
}

/* Catches a sum that makes a setting out of range, of which whoever asked for a sum has never heard. */
static void test_sum_that_buys_more_places_than_there_may_be_is_refused(void)
{
    subject_t *s = begin(priced);
    CU_ASSERT_EQUAL(plan(s, 1e9), PW_ERROR_USAGE);
    CU_ASSERT(strstr(pw_text_get(&s->why), "£1,000,000,000 a year in each area buys ") != NULL);
    CU_ASSERT(strstr(pw_text_get(&s->why), " of services.visits.places, more than the 100,000 that there may be") != NULL);
    end(s);
}

/* visits.cfg: 1,000 places at 180 pounds for 3,650 days: 18 pounds a year. */
static void test_frontier_is_of_growing_parts_of_the_sum(void)
{
    subject_t *s = begin(visits);
    pw_frontier_t frontier = { 0 };
    const pw_spec_t *specs[2] = { s->spec[0], s->spec[1] };
    pw_frontier_asked_t asked = { .spec = specs, .n_specs = 2, .pounds = 180.0 * 365.25 / 3650.0 * 8.0 + 1.0,
                                  .request = { .draws = 0, .replications = 20, .seed = 1, .threads = 1 } };
    CU_ASSERT_EQUAL_FATAL(pw_frontier_go(&frontier, &asked, &s->why, &s->findings), PW_OK);
    CU_ASSERT_EQUAL(frontier.n_points, 4);
    int repeats = -1;
    for (int m = 0; m < frontier.n_measures; m++)
        repeats = strcmp(frontier.evaluation->run.catalogue.measure[frontier.measure[m]].name, "repeat_notifications") == 0 ? m : repeats;
    CU_ASSERT_FATAL(repeats >= 0);
    double last = 0.0;
    for (int p = 0; p < 4; p++) {
        CU_ASSERT_EQUAL(frontier.point[p].budget.bought[0].places, 2 * (p + 1));
        double change = pw_frontier_change(&frontier, p, repeats).mean;
        CU_ASSERT(change < last);
        last = change;
    }
    /* About 3.9 per 100 families for each place (test_one_more.c), a little less for the later ones. */
    PW_ASSERT_NEAR(last, -8.0 * 3.9, 8.0);
    pw_frontier_free(&frontier);
    end(s);
}

static void test_frontier_without_memory_says_so(void)
{
    static const long at[] = { 1, 2, 5, 30, 200, 600 };
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        subject_t *s = begin(visits);
        pw_frontier_t frontier = { 0 };
        const pw_spec_t *specs[2] = { s->spec[0], s->spec[1] };
        pw_frontier_asked_t asked = { .spec = specs, .n_specs = 2, .pounds = 200.0, .request = { .draws = 0, .replications = 2, .seed = 1, .threads = 1 } };
        pw_memory_fail_at(at[i]);
        pw_status_t status = pw_frontier_go(&frontier, &asked, &s->why, &s->findings);
        pw_memory_fail_at(0);
        CU_ASSERT_EQUAL(status, PW_ERROR_MEMORY);
        pw_frontier_free(&frontier);
        end(s);
    }
}

PW_TESTS(PW_TEST(test_price_of_a_place_is_that_of_a_year_of_full_use), PW_TEST(test_places_and_posts_are_whole_and_never_above_the_sum),
         PW_TEST(test_posts_bring_places_in_proportion), PW_TEST(test_sum_below_one_place_is_refused_with_its_price),
         PW_TEST(test_sum_that_buys_more_places_than_there_may_be_is_refused),
         PW_TEST(test_frontier_is_of_growing_parts_of_the_sum), PW_TEST(test_frontier_without_memory_says_so))
