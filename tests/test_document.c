/* Files that are no plain text are told by their first bytes, and a plain text is not taken for one. */
#include <string.h>

#include "../model/spec/document.h"
#include "harness.h"

static const char *kind(const char *bytes, size_t n) { return pw_document_kind(bytes, n); }

static void test_documents_are_told_by_their_first_bytes(void)
{
    static const struct { const char *bytes; size_t n; const char *says; } files[] = {
        { "PK\003\004\024\000\006\000word/document.xml", 25, "docx" },
        { "\320\317\021\340\241\261\032\341", 8, "doc" },
        { "{\\rtf1\\ansi", 11, "RTF" },
        { "%PDF-1.7", 8, "PDF" },
        { "<!DOCTYPE html>", 15, "HTML" },
        { "\xFF\xFEs\000c\000", 6, "UTF-16" },
        { "\xFE\xFF\000s\000c", 6, "UTF-16" },
        { "s\000c\000h\000", 6, "UTF-16" },
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const char *is = kind(files[i].bytes, files[i].n);
        CU_ASSERT_PTR_NOT_NULL_FATAL(is);
        CU_ASSERT_PTR_NOT_NULL(strstr(is, files[i].says));
    }
}

static void test_plain_texts_are_none(void)
{
    static const char *const texts[] = { "schema = 1;\n", "\xEF\xBB\xBFschema = 1;\n", "# <html", "P", "", "{", "% of families" };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        CU_ASSERT_PTR_NULL(kind(texts[i], strlen(texts[i])));
    CU_ASSERT_PTR_NULL(kind("PK\003", 3));      /* shorter than the mark */
}

PW_TESTS(PW_TEST(test_documents_are_told_by_their_first_bytes), PW_TEST(test_plain_texts_are_none))
