/* Is what is made eight at once the same, bit for bit, as what is made one at a time? On this processor's lanes, whatever they are. */
#include <string.h>

#include "../model/chance/distribution.h"
#include "../model/chance/stream.h"
#include "../model/world/entrants.h"
#include "../model/world/instant.h"
#include "harness.h"
#include "model_maker.h"

static bool same_bits(double a, double b) { return memcmp(&a, &b, sizeof a) == 0; }

static void test_words_of_eight_occurrences_are_those_of_single_blocks(void)
{
    pw_stream_t stream = pw_stream_init(2385, 7, 11);
    int wrong = 0;
    for (uint32_t first = 0; first < 40; first += 5)
        for (int word = 0; word < 4; word++) {
            uint32_t out[8];
            pw_stream_words8(stream, 91, 1234567, UINT32_MAX - 19 + first, 3, word, out);
            for (uint32_t k = 0; k < 8; k++)
                wrong += out[k] != pw_stream_block(stream, 91, 1234567, UINT32_MAX - 19 + first + k, 3).word[word];
        }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void test_gaps_of_eight_families_are_those_of_single_ones(void)
{
    pw_stream_t stream = pw_stream_init(2385, 9, 11);
    int wrong = 0;
    for (uint32_t first = 0; first < 4096; first += 123) {
        pw_gaps8_t out[8], one;
        pw_stream_gaps8_of8(stream, first, PW_PURPOSE_INCIDENT, 16, 1, out);
        for (uint32_t k = 0; k < 8; k++) {
            pw_stream_gaps8(stream, first + k, PW_PURPOSE_INCIDENT, 16, 1, &one);
            wrong += memcmp(&one, &out[k], sizeof one) != 0;
        }
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void test_blocks_of_eight_families_are_those_of_single_ones(void)
{
    pw_stream_t stream = pw_stream_init(2385, 8, 11);
    int wrong = 0;
    for (uint32_t first = 0; first < 4096; first += 123) {
        pw_families8_t out;
        pw_stream_families8(stream, first, 77, 2, 5, &out);
        for (uint32_t k = 0; k < 8; k++) {
            pw_block_t one = pw_stream_block(stream, first + k, 77, 2, 5), block = pw_families8_block(&out, k);
            wrong += memcmp(&one, &block, sizeof one) != 0;
        }
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void test_eight_quantiles_are_those_of_single_ones_in_the_tails_too(void)
{
    static pw_model_t m;
    mk_base(&m);
    mk_frailty(&m, 2.0);
    mk_luck_t luck = { 6 };
    int wrong = 0;
    for (int round = 0; round < 2000; round++) {
        double u[8], out[8];
        for (int k = 0; k < 8; k++) {
            double v = mk_uniform(&luck);
            u[k] = round % 4 == 0 ? v * 1e-12 : round % 4 == 1 ? 1.0 - v * 1e-12 : v;
        }
        u[0] = 0x1p-53;
        u[1] = 1.0 - 0x1p-53;
        pw_quantile_table_at8(&m.frailty, u, out);
        for (int k = 0; k < 8; k++)
            wrong += !same_bits(out[k], pw_quantile_table_at(&m.frailty, u[k]));
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void test_newcomers_are_made_with_their_own_draws(void)
{
    static pw_model_t m;
    static pw_entrants_t eight;
    mk_closed(&m, 100, 21);
    mk_frailty(&m, 2.0);
    mk_attribute(&m, "nrpf", 0.3);
    pw_model_finish(&m);
    pw_stream_t stream = pw_stream_init(1, 2, 3);
    int wrong = 0;
    for (uint32_t family = 0; family < 40; family++) {
        uint32_t k = pw_entrants_find(&eight, &m, stream, family);
        pw_block_t block = pw_stream_block(stream, family, PW_PURPOSE_ENTRY, 0, PW_ENTRY_PART_FRAILTY);
        wrong += !same_bits(eight.frailty[k], pw_quantile_table_at(&m.frailty, pw_uniform52(block.word[0], block.word[1])));
        pw_gaps8_t gaps;
        pw_stream_gaps8(stream, family, PW_PURPOSE_INCIDENT, 0, 0, &gaps);
        wrong += memcmp(&gaps, &eight.gaps[k], sizeof gaps) != 0;
        wrong += eight.attribute[0].word[0][k] != pw_stream_block(stream, family, m.attribute[0].purpose, 0, 0).word[0];
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

/* The exits of a plain choice are looked up in whole words: at every border the word below and the word at it go where the weights say. */
static void test_words_of_a_plain_choice_take_the_exits_that_the_weights_say(void)
{
    static pw_model_t m;
    mk_base(&m);
    int screening = mk_stage(&m, "screening", PW_COUNTS_AS_SCREENING, mk_none());
    int first = mk_end(&m, "first", PW_COUNTS_AS_CLOSED), second = mk_end(&m, "second", PW_COUNTS_AS_CLOSED);
    mk_exit(&m, screening, first, 12.5);
    mk_exit(&m, screening, second, 0.0);
    mk_exit(&m, screening, second, 80.1);
    mk_exit(&m, screening, first, 7.4);
    pw_model_finish(&m);
    const pw_choice_t *choice = &m.stage[screening].choice;
    CU_ASSERT_TRUE_FATAL(choice->plain);
    CU_ASSERT_EQUAL(choice->plain_below[0], choice->plain_below[1]);          /* nobody takes an exit of weight 0 */
    CU_ASSERT_EQUAL(choice->plain_below[3], UINT64_C(1) << 32);
    for (int k = 0; k < 3; k++) {
        uint32_t border = (uint32_t)choice->plain_below[k];
        CU_ASSERT_TRUE(pw_weight_pick(choice->plain_weight, 4, pw_uniform32(border - 1)) <= k);
        CU_ASSERT_TRUE(pw_weight_pick(choice->plain_weight, 4, pw_uniform32(border)) > k);
    }
}

PW_TESTS(PW_TEST(test_words_of_eight_occurrences_are_those_of_single_blocks),
         PW_TEST(test_gaps_of_eight_families_are_those_of_single_ones), PW_TEST(test_blocks_of_eight_families_are_those_of_single_ones),
         PW_TEST(test_eight_quantiles_are_those_of_single_ones_in_the_tails_too),
         PW_TEST(test_newcomers_are_made_with_their_own_draws), PW_TEST(test_words_of_a_plain_choice_take_the_exits_that_the_weights_say))
