/* Answers beside a run's numbers: rows that are added, replaced or refused, whole or not at all. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/base/csv_read.h"
#include "../model/base/folder.h"
#include "../model/base/memory.h"
#include "../model/report/answers.h"
#include "../model/report/answers_text.h"
#include "harness.h"

static const pw_column_t column[] = {
    { "answers/toy.csv", "question", "string", NULL, "what was asked" },
    { "answers/toy.csv", "of", "string", NULL, "about whom" },
    { "answers/toy.csv", "answer", "number", "days", "how long" },
};
static const pw_answer_kind_t kind = { "answers/toy.csv", "toy answers", 2, column, 3 }, wider = { "answers/toy.csv", "toy answers", 2, column, 2 };

typedef struct {
    char folder[64], path[80];
    pw_spec_t *spec;
    pw_findings_t findings;
    pw_answer_made_t made;
    pw_text_t why;
} subject_t;

static char *const words[] = { "pathways", "toy", "a b.cfg" };

static subject_t *begin(void)
{
    subject_t *s = calloc(1, sizeof *s);
    snprintf(s->folder, sizeof s->folder, "/tmp/test_answers_XXXXXX");
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(s->folder));
    snprintf(s->path, sizeof s->path, "%s/one", s->folder);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("tests/cases/answers/base.cfg", NULL, 0, &s->spec, &s->findings), PW_OK);
    s->made = (pw_answer_made_t){ 3, words, "2026-01-01T00:00:00Z", (const pw_spec_t *const *)&s->spec, 1, NULL };
    return s;
}

static void end(subject_t *s)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", s->folder);
    CU_ASSERT_EQUAL(system(command), 0);
    pw_spec_free(s->spec);
    pw_findings_free(&s->findings);
    pw_text_free(&s->why);
    free(s);
}

/* One row. */
static pw_status_t add(subject_t *s, const pw_answer_kind_t *as, const char *question, const char *of, double answer)
{
    pw_answer_rows_t rows;
    pw_status_t status = pw_answer_rows_begin(&rows, as);
    if (status == PW_OK) {
        pw_csv_text(&rows.csv, question);
        pw_csv_text(&rows.csv, of);
        if (as->n_columns > 2)
            pw_csv_number(&rows.csv, answer);
        pw_csv_end(&rows.csv);
        status = pw_answer_rows_end(&rows);
    }
    if (status == PW_OK)
        status = pw_answers_add(s->path, as, &rows, &s->made, &s->why);
    pw_answer_rows_free(&rows);
    return status;
}

static char *text_of(const subject_t *s, const char *name)
{
    char path[160];
    static char text[20000];
    snprintf(path, sizeof path, "%s/%s", s->path, name);
    FILE *file = fopen(path, "rb");
    size_t n = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file)
        fclose(file);
    text[n] = '\0';
    return text;
}

static int count(const char *text, const char *part)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        n++;
    return n;
}

static void test_new_folder_holds_the_answer_and_what_it_was_made_from(void)
{
    subject_t *s = begin();
    CU_ASSERT_EQUAL(add(s, &kind, "how long, \"really\"", "all", 2.385), PW_OK);
    PW_ASSERT_TEXT(text_of(s, "answers/toy.csv"), "question,of,answer\n\"how long, \"\"really\"\"\",all,2.385\n");
    CU_ASSERT_EQUAL(count(text_of(s, "manifest.json"), "pathways toy 'a b.cfg'"), 2);      /* the folder's command, and the answer's */
    CU_ASSERT_EQUAL(count(text_of(s, "datapackage.json"), "\"path\": \"answers/toy.csv\""), 1);
    CU_ASSERT_EQUAL(count(text_of(s, "datapackage.json"), "how long"), 1);
    CU_ASSERT(strlen(text_of(s, "inputs/tests/cases/answers/base.cfg")) > 0 || strlen(text_of(s, "inputs/base.cfg")) > 0);
    end(s);
}

static void test_same_question_replaces_its_answer_and_others_stay(void)
{
    subject_t *s = begin();
    CU_ASSERT_EQUAL(add(s, &kind, "one", "all", 1.0), PW_OK);
    CU_ASSERT_EQUAL(add(s, &kind, "two", "all", 2.0), PW_OK);
    CU_ASSERT_EQUAL(add(s, &kind, "one", "north", 3.0), PW_OK);
    CU_ASSERT_EQUAL(add(s, &kind, "one", "all", 4.5), PW_OK);
    PW_ASSERT_TEXT(text_of(s, "answers/toy.csv"), "question,of,answer\ntwo,all,2\none,north,3\none,all,4.5\n");
    CU_ASSERT_EQUAL(count(text_of(s, "datapackage.json"), "\"path\": \"answers/toy.csv\""), 1);
    CU_ASSERT_EQUAL(count(text_of(s, "manifest.json"), "\"sha256\": null"), 3);      /* earlier commands: their file is no more */
    end(s);
}

static void test_file_of_another_shape_is_left_alone(void)
{
    subject_t *s = begin();
    CU_ASSERT_EQUAL(add(s, &wider, "one", "all", NAN), PW_OK);
    CU_ASSERT_EQUAL(add(s, &kind, "one", "all", 1.0), PW_ERROR_INPUT);
    CU_ASSERT(strstr(pw_text_get(&s->why), "has other columns") != NULL);
    PW_ASSERT_TEXT(text_of(s, "answers/toy.csv"), "question,of\none,all\n");
    end(s);
}

static void test_folder_of_somebody_else_is_left_alone(void)
{
    subject_t *s = begin();
    snprintf(s->path, sizeof s->path, "%s", s->folder);
    CU_ASSERT(add(s, &kind, "one", "all", 1.0) < 0);
    CU_ASSERT(strstr(pw_text_get(&s->why), "manifest.json") != NULL);
    PW_ASSERT_TEXT(text_of(s, "answers/toy.csv"), "");
    end(s);
}

/* A disk that is full at the n-th step leaves the folder as it was; in the end everything arrives. */
static void test_full_disk_leaves_the_older_answers(void)
{
    subject_t *s = begin();
    CU_ASSERT_EQUAL_FATAL(add(s, &kind, "one", "all", 1.0), PW_OK);
    int refused = 0;
    for (long n = 1; n < 60; n++) {
        pw_folder_fail_at(n);
        pw_status_t status = add(s, &kind, "two", "all", 2.0);
        pw_folder_fail_at(0);
        if (status == PW_OK)
            break;
        refused++;
        PW_ASSERT_TEXT(text_of(s, "answers/toy.csv"), "question,of,answer\none,all,1\n");
        pw_text_clear(&s->why);
    }
    CU_ASSERT(refused > 5);
    PW_ASSERT_TEXT(text_of(s, "answers/toy.csv"), "question,of,answer\none,all,1\ntwo,all,2\n");
    end(s);
}

static void test_adding_without_memory_says_so(void)
{
    static const long at[] = { 1, 2, 3, 5, 8, 13, 20 };
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        subject_t *s = begin();
        pw_memory_fail_at(at[i]);
        pw_status_t status = add(s, &kind, "one", "all", 1.0);
        pw_memory_fail_at(0);
        CU_ASSERT(status < 0);
        PW_ASSERT_TEXT(text_of(s, "answers/toy.csv"), "");
        end(s);
    }
}

static void test_every_file_of_answers_has_words_and_columns_of_its_own(void)
{
    const pw_answer_words_t *const *all;
    int n = pw_answer_words(&all);
    CU_ASSERT(n >= 4);
    for (int i = 0; i < n; i++) {
        const pw_answer_kind_t *k = all[i]->kind;
        CU_ASSERT_PTR_EQUAL(pw_answer_words_find(k->file), all[i]);
        CU_ASSERT_EQUAL(strncmp(k->file, "answers/", 8), 0);
        CU_ASSERT(k->n_key >= 1 && k->n_key < k->n_columns);
        for (int c = 0; c < k->n_columns; c++) {
            PW_ASSERT_TEXT(k->column[c].file, k->file);
            CU_ASSERT(strlen(k->column[c].meaning) > 3);
        }
    }
    CU_ASSERT_PTR_NULL(pw_answer_words_find("answers/nothing.csv"));
}

static void test_quantities_are_said_in_their_unit(void)
{
    static const struct { double value; const char *quantity, *text; } known[] = {
        { 6120.0, "pounds", "£6,120" }, { -6120.6, "pounds", "-£6,121" }, { 12.34, "percent", "12.3 %" }, { 7.0, "places", "7" }, { 0.932, "ratio", "0.932" },
        { 1.0, "ratio", "1" },
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        pw_text_t text = { 0 };
        pw_answer_say_quantity(known[i].value, known[i].quantity, &text);
        PW_ASSERT_TEXT(pw_text_get(&text), known[i].text);
        pw_text_free(&text);
    }
}

PW_TESTS(PW_TEST(test_new_folder_holds_the_answer_and_what_it_was_made_from), PW_TEST(test_same_question_replaces_its_answer_and_others_stay),
         PW_TEST(test_file_of_another_shape_is_left_alone), PW_TEST(test_folder_of_somebody_else_is_left_alone),
         PW_TEST(test_full_disk_leaves_the_older_answers), PW_TEST(test_adding_without_memory_says_so),
         PW_TEST(test_every_file_of_answers_has_words_and_columns_of_its_own), PW_TEST(test_quantities_are_said_in_their_unit))
