/* lanes.h: has this processor SIMD lanes for eight doubles at once?
 *
 * What question it answers: may a function that is compiled for such lanes be called here?
 * Floor: chance (nothing below). A lane gives the same bits as a single call, so that the answer changes no result. */
#ifndef PW_CHANCE_LANES_H
#define PW_CHANCE_LANES_H

#if defined(__x86_64__)
/* Before a function: compiled for such lanes; to be called only if there are any. */
#define PW_WIDE __attribute__((target("avx512f,avx512dq")))
static inline int pw_has_wide_lanes(void) { return __builtin_cpu_supports("avx512dq"); }
#endif

#endif
