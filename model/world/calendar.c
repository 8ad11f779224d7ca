#include "calendar.h"

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

void pw_calendar_free(pw_calendar_t *self)
{
    pw_free(self->node);
    *self = (pw_calendar_t){ 0 };
}
