#include "syntax.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "tree.h"

/* On the way down to a value: a setting, whose name is that word, or an element of a list, which begins there and is the place-th. */
typedef struct { int word, place; } step_t;

enum { DEEPEST = 2 * PW_TREE_DEPTH + 2 };      /* no file has more brackets in each other (source.h) */

typedef struct {
    const pw_source_t *source;
    pw_findings_t *findings;
    int at;
    step_t step[DEEPEST];
    int depth;
    pw_status_t status;
} reader_t;

/* Settings of one group seen so far: indices of their names. */
typedef struct {
    int n, room, *word;
} names_t;

enum { QUOTED = 60 };

static const pw_word_t *word_at(const reader_t *self, int at)
{
    return at >= 0 && at < self->source->n_words ? &self->source->word[at] : NULL;
}

static bool is_sign(const reader_t *self, int at, const char *signs)
{
    const pw_word_t *word = word_at(self, at);
    return word && word->kind == PW_WORD_SIGN && strchr(signs, self->source->text[word->at]);
}

static bool is_kind(const reader_t *self, int at, int kind)
{
    const pw_word_t *word = word_at(self, at);
    return word && word->kind == kind;
}

/* The word as the file has it, shortened; texts keep their own quotes. */
static const char *show(const reader_t *self, int at, char out[QUOTED])
{
    const pw_word_t *word = word_at(self, at);
    if (!word)
        return "the end of the file";
    const char *quote = word->kind == PW_WORD_TEXT ? "" : "\"";
    int n = word->length > 40 ? 40 : (int)word->length;
    while (n > 0 && n < (int)word->length && ((unsigned char)self->source->text[word->at + (size_t)n] & 0xC0) == 0x80)
        n--;
    snprintf(out, QUOTED, "%s%.*s%s%s", quote, n, self->source->text + word->at, n < (int)word->length ? "..." : "", quote);
    return out;
}

/* One finding ends the reading: what follows would be guesswork. */
static bool stop(reader_t *self, int at, const char *message)
{
    int line = at < self->source->n_words ? self->source->word[at].line : self->source->n_lines;
    pw_findings_add(self->findings, pw_source_file(self->source, line), pw_source_line(self->source, line), NULL, "%s", message);
    self->status = PW_ERROR_INPUT;
    return false;
}

static bool read_value(reader_t *self);

static bool same_name(const reader_t *self, int a, int b)
{
    const pw_word_t *x = word_at(self, a), *y = word_at(self, b);
    return x->length == y->length && memcmp(self->source->text + x->at, self->source->text + y->at, x->length) == 0;
}

/* ---- where we are ---- */

static bool is_called(const reader_t *self, int at, const char *name)
{
    const pw_word_t *word = word_at(self, at);
    return is_kind(self, at, PW_WORD_NAME) && word->length == strlen(name) && memcmp(self->source->text + word->at, name, word->length) == 0;
}

/* The text, with its quotes, that the group beginning at `from` gives the setting `name`; NULL: none. */
static const pw_word_t *text_in_group(const reader_t *self, int from, const char *name)
{
    for (int at = from, depth = 0; at < self->source->n_words; at++) {
        depth += is_sign(self, at, "([{") - is_sign(self, at, ")]}");
        if (depth == 0)
            return NULL;
        if (depth == 1 && is_called(self, at, name) && is_sign(self, at + 1, "=:") && is_kind(self, at + 2, PW_WORD_TEXT))
            return word_at(self, at + 2);
    }
    return NULL;
}

/* As pw_tree_key names elements, before there is a tree. */
static void append_element(const reader_t *self, step_t step, pw_text_t *path)
{
    static const char *const keys[] = { "name", "event", "at", "payer", "on", "to" };
    const pw_word_t *key = NULL, *during = NULL;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0] && !key; i++) {
        key = text_in_group(self, step.word, keys[i]);
        during = key && strcmp(keys[i], "on") == 0 ? text_in_group(self, step.word, "during") : NULL;
    }
    if (!key) {
        pw_text_printf(path, ".%d", step.place);
        return;
    }
    pw_text_printf(path, ".%.*s", (int)key->length - 2, self->source->text + key->at + 1);
    if (during)
        pw_text_printf(path, "+%.*s", (int)during->length - 2, self->source->text + during->at + 1);
}

/* The path of the setting whose name is word `at`. */
static void write_path(const reader_t *self, int at, pw_text_t *path)
{
    for (int i = 0; i < self->depth && i < DEEPEST; i++)
        if (self->step[i].place > 0)
            append_element(self, self->step[i], path);
        else
            pw_text_printf(path, "%s%.*s", path->n > 0 ? "." : "", (int)word_at(self, self->step[i].word)->length,
                           self->source->text + word_at(self, self->step[i].word)->at);
    pw_text_printf(path, "%s%.*s", path->n > 0 ? "." : "", (int)word_at(self, at)->length, self->source->text + word_at(self, at)->at);
}

static void enter(reader_t *self, int word, int place)
{
    if (self->depth < DEEPEST)
        self->step[self->depth] = (step_t){ word, place };
    self->depth++;
}

static void leave(reader_t *self) { self->depth--; }

/* Finds an earlier setting of the same name in this group. Not an end: reading goes on. */
static bool note_name(reader_t *self, names_t *names, int at)
{
    const pw_source_t *source = self->source;
    int line = word_at(self, at)->line;
    for (int i = 0; i < names->n; i++) {
        if (!same_name(self, names->word[i], at))
            continue;
        pw_text_t path = { 0 };
        int earlier = word_at(self, names->word[i])->line;
        const char *file = pw_source_file(source, earlier);
        write_path(self, at, &path);
        pw_findings_add(self->findings, pw_source_file(source, line), pw_source_line(source, line), pw_text_get(&path),
                        "this setting is given twice in one group; the first is in line %d%s%s", pw_source_line(source, earlier),
                        strcmp(file, pw_source_file(source, line)) ? " of " : "", strcmp(file, pw_source_file(source, line)) ? file : "");
        pw_text_free(&path);
        self->status = PW_ERROR_INPUT;
        return true;
    }
    if (names->n == names->room) {
        int room = names->room ? 2 * names->room : 16;
        int *word = pw_realloc(names->word, (size_t)room, sizeof *word);
        if (!word) {
            self->status = PW_ERROR_MEMORY;
            return false;
        }
        names->word = word;
        names->room = room;
    }
    names->word[names->n++] = at;
    return true;
}

/* Three digits, as after the comma or the blank of 20,000: "000", "400.0". */
static bool is_thousand(const reader_t *self, int at)
{
    char word[QUOTED];
    const char *shown = is_kind(self, at, PW_WORD_NUMBER) ? show(self, at, word) : "";
    size_t n = strspn(shown += shown[0] == '"', "0123456789");
    return n == 3 && (shown[n] == '"' || shown[n] == '.');
}

static bool refuse_instead_of_name(reader_t *self)
{
    char message[400], word[QUOTED], before[QUOTED];
    int at = self->at;
    const char *shown = show(self, at, word);
    if (at >= 2 && is_thousand(self, at) && is_sign(self, at - 1, ",") && is_kind(self, at - 2, PW_WORD_NUMBER))
        snprintf(message, sizeof message, "%s follows a comma here; thousands are not parted (20000.0), and decimals take a point (1.5)", shown);
    else if (at >= 2 && is_kind(self, at, PW_WORD_NUMBER) && is_sign(self, at - 1, ",") && is_kind(self, at - 2, PW_WORD_NUMBER))
        snprintf(message, sizeof message, "%s follows a comma here; decimals take a point (1.5), and several values a list: ( 1.0, 5.0 )", shown);
    else if (is_sign(self, at, ";,"))
        snprintf(message, sizeof message, "there is one %s too many here", shown);
    else if (at > 0 && is_thousand(self, at) && is_kind(self, at - 1, PW_WORD_NUMBER))
        snprintf(message, sizeof message, "%s follows the number %s here; a setting has one number, and its thousands are not parted: 20000.0",
                 shown, show(self, at - 1, before));
    else if (at > 0 && is_kind(self, at, PW_WORD_NUMBER) && is_kind(self, at - 1, PW_WORD_NUMBER))
        snprintf(message, sizeof message, "%s follows the number %s here; a setting has one number, and there are no dates: months are counted from day 0",
                 shown, show(self, at - 1, before));
    else if (is_sign(self, at, "{") && is_sign(self, at - 1, "{"))
        snprintf(message, sizeof message, "a name = value; is wanted after \"{\", not \"{\"; a list of groups stands in ( ): ( { .. }, { .. } )");
    else if (at > 0)
        snprintf(message, sizeof message, "a name = value; is wanted after %s, not %s", show(self, at - 1, before), shown);
    else
        snprintf(message, sizeof message, "a name = value; is wanted here, not %s", shown);
    return stop(self, at, message);
}

static bool read_setting(reader_t *self, names_t *names)
{
    char message[400], word[QUOTED], name[QUOTED];
    int named = self->at;
    if (!is_kind(self, self->at, PW_WORD_NAME))
        return refuse_instead_of_name(self);
    if (!note_name(self, names, self->at))
        return false;
    self->at++;
    if (!is_sign(self, self->at, "=:")) {
        snprintf(message, sizeof message, "after the name %s comes = or :, not %s (texts stand in quotes)", show(self, self->at - 1, name),
                 show(self, self->at, word));
        return stop(self, self->at < self->source->n_words ? self->at : self->at - 1, message);
    }
    enter(self, named, 0);
    self->at++;
    bool fine = read_value(self);
    leave(self);
    if (!fine)
        return false;
    if (is_sign(self, self->at, ";,"))
        self->at++;
    return true;
}

static bool read_settings(reader_t *self)
{
    names_t names = { 0 };
    bool fine = true;
    while (fine && self->at < self->source->n_words && !is_sign(self, self->at, "}"))
        fine = read_setting(self, &names);
    pw_free(names.word);
    return fine;
}

/* What libconfig tells apart in an array: text, truth, whole, long whole, real. */
static int kind_in_array(const reader_t *self, int at)
{
    const pw_word_t *word = word_at(self, at);
    if (!word || word->kind != PW_WORD_NUMBER)
        return word ? word->kind : -1;
    const char *text = self->source->text + word->at;
    if (word->length > 2 && (text[1] == 'x' || text[1] == 'X'))
        return text[word->length - 1] == 'L' ? 'L' : 'i';
    if (memchr(text, '.', word->length) || memchr(text, 'e', word->length) || memchr(text, 'E', word->length))
        return 'f';
    return text[word->length - 1] == 'L' ? 'L' : 'i';
}

static bool read_array(reader_t *self)
{
    static const char mixed[] = "an array in [ ] holds plain values of one kind only; use ( ) lists: ( 0, 0.5 )";
    int first = self->at;
    while (!is_sign(self, self->at, "]")) {
        if (is_sign(self, self->at, "([{") || kind_in_array(self, self->at) != kind_in_array(self, first))
            return stop(self, self->at, mixed);
        if (!read_value(self))
            return false;
        if (!is_sign(self, self->at, ",]"))
            return stop(self, self->at, "a comma is wanted between the values of an array");
        if (is_sign(self, self->at, ",") && is_sign(self, ++self->at, "]"))
            return stop(self, self->at, "a comma is followed by \"]\"; take the last comma away");
    }
    self->at++;
    return true;
}

static bool read_list(reader_t *self)
{
    char message[400], before[QUOTED], word[QUOTED];
    for (int place = 1; !is_sign(self, self->at, ")"); place++) {
        if (is_kind(self, self->at, PW_WORD_NAME) && is_sign(self, self->at + 1, "=:"))
            return stop(self, self->at, "a list in ( ) holds values or groups, not settings; name = value; goes between { and }");
        enter(self, self->at, place);
        bool fine = read_value(self);
        leave(self);
        if (!fine)
            return false;
        if (is_sign(self, self->at, ";"))
            return stop(self, self->at, "the elements of a list are parted by commas, not by semicolons");
        if (!is_sign(self, self->at, ",)")) {
            snprintf(message, sizeof message, "a comma is wanted between %s and %s in a list", show(self, self->at - 1, before),
                     show(self, self->at, word));
            return stop(self, self->at, message);
        }
        if (is_sign(self, self->at, ",") && is_sign(self, ++self->at, ")"))
            return stop(self, self->at, "a comma is followed by \")\"; take the last comma away");
    }
    self->at++;
    return true;
}

static bool is_truth(const reader_t *self, int at)
{
    static const char *const words[] = { "yes", "no", "on", "off" };
    const pw_word_t *word = word_at(self, at);
    for (size_t i = 0; word && word->kind == PW_WORD_NAME && i < sizeof words / sizeof words[0]; i++)
        if (word->length == strlen(words[i]) && strncasecmp(self->source->text + word->at, words[i], word->length) == 0)
            return true;
    return false;
}

static bool read_value(reader_t *self)
{
    char message[400], word[QUOTED];
    int at = self->at++;
    if (is_kind(self, at, PW_WORD_TEXT)) {
        while (is_kind(self, self->at, PW_WORD_TEXT))
            self->at++;
        return true;
    }
    if (is_kind(self, at, PW_WORD_NUMBER) || is_kind(self, at, PW_WORD_BOOL))
        return true;
    if (is_sign(self, at, "["))
        return read_array(self);
    if (is_sign(self, at, "("))
        return read_list(self);
    if (is_sign(self, at, "{")) {
        bool fine = read_settings(self);
        self->at++; /* brackets are known to match: this is the } */
        return fine;
    }
    const char *hint = is_truth(self, at) ? "; write true or false" : is_kind(self, at, PW_WORD_NAME) ? "; texts stand in quotes" : "";
    snprintf(message, sizeof message, "%s stands where a value is wanted%s", show(self, at, word), hint);
    return stop(self, at < self->source->n_words ? at : at - 1, message);
}

pw_status_t pw_syntax_check(const pw_source_t *source, pw_findings_t *findings)
{
    reader_t self = { .source = source, .findings = findings };
    read_settings(&self);
    return self.status;
}
