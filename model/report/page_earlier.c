/* page_earlier.c: on page 1: what later commands answered about this run (answers/NAME.csv), in the words that the terminal uses.
 *
 * Policies have their titles here. Rows that say the same of several policies are one line. What a run writes by itself (tiers, shares, worth) is said of the
 * PW_SIDE_BY_SIDE policies with the largest falls; what somebody asked for is said of all. */
#include <string.h>
#include <unistd.h>

#include "../base/memory.h"
#include "answers_text.h"
#include "briefing.h"

enum { MOST_LINES = 24, NAMED = 3 };

/* ---- reading ---- */

/* Scenarios by their titles; "baseline" and "all" are none of them. */
static void use_titles(const pw_briefing_t *b, pw_csv_table_t *table)
{
    static const char *const heading[] = { "scenario", "other", "choice", "chosen" };
    for (size_t k = 0; k < sizeof heading / sizeof heading[0]; k++) {
        int column = pw_csv_find(table, heading[k]);
        for (int64_t r = 0; column >= 0 && r < table->n_rows; r++) {
            int s = pw_account_scenario(b->run, pw_csv_cell(table, r, column));
            if (s > 0)
                pw_csv_stand_for(table, r, column, pw_briefing_title(b, s));
        }
    }
}

/* Reads a file of answers of the run; false: there is none. What is wrong with it becomes findings of the account. */
static bool read_answers(const pw_briefing_t *b, const pw_answer_words_t *words, pw_csv_table_t *out)
{
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/%s", b->run->folder, words->kind->file);
    bool there = !path.failed && access(pw_text_get(&path), F_OK) == 0 && pw_csv_read(out, pw_text_get(&path), b->run->findings) == PW_OK;
    pw_text_free(&path);
    if (there)
        use_titles(b, out);
    return there;
}

static bool is_about_headline(const pw_csv_table_t *table, int64_t row)
{
    int measure = pw_csv_find(table, "measure");
    return measure >= 0 && strcmp(pw_csv_cell(table, row, measure), PW_HEADLINE) == 0;
}

/* Whether rows about the headline say something by themselves; where they do not (one_more.csv, switches.csv), other rows speak for all measures. */
static bool headline_speaks(const pw_answer_words_t *words, const pw_csv_table_t *table)
{
    bool some = false;
    for (int64_t r = 0; r < table->n_rows && !some; r++) {
        pw_text_t text = { 0 };
        if (is_about_headline(table, r))
            words->say(table, r, &text);
        some = text.n > 0;
        pw_text_free(&text);
    }
    return some;
}

/* ---- the first sentence ---- */

/* Up to the first full stop before a capital; the whole if there is none. */
static size_t first_sentence(const char *text)
{
    for (const char *p = text; (p = strstr(p, ". ")); p++)
        if (p[2] >= 'A' && p[2] <= 'Z')
            return (size_t)(p - text) + 1;
    return strlen(text);
}

/* What somebody asked for first; then what a run writes by itself. */
void pw_earlier_first(const pw_briefing_t *b, void (*each)(void *context, const char *sentence), void *context)
{
    const pw_answer_words_t *const *words;
    int n = pw_answer_words(&words);
    for (int i = 0; i < 2 * n; i++) {
        const pw_answer_words_t *of = words[i % n];
        pw_csv_table_t table = { 0 };
        pw_text_t text = { 0 };
        if (of->by_itself == (i >= n) && !(of->by_itself && b->n_policies == 1) && read_answers(b, of, &table)) {
            bool only = headline_speaks(of, &table);
            for (int64_t r = 0; r < table.n_rows && text.n == 0; r++)
                if (!only || is_about_headline(&table, r))
                    of->say(&table, r, &text);
        }
        pw_answer_capital(&text);
        if (text.n > 0) {
            pw_text_t first = { 0 };
            pw_text_append_bytes(&first, pw_text_get(&text), first_sentence(pw_text_get(&text)));
            each(context, pw_text_get(&first));
            pw_text_free(&first);
        }
        pw_text_free(&text);
        pw_csv_table_free(&table);
    }
}

/* ---- lines ---- */

/* What is said of one policy or of several: their titles, and the rest of the sentence behind the title. */
typedef struct { int n; const char *title[PW_MAX_SCENARIOS]; pw_text_t rest; } line_t;
typedef struct { line_t *line; int n; bool more; } lines_t;

/* The policy at whose title a row's sentence begins; NULL: it is about none, or about all. */
static const char *title_of(const pw_csv_table_t *table, int64_t row, const char *sentence)
{
    static const char *const heading[] = { "scenario", "choice" };
    for (size_t k = 0; k < sizeof heading / sizeof heading[0]; k++) {
        const char *title = pw_answer_cell(table, row, heading[k]);
        if (title[0] && strncmp(sentence, title, strlen(title)) == 0)
            return title;
    }
    return NULL;
}

static void add_line(lines_t *self, const char *title, const char *sentence)
{
    const char *rest = sentence + (title ? strlen(title) : 0);
    for (int i = 0; i < self->n && title; i++) {
        line_t *line = &self->line[i];
        if (line->n > 0 && line->n < PW_MAX_SCENARIOS && strcmp(pw_text_get(&line->rest), rest) == 0) {
            line->title[line->n++] = title;
            return;
        }
    }
    self->more |= self->n == MOST_LINES;
    if (self->n == MOST_LINES)
        return;
    line_t *line = &self->line[self->n++];
    line->n = title ? 1 : 0;
    line->title[0] = title;
    pw_text_append(&line->rest, rest);
}

/* Rows that this page has: of the headline if that speaks, of policies against the baseline, of choices that between all policies, and of
 * what a run writes by itself only some policies. */
static bool is_wanted(const pw_briefing_t *b, const pw_answer_words_t *words, const pw_csv_table_t *table, int64_t row, bool headline_only)
{
    const char *other = pw_answer_cell(table, row, "other"), *of = pw_answer_cell(table, row, pw_csv_find(table, "choice") >= 0 ? "choice" : "scenario");
    if (headline_only && !is_about_headline(table, row))
        return false;
    bool is_tier = strcmp(pw_answer_cell(table, row, "what"), "tier") == 0;
    if ((other[0] && strcmp(other, "baseline") != 0) || (is_tier && b->n_policies == 1))
        return false;
    if (words->by_itself && pw_csv_find(table, "choice") >= 0 && b->n_policies > 1)
        return strcmp(of, "all") == 0;
    if (!words->by_itself || b->n_policies <= PW_SIDE_BY_SIDE || is_tier || strcmp(of, "all") == 0)
        return true;
    for (int i = 0; i < PW_SIDE_BY_SIDE; i++)
        if (strcmp(of, pw_briefing_title(b, b->policy[i])) == 0)
            return true;
    return false;
}

static void put_line(pw_briefing_t *b, const line_t *line)
{
    pw_text_t text = { 0 };
    if (line->n > NAMED)
        pw_text_printf(&text, "%d policies", line->n);
    for (int i = 0; i < line->n && line->n <= NAMED; i++)
        pw_text_printf(&text, "%s%s", pw_answer_joint(i, line->n), line->title[i]);
    pw_text_append(&text, pw_text_get(&line->rest));
    pw_answer_capital(&text);
    pw_html_element(&b->html, "li", "%s", pw_text_get(&text));
    pw_text_free(&text);
}

/* What is left out, and where it stands. */
static void put_rest(pw_briefing_t *b, const pw_answer_words_t *words, const pw_csv_table_t *table, bool more)
{
    int pairs = 0, apart = 0;
    for (int64_t r = 0; r < table->n_rows; r++) {
        const char *verdict = pw_answer_cell(table, r, "verdict"), *other = pw_answer_cell(table, r, "other");
        bool is_pair = is_about_headline(table, r) && other[0] && strcmp(other, "baseline") != 0;
        pairs += is_pair;
        apart += is_pair && (strcmp(verdict, "better") == 0 || strcmp(verdict, "worse") == 0);
    }
    if (pairs > 0 && apart == 0)
        pw_html_element(&b->html, "li", "Policy against policy: of %d %s this run can tell none apart; %s says why.", pairs, pairs == 1 ? "pair" : "pairs",
                        words->kind->file);
    else if (pairs > 0)
        pw_html_element(&b->html, "li", "Policy against policy: of %d %s this run can tell %d apart; %s says which is better, or why it cannot tell.", pairs,
                        pairs == 1 ? "pair" : "pairs", apart, words->kind->file);
    else if (more || (words->by_itself && b->n_policies > (pw_csv_find(table, "choice") >= 0 ? 1 : PW_SIDE_BY_SIDE)))
        pw_html_element(&b->html, "li", "Of every policy by itself: %s.", words->kind->file);
}

static void list(pw_briefing_t *b, const pw_answer_words_t *words, const pw_csv_table_t *table)
{
    bool only = headline_speaks(words, table);
    lines_t lines = { .line = pw_alloc(MOST_LINES, sizeof lines.line[0]) };
    if (!lines.line) {
        b->status = PW_ERROR_MEMORY;
        return;
    }
    for (int64_t r = 0; r < table->n_rows; r++) {
        pw_text_t text = { 0 };
        if (is_wanted(b, words, table, r, only))
            words->say(table, r, &text);
        if (text.n > 0)
            add_line(&lines, title_of(table, r, pw_text_get(&text)), pw_text_get(&text));
        pw_text_free(&text);
    }
    pw_text_append(&b->html, "<ul>\n");
    for (int i = 0; i < lines.n; i++) {
        put_line(b, &lines.line[i]);
        pw_text_free(&lines.line[i].rest);
    }
    put_rest(b, words, table, lines.more);
    pw_text_append(&b->html, "</ul>\n");
    pw_free(lines.line);
    pw_text_t close = { 0 };
    if (words->close)
        words->close(table, &close);
    for (size_t i = 0; i < close.n; i++)      /* the terminal's marks of a command's name */
        if (close.bytes[i] == '`')
            close.bytes[i] = '"';
    if (close.n > 0)
        pw_html_element(&b->html, "p class=\"note\"", "%s", pw_text_get(&close));
    pw_text_free(&close);
}

/* In the same order. */
void pw_earlier_all(pw_briefing_t *b)
{
    const pw_answer_words_t *const *words;
    int n = pw_answer_words(&words);
    for (int i = 0; i < 2 * n; i++) {
        const pw_answer_words_t *of = words[i % n];
        pw_csv_table_t table = { 0 };
        if (of->by_itself == (i >= n) && read_answers(b, of, &table) && table.n_rows > 0) {
            pw_html_element(&b->html, "h3", "%s", of->question);
            pw_earlier_charts(b, of->kind->file, &table);
            pw_earlier_forests(b, of->kind->file, &table);
            list(b, of, &table);
        }
        pw_csv_table_free(&table);
    }
}
