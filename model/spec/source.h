/* source.h: the text of an input file, with its @includes spliced in, cut into words.
 *
 * What question it answers: which characters are to be read, and which line of which file has each?
 * libconfig 1.5 resolves an @include against one folder only, and says nothing about binary files, bare words run together with numbers, unknown
 * escapes or quotes that never close: all of that is found here, before libconfig sees the text.
 * Floor: spec. */
#ifndef PW_SPEC_SOURCE_H
#define PW_SPEC_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/error.h"

enum pw_word_kind { PW_WORD_NAME,
                    PW_WORD_BOOL,
                    PW_WORD_NUMBER,
                    PW_WORD_TEXT,
                    PW_WORD_SIGN };

/* A word; a sign is one of = : ; , ( ) [ ] { } */
typedef struct {
    int kind;
    int line;
    size_t at, length;
} pw_word_t;

enum {
    PW_SOURCE_FILES = 64,      /* one file and everything that it includes */
    PW_SOURCE_BYTES = 4 << 20, /* real files have some 20 kB; libconfig's time grows with the square of the settings */
    PW_SOURCE_WORDS = 100000
};

typedef struct {
    int file;
    int line;
} pw_place_t;

typedef struct {
    char *text;
    size_t length, room; /* lines end in \n; zero-terminated */
    pw_place_t *place;
    int n_lines, place_room; /* place[k - 1]: where line k of `text` comes from */
    pw_word_t *word;
    int n_words, word_room;
    char *file[PW_SOURCE_FILES];
    int n_files;
} pw_source_t;

/* Reads `file` and what it includes. Returns PW_OK; PW_ERROR_INPUT with findings when libconfig must not see it; or PW_ERROR_MEMORY.
 * `self` arrives zeroed; free it in every case. */
pw_status_t pw_source_read(pw_source_t *self, const char *file, pw_findings_t *findings);
void pw_source_free(pw_source_t *self);

/* File and line that line `line` (from 1) of the spliced text comes from. */
const char *pw_source_file(const pw_source_t *self, int line);
int pw_source_line(const pw_source_t *self, int line);

/* `other` as seen from the folder of `file` ("folder/../" taken out where that leads to the same file); NULL without memory. */
char *pw_source_beside(const char *file, const char *other);

#endif
