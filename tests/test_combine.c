/* Combining scenarios: files on one base laid over it one after the other, and the values that they must not set differently. */
#include <stdio.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/spec/spec.h"
#include "../model/spec/tree.h"
#include "harness.h"

#define CASES "tests/cases/combine/"

static pw_findings_t findings;

static pw_status_t load(const char *name, pw_node_t **root, pw_node_t **baseline)
{
    char path[256];
    snprintf(path, sizeof path, CASES "%s", name);
    pw_findings_free(&findings);
    return pw_tree_read_layered(path, NULL, 0, root, baseline, &findings);
}

static pw_node_t *read_one(const char *name)
{
    pw_node_t *root = NULL;
    CU_ASSERT_EQUAL_FATAL(load(name, &root, NULL), PW_OK);
    return root;
}

static pw_node_t *read_lawful(const char *name)
{
    pw_node_t *root = read_one(name);
    CU_ASSERT_EQUAL(findings.n, 0);
    pw_findings_print(&findings, stdout);
    return root;
}

/* The node that pw_tree_path writes as `path`; NULL: none. */
static const pw_node_t *find(const pw_node_t *root, const pw_node_t *from, const char *path)
{
    char own[PW_TREE_PATH];
    if (pw_tree_path(root, from, own, sizeof own) && strcmp(own, path) == 0)
        return from;
    for (int i = 0; i < from->n; i++) {
        const pw_node_t *found = find(root, from->child[i], path);
        if (found)
            return found;
    }
    return NULL;
}

static const pw_node_t *node_at(const pw_node_t *root, const char *path)
{
    const pw_node_t *node = find(root, root, path);
    if (!node)
        printf("\nno %s\n", path);
    CU_ASSERT_PTR_NOT_NULL_FATAL(node);
    return node;
}

static void check_number(const pw_node_t *root, const char *path, double value, const char *file, int line)
{
    const pw_node_t *node = node_at(root, path);
    PW_ASSERT_NEAR(node->real, value, 0.0);
    PW_ASSERT_TEXT(node->file, file);
    CU_ASSERT_EQUAL(node->line, line);
}

/* One finding, there, with these words; and no other. */
static void check_finding(const char *file, int line, const char *path, const char *words)
{
    CU_ASSERT_EQUAL(findings.n, 1);
    const pw_finding_t *it = findings.n ? &findings.finding[0] : NULL;
    bool good = it && it->line == line && strcmp(it->file, file) == 0 && strcmp(it->path ? it->path : "", path) == 0 && strstr(it->message, words);
    CU_ASSERT_TRUE(good);
    if (!good || findings.n != 1) {
        printf("\nexpected %s:%d: %s: %s\n", file, line, path, words);
        pw_findings_print(&findings, stdout);
    }
}

static void differs(const char *name, const char *file, int line, const char *path, const char *words)
{
    pw_node_t *root = read_one(name);
    check_finding(file, line, path, words);
    pw_tree_free(root);
}

static void refused(const char *name, const char *file, int line, const char *path, const char *words)
{
    pw_node_t *root = NULL, *baseline = NULL;
    CU_ASSERT_EQUAL(load(name, &root, &baseline), PW_ERROR_INPUT);
    CU_ASSERT_PTR_NULL(root);
    CU_ASSERT_PTR_NULL(baseline);
    check_finding(file, line, path, words);
}

/* ---- what goes together ---- */

static void test_what_each_file_sets_comes_in_with_its_line(void)
{
    pw_node_t *root = read_lawful("package.cfg");
    check_number(root, "services.centre.places", 10.0, CASES "other_things.cfg", 8);
    check_number(root, "services.centre.offered.screening.percent", 5.0, CASES "more_places.cfg", 5);
    check_number(root, "services.centre.offered.closed.percent", 7.0, CASES "other_things.cfg", 8);
    check_number(root, "services.centre.offered.letter.percent", 20.0, CASES "base.cfg", 13);
    check_number(root, "police.notifies.percent", 70.0, CASES "other_things.cfg", 6);
    check_number(root, "police.notifies.odds_ratio.injury", 1.5, CASES "base.cfg", 7);
    check_number(root, "evidence.uptake.value", 50.0, CASES "other_things.cfg", 5);
    CU_ASSERT_PTR_NULL(find(root, root, "evidence.uptake.low"));
    CU_ASSERT_TRUE(node_at(root, "stages.screening.choice.letter")->removed);
    CU_ASSERT_PTR_NULL(pw_tree_child(root, "combine"));
    CU_ASSERT_PTR_NULL(pw_tree_child(root, "base"));
    pw_tree_free(root);
}

static void test_two_costs_of_one_payer_are_told_apart_by_name(void)
{
    pw_node_t *root = read_lawful("package.cfg");
    check_number(root, "services.centre.costs.police.each_pounds", 10.0, CASES "base.cfg", 13);
    check_number(root, "services.centre.costs.leaflet.each_pounds", 1.0, CASES "other_things.cfg", 8);
    pw_tree_free(root);
}

static void test_package_lays_its_own_settings_over_what_it_combines(void)
{
    pw_node_t *root = read_lawful("package.cfg");
    check_number(root, "services.school.places", 6.0, CASES "package.cfg", 5);
    PW_ASSERT_TEXT(node_at(root, "title")->text, "package");
    CU_ASSERT_PTR_NULL(pw_tree_child(root, "rationale")); /* each file's own words stay with it */
    pw_tree_free(root);
}

static void test_title_of_the_base_stays_where_a_package_has_none(void)
{
    pw_node_t *root = read_lawful("package_of_packages.cfg");
    PW_ASSERT_TEXT(node_at(root, "title")->text, "base");
    pw_tree_free(root);
}

static void test_package_may_be_combined_again_and_one_file_come_in_twice(void)
{
    pw_node_t *root = read_lawful("package_of_packages.cfg");
    check_number(root, "services.school.places", 6.0, CASES "package.cfg", 5);
    check_number(root, "services.centre.places", 10.0, CASES "other_things.cfg", 8);
    CU_ASSERT_EQUAL(node_at(root, "services")->n, 2);
    pw_tree_free(root);
}

static void test_package_may_be_a_base(void)
{
    pw_node_t *root = NULL, *baseline = NULL;
    CU_ASSERT_EQUAL_FATAL(load("on_a_package.cfg", &root, &baseline), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 0);
    check_number(root, "services.school.places", 8.0, CASES "on_a_package.cfg", 3);
    check_number(root, "services.centre.places", 10.0, CASES "other_things.cfg", 8);
    check_number(baseline, "services.centre.places", 2.0, CASES "base.cfg", 13); /* the bottom alone */
    pw_tree_free(root);
    pw_tree_free(baseline);
}

static void test_two_files_may_take_the_same_thing_out(void)
{
    pw_node_t *root = read_lawful("both_remove.cfg");
    CU_ASSERT_TRUE(node_at(root, "stages.screening.choice.letter")->removed);
    pw_tree_free(root);
}

static void test_package_decides_where_its_files_differ(void)
{
    pw_node_t *root = read_lawful("both_remove.cfg"); /* 10 and 5 places; the package says 7 */
    check_number(root, "services.centre.places", 7.0, CASES "both_remove.cfg", 4);
    pw_tree_free(root);
}

/* ---- what does not ---- */

static void test_two_values_of_one_setting_are_told_with_both_places(void)
{
    differs("conflict.cfg", CASES "fewer_places.cfg", 4, "services.centre.places",
            "5.0 here, but 10.0 in tests/cases/combine/more_places.cfg:5, and both files are combined by tests/cases/combine/conflict.cfg");
}

static void test_conflict_inside_a_combined_package_is_found_though_the_outer_one_decides(void)
{
    differs("conflict_inside.cfg", CASES "fewer_places.cfg", 4, "services.centre.places", "combined by tests/cases/combine/conflict.cfg");
}

static void test_estimates_of_one_name_and_other_content_differ(void)
{
    differs("conflict_of_estimates.cfg", CASES "other_estimate.cfg", 4, "evidence.new_uptake.note",
            "\"of others\" here, but \"the same\" in tests/cases/combine/more_places.cfg:4");
}

static void test_what_one_file_takes_out_another_must_not_change(void)
{
    differs("conflict_of_removal.cfg", CASES "changes_the_letter.cfg", 4, "stages.screening.choice.letter.percent",
            "50.0 here, but taken out in tests/cases/combine/other_things.cfg:7");
}

static void test_one_value_for_all_areas_differs_from_one_for_each_and_lists_of_numbers_are_one_value(void)
{
    pw_node_t *root = read_one("conflict_of_areas.cfg");
    CU_ASSERT_EQUAL_FATAL(findings.n, 2);
    PW_ASSERT_TEXT(findings.finding[0].path, "police.sees_percent.child_present");
    CU_ASSERT_EQUAL(findings.finding[0].line, 4);
    CU_ASSERT_PTR_NOT_NULL(strstr(findings.finding[0].message, "a group { } here, but 95.0 in tests/cases/combine/one_for_both_areas.cfg:3"));
    PW_ASSERT_TEXT(findings.finding[1].path, "months");
    CU_ASSERT_EQUAL(findings.finding[1].line, 5);
    CU_ASSERT_PTR_NOT_NULL(strstr(findings.finding[1].message, "a list ( ) here, but another in tests/cases/combine/one_for_both_areas.cfg:4"));
    pw_tree_free(root);
}

static void test_files_that_start_at_different_months_do_not_go_together(void)
{
    differs("conflict_of_starts.cfg", CASES "starts_later.cfg", 3, "from_month", "6 here, but another file that tests/cases/combine/conflict_of_starts.cfg "
            "combines starts at month 0");
}

static void test_fault_of_a_combined_file_is_told_once(void)
{
    differs("wrong_part.cfg", CASES "removes_nothing.cfg", 3, "stages.leter", "no such element to take out (did you mean \"letter\"?)");
}

static void test_circles_are_refused(void)
{
    refused("itself.cfg", CASES "itself.cfg", 3, "combine", "combines itself");
    refused("circle.cfg", CASES "circle_back.cfg", 3, "combine", "combines itself, straight or by way of others");
    refused("its_base.cfg", CASES "its_base.cfg", 3, "combine", "is a base of the one that combines it");
}

static void test_files_on_another_base_are_refused(void)
{
    refused("other_base.cfg", CASES "on_a_package.cfg", 2, "base", "stand on one base");
    refused("no_base.cfg", CASES "no_base.cfg", 2, "combine", "this file names none");
}

static void test_combine_names_files_that_are_there(void)
{
    refused("missing_file.cfg", CASES "missing_file.cfg", 3, "combine", "there is no such file");
    refused("not_a_list.cfg", CASES "not_a_list.cfg", 3, "combine", "combine is a list of files in quotes");
}

/* ---- no memory ---- */

static void test_failing_allocation_ends_the_reading_and_leaves_nothing(void)
{
    bool done = false;
    long n = 0;
    while (!done && n < 100000) {
        pw_node_t *root = NULL, *baseline = NULL;
        pw_findings_free(&findings);
        pw_memory_fail_at(++n);
        pw_status_t status = pw_tree_read_layered(CASES "conflict_inside.cfg", NULL, 0, &root, &baseline, &findings);
        pw_memory_fail_at(0);
        done = status == PW_OK && !findings.out_of_memory;
        if (!done)
            CU_ASSERT_TRUE(status == PW_ERROR_MEMORY || findings.out_of_memory);
        if (status != PW_OK)
            CU_ASSERT_TRUE(!root && !baseline);
        pw_tree_free(root);
        pw_tree_free(baseline);
    }
    CU_ASSERT_TRUE(done && n > 100);
    CU_ASSERT_EQUAL(findings.n, 1);
}

/* ---- the library's packages ---- */

static void test_library_package_has_what_its_files_have(void)
{
    pw_spec_t *package = NULL, *single = NULL;
    pw_findings_free(&findings);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("scenarios/package_everything.cfg", NULL, 0, &package, &findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("scenarios/supervised_contact.cfg", NULL, 0, &single, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 0);
    int there = pw_spec_find(package, PW_THING_SERVICE, "voluntary_contact"), here = pw_spec_find(single, PW_THING_SERVICE, "voluntary_contact");
    CU_ASSERT_TRUE_FATAL(there >= 0 && here >= 0);
    CU_ASSERT_EQUAL(package->services.item[there].places.number[0], single->services.item[here].places.number[0]);
    CU_ASSERT_EQUAL(package->services.item[there].offered.n, single->services.item[here].offered.n);
    CU_ASSERT_TRUE(pw_spec_find(package, PW_THING_STAGE, "monitoring") >= 0);
    pw_spec_free(package);
    pw_spec_free(single);
    pw_findings_free(&findings);
}

PW_TESTS(PW_TEST(test_what_each_file_sets_comes_in_with_its_line), PW_TEST(test_two_costs_of_one_payer_are_told_apart_by_name),
         PW_TEST(test_package_lays_its_own_settings_over_what_it_combines), PW_TEST(test_title_of_the_base_stays_where_a_package_has_none),
         PW_TEST(test_package_may_be_combined_again_and_one_file_come_in_twice), PW_TEST(test_package_may_be_a_base),
         PW_TEST(test_two_files_may_take_the_same_thing_out), PW_TEST(test_package_decides_where_its_files_differ),
         PW_TEST(test_two_values_of_one_setting_are_told_with_both_places),
         PW_TEST(test_conflict_inside_a_combined_package_is_found_though_the_outer_one_decides),
         PW_TEST(test_estimates_of_one_name_and_other_content_differ), PW_TEST(test_what_one_file_takes_out_another_must_not_change),
         PW_TEST(test_one_value_for_all_areas_differs_from_one_for_each_and_lists_of_numbers_are_one_value),
         PW_TEST(test_files_that_start_at_different_months_do_not_go_together), PW_TEST(test_fault_of_a_combined_file_is_told_once),
         PW_TEST(test_circles_are_refused), PW_TEST(test_files_on_another_base_are_refused), PW_TEST(test_combine_names_files_that_are_there),
         PW_TEST(test_failing_allocation_ends_the_reading_and_leaves_nothing),
         PW_TEST(test_library_package_has_what_its_files_have))
