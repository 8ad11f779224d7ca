/* memory.h: all our allocations go through here, so that tests can make the n-th one fail.
 * Floor: base. */
#ifndef PW_BASE_MEMORY_H
#define PW_BASE_MEMORY_H

#include <stddef.h>

void *pw_alloc(size_t n, size_t size);                 /* zeroed; NULL without memory or on overflow; never NULL for n == 0 */
void *pw_realloc(void *old, size_t n, size_t size);    /* new part not zeroed */
void *pw_aligned(size_t n, size_t size);               /* zeroed, 64-byte aligned; free with pw_free */
char *pw_strdup(const char *text);
char *pw_strndup(const char *text, size_t n);
void pw_free(void *p);
/* Sets bytes to 0: out of line, where the C library does it in a tenth of the time of what gcc puts in for a size that it knows (rep stos). */
void pw_clear(void *at, size_t bytes);

/* Tests: the n-th call from now (1, 2, ...) fails, and all after it; 0 switches off. Returns calls since last set. */
long pw_memory_fail_at(long n);

/* Tests: bytes that are held now, as malloc rounds them. What pw_free does not free (a library's) must not come from here. */
long long pw_memory_held(void);

#endif
