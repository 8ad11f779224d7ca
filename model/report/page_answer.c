/* page_answer.c: page 1: what was asked, and the answer, in at most PW_ANSWER_WORDS words. */
#include <math.h>
#include <string.h>

#include "briefing.h"
#include "digits.h"
#include "sentence.h"
#include "wording.h"

/* Sentences are taken as long as there is room; one that does not fit is left out whole. `kept` words are for sentences that must stand. */
typedef struct { pw_briefing_t *page; int words, kept; } answer_t;

static bool add(answer_t *self, const char *sentence)
{
    int words = pw_count_words(sentence);
    if (self->words + self->kept + words > PW_ANSWER_WORDS)
        return false;
    self->words += words;
    pw_html_element(&self->page->html, "p", "%s", sentence);
    return true;
}

/* What later commands answered, as far as it leaves room. */
static void add_earlier(void *answer, const char *sentence)
{
    if (pw_count_words(sentence) <= PW_EARLIER_WORDS)
        add(answer, sentence);
}

/* ---- what was asked ---- */

static void say_titles(const pw_briefing_t *b, pw_text_t *out)
{
    for (int s = 1; s <= b->n_policies; s++)
        pw_text_printf(out, "%s%s", s == 1 ? "" : s == b->n_policies ? " or " : ", ", pw_briefing_title(b, s));
}

static void ask(answer_t *self)
{
    enum { WORDS_OF_TITLES = 24 };
    const pw_briefing_t *b = self->page;
    pw_text_t text = { 0 }, titles = { 0 };
    say_titles(b, &titles);
    pw_text_append(&text, "Would ");
    if (pw_count_words(pw_text_get(&titles)) <= WORDS_OF_TITLES)
        pw_text_append(&text, pw_text_get(&titles));
    else if (b->n_policies == 1)
        pw_text_append(&text, "this policy");
    else
        pw_text_printf(&text, "any of %d policies", b->n_policies);
    pw_text_printf(&text, " lower incidents with a child present in the %d months after a police notification, and by how many per 100 families (minus: "
                          "fewer)?", pw_account_follow_up(b->run));
    add(self, pw_text_get(&text));
    pw_text_free(&text);
    pw_text_free(&titles);
}

/* ---- the answer, policy by policy ---- */

/* "very likely to lower them, by ": how many draws say so, in words where there are enough of them. Without draws nothing is likely or
 * unlikely, and a sentence below says that every estimate is at its value. */
static void say_how_many(const pw_briefing_t *b, double share, const char *verb, pw_text_t *out)
{
    int64_t draws = b->run->manifest.draws;
    if (draws == 0)
        pw_text_printf(out, "%ss them, by ", verb);
    else if (draws < PW_LIKELIHOOD_DRAWS)
        pw_text_printf(out, "%ss them in %lld of %lld draws, by ", verb, (long long)llround(share * (double)draws), (long long)draws);
    else
        pw_text_printf(out, "%s to %s them, by ", pw_likelihood(share), verb);
}

static void answer_for(const pw_briefing_t *b, int s, pw_text_t *out)
{
    pw_summary_t d = pw_account_value(b->run, s, PW_HEADLINE, true);
    const char *unit = pw_account_unit(b->run, PW_HEADLINE);
    pw_text_printf(out, "%s: ", pw_briefing_title(b, s));
    switch (pw_reading(&d)) {
    case PW_READING_LOWER:
        say_how_many(b, d.better, "lower", out);
        pw_say_change(&d, unit, "", "", out);
        break;
    case PW_READING_HIGHER:
        say_how_many(b, 1.0 - d.better, "raise", out);
        pw_say_change(&d, unit, "", "", out);
        break;
    case PW_READING_CANNOT_TELL:
        pw_text_append(out, "cannot tell, ");
        pw_text_append(out, d.mean > 0.0 ? "+" : "");
        pw_say_difference(&d, unit, out);
        break;
    case PW_READING_NOTHING: pw_text_append(out, "no difference in any simulated world"); break;
    default: pw_text_append(out, "no value"); break;
    }
    pw_text_append(out, ".");
}

/* "12 clearly lower them" */
static void count_of(int n, const char *one, const char *more, int *said, pw_text_t *out)
{
    if (n == 0)
        return;
    pw_text_append(out, (*said)++ ? ", " : "");
    pw_text_printf(out, "%d %s", n, n == 1 ? one : more);
}

/* Of many policies: how many lower, raise, cannot be told. */
static void answer_for_many(const pw_briefing_t *b, pw_text_t *out)
{
    int count[PW_READING_HIGHER + 1] = { 0 }, said = 0;
    for (int s = 1; s <= b->n_policies; s++) {
        pw_summary_t d = pw_account_value(b->run, s, PW_HEADLINE, true);
        count[pw_reading(&d)]++;
    }
    pw_text_printf(out, "Of %d policies, ", b->n_policies);
    if (count[PW_READING_LOWER] == 0) {
        pw_text_append(out, "none clearly lowers them");
        said++;
    }
    count_of(count[PW_READING_LOWER], "clearly lowers them", "clearly lower them", &said, out);
    count_of(count[PW_READING_HIGHER], "clearly raises them", "clearly raise them", &said, out);
    count_of(count[PW_READING_NOTHING], "changes nothing", "change nothing", &said, out);
    if (count[PW_READING_CANNOT_TELL] + count[PW_READING_MISSING] > 0)
        pw_text_printf(out, "; for %d this run cannot tell", count[PW_READING_CANNOT_TELL] + count[PW_READING_MISSING]);
    pw_text_append(out, ".");
}

/* "95 % interval" is said once: of later ones the brackets alone, unless theirs is another kind. `before`: which was said; NULL: none. */
static void add_brief(answer_t *self, const char *sentence, const char **before)
{
    static const char *const kind[] = { "(95 % interval ", "(95 % Monte Carlo interval " };
    pw_text_t text = { 0 };
    const char *at = NULL, *which = NULL;
    for (size_t k = 0; k < sizeof kind / sizeof kind[0] && !at; k++)
        if ((at = strstr(sentence, kind[k])))
            which = kind[k];
    if (at && which == *before) {
        pw_text_append_bytes(&text, sentence, (size_t)(at - sentence));
        pw_text_printf(&text, "(%s", at + strlen(which));
    } else {
        pw_text_append(&text, sentence);
    }
    if (add(self, pw_text_get(&text)) && which)
        *before = which;
    pw_text_free(&text);
}

static void answer_all(answer_t *self)
{
    const pw_briefing_t *b = self->page;
    pw_text_t text = { 0 };
    const char *said = NULL;
    bool many = b->n_policies > PW_SIDE_BY_SIDE, nothing = false;
    if (many) {
        answer_for_many(b, &text);
        add(self, pw_text_get(&text));
    }
    for (int i = 0; i < b->n_policies && i < (many ? 2 : PW_SIDE_BY_SIDE); i++) {
        pw_text_clear(&text);
        double mean = pw_account_value(b->run, b->policy[i], PW_HEADLINE, true).mean;
        if (many)
            pw_text_append(&text, !(mean < 0.0) ? "" : i == 0 ? "Lowest on average, " : "Next, ");
        answer_for(b, b->policy[i], &text);
        add_brief(self, pw_text_get(&text), &said);
    }
    for (int s = 1; s <= b->n_policies && !nothing; s++) {
        pw_summary_t d = pw_account_value(b->run, s, PW_HEADLINE, true);
        nothing = pw_reading(&d) == PW_READING_NOTHING;
    }
    if (nothing)
        add(self, "Where no world differs, that follows from what the policy's file assumes; it is no finding.");
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

/* Of the policies for which nobody can tell: how many, how many of them noise may hide, and the estimates that the first two hang on most. */
typedef struct { int n, unclear, runs; const char *estimate[2]; } doubt_t;

static doubt_t doubt_of(const pw_briefing_t *b)
{
    doubt_t out = { 0 };
    for (int i = 0; i < b->n_policies; i++) {
        int s = b->policy[i];
        pw_summary_t d = pw_account_value(b->run, s, PW_HEADLINE, true);
        if (pw_reading(&d) != PW_READING_CANNOT_TELL)
            continue;
        out.unclear++;
        out.runs += wants_runs(&d);
        const char *first = b->influences[s].n > 0 ? b->influences[s].of[0].estimate : NULL;
        bool known = !first;
        for (int k = 0; k < out.n && !known; k++)
            known = strcmp(out.estimate[k], first) == 0;
        if (!known && out.n < 2)
            out.estimate[out.n++] = first;
    }
    return out;
}

static void settle(const pw_briefing_t *b, pw_text_t *out)
{
    const pw_manifest_read_t *m = &b->run->manifest;
    doubt_t doubt = doubt_of(b);
    if (m->draws == 0) {
        pw_text_append(out, "This run holds every estimate at its value: run with draws to see what is not known.");
        return;
    }
    if (doubt.unclear == 0)
        return;
    for (int k = 0; k < doubt.n; k++) {
        const char *slash = strchr(doubt.estimate[k], '/');
        pw_text_append(out, k > 0 ? " and the " : "What would narrow it most: evidence on the ");
        pw_word_estimate(slash ? slash + 1 : doubt.estimate[k], out);
    }
    if (doubt.n > 0)
        pw_text_append(out, doubt.runs == 0 ? "; more runs would not." : m->replications > 1 ? ", and more draws." : ", and two worlds or more for each draw.");
    else if (doubt.runs > 0)
        pw_text_append(out, m->replications > 1 ? "What would narrow it: more draws and replications first; section 7 says why." : "What would narrow "
            "it: two worlds or more for each draw, first.");
    else
        pw_text_append(out, "This run cannot tell which estimate would settle it; section 7 says why.");
}

/* ---- opposite directions ---- */

static const char *const seen[] = { PW_HEADLINE "_reported", PW_HEADLINE "_notified" };

static bool is_opposite(const pw_briefing_t *b, int s)
{
    pw_summary_t harm = pw_account_value(b->run, s, PW_HEADLINE, true);
    for (int i = 0; i < 2; i++) {
        pw_summary_t d = pw_account_value(b->run, s, seen[i], true);
        bool clear = pw_reading(&harm) >= PW_READING_LOWER || pw_reading(&d) >= PW_READING_LOWER;
        if (clear && harm.mean * d.mean < 0.0)
            return true;
    }
    return false;
}

/* -1, 1: what is reported or notified clearly falls or rises, while nobody can tell of what happens; 0: no such thing. */
static int only_records(const pw_briefing_t *b, int s)
{
    pw_summary_t harm = pw_account_value(b->run, s, PW_HEADLINE, true);
    for (int i = 0; i < 2 && pw_reading(&harm) < PW_READING_LOWER; i++) {
        pw_summary_t d = pw_account_value(b->run, s, seen[i], true);
        if (pw_reading(&d) >= PW_READING_LOWER)
            return d.mean < 0.0 ? -1 : 1;
    }
    return 0;
}

/* "Police risk tool" or, of a long title or of several, "2 policies". */
static void say_which(const pw_briefing_t *b, int n, int only, pw_text_t *out)
{
    if (n == 1 && pw_count_words(pw_briefing_title(b, only)) <= 8)
        pw_text_printf(out, "with %s", pw_briefing_title(b, only));
    else
        pw_text_printf(out, "with %d %s", n, n == 1 ? "policy" : "policies");
}

static void flag(const pw_briefing_t *b, pw_text_t *out)
{
    int opposite = 0, alone = 0, only[2] = { 0 };
    for (int s = 1; s <= b->n_policies; s++) {
        if (is_opposite(b, s)) {
            opposite++;
            only[0] = s;
        } else if (only_records(b, s) != 0) {
            alone++;
            only[1] = s;
        }
    }
    if (opposite > 0) {
        pw_text_append(out, "Beware: ");
        say_which(b, opposite, only[0], out);
        pw_text_append(out, ", incidents and records of them seem to go opposite ways.");
    }
    if (alone > 0) {
        pw_text_append(out, opposite > 0 ? " And " : "Beware: ");
        say_which(b, alone, only[1], out);
        pw_text_append(out, ", records clearly change; whether incidents do, this run cannot tell.");
    }
}

/* "+£99,000 (£53,000 to £157,000)" */
static void say_pounds(const pw_summary_t *d, pw_text_t *out)
{
    double low, high;
    if (isnan(d->mean) || pw_reading(d) == PW_READING_NOTHING || !pw_interval_shown(d, &low, &high)) {
        pw_say_difference(d, "£", out);
        return;
    }
    pw_digits_t digits = pw_digits_interval(low, high, PW_OF_POUNDS);
    pw_text_append(out, d->mean > 0.0 && pw_digits_show(d->mean, digits) ? "+" : "");
    pw_put_words(d->mean, digits, out);
    pw_text_append(out, " (");
    pw_put_words(low, digits, out);
    pw_text_append(out, " to ");
    pw_put_words(high, digits, out);
    pw_text_append(out, ")");
}

/* "Change in yearly budget, same order: +£99,000 (£53,000 to £157,000); 0." */
static void money(const pw_briefing_t *b, pw_text_t *out)
{
    if (b->n_policies > PW_SIDE_BY_SIDE || !pw_account_has(b->run, "budget"))
        return;
    pw_text_append(out, b->n_policies > 1 ? "Change in yearly budget, same order: " : "Change in yearly budget: ");
    for (int i = 0; i < b->n_policies; i++) {
        pw_summary_t d = pw_account_value(b->run, b->policy[i], "budget", true);
        pw_text_append(out, i > 0 ? "; " : "");
        say_pounds(&d, out);
    }
    pw_text_append(out, ".");
}

/* ---- the three lines ---- */

static void three_lines(pw_briefing_t *b)
{
    static const char *const measure[] = { PW_HEADLINE, PW_HEADLINE "_reported", PW_HEADLINE "_notified" };
    pw_html_table_t t = pw_html_table_begin(&b->html, "Incidents with a child present, per 100 families, and all areas' budget: the baseline, and each "
                                                      "policy's difference with its 95 % interval");
    pw_html_cell(&t, "Policy");
    pw_html_number(&t, "Happened");
    pw_html_number(&t, "Reported to police");
    pw_html_number(&t, "Notified to social services");
    pw_html_number(&t, "Budget, £ a year");
    pw_html_cell(&t, "Incidents");
    pw_html_row(&t);
    pw_html_cell(&t, "%s", pw_briefing_title(b, 0));
    for (int k = 0; k < 3; k++)
        pw_briefing_number(&t, pw_account_value(b->run, 0, measure[k], false).mean, "");
    pw_briefing_number(&t, pw_account_value(b->run, 0, "budget", false).mean, "£");
    pw_html_cell(&t, "%s", "");
    pw_html_row(&t);
    for (int i = 0; i < b->n_policies; i++) {
        int s = b->policy[i];
        pw_html_cell(&t, "%s", pw_briefing_label(b, s));
        for (int k = 0; k < 3; k++) {
            pw_summary_t d = pw_account_value(b->run, s, measure[k], true);
            pw_briefing_difference(&t, &d, "");
        }
        pw_summary_t budget = pw_account_value(b->run, s, "budget", true);
        pw_briefing_difference(&t, &budget, "£");
        pw_summary_t d = pw_account_value(b->run, s, PW_HEADLINE, true);
        pw_html_cell(&t, "%s%s", pw_reading_words(pw_reading(&d), -1), is_opposite(b, s)          ? "; records go the opposite way"
                                                                              : only_records(b, s) < 0 ? "; records clearly fall"
                                                                              : only_records(b, s) > 0 ? "; records clearly rise"
                                                                                                       : "");
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
    pw_html_element(&b->html, "p class=\"note\"",
                    "k: thousands, m: millions; <0.01: less than that either way. A draw is one set of values for all that is uncertain, a world one "
                    "simulated course of events under it. ? cannot tell: the "
                    "interval holds 0, or the mean is no larger than the simulation's noise. ~ the draws differ by no more than that noise; the "
                    "interval is the "
                    "Monte Carlo one. A policy that makes people readier to call the police raises what is reported and notified while less happens; "
                    "that is no failure.%s", b->run->manifest.draws < PW_LIKELIHOOD_DRAWS ? "" : " " PW_LIKELIHOOD_KEY);
}

/* The question first, then the answer; a warning and what would settle it always stand; then what was asked later, as far as there is room. */
static void answer_policies(answer_t *self)
{
    pw_text_t warning = { 0 }, settling = { 0 }, budget = { 0 };
    flag(self->page, &warning);
    settle(self->page, &settling);
    self->kept = pw_count_words(pw_text_get(&warning)) + pw_count_words(pw_text_get(&settling));
    ask(self);
    answer_all(self);
    self->kept = 0;
    if (warning.n > 0)
        add(self, pw_text_get(&warning));
    if (settling.n > 0)
        add(self, pw_text_get(&settling));
    pw_earlier_first(self->page, add_earlier, self);
    money(self->page, &budget);
    if (budget.n > 0)
        add(self, pw_text_get(&budget));
    pw_text_free(&warning);
    pw_text_free(&settling);
    pw_text_free(&budget);
}

void pw_page_answer(pw_briefing_t *b)
{
    answer_t answer = { .page = b };
    pw_briefing_page(b, 1, "What was asked, and the answer");
    pw_text_append(&b->html, "<div class=\"answer\">\n");
    if (b->n_policies == 0) {
        add(&answer, "Nothing was compared: this run holds the baseline alone.");
    } else {
        answer_policies(&answer);
    }
    pw_text_append(&b->html, "</div>\n");
    three_lines(b);
    pw_earlier_all(b);
    pw_briefing_end_page(b);
}
