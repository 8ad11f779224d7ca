/* spec.h: the model as plain structs, as the files say it.
 *
 * What question it answers: what may be set, what did the files set, and on which line?
 * Floor: spec. schema.h walks the tables that fill these structs; check.h says what is wrong with them as a whole; compile.h turns
 * them, with one value for every estimate, into the world's flat arrays. Units are the files': percent, per year, days, pounds.
 *
 * Every list keeps the order of the layered tree: the baseline's elements first, then a scenario's own; what a scenario removes
 * stays, marked. Nothing is looked up by name after reading: names have become indices. */
#ifndef PW_SPEC_SPEC_H
#define PW_SPEC_SPEC_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/error.h"
#include "../world/census.h"
#include "../world/model.h"
#include "evidence.h"
#include "tree.h"
#include "values.h"

/* ---- numbers ---- */

enum pw_unit {
    PW_UNIT_PERCENT, PW_UNIT_SHARE /* percent of a choice */, PW_UNIT_PER_YEAR, PW_UNIT_WEIGHT, PW_UNIT_RATIO, PW_UNIT_DAYS, PW_UNIT_POUNDS, PW_UNIT_PLACES,
    PW_UNIT_NUMBER, PW_UNIT_PER_MONTH, PW_UNIT_MONTHS, PW_UNIT_YEARS, PW_UNIT_COUNT, PW_UNITS
};

/* One number for each area: a number, or an estimate's index in the register. */
typedef struct {
    const pw_node_t *node;                 /* where it stands; NULL: not given, the default holds */
    bool remainder, unlimited;             /* "remainder" of a choice; "unlimited" places */
    double number[PW_MAX_AREAS];
    int16_t estimate[PW_MAX_AREAS];        /* -1: the number itself */
    double low, high;                      /* range allowed: a draw beyond it is brought to its edge */
} pw_setting_t;

/* A covariate: a bit 0..127, or PW_MAX_BITS + a number's position. */
typedef struct { int covariate; const pw_node_t *node; pw_setting_t ratio; } pw_term_t;

/* A chance, rate or weight that depends on covariates. */
typedef struct {
    const pw_node_t *node;                 /* NULL: not given */
    int unit;                              /* percent, share, per_year or weight */
    int place;                             /* enum of census.h: which averages its covariates are measured from */
    pw_setting_t base;
    int n_terms; pw_term_t term[PW_MAX_TERMS];
    uint64_t only_if[2];                   /* 0 unless all these bits are 1 */
} pw_chance_t;

typedef struct { pw_setting_t days, median_days, p95_days, mean_days; const pw_node_t *node; } pw_length_t;

/* What every element of a list begins with. */
typedef struct { const pw_node_t *node; const char *name; bool removed; } pw_item_t;

/* ---- lists: n elements, owned ---- */
#define PW_LIST(type) struct { int n; type *item; }

typedef struct { pw_item_t is; pw_chance_t weight; int to; } pw_exit_spec_t;
typedef PW_LIST(pw_exit_spec_t) pw_exits_t;

typedef struct { pw_item_t is; pw_setting_t families_per_month; } pw_area_spec_t;

typedef struct {
    pw_item_t is;
    uint64_t given[2], given_not[2];
    pw_chance_t chance;
    bool redrawn_at_separation;
    int open_stage; pw_exits_t open_choice;
} pw_attribute_spec_t;

typedef struct {
    pw_item_t is;
    int on, during, only_setting;          /* only_setting: 1 contact, 0 any */
    pw_setting_t ratio, lasts_days;
    uint64_t only_if[2];
} pw_effect_spec_t;
typedef PW_LIST(pw_effect_spec_t) pw_effects_t;

typedef struct { pw_item_t is; int payer, counts_as; pw_setting_t pounds[4]; /* by enum pw_cost_when */ } pw_cost_spec_t;
typedef PW_LIST(pw_cost_spec_t) pw_costs_t;

typedef struct { pw_item_t is; pw_setting_t from_month, places; } pw_schedule_spec_t;
typedef PW_LIST(pw_schedule_spec_t) pw_schedule_t;

typedef struct { int bit; const pw_node_t *node; pw_setting_t percent; } pw_seen_t;
typedef PW_LIST(pw_seen_t) pw_seens_t;
typedef struct { pw_item_t is; pw_setting_t risk_auc; pw_seens_t sees, invents; } pw_form_spec_t;

typedef struct { pw_item_t is; bool limits; pw_setting_t places, more_places; pw_schedule_t schedule; pw_costs_t costs; } pw_team_spec_t;

typedef struct { pw_item_t is; int event, to; pw_chance_t chance; } pw_interrupt_spec_t;

typedef struct {
    pw_item_t is;
    bool first, first_referral, end, worked;
    int counts_as, team, sees;
    pw_setting_t load;
    pw_chance_t priority;
    struct { const pw_node_t *node; pw_setting_t days; int to; } wait_limit;
    pw_length_t duration;
    struct { const pw_node_t *node; pw_setting_t workload; } duration_ratio;
    pw_setting_t statutory_days;
    pw_exits_t choice;
    PW_LIST(pw_interrupt_spec_t) on;
    pw_effects_t effects;
    pw_costs_t costs;
} pw_stage_spec_t;

typedef struct { pw_item_t is; int at; pw_chance_t chance; } pw_offer_spec_t;

typedef struct {
    pw_item_t is;
    const char *title;
    int attends;
    pw_setting_t places, more_places; pw_schedule_t schedule;
    pw_setting_t from_month;
    uint64_t need_one[2], need_zero[2];
    PW_LIST(pw_offer_spec_t) offered;
    pw_chance_t uptake, completes;
    pw_length_t patience, duration;
    bool again;
    pw_effects_t effects;
    pw_costs_t costs;
} pw_service_spec_t;

enum { PW_MAX_LISTED = 12 };
typedef struct { const pw_node_t *node; int n; double value[PW_MAX_LISTED]; } pw_numbers_t;

/* ---- names ---- */
enum pw_thing { PW_THING_AREA, PW_THING_ATTRIBUTE, PW_THING_FORM, PW_THING_TEAM, PW_THING_STAGE, PW_THING_SERVICE, PW_THINGS };
enum { PW_MAX_NAMES = 32 };
typedef struct { int n; const char *name[PW_MAX_NAMES]; bool removed[PW_MAX_NAMES]; } pw_names_t;

/* ---- centres: each covariate's average where chances are taken (made by the pilot) ---- */
typedef struct {
    bool given;                                    /* the files hold some */
    uint64_t have_bit[PW_PLACES][2];
    uint32_t have_number[PW_PLACES];
    double bit[PW_PLACES][PW_MAX_BITS], number[PW_PLACES][PW_MAX_NUMBERS];
} pw_centres_t;

/* ---- the whole ---- */
typedef struct pw_spec {
    char *file, *name;                     /* name: `name` of the file, else the file's name without folder and .cfg */
    const char *given_name, *title, *rationale, *source;       /* owned by the tree */
    pw_node_t *tree, *base_tree;           /* base_tree: NULL for a file without a base */
    pw_evidence_t evidence;
    pw_names_t names[PW_THINGS];
    pw_centres_t centres;
    uint8_t ages;                          /* which ages of the youngest child some chance or condition reads (world/model.h) */
    int first_new[PW_THINGS];              /* how many of each the base has: later ones are the scenario's own */

    pw_setting_t from_month;               /* of a scenario: when its places and new services start */
    pw_setting_t schema, previous_notifications_cap;
    PW_LIST(pw_area_spec_t) areas;
    struct { pw_setting_t warm_up_months, intake_months, follow_up_months, growth_percent_per_year, closed_cohort; } time;
    struct { pw_setting_t price_year, discount_percent; } money;
    PW_LIST(pw_attribute_spec_t) attributes;
    struct { pw_numbers_t from_years, percent; } youngest_child;
    struct { pw_numbers_t percent; } children;
    struct { pw_chance_t moves_away, births; pw_setting_t adult_at_years; } leaving;
    struct {
        const pw_node_t *node;
        pw_chance_t separates, reunites; pw_setting_t recently_days;
        struct { pw_chance_t when_it_happens, at_stage_entry, false_reports; } reports_separation;
    } couple;
    struct { pw_chance_t victim_engages, partner_approached, partner_engages, victim_disengages, partner_disengages; } engagement;
    struct {
        pw_chance_t rate;                  /* per_year with hazard_ratio */
        pw_setting_t shape, frailty_variance, severity_spread, frailty_correlation;
        pw_numbers_t percent_by_month;
        pw_exits_t severity;               /* `to`: 0 no injury, 1 injury, 2 severe injury */
        pw_chance_t at_contact, child_present, child_injured, reported;
        pw_costs_t costs, injury_costs;
    } incidents;
    struct {
        int sees;
        pw_chance_t removes_partner, speaks_to_child, notifies;
        pw_setting_t removed_days; pw_length_t delay;
        pw_effects_t effects; pw_costs_t costs;
    } police;
    pw_chance_t other_referrals;
    PW_LIST(pw_form_spec_t) information;
    struct { const pw_node_t *node; pw_setting_t centre, scale; pw_numbers_t auc, noise_sd; } risk;
    PW_LIST(pw_team_spec_t) teams;
    PW_LIST(pw_stage_spec_t) stages;
    PW_LIST(pw_service_spec_t) services;
} pw_spec_t;

/* Reads `file` with what it is based on, then `sets` ("path=value"), reads the register of estimates, fills the structs and checks
 * everything that can be said without compiling. All that is wrong becomes findings, in one pass; the caller asks findings->n.
 * Returns PW_OK with *out set (owned by the caller; also when there are findings, as far as the files could be read), PW_ERROR_INPUT
 * with *out NULL when nothing could be read, or PW_ERROR_MEMORY. */
pw_status_t pw_spec_load(const char *file, const char *const *sets, int n_sets, pw_spec_t **out, pw_findings_t *findings);

/* The same for the pilot: a missing centre counts as 0 and is not a finding. */
pw_status_t pw_spec_load_for_pilot(const char *file, const char *const *sets, int n_sets, pw_spec_t **out, pw_findings_t *findings);

/* Another spec of the same trees, made without reading a file: one to change. `self` must be without findings. PW_OK or PW_ERROR_MEMORY. */
pw_status_t pw_spec_copy(const pw_spec_t *self, pw_spec_t **out);

void pw_spec_free(pw_spec_t *self);

int pw_spec_areas(const pw_spec_t *self);
const char *pw_spec_area_name(const pw_spec_t *self, int area);

/* A setting's number in an area; a drawn value beyond the setting's range is brought to the range's edge. */
double pw_setting_value(const pw_setting_t *self, const pw_values_t *values, int area);

/* Index of a thing by name; -1: none. */
int pw_spec_find(const pw_spec_t *self, int thing, const char *name);

#endif
