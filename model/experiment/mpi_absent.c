/* mpi_absent.c: in the place of mpi_source.c when the program is built without MPI. See unit_source.h. */
#include <stdio.h>

#include "unit_source.h"

pw_status_t pw_mpi_begin(int64_t *rank, int64_t *ranks, char *message, size_t room)
{
    *rank = 0;
    *ranks = 1;
    snprintf(message, room, "this program was built without MPI: build it with make MPI=1, or leave --mpi out (--shard auto shares the work "
             "between ranks without it)");
    return PW_ERROR_USAGE;
}

pw_status_t pw_mpi_source(const pw_unit_source_t *list, pw_unit_source_t *out)
{
    *out = *list;
    return PW_OK;
}

void pw_mpi_end(void) {}

const char *pw_mpi_library(char *out, size_t room)
{
    snprintf(out, room, "none");
    return out;
}
