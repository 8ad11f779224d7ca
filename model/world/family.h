/* family.h: the state of one family, and its own clocks.
 *
 * What question it answers: what is true of this family now, and what happens to it next if nobody else
 * interferes?
 * Floor: world. Knows no team, no service's queue and no other family.
 *
 * A family's clocks are keys: (ticks << 4 | kind); the smallest is its next event, and events at the same tick are worked off in
 * the order of the kinds. A clock that stands still has a key that is later than any event: PW_KEY_NEVER, or the bits of the unspent exponential that
 * it goes on with one day (rates.c). A *shared moment* is an event that touches teams or services: it waits as `pending` (set by an own
 * event at the same tick) or is a clock that PW_CLOCK_IS_SHARED names. */
#ifndef PW_WORLD_FAMILY_H
#define PW_WORLD_FAMILY_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "../chance/stream.h"
#include "entrants.h"
#include "model.h"
#include "result.h"
#include "situation.h"
#include "world.h"

enum pw_event_kind {
    PW_CLOCK_ENTRY,
    PW_CLOCK_AGE,                  /* the youngest child turns 1, or grows up */
    PW_CLOCK_MOVE,
    PW_CLOCK_BIRTH,
    PW_CLOCK_LAPSE,                /* a timed effect, a removal or `separated_recently` ends */
    PW_CLOCK_COUPLE,               /* separates or reunites */
    PW_CLOCK_FALSE_REPORT,
    PW_CLOCK_VICTIM_DISENGAGES,
    PW_CLOCK_PARTNER_DISENGAGES,
    PW_CLOCK_INCIDENT,
    PW_CLOCK_WINDOW,               /* its follow-up opens (scenarios) or closes: the index notification comes next, its incident came before */
    PW_CLOCK_NOTIFICATION,
    PW_CLOCK_REFERRAL,
    PW_CLOCK_STAGE,                /* the work of the stage is done */
    PW_CLOCK_WAIT_LIMIT,
    PW_CLOCK_SERVICE,              /* a service ends, or patience does */
    PW_CLOCKS
};

#define PW_KEY_NEVER ((uint64_t)PW_TICKS_NEVER << 4)
/* Keys of events are smaller; in bits, as doubles and as numbers, they are in one order with positive doubles, of which all but the tiniest are larger. */
static inline uint64_t pw_key(pw_ticks_t t, int kind) { return (uint64_t)t << 4 | (uint64_t)kind; }
static inline pw_ticks_t pw_key_ticks(uint64_t key) { return (pw_ticks_t)(key >> 4); }
static inline int pw_key_kind(uint64_t key) { return (int)(key & 15); }

/* What a family asks for at a shared moment. */
enum pw_pending { PW_PENDING_LEAVE = 1, PW_PENDING_MOVE = 2, PW_PENDING_SERVICES = 4, PW_PENDING_OFFERS_ATTENDANCE = 8, PW_PENDING_OFFERS_NOTIFICATION = 16 };

/* Where a family is on the pathway. */
enum pw_at { PW_AT_NOTHING, PW_AT_WAITING, PW_AT_WORK };
/* Why it moves on. */
enum pw_move { PW_MOVE_STARTED, PW_MOVE_DONE, PW_MOVE_INTERRUPTED, PW_MOVE_LIMIT, PW_MOVE_AT_ENTRY };

/* A service beside the pathway, as one family has it. */
enum pw_attendance_state { PW_ATTENDANCE_NONE, PW_ATTENDANCE_WAITING, PW_ATTENDANCE_ATTENDING, PW_ATTENDANCE_ENDED };
typedef struct __attribute__((packed, aligned(4))) {       /* 12 bytes: a family has as many as there are services */
    uint64_t clock : 38;           /* ticks when patience or attendance ends */
    uint64_t state : 2;
    uint64_t completes : 1;        /* how the attendance will end */
    uint64_t offers : 17;          /* offers made so far: the occurrence of the next one */
    uint64_t since : 38;           /* ticks when the waiting or the attendance began */
} pw_attendance_t;
_Static_assert(sizeof(pw_attendance_t) == 12 && PW_TICKS_NEVER < INT64_C(1) << 38, "a tick has 38 bits");

/* Ticks in 40 bits, from 0 on: of what is seldom looked at, and of what a family has many (ends of effects by clocks of their own). */
typedef struct __attribute__((packed)) { uint32_t low; uint8_t high; } pw_ticks40_t;
static inline pw_ticks_t pw_from40(pw_ticks40_t x) { return (pw_ticks_t)((uint64_t)x.high << 32 | x.low); }
static inline pw_ticks40_t pw_to40(pw_ticks_t t) { return (pw_ticks40_t){ (uint32_t)t, (uint8_t)(t >> 32) }; }

enum { PW_TRANSIT = 4 };           /* notifications on their way at once; a further one travels with the last */

typedef struct pw_family {
    uint64_t clock[PW_CLOCKS];
    uint64_t bits[2];              /* its present situation: covariate.h */
    uint64_t rated[2];             /* bits for which the rates were last taken */
    uint64_t active;               /* effects in force */
    uint64_t rated_active;
    double gap_left;               /* unspent part of the gap's unit exponential */
    double gap_origin;             /* season's days of the last incident */
    double gap_passed;             /* hazard since then at multiplier 1, up to when gap_left was taken */
    double frailty, severity_factor;
    uint32_t id;                   /* number of the family in its area: the random streams' name for it */
    uint32_t luck[2];              /* severity and setting of the incident to come */
    uint32_t choice_word;          /* of the visit that runs: drawn in the block of its duration */
    float rate[PW_RATES];          /* rate in force per day (incident: multiplier of the hazard) */
    float previous_notifications;
    uint64_t transit[PW_TRANSIT];  /* ticks << 24 | number << 8 | incident bits; PW_TRANSIT_NONE: free */
    pw_ticks_t born;               /* the youngest child (may be before the warm-up) */
    pw_ticks_t decided, begun;     /* stage: when it was decided on; when work began, or the wait for it */
    uint64_t pending_key;
    double load_held;              /* places it holds of team_held: what it takes it gives back, to the last bit */
    int32_t record;                /* its entry in the records; -1: none */
    uint32_t incidents;            /* occurrence of the gap that is running */
    uint32_t gaps_first;           /* of the eight gaps that are made (pw_family_gaps): the occurrence of the first; not near `incidents`: none */
    uint16_t gap_line;             /* where they are */
    uint16_t notifications_arrived, couple_changes, false_reports, disengagements[2], referrals, births;
    uint16_t form;                 /* number of the notification that the case's form came from */
    uint16_t pending_services;
    int8_t stage, team_held, team_waits, care_stage, pending_stage;
    uint8_t at, pending, pending_move, pending_event;
    uint8_t case_bits;             /* incident bits of the case's notifications */
    uint8_t last_incident;         /* incident bits of the last attended incident */
    uint8_t interrupts[PW_INTERRUPT_EVENTS];   /* in this visit of the stage, by event: the k-th of a kind has numbers of its own */
    uint8_t services_waiting;      /* services it waits for */
    uint8_t children;
    uint16_t rates_stale;              /* mask of rates that must be taken again */
    bool window_open;
    bool gone : 1, grown_up : 1, looked_after : 1, by_referral : 1;
    bool index_screening : 1;          /* the index notification is being screened */
    bool case_worked : 1, case_assessed : 1, assessed_before : 1, closed_by_separation : 1;
    bool victim_case : 1, partner_case : 1;      /* engaged with the case's workers */
    pw_ticks40_t care_since;           /* looked after since */
    pw_ticks40_t recent_until, removed_until;
} pw_family_t;

#define PW_TRANSIT_NONE UINT64_MAX
#define PW_NO_GAPS (UINT32_MAX / 2)

/* The parts after the fixed one: sized by the model. */
typedef struct { uint32_t n_services, n_timed, n_stages; uint32_t services_at, visits_at, timed_at; size_t bytes; } pw_shape_t;
/* The shape that fits every one of the models. */
void pw_shape_init(pw_shape_t *self, const pw_model_t *const *models, int n_models);
static inline pw_ticks40_t *pw_family_timed(pw_family_t *f, const pw_shape_t *shape) { return (pw_ticks40_t *)(void *)((char *)f + shape->timed_at); }
static inline pw_attendance_t *pw_family_services(pw_family_t *f, const pw_shape_t *shape)
{
    return (pw_attendance_t *)(void *)((char *)f + shape->services_at);
}
static inline uint16_t *pw_family_visits(pw_family_t *f, const pw_shape_t *shape) { return (uint16_t *)(void *)((char *)f + shape->visits_at); }

/* Words of the visits of an instant stage, made ahead for the family that is being worked on: a family that runs on alone asks for one after
 * the other. A cache of pure functions: what is in it changes no result. */
typedef struct {
    bool visits_made;
    uint32_t visitor, visit_purpose, visit_first, visit_word[8];
} pw_ahead_t;

/* The eight gaps that families have made ahead. They can be made again at any time: so there are as many lines as pay, however many families there
 * are, and those in slots PW_GAP_LINES apart share one. */
enum { PW_GAP_LINES = 4096 };
typedef struct {
    pw_gaps8_t line[PW_GAP_LINES];
    pw_family_t *owner[PW_GAP_LINES];          /* NULL: nobody */
} pw_gap_lines_t;

/* What own events may use: everything but teams, services' queues, the calendar and other families. */
typedef struct {
    const pw_model_t *model;
    pw_stream_t stream;
    pw_shape_t shape;
    pw_ahead_t *ahead;
    pw_gap_lines_t *gaps;
    pw_entrants_t *entrants;
    pw_situations_t *situations;
    bool counting;                 /* false in the warm-up */
    int64_t events;                /* worked off in this world so far */
    int64_t *month;                /* counts of the month of the event that is being worked off; `unseen` when nobody counts */
    int64_t unseen[PW_MONTH_COUNT_N];
    uint32_t light[2][PW_MAX_MONTHS + 1];      /* incidents that were reported and notified ([1]: and screened) and are not in `result` yet; by month, the
                                                * last: nobody counts */
    bool finding_index;            /* true under the baseline: a first notification in the intake window opens the record */
    pw_result_t *result;
    pw_record_t *records;
    int64_t n_records, room_records;
    bool failed;                   /* out of memory for records */
    int scenario;
    const pw_world_options_t *options;
    bool counts_only;              /* most incidents do nothing but count: they cost nothing, nobody looks on */
    bool is_told;                  /* somebody is told what happens (options->tell) */
    bool is_looked_at;             /* ... or sees the clocks strike: no short cuts */
} pw_own_t;

/* The smallest clock but that of the next incident. Bits of positive integers are in the same order as those of doubles, of which the smaller one takes a
 * single instruction: half the time. */
static inline double pw_smaller(double least, uint64_t key) { return pw_double_of(key) < least ? pw_double_of(key) : least; }
static inline uint64_t pw_family_rest(const pw_family_t *f)
{
    const uint64_t *c = f->clock;
    double x = pw_smaller(pw_smaller(pw_double_of(c[0]), c[3]), c[6]), y = pw_smaller(pw_smaller(pw_double_of(c[1]), c[4]), c[7]);
    double z = pw_smaller(pw_smaller(pw_double_of(c[2]), c[5]), c[8]);
    _Static_assert(PW_CLOCK_INCIDENT == 9 && PW_CLOCKS == 16, "the clocks are named here one by one");
    x = pw_smaller(pw_smaller(x, c[10]), c[13]);
    y = pw_smaller(pw_smaller(y, c[11]), c[14]);
    z = pw_smaller(pw_smaller(z, c[12]), c[15]);
    x = y < x ? y : x;
    return pw_bits_of(z < x ? z : x);
}

/* The next event's key: what is pending, else the smallest clock. */
static inline uint64_t pw_family_next(const pw_family_t *f)
{
    if (f->pending)
        return f->pending_key;
    uint64_t rest = pw_family_rest(f), incident = f->clock[PW_CLOCK_INCIDENT];
    return incident < rest ? incident : rest;
}

static inline pw_gaps8_t *pw_family_gaps(const pw_own_t *own, const pw_family_t *f) { return &own->gaps->line[f->gap_line]; }
static inline bool pw_family_runs(const pw_family_t *f, int kind) { return f->clock[kind] < PW_KEY_NEVER; }
static inline bool pw_family_waits(const pw_family_t *f) { return f->at == PW_AT_WAITING || f->services_waiting > 0; }
static inline void pw_family_set(pw_family_t *f, int kind, pw_ticks_t t) { f->clock[kind] = t >= PW_TICKS_NEVER ? PW_KEY_NEVER : pw_key(t, kind); }
/* The numbers that a chance may read, as they are (the score only forms have). `workload` is by team; NULL: an own event, which sees none. */
static inline void pw_family_numbers(const pw_family_t *f, const double *workload, double out[PW_MAX_NUMBERS])
{
    out[PW_NUMBER_PREVIOUS_NOTIFICATIONS] = (double)f->previous_notifications;
    out[PW_NUMBER_RISK_SCORE] = 0.0;
    out[PW_NUMBER_CHILDREN] = f->children;
    for (int team = 0; team < PW_MAX_TEAMS; team++)
        out[PW_NUMBER_WORKLOAD_0 + team] = workload ? workload[team] : 0.0;
}
static inline pw_record_t *pw_family_record(const pw_own_t *own, const pw_family_t *f) { return f->window_open ? &own->records[f->record] : NULL; }
static inline bool pw_family_has(const pw_family_t *f, int bit) { return pw_bit_get(f->bits, bit) != 0; }
static inline void pw_family_put(pw_family_t *f, int bit, bool on) { pw_bit_put(f->bits, bit, on); }

/* Asks for a shared moment now, in the place of the own event of `kind` at tick t. */
static inline void pw_family_ask(pw_family_t *f, uint8_t what, pw_ticks_t t, int kind)
{
    if (!f->pending)
        f->pending_key = pw_key(t, kind);
    f->pending |= what;
}

static inline void pw_observe(const pw_own_t *own, const pw_family_t *f, pw_ticks_t t, int what, int64_t detail)
{
    if (__builtin_expect(own->options->observe != NULL, false)) {
        pw_event_t event = { own->scenario, f->id, t, what, detail };
        own->options->observe(own->options->observe_context, &event);
    }
}

/* Before every call of witness.h: the runs that count are not looked at. */
static inline bool pw_is_told(const pw_own_t *own) { return __builtin_expect(own->is_told, false); }

static inline void pw_count_month(const pw_own_t *own, int what) { own->month[what]++; }

/* Adds the light incidents to the result's months, and forgets them. */
static inline void pw_own_add_light(pw_own_t *own)
{
    for (int screened = 0; screened < 2; screened++)
        for (int m = 0; m < own->model->months; m++) {
            int64_t n = own->light[screened][m], *count = own->result->month[m];
            count[PW_MONTH_incidents] += n;
            count[PW_MONTH_reported] += n;
            count[PW_MONTH_notifications] += n;
            count[PW_MONTH_screened] += screened ? n : 0;
        }
    memset(own->light, 0, sizeof own->light);
}

/* Called before anything happens at t. What lies before day 0 or after the reported months is not counted. */
static inline void pw_own_at(pw_own_t *own, pw_ticks_t t)
{
    uint64_t month = (uint64_t)(t - own->model->day_0) / PW_TICKS_PER_MONTH;    /* before day 0: huge */
    own->month = own->counting && month < (uint64_t)own->model->months ? own->result->month[month] : own->unseen;
}

#endif
