/* page_answer.c: page 1: what was asked, and the answer, in at most PW_ANSWER_WORDS words. */
#include <math.h>
#include <string.h>

#include "briefing.h"
#include "sentence.h"

/* Sentences are taken as long as there is room; one that does not fit is left out whole. */
typedef struct { pw_briefing_t *page; int words; } answer_t;

static bool add(answer_t *self, const char *sentence)
{
    int words = pw_count_words(sentence);
    if (self->words + words > PW_ANSWER_WORDS)
        return false;
    self->words += words;
    pw_html_element(&self->page->html, "p", "%s", sentence);
    return true;
}

static void add_text(answer_t *self, pw_text_t *sentence)
{
    if (sentence->n > 0)
        add(self, pw_text_get(sentence));
    pw_text_clear(sentence);
}

/* What later commands answered comes first, as far as it leaves room for the comparison itself. */
static void add_earlier(void *answer, const char *sentence)
{
    answer_t *self = answer;
    if (self->words + pw_count_words(sentence) <= PW_EARLIER_WORDS)
        add(self, sentence);
}

/* ---- what was asked ---- */

static void ask(answer_t *self)
{
    const pw_briefing_t *b = self->page;
    pw_text_t text = { 0 };
    pw_text_append(&text, "Would ");
    if (b->n_policies > PW_SIDE_BY_SIDE)
        pw_text_printf(&text, "any of %d policies", b->n_policies);
    for (int s = 1; s <= b->n_policies && b->n_policies <= PW_SIDE_BY_SIDE; s++)
        pw_text_printf(&text, "%s%s", s == 1 ? "" : s == b->n_policies ? " or " : ", ", pw_briefing_title(b, s));
    pw_text_printf(&text, " lower incidents with a child present in the %d months after a police notification?", pw_account_follow_up(b->run));
    add_text(self, &text);
    pw_text_free(&text);
}

/* ---- the answer, policy by policy ---- */

static void answer_for(const pw_briefing_t *b, int s, pw_text_t *out)
{
    pw_summary_t d = pw_account_value(b->run, s, PW_HEADLINE, true);
    const char *unit = pw_account_unit(b->run, PW_HEADLINE);
    pw_text_printf(out, "%s: ", pw_briefing_title(b, s));
    switch (pw_reading(&d)) {
    case PW_READING_LOWER:
        pw_text_printf(out, "%s to lower them, by ", pw_likelihood(d.better));
        pw_say_change(&d, unit, "fewer per 100 families", "more per 100 families", out);
        break;
    case PW_READING_HIGHER:
        pw_text_printf(out, "%s to raise them, by ", pw_likelihood(1.0 - d.better));
        pw_say_change(&d, unit, "fewer per 100 families", "more per 100 families", out);
        break;
    case PW_READING_CANNOT_TELL:
        pw_text_append(out, "cannot tell: ");
        pw_say_difference(&d, unit, out);
        pw_text_append(out, " per 100 families");
        break;
    case PW_READING_NOTHING: pw_text_append(out, "no difference in any simulated world"); break;
    default: pw_text_append(out, "no value"); break;
    }
    pw_text_append(out, ".");
}

/* Of many policies: how many lower, raise, cannot be told; the best one by name. */
static void answer_for_many(const pw_briefing_t *b, pw_text_t *out)
{
    int count[PW_READING_HIGHER + 1] = { 0 };
    for (int s = 1; s <= b->n_policies; s++) {
        pw_summary_t d = pw_account_value(b->run, s, PW_HEADLINE, true);
        count[pw_reading(&d)]++;
    }
    pw_text_printf(out, "%d lower them, %d raise them, %d change nothing; for %d nobody can tell.", count[PW_READING_LOWER], count[PW_READING_HIGHER],
                   count[PW_READING_NOTHING], count[PW_READING_CANNOT_TELL] + count[PW_READING_MISSING]);
}

static void answer_all(answer_t *self)
{
    const pw_briefing_t *b = self->page;
    pw_text_t text = { 0 };
    bool many = b->n_policies > PW_SIDE_BY_SIDE;
    if (many) {
        answer_for_many(b, &text);
        add_text(self, &text);
    }
    for (int i = 0; i < b->n_policies && i < (many ? 2 : PW_SIDE_BY_SIDE); i++) {
        if (many)
            pw_text_append(&text, i == 0 ? "Largest fall: " : "Next: ");
        answer_for(b, b->policy[i], &text);
        add_text(self, &text);
    }
    pw_text_free(&text);
}

/* ---- what would settle it ---- */

/* Is the simulation's noise a large part of the doubt? Then more worlds narrow it; otherwise only evidence does. */
static bool wants_runs(const pw_summary_t *d)
{
    double low, high;
    if (d->spread == PW_SPREAD_NOISE || !pw_interval_shown(d, &low, &high) || isnan(d->mc_se))
        return true;
    return 1.96 * d->mc_se > 0.25 * (high - low);
}

static void settle(answer_t *self)
{
    const pw_briefing_t *b = self->page;
    const char *estimate[PW_MAX_SCENARIOS];
    int n = 0, runs = 0, unclear = 0;
    pw_text_t text = { 0 };
    for (int i = 0; i < b->n_policies; i++) {
        int s = b->policy[i];
        pw_summary_t d = pw_account_value(b->run, s, PW_HEADLINE, true);
        if (pw_reading(&d) != PW_READING_CANNOT_TELL)
            continue;
        unclear++;
        runs += wants_runs(&d);
        const char *first = b->influences[s].n > 0 ? b->influences[s].of[0].estimate : NULL;
        bool known = !first;
        for (int k = 0; k < n && !known; k++)
            known = strcmp(estimate[k], first) == 0;
        if (!known && n < 2)
            estimate[n++] = first;
    }
    if (unclear > 0 && n > 0) {
        pw_text_append(&text, "What would narrow it most: evidence on ");
        for (int k = 0; k < n; k++) {
            pw_text_append(&text, k > 0 ? " and " : "");
            const char *slash = strchr(estimate[k], '/');
            pw_say_name(slash ? slash + 1 : estimate[k], &text);
        }
        pw_text_append(&text, runs > 0 ? ", and more draws." : "; more runs would not.");
    } else if (unclear > 0) {
        pw_text_append(&text, runs > 0 ? "What would settle it: more draws and replications first; section 7 says why." : "No single estimate would settle it; section 7 says why.");
    }
    add_text(self, &text);
    pw_text_free(&text);
}

/* ---- opposite directions ---- */

static bool is_opposite(const pw_briefing_t *b, int s)
{
    pw_summary_t harm = pw_account_value(b->run, s, PW_HEADLINE, true);
    static const char *const seen[] = { PW_HEADLINE "_reported", PW_HEADLINE "_notified" };
    for (int i = 0; i < 2; i++) {
        pw_summary_t d = pw_account_value(b->run, s, seen[i], true);
        bool clear = pw_reading(&harm) >= PW_READING_LOWER || pw_reading(&d) >= PW_READING_LOWER;
        if (clear && harm.mean * d.mean < 0.0)
            return true;
    }
    return false;
}

static void flag(answer_t *self)
{
    const pw_briefing_t *b = self->page;
    int n = 0, only = 0;
    pw_text_t text = { 0 };
    for (int s = 1; s <= b->n_policies; s++)
        if (is_opposite(b, s)) {
            n++;
            only = s;
        }
    if (n == 1)
        pw_text_printf(&text, "Beware: with %s, incidents and records of them seem to go opposite ways.", pw_briefing_title(b, only));
    else if (n > 1)
        pw_text_printf(&text, "Beware: with %d policies, incidents and records of them seem to go opposite ways.", n);
    add_text(self, &text);
    pw_text_free(&text);
}

static void money(answer_t *self)
{
    const pw_briefing_t *b = self->page;
    pw_text_t text = { 0 };
    for (int i = 0; i < b->n_policies && b->n_policies <= PW_SIDE_BY_SIDE; i++) {
        pw_summary_t d = pw_account_value(b->run, b->policy[i], "budget", true);
        pw_text_append(&text, i == 0 ? "Extra budget a year" : ", ");
        if (i == 0)
            pw_text_append(&text, b->n_policies > 1 ? ", in that order: " : ": ");
        pw_say_number(d.mean, "£", &text);
    }
    if (text.n > 0)
        pw_text_append(&text, ".");
    add_text(self, &text);
    pw_text_free(&text);
}

/* ---- the three lines ---- */

static void three_lines(pw_briefing_t *b)
{
    static const char *const measure[] = { PW_HEADLINE, PW_HEADLINE "_reported", PW_HEADLINE "_notified" };
    pw_text_t cell = { 0 };
    pw_html_table_t t = pw_html_table_begin(&b->html, "Incidents with a child present, per 100 families: the baseline, and each policy's difference with its 95 % interval");
    pw_html_cell(&t, "Policy");
    pw_html_number(&t, "Happened");
    pw_html_number(&t, "Reported to police");
    pw_html_number(&t, "Notified to social services");
    pw_html_cell(&t, "Direction");
    pw_html_row(&t);
    pw_html_cell(&t, "%s", pw_briefing_title(b, 0));
    for (int k = 0; k < 3; k++) {
        pw_text_clear(&cell);
        pw_say_number(pw_account_value(b->run, 0, measure[k], false).mean, "", &cell);
        pw_html_number(&t, "%s", pw_text_get(&cell));
    }
    pw_html_cell(&t, "%s", "");
    pw_html_row(&t);
    for (int i = 0; i < b->n_policies; i++) {
        int s = b->policy[i];
        pw_html_cell(&t, "%s", pw_briefing_title(b, s));
        for (int k = 0; k < 3; k++) {
            pw_summary_t d = pw_account_value(b->run, s, measure[k], true);
            pw_text_clear(&cell);
            pw_say_cell(&d, &cell);
            pw_html_number(&t, "%s", pw_text_get(&cell));
        }
        pw_summary_t d = pw_account_value(b->run, s, PW_HEADLINE, true);
        pw_html_cell(&t, "%s%s", pw_reading_words(pw_reading(&d), -1), is_opposite(b, s) ? "; records go the opposite way" : "");
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
    pw_text_free(&cell);
    pw_html_element(&b->html, "p class=\"note\"",
                    "? cannot tell: the interval holds 0, or the mean is no larger than the simulation's noise. ~ the draws differ by no more than that noise; the interval is the "
                    "Monte Carlo one. A policy that makes people readier to call the police raises what is reported and notified while less happens; that is no failure. " PW_LIKELIHOOD_KEY);
}

void pw_page_answer(pw_briefing_t *b)
{
    answer_t answer = { .page = b };
    pw_briefing_page(b, 1, "What was asked, and the answer");
    pw_text_append(&b->html, "<div class=\"answer\">\n");
    if (b->n_policies == 0) {
        add(&answer, "Nothing was compared: this run holds the baseline alone.");
    } else {
        pw_earlier_first(b, add_earlier, &answer);
        ask(&answer);
        answer_all(&answer);
        flag(&answer);
        settle(&answer);
        money(&answer);
    }
    pw_text_append(&b->html, "</div>\n");
    three_lines(b);
    pw_earlier_all(b);
    pw_briefing_end_page(b);
}
