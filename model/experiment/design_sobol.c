/* design_sobol.c: Sobol's sequence with the GSL's direction numbers, scrambled as Owen (1995) does. */
#include <gsl/gsl_qrng.h>

#include "../base/memory.h"
#include "../chance/stream.h"
#include "design.h"

enum { BITS = 30, SCRAMBLE = 1, BELOW = 2 };        /* the GSL's points have 30 bits */

/* The GSL hands points out in the order of Gray's code (Antonov & Saleev 1979), from the second on: its call 2^b gives v_b xor v_(b-1), where
 * v_b are the direction numbers. So the first 2^(n - 1) calls tell n of them. */
static void take_directions(gsl_qrng *sequence, int n_columns, int64_t n_points, uint32_t *direction)
{
    double x[PW_SOBOL_COLUMNS];
    int64_t calls = 0;
    for (int b = 0; b < BITS && (INT64_C(1) << b) <= n_points; b++) {
        for (; calls < INT64_C(1) << b; calls++)
            gsl_qrng_get(sequence, x);
        for (int j = 0; j < n_columns; j++)
            direction[j * BITS + b] = (uint32_t)(x[j] * 0x1p30) ^ (b ? direction[j * BITS + b - 1] : 0);
    }
}

pw_status_t pw_design_sobol_init(pw_design_t *self, int n_columns)
{
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)n_columns);
    self->direction = pw_alloc((size_t)n_columns * BITS, sizeof self->direction[0]);
    if (sequence && self->direction)
        take_directions(sequence, n_columns, self->base, self->direction);
    gsl_qrng_free(sequence);
    return sequence && self->direction ? PW_OK : PW_ERROR_MEMORY;
}

/* Each bit is flipped or not by a coin that belongs to the bits above it: a random automorphism of the binary tree over [0, 1). What lies below
 * the last bit is uniform. */
static double scramble(pw_stream_t stream, int column, uint32_t x)
{
    uint32_t y = 0;
    for (int b = 0; b < BITS; b++) {
        uint32_t above = x >> (BITS - b), bit = x >> (BITS - 1 - b) & 1u;
        y = y << 1 | (bit ^ (pw_stream_block(stream, (uint32_t)column, SCRAMBLE, above, (uint32_t)b).word[0] >> 31));
    }
    pw_block_t below = pw_stream_block(stream, (uint32_t)column, BELOW, x, 0);
    return ((double)y + ((double)(below.word[0] >> 11) + 0.5) * 0x1p-21) * 0x1p-30;      /* 52 bits: exact */
}

void pw_design_sobol_point(const pw_design_t *self, int n_columns, int64_t i, double *out)
{
    pw_stream_t stream = pw_stream_init(self->seed, 0, pw_purpose_named("design", "sobol"));
    uint64_t gray = (uint64_t)i ^ (uint64_t)i >> 1;
    for (int j = 0; j < n_columns; j++) {
        uint32_t x = 0;
        for (int b = 0; b < BITS; b++)
            x ^= gray >> b & 1u ? self->direction[j * BITS + b] : 0;
        out[j] = scramble(stream, j, x);
    }
}
