/* test_text.c: texts grow or say that they could not; the name that was meant is found. */
#include "harness.h"

#include <string.h>

#include "../model/base/memory.h"
#include "../model/base/text.h"

static void test_text_grows_piece_by_piece(void)
{
    pw_text_t text = { 0 };
    PW_ASSERT_TEXT(pw_text_get(&text), "");
    pw_text_append(&text, "north");
    pw_text_append_bytes(&text, ", southern", 7);
    pw_text_printf(&text, ": %d of %s", 251, "incidents");
    pw_text_repeat(&text, "-", 3);
    PW_ASSERT_TEXT(pw_text_get(&text), "north, south: 251 of incidents---");
    CU_ASSERT_EQUAL(text.n, strlen(pw_text_get(&text)));
    pw_text_clear(&text);
    PW_ASSERT_TEXT(pw_text_get(&text), "");
    pw_text_free(&text);
}

static void test_long_texts_are_kept_whole(void)
{
    pw_text_t text = { 0 };
    for (int i = 0; i < 5000; i++) pw_text_printf(&text, "%04d", i);
    CU_ASSERT_EQUAL(text.n, 20000);
    CU_ASSERT_EQUAL(memcmp(pw_text_get(&text) + 4 * 4321, "4321", 4), 0);
    pw_text_free(&text);
}

static void test_text_without_memory_stays_failed(void)
{
    pw_text_t text = { 0 };
    pw_text_append(&text, "kept");
    pw_memory_fail_at(1);
    pw_text_repeat(&text, "0123456789", 20);
    pw_memory_fail_at(0);
    pw_text_append(&text, "not added");
    CU_ASSERT(text.failed);
    CU_ASSERT_PTR_NULL(strstr(pw_text_get(&text), "not added"));
    CU_ASSERT_PTR_NULL(pw_text_take(&text));
    CU_ASSERT_PTR_NULL(text.bytes);
}

static void test_taken_text_belongs_to_the_taker(void)
{
    pw_text_t text = { 0 };
    char *empty = pw_text_take(&text);
    PW_ASSERT_TEXT(empty, "");
    pw_text_append(&text, "letter");
    char *taken = pw_text_take(&text);
    PW_ASSERT_TEXT(taken, "letter");
    PW_ASSERT_TEXT(pw_text_get(&text), "");
    pw_free(taken);
    pw_free(empty);
}

static void test_slips_are_counted_as_damerau_does(void)
{
    CU_ASSERT_EQUAL(pw_text_distance("", ""), 0);
    CU_ASSERT_EQUAL(pw_text_distance("", "abc"), 3);
    CU_ASSERT_EQUAL(pw_text_distance("places", "places"), 0);
    CU_ASSERT_EQUAL(pw_text_distance("palces", "places"), 1);      /* neighbours swapped */
    CU_ASSERT_EQUAL(pw_text_distance("place", "places"), 1);
    CU_ASSERT_EQUAL(pw_text_distance("plaxes", "places"), 1);
    CU_ASSERT_EQUAL(pw_text_distance("kitten", "sitting"), 3);     /* Levenshtein's own example */
    CU_ASSERT_EQUAL(pw_text_distance("ca", "abc"), 3);             /* optimal string alignment: no edit within a swap */
    CU_ASSERT_EQUAL(pw_text_distance("Dry-Run", "dry_run"), 0);
    char longest[80];
    memset(longest, 'a', sizeof longest);
    longest[79] = '\0';
    CU_ASSERT(pw_text_distance(longest, longest) > 63);            /* longer than any name */
}

static void test_nearest_name_is_suggested_only_if_it_is_near(void)
{
    const char *const names[] = { "threads", "draws", "replications", "seed", "out", "of" };
    CU_ASSERT_EQUAL(pw_text_nearest("thread", names, 6), 0);
    CU_ASSERT_EQUAL(pw_text_nearest("drwas", names, 6), 1);
    CU_ASSERT_EQUAL(pw_text_nearest("replicatons", names, 6), 2);
    CU_ASSERT_EQUAL(pw_text_nearest("SEED", names, 6), 3);
    CU_ASSERT_EQUAL(pw_text_nearest("zebra", names, 6), -1);
    CU_ASSERT_EQUAL(pw_text_nearest("", names, 6), -1);
    CU_ASSERT_EQUAL(pw_text_nearest("x", names, 6), -1);
    CU_ASSERT_EQUAL(pw_text_nearest("draws", names, 0), -1);
}

static void test_width_counts_characters_not_bytes(void)
{
    CU_ASSERT_EQUAL(pw_text_width(""), 0);
    CU_ASSERT_EQUAL(pw_text_width("places"), 6);
    CU_ASSERT_EQUAL(pw_text_width("\u00a31,200 \u00b1 3"), 10);
    CU_ASSERT_EQUAL(pw_text_width("e\u0301te\u036f"), 3);          /* combining marks take no column */
    CU_ASSERT_EQUAL(pw_text_width("\u0370"), 1);                   /* the first letter after them does */
}

static void test_utf8_is_told_from_other_bytes(void)
{
    CU_ASSERT(pw_text_is_utf8("", 0));
    CU_ASSERT(pw_text_is_utf8("plain\n", 6));
    CU_ASSERT(pw_text_is_utf8("\u00a3 \u20ac \U0001F600", 11));
    CU_ASSERT(!pw_text_is_utf8("a\0b", 3));                        /* NUL */
    CU_ASSERT(!pw_text_is_utf8("\xa3 5", 3));                      /* Latin-1 */
    CU_ASSERT(!pw_text_is_utf8("\xc0\x80", 2));                    /* overlong */
    CU_ASSERT(!pw_text_is_utf8("\xe0\x80\x80", 3));
    CU_ASSERT(!pw_text_is_utf8("\xed\xa0\x80", 3));                /* surrogate */
    CU_ASSERT(!pw_text_is_utf8("\xf4\x90\x80\x80", 4));            /* above U+10FFFF */
    CU_ASSERT(!pw_text_is_utf8("\xe2\x82", 2));                    /* cut off */
}

PW_TESTS(PW_TEST(test_text_grows_piece_by_piece), PW_TEST(test_long_texts_are_kept_whole), PW_TEST(test_text_without_memory_stays_failed),
         PW_TEST(test_taken_text_belongs_to_the_taker), PW_TEST(test_slips_are_counted_as_damerau_does),
         PW_TEST(test_nearest_name_is_suggested_only_if_it_is_near), PW_TEST(test_width_counts_characters_not_bytes),
         PW_TEST(test_utf8_is_told_from_other_bytes))
