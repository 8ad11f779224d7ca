#include "shares_rows.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "digits.h"
#include "wording.h"

#define FILE_NAME "answers/evidence_shares.csv"

static const pw_column_t column[] = {
    { FILE_NAME, "measure", "string", NULL, "name of the measure; measures.csv says what it means" },
    { FILE_NAME, "scenario", "string", NULL, "name of the scenario, whose difference from the baseline it is about" },
    { FILE_NAME, "what", "string", NULL,
      "grade: all estimates of a grade; estimate: one of the ten that tell most; together: 1 less the sum of the grades, above 0 what estimates of "
      "several grades do only "
      "together, or what no smooth curve shows, below 0 by how much the grades overlap; none: the draws do not differ by more than the "
      "noise of the simulation" },
    { FILE_NAME, "name", "string", NULL, "of a grade: measured, published, derived, assumed, fitted (assumed, then fitted to the study); "
      "of an estimate: its name" },
    { FILE_NAME, "grade", "string", NULL, "grade of the estimate" },
    { FILE_NAME, "share", "number", "share",
      "how much of the difference's variance over draws would go, on average, if these were known (with what they tell of estimates that they go "
      "together with); noise of the "
      "simulation taken off; below 0: less than noise makes" },
    { FILE_NAME, "error", "number", "share", "its standard error" },
    { FILE_NAME, "spread", "number", "unit", "standard deviation of the difference over draws, noise taken off" },
    { FILE_NAME, "noise", "number", "share", "share of the draws' raw variance that is noise of the simulation; missing with one replication: "
      "then it is in the spread" },
    { FILE_NAME, "draws", "integer", NULL, "draws in which the measure has a value" },
};
static const pw_answer_kind_t kind = { FILE_NAME, "of the spread in each headline difference: which grades of evidence, and which estimates, it comes from", 4,
                                       column, (int)(sizeof column / sizeof column[0]) };

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out);
static void close_with(const pw_csv_table_t *table, pw_text_t *out);
const pw_answer_words_t pw_shares_words = { &kind, say, close_with, "What do the differences rest on?", true };

/* ---- rows ---- */

int pw_shares_headlines(const pw_account_t *account, bool directed, int most, const char **out)
{
    int n = 0;
    for (int64_t r = 0; r < pw_account_rows(account, PW_READ_measures) && n < most; r++) {
        const char *name = pw_account_cell(account, PW_READ_measures, r, "measure");
        bool shown = strcmp(pw_account_cell(account, PW_READ_measures, r, "headline"), "true") == 0;
        bool price = strcmp(pw_account_cell(account, PW_READ_measures, r, "theme"), "price") == 0;
        if (shown && !price && (!directed || pw_account_direction(account, name) != 0))
            out[n++] = name;
    }
    return n;
}

typedef struct { const char *measure, *scenario; double spread, noise; int draws; pw_csv_t *csv; } row_t;

static void put(const row_t *row, const char *what, const char *name, const char *grade, double share, double error)
{
    pw_csv_text(row->csv, row->measure);
    pw_csv_text(row->csv, row->scenario);
    pw_csv_text(row->csv, what);
    pw_csv_text(row->csv, name);
    pw_csv_text(row->csv, grade);
    pw_csv_number(row->csv, share);
    pw_csv_number(row->csv, error);
    pw_csv_number(row->csv, row->spread);
    pw_csv_number(row->csv, row->noise);
    pw_csv_integer(row->csv, row->draws);
    pw_csv_end(row->csv);
}

static void put_all(const pw_ground_t *ground, const row_t *row, const pw_share_t *input, const pw_share_t *of_group)
{
    int leading[PW_SHARES_LISTED], n = pw_ground_order(ground, input, PW_SHARES_LISTED, leading);
    double sum = 0.0, squares = 0.0;
    for (int g = 0; g < PW_GROUND_GROUPS; g++) {
        put(row, "grade", pw_ground_group_name(g), NULL, of_group[g].share, of_group[g].error);
        sum += of_group[g].share;
        squares += of_group[g].error * of_group[g].error;
    }
    for (int k = 0; k < n; k++)
        put(row, "estimate", ground->estimate[leading[k]].label, pw_ground_group_name(ground->group[leading[k]]), input[leading[k]].share,
            input[leading[k]].error);
    put(row, "together", NULL, NULL, 1.0 - sum, sqrt(squares));
}

static pw_status_t write_one(const pw_ground_t *ground, const char *measure, int scenario, double *y, pw_share_t *input, pw_csv_t *csv)
{
    pw_share_t of_group[PW_GROUND_GROUPS];
    double spread = NAN, noise = pw_ground_noise(ground, measure, scenario, 0);
    row_t row = { measure, ground->account->manifest.scenario[scenario].name, NAN, NAN, 0, csv };
    (void)pw_ground_difference(ground, measure, scenario, 0, y);
    pw_status_t status = pw_ground_shares(ground, y, noise, input, of_group, &spread, &row.draws);
    if (status == PW_ERROR_NUMBER)      /* too few draws have a value */
        return PW_OK;
    if (status != PW_OK)
        return status;
    bool tells = spread > 0.0 && !isnan(input[0].share);
    row.spread = tells ? sqrt(spread) : NAN;
    row.noise = isnan(noise) ? NAN : spread + noise > 0.0 ? noise / (spread + noise) : NAN;
    if (tells)
        put_all(ground, &row, input, of_group);
    else
        put(&row, "none", NULL, NULL, NAN, NAN);
    return PW_OK;
}

pw_status_t pw_shares_write(const pw_ground_t *ground, const char *measure, pw_csv_t *csv)
{
    const char *headline[64];
    int n = measure ? 1 : pw_shares_headlines(ground->account, false, 64, headline);
    double *y = pw_alloc((size_t)ground->n, sizeof y[0]);
    pw_share_t *input = pw_alloc((size_t)ground->p, sizeof input[0]);
    pw_status_t status = y && input ? PW_OK : PW_ERROR_MEMORY;
    for (int m = 0; m < n && status == PW_OK; m++)
        for (int s = 1; s < ground->account->manifest.n_scenarios && status == PW_OK; s++)
            status = write_one(ground, measure ? measure : headline[m], s, y, input, csv);
    pw_free(y);
    pw_free(input);
    return status;
}

/* ---- words ---- */

/* "62 %"; never below 0, never "0.4 %": a share is no better known than in whole percents. */
static void percent(double share, pw_text_t *out)
{
    pw_put_share(share, out);
}

static bool same_question(const pw_csv_table_t *table, int64_t a, int64_t b)
{
    return strcmp(pw_answer_cell(table, a, "measure"), pw_answer_cell(table, b, "measure")) == 0 &&
           strcmp(pw_answer_cell(table, a, "scenario"), pw_answer_cell(table, b, "scenario")) == 0;
}

static bool is_what(const pw_csv_table_t *table, int64_t row, const char *what) { return strcmp(pw_answer_cell(table, row, "what"), what) == 0; }

static void say_other_grades(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    static const struct { const char *grade, *words; } of[] = { { "fitted", "assumed, then fitted to the study" },
                                                                { "derived", "derived from published ones or from words" },
                                                                  { "published", "published elsewhere" },
                                                                 { "measured", "measured by the study" } };
    for (size_t k = 0; k < sizeof of / sizeof of[0]; k++)
        for (int64_t r = 0; r < table->n_rows; r++) {
            double share = pw_answer_number(table, r, "share");
            if (!same_question(table, row, r) || !is_what(table, r, "grade") || strcmp(pw_answer_cell(table, r, "name"), of[k].grade) != 0 || !(share >= 0.005))
                continue;
            pw_text_append(out, ", ");
            percent(share, out);
            pw_text_printf(out, " from numbers %s", of[k].words);
        }
}

static void say_estimates(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    enum { SAID = 3 };
    int n = 0;
    for (int64_t r = 0; r < table->n_rows && n < SAID; r++) {
        if (!same_question(table, row, r) || !is_what(table, r, "estimate"))
            continue;
        pw_text_append(out, n++ == 0 ? " What moves it most: " : ", ");
        pw_word_estimate(pw_answer_cell(table, r, "name"), out);
        pw_text_printf(out, " (%s, ", pw_answer_cell(table, r, "grade"));
        percent(pw_answer_number(table, r, "share"), out);
        pw_text_append(out, ")");
    }
    if (n > 0)
        pw_text_append(out, ".");
}

static void say_rest(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    for (int64_t r = 0; r < table->n_rows; r++) {
        double share = pw_answer_number(table, r, "share");
        if (!same_question(table, row, r) || !is_what(table, r, "together") || !(fabs(share) > 2.0 * pw_answer_number(table, r, "error")) || fabs(share) < 0.1)
            continue;
        pw_text_append(out, " ");
        percent(fmin(fabs(share), 1.0), out);
        pw_text_append(out, share > 0.0 ? " shows only where numbers of several grades meet, or in no curve that so many draws can show."
                                        : " is counted more than once: numbers of different grades go together, so that to know one is to "
                                        "know something of another.");
    }
}

/* Said once for each question, at the row of the assumed ones. */
static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    const char *scenario = pw_answer_cell(table, row, "scenario"), *measure = pw_answer_cell(table, row, "measure");
    if (is_what(table, row, "none")) {
        pw_word_name(scenario, out);
        pw_text_append(out, ", ");
        pw_word_measure(measure, out);
        pw_text_append(out, ": the draws do not differ by more than the noise of the simulation, so this run cannot tell what the difference rests on.");
        return;
    }
    if (!is_what(table, row, "grade") || strcmp(pw_answer_cell(table, row, "name"), "assumed") != 0)
        return;
    double share = pw_answer_number(table, row, "share"), error = pw_answer_number(table, row, "error");
    pw_word_name(scenario, out);
    pw_text_append(out, ", ");
    pw_word_measure(measure, out);
    pw_text_append(out, ": ");
    if (pw_share_is_known(error)) {
        percent(share, out);
        pw_text_printf(out, " (give or take %.0f) of the spread in this number comes from numbers that were only assumed", 100.0 * 1.96 * error);
    } else {
        pw_text_append(out, "how much of the spread in this number comes from numbers that were only assumed, this run cannot tell (");
        percent(share, out);
        pw_text_printf(out, ", give or take %.0f)", 100.0 * 1.96 * error);
    }
    if (pw_share_is_known(error))
        say_other_grades(table, row, out);
    pw_text_append(out, ".");
    say_estimates(table, row, out);
    say_rest(table, row, out);
}

static void close_with(const pw_csv_table_t *table, pw_text_t *out)
{
    double draws = INFINITY;
    bool one_world = false;
    for (int64_t r = 0; r < table->n_rows; r++) {
        draws = fmin(draws, pw_answer_number(table, r, "draws"));
        one_world = one_world || (!is_what(table, r, "none") && !pw_answer_cell(table, r, "noise")[0]);
    }
    if (table->n_rows == 0)
        return;
    pw_text_append(out, "A share is what would go of the spread, on average, if those numbers were known. It is of what the register's intervals leave open, "
                        "and of nothing else: numbers held fixed, and the shape of the model, are in no interval. \"Give or take\" is half a 95 % interval.");
    if (draws < PW_SHARES_SURE_DRAWS)
        pw_text_printf(out, " With %.0f draws, fewer than %d, a number that has nothing to do with it can stand among those named by chance.", draws,
                       PW_SHARES_SURE_DRAWS);
    if (one_world)
        pw_text_append(out, " With one world for each draw the noise of the simulation is in the spread, and every share is too small by an unknown amount: "
                            "run again with --replications 2 or more.");
}
