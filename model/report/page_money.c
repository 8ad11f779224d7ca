/* page_money.c: page 6: what it costs, who pays, and what is bought with it. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "answers_text.h"
#include "briefing.h"
#include "digits.h"
#include "sentence.h"
#include "wording.h"

enum { MOST_YEARS = 10, STEPS = 40, FEWEST_DRAWS = 20, PLANE_NAMES = 4 /* policies that the plane has names of */ };

static void number_cell(pw_html_table_t *t, double value, bool sign)
{
    pw_text_t text = { 0 };
    if (sign && value > 0.0)
        pw_text_append(&text, "+");
    pw_say_number_cell(value, "£", &text);
    pw_html_number(t, "%s", pw_text_get(&text));
    pw_text_free(&text);
}

/* ---- costs.csv ---- */

static const char *const payer[] = { "social_care", "police", "specialist_services", "health", "wider_society" };
static const char *const money[] = { "cashable", "capacity", "social_value" };
enum { PAYERS = 5, MONEYS = 3 };

typedef struct { double pounds[PW_MAX_SCENARIOS][PAYERS][MOST_YEARS + 1][MONEYS][2]; int years, months; } spending_t;      /* last: running, set-up */

static int find(const char *const *name, int n, const char *text)
{
    for (int i = 0; i < n; i++)
        if (strcmp(name[i], text) == 0)
            return i;
    return -1;
}

static void read_costs(const pw_account_t *run, spending_t *out)
{
    const pw_csv_table_t *t = &run->table[PW_READ_costs];
    out->months = pw_account_months(run);
    for (int64_t r = 0; r < t->n_rows; r++) {
        int p = find(payer, PAYERS, pw_account_cell(run, PW_READ_costs, r, "payer")), m = find(money, MONEYS, pw_account_cell(run, PW_READ_costs, r, "money"));
        int s = pw_account_scenario(run, pw_account_cell(run, PW_READ_costs, r, "scenario")), year = (int)pw_account_number(run, PW_READ_costs, r, "year");
        bool set_up = strcmp(pw_account_cell(run, PW_READ_costs, r, "spending"), "set-up") == 0;
        double pounds = pw_account_number(run, PW_READ_costs, r, "cost");
        if (p < 0 || m < 0 || s < 0 || year < 1 || year > MOST_YEARS || isnan(pounds))
            continue;
        out->pounds[s][p][year][m][set_up] += pounds;
        out->years = year > out->years ? year : out->years;
    }
}

/* Pounds of a payer in a year (0: all), of a kind of money (-1: all). */
static double sum(const spending_t *c, int s, int p, int year, int m, bool set_up)
{
    double total = 0.0;
    for (int y = 1; y <= c->years; y++)
        for (int k = 0; k < MONEYS; k++)
            if ((year == 0 || y == year) && (m < 0 || k == m))
                total += c->pounds[s][p][y][k][set_up];
    return total;
}

static bool any(const spending_t *c, int n, int p, bool set_up)
{
    for (int s = 0; s < n; s++)
        if (sum(c, s, p, 0, -1, set_up) != 0.0)
            return true;
    return false;
}

static void cost_row(pw_html_table_t *t, const spending_t *c, int p, int year, bool set_up, const int *policy, int n)
{
    pw_text_t name = { 0 };
    pw_word_name(payer[p], &name);
    pw_html_cell(t, "%s", pw_text_get(&name));
    if (set_up)
        pw_html_cell(t, "set-up, once");
    else
        pw_html_cell(t, "year %d%s", year, 12 * year > c->months ? " (shorter)" : "");
    number_cell(t, sum(c, 0, p, year, -1, set_up), false);
    for (int i = 0; i < n; i++)
        number_cell(t, sum(c, policy[i], p, year, -1, set_up) - sum(c, 0, p, year, -1, set_up), true);
    pw_html_row(t);
    pw_text_free(&name);
}

static void cost_table(pw_briefing_t *b, const spending_t *c, const int *policy, int n)
{
    pw_html_table_t t = pw_html_table_begin(&b->html, "The areas' budget by payer and year, £, undiscounted; policies: more or less than the baseline, "
                                                      "means over all worlds. Small ones may be noise: the table of kinds has intervals. Set-up apart");
    pw_html_cell(&t, "Payer");
    pw_html_cell(&t, "When");
    pw_html_number(&t, "Baseline");
    for (int i = 0; i < n; i++)
        pw_html_number(&t, "%s", pw_briefing_title(b, policy[i]));
    pw_html_row(&t);
    for (int p = 0; p < PAYERS; p++) {
        for (int year = 1; year <= c->years && any(c, b->n_policies + 1, p, false); year++)
            cost_row(&t, c, p, year, false, policy, n);
        if (any(c, b->n_policies + 1, p, true))
            cost_row(&t, c, p, 0, true, policy, n);
    }
    pw_html_table_end(&t);
}

/* Of many policies, a line each: all years together, by payer. */
static void payer_table(pw_briefing_t *b, const spending_t *c)
{
    pw_html_table_t t = pw_html_table_begin(&b->html, "The areas' budget by payer, £, all years of the run together, set-up included; policies: more or less "
                                                      "than the baseline");
    pw_html_cell(&t, "Policy");
    for (int p = 0; p < PAYERS; p++) {
        pw_text_t name = { 0 };
        pw_word_name(payer[p], &name);
        pw_html_number(&t, "%s", pw_text_get(&name));
        pw_text_free(&name);
    }
    pw_html_row(&t);
    for (int i = 0; i <= b->n_policies; i++) {
        int s = i == 0 ? 0 : b->policy[i - 1];
        pw_html_cell(&t, "%s", pw_briefing_label(b, s));
        for (int p = 0; p < PAYERS; p++) {
            double here = sum(c, s, p, 0, -1, false) + sum(c, s, p, 0, -1, true), before = sum(c, 0, p, 0, -1, false) + sum(c, 0, p, 0, -1, true);
            number_cell(&t, s > 0 ? here - before : here, s > 0);
        }
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
}

static double all_of_kind(const spending_t *c, int s, int m, bool set_up)
{
    double total = 0.0;
    for (int p = 0; p < PAYERS; p++)
        total += sum(c, s, p, 0, m, set_up);
    return total;
}

/* Kinds of money stand apart: they do not buy each other. */
static void kinds_table(pw_briefing_t *b, const spending_t *c)
{
    static const char *const heading[] = { "Cashable (money that is spent)", "Capacity (staff time; no money back)", "Social value (nobody's budget)" };
    pw_html_table_t t = pw_html_table_begin(&b->html, "Kinds of money, £ a year, set-up spread over the run: the baseline, and differences with their "
                                                      "95 % intervals; set-up alone, £ once");
    pw_html_cell(&t, "Policy");
    for (int k = 0; k < MONEYS; k++)
        pw_html_number(&t, "%s", heading[k]);
    pw_html_number(&t, "Of it set-up");
    pw_html_row(&t);
    for (int i = 0; i <= b->n_policies; i++) {
        int s = i == 0 ? 0 : b->policy[i - 1];
        double set_up = 0.0;
        pw_html_cell(&t, "%s", pw_briefing_label(b, s));
        for (int m = 0; m < MONEYS; m++) {
            char measure[64];
            snprintf(measure, sizeof measure, "budget_%s", money[m]);
            pw_summary_t v = pw_account_value(b->run, s, measure, s > 0);
            if (s > 0)
                pw_briefing_difference(&t, &v, "£");
            else
                pw_briefing_number(&t, v.mean, "£");
            set_up += all_of_kind(c, s, m, true) - (s > 0 ? all_of_kind(c, 0, m, true) : 0.0);
        }
        number_cell(&t, set_up, false);
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
}

static void kind_chart(pw_briefing_t *b, const char *measure, const char *subject)
{
    pw_forest_row_t row[PW_MAX_SCENARIOS];
    pw_text_t title = { 0 }, about = { 0 };
    for (int i = 0; i < b->n_policies; i++) {
        row[i] = (pw_forest_row_t){ pw_briefing_label(b, b->policy[i]), pw_account_value(b->run, b->policy[i], measure, true) };
        pw_text_printf(&about, "%s%s: ", i > 0 ? "; " : "Difference from the baseline, pounds a year. ", row[i].label);
        pw_say_difference(&row[i].s, "£", &about);
    }
    pw_briefing_message(b, subject, measure, "lower", "higher", &title);
    pw_chart_forest(&b->charts, (pw_caption_t){ measure, pw_text_get(&title), pw_text_get(&about), b->n_policies > PW_MANY, false },
                    "£ a year, left of 0 is cheaper", row, b->n_policies, NULL);
    pw_briefing_figure(b);
    pw_text_free(&title);
    pw_text_free(&about);
}

/* ---- what is bought: draw by draw ---- */

typedef struct { int64_t n; double *pounds[PW_MAX_SCENARIOS], *averted[PW_MAX_SCENARIOS]; } bought_t;

/* Per family and draw: pounds more than the baseline, and incidents with a child present fewer. */
static bool read_bought(const pw_briefing_t *b, bought_t *out)
{
    int n = b->n_policies + 1;
    assert(n > 0 && n <= PW_MAX_SCENARIOS);
    *out = (bought_t){ .n = pw_account_rows(b->run, PW_READ_draws) / n };
    for (int s = 0; s < n; s++) {
        out->pounds[s] = pw_alloc((size_t)out->n, sizeof(double));
        out->averted[s] = pw_alloc((size_t)out->n, sizeof(double));
        if (!out->pounds[s] || !out->averted[s])
            return false;
        pw_account_draws(b->run, s, "own_use", out->pounds[s]);
        pw_account_draws(b->run, s, PW_HEADLINE, out->averted[s]);
    }
    for (int s = n - 1; s >= 0; s--)
        for (int64_t d = 0; d < out->n; d++) {
            out->pounds[s][d] -= s > 0 ? out->pounds[0][d] : out->pounds[s][d];
            out->averted[s][d] = s > 0 ? out->averted[0][d] - out->averted[s][d] : 0.0;
        }
    return true;
}

static void free_bought(bought_t *self)
{
    for (int s = 0; s < PW_MAX_SCENARIOS; s++) {
        pw_free(self->pounds[s]);
        pw_free(self->averted[s]);
    }
}

static void draw_plane(pw_briefing_t *b, const bought_t *bought)
{
    pw_cloud_t cloud[PW_MAX_SCENARIOS];
    int dearer = 0;
    pw_text_t title = { 0 }, about = { 0 };
    for (int i = 0; i < b->n_policies; i++) {
        int s = b->policy[i];
        pw_summary_t cost = pw_account_value(b->run, s, "own_use", true), harm = pw_account_value(b->run, s, PW_HEADLINE, true);
        dearer += pw_reading(&cost) == PW_READING_HIGHER;
        cloud[i] = (pw_cloud_t){ pw_briefing_title(b, s), bought->n, bought->averted[s], bought->pounds[s] };
        pw_text_printf(&about, "%s%d %s: ", i > 0 ? "; " : "Extra pounds a family and incidents with a child present, policy less baseline. ", i + 1,
                       cloud[i].label);
        pw_say_difference(&cost, "£", &about);
        pw_text_append(&about, " a family, ");
        pw_say_difference(&harm, "", &about);
        pw_text_append(&about, " incidents per 100 families");
    }
    if (b->n_policies == 1)
        pw_text_append(&title, dearer == 1 ? "The policy clearly costs more" : "The policy does not clearly cost more");
    else if (dearer == 0)
        pw_text_printf(&title, "None of %d policies clearly costs more", b->n_policies);
    else
        pw_text_printf(&title, "%d of %d policies clearly %s more", dearer, b->n_policies, dearer == 1 ? "costs" : "cost");
    pw_text_append(&title, "; above and right of 0: more spent, incidents averted");
    pw_chart_plane(&b->charts, pw_caption("plane", &title, &about), "incidents averted per 100 families", "£ more per "
        "family", cloud, b->n_policies);
    pw_briefing_figure(b);
    pw_text_free(&title);
    pw_text_free(&about);
}

/* The most that is asked for one incident averted: three times what the middle policy pays, as a round number. */
static double most_worth(const bought_t *bought, const pw_briefing_t *b)
{
    double price[PW_MAX_SCENARIOS];
    int known = 0;
    for (int s = 1; s <= b->n_policies; s++) {
        double pounds = 0.0, averted = 0.0;
        assert(bought->pounds[s] && bought->averted[s]);
        for (int64_t d = 0; d < bought->n; d++) {
            pounds += bought->pounds[s][d];
            averted += bought->averted[s][d] / 100.0;
        }
        if (averted > 0.0 && pounds > 0.0)
            price[known++] = pounds / averted;
    }
    if (known == 0)
        return 10000.0;
    pw_sort_numbers(price, known);
    double most = fmin(fmax(3.0 * pw_quantile_sorted(price, known, 0.5), 1000.0), 200000.0), power = pow(10.0, floor(log10(most)));
    return ceil(most / power) * power;
}

/* Share of draws in which each scenario has the highest net benefit; ties are shared. */
static void acceptability(const bought_t *bought, int n, double worth, double *share)
{
    for (int s = 0; s < n; s++) {
        assert(bought->pounds[s] && bought->averted[s]);
        share[s] = 0.0;
    }
    for (int64_t d = 0; d < bought->n; d++) {
        double best = -INFINITY;
        int ties = 0;
        for (int round = 0; round < 2; round++)
            for (int s = 0; s < n; s++) {
                double benefit = worth * bought->averted[s][d] / 100.0 - bought->pounds[s][d];
                if (round == 0 && benefit > best) {
                    best = benefit;
                    ties = 1;
                } else if (round == 0) {
                    ties += benefit == best;
                } else if (benefit == best) {
                    share[s] += 100.0 / ties / (double)bought->n;
                }
            }
    }
}

typedef struct { double worth[STEPS + 1], share[PW_MAX_SCENARIOS][STEPS + 1]; } curve_t;

static void draw_acceptability(pw_briefing_t *b, const bought_t *bought, curve_t *curve)
{
    double most = most_worth(bought, b), one[PW_MAX_SCENARIOS];
    int n = b->n_policies + 1, lines = 0;
    bool taken[PW_MAX_SCENARIOS] = { true };
    pw_line_t line[PW_SIDE_BY_SIDE + 1];
    pw_text_t title = { 0 }, about = { 0 };
    for (int k = 0; k <= STEPS; k++) {
        curve->worth[k] = most * k / STEPS;
        acceptability(bought, n, curve->worth[k], one);
        for (int s = 0; s < n; s++)
            curve->share[s][k] = one[s];
    }
    line[lines++] = (pw_line_t){ "Baseline", STEPS + 1, curve->worth, curve->share[0], NULL, NULL };
    while (lines <= PW_SIDE_BY_SIDE && lines < n) {      /* those that are best most often somewhere */
        int best = -1;
        double highest = -1.0;
        for (int s = 1; s < n; s++)
            for (int k = 0; k <= STEPS && !taken[s]; k++)
                if (curve->share[s][k] > highest) {
                    highest = curve->share[s][k];
                    best = s;
                }
        taken[best] = true;
        line[lines++] = (pw_line_t){ pw_briefing_label(b, best), STEPS + 1, curve->worth, curve->share[best], NULL, NULL };
    }
    int last = 0;
    for (int i = 1; i < lines; i++)
        if (line[i].y[STEPS] > line[last].y[STEPS])
            last = i;
    pw_text_append(&title, "At ");
    pw_answer_say_quantity(most, "pounds", &title);
    pw_text_printf(&title, " for an incident averted, best most often: %s (", line[last].label);
    pw_put_share(line[last].y[STEPS] / 100.0, &title);
    pw_text_append(&title, ")");
    pw_text_append(&about, "Share of draws with the highest net benefit, by what an incident averted is worth.");
    for (int i = 0; i < lines; i++) {
        pw_text_printf(&about, " %s: ", line[i].label);
        pw_put_share(line[i].y[0] / 100.0, &about);
        pw_text_append(&about, " at £0, ");
        pw_put_share(line[i].y[STEPS] / 100.0, &about);
        pw_text_append(&about, " at the end.");
    }
    pw_chart_lines(&b->charts, pw_caption("acceptability", &title, &about),
                   (pw_line_axes_t){ "£ for one incident averted", "% of draws with highest net benefit", true, 100.0, false }, line, lines);
    pw_briefing_figure(b);
    pw_text_free(&title);
    pw_text_free(&about);
}

static void bought(pw_briefing_t *b)
{
    bought_t all;
    curve_t *curve = pw_alloc(1, sizeof *curve);
    pw_html_element(&b->html, "h3", "What is bought with it");
    if (!read_bought(b, &all) || !curve) {
        b->status = PW_ERROR_MEMORY;
    } else if (all.n < FEWEST_DRAWS) {
        pw_html_element(&b->html, "p", "The cost-effectiveness plane and the acceptability curve need %d draws or more; this run has %lld.", FEWEST_DRAWS,
                        (long long)all.n);
    } else {
        draw_plane(b, &all);
        draw_acceptability(b, &all, curve);
        pw_html_element(&b->html, "p class=\"note\"", "Each small point is a draw, the large one their mean%s. Cost is what a cohort family itself "
                                                      "used, all payers, discounted to its index. Net benefit = worth of an incident averted x "
                                                      "incidents with a child present averted - extra cost; a policy's curve is the share of draws in "
                                                      "which its net benefit is the highest of all policies and the "
                                                      "baseline. Draws hold the simulation's noise, which pulls shares towards each other.",
                        b->n_policies > PLANE_NAMES ? " (with more than four policies only means, numbered as in the next table; numbers on top of each "
                                                      "other are policies that can hardly be told apart)" : "");
    }
    free_bought(&all);
    pw_free(curve);
}

/* ---- prices ---- */

static void prices(pw_briefing_t *b)
{
    static const char *const price[] = { "cost_per_repeat_notification_averted", "budget_per_incident_averted", "budget_per_notification_averted" };
    static const char *const heading[] = { "£ per repeat notification averted (families' own use)", "£ of budget per incident averted",
                                           "£ of budget per notification averted" };
    int known = 0;
    for (int i = 0; i < b->n_policies; i++)
        for (int k = 0; k < 3; k++)
            known += !isnan(pw_account_value(b->run, b->policy[i], price[k], true).mean);
    if (known == 0)
        pw_html_element(&b->html, "p", "What it costs to avert one: no price can be given, for of no policy is the number averted clear of 0.");
    if (known == 0 && b->n_policies <= PLANE_NAMES)      /* of more, the table has the numbers of the picture */
        return;
    pw_html_table_t t = pw_html_table_begin(&b->html, "What it costs to avert one; only where the number averted is clear of 0");
    pw_html_cell(&t, "Policy");
    for (int k = 0; k < 3; k++)
        pw_html_number(&t, "%s", heading[k]);
    pw_html_row(&t);
    for (int i = 0; i < b->n_policies; i++) {
        pw_html_cell(&t, "%d %s", i + 1, pw_briefing_title(b, b->policy[i]));
        for (int k = 0; k < 3; k++)
            number_cell(&t, pw_account_value(b->run, b->policy[i], price[k], true).mean, false);
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
}

void pw_page_money(pw_briefing_t *b)
{
    spending_t *c = pw_alloc(1, sizeof *c);
    pw_briefing_page(b, 6, "Money");
    if (!c) {
        b->status = PW_ERROR_MEMORY;
        return;
    }
    read_costs(b->run, c);
    if (b->n_policies > 0) {
        kind_chart(b, "budget_cashable", "Money that is spent (cashable)");
        kind_chart(b, "budget_capacity", "Staff time (capacity)");
        kinds_table(b, c);
        bought(b);
        prices(b);
    }
    pw_html_element(&b->html, "h3", "By payer and year");
    bool many = b->n_policies > PW_MANY;
    if (many)
        payer_table(b, c);
    for (int from = 0; from == 0 || (from < b->n_policies && !many); from += PW_SIDE_BY_SIDE)
        cost_table(b, c, b->policy + from, b->n_policies - from < PW_SIDE_BY_SIDE ? b->n_policies - from : PW_SIDE_BY_SIDE);
    if (many)
        pw_html_element(&b->html, "p class=\"note\"", "By year are the first three policies; costs.csv and the sheet of costs in summary.xlsx have all.");
    pw_briefing_end_page(b);
    pw_free(c);
}
