/* catalogue.h: every measure, once.
 *
 * What question it answers: which named numbers are read off a world, in which unit, which direction is better, and what exactly does
 * each one mean? Tables, files, checks and docs/measures.md are all made from here.
 * Floor: measure.
 *
 * A definition whose name holds a word in capitals (SERVICE, QUEUE, STAGE, KIND, PAYER, MONEY, MONTHS) stands for one measure for
 * each of these in the model. */
#ifndef PW_MEASURE_CATALOGUE_H
#define PW_MEASURE_CATALOGUE_H

#include <stdio.h>

#include "statistics.h"
#include "tally.h"

enum pw_direction { PW_LOWER_IS_BETTER = -1, PW_NO_DIRECTION = 0, PW_HIGHER_IS_BETTER = 1 };

typedef struct { int block, sum; } pw_sum_t;         /* enum pw_block, and the sum's place in it */

typedef struct {
    const char *theme;         /* return, pathway, harm, ... : the heading in tables */
    const char *name, *label;  /* label: as a table calls it, short */
    const char *unit;
    int direction;             /* enum pw_direction */
    bool additive;             /* values of separate areas add up to that of all areas */
    int sums;                  /* 2: scale * n / d; 4: scale * (n / d) / (n2 / d2) */
    double scale;
    pw_sum_t sum[PW_MAX_SUMS];
    int headline;              /* > 0: shown in the printed table */
    const char *only;          /* NULL, or the only items shown there: names separated by spaces; "last"; "statutory": teams that work to a
                                * statutory limit; "changed": where a scenario differs from the baseline, clear of 0 */
    const char *definition;    /* one sentence */
} pw_definition_t;

int pw_definitions(const pw_definition_t **out);

/* A definition for one item: what a run computes. */
typedef struct {
    const pw_definition_t *definition;
    int item;
    bool by_subgroup;          /* family-based: by area and subgroup; else by area only */
    bool headline, if_changed;
    char name[2 * PW_NAME_LENGTH], label[2 * PW_NAME_LENGTH];
} pw_measure_t;

typedef struct { int n; pw_measure_t *measure; } pw_catalogue_t;

/* All measures of the roster's model, in order. */
pw_status_t pw_catalogue_fill(const pw_layout_t *layout, pw_catalogue_t *out);
void pw_catalogue_free(pw_catalogue_t *self);
int pw_catalogue_find(const pw_catalogue_t *self, const char *name);       /* -1: none */
/* The name in the catalogue that is nearest to `name`, or NULL: none is near. */
const char *pw_catalogue_nearest(const pw_catalogue_t *self, const char *name);

/* Offset of the k-th sum of a measure in a tally's vector. */
size_t pw_measure_offset(const pw_measure_t *self, const pw_layout_t *layout, int k, int area, int subgroup);

/* A price: pounds more per unit fewer, scale x (mean difference of `pounds`) / -(mean difference of `units`). Given only where the units' difference is clear
 * of 0. */
typedef struct { const char *name, *label, *unit, *pounds, *units; double scale; const char *definition; } pw_price_t;
int pw_prices(const pw_price_t **out);

const char *pw_direction_name(int direction);

/* Writes docs/measures.md. Nothing in it depends on a model. Returns PW_ERROR_WRITE if `to` has an error. */
pw_status_t pw_catalogue_document(FILE *to);

#endif
