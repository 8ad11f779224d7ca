/* farm.h: threads that work off units until there are none, or until they are told to stop.
 *
 * What question it answers: who computes what, and when is it time to stop?
 * Floor: experiment. POSIX threads, no OpenMP: the thread that calls does not compute. It asks the source for units, keeps a few in store, looks at the clock
 * and at the stop flag, and tells how far things are; so a signal is obeyed, and another rank answered, within milliseconds however long a unit takes. What a
 * unit is, and where its results go, is the caller's. Which thread takes which unit is chance and leaves no trace. */
#ifndef PW_EXPERIMENT_FARM_H
#define PW_EXPERIMENT_FARM_H

#include <signal.h>

#include "../base/progress.h"
#include "unit_source.h"

typedef struct {
    int threads;
    pw_unit_source_t source;
    const volatile sig_atomic_t *asked;          /* not 0: stop; may be NULL */
    double max_seconds;                          /* 0: no limit */
    pw_progress_t *progress;                     /* may be NULL; begun by the caller, in units */
    void *context;
    /* Makes and frees what a thread needs; NULL from `begin` is no memory. Called in the thread itself. */
    void *(*begin)(void *context);
    void (*end)(void *context, void *worker);
    /* Does a unit. Looks at *stop now and then and returns PW_ERROR_STOPPED if it is set. Another error ends the farm. */
    pw_status_t (*work)(void *context, void *worker, int64_t unit, const volatile sig_atomic_t *stop);
} pw_farm_t;

typedef struct {
    int64_t done;                /* units */
    bool stopped;                /* asked to, or out of time: the source had more */
    bool out_of_time;
    double seconds, working;     /* from begin to end; in `work`, summed over threads */
} pw_farm_result_t;

/* PW_OK (all that the source gave is done, or stopped: see result), PW_ERROR_MEMORY, or the first error of `work`. */
pw_status_t pw_farm_run(const pw_farm_t *self, pw_farm_result_t *result);

#endif
