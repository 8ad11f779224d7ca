/* test_sweep_file.c: designs as files: what is refused, with its line; what another program wrote. */
#include "harness.h"
#include "sweep_maker.h"

#include <stdio.h>
#include <string.h>

#include "../model/base/memory.h"

/* ---- what is refused ---- */

typedef struct { const char *text, *words; int line; } refusal_t;

static void refuse(const char *name, const char *text, const char *points, int line, const char *words)
{
    pw_sweep_t sweep;
    pw_findings_t findings = { 0 };
    place_t place = begin_place();
    if (points)
        put(&place, "points.txt", points);
    CU_ASSERT_EQUAL(open_file(&sweep, put(&place, name, text), &findings, NULL), PW_ERROR_INPUT);
    bool said = false;
    for (size_t i = 0; i < findings.n; i++)
        said = said || (strstr(findings.finding[i].message, words) && findings.finding[i].line == line && findings.finding[i].file &&
                        strstr(findings.finding[i].file, place.folder));
    CU_ASSERT(said);
    if (!said) {
        printf("expected line %d: %s\n", line, words);
        pw_findings_print(&findings, stdout);
    }
    pw_findings_free(&findings);
    pw_sweep_free(&sweep);
    end_place(&place);
}

static void test_wrong_designs_are_refused_with_their_line(void)
{
    static const refusal_t wrong[] = {
        { "design: { kind = \"latin\"; points = 8; };\ninputs = (\n { path = \"evidence.leter_effect\"; } );", "did you mean evidence.letter_effect?", 3 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"services.refuge.title\"; low = 1.0; high = 2.0; } );",
          "this is no number of the model", 2 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"services.refuge\"; low = 1.0; high = 2.0; } );", "this leads to a whole group",
          2 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"stages.screening.choice.no_further_action.percent\"; low = 1.0; high = 2.0; } );",
          "remainder of its choice", 2 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"services.refuge.places\"; low = 6.0; high = 2.0; } );",
          "inside out: low = 6, high = 2", 2 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"services.refuge.places\"; low = 6.0; } );", "only one end", 2 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"services.refuge.places\"; low = -6.0; high = 3.0; } );",
          "-6 is out of range; allowed: 0 to", 2 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"services.refuge.places\"; } );", "plain number (3) and nobody says how uncertain",
          2 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"evidence.letter_effect\"; },\n { path = \"evidence.letter_effect\"; } );",
          "stands twice: first on line 2", 3 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"services.refuge.places\"; low = 1.0; high = 2.0; },\n"
          " { path = \"services.refuge.places.north\"; low = 1.0; high = 2.0; } );",
          "the same number as \"services.refuge.places\"", 3 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"elsewhere/services.refuge.places\"; low = 1.0; high = 2.0; } );",
          "no scenario \"elsewhere\" in this sweep", 2 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { low = 1.0; high = 2.0; } );", "an input has no path", 2 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"services.refuge.places\"; low = 6.5; high = 7.0; whole = true; } );",
          "the ends of the range are not whole numbers", 2 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"time.follow_up_months\"; values = ( 6.0, 7.0 ); } );", "decides what is measured",
          2 },
        { "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"incidents.shape\"; low = 0.0; high = 2.0; scale = \"log\"; } );",
          "has no logarithms", 2 },
        { "design: { kind = \"latin\"; };\ninputs = ( { path = \"evidence.letter_effect\"; } );", "points is missing", 1 },
        { "design: { kind = \"latin\"; points = 8; levels = 4; };\ninputs = ( { path = \"evidence.letter_effect\"; } );",
          "has no levels; allowed with kind \"morris\"", 1 },
        { "design: { kind = \"grid\"; points = 8; };\ninputs = ( { path = \"evidence.letter_effect\"; steps = 3; } );", "has no points of its own", 1 },
        { "design: { kind = \"grid\"; };\ninputs = ( { path = \"evidence.letter_effect\"; } );", "a grid has to know which values", 2 },
        { "design: { kind = \"sobol\"; points = 8; };\ninputs = ( { path = \"evidence.letter_effect\"; steps = 3; } );", "steps are for a range in a grid", 2 },
        { "design: { kind = \"lattice\"; points = 8; };\ninputs = ( { path = \"evidence.letter_effect\"; } );",
          "none of the words for this; allowed: grid, list, latin", 1 },
        { "desing: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"evidence.letter_effect\"; } );", "did you mean design", 1 },
        { "design: { kind = \"list\"; };\ninputs = ( { path = \"evidence.letter_effect\"; values = ( 1.0, 2.0 ); },\n"
          " { path = \"services.refuge.places\"; values = ( 1.0 ); } );", "there are 1 values; allowed: 2", 3 },
        { "design: { kind = \"list\"; };\ninputs = ( { path = \"scenario\"; values = ( \"baselin\" ); } );", "no scenario called \"baselin\"", 2 },
        { "design: { kind = \"list\"; };\ninputs = ( { path = \"evidence.letter_effect\"; values = ( \"much\" ); } );", "the values are names", 2 },
        { "design: { kind = \"list\"; };\nmeasures = ( \"repeat_notification\" );\ninputs = ( { path = \"evidence.letter_effect\"; values = ( 1.0 ); } );",
          "did you mean repeat_notifications", 2 },
        { "design: { kind = \"list\"; };\nreplications = 0;\ninputs = ( { path = \"evidence.letter_effect\"; values = ( 1.0 ); } );",
          "0 is out of range; allowed: a whole number from 1", 2 },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        refuse("a.cfg", wrong[i].text, NULL, wrong[i].line, wrong[i].words);
}

/* A range that is inside out, one that lacks an end, a path of no number, a measure that is none; and nothing that follows from the first two. */
static void test_a_wrong_range_hides_neither_a_wrong_path_nor_a_wrong_measure(void)
{
    static const struct { int line; const char *words; } all[] = { { 2, "inside out" }, { 3, "only one end" }, { 4, "did you mean evidence.letter_effect?" },
                                                                   { 5, "stands twice: first on line 2" }, { 6, "there is no measure \"served_by_nobody\"" } };
    enum { N = sizeof all / sizeof all[0] };
    pw_sweep_t sweep;
    pw_findings_t findings = { 0 };
    place_t place = begin_place();
    const char *file = put(&place, "a.cfg",
                           "design: { kind = \"latin\"; points = 8; };\ninputs = ( { path = \"services.refuge.places\"; low = 6.0; high = 2.0; },\n"
                           " { path = \"incidents.shape\"; low = 1.0; },\n { path = \"evidence.leter_effect\"; },\n"
                           " { path = \"services.refuge.places\"; low = 1.0; high = 2.0; } );\nmeasures = ( \"served_by_nobody\" );");
    CU_ASSERT_EQUAL(open_file(&sweep, file, &findings, NULL), PW_ERROR_INPUT);
    CU_ASSERT_EQUAL(findings.n, N);
    for (int k = 0; k < N; k++) {
        bool said = false;
        for (size_t i = 0; i < findings.n; i++)
            said = said || (findings.finding[i].line == all[k].line && strstr(findings.finding[i].message, all[k].words));
        CU_ASSERT(said);
    }
    if (findings.n != N)
        pw_findings_print(&findings, stdout);
    pw_findings_free(&findings);
    pw_sweep_free(&sweep);
    end_place(&place);
}

#define MATRIX \
    "design: { kind = \"list\"; matrix = \"points.txt\"; };\ninputs = ( { path = \"evidence.letter_effect\"; }, { path = \"services.refuge.places\"; } );"
#define UNIT \
    "design: { kind = \"list\"; matrix = \"points.txt\"; unit = true; };\n" \
    "inputs = ( { path = \"evidence.letter_effect\"; }, { path = \"services.refuge.places\"; low = 0.0; high = 4.0; } );"

static void test_matrices_with_holes_are_refused_with_their_line(void)
{
    refuse("a.cfg", MATRIX, "1.0 2.0\n1.0\n", 2, "the row has 1 number; allowed: 2");
    refuse("a.cfg", MATRIX, "1.0, 2.0\n1.0, \n", 2, "number 2 of the row (services.refuge.places) is missing");
    refuse("a.cfg", MATRIX, "# from R\n1.0 2.0 3.0\n", 2, "the row has 3 numbers; allowed: 2");
    refuse("a.cfg", MATRIX, "x1 x2\n1.0 2.0\n", 1, "\"x1\" (evidence.letter_effect) is not a number");
    refuse("a.cfg", MATRIX, "1.0 nan\n", 1, "\"nan\" (services.refuge.places) is not a number");
    refuse("a.cfg", MATRIX, "1.0 2.0\n1.0 -2.0\n", 2, "-2 is out of range; allowed: 0 to");
    refuse("a.cfg", MATRIX, "\n\n", 1, "no row of numbers");
    refuse("a.cfg", MATRIX, NULL, 1, "cannot be read: No such file");
    refuse("a.cfg", UNIT, "0.5 0.5\n1.5 0.5\n", 2, "1.5 (evidence.letter_effect) is out of range");
    refuse("a.cfg", UNIT, "0.5 0.5\n1.0 0.5\n", 2, "no quantiles of a distribution without ends");
    refuse("a.csv", "evidence.letter_effect,services.refuge.places\n1.0,\n", NULL, 2, "");
    refuse("a.csv", "evidence.letter_effect,evidence.letter_effect\n1.0,1.0\n", NULL, 1, "");
    refuse("a.csv", "evidence.letter_effect,services.refuge.place\n1.0,2.0\n", NULL, 1, "did you mean services.refuge.places?");
    refuse("a.csv", "scenario,services.refuge.places\nbaseline,1\n,2.0\n", NULL, 3, "this cell is empty; allowed: the name of a scenario");
    refuse("a.csv", "services.refuge.places\n", NULL, 1, "a header and no point below it");
    refuse("a.csv", "services.refuge.places\n3\n-3\n", NULL, 3, "-3 is out of range");
}

/* ---- matrices and tables that are fine ---- */

static void test_a_matrix_and_a_table_give_one_point_a_row(void)
{
    place_t place = begin_place();
    pw_findings_t findings = { 0 };
    pw_sweep_t sweep;
    double point[3];
    put(&place, "points.txt", "% of another program\n1.5\t2\n 0.5 , 3 \n\n2e0 0\n");
    CU_ASSERT_EQUAL_FATAL(open_file(&sweep, put(&place, "a.cfg", MATRIX), &findings, NULL), PW_OK);
    CU_ASSERT_EQUAL(sweep.design.n_points, 3);
    pw_design_point(&sweep.design, 1, point);
    CU_ASSERT(point[0] == 0.5 && point[1] == 3.0);
    pw_sweep_free(&sweep);

    put(&place, "points.txt", "0.5 0.25\n0.9,1.0\n");
    CU_ASSERT_EQUAL_FATAL(open_file(&sweep, put(&place, "a.cfg", UNIT), &findings, NULL), PW_OK);
    pw_design_point(&sweep.design, 0, point);
    PW_ASSERT_NEAR(point[0], 1.0, 0.02);       /* the letter's median */
    CU_ASSERT_EQUAL(point[1], 1.0);
    pw_sweep_free(&sweep);

    CU_ASSERT_EQUAL_FATAL(open_file(&sweep, put(&place, "a.csv", "services.refuge.places,scenario\n4,supervised_contact\n5,baseline\n"), &findings, NULL),
                          PW_OK);
    CU_ASSERT_EQUAL(sweep.design.n_points, 2);
    pw_design_point(&sweep.design, 1, point);
    CU_ASSERT_EQUAL(point[0], 5.0);
    PW_ASSERT_TEXT(pw_column_text(&sweep.design.column[1], point[1]), "baseline");
    CU_ASSERT_EQUAL(pw_sweep_n_inputs(&sweep), 1);
    pw_sweep_free(&sweep);
    CU_ASSERT_EQUAL(findings.n, 0);
    end_place(&place);
}

static void test_opening_without_memory_loses_nothing(void)
{
    place_t place = begin_place();
    const char *file = put(&place, "a.cfg", "baseline = \"x\"; set = ( \"a=1\", \"b=2\" ); measures = ( \"a\", \"b\" ); scenarios = \"y\"; design: { kind = "
                           "\"list\"; matrix = \"points.txt\"; };\ninputs = ( { path = \"scenario\"; values = ( \"a\", \"b\" ); }, { path = \"p\"; } );");
    for (long n = 1;; n++) {
        pw_sweep_file_t read;
        pw_findings_t findings = { 0 };
        pw_memory_fail_at(n);
        pw_status_t status = pw_sweep_file_read(&read, file, &findings);
        pw_memory_fail_at(0);
        bool ended = status != PW_ERROR_MEMORY && !findings.out_of_memory;
        pw_sweep_file_free(&read);
        pw_findings_free(&findings);
        if (ended)
            break;
        CU_ASSERT_FATAL(n < 5000);
    }
    end_place(&place);
}

PW_TESTS(PW_TEST(test_wrong_designs_are_refused_with_their_line),
         PW_TEST(test_a_wrong_range_hides_neither_a_wrong_path_nor_a_wrong_measure),
         PW_TEST(test_matrices_with_holes_are_refused_with_their_line),
         PW_TEST(test_a_matrix_and_a_table_give_one_point_a_row),
         PW_TEST(test_opening_without_memory_loses_nothing))
