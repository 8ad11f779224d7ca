/* The grammar: what a setting may look like, and where it lands. */
#include <math.h>
#include <string.h>

#include "../model/spec/schema.h"
#include "harness.h"

static pw_spec_t *load(const char *file, const char *const *sets, int n_sets, size_t n_findings)
{
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    CU_ASSERT_EQUAL_FATAL(pw_spec_load_for_pilot(file, sets, n_sets, &spec, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, n_findings);
    if (findings.n != n_findings)
        pw_findings_print(&findings, stderr);
    pw_findings_free(&findings);
    return spec;
}

static void test_baseline_and_its_scenarios_have_no_fault(void)
{
    static const char *const files[] = { "params/baseline.cfg", "scenarios/supervised_contact.cfg", "scenarios/perpetrator_programme.cfg",
                                         "scenarios/joint_screening.cfg" };
    static const char *const names[] = { "baseline", "supervised_contact", "perpetrator_programme", "joint_screening" };
    for (int i = 0; i < 4; i++) {
        pw_spec_t *spec = load(files[i], NULL, 0, 0);
        PW_ASSERT_TEXT(spec->name, names[i]);
        CU_ASSERT_EQUAL(pw_spec_areas(spec), 2);
        PW_ASSERT_TEXT(pw_spec_area_name(spec, 1), "south");
        CU_ASSERT_TRUE(spec->stages.n >= 10);
        CU_ASSERT_PTR_NOT_NULL(spec->title);
        CU_ASSERT_TRUE(i == 0 || (spec->rationale && spec->source));
        pw_spec_free(spec);
    }
}

static void test_setting_is_a_number_an_estimate_or_either_by_area(void)
{
    pw_spec_t *spec = load("tests/cases/compile/base.cfg", NULL, 0, 0);
    int share = pw_evidence_find(&spec->evidence, "share");
    CU_ASSERT_EQUAL(spec->incidents.reported.base.estimate[0], share);
    CU_ASSERT_EQUAL(spec->incidents.reported.base.estimate[1], share);
    CU_ASSERT_EQUAL(spec->incidents.child_present.base.estimate[0], -1);
    PW_ASSERT_NEAR(spec->incidents.child_present.base.number[1], 50.0, 0.0);
    PW_ASSERT_NEAR(spec->police.notifies.base.number[0], 80.0, 0.0);
    PW_ASSERT_NEAR(spec->police.notifies.base.number[1], 70.0, 0.0);
    pw_spec_free(spec);
}

static void test_chance_may_be_a_bare_number(void)
{
    pw_spec_t *spec = load("tests/cases/compile/base.cfg", NULL, 0, 0);
    PW_ASSERT_NEAR(spec->police.removes_partner.base.number[0], 50.0, 0.0);
    CU_ASSERT_EQUAL(spec->police.removes_partner.n_terms, 0);
    PW_ASSERT_NEAR(spec->other_referrals.base.number[1], 0.05, 0.0);
    CU_ASSERT_EQUAL(spec->other_referrals.unit, PW_UNIT_PER_YEAR);
    pw_spec_free(spec);
}

static void test_what_is_not_given_has_its_default(void)
{
    pw_spec_t *spec = load("tests/cases/refusals/lawful.cfg", NULL, 0, 0);
    CU_ASSERT_PTR_NULL(spec->leaving.births.node);
    PW_ASSERT_NEAR(spec->leaving.births.base.number[0], 0.0, 0.0);
    PW_ASSERT_NEAR(spec->leaving.adult_at_years.number[0], 18.0, 0.0);
    PW_ASSERT_NEAR(spec->money.discount_percent.number[0], 3.5, 0.0);
    PW_ASSERT_NEAR(spec->previous_notifications_cap.number[0], 5.0, 0.0);
    CU_ASSERT_EQUAL(spec->stages.item[1].team, -1);
    CU_ASSERT_TRUE(spec->teams.item[0].limits);
    CU_ASSERT_EQUAL(spec->police.sees, -1);
    pw_spec_free(spec);
}

static void test_each_chance_knows_the_place_of_its_averages(void)
{
    pw_spec_t *spec = load("tests/cases/compile/base.cfg", NULL, 0, 0);
    CU_ASSERT_EQUAL(spec->incidents.rate.place, PW_PLACE_TIME);
    CU_ASSERT_EQUAL(spec->incidents.child_present.place, PW_PLACE_INCIDENT);
    CU_ASSERT_EQUAL(spec->police.notifies.place, PW_PLACE_POLICE);
    CU_ASSERT_EQUAL(spec->attributes.item[0].chance.place, PW_PLACE_ENTRY);
    CU_ASSERT_EQUAL(spec->engagement.partner_approached.place, PW_PLACE_ENGAGEMENT);
    CU_ASSERT_EQUAL(spec->stages.item[2].choice.item[1].weight.place, PW_PLACE_STAGE_0 + 2);
    CU_ASSERT_EQUAL(spec->stages.item[2].on.item[0].chance.place, PW_PLACE_STAGE_0 + 2);
    CU_ASSERT_EQUAL(spec->services.item[0].uptake.place, PW_PLACE_SERVICE_0);
    CU_ASSERT_EQUAL(spec->attributes.item[3].open_choice.item[0].weight.place, PW_PLACE_ENTRY);
    pw_spec_free(spec);
}

static void test_every_covariate_has_one_name_and_is_found_by_it(void)
{
    pw_spec_t *spec = load("tests/cases/compile/base.cfg", NULL, 0, 0);
    pw_findings_t findings = { 0 };
    pw_reader_t reader = { .spec = spec, .findings = &findings, .thing = -1, .index = -1 };
    int named = 0;
    for (int c = 0; c < PW_MAX_BITS + PW_MAX_NUMBERS; c++) {
        char name[128];
        pw_covariate_name(spec, c, name, sizeof name);
        if (!name[0] || (c < PW_BIT_SEPARATED && strcmp(name, "separated") == 0))
            continue;
        named++;
        CU_ASSERT_EQUAL(pw_covariate_find(&reader, name, ~0u, NULL), c);
    }
    CU_ASSERT_EQUAL(named, 3 + 17 + 6 + 1 + 1 + 3 + 3);      /* attributes, built in, stages, service twice, numbers, workloads */
    CU_ASSERT_EQUAL(pw_covariate_find(&reader, "workload_assessment", PW_ALLOW_RATE, NULL), -1);
    CU_ASSERT_EQUAL(pw_covariate_find(&reader, "in_stage_support", PW_ALLOW_RATE, NULL), PW_BIT_IN_STAGE_0 + 4);
    CU_ASSERT_EQUAL(findings.n, 0);
    pw_findings_free(&findings);
    pw_spec_free(spec);
}

/* Every row of every table has a sentence for people and, if it is a number, a range that holds its default. */
static void visit(const pw_schema_t *schema, int depth)
{
    for (int i = 0; i < schema->n_fields && depth < 6; i++) {
        const pw_field_t *field = &schema->field[i];
        CU_ASSERT_TRUE(field->meaning && strlen(field->meaning) > 5);
        bool is_number = field->kind == PW_FIELD_FIXED || field->kind == PW_FIELD_CHANCE || field->kind == PW_FIELD_CHANCE_HERE;
        if (is_number && !isnan(field->otherwise))
            CU_ASSERT_TRUE(field->otherwise >= field->low && field->otherwise <= field->high);
        for (int k = 0; k < i; k++)
            CU_ASSERT_NOT_EQUAL(strcmp(field->key, schema->field[k].key), 0);
        if (field->schema)
            visit(field->schema, depth + 1);
    }
}

static void test_tables_are_whole(void) { visit(&pw_schema_root, 0); }

static void test_set_changes_one_value(void)
{
    static const char *const sets[] = { "stages.screening.choice.assessment.percent=12", "police.notifies.percent.south=55", "incidents.reported.percent=31" };
    pw_spec_t *spec = load("tests/cases/compile/base.cfg", sets, 3, 0);
    PW_ASSERT_NEAR(spec->stages.item[0].choice.item[1].weight.base.number[0], 12.0, 0.0);
    PW_ASSERT_NEAR(spec->police.notifies.base.number[0], 80.0, 0.0);
    PW_ASSERT_NEAR(spec->police.notifies.base.number[1], 55.0, 0.0);
    CU_ASSERT_EQUAL(spec->incidents.reported.base.estimate[0], -1);
    pw_spec_free(spec);
}

PW_TESTS(PW_TEST(test_baseline_and_its_scenarios_have_no_fault), PW_TEST(test_setting_is_a_number_an_estimate_or_either_by_area),
         PW_TEST(test_chance_may_be_a_bare_number), PW_TEST(test_what_is_not_given_has_its_default),
         PW_TEST(test_each_chance_knows_the_place_of_its_averages), PW_TEST(test_every_covariate_has_one_name_and_is_found_by_it),
         PW_TEST(test_tables_are_whole), PW_TEST(test_set_changes_one_value))
