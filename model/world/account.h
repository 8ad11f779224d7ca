/* account.h: what somebody who looks on is told of a family's life.
 *
 * What question it answers: what happened to this family, and why: which chance, which number was drawn, what did the form show, who was
 * before it in the line?
 * Floor: world. Types only; witness.h tells. Nobody is told anything in a run that is not looked at, and being told changes nothing: the same
 * bytes come out. All that a family's record and its area's counts are made of follows from these events (tests/test_replay.c). */
#ifndef PW_WORLD_ACCOUNT_H
#define PW_WORLD_ACCOUNT_H

#include "model.h"

/* Kinds of event, and what their fields mean. `index` and `other` are indices of the model. */
enum pw_told_what {
    PW_TOLD_ENTERED,       /* bits: its attributes; n: children; from: age of the youngest, years; to: its own rate of incidents, 1 on average (frailty); yes: a
                            * case was open */
    PW_TOLD_INCIDENT,      /* bits: the incident's; yes: reported; index: its number; from: multiplier of the hazard just before it; why: 1 the one it entered
                            * with */
    PW_TOLD_SENT,          /* police send notification `index`; until: when it arrives; bits: the incident's */
    PW_TOLD_ARRIVED,       /* notification `index` arrives: n: notifications before it, other: 1 it is the index, bits: its incident's; yes: a case was open */
    PW_TOLD_REFERRED,      /* another agency refers the family; yes: a case begins */
    PW_TOLD_WINDOW,        /* its follow-up opens (yes) or closes; index: enum pw_living at closing; bits, n (children), from (true risk) at opening;
                              other: bit 0 plan, 1 case, 2 waiting at closing, first-ever known at opening; why: the index's number at opening */
    PW_TOLD_CHANCE,        /* a chance was taken: index: enum pw_chance_of; other: the stage or service */
    PW_TOLD_CHOICE,        /* the work of stage `index` is done: it goes to stage `other` */
    PW_TOLD_MOVED,         /* from stage `index` (-1: none) to stage `other` (-1: the family left); why: enum pw_move; n: interrupting event */
    PW_TOLD_BEGUN,         /* work of stage `index` begins; since: the decision; until: its planned end; from: days were multiplied by this */
    PW_TOLD_JOINED,        /* asks for a place of team `index` (other 0) or service (other 1); yes: it has to wait; line fields */
    PW_TOLD_PLACED,        /* has got it; since: when the wait began */
    PW_TOLD_REFUSED,       /* no places, or the longest wait is reached; since: when the wait began */
    PW_TOLD_GAVE_UP,       /* leaves the line by itself */
    PW_TOLD_ATTENDS,       /* begins to attend service `index`; until: planned end; yes: will complete it */
    PW_TOLD_SERVICE_ENDED, /* why: enum pw_service_end; since: its beginning */
    PW_TOLD_ELIGIBLE,      /* found eligible for service `index` at `other` (a stage or enum pw_offer_point) */
    PW_TOLD_ENGAGED,       /* index: 0 victim, 1 partner, 2 the partner was approached; other: 1 by attending a service */
    PW_TOLD_DISENGAGED,    /* index as above; other: 1 because the case closed, 2 because a service ended */
    PW_TOLD_COUPLE,        /* yes: separates; else they are together again */
    PW_TOLD_SAID_SEPARATED,/* a separation is reported to social services; yes: it is true */
    PW_TOLD_EFFECT,        /* effect `index` is switched on (yes; until: its end, or never) or off */
    PW_TOLD_RATE,          /* rate `index` (enum pw_rate) changes from `from` to `to` a day (incidents: multiplier of the hazard) */
    PW_TOLD_COST,          /* cost `index`: from: pounds, discounted to the index, in its own use (0: not followed); since, until: the days paid for,
                              each: since = until; yes: it is in the area's budget */
    PW_TOLD_BIRTH,         /* n: children now */
    PW_TOLD_BIRTHDAY,      /* the youngest child turns `n` */
    PW_TOLD_LEFT,          /* moves away; yes: the youngest child has grown up */
    PW_TOLD_END,           /* the run ends: told of every family that is there */
    PW_TOLD_WHATS
};

enum pw_chance_of {
    PW_CHANCE_CONTACT, PW_CHANCE_INJURY /* drawn from three weights */, PW_CHANCE_CHILD_PRESENT, PW_CHANCE_CHILD_INJURED, PW_CHANCE_REPORTED,
    PW_CHANCE_REMOVED, PW_CHANCE_SPOKEN_TO, PW_CHANCE_NOTIFIED,
    PW_CHANCE_INTERRUPTED /* n: the event; why: position among the stage's interruptions */,
    PW_CHANCE_VICTIM_ENGAGES, PW_CHANCE_PARTNER_APPROACHED, PW_CHANCE_PARTNER_ENGAGES, PW_CHANCE_SAYS_AT_STAGE, PW_CHANCE_SAYS_WHEN_IT_HAPPENS,
    PW_CHANCE_OFFERED /* n: where: a stage or enum pw_offer_point */, PW_CHANCE_TAKEN_UP, PW_CHANCE_COMPLETED,
    PW_CHANCES
};

enum pw_service_end { PW_SERVICE_COMPLETED, PW_SERVICE_DROPPED_OUT, PW_SERVICE_FAMILY_LEFT };

typedef struct {
    int scenario;                /* index in models; -1 in the warm-up, -2 in the reference world */
    uint32_t family;
    pw_ticks_t ticks;
    int what, index, other, why;
    bool yes;
    int64_t n;
    pw_ticks_t since, until;
    double from, to;
    uint64_t bits[2];            /* what was read: of a choice, what the form showed */

    /* a chance or a choice */
    const pw_predictor_t *predictor;   /* lives as long as the model; NULL: a plain number */
    const pw_choice_t *choice;
    double number[PW_MAX_NUMBERS];     /* what was read of the numbers */
    double effects;              /* product of the effects on its odds (on the weights of injury), 1: none */
    uint64_t acting;             /* ... these effects */
    double chance, drawn;        /* of a choice: drawn from [0, 1) over the sum of the weights */
    double weight[PW_MAX_EXITS];
    uint64_t truth[2], asked[2]; /* of a choice: what held, and which bits were asked for */
    int form; uint32_t form_number;    /* kind of form (-1: everything as it is), and of which notification */

    /* a line */
    double places, used, queued; /* of the team or service, just before the family asked */
    double load, priority;       /* the family's own */
    int64_t before;              /* families before it in the line */
} pw_told_t;

#endif
