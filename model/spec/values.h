/* values.h: one number for every estimate: a parameter set.
 *
 * What question it answers: what is the value of this estimate, in this area, in draw d?
 * Floor: spec. Estimates are fitted once (evidence.c); a draw's value is keyed by (seed, draw, name), so that adding an estimate
 * leaves all others as they were, and two settings that name one estimate share its draw. */
#ifndef PW_SPEC_VALUES_H
#define PW_SPEC_VALUES_H

#include <stdint.h>

#include "../base/error.h"
#include "evidence.h"

/* drawn[estimate]: the estimate's own value as the register gives it. value[estimate][area]: the same in each area, pounds in those of the
 * run's price year. Both in the file's units (percent 0..100, per year, days, pounds, places). */
typedef struct {
    int n, n_areas;
    double *drawn, *value;
} pw_values_t;

/* Central values: every estimate at its `value`. */
pw_status_t pw_values_central(const pw_evidence_t *evidence, int n_areas, pw_values_t *out);
/* Draw number `draw` of `seed`. Quantiles by GSL, rounded to 12 significant digits. */
pw_status_t pw_values_draw(const pw_evidence_t *evidence, int n_areas, uint64_t seed, uint64_t draw, pw_values_t *out);
/* Sets one estimate (its own value, in the file's units and price year), and so what it is in every area. */
void pw_values_put(pw_values_t *self, const pw_evidence_t *evidence, int estimate, double drawn);
double pw_values_get(const pw_values_t *self, int estimate, int area);
void pw_values_free(pw_values_t *self);

#endif
