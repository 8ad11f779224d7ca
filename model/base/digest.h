/* digest.h: the fingerprint of a file.
 *
 * What question it answers: is this the very input that the results came from?
 * Floor: base. SHA-256 (FIPS 180-4) by libmd, as 64 lower-case hexadecimal digits. */
#ifndef PW_BASE_DIGEST_H
#define PW_BASE_DIGEST_H

#include <stddef.h>

#include "error.h"

enum { PW_DIGEST_ROOM = 65 };

void pw_digest_bytes(const void *bytes, size_t n, char out[PW_DIGEST_ROOM]);
/* PW_ERROR_READ if the file cannot be read to its end; out is then "". */
pw_status_t pw_digest_file(const char *path, char out[PW_DIGEST_ROOM]);

#endif
