/* unit_source.h: which unit is next?
 *
 * What question it answers: what is this process to compute now?
 * Floor: experiment. An interface with two makers: a shard's own list (shard_source.c), and ranks of MPI that share a list (mpi_source.c, compiled with `make
 * MPI=1`; else mpi_absent.c says that it is not there). All calls come from one thread, the one that began. */
#ifndef PW_EXPERIMENT_UNIT_SOURCE_H
#define PW_EXPERIMENT_UNIT_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/error.h"

typedef enum { PW_UNIT_GIVEN, PW_UNIT_LATER /* ask again in a moment */, PW_UNIT_NONE /* and never again */ } pw_unit_answer_t;

typedef struct pw_unit_source {
    void *self;
    pw_unit_answer_t (*next)(void *self, int64_t *unit);
    /* Called every few milliseconds while there is work: whoever hands out units to others does so here. May be NULL. */
    void (*serve)(void *self);
    /* No more units are wanted here (all done, or stopped). Returns when nobody else needs this process. May be NULL. */
    void (*finish)(void *self, bool stopped);
} pw_unit_source_t;

/* ---- a shard's own units ---- */

/* Units shard, shard + shards, shard + 2 shards ... of `units`, without those that `skip` says are there. At most `most_points` different points (0: all). */
typedef struct {
    int64_t units, blocks, shard, shards, at;
    bool (*skip)(void *context, int64_t unit);
    void *context;
    int64_t most_points, points, point;      /* points begun; the last one */
    bool held_back;                          /* most_points kept some unit from being given */
} pw_shard_source_t;

void pw_shard_source_init(pw_shard_source_t *self, pw_unit_source_t *out);
/* How many units it will give from now on, most_points aside. */
int64_t pw_shard_source_count(const pw_shard_source_t *self);

/* ---- ranks of MPI that share one list; rank 0 hands out ----
 *
 * No result goes from rank to rank: each writes a part of its own, so a death costs what the dead rank had in hand. Messages are one number each: "give me a
 * unit" and its number. Nothing waits inside MPI, where waiting burns a processor: all is asked and looked at again some milliseconds later. An error of MPI
 * ends the program; what is done is on the disk. */

/* Starts MPI, for calls from this thread only (MPI_THREAD_FUNNELED). PW_ERROR_USAGE with a sentence if the program was built without. */
pw_status_t pw_mpi_begin(int64_t *rank, int64_t *ranks, char *message, size_t room);
/* Rank 0 gives out what `list` gives; the others ask it and leave their `list` alone, which may be NULL there. PW_ERROR_MEMORY. */
pw_status_t pw_mpi_source(const pw_unit_source_t *list, pw_unit_source_t *out);
/* Ends MPI and frees all, when every rank has come to its end; does nothing if it was not begun. */
void pw_mpi_end(void);
/* Which MPI this is: "Open MPI v4.1.4", one line; "none". */
const char *pw_mpi_library(char *out, size_t room);

#endif
