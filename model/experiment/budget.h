/* budget.h: the same money for every policy.
 *
 * What question it answers: how many places does this sum buy, and what do fewer of them do?
 * Floor: experiment.
 *
 * A scenario's own places are those that it adds to the baseline's: of its services, and of its teams that have a price by the year. The price of a
 * place is what it costs in a year of full use, every estimate at its value: the price by the year, 365.25 times the price by the day, and the price
 * each time as often as the mean duration fits into a year. Set-up is not in it. Of several, all are scaled alike and rounded down to whole places, so
 * that the sum is not exceeded; where a team of posts brings `more_places` to others, those grow and shrink with the posts. The sum is for each area,
 * as places are. */
#ifndef PW_EXPERIMENT_BUDGET_H
#define PW_EXPERIMENT_BUDGET_H

#include "../base/text.h"
#include "../spec/spec.h"

enum { PW_MOST_BOUGHT = 16 };

typedef struct {
    char path[PW_TREE_PATH];       /* services.voluntary_contact.places */
    double price;                  /* pounds for a place and year of full use */
    double baseline, in_file;      /* places of the baseline, and of the scenario's file */
    int64_t places;                /* bought, beside the baseline's */
} pw_bought_t;

typedef struct {
    int n;                         /* 0: the scenario has no places of its own */
    pw_bought_t bought[PW_MOST_BOUGHT];
    double planned;                /* pounds a year in each area for what was bought */
} pw_budget_t;

/* What `pounds` a year in each area buy of the scenario. PW_ERROR_USAGE with a sentence: less than one place, or a place that the files give no price.
 * PW_ERROR_INPUT with findings: the files make no model. */
pw_status_t pw_budget_plan(const pw_spec_t *baseline, const pw_spec_t *scenario, double pounds, pw_budget_t *out, pw_text_t *why, pw_findings_t *findings);

/* Reads the scenario anew, with `sets` and what was bought. *out is owned by the caller. */
pw_status_t pw_budget_load(const pw_budget_t *self, const pw_spec_t *scenario, const char *const *sets, int n_sets, pw_spec_t **out, pw_findings_t *findings);

#endif
