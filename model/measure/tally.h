/* tally.h: one world's results as rows of plain sums.
 *
 * What question it answers: how many families, notifications, days and pounds were there, by area and subgroup, in this world?
 * Floor: measure. Reads pw_result_t, writes one flat vector of doubles per scenario; takes no ratio (but one: the 90 % point of
 * waits, which no sum can give). Counts are whole numbers and exact; pounds and days are added in family order.
 *
 * A vector is laid out as
 *     family sums   [area 0..n_areas][subgroup][family_size]      area n_areas is "all": the sum over areas
 *     area sums     [area 0..n_areas][area_size]
 *     monthly sums  [area 0..n_areas][month][month_size]
 *     flows         [area 0..n_areas][from][to]                   n_stages is "outside"
 *     yearly pounds [area 0..n_areas][payer][year][kind]          undiscounted; kind: of money, running or set-up */
#ifndef PW_MEASURE_TALLY_H
#define PW_MEASURE_TALLY_H

#include <stddef.h>

#include "../world/result.h"
#include "roster.h"

/* Sums over the families of a subgroup. Name and what one family adds. */
#define PW_FAMILY_SUMS(X)                                                                                   \
    X(families, 1.0)                                                                                        \
    X(children, r->children)                                                                                \
    X(notifications, r->count[PW_COUNT_notifications])                                                      \
    X(repeats, repeats(r))                                                                                  \
    X(newly_assessed, path(r, PW_INDEX_ASSESSED))                                                           \
    X(open_at_index, path(r, PW_INDEX_OPEN_CASE))                                                           \
    X(no_further_action, path(r, PW_INDEX_NO_FURTHER_ACTION))                                               \
    X(letter, path(r, PW_INDEX_LETTER))                                                                     \
    X(signposted, path(r, PW_INDEX_SIGNPOSTED))                                                             \
    X(other_path, path(r, PW_INDEX_OTHER))                                                                  \
    X(no_screening, path(r, PW_INDEX_NONE))                                                                 \
    X(no_further_action_returned, path(r, PW_INDEX_NO_FURTHER_ACTION) * returned(r))                        \
    X(letter_returned, path(r, PW_INDEX_LETTER) * returned(r))                                              \
    X(served_at_index, served_at_index(r))                                                                  \
    X(served, served(r))                                                                                    \
    X(open_and_served, served(r) * path(r, PW_INDEX_OPEN_CASE))                                             \
    X(help, r->help)                                                                                        \
    X(attended, r->count[PW_COUNT_attended])                                                                \
    X(partner_removed, r->count[PW_COUNT_partner_removed])                                                  \
    X(child_spoken_to, r->count[PW_COUNT_child_spoken_to])                                                  \
    X(screened, r->count[PW_COUNT_screened])                                                                \
    X(child_screened, r->count[PW_COUNT_child_screened])                                                    \
    X(child_seen, r->count[PW_COUNT_child_seen])                                                            \
    X(screened_no_further_action, r->count[PW_COUNT_no_further_action])                                     \
    X(screened_letter, r->count[PW_COUNT_letters])                                                          \
    X(screened_signposted, r->count[PW_COUNT_signposted])                                                   \
    X(initial_assessments, r->count[PW_COUNT_initial_assessments])                                          \
    X(core_assessments, r->count[PW_COUNT_core_assessments])                                                \
    X(family_support, r->count[PW_COUNT_family_support])                                                    \
    X(child_protection, r->count[PW_COUNT_child_protection])                                                \
    X(monitoring, r->count[PW_COUNT_monitoring])                                                            \
    X(became_looked_after, r->count[PW_COUNT_looked_after])                                                 \
    X(cases, r->count[PW_COUNT_cases])                                                                      \
    X(closed, r->count[PW_COUNT_closed])                                                                    \
    X(closed_at_separation, r->count[PW_COUNT_closed_at_separation])                                        \
    X(incidents_after_separation_closing, r->count[PW_COUNT_incidents_after_separation_closing])            \
    X(stop_starts, r->count[PW_COUNT_stop_starts])                                                          \
    X(separations_reported, r->count[PW_COUNT_separations_reported])                                        \
    X(false_reports, r->count[PW_COUNT_false_reports])                                                      \
    X(victim_engaged, r->count[PW_COUNT_victim_engaged])                                                    \
    X(partner_approached, r->count[PW_COUNT_partner_approached])                                            \
    X(partner_engaged, r->count[PW_COUNT_partner_engaged])                                                  \
    X(both_engaged, both_engaged(r))                                                                        \
    X(both_engaged_both_home, both_engaged(r) * living(r, PW_LIVING_BOTH_PARENTS))                          \
    X(waits_ended_by_limit, r->count[PW_COUNT_waits_ended_by_limit])                                        \
    X(two_incidents, r->harm[PW_HARM_ANY][PW_REACH_OCCURRED] >= 2)                                          \
    X(two_incidents_no_help, (r->harm[PW_HARM_ANY][PW_REACH_OCCURRED] >= 2) * (1.0 - served(r)))            \
    X(child_incidents, (double)r->harm[PW_HARM_CHILD_PRESENT][PW_REACH_OCCURRED] * r->children)             \
    X(severe, r->severe_without_services)                                                                   \
    X(severe_served, r->severe_without_services * served_at_index(r))                                       \
    X(severe_assessed, r->severe_without_services * path(r, PW_INDEX_ASSESSED))                             \
    X(not_severe, 1 - r->severe_without_services)                                                           \
    X(not_severe_not_served, (1 - r->severe_without_services) * (1.0 - served_at_index(r)))                 \
    X(end_both_parents, living(r, PW_LIVING_BOTH_PARENTS))                                                  \
    X(end_one_parent, living(r, PW_LIVING_ONE_PARENT))                                                      \
    X(end_looked_after, living(r, PW_LIVING_LOOKED_AFTER))                                                  \
    X(end_moved_away, living(r, PW_LIVING_MOVED_AWAY))                                                      \
    X(end_grown_up, living(r, PW_LIVING_GROWN_UP))                                                          \
    X(children_looked_after, living(r, PW_LIVING_LOOKED_AFTER) * r->children)                               \
    X(incomplete, !r->complete)                                                                             \
    X(end_plan, r->plan_at_end)                                                                             \
    X(end_case, r->case_at_end)                                                                             \
    X(end_waiting_team, r->waiting_at_end)                                                                  \
    X(end_waiting_service, any_service(r, PW_CASCADE_STILL_WAITING))                                        \
    X(end_in_service, any_service(r, PW_CASCADE_STILL_ATTENDING))                                           \
    X(children_on_plan, r->plan_at_end * r->children)                                                       \
    X(first_ever, r->first_ever)                                                                            \
    X(own_use, own_use(r))
enum pw_family_sum {
#define X(name, value) PW_FAMILY_##name,
    PW_FAMILY_SUMS(X)
#undef X
    PW_FAMILY_SUM_N
};

/* Sums over an area, from day 0 to the end of the run unless the name says otherwise. `worlds`, `months` and `years` are what
 * others are divided by: "all areas" has them once. `top_repeats`: those of the 8.5 % of the cohort with the most of them (Forrester 2007). */
#define PW_AREA_SUMS(X)                                                             \
    X(worlds) X(months) X(years) X(cohort)                                          \
    X(entries) X(incidents) X(reported) X(notifications) X(referrals)               \
    X(screened) X(initial_assessments) X(core_assessments) X(left)                  \
    X(intake_notified) X(intake_injury) X(intake_separated) X(intake_removed)       \
    X(intake_newly_assessed)                                                        \
    X(at_end_waiting_team) X(at_end_waiting_service) X(at_end_in_service)           \
    X(at_end_open_cases) X(events) X(budget) X(cohort_repeats) X(top_repeats)
enum pw_area_sum {
#define X(name) PW_AREA_##name,
    PW_AREA_SUMS(X)
#undef X
    PW_AREA_SUM_N
};

/* For each queue (teams, then services). `p90_days` is a world's own 90 % point, where anybody was started (`p90_worlds`). */
#define PW_QUEUE_SUMS(X)                                                            \
    X(joined) X(started) X(refused) X(gave_up) X(wait_days) X(length_days)          \
    X(load_days) X(places_days) X(days) X(p90_days) X(p90_worlds)
enum pw_queue_sum {
#define X(name) PW_QUEUE_##name,
    PW_QUEUE_SUMS(X)
#undef X
    PW_QUEUE_SUM_N,
    PW_QUEUE_MONTHLY_N = PW_QUEUE_days + 1         /* those that exist by month */
};

#define PW_CASCADE_STEPS(X)                                                         \
    X(eligible, PW_CASCADE_ELIGIBLE) X(offered, PW_CASCADE_OFFERED)                 \
    X(took_up, PW_CASCADE_TOOK_UP) X(waited, PW_CASCADE_WAITED)                     \
    X(started, PW_CASCADE_STARTED) X(completed, PW_CASCADE_COMPLETED)               \
    X(dropped_out, PW_CASCADE_DROPPED_OUT) X(gave_up, PW_CASCADE_GAVE_UP)           \
    X(still_waiting, PW_CASCADE_STILL_WAITING)                                      \
    X(still_attending, PW_CASCADE_STILL_ATTENDING)
enum pw_cascade_step {
#define X(name, bit) PW_STEP_##name,
    PW_CASCADE_STEPS(X)
#undef X
    PW_STEP_N
};

/* Where a sum lives: a block of the family or the area part, an item of it (a month, a service ...), a sum of the item. */
enum pw_block {
    PW_BLOCK_FAMILY,                                                  /* one item */
    PW_BLOCK_CURVE, PW_BLOCK_EXPOSED, PW_BLOCK_HORIZON, PW_BLOCK_HARM, PW_BLOCK_SERVICE, PW_BLOCK_OWN_PAYER, PW_BLOCK_OWN_MONEY,
    PW_BLOCK_AREA,                                                    /* one item; from here on the area part */
    PW_BLOCK_QUEUE, PW_BLOCK_STAGE, PW_BLOCK_BUDGET_PAYER, PW_BLOCK_BUDGET_MONEY,
    PW_BLOCKS
};
/* Of yearly pounds: what was bought once (set-up) is apart from what is bought again and again. */
enum pw_spending { PW_SPENDING_RUNNING, PW_SPENDING_SET_UP, PW_SPENDINGS };
enum { PW_STAGE_work_ended, PW_STAGE_within_statutory, PW_STAGE_SUM_N };

typedef struct {
    const pw_roster_t *roster;
    int n_queues;                                   /* teams, then services */
    int base[PW_BLOCKS], items[PW_BLOCKS], stride[PW_BLOCKS];
    int family_size, area_size, month_size;         /* month_size: month counts, then PW_QUEUE_MONTHLY_N of each queue */
    size_t at_area, at_month, at_flow, at_year, size;
} pw_layout_t;

void pw_layout_init(pw_layout_t *self, const pw_roster_t *roster);
/* Offset of a sum in a vector, for an area (n_areas: all) and, in the family part, a subgroup. */
size_t pw_layout_at(const pw_layout_t *self, int block, int item, int sum, int area, int subgroup);
size_t pw_layout_month(const pw_layout_t *self, int area, int month, int sum);
size_t pw_layout_flow(const pw_layout_t *self, int area, int from, int to);
size_t pw_layout_year(const pw_layout_t *self, int area, int payer, int year, int money, int spending);
/* Name of a queue (teams, then services), of an item of a block, and of a sum: "SERVICE.started" is item and sum. */
const char *pw_layout_queue(const pw_layout_t *self, int queue);
void pw_layout_item_name(const pw_layout_t *self, int block, int item, char out[PW_NAME_LENGTH]);
const char *pw_layout_sum_name(int block, int sum);
const char *pw_harm_name(int harm);                 /* "incidents_with_child_present" */
const char *pw_payer_name(int payer);
const char *pw_money_name(int money);
const char *pw_spending_name(int spending);
const char *pw_month_count_name(int count);

/* Who of an area's cohort is in which subgroup: by the records under the baseline, kept for the scenarios when those records have gone. */
typedef struct { uint32_t *in; int64_t n, room; } pw_members_t;     /* owned; in[i]: a mask of subgroups of record i */
pw_status_t pw_members_set(pw_members_t *self, const pw_roster_t *roster, const pw_result_t *baseline);     /* PW_ERROR_MEMORY */
void pw_members_free(pw_members_t *self);

/* The vector of one scenario: begin, then each area, then end. `members` are set from the area's result in the same world under the baseline. The
 * result's records must be alive in pw_tally_area, and may be gone in pw_tally_end, which takes results[area] of the scenario. Allocates nothing and
 * cannot fail. */
void pw_tally_begin(const pw_layout_t *layout, double *vector);
void pw_tally_area(const pw_layout_t *layout, int scenario, int area, const pw_model_t *model, const pw_result_t *result,
                   const pw_members_t *members, double *vector);
void pw_tally_end(const pw_layout_t *layout, int scenario, const pw_result_t *const *results, double *vector);

/* Tallies the results of an area as a world hands them on (`take` in world/world.h, of which this is the context). The first is the baseline's. */
typedef struct {
    const pw_layout_t *layout;
    int area;
    const int *scenario;                   /* by model */
    const pw_model_t *const *model;
    double *const *vector;                 /* by model; begun */
    pw_members_t *members;
} pw_taker_t;
int pw_tally_take(void *taker, int model, const pw_result_t *result);

/* What one family adds, as the family part of a vector holds it: out[family_size]. */
void pw_tally_family(const pw_layout_t *layout, int scenario, const pw_record_t *record, double *out);

/* Ends of the wait bins, in days: bin k covers [ends[k], ends[k + 1]). */
void pw_wait_bin_ends(double ends[PW_WAIT_BINS + 1]);
/* The 90 % point (p = 0.9) of binned waits, days; within a bin waits are taken to lie evenly; nan without waits. */
double pw_wait_quantile(const int64_t bin[PW_WAIT_BINS], double p);

#endif
