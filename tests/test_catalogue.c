/* The catalogue: every measure once, said once, and the same in docs/measures.md. */
#include <stdlib.h>
#include <string.h>

#include "../model/measure/catalogue.h"
#include "harness.h"
#include "model_maker.h"

typedef struct { pw_model_t model; pw_roster_t roster; pw_layout_t layout; pw_catalogue_t catalogue; } subject_t;

static subject_t *open_catalogue(void)
{
    static const char *const scenario[] = { "baseline" }, *const area[] = { "north" };
    subject_t *s = calloc(1, sizeof *s);
    mk_base(&s->model);
    mk_time(&s->model, 12, 12, 21);
    int team = mk_team(&s->model, "assessment", 2.0), stage = mk_stage(&s->model, "initial_assessment", PW_COUNTS_AS_INITIAL_ASSESSMENT, mk_fixed(5.0));
    mk_team(&s->model, "duty", 2.0);
    mk_needs(&s->model, stage, team, 1.0);
    s->model.stage[stage].statutory_ticks = pw_ticks_from_days(9.8);
    mk_end(&s->model, "closed", PW_COUNTS_AS_CLOSED);
    mk_service(&s->model, "early_help", 2.0, mk_fixed(30.0));
    mk_service(&s->model, "refuge", 2.0, mk_fixed(30.0));
    const pw_model_t *models[] = { &s->model };
    CU_ASSERT_EQUAL(pw_roster_fill(models, 1, 1, scenario, area, &s->roster), PW_OK);
    pw_layout_init(&s->layout, &s->roster);
    CU_ASSERT_EQUAL(pw_catalogue_fill(&s->layout, &s->catalogue), PW_OK);
    return s;
}

static void close_catalogue(subject_t *s)
{
    pw_catalogue_free(&s->catalogue);
    free(s);
}

static void test_every_measure_is_there_once(void)
{
    const pw_definition_t *d;
    int n = pw_definitions(&d), twice = 0, unsaid = 0;
    for (int i = 0; i < n; i++) {
        size_t length = strlen(d[i].definition);
        unsaid += length < 20 || d[i].definition[length - 1] != '.' || !d[i].label[0] || !d[i].unit[0] || !d[i].theme[0];
        for (int j = 0; j < i; j++)
            twice += strcmp(d[i].name, d[j].name) == 0 || strcmp(d[i].definition, d[j].definition) == 0;
    }
    CU_ASSERT(n > 80);
    CU_ASSERT_EQUAL(twice, 0);
    CU_ASSERT_EQUAL(unsaid, 0);
}

static void test_names_of_a_models_measures_are_unique(void)
{
    subject_t *s = open_catalogue();
    int twice = 0, capitals = 0;
    for (int i = 0; i < s->catalogue.n; i++) {
        for (const char *p = s->catalogue.measure[i].name; *p; p++)
            capitals += *p >= 'A' && *p <= 'Z';
        for (int j = 0; j < i; j++)
            twice += strcmp(s->catalogue.measure[i].name, s->catalogue.measure[j].name) == 0;
    }
    CU_ASSERT_EQUAL(twice, 0);
    CU_ASSERT_EQUAL(capitals, 0);
    close_catalogue(s);
}

/* A sum that no measure uses would be work for nothing. */
static void test_every_family_sum_is_in_some_measure(void)
{
    const pw_definition_t *d;
    int n = pw_definitions(&d);
    for (int sum = 0; sum < PW_FAMILY_SUM_N; sum++) {
        bool used = false;
        for (int i = 0; i < n && !used; i++)
            for (int k = 0; k < d[i].sums; k++)
                used = used || (d[i].sum[k].block == PW_BLOCK_FAMILY && d[i].sum[k].sum == sum);
        if (!used)
            printf("  no measure uses %s\n", pw_layout_sum_name(PW_BLOCK_FAMILY, sum));
        CU_ASSERT(used);
    }
}

static void test_harm_stands_in_three_lines_with_the_headline_first(void)
{
    subject_t *s = open_catalogue();
    int at = pw_catalogue_find(&s->catalogue, "incidents_with_child_present");
    CU_ASSERT_FATAL(at >= 0);
    PW_ASSERT_TEXT(s->catalogue.measure[at + 1].name, "incidents_with_child_present_reported");
    PW_ASSERT_TEXT(s->catalogue.measure[at + 2].name, "incidents_with_child_present_notified");
    PW_ASSERT_TEXT(s->catalogue.measure[at + 3].name, "incidents");
    PW_ASSERT_TEXT(s->catalogue.measure[at].label, "Incidents with child present");
    CU_ASSERT(s->catalogue.measure[at].headline && s->catalogue.measure[at + 2].headline);
    close_catalogue(s);
}

static void test_measures_are_made_for_the_models_own_names(void)
{
    subject_t *s = open_catalogue();
    CU_ASSERT(pw_catalogue_find(&s->catalogue, "started_refuge") >= 0);
    CU_ASSERT(pw_catalogue_find(&s->catalogue, "wait_assessment") >= 0);
    CU_ASSERT(pw_catalogue_find(&s->catalogue, "within_statutory_initial_assessment") >= 0);
    CU_ASSERT(pw_catalogue_find(&s->catalogue, "within_statutory_closed") < 0);
    CU_ASSERT(s->catalogue.measure[pw_catalogue_find(&s->catalogue, "wait_assessment")].headline);
    CU_ASSERT(!s->catalogue.measure[pw_catalogue_find(&s->catalogue, "wait_duty")].headline);
    CU_ASSERT(s->catalogue.measure[pw_catalogue_find(&s->catalogue, "renotified_21_months")].headline);
    CU_ASSERT(!s->catalogue.measure[pw_catalogue_find(&s->catalogue, "renotified_6_months")].headline);
    PW_ASSERT_TEXT(pw_catalogue_nearest(&s->catalogue, "repeat_notification"), "repeat_notifications");
    close_catalogue(s);
}

static void test_prices_are_made_of_measures(void)
{
    subject_t *s = open_catalogue();
    const pw_price_t *price;
    int n = pw_prices(&price);
    for (int i = 0; i < n; i++) {
        int pounds = pw_catalogue_find(&s->catalogue, price[i].pounds), units = pw_catalogue_find(&s->catalogue, price[i].units);
        CU_ASSERT_FATAL(pounds >= 0 && units >= 0);
        CU_ASSERT(strncmp(s->catalogue.measure[pounds].definition->unit, "£", strlen("£")) == 0);
        CU_ASSERT_EQUAL(s->catalogue.measure[units].definition->direction < 0 || strstr(price[i].name, "notification") != NULL, true);
    }
    close_catalogue(s);
}

/* docs/measures.md is what `pathways measures` prints. */
static void test_document_is_the_catalogues(void)
{
    char *made = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&made, &length), *file = fopen("docs/measures.md", "r");
    CU_ASSERT_FATAL(memory && file);
    CU_ASSERT_EQUAL(pw_catalogue_document(memory), PW_OK);
    fclose(memory);
    char *kept = calloc(1, length + 2);
    size_t n = fread(kept, 1, length + 1, file);
    fclose(file);
    CU_ASSERT_EQUAL(n, length);
    CU_ASSERT_EQUAL(strcmp(kept, made), 0);
    free(kept);
    free(made);
}

PW_TESTS(PW_TEST(test_every_measure_is_there_once), PW_TEST(test_names_of_a_models_measures_are_unique), PW_TEST(test_every_family_sum_is_in_some_measure),
         PW_TEST(test_harm_stands_in_three_lines_with_the_headline_first), PW_TEST(test_measures_are_made_for_the_models_own_names),
         PW_TEST(test_prices_are_made_of_measures), PW_TEST(test_document_is_the_catalogues))
