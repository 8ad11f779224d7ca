/* version.h: which program was this?
 * Floor: base. The commit comes from a header that the Makefile writes into build/; "unknown" outside git. */
#ifndef PW_BASE_VERSION_H
#define PW_BASE_VERSION_H

#define PW_VERSION "0.1.0"

/* Raised by every change after which the same files and the same seed give other numbers ("Results: changed"): pieces of a sweep that were
 * worked off under another number are not taken for the same. */
#define PW_RESULTS_VERSION 1

const char *pw_version_commit(void);      /* "1f3a9c0d2b4e", with "-changed" if the files differ from it */
const char *pw_version_compiler(void);    /* "gcc 12.2.0" */

#endif
