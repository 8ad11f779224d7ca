/* document.c: kinds of files by their first bytes. */
#include "document.h"

#include <stdbool.h>
#include <string.h>

/* With a byte order mark or without: the first character of a settings file is in ASCII. */
static bool is_utf16(const char *bytes, size_t n)
{
    return n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0 || (bytes[0] == '\0') != (bytes[1] == '\0'));
}

const char *pw_document_kind(const char *bytes, size_t n)
{
    static const struct { const char *begins, *is; } kinds[] = {
        { "PK\003\004", "a document of a word processor or a spreadsheet (docx, odt, xlsx); save it as plain text, in UTF-8" },
        { "\320\317\021\340", "a document of a word processor or a spreadsheet (doc, xls); save it as plain text, in UTF-8" },
        { "{\\rtf", "a document with formats (RTF); save it as plain text, in UTF-8" },
        { "%PDF", "a PDF; write the settings into a plain text, in UTF-8" },
        { "<!DOCTYPE", "a page of the web (HTML); save it as plain text, in UTF-8" },
        { "<html", "a page of the web (HTML); save it as plain text, in UTF-8" },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (n >= strlen(kinds[i].begins) && memcmp(bytes, kinds[i].begins, strlen(kinds[i].begins)) == 0)
            return kinds[i].is;
    return is_utf16(bytes, n) ? "in UTF-16 (some editors call it Unicode); save it as UTF-8" : NULL;
}
