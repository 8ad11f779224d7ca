/* Layering: a scenario over its base, and --set over both. */
#include <stdio.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/spec/tree.h"
#include "harness.h"

#define CASES "tests/cases/syntax/"

static pw_findings_t findings;

static pw_node_t *read_with(const char *name, const char *const *sets, int n)
{
    char path[256];
    pw_node_t *root = NULL;
    snprintf(path, sizeof path, CASES "%s", name);
    pw_findings_free(&findings);
    CU_ASSERT_EQUAL_FATAL(pw_tree_read_layered(path, sets, n, &root, NULL, &findings), PW_OK);
    return root;
}

static pw_node_t *read_one(const char *name) { return read_with(name, NULL, 0); }

/* The node that pw_tree_path writes as `path`; NULL: none. */
static pw_node_t *find(pw_node_t *root, pw_node_t *from, const char *path)
{
    char own[PW_TREE_PATH];
    if (pw_tree_path(root, from, own, sizeof own) && strcmp(own, path) == 0)
        return from;
    for (int i = 0; i < from->n; i++) {
        pw_node_t *found = find(root, from->child[i], path);
        if (found)
            return found;
    }
    return NULL;
}

static pw_node_t *node_at(pw_node_t *root, const char *path)
{
    pw_node_t *node = find(root, root, path);
    if (!node)
        printf("\nno %s\n", path);
    CU_ASSERT_PTR_NOT_NULL_FATAL(node);
    return node;
}

static void check_number(pw_node_t *root, const char *path, double value, const char *file, int line)
{
    const pw_node_t *node = node_at(root, path);
    PW_ASSERT_NEAR(node->real, value, 0.0);
    PW_ASSERT_TEXT(node->file, file);
    CU_ASSERT_EQUAL(node->line, line);
}

static int said(const char *path, const char *words)
{
    for (size_t i = 0; i < findings.n; i++)
        if (strcmp(findings.finding[i].path ? findings.finding[i].path : "", path) == 0 && strstr(findings.finding[i].message, words))
            return findings.finding[i].line ? findings.finding[i].line : -1;
    return 0;
}

static void expect(const char *path, int line, const char *words)
{
    int found = said(path, words);
    if (found != line) {
        printf("\nexpected line %d, %s: %s\n", line, path, words);
        pw_findings_print(&findings, stdout);
    }
    CU_ASSERT_EQUAL(found, line);
}

/* ---- a scenario over its base ---- */

static void test_groups_merge_and_each_value_knows_its_line(void)
{
    pw_node_t *root = read_one("lawful_scenario.cfg");
    CU_ASSERT_EQUAL(findings.n, 0);
    check_number(root, "time.intake_months", 6.0, CASES "lawful_scenario.cfg", 3);
    check_number(root, "time.follow_up_months", 21.0, CASES "parts/follow_up.cfg", 1);
    PW_ASSERT_TEXT(node_at(root, "title")->text, "scenario");
    CU_ASSERT_PTR_NULL(pw_tree_child(root, "base"));
    pw_tree_free(root);
}

static void test_elements_of_lists_are_found_by_their_key(void)
{
    pw_node_t *root = read_one("lawful_scenario.cfg");
    check_number(root, "stages.screening.choice.letter.percent", 10.0, CASES "lawful_scenario.cfg", 12);
    check_number(root, "stages.screening.choice.letter.ratio.injury", 2.0, CASES "lawful_base.cfg", 10);
    check_number(root, "stages.screening.choice.visit.percent", 2.0, CASES "lawful_scenario.cfg", 12);
    check_number(root, "stages.screening.effects.reporting+always.ratio", 0.5, CASES "lawful_scenario.cfg", 14);
    check_number(root, "stages.screening.effects.reporting+attending.ratio", 0.9, CASES "lawful_base.cfg", 12);
    check_number(root, "stages.screening.effects.severity+always.ratio", 0.8, CASES "lawful_base.cfg", 13);
    check_number(root, "stages.screening.costs.police.each_pounds", 10.0, CASES "lawful_base.cfg", 14);
    check_number(root, "stages.screening.costs.health.each_pounds", 7.0, CASES "lawful_scenario.cfg", 15);
    check_number(root, "stages.screening.on.incident.percent", 5.0, CASES "lawful_base.cfg", 11);
    pw_tree_free(root);
}

static void test_new_elements_come_last_and_removed_ones_keep_their_place(void)
{
    pw_node_t *root = read_one("lawful_scenario.cfg");
    const pw_node_t *teams = node_at(root, "teams");
    CU_ASSERT_EQUAL_FATAL(teams->n, 4);
    CU_ASSERT_TRUE(teams->child[0]->removed);
    CU_ASSERT_EQUAL(teams->child[0]->line, 7);
    PW_ASSERT_TEXT(teams->child[0]->file, CASES "lawful_scenario.cfg");
    CU_ASSERT_FALSE(teams->child[1]->removed);
    PW_ASSERT_TEXT(pw_tree_child(teams->child[3], "name")->text, "new_team");
    CU_ASSERT_TRUE(node_at(root, "stages.screening.on.notification")->removed);
    CU_ASSERT_EQUAL(node_at(root, "stages")->n, 3);
    pw_tree_free(root);
}

static void test_a_value_replaces_a_group_and_a_group_a_value(void)
{
    pw_node_t *root = read_one("lawful_scenario.cfg");
    check_number(root, "teams.assessment.places", 10.0, CASES "lawful_scenario.cfg", 5);
    CU_ASSERT_EQUAL(node_at(root, "teams.assessment.places")->n, 0);
    check_number(root, "teams.long_term.places.south", 4.0, CASES "lawful_scenario.cfg", 6);
    pw_tree_free(root);
}

static void test_lists_without_keys_are_replaced_whole(void)
{
    pw_node_t *root = read_one("lawful_scenario.cfg");
    CU_ASSERT_EQUAL(node_at(root, "percent_by_month")->n, 2);
    check_number(root, "percent_by_month.2", 2.0, CASES "lawful_scenario.cfg", 17);
    pw_tree_free(root);
}

static void test_an_estimate_is_replaced_whole(void)
{
    pw_node_t *root = read_one("lawful_scenario.cfg");
    const pw_node_t *cost = node_at(root, "evidence.letter_cost");
    PW_ASSERT_NEAR(pw_tree_child(cost, "value")->real, 20.0, 0.0);
    CU_ASSERT_PTR_NULL(pw_tree_child(cost, "low"));
    CU_ASSERT_PTR_NULL(pw_tree_child(cost, "note"));
    CU_ASSERT_EQUAL(cost->line, 18);
    CU_ASSERT_EQUAL(node_at(root, "evidence")->n, 2);
    PW_ASSERT_NEAR(node_at(root, "evidence.long_term_places.low")->real, 28.0, 0.0);
    pw_tree_free(root);
}

static void test_three_files_are_laid_in_order_and_what_was_removed_can_come_back(void)
{
    pw_node_t *root = read_one("lawful_second.cfg");
    CU_ASSERT_EQUAL(findings.n, 0);
    const pw_node_t *duty = node_at(root, "teams.duty");
    CU_ASSERT_FALSE(duty->removed);
    CU_ASSERT_PTR_EQUAL(node_at(root, "teams")->child[0], duty);
    check_number(root, "teams.duty.places", 2.0, CASES "lawful_second.cfg", 2);
    check_number(root, "time", 5.0, CASES "lawful_second.cfg", 3);
    PW_ASSERT_TEXT(node_at(root, "title")->text, "scenario");
    pw_tree_free(root);
}

static void test_the_baseline_is_the_bottom_file_alone(void)
{
    const char *set = "title=other";
    pw_node_t *root, *baseline;
    pw_findings_free(&findings);
    CU_ASSERT_EQUAL_FATAL(pw_tree_read_layered(CASES "lawful_second.cfg", &set, 1, &root, &baseline, &findings), PW_OK);
    PW_ASSERT_TEXT(node_at(baseline, "title")->text, "base");
    CU_ASSERT_FALSE(node_at(baseline, "teams.duty")->removed);
    CU_ASSERT_EQUAL(node_at(baseline, "teams")->n, 3);
    PW_ASSERT_TEXT(node_at(root, "title")->text, "other");
    pw_tree_free(root);
    PW_ASSERT_TEXT(node_at(baseline, "time.intake_months")->file, CASES "parts/time.cfg");
    pw_tree_free(baseline);
}

static void test_a_file_laid_over_itself_changes_no_value(void)
{
    pw_node_t *under = read_one("lawful_scenario.cfg"), *over = read_one("lawful_scenario.cfg");
    CU_ASSERT_EQUAL(pw_tree_layer(under, over, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 0);
    CU_ASSERT_EQUAL(node_at(under, "teams")->n, 4);
    check_number(under, "stages.screening.choice.letter.percent", 10.0, CASES "lawful_scenario.cfg", 12);
    pw_tree_free(under);
    pw_tree_free(over);
}

static void test_removing_what_is_not_there_is_refused(void)
{
    pw_node_t *root = read_one("removes_nothing.cfg");
    expect("teams.dutty", 3, "there is no such element to take out (did you mean \"duty\"?)");
    expect("teams.duty", 3, "remove is true or false");
    expect("teams.long_term", 3, "\"places\" stands beside remove = true");
    expect("stages.screening.choice.leter", 4, "there is no such element");
    expect("stages.new.choice.closed", 5, "there is no such element to take out");
    CU_ASSERT_EQUAL(findings.n, 5);
    pw_tree_free(root);
}

static void test_an_element_that_does_not_say_which_one_it_is_is_refused(void)
{
    pw_node_t *root = read_one("element_without_key.cfg");
    expect("teams", 5, "does not say which one it is");
    CU_ASSERT_EQUAL(findings.n, 1);
    CU_ASSERT_EQUAL(node_at(root, "teams")->n, 3);
    check_number(root, "teams.duty.places", 1.0, CASES "element_without_key.cfg", 4);
    CU_ASSERT_EQUAL(node_at(root, "percent_by_month")->n, 0);
    CU_ASSERT_EQUAL(node_at(root, "stages.screening.costs")->n, 0);
    pw_tree_free(root);
}

static void refuse_base(const char *name, int line, const char *words)
{
    char path[256];
    pw_node_t *root;
    snprintf(path, sizeof path, CASES "%s", name);
    pw_findings_free(&findings);
    CU_ASSERT_EQUAL(pw_tree_read_layered(path, NULL, 0, &root, NULL, &findings), PW_ERROR_INPUT);
    CU_ASSERT_PTR_NULL(root);
    expect("base", line, words);
}

static void test_bases_that_lead_nowhere_are_refused(void)
{
    refuse_base("base_is_itself.cfg", 2, "is its own base");
    refuse_base("base_circle.cfg", 1, "is its own base");
    refuse_base("base_missing.cfg", 3, "there is no such file");
    refuse_base("base_is_a_number.cfg", 2, "the name of a file in quotes");
}

/* ---- --set ---- */

static void test_set_changes_what_the_path_leads_to(void)
{
    static const char *const sets[] = { "time.intake_months=3", "stages.screening.choice.letter.percent=12.5", "stages.letter.end=false",
                                        "stages.screening.team=assessment", "percent_by_month.2=7", "title=\"a = b\"",
                                        "stages.screening.effects.severity.ratio=1e-3", "teams.assessment.places=9" };
    pw_node_t *root = read_with("lawful_base.cfg", sets, 8);
    CU_ASSERT_EQUAL(findings.n, 0);
    check_number(root, "time.intake_months", 3.0, "--set", 0);
    CU_ASSERT_EQUAL(node_at(root, "time.intake_months")->kind, PW_NODE_INTEGER);
    check_number(root, "stages.screening.choice.letter.percent", 12.5, "--set", 0);
    CU_ASSERT_EQUAL(node_at(root, "stages.letter.end")->kind, PW_NODE_BOOL);
    CU_ASSERT_FALSE(node_at(root, "stages.letter.end")->boolean);
    PW_ASSERT_TEXT(node_at(root, "stages.screening.team")->text, "assessment");
    check_number(root, "percent_by_month.2", 7.0, "--set", 0);
    PW_ASSERT_TEXT(node_at(root, "title")->text, "a = b");
    check_number(root, "stages.screening.effects.severity+always.ratio", 1e-3, "--set", 0);
    check_number(root, "teams.assessment.places", 9.0, "--set", 0);
    pw_tree_free(root);
}

static void test_set_gives_one_area_its_own_value(void)
{
    static const char *const sets[] = { "teams.assessment.places.north=20", "teams.duty.places.south=3", "teams.long_term.places.north=5" };
    pw_node_t *root = read_with("lawful_base.cfg", sets, 3);
    CU_ASSERT_EQUAL(findings.n, 0);
    check_number(root, "teams.assessment.places.north", 20.0, "--set", 0);
    check_number(root, "teams.assessment.places.south", 7.0, CASES "lawful_base.cfg", 7);
    check_number(root, "teams.duty.places.south", 3.0, "--set", 0);
    check_number(root, "teams.duty.places.north", 8.0, CASES "lawful_base.cfg", 7);
    PW_ASSERT_TEXT(node_at(root, "teams.long_term.places.south")->text, "long_term_places");
    pw_tree_free(root);
}

static void test_set_makes_an_estimate_fixed(void)
{
    static const char *const sets[] = { "evidence.letter_cost=7.5" };
    pw_node_t *root = read_with("lawful_base.cfg", sets, 1);
    CU_ASSERT_EQUAL(findings.n, 0);
    const pw_node_t *cost = node_at(root, "evidence.letter_cost");
    PW_ASSERT_NEAR(pw_tree_child(cost, "value")->real, 7.5, 0.0);
    PW_ASSERT_TEXT(pw_tree_child(cost, "kind")->text, "pounds");
    PW_ASSERT_TEXT(pw_tree_child(cost, "grade")->text, "assumed");
    PW_ASSERT_TEXT(pw_tree_child(cost, "source")->text, "none");
    CU_ASSERT_EQUAL(pw_tree_child(cost, "price_year")->integer, 2010);
    CU_ASSERT_PTR_NULL(pw_tree_child(cost, "low"));
    PW_ASSERT_TEXT(cost->file, "--set");
    pw_tree_free(root);
}

static void test_set_that_leads_nowhere_says_what_is_near(void)
{
    static const char *const sets[] = { "time.intake_month=3", "zzz=1", "time=3", "stages.screening.choice=4", "title.x=1", "evidence.letter_cost.low=3",
                                        "evidence.letter_cost=much", "time.intake_months=1e400", "teams.duty.places.east=3",
                                        "stages.screening.effects.reporting.ratio=1" };
    static const char *const shapes[] = { "time", "=3", "time.intake_months=", "" };
    pw_node_t *root = read_with("lawful_base.cfg", sets, 10);
    expect("time.intake_month", -1, "did you mean time.intake_months?");
    expect("zzz", -1, "there is no \"zzz\" in the files, which hold schema, title");
    expect("time", -1, "leads to a whole group, not to a value; it holds intake_months, follow_up_months");
    expect("stages.screening.choice", -1, "leads to a whole list, not to a value; it holds closed, letter");
    expect("title.x", -1, "title is a single value");
    expect("evidence.letter_cost.low", -1, "is set whole: evidence.letter_cost=");
    expect("evidence.letter_cost", -1, "much is not a number");
    expect("time.intake_months", -1, "1e400 is not a number that can be read");
    expect("teams.duty.places.east", -1, "teams.duty.places is a single value");
    expect("stages.screening.effects.reporting.ratio", -1, "leads to nothing");
    CU_ASSERT_EQUAL(findings.n, 10);
    PW_ASSERT_NEAR(node_at(root, "evidence.letter_cost.value")->real, 15.0, 0.0);
    pw_tree_free(root);
    root = read_with("lawful_base.cfg", shapes, 4);
    CU_ASSERT_EQUAL(findings.n, 4);
    expect("", -1, "is not path=value");
    pw_tree_free(root);
    static const char *const gone[] = { "teams.duty.places=3" };
    root = read_with("lawful_scenario.cfg", gone, 1);
    expect("teams.duty.places", -1, "taken out");
    pw_tree_free(root);
}

static void test_every_failing_allocation_is_survived(void)
{
    static const char *const sets[] = { "teams.duty.places.south=3", "evidence.letter_cost=7.5", "time.intake_month=3" };
    int tries = 0;
    for (long n = 1; tries < 9000; n++, tries++) {
        pw_node_t *root = NULL, *baseline = NULL;
        pw_findings_t own = { 0 };
        pw_memory_fail_at(n);
        pw_status_t status = pw_tree_read_layered(CASES "removes_nothing.cfg", sets, 3, &root, &baseline, &own);
        pw_memory_fail_at(0);
        CU_ASSERT_TRUE(status == PW_OK ? root && baseline : !root && !baseline);
        bool whole = status == PW_OK && !own.out_of_memory;
        pw_tree_free(root);
        pw_tree_free(baseline);
        pw_findings_free(&own);
        if (whole)
            break;
    }
    CU_ASSERT_TRUE(tries > 300 && tries < 9000);
    pw_findings_free(&findings);
}

PW_TESTS(PW_TEST(test_groups_merge_and_each_value_knows_its_line), PW_TEST(test_elements_of_lists_are_found_by_their_key),
         PW_TEST(test_new_elements_come_last_and_removed_ones_keep_their_place), PW_TEST(test_a_value_replaces_a_group_and_a_group_a_value),
         PW_TEST(test_lists_without_keys_are_replaced_whole), PW_TEST(test_an_estimate_is_replaced_whole),
         PW_TEST(test_three_files_are_laid_in_order_and_what_was_removed_can_come_back), PW_TEST(test_the_baseline_is_the_bottom_file_alone),
         PW_TEST(test_a_file_laid_over_itself_changes_no_value), PW_TEST(test_removing_what_is_not_there_is_refused),
         PW_TEST(test_an_element_that_does_not_say_which_one_it_is_is_refused),
         PW_TEST(test_bases_that_lead_nowhere_are_refused), PW_TEST(test_set_changes_what_the_path_leads_to),
         PW_TEST(test_set_gives_one_area_its_own_value), PW_TEST(test_set_makes_an_estimate_fixed),
         PW_TEST(test_set_that_leads_nowhere_says_what_is_near), PW_TEST(test_every_failing_allocation_is_survived))
