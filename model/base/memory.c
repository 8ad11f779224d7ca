/* memory.c: see memory.h. The counter is the one piece of state that tests need to make an allocation fail. */
#include "memory.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

static atomic_long calls;      /* since pw_memory_fail_at was last called */
static atomic_long fail_at;    /* 0: never */

long pw_memory_fail_at(long n)
{
    atomic_store(&fail_at, n);
    return atomic_exchange(&calls, 0);
}

static bool refused(size_t n, size_t size, size_t *bytes)
{
    long call = atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed) + 1;
    long limit = atomic_load_explicit(&fail_at, memory_order_relaxed);
    if (limit > 0 && call >= limit) return true;
    if (__builtin_mul_overflow(n, size, bytes) || *bytes > PTRDIFF_MAX) return true;
    if (*bytes == 0) *bytes = 1;
    return false;
}

void *pw_alloc(size_t n, size_t size)
{
    size_t bytes;
    return refused(n, size, &bytes) ? NULL : calloc(1, bytes);
}

void *pw_realloc(void *old, size_t n, size_t size)
{
    size_t bytes;
    return refused(n, size, &bytes) ? NULL : realloc(old, bytes);
}

void *pw_aligned(size_t n, size_t size)
{
    size_t bytes;
    if (refused(n, size, &bytes) || bytes > PTRDIFF_MAX - ALIGNMENT) return NULL;
    bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;    /* aligned_alloc asks for a multiple */
    void *p = aligned_alloc(ALIGNMENT, bytes);
    return p ? memset(p, 0, bytes) : NULL;
}

char *pw_strdup(const char *text) { return pw_strndup(text, strlen(text)); }

char *pw_strndup(const char *text, size_t n)
{
    size_t length = strnlen(text, n);
    char *copy = pw_alloc(length + 1, 1);
    if (copy) memcpy(copy, text, length);
    return copy;
}

void pw_free(void *p) { free(p); }
