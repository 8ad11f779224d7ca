/* Averages of the covariates: from a census to a file and back. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/base/memory.h"
#include "../model/spec/centres.h"
#include "harness.h"

static pw_spec_t *load(const char *file)
{
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    CU_ASSERT_EQUAL_FATAL(pw_spec_load_for_pilot(file, NULL, 0, &spec, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 0);
    pw_findings_print(&findings, stderr);
    pw_findings_free(&findings);
    return spec;
}

static void test_centre_is_the_average_and_is_0_where_it_never_was(void)
{
    pw_spec_t *spec = load("tests/cases/compile/base.cfg");
    pw_census_t *census = pw_alloc(1, sizeof *census);
    uint64_t bits[2] = { pw_bit_mask(PW_BIT_INJURY), pw_bit_mask(PW_BIT_IN_STAGE_0 + 2) };
    double numbers[PW_MAX_NUMBERS] = { 2.0 };
    static const uint64_t nothing[2];
    pw_census_add(census, PW_PLACE_STAGE_0 + 2, bits, numbers, 1.0);
    pw_census_add(census, PW_PLACE_STAGE_0 + 2, nothing, numbers, 3.0);
    pw_centres_from_census(spec, census, &spec->centres);
    double centre = -1.0;
    CU_ASSERT_TRUE(pw_centre_get(spec, PW_PLACE_STAGE_0 + 2, PW_BIT_INJURY, &centre));
    PW_ASSERT_NEAR(centre, 0.25, 0.0);
    CU_ASSERT_TRUE(pw_centre_get(spec, PW_PLACE_STAGE_0 + 2, PW_BIT_SEVERE_INJURY, &centre));
    PW_ASSERT_NEAR(centre, 0.0, 0.0);
    CU_ASSERT_TRUE(pw_centre_get(spec, PW_PLACE_STAGE_0 + 2, PW_MAX_BITS + PW_NUMBER_PREVIOUS_NOTIFICATIONS, &centre));
    PW_ASSERT_NEAR(centre, 2.0, 0.0);
    CU_ASSERT_FALSE(pw_centre_get(spec, PW_PLACE_INCIDENT, PW_BIT_INJURY, &centre));      /* nobody has been there */
    PW_ASSERT_NEAR(centre, 0.0, 0.0);
    pw_census_free(census);
    pw_free(census);
    pw_spec_free(spec);
}

static void test_written_centres_are_read_back(void)
{
    pw_spec_t *spec = load("tests/cases/compile/base.cfg"), *again;
    char file[] = "/tmp/pathways-centres-XXXXXX.cfg";
    int to = mkstemps(file, 4);
    CU_ASSERT_TRUE_FATAL(to >= 0);
    pw_text_t text = { 0 };
    char *base = realpath("tests/cases/compile/base.cfg", NULL);
    pw_text_printf(&text, "schema = 1;\nbase = \"%s\";\n", base);
    free(base);
    const double auc[] = { 0.55, 0.8 }, sd[] = { 1.75, 0.0 };
    spec->centres.bit[PW_PLACE_INCIDENT][PW_BIT_SEPARATED] = 0.375;
    pw_centres_write(spec, &spec->centres, -0.125, 1.5, auc, sd, 2, &text);
    CU_ASSERT_FALSE_FATAL(text.failed);
    CU_ASSERT_EQUAL(write(to, text.bytes, text.n), (ssize_t)text.n);
    close(to);
    again = load(file);
    unlink(file);
    CU_ASSERT_EQUAL(memcmp(&spec->centres, &again->centres, sizeof spec->centres), 0);
    PW_ASSERT_NEAR(again->risk.centre.number[0], -0.125, 0.0);
    CU_ASSERT_EQUAL_FATAL(again->risk.noise_sd.n, 2);
    PW_ASSERT_NEAR(again->risk.auc.value[1], 0.8, 0.0);
    PW_ASSERT_NEAR(again->risk.noise_sd.value[0], 1.75, 0.0);
    pw_text_free(&text);
    pw_spec_free(again);
    pw_spec_free(spec);
}

static void test_what_a_scenario_brings_counts_from_0(void)
{
    pw_spec_t *spec = load("tests/cases/compile/policy.cfg");
    double centre = -1.0;
    int visit = pw_spec_find(spec, PW_THING_STAGE, "visit");
    CU_ASSERT_TRUE(pw_centre_get(spec, PW_PLACE_STAGE_0 + visit, PW_BIT_INJURY, &centre));
    PW_ASSERT_NEAR(centre, 0.0, 0.0);
    CU_ASSERT_FALSE(pw_centre_get(spec, PW_PLACE_STAGE_0, PW_BIT_INJURY, &centre));
    pw_spec_free(spec);
}

PW_TESTS(PW_TEST(test_centre_is_the_average_and_is_0_where_it_never_was), PW_TEST(test_written_centres_are_read_back),
         PW_TEST(test_what_a_scenario_brings_counts_from_0))
