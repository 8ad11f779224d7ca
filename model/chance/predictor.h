/* predictor.h: a chance, a rate or a weight that depends on covariates.
 *
 * What question it answers: how likely is it for this family, now?
 *   probability: odds(base) * prod ratio_j ^ (x_j - c_j)
 *   rate:        base       * prod ratio_j ^ (x_j - c_j)         (per day)
 *   weight:      base       * prod ratio_j ^ (x_j - c_j)         (of one exit of a choice)
 * c_j is the covariate's average in the baseline, so that the base reads as the average and a ratio
 * only says who gets more of it. Multinomial logit for choices: McFadden 1974.
 * Floor: chance. Never fails: the files were checked upstairs.
 *
 * A predictor over at most PW_TABLE_BITS bit covariates and no number is tabled when it is finished:
 * evaluation is then a look-up. Otherwise the log ratios are summed (those of the bits may be tabled) and one exp is
 * taken; all ways give the value that the same sum in the same order gives. */
#ifndef PW_CHANCE_PREDICTOR_H
#define PW_CHANCE_PREDICTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "../chance/covariate.h"

enum { PW_MAX_TERMS = 16, PW_TABLE_BITS = 5 };
enum pw_predictor_kind { PW_PROBABILITY = 0, PW_RATE, PW_WEIGHT };

typedef struct {
    uint8_t kind;
    uint8_t n_bits, n_numbers;
    bool tabled, begun;
    bool constant;                     /* no terms: the value is table[0] */
    uint8_t bit[PW_MAX_TERMS];
    uint8_t number[PW_MAX_TERMS];
    uint64_t mask[2];                  /* the bits it reads */
    uint32_t number_mask;              /* the numbers it reads */
    double base;                       /* log odds, or log; centres folded in */
    double bit_log_ratio[PW_MAX_TERMS];
    double number_log_ratio[PW_MAX_TERMS];
    double table[1 << PW_TABLE_BITS];  /* the value by its bits; if it reads numbers too (`begun`), the sum that they are added to */
} pw_predictor_t;

/* Starts a predictor: `base` is a probability in [0, 1], a rate per day >= 0 or a weight >= 0.
 * A base of 0 stays 0 and (for a probability) 1 stays 1 whatever the covariates. */
void pw_predictor_init(pw_predictor_t *self, int kind, double base);

/* Adds ratio^(x - centre) for a bit or a number covariate; ratio > 0. False when full. A ratio of exactly 1
 * is not stored. */
bool pw_predictor_add_bit(pw_predictor_t *self, int bit, double ratio, double centre);
bool pw_predictor_add_number(pw_predictor_t *self, int number, double ratio, double centre);

/* Ends the making: tables the value where it can. Must be called before pw_predictor_value. */
void pw_predictor_finish(pw_predictor_t *self);

/* True when it reads some team's workload (a shared quantity). */
bool pw_predictor_reads_shared(const pw_predictor_t *self);

/* The slow way, for predictors that are not tabled (inline part below). */
double pw_predictor_sum(const pw_predictor_t *self, const uint64_t bits[2], const double *numbers);

/* Where the present bits are in the table. */
static inline unsigned pw_predictor_place(const pw_predictor_t *self, const uint64_t bits[2])
{
    unsigned at = 0;
    for (unsigned j = 0; j < self->n_bits; j++)
        at |= (unsigned)pw_bit_get(bits, self->bit[j]) << j;
    return at;
}

/* The value. `numbers` may be NULL if the predictor reads none. */
static inline double pw_predictor_value(const pw_predictor_t *self, const uint64_t bits[2], const double *numbers)
{
    if (self->tabled)
        return self->table[pw_predictor_place(self, bits)];
    return pw_predictor_sum(self, bits, numbers);
}

/* p * r odds: the probability p with its odds multiplied by `odds_ratio` > 0. */
static inline double pw_scale_odds(double p, double odds_ratio) { return p * odds_ratio / (1.0 - p + p * odds_ratio); }

#endif
