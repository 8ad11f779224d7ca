/* sweep_state.h: how far a sweep is.
 *
 * What question it answers: what is done, what is missing, what failed, and which shards are to be sent off again?
 * Floor: experiment. */
#ifndef PW_EXPERIMENT_SWEEP_STATE_H
#define PW_EXPERIMENT_SWEEP_STATE_H

#include "stock.h"

typedef struct {
    int64_t units, done, missing;          /* missing: neither done nor failed */
    int64_t points, whole;                 /* points; those with all their units */
    int64_t failed_units, failed_points;
    int64_t shards;                        /* how the sweep was cut: as asked, else as most parts' names say, else 1 */
    int64_t shards_done;                   /* with no unit missing */
    char *again;                           /* "3,7-9": the shards with missing units, as --array takes them; owned; "" if none */
} pw_sweep_state_t;

/* `shards`: 0: as the parts' names say. PW_OK or PW_ERROR_MEMORY. Free it in every case. */
pw_status_t pw_sweep_state(pw_sweep_state_t *self, const pw_stock_t *stock, int64_t shards);
void pw_sweep_state_free(pw_sweep_state_t *self);

#endif
