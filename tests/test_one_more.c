/* What one more place buys, in a world in which it can be worked out on paper. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/experiment/one_more.h"
#include "harness.h"
#include "model_maker.h"

typedef struct {
    pw_spec_t *baseline, *scenario;
    pw_findings_t findings;
    pw_text_t why;
    pw_one_more_asked_t asked;
    pw_one_more_t answer;
} subject_t;

static subject_t *begin(const char *baseline, const char *scenario)
{
    subject_t *s = calloc(1, sizeof *s);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load(baseline, NULL, 0, &s->baseline, &s->findings), PW_OK);
    if (scenario)
        CU_ASSERT_EQUAL_FATAL(pw_spec_load(scenario, NULL, 0, &s->scenario, &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(s->findings.n, 0);
    s->asked = (pw_one_more_asked_t){ .baseline = s->baseline, .scenario = s->scenario, .request = { .draws = 0, .replications = 200, .seed = 2385,
                                                                                                     .threads = 1 } };
    return s;
}

static pw_status_t go(subject_t *s) { return pw_one_more_go(&s->answer, &s->asked, &s->why, &s->findings); }

static void end(subject_t *s)
{
    pw_one_more_free(&s->answer);
    pw_spec_free(s->baseline);
    pw_spec_free(s->scenario);
    pw_findings_free(&s->findings);
    pw_text_free(&s->why);
    free(s);
}

static const char base[] = "tests/cases/answers/base.cfg", few[] = "tests/cases/answers/few_visits.cfg";

/* 40 families have incidents at 4 a year each for 2 years; the first three to have one are visited for good at 0.8 of the rate, 180 pounds each once,
 * and a place costs 1,000 pounds a year. A fourth place goes to the fourth family, which has its first incident after 1/160 + 1/156 + 1/152 + 1/148 =
 * 0.0260 years on average: 0.2 x 4 x (2 - 0.0260) = 1.579 incidents fewer, 3.948 per 100 families; 1,000 + 180 / 2 = 1,090 pounds a year more, in
 * every world; and that much shorter a line, (2 - 0.0260) / 2 = 0.987. It would catch a place that is added twice, or to one area of several. Within
 * 4.9 standard errors (alpha 1e-6). */
static void test_one_more_place_buys_what_paper_says(void)
{
    subject_t *s = begin(base, few);
    CU_ASSERT_EQUAL_FATAL(go(s), PW_OK);
    const pw_one_more_t *a = &s->answer;
    CU_ASSERT_EQUAL(a->n_queues, 1);
    CU_ASSERT_EQUAL(a->n_areas, 1);
    PW_ASSERT_TEXT(a->queue[0].name, "visits");
    CU_ASSERT(a->queue[0].is_service);
    PW_ASSERT_NEAR(a->queue[0].place_price, 1000.0, 0.0);
    pw_mean_t fewer = pw_one_more_change(a, 0, a->line[PW_ONE_MORE_repeat_notifications][1]);
    PW_ASSERT_NEAR(fewer.mean, -3.948, MK_Z * fewer.se);
    CU_ASSERT(fewer.se > 0.0 && fewer.se < 0.4);
    pw_mean_t pounds = pw_one_more_change(a, 0, a->line[PW_ONE_MORE_budget][1]);
    PW_ASSERT_NEAR(pounds.mean, 1090.0, 1e-9);
    PW_ASSERT_NEAR(pounds.se, 0.0, 1e-9);
    PW_ASSERT_NEAR(pw_one_more_before(a, a->line[PW_ONE_MORE_budget][1]).mean, 3270.0, 1e-9);
    pw_mean_t line = pw_one_more_change(a, 0, a->length_line[0]);
    PW_ASSERT_NEAR(line.mean, -0.987, MK_Z * line.se);
    /* One area: its numbers are those of all. */
    CU_ASSERT_EQUAL(pw_one_more_change(a, 0, a->line[PW_ONE_MORE_budget][0]).mean, pounds.mean);
    end(s);
}

/* Places that are an estimate, and the two areas of a model: a small baseline, a few worlds. A place in the north changes nothing in the south. */
static const char *const small[] = { "areas.north.families_per_month=6.0", "areas.south.families_per_month=0.001", "time.warm_up_months=24" };

static void test_places_that_are_drawn_are_added_to_in_every_draw(void)
{
    subject_t *s = calloc(1, sizeof *s);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("params/baseline.cfg", small, 3, &s->baseline, &s->findings), PW_OK);
    s->asked = (pw_one_more_asked_t){ .baseline = s->baseline, .sets = small, .n_sets = 3,
                                      .request = { .draws = 3, .replications = 1, .seed = 1, .threads = 2 } };
    CU_ASSERT_EQUAL_FATAL(go(s), PW_OK);
    const pw_one_more_t *a = &s->answer;
    int advocacy = -1;
    for (int q = 0; q < a->n_queues; q++)
        advocacy = strcmp(a->queue[q].name, "specialist_advocacy") == 0 ? q : advocacy;
    CU_ASSERT_FATAL(advocacy >= 0);
    CU_ASSERT_EQUAL(a->n_queues, s->baseline->teams.n + s->baseline->services.n);
    for (int64_t draw = 0; draw < 3; draw++) {
        const pw_model_t *before = pw_models_get(&a->evaluation->run.models, draw, 0, 0), *after = pw_models_get(&a->evaluation->run.models, draw, 0,
                                                                                                                 1 + advocacy);
        int at = pw_spec_find(s->baseline, PW_THING_SERVICE, "specialist_advocacy");
        PW_ASSERT_NEAR(after->service[at].step[after->service[at].n_steps - 1].places - before->service[at].step[0].places, 1.0, 1e-9);
        CU_ASSERT_EQUAL(after->service[at].step[0].places, before->service[at].step[0].places);      /* the warm-up is the baseline's */
    }
    /* The place costs what a place costs, in the south too, where hardly anybody is. */
    pw_mean_t south = pw_one_more_change(a, advocacy, a->line[PW_ONE_MORE_budget][1]);
    CU_ASSERT(south.mean > 500.0 && south.mean < 5000.0);
    end(s);
}

/* Of the comparator both numbers of places are estimates; its posts are no queue. */
static void test_place_is_added_where_all_places_are_drawn(void)
{
    subject_t *s = calloc(1, sizeof *s);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("params/baseline.cfg", small, 3, &s->baseline, &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("scenarios/more_assessment_workers.cfg", small, 3, &s->scenario, &s->findings), PW_OK);
    s->asked = (pw_one_more_asked_t){ .baseline = s->baseline, .scenario = s->scenario, .sets = small, .n_sets = 3,
                                      .request = { .draws = 2, .replications = 1, .seed = 1, .threads = 1 } };
    CU_ASSERT_EQUAL_FATAL(go(s), PW_OK);
    const pw_one_more_t *a = &s->answer;
    int assessment = -1, team = pw_spec_find(s->scenario, PW_THING_TEAM, "assessment");
    for (int q = 0; q < a->n_queues; q++) {
        assessment = strcmp(a->queue[q].name, "assessment") == 0 ? q : assessment;
        CU_ASSERT(strcmp(a->queue[q].name, "assessment_posts") != 0);
    }
    CU_ASSERT_FATAL(assessment >= 0);
    for (int64_t draw = 0; draw < 2; draw++) {
        const pw_team_t *before = &pw_models_get(&a->evaluation->run.models, draw, 0, 1)->team[team];
        const pw_team_t *after = &pw_models_get(&a->evaluation->run.models, draw, 0, 2 + assessment)->team[team];
        PW_ASSERT_NEAR(after->step[after->n_steps - 1].places - before->step[before->n_steps - 1].places, 1.0, 1e-9);
    }
    end(s);
}

static void test_nothing_to_add_to_is_said(void)
{
    subject_t *s = begin(base, NULL);
    CU_ASSERT_EQUAL(go(s), PW_ERROR_USAGE);
    CU_ASSERT(strstr(pw_text_get(&s->why), "no team and no service has a number of places") != NULL);
    end(s);
}

static void test_one_more_without_memory_says_so(void)
{
    static const long at[] = { 1, 3, 10, 50, 200, 400 };
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        subject_t *s = begin(base, few);
        s->asked.request.replications = 2;
        pw_memory_fail_at(at[i]);
        pw_status_t status = go(s);
        pw_memory_fail_at(0);
        CU_ASSERT_EQUAL(status, PW_ERROR_MEMORY);
        end(s);
    }
}

PW_TESTS(PW_TEST(test_one_more_place_buys_what_paper_says), PW_TEST(test_places_that_are_drawn_are_added_to_in_every_draw),
         PW_TEST(test_place_is_added_where_all_places_are_drawn), PW_TEST(test_nothing_to_add_to_is_said),
         PW_TEST(test_one_more_without_memory_says_so))
