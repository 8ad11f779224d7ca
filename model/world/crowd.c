#include "crowd.h"

#include "../base/memory.h"

static void free_parts(pw_crowd_t *self)
{
    for (uint32_t k = 0; k < self->n_parts; k++)
        pw_free(self->part[k]);
    self->n_parts = 0;
}

int pw_crowd_reset(pw_crowd_t *self, const pw_shape_t *shape, uint32_t n_families)
{
    if (self->bytes != shape->bytes)
        free_parts(self);
    self->bytes = shape->bytes;
    self->n_slots = 0;
    self->free = PW_NO_SLOT;
    if (n_families > self->room_families) {
        uint32_t *grown = pw_realloc(self->slot_of, n_families, sizeof *grown);
        if (!grown)
            return -1;
        self->slot_of = grown;
        self->room_families = n_families;
    }
    self->n_families = n_families;
    for (uint32_t k = 0; k < n_families; k++)
        self->slot_of[k] = PW_NO_SLOT;
    return 0;
}

void pw_crowd_free(pw_crowd_t *self)
{
    free_parts(self);
    pw_free(self->part);
    pw_free(self->slot_of);
    *self = (pw_crowd_t){ 0 };
}

static int add_part(pw_crowd_t *self)
{
    if (self->n_parts == self->room_parts) {
        uint32_t room = 2 * self->room_parts + 8;
        char **grown = pw_realloc(self->part, room, sizeof *grown);
        if (!grown)
            return -1;
        self->part = grown;
        self->room_parts = room;
    }
    self->part[self->n_parts] = pw_aligned(PW_CROWD_PART, self->bytes);
    if (!self->part[self->n_parts])
        return -1;
    self->n_parts++;
    return 0;
}

uint32_t pw_crowd_add(pw_crowd_t *self, uint32_t id)
{
    uint32_t slot = self->free;
    if (slot != PW_NO_SLOT) {
        self->free = (uint32_t)pw_crowd_at(self, slot)->record;
    } else {
        if (self->n_slots == self->n_parts * PW_CROWD_PART && add_part(self))
            return PW_NO_SLOT;
        slot = self->n_slots++;
    }
    self->slot_of[id] = slot;
    return slot;
}

void pw_crowd_remove(pw_crowd_t *self, uint32_t slot)
{
    pw_family_t *f = pw_crowd_at(self, slot);
    if (self->slot_of[f->id] != slot)
        return;                    /* it has been removed */
    self->slot_of[f->id] = PW_NO_SLOT;
    f->gone = true;
    f->record = (int32_t)self->free;
    self->free = slot;
}

size_t pw_crowd_memory(const pw_crowd_t *self)
{
    return self->n_parts * PW_CROWD_PART * self->bytes + self->room_parts * sizeof *self->part + self->room_families * sizeof *self->slot_of;
}
