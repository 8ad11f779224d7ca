/* page_study.c: page 8: the study beside the model, assumptions, limits, and how to do it again. */
#include <math.h>
#include <string.h>

#include "../base/version.h"
#include "briefing.h"
#include "digits.h"
#include "sentence.h"
#include "wording.h"

/* Of estimates as of findings: as many decimals as the digits need. */
static void number_cell(pw_html_table_t *t, double value, enum pw_digits_of of)
{
    pw_text_t text = { 0 };
    pw_put_number_cell(value, of, &text);
    pw_html_number(t, "%s", pw_text_get(&text));
    pw_text_free(&text);
}

/* "10.3 to 30.6": of what is simulated with the digits of the larger end, of what goes in each end by itself. */
static void say_range(double low, double high, enum pw_digits_of of, pw_text_t *out)
{
    if (of != PW_OF_RESULT) {
        pw_put_number_cell(low, of, out);
        pw_text_append(out, " to ");
        pw_put_number_cell(high, of, out);
    } else {
        pw_digits_t digits = pw_digits_interval(low, high, of);
        pw_put_cell(low, digits, out);
        pw_text_append(out, " to ");
        pw_put_cell(high, digits, out);
    }
}

static void range_cell(pw_html_table_t *t, double low, double high, enum pw_digits_of of, const char *otherwise)
{
    pw_text_t text = { 0 };
    if (!isnan(low) && !isnan(high))
        say_range(low, high, of, &text);
    pw_html_number(t, "%s", text.n > 0 ? pw_text_get(&text) : otherwise);
    pw_text_free(&text);
}

/* ---- the study ---- */

static void count_targets(pw_briefing_t *b)
{
    int agree = 0, differ = 0, checked = 0;
    for (int64_t r = 0; r < pw_account_rows(b->run, PW_READ_targets); r++) {
        const char *agrees = pw_account_cell(b->run, PW_READ_targets, r, "reproduced"), *use = pw_account_cell(b->run, PW_READ_targets, r, "use");
        agree += strcmp(agrees, "yes") == 0;
        differ += strcmp(agrees, "no") == 0;
        checked += strcmp(use, "checked") == 0 && strcmp(agrees, "yes") == 0;
    }
    if (checked > 0)
        pw_html_element(&b->html, "p", "Of %d findings that the baseline can be held against, %d agree; only %d of these were neither used to set the "
                                       "model nor built into an assumption.",
                        agree + differ, agree, checked);
    else
        pw_html_element(&b->html, "p", "Of %d findings that the baseline can be held against, %d agree. Each of these was used to set the model or is "
                                       "built into an assumption: that they agree is no evidence "
                        "for it.", agree + differ, agree);
}

static void targets(pw_briefing_t *b)
{
    pw_html_element(&b->html, "h3", "The study beside the model");
    if (pw_account_rows(b->run, PW_READ_targets) == 0) {
        pw_html_element(&b->html, "p", "This baseline has no list of findings to be held against.");
        return;
    }
    count_targets(b);
    pw_html_table_t t = pw_html_table_begin(&b->html, "What the study, or another source, found, and what the baseline gives");
    static const char *const heading[] = { "Finding", "Source's figure", "Model", "95 % of such studies", "Unit", "Use", "Agrees", "Source" };
    for (size_t k = 0; k < sizeof heading / sizeof heading[0]; k++)
        pw_html_cell(&t, "%s", heading[k]);
    pw_html_row(&t);
    for (int64_t r = 0; r < pw_account_rows(b->run, PW_READ_targets); r++) {
        pw_html_cell(&t, "%s", pw_account_cell(b->run, PW_READ_targets, r, "title"));
        pw_html_cell(&t, "%s", pw_account_cell(b->run, PW_READ_targets, r, "study"));
        number_cell(&t, pw_account_number(b->run, PW_READ_targets, r, "model"), PW_OF_RESULT);
        range_cell(&t, pw_account_number(b->run, PW_READ_targets, r, "low95"), pw_account_number(b->run, PW_READ_targets, r, "high95"),
                   PW_OF_RESULT, "-");
        pw_html_cell(&t, "%s", pw_account_cell(b->run, PW_READ_targets, r, "unit"));
        pw_html_cell(&t, "%s", pw_account_cell(b->run, PW_READ_targets, r, "use"));
        pw_html_cell(&t, "%s", pw_account_cell(b->run, PW_READ_targets, r, "reproduced"));
        pw_html_cell(&t, "%s", pw_account_cell(b->run, PW_READ_targets, r, "source"));
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
    pw_html_element(&b->html, "p class=\"note\"", "Fitted: the model was set so that it agrees. Built in: an assumption points that way already, so "
                                                  "that agreeing proves little. Checked: nothing "
                                                  "was set for it. External: another population. Free: the source has no figure.");
}

/* ---- assumptions ---- */

/* What the draws have of an estimate: a row of learnt.csv; -1: it is drawn as assumed. */
static int64_t learnt_row(const pw_briefing_t *b, int64_t r)
{
    const char *estimate = pw_account_cell(b->run, PW_READ_assumptions, r, "estimate");
    if (strcmp(pw_account_cell(b->run, PW_READ_assumptions, r, "scenario"), b->run->manifest.scenario[0].name) != 0 ||
        strcmp(pw_account_cell(b->run, PW_READ_assumptions, r, "area"), "all") != 0)
        return -1;
    for (int64_t k = 0; k < pw_account_rows(b->run, PW_READ_learnt); k++)
        if (strcmp(pw_account_cell(b->run, PW_READ_learnt, k, "estimate"), estimate) == 0)
            return k;
    return -1;
}

/* "19.7 (10.3 to 30.6)": the median over the sets, and their interval. */
static void learnt_cell(const pw_briefing_t *b, pw_html_table_t *t, int64_t row)
{
    pw_text_t text = { 0 };
    pw_put_number_cell(pw_account_number(b->run, PW_READ_learnt, row, "median"), PW_OF_INPUT, &text);
    pw_text_append(&text, " (");
    say_range(pw_account_number(b->run, PW_READ_learnt, row, "low95"), pw_account_number(b->run, PW_READ_learnt, row, "high95"), PW_OF_INPUT, &text);
    pw_text_append(&text, ")");
    pw_html_number(t, "%s", pw_text_get(&text));
    pw_text_free(&text);
}

/* "16.0 %", "£1,400", "0.150 a year", "8.50 places"; a ratio by itself. */
static void value_cell(pw_html_table_t *t, double value, const char *kind)
{
    pw_text_t text = { 0 }, words = { 0 };
    bool pounds = strcmp(kind, "pounds") == 0;
    pw_put_number_cell(value, pounds ? PW_OF_POUNDS : PW_OF_INPUT, &text);
    if (strcmp(kind, "percent") == 0)
        pw_text_append(&words, "\u00a0%");
    else if (strcmp(kind, "per_year") == 0)
        pw_text_append(&words, "\u00a0a\u00a0year");
    else if (!pounds && strcmp(kind, "ratio") != 0 && strcmp(kind, "count") != 0) {
        pw_text_append(&words, "\u00a0");
        pw_word_name(kind, &words);
    }
    pw_html_number(t, "%s%s%s", pounds ? "£" : "", pw_text_get(&text), pw_text_get(&words));
    pw_text_free(&text);
    pw_text_free(&words);
}

static void assumption_row(pw_briefing_t *b, pw_html_table_t *t, int64_t r, bool with_learnt)
{
    double low = pw_account_number(b->run, PW_READ_assumptions, r, "low"), high = pw_account_number(b->run, PW_READ_assumptions, r, "high");
    const char *area = pw_account_cell(b->run, PW_READ_assumptions, r, "area"), *scenario = pw_account_cell(b->run, PW_READ_assumptions, r, "scenario");
    int64_t learnt = learnt_row(b, r);
    pw_text_t text = { 0 };
    pw_word_estimate(pw_account_cell(b->run, PW_READ_assumptions, r, "estimate"), &text);
    if (strcmp(area, "all") != 0)
        pw_text_printf(&text, " (%s)", area);
    if (strcmp(scenario, b->run->manifest.scenario[0].name) != 0) {
        pw_text_append(&text, ", ");
        pw_word_name(scenario, &text);
    }
    pw_html_cell(t, "%s", pw_text_get(&text));
    value_cell(t, pw_account_number(b->run, PW_READ_assumptions, r, "value"), pw_account_cell(b->run, PW_READ_assumptions, r, "kind"));
    range_cell(t, low, high, strcmp(pw_account_cell(b->run, PW_READ_assumptions, r, "kind"), "pounds") == 0 ? PW_OF_POUNDS : PW_OF_INPUT, "held");
    if (with_learnt && learnt >= 0)
        learnt_cell(b, t, learnt);
    else if (with_learnt)
        pw_html_number(t, "%s", isnan(low) ? "held" : "as assumed");
    pw_html_cell(t, "%s", pw_account_cell(b->run, PW_READ_assumptions, r, "grade"));
    pw_html_cell(t, "%s", pw_account_cell(b->run, PW_READ_assumptions, r, "source"));
    pw_html_row(t);
    pw_text_free(&text);
}

static void assumption_table(pw_briefing_t *b)
{
    bool with_learnt = pw_account_rows(b->run, PW_READ_learnt) > 0;
    pw_text_append(&b->html, "<div class=\"long\">\n");
    pw_html_table_t t = pw_html_table_begin(&b->html, "Every estimate: its value (without a unit: a ratio or a count), interval, grade and source; of the "
                                                      "baseline, unless a policy stands behind a comma");
    pw_html_cell(&t, "Estimate");
    pw_html_number(&t, "Value");
    pw_html_number(&t, "95 %% interval as assumed");
    if (with_learnt)
        pw_html_number(&t, "After calibration: median (95 %% interval)");
    pw_html_cell(&t, "Grade");
    pw_html_cell(&t, "Source");
    pw_html_row(&t);
    for (int64_t r = 0; r < pw_account_rows(b->run, PW_READ_assumptions); r++)
        assumption_row(b, &t, r, with_learnt);
    pw_html_table_end(&t);
    pw_text_append(&b->html, "</div>\n");
}

static void assumptions(pw_briefing_t *b)
{
    int graded[4] = { 0 }, n = 0;
    static const char *const grade[] = { "measured", "published", "derived", "assumed" };
    for (int64_t r = 0; r < pw_account_rows(b->run, PW_READ_assumptions); r++, n++)
        for (int g = 0; g < 4; g++)
            graded[g] += strcmp(pw_account_cell(b->run, PW_READ_assumptions, r, "grade"), grade[g]) == 0;
    pw_html_element(&b->html, "h3", "Assumptions");
    pw_html_element(&b->html, "p", "Of %d numbers with an interval or a grade, the study measured %d; published elsewhere: %d, derived from published "
                                   "ones or from words: %d, assumed: %d. What there is to "
                                   "know about each stands in assumptions.csv.%s",
                    n, graded[0], graded[1], graded[2], graded[3],
                    pw_account_rows(b->run, PW_READ_learnt) > 0 ? " Draws hold the values after calibration: only such, and together, as agree with the "
                                                                  "findings marked fitted." : "");
    assumption_table(b);
}

/* ---- limits ---- */

static void limits(pw_briefing_t *b)
{
    static const char *const limit[] = {
        "They do not say what will happen in a place. The areas are hypothetical ones with some of the study's differences.",
        "They are no tool for decisions about a family.",
        "Effects of policies are inputs, most of them assumed with intervals on both sides of no effect. The pages say what would follow from them, not "
        "that they hold.",
        "The intervals hold what is unknown of the numbers listed above. Other numbers of the model are plain assumptions held fixed; what is unknown "
        "of them, and of the model's form, is in no interval.",
        "Incidents that nobody reports are in the model and in no record. Only the product of how often incidents happen, are reported and are notified "
        "can be held against anything: compare differences, not levels.",
        "What injuries cost the health service, and what harm costs those who live with it, is not counted unless a cost of that payer is listed in section 6.",
        "How uncertain numbers go together is known only as far as the study's findings tie them, in runs that draw from sets which agree with the "
        "study; otherwise they vary independently.",
    };
    pw_html_element(&b->html, "h3", "What these numbers do not say");
    pw_text_append(&b->html, "<ul>\n");
    for (size_t i = 0; i < sizeof limit / sizeof limit[0]; i++)
        pw_html_element(&b->html, "li", "%s", limit[i]);
    pw_text_append(&b->html, "</ul>\n");
}

/* ---- again ---- */

static void again(pw_briefing_t *b)
{
    const pw_manifest_read_t *m = &b->run->manifest;
    pw_html_element(&b->html, "h3", "How to do it again");
    pw_html_element(&b->html, "p", "With pathways %s (commit %s), this command gives the same results, byte for byte, for any number of threads:", m->version,
                    m->commit);
    pw_html_element(&b->html, "pre", "%s", m->command);
    pw_html_element(&b->html, "p", "%lld %s of the estimates%s, %lld %s each, seed %s, generator %s.", (long long)m->draws, m->draws == 1 ? "draw" : "draws",
                    m->draws == 0 ? " (each at its value)" : "", (long long)m->replications, m->replications == 1 ? "world" : "worlds", m->seed, m->generator);
    if (strcmp(m->version, PW_VERSION) != 0)
        pw_html_element(&b->html, "p class=\"flag\"", "These pages were made by pathways %s from a run of pathways %s.", PW_VERSION, m->version);
    pw_html_element(&b->html, "p", "Fingerprint (SHA-256) of all results: %s", m->results_sha256);
    pw_html_table_t t = pw_html_table_begin(&b->html, "Files that the run read");
    pw_html_cell(&t, "File");
    pw_html_cell(&t, "SHA-256");
    pw_html_row(&t);
    for (int i = 0; i < m->n_inputs; i++) {
        pw_html_cell(&t, "%s", m->input[i].file);
        pw_html_cell(&t, "%s", m->input[i].sha256);
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
}

void pw_page_study(pw_briefing_t *b)
{
    pw_briefing_page(b, 8, "The study beside the model, assumptions, limits, and how to do it again");
    targets(b);
    assumptions(b);
    limits(b);
    again(b);
    pw_briefing_end_page(b);
}
