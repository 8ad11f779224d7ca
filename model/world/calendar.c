#include "calendar.h"

#include <string.h>

#include "../base/memory.h"

int pw_calendar_reset(pw_calendar_t *self, uint32_t slots)
{
    uint32_t leaves = 2;
    while (leaves < slots)
        leaves *= 2;
    if (leaves > self->room) {
        pw_free(self->node);
        self->node = pw_aligned(2 * (size_t)leaves, sizeof *self->node);
        self->room = self->node ? leaves : 0;
        if (!self->node)
            return -1;
    }
    self->leaves = leaves;
    for (uint32_t k = 0; k < 2 * leaves; k++)
        self->node[k] = PW_CALENDAR_NEVER;
    return 0;
}

int pw_calendar_grow(pw_calendar_t *self, uint32_t slots)
{
    uint32_t leaves = self->leaves, old = leaves;
    while (leaves < slots)
        leaves *= 2;
    uint64_t *grown = pw_aligned(2 * (size_t)leaves, sizeof *grown);
    if (!grown)
        return -1;
    memcpy(grown + leaves, self->node + old, old * sizeof *grown);
    for (uint32_t k = leaves + old; k < 2 * leaves; k++)
        grown[k] = PW_CALENDAR_NEVER;
    for (uint32_t k = leaves - 1; k > 0; k--)
        grown[k] = grown[2 * k] < grown[2 * k + 1] ? grown[2 * k] : grown[2 * k + 1];
    pw_free(self->node);
    *self = (pw_calendar_t){ grown, leaves, leaves };
    return 0;
}

void pw_calendar_free(pw_calendar_t *self)
{
    pw_free(self->node);
    *self = (pw_calendar_t){ 0 };
}
