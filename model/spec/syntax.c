#include "syntax.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "../base/memory.h"

typedef struct {
    const pw_source_t *source;
    pw_findings_t *findings;
    int at;
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

/* Finds an earlier setting of the same name in this group. Not an end: reading goes on. */
static bool note_name(reader_t *self, names_t *names, int at)
{
    const pw_source_t *source = self->source;
    int line = word_at(self, at)->line;
    for (int i = 0; i < names->n; i++) {
        if (!same_name(self, names->word[i], at))
            continue;
        char name[QUOTED];
        int earlier = word_at(self, names->word[i])->line;
        const char *file = pw_source_file(source, earlier);
        snprintf(name, sizeof name, "%.*s", (int)word_at(self, at)->length, source->text + word_at(self, at)->at);
        pw_findings_add(self->findings, pw_source_file(source, line), pw_source_line(source, line), name,
                        "this setting is given twice in one group; the first is in line %d%s%s", pw_source_line(source, earlier),
                        strcmp(file, pw_source_file(source, line)) ? " of " : "", strcmp(file, pw_source_file(source, line)) ? file : "");
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

static bool refuse_instead_of_name(reader_t *self)
{
    char message[400], word[QUOTED], before[QUOTED];
    int at = self->at;
    const char *shown = show(self, at, word);
    if (at >= 2 && is_kind(self, at, PW_WORD_NUMBER) && is_sign(self, at - 1, ",") && is_kind(self, at - 2, PW_WORD_NUMBER))
        snprintf(message, sizeof message, "%s follows a comma here; decimals take a point (1.5), and several values a list: ( 1.0, 5.0 )", shown);
    else if (is_sign(self, at, ";,"))
        snprintf(message, sizeof message, "there is one %s too many here", shown);
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
    self->at++;
    if (!read_value(self))
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
    while (!is_sign(self, self->at, ")")) {
        if (is_kind(self, self->at, PW_WORD_NAME) && is_sign(self, self->at + 1, "=:"))
            return stop(self, self->at, "a list in ( ) holds values or groups, not settings; name = value; goes between { and }");
        if (!read_value(self))
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
