/* document.h: files that are no plain text.
 *
 * What question it answers: was this file written by a program that saves something else than plain text?
 * Floor: spec. Looks at the first bytes alone; what else is wrong with a text, its reader finds (source.c). */
#ifndef PW_SPEC_DOCUMENT_H
#define PW_SPEC_DOCUMENT_H

#include <stddef.h>

/* The end of a sentence "the file is ...", with what to do; NULL: it may be a plain text. */
const char *pw_document_kind(const char *bytes, size_t n);

#endif
