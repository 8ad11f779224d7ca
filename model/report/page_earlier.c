/* page_earlier.c: on page 1: what later commands answered about this run (answers/NAME.csv), in the words that the terminal uses. */
#include <string.h>
#include <unistd.h>

#include "answers_text.h"
#include "briefing.h"

enum { MOST_ROWS = 24 };

/* Reads a file of answers of the run; false: there is none. What is wrong with it becomes findings of the account. */
static bool read_answers(const pw_briefing_t *b, const pw_answer_words_t *words, pw_csv_table_t *out)
{
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/%s", b->run->folder, words->kind->file);
    bool there = !path.failed && access(pw_text_get(&path), F_OK) == 0 && pw_csv_read(out, pw_text_get(&path), b->run->findings) == PW_OK;
    pw_text_free(&path);
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

/* Up to the first full stop before a capital, a name alone being no sentence; the whole if there is none. */
static size_t first_sentence(const char *text)
{
    for (const char *p = text; (p = strstr(p, ". ")); p++)
        if (p[2] >= 'A' && p[2] <= 'Z' && memchr(text, ' ', (size_t)(p - text)))
            return (size_t)(p - text) + 1;
    return strlen(text);
}

void pw_earlier_first(const pw_briefing_t *b, void (*each)(void *context, const char *sentence), void *context)
{
    const pw_answer_words_t *const *words;
    int n = pw_answer_words(&words);
    for (int i = 0; i < n; i++) {
        pw_csv_table_t table = { 0 };
        pw_text_t text = { 0 };
        if (read_answers(b, words[i], &table)) {
            bool only = headline_speaks(words[i], &table);
            for (int64_t r = 0; r < table.n_rows && text.n == 0; r++)
                if (!only || is_about_headline(&table, r))
                    words[i]->say(&table, r, &text);
        }
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

static void list(pw_briefing_t *b, const pw_answer_words_t *words, const pw_csv_table_t *table)
{
    int64_t shown = 0;
    bool only = headline_speaks(words, table);
    pw_text_append(&b->html, "<ul>\n");
    for (int64_t r = 0; r < table->n_rows; r++) {
        pw_text_t text = { 0 };
        if (shown < MOST_ROWS && (!only || is_about_headline(table, r)))
            words->say(table, r, &text);
        if (text.n > 0) {
            pw_html_element(&b->html, "li", "%s", pw_text_get(&text));
            shown++;
        }
        pw_text_free(&text);
    }
    if (table->n_rows > shown)
        pw_html_element(&b->html, "li", "%s holds %lld rows in all, of other measures too.", words->kind->file, (long long)table->n_rows);
    pw_text_append(&b->html, "</ul>\n");
    pw_text_t close = { 0 };
    if (words->close)
        words->close(table, &close);
    if (close.n > 0)
        pw_html_element(&b->html, "p class=\"note\"", "%s", pw_text_get(&close));
    pw_text_free(&close);
}

void pw_earlier_all(pw_briefing_t *b)
{
    const pw_answer_words_t *const *words;
    int n = pw_answer_words(&words);
    bool any = false;
    for (int i = 0; i < n; i++) {
        pw_csv_table_t table = { 0 };
        if (read_answers(b, words[i], &table) && table.n_rows > 0) {
            if (!any)
                pw_html_element(&b->html, "h3", "What else was asked of this run");
            any = true;
            list(b, words[i], &table);
        }
        pw_csv_table_free(&table);
    }
}
