/* page_sure.c: page 7: how sure this is, what it hangs on, and what one area may see. */
#include <math.h>
#include <string.h>

#include "../base/number.h"
#include "briefing.h"
#include "digits.h"
#include "sentence.h"
#include "shares_rows.h"
#include "wording.h"

/* ---- noise against ignorance ---- */

/* The Monte Carlo interval's half-width as a share of that over draws, %; nan: no interval over draws. */
static double noise_share(const pw_summary_t *d)
{
    double low, high;
    if ((d->spread != PW_SPREAD_DRAWS && d->spread != PW_SPREAD_DRAWS_AND_NOISE) || !pw_interval_shown(d, &low, &high) || !(high > low) || isnan(d->mc_se))
        return NAN;
    return 100.0 * 1.96 * d->mc_se / (0.5 * (high - low));
}

static void say_noise(double most, pw_text_t *out)
{
    pw_text_append(out, "Simulation noise is ");
    pw_put_share(most / 100.0, out);
    pw_text_printf(out, " of the doubt at most; %s", most > 50.0 ? "more runs would narrow it" : "only evidence narrows the rest");
}

/* "± 0.31", and "-4.1 to 3.9" of single worlds. */
static void luck_cells(pw_html_table_t *t, const pw_summary_t *d)
{
    pw_text_t text = { 0 };
    pw_put_number_cell(1.96 * d->mc_se, PW_OF_RESULT, &text);
    pw_html_number(t, "%s%s", isnan(d->mc_se) ? "" : "± ", pw_text_get(&text));
    pw_text_clear(&text);
    if (isnan(d->p05)) {
        pw_text_append(&text, "-");
    } else {
        pw_digits_t digits = pw_digits_interval(d->p05, d->p95, PW_OF_RESULT);
        pw_put_cell(d->p05, digits, &text);
        pw_text_append(&text, " to ");
        pw_put_cell(d->p95, digits, &text);
    }
    pw_html_number(t, "%s", pw_text_get(&text));
    pw_text_free(&text);
}

static void noise(pw_briefing_t *b)
{
    pw_bar_row_t row[PW_MAX_SCENARIOS];
    double most = NAN;
    pw_text_t title = { 0 }, about = { 0 };
    for (int i = 0; i < b->n_policies; i++) {
        pw_summary_t d = pw_account_value(b->run, b->policy[i], PW_HEADLINE, true);
        row[i] = (pw_bar_row_t){ pw_briefing_label(b, b->policy[i]), { noise_share(&d) } };
        most = fmax(most, row[i].part[0]);
        pw_text_printf(&about, "%s%s: ", i > 0 ? "; " : "Monte Carlo error as a share of the interval. ", row[i].label);
        pw_put_share(row[i].part[0] / 100.0, &about);
    }
    pw_html_element(&b->html, "h3", "Noise of the simulation against what is not known");
    if (isnan(most))
        pw_text_append(&title, "Simulation noise cannot be told from the draws' own spread");
    else
        say_noise(most, &title);
    if (!isnan(most))
        pw_chart_bars(&b->charts, (pw_caption_t){ "noise", pw_text_get(&title), pw_text_get(&about), b->n_policies > PW_MANY, true },
                      "% of the 95 % interval's half-width", NULL, 1, row, b->n_policies);
    if (!isnan(most))
        pw_briefing_figure(b);
    else
        pw_html_element(&b->html, "p", "%s: that takes %s, and draws that differ by more than noise.", pw_text_get(&title),
                        b->run->manifest.draws > 0 ? "two replications or more" : "draws of the estimates, two replications or more");
    pw_html_table_t t = pw_html_table_begin(&b->html, "Incidents with a child present, difference per 100 families");
    pw_html_cell(&t, "Policy");
    pw_html_number(&t, b->run->manifest.draws > 0 ? "95 %% interval: what is not known" : "95 %% Monte Carlo interval");
    pw_html_number(&t, "Monte Carlo error (95 %%, of the mean)");
    pw_html_number(&t, "5 %% to 95 %% of single worlds: %s", pw_briefing_spread(b));
    pw_html_row(&t);
    for (int i = 0; i < b->n_policies; i++) {
        pw_summary_t d = pw_account_value(b->run, b->policy[i], PW_HEADLINE, true);
        pw_html_cell(&t, "%s", row[i].label);
        pw_briefing_difference(&t, &d, "");
        luck_cells(&t, &d);
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
    pw_text_free(&title);
    pw_text_free(&about);
}

/* ---- tornado ---- */

static void estimate_words(const char *heading, pw_text_t *out)
{
    const char *slash = strchr(heading, '/');
    pw_word_estimate(slash ? slash + 1 : heading, out);
}

/* A line of a label does not end before the sign. */
static void say_share(double share, pw_text_t *out)
{
    pw_text_t text = { 0 };
    pw_put_share(share, &text);
    for (const char *p = pw_text_get(&text); *p; p++)
        pw_text_append_bytes(out, *p == ' ' ? "\u00a0" : p, *p == ' ' ? strlen("\u00a0") : 1);
    pw_text_free(&text);
}

static void tornado(pw_briefing_t *b, int s)
{
    const pw_influences_t *influences = &b->influences[s];
    pw_span_row_t row[PW_MAX_INFLUENCES];
    pw_text_t label[PW_MAX_INFLUENCES] = { { 0 } }, title = { 0 }, about = { 0 };
    char name[96];
    for (int i = 0; i < influences->n; i++) {
        estimate_words(influences->of[i].estimate, &label[i]);
        pw_text_append(&label[i], " (");
        say_share(influences->of[i].share, &label[i]);
        pw_text_append(&label[i], ")");
        row[i] = (pw_span_row_t){ pw_text_get(&label[i]), influences->of[i].in_lowest, influences->of[i].in_highest };
        pw_text_printf(&about, "%s%s: ", i > 0 ? "; " : "Mean difference where the estimate is in its lowest and in its highest fifth. ", row[i].label);
        pw_say_number(row[i].from, "", &about);
        pw_text_append(&about, " and ");
        pw_say_number(row[i].to, "", &about);
    }
    double mean = pw_account_value(b->run, s, PW_HEADLINE, true).mean;
    pw_text_append(&about, ". The upright line is the mean of all draws, ");
    pw_say_number(mean, "", &about);
    snprintf(name, sizeof name, "tornado_%s", b->run->manifest.scenario[s].name);
    pw_text_printf(&title, "%s hangs most on ", pw_briefing_title(b, s));
    estimate_words(influences->of[0].estimate, &title);
    pw_chart_spans(&b->charts, pw_caption(name, &title, &about), "incidents per 100, ○ low fifth, ● high fifth", row,
                   influences->n, mean);
    pw_briefing_figure(b);
    for (int i = 0; i < influences->n; i++)
        pw_text_free(&label[i]);
    pw_text_free(&title);
    pw_text_free(&about);
}

/* A line for each policy whose draws differ by more than noise. */
static int influence_table(pw_briefing_t *b)
{
    int said = 0;
    for (int i = 0; i < b->n_policies; i++)
        said += b->influences[b->policy[i]].enough;
    if (said == 0)
        return 0;
    pw_html_table_t t = pw_html_table_begin(&b->html, "Of the spread over draws of each policy's difference in incidents with a child present");
    pw_html_cell(&t, "Policy");
    pw_html_cell(&t, "Goes most with");
    pw_html_number(&t, "Goes with what is assumed, and not fitted to the study (give or take)");
    pw_html_row(&t);
    for (int i = 0; i < b->n_policies; i++) {
        const pw_influences_t *influences = &b->influences[b->policy[i]];
        pw_text_t first = { 0 }, share = { 0 };
        if (!influences->enough)
            continue;
        if (influences->n > 0) {
            estimate_words(influences->of[0].estimate, &first);
            pw_text_append(&first, ", ");
            pw_put_share(influences->of[0].share, &first);
        }
        pw_put_share(influences->assumed, &share);
        pw_html_cell(&t, "%s", pw_briefing_label(b, b->policy[i]));
        pw_html_cell(&t, "%s", first.n > 0 ? pw_text_get(&first) : "no single estimate stands out");
        if (isnan(influences->assumed))
            pw_html_number(&t, "-");
        else if (!pw_share_is_known(influences->assumed_error))
            pw_html_number(&t, "cannot tell");
        else
            pw_html_number(&t, "%s (%.0f)", pw_text_get(&share), 196.0 * influences->assumed_error);
        pw_html_row(&t);
        pw_text_free(&first);
        pw_text_free(&share);
    }
    pw_html_table_end(&t);
    return said;
}

static void what_it_hangs_on(pw_briefing_t *b)
{
    enum { MOST_TORNADOES = 6 };
    int drawn = 0, more = 0;
    pw_html_element(&b->html, "h3", "What it hangs on");
    for (int i = 0; i < b->n_policies; i++) {
        if (b->influences[b->policy[i]].n == 0)
            continue;
        if (drawn < MOST_TORNADOES)
            tornado(b, b->policy[i]);
        more += drawn >= MOST_TORNADOES;
        drawn++;
    }
    if (influence_table(b) == 0)
        pw_html_element(&b->html, "p", "Which estimates matter cannot be told from this run: it needs %d draws or more, and a spread that is larger "
                                       "than the simulation's noise.", PW_INFLUENCE_DRAWS);
    pw_html_element(&b->html, "p class=\"note\"", "The percentage beside an estimate is its share of the spread over draws (first-order index from the "
                                                  "run's own draws, noise taken off); listed are those that show beyond noise. In brackets half a "
                                                  "95 %% interval, in points; from 25 on: cannot tell. "
                                                  "The bar joins the mean difference in the fifth of the draws where the estimate is lowest (hollow) "
                                                  "and highest (filled); the upright line is the mean over all draws, not 0.%s",
                    more > 0 ? " Drawn are the first six policies; the table has all." : "");
}

/* ---- one area, one year ---- */

/* A row of one_year.csv; -1: none. */
static int64_t year_row(const pw_account_t *run, int s, const char *area, int year, const char *count)
{
    for (int64_t r = 0; r < pw_account_rows(run, PW_READ_one_year); r++)
        if (strcmp(pw_account_cell(run, PW_READ_one_year, r, "scenario"), run->manifest.scenario[s].name) == 0 &&
            strcmp(pw_account_cell(run, PW_READ_one_year, r, "area"), area) == 0 &&
            (int)pw_account_number(run, PW_READ_one_year, r, "year") == year && strcmp(pw_account_cell(run, PW_READ_one_year, r, "queue"), "") == 0 &&
            strcmp(pw_account_cell(run, PW_READ_one_year, r, "count"), count) == 0)
            return r;
    return -1;
}

/* A count to whole numbers, never -0. */
static double whole(const pw_account_t *run, int64_t row, const char *column)
{
    return rint(pw_account_number(run, PW_READ_one_year, row, column)) + 0.0;
}

static void count_cell(pw_html_table_t *t, const pw_account_t *run, int64_t r, bool difference)
{
    static const char *const column[2][3] = { { "mean", "p05", "p95" }, { "difference_mean", "difference_p05", "difference_p95" } };
    char number[3][PW_NUMBER_ROOM];
    if (r < 0) {
        pw_html_number(t, "-");
        return;
    }
    for (int i = 0; i < 3; i++)
        pw_number_decimals(whole(run, r, column[difference][i]), 0, number[i]);
    pw_html_number(t, "%s%s (%s to %s)", difference && whole(run, r, "difference_mean") > 0.0 ? "+" : "", number[0], number[1], number[2]);
}

static void area_table(pw_briefing_t *b, const char *area, int year)
{
    static const char *const count[] = { "incidents", "reported", "notifications", "initial_assessments", "core_assessments" };
    static const char *const heading[] = { "Incidents", "Reported to police", "Notifications", "Initial assessments", "Core assessments" };
    pw_text_t caption = { 0 };
    pw_text_append(&caption, "Area ");
    pw_word_name(area, &caption);
    pw_text_printf(&caption, ", year %d of the policies: counts, mean and 5 %% to 95 %% of single worlds; policies: difference from the baseline in the "
                             "same world", year);
    pw_html_table_t t = pw_html_table_begin(&b->html, pw_text_get(&caption));
    pw_html_cell(&t, "Policy");
    for (int k = 0; k < 5; k++)
        pw_html_number(&t, "%s", heading[k]);
    pw_html_row(&t);
    for (int i = 0; i <= b->n_policies; i++) {
        int s = i == 0 ? 0 : b->policy[i - 1];
        pw_html_cell(&t, "%s", pw_briefing_label(b, s));
        for (int k = 0; k < 5; k++)
            count_cell(&t, b->run, year_row(b->run, s, area, year, count[k]), s > 0);
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
    pw_text_free(&caption);
}

static void one_area(pw_briefing_t *b)
{
    int last = 0;
    const char *before = "";
    pw_html_element(&b->html, "h3", "What one area may see in one year");
    for (int64_t r = 0; r < pw_account_rows(b->run, PW_READ_one_year); r++)
        last = (int)fmax(last, pw_account_number(b->run, PW_READ_one_year, r, "year"));
    if (last == 0) {
        pw_html_element(&b->html, "p", "The run is shorter than a year.");
        return;
    }
    pw_html_element(&b->html, "p", "All families of an area, whether followed or not. In brackets where single worlds lie: %s. Luck moves such counts from "
                    "year to year, so a fall in one year is no proof that a policy works, nor a rise that it fails.", pw_briefing_spread(b));
    for (int64_t r = 0; r < pw_account_rows(b->run, PW_READ_one_year); r++) {
        const char *area = pw_account_cell(b->run, PW_READ_one_year, r, "area");
        if (strcmp(pw_account_cell(b->run, PW_READ_one_year, r, "scenario"), b->run->manifest.scenario[0].name) != 0)
            break;
        if (strcmp(area, before) != 0)
            area_table(b, area, last);
        before = area;
    }
}

void pw_page_sure(pw_briefing_t *b)
{
    pw_briefing_page(b, 7, "How sure");
    if (b->n_policies > 0) {
        noise(b);
        what_it_hangs_on(b);
        pw_return_rates_section(b);
    }
    pw_learnt_section(b);
    one_area(b);
    pw_briefing_end_page(b);
}
