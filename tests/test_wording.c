/* test_wording.c: measures, estimates and settings are called by words that people know. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "../model/measure/catalogue.h"
#include "../model/report/wording.h"
#include "harness.h"

typedef void say_t(const char *name, pw_text_t *out);

static void expect(say_t *say, const char *name, const char *words)
{
    pw_text_t out = { 0 };
    say(name, &out);
    PW_ASSERT_TEXT(pw_text_get(&out), words);
    pw_text_free(&out);
}

static void test_scenarios_teams_and_titles(void)
{
    expect(pw_word_name, "early_help", "early help");
    expect(pw_word_name, "baseline", "the baseline");
    expect(pw_word_name, "long_term", "the long-term team");
    expect(pw_word_name, "Help, early_and late", "Help, early_and late");
}

static void test_measures_read_as_things(void)
{
    expect(pw_word_measure, "incidents_with_child_present", "incidents with a child present");
    expect(pw_word_measure, "incidents_with_injury_reported", "incidents with an injury reported to police");
    expect(pw_word_measure, "incidents_at_contact", "incidents at contact");
    expect(pw_word_measure, "renotified_21_months", "families notified again within 21 months");
    expect(pw_word_measure, "incidents_per_month", "incidents in the whole area in a month");
    expect(pw_word_measure, "wait_p90_duty", "wait for the duty team that nine in ten do not exceed");
    expect(pw_word_measure, "budget_social_care", "budget of social care in the area");
    expect(pw_word_measure, "a_measure_of_tomorrow", "a measure of tomorrow");
}

static void test_one_unit_of_a_measure_is_something_to_buy(void)
{
    expect(pw_word_one, "incidents_per_month", "incident averted in the area");
    expect(pw_word_one, "incidents_with_child_present", "incident with a child present averted");
    expect(pw_word_one, "repeat_notifications", "repeat notification averted");
    expect(pw_word_one, "renotified_12_months", "family fewer notified again within 12 months");
    expect(pw_word_one, "not_renotified_6", "family more not notified again by month 6");
    expect(pw_word_one, "wait_refuge", "unit of wait for refuge");
}

static void test_estimates_and_settings(void)
{
    expect(pw_word_estimate, "officer_tool_auc", "accuracy of officers' risk scores");
    expect(pw_word_estimate, "frailty_variance", "unlikeness of families in how often incidents happen");
    expect(pw_word_estimate, "risk_tool/tool_cost", "cost of grading an incident with the risk tool (risk tool)");
    expect(pw_word_estimate, "mentor_place_cost", "yearly cost of a place in mentor");
    expect(pw_word_estimate, "mentor_tool_auc", "accuracy of mentor tool");
    expect(pw_word_estimate, "auc_of_mentors", "accuracy of mentors");
    expect(pw_word_input, "frailty_variance", "unlikeness of families in how often incidents happen");
    expect(pw_word_input, "risk_tool/tool_cost", "cost of grading an incident with the risk tool (risk tool)");
    expect(pw_word_input, "evidence.refuge_uptake", "uptake of refuge");
    expect(pw_word_input, "supervised_contact/services.voluntary_contact.places", "number of places in voluntary contact (supervised contact)");
    expect(pw_word_input, "risk_tool/services.refuge.offered.letter.percent", "services.refuge.offered.letter.percent (risk tool)");
    expect(pw_word_input, "scenario", "scenario");
    expect(pw_word_path, "evidence.programme_uptake", "uptake of the programme");
    expect(pw_word_path, "services.long_term.places", "number of places in the long-term team");
    expect(pw_word_path, "run.intake_months", "run.intake_months");
}

/* The name of a definition with its word in capitals filled in. */
static void fill(const char *name, char *out, size_t room)
{
    static const struct { const char *word, *item; } of[] = { { "SERVICE", "refuge" }, { "QUEUE", "assessment" }, { "STAGE", "core_assessment" },
                                                              { "KIND", "incidents_at_contact" }, { "PAYER", "police" }, { "MONEY", "cashable" },
                                                              { "MONTHS", "6" } };
    snprintf(out, room, "%s", name);
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        const char *at = strstr(name, of[i].word);
        if (at)
            snprintf(out, room, "%.*s%s%s", (int)(at - name), name, of[i].item, at + strlen(of[i].word));
    }
}

/* Catches a measure added to the catalogue without words, two measures called alike, and words that are a heading rather than a thing. */
static void test_every_measure_of_the_catalogue_has_words_of_its_own(void)
{
    enum { MOST = 200 };
    static char seen[MOST][128];
    const pw_definition_t *d;
    int n = pw_definitions(&d);
    CU_ASSERT_FATAL(n > 50 && n < MOST);
    for (int i = 0; i < n; i++) {
        char name[128];
        pw_text_t words = { 0 };
        fill(d[i].name, name, sizeof name);
        pw_word_measure(name, &words);
        snprintf(seen[i], sizeof seen[i], "%s", pw_text_get(&words));
        pw_text_free(&words);
        CU_ASSERT(seen[i][0] >= 'a' && seen[i][0] <= 'z');
        if (strpbrk(seen[i], "_:*/,;") || strstr(seen[i], "index") == seen[i]) {
            PW_ASSERT_TEXT(seen[i], "words");
        }
        for (int k = 0; k < i; k++)
            if (strcmp(seen[i], seen[k]) == 0)
                PW_ASSERT_TEXT(name, "words of its own");
    }
}

/* What a price can be put on, is bought by the piece. Catches "averted in incidents per month". */
static void test_every_measure_with_a_price_says_what_one_of_it_is(void)
{
    static const char *const priced[] = { "per 100 families", "% of families", "a month" };
    const pw_definition_t *d;
    int n = pw_definitions(&d), asked = 0;
    for (int i = 0; i < n; i++)
        for (size_t u = 0; u < sizeof priced / sizeof priced[0]; u++) {
            if (d[i].direction == PW_NO_DIRECTION || strcmp(d[i].unit, priced[u]) != 0)
                continue;
            char name[128];
            pw_text_t one = { 0 };
            fill(d[i].name, name, sizeof name);
            pw_word_one(name, &one);
            if (strncmp(pw_text_get(&one), "unit of", strlen("unit of")) == 0)
                PW_ASSERT_TEXT(name, "one of it");
            CU_ASSERT(strstr(pw_text_get(&one), d[i].direction < 0 ? "more" : "averted") == NULL);
            pw_text_free(&one);
            asked++;
        }
    CU_ASSERT(asked >= 12);
}

/* The names of the table in model/report/wording_estimates.c, as its lines `{ "x", "..." },` have them. */
enum { MOST = 400 };
typedef struct { int n; char name[MOST][64]; bool used[MOST + 1]; } table_t;

static void read_table(table_t *table)
{
    static const char before[] = "    { \"";
    char line[2000];
    FILE *file = fopen("model/report/wording_estimates.c", "r");
    CU_ASSERT_FATAL(file != NULL);
    while (fgets(line, sizeof line, file) && table->n < MOST) {
        size_t n = strlen(before), m = strncmp(line, before, n) == 0 ? strcspn(line + n, "\"") : 0;
        if (m > 0)
            snprintf(table->name[table->n++], sizeof table->name[0], "%.*s", (int)m, line + n);
    }
    fclose(file);
    CU_ASSERT_FATAL(table->n > 100 && table->n < MOST);
}

/* Every `{ name = "x"; kind = ...` of a file. */
static int estimates_of(const char *path, table_t *table)
{
    static const char before[] = "{ name = \"", after[] = "\"; kind =";
    char line[2000], name[128];
    int n = 0;
    FILE *file = fopen(path, "r");
    CU_ASSERT_FATAL(file != NULL);
    while (fgets(line, sizeof line, file)) {
        const char *from = strstr(line, before), *to = from ? strstr(from, after) : NULL;
        if (!to)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)(to - from - (int)strlen(before)), from + strlen(before));
        int i = 0;
        while (i < table->n && strcmp(table->name[i], name) != 0)
            i++;
        if (!pw_word_of_estimate(name) || i == table->n)
            PW_ASSERT_TEXT(name, "an estimate with words in model/report/wording_estimates.c");
        table->used[i] = true;      /* [n]: of nobody */
        n++;
    }
    fclose(file);
    return n;
}

/* Catches an estimate that comes without words, and words whose estimate is gone. */
static void test_every_estimate_of_the_files_has_words_and_none_are_left_over(void)
{
    static table_t table;
    table = (table_t){ 0 };
    read_table(&table);
    int n = estimates_of("params/evidence.cfg", &table);
    DIR *folder = opendir("scenarios");
    CU_ASSERT_FATAL(folder != NULL);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[300];
        snprintf(path, sizeof path, "scenarios/%s", entry->d_name);
        if (strstr(entry->d_name, ".cfg"))
            n += estimates_of(path, &table);
    }
    closedir(folder);
    CU_ASSERT(n > 100);
    for (int i = 0; i < table.n; i++) {
        const char *words = pw_word_of_estimate(table.name[i]);
        if (!table.used[i])
            PW_ASSERT_TEXT(table.name[i], "an estimate of params/ or scenarios/");
        CU_ASSERT_FATAL(words != NULL);
        CU_ASSERT(strpbrk(words, "_:;,") == NULL && strlen(words) <= 64 && words[0] >= 'a' && words[0] <= 'z');
        for (int k = 0; k < i; k++)
            if (strcmp(words, pw_word_of_estimate(table.name[k])) == 0)
                PW_ASSERT_TEXT(table.name[i], "words of its own");
    }
}

PW_TESTS(PW_TEST(test_scenarios_teams_and_titles), PW_TEST(test_measures_read_as_things), PW_TEST(test_one_unit_of_a_measure_is_something_to_buy),
         PW_TEST(test_estimates_and_settings), PW_TEST(test_every_measure_of_the_catalogue_has_words_of_its_own),
         PW_TEST(test_every_measure_with_a_price_says_what_one_of_it_is), PW_TEST(test_every_estimate_of_the_files_has_words_and_none_are_left_over))
