/* design_morris.c: trajectories that move one input at a time (Morris 1991). */
#include "../chance/stream.h"
#include "design.h"

enum { ORDER = 1, START = 2 };

typedef struct { int place[PW_MAX_COLUMNS]; } order_t;     /* place[column]: at which step it moves, from 0 */

static pw_stream_t stream_of(const pw_design_t *self, int64_t trajectory)
{
    return pw_stream_init(self->seed, (uint64_t)trajectory, pw_purpose_named("design", "morris"));
}

static void shuffle(pw_stream_t stream, int n, order_t *out)
{
    for (int i = 0; i < n; i++) {
        pw_block_t block = pw_stream_block(stream, (uint32_t)i, ORDER, 0, 0);
        int k = (int)(pw_uniform52(block.word[0], block.word[1]) * (i + 1));
        k = k > i ? i : k;
        out->place[i] = i;                         /* k may be i */
        out->place[i] = out->place[k];
        out->place[k] = i;
    }
}

void pw_design_morris(const pw_design_t *self, int64_t i, int64_t *trajectory, int *step, int *moved)
{
    order_t order;
    *trajectory = i / (self->n_columns + 1);
    *step = (int)(i % (self->n_columns + 1));
    *moved = -1;
    shuffle(stream_of(self, *trajectory), self->n_columns, &order);
    for (int j = 0; j < self->n_columns; j++)
        if (order.place[j] == *step - 1)
            *moved = j;
}

/* Levels are 0 .. levels - 1; a column starts in one half of them and moves by half of them into the other, up or down. */
void pw_design_morris_point(const pw_design_t *self, int64_t i, double *out)
{
    order_t order;
    int64_t trajectory = i / (self->n_columns + 1);
    int step = (int)(i % (self->n_columns + 1)), half = self->levels / 2;
    pw_stream_t stream = stream_of(self, trajectory);
    shuffle(stream, self->n_columns, &order);
    for (int j = 0; j < self->n_columns; j++) {
        pw_block_t block = pw_stream_block(stream, (uint32_t)j, START, 0, 0);
        int level = (int)(pw_uniform32(block.word[0]) * half);
        bool upwards = block.word[1] >> 31, has_moved = order.place[j] < step;
        out[j] = (double)(level + (upwards == has_moved ? half : 0)) / (self->levels - 1);
    }
}
