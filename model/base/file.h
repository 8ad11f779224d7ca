/* file.h: a single file, read whole or replaced whole.
 *
 * Floor: base. The new bytes are written beside the file, brought to the disk and renamed over it: a reader, or a crash, finds
 * the old file or the new one, never half of one. */
#ifndef PW_BASE_FILE_H
#define PW_BASE_FILE_H

#include <stddef.h>
#include <stdio.h>

#include "error.h"
#include "text.h"

/* PW_OK, PW_ERROR_WRITE (errno says why; nothing is left beside the file) or PW_ERROR_MEMORY. */
pw_status_t pw_file_replace(const char *path, const void *bytes, size_t n);

/* Opens a file for reading and never waits: NULL with errno set, which is EISDIR of a folder, ESPIPE of a pipe and whatever else is no ordinary file (nobody
 * may ever write to a pipe, and what came out of it cannot be read again). */
FILE *pw_file_open(const char *path);
/* Why it was not opened or read, in words: of errno's number. */
const char *pw_file_why(int number);

/* " (did you mean "scenarios/no_letters.cfg"?)" for a path that is not there, where its folder holds a name that is near (by text.h; an ending that both have
 * is not counted) or that is the given one with an ending; else "". Returns `out`. */
const char *pw_file_nearest(const char *path, char *out, size_t room);

/* Appends the bytes of a file. PW_OK, PW_ERROR_READ (errno as above) or PW_ERROR_MEMORY. */
pw_status_t pw_file_read(const char *path, pw_text_t *out);

/* Replacing for a file that is written bit by bit:
 *
 *     pw_file_t file = { 0 };
 *     pw_status_t status = pw_file_begin(&file, "output/sweep/merged.csv");
 *     if (status == PW_OK) fprintf(file.stream, ...);
 *     status = pw_file_commit(&file);                    or pw_file_discard
 */
typedef struct {
    FILE *stream;              /* buffered; NULL when nothing is open */
    char *path, *beside;       /* owned */
} pw_file_t;

/* PW_OK; PW_ERROR_WRITE (errno); PW_ERROR_MEMORY. */
pw_status_t pw_file_begin(pw_file_t *self, const char *path);
/* Puts the new file in the place of the old one. PW_ERROR_WRITE (errno) if any write had failed: the old one stands. Does nothing and returns PW_ERROR_WRITE if
 * nothing is open. */
pw_status_t pw_file_commit(pw_file_t *self);
/* Removes what was written, if anything is open. */
void pw_file_discard(pw_file_t *self);

#endif
