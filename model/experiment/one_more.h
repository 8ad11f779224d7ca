/* one_more.h: what one more place buys.
 *
 * What question it answers: if every area had one place more in this team or this service, how much shorter would waits be, how many fewer would come
 * back, what would it cost, and which line would be the longest then?
 * Floor: experiment. Paired finite differences: the model and the model with one place more (`more_places`, from the start of the policies), for each team
 * and service at once, in the same worlds. Areas share nothing, so one run gives the difference of each area from its own place. */
#ifndef PW_EXPERIMENT_ONE_MORE_H
#define PW_EXPERIMENT_ONE_MORE_H

#include "../base/text.h"
#include "evaluate.h"

enum { PW_MOST_QUEUES = PW_MAX_SCENARIOS - 2 };

typedef struct {
    const pw_spec_t *baseline, *scenario;      /* scenario NULL: the baseline itself */
    const char *const *sets; int n_sets;
    pw_run_request_t request;                  /* draws, replications, seed, threads, engine, stop, progress, values */
} pw_one_more_asked_t;

/* What is looked at: the wait for the very place, then measures of the catalogue, then how many wait for every queue. */
#define PW_ONE_MORE_MEASURES(X) X(repeat_notifications) X(incidents_with_child_present) X(child_incidents) X(budget)
enum pw_one_more_measure {
#define X(name) PW_ONE_MORE_##name,
    PW_ONE_MORE_MEASURES(X)
#undef X
    PW_ONE_MORE_MEASURE_N
};

typedef struct {
    bool is_service;
    char name[PW_NAME_LENGTH];
    double place_price;                /* pounds that the files ask for a place and year, at the estimates' values; nan: nothing */
    pw_spec_t *spec;                   /* the model with one place more */
    int plus;                          /* the estimate that gets one more in this scenario alone, where both numbers of places are estimates; -1: none */
    int wait, length;                  /* measures of the catalogue; -1: none */
} pw_one_more_queue_t;

typedef struct {
    pw_evaluation_t *evaluation;       /* scenario 0 the baseline, 1 the scenario if there is one, then one for each queue */
    int before, first;                 /* which of its scenarios the places are added to; the first with a place more */
    int n_queues, n_areas;
    pw_one_more_queue_t queue[PW_MOST_QUEUES];
    int n_skipped;                     /* teams and services without a limit, which need no more places, and teams that no stage asks for */
    int line[PW_ONE_MORE_MEASURE_N][PW_MAX_AREAS + 1];     /* of the evaluation; area n_areas: all; -1: the model has no such measure */
    int wait_line[PW_MOST_QUEUES][PW_MAX_AREAS + 1], length_line[PW_MOST_QUEUES];
} pw_one_more_t;

/* Simulates. Errors as a run's; PW_ERROR_USAGE with a sentence: there is nothing that a place could be added to. `self` arrives zeroed; free it in
 * every case. */
pw_status_t pw_one_more_go(pw_one_more_t *self, const pw_one_more_asked_t *asked, pw_text_t *why, pw_findings_t *findings);
void pw_one_more_free(pw_one_more_t *self);

/* A line before, and what one place more in a queue changes in it. */
pw_mean_t pw_one_more_before(const pw_one_more_t *self, int line);
pw_mean_t pw_one_more_change(const pw_one_more_t *self, int queue, int line);
const char *pw_one_more_measure_name(int measure);

#endif
