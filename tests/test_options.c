/* test_options.c: a command line is read as its table says, or refused in one sentence. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/cli/options.h"

typedef struct {
    bool force;
    int64_t threads;
    double level;
    const char *out;
    pw_option_texts_t sets;
    int engine;
} asked_t;

static const char *const engines[] = { "ahead", "ordered", NULL };
static const pw_option_t options[] = {
    { .name = "force", .letter = 'f', .help = "replace", .kind = PW_OPTION_FLAG, .offset = offsetof(asked_t, force) },
    { .name = "threads", .letter = 't', .argument = "T", .help = "threads", .kind = PW_OPTION_INTEGER, .offset = offsetof(asked_t, threads), .low = 1,
      .high = 1024 },
    { .name = "level", .argument = "L", .help = "level", .kind = PW_OPTION_REAL, .offset = offsetof(asked_t, level), .low = 0, .high = 1 },
    { .name = "out", .argument = "DIR", .help = "where", .kind = PW_OPTION_TEXT, .offset = offsetof(asked_t, out) },
    { .name = "set", .argument = "PATH=VALUE", .help = "a setting", .kind = PW_OPTION_TEXTS, .offset = offsetof(asked_t, sets) },
    { .name = "engine", .argument = "ahead|ordered", .help = "engine", .kind = PW_OPTION_CHOICE, .offset = offsetof(asked_t, engine), .choices = engines },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static asked_t asked;
static int first;
static char said[512];
static char *words[32];

/* Reads the words of `line` (parted by one blank) as arguments; what is said on stderr lands in `said`. */
static pw_status_t parse(const char *line)
{
    static char copy[512];
    snprintf(copy, sizeof copy, "run %s", line);
    int n = 0;
    for (char *at = copy, *word; (word = strsep(&at, " "));)
        if (word[0] || n > 1) words[n++] = word;
    words[n] = NULL;
    asked = (asked_t){ .threads = 2, .out = "output/run" };
    FILE *caught = tmpfile();
    int kept = dup(2);
    dup2(fileno(caught), 2);
    pw_status_t status = pw_options_parse("pathways run", options, N_OPTIONS, &asked, n, words, &first);
    dup2(kept, 2);
    close(kept);
    rewind(caught);
    said[fread(said, 1, sizeof said - 1, caught)] = '\0';
    fclose(caught);
    return status;
}

static void refused(const char *line, const char *sentence)
{
    char whole[512];
    snprintf(whole, sizeof whole, "pathways run: %s\n", sentence);
    CU_ASSERT_EQUAL(parse(line), PW_ERROR_USAGE);
    PW_ASSERT_TEXT(said, whole);
}

static void test_defaults_stand_where_no_option_speaks(void)
{
    CU_ASSERT_EQUAL(parse("a.cfg"), PW_OK);
    CU_ASSERT(!asked.force && asked.threads == 2 && asked.sets.n == 0);
    PW_ASSERT_TEXT(asked.out, "output/run");
    PW_ASSERT_TEXT(words[first], "a.cfg");
    PW_ASSERT_TEXT(said, "");
}

static void test_options_and_operands_may_be_in_any_order(void)
{
    CU_ASSERT_EQUAL(parse("a.cfg --threads=7 -f b.cfg --out here --level .25 --engine ordered"), PW_OK);
    CU_ASSERT(asked.force);
    CU_ASSERT_EQUAL(asked.threads, 7);
    CU_ASSERT_EQUAL(asked.level, 0.25);
    CU_ASSERT_EQUAL(asked.engine, 1);
    PW_ASSERT_TEXT(asked.out, "here");
    PW_ASSERT_TEXT(words[first], "a.cfg");
    PW_ASSERT_TEXT(words[first + 1], "b.cfg");
}

static void test_two_dashes_end_the_options(void)
{
    CU_ASSERT_EQUAL(parse("-t3 -- --force"), PW_OK);
    CU_ASSERT(!asked.force);
    CU_ASSERT_EQUAL(asked.threads, 3);
    PW_ASSERT_TEXT(words[first], "--force");
}

static void test_repeatable_option_keeps_every_text_in_order(void)
{
    CU_ASSERT_EQUAL(parse("--set a=1 --set b.c=2"), PW_OK);
    CU_ASSERT_EQUAL(asked.sets.n, 2);
    PW_ASSERT_TEXT(asked.sets.text[0], "a=1");
    PW_ASSERT_TEXT(asked.sets.text[1], "b.c=2");
}

static void test_unknown_option_gives_the_nearest_name(void)
{
    refused("--thread-s 3", "there is no option --thread-s; did you mean --threads?");
    refused("--outt=3", "there is no option --outt; did you mean --out?");
    refused("--zebra", "there is no option --zebra; \"pathways run --help\" lists them all");
    refused("-z", "there is no option -z; \"pathways run --help\" lists them all");
}

static void test_numbers_that_are_not_whole_or_not_in_range_are_refused(void)
{
    refused("--threads 12x", "--threads is \"12x\"; allowed: a whole number from 1 to 1,024");
    refused("--threads 0", "--threads is \"0\"; allowed: a whole number from 1 to 1,024");
    refused("--threads -1", "--threads is \"-1\"; allowed: a whole number from 1 to 1,024");
    refused("--threads 1.5", "--threads is \"1.5\"; allowed: a whole number from 1 to 1,024");
    refused("--threads=99999999999999999999", "--threads is \"99999999999999999999\"; allowed: a whole number from 1 to 1,024");
    refused("--level nan", "--level is \"nan\"; allowed: a number from 0 to 1");
    refused("--level 1.0001", "--level is \"1.0001\"; allowed: a number from 0 to 1");
    CU_ASSERT_EQUAL(asked.level, 0);
}

static void test_missing_empty_and_needless_values_are_refused(void)
{
    refused("--out", "--out needs a value: DIR");
    refused("-t", "--threads needs a value: T");
    refused("--out=", "--out is empty; it needs DIR");
    refused("--force=yes", "--force takes no value");
    refused("--engine fast", "--engine is \"fast\"; allowed: ahead, ordered");
}

static void test_too_many_texts_are_refused(void)
{
    static char line[] = "--set=a";
    char *many[PW_MAX_OPTION_TEXTS + 3] = { line };
    for (int i = 1; i <= PW_MAX_OPTION_TEXTS; i++) many[i] = line;
    asked = (asked_t){ 0 };
    CU_ASSERT_EQUAL(pw_options_parse("t", options, N_OPTIONS, &asked, PW_MAX_OPTION_TEXTS + 1, many, &first), PW_OK);
    CU_ASSERT_EQUAL(asked.sets.n, PW_MAX_OPTION_TEXTS);
}

static void test_help_has_an_aligned_line_for_each_option(void)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    pw_options_print(options, 4, to);
    fclose(to);
    PW_ASSERT_TEXT(text, "  -f,  --force      replace\n"
                         "  -t,  --threads T  threads\n"
                         "       --level L    level\n"
                         "       --out DIR    where\n");
    free(text);
}

PW_TESTS(PW_TEST(test_defaults_stand_where_no_option_speaks), PW_TEST(test_options_and_operands_may_be_in_any_order), PW_TEST(test_two_dashes_end_the_options),
         PW_TEST(test_repeatable_option_keeps_every_text_in_order), PW_TEST(test_unknown_option_gives_the_nearest_name),
         PW_TEST(test_numbers_that_are_not_whole_or_not_in_range_are_refused), PW_TEST(test_missing_empty_and_needless_values_are_refused),
         PW_TEST(test_too_many_texts_are_refused), PW_TEST(test_help_has_an_aligned_line_for_each_option))
