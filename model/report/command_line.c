#include "command_line.h"

#include <stdbool.h>
#include <string.h>

static bool plain(const char *word)
{
    return word[0] && word[strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=,:+%@")] == '\0';
}

char *pw_command_line(int argc, char *const *argv)
{
    pw_text_t text = { 0 };
    for (int i = 0; i < argc; i++) {
        if (i > 0)
            pw_text_append(&text, " ");
        if (plain(argv[i])) {
            pw_text_append(&text, argv[i]);
            continue;
        }
        pw_text_append(&text, "'");
        for (const char *p = argv[i]; *p; p++) {
            if (*p == '\'')
                pw_text_append(&text, "'\\''");
            else
                pw_text_append_bytes(&text, p, 1);
        }
        pw_text_append(&text, "'");
    }
    return pw_text_take(&text);
}

/* A word with its quotes ends at a blank outside of them. */
static size_t word_length(const char *text)
{
    size_t n = 0;
    for (bool quoted = false; text[n] && (quoted || text[n] != ' '); n++) {
        quoted = text[n] == '\'' ? !quoted : quoted;
        n += !quoted && text[n] == '\\' && text[n + 1];
    }
    return n;
}

enum fit { OTHER, ALONE, WITH_VALUE };

/* Whether a word is the option, and whether its value is the next word. */
static int fits(const char *word, size_t n, const char *option, char letter)
{
    size_t m = strlen(option);
    if (n >= m + 2 && strncmp(word, "--", 2) == 0 && strncmp(word + 2, option, m) == 0)
        return n == m + 2 ? WITH_VALUE : word[m + 2] == '=' ? ALONE : OTHER;
    if (letter && n >= 2 && word[0] == '-' && word[1] == letter)
        return n == 2 ? WITH_VALUE : ALONE;
    return OTHER;
}

void pw_command_line_with(const char *command, const char *option, char letter, const char *value, pw_text_t *out)
{
    const char *between = "";
    for (const char *p = command; *p;) {
        size_t n = word_length(p);
        int fit = fits(p, n, option, letter);
        if (fit == OTHER) {
            pw_text_append(out, between);
            pw_text_append_bytes(out, p, n);
            between = " ";
        }
        p += n + strspn(p + n, " ");
        if (fit == WITH_VALUE) {
            n = word_length(p);
            p += n + strspn(p + n, " ");
        }
    }
    pw_text_printf(out, "%s--%s %s", between, option, value);
}
