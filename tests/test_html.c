/* Text as HTML and tables. */
#include "../model/report/html.h"
#include "harness.h"

static void test_what_has_a_meaning_in_html_is_written_as_an_entity(void)
{
    pw_text_t out = { 0 };
    pw_html_text(&out, "<script src='x'>\"a\" & b</script>\x01\n\tż");
    PW_ASSERT_TEXT(pw_text_get(&out), "&lt;script src=&#39;x&#39;&gt;&quot;a&quot; &amp; b&lt;/script&gt;   ż");
    pw_text_free(&out);
}

static void test_elements_keep_their_attributes_and_escape_what_is_inside(void)
{
    pw_text_t out = { 0 };
    pw_html_element(&out, "p class=\"note\"", "%s at %d %%", "<b>", 5);
    PW_ASSERT_TEXT(pw_text_get(&out), "<p class=\"note\">&lt;b&gt; at 5 %</p>\n");
    pw_text_free(&out);
}

static void test_tables_say_what_is_a_heading_of_what(void)
{
    pw_text_t out = { 0 };
    pw_html_table_t t = pw_html_table_begin(&out, "A & B");
    pw_html_cell(&t, "Policy");
    pw_html_number(&t, "Value");
    pw_html_row(&t);
    pw_html_cell(&t, "first");
    pw_html_number(&t, "%.1f", 2.385);
    pw_html_row(&t);
    pw_html_table_end(&t);
    PW_ASSERT_TEXT(pw_text_get(&out), "<table>\n<caption>A &amp; B</caption>\n<thead>\n<tr><th scope=\"col\">Policy</th><th scope=\"col\" "
                   "class=\"n\">Value</th></tr>\n</thead>\n"
                                      "<tbody>\n<tr><th scope=\"row\">first</th><td class=\"n\">2.4</td></tr>\n</tbody>\n</table>\n");
    pw_text_free(&out);
}

static void test_a_table_without_rows_is_whole(void)
{
    pw_text_t out = { 0 };
    pw_html_table_t t = pw_html_table_begin(&out, NULL);
    pw_html_cell(&t, "Policy");
    pw_html_row(&t);
    pw_html_table_end(&t);
    PW_ASSERT_TEXT(pw_text_get(&out), "<table>\n<thead>\n<tr><th scope=\"col\">Policy</th></tr>\n</thead>\n</table>\n");
    pw_text_free(&out);
}

PW_TESTS(PW_TEST(test_what_has_a_meaning_in_html_is_written_as_an_entity), PW_TEST(test_elements_keep_their_attributes_and_escape_what_is_inside),
         PW_TEST(test_tables_say_what_is_a_heading_of_what), PW_TEST(test_a_table_without_rows_is_whole))
