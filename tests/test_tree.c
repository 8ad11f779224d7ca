/* Reading files: what is accepted, and each way to be refused, with its line and words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../model/base/memory.h"
#include "../model/chance/stream.h"
#include "../model/spec/tree.h"
#include "harness.h"

#define CASES "tests/cases/syntax/"

/* ---- helpers ---- */

static char folder[64], file[128];

static void write_bytes(const char *name, const void *bytes, size_t n)
{
    if (!folder[0]) {
        snprintf(folder, sizeof folder, "/tmp/pathways-tree-XXXXXX");
        CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    }
    snprintf(file, sizeof file, "%s/%.50s", folder, name);
    FILE *to = fopen(file, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(to);
    fwrite(bytes, 1, n, to);
    fclose(to);
}

static void remove_bytes(const char *name)
{
    snprintf(file, sizeof file, "%s/%.50s", folder, name);
    remove(file);
    if (rmdir(folder) == 0)
        folder[0] = '\0';
}

static const pw_node_t *at(const pw_node_t *root, const char *name)
{
    const pw_node_t *node = pw_tree_child(root, name);
    CU_ASSERT_PTR_NOT_NULL_FATAL(node);
    return node;
}

/* The finding of that line, whose path and message hold these texts. */
static int has_finding(const pw_findings_t *findings, const char *name, int line, const char *path, const char *words)
{
    for (size_t i = 0; i < findings->n; i++) {
        const pw_finding_t *it = &findings->finding[i];
        const char *base = it->file ? strrchr(it->file, '/') : NULL;
        base = base ? base + 1 : it->file ? it->file
                                          : "";
        if (strcmp(base, name) == 0 && it->line == line && strcmp(it->path ? it->path : "", path) == 0 && strstr(it->message, words))
            return 1;
    }
    return 0;
}

static int count_nodes(const pw_node_t *node)
{
    int n = 1;
    for (int i = 0; i < node->n; i++)
        n += count_nodes(node->child[i]);
    return n;
}

/* ---- what is accepted ---- */

static void test_whole_numbers_are_accepted_as_reals_and_texts_keep_their_line(void)
{
    static const char text[] = "places = 10;\nshare = 2.5;\nbig = 3000000000L;\nhex = 0x1F;\n\nname = \"north\"\n  \" side\";\nlist = ( 1, true );\n";
    pw_findings_t findings = { 0 };
    pw_node_t *root;
    write_bytes("a.cfg", text, sizeof text - 1);
    CU_ASSERT_EQUAL_FATAL(pw_tree_read(file, &root, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 0);
    CU_ASSERT_EQUAL(at(root, "places")->kind, PW_NODE_INTEGER);
    PW_ASSERT_NEAR(at(root, "places")->real, 10.0, 0.0);
    PW_ASSERT_TEXT(at(root, "places")->text, "10");
    PW_ASSERT_NEAR(at(root, "share")->real, 2.5, 0.0);
    CU_ASSERT_EQUAL(at(root, "big")->integer, 3000000000);
    CU_ASSERT_EQUAL(at(root, "hex")->integer, 31);
    PW_ASSERT_TEXT(at(root, "name")->text, "north side");
    CU_ASSERT_EQUAL(at(root, "name")->line, 6);
    CU_ASSERT_EQUAL(at(root, "list")->line, 8);
    CU_ASSERT_EQUAL(at(root, "list")->n, 2);
    CU_ASSERT_TRUE(at(root, "list")->child[1]->boolean);
    pw_tree_free(root);
    remove_bytes("a.cfg");
}

static void test_numbers_in_texts_and_comments_are_left_alone(void)
{
    static const char text[] = "# 3000000000 1e400\nnote = \"3000000000 and 1e400 \\\" 1.2.3\"; // 1e999\n/* 12abc\n 1e400 */ a = 7;\n";
    pw_findings_t findings = { 0 };
    pw_node_t *root;
    write_bytes("a.cfg", text, sizeof text - 1);
    CU_ASSERT_EQUAL_FATAL(pw_tree_read(file, &root, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 0);
    CU_ASSERT_EQUAL(at(root, "a")->integer, 7);
    CU_ASSERT_EQUAL(at(root, "a")->line, 4);
    pw_tree_free(root);
    remove_bytes("a.cfg");
}

static void test_byte_order_mark_and_windows_line_ends_are_accepted(void)
{
    static const char text[] = "\xEF\xBB\xBF# first\r\na = 1;\r\nb = \"caf\xC3\xA9\";\r\n";
    pw_findings_t findings = { 0 };
    pw_node_t *root;
    write_bytes("a.cfg", text, sizeof text - 1);
    CU_ASSERT_EQUAL_FATAL(pw_tree_read(file, &root, &findings), PW_OK);
    CU_ASSERT_EQUAL(at(root, "a")->line, 2);
    PW_ASSERT_TEXT(at(root, "b")->text, "caf\xC3\xA9");
    pw_tree_free(root);
    remove_bytes("a.cfg");
}

static void test_includes_are_found_beside_the_file_that_names_them(void)
{
    pw_findings_t findings = { 0 };
    pw_node_t *root;
    CU_ASSERT_EQUAL_FATAL(pw_tree_read(CASES "lawful_base.cfg", &root, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 0);
    const pw_node_t *time = at(root, "time");
    PW_ASSERT_TEXT(time->file, CASES "parts/time.cfg");
    CU_ASSERT_EQUAL(time->line, 2);
    PW_ASSERT_TEXT(at(time, "follow_up_months")->file, CASES "parts/follow_up.cfg");
    CU_ASSERT_EQUAL(at(time, "follow_up_months")->line, 1);
    PW_ASSERT_TEXT(at(root, "areas")->file, CASES "lawful_base.cfg");
    CU_ASSERT_EQUAL(at(root, "areas")->line, 6);
    pw_tree_free(root);
}

static void test_paths_go_by_keys(void)
{
    pw_findings_t findings = { 0 };
    pw_node_t *root;
    char path[PW_TREE_PATH];
    CU_ASSERT_EQUAL_FATAL(pw_tree_read(CASES "lawful_base.cfg", &root, &findings), PW_OK);
    const pw_node_t *screening = at(root, "stages")->child[0];
    CU_ASSERT_TRUE(pw_tree_path(root, at(at(screening, "choice")->child[1], "percent"), path, sizeof path));
    PW_ASSERT_TEXT(path, "stages.screening.choice.letter.percent");
    CU_ASSERT_TRUE(pw_tree_path(root, at(at(screening, "on")->child[1], "to"), path, sizeof path));
    PW_ASSERT_TEXT(path, "stages.screening.on.notification.to");
    CU_ASSERT_TRUE(pw_tree_path(root, at(at(screening, "effects")->child[1], "ratio"), path, sizeof path));
    PW_ASSERT_TEXT(path, "stages.screening.effects.reporting+always.ratio");
    CU_ASSERT_TRUE(pw_tree_path(root, at(root, "percent_by_month")->child[2], path, sizeof path));
    PW_ASSERT_TEXT(path, "percent_by_month.3");
    CU_ASSERT_FALSE(pw_tree_path(root, at(root, "percent_by_month")->child[2], path, 10));
    CU_ASSERT_FALSE(pw_tree_path(screening, root, path, sizeof path));
    pw_node_t *copy = pw_tree_copy(root);
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    CU_ASSERT_EQUAL(count_nodes(copy), count_nodes(root));
    pw_tree_free(root);
    PW_ASSERT_TEXT(at(at(copy, "time"), "intake_months")->file, CASES "parts/time.cfg");
    pw_tree_free(copy);
}

/* ---- what is refused ---- */

typedef struct {
    const char *name, *in;
    int line;
    const char *path, *words;
} wrong_t;

static const wrong_t wrong[] = {
    { "missing_value.cfg", "missing_value.cfg", 4, "", "\";\" stands where a value is wanted" },
    { "unquoted_text.cfg", "unquoted_text.cfg", 3, "", "\"duty\" stands where a value is wanted; texts stand in quotes" },
    { "missing_quote.cfg", "missing_quote.cfg", 2, "", "is a closing quote missing?" },
    { "unknown_escape.cfg", "unknown_escape.cfg", 3, "", "\"\\%\" in a text means nothing here" },
    { "unknown_escape.cfg", "unknown_escape.cfg", 3, "", "\"\\q\" in a text means nothing here" },
    { "mixed_array.cfg", "mixed_array.cfg", 4, "", "use ( ) lists" },
    { "groups_in_array.cfg", "groups_in_array.cfg", 2, "", "use ( ) lists" },
    { "last_comma.cfg", "last_comma.cfg", 4, "", "take the last comma away" },
    { "missing_comma.cfg", "missing_comma.cfg", 4, "", "a comma is wanted between \"}\" and \"{\"" },
    { "semicolon_in_list.cfg", "semicolon_in_list.cfg", 2, "", "parted by commas" },
    { "setting_in_list.cfg", "setting_in_list.cfg", 3, "", "goes between { and }" },
    { "unclosed_bracket.cfg", "unclosed_bracket.cfg", 4, "", "the \"{\" of this line is never closed" },
    { "wrong_bracket.cfg", "wrong_bracket.cfg", 3, "", "\")\" cannot close the \"{\" of line 3" },
    { "closes_nothing.cfg", "closes_nothing.cfg", 3, "", "\"}\" closes nothing" },
    { "decimal_comma.cfg", "decimal_comma.cfg", 4, "", "decimals take a point" },
    { "percent_sign.cfg", "percent_sign.cfg", 4, "", "\"%\" has no place here" },
    { "pound_sign.cfg", "pound_sign.cfg", 3, "", "\"£\" has no place here; the setting's name says the unit" },
    { "no_break_space.cfg", "no_break_space.cfg", 3, "", "cannot be seen (U+00A0)" },
    { "mark_nobody_sees.cfg", "mark_nobody_sees.cfg", 3, "", "cannot be seen (U+200B)" },
    { "long_dash.cfg", "long_dash.cfg", 3, "", "minus is plain -" },
    { "yes_for_true.cfg", "yes_for_true.cfg", 2, "", "\"Yes\" stands where a value is wanted; write true or false" },
    { "utf16.cfg", "utf16.cfg", 1, "", "in UTF-16" },
    { "utf16_without_mark.cfg", "utf16_without_mark.cfg", 1, "", "in UTF-16" },
    { "not_a_number.cfg", "not_a_number.cfg", 3, "", "\"12months\" is not a number" },
    { "not_a_number.cfg", "not_a_number.cfg", 4, "", "\"1.2.3\" is not a number" },
    { "no_equals.cfg", "no_equals.cfg", 4, "", "after the name \"intake_months\" comes = or :, not \"12\"" },
    { "two_semicolons.cfg", "two_semicolons.cfg", 2, "", "one \";\" too many" },
    { "number_first.cfg", "number_first.cfg", 3, "", "a name = value; is wanted after \";\", not \"12\"" },
    { "typographic_quotes.cfg", "typographic_quotes.cfg", 2, "", "quotes are plain" },
    { "unclosed_comment.cfg", "unclosed_comment.cfg", 3, "", "never ends" },
    { "stray_include.cfg", "stray_include.cfg", 2, "", "\"@\" has no place here" },
    { "include_without_quotes.cfg", "include_without_quotes.cfg", 2, "", "in quotes" },
    { "missing_include.cfg", "missing_include.cfg", 4, "", "parts/nothing.cfg\": there is no such file" },
    { "missing_include.cfg", "missing_include.cfg", 5, "", "parts/none.cfg\": there is no such file" },
    { "include_circle.cfg", "circle.cfg", 2, "", "includes itself" },
    { "include_of_wrong.cfg", "wrong.cfg", 3, "", "\";\" stands where a value is wanted" },
    { "wraps.cfg", "wraps.cfg", 3, "services.refuge.places.north", "3000000000 does not fit a whole number; allowed: -2147483648 to 2147483647" },
    { "wraps.cfg", "wraps.cfg", 3, "services.refuge.places.south", "-2147483649 does not fit" },
    { "wraps.cfg", "wraps.cfg", 5, "money.price_year", "0xFFFFFFFF does not fit" },
    { "wraps.cfg", "wraps.cfg", 6, "long", "99999999999999999999L does not fit" },
    { "infinite.cfg", "infinite.cfg", 4, "uptake.percent", "1e400 is too large for a number; allowed: -1.7e308 to 1.7e308" },
    { "infinite.cfg", "infinite.cfg", 5, "uptake.ratio.2", "-1e999 is too large" },
    { "too_near_to_0.cfg", "too_near_to_0.cfg", 2, "uptake.percent", "1e-400 is too near to 0" },
    { "given_twice.cfg", "given_twice.cfg", 6, "time.intake_months", "given twice in one group; the first is in line 4" },
    { "given_twice.cfg", "given_twice.cfg", 8, "time", "the first is in line 2" },
    { "given_twice.cfg", "given_twice.cfg", 10, "services.refuge.costs.social_care.each_pounds", "the first is in line 10" },
    { "given_twice.cfg", "given_twice.cfg", 11, "services.refuge.effects.incident_rate+attending.ratio", "the first is in line 11" },
    { "given_twice.cfg", "given_twice.cfg", 12, "services.2.uptake.percent", "the first is in line 12" },
    { "same_key_twice.cfg", "same_key_twice.cfg", 5, "teams.duty", "two elements of this list are called \"duty\"; the first is in line 3" },
    { "same_key_twice.cfg", "same_key_twice.cfg", 10, "effects.reporting+attending", "the first is in line 8" },
    { "only_comments.cfg", "only_comments.cfg", 0, "", "holds no setting" },
    { "empty.cfg", "empty.cfg", 0, "", "the file is empty" },
    { "binary.cfg", "binary.cfg", 1, "", "is this a settings file?" },
    { "not_utf8.cfg", "not_utf8.cfg", 2, "", "byte 0xE9 is no part of a text in UTF-8; is this a settings file? If it is, save it as UTF-8" },
    { "no_such_file.cfg", "no_such_file.cfg", 0, "", "there is no such file" },
    { "parts", "parts", 0, "", "this is a folder" },
};

static void test_each_wrong_file_is_refused_in_its_line_with_words(void)
{
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char path[256];
        pw_findings_t findings = { 0 };
        pw_node_t *root = NULL;
        snprintf(path, sizeof path, CASES "%s", wrong[i].name);
        pw_status_t status = pw_tree_read(path, &root, &findings);
        CU_ASSERT_TRUE(findings.n > 0);
        CU_ASSERT_EQUAL(status == PW_OK, root != NULL);
        if (!has_finding(&findings, wrong[i].in, wrong[i].line, wrong[i].path, wrong[i].words)) {
            printf("\n%s line %d, %s:\n", wrong[i].name, wrong[i].line, wrong[i].words);
            pw_findings_print(&findings, stdout);
            CU_FAIL("not found");
        }
        pw_tree_free(root);
        pw_findings_free(&findings);
    }
}

static void test_garbled_number_does_not_hide_the_rest_of_the_file(void)
{
    pw_findings_t findings = { 0 };
    pw_node_t *root;
    CU_ASSERT_EQUAL_FATAL(pw_tree_read(CASES "wraps.cfg", &root, &findings), PW_OK);
    CU_ASSERT_EQUAL(findings.n, 4);
    CU_ASSERT_TRUE(at(at(root, "money"), "price_year")->refused);
    pw_tree_free(root);
    pw_findings_free(&findings);
}

static void test_file_that_may_not_be_read_is_said_so(void)
{
    pw_findings_t findings = { 0 };
    pw_node_t *root = NULL;
    write_bytes("a.cfg", "a = 1;\n", 7);
    chmod(file, 0);
    if (geteuid() != 0) { /* root may read everything */
        CU_ASSERT_NOT_EQUAL(pw_tree_read(file, &root, &findings), PW_OK);
        CU_ASSERT_TRUE(has_finding(&findings, "a.cfg", 0, "", "may not be read"));
    }
    pw_findings_free(&findings);
    remove_bytes("a.cfg");
}

/* `lead`, then n times `again`, then n times `end`. */
static void write_repeated(const char *lead, const char *again, const char *end, size_t n)
{
    size_t room = strlen(lead) + n * (strlen(again) + strlen(end)) + 1;
    char *text = malloc(room);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    char *to = stpcpy(text, lead);
    for (size_t i = 0; i < n; i++)
        to = stpcpy(to, again);
    for (size_t i = 0; i < n; i++)
        to = stpcpy(to, end);
    write_bytes("big.cfg", text, (size_t)(to - text));
    free(text);
}

static void refuse_big(const char *words)
{
    pw_findings_t findings = { 0 };
    pw_node_t *root = NULL;
    CU_ASSERT_EQUAL(pw_tree_read(file, &root, &findings), PW_ERROR_INPUT);
    CU_ASSERT_EQUAL(findings.n, 1);
    CU_ASSERT_TRUE(findings.n == 1 && strstr(findings.finding[0].message, words));
    pw_findings_free(&findings);
    remove_bytes("big.cfg");
}

static void test_very_large_and_very_deep_files_are_refused(void)
{
    write_repeated("", "a_setting = 12345;\n", "", 10 * 1024 * 1024 / 19);
    refuse_big("larger than 4 MB");
    write_repeated("a = ( ", "1, ", "", 1000000);
    refuse_big("more than 100000 words");
    write_repeated("a = ", "( ", ") ", 1000);
    refuse_big("nested more than 32 deep");
    write_repeated("", "a = { ", "} ", 1000);
    refuse_big("nested more than 32 deep");
    write_repeated("a = ", "( ", ") ", 32);
    pw_findings_t findings = { 0 };
    pw_node_t *root;
    CU_ASSERT_EQUAL(pw_tree_read(file, &root, &findings), PW_OK);
    pw_tree_free(root);
    remove_bytes("big.cfg");
    char many[1200];
    memset(many, '9', sizeof many);
    memcpy(many, "a = 1.", 6);
    write_bytes("big.cfg", many, sizeof many);
    CU_ASSERT_EQUAL(pw_tree_read(file, &root, &findings), PW_OK);
    CU_ASSERT_TRUE(has_finding(&findings, "big.cfg", 1, "a", "more digits than are read"));
    pw_tree_free(root);
    pw_findings_free(&findings);
    remove_bytes("big.cfg");
}

/* Nothing that is read here may leak or crash, whichever allocation fails; CUnit's own memory is not counted. */
static void test_every_failing_allocation_is_survived(void)
{
    int tries = 0;
    for (long n = 1; tries < 5000; n++, tries++) {
        pw_findings_t findings = { 0 };
        pw_node_t *root = NULL;
        pw_memory_fail_at(n);
        pw_status_t status = pw_tree_read(CASES "lawful_base.cfg", &root, &findings);
        pw_memory_fail_at(0);
        CU_ASSERT_TRUE(status == PW_OK || (status == PW_ERROR_MEMORY && !root));
        pw_tree_free(root);
        pw_findings_free(&findings);
        if (status == PW_OK)
            break;
    }
    CU_ASSERT_TRUE(tries > 100 && tries < 5000);
}

/* ---- mutated files ---- */

static char *slurp(const char *path, size_t *n)
{
    FILE *from = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(from);
    char *bytes = calloc(1, (1 << 20) + 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    *n = fread(bytes, 1, 1 << 20, from);
    fclose(from);
    return bytes;
}

/* One to four bytes changed, taken out or doubled; seeds fixed. */
static size_t mutate(char *bytes, size_t n, uint32_t round)
{
    static const char likely[] = "(){}[];:,=\"\\@#/*.0123456789eE+-L\n\r\t \x80\xff\0xtf";
    pw_stream_t stream = pw_stream_init(2385, 0, 1);
    pw_block_t first = pw_stream_block(stream, round, 0, 0, 0);
    for (uint32_t k = 0; k <= first.word[0] % 4; k++) {
        pw_block_t b = pw_stream_block(stream, round, 1, k, 0);
        size_t where = b.word[0] % n, length = 1 + b.word[2] % 30;
        switch (b.word[1] % 4) {
        case 0:
            bytes[where] = likely[b.word[2] % (sizeof likely - 1)];
            break;
        case 1:
            bytes[where] = (char)b.word[2];
            break;
        case 2:
            length = length > n - where ? n - where : length;
            memmove(bytes + where, bytes + where + length, n - where - length);
            n -= length;
            break;
        default:
            length = length > n - where ? n - where : length;
            memmove(bytes + where + length, bytes + where, n - where);
            n += length;
            break;
        }
    }
    return n;
}

/* Small files in the place of those that the baseline includes; returns how many. */
static size_t write_parts(const char *bytes, size_t n, char parts[16][64])
{
    static const char include[] = "\n@include \"";
    size_t n_parts = 0;
    const char *from = bytes;
    while (n_parts < 16 && (from = memmem(from, n - (size_t)(from - bytes), include, sizeof include - 1))) {
        from += sizeof include - 1;
        snprintf(parts[n_parts], sizeof parts[0], "%.*s", (int)strcspn(from, "\"\n"), from);
        write_bytes(parts[n_parts++], "# nothing\n", 10);
    }
    return n_parts;
}

/* What goes wrong on these files is a crash, a leak (under ASan and valgrind), a refusal without a word. */
static void test_two_thousand_mutations_of_the_baseline_end_well_or_with_a_finding(void)
{
    size_t n;
    char *original = slurp("params/baseline.cfg", &n), *bytes = malloc(n + 1000);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    char parts[16][64];
    size_t n_parts = write_parts(original, n, parts);
    int refused = 0;
    for (uint32_t round = 0; round < 2000; round++) {
        pw_findings_t findings = { 0 };
        pw_node_t *root = NULL;
        memcpy(bytes, original, n);
        write_bytes("fuzz.cfg", bytes, mutate(bytes, n, round));
        pw_status_t status = pw_tree_read_layered(file, NULL, 0, &root, NULL, &findings);
        if ((status == PW_OK) != (root != NULL) || (status != PW_OK && findings.n == 0)) {
            printf("\nround %u: status %d, %zu findings\n", round, (int)status, findings.n);
            CU_FAIL("refused without a word");
        }
        refused += findings.n > 0;
        pw_findings_free(&findings);
        pw_tree_free(root);
    }
    CU_ASSERT_TRUE(refused > 200 && refused < 1900);
    for (size_t i = 0; i < n_parts; i++)
        remove_bytes(parts[i]);
    remove_bytes("fuzz.cfg");
    free(bytes);
    free(original);
}

PW_TESTS(PW_TEST(test_whole_numbers_are_accepted_as_reals_and_texts_keep_their_line),
         PW_TEST(test_numbers_in_texts_and_comments_are_left_alone), PW_TEST(test_byte_order_mark_and_windows_line_ends_are_accepted),
         PW_TEST(test_includes_are_found_beside_the_file_that_names_them), PW_TEST(test_paths_go_by_keys),
         PW_TEST(test_each_wrong_file_is_refused_in_its_line_with_words), PW_TEST(test_garbled_number_does_not_hide_the_rest_of_the_file),
         PW_TEST(test_file_that_may_not_be_read_is_said_so), PW_TEST(test_very_large_and_very_deep_files_are_refused),
         PW_TEST(test_every_failing_allocation_is_survived), PW_TEST(test_two_thousand_mutations_of_the_baseline_end_well_or_with_a_finding))
