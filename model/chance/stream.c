#include "stream.h"

#include <string.h>

#include "distribution.h"
#include "lanes.h"

enum { LANES = 8, ROUNDS = 10 };

pw_stream_t pw_stream_init(uint64_t seed, uint64_t world, uint32_t area)
{
    const uint32_t tag = UINT32_C(0x70772D31); /* "pw-1": keeps keys apart from any other use of the generator */
    philox4x32_ctr_t counter = { { (uint32_t)seed, (uint32_t)(seed >> 32), (uint32_t)world, (uint32_t)(world >> 32) } };
    philox4x32_key_t key = { { area, tag } };
    philox4x32_ctr_t out = philox4x32_R(ROUNDS, counter, key);
    return (pw_stream_t){ { out.v[0], out.v[1] } };
}

pw_block_t pw_stream_block(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t occurrence, uint32_t part)
{
    philox4x32_ctr_t counter = { { family, purpose, occurrence, part } };
    philox4x32_key_t key = { { self.key[0], self.key[1] } };
    philox4x32_ctr_t out = philox4x32_R(ROUNDS, counter, key);
    return (pw_block_t){ { out.v[0], out.v[1], out.v[2], out.v[3] } };
}

static uint32_t fnv1a(uint32_t hash, const char *text)
{
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT32_C(16777619);
    return hash;
}

uint32_t pw_purpose_named(const char *kind, const char *name)
{
    uint32_t hash = fnv1a(fnv1a(fnv1a(UINT32_C(2166136261), kind), ":"), name);
    return hash | UINT32_C(0x80000000);
}

/* ---- eight at a time ----
 *
 * Rounds outside, lanes inside. A lane is a 64-bit number of which the low half counts, because SIMD multiplies 32 by 32 bits in
 * 64-bit lanes. GNU C's vector types say so in one line per step (gcc and clang; no intrinsics): loops over arrays of eight are
 * unrolled by both compilers before they could become SIMD code, and end up slower than single blocks. Only AVX-512 has the
 * 64-bit multiply that gcc makes of it; elsewhere eight single blocks are as fast. Integers only, so all ways give the same bits. */
#if defined(__x86_64__)
typedef uint64_t lanes_t __attribute__((vector_size(LANES * sizeof(uint64_t))));

/* Turns eight counters into the four words of eight blocks, in the low halves of the lanes. */
PW_WIDE static inline void mix(pw_stream_t self, lanes_t c[4])
{
    const uint64_t low = UINT32_MAX;
    lanes_t c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3];
    uint32_t k0 = self.key[0], k1 = self.key[1];
    for (int round = 0; round < ROUNDS; round++) {
        lanes_t a = (c0 & low) * (uint64_t)PHILOX_M4x32_0, b = (c2 & low) * (uint64_t)PHILOX_M4x32_1;
        c0 = (b >> 32) ^ c1 ^ k0;
        c2 = (a >> 32) ^ c3 ^ k1;
        c1 = b & low;
        c3 = a & low;
        k0 += PHILOX_W32_0;
        k1 += PHILOX_W32_1;
    }
    c[0] = c0;
    c[1] = c1;
    c[2] = c2;
    c[3] = c3;
}

/* The blocks of occurrences first .. first + 7. */
PW_WIDE static inline void rounds(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, lanes_t c[4])
{
    const lanes_t none = { 0 }, step = { 0, 1, 2, 3, 4, 5, 6, 7 };
    c[0] = none + family;
    c[1] = none + purpose;
    c[2] = (step + first) & UINT32_MAX;
    c[3] = none + part;
    mix(self, c);
}

PW_WIDE static void wide_families8(pw_stream_t self, uint32_t first, uint32_t purpose, uint32_t occurrence, uint32_t part, pw_families8_t *out)
{
    const lanes_t none = { 0 }, step = { 0, 1, 2, 3, 4, 5, 6, 7 };
    lanes_t c[4] = { (step + first) & UINT32_MAX, none + purpose, none + occurrence, none + part };
    mix(self, c);
    for (int word = 0; word < 4; word++)
        for (int k = 0; k < LANES; k++)
            out->word[word][k] = (uint32_t)c[word][k];
}

PW_WIDE static void wide_blocks8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, pw_block_t out[LANES])
{
    lanes_t c[4];
    rounds(self, family, purpose, first, part, c);
    for (int k = 0; k < LANES; k++)
        out[k] = (pw_block_t){ { (uint32_t)c[0][k], (uint32_t)c[1][k], (uint32_t)c[2][k], (uint32_t)c[3][k] } };
}

PW_WIDE static void wide_words8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, int word, uint32_t out[LANES])
{
    lanes_t c[4];
    rounds(self, family, purpose, first, part, c);
    for (int k = 0; k < LANES; k++)
        out[k] = (uint32_t)c[word][k];
}

PW_WIDE static inline void gaps8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, pw_gaps8_t *out)
{
    lanes_t c[4];
    rounds(self, family, purpose, first, part, c);
    lanes_t bits = (c[0] << 32 | c[1]) >> 12 | UINT64_C(0x3FF0000000000000); /* pw_uniform52, lane by lane */
    double one_to_two[LANES];
    memcpy(one_to_two, &bits, sizeof one_to_two);
    for (int k = 0; k < LANES; k++)
        out->exponential[k] = pw_exponential((one_to_two[k] - 1.0) + 0x1p-53);
    for (int k = 0; k < LANES; k++)
        out->word2[k] = (uint32_t)c[2][k];
    for (int k = 0; k < LANES; k++)
        out->word3[k] = (uint32_t)c[3][k];
}

PW_WIDE static void wide_gaps8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, pw_gaps8_t *out)
{
    gaps8(self, family, purpose, first, part, out);
}

PW_WIDE static void wide_gaps8_of8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, pw_gaps8_t out[LANES])
{
    for (uint32_t k = 0; k < LANES; k++)
        gaps8(self, family + k, purpose, first, part, &out[k]);
}
#endif

void pw_stream_blocks8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, pw_block_t out[LANES])
{
#if defined(__x86_64__)
    if (pw_has_wide_lanes()) {
        wide_blocks8(self, family, purpose, first, part, out);
        return;
    }
#endif
    for (uint32_t k = 0; k < LANES; k++)
        out[k] = pw_stream_block(self, family, purpose, first + k, part);
}

void pw_stream_families8(pw_stream_t self, uint32_t first, uint32_t purpose, uint32_t occurrence, uint32_t part, pw_families8_t *out)
{
#if defined(__x86_64__)
    if (pw_has_wide_lanes()) {
        wide_families8(self, first, purpose, occurrence, part, out);
        return;
    }
#endif
    for (uint32_t k = 0; k < LANES; k++) {
        pw_block_t block = pw_stream_block(self, first + k, purpose, occurrence, part);
        for (int word = 0; word < 4; word++)
            out->word[word][k] = block.word[word];
    }
}

void pw_stream_words8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, int word, uint32_t out[LANES])
{
#if defined(__x86_64__)
    if (pw_has_wide_lanes()) {
        wide_words8(self, family, purpose, first, part, word, out);
        return;
    }
#endif
    for (uint32_t k = 0; k < LANES; k++)
        out[k] = pw_stream_block(self, family, purpose, first + k, part).word[word];
}

void pw_stream_gaps8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, pw_gaps8_t *out)
{
#if defined(__x86_64__)
    if (pw_has_wide_lanes()) {
        wide_gaps8(self, family, purpose, first, part, out);
        return;
    }
#endif
    double uniform[LANES];
    for (uint32_t k = 0; k < LANES; k++) {
        pw_block_t block = pw_stream_block(self, family, purpose, first + k, part);
        uniform[k] = pw_uniform52(block.word[0], block.word[1]);
        out->word2[k] = block.word[2];
        out->word3[k] = block.word[3];
    }
    for (int k = 0; k < LANES; k++)
        out->exponential[k] = pw_exponential(uniform[k]);
}

void pw_stream_gaps8_of8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, pw_gaps8_t out[LANES])
{
#if defined(__x86_64__)
    if (pw_has_wide_lanes()) {
        wide_gaps8_of8(self, family, purpose, first, part, out);
        return;
    }
#endif
    for (uint32_t k = 0; k < LANES; k++)
        pw_stream_gaps8(self, family + k, purpose, first, part, &out[k]);
}
