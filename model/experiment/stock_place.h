/* stock_place.h: where a record stands, in 64 bits; for stock.c and stock_fetch.c.
 * Floor: experiment. 24 bits of part + 1, so that 0 is nowhere, and 40 bits of offset: parts of up to 1 TiB. */
#ifndef PW_EXPERIMENT_STOCK_PLACE_H
#define PW_EXPERIMENT_STOCK_PLACE_H

#include <stdint.h>

enum { PW_STOCK_PARTS = (1 << 24) - 2, PW_PLACE_BITS = 40 };

static inline uint64_t pw_stock_place(int64_t part, int64_t offset) { return ((uint64_t)part + 1) << PW_PLACE_BITS | (uint64_t)offset; }
static inline int64_t pw_stock_part(uint64_t place) { return (int64_t)(place >> PW_PLACE_BITS) - 1; }
static inline int64_t pw_stock_offset(uint64_t place) { return (int64_t)(place & ((UINT64_C(1) << PW_PLACE_BITS) - 1)); }

#endif
