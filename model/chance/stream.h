/* stream.h: every random number is a pure function of who asks for it.
 *
 * What question it answers: which uniform belongs to (seed, world, area, family, purpose, occurrence)?
 * Nothing is carried from one draw to the next, so the same family meets the same luck under every
 * scenario, for any number of threads and in any order of work.
 * Floor: chance. Generator: Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011), from Random123.
 *
 *   key     (2 x 32 bits) = hash of (seed, world, area)
 *   counter (4 x 32 bits) = (family, purpose, occurrence, part)
 *
 * A block is 128 random bits: one incident's gap (64 bits) and two decisions (32 bits each), or four
 * decisions. `part` numbers the blocks of one occurrence that needs more than one. */
#ifndef PW_CHANCE_STREAM_H
#define PW_CHANCE_STREAM_H

#include <stdint.h>

#include <Random123/philox.h>

#include "kernel.h"

typedef struct { uint32_t key[2]; } pw_stream_t;
typedef struct { uint32_t word[4]; } pw_block_t;

/* Purposes that exist in every model. Purposes that a file names (a stage, a service, an attribute)
 * are hashes of their kind and name, with the top bit set: see pw_purpose_named. */
enum pw_purpose {
    PW_PURPOSE_ENTRY = 1,        /* when the family enters; frailties; ages */
    PW_PURPOSE_ENTRY_INCIDENT,   /* what the entry incident was like */
    PW_PURPOSE_INCIDENT,         /* the k-th gap and incident: parts 0, 1, 2 */
    PW_PURPOSE_NOTIFICATION,     /* the k-th notification: its delay */
    PW_PURPOSE_SEPARATION = 6,   /* the k-th change of the couple; 5 is free: a number once given stays */
    PW_PURPOSE_FALSE_REPORT,
    PW_PURPOSE_VICTIM_DISENGAGES,
    PW_PURPOSE_PARTNER_DISENGAGES,
    PW_PURPOSE_REFERRAL,
    PW_PURPOSE_MOVE,
    PW_PURPOSE_BIRTH
};

/* The stream of one area of one world. `area` is pw_purpose_named("area", name).
 * The key is the first half of one Philox block with counter (seed, world) and key (area, a constant): for one area
 * the whole block is a bijection of (seed, world), so near numbers give keys as unlike as random ones. */
pw_stream_t pw_stream_init(uint64_t seed, uint64_t world, uint32_t area);

/* 32-bit purpose of a thing that a file names; FNV-1a of "kind:name", top bit set. */
uint32_t pw_purpose_named(const char *kind, const char *name);

/* One block. Costs about 6 ns. A call, for its 60 instructions written out at each of thirty places would crowd the processor's instruction cache. */
pw_block_t pw_stream_block(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t occurrence, uint32_t part);

/* Eight blocks at once: occurrences first .. first + 7 of one (family, purpose, part), in SIMD lanes where the processor has
 * them; out[k] equals pw_stream_block(..., first + k, part) bit for bit. */
void pw_stream_blocks8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, pw_block_t out[8]);

/* One word (0 to 3) of each of the same eight blocks. */
void pw_stream_words8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, int word, uint32_t out[8]);

/* The blocks of eight families first .. first + 7 for one (purpose, occurrence, part): word j of family first + k is word[j][k]. */
typedef struct { uint32_t word[4][8]; } pw_families8_t;
void pw_stream_families8(pw_stream_t self, uint32_t first, uint32_t purpose, uint32_t occurrence, uint32_t part, pw_families8_t *out);
static inline pw_block_t pw_families8_block(const pw_families8_t *self, uint32_t k)
{
    return (pw_block_t){ { self->word[0][k], self->word[1][k], self->word[2][k], self->word[3][k] } };
}

/* Eight incidents ahead: of each of the same eight blocks, the unit exponential of its first 64 bits (pw_exponential of
 * pw_uniform52(word[0], word[1]), the same bits) and the two words that are left for decisions. */
typedef struct {
    double exponential[8];
    uint32_t word2[8], word3[8];
} pw_gaps8_t;
void pw_stream_gaps8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, pw_gaps8_t *out);

/* The same of eight families, family .. family + 7: one need not wait for the other. */
void pw_stream_gaps8_of8(pw_stream_t self, uint32_t family, uint32_t purpose, uint32_t first, uint32_t part, pw_gaps8_t out[8]);

/* Uniforms strictly inside (0, 1). The 52 bits go straight under the exponent of 1: 1 + w 2^-52, less 1, plus half a step; each
 * step is exact and needs no conversion of integers. */
static inline double pw_uniform32(uint32_t w) { return ((double)w + 0.5) * 0x1p-32; }
static inline double pw_uniform52(uint32_t hi, uint32_t lo)
{
    uint64_t w = ((uint64_t)hi << 32 | lo) >> 12;
    return (pw_double_of(w | UINT64_C(0x3FF0000000000000)) - 1.0) + 0x1p-53;
}

#endif
