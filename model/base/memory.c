/* memory.c: see memory.h. The counters are the state that tests need to make an allocation fail and to weigh what is held. */
#include "memory.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

static atomic_long calls;      /* since pw_memory_fail_at was last called */
static atomic_long fail_at;    /* 0: never */
static atomic_llong held;      /* bytes, as malloc rounds them */

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

long long pw_memory_held(void) { return atomic_load_explicit(&held, memory_order_relaxed); }

static void *hold(void *p)
{
    atomic_fetch_add_explicit(&held, (long long)malloc_usable_size(p), memory_order_relaxed);
    return p;
}

void *pw_alloc(size_t n, size_t size)
{
    size_t bytes;
    return refused(n, size, &bytes) ? NULL : hold(calloc(1, bytes));
}

void *pw_realloc(void *old, size_t n, size_t size)
{
    size_t bytes;
    if (refused(n, size, &bytes)) return NULL;
    long long before = (long long)malloc_usable_size(old);
    void *p = realloc(old, bytes);
    if (p) atomic_fetch_sub_explicit(&held, before, memory_order_relaxed);
    return p ? hold(p) : NULL;
}

void *pw_aligned(size_t n, size_t size)
{
    size_t bytes;
    if (refused(n, size, &bytes) || bytes > PTRDIFF_MAX - ALIGNMENT) return NULL;
    bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;    /* aligned_alloc asks for a multiple */
    void *p = aligned_alloc(ALIGNMENT, bytes);
    return p ? hold(memset(p, 0, bytes)) : NULL;
}

char *pw_strdup(const char *text) { return pw_strndup(text, strlen(text)); }

char *pw_strndup(const char *text, size_t n)
{
    size_t length = strnlen(text, n);
    char *copy = pw_alloc(length + 1, 1);
    if (copy) memcpy(copy, text, length);
    return copy;
}

void pw_free(void *p)
{
    atomic_fetch_sub_explicit(&held, (long long)malloc_usable_size(p), memory_order_relaxed);
    free(p);
}

void pw_clear(void *at, size_t bytes) { memset(at, 0, bytes); }
