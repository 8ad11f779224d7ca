/* What a decision sees of a family: recorded, invented, drawn once, and never in doubt where the agency itself knows. */
#include "../model/world/form.h"

#include <math.h>
#include <stdlib.h>

#include "harness.h"
#include "model_maker.h"

enum { N = 20000 };
static const uint64_t everything[2] = { UINT64_MAX, UINT64_MAX };

static pw_model_t model_of_forms(void)
{
    pw_model_t m;
    mk_base(&m);
    m.n_forms = 2;
    for (int k = 0; k < 2; k++) {
        m.form[k].purpose = pw_purpose_named("form", k ? "assessment" : "police_form");
        for (int bit = 0; bit < PW_MAX_BITS; bit++)
            m.form[k].sees[bit] = 1.0f;
        static const int doubtful[] = { 0, 3, PW_BIT_CHILD_PRESENT, PW_BIT_CHILD_INJURED, PW_BIT_INJURY };
        for (int j = 0; j < 5; j++) {
            m.form[k].doubtful[doubtful[j] >> 6] |= pw_bit_mask(doubtful[j]);
            m.form[k].sees[doubtful[j]] = 0.3f + 0.1f * (float)j;
            m.form[k].invents[doubtful[j]] = 0.05f * (float)j;
        }
    }
    m.form[0].risk_noise_sd = 1.7;
    m.form[1].risk_noise_sd = -1.0;
    pw_model_finish(&m);
    return m;
}

static void near_share(double n, double of, double p) { PW_ASSERT_NEAR(n / of, p, MK_Z * sqrt(p * (1.0 - p) / of) + 1e-12); }

/* Over 20,000 notifications: shares of true ones recorded and of zeros invented; alpha 1e-6 each. Catches two covariates that share a draw (the
 * joint share) and a chance taken for another bit. */
static void test_true_ones_are_recorded_and_zeros_invented_with_their_chances(void)
{
    static pw_model_t m;
    m = model_of_forms();
    mk_alone_t a;
    mk_alone_init(&a, &m);
    uint64_t now[2] = { pw_bit_mask(0) | pw_bit_mask(PW_BIT_CHILD_PRESENT) | pw_bit_mask(PW_BIT_SEPARATED), 0 };
    double attribute = 0, present = 0, both = 0, invented = 0, injury = 0, separated = 0;
    for (uint32_t k = 0; k < N; k++) {
        pw_form_t form;
        pw_form_fill(&a.own, a.family, 0, k, now, everything, false, &form);
        attribute += pw_bit_get(form.bits, 0);
        present += pw_bit_get(form.bits, PW_BIT_CHILD_PRESENT);
        both += pw_bit_get(form.bits, 0) && pw_bit_get(form.bits, PW_BIT_CHILD_PRESENT);
        invented += pw_bit_get(form.bits, 3);
        injury += pw_bit_get(form.bits, PW_BIT_INJURY);
        separated += pw_bit_get(form.bits, PW_BIT_SEPARATED);
    }
    near_share(attribute, N, (double)0.3f);
    near_share(present, N, 0.5);
    near_share(both, N, 0.15);
    near_share(invented, N, (double)0.05f);
    near_share(injury, N, 0.2);
    CU_ASSERT_EQUAL(separated, N);       /* not doubtful: as it is */
    mk_alone_free(&a);
}

static void test_a_form_shows_the_same_to_every_later_decision(void)
{
    static pw_model_t m;
    m = model_of_forms();
    mk_alone_t a;
    mk_alone_init(&a, &m);
    uint64_t now[2] = { pw_bit_mask(0) | pw_bit_mask(PW_BIT_CHILD_PRESENT), 0 };
    int wrong = 0, other = 0;
    for (uint32_t k = 0; k < 500; k++) {
        pw_form_t first, again, narrow, assessment;
        uint64_t need[2] = { pw_bit_mask(PW_BIT_CHILD_PRESENT), 0 };
        pw_form_fill(&a.own, a.family, 0, k, now, everything, true, &first);
        pw_form_fill(&a.own, a.family, 0, k, now, everything, true, &again);
        pw_form_fill(&a.own, a.family, 0, k, now, need, false, &narrow);      /* a decision that reads less sees no other */
        pw_form_fill(&a.own, a.family, 1, k, now, everything, true, &assessment);
        wrong += first.bits[0] != again.bits[0] || first.number[PW_NUMBER_RISK_SCORE] != again.number[PW_NUMBER_RISK_SCORE];
        wrong += pw_bit_get(first.bits, PW_BIT_CHILD_PRESENT) != pw_bit_get(narrow.bits, PW_BIT_CHILD_PRESENT);
        other += first.bits[0] != assessment.bits[0];
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(other > 100);              /* another form is another draw */
    mk_alone_free(&a);
}

static void test_police_who_spoke_to_the_child_saw_it(void)
{
    static pw_model_t m;
    m = model_of_forms();
    mk_alone_t a;
    mk_alone_init(&a, &m);
    uint64_t now[2] = { pw_bit_mask(PW_BIT_CHILD_PRESENT) | pw_bit_mask(PW_BIT_CHILD_SPOKEN_TO), 0 };
    int seen = 0, invented = 0;
    for (uint32_t k = 0; k < 1000; k++) {
        pw_form_t form;
        pw_form_fill(&a.own, a.family, 0, k, now, everything, false, &form);
        seen += pw_bit_get(form.bits, PW_BIT_CHILD_PRESENT);
        invented += pw_bit_get(form.bits, PW_BIT_CHILD_INJURED);
    }
    CU_ASSERT_EQUAL(seen, 1000);
    CU_ASSERT_EQUAL(invented, 0);
    mk_alone_free(&a);
}

/* Score = (log risk + noise - centre) / standard deviation of risk and noise together; blind forms carry none; a decision without a form
 * sees the risk as it is. */
static void test_risk_score_is_the_true_risk_with_the_forms_noise(void)
{
    static pw_model_t m;
    m = model_of_forms();
    m.risk_centre = 0.4;
    m.risk_scale = 2.0;
    pw_model_finish(&m);
    double sd = sqrt(2.0 * 2.0 + 1.7 * 1.7);
    mk_alone_t a;
    mk_alone_init(&a, &m);
    a.family->rate[PW_RATE_INCIDENT] = 2.0f;
    a.family->severity_factor = 1.5;
    a.family->previous_notifications = 3.0f;
    a.family->children = 2;
    uint64_t now[2] = { 0, 0 };
    mk_mean_t score = { 0 };
    pw_form_t form;
    for (uint32_t k = 0; k < N; k++) {
        pw_form_fill(&a.own, a.family, 0, k, now, now, true, &form);
        mk_mean_add(&score, form.number[PW_NUMBER_RISK_SCORE]);
    }
    double risk = (log(3.0) - 0.4) / 2.0;
    PW_ASSERT_NEAR(score.mean, (log(3.0) - 0.4) / sd, MK_Z * 1.7 / sd / sqrt(N));
    PW_ASSERT_NEAR(sqrt(score.m2 / N), 1.7 / sd, MK_Z * 1.7 / sd / sqrt(2.0 * N));
    CU_ASSERT_EQUAL(form.number[PW_NUMBER_PREVIOUS_NOTIFICATIONS], 3.0);
    CU_ASSERT_EQUAL(form.number[PW_NUMBER_CHILDREN], 2.0);
    pw_form_fill(&a.own, a.family, 1, 9, now, now, true, &form);
    CU_ASSERT_EQUAL(form.number[PW_NUMBER_RISK_SCORE], 0.0);
    pw_form_fill(&a.own, a.family, -1, 9, now, now, true, &form);
    PW_ASSERT_NEAR(form.number[PW_NUMBER_RISK_SCORE], risk, 1e-12);
    mk_alone_free(&a);
}

static void test_incident_bits_survive_packing(void)
{
    for (unsigned k = 0; k < 64; k++) {
        uint64_t bits = pw_incident_unpack((uint8_t)k);
        CU_ASSERT_EQUAL(bits & ~PW_INCIDENT_BITS, 0);
        CU_ASSERT_EQUAL(pw_incident_pack(bits), k);
    }
    CU_ASSERT_EQUAL(pw_incident_unpack(PW_PACKED_REMOVED), 0);
    CU_ASSERT_EQUAL(pw_incident_unpack(PW_PACKED_SPOKEN), pw_bit_mask(PW_BIT_CHILD_SPOKEN_TO));
}

PW_TESTS(PW_TEST(test_true_ones_are_recorded_and_zeros_invented_with_their_chances), PW_TEST(test_a_form_shows_the_same_to_every_later_decision),
         PW_TEST(test_police_who_spoke_to_the_child_saw_it), PW_TEST(test_risk_score_is_the_true_risk_with_the_forms_noise),
         PW_TEST(test_incident_bits_survive_packing))
