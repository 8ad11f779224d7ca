/* heap_loop.c: the toy as one would write it first: a binary heap of pending events and one shared generator. */
#include <assert.h>
#include <string.h>
#include <time.h>

#include "../model/chance/stream.h"
#include "floor.h"

enum { QUEUE = 1 << 14, HEAP = PW_FLOOR_FAMILIES + PW_FLOOR_MAX_PLACES, WORK = PW_FLOOR_FAMILIES };

/* xoshiro256++ (Blackman & Vigna 2019), seeded by splitmix64. */
typedef struct { uint64_t s[4]; } generator_t;

static inline uint64_t rotate(uint64_t x, int k) { return x << k | x >> (64 - k); }

static inline uint64_t generate(generator_t *self)
{
    uint64_t *s = self->s, out = rotate(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return out;
}

static inline double uniform(generator_t *self)
{
    uint64_t w = generate(self);
    return pw_uniform52((uint32_t)(w >> 32), (uint32_t)w);
}

static generator_t seeded(uint64_t seed, uint64_t replication)
{
    generator_t g;
    uint64_t x = seed * UINT64_C(0xD1342543DE82EF95) + replication;
    for (int i = 0; i < 4; i++) {
        uint64_t z = x += UINT64_C(0x9E3779B97F4A7C15);
        z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
        g.s[i] = z ^ z >> 31;
    }
    return g;
}

typedef struct { double time; uint32_t who; } event_t;
typedef struct {
    event_t event[HEAP];
    int n;
} heap_t;

static inline void heap_push(heap_t *self, event_t e)
{
    int at = self->n++;
    for (; at > 0 && self->event[(at - 1) / 2].time > e.time; at = (at - 1) / 2)
        self->event[at] = self->event[(at - 1) / 2];
    self->event[at] = e;
}

/* Puts `e` in the place of the first event. */
static inline void heap_replace(heap_t *self, event_t e)
{
    int at = 0;
    for (int child = 1; child < self->n; child = 2 * at + 1) {
        child += child + 1 < self->n && self->event[child + 1].time < self->event[child].time;
        if (self->event[child].time >= e.time)
            break;
        self->event[at] = self->event[child];
        at = child;
    }
    self->event[at] = e;
}

static inline void heap_pop(heap_t *self)
{
    if (--self->n > 0)
        heap_replace(self, self->event[self->n]);
}

typedef struct {
    heap_t heap;
    generator_t generator;
    double mean_days[PW_FLOOR_FAMILIES];
    uint32_t count[PW_FLOOR_FAMILIES];
    double joined[QUEUE];
    uint32_t head, tail;
    int busy;
} loop_t;

static void begin(loop_t *self, const pw_floor_setting_t *setting, uint64_t seed, uint64_t replication)
{
    self->generator = seeded(seed, replication);
    self->heap.n = 0;
    self->head = self->tail = 0;
    self->busy = 0;
    memset(self->count, 0, sizeof self->count);
    for (uint32_t f = 0; f < PW_FLOOR_FAMILIES; f++) {
        double z = pw_normal_quantile(uniform(&self->generator));
        self->mean_days[f] = 365.25 / setting->incidents_per_year / (z * z);
        double first = self->mean_days[f] * pw_exponential(uniform(&self->generator));
        if (first < setting->days)
            heap_push(&self->heap, (event_t){ first, f });
    }
}

static void start_work(loop_t *self, const pw_floor_setting_t *setting, double now, pw_floor_t *sum)
{
    sum->started++;
    double end = now + pw_span_days(&setting->work, uniform(&self->generator));
    self->busy++;
    if (end < setting->days)
        heap_push(&self->heap, (event_t){ end, WORK });
}

static void complete_work(loop_t *self, const pw_floor_setting_t *setting, double now, pw_floor_t *sum)
{
    sum->completed++;
    self->busy--;
    heap_pop(&self->heap);
    if (self->head == self->tail)
        return;
    sum->wait_days += now - self->joined[self->head++ % QUEUE];
    start_work(self, setting, now, sum);
}

static void join_team(loop_t *self, const pw_floor_setting_t *setting, double now, pw_floor_t *sum)
{
    sum->joined++;
    if (self->busy < setting->places) {
        start_work(self, setting, now, sum);
        return;
    }
    sum->waited++;
    assert(self->tail - self->head < QUEUE);
    self->joined[self->tail++ % QUEUE] = now;
}

static void run(loop_t *self, const pw_floor_setting_t *setting, pw_floor_t *sum)
{
    heap_t *heap = &self->heap;
    while (heap->n > 0) {
        event_t e = heap->event[0];
        if (e.who == WORK) {
            complete_work(self, setting, e.time, sum);
            continue;
        }
        sum->incidents++;
        self->count[e.who]++;
        double next = e.time + self->mean_days[e.who] * pw_exponential(uniform(&self->generator));
        if (next < setting->days)
            heap_replace(heap, (event_t){ next, e.who });
        else
            heap_pop(heap);
        if (uniform(&self->generator) < setting->team_share)
            join_team(self, setting, e.time, sum);
    }
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

pw_floor_t pw_floor_heap_of(const pw_floor_setting_t *setting, uint64_t seed, int replications)
{
    loop_t loop;
    pw_floor_t sum = { 0 };
    double started = seconds_now();
    for (int r = 0; r < replications; r++) {
        begin(&loop, setting, seed, (uint64_t)r);
        run(&loop, setting, &sum);
        for (uint32_t f = 0; f < PW_FLOOR_FAMILIES; f++)
            sum.checksum += (uint64_t)loop.count[f] * (2 * f + 1 + (uint64_t)r);
    }
    sum.seconds = seconds_now() - started;
    sum.events = sum.incidents + sum.completed;
    sum.checksum += sum.completed << 40;
    return sum;
}

pw_floor_t pw_floor_heap(uint64_t seed, int replications)
{
    pw_floor_setting_t toy = pw_floor_toy();
    return pw_floor_heap_of(&toy, seed, replications);
}
