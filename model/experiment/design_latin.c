/* design_latin.c: Latin hypercubes: McKay, Beckman & Conover 1979; maximin by exchanges in one column, Morris & Mitchell 1995. */
#include <string.h>

#include "../base/memory.h"
#include "../chance/stream.h"
#include "design.h"

enum { PERMUTE = 1, WITHIN = 2, EXCHANGE = 3 };     /* purposes of the design's own streams */
#define MAXIMIN_WORK 1.5e8                          /* changes of a distance, at most: about a second */

static pw_stream_t stream_of(const pw_design_t *self, int column) { return pw_stream_init(self->seed, (uint64_t)column, pw_purpose_named("design", "latin")); }

/* A whole number from 0 to n - 1. */
static int64_t below(pw_block_t block, int64_t n)
{
    int64_t k = (int64_t)(pw_uniform52(block.word[0], block.word[1]) * (double)n);
    return k < n ? k : n - 1;
}

static void permute(const pw_design_t *self, int column, uint32_t *slice)
{
    pw_stream_t stream = stream_of(self, column);
    for (int64_t i = 0; i < self->n_slices; i++) {
        int64_t k = below(pw_stream_block(stream, (uint32_t)i, PERMUTE, 0, 0), i + 1);
        slice[i] = slice[k];
        slice[k] = (uint32_t)i;
    }
}

/* ---- maximin ---- */

/* (square of a distance)^-10: what phi_20 adds up. */
static double repulsion(double square)
{
    double second = square * square, fourth = second * second;
    return 1.0 / (fourth * fourth * second);
}

typedef struct {
    const pw_design_t *design;
    int64_t n;
    double *square;      /* [a][b]: square of the distance of two points, in units of the cube's edge */
} spread_t;

static double gap(const spread_t *self, const uint32_t *slice, int64_t a, int64_t b)
{
    double d = ((double)slice[a] - (double)slice[b]) / (double)self->n;
    return d * d;
}

static void measure(spread_t *self, int n_columns)
{
    for (int j = 0; j < n_columns; j++)
        for (int64_t a = 0; a < self->n; a++)
            for (int64_t b = 0; b < self->n; b++)
                self->square[a * self->n + b] += gap(self, self->design->slice + j * self->n, a, b);
}

/* What phi's sum changes by if points a and b exchange their slices in a column. */
static double change(const spread_t *self, const uint32_t *slice, int64_t a, int64_t b)
{
    double sum = 0.0;
    for (int64_t r = 0; r < self->n; r++) {
        if (r == a || r == b)
            continue;
        double from_a = self->square[a * self->n + r], from_b = self->square[b * self->n + r], move = gap(self, slice, b, r) - gap(self, slice, a, r);
        sum += repulsion(from_a + move) - repulsion(from_a) + repulsion(from_b - move) - repulsion(from_b);
    }
    return sum;
}

static void exchange(const spread_t *self, uint32_t *slice, int64_t a, int64_t b)
{
    for (int64_t r = 0; r < self->n; r++) {
        if (r == a || r == b)
            continue;
        double move = gap(self, slice, b, r) - gap(self, slice, a, r);
        self->square[a * self->n + r] = self->square[r * self->n + a] += move;
        self->square[b * self->n + r] = self->square[r * self->n + b] -= move;
    }
    uint32_t kept = slice[a];
    slice[a] = slice[b];
    slice[b] = kept;
}

static pw_status_t spread_out(pw_design_t *self, int n_columns)
{
    spread_t spread = { .design = self, .n = self->n_slices };
    spread.square = pw_alloc((size_t)(spread.n * spread.n), sizeof spread.square[0]);
    if (!spread.square)
        return PW_ERROR_MEMORY;
    measure(&spread, n_columns);
    double wanted = 30.0 * (double)spread.n * n_columns, most = MAXIMIN_WORK / (double)spread.n;
    int64_t tries = (int64_t)(wanted < most ? wanted : most);
    pw_stream_t stream = stream_of(self, n_columns);
    for (int64_t t = 0; t < tries && spread.n > 2; t++) {
        pw_block_t which = pw_stream_block(stream, (uint32_t)t, EXCHANGE, 0, 0), where = pw_stream_block(stream, (uint32_t)t, EXCHANGE, 1, 0);
        uint32_t *slice = self->slice + below(which, n_columns) * spread.n;
        int64_t a = below(where, spread.n), b = (a + 1 + below((pw_block_t){ { where.word[2], where.word[3] } }, spread.n - 1)) % spread.n;
        if (change(&spread, slice, a, b) < 0.0)
            exchange(&spread, slice, a, b);
    }
    pw_free(spread.square);
    return PW_OK;
}

/* ---- the design ---- */

pw_status_t pw_design_latin_init(pw_design_t *self, int n_columns)
{
    self->n_slices = self->base;
    self->slice = pw_alloc((size_t)self->n_slices * (size_t)n_columns, sizeof self->slice[0]);
    if (!self->slice)
        return PW_ERROR_MEMORY;
    for (int j = 0; j < n_columns; j++)
        permute(self, j, self->slice + j * self->n_slices);
    return self->maximin && self->kind == PW_DESIGN_LATIN ? spread_out(self, n_columns) : PW_OK;
}

void pw_design_latin_point(const pw_design_t *self, int n_columns, int64_t i, double *out)
{
    for (int j = 0; j < n_columns; j++) {
        uint32_t slice = self->slice[j * self->n_slices + i];
        pw_block_t block = pw_stream_block(stream_of(self, j), slice, WITHIN, 0, 0);
        out[j] = ((double)slice + pw_uniform52(block.word[0], block.word[1])) / (double)self->n_slices;
    }
}
