/* dictionary.h: the data dictionary: every setting that a file may have.
 *
 * What question it answers: what can be set, in which unit and range, and what happens if nobody says it?
 * Floor: report. Made from the tables that read the files (spec/schema_walk.h), so it cannot say anything else than they do. */
#ifndef PW_REPORT_DICTIONARY_H
#define PW_REPORT_DICTIONARY_H

#include <stdio.h>

#include "../base/error.h"

enum pw_dictionary_format { PW_DICTIONARY_TEXT, PW_DICTIONARY_CSV, PW_DICTIONARY_MARKDOWN };

/* Where the generated part of docs/scenario-files.md begins: the first line of the Markdown. */
#define PW_DICTIONARY_HEADING "## Every setting"

/* Writes the settings whose path contains one of the n words (all if n is 0). *found (may be NULL) receives how many there were.
 * PW_ERROR_WRITE if `to` does not take it. */
pw_status_t pw_dictionary_write(int format, const char *const *words, int n_words, int *found, FILE *to);

#endif
