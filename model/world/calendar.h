/* calendar.h: which family's shared moment comes next?
 *
 * Floor: world. A winner tree (tournament tree; Knuth, TAOCP 3, 5.4.1) over slots: every leaf's key can be changed in place, the smallest key is
 * at the root. A key packs ticks (38 bits), kind (4) and the name of who has it (22: a family's number), so ties go by (time, kind, name) and
 * never by address or slot. No idea what a family is. */
#ifndef PW_WORLD_CALENDAR_H
#define PW_WORLD_CALENDAR_H

#include <stdint.h>

typedef struct {
    uint64_t *node;          /* [1 .. 2 * leaves): node[1] is the winner */
    uint32_t leaves;         /* a power of two */
    uint32_t room;
} pw_calendar_t;

enum { PW_CALENDAR_NAME_BITS = 22 };
#define PW_CALENDAR_NEVER UINT64_MAX

/* Empties the calendar for `slots` slots; -1 without memory. */
int pw_calendar_reset(pw_calendar_t *self, uint32_t slots);
void pw_calendar_free(pw_calendar_t *self);
/* Makes room for slots 0 .. slots - 1, keeping what is there; -1 without memory. */
int pw_calendar_grow(pw_calendar_t *self, uint32_t slots);
static inline int pw_calendar_need(pw_calendar_t *self, uint32_t slots) { return slots <= self->leaves ? 0 : pw_calendar_grow(self, slots); }

/* `key` is (ticks << 4 | kind) as in family.h, or PW_CALENDAR_NEVER. */
static inline void pw_calendar_put(pw_calendar_t *self, uint32_t slot, uint64_t key, uint32_t name)
{
    uint64_t *node = self->node;
    uint32_t at = self->leaves + slot;
    uint64_t packed = key == PW_CALENDAR_NEVER ? key : key << PW_CALENDAR_NAME_BITS | name;
    if (node[at] == packed)
        return;
    node[at] = packed;
    for (; at > 1; at >>= 1) {
        uint64_t other = node[at ^ 1];
        packed = packed < other ? packed : other;
        node[at >> 1] = packed;
    }
}
/* The slot is its name. */
static inline void pw_calendar_set(pw_calendar_t *self, uint32_t slot, uint64_t key) { pw_calendar_put(self, slot, key, slot); }
static inline uint64_t pw_calendar_key(const pw_calendar_t *self)
{
    return self->node[1] == PW_CALENDAR_NEVER ? PW_CALENDAR_NEVER : self->node[1] >> PW_CALENDAR_NAME_BITS;
}
/* The winner's name. */
static inline uint32_t pw_calendar_name(const pw_calendar_t *self) { return (uint32_t)(self->node[1] & ((1u << PW_CALENDAR_NAME_BITS) - 1)); }

#endif
