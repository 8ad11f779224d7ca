/* file.h: a single file replaced as a whole.
 *
 * Floor: base. The new bytes are written beside the file, brought to the disk and renamed over it: a reader, or a crash, finds
 * the old file or the new one, never half of one. */
#ifndef PW_BASE_FILE_H
#define PW_BASE_FILE_H

#include <stddef.h>

#include "error.h"

/* PW_OK, PW_ERROR_WRITE (errno says why; nothing is left beside the file) or PW_ERROR_MEMORY. */
pw_status_t pw_file_replace(const char *path, const void *bytes, size_t n);

#endif
