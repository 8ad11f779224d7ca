/* page_families.c: page 3: ways through the pathway, return over time, and where families are at the end. */
#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "briefing.h"
#include "sentence.h"
#include "wording.h"

enum { MOST_FLOWS = 256, MOST_MONTHS = 120, OUTCOMES = 5, MOST_BARS = 8 };

/* ---- flow ---- */

typedef struct { int n; double opened; pw_flow_t flow[MOST_FLOWS]; } flows_t;

/* A scenario's ways, per 100 cases opened. */
static void read_flows(const pw_account_t *run, int scenario, flows_t *out)
{
    out->n = 0;
    out->opened = 0.0;
    for (int64_t r = 0; r < pw_account_rows(run, PW_READ_pathways) && out->n < MOST_FLOWS; r++) {
        if (strcmp(pw_account_cell(run, PW_READ_pathways, r, "scenario"), run->manifest.scenario[scenario].name) != 0 ||
            strcmp(pw_account_cell(run, PW_READ_pathways, r, "area"), "all") != 0)
            continue;
        pw_flow_t *flow = &out->flow[out->n++];
        *flow = (pw_flow_t){ pw_account_cell(run, PW_READ_pathways, r, "from"), pw_account_cell(run, PW_READ_pathways, r, "to"),
                             pw_account_number(run, PW_READ_pathways, r, "per_100_families") };
        if (strcmp(flow->from, "outside") == 0)
            out->opened += flow->width;
    }
    for (int k = 0; k < out->n && out->opened > 0.0; k++)
        out->flow[k].width *= 100.0 / out->opened;
}

static double width_of(const flows_t *flows, const char *from, const char *to)
{
    for (int k = 0; k < flows->n; k++)
        if (strcmp(flows->flow[k].from, from) == 0 && strcmp(flows->flow[k].to, to) == 0)
            return flows->flow[k].width;
    return 0.0;
}

/* How much of 100 goes another way than in the baseline. */
static double moved(const flows_t *a, const flows_t *b)
{
    double sum = 0.0;
    for (int k = 0; k < a->n; k++)
        sum += fabs(a->flow[k].width - width_of(b, a->flow[k].from, a->flow[k].to));
    for (int k = 0; k < b->n; k++)
        if (width_of(a, b->flow[k].from, b->flow[k].to) == 0.0)
            sum += b->flow[k].width;
    return 0.5 * sum;
}

static double into(const flows_t *flows, const char *stage)
{
    double sum = 0.0;
    for (int k = 0; k < flows->n; k++)
        sum += strcmp(flows->flow[k].to, stage) == 0 ? flows->flow[k].width : 0.0;
    return sum;
}

static void draw_flow(pw_briefing_t *b, int scenario, const flows_t *flows, const flows_t *baseline)
{
    char name[96];
    pw_text_t title = { 0 }, about = { 0 };
    snprintf(name, sizeof name, "flow_%s", b->run->manifest.scenario[scenario].name);
    pw_text_printf(&title, "%s: of 100 cases opened, ", scenario == 0 ? "Baseline" : pw_briefing_title(b, scenario));
    pw_say_number(into(flows, "initial_assessment"), "", &title);
    pw_text_append(&title, " go to initial assessment");
    if (scenario > 0) {
        pw_text_append(&title, " (baseline: ");
        pw_say_number(into(baseline, "initial_assessment"), "", &title);
        pw_text_append(&title, ")");
    }
    pw_text_append(&about, "Ribbons from stage to stage, as wide as the share of 100 cases opened:");
    for (int k = 0; k < flows->n; k++)
        if (flows->flow[k].width >= 1.0) {
            pw_text_append(&about, " ");
            pw_word_name(flows->flow[k].from, &about);
            pw_text_append(&about, " to ");
            pw_word_name(flows->flow[k].to, &about);
            pw_text_append(&about, " ");
            pw_say_number(flows->flow[k].width, "", &about);
            pw_text_append(&about, ";");
        }
    pw_chart_flow(&b->charts, pw_caption(name, &title, &about), "of 100 cases opened", "outside", flows->flow, flows->n);
    pw_briefing_figure(b);
    pw_text_free(&title);
    pw_text_free(&about);
}

/* The baseline, and the policies under which most goes another way. */
static void flow(pw_briefing_t *b, flows_t *flows)
{
    double most[PW_MAX_SCENARIOS] = { 0.0 };
    pw_html_element(&b->html, "h3", "Ways through the pathway");
    read_flows(b->run, 0, &flows[0]);
    draw_flow(b, 0, &flows[0], &flows[0]);
    for (int s = 1; s <= b->n_policies; s++) {
        read_flows(b->run, s, &flows[1]);
        most[s] = moved(&flows[1], &flows[0]);
    }
    for (int round = 0; round < PW_SIDE_BY_SIDE && round < b->n_policies; round++) {
        int best = 0;
        for (int s = 1; s <= b->n_policies; s++)
            if (most[s] >= 0.0 && (best == 0 || most[s] > most[best]))
                best = s;
        read_flows(b->run, best, &flows[1]);
        draw_flow(b, best, &flows[1], &flows[0]);
        most[best] = -1.0;
    }
    pw_html_element(&b->html, "p class=\"note\"", "All cases of all areas, from the start of the policies to the end of the run. Ways that go back to an "
                    "earlier stage, families that move away and ways "
                                                  "taken by fewer than 0.05 in 100 are not drawn; charts/ and pathways.csv hold them.%s",
                    b->n_policies > PW_SIDE_BY_SIDE ? " Drawn are the policies under which most cases go another way." : "");
}

/* ---- return ---- */

typedef struct { int n; double month[MOST_MONTHS], mean[MOST_MONTHS], low[MOST_MONTHS], high[MOST_MONTHS]; } curve_t;

static void read_curve(const pw_account_t *run, int scenario, curve_t *out)
{
    *out = (curve_t){ .n = 1, .month = { 0.0 }, .mean = { 100.0 }, .low = { 100.0 }, .high = { 100.0 } };
    for (int64_t r = 0; r < pw_account_rows(run, PW_READ_survival) && out->n < MOST_MONTHS; r++) {
        if (strcmp(pw_account_cell(run, PW_READ_survival, r, "scenario"), run->manifest.scenario[scenario].name) != 0)
            continue;
        out->month[out->n] = pw_account_number(run, PW_READ_survival, r, "month");
        out->mean[out->n] = 100.0 * pw_account_number(run, PW_READ_survival, r, "not_returned");
        out->low[out->n] = 100.0 * pw_account_number(run, PW_READ_survival, r, "low95");
        out->high[out->n++] = 100.0 * pw_account_number(run, PW_READ_survival, r, "high95");
    }
}

static void draw_return(pw_briefing_t *b, curve_t *curve)
{
    int chosen[PW_SIDE_BY_SIDE], n;
    char measure[64];
    pw_line_t line[PW_SIDE_BY_SIDE + 1];
    pw_text_t title = { 0 }, about = { 0 };
    snprintf(measure, sizeof measure, "renotified_%d_months", pw_account_follow_up(b->run));
    n = pw_briefing_choose(b, measure, chosen);
    for (int i = 0; i <= n; i++) {
        int s = i == 0 ? 0 : chosen[i - 1];
        curve_t *c = &curve[i];
        read_curve(b->run, s, c);
        line[i] = (pw_line_t){ pw_briefing_label(b, s), c->n, c->month, c->mean, i == 0 && !isnan(c->low[c->n - 1]) ? c->low : NULL,
                               c->high };
        pw_text_printf(&about, "%s%s: ", i > 0 ? "; " : "Share of families not notified again. After the follow-up, ", line[i].label);
        pw_say_number(c->mean[c->n - 1], "", &about);
        pw_text_append(&about, " %");
    }
    pw_text_append(&about, ". The band holds the middle 95 % of the baseline's draws.");
    pw_say_number(curve[0].mean[curve[0].n - 1], "", &title);
    pw_text_printf(&title, " %% of families are not notified again within %d months", pw_account_follow_up(b->run));
    int clear = 0;
    for (int s = 1; s <= b->n_policies; s++) {
        pw_summary_t d = pw_account_value(b->run, s, measure, true);
        clear += pw_reading(&d) >= PW_READING_LOWER;
    }
    if (b->n_policies > 0 && clear == 0)
        pw_text_append(&title, "; no policy clearly changes that");
    else if (clear > 0)
        pw_text_printf(&title, "; %d of %d policies change that", clear, b->n_policies);
    pw_chart_lines(&b->charts, pw_caption("return", &title, &about),
                   (pw_line_axes_t){ "months after the index", "% of families", true, 100.0, false }, line, n + 1);
    pw_briefing_figure(b);
    pw_text_free(&title);
    pw_text_free(&about);
}

/* ---- where families are at the end ---- */

static const struct { const char *measure, *label; } outcome[OUTCOMES] = {
    { "end_both_parents", "both parents" },   { "end_one_parent", "one parent" },      { "end_looked_after", "looked after" },
    { "end_moved_away", "moved away" },       { "end_grown_up", "grown up" },
};

static void draw_outcomes(pw_briefing_t *b)
{
    const char *part[OUTCOMES];
    int chosen[PW_SIDE_BY_SIDE];
    pw_bar_row_t row[PW_MAX_SCENARIOS];
    pw_text_t title = { 0 }, about = { 0 };
    for (int k = 0; k < OUTCOMES; k++)
        part[k] = outcome[k].label;
    int n = b->n_policies <= MOST_BARS ? b->n_policies : pw_briefing_choose(b, outcome[0].measure, chosen);
    for (int i = 0; i <= n; i++) {
        int s = i == 0 ? 0 : n == b->n_policies ? b->policy[i - 1] : chosen[i - 1];
        row[i] = (pw_bar_row_t){ .label = pw_briefing_label(b, s) };
        for (int k = 0; k < OUTCOMES; k++)
            row[i].part[k] = pw_account_value(b->run, s, outcome[k].measure, false).mean;
        pw_text_printf(&about, "%s%s:", i > 0 ? "; " : "", row[i].label);
        for (int k = 0; k < OUTCOMES; k++) {
            pw_text_printf(&about, " %s ", part[k]);
            pw_say_number(row[i].part[k], "", &about);
        }
    }
    pw_text_printf(&title, "After %d months, children of ", pw_account_follow_up(b->run));
    pw_say_number(row[0].part[0], "", &title);
    pw_text_append(&title, " % of families live with both parents, of ");
    pw_say_number(row[0].part[1], "", &title);
    pw_text_append(&title, " % with one (baseline)");
    pw_chart_bars(&b->charts, pw_caption("outcomes", &title, &about), "% of families", part, OUTCOMES, row, n + 1);
    pw_briefing_figure(b);
    pw_text_free(&title);
    pw_text_free(&about);
}

static void outcome_table(pw_briefing_t *b)
{
    static const char *const more[] = { "end_on_plan", "end_open_case" };
    pw_html_table_t t = pw_html_table_begin(&b->html, "When the follow-up ends, % of families: the baseline, and each policy's difference");
    pw_html_cell(&t, "Policy");
    for (int k = 0; k < OUTCOMES; k++)
        pw_html_number(&t, "%s", pw_account_label(b->run, outcome[k].measure));
    for (int k = 0; k < 2; k++)
        pw_html_number(&t, "%s", pw_account_label(b->run, more[k]));
    pw_html_row(&t);
    for (int i = 0; i <= b->n_policies; i++) {
        int s = i == 0 ? 0 : b->policy[i - 1];
        pw_html_cell(&t, "%s", pw_briefing_label(b, s));
        for (int k = 0; k < OUTCOMES + 2; k++) {
            pw_summary_t v = pw_account_value(b->run, s, k < OUTCOMES ? outcome[k].measure : more[k - OUTCOMES], s > 0);
            if (s > 0)
                pw_briefing_difference(&t, &v, "%");
            else
                pw_briefing_number(&t, v.mean, "%");
        }
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
}

void pw_page_families(pw_briefing_t *b)
{
    flows_t *flows = pw_alloc(2, sizeof flows[0]);
    curve_t *curve = pw_alloc(PW_SIDE_BY_SIDE + 1, sizeof curve[0]);
    pw_briefing_page(b, 3, "What happens to families");
    if (flows && curve) {
        flow(b, flows);
        pw_html_element(&b->html, "h3", "Return over time, and where families are at the end");
        draw_return(b, curve);
        draw_outcomes(b);
        pw_html_element(&b->html, "p class=\"note\"", "Return is a life table by month (the Kaplan-Meier estimate on months): families that move away are "
                        "counted as long as they were "
                                                      "there. The measure of families notified again takes them for not notified, so that the two do not "
                                                      "add up to 100. The band "
                                                      "holds the middle 95 %% of the draws, the simulation's noise included.");
        outcome_table(b);
    } else {
        b->status = PW_ERROR_MEMORY;
    }
    pw_briefing_end_page(b);
    pw_free(flows);
    pw_free(curve);
}
