/* Is every random number the published generator's, the same alone or eight at a time, and unlike its neighbours'? */
#include "../model/chance/stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/chance/distribution.h"
#include "harness.h"

/* Known answers published with Random123 (kat_vectors: philox4x32, 10 rounds). A wrong multiplier, round count, key schedule or
 * word order changes every word. */
static void assert_known_answer(const uint32_t counter[4], const uint32_t key[2], const uint32_t expected[4])
{
    pw_stream_t stream = { { key[0], key[1] } };
    pw_block_t block = pw_stream_block(stream, counter[0], counter[1], counter[2], counter[3]), eight[8];
    pw_stream_blocks8(stream, counter[0], counter[1], counter[2], counter[3], eight);
    for (int i = 0; i < 4; i++) {
        CU_ASSERT_EQUAL(block.word[i], expected[i]);
        CU_ASSERT_EQUAL(eight[0].word[i], expected[i]);
    }
}

static void test_blocks_are_the_published_known_answers(void)
{
    assert_known_answer((uint32_t[]){ 0, 0, 0, 0 }, (uint32_t[]){ 0, 0 }, (uint32_t[]){ 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 });
    assert_known_answer((uint32_t[]){ 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, (uint32_t[]){ 0xffffffff, 0xffffffff },
                        (uint32_t[]){ 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd });
    assert_known_answer((uint32_t[]){ 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, (uint32_t[]){ 0xa4093822, 0x299f31d0 },
                        (uint32_t[]){ 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 });
}

static void test_eight_blocks_equal_single_blocks_bit_for_bit(void)
{
    int unequal = 0;
    for (uint32_t i = 0; i < 4000; i++) {
        pw_stream_t stream = pw_stream_init(i, i * 7, i * 13);
        uint32_t first = i % 3 == 0 ? UINT32_MAX - i % 11 : i * 8; /* occurrences that wrap too */
        pw_block_t eight[8];
        pw_stream_blocks8(stream, i * 31, PW_PURPOSE_INCIDENT, first, i % 4, eight);
        for (uint32_t k = 0; k < 8; k++) {
            pw_block_t one = pw_stream_block(stream, i * 31, PW_PURPOSE_INCIDENT, first + k, i % 4);
            unequal += memcmp(&one, &eight[k], sizeof one) != 0;
        }
    }
    CU_ASSERT_EQUAL(unequal, 0);
}

static void test_eight_gaps_equal_exponentials_of_single_blocks_bit_for_bit(void)
{
    int unequal = 0;
    for (uint32_t i = 0; i < 4000; i++) {
        pw_stream_t stream = pw_stream_init(i, 3, i * 13);
        pw_gaps8_t eight;
        pw_stream_gaps8(stream, i * 31, PW_PURPOSE_INCIDENT, i * 8, 1, &eight);
        for (uint32_t k = 0; k < 8; k++) {
            pw_block_t one = pw_stream_block(stream, i * 31, PW_PURPOSE_INCIDENT, i * 8 + k, 1);
            unequal += pw_bits_of(eight.exponential[k]) != pw_bits_of(pw_exponential(pw_uniform52(one.word[0], one.word[1])));
            unequal += eight.word2[k] != one.word[2] || eight.word3[k] != one.word[3];
        }
    }
    CU_ASSERT_EQUAL(unequal, 0);
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t key_of(uint64_t seed, uint64_t world, uint32_t area)
{
    pw_stream_t s = pw_stream_init(seed, world, area);
    return (uint64_t)s.key[0] << 32 | s.key[1];
}

/* A million keys of 100 seeds x 1,000 worlds x 10 areas that lie side by side. If the keys are as good as random, two are equal with
 * probability 1e12 / 2 / 2^64 = 2.7e-8 (alpha; the keys are fixed, so in fact it never fails by chance). It would catch a hash
 * that adds or xors its inputs: (seed 1, world 2) = (seed 2, world 1). */
static void test_near_seeds_worlds_and_areas_never_share_a_key(void)
{
    enum { SEEDS = 100, WORLDS = 1000, AREAS = 10, N = SEEDS * WORLDS * AREAS };
    uint64_t *key = malloc(N * sizeof *key);
    CU_ASSERT_PTR_NOT_NULL_FATAL(key);
    size_t n = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        for (uint64_t world = 0; world < WORLDS; world++)
            for (uint32_t area = 0; area < AREAS; area++)
                key[n++] = key_of(seed, world, area);
    qsort(key, N, sizeof *key, by_value);
    int equal = 0;
    for (size_t i = 1; i < N; i++)
        equal += key[i] == key[i - 1];
    CU_ASSERT_EQUAL(equal, 0);
    free(key);
}

static void test_high_halves_of_seed_and_world_count(void)
{
    uint64_t plain = key_of(2009, 5, 1);
    CU_ASSERT_NOT_EQUAL(plain, key_of(2009 + (UINT64_C(1) << 32), 5, 1));
    CU_ASSERT_NOT_EQUAL(plain, key_of(2009, 5 + (UINT64_C(1) << 32), 1));
    CU_ASSERT_NOT_EQUAL(plain, key_of(5, 2009, 1));
    CU_ASSERT_EQUAL(plain, key_of(2009, 5, 1));
}

/* The keys are part of every result: if this value changes, all results change. */
static void test_the_key_of_a_seed_does_not_change_between_versions(void)
{
    CU_ASSERT_EQUAL(key_of(2009, 17, pw_purpose_named("area", "north")), UINT64_C(0x9DAF1FA56EA3382C));
}

/* FNV-1a, 32 bits, of "a:b" worked through by hand: h = ((2166136261 ^ c) x 16777619) mod 2^32 for each byte. */
static void test_named_purposes_are_hashes_with_the_top_bit_set(void)
{
    uint32_t h = UINT32_C(2166136261);
    h = (h ^ 'a') * UINT32_C(16777619);
    CU_ASSERT_EQUAL(h, UINT32_C(0xE40C292C)); /* published test value for "a" */
    h = (h ^ ':') * UINT32_C(16777619);
    h = (h ^ 'b') * UINT32_C(16777619);
    CU_ASSERT_EQUAL(pw_purpose_named("a", "b"), h | UINT32_C(0x80000000));
    CU_ASSERT(pw_purpose_named("stage", "screening") >> 31 == 1);
    CU_ASSERT_NOT_EQUAL(pw_purpose_named("stage", "letter"), pw_purpose_named("service", "letter"));
    CU_ASSERT_NOT_EQUAL(pw_purpose_named("stage", "letter"), pw_purpose_named("stage", "letters"));
    CU_ASSERT(PW_PURPOSE_BIRTH < 0x80000000);
}

static void test_uniforms_lie_strictly_between_0_and_1(void)
{
    CU_ASSERT_EQUAL(pw_uniform32(0), 0x1p-33);
    CU_ASSERT_EQUAL(pw_uniform32(UINT32_MAX), 1.0 - 0x1p-33);
    CU_ASSERT_EQUAL(pw_uniform52(0, 0), 0x1p-53);
    CU_ASSERT_EQUAL(pw_uniform52(0, 0xFFF), 0x1p-53); /* the lowest 12 bits are not used */
    CU_ASSERT_EQUAL(pw_uniform52(UINT32_MAX, UINT32_MAX), 1.0 - 0x1p-53);
    CU_ASSERT_EQUAL(pw_uniform52(0x80000000, 0), 0.5 + 0x1p-53);
    CU_ASSERT_EQUAL(pw_uniform52(0x12345678, 0x9ABCDEF0), ((double)(UINT64_C(0x123456789ABCDEF0) >> 12) + 0.5) * 0x1p-52);
}

/* Chi-square of 256 cells and correlation of neighbours, over counters as the model uses them: families, occurrences and parts side
 * by side. alpha = 1e-6 for the sixteen tests together, so 6.2e-8 each: chi-square(255) outside 151 to 396; a correlation of
 * n = 262,144 pairs beyond 5.5 / sqrt(n). Fixed keys: it never fails by chance. It would catch a counter word that is not mixed
 * (correlation 1) or a word that lacks a bit (chi-square in the ten thousands). */
enum { FAMILIES = 4096, OCCURRENCES = 64, CELLS = 256 };
static double chi_square(const int cell[CELLS], double n)
{
    double sum = 0.0;
    for (int i = 0; i < CELLS; i++)
        sum += (cell[i] - n / CELLS) * (cell[i] - n / CELLS) / (n / CELLS);
    return sum;
}

static void test_neighbouring_draws_are_uniform_and_unrelated(void)
{
    pw_stream_t stream = pw_stream_init(1, 1, 1);
    const double n = (double)FAMILIES * OCCURRENCES;
    for (int w = 0; w < 4; w++) {
        int cell[CELLS] = { 0 };
        double next_family = 0.0, next_occurrence = 0.0, next_part = 0.0;
        for (uint32_t f = 0; f < FAMILIES; f++)
            for (uint32_t k = 0; k < OCCURRENCES; k++) {
                double u = pw_uniform32(pw_stream_block(stream, f, PW_PURPOSE_INCIDENT, k, 0).word[w]) - 0.5;
                cell[(int)((u + 0.5) * CELLS)]++;
                next_family += u * (pw_uniform32(pw_stream_block(stream, f + 1, PW_PURPOSE_INCIDENT, k, 0).word[w]) - 0.5);
                next_occurrence += u * (pw_uniform32(pw_stream_block(stream, f, PW_PURPOSE_INCIDENT, k + 1, 0).word[w]) - 0.5);
                next_part += u * (pw_uniform32(pw_stream_block(stream, f, PW_PURPOSE_INCIDENT, k, 1).word[w]) - 0.5);
            }
        double x = chi_square(cell, n);
        CU_ASSERT(x > 151.0 && x < 396.0);
        PW_ASSERT_NEAR(next_family * 12.0 / n, 0.0, 5.5 / sqrt(n));
        PW_ASSERT_NEAR(next_occurrence * 12.0 / n, 0.0, 5.5 / sqrt(n));
        PW_ASSERT_NEAR(next_part * 12.0 / n, 0.0, 5.5 / sqrt(n));
    }
}

PW_TESTS(PW_TEST(test_blocks_are_the_published_known_answers), PW_TEST(test_eight_blocks_equal_single_blocks_bit_for_bit),
         PW_TEST(test_eight_gaps_equal_exponentials_of_single_blocks_bit_for_bit),
         PW_TEST(test_near_seeds_worlds_and_areas_never_share_a_key), PW_TEST(test_high_halves_of_seed_and_world_count),
         PW_TEST(test_the_key_of_a_seed_does_not_change_between_versions), PW_TEST(test_named_purposes_are_hashes_with_the_top_bit_set),
         PW_TEST(test_uniforms_lie_strictly_between_0_and_1), PW_TEST(test_neighbouring_draws_are_uniform_and_unrelated))
