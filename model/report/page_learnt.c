/* page_learnt.c: for page 7: what the study taught about the model's numbers, and whether conclusions hold whatever the rate of return was. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "answers_text.h"
#include "briefing.h"
#include "sentence.h"
#include "wording.h"

/* ---- what calibration taught ---- */

enum { MOST_LEARNT = 24 };

static bool is(const pw_briefing_t *b, int64_t row, const char *column, const char *text)
{
    return strcmp(pw_account_cell(b->run, PW_READ_learnt, row, column), text) == 0;
}

static int count(const pw_briefing_t *b, const char *verdict)
{
    int n = 0;
    for (int64_t r = 0; r < pw_account_rows(b->run, PW_READ_learnt); r++)
        n += is(b, r, "calibrated", "true") && (!verdict || is(b, r, "verdict", verdict));
    return n;
}

/* After the study, in standard deviations of before: 0 is what was most likely, -1.96 to 1.96 what was assumed. */
static pw_summary_t score(const pw_briefing_t *b, int64_t row)
{
    double mean = pw_account_number(b->run, PW_READ_learnt, row, "score_mean"),
        reach = 1.96 * sqrt(pw_account_number(b->run, PW_READ_learnt, row, "variance_ratio"));
    return (pw_summary_t){ .mean = mean, .low95 = mean - reach, .high95 = mean + reach, .mc_se = NAN, .spread = PW_SPREAD_DRAWS };
}

static void draw_learnt(pw_briefing_t *b, int learnt, int little, int all)
{
    static const double before[2] = { -2.2, 2.2 };
    pw_forest_row_t row[MOST_LEARNT];
    pw_text_t name[MOST_LEARNT] = { { 0 } }, title = { 0 }, about = { 0 };
    double range[2];
    int n = 0;
    pw_text_append(&about, "Mean and 95 % interval after the study, in standard deviations of what was assumed before. ");
    for (int64_t r = 0; r < pw_account_rows(b->run, PW_READ_learnt) && n < MOST_LEARNT; r++) {
        if (!is(b, r, "calibrated", "true"))
            continue;
        pw_word_estimate(pw_account_cell(b->run, PW_READ_learnt, r, "estimate"), &name[n]);
        row[n] = (pw_forest_row_t){ pw_text_get(&name[n]), score(b, r) };
        pw_text_printf(&about, "%s%s %s", n > 0 ? "; " : "", row[n].label, pw_account_cell(b->run, PW_READ_learnt, r, "verdict"));
        n++;
    }
    pw_forest_range(row, n, range);
    range[0] = fmin(range[0], before[0]);
    range[1] = fmax(range[1], before[1]);
    pw_text_printf(&title, "Of %d numbers set by the study's findings, it taught %d", all, learnt);
    if (little > 0)
        pw_text_printf(&title, " and a little of %d", little);
    if (all > learnt + little)
        pw_text_append(&title, "; the lines of the others still reach about from -2 to 2");
    pw_chart_forest(&b->charts, pw_caption("learnt", &title, &about), "after; before: 0, from -2 to 2", row, n, range);
    pw_briefing_figure(b);
    for (int i = 0; i < n; i++)
        pw_text_free(&name[i]);
    pw_text_free(&title);
    pw_text_free(&about);
}

void pw_learnt_section(pw_briefing_t *b)
{
    int all = count(b, NULL), learnt = count(b, "learnt"), little = count(b, "a little");
    if (all == 0)
        return;
    pw_html_element(&b->html, "h3", "What the study taught about the model's numbers");
    pw_text_t rest = { 0 };
    if (all > learnt + little)
        pw_text_printf(&rest, ", and of the other %d the study's findings say next to nothing: %s as assumed", all - learnt - little,
                       all - learnt - little == 1 ? "it stands" : "they stand");
    pw_html_element(&b->html, "p", "Draws come from sets of numbers under which a study of the simulated areas finds what the study found. Of %d "
                                   "numbers that were to be learnt in this way, %d %s, %d a little%s.",
                    all, learnt, learnt == 1 ? "was" : "were", little, pw_text_get(&rest));
    pw_text_free(&rest);
    draw_learnt(b, learnt, little, all);
    pw_html_element(&b->html, "p class=\"note\"", "The line is the 95 %% interval after the study, in standard deviations of what was assumed before, "
                                                  "when each went from -2 to 2. Section 8 has all numbers before and after, "
                                                  "learnt.csv more of them. To learn what makes the model agree is not to learn what is true: another "
                                                  "model would learn something else.");
}

/* ---- rates of return ---- */

static const char *const rate[] = { "low", "central", "high" };
enum { RATES = 3 };

/* The row of a scenario and rate (NULL: the first there is: a rate with too few parameter sets was not run), of the headline; -1: none. */
static int64_t rate_row(const pw_csv_table_t *table, const char *scenario, const char *which)
{
    for (int64_t r = 0; r < table->n_rows; r++)
        if (strcmp(pw_answer_cell(table, r, "scenario"), scenario) == 0 && strcmp(pw_answer_cell(table, r, "measure"), PW_HEADLINE) == 0 &&
            (!which || strcmp(pw_answer_cell(table, r, "rate"), which) == 0))
            return r;
    return -1;
}

static pw_summary_t change_of(const pw_csv_table_t *table, int64_t row)
{
    if (row < 0)
        return (pw_summary_t){ .mean = NAN, .low95 = NAN, .high95 = NAN, .mc_se = NAN };
    return (pw_summary_t){ .mean = pw_answer_number(table, row, "change"), .low95 = pw_answer_number(table, row, "low95"),
                           .high95 = pw_answer_number(table, row, "high95"), .mc_se = NAN, .spread = PW_SPREAD_DRAWS };
}

static void rate_table(pw_briefing_t *b, const pw_csv_table_t *table)
{
    pw_html_table_t t = pw_html_table_begin(&b->html, "Incidents with a child present, difference per 100 families, at three rates of return");
    pw_html_cell(&t, "Policy");
    for (int k = 0; k < RATES; k++) {
        int64_t row = rate_row(table, b->run->manifest.scenario[1].name, rate[k]);
        if (row < 0)
            pw_html_number(&t, "%s: not run", rate[k]);
        else
            pw_html_number(&t, "%s: %.0f %% notified again in 21 months", rate[k], pw_answer_number(table, row, "percent"));
    }
    pw_html_cell(&t, "All together");
    pw_html_row(&t);
    for (int i = 0; i < b->n_policies; i++) {
        const char *name = b->run->manifest.scenario[b->policy[i]].name;
        int64_t first = rate_row(table, name, NULL);
        pw_html_cell(&t, "%s", pw_briefing_label(b, b->policy[i]));
        for (int k = 0; k < RATES; k++) {
            int64_t row = rate_row(table, name, rate[k]);
            pw_summary_t d = change_of(table, row);
            pw_briefing_difference(&t, &d, "");
        }
        pw_html_cell(&t, "%s", first < 0 ? "-" : pw_answer_cell(table, first, "verdict"));
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
}

/* What the policies' verdicts come to. */
static const char *together(const pw_briefing_t *b, const pw_csv_table_t *table)
{
    int depends = 0, same = 0, compared = 0;
    for (int i = 0; i < b->n_policies; i++) {
        int64_t at = rate_row(table, b->run->manifest.scenario[b->policy[i]].name, NULL);
        const char *verdict = at < 0 ? "" : pw_answer_cell(table, at, "verdict");
        depends += strcmp(verdict, "depends") == 0;
        same += strcmp(verdict, "the same") == 0;
        compared += at >= 0 && strcmp(verdict, "no comparison") != 0;
    }
    if (compared == 0)
        return "Fewer than two rates of return could be run: there is nothing to compare";
    if (depends > 0)
        return compared == 1 ? "The conclusion depends on how often families come back" : depends == compared
               ? "All conclusions depend on how often families come back" : "Some conclusions depend on how often families come back";
    return same == 0 ? "At no rate of return is a conclusion clear" : same < compared ? "No clear conclusion depends on how often families come back"
           : "Conclusions are the same at every rate of return that was run";
}

static void draw_rates(pw_briefing_t *b, const pw_csv_table_t *table)
{
    enum { MOST = PW_SIDE_BY_SIDE * RATES };
    pw_forest_row_t row[MOST];
    pw_text_t label[MOST] = { { 0 } }, title = { 0 }, about = { 0 };
    int n = 0;
    for (int i = 0; i < b->n_policies && i < PW_SIDE_BY_SIDE; i++)
        for (int k = 0; k < RATES; k++) {
            int64_t at = rate_row(table, b->run->manifest.scenario[b->policy[i]].name, rate[k]);
            if (at < 0)
                continue;
            pw_text_printf(&label[n], "%s: %s", rate[k], pw_briefing_title(b, b->policy[i]));
            row[n] = (pw_forest_row_t){ pw_text_get(&label[n]), change_of(table, at) };
            pw_text_printf(&about, "%s%s: ", n > 0 ? "; " : "Difference from the baseline at each rate of return. ", row[n].label);
            pw_say_difference(&row[n].s, "", &about);
            n++;
        }
    pw_text_append(&title, together(b, table));
    if (n > 0) {
        pw_chart_forest(&b->charts, pw_caption("return_rates", &title, &about), "per 100 families, left of 0 is better", row, n,
                        NULL);
        pw_briefing_figure(b);
    }
    for (int i = 0; i < n; i++)
        pw_text_free(&label[i]);
    pw_text_free(&title);
    pw_text_free(&about);
}

void pw_return_rates_section(pw_briefing_t *b)
{
    pw_csv_table_t table = { 0 };
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/answers/return_rates.csv", b->run->folder);
    bool there = b->n_policies > 0 && access(pw_text_get(&path), F_OK) == 0 && pw_csv_read(&table, pw_text_get(&path), b->run->findings) == PW_OK;
    pw_text_free(&path);
    if (there) {
        pw_html_element(&b->html, "h3", "Does it depend on how often families come back?");
        draw_rates(b, &table);
        rate_table(b, &table);
        pw_html_element(&b->html, "p class=\"note\"", "The study calls the rate of return high and gives no figure. The run was made for three, each of "
                                                      "them with numbers that agree with the rest of its findings; "
                                                      "answers/return_rates.csv has the other measures.");
    }
    pw_csv_table_free(&table);
}
