/* pairs.h: every two scenarios of a run, compared in the same worlds.
 *
 * What question it answers: is policy A better than policy B, or can this run not tell, and is that for want of worlds or of evidence?
 * Floor: measure.
 *
 * The ledger keeps every scenario's difference from the baseline; of two policies only the worlds themselves tell how much of their difference is noise, for
 * both share their families' luck. Kept for the measures that a ranking is about: headlines for which a direction is better, all areas, all families. */
#ifndef PW_MEASURE_PAIRS_H
#define PW_MEASURE_PAIRS_H

#include "ledger.h"

typedef struct {
    const pw_layout_t *layout;
    const pw_catalogue_t *catalogue;
    int n_scenarios, n_measures, n_pairs;
    int *measure;                      /* in the catalogue */
    pw_estimator_t *estimator;         /* [measure][pair] */
    double *moments;
} pw_pairs_t;

/* layout and catalogue must outlive it. Starts zeroed; free it in every case. */
pw_status_t pw_pairs_init(pw_pairs_t *self, const pw_layout_t *layout, const pw_catalogue_t *catalogue);
/* In (draw, replication) order, by one thread. */
pw_status_t pw_pairs_add(pw_pairs_t *self, const pw_worlds_t *worlds);
void pw_pairs_free(pw_pairs_t *self);

/* `scenario` less `other` (a lower number) in the m-th measure. `room` holds as many numbers as the ledger has draws. */
pw_summary_t pw_pairs_summary(const pw_pairs_t *self, const pw_ledger_t *ledger, int m, int scenario, int other, double *room);

#endif
