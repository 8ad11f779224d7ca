/* model.h: one area under one scenario and one parameter set, compiled to flat arrays.
 *
 * What question it answers: what can happen to a family here, and how likely is it? Everything is
 * constant from here on; a replication reads it and never writes it.
 * Floor: world. Made upstairs (spec/compile.c); knows no file, no name beyond those kept for traces.
 * Units: rates per day, times in ticks where the field says ticks, else days; money in pounds of the
 * run's price year. Areas share nothing, so each has a model of its own.
 *
 * Index stability: a scenario's stages, teams, services and effects have the baseline's indices first,
 * then its own. What a scenario removes stays as a ghost (`removed`), so that a family which is in it
 * when the policy starts can finish. */
#ifndef PW_WORLD_MODEL_H
#define PW_WORLD_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "../chance/distribution.h"
#include "../chance/predictor.h"
#include "clock.h"

enum {
    PW_MAX_AREAS = 8,
    PW_MAX_FORMS = 8,
    PW_MAX_EXITS = 10,
    PW_MAX_INTERRUPTS = 8,
    PW_MAX_EFFECTS = 64,
    PW_MAX_TIMED = 16,         /* effects that end by a clock of their own */
    PW_MAX_OFFERS = 12,        /* places at which one service is offered */
    PW_MAX_COSTS = 64,
    PW_MAX_STEPS = 16,         /* changes of places in a schedule */
    PW_MAX_AGE_BANDS = 8,
    PW_AGES_ALL = 7,           /* of `ages`: 5, 11 and 16 */
    PW_MAX_CHILDREN = 8,
    PW_NAME_LENGTH = 40
};

enum pw_payer { PW_PAYER_SOCIAL_CARE, PW_PAYER_POLICE, PW_PAYER_SPECIALIST_SERVICES, PW_PAYER_HEALTH, PW_PAYER_WIDER_SOCIETY, PW_PAYERS };
enum pw_money { PW_MONEY_CASHABLE, PW_MONEY_CAPACITY, PW_MONEY_SOCIAL_VALUE, PW_MONEYS };

/* What a stage means to the measures. */
enum pw_counts_as {
    PW_COUNTS_AS_STEP = 0, PW_COUNTS_AS_SCREENING, PW_COUNTS_AS_NO_FURTHER_ACTION, PW_COUNTS_AS_LETTER,
    PW_COUNTS_AS_SIGNPOSTED, PW_COUNTS_AS_INITIAL_ASSESSMENT, PW_COUNTS_AS_CORE_ASSESSMENT,
    PW_COUNTS_AS_FAMILY_SUPPORT, PW_COUNTS_AS_CHILD_PROTECTION, PW_COUNTS_AS_MONITORING,
    PW_COUNTS_AS_LOOKED_AFTER, PW_COUNTS_AS_CLOSED, PW_COUNTS_AS_KINDS
};

/* ---- effects ---- */
enum pw_effect_on {
    PW_ON_INCIDENT_RATE, PW_ON_SEVERITY, PW_ON_REPORTING, PW_ON_SEPARATION, PW_ON_VICTIM_ENGAGEMENT,
    PW_ON_PARTNER_ENGAGEMENT, PW_ON_PARTNER_APPROACH, PW_ON_CHILD_PRESENCE, PW_EFFECT_TARGETS
};
enum pw_effect_during { PW_DURING_ATTENDING, PW_DURING_AFTER_COMPLETION, PW_DURING_AFTER_DROPOUT, PW_DURING_ALWAYS };
enum pw_owner_kind { PW_OWNER_POLICE_REMOVAL, PW_OWNER_STAGE, PW_OWNER_SERVICE };
typedef struct {
    uint8_t on, during, owner_kind, owner;
    bool only_contact;            /* acts on incidents in the contact setting only */
    bool conditional;             /* only_if is not empty */
    int8_t timed_slot;            /* >= 0: ends `lasts_ticks` after it starts; -1: lasts while in the owner */
    pw_ticks_t lasts_ticks;
    uint64_t only_if[2];          /* every one of these bits must be 1 */
    double ratio;
} pw_effect_t;

/* ---- information ---- */
typedef struct {
    uint32_t purpose;                       /* of its noise: named("form", name) */
    uint64_t doubtful[2];                   /* bits that are not seen for certain */
    float sees[PW_MAX_BITS];                /* chance that a true 1 is recorded */
    float invents[PW_MAX_BITS];             /* chance that a true 0 is recorded as 1 */
    double risk_noise_sd;                   /* added to the true log risk; < 0: the form carries no score */
    double score_sd;                        /* derived: of the true log risk with the noise on it */
} pw_form_kind_t;

/* ---- pathway ---- */
typedef struct { int to; pw_predictor_t weight; } pw_exit_t;
typedef struct {
    int n;
    bool shared, plain;                        /* derived: reads a workload; reads nothing at all */
    uint64_t mask[2]; uint32_t number_mask;    /* derived: what its exits read */
    double plain_weight[PW_MAX_EXITS];         /* derived: the exits' weights if it is plain */
    uint64_t plain_below[PW_MAX_EXITS];        /* derived: 32-bit words below it take this exit or one before it */
    uint32_t plain_ends;                       /* derived: mask of exits to an end that does nothing (plain_end) */
    pw_exit_t exit[PW_MAX_EXITS];
} pw_choice_t;

enum pw_interrupt_event {
    PW_EVENT_INCIDENT, PW_EVENT_NOTIFICATION, PW_EVENT_SEPARATION_REPORTED, PW_EVENT_REUNITED,
    PW_EVENT_PARTNER_DISENGAGED, PW_EVENT_VICTIM_DISENGAGED, PW_INTERRUPT_EVENTS
};
typedef struct { uint8_t event; int to; pw_predictor_t chance; } pw_interrupt_t;

typedef struct {
    char name[PW_NAME_LENGTH];
    uint32_t purpose;              /* named("stage", name) */
    uint8_t counts_as;
    bool removed, is_end, worked;  /* worked: staff work with the family; engagement and reports happen */
    bool instant;                  /* derived: takes no time, touches nothing, decides on nothing: passed through in one step */
    bool plain_end;                /* derived: an end that has no effect, cost or offer */
    bool shared;                   /* entering or leaving it touches a team, or its choice reads workload */
    uint32_t teams_at_begin;       /* derived: those whose workload starting its work, or an offer then, may read */
    int team;                      /* -1: none */
    double load;                   /* places it takes */
    bool has_priority; pw_predictor_t priority;   /* weight; the higher is served first */
    pw_ticks_t wait_limit_ticks; int wait_limit_to;   /* wait_limit_to -1: no limit; 0 ticks: refused at once when full */
    int sees;                      /* form kind; -1: everything as it is */
    pw_span_t duration;
    double slow_log_ratio, slow_centre;   /* duration x ratio^(workload - centre); 0: none */
    pw_ticks_t statutory_ticks;    /* 0: none; from the decision, wait included */
    pw_choice_t choice;
    int n_interrupts; pw_interrupt_t interrupt[PW_MAX_INTERRUPTS];
    uint32_t interrupt_events;     /* mask of events that have an interrupt here */
    uint64_t effects;              /* mask: PW_DURING_ATTENDING and PW_DURING_ALWAYS effects, on at start of work */
    uint64_t effects_after;        /* mask: on when it ends by itself */
    uint64_t effects_dropout;      /* mask: on when an interruption ends it */
    uint64_t costs;                /* mask of cost items */
    uint32_t offers;               /* mask of services offered on starting here */
} pw_stage_t;

/* ---- teams and services ---- */
typedef struct { pw_ticks_t at; double places; } pw_step_t;     /* places < 0: unlimited */
typedef struct {
    char name[PW_NAME_LENGTH];
    bool removed, limits;          /* limits false: nobody waits; workload is load over places */
    int n_steps; pw_step_t step[PW_MAX_STEPS];    /* step[0].at = 0: from the start of the warm-up */
    uint64_t costs;                /* mask: set-up and place-year items */
} pw_team_t;

enum pw_offer_point { PW_OFFER_AT_POLICE_ATTENDANCE = -2, PW_OFFER_AT_NOTIFICATION = -1 /* >= 0: a stage */ };
enum pw_attends { PW_ATTENDS_FAMILY, PW_ATTENDS_VICTIM, PW_ATTENDS_PARTNER, PW_ATTENDS_CHILD };
typedef struct { int at; pw_predictor_t chance; } pw_offer_t;
typedef struct {
    char name[PW_NAME_LENGTH];
    uint32_t purpose;              /* named("service", name) */
    bool removed;
    uint8_t attends;               /* who: while the partner (victim) attends he (she) counts as engaged */
    int n_steps; pw_step_t step[PW_MAX_STEPS];
    pw_ticks_t offered_from;       /* no offer before; ticks since the start of the warm-up */
    uint64_t need_one[2], need_zero[2];   /* eligibility: bits that must be 1, bits that must be 0 */
    int n_offers; pw_offer_t offer[PW_MAX_OFFERS];
    uint8_t offer_at[PW_MAX_STAGES + 2];  /* derived: by stage, then at a notification, at police attendance: the offer's index */
    bool has_uptake; pw_predictor_t uptake;
    bool again;                    /* may be taken up again after it ended */
    pw_span_t patience, duration;  /* patience NONE: waits for ever */
    bool has_completes; pw_predictor_t completes;  /* chance of completing; else always */
    uint64_t effects, effects_after, effects_dropout, costs;
} pw_service_t;

/* ---- money ---- */
enum pw_cost_when { PW_COST_EACH, PW_COST_DAY, PW_COST_PLACE_YEAR, PW_COST_SET_UP };
enum pw_cost_owner { PW_COST_OF_STAGE, PW_COST_OF_SERVICE, PW_COST_OF_TEAM, PW_COST_OF_POLICE_ATTENDANCE, PW_COST_OF_INCIDENT, PW_COST_OF_INJURY };
typedef struct { uint8_t payer, money, when, owner_kind, owner; double pounds; } pw_cost_t;

/* ---- rates of a family's own clocks ---- */
enum pw_rate {
    PW_RATE_INCIDENT, PW_RATE_SEPARATES, PW_RATE_REUNITES, PW_RATE_FALSE_REPORT, PW_RATE_VICTIM_DISENGAGES,
    PW_RATE_PARTNER_DISENGAGES, PW_RATE_REFERRAL, PW_RATE_MOVES, PW_RATE_BIRTH, PW_RATES
};

typedef struct {
    char name[PW_NAME_LENGTH];
    uint32_t purpose;              /* named("attribute", name) */
    bool removed;
    uint8_t bit;                   /* the covariate it sets: its own index, or PW_BIT_SEPARATED for "separated" */
    uint64_t given, given_not;     /* bits of word 0 that must be 1 / 0; else the attribute is 0 */
    pw_predictor_t chance;
    bool redrawn_at_separation;
    int open_stage;                /* >= 0: a 1 means that the family enters with an open case in this stage */
    bool open_by_choice; pw_choice_t open_choice;    /* ... or in one of these (weights) */
} pw_attribute_t;

struct pw_model {
    /* time; all ticks count from the start of the warm-up */
    pw_ticks_t day_0, intake_end, run_end, follow_up_ticks, months_12;
    pw_ticks_t recently_ticks;                     /* how long `separated_recently` lasts */
    int months;                                    /* reported months after day 0 */
    uint32_t area_purpose;
    int area;

    /* population */
    double entries_per_day, growth_per_year;       /* at day 0; growth as a fraction */
    int64_t closed_cohort;                         /* > 0: that many families at day 0 and no others */
    int previous_contact_bit;                      /* the attribute of that name; -1: none */
    int n_attributes; pw_attribute_t attribute[PW_MAX_ATTRIBUTES];
    int n_age_bands; double age_from[PW_MAX_AGE_BANDS + 1], age_chance[PW_MAX_AGE_BANDS];  /* years; cumulative chance */
    int n_children; double children_chance[PW_MAX_CHILDREN];       /* cumulative, of 1, 2, 3 ... children */
    double adult_years;                            /* the youngest child leaves at this age: 18 */
    pw_ticks_t adult_ticks;                        /* derived: the same in ticks */
    uint8_t ages;                                  /* mask: whether child_under_5 (1), _11 (2), _16 (4) are read, so that these birthdays are events */
    pw_predictor_t rate[PW_RATES];                 /* PW_RATE_INCIDENT: the multiplier of the hazard (base 1) */
    uint64_t rate_mask[PW_RATES][2];               /* bits that change it: its own, its effects' only_if, ... */
    uint64_t any_rate_mask[2];
    uint16_t rates_of_bit[PW_MAX_BITS];            /* derived: the same the other way round, a mask of rates for each bit */
    uint32_t rates_by_notifications;               /* rates that read previous_notifications */
    uint32_t clocks_run;                           /* derived: rates that are not 0 for everybody */

    /* incidents */
    double gap_shape, gap_scale_days;              /* H(s) = m (s / scale)^shape, s in operational days */
    pw_power_t gap_hazard, gap_time;               /* derived: x^shape, x^(1 / shape) */
    double incidents_per_year, frailty_variance;   /* what gap_scale_days and `frailty` were made from */
    pw_quantile_table_t frailty;
    double severity_sigma, frailty_correlation;    /* lognormal sd; correlation of the normal scores */
    double season[12];                             /* weights of the months, January first */
    pw_season_t season_clock;                      /* derived */
    bool seasonal;                                 /* derived: the months differ */
    pw_predictor_t severity[3];                    /* weights: no injury, injury, severe injury */
    bool contact_possible; uint64_t contact_only_if[2];
    uint64_t child_injured_only_if[2], speaks_only_if[2];   /* the chance is 0 unless all of these bits are 1 */
    pw_predictor_t at_contact, child_present, child_injured, reported;

    uint64_t incident_mask[2];                     /* derived: bits between incidents that chances of incidents read (situation.h) */
    bool never_injured, never_present;             /* derived: no weight on injury; no chance that a child is there */
    bool plain_incidents;                          /* derived: every incident is of the plainest kind, reported and notified */
    bool light_police;                             /* derived: all that police do is to notify, at once, and an instant stage screens */
    bool incidents_certain, police_certain;        /* derived: no chance there is between 0 and 1, so no block is drawn */

    /* police */
    int police_form;                               /* what police see when they decide to notify: form kind or -1 */
    pw_predictor_t removes_partner, speaks_to_child, notifies;
    pw_predictor_t entry_reported, entry_notifies; /* of the baseline: who enters does not depend on a policy */
    pw_ticks_t removed_ticks;
    pw_span_t notification_delay;
    uint64_t removal_effects;

    /* information; risk */
    int n_forms; pw_form_kind_t form[PW_MAX_FORMS];
    double risk_centre, risk_scale;                /* mean and standard deviation of the true log risk in the cohort */
    double notifications_cap;

    /* couple, engagement */
    pw_predictor_t reports_at_separation, reports_at_stage;        /* true reports */
    pw_predictor_t victim_engages, partner_approached, partner_engages;

    /* pathway, teams, services */
    int n_stages; pw_stage_t stage[PW_MAX_STAGES];
    int first_stage, referral_stage;               /* where a notification, another agency's referral starts; -1 none */
    int n_teams; pw_team_t team[PW_MAX_TEAMS];
    int n_services; pw_service_t service[PW_MAX_SERVICES];
    uint32_t offers_at_attendance, offers_at_notification;   /* masks of services */
    uint32_t offers_shared;                        /* derived: services of which an offer or the uptake reads a workload */
    uint32_t offers_numbers;                       /* derived: ... reads any number */
    uint32_t teams_of_offers;                      /* derived: teams whose workload some of them reads */
    int n_effects; pw_effect_t effect[PW_MAX_EFFECTS];
    uint64_t effects_on[PW_EFFECT_TARGETS];        /* masks by target */
    int n_timed;                                   /* slots in use */
    uint64_t effects_of_slot[PW_MAX_TIMED];        /* derived: masks of effects */
    int n_costs; pw_cost_t cost[PW_MAX_COSTS];
    uint64_t attendance_costs, incident_costs, injury_costs;
    double discount_per_year;                      /* 0.035 */

    bool no_services;      /* the reference world: no notification is sent, no effect acts */
};
typedef struct pw_model pw_model_t;

/* Last step of compiling: derives what follows from the rest (rate masks, effects_on, offers_at_*, interrupt_events, the masks and
 * `shared` flags of choices and stages, contact_possible, seasonal). Call once, after every other field is set. */
void pw_model_finish(pw_model_t *self);

#endif
