/* The data dictionary: every setting that can be read is in it, and docs/scenario-files.md says the same. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/file.h"
#include "../model/base/memory.h"
#include "../model/report/dictionary.h"
#include "../model/report/starter.h"
#include "../model/spec/schema_walk.h"
#include "harness.h"

enum { MOST_ROWS = 2000 };
typedef struct { int n; char path[MOST_ROWS][PW_TREE_PATH]; } rows_t;

static void keep(void *context, const pw_schema_row_t *row)
{
    rows_t *rows = context;
    CU_ASSERT_FATAL(rows->n < MOST_ROWS);
    snprintf(rows->path[rows->n++], sizeof rows->path[0], "%s", row->path);
    CU_ASSERT_TRUE(row->meaning[0] != '\0');
    CU_ASSERT_TRUE(row->type[0] != '\0');
    CU_ASSERT_TRUE(row->where[0] != '\0');
    CU_ASSERT_TRUE(!row->has_range || row->low <= row->high);
    size_t n = strlen(row->meaning);
    CU_ASSERT_TRUE(n > 0 && row->meaning[n - 1] != '.');
}

/* Whether a path is one that a row describes: a step in capitals stands for any, "1" for any place in a list. */
static bool fits(const char *row, const char *path)
{
    while (*row && *path) {
        size_t n = strcspn(row, "."), m = strcspn(path, ".");
        bool any = isupper((unsigned char)row[0]) || (n == 1 && row[0] == '1');
        if (!any && (n != m || strncmp(row, path, n) != 0))
            return false;
        row += n + (row[n] == '.');
        path += m + (path[m] == '.');
    }
    return *row == '\0' && *path == '\0';
}

static bool is_described(const rows_t *rows, const char *path)
{
    for (int i = 0; i < rows->n; i++)
        if (fits(rows->path[i], path))
            return true;
    return false;
}

/* A chance may be a bare number, and a value may stand by area: the words after are then left out or one too many. */
static bool is_described_in_short(const rows_t *rows, const char *path)
{
    static const char *const words[] = { "percent", "per_year", "weight" };
    char longer[PW_TREE_PATH + 20];
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        snprintf(longer, sizeof longer, "%s.%s", path, words[i]);
        if (is_described(rows, longer))
            return true;
    }
    snprintf(longer, sizeof longer, "%s", path);
    char *last = strrchr(longer, '.');
    if (!last)
        return false;
    *last = '\0';      /* an area, or a place in a list of numbers or names */
    return is_described(rows, longer);
}

static int check_leaves(const rows_t *rows, const pw_node_t *root, const pw_node_t *node)
{
    char path[PW_TREE_PATH];
    if (node->kind == PW_NODE_GROUP || node->kind == PW_NODE_LIST) {
        int n = 0;
        for (int i = 0; i < node->n; i++)
            if (!(node == root && strcmp(node->child[i]->name, "centres") == 0))      /* made by a program */
                n += check_leaves(rows, root, node->child[i]);
        return n;
    }
    CU_ASSERT_TRUE(pw_tree_path(root, node, path, sizeof path));
    if (is_described(rows, path) || is_described_in_short(rows, path))
        return 1;
    CU_FAIL("a setting that is not in the dictionary");
    fprintf(stderr, "not in the dictionary: %s\n", path);
    return 1;
}

static void test_every_setting_of_the_baseline_is_in_the_dictionary(void)
{
    rows_t *rows = pw_alloc(1, sizeof *rows);
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    pw_schema_walk(keep, rows);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("params/baseline.cfg", NULL, 0, &spec, &findings), PW_OK);
    CU_ASSERT_TRUE(check_leaves(rows, spec->tree, spec->tree) > 900);
    pw_spec_free(spec);
    pw_findings_free(&findings);
    pw_free(rows);
}

static void test_paths_are_those_of_set(void)
{
    rows_t *rows = pw_alloc(1, sizeof *rows);
    pw_schema_walk(keep, rows);
    static const char *const paths[] = { "services.NAME.uptake.percent", "services.NAME.offered.AT.odds_ratio.COVARIATE",
                                         "services.NAME.effects.ON+DURING.ratio",
                                         "stages.NAME.choice.TO.percent", "stages.NAME.on.EVENT.percent", "incidents.per_year",
                                         "incidents.hazard_ratio.COVARIATE",
                                         "teams.NAME.schedule.1.places", "evidence.NAME.low", "sources.NAME.title", "deflators.YEAR.index",
                                         "police.delay.p95_days", "schema" };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        bool found = false;
        for (int r = 0; r < rows->n; r++)
            found |= strcmp(rows->path[r], paths[i]) == 0;
        CU_ASSERT_TRUE(found);
        if (!found)
            fprintf(stderr, "missing: %s\n", paths[i]);
    }
    for (int r = 0; r < rows->n; r++)
        for (int other = r + 1; other < rows->n; other++)
            CU_ASSERT_TRUE(strcmp(rows->path[r], rows->path[other]) != 0);
    pw_free(rows);
}

static char *written(int format, const char *const *words, int n_words, int *found)
{
    char *made = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&made, &length);
    CU_ASSERT_EQUAL(pw_dictionary_write(format, words, n_words, found, memory), PW_OK);
    fclose(memory);
    return made;
}

static void test_csv_has_ten_columns_in_every_row(void)
{
    char *made = written(PW_DICTIONARY_CSV, NULL, 0, NULL);
    int rows = 0, cells = 1;
    bool quoted = false;
    for (const char *c = made; *c; c++) {
        if (*c == '"')
            quoted = !quoted;
        else if (*c == ',' && !quoted)
            cells++;
        else if (*c == '\n' && !quoted) {
            CU_ASSERT_EQUAL(cells, 10);
            cells = 1;
            rows++;
        }
    }
    CU_ASSERT_TRUE(rows > 250);
    CU_ASSERT_PTR_NOT_NULL(strstr(made, "\nservices.NAME.completes.percent,\"number, estimate, or one for each area\",percent,0,100,100,false,when "
                                  "the service is offered,,"));
    CU_ASSERT_PTR_NOT_NULL(strstr(made, "\nservices.NAME.places,\"number, estimate, or one for each area, or \"\"unlimited\"\"\",places,0,100000,,true,"));
    free(made);
}

static void test_words_choose_settings(void)
{
    static const char *const words[] = { "patience" };
    int found;
    char *made = written(PW_DICTIONARY_TEXT, words, 1, &found);
    CU_ASSERT_EQUAL(found, 4);
    CU_ASSERT_PTR_NOT_NULL(strstr(made, "services.NAME.patience.p95_days\n    number, estimate, or one for each area; days, 0.001 to 36525\n"));
    CU_ASSERT_PTR_NULL(strstr(made, "uptake"));
    free(made);
}

/* The hand-written part comes first; from the heading on, the file is what the program prints. `make docs` renews it. */
static void test_document_is_the_dictionarys(void)
{
    char *made = written(PW_DICTIONARY_MARKDOWN, NULL, 0, NULL), *kept = NULL;
    FILE *file = fopen("docs/scenario-files.md", "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    size_t room = 1 << 20, n;
    kept = pw_alloc(room, 1);
    n = fread(kept, 1, room - 1, file);
    kept[n] = '\0';
    fclose(file);
    const char *from = strstr(kept, "\n" PW_DICTIONARY_HEADING "\n");
    CU_ASSERT_PTR_NOT_NULL_FATAL(from);
    CU_ASSERT_TRUE(strcmp(from + 1, made) == 0);
    CU_ASSERT_PTR_NULL(strstr(from + 2, "\n## "));      /* no second-level heading hides in it: `make docs` cuts at the first */
    pw_free(kept);
    free(made);
}

static void test_starter_passes_check_as_it_is_written(void)
{
    char file[] = "/tmp/pathways-starter-XXXXXX", base[4200], *here = realpath("params/baseline.cfg", NULL);
    int descriptor = mkstemp(file);
    pw_text_t text = { 0 };
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    CU_ASSERT_FATAL(descriptor >= 0 && here);
    snprintf(base, sizeof base, "%s", here);
    pw_starter_write("school_worker", base, &text);
    CU_ASSERT_FALSE(text.failed);
    CU_ASSERT_EQUAL(pw_file_replace(file, pw_text_get(&text), text.n), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load(file, NULL, 0, &spec, &findings), PW_OK);
    pw_findings_print(&findings, stderr);
    CU_ASSERT_EQUAL(findings.n, 0);
    int at = pw_spec_find(spec, PW_THING_SERVICE, "school_worker");
    CU_ASSERT_TRUE_FATAL(at >= 0);
    PW_ASSERT_TEXT(spec->services.item[at].title, "School worker");
    CU_ASSERT_EQUAL(spec->services.item[at].costs.n, 1);
    pw_spec_free(spec);
    pw_findings_free(&findings);
    pw_text_free(&text);
    remove(file);
    free(here);
}

static void test_starter_names_are_plain(void)
{
    static const struct { const char *name, *suggestion; bool good; } names[] = {
        { "school_worker", "school_worker", true }, { "School worker!", "school_worker", false }, { "3 offers", "offers", false },
        { "a_name_that_goes_on_for_much_too_long", "a_name_that_goes_on_for_much", false }, { "--", "", false }, { "caf\xc3\xa9", "caf", false }
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char suggestion[PW_STARTER_NAME + 1];
        CU_ASSERT_EQUAL(pw_starter_name(names[i].name, suggestion), names[i].good);
        PW_ASSERT_TEXT(suggestion, names[i].suggestion);
    }
}

PW_TESTS(PW_TEST(test_every_setting_of_the_baseline_is_in_the_dictionary), PW_TEST(test_paths_are_those_of_set), PW_TEST(test_csv_has_ten_columns_in_every_row),
         PW_TEST(test_words_choose_settings), PW_TEST(test_document_is_the_dictionarys), PW_TEST(test_starter_passes_check_as_it_is_written),
         PW_TEST(test_starter_names_are_plain))
