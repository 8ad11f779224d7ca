/* model_maker.h: small models made by hand, for the tests of the world.
 *
 * What question it answers: what is the least model in which this one thing can be seen?
 * mk_base has everything off: no families, no incidents, no stages; each test switches on what it is about. mk_random makes a lawful
 * model with a bit of everything, a different one for each seed. All numbers are made here or in the test; no file is read. */
#ifndef PW_TESTS_MODEL_MAKER_H
#define PW_TESTS_MODEL_MAKER_H

#include "../model/world/family.h"
#include "../model/world/model.h"
#include "../model/world/result.h"
#include "../model/world/world.h"

/* A two-sided test with 1e-6 false alarms: the normal quantile of 1 - 5e-7. */
#define MK_Z 4.8916

/* ---- chances ---- */
void mk_probability(pw_predictor_t *p, double base);
void mk_per_day(pw_predictor_t *p, double per_day);
void mk_weight(pw_predictor_t *p, double weight);
void mk_by_bit(pw_predictor_t *p, int bit, double ratio, double centre);
void mk_by_number(pw_predictor_t *p, int number, double ratio, double centre);

/* ---- models ---- */
void mk_base(pw_model_t *m);
/* Months of warm-up, of intake, and from each index; the run ends with the last follow-up. */
void mk_time(pw_model_t *m, int warm_up, int intake, int follow_up);
/* Gaps H(s) = (s / scale)^shape; gamma frailty with mean 1 (variance 0: none). */
void mk_gap(pw_model_t *m, double shape, double scale_days);
void mk_frailty(pw_model_t *m, double variance);
/* Each incident is reported and notified, at once. */
void mk_certain_police(pw_model_t *m);

int mk_attribute(pw_model_t *m, const char *name, double chance);
int mk_stage(pw_model_t *m, const char *name, int counts_as, pw_span_t duration);
int mk_end(pw_model_t *m, const char *name, int counts_as);
pw_predictor_t *mk_exit(pw_model_t *m, int stage, int to, double weight);
pw_predictor_t *mk_interrupt(pw_model_t *m, int stage, int event, int to, double chance);
/* places < 0: unlimited */
int mk_team(pw_model_t *m, const char *name, double places);
void mk_needs(pw_model_t *m, int stage, int team, double load);
int mk_service(pw_model_t *m, const char *name, double places, pw_span_t duration);
pw_predictor_t *mk_offer(pw_model_t *m, int service, int at, double chance);
/* lasts_days 0: while in its owner. */
int mk_effect(pw_model_t *m, int on, int during, int owner_kind, int owner, double ratio, double lasts_days);
int mk_cost(pw_model_t *m, int payer, int when, int owner_kind, int owner, double pounds);
void mk_step(pw_model_t *m, bool service, int which, double at_days, double places);

static inline pw_span_t mk_fixed(double days) { return (pw_span_t){ PW_SPAN_FIXED, days, 0.0 }; }
static inline pw_span_t mk_exponential(double mean_days) { return (pw_span_t){ PW_SPAN_EXPONENTIAL, mean_days, 0.0 }; }
static inline pw_span_t mk_none(void) { return (pw_span_t){ 0 }; }

/* N families at day 0 that are looked at for `months`; nothing else (mk_base, closed). */
void mk_closed(pw_model_t *m, int64_t families, int months);
/* Families have one notification, on entry, and one visit to a team of `places`, 0; end 1: M/G/c for `months` after two of warm-up. */
void mk_one_visit(pw_model_t *m, double entries_per_day, double places, pw_span_t duration, int months);
/* A lawful model with a bit of everything; `shared` false leaves out what makes families wait for or read each other. */
void mk_random(pw_model_t *m, uint64_t seed, bool shared);
/* The same model in the reference world. */
void mk_reference(pw_model_t *m);

/* ---- a small generator for the tests' own needs (splitmix64) ---- */
typedef struct { uint64_t state; } mk_luck_t;
uint64_t mk_next(mk_luck_t *self);
double mk_uniform(mk_luck_t *self);                      /* in (0, 1) */
int mk_below(mk_luck_t *self, int n);                    /* 0 .. n - 1 */

/* ---- running ---- */
typedef struct {
    pw_world_t *world;
    pw_result_t *result[4];
    pw_world_options_t options;
} mk_run_t;
/* Zeroed runs may be freed; init asserts that there is memory. */
void mk_run_init(mk_run_t *self);
void mk_run_free(mk_run_t *self);
/* One model, or two: results in self->result[0], [1]. Returns the world's status. */
int mk_run(mk_run_t *self, uint64_t seed, uint64_t world, const pw_model_t *m);
int mk_run_pair(mk_run_t *self, uint64_t seed, uint64_t world, const pw_model_t *baseline, const pw_model_t *scenario);
int mk_run_all(mk_run_t *self, uint64_t seed, uint64_t world, const pw_model_t *const *models, int n, const pw_model_t *reference);

/* A digest of every field of a result and its records; whether two are the same, naming the first field that differs. */
uint64_t mk_digest(const pw_result_t *r);
bool mk_same(const pw_result_t *a, const pw_result_t *b);

/* One family outside any world, for the modules that need no other: family 5 of seed 1, world 1, nothing in force. */
typedef struct {
    pw_own_t own;
    pw_world_options_t options;
    pw_ahead_t ahead;
    pw_situations_t situations;
    pw_result_t *result;
    pw_family_t *family;
} mk_alone_t;
void mk_alone_init(mk_alone_t *self, const pw_model_t *m);
void mk_alone_free(mk_alone_t *self);

/* ---- watching ---- */
enum { MK_SCENARIOS = 6 /* -2 .. 3 */ };
typedef struct {
    uint32_t n_families;
    uint64_t *hash;                    /* [scenario + 2][family]: of the sequence of events */
    uint64_t *offered;                 /* set by tests */
    int64_t count[MK_SCENARIOS][PW_CLOCKS];
    int64_t told[PW_TOLD_WHATS];       /* by kind; only if not `keep` */
    pw_event_t *event;                 /* all of them, if `keep` */
    size_t n_events, room;
    bool keep, disordered;             /* within a family, an event came before an earlier one */
    pw_ticks_t *last;
} mk_watch_t;
void mk_watch_init(mk_watch_t *self, uint32_t n_families, bool keep);
void mk_watch_free(mk_watch_t *self);
void mk_watch_on(mk_watch_t *self, pw_world_options_t *options);
static inline uint64_t mk_watch_hash(const mk_watch_t *self, int scenario, uint32_t family)
{
    return self->hash[(size_t)(scenario + 2) * self->n_families + family];
}

/* Sums over the months of one queue. */
pw_queue_month_t mk_queue_sum(const pw_queue_t *queue, int months);
int64_t mk_month_sum(const pw_result_t *r, int months, int what);

/* ---- statistics ---- */
typedef struct { double n, mean, m2; } mk_mean_t;
void mk_mean_add(mk_mean_t *self, double x);
double mk_mean_se(const mk_mean_t *self);
/* Upper tail of chi-square. */
double mk_chi_square_p(double statistic, double degrees);
/* Kolmogorov-Smirnov against the uniform: sorts `u`; the p-value (asymptotic). */
double mk_uniform_p(double *u, size_t n);

#endif
