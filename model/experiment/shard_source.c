/* shard_source.c: see unit_source.h. */
#include "unit_source.h"

static pw_unit_answer_t next(void *context, int64_t *unit)
{
    pw_shard_source_t *self = context;
    for (; self->at < self->units; self->at += self->shards) {
        if (self->skip && self->skip(self->context, self->at))
            continue;
        int64_t point = self->at / self->blocks;
        if (self->most_points > 0 && point != self->point && self->points == self->most_points) {
            self->held_back = true;
            return PW_UNIT_NONE;
        }
        self->points += point != self->point;
        self->point = point;
        *unit = self->at;
        self->at += self->shards;
        return PW_UNIT_GIVEN;
    }
    return PW_UNIT_NONE;
}

void pw_shard_source_init(pw_shard_source_t *self, pw_unit_source_t *out)
{
    self->at = self->shard;
    self->points = 0;
    self->point = -1;
    self->held_back = false;
    *out = (pw_unit_source_t){ .self = self, .next = next };
}

int64_t pw_shard_source_count(const pw_shard_source_t *self)
{
    int64_t n = 0;
    for (int64_t unit = self->at; unit < self->units; unit += self->shards)
        n += !(self->skip && self->skip(self->context, unit));
    return n;
}
