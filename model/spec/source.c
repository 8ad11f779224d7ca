#include "source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/file.h"
#include "../base/memory.h"
#include "../base/text.h"
#include "document.h"
#include "tree.h"

/* One file being cut; `outer` is the one that includes it. */
typedef struct cutter {
    pw_source_t *to;
    pw_findings_t *findings;
    const struct cutter *outer;
    dev_t device;
    ino_t inode; /* what the file is, whatever its name */
    char *raw;
    size_t at, length;
    int file, line;
    pw_status_t status; /* not OK: this file is not read to its end */
    bool wrong;         /* something was found, reading goes on */
    int below;          /* brackets open where it is included */
    int depth;
    struct {
        char sign;
        int line;
    } open[PW_TREE_DEPTH];
} cutter_t;

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

#define WRONG(self, ...) \
    ((self)->wrong = true, pw_findings_add((self)->findings, (self)->to->file[(self)->file], (self)->line, NULL, __VA_ARGS__))
/* Reading on would only make more of the same. */
#define STOP(self, ...) ((self)->status = PW_ERROR_INPUT, WRONG(self, __VA_ARGS__))

static bool same_file(const char *a, const char *b)
{
    struct stat one, two;
    bool there = stat(a, &one) == 0;
    if (stat(b, &two) != 0)
        return !there;
    return there && one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

/* scenarios/../params/x.cfg -> params/x.cfg, in place, step by step; a step that leads elsewhere (a link in the way) is not taken. */
static void tidy(char *path)
{
    for (char *up = strstr(path, "/../"); up && up > path; up = strstr(path, "/../")) {
        char before[4096];
        char *folder = up;
        while (folder > path && folder[-1] != '/')
            folder--;
        bool plain = strncmp(folder, "../", 3) != 0 && strncmp(folder, "./", 2) != 0;
        if (!plain || (size_t)snprintf(before, sizeof before, "%s", path) >= sizeof before)
            return;
        memmove(folder, up + 4, strlen(up + 4) + 1);
        if (!same_file(path, before)) {
            memcpy(path, before, strlen(before) + 1);
            return;
        }
    }
}

char *pw_source_beside(const char *file, const char *other)
{
    const char *slash = strrchr(file, '/');
    if (!slash || other[0] == '/')
        return pw_strdup(other);
    size_t folder = (size_t)(slash - file) + 1, n = strlen(other);
    char *path = pw_alloc(folder + n + 1, 1);
    if (path) {
        memcpy(path, file, folder);
        memcpy(path + folder, other, n);
        tidy(path);
    }
    return path;
}

/* ---- the spliced text ---- */

static bool put(cutter_t *self, char c)
{
    pw_source_t *to = self->to;
    if (to->length + 2 > to->room) {
        size_t room = to->room ? 2 * to->room : 16384;
        char *text = pw_realloc(to->text, room, 1);
        if (!text) {
            self->status = PW_ERROR_MEMORY;
            return false;
        }
        to->text = text;
        to->room = room;
    }
    if (to->length == 0 || to->text[to->length - 1] == '\n') {
        if (to->n_lines == to->place_room) {
            int room = to->place_room ? 2 * to->place_room : 512;
            pw_place_t *place = pw_realloc(to->place, (size_t)room, sizeof *place);
            if (!place) {
                self->status = PW_ERROR_MEMORY;
                return false;
            }
            to->place = place;
            to->place_room = room;
        }
        to->place[to->n_lines++] = (pw_place_t){ self->file, self->line };
    }
    to->text[to->length++] = c;
    to->text[to->length] = '\0';
    return true;
}

static void put_line_end(cutter_t *self)
{
    if (self->to->length > 0 && self->to->text[self->to->length - 1] != '\n')
        put(self, '\n');
}

static char peek(const cutter_t *self, size_t ahead)
{
    return self->at + ahead < self->length ? self->raw[self->at + ahead] : '\0';
}

/* Moves `n` characters over. */
static void take(cutter_t *self, size_t n)
{
    while (n-- > 0 && self->at < self->length && self->status == PW_OK) {
        char c = self->raw[self->at++];
        put(self, c);
        self->line += c == '\n';
    }
}

static void add_word(cutter_t *self, int kind, size_t length)
{
    pw_source_t *to = self->to;
    if (to->n_words == PW_SOURCE_WORDS) {
        STOP(self, "the file holds more than %d words and signs; settings of this size are not read", PW_SOURCE_WORDS);
        return;
    }
    if (to->n_words == to->word_room) {
        int room = to->word_room ? 2 * to->word_room : 2048;
        pw_word_t *word = pw_realloc(to->word, (size_t)room, sizeof *word);
        if (!word) {
            self->status = PW_ERROR_MEMORY;
            return;
        }
        to->word = word;
        to->word_room = room;
    }
    size_t at = to->length;
    take(self, length);
    if (self->status == PW_OK)
        to->word[to->n_words++] = (pw_word_t){ kind, to->n_lines, at, length };
}

/* ---- words ---- */

static size_t name_length(const cutter_t *self)
{
    size_t n = 0;
    for (char c = peek(self, 0); is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '*'; c = peek(self, n))
        n++;
    return n;
}

static void cut_name(cutter_t *self)
{
    size_t n = name_length(self);
    const char *at = self->raw + self->at;
    bool truth = (n == 4 && strncasecmp(at, "true", 4) == 0) || (n == 5 && strncasecmp(at, "false", 5) == 0);
    add_word(self, truth ? PW_WORD_BOOL : PW_WORD_NAME, n);
}

/* Signs, digits, letters run together with them: what a reader takes for one number. */
static size_t number_length(const cutter_t *self)
{
    size_t n = 1;
    for (;; n++) {
        char c = peek(self, n), before = peek(self, n - 1);
        bool exponent = (c == '+' || c == '-') && (before == 'e' || before == 'E');
        if (!is_letter(c) && !is_digit(c) && c != '.' && c != '_' && !exponent)
            return n;
    }
}

static bool is_number(const char *at, size_t n)
{
    size_t i = 0, digits = 0;
    if (n > 2 && at[0] == '0' && (at[1] == 'x' || at[1] == 'X')) {
        for (i = 2; i < n && is_hex(at[i]); i++)
            digits++;
    } else {
        i += at[0] == '+' || at[0] == '-';
        for (; i < n && is_digit(at[i]); i++)
            digits++;
        bool real = i < n && (at[i] == '.' || at[i] == 'e' || at[i] == 'E');
        if (i < n && at[i] == '.')
            for (i++; i < n && is_digit(at[i]); i++)
                digits++;
        if (digits > 0 && i + 1 < n && (at[i] == 'e' || at[i] == 'E')) {
            i += at[i + 1] == '+' || at[i + 1] == '-' ? 2 : 1;
            size_t exponent = 0;
            for (; i < n && is_digit(at[i]); i++)
                exponent++;
            if (exponent == 0)
                return false;
        }
        if (real)
            return digits > 0 && i == n;
    }
    for (int longs = 0; longs < 2 && i < n && at[i] == 'L'; longs++)
        i++;
    return digits > 0 && i == n;
}

static void cut_number(cutter_t *self)
{
    size_t n = number_length(self);
    if (!is_number(self->raw + self->at, n))
        WRONG(self, "\"%.*s\" is not a number; write 12, 12.5 or 1.25e-3, and texts in quotes", n > 40 ? 40 : (int)n, self->raw + self->at);
    add_word(self, PW_WORD_NUMBER, n);
}

/* Length of the escape at a backslash; 0 if there is no such escape. */
static size_t escape_length(const cutter_t *self, size_t at)
{
    char c = peek(self, at + 1);
    if (c == 'x' || c == 'X') {
        char high = peek(self, at + 2), low = peek(self, at + 3);
        return high >= '2' && high <= '7' && is_hex(low) && !(high == '7' && (low == 'f' || low == 'F')) ? 4 : 0;
    }
    return c && strchr("nrt\\\"", c) ? 2 : 0;
}

static void cut_text(cutter_t *self)
{
    size_t n = 1;
    while (peek(self, n) != '"') {
        if (peek(self, n) == '\n' || self->at + n >= self->length) {
            STOP(self, "a text starts with a quote here and does not end on this line; is a closing quote missing? "
                       "(long texts: \"one piece\" \"and the next\")");
            return;
        }
        size_t escape = peek(self, n) == '\\' ? escape_length(self, n) : 1;
        if (escape == 0)
            WRONG(self, "\"\\%c\" in a text means nothing here; write \\\\ for a backslash and \\\" for a quote; folders are parted by /",
                  (unsigned char)peek(self, n + 1) >= ' ' && (unsigned char)peek(self, n + 1) < 127 ? peek(self, n + 1) : ' ');
        n += escape ? escape : 1;
    }
    add_word(self, PW_WORD_TEXT, n + 1);
}

static void cut_sign(cutter_t *self)
{
    char c = peek(self, 0);
    if (strchr("([{", c)) {
        if (self->below + self->depth == PW_TREE_DEPTH) {
            STOP(self, "brackets are nested more than %d deep", PW_TREE_DEPTH);
            return;
        }
        self->open[self->depth].sign = c;
        self->open[self->depth++].line = self->line;
    } else if (strchr(")]}", c)) {
        char wanted = c == ')' ? '(' : c == ']' ? '['
                                                : '{';
        if (self->depth == 0) {
            STOP(self, "\"%c\" closes nothing: no \"%c\" is open here", c, wanted);
            return;
        }
        char open = self->open[--self->depth].sign;
        if (open != wanted) {
            STOP(self, "\"%c\" cannot close the \"%c\" of line %d; ( ) hold a list, { } the settings of one thing", c, open, self->open[self->depth].line);
            return;
        }
    }
    add_word(self, PW_WORD_SIGN, 1);
}

static void skip_comment(cutter_t *self)
{
    int first = self->line;
    bool block = peek(self, 0) == '/' && peek(self, 1) == '*';
    take(self, block ? 2 : 1);
    while (self->at < self->length && self->status == PW_OK) {
        if (block && peek(self, 0) == '*' && peek(self, 1) == '/') {
            take(self, 2);
            return;
        }
        if (!block && peek(self, 0) == '\n')
            return;
        take(self, 1);
    }
    if (block && self->status == PW_OK) {
        self->line = first;
        STOP(self, "a comment starts with /* here and never ends");
    }
}

static void cut_file(pw_source_t *to, const char *file, const cutter_t *outer, pw_findings_t *findings, pw_status_t *status, bool *wrong);

/* At an @: splices the file named there. libconfig wants it alone at the start of its line. */
static void cut_include(cutter_t *self)
{
    size_t back = self->at, n = 8;
    while (back > 0 && (self->raw[back - 1] == ' ' || self->raw[back - 1] == '\t'))
        back--;
    bool first = back == 0 || self->raw[back - 1] == '\n';
    if (!first || self->length - self->at < 9 || memcmp(self->raw + self->at, "@include", 8) != 0) {
        STOP(self, "\"@\" has no place here; a line of its own may say @include \"file.cfg\"");
        return;
    }
    while (peek(self, n) == ' ' || peek(self, n) == '\t')
        n++;
    size_t start = ++n;
    while (peek(self, n) != '"' && peek(self, n) != '\n' && self->at + n < self->length)
        n++;
    if (peek(self, start - 1) != '"' || peek(self, n) != '"' || n == start) {
        STOP(self, "@include wants the name of a file in quotes: @include \"file.cfg\"");
        return;
    }
    char *name = pw_strndup(self->raw + self->at + start, n - start);
    char *path = name ? pw_source_beside(self->to->file[self->file], name) : NULL;
    pw_free(name);
    if (!path) {
        self->status = PW_ERROR_MEMORY;
        return;
    }
    self->at += n + 1;
    put_line_end(self);
    if (self->status == PW_OK)
        cut_file(self->to, path, self, self->findings, &self->status, &self->wrong);
    put_line_end(self);
    pw_free(path);
}

/* A blank or a mark that no editor shows, or shows as a plain blank: its number in Unicode; 0: it can be seen. The file is UTF-8. */
static unsigned unseen(const char *at, size_t n)
{
    static const struct { unsigned first, last; } ranges[] = { { 0x80, 0xA0 },     { 0xAD, 0xAD },     { 0x2000, 0x200F }, { 0x2028, 0x202F },
                                                               { 0x205F, 0x206F }, { 0x3000, 0x3000 }, { 0xFEFF, 0xFEFF } };
    unsigned is = (unsigned char)at[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++)
        is = is << 6 | ((unsigned char)at[i] & 0x3Fu);
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (is >= ranges[i].first && is <= ranges[i].last)
            return is;
    return 0;
}

/* The pound and the euro sign, as UTF-8. */
static bool is_money(const char *at, size_t n) { return (n == 2 && memcmp(at, "\xC2\xA3", 2) == 0) || (n == 3 && memcmp(at, "\xE2\x82\xAC", 3) == 0); }

static void cut_strange(cutter_t *self)
{
    const char *at = self->raw + self->at;
    size_t n = 1;
    while (((unsigned char)peek(self, n) & 0xC0) == 0x80)
        n++;
    if (is_money(at, n))
        STOP(self, "\"%.*s\" has no place here; the setting's name says the unit: each_pounds = 20000.0;", (int)n, at);
    else if (unseen(at, n))
        STOP(self, "a blank or a mark that cannot be seen (U+%04X) stands here; write a plain blank, or nothing", unseen(at, n));
    else
        STOP(self, "\"%.*s\" has no place outside quotes; quotes are plain \" and minus is plain -", (int)n, at);
}

static void cut_stray(cutter_t *self)
{
    char c = peek(self, 0);
    if ((unsigned char)c >= 0x80) {
        cut_strange(self);
    } else if (c == '%') {
        STOP(self, "\"%%\" has no place here; the setting's name says the unit: percent = 5.0;");
    } else if (c == '\'' || c == '`') {
        STOP(self, "\"%c\" has no place here; texts stand in double quotes: \"a text\"", c);
    } else {
        STOP(self, "\"%c\" has no place here; names start with a letter, texts stand in quotes, comments start with #", c);
    }
}

static void cut_words(cutter_t *self)
{
    while (self->at < self->length && self->status == PW_OK) {
        char c = peek(self, 0);
        if (c == ' ' || c == '\t' || c == '\n')
            take(self, 1);
        else if (c == '#' || (c == '/' && (peek(self, 1) == '/' || peek(self, 1) == '*')))
            skip_comment(self);
        else if (is_letter(c) || c == '*')
            cut_name(self);
        else if (is_digit(c) || c == '.' || c == '+' || c == '-')
            cut_number(self);
        else if (c == '"')
            cut_text(self);
        else if (strchr("=:;,()[]{}", c))
            cut_sign(self);
        else if (c == '@')
            cut_include(self);
        else
            cut_stray(self);
    }
    if (self->status == PW_OK && self->depth > 0) {
        self->line = self->open[self->depth - 1].line;
        STOP(self, "the \"%c\" of this line is never closed", self->open[self->depth - 1].sign);
    }
}

/* ---- bytes ---- */

/* Length of the UTF-8 character at `p`; 0: there is none. */
static size_t character_length(const char *p, size_t left)
{
    unsigned char c = (unsigned char)p[0];
    size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2
                          : c < 0xF0   ? 3
                                       : 4;
    return n <= left && pw_text_is_utf8(p, n) ? n : 0;
}

/* Drops a byte order mark and the \r of \r\n; refuses what is not text. */
static void clean(cutter_t *self)
{
    const char *is = pw_document_kind(self->raw, self->length);
    if (is) {
        STOP(self, "the file is %s", is);
        return;
    }
    size_t from = self->length >= 3 && memcmp(self->raw, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, to = 0, n;
    for (; from < self->length; from += n) {
        unsigned char c = (unsigned char)self->raw[from];
        n = character_length(self->raw + from, self->length - from);
        if (n == 0 || (c < ' ' && c != '\n' && c != '\t' && c != '\r') || c == 127) {
            STOP(self, "byte 0x%02X is no part of a text in UTF-8; is this a settings file? If it is, save it as UTF-8", c);
            return;
        }
        if (c == '\r') {
            if (from + 1 < self->length && self->raw[from + 1] == '\n')
                continue;
            STOP(self, "a line ends in a bare carriage return; save the file with the line ends of Linux or Windows");
            return;
        }
        for (size_t i = 0; i < n; i++)
            self->raw[to++] = self->raw[from + i];
        self->line += c == '\n';
    }
    self->length = to;
    self->line = 1;
}

/* Reads the bytes of an open file; a limit instead of a size, for pipes have none. */
static void load(cutter_t *self, FILE *from)
{
    size_t room = 65536;
    self->line = 0;
    if (!(self->raw = pw_alloc(room, 1)))
        self->status = PW_ERROR_MEMORY;
    while (self->status == PW_OK) {
        size_t got = fread(self->raw + self->length, 1, room - self->length, from);
        self->length += got;
        if (ferror(from)) {
            STOP(self, "the file cannot be read: %s", strerror(errno));
        } else if (self->length > PW_SOURCE_BYTES) {
            STOP(self, "the file is larger than %d MB; settings files are some 20 kB", PW_SOURCE_BYTES >> 20);
        } else if (self->length == room) {
            char *grown = pw_realloc(self->raw, room *= 2, 1);
            if (grown)
                self->raw = grown;
            else
                self->status = PW_ERROR_MEMORY;
        } else if (feof(from)) {
            break;
        }
    }
    if (self->status == PW_OK && self->length == 0)
        STOP(self, "the file is empty");
    self->line = 1;
}

/* What went wrong with opening is said of the line that asks for the file, if one does. */
static void refuse_file(cutter_t *self, const char *file, const char *why)
{
    const cutter_t *outer = self->outer;
    self->status = PW_ERROR_INPUT;
    self->wrong = true;
    if (outer)
        pw_findings_add(self->findings, outer->to->file[outer->file], outer->line, NULL, "@include \"%s\": %s", file, why);
    else
        pw_findings_add(self->findings, file, 0, NULL, "%s", why);
}

static bool is_circle(const cutter_t *self)
{
    for (const cutter_t *outer = self->outer; outer; outer = outer->outer)
        if (outer->device == self->device && outer->inode == self->inode)
            return true;
    return false;
}

static void open_and_cut(cutter_t *self, const char *file)
{
    struct stat about;
    FILE *from = NULL;
    pw_source_t *to = self->to;
    if (stat(file, &about) != 0) {
        int number = errno;
        char near[700], why[800];
        snprintf(why, sizeof why, "there is no such file%s", pw_file_nearest(file, near, sizeof near));
        refuse_file(self, file, number == ENOENT || number == ENOTDIR ? why : strerror(number));
        return;
    }
    self->device = about.st_dev;
    self->inode = about.st_ino;
    if (S_ISDIR(about.st_mode))
        refuse_file(self, file, "this is a folder, not a file");
    else if (is_circle(self))
        refuse_file(self, file, "the file includes itself, straight or by way of others");
    else if (to->n_files == PW_SOURCE_FILES)
        refuse_file(self, file, "more than 64 files are included");
    else if (!(from = pw_file_open(file)))
        refuse_file(self, file, errno == EACCES ? "this file may not be read" : pw_file_why(errno));
    else if (!(to->file[to->n_files] = pw_strdup(file)))
        self->status = PW_ERROR_MEMORY;
    else {
        self->file = to->n_files++;
        load(self, from);
        if (self->status == PW_OK)
            clean(self);
        if (self->status == PW_OK)
            cut_words(self);
        if (self->status == PW_OK && to->length > PW_SOURCE_BYTES)
            STOP(self, "the file with all that it includes is larger than %d MB", PW_SOURCE_BYTES >> 20);
    }
    if (from)
        fclose(from);
}

/* Cuts one file on to the end of `to`. A file that cannot be read does not keep its including file from being read on, so that all
 * findings come in one pass; only no memory does. */
static void cut_file(pw_source_t *to, const char *file, const cutter_t *outer, pw_findings_t *findings, pw_status_t *status, bool *wrong)
{
    cutter_t self = { .to = to, .findings = findings, .outer = outer, .line = 1, .below = outer ? outer->below + outer->depth : 0 };
    open_and_cut(&self, file);
    pw_free(self.raw);
    *wrong = *wrong || self.wrong;
    if (self.status == PW_ERROR_MEMORY)
        *status = PW_ERROR_MEMORY;
}

pw_status_t pw_source_read(pw_source_t *self, const char *file, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    bool wrong = false;
    cut_file(self, file, NULL, findings, &status, &wrong);
    if (status != PW_OK)
        return status;
    if (!wrong && self->n_words == 0) {
        pw_findings_add(findings, file, 0, NULL, "the file holds no setting");
        wrong = true;
    }
    return wrong ? PW_ERROR_INPUT : PW_OK;
}

void pw_source_free(pw_source_t *self)
{
    pw_free(self->text);
    pw_free(self->place);
    pw_free(self->word);
    for (int i = 0; i < self->n_files; i++)
        pw_free(self->file[i]);
    *self = (pw_source_t){ 0 };
}

const char *pw_source_file(const pw_source_t *self, int line)
{
    int at = line < 1 ? 0 : line > self->n_lines ? self->n_lines - 1
                                                 : line - 1;
    return self->n_lines > 0 ? self->file[self->place[at].file] : self->file[0];
}

int pw_source_line(const pw_source_t *self, int line)
{
    int at = line < 1 ? 0 : line > self->n_lines ? self->n_lines - 1
                                                 : line - 1;
    return self->n_lines > 0 ? self->place[at].line : 0;
}
