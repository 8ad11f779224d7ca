/* Every value in force, with the line that set it. */
#include <string.h>

#include "../model/spec/resolved.h"
#include "harness.h"

static char *resolved(const char *file, const char *const *sets, int n_sets, pw_text_t *text)
{
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    CU_ASSERT_EQUAL_FATAL(pw_spec_load_for_pilot(file, sets, n_sets, &spec, &findings), PW_OK);
    pw_resolved_write(spec, text);
    pw_spec_free(spec);
    pw_findings_free(&findings);
    return text->bytes;
}

static void test_each_value_says_which_file_set_it(void)
{
    static const char *const sets[] = { "time.intake_months=6" };
    pw_text_t text = { 0 };
    const char *it = resolved("tests/cases/compile/policy.cfg", sets, 1, &text);
    CU_ASSERT_PTR_NOT_NULL(strstr(it, "\ntitle = \"Another pathway\"  # tests/cases/compile/policy.cfg:4\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(it, "\npolice.notifies.percent = 20  # tests/cases/compile/policy.cfg:6\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(it, "\nincidents.shape = 0.9  # tests/cases/compile/base.cfg:39\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(it, "\nteams.long_term.limits = false  # tests/cases/compile/base.cfg:61\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(it, "\ntime.intake_months = 6  # --set\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(it, "\nstages.assessment.choice.visit.percent = 20  # tests/cases/compile/policy.cfg:10\n"));
    pw_text_free(&text);
}

static void test_what_is_taken_out_is_said(void)
{
    pw_text_t text = { 0 };
    const char *it = resolved("tests/cases/compile/policy.cfg", NULL, 0, &text);
    CU_ASSERT_PTR_NOT_NULL(strstr(it, "\n# stages.support is taken out  # tests/cases/compile/policy.cfg:11\n"));
    CU_ASSERT_PTR_NULL(strstr(it, "\nstages.support.duration"));
    pw_text_free(&text);
}

PW_TESTS(PW_TEST(test_each_value_says_which_file_set_it), PW_TEST(test_what_is_taken_out_is_said))
