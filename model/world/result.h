/* result.h: what one world of one area leaves behind under one scenario.
 *
 * What question it answers: what happened, counted once, in plain numbers that upstairs turns into
 * measures? No ratio is taken here and nothing is rounded.
 * Floor: world. Times are ticks; money is pounds. `records` holds one entry for each cohort family in
 * family order; everything else counts the whole area from the start of the policies (day 0) to the end of the run,
 * by calendar month where it says so. */
#ifndef PW_WORLD_RESULT_H
#define PW_WORLD_RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include "model.h"

enum { PW_MAX_MONTHS = 120, PW_MAX_YEARS = 10, PW_WAIT_BINS = 96 };

/* Kinds of incident (an incident may be of several) and how far each one got. */
enum pw_harm { PW_HARM_ANY, PW_HARM_INJURY, PW_HARM_SEVERE_INJURY, PW_HARM_CHILD_PRESENT, PW_HARM_CHILD_INJURED, PW_HARM_AT_CONTACT, PW_HARMS };
enum pw_reach { PW_REACH_OCCURRED, PW_REACH_REPORTED, PW_REACH_NOTIFIED, PW_REACHES };

/* Counts of one cohort family from its index (included) until its follow-up ends. */
#define PW_RECORD_COUNTS(X)                                                                            \
    X(notifications, "notifications from the index on, the index included if it arrived then")         \
    X(repeats, "... of these, all but the index")                                                      \
    X(child_spoken_to, "attended incidents at which police spoke to a child")                          \
    X(partner_removed, "attended incidents after which police removed the partner")                    \
    X(attended, "attended (reported) incidents")                                                       \
    X(screened, "screening decisions")                                                                 \
    X(child_screened, "screening decisions on an incident with a child present")                       \
    X(child_seen, "... of these, the form showed the child")                                           \
    X(no_further_action, "screenings that ended in no further action")                                 \
    X(letters, "letters sent")                                                                         \
    X(signposted, "signposted to other services")                                                      \
    X(initial_assessments, "initial assessments started")                                              \
    X(core_assessments, "core assessments started")                                                    \
    X(family_support, "family support started")                                                        \
    X(child_protection, "child protection plans started")                                              \
    X(monitoring, "long-term monitoring started")                                                      \
    X(looked_after, "children who became looked after")                                                \
    X(cases, "cases opened")                                                                           \
    X(closed, "cases closed after reaching a worked stage")                                            \
    X(closed_at_separation, "cases closed because a separation was reported")                          \
    X(incidents_after_separation_closing, "incidents after such a closing")                            \
    X(stop_starts, "assessments in a later case than an earlier assessed one")                         \
    X(separations_reported, "separations reported to social services, true or false")                  \
    X(false_reports, "... of these, false")                                                            \
    X(victim_engaged, "times the victim engaged")                                                      \
    X(partner_approached, "times the partner was approached")                                          \
    X(partner_engaged, "times the partner engaged")                                                    \
    X(waits_ended_by_limit, "waits for a team that reached their limit")

enum pw_record_count {
#define X(name, text) PW_COUNT_##name,
    PW_RECORD_COUNTS(X)
#undef X
    PW_RECORD_COUNT_N
};

enum pw_cascade {
    PW_CASCADE_ELIGIBLE = 1, PW_CASCADE_OFFERED = 2, PW_CASCADE_TOOK_UP = 4, PW_CASCADE_WAITED = 8, PW_CASCADE_STARTED = 16,
    PW_CASCADE_COMPLETED = 32, PW_CASCADE_DROPPED_OUT = 64, PW_CASCADE_GAVE_UP = 128, PW_CASCADE_STILL_WAITING = 256, PW_CASCADE_STILL_ATTENDING = 512
};

/* Where the children live when the follow-up ends. Moved away and grown up: the follow-up is incomplete, and counted. */
enum pw_living { PW_LIVING_BOTH_PARENTS, PW_LIVING_ONE_PARENT, PW_LIVING_LOOKED_AFTER, PW_LIVING_MOVED_AWAY, PW_LIVING_GROWN_UP, PW_LIVINGS };
/* What followed the index notification: the first screening outcome after it, or the state then. */
enum pw_index_path { PW_INDEX_NONE, PW_INDEX_OPEN_CASE, PW_INDEX_NO_FURTHER_ACTION, PW_INDEX_LETTER, PW_INDEX_SIGNPOSTED, PW_INDEX_ASSESSED, PW_INDEX_OTHER,
                     PW_INDEX_PATHS };

typedef struct {
    uint32_t family;
    uint16_t index_number;             /* which notification is the index (the number of its incident): the same under every scenario */
    uint16_t help;                     /* times that anybody helped: worked stages and services started */
    pw_ticks_t index_ticks;
    uint64_t bits_at_index[2];         /* covariates when the index notification arrived (or at day 0, closed cohort) */
    pw_ticks_t first_repeat;           /* ticks from the index to the first notification after it that is not the index; PW_TICKS_NEVER: none */
    pw_ticks_t followed_ticks;         /* how long it was followed: follow_up_ticks, or until it left, or to the end of the run */
    uint16_t count[PW_RECORD_COUNT_N];
    uint16_t harm[PW_HARMS][PW_REACHES];
    uint16_t cascade[PW_MAX_SERVICES];
    uint8_t children;
    uint8_t index_path;                /* enum pw_index_path */
    uint8_t living;                    /* enum pw_living, when the follow-up ended */
    bool first_ever;                   /* not known to social services before the index (previous_contact 0, no earlier notification) */
    bool index_seen;                   /* it has arrived (in a closed cohort there is none to wait for) */
    bool severe_at_index;              /* the index notification told of an incident with a severe injury */
    bool repeat_at_index;              /* the family had been notified before, since it entered */
    bool plan_at_end, case_at_end, waiting_at_end;
    bool complete;                     /* followed to the end of the follow-up */
    bool severe_without_services;      /* a severe injury within 12 months of the index in the reference world */
    double risk;                       /* true risk of a severe incident at the index, as form.h has it (for the pilot); 0: none was opened */
    double cost[PW_PAYERS];            /* the family's own use, discounted to the index */
    double money[PW_MONEYS];           /* the same by kind of money */
} pw_record_t;
_Static_assert(sizeof(pw_record_t) % 64 == 0, "whole lines of the processor's cache");

/* One queue in one month. Integrals change at shared moments only. */
typedef struct {
    int64_t joined, started, refused, gave_up;   /* refused: wait limit reached, or no places at all; gave_up: patience over or left */
    int64_t wait_ticks;                          /* waits of those started in the month */
    int64_t length_ticks;                        /* integral of the number waiting */
    double load_ticks;                           /* integral of places in use */
    double places_ticks;                         /* integral of places there (unlimited: 0) */
} pw_queue_month_t;

typedef struct {
    int months;                                  /* that a run has written to: all later ones are 0 */
    pw_queue_month_t month[PW_MAX_MONTHS];
    int64_t wait_bin[PW_WAIT_BINS];              /* waits by length, day 0 to end: bin 0 no wait; bin k (k >= 1) covers [2^((k-1)/6), 2^(k/6)) / 16 days */
} pw_queue_t;

#define PW_MONTH_COUNTS(X)                                  \
    X(entries, "families that entered")                     \
    X(incidents, "incidents")                               \
    X(reported, "incidents reported to police")             \
    X(notifications, "notifications that arrived")          \
    X(referrals, "referrals by other agencies")             \
    X(screened, "screening decisions")                      \
    X(initial_assessments, "initial assessments started")   \
    X(core_assessments, "core assessments started")         \
    X(left, "families that left")
enum pw_month_count {
#define X(name, text) PW_MONTH_##name,
    PW_MONTH_COUNTS(X)
#undef X
    PW_MONTH_COUNT_N
};

typedef struct pw_result {
    int64_t n_records;
    pw_record_t *record;                       /* owned by the world: copy what must outlive it */
    int64_t month[PW_MAX_MONTHS][PW_MONTH_COUNT_N];
    pw_queue_t team[PW_MAX_TEAMS], service[PW_MAX_SERVICES];
    int64_t flow[PW_MAX_STAGES + 1][PW_MAX_STAGES + 1];   /* cases moving from stage i to stage j; row and column n_stages: outside */
    int64_t interrupted[PW_MAX_STAGES][PW_INTERRUPT_EVENTS];   /* of the moves out of a stage: those that an event brought */
    int64_t wait_limited[PW_MAX_STAGES];                       /* ... those at the end of the longest wait */
    int64_t work_ended[PW_MAX_STAGES], within_statutory[PW_MAX_STAGES];  /* stages with a statutory limit */
    /* notifications that arrived in the intake year, for the targets */
    int64_t intake_notified, intake_injury, intake_separated, intake_removed;
    int64_t intake_newly_assessed;             /* ... that led from screening to an assessment of a family not open then */
    /* money: how often, how long; pounds are taken upstairs */
    int64_t cost_count[PW_MAX_COSTS][PW_MAX_YEARS];      /* EACH */
    int64_t cost_ticks[PW_MAX_COSTS][PW_MAX_YEARS];      /* DAY */
    double cost_place_ticks[PW_MAX_COSTS][PW_MAX_YEARS]; /* PLACE_YEAR */
    int64_t at_end_waiting_team, at_end_waiting_service, at_end_in_service, at_end_open_cases;
    int64_t events;                            /* own and shared events worked off, warm-up not counted */
} pw_result_t;

/* Sets it to 0; quick, for most of it is queues that the model has not, and months after the end, and those are 0. */
void pw_result_clear(pw_result_t *self);
/* Adds what places cost: they are paid for whether used or not; where they are unlimited, what is used is paid for. Queues are complete. */
void pw_result_add_place_years(pw_result_t *self, const pw_model_t *model);

#endif
