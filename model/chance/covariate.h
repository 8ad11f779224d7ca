/* covariate.h: what may be known of a family's present situation, as bits and a few numbers.
 *
 * What question it answers: which names may a predictor use, and where does each one live?
 * Floor: chance. A covariate is either a bit (0/1) in one of two 64-bit words, or one of a few
 * numbers. The layout is fixed, so that a predictor is a list of bit positions.
 *
 *   word 0   0..31  attributes, in the order of the file      32..63 built-in bits
 *   word 1   0..31  in_stage_NAME      32..47 in_service_NAME      48..63 completed_NAME */
#ifndef PW_CHANCE_COVARIATE_H
#define PW_CHANCE_COVARIATE_H

#include <stdint.h>

enum {
    PW_MAX_ATTRIBUTES = 32,
    PW_MAX_STAGES = 32,
    PW_MAX_SERVICES = 16,
    PW_MAX_TEAMS = 8,
    PW_MAX_BITS = 128
};

/* Bit covariates: positions 0..127. */
enum pw_bit {
    PW_BIT_ATTRIBUTE_0 = 0,
    PW_BIT_SEPARATED = 32,
    PW_BIT_SEPARATED_RECENTLY,     /* within 182 days */
    PW_BIT_REPORTED_SEPARATED,     /* told social services so, in the present case */
    PW_BIT_CHILD_UNDER_1,
    PW_BIT_INJURY,                 /* of the incident at hand: any injury to an adult, severe ones included */
    PW_BIT_SEVERE_INJURY,
    PW_BIT_CHILD_PRESENT,
    PW_BIT_CHILD_INJURED,
    PW_BIT_AT_CONTACT,
    PW_BIT_OPEN_CASE,
    PW_BIT_VICTIM_ENGAGED,
    PW_BIT_PARTNER_ENGAGED,
    PW_BIT_PARTNER_REMOVED,        /* by police, for the time that the setting says */
    PW_BIT_CHILD_SPOKEN_TO,        /* by police, at the incident at hand */
    PW_BIT_CHILD_UNDER_5,          /* the youngest; kept up only where a model reads it (model.h, ages) */
    PW_BIT_CHILD_UNDER_11,
    PW_BIT_CHILD_UNDER_16,
    PW_BIT_IN_STAGE_0 = 64,
    PW_BIT_IN_SERVICE_0 = 96,
    PW_BIT_COMPLETED_0 = 112
};

/* Number covariates: 0.. */
enum pw_number {
    PW_NUMBER_PREVIOUS_NOTIFICATIONS = 0,  /* from entry on, this one not counted, capped by the file */
    PW_NUMBER_RISK_SCORE,                  /* mean 0, standard deviation 1 in the baseline's cohort */
    PW_NUMBER_CHILDREN,
    PW_NUMBER_WORKLOAD_0,                  /* workload_TEAM: shared, only in decisions and offers */
    PW_MAX_NUMBERS = PW_NUMBER_WORKLOAD_0 + PW_MAX_TEAMS
};

/* Of a mask of numbers: the teams whose workload is among them. */
static inline uint32_t pw_teams_among(uint32_t number_mask) { return number_mask >> PW_NUMBER_WORKLOAD_0; }

static inline uint64_t pw_bit_mask(int bit) { return UINT64_C(1) << (bit & 63); }
static inline int pw_bit_get(const uint64_t bits[2], int bit) { return (int)(bits[bit >> 6] >> (bit & 63) & 1); }
static inline void pw_bit_put(uint64_t bits[2], int bit, int on)
{
    bits[bit >> 6] = (bits[bit >> 6] & ~pw_bit_mask(bit)) | (uint64_t)(on != 0) << (bit & 63);
}

/* Bits that belong to an incident at hand (they say nothing between incidents): word 0. */
#define PW_INCIDENT_BITS ((UINT64_C(0x1F) << PW_BIT_INJURY) | (UINT64_C(1) << PW_BIT_CHILD_SPOKEN_TO))

#endif
