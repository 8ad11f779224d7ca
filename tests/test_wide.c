/* test_wide.c: a row keeps what was measured when its point and inputs change. */
#include "harness.h"

#include <string.h>

#include "../model/experiment/wide.h"

static void test_fields_are_counted_with_quotes_in_mind(void)
{
    CU_ASSERT_EQUAL(pw_wide_fields("a,b,c\n1\n", 8), 3);
    CU_ASSERT_EQUAL(pw_wide_fields("", 0), 1);
    CU_ASSERT_EQUAL(pw_wide_fields(",", 1), 2);
    CU_ASSERT_EQUAL(pw_wide_fields("\"a,b\",\"say \"\"c,d\"\"\",e", 20), 3);
}

static const char *rekeyed(const char *rows, int inputs_there, const char *inputs)
{
    static char out[256];
    pw_text_t text = { 0 };
    bool whole = pw_wide_rekey(rows, strlen(rows), inputs_there, 41, inputs, &text);
    snprintf(out, sizeof out, "%s", whole ? pw_text_get(&text) : "(refused)");
    pw_text_free(&text);
    return out;
}

static void test_point_and_inputs_are_replaced(void)
{
    PW_ASSERT_TEXT(rekeyed("7,0,baseline,2.385,x,5,6\n7,1,baseline,2.385,x,,8\n", 2, ",9"), "41,0,baseline,9,5,6\n41,1,baseline,9,,8\n");
    PW_ASSERT_TEXT(rekeyed("7,0,\"more, please\",\"a,\"\"b\",5\n", 1, ",\"c,d\",1"), "41,0,\"more, please\",\"c,d\",1,5\n");
    PW_ASSERT_TEXT(rekeyed("7,0,s,5\n", 0, ""), "41,0,s,5\n");
    PW_ASSERT_TEXT(rekeyed("7,0,s,1\n", 1, ""), "41,0,s\n");
    PW_ASSERT_TEXT(rekeyed("", 1, ",1"), "");
}

static void test_rows_with_too_few_fields_are_refused(void)
{
    PW_ASSERT_TEXT(rekeyed("7,0\n", 0, ""), "(refused)");
    PW_ASSERT_TEXT(rekeyed("7,0,s\n", 1, ",1"), "(refused)");
    PW_ASSERT_TEXT(rekeyed("7,0,s,5", 0, ""), "(refused)");      /* no line end */
}

PW_TESTS(PW_TEST(test_fields_are_counted_with_quotes_in_mind), PW_TEST(test_point_and_inputs_are_replaced), PW_TEST(test_rows_with_too_few_fields_are_refused))
