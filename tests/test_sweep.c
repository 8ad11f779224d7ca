/* test_sweep.c: a point of a sweep is what a run with the same settings is; its name says all that it depends on; its summary is arithmetic. */
#include "harness.h"
#include "sweep_maker.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/experiment/sweep_summary.h"
#include "../model/spec/values.h"


/* All rows of a unit, one after the other; returns how many. */
static int run_unit(const pw_sweep_t *sweep, int64_t number, double *out)
{
    pw_sweep_worker_t worker;
    pw_findings_t findings = { 0 };
    pw_unit_t unit = pw_sweep_unit(sweep, number);
    CU_ASSERT_EQUAL_FATAL(pw_sweep_worker_init(&worker, sweep), PW_OK);
    CU_ASSERT_EQUAL(pw_sweep_unit_run(&worker, &unit, NULL, &findings), PW_OK);
    pw_findings_print(&findings, stdout);
    for (int r = 0; r < worker.n_rows; r++)
        memcpy(out + r * sweep->n_measures, worker.row[r].measure, (size_t)sweep->n_measures * sizeof out[0]);
    int n = worker.n_rows;
    pw_sweep_worker_free(&worker);
    return n;
}

/* ---- a point is what a run is ---- */

enum { ROOM = 4096 };

static void test_a_point_is_what_a_run_is(void)
{
    pw_sweep_t sweep;
    double rows[ROOM];
    open_text(&sweep, SMALL "replications = 1; seed = 2385; design: { kind = \"list\"; }; inputs = ( { path = \"services.refuge.places\"; "
              "values = ( 3.0 ); } );", NULL);
    CU_ASSERT_EQUAL(run_unit(&sweep, 0, rows), 2);
    pw_run_request_t request = { .spec = (const pw_spec_t *const *)sweep.spec, .n_scenarios = 2, .replications = 1, .seed = 2385, .threads = 1 };
    pw_run_t run;
    pw_findings_t findings = { 0 };
    CU_ASSERT_EQUAL_FATAL(pw_run_prepare(&run, &request, &findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_run_go(&run, &findings), PW_OK);
    int given = 0;
    for (int s = 0; s < 2; s++)
        for (int m = 0; m < sweep.n_measures; m++) {
            int64_t row = pw_ledger_row(&run.ledger, sweep.measure[m], run.roster.n_areas, PW_SUBGROUP_all);
            double expected = pw_ledger_draw(&run.ledger, 0, s, row, false), actual = rows[s * sweep.n_measures + m];
            CU_ASSERT((isnan(expected) && isnan(actual)) || expected == actual);
            given += !isnan(actual);
        }
    CU_ASSERT(given > 20);
    pw_run_free(&run);
    pw_sweep_free(&sweep);
}

/* Each kind of number that a path may lead to, and a lawful value that is not the files'. */
static const char *const turned[][2] = {
    { "services.refuge.places", "1.0" },
    { "services.refuge.places.north", "0.0" },
    { "teams.assessment.places", "3.0" },
    { "stages.screening.choice.letter.percent", "11.5" },
    { "stages.screening.duration.median_days", "2.5" },
    { "stages.initial_assessment.statutory_days", "7.0" },
    { "stages.core_assessment.on.victim_disengaged.percent", "55.0" },
    { "stages.screening.load", "0.3" },
    { "stages.initial_assessment.choice.core_assessment.ratio.previous_notifications", "9.0" },
    { "police.notifies.odds_ratio.child_present", "7.0" },
    { "police.notifies.percent", "35.0" },
    { "police.effects.incident_rate.ratio", "0.3" },
    { "information.police_form.sees_percent.child_present.south", "5.0" },
    { "incidents.shape", "0.8" },
    { "couple.recently_days", "20.0" },
    { "leaving.moves_away.per_year", "0.7" },
    { "money.discount_percent", "9.0" },
    { "evidence.letter_effect", "0.5" },
    { "evidence.initial_assessment_cost", "999.0" },
    { "services.perpetrator_programme.completes.percent", "12.0" },
    { "services.specialist_advocacy.patience.p95_days", "31.0" },
};

/* Setting a number through a knob gives the same bytes as reading the files with --set; and not those of the files as they stand. */
static void test_a_knob_does_what_set_does(void)
{
    enum { N = sizeof turned / sizeof turned[0] };
    pw_sweep_t plain;
    double before[ROOM], by_knob[ROOM], by_set[ROOM];
    const char *tail = "measures = \"all\"; replications = 1; design: { kind = \"list\"; };";
    char text[2000];
    snprintf(text, sizeof text, SMALL "%s inputs = ( { path = \"evidence.letter_effect\"; values = ( 1.0 ); } );", tail);
    open_text(&plain, text, NULL);
    size_t size = (size_t)run_unit(&plain, 0, before) * (size_t)plain.n_measures * sizeof before[0];
    CU_ASSERT_FATAL(size <= sizeof before);
    for (int i = 0; i < N; i++) {
        pw_sweep_t knob, set;
        char assignment[200];
        snprintf(text, sizeof text, SMALL "%s inputs = ( { path = \"%s\"; values = ( %s ); } );", tail, turned[i][0], turned[i][1]);
        snprintf(assignment, sizeof assignment, "%s=%s", turned[i][0], turned[i][1]);
        open_text(&knob, text, NULL);
        open_text(&set, text, assignment);
        run_unit(&knob, 0, by_knob);
        run_unit(&set, 0, by_set);
        if (memcmp(by_knob, by_set, size) != 0 || memcmp(by_knob, before, size) == 0)
            printf("%s\n", assignment);
        CU_ASSERT_EQUAL(memcmp(by_knob, by_set, size), 0);
        CU_ASSERT_NOT_EQUAL(memcmp(by_knob, before, size), 0);
        pw_sweep_free(&knob);
        pw_sweep_free(&set);
    }
    pw_sweep_free(&plain);
}

static void test_a_number_of_one_scenario_leaves_the_baseline(void)
{
    pw_sweep_t sweep;
    double low[ROOM], high[ROOM];
    open_text(&sweep, SMALL "replications = 1; design: { kind = \"list\"; }; inputs = ( { path = \"supervised_contact/evidence.letter_effect\"; "
              "values = ( 0.5, 2.0 ); } );", NULL);
    CU_ASSERT_EQUAL(sweep.reach[0], 2);
    run_unit(&sweep, 0, low);
    run_unit(&sweep, 1, high);
    size_t size = (size_t)sweep.n_measures * sizeof low[0];
    CU_ASSERT_EQUAL(memcmp(low, high, size), 0);
    CU_ASSERT_NOT_EQUAL(memcmp(low + sweep.n_measures, high + sweep.n_measures, size), 0);
    pw_sweep_free(&sweep);
}

/* ---- units ---- */

#define TWO_INPUTS "inputs = ( { path = \"evidence.letter_effect\"; }, { path = \"services.refuge.places\"; low = 0.0; high = 6.0; } );"

static void test_rows_do_not_depend_on_blocks_or_order(void)
{
    pw_sweep_t whole, split;
    pw_sweep_worker_t worker;
    double one[ROOM], other[ROOM];
    pw_findings_t findings = { 0 };
    open_text(&whole, SMALL "replications = 3; design: { kind = \"sobol\"; points = 3; };" TWO_INPUTS, NULL);
    open_text(&split, SMALL "replications = 3; block = 2; design: { kind = \"sobol\"; points = 3; };" TWO_INPUTS, NULL);
    CU_ASSERT_EQUAL(pw_sweep_n_units(&whole), 3);
    CU_ASSERT_EQUAL(pw_sweep_n_units(&split), 6);
    CU_ASSERT_EQUAL_FATAL(pw_sweep_worker_init(&worker, &split), PW_OK);
    int n = 2 * split.n_measures;
    for (int64_t k = 5; k >= 0; k--) {
        pw_unit_t unit = pw_sweep_unit(&split, k);
        CU_ASSERT_EQUAL(unit.n, k % 2 ? 1 : 2);
        CU_ASSERT_EQUAL(pw_sweep_unit_run(&worker, &unit, NULL, &findings), PW_OK);
        CU_ASSERT_EQUAL(worker.n_rows, 2 * unit.n);
        for (int r = 0; r < worker.n_rows; r++) {
            CU_ASSERT_EQUAL(worker.row[r].scenario, r % 2);
            CU_ASSERT_EQUAL(worker.row[r].replication, unit.first + r / 2);
            memcpy(other + (unit.point * 3 + unit.first) * n + r * split.n_measures, worker.row[r].measure, (size_t)split.n_measures * sizeof other[0]);
        }
    }
    for (int64_t k = 0; k < 3; k++)
        run_unit(&whole, k, one + k * 3 * n);
    CU_ASSERT_EQUAL(memcmp(one, other, (size_t)(9 * n) * sizeof one[0]), 0);
    pw_sweep_worker_free(&worker);
    pw_sweep_free(&whole);
    pw_sweep_free(&split);
}

static void name_of(const char *text, const char *set, int64_t unit, char out[PW_DIGEST_ROOM])
{
    pw_sweep_t sweep;
    open_text(&sweep, text, set);
    pw_unit_t at = pw_sweep_unit(&sweep, unit);
    pw_sweep_unit_name(&sweep, &at, out);
    CU_ASSERT_EQUAL(strlen(out), 64);
    pw_sweep_free(&sweep);
}

#define LIST "design: { kind = \"list\"; };"
static void test_a_units_name_says_all_that_it_depends_on(void)
{
    char name[PW_DIGEST_ROOM], same[PW_DIGEST_ROOM], other[PW_DIGEST_ROOM];
    name_of(SMALL LIST "inputs = ( { path = \"services.refuge.places\"; values = ( 1.0, 3.0 ); } );", NULL, 0, name);
    name_of(SMALL LIST "title = \"another\"; inputs = ( { path = \"services.refuge.places\"; values = ( 5.0, 1.0, 1.0 ); }, { path = "
            "\"services.early_help.places\"; values = ( 6.0, 1.0, 6.0 ); } );", NULL, 2, same);
    PW_ASSERT_TEXT(same, name);      /* early_help has 6 places in the files: an input that says so changes nothing */
    static const char *const differs[] = {
        SMALL LIST "inputs = ( { path = \"services.refuge.places\"; values = ( 2.0 ); } );",
        SMALL LIST "seed = 2; inputs = ( { path = \"services.refuge.places\"; values = ( 1.0 ); } );",
        SMALL LIST "replications = 3; inputs = ( { path = \"services.refuge.places\"; values = ( 1.0 ); } );",
        SMALL LIST "estimates = \"drawn\"; inputs = ( { path = \"services.refuge.places\"; values = ( 1.0 ); } );",
        SMALL LIST "estimates = \"drawn\"; parameters = \"prior\"; inputs = ( { path = \"services.refuge.places\"; values = ( 1.0 ); } );",
        SMALL LIST "measures = ( \"renotified_6_months\" ); inputs = ( { path = \"services.refuge.places\"; values = ( 1.0 ); } );",
        SMALL LIST "inputs = ( { path = \"services.refuge.places\"; values = ( 1.0 ); }, { path = \"services.early_help.places\"; values = ( 5.0 ); } );",
    };
    for (size_t i = 0; i < sizeof differs / sizeof differs[0]; i++) {
        snprintf(same, sizeof same, "%s", i > 0 ? other : name);
        name_of(differs[i], NULL, 0, other);
        CU_ASSERT_STRING_NOT_EQUAL(other, name);
        CU_ASSERT_STRING_NOT_EQUAL(other, same);
    }
    name_of(SMALL LIST "inputs = ( { path = \"services.refuge.places\"; values = ( 1.0, 3.0 ); } );", "time.intake_months=11", 0, other);
    CU_ASSERT_STRING_NOT_EQUAL(other, name);
}

/* ---- the scenario as an input; drawn estimates ---- */

static void test_a_point_may_name_its_scenario(void)
{
    pw_sweep_t sweep;
    double rows[ROOM], all[ROOM];
    open_text(&sweep, SMALL "replications = 1; design: { kind = \"grid\"; }; inputs = ( { path = \"scenario\"; values = ( \"baseline\", "
              "\"supervised_contact\", \"joint_screening\" ); } );", NULL);
    CU_ASSERT_EQUAL(sweep.design.n_points, 3);
    CU_ASSERT_EQUAL(sweep.n_scenarios, 3);     /* joint_screening was found by its name */
    CU_ASSERT_EQUAL(pw_sweep_n_inputs(&sweep), 0);
    CU_ASSERT_EQUAL(run_unit(&sweep, 0, rows), 1);
    CU_ASSERT_EQUAL(run_unit(&sweep, 1, rows), 2);
    pw_sweep_t every;
    open_text(&every, SMALL "replications = 1; design: { kind = \"list\"; }; inputs = ( { path = \"services.refuge.places\"; values = ( 3.0 ); } );", NULL);
    CU_ASSERT_EQUAL(run_unit(&every, 0, all), 2);
    int shared = 0;
    for (int m = 0; m < sweep.n_measures; m++) {
        int other = pw_catalogue_find(&every.run.catalogue, pw_sweep_measure_name(&sweep, m));
        for (int k = 0; k < every.n_measures; k++)
            if (every.measure[k] == other && !isnan(all[every.n_measures + k])) {
                CU_ASSERT_EQUAL(rows[sweep.n_measures + m], all[every.n_measures + k]);
                shared++;
            }
    }
    CU_ASSERT(shared > 10);
    pw_sweep_free(&sweep);
    pw_sweep_free(&every);
}

static void test_drawn_estimates_are_those_of_a_run(void)
{
    pw_sweep_t sweep;
    pw_sweep_worker_t worker;
    pw_findings_t findings = { 0 };
    pw_values_t draw = { 0 };
    open_text(&sweep, SMALL "replications = 3; seed = 7; estimates = \"drawn\"; parameters = \"prior\"; " LIST "inputs = ( { path = "
              "\"evidence.letter_effect\"; values = ( 0.5 ); } );", NULL);
    CU_ASSERT_EQUAL_FATAL(pw_sweep_worker_init(&worker, &sweep), PW_OK);
    pw_unit_t unit = { .n = 1, .first = 2 };
    CU_ASSERT_EQUAL(pw_sweep_unit_run(&worker, &unit, NULL, &findings), PW_OK);
    const pw_evidence_t *evidence = &worker.spec[0]->evidence;
    int letter = pw_evidence_find(evidence, "letter_effect");
    CU_ASSERT_EQUAL_FATAL(pw_values_draw(evidence, 2, 7, 2, &draw), PW_OK);
    for (int e = 0; e < evidence->n; e++)
        CU_ASSERT_EQUAL(pw_values_get(&worker.values[0], e, 1), e == letter ? 0.5 : pw_values_get(&draw, e, 1));
    pw_values_free(&draw);
    pw_sweep_worker_free(&worker);
    pw_sweep_free(&sweep);
}

#define POSTERIOR_HEAD "set,weight,results,evidence,incidents_per_year,letter_effect\n"

/* Writes a posterior of these sets and opens a design that draws from it. */
static void open_with_posterior(pw_sweep_t *sweep, place_t *place, const char *sets)
{
    char design[1000], text[500];
    *place = begin_place();
    snprintf(text, sizeof text, "%s%s", POSTERIOR_HEAD, sets);
    (void)put(place, "points.txt", text);
    snprintf(design, sizeof design, SMALL "replications = 3; seed = 7; estimates = \"drawn\"; parameters = \"points.txt\"; " LIST "inputs = ( { path = "
             "\"evidence.letter_effect\"; "
             "values = ( 0.5 ); } );");
    pw_findings_t findings = { 0 };
    CU_ASSERT_EQUAL_FATAL(open_file(sweep, put(place, "a.cfg", design), &findings, NULL), PW_OK);
    pw_findings_free(&findings);
}

/* As a run's draw: from the set where it has the estimate, else from the estimate's own distribution; the point's input stands over both. */
static void test_draws_from_a_posterior_are_those_of_a_run(void)
{
    pw_sweep_t sweep;
    place_t place;
    pw_sweep_worker_t worker;
    pw_findings_t findings = { 0 };
    pw_values_t draw = { 0 };
    open_with_posterior(&sweep, &place, "0,1,1,ab,2.385,0.9\n1,1,1,ab,3.385,0.8\n");
    CU_ASSERT(strstr(pw_text_get(&sweep.doubt), "other priors") != NULL);
    CU_ASSERT_EQUAL_FATAL(pw_sweep_worker_init(&worker, &sweep), PW_OK);
    const pw_evidence_t *evidence = &worker.spec[0]->evidence;
    int letter = pw_evidence_find(evidence, "letter_effect"), rate = pw_evidence_find(evidence, "incidents_per_year"), seen[2] = { 0, 0 };
    for (int64_t r = 0; r < 3; r++) {
        pw_unit_t unit = { .n = 1, .first = r };
        CU_ASSERT_EQUAL(pw_sweep_unit_run(&worker, &unit, NULL, &findings), PW_OK);
        CU_ASSERT_EQUAL_FATAL(pw_values_draw(evidence, 2, 7, (uint64_t)r, &draw), PW_OK);
        pw_values_put(&draw, evidence, rate, pw_posterior_set(&sweep.posterior, r) == 0 ? 2.385 : 3.385);
        pw_values_put(&draw, evidence, letter, 0.5);
        seen[pw_posterior_set(&sweep.posterior, r)]++;
        for (int e = 0; e < evidence->n; e++)
            CU_ASSERT_EQUAL(pw_values_get(&worker.values[0], e, 1), pw_values_get(&draw, e, 1));
        pw_values_free(&draw);
    }
    CU_ASSERT(seen[0] > 0 && seen[1] > 0);
    pw_sweep_worker_free(&worker);
    pw_sweep_free(&sweep);
    end_place(&place);
}

static void test_a_units_name_has_the_posterior_in_it(void)
{
    char name[3][PW_DIGEST_ROOM];
    static const char *const sets[3] = { "0,1,1,ab,2.385,0.9\n", "0,1,1,ab,2.385,0.8\n", "0,1,1,ab,2.385,0.9\n" };
    for (int i = 0; i < 3; i++) {
        pw_sweep_t sweep;
        place_t place;
        open_with_posterior(&sweep, &place, sets[i]);
        pw_unit_t unit = pw_sweep_unit(&sweep, 0);
        pw_sweep_unit_name(&sweep, &unit, name[i]);
        pw_sweep_free(&sweep);
        end_place(&place);
    }
    CU_ASSERT_STRING_NOT_EQUAL(name[0], name[1]);
    PW_ASSERT_TEXT(name[2], name[0]);      /* the same sets in another place are the same */
}

static const pw_design_column_t *column_of(const pw_sweep_t *sweep, const char *path)
{
    for (int j = 0; j < sweep->design.n_columns; j++)
        if (strcmp(sweep->design.column[j].path, path) == 0)
            return &sweep->design.column[j];
    return NULL;
}

static void test_all_estimates_at_once(void)
{
    pw_sweep_t sweep;
    open_text(&sweep, SMALL "design: { kind = \"morris\"; trajectories = 2; }; inputs = ( { path = \"evidence.*\"; }, { path = \"evidence.letter_effect\"; low "
              "= 0.5; high = 2.0; scale = \"log\"; } );", NULL);
    int uncertain = 0;
    for (int s = 0; s < 2; s++) {
        const pw_evidence_t *evidence = &sweep.spec[s]->evidence;
        for (int e = 0; e < evidence->n; e++)
            uncertain += evidence->estimate[e].distribution != PW_DISTRIBUTION_FIXED &&
                (s == 0 || pw_evidence_find(&sweep.spec[0]->evidence, evidence->estimate[e].name) < 0);
    }
    CU_ASSERT_EQUAL(sweep.design.n_columns, uncertain);
    CU_ASSERT_FATAL(column_of(&sweep, "evidence.voluntary_contact_uptake") != NULL);       /* the scenario's own */
    CU_ASSERT_FATAL(column_of(&sweep, "evidence.letter_effect") != NULL);
    CU_ASSERT_EQUAL(column_of(&sweep, "evidence.letter_effect")->scale, PW_SCALE_LOG);
    pw_sweep_free(&sweep);
}

/* ---- a point that makes no model ---- */

static void test_a_point_that_makes_no_model_says_why_and_the_next_is_fine(void)
{
    pw_sweep_t sweep;
    pw_sweep_worker_t worker;
    pw_findings_t findings = { 0 };
    open_text(&sweep, SMALL "replications = 1; " LIST "inputs = ( { path = \"stages.screening.choice.letter.percent\"; values = ( 99.0, 20.0 ); }, { path = "
              "\"stages.screening.choice.signposted.percent\"; values = ( 20.0, 20.0 ); } );", NULL);
    CU_ASSERT_EQUAL_FATAL(pw_sweep_worker_init(&worker, &sweep), PW_OK);
    pw_unit_t bad = pw_sweep_unit(&sweep, 0), good = pw_sweep_unit(&sweep, 1);
    CU_ASSERT_EQUAL(pw_sweep_unit_run(&worker, &bad, NULL, &findings), PW_ERROR_INPUT);
    CU_ASSERT_FATAL(findings.n > 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(findings.finding[0].message, "The percentages come to"));
    pw_findings_free(&findings);
    CU_ASSERT_EQUAL(pw_sweep_unit_run(&worker, &good, NULL, &findings), PW_OK);
    CU_ASSERT_EQUAL(worker.n_rows, 2);
    pw_sweep_worker_free(&worker);
    pw_sweep_free(&sweep);
}

static void test_a_stopped_unit_has_no_rows_to_keep(void)
{
    pw_sweep_t sweep;
    pw_sweep_worker_t worker;
    pw_findings_t findings = { 0 };
    volatile sig_atomic_t stop = 1;
    open_text(&sweep, SMALL LIST "inputs = ( { path = \"services.refuge.places\"; values = ( 1.0 ); } );", NULL);
    CU_ASSERT_EQUAL_FATAL(pw_sweep_worker_init(&worker, &sweep), PW_OK);
    pw_unit_t unit = pw_sweep_unit(&sweep, 0);
    CU_ASSERT_EQUAL(pw_sweep_unit_run(&worker, &unit, &stop, &findings), PW_ERROR_STOPPED);
    CU_ASSERT_EQUAL(pw_sweep_unit_run(&worker, &unit, NULL, &findings), PW_OK);
    pw_sweep_worker_free(&worker);
    pw_sweep_free(&sweep);
}

/* ---- the summary ---- */

static void test_summary_is_arithmetic(void)
{
    pw_sweep_t sweep;
    pw_sweep_summary_t summary;
    char *text = NULL, *at, *points_text = NULL;
    size_t n = 0, n_points = 0;
    FILE *to = open_memstream(&text, &n), *points = open_memstream(&points_text, &n_points);
    open_text(&sweep, SMALL "replications = 4; measures = ( \"repeat_notifications\" ); " LIST "inputs = ( { path = \"services.refuge.places\"; values = "
              "( 1.0, 2.0, 3.0 ); } );", NULL);
    CU_ASSERT_EQUAL_FATAL(pw_sweep_summary_begin(&summary, &sweep, to, points), PW_OK);
    const double base[] = { 10.0, 12.0, NAN, 14.0 }, policy[] = { 9.0, 10.0, 3.0, 13.0 };
    for (int r = 0; r < 4; r++) {
        CU_ASSERT_EQUAL(pw_sweep_summary_add(&summary, 1, r, 0, &base[r]), PW_OK);
        CU_ASSERT_EQUAL(pw_sweep_summary_add(&summary, 1, r, 1, &policy[r]), PW_OK);
    }
    CU_ASSERT_EQUAL(pw_sweep_summary_add(&summary, 0, 0, 0, base), PW_ERROR_INPUT);     /* points do not go back */
    CU_ASSERT_EQUAL(pw_sweep_summary_add(&summary, 1, 0, 1, base), PW_ERROR_INPUT);     /* a fifth row of four */
    pw_sweep_summary_end(&summary);
    pw_sweep_summary_free(&summary);
    fclose(to);
    fclose(points);
    /* a row for every point, in the design's order, also where nothing is known */
    PW_ASSERT_TEXT(strtok_r(points_text, "\n", &at),
                   "point,services.refuge.places,baseline/repeat_notifications,supervised_contact/repeat_notifications,"
                   "supervised_contact-baseline/repeat_notifications");
    PW_ASSERT_TEXT(strtok_r(NULL, "\n", &at), "0,1,,,");
    PW_ASSERT_TEXT(strtok_r(NULL, "\n", &at), "1,2,12,8.75,-1.3333333333333333");
    PW_ASSERT_TEXT(strtok_r(NULL, "\n", &at), "2,3,,,");
    CU_ASSERT_PTR_NULL(strtok_r(NULL, "\n", &at));
    free(points_text);
    PW_ASSERT_TEXT(strtok_r(text, "\n", &at),
                   "point,scenario,services.refuge.places,measure,unit,worlds,mean,mc_se,p05,p50,p95,"
                   "difference,difference_mc_se,difference_low95,difference_high95");
    char expected[400];
    /* baseline: 10, 12, 14: mean 12, standard deviation 2, standard error 2 / sqrt 3 */
    snprintf(expected, sizeof expected, "1,baseline,2,repeat_notifications,%s,3,12,%.17g,10.2,12,13.8,,,,", pw_sweep_measure(&sweep, 0)->definition->unit,
             2.0 / sqrt(3.0));
    char *line = strtok_r(NULL, "\n", &at);
    CU_ASSERT_EQUAL(strncmp(line, expected, 50), 0);
    /* differences -1, -2, -1: mean -4/3, standard error 1/3, t with two degrees 4.30265273 */
    line = strtok_r(NULL, "\n", &at);
    double difference = 0.0, se = 0.0, low = 0.0, high = 0.0;
    const char *tail = line;
    for (int commas = 0; commas < 11; tail++)
        commas += *tail == ',';
    CU_ASSERT_EQUAL(sscanf(tail, "%lf,%lf,%lf,%lf", &difference, &se, &low, &high), 4);
    PW_ASSERT_NEAR(difference, -4.0 / 3.0, 1e-12);
    PW_ASSERT_NEAR(se, 1.0 / 3.0, 1e-12);
    PW_ASSERT_NEAR(low, -4.0 / 3.0 - 4.30265273 / 3.0, 1e-7);
    PW_ASSERT_NEAR(high, -4.0 / 3.0 + 4.30265273 / 3.0, 1e-7);
    CU_ASSERT_PTR_NULL(strtok_r(NULL, "\n", &at));
    free(text);
    pw_sweep_free(&sweep);
}

static void test_points_with_a_scenario_of_their_own_have_columns_for_it(void)
{
    pw_sweep_t sweep;
    pw_sweep_summary_t summary;
    char *text = NULL, *points = NULL, *at;
    size_t n = 0, n_points = 0;
    FILE *to = open_memstream(&text, &n), *rows = open_memstream(&points, &n_points);
    open_text(&sweep, SMALL "replications = 1; measures = ( \"budget\" ); " LIST "inputs = ( { path = \"scenario\"; values = ( \"supervised_contact\", "
              "\"baseline\" ); }, { path = \"services.refuge.places\"; values = ( 1.0, 2.0 ); } );", NULL);
    CU_ASSERT_EQUAL_FATAL(pw_sweep_summary_begin(&summary, &sweep, to, rows), PW_OK);
    CU_ASSERT_EQUAL(pw_sweep_summary_add(&summary, 0, 0, 0, (double[]){ 7.0 }), PW_OK);
    CU_ASSERT_EQUAL(pw_sweep_summary_add(&summary, 0, 0, 1, (double[]){ 9.5 }), PW_OK);
    CU_ASSERT_EQUAL(pw_sweep_summary_add(&summary, 1, 0, 0, (double[]){ 6.0 }), PW_OK);
    pw_sweep_summary_end(&summary);
    pw_sweep_summary_free(&summary);
    fclose(to);
    fclose(rows);
    PW_ASSERT_TEXT(strtok_r(points, "\n", &at), "point,scenario,services.refuge.places,baseline/budget,scenario/budget,scenario-baseline/budget");
    PW_ASSERT_TEXT(strtok_r(NULL, "\n", &at), "0,supervised_contact,1,7,9.5,2.5");
    PW_ASSERT_TEXT(strtok_r(NULL, "\n", &at), "1,baseline,2,6,6,0");
    free(text);
    free(points);
    pw_sweep_free(&sweep);
}

/* ---- without memory ---- */

static void test_a_sweep_opened_without_memory_loses_nothing(void)
{
    place_t place = begin_place();
    const char *file = put(&place, "a.cfg", SMALL "design: { kind = \"latin\"; points = 5; maximin = true; }; inputs = ( { path = \"scenario\"; values = ( "
                           "\"baseline\", \"joint_screening\" ); }, { path = \"evidence.*\"; }, { path = \"services.refuge.places\"; "
                           "values = ( 1.0, 2.0 ); } );");
    for (long n = 1;; n += 1 + n / 4) {
        pw_sweep_t sweep;
        pw_findings_t findings = { 0 };
        pw_memory_fail_at(n);
        pw_status_t status = open_file(&sweep, file, &findings, NULL);
        pw_memory_fail_at(0);
        pw_sweep_free(&sweep);
        pw_findings_free(&findings);
        if (status == PW_OK)
            break;
        CU_ASSERT_EQUAL(status, PW_ERROR_MEMORY);
        CU_ASSERT_FATAL(n < 10000000);
    }
    end_place(&place);
}

static void test_a_worker_without_memory_loses_nothing(void)
{
    pw_sweep_t sweep;
    open_text(&sweep, SMALL LIST "inputs = ( { path = \"services.refuge.places\"; values = ( 1.0 ); } );", NULL);
    for (long n = 1; n <= 20000; n += 1 + n / 3) {
        pw_sweep_worker_t worker;
        pw_memory_fail_at(n);
        pw_status_t status = pw_sweep_worker_init(&worker, &sweep);
        pw_memory_fail_at(0);
        CU_ASSERT(status == PW_OK || status == PW_ERROR_MEMORY);
        CU_ASSERT(n > 1 || status == PW_ERROR_MEMORY);
        pw_sweep_worker_free(&worker);
    }
    pw_sweep_free(&sweep);
}

PW_TESTS(PW_TEST(test_a_point_is_what_a_run_is),
         PW_TEST(test_a_knob_does_what_set_does),
         PW_TEST(test_a_number_of_one_scenario_leaves_the_baseline),
         PW_TEST(test_rows_do_not_depend_on_blocks_or_order),
         PW_TEST(test_a_units_name_says_all_that_it_depends_on),
         PW_TEST(test_a_point_may_name_its_scenario),
         PW_TEST(test_drawn_estimates_are_those_of_a_run),
         PW_TEST(test_draws_from_a_posterior_are_those_of_a_run), PW_TEST(test_a_units_name_has_the_posterior_in_it),
         PW_TEST(test_a_point_that_makes_no_model_says_why_and_the_next_is_fine),
         PW_TEST(test_a_stopped_unit_has_no_rows_to_keep),
         PW_TEST(test_summary_is_arithmetic),
         PW_TEST(test_points_with_a_scenario_of_their_own_have_columns_for_it),
         PW_TEST(test_a_sweep_opened_without_memory_loses_nothing),
         PW_TEST(test_all_estimates_at_once),
         PW_TEST(test_a_worker_without_memory_loses_nothing))
