/* goal.h: what a scenario has to do better.
 *
 * What question it answers: is this scenario worth having, by what somebody says that counts?
 * Floor: experiment. Turns a goal into a weighed sum of an evaluation's lines, the *gain*: above 0 is better than the baseline.
 *
 *   a measure     its paired difference, times its direction
 *   net_benefit   what one unit fewer (or more) of an outcome is worth times how many fewer, less what it costs more (measure/net_benefit.h)
 *   payback       pounds that all payers spend less, from the start of the policies to the end of year N, set-up included, undiscounted; staff
 *                 time counts at its price
 *   cash_payback  the same of cashable pounds alone: staff time that becomes free is no money back */
#ifndef PW_EXPERIMENT_GOAL_H
#define PW_EXPERIMENT_GOAL_H

#include "../base/text.h"
#include "../measure/net_benefit.h"
#include "evaluate.h"

#define PW_GOAL_NET_BENEFIT "net_benefit"
#define PW_GOAL_PAYBACK "payback"
#define PW_GOAL_CASH_PAYBACK "cash_payback"
#define PW_GOAL_OUTCOME PW_NET_BENEFIT_OUTCOME      /* where nobody says which */

/* As asked. */
typedef struct {
    const char *of;            /* a measure's name, or one of the words above */
    const char *outcome;       /* net_benefit: a measure's name; NULL: PW_GOAL_OUTCOME */
    double threshold;          /* net_benefit: pounds for one unit of the outcome; nan: not given */
    int64_t by_year;           /* payback: 1 or more; 0: not given */
} pw_goal_asked_t;

typedef struct {
    pw_goal_asked_t asked;
    const pw_measure_t *measure;       /* that it is about; of payback NULL */
    const char *unit;                  /* of the gain */
    int n_parts;
    pw_part_t part[2];
} pw_goal_t;

/* Finds what is asked in a prepared evaluation's catalogue, and follows it. PW_ERROR_USAGE with a sentence in `why` (without a full stop) where it
 * makes no goal: an unknown measure, one without a direction, a threshold or a year that is missing, a year that the run does not reach. */
pw_status_t pw_goal_follow(const pw_goal_asked_t *asked, pw_evaluation_t *evaluation, pw_goal_t *out, pw_text_t *why);

/* The gain of one scenario of the evaluation over another. */
pw_mean_t pw_goal_gain(const pw_goal_t *self, const pw_evaluation_t *evaluation, int scenario, int against);

#endif
