/* floor.c: the tree loop. What makes it fast, each step measured:
 * - the calendar is a winner tree of packed keys (time, flag, family) in 16 KB: replacing a leaf is ten minima, no branch;
 * - a family's next key is ready before it is needed, so that the draws are off the path from one event to the next;
 * - gaps are made eight at a time in SIMD lanes and kept as tick counts already shifted into the key's place. */
#include "floor.h"

#include <assert.h>
#include <string.h>
#include <time.h>

#include "../model/chance/stream.h"

/* A key: 44 bits of time in ticks of 2^-20 day, the flag "for the team", 19 bits that name a leaf. */
enum { LEAVES = 1024, AHEAD = 8, WHO_BITS = 20, QUEUE = 1 << 14 };
#define WHO_MASK UINT64_C(0x7FFFF)
#define TEAM_FLAG UINT64_C(0x80000)
#define NEVER UINT64_MAX
#define TICKS_PER_DAY 0x1p20
#define LONGEST_GAP 0x1p42   /* 11,000 years: two of them still fit the key */

typedef struct {
    uint64_t node[2 * LEAVES];                    /* node[1] is the winner; leaf i is node[LEAVES + i] */
    uint64_t next[PW_FLOOR_FAMILIES];             /* each family's key after the one in the tree */
    uint64_t gap[PW_FLOOR_FAMILIES][AHEAD];
    uint32_t made[PW_FLOOR_FAMILIES];             /* gaps handed out */
    double mean_ticks[PW_FLOOR_FAMILIES];         /* between incidents */
    pw_stream_t stream;
    uint32_t team_below;                          /* a 32-bit word below it: for the team */
    struct { uint64_t joined; uint32_t family, occurrence; } queue[QUEUE];
    uint32_t head, tail;                          /* of the queue, counted on for ever */
    uint32_t free_places;                         /* mask */
} tree_t;

enum { PURPOSE_FRAILTY = 1, PURPOSE_INCIDENT, PURPOSE_WORK };

pw_floor_setting_t pw_floor_toy(void)
{
    return (pw_floor_setting_t){ 4.0, 0.05, 5, pw_span_from_median_p95(15.0, 49.0), 21.0 * 30.4375 };
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Puts `key` at a leaf and finds the winner anew: one minimum for each of the ten levels. */
static inline void put(uint64_t *node, uint64_t leaf, uint64_t key)
{
    uint64_t at = LEAVES + leaf;
    node[at] = key;
    for (; at > 1; at >>= 1) {
        uint64_t other = node[at ^ 1];
        key = other < key ? other : key;
        node[at >> 1] = key;
    }
}

static inline uint64_t key_time(uint64_t key) { return key & ~(WHO_MASK | TEAM_FLAG); }

/* Eight more gaps of a family, each with its flag. Adding 2^52 rounds to whole ticks, which then lie in the low bits. */
static inline void make_gaps(tree_t *self, uint32_t family)
{
    pw_gaps8_t g;
    pw_stream_gaps8(self->stream, family, PURPOSE_INCIDENT, self->made[family], 0, &g);
    double mean = self->mean_ticks[family];
    for (int k = 0; k < AHEAD; k++) {
        double ticks = g.exponential[k] * mean;
        ticks = ticks < LONGEST_GAP ? ticks : LONGEST_GAP;
        self->gap[family][k] = pw_bits_of(ticks + 0x1p52) << WHO_BITS | (g.word2[k] < self->team_below ? TEAM_FLAG : 0);
    }
}

static inline uint64_t next_gap(tree_t *self, uint32_t family)
{
    uint32_t k = self->made[family] % AHEAD;
    if (k == 0)
        make_gaps(self, family);
    self->made[family]++;
    return self->gap[family][k];
}

/* Frailties of all families (blocks of one purpose, numbered by family), then first incidents; the tree is filled bottom up. */
static void begin(tree_t *self, const pw_floor_setting_t *setting, uint64_t seed, uint64_t replication)
{
    self->stream = pw_stream_init(seed, replication, 0);
    self->team_below = (uint32_t)(setting->team_share * 0x1p32);
    self->head = self->tail = 0;
    self->free_places = (UINT32_C(1) << setting->places) - 1;
    double average_ticks = 365.25 * TICKS_PER_DAY / setting->incidents_per_year;
    for (uint32_t f = 0; f < PW_FLOOR_FAMILIES; f += AHEAD) {
        pw_block_t block[AHEAD];
        pw_stream_blocks8(self->stream, 0, PURPOSE_FRAILTY, f, 0, block);
        for (uint32_t k = 0; k < AHEAD; k++) {
            double z = pw_normal_quantile(pw_uniform52(block[k].word[0], block[k].word[1]));
            self->mean_ticks[f + k] = average_ticks / (z * z);
        }
    }
    memset(self->made, 0, sizeof self->made);
    for (uint32_t f = 0; f < PW_FLOOR_FAMILIES; f++) {
        uint64_t key = next_gap(self, f) | f;
        self->node[LEAVES + f] = key;
        self->next[f] = (key & ~TEAM_FLAG) + next_gap(self, f);
    }
    for (int i = LEAVES + PW_FLOOR_FAMILIES; i < 2 * LEAVES; i++)
        self->node[i] = NEVER;
    for (int i = LEAVES - 1; i > 0; i--)
        self->node[i] = self->node[2 * i] < self->node[2 * i + 1] ? self->node[2 * i] : self->node[2 * i + 1];
}

/* Work on one notification starts in a free place; its completion is that place's leaf. */
static void start_work(tree_t *self, const pw_floor_setting_t *setting, uint64_t now, uint32_t place, uint32_t family, uint32_t occurrence)
{
    pw_block_t block = pw_stream_block(self->stream, family, PURPOSE_WORK, occurrence, 0);
    double ticks = pw_span_days(&setting->work, pw_uniform52(block.word[0], block.word[1])) * TICKS_PER_DAY;
    uint64_t leaf = PW_FLOOR_FAMILIES + place;
    put(self->node, leaf, now + (pw_bits_of((ticks < LONGEST_GAP ? ticks : LONGEST_GAP) + 0x1p52) << WHO_BITS) + leaf);
}

static void join_team(tree_t *self, const pw_floor_setting_t *setting, uint64_t now, uint32_t family, uint32_t occurrence, pw_floor_t *sum)
{
    sum->joined++;
    if (self->free_places != 0) {
        uint32_t place = (uint32_t)__builtin_ctz(self->free_places);
        self->free_places &= self->free_places - 1;
        sum->started++;
        start_work(self, setting, now, place, family, occurrence);
        return;
    }
    sum->waited++;
    uint32_t at = self->tail++ % QUEUE;
    assert(self->tail - self->head < QUEUE);
    self->queue[at].joined = now;
    self->queue[at].family = family;
    self->queue[at].occurrence = occurrence;
}

static void complete_work(tree_t *self, const pw_floor_setting_t *setting, uint64_t now, uint32_t place, pw_floor_t *sum)
{
    sum->completed++;
    if (self->head == self->tail) {
        self->free_places |= UINT32_C(1) << place;
        put(self->node, PW_FLOOR_FAMILIES + place, NEVER);
        return;
    }
    uint32_t at = self->head++ % QUEUE;
    sum->started++;
    sum->wait_days += (double)((now - self->queue[at].joined) >> WHO_BITS) / TICKS_PER_DAY;
    start_work(self, setting, now, place, self->queue[at].family, self->queue[at].occurrence);
}

static void run(tree_t *self, const pw_floor_setting_t *setting, pw_floor_t *sum)
{
    const uint64_t end = (uint64_t)(setting->days * TICKS_PER_DAY) << WHO_BITS;
    uint64_t incidents = 0;
    for (uint64_t key = self->node[1]; key < end; key = self->node[1]) {
        uint32_t who = (uint32_t)(key & WHO_MASK);
        if (who >= PW_FLOOR_FAMILIES) {
            complete_work(self, setting, key_time(key), who - PW_FLOOR_FAMILIES, sum);
            continue;
        }
        incidents++;
        uint64_t next = self->next[who];
        put(self->node, who, next);
        uint32_t made = self->made[who];
        self->next[who] = (next & ~TEAM_FLAG) + next_gap(self, who);
        if (key & TEAM_FLAG)
            join_team(self, setting, key_time(key), who, made - 2, sum);
    }
    sum->incidents += incidents;
}

pw_floor_t pw_floor_tree_of(const pw_floor_setting_t *setting, uint64_t seed, int replications)
{
    tree_t tree;
    pw_floor_t sum = { 0 };
    double started = seconds_now();
    for (int r = 0; r < replications; r++) {
        begin(&tree, setting, seed, (uint64_t)r);
        run(&tree, setting, &sum);
        for (uint32_t f = 0; f < PW_FLOOR_FAMILIES; f++)
            sum.checksum += (uint64_t)tree.made[f] * (2 * f + 1 + (uint64_t)r);
    }
    sum.seconds = seconds_now() - started;
    sum.events = sum.incidents + sum.completed;
    sum.checksum += sum.completed << 40;
    return sum;
}

pw_floor_t pw_floor_tree(uint64_t seed, int replications)
{
    pw_floor_setting_t toy = pw_floor_toy();
    return pw_floor_tree_of(&toy, seed, replications);
}
