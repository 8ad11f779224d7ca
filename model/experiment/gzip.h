/* gzip.h: a compressed file that comes into being whole.
 *
 * What question it answers: how do these lines become NAME.csv.gz?
 * Floor: experiment. One gzip member (RFC 1952) without a time or a name in it, so that the same lines are the same bytes (with one version of zlib). Written
 * beside and renamed (base/file.h). A thread of its own compresses, so that whoever makes the lines does not wait. */
#ifndef PW_EXPERIMENT_GZIP_H
#define PW_EXPERIMENT_GZIP_H

#include "../base/file.h"
#include "../base/text.h"

typedef struct pw_gzip pw_gzip_t;

/* PW_ERROR_WRITE (errno), PW_ERROR_MEMORY; *out is NULL then. */
pw_status_t pw_gzip_begin(pw_gzip_t **out, const char *path);
/* Takes n bytes. Failures show at the commit. */
void pw_gzip_add(pw_gzip_t *self, const char *bytes, size_t n);
/* Puts the file in its place and frees all. PW_ERROR_WRITE (errno): what was there before still is. */
pw_status_t pw_gzip_commit(pw_gzip_t *self);
/* Removes what was written and frees all; NULL is fine. */
void pw_gzip_discard(pw_gzip_t *self);

/* Reads a .gz (or plain) file line by line: `line` without its end is called for each. PW_ERROR_READ, PW_ERROR_MEMORY, or what `line` returned. */
pw_status_t pw_gzip_lines(const char *path, pw_status_t (*line)(void *context, char *text, size_t n), void *context);

#endif
