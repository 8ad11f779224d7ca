/* form.h: what a decision sees of a family.
 *
 * What question it answers: which covariates, as recorded, does this stage (or the police) decide on?
 * Floor: world. A form records a true 1 with one chance and invents a 1 with another; both are drawn once per
 * notification and covariate, so every later decision on that form sees the same. What a form does not record is 0.
 * What the agency itself holds (previous notifications, open case, its services) is always seen. */
#ifndef PW_WORLD_FORM_H
#define PW_WORLD_FORM_H

#include "../chance/kernel.h"
#include "family.h"

typedef struct {
    uint64_t bits[2];
    double number[PW_MAX_NUMBERS];      /* workload_TEAM is 0 until a shared moment fills it */
} pw_form_t;

/* True risk of a severe incident: multiplier of the incident hazard x weight of severe injury; and its log. */
static inline double pw_risk(const pw_family_t *f)
{
    double rate = (double)f->rate[PW_RATE_INCIDENT];
    return (rate > 1e-12 ? rate : 1e-12) * f->severity_factor;
}
static inline double pw_log_risk(const pw_family_t *f) { return pw_log(pw_risk(f)); }

/* Fills *out with what form kind `kind` (-1: everything as it is) of notification `number` shows of the bits in `need`; `now` holds
 * the bits as they are. The risk score is made only if `wants_score`. */
void pw_form_fill(const pw_own_t *own, const pw_family_t *f, int kind, uint32_t number, const uint64_t now[2], const uint64_t need[2],
                  bool wants_score, pw_form_t *out);

/* Incident bits packed in a byte (as notifications carry them), and back in place. */
static inline uint8_t pw_incident_pack(uint64_t word0) { return (uint8_t)((word0 >> PW_BIT_INJURY & 0x1F) | (word0 >> PW_BIT_CHILD_SPOKEN_TO & 1) << 5); }
static inline uint64_t pw_incident_unpack(uint8_t packed)
{
    return (uint64_t)(packed & 0x1F) << PW_BIT_INJURY | (uint64_t)(packed >> 5 & 1) << PW_BIT_CHILD_SPOKEN_TO;
}
enum { PW_PACKED_INJURY = 1, PW_PACKED_SEVERE = 2, PW_PACKED_CHILD_PRESENT = 4, PW_PACKED_CHILD_INJURED = 8, PW_PACKED_AT_CONTACT = 16, PW_PACKED_SPOKEN = 32,
       PW_PACKED_REMOVED = 64 };

#endif
