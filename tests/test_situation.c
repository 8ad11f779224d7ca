/* Are the chances that a situation remembers those of the model's predictors, for whatever family asks? */
#include "../model/world/situation.h"

#include "harness.h"
#include "model_maker.h"

static bool all_of(const uint64_t bits[2], const uint64_t need[2]) { return (bits[0] & need[0]) == need[0] && (bits[1] & need[1]) == need[1]; }

static double value(const pw_predictor_t *p, const uint64_t bits[2]) { return p->n_numbers ? 0.0 : pw_predictor_value(p, bits, NULL); }

/* Kinds that there are: a severe injury is an injury, and only a child that was there can be injured. */
static bool exists(unsigned kind) { return !((kind & 2 && !(kind & 1)) || (kind & 8 && !(kind & 4))); }

static int wrong_police(const pw_model_t *m, const pw_situation_t *it, const uint64_t family[2])
{
    int wrong = 0;
    for (unsigned kind = 0; kind < PW_INCIDENT_KINDS; kind++) {
        if (!exists(kind))
            continue;
        const pw_incident_police_t *got = &it->police[kind];
        uint64_t bits[2] = { family[0] | (uint64_t)kind << PW_BIT_INJURY, family[1] };
        wrong += got->reported != value(&m->reported, bits);
        wrong += got->removes != value(&m->removes_partner, bits);
        wrong += got->speaks != (all_of(bits, m->speaks_only_if) ? value(&m->speaks_to_child, bits) : 0.0);
        wrong += got->notifies[0] != value(&m->notifies, bits);
        wrong += got->entry_reported != value(&m->entry_reported, bits) || got->entry_notifies != value(&m->entry_notifies, bits);
        pw_bit_put(bits, PW_BIT_CHILD_SPOKEN_TO, 1);
        wrong += got->notifies[1] != value(&m->notifies, bits);
    }
    return wrong;
}

static int wrong_kinds(const pw_model_t *m, const pw_situation_t *it, const uint64_t family[2])
{
    int wrong = it->contact != (m->contact_possible && all_of(family, m->contact_only_if) ? value(&m->at_contact, family) : 0.0);
    for (int contact = 0; contact < 2; contact++)
        for (int severity = 0; severity < PW_SEVERITIES; severity++) {
            uint64_t bits[2] = { family[0], family[1] };
            pw_bit_put(bits, PW_BIT_AT_CONTACT, contact);
            wrong += it->weight[contact][severity] != value(&m->severity[severity], bits);
            pw_bit_put(bits, PW_BIT_INJURY, severity > 0);
            pw_bit_put(bits, PW_BIT_SEVERE_INJURY, severity > 1);
            wrong += it->present[contact][severity] != value(&m->child_present, bits);
            pw_bit_put(bits, PW_BIT_CHILD_PRESENT, 1);
            wrong += it->injured[contact][severity] != (all_of(bits, m->child_injured_only_if) ? value(&m->child_injured, bits) : 0.0);
        }
    return wrong;
}

/* Families of random bits ask in any order: more situations than are remembered at once. */
static void test_chances_of_a_situation_are_those_of_the_predictors(void)
{
    static pw_model_t m;
    static pw_situations_t situations;
    int wrong = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        mk_random(&m, seed, true);
        pw_situations_clear(&situations);
        mk_luck_t luck = { seed };
        for (int k = 0; k < 300; k++) {
            uint64_t family[2] = { 0, 0 };
            for (int bit = 0; bit < PW_MAX_BITS; bit++)
                pw_bit_put(family, bit, mk_uniform(&luck) < 0.3);
            family[0] &= ~PW_INCIDENT_BITS;
            const pw_situation_t *it = pw_situation_of(&situations, &m, family);
            wrong += wrong_kinds(&m, it, family) + wrong_police(&m, it, family);
        }
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void test_what_another_model_says_is_forgotten(void)
{
    static pw_model_t m;
    static pw_situations_t situations;
    static const uint64_t family[2];
    mk_base(&m);
    mk_probability(&m.reported, 0.25);
    pw_model_finish(&m);
    CU_ASSERT_EQUAL(pw_situation_of(&situations, &m, family)->police[0].reported, 0.25);
    mk_probability(&m.reported, 0.5);
    pw_model_finish(&m);
    pw_situations_clear(&situations);
    CU_ASSERT_EQUAL(pw_situation_of(&situations, &m, family)->police[0].reported, 0.5);
}

PW_TESTS(PW_TEST(test_chances_of_a_situation_are_those_of_the_predictors), PW_TEST(test_what_another_model_says_is_forgotten))
