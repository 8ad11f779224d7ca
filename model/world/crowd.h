/* crowd.h: the families that are there now.
 *
 * What question it answers: where in memory is family number N, and where is room for one more?
 * Floor: world. A family has a slot from its entry until it has gone; then the slot is another's. So memory grows with the families that are
 * there at once, not with all that ever come, and those at work lie close together. Slots never move. */
#ifndef PW_WORLD_CROWD_H
#define PW_WORLD_CROWD_H

#include "family.h"

#define PW_NO_SLOT UINT32_MAX
enum { PW_CROWD_PART = 64 };       /* slots that are allocated together */

typedef struct {
    size_t bytes;                  /* of a slot */
    char **part;                   /* owned; each holds PW_CROWD_PART slots */
    uint32_t n_parts, room_parts;
    uint32_t n_slots;              /* slots 0 .. n_slots - 1 have been used; those free now hold a family that is `gone` */
    uint32_t free;                 /* a slot that is free, which names the next one; PW_NO_SLOT: none */
    uint32_t *slot_of;             /* owned; by family, PW_NO_SLOT: not there */
    uint32_t n_families, room_families;
} pw_crowd_t;

/* Empties it, for families 0 .. n_families - 1 of this shape; -1 without memory. Memory is kept. */
int pw_crowd_reset(pw_crowd_t *self, const pw_shape_t *shape, uint32_t n_families);
void pw_crowd_free(pw_crowd_t *self);

/* A slot for family `id`, what is in it undefined; PW_NO_SLOT without memory. */
uint32_t pw_crowd_add(pw_crowd_t *self, uint32_t id);
/* The family in the slot has gone. */
void pw_crowd_remove(pw_crowd_t *self, uint32_t slot);

size_t pw_crowd_memory(const pw_crowd_t *self);

static inline pw_family_t *pw_crowd_at(const pw_crowd_t *self, uint32_t slot)
{
    return (pw_family_t *)(void *)(self->part[slot / PW_CROWD_PART] + slot % PW_CROWD_PART * self->bytes);
}
static inline uint32_t pw_crowd_slot(const pw_crowd_t *self, uint32_t id) { return self->slot_of[id]; }

#endif
