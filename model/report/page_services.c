/* page_services.c: page 4: teams and services under load. */
#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "briefing.h"
#include "sentence.h"
#include "wording.h"

enum { MOST_QUEUES = 64, DRAWN_QUEUES = 3, MOST_MONTHS = 120 };

/* Smaller changes are not worth a line, however clear: a tenth of a day's wait, one place in a hundred, one family in a hundred. */
static const double FELT_DAYS = 0.1, FELT_PERCENT = 1.0;

/* The teams and services, by the measures wait_QUEUE. */
typedef struct { int n; const char *name[MOST_QUEUES]; } queues_t;

static void find_queues(const pw_account_t *run, queues_t *out)
{
    out->n = 0;
    for (int64_t r = 0; r < pw_account_rows(run, PW_READ_measures) && out->n < MOST_QUEUES; r++) {
        const char *measure = pw_account_cell(run, PW_READ_measures, r, "measure");
        if (strncmp(measure, "occupancy_", 10) == 0)
            out->name[out->n++] = measure + 10;
    }
}

static pw_summary_t of_queue(const pw_account_t *run, int s, const char *what, const char *queue, bool paired)
{
    char measure[160];
    snprintf(measure, sizeof measure, "%s_%s", what, queue);
    return pw_account_value(run, s, measure, paired);
}

/* ---- what gives way first ---- */

/* The queue whose wait grows most, clear of noise and by enough to be felt; NULL: none does. */
static const char *gives_way(const pw_account_t *run, const queues_t *queues, int s, pw_summary_t *out)
{
    const char *first = NULL;
    for (int q = 0; q < queues->n; q++) {
        pw_summary_t d = of_queue(run, s, "wait", queues->name[q], true);
        if (pw_reading(&d) == PW_READING_HIGHER && d.mean >= FELT_DAYS && (!first || d.mean > out->mean)) {
            first = queues->name[q];
            *out = d;
        }
    }
    return first;
}

static void say_way(const pw_briefing_t *b, int s, const char *queue, const pw_summary_t *d, pw_text_t *out)
{
    pw_text_printf(out, "%s: the wait for ", pw_briefing_title(b, s));
    pw_word_name(queue, out);
    pw_text_append(out, " grows by ");
    pw_say_change(d, "", "days", "days", out);
    pw_text_append(out, ", from ");
    pw_say_number(of_queue(b->run, 0, "wait", queue, false).mean, "", out);
    pw_text_append(out, " days in the baseline.");
}

static void first_to_give_way(pw_briefing_t *b, const queues_t *queues)
{
    int none = 0, only = 0;
    pw_html_element(&b->html, "h3", "What gives way first");
    pw_text_append(&b->html, "<ul>\n");
    for (int i = 0; i < b->n_policies; i++) {
        pw_text_t text = { 0 };
        pw_summary_t d = { 0 };
        const char *first = gives_way(b->run, queues, b->policy[i], &d);
        none += !first;
        only = first ? only : b->policy[i];
        if (first) {
            say_way(b, b->policy[i], first, &d, &text);
            pw_html_element(&b->html, "li", "%s", pw_text_get(&text));
        }
        pw_text_free(&text);
    }
    if (none == 1)
        pw_html_element(&b->html, "li", "%s: no wait grows by a tenth of a day or more, clear of noise and doubt.", pw_briefing_title(b, only));
    else if (none > 1)
        pw_html_element(&b->html, "li", "Under %s%d policies no wait grows by a tenth of a day or more, clear of noise and doubt.",
                        none == b->n_policies ? "all " : "the other ", none);
    pw_text_append(&b->html, "</ul>\n");
}

/* ---- by month ---- */

typedef struct { int n; double month[MOST_MONTHS], mean[MOST_MONTHS], low[MOST_MONTHS], high[MOST_MONTHS]; } course_t;

static void read_course(const pw_account_t *run, int s, const char *queue, const char *measure, course_t *out)
{
    const pw_csv_table_t *t = &run->table[PW_READ_monthly];
    int scenario = pw_csv_find(t, "scenario"), area = pw_csv_find(t, "area"), of = pw_csv_find(t, "queue"), what = pw_csv_find(t, "measure");
    out->n = 0;
    for (int64_t r = 0; r < t->n_rows && out->n < MOST_MONTHS; r++) {
        if (strcmp(pw_csv_cell(t, r, of), queue) != 0 || strcmp(pw_csv_cell(t, r, what), measure) != 0 || strcmp(pw_csv_cell(t, r, area), "all") != 0 ||
            strcmp(pw_csv_cell(t, r, scenario), run->manifest.scenario[s].name) != 0)
            continue;
        out->month[out->n] = pw_account_number(run, PW_READ_monthly, r, "month");
        out->mean[out->n] = pw_account_number(run, PW_READ_monthly, r, "mean");
        out->low[out->n] = pw_account_number(run, PW_READ_monthly, r, "p05");
        out->high[out->n++] = pw_account_number(run, PW_READ_monthly, r, "p95");
    }
}

static bool has_values(const course_t *c)
{
    for (int i = 0; i < c->n; i++)
        if (!isnan(c->mean[i]))
            return true;
    return false;
}

static void draw_course(pw_briefing_t *b, course_t *course, const char *queue, const char *measure, const char *monthly, const char *subject, const char *unit)
{
    char key[160], name[160];
    int chosen[PW_SIDE_BY_SIDE], n, lines = 0;
    pw_line_t line[PW_SIDE_BY_SIDE + 1];
    pw_text_t title = { 0 }, about = { 0 }, message = { 0 };
    snprintf(key, sizeof key, "%s_%s", measure, queue);
    snprintf(name, sizeof name, "%s_%s", monthly, queue);
    n = pw_briefing_choose(b, key, chosen);
    for (int i = 0; i <= n; i++) {
        int s = i == 0 ? 0 : chosen[i - 1];
        read_course(b->run, s, queue, monthly, &course[i]);
        if (!has_values(&course[i]))
            continue;
        line[lines] = (pw_line_t){ pw_briefing_label(b, s), course[i].n, course[i].month, course[i].mean, lines == 0 ? course[i].low
                                   : NULL, course[i].high };
        lines++;
        pw_text_printf(&about, "%s%s: mean of the run ", about.n > 0 ? "; " : "By month. ", line[lines - 1].label);
        pw_say_number(pw_account_value(b->run, s, key, false).mean, "", &about);
    }
    pw_text_printf(&about, " %s.", unit);
    if (lines > 0)
        pw_text_printf(&about, " The band around the line of %s holds 90 %% of single worlds.", line[0].label);
    pw_text_append(&title, subject);
    pw_word_name(queue, &title);
    pw_briefing_message(b, pw_text_get(&title), key, measure[0] == 'w' ? "shorter" : "lower", measure[0] == 'w' ? "longer" : "higher", &message);
    if (lines > 0) {
        pw_chart_lines(&b->charts, (pw_caption_t){ name, pw_text_get(b->n_policies > 0 ? &message : &title), pw_text_get(&about), false, false },
                       (pw_line_axes_t){ "months of the policies", unit, true, NAN, false }, line, lines);
        pw_briefing_figure(b);
    }
    pw_text_free(&title);
    pw_text_free(&about);
    pw_text_free(&message);
}

/* How much a queue changes under any policy: share of places in use, and days of wait. */
static double change_of(const pw_briefing_t *b, const char *queue)
{
    double most = 0.0;
    for (int s = 1; s <= b->n_policies; s++) {
        pw_summary_t occupancy = of_queue(b->run, s, "occupancy", queue, true), wait = of_queue(b->run, s, "wait", queue, true);
        double change = (isnan(occupancy.mean) ? 0.0 : fabs(occupancy.mean)) + (isnan(wait.mean) ? 0.0 : 2.0 * fabs(wait.mean));
        most = fmax(most, change);
    }
    return b->n_policies > 0 ? most : fmax(0.0, of_queue(b->run, 0, "wait", queue, false).mean);
}

static void draw_queues(pw_briefing_t *b, const queues_t *queues)
{
    bool drawn[MOST_QUEUES] = { false };
    course_t *course = pw_alloc(PW_SIDE_BY_SIDE + 1, sizeof course[0]);
    if (!course) {
        b->status = PW_ERROR_MEMORY;
        return;
    }
    pw_html_element(&b->html, "h3", "By month");
    pw_text_append(&b->html, "<div class=\"third\">\n");
    for (int round = 0; round < DRAWN_QUEUES; round++) {
        int best = -1;
        for (int q = 0; q < queues->n; q++)
            if (!drawn[q] && (best < 0 || change_of(b, queues->name[q]) > change_of(b, queues->name[best])))
                best = q;
        if (best < 0)
            break;
        drawn[best] = true;
        draw_course(b, course, queues->name[best], "wait", "wait_mean", "Wait for ", "days");
        draw_course(b, course, queues->name[best], "occupancy", "occupancy", "Places in use, ", "% of places");
        draw_course(b, course, queues->name[best], "queue_length", "length", "In line for ", "families");
    }
    pw_text_append(&b->html, "</div>\n");
    pw_html_element(&b->html, "p class=\"note\"", "Drawn are the teams and services that change most under any policy, all areas together. The band around "
                    "the thick line (the baseline's, if it has that service) holds 90 %% of single worlds: %s. monthly.csv has all of them.",
                    pw_briefing_spread(b));
    pw_free(course);
}

/* ---- within the statutory limit ---- */

static void statutory(pw_briefing_t *b)
{
    for (int64_t r = 0; r < pw_account_rows(b->run, PW_READ_measures) && b->n_policies > 0; r++) {
        const char *measure = pw_account_cell(b->run, PW_READ_measures, r, "measure");
        if (strncmp(measure, "within_statutory_", 17) != 0)
            continue;
        pw_forest_row_t row[PW_MAX_SCENARIOS];
        pw_text_t subject = { 0 }, title = { 0 }, about = { 0 };
        pw_text_append(&subject, "In time, ");
        pw_word_name(measure + 17, &subject);
        pw_text_append(&subject, " (baseline ");
        pw_say_number(pw_account_value(b->run, 0, measure, false).mean, "", &subject);
        pw_text_append(&subject, " %)");
        pw_briefing_message(b, pw_text_get(&subject), measure, "fewer", "more", &title);
        for (int i = 0; i < b->n_policies; i++) {
            row[i] = (pw_forest_row_t){ pw_briefing_label(b, b->policy[i]), pw_account_value(b->run, b->policy[i], measure, true) };
            pw_text_printf(&about, "%s%s: ", i > 0 ? "; " : "Difference in the share within the statutory limit. ", row[i].label);
            pw_say_difference(&row[i].s, "", &about);
        }
        pw_chart_forest(&b->charts, (pw_caption_t){ measure, pw_text_get(&title), pw_text_get(&about), b->n_policies > PW_MANY, false },
                        "% of those ended, right of 0 is better", row, b->n_policies, NULL);
        pw_briefing_figure(b);
        pw_text_free(&subject);
        pw_text_free(&title);
        pw_text_free(&about);
    }
}

/* ---- tables ---- */

static void baseline_table(pw_briefing_t *b, const queues_t *queues)
{
    static const char *const what[] = { "wait", "wait_p90", "queue_length", "occupancy", "refused", "gave_up" };
    static const char *const heading[] = { "Mean wait, days", "90 % wait at most, days", "In line, families", "Places in use, %", "Refused, %", "Gave up, %" };
    pw_text_t text = { 0 };
    pw_html_table_t t = pw_html_table_begin(&b->html, "Teams and services in the baseline, all areas");
    pw_html_cell(&t, "Team or service");
    for (int k = 0; k < 6; k++)
        pw_html_number(&t, "%s", heading[k]);
    pw_html_row(&t);
    for (int q = 0; q < queues->n; q++) {
        pw_text_clear(&text);
        pw_word_name(queues->name[q], &text);
        pw_html_cell(&t, "%s", pw_text_get(&text));
        for (int k = 0; k < 6; k++)
            pw_briefing_number(&t, of_queue(b->run, 0, what[k], queues->name[q], false).mean, "");
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
    pw_text_free(&text);
}

/* A mean wait that most worlds are far below: demand has outgrown places in a few, and the line there has grown for years. */
static bool is_lopsided(const pw_summary_t *wait)
{
    enum { DAYS_THAT_MATTER = 10, TIMES_THE_MEDIAN = 5 };
    return wait->p95 >= DAYS_THAT_MATTER && wait->mean > TIMES_THE_MEDIAN * wait->p50;
}

static void lopsided_waits(pw_briefing_t *b, const queues_t *queues)
{
    pw_text_t list = { 0 };
    for (int q = 0; q < queues->n; q++) {
        pw_summary_t wait = of_queue(b->run, 0, "wait", queues->name[q], false);
        if (!is_lopsided(&wait))
            continue;
        pw_text_append(&list, list.n > 0 ? "; " : "");
        pw_word_name(queues->name[q], &list);
        pw_text_append(&list, ", ");
        pw_say_number(wait.p50, "", &list);
        pw_text_append(&list, " and ");
        pw_say_number(wait.p95, "", &list);
    }
    if (list.n > 0)
        pw_html_element(&b->html, "p class=\"note\"", "Some mean waits are made by few worlds. In half of all worlds the mean wait is at most the first number "
                        "of days here, in one world of twenty it is longer than the second: %s.", pw_text_get(&list));
    pw_text_free(&list);
}

/* Returns whether there was anything to say. */
static bool change_row(pw_briefing_t *b, pw_html_table_t *t, int s, const char *queue)
{
    static const char *const what[] = { "wait", "occupancy", "refused", "gave_up" };
    pw_summary_t d[4];
    bool clear = false;
    for (int k = 0; k < 4; k++) {
        d[k] = of_queue(b->run, s, what[k], queue, true);
        clear = clear || (pw_reading(&d[k]) >= PW_READING_LOWER && fabs(d[k].mean) >= (k == 0 ? FELT_DAYS : FELT_PERCENT));
    }
    if (!clear)
        return false;
    pw_text_t text = { 0 };
    pw_html_cell(t, "%s", pw_briefing_label(b, s));
    pw_word_name(queue, &text);
    pw_html_cell(t, "%s", pw_text_get(&text));
    for (int k = 0; k < 4; k++)
        pw_briefing_difference(t, &d[k], "");
    pw_html_row(t);
    pw_text_free(&text);
    return true;
}

static void change_table(pw_briefing_t *b, const queues_t *queues)
{
    pw_html_table_t t = pw_html_table_begin(&b->html, "What changes, clear of noise and doubt and by a tenth of a day or 1 % in at least one column: "
                                                       "differences from the baseline (differences.csv has all)");
    static const char *const heading[] = { "Mean wait, days", "Places in use, %", "Refused, %", "Gave up, %" };
    pw_html_cell(&t, "Policy");
    pw_html_cell(&t, "Team or service");
    for (int k = 0; k < 4; k++)
        pw_html_number(&t, "%s", heading[k]);
    pw_html_row(&t);
    int rows = 0;
    for (int i = 0; i < b->n_policies; i++)
        for (int q = 0; q < queues->n; q++)
            rows += change_row(b, &t, b->policy[i], queues->name[q]);
    for (int k = 0; k < 6 && rows == 0; k++)
        pw_html_cell(&t, "%s", k == 0 ? "none" : "");
    if (rows == 0)
        pw_html_row(&t);
    pw_html_table_end(&t);
}

void pw_page_services(pw_briefing_t *b)
{
    queues_t queues;
    find_queues(b->run, &queues);
    pw_briefing_page(b, 4, "Services under load");
    if (b->n_policies > 0)
        first_to_give_way(b, &queues);
    draw_queues(b, &queues);
    statutory(b);
    if (b->n_policies > 0)
        change_table(b, &queues);
    baseline_table(b, &queues);
    lopsided_waits(b, &queues);
    pw_briefing_end_page(b);
}
