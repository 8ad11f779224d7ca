/* page_differences.c: page 2: how far each policy reaches, and what it changes. */
#include <math.h>
#include <string.h>

#include "briefing.h"
#include "digits.h"
#include "sentence.h"
#include "wording.h"

enum { MOST_CASCADES = 6 };

/* ---- the cascade ---- */

static const char *const step[] = { "eligible", "offered", "took_up", "started", "completed" };
enum { STEPS = sizeof step / sizeof step[0] };

/* The service that the policy is about: the one that starts with more families than in the baseline, by most, and by a quarter at least (what a policy only
 * passes on grows by less). Its name, in measures.csv, or NULL. */
static const char *main_service(const pw_briefing_t *b, int s)
{
    const char *best = NULL;
    double most = 0.05;      /* per 100 families: less is chance */
    for (int64_t r = 0; r < pw_account_rows(b->run, PW_READ_measures); r++) {
        const char *measure = pw_account_cell(b->run, PW_READ_measures, r, "measure");
        if (strncmp(measure, "started_", 8) != 0)
            continue;
        double more = pw_account_value(b->run, s, measure, true).mean;
        if (more > most && more > 0.25 * pw_account_value(b->run, s, measure, false).mean) {
            most = more;
            best = measure + 8;
        }
    }
    return best;
}

static double step_of(const pw_briefing_t *b, int s, int k, const char *service)
{
    char measure[160];
    snprintf(measure, sizeof measure, "%s_%s", step[k], service);
    return pw_account_value(b->run, s, measure, false).mean;
}

static void difference_cell(const pw_briefing_t *b, pw_html_table_t *t, int s, const char *measure)
{
    pw_summary_t d = pw_account_value(b->run, s, measure, true);
    pw_briefing_difference(t, &d, pw_account_unit(b->run, measure));
}

static void cascade_chart(pw_briefing_t *b, int s, const char *service)
{
    static const char *const label[] = { "eligible", "offered", "took it up", "started", "completed" };
    pw_bar_row_t row[STEPS];
    char name[96];
    pw_text_t title = { 0 }, about = { 0 };
    for (int k = 0; k < STEPS; k++)
        row[k] = (pw_bar_row_t){ label[k], { step_of(b, s, k, service) } };
    snprintf(name, sizeof name, "cascade_%s", b->run->manifest.scenario[s].name);
    pw_text_printf(&title, "%s: of 100 families, ", pw_briefing_title(b, s));
    pw_say_number(row[3].part[0], "", &title);
    pw_text_append(&title, " start and ");
    pw_say_number(row[4].part[0], "", &title);
    pw_text_append(&title, " complete it");
    pw_text_append(&about, "Bars for the service ");
    pw_word_name(service, &about);
    pw_text_append(&about, ", families in 100:");
    for (int k = 0; k < STEPS; k++) {
        pw_text_printf(&about, "%s %s ", k ? "," : "", label[k]);
        pw_say_number(row[k].part[0], "", &about);
    }
    pw_text_append(&about, ".");
    pw_chart_bars(&b->charts, pw_caption(name, &title, &about), "per 100 families", NULL, 1, row, STEPS);
    pw_briefing_figure(b);
    pw_text_free(&title);
    pw_text_free(&about);
}

static void cascade_table(pw_briefing_t *b)
{
    pw_text_t name = { 0 };
    pw_html_table_t t = pw_html_table_begin(&b->html, "Per 100 families: how far each policy's main service reaches, and the difference from the baseline");
    static const char *const heading[] = { "Eligible", "Offered", "Took up", "Started", "Completed", "Incidents with a child present", "Repeat notifications" };
    pw_html_cell(&t, "Policy");
    pw_html_cell(&t, "Service");
    for (size_t k = 0; k < sizeof heading / sizeof heading[0]; k++)
        pw_html_number(&t, "%s", heading[k]);
    pw_html_row(&t);
    for (int i = 0; i < b->n_policies; i++) {
        const char *service = main_service(b, b->policy[i]);
        pw_html_cell(&t, "%s", pw_briefing_label(b, b->policy[i]));
        pw_text_clear(&name);
        pw_word_name(service ? service : "none is started by many more", &name);
        pw_html_cell(&t, "%s", pw_text_get(&name));
        for (int k = 0; k < STEPS; k++)
            if (service)
                pw_briefing_number(&t, step_of(b, b->policy[i], k, service), "");
            else
                pw_html_number(&t, "-");
        difference_cell(b, &t, b->policy[i], PW_HEADLINE);
        difference_cell(b, &t, b->policy[i], "repeat_notifications");
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
    pw_text_free(&name);
}

static void cascade(pw_briefing_t *b)
{
    pw_html_element(&b->html, "h3", "From eligible to averted");
    for (int i = 0, drawn = 0; i < b->n_policies && drawn < MOST_CASCADES; i++) {
        const char *service = main_service(b, b->policy[i]);
        if (!service)
            continue;
        cascade_chart(b, b->policy[i], service);
        drawn++;
    }
    cascade_table(b);
}

/* ---- differences ---- */

typedef struct { const char *measure, *subject, *less, *more, *axis, *heading; } headline_t;
static const headline_t headline[] = {
    { PW_HEADLINE, "Incidents with a child present", "fewer", "more", "per 100 families, left of 0 is better", "Incidents with a child present /100" },
    { PW_HEADLINE "_reported", "Those reported to police", "fewer", "more", "per 100 families", "Those reported /100" },
    { PW_HEADLINE "_notified", "Those notified to social services", "fewer", "more", "per 100 families", "Those notified /100" },
    { "repeat_notifications", "Repeat notifications", "fewer", "more", "per 100 families", "Repeat notifications /100" },
    { "incidents_with_severe_injury", "Incidents with severe injury", "fewer", "more", "per 100 families, left of 0 is better", "Severe injury /100" },
    { "served", "Families served by anybody", "fewer", "more", "% of families", "Served, %" },
    { "no_help_although_incidents", "No help despite two or more incidents", "fewer", "more", "% of such families, left of 0 is better",
      "No help despite 2+ incidents, %" },
    { "own_use", "Cost of what families use", "lower", "higher", "£ per family, left of 0 is cheaper", "Own use, £ a family" },
    { "budget", "The areas' budget", "lower", "higher", "£ a year, left of 0 is cheaper", "Budget, £ a year" },
};
enum { HEADLINES = sizeof headline / sizeof headline[0], A_TABLE = 5 };

static void forest(pw_briefing_t *b, const headline_t *h)
{
    pw_forest_row_t row[PW_MAX_SCENARIOS];
    char name[96];
    pw_text_t title = { 0 }, about = { 0 };
    for (int i = 0; i < b->n_policies; i++) {
        row[i] = (pw_forest_row_t){ pw_briefing_label(b, b->policy[i]), pw_account_value(b->run, b->policy[i], h->measure, true) };
        pw_text_printf(&about, "%s%s: ", i > 0 ? "; " : "Difference from the baseline. ", row[i].label);
        pw_say_difference(&row[i].s, pw_account_unit(b->run, h->measure), &about);
    }
    pw_text_append(&about, ".");
    snprintf(name, sizeof name, "difference_%s", h->measure);
    pw_briefing_message(b, h->subject, h->measure, h->less, h->more, &title);
    pw_chart_forest(&b->charts, (pw_caption_t){ name, pw_text_get(&title), pw_text_get(&about), b->n_policies > PW_MANY, false },
                    h->axis, row, b->n_policies, NULL);
    pw_briefing_figure(b);
    pw_text_free(&title);
    pw_text_free(&about);
}

static void likelihood_cell(pw_html_table_t *t, double better, int64_t draws)
{
    pw_text_t text = { 0 };
    pw_put_share(better, &text);
    if (draws < PW_LIKELIHOOD_DRAWS)
        pw_html_number(t, "%s", pw_text_get(&text));
    else
        pw_html_number(t, "%s (%s)", pw_text_get(&text), pw_likelihood(better));
    pw_text_free(&text);
}

static void table(pw_briefing_t *b, int from, int to)
{
    pw_html_table_t t = pw_html_table_begin(&b->html, from == 0 ? "Baseline, and each policy's paired difference with its 95 % interval"
                                            : "The same, continued");
    pw_html_cell(&t, "Policy");
    for (int k = from; k < to; k++)
        pw_html_number(&t, "%s", headline[k].heading);
    if (from == 0)
        pw_html_number(&t, "Draws in which fewer happen");
    pw_html_row(&t);
    pw_html_cell(&t, "%s", pw_briefing_title(b, 0));
    for (int k = from; k < to; k++)
        pw_briefing_number(&t, pw_account_value(b->run, 0, headline[k].measure, false).mean, pw_account_unit(b->run, headline[k].measure));
    if (from == 0)
        pw_html_number(&t, "%s", "");
    pw_html_row(&t);
    for (int i = 0; i < b->n_policies; i++) {
        pw_html_cell(&t, "%s", pw_briefing_label(b, b->policy[i]));
        for (int k = from; k < to; k++)
            difference_cell(b, &t, b->policy[i], headline[k].measure);
        pw_summary_t harm = pw_account_value(b->run, b->policy[i], PW_HEADLINE, true);
        /* where nothing differs, or nothing is drawn, there is no "likely" */
        double better = pw_reading(&harm) == PW_READING_NOTHING || b->run->manifest.draws == 0 ? NAN : harm.better;
        if (from == 0 && !isnan(better))
            likelihood_cell(&t, better, b->run->manifest.draws);
        else if (from == 0)
            pw_html_number(&t, "-");
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
}

void pw_page_differences(pw_briefing_t *b)
{
    pw_briefing_page(b, 2, "Differences from the baseline");
    if (b->n_policies == 0) {
        pw_html_element(&b->html, "p", "This run holds the baseline alone: there is nothing to compare.");
    } else {
        cascade(b);
        pw_html_element(&b->html, "h3", "What changes, on the same families with the same luck");
        pw_html_element(&b->html, "p class=\"note\"", "A filled point with a thick line is clear of no difference; a hollow one with a thin line is not. Lines "
                        "are 95 %% intervals. Policies are sorted by "
                                                      "incidents with a child present.");
        pw_text_append(&b->html, b->n_policies > PW_MANY ? "<div class=\"small\">\n" : "<div class=\"third\">\n");
        for (int k = 0; k < HEADLINES; k++)
            if (pw_account_has(b->run, headline[k].measure))
                forest(b, &headline[k]);
        pw_text_append(&b->html, "</div>\n");
        table(b, 0, A_TABLE);
        table(b, A_TABLE, HEADLINES);
        pw_html_element(&b->html, "p class=\"note\"", "%s Of many comparisons some are clear by luck alone: a single one among many is a hint.",
                        b->run->manifest.draws == 0 ? "Every estimate is at its value: there are no draws to count."
                        : b->run->manifest.draws < PW_LIKELIHOOD_DRAWS
                            ? "In how many of the draws fewer happen does not say by how much: where the interval holds 0 the answer stays \"cannot tell\". Of "
                              "fewer than 100 draws no likelihood word is said."
                            : "A likelihood word says in how many of the draws fewer happen, not by how much: where the interval holds 0 the answer stays "
                              "\"cannot tell\".");
    }
    pw_briefing_end_page(b);
}
