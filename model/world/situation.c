#include "situation.h"

static bool all_of(const uint64_t bits[2], const uint64_t need[2]) { return (bits[0] & need[0]) == need[0] && (bits[1] & need[1]) == need[1]; }

/* The value where it reads bits alone. */
static double value(const pw_predictor_t *predictor, const uint64_t bits[2])
{
    return predictor->n_numbers ? 0.0 : pw_predictor_value(predictor, bits, NULL);
}

void pw_situations_clear(pw_situations_t *self)
{
    for (int k = 0; k < PW_SITUATIONS; k++)
        self->of[k].made = false;
}

static void make_police(pw_situation_t *self, const pw_model_t *model, const uint64_t bits[2])
{
    const uint64_t spoken[2] = { bits[0] | pw_bit_mask(PW_BIT_CHILD_SPOKEN_TO), bits[1] };
    self->police[pw_incident_kind(bits[0])] = (pw_incident_police_t){
        .reported = value(&model->reported, bits),
        .removes = value(&model->removes_partner, bits),
        .speaks = all_of(bits, model->speaks_only_if) ? value(&model->speaks_to_child, bits) : 0.0,
        .notifies = { value(&model->notifies, bits), value(&model->notifies, spoken) },
        .entry_reported = value(&model->entry_reported, bits),
        .entry_notifies = value(&model->entry_notifies, bits),
    };
}

/* No child there, a child there, a child injured. */
static void make_kinds(pw_situation_t *self, const pw_model_t *model, int contact, int severity, uint64_t bits[2])
{
    make_police(self, model, bits);
    self->present[contact][severity] = value(&model->child_present, bits);
    pw_bit_put(bits, PW_BIT_CHILD_PRESENT, 1);
    self->injured[contact][severity] = all_of(bits, model->child_injured_only_if) ? value(&model->child_injured, bits) : 0.0;
    make_police(self, model, bits);
    pw_bit_put(bits, PW_BIT_CHILD_INJURED, 1);
    make_police(self, model, bits);
}

void pw_situation_make(pw_situation_t *self, const pw_model_t *model, uint64_t word0, uint64_t word1)
{
    const uint64_t plain[2] = { word0, word1 };
    self->made = true;
    self->bits[0] = word0;
    self->bits[1] = word1;
    self->contact = model->contact_possible && all_of(plain, model->contact_only_if) ? value(&model->at_contact, plain) : 0.0;
    for (int contact = 0; contact < 2; contact++)
        for (int severity = 0; severity < PW_SEVERITIES; severity++) {
            uint64_t bits[2] = { word0, word1 };
            pw_bit_put(bits, PW_BIT_AT_CONTACT, contact);
            self->weight[contact][severity] = value(&model->severity[severity], bits);
            pw_bit_put(bits, PW_BIT_INJURY, severity >= 1);
            pw_bit_put(bits, PW_BIT_SEVERE_INJURY, severity == 2);
            make_kinds(self, model, contact, severity, bits);
        }
}
