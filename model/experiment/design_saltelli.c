/* design_saltelli.c: A, B and the matrices between them (Saltelli et al. 2010), one base point after the other. */
#include "../chance/stream.h"
#include "design.h"

void pw_design_saltelli(const pw_design_t *self, int64_t i, int64_t *base, int *block)
{
    *base = i / (self->n_columns + 2);
    *block = (int)(i % (self->n_columns + 2));
}

static void random_point(const pw_design_t *self, int n_columns, int64_t i, double *out)
{
    pw_stream_t stream = pw_stream_init(self->seed, (uint64_t)i, pw_purpose_named("design", "random"));
    for (int j = 0; j < n_columns; j++) {
        pw_block_t block = pw_stream_block(stream, (uint32_t)j, 1, 0, 0);
        out[j] = pw_uniform52(block.word[0], block.word[1]);
    }
}

/* The first half of a point of 2 k columns is A's row, the second B's; AB_j is A's row with column j of B's. */
void pw_design_saltelli_point(const pw_design_t *self, int64_t i, double *out)
{
    double both[2 * PW_MAX_COLUMNS] = { 0 };
    int64_t base;
    int block, n = self->n_columns;
    pw_design_saltelli(self, i, &base, &block);
    if (self->sample == PW_SAMPLE_SOBOL)
        pw_design_sobol_point(self, 2 * n, base, both);
    else if (self->sample == PW_SAMPLE_LATIN)
        pw_design_latin_point(self, 2 * n, base, both);
    else
        random_point(self, 2 * n, base, both);
    for (int j = 0; j < n; j++)
        out[j] = both[j + (block == n + 1 || block == j + 1 ? n : 0)];
}
