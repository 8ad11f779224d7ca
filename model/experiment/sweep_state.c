/* sweep_state.c: see sweep_state.h. */
#include "sweep_state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The number of shards that most parts were made with; of equals the largest. */
static pw_status_t shards_of_parts(const pw_stock_t *stock, int64_t *shards)
{
    int64_t *of = pw_alloc((size_t)stock->n_parts, sizeof *of), n = 0, best = 0, run = 0;
    if (!of)
        return PW_ERROR_MEMORY;
    for (int64_t i = 0; i < stock->n_parts; i++) {
        int64_t shard;
        n += pw_part_shard(stock->part[i], &shard, &of[n]) && of[n] > 0;
    }
    qsort(of, (size_t)n, sizeof *of, compare);
    *shards = 1;
    for (int64_t i = 0; i < n; i++) {
        run = i > 0 && of[i] == of[i - 1] ? run + 1 : 1;
        if (run >= best) {
            best = run;
            *shards = of[i];
        }
    }
    pw_free(of);
    return PW_OK;
}

static void add_range(pw_text_t *to, int64_t first, int64_t last)
{
    pw_text_printf(to, "%s%" PRId64, to->n > 0 ? "," : "", first);
    if (last > first)
        pw_text_printf(to, "%c%" PRId64, last > first + 1 ? '-' : ',', last);
}

static pw_status_t list_shards(pw_sweep_state_t *self, const bool *lacks)
{
    pw_text_t text = { 0 };
    for (int64_t shard = 0; shard < self->shards; shard++) {
        int64_t first = shard;
        if (!lacks[shard]) {
            self->shards_done++;
            continue;
        }
        while (shard + 1 < self->shards && lacks[shard + 1])
            shard++;
        add_range(&text, first, shard);
    }
    self->again = pw_text_take(&text);
    return self->again ? PW_OK : PW_ERROR_MEMORY;
}

/* Goes over all units once; failures are in the order of their units. */
static void count(pw_sweep_state_t *self, const pw_stock_t *stock, bool *lacks)
{
    int64_t failure = 0, last_failed = -1, blocks = stock->units->blocks, here = 0;
    for (int64_t unit = 0; unit < self->units; unit++) {
        bool has = pw_stock_has(stock, unit), failed = failure < stock->n_failed && stock->failed[failure].unit == unit;
        here = unit % blocks == 0 ? has : here + has;
        self->whole += unit % blocks == blocks - 1 && here == blocks;
        if (failed) {
            self->failed_points += unit / blocks != last_failed;
            last_failed = unit / blocks;
            failure++;
        } else if (!has) {
            self->missing++;
            lacks[unit % self->shards] = true;
        }
    }
}

pw_status_t pw_sweep_state(pw_sweep_state_t *self, const pw_stock_t *stock, int64_t shards)
{
    *self = (pw_sweep_state_t){ .units = stock->units->points * stock->units->blocks, .done = stock->done, .points = stock->units->points,
                                .failed_units = stock->n_failed, .shards = shards };
    pw_status_t status = shards > 0 ? PW_OK : shards_of_parts(stock, &self->shards);
    bool *lacks = status == PW_OK ? pw_alloc((size_t)self->shards, sizeof *lacks) : NULL;
    if (!lacks)
        return PW_ERROR_MEMORY;
    count(self, stock, lacks);
    status = list_shards(self, lacks);
    pw_free(lacks);
    return status;
}

void pw_sweep_state_free(pw_sweep_state_t *self)
{
    pw_free(self->again);
    *self = (pw_sweep_state_t){ 0 };
}
