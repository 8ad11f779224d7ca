/* Is what is made eight at once the same, bit for bit, as what is made one at a time? On this processor's lanes, whatever they are. */
#include <math.h>
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

/* Of what a newcomer brings with it: what differs from the draws of its own blocks, taken one at a time. */
static int differences(const pw_entrants_t *eight, uint32_t k, const pw_model_t *m, pw_stream_t stream, uint32_t family)
{
    int wrong = 0;
    pw_block_t block = pw_stream_block(stream, family, PW_PURPOSE_ENTRY, 0, PW_ENTRY_PART_FRAILTY);
    double u = pw_uniform52(block.word[0], block.word[1]), sigma = m->severity_sigma, rho = m->frailty_correlation;
    double z = rho * pw_normal_quantile(u) + sqrt(1.0 - rho * rho) * pw_normal_quantile(pw_uniform32(block.word[2]));
    wrong += !same_bits(eight->frailty[k], pw_quantile_table_at(&m->frailty, u));
    wrong += !same_bits(eight->severity_factor[k], sigma > 0.0 ? pw_exp(sigma * z - 0.5 * sigma * sigma) : 1.0);
    block = pw_stream_block(stream, family, PW_PURPOSE_ENTRY, 0, PW_ENTRY_PART_CHILDREN);
    double years = m->age_from[0] + (m->age_from[1] - m->age_from[0]) * pw_uniform32(block.word[2]);
    wrong += eight->children[k] != (pw_uniform32(block.word[0]) < 0.4 ? 1 : 2) || eight->age[k] != pw_ticks_from_days(years * PW_DAYS_PER_YEAR);
    uint64_t bits = pw_age_bits(eight->age[k]);
    wrong += (bits >> PW_BIT_CHILD_UNDER_5 & 1) != (years < 5.0) || (bits >> PW_BIT_CHILD_UNDER_16 & 1) != (years < 16.0);
    const double numbers[PW_MAX_NUMBERS] = { [PW_NUMBER_CHILDREN] = eight->children[k] };
    for (int a = 0; a < m->n_attributes; a++) {
        const pw_attribute_t *attribute = &m->attribute[a];
        double p = pw_predictor_value(&attribute->chance, (uint64_t[2]){ bits, 0 }, numbers);
        bool may = (bits & attribute->given) == attribute->given && !(bits & attribute->given_not);
        if (may && pw_uniform32(pw_stream_block(stream, family, attribute->purpose, 0, 0).word[0]) < p)
            bits |= pw_bit_mask(attribute->bit);
    }
    wrong += eight->bits[k] != bits;
    pw_gaps8_t gaps;
    pw_stream_gaps8(stream, family, PW_PURPOSE_INCIDENT, 0, 0, &gaps);
    return wrong + (memcmp(&gaps, &eight->gaps[k], sizeof gaps) != 0);
}

/* The unspent clocks: two of them share a block. */
static int clocks_that_differ(const pw_entrants_t *eight, uint32_t k, pw_stream_t stream, uint32_t family)
{
    static const struct { uint32_t purpose, part; int rate, word; } of[] = {
        { PW_PURPOSE_SEPARATION, 0, PW_RATE_SEPARATES, 0 },
        { PW_PURPOSE_ENTRY, PW_ENTRY_PART_CLOCKS, PW_RATE_MOVES, 0 }, { PW_PURPOSE_ENTRY, PW_ENTRY_PART_CLOCKS, PW_RATE_BIRTH, 2 },
        { PW_PURPOSE_ENTRY, PW_ENTRY_PART_CLOCKS_2, PW_RATE_REFERRAL, 0 }, { PW_PURPOSE_ENTRY, PW_ENTRY_PART_CLOCKS_2, PW_RATE_FALSE_REPORT, 2 } };
    int wrong = 0;
    for (size_t j = 0; j < sizeof of / sizeof of[0]; j++) {
        pw_block_t block = pw_stream_block(stream, family, of[j].purpose, 0, of[j].part);
        wrong += !same_bits(eight->left[of[j].rate][k], -pw_log(pw_uniform52(block.word[of[j].word], block.word[of[j].word + 1])));
    }
    return wrong;
}

static void make_mixed(pw_model_t *m, double severity_sigma)
{
    mk_closed(m, 100, 21);
    mk_frailty(m, 2.0);
    m->severity_sigma = severity_sigma;
    m->frailty_correlation = 0.3;
    m->n_children = 2;
    m->children_chance[0] = 0.4;
    m->n_age_bands = 1;
    m->age_from[0] = 0.0;
    m->age_from[1] = 18.0;
    int first = mk_attribute(m, "nrpf", 0.3), second = mk_attribute(m, "mental_health", 0.5), third = mk_attribute(m, "separated", 0.6);
    mk_attribute(m, "court_order", 0.7);
    mk_by_bit(&m->attribute[first].chance, PW_BIT_CHILD_UNDER_5, 3.0, 0.5);
    mk_by_number(&m->attribute[second].chance, PW_NUMBER_CHILDREN, 2.0, 1.5);
    m->attribute[third].given_not = pw_bit_mask(m->attribute[first].bit);
    m->attribute[third + 1].given = pw_bit_mask(m->attribute[third].bit) | pw_bit_mask(m->attribute[second].bit);
    for (int r = 1; r < PW_RATES; r++)
        mk_per_day(&m->rate[r], 0.001);
    pw_model_finish(m);
}

static void test_newcomers_are_made_with_their_own_draws(void)
{
    static pw_model_t m[2];
    static pw_entrants_t eight;
    make_mixed(&m[0], 0.6);
    make_mixed(&m[1], 0.0);
    pw_stream_t stream = pw_stream_init(1, 2, 3);
    int wrong = 0, with_last = 0;
    for (uint32_t family = 0; family < 4000; family++) {
        const pw_model_t *model = &m[family / 8 % 2];
        uint32_t k = pw_entrants_find(&eight, model, stream, family);
        wrong += differences(&eight, k, model, stream, family) + clocks_that_differ(&eight, k, stream, family);
        with_last += (int)(eight.bits[k] >> 3 & 1);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(with_last > 100);
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
