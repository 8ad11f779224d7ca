/* mpi_source.c: ranks of MPI that share one list of units; see unit_source.h. The only file that knows MPI; compiled with `make MPI=1`, by OpenMPI or MPICH.
 * MPI is the process's own, so its state is here, once. */
#include <mpi.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/memory.h"
#include "unit_source.h"

enum { ASK = 1, ANSWER = 2, LEAVE = 3, PAUSE_MICROSECONDS = 2000 };

typedef struct {
    pw_unit_source_t list;              /* of rank 0 */
    int rank, ranks;
    int gone;                           /* rank 0: how many others need nothing more */
    bool closed, finished;              /* rank 0: no more units; others: told so. The source has come to its end */
    bool asking;                        /* others: an answer is due */
    int64_t question, answer;
    MPI_Request asked, answered;
} mpi_t;

static mpi_t *state;

pw_status_t pw_mpi_begin(int64_t *rank, int64_t *ranks, char *message, size_t room)
{
    int provided = MPI_THREAD_SINGLE;
    state = pw_alloc(1, sizeof *state);
    if (!state)
        return PW_ERROR_MEMORY;
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS || provided < MPI_THREAD_FUNNELED) {
        snprintf(message, room, "this MPI does not allow threads beside the one that calls it");
        return PW_ERROR_USAGE;
    }
    MPI_Comm_rank(MPI_COMM_WORLD, &state->rank);
    MPI_Comm_size(MPI_COMM_WORLD, &state->ranks);
    *rank = state->rank;
    *ranks = state->ranks;
    return PW_OK;
}

/* ---- rank 0 ---- */

static pw_unit_answer_t next_of_list(void *context, int64_t *unit)
{
    mpi_t *self = context;
    pw_unit_answer_t answer = self->closed ? PW_UNIT_NONE : self->list.next(self->list.self, unit);
    self->closed = self->closed || answer == PW_UNIT_NONE;
    return answer;
}

/* Answers everybody who has asked by now: a unit, or -1: there is none. */
static void serve_others(void *context)
{
    mpi_t *self = context;
    for (;;) {
        int there = 0;
        int64_t number = 0, unit = -1;
        MPI_Status from;
        MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &from);
        if (!there)
            return;
        MPI_Recv(&number, 1, MPI_INT64_T, from.MPI_SOURCE, from.MPI_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        if (from.MPI_TAG == ASK) {
            if (next_of_list(self, &unit) != PW_UNIT_GIVEN)
                unit = -1;
            MPI_Send(&unit, 1, MPI_INT64_T, from.MPI_SOURCE, ANSWER, MPI_COMM_WORLD);
        }
        self->gone += from.MPI_TAG == LEAVE || unit < 0;
    }
}

static void wait_for_others(void *context, bool stopped)
{
    mpi_t *self = context;
    self->closed = self->closed || stopped;
    self->finished = true;
    while (self->gone < self->ranks - 1) {
        serve_others(self);
        usleep(PAUSE_MICROSECONDS);
    }
}

/* ---- the others ---- */

static void ask(mpi_t *self)
{
    self->question = self->rank;
    MPI_Irecv(&self->answer, 1, MPI_INT64_T, 0, ANSWER, MPI_COMM_WORLD, &self->answered);
    MPI_Isend(&self->question, 1, MPI_INT64_T, 0, ASK, MPI_COMM_WORLD, &self->asked);
    self->asking = true;
}

/* Whether the answer is there. */
static bool has_answer(mpi_t *self)
{
    int there = 0;
    MPI_Test(&self->answered, &there, MPI_STATUS_IGNORE);
    if (!there)
        return false;
    MPI_Wait(&self->asked, MPI_STATUS_IGNORE);      /* it was received: this does not wait */
    self->asking = false;
    self->closed = self->answer < 0;
    return true;
}

static pw_unit_answer_t next_of_rank_0(void *context, int64_t *unit)
{
    mpi_t *self = context;
    if (self->closed)
        return PW_UNIT_NONE;
    if (!self->asking)
        ask(self);
    if (!has_answer(self))
        return PW_UNIT_LATER;
    *unit = self->answer;
    return self->closed ? PW_UNIT_NONE : PW_UNIT_GIVEN;
}

static void serve_nobody(void *context) { (void)context; }

/* Says that nothing more is wanted, unless rank 0 has said so first. A unit that comes now is left for another run. */
static void leave(void *context, bool stopped)
{
    mpi_t *self = context;
    (void)stopped;
    while (self->asking && !has_answer(self))
        usleep(PAUSE_MICROSECONDS);
    if (!self->closed)
        MPI_Send(&self->question, 1, MPI_INT64_T, 0, LEAVE, MPI_COMM_WORLD);
    self->closed = self->finished = true;
}

pw_status_t pw_mpi_source(const pw_unit_source_t *list, pw_unit_source_t *out)
{
    if (!state)
        return PW_ERROR_MEMORY;
    if (state->rank == 0)
        state->list = *list;
    *out = state->rank == 0 ? (pw_unit_source_t){ .self = state, .next = next_of_list, .serve = serve_others, .finish = wait_for_others }
                            : (pw_unit_source_t){ .self = state, .next = next_of_rank_0, .serve = serve_nobody, .finish = leave };
    return PW_OK;
}

void pw_mpi_end(void)
{
    int begun = 0, there = 0;
    MPI_Request all;
    MPI_Initialized(&begun);
    if (begun && state && !state->finished) {      /* something failed before there was anything to share */
        if (state->rank == 0)
            wait_for_others(state, true);
        else
            leave(state, true);
    }
    if (begun) {
        MPI_Ibarrier(MPI_COMM_WORLD, &all);      /* MPI_Finalize waits at full speed: better here */
        for (MPI_Test(&all, &there, MPI_STATUS_IGNORE); !there; MPI_Test(&all, &there, MPI_STATUS_IGNORE))
            usleep(PAUSE_MICROSECONDS);
        MPI_Finalize();
    }
    pw_free(state);
    state = NULL;
}

const char *pw_mpi_library(char *out, size_t room)
{
    char version[MPI_MAX_LIBRARY_VERSION_STRING];
    int n = 0;
    MPI_Get_library_version(version, &n);
    version[strcspn(version, ",\n")] = '\0';
    snprintf(out, room, "%s", version);
    return out;
}
