#include "command_line.h"

#include <stdbool.h>
#include <string.h>

#include "../base/text.h"

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
